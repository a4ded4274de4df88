#include "write/pdf_int.h"

#include <math.h>

const double page_short = 595.28, page_long = 841.89, page_margin = 56.7;
static const double a3_sides = 1.41421; /* of those of A4 */
/* Room that a long row must find at the foot of a page to begin there. */
static const double least_start_of_row = 90;
/* What is left of such a row for the next page: three lines, or it reads as if it were another. */
static const double least_end_of_row = 36;

double page_width(enum page_form form)
{
    double width = form & PAGE_LANDSCAPE ? page_long : page_short;
    return form & PAGE_A3_PORTRAIT ? width * a3_sides : width;
}

double page_height(enum page_form form)
{
    double height = form & PAGE_LANDSCAPE ? page_short : page_long;
    return form & PAGE_A3_PORTRAIT ? height * a3_sides : height;
}

struct strip *strips_add(struct arena *arena, struct strips *strips)
{
    strips->items =
        arena_grow(arena, strips->items, strips->count, &strips->capacity, sizeof *strips->items);
    struct strip *strip = &strips->items[strips->count++];
    *strip = (struct strip){0};
    return strip;
}

struct item *strip_add(struct arena *arena, struct strip *strip, enum item_kind kind,
                       struct tag *tag)
{
    strip->items =
        arena_grow(arena, strip->items, strip->count, &strip->capacity, sizeof *strip->items);
    struct item *item = &strip->items[strip->count++];
    *item = (struct item){.kind = kind, .tag = tag, .text = TEXT_EMPTY, .link = TEXT_EMPTY};
    item->place = PLACE_NONE;
    return item;
}

double strips_height(const struct strips *strips)
{
    double height = 0;
    for (size_t i = 0; i < strips->count; i++)
        height += strips->items[i].height + (i ? strips->items[i].space_before : 0);
    return height;
}

double row_height(const struct strip_row *row)
{
    double height = 0;
    for (size_t i = 0; i < row->count; i++)
        height = fmax(height, strips_height(&row->cells[i]));
    return height + 2 * row->padding;
}

struct pager {
    struct arena *arena; /* of the strips that are being placed */
    struct page_sink sink;
    size_t pages;
    enum page_form form; /* of the last page */
    double y;
    bool is_empty; /* nothing but what is repeated stands on the page */
};

static double bottom(struct pager *pager)
{
    return page_height(pager->form) - page_margin;
}

static double whole_page(struct pager *pager)
{
    return bottom(pager) - page_margin;
}

static void place_item(struct pager *pager, const struct item *item, double y)
{
    struct item placed = *item;
    placed.x += page_margin;
    placed.y += y;
    pager->sink.item(pager->sink.context, &placed);
}

static void place_fill(struct pager *pager, double x, double y, double width, double height,
                       enum colour colour)
{
    struct item fill = {.kind = ITEM_FILL,
                        .colour = colour,
                        .x = x,
                        .width = width,
                        .height = height,
                        .text = TEXT_EMPTY,
                        .link = TEXT_EMPTY};
    place_item(pager, &fill, y);
}

static void place_items(struct pager *pager, const struct strip *strip, double y)
{
    for (size_t i = 0; i < strip->count; i++)
        place_item(pager, &strip->items[i], y);
}

static void set_form(struct pager *pager, enum page_form form)
{
    pager->form = form;
    pager->sink.page(pager->sink.context, pager->pages - 1, form);
}

static void add_page(struct pager *pager, enum page_form form)
{
    pager->pages++;
    pager->y = page_margin;
    pager->is_empty = true;
    set_form(pager, form);
}

/* How far a cell gets from strip `from` in `height`; `force` takes at least one strip. */
static size_t cell_fits(const struct strips *cell, size_t from, double height, bool force)
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
        place_items(pager, &cell->items[i], y);
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

