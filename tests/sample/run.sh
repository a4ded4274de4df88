#!/bin/sh
# The sample jobs' generated exports are what the generators write, their published figures add up,
# and their reports show what they are there to show.
set -u
exports=input/harborough-2021-22/exports
quarterly=input/harborough-quarterly-2021-22-q2
joint=input/leicester-joint-action-plan-2018-23
plan=input/harborough-action-plan-2024-01
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

"$PANELPACK" dump input/harborough-2021-22 --stage=document 2>/dev/null |
    grep -q '^paragraph 2\.[0-9]*: Compared with 2020/21:$'
say "what a report compares with has a number that members can name" $?

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

wellbeing=input/harborough-wellbeing-2022
for job in input/harborough-2021-22 $quarterly $joint $plan $wellbeing $delivery; do
    "$PANELPACK" run $job --output "$scratch/out" >"$scratch/said-$(basename $job)" 2>&1
    say "$(basename $job) is made" $?
done
words=' error: \|\[cramped\]\|\[claim\]\|\[percent-mismatch\]\|\[double-negative\]'
! grep -q "$words" "$scratch/said-$(basename $quarterly)"
say "$(basename $quarterly): nothing in it is too wide, or said against its figures" $?
! grep -v 'context-facts.csv' "$scratch/said-$(basename $delivery)" | grep -q "$words"
say "$(basename $delivery): likewise, but for the facts that were published so" $?
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
        unzip -p "$1" "$sheet" | sed 's/t="s"[^>]*><v>[0-9]*//g' | grep -o "<v>$2</v>" # no text
    done | wc -l
}

review=$scratch/out/harborough-2021-22/2021-22/csp-annual-review
shows "the page has a change and its percentage in one column" "$review.pdf" \
    '^ ?Total crime 5,005 4,330 4,894 \+675.\(\+15\.6%\) ↑ Clear rise \+111.\(\+2\.3%\) ≈ Little'
[ "$(cells "$review.xlsx" 675)" = 1 ] && [ "$(cells "$review.xlsx" '0.1558[0-9]*')" = 1 ] &&
    ! unzip -p "$review.xlsx" xl/sharedStrings.xml | grep -q '>+675.(+15'
say "the workbook has them as two numbers" $?
shows "appendices have letters, and are referred to by them" "$review.pdf" \
    '^ ?Appendix A\. These are its priorities'
shows "an objective stands once beside its actions, and again on the next page" "$review.pdf" \
    '^ ?(behaviour )?\(continued\)'
shows "blank cells of the form are counted" "$review.pdf" '11 RAG statuses are blank, and so are 2 results'
shows "deadlines that are missing are counted" "$review.pdf" 'Two lines have no deadline'
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
    '^ ?Drugs 43 43 15 no change \? Not( clear)? \+28 ↑ Clear'
! pdftotext -f 4 -l 4 "$report.pdf" - | grep -q '\[z\]'
say "no marker is explained that is not on the page" $?
shows "an action is overdue" "$report.pdf" '31 October 2021, |2021, overdue'
shows "a crime of a kind fell clearly" "$report.pdf" \
    'Anti-social behaviour incidents: 149, compared with 216'
shows "kinds of which nothing is told share a sentence" "$report.pdf" \
    'numbers are too small to judge these: Bicycle theft; Possession of weapons; Robbery; Theft'
shows "a seasonal series shows no signals" "$report.pdf" 'Seasonal series: signals not shown\.'
shows "a district stands beside England" "$report.pdf" '7\.01% 10\.6% 66\.1 49\.6 87\.5 better'
shows "the survey says how many answered" "$report.pdf" '^ ?Base: 412\.'

activities=$scratch/out/harborough-2021-22/2021-22/key-activities.pdf
shows "activities that were not reported in full are listed" "$activities" \
    'Progress: 2 blank\. Next steps: 1 blank'
shows "states that were given stand together" "$activities" \
    'KA\.04\.04 Prepare to buy the environmental services .*On hold'

