/*
 * tidy - a table of the document as rows for a program: one value a cell, markers and words in
 * columns of their own, periods down and not across. csv.c writes it.
 *
 * A table is long, with a row for each of its cells, when its columns are periods or its rows are;
 * else it has a row for each row. Pure: the same table gives the same rows.
 */
#ifndef WRITE_TIDY_INT_H
#define WRITE_TIDY_INT_H

#include "document/document.h"

enum tidy_type { TIDY_TEXT, TIDY_NUMBER, TIDY_DATE };

struct tidy_column {
    struct text title; /* unique in the table */
    struct text name;  /* the same for programs: letters, digits and "_" */
    enum tidy_type type;
    struct text unit;   /* of all its numbers: "percent", "GBP"; empty: none, or not one */
    struct texts nulls; /* texts that stand for nothing: "", "[x]" */
};
struct tidy {
    struct tidy_column *columns;
    size_t column_count;
    struct text **rows; /* of column_count texts each; numbers as "-1234.5", dates as in ISO 8601 */
    size_t row_count;
    size_t row_capacity;
};

void tidy_make(struct arena *arena, const struct table *table, struct tidy *out);

#endif
