/*
 * claims_shares - "most", "half", "a third" and percentages of a whole, said of an answer in a
 * survey or of a part of a total.
 */
#include "check/claims_int.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define IS_ONE_OF(tokens, i, words) claim_word_is(tokens, i, words, COUNT(words))

/* What a word says of a share in tenths of a per cent: from which, to which. */
static const struct fraction {
    const char *word;
    int64_t at_least, at_most, exactly; /* `exactly`: what "over" and "nearly" are said of */
} fractions[] = {
    {"majority", 501, 1000, 500},      {"most", 501, 1000, 500},    {"half", 450, 550, 500},
    {"third", 300, 367, 333},          {"quarter", 225, 275, 250},  {"fifth", 175, 225, 200},
    {"thirds", 633, 700, 667},         {"quarters", 725, 775, 750}, {"two-thirds", 633, 700, 667},
    {"three-quarters", 725, 775, 750},
};

static const struct fraction *fraction_at(const struct claim_tokens *tokens, size_t i)
{
    static const char *const a[] = {"a",    "one", "over",  "nearly", "almost",
                                    "than", "two", "three", "about",  "around"};
    for (size_t f = 0; f < COUNT(fractions); f++)
        if (claim_word_is(tokens, i, &fractions[f].word, 1)) {
            bool stands_alone = f < 3 || strchr(fractions[f].word, '-');
            return stands_alone || (i > 0 && IS_ONE_OF(tokens, i - 1, a)) ? &fractions[f] : NULL;
        }
    return NULL;
}

/* With "over" or "nearly" before it; a "vast majority" is not looked at more closely. */
static bool holds(const struct claim_tokens *tokens, size_t i, const struct fraction *fraction,
                  struct decimal percent)
{
    static const char *const over[] = {"over", "than", "above"};
    static const char *const under[] = {"nearly", "almost", "under"};
    static const char *const fewer[] = {"fewer", "less"};
    static const char *const article[] = {"a", "one", "two", "three"};
    struct decimal tenths;
    int64_t low = fraction->at_least, high = fraction->at_most;
    size_t before = i > 0 && IS_ONE_OF(tokens, i - 1, article) ? i - 1 : i;
    bool is_fewer = before > 1 && IS_ONE_OF(tokens, before - 2, fewer);
    if (before > 0 && IS_ONE_OF(tokens, before - 1, over) && !is_fewer) {
        low = fraction->exactly;
        high = 1000;
    } else if (is_fewer || (before > 0 && IS_ONE_OF(tokens, before - 1, under))) {
        low = is_fewer ? 0 : fraction->at_least - 50;
        high = fraction->exactly;
    }
    return !decimal_multiply(percent, decimal_from(10), &tenths) ||
           (decimal_compare(tenths, decimal_from(low)) >= 0 &&
            decimal_compare(tenths, decimal_from(high)) <= 0);
}

/* A share in words or as a percentage, and what it should be. */
static void judge_share(const struct reading_claims *reading, const struct mention *mention,
                        size_t at, struct decimal percent, struct text figure)
{
    struct arena *arena = reading->diags->arena;
    const struct claim_token *token = &reading->tokens.items[at];
    const struct fraction *fraction = fraction_at(&reading->tokens, at);
    struct decimal rounded;
    bool is_percent = token->kind == TOKEN_PERCENT;
    if (is_percent ? !decimal_round(percent, token->number.scale, &rounded) ||
                         decimal_compare(rounded, token->number) == 0
                   : !fraction || holds(&reading->tokens, at, fraction, percent))
        return;
    diag(reading->diags, is_percent ? DIAG_PERCENT_MISMATCH : DIAG_CLAIM, reading->place,
         "'%.*s' is said of '%.*s', but %.*s: say what the share is", TEXT_ARG(token->raw),
         TEXT_ARG(text_quote(arena, mention->row->label)), TEXT_ARG(figure));
}

/* ---- answers to a survey ---- */

/* "Most people chose a safe environment": the share stands before the answer, with a word of
 * answering between them and nobody else's numbers. */
