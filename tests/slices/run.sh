#!/bin/bash
# Slices: each has all that is its own and nothing of the others, in no part of the file; they are
# published, listed and sent to those whose they are. CSV files beside the reports.
set -u
[[ slices == *"${CASE-}"* ]] || exit 0
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$here/job" "$work/job"
folder=$work/output/job/2021-22
pp() { "$PANELPACK" "$@" >"$work/out" 2>"$work/err"; }
contains() { # FILE TEXT
    grep -qF -- "$2" "$1" || { echo "'$2' is not in:"; cat "$1"; return 1; }
}
lacks() { # FILE TEXT
    ! grep -qF -- "$2" "$1" || { echo "'$2' is in $1"; return 1; }
}
words_of() { # WORKBOOK: all its parts as text
    unzip -p "$folder/slices/$1.xlsx" && unzip -l "$folder/slices/$1.xlsx"
}
published() { [ -e "$folder/manifest.json" ] || pp run "$work/job" --output "$work/output"; }

# What is whose: the file of a slice, and what no other slice by owner may have.
declare -A secrets=(
    [review-alder-team]="canaryalder|61234|60711|61,234|kpinote alder|noted of alder|A.01<"
    [review-birch-team]="canarybirch|41777|43111|41,777|kpinote birch|noted of birch|20911|A.02<"
    [review-a-b]="canaryslash"
    [review-a-b-2]="canarycolon"
    [review-etc-passwd]="canarydots"
    [review-hyperlink-x]="canaryformula"
    [review-con]="canarycon<"
    [review-x]="canaryomega"
    [review-nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn]="canarylong"
    [review-not-given]="canaryblank|10333|10777"
)

