#!/bin/bash
# The sample's workbooks in LibreOffice: every sheet is there, and every cell of a table shows what
# the document says. Not part of `make check`: the package is large.
set -u
here=$(dirname "$0")
sample=input/harborough-2021-22
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python=${PYTHON:-/usr/bin/python3}
export PYTHONDONTWRITEBYTECODE=1

if ! command -v soffice >/dev/null; then
    echo "ok - LibreOffice opens the workbooks # SKIP soffice is not there: apt-get install libreoffice-calc"
    exit 0
fi
"$PANELPACK" run "$sample" --output "$scratch/out" >/dev/null 2>&1 || exit 1
"$BUILD/tests/unit/write/xlsx_test" "$scratch/long.xlsx" "" long # rows written one at a time
cp "$(dirname "$(find "$scratch/out" -name checks.xlsx)")"/*.xlsx "$scratch"
# separator, quotes, UTF-8, as shown, every sheet
filter='csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1'
(cd "$scratch" && soffice "-env:UserInstallation=file://$scratch/profile" --headless \
    --convert-to "$filter" ./*.xlsx >log 2>&1) || cat "$scratch/log"
"$BUILD/tests/xlsx/values_driver" "$sample" >"$scratch/values.json" 2>/dev/null
"$python" "$here/values.py" csv "$scratch/values.json" "$scratch"
rows=$(grep -cE '^Offence [0-9]+ of <many> & others,"[0-9]+,[0-9]{3}","[0-9]+,[0-9]{3}",(\+9.1%|\[z\])$' \
    "$scratch/long-Crime three years.csv")
[ "$rows" = 2000 ] && echo "ok - LibreOffice shows a long table" ||
    echo "not ok - LibreOffice shows a long table: $rows of 2000 rows"
