#!/usr/bin/python3
"""What is asked of the structure of a PDF, read with pikepdf, which had no part in writing it.

    structure.py check FILE            prints TAP: one line a rule
    structure.py words STRUCTURE TEXT  is the output of `pdfinfo -struct-text` that text?
"""
import re
import sys

import pikepdf
from pikepdf import Array, Dictionary, Name


def items(obj):
    return [] if obj is None else list(obj) if isinstance(obj, Array) else [obj]


class Element:
    def __init__(self, obj, parent):
        self.obj, self.parent = obj, parent
        self.type = str(obj.S)[1:]
        self.id = bytes(obj.ID) if "/ID" in obj else None
        self.parts, self.objects = [], []  # parts: elements, and places of marked content
        for kid in items(obj.get("/K")):
            if isinstance(kid, int):
                self.parts.append((obj.Pg.objgen, kid))
            elif kid.get("/Type") == "/MCR":
                self.parts.append((kid.Pg.objgen, int(kid.MCID)))
            elif kid.get("/Type") == "/OBJR":
                self.objects.append(kid.Obj)
            else:
                self.parts.append(Element(kid, self))
        self.kids = [p for p in self.parts if isinstance(p, Element)]
        self.content = [p for p in self.parts if not isinstance(p, Element)]

    def all(self):
        yield self
        for kid in self.kids:
            yield from kid.all()

    def all_content(self):
        for part in self.parts:
            if isinstance(part, Element):
                yield from part.all_content()
            else:
                yield part

    def attribute(self, name):
        for entry in items(self.obj.get("/A")):
            if name in entry:
                return entry[name]
        return None

    def above(self, kind):
        element = self.parent
        while element and element.type != kind:
            element = element.parent
        return element


class Document:
    def __init__(self, path):
        self.pdf = pikepdf.open(path)
        self.root = self.pdf.Root
        self.tree = self.root.StructTreeRoot
        self.top = [Element(e, None) for e in items(self.tree.K)]
        self.elements = [e for top in self.top for e in top.all()]
        self.text = self.page_text()

    def of(self, *types):
        return [e for e in self.elements if e.type in types]

    def page_text(self):
        """The words of each marked content: (page, number) -> text; and the kinds of artifacts."""
        found, self.artifacts, self.numbers = {}, set(), {}
        for page in self.pdf.pages:
            at = None
            furniture = ""
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) in ("BDC", "BMC"):
                    if str(operands[0]) == "/Artifact":
                        at = None
                        self.artifacts.add(str(operands[1].Type) if len(operands) > 1 else "")
                    else:
                        at = (page.obj.objgen, int(operands[1].MCID))
                        found.setdefault(at, "")
                elif str(operator) == "EMC":
                    at = None
                elif str(operator) == "Tj" and at:
                    found[at] += bytes(operands[0]).decode("utf-16-be")
                elif str(operator) == "Tj":
                    furniture += bytes(operands[0]).decode("utf-16-be") + "\n"
            self.numbers[page.obj.objgen] = re.findall(r"^Page (\d+)", furniture, re.M)[-1]
        return found

    def words(self, element):
        text = " ".join(self.text[c] for c in element.all_content())
        return " ".join(text.replace("\u00ad ", "").replace("\u00ad", "").split())


def check_catalogue(doc):
    assert str(doc.root.Lang), "no language"
    assert doc.root.ViewerPreferences.DisplayDocTitle, "the title is not shown"
    assert doc.root.MarkInfo.Marked, "it is not marked"
    assert str(doc.pdf.docinfo.Title), "no title"
    shows = "/UseOutlines" if doc.of("TOC") or doc.of("Part") else None
    assert doc.root.get("/PageMode") == shows, "bookmarks are not shown, or should not be"
    assert doc.root.PageLabels.Nums[1].S == "/D", "pages have no labels"


def check_pages(doc):
    for page in doc.pdf.pages:
        assert page.obj.Tabs == "/S", "tab order is not that of the structure"
    assert doc.artifacts <= {"/Layout", "/Pagination"}, f"artifacts of {doc.artifacts}"


def check_content(doc):
    """Each marked content belongs to one element, and each element has content that is there."""
    owned = [c for e in doc.elements for c in e.content]
    assert len(owned) == len(set(owned)), "content with two elements"
    assert set(owned) == set(doc.text), "content without an element"


