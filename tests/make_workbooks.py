#!/usr/bin/python3
"""Writes the workbooks of the golden cases: tests/make_workbooks.py [FOLDER]

FOLDER defaults to tests/golden. The same program always writes the same bytes, so that a change of
it shows.
"""
import sys
import zipfile
from pathlib import Path

DEFAULT_FOLDER = Path(__file__).resolve().parent / "golden"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
TYPE = "application/vnd.openxmlformats-officedocument."
OPEN = "urn:oasis:names:tc:opendocument:xmlns:"


def archive(path, parts):
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as out:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (2025, 4, 30, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            # the first part of an OpenDocument file stands there as it is
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            out.writestr(entry, content)


def content_types(part, kind):
    return (f'{HEAD}<Types xmlns="{PACKAGE}content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/{part}" ContentType="{TYPE}{kind}.main+xml"/></Types>')


def relationships(items):
    text = "".join(f'<Relationship Id="rId{i}" Type="{OFFICE}/{kind}" Target="{target}"/>'
                   for i, (kind, target) in enumerate(items, 1))
    return f'{HEAD}<Relationships xmlns="{PACKAGE}relationships">{text}</Relationships>'


def cell(value, style=0):
    if isinstance(value, str):
        return f'<c s="{style}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c s="{style}"><v>{value}</v></c>'


def sheet(rows, hidden=(), merges=""):
    text = ""
    for number, row in enumerate(rows, 1):
        attribute = ' hidden="1"' if number in hidden else ""
        text += f'<row r="{number}"{attribute}>{"".join(cell(value) for value in row)}</row>'
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{text}</sheetData>{merges}</worksheet>'


def excel(path, sheets):
    """sheets: (name, attributes, the part's XML)"""
    listed = "".join(f'<sheet name="{name}" sheetId="{i}"{attributes} r:id="rId{i}"/>'
                     for i, (name, attributes, _) in enumerate(sheets, 1))
    parts = {
        "[Content_Types].xml": content_types("xl/workbook.xml", "spreadsheetml.sheet"),
        "_rels/.rels": relationships([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}'
                           "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relationships(
            [("worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(sheets) + 1)]),
    }
    for i, (_, _, xml) in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{i}.xml"] = xml
    archive(path, parts)


def word(path):
    archive(path, {
        "[Content_Types].xml": content_types("word/document.xml", "wordprocessingml.document"),
        "_rels/.rels": relationships([("officeDocument", "word/document.xml")]),
        "word/document.xml": f"{HEAD}<document/>",
    })


def ole(path, stream):
    """The header and one directory entry of a compound file, which is what its kind is told by."""
    path.parent.mkdir(parents=True, exist_ok=True)
    name = (stream + "\0").encode("utf-16-le")
    path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1").ljust(512, b"\0") + name.ljust(128, b"\0"))


def open_document(path, name, rows):
    text = ""
    for row in rows:
        cells = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{value}</text:p>'
            "</table:table-cell>" if isinstance(value, str) else
            f'<table:table-cell office:value-type="float" office:value="{value}">'
            f"<text:p>{value:,}</text:p></table:table-cell>" for value in row)
        text += (f"<table:table-row>{cells}"
                 f'<table:table-cell table:number-columns-repeated="{16384 - len(row)}"/>'
                 "</table:table-row>")
    text += (f'<table:table-row table:number-rows-repeated="{1048576 - len(rows)}">'
             '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>')
    archive(path, {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f'{HEAD}<office:document-content xmlns:office="{OPEN}office:1.0" '
                       f'xmlns:table="{OPEN}table:1.0" xmlns:text="{OPEN}text:1.0">'
                       f'<office:body><office:spreadsheet><table:table table:name="{name}">'
                       f"{text}</table:table></office:spreadsheet></office:body>"
                       "</office:document-content>",
    })


TABLE = [["Measure", "2024/25", "2023/24"], ["All crime", 1312, 1298], ["Burglary", 212, 240]]


def main(folder):
    excel(folder / "ok-workbook/exports/crime.xlsx",
          [("Crime", "", sheet(TABLE)), ("Notes", "", sheet([["As at 30 April 2025"]])),
           ("Old", ' state="hidden"', sheet(TABLE))])
    excel(folder / "warn-workbook-hidden-row/exports/crime.xlsx",
          [("Crime", "", sheet(TABLE + [["Robbery", 11, 9]], hidden=(4,)))])
    excel(folder / "err-workbook-bad-cell/exports/crime.xlsx",
          [("Crime", "", sheet(TABLE + [["Robbery", "#REF!", 9]]))])
    excel(folder / "err-workbook-sheet-misspelt/exports/crime.xlsx",
          [("Crime", "", sheet(TABLE)), ("Notes", "", sheet([["As at 30 April 2025"]]))])
    word(folder / "err-workbook-word/exports/crime.xlsx")
    ole(folder / "err-workbook-encrypted/exports/crime.xlsx", "EncryptedPackage")
    ole(folder / "err-workbook-old/exports/crime.xls", "Workbook")
    open_document(folder / "ok-open-document/exports/crime.ods", "Crime", TABLE)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_FOLDER)
