/* texts_dates - days and years of a text that cannot be, or that can be read in two ways. */
#include "check/texts_int.h"

#include "data/period.h"

#include <stdlib.h>
#include <string.h>

static struct place place_of(const struct passage *passage, size_t token)
{
    return passage_place(passage, passage_at(passage, token));
}

/* As written, from the first token to before `end`. */
static struct text written(const struct passage *passage, size_t first, size_t end)
{
    return text_slice(passage->words, passage_at(passage, first), passage_behind(passage, end - 1));
}

/* ---- "31 June 2022", "Wednesday 30 June 2022" ---- */

static void check_weekday(const struct passage *passage, size_t token,
                          const struct day_named *named)
{
    static const char weekdays[] = "monday|tuesday|wednesday|thursday|friday|saturday|sunday";
    struct text right = date_display_long(passage->diags->arena, named->date);
    struct text name = text_slice(right, 0, text_find(right, ',', 0));
    if (!token || !passage_word(passage, token - 1, weekdays) || passage_breaks(passage, token) ||
        text_same_name(name, passage->tokens.items[token - 1].raw))
        return;
    diag(passage->diags, DIAG_STATED_DATE, place_of(passage, token - 1),
         "'%.*s' is a %.*s, and not a %.*s: check the day and the date",
         TEXT_ARG(written(passage, token, named->end)), TEXT_ARG(name),
         TEXT_ARG(passage->tokens.items[token - 1].raw));
}

/* No year at all is named in the text. */
static bool has_years(const struct passage *passage)
{
    for (size_t i = 0; i < passage->tokens.count; i++) {
        struct text raw = passage->tokens.items[i].raw;
        if (raw.len >= 4 && is_digit(raw.ptr[0]) &&
            (text_starts(raw, TEXT("20")) || text_starts(raw, TEXT("19"))))
            return true;
        if (passage->tokens.items[i].kind == TOKEN_FACT)
            return true;
    }
    return false;
}

static size_t check_day(const struct passage *passage, size_t token)
{
    struct day_named named;
    if (passage->tokens.items[token].kind > TOKEN_NUMBER || passage->tokens.items[token].is_money ||
        !texts_day(passage, token, &named))
        return token;
    struct text words = written(passage, token, named.end);
    if (named.has_year && !named.is_day)
        diag(passage->diags, DIAG_STATED_DATE, place_of(passage, token),
             "there is no '%.*s': check the day", TEXT_ARG(words));
    else if (named.has_year)
        check_weekday(passage, token, &named);
    else if (passage->form == TEXT_CELL && !has_years(passage))
        diag(passage->diags, DIAG_STATED_DATE_OPEN, place_of(passage, token),
             "'%.*s' has no year, and nothing beside it says which", TEXT_ARG(words));
    return named.end - 1;
}

/* ---- "6/30/2022", "6/8/2022 11:40 AM" ---- */

static bool is_american_time(const struct passage *passage, size_t token)
{
    for (size_t at = token + 2; at <= token + 4 && at < passage->tokens.count; at++)
        if (text_is(passage->tokens.items[at].raw, "AM") ||
            text_is(passage->tokens.items[at].raw, "PM"))
            return text_is(passage_gap(passage, token + 2), ":");
    return false;
}

static void check_month_first(const struct passage *passage, size_t token)
{
    struct text raw = passage->tokens.items[token].raw;
    struct date first, usual;
    size_t slash = text_find(raw, '/', 0);
    if (slash == raw.len || text_find(raw, '/', slash + 1) == raw.len ||
        !date_read_month_first(raw, &first))
        return;
    bool is_usual = date_read(raw, &usual);
    if (is_usual && (date_compare(first, usual) == 0 || !is_american_time(passage, token)))
        return;
    diag(passage->diags, DIAG_STATED_DATE, place_of(passage, token),
         "'%.*s' has the month first: write '%.*s'", TEXT_ARG(raw),
         TEXT_ARG(date_display(passage->diags->arena, first)));
}

/* ---- "2024/05", "2 3/24", "Q3 and Q4 2023" ---- */

static bool has_form(struct text raw, const char *form)
{
    for (size_t i = 0; i < raw.len; i++)
        if (form[i] == '0' ? !is_digit(raw.ptr[i]) : raw.ptr[i] != form[i])
            return false;
    return raw.len == strlen(form);
}

static bool is_alone(const struct passage *passage, size_t token)
{
    struct text before = passage_gap(passage, token);
    char after = char_at(passage->plain, passage_behind(passage, token));
    return !text_ends(before, TEXT("/")) && !text_ends(before, TEXT("-")) && after != '/' &&
           after != '-';
}

static void check_year(const struct passage *passage, size_t token)
{
    struct text raw = passage->tokens.items[token].raw;
    if (!has_form(raw, "0000/00") || !is_alone(passage, token) ||
        (token && passage_word(passage, token - 1,
                               "si|no|number|regulation|regulations|directive|decision|order|"
                               "reference|ref|application|minute|circular")) ||
        (!text_starts(raw, TEXT("20")) && !text_starts(raw, TEXT("19"))))
        return;
    if (period_read(passage->diags->arena, raw).flag != PERIOD_ERROR)
        return;
    int first = (raw.ptr[2] - '0') * 10 + (raw.ptr[3] - '0');
    int second = (raw.ptr[5] - '0') * 10 + (raw.ptr[6] - '0');
    bool is_month = second >= 1 && second <= 12;
    if (!is_month && abs(second - first) > 3)
        return; /* the number of an order */
    diag(passage->diags, DIAG_PERIOD_LABEL, place_of(passage, token),
         "'%.*s' is no year: write '%.*s%02d'%s%s%s", TEXT_ARG(raw), 5, raw.ptr, (first + 1) % 100,
         is_month ? ", or '" : "", is_month ? month_name(second) : "",
         is_month ? "' and the year" : "");
}

