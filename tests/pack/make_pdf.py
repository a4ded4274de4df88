"""Raw PDFs for the tests and the sample agenda, written by hand so that nothing is in them by
accident.

    make_pdf.py sample FILE      the paper of the sample agenda
    make_pdf.py cases FOLDER     what tests/pack/run.sh needs
"""
import os
import sys

LINES = {
    "title": "Draft Health and Wellbeing Strategy, 2022 to 2027",
    1: ["This paper stands in for one that another organisation wrote.",
        "It is put into the agenda pack as it is, page by page.",
        "The draft sets out six priorities for the five years."],
    2: ["Priorities, with what is to be done under each.",
        "This page is wider than it is high, as tables often are."],
    3: ["How progress will be measured and who reports it.",
        "This page was turned by a quarter when it was made."],
    4: ["Next steps: comments of the Panel go to Cabinet with the draft."],
}


def write(path, objects, root=1, trailer=b""):
    """objects: number -> bytes, or (dictionary, stream data)."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number in sorted(objects):
        places[number] = len(out)
        body = objects[number]
        if isinstance(body, tuple):
            body = b"<<%s/Length %d>>\nstream\n%s\nendstream" % (body[0], len(body[1]), body[1])
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n" % size
    for number in range(size):
        out += (b"%010d 00000 n \n" % places[number] if number in places
                else b"0000000000 65535 f \n")
    out += b"trailer\n<</Size %d/Root %d 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        size, root, trailer, start)
    with open(path, "wb") as f:
        f.write(out)


def page_text(lines, x, y):
    shown = b" ".join(b"(%s) ' " % line.encode("ascii") for line in lines)
    return b"BT /F1 12 Tf 16 TL %d %d Td %s ET" % (x, y, shown)


def plain(path, pages, catalogue=b"", extra=None, trailer=b""):
    """pages: (attributes of the page, content)."""
    objects = {3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"}
    kids = []
    for i, (attributes, content) in enumerate(pages):
        page = 10 + 2 * i
        kids.append(b"%d 0 R" % page)
        objects[page] = (b"<</Type/Page/Parent 2 0 R/Contents %d 0 R%s>>"
                         % (page + 1, attributes))
        objects[page + 1] = (b"", content)
    objects[1] = b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue
    objects[2] = (b"<</Type/Pages/Kids[%s]/Count %d/MediaBox[0 0 595 842]"
                  b"/Resources<</Font<</F1 3 0 R>>>>>>" % (b" ".join(kids), len(kids)))
    objects.update(extra or {})
    write(path, objects, trailer=trailer)


def sample(path):
    portrait = page_text([LINES["title"], ""] + LINES[1], 60, 740)
    landscape = page_text(LINES[2], 60, 500)
    # written upright on a portrait sheet, shown turned: the text is turned back
    turned = b"q 0 1 -1 0 595 0 cm " + page_text(LINES[3], 60, 500) + b" Q"
    last = page_text(LINES[4], 60, 740)
    plain(path, [(b"", portrait), (b"/MediaBox[0 0 842 595]", landscape), (b"/Rotate 90", turned),
                 (b"", last)])


def one(words):
    return [(b"", page_text([words], 60, 700))]


def active(path):
    annotations = (
        b"/Annots[20 0 R 21 0 R 22 0 R 23 0 R 24 0 R 25 0 R]/AA<</O<</S/JavaScript/JS(app.alert(1))>>>>"
    )
    link = b"<</Type/Annot/Subtype/Link/Rect[60 690 200 710]/A<<%s>>>>"
    extra = {
        20: link % b"/S/URI/URI(https://www.example.org/strategy)",
        21: link % b"/S/URI/URI(javascript:alert(1))",
        22: link % b"/S/Launch/F(calc.exe)",
        23: b"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(typed)/Rect[60 600 200 620]"
            b"/AA<</K<</S/JavaScript/JS(x)>>>>>>",
        24: b"<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS<</F(a.exe)/EF<</F 26 0 R>>>>>>",
        25: b"<</Type/Annot/Subtype/Link/Rect[60 590 200 610]/A<</S/URI/URI(mailto:a@example.org)"
            b"/Next<</S/JavaScript/JS(x)>>>>/PA<</S/URI/URI(http://x.example)>>>>",
        26: (b"/Type/EmbeddedFile", b"MZ"),
        27: b"<</Fields[23 0 R]>>",
        28: b"<</S/JavaScript/JS(app.alert(2))>>",
    }
    plain(path, [(annotations, page_text(["Active page"], 60, 700))],
          b"/OpenAction 28 0 R/AcroForm 27 0 R/AA<</WC 28 0 R>>"
          b"/Names<</JavaScript<</Names[(a) 28 0 R]>>/EmbeddedFiles<</Names[(b) 26 0 R]>>>>", extra)


FONT = "/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf"


def embedded_font():
    """Object 3, and those that it needs."""
    with open(FONT, "rb") as f:
        font = f.read()
    return {
        3: b"<</Type/Font/Subtype/TrueType/BaseFont/LiberationSans/Encoding/WinAnsiEncoding"
           b"/FirstChar 32/LastChar 126/Widths[" + b"556 " * 95 + b"]/FontDescriptor 50 0 R>>",
        50: b"<</Type/FontDescriptor/FontName/LiberationSans/Flags 32/FontBBox[-544 -303 1302 980]"
            b"/ItalicAngle 0/Ascent 905/Descent -212/CapHeight 729/StemV 80/FontFile2 51 0 R>>",
        51: (b"/Length1 %d" % len(font), font),
    }


def tagged(path, claims, page=b"", embeds=True, names=b""):
    """A heading under a name of its own, a paragraph, and a form XObject with contents of both."""
    content = (b"/Chapter <</MCID 0>> BDC BT /F1 18 Tf 60 700 Td (Tagged chapter) Tj ET EMC "
               b"/P <</MCID 1>> BDC BT /F1 12 Tf 60 670 Td (Tagged words.) Tj ET EMC /X0 Do")
    claim = (b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf="
             b"'http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description "
             b"xmlns:pdfuaid='http://www.aiim.org/pdfua/ns/id/'><pdfuaid:part>1</pdfuaid:part>"
             b"</rdf:Description></rdf:RDF></x:xmpmeta>")
    extra = {
        30: b"<</Type/StructTreeRoot/K 31 0 R/ParentTree 35 0 R/ParentTreeNextKey 2"
            b"/RoleMap<</Chapter/Kapitel/Kapitel/H2>>>>",
        31: b"<</Type/StructElem/S/Document/P 30 0 R/K[32 0 R 33 0 R 34 0 R]>>",
        32: b"<</Type/StructElem/S/Chapter/P 31 0 R/Pg 10 0 R/K 0>>",
        33: b"<</Type/StructElem/S/P/P 31 0 R/Pg 10 0 R/K 1>>",
        34: b"<</Type/StructElem/S/P/P 31 0 R/Pg 10 0 R/K<</Type/MCR/Pg 10 0 R/Stm 36 0 R/MCID 0>>>>",
        35: b"<</Nums[0[32 0 R 33 0 R] 1[34 0 R]]>>",
        36: (b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/StructParents 1"
             b"/Resources<</Font<</F1 3 0 R>>>>",
             b"/P <</MCID 0>> BDC BT /F1 12 Tf 60 640 Td (Words in a form.) Tj ET EMC"),
        37: (b"/Type/Metadata/Subtype/XML", claim),
    }
    if embeds:
        extra.update(embedded_font())
    if names:  # the paragraph is called so, and the words in the form say that it explains them
        extra[30] = extra[30][:-2] + b"/IDTree<</Names[" + names + b" 33 0 R]>>>>"
        extra[33] = extra[33][:-2] + b"/ID" + names + b">>"
        extra[34] = extra[34][:-2] + b"/A<</O/Table/Headers[" + names + b"]>>>>"
    plain(path, [(b"/StructParents 0/Resources<</Font<</F1 3 0 R>>/XObject<</X0 36 0 R>>>>"
                  + page, content)],
          b"/StructTreeRoot 30 0 R/MarkInfo<</Marked true>>/Lang(en-GB)"
          + (b"/Metadata 37 0 R" if claims else b""), extra)


def links(path):
    """Links to its own pages by every kind of destination, to the web, and to what must not stay;
    the second page is turned and cut out. Bookmarks in two levels, one of which leads nowhere."""
    link = b"<</Type/Annot/Subtype/Link/Rect[60 %d 200 %d]%s>>"
    targets = [
        b"/Dest[12 0 R/XYZ 70 600 null]/Contents(To the second)", b"/Dest(far)", b"/Dest/Old",
        b"/A<</S/GoTo/D[14 0 R/FitH 500]>>", b"/Dest[1/FitR 1 2 3 4]", b"/Dest(none)",
        b"/A<</S/GoToR/F(other.pdf)/D[0/Fit]>>", b"/A<</S/GoTo/D(deep)/Next<</S/Named/N/Print>>>>",
        b"/A<</S/URI/URI(https://www.example.org/a)>>", b"/Dest[99 0 R/Fit]",
    ]
    extra = {40 + i: link % (600 - 20 * i, 615 - 20 * i, target)
             for i, target in enumerate(targets)}
    extra.update({
        70: b"<</Type/Annot/Subtype/Link/Rect[100 200 300 220]/Dest[10 0 R/Fit]>>",
        71: b"<</Kids[72 0 R 73 0 R 71 0 R]>>",
        72: b"<</Limits[(deep)(deep)]/Names[(deep)<</D[12 0 R/XYZ null 300 0]>>]>>",
        73: b"<</Limits[(far)(far)]/Names[(far)[14 0 R/Fit]]>>",
        80: b"<</First 81 0 R/Last 84 0 R/Count 3>>",
        81: b"<</Title(First chapter)/Parent 80 0 R/Next 83 0 R/First 82 0 R/Last 82 0 R/Count -1"
            b"/Dest[10 0 R/Fit]>>",
        82: b"<</Title(Part of it)/Parent 81 0 R/A<</S/GoTo/D(far)>>/Next 81 0 R>>",
        83: b"<</Title(Away)/Parent 80 0 R/Prev 81 0 R/Next 84 0 R"
            b"/A<</S/Launch/F(calc.exe)>>>>",
        84: b"<</Title<FEFF004C006C00E2006E>/Parent 80 0 R/Prev 83 0 R/Dest/Old>>",
    })
    first = b"/Annots[" + b" ".join(b"%d 0 R" % (40 + i) for i in range(len(targets))) + b"]"
    plain(path, [(first, page_text(["First page with links"], 60, 700)),
                 (b"/MediaBox[0 0 800 900]/CropBox[50 80 650 830]/Rotate 90/Annots[70 0 R"
                  b"<</Subtype/Link/Rect[9 9 20 20]/Dest/Old>>]",
                  page_text(["Second page"], 100, 200)),
                 (b"", page_text(["Third page"], 60, 700))],
          b"/Dests<</Old[14 0 R/XYZ 1 2 3]>>/Names<</Dests 71 0 R>>/Outlines 80 0 R"
          b"/OpenAction[10 0 R/Fit]/Lang(cy)", extra)


def tree_of_twins(first, kind):
    """Each node but the last has the next one twice: a walk that forgets where it was never ends."""
    nodes = {first + i: b"<</Kids[%d 0 R %d 0 R]>>" % (first + i + 1, first + i + 1) for i in range(30)}
    nodes[first + 30] = b"<</%s[]>>" % kind
    return nodes


def hostile(folder):
    """Papers that are sound, and made to hang or break what puts them in."""
    at = lambda name: os.path.join(folder, name)
    small = b"BT /F1 12 Tf 60 700 Td (Words) Tj ET"
    marked = b"/P <</MCID 0>> BDC " + small + b" EMC"
    fonts = b"/Resources<</Font<</F1 3 0 R>>>>"
    root = b"/MarkInfo<</Marked true>>/StructTreeRoot 30 0 R"
    tree = {30: b"<</Type/StructTreeRoot/K 32 0 R/ParentTree 35 0 R%s>>",
            32: b"<</Type/StructElem/S/P/P 30 0 R/Pg 10 0 R/K 0>>",
            35: b"<</Nums[0[32 0 R]]>>"}
    names = {**tree, 30: tree[30] % b"/IDTree 1000 0 R"}
    plain(at("twin-names.pdf"), [(b"/StructParents 0" + fonts, marked)], root,
          {**names, **tree_of_twins(1000, b"Names")})
    plain(at("twin-keys.pdf"), [(b"/StructParents 0" + fonts, marked)], root,
          {**tree, 30: tree[30] % b"", 35: b"<</Kids[1000 0 R 1001 0 R]>>", **tree_of_twins(1000, b"Nums")})
    links = {100 + i: b"<</Type/Annot/Subtype/Link/Rect[%s]/StructParent %d/A<</S/URI/URI(%s)>>>>" % (
        [b"-99999999 -32767.5 99999999 1", b"0 0 0 0", b"(a) /b null 0", b"5 5 1 1"][i % 4],
        [2147483647, -2147483648, 7, 99999999999][i % 4],
        [b"https://example.org/\\000x", b"javascript:alert\\(1\\)", b"file:///etc/passwd", b"\\\\host"][i % 4])
        for i in range(8)}
    annotations = b"/Annots[" + b" ".join(b"%d 0 R" % n for n in links) + b" 10 0 R null 7 [[]]]"
    plain(at("links-outside.pdf"), [(b"/StructParents 0" + fonts + annotations, marked)], root,
          {**tree, 30: tree[30] % b"", **links})
    kinds = [b"/Dest[10 0 R/Fit]", b"/A<</S/GoTo/D(a)>>", b"/A<</S/GoToR/F(b.pdf)/D(a)>>", b"/A<</S/Launch/F(c)>>",
             b"/A<</S/URI/URI(https://example.org/)>>", b"/A<</S/SubmitForm/F(https://example.org)>>",
             b"/A 1234567 0 R", b"/A<</S/URI/URI(http://example.org)/Next<</S/JavaScript/JS(x)>>>>"]
    count = 8000
    many = {100 + i: b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]%s>>" % kinds[i % 8] for i in range(count)}
    plain(at("links-many.pdf"), [(fonts + b"/Annots[" + b" ".join(b"%d 0 R" % n for n in many) + b"]", small)],
          b"/Dests<</a[10 0 R/Fit]>>/Names<</Dests<</Kids[99 0 R]>>>>", {**many, 99: b"<</Kids[99 0 R 99 0 R]>>"})
    chain = {100 + i: b"<</N %d 0 R>>" % (101 + i) for i in range(count)}
    chain[100 + count] = b"<</N 100 0 R>>"
    plain(at("chain.pdf"), [(b"/Resources<</Font<</F1 3 0 R>>/Properties 100 0 R>>", small)], b"", chain)
    deep = {100 + i: b"<</Type/StructElem/S/Span/P %d 0 R/K %d 0 R>>" % (99 + i, 101 + i) for i in range(count)}
    deep[100] = b"<</Type/StructElem/S/P/P 30 0 R/K 101 0 R>>"
    deep[100 + count] = b"<</Type/StructElem/S/Span/P %d 0 R/Pg 10 0 R/K 0>>" % (99 + count)
    plain(at("deep-structure.pdf"), [(b"/StructParents 0" + fonts, marked)], root,
          {30: b"<</Type/StructTreeRoot/K 100 0 R/ParentTree 35 0 R>>", 35: b"<</Nums[0[%d 0 R]]>>" % (100 + count), **deep})


def cases(folder):
    hostile(folder)
    at = lambda name: os.path.join(folder, name)
    sample(at("plain.pdf"))
    tagged(at("tagged.pdf"), True)
    tagged(at("tagged-unclaimed.pdf"), False)
    tagged(at("tagged-fontless.pdf"), True, embeds=False)
    tagged(at("tagged-names.pdf"), True, names=b"(cell)")
    tagged(at("tagged-link.pdf"), True,
           b"/Tabs/S/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/Dest[10 0 R/Fit]>>]")
    tagged(at("tagged-launch.pdf"), True,
           b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/Launch/F(a)>>>>]")
    links(at("links.pdf"))
    plain(at("marks.pdf"), one("Bookmarks"), b"/Outlines 20 0 R",
          {20: b"<</First 21 0 R/Last 5021 0 R>>"}
          | {21 + i: b"<</Title(a)/Dest[10 0 R/Fit]/Parent 20 0 R/Next %d 0 R>>" % (22 + i)
             for i in range(5001)})
    active(at("active.pdf"))
    plain(at("empty.pdf"), [])
    plain(at("xfa.pdf"), one("Form"), b"/AcroForm<</Fields[]/XFA(x)>>")
    plain(at("portfolio.pdf"), one("Cover"), b"/Collection<<>>")
    plain(at("layers.pdf"), one("Layer"),
          b"/OCProperties<</OCGs[40 0 R]/D<</OFF[40 0 R]>>>>", {40: b"<</Type/OCG/Name(n)>>"})
    # names that look dangerous but are not: a font called /JS in the resources
    plain(at("names.pdf"), [(b"/Resources<</Font<</JS 3 0 R>>>>",
                             b"BT /JS 12 Tf 60 700 Td (Font named JS) Tj ET")])
    # the visible part is a window into a larger sheet whose corner is not 0 0
    plain(at("cropped.pdf"), [(b"/MediaBox[-100 -100 900 1100]/CropBox[50 80 650 930]/Rotate 270",
                               page_text(["Cropped"], 100, 700))])
    plain(at("boxless.pdf"), [(b"/MediaBox[]", page_text(["No size"], 100, 700))])
    with open(at("plain.pdf"), "rb") as f:
        whole = f.read()
    with open(at("truncated.pdf"), "wb") as f:
        f.write(whole[:len(whole) * 2 // 3])
    with open(at("junk.pdf"), "wb") as f:
        f.write(b"<html>please log in</html>\n")


if __name__ == "__main__":
    {"sample": sample, "cases": cases}[sys.argv[1]](sys.argv[2])
