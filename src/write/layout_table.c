#include "base/utf8.h"
#include "write/layout_table_int.h"

#include <math.h>
#include <string.h>

static const double cell_foot = 3.2;
/* A table of no more of a page is kept on one. */
static const double table_page_share = 0.6;
/* Rows that can't be cut, because they take less than a third of any page, need no second name. */
static const double shortest_cut_row = 150;

/* A row of that height can stand alone between a page's edge and a header or the notes: more than
 * three lines. Lower ones have another beside them, unless that may be cut. */
static const double least_alone = 50, share_of_whole_row = 1.0 / 3;

/* Characters of a cell that says what a row is, in a few words. */
static const size_t longest_title = 100;

static double page_room(const struct flow *flow)
{
    return page_height(flow->form) - 2 * page_margin;
}

static double grid_width(const struct grid *grid)
{
    size_t last = grid->table->column_count - 1;
    return grid->x[last] + grid->width[last];
}

static struct strip_row *new_row(const struct grid *grid, size_t cells)
{
    struct strip_row *row = arena_alloc(grid->flow->arena, sizeof *row);
    *row = (struct strip_row){.cells = arena_calloc(grid->flow->arena, cells, sizeof *row->cells),
                              .count = cells,
                              .x = grid->flow->x,
                              .width = grid_width(grid),
                              .padding = cell_foot,
                              .rule_below = 0.5,
                              .rule_colour = COLOUR_RULE};
    return row;
}

static struct strip *add_row(struct strips *strips, struct arena *arena, struct strip_row *row)
{
    struct strip *strip = strips_add(arena, strips);
    strip->row = row;
    strip->height = row_height(row);
    return strip;
}

static struct flow cell_flow(const struct grid *grid, struct strip_row *row, size_t c)
{
    struct flow flow = *grid->flow;
    flow.strips = &row->cells[c];
    flow.x = grid->flow->x + grid->x[c] + grid->side;
    flow.width = fmax(1, grid->width[c] - 2 * grid->side);
    flow.size = grid->size;
    flow.leading = grid->leading;
    flow.gap = 4;
    flow.table = grid->table;
    flow.column = c;
    return flow;
}

static struct text_style grid_style(const struct grid *grid, unsigned style, enum colour colour)
{
    return (struct text_style){style, grid->size, grid->leading, colour, false};
}

static void add_plain(struct flow *flow, struct tag *tag, struct text text, struct text_style style)
{
    struct spans spans = {0};
    spans_add_text(flow->arena, &spans, text, 0);
    flow_spans(flow, tag, &spans, style);
}

/* A cell without text still has an element, or the columns of its row would move up. */
static void ensure_element(struct flow *flow, struct tag *tag)
{
    if (flow->strips->count == 0)
        strip_add(flow->arena, strips_add(flow->arena, flow->strips), ITEM_TAG, tag);
}

/* Lets the text of shorter cells end on the last line of the tallest. */
static void align_to_foot(struct strip_row *row)
{
    double height = row_height(row) - 2 * row->padding;
    for (size_t c = 0; c < row->count; c++) {
        double down = height - strips_height(&row->cells[c]);
        struct strip *first = &row->cells[c].items[0];
        first->height += down;
        for (size_t i = 0; i < first->count; i++)
            first->items[i].y += down;
    }
}

static void add_head(struct grid *grid, struct strips *strips, bool again)
{
    struct strip_row *row = new_row(grid, grid->table->column_count);
    struct tag *line = again ? NULL : flow_tag(grid->flow, grid->head, "TR");
    for (size_t c = 0; c < grid->table->column_count; c++) {
        struct flow flow = cell_flow(grid, row, c);
        struct text_style style = grid_style(grid, SPAN_BOLD, COLOUR_ACCENT);
        style.align_right = grid->table->columns[c].align_right;
        flow.artifact = flow.artifact || again;
        struct tag *tag = flow_tag(&flow, line, "TH");
        if (tag)
            tag->attributes = "<</O/Table/Scope/Column>>";
        if (tag && grid->columns) {
            tag->is_named = true;
            grid->columns[c] = tag;
        }
        add_plain(&flow, tag, grid->table->columns[c].header, style);
        ensure_element(&flow, tag);
    }
    align_to_foot(row);
    row->padding = 4;
    row->rule_above = 1;
    row->rule_below = 1;
    row->rule_colour = COLOUR_ACCENT;
    add_row(strips, grid->flow->arena, row)->keep_next = true;
}

