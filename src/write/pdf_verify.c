/* pdf_verify - reads a report back before it is published: drawing needs no library for that. */
#include "base/file.h"
#include "pdf/pdf.h"
#include "write/write_int.h"

bool pdf_verify(const struct document *document, struct text path, struct arena *arena,
                struct diags *diags)
{
    static const size_t memory_limit = (size_t)1 << 30;
    struct text bytes;
    struct pdf_wanted wanted = {
        .place = place_file(path), .title = document->title, .language = document->language};
    return file_read(arena, diags, path, PLACE_NONE, memory_limit, &bytes) &&
           pdf_check(bytes, &wanted, arena, diags);
}
