#include "sheet_support.h"

#define XLSX_TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
#define MAIN(type) TYPES("<Override PartName=\"/xl/workbook.xml\" ContentType=\"" type "\"/>")

static const struct part types = {"[Content_Types].xml", MAIN(XLSX_TYPE)};
static const char strings[] = STRINGS(
    "<si><t>plain</t></si>"
    "<si><r><t>two </t></r><r><t>runs</t></r><rPh><t>guide</t></rPh></si>"
    "<si><t>a_x000D_\nb</t></si>");
/* Styles 0 to n. */
#define STYLES(formats, cells)                                                                     \
    HEAD "<styleSheet><numFmts>" formats                                                           \
         "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/>"                                           \
         "</cellStyleXfs><cellXfs>" cells "</cellXfs></styleSheet>"
#define XF(id) "<xf numFmtId=\"" id "\"/>"
#define FORMAT(id, code) "<numFmt numFmtId=\"" id "\" formatCode=\"" code "\"/>"
#define TEXT_CELL(t) "<c t=\"inlineStr\"><is><t>" t "</t></is></c>"

/* A workbook with one sheet, or with the sheets that `list` names (rId1, rId2, rId3). */
static struct text book_of(struct rows *rows, const char *list, const char *sheet1,
                           const char *sheet2, const char *styles)
{
    const struct part parts[] = {
        types,
        top,
        {"xl/workbook.xml", list},
        {"xl/_rels/workbook.xml.rels",
         RELATIONS(RELATION("rId1", "/worksheet", "worksheets/sheet1.xml")
                       RELATION("rId2", "/worksheet", "worksheets/sheet2.xml")
                           RELATION("rId3", "/chartsheet", "chartsheets/sheet1.xml")
                               RELATION("rId4", "/sharedStrings", "sharedStrings.xml")
                                   RELATION("rId5", "/styles", "styles.xml"))},
        {"xl/sharedStrings.xml", strings},
        {"xl/styles.xml", styles},
        {"xl/worksheets/sheet1.xml", sheet1},
        {"xl/worksheets/sheet2.xml", sheet2},
    };
    return archive_of(rows->arena, parts, sizeof parts / sizeof *parts, false);
}

static const char one[] = BOOK("<sheet name=\"Figures\" sheetId=\"1\" r:id=\"rId1\"/>");
static const char no_styles[] = STYLES("", "");

static struct text sheet_of(struct rows *rows, const char *sheet)
{
    return book_of(rows, one, sheet, SHEET(""), no_styles);
}

static void test_kinds_of_cells(void **state)
{
    struct rows *rows = *state;
    assert_rows(rows,
                sheet_of(rows, SHEET("<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c>"
                                     "<c r=\"C2\" t=\"s\"><v>1</v></c><c r=\"D2\"/></row>"
                                     "<row r=\"4\"><c r=\"A4\"><v>1.5</v></c><c t=\"b\"><v>1</v>"
                                     "</c><c t=\"b\"><v>0</v></c><c t=\"e\"><v>#DIV/0!</v></c>"
                                     "<c t=\"s\"><v>2</v></c></row>"
                                     "<row><c><f>A4*2</f><v>3</v></c>"
                                     "<c t=\"str\"><f>\"a\"</f><v>a</v></c>"
                                     "<c t=\"str\"><f>\"\"</f><v></v></c>"
                                     "<c t=\"d\"><v>2022-06-30T00:00:00</v></c>"
                                     "<c t=\"d\"><v>2022-06-30T14:30:00Z</v></c></row>")),
                "",
                "2+: plain||two runs\n"
                "4+: 1.5|TRUE|FALSE|#DIV/0!|a\nb\n"
                "5: 3|a||2022-06-30|2022-06-30 14:30\n");
    assert_string_equal(rows->source.sheet.ptr, "Figures");
    assert_string_equal(rows->source.account->encoding.ptr, "Excel workbook");
    assert_int_equal(rows->source.account->sha256.len, 64);
    assert_int_equal(rows->diags.count, 0);
}

