/* Control charts: what is charted, when there is none, and what is no signal (statistics.md 3). */
#include "compute/control.h"

#include "series_support.h"

#include <math.h>

#define assert_near(a, b, tolerance) assert_true(fabs((a) - (b)) < (tolerance))

enum { MOST = 48 };
static const struct control_rules plain = {.limits_to = SIZE_MAX};
static const struct control_rules seasonal = {.seasonal = true, .limits_to = SIZE_MAX};

/* Figures that vary without a run: 100, 104, 97, … times `scale`. */
static double wobble(size_t i)
{
    static const double steps[] = {0, 4, -3, 2, -5, 3, -1, 5, -4, 1, -2};
    return 100 + steps[i * 7 % 11];
}

static struct control control_of(struct dataset *dataset, const struct control_rules *rules)
{
    struct series series = series_make(dataset->arena, dataset, 0, 0, SERIES_NONE, no_date);
    return control_make(dataset->arena, &series, rules);
}

/* Means and not counts, so that a month's length does not matter. */
static struct dataset *means(struct arena *arena, const double *values, size_t count)
{
    struct dataset *dataset = months_of(arena, values, count);
    dataset->measures[0].kind = KIND_MEAN;
    return dataset;
}

static void fill(double *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        values[i] = wobble(i);
}

static size_t count_signals(const struct control *control)
{
    size_t count = 0;
    for (size_t i = 0; i < control->count; i++)
        count += control->points[i].signal != SIGNAL_NONE;
    return count;
}

static void eight_points_make_a_chart_and_twelve_its_limits(void **state)
{
    double values[MOST];
    fill(values, MOST);
    for (size_t count = 6; count <= 14; count++) {
        struct control control = control_of(means(*state, values, count), &plain);
        if (count < 8)
            assert_contains(*state, control.refused, "months in a row, and at least 8 are needed");
        else
            assert_text(*state, control.refused, "");
        assert_true(count < 8 || control.is_trial == (count < 12));
    }
}

static void limits_are_those_of_the_rule(void **state)
{
    double values[MOST], sum = 0, ranges = 0;
    fill(values, 12);
    for (size_t i = 0; i < 12; i++) {
        sum += values[i];
        ranges += i ? fabs(values[i] - values[i - 1]) : 0;
    }
    struct control control = control_of(means(*state, values, 12), &plain);
    assert_near(control.xmr.mean, sum / 12, 1e-9);
    assert_near(control.xmr.upper, sum / 12 + 2.66 * ranges / 11, 1e-9);
    assert_int_equal(control.basis, CONTROL_AS_IT_IS);
    assert_int_equal(count_signals(&control), 0);
    values[11] = 300;
    control = control_of(means(*state, values, 12), &plain);
    assert_int_equal(control.points[11].signal, SIGNAL_ABOVE);
    double wide = control.xmr.upper;
    const struct control_rules screened = {.screened = true, .limits_to = SIZE_MAX};
    assert_true(control_of(means(*state, values, 12), &screened).xmr.upper < wide);
}

/* Ten a day: a month of 31 days is no more than one of 28. */
static void months_of_unequal_length_are_counted_a_day(void **state)
{
    double values[12];
    for (int i = 0; i < 12; i++)
        values[i] = 10 * days_in_month(2019 + (3 + i) / 12, (3 + i) % 12 + 1);
    assert_text(*state, control_of(months_of(*state, values, 12), &plain).refused,
                "its figures do not vary");
    values[3] += 31;
    struct control control = control_of(months_of(*state, values, 12), &plain);
    assert_int_equal(control.basis, CONTROL_PER_DAY);
    assert_text(*state, decimal_display(*state, control.points[0].value, 3, DECIMAL_PLAIN),
                "304.375");
    assert_text(*state, decimal_display(*state, control.points[3].value, 4, DECIMAL_PLAIN),
                "334.8125");
}

static void a_confidential_figure_leaves_no_limits(void **state)
{
    double values[MOST];
    fill(values, 24);
    values[2] = HIDDEN;
    struct control control = control_of(means(*state, values, 24), &plain);
    assert_text(*state, control.refused,
                "a figure is confidential, and mean and limits could give it away");
    assert_int_equal(control.count, 0);
    assert_true(control.xmr.mean == 0 && control.xmr.upper == 0);
}

