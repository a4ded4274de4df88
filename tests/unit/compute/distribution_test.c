/* The ends of each distribution, and what is outside of it. Its values are held by the oracles. */
#include "compute/distribution.h"
#include "compute/evidence.h"
#include "support.h"

#include <math.h>

static void assert_near(double got, double expected)
{
    assert_true(fabs(got - expected) <= 1e-9 * fabs(expected) + 1e-300);
}

static void what_is_outside_has_no_value(void **state)
{
    (void)state;
    static const double bad[][3] = {{1, 2, -0.1}, {1, 2, 1.1},  {1, 2, NAN},
                                    {0, -1, 0.5}, {-1, 2, 0.5}, {3, 2, 0.5}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_true(isnan(binomial_point(bad[i][0], bad[i][1], bad[i][2])));
        assert_true(isnan(binomial_lower(bad[i][0], bad[i][1], bad[i][2])));
        assert_true(isnan(binomial_upper(bad[i][0], bad[i][1], bad[i][2])));
    }
    static const double shapes[][3] = {{-0.1, 1, 1}, {1.1, 1, 1}, {0.5, 0, 1}, {0.5, 1, 0}};
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        assert_true(isnan(beta_lower(shapes[i][0], shapes[i][1], shapes[i][2])));
        assert_true(isnan(beta_quantile(shapes[i][0], shapes[i][1], shapes[i][2])));
        assert_true(isnan(beta_upper_quantile(shapes[i][0], shapes[i][1], shapes[i][2])));
    }
    static const double means[][2] = {{-1, 0.5}, {1, 0}, {1, 1}};
    for (size_t i = 0; i < sizeof means / sizeof means[0]; i++) {
        assert_true(isnan(poisson_mean_upper_tail(means[i][0], means[i][1])));
        assert_true(isnan(poisson_mean_lower_tail(means[i][0], means[i][1])));
    }
    static const double drawn[][4] = {
        {-1, 5, 5, 5}, {6, 5, 5, 7}, {3, 5, 5, 2}, {1, 5, 2, 5}, {3, 5, 2, 8}};
    for (size_t i = 0; i < sizeof drawn / sizeof drawn[0]; i++)
        assert_true(
            isnan(hypergeometric_point(drawn[i][0], drawn[i][1], drawn[i][2], drawn[i][3])));
    assert_true(isnan(student_two_sided(1, 0)));
    assert_true(isnan(student_two_sided(NAN, 5)));
    static const double students[][2] = {{0.05, 0}, {0, 5}, {1, 5}};
    for (size_t i = 0; i < sizeof students / sizeof students[0]; i++)
        assert_true(isnan(student_quantile(students[i][0], students[i][1])));
}

static void the_ends_are_exact(void **state)
{
    (void)state;
    assert_near(binomial_point(0, 5, 0), 1);
    assert_near(binomial_point(1, 5, 0), 0);
    assert_near(binomial_point(5, 5, 1), 1);
    assert_near(binomial_point(4, 5, 1), 0);
    assert_near(binomial_point(0, 2, 0.25), 0.5625);
    assert_near(binomial_point(2, 2, 0.25), 0.0625);
    assert_near(binomial_lower(2, 5, 0), 1);
    assert_near(binomial_upper(2, 5, 0), 0);
    assert_near(beta_lower(0, 2, 3), 0);
    assert_near(beta_lower(1, 2, 3), 1);
    assert_near(hypergeometric_point(0, 5, 5, 0), 1);
    assert_near(student_two_sided(INFINITY, 5), 0);
    assert_near(student_two_sided(0, 5), 1);
    assert_near(student_two_sided(student_quantile(0.05, 11), 11), 0.05);
}

/* So many that the fraction would not end for long: no counts are so large. */
static void very_many_have_an_end(void **state)
{
    (void)state;
    assert_true(isnan(beta_lower(0.5, 1e18, 1e18)));
}

/* Neither side has any: nothing varies. */
static void two_proportions_of_none_have_no_z(void **state)
{
    (void)state;
    struct proportion_test test = proportion_compare(0, 20, 0, 30);
    assert_true(isnan(test.z) && isnan(test.p_z) && test.use_fisher);
    assert_near(test.p, 1);
}

static void a_year_of_zeros_is_not_tested_by_month(void **state)
{
    (void)state;
    const double some[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, none[12] = {0};
    assert_false(monthly_compare(some, none, 12).used);
    assert_false(monthly_compare(none, some, 12).used);
    assert_true(monthly_compare(some, some, 12).used);
}

static void without_counts_there_is_no_class(void **state)
{
    (void)state;
    struct evidence_input in = {.x1 = NAN, .x0 = 30, .p = 0.01};
    assert_int_equal(evidence_class(&in), EVIDENCE_NONE);
    in = (struct evidence_input){.x1 = 30, .x0 = NAN, .p = 0.01};
    assert_int_equal(evidence_class(&in), EVIDENCE_NONE);
}

/* ---- properties ---- */

static uint64_t next_random(uint64_t *seed, uint64_t below)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (*seed >> 33) % below;
}

/* The test and its interval never contradict each other (statistics.md 2.1). */
static void p_is_small_exactly_when_the_interval_excludes_1(void **state)
{
    (void)state;
    uint64_t seed = 1;
    size_t small = 0, near = 0;
    for (int i = 0; i < 20000; i++) {
        uint64_t size = i % 3 ? 60 : 5000;
        double x0 = (double)next_random(&seed, size);
        /* most are near the limit, where a contradiction would be */
        double x1 =
            i % 5 ? round(x0 + (double)(next_random(&seed, 3) ? 1 : -1) * 2 * sqrt(2 * x0 + 1) *
                                   (0.8 + (double)next_random(&seed, 40) / 100))
                  : (double)next_random(&seed, size);
        double t1 = 300 + (double)next_random(&seed, 100),
               t0 = 300 + (double)next_random(&seed, 100);
        if (x1 < 0 || x0 + x1 == 0)
            continue;
        struct count_test test = count_compare(x1, t1, x0, t0);
        bool excludes = test.ci95.lower > 1 || test.ci95.upper < 1;
        assert_int_equal(test.p < 0.05, excludes);
        small += excludes;
        near += fabs(test.p - 0.05) < 0.02;
    }
    assert_true(small > 2000 && near > 1000); /* both were tried */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_outside_has_no_value),
        cmocka_unit_test(the_ends_are_exact),
        cmocka_unit_test(very_many_have_an_end),
        cmocka_unit_test(two_proportions_of_none_have_no_z),
        cmocka_unit_test(a_year_of_zeros_is_not_tested_by_month),
        cmocka_unit_test(without_counts_there_is_no_class),
        cmocka_unit_test(p_is_small_exactly_when_the_interval_excludes_1),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
