/* What the files explain*.c share. */
#ifndef COMPUTE_EXPLAIN_INT_H
#define COMPUTE_EXPLAIN_INT_H

#include "compute/explain.h"

/* explain_rules.c: the rules that applied to the fact; call it when all else is filled in. */
void explain_rules(struct explanation *explanation);
void explain_add_rule(struct explanation *explanation, const char *name, struct text says);
/* A figure of measure and area that the fact rests on, with its place. */
void explain_add_input(struct explanation *explanation, struct explained_input input);
/* explain_trend.c: the recent trend, its five years, and why there is none. */
void explain_trend(struct explanation *explanation);
/* explain.c: a measure's figures of a period, or of the shorter ones that fill it, as inputs; and
 * those from number `first` on as a sum: "12 + 8 + 30". */
void explain_add_measure(struct explanation *explanation, size_t measure, struct period period);
struct text explain_figures(const struct explanation *explanation, size_t first);
/* explain_performance.c: a fact of FACT_PERFORMANCE, and its rules. */
void explain_performance(struct explanation *explanation);
void explain_performance_rules(struct explanation *explanation);
/* explain_change.c: what can be told of the fact's row against baseline number `b`, and why. */
void explain_change(struct explanation *explanation, size_t b);

/* The value of the row in the period of baseline `b`, or BASELINE_NOW, and that period. */
static inline struct value explain_value(const struct fact *fact, size_t b)
{
    return b == BASELINE_NOW ? fact->row->now : fact->row->before[b];
}
static inline struct period explain_period(const struct fact *fact, size_t b)
{
    return b == BASELINE_NOW ? fact->comparison->period
                             : fact->comparison->baselines.items[b].period;
}
/*
 * Whether the fact rests on the row's value in that period: a row on all, a change on its two, a
 * value on its own.
 */
bool explain_rests_on(const struct fact *fact, size_t b);
/* Whether `row` is what `whole` is worked out from: a part, the total of a remainder, or itself. */
bool explain_is_operand(const struct compared *whole, const struct compared *row);

#endif
