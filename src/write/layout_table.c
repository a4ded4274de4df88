/* layout_table - a table as strips: caption, rows and notes, and what of them keeps together. */
#include "write/layout_table_int.h"

#include <math.h>
#include <string.h>

/* A table of no more of a page is kept on one, if that leaves little of the page before empty. */
static const double table_page_share = 0.6;
/* A row of that height can stand alone between a page's edge and a header or the notes: more than
 * three lines. Lower ones have another beside them. */
static const double least_alone = 50;

static double page_room(const struct flow *flow)
{
    return page_height(flow->form) - 2 * page_margin;
}

/* What is repeated when a page begins inside of a group: the header and the group's name. */
static const struct strips *group_again(struct grid *grid, const struct row *first)
{
    struct strips *again = arena_alloc(grid->flow->arena, sizeof *again);
    for (size_t i = 0; i < grid->head_again->count; i++)
        *strips_add(grid->flow->arena, again) = grid->head_again->items[i];
    grid_add_band(grid, again, first, true);
    return again;
}

/* The band of the group that a row begins; returns what stands again on a page within it. */
static const struct strips *begin_group(struct grid *grid, const struct row *row)
{
    struct flow *flow = grid->flow, lasting = *flow;
    lasting.arena = grid->lasting;
    grid->band = NULL;
    if (!row->group.len)
        return grid->name_again;
    grid->flow = &lasting;
    grid_add_band(grid, flow->strips, row, false);
    const struct strips *again = group_again(grid, row);
    grid->flow = flow;
    return again;
}

/* Whether the table is longer than what is kept on one page: then its rows need not wait for all.
 */
static bool is_long(struct grid *grid)
{
    const struct strips *strips = grid->flow->strips;
    for (; !grid->is_long && grid->summed < strips->count; grid->summed++) {
        const struct strip *strip = &strips->items[grid->summed];
        grid->height += strip->space_before + strip->height;
        grid->is_long = grid->height > table_page_share * page_room(grid->flow);
    }
    return grid->is_long;
}

/* Whether row `r` begins or ends its group, as its second or last row; tables do so, too. */
static bool is_second(const struct grid *grid, size_t r)
{
    return r == 1 || (r > 0 && grid->begins && grid->begins[r - 1] && !grid->begins[r]);
}

static bool is_last(const struct grid *grid, size_t r)
{
    return r + 1 == grid->table->row_count ||
           (grid->begins && grid->begins[r + 1] && !grid->begins[r]);
}

/* No low row stands alone below a header or band at the foot of a page, nor below one that is said
 * again at the head; below the header of all there are three, if they are low. */
static void keep_rows(const struct grid *grid, size_t r)
{
    bool begins = is_second(grid, r) || r + 1 == ROWS_AT_START;
    if (r == 0 || !(begins || is_last(grid, r)))
        return; /* the row before may be forgotten */
    const struct strip *strips = grid->flow->strips->items;
    const size_t *last = grid->last;
    double above = strips[last[ROWS_AT_END - 2]].height;
    if (r + 1 == ROWS_AT_START)
        above += strips[last[0]].height;
    if ((begins && above < least_alone) ||
        (is_last(grid, r) && strips[last[ROWS_AT_END - 1]].height < least_alone))
        grid->flow->strips->items[last[ROWS_AT_END - 2]].keep_next = true;
}

/* The last rows wait for the notes, and any for the next when it may have to keep with it. */
static bool is_settled(const struct grid *grid, size_t r)
{
    return r + ROWS_AT_END < grid->table->row_count && r + 1 >= ROWS_AT_START &&
           !is_second(grid, r + 1) && !is_last(grid, r + 1);
}

