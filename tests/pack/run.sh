#!/bin/bash
# Packs with other people's PDFs of every kind, read back with qpdf and poppler; prints TAP.
case pack in *"$CASE"*) ;; *) exit 0 ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
driver=$BUILD/tests/pack/pack_driver
mkdir "$folder/job" "$folder/a"
touch "$folder/job/job.ini"
python3=/usr/bin/python3
export PYTHONIOENCODING=utf-8
$python3 tests/pack/make_pdf.py cases "$folder/a"
qpdf --encrypt secret owner 256 -- "$folder/a/plain.pdf" "$folder/a/locked.pdf"
qpdf --encrypt "" owner 256 --modify=none -- "$folder/a/plain.pdf" "$folder/a/protected.pdf"

# agenda PDF...: item 1 has our report and no PDF, item 2 the PDFs
agenda() {
    local IFS=, list
    list="$*"
    cat >"$folder/a/agenda.ini" <<END
[meeting]
council = Harborough District Council
committee = Scrutiny Panel - Communities
date = Thursday, 30 June 2022
time = 18:30
venue = The Council Chamber
to = All Members
notice = Wednesday, 22 June 2022
issued by = Chief Executive
[contact]
email = democratic.services@example.org
[item 1]
title = Ours
report = ../job annual-review
[item 2]
title = Theirs
pdf = $list
[item 3]
title = Urgent items
END
}
build() {
    agenda "$@"
    rm -f "$folder/out.pdf"
    "$driver" "$folder/a/agenda.ini" "$folder/out.pdf" 2>"$folder/messages"
    status=$?
}
# check NAME COMMAND...: one line of TAP
check() {
    local name=$1
    shift
    if "$@" >"$folder/said" 2>&1; then
        echo "ok - $name"
    else
        echo "not ok - $name"
        head -20 "$folder/said" "$folder/messages"
    fi
}
says() { grep -q -- "$1" "$folder/messages"; }
page() { pdftotext -f "$1" -l "$1" "$folder/out.pdf" - | tr '\n' ' '; }
pages() { [ "$(qpdf --show-npages "$folder/out.pdf")" = "$1" ]; }
sound() { [ $status = 0 ] && qpdf --check "$folder/out.pdf"; }
claims() { pdfinfo -meta "$folder/out.pdf" | grep -q 'pdfuaid:part'; }
titles() { qpdf --json --json-key=outlines "$folder/out.pdf" | grep -o '^ \{6\}"title".*'; }
has() { [[ "$1" == *"$2"* ]]; }
structure() { pdfinfo -struct-text "$folder/out.pdf"; }
not() { ! "$@"; }

build plain.pdf
check "pack with an untagged pdf is sound" sound
check "has one sequence of pages" pages 6
check "front sheet has the page ranges" has "$(page 1)" "3 to 6"
for p in 3 4 5 6; do
    check "page $p is stamped" has "$(page $p)" "Agenda item 2"
    check "page $p has its number" has "$(page $p)" "Page $p"
done
check "turned page keeps its words" has "$(page 5)" "turned by a quarter"
check "untagged pdf is named" says "'plain.pdf' is not tagged"
check "untagged pdf ends the claim" not claims
check "untagged pdf has a part" has "$(structure)" 'Part "Item 2: Theirs"'
wanted=$(printf '      "title": "%s"\n' Agenda "Item 1: Ours" "Item 2: Theirs")
check "bookmarks are in the order of the items" [ "$(titles)" = "$wanted" ]
cp "$folder/out.pdf" "$folder/first.pdf"
build plain.pdf
check "second run gives the same bytes" cmp "$folder/out.pdf" "$folder/first.pdf"

