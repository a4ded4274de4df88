#include "base/text.h"

#include "base/utf8.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct text text_from(const char *cstr)
{
    return cstr ? (struct text){cstr, strlen(cstr)} : TEXT_EMPTY;
}

struct text text_slice(struct text t, size_t from, size_t to)
{
    if (to > t.len)
        to = t.len;
    if (from > to)
        from = to;
    return (struct text){t.ptr + from, to - from};
}

struct text text_copy(struct arena *arena, struct text t)
{
    char *copy = arena_alloc(arena, t.len + 1);
    if (t.len) /* a zeroed struct text has no bytes to point at */
        memcpy(copy, t.ptr, t.len);
    return (struct text){copy, t.len};
}

const char *text_cstr(struct arena *arena, struct text t)
{
    return text_copy(arena, t).ptr;
}

struct text text_vformat(struct arena *arena, const char *format, va_list args)
{
    char most[256]; /* of them are shorter */
    va_list again;
    va_copy(again, args);
    int needed = vsnprintf(most, sizeof most, format, again);
    va_end(again);
    if (needed < 0)
        return TEXT_EMPTY;
    if ((size_t)needed < sizeof most)
        return text_copy(arena, (struct text){most, (size_t)needed});
    char *out = arena_alloc(arena, (size_t)needed + 1);
    vsnprintf(out, (size_t)needed + 1, format, args);
    return (struct text){out, (size_t)needed};
}

struct text text_format(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct text out = text_vformat(arena, format, args);
    va_end(args);
    return out;
}

struct text text_concat(struct arena *arena, struct text a, struct text b)
{
    char *out = arena_alloc(arena, a.len + b.len + 1);
    memcpy(out, a.ptr, a.len);
    memcpy(out + a.len, b.ptr, b.len);
    return (struct text){out, a.len + b.len};
}

bool text_is(struct text t, const char *cstr)
{
    return text_equal(t, text_from(cstr));
}

int text_compare(struct text a, struct text b)
{
    int order = memcmp(a.ptr, b.ptr, a.len < b.len ? a.len : b.len);
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool text_starts(struct text t, struct text prefix)
{
    return t.len >= prefix.len && memcmp(t.ptr, prefix.ptr, prefix.len) == 0;
}

bool text_ends(struct text t, struct text suffix)
{
    return t.len >= suffix.len && memcmp(t.ptr + t.len - suffix.len, suffix.ptr, suffix.len) == 0;
}

bool text_contains(struct text t, struct text part)
{
    return part.len == 0 || memmem(t.ptr, t.len, part.ptr, part.len) != NULL;
}

size_t text_find(struct text t, char byte, size_t from)
{
    if (from >= t.len)
        return t.len;
    const char *hit = memchr(t.ptr + from, byte, t.len - from);
    return hit ? (size_t)(hit - t.ptr) : t.len;
}

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 29;
}

