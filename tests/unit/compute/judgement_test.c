#include "compute/judgement.h"
#include "support.h"

#include <math.h>
#include <stdio.h>

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

/* 28 days and 31: more events can be fewer a day. Neither is said to be clear. */
static void no_fall_is_said_of_a_number_that_rose(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("calls"));
    add(dataset, "Calls", "February 2022", 100000);
    add(dataset, "Calls", "March 2022", 104000);
    add(dataset, "Letters", "February 2022", 100000);
    add(dataset, "Letters", "March 2022", 130000);
    add(dataset, "Visits", "February 2022", 100000);
    add(dataset, "Visits", "March 2022", 60000);
    struct comparison *comparison = compare(dataset, "March 2022", "February 2022");
    assert_int_equal(of(comparison, 0), EVIDENCE_UNCERTAIN);
    assert_int_equal(of(comparison, 1), EVIDENCE_CLEAR_UP);
    assert_int_equal(of(comparison, 2), EVIDENCE_CLEAR_DOWN);
    comparison = compare(dataset, "February 2022", "March 2022");
    assert_int_equal(of(comparison, 0), EVIDENCE_NONE);
}

/* A caseload is at one time: it is no more for a longer month, and never added up. */
static void a_stock_is_no_count_a_day(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("care"));
    add(dataset, "Caseload", "February 2022", 100000);
    add(dataset, "Caseload", "March 2022", 100000);
    dataset->measures[0].relation = RELATION_NON_ADDITIVE;
    struct comparison *comparison = compare(dataset, "March 2022", "February 2022");
    assert_int_equal(of(comparison, 0), EVIDENCE_LITTLE_CHANGED);
    comparison = compare(dataset, "February 2022 to March 2022", "2020/21");
    assert_false(comparison->rows[0].now.present);
    dataset->measures[0].relation = RELATION_UNDECLARED;
    dataset->measures[0].target.profile = PROFILE_NONE;
    comparison = compare(dataset, "February 2022 to March 2022", "2020/21");
    assert_false(comparison->rows[0].now.present);
}

