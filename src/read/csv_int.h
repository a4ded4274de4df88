/* csv - rows of a delimited text, one at a time, with the line on which each begins. */
#ifndef READ_CSV_INT_H
#define READ_CSV_INT_H

#include "base/diag.h"
#include "read/limits.h"
#include "read/record_int.h"

/*
 * Gives each row of a text (UTF-8) to take(); blank lines are no rows. Spaces and tabs around an
 * unquoted field are cut; line ends inside a quoted field are single line feeds. Lines end with LF,
 * CR LF or CR. The text comes in pieces, however they are cut: no more than a row is held.
 * `limits` must outlive the reader.
 */
struct csv_reader;
struct csv_reader *csv_open(struct arena *arena, struct diags *diags, struct text file,
                            char delimiter, const struct read_limits *limits, record_taker *take,
                            void *user);
/* Lines above the text that are none of its rows. */
void csv_skip_lines(struct csv_reader *reader, unsigned lines);
/*
 * False when the file had to be given up, after a message: a quote that is not closed or stands
 * where none may, a field or a row over a limit; and when take() returned false.
 */
bool csv_add(struct csv_reader *reader, struct text piece);
/* After the last piece; frees the reader. */
bool csv_close(struct csv_reader *reader);
/* Instead of that, when the text could not be read to its end: what is left is no row. */
void csv_drop(struct csv_reader *reader);

/* The same for a text in memory, below its "sep=" line. `delimiter` 0: the text tells it. */
bool csv_read(struct arena *arena, struct diags *diags, struct text file, struct text text,
              char delimiter, const struct read_limits *limits, record_taker *take, void *user);

/* ---- delimiter.c ---- */

enum { DELIMITER_SAMPLE = 16 * 1024 }; /* bytes from which it can be told */

/*
 * The likeliest of comma, semicolon, tab and pipe: the one that stands as often in most of the
 * first rows, outside quotes. Titles and notes don't decide; when two are as likely, the rows that
 * stand together do, then the first row, then the order above.
 */
char csv_delimiter(struct text text);
/*
 * Excel's own first line "sep=;" names the delimiter: the length of that line with its end, and 0
 * when the text has none. *named is 0 for one that is none of ours.
 */
size_t csv_separator_line(struct text text, char *named);
/*
 * *delimiter is what the job gives, or 0: then it becomes the one of that line, else the likeliest.
 * *separator is the length of the line. False after a message when it names none of ours.
 */
bool csv_choose_delimiter(struct diags *diags, struct text file, struct text text, char *delimiter,
                          size_t *separator);

#endif
