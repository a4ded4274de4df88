/* disclosure_rounding - what is shown of a source is rounded, each figure for itself. */
#include "compute/disclosure_int.h"

/* A tenth of a per cent of fewer than this many units tells more than a rounded count does. */
enum { UNITS_OF_LARGE_BASE = 1000 };

static void round_value(const struct control *c, struct value *value)
{
    if (value->present)
        decimal_round_to_multiple(value->number, c->protect.unit, &value->number);
}

/* A measure has as many decimals in all rows of a table: its smallest base decides. */
static bool has_large_bases(const struct control *c, size_t measure)
{
    for (size_t i = 0; i < c->dataset->figure_count; i++) {
        const struct figure *figure = &c->dataset->figures[i];
        struct decimal large = decimal_from((int64_t)c->protect.unit * UNITS_OF_LARGE_BASE);
        if (figure->measure == measure && figure->value.present &&
            (!figure->denominator.present ||
             decimal_compare(figure->denominator.number, large) < 0))
            return false;
    }
    return true;
}

/* From the exact counts with one decimal, or of few people from the rounded ones with none. */
static void round_percent(const struct control *c, struct figure *figure, bool is_large)
{
    int64_t part, whole;
    if (!disclosure_count(figure->count, &part) || !disclosure_count(figure->denominator, &whole) ||
        !suppress_rounded_percent(c->protect.rule, c->protect.unit, part, whole,
                                  is_large ? 0 : INT64_MAX, &figure->value.number))
        decimal_round(figure->value.number, 0, &figure->value.number);
}

/* A rate would give back its count: it becomes that of the rounded one. */
static void round_rate(const struct control *c, struct figure *figure)
{
    struct decimal exact = figure->count.number, shown = exact, product = exact;
    if (decimal_sign(exact) == 0)
        return;
    bool fits = decimal_round_to_multiple(exact, c->protect.unit, &shown);
    fits &= decimal_multiply(figure->value.number, shown, &product);
    fits &= decimal_divide(product, exact, figure->value.number.scale, &figure->value.number);
    if (!fits)
        value_mark(&figure->value, MARKER_CONFIDENTIAL);
    figure_settle(figure);
}

void disclosure_round(struct control *c)
{
    bool *is_large = arena_calloc(c->arena, c->dataset->measure_count, sizeof *is_large);
    for (size_t m = 0; m < c->dataset->measure_count; m++)
        is_large[m] = has_large_bases(c, m);
    for (size_t i = 0; i < c->dataset->figure_count; i++) {
        struct figure *figure = &c->dataset->figures[i];
        enum measure_kind kind = disclosure_measure(c, figure)->kind;
        if (!figure->value.present)
            continue;
        if (kind == KIND_COUNT)
            round_value(c, &figure->value);
        else if (kind == KIND_PERCENT)
            round_percent(c, figure, is_large[figure->measure]);
        else if (kind == KIND_RATE)
            round_rate(c, figure);
        round_value(c, &figure->count);
        round_value(c, &figure->denominator);
        disclosure_forget_words(c, figure);
    }
}
