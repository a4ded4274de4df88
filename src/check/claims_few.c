/*
 * claims_few - changes that no figure of the job is needed for: from so few to so few that they
 * tell nothing (statistics.md 2.6), and a quarter against the one before of what goes with the
 * seasons (5).
 */
#include "check/claims_int.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define IS_ONE_OF(tokens, i, words) claim_word_is(tokens, i, words, COUNT(words))

/* The first number behind a word, within reach, that is not the 3 of "Qtr 3"; SIZE_MAX. */
static size_t number_behind(const struct claim_tokens *tokens, size_t from, size_t to)
{
    static const char *const named[] = {"quarter", "qtr", "q", "year", "week", "age", "aged"};
    for (size_t i = from; i < to; i++)
        if (tokens->items[i].kind == TOKEN_NUMBER && !tokens->items[i].is_money &&
            tokens->items[i].number.scale == 0 && !IS_ONE_OF(tokens, i - 1, named))
            return i;
    return SIZE_MAX;
}

/* "from 10 … to 6", both of the same clause. */
static bool find_range(const struct claim_tokens *tokens, size_t from, size_t to, size_t *first,
                       size_t *second)
{
    static const char *const from_word[] = {"from"}, *const to_word[] = {"to"};
    for (size_t i = from; i + 1 < to; i++) {
        if (!IS_ONE_OF(tokens, i, from_word) || tokens->items[i + 1].kind != TOKEN_NUMBER)
            continue;
        for (size_t link = i + 2; link + 1 < to && link < i + 8; link++)
            if (IS_ONE_OF(tokens, link, to_word) && tokens->items[link + 1].kind == TOKEN_NUMBER) {
                *first = number_behind(tokens, i + 1, i + 2);
                *second = number_behind(tokens, link + 1, link + 2);
                return *first != SIZE_MAX && *second != SIZE_MAX;
            }
    }
    return false;
}

static bool are_few(const struct claim_token *a, const struct claim_token *b)
{
    struct decimal sum;
    int64_t both = 0;
    return decimal_compare(a->unit, decimal_from(1)) == 0 &&
           decimal_add(a->number, b->number, &sum) && decimal_integer(sum, &both) &&
           both < (int64_t)EVIDENCE_FEWEST;
}

/* Units of something else: "from 3 to 5 days". */
static bool counts_else(const struct claim_tokens *tokens, size_t i)
{
    static const char *const links[] = {
        "in",     "qtr",  "quarter",  "q1",       "q2",        "q3",     "q4",    "this",   "last",
        "during", "over", "compared", "offences", "incidents", "crimes", "cases", "reports"};
    return i < tokens->count && tokens->items[i].kind == TOKEN_WORD &&
           !is_digit(tokens->items[i].raw.ptr[0]) && !tokens->items[i].in_label &&
           !IS_ONE_OF(tokens, i, links);
}

static size_t direction_in(const struct claim_tokens *tokens, size_t from, size_t to)
{
    static const char *const down[] = {"down", "up"};
    for (size_t i = from; i < to; i++)
        if (claim_at(tokens, i) != CLAIM_NONE ||
            (IS_ONE_OF(tokens, i, down) && !claim_is_no_statement(tokens, i)))
            return i;
    return SIZE_MAX;
}

static void judge_few(struct reading_claims *reading, size_t start, size_t end)
{
    const struct claim_tokens *tokens = &reading->tokens;
    const struct mention *mention = claims_only(reading, start, end);
    size_t first, second, at = direction_in(tokens, start, end);
    if (!mention || mention->row->kind != KIND_COUNT || at == SIZE_MAX ||
        !find_range(tokens, start, end, &first, &second) || counts_else(tokens, second + 1) ||
        !are_few(&tokens->items[first], &tokens->items[second]))
        return;
    diag(reading->diags, DIAG_CLAIM, reading->place,
         "'%.*s' is said of '%.*s' from %.*s to %.*s: so few are too few to tell a change from "
         "chance; give the two figures alone",
         TEXT_ARG(tokens->items[at].raw),
         TEXT_ARG(text_quote(reading->diags->arena, mention->row->label)),
         TEXT_ARG(tokens->items[first].raw), TEXT_ARG(tokens->items[second].raw));
}

/* "than in the previous quarter", "between Q3 and Q4" */
static bool names_last_quarter(const struct claim_tokens *tokens, size_t from, size_t to)
{
    static const char *const quarters[] = {"q1", "q2", "q3", "q4", "qtr", "quarter"};
    static const char *const last[] = {"last", "previous", "preceding"};
    static const char *const year[] = {"year", "same"};
    size_t named = 0;
    bool is_last = false;
    for (size_t i = from; i < to; i++) {
        bool is_quarter = IS_ONE_OF(tokens, i, quarters);
        if (IS_ONE_OF(tokens, i, year))
            return false; /* the same quarter of last year is the one to compare with */
        named += is_quarter;
        is_last = is_last || (is_quarter && i > from && IS_ONE_OF(tokens, i - 1, last));
    }
    return is_last || named > 1;
}

static void judge_season(struct reading_claims *reading, size_t start, size_t end)
{
    const struct claim_tokens *tokens = &reading->tokens;
    const struct mention *mention = claims_only(reading, start, end);
    size_t at = direction_in(tokens, start, end);
    if (!mention || at == SIZE_MAX || !mention->row->measure ||
        !mention->row->measure->target.is_seasonal || !names_last_quarter(tokens, start, end))
        return;
    diag(reading->diags, DIAG_CLAIM, reading->place,
         "'%.*s' is said of '%.*s' against the quarter before, but it goes with the seasons: "
         "compare it with the same quarter of last year",
         TEXT_ARG(tokens->items[at].raw),
         TEXT_ARG(text_quote(reading->diags->arena, mention->row->label)));
}

void claims_few(struct reading_claims *reading)
{
    const struct claim_tokens *tokens = &reading->tokens;
    for (size_t start = 0; start < tokens->count;) {
        size_t end = claim_clause_end(tokens, start);
        judge_few(reading, start, end);
        judge_season(reading, start, end);
        start = end + 1;
    }
}
