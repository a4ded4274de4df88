/*
 * texts_across - what two texts of a job say otherwise: abbreviations with two meanings, priorities
 * with one number and two names, plans and aims with two spans of years.
 *
 * Only what is tied by its own words is held together: a number and a word of the name, the name of
 * the plan, or the words before the years.
 */
#include "check/texts_across_int.h"

#include "data/spelling_int.h"

#include <string.h>

enum { NAME_WORDS = 8, WORDS_OF_AIM = 5 };

/* ---- what was said ---- */

struct said_once *texts_say(const struct passage *passage, enum saying kind, struct text key,
                            struct text value, struct text shown, size_t offset)
{
    struct text_checks *checks = passage->checks;
    key = text_format(checks->arena, "%d %.*s", kind, TEXT_ARG(key));
    size_t last = map_find(&checks->by_key, key, SIZE_MAX);
    for (size_t i = last; i != SIZE_MAX; i = checks->said[i].before)
        if (text_equal(checks->said[i].value, value))
            return NULL;
    checks->said = arena_grow(checks->arena, checks->said, checks->said_count,
                              &checks->said_capacity, sizeof *checks->said);
    struct said_once *said = &checks->said[checks->said_count];
    *said = (struct said_once){.kind = kind,
                               .value = value,
                               .shown = shown,
                               .place = passage_place(passage, offset),
                               .before = last};
    if (last == SIZE_MAX)
        map_add(&checks->by_key, key, checks->said_count);
    else
        map_set(&checks->by_key, key, checks->said_count);
    checks->said_count++;
    return said;
}

static bool is_small_word(struct text word)
{
    return is_spelling(word, "the|a|an|of|and|for|in|on|to|with|our|its|by|or|draft");
}

/* Words that carry the meaning, in lower case, joined by a space. */
static struct text words_of(const struct passage *passage, size_t from, size_t to)
{
    struct buffer out = {.arena = passage->checks->arena};
    for (size_t i = from; i < to; i++)
        if (!is_small_word(passage->tokens.items[i].word))
            buffer_format(&out, "%s%.*s", out.len ? " " : "",
                          TEXT_ARG(passage->tokens.items[i].word));
    return buffer_text(&out);
}

/* ---- "Community Safety Partnership (CSP)" ---- */

static bool is_abbreviation(struct text raw)
{
    for (size_t i = 0; i < raw.len; i++)
        if (raw.ptr[i] < 'A' || raw.ptr[i] > 'Z')
            return false;
    return raw.len > 2 && raw.len <= NAME_WORDS;
}

/* How many letters at the end of `letters` are the initials of the word: "Anti-Social" has two. */
static size_t initials_at_end(struct text word, struct text letters)
{
    char initials[NAME_WORDS];
    size_t count = 0;
    for (size_t i = 0; i < word.len && count < NAME_WORDS; i++)
        if (is_letter(word.ptr[i]) && (!i || word.ptr[i - 1] == '-'))
            initials[count++] = (char)(word.ptr[i] & ~32);
    bool ok = count && count <= letters.len &&
              memcmp(letters.ptr + letters.len - count, initials, count) == 0;
    return ok ? count : 0;
}

static void keep_abbreviation(const struct passage *passage, size_t token)
{
    struct text raw = passage->tokens.items[token].raw, left = raw;
    if (!token || !is_abbreviation(raw) || !text_is(passage_gap(passage, token), "(") ||
        char_at(passage->plain, passage_behind(passage, token)) != ')')
        return;
    size_t at = token;
    while (at > 0 && left.len && !passage_breaks(passage, at)) {
        const struct claim_token *word = &passage->tokens.items[at - 1];
        size_t found = word->kind == TOKEN_WORD ? initials_at_end(word->raw, left) : 0;
        if (!found && !is_small_word(word->word))
            return;
        left.len -= found;
        at--;
    }
    if (!left.len && token - at > 1)
        texts_say(passage, SAID_ABBREVIATION, raw, words_of(passage, at, token), raw,
                  passage_at(passage, token));
}

/* ---- "Priority 1: Homes for all" ---- */

static int number_of(struct text raw)
{
    static const char *const numbers[] = {"one", "two",   "three", "four", "five",
                                          "six", "seven", "eight", "nine", "ten"};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (text_same_name(raw, text_from(numbers[i])))
            return (int)i + 1;
    if (raw.len > 2 || !is_digit(char_at(raw, 0)) || (raw.len == 2 && !is_digit(raw.ptr[1])))
        return 0;
    return raw.len == 1 ? raw.ptr[0] - '0' : (raw.ptr[0] - '0') * 10 + (raw.ptr[1] - '0');
}

