/*
 * texts_cut - cells whose end was lost on the way: at a length where systems cut, within a word, or
 * behind a word that leads on.
 */
#include "check/check_int.h"

#include "data/spelling_int.h"

#include <stdlib.h>

enum { WORDS_MIN = 2, STEM_MIN = 6 };

/* All words of a source in lower case, sorted; each with how often it stands there. */
struct word_count {
    struct text word;
    size_t count;
};
struct vocabulary {
    struct arena *arena;
    struct map index;
    struct word_count *items;
    size_t count, capacity;
};

static bool is_word_byte(char c)
{
    return is_letter(c) || is_digit(c) || c == '\'' || (unsigned char)c >= 0x80;
}

static void add_word(struct vocabulary *vocabulary, struct text raw)
{
    struct text word = text_lower(vocabulary->arena, raw);
    size_t known = map_find(&vocabulary->index, word, SIZE_MAX);
    if (known != SIZE_MAX) {
        vocabulary->items[known].count++;
        return;
    }
    vocabulary->items = arena_grow(vocabulary->arena, vocabulary->items, vocabulary->count,
                                   &vocabulary->capacity, sizeof *vocabulary->items);
    map_add(&vocabulary->index, word, vocabulary->count);
    vocabulary->items[vocabulary->count++] = (struct word_count){word, 1};
}

static void add_words(struct vocabulary *vocabulary, struct text cell)
{
    for (size_t at = 0; at < cell.len;) {
        size_t from = at;
        while (at < cell.len && is_word_byte(cell.ptr[at]))
            at++;
        if (at > from)
            add_word(vocabulary, text_slice(cell, from, at));
        at += at == from;
    }
}

static int by_word(const void *a, const void *b)
{
    const struct word_count *left = a, *right = b;
    return text_compare(left->word, right->word);
}

