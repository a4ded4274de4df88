/*
 * values - the value of a measure in an area and a period, and what lies behind it: figures of a
 * dataset as the rest of compute/ asks for them.
 */
#ifndef COMPUTE_VALUES_H
#define COMPUTE_VALUES_H

#include "data/dataset.h"

/* What stands for every area of an export whose areas add up. */
#define AREA_ALL SIZE_MAX

extern const struct value value_not_available; /* absent, with [x] */

/* a + b and a - b; absent when either is, with the markers of both. */
struct value value_add(struct value a, struct value b);
struct value value_subtract(struct value a, struct value b);

/*
 * The value of a measure in a period: the figure itself, or for counts and money the sum of the
 * shorter periods that fill it without gap or overlap. Otherwise absent with [x]. Rounded
 * counts are not added up: their sum would not be the rounded sum.
 */
struct value dataset_value(const struct dataset *dataset, size_t measure, size_t area,
                           struct period period, struct place *place);

/*
 * Whether a break in the series, [b], lies after the first day of the one period and not after the
 * other: what is on its two sides is not of one kind (statistics.md 1.2). Of AREA_ALL, in any area.
 */
bool dataset_breaks(const struct dataset *dataset, size_t measure, size_t area, struct period from,
                    struct period until);

/* Counts and money: what can be added up. */
bool kind_adds_up(enum measure_kind kind);
/* Whether its values of shorter periods are added: not where the job says that it is `non-additive`
 * or a point in time, as a caseload is (statistics.md 1.4). */
bool measure_adds_up(const struct measure *measure);
/* A part that is added to others: declared as one, and never a rate, share or mean (statistics.md
 * 1.4). */
bool measure_is_part(const struct measure *measure);
/* Whether the source has the period itself for the measure in the area (or in any: AREA_ALL), which
 * then goes before shorter ones; *out is its number. */
bool dataset_has_period(const struct dataset *dataset, size_t measure, size_t area,
                        struct period period, size_t *out);
/* The periods with a figure of the measure, shorter than `whole`, that fill it without gap or
 * overlap, oldest first; 0: none. */
size_t dataset_periods_filling(const struct dataset *dataset, size_t measure, size_t area,
                               struct period whole, const struct period ***out);

/*
 * What a figure rests on, as far as the export gives it: the count and denominator behind a rate or
 * percentage, and its published 95% limits. Absent, without a marker, where it is a sum.
 */
struct behind {
    struct value count, denominator;
    struct value lower, upper;
};
struct behind dataset_behind(const struct dataset *dataset, size_t measure, size_t area,
                             struct period period);

/* Whether the measure says of itself that it is standardised, adjusted or modelled: its figures are
 * not its counts over its denominators then. */
bool measure_is_standardised(const struct measure *measure);
/* Whether what is known of its count is known of the figure: of a crude rate or share, and not
 * where the job or the export says that it rests on more (statistics.md 8). */
bool measure_rests_on_count(const struct measure *measure);
/*
 * What a count over its denominator is multiplied by: 100 of a percentage, 1,000 of a rate "per
 * 1,000". False where the unit does not say, and of other kinds.
 */
bool measure_per(struct arena *arena, const struct measure *measure, struct decimal *out);
/*
 * Whether the value is its count over its denominator (x `per`), rounded half away from zero at the
 * decimals that it has, or at six where it has more. False when one of the three is not there.
 */
bool behind_makes(const struct behind *behind, struct value value, struct decimal per);

#endif
