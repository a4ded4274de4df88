/* protect_support - lines and two-way tables of counts, protected as figures of a job are. */
#ifndef TESTS_PROTECT_SUPPORT_H
#define TESTS_PROTECT_SUPPORT_H

#include "compute/protect.h"
#include "support.h"

/* A small number of a generator that is the same everywhere. */
static inline int64_t next_random(uint64_t *seed, int64_t below)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int64_t)((*seed >> 33) % (uint64_t)below);
}

/* The cells of a line have the numbers 0 to count - 1, and its total, if there is one, the next. */
static inline struct protect protected_line(struct arena *arena, struct suppress_rule rule,
                                            const int64_t *counts, size_t count,
                                            const int64_t *total)
{
    struct protect p = {.arena = arena, .rule = rule};
    size_t *cells = arena_calloc(arena, count, sizeof *cells);
    for (size_t i = 0; i < count; i++)
        cells[i] = protect_add(&p, counts[i]);
    if (total)
        assert_true(protect_line(&p, cells, count, protect_add(&p, *total)));
    assert_true(protect_solve(&p));
    return p;
}

/* The sums of a table are published, or all of them are not: none is hidden by itself. */
static inline void add_line_of_table(struct protect *p, size_t first, size_t step, size_t count)
{
    size_t *cells = arena_calloc(p->arena, count, sizeof *cells);
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        cells[i] = first + i * step;
        sum += p->cells[cells[i]].count;
    }
    size_t total = protect_add(p, sum);
    p->cells[total].hidden = SHOWN;
    p->cells[total].is_fixed = true;
    assert_true(protect_line(p, cells, count, total));
}

/* Its cells have their numbers row by row. *totals_hidden: nothing else would protect them. */
static inline struct protect protected_table(struct arena *arena, struct suppress_rule rule,
                                             const int64_t *counts, size_t rows, size_t columns,
                                             bool *totals_hidden)
{
    struct protect p = {.arena = arena, .rule = rule};
    for (size_t i = 0; i < rows * columns; i++)
        protect_add(&p, counts[i]);
    for (size_t r = 0; r < rows; r++)
        add_line_of_table(&p, r * columns, 1, columns);
    for (size_t c = 0; c < columns; c++)
        add_line_of_table(&p, c, columns, rows);
    *totals_hidden = !protect_solve(&p);
    return p;
}

#endif
