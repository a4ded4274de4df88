/*
 * comparison - the measures of one dataset, in one area, in the job's period against its baselines.
 *
 * Rows stand in the order in which a reader needs them (statistics.md 1.4): the total, its parts as
 * in the source with each "of which" below its parent, the remainder that no part names, then what
 * is counted inside the parts already, then what is outside the total. Measures whose relation is
 * not declared stand in the order of the source.
 */
#ifndef COMPUTE_COMPARISON_H
#define COMPUTE_COMPARISON_H

#include "compute/change.h"
#include "compute/evidence.h"
#include "compute/months.h"
#include "compute/values.h"

enum { BASELINES_MAX = 3 };

struct baseline {
    struct period period;
    bool abnormal;      /* compared with a year that was unlike others: carries a note */
    struct place place; /* in the job file */
};
struct baselines {
    struct baseline items[BASELINES_MAX];
    size_t count;
};

/* How a change was tested. */
enum test_method {
    TEST_NONE,
    TEST_COUNTS, /* two counts over days (statistics.md 2.1) */
    TEST_MONTHS, /* the same on both years' months (2.2) */
    TEST_SHARES, /* two percentages, each with its count and denominator (2.3) */
    TEST_RATES,  /* two counts over their populations (2.1, 4) */
    TEST_LIMITS  /* two figures of which published limits are known (2.4) */
};

/* Whether a change can be told from chance: see judgement.h. NAN where nothing was tested. */
struct judged {
    enum evidence evidence;
    enum test_method method;
    bool is_exact; /* TEST_SHARES: by Fisher's test, not the z test */
    double effect; /* the ratio of the rates (a day, or a person); of TEST_SHARES and TEST_LIMITS
                      the difference, in points or the measure's unit */
    struct interval ci95; /* of the effect */
    double base;          /* what a difference is little beside (2.6): 10% of it; NAN of a ratio */
    double events; /* of both periods: of a percentage those with or without it, whichever are
                      fewer; INFINITY where the counts are not known */
    double p, p_holm;
    double phi; /* how variable the months are; else phi_max */
};

struct compared {
    const struct measure *measure; /* NULL for what the program worked out itself */
    struct text label;
    struct text slug;
    enum measure_kind kind;
    enum relation relation;
    bool is_remainder;
    bool is_sum; /* a total that the source does not give: the sum of its parts */
    struct value now;
    struct value before[BASELINES_MAX];
    bool is_broken[BASELINES_MAX]; /* a break in the series lies between */
    struct change changes[BASELINES_MAX];
    struct judged judged[BASELINES_MAX];
    unsigned places;    /* decimals shown in the row: the most that any value has */
    struct place place; /* of the current figure, or of the measure */
};

/* An area that stands beside the comparison's own. */
enum { COMPARATORS_MAX = 2 };
struct comparator {
    const struct comparison *comparison; /* the same periods there */
    bool is_beside; /* a neighbour: the area is no part of it (statistics.md 4) */
};

struct comparison {
    const struct dataset *dataset;
    size_t where;     /* the number of the area, or AREA_ALL */
    struct text area; /* for readers; empty when the export names none */
    struct period period;
    struct baselines baselines;
    struct doubts doubts; /* of months_doubts, as the caller asked for them; else none */
    bool has_subsets;     /* some measures are "of which" another */
    struct compared *rows;
    size_t count;
    size_t capacity;
    struct comparator comparators[COMPARATORS_MAX]; /* in the order in which the job names them */
    size_t comparator_count;
    bool is_comparator;  /* of another area, for comparison alone: not tested */
    bool rounding_shows; /* parts and total may differ by what rounding explains */
};

/*
 * `area` is a number of the dataset's areas or AREA_ALL. `remainder` labels the remainder row; when
 * empty, "Other (not listed)".
 */
struct comparison *comparison_make(struct arena *arena, const struct dataset *dataset, size_t area,
                                   struct period period, const struct baselines *baselines,
                                   struct text remainder);

/*
 * From then on a comparison of the dataset that its slices need is made once, and kept in the
 * dataset's arena: there can be hundreds of slices.
 */
void comparison_keep(struct dataset *dataset);

/*
 * One row an area instead of one a measure: the total of each area (its total measure, or the sum
 * of its parts).
 */
struct comparison *comparison_by_area(struct arena *arena, const struct dataset *dataset,
                                      struct period period, const struct baselines *baselines);

/*
 * What the total and all its parts were rounded to when they were published, in any of the periods;
 * NULL when they show no rounding. The result is `unit`.
 */
const struct decimal *comparison_rounding(const struct comparison *comparison,
                                          struct decimal *unit);

/* Whether any row has a figure, shown or hidden, in the period of that baseline. */
bool comparison_knows(const struct comparison *comparison, size_t b);
/* A copy with the baselines alone that any row has a figure for, its comparators too. */
struct comparison comparison_known(struct arena *arena, const struct comparison *comparison);

/* The row with that slug, or NULL. */
const struct compared *comparison_row(const struct comparison *comparison, struct text slug);

/* Puts `other`, of the same periods, beside a comparison that has fewer than COMPARATORS_MAX; its
 * own changes are no longer tested. */
void comparison_add_comparator(struct comparison *comparison, struct comparison *other,
                               bool is_beside);
/* The row of the same measure (or sum, or remainder) in a comparator, or NULL. */
const struct compared *comparator_row(const struct comparator *comparator,
                                      const struct compared *row);
/* "Burglary (per 1,000)": the label of a row with the unit that its figures do not show. */
struct text compared_title(struct arena *arena, const struct compared *row);

/*
 * The changes that rest on a month: "the change on 2019/20", or "every change" when it is within
 * the comparison's own period; empty when none does.
 */
struct text comparison_resting(struct arena *arena, const struct comparison *comparison,
                               struct period month);

/* What a reader must know of one change, a sentence or two; empty where there is nothing: a
 * percentage that years of unequal length shift, a baseline that was unlike other years, a month
 * that is in doubt. */
struct text comparison_days_note(struct arena *arena, const struct comparison *comparison,
                                 const struct compared *row, size_t b);
struct text comparison_abnormal_note(struct arena *arena, const struct comparison *comparison,
                                     size_t b);
struct text comparison_doubt_note(struct arena *arena, const struct comparison *comparison,
                                  const struct doubt *doubt);

/* What a reader must know of the periods, a sentence or two each; for notes below tables: years
 * of unequal length where it shows, years that were unlike others, and doubtful months that a
 * change rests on. */
struct texts comparison_notes(struct arena *arena, const struct comparison *comparison);

#endif
