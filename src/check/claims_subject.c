/*
 * claims_subject - whether a sentence speaks of a whole measure. The words around its name must be
 * such as leave it what it is: a new adjective, noun or place makes it something that no figure of
 * the job is for. So lists here are of what is allowed, and an unknown word means no finding.
 */
#include "check/claims_int.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define IS_ONE_OF(tokens, i, words) claim_word_is(tokens, i, words, COUNT(words))

/* Nouns that count a measure: "reports of ASB", "the number of burglaries". */
static const char *const counting[] = {
    "level",    "levels",    "number",  "numbers",    "incidents", "incident",   "reports",
    "rate",     "rates",     "cases",   "offences",   "offence",   "amount",     "volume",
    "total",    "rise",      "rises",   "fall",       "falls",     "decrease",   "decreases",
    "increase", "increases", "decline", "declines",   "reduction", "reductions", "figures",
    "figure",   "drop",      "types",   "type",       "growth",    "crimes",     "crime",
    "recorded", "reported",  "change",  "percentage", "part"};

/* Words of time, of the whole area, and those that join. */
static const char *const plain[] = {
    "the",         "a",         "an",           "this",       "that",         "which",
    "these",       "its",       "our",          "all",        "both",         "overall",
    "there",       "it",        "in",           "on",         "at",           "of",
    "to",          "by",        "from",         "over",       "during",       "since",
    "between",     "across",    "within",       "throughout", "as",           "and",
    "or",          "while",     "whilst",       "when",       "compared",     "with",
    "against",     "than",      "last",         "previous",   "current",      "past",
    "recent",      "same",      "year",         "years",      "period",       "periods",
    "financial",   "calendar",  "month",        "months",     "quarter",      "quarters",
    "annual",      "ytd",       "district",     "borough",    "county",       "city",
    "area",        "council",   "end",          "start",      "is",           "are",
    "was",         "were",      "be",           "been",       "has",          "have",
    "had",         "did",       "does",         "saw",        "see",          "sees",
    "seen",        "show",      "shows",        "showed",     "shown",        "went",
    "gone",        "came",      "come",         "remain",     "remains",      "remained",
    "stands",      "stood",     "stayed",       "continue",   "continues",    "continued",
    "also",        "then",      "again",        "now",        "still",        "not",
    "only",        "just",      "even",         "much",       "very",         "well",
    "far",         "too",       "so",           "about",      "around",       "nearly",
    "almost",      "some",      "more",         "fewer",      "less",         "lower",
    "higher",      "better",    "worse",        "up",         "down",         "above",
    "below",       "steady",    "gradual",      "small",      "large",        "slight",
    "big",         "sharp",     "significant",  "clear",      "further",      "first",
    "second",      "pre-covid", "pre-pandemic", "covid",      "pandemic",     "where",
    "local",       "police",    "we",           "few",        "two",          "three",
    "four",        "five",      "ten",          "decade",     "however",      "here",
    "other",       "reached",   "totalled",     "numbered",   "fluctuations", "generally",
    "percentage",  "points",    "no",           "for",        "per",          "trend",
    "experienced", "recording", "highest",      "lowest",     "history",      "time",
    "impact",      "positive",  "having",       "effect",     "success",      "getting",
    "got",         "each",      "every",        "average",    "england",      "national",
    "regional",    "target",    "targets",      "made",       "makes",        "make",
    "up",          "accounts",  "accounted",    "account",    "roughly",      "approximately",
    "exactly",     "under",     "main",         "key"};

static bool is_plain(const struct reading_claims *reading, size_t i)
{
    const struct claim_tokens *tokens = &reading->tokens;
    const struct claim_token *token = &tokens->items[i];
    return token->kind != TOKEN_WORD || token->in_label || is_digit(token->raw.ptr[0]) ||
           claim_at(tokens, i) != CLAIM_NONE || IS_ONE_OF(tokens, i, plain) ||
           IS_ONE_OF(tokens, i, counting) || text_ends(token->raw, TEXT("ly")) ||
           (token->raw.ptr[0] >= 'A' && token->raw.ptr[0] <= 'Z' &&
            (month_number(token->raw) > 0 || claims_own_area(reading->claims, token->raw)));
}

/* "fear of crime", "letters about burglary", "domestic burglary" */
static bool is_qualified(const struct reading_claims *reading, const struct mention *mention)
{
    static const char *const about[] = {"for", "about", "around", "into", "with", "against"};
    static const char *const of[] = {"of"}, *const articles[] = {"the", "all", "both"};
    static const char *const where[] = {"where"};
    const struct claim_tokens *tokens = &reading->tokens;
    size_t at = mention->first;
    if (at == 0 || tokens->items[at].after_comma)
        return false;
    if (!is_plain(reading, at - 1) || IS_ONE_OF(tokens, at - 1, where))
        return true;
    if (at > 1 && IS_ONE_OF(tokens, at - 1, articles))
        at--;
    bool is_of = IS_ONE_OF(tokens, at - 1, of);
    if (!is_of && !IS_ONE_OF(tokens, at - 1, about))
        return false;
    if (at < 2)
        return !is_of;
    const struct claim_token *noun = &tokens->items[at - 2];
    return noun->kind == TOKEN_WORD && !noun->in_label && !is_digit(noun->raw.ptr[0]) &&
           !IS_ONE_OF(tokens, at - 2, counting);
}

/* A place or group of which something is said: the word behind "in", "among" or "on the" is none
 * that leaves the measure whole. */
static bool is_restricted_at(const struct reading_claims *reading, size_t i)
{
    static const char *const links[] = {"in",   "at",    "on",     "among",  "amongst",
                                        "near", "under", "around", "within", "involving",
                                        "by",   "for",   "with"};
    static const char *const articles[] = {"the", "our", "this", "these", "a", "an", "all"};
    const struct claim_tokens *tokens = &reading->tokens;
    size_t object = i + 1;
    if (!IS_ONE_OF(tokens, i, links))
        return false;
    while (IS_ONE_OF(tokens, object, articles))
        object++;
    return object < tokens->count && !is_plain(reading, object);
}

/* To the next comma, word of direction or end of the clause. */
static bool is_restricted_behind(const struct reading_claims *reading, size_t from)
{
    const struct claim_tokens *tokens = &reading->tokens;
    for (size_t i = from; i < tokens->count && !claim_is_clause_end(tokens, i); i++) {
        if (tokens->items[i].after_comma || claim_at(tokens, i) != CLAIM_NONE)
            return false;
        if (is_restricted_at(reading, i))
            return true;
    }
    return false;
}

bool claims_speaks_of(const struct reading_claims *reading, const struct mention *mention,
                      size_t at)
{
    bool is_before = mention->end <= at;
    size_t from = is_before ? mention->end : at + 1, to = is_before ? at : mention->first;
    size_t behind = is_before ? at + 1 : mention->end;
    if (is_qualified(reading, mention) || is_restricted_at(reading, 0))
        return false;
    for (size_t i = from; i < to; i++)
        if (!is_plain(reading, i))
            return false;
    for (size_t i = from; i <= to && !is_before; i++) /* but in "burglary, hate crime and ASB" */
        if (reading->tokens.items[i].after_comma && !reading->tokens.items[i - 1].in_label)
            return false;
    if (!is_before && mention->end < reading->tokens.count &&
        !reading->tokens.items[mention->end].after_comma && !is_plain(reading, mention->end) &&
        !claim_is_clause_end(&reading->tokens, mention->end))
        return false;
    return !is_restricted_behind(reading, behind);
}
