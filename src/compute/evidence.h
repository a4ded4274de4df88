/*
 * evidence - can a change be told from chance? Tests and intervals for counts, proportions and
 * rates, and the class that a reader is told (statistics.md 2 and 4).
 *
 * Results that are not defined are NAN; a ratio to zero is INFINITY. Doubles are right here: what
 * is shown of a figure itself is worked out exactly, elsewhere.
 */
#ifndef COMPUTE_EVIDENCE_H
#define COMPUTE_EVIDENCE_H

#include "compute/rag.h"

#include <stdbool.h>
#include <stddef.h>

struct interval {
    double lower, upper;
};

/* ---- counts (statistics.md 2.1) ---- */

/*
 * Two counts over exposures (days, person-years; > 0). The test is the central exact one, so that
 * p < 0.05 exactly when the 95% interval of the ratio excludes 1.
 */
struct count_test {
    double ratio; /* of the rates x1/t1 and x0/t0 */
    struct interval ci95, ci998;
    double p_lower, p_upper; /* P(X <= x1), P(X >= x1) when nothing changed */
    double p;
    double phi_max; /* how many times more variable than chance the series could be before the
                       finding disappears (2.2); NAN with a zero count */
};
struct count_test count_compare(double x1, double t1, double x0, double t0);

/*
 * The same with a count a month in both years, which shows how variable the series is: months with
 * none in both are dropped. `used` is false with fewer than 8 months left: then count_compare() is
 * the test (statistics.md 2.2; the same as quasi-Poisson regression on month and year).
 */
struct monthly_test {
    bool used;
    double chi2, df;
    double phi_hat, phi; /* as found, and at least 1 */
    double log_ratio, se, t_critical;
    double ratio;
    struct interval ci95;
    double p;
};
struct monthly_test monthly_compare(const double *now, const double *before, size_t months);

/* ---- proportions (2.3) ---- */

/* Wilson's interval of x out of n, as a share from 0 to 1; n > 0. z: NORMAL_95 or NORMAL_998. */
struct interval wilson(double x, double n, double z);

struct proportion_test {
    double difference;    /* x1/n1 - x0/n0 */
    struct interval ci95; /* Newcombe's hybrid */
    double z, p_z;        /* pooled, without continuity correction; NAN when all or none have it */
    double p_fisher; /* NAN where it is not the one to use and there are 100,000 people or more */
    double min_expected;
    bool use_fisher; /* an expected count is below 5 */
    double p;        /* the one to use */
};
struct proportion_test proportion_compare(double x1, double n1, double x0, double n0);

/* ---- rates (4, 2.4) ---- */

/* Limits of a count of o events: Byar's from 10 on, else exact. `level` 0.95 or 0.998. */
struct interval count_interval(double o, double level);
struct interval byar(double o, double z); /* NAN as lower limit of 0 events */
struct interval poisson_exact(double o, double level);

/* A directly standardised rate per 1: events x[i] and people n[i] in each age band, weights w[i].
 * Not given (NAN) with fewer than 10 events: the rate has no interval then (Dobson). */
struct standardised {
    double events;
    double rate;
    struct interval ci95, ci998;
};
struct standardised standardise(const double *x, const double *n, const double *w, size_t bands);

/* ---- when only an interval is published (2.5) ---- */

enum standing {
    STANDING_SIMILAR,
    STANDING_LOWER,
    STANDING_HIGHER,
    STANDING_BETTER,
    STANDING_WORSE
};
/* Touching is similar; the benchmark counts as exact. A band has no better end: lower or higher. */
enum standing interval_standing(struct interval interval, double benchmark, enum polarity polarity);
const char *standing_word(enum standing standing); /* "similar", "better", … */

/* ---- many rows, and the class (2.6) ---- */

/* p of every row of one table against one baseline, adjusted for their number. NAN is left out of
 * the family. */
void holm_adjust(const double *p, double *adjusted, size_t count);
void benjamini_hochberg_adjust(const double *p, double *adjusted, size_t count);

enum evidence {
    EVIDENCE_NONE, /* not comparable */
    EVIDENCE_TOO_FEW,
    EVIDENCE_CLEAR_UP,
    EVIDENCE_CLEAR_DOWN,
    EVIDENCE_POSSIBLE_UP,
    EVIDENCE_POSSIBLE_DOWN,
    EVIDENCE_LITTLE_CHANGED,
    EVIDENCE_UNCERTAIN
};
#define EVIDENCE_P 0.05
#define EVIDENCE_PHI 3.0     /* [P] statistics.md 2.2: phi_max of a clear change */
#define EVIDENCE_FEWEST 20.0 /* [P] both years together */
#define EVIDENCE_LITTLE 0.10 /* little changed: the whole interval within 10% */

struct evidence_input {
    double x1, x0; /* counts, now and before */
    double ratio;
    struct interval ci95;
    double p, p_holm;
    double phi_max; /* NAN: not known, too low for "clear" */
    bool monthly;   /* the test has the series' own variation in it: phi_max does not matter */
};
enum evidence evidence_class(const struct evidence_input *input);
const char *evidence_code(enum evidence evidence); /* "CLEAR_UP", as in the oracles */

#endif
