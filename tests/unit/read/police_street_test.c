#include "read_support.h"

#include "read/read_int.h"

#define TWO_MONTHS "[source s]\nfiles = street-two-months-*.csv\ndialect = police-street\n"

static void counts_by_type_area_and_month(void **state)
{
    (void)state;
    struct run run = run_fixture(TWO_MONTHS);
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "Burglary", "Harborough", "April 2021"), 2);
    assert_int_equal(figure_of(&run, "Burglary", "Harborough", "May 2021"), 1);
    assert_int_equal(figure_of(&run, "Anti-social behaviour", "Harborough", "April 2021"), 1);
    assert_int_equal(figure_of(&run, "Drugs", "North West Example", "April 2021"), 1);
    assert_int_equal(figure_of(&run, "Drugs", "No location given", "April 2021"), 1);
    /* a month that was read has none of what does not occur in it */
    assert_int_equal(figure_of(&run, "Drugs", "Harborough", "May 2021"), 0);
    assert_int_equal(figure_of(&run, "Drugs", "No location given", "May 2021"), 0);
    const struct figure first = dataset_figure_at(run.dataset, 1);
    assert_int_equal(first.place.line, 3);
    assert_int_equal(first.place.column, 10);
    run_end(&run);
}

static void no_row_is_zero_only_where_the_forces_month_was_read(void **state)
{
    (void)state;
    struct run run =
        run_fixture("[source s]\nfiles = street-area-without-a-row.csv\ndialect = police-street\n");
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "Drugs", "Southtown", "May 2021"), 0);
    /* nothing was read of the other force's May */
    assert_int_equal(figure_of(&run, "Drugs", "Easttown", "May 2021"), INT64_MIN);
    run_end(&run);
}

static void excluded_rows_are_counted_by_rule(void **state)
{
    (void)state;
    struct run run = run_fixture(TWO_MONTHS "where = LSOA name begins with Harborough\n");
    assert_ok(&run);
    const struct account *account = &run.dataset->account;
    assert_int_equal(account->count, 2);
    assert_int_equal(account->files[0].read, 5);
    assert_int_equal(account->files[0].used, 3);
    assert_int_equal(account->files[0].exclusions[0].rows, 2);
    assert_text(run.arena, account->files[0].exclusions[0].rule,
                "LSOA name does not begin with 'Harborough'");
    assert_int_equal(run.dataset->areas.count, 1);
    run_end(&run);
}

static void areas_can_be_looked_up(void **state)
{
    (void)state;
    struct run run = run_fixture(TWO_MONTHS "lookup = lookup-lsoa-to-beat.csv\n");
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "Burglary", "West beat", "April 2021"), 1);
    assert_int_equal(figure_of(&run, "Burglary", "East beat", "April 2021"), 1);
    assert_int_equal(figure_of(&run, "Shoplifting", "North beat", "May 2021"), 1);
    /* a row without a place cannot be in the lookup, and counts all the same */
    assert_int_equal(figure_of(&run, "Drugs", "No location given", "April 2021"), 1);
    run_end(&run);
}

#define HEADER                                                                                     \
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"     \
    "Crime type,Last outcome category,Context\n"
#define ROW(id, month, force, code, area, type)                                                    \
    id "," month "," force "," force ",,,On or near Sample Street," code "," area "," type ",,\n"

static void a_code_that_no_lookup_has_is_rejected(void **state)
{
    (void)state;
    struct run run = run_new();
    write_file(run_path(&run, "l.csv"), TEXT("LSOA code,Beat\nE1,East\n"));
    write_file(run_path(&run, "a.csv"), TEXT(HEADER ROW("1", "2021-04", "F", "E1", "A 1", "Drugs")
                                                 ROW("2", "2021-04", "F", "E2", "A 2", "Drugs")));
    run_job(&run, "[source s]\nfiles = a.csv\ndialect = police-street\nlookup = l.csv\n",
            run.folder);
    assert_says(only_error(&run, DIAG_LOOKUP, 3, 8), "is not in");
    assert_int_equal(run.dataset->account.files[1].rejected, 1);
    run_end(&run);
}

static void one_name_can_stand_for_all_areas(void **state)
{
    (void)state;
    struct run run = run_fixture(TWO_MONTHS "area = Example district\n");
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "Drugs", "Example district", "April 2021"), 2);
    run_end(&run);
}

