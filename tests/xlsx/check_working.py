"""Checks the example workbook that is to be worked with; prints TAP lines."""
import re
import sys
import warnings
import zipfile

import openpyxl

warnings.simplefilter("error")
path, published = sys.argv[1:3]
book = openpyxl.load_workbook(path)
stored = openpyxl.load_workbook(path, data_only=True)
other = openpyxl.load_workbook(published)
parts = zipfile.ZipFile(path)
failed = False


def check(name, condition):
    global failed
    failed = failed or not condition
    print(("ok - " if condition else "not ok - ") + "working: " + name)


def table_rows(book, name):
    (table,) = book[name].tables.values()
    return [[cell.value for cell in row] for row in book[name][table.ref]]


figures = [book["Crime three years"], book["Actions"], book["Beats"]]
check("the same sheets, but for that of the chart",
      book.sheetnames + ["Beats chart"] == other.sheetnames)
check("the same values in every table", all(
    table_rows(stored, sheet.title) == table_rows(other, sheet.title) for sheet in figures))
check("changes are formulas of their own row", [
    row[3] for row in table_rows(book, "Crime three years")[1:]] == [
        f'=IF(C{r}=0,"[z]",(B{r}-C{r})/C{r})' for r in range(9, 13)] + ["[z]"])
check("what looks like a formula in the data is text",
      table_rows(book, "Actions")[1][2] == '=HYPERLINK("https://example.org")' and
      book["Actions"].cell(7, 3).data_type == "s")
check("the header row is frozen where a line says so, and has filters", all(
    sheet.freeze_panes and
    int(re.search(r"\d+$", sheet.freeze_panes).group()) == int(
        re.search(r"\d+", list(sheet.tables.values())[0].ref).group()) + 1 and
    list(sheet.tables.values())[0].autoFilter is not None and
    any(str(sheet.cell(r, 1).value).startswith("The header row is frozen") for r in range(2, 8))
    for sheet in figures))
check("other sheets have neither", all(
    sheet.freeze_panes is None and all(t.autoFilter is None for t in sheet.tables.values())
    for sheet in book if sheet not in figures))
rules = [(str(where.sqref), [rule.formula[0] for rule in rules])
         for where, rules in book["Actions"].conditional_formatting._cf_rules.items()]
check("statuses in words have colours", len(rules) == 1 and rules[0][0].startswith("E") and
      sorted(rules[0][1]) == ['"Amber"', '"Green"', '"Red"'])


def contrast(rgb):
    parts = [int(rgb[i:i + 2], 16) / 255 for i in (2, 4, 6)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05) / 0.05


check("… so light that the words can be read", all(
    contrast(rule.dxf.fill.bgColor.rgb) >= 7
    for rules in book["Actions"].conditional_formatting._cf_rules.values() for rule in rules))
check("arrows stand beside signed changes",
      book["Beats"].cell(7, 3).number_format.startswith('"↑ "+'))
check("the chart stands on the sheet of its figures, with its description",
      len(book["Beats"]._charts) == 1 and
      b"Column chart: 1,204 crimes" in parts.read("xl/drawings/drawing1.xml"))
check("pages are numbered", all(
    sheet.oddFooter.center.text == "Page &P of &N" for sheet in book))
check("nothing is hidden, and nobody has said a word", all(
    sheet.sheet_state == "visible" and
    not any(d.hidden for d in sheet.row_dimensions.values()) and
    not any(d.hidden for d in sheet.column_dimensions.values()) for sheet in book) and
    not any("comment" in name or "externalLink" in name or "vba" in name
            for name in parts.namelist()))
check("notes and contents lead to tables, and tables to them", all(
    {"'Contents'!A1"} <= {c.hyperlink.location for row in sheet.iter_rows() for c in row
                          if c.hyperlink} for sheet in figures) and
    any(c.hyperlink and c.hyperlink.location == "'Notes'!A1"
        for row in book["Crime three years"].iter_rows() for c in row) and
    any(c.hyperlink and c.hyperlink.location == "'Crime three years'!A1"
        for row in book["Notes"].iter_rows() for c in row))
sys.exit(failed)
