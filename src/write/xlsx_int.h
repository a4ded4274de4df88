/* xlsx - a document as a workbook, and the proof that a finished file holds all of it. */
#ifndef WRITE_XLSX_INT_H
#define WRITE_XLSX_INT_H

#include "write/write.h"

/* For the table in write.c; see struct renderer. */
bool xlsx_render(const struct document *document, const struct render_options *options,
                 struct arena *arena, struct diags *diags, struct text *bytes);
/* Every cell of every sheet, in order, and nothing else: the library loses rows silently. */
bool xlsx_verify(const struct document *document, struct text path, struct arena *arena,
                 struct diags *diags);

#endif
