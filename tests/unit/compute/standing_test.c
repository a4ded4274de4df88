#include "compute/standing.h"
#include "support.h"

#include <math.h>

static struct value number(const char *digits)
{
    struct value value = {.present = true};
    assert_true(decimal_parse(text_from(digits), &value.number));
    return value;
}

static const struct benchmark_input road = {.kind = KIND_RATE,
                                            .basis = BASIS_COUNTED,
                                            .per = 100000,
                                            .against = 42.6,
                                            .against_half = 0.05,
                                            .polarity = POLARITY_LOW};

static void what_a_table_cannot_say_has_a_reason(void **state)
{
    (void)state;
    struct benchmark_input in = road;
    assert_string_equal(benchmark_judge(&in).why, "its figure is not known");
    in.value = number("35.7");
    assert_string_equal(benchmark_judge(&in).why, "its count is not known");
    in.count = number("98.5");
    assert_string_equal(benchmark_judge(&in).why, "its count is not a whole number of 0 or more");
    in.count = number("2");
    assert_string_equal(benchmark_judge(&in).why, "its count is below 3");
    in.count = number("0");
    assert_string_equal(benchmark_judge(&in).why, "a count of 0 implies no denominator");
    in.count = number("9");
    in.basis = BASIS_STANDARDISED;
    assert_string_equal(benchmark_judge(&in).why, "its count is below 10");
    in.basis = BASIS_UNKNOWN;
    assert_int_equal(benchmark_judge(&in).found, BENCHMARK_NOT);
    in.basis = BASIS_COUNTED;
    in.denominator = number("0");
    assert_string_equal(benchmark_judge(&in).why, "its denominator is not above 0");
    in.kind = KIND_COUNT;
    assert_string_equal(benchmark_judge(&in).why, "no interval follows from a figure of this kind");
    in = road;
    in.kind = KIND_PERCENT;
    in.per = 100;
    in.value = number("120");
    in.count = number("60");
    assert_string_equal(benchmark_judge(&in).why,
                        "its count is larger than the denominator that it implies");
}

static void a_given_denominator_goes_before_an_implied_one(void **state)
{
    (void)state;
    struct benchmark_input in = road;
    in.value = number("36"); /* as printed, it says little */
    in.count = number("98");
    in.denominator = number("274510");
    struct benchmark given = benchmark_judge(&in);
    struct interval count = count_interval(98, 0.95);
    assert_true(fabs(given.ci95.lower - count.lower / 274510 * 100000) < 1e-9);
    in.count = in.value = number("0");
    struct benchmark none = benchmark_judge(&in);
    assert_int_equal(none.found, BENCHMARK_NOT); /* a rate on fewer than 3 is not given */
    in.kind = KIND_PERCENT;
    in.per = 100;
    none = benchmark_judge(&in);
    assert_int_equal(none.found, BENCHMARK_EXACT);
    assert_true(none.ci95.lower == 0 && none.ci95.upper > 0);
}

/* An area is taken out of what it is a part of: else it is compared with itself, in part. */
static void a_part_is_taken_out_of_the_whole(void **state)
{
    (void)state;
    const struct behind here = {.count = number("30"), .denominator = number("1000")};
    const struct behind there = {.count = number("50"), .denominator = number("3000")};
    struct beside part, neighbour;
    assert_true(benchmark_beside(&here, &there, true, KIND_RATE, &part));
    assert_true(benchmark_beside(&here, &there, false, KIND_RATE, &neighbour));
    assert_true(fabs(part.effect - 3.0) < 1e-9);
    assert_true(fabs(neighbour.effect - 1.8) < 1e-9);
    assert_true(benchmark_beside(&here, &there, true, KIND_PERCENT, &part));
    assert_true(fabs(part.effect - 2.0) < 1e-9);
    assert_false(benchmark_beside(&there, &here, true, KIND_RATE, &part));
}

/* ---- all that an export gives ---- */

struct fixture {
    struct measure measure;
    struct figure here, there;
    struct published_with with;
    struct measured measured;
};

