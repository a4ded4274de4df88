/* claims_names - under what names sentences know the measures of a job. */
#include "check/claims_int.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

struct claim_name {
    struct claim_tokens words;
    const struct claims_source *source;
    const struct compared *row;
    bool stands_for_whole; /* "crime" of "Total crime": only where nothing else is named */
    size_t next;           /* of the same words; SIZE_MAX: none */
};

/* Words of a name as the key of a map. */
static struct text key_of(struct arena *arena, const struct claim_token *words, size_t count)
{
    struct buffer key = {.arena = arena};
    for (size_t i = 0; i < count; i++)
        buffer_format(&key, "%s%.*s", i ? " " : "", TEXT_ARG(words[i].word));
    return buffer_text(&key);
}

static void add_name(struct claims *claims, struct claim_name name)
{
    static const char *const alone[] = {"total", "all",  "other", "overall", "number", "value",
                                        "count", "yes",  "no",    "none",    "rate",   "people",
                                        "visit", "home", "cost",  "year",    "result", "score"};
    if (!name.words.count || (name.words.count == 1 && name.words.items[0].kind == TOKEN_NUMBER))
        return;
    struct text first = name.words.items[0].word;
    for (size_t w = 0; name.words.count == 1 && w < COUNT(alone); w++)
        if (text_is(first, alone[w]))
            return; /* in too many sentences to name a measure */
    struct text key = key_of(claims->arena, name.words.items, name.words.count);
    name.next = map_find(&claims->by_words, key, SIZE_MAX);
    claims->names = arena_grow(claims->arena, claims->names, claims->name_count,
                               &claims->name_capacity, sizeof name);
    if (name.next == SIZE_MAX)
        map_add(&claims->by_words, key, claims->name_count);
    else
        map_set(&claims->by_words, key, claims->name_count);
    if (map_find(&claims->longest, first, 0) == 0)
        map_add(&claims->longest, first, name.words.count);
    else if (map_find(&claims->longest, first, 0) < name.words.count)
        map_set(&claims->longest, first, name.words.count);
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

static void add_names(struct claims *claims, struct claim_name name)
{
    add_name(claims, name);
    if (name.row->relation == RELATION_TOTAL)
        add_total(claims, name);
}

/* A row is known by its label, and by the name that the export has for it. */
struct claims *claims_new(struct arena *arena, const struct claims_source *sources, size_t count,
                          struct text area)
{
    struct claims *claims = arena_alloc(arena, sizeof *claims);
    *claims = (struct claims){.arena = arena,
                              .sources = sources,
                              .count = count,
                              .area = area,
                              .by_words = {.arena = arena},
                              .longest = {.arena = arena}};
    for (size_t c = 0; c < count; c++)
        for (size_t r = 0; r < sources[c].comparison->count; r++) {
            const struct compared *row = &sources[c].comparison->rows[r];
            add_names(claims, (struct claim_name){.words = words_of(arena, row->label),
                                                  .source = &sources[c],
                                                  .row = row});
            if (row->measure && !text_same_name(row->measure->name, row->label))
                add_names(claims, (struct claim_name){.words = words_of(arena, row->measure->name),
                                                      .source = &sources[c],
                                                      .row = row});
        }
    return claims;
}

/* How many words stand at `at`, one behind the other, up to `most`. */
static size_t words_at(const struct claim_tokens *tokens, size_t at, size_t most)
{
    size_t count = 0;
    while (count < most && at + count < tokens->count &&
           (tokens->items[at + count].kind == TOKEN_WORD ||
            tokens->items[at + count].kind == TOKEN_NUMBER)) /* "aged 10 to 11" */
        count++;
    return count;
}

/* Of names of the same words, the one of the first source. */
static const struct claim_name *name_of(const struct claims *claims, struct text key, bool whole)
{
    const struct claim_name *found = NULL;
    for (size_t n = map_find(&claims->by_words, key, SIZE_MAX); n != SIZE_MAX;
         n = claims->names[n].next)
        if (whole || !claims->names[n].stands_for_whole)
            found = &claims->names[n];
    return found;
}

static struct mention mention_of(const struct claims_source *source, const struct compared *row,
                                 size_t first, size_t end)
{
    return (struct mention){
        .first = first, .end = end, .source = source, .comparison = source->comparison, .row = row};
}

/* "crime.burglary.now" is of the row "burglary" of source "crime". */
static struct mention placed_row(const struct claims *claims, struct text fact, size_t at)
{
    for (size_t c = 0; c < claims->count; c++) {
        const struct comparison *comparison = claims->sources[c].comparison;
        struct text source = comparison->dataset->name;
        if (!text_starts(fact, source) || fact.len <= source.len || fact.ptr[source.len] != '.')
            continue;
        struct text rest = text_slice(fact, source.len + 1, fact.len);
        const struct compared *row =
            comparison_row(comparison, text_slice(rest, 0, text_find(rest, '.', 0)));
        if (row)
            return mention_of(&claims->sources[c], row, at, at + 1);
    }
    return (struct mention){.first = at, .end = at};
}

struct mention claims_mention(const struct claims *claims, const struct claim_tokens *tokens,
                              size_t at, bool whole)
{
    const struct claim_token *token = &tokens->items[at];
    if (token->kind == TOKEN_FACT)
        return placed_row(claims, token->raw, at);
    /* the longest first: a source may have tens of thousands, which begin alike */
    for (size_t count = words_at(tokens, at, map_find(&claims->longest, token->word, 0)); count > 0;
         count--) {
        struct text key = key_of(claims->arena, &tokens->items[at], count);
        const struct claim_name *name = name_of(claims, key, whole);
        if (name)
            return mention_of(name->source, name->row, at, at + count);
    }
    return (struct mention){.first = at, .end = at};
}