# the stamp is drawn, upright and where it should be, however the page is turned or cut out
stamped() { # PAGE WIDTH HEIGHT as seen: the words lie in the top right and bottom right corners
    pdftotext -cropbox -bbox -f "$1" -l "$1" "$folder/out.pdf" "$folder/bbox.html"
    $python3 - "$folder/bbox.html" "$2" "$3" <<'END'
import re, sys
html = open(sys.argv[1]).read()
width, height = float(sys.argv[2]), float(sys.argv[3])
words = [(w, float(x), float(y)) for x, y, w in
         re.findall(r'xMin="([-\d.]+)" yMin="([-\d.]+)"[^>]*>([^<]*)<', html)]
top = [w for w, x, y in words if y < 30 and x > width - 120]
bottom = [w for w, x, y in words if y > height - 40 and x > width - 100]
assert top == ["Agenda", "item", "2"] and bottom[0] == "Page", words
END
}
inked() { # PAGE: something dark is drawn where the number of the item stands
    pdftoppm -cropbox -r 72 -gray -f "$1" -l "$1" "$folder/out.pdf" "$folder/ink"
    $python3 - "$folder"/ink*.pgm <<'END'
import sys
data = open(sys.argv[1], "rb").read()
_, size, _, pixels = data.split(b"\n", 3)
width, height = map(int, size.split())
dark = sum(pixels[y * width + x] < 128 for y in range(14, 28) for x in range(width - 46, width - 38))
assert dark > 3, dark
END
    local drawn=$?
    rm -f "$folder"/ink*.pgm
    return $drawn
}
build plain.pdf cropped.pdf
for p in "3 595 842" "4 842 595" "5 842 595" "7 850 600"; do
    check "stamp of page ${p%% *} stands in the corners" stamped $p
    check "stamp of page ${p%% *} can be seen" inked $p
done

build tagged.pdf
check "pack with a tagged pdf is sound" sound
check "tagged pdf/ua keeps the claim" claims
check "tagged pdf keeps its structure" has "$(structure | tr -s ' \n' ' ')" \
    'Sect H2 (block) "Tagged chapter" P (block) "Tagged words." P (block) "Words in a form."'
check "nothing is said about it" [ ! -s "$folder/messages" ]
build tagged-unclaimed.pdf
check "tagged pdf without a claim ends ours" not claims
check "and is named" says "does not say that it is PDF/UA"
build tagged-launch.pdf
check "tagged pdf that loses a link ends the claim" not claims
check "and says so" says "'tagged-launch.pdf' could not be put in as a whole"

# links to a PDF's own pages lead to these pages of the pack, each from an element of its own
links_lead() { # ANNOTATION-COUNT TARGETS-OF-ITS-LINKS: "PAGE: NUMBER VIEW…", a line a link
    $python3 - "$folder/out.pdf" "$1" <<'END'
import sys, pikepdf
pdf = pikepdf.open(sys.argv[1])
number = {page.objgen: i + 1 for i, page in enumerate(pdf.pages)}
keys = {}
def leaves(node):
    for kid in node.get("/Kids", []):
        leaves(kid)
    nums = node.get("/Nums", [])
    for i in range(0, len(nums), 2):
        assert int(nums[i]) not in keys
        keys[int(nums[i])] = nums[i + 1]
leaves(pdf.Root.StructTreeRoot.ParentTree)
assert max(keys) < int(pdf.Root.StructTreeRoot.ParentTreeNextKey)
found = []
for page in pdf.pages[:1] if sys.argv[2] == "front" else pdf.pages[2:]:
    for link in page.get("/Annots", []):
        element = keys[int(link.StructParent)]
        kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
        assert element.S == "/Link" and any(
            not isinstance(kid, int) and kid.get("/Obj") is not None
            and kid.Obj.objgen == link.objgen for kid in kids), element
        assert page.Tabs == "/S" and str(link.Contents)
        where = number[page.objgen]
        if "/Dest" in link:
            view = " ".join(str(x) for x in list(link.Dest)[1:])
            found.append(f"{where}: {number[link.Dest[0].objgen]} {view} ({link.Contents})")
        else:
            found.append(f"{where}: {link.A.URI} ({link.Contents})")
def marks(item, depth):
    while item is not None:
        if "/Dest" in item:
            print("  " * depth + f"{item.Title} {number[item.Dest[0].objgen]}")
        below = item.get("/First")
        if below is not None:
            marks(below, depth + 1)
            assert int(item.Count)
        item = item.get("/Next")
if sys.argv[2] == "marks":
    marks(pdf.Root.Outlines.First, 0)
else:
    print("\n".join(found))
END
}
build plain.pdf links.pdf
check "pack with links is sound" sound
links_lead links >"$folder/found" 2>&1
cat >"$folder/wanted" <<'END'
7: 8 /XYZ 70.000 600.000 None (To the second)
7: 9 /Fit (Page 9)
7: 9 /XYZ 1.000 2.000 3.000 (Page 9)
7: 9 /FitH 500.000 (Page 9)
7: 8 /FitR 1.000 2.000 3.000 4.000 (Page 8)
7: 8 /XYZ None 300.000 0.000 (Page 8)
7: https://www.example.org/a (https://www.example.org/a)
8: 7 /Fit (Page 7)
8: 9 /XYZ 1.000 2.000 3.000 (Page 9)
END
check "links lead to the pages of the pack" diff "$folder/wanted" "$folder/found"
links_lead front >"$folder/found" 2>&1
cat >"$folder/wanted" <<'END'
1: mailto:democratic.services@example.org (email democratic.services@example.org)
1: 2 /XYZ 0 841.89001 0 (Item 1: Ours, page 2)
1: 2 /XYZ 0 841.89001 0 (Item 1, page 2)
1: 3 /Fit (Item 2: Theirs, page 3)
1: 3 /Fit (Item 2, pages 3 to 9)
END
check "items of the front sheet lead to their papers" diff "$folder/wanted" "$folder/found"
links_lead marks >"$folder/found" 2>&1
cat >"$folder/wanted" <<'END'
Item 2: Theirs 3
Item 2: Theirs, links.pdf 7
  First chapter 7
    Part of it 9
  Llân 9
