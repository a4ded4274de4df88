#include "base/decimal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef __int128 wide;

static wide power_of_ten(unsigned n)
{
    wide out = 1;
    while (n--)
        out *= 10;
    return out;
}

/* a * 10^n, or false when it does not fit. */
static bool shift_left(wide a, unsigned n, wide *out)
{
    while (n--)
        if (__builtin_mul_overflow(a, (wide)10, &a))
            return false;
    *out = a;
    return true;
}

/* a / b rounded half away from zero; b > 0. */
static wide divide_half_away(wide a, wide b)
{
    wide quotient = a / b, remainder = a % b;
    wide size = remainder < 0 ? -remainder : remainder;
    /* size >= b - size avoids the overflow of 2 * size */
    if (size >= b - size)
        quotient += a < 0 ? -1 : 1;
    return quotient;
}

struct decimal decimal_from(int64_t integer)
{
    return (struct decimal){.coefficient = integer, .scale = 0};
}

bool decimal_parse(struct text t, struct decimal *out)
{
    size_t at = 0;
    bool negative = false, point = false, digits = false;
    struct decimal value = {0, 0};
    if (at < t.len && (t.ptr[at] == '-' || t.ptr[at] == '+'))
        negative = t.ptr[at++] == '-';
    for (; at < t.len; at++) {
        char c = t.ptr[at];
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9')
            return false;
        digits = true;
        if (point && ++value.scale > DECIMAL_SCALE_MAX)
            return false;
        if (__builtin_mul_overflow(value.coefficient, (wide)10, &value.coefficient) ||
            __builtin_add_overflow(value.coefficient, (wide)(c - '0'), &value.coefficient))
            return false;
    }
    if (!digits)
        return false;
    if (negative)
        value.coefficient = -value.coefficient;
    *out = value;
    return true;
}

int decimal_sign(struct decimal a)
{
    return (a.coefficient > 0) - (a.coefficient < 0);
}

/* Brings both to the larger scale. */
static bool align(struct decimal *a, struct decimal *b)
{
    unsigned scale = a->scale > b->scale ? a->scale : b->scale;
    if (!shift_left(a->coefficient, scale - a->scale, &a->coefficient) ||
        !shift_left(b->coefficient, scale - b->scale, &b->coefficient))
        return false;
    a->scale = b->scale = scale;
    return true;
}

int decimal_compare(struct decimal a, struct decimal b)
{
    if (decimal_sign(a) != decimal_sign(b))
        return decimal_sign(a) - decimal_sign(b) > 0 ? 1 : -1;
    /* alignment fails only when one is larger by many digits: compare whole parts then */
    if (!align(&a, &b)) {
        a.coefficient /= power_of_ten(a.scale);
        b.coefficient /= power_of_ten(b.scale);
    }
    return (a.coefficient > b.coefficient) - (a.coefficient < b.coefficient);
}

int decimal_order(const void *a, const void *b)
{
    return decimal_compare(*(const struct decimal *)a, *(const struct decimal *)b);
}

bool decimal_add(struct decimal a, struct decimal b, struct decimal *out)
{
    wide sum;
    if (!align(&a, &b) || __builtin_add_overflow(a.coefficient, b.coefficient, &sum))
        return false;
    *out = (struct decimal){sum, a.scale};
    return true;
}

struct decimal decimal_negate(struct decimal a)
{
    a.coefficient = -a.coefficient;
    return a;
}

bool decimal_subtract(struct decimal a, struct decimal b, struct decimal *out)
{
    return decimal_add(a, decimal_negate(b), out);
}

bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *out)
{
    wide product;
    if (a.scale + b.scale > DECIMAL_SCALE_MAX ||
        __builtin_mul_overflow(a.coefficient, b.coefficient, &product))
        return false;
    *out = (struct decimal){product, a.scale + b.scale};
    return true;
}

bool decimal_round(struct decimal a, unsigned places, struct decimal *out)
{
    if (places >= a.scale) {
        wide shifted;
        if (places > DECIMAL_SCALE_MAX || !shift_left(a.coefficient, places - a.scale, &shifted))
            return false;
        *out = (struct decimal){shifted, places};
        return true;
    }
    wide divisor = power_of_ten(a.scale - places);
    *out = (struct decimal){divide_half_away(a.coefficient, divisor), places};
    return true;
}

bool decimal_round_to_multiple(struct decimal a, unsigned unit, struct decimal *out)
{
    wide divisor;
    if (unit == 0 || __builtin_mul_overflow(power_of_ten(a.scale), (wide)unit, &divisor))
        return false;
    wide multiples = divide_half_away(a.coefficient, divisor);
    if (__builtin_mul_overflow(multiples, (wide)unit, &multiples))
        return false;
    *out = (struct decimal){multiples, 0};
    return true;
}

bool decimal_round_significant(struct decimal a, unsigned digits, struct decimal *out)
{
    unsigned held = 0;
    for (wide rest = a.coefficient; rest; rest /= 10)
        held++;
    if (digits == 0)
        return false;
    if (held <= digits) {
        *out = a;
        return true;
    }
    unsigned cut = held - digits;
    wide divisor = power_of_ten(cut), kept = divide_half_away(a.coefficient, divisor);
    if (cut <= a.scale) {
        *out = (struct decimal){kept, a.scale - cut};
        return true;
    }
    /* the last significant digit stands before the point: zeros behind it, no decimals */
    if (!shift_left(kept, cut - a.scale, &kept))
        return false;
    *out = (struct decimal){kept, 0};
    return true;
}

