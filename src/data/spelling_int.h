/* spelling - telling apart the many ways in which cells write one thing. */
#ifndef DATA_SPELLING_INT_H
#define DATA_SPELLING_INT_H

#include "base/text.h"

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
