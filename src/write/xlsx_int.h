/* xlsx - the writing of a book; reading it back is xlsx_verify.c's. */
#ifndef WRITE_XLSX_INT_H
#define WRITE_XLSX_INT_H

#include "write/sheets_int.h"
#include "write/write_int.h"

/*
 * Writes the workbook to `path`, in whose folder the library may put files of its own. False, with
 * a message, when it says that it failed; it does not say so always.
 */
bool xlsx_write(const struct document *document, const struct book *book, bool is_working,
                struct text path, struct arena *arena, struct diags *diags);

#endif