static void test_prefixed_elements_and_strict_namespaces(void **state)
{
    struct rows *rows = *state;
    const struct part parts[] = {
        types,
        {"_rels/.rels",
         HEAD "<Relationships><Relationship Id=\"a\" Target=\"xl/workbook.xml\" Type=\"http://"
              "purl.oclc.org/ooxml/officeDocument/relationships/officeDocument\"/>"
              "</Relationships>"},
        {"xl/workbook.xml",
         HEAD "<x:workbook xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\" xmlns:q=\"q\">"
              "<x:sheets><x:sheet name=\"S\" q:id=\"b\"/></x:sheets></x:workbook>"},
        {"xl/_rels/workbook.xml.rels",
         HEAD "<Relationships><Relationship Id=\"b\" Target=\"s.xml\" Type=\"http://purl.oclc.org/"
              "ooxml/officeDocument/relationships/worksheet\"/></Relationships>"},
        {"xl/s.xml", HEAD "<x:worksheet xmlns:x=\"urn:x\"><x:sheetData><x:row><x:c t=\"d\">"
                          "<x:v>2022-06-30</x:v></x:c><x:c><x:v>7</x:v></x:c></x:row>"
                          "</x:sheetData></x:worksheet>"},
    };
    assert_rows(rows, archive_of(rows->arena, parts, 5, false), "", "1: 2022-06-30|7\n");
}

struct shown {
    const char *code, *raw, *expected;
};

static void assert_shown(struct rows *rows, const struct shown *shown, const char *book)
{
    struct text styles = text_format(
        rows->arena, STYLES("<numFmt numFmtId=\"170\" formatCode=\"%s\"/>", XF("0") XF("170")),
        shown->code);
    struct text sheet =
        text_format(rows->arena, SHEET("<row><c s=\"1\"><v>%s</v></c></row>"), shown->raw);
    struct text expected = text_format(rows->arena, "1: %s\n", shown->expected);
    assert_rows(rows, book_of(rows, book, sheet.ptr, SHEET(""), styles.ptr), "", expected.ptr);
}

static void test_numbers_by_their_format(void **state)
{
    static const struct shown cells[] = {
        {"General", "15.199999999999999", "15.2"},
        {"General", "0.30000000000000004", "0.30000000000000004"},
        {"General", "9.9000000000000005E-2", "0.099"},
        {"General", "999999999999999.9", "999999999999999.9"},
        {"General", "-1E3", "-1000"},
        {"General", "1.5E-7", "0.00000015"},
        {"General", "12345678901234567890", "12345678901234567000"},
        {"General", "-0", "0"},
        {"0.00", "2.1", "2.10"},
        {"0.00", "2.125", "2.125"},
        {"0", "2.125", "2.125"},
        {"#,##0.00", "36073", "36073.00"},
        {"#,##0.0,", "36073", "36073"},
        {"00000", "123", "00123"},
        {"00-00", "1234", "1234"},
        {"0.0%", "0.143", "14.3%"},
        {"0.0%", "0.14299999999999999", "14.3%"},
        {"0%", "0.15588914549653599", "15.588914549653599%"},
        {"0.0%", "-0.05", "-5.0%"},
        {"0%", "0", "0%"},
        {"0%", "12", "1200%"},
        {"[$£-809]#,##0", "36073", "£36073"},
        {"&quot;£&quot;#,##0.00", "-5.5", "-£5.50"},
        {"_-[$£-809]* #,##0.00_-;\\-[$£-809]* #,##0.00_-", "7", "£7.00"},
        {"\\£0", "7", "£7"},
        {"[$€-2] 0", "7", "€7"},
        {"0.00E+00", "1200", "1200"},
        {"# ?/?", "0.5", "0.5"},
        {"0&quot; days&quot;", "7", "7"},
        {"[Red]0;[Blue]-0", "7", "7"},
        {"@", "11.1", "11.1"},
    };
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        assert_shown(*state, &cells[i], one);
}