/* Of three years the second begins a new series: the third is not compared with the first. */
static void nothing_is_compared_across_a_break(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    add(dataset, "All", "2019/20", 2000);
    add(dataset, "All", "2020/21", 1000);
    add(dataset, "All", "2021/22", 900);
    add(dataset, "Theft", "2019/20", 1000);
    add(dataset, "Theft", "2020/21", 500);
    add(dataset, "Theft", "2021/22", 400);
    dataset->measures[0].relation = RELATION_TOTAL;
    dataset->measures[1].relation = RELATION_PART;
    dataset->figures[4].value.markers = MARKER_BREAK;
    struct comparison *comparison = compare(dataset, "2021/22", "2019/20");
    assert_int_equal(of(comparison, 0), EVIDENCE_CLEAR_DOWN);
    assert_int_equal(comparison->rows[1].changes[0].status, CHANGE_BREAK_IN_SERIES);
    assert_int_equal(of(comparison, 1), EVIDENCE_NONE);
    assert_int_equal(comparison->rows[2].changes[0].status, CHANGE_BREAK_IN_SERIES);
    assert_text(*state, change_sentence(*state, comparison, &comparison->rows[1], 0),
                "Theft: 400, compared with 1,000 in 2019/20. These periods cannot be compared "
                "because there is a break in the series between them.");
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

/* A percentage or rate with the count and denominator behind it; 0 people: none are given. */
static void add_quotient(struct dataset *dataset, const char *measure, const char *period,
                         const char *value, int64_t count, int64_t people)
{
    struct figure figure = {
        .measure = dataset_measure(dataset, text_from(measure), PLACE_NONE),
        .area = dataset_area(dataset, TEXT_EMPTY),
        .period = dataset_period(dataset, period_read(dataset->arena, text_from(period))),
        .value = {.present = true},
        .note = TEXT_EMPTY,
    };
    assert_true(decimal_parse(text_from(value), &figure.value.number));
    if (people) {
        figure.count = number(count);
        figure.denominator = number(people);
    }
    dataset_add_figure(dataset, figure);
}

static struct dataset *of_kind(void **state, enum measure_kind kind, const char *unit)
{
    struct dataset *dataset = dataset_new(*state, TEXT("health"));
    dataset_measure(dataset, TEXT("Measure"), PLACE_NONE);
    dataset->measures[0].kind = kind;
    dataset->measures[0].unit = text_from(unit);
    return dataset;
}

/* The measure's two figures, judged. */
static struct judged of_two(struct dataset *dataset, const char *now, int64_t x1, int64_t n1,
                            const char *before, int64_t x0, int64_t n0)
{
    add_quotient(dataset, "Measure", "2021/22", now, x1, n1);
    add_quotient(dataset, "Measure", "2020/21", before, x0, n0);
    return compare(dataset, "2021/22", "2020/21")->rows[0].judged[0];
}

static void percentages_are_tested_through_their_counts(void **state)
{
    struct judged judged =
        of_two(of_kind(state, KIND_PERCENT, "%"), "50.0", 550, 1100, "40.0", 400, 1000);
    assert_int_equal(judged.method, TEST_SHARES);
    assert_int_equal(judged.evidence, EVIDENCE_CLEAR_UP);
    assert_true(fabs(judged.effect - 10) < 1e-9 && judged.ci95.lower > 5 && judged.ci95.upper < 15);
    assert_false(judged.is_exact);
    judged = of_two(of_kind(state, KIND_PERCENT, "%"), "40.0", 16, 40, "0.0", 0, 40);
    assert_int_equal(judged.evidence, EVIDENCE_TOO_FEW);
    judged = of_two(of_kind(state, KIND_PERCENT, "%"), "45.3", 9060, 20000, "45.0", 9000, 20000);
    assert_int_equal(judged.evidence, EVIDENCE_LITTLE_CHANGED);
}

/* "40% recycled" and "60% not recycled" are one finding. */
static void which_answer_is_counted_does_not_matter(void **state)
{
    static const int64_t counts[][4] = {
        {550, 1100, 400, 1000}, {6, 50, 20, 60}, {980, 1000, 985, 1000}, {30, 40, 40, 40}};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        const int64_t *c = counts[i];
        struct judged with, without;
        char now[16], before[16];
        snprintf(now, sizeof now, "%.1f", 100.0 * (double)c[0] / (double)c[1]);
        snprintf(before, sizeof before, "%.1f", 100.0 * (double)c[2] / (double)c[3]);
        with = of_two(of_kind(state, KIND_PERCENT, "%"), now, c[0], c[1], before, c[2], c[3]);
        snprintf(now, sizeof now, "%.1f", 100.0 * (double)(c[1] - c[0]) / (double)c[1]);
        snprintf(before, sizeof before, "%.1f", 100.0 * (double)(c[3] - c[2]) / (double)c[3]);
        without = of_two(of_kind(state, KIND_PERCENT, "%"), now, c[1] - c[0], c[1], before,
                         c[3] - c[2], c[3]);
        assert_true(with.p > 0 && fabs(with.p - without.p) < 1e-9);
        assert_true(fabs(with.effect + without.effect) < 1e-9);
        bool is_up = with.evidence == EVIDENCE_CLEAR_UP || with.evidence == EVIDENCE_POSSIBLE_UP;
        bool is_down =
            with.evidence == EVIDENCE_CLEAR_DOWN || with.evidence == EVIDENCE_POSSIBLE_DOWN;
        int turned = is_up ? 1 : is_down ? -1 : 0;
        assert_int_equal((int)without.evidence, (int)with.evidence + turned);
    }
}

static void rates_are_tested_over_their_populations(void **state)
{
    struct judged judged =
        of_two(of_kind(state, KIND_RATE, "per 1,000"), "3.00", 303, 101000, "4.00", 400, 100000);
    struct count_test test = count_compare(303, 101000, 400, 100000);
    assert_int_equal(judged.method, TEST_RATES);
    assert_int_equal(judged.evidence, EVIDENCE_CLEAR_DOWN);
    assert_true(fabs(judged.p - test.p) < 1e-15 && fabs(judged.effect - 0.75) < 1e-9);
}

