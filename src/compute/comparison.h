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

/* Whether a change can be told from chance: see judgement.h. NAN where nothing was tested. */
struct judged {
    enum evidence evidence;
    bool monthly; /* tested on both years' months */
    double ratio; /* of the rates a day */
    struct interval ci95;
    double p, p_holm;
    double phi; /* how variable the months are; of annual counts phi_max */
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
    struct change changes[BASELINES_MAX];
    struct judged judged[BASELINES_MAX];
    unsigned places;    /* decimals shown in the row: the most that any value has */
    struct place place; /* of the current figure, or of the measure */
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
    bool rounding_shows; /* parts and total may differ by what rounding explains */
};

/* What stands for every area of an export whose areas add up. */
#define AREA_ALL SIZE_MAX

/*
 * The value of a measure in a period: the figure itself, or for counts and money the sum of the
 * shorter periods that fill it without gap or overlap. Otherwise absent with [x]. Rounded counts
 * are not added up: their sum would not be the rounded sum.
 */
struct value dataset_value(const struct dataset *dataset, size_t measure, size_t area,
                           struct period period, struct place *place);

/* Whether values of shorter periods, or of areas, are added: counts and money. */
bool measure_adds_up(enum measure_kind kind);
/* The periods, shorter than `whole`, that fill it without gap or overlap, oldest first; 0: none. */
size_t dataset_periods_filling(const struct dataset *dataset, struct period whole,
                               const struct period ***out);

/*
 * `area` is a number of the dataset's areas or AREA_ALL. `remainder` labels the remainder row; when
 * empty, "Other (not listed)".
 */
struct comparison *comparison_make(struct arena *arena, const struct dataset *dataset, size_t area,
                                   struct period period, const struct baselines *baselines,
                                   struct text remainder);

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

/* The row with that slug, or NULL. */
const struct compared *comparison_row(const struct comparison *comparison, struct text slug);

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
