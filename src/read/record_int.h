/* record - one row of an exported file, whatever the format of the file is. */
#ifndef READ_RECORD_INT_H
#define READ_RECORD_INT_H

#include "base/text.h"

/* Fields are valid until the next record. */
struct record {
    unsigned line;    /* of a text the physical line on which the row begins, of a sheet the row;
                         from 1 */
    bool after_blank; /* a blank line or row stands directly above */
    const struct text *fields;
    size_t count; /* of a sheet: up to the last cell of the row that is not blank */
};

/* Takes a record; false to stop reading the file. */
typedef bool record_taker(void *user, const struct record *row);

#endif
