/*
 * suppress - small counts of people are hidden, and so is whatever would give them back
 * (statistics.md 6).
 *
 * Pure functions on counts: what they hide must be taken out of the model before any writer,
 * template, chart or log sees it. They hold against a reader who has all that is published and
 * knows the threshold. One who knows this algorithm too may narrow a cell further, and other
 * tables, sub-totals or earlier reports of the same people are not known here: suppress_derived()
 * takes them, and sensitive tables need a person.
 */
#ifndef COMPUTE_SUPPRESS_H
#define COMPUTE_SUPPRESS_H

#include "base/decimal.h"

/* Counts of 1 to threshold - 1 are hidden, and 0 unless zeros are published (a zero can disclose
 * too). Usual: 5, or 8 (NHS Digital's rule for hospital episodes). At least 1. */
struct suppress_rule {
    int64_t threshold;
    bool zeros_published;
};

enum hidden {
    SHOWN,
    HIDDEN_PRIMARY,   /* a small count */
    HIDDEN_SECONDARY, /* one that would give it back by subtraction */
    HIDDEN_DERIVED    /* because of a figure elsewhere: see suppress_derived() */
};
/* '-', 'P', 'S', 'D', as in the oracles. */
char hidden_letter(enum hidden hidden);

/* Whether a count is hidden for itself alone. */
bool suppress_is_small(struct suppress_rule rule, int64_t count);

/*
 * Counts that add up to a total, or that have none: `total` is NULL then, and there is nothing to
 * subtract from. With a total, hidden cells can be known to no fewer than `threshold` values each:
 * k >= 2 of them that add up to R, with R - k >= threshold - 1. The smallest non-zero cells are
 * hidden until that is so, the left one of equals; the total itself when none is left.
 */
struct suppress_line {
    const int64_t *cells;
    size_t count;
    const int64_t *total; /* or NULL */
    enum hidden *hidden;  /* for each cell; in: HIDDEN_DERIVED stays so, others are found */
    bool total_hidden;    /* out */
};
/*
 * False, with every cell and the total marked as hidden, when that cannot be judged: a negative
 * count, a total that is not the sum, a sum beyond 64 bits, a threshold below 1.
 */
bool suppress_line(struct suppress_rule rule, struct suppress_line *line);

/*
 * A two-way table whose row and column totals are published (with totals in one direction only,
 * each row or column is a line of its own). The first line that is not safe, rows before columns,
 * gets one more cell hidden, until all are safe or have none left. Then the range of each small
 * cell (and of each that came in as HIDDEN_DERIVED) is audited, exactly; while one has fewer than
 * `threshold` values, the next smallest non-zero cell of the table goes too. Where that is not
 * enough, all totals are hidden.
 */
struct suppress_table {
    size_t rows, columns;
    const int64_t *cells; /* row by row */
    enum hidden *hidden;  /* in the same order; in and out as in a line */
    bool totals_hidden;   /* out: those of rows, of columns and of the table */
};
/* False as with suppress_line(); the sum of the table may not exceed 64 bits. */
bool suppress_table(struct arena *arena, struct suppress_rule rule, struct suppress_table *table);

/*
 * What a reader can find out about each cell of a table that suppress_table() has judged, from all
 * cells that are shown and all totals, also when these are to be hidden: its least and its most
 * possible count, both of which are reached; a shown cell has its own count twice. In the order of
 * the cells, in the arena.
 */
struct suppress_range {
    int64_t least, most;
};
struct suppress_range *suppress_ranges(struct arena *arena, struct suppress_rule rule,
                                       const struct suppress_table *table);

/*
 * Rounding in place of secondary suppression: small counts are hidden, others and every total are
 * rounded each for itself, to the nearest multiple of `unit` (1 or more). Threshold 8 and unit 5:
 * NHS Digital's rule for hospital episodes; 10 and 5: the Office for National Statistics' "10-5".
 * Never beside an exact total. False when the count is hidden, negative or beyond 64 bits.
 */
bool suppress_rounded(struct suppress_rule rule, unsigned unit, int64_t count, int64_t *shown);

/*
 * The percentage beside such counts, to one decimal of the exact counts; where the whole is below
 * `small`, of the rounded ones as a whole per cent (both halves away from zero). False when either
 * count is hidden, or the whole is 0 or rounds to it.
 */
bool suppress_rounded_percent(struct suppress_rule rule, unsigned unit, int64_t part, int64_t whole,
                              int64_t small, struct decimal *percent);

/*
 * A figure and what it is worked out from, by index into the same array: a rate, percentage,
 * change, interval, average, bar or place in an order. Without inputs it stands for itself. The
 * same count in two tables: each is the other's only input. A cell that comes out as HIDDEN_DERIVED
 * goes back into its line or table, and that into here, until nothing more is hidden.
 */
struct suppress_figure {
    enum hidden hidden; /* in: of counts, as found above; out */
    bool published;     /* already in an earlier report: hiding it now would hide nothing */
    const size_t *inputs;
    size_t input_count;
};
/*
 * Hides every figure that has a hidden input, to any depth. Of one that is published already and
 * has one hidden input, another input that is not published (the last, such as a denominator) is
 * hidden too, or the two would give it back. False when some hidden figure is given back all the
 * same: it is published itself, or all else that its published figure needs is. A person has to
 * decide then.
 */
bool suppress_derived(struct suppress_figure *figures, size_t count);

#endif
