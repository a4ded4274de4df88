/*
 * sheets - a document as the sheets of a workbook: which cell holds what, and how it looks.
 *
 * The layout follows the Analysis Function's rules (publishing-rules.md): cover, contents, notes,
 * the report's text, then one table a sheet with its title in A1. A workbook to be worked with
 * (WORKBOOK_WORKING) has besides what these rules ask to leave out: frozen headers, filters,
 * colours, charts beside their figures, formulas. Pure: the same document gives the same book, and
 * nothing is read or written. xlsx_write.c writes the book, xlsx_verify.c compares files with it.
 *
 * The cells of a large table are not kept: book_next_row() makes them anew, row by row, as often as
 * somebody goes through the sheet, so that a book of any length takes the same memory.
 */
#ifndef WRITE_SHEETS_INT_H
#define WRITE_SHEETS_INT_H

#include "document/document.h"

enum {
    SHEET_NAME_CAP = 31,    /* characters */
    CELL_TEXT_CAP = 32767,  /* UTF-16 units */
    TABLE_HEADER_CAP = 255, /* characters of a column's name in a table */
    ROW_HEIGHT_CAP = 409,   /* points */
    ROWS_HELD = 1000        /* a table with more rows has them made one at a time */
};

enum book_role {
    BOOK_TITLE, /* A1 */
    BOOK_TEXT,  /* the lines between the title and the table */
    BOOK_HEADER,
    BOOK_BODY,
    BOOK_TOTAL /* a body cell to stand out */
};

struct book_cell {
    unsigned row; /* from 0 */
    unsigned column;
    enum book_role role;
    bool is_number;
    struct text text; /* the string; of a number what the reader sees */
    double number;    /* at most 15 significant digits, as many as a spreadsheet keeps */
    struct text
        format; /* number format; empty for strings. Of a row that is made: until the next */
    struct text formula; /* "=B7-C7", with `number` its result; empty: none */
    struct text link;    /* name of the sheet that the cell leads to; empty: none */
    bool right;
    bool wrap;
    unsigned indent;     /* levels */
    bool middle;         /* of the height of its row, which has one line */
    struct place source; /* in the export; empty file: not known */
};

enum book_chart_kind { BOOK_COLUMNS, BOOK_ROWS, BOOK_LINES };
struct book_point {
    bool missing; /* its cell says in words why */
    bool is_signal;
    struct text label; /* empty: none is shown */
};
struct book_series {
    struct text name;
    unsigned row, column;      /* of its first point */
    struct text values;        /* the cells: "='Crime'!$B$5:$B$9" */
    size_t look;               /* which of the series, for colour, pattern and marker */
    struct book_point *points; /* one a row; NULL in a line across */
    bool is_across;            /* mean, limit, target or benchmark: without markers */
    bool dashed;
    bool firm; /* to be seen before the others */
};
struct book_chart {
    enum book_chart_kind kind;
    struct text title;
    struct text alt;
    struct text value_title;
    unsigned first_row;     /* of the sheet */
    unsigned count;         /* of categories: rows from there on, or columns where they lie */
    bool lies;              /* its series are rows of the sheet, not columns */
    bool is_small;          /* one of several, beside and below each other */
    struct text categories; /* the cells of their names */
    struct book_series *series;
    size_t series_count;
    size_t series_capacity;
    double least, most, step;  /* of the scale */
    const char *number_format; /* of the scale; empty: that of the cells */
};

struct book_body; /* the rows of a large table: sheets_rows.c */

