#include "compute/spc.h"

#include <math.h>

/* Constants of the moving range of two. */
static const double limit_factor = 2.66;
static const double range_factor = 3.267;

enum { RUN = 7 };

/* The mean of the moving ranges below `limit`. */
static double mean_range_below(const double *x, size_t count, double limit)
{
    double sum = 0;
    size_t used = 0;
    for (size_t i = 1; i < count; i++) {
        double range = fabs(x[i] - x[i - 1]);
        if (range >= limit)
            continue;
        sum += range;
        used++;
    }
    return used ? sum / (double)used : NAN;
}

struct xmr xmr_limits(const double *x, size_t count, bool screened)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += x[i];
    double all_ranges = mean_range_below(x, count, INFINITY);
    struct xmr xmr = {.mean = sum / (double)count, .range_limit = range_factor * all_ranges};
    xmr.mean_range = screened ? mean_range_below(x, count, xmr.range_limit) : all_ranges;
    double width = limit_factor * xmr.mean_range;
    xmr.lower = xmr.mean - width;
    xmr.upper = xmr.mean + width;
    xmr.near_lower = xmr.mean - width * 2 / 3;
    xmr.near_upper = xmr.mean + width * 2 / 3;
    return xmr;
}

bool xmr_is_outside(const struct xmr *xmr, double x)
{
    return x < xmr->lower || x > xmr->upper;
}

bool xmr_is_near(const struct xmr *xmr, double x)
{
    return !xmr_is_outside(xmr, x) && (x < xmr->near_lower || x > xmr->near_upper);
}

static int side_of(double x, double mean)
{
    return (x > mean) - (x < mean);
}

/* Marks points that no earlier rule has marked. */
static void mark(enum signal *out, size_t from, size_t to, enum signal signal)
{
    for (size_t i = from; i < to; i++)
        if (out[i] == SIGNAL_NONE)
            out[i] = signal;
}

static void mark_outside(const struct xmr *xmr, const double *x, size_t count, enum signal *out)
{
    for (size_t i = 0; i < count; i++)
        if (xmr_is_outside(xmr, x[i]))
            out[i] = x[i] > xmr->upper ? SIGNAL_ABOVE : SIGNAL_BELOW;
}

/* Seven points are six steps the same way; a tie is no step. */
static void mark_trends(const double *x, size_t count, enum signal *out)
{
    size_t from = 0;
    int way = 0;
    for (size_t i = 1; i <= count; i++) {
        int step = i < count ? side_of(x[i], x[i - 1]) : 0;
        if (step && step == way)
            continue;
        if (way && i - from >= RUN)
            mark(out, from, i, way > 0 ? SIGNAL_RISING : SIGNAL_FALLING);
        from = i - 1;
        way = step;
    }
}

/* Two of three near a limit, all three on one side; only the near ones are marked. */
static void mark_near(const struct xmr *xmr, const double *x, size_t count, enum signal *out)
{
    for (size_t i = 2; i < count; i++) {
        int side = side_of(x[i], xmr->mean);
        size_t near = 0;
        for (size_t j = i - 2; j <= i; j++) {
            if (side_of(x[j], xmr->mean) != side)
                side = 0;
            near += xmr_is_near(xmr, x[j]) ? 1 : 0;
        }
        if (!side || near < 2)
            continue;
        for (size_t j = i - 2; j <= i; j++)
            if (xmr_is_near(xmr, x[j]))
                mark(out, j, j + 1, side > 0 ? SIGNAL_NEAR_UPPER : SIGNAL_NEAR_LOWER);
    }
}

/* A point on the mean ends a run. */
static void mark_shifts(const struct xmr *xmr, const double *x, size_t count, enum signal *out)
{
    size_t from = 0;
    int run = 0;
    for (size_t i = 0; i <= count; i++) {
        int side = i < count ? side_of(x[i], xmr->mean) : 0;
        if (i > 0 && side && side == run)
            continue;
        if (run && i - from >= RUN)
            mark(out, from, i, run > 0 ? SIGNAL_SHIFT_UP : SIGNAL_SHIFT_DOWN);
        from = i;
        run = side;
    }
}

void xmr_signals(const struct xmr *xmr, const double *x, size_t count, enum signal *out)
{
    for (size_t i = 0; i < count; i++)
        out[i] = SIGNAL_NONE;
    if (!(xmr->mean_range > 0))
        return;
    mark_outside(xmr, x, count, out);
    mark_trends(x, count, out);
    mark_near(xmr, x, count, out);
    mark_shifts(xmr, x, count, out);
}

enum assurance xmr_assurance(const struct xmr *xmr, double target, bool high_is_good)
{
    if (target > xmr->upper)
        return high_is_good ? ASSURANCE_FAILS : ASSURANCE_MEETS;
    if (target < xmr->lower)
        return high_is_good ? ASSURANCE_MEETS : ASSURANCE_FAILS;
    return ASSURANCE_MAY;
}
