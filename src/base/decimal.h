/*
 * decimal - exact decimal numbers: coefficient / 10^scale in 128 bits (38 digits).
 *
 * Counts and money never pass through a double. Every operation that could overflow returns false
 * and leaves *out alone. Scale is kept as written: 7.20 has scale 2, so that a figure can be shown
 * as its source printed it. Rounding is half away from zero (statistics.md 1.3).
 */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include "base/text.h"

#include <stdint.h>

struct decimal {
    __int128 coefficient;
    unsigned scale; /* at most DECIMAL_SCALE_MAX */
};
enum { DECIMAL_SCALE_MAX = 18 };

struct decimal decimal_from(int64_t integer);
/* Plain ASCII only: [+-]digits[.digits]; no spaces, groups or exponent. */
bool decimal_parse(struct text t, struct decimal *out);

int decimal_sign(struct decimal a); /* -1, 0, 1 */
int decimal_compare(struct decimal a, struct decimal b);
int decimal_order(const void *a, const void *b); /* the same, for qsort() */
bool decimal_add(struct decimal a, struct decimal b, struct decimal *out);
bool decimal_subtract(struct decimal a, struct decimal b, struct decimal *out);
bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *out);
struct decimal decimal_negate(struct decimal a);
/* To `places` decimals, half away from zero. Gaining places only adds zeros (false on overflow). */
bool decimal_round(struct decimal a, unsigned places, struct decimal *out);
/* To the nearest multiple of `unit` (5, 10, …), half away from zero; a whole number. */
bool decimal_round_to_multiple(struct decimal a, unsigned unit, struct decimal *out);
/* To `digits` significant digits (at least 1), half away from zero. */
bool decimal_round_significant(struct decimal a, unsigned digits, struct decimal *out);
/* a / b to `places` decimals, half away from zero; false when b is 0 or digits run out. */
bool decimal_divide(struct decimal a, struct decimal b, unsigned places, struct decimal *out);

/* For statistics and spreadsheets only; nearest double. */
double decimal_double(struct decimal a);
/* Back again, for what statistics show: 15 significant digits, at most 12 decimals. False of what
 * is not finite or has more than 30 digits. */
bool decimal_near(double number, struct decimal *out);
/* True, with *out set, when the value is a whole number within 64 bits. */
bool decimal_integer(struct decimal a, int64_t *out);

/* Canonical ASCII: "-1234.50". Negative zero does not exist. */
struct text decimal_text(struct arena *arena, struct decimal a);

enum decimal_style {
    DECIMAL_PLAIN = 0,
    DECIMAL_GROUPS = 1, /* commas from 1,000 */
    DECIMAL_SIGN = 2,   /* + before positive numbers */
};
/* For readers: minus is U+2212; rounded to `places` first. */
struct text decimal_display(struct arena *arena, struct decimal a, unsigned places, unsigned style);
/* "1,234.50": with thousands, and all decimals that it was written with. */
struct text decimal_in_full(struct arena *arena, struct decimal a);

#endif
