/*
 * A cell that is being read: value_read.c takes it apart, value_number.c reads its number, and all
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
    bool is_touching; /* a letter stands directly behind the digits */
};

#define reading_empty                                                                              \
    (struct reading)                                                                               \
    {                                                                                              \
        .unit = TEXT_EMPTY, .marker = TEXT_EMPTY, .note = TEXT_EMPTY                               \
    }

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

/* The marker that a word behind a number means: "revised", "est", "suppressed"; 0 for others. */
unsigned marker_of_word(struct text word);
/* "five": zero to ten, twelve and twenty. */
bool number_in_words(struct text t, struct decimal *out);
/* value_words.c: the cell says in words or signs why there is no number. */
bool cell_read_word(struct cell *cell);

/* The whole of `t` as a number in which nothing is doubtful, with its unit and multiplier. A unit
 * becomes the cell's. */
bool cell_plain_amount(struct cell *cell, struct text t, struct decimal *out);
/* "1-4", "1 to 4", "70%-80%"; *low is the first of the two. */
bool cell_range(struct cell *cell, struct text t, struct decimal *low);
#define PER_YEAR "p.a.|p.a|pa|per annum|per year"

/* value_behind.c: an arrow at the beginning of what is left, before the number or behind it. */
bool cell_take_arrow(struct cell *cell);
/* What is left behind a number that was understood; `touching`: it stands directly behind the
 * digits. False when the cell is an error. */
bool cell_take_trailing(struct cell *cell, struct decimal number, bool touching);

/* Reads what is left as one number with sign, currency, multiplier and unit. */
void cell_read_number(struct cell *cell);

#endif
