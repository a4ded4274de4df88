/* suppression_oracles - lines and two-way tables with small counts. */
#ifndef TESTS_ORACLES_SUPPRESSION_H
#define TESTS_ORACLES_SUPPRESSION_H

#include "compute/suppress.h"
#include "row.h"

enum { CELLS_MOST = 256 };

static int64_t integer(struct text t)
{
    struct decimal number;
    int64_t out = -1; /* which is no count */
    return decimal_parse(t, &number) && decimal_integer(number, &out) ? out : -1;
}

static size_t read_counts(struct text t, int64_t *cells, size_t room)
{
    size_t count = 0;
    struct text_pieces pieces = text_split(t, ' ');
    for (struct text piece; count < room && text_next(&pieces, &piece);)
        cells[count++] = integer(piece);
    return count;
}

static struct text shown_count(struct row *row, int64_t count, bool hidden)
{
    return hidden ? TEXT("[c]") : text_format(row->arena, "%jd", (intmax_t)count);
}

static struct text pattern_of(struct row *row, const enum hidden *hidden, size_t count)
{
    struct buffer out = {.arena = row->arena};
    for (size_t i = 0; i < count; i++)
        buffer_add_byte(&out, hidden_letter(hidden[i]));
    return buffer_text(&out);
}

static void check_suppressed_line(struct row *row)
{
    int64_t cells[CELLS_MOST], total = integer(cell(row, "total"));
    enum hidden hidden[CELLS_MOST] = {SHOWN};
    struct suppress_rule rule = {integer(cell(row, "threshold")),
                                 text_is(cell(row, "zeros_published"), "yes")};
    struct suppress_line line = {.cells = cells, .hidden = hidden};
    line.count = read_counts(cell(row, "cells"), cells, CELLS_MOST);
    line.total = cell(row, "total").len ? &total : NULL;
    if (!suppress_line(rule, &line))
        expect(row, "line", TEXT("cannot be judged"), TEXT_EMPTY);
    struct texts shown = {0};
    for (size_t i = 0; i < line.count; i++)
        texts_add(row->arena, &shown, shown_count(row, cells[i], hidden[i] != SHOWN));
    expect(row, "shown", texts_join(row->arena, &shown, TEXT(" ")), cell(row, "shown"));
    expect(row, "total_shown", line.total ? shown_count(row, total, line.total_hidden) : TEXT_EMPTY,
           cell(row, "total_shown"));
    expect(row, "kind", pattern_of(row, hidden, line.count), cell(row, "kind"));
}

/* "0,0:1-14 0,1:1-14": row, column, least and most of each hidden cell. */
static struct text ranges_of(struct row *row, struct suppress_rule rule,
                             const struct suppress_table *table)
{
    struct suppress_range *found = suppress_ranges(row->arena, rule, table);
    struct texts ranges = {0};
    for (size_t i = 0; i < table->rows * table->columns; i++) {
        size_t r = i / table->columns, c = i % table->columns;
        if (table->hidden[i] == SHOWN)
            continue;
        texts_add(row->arena, &ranges,
                  text_format(row->arena, "%zu,%zu:%jd-%jd", r, c, (intmax_t)found[i].least,
                              (intmax_t)found[i].most));
    }
    return texts_join(row->arena, &ranges, TEXT(" "));
}

static void check_suppressed_table(struct row *row)
{
    int64_t cells[CELLS_MOST];
    enum hidden hidden[CELLS_MOST] = {SHOWN};
    struct suppress_rule rule = {integer(cell(row, "threshold")), true};
    struct suppress_table table = {.cells = cells, .hidden = hidden};
    struct text_pieces lines = text_split(cell(row, "cells"), ';');
    size_t count = 0;
    for (struct text line; text_next(&lines, &line); table.rows++)
        count += table.columns = read_counts(line, cells + count, CELLS_MOST - count);
    if (!suppress_table(row->arena, rule, &table))
        expect(row, "table", TEXT("cannot be judged"), TEXT_EMPTY);
    struct texts patterns = {0};
    for (size_t r = 0; r < table.rows; r++)
        texts_add(row->arena, &patterns,
                  pattern_of(row, hidden + r * table.columns, table.columns));
    expect(row, "pattern", texts_join(row->arena, &patterns, TEXT(";")), cell(row, "pattern"));
    expect_word(row, "audit", table.totals_hidden ? "hide_totals" : "safe");
    expect(row, "feasible_interval_per_hidden_cell", ranges_of(row, rule, &table),
           cell(row, "feasible_interval_per_hidden_cell"));
}

#endif
