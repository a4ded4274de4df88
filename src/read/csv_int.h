/* csv - rows of a delimited text, one at a time, with the line on which each begins. */
#ifndef READ_CSV_INT_H
#define READ_CSV_INT_H

#include "base/diag.h"

enum { CSV_FIELD_CAP = 64 * 1024, CSV_FIELDS_CAP = 16384 };

/* Fields are valid until the next row. Spaces and tabs around an unquoted field are cut; line ends
 * inside a quoted field are single line feeds. */
struct csv_row {
    unsigned line; /* the physical line on which the row begins, from 1 */
    const struct text *fields;
    size_t count;
};

/*
 * Gives each row of `text` (UTF-8) to take(); blank lines are no rows. Lines end with LF, CR LF or
 * CR. False when the file had to be given up, after a message: a quote that is not closed or stands
 * where none may, a field or a row over the cap; and when take() returned false.
 */
bool csv_read(struct arena *arena, struct diags *diags, struct text file, struct text text,
              char delimiter, bool (*take)(void *user, const struct csv_row *row), void *user);

/* The likeliest of comma, semicolon, tab and pipe, from the first row that is not blank. */
char csv_delimiter(struct text text);

#endif
