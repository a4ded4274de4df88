/* Measures against their targets, where they move, and their year. */
#include "performance_support.h"

static void a_value_is_compared_as_it_is_and_shown_so_that_it_differs(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    struct measure *calls = add(dataset, "Calls", "2021/22", number("94.99"));
    calls->kind = KIND_PERCENT;
    aim(calls, POLARITY_HIGH, "95");
    const struct performance *one = of(dataset, "2021/22", "");
    assert_int_equal(one->rag, RAG_AMBER);
    assert_string_equal(says(one, *state, PART_TARGET), "95.00%");
    assert_string_equal(says(one, *state, PART_GAP), "0.01 percentage points below the target");
    calls->target.value = number("94.990").number;
    one = of(dataset, "2021/22", "");
    assert_int_equal(one->rag, RAG_GREEN);
    assert_string_equal(says(one, *state, PART_GAP), "on the target");
}

static void nothing_is_invented(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    struct measure *measure = add(dataset, "Visits", "2021/22", number("120"));
    const struct performance *one = of(dataset, "2021/22", "");
    assert_false(performance_has_target(one));
    aim(measure, POLARITY_NONE, "100");
    measure->target.has_polarity = false;
    one = of(dataset, "2021/22", "");
    assert_int_equal(one->rag, RAG_NONE);
    assert_string_equal(says(one, *state, PART_STATUS), "[z]");
    assert_string_equal(says(one, *state, PART_GAP), "20 above the target");
    assert_text(*state, one->why, "nobody says which way is good");
    measure->target.has_polarity = true;
    assert_text(*state, of(dataset, "2021/22", "")->why, "neither high nor low is good");
    /* no earlier period: no direction */
    assert_string_equal(says(one, *state, PART_TRAVEL), "[x]");
    assert_false(performance_has_year(one));
}

static void what_is_hidden_gives_no_status(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add(dataset, "Young people", "Q1 2021/22", number("12"));
    struct measure *measure = add(dataset, "Young people", "Q2 2021/22", hidden);
    aim(measure, POLARITY_HIGH, "60");
    measure->target.profile = PROFILE_EVEN;
    const struct performance *one = of(dataset, "Q2 2021/22", "2021-12-22");
    for (int part = PART_STATUS; part < PERFORMANCE_PARTS; part++)
        if (part != PART_YEAR_TRAVEL)
            assert_string_equal(says(one, *state, (enum performance_part)part), "[c]");
    assert_false(one->year_end.is_known);
}

static void a_year_s_target_is_spread_as_last_year_was(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add_months(dataset, "Reports", 2020, 12, 100); /* 1,860 in all, 750 by September */
    struct measure *measure = add_months(dataset, "Reports", 2021, 6, 101);
    aim(measure, POLARITY_LOW, "1860");
    const struct performance *one = of(dataset, "Q2 2021/22", "2021-12-22");
    assert_true(one->target.is_cumulative);
    assert_string_equal(says(one, *state, PART_TARGET), "750");
    assert_string_equal(says(one, *state, PART_TO_DATE), "756");
    assert_string_equal(says(one, *state, PART_TO_DATE_BEFORE), "750");
    assert_string_equal(says(one, *state, PART_TO_DATE_CHANGE), "+6 (+0.8%)");
    assert_int_equal(one->rag, RAG_AMBER);
    measure->target.profile = PROFILE_EVEN;
    one = of(dataset, "Q2 2021/22", "2021-12-22");
    assert_string_equal(says(one, *state, PART_TARGET), "930");
    assert_int_equal(one->rag, RAG_GREEN);
    /* a point in time: the latest figure against all of it, and no year to date */
    measure->target.profile = PROFILE_NONE;
    one = of(dataset, "Q2 2021/22", "2021-12-22");
    assert_string_equal(says(one, *state, PART_TARGET), "1,860");
    assert_false(performance_has_year(one));
}

