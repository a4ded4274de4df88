#include "read_support.h"

static void reads_a_plain_table(void **state)
{
    (void)state;
    struct run run = run_csv("wide", "area = Harborough\n",
                             "Performance Measure,2021/22,2020/21\n"
                             "Total Crime,\"5,005\",4330\nBurglary,280,284\n");
    assert_ok(&run);
    assert_int_equal(run.dataset->figure_count, 4);
    assert_int_equal(figure_of(&run, "Total Crime", "Harborough", "2021/22"), 5005);
    assert_int_equal(figure_of(&run, "Burglary", "Harborough", "2020/21"), 284);
    const struct figure *figure = &run.dataset->figures[3];
    assert_int_equal(figure->place.line, 3);
    assert_int_equal(figure->place.column, 3);
    const struct file_account *file = &run.dataset->account.files[0];
    assert_int_equal(file->read, 2);
    assert_int_equal(file->used, 2);
    assert_int_equal(file->sha256.len, 64);
    assert_text(run.arena, file->encoding, "UTF-8");
    assert_says(message_of(&run, DIAG_READ), "UTF-8, comma, header in row 1: 2 rows read, 2 used");
    run_end(&run);
}

static void reads_areas_units_and_groups(void **state)
{
    (void)state;
    struct run run = run_fixture(
        "[source s]\nfiles = wide-areas-units-groups.csv\ndialect = wide\n"
        "ignore = Direction\n");
    assert_ok(&run);
    const struct dataset *d = run.dataset;
    assert_int_equal(d->measure_count, 3);
    assert_int_equal(d->areas.count, 2);
    assert_int_equal(d->period_count, 3);
    assert_int_equal(figure_of(&run, "Empty homes", "Harborough", "2021/22"), 1016);
    assert_int_equal(figure_of(&run, "Empty homes", "Melton", "2020/21"), 10);
    assert_int_equal(figure_of(&run, "Cost of bins", "Harborough", "2021/22"), 33000);
    assert_int_equal(d->measures[1].kind, KIND_PERCENT);
    assert_text(run.arena, d->measures[1].unit, "%");
    assert_int_equal(d->measures[2].kind, KIND_MONEY);
    assert_text(run.arena, d->measures[2].group, "Waste");
    assert_text(run.arena, d->measures[0].note, "A count");
    /* the provisional year marks its figures; a blank is not available, not zero */
    const struct figure *blank = dataset_figure(d, 1, 0, 2);
    assert_false(blank->value.present);
    assert_int_equal(blank->value.markers, MARKER_NOT_AVAILABLE | MARKER_PROVISIONAL);
    assert_int_equal(count_kind(&run, DIAG_VALUE_CHECK), 1); /* n/a */
    assert_int_equal(count_kind(&run, DIAG_PERIOD_ASSUMED), 1);
    assert_says(message_of(&run, DIAG_PERIOD_ASSUMED), "1 April 2021 to 31 March 2022");
    const struct file_account *file = &d->account.files[0];
    assert_int_equal(file->read, 5);
    assert_int_equal(file->used, 4);
    assert_int_equal(file->exclusions[0].rows, 1);
    assert_text(run.arena, file->exclusions[0].rule, "every cell is blank");
    run_end(&run);
}

static void refuses_headers_that_are_no_periods(void **state)
{
    (void)state;
    static const struct {
        const char *header, *says;
    } cases[] = {
        {"% change 2020/21 to 2021/22", "is more than a period"},
        {"2021/22 target", "is more than a period"},
        {"Direction", "neither a period nor a known column"},
        {"Q1", "no clear period"},
        {"2024/05", "suffix must be start+1"},
        {"Year 2020/21", "the same period as column 2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arena *arena = arena_new();
        struct run run = run_csv(
            "wide", "", text_format(arena, "Measure,2020/21,%s\nA,1,2\n", cases[i].header).ptr);
        enum diag_kind kind = i == 5 ? DIAG_DUPLICATE_COLUMN : DIAG_PERIOD;
        assert_says(only_error(&run, kind, 1, 3), cases[i].says);
        run_end(&run);
        arena_free(arena);
    }
    struct run run = run_csv("wide", "ignore = Change, Other\n    More, or less\n",
                             "Measure,2020/21 Actual,Change,Other,\"More, or less\"\n"
                             "A,1,2,3,4\n");
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "A", "", "2020/21"), 1);
    run_end(&run);
}

