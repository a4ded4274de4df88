/* read_int - what the files of read/ share: one source while it is read. */
#ifndef READ_READ_INT_H
#define READ_READ_INT_H

#include "base/map.h"
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
    bool complete; /* all that are needed are among them */
};
struct header_score header_score(struct source *source, const struct record *row);
/* True when a header of that name alone is a column of the dialect or one of values. */
bool header_knows(struct source *source, struct text name);
/* The position of the column of that name in the file or, failing that, in the dialect. */
size_t header_find(const struct source *source, struct text name);
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
    size_t threads; /* at most so many files at a time; 0: as many as there are processors */
    void *state;    /* of the dialect; lasts for all files of the source */

    struct period_reading *periods; /* each label is read once */
    size_t period_count;
    size_t period_capacity;

    /* the file that is being read */
    struct text path;   /* in the job's arena */
    struct text sheet;  /* of a workbook; empty for a text */
    bool row_is_hidden; /* the record that is being taken: it is counted as left out, not read */
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
struct text source_cell(const struct source *source, const struct record *row, size_t column);
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
/* The export's own code for a measure, as it is written where it first stands. */
void figure_code(struct source *source, size_t measure, struct text code);
/* Sets unit and kind from a number's own unit where the export gives none. */
void figure_unit(struct source *source, size_t measure, struct place place, struct text unit);
/* Adds the figures of a row, unless one contradicts a figure that is there already. */
enum row_fate figures_add(struct source *source, const struct figure *figures, size_t count);
/*
 * beside.c: what stands beside a figure. A blank cell gives a value that is not there and has
 * nothing to say; false after a message.
 */
bool figure_part(struct source *source, const struct record *row, size_t column, struct value *out);
struct published_with published_nothing(void);
/* The columns are those of the lower and upper 95% and 99.8% limits; NO_COLUMN where a dialect has
 * none. */
bool published_limits(struct source *source, const struct record *row, const size_t columns[4],
                      struct published_with *published);
/* A copy that lasts as long as the job, without the limits of a hidden value; NULL for nothing. */
const struct published_with *published_keep(struct source *source, struct value value,
                                            struct published_with published);
/* Columns of the file that no column of the dialect stands for: said once, so that nobody thinks
 * that they were read. */
void columns_tell_unused(struct source *source);
/* True when `t` contains the words, which are in lower case, in whatever case. */
bool text_says(struct arena *arena, struct text t, const char *words);
/* Where nothing gives a new measure's kind and unit: what its name says ("per 100,000", "rate"). */
void figure_kind_by_name(struct source *source, size_t number);
/* And what its values say: what has decimals is no count that could be added up. */
void figure_kind_by_value(struct source *source, const struct figure *figure);
/* The `period` of the source or else the job's, for exports without one; false after a message. */
bool period_of_source(struct source *source, size_t *period);
/* The label of a header such as "2021/22 outturn" without words that leave its period alone. */
struct text period_header_label(struct arena *arena, struct text name);

/* coded.c: names that come with a code; what shares its name with another is shown with it. */
struct coded_name {
    struct text shown; /* the name, or "NAME (CODE)" */
    struct text code;
    size_t number; /* of the measure or area, for the caller to set; NO_COLUMN until then */
    bool is_shared;
};
struct coded_names {
    struct coded_name *items;
    size_t count;
    size_t capacity;
    struct map index;
    struct buffer key; /* of the name that is being looked for */
};
/* The entry to use for a name with that code; valid until the next call. */
struct coded_name *coded_find(struct arena *arena, struct coded_names *names, struct text name,
                              struct text code);
/* After the last row: the first of those that share a name is shown with its code too, so that the
 * order of rows makes no difference. */
void coded_settle_measures(struct dataset *dataset, const struct coded_names *names);
void coded_settle_areas(struct dataset *dataset, const struct coded_names *names);

/* measures.c: the measure whose name is written so, or else the first with the same name: an export
 * may have both "ASB (police)" and "ASB police". dataset->measure_count when there is none. */
size_t measure_find(const struct dataset *dataset, struct text name);
/* A relation as job files and exports write it; `parent` is empty but of "of which". */
bool relation_read(struct text t, enum relation *relation, struct text *parent);

/* The kind that a unit stands for: "%" a percentage, "per 100,000" a rate. */
enum measure_kind unit_kind(struct text unit);

/* read_source(), with so many files at a time: the result is the same. */
struct dataset *read_source_with(struct arena *arena, struct diags *diags, const struct ini *job,
                                 const struct ini_section *source, struct text folder,
                                 struct period period, size_t threads);

/* Applies the [measure NAME] sections of the job that are for this dataset. */
void measures_apply(struct arena *arena, struct diags *diags, const struct ini *job,
                    struct dataset *dataset);

/*
 * markup.c: the clean text of a cell in which a system left HTML: paragraphs and lists as lines
 * ("• item", "1. item", nested ones run in by four spaces), emphasis as runs, links with their
 * address in brackets. False when the cell holds no HTML: "<5", "a < b", "R&D" and
 * "<name@example.org>" are text. Nothing that is text is lost; *out is in `arena`.
 */
