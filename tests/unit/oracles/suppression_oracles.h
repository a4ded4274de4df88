/* suppression_oracles - lines and two-way tables with small counts. */
#ifndef TESTS_ORACLES_SUPPRESSION_H
#define TESTS_ORACLES_SUPPRESSION_H

#include "../compute/protect_support.h"
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

static struct text pattern_of(struct row *row, const struct protect *protect, size_t first,
                              size_t count)
{
    struct buffer out = {.arena = row->arena};
    for (size_t i = first; i < first + count; i++)
        buffer_add_byte(&out, hidden_letter(protect->cells[i].hidden));
    return buffer_text(&out);
}

static void check_suppressed_line(struct row *row)
{
    int64_t cells[CELLS_MOST], total = integer(cell(row, "total"));
    struct suppress_rule rule = {integer(cell(row, "threshold")),
                                 text_is(cell(row, "zeros_published"), "yes")};
    size_t count = read_counts(cell(row, "cells"), cells, CELLS_MOST);
    bool has_total = cell(row, "total").len > 0;
    struct protect line = protected_line(row->arena, rule, cells, count, has_total ? &total : NULL);
    struct texts shown = {0};
    for (size_t i = 0; i < count; i++)
        texts_add(row->arena, &shown, shown_count(row, cells[i], line.cells[i].hidden != SHOWN));
    expect(row, "shown", texts_join(row->arena, &shown, TEXT(" ")), cell(row, "shown"));
    expect(row, "total_shown",
           has_total ? shown_count(row, total, line.cells[count].hidden != SHOWN) : TEXT_EMPTY,
           cell(row, "total_shown"));
    expect(row, "kind", pattern_of(row, &line, 0, count), cell(row, "kind"));
}

/* "0,0:1-14 0,1:1-14": row, column, least and most of each hidden cell. */
static struct text ranges_of(struct row *row, struct protect *table, size_t rows, size_t columns)
{
    struct texts ranges = {0};
    for (size_t i = 0; i < rows * columns; i++) {
        struct protect_range range = protect_range(table, i);
        if (table->cells[i].hidden != SHOWN)
            texts_add(row->arena, &ranges,
                      text_format(row->arena, "%zu,%zu:%jd-%jd", i / columns, i % columns,
                                  (intmax_t)range.least, (intmax_t)range.most));
    }
    return texts_join(row->arena, &ranges, TEXT(" "));
}

static void check_suppressed_table(struct row *row)
{
    int64_t cells[CELLS_MOST];
    struct suppress_rule rule = {integer(cell(row, "threshold")), true};
    struct text_pieces lines = text_split(cell(row, "cells"), ';');
    size_t count = 0, rows = 0, columns = 0;
    for (struct text line; text_next(&lines, &line); rows++)
        count += columns = read_counts(line, cells + count, CELLS_MOST - count);
    bool totals_hidden;
    struct protect table = protected_table(row->arena, rule, cells, rows, columns, &totals_hidden);
    struct texts patterns = {0};
    for (size_t r = 0; r < rows; r++)
        texts_add(row->arena, &patterns, pattern_of(row, &table, r * columns, columns));
    expect(row, "pattern", texts_join(row->arena, &patterns, TEXT(";")), cell(row, "pattern"));
    expect_word(row, "audit", totals_hidden ? "hide_totals" : "safe");
    expect(row, "feasible_interval_per_hidden_cell", ranges_of(row, &table, rows, columns),
           cell(row, "feasible_interval_per_hidden_cell"));
}

#endif
