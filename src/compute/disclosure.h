/*
 * disclosure - hides small counts of people in a dataset, and what would give them away, before
 * anything else sees them (statistics.md 6, reliability.md "Disclosure control").
 *
 * All figures that the source has count as published, whatever a report shows of them. What the
 * program works out from them later holds no more than they do: a sum, a remainder or a change that
 * rests on a hidden figure is hidden. Protected against are a reader's subtractions within a
 * source:
 *   - parts, and what they leave, from their total; those of which, alone and together, from their
 *     parent; flags from the total;
 *   - areas from one that may hold them: one that is never less than all smaller
 *     ones (two or more) together;
 *   - months, quarters and years from the longer periods that they lie in;
 *   - rates, percentages and averages with their counts and denominators.
 * Sources that declare to count the same people are taken as one.
 * Not protected against: other sources, earlier reports, other publications, and words.
 */
#ifndef COMPUTE_DISCLOSURE_H
#define COMPUTE_DISCLOSURE_H

#include "base/diag.h"
#include "data/dataset.h"

/*
 * Does what `dataset->hiding` declares; nothing when it declares nothing. Says how many figures are
 * hidden and why, never a number of them. Where that cannot be judged it is an error, and all
 * figures of the source are hidden.
 */
void disclosure_apply(struct diags *diags, struct dataset *dataset);
/*
 * The same for all sources of a job: those of the same `hiding.people` are judged as one, and all
 * hidden when that is not possible. A warning tells of a source that shows figures of a measure of
 * which another hides some, when it is not said whether they count the same people.
 */
void disclosure_apply_all(struct diags *diags, struct dataset *const *datasets, size_t count);

#endif
