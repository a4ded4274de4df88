"""A workbook for rules: its sheets as openpyxl reads them, and its parts as they are."""
import re
import xml.etree.ElementTree as ET
import zipfile

import openpyxl

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Sheet:
    """One sheet: `cells` of openpyxl, `xml` as it is, and where its table stands."""

    def __init__(self, cells, root):
        self.cells, self.root, self.name = cells, root, cells.title
        self.tables = list(cells.tables.values())
        self.table = self.tables[0] if self.tables else None
        if self.table:
            area = openpyxl.utils.cell.range_boundaries(self.table.ref)
            self.left, self.top, self.right, self.bottom = area
        elif self.is_chart():
            self.left, self.right, self.bottom = 1, 1, cells.max_row
            self.top = self.bottom + 1
        else:  # the header is what every page repeats
            header = re.match(r"\$?(\d+)", cells.print_title_rows or "")
            self.left, self.right, self.bottom = 1, cells.max_column, cells.max_row
            self.top = int(header.group(1)) if header else self.bottom

    def is_chart(self):
        """A sheet of lines and a chart; a table not marked up still has a header to repeat."""
        return not self.tables and bool(self.find("drawing")) and not self.cells.print_title_rows

    def find(self, path):
        return self.root.findall("/".join(MAIN + step for step in path.split("/")))

    def filled(self):
        return [cell for row in self.cells.iter_rows() for cell in row if cell.value is not None]

    def headers(self):
        return [] if self.is_chart() else self.row(self.top)

    def row(self, number):
        return [self.cells.cell(number, c) for c in range(self.left, self.right + 1)]

    def body(self):
        return [cell for r in range(self.top + 1, self.bottom + 1) for cell in self.row(r)]

    def column(self, number):
        return [self.cells.cell(r, number) for r in range(self.top + 1, self.bottom + 1)]

    def above(self):
        """The lines between the title and the table."""
        return [str(self.cells.cell(r, 1).value or "") for r in range(2, self.top)]


class Workbook:
    def __init__(self, path):
        self.path = path
        with zipfile.ZipFile(path) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.book = openpyxl.load_workbook(path)
        self.root = ET.fromstring(self.parts["xl/workbook.xml"])
        roots = list(self.sheet_roots())
        sheets = [Sheet(self.book[name], root) for name, root in roots]
        self.sheets = [sheet for sheet in sheets if sheet.filled()]
        self.blank = [sheet for sheet in sheets if not sheet.filled()]

    def sheet_roots(self):
        relations = ET.fromstring(self.parts["xl/_rels/workbook.xml.rels"])
        targets = {r.get("Id"): r.get("Target") for r in relations}
        for sheet in self.root.iter(MAIN + "sheet"):
            part = "xl/" + targets[sheet.get(RELATIONSHIP)]
            yield sheet.get("name"), ET.fromstring(self.parts[part])

    def sheet(self, name):
        return next((s for s in self.sheets if s.name == name), None)

    def tables(self):
        """Those with figures or words of the report, without what stands before them."""
        own = ("Cover", "Contents", "Notes", "Report text")
        return [s for s in self.sheets if s.name not in own]

    def part_roots(self, pattern):
        return {name: ET.fromstring(content) for name, content in self.parts.items()
                if re.fullmatch(pattern, name)}


def write(parts, path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
