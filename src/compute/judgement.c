#include "compute/judgement.h"

#include "compute/distribution.h"

#include <math.h>
#include <stdlib.h>

enum { MONTHS_MAX = 36 };

const char *judgement_unlike(struct period now, struct period before)
{
    long days_now = period_days(now), days_before = period_days(before);
    bool have_days = days_now > 0 && days_before > 0;
    if (have_days && date_compare(before.end, now.start) >= 0)
        return "they share days";
    /* months have 28 to 31 days, quarters 90 to 92: days are what counts are tested over */
    bool is_long =
        period_whole_months(now) > 0 && period_whole_months(now) == period_whole_months(before);
    if (have_days && now.kind == before.kind && now.years_pooled == before.years_pooled &&
        (is_long || labs(days_now - days_before) <= (long)now.years_pooled))
        return NULL;
    return "they are not of one kind and length";
}

/* A count that a test can take: whole, not negative, and of one series. */
static bool is_count(struct value value)
{
    int64_t number;
    return value.present && !(value.markers & MARKER_BREAK) &&
           decimal_integer(value.number, &number) && number >= 0;
}

/* The count of one row in one month; a sum has those of its parts. NAN when one is not there. */
static double month_count(const struct comparison *comparison, const struct compared *row,
                          size_t area, struct period month)
{
    const struct dataset *dataset = comparison->dataset;
    double sum = 0;
    for (size_t m = 0; m < dataset->measure_count; m++) {
        const struct measure *measure = &dataset->measures[m];
        if (row->measure ? row->measure != measure : measure->relation != RELATION_PART)
            continue;
        struct place place = PLACE_NONE;
        struct value value = dataset_value(dataset, m, area, month, &place);
        if (!is_count(value))
            return NAN;
        sum += decimal_double(value.number);
    }
    return sum;
}

/* The months of a period, in order; 0 when one is missing or there are too many. */
static size_t month_counts(struct arena *arena, const struct comparison *comparison,
                           const struct compared *row, size_t area, struct period period,
                           double *out)
{
    size_t count = 0;
    struct date first = period.start;
    for (; date_compare(first, period.end) <= 0; first = date_add_months(first, 1)) {
        if (count == MONTHS_MAX)
            return 0;
        out[count] =
            month_count(comparison, row, area, period_month(arena, first.year, first.month));
        if (isnan(out[count++]))
            return 0;
    }
    return count;
}

static bool test_months(struct arena *arena, const struct comparison *comparison,
                        const struct compared *row, size_t area, size_t b, struct judged *judged)
{
    double now[MONTHS_MAX], before[MONTHS_MAX];
    struct period baseline = comparison->baselines.items[b].period;
    size_t months = month_counts(arena, comparison, row, area, comparison->period, now);
    if (!months || month_counts(arena, comparison, row, area, baseline, before) != months)
        return false;
    struct monthly_test test = monthly_compare(now, before, months);
    if (!test.used)
        return false;
    judged->method = TEST_MONTHS;
    judged->phi = test.phi;
    judged->effect = test.ratio;
    judged->ci95 = test.ci95;
    judged->p = test.p;
    return true;
}

/* ---- which test, if any ---- */

/* What lies behind a row's figures now and in the period of baseline `b`. */
struct pair {
    struct behind now, before;
};

static struct pair pair_of(const struct comparison *comparison, const struct compared *row,
                           size_t b)
{
    size_t m = (size_t)(row->measure - comparison->dataset->measures);
    return (struct pair){
        dataset_behind(comparison->dataset, m, comparison->where, comparison->period),
        dataset_behind(comparison->dataset, m, comparison->where,
                       comparison->baselines.items[b].period)};
}

/* A count over a whole denominator that is not smaller. */
static bool is_share(const struct behind *behind)
{
    return is_count(behind->denominator) &&
           decimal_compare(behind->count.number, behind->denominator.number) <= 0;
}

static bool has_parts(const struct behind *behind)
{
    return behind->count.present && behind->denominator.present;
}

/* The figure, of a rate or percentage, is no more than its count over its denominator. */
static bool is_crude(const struct measure *measure, const struct behind *behind, struct value value)
{
    struct arena *scratch = arena_new();
    struct decimal per;
    bool ok = measure_rests_on_count(measure) && measure_per(scratch, measure, &per) &&
              is_count(behind->count) && behind_makes(behind, value, per);
    arena_free(scratch);
    return ok;
}

static bool has_limits(const struct behind *behind)
{
    return behind->lower.present && behind->upper.present &&
           decimal_compare(behind->lower.number, behind->upper.number) < 0;
}

