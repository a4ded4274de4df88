"""Holds the crime table of the first sample against the oracle of its classes and sentences.

Reads the dump of its document from standard input. Every sentence of wording.csv must be said of a
measure, below the year that it is compared with; measures of which nothing can be told share one, and
must be named in that of their class and in no other. A row with the two figures must stand in a table
beside the words of its class."""
import csv
import re
import sys

WORDS = {
    "CLEAR_UP": "↑ Clear rise",
    "CLEAR_DOWN": "↓ Clear fall",
    "POSSIBLE_UP": "↑ May be a real rise",
    "POSSIBLE_DOWN": "↓ May be a real fall",
    "LITTLE_CHANGED": "≈ Little changed",
    "UNCERTAIN": "? Not clear",
}
SHARED = {
    "LITTLE_CHANGED": "Little changed; a difference of this size can easily be chance: ",
    "UNCERTAIN": "The figures do not show clearly whether there has been a real change in these: ",
}
lines = sys.stdin.read().splitlines()
said, year = {}, None
for line in lines:
    text = re.sub(r"^paragraph( [0-9.]+)?: ", "", line.strip())
    if text != line.strip():
        if text.startswith("Compared with "):
            year = text.removeprefix("Compared with ").removesuffix(":")
        said.setdefault(year, []).append(text)
rows = [line.split(" | ") for line in lines
        if re.match(r"\s+(total|row|of which|outside): .*\|", line)]
faults = 0
with open("tests/oracles/wording.csv", encoding="utf-8") as file:
    expected = list(csv.DictReader(file))
for case in expected:
    sentence = case["sentence"].split(": ", 1)[1]
    label = next((row[0].split(": ", 1)[1].removeprefix("of which: ") for row in rows
                  if len(row) > 3 and row[1].startswith(f"{int(case['current']):,} ")), None)
    below = said[case["baseline_year"]]
    shared = {kind for kind, lead in SHARED.items() for line in below
              if line.startswith(lead) and label in line[len(lead):-1].split("; ")}
    if case["subclass"] in SHARED:
        is_said = shared == {case["subclass"]}
    else:
        is_said = not shared and f"{label}: {sentence}" in below
    if not is_said:
        print(f"not said: {case['sentence']}", file=sys.stderr)
        faults += 1
    # columns: measure, three years, then change, percentage and words on each of two years
    before, words = (2, 6) if case["baseline_year"] == "2020/21" else (3, 9)
    figures = [f"{int(case[key]):,} {{{case[key]}}}" for key in ("current", "baseline")]
    found = [row[words] for row in rows
             if len(row) > words and [row[1], row[before]] == figures]
    if found != [WORDS[case["subclass"]]]:
        print(f"{case['measure']} on {case['baseline_year']}: {found}", file=sys.stderr)
        faults += 1
sys.exit(faults > 0 or len(expected) < 22)
