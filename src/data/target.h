/* target - which way is good, and what is to be reached (statistics.md 5). */
#ifndef DATA_TARGET_H
#define DATA_TARGET_H

#include "base/decimal.h"

enum polarity { POLARITY_NONE, POLARITY_HIGH, POLARITY_LOW, POLARITY_BAND };

struct target {
    enum polarity polarity;
    struct decimal value;               /* of high and low */
    struct decimal band_low, band_high; /* of a band; both belong to it */
    bool tolerance_is_relative;         /* per cent of the target or band end, else its own unit */
    struct decimal tolerance;
};

#endif