static struct text why_no_quotient(const struct compared *row, const struct pair *pair)
{
    if (!measure_rests_on_count(row->measure))
        return TEXT(
            "it is standardised, adjusted or modelled, and its limits are not published "
            "for both periods");
    if (!has_parts(&pair->now) || !has_parts(&pair->before))
        return TEXT(
            "neither its counts and denominators nor its limits are known for both "
            "periods");
    return TEXT(
        "it is not its count over its denominator, and its limits are not published for "
        "both periods");
}

/* Of figures that are no counts. */
static enum test_method method_of_quotient(const struct comparison *comparison,
                                           const struct compared *row, size_t b, struct text *why)
{
    const struct pair pair = pair_of(comparison, row, b);
    if (is_crude(row->measure, &pair.now, row->now) &&
        is_crude(row->measure, &pair.before, row->before[b])) {
        if (row->kind == KIND_RATE)
            return TEST_RATES;
        if (is_share(&pair.now) && is_share(&pair.before))
            return TEST_SHARES;
    }
    if (has_limits(&pair.now) && has_limits(&pair.before))
        return TEST_LIMITS;
    *why = row->kind == KIND_PERCENT || row->kind == KIND_RATE
               ? why_no_quotient(row, &pair)
               : TEXT("its limits are not published for both periods");
    return TEST_NONE;
}

/* The test of a row against a baseline; *why says in words why there is none. */
static enum test_method method_of(const struct comparison *comparison, const struct compared *row,
                                  size_t b, struct text *why)
{
    *why = TEXT_EMPTY;
    if (row->is_remainder)
        *why = TEXT("no measure of the source names it");
    else if (!row->now.present || !row->before[b].present)
        *why = TEXT("a figure is not there");
    else if (comparison->is_comparator)
        *why = TEXT("figures of other areas are shown for comparison alone");
    else if (comparison->dataset->is_open_survey)
        *why = TEXT("people chose to take part in the survey, so that chance is no measure of it");
    else if (row->kind == KIND_MONEY)
        *why = TEXT("an amount of money is no count of events");
    else if (comparison->dataset->hiding.rounding)
        *why = TEXT("the counts are rounded, to protect people");
    else if (row->is_broken[b] || (row->now.markers | row->before[b].markers) & MARKER_BREAK)
        *why = TEXT("there is a break in the series");
    else if (row->kind == KIND_COUNT && (!is_count(row->now) || !is_count(row->before[b])))
        *why = TEXT("a figure is not a whole number of 0 or more");
    else if (judgement_unlike(comparison->period, comparison->baselines.items[b].period))
        *why = TEXT("the periods are not of one kind and length, or they share days");
    else if (row->kind != KIND_COUNT)
        return method_of_quotient(comparison, row, b, why);
    else
        return TEST_COUNTS;
    return TEST_NONE;
}

struct text judgement_refused(const struct comparison *comparison, const struct compared *row,
                              size_t b)
{
    struct text why;
    method_of(comparison, row, b, &why);
    return why;
}

/* ---- the tests ---- */

static double number_of(struct value value)
{
    return decimal_double(value.number);
}

static void test_two_counts(struct judged *judged, struct value x1, double t1, struct value x0,
                            double t0)
{
    struct count_test test = count_compare(number_of(x1), t1, number_of(x0), t0);
    judged->events = number_of(x1) + number_of(x0);
    judged->phi = test.phi_max;
    judged->effect = test.ratio;
    judged->ci95 = test.ci95;
    judged->p = test.p;
}

/* phi_max of a test that has a z (2.2): how much more variable than chance it would stand. */
static double phi_of(double z)
{
    return z / NORMAL_95 * (z / NORMAL_95);
}

/* Which answer of two is called the one that counts must not matter: "recycled" or "not recycled".
 */
static void test_shares(struct judged *judged, const struct pair *pair)
{
    double x1 = number_of(pair->now.count), n1 = number_of(pair->now.denominator);
    double x0 = number_of(pair->before.count), n0 = number_of(pair->before.denominator);
    struct proportion_test test = proportion_compare(x1, n1, x0, n0);
    judged->events = fmin(x1 + x0, n1 + n0 - x1 - x0);
    judged->is_exact = test.use_fisher;
    judged->base = 100 * fmin(x0 / n0, 1 - x0 / n0);
    judged->phi = phi_of(test.z);
    judged->effect = 100 * test.difference;
    judged->ci95 = (struct interval){100 * test.ci95.lower, 100 * test.ci95.upper};
    judged->p = test.p;
}

static double standard_error(const struct behind *behind)
{
    return (number_of(behind->upper) - number_of(behind->lower)) / (2 * NORMAL_95);
}

/* A share has a nearer end, a rate or mean a zero; what has none is never "little changed". */
static double base_of(const struct compared *row, double before)
{
    if (row->kind == KIND_PERCENT)
        return fmin(before, 100 - before);
    bool has_zero = row->kind == KIND_RATE || row->kind == KIND_MEAN || row->kind == KIND_MEDIAN;
    return has_zero ? fabs(before) : 0;
}