static void add_band(struct grid *grid, struct strips *strips, const struct row *first, bool again)
{
    struct strip_row *row = new_row(grid, 1);
    struct flow flow = cell_flow(grid, row, 0);
    flow.width = grid_width(grid) - 2 * grid->side;
    flow.artifact = flow.artifact || again;
    if (first->place.file.len)
        flow.place = first->place;
    struct tag *line = flow_tag(&flow, grid->body, "TR"), *tag = flow_tag(&flow, line, "TH");
    if (tag)
        tag->attributes =
            text_format(flow.arena, "<</O/Table/Scope/Row/ColSpan %zu>>", grid->table->column_count)
                .ptr;
    if (tag) {
        tag->is_named = true;
        grid->band = tag;
    }
    struct text text =
        again ? text_format(flow.arena, "%.*s (continued)", TEXT_ARG(first->group)) : first->group;
    add_plain(&flow, tag, text, grid_style(grid, SPAN_BOLD, COLOUR_ACCENT));
    row->filled = true;
    struct strip *strip = add_row(strips, flow.arena, row);
    strip->keep_next = true;
    strip->repeat = again ? NULL : grid->head_again;
}

static void add_status(struct grid *grid, struct flow *flow, struct tag *tag,
                       const struct cell *cell, struct text_style style)
{
    double left = flow->x;
    struct spans word = {0};
    flow->x += table_status_room;
    flow->width -= table_status_room;
    /* its letter stands out: colour and shape are not the only signs */
    spans_add_text(flow->arena, &word, text_slice(cell->display, 0, 1), SPAN_BOLD);
    spans_add_text(flow->arena, &word, text_slice(cell->display, 1, cell->display.len), 0);
    flow_spans(flow, tag, &word, style);
    ensure_element(flow, tag);
    struct item *shape = strip_add(flow->arena, &flow->strips->items[0], ITEM_STATUS, tag);
    shape->x = left;
    shape->size = grid->size * 0.85;
    shape->y = (grid->leading - shape->size) / 2;
    shape->rag = cell->rag;
}

static void fill_cell(struct grid *grid, struct flow *flow, struct tag *tag, const struct row *row,
                      size_t c)
{
    const struct cell *cell = &row->cells[c];
    struct text_style style = grid_style(grid, table_row_style(row->kind), COLOUR_TEXT);
    struct place source = cell_source(row, cell);
    if (source.file.len)
        flow->place = source;
    if (c == grid->row_header && table_is_indented(row->kind)) {
        flow->x += table_of_which_indent;
        flow->width = fmax(1, flow->width - table_of_which_indent);
    }
    style.align_right = grid->table->columns[c].align_right;
    if (table_is_aligned(grid, c, cell))
        flow->width -= grid->tail[c] - table_tail(grid, cell, style.style);
    if (cell->kind == CELL_RAG) {
        add_status(grid, flow, tag, cell, style);
    } else if (cell->blocks.count) {
        flow->tag = tag;
        flow_blocks(flow, &cell->blocks);
    } else if (cell->display.len) {
        add_plain(flow, tag, cell->display, style);
    }
    ensure_element(flow, tag);
}

/* A name that is a code alone: "KA.01.03". */
static bool is_code(struct text name)
{
    bool has_digit = false;
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] == ' ' || name.ptr[i] == '\n')
            return false;
        has_digit = has_digit || is_digit(name.ptr[i]);
    }
    return has_digit;
}

/* Some words, neither a list nor a text. */
static bool is_title(const struct cell *cell)
{
    const struct blocks *blocks = &cell->blocks;
    return cell->kind == CELL_TEXT && text_find(cell->display, ' ', 0) < cell->display.len &&
           text_find(cell->display, '\n', 0) == cell->display.len &&
           utf8_count(cell->display) <= longest_title &&
           (blocks->count == 0 || (blocks->count == 1 && blocks->items[0].kind == BLOCK_PARAGRAPH));
}

/* The column that says what a row is that is named by a code: the first of words behind it;
 * column_count: none does. */
static size_t title_column(const struct grid *grid, const struct row *row)
{
    size_t count = grid->table->column_count, c = grid->row_header;
    if (!is_code(row->cells[c].display))
        return count;
    for (c++; c < count && row->cells[c].kind != CELL_TEXT;)
        c++;
    return c < count && is_title(&row->cells[c]) ? c : count;
}

