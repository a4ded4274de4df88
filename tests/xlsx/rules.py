"""The rules of "Releasing statistics in spreadsheets" that a program can check, one a function.

  rules.py WORKBOOK...   prints a TAP line for each rule

A rule gives what breaks it, as texts. NAME-working.xlsx and checks.xlsx are for people who go on
working with the figures: filters, frozen headers, colours and formulas are theirs, and rules for published
workbooks alone do not bind it; a few bind it alone. broken.py has a workbook for each rule that
fails it and no other.
"""
import os
import re
import sys
import warnings

from workbook import MAIN, Workbook

BOTH, PUBLISH, WORKING = "both", "publish", "working"
SANS_SERIF = ("Arial", "Calibri", "Helvetica", "Liberation Sans", "Verdana")
MARKER = re.compile(r"\[(b|c|e|er|f|low|p|r|s|ss|sss|ns|u|u\d|w|x|z)\]")
NOTE = re.compile(r"\[note ([\d,]+)\]")
QUARTER = re.compile(r"\b(Q|Quarter )[1-4],? \d{4}(/\d\d)?(?!/)(?!\s\([JAO])")
rules = {}


def rule(binds=BOTH):
    def add(function):
        rules[function.__name__] = (function, binds)
        return function
    return add


def text_of(cell):
    return "" if cell.value is None else str(cell.value)


def is_number(cell):
    return cell.data_type == "n" and cell.value is not None and not cell.is_date


# Tables

@rule()
def one_table_a_sheet_is_marked_up(book):
    for sheet in book.sheets:
        empty = "has no rows" in " ".join(sheet.above())
        if len(sheet.tables) != (not empty and not sheet.is_chart()):
            yield f"{sheet.name}: {len(sheet.tables)} tables"


@rule(PUBLISH)
def charts_have_sheets_of_their_own(book):
    return (s.name for s in book.sheets if s.find("drawing") and not s.is_chart())


@rule()
def table_names_are_unique_and_of_one_word(book):
    names = [table.displayName for sheet in book.sheets for table in sheet.tables]
    for name in names:
        if not re.fullmatch(r"[A-Za-z]\w*", name) or names.count(name) > 1:
            yield name


@rule()
def table_names_say_what_they_hold(book):
    for sheet in book.sheets:
        words = re.sub(r"\W+", "_", sheet.name.lower()).strip("_")
        for table in sheet.tables:
            if words not in table.displayName.lower():
                yield f"{sheet.name}: {table.displayName}"


@rule()
def no_merged_cells(book):
    return (f"{s.name}!{area}" for s in book.sheets for area in s.cells.merged_cells.ranges)


@rule()
def no_blank_rows_in_tables(book):
    for sheet in book.sheets:
        for r in range(sheet.top, sheet.bottom + 1):
            if all(cell.value is None for cell in sheet.row(r)):
                yield f"{sheet.name}: row {r}"


@rule()
def no_blank_columns_in_tables(book):
    for sheet in book.sheets:
        for c in range(sheet.left, sheet.right + 1):
            if sheet.bottom > sheet.top and all(cell.value is None for cell in sheet.column(c)):
                yield f"{sheet.name}: column {c}"


@rule()
def every_header_is_filled(book):
    return (f"{s.name}!{c.coordinate}" for s in book.sheets for c in s.headers()
            if not text_of(c).strip())


@rule()
def headers_are_unique(book):
    for sheet in book.sheets:
        texts = [re.sub(r"\s+", " ", text_of(cell)).casefold() for cell in sheet.headers()]
        yield from (f"{sheet.name}: {t!r}" for t in set(texts) if t and texts.count(t) > 1)


@rule()
def table_columns_are_named_as_their_headers(book):
    for sheet in book.sheets:
        if not sheet.table:
            continue
        names = [column.name.replace("_x000a_", "\n") for column in sheet.table.tableColumns]
        if names != [text_of(cell) for cell in sheet.headers()]:
            yield sheet.name


@rule()
def text_in_tables_wraps(book):
    for sheet in book.sheets:
        for cell in sheet.headers() + sheet.body():
            if isinstance(cell.value, str) and not cell.alignment.wrap_text:
                yield f"{sheet.name}!{cell.coordinate}"


