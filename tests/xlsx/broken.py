"""Breaks each rule on purpose: from a good workbook one is made by a small edit of its parts that
fails that rule and no other.

  broken.py GOOD FOLDER   prints a TAP line for each rule; the broken workbooks go to FOLDER
"""
import os
import re
import sys
import zipfile
from xml.sax.saxutils import escape

import rules
from workbook import write

CRIME, ACTIONS, NOTES, CONTENTS, COVER = 5, 6, 3, 2, 1
breaks = {}


class Parts(dict):
    """The parts of a workbook as texts, with what edits of them have in common."""

    def sub(self, part, old, new):
        assert old in self[part], f"{old} is not in {part}"
        self[part] = self[part].replace(old, new, 1)

    def sheet(self, number):
        return f"xl/worksheets/sheet{number}.xml"

    def cell(self, number, ref):
        return re.search(rf'<c r="{ref}"( s="\d+")?[^>]*>.*?</c>', self[self.sheet(number)])

    def put(self, number, ref, inner, kind=""):
        """Another value in the cell, with its style."""
        cell = self.cell(number, ref)
        self.sub(self.sheet(number), cell.group(),
                 f'<c r="{ref}"{cell.group(1) or ""}{kind}>{inner}</c>')

    def text(self, number, ref, text):
        count = self["xl/sharedStrings.xml"].count("<si>")
        self.sub("xl/sharedStrings.xml", "</sst>", f"<si><t>{escape(text)}</t></si></sst>")
        self.put(number, ref, f"<v>{count}</v>", ' t="s"')

    def clear(self, number, *refs):
        for ref in refs:
            self.sub(self.sheet(number), self.cell(number, ref).group(), "")

    def style(self, number, ref, change, font=None, fill=None):
        """The cell gets a copy of its style, changed, maybe with a font or fill of its own."""
        cell = self.cell(number, ref)
        old = int(re.search(r' s="(\d+)"', cell.group()).group(1))
        styles = "xl/styles.xml"
        listed = re.search(r"<cellXfs[^>]*>(.*)</cellXfs>", self[styles]).group(1)
        xfs = re.findall(r"<xf [^>]*?/>|<xf .*?</xf>", listed)
        new = change(xfs[old])
        for kind, xml in (("font", font), ("fill", fill)):
            if xml:
                many = re.search(rf"<{kind}s[^>]*>(.*)</{kind}s>", self[styles]).group(1)
                new = re.sub(rf'{kind}Id="\d+"', f'{kind}Id="{many.count(f"<{kind}>")}"', new)
                self.sub(styles, f"</{kind}s>", f"<{kind}>{xml}</{kind}></{kind}s>")
        self.sub(styles, "</cellXfs>", new + "</cellXfs>")
        self.sub(self.sheet(number), cell.group(),
                 cell.group().replace(f' s="{old}"', f' s="{len(xfs)}"'))

    def drop_unused_strings(self):
        pattern = r'(<c [^>]*t="s"[^>]*><v>)(\d+)(</v>)'
        sheets = [name for name in self if name.startswith("xl/worksheets/sheet")]
        used = sorted({int(m[1]) for name in sheets for m in re.findall(pattern, self[name])})
        items = re.findall(r"<si>.*?</si>", self["xl/sharedStrings.xml"], re.S)
        head = self["xl/sharedStrings.xml"].split("<si>")[0]
        self["xl/sharedStrings.xml"] = head + "".join(items[i] for i in used) + "</sst>"
        for name in sheets:
            self[name] = re.sub(pattern, lambda m: m[1] + str(used.index(int(m[2]))) + m[3],
                                self[name])


def breaking(name, *, working=False, file_name=None):
    def add(function):
        breaks[name] = (function, working, file_name)
        return function
    return add


def simple(name, number, old, new):
    """An edit of one sheet, or of a part that is named."""
    part = f"xl/worksheets/sheet{number}.xml" if isinstance(number, int) else number
    breaking(name)(lambda parts: parts.sub(part, old, new))


def same(xf):
    return xf


ARIAL = '<sz val="12"/><color theme="1"/><name val="Arial"/><family val="2"/>'
TABLE = "xl/tables/table5.xml"
FROZEN = '<pane ySplit="7" topLeftCell="A8" activePane="bottomLeft" state="frozen"/></sheetView>'
DRAWING = "xl/drawings/drawing1.xml"

