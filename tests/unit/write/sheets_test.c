#include "write/sheets_int.h"

#include "support.h"
#include "unit/write/example_document.h"

struct fixture {
    struct arena *arena;
    struct diags diags;
    struct document document;
    struct book book;
};

static int set_up(void **state)
{
    struct arena *arena = arena_new();
    struct fixture *f = arena_alloc(arena, sizeof *f);
    f->arena = arena;
    f->diags = diags_new(arena);
    f->document = example_document(arena);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    arena_free(f->arena);
    return 0;
}

static bool make(struct fixture *f)
{
    return sheets_make(f->arena, &f->diags, &f->document, WORKBOOK_PUBLISH, &f->book);
}

static bool make_working(struct fixture *f)
{
    return sheets_make(f->arena, &f->diags, &f->document, WORKBOOK_WORKING, &f->book);
}

static struct table *crime(struct fixture *f)
{
    return f->document.blocks.items[6].table;
}

static const struct book_sheet *sheet_named(const struct fixture *f, const char *name)
{
    for (size_t i = 0; i < f->book.count; i++)
        if (text_is(f->book.sheets[i].name, name))
            return &f->book.sheets[i];
    fail_msg("there is no sheet '%s'", name);
    return NULL;
}

static const struct book_cell *cell_with(const struct book_sheet *sheet, const char *text)
{
    for (size_t i = 0; i < sheet->count; i++)
        if (text_is(sheet->cells[i].text, text))
            return &sheet->cells[i];
    fail_msg("no cell holds '%s'", text);
    return NULL;
}

static bool has_line(const struct book_sheet *sheet, const char *words)
{
    for (size_t i = 0; i < sheet->count; i++)
        if (sheet->cells[i].column == 0 && sheet->cells[i].row < sheet->header_row &&
            text_contains(sheet->cells[i].text, text_from(words)))
            return true;
    return false;
}

static void test_a_table_sheet(void **state)
{
    struct fixture *f = *state;
    assert_true(make(f));
    const struct book_sheet *sheet = sheet_named(f, "Crime three years");
    assert_int_equal(sheet->cells[0].role, BOOK_TITLE);
    assert_true(text_is(sheet->cells[0].text,
                        "Recorded crime in Harborough, 2020/21 and 2021/22 [note 1]"));
    assert_true(text_is(sheet->cells[1].text, "This worksheet contains one table."));
    assert_true(has_line(sheet, "[z] "));
    assert_true(has_line(sheet, "Source: police recorded crime"));
    assert_true(text_is(sheet->table_name, "table_crime_three_years"));
    assert_int_equal(cell_with(sheet, "Offence")->row, sheet->header_row);
    assert_int_equal(sheet->last_row, sheet->header_row + 5);
    assert_int_equal(cell_with(sheet, "5,005")->role, BOOK_TOTAL);
    assert_true(cell_with(sheet, "of which: domestic violence with injury")->indent);
}

static void test_groups_become_a_column(void **state)
{
    struct fixture *f = *state;
    assert_true(make(f));
    const struct book_sheet *sheet = sheet_named(f, "Actions");
    assert_int_equal(sheet->column_count, 6);
    assert_int_equal(cell_with(sheet, "Priority")->column, 0);
    assert_int_equal(cell_with(sheet, "1.b")->column, 1);
    assert_int_equal(cell_with(sheet, "Priority 2")->row, cell_with(sheet, "2.a")->row);
    assert_true(has_line(sheet, "Where a cell is blank"));
    assert_true(cell_with(sheet, "30 June 2022")->is_number);
}

static void test_words_and_cover(void **state)
{
    struct fixture *f = *state;
    assert_true(make(f));
    const struct book_sheet *cover = sheet_named(f, "Cover"),
                            *words = sheet_named(f, "Report text");
    assert_true(
        text_is(cover->cells[0].text, "Community safety review 2021/22, Harborough District"));
    assert_true(text_is(cover->cells[1].text, "This worksheet contains one table."));
    static const char *const details[] = {"For the Communities Scrutiny Panel",
                                          "Community Safety Manager",
                                          "30 June 2022",
                                          "June 2023",
                                          "Provisional: the figures may still change",
                                          "safety@example.org",
                                          "police recorded crime, extract of April 2022."};
    for (size_t i = 0; i < sizeof details / sizeof *details; i++)
        cell_with(cover, details[i]);
    assert_int_equal((int)cell_with(cover, "22 June 2022")->number, 44734);
    cell_with(words, "1.1 The figures come from the open data (https://example.org/data).");
    cell_with(words, "• second point");
    cell_with(words, "Green: going to plan");
    assert_true(
        text_is(cell_with(words, "See worksheet “Beats”: Crimes by beat, 2021/22")->link, "Beats"));
    assert_true(text_is(cell_with(sheet_named(f, "Contents"), "Actions")->link, "Actions"));
    cell_with(sheet_named(f, "Notes"), "Changes are worked out from unrounded figures.");
}

