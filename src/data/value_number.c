#include "data/value_int.h"

#include <string.h>

/* What stands before the digits. */
static void take_approximation(struct cell *cell)
{
    static const struct {
        const char *spellings, *note;
    } about[] = {
        {"~|≈|approx.|approx|approximately|about|around", "approximate"},
        {"c.|ca.|c", "circa, not the marker c"},
        {"circa|est.|est|estimated", ""},
    };
    for (size_t i = 0; i < sizeof about / sizeof about[0]; i++) {
        size_t len = spelling_at_start(cell->rest, about[i].spellings);
        struct text behind = text_trim(text_slice(cell->rest, len, cell->rest.len));
        if (len && (is_digit(char_at(behind, 0)) || text_starts(behind, TEXT("£")))) {
            cell->rest = behind;
            cell_mark(cell, TEXT("e"));
            cell_check(cell, about[i].note);
            return;
        }
    }
}

/* "(1,250)" and "3-" are how accounts and old systems write minus. */
static bool take_accounting_minus(struct cell *cell)
{
    struct text t = cell->rest;
    size_t pound = spelling_at_start(t, "£"), close = text_find(t, ')', 0);
    struct text behind = text_slice(t, close + 1, t.len);
    struct text inside = text_trim(text_slice(t, pound + 1, close));
    if (t.len > 2 && char_at(t, pound) == '(' && inside.len &&
        (!behind.len || is_spelling(text_trim(behind), "%"))) {
        bool signed_too = char_at(inside, 0) == '-';
        inside = text_trim(text_slice(inside, signed_too, inside.len));
        if (signed_too)
            cell_check(cell, "minus in brackets: read as one minus");
        else if (!pound && !text_starts(inside, TEXT("£")))
            cell_check(cell, "accounting negative");
        cell->rest = behind.len || pound ? text_format(cell->arena, "%s%.*s%s", pound ? "£" : "",
                                                       TEXT_ARG(inside), behind.len ? "%" : "")
                                         : inside;
        return true;
    }
    if (t.len > 1 && text_ends(t, TEXT("-")) && is_digit(t.ptr[t.len - 2])) {
        cell->rest = text_slice(t, 0, t.len - 1);
        cell_check(cell, "trailing minus (legacy systems)");
        return true;
    }
    return false;
}

static bool take_sign(struct cell *cell)
{
    if (cell_take(cell, "-"))
        return true;
    if (cell_take(cell, "–")) {
        cell_check(cell, "en dash as minus");
        return true;
    }
    cell_take(cell, "+");
    return false;
}

static void take_currency(struct cell *cell)
{
    static const struct {
        const char *spellings, *unit;
    } currencies[] = {{"£|gbp|pounds", "GBP"}, {"€|eur|euro|euros", "EUR"}, {"$|us$|usd", "USD"}};
    for (size_t i = 0; i < sizeof currencies / sizeof currencies[0]; i++)
        if (cell_take(cell, currencies[i].spellings)) {
            cell->reading.unit = text_from(currencies[i].unit);
            if (i > 0)
                cell_check(cell, "not pounds");
            return;
        }
}

/* How far digits, points, commas and single spaces between digits reach. */
static size_t number_length(struct text t)
{
    size_t n = 0;
    while (n < t.len) {
        bool gap = t.ptr[n] == ' ' && n && is_digit(t.ptr[n - 1]) && is_digit(char_at(t, n + 1));
        if (!is_digit(t.ptr[n]) && t.ptr[n] != '.' && t.ptr[n] != ',' && !gap)
            break;
        n++;
    }
    return n;
}

/*
 * Groups of the whole part: one to three digits, then separators of one kind with exactly three
 * digits behind each. NULL when they are in order; else what is wrong.
 */
