/*
 * read - exported spreadsheets become datasets.
 *
 * A source is a section of the job file: files (or a glob), a dialect, and how columns map. Every
 * row is used, excluded by a named rule, or rejected with file, line, column and reason.
 */
#ifndef READ_READ_H
#define READ_READ_H

#include "base/ini.h"
#include "data/dataset.h"

/*
 * Reads one [source NAME] of a job. `folder` is the job's: file names are relative to it. `period`
 * is the job's, for exports whose columns say "this period"; its dates may be unknown. The
 * [measure …] sections of the job that name this source (or name none) are applied to its measures.
 * Problems are added to diags; the dataset holds what could be read, and is never NULL.
 */
struct dataset *read_source(struct arena *arena, struct diags *diags, const struct ini *job,
                            const struct ini_section *source, struct text folder,
                            struct period period);

/*
 * After all sources: reports [measure NAME] sections with unknown keys, with a source that the job
 * does not have, and those without a source whose name no source has. (A section with a source is
 * held against it by read_source.)
 */
void read_check_measures(struct diags *diags, const struct ini *job,
                         struct dataset *const *datasets, size_t count);

/* A dialect is one file in dialects/ and its name in the table of read.c. */
struct dialect_column {
    const char *name; /* as in the export */
    bool required;
    const char *synonyms; /* separated by "|"; may be NULL */
    const char *meaning;
};
struct dialect {
    const char *name;
    const char *summary;
    const struct dialect_column *columns;
    size_t column_count;
    const struct dialect_reader *reader; /* private to read/ */
};
extern const struct dialect *const dialects[];
extern const size_t dialect_count;
/* No column is needed, and those of any other name are taken too. */
bool dialect_takes_any(const struct dialect *dialect);
/* The keys of [source] that a dialect has besides its columns and those that all have. */
struct texts dialect_keys(struct arena *arena, const struct dialect *dialect);
struct texts dialect_common_keys(struct arena *arena);

/*
 * A short list, such as the recipients of a message: the named columns of a CSV, in the order in
 * which they are asked for; other columns are left alone. All columns must be there and every cell
 * filled. False, with messages, otherwise; `named` is where the file is named.
 */
struct read_row {
    struct text *cells; /* one a column that was asked for */
    struct place place;
};
struct read_rows {
    struct read_row *items;
    size_t count;
    size_t capacity;
    size_t width; /* cells of each row */
};
bool read_list(struct arena *arena, struct diags *diags, struct text path, struct place named,
               const char *const *columns, size_t column_count, struct read_rows *out);

/* All rows and cells of a CSV, its header too: for verifying what was written. False, with
 * messages, when it cannot be read, or its rows are not all as long as the first. */
bool read_table(struct arena *arena, struct diags *diags, struct text path, struct read_rows *out);

/*
 * A workbook as its cells' values and what else can say or hide something, read with our own
 * reader: for verifying what a renderer wrote. Every part must be well-formed XML, of a declared
 * kind and reached by a relation. Numbers as their shortest decimal text, strings as they are,
 * blanks skipped.
 */
enum sheet_cell_kind { SHEET_NUMBER, SHEET_STRING, SHEET_BOOLEAN, SHEET_ERROR };
struct sheet_cell {
    unsigned row; /* from 0 */
    unsigned column;
    enum sheet_cell_kind kind;
    struct text value;
    struct text format; /* code of its number format; empty: none, or one without a code */
    bool formula;
};
struct sheet_link {
    struct text cell;   /* "A4" */
    struct text target; /* in the workbook: "'Cover'!A1"; empty: it leads out of it */
};
struct sheet_table {
    struct text name;
    struct text area;     /* "A5:D9" */
    struct texts columns; /* their names */
};
struct sheet {
    struct text name;
    bool hidden;      /* the sheet, or a row or a column of it */
    bool merged;      /* some cells are */
    struct text part; /* "xl/worksheets/sheet1.xml" */
    struct sheet_link *links;
    size_t link_count;
    size_t link_capacity;
    struct sheet_table *tables;
    size_t table_count;
    size_t table_capacity;
    struct sheet_cell *cells; /* NULL: they were not kept */
    size_t count;
    size_t capacity;
};
struct workbook_name {
    struct text name;
    struct text of;    /* number of its sheet, from 0; empty: of the whole workbook */
    struct text value; /* "'By team'!$5:$5" */
};
struct workbook {
    struct sheet *sheets;
    size_t count;
    size_t capacity;
    struct texts parts;    /* in the order of the archive */
    size_t strings_unused; /* stored texts that no cell shows */
    struct workbook_name *names;
    size_t name_count;
    size_t name_capacity;
};
bool read_workbook(struct arena *arena, struct diags *diags, struct text path,
                   struct workbook *out);
/*
 * The same without its cells, which are given to `take` one after the other, sheet by sheet, and
 * not kept: a cell's value lasts until it returns. When this returns false, none of them counts.
 */
bool read_workbook_cells(struct arena *arena, struct diags *diags, struct text path,
                         void (*take)(void *context, size_t sheet, const struct sheet_cell *cell),
                         void *context, struct workbook *out);

/* The versions of libzip, expat and libxml2. */
const char *read_zip_library(void);
const char *read_xml_library(void);
const char *read_html_library(void);

#endif
