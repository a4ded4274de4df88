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

/* A value is not on its target where the difference has more digits than can be kept. */
static void digits_that_run_out_do_not_meet_a_target(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("data"));
    struct measure *measure = add(dataset, "Score", "2021/22", number("1000000000000000000000"));
    measure->kind = KIND_SCORE;
    aim(measure, POLARITY_LOW, "0.000000000000000001");
    measure->target.tolerance = decimal_from(1);
    measure->target.tolerance_is_relative = false;
    assert_int_equal(of(dataset, "2021/22", "2022-06-30")->rag, RAG_RED);
    measure->target.polarity = POLARITY_HIGH;
    assert_int_equal(of(dataset, "2021/22", "2022-06-30")->rag, RAG_GREEN);
}

/* As many digits as fit: twice as much does not. */
#define HUGE_NUMBER "100000000000000000000000000000000000000"

static void the_export_s_own_target_is_used_where_the_job_has_none(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    struct published_with with = {.target = number("1200"), .target_words = TEXT_EMPTY};
    struct measure *measure = add_months(dataset, "Reports", 2021, 6, 100);
    measure->target.polarity = POLARITY_LOW;
    measure->target.profile = PROFILE_EVEN;
    add(dataset, "Reports", "2021/22", number("750"));
    dataset->figures[6].published = &with; /* a target that stands beside the year is the year's */
    const struct performance *one = of(dataset, "September 2021", "2021-12-22");
    assert_int_equal(one->target.origin, TARGET_OF_EXPORT);
    assert_true(one->target.is_cumulative);
    assert_string_equal(says(one, *state, PART_TARGET), "600");
    dataset->figures[5].published = &with; /* beside the month it is the month's */
    one = of(dataset, "September 2021", "2021-12-22");
    assert_false(one->target.is_cumulative);
    assert_string_equal(says(one, *state, PART_TARGET), "1,200");
}

/* An export's target is of one area: of all together there is none, unless there is but one. */
static void a_target_of_one_area_is_none_of_all(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    struct published_with with = {.target = number("90"), .target_words = TEXT_EMPTY};
    struct period year = period_read(*state, TEXT("2021/22"));
    add(dataset, "Visits", "2021/22", number("88"));
    dataset->figures[0].published = &with;
    struct performances *all =
        performance_make(*state, dataset, AREA_ALL, year, (struct date){0}, false);
    assert_true(all->has_directions); /* because of the target */
    assert_int_equal(all->items[0].target.origin, TARGET_OF_EXPORT);
    dataset_area(dataset, TEXT("North"));
    all = performance_make(*state, dataset, AREA_ALL, year, (struct date){0}, false);
    assert_int_equal(all->items[0].target.origin, TARGET_OF_NOBODY);
}

static void directions_are_worked_out_for_those_with_a_target(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    struct period year = period_read(*state, TEXT("2021/22"));
    struct measure *measure = add(dataset, "Visits", "2021/22", number("88"));
    assert_false(
        performance_make(*state, dataset, 0, year, (struct date){0}, false)->has_directions);
    measure->target.has_value = true;
    assert_true(
        performance_make(*state, dataset, 0, year, (struct date){0}, false)->has_directions);
}

/* Events have no target of an export, but one of the job. */
static void rows_that_are_counted_have_the_job_s_target(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("police"));
    dataset->counts_rows = true;
    size_t measure = dataset_measure(dataset, TEXT("Burglary"), PLACE_NONE);
    dataset_count(dataset,
                  (struct row_count){.measure = (uint32_t)measure,
                                     .area = (uint32_t)dataset_area(dataset, TEXT("North")),
                                     .period = (uint32_t)dataset_period(
                                         dataset, period_read(*state, TEXT("June 2021"))),
                                     .file = UINT32_MAX,
                                     .rows = 31});
    struct period month = period_read(*state, TEXT("June 2021"));
    assert_false(
        performance_make(*state, dataset, 0, month, (struct date){0}, false)->has_directions);
    aim(&dataset->measures[0], POLARITY_LOW, "30");
    dataset->measures[0].target.profile = PROFILE_NONE;
    target_settle(&dataset->measures[0].target);
    assert_int_equal(of(dataset, "June 2021", "")->rag, RAG_AMBER);
}

/* What was refused when the job was read has no row, and no fact. */
static void a_measure_within_nothing_has_no_facts(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    struct measure *measure = add(dataset, "Calls", "2021/22", number("88"));
    aim(measure, POLARITY_HIGH, "90");
    measure->relation = RELATION_OF_WHICH;
    measure->parent = SIZE_MAX;
    const struct performance *one = of(dataset, "2021/22", "");
    assert_null(one->row);
    assert_false(performance_has_target(one));
    assert_false(performance_has_year(one));
}

