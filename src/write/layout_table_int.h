/* layout_table_int - a table being laid out: layout_survey.c and layout_widths.c measure it,
 * layout_table.c lays it out and layout_cells.c fills its rows. */
#ifndef WRITE_LAYOUT_TABLE_INT_H
#define WRITE_LAYOUT_TABLE_INT_H

#include "write/pdf_int.h"

/* Room in front of the word of a status for its shape, and of a row's name that is run in. */
extern const double table_status_room, table_of_which_indent;

/* What the cells of a column are wide. */
struct survey {
    struct extent text;
    double lead;                /* the widest number up to its units digit */
    bool firm;                  /* as in column_need */
    const struct table *widest; /* of the set: where its widest word stands */
};

/* As many low rows stand above a table's notes, at least, and below its first header. */
enum { ROWS_AT_END = 3, ROWS_AT_START = 3 };

/* A table with its measurements; the sizes shrink until the words of all columns fit. */
struct grid {
    struct flow *flow;
    const struct table *whole; /* the document's */
    const struct table *table; /* the same as it stands on a page */
    /* The tables of one name in a loop, which have the same columns: this, when there is no other.
     */
    const struct table *const *set;
    size_t set_count;
    struct arena *scratch; /* of a row that is measured */
    struct survey *survey; /* of the columns, while they are measured */
    double size, leading;
    double side;       /* between the edge of a column and its text */
    double *x, *width; /* of the columns, sides included */
    double *tail;      /* the widest part of a number behind its units digit */
    size_t row_header; /* the column that names the rows, or column_count */
    struct tag *tag, *head, *body;
    struct tag **columns; /* the headers' elements, where a group stands above rows; else NULL */
    struct tag *
        *groups;      /* the names above them, NULL above those of no group; NULL: there are none */
    struct tag *band; /* of the group that is being added, or NULL */
    struct strips *head_again;    /* the header as an artifact */
    struct strips *caption_again; /* above notes that go on on another page */
    struct strips *name_again;    /* both */
    const bool *joins;            /* which cells are one with that above; NULL: none */
    const bool *begins;       /* which rows begin a group, one more than there are; NULL: none */
    struct strip_span **open; /* of each column, while a cell of it spans rows */
    struct arena *lasting;    /* of what is used by more rows than the flow's arena holds */
    enum row_kind above;      /* of the row that was added last */
    bool is_long;             /* more than is kept on one page */
    size_t last[ROWS_AT_END]; /* strips of the last rows */
    size_t summed;            /* strips up to here are `height` high, until it is long */
    double height;
};

/* What is remembered of the page that a table asked for. */
struct form_measure {
    const struct table *table;
    enum page_form form;
};

/* What is remembered of a grid. */
struct table_measure {
    const struct table *table;
    double available; /* of the page */
    double size, leading, side;
    double *x, *width, *tail;
    const bool *joins, *begins;
};

/* ---- layout_survey.c: what cells are wide ---- */

/* The column that names the rows; column_count: none. */
size_t table_row_header(const struct table *table);
unsigned table_row_style(enum row_kind kind);
/* Room in front of words for their mark. */
double table_mark_room(const struct grid *grid, const struct cell *cell);
/* Without the space behind it. */
struct text table_mark(const struct cell *cell);
/* Whether the name of such a row is run in: it belongs to the row above. */
bool table_is_indented(enum row_kind kind);
/* Whether a cell of that column stands at the decimal point, as do numbers and what stands for one:
 * "+15.6%", "0", "[c]". */
bool table_is_aligned(const struct grid *grid, size_t c, const struct cell *cell);
/* The width of what stands behind the units digit of such a cell. */
double table_tail(const struct grid *grid, const struct cell *cell, unsigned style);
/* What a text wants of a column, in the grid's size of type. */
struct extent table_extent(const struct grid *grid, struct text text, unsigned style);
/* Makes room for a text run in by `indent`; returns its natural width. */
double extent_widen(struct extent *extent, struct extent by, double indent);
struct extent table_cell_extent(const struct grid *grid, const struct cell *cell,
                                enum row_kind kind, bool names_row);
/* Whether a loop makes both of one section, with the same columns. */
bool table_is_same_set(const struct table *a, const struct table *b);
/* The tables of the document that share the widths of this one. */
void table_find_set(struct grid *grid);
/* Goes through all rows of the set, one at a time, in the grid's size of type. */
void table_survey(struct grid *grid);

/* ---- layout_widths.c ---- */

/*
 * Settles the size of type and the columns: as large as the style wants it and no smaller than
 * 9 points; and finds the cells that span rows, and the groups. Tables that a loop makes of one
 * section have one set of widths, which all their rows need. What is in the flow's list is not
 * measured again. A warning names a column whose words had to be broken and the page that would do.
 */
void table_measure(struct grid *grid);

/* ---- layout_cells.c: rows ---- */

/* The caption on one line with "(continued)", as an artifact; nothing where there is none. */
void grid_add_caption_again(struct grid *grid, struct strips *strips);
/* What stands above the cells of a column alone. */
struct text table_header(const struct column *column);
/* How many columns from `c` on stand below the same group's name, or below none. */
size_t table_group_size(const struct table *table, size_t c);
/* Whether its header has two levels. */
bool table_has_groups_of_columns(const struct table *table);
/* The header, `again` as an artifact. */
void grid_add_head(struct grid *grid, struct strips *strips, bool again);
/* The band of the group that a row begins, or `again` with "(continued)". */
void grid_add_band(struct grid *grid, struct strips *strips, const struct row *first, bool again);
/* Row `r`; `repeat`: what stands again on a page that begins in it. */
void grid_add_row(struct grid *grid, const struct row *row, size_t r, const struct strips *repeat);
/* A text as lines of a flow. */
void grid_add_text(struct flow *flow, struct tag *tag, struct text text, struct text_style style);

/* ---- layout_spans.c: cells beside several rows ---- */

/* Whether cell `c` of row `r` stands in a row above. */
bool table_is_joined(const struct grid *grid, size_t r, size_t c);
/* How many rows the cell stands beside. */
size_t table_span(const struct grid *grid, size_t r, size_t c);
/* The attributes of its element; `scope`: "/Scope/Row" or nothing. */
const char *table_cell_attributes(const struct grid *grid, size_t r, size_t c, const char *scope);
/* The memory of what stands in the cell: the flow's, or the lasting one when it spans more rows
 * than are held for its sake. */
struct arena *table_cell_arena(const struct grid *grid, size_t r, size_t c);
/* Whether row `r` has such a cell. */
bool table_begins_long_span(const struct grid *grid, size_t r);
/* Whether rows up to `r` have to be held for a cell that goes on below it. */
bool table_is_within_span(const struct grid *grid, size_t r);
/* Where the cell begins: the strips that it fills. */
struct strips *table_open_span(struct grid *grid, struct strip_row *row, size_t r, size_t c,
                               struct tag *tag);
/* Where it goes on. */
void table_go_on(const struct grid *grid, struct strip_row *row, size_t r, size_t c);
/* When the row's strip has its height, and all its cells are filled. */
void table_measure_spans(struct grid *grid, struct strip *strip, size_t r);
/* A cell's words with "(continued)", as an artifact, in the flow of such a cell. */
void table_add_again(const struct grid *grid, struct flow *flow, struct text words);

#endif
