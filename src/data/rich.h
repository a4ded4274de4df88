/*
 * rich - a text with emphasis: plain text, and which bytes of it are bold or italic.
 *
 * Runs are made from the markup of a system's export alone, never from signs in the text.
 */
#ifndef DATA_RICH_H
#define DATA_RICH_H

#include "base/text.h"

enum rich_style { RICH_BOLD = 1 << 0, RICH_ITALIC = 1 << 1 };

/* The bytes from `from` up to but not including `to`. */
struct rich_run {
    size_t from;
    size_t to;
    unsigned style;
};
/* In the order of the text, none overlapping another; bytes in none of them are plain. */
struct rich_runs {
    struct rich_run *items;
    size_t count;
    size_t capacity;
};
struct rich {
    struct text plain;
    struct rich_runs runs;
};

struct rich rich_plain(struct text plain);
/* The next run; it grows the last one when it goes on in the same style. Style 0 adds nothing. */
void rich_runs_add(struct arena *arena, struct rich_runs *runs, struct rich_run run);
/* A copy in `arena`. */
struct rich rich_copy(struct arena *arena, struct rich rich);
/* `below` on a line of its own under `above`, in `arena`; the other when one is empty. */
struct rich rich_join(struct arena *arena, struct rich above, struct rich below);

#endif
