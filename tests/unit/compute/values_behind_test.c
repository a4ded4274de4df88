/* What lies in a dataset behind a figure. */
#include "compute/values.h"
#include "support.h"

static struct value number(const char *digits)
{
    struct value value = {.present = true};
    assert_true(decimal_parse(text_from(digits), &value.number));
    return value;
}

static struct figure *add(struct dataset *dataset, const char *area, const char *period,
                          const char *digits)
{
    return dataset_add_figure(
        dataset, (struct figure){.measure = dataset_measure(dataset, TEXT("Calls"), PLACE_NONE),
                                 .area = dataset_area(dataset, text_from(area)),
                                 .period = dataset_period(
                                     dataset, period_read(dataset->arena, text_from(period))),
                                 .value = number(digits),
                                 .note = TEXT_EMPTY,
                                 .place = place_at(TEXT("a.csv"), 2, 2)});
}

static struct value year_of(struct dataset *dataset)
{
    struct place place = PLACE_NONE;
    return dataset_value(dataset, 0, 0, period_read(dataset->arena, TEXT("2021/22")), &place);
}

static void what_has_too_many_digits_is_not_available(void **state)
{
    (void)state;
    const struct value huge = number("100000000000000000000000000000000000000");
    assert_false(value_add(huge, huge).present);
    assert_int_equal(value_add(huge, huge).markers, MARKER_NOT_AVAILABLE);
    assert_true(value_subtract(huge, huge).present);
}

/* Each count is rounded for itself: their sum is not the rounded sum. */
static void rounded_counts_are_not_added(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add(dataset, "", "H1 2021/22", "10");
    add(dataset, "", "H2 2021/22", "15");
    assert_true(year_of(dataset).present);
    dataset->hiding.rounding = 5;
    assert_false(year_of(dataset).present);
    assert_int_equal(year_of(dataset).markers, MARKER_NOT_AVAILABLE);
}

/* Of all areas together there is something behind a figure only where there is but one. */
static void what_is_behind_a_figure_is_of_one_area(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    const struct published_with with = {.lower_95 = number("38"), .upper_95 = number("42")};
    struct period year = period_read(*state, TEXT("2021/22"));
    struct figure *figure = add(dataset, "North", "2021/22", "40");
    figure->count = number("400");
    figure->denominator = number("1000");
    assert_false(dataset_behind(dataset, 0, 0, year).lower.present);
    figure->published = &with;
    const struct behind behind = dataset_behind(dataset, 0, AREA_ALL, year);
    assert_true(behind.count.present && behind.denominator.present);
    assert_true(behind.lower.present && behind.upper.present);
    size_t south = dataset_area(dataset, TEXT("South"));
    assert_false(dataset_behind(dataset, 0, AREA_ALL, year).count.present);
    assert_false(dataset_behind(dataset, 0, south, year).count.present);
    assert_false(dataset_behind(dataset, 0, 0, period_read(*state, TEXT("2020/21"))).count.present);
}

static void the_unit_says_what_a_count_is_multiplied_by(void **state)
{
    static const struct {
        enum measure_kind kind;
        const char *unit, *per; /* NULL: it does not say */
    } cases[] = {{KIND_PERCENT, "", "100"},
                 {KIND_RATE, "per 1,000", "1000"},
                 {KIND_RATE, "Crude rate per 100,000 people", "100000"},
                 {KIND_RATE, "per head", NULL},
                 {KIND_RATE, "per 0", NULL},
                 {KIND_RATE, "for each", NULL},
                 {KIND_COUNT, "per 1,000", NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct measure measure = {.kind = cases[i].kind, .unit = text_from(cases[i].unit)};
        struct decimal per;
        assert_int_equal(measure_per(*state, &measure, &per), cases[i].per != NULL);
        if (cases[i].per)
            assert_text(*state, decimal_text(*state, per), cases[i].per);
    }
}

static void a_value_is_its_count_over_its_people_as_it_is_printed(void **state)
{
    (void)state;
    static const struct {
        const char *value, *count, *people;
        bool makes;
    } cases[] = {{"3.3", "1", "30", true},
                 {"3.4", "1", "30", false},
                 {"3.333333333333", "1", "30", true}, /* as spreadsheets write it */
                 {"3.333334444444", "1", "30", false},
                 {"3.3", "1", "0", false},
                 {"3.3", "1", "-30", false},
                 {NULL, "1", "30", false},
                 {"3.3", NULL, "30", false},
                 {"3.3", "1", NULL, false},
                 /* more digits than can be multiplied, or divided */
                 {"3.3", "100000000000000000000000000000000000000", "30", false},
                 {"3.333333", "1000000000000000000000000000000000000", "1", false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct value none = {.markers = MARKER_NOT_AVAILABLE};
        const struct behind behind = {.count = cases[i].count ? number(cases[i].count) : none,
                                      .denominator =
                                          cases[i].people ? number(cases[i].people) : none};
        struct value value = cases[i].value ? number(cases[i].value) : none;
        if (behind_makes(&behind, value, decimal_from(100)) != cases[i].makes)
            fail_msg("case %zu", i);
    }
}

/* A sum that an earlier report had otherwise is marked, and its figures are not (1.6). */
static void a_revised_sum_is_marked(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add(dataset, "", "H1 2021/22", "10");
    add(dataset, "", "H2 2021/22", "15");
    assert_int_equal(year_of(dataset).markers, 0);
    dataset_revise(dataset, (struct revised){.period = period_read(*state, TEXT("2021/22")),
                                             .was = decimal_from(24),
                                             .report = TEXT("2021/22")});
    assert_int_equal(year_of(dataset).markers, MARKER_REVISED);
    assert_int_equal(dataset->figures[0].value.markers, 0);
}

/* A label that is no period lies between no others. */
static void a_break_without_a_day_lies_nowhere(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    const struct period before = period_read(*state, TEXT("2019/20")),
                        now = period_read(*state, TEXT("2021/22"));
    add(dataset, "", "2019/20", "10");
    add(dataset, "", "of late", "11")->value.markers = MARKER_BREAK;
    add(dataset, "", "2021/22", "12");
    assert_false(dataset_breaks(dataset, 0, 0, before, now));
    add(dataset, "", "2020/21", "11")->value.markers = MARKER_BREAK;
    assert_true(dataset_breaks(dataset, 0, 0, before, now));
    assert_false(dataset_breaks(dataset, 0, 0, before, dataset->periods[1]));
    assert_false(dataset_breaks(dataset, 0, 0, dataset->periods[1], now));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(what_has_too_many_digits_is_not_available),
        arena_test(rounded_counts_are_not_added),
        arena_test(what_is_behind_a_figure_is_of_one_area),
        arena_test(the_unit_says_what_a_count_is_multiplied_by),
        arena_test(a_value_is_its_count_over_its_people_as_it_is_printed),
        arena_test(a_revised_sum_is_marked),
        arena_test(a_break_without_a_day_lies_nowhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
