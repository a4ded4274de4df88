#include "read_support.h"

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
    assert_says(only_error(&run, DIAG_MISSING_VALUE, 3, 8), "is not in");
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
    };
    const struct CMUnitTest real[] = {cmocka_unit_test(reads_the_real_files)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    if (file_is_folder(TEXT(REAL)))
        return failed + cmocka_run_group_tests(real, NULL, NULL);
    /* cmocka's own skip() prints "not ok" */
    puts("ok - reads_the_real_files # SKIP no " REAL);
    return failed;
}