static void test_dates_by_their_format(void **state)
{
    static const struct shown cells[] = {
        {"dd/mm/yyyy", "44742", "2022-06-30"},
        {"mmm-yy", "44713", "2022-06"},
        {"mmmm yyyy", "44742", "2022-06"},
        {"[$-809]dddd, d mmmm yyyy", "44742", "2022-06-30"},
        {"dd/mm/yyyy hh:mm", "44742.604166666664", "2022-06-30 14:30"},
        {"dd/mm/yyyy hh:mm:ss", "44742.604173", "2022-06-30 14:30:01"},
        {"dd/mm/yyyy hh:mm", "44742", "2022-06-30"},
        {"dd/mm/yyyy hh:mm", "44742.9999999", "2022-07-01"},
        {"hh:mm AM/PM", "0.60416666666666663", "14:30"},
        {"hh:mm", "0", "00:00"},
        {"[h]:mm", "1.5208333333333333", "36:30"},
        {"mm:ss", "0.0006944444444444445", "00:01"},
        {"yyyy", "1", "1900-01-01"},
        {"yyyy", "59", "1900-02-28"},
        {"yyyy", "60", "1900-02-29"},
        {"yyyy", "61", "1900-03-01"},
        {"yyyy", "-5", "-5"},
        {"yyyy", "99999999", "99999999"},
        {"&quot;day&quot; 0", "44742", "44742"},
        {"\\d0", "44742", "44742"},
        {"[Red]0", "44742", "44742"},
    };
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        assert_shown(*state, &cells[i], one);
    static const char since_1904[] = HEAD
        "<workbook xmlns:r=\"r\"><workbookPr date1904=\"1\"/><sheets><sheet name=\"S\" "
        "r:id=\"rId1\"/></sheets></workbook>";
    static const struct shown others[] = {{"dd/mm/yyyy", "43280", "2022-06-30"},
                                          {"dd/mm/yyyy", "0", "1904-01-01"}};
    for (size_t i = 0; i < 2; i++)
        assert_shown(*state, &others[i], since_1904);
}

static void test_builtin_formats(void **state)
{
    struct rows *rows = *state;
    static const char *const cells[][3] = {
        {"14", "44742", "2022-06-30"}, {"22", "44742.5", "2022-06-30 12:00"},
        {"17", "44713", "2022-06"},    {"20", "0.5", "12:00"},
        {"46", "1.5", "36:00"},        {"30", "44742", "2022-06-30"},
        {"57", "44742", "2022-06-30"}, {"10", "0.143", "14.30%"},
        {"2", "2.1", "2.10"},          {"49", "2.1", "2.1"},
        {"12", "0.5", "0.5"},          {"44", "5", "5.00"},
    };
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        struct text styles =
            text_format(rows->arena, STYLES("", "<xf numFmtId=\"%s\"/>"), cells[i][0]);
        struct text sheet =
            text_format(rows->arena, SHEET("<row><c s=\"0\"><v>%s</v></c></row>"), cells[i][1]);
        struct text expected = text_format(rows->arena, "1: %s\n", cells[i][2]);
        assert_rows(rows, book_of(rows, one, sheet.ptr, SHEET(""), styles.ptr), "", expected.ptr);
    }
}

static void test_formula_without_a_value(void **state)
{
    struct rows *rows = *state;
    assert_not_read(rows, sheet_of(rows, SHEET("<row r=\"3\"><c r=\"C3\"><f>A1*2</f></c></row>")),
                    "", DIAG_FORMULA, "book.xlsx:Figures!C3: error: the formula has no stored");
    assert_not_read(rows, sheet_of(rows, SHEET("<row r=\"3\"><c><f>A1*2</f><v/></c></row>")), "",
                    DIAG_FORMULA, "Figures!A3");
    /* one that is not read anyway is nobody's concern */
    assert_rows(rows,
                sheet_of(rows, SHEET("<row hidden=\"1\"><c><f>A1*2</f></c></row>"
                                     "<row><c><v>1</v></c></row>")),
                "", "2+: 1\n");
}

static void test_hidden_rows(void **state)
{
    struct rows *rows = *state;
    struct text bytes =
        sheet_of(rows, SHEET("<row><c><v>1</v></c></row><row hidden=\"1\"><c><v>2</v></c></row>"
                             "<row ht=\"0\" customHeight=\"1\"><c><v>3</v></c></row>"
                             "<row hidden=\"true\"/><row ht=\"15\"><c><v>5</v></c></row>"));
    assert_rows(rows, bytes, "", "1: 1\n2 hidden: 2\n3 hidden: 3\n5+: 5\n");
    assert_int_equal(rows_count_kind(rows, DIAG_HIDDEN), 1);
    assert_contains(rows->arena, diags_text(&rows->diags),
                    "book.xlsx:Figures!2: warning: 2 rows with cells are hidden");
    assert_rows(rows, bytes, "hidden = read", "1: 1\n2: 2\n3: 3\n5+: 5\n");
    assert_int_equal(rows->diags.count, 0);
    assert_not_read(rows, bytes, "hidden = show", DIAG_BAD_VALUE, "expected 'skip' or 'read'");
}

