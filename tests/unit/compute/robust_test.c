/* Outliers by median and MAD, and figures that were published rounded. */
#include "compute/robust.h"

#include "support.h"

static size_t numbers_of(const char *numbers, struct decimal *values)
{
    size_t count = 0;
    struct text_pieces pieces = text_split(text_from(numbers), ' ');
    for (struct text piece; text_next(&pieces, &piece);)
        count += decimal_parse(piece, &values[count]);
    return count;
}

static bool is_median(const char *numbers, const char *expected)
{
    struct decimal values[16], median, right;
    return robust_median(values, numbers_of(numbers, values), &median) &&
           decimal_parse(text_from(expected), &right) && decimal_compare(median, right) == 0;
}

static void the_median_is_in_the_middle(void **state)
{
    struct decimal none;
    (void)state;
    assert_true(is_median("3 1 2", "2"));
    assert_true(is_median("4 1 2 3", "2.5"));
    assert_true(is_median("300 420 570 380 450", "420"));
    assert_false(robust_median(NULL, 0, &none));
}

static bool is_outlier(const char *history, int64_t value)
{
    struct decimal values[16];
    return robust_outlier(values, numbers_of(history, values), decimal_from(value));
}

static void far_values_are_outliers(void **state)
{
    (void)state;
    assert_true(is_outlier("300 420 570 380 450", 46));
    assert_false(is_outlier("300 420 570 380 450", 600));
    assert_false(is_outlier("300 420", 46)); /* too few to tell */
    assert_false(is_outlier("5 5 5 5", 46)); /* MAD 0 */
    assert_false(is_outlier("", 46));
}

static bool rounded(void **state, const char *numbers, struct decimal *unit)
{
    struct decimal values[16];
    (void)state;
    return values_rounded_to(values, numbers_of(numbers, values), unit);
}

static void rounding_shows_in_enough_values(void **state)
{
    struct decimal unit;
    assert_true(rounded(state, "10 25 30 45 5 0 60 20 15", &unit));
    assert_text(*state, decimal_text(*state, unit), "5");
    assert_false(rounded(state, "10 25 30 45 6 60 20 15 35", &unit));
    assert_false(rounded(state, "10 25 30 0 0 0 0 0 0", &unit));
    assert_true(rounded(state, "33.3 100", &unit));
    assert_text(*state, decimal_text(*state, unit), "0.1");
}

static void rounding_explains_half_a_unit_each(void **state)
{
    (void)state;
    assert_true(rounding_explains(decimal_from(-10), 3, decimal_from(5)));
    assert_false(rounding_explains(decimal_from(11), 3, decimal_from(5)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(the_median_is_in_the_middle),
        arena_test(far_values_are_outliers),
        arena_test(rounding_shows_in_enough_values),
        arena_test(rounding_explains_half_a_unit_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