static void judge_answer(const struct reading_claims *reading, size_t at)
{
    static const char *const chose[] = {"chose",      "said",      "wanted", "named", "picked",
                                        "selected",   "mentioned", "choose", "say",   "want",
                                        "identified", "asked",     "ticked"};
    const struct claim_tokens *tokens = &reading->tokens;
    const struct mention *mention = claims_only(reading, at + 1, claim_clause_end(tokens, at));
    static const char *const fill[] = {"for", "the", "a", "an", "that", "they", "more", "wanted"};
    bool answered = false;
    if (!mention || mention->row->kind != KIND_PERCENT || claim_is_no_statement(tokens, at))
        return;
    for (size_t i = at + 1; i < mention->first; i++) {
        if (tokens->items[i].kind != TOKEN_WORD || (answered && !IS_ONE_OF(tokens, i, fill)))
            return;
        answered = answered || IS_ONE_OF(tokens, i, chose);
    }
    struct known_figures known = claims_figures(reading->diags->arena, mention);
    if (answered && known.count)
        judge_share(
            reading, mention, at, known.items[0].value.number,
            text_format(reading->diags->arena, "the figure is %.*s",
                        TEXT_ARG(known_text(reading->diags->arena, mention, &known.items[0]))));
}

/* ---- parts of a total ---- */

/* "Burglary makes up a third of all crime": the total behind the share; NULL. */
static const struct compared *whole_behind(const struct reading_claims *reading, size_t at,
                                           const struct mention *mention)
{
    static const char *const of[] = {"of"}, *const fill[] = {"all", "total", "the", "recorded",
                                                             "overall"};
    const struct claim_tokens *tokens = &reading->tokens;
    size_t i = at + 1;
    if (!IS_ONE_OF(tokens, i, of))
        return NULL;
    for (i++; i < tokens->count && i < at + 6; i++) {
        struct mention whole = claims_mention(reading->claims, tokens, i, true);
        if (whole.row)
            return whole.row->relation == RELATION_TOTAL && whole.comparison == mention->comparison
                       ? whole.row
                       : NULL;
        if (!IS_ONE_OF(tokens, i, fill) && !tokens->items[i].in_label)
            return NULL;
    }
    return NULL;
}

static bool is_comma_between(const struct claim_tokens *tokens, size_t from, size_t to)
{
    for (size_t i = from + 1; i <= to; i++)
        if (tokens->items[i].after_comma)
            return true;
    return false;
}

/* The part stands before the share, with "makes up" or "accounts for" between. */
static const struct mention *part_before(const struct reading_claims *reading, size_t at)
{
    static const char *const links[] = {"up", "for"};
    static const char *const makes[] = {"makes",   "make",     "made",      "making",
                                        "account", "accounts", "accounted", "accounting"};
    const struct claim_tokens *tokens = &reading->tokens;
    const struct mention *mention = claims_only(reading, claim_clause_start(tokens, at), at);
    for (size_t i = mention ? mention->end : at; i + 1 < at; i++)
        if (at <= i + 5 && !is_comma_between(tokens, i, at) && IS_ONE_OF(tokens, i, makes) &&
            IS_ONE_OF(tokens, i + 1, links))
            return mention;
    return NULL;
}

static void judge_part(const struct reading_claims *reading, size_t at)
{
    struct arena *arena = reading->diags->arena;
    const struct mention *mention = part_before(reading, at);
    const struct compared *whole = mention ? whole_behind(reading, at, mention) : NULL;
    struct decimal times, percent;
    if (!whole || !whole->now.present || !mention->row->now.present ||
        mention->row->relation == RELATION_OUTSIDE ||
        !claims_against(reading, mention->comparison, 0, reading->tokens.count).known ||
        !decimal_multiply(mention->row->now.number, decimal_from(100), &times) ||
        !decimal_divide(times, whole->now.number, 6, &percent))
        return;
    judge_share(reading, mention, at, percent,
                text_format(arena, "%.*s of %.*s is %.*s%%",
                            TEXT_ARG(claims_value(arena, mention->row, mention->row->now)),
                            TEXT_ARG(claims_value(arena, whole, whole->now)),
                            TEXT_ARG(decimal_display(arena, percent, 1, DECIMAL_PLAIN))));
}

void claims_shares(struct reading_claims *reading)
{
    const struct claim_tokens *tokens = &reading->tokens;
    for (size_t i = 0; i < tokens->count; i++) {
        if (tokens->items[i].kind != TOKEN_PERCENT && !fraction_at(tokens, i))
            continue;
        judge_answer(reading, i);
        judge_part(reading, i);
    }
}
