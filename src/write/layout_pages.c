/* layout_pages - strips, one below the other, on pages. */
#include "write/layout_pages_int.h"

#include <math.h>

const double page_short = 595.28, page_long = 841.89, page_margin = 56.7;
static const double a3_sides = 1.41421; /* of those of A4 */
/* Room that a long row must find at the foot of a page to begin there. */
static const double least_start_of_row = 90;
/* Of a page: so much is not left empty for the sake of a table or a row that may be cut, and rows
 * that take no more are not cut. */
static const double share_empty = 0.25;
/* Rows that take more of a page begin where there is room for a start: on a page of their own they
 * would be cut, too, for the header above them and the notes below. Boxes are seen at a glance:
 * they are whole up to that. */
static const double share_always_cut = 0.8, share_of_boxes = 0.6;
/* Of a page, which is not left empty before what may run on. */
static const double share_runs_on = 0.5;
/* Rows of up to three lines stand with the end of the row above them. */
static const double low_row = 50;

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

/* Of what stands above the notes. */
static double bottom(struct pager *pager)
{
    return page_height(pager->form) - page_margin - pager->foot.room;
}

static double whole_page(struct pager *pager)
{
    return page_height(pager->form) - 2 * page_margin;
}

void pager_item(struct pager *pager, const struct item *item, double y)
{
    struct item placed = *item;
    placed.x += page_margin;
    placed.y += y;
    pager->sink.item(pager->sink.context, &placed);
}

void pager_fill(struct pager *pager, double x, double y, double width, double height,
                enum colour colour)
{
    struct item fill = {.kind = ITEM_FILL,
                        .colour = colour,
                        .x = x,
                        .width = width,
                        .height = height,
                        .text = TEXT_EMPTY,
                        .link = TEXT_EMPTY};
    pager_item(pager, &fill, y);
}

void pager_items(struct pager *pager, const struct strip *strip, double y)
{
    for (size_t i = 0; i < strip->count; i++)
        pager_item(pager, &strip->items[i], y);
}

static void set_form(struct pager *pager, enum page_form form)
{
    pager->form = form;
    pager->sink.page(pager->sink.context, pager->pages - 1, form);
    foot_begin(pager);
}

static void begin_page(struct pager *pager, enum page_form form)
{
    pager->pages++;
    pager->y = page_margin;
    pager->is_empty = true;
    set_form(pager, form);
}

static void add_page(struct pager *pager, enum page_form form)
{
    foot_place(pager);
    begin_page(pager, form);
}

/* What the notes of the last page leave stands on pages of its own. */
static void end_pages(struct pager *pager)
{
    foot_place(pager);
    while (pager->foot.lines.count) {
        begin_page(pager, pager->form);
        foot_place(pager);
    }
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
        row_place_part(pager, row, at, bottom(pager), below, pager->is_empty);
        if (!row_is_done(row, at))
            continue_on_new_page(pager, strip);
    } while (!row_is_done(row, at));
}

/* `below`: the height of what must find room on the page where the strip ends. */
static void place_strip(struct pager *pager, const struct strip *strip, double below)
{
    if (pager->y > page_margin)
        pager->y += strip->space_before;
    pager_items(pager, strip, pager->y);
    if (strip->row)
        place_row(pager, strip, below);
    else
        pager->y += strip->height;
    if (strip->row || strip->height > 0)
        pager->is_empty = false;
    if (strip->notes)
        foot_take(pager, strip);
}

/* What is empty of the page. */
static double room_left(struct pager *pager)
{
    return bottom(pager) - pager->y;
}

static bool may_be_cut(struct pager *pager, const struct strip *strip, double height, double above)
{
    double page = whole_page(pager);
    if (!strip->row || strip->row->boxes)
        return strip->row && height > page * share_of_boxes;
    return height > page * share_always_cut ||
           (height > page * share_empty && room_left(pager) - above > page * share_empty);
}

/* What a strip needs of a page to begin there, `above` below what stands on it. */
static double least_height(struct pager *pager, const struct strip *strip, double above)
{
    double height = row_height_here(pager, strip);
    return may_be_cut(pager, strip, height, above) ? fmin(height, least_start_of_row) : height;
}

/* Strips that stay together. */
struct group {
    size_t end;    /* one behind the last */
    double height; /* of all, or what it needs to begin on the page where that cannot hold it; with
                      what its notes add to the foot */
    bool is_whole; /* whatever strips follow */
};

