/*
 * benchmark - how a figure of one area stands to that of another, or to a goal, at one time
 * (statistics.md 2.5, 4 and 8).
 *
 * A published figure rarely comes with all that a test needs. What can be judged from a count and
 * the printed value alone is judged, and again at the ends of what the printed numbers may have
 * been rounded from; what cannot says why.
 */
#ifndef COMPUTE_BENCHMARK_H
#define COMPUTE_BENCHMARK_H

#include "compute/evidence.h"
#include "compute/values.h"

/* How far a table alone lets a figure be judged: the classes of statistics.md 8. */
enum benchmark_class {
    BENCHMARK_EXACT,      /* A: its interval follows from its count */
    BENCHMARK_ESTIMATED,  /* B: nearly; to be labelled so, and not shown unless it is asked for */
    BENCHMARK_NOT,        /* C: what the interval needs is not in the table */
    BENCHMARK_NO_SAMPLING /* D: there is none, such as an index of deprivation */
};
char benchmark_letter(enum benchmark_class found); /* 'A' to 'D' */

struct benchmark_input {
    enum measure_kind kind;
    enum basis basis;
    struct value value;
    struct value count;       /* events, or those who have what the percentage is of */
    struct value denominator; /* absent: worked out from the count and the value */
    double per;               /* 100 of a percentage, 1,000 of a rate "per 1,000" */
    double against;           /* what it is compared with, as it is printed */
    double against_half;      /* half a unit of its last digit; 0: it is exact, such as a goal */
    enum polarity polarity;
};

struct benchmark {
    enum benchmark_class found;
    const char *why;         /* how it was worked out, or why it could not be */
    double denominator;      /* count / value, NAN where it has no part in it */
    struct interval implied; /* … from the ends of the printed value's rounding */
    struct interval ci95;    /* in the unit of the value; NAN of C and D */
    enum standing standing;  /* of A and B */
    bool is_robust;          /* the same at all ends of the printed values' rounding */
};
struct benchmark benchmark_judge(const struct benchmark_input *input);

/* Half a unit of the last digit that a number is printed with. */
double printed_half(struct decimal number);

/*
 * Two areas by their counts and populations (2.1; of percentages 2.3). With `is_part` the first is
 * within the second and is taken out of it. False when the rest is no population. `effect` is the
 * ratio of the rates, or the difference of the percentages in points.
 */
struct beside {
    double effect;
    struct interval ci95;
    double p;
};
bool benchmark_beside(const struct behind *here, const struct behind *there, bool is_part,
                      enum measure_kind kind, struct beside *out);

/* "Better 95%", "Similar", "Lower 99.8": the standing that a publisher's words begin with. False
 * where they say something else. */
bool standing_read(struct text words, enum standing *out);

#endif