simple("one_table_a_sheet_is_marked_up", CRIME,
       '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>', "")
simple("table_names_are_unique_and_of_one_word", TABLE, 'displayName="table', 'displayName="my-table')
simple("table_names_say_what_they_hold", TABLE, 'displayName="table_crime_three_years"',
       'displayName="table_5"')
simple("no_merged_cells", CRIME, "</sheetData>",
       '</sheetData><mergeCells count="1"><mergeCell ref="A4:B4"/></mergeCells>')
simple("table_columns_are_named_as_their_headers", TABLE, 'name="Offence"', 'name="Crime"')
simple("tables_have_no_style_of_their_own", TABLE, 'showRowStripes="0"', 'showRowStripes="1"')
simple("no_filter_buttons", TABLE, "<tableColumns", '<autoFilter ref="A7:D12"/><tableColumns')
simple("no_frozen_panes", CRIME, '<sheetView workbookViewId="0"/>',
       '<sheetView workbookViewId="0">' + FROZEN)
simple("nothing_is_hidden", CRIME, '<row r="9"', '<row r="9" hidden="1"')
simple("values_not_formulas", CRIME, "<v>5005</v>", "<f>5000+5</f><v>5005</v>")
simple("title_in_a1", CRIME, '<c r="A1" s="1"', '<c r="A1" s="2"')
simple("nothing_stands_below_or_beside_a_table", CRIME, "</sheetData>",
       '<row r="14"><c r="A14" s="2" t="s"><v>0</v></c></row></sheetData>')
simple("links_lead_to_the_top_of_a_sheet", CRIME, "'Contents'!A1", "'Contents'!A3")
simple("pictures_and_charts_have_their_words", DRAWING, 'descr="', 'descr="" title="')
simple("headers_and_footers_hold_page_numbers_alone", CRIME, "<tableParts",
       "<headerFooter><oddFooter>&amp;CDraft, page &amp;P</oddFooter></headerFooter><tableParts")
simple("colours_do_not_depend_on_values", CRIME, "</sheetData>",
       '</sheetData><conditionalFormatting sqref="B8:B12"><cfRule type="iconSet" priority="1">'
       '<iconSet iconSet="3Arrows"><cfvo type="percent" val="0"/><cfvo type="percent" val="33"/>'
       '<cfvo type="percent" val="67"/></iconSet></cfRule></conditionalFormatting>')
simple("headers_are_bold", CRIME, '<c r="A7" s="3"', '<c r="A7" s="4"')
simple("names_are_for_printing_alone", "xl/workbook.xml", "<definedNames>",
       '<definedNames><definedName name="kept">"somebody"</definedName>')
simple("it_opens_at_the_top_of_its_first_sheet", "xl/workbook.xml", "<workbookView ",
       '<workbookView activeTab="3" ')
simple("zoom_is_100_percent", CRIME, "<sheetView ", '<sheetView zoomScale="80" ')
simple("properties_have_the_title", "docProps/core.xml", "<dc:title>", "<dc:title>Copy of ")


@breaking("filters_and_frozen_panes_are_explained", working=True)
def _(parts):
    parts.sub(parts.sheet(CRIME), '<sheetView workbookViewId="0"/>',
              '<sheetView workbookViewId="0">' + FROZEN)


@breaking("charts_have_sheets_of_their_own")
def _(parts):
    relations = f"xl/worksheets/_rels/sheet{CRIME}.xml.rels"
    parts.sub(relations, "</Relationships>",
              '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
              'relationships/drawing" Target="../drawings/drawing1.xml"/></Relationships>')
    parts.sub(parts.sheet(CRIME), "<tableParts", '<drawing r:id="rId9"/><tableParts')


@breaking("no_blank_rows_in_tables")
def _(parts):
    parts.clear(ACTIONS, *(c + "6" for c in "ABCDEF"))


@breaking("no_blank_columns_in_tables")
def _(parts):
    parts.clear(ACTIONS, "D6", "D7")


@breaking("every_header_is_filled")
def _(parts):
    parts.clear(CRIME, "B7")
    parts.sub(TABLE, 'id="2" name="2021/22"', 'id="2" name=""')


