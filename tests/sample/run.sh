#!/bin/sh
# The sample jobs' generated exports are what the generators write, their published figures add up,
# and their reports show what they are there to show.
set -u
exports=input/harborough-2021-22/exports
quarterly=input/harborough-quarterly-2021-22-q2
delivery=input/harborough-delivery-plan-2024-25
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
wrong=$(awk -F, 'NR > 1 && sprintf("%.2f", 100 * $5 / $6) + 0 != $3 + 0' \
    $exports/engagement-survey.csv)
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

for job in input/harborough-2021-22 $quarterly $delivery; do
    "$PANELPACK" run $job --output "$scratch/out" >"$scratch/said-$(basename $job)" 2>&1
    say "$(basename $job) is made" $?
    grep -v 'context-facts.csv' "$scratch/said-$(basename $job)" >"$scratch/said"
    ! grep -q ' error: \|\[cramped\]\|\[claim\]\|\[percent-mismatch\]' "$scratch/said"
    say "$(basename $job): nothing in it is too wide, or said against its figures" $?
done

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
[ "$(pdftotext -f 1 -l 1 "$report.pdf" - | grep -cE '^(Headline indicators|Crime and anti-social behaviour|Actions that the panel asked for),|^Please note')" = 4 ]
say "headlines, crime, actions and what is not real stand on one page" $?
pdftotext -f 1 -l 1 "$report.pdf" - | tr '\n' ' ' | grep -q 'Red: target 85.0%; down 9.4 percentage points, may be worsening'
say "a headline has its status and where it moves, in words" $?
pdftotext -f 1 -l 1 "$report.pdf" - | tr '\n' ' ' |
    grep -q 'Amber: 53 in the year to date, target 54; up 5, change not clear'
say "a target of the year stands beside the year to date" $?
pdftotext -f 1 -l 1 "$report.pdf" - | tr '\n' ' ' | grep -q 'down 138, may be a real fall'
say "so has crime in total" $?
shows "a clear rise of a kind of crime is an exception" "$report.pdf" \
    '^ ?Drugs 43 → same 15 ↑ up 28, worsening'
shows "an action's later date is told" "$report.pdf" 'Due 1 month later 30/09/2021 31/10/2021'
shows "the quality of the figures is told" "$report.pdf" '^ ?Customer survey 6 0 6 0 0 0 0 0'

plan=$scratch/out/harborough-delivery-plan-2024-25/2024-25/delivery-plan
shows "the plan counts its activities, outcomes and indicators" "$plan.pdf" \
    'works on 21 key activities for its corporate plan'
shows "a fact stands beside its comparator in words" "$plan.pdf" \
    '^ ?Obesity among adults 23\.6% lower than UK ave \(25\.7%\): better'
shows "a comparator without a figure is told" "$plan.pdf" \
    'Average salary £35,359 lower than England average: no figure given'
shows "an indicator stands beside last year" "$plan.pdf" '142 131 ↑ up 11, change not clear 140'
[ "$(pdftotext -layout "$plan.pdf" - | grep -cE '^ *CO [0-9]+ ')" = 23 ]
say "each of the 23 critical outcomes stands under one priority" $?
shows "a placeholder is listed as not defined" "$plan.pdf" 'To be determined'

# What the plan's exports are known to have wrong: each is found.
found() { # NAME EXPRESSION
    grep -qE "$2" "$scratch/said-$(basename $delivery)"
    say "$1" $?
}
found "a growth that its own figures do not bear out" \
    "context-facts.csv:7:3: .*'18%' .*40,413 compared with 34,898.* is 15\.8%"
found "rates of one population that come to more than all" 'come to 100\.1%'
found "a mortality in per cent" "'83\.1%' is given for a mortality"
found "facts without a figure" "2 of 40 rows have no 'Value'"
found "outcomes that no activity serves" 'refers to CO 7, CO 13, CO 14'
found "a code with a wrong letter" "'CSS 10' is the only code that begins so; 6 begin with 'CCS'"
found "an indicator that the register does not have" "no register of this job has 'CON 24'"

# Without figures of the indicators the plan says nothing of them.
mkdir "$scratch/bare" && cp -r $delivery/. "$scratch/bare" &&
    sed -i '/^\[source kpi-performance\]/,/^note/d' "$scratch/bare/job.ini"
"$PANELPACK" dump "$scratch/bare" --stage=document >"$scratch/bare.out" 2>"$scratch/bare.err"
say "a plan without figures is made" $?
! grep -q 'How the indicators stand\|made up' "$scratch/bare.out" &&
    grep -q 'refers to HS 25, HR 03.1, FS 02, FS 03, RB 01' "$scratch/bare.err"
say "it leaves the part out, and codes that stand in the summary alone are told" $?
