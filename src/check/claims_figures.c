/*
 * claims_figures - what figures a measure has in the job's area, and the rules by which a number or
 * a word that is written of it is right.
 */
#include "check/claims_int.h"

static void add_known(struct arena *arena, struct known_figures *known, size_t *capacity,
                      struct known_figure figure)
{
    if (!figure.value.present || known_of(known, figure.period) != SIZE_MAX)
        return;
    known->items = arena_grow(arena, known->items, known->count, capacity, sizeof *known->items);
    known->items[known->count++] = figure;
}

size_t known_of(const struct known_figures *known, struct period period)
{
    for (size_t i = 0; i < known->count; i++)
        if (period_same(known->items[i].period, period))
            return i;
    return SIZE_MAX;
}

/* The latest that does not begin after the job's period: an export may set periods of its own
 * beside each measure. */
static void add_latest(struct arena *arena, const struct mention *mention,
                       struct known_figures *known, size_t *capacity)
{
    const struct dataset *dataset = mention->comparison->dataset;
    const struct figure *latest =
        dataset_latest(dataset, (size_t)(mention->row->measure - dataset->measures),
                       mention->comparison->where, mention->comparison->period.end);
    if (latest)
        add_known(
            arena, known, capacity,
            (struct known_figure){latest->value, dataset->periods[latest->period], latest->place});
}

struct known_figures claims_figures(struct arena *arena, const struct mention *mention)
{
    const struct comparison *comparison = mention->comparison;
    const struct compared *row = mention->row;
    const struct dataset *dataset = comparison->dataset;
    struct known_figures known = {0};
    size_t capacity = 0;
    add_known(arena, &known, &capacity,
              (struct known_figure){row->now, comparison->period, row->place});
    bool has_own = row->measure && comparison->where != AREA_ALL;
    if (has_own && !known.count)
        add_latest(arena, mention, &known, &capacity);
    struct figure figure;
    for (size_t p = 0; has_own && p < dataset->period_count; p++)
        if (dataset_find(dataset, (size_t)(row->measure - dataset->measures), comparison->where, p,
                         &figure))
            add_known(arena, &known, &capacity,
                      (struct known_figure){figure.value, dataset->periods[p], figure.place});
    for (size_t b = 0; b < comparison->baselines.count; b++)
        add_known(arena, &known, &capacity,
                  (struct known_figure){row->before[b], comparison->baselines.items[b].period,
                                        row->place});
    return known;
}

struct text known_text(struct arena *arena, const struct mention *mention,
                       const struct known_figure *figure)
{
    struct text place = place_text(arena, figure->place);
    return text_format(arena, "%.*s in %.*s%s%.*s%s",
                       TEXT_ARG(claims_value(arena, mention->row, figure->value)),
                       TEXT_ARG(period_display(arena, figure->period)), place.len ? " (" : "",
                       TEXT_ARG(place), place.len ? ")" : "");
}

/* ---- the rules ---- */

/* |a - b| * times <= limit */
static bool is_within(struct decimal a, struct decimal b, int64_t times, struct decimal limit)
{
    struct decimal difference, product;
    if (!decimal_subtract(a, b, &difference))
        return false;
    difference = decimal_sign(difference) < 0 ? decimal_negate(difference) : difference;
    return decimal_multiply(difference, decimal_from(times), &product) &&
           decimal_compare(product, limit) <= 0;
}

/* What the last digit that is not zero counts: 1,000 of 5,000. */
static struct decimal last_unit(struct decimal number)
{
    int64_t whole = 0, unit = 1;
    if (!decimal_integer(number, &whole) || whole == 0)
        return decimal_from(1);
    for (; whole % 10 == 0; whole /= 10)
        unit *= 10;
    return decimal_from(unit);
}

/* "£36k" is 35,600, and "5,000" is 5,005: rounded at the digit that it ends with. A number that
 * ends in fewer than two zeros is meant as it stands. */
static bool is_rounded_to(struct decimal figure, struct decimal stated, struct decimal unit)
{
    struct decimal rounded, exact, last = last_unit(stated);
    if (decimal_divide(figure, unit, stated.scale, &rounded) &&
        decimal_compare(rounded, stated) == 0)
        return true;
    return decimal_multiply(stated, unit, &exact) &&
           decimal_compare(last, decimal_from(100)) >= 0 && is_within(figure, exact, 2, last);
}

enum dq dq_amount(struct decimal figure, struct decimal stated, struct decimal unit,
                  enum nearness nearness)
{
    struct decimal exact;
    if (!decimal_multiply(stated, unit, &exact))
        return DQ_OK; /* more digits than any figure has: nothing to be tied */
    bool about = is_rounded_to(figure, stated, unit) ||
                 is_within(figure, exact, 20, exact) || /* within 5% */
                 is_within(figure, exact, 2, last_unit(exact));
    int sign = decimal_compare(figure, exact);
    bool holds = nearness == NEAR_EXACT   ? is_rounded_to(figure, stated, unit)
                 : nearness == NEAR_ABOUT ? about
                 : nearness == NEAR_OVER  ? sign > 0
                 : nearness == NEAR_UNDER ? sign < 0
                                          : sign <= 0 && is_within(figure, exact, 10, exact);
    return holds ? DQ_OK : DQ_AMOUNT_MISMATCH;
}

static bool is_times(struct decimal a, struct decimal b, int64_t fortieths, bool at_least)
{
    struct decimal left, right;
    if (!decimal_multiply(a, decimal_from(40), &left) ||
        !decimal_multiply(b, decimal_from(fortieths), &right))
        return false;
    return at_least ? decimal_compare(left, right) >= 0 : decimal_compare(left, right) <= 0;
}

enum dq dq_claim(enum claim claim, enum evidence evidence, struct decimal now,
                 struct decimal before)
{
    int sign = decimal_compare(now, before);
    bool up = evidence == EVIDENCE_CLEAR_UP || evidence == EVIDENCE_POSSIBLE_UP ||
              (evidence == EVIDENCE_NONE && sign > 0);
    bool down = evidence == EVIDENCE_CLEAR_DOWN || evidence == EVIDENCE_POSSIBLE_DOWN ||
                (evidence == EVIDENCE_NONE && sign < 0);
    bool holds = true;
    if (claim == CLAIM_UP)
        holds = up;
    else if (claim == CLAIM_DOWN)
        holds = down;
    else if (claim == CLAIM_DOUBLED) /* within 5%: "doubled" is said of 1.9 times as many */
        holds = up && is_times(now, before, 76, true);
    else if (claim == CLAIM_TREBLED)
        holds = up && is_times(now, before, 114, true);
    else if (claim == CLAIM_HALVED)
        holds = down && is_times(now, before, 21, false);
    else if (claim == CLAIM_SAME)
        holds = sign == 0 || evidence == EVIDENCE_LITTLE_CHANGED;
    else if (claim == CLAIM_NO_CHANGE)
        holds = sign == 0;
    return holds ? DQ_OK : DQ_CLAIM_NOT_SUPPORTED;
}