static void test_hidden_columns(void **state)
{
    struct rows *rows = *state;
    struct text bytes =
        sheet_of(rows, HEAD
                 "<worksheet><cols><col min=\"2\" max=\"3\" hidden=\"1\"/><col min=\"5\" "
                 "max=\"16384\" hidden=\"1\"/></cols><sheetData><row><c r=\"A1\"><v>1</v></c>"
                 "<c r=\"D1\"><v>4</v></c></row><row><c><v>1</v></c><c><v>2</v></c>"
                 "<c r=\"D2\"><v>4</v></c></row></sheetData></worksheet>");
    assert_rows(rows, bytes, "", "1: 1|||4\n2: 1|||4\n");
    assert_int_equal(rows_count_kind(rows, DIAG_HIDDEN), 1);
    assert_contains(rows->arena, diags_text(&rows->diags),
                    "book.xlsx:Figures!B2: warning: 1 column with cells is hidden");
    assert_rows(rows, bytes, "hidden = read", "1: 1|||4\n2: 1|2||4\n");
}

#define THREE                                                                                      \
    BOOK(                                                                                          \
        "<sheet name=\"Chart\" r:id=\"rId3\"/><sheet name=\"Old data\" state=\"veryHidden\" "      \
        "r:id=\"rId1\"/><sheet name=\"Figures\" r:id=\"rId2\"/>")

static void test_which_sheet(void **state)
{
    struct rows *rows = *state;
    struct text bytes = book_of(rows, THREE, SHEET("<row><c><v>1</v></c></row>"),
                                SHEET("<row><c><v>2</v></c></row>"), no_styles);
    assert_rows(rows, bytes, "", "1: 2\n");
    assert_contains(rows->arena, diags_text(&rows->diags),
                    "warning: 1 hidden sheet is not looked at: 'Old data'");
    assert_rows(rows, bytes, "hidden = read", "1: 1\n");
    assert_contains(rows->arena, diags_text(&rows->diags),
                    "info: sheet 'Old data' is read, the first; not read: 'Figures'");
    assert_rows(rows, bytes, "sheet = old-data", "1: 1\n");
    assert_int_equal(rows->diags.count, 1);
    assert_contains(rows->arena, diags_text(&rows->diags), "warning: sheet 'Old data' is hidden");
    assert_rows(rows, bytes, "sheet = 2", "1: 2\n");
    assert_not_read(rows, bytes, "sheet = Figure", DIAG_BAD_VALUE,
                    "its sheets: 'Old data', 'Figures'; the nearest is 'Figures'");
    assert_not_read(rows, bytes, "sheet = 3", DIAG_BAD_VALUE, "has no sheet '3'");
    assert_not_read(rows, bytes, "sheet = 0", DIAG_BAD_VALUE, "has no sheet '0'");
}

static void test_blank_sheets_are_not_told(void **state)
{
    struct rows *rows = *state;
    const char *two = BOOK("<sheet name=\"A\" r:id=\"rId1\"/><sheet name=\"B\" r:id=\"rId2\"/>");
    struct text bytes = book_of(rows, two, SHEET("<row><c><v>1</v></c></row>"),
                                SHEET("<row><c s=\"1\"/></row>"), no_styles);
    assert_rows(rows, bytes, "", "1: 1\n");
    assert_int_equal(rows->diags.count, 0);
}

static void test_all_sheets_hidden(void **state)
{
    struct rows *rows = *state;
    const char *list = BOOK("<sheet name=\"A\" state=\"hidden\" r:id=\"rId1\"/>");
    assert_not_read(rows, book_of(rows, list, SHEET(""), SHEET(""), no_styles), "", DIAG_FORMAT,
                    "all sheets are hidden");
}

