#include "compute/evidence.h"

#include "compute/distribution.h"

#include <math.h>
#include <stdlib.h>

/* ---- counts ---- */

/* Clopper and Pearson's limits of the share of x1 among both, turned into a ratio of rates. */
static struct interval ratio_interval(double x1, double t1, double x0, double t0, double level)
{
    double tail = (1 - level) / 2;
    struct interval share = {
        .lower = x1 == 0 ? 0 : beta_quantile(tail, x1, x0 + 1),
        .upper = x0 == 0 ? 1 : beta_upper_quantile(tail, x1 + 1, x0),
    };
    return (struct interval){share.lower / (1 - share.lower) * t0 / t1,
                             share.upper == 1 ? INFINITY
                                              : share.upper / (1 - share.upper) * t0 / t1};
}

struct count_test count_compare(double x1, double t1, double x0, double t0)
{
    double n = x1 + x0, share = t1 / (t1 + t0);
    struct count_test test = {
        .ratio = n == 0 ? NAN : (x1 / t1) / (x0 / t0),
        .p_lower = binomial_lower(x1, n, share),
        .p_upper = binomial_upper(x1, n, share),
        .phi_max = NAN,
    };
    test.ci95 = n == 0 ? (struct interval){0, INFINITY} : ratio_interval(x1, t1, x0, t0, 0.95);
    test.ci998 = n == 0 ? (struct interval){0, INFINITY} : ratio_interval(x1, t1, x0, t0, 0.998);
    test.p = fmin(1, 2 * fmin(test.p_lower, test.p_upper));
    if (x1 > 0 && x0 > 0) {
        double z = log(test.ratio) / NORMAL_95;
        test.phi_max = z * z / (1 / x1 + 1 / x0);
    }
    return test;
}

enum { MONTHS_NEEDED = 8 };

struct monthly_test monthly_compare(const double *now, const double *before, size_t months)
{
    double total_now = 0, total_before = 0;
    size_t usable = 0;
    struct monthly_test test = {.used = false};
    for (size_t m = 0; m < months; m++) {
        total_now += now[m];
        total_before += before[m];
        usable += now[m] + before[m] > 0;
    }
    test.used = usable >= MONTHS_NEEDED && total_now > 0 && total_before > 0;
    if (!test.used)
        return test;
    double total = total_now + total_before;
    for (size_t m = 0; m < months; m++) {
        double both = now[m] + before[m];
        if (both == 0)
            continue;
        double expected_now = both * total_now / total;
        double expected_before = both * total_before / total;
        test.chi2 +=
            (now[m] - expected_now) * (now[m] - expected_now) / expected_now +
            (before[m] - expected_before) * (before[m] - expected_before) / expected_before;
    }
    test.df = (double)usable - 1;
    test.phi_hat = test.chi2 / test.df;
    test.phi = fmax(1, test.phi_hat);
    test.log_ratio = log(total_now / total_before);
    test.se = sqrt(test.phi * (1 / total_now + 1 / total_before));
    test.t_critical = student_quantile(0.05, test.df);
    test.ratio = total_now / total_before;
    test.ci95 = (struct interval){exp(test.log_ratio - test.t_critical * test.se),
                                  exp(test.log_ratio + test.t_critical * test.se)};
    test.p = student_two_sided(test.log_ratio / test.se, test.df);
    return test;
}

/* ---- proportions ---- */

struct interval wilson(double x, double n, double z)
{
    double square = z * z, middle = 2 * x + square;
    double width = z * sqrt(square + 4 * x * (1 - x / n));
    struct interval out = {(middle - width) / (2 * (n + square)),
                           (middle + width) / (2 * (n + square))};
    if (x == 0)
        out.lower = 0;
    if (x == n)
        out.upper = 1;
    return out;
}

/* Both sides: every table that is no likelier than the one observed. */
static double fisher(double x1, double n1, double x0, double n0)
{
    double with = x1 + x0, without = n1 + n0 - with;
    double first = fmax(0, n1 - without), last = fmin(n1, with);
    double observed = hypergeometric_point(x1, with, without, n1), sum = 0;
    for (double k = first; k <= last; k++) {
        double point = hypergeometric_point(k, with, without, n1);
        if (point <= observed * (1 + 1e-7))
            sum += point;
    }
    return fmin(1, sum);
}

/* Where it is not the test to use it takes a step for each of the fewer people. */
#define FISHER_MOST 100000

struct proportion_test proportion_compare(double x1, double n1, double x0, double n0)
{
    double p1 = x1 / n1, p0 = x0 / n0, pooled = (x1 + x0) / (n1 + n0);
    struct interval w1 = wilson(x1, n1, NORMAL_95), w0 = wilson(x0, n0, NORMAL_95);
    double d = p1 - p0;
    struct proportion_test test = {
        .difference = d,
        .ci95 = {d - hypot(p1 - w1.lower, w0.upper - p0), d + hypot(w1.upper - p1, p0 - w0.lower)},
        .p_fisher = NAN,
        .min_expected = fmin(n1, n0) * fmin(pooled, 1 - pooled),
    };
    double se = sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n0));
    test.z = se > 0 ? d / se : NAN;
    test.p_z = se > 0 ? normal_two_sided(test.z) : NAN;
    test.use_fisher = test.min_expected < 5;
    if (test.use_fisher || fmin(n1, n0) < FISHER_MOST)
        test.p_fisher = fisher(x1, n1, x0, n0);
    test.p = test.use_fisher ? test.p_fisher : test.p_z;
    return test;
}

/* ---- rates ---- */

