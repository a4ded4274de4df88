#include "compute/suppress.h"

#include "compute/transport.h"

char hidden_letter(enum hidden hidden)
{
    static const char letters[] = {'-', 'P', 'S', 'D'};
    return letters[hidden];
}

bool suppress_is_small(struct suppress_rule rule, int64_t count)
{
    return count == 0 ? !rule.zeros_published : count < rule.threshold;
}

/* ---- one line of cells: a row, a column, or a whole table ---- */

struct cells {
    const int64_t *counts;
    enum hidden *hidden;
    size_t count, step; /* from one cell to the next */
};

/* What is hidden before any subtraction. A zero hides nothing where zeros are published. */
static enum hidden first_mark(struct suppress_rule rule, int64_t count, enum hidden marked)
{
    if (suppress_is_small(rule, count))
        return HIDDEN_PRIMARY;
    return marked == HIDDEN_DERIVED && count > 0 ? HIDDEN_DERIVED : SHOWN;
}

/* False when the counts cannot be judged: one is negative, or they add up beyond 64 bits. */
static bool mark_first(struct suppress_rule rule, struct cells cells, int64_t *sum)
{
    *sum = 0;
    for (size_t i = 0; i < cells.count; i++) {
        if (cells.counts[i] < 0 || __builtin_add_overflow(*sum, cells.counts[i], sum))
            return false;
        cells.hidden[i] = first_mark(rule, cells.counts[i], cells.hidden[i]);
    }
    return rule.threshold >= 1;
}

/* What cannot be judged is not shown. */
static bool refuse(struct cells cells)
{
    for (size_t i = 0; i < cells.count; i++)
        cells.hidden[i] = HIDDEN_PRIMARY;
    return false;
}

static bool is_safe(struct suppress_rule rule, struct cells cells)
{
    int64_t hidden = 0, sum = 0;
    for (size_t i = 0; i < cells.count; i++) {
        if (cells.hidden[i * cells.step] == SHOWN)
            continue;
        hidden++;
        sum += cells.counts[i * cells.step];
    }
    return hidden == 0 || (hidden >= 2 && sum - hidden >= rule.threshold - 1);
}

/* Hides the smallest shown cell that is not zero, the first of equals; false: there is none. */
static bool hide_next(struct cells cells)
{
    size_t next = SIZE_MAX;
    for (size_t i = 0; i < cells.count * cells.step; i += cells.step)
        if (cells.hidden[i] == SHOWN && cells.counts[i] > 0 &&
            (next == SIZE_MAX || cells.counts[i] < cells.counts[next]))
            next = i;
    if (next == SIZE_MAX)
        return false;
    cells.hidden[next] = HIDDEN_SECONDARY;
    return true;
}

bool suppress_line(struct suppress_rule rule, struct suppress_line *line)
{
    struct cells cells = {line->cells, line->hidden, line->count, 1};
    int64_t sum;
    line->total_hidden = true;
    if (!mark_first(rule, cells, &sum) || (line->total && *line->total != sum))
        return refuse(cells);
    line->total_hidden = false;
    while (line->total && !line->total_hidden && !is_safe(rule, cells))
        line->total_hidden = !hide_next(cells);
    return true;
}

/* ---- two-way tables ---- */

static struct cells cells_of_row(const struct suppress_table *table, size_t row)
{
    size_t first = row * table->columns;
    return (struct cells){table->cells + first, table->hidden + first, table->columns, 1};
}

static struct cells cells_of_column(const struct suppress_table *table, size_t column)
{
    return (struct cells){table->cells + column, table->hidden + column, table->rows,
                          table->columns};
}

static struct cells cells_of_table(const struct suppress_table *table)
{
    return (struct cells){table->cells, table->hidden, table->rows * table->columns, 1};
}

/* Hides one more cell in the first line that is not safe; false when that is of no more use. */
static bool hide_in_lines(struct suppress_rule rule, const struct suppress_table *table)
{
    for (size_t i = 0; i < table->rows + table->columns; i++) {
        struct cells line =
            i < table->rows ? cells_of_row(table, i) : cells_of_column(table, i - table->rows);
        if (!is_safe(rule, line) && hide_next(line))
            return true;
    }
    return false;
}

