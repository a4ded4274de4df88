#!/bin/bash
# Runs the tests: every tests/*/run.sh, which print TAP lines ("ok - name", "not ok - name",
# "ok - name # SKIP why"), and the unit programs (cmocka), as many at a time as there are processors.
# Ends with "N passed, N failed"; all lines are in BUILD/check.log, in an order that is always the same.
#   tests/run.sh BUILD [CASE]    CASE: only tests whose name contains it
set -u
build=$1
export CASE=${2-} PANELPACK=$PWD/$build/panelpack BUILD=$build
export CMOCKA_MESSAGE_OUTPUT=TAP LC_ALL=C.UTF-8
log=$build/check.log
parts=$build/check.parts # of each test: its lines, and what it said when it failed
rm -rf "$parts"
mkdir -p "$parts"
trap 'kill $(jobs -p) 2>/dev/null; exit 143' INT TERM HUP

# One program or script; a crash is a failure too.
run() { # NAME COMMAND
    local part=$parts/${1//\//-} status
    "$2" >"$part.out" 2>"$part.err" </dev/null
    status=$?
    sed -n "s|^ok \([0-9]* \)*- |ok - $1: |p; s|^not ok \([0-9]* \)*- |not ok - $1: |p" \
        "$part.out" >"$part.tap"
    if grep -q '^not ok' "$part.out"; then
        sed "s|^|    |" "$part.out" "$part.err" | grep -v '^    ok ' >"$part.said"
    elif [ $status != 0 ]; then
        echo "not ok - $1: exit status $status" >>"$part.tap"
        sed "s|^|    |" "$part.out" "$part.err" >"$part.said"
    fi
}

start() { # NAME COMMAND: when a processor is free
    while [ "$(jobs -rp | wc -l)" -ge "$(nproc)" ]; do wait -n; done
    run "$@" &
}

# the scripts take longest
for script in tests/*/run.sh; do
    start "$(basename "$(dirname "$script")")" "$script"
done
for source in tests/unit/*/*.c tests/unit/*/*/*.c; do
    [ -e "$source" ] || continue
    name=${source#tests/unit/}
    name=${name%.c}
    [[ "$name" == *"$CASE"* ]] && start "$name" "$build/${source%.c}"
done
wait

cat "$parts"/*.tap >"$log"
cat "$parts"/*.said 2>/dev/null >&2
skipped=$(grep -c '^ok .*# SKIP' "$log")
failed=$(grep -c '^not ok' "$log")
passed=$(($(grep -c '^ok' "$log") - skipped))
grep '^not ok\|# SKIP' "$log"
echo "$passed passed, $failed failed${skipped:+$([ "$skipped" = 0 ] || echo ", $skipped skipped")}"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