/* A cell that is said again; it may stand beside several rows, and is then their affair. */
static void add_again(struct grid *grid, struct strip_row *cells, struct strip_row *again, size_t c,
                      const struct row *row)
{
    if (c == grid->table->column_count || (cells->spans && cells->spans[c]) ||
        !row->cells[c].display.len)
        return;
    struct flow flow = cell_flow(grid, again, c);
    if (c == grid->row_header)
        table_add_again(grid, &flow, row->cells[c].display);
    else
        table_add_title_again(grid, &flow, row->cells[c].display);
    cells->again = again->cells;
}

/* The name of a long row is said again on each page that it goes on to; where it is a code, so is
 * what the code stands for. */
static void add_name_again(struct grid *grid, struct strip_row *cells, const struct row *row)
{
    size_t c = grid->row_header;
    if (c == grid->table->column_count)
        return;
    struct strip_row *again = new_row(grid, grid->table->column_count);
    add_again(grid, cells, again, c, row);
    add_again(grid, cells, again, title_column(grid, row), row);
}

/* Below a group's band it is not plain from the rows and columns alone what a cell belongs to. */
static void set_headers(const struct grid *grid, struct tag *tag, size_t c, struct tag *name)
{
    size_t count = 0;
    if (!tag || !grid->columns)
        return;
    tag->headers[count++] = grid->columns[c];
    if (grid->band)
        tag->headers[count++] = grid->band;
    if (name && name != tag)
        tag->headers[count] = name;
}

/* The element of the cell that names the row stands before the others, which point to it. */
static struct tag *row_name(const struct grid *grid, struct tag *line, size_t r)
{
    struct flow flow = *grid->flow;
    size_t c = grid->row_header;
    if (c == grid->table->column_count)
        return NULL;
    if (table_is_joined(grid, r, c))
        return grid->open[c]->tag;
    flow.arena = table_cell_arena(grid, r, c);
    struct tag *tag = flow_tag(&flow, line, "TH");
    if (!tag)
        return NULL;
    tag->attributes = table_cell_attributes(grid, r, c, "/Scope/Row");
    tag->is_named = grid->columns != NULL;
    return tag;
}

static void add_cell(struct grid *grid, struct strip_row *cells, const struct row *row, size_t r,
                     size_t c, struct tag *line, struct tag *name)
{
    struct flow flow = cell_flow(grid, cells, c);
    flow.arena = table_cell_arena(grid, r, c);
    struct tag *tag = c == grid->row_header ? name : flow_tag(&flow, line, "TD");
    set_headers(grid, tag, c, name);
    flow.row = r + 1;
    if (table_span(grid, r, c) > 1) {
        flow.strips = table_open_span(grid, cells, r, c, tag);
        if (tag && tag != name)
            tag->attributes = table_cell_attributes(grid, r, c, "");
        struct flow again = flow;
        again.strips = &grid->open[c]->again;
        table_add_again(grid, &again, row->cells[c].display);
    }
    fill_cell(grid, &flow, tag, row, c);
}

static void add_body_row(struct grid *grid, const struct row *row, size_t r,
                         const struct strips *repeat)
{
    struct strip_row *cells = new_row(grid, grid->table->column_count);
    struct tag *line = flow_tag(grid->flow, grid->body, "TR"), *name = row_name(grid, line, r);
    for (size_t c = 0; c < grid->table->column_count; c++)
        if (table_is_joined(grid, r, c))
            table_go_on(grid, cells, r, c);
        else
            add_cell(grid, cells, row, r, c, line, name);
    if (row->kind == ROW_TOTAL || row->kind == ROW_OUTSIDE) {
        cells->rule_above = row->kind == ROW_TOTAL ? 0.75 : 1.5;
        cells->rule_colour = row->kind == ROW_TOTAL ? COLOUR_ACCENT : COLOUR_RULE;
    }
    struct strip *strip = add_row(grid->flow->strips, grid->flow->arena, cells);
    table_measure_spans(grid, strip, r);
    if (strip->height > shortest_cut_row)
        add_name_again(grid, cells, row);
    strip->repeat = repeat;
    strip->space_before = row->kind == ROW_OUTSIDE ? 5 : 0;
}

/* What is repeated when a page begins inside of a group: the header and the group's name. */
static const struct strips *group_again(struct grid *grid, const struct row *first)
{
    struct strips *again = arena_alloc(grid->flow->arena, sizeof *again);
    for (size_t i = 0; i < grid->head_again->count; i++)
        *strips_add(grid->flow->arena, again) = grid->head_again->items[i];
    add_band(grid, again, first, true);
    return again;
}

