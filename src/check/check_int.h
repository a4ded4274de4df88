#ifndef CHECK_CHECK_INT_H
#define CHECK_CHECK_INT_H

#include "check/check.h"

/* The value of a row in the current period (b == 0) or in baseline b - 1. */
static inline struct value value_at(const struct compared *row, size_t b)
{
    return b ? row->before[b - 1] : row->now;
}

/* figures.c: figures that cannot be, on their own or beside what is given with them, are taken out
 * (statistics.md 7). */
void stop_figures(struct diags *diags, struct dataset *dataset);
/* sums.c: parts above their total, subsets above their parent, totals that count twice (1.4). */
void stop_sums(struct diags *diags, struct dataset *dataset);

/* consistency.c: against counts, denominators and words given with them (7). */
void check_consistency(struct diags *diags, const struct check_input *input);
/* units.c: figures in another unit than those beside them, columns that were rounded (7). */
void check_units(struct diags *diags, const struct check_input *input);
/* periods.c: misleading labels, overlaps, gaps, and periods that had not ended (1.5, 1.6). */
void check_periods(struct diags *diags, const struct check_input *input);
/* polarity.c: targets of which nobody said which way is good (5). */
void check_polarity(struct diags *diags, const struct check_input *input);
/* actions.c: statuses, due dates and gaps that a reader should know of. */
void check_actions(struct diags *diags, const struct check_input *input);
/* action_dates.c: words of a plan that its dates, or an earlier version of it, belie. */
void check_action_dates(struct diags *diags, const struct check_input *input);
/* texts_cut.c: cells whose end was lost. */
void check_cut(struct diags *diags, const struct check_input *input);

/* swapped.c: what an action says in one column and others in another. */
void check_swapped(struct diags *diags, const struct check_input *input);

/* said_status.c: actions whose update begins with another status than they have. */
void check_said_status(struct diags *diags, const struct check_input *input);

/* gaps.c: measures without a figure where others of the source have one, and sources with none. */
void check_gaps(struct diags *diags, const struct check_input *input);
/* registers.c: facts about a place against each other, and those without a figure. */
void check_registers(struct diags *diags, const struct check_input *input);
/* months.c: months and quarters that are missing, far outside their own history, or not whole. */
void check_months(struct diags *diags, const struct check_input *input);
/* account.c: every row of every file is used, excluded by a rule, or rejected, and the figures add
 * up to what was read. */
void check_account(struct diags *diags, const struct check_input *input);

#endif
