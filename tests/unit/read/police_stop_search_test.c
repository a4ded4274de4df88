#include "read_support.h"

#define HEADER                                                                                     \
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age "     \
    "range,Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome," \
    "Outcome linked to object of search,Removal of more than just outer clothing\n"
#define ROW(date, gender, object)                                                                  \
    "Person search," date ",,,,," gender ",18-24,,,," object ",No further action,,False\n"

static struct run searches(const char *keys, const char *rows)
{
    struct run run = run_new();
    struct text csv = text_concat(run.arena, TEXT(HEADER), text_from(rows));
    write_file(run_path(&run, "2021-04-example-stop-and-search.csv"), csv);
    run_job(
        &run,
        text_format(run.arena, "[source s]\nfiles = *.csv\ndialect = police-stop-search\n%s", keys)
            .ptr,
        run.folder);
    return run;
}

static void counts_searches_by_their_object(void **state)
{
    (void)state;
    struct run run = searches("area = Example force\n",
                              ROW("2021-04-01T00:15:00+00:00", "Male", "Controlled drugs")
                                  ROW("2021-04-30T10:00:00+00:00", "Female", "Controlled drugs")
                                      ROW("2021-04-02T10:00:00+00:00", "Male", ""));
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "Controlled drugs", "Example force", "April 2021"), 2);
    assert_int_equal(figure_of(&run, "Not given", "Example force", "April 2021"), 1);
    for (size_t m = 0; m < run.dataset->measure_count; m++)
        assert_int_equal(run.dataset->measures[m].relation, RELATION_PART);
    run_end(&run);
}

static void another_column_can_be_counted(void **state)
{
    (void)state;
    struct run run = searches("count by = gender\n",
                              ROW("2021-04-01T00:15:00+00:00", "Male", "Controlled drugs")
                                  ROW("2021-04-30T10:00:00+00:00", "Female", "Article of use"));
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "Male", "", "April 2021"), 1);
    assert_int_equal(figure_of(&run, "Female", "", "April 2021"), 1);
    run_end(&run);
    run = searches("count by = Gendre\n", ROW("2021-04-01T00:15:00+00:00", "Male", "x"));
    assert_says(only_error(&run, DIAG_MISSING_COLUMN, 4, 12), "the nearest is 'Gender'");
    run_end(&run);
}

/* The month in which the row is counted, "?" when it is rejected. */
static const char *month_counted(struct arena *arena, const char *date)
{
    struct run run = searches("", text_format(arena, "Person search,%s,,,,,,,,,,x,,,\n%s", date,
                                              ROW("2021-06-01T12:00:00+00:00", "", "other"))
                                      .ptr);
    const char *month = "?";
    for (size_t i = 0; i < run.dataset->figure_count; i++) {
        struct figure figure = dataset_figure_at(run.dataset, i);
        if (text_is(run.dataset->measures[figure.measure].name, "x") &&
            decimal_sign(figure.value.number) > 0)
            month = text_cstr(
                arena,
                text_copy(arena, period_display(arena, run.dataset->periods[figure.period])));
    }
    run_end(&run);
    return month;
}

static void months_are_those_of_the_uk_clock(void **state)
{
    (void)state;
    static const struct {
        const char *date, *month;
    } cases[] = {
        {"2021-04-01T00:15:00+00:00", "April 2021"},
        {"2021-03-31T22:59:59+00:00", "March 2021"},
        {"2021-03-31T23:30:00+00:00", "April 2021"}, /* 00:30 in summer time */
        {"2021-03-31T23:30:00Z", "April 2021"},
        {"2021-01-31T23:30:00+00:00", "January 2021"},
        {"2021-10-31T23:30:00+00:00", "October 2021"}, /* it ended that day at 01:00 */
        {"2020-10-31T23:30:00+00:00", "October 2020"},
        {"2021-05-31T23:30:00+01:00", "May 2021"}, /* 22:30 UTC */
        {"2021-05-31T23:30:00.500+00:00", "June 2021"},
        {"2021-12-31T23:59:00+00:00", "December 2021"},
        {"2021-05-31T23:30:00", "May 2021"}, /* no zone: the clock on the wall */
        {"2021-05-31 23:30", "May 2021"},
        {"31/05/2021 23:30", "May 2021"},
        {"2021-05-31", "May 2021"},
        {"2021-05-31T25:30:00+00:00", "?"},
        {"2021-02-30T10:00:00+00:00", "?"},
        {"2021-05-31T10:00:00+0", "?"},
        {"", "?"},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(month_counted(arena, cases[i].date), cases[i].month);
    arena_free(arena);
}

static void a_row_without_a_date_is_rejected_by_its_place(void **state)
{
    (void)state;
    struct run run = searches("", ROW("2021-04-01T00:15:00+00:00", "Male", "x") ROW("", "", "x"));
    assert_says(only_error(&run, DIAG_DATE, 3, 2), "2021-04-01T00:15:00+00:00");
    assert_int_equal(run.dataset->account.files[0].rejected, 1);
    run_end(&run);
}

static void a_month_that_was_read_has_none_of_what_is_not_in_it(void **state)
{
    (void)state;
    struct run run = searches("same month = allow\n", ROW("2021-04-01T09:15:00+00:00", "", "a") ROW(
                                                          "2021-05-01T09:15:00+00:00", "", "b"));
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "b", "", "April 2021"), 0);
    assert_int_equal(figure_of(&run, "a", "", "May 2021"), 0);
    assert_int_equal(count_kind(&run, DIAG_OTHER_MONTH), 1);
    run_end(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_searches_by_their_object),
        cmocka_unit_test(another_column_can_be_counted),
        cmocka_unit_test(months_are_those_of_the_uk_clock),
        cmocka_unit_test(a_row_without_a_date_is_rejected_by_its_place),
        cmocka_unit_test(a_month_that_was_read_has_none_of_what_is_not_in_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