def check_headings(doc):
    level = 0
    for element in doc.of("H1", "H2", "H3", "H4", "H5", "H6"):
        at = int(element.type[1])
        assert at <= level + 1, f"{element.type} below H{level}"
        level = at


def outlines(item, level):
    while item is not None:
        yield level, " ".join(str(item.Title).split()).replace("\u00ad", "")
        yield from outlines(item.get("/First"), level + 1)
        item = item.get("/Next")


def check_bookmarks(doc):
    titles = [title for _, title in outlines(doc.root.Outlines.get("/First"), 1)]
    squeeze = lambda text: re.sub(r"\s", "", text)
    headings = [squeeze(doc.words(e)) for e in doc.of("H1", "H2", "H3", "H4", "H5", "H6")]
    titles = [squeeze(t) for t in titles]
    if doc.of("Part"):  # a pack has a bookmark of its own for each part
        assert all(h in titles or h in "".join(titles) for h in headings), "a heading is missing"
    else:
        assert titles == headings, f"{titles} instead of {headings}"


def check_contents(doc):
    """Entries are the headings of two levels, with the pages on which they stand."""
    for part in doc.of("Part") or doc.top:
        inside = list(part.all())
        entries = [e for e in inside if e.type == "Link" and e.above("TOCI")]
        if not entries:
            continue
        headings = [e for e in inside if e.type in ("H2", "H3")]
        wanted = []
        for h in headings:
            page = next(h.all_content())[0]
            wanted.append(re.sub(r"\s", "", doc.words(h)) + doc.numbers[page])
        wanted = [w for w in wanted if not re.fullmatch(r"Contents\d+", w)]
        shown = [re.sub(r"\s", "", doc.words(e)) for e in entries]
        assert shown == wanted, f"{shown} instead of {wanted}"


def check_lists(doc):
    for element in doc.of("L"):
        kinds = [k.type for k in element.kids]
        assert set(kinds[1:]) <= {"LI"} and set(kinds) <= {"Caption", "LI"}, \
            "a list holds more than a caption in front of its items"
        assert element.attribute("/ListNumbering") is not None, "a list does not say its labels"
    for element in doc.of("LI"):
        kinds = [k.type for k in element.kids]
        # facts of a panel have no bullet, and then no label
        assert kinds in (["Lbl", "LBody"], ["LBody"]), "an item is no label and body"
        first = next(k for k in element.parent.kids if k.type == "LI")
        assert kinds == [k.type for k in first.kids], "items of two kinds in a list"
    inner = [e for e in doc.of("L") if e.above("LBody")]
    for element in inner:
        assert element.above("L"), "a list within an item stands outside of its list"


def names(node):
    """The tree of names, flat."""
    pairs = items(node.get("/Names"))
    for i in range(0, len(pairs), 2):
        yield bytes(pairs[i]), pairs[i + 1].objgen
    for kid in items(node.get("/Kids")):
        yield from names(kid)


def check_tables(doc):
    named = list(names(doc.tree.get("/IDTree", Dictionary())))
    assert [n for n, _ in named] == sorted({n for n, _ in named}), "names are not in order"
    by_name = {e.id: e for e in doc.elements if e.id}
    assert dict(named) == {n: e.obj.objgen for n, e in by_name.items()}, "names and elements differ"
    for table in doc.of("Table"):
        rows = [e for e in table.all() if e.type == "TR"]
        places, width = cell_places(rows)
        assert len(width) == 1, f"rows of {width} columns"
        assert rows[0].kids[0].type == "TH", "a table without headers"
        assert [k.type for k in table.kids if k.type == "Caption"] == \
            [k.type for k in table.kids[:1] if k.type == "Caption"], "the caption is not first"
        for cell in (c for r in rows for c in r.kids):
            assert cell.type != "TH" or cell.attribute("/Scope") is not None, "a TH without scope"
        check_headers(doc, places, rows, by_name)


