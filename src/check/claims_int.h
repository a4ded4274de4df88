/* Words that say what figures did: claims_words.c finds them, claims.c holds them against figures.
 */
#ifndef CHECK_CLAIMS_INT_H
#define CHECK_CLAIMS_INT_H

#include "check/check.h"
#include "check/rules_int.h"
#include "compute/standing.h"

/* What a word says of a figure. */
enum claim {
    CLAIM_NONE,
    CLAIM_UP,
    CLAIM_DOWN,
    CLAIM_SAME,
    CLAIM_NO_CHANGE, /* not a hair's breadth: "little changed" is the word for less */
    CLAIM_DOUBLED,
    CLAIM_TREBLED,
    CLAIM_HALVED,
    CLAIM_IMPROVED, /* up or down, as the measure's polarity has it */
    CLAIM_WORSENED
};

enum claim_token_kind { TOKEN_WORD, TOKEN_PERCENT, TOKEN_NUMBER, TOKEN_BREAK, TOKEN_FACT };
struct claim_token {
    enum claim_token_kind kind;
    struct text raw;       /* as written; of a placed fact its name */
    struct text word;      /* in lower case; "burglaries" and "burglary" are one word */
    struct decimal number; /* of TOKEN_PERCENT and TOKEN_NUMBER: without its sign */
    struct decimal unit;   /* of TOKEN_NUMBER: what it is multiplied by, 1,000 of "36k" */
    bool is_money;         /* a pound sign stands before it */
    bool after_comma;      /* or a colon or bracket: another part of the sentence */
    bool in_label;         /* part of the name of a measure: it says nothing itself */
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
/* What is wanted, expected, possible, defined or denied is not said to have happened. */
bool claim_is_no_statement(const struct claim_tokens *tokens, size_t i);
/* The word is a noun whose figure follows: "a fall in burglary". */
bool claim_is_about_next(const struct claim_tokens *tokens, size_t i);
bool claim_word_is(const struct claim_tokens *tokens, size_t i, const char *const *words,
                   size_t count);

/* The words of a sentence, and the measures that it names. */
struct reading_claims {
    struct diags *diags;
    const struct claims *claims;
    struct place place; /* of the sentence */
    struct text sentence;
    struct claim_tokens tokens;
    struct mention *mentions;
    size_t mention_count, mention_capacity;
};

/* Which earlier period a sentence speaks of. */
struct against {
    bool known;    /* false: of another one, or of a shorter time than the figures are for */
    bool is_named; /* the sentence says which; else it may be any */
    size_t b;
};

/* claims_when.c */
/* As far as the tokens from `from` to before `to` say it. */
struct against claims_against(const struct reading_claims *reading,
                              const struct comparison *comparison, size_t from, size_t to);
/* A month, quarter or week: less than a year's figures are for. */
bool claim_is_short_time(const struct claim_tokens *tokens, size_t i);
/* The word is part of the name of the job's area, or of what such areas are called. */
bool claims_own_area(const struct claims *claims, struct text word);
/* It speaks of a place that is not the job's area. */
bool claims_elsewhere(const struct reading_claims *reading);

/*
 * claims_subject.c: what the word or number at `at` says is said of all that the measure counts,
 * and of nothing that its name only describes: "burglary in the parks", "burglary letters",
 * "domestic burglary" and "fear of burglary" are something else. Words that it does not know make
 * it false.
 */
bool claims_speaks_of(const struct reading_claims *reading, const struct mention *mention,
                      size_t at);

/* claims.c: what a clause is, and how figures stand in messages. */
bool claim_is_clause_end(const struct claim_tokens *tokens, size_t i);
size_t claim_clause_start(const struct claim_tokens *tokens, size_t at);
size_t claim_clause_end(const struct claim_tokens *tokens, size_t at);
/* The one measure that the tokens name; NULL when they name none, or several. */
const struct mention *claims_only(const struct reading_claims *reading, size_t from, size_t to);
struct text claims_value(struct arena *arena, const struct compared *row, struct value value);

/* claims_figures.c: a figure that a measure has, and where it comes from. */
struct known_figure {
    struct value value;
    struct period period;
    struct place place;
};
struct known_figures {
    struct known_figure *items; /* that of the comparison's period, or else the latest, first */
    size_t count;
};
struct known_figures claims_figures(struct arena *arena, const struct mention *mention);
/* Of a period of its own, or SIZE_MAX. */
size_t known_of(const struct known_figures *known, struct period period);
/* "1,234 in 2021/22 (crime.csv:4:2)" */
struct text known_text(struct arena *arena, const struct mention *mention,
                       const struct known_figure *figure);

/* What stands before a number in words: "about 5,000". */
enum nearness { NEAR_EXACT, NEAR_ABOUT, NEAR_OVER, NEAR_UNDER, NEAR_ALMOST };
/*
 * DQ_AMOUNT_MISMATCH unless the figure, rounded half away from zero as the stated number is, is
 * that number: "36k" for 35,600; or unless it is as near as the words say: "about" within half a
 * unit of the last digit that is not zero or 5%, "nearly" not above and within 10%.
 */
enum dq dq_amount(struct decimal figure, struct decimal stated, struct decimal unit,
                  enum nearness nearness);

/* The passes over a sentence; each tells what it finds. */
void claims_amounts(struct reading_claims *reading);    /* claims_amounts.c: stated numbers */
void claims_few(struct reading_claims *reading);        /* claims_few.c: "from 10 to 6" */
void claims_benchmarks(struct reading_claims *reading); /* claims_beside.c: England, targets */
void claims_ranks(struct reading_claims *reading);  /* claims_ranks.c: highest, steady, all of */
void claims_shares(struct reading_claims *reading); /* claims_shares.c: most, a third */

/* claims_names.c: the comparisons, and under what names sentences know their rows. */
struct claims {
    struct arena *arena;
    const struct claims_source *sources;
    size_t count;
    struct text area; /* the job's */
    struct claim_name *names;
    size_t name_count, name_capacity;
    struct map by_words; /* to the last name of just these words */
    struct map longest;  /* of a first word: how many words the longest name has that begins so */
};

/* A measure that a sentence names: the tokens from `first` to before `end`. */
struct mention {
    size_t first, end;
    const struct claims_source *source;
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
