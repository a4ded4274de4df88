/* layout_balance - a page's width shared out among columns, then moved between columns of text so
 * that the rows become low. */
#include "write/pdf_int.h"

#include <math.h>

static const double narrowest_column = 24;

static double sum(const double *widths, size_t count)
{
    double total = 0;
    for (size_t i = 0; i < count; i++)
        total += widths[i];
    return total;
}

/* The width that the chosen columns share when those that need less keep to that. */
static double common_limit(const struct column_need *needs, size_t count, bool also_firm,
                           double available)
{
    double limit = 0;
    for (size_t round = 0; round <= count; round++) {
        double small = 0;
        size_t large = 0;
        for (size_t i = 0; i < count; i++) {
            bool gives = also_firm || !needs[i].firm;
            if (!gives || needs[i].least <= limit)
                small += needs[i].least;
            else
                large++;
        }
        double next = large ? (available - small) / (double)large : limit;
        if (next <= limit)
            break;
        limit = next;
    }
    return limit;
}

/* Columns whose words alone are too wide: those below a common limit keep theirs, the others get
 * the limit, unless that would leave no room for a syllable. */
static void squeeze(const struct column_need *needs, size_t count, double available, double *widths)
{
    double limit = common_limit(needs, count, false, available);
    bool also_firm = limit < narrowest_column;
    if (also_firm)
        limit = common_limit(needs, count, true, available);
    for (size_t i = 0; i < count; i++)
        widths[i] = also_firm || !needs[i].firm ? fmin(needs[i].least, limit) : needs[i].least;
}

/* What the columns of one kind lack of their natural widths, damped: a column with ten times the
 * text gets about three times the room. */
static double weight(const struct column_need *needs, size_t count, bool long_text,
                     const double *widths)
{
    double total = 0;
    for (size_t i = 0; i < count; i++)
        if (needs[i].long_text == long_text)
            total += sqrt(fmax(0, needs[i].natural - widths[i]));
    return total;
}

/*
 * Grows the chosen columns towards their natural widths with `budget`; returns what is left
 * over.
 */
static double grow(const struct column_need *needs, size_t count, bool long_text, double budget,
                   double *widths)
{
    for (size_t round = 0; round < count && budget > 0.01; round++) {
        double weights = weight(needs, count, long_text, widths), spent = 0;
        if (weights <= 0)
            break;
        for (size_t i = 0; i < count; i++) {
            double lacking = fmax(0, needs[i].natural - widths[i]);
            if (needs[i].long_text != long_text || lacking <= 0)
                continue;
            double more = fmin(lacking, budget * sqrt(lacking) / weights);
            widths[i] += more;
            spent += more;
        }
        budget -= spent;
    }
    return fmax(0, budget);
}

/* What nobody needs: a table of short cells is not stretched to more than a half again of its
 * natural width, so that figures stay near their names. */
static void stretch(const struct column_need *needs, size_t count, double spare, double *widths)
{
    double total = sum(widths, count);
    bool long_text = false;
    for (size_t i = 0; i < count; i++)
        long_text = long_text || needs[i].long_text;
    double more = long_text ? spare : fmin(spare, total * 0.6);
    if (total <= 0)
        return;
    for (size_t i = 0; i < count; i++)
        widths[i] += more * widths[i] / total;
}

void layout_columns(const struct column_need *needs, size_t count, double available, double *widths)
{
    double least = 0;
    for (size_t i = 0; i < count; i++) {
        widths[i] = needs[i].least;
        least += needs[i].least;
    }
    if (least > available) {
        squeeze(needs, count, available, widths);
        return;
    }
    double spare = available - least, short_weight = weight(needs, count, false, widths),
           long_weight = weight(needs, count, true, widths);
    double reserved = long_weight > 0 ? spare * long_weight / (long_weight + short_weight) : 0;
    spare = grow(needs, count, false, spare - reserved, widths) + reserved;
    spare = grow(needs, count, true, spare, widths);
    spare = grow(needs, count, false, spare, widths);
    stretch(needs, count, spare, widths);
}