@breaking("headers_are_unique")
def _(parts):
    parts.text(CRIME, "C7", "2021/22")
    parts.sub(TABLE, 'name="2020/21"', 'name="2021/22"')


@breaking("text_in_tables_wraps")
def _(parts):
    parts.style(CRIME, "A9", lambda xf: xf.replace(' wrapText="1"', ""))


@breaking("totals_stand_at_the_edge")
def _(parts):
    parts.text(CRIME, "A10", "Total")


@breaking("blank_cells_have_a_stated_reason")
def _(parts):
    parts.clear(CRIME, "C9")


@breaking("no_signs_stand_for_missing_figures")
def _(parts):
    parts.text(CRIME, "C9", "..")


@breaking("shorthand_in_tables_is_declared_above")
def _(parts):
    parts.text(CRIME, "A3", "As the police recorded them.")


@breaking("declared_shorthand_is_used")
def _(parts):
    parts.text(CRIME, "A3", "Shorthand: [c] confidential; [z] not applicable.")


@breaking("shorthand_is_in_the_notes")
def _(parts):
    parts.text(NOTES, "A5", "z")


@breaking("notes_are_referred_to_and_there")
def _(parts):
    parts.text(CRIME, "A9", "Violence with injury [note 2]")


@breaking("figures_are_numbers")
def _(parts):
    parts.text(CRIME, "B9", "511")


@breaking("shorthand_stands_apart_from_numbers")
def _(parts):
    parts.text(CRIME, "B9", "511 [z]")


@breaking("thousands_have_commas")
def _(parts):
    parts.style(CRIME, "B8", lambda xf: re.sub(r'numFmtId="\d+"', 'numFmtId="1"', xf))


@breaking("percentages_are_fractions_shown_with_the_sign")
def _(parts):
    parts.style(CRIME, "D9", lambda xf: re.sub(r'numFmtId="\d+"', 'numFmtId="2"', xf))


@breaking("units_stand_in_headers")
def _(parts):
    parts.text(CRIME, "D7", "Change")
    parts.sub(TABLE, 'name="Change&#xA;(%)"', 'name="Change"')


@breaking("no_errors_stand_in_cells")
def _(parts):
    parts.put(CRIME, "C9", "<v>#DIV/0!</v>", ' t="e"')


@breaking("quarters_have_their_months")
def _(parts):
    parts.text(CRIME, "A1", "Recorded crime, Quarter 2 2021/22 (provisional) [note 1]")


@breaking("a2_says_what_the_sheet_holds")
def _(parts):
    parts.text(CRIME, "A2", "A table of crime.")


@breaking("tables_begin_in_column_a")
def _(parts):
    parts.sub(TABLE, 'ref="A7', 'ref="B7')
    parts.sub(TABLE, '<tableColumns count="4"><tableColumn id="1" name="Offence"/>',
              '<tableColumns count="3">')


@breaking("no_blank_rows_above_a_table")
def _(parts):
    parts.clear(CRIME, "A4")


@breaking("cover_contents_and_notes_come_first")
def _(parts):
    book = "xl/workbook.xml"
    notes = re.search(r'<sheet name="Notes"[^>]*>', parts[book]).group()
    parts.sub(book, notes, "")
    parts.sub(book, "</sheets>", notes + "</sheets>")
    last = parts[book].count("<sheet ") - 1
    parts[book] = re.sub(r'localSheetId="(\d+)"', lambda m: 'localSheetId="%d"' % (
        last if int(m[1]) == NOTES - 1 else int(m[1]) - (int(m[1]) >= NOTES)), parts[book])


@breaking("cover_says_who_and_when")
def _(parts):
    strings = re.findall(r"<si><t>(.*?)</t></si>", parts["xl/sharedStrings.xml"], re.S)
    as_at = strings.index("As at")
    ref = re.search(rf'<c r="(A\d+)"[^>]*><v>{as_at}</v>', parts[parts.sheet(COVER)]).group(1)
    parts.text(COVER, ref, "When")


@breaking("sheet_names_are_within_the_rules")
def _(parts):
    parts.sub("xl/workbook.xml", 'name="Beats"', 'name=" Beats"')
    for name in list(parts):
        parts[name] = parts[name].replace("'Beats'!", "' Beats'!")


