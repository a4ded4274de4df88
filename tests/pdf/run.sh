#!/bin/bash
# Reads a rendered PDF back with tools that know nothing of the renderer: the sample document of
# tests/unit/write/pdf_test.c, which has one of everything. Prints TAP.
#   tests/pdf/run.sh [--update]   takes pictures, text and structure as they are now as right
set -u
here=$(dirname "$0")
case pdf in *"${CASE-}"*) ;; *) exit 0 ;; esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
make_samples=$BUILD/tests/unit/write/pdf_test

report() { # NAME STATUS
    if [ "$2" = 0 ]; then echo "ok - $1"; else echo "not ok - $1"; fi
}

mkdir "$work/again"
"$make_samples" "$work" && "$make_samples" "$work/again"
report "samples are rendered" $?
cmp "$work/sample.pdf" "$work/again/sample.pdf" && cmp "$work/pack.pdf" "$work/again/pack.pdf"
report "two runs make the same bytes" $?

for pdf in sample pack; do
    qpdf --check "$work/$pdf.pdf" >"$work/qpdf.out" 2>&1 &&
        ! grep -i 'warning' "$work/qpdf.out" >&2
    report "qpdf finds nothing wrong with $pdf.pdf" $?
done

pdfinfo -struct-text "$work/sample.pdf" >"$work/structure"
/usr/bin/python3 "$here/structure.py" words "$work/structure" "$work/sample.txt" >&2
report "the structure says every word of the document once, in order" $?

# The same of documents made at random, of which the ninth has a table of 416 rows.
mkdir "$work/random"
"$BUILD/tests/unit/write/pdf_random_test" "$work/random" 9
report "documents made at random are rendered" $?
for pdf in "$work"/random/*.pdf; do
    number=$(basename "$pdf" .pdf)
    pdfinfo -struct-text "$pdf" >"$work/random/structure"
    /usr/bin/python3 "$here/structure.py" words "$work/random/structure" "${pdf%pdf}txt" >&2
    report "every word of document $number once, in order" $?
done
for pdf in "$work"/{sample,pack,short,random/1,random/2,random/9}.pdf; do
    /usr/bin/python3 "$here/structure.py" check "$pdf"
done

pdftotext -layout "$work/sample.pdf" "$work/layout.txt"
pages=$(pdfinfo "$work/sample.pdf" | sed -n 's/^Pages: *//p')
[ "$(grep -c "Page [0-9]* of $pages\$" "$work/layout.txt")" = "$pages" ]
report "each page has its number" $?
[ "$(grep -c '^ *KA.05' "$work/layout.txt")" -ge 4 ]
report "a row over several pages is named on each" $?
grep -q 'Priority 1: Housing for all (continued)' "$work/layout.txt" &&
    ! grep -q '(continued)' "$work/structure"
report "what is repeated is not read again" $?

# Nothing outside the page's margins.
pdftotext -bbox "$work/sample.pdf" "$work/boxes"
awk -F'"' '/<page /  { width = $2; height = $4 }
           /<word / { if ($2 < 56 || $6 > width - 56 || $4 < 25 || $8 > height - 20) { print; bad = 1 } }
           END { exit bad }' "$work/boxes" >&2
report "no word leaves the margins" $?

# Charts of every kind: sound, within the margins, each read aloud by its description.
mkdir "$work/charts"
"$BUILD/tests/unit/write/chart_test" "$work/charts" 2>"$work/charts.err" &&
    qpdf --check "$work/charts/charts.pdf" >"$work/qpdf.out" 2>&1 && ! grep -i 'warning' "$work/qpdf.out" >&2
report "charts of every kind are rendered" $?
pdftotext -bbox "$work/charts/charts.pdf" "$work/boxes"
awk -F'"' '/<page /  { width = $2; height = $4 }
           /<word / { if ($2 < 56 || $6 > width - 56 || $4 < 25 || $8 > height - 20) { print; bad = 1 } }
           END { exit bad }' "$work/boxes" >&2
report "no word of a chart leaves the margins" $?
figures=$(pdfinfo -struct "$work/charts/charts.pdf" | grep -c '^ *Figure')
[ "$figures" -gt 10 ] && [ "$(qpdf --qdf "$work/charts/charts.pdf" - | grep -ac '/Alt <')" = "$figures" ]
report "each picture of a chart has its description" $?

for tag in H1 H2 H3 P L LI Lbl LBody Table Caption THead TBody TR TH TD Figure Link Note TOC TOCI; do
    grep -q "^ *$tag\b" "$work/structure"
    report "the structure has $tag" $?
done

qpdf --json --json-key=outlines "$work/pack.pdf" >"$work/pack.json"
python3 - "$work/pack.json" <<'PYTHON'
import json, sys

outlines = json.load(open(sys.argv[1]))["outlines"]
titles = [(o["title"], [k["title"] for k in o["kids"]]) for o in outlines]
wanted = ["6 Community safety", "7 Again"]
if [t for t, _ in titles] != wanted or any(len(kids) != 1 for _, kids in titles):
    sys.exit(f"bookmarks are {titles}")
below = [k["title"] for k in outlines[0]["kids"][0]["kids"]]
if below[:3] != ["Contents", "1 Outcome sought", "2 Recorded crime"]:
    sys.exit(f"below the title: {below}")
