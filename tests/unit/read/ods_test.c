#include "sheet_support.h"

#define NAMES                                                                                      \
    "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "                           \
    "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "                             \
    "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "                               \
    "xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" "                             \
    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "                                               \
    "xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\""
#define CONTENT(styles, tables)                                                                    \
    HEAD "<office:document-content " NAMES "><office:automatic-styles>" styles                     \
         "</office:automatic-styles><office:body><office:spreadsheet>" tables                      \
         "</office:spreadsheet></office:body></office:document-content>"
#define TABLE(name, rows) "<table:table table:name=\"" name "\">" rows "</table:table>"
#define ROW(cells) "<table:table-row>" cells "</table:table-row>"
#define CELL(attributes, content) "<table:table-cell " attributes ">" content "</table:table-cell>"
#define P(t) "<text:p>" t "</text:p>"
#define STRING(t) CELL("office:value-type=\"string\"", P(t))
#define NUMBER(value, shown)                                                                       \
    CELL("office:value-type=\"float\" office:value=\"" value "\"", P(shown))
#define BLANK(count) "<table:table-cell table:number-columns-repeated=\"" count "\"/>"

static const struct part mimetype = {"mimetype", "application/vnd.oasis.opendocument.spreadsheet"};

static struct text document(struct rows *rows, const char *content)
{
    const struct part parts[] = {mimetype, {"content.xml", content}};
    return archive_of(rows->arena, parts, 2, false);
}

static struct text table_of(struct rows *rows, const char *table)
{
    return document(rows, text_format(rows->arena, CONTENT("", TABLE("Sheet1", "%s")), table).ptr);
}

static void test_kinds_of_cells(void **state)
{
    struct rows *rows = *state;
    const char *table = ROW(STRING("Safe &amp; well") NUMBER("2.1", "2.10")
                                NUMBER("12.3456", "12.35") NUMBER("1234.5", "1,234.50")
                                    NUMBER("123", "00123") NUMBER("120000", "1.2E+05"))
        ROW(CELL("office:value-type=\"percentage\" office:value=\"0.143\"", P("14.3%")) CELL(
            "office:value-type=\"currency\" office:currency=\"GBP\" office:value=\"36073\"",
            P("£36,073.00"))
                CELL("office:value-type=\"currency\" office:currency=\"CHF\" office:value=\"5\"",
                     P("CHF 5"))
                    CELL("office:value-type=\"boolean\" office:boolean-value=\"true\"", P("TRUE")))
            ROW(CELL("office:value-type=\"date\" office:date-value=\"2022-06-30\"", P("30/06/22"))
                    CELL("office:value-type=\"date\" office:date-value=\"2022-06-30T14:30:00\"",
                         P("30/06/22 14:30"))
                        CELL("office:value-type=\"time\" office:time-value=\"PT14H30M00S\"",
                             P("14:30"))
                            CELL("office:value-type=\"time\" office:time-value=\"PT36H05M07S\"",
                                 P("36:05:07"))
                                CELL("office:value-type=\"string\" calcext:value-type=\"error\"",
                                     P("#N/A")));
    assert_rows(rows, table_of(rows, table), "",
                "1: Safe & well|2.10|12.3456|1234.50|00123|120000\n"
                "2: 14.3%|£36073.00|CHF 5|TRUE\n"
                "3: 2022-06-30|2022-06-30 14:30|14:30|36:05:07|#N/A\n");
    assert_string_equal(rows->source.account->encoding.ptr, "OpenDocument spreadsheet");
    assert_string_equal(rows->source.sheet.ptr, "Sheet1");
    assert_int_equal(rows->diags.count, 0);
}

static void test_what_a_format_shows(void **state)
{
    struct rows *rows = *state;
    const char *table =
        ROW(CELL("office:value-type=\"date\" office:date-value=\"2022-06-01\"", P("Jun-22"))
                CELL("office:value-type=\"date\" office:date-value=\"2022-06-30\"", P("June 2022"))
                    CELL("office:value-type=\"date\" office:date-value=\"2022-06-22\"",
                         P("June 22")) /* the day or the year */
            CELL("office:value-type=\"date\" office:date-value=\"2022-06-30\"", P("30 June 2022"))
                CELL("office:value-type=\"float\" office:value=\"1204.5\"", P("£1,204.50")));
    assert_rows(rows, table_of(rows, table), "",
                "1: 2022-06|2022-06|2022-06-22|2022-06-30|£1204.50\n");
}