END
check "bookmarks stand below the item's" \
    diff <(grep -A 4 "^Item 2: Theirs 3" "$folder/found") "$folder/wanted"
check "links that lead elsewhere are named" says "links to neither .* (3)"
check "an action behind a link is named" says "scripts or actions"
check "its language comes along" has "$(qpdf --qdf "$folder/out.pdf" - | grep -a -A9 '/S /Part' | \
    grep -a -c '/Lang')$(qpdf --json --json-key=qpdf "$folder/out.pdf" | grep -c '"u:cy"')" 1
rectangle() { # the link of the turned page stands where its words do, as they are seen
    pdftotext -cropbox -bbox -f 8 -l 8 "$folder/out.pdf" "$folder/bbox.html"
    $python3 - "$folder/out.pdf" "$folder/bbox.html" <<'END'
import re, sys, pikepdf
pdf = pikepdf.open(sys.argv[1])
page = pdf.pages[7]
left, bottom, right, top = (float(x) for x in page.Annots[0].Rect)
x0, y0 = (float(x) for x in list(page.CropBox)[:2])
word = re.search(r'xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">Second',
                 open(sys.argv[2]).read())
a, b, c, d = map(float, word.groups())
# turned clockwise by a quarter: what goes up the page goes to the right as it is seen
assert bottom - y0 - 20 <= a and c <= top - y0 + 20 and left - x0 - 1 <= b and d <= right - x0, word
END
}
check "the link of a turned page stays over its words" rectangle

build tagged-link.pdf
check "a tagged pdf with a link to its own page keeps the claim" claims
check "and nothing is said" [ ! -s "$folder/messages" ]
links_lead links >"$folder/found" 2>&1
check "its link has an element" diff <(echo "3: 3 /Fit (Page 3)") "$folder/found"
build marks.pdf
check "too many bookmarks are named" says "left out of 'marks.pdf': bookmarks beyond 5,000"
check "and the pack is sound" sound