def cell_places(rows):
    """Where each cell stands: [(column, cell)] a row, with cells of rows above that reach into it
    as (column, cell) too; and how wide the rows are. No two cells may share a place."""
    places, widths, open_cells = [], set(), []
    for row in rows:
        taken = {column: cell for column, cell, _ in open_cells}
        own, at = [], 0
        for cell in row.kids:
            while at in taken:
                at += 1
            own.append((at, cell))
            at += int(cell.attribute("/ColSpan") or 1)
        while at in taken:
            at += 1
        assert all(column < at for column in taken), "a cell reaches below rows that have no place"
        widths.add(at)
        places.append((own, list(taken.items())))
        open_cells = [(c, cell, left - 1) for c, cell, left in open_cells if left > 1]
        open_cells += [(c, cell, int(cell.attribute("/RowSpan")) - 1) for c, cell in own
                       if int(cell.attribute("/RowSpan") or 1) > 1]
    assert not open_cells, "a cell reaches below the last row"
    return places, widths


def column_headers(rows, places):
    """The cells above each column, the nearest first, and how many rows they take."""
    deep = 1 + any(c.attribute("/RowSpan") or c.attribute("/ColSpan") for c in rows[0].kids)
    above = {}
    for own, _ in places[:deep]:
        for column, cell in own:
            for i in range(int(cell.attribute("/ColSpan") or 1)):
                above.setdefault(column + i, []).insert(0, cell)
    return above, deep


def check_headers(doc, places, rows, by_name):
    """Below a band, a header of two levels, and beside a cell of several rows, each cell names its
    column, that above it, its band and its row, and no other table's."""
    band = None
    above, deep = column_headers(rows, places)
    spans = deep > 1 or any(reaching for _, reaching in places)
    bands = [r for r in rows if len(r.kids) == 1 and r.kids[0].attribute("/ColSpan")]
    for column, cell in places[1][0] if deep > 1 else []:
        headers = [by_name[bytes(h)] for h in items(cell.attribute("/Headers"))]
        assert headers == above[column][1:], "a header does not name that above it"
    for row, (own, reaching) in list(zip(rows, places))[deep:]:
        if row in bands:
            band = row.kids[0]
            continue
        name = next((c for _, c in own + reaching if c.type == "TH"), None)
        for column, cell in own:
            headers = [by_name[bytes(h)] for h in items(cell.attribute("/Headers"))]
            wanted = above[column] + ([band] if band else [])
            if name and cell is not name:
                wanted.append(name)
            assert headers == (wanted if bands or spans else []), \
                f"headers are {[doc.words(h) for h in headers]}"


def check_link_words(words, says):
    """Whoever hears a link in a list of links hears all of its words (WCAG 2.2, 2.5.3)."""
    rest = iter("".join(says.split()))
    assert says.strip() and all(c in rest for c in "".join(words.split())), \
        f"'{words}' is called '{says}'"


def check_link_areas(annotation):
    """What of a rectangle is to be clicked lies within it, or a reader may ignore all of it."""
    quads = [float(x) for x in items(annotation.get("/QuadPoints"))]
    left, bottom, right, top = (float(x) for x in annotation.Rect)
    assert left < right and bottom < top, f"a link of {left} to {right}, {bottom} to {top}"
    assert len(quads) % 8 == 0 and len(quads) != 8, f"{len(quads)} numbers of areas"
    if quads:
        assert (left, right, bottom, top) == (min(quads[::2]), max(quads[::2]), min(quads[1::2]),
                                              max(quads[1::2])), "areas are not the rectangle"


def check_links(doc):
    seen = set()
    placed = {a.objgen: p.obj.objgen for p in doc.pdf.pages for a in items(p.obj.get("/Annots"))}
    for link in doc.of("Link"):
        assert link.content and link.objects, "a link without words or without a place to click"
        for annotation in link.objects:
            seen.add(annotation.objgen)
            assert "/A" in annotation or "/Dest" in annotation, "a link that leads nowhere"
            check_link_words(doc.words(link), str(annotation.get("/Contents", "")))
            check_link_areas(annotation)
        pages = [placed[annotation.objgen] for annotation in link.objects]
        assert len(pages) == len(set(pages)), "a link is two on one page"
        assert set(pages) == {page for page, _ in link.content}, "a link not on all its pages"
    assert seen == set(placed), "a place to click that is no link"