static struct fixture *fixture(void **state, const char *here, const char *there)
{
    struct fixture *f = arena_alloc(*state, sizeof *f);
    *f = (struct fixture){.here = {.value = number(here), .note = TEXT_EMPTY},
                          .there = {.value = number(there), .note = TEXT_EMPTY}};
    f->measure = (struct measure){.name = TEXT("Obesity"),
                                  .label = TEXT("Obesity"),
                                  .unit = TEXT("per 1,000"),
                                  .note = TEXT_EMPTY,
                                  .kind = KIND_RATE};
    f->measure.target.polarity = POLARITY_LOW;
    f->with.against = (struct published_against){TEXT_EMPTY, TEXT_EMPTY, TEXT_EMPTY};
    f->measured = (struct measured){.measure = &f->measure,
                                    .here = &f->here,
                                    .there = &f->there,
                                    .there_name = TEXT("England"),
                                    .is_part = true};
    return f;
}

static void limits_are(struct fixture *f, const char *lower, const char *upper)
{
    f->with.lower_95 = number(lower);
    f->with.upper_95 = number(upper);
    f->here.published = &f->with;
}

static void the_publishers_word_goes_first(void **state)
{
    struct fixture *f = fixture(state, "5.0", "4.0");
    limits_are(f, "4.5", "5.5");
    struct stood stood = standing_to_area(*state, &f->measured);
    assert_int_equal(stood.by, STOOD_LIMITS);
    assert_int_equal(stood.standing, STANDING_WORSE);
    assert_text(*state, standing_display(*state, stood.standing, true), "↑ Higher, worse");
    f->with.against.england = TEXT("Similar");
    stood = standing_to_area(*state, &f->measured);
    assert_int_equal(stood.by, STOOD_PUBLISHED);
    assert_text(*state, standing_display(*state, stood.standing, true), "≈ Similar");
    f->with.against.england = TEXT("Better 95%");
    stood = standing_to_area(*state, &f->measured);
    assert_int_equal(stood.standing, STANDING_BETTER);
    f->with.against.england = TEXT("Not compared");
    assert_int_equal(standing_to_area(*state, &f->measured).by, STOOD_NOT);
    f->measured.there_name = TEXT("Countyshire"); /* his word is about England alone */
    assert_text(*state, standing_to_area(*state, &f->measured).why,
                "the likely range of Countyshire is not known");
}

static void without_a_polarity_nothing_is_better(void **state)
{
    struct fixture *f = fixture(state, "5.0", "4.0");
    limits_are(f, "4.5", "5.5");
    f->measure.target.polarity = POLARITY_NONE;
    struct stood stood = standing_to_area(*state, &f->measured);
    assert_text(*state, standing_display(*state, stood.standing, true), "↑ Higher");
}

/* 38 to 42 and 41.5 to 46.5 overlap, and differ all the same. */
static void two_local_areas_are_compared_by_the_limits_of_both(void **state)
{
    struct fixture *f = fixture(state, "40", "44");
    struct published_with there = f->with;
    limits_are(f, "38", "42");
    there.lower_95 = number("41.5");
    there.upper_95 = number("46.5");
    f->there.published = &there;
    f->measured.there_name = TEXT("Countyshire");
    struct stood stood = standing_to_area(*state, &f->measured);
    assert_text(*state, stood.why, "from the published limits of both");
    assert_int_equal(stood.standing, STANDING_BETTER);
    there.upper_95 = number("52");
    there.lower_95 = number("36");
    assert_int_equal(standing_to_area(*state, &f->measured).standing, STANDING_SIMILAR);
}

static void counts_of_both_areas_are_a_rate_ratio(void **state)
{
    struct fixture *f = fixture(state, "5.00", "4.00");
    f->here.count = number("500");
    f->here.denominator = number("100000");
    f->there.count = number("2400");
    f->there.denominator = number("600000");
    struct stood stood = standing_to_area(*state, &f->measured);
    assert_int_equal(stood.by, STOOD_COUNTS);
    assert_int_equal(stood.standing, STANDING_WORSE);
    assert_text(*state, stood.why,
                "from the counts of both: 1.32 times England without the area, likely range 1.19 "
                "to 1.45");
    f->measured.is_part = false;
    assert_text(*state, standing_to_area(*state, &f->measured).why,
                "from the counts of both: 1.25 times England, likely range 1.13 to 1.38");
    f->there.value = number("4.10"); /* not its count over its people: only our own counts */
    assert_int_equal(standing_to_area(*state, &f->measured).by, STOOD_COUNT);
}