static void the_measure_column_is_found(void **state)
{
    (void)state;
    struct run run = run_csv("wide", "", "Anything,2020/21\nA,1\n");
    assert_ok(&run);
    run_end(&run);
    run = run_csv("wide", "", "Area,Thing,2020/21\nMelton,A,1\n");
    assert_says(only_error(&run, DIAG_MISSING_COLUMN, 1, 0), "no column for the measure");
    run_end(&run);
    run = run_csv("wide", "measure = Thing\n", "Area,Thing,2020/21\nMelton,A,1\n");
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "A", "Melton", "2020/21"), 1);
    run_end(&run);
}

static void the_measure_column_may_have_no_name(void **state)
{
    (void)state;
    static const char *const tables[][2] = {
        {"", ",2021/22,2020/21\nA,5,6\n"},
        {"", ",,2021/22,2020/21,\n,A,5,6,\n"},      /* a sheet whose first column is blank */
        {"", "Area,Measure,2021/22\nMelton,A,5\n"}, /* a name goes before a place */
        {"", ",Offence,2021/22\n,A,5\n"},           /* so does any name */
        {"ignore = Ref\n", "Ref,Offence,2021/22\n1,A,5\n"},
        {"measure = column B\nignore = column 1\n", "Ref,,2021/22\n1,A,5\n"},
        {"measure = Offence\narea column = column 1\n", ",Offence,2021/22\nMelton,A,5\n"},
        {"", "Offence,2021/22 Number,2020/21 Count\nA,5,6\n"},
        {"ignore = column 3\n", "Offence,2021/22,2021/22\nA,5,6\n"},
    };
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        struct run run = run_csv("wide", tables[i][0], tables[i][1]);
        assert_ok(&run);
        assert_text(run.arena, run.dataset->measures[0].name, "A");
        assert_int_equal(run.dataset->figures[0].value.number.coefficient, 5);
        run_end(&run);
    }
    struct run run = run_csv("wide", "", "2021/22,Offence\n5,A\n");
    assert_says(only_error(&run, DIAG_MISSING_COLUMN, 1, 0), "'measure = column 1'");
    run_end(&run);
    run = run_csv("wide", "", ",Offence,2021/22\nMelton,A,5\n");
    assert_says(only_error(&run, DIAG_MISSING_COLUMN, 2, 1), "its column has no name");
    run_end(&run);
}

static void names_every_bad_number(void **state)
{
    (void)state;
    struct run run = run_csv("wide", "", "Measure,2020/21,2021/22\nA,\"12,O34\",5O05\nB,1,2\n");
    assert_int_equal(count_kind(&run, DIAG_NUMBER), 2);
    assert_says(message_of(&run, DIAG_NUMBER), "'12,O34' is not a number");
    assert_int_equal(run.diags.items[0].place.line, 2);
    assert_int_equal(run.diags.items[0].place.column, 2);
    assert_int_equal(run.dataset->account.files[0].rejected, 1);
    assert_int_equal(run.dataset->account.files[0].used, 1);
    assert_int_equal(run.dataset->figure_count, 2);
    run_end(&run);
}

static void keeps_words_out_of_messages(void **state)
{
    (void)state;
    struct run run = run_csv("wide", "", "Measure,2020/21\nA,a person's name\n");
    assert_null(strstr(only_error(&run, DIAG_NUMBER, 2, 2), "name"));
    run_end(&run);
}

