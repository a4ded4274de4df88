#include "data/date.h"

#include <stdlib.h>

bool date_is_known(struct date date)
{
    return date.year != 0;
}

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool date_make(int year, int month, int day, struct date *out)
{
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
        day > days_in_month(year, month))
        return false;
    *out = (struct date){year, month, day};
    return true;
}

int date_compare(struct date a, struct date b)
{
    long x = date_number(a), y = date_number(b);
    return (x > y) - (x < y);
}

/* Days from civil, by eras of 400 years (Howard Hinnant's published algorithm). */
long date_number(struct date date)
{
    long year = date.year - (date.month <= 2);
    long era = year / 400, of_era = year - era * 400;
    long of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

struct date date_from_number(long days)
{
    days += 719468;
    long era = days / 146097, of_era = days - era * 146097;
    long year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    long of_year = of_era - (365 * year + year / 4 - year / 100);
    long month = (5 * of_year + 2) / 153;
    int day = (int)(of_year - (153 * month + 2) / 5 + 1);
    month += month < 10 ? 3 : -9;
    return (struct date){(int)(year + era * 400 + (month <= 2)), (int)month, day};
}

struct date date_add_months(struct date date, int months)
{
    int total = date.year * 12 + date.month - 1 + months;
    int year = total >= 0 ? total / 12 : (total - 11) / 12;
    struct date out = {year, total - year * 12 + 1, date.day};
    int last = days_in_month(out.year, out.month);
    if (out.day > last)
        out.day = last;
    return out;
}

bool date_is_last_of_month(struct date date)
{
    return date.day == days_in_month(date.year, date.month);
}

struct date date_add_months_to_end(struct date date, int months)
{
    struct date moved = date_add_months(date, months);
    return date_is_last_of_month(date) ? date_last_of_month(moved.year, moved.month) : moved;
}

struct date date_first_of_month(int year, int month)
{
    return (struct date){year, month, 1};
}

struct date date_last_of_month(int year, int month)
{
    return (struct date){year, month, days_in_month(year, month)};
}

/* Digits at *at as a number of at least `least` and at most `most` digits; -1 when there are none.
 */
static int read_digits(struct text t, size_t *at, size_t least, size_t most)
{
    size_t from = *at;
    int value = 0;
    while (*at < t.len && *at - from < most && is_digit(t.ptr[*at]))
        value = value * 10 + (t.ptr[(*at)++] - '0');
    return *at - from < least ? -1 : value;
}

bool date_read_iso(struct text t, struct date *out)
{
    size_t at = 0;
    int year = read_digits(t, &at, 4, 4);
    if (at >= t.len || t.ptr[at++] != '-')
        return false;
    int month = read_digits(t, &at, 2, 2);
    if (at >= t.len || t.ptr[at++] != '-')
        return false;
    int day = read_digits(t, &at, 2, 2);
    return at == t.len && date_make(year, month, day, out);
}

int date_full_year(int year, size_t digits)
{
    return digits > 2 ? year : year < 69 ? 2000 + year : 1900 + year;
}

/* With one separator used twice: 30/06/2022, 30.6.22, 30-06-2022. */
static bool read_numeric(struct text t, bool month_first, struct date *out)
{
    size_t at = 0;
    int day = read_digits(t, &at, 1, 2);
    if (day < 0 || at >= t.len || (t.ptr[at] != '/' && t.ptr[at] != '.' && t.ptr[at] != '-'))
        return false;
    char separator = t.ptr[at++];
    int month = read_digits(t, &at, 1, 2);
    if (month < 0 || at >= t.len || t.ptr[at++] != separator)
        return false;
    size_t from = at;
    int year = read_digits(t, &at, 2, 4);
    size_t digits = at - from;
    if (at != t.len || (digits != 2 && digits != 4))
        return false;
    return date_make(date_full_year(year, digits), month_first ? day : month,
                     month_first ? month : day, out);
}

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};
static const char *const weekdays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday"};

int month_number(struct text name)
{
    for (int m = 1; m <= 12; m++) {
        struct text full = text_from(months[m - 1]);
        if (text_same_name(name, full) || text_same_name(name, text_slice(full, 0, 3)))
            return m;
    }
    return text_same_name(name, TEXT("Sept")) ? 9 : 0;
}

const char *month_name(int month)
{
    return months[month - 1];
}

/* The next run of letters or of digits, other bytes skipped. */
static struct text next_word(struct text t, size_t *at)
{
    while (*at < t.len && !is_digit(t.ptr[*at]) && !is_letter(t.ptr[*at]))
        ++*at;
    size_t from = *at;
    bool digits = *at < t.len && is_digit(t.ptr[*at]);
    while (*at < t.len && (digits ? is_digit(t.ptr[*at]) : is_letter(t.ptr[*at])))
        ++*at;
    return text_slice(t, from, *at);
}

static bool is_weekday(struct text word)
{
    for (size_t i = 0; i < 7; i++)
        if (text_same_name(word, text_from(weekdays[i])) ||
            text_same_name(word, text_slice(text_from(weekdays[i]), 0, 3)))
            return true;
    return false;
}

static bool is_ordinal_ending(struct text word)
{
    return text_same_name(word, TEXT("st")) || text_same_name(word, TEXT("nd")) ||
           text_same_name(word, TEXT("rd")) || text_same_name(word, TEXT("th"));
}

/* "Thursday, 30th June 2022" */
static bool read_words(struct text t, struct date *out)
{
    size_t at = 0, digits_at = 0;
    struct text word = next_word(t, &at);
    if (is_weekday(word))
        word = next_word(t, &at);
    int day = read_digits(word, &digits_at, 1, 2);
    if (day < 0 || digits_at != word.len)
        return false;
    word = next_word(t, &at);
    if (is_ordinal_ending(word))
        word = next_word(t, &at);
    int month = month_number(word);
    word = next_word(t, &at);
    digits_at = 0;
    int year = read_digits(word, &digits_at, 2, 4);
    if (!month || year < 0 || digits_at != word.len || (digits_at != 2 && digits_at != 4))
        return false;
    return at == t.len && date_make(date_full_year(year, digits_at), month, day, out);
}

bool date_read(struct text t, struct date *out)
{
    t = text_trim(t);
    return date_read_iso(t, out) || read_numeric(t, false, out) || read_words(t, out);
}

bool date_read_month_first(struct text t, struct date *out)
{
    return read_numeric(text_trim(t), true, out);
}

struct text date_iso(struct arena *arena, struct date date)
{
    if (!date_is_known(date))
        return TEXT_EMPTY;
    return text_format(arena, "%04d-%02d-%02d", date.year, date.month, date.day);
}

struct text date_display(struct arena *arena, struct date date)
{
    if (!date_is_known(date))
        return TEXT_EMPTY;
    return text_format(arena, "%d %s %d", date.day, months[date.month - 1], date.year);
}

struct text date_display_long(struct arena *arena, struct date date)
{
    if (!date_is_known(date))
        return TEXT_EMPTY;
    long weekday = (date_number(date) + 3) % 7; /* 1970-01-01 was a Thursday */
    if (weekday < 0)
        weekday += 7;
    return text_format(arena, "%s, %d %s %d", weekdays[weekday], date.day, months[date.month - 1],
                       date.year);
}
