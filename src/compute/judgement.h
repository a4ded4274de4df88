/*
 * judgement - what a reader may be told of each change in a table (statistics.md 2.6): whether it
 * can be told from chance, and the sentence that says so.
 */
#ifndef COMPUTE_JUDGEMENT_H
#define COMPUTE_JUDGEMENT_H

#include "compute/comparison.h"

/*
 * Judges every row of a comparison against each baseline, where the periods are alike and share no
 * day: counts over days as exposure, or over months where both years have them; percentages and
 * rates by the counts and denominators behind them; other figures by published limits. All rows
 * tested against one baseline are one family. The remainder is no measure and not tested. `area` is
 * the one that the comparison was made for.
 */
void comparison_judge(struct comparison *comparison, size_t area);
/* The same for rows that were tested elsewhere: they are one family now. */
void comparison_classify(struct comparison *comparison);

/* Why a row is not tested against a baseline, in words; empty: it is. */
struct text judgement_refused(const struct comparison *comparison, const struct compared *row,
                              size_t b);

/* Why two periods are not like for like; NULL: they have the same length but for a leap day, the
 * same way of dividing time, and no day in common. Sliding windows share most of their events
 * (statistics.md 1.5). */
const char *judgement_unlike(struct period now, struct period before);

/* For a cell of a table: a mark and words, "↑ Clear rise"; "[z]" where nothing can be tested. */
struct text evidence_words(enum evidence evidence);

/*
 * "Total Crime: 5,005, compared with 4,330 in 2020/21, up 675 (15.6%). A rise this large is very
 * unlikely to be chance alone." Empty unless both values are there.
 */
struct text evidence_sentence(struct arena *arena, struct text label, struct value now,
                              struct value before, struct text before_label,
                              const struct change *change, enum evidence evidence);

/*
 * The same of a row against baseline `b`, with why the periods cannot be compared where they
 * cannot, and with the change in each comparator.
 */
struct text change_sentence(struct arena *arena, const struct comparison *comparison,
                            const struct compared *row, size_t b);

/* "In England it was up 4.0%." of each comparator with a change there; may be empty. No direction
 * is claimed of it that was not tested: "up" and "down" are said of the figure. */
struct text comparator_sentence(struct arena *arena, const struct comparison *comparison,
                                const struct compared *row, size_t b);

#endif
