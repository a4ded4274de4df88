/* write_int - the renderers of write.c's table; see struct renderer. */
#ifndef WRITE_WRITE_INT_H
#define WRITE_WRITE_INT_H

#include "write/write.h"

/* False, with messages, when nothing usable could be made. */
bool xlsx_render(const struct document *document, const struct render_options *options,
                 struct arena *arena, struct diags *diags, struct text *bytes);
bool pdf_render(const struct document *document, const struct render_options *options,
                struct arena *arena, struct diags *diags, struct text *bytes);

/* Every cell of every sheet, in order, and nothing else: the library loses rows silently. */
bool xlsx_verify(const struct document *document, struct text path, struct arena *arena,
                 struct diags *diags);
bool pdf_verify(const struct document *document, struct text path, struct arena *arena,
                struct diags *diags);

#endif