@rule()
def tables_have_no_style_of_their_own(book):
    for sheet in book.sheets:
        for table in sheet.tables:
            style = table.tableStyleInfo
            if style and (style.showRowStripes or style.showColumnStripes or style.name):
                yield sheet.name


@rule(PUBLISH)
def no_filter_buttons(book):
    for sheet in book.sheets:
        if sheet.cells.auto_filter.ref or any(table.autoFilter for table in sheet.tables):
            yield sheet.name


@rule(PUBLISH)
def no_frozen_panes(book):
    return (sheet.name for sheet in book.sheets if sheet.cells.freeze_panes)


@rule(WORKING)
def filters_and_frozen_panes_are_explained(book):
    for sheet in book.sheets:
        above = " ".join(sheet.above()).lower()
        filtered = sheet.cells.auto_filter.ref or any(t.autoFilter for t in sheet.tables)
        if sheet.cells.freeze_panes and not re.search("frozen|freeze", above):
            yield f"{sheet.name}: frozen"
        if filtered and "filter" not in above:
            yield f"{sheet.name}: filters"


@rule()
def nothing_is_hidden(book):
    for sheet in book.sheets:
        if sheet.cells.sheet_state != "visible":
            yield f"{sheet.name}: the sheet"
        for row in sheet.find("sheetData/row"):
            if row.get("hidden") in ("1", "true") or float(row.get("ht", 15)) == 0:
                yield f"{sheet.name}: row {row.get('r')}"
        for column in sheet.find("cols/col"):
            if column.get("hidden") in ("1", "true") or float(column.get("width", 9)) == 0:
                yield f"{sheet.name}: column {column.get('min')}"


@rule()
def totals_stand_at_the_edge(book):
    for sheet in book.tables():
        names = [text_of(cell) for cell in sheet.column(sheet.left)]
        if any(re.fullmatch(r"(Grand )?[Tt]otal", name) for name in names[1:-1]):
            yield sheet.name


# Values

@rule()
def blank_cells_have_a_stated_reason(book):
    for sheet in book.sheets:
        blank = [cell.coordinate for cell in sheet.body() if cell.value is None]
        if blank and "blank" not in " ".join(sheet.above()).lower():
            yield f"{sheet.name}!{blank[0]}"


@rule()
def no_signs_stand_for_missing_figures(book):
    signs = {"..", ".", "-", "–", "—", "n/a", "na", ":", "*", "~", "null"}
    return (f"{s.name}!{c.coordinate}" for s in book.tables() for c in s.body()
            if text_of(c).strip().lower() in signs)


@rule()
def shorthand_in_tables_is_declared_above(book):
    for sheet in book.tables():
        used = {m for cell in sheet.headers() + sheet.body() for m in MARKER.findall(text_of(cell))}
        used |= {m for cell in sheet.body() if is_number(cell)
                 for m in MARKER.findall(cell.number_format)}
        declared = set(MARKER.findall(" ".join(sheet.above())))
        yield from (f"{sheet.name}: [{m}]" for m in used - declared)


@rule()
def declared_shorthand_is_used(book):
    for sheet in book.tables():
        key = " ".join(line for line in sheet.above() if line.startswith("Shorthand"))
        words = [text_of(sheet.cells["A1"])]
        for cell in sheet.headers() + sheet.body():
            words += [text_of(cell), cell.number_format if is_number(cell) else ""]
        used = set(MARKER.findall(" ".join(words)))
        yield from (f"{sheet.name}: [{m}]" for m in set(MARKER.findall(key)) - used)


@rule()
def shorthand_is_in_the_notes(book):
    notes = book.sheet("Notes")
    known = MARKER.findall(" ".join(map(text_of, notes.body()))) if notes else []
    for sheet in book.tables():
        for m in set(MARKER.findall(" ".join(map(text_of, sheet.body())))) - set(known):
            yield f"{sheet.name}: [{m}]"


@rule()
def notes_are_referred_to_and_there(book):
    notes = book.sheet("Notes")
    listed, used = set(), set()
    for sheet in book.sheets:
        for cell in sheet.filled():
            for numbers in NOTE.findall(text_of(cell)):
                first_column = sheet is notes and cell.column == 1
                (listed if first_column else used).update(numbers.split(","))
    yield from (f"note {n}" for n in sorted(listed ^ used))


