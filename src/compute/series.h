/*
 * series - the figures of a measure in an area in order of time: whole months, quarters or years
 * that follow on each other and share no day (statistics.md 1.5, 2.7 and 3). Rolling years, years
 * to date, pooled years and days are never among them.
 */
#ifndef COMPUTE_SERIES_H
#define COMPUTE_SERIES_H

#include "compute/comparison.h"

/* Months from one point to the next; NONE, as a wish: as short as the source has. */
enum series_step { SERIES_NONE = 0, SERIES_MONTHS = 1, SERIES_QUARTERS = 3, SERIES_YEARS = 12 };

struct series_point {
    struct period period;
    struct value value;              /* [x] where the source has no figure: a gap */
    struct value count, denominator; /* behind it, if given */
    struct value lower, upper;       /* published limits of its 95% interval, if given */
    struct place place;
};

struct series {
    const struct dataset *dataset;
    size_t measure; /* SERIES_TOTAL: the sum of the parts */
    size_t area;    /* or AREA_ALL */
    struct text label;
    enum measure_kind kind;
    enum series_step step; /* NONE: the source has no two such periods */
    bool adds_up;          /* figures of shorter periods make those of longer ones */
    bool is_added;         /* longer periods, added up from those of the source */
    unsigned rounded_to;   /* counts are, to protect people; 0: they are exact */
    unsigned places;       /* decimals, the most that a figure has */
    struct series_point *points;
    size_t count;
    struct texts left_out; /* periods at the end that are not over, for readers */
    struct date known_to;  /* the day up to which figures are whole; may be unknown */
};

/* In place of a measure: the total of the source, or else the sum of its parts. */
#define SERIES_TOTAL SIZE_MAX

/* Whether the source has a total, or parts of one that may be added up. */
bool series_has_total(const struct dataset *dataset);

/*
 * From the first period with a figure to the last, gaps included. A `step` longer than the source's
 * periods adds counts and money up, to financial quarters and years that are whole, but for rounded
 * ones: none of these make a series. Periods that
 * end after `known_to` are left out, unless it is not known.
 */
struct series series_make(struct arena *arena, const struct dataset *dataset, size_t measure,
                          size_t area, enum series_step step, struct date known_to);

/* The day up to which figures are whole: `as_at`, or the last day before a month that is cut off.
 * Not known when neither is. */
struct date series_known_to(const struct doubts *doubts, struct date as_at);

/* Leaves out the points before `from`. */
void series_begin(struct series *series, struct period from);
/* The point of that period; `count` when there is none. */
size_t series_find(const struct series *series, struct period period);
/* The period of the series' length that begins with month `at`, counted from January of year 0. */
struct period series_period(struct arena *arena, const struct series *series, long at);
/* That month. */
long series_month(struct period period);
/* Whether a point is confidential. */
bool series_has_hidden(const struct series *series);

/* "month", "quarter", "year". */
const char *series_step_word(enum series_step step);
/* "12 months", "1 quarter". */
struct text series_steps_words(struct arena *arena, enum series_step step, size_t count);

#endif
