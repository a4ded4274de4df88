/* trend - the recent trend of five years, by OHID's rule (statistics.md 2.7). */
#ifndef COMPUTE_TREND_H
#define COMPUTE_TREND_H

#include <stdbool.h>

enum { TREND_POINTS = 5 };

enum trend_direction { TREND_NONE, TREND_INCREASING, TREND_DECREASING, TREND_NOT_CALCULATED };

struct trend {
    double slope;      /* of the values a year; of proportions of their log odds */
    double chi_square; /* against TREND_CRITICAL */
    bool one_point;    /* the slope's sign rests on a single point */
    enum trend_direction direction;
};
/* The 99.8% point of chi-square with one degree of freedom. */
#define TREND_CRITICAL 9.5495357060832348

/* Values with the limits of their 95% intervals, in five consecutive years that share no data. */
struct trend trend_of_values(const double *value, const double *lower, const double *upper);
/* Counts out of denominators; not calculated where a share is 0 or 1. */
struct trend trend_of_proportions(const double *count, const double *denominator);

/* "increasing", "decreasing", "no significant change", "cannot be calculated": as OHID names them,
 * for analysts; reports say it in words of their own. */
const char *trend_word(enum trend_direction direction);

#endif
