/*
 * months - what months and quarters say against each other: those that are missing between the
 * first and the last, those whose count is far outside its own history, and a last one that may
 * not be whole (statistics.md 7).
 */
#ifndef COMPUTE_MONTHS_H
#define COMPUTE_MONTHS_H

#include "data/dataset.h"

enum doubt_kind {
    DOUBT_OUTLIER, /* far outside its own history */
    DOUBT_LOW_END, /* the last one, and far below it: it may not be whole */
    DOUBT_CUT_OFF  /* the last one, and the figures end before it does */
};

/* A month (or quarter) that changes had better not rest on. */
struct doubt {
    enum doubt_kind kind;
    struct text label; /* of the measure; empty: of all that the source counts */
    struct text area;  /* empty: the only one, or all */
    struct period period;
    struct value value;        /* what was counted; not present for DOUBT_CUT_OFF */
    struct value low, high;    /* of the history that it is held against; likewise */
    struct text history;       /* "the 12 months before"; likewise */
    struct date last_day;      /* of DOUBT_CUT_OFF: the day after which there is nothing */
    bool ends_with_as_at;      /* that day is the date of the figures; else the last event's */
    struct value without_area; /* events of that month that no area has; not present: not known */
    struct place place;        /* the first figure of it */
};
struct doubts {
    struct doubt *items;
    size_t count;
    size_t capacity;
};

/*
 * The doubtful months of one area, or of AREA_ALL, oldest first. Events are counted as a whole;
 * figures by their total, else the sum of their parts, else each measure that is a count.
 *
 * A month is far outside its history when it differs from the median by more than 3.5 x 1.4826 x
 * the median absolute deviation of the same months of earlier years where there are three, else of
 * the 12 before; with fewer than 12 before it, of the 12 (at least 6) nearest to it. Where the
 * deviation is 0 nothing can be said. Doubles and rounding have no part in it.
 */
struct doubts months_doubts(struct arena *arena, const struct dataset *dataset, size_t area,
                            struct date as_at);

/*
 * The months (or quarters) without a figure between the first and the last: of the source, or of
 * one area where others have them. None when the periods are no run: where fewer than half of them
 * follow on the one before, as when the same quarter of two years is compared.
 */
struct gaps {
    struct period *items;
    size_t count;
    size_t capacity;
    struct period first, last; /* of the run; set when count > 0 */
};
struct gaps months_missing(struct arena *arena, const struct dataset *dataset, size_t area);

#endif