every_slice_is_published_and_no_other() {
    published && local name wanted
    wanted=$(printf '%s.xlsx\n' "${!secrets[@]}" | sort)
    [ "$(ls "$folder/slices/owners" | sort)" = "$wanted" ] || { ls "$folder/slices/owners"; return 1; }
}
a_slice_has_its_own_and_nothing_of_the_others() {
    published && local whose other secret
    for whose in "${!secrets[@]}"; do
        words_of "owners/$whose" >"$work/words"
        for other in "${!secrets[@]}"; do
            while read -r -d '|' secret; do
                if [ "$other" = "$whose" ]; then
                    [[ "$secret" == *,* || "$secret" == *'<' ]] || contains "$work/words" "$secret" || return 1
                else
                    lacks "$work/words" "$secret" || { echo "of $other, in $whose"; return 1; }
                fi
            done <<<"${secrets[$other]}|"
        done
        lacks "$work/words" storywords || return 1
    done
}
nothing_is_hidden_in_a_slice() {
    published && words_of owners/review-birch-team >"$work/words" &&
        lacks "$work/words" 'state="hidden"' && lacks "$work/words" 'hidden="1"' &&
        lacks "$work/words" pivotCache && lacks "$work/words" comments && lacks "$work/words" '<f>'
}
properties_name_no_person() {
    published && unzip -p "$folder/slices/owners/review-alder-team.xlsx" docProps/core.xml >"$work/words" &&
        contains "$work/words" "the part of one owner" && lacks "$work/words" Alder
}
totals_are_of_the_slice() {
    published && words_of owners/review-a-b-2 >"$work/words" &&
        contains "$work/words" "Actions, 2 in all" && lacks "$work/words" "15 in all"
}
a_fact_of_somebody_else_is_not_applicable() {
    published && words_of owners/review-alder-team >"$work/words" &&
        contains "$work/words" "Indicators; [z] of one"
}
a_change_is_judged_as_in_the_whole() {
    published || return 1
    /usr/bin/python3 - "$folder" <<'EOF_PYTHON'
import csv, io, re, subprocess, sys
folder = sys.argv[1]
def strings(path):
    text = subprocess.run(["unzip", "-p", path, "xl/sharedStrings.xml"], capture_output=True).stdout.decode()
    return re.findall(r"<si><t[^>]*>([^<]*)</t>", text)
rows = [r for r in csv.DictReader(open(folder + "/csv/review/kpi.csv")) if r["Statistic"].startswith("Can we tell")]
slices = {"KPI alder": "alder-team", "KPI birch": "birch-team", "KPI birch too": "birch-team", "KPI of nobody": "not-given"}
if len(rows) != 4:
    sys.exit("4 changes expected, found %d" % len(rows))
for row in rows:
    if row["Words"] not in strings("%s/slices/owners/review-%s.xlsx" % (folder, slices[row["Measure"]])):
        sys.exit("%s is judged otherwise" % row["Measure"])
EOF_PYTHON
}
what_is_hidden_stays_hidden() {
    published && words_of wards/review-birch >"$work/words" && contains "$work/words" "[c]" &&
        lacks "$work/words" "52013" && ! grep -q '<c r="[A-Z0-9]*" s="[0-9]*"><v>3</v>' "$work/words" && contains "$work/words" 52016
}
an_area_has_its_own_alone() {
    published && words_of wards/review-birch >"$work/words" && lacks "$work/words" Cedar &&
        lacks "$work/words" 63029 && lacks "$work/words" 31001 && contains "$work/words" "Wards in Birch"
}
a_slice_is_the_working_workbook_where_there_is_one() {
    published || return 1
    words_of owners/review-alder-team >"$work/words" && lacks "$work/words" 'state="frozen"' || return 1
    mkdir -p "$work/working" && cp -r "$work/job/." "$work/working/" &&
        sed -i 's/^reports = review/&\nworkbook = both/' "$work/working/job.ini" &&
        pp run "$work/working" --output "$work/elsewhere" || return 1
    unzip -p "$work/elsewhere/working/2021-22/slices/owners/review-alder-team.xlsx" >"$work/words" &&
        contains "$work/words" 'state="frozen"' && contains "$work/words" canaryalder &&
        lacks "$work/words" canarybirch
}
check_lists_them_with_their_rows() {
    pp check "$work/job" && contains "$work/out" "slices owners: review by owner, 23 rows in 10 workbooks" &&
        contains "$work/out" "  slices/owners/review-birch-team.xlsx: 6 rows" && lacks "$work/out" "Birch Team"
}
the_manifest_names_them() {
    published || return 1
    python3 - "$folder/manifest.json" <<'EOF_PYTHON'
import json, sys
manifest = json.load(open(sys.argv[1]))
paths = {o["path"] for o in manifest["outputs"]}
slices = manifest["slices"]
assert len(slices) == 17 and all(s["path"] in paths for s in slices)
assert sum(s["rows"] for s in slices if s["name"] == "owners") == 23
assert "csv/review/csv-metadata.json" in paths
assert [s["value"] for s in slices if s["path"] == "slices/owners/review-a-b-2.xlsx"] == ["A:B"]
EOF_PYTHON
}
a_second_run_changes_nothing() {
    published && pp run "$work/job" --output "$work/output" && contains "$work/out" "unchanged:"
}
slices_that_are_no_longer_made_go_and_files_beside_them_stay() {
    cp -r "$work/job" "$work/less" && pp run "$work/less" --output "$work/output" &&
        echo mine >"$work/output/less/2021-22/slices/owners/mine.txt" &&
        sed -i '/^\[burst owners\]/,/^workbook/d; /^\[burst wards\]/,/^workbook/d; /^csv/d' "$work/less/job.ini" &&
        pp run "$work/less" --output "$work/output" || { cat "$work/err"; return 1; }
    (cd "$work/output/less/2021-22" && find slices csv -type f 2>/dev/null | sort) >"$work/left"
    printf '%s\n' slices/owners/mine.txt slices/portfolios/review-{housing,not-given,parks-and-open-spaces,planning}.xlsx |
        diff - "$work/left"
}
only_those_of_the_recipient_are_sent() {
    local kept=$work/kept port folder=$work/output/mailed/2021-22
    mkdir -p "$kept" && cp -r "$here/job" "$work/mailed" || return 1
    coproc SERVER { /usr/bin/python3 tests/cli/smtp_server.py "$kept"; }
    read -r -t 20 port <&"${SERVER[0]}" || { echo "the server did not start"; return 1; }
    sed -i "s|^server = .*|server = smtp://127.0.0.1:$port|" "$work/mailed/job.ini"
    pp run "$work/mailed" --output "$work/output" && pp send "$folder" &&
        contains "$work/out" "2 sent, 0 sent before, 0 failed" &&
        contains "$work/err" "recipients.csv:4: warning: nothing in this run has the portfolio of this row" &&
        contains "$work/err" "nobody in the list gets 'slices/portfolios/review-planning.xlsx', which has 6 rows" &&
        lacks "$work/err" Education &&
        contains "$kept/001-housing@example.org.eml" 'review-housing.xlsx' &&
        lacks "$kept/001-housing@example.org.eml" 'review-parks' &&
        contains "$kept/002-two@example.org.eml" 'review-parks-and-open-spaces.xlsx' &&
        contains "$kept/002-two@example.org.eml" 'review-housing.xlsx' &&
        pp send "$folder" && contains "$work/out" "0 sent, 2 sent before" &&
        sed -i 's/^Housing,.*/&\nHousing,housing@example.org,Planning/' "$work/mailed/recipients.csv" &&
        pp send "$folder" && contains "$work/out" "1 sent, 2 sent before" &&
        contains "$kept/003-housing@example.org.eml" 'review-planning.xlsx' &&
        [ "$(find "$kept" -type f | wc -l)" = 3 ]
    local status=$?
    kill "$SERVER_PID" 2>/dev/null
    return $status
}
a_list_without_the_column_sends_nothing() {
    published && cp "$work/job/recipients.csv" "$work/recipients" &&
        sed -i 's/Portfolio/Group/' "$work/job/recipients.csv"
    pp send "$folder" --dry-run
    local status=$?
    cp "$work/recipients" "$work/job/recipients.csv"
    [ $status = 3 ] && contains "$work/err" "there is no column 'portfolio': found Name, Email, Group" &&
        [ -z "$(find "$work/output/job" -name '*.eml')" ]
}
csv_files_hold_the_figures_as_they_are() {
    published && contains "$folder/csv/review/kpi.csv" "KPI alder,Figure,2021/22,61234" &&
        contains "$folder/csv/review/wards.csv" "All,total,Figure,2021/22,53008" &&
        grep -q "^Thefts,,\[c\],\|^Thefts.*\[c\]" "$folder/csv/review/side-by-side.csv" &&
        contains "$folder/csv/review/plan.csv" "\"'=HYPERLINK(\"\"x\"\")\"" &&
        lacks "$folder/csv/review/side-by-side.csv" 52013
}
csv_metadata_describes_each_file() {
    published || return 1
    python3 - "$folder/csv/review" <<'EOF_PYTHON'
import csv, datetime, decimal, json, os, sys
folder = sys.argv[1]
metadata = json.load(open(folder + "/csv-metadata.json"))
assert metadata["@context"][0] == "http://www.w3.org/ns/csvw"
assert metadata["dc:license"] == {"@id": "https://www.example.org/licence"}
assert {t["url"] for t in metadata["tables"]} | {"csv-metadata.json"} == set(os.listdir(folder))
for table in metadata["tables"]:
    raw = open(folder + "/" + table["url"], newline="").read()
    rows = list(csv.reader(raw.splitlines(True)))
    columns = table["tableSchema"]["columns"]
    assert [c["titles"] for c in columns] == rows[0] and len({c["name"] for c in columns}) == len(columns)
    assert raw.endswith("\r\n") and table["dc:title"]
    for row in rows[1:]:
        assert len(row) == len(columns)
        for column, cell in zip(columns, row):
            if cell in column["null"]:
                continue
            if column["datatype"] == "decimal":
                decimal.Decimal(cell)
            elif column["datatype"] == "date":
                datetime.date.fromisoformat(cell)
            else:
                assert cell[0] not in "=+-@\t\r", cell
EOF_PYTHON
}

for name in $(declare -F | cut -d' ' -f3 | grep '_.*_'); do
    if problem=$("$name" 2>&1); then
        echo "ok - $name"
    else
        echo "not ok - $name"
        printf '%s\n' "$problem" | sed 's/^/# /'
    fi
done