@rule()
def figures_are_numbers(book):
    for sheet in book.tables():
        for cell in sheet.body():
            text = cell.value if isinstance(cell.value, str) else ""
            if cell.alignment.horizontal == "right" and re.fullmatch(r"[-−+£]*\d[\d,.]*%?", text):
                yield f"{sheet.name}!{cell.coordinate}: {text}"


@rule()
def shorthand_stands_apart_from_numbers(book):
    """In its place, or in a column of its own."""
    for sheet in book.tables():
        for cell in sheet.body():
            text = cell.number_format if is_number(cell) else text_of(cell)
            if re.search(r"^[-−+£]*[\d#][\d#,.%;+−\" -]*\[[a-z]", text):
                yield f"{sheet.name}!{cell.coordinate}: {text}"


@rule()
def thousands_have_commas(book):
    for sheet in book.tables():
        for cell in sheet.body():
            if is_number(cell) and abs(cell.value) >= 1000 and "#,##0" not in cell.number_format:
                yield f"{sheet.name}!{cell.coordinate}"


@rule()
def percentages_are_fractions_shown_with_the_sign(book):
    for sheet in book.tables():
        for c in range(sheet.left, sheet.right + 1):
            header = text_of(sheet.cells.cell(sheet.top, c))
            shown = [cell.number_format for cell in sheet.column(c) if is_number(cell)]
            if "%" in header and any("%" not in code for code in shown):
                yield f"{sheet.name}: {header}"


@rule()
def units_stand_in_headers(book):
    """Of columns that have one unit throughout."""
    for sheet in book.tables():
        for c in range(sheet.left, sheet.right + 1):
            header = text_of(sheet.cells.cell(sheet.top, c))
            shown = [cell.number_format for cell in sheet.column(c) if is_number(cell)]
            for unit in "%£":
                if shown and unit not in header and all(unit in code for code in shown):
                    yield f"{sheet.name}: {header}"


@rule(PUBLISH)
def values_not_formulas(book):
    for sheet in book.sheets:
        for cell in sheet.find("sheetData/row/c"):
            if cell.find(MAIN + "f") is not None:
                yield f"{sheet.name}!{cell.get('r')}"


@rule()
def no_errors_stand_in_cells(book):
    return (f"{s.name}!{c.coordinate}" for s in book.sheets for c in s.filled()
            if c.data_type == "e")


@rule()
def quarters_have_their_months(book):
    for sheet in book.tables():
        for cell in [sheet.cells["A1"]] + sheet.headers():
            if QUARTER.search(text_of(cell)):
                yield f"{sheet.name}!{cell.coordinate}: {cell.value}"


# Layout

@rule()
def title_in_a1(book):
    for sheet in book.sheets:
        title = sheet.cells["A1"]
        if not title.value or not title.font.b or title.font.sz <= 12:
            yield sheet.name


@rule()
def a2_says_what_the_sheet_holds(book):
    """A cover has its summary there."""
    for sheet in book.sheets:
        lines = sheet.above()
        said = lines if sheet.name == "Cover" else lines[:1]
        charts = len(sheet.cells._charts)
        holds = "one table" if not sheet.is_chart() else \
            "one chart" if charts == 1 else f"{charts} charts"
        if not any(line.startswith(f"This worksheet contains {holds}") for line in said):
            yield sheet.name


@rule()
def tables_begin_in_column_a(book):
    return (sheet.name for sheet in book.sheets if sheet.left != 1)


@rule()
def nothing_stands_below_or_beside_a_table(book):
    for sheet in book.sheets:
        for cell in sheet.filled():
            below, beside = cell.row > sheet.bottom, cell.column > sheet.right
            if below or beside and cell.row >= sheet.top or cell.row < sheet.top and cell.column > 1:
                yield f"{sheet.name}!{cell.coordinate}"


@rule()
def no_blank_rows_above_a_table(book):
    for sheet in book.sheets:
        yield from (f"{sheet.name}: row {r + 2}" for r, t in enumerate(sheet.above()) if not t)


@rule()
def cover_contents_and_notes_come_first(book):
    names = [sheet.name for sheet in book.sheets]
    wanted = [n for n in ("Cover", "Contents", "Notes") if n in names]
    if names[:len(wanted)] != wanted or wanted[:2] != ["Cover", "Contents"]:
        yield ", ".join(names[:3])


@rule()
def cover_says_who_and_when(book):
    words = [text_of(cell) for cell in book.sheet("Cover").column(1)]
    yield from (word for word in ("Organisation", "As at") if word not in words)


