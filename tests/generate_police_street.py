#!/usr/bin/python3
"""Writes illustrative street-level crime files in the twelve columns of data.police.uk.

    tests/generate_police_street.py [FOLDER]

FOLDER defaults to the sample job's exports: it gets police/YYYY-MM-sample-street.csv for April 2020
to March 2022, and beat-areas.csv, which says in which area each LSOA lies. No record is a real
crime: the force, the streets and the LSOA codes do not exist. The same program always writes the
same bytes.
"""
import csv
import random
import sys
from pathlib import Path

DEFAULT_FOLDER = Path(__file__).resolve().parent.parent / "input/harborough-2021-22/exports"
FIRST_MONTH = (2020, 4)
MONTHS = 24
SEED = 20220622

COLUMNS = [
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location",
    "LSOA code", "LSOA name", "Crime type", "Last outcome category", "Context",
]

# Which neighbourhoods an area has, and where its records lie.
AREAS = {
    "Harborough and the Bowdens": (["008", "009", "010"], 52.478, -0.921),
    "Harborough North": (["001", "002", "003"], 52.596, -0.983),
    "Lutterworth": (["006", "007"], 52.456, -1.200),
    "Broughton Astley and Walton": (["004", "005"], 52.527, -1.218),
}
LETTERS = "ABCD"
ELSEWHERE = ["Blaby 001A", "Blaby 004C", "Blaby 007B", "Blaby 011D"]
STREETS = ["Sample Street", "Sample Road", "Sample Lane", "Sample Close", "Parking Area"]

ANTI_SOCIAL = "Anti-social behaviour"
TYPE_WEIGHTS = {
    ANTI_SOCIAL: 20,
    "Bicycle theft": 2,
    "Burglary": 8,
    "Criminal damage and arson": 10,
    "Drugs": 3,
    "Other crime": 2,
    "Other theft": 9,
    "Possession of weapons": 1,
    "Public order": 10,
    "Robbery": 1,
    "Shoplifting": 5,
    "Theft from the person": 1,
    "Vehicle crime": 9,
    "Violence and sexual offences": 32,
}
OUTCOMES = [
    "Investigation complete; no suspect identified",
    "Unable to prosecute suspect",
    "Under investigation",
    "Local resolution",
    "Awaiting court outcome",
]


def lsoa_code(number):
    """A code of the right shape in a range that was never given out."""
    return f"E019990{number:02d}"


def neighbourhoods():
    """(LSOA name, LSOA code, area, latitude, longitude) of each LSOA in the district."""
    rows = []
    for area, (numbers, latitude, longitude) in AREAS.items():
        for number in numbers:
            for letter in LETTERS:
                code = lsoa_code(len(rows) + 1)
                rows.append((f"Harborough {number}{letter}", code, area, latitude, longitude))
    return rows


def months():
    year, month = FIRST_MONTH
    for _ in range(MONTHS):
        yield f"{year}-{month:02d}"
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def place(rng, inside):
    """LSOA code and name, latitude and longitude; all blank for a record without a location."""
    draw = rng.random()
    if draw < 0.72:
        name, code, _, latitude, longitude = rng.choice(inside)
    elif draw < 0.94:
        at = rng.randrange(len(ELSEWHERE))
        name, code, latitude, longitude = ELSEWHERE[at], lsoa_code(91 + at), 52.58, -1.17
    else:
        return "", "", "", "", "No Location"
    return (
        code,
        name,
        f"{latitude + rng.uniform(-0.02, 0.02):.6f}",
        f"{longitude + rng.uniform(-0.02, 0.02):.6f}",
        "On or near " + rng.choice(STREETS),
    )


def record(rng, month, inside):
    crime_type = rng.choices(list(TYPE_WEIGHTS), weights=TYPE_WEIGHTS.values())[0]
    code, name, latitude, longitude, street = place(rng, inside)
    is_crime = crime_type != ANTI_SOCIAL
    crime_id = f"{rng.getrandbits(256):064x}" if is_crime else ""
    outcome = rng.choice(OUTCOMES) if is_crime else ""
    return [
        crime_id, month, "Sample Police", "Sample Police", longitude, latitude, street,
        code, name, crime_type, outcome, "",
    ]


def write_rows(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_FOLDER
    rng = random.Random(SEED)
    inside = neighbourhoods()
    (folder / "police").mkdir(parents=True, exist_ok=True)
    for month in months():
        # fewer records in the first of the two years, so that there is a change to show
        size = rng.randint(40, 56) if month < "2021-04" else rng.randint(50, 70)
        rows = sorted((record(rng, month, inside) for _ in range(size)), key=lambda r: r[8])
        write_rows(folder / "police" / f"{month}-sample-street.csv", [COLUMNS, *rows])
    areas = [[name, area] for name, _, area, _, _ in inside]
    write_rows(folder / "beat-areas.csv", [["LSOA name", "Area"], *areas])


if __name__ == "__main__":
    main()
