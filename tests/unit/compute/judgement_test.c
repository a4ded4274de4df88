#include "compute/judgement.h"
#include "support.h"

#include <math.h>

static struct value number(int64_t n)
{
    return (struct value){.present = true, .number = decimal_from(n)};
}

static void add(struct dataset *dataset, const char *measure, const char *period, int64_t n)
{
    struct figure figure = {
        .measure = dataset_measure(dataset, text_from(measure), PLACE_NONE),
        .area = dataset_area(dataset, TEXT_EMPTY),
        .period = dataset_period(dataset, period_read(dataset->arena, text_from(period))),
        .value = number(n),
        .note = TEXT_EMPTY,
    };
    dataset_add_figure(dataset, figure);
}

static struct comparison *compare(struct dataset *dataset, const char *now, const char *before)
{
    struct baselines baselines = {
        .items = {{.period = period_read(dataset->arena, text_from(before))}}, .count = 1};
    return comparison_make(dataset->arena, dataset, 0, period_read(dataset->arena, text_from(now)),
                           &baselines, TEXT_EMPTY);
}

static enum evidence of(const struct comparison *comparison, size_t row)
{
    return comparison->rows[row].judged[0].evidence;
}

static void annual_counts_need_to_be_robust_to_be_clear(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    add(dataset, "Burglary", "2021/22", 280);
    add(dataset, "Burglary", "2020/21", 284);
    add(dataset, "Disorder", "2021/22", 652);
    add(dataset, "Disorder", "2020/21", 491);
    add(dataset, "Rare", "2021/22", 7);
    add(dataset, "Rare", "2020/21", 2);
    struct comparison *comparison = compare(dataset, "2021/22", "2020/21");
    assert_int_equal(of(comparison, 0), EVIDENCE_UNCERTAIN);
    assert_int_equal(of(comparison, 1), EVIDENCE_CLEAR_UP);
    assert_int_equal(of(comparison, 2), EVIDENCE_TOO_FEW);
    assert_false(comparison->rows[1].judged[0].method == TEST_MONTHS);
}

/* A series that jumps from month to month makes the same totals mean less. */
static void months_tell_how_variable_a_series_is(void **state)
{
    static const char *const months[] = {"April",    "May",       "June",     "July",
                                         "August",   "September", "October",  "November",
                                         "December", "January",   "February", "March"};
    struct dataset *dataset = dataset_new(*state, TEXT("police"));
    for (int m = 0; m < 12; m++) {
        const char *now = text_format(*state, "%s %d", months[m], m < 9 ? 2021 : 2022).ptr;
        const char *before = text_format(*state, "%s %d", months[m], m < 9 ? 2020 : 2021).ptr;
        add(dataset, "Steady", now, 60);
        add(dataset, "Steady", before, 45);
        add(dataset, "Bursty", now, m % 3 ? 10 : 160);
        add(dataset, "Bursty", before, 45);
    }
    struct comparison *comparison = compare(dataset, "2021/22", "2020/21");
    assert_true(comparison->rows[0].judged[0].method == TEST_MONTHS);
    assert_int_equal(of(comparison, 0), EVIDENCE_CLEAR_UP);
    assert_true(comparison->rows[1].judged[0].phi > 10);
    assert_int_equal(of(comparison, 1), EVIDENCE_UNCERTAIN);
}

static void what_is_not_comparable_is_not_judged(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add(dataset, "Total", "2021/22", 500);
    add(dataset, "Total", "2020/21", 300);
    add(dataset, "Part", "2021/22", 200);
    add(dataset, "Part", "2020/21", 100);
    dataset->measures[0].relation = RELATION_TOTAL;
    dataset->measures[1].relation = RELATION_PART;
    struct comparison *comparison = compare(dataset, "2021/22", "2020/21");
    assert_int_equal(of(comparison, 0), EVIDENCE_CLEAR_UP);
    assert_true(comparison->rows[2].is_remainder);
    assert_int_equal(of(comparison, 2), EVIDENCE_NONE);
    dataset->measures[0].kind = KIND_RATE; /* a rate without its count cannot be tested */
    dataset->figures[2].value.markers = MARKER_BREAK;
    comparison = compare(dataset, "2021/22", "2020/21");
    assert_int_equal(of(comparison, 0), EVIDENCE_NONE);
    assert_int_equal(of(comparison, 1), EVIDENCE_NONE);
}

static void windows_that_overlap_are_not_tested(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("health"));
    add(dataset, "Deaths", "2016 - 18", 500);
    add(dataset, "Deaths", "2015 - 17", 300);
    struct comparison *comparison = compare(dataset, "2016 - 18", "2015 - 17");
    assert_int_equal(of(comparison, 0), EVIDENCE_NONE);
    assert_text(*state, evidence_words(EVIDENCE_NONE), "[z]");
}

static void a_sentence_says_the_direction_in_words(void **state)
{
    struct change change =
        change_compute(*state, KIND_COUNT, number(7), number(0), &change_default_rules);
    assert_text(*state,
                evidence_sentence(*state, TEXT("Arson"), number(7), number(0), TEXT("2020/21"),
                                  &change, EVIDENCE_TOO_FEW),
                "Arson: 7, compared with 0 in 2020/21, up 7. The numbers are too small to judge.");
    change = change_compute(*state, KIND_COUNT, number(70), number(70), &change_default_rules);
    assert_text(
        *state,
        evidence_sentence(*state, TEXT("Arson"), number(70), number(70), TEXT("2020/21"), &change,
                          EVIDENCE_UNCERTAIN),
        "Arson: 70, compared with 70 in 2020/21, no change. The figures do not show clearly "
        "whether there has been a real change.");
    change =
        change_compute(*state, KIND_COUNT, number(99999), number(100000), &change_default_rules);
    assert_contains(*state,
                    evidence_sentence(*state, TEXT("A"), number(99999), number(100000),
                                      TEXT("2020/21"), &change, EVIDENCE_LITTLE_CHANGED),
                    "down 1 (less than 0.1%)");
    struct value hidden = {.present = false, .markers = MARKER_CONFIDENTIAL};
    assert_text(*state,
                evidence_sentence(*state, TEXT("A"), hidden, number(3), TEXT("2020/21"), &change,
                                  EVIDENCE_NONE),
                "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(annual_counts_need_to_be_robust_to_be_clear),
        arena_test(months_tell_how_variable_a_series_is),
        arena_test(what_is_not_comparable_is_not_judged),
        arena_test(windows_that_overlap_are_not_tested),
        arena_test(a_sentence_says_the_direction_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