static struct text refused(struct dataset *dataset, const char *now, int64_t x1, int64_t n1,
                           const char *before, int64_t x0, int64_t n0)
{
    struct judged judged = of_two(dataset, now, x1, n1, before, x0, n0);
    struct comparison *comparison = compare(dataset, "2021/22", "2020/21");
    assert_int_equal(judged.method, TEST_NONE);
    assert_int_equal(judged.evidence, EVIDENCE_NONE);
    return judgement_refused(comparison, &comparison->rows[0], 0);
}

static void what_is_not_its_count_over_its_people_says_why_it_is_not_tested(void **state)
{
    assert_text(*state,
                refused(of_kind(state, KIND_RATE, "Directly standardised rate per 1,000"), "3.00",
                        300, 100000, "4.00", 400, 100000),
                "it is standardised, adjusted or modelled, and its limits are not published for "
                "both periods");
    assert_text(
        *state, refused(of_kind(state, KIND_PERCENT, "%"), "51.0", 550, 1100, "40.0", 400, 1000),
        "it is not its count over its denominator, and its limits are not published for both "
        "periods");
    assert_text(*state, refused(of_kind(state, KIND_PERCENT, "%"), "51.0", 0, 0, "40.0", 0, 0),
                "neither its counts and denominators nor its limits are known for both periods");
    assert_text(*state, refused(of_kind(state, KIND_SCORE, ""), "51.0", 0, 0, "40.0", 0, 0),
                "its limits are not published for both periods");
    assert_text(*state, refused(of_kind(state, KIND_MONEY, "£"), "51", 0, 0, "40", 0, 0),
                "an amount of money is no count of events");
    struct dataset *survey = of_kind(state, KIND_PERCENT, "%");
    survey->is_open_survey = true;
    assert_text(*state, refused(survey, "50.0", 550, 1100, "40.0", 400, 1000),
                "people chose to take part in the survey, so that chance is no measure of it");
}

static struct judged of_limits(void **state, enum measure_kind kind, const char *now,
                               const char *before, int64_t half)
{
    struct dataset *dataset = of_kind(state, kind, "");
    of_two(dataset, now, 0, 0, before, 0, 0);
    for (size_t i = 0; i < 2; i++) {
        struct published_with *with = arena_alloc(*state, sizeof *with);
        struct value value = dataset->figures[i].value, width = number(half);
        *with = (struct published_with){.lower_95 = value_subtract(value, width),
                                        .upper_95 = value_add(value, width)};
        dataset->figures[i].published = with;
    }
    return compare(dataset, "2021/22", "2020/21")->rows[0].judged[0];
}

/* That two intervals overlap disproves no difference: their standard errors are what is tested. */
/* A share of more than all, a part of a person, a limit without its other: nothing to test by. */
static void what_cannot_be_is_not_tested(void **state)
{
    assert_int_equal(
        of_two(of_kind(state, KIND_PERCENT, "%"), "120.0", 120, 100, "40.0", 40, 100).method,
        TEST_NONE);
    assert_int_equal(
        of_two(of_kind(state, KIND_RATE, "for each"), "3.0", 300, 100, "4.0", 400, 100).method,
        TEST_NONE);
    struct dataset *dataset = of_kind(state, KIND_PERCENT, "%");
    of_two(dataset, "50.0", 550, 1100, "40.0", 400, 1000);
    assert_true(decimal_parse(TEXT("549.9"), &dataset->figures[0].count.number));
    assert_int_equal(compare(dataset, "2021/22", "2020/21")->rows[0].judged[0].method, TEST_NONE);
    struct published_with with = {.lower_95 = number(45)};
    dataset->figures[0].published = dataset->figures[1].published = &with;
    assert_int_equal(compare(dataset, "2021/22", "2020/21")->rows[0].judged[0].method, TEST_NONE);
    with.upper_95 = number(45); /* no width */
    assert_int_equal(compare(dataset, "2021/22", "2020/21")->rows[0].judged[0].method, TEST_NONE);
    dataset->figures[0].value.markers = MARKER_BREAK;
    struct comparison *comparison = compare(dataset, "2021/22", "2020/21");
    assert_text(*state, judgement_refused(comparison, &comparison->rows[0], 0),
                "there is a break in the series");
}

