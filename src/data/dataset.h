/*
 * dataset - the first model: what one source of a job holds.
 *
 * Measures, areas and periods are numbered in the order in which the source first names them; a
 * figure refers to them by number. Every row of the source is accounted for in `account`.
 */
#ifndef DATA_DATASET_H
#define DATA_DATASET_H

#include "base/map.h"
#include "data/action.h"
#include "data/period.h"
#include "data/target.h"
#include "data/value.h"

/* What the number means, which decides how a change is shown (statistics.md 1.1). */
enum measure_kind {
    KIND_COUNT,
    KIND_MONEY,
    KIND_RATE,
    KIND_PERCENT,
    KIND_MEAN,
    KIND_MEDIAN,
    KIND_LIFE_EXPECTANCY,
    KIND_SCORE,
    KIND_RANK,
    KIND_INDEX, /* 100 is the average */
    KINDS
};
const char *measure_kind_word(enum measure_kind kind); /* "count", "lifeexp", as in the oracle */
bool measure_kind_read(struct text t, enum measure_kind *out);

/* What a published figure rests on, which decides what interval it can have (statistics.md 8). */
enum basis {
    BASIS_UNKNOWN,
    BASIS_COUNTED,      /* its count over its denominator */
    BASIS_STANDARDISED, /* directly age-standardised */
    BASIS_SURVEY,       /* asked of a sample */
    BASIS_MODELLED,     /* its denominator, or all of it, is estimated by a model */
    BASIS_INDEX,        /* worked out of other figures: no sampling error */
    BASIS_EXCESS,       /* excess winter deaths */
    BASES
};
const char *basis_word(enum basis basis); /* "counted"; "unknown" */
bool basis_read(struct text t, enum basis *out);

/* How a measure stands to the total of its dataset (statistics.md 1.4). */
enum relation {
    RELATION_UNDECLARED, /* never added to anything */
    RELATION_TOTAL,
    RELATION_PART,
    RELATION_OF_WHICH, /* a subset of `parent` */
    RELATION_FLAG,     /* cross-cutting: counted inside the parts already */
    RELATION_OUTSIDE,  /* not in the total at all */
    RELATION_NON_ADDITIVE
};
const char *relation_word(enum relation relation);

/* Who answers for a measure, and what they say of it; usually empty. */
struct measure_owner {
    struct text name;
    struct text polarity;  /* what is good: "Bigger is better" */
    struct text frequency; /* how often it is reported: "Quarterly" */
};

struct measure {
    struct text name;  /* as in the source */
    struct text id;    /* the export's code for it, as it is written there; usually empty */
    struct text label; /* for readers */
    struct text slug;  /* in fact names: crime.SLUG.change */
    struct text group; /* a domain or theme; may be empty */
    struct text unit;  /* for readers, "" for a plain count: "per 100,000" */
    struct text note;
    struct text age; /* of the people that it is about, as the export has it: "65+ yrs" */
    struct measure_owner owner;
    struct target target; /* of [measure], its polarity also of the export; settled */
    enum measure_kind kind;
    enum basis basis;
    enum relation relation;
    size_t parent;      /* of RELATION_OF_WHICH; else SIZE_MAX */
    struct place place; /* where the source first names it */
};

/* How a figure compares, in the publisher's words: "Better 95%". */
struct published_against {
    struct text england;
    struct text parent; /* the region, or another area above */
    struct text goal;
};

/* What a publisher says besides a figure. Values that are not given are absent without a marker. */
struct published_with {
    struct value lower_95, upper_95; /* limits of its confidence intervals */
    struct value lower_998, upper_998;
    struct value target;
    bool target_is_annual;    /* its column says that it is a year's */
    struct text target_words; /* as it is written: "95% by March" */
    enum rag rag;
    struct text status; /* the owner's word for `rag` */
    struct text trend;  /* "Increasing & getting worse" */
    struct published_against against;
};

struct figure {
    size_t measure;
    size_t area;
    size_t period;
    struct value value;
    struct value count; /* numerator and denominator behind a rate or percentage, if given */
    struct value denominator;
    struct text note;
    const struct published_with *published; /* NULL: nothing */
    struct place place;                     /* the cell; for an aggregate the first row counted */
    bool is_stopped;                        /* it cannot be right: see dataset_stop() */
};

/* A figure that cannot be right, as it is told to readers. */
struct stopped {
    size_t measure, area, period;
    unsigned marker;    /* what stands in its place: [x], [z], or [c] */
    const char *code;   /* of the rule: "DQ_RANGE" (statistics.md 7) */
    struct text why;    /* after "because": "the parts add up to more than the total" */
    struct place place; /* dataset_stop() sets it: of the figure */
};

/* A figure that is not the one that an earlier report had. */
struct revised {
    size_t measure, area; /* area SIZE_MAX: all */
    struct period period; /* of the figure, which may be added up from shorter ones */
    struct decimal was;   /* in that report */
    struct text report;   /* its period, for readers */
};

/*
 * A figure that is a number of rows, counted here: a few bytes each, because there are hundreds of
 * thousands. It is shown as a struct figure to whoever asks.
 */
