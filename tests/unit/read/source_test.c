#include "read_support.h"

#define ROWS "Measure,Period,Value,Area\nA,2021/22,5,Melton\nB,2021/22,6,Oadby\nC,2021/22,7,Oadby\n"

static void check_where(const char *where, size_t used, const char *rule)
{
    struct arena *arena = arena_new();
    struct run run = run_csv("long", text_format(arena, "where = %s\n", where).ptr, ROWS);
    assert_ok(&run);
    const struct file_account *file = &run.dataset->account.files[0];
    assert_int_equal(file->read, 3);
    assert_int_equal(file->used, used);
    assert_text(arena, file->exclusions[0].rule, rule);
    run_end(&run);
    arena_free(arena);
}

static void filters_name_their_rule(void **state)
{
    (void)state;
    check_where("area begins with Oa", 2, "area does not begin with 'Oa'");
    check_where("Area is Melton", 1, "Area is not 'Melton'");
    check_where("Area is not Melton", 2, "Area is 'Melton'");
    check_where("Measure is one of A | C", 2, "Measure is not one of 'A', 'C'");
}

static void filters_that_cannot_be(void **state)
{
    (void)state;
    struct run run = run_csv("long", "where = Area contains x\n", ROWS);
    assert_says(only_error(&run, DIAG_BAD_VALUE, 4, 9), "begins with");
    run_end(&run);
    run = run_csv("long", "where = Are is Melton\n", ROWS);
    assert_says(only_error(&run, DIAG_MISSING_COLUMN, 4, 9), "the nearest is 'Area'");
    run_end(&run);
    run = run_csv("long", "where = Area is Nowhere\n", ROWS);
    assert_says(only_error(&run, DIAG_NO_ROWS, 1, 1), "all 3 rows are excluded");
    run_end(&run);
}

static void an_empty_export_is_an_error(void **state)
{
    (void)state;
    struct run run = run_csv("long", "", "Measure,Period,Value\n\n");
    assert_says(only_error(&run, DIAG_NO_ROWS, 0, 0), "allow empty = yes");
    run_end(&run);
    run = run_csv("long", "allow empty = yes\n", "Measure,Period,Value\n\n");
    assert_ok(&run);
    run_end(&run);
    run = run_csv("long", "", "\n \n");
    assert_says(only_error(&run, DIAG_NO_ROWS, 0, 0), "every cell is blank");
    run_end(&run);
}

static void a_file_of_bad_rows_is_given_up(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct buffer csv = {.arena = arena};
    buffer_add(&csv, TEXT("Measure,Period,Value\n"));
    for (int i = 0; i < 12000; i++)
        buffer_add(&csv, TEXT("A\n"));
    struct run run = run_bytes("long", "", buffer_text(&csv));
    assert_int_equal(count_kind(&run, DIAG_CAP), 1);
    assert_int_equal(run.dataset->account.files[0].read, 10000);
    assert_int_equal(run.dataset->account.files[0].rejected, 10000);
    run_end(&run);
    arena_free(arena);
}

static void blank_rows_above_the_header_are_skipped(void **state)
{
    (void)state;
    struct run run = run_csv("long", "", "\n,,\nMeasure,Period,Value\n,,\nA,2021/22,1\n");
    assert_ok(&run);
    assert_int_equal(run.dataset->account.files[0].read, 2);
    assert_int_equal(run.dataset->account.files[0].used, 1);
    assert_int_equal(run.dataset->figures[0].place.line, 5);
    run_end(&run);
}