static void published_limits_alone_are_enough(void **state)
{
    struct judged judged = of_limits(state, KIND_RATE, "330", "300", 20);
    assert_int_equal(judged.method, TEST_LIMITS);
    assert_int_equal(judged.evidence, EVIDENCE_POSSIBLE_UP);
    assert_true(fabs(judged.ci95.upper - 30 - 20 * sqrt(2)) < 1e-9);
    judged = of_limits(state, KIND_RATE, "400", "300", 20);
    assert_int_equal(judged.evidence, EVIDENCE_CLEAR_UP);
    judged = of_limits(state, KIND_RATE, "301", "300", 5);
    assert_int_equal(judged.evidence, EVIDENCE_LITTLE_CHANGED);
    /* a year of life is no small part of anything: never "little changed" */
    judged = of_limits(state, KIND_LIFE_EXPECTANCY, "81", "80", 1);
    assert_int_equal(judged.evidence, EVIDENCE_UNCERTAIN);
    judged = of_limits(state, KIND_PERCENT, "98", "97", 1); /* a third of the 3% without it */
    assert_int_equal(judged.evidence, EVIDENCE_UNCERTAIN);
}

static void periods_that_cannot_be_compared_say_so(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("health"));
    add(dataset, "Deaths", "2016 - 18", 500);
    add(dataset, "Deaths", "2015 - 17", 300);
    add(dataset, "Deaths", "2015", 100);
    struct comparison *comparison = compare(dataset, "2016 - 18", "2015");
    assert_text(*state, change_sentence(*state, comparison, &comparison->rows[0], 0),
                "Deaths: 500, compared with 100 in 2015. These periods cannot be compared because "
                "they are not of one kind and length.");
    assert_int_equal(comparison->rows[0].changes[0].status, CHANGE_NOT_APPLICABLE);
    comparison = compare(dataset, "2016 - 18", "2015 - 17");
    assert_text(*state, change_sentence(*state, comparison, &comparison->rows[0], 0),
                "Deaths: 500, compared with 300 in 2015 to 2017, up 200 (66.7%). These periods "
                "cannot be compared because they share days.");
}

/* What is said of a comparator whose measure went from `before` to `now`. */
static struct text said_there(void **state, enum measure_kind kind, const char *now,
                              const char *before)
{
    struct dataset *dataset = of_kind(state, kind, "");
    of_two(dataset, "10", 0, 0, "10", 0, 0);
    struct comparison *comparison = compare(dataset, "2021/22", "2020/21");
    struct dataset *whole = of_kind(state, kind, "");
    if (now)
        of_two(whole, now, 0, 0, before, 0, 0);
    struct comparison *england = compare(whole, "2021/22", "2020/21");
    comparison_add_comparator(comparison, england, false);
    england->area = TEXT("England");
    england->rows[0].measure = comparison->rows[0].measure;
    return comparator_sentence(*state, comparison, &comparison->rows[0], 0);
}

static void a_comparators_change_is_said_in_its_own_unit(void **state)
{
    assert_text(*state, said_there(state, KIND_COUNT, "900", "1000"),
                "In England it was down 10.0%.");
    assert_text(*state, said_there(state, KIND_COUNT, "100001", "100000"),
                "In England it was up by less than 0.1%.");
    assert_text(*state, said_there(state, KIND_COUNT, "1000", "1000"),
                "In England there was no change.");
    assert_text(*state, said_there(state, KIND_PERCENT, "41", "40"),
                "In England it was up 1 percentage point.");
    assert_text(*state, said_there(state, KIND_PERCENT, "38.5", "40.0"),
                "In England it was down 1.5 percentage points.");
    assert_text(*state, said_there(state, KIND_COUNT, NULL, NULL), "");
}