static void a_period_without_months_has_no_last_period(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add(dataset, "Calls", "1 April 2020 to 15 May 2020", number("100"));
    struct measure *measure = add(dataset, "Calls", "1 April 2021 to 15 May 2021", number("200"));
    aim(measure, POLARITY_HIGH, "90");
    const struct performance *one = of(dataset, "1 April 2021 to 15 May 2021", "");
    assert_string_equal(says(one, *state, PART_TRAVEL), "[z]");
    assert_string_equal(says(one, *state, PART_YEAR_TRAVEL), "up 100, improving");
}

static void what_last_year_says_of_no_share_is_not_spread(void **state)
{
    static const char *const why =
        "last year's figures do not say how much of the year's target was to be reached by now";
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add_months(dataset, "Reports", 2020, 6, 100); /* the rest of the year is not known */
    aim(add_months(dataset, "Reports", 2021, 6, 101), POLARITY_LOW, "1860");
    assert_text(*state, of(dataset, "June 2021", "2021-12-22")->why, why);
    for (int m = 6; m < 12; m++)
        add(dataset, "Reports", text_format(*state, "%s %d", month_names[m], 2020 + (m > 8)).ptr,
            number("0"));
    assert_int_equal(of(dataset, "June 2021", "2021-12-22")->why.len, 0);
    for (int m = 0; m < 6; m++)
        dataset->figures[m].value.number = decimal_from(0); /* of nothing there are no shares */
    assert_text(*state, of(dataset, "June 2021", "2021-12-22")->why, why);
}

static void a_target_of_too_many_digits_is_not_spread(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add(dataset, "Costs", "April 2020", number("10.5"))->kind = KIND_MONEY;
    add(dataset, "Costs", "2020/21", number("100"));
    struct measure *measure = add(dataset, "Costs", "April 2021", number("10.5"));
    aim(measure, POLARITY_LOW, "0.000000000000000001"); /* times 10.5 */
    assert_text(*state, of(dataset, "April 2021", "2021-12-22")->why,
                "the target has more digits than can be kept");
    /* four decimals are kept where there is no room for twelve */
    aim(measure, POLARITY_LOW, "1000000000000000000000000000000");
    assert_string_equal(says(of(dataset, "April 2021", "2021-12-22"), *state, PART_TARGET),
                        "£105,000,000,000,000,000,000,000,000,000.0");
    aim(measure, POLARITY_LOW, "1000000000000000000000000000000000000");
    assert_text(*state, of(dataset, "April 2021", "2021-12-22")->why,
                "the target has more digits than can be kept");
}

static void a_year_s_target_needs_a_period_in_one_year(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    aim(add(dataset, "Reports", "March 2021 to April 2021", number("10")), POLARITY_LOW, "100");
    const struct performance *one = of(dataset, "March 2021 to April 2021", "2021-12-22");
    assert_text(*state, one->why,
                "its target is a year's, and the period is in no one financial year");
    assert_string_equal(says(one, *state, PART_TARGET), "[z]");
    /* nor has a day a year so far */
    aim(add(dataset, "Reports", "31 March 2021", number("10")), POLARITY_LOW, "100");
    assert_false(performance_has_year(of(dataset, "31 March 2021", "2021-12-22")));
}

static void a_gap_in_the_year_is_why_there_is_no_status(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add(dataset, "Reports", "April 2021", number("10"));
    aim(add(dataset, "Reports", "June 2021", number("12")), POLARITY_LOW, "100");
    const struct performance *one = of(dataset, "June 2021", "2021-12-22");
    assert_int_equal(one->rag, RAG_NONE);
    assert_text(*state, one->why, "a month of the year so far is missing");
}

static void what_cannot_be_compared_gets_no_colour(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    struct measure *measure = add(dataset, "Visits", "2021/22", number(HUGE_NUMBER));
    aim(measure, POLARITY_LOW, "1"); /* a hundred times what it misses it by has too many digits */
    const struct performance *one = of(dataset, "2021/22", "");
    assert_int_equal(one->rag, RAG_NONE);
    assert_text(*state, one->why, "its figures have more digits than can be compared");
    measure->target.tolerance_is_relative = false; /* but it is more than 5 */
    assert_int_equal(of(dataset, "2021/22", "")->rag, RAG_RED);
    aim(measure, POLARITY_LOW, "-" HUGE_NUMBER);
    one = of(dataset, "2021/22", "");
    assert_int_equal(one->rag, RAG_RED);
    assert_string_equal(says(one, *state, PART_GAP), "[x]");
}

