#include "compute/protect.h"

#include <stdlib.h>
#include <string.h>

/*
 * How far the search for other counts goes before more is hidden instead, and how many lines away
 * the next to be hidden is looked for. In a table of rows and columns, that is all of it, and few
 * counts are not found; where lines cross in more ways, the nearest protect best and all would take
 * too long.
 */
struct limits {
    int depth;
    long steps;
    int reach;
};
static const struct limits in_table = {23, 20000, 2}, in_more = {11, 4000, 1};

/* ---- what is known ---- */

static size_t add_cell(struct protect *p, struct protect_cell cell)
{
    p->cells = arena_grow(p->arena, p->cells, p->cell_count, &p->cell_capacity, sizeof *p->cells);
    p->cells[p->cell_count] = cell;
    return p->cell_count++;
}

size_t protect_add(struct protect *p, int64_t count)
{
    bool is_small = suppress_is_small(p->rule, count);
    return add_cell(p, (struct protect_cell){.count = count,
                                             .is_known = true,
                                             .hidden = is_small ? HIDDEN_PRIMARY : SHOWN});
}

size_t protect_add_unknown(struct protect *p, bool is_hidden)
{
    return add_cell(p, (struct protect_cell){.hidden = is_hidden ? HIDDEN_DERIVED : SHOWN});
}

static void join_line(struct protect *p, size_t number, size_t line)
{
    struct protect_cell *cell = &p->cells[number];
    cell->lines = arena_grow(p->arena, cell->lines, cell->line_count, &cell->line_capacity,
                             sizeof *cell->lines);
    cell->lines[cell->line_count++] = line;
}

/* What the parts leave of the total, taken as nothing where a part is not known: a reader may know
 * that nothing is left. */
static bool rest_of(struct protect *p, const size_t *cells, size_t count, size_t total,
                    int64_t *rest)
{
    bool all_known = true;
    *rest = p->cells[total].count;
    for (size_t i = 0; i < count; i++) {
        const struct protect_cell *cell = &p->cells[cells[i]];
        all_known = all_known && cell->is_known;
        p->has_unknown = p->has_unknown || (!cell->is_known && cell->hidden != SHOWN);
        *rest -= cell->is_known ? cell->count : 0;
        if (*rest < 0)
            return false;
    }
    *rest = all_known ? *rest : 0;
    return true;
}

bool protect_line(struct protect *p, const size_t *cells, size_t count, size_t total)
{
    int64_t rest;
    if (!p->cells[total].is_known || !count)
        return true;
    if (!rest_of(p, cells, count, total, &rest))
        return false;
    struct protect_line line = {.count = count, .total = total};
    line.cells = arena_calloc(p->arena, count + 1, sizeof *line.cells);
    for (size_t i = 0; i < count; i++)
        line.cells[i] = cells[i];
    if (rest) {
        line.cells[line.count++] = protect_add(p, rest);
        struct protect_cell *last = &p->cells[p->cell_count - 1];
        last->is_rest = last->is_fixed = true;
    }
    p->lines = arena_grow(p->arena, p->lines, p->line_count, &p->line_capacity, sizeof *p->lines);
    p->lines[p->line_count] = line;
    for (size_t i = 0; i < line.count; i++)
        join_line(p, line.cells[i], p->line_count);
    join_line(p, total, p->line_count++);
    return true;
}

/* ---- lines ---- */

static bool is_hidden(const struct protect *p, size_t cell)
{
    return p->cells[cell].hidden != SHOWN;
}

/* A reader who lacks a cell of a line lacks the rest that it leaves. */
static void hide(struct protect *p, size_t number, enum hidden how)
{
    const struct protect_cell *cell = &p->cells[number];
    if (cell->hidden == SHOWN)
        p->cells[number].hidden = how;
    for (size_t l = 0; l < cell->line_count; l++) {
        const struct protect_line *line = &p->lines[cell->lines[l]];
        struct protect_cell *last = &p->cells[line->cells[line->count - 1]];
        if (last->is_rest && last->hidden == SHOWN)
            last->hidden = HIDDEN_SECONDARY;
    }
}

