/*
 * standing - how one measure of an area stands to another area or to its goal, with all that the
 * export gives: the publisher's own words go before published limits, and these before what can be
 * worked out from counts (statistics.md 2.5, 4, 5 and 8).
 */
#ifndef COMPUTE_STANDING_H
#define COMPUTE_STANDING_H

#include "compute/benchmark.h"
#include "compute/comparison.h"

enum stood_by {
    STOOD_NOT,       /* `why` says why not */
    STOOD_MARKED,    /* a figure is not there: `markers` say why */
    STOOD_PUBLISHED, /* the publisher's word */
    STOOD_LIMITS,    /* published limits */
    STOOD_COUNTS,    /* the counts and denominators of both areas */
    STOOD_COUNT,     /* the area's own count */
    STOOD_ESTIMATED  /* the same, where it is no more than an estimate [e] */
};

struct stood {
    enum stood_by by;
    enum standing standing; /* but of the first two */
    struct text why;        /* in words: how it was found, or why not */
    unsigned markers;
};

/* One measure here and in a comparator, of one period. */
struct measured {
    const struct measure *measure;
    const struct figure *here;
    const struct figure *there; /* NULL: there is none */
    struct text there_name;     /* "England" */
    bool is_part;               /* the area is within the comparator */
    bool is_open_survey;
    bool is_rounded; /* counts are, to protect people: nothing follows from them */
    bool estimates;  /* what can only be estimated is to be shown too */
};

/* The latest figure of a measure in an area that does not begin after `end` (not known: any). */
const struct figure *dataset_latest(const struct dataset *dataset, size_t measure, size_t area,
                                    struct date end);

/* Of a figure of the comparison's area beside the comparator's figure of the same period. */
struct measured standing_measured(const struct comparison *comparison,
                                  const struct comparator *comparator, size_t measure,
                                  const struct figure *here, bool estimates);
struct stood standing_to_area(struct arena *arena, const struct measured *measured);
/* The same to the target that the export gives; STOOD_NOT with empty `why` where it gives none, or
 * nobody said which way is good. */
struct stood standing_to_goal(struct arena *arena, const struct measured *measured);

/* The 95% interval of the figure here, published or worked out; NAN where there is none. */
struct interval standing_range(struct arena *arena, const struct measured *measured);

/* For a cell: "↑ Higher, better", "≈ Similar". `is_above`: the figure is. */
struct text standing_display(struct arena *arena, enum standing standing, bool is_above);

#endif
