/*
 * quality - dq.csv for oracles_test.c: each case is a sentence. By its pattern the numbers, periods
 * and words in it become inputs of the product's rules; the code they give is compared.
 */
#ifndef TESTS_ORACLES_QUALITY_H
#define TESTS_ORACLES_QUALITY_H

#include "check/claims_int.h"
#include "check/rules_int.h"
#include "compute/robust.h"
#include "row.h"

enum { NUMBERS_MAX = 16 };

static bool is_digit_at(struct text t, size_t at)
{
    return at < t.len && t.ptr[at] >= '0' && t.ptr[at] <= '9';
}

/* A comma with exactly three digits behind it groups: "1,000", but not "12,30". */
static bool groups_at(struct text t, size_t at)
{
    return t.ptr[at] == ',' && is_digit_at(t, at + 1) && is_digit_at(t, at + 2) &&
           is_digit_at(t, at + 3) && !is_digit_at(t, at + 4);
}

/* The numbers of a sentence in their order, with the decimals they are written with. */
static size_t numbers_in(struct row *row, struct text t, struct decimal *out)
{
    size_t count = 0;
    for (size_t at = 0; at < t.len && count < NUMBERS_MAX;) {
        struct buffer digits = {.arena = row->arena};
        bool minus = at && t.ptr[at - 1] == '-' && (at == 1 || t.ptr[at - 2] == ' ');
        if (!is_digit_at(t, at)) {
            at++;
            continue;
        }
        if (minus)
            buffer_add_byte(&digits, '-');
        for (; is_digit_at(t, at) ||
               (at < t.len && (groups_at(t, at) || (t.ptr[at] == '.' && is_digit_at(t, at + 1))));
             at++)
            if (t.ptr[at] != ',')
                buffer_add_byte(&digits, t.ptr[at]);
        count += decimal_parse(buffer_text(&digits), &out[count]);
    }
    return count;
}

static struct text between(struct text t, struct text from, struct text to)
{
    for (size_t at = 0; at + from.len <= t.len; at++)
        if (text_starts(text_slice(t, at, t.len), from)) {
            struct text rest = text_slice(t, at + from.len, t.len);
            for (size_t end = 0; end < rest.len; end++)
                if (text_starts(text_slice(rest, end, rest.len), to))
                    return text_slice(rest, 0, end);
        }
    return TEXT_EMPTY;
}

static enum dq dq_of_sum(struct row *row, struct text t)
{
    struct decimal n[NUMBERS_MAX], sum = decimal_from(0);
    size_t count = numbers_in(row, t, n);
    if (text_starts(t, TEXT("total "))) { /* total T = a+b+c (parts SUM) */
        for (size_t i = 1; i + 1 < count; i++)
            decimal_add(sum, n[i], &sum);
        if (decimal_compare(sum, n[count - 1]) != 0)
            expect(row, "parts", decimal_text(row->arena, sum),
                   decimal_text(row->arena, n[count - 1]));
        return dq_sum(n + 1, count - 2, n[0], NULL);
    }
    bool rounded = text_contains(t, TEXT("rounded to"));
    return dq_sum(n + rounded, count - 1 - rounded, n[count - 1], rounded ? n : NULL);
}

static enum dq dq_of_relation(struct row *row, struct text t)
{
    struct decimal n[NUMBERS_MAX];
    numbers_in(row, t, n);
    return dq_subset(n[0], n[1]);
}

/* "sum of all 10 non-total rows … (incl. of-which, flag and ASB)" */
static enum dq dq_of_rows(struct row *row, struct text t)
{
    static const struct {
        const char *word;
        enum relation relation;
    } named[] = {
        {"of-which", RELATION_OF_WHICH}, {"flag", RELATION_FLAG}, {"ASB", RELATION_OUTSIDE}};
    struct decimal n[NUMBERS_MAX];
    enum relation relations[NUMBERS_MAX];
    int64_t rows = 0;
    numbers_in(row, t, n);
    decimal_integer(n[0], &rows);
    for (int64_t i = 0; i < rows && i < NUMBERS_MAX; i++)
        relations[i] = RELATION_PART;
    for (size_t i = 0; i < 3; i++)
        if (text_contains(t, text_from(named[i].word)))
            relations[i] = named[i].relation;
    return dq_summed(relations, (size_t)rows);
}

