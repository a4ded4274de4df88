/* Rounding against exact arithmetic of its own, changes of either sign, and numbers of any size. */
#include "compute/change.h"
#include "compute/robust.h"
#include "support.h"

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 16;
}

/* The nearest of the two whole numbers beside numerator / denominator, the one farther from 0 when
 * both are as near: found by comparing distances, not by adding a half. */
static __int128 nearest(__int128 numerator, __int128 denominator)
{
    bool is_negative = (numerator < 0) != (denominator < 0);
    __int128 n = numerator < 0 ? -numerator : numerator;
    __int128 d = denominator < 0 ? -denominator : denominator, low = n / d;
    __int128 above = (low + 1) * d - n, below = n - low * d;
    __int128 found = above <= below ? low + 1 : low;
    return is_negative ? -found : found;
}

static __int128 power_of_ten(unsigned exponent)
{
    __int128 power = 1;
    while (exponent--)
        power *= 10;
    return power;
}

static struct decimal random_decimal(uint64_t *seed)
{
    int64_t size = (int64_t)(next_random(seed) % 1000000000000u);
    if (next_random(seed) % 3 == 0)
        size = size / 1000 * 1000 + 500; /* halves are frequent */
    return (struct decimal){next_random(seed) % 2 ? size : -size,
                            (unsigned)(next_random(seed) % 10)};
}

static void rounding_equals_exact_arithmetic(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int i = 0; i < 1000000; i++) {
        struct decimal a = random_decimal(&seed), got;
        unsigned places = (unsigned)(next_random(&seed) % (a.scale + 1));
        assert_true(decimal_round(a, places, &got));
        __int128 expected = nearest(a.coefficient, power_of_ten(a.scale - places));
        if (got.scale != places || got.coefficient != expected)
            fail_msg("decimal %d is not rounded exactly", i);
    }
}

static void division_equals_exact_arithmetic(void **state)
{
    (void)state;
    uint64_t seed = 2;
    for (int i = 0; i < 1000000; i++) {
        struct decimal a = random_decimal(&seed), b = random_decimal(&seed), got;
        unsigned places = (unsigned)(next_random(&seed) % 5);
        if (i % 4 == 0)
            b.coefficient = (int64_t)(1 + next_random(&seed) % 8) * (i % 8 ? 1 : -1);
        if (b.coefficient == 0)
            continue;
        assert_true(decimal_divide(a, b, places, &got));
        __int128 expected = nearest(a.coefficient * power_of_ten(b.scale + places),
                                    b.coefficient * power_of_ten(a.scale));
        if (got.scale != places || got.coefficient != expected)
            fail_msg("quotient %d is not rounded exactly", i);
    }
}

static struct change change_of(struct arena *arena, struct decimal a, struct decimal b,
                               enum measure_kind kind, unsigned rounded_to)
{
    struct change_rules rules = change_default_rules;
    rules.rounded_to = rounded_to;
    return change_compute(arena, kind, (struct value){.present = true, .number = a},
                          (struct value){.present = true, .number = b}, &rules);
}

/* From a to b is from b to a with the other sign, of all kinds. */
static void a_change_back_has_the_other_sign(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (int i = 0; i < 100000; i++) {
        struct arena *arena = arena_new();
        struct decimal a = random_decimal(&seed), b = i % 7 ? random_decimal(&seed) : a;
        if (i % 3) {
            a.coefficient = a.coefficient < 0 ? -a.coefficient : a.coefficient;
            b.coefficient = b.coefficient < 0 ? -b.coefficient : b.coefficient;
        }
        enum measure_kind kind = (enum measure_kind)(i % KINDS);
        struct change there = change_of(arena, a, b, kind, 0);
        struct change back = change_of(arena, b, a, kind, 0);
        assert_true(there.has_absolute && back.has_absolute);
        assert_int_equal(decimal_compare(there.absolute, decimal_negate(back.absolute)), 0);
        if (there.has_percent && back.has_percent)
            assert_int_equal(decimal_sign(there.percent), -decimal_sign(back.percent));
        if (there.has_percent)
            assert_int_equal(decimal_sign(there.percent), decimal_sign(there.absolute));
        arena_free(arena);
    }
}

/* ---- rounded counts ---- */

static const char *percent_of(struct arena *arena, int64_t now, int64_t before, unsigned unit,
                              enum measure_kind kind)
{
    struct change change = change_of(arena, decimal_from(now), decimal_from(before), kind, unit);
    assert_false(change.has_percent);
    return text_cstr(arena, change.percent_display);
}