static void points_begin_after_the_last_gap_or_at_a_break(void **state)
{
    double values[MOST];
    fill(values, 24);
    values[4] = values[9] = MISSING;
    struct control control = control_of(means(*state, values, 24), &plain);
    assert_int_equal(control.points[0].at, 10);
    assert_int_equal(control.count, 14);
    fill(values, 24);
    struct dataset *dataset = means(*state, values, 24);
    dataset_figure(dataset, 0, 0, 12)->value.markers = MARKER_BREAK;
    dataset_figure(dataset, 0, 0, 23)->value.markers = MARKER_FORECAST;
    control = control_of(dataset, &plain);
    assert_int_equal(control.points[0].at, 12);
    assert_int_equal(control.count, 11);
}

/* A yearly cycle and nothing else: raw, most months are signals. */
static void the_season_is_no_signal(void **state)
{
    double values[MOST];
    for (size_t i = 0; i < MOST; i++)
        values[i] = 300 + 100 * sin((double)i * M_PI / 6) + (double)(i * 7 % 11);
    struct control raw = control_of(means(*state, values, 20), &plain);
    assert_true(count_signals(&raw) > 5);
    struct control guarded = control_of(means(*state, values, 20), &seasonal);
    assert_true(guarded.hides_signals);
    assert_int_equal(count_signals(&guarded), 0);
    assert_true(guarded.xmr.upper > guarded.xmr.mean);

    struct control ratio = control_of(means(*state, values, 24), &seasonal);
    assert_int_equal(ratio.basis, CONTROL_RATIO);
    assert_int_equal(ratio.count, 12);
    assert_int_equal(ratio.points[0].at, 12);
    assert_near(decimal_double(ratio.points[0].value), 100 * values[12] / values[0], 1e-6);
    assert_int_equal(count_signals(&ratio), 0);

    struct control adjusted = control_of(means(*state, values, 36), &seasonal);
    assert_int_equal(adjusted.basis, CONTROL_ADJUSTED);
    assert_int_equal(adjusted.count, 36);
    assert_int_equal(count_signals(&adjusted), 0);
    values[40] *= 1.5;
    adjusted = control_of(means(*state, values, 48), &seasonal);
    assert_int_equal(adjusted.points[40].signal, SIGNAL_ABOVE);
}

/* A month of which there is never any has no ratio. */
static void without_a_season_to_take_out_no_signal_is_shown(void **state)
{
    double values[MOST];
    for (size_t i = 0; i < MOST; i++)
        values[i] = i % 12 == 3 ? 0 : wobble(i);
    struct control control = control_of(means(*state, values, 36), &seasonal);
    assert_true(control.hides_signals);
    assert_int_equal(control.count, 36);
    assert_near(decimal_double(control.points[5].value), values[5], 1e-9);
}

static void limits_are_frozen_until_somebody_begins_anew(void **state)
{
    double values[MOST];
    fill(values, 24);
    for (size_t i = 12; i < 24; i++)
        values[i] += 40;
    const struct control_rules frozen = {.limits_to = 11};
    struct control control = control_of(means(*state, values, 24), &frozen);
    assert_int_equal(control.limits_count, 12);
    assert_true(control.xmr.mean < 110);
    assert_int_equal(control.points[20].signal, SIGNAL_ABOVE);
    const struct control_rules rebased = {.rebase = 12, .limits_to = SIZE_MAX};
    control = control_of(means(*state, values, 24), &rebased);
    assert_int_equal(control.points[0].at, 12);
    assert_int_equal(count_signals(&control), 0);
    const struct control_rules late = {.rebase = 20, .limits_to = SIZE_MAX};
    assert_text(*state, control_of(means(*state, values, 24), &late).refused,
                "there are only 4 months since the limits began anew, and at least 8 are needed");
    const struct control_rules early = {.limits_to = 6};
    assert_text(
        *state, control_of(means(*state, values, 24), &early).refused,
        "there are only 7 months for the limits to be made from, and at least 8 are needed");
}

static void years_have_no_control_chart(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    for (int year = 2010; year < 2022; year++)
        add_labelled(dataset, text_format(*state, "%d/%d", year, year % 100 + 1).ptr, year, 0);
    assert_text(*state, control_of(dataset, &plain).refused,
                "it needs months or quarters that follow on each other");
}

