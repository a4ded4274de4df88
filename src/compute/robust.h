/*
 * robust - what a value is worth beside others of its kind: outliers by median and MAD, and figures
 * that were published rounded (statistics.md 7). Nothing here knows of measures or messages.
 */
#ifndef COMPUTE_ROBUST_H
#define COMPUTE_ROBUST_H

#include "base/decimal.h"

/* What a value was held against. Doubles: it is a statistic, not a figure to show as exact. */
struct robust {
    double median;
    double spread; /* 1.4826 MAD, which is the standard deviation of normal values */
};

/* The middle value, or the mean of the two middle ones; 0 when there are none. */
double robust_median(struct arena *arena, const double *values, size_t count);
/*
 * True when |value - median| > 3.5 * 1.4826 * MAD of `history`, which does not hold the value: the
 * same months of at least three earlier years, or else the last twelve. Never when there are fewer
 * than three, or when MAD is 0. *out is set either way.
 */
bool robust_outlier(struct arena *arena, const double *history, size_t count, double value,
                    struct robust *out);

/*
 * What all values were rounded to: a unit of the last decimal that any of them has, or 5 where at
 * least eight whole numbers (that are not 0) are all multiples of it; never more, so that no
 * mistake passes for rounding. False when they are whole numbers that show no rounding.
 */
bool values_rounded_to(const struct decimal *values, size_t count, struct decimal *unit);
/* |difference| <= (parts + 1) * unit / 2: rounding of the parts and of their total explains it. */
bool rounding_explains(struct decimal difference, size_t parts, struct decimal unit);

#endif
