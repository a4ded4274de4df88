#include "archive_support.h"

#include "read/xlsx_int.h"

struct fixture {
    struct arena *arena;
    struct diags diags;
    struct workbook book;
};

static int set_up(void **state)
{
    struct arena *arena = arena_new();
    struct fixture *f = arena_alloc(arena, sizeof *f);
    f->arena = arena;
    f->diags = diags_new(arena);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    arena_free(f->arena);
    return 0;
}

static const struct part book = {"xl/workbook.xml",
                                 BOOK("<sheet name=\"Figures\" sheetId=\"1\" r:id=\"rId1\"/>")};
static const struct part relations = {
    "xl/_rels/workbook.xml.rels",
    RELATIONS(RELATION("rId1", "/worksheet", "worksheets/sheet1.xml")
                  RELATION("rId2", "/sharedStrings", "/xl/sharedStrings.xml"))};
static const struct part strings = {
    "xl/sharedStrings.xml",
    STRINGS("<si><t>plain</t></si>"
            "<si><r><t>two </t></r><r><t>runs</t></r><rPh><t>guide</t></rPh></si>"
            "<si><t>_x0041_ &amp; \xC2\xA3</t></si>")};
static const char sheet_name[] = "xl/worksheets/sheet1.xml";

static bool read_bytes(struct fixture *f, struct text bytes)
{
    return xlsx_read(f->arena, &f->diags, bytes, place_file(TEXT("book.xlsx")), &f->book);
}

static bool read_sheet_xml(struct fixture *f, const char *xml)
{
    const struct part parts[] = {top, book, relations, strings, {sheet_name, xml}};
    return read_bytes(f, archive_of(f->arena, parts, 5, false));
}

static void assert_refused(struct fixture *f, enum diag_kind kind, const char *words)
{
    assert_int_equal(f->book.count, 0);
    assert_true(f->diags.count > 0);
    assert_int_equal(f->diags.items[0].kind, kind);
    assert_true(text_contains(f->diags.items[0].message, text_from(words)));
    assert_true(text_is(f->diags.items[0].place.file, "book.xlsx"));
}

static void assert_cell(const struct fixture *f, size_t index, const char *name,
                        enum sheet_cell_kind kind, const char *value, bool formula)
{
    const struct sheet_cell *cell = &f->book.sheets[0].cells[index];
    assert_true(index < f->book.sheets[0].count);
    char found[8];
    snprintf(found, sizeof found, "%c%u", 'A' + (int)cell->column, cell->row + 1);
    assert_string_equal(found, name);
    assert_int_equal(cell->kind, kind);
    assert_true(text_is(cell->value, value));
    assert_int_equal(cell->formula, formula);
}

static void test_kinds_of_cells(void **state)
{
    struct fixture *f = *state;
    assert_true(read_sheet_xml(
        f, SHEET("<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" t=\"s\"><v>1</v></c>"
                 "<c r=\"C2\" t=\"s\"><v>2</v></c><c r=\"D2\" s=\"4\"/></row>"
                 "<row r=\"4\"><c r=\"A4\"><v>1.5</v></c><c t=\"b\"><v>1</v></c>"
                 "<c r=\"C4\" t=\"e\"><v>#DIV/0!</v></c>"
                 "<c r=\"D4\" t=\"inlineStr\"><is><r><t>in</t></r><r><t>line</t></r></is></c>"
                 "<c r=\"E4\"><f>A4*2</f><v>3</v></c>"
                 "<c r=\"F4\" t=\"str\"><f>\"a\"</f><v>a</v></c></row>")));
    assert_int_equal(f->book.sheets[0].count, 9);
    assert_cell(f, 0, "A2", SHEET_STRING, "plain", false);
    assert_cell(f, 1, "B2", SHEET_STRING, "two runs", false);
    assert_cell(f, 2, "C2", SHEET_STRING, "A & £", false);
    assert_cell(f, 3, "A4", SHEET_NUMBER, "1.5", false);
    assert_cell(f, 4, "B4", SHEET_BOOLEAN, "1", false);
    assert_cell(f, 5, "C4", SHEET_ERROR, "#DIV/0!", false);
    assert_cell(f, 6, "D4", SHEET_STRING, "inline", false);
    assert_cell(f, 7, "E4", SHEET_NUMBER, "3", true);
    assert_cell(f, 8, "F4", SHEET_STRING, "a", true);
}

