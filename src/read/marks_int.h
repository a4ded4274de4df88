/*
 * marks - bytes that mean something, found 64 at a time: those that end a field or a line or open a
 * quote, and those that are not plain text. MARKS_PLAIN: without SSE2.
 */
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

#if defined __SSE2__ && !defined MARKS_PLAIN /* every 64-bit x86 has it */

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

/* Above 0 when a byte of the chunk is a control byte other than tab, LF and CR, or not ASCII. */
static inline int marks_special(const char *bytes)
{
    __m128i special = _mm_setzero_si128();
    for (int i = 0; i < MARKS_CHUNK; i += 16) {
        const __m128i b = _mm_loadu_si128((const __m128i *)(const void *)(bytes + i));
        const __m128i line = _mm_or_si128(_mm_cmpeq_epi8(b, _mm_set1_epi8('\n')),
                                          _mm_cmpeq_epi8(b, _mm_set1_epi8('\r')));
        const __m128i white = _mm_or_si128(line, _mm_cmpeq_epi8(b, _mm_set1_epi8('\t')));
        /* signed, and one up: DEL and all above it are below 0 */
        const __m128i up = _mm_add_epi8(b, _mm_set1_epi8(1));
        const __m128i low = _mm_cmplt_epi8(up, _mm_set1_epi8(' ' + 1));
        special = _mm_or_si128(special, _mm_andnot_si128(white, low));
    }
    return _mm_movemask_epi8(special);
}

#else

static inline int marks_special(const char *bytes)
{
    int found = 0;
    for (int i = 0; i < MARKS_CHUNK; i++) {
        unsigned char b = (unsigned char)bytes[i];
        found |= (b < ' ' && b != '\t' && b != '\n' && b != '\r') || b >= 0x7F;
    }
    return found;
}

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

/* Of the last chunk, which is not whole. */
static inline uint64_t marks_in_last(struct text bytes, char delimiter)
{
    char chunk[MARKS_CHUNK] = {0};
    memcpy(chunk, bytes.ptr, bytes.len);
    return marks_in(chunk, delimiter);
}

/* always inline: in a loop that takes the marks of a line, they stay in registers */
__attribute__((always_inline)) static inline void marks_look(struct marks *marks)
{
    const struct text rest = {marks->text.ptr + marks->base, marks->text.len - marks->base};
    marks->left = rest.len < MARKS_CHUNK ? marks_in_last(rest, marks->delimiter)
                                         : marks_in(rest.ptr, marks->delimiter);
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
__attribute__((always_inline)) static inline size_t marks_next(struct marks *marks)
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
