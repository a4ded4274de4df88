#include "read_support.h"

static void reads_counts_and_markers(void **state)
{
    (void)state;
    struct run run =
        run_fixture("[source s]\nfiles = long-counts-and-markers.csv\ndialect = long\n");
    assert_ok(&run);
    const struct dataset *d = run.dataset;
    int64_t number;
    assert_int_equal(d->figure_count, 4);
    const struct figure *f = &d->figures[0];
    assert_text(run.arena, decimal_text(run.arena, f->value.number), "12.5");
    assert_int_equal(f->value.markers, MARKER_PROVISIONAL | MARKER_REVISED);
    assert_true(decimal_integer(f->count.number, &number) && number == 1000);
    assert_true(decimal_integer(f->denominator.number, &number) && number == 8000);
    assert_text(run.arena, f->note, "Survey of adults");
    assert_int_equal(d->figures[1].value.markers, MARKER_ESTIMATED);
    assert_false(d->figures[1].count.present);
    assert_int_equal(d->figures[1].count.markers, 0);
    assert_false(d->figures[2].value.present);
    assert_int_equal(d->figures[2].value.markers, MARKER_CONFIDENTIAL);
    assert_int_equal(d->measures[0].kind, KIND_PERCENT);
    assert_int_equal(d->measures[1].kind, KIND_RATE);
    assert_text(run.arena, d->measures[1].unit, "per 100,000");
    assert_says(message_of(&run, DIAG_READ), "columns not used: Source page");
    assert_says(message_of(&run, DIAG_DUPLICATE_USED_ONCE), "used once");
    assert_int_equal(d->account.files[0].delimiter, ';');
    assert_int_equal(d->account.files[0].used, 4);
    assert_int_equal(d->account.files[0].exclusions[0].rows, 1);
    run_end(&run);
}

static void a_conflict_names_both_places(void **state)
{
    (void)state;
    static const char csv[] = "Measure,Period,Value\nA,2021/22,5\nB,2021/22,5\nA,FY 2021/22,6\n";
    struct run run = run_csv("long", "", csv);
    const char *message = only_error(&run, DIAG_CONFLICTING, 4, 3);
    assert_says(message, "data.csv:2:3");
    const struct figure *figure = dataset_figure(run.dataset, 0, 0, 0);
    assert_false(figure->value.present); /* which of the two is right is not known */
    assert_int_equal(figure->value.markers, MARKER_NOT_AVAILABLE);
    assert_int_equal(run.dataset->stopped_count, 1);
    assert_string_equal(run.dataset->stopped[0].code, "DQ_DUPLICATE_CONFLICT");
    assert_int_equal(figure_of(&run, "B", "", "2021/22"), 5);
    run_end(&run);
}

/* The true one could be small: what others leave of a total must not give it back. */
static void a_conflict_among_hidden_figures_is_hidden(void **state)
{
    (void)state;
    struct run run = run_csv("long", "suppress = below 5\n",
                             "Measure,Period,Value\nA,2021/22,3\nB,2021/22,15\nA,2021/22,12\n");
    const struct figure *figure = dataset_figure(run.dataset, 0, 0, 0);
    assert_false(figure->value.present);
    assert_int_equal(figure->value.markers, MARKER_CONFIDENTIAL);
    run_end(&run);
}

