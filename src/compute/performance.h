/*
 * performance - the measures of one source against their targets: status, direction of travel, the
 * year so far and where the year is heading (statistics.md 1.6 and 5).
 *
 * Nothing is invented: without a polarity there is no status, without last year's figures no share
 * of them. What is not there has a marker, and `why` says in words what is missing.
 */
#ifndef COMPUTE_PERFORMANCE_H
#define COMPUTE_PERFORMANCE_H

#include "compute/comparison.h"
#include "compute/rag.h"
#include "compute/ytd.h"

/* The financial year up to the end of a period in it, or up to the last month that is known. */
struct so_far {
    bool is_counted; /* the measure adds up over a year, and its figures come in parts of one */
    bool applies;    /* the measure adds up over a year that is not over */
    unsigned step;   /* months to a figure: 1, 3; 0: one figure from the year's first day on */
    enum ytd_status status; /* of step 1 and 3 */
    struct value now, before;
    struct period period, period_before;
    struct change change;
    struct text why; /* what is missing; empty: nothing */
};

enum target_origin { TARGET_OF_NOBODY, TARGET_OF_JOB, TARGET_OF_EXPORT };
struct target_in_use {
    enum target_origin origin;
    struct target target; /* as it is held against the value; `value` is that of its period */
    bool is_known;        /* it has a value, or a band */
    unsigned marker;      /* in place of one that is not known */
    bool is_cumulative;   /* of a year, and spread over it: `annual` is all of it */
    struct decimal annual;
    struct value last_total; /* of last year, where its share is the profile */
    struct text words;       /* of the export, where they are no number: "95% by March" */
};

enum { TRAVEL_LAST_PERIOD, TRAVEL_LAST_YEAR, TRAVELS };
struct direction {
    bool is_known;
    size_t baseline; /* of the comparison; SIZE_MAX: there is none */
    struct travel travel;
    struct text why; /* not known although both figures are there */
};

struct year_end {
    bool is_known;
    bool is_seasonal;  /* by last year's share, else by the days that have gone */
    bool phi_is_known; /* from the months of two years, else 1 */
    double phi, elapsed, days;
    struct forecast forecast;
    struct decimal lower, upper; /* whole counts */
    struct value last_total;
    unsigned markers; /* in place of the range */
    struct text why;
};

struct performance {
    const struct compared *row;  /* the period, the one before and the same of last year */
    size_t measure;              /* of the dataset */
    const struct figure *figure; /* of the period; NULL: none in one area */
    struct value value;          /* what is held against the target */
    struct period period;        /* the value's */
    struct target_in_use target;
    enum rag rag;
    unsigned markers; /* in place of a status */
    struct text why;  /* there is no status */
    struct decimal dead_band;
    struct direction directions[TRAVELS];
    struct so_far so_far;
    struct year_end year_end;
    unsigned rounded_to; /* counts are, to protect people; 0: they are exact */
    unsigned places; /* decimals with which value and target are shown: enough to tell them apart */
};

/* A year cut into months or quarters, as far as the source has such periods. */
enum { PARTS_MONTHS, PARTS_QUARTERS, PARTS };
struct year_parts {
    struct period whole; /* start not known: there is no such year */
    bool has[PARTS];     /* the source has figures for one of them at least */
    struct period parts[PARTS][YTD_MONTHS];
};

struct performances {
    const struct comparison *comparison; /* against the last period and the same of last year */
    struct year_parts year[3]; /* the financial year of the period, and the two before it */
    struct date extract;
    bool has_directions;
    struct performance *items; /* one a measure, in the order of the dataset */
    size_t count;
};

/*
 * `as_at` is the day of the export where the source does not say. `area` as in comparison_make().
 * Directions are worked out where a measure has a target or a polarity, or when they are asked for:
 * the tests behind them take their time.
 */
struct performances *performance_make(struct arena *arena, const struct dataset *dataset,
                                      size_t area, struct period period, struct date as_at,
                                      bool with_directions);

/* Whether there is something to say of a measure's target, or of its year. */
bool performance_has_target(const struct performance *performance);
bool performance_has_year(const struct performance *performance);

/* ---- in words: performance_words.c ---- */

enum performance_part {
    PART_TARGET,
    PART_STATUS,
    PART_GAP,
    PART_TRAVEL,
    PART_YEAR_TRAVEL,
    PART_TO_DATE,
    PART_TO_DATE_BEFORE,
    PART_TO_DATE_CHANGE,
    PART_FORECAST,
    PERFORMANCE_PARTS
};
/* The names in facts: "to-date". */
const char *performance_part_name(enum performance_part part);
/* "Amber", "1.2 percentage points below the target", "up 14: worsening", "[c]". */
struct text performance_words(struct arena *arena, const struct performance *performance,
                              enum performance_part part);
/* "↑ up 14, worsening": the same for a table, with its arrow. */
struct text direction_words(struct arena *arena, const struct performance *performance, int which);
/* "5% of the target", "2 percentage points" */
struct text tolerance_words(struct arena *arena, const struct performance *performance);
/* A number in the measure's unit: "0.5 percentage points", "£1,200", "14". */
struct text measure_amount(struct arena *arena, const struct performance *performance,
                           struct decimal number, unsigned places);

/* ---- performance_year.c ---- */
void years_find(struct arena *arena, struct performances *all);
void year_so_far(struct arena *arena, const struct performances *all, struct performance *one);
void year_forecast(const struct performances *all, struct performance *one);

#endif
