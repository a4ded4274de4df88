/*
 * change - how one value differs from an earlier one (statistics.md 1.1 to 1.3).
 *
 * Worked out on exact decimals from unrounded inputs and rounded once, for display.
 */
#ifndef COMPUTE_CHANGE_H
#define COMPUTE_CHANGE_H

#include "data/dataset.h"

/* The exact status codes of the oracle. */
enum change_status {
    CHANGE_OK,
    CHANGE_OK_PP,       /* percentage points: no relative change */
    CHANGE_OK_ABS_ONLY, /* score, rank, life expectancy: no relative change */
    CHANGE_ZERO_BASELINE,
    CHANGE_BOTH_ZERO,
    CHANGE_NEGATIVE_VALUE,
    CHANGE_SMALL_BASE,
    CHANGE_SUPPRESSED,
    CHANGE_MISSING_CURRENT,
    CHANGE_MISSING_BASELINE,
    CHANGE_NOT_APPLICABLE,
    CHANGE_BREAK_IN_SERIES,
    CHANGE_ROUNDED_ZERO,
    CHANGE_STATUSES
};
const char *change_status_word(enum change_status status); /* "ZERO_BASELINE" */

struct change_rules {
    unsigned small_base; /* counts below this have no percentage; 20 */
    unsigned places;     /* decimals of percentages; 1 */
    unsigned rounded_to; /* what counts were rounded to, each for itself; 0: they are exact */
};
extern const struct change_rules change_default_rules;

struct change {
    enum change_status status;
    enum measure_kind kind;
    bool has_absolute;
    struct decimal absolute; /* current - baseline, exact */
    bool has_percent;
    struct decimal percent;       /* 100 (current - baseline) / baseline to 18 significant digits */
    struct text absolute_display; /* "+675", "−7.58 percentage points", "no change", "[c]"; of
                                     rounded counts "the same when rounded" */
    struct text percent_display;  /* "+15.6%", "[z]", "no change", "up by less than 0.1%"; of
                                     rounded counts also "about +15%": no number then */
};

/* Either value may be absent with markers. Displays are allocated in the arena. */
struct change change_compute(struct arena *arena, enum measure_kind kind, struct value current,
                             struct value baseline, const struct change_rules *rules);

/* The difference as a reader sees it: `absolute_display`, of money with a £, "+£2,750". */
struct text change_display(struct arena *arena, const struct change *change);

/*
 * 1.3, inputs that were published rounded: the range in which the true percentage change lies.
 * `places_of_inputs` is -1 for figures to the nearest 10. False when there is none: a baseline that
 * may be 0, a negative value.
 */
bool change_range_rounded(struct decimal current, struct decimal baseline, int places_of_inputs,
                          struct decimal *low, struct decimal *high);
/*
 * What percentage, if any, may be printed of it: "-14", "about 2", "less than 1" or "do not print a
 * percentage". ASCII minus, no percent sign: the caller words it.
 */
struct text change_display_rounded(struct arena *arena, struct decimal current,
                                   struct decimal baseline, int places_of_inputs);

/* A rate as published profiles show it: 2 decimals below 10, else 1, decided after rounding at 2.
 */
struct text rate_display(struct arena *arena, struct decimal rate);

#endif
