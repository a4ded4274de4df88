#!/bin/bash
# The cases in tests/golden/claims say in headings what must be found: "## 6 claim" stands above
# sentences of group 6 that must each have a finding of that code and no other, "## 6 nothing" above
# those that must have none. Holds the expected output, which the golden cases hold the program
# against, against these headings.
set -u
folder=$(dirname "$0")/../golden/claims
for narrative in "$folder"/*/templates/*/narrative.md; do
    report=$(basename "$(dirname "$narrative")")
    case=$(cd "$(dirname "$narrative")/../.." && basename "$PWD")
    [[ "claims $case $report" == *"${CASE-}"* ]] || continue
    expected="$folder/$case/expected.out"
    wrong=$(awk -v report="/templates/$report/narrative.md:" '
        FNR == NR {
            at = index($0, report)
            if (!at) next
            line = substr($0, at + length(report)) + 0
            code = $NF
            gsub(/[][]/, "", code)
            if (index(found[line], code) == 0) found[line] = found[line] " " code
            next
        }
        /^## / { $1 = $2 = ""; wanted = $0; sub(/^ +/, "", wanted) }
        /^- / {
            many = split(wanted == "nothing" ? "" : wanted, codes, " ")
            count = split(found[FNR], ignored, " ")
            good = count == many
            for (i = 1; i <= many; i++) good = good && index(found[FNR], codes[i])
            if (!good) print FNR ": expected " wanted ", found" found[FNR] ": " $0
            sentences++
        }
        END { if (!sentences) print "no sentences" }
    ' "$expected" "$narrative")
    if [ -z "$wrong" ]; then
        echo "ok - $case: $report"
    else
        echo "not ok - $case: $report"
        printf '%s\n' "$wrong" | sed 's/^/# /'
    fi
done
exit 0
