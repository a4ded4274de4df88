/* Words that say what figures did: claims_words.c finds them, claims.c holds them against figures.
 */
#ifndef CHECK_CLAIMS_INT_H
#define CHECK_CLAIMS_INT_H

#include "check/check.h"
#include "check/rules_int.h"

/* What a word says of a figure. */
enum claim { CLAIM_NONE, CLAIM_UP, CLAIM_DOWN, CLAIM_SAME, CLAIM_DOUBLED, CLAIM_HALVED };

enum claim_token_kind { TOKEN_WORD, TOKEN_PERCENT, TOKEN_NUMBER, TOKEN_BREAK, TOKEN_FACT };
struct claim_token {
    enum claim_token_kind kind;
    struct text raw;        /* as written; of a placed fact its name */
    struct text word;       /* in lower case; "burglaries" and "burglary" are one word */
    struct decimal percent; /* of TOKEN_PERCENT: without its sign */
    bool in_label;          /* part of the name of a measure: it says nothing itself */
};
struct claim_tokens {
    struct claim_token *items;
    size_t count;
    size_t capacity;
};

/* The words, percentages and placed facts of a sentence; commas are none of them. */
struct claim_tokens claim_tokens(struct arena *arena, struct text sentence);
/*
 * What the word at `i` says, with the words around it: aims ("to reduce"), what is denied ("did not
 * fall") and words in names say nothing.
 */
enum claim claim_at(const struct claim_tokens *tokens, size_t i);
/* The word is a noun whose figure follows: "a fall in burglary". */
bool claim_is_about_next(const struct claim_tokens *tokens, size_t i);
bool claim_word_is(const struct claim_tokens *tokens, size_t i, const char *const *words,
                   size_t count);

/* claims_names.c: the comparisons, and under what names sentences know their rows. */
struct claims {
    struct arena *arena;
    const struct comparison *const *comparisons;
    size_t count;
    struct claim_name *names;
    size_t name_count, name_capacity;
    struct map by_words; /* to the last name of just these words */
    struct map longest;  /* of a first word: how many words the longest name has that begins so */
};

/* A measure that a sentence names: the tokens from `first` to before `end`. */
struct mention {
    size_t first, end;
    const struct comparison *comparison;
    const struct compared *row; /* NULL: none is named */
    bool is_used;               /* a word of direction was about it */
};
/* The longest name that begins at the token; a placed fact is its row's name. With `whole`, also
 * the words that stand for a total ("crime" for "Total crime"). */
struct mention claims_mention(const struct claims *claims, const struct claim_tokens *tokens,
                              size_t at, bool whole);

/* DQ_CLAIM_NOT_SUPPORTED unless the figures say what is claimed: a direction needs CLEAR or
 * POSSIBLE, sameness LITTLE_CHANGED; what was not tested, a difference of that sign (7, 2.6). */
enum dq dq_claim(enum claim claim, enum evidence evidence, struct decimal now,
                 struct decimal before);

#endif
