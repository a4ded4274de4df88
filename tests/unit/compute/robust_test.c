/* Outliers by median and MAD, and figures that were published rounded. */
#include "compute/robust.h"

#include "support.h"

static void the_median_is_in_the_middle(void **state)
{
    assert_true(robust_median(*state, (double[]){3, 1, 2}, 3) == 2);
    assert_true(robust_median(*state, (double[]){4, 1, 2, 3}, 4) == 2.5);
    assert_true(robust_median(*state, NULL, 0) == 0);
}

static void far_values_are_outliers(void **state)
{
    const double usual[] = {300, 420, 570, 380, 450};
    struct robust out;
    assert_true(robust_outlier(*state, usual, 5, 46, &out));
    assert_true(out.median == 420);
    assert_false(robust_outlier(*state, usual, 5, 600, &out));
    assert_false(robust_outlier(*state, usual, 2, 46, &out));                  /* too few to tell */
    assert_false(robust_outlier(*state, (double[]){5, 5, 5, 5}, 4, 46, &out)); /* MAD 0 */
    assert_false(robust_outlier(*state, NULL, 0, 46, &out));
}

static bool rounded(void **state, const char *numbers, struct decimal *unit)
{
    struct decimal values[16];
    size_t count = 0;
    struct text_pieces pieces = text_split(text_from(numbers), ' ');
    for (struct text piece; text_next(&pieces, &piece);)
        count += decimal_parse(piece, &values[count]);
    (void)state;
    return values_rounded_to(values, count, unit);
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
