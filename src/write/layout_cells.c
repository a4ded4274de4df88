/* layout_cells - the rows of a table, cell by cell: its header, bands and body. */
#include "base/utf8.h"
#include "write/layout_table_int.h"

#include <math.h>

static const double cell_foot = 3.2;
/* Above the first row that is not part of what stands above it. */
static const double space_outside = 6;
/* Between the name of a group of columns and their headers, with the line there. */
static const double group_rule_room = 6;
/* Rows that can't be cut, because they take less than a third of any page, need no second name. */
static const double shortest_cut_row = 150;
/* Characters of a cell that says what a row is, in a few words. */
static const size_t longest_title = 100;

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
    flow.hang = 0;
    flow.table = grid->table;
    flow.column = c;
    return flow;
}

static struct text_style grid_style(const struct grid *grid, unsigned style, enum colour colour)
{
    return (struct text_style){style, grid->size, grid->leading, colour, false};
}

void grid_add_text(struct flow *flow, struct tag *tag, struct text text, struct text_style style)
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

/* What stands in the cell; nothing where a cell of the rows above goes on. */
static void move_down(struct strips *cell, double down)
{
    if (cell->count == 0)
        return;
    struct strip *first = &cell->items[0];
    first->height += down;
    for (size_t i = 0; i < first->count; i++)
        first->items[i].y += down;
}

/* Lets the text of shorter cells end on the last line of the tallest. */
static void align_to_foot(struct strip_row *row)
{
    double height = row_height(row) - 2 * row->padding;
    for (size_t c = 0; c < row->count; c++)
        move_down(&row->cells[c], height - strips_height(&row->cells[c]));
}

/* What stands on the first of the lines of a text. */
static struct text first_line(struct arena *arena, const struct lines *lines)
{
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < lines->items[0].count; i++)
        buffer_add(&out, lines->items[0].pieces[i].text);
    return text_trim(buffer_text(&out));
}

void grid_add_caption_again(struct grid *grid, struct strips *strips)
{
    static const struct text_style style = {0, 9, 12, COLOUR_MUTED, false};
    static const char *const behind[] = {" (continued)", "… (continued)"};
    struct flow flow = *grid->flow;
    struct spans caption = {0};
    flow.strips = strips;
    flow.artifact = true;
    spans_add_text(flow.arena, &caption, grid->table->caption, 0);
    double width = flow.width - flow_text_width(&flow, text_from(behind[1]), style);
    struct lines lines =
        layout_lines(flow.arena, flow.metrics, &caption, style.style, style.size, fmax(1, width));
    if (lines.count == 0)
        return;
    struct text words =
        text_concat(flow.arena, first_line(flow.arena, &lines), text_from(behind[lines.count > 1]));
    grid_add_text(&flow, NULL, words, style);
    strips->items[strips->count - 1].height += 2;
}

struct text table_header(const struct column *column)
{
    return column->group.len ? column->in_group : column->header;
}

size_t table_group_size(const struct table *table, size_t c)
{
    size_t count = 1;
    while (table->columns[c].group.len && c + count < table->column_count &&
           text_equal(table->columns[c + count].group, table->columns[c].group))
        count++;
    return count;
}

bool table_has_groups_of_columns(const struct table *table)
{
    for (size_t c = 0; c < table->column_count; c++)
        if (table->columns[c].group.len)
            return true;
    return false;
}

/* Words above `count` columns from `c` on. */
static struct tag *add_header(struct grid *grid, struct strip_row *row, size_t c, size_t count,
                              struct text words, bool align_right, struct tag *line, bool again)
{
    struct flow flow = cell_flow(grid, row, c);
    struct text_style style = grid_style(grid, SPAN_BOLD, COLOUR_ACCENT);
    size_t last = c + count - 1;
    flow.width += grid->x[last] + grid->width[last] - grid->x[c] - grid->width[c];
    flow.artifact = flow.artifact || again;
    style.align_right = align_right;
    struct tag *tag = flow_tag(&flow, line, "TH");
    if (tag)
        tag->is_named = grid->columns != NULL;
    grid_add_text(&flow, tag, words, style);
    ensure_element(&flow, tag);
    return tag;
}

