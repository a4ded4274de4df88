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

/* Texts as the library wants them: of a cell, of a chart, and the keywords of the properties. */
const char *xlsx_cell_string(struct arena *arena, struct text t);
const char *xlsx_chart_text(struct arena *arena, struct text t);
const char *xlsx_keywords(struct arena *arena, const struct document *document);

#endif
