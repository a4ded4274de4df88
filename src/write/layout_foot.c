/*
 * layout_foot - the foot of a page: the notes that its lines refer to.
 *
 * The room is kept while the page is filled, and the notes are placed when it is closed. A short
 * note stands whole on the page of its reference; one that is long, or more of them than a page can
 * hold beside its text, begins there and goes on at the foot of the next.
 */
#include "write/layout_pages_int.h"

#include <math.h>
#include <string.h>

static const double space_above = 8, rule = 0.75, space_below = 5, rule_width = 120;
/* A note that is higher than this share of a page may be cut, and behind so many lines of it. */
static const double share_whole = 1.0 / 3;
enum { LEAST_LINES = 3 };
/* Text goes on above notes that leave no room for themselves. */
static const double share_of_notes = 0.6;

static double sheet_bottom(const struct pager *pager)
{
    return page_height(pager->form) - page_margin;
}

static double height_of(const struct strips *lines, size_t count)
{
    return strips_height(&(struct strips){.items = lines->items, .count = count});
}

/* What a note needs to begin. */
static double least_start(const struct strips *lines)
{
    return height_of(lines, lines->count < LEAST_LINES ? lines->count : LEAST_LINES);
}

/* Of the first `count` lines, with what stands above them. */
static double foot_height(const struct foot *foot, size_t count)
{
    const struct strips *again = foot->lines.count ? foot->lines.items[0].repeat : NULL;
    return space_above + rule + space_below + (again ? strips_height(again) : 0) +
           height_of(&foot->lines, count);
}

double foot_least(const struct pager *pager, const struct strips *strips, size_t from, size_t to)
{
    const struct foot *foot = &pager->foot;
    double room = foot->room, page = sheet_bottom(pager) - page_margin;
    bool is_cut = foot->is_cut;
    for (size_t i = from; i < to; i++)
        for (const struct page_note *note = strips->items[i].notes; note && !is_cut;
             note = note->next) {
            double height = strips_height(&note->lines) + note->lines.items[0].space_before;
            if (room <= 0)
                room = space_above + rule + space_below;
            is_cut = height > page * share_whole || room + height > page * share_of_notes;
            room += is_cut ? fmin(height, least_start(&note->lines)) : height;
        }
    return room;
}

/* How much of the page, from `y` on, is kept for what waits; at least `least` of it. */
static void keep_room(struct pager *pager, double y, double least)
{
    struct foot *foot = &pager->foot;
    double height = foot_height(foot, foot->lines.count), left = sheet_bottom(pager) - y;
    double most = fmin(left, (sheet_bottom(pager) - page_margin) * share_of_notes);
    foot->room = foot->lines.count == 0 ? 0 : height <= left + 0.01 ? height : fmax(least, most);
    foot->is_cut = foot->lines.count && foot->room < height - 0.01;
}

void foot_begin(struct pager *pager)
{
    double most = (sheet_bottom(pager) - page_margin) * (1 - share_of_notes);
    keep_room(pager, page_margin + most, 0);
}

void foot_yield(struct pager *pager, double height)
{
    struct foot *foot = &pager->foot;
    double left = sheet_bottom(pager) - pager->y - height;
    if (foot->lines.count && left < foot->room) {
        foot->room = left < foot_height(foot, 0) + least_start(&foot->lines) ? 0 : left;
        foot->is_cut = true;
    }
}

void foot_take(struct pager *pager, const struct strip *strip)
{
    struct foot *foot = &pager->foot;
    struct strips alone = {.items = (struct strip *)strip, .count = 1};
    double least = foot_least(pager, &alone, 0, 1);
    for (const struct page_note *note = strip->notes; note; note = note->next)
        for (size_t i = 0; i < note->lines.count; i++)
            *strips_add(foot->arena, &foot->lines) = note->lines.items[i];
    if (!foot->is_cut) /* else they wait behind what goes over */
        keep_room(pager, pager->y, least);
}

static void place_lines(struct pager *pager, const struct strips *lines, size_t count, double y)
{
    for (size_t i = 0; i < count; i++) {
        y += i ? lines->items[i].space_before : 0;
        pager_items(pager, &lines->items[i], y);
        y += lines->items[i].height;
    }
}

/* They end where the page does, however much of it is free. */
static void place_first(struct pager *pager, size_t count)
{
    struct foot *foot = &pager->foot;
    const struct strips *again = foot->lines.items[0].repeat;
    double y = sheet_bottom(pager) - foot_height(foot, count) + space_above;
    pager_fill(pager, 0, y, rule_width, rule, COLOUR_MUTED);
    y += rule + space_below;
    if (again)
        place_lines(pager, again, again->count, y);
    y += again ? strips_height(again) : 0;
    place_lines(pager, &foot->lines, count, y);
}

void foot_place(struct pager *pager)
{
    struct foot *foot = &pager->foot;
    struct strips *lines = &foot->lines;
    double room = sheet_bottom(pager) - pager->y - foot_height(foot, 0);
    size_t fits = lines->count ? cell_fits(lines, 0, room + 0.01, pager->is_empty) : 0;
    if (fits) {
        place_first(pager, fits);
        lines->count -= fits;
        memmove(lines->items, lines->items + fits, lines->count * sizeof *lines->items);
    }
    for (size_t i = 0; i < foot->given_count && lines->count == 0; i++)
        arena_free(foot->given[i]);
    if (lines->count == 0)
        foot->given_count = 0;
}

struct arena *pager_give(struct pager *pager, struct arena *arena)
{
    struct foot *foot = &pager->foot;
    if (foot->lines.count == 0) {
        arena_reset(arena);
        return arena;
    }
    foot->given = arena_grow(foot->arena, foot->given, foot->given_count, &foot->given_capacity,
                             sizeof(struct arena *));
    foot->given[foot->given_count++] = arena;
    return arena_new();
}
