/* csv - rows of a delimited text, one at a time, with the line on which each begins. */
#ifndef READ_CSV_INT_H
#define READ_CSV_INT_H

#include "base/diag.h"
#include "read/record_int.h"

enum { CSV_FIELD_CAP = 64 * 1024, CSV_FIELDS_CAP = 16384 };

/*
 * Gives each row of `text` (UTF-8) to take(); blank lines are no rows. Spaces and tabs around an
 * unquoted field are cut; line ends inside a quoted field are single line feeds. Lines end with LF,
 * CR LF or CR. False when the file had to be given up, after a message: a quote that is not closed
 * or stands where none may, a field or a row over the cap; and when take() returned false.
 */
bool csv_read(struct arena *arena, struct diags *diags, struct text file, struct text text,
              char delimiter, record_taker *take, void *user);

/* The likeliest of comma, semicolon, tab and pipe, from the first row that is not blank. */
char csv_delimiter(struct text text);

#endif
