/*
 * protect - which counts must be hidden so that no small one can be worked out (statistics.md 6),
 * for lines that cross each other in any number of ways: a measure and its parts, areas and the
 * area around them, months and their year, a count and the rest of the whole that it is part of.
 *
 * First each line is made safe: k hidden cells that come to R, with k >= 2 and R - k >= threshold -
 * 1, or the next smallest cell goes too (the first of equals), or the total when none is left. Then
 * each small count is tried: it is protected when other counts are found with which every
 * published figure would be the same, and so many of them that it could have as many values as the
 * threshold. Where they are not found, more is hidden. In a table of rows and columns they are
 * found when there are any; where lines cross in more ways the search has an end, and hides more
 * than may be needed, never less. The source's own hidden figures, whose counts are not known, are
 * never counted on.
 *
 * Where shown counts are rounded, a reader knows each only to the unit. When that gives every small
 * count its room, nothing else is hidden; else as much as if they were exact.
 *
 * It holds against a reader who has all that is published and knows the threshold. One who knows
 * this algorithm too may narrow a cell further: sensitive tables need a person.
 */
#ifndef COMPUTE_PROTECT_H
#define COMPUTE_PROTECT_H

#include "compute/suppress.h"

struct protect_cell {
    int64_t count; /* 0 or more; only when known */
    bool is_known; /* false: missing (SHOWN), or hidden by the source (another) */
    bool is_rest;  /* what a line's parts leave of its total: in no table, and free to hide */
    bool is_fixed; /* not to be hidden for another: a rest, or a total that must stay */
    enum hidden hidden;
    size_t *lines; /* by number; private */
    size_t line_count, line_capacity;
};

/* The total is the sum of the cells. */
struct protect_line {
    size_t *cells, count, total; /* by number */
};

struct protect {
    struct arena *arena;
    struct suppress_rule rule;
    unsigned
        unit; /* shown counts are rounded to a multiple of it, each for itself; 0: they are not */
    struct protect_cell *cells;
    size_t cell_count, cell_capacity;
    struct protect_line *lines;
    size_t line_count, line_capacity;
    bool has_unknown; /* a line holds a figure that its source has hidden */
};

/* No more people than this: sums of such counts stay within 64 bits. */
#define PROTECT_MOST INT64_C(1000000000000000)

/* A known count of 0 to PROTECT_MOST; small ones are hidden at once. The cell's number. */
size_t protect_add(struct protect *protect, int64_t count);
/* A figure without a known count: missing, or hidden by the source. */
size_t protect_add_unknown(struct protect *protect, bool is_hidden);
/*
 * The cells are parts of the total, and readers know it. What they leave of it is a cell more. No
 * line, and true, when the total is not known. False when the parts exceed their total.
 */
bool protect_line(struct protect *protect, const size_t *cells, size_t count, size_t total);
/*
 * Hides until each small count can have as many values as the threshold. False when one cannot be
 * protected whatever is hidden: the figures must not be shown then.
 */
bool protect_solve(struct protect *protect);

/* What a reader can find out about a cell after that: its least and its most possible count, as far
 * as was found (PROTECT_MOST above its own: nothing bounds it); of a shown cell its own count
 * twice. */
struct protect_range {
    int64_t least, most;
};
struct protect_range protect_range(struct protect *protect, size_t cell);

#endif
