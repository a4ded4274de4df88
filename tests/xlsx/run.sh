#!/bin/bash
# A rendered workbook as another program sees it: openpyxl reads the values, and the structure that
# the rules for published spreadsheets ask for.
set -u
[[ xlsx == *"${CASE-}"* ]] || exit 0
here=$(dirname "$0")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
render=$BUILD/tests/unit/write/xlsx_test
python=${PYTHON:-/usr/bin/python3}

mkdir "$scratch/again"
if "$render" "$scratch/example.xlsx" && TZ=Asia/Tokyo "$render" "$scratch/again/example.xlsx"; then
    echo "ok - renders"
else
    echo "not ok - renders"
    exit 1
fi
if cmp -s "$scratch/example.xlsx" "$scratch/again/example.xlsx"; then
    echo "ok - a second run gives the same bytes"
else
    echo "not ok - a second run gives the same bytes"
fi
"$python" "$here/check.py" "$scratch/example.xlsx"

if "$render" "$scratch/working.xlsx" working &&
    TZ=Asia/Tokyo "$render" "$scratch/again/working.xlsx" working &&
    cmp -s "$scratch/working.xlsx" "$scratch/again/working.xlsx"; then
    echo "ok - working: a second run gives the same bytes"
else
    echo "not ok - working: a second run gives the same bytes"
fi
"$python" "$here/check_working.py" "$scratch/working.xlsx" "$scratch/example.xlsx"

mkdir "$scratch/charts"
"$BUILD/tests/unit/write/chart_test" "$scratch/charts" 2>/dev/null
"$python" "$here/check_charts.py" "$scratch/charts/charts.xlsx"
