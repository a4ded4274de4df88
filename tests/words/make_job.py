"""Makes a job whose actions have long updates: words that are all different, in sentences,
paragraphs and lists, with Welsh and Polish letters.

  make_job.py FOLDER UPDATES WORDS [FORM]    FORM: csv (default), xlsx: an update goes on in further
                                             rows, as a cell of a workbook holds 32,767 characters
"""
import csv
import os
import random
import sys

STEMS = ["tŷ", "ŵyl", "plant", "pięć", "łódź", "to", "the", "of", "and", "home", "visits", "team",
         "in", "advice", "a", "is", "was"]
DIGITS = "0123456789bcdfghjkmnpqrstvwxyz"
CELL = 32000


def serial(number):
    """Three digits for 27,000 words: short, as words are."""
    count = len(DIGITS)
    return DIGITS[number // count // count] + DIGITS[number // count % count] + DIGITS[number % count]


def update(number, words):
    """An update as paragraphs; each word of it is there once: 'ŵyl2x00h'."""
    chance = random.Random(number)
    names = [chance.choice(STEMS) + "%dx" % number + serial(i) for i in range(words)]
    paragraphs, at, section = [], 0, 0
    while at < words:
        section += 1
        lines = []
        if section % 4 == 0:  # a list
            for _ in range(chance.randint(3, 8)):
                size = chance.randint(4, 25)
                if names[at:at + size]:
                    lines.append("- " + " ".join(names[at:at + size]))
                at += size
            paragraphs.append("\n".join(lines))
            continue
        for _ in range(chance.randint(1, 9)):
            size = chance.randint(3, 28)
            sentence = names[at:at + size]
            if sentence:
                lines.append(" ".join(sentence).capitalize() + ".")
            at += size
        paragraphs.append(" ".join(lines))
    paragraphs[-1] += " This is provisional [p]."  # shorthand that the beginning does not have
    return paragraphs


def rows(updates, words):
    yield ["Action ID", "Action", "Owner", "Due date", "Status", "Progress update"]
    for number in range(1, updates + 1):
        yield ["%d.1" % number, "Do what action %d says" % number, "Owner %d" % number, "31/03/2022",
               "Green", update(number, words)]
    yield ["9.9", "Do a short thing", "Owner 1", "31/03/2022", "Amber", ["Short words."]]


def cells(paragraphs):
    """The update in as many cells as it needs."""
    out = [""]
    for paragraph in paragraphs:
        if len(out[-1]) + len(paragraph) + 2 > CELL:
            out.append("")
        out[-1] += ("\n\n" if out[-1] else "") + paragraph
    return out


def write_csv(path, table):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        for row in table:
            writer.writerow(row[:-1] + ["\n\n".join(row[-1]) if isinstance(row[-1], list) else row[-1]])


def write_xlsx(path, table):
    import openpyxl
    book = openpyxl.Workbook()
    for row in table:
        if not isinstance(row[-1], list):
            book.active.append(row)
            continue
        first, *others = cells(row[-1])
        book.active.append(row[:-1] + [first])
        for other in others:
            book.active.append([None] * (len(row) - 1) + [other])
    book.save(path)


def main():
    folder, updates, words = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    form = sys.argv[4] if len(sys.argv) > 4 else "csv"
    os.makedirs(folder + "/templates/report")
    {"csv": write_csv, "xlsx": write_xlsx}[form](folder + "/actions." + form, rows(updates, words))
    with open(folder + "/job.ini", "w") as file:
        file.write("""[job]
title = Words
organisation = Sampleton Council
period = 2021/22
as at = 2022-03-31
reports = report
workbook = both
csv = yes

[source actions]
files = actions.%s
dialect = actions

[burst owners]
slice by = owner
workbook = report
""" % form)
    with open(folder + "/templates/report/report.ini", "w") as file:
        file.write("[report]\ntitle = Words\nnarrative = words.md\n\n[table plan]\nkind = actions\n"
                   "source = actions\ncolumns = all\ncaption = The plan\n")
    with open(folder + "/templates/report/words.md", "w") as file:
        file.write("# Words\n\nThe plan follows.\n\n![](table:plan)\n")


if __name__ == "__main__":
    main()