static void test_texts(void **state)
{
    struct rows *rows = *state;
    const char *table =
        ROW(CELL("office:value-type=\"string\"", P("one") P("two"))
                STRING("a<text:s text:c=\"2\"/>b<text:tab/>c<text:line-break/>d")
                    STRING("<text:span>bold</text:span> and\n  <text:a>link</text:a>")
                        CELL("office:value-type=\"string\"",
                             "<office:annotation><dc:creator>x</dc:creator>" P(
                                 "a remark") "</office:annotation>" P("seen")));
    assert_rows(rows, table_of(rows, table), "", "1: one\ntwo|a  b\tc\nd|bold and link|seen\n");
}

/* What LibreOffice writes for a sheet of two rows. */
static void test_trailing_repeats_are_free(void **state)
{
    struct rows *rows = *state;
    const char *table =
        ROW(NUMBER("1", "1") BLANK("16383"))
        "<table:table-row table:number-rows-repeated=\"3\">" BLANK("2") NUMBER("2", "2")
            BLANK("16381") "</table:table-row>"
        "<table:table-row table:number-rows-repeated=\"1048572\">" BLANK("16384")
        "</table:table-row>";
    assert_rows(rows, table_of(rows, table), "", "1: 1\n2: ||2\n3: ||2\n4: ||2\n");
    const char *columns =
        ROW(CELL("table:number-columns-repeated=\"3\" office:value-type=\"float\" "
                 "office:value=\"7\"",
                 P("7")) NUMBER("8", "8"));
    assert_rows(rows, table_of(rows, columns), "", "1: 7|7|7|8\n");
}