@rule()
def sheet_names_are_within_the_rules(book):
    names = [sheet.get("name") for sheet in book.root.iter(MAIN + "sheet")]
    for name in names:
        same = [n for n in names if n.casefold() == name.casefold()]
        if len(name) > 31 or name != name.strip() or len(same) > 1 or re.search(r"[][:*?/\\]", name):
            yield repr(name)


@rule()
def no_blank_sheets(book):
    return (sheet.name for sheet in book.blank)


@rule()
def contents_lead_to_every_sheet(book):
    contents = book.sheet("Contents")
    targets = [cell.hyperlink.location for cell in contents.column(1) if cell.hyperlink]
    for sheet in book.sheets:
        if sheet is not contents and f"'{sheet.name}'!A1" not in targets:
            yield sheet.name


@rule()
def links_lead_to_the_top_of_a_sheet(book):
    tops = [f"'{sheet.name}'!A1" for sheet in book.sheets]
    for sheet in book.sheets:
        for link in sheet.find("hyperlinks/hyperlink"):
            if link.get("location") and link.get("location") not in tops:
                yield f"{sheet.name}!{link.get('ref')}"


@rule()
def links_say_where_they_lead(book):
    for sheet in book.sheets:
        for link in sheet.find("hyperlinks/hyperlink"):
            text = text_of(sheet.cells[link.get("ref")])
            if not text or re.match(r"https?:|www\.|click|here$|'", text):
                yield f"{sheet.name}!{link.get('ref')}: {text}"


@rule()
def no_text_boxes(book):
    for name, root in book.part_roots(r"xl/drawings/drawing\d+\.xml").items():
        if any(element.tag.endswith(("}sp", "}txBody")) for element in root.iter()):
            yield name


@rule()
def pictures_and_charts_have_their_words(book):
    for name, root in book.part_roots(r"xl/drawings/drawing\d+\.xml").items():
        for element in root.iter():
            if element.tag.endswith("}cNvPr") and len(element.get("descr", "")) < 10:
                yield name


@rule()
def headers_and_footers_hold_page_numbers_alone(book):
    for sheet in book.sheets:
        for element in sheet.find("headerFooter"):
            for text in element:
                bare = re.sub(r'&"[^"]*"|&\d+|&[LCRPN]|Page|of|\s', "", text.text or "")
                if bare:
                    yield f"{sheet.name}: {text.text}"


# Looks

@rule()
def sans_serif_of_12_points_or_more(book):
    for sheet in book.sheets:
        for cell in sheet.filled():
            if cell.font.name not in SANS_SERIF or cell.font.sz < 12:
                yield f"{sheet.name}!{cell.coordinate}: {cell.font.name} {cell.font.sz}"


@rule(PUBLISH)
def no_fill(book):
    return (f"{s.name}!{c.coordinate}" for s in book.sheets
            for row in s.cells.iter_rows() for c in row if c.fill.patternType)


@rule(PUBLISH)
def colour_of_text_is_automatic(book):
    for sheet in book.sheets:
        for cell in sheet.filled():
            colour = cell.font.color
            automatic = colour is None or colour.type == "theme" and colour.theme == 1
            if not automatic and not cell.hyperlink:
                yield f"{sheet.name}!{cell.coordinate}"


@rule(PUBLISH)
def colours_do_not_depend_on_values(book):
    for sheet in book.sheets:
        if sheet.find("conditionalFormatting"):
            yield sheet.name
        for cell in sheet.body():
            if re.search(r"\[(Red|Green|Blue|Yellow|Color ?\d+)\]", cell.number_format, re.I):
                yield f"{sheet.name}!{cell.coordinate}"


@rule()
def no_italics_and_underlines(book):
    for sheet in book.sheets:
        for cell in sheet.filled():
            if cell.font.i or cell.font.u and not cell.hyperlink:
                yield f"{sheet.name}!{cell.coordinate}"


@rule()
def headers_are_bold(book):
    return (f"{s.name}!{c.coordinate}" for s in book.sheets for c in s.headers()
            if c.value is not None and not c.font.b)


@rule()
def numbers_stand_right(book):
    for sheet in book.tables():
        for cell in sheet.body():
            if is_number(cell) and cell.alignment.horizontal not in (None, "general", "right"):
                yield f"{sheet.name}!{cell.coordinate}"