static void a_comparators_change_stands_beside_and_is_not_tested(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    add(dataset, "Burglary", "2021/22", 652);
    add(dataset, "Burglary", "2020/21", 491);
    struct comparison *comparison = compare(dataset, "2021/22", "2020/21");
    struct dataset *whole = dataset_new(*state, TEXT("crime"));
    add(whole, "Burglary", "2021/22", 10400);
    add(whole, "Burglary", "2020/21", 10000);
    struct comparison *england = compare(whole, "2021/22", "2020/21");
    england->area = TEXT("England");
    england->rows[0].measure = comparison->rows[0].measure;
    assert_int_equal(of(england, 0), EVIDENCE_POSSIBLE_UP);
    england->rows[0].measure = &whole->measures[0];
    comparison_add_comparator(comparison, england, false);
    assert_int_equal(of(england, 0), EVIDENCE_NONE);
    england->rows[0].measure = comparison->rows[0].measure; /* one export has both areas */
    assert_text(*state, change_sentence(*state, comparison, &comparison->rows[0], 0),
                "Burglary: 652, compared with 491 in 2020/21, up 161 (32.8%). A rise this large is "
                "very unlikely to be chance alone. In England it was up 4.0%.");
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
    change =
        change_compute(*state, KIND_MONEY, number(45875), number(51750), &change_default_rules);
    assert_text(*state,
                evidence_sentence(*state, TEXT("Grants"), number(45875), number(51750),
                                  TEXT("2020/21"), &change, EVIDENCE_NONE),
                "Grants: £45,875, compared with £51,750 in 2020/21, down £5,875 (11.4%).");
    struct value hidden = {.present = false, .markers = MARKER_CONFIDENTIAL};
    assert_text(*state,
                evidence_sentence(*state, TEXT("A"), hidden, number(3), TEXT("2020/21"), &change,
                                  EVIDENCE_NONE),
                "");
}

