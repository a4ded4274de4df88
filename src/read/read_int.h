/* read_int - what the files of read/ share: one source while it is read. */
#ifndef READ_READ_INT_H
#define READ_READ_INT_H

#include "base/map.h"
#include "read/limits.h"
#include "read/read.h"
#include "read/record_int.h"

/* No such column in the export. */
#define NO_COLUMN SIZE_MAX

/* filter.c: which rows of a source count. */
enum filter_test {
    FILTER_NONE,
    FILTER_BEGINS_WITH,
    FILTER_IS,
    FILTER_IS_NOT,
    FILTER_IS_ONE_OF,
};
struct filter {
    enum filter_test test;
    struct text column; /* as the job file names it */
    struct texts texts; /* what the cell is compared with, byte for byte */
    struct text rule;   /* why a row is excluded: "LSOA name does not begin with 'Harborough'" */
};
/* "COLUMN begins with TEXT", "COLUMN is TEXT", "is not TEXT", "is one of A | B". */
bool filter_read(struct arena *arena, struct diags *diags, const struct ini_entry *entry,
                 struct filter *out);
bool filter_keeps(const struct filter *filter, struct text cell);

/* lookup.c: from a code or name to an area, by a CSV of any number of columns. */
struct lookup_row {
    struct text *cells; /* one a column; empty where the column is not needed */
    unsigned line;
};
struct lookup {
    struct text name;     /* as the job file has it */
    struct text path;     /* empty: no lookup */
    struct texts columns; /* its header */
    unsigned line;        /* of the header */
    size_t key;           /* the column whose values the export has; NO_COLUMN until known */
    size_t area;          /* the column with what stands for them */
    struct lookup_row *rows;
    size_t count;
    size_t capacity;
    struct map index;   /* from key to row; only read once a file of the export is open */
    struct text column; /* the export's, as its header has it */
    bool exclude;       /* unmatched = exclude */
    struct text rule;   /* "LSOA code is not in 'areas.csv'" */
};
/* Codes that the lookup does not have: a tally a file can be merged into that of its source. */
struct lookup_miss {
    struct text key;
    size_t rows;
    struct place first;
};
struct lookup_misses {
    struct lookup_miss *items;
    size_t count;
    size_t capacity;
    struct map index;
    size_t rows;
};
/* The area of `key`, or NULL. Safe from several threads once lookup_open() has been called. */
const struct text *lookup_area(const struct lookup *lookup, struct text key);
void lookup_merge(struct arena *arena, struct lookup_misses *into,
                  const struct lookup_misses *from);

/* names.c: of columns. */
/* "'A', 'B'; the nearest is 'A'": for messages about a name that is not there. `wanted` may be
 * several names with "|" between. */
struct text names_found(struct arena *arena, const struct texts *names, struct text wanted);
/* True when `list` holds `name`: names are separated by commas, or one with commas is a line. */
bool list_names(struct text list, struct text name);
/* A header cell on one line: line breaks and hard spaces are spaces, soft hyphens are nothing. */
struct text name_tidy(struct arena *arena, struct text cell);
/* "Rate" of "Rate²" and "Total" of "Total [note 1]". */
struct text name_without_marks(struct text name);
/* "column 3" or "column C": a column by its place. */
bool name_position(struct text name, size_t *position);

/* header.c: the columns of a file. */
struct header {
    struct texts names; /* in the order of the file, each on one line */
    struct texts plain; /* the same without footnote marks: "Rate" of "Rate²" */
    size_t *column;     /* for each column of the dialect its position, or NO_COLUMN */
    size_t *doubtful;   /* for each another position that it could be, or NO_COLUMN */
    bool *taken;        /* by position: stands for a column of the dialect */
    bool *ignored;      /* by position: in the job's `ignore`, by name or as "column 3" */
    bool placed;        /* the dialect's first column was found by its place */
    size_t *nameless;   /* positions without a name, but for those that the job ignores */
    size_t nameless_count;
    struct place place;
};

struct source;
/* Maps the dialect's columns; false after messages when a needed one is missing or doubtful. */
bool header_read(struct source *source, const struct record *row);
/* How well a row would do as the header; says nothing. */
struct header_score {
    size_t named;  /* columns of the dialect that were found by name, or by the job's mapping */
    size_t found;  /* those, one that was found by its place, and columns of values */
    size_t known;  /* the same, without columns that a register keeps under any name */
    bool complete; /* all that are needed are among them */
};
struct header_score header_score(struct source *source, const struct record *row);
/* The header is none of this dialect: names the one whose columns it has, where there is one. */
void header_tell_fitting(struct source *source, const struct record *row);
/* True when a header of that name alone is a column of the dialect or one of values. */
bool header_knows(struct source *source, struct text name);
/* The dialect's column that the header at `position` would stand for, if another did not already;
 * NO_COLUMN when there is none. */