struct row_count {
    uint32_t measure;
    uint32_t area;
    uint32_t period;
    uint32_t file; /* of the first row counted: which of the account; UINT32_MAX: there is none */
    unsigned line;
    uint16_t column;
    uint16_t markers; /* of the period's label */
    uint64_t rows;
    struct figure *shown; /* NULL until it is asked for */
};

struct exclusion {
    struct text rule; /* "LSOA name does not begin with 'Harborough'" */
    size_t rows;
};

/* What was put right in cells or rows of one file, told with its place where it happened. */
struct repair {
    struct text what; /* "continuation row joined to the row above" */
    size_t count;
};

/*
 * read = used + all excluded + rejected, for each file (reliability.md P2). Repaired rows and cells
 * are counted beside: they are among those used.
 */
struct file_account {
    struct text path;
    bool is_lookup;       /* its rows name areas and are no figures */
    struct text sheet;    /* of a workbook; else empty */
    unsigned header_line; /* of the (first) header row; 0: none was found */
    struct text sha256;   /* 64 hexadecimal digits */
    struct text encoding;
    char delimiter;
    size_t bytes;
    size_t read;
    size_t used;
    size_t rejected;
    /* Of the values of rows that were used, added up while they were read: what is hidden or not
     * there does not count, and an event counts 1. check/account.c holds the figures against it. */
    struct decimal sum;
    bool sum_is_lost; /* the values have more digits than can be added up */
    struct exclusion *exclusions;
    size_t exclusion_count;
    size_t exclusion_capacity;
    struct repair *repairs;
    size_t repair_count;
    size_t repair_capacity;
};

struct account {
    struct file_account *files;
    size_t count;
    size_t capacity;
};

enum { SETTLE_DAYS = 42 }; /* [P] statistics.md 1.6 */

/* Which figures of people a source declares too small to be shown: compute/disclosure.h. */
struct hiding {
    struct text people; /* a name that sources of the same people share; empty: not said */
    bool is_declared;
    int64_t below; /* counts from 1 to one less are hidden; 0: what was declared cannot be read */
    bool zeros;    /* so are zeros */
    unsigned
        rounding; /* the others are multiples of it, each rounded for itself; 0: they are exact */
};

struct dataset {
    struct arena *arena;
    struct text name;   /* the NAME of [source NAME] */
    struct text title;  /* for readers; the name when not given */
    struct text source; /* line under tables: publisher, licence, extract date */
    struct text note;   /* what to mind, above that line */
    struct place place; /* of the section */
    bool picks_periods; /* the export sets periods side by side, as of a year ago: gaps are meant */
    bool counts_rows;   /* a row an event, not a row a figure: areas do not overlap and add up */
    bool is_open_survey; /* people chose to take part: no interval, no test (statistics.md 7) */
    bool period_given;   /* the export does not say of what period it is: the job does */
    struct hiding hiding;
    struct date last_event; /* of events with a day of their own; else not known */
    struct date extracted;  /* when the export was taken; not known: on the job's `as at` */
    int settle_days;        /* until the figures of a month no longer move */

    struct measure *measures;
    size_t measure_count;
    size_t measure_capacity;
    struct texts areas; /* an export without areas has one: the empty text */
    struct period *periods;
    size_t period_count;
    size_t period_capacity;
    struct figure *figures; /* NULL where rows are counted: see dataset_figure_at */
    size_t figure_count;    /* of figures, or of counts */
    size_t figure_capacity;
    struct row_count **counts; /* in chunks, which never move */
    size_t chunk_count;
    size_t chunk_capacity;
    struct map measure_index;
    struct map area_index;
    struct map period_index;
    uint32_t *index; /* open addressing over (measure, area, period); private to dataset.c */
    size_t index_size;

    struct stopped *stopped; /* in the order in which they were found */
    size_t stopped_count;
    size_t stopped_capacity;
    struct decimal stopped_sum; /* of their values: what was read still adds up */
    bool stopped_sum_is_lost;

    struct revised *revised; /* see dataset_revise() */
    size_t revised_count;
    size_t revised_capacity;

    struct action *actions;
    size_t action_count;
    size_t action_capacity;
    struct text
        action_headers[ACTION_FIELDS]; /* the source's column names; empty: no such column */
    struct texts further_headers;      /* of its further columns */
    bool is_filtered;                  /* `where` leaves rows out */
    struct text refers_to;             /* `refers to` of its section, and where that stands */
    struct place refers_to_place;

    /* Of actions: an earlier version of the same plan, which the job names; else NULL. */
    const struct dataset *before;
    bool before_is_lost; /* the job names one that was refused, or is none */
    bool is_earlier;     /* it is such a version: of its own time, and nobody's task today */

    /* Of a slice of some of the measures of another (data/slice.h): that one; else NULL. */
    const struct dataset *whole;
    /* Comparisons made of it for its slices, so that each is made once: comparison_keep(). */
    struct kept_comparisons *kept;

    struct account account;
    bool incomplete; /* errors were told of it: what is not there may have been refused */
};

/* The area of events that were exported without one. */
#define AREA_NOT_GIVEN TEXT("No location given")

