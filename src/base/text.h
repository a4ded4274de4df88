/*
 * text - a run of UTF-8 bytes that somebody else owns (usually an arena).
 *
 * `ptr` is never NULL, `len` counts bytes. Texts made by text_copy, text_format, text_join,
 * text_concat and buffer_text are followed by a NUL byte, so `.ptr` can be given to a C library;
 * slices of them are not: use text_cstr().
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct text {
    const char *ptr;
    size_t len;
};

#define TEXT(literal) ((struct text){"" literal, sizeof(literal) - 1})
/* For static initialisers, where a compound literal is not constant. */
#define TEXT_INIT(literal)                                                                         \
    {                                                                                              \
        "" literal, sizeof(literal) - 1                                                            \
    }
#define TEXT_EMPTY TEXT("")
/* For "%.*s". */
#define TEXT_ARG(t) (int)(t).len, (t).ptr

struct text text_from(const char *cstr); /* NULL gives the empty text */
struct text text_slice(struct text t, size_t from, size_t to);
struct text text_copy(struct arena *arena, struct text t);
const char *text_cstr(struct arena *arena, struct text t);
struct text text_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
struct text text_vformat(struct arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
struct text text_concat(struct arena *arena, struct text a, struct text b);

static inline bool text_equal(struct text a, struct text b)
{
    return a.len == b.len && memcmp(a.ptr, b.ptr, a.len) == 0;
}
bool text_is(struct text t, const char *cstr);
int text_compare(struct text a, struct text b); /* by bytes: the same order on every machine */
bool text_starts(struct text t, struct text prefix);
bool text_ends(struct text t, struct text suffix);
bool text_contains(struct text t, struct text part);
/* Offset of the first `byte` at or after `from`; t.len when there is none. */
size_t text_find(struct text t, char byte, size_t from);

/* For tables and fingerprints within one run; texts that are equal have the same. */
uint64_t text_hash(struct text t);

/* ASCII white space and U+00A0, U+200B, U+FEFF at both ends are cut. */
struct text text_trim_space(struct text t);
static inline struct text text_trim(struct text t)
{
    /* unsigned, so that bytes below '!' are large: most texts begin and end with a plain byte */
    const unsigned plain = 0x7F - '!';
    if (!t.len || ((unsigned)(unsigned char)t.ptr[0] - '!' < plain &&
                   (unsigned)(unsigned char)t.ptr[t.len - 1] - '!' < plain))
        return t;
    return text_trim_space(t);
}

/*
 * The next piece of *rest up to `separator`, trimmed; false when *rest is used up. Empty pieces are
 * given: "a,,b" has three.
 */
struct text_pieces {
    struct text rest;
    char separator;
    bool done;
};
struct text_pieces text_split(struct text t, char separator);
bool text_next(struct text_pieces *pieces, struct text *piece);

/*
 * Equal but for case, white space and punctuation: "Crime ID", "crime_id" and "CrimeID" are one
 * name. ASCII letters fold; other letters, and the signs < > + %, compare as they are.
 */
bool text_same_name(struct text a, struct text b);

/*
 * A name for facts, files and anchors: lower-case ASCII letters and digits with single hyphens.
 * Accented Latin letters lose their accent, anything else becomes a hyphen. Never empty: "x" when
 * nothing is left. At most 80 bytes.
 */
struct text text_slug(struct arena *arena, struct text t);

/* `t` for a message: control bytes as \xNN, cut at 80 characters with an ellipsis, no quotes added.
 */
struct text text_quote(struct arena *arena, struct text t);
/* The same, whole: for paths. */
struct text text_escape(struct arena *arena, struct text t);

/* Levenshtein distance of the folded names, for "did you mean"; capped at 64 bytes a side. */
size_t text_distance(struct text a, struct text b);

/* In ASCII, whatever the locale. */
static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* '\0' beyond the end. */
static inline char char_at(struct text t, size_t at)
{
    return at < t.len ? t.ptr[at] : '\0';
}

/* "rate (%)" of "Rate (%)": ASCII letters alone. */
struct text text_lower(struct arena *arena, struct text t);

/* A text that grows. Zero-initialise apart from `arena`. */
struct buffer {
    struct arena *arena;
    char *ptr;
    size_t len;
    size_t capacity;
};
void buffer_grow(struct buffer *buffer, size_t more); /* at least, and for a NUL behind them */

static inline void buffer_reserve(struct buffer *buffer, size_t more)
{
    if (buffer->len + more >= buffer->capacity)
        buffer_grow(buffer, more);
}

static inline void buffer_add(struct buffer *buffer, struct text t)
{
    buffer_reserve(buffer, t.len);
    memcpy(buffer->ptr + buffer->len, t.ptr, t.len);
    buffer->len += t.len;
}

static inline void buffer_add_byte(struct buffer *buffer, char byte)
{
    buffer_reserve(buffer, 1);
    buffer->ptr[buffer->len++] = byte;
}

void buffer_add_number(struct buffer *buffer, unsigned long number); /* in decimal digits */
void buffer_format(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The bytes so far, with a NUL behind them; valid until the buffer grows again. */
struct text buffer_text(struct buffer *buffer);

/* A list of texts. */
struct texts {
    struct text *items;
    size_t count;
    size_t capacity;
};
void texts_add(struct arena *arena, struct texts *list, struct text t);
/* Position of `t`, or list->count. */
size_t texts_find(const struct texts *list, struct text t);
/* Position of that name: as it is written, or else the first that is the same name. */
size_t texts_find_name(const struct texts *list, struct text name);
struct text texts_join(struct arena *arena, const struct texts *list, struct text separator);
/* The item of `list` nearest to `name`, or the empty text when none is near. */
struct text texts_nearest(const struct texts *list, struct text name);

#endif
