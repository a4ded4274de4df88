/* Rules of statistics.md 1.1 to 1.3 beside the rows of tests/oracles. */
#include "compute/change.h"

#include "support.h"

static struct value value(const char *number, unsigned markers)
{
    struct value v = {.markers = markers};
    v.present = decimal_parse(text_from(number), &v.number);
    return v;
}

static struct change compute(void **state, enum measure_kind kind, const char *a, const char *b)
{
    return change_compute(*state, kind, value(a, 0), value(b, 0), &change_default_rules);
}

static void expect(void **state, struct change change, enum change_status status,
                   const char *absolute, const char *percent)
{
    assert_string_equal(change_status_word(change.status), change_status_word(status));
    assert_text(*state, change.absolute_display, absolute);
    assert_text(*state, change.percent_display, percent);
}

#define MINUS "\xE2\x88\x92"

static void no_change_is_said_in_words(void **state)
{
    expect(state, compute(state, KIND_COUNT, "50", "50.0"), CHANGE_OK, "no change", "no change");
    expect(state, compute(state, KIND_COUNT, "5", "5"), CHANGE_SMALL_BASE, "no change", "[z]");
}

static void small_changes_are_not_rounded_away(void **state)
{
    expect(state, compute(state, KIND_COUNT, "199901", "200000"), CHANGE_OK, MINUS "99",
           "down by less than 0.1%");
    struct change_rules whole = {.small_base = 20, .places = 0};
    expect(state, change_compute(*state, KIND_COUNT, value("1004", 0), value("1000", 0), &whole),
           CHANGE_OK, "+4", "up by less than 1%");
}

/* 15.65% less a bit in the 20th digit: rounding a rounded number would give 15.7. */
static void percentages_are_rounded_once(void **state)
{
    struct change change =
        compute(state, KIND_COUNT, "11564999999999999999999", "10000000000000000000000");
    assert_text(*state, change.percent_display, "+15.6%");
    change = compute(state, KIND_COUNT, "11565000000000000000000", "10000000000000000000000");
    assert_text(*state, change.percent_display, "+15.7%");
}

static void large_percentages_have_groups(void **state)
{
    expect(state, compute(state, KIND_MONEY, "1234567.89", "20"), CHANGE_OK, "+1,234,547.89",
           "+6,172,739.5%");
}

static void differences_of_money_have_their_sign(void **state)
{
    static const struct {
        enum measure_kind kind;
        const char *now, *before, *shown;
    } cases[] = {{KIND_MONEY, "71050", "68300.50", "+£2,749.50"},
                 {KIND_MONEY, "10", "12", MINUS "£2"},
                 {KIND_MONEY, "12", "12", "no change"},
                 {KIND_COUNT, "10", "12", MINUS "2"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct change change = compute(state, cases[i].kind, cases[i].now, cases[i].before);
        assert_text(*state, change_display(*state, &change), cases[i].shown);
    }
}

static void percentage_points_never_get_a_percentage(void **state)
{
    expect(state, compute(state, KIND_PERCENT, "9", "10"), CHANGE_OK_PP, MINUS "1 percentage point",
           "[z]");
    expect(state, compute(state, KIND_PERCENT, "0", "0"), CHANGE_OK_PP, "no change", "[z]");
    expect(state, compute(state, KIND_INDEX, "-3", "4"), CHANGE_OK_ABS_ONLY, MINUS "7", "[z]");
    assert_false(compute(state, KIND_PERCENT, "9", "10").has_percent);
}

static void only_counts_have_a_small_base(void **state)
{
    expect(state, compute(state, KIND_RATE, "3", "2"), CHANGE_OK, "+1", "+50.0%");
    expect(state, compute(state, KIND_COUNT, "3", "2"), CHANGE_SMALL_BASE, "+1", "[z]");
    assert_false(compute(state, KIND_COUNT, "3", "2").has_percent);
}

/* One hidden figure hides the change, whatever else is known. */
static void markers_come_before_everything(void **state)
{
    static const struct {
        unsigned current, baseline;
        enum change_status status;
        const char *display;
    } cases[] = {
        {MARKER_CONFIDENTIAL, 0, CHANGE_SUPPRESSED, "[c]"},
        {0, MARKER_CONFIDENTIAL, CHANGE_SUPPRESSED, "[c]"},
        {MARKER_NOT_AVAILABLE, MARKER_CONFIDENTIAL, CHANGE_SUPPRESSED, "[c]"},
        {MARKER_NOT_AVAILABLE, 0, CHANGE_MISSING_CURRENT, "[x]"},
        {0, MARKER_NOT_AVAILABLE, CHANGE_MISSING_BASELINE, "[x]"},
        {MARKER_NOT_APPLICABLE, 0, CHANGE_NOT_APPLICABLE, "[z]"},
        {MARKER_BREAK, 0, CHANGE_BREAK_IN_SERIES, "[b]"},
        {0, MARKER_BREAK, CHANGE_BREAK_IN_SERIES, "[b]"},
        {0, MARKER_LOW, CHANGE_ROUNDED_ZERO, "[low]"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct change change =
            change_compute(*state, KIND_COUNT, value("120", cases[i].current),
                           value("99", cases[i].baseline), &change_default_rules);
        expect(state, change, cases[i].status, cases[i].display, cases[i].display);
        assert_false(change.has_absolute || change.has_percent);
        assert_int_equal(decimal_sign(change.absolute), 0);
    }
    struct change blank = compute(state, KIND_COUNT, "", "99");
    expect(state, blank, CHANGE_MISSING_CURRENT, "[x]", "[x]");
    struct change revised =
        change_compute(*state, KIND_COUNT, value("120", MARKER_REVISED | MARKER_PROVISIONAL),
                       value("100", MARKER_ESTIMATED), &change_default_rules);
    expect(state, revised, CHANGE_OK, "+20", "+20.0%");
}

static void rounded_inputs_print_only_what_they_hold(void **state)
{
    static const struct {
        const char *current, *baseline;
        int places;
        const char *print;
    } cases[] = {
        {"5005", "4330", 0, "15.6"},
        {"0.5", "0.5", 1, "do not print a percentage"},
        {"3", "0", 0, "do not print a percentage"},
        {"-3", "5", 0, "do not print a percentage"},
        {"100.1", "100.0", 2, "0.1"},
        {"1000.3", "1000.0", 2, "less than 0.1"},
        {"5", "40", 0, "about -88"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_text(*state,
                    change_display_rounded(*state, value(cases[i].current, 0).number,
                                           value(cases[i].baseline, 0).number, cases[i].places),
                    cases[i].print);
    struct decimal low, high;
    assert_false(change_range_rounded(decimal_from(1), decimal_from(1), 99, &low, &high));
}

static void rates_are_shown_as_profiles_show_them(void **state)
{
    assert_text(*state, rate_display(*state, value("9.995", 0).number), "10.0");
    assert_text(*state, rate_display(*state, value("-9.994", 0).number), MINUS "9.99");
    assert_text(*state, rate_display(*state, value("1070", 0).number), "1,070.0");
    assert_text(*state, rate_display(*state, value("-0.004", 0).number), "0.00");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(no_change_is_said_in_words),
        arena_test(small_changes_are_not_rounded_away),
        arena_test(percentages_are_rounded_once),
        arena_test(large_percentages_have_groups),
        arena_test(differences_of_money_have_their_sign),
        arena_test(percentage_points_never_get_a_percentage),
        arena_test(only_counts_have_a_small_base),
        arena_test(markers_come_before_everything),
        arena_test(rounded_inputs_print_only_what_they_hold),
        arena_test(rates_are_shown_as_profiles_show_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
