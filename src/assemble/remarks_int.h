/* remarks_int - what is to be known of single figures of a table: beside them, or once below it. */
#ifndef ASSEMBLE_REMARKS_INT_H
#define ASSEMBLE_REMARKS_INT_H

#include "assemble/assemble_int.h"

struct remark {
    struct text words;
    size_t figures;      /* that have it */
    struct texts labels; /* of the rows whose figures they are, and of each the areas */
    struct texts areas;
};
struct remarks {
    struct arena *arena;
    struct remark *items;
    size_t count;
    size_t capacity;
    bool are_below; /* all of them, not only what several figures share */
};

/* First of all figures of the table; NULL and figures without a note are passed over. */
void remarks_count(struct remarks *remarks, const struct figure *figure);
/* Of a table with a column for nothing else: where few of its rows have remarks, all are below. */
void remarks_settle(struct remarks *remarks, size_t rows);
/*
 * Then of each row: adds the figure's markers, and its note where no other figure has the same, to
 * what stands beside it, "AREA: [e] words", and keeps the others. `area` may be empty; the row's
 * `own` is not said beside it.
 */
void remarks_add(struct remarks *remarks, struct buffer *beside, struct text label,
                 struct text area, bool is_own, const struct figure *figure);
/* Last: a note a remark that several figures share, with the rows that it is about. */
void remarks_finish(const struct remarks *remarks, struct texts *notes);

#endif
