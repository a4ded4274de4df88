#!/usr/bin/python3
"""Writes the illustrative exports of the quarterly sample job.

    tests/generate_quarterly.py [FOLDER]

FOLDER defaults to the job's exports: it gets indicators.csv, tracker.csv, tracker-q1.csv (the same
actions a quarter earlier) and survey.csv. The names of the indicators are a council's; every figure,
action and answer is made up. The same program always writes the same bytes.
"""
import csv
import random
import sys
from pathlib import Path

DEFAULT_FOLDER = (
    Path(__file__).resolve().parent.parent / "input/harborough-quarterly-2021-22-q2/exports"
)
SEED = 20211125
QUARTERS = ["Q1 2020/21", "Q2 2020/21", "Q3 2020/21", "Q4 2020/21", "Q1 2021/22", "Q2 2021/22"]

# Theme, code, name, unit, good to be, owner, target of each quarter, and how its figures come
# about. Targets of a whole year stand in the job.
PLACE, LIVES = "Place", "Healthier Lives"
ENVIRONMENT, ECONOMY = "Environment and Sustainability", "Prosperous Local Economy"
INDICATORS = [
    (PLACE, "SP 01", "Affordable homes completed", "Number", "High", "Head of Strategic Planning",
     "", {"counts": [22, 31, 38, 47, 24, 29]}),
    (PLACE, "DM 01", "Major planning applications decided in time", "%", "High",
     "Head of Development Management", 80, {"of": 14, "share": [0.86, 0.84, 0.85, 0.83, 0.80, 0.76]}),
    (PLACE, "DM 02", "Minor and other planning applications decided in time", "%", "High",
     "Head of Development Management", 85, {"of": 260, "share": [0.90, 0.89, 0.91, 0.90, 0.89, 0.80]}),
    (LIVES, "HS 25", "Time to activate a housing application", "Days", "Low",
     "Head of Housing", 20, {"means": [24.1, 22.6, 21.8, 21.0, 19.7, 18.9]}),
    (LIVES, "CP HW 18", "Grants agreed for community projects", "£", "High",
     "Head of Community Partnerships", "", {"money": [18000, 41000, 52000, 66000, 30000, 45000]}),
    (ENVIRONMENT, "CON 15", "Fly-tipping reports", "Number", "Low",
     "Head of Environmental Services", "", {"counts": [236, 214, 171, 188, 205, 166]}),
    (ENVIRONMENT, "CON 10", "Streets with too much litter", "%", "Low",
     "Head of Environmental Services", 4, {"of": 300, "share": [0.052, 0.045, 0.044, 0.042, 0.043, 0.041]}),
    (ECONOMY, "FS 03", "Invoices paid within 30 days", "%", "High",
     "Head of Finance", 90, {"of": 1450, "share": [0.905, 0.915, 0.925, 0.93, 0.94, 0.952]}),
    (ECONOMY, "RB 01", "Council tax collected in the year so far", "%", "High",
     "Head of Revenues", [29, 57, 85, 98, 29, 57], {"means": [28.4, 56.3, 84.1, 97.6, 28.9, 56.9]}),
    (ECONOMY, "HR 03.1", "Working days lost to sickness for each employee", "Days", "Low",
     "Head of Human Resources", 1.75, {"means": [1.32, 1.41, 1.78, 1.94, 1.69, 1.83]}),
]
COLUMNS = [
    "Theme", "KPI code", "KPI", "Quarter", "Actual", "Numerator", "Denominator", "Unit",
    "Target", "Good to be", "Owner",
]

