/* write - the renderers behind the table in write.c. */
#ifndef WRITE_WRITE_INT_H
#define WRITE_WRITE_INT_H

#include "write/write.h"

bool xlsx_render(const struct document *document, const struct render_options *options,
                 struct arena *arena, struct diags *diags, struct text *bytes);
bool xlsx_verify(const struct document *document, struct text path, struct arena *arena,
                 struct diags *diags);

bool pdf_render(const struct document *document, const struct render_options *options,
                struct arena *arena, struct diags *diags, struct text *bytes);
bool pdf_verify(const struct document *document, struct text path, struct arena *arena,
                struct diags *diags);

#endif
