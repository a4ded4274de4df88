/*
 * registers - figures of a register against each other: facts about a place, each with what it is
 * compared with (statistics.md 7). Names of facts are free text, and are not quoted.
 */
#include "check/check_int.h"

#include <string.h>

/* "Households in 2021" beside "Households in 2011": what both are about, and the two years. */
struct pair {
    struct text subject;
    struct text years[2];
};

struct facts_of {
    struct diags *diags;
    const struct dataset *dataset;
    enum action_field value, name, other;
    bool has_name, has_other;
};

static struct text fact_name(const struct facts_of *facts, const struct action *row)
{
    return text_lower(facts->diags->arena, dataset_action_name(facts->dataset, row).plain);
}

/* A number of a cell; false where there is none that can be held against another. */
static bool read_number(const struct facts_of *facts, const struct action *row,
                        enum action_field field, struct reading *out)
{
    *out = value_read(facts->diags->arena, action_text(row, field).plain);
    return out->value.present && out->flag == READING_OK;
}

static bool is_letter_at(struct text t, size_t at)
{
    return is_letter(char_at(t, at)) || (unsigned char)char_at(t, at) >= 0xC3;
}

/* The first year, 1900 to 2099, that stands from `at` on; t.len: there is none. */
static size_t year_at(struct text t, size_t at)
{
    for (; at + 4 <= t.len; at++) {
        bool begins = (t.ptr[at] == '1' && t.ptr[at + 1] == '9') ||
                      (t.ptr[at] == '2' && t.ptr[at + 1] == '0');
        if (begins && is_digit(t.ptr[at + 2]) && is_digit(t.ptr[at + 3]) &&
            !is_digit(char_at(t, at + 4)) && (!at || !is_digit(t.ptr[at - 1])))
            return at;
    }
    return t.len;
}

/* What stands before the year, without "in", commas and brackets at its end. */
static struct text before_year(struct text name, size_t year)
{
    struct text t = text_trim(text_slice(name, 0, year));
    while (t.len && strchr(",(:;-", t.ptr[t.len - 1]))
        t = text_trim(text_slice(t, 0, t.len - 1));
    return text_ends(t, TEXT(" in")) ? text_trim(text_slice(t, 0, t.len - 3)) : t;
}

static bool read_pair(const struct facts_of *facts, const struct action *row, struct pair *out)
{
    struct text now = fact_name(facts, row);
    struct text before = text_lower(
        facts->diags->arena, facts->has_name ? action_text(row, facts->name).plain : TEXT_EMPTY);
    size_t at = year_at(now, 0), at_before = year_at(before, 0);
    out->subject = before_year(now, at);
    if (at == now.len || at_before == before.len || !out->subject.len ||
        !text_equal(out->subject, before_year(before, at_before)))
        return false;
    out->years[0] = text_slice(now, at, at + 4);
    out->years[1] = text_slice(before, at_before, at_before + 4);
    return true;
}

/* Words beside the subject that leave it whole: it is its change between the two years. */
static bool is_word_of_change(struct text word, bool *is_change)
{
    static const char *const changes[] = {
        "growth", "increase", "increased", "increases", "rise", "rose", "grew",    "grown",
        "change", "changed",  "decrease",  "decreased", "fall", "fell", "decline", "declined"};
    static const char *const others[] = {"in",     "of",       "the",   "between", "from",
                                         "to",     "and",      "since", "by",      "over",
                                         "census", "censuses", "year",  "years",   "decade",
                                         "ten",    "last",     "per",   "cent",    "percentage"};
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++)
        if (text_is(word, changes[i])) {
            *is_change = true;
            return true;
        }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (text_is(word, others[i]))
            return true;
    return false;
}

