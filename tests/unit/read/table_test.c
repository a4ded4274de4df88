#include "read_support.h"

#include "read/read_int.h"

static size_t excluded(const struct run *run, const char *rule)
{
    const struct file_account *file = &run->dataset->account.files[0];
    for (size_t i = 0; i < file->exclusion_count; i++)
        if (text_is(file->exclusions[i].rule, rule))
            return file->exclusions[i].rows;
    return 0;
}

static void assert_account(const struct run *run, size_t header, size_t read, size_t used)
{
    const struct file_account *file = &run->dataset->account.files[0];
    assert_int_equal(file->header_line, header);
    assert_int_equal(file->read, read);
    assert_int_equal(file->used, used);
}

#define ABOVE "stands above the header"
#define REPEATED "repeats the header"
#define FOOTNOTE "footnote below the table"

static void titles_stand_above_the_header(void **state)
{
    (void)state;
    struct run run = run_csv("wide", "ignore = % change\n",
                             "Partnership review\nRecorded crime 2021/22,,,\n"
                             "Period: 2021/22\n\n\n"
                             "Offence type,2021/22,2020/21,% change\nBurglary,280,284,-1.4%\n");
    assert_ok(&run);
    assert_account(&run, 6, 4, 1);
    assert_int_equal(excluded(&run, ABOVE), 3);
    assert_says(message_of(&run, DIAG_HEADER), "this row is the header; the 3 rows above");
    assert_int_equal(figure_of(&run, "Burglary", "", "2021/22"), 280);
    run_end(&run);
    run = run_csv("long", "", "Measure,Period,Value\nA,2021/22,1\n");
    assert_ok(&run);
    assert_account(&run, 1, 1, 1);
    assert_int_equal(count_kind(&run, DIAG_HEADER), 0);
    run_end(&run);
    run = run_csv("actions", "", "Actions,,\nID,Action,Owner\n1,Do it,Housing\n");
    assert_ok(&run);
    assert_account(&run, 2, 2, 1);
    run_end(&run);
}

/* These hold a period, and so all that a header of a wide table needs. */
static void titles_of_two_cells_are_no_header(void **state)
{
    (void)state;
    static const char *const titles[] = {"Period:,2021/22\n", "Year ending,March 2022,,\n",
                                         "Reporting period,2021/22,,\nRun by,Performance team,,\n",
                                         "Printed,2022\nPeriod:,2021/22\n\n"};
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
        struct arena *arena = arena_new();
        struct run run =
            run_csv("wide", "",
                    text_format(arena, "%sOffence,2021/22,2020/21,2019/20\nBurglary,280,284,513\n",
                                titles[i])
                        .ptr);
        assert_ok(&run);
        assert_int_equal(figure_of(&run, "Burglary", "", "2019/20"), 513);
        assert_int_equal(run.dataset->measure_count, 1);
        run_end(&run);
        arena_free(arena);
    }
}

static void rows_that_look_like_a_header_are_rows(void **state)
{
    (void)state;
    struct run run =
        run_csv("wide", "", "Place,2021/22,2020/21\nHomes built in,2019,2020\nHomes,1998,2001\n");
    assert_ok(&run);
    assert_account(&run, 1, 2, 2);
    assert_int_equal(figure_of(&run, "Homes built in", "", "2020/21"), 2020);
    run_end(&run);
    /* figures are never cut off as titles */
    run = run_csv("wide", "", "Burglary,280,284\nTheft,5,6\nMeasure,2021/22,2020/21\nArson,1,2\n");
    assert_says(only_error(&run, DIAG_FORMAT, 3, 0), "row 1 above it holds figures");
    run_end(&run);
    run = run_csv("wide", "header row = 3\n",
                  "Burglary,280,284\nTheft,5,6\nMeasure,2021/22,2020/21\nArson,1,2\n");
    assert_ok(&run);
    assert_int_equal(excluded(&run, ABOVE), 2);
    run_end(&run);
}