static void test_chart_finds_its_cells(void **state)
{
    struct fixture *f = *state;
    assert_true(make(f));
    const struct book_sheet *data = sheet_named(f, "Beats"), *sheet = sheet_named(f, "Beats chart");
    assert_null(data->charts);
    assert_non_null(sheet->charts);
    assert_false(sheet->has_table);
    assert_int_equal(sheet->charts->first_row, data->header_row + 1);
    assert_int_equal(sheet->charts->series->column, 1);
    assert_true(text_is(sheet->charts->series->points[0].label, "1,204 (+12.4%)"));
    assert_true(has_line(data, "A chart of its figures is in the worksheet “Beats chart”."));
    assert_true(
        text_is(cell_with(sheet, "Its figures are in the worksheet “Beats”")->link, "Beats"));
    assert_true(text_is(cell_with(sheet_named(f, "Contents"), "Beats chart")->link, "Beats chart"));
}

static void test_a_working_chart_stands_beside_its_figures(void **state)
{
    struct fixture *f = *state;
    assert_true(make_working(f));
    const struct book_sheet *sheet = sheet_named(f, "Beats");
    assert_non_null(sheet->charts);
    assert_int_equal(sheet->charts->first_row, sheet->header_row + 1);
    assert_true(has_line(sheet, "one table and one chart"));
    for (size_t i = 0; i < f->book.count; i++)
        assert_false(text_is(f->book.sheets[i].name, "Beats chart"));
}

static void test_a_working_table_says_how_it_works(void **state)
{
    struct fixture *f = *state;
    assert_true(make(f));
    assert_false(sheet_named(f, "Actions")->is_working);
    assert_false(has_line(sheet_named(f, "Actions"), "frozen"));
    assert_true(make_working(f));
    const struct book_sheet *sheet = sheet_named(f, "Actions");
    assert_true(sheet->is_working);
    assert_true(has_line(sheet, "The header row is frozen"));
    assert_true(sheet->is_status[4] && !sheet->is_status[3]);
    assert_false(sheet_named(f, "Cover")->is_working);
    assert_string_equal(cell_with(sheet_named(f, "Crime three years"), "+15.6%")->format.ptr,
                        "\"↑ \"+#,##0.0%;\"↓ −\"#,##0.0%;#,##0.0%");
}

static void test_formulas_only_where_they_give_our_result(void **state)
{
    struct fixture *f = *state;
    assert_true(make(f));
    assert_int_equal(cell_with(sheet_named(f, "Crime three years"), "+15.6%")->formula.len, 0);
    crime(f)->rows[3].cells[3].number = example_decimal("-1.42"); /* rounded once too often */
    crime(f)->rows[2].cells[2] = cell_text(TEXT("[c]"));
    assert_true(make_working(f));
    const struct book_sheet *sheet = sheet_named(f, "Crime three years");
    const struct book_cell *total = cell_with(sheet, "+15.6%");
    unsigned row = total->row + 1;
    assert_string_equal(
        total->formula.ptr,
        text_format(f->arena, "=IF(C%u=0,\"[z]\",(B%u-C%u)/C%u)", row, row, row, row).ptr);
    assert_int_equal(cell_with(sheet, "−1.4%")->formula.len, 0);
    assert_int_equal(cell_with(sheet, "+9.8%")->formula.len, 0);
    struct cell *change = &crime(f)->rows[0].cells[3];
    *change = cell_number(decimal_from(675), TEXT("+675"), FORMAT_SIGNED, 0);
    change->formula = FORMULA_DIFFERENCE;
    change->now = 1;
    change->before = 2;
    assert_true(make_working(f));
    sheet = sheet_named(f, "Crime three years");
    assert_string_equal(cell_with(sheet, "+675")->formula.ptr,
                        text_format(f->arena, "=B%u-C%u", row, row).ptr);
    f->document.release.formulas = false;
    assert_true(make_working(f));
    assert_int_equal(cell_with(sheet_named(f, "Crime three years"), "+675")->formula.len, 0);
}

