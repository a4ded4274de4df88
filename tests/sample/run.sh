#!/bin/sh
# The sample job's generated exports are what the generator writes, and its published figures add up.
set -u
exports=input/harborough-2021-22/exports
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

say() { # NAME STATUS
    if [ "$2" = 0 ]; then echo "ok - $1"; else echo "not ok - $1"; fi
}

/usr/bin/python3 tests/generate_police_street.py "$scratch" &&
    diff -r "$scratch/police" $exports/police &&
    cmp "$scratch/beat-areas.csv" $exports/beat-areas.csv
say "street-level files are the generator's" $?

# the total less its parts; domestic violence is within a part, the last two rows are not parts
remainders=$(awk -F, '
    NR == 2 { for (i = 2; i <= 4; i++) rest[i] = $i }
    NR >= 3 && NR <= 10 && $1 !~ /^Domestic/ { for (i = 2; i <= 4; i++) rest[i] -= $i }
    END { print rest[2], rest[3], rest[4] }' $exports/crime-three-years.csv)
[ "$remainders" = "1072 939 1028" ]
say "crimes of types that are not listed number 1,072, 939 and 1,028" $?

# every answer's percentage is its count out of the people who answered, to two decimals
wrong=$(awk -F, 'NR > 1 && sprintf("%.2f", 100 * $5 / $6) + 0 != $3 + 0' \
    $exports/engagement-survey.csv)
[ -z "$wrong" ]
say "survey percentages are those of their counts" $?