/* Two exports of one source that overlap: each figure is used once, and two values are told. */
static void files_that_overlap_are_held_against_each_other(void **state)
{
    (void)state;
    struct run run = run_new();
    write_file(run_path(&run, "april.csv"),
               TEXT("Measure,Area,Period,Value\nA,North,April 2021,5\nA,South,April 2021,7\n"));
    write_file(run_path(&run, "may.csv"),
               TEXT("Measure,Area,Period,Value\nA,North,April 2021,5\nA,South,April 2021,8\n"
                    "A,North,May 2021,6\n"));
    run_job(&run, "[source s]\nfiles = april.csv, may.csv\ndialect = long\n", run.folder);
    const struct account *account = &run.dataset->account;
    const char *message = only_error(&run, DIAG_CONFLICTING, 3, 4);
    assert_says(message, "another value for 'A, South, April 2021' than in ");
    assert_says(message, "april.csv:3:4, so neither is shown: keep the right one");
    message = message_of(&run, DIAG_DUPLICATE_USED_ONCE);
    assert_says(message, "'A, North, April 2021' stands in ");
    assert_says(message, "april.csv:2:4 already, with the same value: used once");
    assert_int_equal(account->files[1].used, 1);
    assert_int_equal(account->files[1].rejected, 0);
    assert_int_equal(account->files[1].exclusion_count, 2);
    assert_text(run.arena, account->files[1].exclusions[1].rule,
                "gives another value for a figure that stands above");
    assert_text(run.arena, decimal_text(run.arena, account->files[0].sum), "12");
    assert_text(run.arena, decimal_text(run.arena, account->files[1].sum), "6");
    run_end(&run);
}

/* The sum of a file is of what was used: not of hidden, absent or repeated values. */
static void values_are_added_up_as_they_are_used(void **state)
{
    (void)state;
    static const char csv[] =
        "Measure,Period,Value,Marker\nA,2021/22,5.25,\nB,2021/22,3,c\n"
        "C,2021/22,,\nD,2021/22,10,p\nA,2021/22,5.25,\n";
    struct run run = run_csv("long", "", csv);
    struct decimal sum;
    assert_ok(&run);
    assert_text(run.arena, decimal_text(run.arena, run.dataset->account.files[0].sum), "15.25");
    assert_true(dataset_sum(run.dataset, &sum));
    assert_text(run.arena, decimal_text(run.arena, sum), "15.25");
    assert_int_equal(run.dataset->account.files[0].header_line, 1);
    run_end(&run);
}

static void duplicates_can_be_refused(void **state)
{
    (void)state;
    static const char csv[] = "Measure,Period,Value\nA,2021/22,5\nA,2021/22,5\n";
    struct run run = run_csv("long", "duplicates = refuse\n", csv);
    only_error(&run, DIAG_DUPLICATE_ROW, 3, 3);
    run_end(&run);
    run = run_csv("long", "duplicates = twice\n", csv);
    only_error(&run, DIAG_BAD_VALUE, 4, 14);
    run_end(&run);
}

static void a_missing_column_names_those_found(void **state)
{
    (void)state;
    struct run run = run_csv("long", "", "Measure,Perod,Value\nA,2021/22,5\n");
    const char *message = only_error(&run, DIAG_MISSING_COLUMN, 1, 0);
    assert_says(message, "no column 'Period'");
    assert_says(message, "'Measure', 'Perod', 'Value'; the nearest is 'Perod'");
    run_end(&run);
}

static void columns_can_be_mapped(void **state)
{
    (void)state;
    static const char csv[] = "What,When,How many,Where,Unit\nA,2021/22,5,Melton,%\n";
    struct run run = run_csv("long",
                             "measure = What\nperiod = When\nvalue = How many\n"
                             "area column = Where\n",
                             csv);
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "A", "Melton", "2021/22"), 5);
    run_end(&run);
    run = run_csv("long", "measure = Wat\nperiod = When\nvalue = How many\n", csv);
    assert_says(only_error(&run, DIAG_MISSING_COLUMN, 4, 11), "the nearest is 'What'");
    run_end(&run);
}

static void a_needed_column_stands_once(void **state)
{
    (void)state;
    struct run run = run_csv("long", "", "Measure,Period,Value,value\nA,2021/22,5,6\n");
    assert_says(only_error(&run, DIAG_DUPLICATE_COLUMN, 1, 4), "two columns could be 'Value'");
    run_end(&run);
    run = run_csv("long", "", "Measure,Period,Value,Page,Page\nA,2021/22,5,6,7\n");
    assert_ok(&run);
    run_end(&run);
}