static void test_numbers_as_shortest_decimals(void **state)
{
    static const char *const numbers[][2] = {{"15.199999999999999", "15.2"},
                                             {"1E3", "1000"},
                                             {"0.1", "0.1"},
                                             {"-0", "0"},
                                             {"1.5E-7", "0.00000015"},
                                             {"0.30000000000000004", "0.30000000000000004"},
                                             {"12345678901234", "12345678901234"},
                                             {"-3.50", "-3.5"},
                                             {"1E+16", "10000000000000000"}};
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        assert_true(read_sheet_xml(
            f, text_format(f->arena, SHEET("<row><c><v>%s</v></c></row>"), numbers[i][0]).ptr));
        assert_cell(f, 0, "A1", SHEET_NUMBER, numbers[i][1], false);
    }
}

static void test_cells_that_make_no_sense(void **state)
{
    static const char *const rows[] = {
        "<row><c><v>NaN</v></c></row>",
        "<row><c><v>1E999</v></c></row>",
        "<row><c><v>12x</v></c></row>",
        "<row><c t=\"s\"><v>3</v></c></row>",
        "<row><c t=\"s\"><v>-1</v></c></row>",
        "<row><c t=\"s\"><v>99999999999999999999999</v></c></row>",
        "<row><c t=\"odd\"><v>1</v></c></row>",
        "<row r=\"2\"><c r=\"A1\"><v>1</v></c></row>",
        "<row r=\"0\"><c><v>1</v></c></row>",
        "<row r=\"1048577\"><c><v>1</v></c></row>",
        "<row r=\"2\"/><row r=\"1\"/>",
        "<row><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>",
        "<row><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>",
        "<row><c r=\"XFE1\"><v>1</v></c></row>",
        "<row><c r=\"AAAA1\"><v>1</v></c></row>",
        "<row><c r=\"A\"><v>1</v></c></row>",
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        f->diags.count = 0;
        assert_false(read_sheet_xml(f, text_format(f->arena, SHEET("%s"), rows[i]).ptr));
        assert_refused(f, DIAG_FORMAT, "");
        assert_true(text_is(f->diags.items[0].place.part, sheet_name));
        assert_int_equal(f->diags.items[0].place.line, 2);
    }
}

static void test_doctype_is_refused(void **state)
{
    struct fixture *f = *state;
    assert_false(
        read_sheet_xml(f,
                       "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
                       "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>&e;</t></is></c></row>"
                       "</sheetData></worksheet>"));
    assert_refused(f, DIAG_FORMAT, "DOCTYPE");
}

static void test_deep_nesting_is_refused(void **state)
{
    struct fixture *f = *state;
    struct buffer xml = {.arena = f->arena};
    for (int i = 0; i < 65; i++)
        buffer_add(&xml, TEXT("<a>"));
    for (int i = 0; i < 65; i++)
        buffer_add(&xml, TEXT("</a>"));
    assert_false(read_sheet_xml(f, buffer_text(&xml).ptr));
    assert_refused(f, DIAG_CAP, "deeper than 64");
}

static void test_broken_xml(void **state)
{
    struct fixture *f = *state;
    assert_false(read_sheet_xml(f, "<worksheet><sheetData><row>"));
    assert_refused(f, DIAG_FORMAT, "not well-formed");
    f->diags.count = 0;
    assert_false(read_sheet_xml(f, ""));
    assert_refused(f, DIAG_FORMAT, "not well-formed");
}

static void test_names_that_differ_in_case(void **state)
{
    struct fixture *f = *state;
    const struct part parts[] = {
        top, book, relations, strings, {sheet_name, SHEET("")}, {"XL/Workbook.xml", BOOK("")}};
    assert_false(read_bytes(f, archive_of(f->arena, parts, 6, false)));
    assert_refused(f, DIAG_FORMAT, "two parts are named");
}

