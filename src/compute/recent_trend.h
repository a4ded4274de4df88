/*
 * recent_trend - the recent trend of a measure in an area: its last five years, by OHID's rule
 * (trend.h; statistics.md 2.7), never from what a publisher's arrow says.
 */
#ifndef COMPUTE_RECENT_TREND_H
#define COMPUTE_RECENT_TREND_H

#include "compute/series.h"
#include "compute/trend.h"

/* What the five years are weighed by. */
enum trend_basis {
    TREND_BY_PROPORTIONS, /* counts out of denominators */
    TREND_BY_LIMITS,      /* published 95% limits */
    TREND_BY_COUNTS       /* rates, with the limits of their counts (statistics.md 4) */
};

struct recent_trend {
    struct text why; /* why it cannot be calculated; empty: it is */
    struct trend trend;
    enum trend_basis basis;
    struct series_point points[TREND_POINTS];        /* only when calculated */
    double lower[TREND_POINTS], upper[TREND_POINTS]; /* not of proportions */
};

/* Years that end after `as_at` are left out, unless it is not known. */
struct recent_trend recent_trend(struct arena *arena, const struct dataset *dataset, size_t measure,
                                 size_t area, struct date as_at);

/* For a cell of a table: a sign and words, "↑ Rising, getting worse"; never colour or sign alone.
 */
struct text trend_cell(struct arena *arena, enum trend_direction direction, enum polarity polarity);
/*
 * "rising over the five years from 2018/19 to 2022/23, getting worse", of a measure whose better
 * way is known; "cannot be calculated: …".
 */
struct text trend_sentence(struct arena *arena, const struct recent_trend *recent,
                           enum polarity polarity);

#endif