static void place_boxes(struct pager *pager, const struct strip_row *row, double height)
{
    for (size_t i = 0; row->boxes && i < row->count; i++) {
        const struct strip_box *box = &row->boxes[i];
        if (box->width <= 0)
            continue;
        place_fill(pager, box->x, pager->y, box->width, height, COLOUR_TINT);
        if (box->bar_above > 0)
            place_fill(pager, box->x, pager->y, box->width, box->bar_above, COLOUR_ACCENT);
        if (box->bar_left > 0)
            place_fill(pager, box->x, pager->y, box->bar_left, height, COLOUR_ACCENT);
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
        place_item(pager, &element, span->y);
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

/* The same for what is left of the page. Where the row ends on it and what stands with it, `below`
 * high, has no room, its last lines are left for the next page. */
static bool fit_part(struct pager *pager, const struct strip_row *row, const size_t *at, size_t *to,
                     double below, bool force, double *height)
{
    double room = bottom(pager) - pager->y - 2 * row->padding;
    bool is_end;
    bool progress = measure_part(pager, row, at, to, room, force, height, &is_end);
    if (progress && !is_end && rest_height(row, to) > 0)
        return leave_more(pager, row, at, to, height) ||
               measure_part(pager, row, at, to, room, force, height, &is_end);
    if (!is_end || below <= 0 || *height + below <= room + 0.01)
        return progress;
    if (measure_part(pager, row, at, to, *height - 1, false, height, &is_end))
        return true;
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
            place_fill(pager, from, y, span->x - from, row->rule_below, row->rule_colour);
        from = span->x + span->width;
    }
    if (to > from)
        place_fill(pager, from, y, to - from, row->rule_below, row->rule_colour);
}

/* Places what fits of a row and moves `at` on. */
static void place_part(struct pager *pager, const struct strip_row *row, size_t *at, double below,
                       bool force)
{
    double height;
    size_t *to = arena_calloc(pager->arena, row->count, sizeof *to);
    if (!fit_part(pager, row, at, to, below, force, &height) && !force)
        return;
    bool names_again = row->name_again && at[row->name] == row->cells[row->name].count;
    if (names_again)
        height = fmax(height, strips_height(row->name_again));
    height += 2 * row->padding;
    if (row->filled)
        place_fill(pager, row->x, pager->y, row->width, height, COLOUR_TINT);
    if (row->rule_above > 0)
        place_fill(pager, row->x, pager->y, row->width, row->rule_above, row->rule_colour);
    if (row->rule_below > 0)
        place_rule(pager, row, pager->y + height - row->rule_below);
    place_boxes(pager, row, height);
    if (names_again)
        place_cell(pager, row->name_again, 0, row->name_again->count, pager->y + row->padding);
    for (size_t i = 0; i < row->count; i++) {
        struct strip_span *span = span_at(row, i);
        if (span)
            place_span(pager, row, span,
                       span_fits(span, pager->y + height - row->padding,
                                 force && row == span->last && to[i] == at[i]));
        place_cell(pager, &row->cells[i], at[i], to[i], pager->y + row->padding);
        at[i] = to[i];
    }
    pager->y += height;
}

static bool row_is_done(const struct strip_row *row, const size_t *at)
{
    for (size_t i = 0; i < row->count; i++) {
        const struct strip_span *span = span_at(row, i);
        if (at[i] < row->cells[i].count ||
            (span && span->last == row && (!span->shown || span->at < span->shown->count)))
            return false;
    }
    return true;
}

static void place_strip(struct pager *pager, const struct strip *strip, double below);

/* A new page for what stands in a table begins with its header and group. */
static void continue_on_new_page(struct pager *pager, const struct strip *strip)
{
    add_page(pager, pager->form);
    if (!strip->repeat || strips_height(strip->repeat) > whole_page(pager) * 0.4)
        return;
    for (size_t i = 0; i < strip->repeat->count; i++)
        place_strip(pager, &strip->repeat->items[i], 0);
    pager->is_empty = true;
}

static void place_row(struct pager *pager, const struct strip *strip, double below)
{
    const struct strip_row *row = strip->row;
    size_t *at = arena_calloc(pager->arena, row->count, sizeof *at);
    do {
        place_part(pager, row, at, below, pager->is_empty);
        if (!row_is_done(row, at))
            continue_on_new_page(pager, strip);
    } while (!row_is_done(row, at));
}

/* `below`: the height of what must find room on the page where the strip ends. */
static void place_strip(struct pager *pager, const struct strip *strip, double below)
{
    if (pager->y > page_margin)
        pager->y += strip->space_before;
    place_items(pager, strip, pager->y);
    if (strip->row)
        place_row(pager, strip, below);
    else
        pager->y += strip->height;
    if (strip->row || strip->height > 0)
        pager->is_empty = false;
}

/* The height of a strip that is the next to be placed. What ends beside it may have begun on
 * another page than was thought when it was measured. */
static double height_here(struct pager *pager, const struct strip *strip)
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

/* What a strip needs of a page to begin there. Boxes are seen at a glance: higher ones stay whole
 * than rows of tables. */
static double least_height(struct pager *pager, const struct strip *strip)
{
    double height = height_here(pager, strip);
    /* boxes are seen at a glance: a row of them is cut only when it is more than half a page */
    double most = strip->row && strip->row->boxes ? 0.6 : 1.0 / 3;
    if (strip->row && height > whole_page(pager) * most)
        return fmin(height, least_start_of_row);
    return height;
}

/* Strips that stay together. */
struct group {
    size_t end;    /* one behind the last */
    double height; /* of all, or what it needs to begin on a page where a page cannot hold it */
    bool is_whole; /* whatever strips follow */
};

static struct group group_from(struct pager *pager, const struct strips *strips, size_t from)
{
    struct group group = {.end = from};
    double to_begin = 0; /* with the first lines of a row that is cut; 0: there is none */
    while (group.end < strips->count && !group.is_whole) {
        const struct strip *strip = &strips->items[group.end++];
        bool ends = group.end == strips->count;
        double least = least_height(pager, strip);
        group.is_whole = !strip->keep_next || (!ends && strips->items[group.end].new_page);
        if (to_begin <= 0 && least < strip->height)
            to_begin = group.height + strip->space_before + least;
        group.height += strip->space_before + (group.is_whole || ends ? least : strip->height);
    }
    if (to_begin > 0 && group.height > whole_page(pager))
        group.height = to_begin;
    return group;
}

static bool fits(struct pager *pager, double height)
{
    return pager->y + height <= bottom(pager) + 0.01;
}

/* Empty space that separates what stands above it: needless at the foot of a page. */
static bool is_gap(const struct strip *strip)
{
    return !strip->count && !strip->row && !strip->new_page && !strip->keep_next;
}

/* The lines from `from` on that stand with the row above them; nothing when they are too many. */
static double height_below(struct pager *pager, const struct strips *strips, size_t from, size_t to)
{
    double height = 0;
    for (size_t i = from; i < to && !strips->items[i].row; i++)
        height += strips->items[i].space_before + strips->items[i].height;
    return height < whole_page(pager) * 0.85 ? height : 0;
}

static void place_group(struct pager *pager, const struct strips *strips, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        const struct strip *strip = &strips->items[i];
        if (i > from && !pager->is_empty &&
            !fits(pager, strip->space_before + least_height(pager, strip)))
            continue_on_new_page(pager, strip);
        place_strip(pager, strip, strip->row ? height_below(pager, strips, i + 1, to) : 0);
    }
}

