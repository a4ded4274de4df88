/* Which counts are small, and how others are rounded. */
#include "compute/suppress.h"
#include "support.h"

static void hospital_counts_are_rounded_to_five(void **state)
{
    (void)state;
    const struct suppress_rule hospital = {8, true}, births = {10, false};
    static const int64_t rounded[][2] = {{0, 0}, {8, 10}, {12, 10}, {13, 15}, {1002, 1000}};
    int64_t shown = -1;
    for (size_t i = 0; i < sizeof rounded / sizeof rounded[0]; i++) {
        assert_true(suppress_rounded(hospital, 5, rounded[i][0], &shown));
        assert_int_equal(shown, rounded[i][1]);
    }
    for (int64_t count = -1; count < 8; count++)
        assert_int_equal(suppress_rounded(hospital, 5, count, &shown), count == 0);
    assert_false(suppress_rounded(births, 5, 0, &shown));
    assert_false(suppress_rounded(births, 5, 9, &shown));
    assert_true(suppress_rounded(births, 5, 10, &shown));
    assert_false(suppress_rounded(births, 10, INT64_MAX, &shown)); /* would be more than 64 bits */
}

static void a_percentage_of_few_comes_from_rounded_counts(void **state)
{
    const struct suppress_rule rule = {8, true};
    struct decimal percent;
    assert_true(suppress_rounded_percent(rule, 5, 33, 101, 100, &percent));
    assert_text(*state, decimal_text(*state, percent), "32.7");
    assert_true(suppress_rounded_percent(rule, 5, 33, 99, 100, &percent)); /* 35 of 100 */
    assert_text(*state, decimal_text(*state, percent), "35");
    assert_false(suppress_rounded_percent(rule, 5, 3, 99, 100, &percent));
    assert_false(suppress_rounded_percent(rule, 5, 0, 7, 100, &percent));
    assert_false(suppress_rounded_percent(rule, 5, 0, 0, 100, &percent));
}

static void zeros_are_small_where_they_are_not_published(void **state)
{
    (void)state;
    for (int64_t count = 0; count < 10; count++) {
        assert_int_equal(suppress_is_small((struct suppress_rule){5, true}, count),
                         count > 0 && count < 5);
        assert_int_equal(suppress_is_small((struct suppress_rule){5, false}, count), count < 5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zeros_are_small_where_they_are_not_published),
        cmocka_unit_test(hospital_counts_are_rounded_to_five),
        arena_test(a_percentage_of_few_comes_from_rounded_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
