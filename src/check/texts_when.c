/* texts_when - the days, months and years that words name. */
#include "check/texts_int.h"

#include "data/period.h"
#include "data/spelling_int.h"

/* All digits, so many of them at most. */
static bool read_digits(struct text t, size_t most, int *out)
{
    *out = 0;
    for (size_t i = 0; i < t.len; i++) {
        if (!is_digit(t.ptr[i]) || i >= most)
            return false;
        *out = *out * 10 + (t.ptr[i] - '0');
    }
    return t.len > 0;
}

static bool is_beside(const struct passage *passage, size_t token)
{
    return token < passage->tokens.count && passage_gap(passage, token).len == 0 &&
           !passage_breaks(passage, token);
}

/* 2021, or '21 and 21 behind a month. */
static bool read_year(const struct passage *passage, size_t token, bool is_behind_month, int *year)
{
    if (token >= passage->tokens.count)
        return false;
    struct text raw = passage->tokens.items[token].raw;
    struct text gap = passage_gap(passage, token);
    bool is_apart = gap.len && !text_is(gap, "'") && !text_is(gap, ",");
    if (!read_digits(raw, 4, year) || (is_behind_month && is_apart))
        return false;
    if (raw.len == 4)
        return *year >= 1900 && *year < 2100;
    *year = date_full_year(*year, raw.len);
    return raw.len == 2 && is_behind_month && !passage_breaks(passage, token);
}

/* "30" or "30th"; 0: it is no day of a month. */
static int read_day(struct text raw)
{
    int day = 0;
    if (raw.len > 2 && is_spelling(text_slice(raw, raw.len - 2, raw.len), "st|nd|rd|th"))
        raw.len -= 2;
    return raw.len <= 2 && read_digits(raw, 2, &day) && day <= 31 ? day : 0;
}

/* 1 to 12; 0 of other words: "may" and "march" are verbs. */
static int read_month_name(const struct passage *passage, size_t token)
{
    struct text raw = passage->tokens.items[token].raw;
    return raw.ptr[0] >= 'A' && raw.ptr[0] <= 'Z' ? month_number(raw) : 0;
}

bool texts_day(const struct passage *passage, size_t token, struct day_named *out)
{
    int day = read_day(passage->tokens.items[token].raw), year;
    size_t at = token + 1;
    *out = (struct day_named){.end = at};
    if (passage_word(passage, at, "st|nd|rd|th")) /* "7 th February" */
        at++;
    if (passage_word(passage, at, "of"))
        at++;
    int month = day && is_beside(passage, at) ? read_month_name(passage, at) : 0;
    if (!month)
        return false;
    out->end = at + 1;
    out->has_year = read_year(passage, at + 1, true, &year);
    if (!out->has_year)
        return true;
    out->end = at + 2;
    out->is_day = date_make(year, month, day, &out->date);
    return true;
}

static bool read_date(const struct passage *passage, size_t token, struct when *out)
{
    struct day_named named;
    if (!texts_day(passage, token, &named) || !date_is_known(named.date))
        return false;
    *out = (struct when){.first = token, .end = named.end, .start = named.date, .stop = named.date};
    return true;
}

static bool read_month(const struct passage *passage, size_t token, struct when *out)
{
    int month = read_month_name(passage, token), year;
    if (!month || !read_year(passage, token + 1, true, &year))
        return false;
    *out = (struct when){.first = token,
                         .end = token + 2,
                         .start = date_first_of_month(year, month),
                         .stop = date_last_of_month(year, month)};
    return true;
}

static bool read_numeric(const struct passage *passage, size_t token, struct when *out)
{
    struct text raw = passage->tokens.items[token].raw;
    struct date date;
    if (raw.len < 6 || !is_digit(raw.ptr[0]) || !date_read(raw, &date))
        return false;
    *out = (struct when){.first = token, .end = token + 1, .start = date, .stop = date};
    return true;
}

/* "2021/22" */
static bool read_financial_year(const struct passage *passage, size_t token, struct when *out)
{
    struct text raw = passage->tokens.items[token].raw;
    if (raw.len < 5 || !is_digit(raw.ptr[0]) || text_find(raw, '/', 0) == raw.len)
        return false;
    struct period period = period_read(passage->diags->arena, raw);
    *out =
        (struct when){.first = token, .end = token + 1, .start = period.start, .stop = period.end};
    return period.kind == PERIOD_FINANCIAL_YEAR && period.flag == PERIOD_OK;
}

bool texts_when(const struct passage *passage, size_t token, struct when *out)
{
    int year;
    if (token >= passage->tokens.count || passage->tokens.items[token].kind > TOKEN_NUMBER ||
        passage->tokens.items[token].is_money)
        return false;
    if (read_date(passage, token, out) || read_month(passage, token, out) ||
        read_numeric(passage, token, out) || read_financial_year(passage, token, out))
        return true;
    if (passage->tokens.items[token].kind != TOKEN_NUMBER ||
        !read_year(passage, token, false, &year))
        return false;
    *out = (struct when){.first = token,
                         .end = token + 1,
                         .start = date_first_of_month(year, 1),
                         .stop = date_last_of_month(year, 12),
                         .is_year = true};
    return true;
}