struct interval byar(double o, double z)
{
    double up = o + 1;
    double lower = 1 - 1 / (9 * o) - z / (3 * sqrt(o));
    double upper = 1 - 1 / (9 * up) + z / (3 * sqrt(up));
    return (struct interval){o == 0 ? NAN : o * lower * lower * lower, up * upper * upper * upper};
}

struct interval poisson_exact(double o, double level)
{
    double tail = (1 - level) / 2;
    return (struct interval){o == 0 ? 0 : poisson_mean_upper_tail(o, tail),
                             poisson_mean_lower_tail(o, tail)};
}

enum { BYAR_FROM = 10 };

static double normal_of(double level)
{
    return level > 0.99 ? NORMAL_998 : NORMAL_95;
}

struct interval count_interval(double o, double level)
{
    return o < BYAR_FROM ? poisson_exact(o, level) : byar(o, normal_of(level));
}

static struct interval dobson(double rate, double variance, double events, double level)
{
    struct interval limits = byar(events, normal_of(level));
    double scale = sqrt(variance / events);
    return (struct interval){rate + scale * (limits.lower - events),
                             rate + scale * (limits.upper - events)};
}

struct standardised standardise(const double *x, const double *n, const double *w, size_t bands)
{
    double weights = 0, rate = 0, variance = 0;
    struct standardised out = {.rate = NAN, .ci95 = {NAN, NAN}, .ci998 = {NAN, NAN}};
    for (size_t i = 0; i < bands; i++)
        weights += w[i];
    for (size_t i = 0; i < bands; i++) {
        out.events += x[i];
        rate += w[i] * x[i] / n[i] / weights;
        variance += w[i] / weights * (w[i] / weights) * x[i] / (n[i] * n[i]);
    }
    if (out.events < BYAR_FROM)
        return out;
    out.rate = rate;
    out.ci95 = dobson(rate, variance, out.events, 0.95);
    out.ci998 = dobson(rate, variance, out.events, 0.998);
    return out;
}

/* ---- when only an interval is published ---- */

enum standing interval_standing(struct interval interval, double benchmark, enum polarity polarity)
{
    bool lower = interval.upper<benchmark, higher = interval.lower> benchmark;
    if (!lower && !higher)
        return STANDING_SIMILAR;
    if (polarity != POLARITY_HIGH && polarity != POLARITY_LOW)
        return lower ? STANDING_LOWER : STANDING_HIGHER;
    return lower == (polarity == POLARITY_LOW) ? STANDING_BETTER : STANDING_WORSE;
}

const char *standing_word(enum standing standing)
{
    static const char *const words[] = {"similar", "lower", "higher", "better", "worse"};
    return words[standing];
}

/* ---- many rows, and the class ---- */

struct ranked {
    double p;
    size_t row;
};

/* Rows of one p keep their order: the result does not depend on how they were sorted. */
static int by_p(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->p != y->p)
        return x->p < y->p ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* The rows that were tested, smallest p first; *size is their number. */
static struct ranked *rank(struct arena *arena, const double *p, double *adjusted, size_t count,
                           size_t *size)
{
    struct ranked *family = arena_calloc(arena, count, sizeof *family);
    *size = 0;
    for (size_t i = 0; i < count; i++) {
        adjusted[i] = NAN;
        if (!isnan(p[i]))
            family[(*size)++] = (struct ranked){p[i], i};
    }
    qsort(family, *size, sizeof *family, by_p);
    return family;
}

void holm_adjust(const double *p, double *adjusted, size_t count)
{
    struct arena *arena = arena_new();
    size_t size;
    const struct ranked *family = rank(arena, p, adjusted, count, &size);
    double most = 0;
    for (size_t k = 0; k < size; k++) {
        most = fmax(most, (double)(size - k) * family[k].p);
        adjusted[family[k].row] = fmin(1, most);
    }
    arena_free(arena);
}

void benjamini_hochberg_adjust(const double *p, double *adjusted, size_t count)
{
    struct arena *arena = arena_new();
    size_t size;
    const struct ranked *family = rank(arena, p, adjusted, count, &size);
    double least = 1;
    for (size_t k = size; k-- > 0;) {
        least = fmin(least, (double)size / (double)(k + 1) * family[k].p);
        adjusted[family[k].row] = least;
    }
    arena_free(arena);
}

enum evidence evidence_class(const struct evidence_input *in)
{
    if (isnan(in->p) || isnan(in->x1) || isnan(in->x0))
        return EVIDENCE_NONE;
    if (in->x1 + in->x0 < EVIDENCE_FEWEST)
        return EVIDENCE_TOO_FEW;
    bool up = in->ratio > 1;
    if (in->p < EVIDENCE_P && in->p_holm < EVIDENCE_P &&
        (in->monthly || in->phi_max >= EVIDENCE_PHI))
        return up ? EVIDENCE_CLEAR_UP : EVIDENCE_CLEAR_DOWN;
    if (in->p < EVIDENCE_P)
        return up ? EVIDENCE_POSSIBLE_UP : EVIDENCE_POSSIBLE_DOWN;
    if (in->ci95.lower > 1 - EVIDENCE_LITTLE && in->ci95.upper < 1 + EVIDENCE_LITTLE)
        return EVIDENCE_LITTLE_CHANGED;
    return EVIDENCE_UNCERTAIN;
}

const char *evidence_code(enum evidence evidence)
{
    static const char *const codes[] = {"NONE",           "TOO_FEW",     "CLEAR_UP",
                                        "CLEAR_DOWN",     "POSSIBLE_UP", "POSSIBLE_DOWN",
                                        "LITTLE_CHANGED", "UNCERTAIN"};
    return codes[evidence];
}
