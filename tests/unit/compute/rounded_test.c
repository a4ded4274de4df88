/* Counts that are rounded to protect people: what does not follow from them in series, control
 * charts and performance; and years of which a figure is hidden or was stopped. */
#include "compute/control.h"
#include "compute/performance.h"

#include "series_support.h"

enum { YEARS = 36 };

/* 40 to 139, up and down from month to month. */
static struct dataset *crimes(struct arena *arena, size_t count, unsigned rounding)
{
    double values[YEARS];
    for (size_t i = 0; i < count; i++)
        values[i] = 40 + (double)(i * 37 % 100);
    struct dataset *dataset = months_of(arena, values, count);
    dataset->hiding.rounding = rounding;
    return dataset;
}

static void rounded_months_make_no_quarters(void **state)
{
    struct dataset *exact = crimes(*state, 24, 0), *rounded = crimes(*state, 24, 5);
    assert_int_equal(series_make(*state, exact, 0, 0, SERIES_QUARTERS, no_date).count, 8);
    assert_int_equal(series_make(*state, rounded, 0, 0, SERIES_QUARTERS, no_date).count, 0);
    struct series months = series_make(*state, rounded, 0, 0, SERIES_NONE, no_date);
    assert_int_equal(months.count, 24);
    assert_int_equal(months.rounded_to, 5);
    rounded->measures[0].kind = KIND_MEAN; /* what is rounded are counts */
    assert_int_equal(series_make(*state, rounded, 0, 0, SERIES_NONE, no_date).rounded_to, 0);
}

static void rounded_parts_have_no_total(void **state)
{
    struct dataset *dataset = crimes(*state, 12, 0);
    dataset->measures[0].relation = RELATION_PART;
    assert_true(series_has_total(dataset));
    dataset->hiding.rounding = 5;
    assert_false(series_has_total(dataset));
    dataset->measures[0].relation = RELATION_TOTAL;
    assert_true(series_has_total(dataset));
}

static struct text refused(struct arena *arena, unsigned rounding, bool seasonal)
{
    struct dataset *dataset = crimes(arena, 24, rounding);
    const struct control_rules rules = {.seasonal = seasonal, .limits_to = SIZE_MAX};
    struct series series = series_make(arena, dataset, 0, 0, SERIES_NONE, no_date);
    return control_make(arena, &series, &rules).refused;
}

static void limits_need_more_variation_than_the_rounding(void **state)
{
    assert_text(*state, refused(*state, 5, false), "");
    assert_text(*state, refused(*state, 100, false),
                "its counts are rounded to the nearest 100, which is more than they vary by");
    /* as a ratio to the year before, a step of 5 in about 90 is 5.6% */
    assert_text(*state, refused(*state, 5, true), "");
    assert_contains(*state, refused(*state, 500, true), "rounded to the nearest 500");
}

/* A year of nothing has no ratio at all, whatever it was rounded to. */
static void what_has_no_ratio_is_not_charted_as_one(void **state)
{
    double values[24] = {0};
    struct dataset *dataset = months_of(*state, values, 24);
    const struct control_rules rules = {.seasonal = true, .limits_to = SIZE_MAX};
    dataset->hiding.rounding = 5;
    struct series series = series_make(*state, dataset, 0, 0, SERIES_NONE, no_date);
    assert_text(*state, control_make(*state, &series, &rules).refused, "its figures do not vary");
}

/* ---- the year ---- */

static const struct performance *in(struct dataset *dataset, const char *period)
{
    return performance_make(dataset->arena, dataset, 0,
                            period_read(dataset->arena, text_from(period)), no_date, true)
        ->items;
}

static void aim(struct dataset *dataset, int64_t target, enum profile profile)
{
    struct target *out = &dataset->measures[0].target;
    target_settle(out);
    out->polarity = POLARITY_LOW;
    out->has_polarity = out->has_value = true;
    out->value = decimal_from(target);
    out->profile = profile;
}

static void rounded_months_are_no_year_to_date(void **state)
{
    struct dataset *dataset = crimes(*state, 24, 5);
    aim(dataset, 1200, PROFILE_EVEN);
    const struct performance *one = in(dataset, "September 2020");
    assert_false(one->so_far.now.present || one->so_far.before.present);
    assert_int_equal(one->so_far.now.markers, MARKER_NOT_AVAILABLE);
    assert_text(*state, one->so_far.why,
                "its counts are rounded, and rounded counts are not added up");
    assert_text(*state, performance_words(*state, one, PART_FORECAST), "[x]");
    assert_text(*state, performance_words(*state, one, PART_STATUS), "[x]");
    assert_text(*state, one->why, "its counts are rounded, and rounded counts are not added up");
    one = in(dataset, "April 2020"); /* one month is no sum */
    assert_true(one->so_far.now.present && one->so_far.before.present);
    assert_text(*state, one->year_end.why, "its counts are rounded, to protect people");
    assert_int_equal(one->year_end.markers, MARKER_NOT_AVAILABLE);
}