static void a_target_is_met_or_not_or_perhaps(void **state)
{
    double values[MOST];
    enum assurance assurance;
    fill(values, 24);
    struct control control = control_of(means(*state, values, 24), &plain);
    struct target target = {.polarity = POLARITY_NONE, .value = decimal_from(50)};
    assert_false(control_assures(&control, &target, &assurance));
    target.polarity = POLARITY_HIGH;
    assert_true(control_assures(&control, &target, &assurance));
    assert_text(*state, assurance_sentence(*state, assurance, TEXT("Recycling"), TEXT("50%")),
                "Recycling consistently meets its target of 50%.");
    target.polarity = POLARITY_LOW;
    assert_true(control_assures(&control, &target, &assurance));
    assert_text(*state, assurance_sentence(*state, assurance, TEXT("Waits"), TEXT("50 days")),
                "Waits will not meet its target of 50 days without change.");
    const int bands[][3] = {{10, 500, ASSURANCE_MEETS},
                            {10, 50, ASSURANCE_FAILS},
                            {300, 500, ASSURANCE_FAILS},
                            {100, 500, ASSURANCE_MAY}};
    target.polarity = POLARITY_BAND;
    for (size_t i = 0; i < 4; i++) {
        target.band_low = decimal_from(bands[i][0]);
        target.band_high = decimal_from(bands[i][1]);
        assert_true(control_assures(&control, &target, &assurance));
        assert_int_equal(assurance, bands[i][2]);
    }
    control = control_of(means(*state, values, 24), &seasonal);
    assert_false(control_assures(&control, &target, &assurance));
}

static void figures_of_too_many_digits_have_no_chart(void **state)
{
    double values[12];
    fill(values, 12);
    struct dataset *dataset = months_of(*state, values, 12);
    dataset_figure(dataset, 0, 0, 3)->value.number = (struct decimal){((__int128)1 << 126), 0};
    assert_text(*state, control_of(dataset, &plain).refused, "its figures have too many digits");
}

static void a_series_of_gaps_has_no_chart(void **state)
{
    double values[12];
    fill(values, 12);
    struct dataset *dataset = means(*state, values, 12);
    for (size_t p = 0; p < 12; p++)
        dataset_figure(dataset, 0, 0, p)->value = (struct value){.markers = MARKER_NOT_AVAILABLE};
    assert_text(*state, control_of(dataset, &plain).refused,
                "there are only 0 months in a row, and at least 8 are needed");
    dataset_figure(dataset, 0, 0, 4)->value = (struct value){.present = true};
    assert_contains(*state, control_of(dataset, &plain).refused, "there is only 1 month in a row");
}

/* With two years alone there is no moving average; a month of which there was none has no ratio. */
static void a_ratio_to_nothing_is_none(void **state)
{
    double values[24];
    fill(values, 24);
    values[5] = 0;
    struct control control = control_of(means(*state, values, 24), &seasonal);
    assert_true(control.hides_signals);
    assert_int_equal(control.basis, CONTROL_AS_IT_IS);
    assert_int_equal(control.count, 24);
    assert_near(decimal_double(control.points[23].value), values[23], 1e-9);
}

static void quarters_have_seasons_too(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    for (int i = 0; i < 12; i++)
        add_labelled(dataset,
                     text_format(*state, "Q%d %d/%d", i % 4 + 1, 2018 + i / 4, 19 + i / 4).ptr,
                     100 + 30 * (i % 4) + i * 5 % 7, 0);
    dataset->measures[0].kind = KIND_PERCENT;
    struct control control = control_of(dataset, &seasonal);
    assert_int_equal(control.basis, CONTROL_ADJUSTED);
    assert_int_equal(control.count, 12);
    assert_int_equal(control.places, 1);
    assert_int_equal(count_signals(&control), 0);
}

/* Counts that are large need no decimals, those that are small have one, ratios too. */
static void decimals_follow_from_what_is_charted(void **state)
{
    double values[24];
    fill(values, 24);
    assert_int_equal(control_of(months_of(*state, values, 24), &plain).places, 0);
    for (size_t i = 0; i < 24; i++)
        values[i] -= 50;
    assert_int_equal(control_of(months_of(*state, values, 24), &plain).places, 1);
    struct control ratio = control_of(months_of(*state, values, 24), &seasonal);
    assert_int_equal(ratio.places, 1);
    const struct target target = {.polarity = POLARITY_LOW, .value = decimal_from(50)};
    enum assurance assurance;
    assert_false(control_assures(&ratio, &target, &assurance));
    const struct control refused = {.refused = TEXT("its figures do not vary")};
    assert_false(control_assures(&refused, &target, &assurance));
    const struct control_rules beyond = {.rebase = 23, .limits_to = SIZE_MAX};
    assert_contains(*state, control_of(months_of(*state, values, 24), &beyond).refused,
                    "there is only 1 month since the limits began anew");
    assert_text(*state, assurance_sentence(*state, ASSURANCE_MAY, TEXT("Calls"), TEXT("90%")),
                "Calls may or may not meet its target of 90%.");
    assert_string_equal(signal_words(SIGNAL_NONE), "");
}

