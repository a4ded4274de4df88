#!/bin/bash
# What a job hides is in nothing that it leaves: no dump, message, workbook, PDF, manifest or
# workbook of checks. Counts below 1,000 are small here, so that each is a number of its own.
set -u
[[ disclosure == *"${CASE-}"* ]] || exit 0
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
job=$here/job

# Every file as text: what is packed is unpacked, of a PDF also what is read aloud.
unpack() { # FROM TO
    mkdir "$2"
    find "$1" -type f | while read -r file; do
        name=$(basename "$file")
        case $name in
        *.xlsx) unzip -p "$file" >"$2/$name" ;;
        *.pdf)
            pdftotext "$file" "$2/$name.txt"
            qpdf --qdf --object-streams=disable "$file" - 2>/dev/null |
                grep -a '/Alt\|/ActualText\|/Title\|/Subject\|/Keywords' >"$2/$name"
            ;;
        *) cp "$file" "$2/$name" ;;
        esac
    done
}

# Nothing that a job leaves holds one of its secrets: a number of its own, not within a longer one,
# with its thousands or without. Checksums hold digits of every kind, in hexadecimal.
keeps() { # NAME JOB SECRETS HIDDEN
    local out=$work/left-$1 hidden found
    mkdir "$out"
    hidden=$("$PANELPACK" dump "$2" --stage=dataset 2>/dev/null | grep -c '| \[c\] |')
    [ "$hidden" = "$4" ] && echo "ok - $1: figures are hidden" ||
        echo "not ok - $1: $hidden figures are hidden"
    for stage in dataset facts document; do
        "$PANELPACK" dump "$2" --stage="$stage" >"$out/$stage" 2>"$out/$stage.err"
    done
    "$PANELPACK" check "$2" >"$out/check" 2>&1
    sed 's/ = .*//' "$out/facts" | while read -r fact; do
        "$PANELPACK" explain "$2" "$fact" --json
    done >"$out/explain" 2>&1
    "$PANELPACK" run "$2" --output "$work/output" >"$out/run" 2>&1 &&
        echo "ok - $1: is published" || { echo "not ok - $1: is published"; sed 's/^/# /' "$out/run"; }
    unpack "$work/output" "$out/plain"
    rm -rf "$work/output"
    [ "$(find "$out/plain" -type f | wc -l)" -ge 5 ] && echo "ok - $1: there is something to search" ||
        echo "not ok - $1: there is something to search"
    found=$(find "$out" -type f | while read -r file; do
        tr -d ',' <"$file" | grep -aoP "(?<![0-9A-Fa-f.])($3)(?![0-9A-Fa-f.])" |
            sed "s|^|$(basename "$file"): |"
    done | sort | uniq -c)
    case $found in
    *[!\ ]*) echo "not ok - $1: no hidden figure is left"; printf '%s\n' "$found" | sed 's/^/# /' ;;
    *) echo "ok - $1: no hidden figure is left" ;;
    esac
}

# The exact figures of those that a job hides, but for what is also shown as another figure.
secrets_of() { # JOB
    local exact=$work/exact hides=$work/hides
    rm -rf "$work/exact-job"
    cp -r "$1" "$work/exact-job"
    sed -i 's/^suppress.*/suppress = none/' "$work/exact-job/job.ini"
    "$PANELPACK" dump "$work/exact-job" --stage=dataset 2>/dev/null | grep ' | ' >"$exact"
    "$PANELPACK" dump "$1" --stage=dataset 2>/dev/null | grep ' | ' >"$hides"
    paste -d'|' "$hides" "$exact" | awk -F' *[|] *' '$4 == "[c]" { print $9 }' | tr -d ',%' |
        sed 's/ .*//' | sort -u | while read -r number; do
        tr -d ',' <"$hides" | grep -qP "[|] \Q$number\E%? [|]" || printf '%s\n' "${number/./\\.}"
    done | grep '...' | paste -sd'|'
}

# 613 is small, and so is 727: of 41,066 all but 40,339 are under 5. The others give them away.
secrets='613|727|41066|36060|19835'
keeps hidden "$job" "$secrets" 4

# Rounded to 600, no count is left as it was; nor what could be subtracted from another.
cp -r "$job" "$work/rounded"
sed -i 's/^suppress.*/suppress = below 1000\nrounding = 600/' "$work/rounded/job.ini"
exact=$(tail -n +2 "$job"/exports/referrals.csv | cut -d, -f4 | grep -v '[05]0$' | paste -sd'|')
keeps rounded "$work/rounded" "$exact" 4

# Every other kind of table and chart: figures by month, quarter and year, against targets and other
# areas, with likely ranges, trends, forecasts and control limits.
kinds=$(secrets_of "$here/kinds")
[ "$(tr '|' '\n' <<<"$kinds" | wc -l)" -ge 15 ] && echo "ok - kinds: there is something to hide" ||
    echo "not ok - kinds: there is something to hide ($kinds)"
keeps kinds "$here/kinds" "$kinds" "$(grep -c ' | \[c\] |' "$work/hides")"

# The same search finds them where nothing is hidden.
cp -r "$job" "$work/open"
sed -i 's/^suppress.*/suppress = none/' "$work/open/job.ini"
"$PANELPACK" dump "$work/open" --stage=document 2>/dev/null | grep -q '{613}' &&
    echo "ok - without the rule it is shown" || echo "not ok - without the rule it is shown"
