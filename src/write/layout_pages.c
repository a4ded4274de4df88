#include "write/pdf_int.h"

#include <math.h>

const double page_short = 595.28, page_long = 841.89, page_margin = 56.7;
static const double a3_sides = 1.41421; /* of those of A4 */
/* Room that a long row must find at the foot of a page to begin there. */
static const double least_start_of_row = 90;

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
    struct arena *arena;
    struct pages pages;
    double y;
    bool is_empty; /* nothing but what is repeated stands on the page */
};

static struct page *last_page(struct pager *pager)
{
    return &pager->pages.items[pager->pages.count - 1];
}

static double bottom(struct pager *pager)
{
    return page_height(last_page(pager)->form) - page_margin;
}

static double whole_page(struct pager *pager)
{
    return bottom(pager) - page_margin;
}

static void place_item(struct pager *pager, const struct item *item, double y)
{
    struct page *page = last_page(pager);
    page->items =
        arena_grow(pager->arena, page->items, page->count, &page->capacity, sizeof *page->items);
    struct item *placed = &page->items[page->count++];
    *placed = *item;
    placed->x += page_margin;
    placed->y += y;
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

static void add_page(struct pager *pager, enum page_form form)
{
    struct pages *pages = &pager->pages;
    pages->items = arena_grow(pager->arena, pages->items, pages->count, &pages->capacity,
                              sizeof *pages->items);
    pages->items[pages->count++] = (struct page){.form = form};
    pager->y = page_margin;
    pager->is_empty = true;
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

/* Places what fits of a row and moves `at` on. */
static void place_part(struct pager *pager, const struct strip_row *row, size_t *at, bool force)
{
    double room = bottom(pager) - pager->y - 2 * row->padding, height = 0;
    size_t *to = arena_calloc(pager->arena, row->count, sizeof *to);
    bool progress = false;
    for (size_t i = 0; i < row->count; i++) {
        to[i] = cell_fits(&row->cells[i], at[i], room, force);
        progress = progress || to[i] > at[i];
        height = fmax(height, part_height(&row->cells[i], at[i], to[i]));
    }
    if (!progress && !force)
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
        place_fill(pager, row->x, pager->y + height - row->rule_below, row->width, row->rule_below,
                   row->rule_colour);
    place_boxes(pager, row, height);
    if (names_again)
        place_cell(pager, row->name_again, 0, row->name_again->count, pager->y + row->padding);
    for (size_t i = 0; i < row->count; i++) {
        place_cell(pager, &row->cells[i], at[i], to[i], pager->y + row->padding);
        at[i] = to[i];
    }
    pager->y += height;
}

static bool row_is_done(const struct strip_row *row, const size_t *at)
{
    for (size_t i = 0; i < row->count; i++)
        if (at[i] < row->cells[i].count)
            return false;
    return true;
}

static void place_strip(struct pager *pager, const struct strip *strip);

/* A new page for what stands in a table begins with its header and group. */
static void continue_on_new_page(struct pager *pager, const struct strip *strip)
{
    add_page(pager, last_page(pager)->form);
    if (!strip->repeat || strips_height(strip->repeat) > whole_page(pager) * 0.4)
        return;
    for (size_t i = 0; i < strip->repeat->count; i++)
        place_strip(pager, &strip->repeat->items[i]);
    pager->is_empty = true;
}

static void place_row(struct pager *pager, const struct strip *strip)
{
    const struct strip_row *row = strip->row;
    size_t *at = arena_calloc(pager->arena, row->count, sizeof *at);
    do {
        place_part(pager, row, at, pager->is_empty);
        if (!row_is_done(row, at))
            continue_on_new_page(pager, strip);
    } while (!row_is_done(row, at));
}

static void place_strip(struct pager *pager, const struct strip *strip)
{
    if (pager->y > page_margin)
        pager->y += strip->space_before;
    place_items(pager, strip, pager->y);
    if (strip->row)
        place_row(pager, strip);
    else
        pager->y += strip->height;
    if (strip->row || strip->height > 0)
        pager->is_empty = false;
}

/* What a strip needs of a page to begin there. */
static double least_height(struct pager *pager, const struct strip *strip)
{
    if (strip->row && strip->height > whole_page(pager) / 3)
        return fmin(strip->height, least_start_of_row);
    return strip->height;
}

/* One behind the last strip that must stay with strip `from`; the height of all of them. */
static size_t group_end(struct pager *pager, const struct strips *strips, size_t from,
                        double *height)
{
    size_t i = from;
    *height = 0;
    for (; i < strips->count; i++) {
        const struct strip *strip = &strips->items[i];
        bool last = !strip->keep_next || i + 1 == strips->count || strips->items[i + 1].new_page;
        *height += (last ? least_height(pager, strip) : strip->height) + strip->space_before;
        if (last)
            return i + 1;
    }
    return i;
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

struct pages layout_pages(struct arena *arena, const struct strips *strips, enum page_form form)
{
    struct pager pager = {.arena = arena};
    add_page(&pager, form);
    for (size_t from = 0, to; from < strips->count; from = to) {
        const struct strip *first = &strips->items[from];
        double height;
        if (first->new_page && from + 1 == strips->count)
            break; /* nothing follows that could stand on another page */
        if (first->new_page && !pager.is_empty)
            add_page(&pager, first->form);
        else if (first->new_page)
            last_page(&pager)->form = first->form;
        to = group_end(&pager, strips, from, &height);
        if (is_gap(first) && !fits(&pager, height))
            continue;
        if (!pager.is_empty && !fits(&pager, height))
            continue_on_new_page(&pager, first);
        for (size_t i = from; i < to; i++) {
            const struct strip *strip = &strips->items[i];
            if (i > from && !pager.is_empty &&
                !fits(&pager, strip->space_before + least_height(&pager, strip)))
                continue_on_new_page(&pager, strip);
            place_strip(&pager, strip);
        }
    }
    return pager.pages;
}
