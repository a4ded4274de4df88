/*
 * facts - what templates can call on by name.
 *
 *     job.period                     "2021/22"
 *     crime.total                    a row of a comparison: now and before
 *     crime.total.now  .previous  .reference  .third
 *     crime.total.change             on the first baseline; .reference-change, .third-change
 *     crime.total.trend              of its last five years (recent_trend.h)
 *     crime.total.comparator-change  the same in the first comparator; .comparator-2-change
 *     health.obesity.latest  .latest-count  .latest-period  .standing
 *     health.better.count            of the measures with a comparator
 *     survey.answered  survey.answer-1  .answer-1-count  .answer-1-share
 *     kpi.bins.target  .status  .gap  .travel  .year-travel
 *     kpi.bins.to-date  .to-date-before  .to-date-change  .forecast
 *     actions.count  actions.red.count  actions.overdue.count  actions.target.blank.count
 *     actions.added.count  actions.moved.count  actions.changes
 *
 * Names are slugs joined by points. A fact knows how to show itself, and what it was made from
 * (explain.h).
 */
#ifndef COMPUTE_FACTS_H
#define COMPUTE_FACTS_H

#include "compute/performance.h"
#include "compute/recent_trend.h"

enum fact_kind { FACT_TEXT, FACT_VALUE, FACT_CHANGE, FACT_ROW, FACT_TREND, FACT_PERFORMANCE };

/* Which actions of a source a fact counts. */
struct actions_counted {
    const struct dataset *dataset; /* NULL: it counts none */
    enum { ACTIONS_ALL, ACTIONS_STATUS, ACTIONS_OVERDUE, ACTIONS_LISTED } which;
    enum rag rag;       /* of ACTIONS_STATUS */
    const bool *listed; /* of ACTIONS_LISTED: one an action of the dataset */
    struct text list;   /* what they are: "the actions with a placeholder in 'Target'" */
    struct date as_at;
};

/* In place of a baseline's number: the job's own period. */
#define BASELINE_NOW SIZE_MAX

struct fact {
    struct text name;
    enum fact_kind kind;
    struct text text;                    /* FACT_TEXT */
    struct value value;                  /* FACT_VALUE */
    unsigned places;                     /* of the value */
    enum measure_kind unit;              /* of the value */
    const struct comparison *comparison; /* NULL for a text and a count of actions */
    const struct compared *row;
    size_t baseline;   /* FACT_CHANGE, FACT_VALUE of a row */
    struct date as_at; /* FACT_TREND: years that end later are left out; may be unknown */
    const struct performances *performances; /* FACT_PERFORMANCE; its row is in `comparison` */
    const struct performance *performance;
    enum performance_part part;
    struct actions_counted actions;
    struct place place; /* where it comes from */
};

struct facts {
    struct arena *arena;
    struct date as_at; /* of the figures; may be unknown */
    struct fact *items;
    size_t count;
    size_t capacity;
};

void facts_add_text(struct facts *facts, struct text name, struct text text, struct place place);
/* A number that is no row of a comparison, shown with its own decimals. */
void facts_add_number(struct facts *facts, struct text name, struct value value,
                      enum measure_kind unit, struct place place);
/* All facts of a comparison under PREFIX.ROW. */
void facts_add_comparison(struct facts *facts, struct text prefix,
                          const struct comparison *comparison);
/* facts_latest.c: PREFIX.MEASURE.latest and the others of its latest figure that does not begin
 * after `end`, and PREFIX.better.count and the others of all; nothing without a comparator. */
void facts_add_latest(struct facts *facts, struct text prefix, const struct comparison *comparison,
                      struct date end);
/* facts_survey.c: of answers with one base PREFIX.answered, and of the three that most people chose
 * PREFIX.answer-1, .answer-1-count and .answer-1-share, a whole per cent. Nothing of other sources.
 */
void facts_add_survey(struct facts *facts, struct text prefix, const struct dataset *dataset,
                      size_t area, struct date end);
/* PREFIX.MEASURE.target and the others, of measures with a target or polarity; .to-date and those
 * of the year, of measures that add up over one. */
void facts_add_performance(struct facts *facts, struct text prefix,
                           const struct performances *performances);
/* PREFIX.count, PREFIX.STATUS.count for each status, PREFIX.overdue.count; of what is missing
 * PREFIX.gaps.count, PREFIX.FIELD.blank.count and PREFIX.FIELD.placeholder.count; where the job has
 * an earlier version PREFIX.added.count and the others of versions.h, and PREFIX.changes in words.
 */
void facts_add_actions(struct facts *facts, struct text prefix, const struct dataset *dataset,
                       struct date as_at);

/* The fact of exactly that name, or NULL. */
const struct fact *facts_find(const struct facts *facts, struct text name);
/* Of the measure of a FACT_TREND; worked out when it is asked for. */
struct recent_trend fact_trend(struct arena *arena, const struct fact *fact);
/* Whether a fact counts the action. */
bool action_is_counted(const struct actions_counted *counted, const struct action *action);
/* The nearest name, or the empty text. */
struct text facts_nearest(const struct facts *facts, struct text name);

/*
 * The fact in a format: "" (its usual form), "number", "percent", "sentence", "judged". False when
 * the fact has no such format; *out is then what it has ("number, percent").
 */
bool fact_display(struct arena *arena, const struct fact *fact, struct text format,
                  struct text *out);

/* A value with its thousands and markers: "5,005", "8.73 [p]", "[c]". */
struct text value_display(struct arena *arena, struct value value, unsigned places,
                          enum measure_kind kind);

/* One fact a line, name and value: `panelpack dump --stage=facts`. */
struct text facts_dump(struct arena *arena, const struct facts *facts);

#endif
