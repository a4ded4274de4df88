#!/bin/bash
# Packs with exempt items: what is public has nothing of them, and the search that proves it finds
# what is put into a public pack on purpose; prints TAP.
case restricted in *"$CASE"*) ;; *) exit 0 ;; esac
folder=$(mktemp -d)
trap 'chmod -R u+rwx "$folder"; rm -rf "$folder"' EXIT
driver=$BUILD/tests/pack/pack_driver
mkdir "$folder/job" "$folder/a"
touch "$folder/job/job.ini"
python3=/usr/bin/python3
export PYTHONIOENCODING=utf-8
public=$folder/out.pdf
restricted=$folder/out.pdf.restricted

# paper NAME LINE [PAGES]: a paper of words, the first line on each page
paper() {
    $python3 - "$folder/a/$1" "$2" "${3-1}" <<'END'
import sys
sys.path.insert(0, "tests/pack")
import make_pdf
lines = sys.argv[2].split("|")
pages = [(b"", make_pdf.page_text(lines, 60, 700)) for _ in range(int(sys.argv[3]))]
make_pdf.plain(sys.argv[1], pages)
END
}
offer="The offer of the bidder for the yard beside the station stands until July,|and is 4,444,001 pounds; file LD/2022/0417."
paper offer.pdf "$offer" 2
paper other.pdf "Nothing of what stood in the former paper stands in this one, which is as long." 2
paper longer.pdf "This paper has more pages than the one whose place it takes, and other words." 5
paper notes.pdf "Public notes about works on the market place, written for everybody to read."
paper copy.pdf "$offer" 2
qpdf --empty --pages "$folder/a/notes.pdf" "$folder/a/offer.pdf" -- "$folder/a/mixed.pdf"
$python3 -c 'import sys; sys.path.insert(0, "tests/pack"); import make_pdf
make_pdf.plain(sys.argv[1], [(b"", b"q 100 0 0 100 60 600 cm BI /W 1/H 1/BPC 8/CS/G ID \x80 EI Q")])' \
    "$folder/a/scan.pdf"

