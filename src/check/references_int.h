/* Codes of registers: codes.c reads them, references.c looks up those that words name, sequence.c
 * holds those of one register against each other, groups.c against the groups that they stand in.
 */
#ifndef CHECK_REFERENCES_INT_H
#define CHECK_REFERENCES_INT_H

#include "base/map.h"
#include "check/check.h"

enum { CODE_GROUPS = 6 };

/*
 * "KA.01.03": letters, then numbers. What separates them (spaces, stops, hyphens), zeros in front
 * and the case of a letter behind a number ("1.a") make no difference.
 */
struct code {
    struct text prefix;          /* "KA", "CP.HW"; empty */
    size_t number[CODE_GROUPS];  /* a letter as 1 to 26 */
    bool is_letter[CODE_GROUPS]; /* … told apart by this */
    unsigned width[CODE_GROUPS]; /* digits as written */
    size_t count;                /* of numbers, at least 1 */
};
/* All of `t`; false when it is no such code: "ED", "Housing 2 of 3". */
bool code_read(struct arena *arena, struct text t, struct code *out);
/* The code with that prefix that begins at `at`, of at most `most` numbers; *end is behind it. Both
 * ends are those of words, and its prefix is in capitals. */
bool code_at(struct text words, size_t at, struct text prefix, size_t most, struct code *out,
             size_t *end);
/* The same for all spellings of a code: "KA|1.3". */
struct text code_key(struct arena *arena, const struct code *code);
/* A letter or a digit stands before `at`, or part of a letter that is not ASCII. */
bool code_is_within(struct text words, size_t at);

/* A code of a register. */
struct coded {
    struct code code;
    struct text written; /* as its register has it, without separators at its end */
    const struct dataset *dataset;
    const struct action *row; /* NULL: a measure */
    bool is_referred;         /* by words of another source */
};

/* What codes of one prefix look like, in all registers. */
struct code_shape {
    struct text prefix;
    size_t fewest, most; /* numbers */
    unsigned widest;     /* digits of the first one */
    size_t letters;      /* in the prefix */
    size_t next;         /* another shape whose prefix begins with the same letters; SIZE_MAX */
};

/* A code of letters that no register has. */
struct stray {
    struct text prefix, written;
    struct place place;
};

struct references {
    struct arena *arena;
    const struct dataset *const *datasets;
    size_t count;
    struct coded *codes;
    size_t code_count, code_capacity;
    struct map index;      /* from keys to codes; the first of a key counts */
    struct map by_prefix;  /* to shapes */
    struct map by_letters; /* from the first letters of a prefix to the latest such shape */
    struct code_shape *shapes;
    size_t shape_count, shape_capacity;
    size_t unknown; /* codes that were told so far */
    struct stray *strays;
    size_t stray_count, stray_capacity;
};

/* Keeps the code that begins at `at`, where one does. */
void stray_add(struct references *references, struct text words, size_t at, struct place place);
/* Those whose letters stand once, where others that are nearly the same stand often. */
void check_strays(struct diags *diags, const struct references *references);

/* Codes of the source that stand twice, numbers that are missing between others, and codes that are
 * written otherwise than most. */
void check_sequence(struct diags *diags, const struct references *references,
                    const struct dataset *dataset);

/* groups.c: codes in a group whose codes begin with another number: 9.5 among 3.1, 3.6 and 3.7. */
void check_groups(struct diags *diags, const struct references *references,
                  const struct dataset *dataset);
/* tags.c: what a column names has to be an id of `to`, a register whose ids are words. */
void check_tags(struct diags *diags, const struct dataset *dataset, enum action_field field,
                const struct dataset *to);

#endif