static void test_shorthand_of_formulas_is_explained(void **state)
{
    struct fixture *f = *state;
    crime(f)->rows[4].cells[3] = cell_text(TEXT("[x]"));
    assert_true(make_working(f));
    assert_true(has_line(sheet_named(f, "Crime three years"), "[z] not applicable"));
    f->document.release.formulas = false;
    assert_true(make_working(f));
    assert_false(has_line(sheet_named(f, "Crime three years"), "[z] not applicable"));
}

static void test_notes_are_told_and_named(void **state)
{
    struct fixture *f = *state;
    struct table *actions = f->document.blocks.items[7].table;
    texts_add(f->arena, &actions->notes, TEXT("Dates are those of the plan."));
    texts_add(f->arena, &actions->notes, crime(f)->notes.items[0]);
    assert_true(make(f));
    const struct book_sheet *notes = sheet_named(f, "Notes");
    assert_true(text_is(sheet_named(f, "Actions")->cells[0].text,
                        "Actions and where they stand [note 1,2]"));
    assert_int_equal(cell_with(notes, "[note 2]")->row,
                     cell_with(notes, "Dates are those of the plan.")->row);
    cell_with(notes, "Crime three years; Actions");
    cell_with(notes, "[z]");
    assert_true(text_is(cell_with(sheet_named(f, "Actions"), "Go to the notes")->link, "Notes"));
    assert_int_equal(f->diags.count, 0);
}

static void test_a_note_of_somebody_else(void **state)
{
    struct fixture *f = *state;
    crime(f)->rows[1].cells[0] = cell_text(TEXT("Violence with injury [note 1]"));
    assert_true(make(f));
    assert_true(diags_said(&f->diags, DIAG_VALUE_CHECK));
}

static void test_units_and_quarters_in_headers(void **state)
{
    struct fixture *f = *state;
    crime(f)->columns[1].header = TEXT("Quarter 4, 2020/21");
    crime(f)->columns[2].header = TEXT("% change on Quarter 2, 2021/22");
    crime(f)->caption = TEXT("Quarter 2 2021/22 (Jul to Sep 2021), and Quarter 9, 2021/22");
    assert_true(make(f));
    const struct book_sheet *sheet = sheet_named(f, "Crime three years");
    cell_with(sheet, "Change\n(%)");
    cell_with(sheet, "Quarter 4 2020/21\n(Jan to Mar 2021)");
    cell_with(sheet, "Change on Quarter 2 2021/22 (Jul to Sep 2021)\n(%)");
    assert_true(text_starts(sheet->cells[0].text, crime(f)->caption));
}

static void test_markers_stand_apart_from_numbers(void **state)
{
    struct fixture *f = *state;
    crime(f)->rows[1].cells[1].display = TEXT("511 [r]");
    crime(f)->rows[3].cells[3] = cell_text(TEXT("between 29 and 55 [f][p]"));
    crime(f)->rows[4].cells[3] = cell_text(TEXT("2021/22: [p]")); /* a note, and no number */
    assert_true(make(f));
    const struct book_sheet *sheet = sheet_named(f, "Crime three years");
    assert_int_equal(sheet->column_count, 5);
    assert_true(cell_with(sheet, "511")->is_number);
    assert_int_equal(cell_with(sheet, "2021/22: [r]")->column,
                     cell_with(sheet, "Shorthand")->column);
    assert_true(has_line(sheet, "[r] revised"));
    cell_with(sheet, "between 29 and 55");
    cell_with(sheet, "Change (%): [f][p]");
    cell_with(sheet, "2021/22: [p]");
}

/* However long, a line above a table is seen without a cell that grows. */
static void test_long_lines_run_over_empty_cells(void **state)
{
    struct fixture *f = *state;
    struct buffer words = {.arena = f->arena};
    for (int i = 0; i < 60; i++)
        buffer_add(&words, TEXT("several words "));
    crime(f)->source = text_trim(buffer_text(&words));
    crime(f)->caption = crime(f)->source;
    assert_true(make(f));
    const struct book_sheet *sheet = sheet_named(f, "Crime three years");
    size_t lines = 0;
    for (size_t i = 0; i < sheet->count && sheet->cells[i].row < sheet->header_row; i++) {
        assert_false(sheet->cells[i].wrap);
        assert_true(sheet->heights[sheet->cells[i].row] < 30);
        lines += i && text_starts(sheet->cells[i].text, TEXT("several "));
    }
    assert_true(lines > 1);
}

