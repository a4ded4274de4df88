#include "compute/robust.h"

#include <stdlib.h>

bool robust_median(struct decimal *values, size_t count, struct decimal *out)
{
    const struct decimal half = {.coefficient = 5, .scale = 1};
    struct decimal twice;
    if (count == 0)
        return false;
    qsort(values, count, sizeof *values, decimal_order);
    return decimal_add(values[(count - 1) / 2], values[count / 2], &twice) &&
           decimal_multiply(twice, half, out);
}

/* |a - b| */
static bool distance(struct decimal a, struct decimal b, struct decimal *out)
{
    if (!decimal_subtract(a, b, out))
        return false;
    *out = decimal_sign(*out) < 0 ? decimal_negate(*out) : *out;
    return true;
}

bool robust_outlier(struct decimal *history, size_t count, struct decimal value)
{
    const struct decimal factor = {.coefficient = 51891, .scale = 4}; /* 3.5 x 1.4826 */
    struct decimal median, deviation, allowed, from_median, off[ROBUST_MOST];
    if (count < ROBUST_LEAST || count > ROBUST_MOST || !robust_median(history, count, &median))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!distance(history[i], median, &off[i]))
            return false;
    return robust_median(off, count, &deviation) && decimal_sign(deviation) > 0 &&
           decimal_multiply(deviation, factor, &allowed) && distance(value, median, &from_median) &&
           decimal_compare(from_median, allowed) > 0;
}

bool values_rounded_to(const struct decimal *values, size_t count, struct decimal *unit)
{
    enum { LEAST = 8, FIVE = 5 }; /* eight counts end in 0 or 5 by chance once in 390,625 times */
    size_t fives = 0, filled = 0;
    unsigned scale = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t whole;
        scale = values[i].scale > scale ? values[i].scale : scale;
        filled += decimal_sign(values[i]) != 0;
        fives +=
            decimal_sign(values[i]) != 0 && decimal_integer(values[i], &whole) && whole % FIVE == 0;
    }
    *unit = scale > 0 ? (struct decimal){1, scale} : decimal_from(FIVE);
    return scale > 0 || (filled >= LEAST && fives == filled);
}

bool rounding_explains(struct decimal difference, size_t parts, struct decimal unit)
{
    struct decimal twice, most;
    difference = decimal_sign(difference) < 0 ? decimal_negate(difference) : difference;
    return decimal_multiply(difference, decimal_from(2), &twice) &&
           decimal_multiply(unit, decimal_from((int64_t)parts + 1), &most) &&
           decimal_compare(twice, most) <= 0;
}