/* Words of rows may name somebody: they do not become names of columns. */
static void words_of_rows_are_no_headers(void **state)
{
    (void)state;
    struct run run = run_csv("wide", "",
                             "Theme,Code,Target,Lead\nHomes,H1,more,J Bloggs\n"
                             "Homes,H2,PM 10-12,J Doe\nWaste,W1,May 2022,J Roe\n");
    struct text told = diags_text(&run.diags);
    assert_contains(run.arena, told, "'Theme'");
    assert_false(text_contains(told, TEXT("J ")));
    run_end(&run);
    run = run_csv("wide", "", "Crime,Police,England\n,2021/22,2020/21\nA,1,2\n");
    assert_ok(&run);
    assert_account(&run, 2, 2, 1);
    run_end(&run);
}

static void two_rows_make_a_header(void **state)
{
    (void)state;
    struct run run = run_csv("wide", "ignore = 2021/22 Rate, 2020/21 Rate\n",
                             "Crime,,,,\n,2021/22,,2020/21,\n"
                             "Measure,Number,Rate,Number,Rate\nBurglary,280,3.1,284,3.2\n");
    assert_ok(&run);
    assert_account(&run, 2, 2, 1);
    assert_int_equal(figure_of(&run, "Burglary", "", "2020/21"), 284);
    assert_says(message_of(&run, DIAG_HEADER), "this row and the next are the header");
    assert_says(message_of(&run, DIAG_HEADER), "'2020/21 Rate'; the row above is left out");
    run_end(&run);
    run = run_csv("wide", "", "Measure,2021/22,,,\n,Q1,Q2,Q3,Q4\nBurglary,1,2,3,4\n");
    assert_ok(&run);
    assert_account(&run, 1, 1, 1);
    assert_int_equal(figure_of(&run, "Burglary", "", "Q3 2021/22"), 3);
    run_end(&run);
    /* a row of units */
    run = run_csv("wide", "", "Measure,2021/22,2020/21\n,Number,Number\nBurglary,1,2\n");
    assert_ok(&run);
    assert_account(&run, 1, 1, 1);
    assert_int_equal(figure_of(&run, "Burglary", "", "2021/22"), 1);
    run_end(&run);
    run = run_csv("wide", "", "Measure,2021/22,2020/21\nBurglary,n/a,[x]\n,,Number\n");
    assert_account(&run, 1, 2, 1);
    run_end(&run);
    /* names of merged groups do not hide the names that are known */
    run = run_csv("actions", "",
                  "Plan,,What,,Owner\nID,Priority,Action,Links,\n1,Homes,Do it,x,Housing\n");
    assert_ok(&run);
    assert_account(&run, 1, 1, 1);
    assert_text(run.arena, run.dataset->actions[0].field[ACTION_OWNER], "Housing");
    run_end(&run);
    run = run_csv("long", "", "What,,,When\nMeasure,Area,Value,\nA,Melton,5,2021/22\n");
    assert_says(only_error(&run, DIAG_MISSING_COLUMN, 2, 0), "no column 'Period'");
    run_end(&run);
    run = run_csv("long", "", "What,,,Period\nMeasure,Area,Value,\nA,Melton,5,2021/22\n");
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "A", "Melton", "2021/22"), 5);
    run_end(&run);
}

static void a_row_of_data_is_no_second_header(void **state)
{
    (void)state;
    struct run run = run_csv("wide", "", ",2021/22,2020/21\nBurglary,280,284\nArson,n/a,3\n");
    assert_ok(&run);
    assert_account(&run, 1, 2, 2);
    assert_int_equal(figure_of(&run, "Burglary", "", "2020/21"), 284);
    run_end(&run);
    run = run_csv("actions", "", ",Action,\n,Do it,\n,Do that,\n");
    assert_ok(&run);
    assert_account(&run, 1, 2, 2);
    run_end(&run);
}

