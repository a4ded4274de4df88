"""Checks the example with a long table against the example itself, with openpyxl; prints TAP lines.

  check_long.py LONG EXAMPLE
"""
import sys
import warnings
import zipfile

import openpyxl

warnings.simplefilter("error")
path, example_path = sys.argv[1:3]
book, example = openpyxl.load_workbook(path), openpyxl.load_workbook(example_path)
parts = zipfile.ZipFile(path)
name = "Crime three years"
sheet, other = book[name], example[name]
kind = "long-working" if "-working" in path else "long"


def check(what, condition):
    print(("ok - " if condition else "not ok - ") + f"{kind}: {what}")


def look(cell):
    return (cell.value, cell.data_type, cell.number_format, cell.font.b, cell.font.name,
            cell.alignment.horizontal, cell.alignment.wrap_text, cell.border.bottom.style)


def last_row(table_sheet):
    (table,) = table_sheet.tables.values()
    return int(table.ref.split(":D")[1])


first, last = last_row(other) + 1, last_row(sheet)
check("the sheets are those of the example", book.sheetnames == example.sheetnames)
check("its cells are not kept as shared strings", b'"inlineStr"' in parts.read("xl/worksheets/sheet5.xml"))
check("what it shares with the example looks the same", all(
    look(sheet.cell(row, column)) == look(other.cell(row, column))
    for row in range(1, first) for column in range(1, 5)))
check("the table has the same header, marked up", [column.name for column in next(
    iter(sheet.tables.values())).tableColumns] == [
    column.name for column in next(iter(other.tables.values())).tableColumns])
check("every row is there", sheet.max_row == last and all(
    [cell.value for cell in sheet[first + i]][:3] ==
    [f"Offence {i} of <many> & others", 1000 + 7 * i, 1001 + 5 * i] for i in range(last - first + 1)))
check("there are 2,000 of them", last - first + 1 == 2000)
check("marks and numbers stand in their column", all(
    sheet.cell(first + i, 4).value == ("[z]" if i % 3 == 0 else 0.090909)
    for i in range(last - first + 1)))
check("rows have a height of their own", all(
    sheet.row_dimensions[row].height for row in range(1, last + 1)))