static void replace_all(struct text bytes, const char *from, const char *to)
{
    size_t length = strlen(from);
    for (char *at = (char *)bytes.ptr; at + length <= bytes.ptr + bytes.len; at++)
        if (memcmp(at, from, length) == 0)
            memcpy(at, to, length);
}

static void test_two_parts_of_one_name(void **state)
{
    struct fixture *f = *state;
    const struct part parts[] = {
        top, book, relations, strings, {sheet_name, SHEET("")}, {"xl/workbook.xmk", BOOK("")}};
    struct text bytes = archive_of(f->arena, parts, 6, false);
    replace_all(bytes, "xl/workbook.xmk", "xl/workbook.xml");
    assert_false(read_bytes(f, bytes));
    assert_refused(f, DIAG_FORMAT, "two parts have the same name");
}

static void test_wrong_checksum(void **state)
{
    struct fixture *f = *state;
    const struct part parts[] = {
        top, book, relations, strings, {sheet_name, SHEET("<row><c><v>4711</v></c></row>")}};
    struct text bytes = archive_of(f->arena, parts, 5, true);
    assert_true(read_bytes(f, bytes));
    replace_all(bytes, "4711", "4712");
    assert_false(read_bytes(f, bytes));
    assert_refused(f, DIAG_FORMAT, "damaged");
}

static void test_bomb(void **state)
{
    struct fixture *f = *state;
    size_t size = 8 * 1024 * 1024;
    char *blanks = arena_alloc(f->arena, size + 1);
    memset(blanks, ' ', size);
    memcpy(blanks, "<worksheet>", 11);
    memcpy(blanks + size - 12, "</worksheet>", 12);
    assert_false(read_sheet_xml(f, blanks));
    assert_refused(f, DIAG_CAP, "200 times");
}

static void test_too_many_parts(void **state)
{
    struct fixture *f = *state;
    struct part *parts = arena_calloc(f->arena, 10001, sizeof *parts);
    for (size_t i = 0; i < 10001; i++)
        parts[i] = (struct part){text_format(f->arena, "p%zu", i).ptr, ""};
    assert_false(read_bytes(f, archive_of(f->arena, parts, 10001, false)));
    assert_refused(f, DIAG_CAP, "10001 parts");
}

static void test_missing_parts(void **state)
{
    struct fixture *f = *state;
    const struct part parts[] = {top, book, relations, strings};
    for (size_t count = 1; count <= 4; count++) {
        f->diags.count = 0;
        assert_false(read_bytes(f, archive_of(f->arena, parts, count, false)));
        assert_refused(f, DIAG_FORMAT, "");
    }
}

static void test_targets_stay_in_the_archive(void **state)
{
    struct fixture *f = *state;
    const struct part outside[] = {
        top,
        book,
        strings,
        {"xl/_rels/workbook.xml.rels",
         RELATIONS(RELATION("rId1", "/worksheet", "../../../../etc/passwd"))}};
    assert_false(read_bytes(f, archive_of(f->arena, outside, 4, false)));
    assert_refused(f, DIAG_FORMAT, "none of that name");
}

static void test_what_is_no_archive(void **state)
{
    struct fixture *f = *state;
    static const char *const files[] = {"", "<html>", "PK\3\4", "Area,Count\nA,1\n"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        f->diags.count = 0;
        assert_false(read_bytes(f, text_from(files[i])));
        assert_refused(f, DIAG_FORMAT, "not a sound workbook");
    }
    assert_false(read_workbook(f->arena, &f->diags, TEXT("/nonexistent.xlsx"), &f->book));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_kinds_of_cells),
        TEST(test_numbers_as_shortest_decimals),
        TEST(test_cells_that_make_no_sense),
        TEST(test_doctype_is_refused),
        TEST(test_deep_nesting_is_refused),
        TEST(test_broken_xml),
        TEST(test_names_that_differ_in_case),
        TEST(test_two_parts_of_one_name),
        TEST(test_wrong_checksum),
        TEST(test_bomb),
        TEST(test_too_many_parts),
        TEST(test_missing_parts),
        TEST(test_targets_stay_in_the_archive),
        TEST(test_what_is_no_archive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