static void so_many_places_as_tell_value_and_target_apart(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    struct measure *measure = add_months(dataset, "Reports", 2021, 6, 59); /* 504 by September */
    aim(measure, POLARITY_LOW, "1007");
    measure->target.profile = PROFILE_EVEN;
    const struct performance *one = of(dataset, "September 2021", "2021-12-22");
    assert_string_equal(says(one, *state, PART_TARGET), "503.5"); /* and not 504, as the value */
    aim(measure, POLARITY_LOW, "1008.000000000002");
    assert_int_equal(of(dataset, "September 2021", "2021-12-22")->places, 9); /* no more */
    /* the sum has the pence that the month itself lacks */
    measure = NULL;
    add(dataset, "Costs", "April 2021", number("10.50"));
    add(dataset, "Costs", "May 2021", number("12"));
    measure = add(dataset, "Costs", "June 2021", number("13"));
    measure->kind = KIND_MONEY;
    aim(measure, POLARITY_LOW, "120");
    measure->target.profile = PROFILE_EVEN;
    one = &all_of(dataset, "June 2021", "2021-12-22")->items[1];
    assert_string_equal(says(one, *state, PART_TARGET), "£30.00");
    assert_string_equal(says(one, *state, PART_GAP), "£5.50 above the target");
}

static void a_hidden_value_has_no_gap(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    aim(add(dataset, "Visits", "2021/22", hidden), POLARITY_LOW, "10");
    const struct performance *one = of(dataset, "2021/22", "");
    assert_string_equal(says(one, *state, PART_TARGET), "10");
    assert_string_equal(says(one, *state, PART_GAP), "[c]");
}

static void within_its_band_a_value_misses_nothing(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    struct measure *measure = add(dataset, "Vacant", "2021/22", number("6"));
    measure->target = (struct target){.polarity = POLARITY_BAND,
                                      .has_polarity = true,
                                      .band_low = number("5").number,
                                      .band_high = number("8").number};
    assert_string_equal(says(of(dataset, "2021/22", ""), *state, PART_GAP), "within the band");
}

/* What may be chance may be improving; where no way is good, it may be a real change. */
static void a_possible_change_may_improve_or_worsen(void **state)
{
    static const struct {
        enum polarity polarity;
        const char *words;
    } cases[] = {{POLARITY_HIGH, "up 60, may be improving"},
                 {POLARITY_LOW, "up 60, may be worsening"},
                 {POLARITY_NONE, "up 60, may be a real change"}};
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add(dataset, "Reports", "2020/21", number("280"));
    struct measure *measure = add(dataset, "Reports", "2021/22", number("340"));
    for (size_t i = 0; i < 3; i++) {
        aim(measure, cases[i].polarity, "300");
        assert_string_equal(says(of(dataset, "2021/22", ""), *state, PART_TRAVEL), cases[i].words);
    }
}

static void as_many_as_last_year_is_no_change(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add_months(dataset, "Reports", 2020, 2, 100);
    add_months(dataset, "Reports", 2021, 2, 100);
    assert_string_equal(says(of(dataset, "May 2021", "2021-12-22"), *state, PART_TO_DATE_CHANGE),
                        "no change");
}

static void a_first_month_that_is_late_leaves_no_year_so_far(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add(dataset, "Reports", "May 2021", number("10")); /* which is not over, and April not there */
    const struct performance *one = of(dataset, "May 2021", "2021-05-20");
    assert_string_equal(says(one, *state, PART_TO_DATE), "[x]");
    assert_text(*state, one->so_far.why, "the year so far has no figures");
}

static void without_a_date_every_month_counts_as_complete(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add_months(dataset, "Reports", 2021, 2, 100);
    assert_string_equal(says(of(dataset, "May 2021", ""), *state, PART_TO_DATE), "210");
}

/* One figure from the year's first day on is the year so far; one of later days is not. */
static void a_half_year_is_a_year_so_far_when_it_is_the_first(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add(dataset, "Homes", "H1 2020/21", number("40"));
    add(dataset, "Homes", "H1 2021/22", number("57"));
    add(dataset, "Homes", "H2 2021/22", number("60"));
    const struct performance *one = of(dataset, "H1 2021/22", "2021-12-22");
    assert_string_equal(says(one, *state, PART_TO_DATE), "57");
    assert_string_equal(says(one, *state, PART_TO_DATE_BEFORE), "40");
    one = of(dataset, "H2 2021/22", "2022-06-22");
    assert_string_equal(says(one, *state, PART_TO_DATE), "[x]");
    assert_text(*state, one->so_far.why, "the year so far has no figures");
}

static void sums_of_too_many_digits_are_not_available(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add(dataset, "Costs", "April 2021", number(HUGE_NUMBER))->kind = KIND_MONEY;
    add(dataset, "Costs", "May 2021", number(HUGE_NUMBER));
    assert_string_equal(says(of(dataset, "May 2021", "2021-12-22"), *state, PART_TO_DATE), "[x]");
}

