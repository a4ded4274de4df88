#include "write/write_int.h"

const struct renderer renderers[] = {
    {"xlsx", ".xlsx", WORKBOOK_PUBLISH, xlsx_render, xlsx_verify},
    {"xlsx-working", "-working.xlsx", WORKBOOK_WORKING, xlsx_render_working, xlsx_verify_working},
    {"pdf", ".pdf", 0, pdf_render, pdf_verify},
};
const size_t renderer_count = sizeof renderers / sizeof renderers[0];

bool renderer_is_wanted(const struct renderer *renderer, const struct document *document)
{
    unsigned asked = document->release.workbooks;
    return !renderer->workbook || (renderer->workbook & (asked ? asked : WORKBOOK_PUBLISH));
}
