/* marks - the bytes that end a field or a line, or open a quote, found 64 at a time. */
#ifndef READ_MARKS_INT_H
#define READ_MARKS_INT_H

#include "base/text.h"

#include <string.h>

enum { MARKS_CHUNK = 64 };

struct marks {
    struct text text;
    char delimiter;
    size_t base;   /* of the chunk that is looked at */
    uint64_t left; /* a bit a byte of it: those not yet given */
};

#ifdef __SSE2__ /* every 64-bit x86 has it */

#include <emmintrin.h>

static inline uint64_t marks_in_16(const char *bytes, __m128i delimiter)
{
    const __m128i b = _mm_loadu_si128((const __m128i *)(const void *)bytes);
    const __m128i field =
        _mm_or_si128(_mm_cmpeq_epi8(b, delimiter), _mm_cmpeq_epi8(b, _mm_set1_epi8('"')));
    const __m128i line = _mm_or_si128(_mm_cmpeq_epi8(b, _mm_set1_epi8('\n')),
                                      _mm_cmpeq_epi8(b, _mm_set1_epi8('\r')));
    return (uint64_t)(unsigned)_mm_movemask_epi8(_mm_or_si128(field, line));
}

static inline uint64_t marks_in(const char *bytes, char delimiter)
{
    const __m128i d = _mm_set1_epi8(delimiter);
    return marks_in_16(bytes, d) | marks_in_16(bytes + 16, d) << 16 |
           marks_in_16(bytes + 32, d) << 32 | marks_in_16(bytes + 48, d) << 48;
}

#else

static inline uint64_t marks_in(const char *bytes, char delimiter)
{
    uint64_t found = 0;
    for (unsigned i = 0; i < MARKS_CHUNK; i++) {
        char b = bytes[i];
        found |= (uint64_t)(b == delimiter || b == '"' || b == '\n' || b == '\r') << i;
    }
    return found;
}

#endif

static inline void marks_look(struct marks *marks)
{
    const size_t left = marks->text.len - marks->base;
    const char *bytes = marks->text.ptr + marks->base;
    char last[MARKS_CHUNK];
    if (left < MARKS_CHUNK) {
        memset(last, 0, sizeof last);
        memcpy(last, bytes, left);
        bytes = last;
    }
    marks->left = marks_in(bytes, marks->delimiter);
}

/* Looks from `at` on. */
static inline void marks_seek(struct marks *marks, size_t at)
{
    marks->base = at;
    marks->left = 0;
    if (at < marks->text.len)
        marks_look(marks);
}

/* The offset of the next delimiter, quote, LF or CR; text.len when there is none. */
static inline size_t marks_next(struct marks *marks)
{
    while (!marks->left) {
        marks->base += MARKS_CHUNK;
        if (marks->base >= marks->text.len)
            return marks->text.len;
        marks_look(marks);
    }
    size_t at = marks->base + (size_t)__builtin_ctzll(marks->left);
    marks->left &= marks->left - 1;
    return at;
}

#endif