@breaking("no_blank_sheets")
def _(parts):
    types, relations = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
    parts[parts.sheet(99)] = re.sub("<sheetData>.*</sheetData>.*</worksheet>",
                                    "<sheetData/></worksheet>", parts[parts.sheet(NOTES)])
    parts.sub("xl/workbook.xml", "</sheets>",
              '<sheet name="Sheet99" sheetId="99" r:id="rId99"/></sheets>')
    override = re.search(r'<Override PartName="/xl/worksheets/sheet1\.xml"[^>]*>', parts[types])
    relation = re.search(r'<Relationship Id="rId1" [^>]*>', parts[relations])
    parts.sub(types, override.group(), override.group() + override.group().replace("1.xml", "99.xml"))
    parts.sub(relations, relation.group(), relation.group() + relation.group()
              .replace("rId1", "rId99").replace("1.xml", "99.xml"))


@breaking("contents_lead_to_every_sheet")
def _(parts):
    parts.sub(parts.sheet(CONTENTS), "location=\"'Beats'", "location=\"'Actions'")


@breaking("links_say_where_they_lead")
def _(parts):
    parts.text(CRIME, "A6", "here")


@breaking("no_text_boxes")
def _(parts):
    anchor = re.search(r"<xdr:twoCellAnchor.*?</xdr:to>", parts[DRAWING]).group()
    box = ('<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="9" name="Box" '
           'descr="words in a box"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr/><xdr:txBody>'
           "<a:bodyPr/><a:p/></xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor>")
    parts.sub(DRAWING, "</xdr:wsDr>", anchor + box + "</xdr:wsDr>")


@breaking("sans_serif_of_12_points_or_more")
def _(parts):
    parts.style(CRIME, "A9", same, font=ARIAL.replace('"12"', '"10"'))


@breaking("no_fill")
def _(parts):
    parts.style(CRIME, "A9", same, fill='<patternFill patternType="solid"><fgColor '
                'rgb="FFFFFFFF"/></patternFill>')


@breaking("colour_of_text_is_automatic")
def _(parts):
    parts.style(CRIME, "A9", same, font=ARIAL.replace('theme="1"', 'rgb="FFC00000"'))


@breaking("no_italics_and_underlines")
def _(parts):
    parts.style(CRIME, "A9", same, font="<i/>" + ARIAL)


@breaking("numbers_stand_right")
def _(parts):
    parts.style(CRIME, "B9", lambda xf: xf.replace('horizontal="right"', 'horizontal="left"'))


@breaking("text_is_level")
def _(parts):
    parts.style(CRIME, "A9", lambda xf: xf.replace("<alignment ", '<alignment textRotation="90" '))


@breaking("nothing_but_declared_parts")
def _(parts):
    parts["xl/vbaProject.bin"] = "macros"


@breaking("no_text_is_stored_that_no_cell_shows")
def _(parts):
    parts.sub("xl/sharedStrings.xml", "</sst>", "<si><t>7 victims</t></si></sst>")


@breaking("properties_name_the_organisation_and_no_person")
def _(parts):
    parts["docProps/core.xml"] = re.sub("<cp:lastModifiedBy>[^<]*", "<cp:lastModifiedBy>A Person",
                                        parts["docProps/core.xml"])


@breaking("file_name_is_short_and_plain", file_name="Example FINAL v2.xlsx")
def _(parts):
    pass


def broken_workbook(name, good, folder):
    edit, working, file_name = breaks[name]
    with zipfile.ZipFile(good) as archive:
        parts = Parts({n: archive.read(n).decode() for n in archive.namelist()})
    edit(parts)
    if name != "no_text_is_stored_that_no_cell_shows":
        parts.drop_unused_strings()
    path = os.path.join(folder, file_name or f"{name.replace('_', '-')}"[:40].strip("-") +
                        ("-working.xlsx" if working else ".xlsx"))
    write(parts, path)
    return path


def main(good, folder):
    failed = False
    for name in rules.rules:
        found = rules.broken_rules(broken_workbook(name, good, folder)) if name in breaks else {}
        holds = list(found) == [name]
        failed = failed or not holds
        print(("ok" if holds else "not ok") + f" - broken on purpose: {name.replace('_', ' ')}")
        if not holds:
            print(f"#   failed: {found or 'none'}")
    return failed


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