#define MERGED(rows, merges)                                                                       \
    HEAD "<worksheet><sheetData>" rows "</sheetData><mergeCells>" merges                           \
         "</mergeCells></"                                                                         \
         "worksheet>"

static void test_merged_cells(void **state)
{
    struct rows *rows = *state;
    const char *sheet = MERGED(
        "<row>" TEXT_CELL("Theme") TEXT_CELL("Year") "</row>"
        "<row>" TEXT_CELL("Safe") "<c><v>1</v></c></row>"
        "<row><c r=\"B3\"><v>2</v></c></row><row r=\"5\"><c r=\"B5\"><v>3</v></c></row>",
        "<mergeCell ref=\"A2:A5\"/><mergeCell ref=\"B1:C1\"/><mergeCell ref=\"E1:E1048576\"/>");
    assert_rows(rows, sheet_of(rows, sheet), "",
                "1: Theme|Year\n2: Safe|1\n3: Safe|2\n5+: Safe|3\n");
    assert_int_equal(rows_count_kind(rows, DIAG_REPAIR), 2);
    assert_contains(rows->arena, diags_text(&rows->diags), "book.xlsx:Figures!A5: info: ");
    assert_int_equal(rows->source.account->repair_count, 1);
    assert_int_equal(rows->source.account->repairs[0].count, 2);
    const char *wrong = MERGED("<row><c><v>1</v></c></row>", "<mergeCell ref=\"A5:A1\"/>");
    assert_not_read(rows, sheet_of(rows, wrong), "", DIAG_FORMAT, "merged cells have no sound");
}

static void test_merge_over_everything(void **state)
{
    struct rows *rows = *state;
    struct buffer merges = {.arena = rows->arena};
    struct buffer cells = {.arena = rows->arena};
    for (int i = 0; i < 3000; i++) {
        buffer_format(&cells, "<row><c><v>1</v></c><c><v>%d</v></c></row>", i);
        buffer_add(&merges, TEXT("<mergeCell ref=\"A1:A1048576\"/><mergeCell ref=\"B1:B9999\"/>"));
    }
    struct text sheet = text_format(rows->arena, MERGED("%s", "%s"), buffer_text(&cells).ptr,
                                    buffer_text(&merges).ptr);
    assert_not_read(rows, sheet_of(rows, sheet.ptr), "", DIAG_CAP, "too many rows");
}

static void test_damage(void **state)
{
    static const char *const sheets[] = {
        SHEET("<row><c t=\"s\"><v>3</v></c></row>"),
        SHEET("<row><c t=\"s\"><v>99999999999999999999</v></c></row>"),
        SHEET("<row><c><v>12x</v></c></row>"),
        SHEET("<row><c t=\"odd\"><v>1</v></c></row>"),
        SHEET("<row r=\"2\"/><row r=\"1\"/>"),
        SHEET("<row><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>"),
        SHEET("<row><c s=\"-1\"><v>1</v></c></row>"),
        HEAD "<!DOCTYPE x><worksheet/>",
        "<worksheet><sheetData><row><c><v>1</v></c></row>",
    };
    struct rows *rows = *state;
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
        assert_not_read(rows, sheet_of(rows, sheets[i]), "", DIAG_FORMAT,
                        "xl/worksheets/sheet1.xml");
}

static void test_counts_that_lie_are_harmless(void **state)
{
    struct rows *rows = *state;
    assert_rows(rows,
                sheet_of(rows, HEAD "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>"
                                    "<row spans=\"1:16384\"><c s=\"65535\"><v>1</v></c></row>"
                                    "</sheetData></worksheet>"),
                "", "1: 1\n");
}

static void test_overlong_cell(void **state)
{
    struct rows *rows = *state;
    char *letters = arena_alloc(rows->arena, 32769);
    memset(letters, 'a', 32768);
    const char *sheet = SHEET("<row><c t=\"inlineStr\"><is><t>%s</t></is></c></row>");
    assert_not_read(rows, sheet_of(rows, text_format(rows->arena, sheet, letters).ptr), "",
                    DIAG_FORMAT, "more characters than a cell can");
    letters[32767] = '\0';
    assert_true(rows_read(rows, sheet_of(rows, text_format(rows->arena, sheet, letters).ptr), ""));
}

