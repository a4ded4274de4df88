/* The value of a measure in a period, from its own figures: those of other measures stand beside
 * them; and what a figure is a share of, where that is hidden. */
#include "compute/values.h"

#include "../read/read_support.h"
#include "compute/disclosure.h"

static struct value value_of(const struct run *run, size_t measure, const char *label)
{
    struct place place = PLACE_NONE;
    return dataset_value(run->dataset, measure, 0, period_read(run->arena, text_from(label)),
                         &place);
}

static void assert_number(struct value value, int64_t number)
{
    assert_true(value.present);
    assert_int_equal(decimal_compare(value.number, decimal_from(number)), 0);
}

#define MONTHS                                                                                     \
    "Burglary,April 2021,10\nBurglary,May 2021,20\nBurglary,June 2021,30\n"                        \
    "Theft,Q1 2021/22,70\n"

static void months_are_added_up_where_another_measure_has_the_quarter(void **state)
{
    (void)state;
    struct run run = run_csv("long", "", "Measure,Period,Value\n" MONTHS);
    assert_ok(&run);
    assert_number(value_of(&run, 0, "Q1 2021/22"), 60);
    assert_number(value_of(&run, 1, "Q1 2021/22"), 70);
    run_end(&run);
}

static void a_year_of_quarters_stands_beside_months_of_another_measure(void **state)
{
    (void)state;
    struct run run = run_csv("long", "",
                             "Measure,Period,Value\n" MONTHS
                             "Theft,Q2 2021/22,1\nTheft,Q3 2021/22,2\nTheft,Q4 2021/22,3\n");
    assert_ok(&run);
    assert_number(value_of(&run, 1, "2021/22"), 76);
    assert_false(value_of(&run, 0, "2021/22").present); /* three months are no year */
    run_end(&run);
}

static void a_month_that_is_missing_leaves_no_sum(void **state)
{
    (void)state;
    struct run run = run_csv("long", "",
                             "Measure,Period,Value\nBurglary,April 2021,10\nBurglary,June 2021,30\n"
                             "Theft,May 2021,3\n");
    struct value quarter = value_of(&run, 0, "Q1 2021/22");
    assert_false(quarter.present);
    assert_int_equal(quarter.markers, MARKER_NOT_AVAILABLE);
    run_end(&run);
}

static void the_quarter_itself_goes_before_its_months(void **state)
{
    (void)state;
    struct run run =
        run_csv("long", "", "Measure,Period,Value\n" MONTHS "Burglary,Q1 2021/22,61\n");
    assert_number(value_of(&run, 0, "Q1 2021/22"), 61);
    run_end(&run);
}

static void rounded_months_are_not_added_up(void **state)
{
    (void)state;
    struct run run = run_csv("long",
                             "suppress = below 5\nrounding = 5\n"
                             "[measure Burglary]\nrelation = non-additive\n"
                             "[measure Theft]\nrelation = non-additive\n",
                             "Measure,Period,Value\n" MONTHS);
    disclosure_apply(&run.diags, run.dataset);
    assert_ok(&run);
    assert_false(value_of(&run, 0, "Q1 2021/22").present);
    assert_number(value_of(&run, 0, "April 2021"), 10);
    run_end(&run);
}

/* 626 less 623 are 3: 623 is hidden, and is not left beside its shares, shown or hidden. */
static void a_hidden_figure_is_no_denominator_beside_others(void **state)
{
    (void)state;
    struct run run = run_csv("long",
                             "suppress = below 5\n"
                             "[measure Admissions]\nrelation = non-additive\n"
                             "[measure Seen]\nrelation = non-additive\n",
                             "Measure,Area,Period,Value,Unit,Count,Denominator\n"
                             "Admissions,North,2023/24,3,,,\n"
                             "Admissions,South,2023/24,623,,,\n"
                             "Admissions,Both,2023/24,626,,,\n"
                             "Seen,South,2023/24,400,,,623\n"
                             "Seen in time,South,2023/24,99.4,%,619,623\n");
    disclosure_apply(&run.diags, run.dataset);
    assert_ok(&run);
    for (size_t i = 0; i < run.dataset->figure_count; i++) {
        const struct figure *figure = &run.dataset->figures[i];
        assert_false(figure->denominator.present);
        assert_int_equal(figure->denominator.number.coefficient, 0);
    }
    assert_false(run.dataset->figures[1].value.present);
    assert_true(run.dataset->figures[3].value.present);
    assert_true(run.dataset->figures[3].denominator.markers & MARKER_CONFIDENTIAL);
    run_end(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_are_added_up_where_another_measure_has_the_quarter),
        cmocka_unit_test(a_year_of_quarters_stands_beside_months_of_another_measure),
        cmocka_unit_test(a_month_that_is_missing_leaves_no_sum),
        cmocka_unit_test(the_quarter_itself_goes_before_its_months),
        cmocka_unit_test(rounded_months_are_not_added_up),
        cmocka_unit_test(a_hidden_figure_is_no_denominator_beside_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