static void rounded_years_are_no_share_of_a_target(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    add_labelled(dataset, "April to September 2019", 50, 0);
    add_labelled(dataset, "2019/20", 100, 0);
    add_labelled(dataset, "April to September 2020", 55, 0);
    dataset->hiding.rounding = 5;
    aim(dataset, 90, PROFILE_LAST_YEAR);
    const struct performance *one = in(dataset, "April to September 2020");
    assert_false(one->target.is_known);
    assert_contains(*state, one->why, "last year's counts are rounded");
    dataset->hiding.rounding = 0;
    one = in(dataset, "April to September 2020");
    assert_true(one->target.is_known);
    assert_int_equal(decimal_compare(one->target.target.value, decimal_from(45)), 0);
}

static void a_status_that_rounding_decides_is_none(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    add_labelled(dataset, "Q1 2020/21", 105, 0);
    add_labelled(dataset, "Q2 2020/21", 105, 0);
    dataset->hiding.rounding = 5;
    aim(dataset, 107, PROFILE_NONE); /* 107 people would be green, and 107.5 amber */
    const struct performance *one = in(dataset, "Q2 2020/21");
    assert_int_equal(one->rag, RAG_NONE);
    assert_text(*state, one->why, "its figure is rounded, and that could decide it");
    assert_text(*state, performance_words(*state, one, PART_TRAVEL), "same when rounded");
    aim(dataset, 108, PROFILE_NONE);
    assert_int_equal(in(dataset, "Q2 2020/21")->rag, RAG_GREEN);
}

static void the_status_of_a_rate_goes_by_its_count(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    struct figure *figure = add_labelled(dataset, "2020/21", 20.0, 1);
    dataset->measures[0].kind = KIND_RATE;
    dataset->hiding.rounding = 5;
    aim(dataset, 21, PROFILE_NONE);
    assert_int_equal(in(dataset, "2020/21")->rag, RAG_GREEN); /* it has no count */
    figure->count = (struct value){.present = true, .number = decimal_from(40)};
    assert_int_equal(in(dataset, "2020/21")->rag, RAG_NONE); /* 2.5 of 40 are 1.25 of 20 */
    figure->count.number = decimal_from(60);
    assert_int_equal(in(dataset, "2020/21")->rag, RAG_GREEN);
}

static void no_better_is_said_of_what_is_not_tested(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    add_labelled(dataset, "Q1 2020/21", 305, 0);
    add_labelled(dataset, "Q2 2020/21", 105, 0);
    aim(dataset, 107, PROFILE_NONE);
    assert_text(*state, performance_words(*state, in(dataset, "Q2 2020/21"), PART_TRAVEL),
                "down 200, improving");
    dataset->hiding.rounding = 5;
    assert_text(*state, performance_words(*state, in(dataset, "Q2 2020/21"), PART_TRAVEL),
                "down 200, not tested");
}

/* ---- stopped and hidden months ---- */

static void stop(struct dataset *dataset, const char *label)
{
    size_t period = dataset_period(dataset, period_read(dataset->arena, text_from(label)));
    dataset_stop(dataset, (struct stopped){.measure = 0,
                                           .area = 0,
                                           .period = period,
                                           .marker = MARKER_NOT_AVAILABLE,
                                           .code = "DQ_RANGE",
                                           .why = TEXT("it is below zero")});
}

static void a_stopped_month_is_not_missing(void **state)
{
    struct dataset *dataset = crimes(*state, 24, 0);
    stop(dataset, "May 2020");
    const struct performance *one = in(dataset, "September 2020");
    assert_text(*state, one->so_far.why,
                "May 2020 in the year so far is not shown, because it is below zero");
    one = in(dataset, "May 2020");
    aim(dataset, 100, PROFILE_NONE);
    one = in(dataset, "May 2020");
    assert_text(*state, one->why, "its figure is not shown, because it is below zero");
    dataset = crimes(*state, 24, 0);
    stop(dataset, "June 2019");
    one = in(dataset, "September 2020");
    assert_text(*state, one->so_far.why,
                "June 2019 in last year is not shown, because it is below zero");
    assert_true(one->so_far.now.present);
}

static void a_hidden_month_of_last_year_is_not_missing(void **state)
{
    double values[24];
    for (size_t i = 0; i < 24; i++)
        values[i] = 40;
    values[2] = HIDDEN;
    const struct performance *one = in(months_of(*state, values, 24), "September 2020");
    assert_true(one->so_far.now.present);
    assert_int_equal(one->so_far.before.markers, MARKER_CONFIDENTIAL);
    assert_text(*state, one->so_far.why, "");
    assert_text(*state, performance_words(*state, one, PART_TO_DATE_CHANGE), "[c]");
}

