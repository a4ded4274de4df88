/* read_int - what the files of read/ share: one source while it is read. */
#ifndef READ_READ_INT_H
#define READ_READ_INT_H

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

/* lookup.c: from a code or name to an area. */
struct lookup_row {
    struct text key;
    struct text area;
};
struct lookup {
    struct text path;
    struct text column;      /* the header of its first column: the export's column to look up */
    struct lookup_row *rows; /* by key */
    size_t count;
    size_t capacity;
};
/* The area of `key`, or NULL. */
const struct text *lookup_area(const struct lookup *lookup, struct text key);

/* header.c: the columns of a file. */
struct header {
    struct texts names; /* in the order of the file */
    size_t *column;     /* for each column of the dialect its position, or NO_COLUMN */
    bool *taken;        /* by position: stands for a column of the dialect */
    struct place place;
};

struct source;
/* Maps the dialect's columns; false after messages when a needed one is missing or doubtful. */
bool header_read(struct source *source, const struct record *row);
/* The position of the column of that name in the file or, failing that, in the dialect. */
size_t header_find(const struct source *source, struct text name);
/* "'A', 'B'; the nearest is 'A'": for messages about a name that is not there. */
struct text names_found(struct arena *arena, const struct texts *names, struct text wanted);
/* True when `list` holds `name`: names are separated by commas, or one with commas is a line. */
bool list_names(struct text list, struct text name);

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
    struct period period;   /* of the job */
    struct text fixed_area; /* empty: none */
    bool kind_given;
    enum measure_kind kind;
    bool refuse_duplicates;
    bool allow_empty;
    size_t threads; /* at most so many files at a time; 0: as many as there are processors */
    void *state;    /* of the dialect; lasts for all files of the source */

    struct period_reading *periods; /* each label is read once */
    size_t period_count;
    size_t period_capacity;

    /* the file that is being read */
    struct text path;  /* in the job's arena */
    struct text sheet; /* of a workbook; empty for a text */
    struct file_account *account;
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
    const char *const *keys; /* of [source] besides the common ones and the columns; ends with NULL
                              */
    const char *duplicates;  /* besides "refuse": what `duplicates` can say; NULL: no such key */
    bool refuse_duplicates;  /* unless it says so */
    bool (*begin)(struct source *source); /* may be NULL */
    bool (*open)(struct source *source);  /* the header is known; may be NULL */
    enum row_fate (*row)(struct source *source, const struct record *row);
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
 * header and gives the rest to the functions below; table_end() comes after the last one.
 */
bool table_take(void *user, const struct record *row);
bool table_end(struct source *source);
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
struct text source_cell(const struct source *source, const struct record *row, size_t column);
/* The place of the field at `position`, or of the row for NO_COLUMN. */
struct place source_place(const struct source *source, const struct record *row, size_t position);
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

/* The period of a label and the markers that stand with it; false after a message. */
bool figure_period(struct source *source, struct place place, struct text label, size_t *period,
                   unsigned *markers);
/*
 * The area of a row: looked up, or `own` (the cell of the dialect's `column`), or the source's
 * fixed one; false after a message.
 */
bool figure_area(struct source *source, const struct record *row, struct text own, size_t column,
                 size_t *area);
/* Reads a number cell; false after a message. *unit is for readers ("%"), empty when none. */
bool figure_value(struct source *source, struct place place, struct text raw, struct value *value,
                  struct text *unit);
size_t figure_measure(struct source *source, struct place place, struct text name, struct text unit,
                      struct text group, struct text note);
/* Sets unit and kind from a number's own unit where the export gives none. */
void figure_unit(struct source *source, size_t measure, struct place place, struct text unit);
/* Adds the figures of a row, unless one contradicts a figure that is there already. */
enum row_fate figures_add(struct source *source, const struct figure *figures, size_t count);
/* The kind that a unit stands for: "%" a percentage, "per 100,000" a rate. */
enum measure_kind unit_kind(struct text unit);

/* read_source(), with so many files at a time: the result is the same. */
struct dataset *read_source_with(struct arena *arena, struct diags *diags, const struct ini *job,
                                 const struct ini_section *source, struct text folder,
                                 struct period period, size_t threads);

/* Applies the [measure NAME] sections of the job that are for this dataset. */
void measures_apply(struct arena *arena, struct diags *diags, const struct ini *job,
                    struct dataset *dataset);

/* The columns of the dialects stand in the order of these enums. */
enum wide_column { WIDE_MEASURE, WIDE_AREA, WIDE_UNIT, WIDE_NOTE, WIDE_GROUP, WIDE_COLUMNS };
enum long_column {
    LONG_MEASURE,
    LONG_PERIOD,
    LONG_VALUE,
    LONG_AREA,
    LONG_UNIT,
    LONG_COUNT,
    LONG_DENOMINATOR,
    LONG_NOTE,
    LONG_GROUP,
    LONG_MARKER,
    LONG_COLUMNS
};
enum street_column {
    STREET_CRIME_ID,
    STREET_MONTH,
    STREET_REPORTED_BY,
    STREET_FALLS_WITHIN,
    STREET_LONGITUDE,
    STREET_LATITUDE,
    STREET_LOCATION,
    STREET_LSOA_CODE,
    STREET_LSOA_NAME,
    STREET_CRIME_TYPE,
    STREET_OUTCOME,
    STREET_CONTEXT,
    STREET_COLUMNS
};
enum stop_column {
    STOP_TYPE,
    STOP_DATE,
    STOP_IN_OPERATION,
    STOP_OPERATION,
    STOP_LATITUDE,
    STOP_LONGITUDE,
    STOP_GENDER,
    STOP_AGE,
    STOP_ETHNICITY,
    STOP_OFFICER_ETHNICITY,
    STOP_LEGISLATION,
    STOP_OBJECT,
    STOP_OUTCOME,
    STOP_LINKED,
    STOP_CLOTHING,
    STOP_COLUMNS
};
extern const struct dialect_column wide_columns[WIDE_COLUMNS];
extern const struct dialect_column long_columns[LONG_COLUMNS];
extern const struct dialect_column street_columns[STREET_COLUMNS];
extern const struct dialect_column stop_columns[STOP_COLUMNS];
extern const struct dialect_column action_columns[ACTION_FIELDS];
extern const struct dialect_reader wide_reader;
extern const struct dialect_reader long_reader;
extern const struct dialect_reader street_reader;
extern const struct dialect_reader stop_reader;
extern const struct dialect_reader action_reader;

#endif