/* In how many steps the page's width is shared, and how narrow none gets for another's sake. */
static const double step_share = 0.01, least_share = 0.07;
/* The same of what each of many columns would have if all were alike. */
static const double least_part = 0.6;
/* In points: about half a word. In lines of a table: what is worth a step. */
static const double line_waste = 10, least_gain = 0.01;
enum { STEPS_MOST = 100 };

struct balance {
    const struct column_need *needs;
    const struct cell_need *cells;
    size_t rows, count;
    double sides, step;
    double *widths;
    double *power;       /* of the lines of a row's cells */
    double *gain, *loss; /* of the table's height, in lines, for a step more or less */
};

/* At the end of each line some part of a word is missing. */
static double lines_of(const struct balance *balance, size_t row, size_t c, double width)
{
    const struct cell_need *cell = &balance->cells[row * balance->count + c];
    double room = fmax(1, width - balance->sides);
    if (cell->length <= room)
        return cell->lines;
    return fmax(cell->lines, cell->length / fmax(room * 0.75, room - line_waste));
}

static double eighth_power(double value)
{
    double square = value * value, fourth = square * square;
    return fourth * fourth;
}

/* As high as the highest cell is, nearly; but where two are, each of them that gets lower counts.
 */
static double row_lines(double powers)
{
    return sqrt(sqrt(sqrt(powers)));
}

/* What a row would lose and gain if each of its columns were a step wider or narrower. */
static void weigh_row(struct balance *balance, size_t row)
{
    double powers = 0;
    for (size_t c = 0; c < balance->count; c++) {
        balance->power[c] = eighth_power(lines_of(balance, row, c, balance->widths[c]));
        powers += balance->power[c];
    }
    double high = row_lines(powers);
    for (size_t c = 0; c < balance->count; c++) {
        double width = balance->widths[c], others = powers - balance->power[c];
        if (balance->power[c] <= 0 || balance->needs[c].firm)
            continue;
        double wider = eighth_power(lines_of(balance, row, c, width + balance->step));
        double narrower = eighth_power(lines_of(balance, row, c, width - balance->step));
        balance->gain[c] += high - row_lines(fmax(0, others) + wider);
        balance->loss[c] += row_lines(fmax(0, others) + narrower) - high;
    }
}

static bool can_give(const struct balance *balance, size_t c, double available)
{
    const struct column_need *need = &balance->needs[c];
    double least =
        need->long_text
            ? fmax(need->least,
                   fmin(need->natural,
                        available * fmin(least_share, least_part / (double)balance->count)))
            : need->natural; /* what is short stays on its line */
    return !need->firm && balance->widths[c] - balance->step >= least;
}

/* One step from the column that needs it least to the one that needs it most; false: none helps. */
static bool move_width(struct balance *balance, double available)
{
    size_t from = balance->count, to = balance->count;
    for (size_t c = 0; c < balance->count; c++)
        balance->gain[c] = balance->loss[c] = 0;
    for (size_t r = 0; r < balance->rows; r++)
        weigh_row(balance, r);
    for (size_t c = 0; c < balance->count; c++)
        if (!balance->needs[c].firm &&
            (to == balance->count || balance->gain[c] > balance->gain[to]))
            to = c;
    for (size_t c = 0; c < balance->count; c++)
        if (c != to && can_give(balance, c, available) &&
            (from == balance->count || balance->loss[c] < balance->loss[from]))
            from = c;
    if (from == balance->count || to == balance->count ||
        balance->gain[to] <= balance->loss[from] * 1.001 + least_gain)
        return false;
    balance->widths[from] -= balance->step;
    balance->widths[to] += balance->step;
    return true;
}

void layout_balance(struct arena *arena, const struct column_need *needs,
                    const struct cell_need *cells, size_t rows, size_t count, double sides,
                    double *widths)
{
    double available = 0;
    for (size_t c = 0; c < count; c++)
        available += widths[c];
    struct balance balance = {.needs = needs,
                              .cells = cells,
                              .rows = rows,
                              .count = count,
                              .sides = sides,
                              .step = available * step_share,
                              .widths = widths,
                              .power = arena_calloc(arena, count + 1, sizeof(double)),
                              .gain = arena_calloc(arena, count + 1, sizeof(double)),
                              .loss = arena_calloc(arena, count + 1, sizeof(double))};
    for (int step = 0; step < STEPS_MOST && move_width(&balance, available); step++)
        continue;
}
