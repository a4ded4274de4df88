#include "compute/distribution.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

static const double two_pi = 6.283185307179586477;

double normal_two_sided(double z)
{
    return erfc(fabs(z) / sqrt(2));
}

/*
 * ln n! less Stirling's approximation. lgamma loses digits as n grows; from 16 on the series has
 * them all (C. Loader, Fast and Accurate Computation of Binomial Probabilities, 2000).
 */
static double stirling_error(double n)
{
    if (n < 16)
        return lgamma(n + 1) - (n + 0.5) * log(n) + n - 0.5 * log(two_pi);
    double square = n * n;
    return (1.0 / 12 -
            (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / square) / square) / square) /
                square) /
           n;
}

/* x ln(x / mean) + mean - x, also where x and mean nearly cancel (Loader). */
static double deviance(double x, double mean)
{
    if (fabs(x - mean) >= 0.1 * (x + mean))
        return x * log(x / mean) + mean - x;
    double v = (x - mean) / (x + mean);
    double sum = (x - mean) * v, term = 2 * x * v;
    for (int j = 3;; j += 2) {
        term *= v * v;
        double next = sum + term / j;
        if (next == sum)
            return next;
        sum = next;
    }
}

/* p^k q^(n-k) n! / (k! (n-k)!) for any 0 <= k <= n, whole or not; q = 1 - p. */
static double binomial_density(double k, double n, double p, double q)
{
    if (p == 0 || q == 0)
        return (p == 0 && k == 0) || (q == 0 && k == n) ? 1 : 0;
    if (k == 0 || k == n)
        return exp(n * (k == 0 ? log1p(-p) : log1p(-q)));
    double log_value = stirling_error(n) - stirling_error(k) - stirling_error(n - k) -
                       deviance(k, n * p) - deviance(n - k, n * q);
    return exp(log_value) * sqrt(n / (two_pi * k * (n - k)));
}

double binomial_point(double k, double n, double p)
{
    if (!(p >= 0 && p <= 1 && n >= 0 && k >= 0 && k <= n))
        return NAN;
    return binomial_density(k, n, p, 1 - p);
}

/* The continued fraction of the incomplete beta function, by Lentz's method; for
 * x <= (a + 1) / (a + b + 2), where none of its denominators is 0. */
static double beta_fraction(double x, double a, double b)
{
    double c = 1, d = 1 / (1 - (a + b) * x / (a + 1)), value = d;
    for (int m = 1; m < 1000000; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        double step = 1;
        for (int half = 0; half < 2; half++) {
            double factor = half ? odd : even;
            d = 1 / (1 + factor * d);
            c = 1 + factor / c;
            step = c * d;
            value *= step;
        }
        if (fabs(step - 1) < DBL_EPSILON)
            return value;
    }
    return NAN; /* of more than 10^16 */
}

/* I_x(a, b) with y = 1 - x, each given in full precision. */
static double beta_tail(double x, double y, double a, double b)
{
    if (x <= 0)
        return 0;
    if (y <= 0)
        return 1;
    if (x > (a + 1) / (a + b + 2))
        return 1 - beta_tail(y, x, b, a);
    /* x^a y^b / (a B(a, b)) */
    double front = binomial_density(a, a + b, x, y) * b / (a + b);
    return front * beta_fraction(x, a, b);
}

double beta_lower(double x, double a, double b)
{
    if (!(x >= 0 && x <= 1 && a > 0 && b > 0))
        return NAN;
    return beta_tail(x, 1 - x, a, b);
}

double binomial_lower(double k, double n, double p)
{
    if (!(p >= 0 && p <= 1 && n >= 0 && k >= 0 && k <= n))
        return NAN;
    return k == n ? 1 : beta_tail(1 - p, p, n - k, k + 1);
}

double binomial_upper(double k, double n, double p)
{
    if (!(p >= 0 && p <= 1 && n >= 0 && k >= 0 && k <= n))
        return NAN;
    return k == 0 ? 1 : beta_tail(p, 1 - p, k, n - k + 1);
}