def check_figures(doc):
    for figure in doc.of("Figure"):
        assert len(str(figure.obj.get("/Alt", "")).strip()) > 8, "a figure without words for it"
        box = [float(x) for x in figure.attribute("/BBox")]
        captions = [k.type for k in figure.parts if not isinstance(k, tuple)]
        assert captions in ([], ["Caption"]) and figure.parts[len(captions):] == figure.content, \
            "a figure is more than a caption and a picture behind it"
        assert 0 <= box[0] < box[2] <= 1300 and 0 <= box[1] < box[3] <= 1300, f"figure at {box}"


def check_notes(doc):
    """ISO 14289-1, 7.9."""
    names = [e.id for e in doc.of("Note")]
    assert all(names) and len(names) == len(set(names)), "a note without a name of its own"
    check_footnotes(doc)


def check_footnotes(doc):
    """A note with a label is referred to, and read behind the block that does so first, whatever
    stands between them on the pages. It begins on the page of that reference, unless a note before
    it goes over to the page where it does; notes of tables, lists of terms and boxes stand below
    these."""
    page_at = {page.obj.objgen: i for i, page in enumerate(doc.pdf.pages)}
    pages = lambda element: [page_at[page] for page, _ in element.all_content()]
    first, before = {}, None
    for element in doc.elements:
        part = element.above("Part")
        if element.type == "Reference":
            first.setdefault((part, doc.words(element)), element)
        if element.type != "Note" or not element.kids or element.kids[0].type != "Lbl":
            continue
        label = doc.words(element.kids[0])
        reference = first.get((part, label))
        assert reference, f"{label} is not referred to before it"
        block = reference
        while block.parent is not element.parent:
            block = block.parent
        between = element.parent.kids
        between = between[between.index(block) + 1:between.index(element)]
        assert all(e.type == "Note" for e in between), f"{label} is not behind its block"
        here, there = pages(reference)[0], pages(element)[0]
        assert there >= here, f"{label} stands before its reference"
        if re.fullmatch("P|Note|H[1-6]", block.type):
            assert there == here or pages(before)[-1] >= there, f"{label} is on page {there + 1}"
        before = element


CHECKS = [("catalogue", check_catalogue), ("pages", check_pages), ("content", check_content),
          ("headings", check_headings), ("bookmarks", check_bookmarks),
          ("contents", check_contents), ("lists", check_lists), ("tables", check_tables),
          ("links", check_links), ("figures", check_figures), ("notes", check_notes)]


def check(path):
    doc = Document(path)
    name = path.rsplit("/", 1)[-1]
    for what, function in CHECKS:
        try:
            function(doc)
            print(f"ok - {what} of {name}")
        except (AssertionError, KeyError, AttributeError) as problem:
            print(f"not ok - {what} of {name}: {problem}")


def words(structure, expected):
    """Every character of the document in reading order and nothing else: of figures all but the
    caption is left out, as their words stand in the alternative text, and contents, which repeat headings; so are white
    space and soft hyphens, of which the page decides."""
    read, skip, caption = [], None, None
    for line in open(structure, encoding="utf-8"):
        line = line.rstrip("\n")
        depth = len(line) - len(line.lstrip(" "))
        if skip is not None and depth <= skip:
            skip = None
        if caption is not None and depth <= caption:
            caption = None
        if skip is not None and re.match(r" *Caption\b", line):
            caption = depth
        if skip is None and re.match(r" *(Figure|TOC)\b", line):
            skip = depth
        text = re.fullmatch(r' *"(.*)"', line)
        if text and (skip is None or caption is not None) and text.group(1) != "Contents":
            read.append(text.group(1))
    bare = lambda texts: re.sub(r"[\s\u00ad]", "", "".join(texts))
    read, expected = bare(read), bare(open(expected, encoding="utf-8"))
    for i, (a, b) in enumerate(zip(read, expected)):
        if a != b:
            sys.exit(f"differs at character {i}: {read[i-30:i+30]!r} "
                     f"instead of {expected[i-30:i+30]!r}")
    if len(read) != len(expected):
        sys.exit(f"{len(read)} characters instead of {len(expected)}")


if __name__ == "__main__":
    {"check": check, "words": words}[sys.argv[1]](*sys.argv[2:])
