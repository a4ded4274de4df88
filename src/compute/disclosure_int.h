/* What the files of disclosure share: the judging of one source. */
#ifndef COMPUTE_DISCLOSURE_INT_H
#define COMPUTE_DISCLOSURE_INT_H

#include "compute/disclosure.h"
#include "compute/protect.h"

struct control {
    struct arena *arena;
    struct diags *diags;
    struct dataset *dataset;
    struct protect protect; /* its first cells are the figures, by number */
    size_t *cells;          /* of a line that is being made */
    size_t *areas;          /* those with counts, the largest first */
    size_t area_count;
    bool *hides_base; /* whose denominator is to be hidden, by number of the figure */
    size_t total;     /* the one measure that parts add up to; else SIZE_MAX */
    bool ok;          /* false: a message says why it cannot be judged */
    size_t hidden;    /* for themselves */
    size_t besides;   /* that would give these away */
};

/* Tells why the source cannot be judged: all of it is hidden then. */
void disclosure_refuse(struct control *c, struct place place, struct text why);
const struct measure *disclosure_measure(const struct control *c, const struct figure *figure);
/* Refuses periods that share days and are not one within the other. */
void disclosure_check_periods(struct control *c);
/* True, with *count set, when it is a number of people: whole, 0 or more, PROTECT_MOST or less. */
bool disclosure_count(struct value value, int64_t *count);
/* Takes the note of a figure, and what its publisher says that depends on it. */
void disclosure_forget_words(struct control *c, struct figure *figure);
/* Rounds what is left to be shown. */
void disclosure_round(struct control *c);
/* Makes one dataset of several, for `whole`: which of its figures each of theirs is. */
size_t **disclosure_join(struct control *whole, struct dataset *const *datasets, size_t count);
/* Warns of sources that show what another hides and do not say whether they count the same. */
void disclosure_warn_of_shared(struct diags *diags, struct dataset *const *datasets, size_t count);
/* Adds all lines, once the cells are there and the total is known. */
void disclosure_lines(struct control *c);

#endif
