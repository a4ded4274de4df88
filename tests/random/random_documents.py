#!/usr/bin/env python3
"""Random registers and templates: every word of the document once and in order in the PDF, every cell
of a table in the PDF, the workbook and the CSV file.

    random_documents.py PANELPACK [--seconds 10] [--first 1] [--count 0] [--keep FOLDER]

Each word is one that nothing else has ("Zqabcde"), so that what is read back is told from what the
program says itself. Every second document is then spoilt: such a job may be refused with a message,
but never crash, hang or fail inside, nor quote a cell. Prints TAP; a job that fails is kept in
FOLDER for a person to see."""

import argparse
import csv
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from random_jobs import Fault, Program, expect  # noqa: E402

WORD = re.compile(r"Z[qm][a-z]{5}")
COLUMNS = {"id": "ID", "theme": "Theme", "priority": "Priority", "action": "Action", "owner": "Owner",
           "progress": "Progress update", "status": "Status"}
GARNISH = ["", "", "", " =1+1", " <5", " {{job.title}}", " **bold**", " [x](https://example.org)", " £1,234.50",
           " [note 1]", " ½ – “R&D”", " ŵŷ Łódź", " a\u00adb", " 100%", " | ", "\nsecond line", "\n- point\n- point"]
SPOILS = ["{{end}}", "{{else}}", "{{if plan.count}}", "{{if not}}", "{{each theme of plan}}", "{{each id of plan}}",
          "{{each nothing of plan}}", "{{theme}}", "{{theme.action}}", "{{ref nothing}}", "{{ref table:t0}}",
          "![](table:t0)", "![](table:none)", "![](grid:t0)", "![](page:landscape)", "---", "# Appendix: More {#x}",
          "##### Deep", "> **Box:**", "> - ![](table:t0)", "- - - deep", "{{", "}}", "{{plan.count | # | # | # | #}}",
          "{{if source other}}", "{{each theme of other}}", "Words {#x}", "![](list:appendices)", "![](changes:plan)",
          "<b>html</b>", "| a | b |\n|---|---|", "[words](#x)", "[^1]", "[^1]: A note", "{{plan.theme.blank.count}}",
          "![](image:none.png)", "{{each theme of plan | x}}", "\u202eabc", "\x01", "* * *", "1. one\n   1. two"]
INI_SPOILS = ["merge = theme", "merge = all", "merge = theme, theme", "page = a3-landscape", "page = portrait",
              "group by = theme", "group by = theme, priority, owner", "columns = all", "columns =", "columns = 9",
              "only = overdue", "only = theme is x", "only = theme is not x | y", "kind = gaps", "kind = count\ncount by = owner",
              "kind = count\ncount by = theme, owner\nsplit at = comma", "kind = action-changes", "draft = yes",
              "[table t0]", "[grid g]\nsource = plan\ngroup by = theme\npoint = {{nothing}}", "numbering = paragraphs",
              "contents = yes", "caption =", "orientation = a3-portrait", "[report]", "kind = register", "source = none",
              "kind = benchmark", "kind = change", "comparator = theme\ncolumns = comparison"]


def header_only(text):
    return WORD.findall(text)