PYTHON
report "bookmarks of a pack follow parts and headings" $?
/usr/bin/python3 - "$work/pack.pdf" <<'PYTHON'
import pikepdf, sys

top = pikepdf.open(sys.argv[1]).Root.StructTreeRoot.K
parts = [(str(part.S), str(part.get("/Lang", ""))) for part in top.K]
if parts != [("/Part", ""), ("/Part", "cy")]:
    sys.exit(f"parts are {parts}")
PYTHON
report "a part of a pack in another language says so" $?
parts=$(pdfinfo "$work/pack.pdf" | sed -n 's/^Pages: *//p')
pdftotext -layout -f "$parts" "$work/pack.pdf" - | grep -q "Page $((parts + 2))\$"
report "page numbers leave room for inserted pages" $?

# What one of everything looks like: pages as pictures, as text, as a tree.
pictures=$BUILD/pictures
rm -rf "$pictures"
mkdir -p "$pictures"
pdftoppm -r 60 -gray -png "$work/short.pdf" "$pictures/short"
as_text() { # NAME
    pdftotext -layout "$work/$1.pdf" - | sed 's/   */  /g; s/ *$//' >"$pictures/$1.layout"
    pdfinfo -struct-text "$work/$1.pdf" | grep -v '^ *Object' >"$pictures/$1.structure"
}
as_text short
# What jobs make: boxes in a council's own style; cells beside several rows, a page turned for a wide
# table, the marks of a draft; footnotes.
for job in boxes:ok-boxes-and-style plan:ok-merged-cells-and-draft notes:ok-footnotes \
    multiples:ok-chart-multiples; do
    name=${job%%:*} folder=${job#*:}
    "$BUILD/panelpack" run "$here/../golden/$folder" --only report --output "$work/jobs" \
        >"$work/job.out" 2>&1 || cat "$work/job.out" >&2
    mv "$work"/jobs/"$folder"/*/report.pdf "$work/$name.pdf" && qpdf --check "$work/$name.pdf" >"$work/qpdf.out" 2>&1
    report "$folder is rendered" $?
    /usr/bin/python3 "$here/structure.py" check "$work/$name.pdf"
    pdftoppm -r 60 -gray -png "$work/$name.pdf" "$pictures/$name"
done
as_text notes
mkdir "$work/draft"
for name in ok-performance ok-chart-lines; do # statuses and a chart, made those of a draft
    cp -r "$here/../golden/$name" "$work/draft"
    sed -i 's/^\[report\]$/&\ndraft = yes/' "$work/draft/$name/templates/report/report.ini"
    [ $name = ok-chart-lines ] && # its first chart moves to where the mark is
        sed -i '1i # Before\n\n- one\n- two\n- three\n- four\n- five\n- six\n' \
            "$work/draft/$name/templates/report/narrative.md"
    "$BUILD/panelpack" run "$work/draft/$name" --only report --output "$work/jobs" \
        >"$work/job.out" 2>&1 || cat "$work/job.out" >&2
    pdftoppm -r 100 -aa no -aaVector no -png "$work/jobs/$name"/*/report.pdf "$work/draft/$name"
    /usr/bin/python3 "$here/mark.py" "$work/draft/$name"*.png >&2
    report "the mark of a draft touches no shape or chart of $name" $?
done
pages=$(pdfinfo "$work/plan.pdf" | sed -n 's/^Pages: *//p')
drafts=$(qpdf --qdf --object-streams=disable "$work/plan.pdf" - | grep -ac 'Subtype/Watermark')
headed=$(pdftotext -layout "$work/plan.pdf" - | tr '\f' '\n' | grep -c '^ *Draft\(: Safety plan, 2022/23\)\?$')
# the title itself is one more
[ "$drafts" = "$pages" ] && [ "$headed" = $((pages + 1)) ] && pdfinfo "$work/plan.pdf" | grep -q '^Title: *Draft: '
report "each page of a draft says so" $?
! pdfinfo -struct-text "$work/plan.pdf" | grep -q '"Draft"'
report "the mark of a draft is not read on each page" $?
book=$(echo "$work"/jobs/ok-merged-cells-and-draft/*/report.xlsx)
unzip -p "$book" docProps/core.xml | grep -q '<dc:title>Draft: .*<cp:contentStatus>Draft<' &&
    unzip -p "$book" xl/sharedStrings.xml | grep -q 'Status of the report'
report "so do the workbook of a draft and its properties" $?
if [ "${1-}" = --update ]; then
    rm -rf "$here/golden"
    cp -r "$pictures" "$here/golden"
fi
[ "$(ls "$here/golden")" = "$(ls "$pictures")" ]
report "short document has as many pages as it had" $?
for golden in "$here"/golden/*.png; do
    name=$(basename "$golden" .png)
    /usr/bin/python3 "$here/pictures.py" "$golden" "$pictures/$name.png" \
        "$pictures/$name-difference.png" >&2
    report "$name looks as it did" $?
done
! /usr/bin/python3 "$here/pictures.py" "$here/golden/short-1.png" "$pictures/short-2.png" \
    "$pictures/other-page.png" 2>/dev/null
report "a page that looks different is found" $?
for kind in short.layout short.structure notes.layout notes.structure; do
    diff -u "$here/golden/$kind" "$pictures/$kind" >&2
    report "$kind is as it was" $?
done
