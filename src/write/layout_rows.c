/* layout_rows - cells side by side on pages: rows that are cut, and cells beside several rows. */
#include "write/layout_pages_int.h"

#include <math.h>

/* What is left of a row that is cut for the next page: three lines, or it reads as if it were
 * another. */
static const double least_end_of_row = 36;

size_t cell_fits(const struct strips *cell, size_t from, double height, bool force)
{
    double used = 0;
    size_t to = from;
    for (; to < cell->count; to++) {
        const struct strip *strip = &cell->items[to];
        used += strip->height + (to > from ? strip->space_before : 0);
        if (used > height + 0.01)
            break;
    }
    size_t fits = to;
    while (to < cell->count && to > from && cell->items[to - 1].keep_next)
        to--;
    if (to > from || !force)
        return to;
    return fits > from ? fits : from + (from < cell->count);
}

static void place_cell(struct pager *pager, const struct strips *cell, size_t from, size_t to,
                       double y)
{
    for (size_t i = from; i < to; i++) {
        if (i > from)
            y += cell->items[i].space_before;
        pager_items(pager, &cell->items[i], y);
        y += cell->items[i].height;
    }
}

/* Where the part of a cell would end; the fill and rules must be placed before the text. */
static double part_height(const struct strips *cell, size_t from, size_t to)
{
    double height = 0;
    for (size_t i = from; i < to; i++)
        height += cell->items[i].height + (i > from ? cell->items[i].space_before : 0);
    return height;
}

static bool row_begins(const struct strip_row *row, const size_t *at)
{
    for (size_t i = 0; i < row->count; i++)
        if (at[i])
            return false;
    return true;
}

/* Of a row that is cut, a box stands where some of its cell does; one that is empty by itself
 * stands where the row begins. */
static void place_boxes(struct pager *pager, const struct strip_row *row, const size_t *at,
                        const size_t *to, double height)
{
    for (size_t i = 0; row->boxes && i < row->count; i++) {
        const struct strip_box *box = &row->boxes[i];
        bool is_here = to[i] > at[i] || (!row->cells[i].count && row_begins(row, at));
        if (box->width <= 0 || !is_here)
            continue;
        pager_fill(pager, box->x, pager->y, box->width, height, COLOUR_TINT);
        if (box->bar_above > 0)
            pager_fill(pager, box->x, pager->y, box->width, box->bar_above, COLOUR_ACCENT);
        if (box->bar_left > 0)
            pager_fill(pager, box->x, pager->y, box->bar_left, height, COLOUR_ACCENT);
    }
}

static struct strip_span *span_at(const struct strip_row *row, size_t i)
{
    return row->spans ? row->spans[i] : NULL;
}

/* Where the row begins on this page: on a new one it goes on, or is said again if it had ended. */
static void begin_span(struct pager *pager, const struct strip_row *row, struct strip_span *span)
{
    if (span->page == pager->pages && span->shown)
        return;
    bool ended = span->shown && span->at == span->shown->count;
    if (!span->shown || ended) {
        span->shown = ended ? &span->again : &span->content;
        span->at = 0;
    }
    span->from = span->at;
    span->page = pager->pages;
    span->y = pager->y + row->padding;
}

static double span_gap(const struct strip_span *span)
{
    return span->at > span->from && span->at < span->shown->count
               ? span->shown->items[span->at].space_before
               : 0;
}

/* Where strips up to `to` would end. */
static double span_end(const struct strip_span *span, size_t to)
{
    return span->y + span_gap(span) + part_height(span->shown, span->at, to);
}

/* How far it gets above `limit`. */
static size_t span_fits(const struct strip_span *span, double limit, bool force)
{
    return cell_fits(span->shown, span->at, limit - span->y - span_gap(span), force);
}

static void place_span(struct pager *pager, const struct strip_row *row, struct strip_span *span,
                       size_t to)
{
    struct item element = {
        .kind = ITEM_TAG, .tag = span->tag, .text = TEXT_EMPTY, .link = TEXT_EMPTY};
    if (row == span->first) /* in its place among the cells, wherever its first line stands */
        pager_item(pager, &element, span->y);
    span->first = NULL; /* the row may be forgotten before the span is */
    span->y += span->at < to ? span_gap(span) : 0;
    place_cell(pager, span->shown, span->at, to, span->y);
    span->y += part_height(span->shown, span->at, to);
    span->at = to;
}

/* How high the part of a row is that `room` holds: cells up to `to`, and, when these are done, the
 * rest of what ends beside it. Returns whether there is any of it. */
static bool measure_part(struct pager *pager, const struct strip_row *row, const size_t *at,
                         size_t *to, double room, bool force, double *height, bool *is_end)
{
    bool progress = false, done = true;
    *height = 0;
    *is_end = true;
    for (size_t i = 0; i < row->count; i++) {
        to[i] = cell_fits(&row->cells[i], at[i], room, force);
        progress = progress || to[i] > at[i];
        done = done && to[i] == row->cells[i].count;
        *height = fmax(*height, part_height(&row->cells[i], at[i], to[i]));
    }
    for (size_t i = 0; i < row->count; i++) {
        struct strip_span *span = span_at(row, i);
        if (!span)
            continue;
        begin_span(pager, row, span);
        if (!done || row != span->last)
            continue;
        size_t end = span_fits(span, pager->y + row->padding + room, force);
        progress = progress || end > span->at;
        if (end > span->at)
            *height = fmax(*height, span_end(span, end) - pager->y - row->padding);
        *is_end = *is_end && end == span->shown->count;
    }
    *is_end = *is_end && done;
    return progress;
}

