/*
 * texts_changes - what a sentence says of its own two numbers: "from 4 to 5, a rise of 20%", "5 in
 * 2021, an increase of 20% (4 in 2011)". Percentages of percentages and rates in per cent, too.
 */
#include "check/texts_int.h"

#include <string.h>

#define UP                                                                                         \
    "rise|rose|risen|rising|increase|increased|increases|increasing|growth|grew|grown|up|higher"
#define DOWN                                                                                       \
    "fall|fell|fallen|falling|decrease|decreased|decreases|decreasing|reduction|reduced|drop|"     \
    "dropped|decline|declined|down|lower|fewer"

enum { WORDS_BETWEEN = 6, WORDS_AROUND = 14 };

/* Two numbers of one thing, and which of them is the earlier. */
struct pair {
    size_t before, now;
    size_t end; /* one behind both */
};

static bool is_percent(const struct passage *passage, size_t token)
{
    return passage->tokens.items[token].kind == TOKEN_PERCENT;
}

/* ---- "from 4 to 5" ---- */

/* "from 4 (3% of all) to 5": the number behind "to" alone. */
static bool pair_from_to(const struct passage *passage, size_t from, struct pair *out)
{
    size_t before = from + 1, to = SIZE_MAX;
    if (!passage_word(passage, from, "from") || !passage_is_number(passage, before) ||
        !text_is(passage_gap(passage, before), ""))
        return false;
    for (size_t at = before + 1; at <= before + WORDS_BETWEEN; at++) {
        if (at >= passage->tokens.count || passage_breaks(passage, at))
            return false;
        if (passage_is_number(passage, at))
            return to == at - 1 && text_is(passage_gap(passage, at), "") &&
                   is_percent(passage, at) == is_percent(passage, before) &&
                   (*out = (struct pair){before, at, at + 1}, true);
        if (passage_word(passage, at, "to"))
            to = at;
    }
    return false;
}

/* A year behind "in"; 0: none. */
static int year_behind(const struct passage *passage, size_t token, size_t *end)
{
    for (size_t at = token + 1; at <= token + 4 && at + 1 < passage->tokens.count; at++) {
        struct when when;
        if (passage_breaks(passage, at) || passage_is_number(passage, at))
            return 0;
        if (passage_word(passage, at, "in") && texts_when(passage, at + 1, &when) && when.is_year) {
            *end = when.end;
            return when.start.year;
        }
    }
    return 0;
}

/* "5 homes in 2021, …. (4 in 2011)": the other number stands in brackets, or behind a comma. */
static bool pair_in_years(const struct passage *passage, size_t token, struct pair *out)
{
    size_t end = 0, last = 0;
    int year = passage_is_number(passage, token) && !is_percent(passage, token)
                   ? year_behind(passage, token, &end)
                   : 0;
    for (size_t at = end; year && at < end + WORDS_AROUND && at < passage->tokens.count; at++) {
        if (!passage_is_number(passage, at) || is_percent(passage, at)) {
            if (passage_breaks(passage, at) && !text_contains(passage_gap(passage, at), TEXT("(")))
                return false;
            continue;
        }
        int other = year_behind(passage, at, &last);
        size_t early = other < year ? at : token, late = other < year ? token : at;
        *out = (struct pair){early, late, last};
        struct text gap = passage_gap(passage, at);
        bool is_beside = gap.len ? gap.ptr[gap.len - 1] == '(' || gap.ptr[gap.len - 1] == ','
                                 : passage_word(passage, at - 1, "and|from|with|to|against");
        return other && other != year && is_beside;
    }
    return false;
}

/* ---- by how much ---- */

static bool is_direction(const struct passage *passage, size_t token)
{
    return passage_word(passage, token, UP "|" DOWN);
}

/* "a rise of 20% in the last year" is of another time, "of 5% on the target" of something else. */
static bool ends_there(const struct passage *passage, size_t percent)
{
    size_t at = percent + 1;
    if (is_direction(passage, at))
        at++;
    return at >= passage->tokens.count || passage_breaks(passage, at) ||
           passage_gap(passage, at).len || passage_word(passage, at, "and|but|which|between|from");
}

/* A percentage that a word of direction goes with: "a rise of 20%", "by 20%", "20% up", "(+20%)".
 */