static const char *grouping_problem(struct text whole)
{
    char separator = 0;
    size_t separators = 0, run = 0, first = 0;
    bool bad = false;
    for (size_t i = 0; i <= whole.len; i++) {
        if (i < whole.len && is_digit(whole.ptr[i])) {
            run++;
            continue;
        }
        if (separators ? run != 3 : run == 0)
            bad = true;
        if (separators == 0)
            first = run;
        run = 0;
        if (i == whole.len)
            break;
        bad = bad || (separator && separator != whole.ptr[i]);
        separator = whole.ptr[i];
        separators++;
    }
    bad = bad || first > 3 || whole.ptr[0] == '0';
    if (separators == 0 || !bad)
        return NULL;
    return separators == 1 && separator == ' ' ? "two numbers or wrong grouping" : "grouping wrong";
}

/*
 * Digits with groups and a point as a decimal; more than 18 decimals are rounded to 18, which is
 * worth a word only where fewer digits remain than a spreadsheet holds.
 */
static bool read_digits(struct cell *cell, struct text number, struct decimal *out)
{
    const int64_t power_of_15 = INT64_C(1000000000000000);
    size_t point = text_find(number, '.', 0);
    struct text whole = text_slice(number, 0, point);
    struct text fraction = text_slice(number, point + 1, number.len);
    for (size_t i = 0; i < fraction.len; i++)
        if (!is_digit(fraction.ptr[i]))
            return cell_fail(cell,
                             fraction.ptr[i] == ',' ? TEXT("European decimal comma") : TEXT_EMPTY);
    if (whole.len && grouping_problem(whole))
        return cell_fail(cell, text_from(grouping_problem(whole)));
    bool longer = fraction.len > DECIMAL_SCALE_MAX;
    bool round_up = longer && fraction.ptr[DECIMAL_SCALE_MAX] >= '5';
    fraction = text_slice(fraction, 0, DECIMAL_SCALE_MAX);
    struct buffer plain = {.arena = cell->arena};
    for (size_t i = 0; i < whole.len; i++)
        if (is_digit(whole.ptr[i]))
            buffer_add_byte(&plain, whole.ptr[i]);
    if (plain.len > 1 && plain.ptr[0] == '0')
        cell_check(cell, "leading zeros: may be a code");
    buffer_add_byte(&plain, '.');
    buffer_add(&plain, fraction);
    if (!decimal_parse(buffer_text(&plain), out))
        return cell_fail(cell, plain.len > 1 ? TEXT("too many digits") : TEXT_EMPTY);
    out->coefficient += round_up;
    if (longer && out->coefficient < power_of_15)
        cell_check(cell, "rounded to 18 decimals");
    return true;
}

/* Times 10^power; beyond 18 decimals rounded. */
static bool scale_by_ten(struct decimal *number, int power)
{
    enum { DIGITS_MAX = 38 };
    for (; power > 0; power--)
        if (number->scale)
            number->scale--;
        else if (!decimal_multiply(*number, decimal_from(10), number))
            return false;
    unsigned scale = number->scale + (unsigned)-power;
    if (scale > DECIMAL_SCALE_MAX + DIGITS_MAX)
        return false;
    if (scale > DECIMAL_SCALE_MAX) {
        number->scale = scale - DECIMAL_SCALE_MAX;
        if (!decimal_round(*number, 0, number))
            return false;
        scale = DECIMAL_SCALE_MAX;
    }
    number->scale = scale;
    return true;
}

/* "e3", "E+03" directly behind the digits */
static bool take_exponent(struct cell *cell, struct text digits, struct decimal *number)
{
    struct text t = cell->rest;
    if ((char_at(t, 0) | 32) != 'e')
        return true;
    size_t at = 1;
    bool negative = char_at(t, at) == '-', sign = negative || char_at(t, at) == '+';
    at += sign;
    size_t from = at;
    int power = 0;
    while (is_digit(char_at(t, at)) && at - from < 3)
        power = power * 10 + (t.ptr[at++] - '0');
    if (at == from)
        return !sign || cell_fail(cell, TEXT("exponent cut off"));
    bool plain = !sign && text_find(digits, '.', 0) == digits.len;
    cell_check(cell, plain ? "scientific notation, or a code" : "scientific notation");
    cell_skip(cell, at);
    return scale_by_ten(number, negative ? -power : power) ||
           cell_fail(cell, TEXT("too many digits"));
}

