/*
 * distribution - the probabilities and quantiles behind tests and intervals: closed forms on libm
 * (statistics.md 12).
 *
 * Tails are worked out as such, never as one less the other tail, so that a small one keeps its
 * relative precision (about 1e-12). Arguments outside their range give NAN.
 */
#ifndef COMPUTE_DISTRIBUTION_H
#define COMPUTE_DISTRIBUTION_H

/* The standard normal's quantiles for two-sided intervals of 95% and 99.8%. */
#define NORMAL_95 1.9599639845400542
#define NORMAL_998 3.0902323061678132

/* P(|Z| >= |z|). */
double normal_two_sided(double z);

/* X ~ Binomial(n, p), 0 <= p <= 1; k and n are whole, 0 <= k <= n. */
double binomial_point(double k, double n, double p); /* P(X = k) */
double binomial_lower(double k, double n, double p); /* P(X <= k) */
double binomial_upper(double k, double n, double p); /* P(X >= k) */

/* I_x(a, b), the lower tail of Beta(a, b); a, b > 0. */
double beta_lower(double x, double a, double b);
/* The x with I_x(a, b) = p, and with 1 - I_x(a, b) = p. */
double beta_quantile(double p, double a, double b);
double beta_upper_quantile(double p, double a, double b);

/* The mean of a Poisson count of which P(X >= k) = p, and P(X <= k) = p; k whole. */
double poisson_mean_upper_tail(double k, double p); /* k >= 1 */
double poisson_mean_lower_tail(double k, double p); /* k >= 0 */

/* X white balls among `drawn` from `white` and `black`: P(X = k). */
double hypergeometric_point(double k, double white, double black, double drawn);

/* P(|T| >= |t|) and its inverse: the t with P(|T| >= t) = p; df > 0. */
double student_two_sided(double t, double df);
double student_quantile(double p, double df);

#endif