/* A source of the files a.csv, b.csv, … with these rows. */
static struct run run_files(const char *keys, const char *const *names, const char *const *rows,
                            size_t count)
{
    struct run run = run_new();
    for (size_t i = 0; i < count; i++)
        write_file(run_path(&run, names[i]),
                   text_concat(run.arena, TEXT(HEADER), text_from(rows[i])));
    const char *job =
        text_format(run.arena, "[source s]\nfiles = *.csv\ndialect = police-street\n%s", keys).ptr;
    run_job(&run, job, run.folder);
    return run;
}

static void an_id_that_comes_again_is_counted_and_told(void **state)
{
    (void)state;
    static const char *const names[] = {"a.csv", "b.csv"};
    static const char *const rows[] = {ROW("id1", "2021-04", "F", "E1", "A 1", "Drugs")
                                           ROW("", "2021-04", "F", "E1", "A 1", "ASB")
                                               ROW("", "2021-04", "F", "E1", "A 1", "ASB"),
                                       ROW("id2", "2021-05", "F", "E1", "A 1", "Drugs")
                                           ROW("id1", "2021-05", "F", "E1", "A 1", "Drugs")
                                               ROW("id2", "2021-05", "F", "E1", "A 1", "Drugs")};
    struct run run = run_files("", names, rows, 2);
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "Drugs", "A", "May 2021"), 3);
    assert_int_equal(count_kind(&run, DIAG_SAME_ID), 1); /* blank ids are none */
    assert_says(message_of(&run, DIAG_SAME_ID), "2 rows have the id of an earlier one");
    assert_says(message_of(&run, DIAG_SAME_ID), "b.csv:3");
    run_end(&run);
}

static void a_month_of_a_force_is_in_one_file(void **state)
{
    (void)state;
    static const char *const names[] = {"a.csv", "b.csv"};
    static const char *const rows[] = {ROW("1", "2021-04", "F", "E1", "A 1", "Drugs"),
                                       ROW("2", "2021-04", "F", "E1", "A 1", "Drugs")};
    static const char *const other_force[] = {ROW("1", "2021-04", "F", "E1", "A 1", "Drugs"),
                                              ROW("2", "2021-04", "G", "E1", "A 1", "Drugs")};
    struct run run = run_files("", names, rows, 2);
    assert_says(only_error(&run, DIAG_SAME_INPUT, 2, 0), "'F', April 2021 is in");
    run_end(&run);
    run = run_files("same month = allow\n", names, rows, 2);
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "Drugs", "A", "April 2021"), 2);
    run_end(&run);
    run = run_files("", names, other_force, 2);
    assert_ok(&run);
    run_end(&run);
    run = run_files("same month = perhaps\n", names, other_force, 2);
    assert_says(only_error(&run, DIAG_BAD_VALUE, 4, 14), "'allow' or 'refuse'");
    run_end(&run);
}

static void a_stray_row_of_another_month_is_no_second_file_of_it(void **state)
{
    (void)state;
    struct run run = run_new();
    struct buffer april = {.arena = run.arena}, may = {.arena = run.arena};
    buffer_add(&april, TEXT(HEADER));
    buffer_add(&may, TEXT(HEADER ROW("", "2021-04", "F", "E1", "A 1", "Drugs")));
    for (int i = 0; i < 100; i++) {
        buffer_add(&april, TEXT(ROW("", "2021-04", "F", "E1", "A 1", "Drugs")));
        buffer_add(&may, TEXT(ROW("", "2021-05", "F", "E1", "A 1", "Drugs")));
    }
    write_file(run_path(&run, "a.csv"), buffer_text(&april));
    write_file(run_path(&run, "b.csv"), buffer_text(&may));
    run_job(&run, "[source s]\nfiles = *.csv\ndialect = police-street\n", run.folder);
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "Drugs", "A", "April 2021"), 101);
    run_end(&run);
}

static void a_month_that_the_files_name_does_not_say_is_told(void **state)
{
    (void)state;
    static const char *const names[] = {"2021-04-f-street.csv"};
    static const char *const rows[] = {ROW("1", "2021-04", "F", "E1", "A 1", "Drugs") ROW(
        "2", "2021-03", "F", "E1", "A 1", "Drugs") ROW("3", "2021-03", "F", "E1", "A 1", "Drugs")};
    struct run run = run_files("", names, rows, 1);
    assert_ok(&run);
    assert_int_equal(count_kind(&run, DIAG_OTHER_MONTH), 1);
    assert_says(message_of(&run, DIAG_OTHER_MONTH), "2 rows are of March 2021");
    run_end(&run);
}