@rule()
def text_is_level(book):
    return (f"{s.name}!{c.coordinate}" for s in book.sheets for c in s.filled()
            if c.alignment.textRotation)


# The file

@rule()
def nothing_but_declared_parts(book):
    """No macros, caches, comments, queries, custom properties or embedded files."""
    known = re.compile(
        r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/workbook\.xml|"
        r"xl/_rels/workbook\.xml\.rels|xl/(styles|sharedStrings|theme/theme1|metadata)\.xml|"
        r"xl/worksheets/(_rels/)?sheet\d+\.xml(\.rels)?|xl/tables/table\d+\.xml|"
        r"xl/drawings/(_rels/)?drawing\d+\.xml(\.rels)?|xl/charts/chart\d+\.xml")
    return (name for name in book.parts if not known.fullmatch(name))


@rule()
def names_are_for_printing_alone(book):
    for name in book.root.iter(MAIN + "definedName"):
        own = name.get("name") in ("_xlnm.Print_Titles", "_xlnm.Print_Area", "_xlnm._FilterDatabase")
        if not own or "!" not in (name.text or "") or '"' in name.text:
            yield name.get("name")


@rule()
def no_text_is_stored_that_no_cell_shows(book):
    strings = [item for root in book.part_roots("xl/sharedStrings.xml").values() for item in root]
    shown = {int(cell.find(MAIN + "v").text) for sheet in book.sheets
             for cell in sheet.find("sheetData/row/c") if cell.get("t") == "s"}
    yield from (f"string {i}" for i in range(len(strings)) if i not in shown)


@rule()
def it_opens_at_the_top_of_its_first_sheet(book):
    views = list(book.root.iter(MAIN + "workbookView"))
    if any(view.get("activeTab", "0") != "0" or view.get("firstSheet", "0") != "0"
           for view in views):
        yield "another sheet is shown first"
    for number, sheet in enumerate(book.sheets):
        for view in sheet.find("sheetViews/sheetView"):
            if view.get("tabSelected") in ("1", "true") and number:
                yield f"{sheet.name}: selected"
        for selection in sheet.find("sheetViews/sheetView/selection"):
            if selection.get("activeCell", "A1") != "A1" and not sheet.cells.freeze_panes:
                yield f"{sheet.name}: the cursor is at {selection.get('activeCell')}"


@rule()
def zoom_is_100_percent(book):
    return (sheet.name for sheet in book.sheets for view in sheet.find("sheetViews/sheetView")
            if view.get("zoomScale", "100") != "100")


@rule()
def properties_name_the_organisation_and_no_person(book):
    cover = book.sheet("Cover")
    about = {text_of(row[0]): text_of(row[1]) for row in map(cover.row, range(cover.top, cover.bottom + 1))}
    properties = book.book.properties
    if properties.creator != about.get("Organisation"):
        yield f"author: {properties.creator}"
    if properties.lastModifiedBy not in (None, properties.creator):
        yield f"last modified by: {properties.lastModifiedBy}"
    if b"<Manager>" in book.parts["docProps/app.xml"]:
        yield "manager"


@rule()
def properties_have_the_title(book):
    if book.book.properties.title != book.sheet("Cover").cells["A1"].value:
        yield str(book.book.properties.title)


@rule()
def file_name_is_short_and_plain(book):
    name = os.path.basename(book.path)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*\.xlsx", name) or len(name) > 65 or \
            re.search(r"final|draft|version|-v\d", name):
        yield name


def broken_rules(path):
    """Names of rules with what breaks them, in a workbook of the profile that its name says."""
    name = os.path.basename(path)
    profile = WORKING if name.endswith("-working.xlsx") or name == "checks.xlsx" else PUBLISH
    book = Workbook(path)
    found = {name: list(function(book)) for name, (function, binds) in rules.items()
             if binds in (BOTH, profile)}
    return {name: problems for name, problems in found.items() if problems}


def main(paths):
    warnings.simplefilter("error")
    broken = {path: broken_rules(path) for path in paths}
    for name in rules:
        failed = [path for path in paths if name in broken[path]]
        print(("not ok" if failed else "ok") + f" - rule: {name.replace('_', ' ')}")
        for path in failed:
            print(f"#   {path}: " + "; ".join(broken[path][name][:5]))
    return any(broken.values())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
