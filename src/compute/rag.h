/*
 * rag - a value against its target, its direction of travel, and where a year is heading
 * (statistics.md 5). Exact decimals: 94.99 is not 95, also where it prints as 95.0.
 */
#ifndef COMPUTE_RAG_H
#define COMPUTE_RAG_H

#include "data/action.h"
#include "data/target.h"

/* RAG_NONE without a polarity: no colour where nobody said which way is good. A boundary belongs to
 * the better colour. */
enum rag rag_against_target(struct decimal value, const struct target *target);

/* By how much the value misses the target; 0: it does not. *edge is the target, or the end of the
 * band that is missed. Not for POLARITY_NONE. */
struct decimal target_missed(struct decimal value, const struct target *target,
                             struct decimal *edge);

enum arrow { ARROW_SAME, ARROW_UP, ARROW_DOWN };
enum judgement { JUDGEMENT_NONE, JUDGEMENT_SAME, JUDGEMENT_IMPROVING, JUDGEMENT_WORSENING };
struct travel {
    enum arrow arrow; /* of the number */
    enum judgement judgement;
};
/* A change of at most `dead_band` is none. Of a band, nearer to it is better. */
struct travel direction_of_travel(struct decimal now, struct decimal before,
                                  const struct target *target, struct decimal dead_band);
const char *arrow_word(enum arrow arrow);             /* "up" */
const char *judgement_word(enum judgement judgement); /* "improving" */

/*
 * Where a count will stand at the year's end if it goes on as it has: y events in `elapsed` of
 * `days`. phi: how much more than by chance the count varies (1: by chance alone). The range is
 * what to show, never the middle alone; its lower end is at least y.
 */
struct forecast {
    double remaining, total;
    double lower, upper; /* 95% */
};
struct forecast forecast_year(double y, double elapsed, double days, double phi);
/* The same where last year's months are known: `share` of last year's total was reached by now. */
struct forecast forecast_seasonal(double y, double elapsed, double days, double share, double phi);

#endif