/* On which day its actions are overdue: an earlier version's are judged when it was `extracted`. */
struct date dataset_as_at(const struct dataset *dataset, struct date as_at);
struct dataset *dataset_new(struct arena *arena, struct text name);
/* True when errors left nothing of the source: what rests on it was told with them. */
bool dataset_is_lost(const struct dataset *dataset);

/* The number of the named thing, added when it is new. */
size_t dataset_measure(struct dataset *dataset, struct text name, struct place place);
size_t dataset_area(struct dataset *dataset, struct text name);
size_t dataset_period(struct dataset *dataset, struct period period);

/* The figure, or NULL. The pointer is valid until the next dataset_add_figure. */
struct figure *dataset_figure(const struct dataset *dataset, size_t measure, size_t area,
                              size_t period);
/* The same as a copy, which takes no memory where many are looked at; false: there is none. */
bool dataset_find(const struct dataset *dataset, size_t measure, size_t area, size_t period,
                  struct figure *out);
/* A copy of the one at `i` of figure_count, in the order in which they came. */
struct figure dataset_figure_at(const struct dataset *dataset, size_t i);
/*
 * Adds `count.rows` to the figure with these keys, made when there is none, with the place of this
 * count. A dataset counts rows, or takes figures: never both.
 */
void dataset_count(struct dataset *dataset, struct row_count count);
/* Adds one to the figure with these keys; false when there is none yet. */
bool dataset_count_one(struct dataset *dataset, size_t measure, size_t area, size_t period,
                       unsigned markers);
/* The one at `i`, of a dataset that counts. */
const struct row_count *dataset_count_at(const struct dataset *dataset, size_t i);
/*
 * Makes the figure's markers good: a hidden value keeps neither its number nor the count that gives
 * it back.
 */
void figure_settle(struct figure *figure);
/* Adds and returns a figure, settled; there must be none with its keys yet. */
struct figure *dataset_add_figure(struct dataset *dataset, struct figure figure);
/*
 * stopped.c: takes the figure out, its count, denominator and limits with it, so that nothing can
 * be worked out from it: its value is absent with the marker from then on. Nothing happens to one
 * that is not there or was stopped before; one that is confidential stays so.
 */
void dataset_stop(struct dataset *dataset, struct stopped stopped);
/* False where its place was taken by another marker since, as when it was hidden. */
bool stopped_is_shown(const struct dataset *dataset, const struct stopped *stopped);
/* In the area (any of them: SIZE_MAX), in the period or a shorter one that lies in it. */
bool stopped_within(const struct dataset *dataset, const struct stopped *stopped, size_t area,
                    struct period period);
/* The first one of the measure within that area and period, shown as stopped; or NULL. */
const struct stopped *dataset_stopped_in(const struct dataset *dataset, size_t measure, size_t area,
                                         struct period period);
/* revised.c: from then on the figure, or the sum of shorter periods, is marked [r]. */
void dataset_revise(struct dataset *dataset, struct revised revised);
const struct revised *dataset_revised_in(const struct dataset *dataset, size_t measure, size_t area,
                                         struct period period);
/* Of the values that are there, and of those that were stopped: false when they have more digits
 * than can be added up. */
bool dataset_sum(const struct dataset *dataset, struct decimal *out);
struct action *dataset_add_action(struct dataset *dataset, struct action action);
/* How many fields its actions have, those that its source has no column for included. */
size_t dataset_action_fields(const struct dataset *dataset);
/* The name of a field's column in the source; empty: no such column. */
struct text dataset_action_header(const struct dataset *dataset, enum action_field field);
/* What tells the row to a reader: its title or, without one, the column right of the id. */
struct rich dataset_action_name(const struct dataset *dataset, const struct action *action);
/* The action whose id is `id`, however it is written; NULL when there is none. */
const struct action *dataset_action_of(const struct dataset *dataset, struct text id);
/* The field of its actions that a job or a template calls `name`, its slug or the header of its
 * column; false when the source has none. */
bool dataset_action_field(const struct dataset *dataset, struct text name,
                          enum action_field *field);
/* The first of these names that is one. */
bool dataset_action_field_of(const struct dataset *dataset, const char *const *names, size_t count,
                             enum action_field *field);

struct file_account *account_add_file(struct dataset *dataset, struct text path);
void account_exclude(struct arena *arena, struct file_account *file, struct text rule, size_t rows);
void account_repair(struct arena *arena, struct file_account *file, struct text what);
/* A value of a row that is used. */
void account_add_value(struct file_account *file, struct value value);
bool account_balances(const struct file_account *file);
size_t account_repaired(const struct file_account *file); /* how many repairs there were */
size_t account_excluded(const struct file_account *file); /* how many rows, by whatever rule */
/* All exports of a source as one, without its lookup: their rows, sums, rules and repairs; no path,
 * no place. */
struct file_account account_total(struct arena *arena, const struct account *account);
/* "1306 rows read, 939 used, 0 rejected, 367 left out (RULE), 2 repaired (WHAT)" */
struct text account_text(struct arena *arena, const struct file_account *file);

#endif