bool decimal_divide(struct decimal a, struct decimal b, unsigned places, struct decimal *out)
{
    if (b.coefficient == 0 || places > DECIMAL_SCALE_MAX || !align(&a, &b))
        return false;
    if (b.coefficient < 0) {
        a = decimal_negate(a);
        b = decimal_negate(b);
    }
    /* digit by digit: only the quotient has to fit, not the numerator with its zeros */
    wide quotient = a.coefficient / b.coefficient, remainder = a.coefficient % b.coefficient;
    for (unsigned i = 0; i < places; i++) {
        if (!shift_left(remainder, 1, &remainder) || !shift_left(quotient, 1, &quotient) ||
            __builtin_add_overflow(quotient, remainder / b.coefficient, &quotient))
            return false;
        remainder %= b.coefficient;
    }
    wide size = remainder < 0 ? -remainder : remainder;
    if (size >= b.coefficient - size)
        quotient += (a.coefficient < 0 ? -1 : 1);
    *out = (struct decimal){quotient, places};
    return true;
}

double decimal_double(struct decimal a)
{
    static const double powers[] = {1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    const int64_t exact = (int64_t)1 << 53;
    /* two numbers that doubles hold exactly: their quotient is rounded once */
    if (a.coefficient <= exact && a.coefficient >= -exact &&
        a.scale < sizeof powers / sizeof *powers)
        return (double)(int64_t)a.coefficient / powers[a.scale];
    /* strtod of the exact digits is correctly rounded; a division of rounded doubles is not */
    char digits[64];
    size_t n = sizeof digits;
    bool negative = a.coefficient < 0;
    unsigned __int128 rest =
        negative ? -(unsigned __int128)a.coefficient : (unsigned __int128)a.coefficient;
    digits[--n] = '\0';
    for (unsigned place = 0; rest || place <= a.scale; place++) {
        if (place == a.scale && a.scale)
            digits[--n] = '.';
        digits[--n] = (char)('0' + (int)(rest % 10));
        rest /= 10;
    }
    double value = strtod(digits + n, NULL);
    return negative ? -value : value;
}

bool decimal_near(double number, struct decimal *out)
{
    enum { DIGITS = 15, PLACES = 12 };
    char digits[64];
    double size = number < 0 ? -number : number;
    if (!isfinite(number) || size >= 1e30)
        return false;
    int before = size >= 1 ? (int)floor(log10(size)) + 1 : 0;
    int places = DIGITS - before > PLACES ? PLACES : DIGITS - before;
    snprintf(digits, sizeof digits, "%.*f", places < 0 ? 0 : places, number);
    if (!decimal_parse(text_from(digits), out))
        return false;
    for (; out->scale && out->coefficient % 10 == 0; out->scale--)
        out->coefficient /= 10;
    return true;
}

bool decimal_integer(struct decimal a, int64_t *out)
{
    wide divisor = power_of_ten(a.scale);
    if (a.coefficient % divisor)
        return false;
    wide whole = a.coefficient / divisor;
    if (whole > INT64_MAX || whole < INT64_MIN)
        return false;
    *out = (int64_t)whole;
    return true;
}

static struct text digits_text(struct arena *arena, struct decimal a, struct text minus,
                               struct text plus, bool groups)
{
    char reversed[80];
    size_t n = 0;
    unsigned __int128 rest =
        a.coefficient < 0 ? -(unsigned __int128)a.coefficient : (unsigned __int128)a.coefficient;
    for (unsigned place = 0; rest || place <= a.scale; place++) {
        if (place == a.scale && a.scale)
            reversed[n++] = '.';
        if (groups && place > a.scale && (place - a.scale) % 3 == 0)
            reversed[n++] = ',';
        reversed[n++] = (char)('0' + (int)(rest % 10));
        rest /= 10;
    }
    struct buffer out = {.arena = arena};
    buffer_add(&out, a.coefficient < 0 ? minus : a.coefficient > 0 ? plus : TEXT_EMPTY);
    while (n)
        buffer_add_byte(&out, reversed[--n]);
    return buffer_text(&out);
}

struct text decimal_text(struct arena *arena, struct decimal a)
{
    return digits_text(arena, a, TEXT("-"), TEXT_EMPTY, false);
}

struct text decimal_display(struct arena *arena, struct decimal a, unsigned places, unsigned style)
{
    struct decimal rounded;
    if (!decimal_round(a, places, &rounded))
        rounded = a; /* too many digits to pad with zeros: shown as they are */
    return digits_text(arena, rounded, TEXT("\xE2\x88\x92"),
                       style & DECIMAL_SIGN ? TEXT("+") : TEXT_EMPTY, style & DECIMAL_GROUPS);
}

struct text decimal_in_full(struct arena *arena, struct decimal a)
{
    return decimal_display(arena, a, a.scale, DECIMAL_GROUPS);
}