/* What of the row's cells is left behind `to`. */
static double rest_height(const struct strip_row *row, const size_t *to)
{
    double height = 0;
    for (size_t i = 0; i < row->count; i++)
        height = fmax(height, part_height(&row->cells[i], to[i], row->cells[i].count));
    return height;
}

/* A part that leaves a line or two gives up some of its own, unless it is short itself. */
static bool leave_more(struct pager *pager, const struct strip_row *row, const size_t *at,
                       size_t *to, double *height)
{
    double rest = rest_height(row, to), room = *height - (least_end_of_row - rest);
    bool is_end;
    return rest > 0 && rest < least_end_of_row && room >= least_end_of_row &&
           measure_part(pager, row, at, to, room, false, height, &is_end);
}

/* The same for what is left above `limit`. Where the row ends on it and what stands with it,
 * `below` high, has no room, its last lines are left for the next page. */
static bool fit_part(struct pager *pager, const struct strip_row *row, const size_t *at, size_t *to,
                     double limit, double below, bool force, double *height)
{
    double room = limit - pager->y - 2 * row->padding;
    bool is_end;
    bool progress = measure_part(pager, row, at, to, room, force, height, &is_end);
    if (progress && !is_end && rest_height(row, to) > 0)
        return leave_more(pager, row, at, to, height) ||
               measure_part(pager, row, at, to, room, force, height, &is_end);
    if (!is_end || below <= 0 || *height + below <= room + 0.01)
        return progress;
    double most = *height - 1;
    if (measure_part(pager, row, at, to, most, false, height, &is_end))
        return leave_more(pager, row, at, to, height) ||
               measure_part(pager, row, at, to, most, false, height, &is_end);
    return force && measure_part(pager, row, at, to, room, force, height, &is_end);
}

/* A rule across the columns of which none goes on below it. */
static void place_rule(struct pager *pager, const struct strip_row *row, double y)
{
    double from = row->x, to = row->x + row->width;
    for (size_t i = 0; i < row->count; i++) {
        const struct strip_span *span = span_at(row, i);
        if (!span || span->last == row)
            continue;
        if (span->x > from)
            pager_fill(pager, from, y, span->x - from, row->rule_below, row->rule_colour);
        from = span->x + span->width;
    }
    if (to > from)
        pager_fill(pager, from, y, to - from, row->rule_below, row->rule_colour);
}

/* What is said above a part of the row that does not begin it; or NULL. */
static const struct strips *said_again(const struct strip_row *row, const size_t *at)
{
    return row->again && at[row->name] == row->cells[row->name].count ? row->again : NULL;
}

void row_place_part(struct pager *pager, const struct strip_row *row, size_t *at, double limit,
                    double below, bool force)
{
    const struct strips *again = said_again(row, at);
    double height, above = again ? strips_height(again) : 0;
    size_t *to = arena_calloc(pager->arena, row->count, sizeof *to);
    pager->y += above;
    bool fits = fit_part(pager, row, at, to, limit, below, force, &height);
    pager->y -= above;
    if (!fits && !force)
        return;
    height += above + 2 * row->padding;
    if (row->filled)
        pager_fill(pager, row->x, pager->y, row->width, height, COLOUR_TINT);
    if (row->rule_above > 0)
        pager_fill(pager, row->x, pager->y, row->width, row->rule_above, row->rule_colour);
    if (row->rule_below > 0)
        place_rule(pager, row, pager->y + height - row->rule_below);
    place_boxes(pager, row, at, to, height);
    if (again)
        place_cell(pager, again, 0, again->count, pager->y + row->padding);
    for (size_t i = 0; i < row->count; i++) {
        struct strip_span *span = span_at(row, i);
        if (span)
            place_span(pager, row, span,
                       span_fits(span, pager->y + height - row->padding,
                                 force && row == span->last && to[i] == at[i]));
        place_cell(pager, &row->cells[i], at[i], to[i], pager->y + row->padding + above);
        at[i] = to[i];
    }
    pager->y += height;
}

bool row_is_done(const struct strip_row *row, const size_t *at)
{
    for (size_t i = 0; i < row->count; i++) {
        const struct strip_span *span = span_at(row, i);
        if (at[i] < row->cells[i].count ||
            (span && span->last == row && (!span->shown || span->at < span->shown->count)))
            return false;
    }
    return true;
}

double row_height_here(struct pager *pager, const struct strip *strip)
{
    if (!strip->row || !strip->row->spans)
        return strip->height;
    double height = row_height(strip->row);
    for (size_t i = 0; i < strip->row->count; i++) {
        const struct strip_span *span = span_at(strip->row, i);
        if (!span || span->last != strip->row)
            continue;
        if (!span->shown || span->page != pager->pages)
            return strip->height;
        height = fmax(height, span_end(span, span->shown->count) - pager->y + strip->row->padding);
    }
    return height;
}
