#!/bin/bash
# Which lines and branches of src/compute the tests take: its unit tests, the oracles, the hiding of
# a job and the golden cases, with a program whose steps gcc counts. A line a file, the total, and
# every branch that no test takes. Fails unless all are taken: there is no way to leave one out.
#   tests/coverage.sh BUILD
set -u
build=$1
export PANELPACK=$PWD/$build/panelpack BUILD=$build CMOCKA_MESSAGE_OUTPUT=TAP LC_ALL=C.UTF-8
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
find "$build" -name '*.gcda' -delete

for source in tests/unit/compute/*_test.c tests/unit/oracles/*_test.c; do
    "$build/${source%.c}" >>"$work/tests" 2>&1 || echo "not ok - $source" >>"$work/tests"
done
for script in tests/golden/run.sh tests/disclosure/run.sh; do
    CASE='' "$script" >>"$work/tests" 2>&1
done
if grep '^not ok' "$work/tests"; then
    echo "coverage: tests failed"
    exit 1
fi

for source in src/compute/*.c; do
    gcov --branch-probabilities --branch-counts --stdout \
        --object-directory "$build/${source%.c}.o" "$source" 2>/dev/null
done >"$work/gcov"
awk '
    function percent(taken, all) { return all ? 100 * taken / all : 100 }
    function show(name, l, L, b, B) {
        printf "%-36s %5d of %5d lines %6.1f%% %5d of %5d branches %6.1f%%\n", name, l, L,
               percent(l, L), b, B, percent(b, B)
    }
    function finish() {
        if (file != "" && is_ours) show(file, lines, all_lines, taken, branches)
        lines = all_lines = taken = branches = 0
    }
    /^ *-: *0:Source:/ {
        finish()
        sub(/.*Source:/, "")
        file = $0
        is_ours = file ~ /^src\/compute\/.*\.c$/
        next
    }
    !is_ours { next }
    /^ *[0-9#=]+\*?: *[0-9]+:/ {
        split($0, part, ":")
        at = part[2] + 0
        all_lines++; total_lines++
        if (part[1] !~ /[#=]/) { lines++; total_taken_lines++ }
    }
    /^branch / {
        branches++; total_branches++
        if (/taken [1-9]/) { taken++; total_taken++ }
        else missed[++misses] = file ":" at ": branch " $2 " is never taken"
    }
    END {
        finish()
        show("total", total_taken_lines, total_lines, total_taken, total_branches)
        for (i = 1; i <= misses; i++) print missed[i]
        exit !(total_branches > 0 && total_taken == total_branches)
    }' "$work/gcov" && echo "coverage: ok"