static void counts_are(struct fixture *f, const char *x1, const char *n1, const char *x0,
                       const char *n0)
{
    f->here.count = number(x1);
    f->here.denominator = number(n1);
    f->there.count = number(x0);
    f->there.denominator = number(n0);
}

static void counts_of_both_percentages_are_a_difference(void **state)
{
    struct fixture *f = fixture(state, "14.0", "20.0");
    f->measure.kind = KIND_PERCENT;
    f->measure.unit = TEXT("%");
    counts_are(f, "140", "1000", "2000", "10000");
    struct stood stood = standing_to_area(*state, &f->measured);
    assert_int_equal(stood.standing, STANDING_BETTER);
    assert_text(*state, stood.why,
                "from the counts of both: −6.7 percentage points from England without the area, "
                "likely range −8.9 to −4.2");
    counts_are(f, "140", "1000", "200", "1000"); /* no larger: nothing to take the area out of */
    f->there.value = number("20.0");
    stood = standing_to_area(*state, &f->measured);
    assert_true(text_starts(stood.why, TEXT("from the counts of both: −6.0 percentage points from "
                                            "England, likely")));
}

static void nothing_over_there_has_no_ratio(void **state)
{
    struct fixture *f = fixture(state, "3.00", "0.00");
    counts_are(f, "30", "10000", "0", "10000");
    struct stood stood = standing_to_area(*state, &f->measured);
    assert_int_equal(stood.standing, STANDING_WORSE);
    assert_text(*state, stood.why, "from the counts of both");
    f->here.value = number("0.00");
    counts_are(f, "0", "10000", "0", "10000"); /* and here: its own rate is not given either */
    assert_int_equal(standing_to_area(*state, &f->measured).by, STOOD_NOT);
}

static void a_count_that_is_no_whole_number_is_no_count(void **state)
{
    struct fixture *f = fixture(state, "5.00", "4.00");
    counts_are(f, "500", "100000", "2400.4", "600100");
    assert_int_equal(standing_to_area(*state, &f->measured).by, STOOD_COUNT);
    f->measured.is_part = false;
    f->here.count = number("500.4");
    f->here.denominator = number("100080");
    assert_text(*state, standing_to_area(*state, &f->measured).why,
                "its count is not a whole number of 0 or more");
}

static void the_latest_figure_up_to_the_period_is_taken(void **state)
{
    static const char *const periods[] = {"2018/19", "2021/22", "2019/20", "2017/18"};
    struct dataset *dataset = dataset_new(*state, TEXT("health"));
    for (size_t i = 0; i < 4; i++) {
        struct figure figure = {
            .measure = dataset_measure(dataset, TEXT("Obesity"), PLACE_NONE),
            .area = dataset_area(dataset, TEXT_EMPTY),
            .period = dataset_period(dataset, period_read(*state, text_from(periods[i]))),
            .value = number(periods[i] + 5),
            .note = TEXT_EMPTY};
        dataset_add_figure(dataset, figure);
    }
    const struct figure *latest = dataset_latest(dataset, 0, 0, (struct date){2020, 3, 31});
    assert_text(*state, decimal_text(*state, latest->value.number), "20");
    latest = dataset_latest(dataset, 0, 0, (struct date){0, 0, 0});
    assert_text(*state, decimal_text(*state, latest->value.number), "22");
    assert_null(dataset_latest(dataset, 0, 0, (struct date){2001, 3, 31}));
}

static void an_estimate_is_shown_when_it_is_asked_for(void **state)
{
    struct fixture *f = fixture(state, "705.0", "558.4");
    f->measure.unit = TEXT("Directly age-standardised rate per 100,000");
    f->here.count = number("140");
    struct stood stood = standing_to_area(*state, &f->measured);
    assert_int_equal(stood.by, STOOD_NOT);
    assert_text(*state, stood.why, "it is standardised, which needs its counts by age");
    assert_true(isnan(standing_range(*state, &f->measured).lower));
    f->measured.estimates = true;
    stood = standing_to_area(*state, &f->measured);
    assert_int_equal(stood.by, STOOD_ESTIMATED);
    assert_int_equal(stood.standing, STANDING_WORSE);
    assert_true(text_starts(stood.why, TEXT("estimated [e]: ")));
    assert_true(standing_range(*state, &f->measured).lower > 590);
}

