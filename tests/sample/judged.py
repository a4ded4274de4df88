"""Holds the crime table of the first sample against the oracle of its classes and sentences.

Reads the dump of its document from standard input. Every sentence of wording.csv must be said of a
measure, and a row with the two figures must stand in a table beside the words of its class."""
import csv
import re
import sys

WORDS = {
    "CLEAR_UP": "▲ Clear rise",
    "CLEAR_DOWN": "▼ Clear fall",
    "POSSIBLE_UP": "↑ May be a real rise",
    "POSSIBLE_DOWN": "↓ May be a real fall",
    "LITTLE_CHANGED": "● Little changed",
    "UNCERTAIN": "? Not clear",
}
lines = sys.stdin.read().splitlines()
said = [line for line in lines if line.strip().startswith("paragraph:")]
rows = [line.split(" | ") for line in lines
        if re.match(r"\s+(total|row|of which|outside): .*\|", line)]
faults = 0
with open("tests/oracles/wording.csv", encoding="utf-8") as file:
    expected = list(csv.DictReader(file))
for case in expected:
    sentence = case["sentence"].split(": ", 1)[1]
    if not any(line.endswith(": " + sentence) for line in said):
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