static void of_rounded_counts_no_more_is_said_than_holds(void **state)
{
    assert_string_equal(percent_of(*state, 1125, 1045, 5, KIND_COUNT), "about +8%");
    assert_string_equal(percent_of(*state, 3000, 3005, 5, KIND_COUNT), "[z]");
    assert_string_equal(percent_of(*state, 205, 85, 5, KIND_COUNT), "[z]");
    assert_string_equal(percent_of(*state, 20000000, 10000000, 5, KIND_COUNT), "+100.0%");
    assert_string_equal(percent_of(*state, 8000, 10000, 10, KIND_COUNT), "−20%");
    assert_string_equal(percent_of(*state, 100040, 100000, 5, KIND_COUNT), "up by less than 0.1%");
    assert_string_equal(percent_of(*state, 10, 15, 5, KIND_COUNT), "[z]"); /* a small base */
    assert_string_equal(percent_of(*state, 90, 45, 5, KIND_RATE), "[z]");
    assert_string_equal(percent_of(*state, 90, 90, 5, KIND_COUNT), "[z]");
}

/* The percentages of all counts that two rounded ones could be are within what is said. */
static void what_is_printed_holds_of_the_counts_behind(void **state)
{
    (void)state;
    struct decimal low, high, percent;
    for (int64_t now = 100; now < 140; now++)
        for (int64_t before = 100; before < 140; before++) {
            struct decimal a, b;
            assert_true(decimal_round_to_multiple(decimal_from(now), 10, &a));
            assert_true(decimal_round_to_multiple(decimal_from(before), 10, &b));
            assert_true(change_range_rounded(a, b, -1, &low, &high));
            assert_true(decimal_divide(decimal_from(100 * (now - before)), decimal_from(before), 9,
                                       &percent));
            assert_true(decimal_compare(low, percent) <= 0 && decimal_compare(percent, high) <= 0);
        }
}

/* ---- numbers of any size ---- */

enum { EXTREMES = 2 * 9 * 7 };

static size_t extremes(struct decimal *out)
{
    static const unsigned scales[] = {0, 1, 2, 9, 16, 17, 18};
    const __int128 most = (__int128)(~(unsigned __int128)0 >> 1);
    const __int128 sizes[] = {0,          1,        7,    power_of_ten(18), power_of_ten(36),
                              most / 100, most / 3, most, most / 2 - 1};
    size_t count = 0;
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++)
        for (size_t k = 0; k < sizeof scales / sizeof scales[0]; k++) {
            out[count++] = (struct decimal){sizes[s], scales[k]};
            out[count++] = (struct decimal){-sizes[s], scales[k]};
        }
    return count;
}

/* A result is right or there is none; nothing wraps. */
static void numbers_of_any_size_are_judged_or_refused(void **state)
{
    (void)state;
    struct decimal all[EXTREMES];
    size_t count = extremes(all);
    for (size_t i = 0; i < count; i++) {
        struct arena *arena = arena_new();
        for (size_t k = 0; k < count; k++) {
            struct decimal low, high;
            for (int places = -19; places < 20; places += places == -2 ? 1 : places == 1 ? 17 : 1) {
                if (change_range_rounded(all[i], all[k], places, &low, &high))
                    assert_true(decimal_compare(low, high) <= 0);
                assert_true(change_display_rounded(arena, all[i], all[k], places).len > 0);
            }
            struct change change = change_of(arena, all[i], all[k], KIND_MONEY, 0);
            if (change.has_percent && decimal_sign(change.percent) != 0)
                assert_int_equal(decimal_sign(change.absolute), decimal_sign(change.percent));
            change = change_of(arena, all[i], all[k], KIND_COUNT, 5);
            assert_true(change.percent_display.len > 0);
            rounding_explains(all[i], 3, all[k]);
            for (size_t m = 0; m < count; m += 5) {
                struct decimal history[] = {all[k], all[m], all[(k + m) % count], all[m]};
                robust_outlier(history, 3 + m % 2, all[i]);
            }
        }
        assert_true(rate_display(arena, all[i]).len > 0);
        arena_free(arena);
    }
    assert_false(robust_outlier(all, ROBUST_MOST + 1, all[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounding_equals_exact_arithmetic),
        cmocka_unit_test(division_equals_exact_arithmetic),
        cmocka_unit_test(a_change_back_has_the_other_sign),
        arena_test(of_rounded_counts_no_more_is_said_than_holds),
        cmocka_unit_test(what_is_printed_holds_of_the_counts_behind),
        cmocka_unit_test(numbers_of_any_size_are_judged_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