static void add_column_header(struct grid *grid, struct strip_row *row, size_t c, struct tag *line,
                              const char *attributes, bool again)
{
    const struct column *column = &grid->table->columns[c];
    struct tag *tag =
        add_header(grid, row, c, 1, table_header(column), column->align_right, line, again);
    if (!tag)
        return;
    tag->attributes = attributes;
    if (grid->columns)
        grid->columns[c] = tag;
    if (grid->groups)
        tag->headers[0] = grid->groups[c];
}

/* Below a group's name, which stands in the first of its cells, a line runs over all of them. */
static void add_group_rule(struct grid *grid, struct strip_row *row, size_t c, size_t count)
{
    struct strip *strip = &row->cells[c].items[row->cells[c].count - 1];
    struct item *rule = strip_add(grid->flow->arena, strip, ITEM_FILL, NULL);
    size_t last = c + count - 1;
    rule->x = grid->flow->x + grid->x[c] + grid->side;
    rule->y = group_rule_room / 3;
    rule->width = grid->x[last] + grid->width[last] - grid->x[c] - 2 * grid->side;
    rule->height = 0.5;
    rule->colour = COLOUR_ACCENT;
}

/* The name of a group above the headers of its columns; all of its cells are as high. */
static void add_group(struct grid *grid, struct strip_row *row, size_t c, size_t count,
                      struct tag *const lines[], bool again)
{
    struct arena *arena = grid->flow->arena;
    struct tag *tag =
        add_header(grid, row, c, count, grid->table->columns[c].group, false, lines[0], again);
    size_t name = row->cells[c].count;
    double height = strips_height(&row->cells[c]), highest = 0;
    if (tag)
        tag->attributes = text_format(arena, "<</O/Table/Scope/Column/ColSpan %zu>>", count).ptr;
    for (size_t i = c; i < c + count; i++) {
        strips_add(arena, &row->cells[i])->height = group_rule_room + (i == c ? 0 : height);
        if (i == c)
            add_group_rule(grid, row, c, count);
        if (tag && grid->groups)
            grid->groups[i] = tag;
        add_column_header(grid, row, i, lines[1], "<</O/Table/Scope/Column>>", again);
        highest = fmax(highest, strips_height(&row->cells[i]));
    }
    for (size_t i = c; i < c + count; i++) {
        struct strips *cell = &row->cells[i];
        cell->items[i == c ? name : 0].height += highest - strips_height(cell);
    }
}

void grid_add_head(struct grid *grid, struct strips *strips, bool again)
{
    const struct table *table = grid->table;
    struct strip_row *row = new_row(grid, table->column_count);
    bool is_deep = table_has_groups_of_columns(table);
    struct tag *lines[] = {again ? NULL : flow_tag(grid->flow, grid->head, "TR"),
                           again ? NULL : flow_tag(grid->flow, grid->head, "TR")};
    for (size_t c = 0, count; c < table->column_count; c += count) {
        count = table_group_size(table, c);
        if (table->columns[c].group.len)
            add_group(grid, row, c, count, lines, again);
        else
            add_column_header(grid, row, c, lines[0],
                              is_deep ? "<</O/Table/Scope/Column/RowSpan 2>>"
                                      : "<</O/Table/Scope/Column>>",
                              again);
    }
    align_to_foot(row);
    row->padding = 4;
    row->rule_above = 1;
    row->rule_below = 1;
    row->rule_colour = COLOUR_ACCENT;
    add_row(strips, grid->flow->arena, row)->keep_next = true;
}

void grid_add_band(struct grid *grid, struct strips *strips, const struct row *first, bool again)
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
    grid_add_text(&flow, tag, text, grid_style(grid, SPAN_BOLD, COLOUR_ACCENT));
    row->filled = true;
    struct strip *strip = add_row(strips, flow.arena, row);
    strip->keep_next = true;
    strip->repeat = again ? NULL : grid->head_again;
}

