/* utf8 - reading UTF-8 one code point at a time. Overlong forms, surrogates and points above
 * U+10FFFF are invalid. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/text.h"

#include <stdint.h>

enum { UTF8_INVALID = 0x110000 };

uint32_t utf8_next_of_many(struct text t, size_t *at);

/* The code point at *at, and *at moved behind it; for bad bytes UTF8_INVALID and one byte. */
static inline uint32_t utf8_next(struct text t, size_t *at)
{
    unsigned char first = (unsigned char)t.ptr[*at];
    if (first >= 0x80)
        return utf8_next_of_many(t, at);
    ++*at;
    return first;
}

/* Offset of the first bad byte, or t.len when all is well. */
size_t utf8_check(struct text t);

/* Whether it may stand in what people read: no control character (nor a tab or line end), no
 * noncharacter, and no mark that turns the direction of the text around it, where "4321" would be
 * read as 1234. */
bool utf8_is_text(uint32_t point);

/* What is wrong with a code point that may not, as the end of "the character U+202E …". */
const char *utf8_not_text(uint32_t point);

/* Number of code points; a bad byte counts as one. */
size_t utf8_count(struct text t);

/* Whether anything of it can be seen: it is not only spaces, soft hyphens and signs without a
 * shape. */
bool utf8_shows(struct text t);

/* Writes `point` to out (4 bytes are enough for any); returns the number of bytes. */
size_t utf8_put(char *out, uint32_t point);

#endif