static void check_split_year(const struct passage *passage, size_t token)
{
    struct text raw = passage->tokens.items[token].raw;
    if (!token || !has_form(raw, "0/00") || !has_form(passage->tokens.items[token - 1].raw, "0") ||
        passage_gap(passage, token).len)
        return;
    int first = (passage->tokens.items[token - 1].raw.ptr[0] - '0') * 10 + (raw.ptr[0] - '0');
    int second = (raw.ptr[2] - '0') * 10 + (raw.ptr[3] - '0');
    if (second == (first + 1) % 100)
        diag(passage->diags, DIAG_STATED_DATE, place_of(passage, token - 1),
             "'%.*s' may be the year '20%02d/%02d' with a space in it",
             TEXT_ARG(written(passage, token - 1, token + 1)), first, second);
}

/* A quarter that begins at the token: one behind it; 0 when there is none. */
static size_t quarter_end(const struct passage *passage, size_t token)
{
    if (passage_word(passage, token, "q1|q2|q3|q4"))
        return token + 1;
    bool is_one = passage_word(passage, token, "quarter|qtr|qu|q") &&
                  token + 1 < passage->tokens.count && !passage_gap(passage, token + 1).len;
    struct text number = is_one ? passage->tokens.items[token + 1].raw : TEXT_EMPTY;
    return number.len == 1 && number.ptr[0] >= '1' && number.ptr[0] <= '4' ? token + 2 : 0;
}

static size_t check_quarter(const struct passage *passage, size_t token)
{
    size_t end = quarter_end(passage, token), at = end;
    if (!end)
        return token;
    bool is_two = passage_word(passage, end, "and|to") ||
                  (end < passage->tokens.count && text_is(passage_gap(passage, end), "-"));
    size_t other =
        is_two ? quarter_end(passage, passage_word(passage, end, "and|to") ? end + 1 : end) : 0;
    at = other ? other : end;
    if (passage_word(passage, at, "of|in"))
        at++;
    struct when when;
    if (!texts_when(passage, at, &when) || !when.is_year || !is_alone(passage, at) ||
        passage_breaks(passage, at) || passage_gap(passage, at).len)
        return end - 1;
    diag(passage->diags, DIAG_STATED_DATE_OPEN, place_of(passage, token),
         "'%.*s' may be of the calendar year or of the financial year: write '%d/%02d' or the "
         "months",
         TEXT_ARG(written(passage, token, at + 1)), when.start.year, (when.start.year + 1) % 100);
    return at;
}

/* ---- what was, after the day of the report; what will be, before it ---- */

static bool is_preposition(const struct passage *passage, size_t token)
{
    return passage_word(passage, token, "in|on|by|from|until");
}

/* "will be published in March 2021": the words between are few, and say nothing of the past. */
static bool is_to_come(const struct passage *passage, size_t before)
{
    enum { WORDS = 5 };
    for (size_t at = before; at > 0 && before - at < WORDS; at--) {
        if (passage_breaks(passage, at) || passage_gap(passage, at).len)
            return false;
        if (passage_word(passage, at - 1, "will"))
            return passage_word(passage, at,
                                "be|begin|start|open|take|end|close|meet|launch|report");
    }
    return false;
}

/* "was published on 3 July 2022" */
static bool is_over(const struct passage *passage, size_t before)
{
    return before > 1 && passage_word(passage, before - 2, "was|were|been") &&
           text_ends(passage->tokens.items[before - 1].raw, TEXT("ed")) &&
           !passage_word(passage, before - 1,
                         "scheduled|expected|planned|needed|required|proposed|postponed|delayed|"
                         "deferred|extended|used|agreed|approved|budgeted|funded|contracted") &&
           !passage_word(passage, before, "by|from|until");
}

static void check_against_report(const struct passage *passage, size_t token)
{
    struct date as_at = passage->checks->as_at;
    struct when when;
    if (passage->form != TEXT_NARRATIVE || !date_is_known(as_at) || !token ||
        !is_preposition(passage, token - 1) || !texts_when(passage, token, &when) || when.is_year)
        return;
    struct text report = date_display(passage->diags->arena, as_at);
    if (date_compare(when.stop, as_at) < 0 && is_to_come(passage, token - 1))
        diag(passage->diags, DIAG_STATED_DATE, place_of(passage, token),
             "'%.*s' is told as to come, and had ended by %.*s, the day of the report",
             TEXT_ARG(written(passage, token, when.end)), TEXT_ARG(report));
    else if (date_compare(when.start, as_at) > 0 && is_over(passage, token - 1))
        diag(passage->diags, DIAG_STATED_DATE, place_of(passage, token),
             "'%.*s' is told as past, and is after %.*s, the day of the report",
             TEXT_ARG(written(passage, token, when.end)), TEXT_ARG(report));
}

void texts_dates(const struct passage *passage)
{
    for (size_t i = 0; i < passage->tokens.count; i++) {
        check_against_report(passage, i);
        check_month_first(passage, i);
        check_year(passage, i);
        check_split_year(passage, i);
        size_t day = check_day(passage, i);
        i = day > i ? day : check_quarter(passage, i);
    }
}
