/* The recent trend of five years, and why there is none (statistics.md 2.7). */
#include "compute/recent_trend.h"

#include "series_support.h"

static struct recent_trend trend_of(struct dataset *dataset)
{
    return recent_trend(dataset->arena, dataset, 0, 0, no_date);
}

/* Years from 2017/18 on, rates with limits one to either side. */
static struct dataset *rates(struct arena *arena, const double *values, size_t count)
{
    struct dataset *dataset = dataset_new(arena, TEXT("health"));
    for (size_t i = 0; i < count; i++) {
        int year = 2017 + (int)i;
        struct figure *figure = add_labelled(
            dataset, text_format(arena, "%d/%d", year, year % 100 + 1).ptr, values[i], 1);
        struct published_with *published = arena_alloc(arena, sizeof *published);
        published->lower_95 =
            (struct value){.present = true, .number = number(arena, values[i] - 1, 1)};
        published->upper_95 =
            (struct value){.present = true, .number = number(arena, values[i] + 1, 1)};
        figure->published = published;
    }
    dataset->measures[0].kind = KIND_RATE;
    return dataset;
}

static struct value number_value(struct arena *arena, double value)
{
    return (struct value){.present = true, .number = number(arena, value, 0)};
}

static void five_years_rise_or_fall_or_neither(void **state)
{
    const double up[] = {3, 10, 12, 14, 16, 18}, down[] = {18, 16, 14, 12, 10},
                 flat[] = {10, 10.2, 9.9, 10.1, 10};
    struct recent_trend recent = trend_of(rates(*state, up, 6));
    assert_int_equal(recent.basis, TREND_BY_LIMITS);
    assert_text(*state, trend_sentence(*state, &recent, POLARITY_LOW),
                "rising over the five years from 2018/19 to 2022/23, getting worse");
    assert_text(*state, trend_sentence(*state, &recent, POLARITY_HIGH),
                "rising over the five years from 2018/19 to 2022/23, getting better");
    recent = trend_of(rates(*state, down, 5));
    assert_text(*state, trend_sentence(*state, &recent, POLARITY_NONE),
                "falling over the five years from 2017/18 to 2021/22");
    assert_text(*state, trend_cell(*state, recent.trend.direction, POLARITY_LOW),
                "↓ Falling, getting better");
    recent = trend_of(rates(*state, flat, 5));
    assert_text(*state, trend_sentence(*state, &recent, POLARITY_LOW),
                "no clear trend over the five years from 2017/18 to 2021/22");
}

/* Without the last year there is no slope: the error of a sum is none. */
static void four_equal_years_and_one_other_are_no_trend(void **state)
{
    const double values[] = {0.1, 0.1, 0.1, 0.1, 50}, before[] = {50, 0.3, 0.3, 0.3, 0.3};
    struct recent_trend recent = trend_of(rates(*state, values, 5));
    assert_true(recent.trend.one_point);
    assert_int_equal(recent.trend.direction, TREND_NONE);
    assert_int_equal(trend_of(rates(*state, before, 5)).trend.direction, TREND_NONE);
}

/* The slope of the oracle "gp65_E" has its own test; here what the years are weighed by. */
static void shares_are_weighed_by_their_counts(void **state)
{
    const double up[] = {10, 20, 30, 40, 50};
    struct dataset *dataset = rates(*state, up, 5);
    for (size_t p = 0; p < 5; p++) {
        struct figure *figure = dataset_figure(dataset, 0, 0, p);
        figure->count = (struct value){.present = true, .number = decimal_from((int64_t)up[p] * 5)};
        figure->denominator = (struct value){.present = true, .number = decimal_from(500)};
    }
    dataset->measures[0].kind = KIND_PERCENT;
    assert_int_equal(trend_of(dataset).basis, TREND_BY_PROPORTIONS);
    assert_int_equal(trend_of(dataset).trend.direction, TREND_INCREASING);
    dataset_figure(dataset, 0, 0, 2)->count.number = decimal_from(149); /* an adjusted share */
    assert_int_equal(trend_of(dataset).basis, TREND_BY_LIMITS);
    dataset->measures[0].kind = KIND_RATE;
    for (size_t p = 0; p < 5; p++)
        dataset_figure(dataset, 0, 0, p)->published = NULL;
    struct recent_trend recent = trend_of(dataset);
    assert_int_equal(recent.basis, TREND_BY_COUNTS);
    assert_true(recent.lower[0] < 10 && 10 < recent.upper[0]);
    dataset->measures[0].basis = BASIS_STANDARDISED; /* its count alone does not make it */
    assert_int_equal(trend_of(dataset).trend.direction, TREND_NOT_CALCULATED);
    dataset->measures[0].basis = BASIS_UNKNOWN;
    dataset->measures[0].unit = TEXT("age-standardised rate per 100,000");
    assert_text(*state, trend_of(dataset).why,
                "the figures have neither 95% limits nor the counts behind them");
    dataset->measures[0].kind = KIND_COUNT;
    assert_text(*state, trend_of(dataset).why,
                "the figures have neither 95% limits nor the counts behind them");
}