/* "households, growth from census to census" of the pair of "households". */
static bool is_change_of(struct text name, const struct pair *pair)
{
    const char *found = memmem(name.ptr, name.len, pair->subject.ptr, pair->subject.len);
    size_t start = found ? (size_t)(found - name.ptr) : name.len, end = start + pair->subject.len;
    bool is_change = false;
    if (!found || (start && is_letter_at(name, start - 1)) || is_letter_at(name, end))
        return false;
    for (size_t at = 0; at < name.len;) {
        size_t from = at;
        if (at == start) {
            at = end;
            continue;
        }
        while (at < name.len && at != start && (is_letter_at(name, at) || is_digit(name.ptr[at])))
            at++;
        struct text word = text_slice(name, from, at);
        if (word.len && !text_equal(word, pair->years[0]) && !text_equal(word, pair->years[1]) &&
            !is_word_of_change(word, &is_change))
            return false;
        at += from == at;
    }
    return is_change;
}

static struct decimal without_sign(struct decimal number)
{
    return decimal_sign(number) < 0 ? decimal_negate(number) : number;
}

/* The change of `now` on `before` in per cent, exact enough to be rounded to `places`. */
static bool percent_of(struct decimal now, struct decimal before, unsigned places,
                       struct decimal *out)
{
    struct decimal difference, hundredfold;
    return decimal_sign(before) > 0 && decimal_subtract(now, before, &difference) &&
           decimal_multiply(difference, decimal_from(100), &hundredfold) &&
           decimal_divide(hundredfold, before, places, out);
}

static void judge_change(const struct facts_of *facts, const struct action *row,
                         const struct reading *now, const struct reading *before,
                         const struct action *said)
{
    struct arena *arena = facts->diags->arena;
    struct decimal rounded, shown;
    struct reading stated;
    if (!read_number(facts, said, facts->value, &stated) || !text_is(stated.unit, "percent"))
        return;
    unsigned places = stated.value.number.scale;
    if (!percent_of(now->value.number, before->value.number, places, &rounded) ||
        decimal_compare(without_sign(rounded), without_sign(stated.value.number)) == 0 ||
        !percent_of(now->value.number, before->value.number, places ? places : 1, &shown))
        return;
    diag(facts->diags, DIAG_PERCENT_MISMATCH, action_place(said, facts->value),
         "'%.*s%%' is given as a change, but %.*s compared with %.*s, as line %u has them, is "
         "%.*s%%: work it out from the figures, and round it once",
         TEXT_ARG(decimal_text(arena, stated.value.number)),
         TEXT_ARG(
             decimal_display(arena, now->value.number, now->value.number.scale, DECIMAL_GROUPS)),
         TEXT_ARG(decimal_display(arena, before->value.number, before->value.number.scale,
                                  DECIMAL_GROUPS)),
         row->place.line, TEXT_ARG(decimal_text(arena, shown)));
}

/* A row that gives the percentage between two figures that another row gives. */
static void check_changes(const struct facts_of *facts)
{
    const struct dataset *dataset = facts->dataset;
    for (size_t i = 0; facts->has_other && i < dataset->action_count; i++) {
        const struct action *row = &dataset->actions[i];
        struct reading now, before;
        struct pair pair;
        if (!read_pair(facts, row, &pair) || !read_number(facts, row, facts->value, &now) ||
            !read_number(facts, row, facts->other, &before) || !text_equal(now.unit, before.unit) ||
            text_is(now.unit, "percent"))
            continue;
        for (size_t k = 0; k < dataset->action_count; k++)
            if (k != i && is_change_of(fact_name(facts, &dataset->actions[k]), &pair))
                judge_change(facts, row, &now, &before, &dataset->actions[k]);
    }
}

/* ---- rates of one population ---- */

static bool is_employment(struct text name)
{
    return text_contains(name, TEXT("employment rate")) && !text_contains(name, TEXT("unemploy"));
}

static bool is_inactivity(struct text name)
{
    return text_contains(name, TEXT("inactiv")) && text_contains(name, TEXT("rate"));
}