static bool is_change(const struct passage *passage, size_t percent)
{
    if (!is_percent(passage, percent) || passage_is_near(passage, percent))
        return false;
    size_t before = percent;
    if (before && passage_word(passage, before - 1, "of|by") &&
        text_is(passage_gap(passage, percent), ""))
        before--;
    bool is_said = (before && is_direction(passage, before - 1)) ||
                   (before < percent && passage_word(passage, before, "by")) ||
                   is_direction(passage, percent + 1);
    return is_said && ends_there(passage, percent);
}

/* The one percentage that states the change of the two, near them; SIZE_MAX: none, or several. */
static size_t stated_change(const struct passage *passage, const struct pair *pair)
{
    size_t found = SIZE_MAX;
    size_t from = pair->before < pair->now ? pair->before : pair->now;
    size_t first = passage_first(passage, from), last = passage_last(passage, pair->end - 1);
    for (size_t at = first; at < last; at++) {
        bool is_other = at != pair->before && at != pair->now && passage_is_number(passage, at);
        if (is_other && !is_percent(passage, at))
            return SIZE_MAX; /* of something else, perhaps */
        if (!is_other || !is_change(passage, at))
            continue;
        if (found != SIZE_MAX)
            return SIZE_MAX;
        found = at;
    }
    return found;
}

/* 100 × |now − before| / before, rounded as stated; false when it has none. */
static bool change_of(struct decimal before, struct decimal now, unsigned places,
                      struct decimal *out)
{
    struct decimal difference, product;
    if (decimal_sign(before) <= 0 || !decimal_subtract(now, before, &difference))
        return false;
    difference = decimal_sign(difference) < 0 ? decimal_negate(difference) : difference;
    return decimal_multiply(difference, decimal_from(100), &product) &&
           decimal_divide(product, before, places, out);
}

/* "from 64% to 72%, a rise of 8%": the points, where the change in per cent is another. */
static void tell_points(const struct passage *passage, const struct pair *pair, size_t at,
                        struct decimal right)
{
    struct decimal points;
    if (!decimal_subtract(passage_value(passage, pair->now), passage_value(passage, pair->before),
                          &points))
        return;
    points = decimal_sign(points) < 0 ? decimal_negate(points) : points;
    diag(passage->diags, DIAG_PERCENT_MISMATCH, passage_place(passage, passage_at(passage, at)),
         "'%.*s' is stated, but from %.*s to %.*s is a change of %.*s percentage points (%.*s%%): "
         "the "
         "difference of two percentages is in percentage points",
         TEXT_ARG(passage_raw(passage, at)), TEXT_ARG(passage_raw(passage, pair->before)),
         TEXT_ARG(passage_raw(passage, pair->now)), TEXT_ARG(passage_number(passage, points)),
         TEXT_ARG(passage_number(passage, right)));
}

static void check_pair(const struct passage *passage, const struct pair *pair)
{
    size_t at = stated_change(passage, pair);
    struct decimal right;
    if (at == SIZE_MAX || passage_is_near(passage, pair->before) ||
        passage_is_near(passage, pair->now) ||
        passage_is_told(passage, DIAG_PERCENT_MISMATCH, at) ||
        !change_of(passage_value(passage, pair->before), passage_value(passage, pair->now),
                   passage->tokens.items[at].number.scale, &right) ||
        decimal_compare(right, passage->tokens.items[at].number) == 0)
        return;
    if (is_percent(passage, pair->before)) {
        tell_points(passage, pair, at, right);
        return;
    }
    diag(passage->diags, DIAG_PERCENT_MISMATCH, passage_place(passage, passage_at(passage, at)),
         "'%.*s' is stated, but from %.*s to %.*s is %.*s%%: work it out from the numbers, and "
         "round "
         "it once",
         TEXT_ARG(passage_raw(passage, at)), TEXT_ARG(passage_raw(passage, pair->before)),
         TEXT_ARG(passage_raw(passage, pair->now)), TEXT_ARG(passage_number(passage, right)));
}

/* "rose from 5 to 4" */
static void check_direction(const struct passage *passage, const struct pair *pair, size_t from)
{
    size_t word = from ? from - 1 : 0;
    int order =
        decimal_compare(passage_value(passage, pair->now), passage_value(passage, pair->before));
    bool up = from && passage_word(passage, word, UP),
         down = from && passage_word(passage, word, DOWN);
    if ((!up || order >= 0) && (!down || order <= 0))
        return;
    diag(passage->diags, DIAG_STATED_NUMBER, passage_place(passage, passage_at(passage, word)),
         "'%.*s' is said, but from %.*s to %.*s is %s: check the word and both numbers",
         TEXT_ARG(passage->tokens.items[word].raw), TEXT_ARG(passage_raw(passage, pair->before)),
         TEXT_ARG(passage_raw(passage, pair->now)), order < 0 ? "a fall" : "a rise");
}

