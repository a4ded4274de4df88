/*
 * transport - how far one cell of a two-way table can move when all row and column sums stay.
 *
 * The cells that may move are a transportation network, of which whole numbers are enough: how far
 * one of them can rise or fall is the largest flow round it, found exactly (Ford and Fulkerson;
 * shortest paths first, Edmonds and Karp).
 */
#ifndef COMPUTE_TRANSPORT_H
#define COMPUTE_TRANSPORT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

struct transport {
    size_t rows, columns;
    int64_t
        *slack;    /* row by row: how far a cell is above its least; TRANSPORT_FIXED: cannot move */
    int64_t *work; /* the same while it flows */
    size_t *before; /* the node that each node was reached from */
    size_t *queue;
};
enum { TRANSPORT_FIXED = -1 };

/* All cells are fixed. The sum of a row or column of slacks must stay within 64 bits. */
struct transport transport_new(struct arena *arena, size_t rows, size_t columns);

/* How far a cell that can move can rise or fall, or `limit` (0 or more) when it is that or more. */
int64_t transport_rise(struct transport *t, size_t row, size_t column, int64_t limit);
int64_t transport_fall(struct transport *t, size_t row, size_t column, int64_t limit);

#endif
