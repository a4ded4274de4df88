/*
 * markup - a cell with HTML in it. What stands outside all that could be a tag, a reference or the
 * content of a style sheet comes back, letter by letter, in its order.
 */
#include "fuzz.h"

#include "base/utf8.h"
#include "read/dialect_int.h"

#include <string.h>

static bool is_letter_or_digit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Where the part ends that stands open at `at`: behind its ">", or behind a reference's name. */
static size_t behind(struct text cell, size_t at)
{
    size_t end = at + 1;
    if (cell.ptr[at] == '<') {
        end = text_find(cell, '>', at);
        return end < cell.len ? end + 1 : end;
    }
    while (end < cell.len && (is_letter_or_digit(cell.ptr[end]) || cell.ptr[end] == '#'))
        end++;
    return end;
}

/* Quotes hide a ">", and the content of some elements is for programs. */
static bool is_unsure(struct arena *arena, struct text tag)
{
    static const char *const signs[] = {"<!", "<?", "\"", "'", "style", "script", "xml"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (text_contains(text_lower(arena, tag), text_from(signs[i])))
            return true;
    return false;
}

/* "&lt;", "&#60;" and "&amp;lt;" can be the sign of a tag that was encoded. */
static bool could_be_tag(struct text reference)
{
    return reference.len > 1 && memchr("#laLA", reference.ptr[1], 5);
}

/* The letters that are text however the cell is read. */
static struct text sure_letters(struct arena *arena, struct text cell)
{
    struct buffer out = {.arena = arena};
    for (size_t at = 0; at < cell.len;) {
        char c = cell.ptr[at];
        if (c == '<' || c == '&') {
            size_t end = behind(cell, at);
            struct text part = text_slice(cell, at, end);
            if (c == '<' ? is_unsure(arena, part) : could_be_tag(part))
                break;
            at = end;
        } else {
            if (is_letter_or_digit(c) && c > '9') /* "m<sup>2</sup>" becomes "m²" */
                buffer_add_byte(&out, c);
            at++;
        }
    }
    return buffer_text(&out);
}

static void check_survive(struct text letters, struct text plain)
{
    size_t at = 0;
    for (size_t i = 0; i < letters.len; i++) {
        while (at < plain.len && plain.ptr[at] != letters.ptr[i])
            at++;
        FUZZ_HOLDS(at < plain.len);
        at++;
    }
}

static bool inside_character(struct text t, size_t at)
{
    return at < t.len && ((unsigned char)t.ptr[at] & 0xC0) == 0x80;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct text cell = text_copy(arena, (struct text){(const char *)data, size});
    struct rich rich;
    bool fit = utf8_check(cell) == cell.len && text_find(cell, '\0', 0) == cell.len;
    bool is_html = fit && markup_read(arena, cell, &rich);
    FUZZ_HOLDS(!is_html || text_find(cell, '<', 0) < cell.len ||
               text_find(cell, '&', 0) < cell.len);
    if (is_html) {
        size_t at = 0;
        FUZZ_HOLDS(utf8_check(rich.plain) == rich.plain.len);
        for (size_t i = 0; i < rich.runs.count; i++) {
            struct rich_run run = rich.runs.items[i];
            FUZZ_HOLDS(run.from >= at && run.to > run.from && run.to <= rich.plain.len);
            FUZZ_HOLDS(run.style && !(run.style & ~(unsigned)(RICH_BOLD | RICH_ITALIC)));
            FUZZ_HOLDS(!inside_character(rich.plain, run.from));
            FUZZ_HOLDS(!inside_character(rich.plain, run.to));
            at = run.to;
        }
        check_survive(sure_letters(arena, cell), rich.plain);
    }
    arena_free(arena);
    return 0;
}