static void the_job_names_the_header_row(void **state)
{
    (void)state;
    static const char csv[] =
        "Measure,Period,Value\nOld,2020/21,1\n\n\"Meas-\nure\",Period,Value\n"
        "A,2021/22,5\n";
    struct run run = run_csv("long", "header row = 4\nmeasure = Meas-ure\n", csv);
    assert_ok(&run);
    assert_account(&run, 4, 3, 1);
    assert_int_equal(excluded(&run, ABOVE), 2);
    run_end(&run);
    static const char *const wrong[] = {"3", "5", "40", "2-3"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct arena *arena = arena_new();
        run = run_csv("long", text_format(arena, "header row = %s\n", wrong[i]).ptr, csv);
        assert_says(only_error(&run, DIAG_BAD_VALUE, 4, 14), "has no header in row ");
        run_end(&run);
        arena_free(arena);
    }
    run = run_csv("wide", "header row = 2-3\n", "x,1\n,2021/22,\nKind,Number,Q1\nA,1,2\n");
    assert_ok(&run);
    assert_account(&run, 2, 2, 1);
    run_end(&run);
    static const char *const bad[] = {"0", "first", "5-", "6-5", "-4", "12345678"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct arena *arena = arena_new();
        run = run_csv("long", text_format(arena, "header row = %s\n", bad[i]).ptr, csv);
        assert_says(only_error(&run, DIAG_BAD_VALUE, 4, 14), "is no header row: expected");
        run_end(&run);
        arena_free(arena);
    }
}

static void without_a_header_the_nearest_row_tells(void **state)
{
    (void)state;
    struct run run = run_csv("long", "", "Title\nIndicater,When,Number,Area\nA,2021/22,5,Melton\n");
    assert_int_equal(count_kind(&run, DIAG_MISSING_COLUMN), 3);
    assert_says(message_of(&run, DIAG_MISSING_COLUMN),
                "the columns are 'Indicater', 'When', 'Number', 'Area'; the nearest is "
                "'Indicater'; if one of them is meant, name it in [source s]");
    assert_int_equal(run.diags.items[0].place.line, 2);
    run_end(&run);
    run = run_csv("actions", "", "Action\nDo it\nDo that\n");
    assert_ok(&run);
    assert_account(&run, 1, 2, 2);
    run_end(&run);
    run = run_csv("long", "", "Title\n\n");
    assert_int_equal(count_kind(&run, DIAG_MISSING_COLUMN), 3);
    run_end(&run);
    run = run_csv("long", "", "Title\nMeasure,Period,Value\n");
    assert_says(only_error(&run, DIAG_NO_ROWS, 0, 0), "no rows below the header");
    run_end(&run);
}

/* A file that holds notes alone is as suspicious as an empty one. */
static void notes_are_no_rows(void **state)
{
    (void)state;
    struct run run = run_new();
    write_file(run_path(&run, "a.csv"), TEXT("Measure,2021/22\nA,1\n"));
    write_file(run_path(&run, "b.csv"), TEXT("Measure,2021/22\n\nNote: no data\n"));
    run_job(&run, "[source s]\ndialect = wide\nfiles = *.csv\n", run.folder);
    assert_says(only_error(&run, DIAG_NO_ROWS, 0, 0), "no rows below the header");
    run_end(&run);
}

/* The header is looked for in the first 50 rows that are not blank. */
static void the_header_is_near_the_top(void **state)
{
    (void)state;
    for (int titles = 49; titles <= 50; titles++) {
        struct arena *arena = arena_new();
        struct buffer csv = {.arena = arena};
        for (int i = 0; i < titles; i++)
            buffer_format(&csv, "Line %d\n\n", i);
        buffer_add(&csv, TEXT("Measure,Period,Value\nA,2021/22,5\n"));
        struct run run = run_bytes("long", "", buffer_text(&csv));
        assert_int_equal(run.dataset->figure_count, titles == 49);
        assert_int_equal(diags_ok(&run.diags), titles == 49);
        run_end(&run);
        arena_free(arena);
    }
}

