/*
 * abbreviations - short forms that nothing explains, and lists of them that say two things.
 *
 * Capitals are no short form where they are a code of a register, a unit, a Roman numeral, a word
 * that is shouted, or so well known that words would not help (UK, NHS: GOV.UK style guide).
 */
#include "base/map.h"
#include "check/check.h"
#include "data/spelling_int.h"

enum { LETTERS_MIN = 2, LETTERS_MAX = 6, SHOUTED_MIN = 4, NAMED_MAX = 12 };

struct unlisted {
    struct text form;
    size_t uses;
    struct place first;
    bool is_explained; /* the words themselves do */
};
struct abbreviation_checks {
    struct arena *arena;
    const struct short_forms *forms;
    struct map exempt; /* codes, units */
    struct map by_form;
    struct unlisted *items;
    size_t count;
    size_t capacity;
};

struct abbreviation_checks *abbreviation_checks_new(struct arena *arena,
                                                    const struct short_forms *forms)
{
    struct abbreviation_checks *checks = arena_calloc(arena, 1, sizeof *checks);
    *checks = (struct abbreviation_checks){
        .arena = arena, .forms = forms, .exempt = {.arena = arena}, .by_form = {.arena = arena}};
    for (size_t i = 0; i < forms->known.count; i++)
        abbreviation_checks_exempt(checks, forms->known.items[i]);
    return checks;
}