/* The band of the group that a row begins; returns what stands again on a page within it. */
static const struct strips *begin_group(struct grid *grid, const struct row *row)
{
    struct flow *flow = grid->flow, lasting = *flow;
    lasting.arena = grid->lasting;
    grid->band = NULL;
    if (!row->group.len)
        return grid->head_again;
    grid->flow = &lasting;
    add_band(grid, flow->strips, row, false);
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

static bool is_whole_row(const struct grid *grid, const struct strip *strip)
{
    return strip->height <= share_of_whole_row * page_room(grid->flow);
}

/* No low row stands alone below a header or band at the foot of a page, nor below one that is said
 * again at the head. */
static void keep_rows(const struct grid *grid, size_t r)
{
    struct strips *strips = grid->flow->strips;
    struct strip *before = &strips->items[grid->last[ROWS_AT_END - 2]],
                 *row = &strips->items[strips->count - 1];
    if (is_whole_row(grid, before) && is_whole_row(grid, row))
        before->keep_next = (is_second(grid, r) && before->height < least_alone) ||
                            (is_last(grid, r) && row->height < least_alone);
}

/* The last rows wait for the notes, and any for the next when it may have to keep with it. */
static bool is_settled(const struct grid *grid, size_t r)
{
    return r + ROWS_AT_END < grid->table->row_count && !is_second(grid, r + 1) &&
           !is_last(grid, r + 1);
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
        is_whole_row(grid, third) && height < page_room(grid->flow))
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
    const struct strips *repeat = grid->head_again;
    for (size_t r = 0; r < grid->table->row_count; r++) {
        struct arena *arena = table_begins_long_span(grid, r) ? grid->lasting : grid->flow->arena;
        const struct row *row = table_row(grid->table, arena, r);
        if (grid->begins && grid->begins[r])
            repeat = begin_group(grid, row);
        add_body_row(grid, row, r, repeat);
        memmove(grid->last, grid->last + 1, (ROWS_AT_END - 1) * sizeof *grid->last);
        grid->last[ROWS_AT_END - 1] = grid->flow->strips->count - 1;
        if (r > 0 && (is_second(grid, r) || is_last(grid, r)))
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
    static const struct text_style small = {0, 9, 12, COLOUR_MUTED, false};
    static const struct text_style style = {SPAN_BOLD, 10, 13.5, COLOUR_TEXT, false};
    struct text caption = grid->table->caption;
    size_t first = flow->strips->count;
    if (shorthand)
        strip_add(flow->arena, strips_add(flow->arena, flow->strips), ITEM_TAG, shorthand);
    if (caption.len)
        add_plain(flow, flow_tag(flow, grid->tag, "Caption"), caption, style);
    if (grid->table->shorthand.len)
        add_plain(flow, shorthand, grid->table->shorthand, small);
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

/* Below the table; they stay with its last row, unless they are nearly a page long: then their
 * first line does. */
static void add_notes(struct grid *grid)
{
    struct flow *flow = grid->flow;
    static const struct text_style style = {0, 9, 12, COLOUR_MUTED, false};
    const struct table *table = grid->table;
    double space = 4;
    size_t notes = flow->strips->count;
    for (size_t i = 0; i <= table->notes.count; i++) {
        struct text text = i < table->notes.count ? table->notes.items[i] : table->source;
        size_t first = flow->strips->count;
        if (!text.len)
            continue;
        if (space > 3)
            flow->strips->items[first - 1].keep_next = true;
        add_plain(flow, flow_note_tag(flow), text, style);
        flow->strips->items[first].space_before = space;
        space = 2;
    }
    flow_keep_together(flow, notes, 0.8);
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
    if (grid.begins || grid.joins)
        grid.columns = arena_calloc(flow->arena, table->column_count, sizeof(struct tag *));
    grid.open = arena_calloc(flow->arena, table->column_count, sizeof(struct strip_span *));
    size_t first = flow->strips->count;
    flow->table = table;
    add_caption(&grid, shorthand);
    add_head(&grid, flow->strips, false);
    grid.head_again = arena_alloc(flow->arena, sizeof *grid.head_again);
    add_head(&grid, grid.head_again, true);
    add_body(&grid);
    add_notes(&grid);
    keep_end(&grid);
    if (!is_long(&grid)) /* a small table is easier to read whole */
        flow_keep_together(flow, first, table_page_share);
    flow->table = NULL;
    bool is_followed = flow_belongs(flow->next);
    flow->strips->items[flow->strips->count - 1].keep_next = is_followed;
    struct strip *gap = strips_add(flow->arena, flow->strips);
    gap->height = flow->gap;
    gap->keep_next = is_followed;
}
