/* write - what the table of renderers needs of the PDF's. */
#ifndef WRITE_WRITE_INT_H
#define WRITE_WRITE_INT_H

#include "write/write.h"

bool pdf_render(const struct document *document, const struct render_options *options,
                struct arena *arena, struct diags *diags, struct text *bytes);
bool pdf_verify(const struct document *document, struct text path, struct arena *arena,
                struct diags *diags);

#endif
