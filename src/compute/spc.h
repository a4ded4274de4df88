/*
 * spc - statistical process control: the XmR chart, as Making Data Count draws it (statistics.md
 * 3).
 */
#ifndef COMPUTE_SPC_H
#define COMPUTE_SPC_H

#include <stdbool.h>
#include <stddef.h>

enum {
    XMR_FEWEST = 8, /* points for a chart at all [P] */
    XMR_TRIAL = 12  /* with fewer, its limits are on trial */
};

struct xmr {
    double mean;
    double mean_range; /* of the moving ranges |x[i] - x[i-1]| that were used */
    double lower, upper;
    double near_lower, near_upper; /* two thirds of the way to the limits */
    double range_limit;            /* of the moving range chart, from all ranges */
};
/*
 * Mean and limits of `count` points in order of time (at least 2). With `screened`, ranges at or
 * beyond the range chart's limit are left out once; where none is left, limits are NAN.
 */
struct xmr xmr_limits(const double *x, size_t count, bool screened);

enum signal {
    SIGNAL_NONE, /* common cause */
    SIGNAL_ABOVE,
    SIGNAL_BELOW, /* a limit, strictly */
    SIGNAL_RISING,
    SIGNAL_FALLING,
    SIGNAL_NEAR_UPPER,
    SIGNAL_NEAR_LOWER, /* two of three points beyond the near line */
    SIGNAL_SHIFT_UP,
    SIGNAL_SHIFT_DOWN
};
/* The first rule that each point meets; every point of a run is marked. None when the points do not
 * vary at all. */
void xmr_signals(const struct xmr *xmr, const double *x, size_t count, enum signal *out);
/* Between the near line and the limit of its side. */
bool xmr_is_near(const struct xmr *xmr, double x);
bool xmr_is_outside(const struct xmr *xmr, double x);

/* Whether a target will be met by a process that goes on as it is. */
enum assurance { ASSURANCE_MAY, ASSURANCE_MEETS, ASSURANCE_FAILS };
enum assurance xmr_assurance(const struct xmr *xmr, double target, bool high_is_good);

#endif
