/* counted - dialects in which a row is an event: rows become numbers by measure, area and month. */
#ifndef READ_COUNTED_INT_H
#define READ_COUNTED_INT_H

#include "read/read_int.h"

#include <stdatomic.h>

/* A month of a force of which a file has rows. */
struct month_read {
    size_t force;
    size_t period;
    struct text path;
    size_t rows;
    unsigned line; /* of the first */
    bool is_stray; /* a few rows in a file of other months */
};

/* How many rows of a force are in each area. */
struct force {
    struct text name; /* empty: not known */
    size_t rows;      /* read of its files, whether they were used or not */
    size_t *in_area;
    size_t area_count;
    size_t area_capacity;
};

/* Ids of a part, as fingerprints in the order of its rows; of the whole source as a set. */
struct ids {
    uint64_t *prints;
    uint32_t *lines;
    size_t count;
    size_t capacity;
    size_t line_capacity;
    bool is_cut;   /* there were more in a file */
    uint32_t *set; /* open addressing by one half of the fingerprint, holding the other */
    size_t set_count;
    size_t repeats;        /* rows whose id stands before */
    struct texts repeated; /* where the first of them are */
    struct place place;    /* of the first */
    atomic_bool *is_full;  /* one for a source and its parts */
};

enum { MEASURES_NEAR = 64 };

/* The state of such a dialect begins with this. */
struct counted {
    bool same_month_allowed; /* by the job */
    struct force *forces;
    size_t force_count;
    size_t force_capacity;
    size_t last_force;
    struct month_read *months;
    size_t month_count;
    size_t month_capacity;
    size_t last_month;
    size_t unlocated; /* rows that give no location */
    struct text unlocated_area;
    struct ids ids;
    char label[16]; /* of the last row's month, and what it was read as */
    size_t label_size;
    size_t label_period;
    unsigned label_markers;
    size_t events;                        /* of the file: rows that were added */
    uint32_t measure_near[MEASURES_NEAR]; /* numbers from 1 of some names, by what they look like */
};

struct event {
    struct text measure;
    size_t column; /* the position of the measure's cell */
    size_t period;
    unsigned markers;
    size_t area;
    bool is_located;
    struct text force; /* whose file it is in; empty: not known */
    struct text id;    /* empty: none */
};

/* Where a row says nothing of its place: an area of its own, so that totals are whole. */

void counted_begin(struct source *source);
/* The month that a row's cell names; false after a message. */
bool counted_month(struct source *source, const struct record *row, size_t column,
                   struct event *event);
enum row_fate counted_add(struct source *source, const struct record *row,
                          const struct event *event);
/* A file ends. */
void counted_close(struct source *source);
void counted_join(struct source *source, const struct source *part, const struct numbers *numbers);
/* After the last file: adds the zeros, and tells what there is to tell. */
void counted_finish(struct source *source);

/* ids.c: the same id in two rows. */
void ids_begin(struct arena *arena, struct ids *ids);
/* Of a part. */
void ids_add(struct arena *arena, struct ids *ids, struct text id, unsigned line);
void ids_join(struct arena *arena, struct ids *ids, const struct ids *part, struct text path);
/* `place` is that of the source. */
void ids_tell(struct diags *diags, const struct ids *ids, struct place place);

#endif
