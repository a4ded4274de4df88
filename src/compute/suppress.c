#include "compute/suppress.h"

char hidden_letter(enum hidden hidden)
{
    static const char letters[] = {'-', 'P', 'S', 'D'};
    return letters[hidden];
}

bool suppress_is_small(struct suppress_rule rule, int64_t count)
{
    return count == 0 ? !rule.zeros_published : count < rule.threshold;
}

static bool rounded(struct suppress_rule rule, unsigned unit, int64_t count, struct decimal *out)
{
    if (count < 0 || suppress_is_small(rule, count))
        return false;
    return decimal_round_to_multiple(decimal_from(count), unit, out);
}

bool suppress_rounded(struct suppress_rule rule, unsigned unit, int64_t count, int64_t *shown)
{
    struct decimal out;
    return rounded(rule, unit, count, &out) && decimal_integer(out, shown);
}

bool suppress_rounded_percent(struct suppress_rule rule, unsigned unit, int64_t part, int64_t whole,
                              int64_t small, struct decimal *percent)
{
    struct decimal a, b;
    bool exact = whole >= small;
    if (!rounded(rule, unit, part, &a) || !rounded(rule, unit, whole, &b))
        return false;
    if (exact) {
        a = decimal_from(part);
        b = decimal_from(whole);
    }
    a.coefficient *= 100; /* of 64 bits: cannot overflow */
    return decimal_divide(a, b, exact ? 1 : 0, percent);
}
