#!/bin/bash
# Reads a rendered PDF back with tools that know nothing of the renderer: the sample document of
# tests/unit/write/pdf_test.c, which has one of everything.
set -u
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

# Every character of the document, in reading order, and nothing else: figures are left out (their
# words stand in the alternative text), as are line ends, of which the page decides.
pdfinfo -struct-text "$work/sample.pdf" >"$work/structure"
python3 - "$work/structure" "$work/sample.txt" <<'PYTHON'
import re, sys

structure, expected = (open(name, encoding="utf-8").read() for name in sys.argv[1:])
read, figure = [], None
for line in structure.splitlines():
    depth = len(line) - len(line.lstrip(" "))
    if figure is not None and depth <= figure:
        figure = None
    if line.lstrip().startswith("Figure"):
        figure = depth
    text = re.fullmatch(r' *"(.*)"', line)
    if text and figure is None:
        read.append(text.group(1))
read, expected = ("".join("".join(t).split()) for t in (read, expected))
for i, (a, b) in enumerate(zip(read, expected)):
    if a != b:
        sys.exit(f"differs at character {i}: {read[i-30:i+30]!r} instead of {expected[i-30:i+30]!r}")
if len(read) != len(expected):
    sys.exit(f"{len(read)} characters instead of {len(expected)}")
PYTHON
report "the structure says every word of the document once, in order" $?

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

for tag in H1 H2 H3 P L LI Lbl LBody Table Caption THead TBody TR TH TD Figure Link; do
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
if below[:2] != ["1 Outcome sought", "2 Recorded crime"]:
    sys.exit(f"below the title: {below}")
PYTHON
report "bookmarks of a pack follow parts and headings" $?
parts=$(pdfinfo "$work/pack.pdf" | sed -n 's/^Pages: *//p')
pdftotext -layout -f "$parts" "$work/pack.pdf" - | grep -q "Page $((parts + 2))\$"
report "page numbers leave room for inserted pages" $?

checker=../shared/tools/ua_check.py
if [ -e "$checker" ] && /usr/bin/python3 -c 'import pikepdf' 2>/dev/null; then
    /usr/bin/python3 "$checker" "$work/sample.pdf" "$work/pack.pdf" >&2
    report "PDF/UA-1 rules that a program can check" $?
else
    echo "ok - PDF/UA-1 rules that a program can check # SKIP no checker here"
fi