static void without_last_year_its_share_is_not_known(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    struct measure *measure = add_months(dataset, "Reports", 2021, 6, 101);
    aim(measure, POLARITY_LOW, "1860");
    const struct performance *one = of(dataset, "Q2 2021/22", "2021-12-22");
    assert_int_equal(one->rag, RAG_NONE);
    assert_string_equal(says(one, *state, PART_STATUS), "[x]");
    assert_string_equal(says(one, *state, PART_TARGET), "1,860 for the year");
    assert_string_equal(says(one, *state, PART_TO_DATE_BEFORE), "[x]");
    assert_text(*state, one->so_far.why,
                "a month of last year is missing, so that the year so far cannot be compared");
}

static void the_year_so_far_ends_with_the_period_and_before_the_extract(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add_months(dataset, "Reports", 2020, 12, 100);
    add_months(dataset, "Reports", 2021, 9, 101);
    assert_string_equal(says(of(dataset, "May 2021", "2022-02-01"), *state, PART_TO_DATE), "212");
    assert_string_equal(says(of(dataset, "May 2021", "2021-07-11"), *state, PART_TO_DATE),
                        "212 [p]");
    assert_string_equal(says(of(dataset, "May 2021", "2021-05-20"), *state, PART_TO_DATE),
                        "101 [p]");
    assert_string_equal(says(of(dataset, "April 2021", "2021-04-20"), *state, PART_TO_DATE), "[x]");
    dataset->extracted = (struct date){2021, 7, 12}; /* goes before the job's date */
    assert_string_equal(says(of(dataset, "May 2021", "2021-05-20"), *state, PART_TO_DATE), "212");
    dataset->settle_days = 60;
    assert_string_equal(says(of(dataset, "May 2021", "2021-05-20"), *state, PART_TO_DATE),
                        "212 [p]");
}

static void quarters_make_a_year_so_far_too(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add(dataset, "Homes", "Q1 2020/21", number("30"));
    add(dataset, "Homes", "Q2 2020/21", number("41"));
    add(dataset, "Homes", "Q1 2021/22", number("22"));
    add(dataset, "Homes", "Q2 2021/22", number("35"));
    const struct performance *one = of(dataset, "Q2 2021/22", "2021-12-22");
    assert_int_equal(one->so_far.step, 3);
    assert_string_equal(says(one, *state, PART_TO_DATE), "57");
    assert_string_equal(says(one, *state, PART_TO_DATE_CHANGE), "−14 (−19.7%)");
    /* a quarter that is missing inside is a refusal */
    one = of(dataset, "Q3 2021/22", "2022-03-22");
    assert_int_equal(one->so_far.status, YTD_DATA_LATE);
    add(dataset, "Homes", "Q4 2021/22", number("9"));
    one = of(dataset, "Q4 2021/22", "2022-06-22");
    assert_int_equal(one->so_far.status, YTD_GAP_CURRENT);
    assert_string_equal(says(one, *state, PART_TO_DATE), "[x]");
}

static void a_complete_year_is_no_year_to_date(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add_months(dataset, "Reports", 2021, 12, 100);
    const struct performance *one = of(dataset, "2021/22", "2022-06-22");
    assert_true(performance_has_year(one)); /* its facts are there, whatever the month */
    assert_string_equal(says(one, *state, PART_TO_DATE), "[z]");
    assert_string_equal(says(one, *state, PART_FORECAST), "[z]");
    /* a year that is not over has one */
    assert_string_equal(says(of(dataset, "2021/22", "2021-09-05"), *state, PART_TO_DATE),
                        "600 [p]");
}

static void a_forecast_is_a_range_from_the_first_quarter_on(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add_months(dataset, "Reports", 2021, 6, 100); /* 330 by June */
    assert_string_equal(says(of(dataset, "May 2021", "2022-02-01"), *state, PART_FORECAST), "[z]");
    const struct performance *one = of(dataset, "June 2021", "2022-02-01");
    assert_true(one->year_end.is_known);
    assert_false(one->year_end.is_seasonal);
    assert_false(one->year_end.phi_is_known);
    /* 330 in 91 of 365 days: 993.6 are to come, ± 1.96 √(993.6 × 365/91) */
    assert_string_equal(says(one, *state, PART_FORECAST), "between 1,200 and 1,447 [f]");
    add_months(dataset, "Reports", 2020, 12, 100); /* 330 of 1,860 by June: R is 1,530 */
    one = of(dataset, "June 2021", "2022-02-01");
    assert_true(one->year_end.is_seasonal);
    assert_string_equal(says(one, *state, PART_FORECAST), "between 1,706 and 2,014 [f]");
    add_months(dataset, "Reports", 2019, 12, 100);
    assert_true(of(dataset, "June 2021", "2022-02-01")->year_end.phi_is_known);
}