/* A reader knows of each hidden cell that it is not 0 where zeros are published. */
static void let_hidden_move(struct suppress_rule rule, const struct suppress_table *table,
                            struct transport *network)
{
    for (size_t i = 0; i < table->rows * table->columns; i++)
        if (table->hidden[i] != SHOWN)
            network->slack[i] = table->cells[i] - rule.zeros_published;
}

/* Whether a hidden cell can have as many values as the threshold. */
static bool is_wide(struct suppress_rule rule, struct transport *network, size_t row, size_t column)
{
    int64_t others = rule.threshold - 1;
    int64_t fewer = transport_fall(network, row, column, others);
    return fewer + transport_rise(network, row, column, others - fewer) >= others;
}

/* Of secondary cells nothing is promised but that they protect the others. */
static bool all_are_wide(struct suppress_rule rule, const struct suppress_table *table,
                         struct transport *network)
{
    let_hidden_move(rule, table, network);
    for (size_t i = 0; i < table->rows * table->columns; i++) {
        bool audited = table->hidden[i] == HIDDEN_PRIMARY || table->hidden[i] == HIDDEN_DERIVED;
        if (audited && !is_wide(rule, network, i / table->columns, i % table->columns))
            return false;
    }
    return true;
}

bool suppress_table(struct arena *arena, struct suppress_rule rule, struct suppress_table *table)
{
    struct cells all = cells_of_table(table);
    struct transport network = transport_new(arena, table->rows, table->columns);
    int64_t sum;
    table->totals_hidden = true;
    if (!mark_first(rule, all, &sum))
        return refuse(all);
    do {
        while (hide_in_lines(rule, table))
            ;
        table->totals_hidden = !all_are_wide(rule, table, &network);
    } while (table->totals_hidden && hide_next(all));
    return true;
}

struct suppress_range *suppress_ranges(struct arena *arena, struct suppress_rule rule,
                                       const struct suppress_table *table)
{
    size_t count = table->rows * table->columns;
    struct suppress_range *ranges = arena_calloc(arena, count, sizeof *ranges);
    struct transport network = transport_new(arena, table->rows, table->columns);
    let_hidden_move(rule, table, &network);
    for (size_t i = 0; i < count; i++) {
        size_t row = i / table->columns, column = i % table->columns;
        int64_t cell = table->cells[i];
        ranges[i] = (struct suppress_range){cell, cell};
        if (table->hidden[i] == SHOWN)
            continue;
        ranges[i].least -= transport_fall(&network, row, column, INT64_MAX);
        ranges[i].most += transport_rise(&network, row, column, INT64_MAX);
    }
    return ranges;
}

/* ---- rounding ---- */

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

/* ---- what is worked out from hidden figures ---- */

static size_t hidden_inputs(const struct suppress_figure *figures,
                            const struct suppress_figure *figure)
{
    size_t hidden = 0;
    for (size_t i = 0; i < figure->input_count; i++)
        hidden += figures[figure->inputs[i]].hidden != SHOWN;
    return hidden;
}

/* Hides the last input that can be hidden; false: there is none. */
static bool hide_input(struct suppress_figure *figures, const struct suppress_figure *figure)
{
    for (size_t i = figure->input_count; i > 0; i--) {
        struct suppress_figure *input = &figures[figure->inputs[i - 1]];
        if (input->hidden != SHOWN || input->published)
            continue;
        input->hidden = HIDDEN_DERIVED;
        return true;
    }
    return false;
}

/* One round; true when it hid something. *given_back: a hidden figure can be found out. */
static bool hide_derived(struct suppress_figure *figures, size_t count, bool *given_back)
{
    bool changed = false;
    *given_back = false;
    for (size_t i = 0; i < count; i++) {
        struct suppress_figure *figure = &figures[i];
        size_t hidden = hidden_inputs(figures, figure);
        if (figure->published) {
            if (figure->hidden != SHOWN || (hidden == 1 && !hide_input(figures, figure)))
                *given_back = true;
            else
                changed |= hidden == 1;
        } else if (hidden && figure->hidden == SHOWN) {
            figure->hidden = HIDDEN_DERIVED;
            changed = true;
        }
    }
    return changed;
}

bool suppress_derived(struct suppress_figure *figures, size_t count)
{
    bool given_back;
    while (hide_derived(figures, count, &given_back))
        ;
    return !given_back;
}
