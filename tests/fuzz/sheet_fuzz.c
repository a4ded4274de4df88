/*
 * sheet - the parts of an Office Open XML workbook, in an archive that is sound. The first byte
 * says which part the rest is: the sheet, the shared strings, the styles, the workbook, a relation
 * or the types. Read as an import and as the proof of a workbook that was written here.
 */
#include "fuzz.h"

#include "read/xlsx_int.h"

#define OPEN_XML "http://schemas.openxmlformats.org/"

static const struct fuzz_part sound[] = {
    {"xl/worksheets/sheet1.xml", TEXT_INIT("<worksheet><sheetData><row r=\"1\"><c r=\"A1\" "
                                           "t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\"><v>44742</v>"
                                           "</c></row></sheetData></worksheet>")},
    {"xl/sharedStrings.xml", TEXT_INIT("<sst><si><t>a</t></si></sst>")},
    {"xl/styles.xml",
     TEXT_INIT("<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>"
               "</styleSheet>")},
    {"xl/workbook.xml",
     TEXT_INIT("<workbook><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets>"
               "</workbook>")},
    {"xl/_rels/workbook.xml.rels",
     TEXT_INIT("<Relationships><Relationship Id=\"r1\" Type=\"" OPEN_XML
               "officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
               "<Relationship Id=\"r2\" Type=\"" OPEN_XML
               "officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/>"
               "<Relationship Id=\"r3\" Type=\"" OPEN_XML
               "officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>"
               "</Relationships>")},
    {"_rels/.rels",
     TEXT_INIT("<Relationships><Relationship Id=\"r1\" Type=\"" OPEN_XML
               "officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/>"
               "</Relationships>")},
    {"[Content_Types].xml",
     TEXT_INIT("<Types><Override PartName=\"/xl/workbook.xml\" "
               "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet."
               "main+xml\"/></Types>")},
};
enum { PARTS = sizeof sound / sizeof *sound };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size)
        return 0;
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    struct fuzz_part parts[PARTS];
    for (size_t i = 0; i < PARTS; i++)
        parts[i] = sound[i];
    parts[data[0] % PARTS].bytes = (struct text){(const char *)data + 1, size - 1};
    struct text bytes = fuzz_archive(arena, parts, PARTS);
    struct workbook workbook;
    bool ok = xlsx_read(arena, &diags, bytes, place_file(TEXT("a.xlsx")), &workbook);
    FUZZ_HOLDS(ok == diags_ok(&diags));
    FUZZ_HOLDS(ok || !workbook.count);
    fuzz_messages(&diags);
    fuzz_workbook(arena, bytes);
    arena_free(arena);
    return 0;
}