static void repeated_headers_are_left_out(void **state)
{
    (void)state;
    struct run run = run_csv("wide", "ignore = 2021/22 Rate\n",
                             ",2021/22,\nMeasure,Number,Rate\nA,1,2\n\n,2021/22,\n"
                             "Measure,Number,Rate\nB,3,4\nMeasure,Number,5\n");
    assert_account(&run, 1, 5, 2);
    assert_int_equal(excluded(&run, REPEATED), 2);
    assert_int_equal(count_kind(&run, DIAG_NUMBER), 1);
    run_end(&run);
    run =
        run_csv("wide", "", "Measure,2020/21,2021/22\nA,1,2\nMEASURE ,2020/21,2021 / 22\nB,3,4\n");
    assert_ok(&run);
    assert_account(&run, 1, 3, 2);
    assert_int_equal(excluded(&run, REPEATED), 1);
    run_end(&run);
}

static void footnotes_are_left_out(void **state)
{
    (void)state;
    struct run run = run_csv("wide", "",
                             "Measure,2021/22,2020/21\nA,1,2\nB,3,4\n\n"
                             "* included above\nPolice data,,\n\nPrinted on Monday\n");
    assert_ok(&run);
    assert_account(&run, 1, 5, 2);
    assert_int_equal(excluded(&run, FOOTNOTE), 3);
    assert_says(message_of(&run, DIAG_HEADER), "this row and the 2 below it are footnotes");
    assert_int_equal(run.diags.items[0].place.line, 5);
    run_end(&run);
    static const char *const marked[] = {"* of these",
                                         "† of these",
                                         "¹ of these",
                                         "(1) of these",
                                         "[note 2] of these",
                                         "[x] not there",
                                         "Source: us",
                                         "Notes",
                                         "Note 3: words",
                                         "SOURCES – us",
                                         "© Crown copyright",
                                         "Contains public sector information",
                                         "Data extracted on 4 May 2022"};
    for (size_t i = 0; i < sizeof marked / sizeof marked[0]; i++) {
        struct arena *arena = arena_new();
        run = run_csv("wide", "",
                      text_format(arena, "Measure,2021/22\nA,1\n%s\nmore\n", marked[i]).ptr);
        assert_ok(&run);
        assert_int_equal(excluded(&run, FOOTNOTE), 2);
        run_end(&run);
        arena_free(arena);
    }
}

static void what_may_be_a_row_is_no_footnote(void **state)
{
    (void)state;
    static const char *const torn[] = {"Burgl",      "Notes served", "(including arson",
                                       "Sources of", "Contains",     "Copyrighted works seized"};
    for (size_t i = 0; i < sizeof torn / sizeof torn[0]; i++) {
        struct arena *arena = arena_new();
        struct run run =
            run_csv("wide", "", text_format(arena, "Measure,2021/22\nA,1\n%s", torn[i]).ptr);
        assert_says(only_error(&run, DIAG_FIELD_COUNT, 3, 0), "row of 1 fields: expected 2");
        run_end(&run);
        arena_free(arena);
    }
    /* the table goes on: those above were rows; the torn one stays one too */
    struct run run = run_csv("wide", "", "Measure,2021/22\nA,1\n\n* note\nB,2\nTor\n\nNote\n");
    assert_int_equal(count_kind(&run, DIAG_FIELD_COUNT), 2);
    assert_int_equal(excluded(&run, FOOTNOTE), 1);
    assert_account(&run, 1, 5, 2);
    run_end(&run);
    /* a blank line below every row says nothing */
    run = run_csv("wide", "", "Measure,2021/22\n\nA,1\n\nB,2\n\nC,3\n\nTor");
    assert_says(only_error(&run, DIAG_FIELD_COUNT, 9, 0), "row of 1 fields");
    run_end(&run);
    /* a table of one column has no footnotes */
    run = run_csv("actions", "", "Action\nDo it\n\n* Do that\n");
    assert_ok(&run);
    assert_account(&run, 1, 2, 2);
    run_end(&run);
}