static void test_repeats_without_end(void **state)
{
    struct rows *rows = *state;
    static const struct {
        const char *table;
        enum diag_kind kind;
        const char *words;
    } bad[] = {
        {"<table:table-row table:number-rows-repeated=\"1048576\">"
         "<table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"float\" "
         "office:value=\"1\"/></table:table-row>",
         DIAG_CAP, "more than 10000000 cells"},
        {ROW("<table:table-cell table:number-columns-repeated=\"99999999999999999999\" "
             "office:value-type=\"float\" office:value=\"1\"/><table:table-cell "
             "office:value-type=\"float\" office:value=\"1\"/>"),
         DIAG_FORMAT, "more cells than a sheet can have"},
        {"<table:table-row table:number-rows-repeated=\"1048576\"/>" ROW(NUMBER("1", "1")),
         DIAG_FORMAT, "more cells than a sheet can have"},
        {"<table:table-row table:number-rows-repeated=\"-1\"/>", DIAG_FORMAT, "no sound number"},
        {ROW(BLANK("x")), DIAG_FORMAT, "no sound number"},
        {ROW(STRING("<text:s text:c=\"99999999\"/>b")), DIAG_FORMAT, "longer than a cell can be"},
        {ROW(NUMBER("12x", "12")), DIAG_FORMAT, "does not fit its type"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_not_read(rows, table_of(rows, bad[i].table), "", bad[i].kind, bad[i].words);
}

static void test_hidden_rows_and_columns(void **state)
{
    struct rows *rows = *state;
    struct text bytes = table_of(
        rows, "<table:table-column/><table:table-column table:visibility=\"collapse\" "
              "table:number-columns-repeated=\"2\"/><table:table-header-rows>"
              ROW(NUMBER("1", "1") NUMBER("2", "2") BLANK("1") NUMBER("4", "4"))
              "</table:table-header-rows><table:table-row-group>"
              "<table:table-row table:visibility=\"filter\">" NUMBER("5", "5")
              "</table:table-row><table:table-row table:visibility=\"collapse\">"
              CELL("table:formula=\"of:=[.A1]\"", "") NUMBER("6", "6")
              "</table:table-row></table:table-row-group>" ROW(NUMBER("7", "7")));
    assert_rows(rows, bytes, "", "1: 1|||4\n2 hidden: 5\n4+: 7\n");
    assert_int_equal(rows_count_kind(rows, DIAG_HIDDEN), 2);
    assert_contains(rows->arena, diags_text(&rows->diags), "Sheet1!B1: warning: 1 column");
    assert_contains(rows->arena, diags_text(&rows->diags), "Sheet1!2: warning: 1 row");
}

static void test_formula_without_a_value(void **state)
{
    struct rows *rows = *state;
    assert_not_read(rows, table_of(rows, ROW(BLANK("2") CELL("table:formula=\"of:=1\"", ""))), "",
                    DIAG_FORMULA, "Sheet1!C1: error: the formula has no stored value");
}

static void test_merged_cells(void **state)
{
    struct rows *rows = *state;
    const char *table =
        ROW(CELL("table:number-rows-spanned=\"3\" office:value-type=\"string\"", P("Safe"))
                NUMBER("1", "1")) ROW("<table:covered-table-cell/>" NUMBER("2", "2"))
            ROW("<table:covered-table-cell office:value-type=\"float\" office:value=\"9\"/>" NUMBER(
                "3", "3"));
    assert_rows(rows, table_of(rows, table), "", "1: Safe|1\n2: Safe|2\n3: Safe|3\n");
    assert_int_equal(rows_count_kind(rows, DIAG_REPAIR), 2);
}

#define STYLE(name, display)                                                                       \
    "<style:style style:name=\"" name                                                              \
    "\" style:family=\"table\"><style:table-properties "                                           \
    "table:display=\"" display "\"/></style:style>"

static void test_which_sheet(void **state)
{
    struct rows *rows = *state;
    struct text bytes = document(
        rows,
        CONTENT(
            STYLE("ta1", "true") STYLE("ta2", "false"),
            "<table:tracked-changes>" ROW(NUMBER(
                "0",
                "0")) "</table:tracked-changes>"
                      "<table:table table:name=\"Old\" table:style-name=\"ta2\">" ROW(NUMBER(
                          "1",
                          "1")) "</table:table>"
                                "<table:table table:name=\"'file:///other.ods'#$S\">" ROW(NUMBER(
                                    "9", "9")) "</table:table><table:table table:name=\"Figures\" "
                                               "table:style-name=\"ta1\">" ROW(NUMBER(
                                                   "2", "2")) "</"
                                                              "table:"
                                                              "table"
                                                              ">" TABLE("B"
                                                                        "l"
                                                                        "a"
                                                                        "n"
                                                                        "k",
                                                                        ROW(BLANK("5")))
                                                                  TABLE("Mor"
                                                                        "e",
                                                                        ROW(NUMBER("3", "3")))));
    assert_rows(rows, bytes, "", "1: 2\n");
    assert_contains(rows->arena, diags_text(&rows->diags), "not looked at: 'Old'");
    assert_contains(rows->arena, diags_text(&rows->diags),
                    "sheet 'Figures' is read, the first; not read: 'More';");
    assert_rows(rows, bytes, "sheet = more", "1: 3\n");
    assert_rows(rows, bytes, "sheet = 4", "1: 3\n");
    assert_rows(rows, bytes, "sheet = Old", "1: 1\n");
    assert_contains(rows->arena, diags_text(&rows->diags), "warning: sheet 'Old' is hidden");
    assert_not_read(rows, bytes, "sheet = Fgures", DIAG_BAD_VALUE, "the nearest is 'Figures'");
}

static void test_other_prefixes(void **state)
{
    struct rows *rows = *state;
    const char *content = HEAD
        "<o:document-content xmlns:o=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
        "xmlns:t=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:x=\"urn:x\">"
        "<o:body><o:spreadsheet><t:table t:name=\"S\"><t:table-row><t:table-cell "
        "x:value-type=\"string\" o:value-type=\"float\" o:value=\"1\" x:value=\"2\"/>"
        "<x:table-cell o:value-type=\"float\" o:value=\"3\"/></t:table-row></t:table>"
        "</o:spreadsheet></o:body></o:document-content>";
    assert_rows(rows, document(rows, content), "", "1: 1\n");
}

static void test_damage(void **state)
{
    struct rows *rows = *state;
    assert_not_read(rows, document(rows, "<!DOCTYPE a><a/>"), "", DIAG_FORMAT, "DOCTYPE");
    assert_not_read(rows, document(rows, "<a><b></a>"), "", DIAG_FORMAT, "not well-formed");
    assert_not_read(rows, document(rows, "<a/>"), "", DIAG_FORMAT, "no sheet");
    assert_not_read(rows, archive_of(rows->arena, &mimetype, 1, false), "", DIAG_FORMAT,
                    "content.xml");
    /* damage behind the sheet that is read counts too */
    const char *cut = CONTENT("", TABLE("A", ROW(NUMBER("1", "1"))) TABLE("B", "<x>"));
    assert_not_read(rows, document(rows, cut), "", DIAG_FORMAT, "not well-formed");
}

static void test_encrypted(void **state)
{
    struct rows *rows = *state;
    const struct part parts[] = {
        mimetype,
        {"content.xml", "not XML"},
        {"META-INF/manifest.xml",
         HEAD "<m:manifest xmlns:m=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\">"
              "<m:file-entry m:full-path=\"content.xml\"><m:encryption-data/></m:file-entry>"
              "</m:manifest>"}};
    assert_not_read(rows, archive_of(rows->arena, parts, 3, false), "", DIAG_FORMAT,
                    "encrypted with a password");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        rows_test(test_kinds_of_cells),
        rows_test(test_what_a_format_shows),
        rows_test(test_texts),
        rows_test(test_trailing_repeats_are_free),
        rows_test(test_repeats_without_end),
        rows_test(test_hidden_rows_and_columns),
        rows_test(test_formula_without_a_value),
        rows_test(test_merged_cells),
        rows_test(test_which_sheet),
        rows_test(test_other_prefixes),
        rows_test(test_damage),
        rows_test(test_encrypted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
