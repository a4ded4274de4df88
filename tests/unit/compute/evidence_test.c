#include "compute/distribution.h"
#include "compute/evidence.h"
#include "support.h"

#include <math.h>

static void assert_near(double got, double wanted, double relative)
{
    if (!(fabs(got - wanted) <= relative * fabs(wanted)))
        fail_msg("got %.17g, expected %.17g", got, wanted);
}

static void assert_nan(double got)
{
    if (!isnan(got))
        fail_msg("got %.17g, expected no number", got);
}

static void assert_number(double got)
{
    if (isnan(got))
        fail_msg("got no number");
}

/* The interval and the test never contradict each other: what the central test is chosen for. */
static void p_is_small_exactly_when_the_interval_excludes_one(void **state)
{
    (void)state;
    for (int x1 = 0; x1 <= 60; x1++)
        for (int x0 = 0; x0 <= 60; x0++) {
            struct count_test test = count_compare(x1, 365, x0, 366);
            bool excludes = test.ci95.lower > 1 || test.ci95.upper < 1;
            if ((test.p < 0.05) != excludes)
                fail_msg("%d and %d: p %.17g, interval %.17g to %.17g", x1, x0, test.p,
                         test.ci95.lower, test.ci95.upper);
        }
}

static void turning_a_comparison_round_inverts_it(void **state)
{
    (void)state;
    for (int x1 = 1; x1 <= 2000; x1 += 37)
        for (int x0 = 1; x0 <= 2000; x0 += 41) {
            struct count_test a = count_compare(x1, 365, x0, 366);
            struct count_test b = count_compare(x0, 366, x1, 365);
            assert_near(a.ratio * b.ratio, 1, 1e-14);
            assert_near(a.p, b.p, 1e-11);
            assert_near(a.ci95.lower * b.ci95.upper, 1, 1e-11);
            assert_near(a.phi_max, b.phi_max, 1e-9);
        }
}

static void tails_add_up_and_keep_small_ones(void **state)
{
    (void)state;
    for (int n = 1; n <= 40; n++) {
        double sum = 0;
        for (int k = 0; k <= n; k++) {
            sum += binomial_point(k, n, 0.3);
            assert_near(binomial_lower(k, n, 0.3), sum, 1e-12);
            if (k < n)
                assert_near(binomial_lower(k, n, 0.3) + binomial_upper(k + 1, n, 0.3), 1, 1e-12);
        }
    }
    assert_near(binomial_upper(100, 100, 0.01), 1e-200, 1e-12);
    assert_near(normal_two_sided(NORMAL_95), 0.05, 1e-14);
    assert_near(normal_two_sided(NORMAL_998), 0.002, 1e-14);
    assert_near(student_quantile(0.05, 11), 2.2009851600916388, 1e-13);
}

static void quantiles_invert_their_tails(void **state)
{
    (void)state;
    const double tails[] = {0.001, 0.025, 0.3, 0.5, 0.975};
    for (int a = 1; a <= 300; a += 23)
        for (int b = 1; b <= 300; b += 31)
            for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
                assert_near(beta_lower(beta_quantile(tails[i], a, b), a, b), tails[i], 1e-9);
}

static void what_is_out_of_range_is_no_number(void **state)
{
    (void)state;
    assert_nan(binomial_point(3, 2, 0.5));
    assert_nan(binomial_lower(1, 2, 1.5));
    assert_nan(binomial_upper(-1, 2, 0.5));
    assert_nan(beta_lower(0.5, 0, 1));
    assert_nan(beta_quantile(2, 1, 1));
    assert_nan(beta_upper_quantile(-1, 1, 1));
    assert_nan(poisson_mean_upper_tail(0, 0.5));
    assert_nan(poisson_mean_lower_tail(-1, 0.5));
    assert_nan(hypergeometric_point(3, 2, 2, 3));
    assert_nan(student_two_sided(1, 0));
    assert_nan(student_quantile(0, 3));
    assert_nan(count_compare(0, 1, 0, 1).ratio);
}

/* Fewer than 8 months with anything in them say too little about how variable a series is. */
static void months_need_to_be_enough(void **state)
{
    (void)state;
    double now[12] = {3, 0, 4, 0, 5, 0, 4, 0, 3, 0, 2, 1}, before[12] = {2, 0, 5, 0, 4, 0, 4, 0, 3};
    assert_false(monthly_compare(now, before, 12).used);
    now[1] = 1;
    assert_true(monthly_compare(now, before, 12).used);
    assert_int_equal((int)monthly_compare(now, before, 12).df, 7);
}

static void rows_that_cannot_be_tested_are_no_family(void **state)
{
    (void)state;
    const double p[] = {0.01, NAN, 0.04}, alone[] = {0.01, 0.04};
    double with[3], without[2];
    holm_adjust(p, with, 3);
    holm_adjust(alone, without, 2);
    assert_nan(with[1]);
    assert_near(with[0], without[0], 1e-15);
    assert_near(with[2], without[1], 1e-15);
    benjamini_hochberg_adjust(p, with, 3);
    assert_nan(with[1]);
}

static void standardised_rates_need_ten_events(void **state)
{
    (void)state;
    const double x[] = {4, 5}, n[] = {1000, 2000}, w[] = {5000, 5500};
    assert_nan(standardise(x, n, w, 2).rate);
    const double enough[] = {5, 5};
    assert_number(standardise(enough, n, w, 2).rate);
}

static void a_class_for_every_case(void **state)
{
    (void)state;
    struct evidence_input in = {.x1 = 300,
                                .x0 = 200,
                                .ratio = 1.5,
                                .ci95 = {1.2, 1.8},
                                .p = 0.001,
                                .p_holm = 0.01,
                                .phi_max = NAN};
    assert_int_equal(evidence_class(&in), EVIDENCE_POSSIBLE_UP);
    in.monthly = true; /* the test has the series' variation in it already */
    assert_int_equal(evidence_class(&in), EVIDENCE_CLEAR_UP);
    in.ratio = 0.6;
    assert_int_equal(evidence_class(&in), EVIDENCE_CLEAR_DOWN);
    in.p_holm = 0.05;
    assert_int_equal(evidence_class(&in), EVIDENCE_POSSIBLE_DOWN);
    in.p = NAN;
    assert_int_equal(evidence_class(&in), EVIDENCE_NONE);
    assert_string_equal(evidence_code(EVIDENCE_LITTLE_CHANGED), "LITTLE_CHANGED");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(p_is_small_exactly_when_the_interval_excludes_one),
        cmocka_unit_test(turning_a_comparison_round_inverts_it),
        cmocka_unit_test(tails_add_up_and_keep_small_ones),
        cmocka_unit_test(quantiles_invert_their_tails),
        cmocka_unit_test(what_is_out_of_range_is_no_number),
        cmocka_unit_test(months_need_to_be_enough),
        cmocka_unit_test(rows_that_cannot_be_tested_are_no_family),
        cmocka_unit_test(standardised_rates_need_ten_events),
        cmocka_unit_test(a_class_for_every_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
