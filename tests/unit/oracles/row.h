/* row - one row of an oracle while it is held against the program. */
#ifndef TESTS_ORACLES_ROW_H
#define TESTS_ORACLES_ROW_H

#include "support.h"

/* One row that is being checked: what is wrong with it gathers in `wrong`. */
struct row {
    struct arena *arena;
    const struct csv_table *table;
    size_t index;
    struct buffer wrong;
    const char *not_implemented; /* why; NULL: the row was held against the program */
};

static struct text cell(const struct row *row, const char *column)
{
    return table_cell(row->table, row->index, column);
}

static void expect(struct row *row, const char *what, struct text got, struct text expected)
{
    if (!text_equal(got, expected))
        buffer_format(&row->wrong, "%s%s: got '%.*s', expected '%.*s'", row->wrong.len ? "; " : "",
                      what, TEXT_ARG(got), TEXT_ARG(expected));
}

static void expect_word(struct row *row, const char *column, const char *got)
{
    expect(row, column, text_from(got), cell(row, column));
}

#endif