/* See protect.h; a hidden total needs a hidden cell too, or it is their sum. */
static bool is_safe(const struct protect *p, const struct protect_line *line)
{
    int64_t left = p->cells[line->total].count, hidden = 0;
    for (size_t i = 0; i < line->count; i++) {
        const struct protect_cell *cell = &p->cells[line->cells[i]];
        if (cell->hidden != SHOWN)
            hidden++;
        else if (cell->is_known)
            left -= cell->count;
    }
    if (is_hidden(p, line->total))
        return hidden > 0 || p->cells[line->total].count == 0;
    return hidden == 0 || (hidden >= 2 && left - hidden >= p->rule.threshold - 1);
}

static bool can_hide(const struct protect_cell *cell)
{
    return cell->hidden == SHOWN && cell->is_known && !cell->is_fixed && cell->count > 0;
}

/* The smallest cell that can be hidden, the first of equals, else the total; SIZE_MAX: none. */
static size_t next_to_hide(const struct protect *p, const struct protect_line *line)
{
    size_t next = SIZE_MAX;
    for (size_t i = 0; i < line->count; i++) {
        const struct protect_cell *cell = &p->cells[line->cells[i]];
        if (can_hide(cell) && (next == SIZE_MAX || cell->count < p->cells[next].count))
            next = line->cells[i];
    }
    return next == SIZE_MAX && can_hide(&p->cells[line->total]) ? line->total : next;
}

/* The first line that holds the cell, at most `line`. */
static size_t first_line(const struct protect *p, size_t cell, size_t line)
{
    for (size_t l = 0; l < p->cells[cell].line_count; l++)
        if (p->cells[cell].lines[l] < line)
            line = p->cells[cell].lines[l];
    return line;
}

/* The first line that is not safe gets one more cell hidden, until all are or have none left. */
static void make_lines_safe(struct protect *p)
{
    for (size_t l = 0; l < p->line_count;) {
        size_t next = is_safe(p, &p->lines[l]) ? SIZE_MAX : next_to_hide(p, &p->lines[l]);
        if (next == SIZE_MAX) {
            l++;
            continue;
        }
        hide(p, next, HIDDEN_SECONDARY);
        l = first_line(p, next, l);
    }
}

/* ---- other counts with which all that is published would be the same ---- */

struct search {
    struct protect *protect;
    int64_t *now; /* of each cell, other than its true count once something was moved */
    int *way;     /* how far up (or down) each cell goes in the move that is being made, or 0 */
    int *lacks;   /* of each line: its cells' ways less that of its total */
    size_t *moved, moved_count;
    bool *seen;
    unsigned unit; /* what shown counts are taken as rounded to */
    struct limits limits;
    long steps;
};

static int sign_in(const struct protect *p, size_t line, size_t cell)
{
    return p->lines[line].total == cell ? -1 : 1;
}

static void turn(struct search *s, size_t number, int way)
{
    const struct protect_cell *cell = &s->protect->cells[number];
    int by = way - s->way[number];
    s->way[number] = way;
    for (size_t l = 0; l < cell->line_count; l++)
        s->lacks[cell->lines[l]] += by * sign_in(s->protect, cell->lines[l], number);
}

/* What a reader knows of a count by itself: of a hidden one that it is not 0 where zeros are
 * published, of a rounded one what is rounded to the same. */
static struct protect_range known_of(const struct search *s, size_t number)
{
    const struct protect *p = s->protect;
    const struct protect_cell *cell = &p->cells[number];
    int64_t half = s->unit / 2, count = cell->count;
    if (cell->is_known && cell->hidden != SHOWN)
        return (struct protect_range){p->rule.zeros_published, INT64_MAX};
    if (!cell->is_known || !s->unit || !count)
        return (struct protect_range){count, count};
    int64_t shown = (count + half) / s->unit * s->unit, least = shown - half;
    return (struct protect_range){least < p->rule.threshold ? p->rule.threshold : least,
                                  shown + s->unit - half - 1};
}

/* How many times it can go that way. */
static int64_t times(const struct search *s, size_t number, int way)
{
    struct protect_range known = known_of(s, number);
    int64_t left = way < 0 ? s->now[number] - known.least : known.most - s->now[number];
    return left / abs(way);
}

/* A cell that was moved may go on, but not back; the one that is tried goes as far as was said. */
static bool can_move(const struct search *s, size_t number, int by)
{
    int way = s->way[number];
    bool goes_on = way == 0 || (number != s->moved[0] && (way > 0) == (by > 0));
    return goes_on && times(s, number, way + by) > 0;
}

