/* What leak.c compares: runs of letters, and codes. */
#ifndef PACK_LEAK_INT_H
#define PACK_LEAK_INT_H

#include "base/text.h"

enum { LEAK_RUN = 40 }; /* letters: about eight words */

/* Runs by their hash, each with the number of its paper. Zero-initialise apart from `arena`. */
struct runs {
    struct arena *arena;
    uint64_t *hashes; /* 0: free */
    unsigned *papers;
    size_t count;
    size_t size; /* a power of two, or 0 */
};
bool runs_find(const struct runs *runs, uint64_t hash, unsigned *paper);
/* Room for as many more, before they are added. */
void runs_reserve(struct runs *runs, size_t more);
/* The first paper that has it counts. */
void runs_add(struct runs *runs, uint64_t hash, unsigned paper);

/* Letters alone, without case; a line feed where words do not go on. Without digits: a list of
 * contents has other pages in another pack. */
struct text leak_letters(struct arena *arena, struct text words);
/* The hash of the first run of letters at *at or behind, which *at then is; *line_end is its own, 0
 * at first. False when there is none left. */
bool leak_next_run(struct text letters, size_t *at, size_t *line_end, uint64_t *hash);
/* The next long number or code of words at *at or behind, without what joins its parts: "4444001",
 * "ld20220417". False when there is none left. */
bool leak_next_code(struct arena *arena, struct text words, size_t *at, struct text *code);

#endif