static uint64_t word_at(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

/* Words of eight bytes, of which the last two may overlap: names of many lengths go one way. */
uint64_t text_hash(struct text t)
{
    enum { WORD = sizeof(uint64_t) };
    uint64_t hash = t.len, word = 0;
    for (; t.len > 2 * WORD; t = (struct text){t.ptr + 2 * WORD, t.len - 2 * WORD})
        hash = mix(mix(hash, word_at(t.ptr)), word_at(t.ptr + WORD));
    if (t.len >= WORD)
        return mix(mix(mix(hash, word_at(t.ptr)), word_at(t.ptr + t.len - WORD)), 1);
    for (size_t i = 0; i < t.len; i++)
        word = word << 8 | (unsigned char)t.ptr[i];
    return mix(mix(hash, word), 1);
}

/* Bytes of white space at the start of t: 0 when there is none. */
static size_t space_at_start(struct text t)
{
    if (t.len && (t.ptr[0] == ' ' || (t.ptr[0] >= '\t' && t.ptr[0] <= '\r')))
        return 1;
    if (text_starts(t, TEXT("\xC2\xA0")))
        return 2;
    if (text_starts(t, TEXT("\xE2\x80\x8B")) || text_starts(t, TEXT("\xEF\xBB\xBF")))
        return 3;
    return 0;
}

static size_t space_at_end(struct text t)
{
    if (t.len &&
        (t.ptr[t.len - 1] == ' ' || (t.ptr[t.len - 1] >= '\t' && t.ptr[t.len - 1] <= '\r')))
        return 1;
    if (text_ends(t, TEXT("\xC2\xA0")))
        return 2;
    if (text_ends(t, TEXT("\xE2\x80\x8B")) || text_ends(t, TEXT("\xEF\xBB\xBF")))
        return 3;
    return 0;
}

struct text text_trim_space(struct text t)
{
    size_t n;
    while ((n = space_at_start(t)))
        t = text_slice(t, n, t.len);
    while ((n = space_at_end(t)))
        t = text_slice(t, 0, t.len - n);
    return t;
}

struct text_pieces text_split(struct text t, char separator)
{
    return (struct text_pieces){.rest = t, .separator = separator};
}

bool text_next(struct text_pieces *pieces, struct text *piece)
{
    if (pieces->done)
        return false;
    size_t end = text_find(pieces->rest, pieces->separator, 0);
    *piece = text_trim(text_slice(pieces->rest, 0, end));
    if (end == pieces->rest.len)
        pieces->done = true;
    else
        pieces->rest = text_slice(pieces->rest, end + 1, pieces->rest.len);
    return true;
}

/* The next byte of *t that counts in a name, folded to lower case; -1 at the end. Signs that tell
 * names apart count: "<5" is not ">5", and "Burglary %" not "Burglary". */
static int next_name_byte(struct text *t)
{
    while (t->len) {
        unsigned char byte = (unsigned char)t->ptr[0];
        size_t space = space_at_start(*t);
        *t = text_slice(*t, space ? space : 1, t->len);
        if (space)
            continue;
        if (byte >= 'A' && byte <= 'Z')
            return byte + ('a' - 'A');
        if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte >= 0x80 ||
            byte == '<' || byte == '>' || byte == '+' || byte == '%')
            return byte;
    }
    return -1;
}

bool text_same_name(struct text a, struct text b)
{
    int x, y;
    do {
        x = next_name_byte(&a);
        y = next_name_byte(&b);
    } while (x == y && x >= 0);
    return x == y;
}

/* The plain letters of U+00C0 to U+017F; '?' where there is no single one. */
static const char plain_letters[] =
    "AAAAAAACEEEEIIIIDNOOOOO?OUUUUYTsaaaaaaaceeeeiiiidnooooo?ouuuuyty"
    "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlL"
    "lLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

struct text text_slug(struct arena *arena, struct text t)
{
    enum { SLUG_MAX = 80 };
    char *out = arena_alloc(arena, SLUG_MAX + 1);
    size_t len = 0;
    bool gap = false;
    for (size_t at = 0; at < t.len && len < SLUG_MAX;) {
        uint32_t point = utf8_next(t, &at);
        if (point >= 0xC0 && point < 0xC0 + sizeof plain_letters - 1)
            point = (unsigned char)plain_letters[point - 0xC0];
        if (point >= 'A' && point <= 'Z')
            point += 'a' - 'A';
        if (!((point >= 'a' && point <= 'z') || (point >= '0' && point <= '9'))) {
            /* an apostrophe joins: "Women's" is womens */
            gap = gap || (point != '\'' && point != 0x2019);
            continue;
        }
        if (gap && len && len + 1 < SLUG_MAX)
            out[len++] = '-';
        gap = false;
        out[len++] = (char)point;
    }
    if (len == 0)
        out[len++] = 'x';
    return (struct text){out, len};
}

/* Invisible marks that turn or break a line on a terminal. */
static bool is_line_control(uint32_t point)
{
    return (point >= 0x200E && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069);
}

static struct text escape(struct arena *arena, struct text t, size_t most)
{
    struct buffer out = {.arena = arena};
    size_t at = 0;
    for (size_t n = 0; at < t.len; n++) {
        if (n == most) {
            buffer_add(&out, TEXT("…"));
            break;
        }
        size_t from = at;
        uint32_t point = utf8_next(t, &at);
        bool raw = point == UTF8_INVALID || point < 0x20 || (point >= 0x7F && point < 0xA0) ||
                   is_line_control(point);
        for (size_t i = from; raw && i < at; i++)
            buffer_format(&out, "\\x%02X", (unsigned char)t.ptr[i]);
        if (!raw)
            buffer_add(&out, text_slice(t, from, at));
    }
    return buffer_text(&out);
}