/* How many cells could bring the line nearer to its total. */
static size_t choices(const struct search *s, const struct protect_line *line, int lacks)
{
    int way = lacks > 0 ? -1 : 1;
    size_t count = can_move(s, line->total, -way);
    for (size_t i = 0; i < line->count; i++)
        count += can_move(s, line->cells[i], way);
    return count;
}

/* Of the lines that do not come to their total as things were moved, the one with the fewest
 * choices: its number. SIZE_MAX: there is none. */
static size_t unbalanced(const struct search *s)
{
    size_t found = SIZE_MAX, least = SIZE_MAX;
    for (size_t i = 0; i < s->moved_count; i++) {
        const struct protect_cell *cell = &s->protect->cells[s->moved[i]];
        for (size_t l = 0; l < cell->line_count && least > 0; l++) {
            size_t number = cell->lines[l];
            if (!s->lacks[number] || number == found)
                continue;
            size_t count = choices(s, &s->protect->lines[number], s->lacks[number]);
            if (count < least) {
                least = count;
                found = number;
            }
        }
    }
    return found;
}

static bool find_move(struct search *s, int depth);

static bool try_cell(struct search *s, size_t number, int by, int depth)
{
    int way = s->way[number];
    if (!can_move(s, number, by))
        return false;
    turn(s, number, way + by);
    s->moved[s->moved_count++] = number;
    if (find_move(s, depth - 1))
        return true;
    s->moved_count--;
    turn(s, number, way);
    return false;
}

/* Goes on until every line comes to its total again, by at most `depth` more cells. */
static bool find_move(struct search *s, int depth)
{
    size_t number = unbalanced(s);
    if (number == SIZE_MAX)
        return true;
    if (depth == 0 || s->steps-- <= 0)
        return false;
    const struct protect_line *line = &s->protect->lines[number];
    int lacks = s->lacks[number], way = lacks > 0 ? -1 : 1;
    /* a total first: nothing is left to find above it; the rest, which is last, is in no other */
    if (try_cell(s, line->total, lacks, depth))
        return true;
    for (size_t i = line->count; i > 0; i--)
        if (try_cell(s, line->cells[i - 1], -lacks, depth))
            return true;
    for (size_t i = 0; way != -lacks && i < line->count; i++)
        if (try_cell(s, line->cells[i], way, depth)) /* and another cell the others */
            return true;
    return false;
}

/* Takes the move as many times as it goes, at most `limit`, and forgets it. */
static int64_t take_move(struct search *s, int64_t limit)
{
    for (size_t i = 0; i < s->moved_count; i++) {
        int64_t most = times(s, s->moved[i], s->way[s->moved[i]]);
        limit = most < limit ? most : limit;
    }
    for (size_t i = 0; i < s->moved_count; i++) {
        s->now[s->moved[i]] += s->way[s->moved[i]] * limit;
        turn(s, s->moved[i], 0);
    }
    s->moved_count = 0;
    return limit;
}

/* How far the cell was found to go up or down, at most `limit`; by 4, 8 or 12 cells: in one, two
 * and three directions a round of them has 4 or 8. */
static int64_t room(struct search *s, size_t cell, int way, int64_t limit)
{
    int64_t gone = 0;
    bool found = true;
    for (size_t i = 0; i < s->protect->cell_count; i++)
        s->now[i] = s->protect->cells[i].count;
    while (found && gone < limit) {
        found = false;
        for (int depth = 3; !found && depth <= s->limits.depth; depth += 4) {
            s->steps = s->limits.steps;
            found = try_cell(s, cell, way, depth + 1);
        }
        if (found)
            gone += take_move(s, limit - gone);
    }
    return gone;
}

static bool is_wide(struct search *s, size_t cell)
{
    int64_t others = s->protect->rule.threshold - 1;
    int64_t up = room(s, cell, 1, others);
    return up == others || up + room(s, cell, -1, others - up) == others;
}

/* The cells of a line that were not seen yet go behind the others. */
static size_t see_line(struct search *s, const struct protect_line *line, size_t last)
{
    for (size_t i = 0; i <= line->count; i++) {
        size_t next = i < line->count ? line->cells[i] : line->total;
        if (!s->seen[next])
            s->moved[last++] = next;
        s->seen[next] = true;
    }
    return last;
}