static bool take_multiplier(struct cell *cell, struct decimal *number)
{
    static const struct {
        const char *spellings;
        int power;
    } multipliers[] = {{"hundred", 2},
                       {"k|thousand|thousands", 3},
                       {"m|mn|mil|mill|mln|mio|million|millions", 6},
                       {"bn|b|bln|billion|billions", 9},
                       {"tn|tr|trn|trillion|trillions", 12}};
    bool touching = cell->is_touching, pounds = cell->reading.unit.len > 0;
    if (!pounds && spelling_at_start(cell->rest, "b"))
        cell_check(cell, "billion, or the marker b");
    if (!pounds && !touching && spelling_at_start(cell->rest, "m"))
        cell_check(cell, "million, or metres or minutes");
    for (size_t i = 0; i < sizeof multipliers / sizeof multipliers[0]; i++)
        if (cell_take(cell, multipliers[i].spellings))
            return scale_by_ten(number, multipliers[i].power) ||
                   cell_fail(cell, TEXT("too many digits"));
    return true;
}

static bool take_fraction(struct cell *cell, struct decimal *number)
{
    static const struct {
        const char *character;
        struct decimal part;
    } fractions[] = {{"½", {5, 1}},   {"¼", {25, 2}},  {"¾", {75, 2}}, {"⅕", {2, 1}},
                     {"⅖", {4, 1}},   {"⅗", {6, 1}},   {"⅘", {8, 1}},  {"⅛", {125, 3}},
                     {"⅜", {375, 3}}, {"⅝", {625, 3}}, {"⅞", {875, 3}}};
    for (size_t i = 0; i < sizeof fractions / sizeof fractions[0]; i++)
        if (cell_take(cell, fractions[i].character)) {
            cell_check(cell, "fraction character");
            return decimal_add(*number, fractions[i].part, number);
        }
    return false;
}

static void set_base(struct cell *cell, int64_t base)
{
    cell->reading.unit = text_format(cell->arena, "per_%lld", (long long)base);
}

/* "per thousand", "per mille" */
static bool take_base_in_words(struct cell *cell)
{
    static const struct {
        const char *spellings;
        int64_t base;
    } bases[] = {{"per thousand|per mille|‰", 1000},
                 {"per hundred thousand", 100000},
                 {"per ten thousand", 10000},
                 {"per million", 1000000}};
    for (size_t i = 0; i < sizeof bases / sizeof bases[0]; i++)
        if (cell_take(cell, bases[i].spellings)) {
            set_base(cell, bases[i].base);
            return true;
        }
    return false;
}

/* "per 100,000", "per 1 000", "per 100k" */
static bool take_per(struct cell *cell)
{
    if (take_base_in_words(cell))
        return true;
    if (!spelling_at_start(cell->rest, "per") && char_at(cell->rest, 0) != '/')
        return false;
    struct cell inner = {.arena = cell->arena, .rest = cell->rest};
    cell_skip(&inner, char_at(cell->rest, 0) == '/' ? 1 : 3);
    struct text digits = text_slice(inner.rest, 0, number_length(inner.rest));
    struct decimal base;
    int64_t whole;
    if (!digits.len || !read_digits(&inner, digits, &base))
        return false;
    cell_skip(&inner, digits.len);
    inner.is_touching = true; /* the base of a rate: "100k", "1 million" */
    if (!take_multiplier(&inner, &base) || !decimal_integer(base, &whole))
        return false;
    cell->rest = inner.rest;
    set_base(cell, whole);
    return true;
}

