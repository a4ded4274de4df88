/* texts_ranges - times and ages of a text that go from the later to the earlier, and whole years
 * that are called a year to date. */
#include "check/texts_int.h"

enum { WORDS_BACK = 8, WORDS_OF_LABEL = 12 };

/* Comparisons go either way. */
static bool compares(const struct passage *passage, size_t token)
{
    size_t last = passage_last(passage, token);
    for (size_t at = passage_first(passage, token); at < last; at++)
        if (passage_word(passage, at,
                         "compared|comparing|compare|comparison|difference|change|gap|"
                         "changes|against|versus|v|vs|back"))
            return true;
    return false;
}

static bool stands_before(const struct passage *passage, size_t token, const char *word,
                          size_t most)
{
    size_t first = passage_first(passage, token);
    for (size_t at = token; at > first && token - at < most; at--)
        if (passage_word(passage, at - 1, word))
            return true;
    return false;
}

/* How two times are joined; where the other begins is put into *next. */
enum joint { JOINT_NONE, JOINT_DASH, JOINT_TO, JOINT_AND };
static enum joint joint_of(const struct passage *passage, size_t end, size_t *next)
{
    if (end >= passage->tokens.count || passage_breaks(passage, end))
        return JOINT_NONE;
    struct text gap = passage_gap(passage, end);
    *next = end;
    if (text_is(gap, "-"))
        return JOINT_DASH;
    *next = end + 1;
    if (passage_word(passage, end, "to|until|till"))
        return gap.len ? JOINT_NONE : JOINT_TO;
    bool is_and = passage_word(passage, end, "and") && (!gap.len || text_is(gap, ")"));
    return is_and ? JOINT_AND : JOINT_NONE;
}

static bool is_range(const struct passage *passage, const struct when *first, enum joint joint)
{
    switch (joint) {
    case JOINT_DASH:
        return true;
    case JOINT_TO:
        return !first->is_year || stands_before(passage, first->first, "from", 1);
    case JOINT_AND:
        return stands_before(passage, first->first, "between", WORDS_BACK);
    default:
        return false;
    }
}

static bool is_whole_year(const struct when *first, const struct when *second)
{
    return !first->is_year && first->start.month == 4 && first->start.day == 1 &&
           second->stop.month == 3 && second->stop.day == 31 &&
           second->stop.year == first->start.year + 1;
}

/* "YTD", "year to date" a few words before. */
static bool is_to_date(const struct passage *passage, size_t token)
{
    size_t first = passage_first(passage, token);
    for (size_t at = token; at > first && token - at < WORDS_OF_LABEL; at--)
        if (passage_word(passage, at - 1, "ytd") ||
            (passage_word(passage, at - 1, "date") && at > 2 &&
             passage_word(passage, at - 2, "to") && passage_word(passage, at - 3, "year")))
            return true;
    return false;
}

static void check_times(const struct passage *passage, size_t token)
{
    struct when first, second;
    size_t next;
    if (!texts_when(passage, token, &first))
        return;
    enum joint joint = joint_of(passage, first.end, &next);
    if (joint == JOINT_NONE || !texts_when(passage, next, &second) ||
        !is_range(passage, &first, joint))
        return;
    struct text words = text_slice(passage->words, passage_at(passage, token),
                                   passage_behind(passage, second.end - 1));
    struct place place = passage_place(passage, passage_at(passage, token));
    if (date_compare(second.stop, first.start) < 0 && first.is_year == second.is_year &&
        !compares(passage, token))
        diag(passage->diags, DIAG_STATED_DATE, place,
             "'%.*s' goes from the later to the earlier: check both dates", TEXT_ARG(words));
    else if (joint != JOINT_AND && is_whole_year(&first, &second) && is_to_date(passage, token))
        diag(passage->diags, DIAG_PERIOD_LABEL, place,
             "'%.*s' is a whole year, and is called a year to date", TEXT_ARG(words));
}

/* ---- "aged 65 to 18", "65-18 year olds" ---- */

static bool read_ages(const struct passage *passage, size_t token, int *from, int *to)
{
    struct text raw = passage->tokens.items[token].raw;
    size_t dash = text_find(raw, '-', 0), at = 0;
    int *out = from;
    *from = *to = 0;
    if (dash == raw.len || !is_digit(raw.ptr[0]) || raw.len > 7)
        return false;
    for (; at < raw.len; at++) {
        if (at == dash)
            out = to;
        else if (!is_digit(raw.ptr[at]))
            return false;
        else
            *out = *out * 10 + (raw.ptr[at] - '0');
    }
    return true;
}

static bool is_age(const struct passage *passage, size_t token, struct decimal *out)
{
    *out = token < passage->tokens.count ? passage->tokens.items[token].number : decimal_from(0);
    return passage_is_number(passage, token) && passage->tokens.items[token].kind == TOKEN_NUMBER &&
           !out->scale && decimal_compare(*out, decimal_from(120)) < 0;
}

static void check_ages(const struct passage *passage, size_t token)
{
    bool is_aged = token && passage_word(passage, token - 1, "aged|ages");
    int from, to;
    struct decimal first, last;
    size_t end = token;
    bool is_wrong = read_ages(passage, token, &from, &to) && from > to && from < 120 &&
                    (is_aged || passage_word(passage, token + 1, "year"));
    if (!is_wrong && is_aged && is_age(passage, token, &first)) {
        end = passage_word(passage, token + 1, "to") ? token + 2 : token + 1;
        is_wrong = is_age(passage, end, &last) && decimal_compare(first, last) > 0 &&
                   (end == token + 2 || text_is(passage_gap(passage, end), "-"));
    }
    if (is_wrong)
        diag(passage->diags, DIAG_STATED_NUMBER, passage_place(passage, passage_at(passage, token)),
             "'%.*s' goes from the older to the younger: check both ages",
             TEXT_ARG(text_slice(passage->words, passage_at(passage, token),
                                 passage_behind(passage, end))));
}

void texts_ranges(const struct passage *passage)
{
    for (size_t i = 0; i < passage->tokens.count; i++) {
        check_times(passage, i);
        check_ages(passage, i);
    }
}
