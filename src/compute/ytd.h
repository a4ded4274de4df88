/* ytd - the year so far against the same months of the year before (statistics.md 1.6). */
#ifndef COMPUTE_YTD_H
#define COMPUTE_YTD_H

#include "data/dataset.h"

enum { YTD_MONTHS = 12, YTD_SETTLE_DAYS = SETTLE_DAYS };

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

/* The same where figures come every `step` months (1 or 3), and up to month number `until` of the
 * year alone: of a report on July, the figures of August do not count. */
struct ytd_question {
    struct date first, extract;
    int settle_days;
    unsigned step, until;
};
/* The values of month m stand at m / step. */
struct ytd ytd_answer(const struct value *now, const struct value *before,
                      const struct ytd_question *question);
const char *ytd_code(enum ytd_status status); /* "OK_PROVISIONAL", as in the oracles */
bool ytd_is_refused(enum ytd_status status);

#endif