/* A force's files hold a few rows from beyond its border: nothing is known of the rest there. */
static void another_forces_area_gets_no_zeros(void **state)
{
    (void)state;
    struct run run = run_new();
    struct buffer csv = {.arena = run.arena};
    buffer_add(&csv, TEXT(HEADER));
    for (int i = 0; i < 2500; i++)
        buffer_add(&csv, TEXT(ROW("", "2021-04", "F", "E1", "Hometown 001A", "Drugs")));
    buffer_add(&csv, TEXT(ROW("", "2021-04", "F", "E1", "Smalltown 001A", "Drugs")
                              ROW("", "2021-04", "F", "E1", "Smalltown 001A", "Drugs")
                                  ROW("", "2021-04", "F", "E1", "Hometown 001A", "Robbery")
                                      ROW("", "2021-04", "F", "E2", "Elsewhere 001A", "Drugs")));
    write_file(run_path(&run, "a.csv"), buffer_text(&csv));
    run_job(&run, "[source s]\nfiles = a.csv\ndialect = police-street\n", run.folder);
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "Robbery", "Smalltown", "April 2021"), 0);
    assert_int_equal(figure_of(&run, "Drugs", "Elsewhere", "April 2021"), 1);
    assert_int_equal(figure_of(&run, "Robbery", "Elsewhere", "April 2021"), INT64_MIN);
    assert_int_equal(figure_of(&run, "Robbery", "Hometown", "April 2021"), 1);
    assert_says(message_of(&run, DIAG_NOTE), "too few rows to be a force's own");
    run_end(&run);
}

static void rows_without_a_location_are_told(void **state)
{
    (void)state;
    struct run run = run_fixture(TWO_MONTHS);
    assert_says(message_of(&run, DIAG_NOTE),
                "1 row gives no location: counted in 'No location given'");
    run_end(&run);
}

/* All that is read and told, as one text. */
static struct text told(struct run *run, size_t threads)
{
    struct arena *arena = run->arena;
    struct diags diags = diags_new(arena);
    struct dataset *d = read_source_with(arena, &diags, &run->job, &run->job.sections[0],
                                         run->folder, period_read(arena, TEXT("2021/22")), threads);
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < diags.count; i++)
        buffer_format(&out, "%.*s: %s %.*s\n", TEXT_ARG(place_text(arena, diags.items[i].place)),
                      diag_word(diags.items[i].kind), TEXT_ARG(diags.items[i].message));
    for (size_t i = 0; i < d->account.count; i++)
        buffer_format(&out, "%.*s %.*s %.*s\n", TEXT_ARG(d->account.files[i].path),
                      TEXT_ARG(d->account.files[i].sha256),
                      TEXT_ARG(account_text(arena, &d->account.files[i])));
    for (size_t i = 0; i < d->figure_count; i++) {
        struct figure f = dataset_figure_at(d, i);
        buffer_format(&out, "%zu %zu %zu %.*s %.*s\n", f.measure, f.area, f.period,
                      TEXT_ARG(decimal_text(arena, f.value.number)),
                      TEXT_ARG(place_text(arena, f.place)));
    }
    for (size_t m = 0; m < d->measure_count; m++)
        buffer_format(&out, "%.*s %.*s\n", TEXT_ARG(d->measures[m].name),
                      TEXT_ARG(place_text(arena, d->measures[m].place)));
    for (size_t p = 0; p < d->period_count; p++)
        buffer_format(&out, "%.*s\n", TEXT_ARG(d->periods[p].label));
    buffer_add(&out, texts_join(arena, &d->areas, TEXT("\n")));
    return buffer_text(&out);
}

