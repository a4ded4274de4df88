/* Periods of the figures against each other, the job's and the day they were taken. */
#include "check_support.h"

static const struct date june = {2022, 6, 22};

static struct dataset *with_periods(void **state, const char *const *periods, size_t count)
{
    struct dataset *dataset = dataset_new(*state, TEXT("calls"));
    size_t m = add_measure(dataset, "Calls", KIND_COUNT, RELATION_UNDECLARED);
    for (size_t i = 0; i < count; i++)
        add_figure(dataset, m, periods[i], "17", NULL, NULL);
    return dataset;
}

static void a_whole_year_is_no_year_to_date(void **state)
{
    static const char *const whole[] = {"April 2021 YTD to March 2022"};
    static const char *const part[] = {"April 2022 YTD to May 2022"};
    assert_contains(*state, checked(with_periods(state, whole, 1)), "[period-label]");
    assert_text(*state,
                checked_against(with_periods(state, part, 1), "April 2022 YTD to May 2022",
                                "April 2021 YTD to May 2021", june),
                "");
}

static void overlapping_periods_are_told(void **state)
{
    static const char *const pooled[] = {"2016 - 18", "2015 - 17", "2013 - 15"};
    struct dataset *dataset = with_periods(state, pooled, 3);
    assert_contains(*state, checked_against(dataset, "2016 - 18", "2015 - 17", june),
                    "job.ini:5:1: warning: 2015 to 2017 shares days with 2016 to 2018: a change "
                    "between them says little; compare with 2013 to 2015 [overlap]");
    assert_text(*state, checked_against(dataset, "2016 - 18", "2013 - 15", june), "");
}

static void a_quarter_that_is_missing_is_told(void **state)
{
    static const char *const quarters[] = {"Q1 2021/22", "Q2 2021/22", "Q4 2021/22", "Q3 2021/22"};
    assert_contains(*state, checked(with_periods(state, quarters, 3)),
                    "source 'calls' has figures before and after October 2021, but none for it: "
                    "nothing is added up to 2021/22 [period-gap]");
    assert_text(*state, checked(with_periods(state, quarters, 4)), "");
    assert_text(*state, checked(with_periods(state, quarters, 2)), "");
}

static void an_unfinished_period_is_told(void **state)
{
    static const char *const years[] = {"2021/22", "2020/21"};
    struct dataset *dataset = with_periods(state, years, 2);
    assert_contains(
        *state, checked_against(dataset, "2021/22", "2020/21", (struct date){2022, 2, 1}),
        "a.csv:2:2: warning: 2021/22 ends on 31 March 2022, after the date of the figures "
        "(1 February 2022): they cannot be complete [incomplete]");
    assert_text(*state, checked_against(dataset, "2021/22", "2020/21", june), "");
    assert_text(*state, checked_against(dataset, "2021/22", "2020/21", (struct date){0}), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(a_whole_year_is_no_year_to_date),
        arena_test(overlapping_periods_are_told),
        arena_test(a_quarter_that_is_missing_is_told),
        arena_test(an_unfinished_period_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