static void test_chart_of_other_figures_is_left_out(void **state)
{
    struct fixture *f = *state;
    f->document.blocks.items[8].chart->series->points[1].value = decimal_from(986);
    assert_true(make(f));
    const struct book_sheet *sheet = sheet_named(f, "Beats");
    assert_null(sheet->charts);
    assert_false(has_line(sheet, "chart"));
    assert_true(diags_said(&f->diags, DIAG_DROPPED));
}

static void add_table(struct fixture *f, const char *name)
{
    struct table *table = example_crime(f->arena);
    table->name = text_from(name);
    blocks_add(f->arena, &f->document.blocks, BLOCK_TABLE)->table = table;
}

static void test_sheet_names(void **state)
{
    struct fixture *f = *state;
    add_table(f, "crime-three-years");
    add_table(f, "CRIME THREE YEARS");
    add_table(f, "notes");
    add_table(f, "history");
    add_table(f, "the-indicators-of-health-and-wellbeing-in-the-district");
    add_table(f, "kpi1");
    assert_true(make(f));
    static const char *const names[] = {
        "Crime three years 2", "Crime three years 3",          "Notes 2",
        "History 2",           "The indicators of health and", "Kpi1"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        sheet_named(f, names[i]);
    assert_true(text_is(sheet_named(f, "Kpi1")->table_name, "table_kpi1"));
}

static struct book_cell number(struct fixture *f, const char *digits, const char *display,
                               enum number_format format, unsigned places)
{
    struct book_cell out = {.format = TEXT_EMPTY};
    struct cell cell = cell_number(example_decimal(digits), text_from(display), format, places);
    sheets_number(f->arena, &cell, &out);
    return out;
}

static void assert_number(struct fixture *f, const char *digits, const char *display,
                          enum number_format format, unsigned places, double expected,
                          const char *expected_format)
{
    struct book_cell cell = number(f, digits, display, format, places);
    assert_true(cell.is_number);
    assert_true(cell.number >= expected && cell.number <= expected);
    assert_string_equal(cell.format.ptr, expected_format);
}

static void test_numbers_and_their_formats(void **state)
{
    struct fixture *f = *state;
    assert_number(f, "5005", "5,005", FORMAT_NUMBER, 0, 5005, "#,##0;\"−\"#,##0;#,##0");
    assert_number(f, "-7.58", "−7.58 percentage points", FORMAT_SIGNED, 2, -7.58,
                  "+#,##0.00\" percentage points\";\"−\"#,##0.00\" percentage points\";#,##0.00\" "
                  "percentage points\"");
    assert_number(f, "15.588914549653579677", "+15.6%", FORMAT_SIGNED_PERCENT, 1, 0.155889145496536,
                  "+#,##0.0%;\"−\"#,##0.0%;#,##0.0%");
    assert_number(f, "-36073", "−£36,073", FORMAT_MONEY, 0, -36073,
                  "\"£\"#,##0;\"−\"\"£\"#,##0;\"£\"#,##0");
    assert_number(f, "36073", "+£36,073", FORMAT_SIGNED_MONEY, 0, 36073,
                  "+\"£\"#,##0;\"−\"\"£\"#,##0;\"£\"#,##0");
    assert_number(f, "-0.5", "−£0.50", FORMAT_SIGNED_MONEY, 2, -0.5,
                  "+\"£\"#,##0.00;\"−\"\"£\"#,##0.00;\"£\"#,##0.00");
    assert_number(f, "-0.04", "0.0%", FORMAT_SIGNED_PERCENT, 1, -0.0004,
                  "#,##0.0%;#,##0.0%;#,##0.0%");
    assert_number(f, "12", "12 [r]", FORMAT_NUMBER, 0, 12,
                  "#,##0\" [r]\";\"−\"#,##0\" [r]\";#,##0\" [r]\"");
}

/* What a reader must not see must not stand behind what is shown. */
static void test_numbers_shown_otherwise_stay_text(void **state)
{
    struct fixture *f = *state;
    assert_false(number(f, "3", "[c]", FORMAT_NUMBER, 0).is_number);
    assert_false(number(f, "5", "50", FORMAT_NUMBER, 0).is_number);
    assert_false(number(f, "0", "no change", FORMAT_SIGNED, 0).is_number);
    assert_false(
        number(f, "12345678901234567", "12,345,678,901,234,567", FORMAT_NUMBER, 0).is_number);
    assert_false(number(f, "5", "5\" tall", FORMAT_NUMBER, 0).is_number);
}

static void test_long_text_takes_a_wider_column(void **state)
{
    struct fixture *f = *state;
    struct table *actions = f->document.blocks.items[7].table;
    struct buffer words = {.arena = f->arena};
    for (int i = 0; i < 200; i++)
        buffer_add(&words, TEXT("several words "));
    actions->rows[0].cells[4] = cell_long_text(f->arena, buffer_text(&words));
    assert_true(make(f));
    const struct book_sheet *sheet = sheet_named(f, "Actions");
    assert_true(sheet->widths[5] > 100);
    for (unsigned row = 0; row <= sheet->last_row; row++)
        assert_true(sheet->heights[row] > 0 && sheet->heights[row] <= ROW_HEIGHT_CAP);
}

static void test_text_stands_off_the_number_before_it(void **state)
{
    struct fixture *f = *state;
    crime(f)->columns[3] = (struct column){.header = TEXT("Notes")};
    crime(f)->rows[1].cells[3] = cell_text(TEXT("revised"));
    assert_true(make(f));
    const struct book_sheet *sheet = sheet_named(f, "Crime three years");
    assert_true(cell_with(sheet, "Notes")->indent && cell_with(sheet, "revised")->indent);
    assert_false(cell_with(sheet, "2020/21")->indent);
}

static void test_bad_characters_are_refused(void **state)
{
    static const char *const bad[] = {"tab\t", "bell\a", "cut \xE2\x82", "\xEF\xBF\xBE",
                                      "\xC2\x85"};
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        f->diags.count = 0;
        crime(f)->rows[1].cells[0] = cell_text(text_from(bad[i]));
        assert_false(make(f));
        assert_true(diags_said(&f->diags, DIAG_ENCODING));
    }
    f->diags.count = 0;
    crime(f)->rows[1].cells[0] = cell_text(TEXT("fine"));
    f->document.blocks.items[8].chart->alt = TEXT("alt\x01");
    assert_false(make(f));
    assert_true(diags_said(&f->diags, DIAG_ENCODING));
}