bool markup_read(struct arena *arena, struct text cell, struct rich *out);
/* The same for a cell at `place`, told as a repair; another cell as it is. For columns of text. */
struct rich source_rich(struct source *source, struct place place, struct text cell);

/*
 * due.c: by when an action is due. Dates in figures are read day first; a cell that could be read
 * month first is told when the file ends, unless another cell of the column shows that days come
 * first.
 */
struct due_reader {
    bool month_first;      /* the job says so */
    bool has_day_above_12; /* in the place where days are expected */
    struct place *doubtful;
    size_t doubtful_count;
    size_t doubtful_capacity;
};
/* A date, or the last day of a period; unknown for words ("Ongoing"). False after a message. */
bool due_read(struct source *source, struct due_reader *due, struct place place, struct text cell,
              struct date *out);
void due_end_of_file(struct source *source, struct due_reader *due);

/*
 * fill.c: fills the blank cells of themes, priorities and focuses with the cell above, where the
 * column's other cells show that it is one of groups; says so where they do not.
 */
enum { GROUP_FIELDS = ACTION_FOCUS + 1, NO_ACTION = -1 };
struct group_row {
    struct text field[GROUP_FIELDS];
    long action; /* its number in the dataset; NO_ACTION: the filter left the row out */
};
struct group_rows { /* of one file, in its order */
    struct group_row *items;
    size_t count;
    size_t capacity;
};
void fill_group_columns(struct source *source, struct group_rows *rows);

/* status.c: the words of the job for statuses, `status words = Amber: Some concerns | Slow; …`. */
struct status_word {
    struct text word;
    enum rag rag;
};
struct status_words {
    struct status_word *items;
    size_t count;
    size_t capacity;
};
void status_words_read(struct source *source, struct status_words *out);
/* The status of a cell: the job's words first. False after a message. */
bool status_read(struct source *source, const struct status_words *words, struct place place,
                 struct text cell, enum rag *out);

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
    LONG_CODE,
    LONG_PARENT,
    LONG_RELATION,
    LONG_LOWER,
    LONG_UPPER,
    LONG_COLUMNS
};
enum fingertips_column {
    FINGERTIPS_ID,
    FINGERTIPS_NAME,
    FINGERTIPS_PARENT_CODE,
    FINGERTIPS_PARENT_NAME,
    FINGERTIPS_AREA_CODE,
    FINGERTIPS_AREA_NAME,
    FINGERTIPS_AREA_TYPE,
    FINGERTIPS_SEX,
    FINGERTIPS_AGE,
    FINGERTIPS_CATEGORY_TYPE,
    FINGERTIPS_CATEGORY,
    FINGERTIPS_PERIOD,
    FINGERTIPS_VALUE,
    FINGERTIPS_LOWER_95,
    FINGERTIPS_UPPER_95,
    FINGERTIPS_LOWER_998,
    FINGERTIPS_UPPER_998,
    FINGERTIPS_COUNT,
    FINGERTIPS_DENOMINATOR,
    FINGERTIPS_NOTE,
    FINGERTIPS_TREND,
    FINGERTIPS_COMPARED,
    FINGERTIPS_COMPARED_PARENT,
    FINGERTIPS_COMPARED_GOAL,
    FINGERTIPS_SORTABLE,
    FINGERTIPS_NEW_DATA,
    FINGERTIPS_PERIOD_RANGE,
    FINGERTIPS_COLUMNS
};
enum kpi_column {
    KPI_CODE,
    KPI_NAME,
    KPI_PERIOD,
    KPI_THIS,
    KPI_LAST,
    KPI_YEAR_AGO,
    KPI_TARGET,
    KPI_STATUS,
    KPI_TREND,
    KPI_UNIT,
    KPI_NOTE,
    KPI_GROUP,
    KPI_AREA,
    KPI_COUNT,
    KPI_DENOMINATOR,
    KPI_FREQUENCY,
    KPI_OWNER,
    KPI_POLARITY,
    KPI_COLUMNS
};
enum survey_column {
    SURVEY_QUESTION,
    SURVEY_ANSWER,
    SURVEY_PERCENT,
    SURVEY_COUNT,
    SURVEY_BASE,
    SURVEY_SKIPPED,
    SURVEY_WAVE,
    SURVEY_AREA,
    SURVEY_NOTE,
    SURVEY_COLUMNS
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
extern const struct dialect_column fingertips_columns[FINGERTIPS_COLUMNS];
extern const struct dialect_column kpi_columns[KPI_COLUMNS];
extern const struct dialect_column survey_columns[SURVEY_COLUMNS];
extern const struct dialect_column street_columns[STREET_COLUMNS];
extern const struct dialect_column stop_columns[STOP_COLUMNS];
extern const struct dialect_column action_columns[ACTION_FIELDS];
extern const struct dialect_reader wide_reader;
extern const struct dialect_reader long_reader;
extern const struct dialect_reader fingertips_reader;
extern const struct dialect_reader kpi_reader;
extern const struct dialect_reader survey_reader;
extern const struct dialect_reader street_reader;
extern const struct dialect_reader stop_reader;
extern const struct dialect_reader action_reader;

#endif
