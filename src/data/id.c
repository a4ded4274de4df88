#include "data/id.h"

#include "data/spelling_int.h"

#include <string.h>

/* The bytes of the separator at `at`; 0 when there is none. */
static size_t separator_length(struct text t, size_t at)
{
    static const char *const wide[] = {"\u00a0", "\u2009", "\u202f", "\u200b",
                                       "\ufeff", "\u2010", "\u2011", "\u2013"};
    if (t.ptr[at] && strchr(" \t\r\n.-_:()[]", t.ptr[at]))
        return 1;
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
        if (text_starts(text_slice(t, at, t.len), text_from(wide[i])))
            return strlen(wide[i]);
    return 0;
}

static bool is_one_kind(char a, char b)
{
    return (is_digit(a) && is_digit(b)) || (is_letter(a) && is_letter(b));
}

struct text id_key(struct arena *arena, struct text id)
{
    struct buffer out = {.arena = arena};
    bool separated = false;
    for (size_t at = 0; at < id.len;) {
        size_t separator = separator_length(id, at);
        if (separator) {
            separated = true;
            at += separator;
            continue;
        }
        char c = id.ptr[at++];
        if (separated && out.len && is_one_kind(out.ptr[out.len - 1], c))
            buffer_add_byte(&out, '.');
        separated = false;
        buffer_add_byte(&out, c >= 'A' && c <= 'Z' ? (char)(c + 32) : c);
    }
    return buffer_text(&out);
}

bool id_same(struct arena *arena, struct text a, struct text b)
{
    struct text key = id_key(arena, a);
    return key.len ? text_equal(key, id_key(arena, b)) : text_equal(text_trim(a), text_trim(b));
}
