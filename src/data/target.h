/* target - which way is good, and what is to be reached (statistics.md 5). */
#ifndef DATA_TARGET_H
#define DATA_TARGET_H

#include "base/decimal.h"

enum polarity { POLARITY_NONE, POLARITY_HIGH, POLARITY_LOW, POLARITY_BAND };

/* How much of an annual target is to be reached by a day within the year. */
enum profile {
    PROFILE_LAST_YEAR, /* the share of last year's total that was reached by then */
    PROFILE_EVEN,      /* a twelfth a month */
    PROFILE_NONE       /* the measure is a point in time: all of it, at any time */
};

struct target {
    enum polarity polarity;
    struct decimal value;               /* of high and low */
    struct decimal band_low, band_high; /* of a band; both belong to it */
    bool tolerance_is_relative;         /* per cent of the target or band end, else its own unit */
    struct decimal tolerance;
    /* what was given of it; `target_settle` puts the usual tolerance in place of none */
    bool has_polarity; /* somebody said it, if only that there is none */
    bool has_value;    /* of a year, where the measure adds up over one */
    bool has_tolerance;
    bool has_dead_band;
    struct decimal dead_band; /* a change of at most this is none */
    enum profile profile;
    bool is_seasonal; /* only compared with the same period of last year */
};

/*
 * The polarity in the words of job files and exports: "high", "Bigger is better", "Aim to
 * minimise", "band 18 to 20", "none". False, with nothing set, for words that say no way or both.
 */
bool polarity_read(struct arena *arena, struct text words, struct target *target);
const char *polarity_words(enum polarity polarity); /* "high is good" */

enum { TOLERANCE_PERCENT = 5 }; /* [P] statistics.md 5 */
void target_settle(struct target *target);

#endif
