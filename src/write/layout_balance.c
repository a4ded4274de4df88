/* layout_balance - the width of columns of text shared out so that the rows become low. */
#include "write/pdf_int.h"

#include <math.h>

/* In how many steps the page's width is shared, and how narrow none gets for another's sake. */
static const double step_share = 0.01, least_share = 0.07;
enum { STEPS_MOST = 100 };

struct balance {
    const struct column_need *needs;
    const struct cell_need *cells;
    size_t rows, count;
    double sides, step;
    double *widths;
    double *gain, *loss; /* of the table's height, in lines, for a step more or less */
};

static double lines_of(const struct balance *balance, size_t row, size_t c, double width)
{
    const struct cell_need *cell = &balance->cells[row * balance->count + c];
    return fmax(cell->lines, cell->length / fmax(1, width - balance->sides));
}

/* What a row would lose and gain if each of its columns were a step wider or narrower. */
static void weigh_row(struct balance *balance, size_t row)
{
    double high = 0, next = 0; /* the highest cell, and the highest of the others */
    size_t highest = 0;
    for (size_t c = 0; c < balance->count; c++) {
        double lines = lines_of(balance, row, c, balance->widths[c]);
        if (lines > high) {
            next = high;
            high = lines;
            highest = c;
        } else {
            next = fmax(next, lines);
        }
    }
    for (size_t c = 0; c < balance->count; c++) {
        double width = balance->widths[c];
        double wider = lines_of(balance, row, c, width + balance->step);
        double narrower = lines_of(balance, row, c, width - balance->step);
        if (c == highest)
            balance->gain[c] += high - fmax(next, wider);
        balance->loss[c] += fmax(high, narrower) - high;
    }
}

static bool can_give(const struct balance *balance, size_t c, double available)
{
    const struct column_need *need = &balance->needs[c];
    double least = fmax(need->least, fmin(need->natural, available * least_share));
    return need->long_text && balance->widths[c] - balance->step >= least;
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
        if (balance->needs[c].long_text &&
            (to == balance->count || balance->gain[c] > balance->gain[to]))
            to = c;
    for (size_t c = 0; c < balance->count; c++)
        if (c != to && can_give(balance, c, available) &&
            (from == balance->count || balance->loss[c] < balance->loss[from]))
            from = c;
    if (from == balance->count || to == balance->count ||
        balance->gain[to] <= balance->loss[from] * 1.001)
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
                              .gain = arena_calloc(arena, count + 1, sizeof(double)),
                              .loss = arena_calloc(arena, count + 1, sizeof(double))};
    for (int step = 0; step < STEPS_MOST && move_width(&balance, available); step++)
        continue;
}