static void files_are_named_once_and_exist(void **state)
{
    (void)state;
    struct run run = run_new();
    write_file(run_path(&run, "a.csv"), TEXT("Measure,Period,Value\nA,2021/22,1\n"));
    write_file(run_path(&run, "b.csv"), TEXT("Measure,Period,Value\nB,2021/22,1\n"));
    run_job(&run, "[source s]\ndialect = long\nfiles = a.csv, ?.csv\n", run.folder);
    assert_says(only_error(&run, DIAG_DUPLICATE_ROW, 3, 9), "named twice");
    assert_int_equal(run.dataset->account.count, 2);
    run_end(&run);

    run = run_new();
    write_file(run_path(&run, "a.csv"), TEXT("Measure,Period,Value\nA,2021/22,1\n"));
    write_file(run_path(&run, "copy.csv"), TEXT("Measure,Period,Value\nA,2021/22,1\n"));
    run_job(&run, "[source s]\ndialect = long\nfiles = *.csv\n", run.folder);
    assert_says(only_error(&run, DIAG_DUPLICATE_ROW, 3, 9), "the same bytes");
    assert_int_equal(run.dataset->account.files[1].read, 0);
    run_end(&run);

    run = run_new();
    run_job(&run, "[source s]\ndialect = long\nfiles = none.csv, no*.csv\n", run.folder);
    assert_int_equal(count_kind(&run, DIAG_NO_FILE), 2);
    assert_int_equal(run.diags.items[0].place.line, 3);
    run_end(&run);
}

static void a_bracket_in_the_folder_is_no_pattern(void **state)
{
    (void)state;
    struct run run = run_new();
    const char *folder = run_path(&run, "q[1]");
    assert_true(folder_create(&run.diags, text_from(folder)));
    const char *file = path_join(run.arena, text_from(folder), TEXT("a.csv")).ptr;
    write_file(file, TEXT("Measure,Period,Value\nA,2021/22,1\n"));
    run_job(&run, "[source s]\ndialect = long\nfiles = *.csv\n", text_from(folder));
    assert_ok(&run);
    assert_int_equal(run.dataset->figure_count, 1);
    unlink(file);
    rmdir(folder);
    run_end(&run);
}

static void delimiters_can_be_given(void **state)
{
    (void)state;
    struct run run =
        run_csv("long", "delimiter = pipe\n", "Measure|Period|Value|a,b,c,d,e,f\nA|2021/22|7|\n");
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "A", "", "2021/22"), 7);
    run_end(&run);
    run = run_csv("long", "", "Measure\tPeriod\tValue\nA\t2021/22\t1,000\n");
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "A", "", "2021/22"), 1000);
    run_end(&run);
    run = run_csv("long", "delimiter = colon\n", "Measure,Period,Value\nA,2021/22,1\n");
    assert_says(only_error(&run, DIAG_BAD_VALUE, 4, 13), "comma, semicolon, tab or pipe");
    run_end(&run);
}

static void excels_separator_line_is_no_row(void **state)
{
    (void)state;
    struct run run = run_csv("long", "", "sep=;\r\nMeasure;Period;Value\r\nA, b, c;2021/22;7\r\n");
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "A, b, c", "", "2021/22"), 7);
    assert_int_equal(run.dataset->account.files[0].delimiter, ';');
    assert_int_equal(run.dataset->account.files[0].read, 1);
    assert_int_equal(run.dataset->figures[0].place.line, 3);
    run_end(&run);
    run = run_csv("long", "", "sep=^\nMeasure^Period^Value\nA^2021/22^7\n");
    assert_says(only_error(&run, DIAG_FORMAT, 1, 0), "comma, semicolon, tab or pipe");
    run_end(&run);
}

/* More than the blocks in which a file is read, with a row across each of their borders. */
static void check_large(const char *mark, const char *cell, const char *shown, bool wide_bytes)
{
    struct run run = run_new();
    struct buffer csv = {.arena = run.arena}, bytes = {.arena = run.arena};
    buffer_add(&csv, TEXT("Measure,Period,Value\n"));
    for (int i = 0; i < 30000; i++)
        buffer_format(&csv, "%s %d,2021/22,%d\n", cell, i, i);
    struct text text = buffer_text(&csv);
    buffer_add(&bytes, text_from(mark));
    for (size_t i = 0; i < text.len; i++) {
        buffer_add_byte(&bytes, text.ptr[i]);
        if (wide_bytes)
            buffer_add_byte(&bytes, '\0');
    }
    write_file(run_path(&run, "data.csv"), buffer_text(&bytes));
    run_job(&run, "[source s]\nfiles = data.csv\ndialect = long\n", run.folder);
    assert_ok(&run);
    assert_int_equal(run.dataset->figure_count, 30000);
    for (int i = 0; i < 30000; i++) {
        assert_text(run.arena, run.dataset->measures[i].name,
                    text_format(run.arena, "%s %d", shown, i).ptr);
        assert_int_equal(run.dataset->figures[i].place.line, i + 2);
    }
    run_end(&run);
}