# The plan of 2018 has slips and gaps, and each of them is found.
joint_plan=$scratch/out/leicester-joint-action-plan-2018-23/2018-19/joint-action-plan.pdf
shows "the plan has 76 actions in 18 groups" "$joint_plan" 'It has 76 actions$'
shows "the plan has 18 groups" "$joint_plan" '^ ?in 18 groups\. Each group stands'
shows "measures that are blank and placeholders are counted" "$joint_plan" \
    'Measure: 16 blank, 12 with a placeholder'
shows "an action counts for each of its themes" "$joint_plan" '^ ?LIVES 50$'
shows "an action counts for each of its leads" "$joint_plan" '^ ?LPT 6$'
shows "a stretch aim says so" "$joint_plan" '\(stretch\)'
shows "the empty column is told and left out" "$joint_plan" 'The column “Level” is left out'
pdftotext -layout -f 1 -l 1 "$joint_plan" - | grep -q 'Draft: Joint Health and Wellbeing Action Plan'
say "the plan is a draft" $?
"$PANELPACK" check $joint >"$scratch/found" 2>&1
for finding in ":8:4: warning: between '2.1' and '2.6'" ":12:4: warning: between '2.9' and '2.11'" \
    ":16:4: warning: '9.5' stands in the group of '3.1'" ":17:4: warning: '9.5' stands twice" \
    ":18:4: warning: between '3.1' and '3.6'" ":27:1: warning: 1 of the names in this cell is not" \
    ":47:1: warning: 2 of the names in this cell are not" ":52:4: warning: '11.5' is the first" \
    ":43:9: warning: action '7.6' says in its column 'Measure' what another says in" \
    ":60:4: warning: between '12.2' and '12.5'" ":77:4: warning: between '14.3' and '14.5'"; do
    grep -qF "$finding" "$scratch/found"
    say "found in the plan: $finding" $?
done

# What the action plan's exports have wrong is found, each with its place.
"$PANELPACK" check $plan --json >"$scratch/findings" 2>/dev/null
/usr/bin/python3 - "$scratch/findings" <<'END' >&2
import json, sys
findings = json.load(open(sys.argv[1]))["findings"]
def told(kind, words, line):
    return [f for f in findings if f["kind"] == kind and words in f["message"] and line in (0, f["line"])]
assert len(told("overdue", "was due on 31 March 2023", 0)) == 25
assert told("stale", "all 25 dated actions", 2)
assert told("after-as-at", "'2025/6'", 2) and told("after-as-at", "'Quarter 3 2024/25'", 28)
assert told("value-check", "'4.c' has no status, and its update begins with 'Closed'", 18)
assert told("value-check", "no action in this row", 26)
assert told("period-assumed", "'2022/24'", 2)
assert told("versions", "2 with changed words, 1 with changed spelling, 1 with another due date, "
            "14 with owners added or removed, 1 cut short in one version, 2 with a field emptied", 19)
END
say "the action plan's dates, statuses, gaps and changes are found" $?

report=$scratch/out/harborough-action-plan-2024-01/2023-24/hwb-action-plan
shows "a page says in brief that no action has a status" "$report.pdf" \
    'the plan gives no status for 25 of its 25 actions'
[ "$(pdftotext -l 1 "$report.pdf" - | grep -cE 'Overdue:|Gaps:|Changes since June 2022:|Actions by priority')" = 4 ]
say "all of that is on the first page" $?
shows "an action shows that it is overdue" "$report.pdf" '1\.a .* 2022/23, '
shows "a status that no action has is left out, and that is said" "$report.pdf" \
    '^ ?The column “Status” is left out: nothing stands in it\.$'
shows "what is blank is seen in its cell" "$report.pdf" '^ ?6\.d .*Not given'
shows "who delivers is counted, most first" "$report.pdf" '^ ?Regulatory Services 4 4$'
shows "what changed is said in words" "$report.pdf" 'Dates: one action has another date\.'
shows "a date that moved stands with both" "$report.pdf" '2022/24 2022/23'
[ "$(pdftotext "$report.pdf" - | grep -cE '^[1-6]\.[a-f]$')" -ge 25 ]
say "no action is missing" $?
"$PANELPACK" run $plan --output "$scratch/out" 2>&1 | grep -q '^unchanged'
say "made again, the action plan is unchanged" $?

