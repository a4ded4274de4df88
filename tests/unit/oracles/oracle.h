/* oracle - one row of a file of right answers, and what is held against it. */
#ifndef TESTS_ORACLES_ORACLE_H
#define TESTS_ORACLES_ORACLE_H

#include "support.h"

#include <math.h>
#include <stdlib.h>

/* One row that is being checked: what is wrong with it gathers in `wrong`. */
struct row {
    struct arena *arena;
    const struct csv_table *table;
    size_t index;
    struct buffer wrong;
    struct text folder; /* of the oracles */
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
