#!/bin/bash
# What a job hides is in nothing that it leaves: no dump, message, workbook, PDF, manifest or
# workbook of checks. Counts below 1,000 are small here, so that each is a number of its own.
set -u
[[ disclosure == *"${CASE-}"* ]] || exit 0
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
job=$here/job

# 613 is small, and so is 727: of 41,066 all but 40,339 are under 5. The others give them away.
secrets='613|727|41066|36060|19835'
hidden=$("$PANELPACK" dump "$job" --stage=dataset 2>/dev/null | grep -c '| \[c\] |')
[ "$hidden" = 4 ] && echo "ok - figures are hidden" || echo "not ok - $hidden figures are hidden"

for stage in dataset facts document; do
    "$PANELPACK" dump "$job" --stage="$stage" >"$work/$stage" 2>"$work/$stage.err"
done
"$PANELPACK" check "$job" >"$work/check" 2>&1
"$PANELPACK" run "$job" --output "$work/output" >"$work/run" 2>&1 &&
    echo "ok - is published" || { echo "not ok - is published"; sed 's/^/# /' "$work/run"; }

# Every file as text: what is packed is unpacked, of a PDF also what is read aloud.
mkdir "$work/plain"
find "$work/output" -type f | while read -r file; do
    name=$(basename "$file")
    case $name in
    *.xlsx) unzip -p "$file" >"$work/plain/$name" ;;
    *.pdf)
        pdftotext "$file" "$work/plain/$name.txt"
        qpdf --qdf --object-streams=disable "$file" - 2>/dev/null |
            grep -a '/Alt\|/ActualText\|/Title\|/Subject\|/Keywords' >"$work/plain/$name"
        ;;
    *) cp "$file" "$work/plain/$name" ;;
    esac
done
rm -rf "$work/output"
[ "$(find "$work/plain" -type f | wc -l)" -ge 5 ] && echo "ok - there is something to search" ||
    echo "not ok - there is something to search"

# A number of its own: not within a longer one, with its thousands or without. Checksums hold
# digits of every kind, in hexadecimal.
found=$(find "$work" -type f | while read -r file; do
    tr -d ',' <"$file" | grep -aoP "(?<![0-9A-Fa-f.])($secrets)(?![0-9A-Fa-f.])" |
        sed "s|^|$(basename "$file"): |"
done | sort | uniq -c)
case $found in
*[!\ ]*) echo "not ok - no hidden figure is left"; printf '%s\n' "$found" | sed 's/^/# /' ;;
*) echo "ok - no hidden figure is left" ;;
esac

# The same search finds them where nothing is hidden.
cp -r "$job" "$work/open"
sed -i 's/^suppress.*/suppress = none/' "$work/open/job.ini"
"$PANELPACK" dump "$work/open" --stage=document 2>/dev/null | grep -q '{613}' &&
    echo "ok - without the rule it is shown" || echo "not ok - without the rule it is shown"
