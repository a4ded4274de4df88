/* marks - where fields and lines end, 64 bytes at a time. */
#include "read/csv_int.h"

#include <string.h>

enum { CHUNK = 64 };

#ifdef __SSE2__ /* every 64-bit x86 has it */

#include <emmintrin.h>

static uint64_t look_16(const char *bytes, __m128i delimiter)
{
    const __m128i b = _mm_loadu_si128((const __m128i *)(const void *)bytes);
    const __m128i field =
        _mm_or_si128(_mm_cmpeq_epi8(b, delimiter), _mm_cmpeq_epi8(b, _mm_set1_epi8('"')));
    const __m128i line = _mm_or_si128(_mm_cmpeq_epi8(b, _mm_set1_epi8('\n')),
                                      _mm_cmpeq_epi8(b, _mm_set1_epi8('\r')));
    return (uint64_t)(unsigned)_mm_movemask_epi8(_mm_or_si128(field, line));
}

static uint64_t look(const char *bytes, char delimiter)
{
    const __m128i d = _mm_set1_epi8(delimiter);
    return look_16(bytes, d) | look_16(bytes + 16, d) << 16 | look_16(bytes + 32, d) << 32 |
           look_16(bytes + 48, d) << 48;
}

#else

static uint64_t look(const char *bytes, char delimiter)
{
    uint64_t found = 0;
    for (unsigned i = 0; i < CHUNK; i++) {
        char b = bytes[i];
        found |= (uint64_t)(b == delimiter || b == '"' || b == '\n' || b == '\r') << i;
    }
    return found;
}

#endif

void marks_look(struct marks *marks)
{
    const size_t left = marks->text.len - marks->base;
    const char *bytes = marks->text.ptr + marks->base;
    char last[CHUNK] = {0};
    if (left < CHUNK) {
        memcpy(last, bytes, left);
        bytes = last;
    }
    marks->left = look(bytes, marks->delimiter);
}

void marks_seek(struct marks *marks, size_t at)
{
    marks->base = at;
    marks->left = 0;
    if (at < marks->text.len)
        marks_look(marks);
}