static void add_status(struct grid *grid, struct flow *flow, struct tag *tag,
                       const struct cell *cell, struct text_style style)
{
    double left = flow->x;
    flow->x += table_status_room;
    flow->width -= table_status_room;
    if (cell->rag != RAG_NONE) /* its word stands out: colour and shape are not the only signs */
        style.style |= SPAN_BOLD;
    grid_add_text(flow, tag, cell->display, style);
    ensure_element(flow, tag);
    struct item *shape = strip_add(flow->arena, &flow->strips->items[0], ITEM_STATUS, tag);
    shape->x = left;
    shape->size = grid->size * 0.85;
    shape->y = (grid->leading - shape->size) / 2;
    shape->rag = cell->rag;
}

/* The mark hangs in front of the words, as an artifact. */
static void add_marked(struct grid *grid, struct flow *flow, struct tag *tag,
                       const struct cell *cell, struct text_style style)
{
    struct text mark = table_mark(cell);
    double left = flow->x, room = table_mark_room(grid, cell);
    flow->x += room;
    flow->width = fmax(1, flow->width - room);
    grid_add_text(flow, tag, text_slice(cell->display, cell->mark, cell->display.len), style);
    struct item *item = strip_add_first(flow, &flow->strips->items[0], ITEM_MARK, NULL);
    item_set_text(item, left, mark, style);
    item->width = flow_text_width(flow, mark, style);
    flow_check_glyphs(flow);
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
    } else if (cell->mark) {
        add_marked(grid, flow, tag, cell, style);
    } else if (cell->display.len) {
        grid_add_text(flow, tag, cell->display, style);
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

static bool stands_beside_rows(const struct strip_row *cells, size_t c)
{
    return cells->spans && cells->spans[c];
}

/* The name of a long row is said again on each page that it goes on to; where it is a code, so is
 * what the code stands for. What stands beside several rows says so itself. */
static void add_name_again(struct grid *grid, struct strip_row *cells, const struct row *row)
{
    size_t count = grid->table->column_count, c = grid->row_header;
    if (c == count || stands_beside_rows(cells, c) || !row->cells[c].display.len)
        return;
    struct text words = row->cells[c].display;
    size_t title = title_column(grid, row);
    if (title < count && !stands_beside_rows(cells, title))
        words = text_format(grid->flow->arena, "%.*s  %.*s", TEXT_ARG(words),
                            TEXT_ARG(row->cells[title].display));
    struct strips *again = arena_calloc(grid->flow->arena, 1, sizeof *again);
    struct flow flow = cell_flow(grid, cells, c);
    flow.strips = again;
    flow.width = fmax(1, grid_width(grid) - grid->x[c] - 2 * grid->side);
    table_add_again(grid, &flow, words);
    cells->again = again;
    cells->name = c;
}

/* Below a group's band it is not plain from the rows and columns alone what a cell belongs to. */
static void set_headers(const struct grid *grid, struct tag *tag, size_t c, struct tag *name)
{
    size_t count = 0;
    if (!tag || !grid->columns)
        return;
    tag->headers[count++] = grid->columns[c];
    if (grid->groups && grid->groups[c])
        tag->headers[count++] = grid->groups[c];
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

/* From the rows above, whose rule gets thicker: between two rules there seems to be an empty row.
 */
static void set_apart(struct strip_row *row)
{
    row->rule_above = 1;
    for (size_t c = 0; c < row->count; c++)
        move_down(&row->cells[c], space_outside);
}

void grid_add_row(struct grid *grid, const struct row *row, size_t r, const struct strips *repeat)
{
    struct strip_row *cells = new_row(grid, grid->table->column_count);
    struct tag *line = flow_tag(grid->flow, grid->body, "TR"), *name = row_name(grid, line, r);
    for (size_t c = 0; c < grid->table->column_count; c++)
        if (table_is_joined(grid, r, c))
            table_go_on(grid, cells, r, c);
        else
            add_cell(grid, cells, row, r, c, line, name);
    if (row->kind == ROW_TOTAL) {
        cells->rule_above = 0.75;
        cells->rule_colour = COLOUR_ACCENT;
    }
    if (row->kind == ROW_OUTSIDE && grid->above != ROW_OUTSIDE)
        set_apart(cells);
    grid->above = row->kind;
    struct strip *strip = add_row(grid->flow->strips, grid->flow->arena, cells);
    table_measure_spans(grid, strip, r);
    if (strip->height > shortest_cut_row)
        add_name_again(grid, cells, row);
    strip->repeat = repeat;
}