static void a_goal_is_met_when_the_whole_range_is_beyond_it(void **state)
{
    struct fixture *f = fixture(state, "75.6", "68.7");
    f->measure.kind = KIND_PERCENT;
    f->measure.target.polarity = POLARITY_HIGH;
    limits_are(f, "73.1", "77.9");
    assert_int_equal(standing_to_goal(*state, &f->measured).by, STOOD_NOT);
    f->with.target = number("66.7");
    assert_int_equal(standing_to_goal(*state, &f->measured).standing, STANDING_BETTER);
    f->with.target = number("73.1");
    assert_int_equal(standing_to_goal(*state, &f->measured).standing, STANDING_SIMILAR);
    f->with.lower_95 = f->with.upper_95 = (struct value){.present = false};
    f->with.target = number("66.7");
    f->measure.basis = BASIS_COUNTED;
    f->here.count = number("929");
    assert_int_equal(standing_to_goal(*state, &f->measured).by, STOOD_COUNT);
    f->measure.target.polarity = POLARITY_NONE;
    assert_int_equal(standing_to_goal(*state, &f->measured).by, STOOD_NOT);
    f->with.against.goal = TEXT("Worse");
    assert_int_equal(standing_to_goal(*state, &f->measured).standing, STANDING_WORSE);
}

static void what_is_hidden_or_missing_shows_its_marker(void **state)
{
    struct fixture *f = fixture(state, "5.0", "4.0");
    f->here.value = (struct value){.markers = MARKER_CONFIDENTIAL};
    assert_int_equal(standing_to_area(*state, &f->measured).markers, MARKER_CONFIDENTIAL);
    f->here.value = number("5.0");
    f->measured.there = NULL;
    struct stood stood = standing_to_area(*state, &f->measured);
    assert_int_equal(stood.by, STOOD_MARKED);
    assert_int_equal(stood.markers, MARKER_NOT_AVAILABLE);
}

static void answers_of_an_open_survey_have_no_range(void **state)
{
    struct fixture *f = fixture(state, "50.0", "40.0");
    f->measure.kind = KIND_PERCENT;
    f->measure.unit = TEXT("%");
    f->here.count = number("100");
    f->here.denominator = number("200");
    assert_int_equal(standing_to_area(*state, &f->measured).by, STOOD_COUNT);
    f->measured.is_open_survey = true;
    assert_int_equal(standing_to_area(*state, &f->measured).by, STOOD_NOT);
}

static void counts_that_imply_nothing_give_no_range(void **state)
{
    (void)state;
    struct benchmark_input in = road;
    in.value = number("35.7");
    in.count = number("-9");
    assert_string_equal(benchmark_judge(&in).why, "its count is not a whole number of 0 or more");
    in.count = number("9"); /* of a rate of 0 no people follow */
    in.value = number("0.0");
    assert_string_equal(benchmark_judge(&in).why, "a count of 0 implies no denominator");
    in.value = number("35.7");
    in.kind = KIND_MEAN;
    assert_string_equal(benchmark_judge(&in).why, "it needs how its values spread");
    in.kind = KIND_MEDIAN;
    assert_string_equal(benchmark_judge(&in).why, "it needs how its values spread");
}

/* A part of more than the whole, nobody to count among, a share above all. */
static void what_cannot_be_a_part_is_not_compared(void **state)
{
    (void)state;
    static const struct {
        const char *x1, *n1, *x0, *n0;
        bool is_part, compares;
    } cases[] = {
        {"30", "100", "40", "300", true, true},   {"50", "100", "40", "300", true, false},
        {"30", "300", "40", "300", true, false},  {"30", "0", "40", "300", false, false},
        {"30", "100", "40", "39", false, false},  {"101", "100", "40", "300", false, false},
        {"100", "100", "300", "300", false, true}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct behind here = {.count = number(cases[i].x1),
                                    .denominator = number(cases[i].n1)};
        const struct behind there = {.count = number(cases[i].x0),
                                     .denominator = number(cases[i].n0)};
        struct beside beside;
        assert_int_equal(benchmark_beside(&here, &there, cases[i].is_part, KIND_PERCENT, &beside),
                         cases[i].compares);
    }
}

