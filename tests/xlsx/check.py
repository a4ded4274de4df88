"""Checks the example workbook with openpyxl; prints TAP lines."""
import datetime
import re
import sys
import warnings
import zipfile

import openpyxl

warnings.simplefilter("error")
path = sys.argv[1]
book = openpyxl.load_workbook(path)
parts = zipfile.ZipFile(path)
failed = False


def check(name, condition):
    global failed
    failed = failed or not condition
    print(("ok - " if condition else "not ok - ") + name)


def table_rows(sheet):
    (table,) = sheet.tables.values()
    return [[cell.value for cell in row] for row in sheet[table.ref]]


check("sheets in order", book.sheetnames == [
    "Cover", "Contents", "Notes", "Report text", "Crime three years", "Actions", "Beats",
    "Beats chart"])
with_table = [sheet for sheet in book if sheet.title != "Beats chart"]
check("figures are numbers with their unrounded values",
      table_rows(book["Crime three years"]) == [
          ["Offence", "2021/22", "2020/21", "Change\n(%)"],
          ["Total crime", 5005, 4330, 0.155889145496536],
          ["Violence with injury", 511, 428, 0.19392523364486],
          ["of which: domestic violence with injury", 225, 205, 0.0975609756097561],
          ["Burglary", 277, 281, -0.0142348754448399],
          ["Exploitation", 7, 0, "[z]"]])
actions = table_rows(book["Actions"])
check("groups are a column", [row[0] for row in actions] == [
    "Priority", "Priority 1 - Housing for all", "Priority 1 - Housing for all", "Priority 2"])
check("what looks like a formula is text",
      actions[1][2] == '=HYPERLINK("https://example.org")' and
      not any(b"<f>" in parts.read(name) for name in parts.namelist()
              if name.startswith("xl/worksheets/")))
check("dates are dates", actions[2][3] == datetime.datetime(2022, 6, 30))
check("long text keeps its lines", actions[1][5].count("\n") == 3)
check("every sheet has one table, named for itself, but for that of the chart",
      all(len(sheet.tables) == 1 for sheet in with_table) and
      not book["Beats chart"].tables and
      len({name for sheet in book for name in sheet.tables}) == len(with_table))
check("there is no formula", not any(b"<f>" in parts.read(name) for name in parts.namelist()
                                     if name.startswith("xl/worksheets/")))
check("A2 says what the sheet holds", all(
    sheet["A2"].value.startswith("This worksheet contains one ") for sheet in book))
check("the cursor is in A1, at full size, and nothing is in headers and footers", all(
    sheet.sheet_view.zoomScale in (None, 100) and
    sheet.sheet_view.selection[0].activeCell == "A1" and
    not sheet.oddFooter.center.text and not sheet.oddHeader.center.text for sheet in book))
check("there are no names but the repeated rows", not list(book.defined_names) if
      isinstance(book.defined_names, dict) else
      all(name.name == "_xlnm.Print_Titles" for name in book.defined_names.definedName))
check("no sheet has colours of cells", not any(
    sheet.conditional_formatting for sheet in book))
cover = {row[0]: row[1] for row in table_rows(book["Cover"])}
check("the cover says what the job says", cover["Date published"] == datetime.datetime(
    2022, 6, 30) and cover["Next update"] == "June 2023" and
    cover["Contact"] == "safety@example.org" and
    cover["Source"] == "police recorded crime, extract of April 2022.")
notes = table_rows(book["Notes"])
named = {number for sheet in book for number in
         re.findall(r"\d+", "".join(re.findall(r"\[note [\d,]+\]", sheet["A1"].value)))}
told = {row[0][6:-1] for row in notes if row[0].startswith("[note ")}
check("notes are told where they are named, and named where they are told",
      named == told == {"1"})
markers = {m for sheet in with_table if sheet.title not in ("Notes", "Report text")
           for row in table_rows(sheet) for value in row if isinstance(value, str)
           for m in re.findall(r"\[[a-z]{1,3}\]", value)}
check("shorthand is told where it is used", markers == {"[z]"} and
      any(str(sheet[f"A{row}"].value).startswith("Shorthand: [z] ")
          for sheet in [book["Crime three years"]] for row in range(2, 8)) and
      any(row[0] == "[z]" for row in notes))
check("no filters, merged cells, frozen panes, hidden sheets, rows or columns",
      all(sheet.auto_filter.ref is None and not sheet.merged_cells.ranges and
          sheet.freeze_panes is None and sheet.sheet_state == "visible" and
          not any(t.autoFilter for t in sheet.tables.values()) and
          not any(d.hidden for d in sheet.row_dimensions.values()) and
          not any(d.hidden for d in sheet.column_dimensions.values()) for sheet in book))
check("the table's name is its header row's", all(
    [c.name for c in t.tableColumns] == [cell.value for cell in sheet[t.ref][0]]
    for sheet in book for t in sheet.tables.values()))
check("nothing stands below or beside a table", not book["Beats"]._charts and all(
    sheet.max_row == int(re.search(r"\d+$", t.ref).group())
    for sheet in book for t in sheet.tables.values()))
check("one sans serif font of 12 points or more, no fill", all(
    cell.font.name == "Arial" and cell.font.sz >= 12 and cell.fill.patternType is None
    for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None))
check("A4 landscape, one page wide, header row repeated", all(
    sheet.page_setup.paperSize == 9 and sheet.page_setup.orientation == "landscape" and
    sheet.page_setup.fitToWidth in (None, 1) for sheet in book) and
    all(sheet.print_title_rows for sheet in with_table))
check("contents lead to the sheets", [
    cell.hyperlink.location for row in book["Contents"]["A4:A10"] for cell in row] == [
        f"'{name}'!A1" for name in book.sheetnames if name != "Contents"])
check("a chart with its description", len(book["Beats chart"]._charts) == 1 and
      b"Column chart: 1,204 crimes" in parts.read("xl/drawings/drawing1.xml"))
properties = book.properties
check("properties name the organisation and the date of the report",
      properties.creator == "Harborough District Council" and
      properties.title == "Community safety review 2021/22, Harborough District" and
      properties.keywords == "Harborough District Council, Harborough District, 2021/22" and
      properties.created == datetime.datetime(2022, 6, 22))
sys.exit(failed)
