"""Whether the updates of make_job.py came through whole; prints TAP lines.

  check.py NAME UPDATES WORDS FOLDER
"""
import csv
import os
import re
import subprocess
import sys

import openpyxl

sys.path.insert(0, os.path.dirname(__file__))
import make_job  # noqa: E402

csv.field_size_limit(1 << 24)
WORD = re.compile(r"\w+[0-9]+x[0-9a-z]{3}\b")
ROW_MOST, CELL_MOST = 409, 32767


def words_in(text):
    return [word.casefold() for word in WORD.findall(text)]


def wanted(number, words):
    return words_in("\n".join(make_job.update(number, words)))


def check(name, what, problem):
    print(("not ok - " if problem else "ok - ") + name + ": " + what)
    if problem:
        print("# " + problem)


def difference(found, expected):
    """What is wrong with the words, in a few of them; empty: nothing."""
    for i, (one, other) in enumerate(zip(found, expected)):
        if one != other:
            return "word %d is %s, not %s" % (i, one, other)
    if len(found) != len(expected):
        return "%d words, not %d" % (len(found), len(expected))
    return ""


def of_csv(folder):
    with open(folder + "/csv/report/plan.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    return words_in("\n".join(row[-1] for row in rows[1:]))


def of_pdf(folder):
    """Columns are set so that an update has no words of others between its own."""
    text = subprocess.run(["pdftotext", folder + "/report.pdf", "-"], capture_output=True, check=True)
    return words_in(text.stdout.decode("utf-8"))


def of_workbook(book):
    sheet = book["Long texts"]
    rows = [row for row in sheet.iter_rows(values_only=True)]
    header = rows.index(("Number", "Worksheet", "Row", "Column", "Part", "Text"))
    return words_in("\n".join(row[-1] for row in rows[header + 1:]))


def cut(book):
    """Rows that cannot be shown whole, in the spreadsheet's own measure; and cells over its cap."""
    for sheet in book:
        for row in range(1, sheet.max_row + 1):
            if sheet.row_dimensions[row].height > ROW_MOST:
                return "%s row %d is too high" % (sheet.title, row)
            for cell in sheet[row]:
                if isinstance(cell.value, str) and len(cell.value) > CELL_MOST:
                    return "%s %s is too long" % (sheet.title, cell.coordinate)
                if not isinstance(cell.value, str) or not cell.alignment.wrap_text:
                    continue
                # half the em a letter, as the words are at least: a bound that no layout can beat
                width = sheet.column_dimensions[cell.column_letter].width * 5.25
                if len(cell.value) * 12 * 0.4 / width > ROW_MOST / 13.8:
                    return "%s %s cannot be seen whole" % (sheet.title, cell.coordinate)
    return ""


def names_its_text(book):
    """The beginning of an update names the number of the whole, which begins with the same words."""
    found = 0
    firsts = {row[0].value: [cell.value for cell in row] for row in book["Long texts"].iter_rows()
              if str(row[4].value).startswith("1 of ")}
    for row in book["Plan"].iter_rows():
        text = str(row[-1].value)
        named = re.search("\n… \\(the whole is text (\\d+) in the worksheet “Long texts”\\)$", text)
        if not named:
            continue
        found += 1
        first = firsts.get("Text " + named[1])
        if not first or first[1:4] != ["Plan", row[0].value, "Progress update"]:
            return "text %s is %s" % (named[1], first and first[:5])
        words = words_in(text)
        if not words or words != words_in(first[5])[:len(words)]:
            return "text %s has other words" % named[1]
    return "" if found == len(firsts) and found else "%d cells do, of %d" % (found, len(firsts))


def main():
    name, updates, words, folder = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    each = [wanted(number, words) for number in range(1, updates + 1)]
    every = [word for update in each for word in update]
    check(name, "there are as many words as were asked for",
          "" if len(every) == len(set(every)) == updates * words else "%d" % len(every))
    check(name, "every word is in the CSV file, once and in order", difference(of_csv(folder), every))
    check(name, "every word is in the PDF, once and in order", difference(of_pdf(folder), every))
    for kind in "report", "report-working":
        book = openpyxl.load_workbook("%s/%s.xlsx" % (folder, kind))
        check(name, kind + " has every word, once and in order", difference(of_workbook(book), every))
        check(name, kind + " has no row or cell that is cut", cut(book))
        check(name, kind + " names where a text is whole", names_its_text(book))
    for number in range(1, updates + 1):
        book = openpyxl.load_workbook("%s/slices/owners/report-owner-%d.xlsx" % (folder, number))
        problem = difference(of_workbook(book), each[number - 1])
        check(name, "the slice of owner %d has its update alone" % number, problem or names_its_text(book))


main()
