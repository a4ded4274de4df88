/* codes - how plans write the codes of their actions, indicators and outcomes. */
#include "check/references_int.h"

#include <string.h>

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* The first byte of a letter or a digit; of letters that are not ASCII those of Latin, but not
 * quotes and dashes. */
static bool is_word(char c)
{
    return is_digit(c) || is_letter(c) || ((unsigned char)c >= 0xC3 && (unsigned char)c < 0xCC);
}

bool code_is_within(struct text words, size_t at)
{
    if (!at--)
        return false;
    while (at && ((unsigned char)words.ptr[at] & 0xC0) == 0x80)
        at--;
    return is_word(words.ptr[at]);
}

/* The bytes of the one separator at `at`; 0: there is none. */
static size_t separator(struct text t, size_t at)
{
    static const char *const wide[] = {"\u00a0", "\u2011", "\u2010"};
    char c = char_at(t, at);
    if (c && strchr(" .-_", c))
        return 1;
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
        if (text_starts(text_slice(t, at, t.len), text_from(wide[i])))
            return strlen(wide[i]);
    return 0;
}

static size_t separators(struct text t, size_t at, size_t most)
{
    size_t from = at, length;
    while (most-- && (length = separator(t, at)))
        at += length;
    return at - from;
}

/* A number of at most six digits or, behind a number, a letter alone. */
static bool read_group(struct text t, size_t *at, struct code *code)
{
    enum { DIGITS_MAX = 6 };
    size_t from = *at, number = 0;
    if (code->count == CODE_GROUPS)
        return false;
    while (is_digit(char_at(t, *at)) && *at - from < DIGITS_MAX)
        number = number * 10 + (size_t)(t.ptr[(*at)++] - '0');
    bool is_letter_alone =
        *at == from && code->count && is_letter(char_at(t, from)) && !is_word(char_at(t, from + 1));
    if (is_letter_alone)
        number = (size_t)((t.ptr[(*at)++] | 32) - 'a') + 1;
    if (*at == from || is_digit(char_at(t, *at)))
        return false;
    code->number[code->count] = number;
    code->is_letter[code->count] = is_letter_alone;
    code->width[code->count++] = (unsigned)(*at - from);
    return true;
}

bool code_read(struct arena *arena, struct text t, struct code *out)
{
    struct buffer prefix = {.arena = arena};
    size_t at = 0, length;
    *out = (struct code){.count = 0};
    t = text_trim(t);
    while (is_letter(char_at(t, at))) {
        buffer_format(&prefix, "%s", prefix.len ? "." : "");
        while (is_letter(char_at(t, at)))
            buffer_add_byte(&prefix, t.ptr[at++]);
        at += separators(t, at, SIZE_MAX);
    }
    out->prefix = buffer_text(&prefix);
    while (at < t.len) {
        if (!read_group(t, &at, out))
            return false;
        length = separators(t, at, SIZE_MAX);
        at += length;
    }
    return out->count > 0;
}

static bool take_prefix(struct text words, size_t *at, struct text prefix)
{
    for (size_t i = 0; i < prefix.len; i++) {
        if (prefix.ptr[i] == '.') {
            *at += separators(words, *at, 1);
        } else if (char_at(words, *at) == prefix.ptr[i] && is_capital(prefix.ptr[i])) {
            (*at)++;
        } else {
            return false;
        }
    }
    return !is_letter(char_at(words, *at));
}

bool code_at(struct text words, size_t at, struct text prefix, size_t most, struct code *out,
             size_t *end)
{
    *out = (struct code){.prefix = prefix};
    if (code_is_within(words, at) || !take_prefix(words, &at, prefix))
        return false;
    at += separators(words, at, 2);
    if (!is_digit(char_at(words, at)) || !read_group(words, &at, out))
        return false;
    *end = at;
    while (out->count < most) {
        size_t next = at + separators(words, at, 1);
        if (next == at || !is_digit(char_at(words, next)) || !read_group(words, &next, out))
            break;
        *end = at = next;
    }
    return !is_word(char_at(words, *end));
}

struct text code_key(struct arena *arena, const struct code *code)
{
    struct buffer out = {.arena = arena};
    buffer_add(&out, text_lower(arena, code->prefix));
    for (size_t i = 0; i < code->count; i++)
        buffer_format(&out, "%c%zu", code->is_letter[i] ? '~' : i ? '.' : '|', code->number[i]);
    return buffer_text(&out);
}
