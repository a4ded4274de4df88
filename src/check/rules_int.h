/*
 * The rules of data quality as pure functions of numbers, periods and words (statistics.md 7). The
 * files beside this one ask them about a dataset and tell what they find.
 */
#ifndef CHECK_RULES_INT_H
#define CHECK_RULES_INT_H

#include "data/dataset.h"

/* The codes of the catalogue. */
#define DQ_CATALOGUE(X)                                                                            \
    X(OK)                                                                                          \
    X(SUM_LESS)                                                                                    \
    X(SUM_REMAINDER)                                                                               \
    X(SUM_ROUNDING)                                                                                \
    X(SUBSET)                                                                                      \
    X(DOUBLE_COUNT)                                                                                \
    X(PCT_MISMATCH)                                                                                \
    X(DOUBLE_NEGATIVE)                                                                             \
    X(PERIOD_LABEL)                                                                                \
    X(PERIOD_GAP)                                                                                  \
    X(INCOMPLETE)                                                                                  \
    X(OVERLAP)                                                                                     \
    X(UNIT_SCALE)                                                                                  \
    X(RATE_RECOMPUTE)                                                                              \
    X(RANGE)                                                                                       \
    X(INTEGER)                                                                                     \
    X(STALE_POP)                                                                                   \
    X(OUTLIER)                                                                                     \
    X(COUNT_MEANING)                                                                               \
    X(CI_ORDER)                                                                                    \
    X(CLAIM_NOT_SUPPORTED)                                                                         \
    X(AMOUNT_MISMATCH)                                                                             \
    X(KEY_OFFSET)
enum dq {
#define DQ_ENUM(name) DQ_##name,
    DQ_CATALOGUE(DQ_ENUM)
#undef DQ_ENUM
};
const char *dq_word(enum dq code); /* "DQ_SUM_LESS"; "OK" */

/* Parts against their total. `unit` is what all were rounded to; NULL when they are exact. */
enum dq dq_sum(const struct decimal *parts, size_t count, struct decimal total,
               const struct decimal *unit);
enum dq dq_subset(struct decimal part, struct decimal whole);
/* A sum that is offered over rows of these relations: of parts alone it counts nothing twice. */
enum dq dq_summed(const enum relation *relations, size_t count);

/*
 * `stated` is `times` * numerator / denominator, rounded half away from zero at the decimals that
 * it is stated with; at no more than six, beyond which spreadsheets print what they cannot hold.
 */
bool dq_rounds_to(struct decimal numerator, struct decimal denominator, struct decimal times,
                  struct decimal stated);
enum dq dq_percent(struct decimal numerator, struct decimal denominator, struct decimal stated);
enum dq dq_rate(struct decimal count, struct decimal population, struct decimal per,
                struct decimal stated);
/* A minus sign beside a word that says the direction already: "-26% decrease". */
enum dq dq_wording(struct text words);

/* A key that describes another number of types than there are rows: taken literally, the words of
 * one row stand beside another (7). */
enum dq dq_key(size_t types, size_t rows);

/* "YTD" on a whole year. */
enum dq dq_period_label(struct period period);
/* The first of the periods inside `whole` that is missing between others is put into *missing. */
enum dq dq_period_gap(struct arena *arena, const struct period *periods, size_t count,
                      struct period whole, struct period *missing);
/* A period that had not ended on the day on which the figures were taken. */
enum dq dq_complete(struct period period, struct date taken);
/* Two periods that share days. */
enum dq dq_overlap(struct period a, struct period b);
/* A population of more than two years before the end of the period that it is used for. */
enum dq dq_population(struct period population, struct period period);

/*
 * A value a hundred or a thousand times (within 5%) what is usual among `others`, or as much
 * smaller; or, of percentages, a proportion among them: all others above 1 and this not.
 */
enum dq dq_unit_scale(struct decimal value, const struct decimal *others, size_t count,
                      bool is_percent);
/* A count, or what something is a share of, is not below zero; DQ_OK for one that is not there. */
enum dq dq_below_zero(struct value value);
/* What a number of that kind can be. */
enum dq dq_value(enum measure_kind kind, struct decimal value);
enum dq dq_limits(struct decimal lower, struct decimal value, struct decimal upper);
/*
 * What a count beside a value can count. The mean of points over people is no share: where the
 * count divided by the value would be the people, the count is points.
 */
enum dq dq_count(enum measure_kind kind, struct decimal value, struct decimal count);

#endif