static enum dq dq_of_percentage(struct row *row, struct text t)
{
    struct decimal n[NUMBERS_MAX], difference;
    struct text quoted = between(t, TEXT("'"), TEXT("'"));
    if (quoted.len)
        return dq_wording(quoted);
    numbers_in(row, t, n);
    decimal_subtract(n[1], n[2], &difference);
    return dq_percent(difference, n[2], n[0]);
}

/* "months Apr..Aug present, Jul missing" */
static enum dq dq_of_months(struct row *row, struct text t)
{
    int first = month_number(between(t, TEXT("months "), TEXT("..")));
    int last = month_number(between(t, TEXT(".."), TEXT(" present")));
    struct text lost = between(t, TEXT(", "), TEXT(" missing"));
    struct period months[12], missing = {.label = TEXT_EMPTY};
    size_t count = 0;
    for (int m = first; m <= last; m++)
        if (m != month_number(lost))
            months[count++] = period_month(row->arena, 2021, m);
    struct period whole = {.start = date_first_of_month(2021, first),
                           .end = date_last_of_month(2021, last)};
    enum dq code = dq_period_gap(row->arena, months, count, whole, &missing);
    if (code != DQ_OK && missing.start.month != month_number(lost))
        expect(row, "missing", missing.label, lost);
    return code;
}

static enum dq dq_of_period(struct row *row, struct text t)
{
    if (text_starts(t, TEXT("'YTD' used for a full 12 months")))
        return dq_period_label(period_read(row->arena, TEXT("April 2021 YTD to March 2022")));
    if (text_starts(t, TEXT("months ")))
        return dq_of_months(row, t);
    if (text_starts(t, TEXT("last month not complete")))
        return dq_complete(period_month(row->arena, 2021, 8), (struct date){2021, 8, 30});
    struct text now = between(t, TEXT("pooled "), TEXT(" v "));
    struct text before = between(text_concat(row->arena, t, TEXT("$")), TEXT(" v "), TEXT("$"));
    return dq_overlap(period_read(row->arena, now), period_read(row->arena, before));
}

static enum dq dq_of_unit(struct row *row, struct text t)
{
    struct decimal n[NUMBERS_MAX];
    numbers_in(row, t, n);
    if (text_starts(t, TEXT("rate "))) { /* rate R where count C, population P -> RIGHT per BASE */
        if (dq_rate(n[1], n[2], n[4], n[3]) != DQ_OK)
            expect(row, "the right rate", TEXT("refused"), decimal_text(row->arena, n[3]));
        return dq_rate(n[1], n[2], n[4], n[0]);
    }
    const struct decimal others[] = {n[1], n[2], n[1], n[2]};
    return dq_unit_scale(n[0], others, 4, true);
}

static enum dq dq_of_bounds(struct row *row, struct text t)
{
    struct decimal n[NUMBERS_MAX];
    if (!numbers_in(row, t, n))
        n[0] = decimal_from(text_starts(t, TEXT("negative")) ? -1 : 1);
    return dq_value(KIND_COUNT, n[0]);
}

static enum dq dq_of_denominator(struct row *row, struct text t)
{
    struct decimal n[NUMBERS_MAX];
    size_t count = numbers_in(row, t, n);
    if (text_starts(t, TEXT("population ")))
        return dq_population(
            period_read(row->arena, between(t, TEXT("population "), TEXT(" used"))),
            period_read(row->arena, between(t, TEXT("for "), TEXT(" rates"))));
    return dq_count(KIND_SCORE, n[count - 1], n[0]);
}

static enum dq dq_of_limits(struct row *row, struct text t)
{
    bool above = text_starts(t, TEXT("lower limit above value"));
    (void)row;
    return dq_limits(decimal_from(above ? 5 : 1), decimal_from(4), decimal_from(above ? 6 : 3));
}