static void test_headers_must_differ_and_be_there(void **state)
{
    struct fixture *f = *state;
    crime(f)->columns[2].header = TEXT("2021/22");
    assert_false(make(f));
    assert_true(diags_said(&f->diags, DIAG_DUPLICATE_COLUMN));
    f->diags.count = 0;
    crime(f)->columns[2].header = TEXT_EMPTY;
    assert_false(make(f));
    assert_true(diags_said(&f->diags, DIAG_MISSING_COLUMN));
}

static void test_table_without_rows(void **state)
{
    struct fixture *f = *state;
    crime(f)->row_count = 0;
    assert_true(make(f));
    const struct book_sheet *sheet = sheet_named(f, "Crime three years");
    assert_int_equal(sheet->table_name.len, 0);
    assert_true(has_line(sheet, "which has no rows"));
}

static void test_cell_names(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(cell_name(f->arena, 0, 0).ptr, "A1");
    assert_string_equal(cell_name(f->arena, 11, 27).ptr, "AB12");
    assert_string_equal(cell_name(f->arena, 1048575, 16383).ptr, "XFD1048576");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_table_sheet),
        TEST(test_groups_become_a_column),
        TEST(test_words_and_cover),
        TEST(test_chart_finds_its_cells),
        TEST(test_a_working_chart_stands_beside_its_figures),
        TEST(test_a_working_table_says_how_it_works),
        TEST(test_formulas_only_where_they_give_our_result),
        TEST(test_shorthand_of_formulas_is_explained),
        TEST(test_notes_are_told_and_named),
        TEST(test_a_note_of_somebody_else),
        TEST(test_units_and_quarters_in_headers),
        TEST(test_markers_stand_apart_from_numbers),
        TEST(test_long_lines_run_over_empty_cells),
        TEST(test_chart_of_other_figures_is_left_out),
        TEST(test_sheet_names),
        TEST(test_numbers_and_their_formats),
        TEST(test_numbers_shown_otherwise_stay_text),
        TEST(test_long_text_takes_a_wider_column),
        TEST(test_text_stands_off_the_number_before_it),
        TEST(test_bad_characters_are_refused),
        TEST(test_headers_must_differ_and_be_there),
        TEST(test_table_without_rows),
        TEST(test_cell_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
