#include "compute/trend.h"

#include "compute/distribution.h"

#include <math.h>
#include <stddef.h>

/* Weighted least squares on years 1 to 5; `skip` leaves one point out (TREND_POINTS: none). */
struct sums {
    double one, t, v, tt, vt;
};

static struct sums add_up(const double *value, const double *weight, size_t skip)
{
    struct sums s = {0};
    for (size_t i = 0; i < TREND_POINTS; i++) {
        double t = (double)i + 1, w = i == skip ? 0 : weight[i];
        s.one += w;
        s.t += w * t;
        s.v += w * value[i];
        s.tt += w * t * t;
        s.vt += w * value[i] * t;
    }
    return s;
}

static double spread(struct sums s)
{
    return s.one * s.tt - s.t * s.t;
}

static double slope_without(const double *value, const double *weight, size_t skip)
{
    struct sums s = add_up(value, weight, skip);
    double a = s.one * s.vt, b = s.t * s.v;
    /* of equal values: what is left is the error of the sums, and its sign says nothing */
    return fabs(a - b) <= 1e-13 * (fabs(a) + fabs(b)) ? 0 : (a - b) / spread(s);
}

static int sign(double x)
{
    return (x > 0) - (x < 0);
}

static void decide(struct trend *trend, const double *value, const double *weight)
{
    trend->slope = slope_without(value, weight, TREND_POINTS);
    for (size_t skip = 0; skip < TREND_POINTS; skip++)
        if (sign(slope_without(value, weight, skip)) != sign(trend->slope))
            trend->one_point = true;
    if (trend->chi_square > TREND_CRITICAL && !trend->one_point)
        trend->direction = trend->slope > 0 ? TREND_INCREASING : TREND_DECREASING;
}

struct trend trend_of_values(const double *value, const double *lower, const double *upper)
{
    struct trend trend = {.direction = TREND_NONE};
    double weight[TREND_POINTS];
    for (size_t i = 0; i < TREND_POINTS; i++) {
        double sigma = (upper[i] - lower[i]) / (2 * NORMAL_95);
        weight[i] = 1 / (sigma * sigma);
    }
    double slope = slope_without(value, weight, TREND_POINTS);
    struct sums s = add_up(value, weight, TREND_POINTS);
    trend.chi_square = slope * slope * spread(s) / s.one;
    decide(&trend, value, weight);
    return trend;
}

struct trend trend_of_proportions(const double *count, const double *denominator)
{
    struct trend trend = {.direction = TREND_NONE};
    double n = 0, c = 0, ct = 0, dt = 0, dtt = 0;
    double log_odds[TREND_POINTS], weight[TREND_POINTS];
    for (size_t i = 0; i < TREND_POINTS; i++) {
        double t = (double)i + 1, d = denominator[i];
        if (count[i] <= 0 || count[i] >= d)
            return (struct trend){
                .slope = NAN, .chi_square = NAN, .direction = TREND_NOT_CALCULATED};
        n += d;
        c += count[i];
        ct += count[i] * t;
        dt += d * t;
        dtt += d * t * t;
        log_odds[i] = log(count[i] / (d - count[i]));
        weight[i] = 1;
    }
    double top = n * ct - c * dt;
    trend.chi_square = n * top * top / (c * (n - c) * (n * dtt - dt * dt));
    decide(&trend, log_odds, weight);
    return trend;
}

const char *trend_word(enum trend_direction direction)
{
    static const char *const words[] = {"no significant change", "increasing", "decreasing",
                                        "cannot be calculated"};
    return words[direction];
}
