/* number_show - the text of a number (number_format_int.h). */
#include "read/number_format_int.h"

#include "data/date.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    EXACT_DIGITS = 15,  /* decimals of so many digits are the shortest of their double */
    DOUBLE_DIGITS = 17, /* enough for any double */
    DAY = 24 * 60 * 60,
};

/* 0.DIGITS times 10 to the power of `point`; no zeros at either end. */
struct digits {
    char digit[DOUBLE_DIGITS + 8];
    size_t count; /* 0 for nought */
    long point;
    bool negative;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void trim_zeros(struct digits *d)
{
    while (d->count && d->digit[d->count - 1] == '0')
        d->count--;
    if (!d->count)
        d->negative = false;
}

/* [-]digits[.digits] of at most 17 digits that count; false when it is anything else. */
static bool read_plain(struct text raw, struct digits *out)
{
    bool seen = false, behind = false;
    *out = (struct digits){.negative = raw.len && raw.ptr[0] == '-'};
    for (size_t i = out->negative; i < raw.len; i++) {
        char c = raw.ptr[i];
        if (c == '.' && seen && !behind) {
            behind = true;
            continue;
        }
        if (!is_digit(c) || out->count == DOUBLE_DIGITS)
            return false;
        seen = true;
        bool counts = out->count || c != '0';
        out->point += !behind && counts;
        out->point -= behind && !counts;
        if (counts)
            out->digit[out->count++] = c;
    }
    trim_zeros(out);
    return seen;
}

static bool read_double(struct text raw, double *out)
{
    char cstr[NUMBER_ROOM];
    char *end;
    if (!raw.len || raw.len >= sizeof cstr)
        return false;
    memcpy(cstr, raw.ptr, raw.len);
    cstr[raw.len] = '\0';
    if (strspn(cstr, "0123456789+-.eE") != raw.len)
        return false;
    *out = strtod(cstr, &end);
    return !*end && isfinite(*out);
}

/* The fewest digits that are this double and no other. */
static void shortest(double number, struct digits *out)
{
    char digits[64];
    int count = EXACT_DIGITS;
    do
        snprintf(digits, sizeof digits, "%.*e", count - 1, number);
    while (count < DOUBLE_DIGITS && strtod(digits, NULL) != number && ++count);
    *out = (struct digits){.negative = digits[0] == '-'};
    const char *c = digits + out->negative;
    for (; *c != 'e'; c++)
        if (is_digit(*c))
            out->digit[out->count++] = *c;
    out->point = strtol(c + 1, NULL, 10) + 1;
    trim_zeros(out);
}

static char *put_number(char *to, long number, int width)
{
    char digits[24];
    int count = 0;
    for (; number > 0 || count < width; number /= 10)
        digits[count++] = (char)('0' + number % 10);
    while (count)
        *to++ = digits[--count];
    return to;
}

/* To `count` digits, which are fewer than it has. */
static struct digits round_to(struct digits d, size_t count)
{
    bool up = d.digit[count] >= '5';
    d.count = count;
    while (up && d.count && d.digit[d.count - 1] == '9')
        d.count--;
    if (up && d.count) {
        d.digit[d.count - 1]++;
    } else if (up) { /* 99.9 is 100 */
        d.digit[d.count++] = '1';
        d.point++;
    }
    trim_zeros(&d);
    return d;
}

/* Without printf: this runs for every computed number. */
static double double_of(const struct digits *d)
{
    char cstr[64], *to = cstr;
    long exponent = d->point - (long)d->count;
    if (d->negative)
        *to++ = '-';
    memcpy(to, d->digit, d->count);
    to += d->count;
    *to++ = 'e';
    if (exponent < 0)
        *to++ = '-';
    *put_number(to, labs(exponent), 1) = '\0';
    return strtod(cstr, NULL);
}

/* Digits that no double can hold may stand for a shorter one: 15.199999999999999 is 15.2. */
static void shorten(struct digits *d)
{
    double number = double_of(d);
    for (size_t count = EXACT_DIGITS; count < d->count; count++) {
        struct digits shorter = round_to(*d, count);
        if (double_of(&shorter) == number) {
            *d = shorter;
            return;
        }
    }
}

static bool read_digits(struct text raw, struct digits *out)
{
    double number;
    if (read_plain(raw, out)) {
        if (out->count > EXACT_DIGITS)
            shorten(out);
        return true;
    }
    if (!read_double(raw, &number))
        return false;
    shortest(number, out);
    return true;
}

static char digit_at(const struct digits *d, long at)
{
    return at >= 0 && at < (long)d->count ? d->digit[at] : '0';
}

static char *put(char *to, const char *cstr)
{
    size_t len = strlen(cstr);
    memcpy(to, cstr, len);
    return to + len;
}

static struct text show_digits(const struct digits *d, const struct number_format *format,
                               char *room)
{
    char *to = room;
    long shift = format->look == LOOK_PERCENT && d->count ? 2 : 0;
    long point = d->count ? d->point + shift : 0;
    long whole = point > 0 ? point : 1;
    long places = (long)d->count - point;
    if (whole < (long)format->digits)
        whole = (long)format->digits;
    if (places < (long)format->places)
        places = (long)format->places;
    if (d->negative)
        *to++ = '-';
    to = put(to, format->currency);
    for (long i = point - whole; i < point; i++)
        *to++ = digit_at(d, i);
    if (places > 0)
        *to++ = '.';
    for (long i = point; i < point + places; i++)
        *to++ = digit_at(d, i);
    if (format->look == LOOK_PERCENT)
        *to++ = '%';
    return (struct text){room, (size_t)(to - room)};
}

static char *put_month(char *to, struct date date)
{
    to = put_number(to, date.year, 4);
    *to++ = '-';
    return put_number(to, date.month, 2);
}

static char *put_date(char *to, struct date date)
{
    to = put_month(to, date);
    *to++ = '-';
    return put_number(to, date.day, 2);
}

static char *put_time(char *to, long seconds)
{
    to = put_number(to, seconds / 3600, 2);
    *to++ = ':';
    to = put_number(to, seconds / 60 % 60, 2);
    if (seconds % 60 == 0)
        return to;
    *to++ = ':';
    return put_number(to, seconds % 60, 2);
}

static struct date day_of(long day, bool from_1904)
{
    struct date first;
    if (!from_1904 && day <= 60 && day >= 59) /* 1900 was no leap year; spreadsheets think so */
        return (struct date){1900, 2, day == 60 ? 29 : 28};
    if (!from_1904 && day == 0)
        return (struct date){1900, 1, 0};
    if (from_1904)
        date_make(1904, 1, 1, &first);
    else if (day < 60)
        date_make(1899, 12, 31, &first);
    else
        date_make(1899, 12, 30, &first);
    return date_from_number(date_number(first) + day);
}

/* False when a spreadsheet could not show the number as a date either. */
static bool read_serial(struct text raw, long *day, long *second)
{
    const double last = 2958465; /* 31 December 9999 */
    double number;
    if (!read_double(raw, &number) || number < 0 || number >= last + 1)
        return false;
    *day = (long)floor(number);
    *second = lround((number - floor(number)) * DAY);
    if (*second == DAY) {
        *day += 1;
        *second = 0;
    }
    return true;
}

static struct text show_serial(enum number_look look, bool from_1904, long day, long second,
                               char *room)
{
    char *to = room;
    if (look == LOOK_MONTH)
        return (struct text){room, (size_t)(put_month(to, day_of(day, from_1904)) - room)};
    bool has_date = look == LOOK_DATE || (look != LOOK_DURATION && day > 0) ||
                    (look == LOOK_DATE_TIME && from_1904);
    bool has_time = look != LOOK_DATE && (second > 0 || !has_date);
    if (look == LOOK_DURATION)
        second += day * DAY;
    if (has_date)
        to = put_date(to, day_of(day, from_1904));
    if (has_date && has_time)
        *to++ = ' ';
    if (has_time)
        to = put_time(to, second);
    return (struct text){room, (size_t)(to - room)};
}

struct text number_show(const struct number_format *format, bool from_1904, struct text raw,
                        char room[NUMBER_ROOM])
{
    static const struct number_format plain = {.currency = ""};
    struct digits digits;
    long day, second;
    if (format->look > LOOK_PERCENT && read_serial(raw, &day, &second))
        return show_serial(format->look, from_1904, day, second, room);
    if (!read_digits(raw, &digits))
        return TEXT_EMPTY;
    return show_digits(&digits, format->look > LOOK_PERCENT ? &plain : format, room);
}

struct text iso_show(struct text iso, char room[NUMBER_ROOM])
{
    size_t split = text_find(iso, 'T', 0);
    struct text date = text_slice(iso, 0, split), time = text_slice(iso, split + 1, iso.len);
    if (iso.len >= NUMBER_ROOM)
        return iso;
    if (split == iso.len && text_find(iso, ':', 0) < iso.len) {
        time = iso;
        date = TEXT_EMPTY;
    }
    if (text_ends(time, TEXT("Z")))
        time.len--;
    size_t fraction = text_find(time, '.', 0), end = time.len;
    while (end > fraction && (time.ptr[end - 1] == '0' || time.ptr[end - 1] == '.'))
        end--;
    time.len = end;
    if (time.len == 8 && text_ends(time, TEXT(":00")))
        time.len = 5;
    if (date.len && text_is(time, "00:00"))
        time.len = 0;
    memcpy(room, date.ptr, date.len);
    size_t len = date.len;
    if (date.len && time.len)
        room[len++] = ' ';
    memcpy(room + len, time.ptr, time.len);
    return (struct text){room, len + time.len};
}

struct text duration_show(struct text iso, char room[NUMBER_ROOM])
{
    long seconds = 0, number = 0;
    bool negative = text_starts(iso, TEXT("-"));
    iso = text_slice(iso, negative, iso.len);
    if (!text_starts(iso, TEXT("P")))
        return TEXT_EMPTY;
    for (size_t i = 1; i < iso.len; i++) {
        char c = iso.ptr[i];
        long unit = c == 'D' ? DAY : c == 'H' ? 3600 : c == 'M' ? 60 : c == 'S' ? 1 : 0;
        if (is_digit(c) && number < 100000000)
            number = number * 10 + (c - '0');
        else if (c == '.' || c == ',') /* parts of a second */
            while (i + 1 < iso.len && is_digit(iso.ptr[i + 1]))
                i++;
        else if (unit) {
            seconds += number * unit;
            number = 0;
        } else if (c != 'T')
            return TEXT_EMPTY;
    }
    room[0] = '-';
    return (struct text){room, (size_t)(put_time(room + negative, seconds) - room)};
}