static void write_many_files(struct run *run)
{
    static const char *const types[] = {"Drugs", "Burglary", "Robbery", "", "Other crime"};
    unsigned seed = 7;
    for (int file = 0; file < 24; file++) {
        int month = file == 17 ? 16 : file;
        struct buffer csv = {.arena = run->arena};
        buffer_add(&csv, TEXT(HEADER));
        for (int row = 0; row < 200; row++) {
            seed = seed * 1664525u + 1013904223u;
            unsigned r = seed >> 8;
            buffer_format(
                &csv, "%u,%s,F,F,,,%s,E%u,Area %u 001A,%s,,\n", r % 3000,
                r % 997 == 0
                    ? "no month"
                    : text_format(run->arena, "20%02d-%02d", 20 + month / 12, month % 12 + 1).ptr,
                r % 50 == 0 ? "\"a, b\"" : "c", r % 9, r % 9, types[r % 5]);
        }
        if (file == 9)
            buffer_add(&csv, TEXT("\"open\n"));
        write_file(run_path(run, text_format(run->arena, "f%02d.csv", file).ptr),
                   buffer_text(&csv));
        if (file == 5)
            write_file(run_path(run, "f05-again.csv"), buffer_text(&csv));
    }
}

static void same_with_more_threads(struct run *run, struct text one)
{
    for (int i = 0; i < 5; i++) {
        assert_text(run->arena, told(run, 4), one.ptr);
        assert_text(run->arena, told(run, 2), one.ptr);
    }
}

static void threads_make_no_difference(void **state)
{
    (void)state;
    struct run run = run_new();
    write_many_files(&run);
    const char *path = run_path(&run, "job.ini");
    write_file(path, TEXT("[source s]\nfiles = *.csv\ndialect = police-street\n"));
    assert_true(ini_read(run.arena, &run.diags, text_from(path), &run.job));
    struct text one = told(&run, 1);
    assert_non_null(strstr(one.ptr, "same bytes"));
    assert_non_null(strstr(one.ptr, "never closed"));
    assert_non_null(strstr(one.ptr, "no clear period"));
    assert_non_null(strstr(one.ptr, "it would count twice"));
    assert_non_null(strstr(one.ptr, "the id of an earlier one"));
    same_with_more_threads(&run, one);
    run_end(&run);
}

/* The first file makes the lookup ready for all that are read beside each other. */
static void threads_share_a_lookup(void **state)
{
    (void)state;
    struct run run = run_new();
    write_many_files(&run);
    const char *path = run_path(&run, "job.ini");
    write_file(run_path(&run, "areas"), TEXT("LSOA code,Beat\nE1,East\n"));
    write_file(path, TEXT("[source s]\nfiles = *.csv\ndialect = police-street\n"
                          "lookup = areas\n"));
    assert_true(ini_read(run.arena, &run.diags, text_from(path), &run.job));
    struct text one = told(&run, 1);
    assert_non_null(strstr(one.ptr, "in 'LSOA code' "));
    assert_non_null(strstr(one.ptr, "not in 'areas'"));
    same_with_more_threads(&run, one);
    run_end(&run);
}

/* Rows are taken while the file is read: what its end shows must not count them twice, or at all.
 */
enum { MANY_ROWS = 9000 }; /* several blocks */

static struct run run_with_end(const char *end, size_t end_size)
{
    struct arena *arena = arena_new();
    struct buffer csv = {.arena = arena};
    buffer_add(&csv, TEXT(HEADER));
    for (int row = 0; row < MANY_ROWS; row++)
        buffer_add(&csv, TEXT(ROW("", "2021-04", "F", "E1", "Area 1", "Drugs")));
    buffer_add(&csv, (struct text){end, end_size});
    struct run run = run_bytes("police-street", "", buffer_text(&csv));
    arena_free(arena);
    return run;
}

static void the_end_of_a_file_says_what_encoding_it_has(void **state)
{
    (void)state;
    static const char cp1252[] = ",2021-04,F,F,,,Caf\xE9 Street,E1,Area 1,Drugs,,\n";
    struct run run = run_with_end(cp1252, sizeof cp1252 - 1);
    assert_ok(&run);
    assert_text(run.arena, run.dataset->account.files[0].encoding, "Windows-1252");
    assert_int_equal(run.dataset->account.count, 1);
    assert_int_equal(run.dataset->account.files[0].used, MANY_ROWS + 1);
    assert_int_equal(figure_of(&run, "Drugs", "Area", "April 2021"), MANY_ROWS + 1);
    assert_int_equal(count_kind(&run, DIAG_READ), 2); /* the byte that says so, and the rows */
    run_end(&run);
}

