/* narrative_lines - the Markdown before and after it is parsed, line by line. */
#include "template/narrative_int.h"

#include "base/utf8.h"

/* Where the code point at `at` stands. */
static struct place place_of(struct text path, struct text markdown, size_t at)
{
    unsigned line = 1;
    size_t start = 0;
    for (size_t i = 0; i < at; i++)
        if (markdown.ptr[i] == '\n') {
            line++;
            start = i + 1;
        }
    return place_at(path, line, (unsigned)utf8_count(text_slice(markdown, start, at)) + 1);
}

bool narrative_is_clean(struct diags *diags, struct text path, struct text markdown)
{
    for (size_t at = 0; at < markdown.len;) {
        size_t here = at;
        uint32_t point = utf8_next(markdown, &at);
        if (utf8_is_text(point) || point == '\t' || point == '\n' || point == '\r')
            continue;
        struct place place = place_of(path, markdown, here);
        if (point == UTF8_INVALID || point < 0x20)
            diag(diags, DIAG_ENCODING, place,
                 "byte 0x%02X is not text in UTF-8: save the file as UTF-8",
                 (unsigned char)markdown.ptr[here]);
        else
            diag(diags, DIAG_ENCODING, place, "the character U+%04X %s: take it out", point,
                 utf8_not_text(point));
        return false;
    }
    return true;
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