# agenda EXEMPT-PDFS [PUBLIC-PDFS]: an exempt report and PDFs, behind public ones
agenda() {
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
title = Annual review
report = ../job annual-review
[item 2]
title = Works on the market place
pdf = ${2-notes.pdf}
[item 3]
title = Exclusion of the public
[item 4]
title = ${title-Sale of the station yard}
public title = Disposal of land
note = To accept what the highest bidder offers
report title = Offers for the station yard
exempt = 3, 5
report = ../job ${report-offers}
pdf = $1
END
}
build() {
    agenda "$@"
    "$driver" "$folder/a/agenda.ini" "$public" 2>"$folder/messages"
    status=$?
}
check() { # NAME COMMAND...: one line of TAP
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
not() { ! "$@"; }
pages() { [ "$(qpdf --show-npages "$1")" = "$2" ]; }
sound() { qpdf --check "$1"; }
rows() { pdftotext -layout -f "$2" -l "$3" "$1" - | tr -s ' \n' ' '; }
words() { pdftotext -f "$2" -l "$3" "$1" - | tr -s ' \n' ' '; }
has() { [[ "$1" == *"$2"* ]]; }

build offer.pdf
check "packs are made" [ "$status" = 0 ]
check "public pack is sound" sound "$public"
check "restricted pack is sound" sound "$restricted"
check "public pack has the public papers alone" pages "$public" 3
check "restricted pack has a sheet and the exempt papers behind them" pages "$restricted" 7
check "public pages are the same in both" \
    [ "$(words "$public" 1 3)" = "$(words "$restricted" 1 3)" ]
check "front sheet says why" has "$(words "$public" 1 1)" \
    "Not for publication by virtue of paragraphs 3 and 5 of Part 1 of Schedule 12A"
check "front sheet has the public title" has "$(words "$public" 1 1)" "Disposal of land"
check "exempt sheet has the title and the pages" has "$(rows "$restricted" 4 4)" \
    "4 Sale of the station yard 5 to 7"
for p in 5 6 7; do
    check "exempt page $p is marked" has "$(words "$restricted" $p $p)" \
        "Not for publication (exempt: paragraphs 3 and 5), Agenda item 4"
    check "exempt page $p has its number" has "$(words "$restricted" $p $p)" "Page $p"
done
check "public pages are not marked" not has "$(words "$restricted" 2 3)" "Not for publication ("
qpdf --qdf --object-streams=disable "$public" "$folder/open.pdf"
for word in "station yard" "highest bidder" 4,444,001 "the bidder" LD/2022 "Exempt papers"; do
    check "public pack has nothing of '$word'" not grep -aqi -- "$word" \
        <(pdftotext "$public" -; pdfinfo -struct-text "$public"; pdfinfo -meta "$public"; cat "$folder/open.pdf")
done
cp "$public" "$folder/first.pdf"
cp "$restricted" "$folder/first-restricted.pdf"
build offer.pdf
check "same bytes again" cmp "$restricted" "$folder/first-restricted.pdf"
for change in other.pdf longer.pdf scan.pdf "offer.pdf, other.pdf"; do
    build "$change"
    check "public pack is the same with $change" cmp "$public" "$folder/first.pdf"
    check "and the restricted one is not" not cmp -s "$restricted" "$folder/first-restricted.pdf"
done
title="A title of which nobody knows" build offer.pdf
check "public pack is the same with another title" cmp "$public" "$folder/first.pdf"
build scan.pdf
check "pages without words are named" says "\[unsearched\]"
# a paper most of whose letters no font says, with a heading that can be read
$python3 - "$folder/a/offer.pdf" "$folder/a" <<'END'
import sys, pikepdf
from pikepdf import Array, Dictionary, Name
def make(name, **keys):
    pdf = pikepdf.open(sys.argv[1])
    font = pdf.make_indirect(Dictionary(Type=Name.Font, BaseFont=Name.Helvetica, **keys))
    for page in pdf.pages:
        page.obj.Resources.Font.Odd = font
        page.contents_add(pdf.make_stream(b"BT /Odd 9 Tf <" + b"0241" * 50 + b"> Tj ET"))
    pdf.save(sys.argv[2] + "/" + name)
make("glyphs.pdf", Subtype=Name.Type0, Encoding=Name("/Identity-H"))
make("numbered.pdf", Subtype=Name.Type3,
     Encoding=Dictionary(Differences=Array([2, Name.g2, 65, Name.g65])))
make("signs.pdf", Subtype=Name.Type1,
     Encoding=Dictionary(Differences=Array([2, Name.bullet, 65, Name.f_i])))
for name, fonts, last, target in [("many.pdf", 20000, b"00FF", b"0041"),
                                  ("endless.pdf", 1, b"FFFF", b"0041" * 20000)]:
    pdf = pikepdf.open(sys.argv[1])
    pdf.pages[0].obj.Resources.Font.Odd = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Helvetica, ToUnicode=pdf.make_stream(
            b"1 beginbfrange <0000> <" + last + b"> <" + target + b"> endbfrange"))
    pdf.pages[0].contents_add(pdf.make_stream(b"BT " + b"/Odd 9 Tf <0001> Tj " * fonts + b"ET"))
    pdf.save(sys.argv[2] + "/" + name)
END
for odd in many endless; do
    build $odd.pdf
    check "a paper that would fill the memory with fonts is read ($odd)" [ "$status" = 0 ]
done
for odd in glyphs numbered; do
    build $odd.pdf
    check "pages whose letters are unknown are named ($odd)" \
        says "on 2 of 2 pages of '$odd.pdf', .* words cannot be read, .*\[unsearched\]"
done
build signs.pdf
check "pages with signs are not" not says "\[unsearched\]"

