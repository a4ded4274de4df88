/* sheet - what the readers of workbooks share: the cells of one sheet, and the list of sheets. */
#ifndef READ_SHEET_INT_H
#define READ_SHEET_INT_H

#include "base/diag.h"
#include "read/zip_int.h"

#include <stdint.h>

enum {
    SHEET_ROWS = 1048576,
    SHEET_COLUMNS = 16384,
    SHEET_CELL_CAP = 10 * 1000 * 1000, /* with those that repeats and merges make */
    CELL_UNIT_CAP = 32767,             /* UTF-16 units of a cell, a spreadsheet's own limit */
};

/* True for a text that a cell can hold. */
bool cell_text_fits(struct text t);

struct grid_cell {
    const char *ptr;
    uint32_t len;
    uint16_t column; /* from 0 */
};
struct grid_row {
    struct grid_cell *cells; /* by column, none of them blank */
    uint32_t line;           /* from 1 */
    uint16_t count;
    bool hidden;
};
/* Rows and columns from 0, both ends in it. */
struct grid_range {
    uint32_t first_row, last_row;
    uint16_t first_column, last_column;
};

/* The rows of a sheet that hold something, gathered before any of them counts. */
struct grid {
    struct arena *arena;
    struct diags *diags;
    struct text file, sheet; /* for messages */
    bool read_hidden;
    bool only_peek; /* the first cell is enough */

    struct grid_row *rows;
    size_t count;
    size_t capacity;
    size_t cells;
    size_t formulas; /* without a stored value */
    struct grid_range *merges;
    size_t merge_count;
    size_t merge_capacity;
    size_t copied; /* cells, while merges are filled */

    bool *column_is_hidden;    /* SHEET_COLUMNS of each; NULL: none */
    unsigned *hidden_cell_row; /* of the column's first cell, from 1; 0: it has none */

    struct grid_cell *pending; /* of the row that is being gathered */
    size_t pending_count;
    size_t pending_capacity;
    struct buffer bytes; /* the texts of those whose ptr is NULL, one behind the other */
};

struct place grid_place(const struct grid *grid, unsigned line, unsigned column);
void grid_hide_columns(struct grid *grid, unsigned first, unsigned last);
/*
 * Whether a cell there is to be read: false in a hidden column, which is noted. `line` from 1,
 * `column` from 0.
 */
bool grid_wants(struct grid *grid, unsigned line, unsigned column);
/* A cell of the row that is being gathered, in order. `t` is copied, or else lives long enough. */
void grid_add(struct grid *grid, unsigned column, struct text t);
void grid_add_copy(struct grid *grid, unsigned column, struct text t);
/* The row is complete, and stands `repeat` times. False after a message, beyond the cell cap. */
bool grid_end_row(struct grid *grid, unsigned line, bool hidden, size_t repeat);
/* A formula without a stored value: an error. */
void grid_no_value(struct grid *grid, unsigned line, unsigned column);
void grid_merge(struct grid *grid, struct grid_range range);
/*
 * Merged cells hold their value in the first row alone: gives it to their other rows, as far as
 * these hold something, and tells `filled` of each. Cells that are merged across stay blank. False
 * after a message.
 */
bool grid_fill_merges(struct grid *grid, void (*filled)(void *user, unsigned line, unsigned column),
                      void *user);

struct sheet_entry {
    struct text name;
    bool hidden;
    bool is_known;    /* whether it … */
    bool holds_cells; /* that are not blank */
};
struct sheet_list {
    struct sheet_entry *items;
    size_t count;
    size_t capacity;
};
void sheet_list_add(struct arena *arena, struct sheet_list *list, struct sheet_entry entry);

/* A workbook of either kind that is open; NULL or false after messages. It is private to its kind.
 */
struct open_book;
struct sheet_format {
    const char *name; /* for the account */
    struct open_book *(*open)(struct arena *arena, struct diags *diags, struct archive *archive,
                              struct place place, struct sheet_list *list);
    /* The cells of the sheet of that number. */
    bool (*read)(struct open_book *book, size_t number, struct grid *grid);
};
extern const struct sheet_format excel_format;
extern const struct sheet_format open_document_format;

/*
 * foreign.c: what the archive holds, or NULL, after a message that names it, when it is no
 * spreadsheet that is read here.
 */
const struct sheet_format *archive_format(struct arena *arena, struct diags *diags,
                                          struct archive *archive, struct place place);
/* An OLE file: an old or encrypted document. Refuses it by name. */
bool is_ole(struct text start);
void refuse_ole(struct diags *diags, struct text bytes, struct place place);

#endif
