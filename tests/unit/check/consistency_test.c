/* Figures against the counts, denominators, limits, notes and units given with them. */
#include "check_support.h"

static struct text one_figure(void **state, enum measure_kind kind, const char *unit,
                              const char *value, const char *count, const char *denominator)
{
    struct dataset *dataset = dataset_new(*state, TEXT("profile"));
    size_t m = add_measure(dataset, "Measure", kind, RELATION_UNDECLARED);
    dataset->measures[m].unit = text_from(unit);
    add_figure(dataset, m, "2021/22", value, count, denominator);
    return checked(dataset);
}

static void percentages_are_recomputed(void **state)
{
    assert_text(*state, one_figure(state, KIND_PERCENT, "%", "47.20", "211", "447"), "");
    assert_text(*state, one_figure(state, KIND_PERCENT, "%", "47.20357942", "211", "447"), "");
    assert_contains(*state, one_figure(state, KIND_PERCENT, "%", "47.21", "211", "447"),
                    "a.csv:2:2: warning: '47.21' for 'Measure' is not 211 over 447, which gives "
                    "47.20: check which of the three is right [percent-mismatch]");
}

static void rates_are_recomputed(void **state)
{
    assert_text(*state, one_figure(state, KIND_RATE, "per 1,000", "53.3", "5005", "93839"), "");
    assert_contains(*state, one_figure(state, KIND_RATE, "per 1,000", "2.97", "5005", "93839"),
                    "is not 5005 over 93839, which gives 53.34");
    /* nobody can recompute a standardised rate from these two */
    assert_text(*state,
                one_figure(state, KIND_RATE, "per 1,000, standardised", "2.97", "5005", "93839"),
                "");
    assert_text(*state, one_figure(state, KIND_RATE, "a household", "2.97", "5005", "93839"), "");
}

static void a_count_of_points_is_told(void **state)
{
    assert_contains(*state, one_figure(state, KIND_SCORE, "", "51.4", "48005", NULL),
                    "what 934 of them add up to");
    assert_text(*state, one_figure(state, KIND_SCORE, "", "51.4", "48005", "934"), "");
    assert_text(*state, one_figure(state, KIND_PERCENT, "%", "51.4", "48005", NULL), "");
}

static void ranges_of_kinds(void **state)
{
    assert_contains(*state, one_figure(state, KIND_COUNT, "", "-3", NULL, NULL), "[range]");
    assert_contains(*state, one_figure(state, KIND_COUNT, "", "12.5", NULL, NULL), "[range]");
    assert_contains(*state, one_figure(state, KIND_PERCENT, "%", "100.1", NULL, NULL), "[range]");
    assert_text(*state, one_figure(state, KIND_PERCENT, "%", "100", NULL, NULL), "");
    assert_text(*state, one_figure(state, KIND_MEAN, "", "-3.5", NULL, NULL), "");
}

static struct text with_limits(void **state, const char *lower, const char *upper)
{
    struct dataset *dataset = dataset_new(*state, TEXT("profile"));
    size_t m = add_measure(dataset, "Measure", KIND_RATE, RELATION_UNDECLARED);
    struct published_with *with = arena_calloc(*state, 1, sizeof *with);
    with->lower_95 = value_of_text(*state, lower);
    with->upper_95 = value_of_text(*state, upper);
    add_figure(dataset, m, "2021/22", "5.0", NULL, NULL)->published = with;
    return checked(dataset);
}

static void limits_stand_around_the_value(void **state)
{
    assert_text(*state, with_limits(state, "4.0", "6.0"), "");
    assert_text(*state, with_limits(state, "5.0", NULL), "");
    assert_contains(*state, with_limits(state, "5.1", "6.0"),
                    "stopped: '5.0' for 'Measure' is not");
    assert_contains(*state, with_limits(state, "4.0", "4.9"), "[limits]");
}

static struct text with_note(void **state, const char *note)
{
    struct dataset *dataset = dataset_new(*state, TEXT("profile"));
    size_t m = add_measure(dataset, "Measure", KIND_RATE, RELATION_UNDECLARED);
    add_figure(dataset, m, "2021/22", "5.0", NULL, NULL)->note = text_from(note);
    return checked(dataset);
}

static void notes_say_no_direction_twice(void **state)
{
    static const char *const wrong[] = {"-26% decrease", "a decrease of −26%", "-1.5 years higher",
                                        "it was (-£5 lower)"};
    static const char *const right[] = {"a decrease of 26%",          "-26%",
                                        "2016-18 was lower",          "3-5 fewer",
                                        "−26%. A decrease is better", "Pre-2020 fall"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_contains(*state, with_note(state, wrong[i]), "[double-negative]");
    for (size_t i = 0; i < sizeof right / sizeof right[0]; i++)
        assert_text(*state, with_note(state, right[i]), "");
}

static void old_populations_are_told(void **state)
{
    assert_contains(*state, with_note(state, "Rates use the mid-2016 population."),
                    "rests on the population of 30 June 2016, more than two years before its end");
    assert_text(*state, with_note(state, "Rates use the mid-2020 population."), "");
    assert_text(*state, with_note(state, "Moved to mid-2016 boundaries."), "");
}

static struct text row_of(void **state, enum measure_kind kind, const char *const *values,
                          size_t count)
{
    struct dataset *dataset = dataset_new(*state, TEXT("profile"));
    size_t m = add_measure(dataset, "Measure", kind, RELATION_UNDECLARED);
    for (size_t i = 0; i < count; i++)
        add_figure(dataset, m, text_format(*state, "%zu/%02zu", 2015 + i, 16 + i).ptr, values[i],
                   NULL, NULL);
    return checked(dataset);
}

static void a_value_in_another_unit_is_told(void **state)
{
    static const char *const thousands[] = {"5121", "5005", "4.9", "5210"};
    static const char *const steady[] = {"5121", "5005", "4330", "9210"};
    static const char *const low[] = {"1.2", "1.1", "1.3", "0.9"};
    assert_contains(*state, row_of(state, KIND_MEAN, thousands, 4),
                    "a.csv:4:2: warning: '4.9' for 'Measure' seems to be in another unit");
    assert_text(*state, row_of(state, KIND_COUNT, steady, 4), "");
    assert_text(*state, row_of(state, KIND_PERCENT, low, 4), "");
}

static void a_proportion_among_percentages_is_told(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("profile"));
    static const char *const values[] = {"0.149", "7.01", "86.0", "14.2", "33.3", "58.1"};
    for (size_t i = 0; i < 6; i++)
        add_figure(dataset,
                   add_measure(dataset, text_format(*state, "M%zu", i).ptr, KIND_PERCENT,
                               RELATION_UNDECLARED),
                   "2021/22", values[i], NULL, NULL);
    struct text messages = checked(dataset);
    assert_contains(*state, messages, "a.csv:2:2: warning: '0.149' for 'M0'");
    assert_false(text_contains(messages, TEXT("'M1'")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(percentages_are_recomputed),
        arena_test(rates_are_recomputed),
        arena_test(a_count_of_points_is_told),
        arena_test(ranges_of_kinds),
        arena_test(limits_stand_around_the_value),
        arena_test(notes_say_no_direction_twice),
        arena_test(old_populations_are_told),
        arena_test(a_value_in_another_unit_is_told),
        arena_test(a_proportion_among_percentages_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
