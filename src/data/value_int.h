/*
 * A cell that is being read: value_read.c takes it apart, value_number.c reads its number, and both
 * tell what they found by the functions of value.c.
 */
#ifndef DATA_VALUE_INT_H
#define DATA_VALUE_INT_H

#include "data/spelling_int.h"
#include "data/value.h"

struct cell {
    struct arena *arena;
    struct text rest; /* not understood yet */
    struct reading reading;
};

/* The first thing noticed is the note; a later one never makes a cell less doubtful. */
void cell_note(struct cell *cell, enum reading_flag flag, struct text words);
void cell_check(struct cell *cell, const char *words);
/* The cell is an error; false. */
bool cell_fail(struct cell *cell, struct text why);
/* Adds "c", "na" or "note *" to the marker as named, and the markers it stands for. */
void cell_mark(struct cell *cell, struct text name);
void cell_skip(struct cell *cell, size_t bytes);
/* Takes the longest of `spellings` from the beginning; false when none is there. */
bool cell_take(struct cell *cell, const char *spellings);

/* The bit of "r" or "LOW"; 0 for anything else. */
unsigned marker_bit(struct text letters);
struct text marker_name(unsigned bit);

/* The whole of `t` as a plain number, commas allowed, or one with a per cent sign, which is then
 * the cell's unit. */
bool cell_plain_number(struct text t, struct decimal *out);
bool cell_plain_amount(struct cell *cell, struct text t, struct decimal *out);
/* Reads what is left as one number with sign, currency, multiplier and unit. */
void cell_read_number(struct cell *cell);

#endif