static void test_wrong_checksum_gives_no_row(void **state)
{
    struct rows *rows = *state;
    const struct part parts[] = {
        types,
        top,
        {"xl/workbook.xml", one},
        {"xl/_rels/workbook.xml.rels",
         RELATIONS(RELATION("rId1", "/worksheet", "worksheets/sheet1.xml"))},
        {"xl/worksheets/sheet1.xml", SHEET("<row><c><v>4711</v></c></row>")},
    };
    struct text bytes = archive_of(rows->arena, parts, 5, true);
    assert_rows(rows, bytes, "", "1: 4711\n");
    char *at = memmem(bytes.ptr, bytes.len, "4711", 4);
    at[3] = '2';
    assert_not_read(rows, bytes, "", DIAG_FORMAT, "the part is damaged");
    bytes.len -= 100;
    assert_not_read(rows, bytes, "", DIAG_FORMAT, "it may be cut short");
}

/* The directory of an OLE file names its streams in UTF-16. */
static struct text ole_of(struct arena *arena, const char *stream)
{
    struct buffer out = {.arena = arena};
    buffer_add(&out, TEXT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 a header"));
    for (size_t i = 0; i <= strlen(stream); i++) {
        buffer_add_byte(&out, stream[i]);
        buffer_add_byte(&out, '\0');
    }
    return buffer_text(&out);
}

static void test_old_and_encrypted_files(void **state)
{
    static const char *const files[][2] = {{"EncryptedPackage", "encrypted with a password"},
                                           {"Workbook", "97-2003 workbook (.xls)"},
                                           {"Book", "Excel 5.0 workbook (.xls)"},
                                           {"WordDocument", "Word document (.doc)"},
                                           {"PowerPoint Document", "PowerPoint file (.ppt)"},
                                           {"Else", "an old Office file"}};
    struct rows *rows = *state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        assert_not_read(rows, ole_of(rows->arena, files[i][0]), "", DIAG_FORMAT, files[i][1]);
}

static void test_other_archives(void **state)
{
    static const struct {
        struct part part;
        const char *words;
    } files[] = {
        {{"[Content_Types].xml", MAIN("application/vnd.openxmlformats-officedocument."
                                      "wordprocessingml.document.main+xml")},
         "a Word document (.docx)"},
        {{"[Content_Types].xml", MAIN("application/vnd.openxmlformats-officedocument."
                                      "presentationml.presentation.main+xml")},
         "a PowerPoint file (.pptx)"},
        {{"[Content_Types].xml", MAIN("application/vnd.ms-excel.sheet.binary.macroEnabled.main")},
         "a binary Excel workbook (.xlsb)"},
        {{"mimetype", "application/vnd.oasis.opendocument.text"}, "a text document (.odt)"},
        {{"mimetype", "application/vnd.oasis.opendocument.presentation"}, "a presentation (.odp)"},
        {{"mimetype", "application/epub+zip"}, "no spreadsheet, by its 'mimetype'"},
        {{"Index/Document.iwa", "x"}, "an Apple Numbers"},
        {{"readme.txt", "x"}, "a ZIP archive that holds no workbook"},
    };
    struct rows *rows = *state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const struct part parts[] = {files[i].part, top};
        assert_not_read(rows, archive_of(rows->arena, parts, 2, false), "", DIAG_FORMAT,
                        files[i].words);
    }
}

static void test_macros_are_ignored(void **state)
{
    struct rows *rows = *state;
    const struct part parts[] = {
        {"[Content_Types].xml", MAIN("application/vnd.ms-excel.sheet.macroEnabled.main+xml")},
        top,
        {"xl/workbook.xml", one},
        {"xl/_rels/workbook.xml.rels",
         RELATIONS(RELATION("rId1", "/worksheet", "worksheets/sheet1.xml")
                       RELATION("rId2", "/vbaProject", "vbaProject.bin"))},
        {"xl/vbaProject.bin", "not looked at"},
        {"xl/worksheets/sheet1.xml", SHEET("<row><c><v>1</v></c></row>")},
    };
    assert_rows(rows, archive_of(rows->arena, parts, 6, false), "", "1: 1\n");
}