static bool ends_line(const struct passage *passage, size_t token)
{
    size_t at = token ? passage_behind(passage, token - 1) : 0;
    size_t end = text_find(passage->plain, '\n', at);
    return token >= passage->tokens.count || passage_at(passage, token) > end;
}

static bool begins_line(const struct passage *passage, size_t token)
{
    return !token || ends_line(passage, token);
}

/* The name that begins at the token and takes the rest of its line, or up to a dash. */
static void keep_name(const struct passage *passage, const char *what, int number, size_t from)
{
    size_t to = from;
    while (to < passage->tokens.count && (to == from || !ends_line(passage, to)) &&
           (to == from || !text_is(passage_gap(passage, to), "-")) && to - from <= NAME_WORDS)
        to++;
    if (to == from || to - from > NAME_WORDS || number < 1)
        return;
    bool is_name = passage->tokens.items[from].raw.ptr[0] >= 'A' &&
                   passage->tokens.items[from].raw.ptr[0] <= 'Z';
    struct text key = text_format(passage->checks->arena, "%s %d", what, number);
    if (is_name)
        texts_say(passage, SAID_NAME, key, words_of(passage, from, to), key,
                  passage_at(passage, from));
}

static void keep_priority(const struct passage *passage, size_t token)
{
    static const char *const kinds[] = {"priority", "theme", "aim", "objective", "outcome", "goal"};
    size_t name = token + 2;
    if (name >= passage->tokens.count || !begins_line(passage, token) || ends_line(passage, name))
        return;
    struct text gap = passage_gap(passage, name);
    int number = number_of(passage->tokens.items[token + 1].raw);
    bool is_next = !passage_gap(passage, token + 1).len && !ends_line(passage, token + 1);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (is_next && passage_word(passage, token, kinds[i]) &&
            (text_is(gap, "-") || text_is(gap, ":") || text_is(gap, ".")))
            keep_name(passage, kinds[i], number, name);
}

void texts_keep_priority(const struct passage *passage, struct text id)
{
    size_t digits = 0;
    while (digits < id.len && is_digit(id.ptr[digits]))
        digits++;
    bool has_more = digits + 1 < id.len && (id.ptr[digits] == '.' || is_letter(id.ptr[digits]));
    if (has_more && passage->tokens.count && passage->tokens.items[0].kind == TOKEN_WORD &&
        !passage_word(passage, 0, "priority|theme|aim|objective|outcome|goal"))
        keep_name(passage, "priority", number_of(text_slice(id, 0, digits)), 0);
}

/* "1. Homes for all" in a list below words that speak of priorities. */
static void keep_listed(const struct passage *passage)
{
    bool is_of_priorities = false;
    for (size_t i = 0; i < passage->tokens.count; i++) {
        if (!begins_line(passage, i))
            continue;
        int number = number_of(passage->tokens.items[i].raw);
        bool is_item = passage->tokens.items[i].kind == TOKEN_NUMBER && number &&
                       i + 1 < passage->tokens.count && !ends_line(passage, i + 1) &&
                       text_is(passage_gap(passage, i + 1), ".");
        if (is_item && is_of_priorities)
            keep_name(passage, "priority", number, i + 1);
        if (is_item)
            continue;
        is_of_priorities = false;
        for (size_t at = i; at < passage->tokens.count && (at == i || !ends_line(passage, at));
             at++)
            is_of_priorities = is_of_priorities || passage_word(passage, at, "priorities");
    }
}

/* ---- "Housing Strategy 2022-2027", "priorities for health … between 2022 and 2027" ---- */

static int year_of(struct text digits)
{
    int year = 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (!is_digit(digits.ptr[i]))
            return 0;
        year = year * 10 + (digits.ptr[i] - '0');
    }
    return digits.len == 4 && year > 1990 && year < 2100 ? year : 0;
}

/* "2022-2027", "2022/27": true with both years. */
static bool read_one_span(struct text raw, struct years *out)
{
    if (raw.len < 7 || (raw.ptr[4] != '-' && raw.ptr[4] != '/'))
        return false;
    struct text end = text_slice(raw, 5, raw.len);
    out->from = year_of(text_slice(raw, 0, 4));
    out->to = year_of(end);
    if (end.len == 2 && is_digit(end.ptr[0]) && is_digit(end.ptr[1]))
        out->to = out->from / 100 * 100 + (end.ptr[0] - '0') * 10 + (end.ptr[1] - '0');
    return out->from && out->to > out->from + 1; /* a financial year is no span */
}