struct pager *pager_new(struct arena *arena, enum page_form form, const struct page_sink *sink)
{
    struct pager *pager = arena_alloc(arena, sizeof *pager);
    *pager = (struct pager){.sink = *sink};
    add_page(pager, form);
    return pager;
}

void pager_place(struct pager *pager, struct arena *arena, const struct strips *strips,
                 size_t *from, bool last)
{
    pager->arena = arena;
    while (*from < strips->count) {
        const struct strip *first = &strips->items[*from];
        if (first->new_page && *from + 1 == strips->count)
            break; /* nothing follows that could stand on another page */
        struct group group = group_from(pager, strips, *from);
        if (!group.is_whole && !last)
            break;
        if (first->new_page && !pager->is_empty)
            add_page(pager, first->form);
        else if (first->new_page)
            set_form(pager, first->form);
        if (first->new_page) /* what a page holds has changed */
            group = group_from(pager, strips, *from);
        size_t start = *from;
        *from = group.end;
        if (is_gap(first) && !fits(pager, group.height))
            continue;
        if (!pager->is_empty && !fits(pager, group.height))
            continue_on_new_page(pager, first);
        place_group(pager, strips, start, group.end);
    }
}

struct page_list {
    struct arena *arena;
    struct pages pages;
};

static void list_page(void *context, size_t page, enum page_form form)
{
    struct page_list *list = context;
    struct pages *pages = &list->pages;
    pages->items =
        arena_grow(list->arena, pages->items, page, &pages->capacity, sizeof *pages->items);
    if (page == pages->count)
        pages->items[pages->count++] = (struct page){0};
    pages->items[page].form = form;
}

static void list_item(void *context, const struct item *item)
{
    struct page_list *list = context;
    struct page *page = &list->pages.items[list->pages.count - 1];
    page->items =
        arena_grow(list->arena, page->items, page->count, &page->capacity, sizeof *page->items);
    page->items[page->count++] = *item;
}

struct pages layout_pages(struct arena *arena, const struct strips *strips, enum page_form form)
{
    struct page_list list = {.arena = arena};
    struct page_sink sink = {list_page, list_item, &list};
    size_t from = 0;
    pager_place(pager_new(arena, form, &sink), arena, strips, &from, true);
    return list.pages;
}
