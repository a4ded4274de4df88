/*
 * robust - what a value is worth beside others of its kind: outliers by median and MAD, and figures
 * that were published rounded (statistics.md 7). Nothing here knows of measures or messages.
 */
#ifndef COMPUTE_ROBUST_H
#define COMPUTE_ROBUST_H

#include "base/decimal.h"

/* Fewer values say nothing of another; more are not needed. */
enum { ROBUST_LEAST = 3, ROBUST_MOST = 12 };

/* Sorts the values; *out is the middle one, or the mean of the two middle ones. False when there
 * are none, or they have too many digits. */
bool robust_median(struct decimal *values, size_t count, struct decimal *out);
/*
 * True when |value - median| > 3.5 * 1.4826 * MAD of `history`, which does not hold the value and
 * is sorted: the same months of at least three earlier years, or else the last twelve. Never when
 * there are fewer than three, when MAD is 0, or when the numbers have too many digits.
 */
bool robust_outlier(struct decimal *history, size_t count, struct decimal value);

/*
 * What all values were rounded to: a unit of the last decimal that any of them has, or 5 where at
 * least eight whole numbers (that are not 0) are all multiples of it; never more, so that no
 * mistake passes for rounding. False when they are whole numbers that show no rounding.
 */
bool values_rounded_to(const struct decimal *values, size_t count, struct decimal *unit);
/* |difference| <= (parts + 1) * unit / 2: rounding of the parts and of their total explains it. */
bool rounding_explains(struct decimal difference, size_t parts, struct decimal unit);

#endif
