/* xlsx_strings - rich text and shared strings of a workbook (xlsx_int.h). */
#include "base/utf8.h"
#include "read/xlsx_int.h"

void xlsx_string_start(struct xlsx_string *string, struct text name)
{
    if (text_is(name, "rPh"))
        string->phonetic++;
    else if (text_is(name, "t"))
        string->in_text = !string->phonetic;
}

void xlsx_string_end(struct xlsx_string *string, struct text name)
{
    if (text_is(name, "rPh") && string->phonetic)
        string->phonetic--;
    else if (text_is(name, "t"))
        string->in_text = false;
}

static int hex_digit(char c)
{
    return is_digit(c)            ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

/* The code unit of an "_xHHHH_" at `at`; -1 when there is none. */
static long escape_at(struct text t, size_t at)
{
    if (t.len - at < 7 || t.ptr[at] != '_' || t.ptr[at + 1] != 'x' || t.ptr[at + 6] != '_')
        return -1;
    long unit = 0;
    for (size_t i = at + 2; i < at + 6; i++) {
        int digit = hex_digit(t.ptr[i]);
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

/* The file format writes characters that XML cannot hold as _xHHHH_. Surrogates stay as written. */
struct text xlsx_unescape(struct arena *arena, struct text t)
{
    if (!text_contains(t, TEXT("_x")))
        return text_copy(arena, t);
    struct buffer out = {.arena = arena};
    for (size_t at = 0; at < t.len;) {
        long unit = escape_at(t, at);
        if (unit < 0 || (unit >= 0xD800 && unit < 0xE000)) {
            buffer_add_byte(&out, t.ptr[at++]);
            continue;
        }
        char bytes[4];
        buffer_add(&out, (struct text){bytes, utf8_put(bytes, (uint32_t)unit)});
        at += 7;
    }
    return buffer_text(&out);
}

struct shared_part {
    struct xlsx_part part;
    struct xlsx_string string;
};

static void shared_start(void *context, struct text name, struct xml_attributes attributes)
{
    struct shared_part *state = context;
    (void)attributes;
    if (text_is(name, "si"))
        state->string.text.len = 0;
    xlsx_string_start(&state->string, name);
}

static void shared_end(void *context, struct text name)
{
    struct shared_part *state = context;
    struct xlsx *book = state->part.book;
    xlsx_string_end(&state->string, name);
    if (text_is(name, "si"))
        texts_add(book->arena, &book->shared,
                  xlsx_unescape(book->arena, buffer_text(&state->string.text)));
}

static void shared_characters(void *context, struct text piece)
{
    struct shared_part *state = context;
    if (state->string.in_text)
        buffer_add(&state->string.text, piece);
}

bool xlsx_read_strings(struct xlsx *book)
{
    static const struct xml_handlers handlers = {shared_start, shared_end, shared_characters};
    struct shared_part state = {.string.text.arena = book->arena};
    struct text part = xlsx_related(book, TEXT("/sharedStrings"));
    bool ok = !part.len || xlsx_read_part(book, part, &handlers, &state.part);
    book->shared_used = arena_calloc(book->arena, book->shared.count, sizeof(bool));
    return ok;
}

bool xlsx_shared(const struct xlsx *book, struct text raw, struct text *out)
{
    size_t index = 0;
    for (size_t i = 0; i < raw.len; i++) {
        if (raw.ptr[i] < '0' || raw.ptr[i] > '9' || index > book->shared.count)
            return false;
        index = index * 10 + (size_t)(raw.ptr[i] - '0');
    }
    if (raw.len == 0 || index >= book->shared.count)
        return false;
    *out = book->shared.items[index];
    book->shared_used[index] = true;
    return true;
}