static bool is_big(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* One behind the capitals at `at`. */
static size_t capitals_end(struct text words, size_t at)
{
    while (at < words.len && is_big(words.ptr[at]))
        at++;
    return at;
}

void abbreviation_checks_exempt(struct abbreviation_checks *checks, struct text code)
{
    for (size_t at = 0; at < code.len; at++) {
        size_t end = capitals_end(code, at);
        struct text part = text_slice(code, at, end);
        if (part.len && map_find(&checks->exempt, part, 0) == 0)
            map_add(&checks->exempt, text_copy(checks->arena, part), 1);
        at = end;
    }
}

/* I to XXXIX, as lists and titles number. */
static bool is_roman(struct text form)
{
    static const char *const ones[] = {"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"};
    size_t tens = 0;
    while (tens < 3 && char_at(form, tens) == 'X')
        tens++;
    for (size_t i = 0; i < sizeof ones / sizeof ones[0]; i++)
        if (text_is(text_slice(form, tens, form.len), ones[i]))
            return true;
    return false;
}

/* Words that people write in capitals, and "to be confirmed", which another rule tells of. */
static bool is_plain_word(struct text form)
{
    return is_spelling(form,
                       "and|or|not|the|all|any|no|yes|on|off|in|out|of|to|for|from|by|with|is|"
                       "are|be|do|it|as|at|an|if|so|up|we|new|only|must|end|per|nil|none|nb|"
                       "tbc|tba|tbd|na|ok|am|pm|one|two|draft|red|amber|green|blue");
}

static bool is_well_known(struct text form)
{
    return is_spelling(form,
                       "uk|gb|eu|us|usa|un|mp|mps|vat|nhs|bbc|dvla|pdf|csv|gp|id|tv|cv|pin|sms|"
                       "url|covid|aids|hiv|dna|gmt|bst|rag|brag|ltd|plc|wc");
}

/* A word of capitals from `from` to `to`; `to` is 0 when it is none. */
struct capitals {
    size_t from, to;
};
static struct capitals next_capitals(struct text words, size_t at)
{
    for (; at < words.len; at++) {
        size_t end = is_big(words.ptr[at]) ? capitals_end(words, at) : at;
        if (end - at >= LETTERS_MIN && short_forms_is_word(words, at, end))
            return (struct capitals){at, end};
        if (end - at >= LETTERS_MIN && char_at(words, end) == 's' &&
            short_forms_is_word(words, at, end + 1))
            return (struct capitals){at, end};
        at = end > at ? end - 1 : at;
    }
    return (struct capitals){0, 0};
}

/* One behind the last of several words of capitals with blanks alone between them; *is_shouted when
 * they are words and no short forms. */
static size_t run_end(struct text words, struct capitals first, bool *is_shouted)
{
    size_t count = 0, end = first.to;
    *is_shouted = false;
    for (struct capitals c = first; c.to; c = next_capitals(words, c.to)) {
        if (count && (c.from != end + 1 || words.ptr[end] != ' '))
            break;
        struct text word = text_slice(words, c.from, c.to);
        *is_shouted = *is_shouted || word.len > LETTERS_MAX || (is_plain_word(word) && count);
        end = c.to;
        count++;
    }
    *is_shouted = *is_shouted || count >= SHOUTED_MIN;
    return end;
}

/* "Words That Say It (WTSI)" or "WTSI (Words That Say It)". */
static bool is_explained(struct text words, struct capitals c)
{
    struct text form = text_slice(words, c.from, c.to);
    size_t open = c.to + (char_at(words, c.to) == 's') + 2;
    if (c.from > 1 && words.ptr[c.from - 1] == '(' &&
        short_forms_spells(text_slice(words, 0, c.from - 1), form))
        return true;
    return open < words.len && words.ptr[open - 1] == '(' &&
           short_forms_spells(text_slice(words, open, text_find(words, ')', open)), form);
}

static void keep(struct abbreviation_checks *checks, struct text words, struct capitals c,
                 struct place place)
{
    struct text form = text_slice(words, c.from, c.to);
    if (form.len > LETTERS_MAX || is_roman(form) || is_plain_word(form) || is_well_known(form) ||
        map_find(&checks->exempt, form, 0) || short_forms_find(checks->forms, form))
        return;
    size_t at = map_find(&checks->by_form, form, checks->count);
    if (at == checks->count) {
        checks->items = arena_grow(checks->arena, checks->items, checks->count, &checks->capacity,
                                   sizeof *checks->items);
        checks->items[checks->count++] =
            (struct unlisted){.form = text_copy(checks->arena, form), .first = place};
        map_add(&checks->by_form, checks->items[at].form, at);
    }
    checks->items[at].uses++;
    if (!checks->items[at].first.file.len) /* of what the program adds, nothing is known */
        checks->items[at].first = place;
    if (!checks->items[at].is_explained)
        checks->items[at].is_explained = is_explained(words, c);
}

void check_abbreviation_words(struct abbreviation_checks *checks, struct text words,
                              struct place place)
{
    for (struct capitals c = next_capitals(words, 0); c.to;) {
        bool is_shouted;
        size_t end = run_end(words, c, &is_shouted);
        for (; c.to && c.from < end; c = next_capitals(words, c.to))
            if (!is_shouted)
                keep(checks, words, c, place);
    }
}

/* ---- what is told ---- */

/* One is the other with a letter more, or with two changed about. */
static bool is_near(struct text a, struct text b)
{
    if (a.len > b.len)
        return is_near(b, a);
    size_t same = 0, rest;
    while (same < a.len && a.ptr[same] == b.ptr[same])
        same++;
    rest = a.len - same;
    if (a.len < 4 || !same || b.len > a.len + 1)
        return false;
    if (b.len > a.len)
        return text_equal(text_slice(a, same, a.len), text_slice(b, same + 1, b.len));
    return rest > 1 && a.ptr[same] == b.ptr[same + 1] && a.ptr[same + 1] == b.ptr[same] &&
           text_equal(text_slice(a, same + 2, a.len), text_slice(b, same + 2, b.len));
}

static struct text nearest(const struct abbreviation_checks *checks, struct text form)
{
    for (size_t i = 0; i < checks->forms->count; i++)
        if (is_near(form, checks->forms->items[i].form))
            return checks->forms->items[i].form;
    return TEXT_EMPTY;
}

/* "once", "twice", "12 times" */
static struct text times(struct arena *arena, size_t count)
{
    return count < 3 ? text_from(count == 1 ? "once" : "twice")
                     : text_format(arena, "%zu times", count);
}

void check_abbreviations(struct diags *diags, const struct abbreviation_checks *checks)
{
    for (size_t i = 0; i < checks->count; i++) {
        const struct unlisted *one = &checks->items[i];
        struct text near = nearest(checks, one->form);
        if (!one->is_explained)
            diag(diags, DIAG_ABBREVIATION, one->first,
                 "'%.*s' is used %.*s and nothing says what it stands for%s%.*s%s: write "
                 "'%.*s = …' below [abbreviations], or name it there in 'known'",
                 TEXT_ARG(one->form), TEXT_ARG(times(checks->arena, one->uses)),
                 near.len ? ", unless '" : "", TEXT_ARG(near), near.len ? "' is meant" : "",
                 TEXT_ARG(one->form));
    }
}

static struct text folded(struct arena *arena, struct text t)
{
    return text_lower(arena, text_trim(t));
}

/* The entry has the letters, in capitals or not, of one before it. */
static void compare_forms(struct diags *diags, const struct short_form *first,
                          const struct short_form *one, bool is_same_meaning)
{
    struct place place = first->place;
    bool is_same = text_equal(first->form, one->form);
    if (is_same && !is_same_meaning)
        diag(diags, DIAG_TWO_WAYS, one->place,
             "'%.*s' stands for other words than in %.*s, line %u: keep one of them",
             TEXT_ARG(one->form), TEXT_ARG(place.file), place.line);
    if (!is_same && is_same_meaning)
        diag(diags, DIAG_TWO_SPELLINGS, one->place,
             "'%.*s' is written '%.*s' in line %u: write it one way", TEXT_ARG(one->form),
             TEXT_ARG(first->form), place.line);
}

/* The number of the first entry with that key, from 1; the entry's own becomes it when none has. */
static size_t first_of(struct map *map, struct text key, size_t own)
{
    size_t at = map_find(map, key, 0);
    if (!at)
        map_add(map, key, own);
    return at;
}

void check_short_forms(struct diags *diags, struct arena *arena, const struct short_forms *forms,
                       size_t from)
{
    struct map by_form = {.arena = arena}, by_meaning = {.arena = arena};
    for (size_t i = 0; i < forms->listed_count; i++) {
        const struct short_form *one = &forms->listed[i];
        size_t form = first_of(&by_form, folded(arena, one->form), i + 1);
        size_t meaning = first_of(&by_meaning, folded(arena, one->meaning), i + 1);
        if (i < from)
            continue;
        if (form)
            compare_forms(diags, &forms->listed[form - 1], one,
                          text_equal(folded(arena, forms->listed[form - 1].meaning),
                                     folded(arena, one->meaning)));
        else if (meaning)
            diag(diags, DIAG_ABBREVIATION, one->place,
                 "'%.*s' and '%.*s' stand for the same words: use one of them",
                 TEXT_ARG(forms->listed[meaning - 1].form), TEXT_ARG(one->form));
    }
}

void check_short_forms_used(struct diags *diags, struct arena *arena,
                            const struct short_forms *forms, struct place place)
{
    struct texts unused = {0};
    size_t count = 0;
    for (size_t i = 0; i < forms->listed_count; i++) {
        const struct short_form *one = short_forms_find(forms, forms->listed[i].form);
        if (one->uses || !text_equal(one->meaning, forms->listed[i].meaning))
            continue;
        if (++count <= NAMED_MAX)
            texts_add(arena, &unused, one->form);
    }
    if (count)
        diag(diags, DIAG_ABBREVIATION, place, "no report uses %zu of %zu short forms: %.*s%s",
             count, forms->count, TEXT_ARG(texts_join(arena, &unused, TEXT(", "))),
             count > NAMED_MAX ? ", …" : "");
}