/* The whole way: hidden rows are in the account, places are those of the sheet. */
static void test_a_source(void **state)
{
    struct rows *rows = *state;
    struct run run = run_new();
    write_file(
        run_path(&run, "data.xlsx"),
        sheet_of(rows, SHEET("<row>" TEXT_CELL("Measure") TEXT_CELL(
                           "2021/22") "</row>"
                                      "<row>" TEXT_CELL(
                                          "Theft") "<c><v>12</v></c></row>"
                                                   "<row hidden=\"1\">" TEXT_CELL(
                                                       "Arson") "<c><v>3</v></c></row>"
                                                                "<row>" TEXT_CELL(
                                                                    "Fraud") "<c "
                                                                             "t=\"e\"><v>#N/A</v></"
                                                                             "c></row>")));
    run_job(&run, "[source s]\nfiles = data.xlsx\ndialect = wide\n", run.folder);
    const struct file_account *account = &run.dataset->account.files[0];
    assert_int_equal(figure_of(&run, "Theft", "", "2021/22"), 12);
    assert_int_equal(account->read, 3);
    assert_int_equal(account->exclusions[0].rows, 1);
    assert_text(run.arena, account->exclusions[0].rule, "the row is hidden in the sheet");
    assert_contains(run.arena, diags_text(&run.diags), "data.xlsx:Figures!B4: error:");
    run_end(&run);
}

static void test_short_rows_are_whole(void **state)
{
    struct rows *rows = *state;
    struct run run = run_new();
    write_file(
        run_path(&run, "data.xlsx"),
        sheet_of(rows, SHEET("<row>" TEXT_CELL("Measure") TEXT_CELL("2021/22") TEXT_CELL(
                           "Note") "</row><row>" TEXT_CELL("Theft") "<c><v>12</v></c></row>")));
    run_job(&run, "[source s]\nfiles = data.xlsx\ndialect = wide\n", run.folder);
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "Theft", "", "2021/22"), 12);
    run_end(&run);
}

/* A lookup may be a workbook too; `sheet =` is not about it, and its hidden rows do not count. */
static void test_a_lookup(void **state)
{
    struct rows *rows = *state;
    struct run run = run_new();
    const char *areas =
        SHEET("<row>" TEXT_CELL("Area") TEXT_CELL("Name") "</row><row>" TEXT_CELL("E01") TEXT_CELL(
            "North") "</row><row hidden=\"1\">" TEXT_CELL("E02") TEXT_CELL("South") "</row>");
    const char *list = BOOK("<sheet name=\"Areas\" r:id=\"rId1\"/>");
    write_file(run_path(&run, "areas.xlsx"), book_of(rows, list, areas, SHEET(""), no_styles));
    write_file(run_path(&run, "data.xlsx"),
               sheet_of(rows, SHEET("<row>" TEXT_CELL("Measure") TEXT_CELL("Area")
                                        TEXT_CELL("2021/22") "</row><row>" TEXT_CELL("Theft")
                                            TEXT_CELL("E01") "<c><v>12</v></c></row>")));
    run_job(&run,
            "[source s]\nfiles = data.xlsx\ndialect = wide\nsheet = Figures\n"
            "lookup = areas.xlsx\n",
            run.folder);
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "Theft", "North", "2021/22"), 12);
    assert_int_equal(count_kind(&run, DIAG_HIDDEN), 1);
    run_end(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rows_test(test_kinds_of_cells),
        rows_test(test_prefixed_elements_and_strict_namespaces),
        rows_test(test_numbers_by_their_format),
        rows_test(test_dates_by_their_format),
        rows_test(test_builtin_formats),
        rows_test(test_formula_without_a_value),
        rows_test(test_hidden_rows),
        rows_test(test_hidden_columns),
        rows_test(test_which_sheet),
        rows_test(test_blank_sheets_are_not_told),
        rows_test(test_all_sheets_hidden),
        rows_test(test_merged_cells),
        rows_test(test_merge_over_everything),
        rows_test(test_damage),
        rows_test(test_counts_that_lie_are_harmless),
        rows_test(test_overlong_cell),
        rows_test(test_wrong_checksum_gives_no_row),
        rows_test(test_old_and_encrypted_files),
        rows_test(test_other_archives),
        rows_test(test_macros_are_ignored),
        rows_test(test_a_source),
        rows_test(test_short_rows_are_whole),
        rows_test(test_a_lookup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
