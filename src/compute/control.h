/*
 * control - the control chart (XmR) of a series of months or quarters: what is charted, its mean
 * and limits, and which points are signals (statistics.md 3).
 */
#ifndef COMPUTE_CONTROL_H
#define COMPUTE_CONTROL_H

#include "compute/series.h"
#include "compute/spc.h"

/* What a point stands for. */
enum control_basis {
    CONTROL_AS_IT_IS,
    CONTROL_PER_DAY, /* a count a day, for a month of 30.4375 days or a quarter of three such */
    CONTROL_RATIO,   /* per cent of the same month of the year before, both a day */
    CONTROL_ADJUSTED /* less its season; of counts a day as above */
};

struct control_rules {
    bool seasonal;    /* the figures go up and down with the time of year */
    bool screened;    /* ranges beyond the range chart's limit do not count for the limits */
    size_t rebase;    /* the point of the series from which on limits begin anew; 0: none */
    size_t limits_to; /* the last point that limits are made from; SIZE_MAX: all */
};

struct control_point {
    size_t at;            /* of the series */
    struct decimal value; /* as it is charted: to 10 decimals */
    enum signal signal;
};

struct control {
    struct text refused; /* why there is no chart, in words; empty: there is one */
    enum control_basis basis;
    struct control_point *points;
    size_t count;
    size_t limits_count; /* how many points the limits were made from */
    struct xmr xmr;
    bool is_trial;      /* those are fewer than 12 */
    bool hides_signals; /* seasonal, and there are too few points to take the season out */
    unsigned places;    /* decimals of points; mean and limits have one more */
};

/*
 * Points stand without a gap: they begin after the last one, and at a break in the series, which is
 * told by their first `at`. What is a forecast is no figure. A series with a confidential figure
 * has no chart: mean and limits could give it back. Counts that are
 * rounded by more than they vary have none either.
 *
 * Of seasonal figures the season is taken out where there are three years (each point over the mean
 * ratio of its month to the mean of its year); with two the same month of the year before
 * is what a point is held against; else no point is a signal.
 */
struct control control_make(struct arena *arena, const struct series *series,
                            const struct control_rules *rules);

/* Whether a measure's target will be met, and whether that can be said: of points that are no ratio
 * and have no season in them. */
bool control_assures(const struct control *control, const struct target *target,
                     enum assurance *out);

/* "above the upper limit", "in a run of 7 or more above the mean"; empty for SIGNAL_NONE. */
const char *signal_words(enum signal signal);
/* "Recycling consistently meets its target of 60%." */
struct text assurance_sentence(struct arena *arena, enum assurance assurance, struct text label,
                               struct text target);

#endif
