#!/bin/bash
# Runs the tests: unit programs (cmocka), then every tests/*/run.sh, which print TAP lines
# ("ok - name", "not ok - name", "ok - name # SKIP why"). Ends with "N passed, N failed".
#   tests/run.sh BUILD [CASE]    CASE: only tests whose name contains it
set -u
build=$1
export CASE=${2-} PANELPACK=$PWD/$build/panelpack BUILD=$build
export CMOCKA_MESSAGE_OUTPUT=TAP LC_ALL=C.UTF-8
log=$build/check.log
mkdir -p "$build"
: >"$log"

# One program or script: its TAP to the log, named after it; a crash is a failure too.
run() {
    local name=$1 status
    shift
    "$@" >"$build/test.out" 2>"$build/test.err" </dev/null
    status=$?
    sed -n "s|^ok \([0-9]* \)*- |ok - $name: |p; s|^not ok \([0-9]* \)*- |not ok - $name: |p" \
        "$build/test.out" >>"$log"
    if grep -q '^not ok' "$build/test.out"; then
        sed "s|^|    |" "$build/test.out" "$build/test.err" | grep -v '^    ok ' >&2
    elif [ $status != 0 ]; then
        echo "not ok - $name: exit status $status" >>"$log"
        sed "s|^|    |" "$build/test.out" "$build/test.err" >&2
    fi
}

for source in tests/unit/*/*.c tests/unit/*/*/*.c; do
    [ -e "$source" ] || continue
    name=${source#tests/unit/}
    name=${name%.c}
    [[ "$name" == *"$CASE"* ]] && run "$name" "$build/${source%.c}"
done
for script in tests/*/run.sh; do
    [ -e "$script" ] || continue
    name=$(basename "$(dirname "$script")")
    run "$name" "$script"
done

skipped=$(grep -c '^ok .*# SKIP' "$log")
failed=$(grep -c '^not ok' "$log")
passed=$(($(grep -c '^ok' "$log") - skipped))
grep '^not ok\|# SKIP' "$log"
echo "$passed passed, $failed failed${skipped:+$([ "$skipped" = 0 ] || echo ", $skipped skipped")}"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