size_t header_second(struct source *source, size_t position);
/* The position of the column of that name in the file or, failing that, in the dialect. */
size_t header_find(const struct source *source, struct text name);
/* Columns of the file that no column of the dialect stands for: said once, so that nobody thinks
 * that they were read. */
void header_tell_unused(struct source *source);
/* `header row`: its first and last line, from 1; 0: not given, 0 for the last: one row. False after
 * a message. */
bool header_rows_read(struct diags *diags, const struct ini_entry *entry, unsigned rows[2]);
struct period_reading; /* private to figures.c */

struct source {
    struct arena *arena;   /* of the job, or of a part: what stays */
    struct arena *scratch; /* of the file that is being read */
    struct diags *diags;
    const struct ini_section *section;
    struct text folder;
    const struct dialect *dialect;
    struct dataset *dataset;
    struct filter filter;
    struct lookup lookup;
    struct lookup_misses misses;
    const struct text *looked_up; /* the area of the row that is being read, of a lookup */
    struct period period;         /* of the job */
    struct text fixed_area;       /* empty: none */
    bool kind_given;
    enum measure_kind kind;
    bool refuse_duplicates;
    unsigned header_rows[2]; /* lines that the job gives: first and last; 0: none */
    bool allow_empty;
    bool can_be_dropped; /* rows may be taken before all of the file is known: see drop */
    bool drop; /* such rows were taken for nothing: the source is to be made and read again */
    const struct read_limits *limits; /* of the job */
    size_t threads; /* at most so many files at a time; 0: as many as there are processors */
    void *state;    /* of the dialect; lasts for all files of the source */

    struct period_reading *periods; /* each label is read once */
    size_t period_count;
    size_t period_capacity;

    /* the file that is being read */
    struct text path;   /* in the job's arena */
    struct text sheet;  /* of a workbook; empty for a text */
    bool row_is_hidden; /* the record that is being taken: it is counted as left out, not read */
    bool composes;      /* cells may hold letters whose accents stand apart (nfc.h) */
    struct file_account *account;
    struct table *table;         /* private to table.c; in scratch */
    struct footnotes *footnotes; /* private to footnote.c; in scratch */
    size_t rows;                 /* given to source_row() */
    size_t told_before;          /* messages that were there when the file was opened */
    struct header header;
    size_t filter_column;
    size_t lookup_column;
};

enum row_fate { ROW_USED, ROW_EXCLUDED, ROW_REJECTED };

/* The numbers that a part's measures, areas, periods and its file have in the whole dataset. */
struct numbers {
    const size_t *measures;
    const size_t *areas;
    const size_t *periods;
    size_t file;
};

/* What a dialect does. A row it rejects has had its message; one it excludes is in the account. */
struct dialect_reader {
    size_t state_size;
    bool takes_any;          /* no column is needed, and one of any other name is taken too */
    const char *const *keys; /* of [source] besides the common ones and the columns; ends with NULL
                              */
    const char *duplicates;  /* besides "refuse": what `duplicates` can say; NULL: no such key */
    bool refuse_duplicates;  /* unless it says so */
    /* Maps the dialect's first column, in silence, by its place: nothing names it. May be NULL. */
    void (*place)(struct source *source, struct header *header);
    /* True when a header stands for a column of values. The table has at least one such column,
     * beside the dialect's first. NULL: values have columns of the dialect. */
    bool (*is_value_header)(struct source *source, struct text name);
    bool takes_no_location; /* a blank where an area is to be looked up is counted apart */
    bool (*begin)(struct source *source); /* may be NULL */
    bool (*open)(struct source *source);  /* the header is known; may be NULL */
    enum row_fate (*row)(struct source *source, const struct record *row);
    /* Both may be NULL: whether a row goes on with the one above, and is kept or left out with it;
     * and a row that the filter leaves out, which the rows below may still rest on. */
    bool (*continues)(struct source *source, const struct record *row);
    void (*left_out)(struct source *source, const struct record *row);
    void (*close)(struct source *source);  /* a file ends; may be NULL */
    void (*finish)(struct source *source); /* after the last file; may be NULL */
    /*
     * For dialects that count rows (dataset_count). Their files are read apart, several at a time,
     * each into a source with a dataset and a copy of the state that begin() left; join() takes
     * such a state into that of the whole source, in the order of the files. NULL: they are read
     * one after the other.
     */
    void (*join)(struct source *source, const struct source *part, const struct numbers *numbers);
};

