#!/bin/sh
# The sample jobs' generated exports are what the generators write, their published figures add up,
# and their reports show what they are there to show.
set -u
exports=input/harborough-2021-22/exports
quarterly=input/harborough-quarterly-2021-22-q2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

say() { # NAME STATUS
    if [ "$2" = 0 ]; then echo "ok - $1"; else echo "not ok - $1"; fi
}

/usr/bin/python3 tests/generate_police_street.py "$scratch" &&
    diff -r "$scratch/police" $exports/police &&
    cmp "$scratch/beat-areas.csv" $exports/beat-areas.csv
say "street-level files are the generator's" $?

mkdir "$scratch/map"
/usr/bin/python3 tests/generate_area_map.py "$scratch/map" &&
    cmp "$scratch/map/area-map.png" $exports/area-map.png
say "the map of the beats is the generator's" $?

/usr/bin/python3 tests/generate_review_picture.py "$scratch/map" &&
    cmp "$scratch/map/review.png" $exports/review.png
say "the picture of the newsletter is the generator's" $?

# the total less its parts; domestic violence is within a part, the last two rows are not parts
remainders=$(awk -F, '
    NR == 2 { for (i = 2; i <= 4; i++) rest[i] = $i }
    NR >= 3 && NR <= 10 && $1 !~ /^Domestic/ { for (i = 2; i <= 4; i++) rest[i] -= $i }
    END { print rest[2], rest[3], rest[4] }' $exports/crime-three-years.csv)
[ "$remainders" = "1072 939 1028" ]
say "crimes of types that are not listed number 1,072, 939 and 1,028" $?

# each change has the class and the sentence of the oracle, against both years
"$PANELPACK" dump input/harborough-2021-22 --stage=document 2>/dev/null |
    /usr/bin/python3 tests/sample/judged.py >&2
say "the crime table has the oracle's classes and sentences" $?

# every answer's percentage is its count out of the people who answered, to two decimals
wrong=$(awk -F, 'NR > 1 && sprintf("%.2f", 100 * $3 / $4) + 0 != $2 + 0' \
    input/harborough-wellbeing-2022/exports/engagement-survey.csv)
[ -z "$wrong" ]
say "survey percentages are those of their counts" $?

mkdir "$scratch/quarterly"
/usr/bin/python3 tests/generate_quarterly.py "$scratch/quarterly" &&
    cp $quarterly/exports/crime-by-month.csv "$scratch/quarterly" &&
    diff -r "$scratch/quarterly" $quarterly/exports
say "indicators, actions of the panel and survey are the generator's" $?

# July to September 2021, of crimes and of incidents
quarter=$(awk -F, '$3 >= "2021-07" && $3 <= "2021-09" { sum[$2] += $4 }
    END { print sum["part"], sum["outside"] }' $quarterly/exports/crime-by-month.csv)
[ "$quarter" = "1078 149" ]
say "the quarter has 1,078 crimes and 149 incidents" $?

for job in input/harborough-2021-22 $quarterly; do
    "$PANELPACK" run $job --output "$scratch/out" >"$scratch/said-$(basename $job)" 2>&1
    say "$(basename $job) is made" $?
done
words=' error: \|\[cramped\]\|\[claim\]\|\[percent-mismatch\]\|\[double-negative\]'
! grep -q "$words" "$scratch/said-$(basename $quarterly)"
say "$(basename $quarterly): nothing in it is too wide, or said against its figures" $?
# 26% for 26.7%, "down by -26.69%", and a burglary "down" from 10 to 6: slips that were published
found=$(grep "$words" "$scratch/said-harborough-2021-22" |
    sed "s|^$exports/\([a-z-]*\.csv:[0-9]*:[0-9]*\): .*\(\[.*\]\)$|\1 \2|" | sort)
[ "$found" = "annual-review-facts.csv:12:5 [percent-mismatch]
opcc-monitoring.csv:18:11 [claim]
opcc-monitoring.csv:9:11 [double-negative]" ]
say "harborough-2021-22: its exports' slips are found, and there are no others" $?

# Words that must stand on a line of a PDF's page, in any columns.
shows() { # NAME PDF EXPRESSION
    pdftotext -layout "$2" - | tr -s ' ' | grep -qE "$3"
    say "$1" $?
}
# How many cells of a sheet have the number.
cells() { # WORKBOOK NUMBER
    for sheet in $(unzip -Z1 "$1" 'xl/worksheets/*.xml'); do
        unzip -p "$1" "$sheet" | grep -o "<v>$2</v>"
    done | wc -l
}

review=$scratch/out/harborough-2021-22/2021-22/csp-annual-review
shows "the page has a change and its percentage in one column" "$review.pdf" \
    '^ ?Total crime 5,005 4,330 4,894 \+675.\(\+15\.6%\) ▲ Clear \+111.\(\+2\.3%\) ● Little'
[ "$(cells "$review.xlsx" 675)" = 1 ] && [ "$(cells "$review.xlsx" '0.1558[0-9]*')" = 1 ] &&
    ! unzip -p "$review.xlsx" xl/sharedStrings.xml | grep -q '>+675.(+15'
say "the workbook has them as two numbers" $?
shows "appendices have letters, and are referred to by them" "$review.pdf" \
    '2\.11 The 40 actions of the plan are in Appendix A\.$'
shows "an objective stands once beside its actions, and again on the next page" "$review.pdf" \
    '^ ?behaviour \(continued\)'
shows "blank cells of the form are counted" "$review.pdf" '11 RAG statuses are blank, and so are 2 results'
shows "deadlines that are missing are counted" "$review.pdf" '2 lines have no deadline'
actions=$("$PANELPACK" dump input/harborough-2021-22 --stage=document 2>/dev/null |
    awk '/^table / { name = $2 } name ~ /^plan-/ && /^  row:/ { rows[name]++ }
        END { print rows["plan-priority-1-people:"], rows["plan-priority-2-places:"],
            rows["plan-priority-3-property:"] }')
[ "$actions" = "13 14 13" ]
say "a table for each priority has its actions" $?
[ "$(qpdf --json --json-key=qpdf "$review.pdf" | grep -c '"/Alt"')" = 3 ]
say "chart, map and picture have words for people who cannot see them" $?

report=$scratch/out/harborough-quarterly-2021-22-q2/quarter-2-2021-22/quarterly-performance
shows "an indicator is red, beside its target and changes" "$report.pdf" \
    '79\.8% 85\.0% Red'
shows "the year is heading for a range" "$report.pdf" '53 54 Amber .* between 112'
shows "a change without a percentage stands alone" "$report.pdf" \
    '^ ?Drugs 43 43 15 no change \? Not clear \+28 ▲ Clear'
! pdftotext -f 4 -l 4 "$report.pdf" - | grep -q '\[z\]'
say "no marker is explained that is not on the page" $?
shows "an action is overdue" "$report.pdf" '31 October 2021, |2021, overdue'
shows "a crime of a kind fell clearly" "$report.pdf" \
    'Anti-social behaviour incidents: 149, compared with 216'
shows "kinds of which nothing is told share a sentence" "$report.pdf" \
    'numbers are too small to judge these: Bicycle theft; Possession of weapons; Robbery; Theft'
shows "a seasonal series shows no signals" "$report.pdf" 'Seasonal series: signals not shown\.'
shows "a district stands beside England" "$report.pdf" '10\.6% 7\.01% 66\.1 49\.6 87\.5 better'
shows "the survey says how many answered" "$report.pdf" '^ ?Base: 412\.'
