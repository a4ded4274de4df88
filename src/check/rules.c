#include "check/rules_int.h"

#include "compute/robust.h"

#include <stdlib.h>

const char *dq_word(enum dq code)
{
    static const char *const words[] = {
#define DQ_WORD(name) "DQ_" #name,
        DQ_CATALOGUE(DQ_WORD)
#undef DQ_WORD
    };
    return code == DQ_OK ? "OK" : words[code];
}

enum dq dq_sum(const struct decimal *parts, size_t count, struct decimal total,
               const struct decimal *unit)
{
    struct decimal rest = total;
    for (size_t i = 0; i < count; i++)
        if (!decimal_subtract(rest, parts[i], &rest))
            return DQ_SUM_LESS; /* more digits than any count has: certainly not these */
    if (decimal_sign(rest) == 0)
        return DQ_OK;
    if (unit && rounding_explains(rest, count, *unit))
        return DQ_SUM_ROUNDING;
    return decimal_sign(rest) < 0 ? DQ_SUM_LESS : DQ_SUM_REMAINDER;
}

enum dq dq_subset(struct decimal part, struct decimal whole)
{
    return decimal_compare(part, whole) > 0 ? DQ_SUBSET : DQ_OK;
}

enum dq dq_summed(const enum relation *relations, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (relations[i] != RELATION_PART)
            return DQ_DOUBLE_COUNT;
    return DQ_OK;
}

/* Half a unit of the sixth decimal: what remains of a double that a spreadsheet printed in full. */
static bool is_near(struct decimal a, struct decimal b)
{
    const struct decimal half = {5, 7};
    struct decimal difference;
    if (!decimal_subtract(a, b, &difference))
        return false;
    difference = decimal_sign(difference) < 0 ? decimal_negate(difference) : difference;
    return decimal_compare(difference, half) <= 0;
}

bool dq_rounds_to(struct decimal numerator, struct decimal denominator, struct decimal times,
                  struct decimal stated)
{
    enum { MOST = 6, MORE = 9 };
    struct decimal product, exact;
    if (!decimal_multiply(numerator, times, &product))
        return true; /* too many digits to judge */
    if (stated.scale > MOST)
        return !decimal_divide(product, denominator, MORE, &exact) || is_near(exact, stated);
    return !decimal_divide(product, denominator, stated.scale, &exact) ||
           decimal_compare(exact, stated) == 0;
}

enum dq dq_percent(struct decimal numerator, struct decimal denominator, struct decimal stated)
{
    bool matches = dq_rounds_to(numerator, denominator, decimal_from(100), stated);
    return matches ? DQ_OK : DQ_PCT_MISMATCH;
}

enum dq dq_rate(struct decimal count, struct decimal population, struct decimal per,
                struct decimal stated)
{
    return dq_rounds_to(count, population, per, stated) ? DQ_OK : DQ_RATE_RECOMPUTE;
}

enum dq dq_key(size_t types, size_t rows)
{
    return types == rows ? DQ_OK : DQ_KEY_OFFSET;
}

enum dq dq_below_zero(struct value value)
{
    return value.present && decimal_sign(value.number) < 0 ? DQ_RANGE : DQ_OK;
}

enum dq dq_value(enum measure_kind kind, struct decimal value)
{
    int64_t whole;
    if (kind == KIND_COUNT && decimal_sign(value) < 0)
        return DQ_RANGE;
    if (kind == KIND_COUNT && !decimal_integer(value, &whole))
        return DQ_INTEGER;
    if (kind == KIND_PERCENT &&
        (decimal_sign(value) < 0 || decimal_compare(value, decimal_from(100)) > 0))
        return DQ_RANGE;
    return DQ_OK;
}

enum dq dq_limits(struct decimal lower, struct decimal value, struct decimal upper)
{
    bool ordered = decimal_compare(lower, value) <= 0 && decimal_compare(value, upper) <= 0;
    return ordered ? DQ_OK : DQ_CI_ORDER;
}

enum dq dq_count(enum measure_kind kind, struct decimal value, struct decimal count)
{
    bool is_mean = kind == KIND_MEAN || kind == KIND_SCORE;
    if (!is_mean || decimal_sign(count) <= 0 || decimal_compare(value, decimal_from(1)) <= 0)
        return DQ_OK;
    struct decimal people;
    bool fewer = decimal_divide(count, value, 0, &people) && decimal_compare(people, count) < 0;
    return fewer ? DQ_COUNT_MEANING : DQ_OK;
}

/* The lower of the two middle values where there are two: a value that was really there. */
static struct decimal middle(const struct decimal *values, size_t count)
{
    enum { MOST = 64 };
    struct decimal sorted[MOST] = {{0}};
    count = count > MOST ? MOST : count;
    for (size_t i = 0; i < count; i++)
        sorted[i] = values[i];
    qsort(sorted, count, sizeof sorted[0], decimal_order);
    return sorted[(count - 1) / 2];
}

/* a is `times` b, within 5%. */
static bool is_about(struct decimal a, struct decimal b, int64_t times)
{
    struct decimal a20, low, high; /* 19 * times * b <= 20 * a <= 21 * times * b */
    return decimal_multiply(a, decimal_from(20), &a20) &&
           decimal_multiply(b, decimal_from(19 * times), &low) &&
           decimal_multiply(b, decimal_from(21 * times), &high) && decimal_compare(low, a20) <= 0 &&
           decimal_compare(a20, high) <= 0;
}

enum dq dq_unit_scale(struct decimal value, const struct decimal *others, size_t count,
                      bool is_percent)
{
    static const int64_t factors[] = {100, 1000};
    const struct decimal one = decimal_from(1);
    enum { LEAST = 3 };
    if (count < LEAST || decimal_sign(value) <= 0)
        return DQ_OK;
    bool all_above = true;
    for (size_t i = 0; i < count; i++)
        all_above = all_above && decimal_compare(others[i], one) > 0;
    if (is_percent && all_above && decimal_compare(value, one) <= 0)
        return DQ_UNIT_SCALE;
    struct decimal usual = middle(others, count);
    for (size_t i = 0; i < 2 && decimal_sign(usual) > 0; i++)
        if (is_about(value, usual, factors[i]) || is_about(usual, value, factors[i]))
            return DQ_UNIT_SCALE;
    return DQ_OK;
}
