/*
 * xlsx - the parts of an Office Open XML workbook, for its import and for the proof of one that was
 * written here.
 */
#ifndef READ_XLSX_INT_H
#define READ_XLSX_INT_H

#include "read/read.h"
#include "read/xml_int.h"
#include "read/zip_int.h"

enum { XLSX_ROWS = 1048576, XLSX_COLUMNS = 16384, XLSX_CELL_CAP = 10 * 1000 * 1000 };

struct relationship {
    struct text id;
    struct text type;
    struct text target; /* a part of the archive */
    bool external;      /* never followed */
};
struct relationships {
    struct text folder; /* of the part that they belong to */
    struct arena *arena;
    struct relationship *items;
    size_t count;
    size_t capacity;
};

struct xlsx_sheet {
    struct text name;
    struct text part;
    bool hidden;
};
struct xlsx {
    struct arena *arena;
    struct diags *diags;
    struct place place;
    struct archive *archive;
    struct relationships relations;
    struct xlsx_sheet *sheets; /* in the workbook's order, without chart sheets */
    size_t sheet_count;
    size_t sheet_capacity;
    bool from_1904;
    struct texts shared; /* strings, once they were read */
    bool *shared_used;   /* which of them xlsx_shared() gave out */
};

/* What the context of every part's handlers begins with. */
struct xlsx_part {
    struct xlsx *book;
    struct xml *xml;
};
bool xlsx_read_part(struct xlsx *book, struct text name, const struct xml_handlers *handlers,
                    struct xlsx_part *part);
/* Refuses the part at the place that is being read. */
void xlsx_refuse(struct xlsx_part *part, const char *reason);

/* FOLDER/_rels/NAME.rels of FOLDER/NAME; of the archive itself when `part` is empty. */
struct text xlsx_relations_name(struct arena *arena, struct text part);
/* The relations of a part; it may have none. */
bool xlsx_read_relations(struct xlsx *book, struct text part, struct relationships *out);

/* xlsx_book.c: the list of sheets and where their parts are; the rest of *book is the caller's. */
bool xlsx_open(struct xlsx *book);
/* The part that the whole archive is about, "xl/workbook.xml"; empty when there is none. */
bool xlsx_main_part(struct xlsx *book, struct text *part);
/* The workbook's part of that type ("/styles"); empty when it has none. */
struct text xlsx_related(const struct xlsx *book, struct text type);

/* xlsx_strings.c: the text of a <si> or <is>: its runs joined, without phonetic guides. */
struct xlsx_string {
    struct buffer text;
    unsigned phonetic; /* depth inside <rPh> */
    bool in_text;
};
void xlsx_string_start(struct xlsx_string *string, struct text name);
void xlsx_string_end(struct xlsx_string *string, struct text name);
/* With its _xHHHH_ as the characters that they stand for; a copy. */
struct text xlsx_unescape(struct arena *arena, struct text t);
bool xlsx_read_strings(struct xlsx *book);

/* xlsx_styles.c: how each style of a cell shows numbers. */
struct number_format;
struct xlsx_styles {
    struct number_format *items;
    size_t count;
    size_t capacity;
};
bool xlsx_read_styles(struct xlsx *book, struct xlsx_styles *out);

/* xlsx_cells.c: the cells of a sheet, one after the other. */
enum xlsx_type {
    XLSX_NUMBER,
    XLSX_SHARED,
    XLSX_INLINE,
    XLSX_STRING,
    XLSX_DATE,
    XLSX_BOOLEAN,
    XLSX_ERROR,
    XLSX_OTHER
};
struct xlsx_cell {
    unsigned row, column; /* from 0 */
    enum xlsx_type type;
    size_t style;
    bool row_is_hidden;
    bool formula;
    bool has_value;     /* <v> is there, perhaps empty */
    struct text value;  /* of <v>, as written */
    struct text string; /* of <is>, as written */
};
/* Any may be NULL. Rows and columns from 0; ends of ranges are in them. */
struct xlsx_sheet_handlers {
    /* NULL, or why the sheet is refused. */
    const char *(*cell)(void *context, const struct xlsx_cell *cell);
    bool (*row_end)(void *context, unsigned row, bool hidden); /* false, after a message, to stop */
    void (*hidden_columns)(void *context, unsigned first, unsigned last);
    void (*merge)(void *context, const unsigned rows[2], const unsigned columns[2]);
    void (*link)(void *context, struct text cell, struct text target);
};
bool xlsx_read_cells(struct xlsx *book, struct text part,
                     const struct xlsx_sheet_handlers *handlers, void *context);
/* The shared string that `raw` gives the number of. */
bool xlsx_shared(const struct xlsx *book, struct text raw, struct text *out);

/*
 * `bytes` is the whole file; `place` names it in messages. Sheets come in the workbook's order;
 * chart sheets are left out. False with messages, and *out empty, when any part is damaged,
 * missing, or beyond a cap: there is no such thing as half a workbook.
 */
bool xlsx_read(struct arena *arena, struct diags *diags, struct text bytes, struct place place,
               struct workbook *out);

/* xlsx_proof.c: the code of the number format of each style of cells. */
bool xlsx_read_codes(struct xlsx *book, struct texts *out);
/*
 * Fills in parts, names and tables of `out`, whose sheets were read. False, with a message, when a
 * part is not well formed, not declared, or out of reach, or one that is named is missing.
 */
bool xlsx_prove(struct xlsx *book, struct workbook *out);

/* xlsx_cells.c: an attribute that says yes. */
bool xlsx_is_true(struct text t);

#endif