static void rows_of_a_file_that_is_refused_at_its_end_do_not_count(void **state)
{
    (void)state;
    static const struct {
        const char *end;
        size_t size;
        unsigned line;
        const char *message;
    } cases[] = {
        {"x\0y\n", 4, MANY_ROWS + 2, "NUL byte"},
        {"x\x01y\n", 4, MANY_ROWS + 2, "control byte"},
        {"\xC3\xA9\xC3\xA9\n\xC3", 6, MANY_ROWS + 3, "not UTF-8"}, /* cut in a character */
        {"\"open\n\0", 7, MANY_ROWS + 3, "NUL byte"}, /* not what the rows say before it */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct run run = run_with_end(cases[i].end, cases[i].size);
        const char *message = only_error(&run, DIAG_ENCODING, cases[i].line, 0);
        assert_says(message, cases[i].message);
        assert_int_equal(run.dataset->account.files[0].read, 0);
        assert_int_equal(run.dataset->figure_count, 0);
        assert_int_equal(run.dataset->account.files[0].sha256.len, 64);
        run_end(&run);
    }
}

#define REAL "../shared/data/police-leicestershire"

static int64_t crimes_in(const struct run *run, int from_year)
{
    const struct dataset *d = run->dataset;
    const struct period year = {.start = {from_year, 4, 1}, .end = {from_year + 1, 3, 31}};
    int64_t sum = 0, number;
    for (size_t i = 0; i < d->figure_count; i++)
        if (period_within(d->periods[dataset_figure_at(d, i).period], year) &&
            decimal_integer(dataset_figure_at(d, i).value.number, &number))
            sum += number;
    return sum;
}

static void reads_the_real_files(void **state)
{
    (void)state;
    struct run run = run_new();
    run_job(&run,
            "[source police]\nfiles = *.csv\ndialect = police-street\n"
            "where = LSOA name begins with Harborough\n",
            TEXT(REAL));
    assert_ok(&run);
    assert_int_equal(run.dataset->account.count, 35);
    assert_int_equal(run.dataset->period_count, 35);
    assert_int_equal(crimes_in(&run, 2020), 4815);
    assert_int_equal(crimes_in(&run, 2021), 5371);
    size_t used = 0, rejected = 0;
    for (size_t i = 0; i < 35; i++) {
        used += run.dataset->account.files[i].used;
        rejected += run.dataset->account.files[i].rejected;
    }
    assert_int_equal(rejected, 0);
    int64_t sum = 0, number;
    for (size_t i = 0; i < run.dataset->figure_count; i++)
        if (decimal_integer(dataset_figure_at(run.dataset, i).value.number, &number))
            sum += number;
    assert_int_equal(sum, used); /* what was used is what is in the figures */
    run_end(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_by_type_area_and_month),
        cmocka_unit_test(no_row_is_zero_only_where_the_forces_month_was_read),
        cmocka_unit_test(excluded_rows_are_counted_by_rule),
        cmocka_unit_test(areas_can_be_looked_up),
        cmocka_unit_test(a_code_that_no_lookup_has_is_rejected),
        cmocka_unit_test(one_name_can_stand_for_all_areas),
        cmocka_unit_test(an_id_that_comes_again_is_counted_and_told),
        cmocka_unit_test(a_month_of_a_force_is_in_one_file),
        cmocka_unit_test(a_stray_row_of_another_month_is_no_second_file_of_it),
        cmocka_unit_test(a_month_that_the_files_name_does_not_say_is_told),
        cmocka_unit_test(another_forces_area_gets_no_zeros),
        cmocka_unit_test(rows_without_a_location_are_told),
        cmocka_unit_test(threads_make_no_difference),
        cmocka_unit_test(threads_share_a_lookup),
        cmocka_unit_test(the_end_of_a_file_says_what_encoding_it_has),
        cmocka_unit_test(rows_of_a_file_that_is_refused_at_its_end_do_not_count),
    };
    const struct CMUnitTest real[] = {cmocka_unit_test(reads_the_real_files)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    if (file_is_folder(TEXT(REAL)))
        return failed + cmocka_run_group_tests(real, NULL, NULL);
    /* cmocka's own skip() prints "not ok" */
    puts("ok - reads_the_real_files # SKIP no " REAL);
    return failed;
}