struct text text_quote(struct arena *arena, struct text t)
{
    enum { QUOTE_MAX = 80 };
    return escape(arena, t, QUOTE_MAX);
}

struct text text_escape(struct arena *arena, struct text t)
{
    return escape(arena, t, SIZE_MAX);
}

size_t text_distance(struct text a, struct text b)
{
    enum { SIDE_MAX = 64 };
    unsigned char x[SIDE_MAX] = {0}, y[SIDE_MAX] = {0};
    size_t m = 0, n = 0, row[SIDE_MAX + 1];
    for (int c; m < SIDE_MAX && (c = next_name_byte(&a)) >= 0;)
        x[m++] = (unsigned char)c;
    for (int c; n < SIDE_MAX && (c = next_name_byte(&b)) >= 0;)
        y[n++] = (unsigned char)c;
    for (size_t j = 0; j <= n; j++)
        row[j] = j;
    for (size_t i = 1; i <= m; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            size_t best = corner + (x[i - 1] != y[j - 1]);
            corner = row[j];
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            row[j] = best;
        }
    }
    return row[n];
}

void buffer_grow(struct buffer *buffer, size_t more)
{
    size_t needed = buffer->len + more + 1;
    size_t capacity = buffer->capacity * 2 > needed ? buffer->capacity * 2 : needed + 64;
    char *larger = arena_alloc(buffer->arena, capacity);
    if (buffer->len)
        memcpy(larger, buffer->ptr, buffer->len);
    buffer->ptr = larger;
    buffer->capacity = capacity;
}

void buffer_add_number(struct buffer *buffer, unsigned long number)
{
    char digits[24];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + number % 10);
    while (number /= 10);
    buffer_add(buffer, (struct text){digits + at, sizeof digits - at});
}

void buffer_format(struct buffer *buffer, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    buffer_reserve(buffer, strlen(format)); /* often enough */
    size_t room = buffer->capacity - buffer->len;
    int needed = vsnprintf(buffer->ptr + buffer->len, room, format, again);
    va_end(again);
    if (needed > 0 && (size_t)needed >= room) {
        buffer_reserve(buffer, (size_t)needed);
        vsnprintf(buffer->ptr + buffer->len, (size_t)needed + 1, format, args);
    }
    if (needed > 0)
        buffer->len += (size_t)needed;
    va_end(args);
}

struct text buffer_text(struct buffer *buffer)
{
    buffer_reserve(buffer, 0);
    buffer->ptr[buffer->len] = '\0';
    return (struct text){buffer->ptr, buffer->len};
}

void texts_add(struct arena *arena, struct texts *list, struct text t)
{
    list->items = arena_grow(arena, list->items, list->count, &list->capacity, sizeof *list->items);
    list->items[list->count++] = t;
}

size_t texts_find(const struct texts *list, struct text t)
{
    size_t i = 0;
    while (i < list->count && !text_equal(list->items[i], t))
        i++;
    return i;
}

size_t texts_find_name(const struct texts *list, struct text name)
{
    size_t i = texts_find(list, name);
    if (i < list->count)
        return i;
    for (i = 0; i < list->count && !text_same_name(list->items[i], name);)
        i++;
    return i;
}

struct text texts_join(struct arena *arena, const struct texts *list, struct text separator)
{
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < list->count; i++) {
        if (i)
            buffer_add(&out, separator);
        buffer_add(&out, list->items[i]);
    }
    return buffer_text(&out);
}

struct text texts_nearest(const struct texts *list, struct text name)
{
    struct text nearest = TEXT_EMPTY;
    size_t best = name.len / 3 + 2; /* farther than this is no help */
    for (size_t i = 0; i < list->count; i++) {
        size_t distance = text_distance(list->items[i], name);
        if (distance < best) {
            best = distance;
            nearest = list->items[i];
        }
    }
    return nearest;
}

struct text text_lower(struct arena *arena, struct text t)
{
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < t.len; i++) {
        char c = t.ptr[i];
        buffer_add_byte(&out, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
    return buffer_text(&out);
}
