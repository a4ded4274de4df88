/*
 * wording - whether two texts say the same, and where they differ first.
 *
 * White space, capitals, punctuation, apostrophes, bullets, dashes, "&" for "and" and hyphens make
 * no difference. Between digits they do: 1.5 is not 15, "2022/23" is "2022-23", 1,000 is 1000, and
 * the signs < > + % £ count, as does a minus before a digit.
 */
#ifndef DATA_WORDING_H
#define DATA_WORDING_H

#include "base/text.h"

struct word {
    struct text folded; /* for comparing */
    size_t from, to;    /* where it stands in the text: bytes */
};
struct words {
    struct text text; /* that they are the words of */
    struct word *items;
    size_t count;
    size_t capacity;
};
struct words words_of(struct arena *arena, struct text text);
/* The words from `from` up to but not including `to` as they are written, their bracket closed. */
struct text words_written(const struct words *words, size_t from, size_t to);
/* All words as one, so that "take up" and "takeup" are the same; "1 2" is not "12". */
struct text words_joined(struct arena *arena, const struct words *words);

enum wording {
    WORDING_SAME,
    WORDING_SPELLING, /* one word is written a little otherwise: "there homes", "their homes" */
    WORDING_OTHER
};
enum wording wording_compare(struct arena *arena, struct text before, struct text now);
static inline bool wording_same(struct arena *arena, struct text before, struct text now)
{
    return wording_compare(arena, before, now) == WORDING_SAME;
}

/* How one text goes on where the other ends. */
enum wording_end {
    ENDS_OTHERWISE,
    ENDS_AT_PAUSE, /* with punctuation or on a new line */
    ENDS_BEFORE_CAPITAL,
    ENDS_IN_SENTENCE /* within a word, or before one in lower case */
};
enum wording_end wording_continues(struct arena *arena, struct text shorter, struct text longer);

/*
 * The words in which they differ, from the first difference to the last, with some of those around
 * it: "… Commence refresh of …". What is long is cut in its middle, with an ellipsis.
 */
void wording_difference(struct arena *arena, struct text before, struct text now,
                        struct text *before_words, struct text *now_words);

#endif