static void only_whole_counts_of_one_series_have_a_forecast(void **state)
{
    static const struct {
        const char *april;
        unsigned markers;
        const char *why;
    } cases[] = {{"100", 0, ""},
                 {"100", MARKER_BREAK, "its figures are no whole counts of one series"},
                 {"100.5", 0, "its figures are no whole counts of one series"},
                 {"-500", 0, "its figures are no whole counts of one series"},
                 {"9000000000000000", 0, "it would have more digits than can be kept"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
        add_months(dataset, "Reports", 2021, 3, 100);
        dataset->figures[0].value = number(cases[i].april);
        dataset->figures[0].value.markers = cases[i].markers;
        const struct performance *one = of(dataset, "June 2021", "2021-12-22");
        assert_text(*state, one->year_end.why, cases[i].why);
        assert_int_equal(one->year_end.is_known, !*cases[i].why);
    }
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add(dataset, "Costs", "April 2021", hidden)->kind = KIND_MONEY;
    assert_string_equal(says(of(dataset, "April 2021", "2021-12-22"), *state, PART_FORECAST),
                        "[z]");
}

/* Months that are no counts, or too few that are not empty, do not say how a count varies. */
static void phi_needs_months_that_are_counts(void **state)
{
    static const char *const odd[] = {"10.5", "-1"};
    for (size_t i = 0; i < 3; i++) {
        struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
        add_months(dataset, "Reports", 2021, 3, 100);
        add_months(dataset, "Reports", 2020, 12, 100);
        add_months(dataset, "Reports", 2019, 12, 100);
        if (i < 2)
            dataset->figures[20].value = number(odd[i]);
        else
            for (size_t m = 6; m < 27; m++)
                dataset->figures[m].value =
                    m < 15 || m >= 18 ? number("0") : dataset->figures[m].value;
        const struct performance *one = of(dataset, "June 2021", "2021-12-22");
        assert_false(one->year_end.phi_is_known);
        assert_true(one->year_end.phi == 1);
    }
}

/* A year that has less than its first months contradicts itself: its share is none. */
static void a_share_of_more_than_all_is_not_used(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add_months(dataset, "Reports", 2020, 3, 100);
    add(dataset, "Reports", "2020/21", number("300")); /* 330 by June */
    add_months(dataset, "Reports", 2021, 3, 100);
    const struct performance *one = of(dataset, "June 2021", "2021-12-22");
    assert_true(one->year_end.is_known);
    assert_false(one->year_end.is_seasonal);
}

/* So many that a rise of 0.1% is known to be one of less than 10%: "improving" would be too much.
 */
static void a_little_change_neither_improves_nor_worsens(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add(dataset, "Reports", "2020/21", number("100000"));
    aim(add(dataset, "Reports", "2021/22", number("100100")), POLARITY_HIGH, "90000");
    assert_string_equal(says(of(dataset, "2021/22", ""), *state, PART_TRAVEL),
                        "up 100, little changed");
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
        arena_test(digits_that_run_out_do_not_meet_a_target),
        arena_test(a_complete_year_is_no_year_to_date),
        arena_test(a_forecast_is_a_range_from_the_first_quarter_on),
        arena_test(nothing_so_far_is_no_forecast_of_nothing),
        arena_test(directions_say_no_more_than_the_figures_do),
        arena_test(a_year_has_one_direction),
        arena_test(a_band_is_left_on_either_side),
        arena_test(the_export_s_own_target_is_used_where_the_job_has_none),
        arena_test(a_target_of_one_area_is_none_of_all),
        arena_test(directions_are_worked_out_for_those_with_a_target),
        arena_test(rows_that_are_counted_have_the_job_s_target),
        arena_test(a_measure_within_nothing_has_no_facts),
        arena_test(a_period_without_months_has_no_last_period),
        arena_test(what_last_year_says_of_no_share_is_not_spread),
        arena_test(a_target_of_too_many_digits_is_not_spread),
        arena_test(a_year_s_target_needs_a_period_in_one_year),
        arena_test(a_gap_in_the_year_is_why_there_is_no_status),
        arena_test(what_cannot_be_compared_gets_no_colour),
        arena_test(so_many_places_as_tell_value_and_target_apart),
        arena_test(a_hidden_value_has_no_gap),
        arena_test(within_its_band_a_value_misses_nothing),
        arena_test(a_possible_change_may_improve_or_worsen),
        arena_test(as_many_as_last_year_is_no_change),
        arena_test(a_first_month_that_is_late_leaves_no_year_so_far),
        arena_test(without_a_date_every_month_counts_as_complete),
        arena_test(a_half_year_is_a_year_so_far_when_it_is_the_first),
        arena_test(sums_of_too_many_digits_are_not_available),
        arena_test(only_whole_counts_of_one_series_have_a_forecast),
        arena_test(phi_needs_months_that_are_counts),
        arena_test(a_share_of_more_than_all_is_not_used),
        arena_test(a_little_change_neither_improves_nor_worsens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