/* Of each of its months the ratio is to the year before, whatever is beyond a gap. */
static void a_step_is_held_against_the_year_before_alone(void **state)
{
    double values[YEARS];
    for (size_t i = 0; i < YEARS; i++)
        values[i] = i < 6 ? 50000 : i == 6 ? MISSING : 40 + (double)(i * 37 % 100);
    struct dataset *dataset = months_of(*state, values, YEARS - 4);
    dataset->hiding.rounding = 500;
    const struct control_rules rules = {.seasonal = true, .limits_to = SIZE_MAX};
    struct series series = series_make(*state, dataset, 0, 0, SERIES_NONE, no_date);
    struct control control = control_make(*state, &series, &rules);
    assert_int_equal(control.basis, CONTROL_RATIO);
    assert_contains(*state, control.refused, "rounded to the nearest 500");
}

/* A rate is known as well as its count is: without one, or of none, nothing is taken off it. */
static void a_rate_without_a_count_above_zero_keeps_its_status(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    struct figure *figure = add_labelled(dataset, "2020/21", 20.0, 1);
    dataset->measures[0].kind = KIND_RATE;
    dataset->hiding.rounding = 5;
    aim(dataset, 21, PROFILE_NONE);
    figure->count = (struct value){.present = true, .number = decimal_from(0)};
    assert_int_equal(in(dataset, "2020/21")->rag, RAG_GREEN);
    figure->count.number = decimal_from(40);
    assert_int_equal(in(dataset, "2020/21")->rag, RAG_NONE);
    dataset_area(dataset, TEXT("South")); /* of two areas no one count is that of both */
    struct period year = period_read(*state, TEXT("2020/21"));
    assert_int_equal(performance_make(*state, dataset, AREA_ALL, year, no_date, true)->items->rag,
                     RAG_GREEN);
}

/* Either side of the rounded count can be across the target. */
static void rounding_decides_on_both_sides_of_a_target(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    add_labelled(dataset, "Q2 2020/21", 105, 0);
    dataset->hiding.rounding = 5;
    aim(dataset, 103, PROFILE_NONE);
    dataset->measures[0].target.polarity = POLARITY_HIGH;
    assert_int_equal(in(dataset, "Q2 2020/21")->rag, RAG_NONE); /* 102.5 misses it */
    aim(dataset, 102, PROFILE_NONE);
    dataset->measures[0].target.polarity = POLARITY_HIGH;
    assert_int_equal(in(dataset, "Q2 2020/21")->rag, RAG_GREEN);
}

/* What half a step is cannot be worked out with so many digits: it could decide. */
static void rounding_of_too_many_digits_gives_no_status(void **state)
{
    const __int128 most = (__int128)(~(unsigned __int128)0 >> 1);
    const struct {
        enum measure_kind kind;
        __int128 value;
    } cases[] = {{KIND_COUNT, most},       /* less half */
                 {KIND_COUNT, most / 10},  /* and half */
                 {KIND_RATE, most},        /* times half */
                 {KIND_RATE, most / 100}}; /* over its count */
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct dataset *dataset = dataset_new(*state, TEXT("crime"));
        struct figure *figure = add_labelled(dataset, "2020/21", 1, 0);
        figure->value.number = (struct decimal){cases[i].value, 0};
        figure->count = (struct value){.present = true, .number = decimal_from(40)};
        dataset->measures[0].kind = cases[i].kind;
        aim(dataset, 21, PROFILE_NONE);
        dataset->measures[0].target.tolerance_is_relative = false;
        assert_int_equal(in(dataset, "2020/21")->rag, RAG_RED);
        dataset->hiding.rounding = 5;
        assert_text(*state, in(dataset, "2020/21")->why,
                    "its figure is rounded, and that could decide it");
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(rounded_months_make_no_quarters),
        TEST(rounded_parts_have_no_total),
        TEST(limits_need_more_variation_than_the_rounding),
        TEST(what_has_no_ratio_is_not_charted_as_one),
        TEST(rounded_months_are_no_year_to_date),
        TEST(rounded_years_are_no_share_of_a_target),
        TEST(a_status_that_rounding_decides_is_none),
        TEST(the_status_of_a_rate_goes_by_its_count),
        TEST(no_better_is_said_of_what_is_not_tested),
        TEST(a_stopped_month_is_not_missing),
        TEST(a_hidden_month_of_last_year_is_not_missing),
        TEST(a_step_is_held_against_the_year_before_alone),
        TEST(a_rate_without_a_count_above_zero_keeps_its_status),
        TEST(rounding_decides_on_both_sides_of_a_target),
        TEST(rounding_of_too_many_digits_gives_no_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
