/* write_int - the renderers of write.c's table; see struct renderer. */
#ifndef WRITE_WRITE_INT_H
#define WRITE_WRITE_INT_H

#include "write/write.h"

/* False, with messages, when nothing usable could be made. The working workbook has what people
 * use in front of a screen, where the published one is plain: sheets_int.h. */
bool xlsx_render_working(const struct document *document, const struct render_options *options,
                         struct arena *arena, struct diags *diags, struct text *bytes);
bool xlsx_render(const struct document *document, const struct render_options *options,
                 struct arena *arena, struct diags *diags, struct text *bytes);
bool pdf_render(const struct document *document, const struct render_options *options,
                struct arena *arena, struct diags *diags, struct text *bytes);

/* Every cell of every sheet, in order, and nothing else: the library loses rows silently. Formulas
 * stand where they were written alone, with the results that were written beside them. */
bool xlsx_verify_working(const struct document *document, struct text path, struct arena *arena,
                         struct diags *diags);
bool xlsx_verify(const struct document *document, struct text path, struct arena *arena,
                 struct diags *diags);
bool pdf_verify(const struct document *document, struct text path, struct arena *arena,
                struct diags *diags);

#endif