TRACKER = [
    ["Ref", "Action", "Status", "Due", "Owner", "Update"],
    ["PA 01", "Report how long housing applications take, by band", "Completed", "30/09/2021",
     "Head of Housing", "Sent to all members in September."],
    ["PA 02", "Explain what holds up planning decisions that are late", "Red", "31/10/2021",
     "Head of Development Management",
     "Late cases are listed, the reasons not yet."],
    ["PA 03", "Map where fly-tipping is reported most often", "Green", "31/12/2021",
     "Head of Environmental Services", "Two years are on the map."],
    ["PA 04", "Bring a plan for fewer days lost to sickness", "Amber", "15/11/2021",
     "Head of Human Resources", "A draft is with managers."],
    ["PA 05", "Invite the police to the panel's meeting on anti-social behaviour", "Completed",
     "29/10/2021", "Community Safety Manager", "They come in January."],
    ["PA 06", "Show grants for community projects by ward", "Green", "31/01/2022",
     "Head of Community Partnerships", "Wards are being added."],
    ["PA 07", "Compare homes completed with what each site promised",
     "Not started", "28/02/2022", "Head of Strategic Planning", ""],
]

# The same actions as the quarter before had them.
TRACKER_BEFORE = [
    TRACKER[0],
    ["PA 01", "Report how long housing applications take, by band", "Amber", "30/09/2021",
     "Head of Housing", "Times are being drawn from the system."],
    ["PA 02", "Explain what holds up planning decisions that are late", "Amber", "30/09/2021",
     "Head of Development Management", "Late cases are being listed."],
    ["PA 03", "Map where fly-tipping is reported most often", "Green", "31/12/2021",
     "Head of Environmental Services", "One year is on the map."],
    ["PA 04", "Bring a plan for fewer days lost to sickness", "Amber", "15/11/2021",
     "Head of Human Resources", "A draft is with managers."],
    ["PA 05", "Invite the police to the panel's meeting on anti-social behaviour", "Green",
     "29/10/2021", "Community Safety Manager", "The letter is written."],
    ["PA 08", "Say how many streets were cleaned again within a week", "Completed", "31/07/2021",
     "Head of Environmental Services", "Sent to all members in July."],
]

QUESTION = "How easy was it to get what you needed from the council today?"
ANSWERS = {
    "Very easy": 30, "Fairly easy": 34, "Neither easy nor hard": 14, "Fairly hard": 13,
    "Very hard": 7, "Too early to say": 2,
}
ANSWERED, SKIPPED = 412, 19


def figures(rng, how, quarter):
    """(figure, numerator, denominator) of one quarter."""
    if "counts" in how:
        return how["counts"][quarter], "", ""
    if "money" in how:
        return f"{how['money'][quarter] + rng.randrange(-9, 10) * 125:,}", "", ""
    if "means" in how:
        return how["means"][quarter], "", ""
    all_of = how["of"] + rng.randint(-how["of"] // 10, how["of"] // 10)
    some = round(all_of * how["share"][quarter])
    return f"{100 * some / all_of:.1f}", some, all_of


def indicators():
    rng = random.Random(SEED)
    for theme, code, name, unit, good, owner, target, how in INDICATORS:
        for quarter, label in enumerate(QUARTERS):
            actual, numerator, denominator = figures(rng, how, quarter)
            aim = target[quarter] if isinstance(target, list) else target
            yield [theme, code, name, label, actual, numerator, denominator, unit, aim, good, owner]


def survey():
    rng = random.Random(SEED)
    drawn = rng.choices(list(ANSWERS), weights=ANSWERS.values(), k=ANSWERED)
    for answer in ANSWERS:
        count = drawn.count(answer)
        yield [QUESTION, answer, f"{100 * count / ANSWERED:.1f}%", count, ANSWERED, SKIPPED]


def write_rows(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    write_rows(folder / "indicators.csv", [COLUMNS, *indicators()])
    write_rows(folder / "tracker.csv", TRACKER)
    write_rows(folder / "tracker-q1.csv", TRACKER_BEFORE)
    columns = ["Question", "Answer", "Percent", "Count", "Answered", "Skipped"]
    write_rows(folder / "survey.csv", [columns, *survey()])


if __name__ == "__main__":
    main()