/* Where the last two rows are low, a third goes with them and the notes, when a page has room. */
static void keep_end(const struct grid *grid)
{
    const size_t *last = grid->last;
    struct strips *strips = grid->flow->strips;
    double height = 0;
    if (grid->table->row_count < ROWS_AT_END)
        return;
    for (size_t i = last[0]; i < strips->count; i++)
        height += strips->items[i].space_before + strips->items[i].height;
    struct strip *third = &strips->items[last[0]];
    if (strips->items[last[1]].height + strips->items[last[2]].height < least_alone &&
        height < page_room(grid->flow))
        third->keep_next = true;
}

/* Places rows up to `r`, and forgets them when nothing goes on below them. */
static void pass_on(struct grid *grid, size_t r)
{
    struct flow *flow = grid->flow;
    if (!flow_is_streamed(flow) || !is_settled(grid, r) || !is_long(grid))
        return;
    bool forgotten = flow_pass_on(flow, !table_is_within_span(grid, r));
    if (forgotten && grid->begins && grid->begins[r + 1])
        arena_reset(grid->lasting);
}

static void add_rows(struct grid *grid)
{
    const struct strips *repeat = grid->name_again;
    for (size_t r = 0; r < grid->table->row_count; r++) {
        struct arena *arena = table_begins_long_span(grid, r) ? grid->lasting : grid->flow->arena;
        const struct row *row = table_row(grid->table, arena, r);
        if (grid->begins && grid->begins[r])
            repeat = begin_group(grid, row);
        grid_add_row(grid, row, r, repeat);
        memmove(grid->last, grid->last + 1, (ROWS_AT_END - 1) * sizeof *grid->last);
        grid->last[ROWS_AT_END - 1] = grid->flow->strips->count - 1;
        keep_rows(grid, r);
        pass_on(grid, r);
    }
}

/* Rows that are passed on are of memory that is used again. */
static void add_body(struct grid *grid)
{
    struct flow *flow = grid->flow;
    struct arena *arena = flow->arena;
    grid->lasting = arena;
    if (flow_is_streamed(flow)) {
        flow->arena = flow->stream->rows;
        grid->lasting = flow->stream->groups;
    }
    add_rows(grid);
    flow->arena = arena;
}

/* `shorthand`: the paragraph that is read before the table, and stands below its caption: elements
 * are read in the order in which they first occur. */
static void add_caption(struct grid *grid, struct tag *shorthand)
{
    struct flow *flow = grid->flow;
    struct text caption = grid->table->caption;
    size_t first = flow->strips->count;
    if (shorthand)
        strip_add(flow->arena, strips_add(flow->arena, flow->strips), ITEM_TAG, shorthand);
    if (caption.len)
        grid_add_text(flow, flow_tag(flow, grid->tag, "Caption"), caption,
                      flow_caption_style(flow));
    if (grid->table->shorthand.len)
        grid_add_text(flow, shorthand, grid->table->shorthand, flow_small_style(flow));
    for (size_t i = first; i < flow->strips->count; i++)
        flow->strips->items[i].keep_next = true;
    /* Also where nothing is drawn, for links to the table. */
    struct strip *gap = strips_add(flow->arena, flow->strips);
    gap->height = 3;
    gap->keep_next = true;
    struct item *anchor = strip_add(flow->arena, &flow->strips->items[first], ITEM_ANCHOR, NULL);
    anchor->text = text_slug(flow->arena, grid->table->name);
    flow->strips->items[first].space_before = flow->gap + 4;
}

void flow_keep_together(struct flow *flow, size_t first, double share)
{
    struct strip *strips = flow->strips->items;
    double height = 0;
    for (size_t i = first; i < flow->strips->count; i++)
        height += strips[i].space_before + strips[i].height;
    if (height > page_room(flow) * share)
        return;
    for (size_t i = first; i + 1 < flow->strips->count; i++)
        strips[i].keep_next = true;
}

bool flow_belongs(const struct block *next)
{
    return next && (next->kind == BLOCK_KEY || next->kind == BLOCK_NOTE);
}