static void a_column_without_a_name_is_empty(void **state)
{
    (void)state;
    struct run run = run_csv("long", "", "Measure,Period,Value,\nA,2021/22,5,\nB,2021/22,5,x\n");
    only_error(&run, DIAG_MISSING_COLUMN, 3, 4);
    assert_int_equal(run.dataset->account.files[0].rejected, 1);
    run_end(&run);
}

static void bad_cells_are_all_named(void **state)
{
    (void)state;
    struct run run = run_csv("long", "",
                             "Measure,Period,Value,Marker,Count,Area\n"
                             ",2024/05,word,[q],y,\n");
    assert_int_equal(count_kind(&run, DIAG_PERIOD), 1);
    assert_int_equal(count_kind(&run, DIAG_NUMBER), 3);
    assert_int_equal(count_kind(&run, DIAG_MISSING_VALUE), 2);
    assert_int_equal(run.dataset->figure_count, 0);
    run_end(&run);
}

static void a_marker_in_a_column_of_its_own_hides_the_number(void **state)
{
    (void)state;
    static const char csv[] =
        "Measure,Period,Value,Marker,Count\nA,2021/22,4,c,4\n"
        "A,2021/22,3,[c],3\nB,2021/22,,c,\nC,2021/22,6,p,\n";
    struct run run = run_csv("long", "", csv);
    assert_ok(&run);
    const struct dataset *d = run.dataset;
    assert_int_equal(d->figure_count, 3); /* the two hidden ones cannot be told apart */
    for (size_t i = 0; i < 2; i++) {
        assert_false(d->figures[i].value.present);
        assert_false(d->figures[i].count.present);
        assert_int_equal(d->figures[i].value.markers, MARKER_CONFIDENTIAL);
    }
    assert_true(d->figures[2].value.present);
    assert_says(message_of(&run, DIAG_VALUE_CHECK), "not used");
    run_end(&run);
}

static void the_export_can_say_what_is_part_of_what(void **state)
{
    (void)state;
    struct run run = run_csv("long", "",
                             "Measure,Subset of,Period,Value,Code,Lower CI,Upper CI\n"
                             "Domestic violence,violence,2021/22,5,V1,4,6\n"
                             "Violence,,2021/22,9,V,,\nArson,Fire,2021/22,1,A,,\n");
    assert_ok(&run);
    const struct dataset *d = run.dataset;
    assert_int_equal(d->measures[0].relation, RELATION_OF_WHICH);
    assert_int_equal(d->measures[0].parent, 1);
    assert_text(run.arena, d->measures[0].id, "V1");
    assert_int_equal(d->measures[1].relation, RELATION_UNDECLARED);
    assert_int_equal(d->measures[2].relation, RELATION_NON_ADDITIVE);
    assert_int_equal(count_kind(&run, DIAG_VALUE_CHECK), 1);
    assert_text(run.arena, decimal_text(run.arena, d->figures[0].published->lower_95.number), "4");
    assert_null(d->figures[1].published);
    run_end(&run);
    run = run_csv("long", "",
                  "Measure,Relation,Period,Value\nAll,total,2021/22,9\nA,part,2021/22,5\n"
                  "B,of which: A,2021/22,2\n");
    assert_ok(&run);
    assert_int_equal(run.dataset->measures[0].relation, RELATION_TOTAL);
    assert_int_equal(run.dataset->measures[1].relation, RELATION_PART);
    assert_int_equal(run.dataset->measures[2].parent, 1);
    run_end(&run);
    run = run_csv("long", "", "Measure,Relation,Period,Value\nAll,all,2021/22,9\n");
    only_error(&run, DIAG_BAD_VALUE, 2, 2);
    run_end(&run);
    run = run_csv("long", "",
                  "Measure,Part of,Period,Value\nA,B,2021/22,9\nB,,2021/22,9\nA,C,2020/21,9\n");
    only_error(&run, DIAG_CONFLICT, 4, 2);
    run_end(&run);
    run = run_csv("long", "[measure A]\nrelation = total\n",
                  "Measure,Part of,Period,Value\nA,B,2021/22,9\nB,,2021/22,9\n");
    assert_int_equal(run.dataset->measures[0].relation, RELATION_TOTAL); /* the job knows better */
    run_end(&run);
}

