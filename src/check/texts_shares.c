/* texts_shares - shares of one whole that are more than all of it: "80% … in work, 20.1% inactive".
 */
#include "check/texts_int.h"

enum { WORDS_BEFORE = 2, WORDS_AFTER = 4, WORDS_APART = 24 };

/* Nobody is both. A rate of one and a rate of the other have the same people for their base. */
static const struct opposites {
    const char *one, *other;
    bool is_rate; /* of "employment rate"; else a word that ends what is said */
} opposites[] = {
    {"employment|employed", "inactivity|inactive", true},
    {"satisfied", "dissatisfied", false},
    {"agree|agreed", "disagree|disagreed", false},
    {"yes", "no", false},
    {"male|males", "female|females", false},
};

static bool is_percent(const struct passage *passage, size_t token)
{
    return token < passage->tokens.count && passage->tokens.items[token].kind == TOKEN_PERCENT;
}

/* "62% agreed.", "62% said yes, …": nothing is said of what. */
static bool ends_there(const struct passage *passage, size_t word)
{
    return word + 1 >= passage->tokens.count || passage_breaks(passage, word + 1) ||
           passage_gap(passage, word + 1).len || passage_word(passage, word + 1, "and|while|but");
}

/* The share that goes with the word: SIZE_MAX when there is none. */
static size_t share_of(const struct passage *passage, size_t word, bool is_rate)
{
    for (size_t back = 1; !is_rate && back <= WORDS_BEFORE && back <= word; back++) {
        if (passage_gap(passage, word - back + 1).len)
            return SIZE_MAX;
        if (is_percent(passage, word - back))
            return ends_there(passage, word) ? word - back : SIZE_MAX;
    }
    for (size_t at = word + 1; is_rate && at <= word + WORDS_AFTER; at++) {
        if (is_percent(passage, at))
            return passage_gap(passage, at).len ? SIZE_MAX : at;
        if (!passage_word(passage, at, "rate|rates|is|was|at|of|stands|currently|in"))
            return SIZE_MAX;
    }
    return SIZE_MAX;
}

/* "17.1% (UK average 20.1%)": the share in the brackets behind another. */
static size_t share_beside(const struct passage *passage, size_t share)
{
    size_t at = share + 1;
    if (at >= passage->tokens.count || !text_starts(passage_gap(passage, at), TEXT("(")))
        return SIZE_MAX;
    while (at < share + WORDS_AFTER && !is_percent(passage, at))
        at++;
    return is_percent(passage, at) ? at : SIZE_MAX;
}

static bool is_beside_same(const struct passage *passage, size_t a, size_t to_a, size_t b,
                           size_t to_b)
{
    if (to_a - a != to_b - b)
        return false;
    for (size_t i = 1; a + i < to_a; i++)
        if (!text_equal(passage->tokens.items[a + i].word, passage->tokens.items[b + i].word))
            return false;
    return true;
}

/* 100.1%, of two shares that were each rounded to a decimal. */
static bool is_rounding(const struct passage *passage, size_t a, size_t b, struct decimal sum)
{
    unsigned places = passage->tokens.items[a].number.scale;
    struct decimal over;
    return places && places == passage->tokens.items[b].number.scale &&
           decimal_subtract(sum, decimal_from(100), &over) && over.coefficient == 1;
}

static void check_shares(const struct passage *passage, size_t a, size_t b)
{
    struct decimal sum;
    if (passage_is_near(passage, a) || passage_is_near(passage, b) ||
        !decimal_add(passage_value(passage, a), passage_value(passage, b), &sum) ||
        decimal_compare(sum, decimal_from(100)) <= 0 || is_rounding(passage, a, b, sum))
        return;
    diag(passage->diags, DIAG_STATED_NUMBER, passage_place(passage, passage_at(passage, b)),
         "'%.*s' and '%.*s' are shares of one whole, and come to %.*s%%",
         TEXT_ARG(passage_raw(passage, a)), TEXT_ARG(passage_raw(passage, b)),
         TEXT_ARG(passage_number(passage, sum)));
}

static size_t find_word(const struct passage *passage, size_t from, size_t to, const char *words,
                        bool is_rate, size_t *share)
{
    for (size_t at = from; at < to && at < passage->tokens.count; at++) {
        *share = passage_word(passage, at, words) ? share_of(passage, at, is_rate) : SIZE_MAX;
        if (*share != SIZE_MAX)
            return at;
    }
    return SIZE_MAX;
}

static void check_opposites(const struct passage *passage, const struct opposites *pair,
                            size_t word)
{
    size_t a, b, found = SIZE_MAX;
    bool is_one = passage_word(passage, word, pair->one);
    if (!is_one && !passage_word(passage, word, pair->other))
        return;
    const char *others = is_one ? pair->other : pair->one;
    a = share_of(passage, word, pair->is_rate);
    size_t to = pair->is_rate ? word + WORDS_APART : passage_last(passage, word);
    if (a != SIZE_MAX)
        found = find_word(passage, word + 1, to, others, pair->is_rate, &b);
    if (found == SIZE_MAX)
        return;
    check_shares(passage, a, b);
    size_t beside_a = share_beside(passage, a), beside_b = share_beside(passage, b);
    if (beside_a != SIZE_MAX && beside_b != SIZE_MAX &&
        is_beside_same(passage, a, beside_a, b, beside_b))
        check_shares(passage, beside_a, beside_b);
}

void texts_shares(const struct passage *passage)
{
    for (size_t i = 0; i < passage->tokens.count; i++)
        for (size_t o = 0; o < sizeof opposites / sizeof opposites[0]; o++)
            check_opposites(passage, &opposites[o], i);
}