/* The first word that is not before it; vocabulary->count when there is none. */
static size_t lower_bound(const struct vocabulary *vocabulary, struct text word)
{
    size_t from = 0, to = vocabulary->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (text_compare(vocabulary->items[middle].word, word) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* What makes one word of another: "plan" and "planning" are both words. */
static bool is_ending(struct text rest)
{
    return is_spelling(
        rest,
        "s|es|ed|me|mes|base|bases|d|er|ers|r|rs|ing|ings|ly|al|ally|ment|ments|'s|ion|ions|or|"
        "ors|ive|ness|ful|less|able|y|ship|ships|hood|like|wide|based|ning|"
        "ting|ned|ted|ner|ners|th|n|e|a|ic|ics|ist|ists|ity|ation|st|t|"
        "en|ish|ism|ian|ians|ance|ence|house|time|day|days|work|side|out|up");
}

/* Short words that end sentences, and begin longer ones. */
static bool is_short_word(struct text word)
{
    return word.len < 3 ||
           is_spelling(word,
                       "all|any|are|but|can|day|did|end|far|few|for|get|had|has|her|him|his|how|"
                       "job|its|let|may|met|new|not|now|off|old|one|our|out|own|per|put|run|"
                       "say|see|set|she|six|ten|the|too|top|try|two|use|via|was|way|who|why|"
                       "win|yes|yet|you|lot|pay|age|aim|art|bid|bus|car|fee|fit|fun|gas|law|"
                       "man|map|mix|sum|tax|tea|van|web|air|arm|ask|bin|box|boy|cup|cut|dog|"
                       "eye|key|leg|sea|sex|son|sub|war|wet|ill|low|red|bad|big|dry|fly|hit|"
                       "hot|lay|led|pub|raw|row|sky|sun|tie|tip|tow|zoo");
}

/* It stands nowhere else, and others begin with it that are none of its forms. */
static bool is_part_of_word(const struct vocabulary *vocabulary, struct text word)
{
    size_t at = lower_bound(vocabulary, word), longer = 0;
    if (is_short_word(word) || at == vocabulary->count ||
        !text_equal(vocabulary->items[at].word, word))
        return false;
    bool is_rare = vocabulary->items[at].count == 1;
    for (at++; at < vocabulary->count && text_starts(vocabulary->items[at].word, word); at++) {
        struct text other = vocabulary->items[at].word;
        if (word.len >= STEM_MIN && is_spelling(text_slice(other, word.len, other.len), "ies|ied"))
            return true; /* "communit": no word is written so */
        is_rare = is_rare && !is_ending(text_slice(other, word.len, other.len));
        longer++;
    }
    return is_rare && longer > 0;
}

static struct text last_word(struct text cell)
{
    size_t from = cell.len;
    while (from && is_word_byte(cell.ptr[from - 1]))
        from--;
    return text_slice(cell, from, cell.len);
}

/* Where systems cut: bytes or characters. */
static bool is_limit(struct text cell)
{
    static const size_t limits[] = {250,  254,  255,  256,  500,  511,  512,  1000,
                                    1023, 1024, 2000, 2048, 4000, 4096, 8000, 32767};
    size_t characters = 0;
    for (size_t i = 0; i < cell.len; i++)
        characters += ((unsigned char)cell.ptr[i] & 0xC0) != 0x80;
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
        if (cell.len == limits[i] || characters == limits[i])
            return true;
    return false;
}

/* In small letters, but for the first: "Spe" may be the beginning of a word, "CSP" is none. */
static bool is_common(struct text word)
{
    for (size_t i = 0; i < word.len; i++)
        if (!is_letter(word.ptr[i]) || (i && !(word.ptr[i] & 32)))
            return false;
    return true;
}

static size_t count_words(struct text cell)
{
    size_t words = 0;
    for (size_t i = 0; i < cell.len; i++)
        words += is_word_byte(cell.ptr[i]) && (!i || !is_word_byte(cell.ptr[i - 1]));
    return words;
}

#define WITHIN_WORD "ends within a word, as it seems"

/* Why the cell seems to be cut; NULL when it does not. */
static const char *why_cut(const struct vocabulary *vocabulary, struct text cell)
{
    struct text word = last_word(cell);
    if (text_ends(cell, TEXT(" -")) || text_ends(cell, TEXT(" \u2013")) ||
        text_ends(cell, TEXT(" (")) || text_ends(cell, TEXT(" &")))
        return "ends with a sign that leads on";
    bool is_alone = count_words(cell) <= WORDS_MIN; /* a name: only what is no word at all */
    if (!word.len || (is_alone && word.len < STEM_MIN))
        return NULL;
    if (is_alone)
        return is_common(word) && is_part_of_word(vocabulary, text_lower(vocabulary->arena, word))
                   ? WITHIN_WORD
                   : NULL;
    if (is_limit(cell))
        return "ends without a stop at a length where systems cut texts";
    bool is_apart = cell.len > word.len && cell.ptr[cell.len - word.len - 1] == ' ';
    if (is_apart && (word.ptr[0] & 32) &&
        is_spelling(word, "the|an|and|or|of|our|their|its|your|a"))
        return "ends with a word that leads on";
    if (is_common(word) && is_part_of_word(vocabulary, text_lower(vocabulary->arena, word)))
        return WITHIN_WORD;
    return NULL;
}

/* Fields of words; a status, a day or a code is none. */
static bool is_of_words(enum action_field field)
{
    return field != ACTION_ID && field != ACTION_STATUS && field != ACTION_DUE &&
           field != ACTION_START && field != ACTION_PERCENT && field != ACTION_OWNER;
}

static struct vocabulary read_vocabulary(struct arena *arena, const struct dataset *dataset)
{
    struct vocabulary all = {.arena = arena, .index = {.arena = arena}};
    for (size_t i = 0; i < dataset->action_count; i++)
        for (size_t f = 0; f < dataset_action_fields(dataset); f++)
            add_words(&all, action_text(&dataset->actions[i], (enum action_field)f).plain);
    if (all.count)
        qsort(all.items, all.count, sizeof *all.items, by_word);
    return all;
}

static void check_cell(struct diags *diags, const struct vocabulary *vocabulary,
                       const struct action *row, enum action_field field)
{
    struct text cell = text_trim(action_text(row, field).plain);
    const char *why =
        is_of_words(field) && count_words(cell) >= WORDS_MIN ? why_cut(vocabulary, cell) : NULL;
    if (why)
        diag(diags, DIAG_CUT_SHORT, action_place(row, field),
             "the text %s: look at it in the system that it comes from", why);
}

void check_cut(struct diags *diags, const struct check_input *input)
{
    const struct dataset *dataset = input->dataset;
    if (dataset->is_earlier)
        return;
    struct vocabulary vocabulary = read_vocabulary(diags->arena, dataset);
    for (size_t i = 0; i < dataset->action_count; i++)
        for (size_t f = 0; f < dataset_action_fields(dataset); f++)
            check_cell(diags, &vocabulary, &dataset->actions[i], (enum action_field)f);
}
