/* Shared by loop.c and loop_facts.c: the loops that are open, and their turns. */
#ifndef ASSEMBLE_LOOP_INT_H
#define ASSEMBLE_LOOP_INT_H

#include "assemble/assemble_int.h"
#include "data/slice.h"

/* A loop that is open: its values are known, and the slice of each is made when it is asked for. */
struct loop {
    struct loop *outer;
    struct text name; /* "priority" */
    const struct report_source *whole;
    enum action_field field;
    enum slice_field figures_field;
    struct texts values;
    struct scope *before; /* the scope around it */
};

struct scope {
    struct scope *outer;
    const struct loop *loop;
    struct text value; /* on one line */
    struct text exact; /* as the source has it */
    size_t number;
    struct report_source source; /* once its dataset is known */
};

/* loop.c: what stands for the source in the turn, or in one around it. */
const struct report_source *loop_source_in(struct assembly *assembly, struct scope *scope,
                                           const struct report_source *whole);

/* ---- loop_facts.c ---- */

/* The rest of a message: the nearest of the names, or all of them. */
struct text loop_nearest(struct arena *arena, const struct texts *names, struct text name);
/* The fields that the actions of a source have. */
void loop_add_fields(struct arena *arena, const struct dataset *dataset, struct texts *names);
/* The turn that a name belongs to, and what is asked of it: "" or "overdue.count"; NULL: none. */
struct scope *loop_named(const struct assembly *assembly, struct text name, struct text *what);

#endif
