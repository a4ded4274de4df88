#include "base/decimal.h"

#include "support.h"

static struct decimal number(const char *written)
{
    struct decimal out = {0};
    if (!decimal_parse(text_from(written), &out))
        fail_msg("'%s' was not read", written);
    return out;
}

static void parsing_keeps_the_scale_and_nothing_else(void **state)
{
    assert_text(*state, decimal_text(*state, number("007.20")), "7.20");
    assert_text(*state, decimal_text(*state, number("+5.")), "5");
    assert_text(*state, decimal_text(*state, number(".5")), "0.5");
    assert_text(*state, decimal_text(*state, number("-0.00")), "0.00");
    assert_text(*state, decimal_text(*state, number("-1234.5")), "-1234.5");
    static const char *const refused[] = {"",    "-",        ".",   "1.2.3",    "1,000",
                                          " 1",  "1 ",       "1e3", "0x10",     "--1",
                                          "+-1", "\xD9\xA3", "inf", "5\xC2\xA0"};
    struct decimal out = {42, 0};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        assert_false(decimal_parse(text_from(refused[i]), &out));
    assert_false(decimal_parse(TEXT("0.1234567890123456789"), &out));
    assert_false(decimal_parse(TEXT("9999999999999999999999999999999999999999"), &out));
    assert_true(out.coefficient == 42);
}

static void sums_are_exact(void **state)
{
    struct decimal sum;
    assert_true(decimal_add(number("0.1"), number("0.20"), &sum));
    assert_text(*state, decimal_text(*state, sum), "0.30");
    assert_true(decimal_subtract(number("71050"), number("68300.50"), &sum));
    assert_text(*state, decimal_text(*state, sum), "2749.50");
    assert_true(decimal_multiply(number("-1.5"), number("0.20"), &sum));
    assert_text(*state, decimal_text(*state, sum), "-0.300");
}

static void overflow_is_told_and_changes_nothing(void **state)
{
    (void)state;
    struct decimal huge = number("99999999999999999999999999999999999999"), out = {7, 0};
    assert_false(decimal_multiply(huge, huge, &out));
    assert_false(decimal_add(huge, number("0.000000000000000001"), &out));
    assert_false(decimal_round(huge, 2, &out));
    assert_false(decimal_divide(huge, number("0.1"), 18, &out));
    assert_false(decimal_divide(number("1"), number("0.00"), 2, &out));
    assert_false(decimal_multiply(number("0.0000000001"), number("0.0000000001"), &out));
    assert_false(decimal_round(number("1"), DECIMAL_SCALE_MAX + 1, &out));
    assert_true(out.coefficient == 7 && out.scale == 0);
    assert_int_equal(decimal_compare(huge, number("0.000000000000000001")), 1);
    assert_int_equal(decimal_compare(decimal_negate(huge), number("-0.000000000000000001")), -1);
}

/* Rounding never moves a number by more than half a unit, and ties go away from zero. */
static void rounding_is_half_away_from_zero(void **state)
{
    for (int thousandths = -3000; thousandths <= 3000; thousandths++) {
        struct decimal rounded, a = {thousandths, 3};
        assert_true(decimal_round(a, 2, &rounded));
        int off = thousandths - 10 * (int)rounded.coefficient;
        assert_true(off >= -5 && off <= 5);
        if (off == 5 || off == -5)
            assert_true(thousandths < 0 ? off > 0 : off < 0);
        struct decimal negative;
        assert_true(decimal_round(decimal_negate(a), 2, &negative));
        assert_true(negative.coefficient == -rounded.coefficient);
    }
    struct decimal out;
    assert_true(decimal_round(number("7.2"), 3, &out));
    assert_text(*state, decimal_text(*state, out), "7.200");
}

static void division_agrees_with_multiplication(void **state)
{
    struct decimal out;
    for (int a = -60; a <= 60; a++)
        for (int b = -12; b <= 12; b++) {
            if (b == 0)
                continue;
            assert_true(decimal_divide(decimal_from(a), decimal_from(b), 2, &out));
            /* |100 a - q b| is at most half of |b| */
            int error = 100 * a - (int)out.coefficient * b;
            assert_true(2 * abs(error) <= abs(b));
        }
    assert_true(decimal_divide(number("2"), number("3"), 18, &out));
    assert_text(*state, decimal_text(*state, out), "0.666666666666666667");
    assert_true(decimal_divide(number("-0.5"), number("100"), 2, &out));
    assert_text(*state, decimal_text(*state, out), "-0.01");
    /* only the result has to fit, not the digits on the way */
    assert_true(decimal_divide(number("1000000000000000000000000000000"),
                               number("3000000000000000000000000000000"), 18, &out));
    assert_text(*state, decimal_text(*state, out), "0.333333333333333333");
}