/* A season alone, without any variation, comes out as none; what stands beside it stays. */
static void the_season_is_taken_out_whole(void **state)
{
    double values[40];
    for (size_t i = 0; i < 40; i++)
        values[i] = 1000 + 100 * (double)((i + 5) % 12);
    assert_text(*state, control_of(means(*state, values, 40), &seasonal).refused,
                "its figures do not vary");
    values[0] += 80; /* in no whole year: the season does not know of it */
    struct control control = control_of(means(*state, values, 40), &seasonal);
    double even = decimal_double(control.points[12].value);
    assert_near(decimal_double(control.points[24].value), even, 1e-6);
    assert_near(decimal_double(control.points[0].value), even * 1580 / 1500, 1e-6);
}

/* 10 to the power of `digits`. */
static struct decimal power(unsigned digits)
{
    struct decimal out = decimal_from(1);
    while (digits--)
        out.coefficient *= 10;
    return out;
}

static void digits_run_out_without_harm(void **state)
{
    double values[24];
    fill(values, 24);
    for (unsigned digits = 30; digits < 38; digits++) {
        struct dataset *dataset = months_of(*state, values, 24);
        dataset_figure(dataset, 0, 0, 7)->value.number = power(digits);
        assert_text(*state, control_of(dataset, &plain).refused,
                    "its figures have too many digits");
        dataset->measures[0].kind = KIND_MEAN;
        assert_true(control_of(dataset, &seasonal).basis == CONTROL_RATIO ||
                    control_of(dataset, &seasonal).hides_signals);
        dataset_figure(dataset, 0, 0, 19)->value.number = power(digits);
        assert_true(digits < 37 || control_of(dataset, &seasonal).hides_signals);
    }
    struct dataset *tall = means(*state, values, 24); /* its ratio has more digits than there are */
    dataset_figure(tall, 0, 0, 19)->value.number = power(34);
    dataset_figure(tall, 0, 0, 7)->value.number = decimal_from(1);
    assert_true(control_of(tall, &seasonal).hides_signals);
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    for (int q = 0; q < 8; q++)
        add_labelled(dataset,
                     text_format(*state, "Q%d %d/%d", q % 4 + 1, 2018 + q / 4, 19 + q / 4).ptr,
                     100 + q % 3, 0);
    struct control control = control_of(dataset, &seasonal); /* 4 ratios are too few */
    assert_true(control.hides_signals);
    const struct target target = {.polarity = POLARITY_LOW, .value = decimal_from(50)};
    enum assurance assurance;
    assert_false(control_assures(&control, &target, &assurance));
    dataset_figure(dataset, 0, 0, 3)->value.number = (struct decimal){power(32).coefficient * 2, 0};
    assert_text(*state, control_of(dataset, &plain).refused, "its figures have too many digits");
}

static void adjusted_figures_keep_their_decimals(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    for (int i = 0; i < 36; i++)
        add_figure(
            dataset, period_month(*state, 2019 + i / 12, i % 12 + 1),
            (struct value){.present = true, .number = number(*state, wobble((size_t)i) / 3, 2)});
    dataset->measures[0].kind = KIND_MEAN;
    assert_int_equal(control_of(dataset, &seasonal).places, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(eight_points_make_a_chart_and_twelve_its_limits),
        arena_test(limits_are_those_of_the_rule),
        arena_test(months_of_unequal_length_are_counted_a_day),
        arena_test(a_confidential_figure_leaves_no_limits),
        arena_test(points_begin_after_the_last_gap_or_at_a_break),
        arena_test(the_season_is_no_signal),
        arena_test(without_a_season_to_take_out_no_signal_is_shown),
        arena_test(limits_are_frozen_until_somebody_begins_anew),
        arena_test(years_have_no_control_chart),
        arena_test(a_target_is_met_or_not_or_perhaps),
        arena_test(figures_of_too_many_digits_have_no_chart),
        arena_test(a_series_of_gaps_has_no_chart),
        arena_test(a_ratio_to_nothing_is_none),
        arena_test(quarters_have_seasons_too),
        arena_test(decimals_follow_from_what_is_charted),
        arena_test(the_season_is_taken_out_whole),
        arena_test(digits_run_out_without_harm),
        arena_test(adjusted_figures_keep_their_decimals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
