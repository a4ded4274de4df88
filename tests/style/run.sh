#!/bin/bash
# A job with a house style, boxes and pictures, made whole: what of style.ini reaches the files.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
case=tests/golden/ok-boxes-and-style

report() { # NAME STATUS
    if [ "$2" = 0 ]; then echo "ok - $1"; else echo "not ok - $1"; fi
}

"$PANELPACK" run "$case" --output "$work" >"$work/out" 2>&1
report "the job is made" $?
made=$work/ok-boxes-and-style/2021-22
pdf=$made/report.pdf

qpdf --check "$pdf" >"$work/qpdf.out" 2>&1 && ! grep -i 'warning' "$work/qpdf.out" >&2
report "qpdf finds nothing wrong with it" $?
[ "$(pdffonts "$pdf" | tail -n +3 | grep -vc LiberationSerif)" = 0 ]
report "all words are in the style's font" $?
qpdf --qdf --object-streams=disable "$pdf" "$work/plain.pdf" 2>/dev/null
grep -aq '^0.353 0.118 0.392 rg' "$work/plain.pdf" && ! grep -aq '^0.020 0.290 0.388 rg' "$work/plain.pdf"
report "the accent is the style's, and nowhere the default" $?
pdftotext -f 2 -l 2 -layout "$pdf" "$work/page"
grep -q '^ *Sampleton Council: performance$' "$work/page" &&
    grep -q '^ *What the boxes hold, as at 22 June 2022  *Page 2 of 3$' "$work/page"
report "header and footer are filled in" $?
pdfinfo -f 1 -l 3 "$pdf" | grep 'Page.*size' >"$work/sizes"
grep -q 'Page *1 size: *595' "$work/sizes" && grep -q 'Page *3 size: *1190[.0-9]* x 841' "$work/sizes"
report "A4 and A3 pages stand in one document" $?
[ "$(pdfimages -list "$pdf" | tail -n +3 | awk '{ print $4 "x" $5 }' | tr '\n' ' ')" = "120x40 300x240 300x200 " ]
report "logo and pictures are in it, each once" $?
[ "$(grep -ac '/Alt' "$work/plain.pdf")" = 3 ]
report "each has words for people who cannot see it" $?
pdfinfo -struct-text "$pdf" | grep -E '^ *(H[1-6]|LBody|Div|Figure)' | tr -d ' ' | tr '\n' ' ' >"$work/tree"
grep -q 'Figure:H1(block)H2(block)LBody(block)LBody(block)LBody(block)DivLBody(block)LBody(block)H3(block)DivH4(block)LBody(block)LBody(block)DivH4(block)LBody(block)DivH4(block)LBody(block)LBody(block)DivH4(block)LBody(block)H2(block)Figure:Figure:H2(block)' <(tr -d ' ' <"$work/tree")
report "boxes are read one after the other, with their headings" $?
strings=$(unzip -p "$made/report.xlsx" xl/sharedStrings.xml)
for words in 'crimes recorded: 5,005 (+675 (+15.6%) on 2020/21)' 'Finding: burglary is' \
    'New homes in the right places' 'Picture in the report: Areas of the district. Map of five'; do
    [[ $strings == *"$words"* ]]
    report "the workbook says '$words'" $?
done
for file in templates/style.ini templates/logo.png templates/report/map.png photo.jpg; do
    grep -q "\"$file\"" "$made/manifest.json"
    report "the manifest has $file" $?
done