static void multiples_and_significant_digits(void **state)
{
    struct decimal out;
    assert_true(decimal_round_to_multiple(number("-2.5"), 5, &out));
    assert_text(*state, decimal_text(*state, out), "-5");
    assert_true(decimal_round_to_multiple(number("2.49"), 5, &out));
    assert_text(*state, decimal_text(*state, out), "0");
    assert_false(decimal_round_to_multiple(number("2"), 0, &out));
    assert_true(decimal_round_significant(number("-0.0099951"), 3, &out));
    assert_text(*state, decimal_text(*state, out), "-0.01000");
    assert_true(decimal_round_significant(number("0"), 3, &out));
    assert_text(*state, decimal_text(*state, out), "0");
    assert_true(decimal_round_significant(number("5005.5"), 2, &out));
    assert_text(*state, decimal_text(*state, out), "5000");
    assert_false(decimal_round_significant(number("1"), 0, &out));
}

static void comparison_ignores_the_scale(void **state)
{
    (void)state;
    assert_int_equal(decimal_compare(number("1.50"), number("1.5")), 0);
    assert_int_equal(decimal_compare(number("-2"), number("-1.99")), -1);
    assert_int_equal(decimal_compare(number("0"), number("-0.001")), 1);
    assert_int_equal(decimal_sign(number("-0")), 0);
}

static void integers_and_doubles(void **state)
{
    (void)state;
    int64_t out = 0;
    assert_true(decimal_integer(number("-12.00"), &out));
    assert_int_equal(out, -12);
    assert_false(decimal_integer(number("0.5"), &out));
    assert_false(decimal_integer(number("9223372036854775808"), &out));
    assert_true(decimal_integer(number("-9223372036854775808"), &out));
    assert_true(out == INT64_MIN);
    assert_true(decimal_double(number("2.675")) == 2.675);
    assert_true(decimal_double(number("-0.1")) == -0.1);
    assert_true(decimal_double(number("123456789012345678901234567890")) ==
                123456789012345678901234567890.0);
    assert_true(decimal_double(number("0.000000000000000001")) == 1e-18);
}

static void readers_see_groups_and_a_real_minus(void **state)
{
    assert_text(*state, decimal_display(*state, number("-1234567.895"), 2, DECIMAL_GROUPS),
                "\xE2\x88\x92"
                "1,234,567.90");
    assert_text(*state, decimal_display(*state, number("999"), 0, DECIMAL_GROUPS), "999");
    assert_text(*state, decimal_display(*state, number("1000"), 0, DECIMAL_GROUPS | DECIMAL_SIGN),
                "+1,000");
    assert_text(*state, decimal_display(*state, number("-0.04"), 1, DECIMAL_SIGN), "0.0");
    assert_text(*state, decimal_display(*state, number("0.56"), 2, DECIMAL_PLAIN), "0.56");
    assert_text(*state, decimal_display(*state, number("999.95"), 1, DECIMAL_GROUPS), "1,000.0");
}

static void statistics_come_back_to_15_digits(void **state)
{
    static const struct {
        double number;
        const char *text;
    } cases[] = {{0, "0"},       {0.1 + 0.2, "0.3"}, {1.0 / 3, "0.333333333333"},
                 {-2.5, "-2.5"}, {200, "200"},       {2e5 / 3, "66666.6666666667"},
                 {1e-13, "0"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct decimal out;
        assert_true(decimal_near(cases[i].number, &out));
        assert_text(*state, decimal_text(*state, out), cases[i].text);
    }
    struct decimal out = decimal_from(7);
    assert_false(decimal_near(1e30, &out));
    assert_false(decimal_near(1.0 / 0.0, &out));
    assert_false(decimal_near(0.0 / 0.0, &out));
    assert_int_equal(out.coefficient, 7);
}

/* The nearest double, by whichever way it was come to. */
static void test_doubles_are_the_nearest(void **state)
{
    uint64_t random = 88172645463325252U;
    for (int i = 0; i < 20000; i++) {
        random ^= random << 13, random ^= random >> 7, random ^= random << 17;
        struct decimal number = {.coefficient = (int64_t)(random >> (i % 48)),
                                 .scale = (unsigned)(random % 26)};
        if (i % 2)
            number.coefficient = -number.coefficient;
        double right = strtod(text_cstr(*state, decimal_text(*state, number)), NULL);
        double found = decimal_double(number);
        assert_memory_equal(&right, &found, sizeof right);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(test_doubles_are_the_nearest),
        arena_test(parsing_keeps_the_scale_and_nothing_else),
        arena_test(sums_are_exact),
        arena_test(overflow_is_told_and_changes_nothing),
        arena_test(rounding_is_half_away_from_zero),
        arena_test(division_agrees_with_multiplication),
        arena_test(multiples_and_significant_digits),
        arena_test(comparison_ignores_the_scale),
        arena_test(integers_and_doubles),
        arena_test(readers_see_groups_and_a_real_minus),
        arena_test(statistics_come_back_to_15_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