# the classes of the 32 indicators: 7 better and 4 similar by their counts; 10 estimated
standings=$("$PANELPACK" dump $wellbeing --stage=facts 2>/dev/null |
    sed -n 's/^profile\.\(estimated-\)\?\(measures\|better\|worse\|similar\|not-compared\)\.count = //p' |
    tr '\n' ' ')
[ "$standings" = "32 4 7 0 11 2 7 1 " ]
say "the indicators stand to England as the oracle has it" $?
"$PANELPACK" check $wellbeing 2>/dev/null |
    grep -q "health-profile.csv:27:7: .*cannot be people.*\[count-meaning\]"
say "a sum of points is not taken for people" $?

profile=$scratch/out/harborough-wellbeing-2022/2021-22/health-profile.pdf
shows "an indicator stands beside region and country" "$profile" \
    ' 7 .*98 35\.7 41\.6 42\.6 Not calculated'
shows "rounding that decides leaves an indicator undecided" "$profile" \
    '242 56\.9% 52\.2% to 52\.2% 49\.1% Not computed How the figures'
shows "what can be estimated is marked" "$profile" '705\.0 558\.4 126\.3 106\.2 149\.0 worse \[e\]'
shows "a flag of several figures stands once in words" "$profile" \
    'Dementia .*\(Harborough District, East Midlands region, England\): Held'
shows "the one goal is in words" "$profile" '66\.7% \(by more than'
strategy=$scratch/out/harborough-wellbeing-2022/2021-22/hw-strategy.pdf
shows "the survey has its base, counts and shares" "$strategy" \
    'Of the 447 people who answered the survey, 211 \(47%\) chose .A safe environment'
shows "what the plan leaves out is told" "$strategy" 'One action leaves something open'
shows "the action plan has its seven columns" "$strategy" \
    'No\. Objective What we will do By when Who will deliver this Milestones Target/Outcome'

report=$scratch/out/$(basename $quarterly)/quarter-2-2021-22/quarterly-performance
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

delivered=$scratch/out/harborough-delivery-plan-2024-25/2024-25/delivery-plan
shows "the plan counts its activities, outcomes and indicators" "$delivered.pdf" \
    'works on 21 key activities for its corporate plan'
shows "a fact stands beside its comparator in words" "$delivered.pdf" \
    '^ ?Obesity among adults 23\.6% lower than UK ave \(25\.7%\): better'
shows "a comparator without a figure is told" "$delivered.pdf" \
    'Average salary £35,359 lower than England average: no figure given'
shows "an indicator stands beside last year" "$delivered.pdf" '142 131 ↑ up 11, change not clear 140'
[ "$(pdftotext -layout "$delivered.pdf" - | grep -cE '^ *CO [0-9]+ ')" = 23 ]
say "each of the 23 critical outcomes stands under one priority" $?
shows "a placeholder is listed as not defined" "$delivered.pdf" 'To be determined'

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
    sed -i '/^\[source kpi-performance\]/,/^source /d' "$scratch/bare/job.ini"
"$PANELPACK" dump "$scratch/bare" --stage=document >"$scratch/bare.out" 2>"$scratch/bare.err"
say "a plan without figures is made" $?
! grep -q 'How the indicators stand\|made up' "$scratch/bare.out" &&
    grep -q 'refers to HS 25, HR 03.1, FS 02, FS 03, RB 01' "$scratch/bare.err"
say "it leaves the part out, and codes that stand in the summary alone are told" $?

# screen readers say short forms in full: "Leicester City Council" wherever "LCC" stands
"$PANELPACK" run $joint --output "$scratch/joint" >/dev/null 2>&1
said=$(qpdf --qdf --object-streams=disable "$scratch"/joint/*/2018-19/joint-action-plan.pdf - |
    grep -aci '/E <feff004c00650069006300650073007400650072002000430069007400790020')
[ "$said" -gt 50 ]
say "short forms of the plan are said in full" $?
