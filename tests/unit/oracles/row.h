/* row - one row of an oracle while it is held against the program. */
#ifndef TESTS_ORACLES_ROW_H
#define TESTS_ORACLES_ROW_H

#include "base/decimal.h"
#include "support.h"

/* One row that is being checked: what is wrong with it gathers in `wrong`, a line each. */
struct row {
    struct arena *arena;
    const struct csv_table *table;
    size_t index;
    const char *file;
    struct buffer wrong;
    struct text folder;          /* of the oracles */
    const char *not_implemented; /* why; NULL: the row was held against the program */
};

static struct text cell(const struct row *row, const char *column)
{
    return table_cell(row->table, row->index, column);
}

/* "numbers.csv:3: ", with the row as a spreadsheet numbers it: the header is 1. */
static void begin_wrong(struct row *row)
{
    buffer_format(&row->wrong, "%s:%zu: ", row->file, row->index + 2);
}

static void expect(struct row *row, const char *what, struct text got, struct text expected)
{
    if (text_equal(got, expected))
        return;
    begin_wrong(row);
    buffer_format(&row->wrong, "expected %s '%.*s', got '%.*s'\n", what, TEXT_ARG(expected),
                  TEXT_ARG(got));
}

static void expect_word(struct row *row, const char *column, const char *got)
{
    expect(row, column, text_from(got), cell(row, column));
}

/* Blank when the number is not defined; trailing zeros aside. */
static void expect_exactly(struct row *row, const char *column, bool defined, struct decimal number)
{
    struct text expected = cell(row, column);
    struct decimal wanted;
    /* "7.0000000000000000000" has more zeros than a decimal holds */
    if (text_find(expected, '.', 0) < expected.len) {
        while (text_ends(expected, TEXT("0")))
            expected = text_slice(expected, 0, expected.len - 1);
        if (text_ends(expected, TEXT(".")))
            expected = text_slice(expected, 0, expected.len - 1);
    }
    bool same =
        defined == (expected.len > 0) &&
        (!defined || (decimal_parse(expected, &wanted) && decimal_compare(number, wanted) == 0));
    if (!same)
        expect(row, column, defined ? decimal_text(row->arena, number) : TEXT_EMPTY, expected);
}

#endif