static const char nomis[] =
    "\"DATE\",\"DATE_NAME\",\"GEOGRAPHY\",\"GEOGRAPHY_NAME\",\"GEOGRAPHY_CODE\","
    "\"VARIABLE_NAME\",\"MEASURES\",\"MEASURES_NAME\",\"OBS_VALUE\",\"OBS_STATUS\"\n"
    "2021,\"2021\",1811939539,\"Sampleton\",\"E07\",\"Claimants\",20100,\"Number\",5,\"A\"\n";

static void exports_of_public_sites_are_read(void **state)
{
    (void)state;
    static const char *const exports[] = {
        nomis,
        "v4_0,calendar-years,Time,administrative-geography,Geography,Measure\n"
        "5,2021,2021,E07,Sampleton,Claimants\n",
        "Metric type,Area label,Period label,Raw value\nClaimants,Sampleton,2021,5\n",
        "Year,District,Measure,Sum of Value\n2021,Sampleton,Claimants,5\n",
    };
    for (size_t i = 0; i < sizeof exports / sizeof exports[0]; i++) {
        struct run run = run_csv("long", "", exports[i]);
        assert_ok(&run);
        assert_int_equal(figure_of(&run, "Claimants", "Sampleton", "2021"), 5);
        run_end(&run);
    }
}

static void codes_of_one_area_are_not_added_up(void **state)
{
    (void)state;
    struct run run = run_new();
    write_file(run_path(&run, "a.csv"), TEXT("Code,Measure,Period,Value\n1,A,2021/22,5\n"
                                             "2,A,2021/22,6\n"));
    write_file(run_path(&run, "areas.csv"), TEXT("Code,Name\n1,North\n2,North\n"));
    run_job(&run, "[source s]\nfiles = a.csv\ndialect = long\nlookup = areas.csv\nignore = Code\n",
            run.folder);
    assert_says(message_of(&run, DIAG_CONFLICT), "add them up in the export");
    run_end(&run);
}

static void a_date_in_a_column_of_months_is_its_month(void **state)
{
    (void)state;
    struct run run = run_csv("long", "",
                             "Month,Measure,Count of Crime ID\n2021-04-01,A,5\n01/05/2021,A,6\n"
                             "June 2021,A,7\n");
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "A", "", "April 2021"), 5);
    assert_int_equal(figure_of(&run, "A", "", "May 2021"), 6);
    assert_int_equal(figure_of(&run, "A", "", "June 2021"), 7);
    assert_int_equal(run.dataset->account.files[0].repairs[0].count, 2);
    run_end(&run);
    run = run_csv("long", "", "Date,Measure,Value\n2021-04-01,A,5\n");
    assert_text(run.arena, period_display(run.arena, run.dataset->periods[0]), "1 April 2021");
    run_end(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_counts_and_markers),
        cmocka_unit_test(a_conflict_names_both_places),
        cmocka_unit_test(a_conflict_among_hidden_figures_is_hidden),
        cmocka_unit_test(files_that_overlap_are_held_against_each_other),
        cmocka_unit_test(values_are_added_up_as_they_are_used),
        cmocka_unit_test(duplicates_can_be_refused),
        cmocka_unit_test(a_missing_column_names_those_found),
        cmocka_unit_test(columns_can_be_mapped),
        cmocka_unit_test(a_needed_column_stands_once),
        cmocka_unit_test(a_column_without_a_name_is_empty),
        cmocka_unit_test(bad_cells_are_all_named),
        cmocka_unit_test(a_marker_in_a_column_of_its_own_hides_the_number),
        cmocka_unit_test(the_export_can_say_what_is_part_of_what),
        cmocka_unit_test(exports_of_public_sites_are_read),
        cmocka_unit_test(codes_of_one_area_are_not_added_up),
        cmocka_unit_test(a_date_in_a_column_of_months_is_its_month),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