/* People who look for work are in neither: together they are less than all. */
static void judge_rates(const struct facts_of *facts, const struct action *work,
                        const struct action *rest, enum action_field field)
{
    struct reading a, b;
    struct decimal sum;
    if (!read_number(facts, work, field, &a) || !read_number(facts, rest, field, &b) ||
        !text_is(a.unit, "percent") || !text_is(b.unit, "percent") ||
        !decimal_add(a.value.number, b.value.number, &sum) ||
        decimal_compare(sum, decimal_from(100)) < 0)
        return;
    diag(facts->diags, DIAG_PERCENT_MISMATCH, action_place(work, field),
         "an employment rate of %.*s%% and, on line %u, an inactivity rate of %.*s%% come to "
         "%.*s%%, and those who look for work are in neither: one of the two is of another time or "
         "other ages, or wrong",
         TEXT_ARG(decimal_text(facts->diags->arena, a.value.number)), rest->place.line,
         TEXT_ARG(decimal_text(facts->diags->arena, b.value.number)),
         TEXT_ARG(decimal_text(facts->diags->arena, sum)));
}

static void check_rates(const struct facts_of *facts)
{
    const struct dataset *dataset = facts->dataset;
    const struct action *work = NULL, *rest = NULL;
    for (size_t i = 0; i < dataset->action_count; i++) {
        const struct action *row = &dataset->actions[i];
        struct text name = fact_name(facts, row);
        work = !work && is_employment(name) ? row : work;
        rest = !rest && is_inactivity(name) ? row : rest;
    }
    if (!work || !rest)
        return;
    judge_rates(facts, work, rest, facts->value);
    if (facts->has_other && facts->has_name &&
        text_same_name(action_text(work, facts->name).plain, action_text(rest, facts->name).plain))
        judge_rates(facts, work, rest, facts->other);
}

/* ---- one row by itself ---- */

/* Deaths are counted per 100,000 people or so; as a percentage they would be most of them. */
static void check_mortality(const struct facts_of *facts)
{
    for (size_t i = 0; i < facts->dataset->action_count; i++) {
        const struct action *row = &facts->dataset->actions[i];
        struct text name = fact_name(facts, row);
        struct reading rate;
        if ((text_contains(name, TEXT("mortality")) || text_contains(name, TEXT("death rate"))) &&
            read_number(facts, row, facts->value, &rate) && text_is(rate.unit, "percent") &&
            decimal_compare(rate.value.number, decimal_from(10)) >= 0)
            diag(facts->diags, DIAG_UNIT_SCALE, action_place(row, facts->value),
                 "'%.*s%%' is given for a mortality: rates of deaths are usually per 100,000 "
                 "people, so the unit may be wrong",
                 TEXT_ARG(decimal_text(facts->diags->arena, rate.value.number)));
    }
}

/* One finding for all of them. */
static void check_blanks(const struct facts_of *facts)
{
    const struct dataset *dataset = facts->dataset;
    const struct action *first = NULL;
    size_t blank = 0;
    for (size_t i = 0; i < dataset->action_count; i++)
        if (!text_trim(action_text(&dataset->actions[i], facts->value).plain).len) {
            first = first ? first : &dataset->actions[i];
            blank++;
        }
    if (blank && blank < dataset->action_count)
        diag(facts->diags, DIAG_GAP, action_place(first, facts->value),
             "%zu of %zu rows %s no '%.*s'; the first is this one: give it, or leave the row out",
             blank, dataset->action_count, blank == 1 ? "has" : "have",
             TEXT_ARG(dataset_action_header(dataset, facts->value)));
}

void check_registers(struct diags *diags, const struct check_input *input)
{
    const struct dataset *dataset = input->dataset;
    struct facts_of facts = {.diags = diags, .dataset = dataset};
    if (!dataset->action_count || !dataset_action_field(dataset, TEXT("Value"), &facts.value))
        return;
    facts.has_name = dataset_action_field(dataset, TEXT("Comparator"), &facts.name);
    facts.has_other = dataset_action_field(dataset, TEXT("Comparator value"), &facts.other);
    check_changes(&facts);
    check_rates(&facts);
    check_mortality(&facts);
    check_blanks(&facts);
}
