/*
 * reported - a figure that an earlier report rested on, as it was: what the next one is held
 * against (statistics.md 1.6 and 7).
 */
#ifndef DATA_REPORTED_H
#define DATA_REPORTED_H

#include "data/dataset.h"

/* More are not kept of one run: a report shows some hundred. */
enum { REPORTED_MOST = 20000 };

struct reported {
    struct text source, measure, area; /* by name; area empty: all of the source's */
    struct text rule;                  /* by which small counts were hidden and others rounded */
    struct text period;                /* for readers */
    struct date start, end;            /* its days, both included */
    struct decimal value;              /* never one that was hidden or stopped */
    struct text place;                 /* in the export then: "exports/crime.csv:2:4" */
    struct text report;                /* the period of the report, for readers */
};
struct reporteds {
    struct reported *items;
    size_t count;
    size_t capacity;
};
void reported_add(struct arena *arena, struct reporteds *all, struct reported reported);

/* "below 5, rounding 5"; empty where nothing is hidden. Figures shown by two rules are not
 * compared: one would say what the other hides. */
struct text hiding_text(struct arena *arena, const struct hiding *hiding);

#endif
