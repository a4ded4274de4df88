/* What texts say, and of what: texts_across.c keeps it, texts_compare.c tells what differs. */
#ifndef CHECK_TEXTS_ACROSS_INT_H
#define CHECK_TEXTS_ACROSS_INT_H

#include "check/texts_int.h"

enum saying {
    SAID_ABBREVIATION, /* of letters: the words that they stand for */
    SAID_NAME,         /* of "priority 1": its name */
    SAID_YEARS,        /* of a plan or an aim: from when to when */
    SAID_SPELLING,     /* of letters in lower case: as written */
    SAID_APPENDIX      /* of a file and a letter: its title */
};
struct years {
    int from, to;
};
struct said_once {
    enum saying kind;
    struct text value;  /* in plain words, to be compared */
    struct text shown;  /* what may be quoted */
    struct years years; /* of SAID_YEARS */
    struct place place; /* where it was said first */
    size_t before;      /* what else was said of the same; SIZE_MAX: nothing */
};
/* Keeps what is said of the key at the offset, and returns it; NULL when it was said before. */
struct said_once *texts_say(const struct passage *passage, enum saying kind, struct text key,
                            struct text value, struct text shown, size_t offset);

#endif