static void only_like_periods_are_alike(void **state)
{
    static const struct {
        const char *now, *before, *why;
    } cases[] = {{"2021/22", "2020/21", NULL},
                 {"2020/21", "2019/20", NULL}, /* 365 and 366 days */
                 {"2016 - 18", "2013 - 15", NULL},
                 {"2021/22", "2021", "they share days"},
                 {"2021/22", "2019", "they are not of one kind and length"},
                 {"March 2021", "February 2021", NULL}, /* over their days */
                 {"March 2021", "Q3 2020/21", "they are not of one kind and length"},
                 {"2016 - 18", "2014 - 15", "they are not of one kind and length"},
                 {"2021/22", "FY2023", "they are not of one kind and length"},
                 {"FY2023", "2021/22", "they are not of one kind and length"},
                 {"2018/19 - 20/21", "2013/14 - 16/17", "they are not of one kind and length"},
                 {"11 April 2021 to 20 April 2021", "1 April 2021 to 10 April 2021", NULL},
                 {"11 April 2021 to 20 April 2021", "1 March 2021 to 20 March 2021",
                  "they are not of one kind and length"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *why = judgement_unlike(period_read(*state, text_from(cases[i].now)),
                                           period_read(*state, text_from(cases[i].before)));
        assert_text(*state, text_from(why ? why : ""), cases[i].why ? cases[i].why : "");
    }
}

/* `count` months from April of a year on, of `n` each. */
static void add_monthly(struct dataset *dataset, int year, int count, int64_t n)
{
    for (int m = 0; m < count; m++) {
        struct period month = period_month(dataset->arena, year + (m + 3) / 12, (m + 3) % 12 + 1);
        add(dataset, "Burglary", text_cstr(dataset->arena, period_display(dataset->arena, month)),
            n);
    }
}

/* Both periods need all their months, of one series; else their totals are what is tested. */
static void months_are_tested_where_both_periods_have_them(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    add(dataset, "Burglary", "2021/22", 720);
    add(dataset, "Burglary", "2020/21", 540);
    add_monthly(dataset, 2021, 12, 60);
    add_monthly(dataset, 2020, 11, 49);
    assert_int_equal(compare(dataset, "2021/22", "2020/21")->rows[0].judged[0].method, TEST_COUNTS);
    add(dataset, "Burglary", "March 2021", 1);
    assert_int_equal(compare(dataset, "2021/22", "2020/21")->rows[0].judged[0].method, TEST_MONTHS);
    dataset->figures[20].value.markers = MARKER_BREAK; /* on its two sides are two series */
    assert_int_equal(compare(dataset, "2021/22", "2020/21")->rows[0].judged[0].method, TEST_NONE);
    dataset->figures[20].value = number(-1);
    assert_int_equal(compare(dataset, "2021/22", "2020/21")->rows[0].judged[0].method, TEST_COUNTS);
}

/* More than 36 months are held against each other as a whole. */
static void of_long_periods_the_totals_are_tested(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    add_monthly(dataset, 2013, 96, 60);
    assert_int_equal(
        compare(dataset, "2017/18 - 20/21", "2013/14 - 16/17")->rows[0].judged[0].method,
        TEST_COUNTS);
    assert_int_equal(
        compare(dataset, "2018/19 - 20/21", "2015/16 - 17/18")->rows[0].judged[0].method,
        TEST_MONTHS);
}

static void a_count_below_zero_or_of_parts_is_no_count(void **state)
{
    static const char *const odd[] = {"-3", "40.5"};
    for (size_t i = 0; i < 4; i++) {
        struct dataset *dataset = dataset_new(*state, TEXT("crime"));
        add(dataset, "Burglary", "2021/22", 40);
        add(dataset, "Burglary", "2020/21", 30);
        assert_true(decimal_parse(text_from(odd[i / 2]), &dataset->figures[i % 2].value.number));
        struct comparison *comparison = compare(dataset, "2021/22", "2020/21");
        assert_text(*state, judgement_refused(comparison, &comparison->rows[0], 0),
                    "a figure is not a whole number of 0 or more");
    }
}

/* Both figures need their count and denominator. */
static void a_share_needs_its_people_in_both_periods(void **state)
{
    static const char *const neither =
        "neither its counts and denominators nor its limits are known for both periods";
    struct dataset *dataset = of_kind(state, KIND_PERCENT, "%");
    of_two(dataset, "50.0", 550, 1100, "40.0", 400, 1000);
    dataset->figures[1].denominator = (struct value){.markers = MARKER_NOT_AVAILABLE};
    struct comparison *comparison = compare(dataset, "2021/22", "2020/21");
    assert_text(*state, judgement_refused(comparison, &comparison->rows[0], 0), neither);
    dataset->figures[0].denominator = dataset->figures[1].denominator;
    comparison = compare(dataset, "2021/22", "2020/21");
    assert_text(*state, judgement_refused(comparison, &comparison->rows[0], 0), neither);
    /* of people there are no parts */
    dataset = of_kind(state, KIND_PERCENT, "%");
    of_two(dataset, "50", 55, 110, "40", 40, 100);
    for (size_t i = 0; i < 2; i++) {
        dataset->figures[0].denominator = number(110);
        dataset->figures[1].denominator = number(100);
        dataset->figures[i].denominator.number = (struct decimal){i ? 1004 : 1104, 1};
        comparison = compare(dataset, "2021/22", "2020/21");
        assert_int_equal(comparison->rows[0].judged[0].method, TEST_NONE);
    }
    /* the earlier figure is not its count over its denominator */
    dataset = of_kind(state, KIND_PERCENT, "%");
    assert_int_equal(of_two(dataset, "50", 55, 110, "45", 40, 100).method, TEST_NONE);
    dataset = of_kind(state, KIND_PERCENT, "%");
    assert_int_equal(of_two(dataset, "50", 55, 110, "120", 120, 100).method, TEST_NONE);
}

static void limits_of_one_period_are_not_enough(void **state)
{
    struct dataset *dataset = of_kind(state, KIND_MEAN, "days");
    const struct published_with with = {.lower_95 = number(25), .upper_95 = number(35)};
    of_two(dataset, "30", 0, 0, "40", 0, 0);
    dataset->figures[0].published = &with;
    struct comparison *comparison = compare(dataset, "2021/22", "2020/21");
    assert_text(*state, judgement_refused(comparison, &comparison->rows[0], 0),
                "its limits are not published for both periods");
}

/* What is little beside its zero: of a mean, a median, and of a rate that has no counts. */
static void figures_with_a_zero_can_be_little_changed(void **state)
{
    static const enum measure_kind kinds[] = {KIND_RATE, KIND_MEAN, KIND_MEDIAN};
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(of_limits(state, kinds[i], "301", "300", 5).evidence,
                         EVIDENCE_LITTLE_CHANGED);
    assert_int_equal(of_limits(state, KIND_SCORE, "301", "300", 5).evidence, EVIDENCE_UNCERTAIN);
}

/* A count of one period alone does not say that both are few. */
static void counts_beside_limits_are_held_against_the_fewest(void **state)
{
    const struct published_with with[] = {{.lower_95 = number(28), .upper_95 = number(32)},
                                          {.lower_95 = number(18), .upper_95 = number(22)}};
    struct dataset *dataset = of_kind(state, KIND_MEAN, "days");
    of_two(dataset, "30", 0, 0, "20", 0, 0);
    for (size_t i = 0; i < 2; i++)
        dataset->figures[i].published = &with[i];
    dataset->figures[0].count = number(4);
    assert_int_equal(of(compare(dataset, "2021/22", "2020/21"), 0), EVIDENCE_CLEAR_UP);
    dataset->figures[1].count = number(5);
    assert_int_equal(of(compare(dataset, "2021/22", "2020/21"), 0), EVIDENCE_TOO_FEW);
}

/* A count behind a percentage has a marker of its own. */
static void a_count_of_another_series_is_not_tested(void **state)
{
    struct dataset *dataset = of_kind(state, KIND_PERCENT, "%");
    assert_int_equal(of_two(dataset, "50.0", 550, 1100, "40.0", 400, 1000).method, TEST_SHARES);
    dataset->figures[0].count.markers = MARKER_BREAK;
    assert_int_equal(compare(dataset, "2021/22", "2020/21")->rows[0].judged[0].method, TEST_NONE);
}

/* "[low]" is not 0: from it to 3 is no rise of 3 (1.2). */
static void from_what_rounds_to_zero_no_change_is_said(void **state)
{
    struct value low = number(0);
    low.markers = MARKER_LOW;
    struct change change =
        change_compute(*state, KIND_COUNT, number(3), low, &change_default_rules);
    assert_int_equal(change.status, CHANGE_ROUNDED_ZERO);
    assert_text(*state,
                evidence_sentence(*state, TEXT("Arson"), number(3), low, TEXT("2020/21"), &change,
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
        arena_test(percentages_are_tested_through_their_counts),
        arena_test(which_answer_is_counted_does_not_matter),
        arena_test(rates_are_tested_over_their_populations),
        arena_test(what_is_not_its_count_over_its_people_says_why_it_is_not_tested),
        arena_test(what_cannot_be_is_not_tested),
        arena_test(published_limits_alone_are_enough),
        arena_test(no_fall_is_said_of_a_number_that_rose),
        arena_test(a_stock_is_no_count_a_day),
        arena_test(nothing_is_compared_across_a_break),
        arena_test(periods_that_cannot_be_compared_say_so),
        arena_test(a_comparators_change_is_said_in_its_own_unit),
        arena_test(a_comparators_change_stands_beside_and_is_not_tested),
        arena_test(a_sentence_says_the_direction_in_words),
        arena_test(only_like_periods_are_alike),
        arena_test(months_are_tested_where_both_periods_have_them),
        arena_test(of_long_periods_the_totals_are_tested),
        arena_test(a_count_below_zero_or_of_parts_is_no_count),
        arena_test(a_share_needs_its_people_in_both_periods),
        arena_test(limits_of_one_period_are_not_enough),
        arena_test(figures_with_a_zero_can_be_little_changed),
        arena_test(counts_beside_limits_are_held_against_the_fewest),
        arena_test(a_count_of_another_series_is_not_tested),
        arena_test(from_what_rounds_to_zero_no_change_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
