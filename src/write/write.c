#include "write/write_int.h"

const struct renderer renderers[] = {
    {"xlsx", ".xlsx", xlsx_render, xlsx_verify},
    {"pdf", ".pdf", pdf_render, pdf_verify},
};
const size_t renderer_count = sizeof renderers / sizeof renderers[0];
