/*
 * explain - where a fact comes from: its formula with the numbers in it, why a change is called
 * what it is called, every figure behind it with its place, and the rules that applied.
 *
 * A number that a marker hides is nowhere in it: it shows as its marker.
 */
#ifndef COMPUTE_EXPLAIN_H
#define COMPUTE_EXPLAIN_H

#include "compute/facts.h"

/* How many inputs are shown; the others are counted. */
enum { EXPLAIN_INPUTS = 20 };

struct explained_input {
    struct text what;    /* "Burglary, Lutterworth, April 2021", "action 3.2" */
    struct value value;  /* of an action not present, without a marker */
    struct text shown;   /* "1,234 [p]", "[c]"; of an action its status */
    struct place place;  /* no file: what is said has no place in a file */
    struct text stopped; /* why it was taken out, after "because"; usually empty */
};

/* One change, and what can be told of it. */
struct explained_change {
    struct text baseline; /* "2020/21" */
    struct text words;    /* "clear rise"; "not tested" */
    struct text why;
    struct text sentence; /* what a report says; empty when a figure is not there */
    const struct judged *judged;
    size_t family; /* rows that were tested against the baseline together; 0: it was not tested */
};

struct explained_rule {
    const char *name; /* "rounding", "small base", … */
    struct text says;
};

struct explanation {
    struct arena *arena;
    const struct fact *fact;
    struct text display;
    struct value value; /* of a change the difference; of a text not present */
    bool has_percent;
    struct decimal percent; /* of a change, to 18 significant digits */
    struct texts formula;   /* a line each */
    struct explained_input *inputs;
    size_t input_count;
    size_t input_capacity;
    struct explained_change changes[BASELINES_MAX];
    size_t change_count;
    struct explained_rule *rules;
    size_t rule_count;
    size_t rule_capacity;
};

struct explanation *explain_fact(struct arena *arena, const struct fact *fact);

/* In plain words, 80 columns (places of files are never cut). */
struct text explanation_text(const struct explanation *explanation);
/* An object; docs/reference.md lists its keys. */
struct text explanation_json(const struct explanation *explanation);

#endif