static void accounts_for_every_rejected_row(void **state)
{
    (void)state;
    struct run run = run_csv("wide", "", "Measure,2020/21\nA,1\nB\nC,1,2\n,5\nA,2\nA,1\n");
    const struct file_account *file = &run.dataset->account.files[0];
    assert_int_equal(file->read, 6);
    assert_int_equal(file->used, 1);
    assert_int_equal(file->rejected, 3);
    assert_int_equal(account_excluded(file), 2); /* of A, once it is not known which is right */
    assert_int_equal(count_kind(&run, DIAG_FIELD_COUNT), 2);
    assert_int_equal(count_kind(&run, DIAG_MISSING_VALUE), 1);
    assert_int_equal(count_kind(&run, DIAG_CONFLICTING), 1);
    assert_says(message_of(&run, DIAG_CONFLICTING), "data.csv:2:2");
    run_end(&run);
}

static void a_name_can_say_the_kind(void **state)
{
    (void)state;
    struct run run =
        run_csv("wide", "",
                "Measure,2021/22,2020/21\nUptake (%),12,13\n\"Crimes per 1,000\",5.5,5\n"
                "Crimes,12,13\n");
    assert_ok(&run);
    const struct measure *m = run.dataset->measures;
    assert_int_equal(m[0].kind, KIND_PERCENT);
    assert_text(run.arena, m[0].unit, "%");
    assert_int_equal(m[1].kind, KIND_RATE);
    assert_text(run.arena, m[1].unit, "per 1,000");
    assert_int_equal(m[2].kind, KIND_COUNT);
    run_end(&run);
    run = run_csv("wide", "kind = score\n", "Measure,2021/22\nUptake (%),12\n");
    assert_int_equal(run.dataset->measures[0].kind, KIND_SCORE); /* the job goes before the name */
    run_end(&run);
}

static void a_unit_can_say_the_kind_in_its_words(void **state)
{
    (void)state;
    struct run run = run_csv("wide", "",
                             "Measure,Unit,2021/22\nAt birth,Life expectancy - years,81.6\n"
                             "Crimes,offences,12\nBurglary rate,offences,12\n");
    assert_ok(&run);
    const struct measure *m = run.dataset->measures;
    assert_int_equal(m[0].kind, KIND_LIFE_EXPECTANCY);
    assert_text(run.arena, m[0].unit, "Life expectancy - years");
    assert_int_equal(m[1].kind, KIND_COUNT);
    assert_int_equal(m[2].kind, KIND_COUNT);
    run_end(&run);
}

static void a_name_with_a_comma_is_ignored_by_its_place(void **state)
{
    (void)state;
    static const char csv[] = "Measure,2021/22,\"Crimes, all\"\nA,1,2\n";
    struct run run = run_csv("wide", "", csv);
    assert_says(only_error(&run, DIAG_PERIOD, 1, 3),
                "neither a period nor a known column: if it is not needed, list 'column 3' in");
    run_end(&run);
    run = run_csv("wide", "ignore = column 3\n", csv);
    assert_ok(&run);
    run_end(&run);
}

static void what_was_read_is_said(void **state)
{
    (void)state;
    struct run run = run_csv("wide", "kind = score\n", "Measure,2021/22,2020/21\nA,(5),-\n");
    assert_says(message_of(&run, DIAG_VALUE_CHECK), "'(5)' is read as −5: accounting negative");
    assert_int_equal(count_kind(&run, DIAG_VALUE_CHECK), 2);
    run_end(&run);
    run = run_csv("wide", "", "Measure,2021/22\nA,-\n");
    assert_says(message_of(&run, DIAG_VALUE_CHECK), "the text in this cell is read as [x]: ");
    run_end(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_a_plain_table),
        cmocka_unit_test(reads_areas_units_and_groups),
        cmocka_unit_test(refuses_headers_that_are_no_periods),
        cmocka_unit_test(the_measure_column_is_found),
        cmocka_unit_test(the_measure_column_may_have_no_name),
        cmocka_unit_test(names_every_bad_number),
        cmocka_unit_test(keeps_words_out_of_messages),
        cmocka_unit_test(accounts_for_every_rejected_row),
        cmocka_unit_test(a_name_can_say_the_kind),
        cmocka_unit_test(a_unit_can_say_the_kind_in_its_words),
        cmocka_unit_test(a_name_with_a_comma_is_ignored_by_its_place),
        cmocka_unit_test(what_was_read_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
