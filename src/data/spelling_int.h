/* spelling - telling apart the many ways in which cells write one thing. */
#ifndef DATA_SPELLING_INT_H
#define DATA_SPELLING_INT_H

#include "base/text.h"

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

/*
 * How many bytes of `t` the longest of `spellings` ("year to|year ending|ye", lower case) takes
 * that stands at its beginning in either case; 0 when none does. One that ends in a letter must end
 * a word there: "ye" does not begin "year".
 */
size_t spelling_at_start(struct text t, const char *spellings);
/* The same at the end of `t`, as written, and whatever stands before it. */
size_t spelling_at_end(struct text t, const char *spellings);
/* Whether the whole of `t` is one of them. */
bool is_spelling(struct text t, const char *spellings);

#endif