static void nothing_so_far_is_no_forecast_of_nothing(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add(dataset, "Accidents", "Q1 2021/22", number("0"));
    const struct performance *one = of(dataset, "Q1 2021/22", "2021-12-22");
    assert_string_equal(says(one, *state, PART_FORECAST), "[z]");
    assert_text(*state, one->year_end.why, "nothing was counted so far");
}

static void directions_say_no_more_than_the_figures_do(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add(dataset, "Reports", "Q2 2020/21", number("500"));
    add(dataset, "Reports", "Q1 2021/22", number("98"));
    struct measure *measure = add(dataset, "Reports", "Q2 2021/22", number("112"));
    aim(measure, POLARITY_LOW, "100");
    const struct performance *one = of(dataset, "Q2 2021/22", "2021-12-22");
    assert_string_equal(says(one, *state, PART_TRAVEL), "up 14, change not clear");
    assert_string_equal(says(one, *state, PART_YEAR_TRAVEL), "down 388, improving");
    assert_text(*state, direction_words(*state, one, TRAVEL_LAST_YEAR), "↓ down 388, improving");
    measure->target.has_dead_band = true;
    measure->target.dead_band = number("14").number;
    one = of(dataset, "Q2 2021/22", "2021-12-22");
    assert_text(*state, direction_words(*state, one, TRAVEL_LAST_PERIOD), "→ same");
    measure->target.is_seasonal = true;
    one = of(dataset, "Q2 2021/22", "2021-12-22");
    assert_string_equal(says(one, *state, PART_TRAVEL), "[z]");
    assert_string_equal(says(one, *state, PART_YEAR_TRAVEL), "down 388, improving");
}

/* Of a year the last period and the same of last year are one: it is not lost when seasonal. */
static void a_year_has_one_direction(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add(dataset, "Recycled", "2020/21", number("45.0"))->kind = KIND_PERCENT;
    struct measure *measure = add(dataset, "Recycled", "2021/22", number("47.5"));
    aim(measure, POLARITY_HIGH, "48");
    measure->target.is_seasonal = true;
    const struct performance *one = of(dataset, "2021/22", "2022-06-22");
    assert_string_equal(says(one, *state, PART_TRAVEL), "up 2.5 percentage points, improving");
    assert_string_equal(says(one, *state, PART_YEAR_TRAVEL), "up 2.5 percentage points, improving");
}

static void a_band_is_left_on_either_side(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    struct measure *measure = add(dataset, "Vacant", "Q2 2021/22", number("8.5"));
    measure->kind = KIND_PERCENT;
    measure->target = (struct target){.polarity = POLARITY_BAND,
                                      .has_polarity = true,
                                      .band_low = number("5").number,
                                      .band_high = number("8").number,
                                      .tolerance = number("0.5").number};
    const struct performance *one = of(dataset, "Q2 2021/22", "2021-12-22");
    assert_int_equal(one->rag, RAG_AMBER);
    assert_string_equal(says(one, *state, PART_TARGET), "5% to 8%");
    assert_string_equal(says(one, *state, PART_GAP), "0.5 percentage points above the band");
    assert_text(*state, tolerance_words(*state, one), "0.5 percentage points");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(a_value_is_compared_as_it_is_and_shown_so_that_it_differs),
        arena_test(nothing_is_invented),
        arena_test(what_is_hidden_gives_no_status),
        arena_test(a_year_s_target_is_spread_as_last_year_was),
        arena_test(without_last_year_its_share_is_not_known),
        arena_test(the_year_so_far_ends_with_the_period_and_before_the_extract),
        arena_test(quarters_make_a_year_so_far_too),
        arena_test(a_complete_year_is_no_year_to_date),
        arena_test(a_forecast_is_a_range_from_the_first_quarter_on),
        arena_test(nothing_so_far_is_no_forecast_of_nothing),
        arena_test(directions_say_no_more_than_the_figures_do),
        arena_test(a_year_has_one_direction),
        arena_test(a_band_is_left_on_either_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