# packs with something of the exempt papers in them, as if the program had made a mistake
agenda offer.pdf
leak() {
    "$driver" --leak "$folder/a/agenda.ini" "$1" 2>"$folder/messages"
    status=$?
}
spoilt() { # NAME WHAT PYTHON: the public pack, changed
    $python3 - "$folder/first.pdf" "$folder/$1.pdf" <<END
import sys, pikepdf
from pikepdf import Array, Dictionary, Name, String
pdf = pikepdf.open(sys.argv[1])
words = "The offer of the bidder for the yard beside the station stands"
$3
pdf.save(sys.argv[2], fix_metadata_version=False)
END
    leak "$folder/$1.pdf"
    check "$2 is found" says "$4 of 'offer.pdf', which is exempt, that no public paper has.*\[leak\]"
    check "and stops the pack ($1)" [ "$status" = 5 ]
}
leak "$folder/first.pdf"
check "nothing is found in the public pack" [ "$status" = 0 ]
leak "$folder/first-restricted.pdf"
check "the restricted pack as the public one is found" says "page 6 of the public pack has words"
spoilt property "a property" "pdf.docinfo['/Keywords'] = words" "a bookmark, a description or a property of the public pack has words"
spoilt bookmark "a bookmark" "pdf.Root.Outlines.First.Title = words" "a bookmark.* has words"
spoilt comment "a comment" "pdf.pages[1].obj.Annots = Array([pdf.make_indirect(Dictionary(Subtype=Name.Text, Contents=words))])" "a bookmark.* has words"
spoilt element "an alternative text" "pdf.Root.StructTreeRoot.K.Alt = words" "a bookmark.* has words"
spoilt amount "an amount" "pdf.docinfo['/Subject'] = 'offered: £4,444,001.'" "a bookmark.* has a number or a code"
spoilt code "a code" "pdf.docinfo['/Subject'] = 'see LD/2022/0417'" "a bookmark.* has a number or a code"
spoilt metadata "metadata" "pdf.Root.Metadata = pdf.make_stream(words.encode())" "the metadata or another stream of the public pack has words"
spoilt utf16 "metadata in UTF-16" "pdf.Root.Metadata = pdf.make_stream(words.encode('utf-16'))" "the metadata or another stream of the public pack has words"
spoilt file "an attached file" "pdf.attachments['a.txt'] = pikepdf.AttachedFileSpec(pdf, words.encode())" "the metadata or another stream of the public pack has words"
spoilt orphan "what nothing refers to" "pdf.Root.X = pdf.make_stream(words.encode())" "the metadata or another stream of the public pack has words"
draw="font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
page = pdf.pages[1]
page.obj.Resources.Font.Leak = font
def draw(content): page.contents_add(pdf.make_stream(content.encode()))"
spoilt invisible "invisible text" "$draw
draw('BT /Leak 1 Tf 3 Tr (' + words + ') Tj ET')" "page 2 of the public pack has words"
spoilt lines "text in lines and hyphens" "$draw
draw('BT /Leak 9 Tf 60 700 Td (The offer of the bid-) Tj 0 -12 Td (der for the yard beside) Tj T* (the station) Tj ET')" "page 2 of the public pack has words"
spoilt kerned "text with space between letters" "$draw
draw('BT /Leak 9 Tf [' + ' -20 '.join('(' + c + ')' for c in words) + '] TJ ET')" "page 2 of the public pack has words"
spoilt hex "text in hexadecimal" "$draw
draw('BT /Leak 9 Tf <' + words.encode().hex() + '> Tj ET')" "page 2 of the public pack has words"
spoilt form "text in a form" "$draw
form = pdf.make_stream(('BT /F 9 Tf (' + words + ') Tj ET').encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), Resources=Dictionary(Font=Dictionary(F=font)))
page.obj.Resources.XObject = Dictionary(L=form)
draw('/L Do')" "page 2 of the public pack has words"
spoilt drawn "an amount on a page" "$draw
draw('BT /Leak 9 Tf (of 4,444,001 in all) Tj ET')" "page 2 of the public pack has a number or a code"
spoilt cmap "text in codes of its own" "$draw
rows = ' '.join('<%02x> <%04x>' % (200 - ord(c), ord(c)) for c in sorted(set(words)))
font.ToUnicode = pdf.make_stream(('1 begincodespacerange <00> <FF> endcodespacerange %d beginbfchar %s endbfchar' % (len(set(words)), rows)).encode())
draw('BT /Leak 9 Tf <' + ''.join('%02x' % (200 - ord(c)) for c in words) + '> Tj ET')" "page 2 of the public pack has words"
spoilt escapes "text whose codes are escapes" "$draw
letters = sorted(set(words))
codes = [8, 9, 10, 12, 13] + list(range(14, 32)) + list(range(160, 200))
code = dict(zip(letters, codes))
rows = ' '.join('<00%02x> <%04x>' % (code[c], ord(c)) for c in letters)
font.Subtype = Name.Type0
font.ToUnicode = pdf.make_stream(('%d beginbfchar %s endbfchar' % (len(letters), rows)).encode())
names = {8: '\\\\b', 9: '\\\\t', 10: '\\\\n', 12: '\\\\f', 13: '\\\\r'}
draw('BT /Leak 9 Tf (' + ''.join('\\\\000' + names.get(code[c], '\\\\%03o' % code[c]) for c in words) + ') Tj ET')" "page 2 of the public pack has words"
spoilt comment-behind "text behind a comment of an old Macintosh" "$draw
draw('% as it was\\rBT /Leak 9 Tf (' + words + ') Tj ET')" "page 2 of the public pack has words"
spoilt names "text in names of glyphs" "$draw
def name(c): return Name('/' + ('space' if c == ' ' else c + '.small' if c < 'm' else 'uni%04X' % ord(c)))
letters = sorted(set(words))
font.Encoding = Dictionary(Differences=Array([128] + [name(c) for c in letters]))
draw('BT /Leak 9 Tf <' + ''.join('%02x' % (128 + letters.index(c)) for c in words) + '> Tj ET')" "page 2 of the public pack has words"
spoilt_title() {
    $python3 -c 'import sys, pikepdf
pdf = pikepdf.open(sys.argv[1]); pdf.docinfo["/Subject"] = "Sale of the Station Yard"; pdf.save(sys.argv[2])' \
        "$folder/first.pdf" "$folder/title.pdf"
    leak "$folder/title.pdf"
    says "agenda.ini:20:1: error: the public pack has the title of item 4, which is exempt.*\[leak\]"
}
check "a title that is not public is found" spoilt_title