# a report of ours, given as a PDF
"$BUILD/panelpack" run input/harborough-2021-22 --output "$folder/reports" >/dev/null 2>&1
cp "$(find "$folder/reports" -name 'csp-annual-review.pdf' | head -1)" "$folder/a/"
build csp-annual-review.pdf tagged.pdf
check "pack with a report of ours as a pdf is sound" sound
check "and keeps the claim" claims
check "and nothing is left out" [ ! -s "$folder/messages" ]
links_lead links >"$folder/found" 2>&1
check "its links lead into the pack" grep -q ': [0-9]* /XYZ' "$folder/found"
build tagged-fontless.pdf
check "a claim without fonts is not believed" not claims
check "and that is said" says "'tagged-fontless.pdf' says that it is PDF/UA without the fonts"
# names of elements: two papers have the same, and each still means its own
names_agree() {
    $python3 - "$folder/out.pdf" <<'END'
import sys, pikepdf
pdf = pikepdf.open(sys.argv[1])
found = {}
def leaves(node):
    for kid in node.get("/Kids", []):
        leaves(kid)
    names = node.get("/Names", [])
    for i in range(0, len(names), 2):
        assert bytes(names[i]) not in found
        found[bytes(names[i])] = names[i + 1]
    if names:
        assert [bytes(x) for x in node.Limits] == [bytes(names[0]), bytes(names[-2])]
leaves(pdf.Root.StructTreeRoot.IDTree)
assert list(found) == sorted(found) and len(found) == 2, list(found)
for name, element in found.items():
    assert bytes(element.ID) == name
    after = element.P.K[2]
    assert bytes(after.A.Headers[0]) == name, after.A.Headers
END
}
build tagged-names.pdf tagged-names.pdf
check "names of elements keep the claim" claims
check "names of elements are told apart" names_agree
check "and the pack is sound" sound
build tagged.pdf plain.pdf tagged.pdf
check "several in a row are sound" sound
check "and have their pages" pages 8
check "each has its structure" [ "$(structure | grep -c 'Tagged words')" = 2 ]

build
check "pack of our own reports only is sound" sound
check "and keeps the claim" claims

build active.pdf
check "pack with an active pdf is sound" sound
check "what was left out is named" says "\[dropped\]"
check "scripts are named" says "scripts or actions"
check "files are named" says "attached files"
check "fields are named" says "form fields .* (1)"
check "links are named" says "links .* (2)"
qpdf --qdf --object-streams=disable "$folder/out.pdf" "$folder/open.pdf"
for word in JavaScript /JS /Launch /AA /OpenAction /EmbeddedFile /FileAttachment /Widget /AcroForm \
    calc.exe app.alert 'javascript:' /PA /Next.*/S; do
    check "nothing is left of $word" not grep -aq -- "$word" "$folder/open.pdf"
done
check "web link is kept" grep -aq "https://www.example.org/strategy" "$folder/open.pdf"
check "mail link is kept" grep -aq "mailto:a@example.org" "$folder/open.pdf"
for p in active xfa; do
    "$driver" --verify "$folder/a/$p.pdf" 1 2>"$folder/messages"
    check "reading back finds what acts in $p.pdf" says "something in it that acts"
done

# papers that were made to hang or break what puts them in
for name in twin-names twin-keys links-outside links-many deep-structure; do
    build $name.pdf
    check "$name is put in" sound
done
build links-outside.pdf links-many.pdf
check "links that act are left out" says "left out of 'links-outside.pdf': links to neither a page of it nor a web or mail address (6)"
check "and counted" says "left out of 'links-many.pdf': scripts or actions, links to neither a page of it nor a web or mail address (5000)"
check "no other address is left" not grep -qa "javascript\|passwd" <(qpdf --qdf "$folder/out.pdf" -)
if [ "${ASAN_OPTIONS-}" = "" ]; then
    (ulimit -s 512 && build plain.pdf chain.pdf && exit "$status")
    status=$?
    check "a paper that breaks the library is named" says "'chain.pdf' cannot be put in: joining it"
    check "and is no fault of the program" [ $status = 3 ]
fi

build names.pdf
check "font with the name of a script stays" has "$(page 3)" "Font named JS"

build plain.pdf boxless.pdf
check "a page without a size is refused" [ $status != 0 ]
check "a page without a size is named" says "'boxless.pdf' cannot be put in: .*damaged"

bad="locked protected truncated junk empty xfa portfolio layers"
build $(printf '%s.pdf ' $bad)
check "pdfs that cannot be used stop the pack" [ $status = 3 ]
check "nothing is written" [ ! -e "$folder/out.pdf" ]
for p in $bad; do
    check "$p is refused by name and place" says "agenda.ini:17:7: error: '$p.pdf' cannot be put in"
done
check "locked is called encrypted" says "'locked.pdf' .*encrypted"
check "protected is called encrypted" says "'protected.pdf' .*encrypted"
check "truncated is called damaged" says "'truncated.pdf' .*damaged"
check "empty is said to have no pages" says "'empty.pdf' .*no pages"

$python3 tests/pack/make_pdf.py sample "$folder/sample.pdf"
check "sample paper is what the script makes" \
    cmp "$folder/sample.pdf" input/scrutiny-2022-06-30/papers/health-wellbeing-strategy.pdf