static bool read_span(const struct passage *passage, size_t token, struct years *out)
{
    if (token >= passage->tokens.count)
        return false;
    if (read_one_span(passage->tokens.items[token].raw, out))
        return true;
    size_t other = token + 1;
    if (passage_word(passage, other, "to|and"))
        other++;
    if (other >= passage->tokens.count || passage_breaks(passage, other) ||
        (other == token + 1 && !text_is(passage_gap(passage, other), "-")))
        return false;
    out->from = year_of(passage->tokens.items[token].raw);
    out->to = year_of(passage->tokens.items[other].raw);
    return out->from && out->to > out->from + 1;
}

static void say_years(const struct passage *passage, struct text key, struct years years,
                      size_t token)
{
    struct text value = text_format(passage->checks->arena, "%d to %d", years.from, years.to);
    struct said_once *said =
        texts_say(passage, SAID_YEARS, key, value, value, passage_at(passage, token));
    if (said)
        said->years = years;
}

/* The capitalised words up to "Strategy"; token itself when it has no name. */
static size_t name_start(const struct passage *passage, size_t token)
{
    size_t at = token, first = token;
    while (at > 0 && token - at < NAME_WORDS && !passage_breaks(passage, at) &&
           (!passage_gap(passage, at).len || text_is(passage_gap(passage, at), "&"))) {
        const struct claim_token *word = &passage->tokens.items[--at];
        bool is_capital =
            word->kind == TOKEN_WORD && word->raw.ptr[0] >= 'A' && word->raw.ptr[0] <= 'Z';
        if (!is_capital && !is_small_word(word->word))
            break;
        first = is_capital && !is_small_word(word->word) ? at : first;
    }
    return first;
}

static void keep_plan(const struct passage *passage, size_t token)
{
    struct years years;
    size_t span = token + 1;
    if (!passage_word(passage, token, "strategy|plan|framework|programme|policy"))
        return;
    if (passage_word(passage, span, "for"))
        span++;
    size_t first = name_start(passage, token);
    if (first == token || passage_breaks(passage, span) || !read_span(passage, span, &years))
        return;
    say_years(passage, words_of(passage, first, token + 1), years, span);
}

/* What is said of the years between which something is to be: its last words. */
static void keep_aim(const struct passage *passage, size_t token)
{
    struct years years;
    size_t from = token, words = 0;
    if (!passage_word(passage, token, "between") || !read_span(passage, token + 1, &years))
        return;
    while (from > 0 && words < WORDS_OF_AIM && !passage_breaks(passage, from) &&
           passage->tokens.items[from - 1].kind == TOKEN_WORD)
        words += !is_small_word(passage->tokens.items[--from].word);
    if (words == WORDS_OF_AIM)
        say_years(passage, words_of(passage, from, token), years, token + 1);
}

/* ---- "VwI" and "Vwi" ---- */

/* An abbreviation with small letters between, or what may be one written otherwise; names of people
 * such as "McKay" are none. */
static void keep_spelling(const struct passage *passage, size_t token)
{
    enum { LETTERS_MIN = 3, LETTERS_MAX = 6 };
    struct text raw = passage->tokens.items[token].raw;
    if (passage->tokens.items[token].kind != TOKEN_WORD || raw.len < LETTERS_MIN ||
        raw.len > LETTERS_MAX || text_starts(raw, TEXT("Mc")) || text_starts(raw, TEXT("Mac")) ||
        raw.ptr[0] < 'A' || raw.ptr[0] > 'Z')
        return;
    for (size_t i = 0; i < raw.len; i++)
        if (!is_letter(raw.ptr[i]))
            return;
    struct text copy = text_copy(passage->checks->arena, raw);
    texts_say(passage, SAID_SPELLING, text_lower(passage->checks->arena, raw), copy, copy,
              passage_at(passage, token));
}

void texts_keep(const struct passage *passage)
{
    for (size_t i = 0; i < passage->tokens.count; i++) {
        keep_abbreviation(passage, i);
        keep_priority(passage, i);
        keep_plan(passage, i);
        keep_aim(passage, i);
        keep_spelling(passage, i);
    }
    if (passage->form == TEXT_NARRATIVE)
        keep_listed(passage);
}
