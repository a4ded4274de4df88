"""Holds workbooks against the tables of their documents.

  values.py openpyxl VALUES FOLDER   every value and what its number format shows, as openpyxl reads
  values.py csv VALUES FOLDER        every text that is shown, in FOLDER/NAME-SHEET.csv as
                                     LibreOffice writes them

VALUES is what values_driver prints; FOLDER holds NAME.xlsx for each report. Prints TAP lines.
"""
import csv
import datetime
import glob
import json
import os
import re
import sys

from shown import shown
from workbook import Workbook

failed = False


def report(name, problems):
    global failed
    failed = failed or bool(problems)
    print(("not ok" if problems else "ok") + f" - {name}")
    for problem in problems[:5]:
        print(f"#   {problem}")


def flat(text):
    return re.sub(r"\s+", " ", text).strip()


def fifteen(text):
    """A number to the digits that a spreadsheet keeps."""
    return f"{float(text):.15g}"


def same_value(meant, cell):
    value = cell.value
    if "number" in meant and not isinstance(value, str):
        wanted = float(meant["number"]) / (100 if meant.get("percent") else 1)
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return number and abs(value - wanted) <= 1e-14 * max(1e-300, abs(wanted)) and \
            shown(value, cell.number_format) == meant["shown"]
    if isinstance(value, datetime.datetime):
        return meant.get("date") == value.date().isoformat()
    return (value or "") == meant["shown"]


def pair(tables, sheets):
    """Each table with its sheet: in the same order, with the caption as its title."""
    sheets = iter(sheets)
    for table in tables:
        title = flat(table["caption"])
        yield table, next((s for s in sheets if flat(s.cells["A1"].value).startswith(title)), None)


def rows_of(table):
    grouped = any(row["group"] for row in table["rows"])
    for row in table["rows"]:
        group = [{"shown": row["group"] or "[z]"}] if grouped else []
        yield group + row["cells"]


def compare(table, sheet):
    if sheet is None:
        yield f"no sheet has the table '{table['caption']}'"
        return
    rows = list(rows_of(table))
    if sheet.bottom - sheet.top != len(rows):
        yield f"{sheet.name}: {sheet.bottom - sheet.top} rows for {len(rows)}"
    for r, row in enumerate(rows):
        cells = sheet.row(sheet.top + 1 + r)
        if len(cells) != len(row):
            yield f"{sheet.name}: {len(cells)} columns for {len(row)}"
            return
        for meant, cell in zip(row, cells):
            if not same_value(meant, cell):
                yield f"{sheet.name}!{cell.coordinate}: {cell.value!r} for {meant}"


def openpyxl_sees_the_same(reports, folder):
    count = 0
    for name, tables in reports.items():
        book = Workbook(os.path.join(folder, name + ".xlsx"))
        pairs = list(pair(tables, book.tables()))
        report(f"{name}: openpyxl sees the values of the document, shown alike",
               [problem for table, sheet in pairs for problem in compare(table, sheet)])
        count += len(pairs)
    report("tables were compared", [] if count else ["none"])


def shown_as(meant):
    texts = {meant["shown"]}
    if "date" in meant:
        date = datetime.date.fromisoformat(meant["date"])
        texts.add(f"{date.day} {date:%B %Y}")
    return texts


def csv_shows_the_same(reports, folder):
    for name, tables in reports.items():
        book = Workbook(os.path.join(folder, name + ".xlsx"))
        problems = []
        for sheet in book.sheets:
            path = os.path.join(folder, f"{name}-{sheet.name}.csv")
            if not os.path.exists(path):
                problems.append(f"{sheet.name}: there is no CSV of it")
        for table, sheet in pair(tables, book.tables()):
            path = glob.escape(os.path.join(folder, f"{name}-{sheet.name}.csv"))
            with open(path, encoding="utf-8", newline="") as file:
                lines = list(csv.reader(file))[sheet.top:]
            rows = list(rows_of(table))
            if len(lines) < len(rows):
                problems.append(f"{sheet.name}: {len(lines)} rows for {len(rows)}")
            for line, row in zip(lines, rows):
                problems += [f"{sheet.name}: {text!r} for {meant}" for text, meant in zip(line, row)
                             if text not in shown_as(meant)]
        report(f"{name}: LibreOffice shows what the document says", problems)


def main(kind, values, folder):
    with open(values, encoding="utf-8") as file:
        reports = json.load(file)
    {"openpyxl": openpyxl_sees_the_same, "csv": csv_shows_the_same}[kind](reports, folder)
    return failed


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
