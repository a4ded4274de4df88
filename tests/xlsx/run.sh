#!/bin/bash
# Workbooks as other programs see them: openpyxl reads the values and the structure, and the rules
# for published spreadsheets are held against every one that samples and goldens make.
set -u
[[ xlsx == *"${CASE-}"* ]] || exit 0
here=$(dirname "$0")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
render=$BUILD/tests/unit/write/xlsx_test
python=${PYTHON:-/usr/bin/python3}
export PYTHONDONTWRITEBYTECODE=1

mkdir "$scratch/again"
if "$render" "$scratch/example.xlsx" && TZ=Asia/Tokyo "$render" "$scratch/again/example.xlsx"; then
    echo "ok - renders"
else
    echo "not ok - renders"
    exit 1
fi
"$python" "$here/parts.py" "a second run gives the same bytes" "$scratch" "$scratch/again"
"$python" "$here/check.py" "$scratch/example.xlsx"

if "$render" "$scratch/example-working.xlsx" working &&
    TZ=Asia/Tokyo "$render" "$scratch/again/example-working.xlsx" working &&
    cmp -s "$scratch/example-working.xlsx" "$scratch/again/example-working.xlsx"; then
    echo "ok - working: a second run gives the same bytes"
else
    echo "not ok - working: a second run gives the same bytes"
fi
"$python" "$here/check_working.py" "$scratch/example-working.xlsx" "$scratch/example.xlsx"

# A table whose rows are written one at a time holds the same as one whose rows are kept.
for kind in "" -working; do
    if "$render" "$scratch/long$kind.xlsx" "${kind#-}" long &&
        TZ=Asia/Tokyo "$render" "$scratch/again/long$kind.xlsx" "${kind#-}" long &&
        cmp -s "$scratch/long$kind.xlsx" "$scratch/again/long$kind.xlsx"; then
        echo "ok - long$kind: a second run gives the same bytes"
    else
        echo "not ok - long$kind: a second run gives the same bytes"
    fi
    "$python" "$here/check_long.py" "$scratch/long$kind.xlsx" "$scratch/example$kind.xlsx"
done

mkdir "$scratch/charts"
"$BUILD/tests/unit/write/chart_test" "$scratch/charts" 2>/dev/null
"$python" "$here/check_charts.py" "$scratch/charts/charts.xlsx"

# The sample, and again under every circumstance that must not reach a workbook.
sample=input/harborough-2021-22
run() { # FOLDER COMMAND...: a run of the sample; its workbooks are in $made
    local out=$scratch/$1
    shift
    mkdir -p "$out"
    if ! "$@" "$PANELPACK" run "$sample" --output "$out" >"$scratch/log" 2>&1; then
        echo "not ok - the sample runs"
        cat "$scratch/log"
    fi
    made=$(dirname "$(find "$out" -name checks.xlsx)")
}
run first env
first=$made
mkdir "$scratch/elsewhere"
again() { # WHAT COMMAND...
    local what=$1
    shift
    run "again-${what// /-}" "$@"
    "$python" "$here/parts.py" "the same bytes with another $what" "$first" "$made"
}
with_umask() { umask 077 && "$@"; }
again "time zone" env TZ=Pacific/Auckland
again "locale" env LC_ALL=de_DE.UTF-8 LANG=tr_TR.UTF-8
again "temporary folder" env TMPDIR="$scratch/elsewhere"
again "umask" with_umask
again "length of environment" env "PADDING=$(printf '%4000s' x)"

"$BUILD/tests/xlsx/values_driver" "$sample" >"$scratch/values.json" 2>"$scratch/log" ||
    echo "not ok - the values of the sample's tables"
"$python" "$here/values.py" openpyxl "$scratch/values.json" "$first"

# The sample with both kinds of workbook, with formulas.
cp -r "$sample" "$scratch/sample"
sed -i 's/^workbook  *= both$/&\nformulas = yes/' "$scratch/sample/job.ini"
sample=$scratch/sample
run both env
if compgen -G "$made/*-working.xlsx" >/dev/null; then
    echo "ok - the sample has workbooks to be worked with"
else
    echo "not ok - the sample has workbooks to be worked with"
fi

# Goldens that pass make workbooks too; what they are called does not bind them. The charts that
# are drawn for LibreOffice stand beside their figures.
mv "$scratch/charts/charts.xlsx" "$scratch/charts/charts-working.xlsx"
books=("$first"/*.xlsx "$made"/*.xlsx "$scratch/example-working.xlsx"
    "$scratch/charts/charts-working.xlsx")
for job in tests/golden/ok-*/; do
    name=$(basename "$job")
    "$PANELPACK" run "$job" --output "$scratch/golden" >/dev/null 2>&1 || continue
    while IFS= read -r book; do
        books+=("$book")
    done < <(find "$scratch/golden/$name" -name '*.xlsx' ! -path '*/.*' | sort)
done
"$python" "$here/rules.py" "$scratch/example.xlsx" "$scratch/long.xlsx" "$scratch/long-working.xlsx" \
    "${books[@]}"
mkdir "$scratch/broken"
"$python" "$here/broken.py" "$scratch/example.xlsx" "$scratch/broken"
