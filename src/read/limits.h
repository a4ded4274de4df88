/*
 * limits - how much an input may hold, so that one bad file cannot take the memory or the time of a
 * machine (reliability.md P16). A job can set them in [limits]; what is over one is refused with a
 * message that names its key.
 */
#ifndef READ_LIMITS_H
#define READ_LIMITS_H

#include "base/ini.h"

struct read_limits {
    size_t file;     /* bytes of an input file */
    size_t field;    /* bytes of a field of a text */
    size_t row;      /* … of all fields of a row */
    size_t columns;  /* fields of a row of a text */
    size_t rows;     /* of a file */
    size_t parts;    /* of a workbook's archive */
    size_t unpacked; /* bytes of all of them together; one may have seven eighths of it */
    size_t ratio;    /* unpacked bytes for one byte of the file, after the first MiB */
    size_t depth;    /* of elements within each other */
};
extern const struct read_limits limits_default;
/* The most that each can be set to: for what the program itself has written. */
extern const struct read_limits limits_most;

/*
 * Those of the job's [limits]. Keys that are not known and values that cannot be read, or lie
 * beyond the most or below the least, are told; the default is then taken.
 */
struct read_limits limits_read(struct diags *diags, const struct ini *job);
/* "256 KiB"; of what is no whole number of them, "300,000 bytes". */
struct text limits_size(struct arena *arena, size_t bytes);
/* "5,000,000" */
struct text limits_number(struct arena *arena, size_t number);
/* False after a message when the file has more bytes than it may; one that is not there is not its
 * concern. `place`: where the file is named. */
bool limits_allow_file(const struct read_limits *limits, struct diags *diags, struct text path,
                       struct place place);

#endif