static bool fits(struct pager *pager, double height)
{
    return pager->y + height <= bottom(pager) + 0.01;
}

/* `preferred`: with what prefers to stand together. */
static struct group group_from(struct pager *pager, const struct strips *strips, size_t from,
                               bool preferred)
{
    struct group group = {.end = from};
    double to_begin = 0; /* with the first lines of a row that is cut; 0: there is none */
    while (group.end < strips->count && !group.is_whole) {
        const struct strip *strip = &strips->items[group.end++];
        bool ends = group.end == strips->count;
        double least = least_height(pager, strip, group.height + strip->space_before);
        bool keeps = strip->keep_next || (preferred && strip->prefers_next);
        group.is_whole = !keeps || (!ends && strips->items[group.end].new_page);
        if (to_begin <= 0 && least < strip->height)
            to_begin = group.height + strip->space_before + least;
        group.height += strip->space_before + (group.is_whole || ends ? least : strip->height);
    }
    if (to_begin > 0 && !preferred && !fits(pager, group.height))
        group.height = to_begin;
    group.height += foot_least(pager, strips, from, group.end) - pager->foot.room;
    return group;
}

/* The next strips that find a place together, of the group that they would like best. Once that is
 * split what is left of it is, too. */
static struct group split_group(struct pager *pager, const struct strips *strips, size_t from,
                                struct group group)
{
    double page = whole_page(pager);
    bool leaves_little = pager->is_empty || room_left(pager) <= page * share_empty;
    if (!pager->is_split && (fits(pager, group.height) || (leaves_little && group.height <= page)))
        return group;
    struct group part = group_from(pager, strips, from, false);
    pager->is_split = part.end < group.end;
    return part;
}

/* Empty space that separates what stands above it: needless at the foot of a page. */
static bool is_gap(const struct strip *strip)
{
    return !strip->count && !strip->row && !strip->new_page && !strip->keep_next;
}

/* The lines and low rows from `from` on that stand with the row above them; nothing when they are
 * too many. */
static double height_below(struct pager *pager, const struct strips *strips, size_t from, size_t to)
{
    double height = 0;
    for (size_t i = from; i < to && (!strips->items[i].row || strips->items[i].height < low_row);
         i++)
        height += strips->items[i].space_before + strips->items[i].height;
    return height < whole_page(pager) * 0.85 ? height : 0;
}

static void place_group(struct pager *pager, const struct strips *strips, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        const struct strip *strip = &strips->items[i];
        double notes = foot_least(pager, strips, i, i + 1) - pager->foot.room;
        if (i > from && !pager->is_empty &&
            !fits(pager,
                  strip->space_before + least_height(pager, strip, strip->space_before) + notes))
            continue_on_new_page(pager, strip);
        place_strip(pager, strip, strip->row ? height_below(pager, strips, i + 1, to) : 0);
    }
}

struct pager *pager_new(struct arena *arena, enum page_form form, const struct page_sink *sink)
{
    struct pager *pager = arena_alloc(arena, sizeof *pager);
    *pager = (struct pager){.sink = *sink, .foot = {.arena = arena}};
    begin_page(pager, form);
    return pager;
}

static void turn_page(struct pager *pager, const struct strip *strip)
{
    bool runs_on = strip->runs_on && strip->form == pager->form &&
                   room_left(pager) >= whole_page(pager) * share_runs_on;
    if (!pager->is_empty && !runs_on)
        add_page(pager, strip->form);
    else if (pager->is_empty)
        set_form(pager, strip->form);
}

void pager_place(struct pager *pager, struct arena *arena, const struct strips *strips,
                 size_t *from, bool last)
{
    pager->arena = arena;
    while (*from < strips->count) {
        const struct strip *first = &strips->items[*from];
        if (first->new_page && *from + 1 == strips->count)
            break; /* nothing follows that could stand on another page */
        struct group group = group_from(pager, strips, *from, true);
        if (!group.is_whole && !last)
            break;
        if (first->new_page) {
            turn_page(pager, first);
            group = group_from(pager, strips, *from, true); /* what a page holds has changed */
        }
        group = split_group(pager, strips, *from, group);
        size_t start = *from;
        *from = group.end;
        if (is_gap(first) && !fits(pager, group.height))
            continue;
        if (!pager->is_empty && !fits(pager, group.height))
            continue_on_new_page(pager, first);
        if (pager->is_empty)
            foot_yield(pager, group.height);
        place_group(pager, strips, start, group.end);
    }
    if (last)
        end_pages(pager);
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
