/* narrative_lines - the Markdown before and after it is parsed, line by line. */
#include "template/narrative_int.h"

#include "base/utf8.h"

#include <string.h>

bool narrative_is_clean(struct diags *diags, struct text path, struct text markdown)
{
    size_t bad = utf8_check(markdown);
    for (size_t i = 0; i < bad; i++)
        if ((unsigned char)markdown.ptr[i] < 0x20 && !strchr("\t\n\r", markdown.ptr[i]))
            bad = i;
    if (bad == markdown.len)
        return true;
    unsigned line = 1;
    for (size_t i = 0; i < bad; i++)
        line += markdown.ptr[i] == '\n';
    diag(diags, DIAG_ENCODING, place_at(path, line, 0),
         "byte 0x%02X is not text in UTF-8: save the file as UTF-8",
         (unsigned char)markdown.ptr[bad]);
    return false;
}

size_t narrative_lines(struct text markdown)
{
    size_t lines = 1;
    for (size_t i = 0; i < markdown.len; i++)
        lines += markdown.ptr[i] == '\n';
    return lines;
}

struct text narrative_said(const struct reader *reader, struct text markdown)
{
    struct buffer out = {.arena = reader->arena};
    size_t line = 1;
    for (size_t i = 0; i < markdown.len; i++) {
        bool is_end = markdown.ptr[i] == '\n';
        if (is_end || reader->lines[line] != LINE_LEFT_OUT)
            buffer_add_byte(&out, markdown.ptr[i]);
        line += is_end;
    }
    return buffer_text(&out);
}