# what people gave as public and exempt
build offer.pdf mixed.pdf
check "words of both are public" [ "$status" = 0 ]
build copy.pdf offer.pdf
check "one paper under two names is an error" says "'copy.pdf' is exempt here and public in item 2: 'offer.pdf' is the same file"
check "and nothing is made" [ "$status" = 2 ]
ln -s job "$folder/link"
title="Annual review" agenda offer.pdf
sed -i "s|^report = ../job offers|report = ../link annual-review|" "$folder/a/agenda.ini"
"$driver" "$folder/a/agenda.ini" "$public" 2>"$folder/messages"
status=$?
check "one report of a public and an exempt item is an error" says "'annual-review' is exempt here and public in item 1: 'annual-review' is the same report"
check "and nothing is made of it" [ "$status" = 2 ]
paper long.pdf "$(printf 'These words stand in two papers, number %d of many.|' 1 2 3 4 5 6)"
paper long-too.pdf "$(printf 'These words stand in two papers, number %d of many.|' 1 2 3 4 5 6) And more."
build long.pdf long-too.pdf
check "many words in both are told" says "letters in a row of 'long.pdf', which is exempt, stand in a public paper, too"
check "and do not stop the pack" [ "$status" = 0 ]
paper tells.pdf "As was said about the sale of the station yard in the last meeting."
build offer.pdf tells.pdf
check "a title that a public paper has is told" says "the title of item 4, which is exempt, stands in a public paper, too"