/* "15 admissions 2016/17 - 18/19 stated as 5 a year" */
static enum dq dq_of_pooled(struct row *row, struct text t)
{
    struct decimal n[NUMBERS_MAX];
    size_t count = numbers_in(row, t, n);
    struct period period =
        period_read(row->arena, between(t, TEXT("admissions "), TEXT(" stated")));
    bool right = dq_rounds_to(n[0], decimal_from((int64_t)period.years_pooled), decimal_from(1),
                              n[count - 1]);
    return right ? DQ_OK : DQ_RATE_RECOMPUTE;
}

/* The case is the rule itself: a value just beyond its limit is one, a value just within is none.
 */
static enum dq dq_of_outlier(struct row *row, struct text t)
{
    struct decimal history[] = {decimal_from(80), decimal_from(90), decimal_from(100),
                                decimal_from(110), decimal_from(120)}; /* median 100, MAD 10 */
    const struct decimal a_little = {.coefficient = 1, .scale = 3};
    struct decimal n[NUMBERS_MAX], limit, above, below;
    if (numbers_in(row, t, n) != 2)
        return DQ_OK;
    bool ok = decimal_multiply(n[1], n[0], &limit) &&
              decimal_multiply(limit, decimal_from(10), &limit) &&
              decimal_add(limit, decimal_from(100), &limit) &&
              decimal_add(limit, a_little, &above) && decimal_subtract(limit, a_little, &below);
    bool beyond = ok && robust_outlier(history, 5, above);
    bool within = !ok || robust_outlier(history, 5, below);
    return beyond && !within ? DQ_OUTLIER : DQ_OK;
}

/* "'decreases in vehicle crime' 348 v 378": what the words say, of two years alone in their table
 */
static enum dq dq_of_claim(struct row *row, struct text t)
{
    struct claim_tokens words = claim_tokens(row->arena, between(t, TEXT("'"), TEXT("'")));
    enum claim claim = CLAIM_NONE;
    struct decimal n[NUMBERS_MAX];
    size_t count = numbers_in(row, t, n);
    for (size_t i = 0; i < words.count && claim == CLAIM_NONE; i++)
        claim = claim_at(&words, i);
    if (claim == CLAIM_NONE || count < 2)
        return DQ_OK;
    double now = decimal_double(n[count - 2]), before = decimal_double(n[count - 1]);
    struct count_test test = count_compare(now, 365, before, 365);
    const struct evidence_input input = {.x1 = now,
                                         .x0 = before,
                                         .ratio = test.ratio,
                                         .ci95 = test.ci95,
                                         .p = test.p,
                                         .p_holm = test.p,
                                         .phi_max = test.phi_max};
    return dq_claim(claim, evidence_class(&input), n[count - 2], n[count - 1]);
}

/* "value-type key lists 34 types for 32 indicators" */
static enum dq dq_of_key(struct row *row, struct text t)
{
    struct decimal n[NUMBERS_MAX];
    int64_t types = 0, rows = 0;
    if (numbers_in(row, t, n) < 2 || !decimal_integer(n[0], &types) ||
        !decimal_integer(n[1], &rows))
        return DQ_OK;
    return dq_key((size_t)types, (size_t)rows);
}

static void check_quality(struct row *row)
{
    static const struct {
        const char *check;
        enum dq (*code)(struct row *row, struct text t);
    } patterns[] = {
        {"sum", dq_of_sum},        {"of_which", dq_of_relation},       {"double_count", dq_of_rows},
        {"pct", dq_of_percentage}, {"period", dq_of_period},           {"unit", dq_of_unit},
        {"bounds", dq_of_bounds},  {"denominator", dq_of_denominator}, {"ci", dq_of_limits},
        {"pooled", dq_of_pooled},  {"outlier", dq_of_outlier},         {"claim", dq_of_claim},
        {"key", dq_of_key},
    };
    struct text check = cell(row, "check");
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++)
        if (text_is(check, patterns[i].check)) {
            enum dq code = patterns[i].code(row, cell(row, "case"));
            expect_word(row, "expected_code", dq_word(code));
            return;
        }
    row->not_implemented = "words of judgement against polarity";
}

#endif
