/* claims_names - under what names sentences know the measures of a job. */
#include "check/claims_int.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

struct claim_name {
    struct claim_tokens words;
    const struct comparison *comparison;
    const struct compared *row;
    bool stands_for_whole; /* "crime" of "Total crime": only where nothing else is named */
    size_t next;           /* that begins with the same word; SIZE_MAX: none */
};

static void add_name(struct claims *claims, struct claim_name name)
{
    static const char *const alone[] = {"total", "all",  "other", "overall", "number", "value",
                                        "count", "yes",  "no",    "none",    "rate",   "people",
                                        "visit", "home", "cost",  "year",    "result", "score"};
    if (!name.words.count)
        return;
    struct text first = name.words.items[0].word;
    for (size_t w = 0; name.words.count == 1 && w < COUNT(alone); w++)
        if (text_is(first, alone[w]))
            return; /* in too many sentences to name a measure */
    name.next = map_find(&claims->first_words, first, SIZE_MAX);
    claims->names = arena_grow(claims->arena, claims->names, claims->name_count,
                               &claims->name_capacity, sizeof name);
    if (name.next == SIZE_MAX)
        map_add(&claims->first_words, first, claims->name_count);
    else
        map_set(&claims->first_words, first, claims->name_count);
    claims->names[claims->name_count++] = name;
}

/* Without words that say how a count was taken and that nobody repeats: "ASB reported". */
static struct claim_tokens words_of(struct arena *arena, struct text label)
{
    static const char *const loose[] = {"reported", "recorded", "offences", "incidents"};
    size_t bracket = text_find(label, '(', 0);
    struct claim_tokens words =
        claim_tokens(arena, bracket ? text_slice(label, 0, bracket) : label);
    while (words.count > 1 && claim_word_is(&words, words.count - 1, loose, COUNT(loose)))
        words.count--;
    while (words.count > 1 && claim_word_is(&words, 0, loose, COUNT(loose))) {
        words.items++;
        words.count--;
    }
    return words;
}

static struct claim_tokens without_first(struct claim_tokens words)
{
    words.items++;
    words.count--;
    return words;
}

/* "Overall crime" is the row "Total crime", and so is "crime" alone. */
static void add_total(struct claims *claims, struct claim_name name)
{
    static const char *const whole[] = {"total", "all", "overall"};
    if (name.words.count < 2 || !claim_word_is(&name.words, 0, whole, COUNT(whole)))
        return;
    for (size_t w = 0; w < COUNT(whole); w++) {
        struct claim_name other = name;
        if (text_is(name.words.items[0].word, whole[w]))
            continue;
        other.words.items =
            arena_calloc(claims->arena, name.words.count, sizeof *other.words.items);
        memcpy(other.words.items, name.words.items, name.words.count * sizeof *other.words.items);
        other.words.items[0].word = text_from(whole[w]);
        add_name(claims, other);
    }
    name.words = without_first(name.words);
    name.stands_for_whole = true;
    add_name(claims, name);
}

struct claims *claims_new(struct arena *arena, const struct comparison *const *comparisons,
                          size_t count)
{
    struct claims *claims = arena_alloc(arena, sizeof *claims);
    *claims = (struct claims){.arena = arena,
                              .comparisons = comparisons,
                              .count = count,
                              .first_words = {.arena = arena}};
    for (size_t c = 0; c < count; c++)
        for (size_t r = 0; r < comparisons[c]->count; r++) {
            const struct compared *row = &comparisons[c]->rows[r];
            struct claim_name name = {
                .words = words_of(arena, row->label), .comparison = comparisons[c], .row = row};
            add_name(claims, name);
            if (row->relation == RELATION_TOTAL)
                add_total(claims, name);
        }
    return claims;
}

/* How many tokens from `at` on are the words of the name; 0: they are not. */
static size_t length_at(const struct claim_tokens *tokens, size_t at,
                        const struct claim_tokens *words)
{
    if (at + words->count > tokens->count)
        return 0;
    for (size_t i = 0; i < words->count; i++)
        if (tokens->items[at + i].kind != TOKEN_WORD ||
            !text_equal(tokens->items[at + i].word, words->items[i].word))
            return 0;
    return words->count;
}

/* "crime.burglary.now" is of the row "burglary" of source "crime". */
static struct mention placed_row(const struct claims *claims, struct text fact, size_t at)
{
    for (size_t c = 0; c < claims->count; c++) {
        const struct comparison *comparison = claims->comparisons[c];
        struct text source = comparison->dataset->name;
        if (!text_starts(fact, source) || fact.len <= source.len || fact.ptr[source.len] != '.')
            continue;
        struct text rest = text_slice(fact, source.len + 1, fact.len);
        const struct compared *row =
            comparison_row(comparison, text_slice(rest, 0, text_find(rest, '.', 0)));
        if (row)
            return (struct mention){
                .first = at, .end = at + 1, .comparison = comparison, .row = row};
    }
    return (struct mention){.first = at, .end = at};
}

struct mention claims_mention(const struct claims *claims, const struct claim_tokens *tokens,
                              size_t at, bool whole)
{
    const struct claim_token *token = &tokens->items[at];
    struct mention best = {.first = at, .end = at};
    if (token->kind == TOKEN_FACT)
        return placed_row(claims, token->raw, at);
    for (size_t n = map_find(&claims->first_words, token->word, SIZE_MAX); n != SIZE_MAX;
         n = claims->names[n].next) {
        const struct claim_name *name = &claims->names[n];
        size_t length = name->stands_for_whole && !whole ? 0 : length_at(tokens, at, &name->words);
        if (length && at + length >= best.end) /* of two the same, the one of the first source */
            best = (struct mention){
                .first = at, .end = at + length, .comparison = name->comparison, .row = name->row};
    }
    return best;
}
