/* encoding - the bytes of an exported text file as UTF-8. */
#ifndef READ_ENCODING_INT_H
#define READ_ENCODING_INT_H

#include "base/diag.h"

/*
 * Decides from the bytes: a byte order mark (UTF-8, UTF-16), else valid UTF-8, else Windows-1252.
 * *out is UTF-8 without the mark and without control bytes but tabs and line ends: the input itself
 * where it needs no conversion, else a copy in `arena`. *name is the encoding's name. What is no
 * text export (a login page, a picture, a PDF, a workbook, JSON) is refused by name; false is
 * returned after a message at `file`.
 */
bool encoding_decode(struct arena *arena, struct diags *diags, struct text file, struct text bytes,
                     struct text *out, const char **name);

#endif