struct book_sheet {
    struct text name;
    struct text table_name; /* empty: a table without rows is not marked up */
    unsigned header_row;
    unsigned last_row; /* of the table; header_row when it has no rows */
    unsigned column_count;
    double *widths;  /* in spreadsheet character units, one a column */
    double *heights; /* in points, for rows 0 to last_row, or those that are kept */
    bool *is_long;   /* columns that take the width they need */
    bool *is_label;  /* columns that name the rows */
    bool *is_status; /* columns of statuses in words; NULL: none */
    bool has_table;
    bool is_working;         /* to be worked with: header frozen, with filters */
    unsigned frozen;         /* columns that stay in view, from the left; 0: none */
    struct book_cell *cells; /* by row, then column; no empty ones */
    size_t count;
    size_t capacity;
    bool names_note; /* a cell of the body names a note, this one first */
    struct place note_place;
    const struct book_body *body;    /* the rows below the header; NULL: they are in `cells` too */
    const struct book_chart *charts; /* of cells of this sheet */
    size_t chart_count;
};

struct book {
    struct book_sheet *sheets;
    size_t count;
    size_t capacity;
};

/* All rows of a sheet, one after the other. The cells are gone when the next row is asked for. */
struct book_row {
    unsigned number; /* from 0 */
    double height;
    const struct book_cell *cells;
    size_t count;
};
struct book_rows;
struct book_rows *book_rows_begin(const struct book_sheet *sheet);
bool book_next_row(struct book_rows *rows, struct book_row *out);
/* Memory that lasts until the next row is asked for. */
struct arena *book_rows_scratch(struct book_rows *rows);
void book_rows_end(struct book_rows *rows);

/*
 * False with messages when the document holds what a workbook cannot: a text that is too long or
 * has control characters, or columns of one table with the same name. `workbook` is WORKBOOK_…
 */
bool sheets_make(struct arena *arena, struct diags *diags, const struct document *document,
                 unsigned workbook, struct book *out);

/* "B12" */
struct text cell_name(struct arena *arena, unsigned row, unsigned column);

/*
 * Fills in number and format from a CELL_NUMBER, so that the spreadsheet shows what `display` says.
 * False, with nothing filled in, when no number format can: the cell is then its display text, and
 * a number that the reader must not see ("[c]") never reaches the file.
 */
bool sheets_number(struct arena *arena, const struct cell *cell, struct book_cell *out);
/* The number format of the last cell of a column: the next one mostly has the same. */
struct number_memo;
struct number_memo *sheets_number_memos(struct arena *arena, size_t count);
/* With a £ in front. */
bool sheets_is_money(enum number_format format);
/*
 * The same with an arrow before a number that has a sign: "↑ +12", "↓ −3". With `memos`, `out` has
 * its format from that of its column, until that has another one; NULL: from `arena`.
 */
bool sheets_body_number(struct arena *arena, const struct cell *cell, bool arrow,
                        struct number_memo *memos, struct book_cell *out);

/* Pieces of a line that each fit on a page's width: they run over the empty cells beside them. */
struct texts sheets_break_line(struct arena *arena, struct text line);

/* Whether even the widest column cannot show it: a row is at most ROW_HEIGHT_CAP high. */
bool sheets_is_too_high(struct text t, enum book_role role);
/*
 * The bytes of the beginning of `t` that take at most `lines` lines in a column of `width` units:
 * to the end of a paragraph, of a sentence or of a word, as far as there is one. At least one
 * character.
 */
size_t sheets_fit(struct text t, double width, unsigned lines);

/* "Quarter 2, 2021/22" becomes "Quarter 2 2021/22 (Jul to Sep 2021)", wherever it stands. */
struct text sheets_say_quarters(struct arena *arena, struct text t);

/* What the cells of each column of a table need. */
struct column_need;
struct column_need *sheets_needs(struct arena *arena, const struct book_sheet *sheet);
void sheets_measure(const struct book_sheet *sheet, const struct book_cell *cell,
                    struct column_need *needs);
/*
 * Settles widths, wrapping and heights of a sheet whose cells are complete. `needs` has those of
 * its body, where that is made row by row; else NULL.
 */
void sheets_layout(struct arena *arena, struct book_sheet *sheet, struct column_need *needs);
/* The same for the cells of one row, when the widths are settled; its height. */
double sheets_lay_row(const struct book_sheet *sheet, struct book_cell *cells, size_t count);

#endif