static void all_or_none_cannot_be_calculated(void **state)
{
    const double values[] = {0, 20, 30, 40, 50};
    struct dataset *dataset = rates(*state, values, 5);
    for (size_t p = 0; p < 5; p++) {
        struct figure *figure = dataset_figure(dataset, 0, 0, p);
        figure->count = (struct value){.present = true, .number = decimal_from((int64_t)values[p])};
        figure->denominator = (struct value){.present = true, .number = decimal_from(100)};
    }
    dataset->measures[0].kind = KIND_PERCENT;
    struct recent_trend recent = trend_of(dataset);
    assert_text(*state, trend_sentence(*state, &recent, POLARITY_HIGH),
                "cannot be calculated: a percentage is 0% or 100%");
}

static void a_gap_a_break_or_a_hidden_year_is_told(void **state)
{
    const double values[] = {10, 12, 14, 16, 18};
    static const struct {
        struct value value;
        const char *why;
    } cases[] = {
        {{.markers = MARKER_CONFIDENTIAL}, "the figure of 2019/20 is confidential"},
        {{.markers = MARKER_NOT_AVAILABLE}, "there is no figure for 2019/20"},
        {{.present = true, .number = {14, 0}, .markers = MARKER_BREAK},
         "there is a break in the series in 2019/20"},
        {{.present = true, .number = {14, 0}, .markers = MARKER_FORECAST},
         "the figure of 2019/20 is a forecast"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct dataset *dataset = rates(*state, values, 5);
        dataset_figure(dataset, 0, 0, 2)->value = cases[i].value;
        assert_text(*state, trend_of(dataset).why, cases[i].why);
    }
    assert_text(*state, trend_of(rates(*state, values, 4)).why,
                "five years in a row are needed, and the source has only 4");
    struct dataset *dataset = rates(*state, values, 5);
    dataset_figure(dataset, 0, 0, 0)->value.markers =
        MARKER_BREAK; /* breaks with what is not used */
    assert_int_equal(trend_of(dataset).trend.direction, TREND_INCREASING);
    struct recent_trend early = recent_trend(*state, dataset, 0, 0, (struct date){2022, 1, 31});
    assert_text(*state, early.why, "five years in a row are needed, and the source has only 4");
}

static void pooled_years_overlap(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("health"));
    for (int year = 2012; year < 2020; year++)
        add_labelled(dataset, text_format(*state, "%d - %d", year, year % 100 + 2).ptr, year, 0);
    assert_contains(*state, trend_of(dataset).why, "the source has years that overlap");
}

static void years_without_a_weight_have_no_trend(void **state)
{
    const double values[] = {10, 12, 14, 16, 18};
    static const struct {
        int64_t count, denominator; /* 0: none */
        double low, high;           /* from the value */
    } cases[] = {{0, 0, 0, 0},      /* no width */
                 {0, 0, 1, 2},      /* limits above the value */
                 {0, 0, -2, -1},    /* below */
                 {30, 0, 0, 0},     /* a percentage with half of what it needs */
                 {30, -5, 0, 0}};   /* … and with what cannot be */
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct dataset *dataset = rates(*state, values, 5);
        struct figure *figure = dataset_figure(dataset, 0, 0, 2);
        struct published_with *published = arena_alloc(*state, sizeof *published);
        published->lower_95 = published->upper_95 = figure->value;
        published->lower_95.number = number(*state, 14 + cases[i].low, 1);
        published->upper_95.number = number(*state, 14 + cases[i].high, 1);
        figure->published = published;
        figure->count =
            (struct value){.present = cases[i].count > 0, .number = decimal_from(cases[i].count)};
        figure->denominator = (struct value){.present = cases[i].denominator != 0,
                                             .number = decimal_from(cases[i].denominator)};
        for (size_t p = 0; p < 2 && cases[i].count; p++) { /* those before it are shares */
            dataset_figure(dataset, 0, 0, p)->count = number_value(*state, values[p]);
            dataset_figure(dataset, 0, 0, p)->denominator = number_value(*state, 100);
        }
        dataset->measures[0].kind = KIND_PERCENT;
        assert_text(*state, trend_of(dataset).why,
                    "the figures have neither 95% limits nor the counts behind them");
    }
}

