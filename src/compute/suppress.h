/*
 * suppress - which counts of people are small, and how others are rounded (statistics.md 6). What
 * else must be hidden so that nobody can work a small one out: protect.h.
 */
#ifndef COMPUTE_SUPPRESS_H
#define COMPUTE_SUPPRESS_H

#include "base/decimal.h"

/* Counts of 1 to threshold - 1 are hidden, and 0 unless zeros are published (a zero can disclose
 * too). Usual: 5, or 8 (NHS Digital's rule for hospital episodes). At least 1. */
struct suppress_rule {
    int64_t threshold;
    bool zeros_published;
};

enum hidden {
    SHOWN,
    HIDDEN_PRIMARY,   /* a small count */
    HIDDEN_SECONDARY, /* one that would give it back by subtraction */
    HIDDEN_DERIVED    /* hidden by the source, or because of a figure elsewhere */
};
/* '-', 'P', 'S', 'D', as in the oracles. */
char hidden_letter(enum hidden hidden);

/* Whether a count is hidden for itself alone. */
bool suppress_is_small(struct suppress_rule rule, int64_t count);

/*
 * Rounding in place of secondary suppression: small counts are hidden, others and every total are
 * rounded each for itself, to the nearest multiple of `unit` (1 or more). Threshold 8 and unit 5:
 * NHS Digital's rule for hospital episodes; 10 and 5: the Office for National Statistics' "10-5".
 * Never beside an exact total. False when the count is hidden, negative or beyond 64 bits.
 */
bool suppress_rounded(struct suppress_rule rule, unsigned unit, int64_t count, int64_t *shown);

/*
 * The percentage beside such counts, to one decimal of the exact counts; where the whole is below
 * `small`, of the rounded ones as a whole per cent (both halves away from zero). False when either
 * count is hidden, or the whole is 0 or rounds to it.
 */
bool suppress_rounded_percent(struct suppress_rule rule, unsigned unit, int64_t part, int64_t whole,
                              int64_t small, struct decimal *percent);

#endif