static void take_unit(struct cell *cell, struct decimal *number)
{
    static const struct {
        const char *spellings, *unit;
    } units[] = {
        {"percentage points|percentage point|percentage pts|%age points|% points|% point|%points|"
         "%-points|% pts|% pt|%pts|%pt|pp|pps|ppt|ppts|p.p.|p.p",
         "percentage_points"},
        {"%|per cent|percent|pct", "percent"},
        {"seconds|second|secs|sec", "seconds"},
        {"minutes|minute|mins|min", "minutes"},
        {"hours|hour|hrs|hr", "hours"},
        {"working days|working day", "working days"},
        {"days|day", "days"},
        {"weeks|week|wks|wk", "weeks"},
        {"months|month|mths", "months"},
        {"years|year|yrs|yr", "years"},
    };
    if (take_per(cell) || spelling_at_start(cell->rest, PER_YEAR))
        return;
    bool points = spelling_at_start(cell->rest, units[0].spellings);
    bool is_pence = !points && !cell->reading.unit.len && cell_take(cell, "pence|penny");
    if (is_pence || (!points && !cell->reading.unit.len && cell_take(cell, "p"))) {
        cell->reading.unit = TEXT("GBP");
        if (!is_pence)
            cell_check(cell, "pence, or a note");
        scale_by_ten(number, -2);
        return;
    }
    if (text_is(cell->reading.unit, "GBP") && number->scale == 2 && cell_take(cell, "p")) {
        cell_check(cell, "a sign for pence behind pounds");
        return;
    }
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (cell_take(cell, units[i].spellings)) {
            cell->reading.unit = text_from(units[i].unit);
            return;
        }
    if (!cell->reading.unit.len)
        take_currency(cell); /* "12 GBP", "5€" */
}

/* Digits up to the end of the cell; the sign is the caller's. */
static bool read_magnitude(struct cell *cell, struct decimal *out)
{
    *out = decimal_from(0);
    take_currency(cell);
    if (take_fraction(cell, out))
        return cell_take_trailing(cell, *out, false);
    struct text digits = text_slice(cell->rest, 0, number_length(cell->rest));
    if (!digits.len)
        return cell_fail(cell, TEXT_EMPTY);
    bool touching = is_letter(char_at(cell->rest, digits.len));
    cell->is_touching = touching;
    if (!read_digits(cell, digits, out))
        return false;
    cell_skip(cell, digits.len);
    if (touching && !take_exponent(cell, digits, out))
        return false;
    size_t behind_digits = cell->rest.len;
    if (!take_fraction(cell, out) && !take_multiplier(cell, out))
        return false;
    touching = touching && cell->rest.len == behind_digits;
    struct decimal before_unit = *out;
    size_t left = cell->rest.len;
    take_unit(cell, out);
    return cell_take_trailing(cell, before_unit, touching && cell->rest.len == left);
}

bool cell_plain_amount(struct cell *cell, struct text t, struct decimal *out)
{
    struct cell inner = {.arena = cell->arena, .rest = text_trim(t), .reading = reading_empty};
    if (number_in_words(inner.rest, out))
        return true;
    if (!inner.rest.len || !read_magnitude(&inner, out) || inner.reading.flag != READING_OK ||
        inner.reading.marker.len)
        return false;
    if (inner.reading.unit.len)
        cell->reading.unit = inner.reading.unit;
    return true;
}

static void settle(struct cell *cell, struct decimal number)
{
    struct value *value = &cell->reading.value;
    const struct decimal exact_in_double = decimal_from(INT64_C(1) << 53);
    struct decimal size = decimal_sign(number) < 0 ? decimal_negate(number) : number;
    if (decimal_compare(size, exact_in_double) > 0)
        cell_check(cell, "beyond 2^53");
    value->present = true;
    value->number = number;
    if (value_mark(value, 0))
        cell_check(cell, "number beside a marker that stands in place of one: not used");
}

void cell_read_number(struct cell *cell)
{
    take_approximation(cell);
    if (cell_take_arrow(cell) && !cell->rest.len) {
        cell_fail(cell, TEXT("an arrow without a number"));
        return;
    }
    bool minus = take_accounting_minus(cell);
    if (!minus) {
        minus = take_sign(cell);
        if (text_starts(cell->rest, TEXT("£")) && !minus) { /* "£-500" */
            cell->reading.unit = TEXT("GBP");
            cell_skip(cell, 2);
            minus = take_sign(cell);
        }
    }
    struct decimal number;
    if (read_magnitude(cell, &number))
        settle(cell, minus ? decimal_negate(number) : number);
}