static void rates_of_no_events_have_no_limits(void **state)
{
    const double values[] = {10, 12, 14, 16, 18};
    struct dataset *dataset = rates(*state, values, 5);
    for (size_t p = 0; p < 5; p++) {
        dataset_figure(dataset, 0, 0, p)->published = NULL;
        dataset_figure(dataset, 0, 0, p)->count = number_value(*state, p == 3 ? 0 : 40);
    }
    assert_contains(*state, trend_of(dataset).why, "neither 95% limits nor the counts");
    struct published_with *half = arena_alloc(*state, sizeof *half);
    *half = (struct published_with){.lower_95 = number_value(*state, 9)};
    dataset_figure(dataset, 0, 0, 0)->published = half;
    assert_contains(*state, trend_of(dataset).why, "neither 95% limits nor the counts");
}

static void rolling_years_and_none_at_all_are_told(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("health"));
    add_labelled(dataset, "year ending June 2020", 1, 0);
    add_labelled(dataset, "year ending June 2021", 1, 0);
    assert_contains(*state, trend_of(dataset).why, "the source has years that overlap");
    const double months[] = {1, 2, 3};
    assert_text(*state, trend_of(months_of(*state, months, 3)).why,
                "five years in a row are needed, and the source has 0");
}

static void a_rate_without_a_count_has_no_limits(void **state)
{
    const double values[] = {10, 12, 14, 16, 18};
    struct dataset *dataset = rates(*state, values, 5);
    for (size_t p = 0; p < 5; p++)
        dataset_figure(dataset, 0, 0, p)->published = NULL;
    assert_contains(*state, trend_of(dataset).why, "neither 95% limits nor the counts");
    dataset->measures[0].kind = KIND_PERCENT;
    for (size_t p = 0; p < 5; p++)
        dataset_figure(dataset, 0, 0, p)->denominator = number_value(*state, 100);
    assert_contains(*state, trend_of(dataset).why, "neither 95% limits nor the counts");
    dataset_figure(dataset, 0, 0, 0)->count = number_value(*state, 10);
    dataset_figure(dataset, 0, 0, 0)->denominator = (struct value){.present = false};
    assert_contains(*state, trend_of(dataset).why, "neither 95% limits nor the counts");
}

/* Of rounded counts nothing is worked out, but the limits that are published hold (2.7). */
static void published_limits_give_rounded_counts_a_trend(void **state)
{
    const double up[] = {10, 12, 14, 16, 18};
    struct dataset *dataset = rates(*state, up, 5);
    dataset->hiding.rounding = 5;
    assert_int_equal(trend_of(dataset).basis, TREND_BY_LIMITS);
    assert_int_equal(trend_of(dataset).trend.direction, TREND_INCREASING);
    dataset_figure(dataset, 0, 0, 2)->published = NULL;
    assert_text(*state, trend_of(dataset).why, "the counts are rounded, to protect people");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(five_years_rise_or_fall_or_neither),
        arena_test(shares_are_weighed_by_their_counts),
        arena_test(all_or_none_cannot_be_calculated),
        arena_test(a_gap_a_break_or_a_hidden_year_is_told),
        arena_test(pooled_years_overlap),
        arena_test(years_without_a_weight_have_no_trend),
        arena_test(rates_of_no_events_have_no_limits),
        arena_test(rolling_years_and_none_at_all_are_told),
        arena_test(a_rate_without_a_count_has_no_limits),
        arena_test(four_equal_years_and_one_other_are_no_trend),
        arena_test(published_limits_give_rounded_counts_a_trend),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