/* Below the table; the first stays with its last row. Returns which strip that is. */
static size_t add_notes(struct grid *grid)
{
    struct flow *flow = grid->flow, lines = *flow;
    const struct table *table = grid->table;
    struct text_style style = flow_small_style(flow);
    double space = 4;
    lines.width = fmin(flow->width, longest_line * style.size);
    size_t notes = flow->strips->count;
    for (size_t i = 0; i <= table->notes.count; i++) {
        struct text text = i < table->notes.count ? table->notes.items[i] : table->source;
        size_t first = flow->strips->count;
        if (!text.len)
            continue;
        if (space > 3)
            flow->strips->items[first - 1].keep_next = true;
        grid_add_text(&lines, flow_note_tag(flow), text, style);
        flow->strips->items[first].space_before = space;
        space = 2;
    }
    for (size_t i = notes; i < flow->strips->count; i++)
        flow->strips->items[i].repeat = grid->caption_again;
    return notes;
}

/* A long table ends on a page with all of its notes; a small one is easier to read whole, but so
 * are the pages before it: where it is split its notes may be, two lines from their ends. */
static void keep_whole(struct grid *grid, size_t first, size_t notes)
{
    struct flow *flow = grid->flow;
    struct strip *strips = flow->strips->items;
    size_t count = flow->strips->count;
    if (is_long(grid)) {
        flow_keep_together(flow, notes, 0.8);
        return;
    }
    for (size_t i = first; i + 1 < count; i++)
        strips[i].prefers_next = true;
    if (count - notes > 1)
        strips[notes].keep_next = strips[count - 2].keep_next = true;
}

void flow_table(struct flow *flow, const struct table *whole)
{
    const struct table *table = table_on_page(flow->arena, whole);
    struct grid grid = {.flow = flow,
                        .whole = whole,
                        .table = table,
                        .row_header = table_row_header(table),
                        .summed = flow->strips->count};
    if (table->column_count == 0)
        return;
    struct tag *shorthand = table->shorthand.len ? flow_tag(flow, flow->tag, "P") : NULL;
    grid.tag = flow_tag(flow, flow->tag, "Table");
    /* PDF/UA (ISO 14289-1) 7.2: no THead without a TBody. */
    grid.head = table->row_count ? flow_tag(flow, grid.tag, "THead") : grid.tag;
    grid.body = flow_tag(flow, grid.tag, "TBody");
    table_measure(&grid);
    bool is_deep = table_has_groups_of_columns(table);
    if (grid.begins || grid.joins || is_deep)
        grid.columns = arena_calloc(flow->arena, table->column_count, sizeof(struct tag *));
    if (is_deep)
        grid.groups = arena_calloc(flow->arena, table->column_count, sizeof(struct tag *));
    grid.open = arena_calloc(flow->arena, table->column_count, sizeof(struct strip_span *));
    size_t first = flow->strips->count;
    flow->table = table;
    add_caption(&grid, shorthand);
    grid_add_head(&grid, flow->strips, false);
    grid.head_again = arena_alloc(flow->arena, sizeof *grid.head_again);
    grid_add_head(&grid, grid.head_again, true);
    grid.caption_again = arena_calloc(flow->arena, 1, sizeof *grid.caption_again);
    grid_add_caption_again(&grid, grid.caption_again);
    grid.name_again = arena_calloc(flow->arena, 1, sizeof *grid.name_again);
    grid_add_caption_again(&grid, grid.name_again);
    grid_add_head(&grid, grid.name_again, true);
    add_body(&grid);
    keep_whole(&grid, first, add_notes(&grid));
    keep_end(&grid);
    flow->table = NULL;
    bool is_followed = flow_belongs(flow->next);
    flow->strips->items[flow->strips->count - 1].keep_next = is_followed;
    struct strip *gap = strips_add(flow->arena, flow->strips);
    gap->height = flow->gap;
    gap->keep_next = is_followed;
}
