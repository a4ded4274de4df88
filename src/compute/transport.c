#include "compute/transport.h"

#include <string.h>

/*
 * Nodes: the rows, then the columns. A cell that can move is an edge from its row to its column (it
 * rises, without limit) and one back (it falls, as far as its slack goes). A path from column to
 * row that leaves out their own cell is balanced by a rise of that cell, and the other way round.
 */

struct transport transport_new(struct arena *arena, size_t rows, size_t columns)
{
    struct transport t = {.rows = rows, .columns = columns};
    t.slack = arena_calloc(arena, rows * columns, sizeof *t.slack);
    t.work = arena_calloc(arena, rows * columns, sizeof *t.work);
    t.before = arena_calloc(arena, rows + columns, sizeof *t.before);
    t.queue = arena_calloc(arena, rows + columns, sizeof *t.queue);
    for (size_t i = 0; i < rows * columns; i++)
        t.slack[i] = TRANSPORT_FIXED;
    return t;
}

/* The cell between two nodes, one of which is a row and the other a column. */
static int64_t *between(struct transport *t, size_t a, size_t b)
{
    size_t row = a < t->rows ? a : b, column = a < t->rows ? b : a;
    return &t->work[row * t->columns + column - t->rows];
}

static bool can_go(struct transport *t, size_t from, size_t to)
{
    int64_t slack = *between(t, from, to);
    return from < t->rows ? slack != TRANSPORT_FIXED : slack > 0;
}

/* Finds the shortest path from `source` to `sink` and leaves it in `before`. */
static bool find_path(struct transport *t, size_t source, size_t sink)
{
    size_t nodes = t->rows + t->columns, first = 0, last = 0;
    for (size_t i = 0; i < nodes; i++)
        t->before[i] = nodes;
    t->before[source] = source;
    t->queue[last++] = source;
    while (first < last) {
        size_t from = t->queue[first++];
        size_t to = from < t->rows ? t->rows : 0, end = from < t->rows ? nodes : t->rows;
        for (; to < end; to++) {
            if (t->before[to] != nodes || !can_go(t, from, to))
                continue;
            t->before[to] = from;
            if (to == sink)
                return true;
            t->queue[last++] = to;
        }
    }
    return false;
}

/* The least slack of the cells that fall along the path, at most `limit`. */
static int64_t narrowest(struct transport *t, size_t source, size_t sink, int64_t limit)
{
    for (size_t to = sink; to != source; to = t->before[to])
        if (to < t->rows && *between(t, t->before[to], to) < limit)
            limit = *between(t, t->before[to], to);
    return limit;
}

static void push(struct transport *t, size_t source, size_t sink, int64_t amount)
{
    for (size_t to = sink; to != source; to = t->before[to])
        *between(t, t->before[to], to) += to < t->rows ? -amount : amount;
}

static int64_t flow(struct transport *t, size_t source, size_t sink, int64_t limit)
{
    int64_t total = 0;
    memcpy(t->work, t->slack, t->rows * t->columns * sizeof *t->work);
    *between(t, source, sink) = TRANSPORT_FIXED;
    while (total < limit && find_path(t, source, sink)) {
        int64_t amount = narrowest(t, source, sink, limit - total);
        push(t, source, sink, amount);
        total += amount;
    }
    return total;
}

int64_t transport_rise(struct transport *t, size_t row, size_t column, int64_t limit)
{
    return flow(t, t->rows + column, row, limit);
}

int64_t transport_fall(struct transport *t, size_t row, size_t column, int64_t limit)
{
    int64_t slack = t->slack[row * t->columns + column];
    return flow(t, row, t->rows + column, slack < limit ? slack : limit);
}
