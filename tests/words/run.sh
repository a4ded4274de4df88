#!/bin/bash
# Updates of 20,000 words, from the export to the PDF, the workbooks, the slices and the CSV files:
# every word comes back once and in order, and no cell or row is cut.
set -u
[[ words == *"${CASE-}"* ]] || exit 0
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python=${PYTHON:-/usr/bin/python3}
export PYTHONDONTWRITEBYTECODE=1
is_slow=$(grep -c __asan_init "$PANELPACK")

# comes_through NAME UPDATES WORDS FORM: within 30 seconds of the processor and 1 GB (P16)
comes_through() {
    local job=$work/$1
    "$python" "$here/make_job.py" "$job" "$2" "$3" "$4"
    if ! (
        [ "$is_slow" != 0 ] || ulimit -t 30 -v 1048576
        "$PANELPACK" run "$job" --output "$work/output" --strict
    ) >"$work/out" 2>&1; then
        echo "not ok - $1: the job runs"
        sed 's/^/# /' "$work/out"
        return
    fi
    echo "ok - $1: the job runs"
    "$python" "$here/check.py" "$1" "$2" "$3" "$work/output/$1/2021-22"
    "$python" tests/xlsx/rules.py "$work/output/$1/2021-22"/*.xlsx >"$work/rules" 2>&1 &&
        ! grep '^not ok' "$work/rules" >"$work/failed"
    if [ $? = 0 ] && grep -q '^ok' "$work/rules"; then
        echo "ok - $1: the workbooks are within the rules"
    else
        echo "not ok - $1: the workbooks are within the rules"
        grep -A3 '^not ok' "$work/rules" | sed 's/^/# /'
    fi
}
words=$((is_slow ? 4000 : 20000))
comes_through one-update 1 "$words" csv
comes_through five-updates 5 "$words" csv
comes_through continuation-rows 1 "$words" xlsx

# The limits of an input are the job's.
"$python" "$here/make_job.py" "$work/over" 1 "$words" csv
sed -i 's/^\[source/[limits]\nfield = 16 KiB\n&/' "$work/over/job.ini"
if ! "$PANELPACK" check "$work/over" >"$work/out" 2>&1 && grep -qF "field longer than 16 KiB ('field' in [limits])" "$work/out" &&
    sed -i 's/16 KiB/4 MiB/' "$work/over/job.ini" && "$PANELPACK" check "$work/over" >"$work/out" 2>&1; then
    echo "ok - a longer field is the job's to allow"
else
    echo "not ok - a longer field is the job's to allow"
    sed 's/^/# /' "$work/out"
fi
