/* long_int - what the files of the dialect `long` share. */
#ifndef READ_LONG_INT_H
#define READ_LONG_INT_H

#include "read/dialect_int.h"

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
    LONG_AGE,
    LONG_CHANGE,
    LONG_TARGET,
    LONG_COLUMNS
};

/*
 * long_areas.c: areas that stand side by side in a row, "Value (Local)", "Value (England)", as
 * `other areas` names them. What stands in the same brackets, "Flag (England)", goes with a value.
 */
struct long_area {
    size_t area;             /* of the dataset; NO_COLUMN: the row's own */
    size_t at[LONG_COLUMNS]; /* positions, for the columns of a figure; else NO_COLUMN */
};
struct long_areas {
    struct long_area *items; /* the row's own first */
    size_t count;
    size_t capacity;
};
/* The header of a file is known. False after messages. */
bool long_areas_open(struct source *source, struct long_areas *out);

/* long_flags.c: what a publisher's flags mean, of the CSV that `flags` names. */
struct long_flags {
    struct texts signs;
    struct texts meanings;
    bool is_given;
    bool has_header;
};
/* Before the first file; its rows are in an account of their own. False after messages. */
bool long_flags_read(struct source *source, struct long_flags *out);
/* Adds the meanings of the cell's flags to *note; false after a message about one without. */
bool long_flags_add(struct source *source, const struct long_flags *flags, struct place place,
                    struct text cell, struct text *note);

#endif
