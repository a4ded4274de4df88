#include "read_support.h"

static void names_match_but_for_marks_and_breaks(void **state)
{
    (void)state;
    struct run run = run_csv("long", "",
                             "\"Per\u00ADformance\nmeasure*\",Time\xC2\xA0"
                             "period [note 1],Value²\n"
                             "A,2021/22,5\n");
    assert_says(only_error(&run, DIAG_MISSING_COLUMN, 1, 0), "no column 'Measure'");
    assert_says(only_error(&run, DIAG_MISSING_COLUMN, 1, 0), "'Performance measure*'");
    run_end(&run);
    static const char *const headers[] = {
        "\"Indi\u00ADcator\nname *\",Time\xC2\xA0period [note 1],Value²",
        "Indicator†‡,Period (1),\"Value [notes 1, 2]\"", "Measure ¹,YEAR§,value*"};
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
        struct arena *arena = arena_new();
        run = run_csv("long", "", text_format(arena, "%s\nA,2021/22,5\n", headers[i]).ptr);
        assert_ok(&run);
        assert_int_equal(figure_of(&run, "A", "", "2021/22"), 5);
        run_end(&run);
        arena_free(arena);
    }
    run = run_csv("long", "", "Measure ¹,YEAR§,value1*\nA,2021/22,5\n");
    assert_says(only_error(&run, DIAG_MISSING_COLUMN, 1, 0), "the nearest is 'value1*'");
    run_end(&run);
    run = run_csv("wide", "", "Measure,2021/22 [note 1],2020/21²\nA,5,6\n");
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "A", "", "2020/21"), 6);
    run_end(&run);
}

static void a_mark_tells_columns_apart(void **state)
{
    (void)state;
    static const char csv[] = "Measure,Period,Value¹,Value²\nA,2021/22,5,6\n";
    struct run run = run_csv("long", "", csv);
    assert_says(only_error(&run, DIAG_DUPLICATE_COLUMN, 1, 4),
                "two columns could be 'Value': this one, 'Value²', and column 3, 'Value¹'; say "
                "which in [source s], as in 'value = column 3'");
    run_end(&run);
    run = run_csv("long", "ignore = column 3\n", csv);
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "A", "", "2021/22"), 6);
    run_end(&run);
    run = run_csv("long", "value = Value²\n", csv);
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "A", "", "2021/22"), 6);
    run_end(&run);
    run = run_csv("long", "", "Measure,Period,Value,Value²\nA,2021/22,5,6\n");
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "A", "", "2021/22"), 5);
    run_end(&run);
}

static void columns_are_named_by_place(void **state)
{
    (void)state;
    struct run run =
        run_csv("long", "value = column D\n", "Measure,Period,Value,Value\nA,2021/22,5,6\n");
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "A", "", "2021/22"), 6);
    run_end(&run);
    run = run_csv("long", "measure = Column 1\narea column = column 2\n",
                  ",,Period,Value\nA,Melton,2021/22,5\n");
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "A", "Melton", "2021/22"), 5);
    run_end(&run);
    run = run_csv("long", "measure = column 9\n", "Measure,Period,Value\nA,2021/22,5\n");
    assert_says(only_error(&run, DIAG_MISSING_COLUMN, 4, 11), "has no column 'column 9'");
    run_end(&run);
    run = run_csv("long", "measure = column 1\nvalue = column A\n",
                  "Measure,Period,Value\nA,2021/22,5\n");
    assert_says(only_error(&run, DIAG_DUPLICATE_COLUMN, 5, 9), "stands for two columns");
    run_end(&run);
    /* a header of that name comes first */
    run = run_csv("long", "value = column 1\n", "Measure,Period,Column 1\nA,2021/22,5\n");
    assert_ok(&run);
    run_end(&run);
    run = run_csv("long", "where = column 1 is A\n",
                  "Measure,Period,Value\nA,2021/22,5\nB,2021/22,6\n");
    assert_ok(&run);
    assert_int_equal(run.dataset->figure_count, 1);
    run_end(&run);
}

static void columns_without_a_name_are_blank(void **state)
{
    (void)state;
    struct run run = run_csv("long", "", "Measure,Period,Value,,\nA,2021/22,5,,\nB,2021/22,6,x,\n");
    assert_says(only_error(&run, DIAG_MISSING_COLUMN, 3, 4),
                "say in [source s] what it is, as in 'ignore = column 4'");
    assert_int_equal(run.dataset->figure_count, 1);
    run_end(&run);
    run = run_csv("long", "ignore = column 4\n",
                  "Measure,Period,Value,,\nA,2021/22,5,,\nB,2021/22,6,x,\n");
    assert_ok(&run);
    assert_int_equal(run.dataset->figure_count, 2);
    run_end(&run);
}

static void duplicates_that_nothing_needs_are_no_matter(void **state)
{
    (void)state;
    struct run run = run_csv("long", "", "Measure,Period,Value,Rank,Rank\nA,2021/22,5,1,2\n");
    assert_ok(&run);
    run_end(&run);
}

static void a_miss_names_all_that_are_near(void **state)
{
    (void)state;
    struct run run =
        run_csv("long", "value = Totle\n", "Measure,Period,Total,Totale,Area\nA,2021/22,5,6,7\n");
    assert_says(only_error(&run, DIAG_MISSING_COLUMN, 4, 9),
                "its columns: 'Measure', 'Period', 'Total', 'Totale', 'Area'; the nearest are "
                "'Totale' and 'Total'");
    run_end(&run);
}

static void names_the_dialect_that_fits(void **state)
{
    (void)state;
    struct run run = run_csv(
        "long", "", "Month,Falls within,LSOA name,Crime type\n2021-04,X,Oadby 001A,Burglary\n");
    assert_says(message_of(&run, DIAG_HEADER), "write 'dialect = police-street' in [source");
    run_end(&run);
    run = run_csv("actions", "", "Measure,2021/22,2020/21\nBurglary,1,2\n");
    assert_says(message_of(&run, DIAG_HEADER), "write 'dialect = wide' in");
    run_end(&run);
    run = run_csv("police-street", "", "Here,There\n1,2\n");
    assert_int_equal(count_kind(&run, DIAG_HEADER), 0);
    run_end(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_the_dialect_that_fits),
        cmocka_unit_test(names_match_but_for_marks_and_breaks),
        cmocka_unit_test(a_mark_tells_columns_apart),
        cmocka_unit_test(columns_are_named_by_place),
        cmocka_unit_test(columns_without_a_name_are_blank),
        cmocka_unit_test(duplicates_that_nothing_needs_are_no_matter),
        cmocka_unit_test(a_miss_names_all_that_are_near),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