# every letter that poppler reads is read, of each kind of PDF
mkdir "$folder/cases"
$python3 tests/pack/make_pdf.py cases "$folder/cases"
letters() { LC_ALL=C tr -cd 'A-Za-z0-9' | fold -w1 | sort | uniq -c; }
for name in plain tagged cropped names; do
    check "all letters of $name.pdf are read" diff \
        <("$driver" --words "$folder/cases/$name.pdf" | letters) \
        <(pdftotext "$folder/cases/$name.pdf" - | letters)
done
check "all letters of a pack of ours are read" diff \
    <("$driver" --words "$folder/first-restricted.pdf" | letters) \
    <(pdftotext "$folder/first-restricted.pdf" - | letters)

# on the disk
agenda offer.pdf
sed -i "s|^report = .*||" "$folder/a/agenda.ini"
pack() {
    "$BUILD/panelpack" pack "$folder/a/agenda.ini" --output "$folder/o" >"$folder/printed" 2>"$folder/messages"
    status=$?
}
mode() { [ "$(stat -c %a "$1")" = "$2" ]; }
pack
check "the program makes both" [ "$status" = 0 -a -s "$folder/o/a/pack/public.pdf" -a -s "$folder/o/a/restricted/restricted.pdf" ]
check "and says so" [ "$(grep -c '^published: ' "$folder/printed")" = 2 ]
check "restricted folder is private" mode "$folder/o/a/restricted" 700
for file in restricted.pdf manifest.json; do
    check "$file in it is private" mode "$folder/o/a/restricted/$file" 600
done
check "public folder has nothing else" [ "$(ls "$folder/o/a/pack" | tr '\n' ' ')" = "manifest.json public.pdf " ]
check "public manifest has nothing of exempt papers" not grep -qE 'offer|agenda.ini|restricted' "$folder/o/a/pack/manifest.json"
check "restricted manifest has all" grep -q '"path": "offer.pdf"' "$folder/o/a/restricted/manifest.json"
check "and names the public pack that it goes with" grep -q \
    "goes with public.pdf $(sha256sum <"$folder/o/a/pack/public.pdf" | cut -d' ' -f1)" "$folder/o/a/restricted/manifest.json"
cp -r "$folder/o/a/pack" "$folder/was"
pack
check "a second run changes nothing" [ "$(grep -c '^unchanged: ' "$folder/printed")" = 2 ]
chmod 755 "$folder/o/a/restricted"
pack
check "a folder that others may enter is made private again" mode "$folder/o/a/restricted" 700
cp "$folder/a/other.pdf" "$folder/a/offer.pdf"
pack
check "another exempt paper leaves the public folder as it was" diff -r "$folder/was" "$folder/o/a/pack"
check "and not the restricted one" grep -q "$(sha256sum <"$folder/a/other.pdf" | cut -d' ' -f1)" "$folder/o/a/restricted/manifest.json"
cp -rp "$folder/o/a/restricted" "$folder/was-restricted"
cp "$folder/a/longer.pdf" "$folder/a/offer.pdf"
mv "$folder/o/a/pack" "$folder/o/a/away"
touch "$folder/o/a/pack"
pack
check "where the public pack cannot be put, neither is" [ "$status" = 4 ]
check "and the restricted one is as it was" diff -r "$folder/was-restricted" "$folder/o/a/restricted"
rm "$folder/o/a/pack"
mv "$folder/o/a/away" "$folder/o/a/pack"
"$BUILD/panelpack" send "$folder/o/a/restricted" >"$folder/printed" 2>"$folder/messages"
check "a restricted pack is not sent" says "this is a restricted pack: it is not sent by email"
sed -i '/^exempt/d; /^public title/d' "$folder/a/agenda.ini"
pack
check "a restricted pack of an earlier agenda is told" says "of an earlier agenda: no item is exempt now; remove it"
exit 0