/*
 * table.c: every record of a file goes to table_take() (its user is the source), which finds the
 * header and gives the rest to the functions below. table_begin() comes before the first record,
 * table_end() after the last; they and all between rest on the file's scratch arena.
 */
void table_begin(struct source *source);
bool table_take(void *user, const struct record *row);
bool table_end(struct source *source);
/* The rule for a record that is hidden. */
#define HIDDEN_ROW "the row is hidden in the sheet"

/*
 * footnote.c: rows of one cell are held back until it is known whether the table goes on below
 * them. What turns out to be no footnote is given to source_row(), in order.
 */
/* The header is known; it has so many columns that are needed. */
void footnotes_begin(struct source *source, size_t needed);
/* A row of the table; its first cell that is not blank is `first`, and `only` when it has no other.
 */
bool footnotes_take(struct source *source, const struct record *row, size_t first, bool only);
/* What is held is no footnote: the table goes on. */
bool footnotes_release(struct source *source);
/* The file ends: what is held are footnotes, or rows. */
bool footnotes_end(struct source *source);
/* The header: maps the columns. False after messages. */
bool source_open(struct source *source, const struct record *header);
/* A row of the table: filtered, given to the dialect, and counted. False to stop reading. */
bool source_row(struct source *source, const struct record *row);
/* Counts a row that is used, excluded or rejected. False when too many are rejected. */
bool source_count(struct source *source, const struct record *row, enum row_fate fate);
/* Counts it below a rule; ROW_EXCLUDED. */
enum row_fate source_exclude(struct source *source, struct text rule);
/* Something was put right, at `place`: told, and counted in the account. */
void source_repair(struct source *source, struct place place, const char *what);
/* The trimmed cell of a dialect's column; empty when the file has no such column. */
static inline struct text source_cell(const struct source *source, const struct record *row,
                                      size_t column)
{
    size_t position = source->header.column[column];
    return position == NO_COLUMN ? TEXT_EMPTY : text_trim(row->fields[position]);
}
/* The place of the field at `position`, or of the row for NO_COLUMN. */
struct place source_place(const struct source *source, const struct record *row, size_t position);
/* The place of a column's name in the header. */
struct place source_header_place(const struct source *source, size_t position);
struct place source_cell_place(const struct source *source, const struct record *row,
                               size_t column);
/* The position of the column that a key names; NO_COLUMN after a message. */
size_t source_find_column(struct source *source, struct text name, struct place place);
/* Reads every file of the source; no two rows are held at once. */
void source_read(struct source *source);
/* One of them: its rows, what there is to tell of it. */
void source_read_file(struct source *source, struct text path, struct place place);
/* parts.c: files of a dialect that can be joined. */
void parts_read(struct source *source, const struct texts *files, struct place place);
/*
 * export.c: the rows of one file, for the source's files and its lookup; accounts for its bytes.
 * What the file is, its first bytes say and not its name.
 */
bool export_read(struct source *source, struct text path, struct place place, record_taker *take,
                 void *user);
/* delimited.c and sheet.c: the same for a text and for a workbook. `source->path`, `scratch` and
 * `account` are those of the file. */
bool delimited_read(struct source *source, struct place place, record_taker *take, void *user);
bool sheet_read(struct source *source, struct place place, record_taker *take, void *user);
/* delimiter.c: the job's delimiter, or 0 to decide from the file. */
char delimiter_key(struct source *source);
/* "comma" */
const char *delimiter_word(char delimiter);
/* True, after a message, when the source has a file of the same bytes: all would count twice. */
bool export_is_repeated(struct source *source, struct place place);
bool lookup_read(struct source *source, const struct ini_entry *entry);
/* The header of a file is known: finds the column to look up. False after messages. */
bool lookup_open(struct source *source);
/* Looks the row up for figure_area(). One that is not there is tallied: excluded or rejected. */
enum row_fate lookup_row(struct source *source, const struct record *row);
/* After the last file: the codes that the lookup does not have, in one message. */
void lookup_tell(struct source *source);

/* read_source(), with so many files at a time: the result is the same. */
struct dataset *read_source_with(struct arena *arena, struct diags *diags, const struct ini *job,
                                 const struct ini_section *source, struct text folder,
                                 struct period period, size_t threads);

/* Applies the [measure NAME] sections of the job that are for this dataset. */
void measures_apply(struct arena *arena, struct diags *diags, const struct ini *job,
                    struct dataset *dataset);

#endif