static void test_limits(struct judged *judged, const struct compared *row, size_t b,
                        const struct pair *pair)
{
    double difference = number_of(row->now) - number_of(row->before[b]);
    double se = hypot(standard_error(&pair->now), standard_error(&pair->before));
    bool counted = pair->now.count.present && pair->before.count.present;
    judged->events =
        counted ? number_of(pair->now.count) + number_of(pair->before.count) : INFINITY;
    judged->base = base_of(row, number_of(row->before[b]));
    judged->phi = phi_of(difference / se);
    judged->effect = difference;
    judged->ci95 = (struct interval){difference - NORMAL_95 * se, difference + NORMAL_95 * se};
    judged->p = normal_two_sided(difference / se);
}

static void test_row(struct arena *arena, const struct comparison *comparison, struct compared *row,
                     size_t area, size_t b)
{
    struct judged *judged = &row->judged[b];
    struct text why;
    *judged = (struct judged){
        .evidence = EVIDENCE_NONE, .p = NAN, .p_holm = NAN, .phi = NAN, .base = NAN};
    judged->method = method_of(comparison, row, b, &why);
    if (judged->method == TEST_NONE)
        return;
    if (judged->method == TEST_COUNTS && row->measure && !measure_adds_up(row->measure)) {
        test_two_counts(judged, row->now, 1, row->before[b], 1); /* at one time, not over days */
        return;
    }
    if (judged->method == TEST_COUNTS) {
        test_two_counts(judged, row->now, (double)period_days(comparison->period), row->before[b],
                        (double)period_days(comparison->baselines.items[b].period));
        test_months(arena, comparison, row, area, b, judged);
        return;
    }
    const struct pair pair = pair_of(comparison, row, b);
    if (judged->method == TEST_RATES)
        test_two_counts(judged, pair.now.count, number_of(pair.now.denominator), pair.before.count,
                        number_of(pair.before.denominator));
    else if (judged->method == TEST_SHARES)
        test_shares(judged, &pair);
    else
        test_limits(judged, row, b, &pair);
}

/* A difference as if it were a ratio: how it stands to what it is little beside. */
static double as_ratio(const struct judged *judged, double difference)
{
    return judged->base > 0 ? 1 + difference / judged->base : difference > 0 ? INFINITY : -INFINITY;
}

/* Fewer days can turn more events into a lower rate: no rise is said where the number fell. */
static bool goes_the_other_way(const struct compared *row, size_t b)
{
    int way = decimal_compare(row->now.number, row->before[b].number);
    switch (row->judged[b].evidence) {
    case EVIDENCE_CLEAR_UP:
    case EVIDENCE_POSSIBLE_UP:
        return way <= 0;
    case EVIDENCE_CLEAR_DOWN:
    case EVIDENCE_POSSIBLE_DOWN:
        return way >= 0;
    default:
        return false;
    }
}

static void classify(struct compared *row, size_t b)
{
    struct judged *judged = &row->judged[b];
    bool is_ratio = isnan(judged->base);
    if (isnan(judged->p))
        return;
    const struct evidence_input input = {
        .x1 = judged->events,
        .x0 = 0,
        .ratio = is_ratio ? judged->effect : as_ratio(judged, judged->effect),
        .ci95 = is_ratio ? judged->ci95
                         : (struct interval){as_ratio(judged, judged->ci95.lower),
                                             as_ratio(judged, judged->ci95.upper)},
        .p = judged->p,
        .p_holm = judged->p_holm,
        .phi_max = judged->phi,
        .monthly = judged->method == TEST_MONTHS};
    judged->evidence = evidence_class(&input);
    if (judged->method <= TEST_MONTHS && goes_the_other_way(row, b))
        judged->evidence = EVIDENCE_UNCERTAIN;
}

void comparison_classify(struct comparison *comparison)
{
    struct arena *scratch = arena_new();
    double *p = arena_calloc(scratch, comparison->count, sizeof *p);
    double *adjusted = arena_calloc(scratch, comparison->count, sizeof *adjusted);
    for (size_t b = 0; b < comparison->baselines.count; b++) {
        for (size_t i = 0; i < comparison->count; i++)
            p[i] = comparison->rows[i].judged[b].p;
        holm_adjust(p, adjusted, comparison->count);
        for (size_t i = 0; i < comparison->count; i++) {
            comparison->rows[i].judged[b].p_holm = adjusted[i];
            classify(&comparison->rows[i], b);
        }
    }
    arena_free(scratch);
}

void comparison_judge(struct comparison *comparison, size_t area)
{
    struct arena *scratch = arena_new();
    for (size_t b = 0; b < comparison->baselines.count; b++)
        for (size_t i = 0; i < comparison->count; i++)
            test_row(scratch, comparison, &comparison->rows[i], area, b);
    arena_free(scratch);
    comparison_classify(comparison);
}