/* A standardised rate is not its count over its people: the counts of both say nothing of it. */
static void standardised_rates_are_not_compared_by_their_counts(void **state)
{
    struct fixture *f = fixture(state, "5.00", "4.00");
    counts_are(f, "500", "100000", "2400", "600000");
    f->measured.there_name = TEXT("Countyshire");
    assert_int_equal(standing_to_area(*state, &f->measured).by, STOOD_COUNTS);
    f->measure.unit = TEXT("for each resident"); /* nor is one that does not say of how many */
    assert_int_equal(standing_to_area(*state, &f->measured).by, STOOD_NOT);
    f->measure.unit = TEXT("per 1,000");
    f->measure.note = TEXT("Directly standardised");
    struct stood stood = standing_to_area(*state, &f->measured);
    assert_int_equal(stood.by, STOOD_NOT);
    assert_text(*state, stood.why, "the likely range of Countyshire is not known");
}

static void one_limit_is_no_range(void **state)
{
    struct fixture *f = fixture(state, "40", "44");
    limits_are(f, "38", "42");
    f->with.upper_95 = (struct value){.present = false};
    f->measured.there_name = TEXT("Countyshire");
    assert_int_equal(standing_to_area(*state, &f->measured).by, STOOD_NOT);
}

static void a_higher_share_has_a_plus(void **state)
{
    struct fixture *f = fixture(state, "26.0", "20.0");
    f->measure.kind = KIND_PERCENT;
    f->measure.unit = TEXT("%");
    counts_are(f, "260", "1000", "200", "1000");
    struct stood stood = standing_to_area(*state, &f->measured);
    assert_contains(*state, stood.why, "+6.0 percentage points from England, likely range +2.");
}

static void a_goal_needs_a_figure_a_way_and_a_number(void **state)
{
    struct fixture *f = fixture(state, "75.6", "68.7");
    f->measure.kind = KIND_PERCENT;
    assert_int_equal(standing_to_goal(*state, &f->measured).by, STOOD_NOT); /* nothing published */
    limits_are(f, "73.1", "77.9");
    f->with.target = number("80");
    static const struct {
        enum polarity polarity;
        enum stood_by by;
        enum standing standing;
    } cases[] = {{POLARITY_HIGH, STOOD_LIMITS, STANDING_WORSE},
                 {POLARITY_LOW, STOOD_LIMITS, STANDING_BETTER},
                 {POLARITY_BAND, STOOD_NOT, STANDING_SIMILAR},
                 {POLARITY_NONE, STOOD_NOT, STANDING_SIMILAR}};
    for (size_t i = 0; i < 4; i++) {
        f->measure.target.polarity = cases[i].polarity;
        struct stood stood = standing_to_goal(*state, &f->measured);
        assert_int_equal(stood.by, cases[i].by);
        assert_int_equal(stood.standing, cases[i].standing);
    }
    f->measure.target.polarity = POLARITY_LOW; /* words that are none of the publisher's */
    f->with.against.goal = TEXT("Not compared");
    assert_int_equal(standing_to_goal(*state, &f->measured).by, STOOD_LIMITS);
    f->here.value = (struct value){.markers = MARKER_CONFIDENTIAL};
    assert_int_equal(standing_to_goal(*state, &f->measured).by, STOOD_NOT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(what_a_table_cannot_say_has_a_reason),
        arena_test(a_given_denominator_goes_before_an_implied_one),
        arena_test(a_part_is_taken_out_of_the_whole),
        arena_test(the_publishers_word_goes_first),
        arena_test(without_a_polarity_nothing_is_better),
        arena_test(two_local_areas_are_compared_by_the_limits_of_both),
        arena_test(counts_of_both_areas_are_a_rate_ratio),
        arena_test(counts_of_both_percentages_are_a_difference),
        arena_test(nothing_over_there_has_no_ratio),
        arena_test(a_count_that_is_no_whole_number_is_no_count),
        arena_test(the_latest_figure_up_to_the_period_is_taken),
        arena_test(an_estimate_is_shown_when_it_is_asked_for),
        arena_test(a_goal_is_met_when_the_whole_range_is_beyond_it),
        arena_test(what_is_hidden_or_missing_shows_its_marker),
        arena_test(answers_of_an_open_survey_have_no_range),
        arena_test(counts_that_imply_nothing_give_no_range),
        arena_test(what_cannot_be_a_part_is_not_compared),
        arena_test(standardised_rates_are_not_compared_by_their_counts),
        arena_test(one_limit_is_no_range),
        arena_test(a_higher_share_has_a_plus),
        arena_test(a_goal_needs_a_figure_a_way_and_a_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