static void continuation_rows_are_rows(void **state)
{
    (void)state;
    struct run run = run_csv("actions", "continuation = join\n",
                             "ID,Action,Owner\n1,Do it,Housing\n,* and that,\n2,Do more,Waste\n"
                             ",* and more,\n");
    assert_ok(&run);
    assert_account(&run, 1, 4, 4);
    assert_text(run.arena, run.dataset->actions[1].field[ACTION_TITLE], "Do more\n* and more");
    assert_int_equal(run.dataset->action_count, 2);
    run_end(&run);
}

static void more_rows_than_can_be_held_are_rows(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct buffer csv = {.arena = arena};
    buffer_add(&csv, TEXT("Measure,2021/22\nA,1\n\n"));
    for (int i = 0; i < 103; i++)
        buffer_format(&csv, "line %d\n", i);
    struct run run = run_bytes("wide", "", buffer_text(&csv));
    assert_int_equal(count_kind(&run, DIAG_FIELD_COUNT), 103);
    assert_account(&run, 1, 104, 1);
    run_end(&run);
    arena_free(arena);
}

/* Rows of a sheet end with their last cell. */
static void rows_of_sheets_are_padded(void **state)
{
    (void)state;
    struct run run = run_csv("wide", "", "Measure,2021/22,2020/21\nA,1,2\n");
    struct source source = {.arena = run.arena,
                            .limits = &limits_default,
                            .scratch = arena_new(),
                            .diags = &run.diags,
                            .section = &run.job.sections[0],
                            .dialect = dialects[0],
                            .dataset = run.dataset,
                            .path = TEXT("plan.xlsx"),
                            .sheet = TEXT("Crime"),
                            .fixed_area = TEXT_EMPTY};
    source.state = arena_alloc(run.arena, source.dialect->reader->state_size);
    source.account = account_add_file(run.dataset, source.path);
    static const struct text cells[][4] = {
        {TEXT_INIT("Title")},
        {TEXT_INIT("Measure"), TEXT_INIT("2021/22"), TEXT_INIT("2020/21")},
        {TEXT_INIT("B"), TEXT_INIT("5")},
        {TEXT_INIT("C"), TEXT_INIT("5"), TEXT_INIT("6"), TEXT_INIT("7")},
        {TEXT_INIT("D"), TEXT_INIT("5"), TEXT_INIT("6"), TEXT_INIT(" ")},
        {TEXT_INIT("* note")}};
    static const size_t counts[] = {1, 3, 2, 4, 4, 1};
    table_begin(&source);
    for (unsigned i = 0; i < 6; i++) {
        struct record row = {.line = i + 1, .fields = cells[i], .count = counts[i]};
        assert_true(table_take(&source, &row));
    }
    assert_true(table_end(&source));
    assert_int_equal(source.account->header_line, 2);
    assert_int_equal(source.account->read, 5);
    assert_int_equal(source.account->used, 2);
    assert_int_equal(source.account->rejected, 1);
    assert_int_equal(figure_of(&run, "B", "", "2021/22"), 5);
    assert_int_equal(figure_of(&run, "D", "", "2020/21"), 6);
    only_error(&run, DIAG_FIELD_COUNT, 4, 4);
    arena_free(source.scratch);
    run_end(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(titles_stand_above_the_header),
        cmocka_unit_test(titles_of_two_cells_are_no_header),
        cmocka_unit_test(rows_that_look_like_a_header_are_rows),
        cmocka_unit_test(words_of_rows_are_no_headers),
        cmocka_unit_test(two_rows_make_a_header),
        cmocka_unit_test(a_row_of_data_is_no_second_header),
        cmocka_unit_test(the_job_names_the_header_row),
        cmocka_unit_test(without_a_header_the_nearest_row_tells),
        cmocka_unit_test(notes_are_no_rows),
        cmocka_unit_test(the_header_is_near_the_top),
        cmocka_unit_test(repeated_headers_are_left_out),
        cmocka_unit_test(footnotes_are_left_out),
        cmocka_unit_test(what_may_be_a_row_is_no_footnote),
        cmocka_unit_test(continuation_rows_are_rows),
        cmocka_unit_test(more_rows_than_can_be_held_are_rows),
        cmocka_unit_test(rows_of_sheets_are_padded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