/* ---- "3.3% a year for 6 years, compound, is 20%" ---- */

/* The growth of so many years at that rate, each on what the last one left; in per cent. */
static bool compounded(struct decimal rate, int64_t years, struct decimal *out)
{
    struct decimal factor = decimal_from(1), step;
    if (!decimal_divide(rate, decimal_from(100), 6, &step) ||
        !decimal_add(step, decimal_from(1), &step))
        return false;
    for (int64_t i = 0; i < years; i++)
        if (!decimal_multiply(factor, step, &factor) || !decimal_round(factor, 9, &factor))
            return false;
    return decimal_subtract(factor, decimal_from(1), &factor) &&
           decimal_multiply(factor, decimal_from(100), out);
}

static void check_compound(const struct passage *passage, size_t word)
{
    enum { YEARS_MAX = 50 };
    size_t rate = SIZE_MAX, total = SIZE_MAX, last = passage_last(passage, word);
    int64_t years = 0;
    for (size_t at = passage_first(passage, word); at < last; at++) {
        const struct claim_token *item = &passage->tokens.items[at];
        if (item->kind == TOKEN_PERCENT && rate == SIZE_MAX)
            rate = at;
        else if (item->kind == TOKEN_PERCENT && total == SIZE_MAX)
            total = at;
        else if (item->kind == TOKEN_PERCENT || (item->kind == TOKEN_NUMBER && years))
            return;
        else if (item->kind == TOKEN_NUMBER &&
                 (!decimal_integer(item->number, &years) || years > YEARS_MAX ||
                  !passage_word(passage, at + 1, "year|years")))
            return;
    }
    struct decimal exact, rounded;
    if (total == SIZE_MAX || !years || passage_is_near(passage, total) ||
        !compounded(passage_value(passage, rate), years, &exact) ||
        !decimal_round(exact, passage->tokens.items[total].number.scale, &rounded) ||
        decimal_compare(rounded, passage_value(passage, total)) == 0)
        return;
    diag(passage->diags, DIAG_PERCENT_MISMATCH, passage_place(passage, passage_at(passage, total)),
         "'%.*s' is stated, but %.*s a year, compound, is %.*s%% in %d years",
         TEXT_ARG(passage_raw(passage, total)), TEXT_ARG(passage_raw(passage, rate)),
         TEXT_ARG(passage_number(passage, rounded)), (int)years);
}

/* ---- "a mortality rate of 83.1%" ---- */

/* Rates that are given per 1,000 or 100,000 people, and cannot be so large a share of them. */
static void check_rate(const struct passage *passage, size_t word)
{
    enum { RATE_MAX = 20, AFTER = 6 };
    if (!passage_word(passage, word, "rate|rates") || !word ||
        !passage_word(passage, word - 1,
                      "mortality|death|birth|fertility|crime|conception|suicide|admission|offence"))
        return;
    for (size_t at = word + 1; at <= word + AFTER && at < passage->tokens.count; at++) {
        if (passage_breaks(passage, at) || is_direction(passage, at) ||
            passage->tokens.items[at].kind == TOKEN_NUMBER)
            return;
        if (!is_percent(passage, at))
            continue;
        if (decimal_compare(passage_value(passage, at), decimal_from(RATE_MAX)) > 0 &&
            !is_change(passage, at) && !passage_word(passage, at + 1, "of|" UP "|" DOWN))
            diag(passage->diags, DIAG_UNIT_SCALE, passage_place(passage, passage_at(passage, at)),
                 "'%.*s' stands for a rate of that kind, which is per 1,000 or 100,000 people: "
                 "check "
                 "its unit",
                 TEXT_ARG(passage_raw(passage, at)));
        return;
    }
}

void texts_changes(const struct passage *passage)
{
    for (size_t i = 0; i < passage->tokens.count; i++) {
        struct pair pair;
        if (pair_from_to(passage, i, &pair)) {
            check_direction(passage, &pair, i);
            check_pair(passage, &pair);
        } else if (pair_in_years(passage, i, &pair)) {
            check_pair(passage, &pair);
        }
        if (passage_word(passage, i, "compound|compounded"))
            check_compound(passage, i);
        check_rate(passage, i);
    }
}
