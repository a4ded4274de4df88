#include "data/identifier.h"

static bool is_separator(char c)
{
    return (unsigned char)c < 0x80 && !(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z') &&
           !(c >= 'a' && c <= 'z');
}

struct text identifier_key(struct arena *arena, struct text code)
{
    struct buffer out = {.arena = arena};
    code = text_trim(code);
    for (size_t i = 0; i < code.len; i++) {
        char c = code.ptr[i];
        bool between = i && is_separator(code.ptr[i - 1]) && out.len;
        if (is_separator(c))
            continue;
        if (between)
            buffer_add_byte(&out, '.');
        buffer_add_byte(&out, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
    }
    return buffer_text(&out);
}