class Document:
    """A job with one register and a report on it; `expected` are the words of its PDF in order."""

    def __init__(self, seed, folder):
        self.r, self.folder, self.made = random.Random(seed), folder, 0
        self.words, self.expected, self.labels, self.headings = [], [], [], []
        self.ini, self.tables, self.sections = [], [], 0
        self.make_rows()
        self.numbering = self.r.choice(["none", "sections", "sections", "paragraphs"])
        self.has_contents = self.r.random() < 0.3

    # ---- words that nothing else has

    def word(self, kind="q"):
        self.made += 1
        n, out = self.made * 7919 % 26 ** 5, ""
        for _ in range(5):
            out, n = out + chr(97 + n % 26), n // 26
        return f"Z{kind}{out}"

    def some(self, least=1, most=12):
        return " ".join(self.word() for _ in range(self.r.randint(least, most)))

    # ---- the export

    def make_rows(self):
        r = self.r
        self.fields = ["id", "theme", "priority"] + r.sample(["action", "owner", "progress", "status"], r.randint(1, 4))
        self.headers = [COLUMNS[f] for f in self.fields]
        further = r.choice([0, 0, 1, 3, 8, 24])
        self.headers += [f"Column {i + 1} of {further}" for i in range(further)]
        themes = [self.word("m") for _ in range(r.randint(1, 5))]
        priorities = [self.word("m") for _ in range(r.randint(1, 4))]
        self.rows = []
        for i in range(r.choice([1, 3, 10, 30, 80])):
            row = {"ID": f"A{i + 1}", "Theme": r.choice(themes + [""]), "Priority": r.choice(priorities)}
            for header in self.headers[3:]:
                row[header] = self.cell(header)
            self.rows.append(row)
        if r.random() < 0.6:
            self.rows.sort(key=lambda row: (themes + [""]).index(row["Theme"]))

    def cell(self, header):
        r = self.r
        if r.random() < 0.15:
            return r.choice(["", "", "TBC", "-"])
        if header == "Status":
            return r.choice(["Green", "Red", self.some(1, 4)])
        most = r.choice([1, 2, 2, 8, 8, 30]) if r.random() < 0.98 else 1500
        return self.some(1, most) + r.choice(GARNISH)

    # ---- the report

    def section(self, level, around=()):
        r, self.sections = self.r, self.sections + 1
        name = self.some(1, 4)
        heading, label = "#" * level + " " + name, ""
        is_numbered = r.random() < 0.8
        if r.random() < 0.4:
            label = f"label-{self.sections}"
            heading += f" {{#{label}}}"
        if not is_numbered:
            heading = heading.replace(f" {{#{label}}}", "") + " {-}"
            label = ""
        self.put(heading, header_only(name))
        self.headings.append(header_only(name))
        self.level = level
        if level == 1:
            self.is_numbered = is_numbered
        if label:
            # numbered paragraphs take the numbers that sections below the first level would have
            has_number = self.is_numbered and (
                self.numbering == "sections" or (self.numbering == "paragraphs" and level == 1))
            self.labels.append((label, [] if has_number else header_only(name)))

    def put(self, markdown, words):
        self.words += [markdown, ""]
        self.expected += words

    def paragraph(self):
        words = self.some(1, 60)
        self.put(words, header_only(words))

    def marked(self):
        a, b, c = self.some(), self.some(), self.some()
        self.put(f"{a} **{b}** *{c}*", header_only(a + b + c))

    def list(self):
        points = [self.some(1, 10) for _ in range(self.r.randint(1, 5))]
        mark = self.r.choice(["-", "1."])
        lines = [(" " * (i % 2 and len(mark) + 1)) + f"{mark} {p}" for i, p in enumerate(points)]
        self.put("\n".join(lines), header_only(" ".join(points)))

    def box(self):
        a, b = self.some(), self.some(1, 40)
        self.put(f"> **{a}:** {b}", header_only(a + b))

    def note(self):
        a = self.some(1, 40)
        self.put(f"> {a}", header_only(a))

    def condition(self):
        name = self.r.choice(["plan.count", "source plan", "not facts.none", "facts.given", "not source none"])
        a, b = self.some(), self.some()
        self.put(f"{{{{if {name}}}}}\n\n{a}\n\n{{{{else}}}}\n\n{b}\n\n{{{{end}}}}", header_only(a))

    def page(self):
        self.put(self.r.choice(["---", "![](page:landscape)", "![](page:portrait)", "![](page:a3-landscape)"]), [])

    def reference(self):
        if self.labels:
            label, words = self.r.choice(self.labels)
            a, b = self.some(), self.some()
            self.put(f"{a} {{{{ref {label}}}}} {b}", header_only(a) + words + header_only(b))

    def values(self, rows, header):
        out = []
        for row in rows:
            if row[header] and row[header] not in out:
                out.append(row[header])
        return out + ([""] if any(not row[header] for row in rows) else [])

    def loop(self):
        """Once for each theme, its actions in a table."""
        r = self.r
        inner = r.random() < 0.5
        a, caption = self.some(), self.some()
        name = self.table_section(caption, group=False)
        markdown = [f"{{{{each theme of plan}}}}", f"{a} {{{{theme}}}}", f"![](table:{name})"]
        if inner:
            markdown[2:] = ["{{each priority of plan}}", "- {{priority}}: {{priority.count}}", f"![](table:{name})", "{{end}}"]
        self.words += ["\n\n".join(markdown + ["{{end}}"]), ""]
        for theme in self.values(self.rows, "Theme"):
            rows = [row for row in self.rows if row["Theme"] == theme]
            self.expected += header_only(a) + header_only(theme)
            for priority in self.values(rows, "Priority") if inner else [None]:
                held = [row for row in rows if priority in (None, row["Priority"])]
                if inner:
                    self.expected += header_only(priority)
                said = header_only(caption) + header_only(theme) + (header_only(priority) if inner else [])
                self.show(self.tables[-1], held, said)

    def table(self):
        caption = self.some()
        name = self.table_section(caption)
        self.words += [f"![](table:{name})", ""]
        self.show(self.tables[-1], self.rows, header_only(caption))

    def table_section(self, caption, group=True):
        r, name = self.r, f"t{len(self.tables)}"
        table = {"name": name, "group": None, "merge": [], "files": []}
        if group and r.random() < 0.3:
            table["group"] = r.choice(["Theme", "Priority"])
        columns = [h for h in self.headers if h != table["group"]]
        if r.random() < 0.6:
            columns = r.sample(columns, r.randint(1, min(len(columns), 12)))
        else:
            table["all"] = True
        table["columns"] = columns
        table["merge"] = [h for h in columns if h in ("Theme", "Priority") and r.random() < 0.5]
        self.ini += ["", f"[table {name}]", f"kind = {r.choice(['register', 'actions'])}", "source = plan",
                     f"caption = {caption}", "columns = " + ("all" if "all" in table else ", ".join(columns))]
        if table["group"]:
            self.ini.append(f"group by = {table['group']}")
        if table["merge"]:
            self.ini.append("merge = " + ", ".join(table["merge"]))
        if r.random() < 0.4:
            self.ini.append("page = " + r.choice(["portrait", "landscape", "a3-landscape", "automatic"]))
        self.tables.append(table)
        return name

    def show(self, table, rows, caption):
        """What stands in the PDF for it: captions, bands and cells, row by row."""
        groups = self.values(rows, table["group"]) if table["group"] else [None]
        if table["group"]:
            groups = list(dict.fromkeys(row[table["group"]] for row in rows))
        self.expected += caption
        cells = []
        for group in groups:
            held = [row for row in rows if group is None or row[table["group"]] == group]
            if group:
                self.expected += header_only(group)
            for i, row in enumerate(held):
                said, is_same = [], i > 0
                # the same row twice is seen to be there twice
                is_twice = i > 0 and all(held[i - 1][h] == row[h] and h in table["merge"] for h in table["columns"])
                for header in table["columns"]:
                    is_merged = header in table["merge"]
                    same = is_merged and is_same and not is_twice and held[i - 1][header] == row[header]
                    if is_merged:
                        is_same = same
                    said += [] if same else header_only(row[header])
                self.expected += said
                cells.append([header_only(row[h]) for h in ([table["group"]] if table["group"] else []) + table["columns"]])
        table["files"].append(cells)

    def grid(self):
        name, caption = f"g{self.sections}-{len(self.ini)}", self.some()
        self.ini += ["", f"[grid {name}]", "source = plan", "group by = Theme", "point = {{ID}} {{Priority}}", f"caption = {caption}",
                     f"columns = {self.r.randint(1, 4)}"]
        self.words += [f"![](grid:{name})", ""]
        self.expected += header_only(caption)
        for theme in dict.fromkeys(row["Theme"] for row in self.rows):
            self.expected += header_only(theme)
            if self.level == 1:  # contents have three levels, and the title is one above
                self.headings.append(header_only(theme))
            for row in self.rows:
                if row["Theme"] == theme:
                    self.expected += header_only(row["Priority"])

    def write(self):
        r = self.r
        parts = [self.paragraph, self.marked, self.list, self.box, self.note, self.condition, self.page, self.reference,
                 self.table, self.table, self.grid, self.loop]
        for _ in range(r.randint(1, 4)):
            self.section(1)
            for _ in range(r.randint(1, 4)):
                r.choice(parts)()
            if r.random() < 0.4:
                self.section(2)
                r.choice(parts)()
        self.put("The end.", [])
        if not self.tables:
            self.table()
        title = self.some(1, 3)
        orders = [header_only(title)] + (self.headings if self.has_contents else []) + [self.expected]
        self.expected = [w for order in orders for w in order]
        report = ["[report]", f"title = {title}", "narrative = narrative.md", f"numbering = {self.numbering}",
                  f"orientation = {r.choice(['portrait', 'landscape', 'a3-landscape'])}",
                  f"contents = {'yes' if self.has_contents else 'no'}", f"draft = {r.choice(['yes', 'no'])}"]
        job = ["[job]", "title = Random", "organisation = Sampleton Council", "period = 2021/22", "as at = 2022-03-31",
               "reports = report", "csv = yes", f"workbook = {r.choice(['publish', 'working', 'both'])}", "",
               "[facts]", "given = yes", "", "[source plan]", "files = plan.csv", "dialect = register", "fill down = none", "", "[burst themes]", "slice by = theme", "workbook = report"]
        template = self.folder + "/templates/report"
        os.makedirs(template)
        self.save("job.ini", job)
        self.save("templates/report/report.ini", report + self.ini)
        self.save("templates/report/narrative.md", self.words)
        self.save_rows("plan.csv", self.headers, self.rows)

    def save_rows(self, name, headers, rows):
        with open(f"{self.folder}/{name}", "w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, headers)
            writer.writeheader()
            writer.writerows(rows)

    def save(self, name, lines):
        with open(f"{self.folder}/{name}", "w", encoding="utf-8", newline="\n") as out:
            out.write("\n".join(lines) + "\n")

    def add_version(self):
        """An earlier version: rows that went, came, changed places, IDs that are given twice or anew."""
        r, rows = self.r, [dict(row) for row in self.rows]
        for row in rows:
            kind = r.randrange(6)
            if kind == 0:
                row["ID"] = r.choice(["", "A1", "A1", f"B {r.randint(1, 99)}", row["ID"].lower()])
            elif kind == 1:
                header = r.choice(self.headers[1:])
                row[header] = self.cell(header)
            elif kind == 2:
                header = r.choice(self.headers[3:])
                row[header] = row[header][:len(row[header]) // 2]
        r.shuffle(rows)
        self.save_rows("before.csv", self.headers, rows[r.choice([0, 0, 1, 5]):])
        for name, more in (("job.ini", "before = before\nduplicates = keep\n\n[source before]\nfiles = before.csv\n"
                            "dialect = register\nfill down = none\nduplicates = keep"),
                           ("templates/report/report.ini", "[table versions]\nkind = action-changes\nsource = plan\ncaption = Changes"),
                           ("templates/report/narrative.md", "![](table:versions)\n\n{{plan.changes}}")):
            with open(f"{self.folder}/{name}", encoding="utf-8") as file:
                text = file.read()
            text = text.replace("\n\n[burst", f"\n{more}\n\n[burst") if name == "job.ini" else f"{text}\n{more}\n"
            self.save(name, [text])

    def spoil(self):
        """Some lines go, come twice, change their places, or are joined by some that are out of place."""
        r = self.r
        if r.random() < 0.5:
            self.add_version()
        for name, others in (("narrative.md", SPOILS), ("report.ini", INI_SPOILS)):
            path = f"{self.folder}/templates/report/{name}"
            lines = open(path, encoding="utf-8").read().split("\n")
            for _ in range(r.choice([0, 1, 1, 2, 6])):
                at, kind = r.randrange(len(lines)), r.randrange(4)
                if kind == 0:
                    lines.insert(at, lines[r.randrange(len(lines))])
                elif kind == 1 and len(lines) > 1:
                    del lines[at]
                elif kind == 2:
                    other = r.randrange(len(lines))
                    lines[at], lines[other] = lines[other], lines[at]
                else:
                    lines[at:at] = ["", r.choice(others), ""] if name == "narrative.md" else [r.choice(others)]
            self.save(f"templates/report/{name}", lines)


# ---- what was made of it

def words_of_pdf(path):
    """In the order of the structure tree: what a screen reader says. A word may be broken over lines."""
    said = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, text=True).stdout
    drawn = "".join(m[1] for m in re.finditer(r'^ *"(.*)"$', said, re.M))
    return WORD.findall(re.sub(r"[\s\u00ad]", "", drawn))


def differ(found, expected, where):
    if found == expected:
        return
    at = next((i for i, (a, b) in enumerate(zip(found, expected)) if a != b), min(len(found), len(expected)))
    raise Fault(f"{where}: word {at} of {len(expected)} is {found[at:at + 4]}, and not {expected[at:at + 4]}; "
                f"{len(found)} words; missing {sorted(set(expected) - set(found))[:4]}")


def cells_of_workbook(path):
    """The texts of each sheet, row by row."""
    with zipfile.ZipFile(path) as z:
        names = z.namelist()
        shared = []
        if "xl/sharedStrings.xml" in names:
            text = z.read("xl/sharedStrings.xml").decode()
            shared = [re.sub("<[^>]*>", "", m) for m in re.findall(r"<si>(.*?)</si>", text, re.S)]
        for name in sorted(n for n in names if n.startswith("xl/worksheets/sheet")):
            rows = []
            for row in re.findall(r"<row [^>]*>(.*?)</row>", z.read(name).decode(), re.S):
                cells = []
                for cell in re.findall(r"<c [^>]*?(?:/>|>.*?</c>)", row, re.S):
                    number = re.search(r"<v>(\d+)</v>", cell)
                    cells.append(shared[int(number[1])] if 't="s"' in cell else re.sub("<[^>]*>", "", cell))
                rows.append(cells)
            yield rows


def words_of_workbook(path):
    """The words of each sheet, row by row; those of a text that a cell only begins from its own sheet."""
    sheets = list(cells_of_workbook(path))
    texts = {}
    for row in (row for rows in sheets for row in rows):
        if len(row) == 6 and re.fullmatch(r"Text \d+", row[0]) and re.fullmatch(r"\d+ of \d+", row[4]):
            texts[row[0]] = texts.get(row[0], "") + " " + row[5]

    def whole(cell):
        named = re.search(r"… \(the whole is (text \d+) in the worksheet “Long texts”\)$", cell)
        return texts[named[1].capitalize()] if named else cell
    return [[[header_only(whole(cell)) for cell in row] for row in rows] for rows in sheets]


def hold_sheets(document, path):
    """Each row of each table stands in a sheet, one below the other."""
    sheets = [[[w for w in row if w] for row in rows] for rows in words_of_workbook(path)]
    for table in document.tables:
        for cells in table["files"]:
            wanted = [[w for w in row if w] for row in cells]
            found = any(any(sheet[i:i + len(wanted)] == wanted for i in range(len(sheet) - len(wanted) + 1)) for sheet in sheets)
            expect(found, f"{os.path.basename(path)}: table {table['name']} with {len(wanted)} rows is in no sheet")


def hold_csv(document, folder):
    files = [[[header_only(c) for c in row] for row in csv.reader(open(f"{folder}/{n}", encoding="utf-8", newline=""))]
             for n in sorted(os.listdir(folder)) if n.endswith(".csv")]
    for table in document.tables:
        for cells in table["files"]:
            wanted = [[w for w in row if w] for row in cells]
            expect(any([[w for w in row if w] for row in f[1:]] == wanted for f in files),
                   f"csv: table {table['name']} with {len(wanted)} rows is in no file")


def hold_slices(document, folder):
    """A slice has the words of its own rows that stand in a table, and none of another row."""
    shown = {h for table in document.tables for h in table["columns"]}
    slices = json.load(open(folder + "/manifest.json", encoding="utf-8"))["slices"]
    for one in slices:
        with zipfile.ZipFile(f"{folder}/{one['path']}") as z:
            found = {w for name in z.namelist() for w in header_only(z.read(name).decode()) if w[1] == "q"}
        for row in document.rows:
            words = {w for h in document.headers for w in header_only(row[h]) if w[1] == "q"}
            if (row["Theme"] or "Not given") != one["value"]:
                expect(not words & found, f"{one['path']} has words of row {row['ID']}, which is another's")
            else:
                own = {w for h in shown for w in header_only(row[h]) if w[1] == "q"}
                expect(own <= found, f"{one['path']} lacks words of its row {row['ID']}")
    expect(len(slices) == len({row["Theme"] for row in document.rows}), f"{len(slices)} slices")


class Trial:
    def __init__(self, program, seed, folder):
        self.run, self.folder = program, folder
        self.document = Document(seed, folder)
        self.document.write()
        self.is_spoilt = seed % 2 == 0
        if self.is_spoilt:
            self.document.spoil()

    def check(self):
        for arguments in (["check", self.folder], ["check", self.folder, "--json"]):
            status, out, err = self.run(*arguments)
            cells = {w for row in self.document.rows for h, c in row.items()
                     if h not in ("ID", "Theme", "Priority") for w in header_only(c)}
            told = set(header_only(out + err)) & cells
            expect(not told, f"{' '.join(arguments)} quotes cells: {sorted(told)[:3]}")
        status, out, err = self.run("run", self.folder, "--output", self.folder + "/output")
        told = [line for line in err.splitlines() if ": warning: " in line or ": error: " in line]
        expect(len(told) == len(set(told)), f"run says twice: {[line for line in told if told.count(line) > 1][:1]}")
        expect(not any(line.startswith("checks:") for line in told), "run speaks of its own workbook of checks")
        if self.is_spoilt:
            return "refused" if status > 1 else "published"
        expect(status == 0, f"run: {status} {out[-300:]} {err[-1500:]}")
        folder = self.folder + "/output/" + os.path.basename(self.folder) + "/2021-22"
        differ(words_of_pdf(folder + "/report.pdf"), self.document.expected, "report.pdf")
        for name in os.listdir(folder):
            if name.endswith(".xlsx") and name.startswith("report"):
                hold_sheets(self.document, f"{folder}/{name}")
        hold_csv(self.document, folder + "/csv/report")
        hold_slices(self.document, folder)
        return "held"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("panelpack")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--count", type=int, default=0)
    parser.add_argument("--keep")
    options = parser.parse_args()
    program, scratch = Program(options.panelpack), tempfile.mkdtemp()
    seen, faults, seed, start = {}, 0, options.first, time.monotonic()
    while (seed < options.first + options.count if options.count else time.monotonic() < start + options.seconds):
        folder = f"{scratch}/document"
        os.makedirs(folder)
        try:
            result = Trial(program, seed, folder).check()
        except Fault as fault:
            result, faults = "faulty", faults + 1
            print(f"not ok - random document {seed}: {str(fault)[:2000]}", flush=True)
            if options.keep:
                shutil.copytree(folder, f"{options.keep}/document-{seed}", dirs_exist_ok=True)
        seen[result] = seen.get(result, 0) + 1
        shutil.rmtree(folder)
        seed += 1
    shutil.rmtree(scratch)
    print(f"{'ok' if not faults else '#'} - {seed - options.first} random documents: " +
          ", ".join(f"{n} {k}" for k, n in sorted(seen.items())))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
