#include "compute/robust.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double robust_median(struct arena *arena, const double *values, size_t count)
{
    if (count == 0)
        return 0;
    double *sorted = arena_calloc(arena, count, sizeof *sorted);
    memcpy(sorted, values, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, by_size);
    return count % 2 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
}

bool robust_outlier(struct arena *arena, const double *history, size_t count, double value,
                    struct robust *out)
{
    enum { LEAST = 3 };
    const double limit = 3.5, normal = 1.4826;
    double *distances = arena_calloc(arena, count + 1, sizeof *distances);
    out->median = robust_median(arena, history, count);
    for (size_t i = 0; i < count; i++)
        distances[i] = fabs(history[i] - out->median);
    out->spread = normal * robust_median(arena, distances, count);
    return count >= LEAST && out->spread > 0 && fabs(value - out->median) > limit * out->spread;
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