/* The smallest cell that can be hidden among those found from `first` on, the first of equals. */
static size_t smallest_found(const struct search *s, size_t first, size_t last)
{
    const struct protect_cell *cells = s->protect->cells;
    size_t next = SIZE_MAX;
    for (size_t i = first; i < last; i++) {
        size_t at = s->moved[i];
        if (can_hide(&cells[at]) && (next == SIZE_MAX || cells[at].count < cells[next].count ||
                                     (at < next && cells[at].count == cells[next].count)))
            next = at;
    }
    return next;
}

/* Hides one more cell: the smallest within reach of this one, else of those around them. */
static bool hide_near(struct search *s, size_t cell)
{
    struct protect *p = s->protect;
    size_t last = 0, next = SIZE_MAX;
    memset(s->seen, 0, p->cell_count * sizeof *s->seen);
    s->moved[last++] = cell;
    s->seen[cell] = true;
    int step = 1;
    for (size_t from = 0, first = 0; next == SIZE_MAX && first < last; step++) {
        for (size_t end = last; first < end; first++) {
            const struct protect_cell *at = &p->cells[s->moved[first]];
            for (size_t l = 0; l < at->line_count; l++)
                last = see_line(s, &p->lines[at->lines[l]], last);
        }
        if (step % s->limits.reach == 0 || first == last) {
            next = smallest_found(s, from, last);
            from = last;
        }
    }
    if (next == SIZE_MAX)
        return false;
    hide(p, next, HIDDEN_SECONDARY);
    return true;
}

/* No cell is in more than a row and a column. */
static bool is_table(const struct protect *p)
{
    for (size_t i = 0; i < p->cell_count; i++)
        if (p->cells[i].line_count > 2)
            return false;
    return true;
}

static struct search new_search(struct protect *p)
{
    struct search s = {.protect = p, .limits = is_table(p) ? in_table : in_more};
    s.now = arena_calloc(p->arena, p->cell_count, sizeof *s.now);
    s.way = arena_calloc(p->arena, p->cell_count, sizeof *s.way);
    s.moved = arena_calloc(p->arena, p->cell_count + (size_t)s.limits.depth + 1, sizeof *s.moved);
    s.seen = arena_calloc(p->arena, p->cell_count, sizeof *s.seen);
    s.lacks = arena_calloc(p->arena, p->line_count, sizeof *s.lacks);
    return s;
}

struct protect_range protect_range(struct protect *p, size_t cell)
{
    struct search s = new_search(p);
    int64_t count = p->cells[cell].count;
    if (p->cells[cell].hidden == SHOWN)
        return (struct protect_range){count, count};
    return (struct protect_range){count - room(&s, cell, -1, PROTECT_MOST),
                                  count + room(&s, cell, 1, PROTECT_MOST)};
}

static bool all_are_wide(struct search *s)
{
    for (size_t i = 0; i < s->protect->cell_count; i++)
        if (s->protect->cells[i].hidden == HIDDEN_PRIMARY && !is_wide(s, i))
            return false;
    return true;
}

static void mark_rests(struct protect *p, enum hidden from, enum hidden to)
{
    for (size_t i = 0; i < p->cell_count; i++)
        if (p->cells[i].is_rest && p->cells[i].hidden == from)
            p->cells[i].hidden = to;
}

/* Whether nothing but small counts need be hidden where the others are rounded: no total gives a
 * rest then. */
static bool rounding_protects(struct search *s)
{
    if (!s->protect->unit || s->protect->has_unknown)
        return false;
    s->unit = s->protect->unit;
    mark_rests(s->protect, SHOWN, HIDDEN_SECONDARY);
    if (all_are_wide(s))
        return true;
    mark_rests(s->protect, HIDDEN_SECONDARY, SHOWN);
    s->unit = 0;
    return false;
}

bool protect_solve(struct protect *p)
{
    struct search s = new_search(p);
    bool ok = p->rule.threshold >= 1;
    if (!ok || rounding_protects(&s))
        return ok;
    for (size_t i = 0; i < p->cell_count; i++)
        if (is_hidden(p, i))
            hide(p, i, p->cells[i].hidden);
    make_lines_safe(p);
    /* what is hidden later only gives a cell more room: one that has enough keeps it */
    for (size_t i = 0; i < p->cell_count; i++)
        while (ok && p->cells[i].hidden == HIDDEN_PRIMARY && !is_wide(&s, i)) {
            ok = hide_near(&s, i);
            make_lines_safe(p);
        }
    return ok;
}