/*
 * The x between lo and hi at which a monotone function crosses p; to the last bit, since bisection
 * of neighbouring numbers ends it.
 */
struct crossing {
    double (*value)(const struct crossing *crossing, double x);
    double a, b;
    bool rises;
};

static double find_crossing(const struct crossing *crossing, double p, double lo, double hi)
{
    for (;;) {
        double middle = lo + (hi - lo) / 2;
        if (middle <= lo || middle >= hi)
            return middle;
        bool below = crossing->value(crossing, middle) < p;
        if (below == crossing->rises)
            lo = middle;
        else
            hi = middle;
    }
}

static double beta_at(const struct crossing *crossing, double x)
{
    return beta_tail(x, 1 - x, crossing->a, crossing->b);
}

static double beta_above(const struct crossing *crossing, double x)
{
    return beta_tail(1 - x, x, crossing->b, crossing->a);
}

double beta_quantile(double p, double a, double b)
{
    const struct crossing crossing = {.value = beta_at, .a = a, .b = b, .rises = true};
    return p >= 0 && p <= 1 && a > 0 && b > 0 ? find_crossing(&crossing, p, 0, 1) : NAN;
}

double beta_upper_quantile(double p, double a, double b)
{
    const struct crossing crossing = {.value = beta_above, .a = a, .b = b, .rises = false};
    return p >= 0 && p <= 1 && a > 0 && b > 0 ? find_crossing(&crossing, p, 0, 1) : NAN;
}

static double poisson_point(double k, double mean)
{
    if (k == 0)
        return exp(-mean);
    return exp(-stirling_error(k) - deviance(k, mean)) / sqrt(two_pi * k);
}

/* P(X >= k): the terms fall from k or from the mean on. */
static double poisson_upper(const struct crossing *crossing, double mean)
{
    double k = crossing->a, term = poisson_point(k, mean), sum = term;
    while ((k < mean || term > sum * DBL_EPSILON / 16) && sum < 1) {
        k++;
        term *= mean / k;
        sum += term;
    }
    return fmin(sum, 1);
}

static double poisson_lower(const struct crossing *crossing, double mean)
{
    double k = crossing->a, term = poisson_point(k, mean), sum = term;
    for (; k > 0; k--) {
        term *= k / mean;
        sum += term;
    }
    return fmin(sum, 1);
}

/* Far enough above any mean that a tail of such a count could have. */
static double poisson_ceiling(double k)
{
    return k + 100 + 60 * sqrt(k + 1);
}

double poisson_mean_upper_tail(double k, double p)
{
    const struct crossing crossing = {.value = poisson_upper, .a = k, .rises = true};
    return k >= 1 && p > 0 && p < 1 ? find_crossing(&crossing, p, 0, poisson_ceiling(k)) : NAN;
}

double poisson_mean_lower_tail(double k, double p)
{
    const struct crossing crossing = {.value = poisson_lower, .a = k, .rises = false};
    return k >= 0 && p > 0 && p < 1 ? find_crossing(&crossing, p, 0, poisson_ceiling(k)) : NAN;
}

double hypergeometric_point(double k, double white, double black, double drawn)
{
    double all = white + black;
    if (!(k >= 0 && k <= white && k <= drawn && drawn - k <= black))
        return NAN;
    if (drawn == 0)
        return 1;
    double p = drawn / all, q = (all - drawn) / all;
    return binomial_density(k, white, p, q) * binomial_density(drawn - k, black, p, q) /
           binomial_density(drawn, all, p, q);
}

double student_two_sided(double t, double df)
{
    if (!(df > 0) || isnan(t))
        return NAN;
    if (isinf(t))
        return 0;
    double square = t * t;
    return beta_tail(df / (df + square), square / (df + square), df / 2, 0.5);
}

static double student_at(const struct crossing *crossing, double t)
{
    return student_two_sided(t, crossing->a);
}

double student_quantile(double p, double df)
{
    const struct crossing crossing = {.value = student_at, .a = df, .rises = false};
    return df > 0 && p > 0 && p < 1 ? find_crossing(&crossing, p, 0, 1e9) : NAN;
}