static void files_larger_than_a_block_are_whole(void **state)
{
    (void)state;
    check_large("", "plain", "plain", false);
    check_large("", "caf\xC3\xA9", "caf\xC3\xA9", false);
    check_large("\xEF\xBB\xBF", "\xE2\x82\xAC", "\xE2\x82\xAC", false);
    check_large("", "caf\xE9", "caf\xC3\xA9", false);
    check_large("\xFF\xFE", "\xA3", "\xC2\xA3", true);
}

static void keys_and_dialects_are_known(void **state)
{
    (void)state;
    struct run run = run_csv("long", "fill down = Area\n", ROWS);
    only_error(&run, DIAG_UNKNOWN_KEY, 4, 1);
    run_end(&run);
    run = run_csv("longer", "", ROWS);
    assert_says(only_error(&run, DIAG_BAD_VALUE, 3, 11),
                "wide, long, fingertips, kpi, survey, police-street, police-stop-search, actions");
    run_end(&run);
    run = run_csv("long", "kind = sort\n", ROWS);
    only_error(&run, DIAG_BAD_VALUE, 4, 8);
    run_end(&run);
}

static void other_encodings_reach_the_dataset(void **state)
{
    (void)state;
    struct run run = run_bytes("long", "",
                               TEXT("Measure,Period,Value\r\ncaf\xE9s,2021/22,\xA3"
                                    "5\r\n"));
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "cafés", "", "2021/22"), 5);
    assert_text(run.arena, run.dataset->account.files[0].encoding, "Windows-1252");
    assert_int_equal(run.diags.items[0].place.line, 2);
    assert_says(message_of(&run, DIAG_READ), "byte \\xE9 here is not UTF-8");
    run_end(&run);
}

static void a_lookup_is_checked(void **state)
{
    (void)state;
    static const struct {
        const char *lookup;
        enum diag_kind kind;
        unsigned line, column;
    } cases[] = {
        {"Area,Ward\nMelton,M\nOadby,O\nOadby,P\n", DIAG_CONFLICT, 0, 0},
        {"Area,Ward,More\nMelton,M,x\n", DIAG_FORMAT, 1, 0}, /* which is the area? */
        {"Area\nMelton\n", DIAG_FORMAT, 1, 0},
        {"Area,Ward\nMelton,M\nOadby,O\nX\n", DIAG_FIELD_COUNT, 4, 0},
        {"Area,Ward\nMelton,M\nOadby,\nOadby,O\n", DIAG_MISSING_VALUE, 3, 0},
        {"Area,Ward\n", DIAG_NO_ROWS, 0, 0},
        {"Place,Ward\nMelton,M\n", DIAG_MISSING_COLUMN, 1, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct run run = run_new();
        write_file(run_path(&run, "data.csv"), text_from(ROWS));
        write_file(run_path(&run, "l.csv"), text_from(cases[i].lookup));
        run_job(&run, "[source s]\ndialect = long\nfiles = data.csv\nlookup = l.csv\n", run.folder);
        only_error(&run, cases[i].kind, cases[i].line, cases[i].column);
        run_end(&run);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(filters_name_their_rule),
        cmocka_unit_test(filters_that_cannot_be),
        cmocka_unit_test(an_empty_export_is_an_error),
        cmocka_unit_test(a_file_of_bad_rows_is_given_up),
        cmocka_unit_test(blank_rows_above_the_header_are_skipped),
        cmocka_unit_test(files_are_named_once_and_exist),
        cmocka_unit_test(a_bracket_in_the_folder_is_no_pattern),
        cmocka_unit_test(delimiters_can_be_given),
        cmocka_unit_test(excels_separator_line_is_no_row),
        cmocka_unit_test(files_larger_than_a_block_are_whole),
        cmocka_unit_test(keys_and_dialects_are_known),
        cmocka_unit_test(other_encodings_reach_the_dataset),
        cmocka_unit_test(a_lookup_is_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
