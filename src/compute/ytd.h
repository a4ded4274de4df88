/* ytd - the year so far against the same months of the year before (statistics.md 1.6). */
#ifndef COMPUTE_YTD_H
#define COMPUTE_YTD_H

#include "data/date.h"
#include "data/value.h"

enum { YTD_MONTHS = 12, YTD_SETTLE_DAYS = 42 /* [P] until a month's figures no longer move */ };

enum ytd_status {
    YTD_OK,
    YTD_PROVISIONAL, /* the last month used has not settled: mark it [p] */
    YTD_DATA_LATE,   /* a month that has settled was not supplied */
    YTD_NO_DATA,
    YTD_NO_COMPLETE_MONTH,
    YTD_GAP_CURRENT, /* a month is missing inside: refused */
    YTD_GAP_BASELINE
};

struct ytd {
    enum ytd_status status;
    unsigned months;            /* used: the unbroken run from the year's first month on */
    struct decimal now, before; /* sums of these months; set unless refused */
};
/*
 * `now` and `before` hold a year's months from its first on; what is not there is not present.
 * `first` is the first day of the current year, `extract` the day on which the figures were taken
 * out: the month of that day never counts.
 */
struct ytd ytd_compute(const struct value *now, const struct value *before, struct date first,
                       struct date extract, int settle_days);
const char *ytd_code(enum ytd_status status); /* "OK_PROVISIONAL", as in the oracles */
bool ytd_is_refused(enum ytd_status status);

#endif
