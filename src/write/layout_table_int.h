/* layout_table_int - a table being laid out: layout_widths.c measures it, layout_table.c fills it.
 */
#ifndef WRITE_LAYOUT_TABLE_INT_H
#define WRITE_LAYOUT_TABLE_INT_H

#include "write/pdf_int.h"

/* Room in front of the word of a status for its shape, and of a row's name that is run in. */
extern const double table_status_room, table_of_which_indent;

/* A table with its measurements; the sizes shrink until the words of all columns fit. */
struct grid {
    struct flow *flow;
    const struct table *table;
    double size, leading;
    double side;       /* between the edge of a column and its text */
    double *x, *width; /* of the columns, sides included */
    double *tail;      /* the widest part of a number behind its units digit */
    size_t row_header; /* the column that names the rows, or column_count */
    struct tag *tag, *head, *body;
    struct tag **columns; /* the headers' elements, where a group stands above rows; else NULL */
    struct tag *band;     /* of the group that is being added, or NULL */
    struct strips *head_again; /* the header as an artifact */
};

/* What is remembered of a grid. */
struct table_widths {
    const struct table *table;
    double available; /* of the page */
    double size, leading, side;
    double *x, *width, *tail;
};

unsigned table_row_style(enum row_kind kind);
/* Whether the name of such a row is run in: it belongs to the row above. */
bool table_is_indented(enum row_kind kind);
/* Whether a cell of that column stands at the decimal point, as do numbers and what stands for one:
 * "+15.6%", "0", "[c]". */
bool table_is_aligned(const struct grid *grid, size_t c, const struct cell *cell);
/* The width of what stands behind the units digit of such a cell. */
double table_tail(const struct grid *grid, const struct cell *cell, unsigned style);
/*
 * Settles the size of type and the columns: as large as the style wants it and no smaller than
 * 9 points. What is in the flow's list is not measured again. A warning names a column whose words
 * had to be broken and the page that would do.
 */
void table_set_widths(struct grid *grid);

#endif
