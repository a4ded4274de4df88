/* layout_spans - cells of a table that stand once beside several rows. */
#include "write/layout_table_int.h"

#include <math.h>

/* Beyond that, a cell is not said again on later pages, but only that it goes on. */
static const double highest_again = 120;
/* Rows beside a cell that are held until it ends; beside a longer one each is forgotten. */
enum { ROWS_HELD = 50 };

bool table_is_joined(const struct grid *grid, size_t r, size_t c)
{
    return grid->joins && r < grid->table->row_count &&
           grid->joins[r * grid->table->column_count + c];
}

size_t table_span(const struct grid *grid, size_t r, size_t c)
{
    size_t rows = 1;
    while (table_is_joined(grid, r + rows, c))
        rows++;
    return rows;
}

const char *table_cell_attributes(const struct grid *grid, size_t r, size_t c, const char *scope)
{
    size_t rows = table_span(grid, r, c);
    struct arena *arena = grid->flow->arena;
    return rows > 1 ? text_format(arena, "<</O/Table%s/RowSpan %zu>>", scope, rows).ptr
                    : text_format(arena, "<</O/Table%s>>", scope).ptr;
}

bool table_begins_long_span(const struct grid *grid, size_t r)
{
    for (size_t c = 0; grid->joins && c < grid->table->column_count; c++)
        if (!table_is_joined(grid, r, c) && table_span(grid, r, c) > ROWS_HELD)
            return true;
    return false;
}

struct arena *table_cell_arena(const struct grid *grid, size_t r, size_t c)
{
    return table_span(grid, r, c) > ROWS_HELD ? grid->lasting : grid->flow->arena;
}

bool table_is_within_span(const struct grid *grid, size_t r)
{
    for (size_t c = 0; grid->joins && c < grid->table->column_count; c++)
        if (table_is_joined(grid, r + 1, c) && !grid->open[c]->is_long)
            return true;
    return false;
}

static void put_span(const struct grid *grid, struct strip_row *row, size_t c)
{
    if (!row->spans)
        row->spans =
            arena_calloc(grid->flow->arena, grid->table->column_count, sizeof(struct strip_span *));
    row->spans[c] = grid->open[c];
}

struct strips *table_open_span(struct grid *grid, struct strip_row *row, size_t r, size_t c,
                               struct tag *tag)
{
    struct strip_span *span = arena_alloc(table_cell_arena(grid, r, c), sizeof *span);
    *span = (struct strip_span){.tag = tag,
                                .first = row,
                                .is_long = table_span(grid, r, c) > ROWS_HELD,
                                .x = grid->flow->x + grid->x[c],
                                .width = grid->width[c]};
    grid->open[c] = span;
    put_span(grid, row, c);
    return &span->content;
}

void table_go_on(const struct grid *grid, struct strip_row *row, size_t r, size_t c)
{
    put_span(grid, row, c);
    if (!table_is_joined(grid, r + 1, c))
        grid->open[c]->last = row;
}

void table_measure_spans(struct grid *grid, struct strip *strip, size_t r)
{
    struct strip_row *row = strip->row;
    for (size_t c = 0; row->spans && c < row->count; c++) {
        struct strip_span *span = row->spans[c];
        if (span && span->last == row)
            strip->height =
                fmax(strip->height, strips_height(&span->content) - span->above + 2 * row->padding);
    }
    for (size_t c = 0; row->spans && c < row->count; c++)
        if (table_is_joined(grid, r + 1, c))
            row->spans[c]->above += strip->height;
}

static void add_words(const struct grid *grid, struct flow *flow, struct text words)
{
    struct text_style style = {SPAN_ITALIC, grid->size, grid->leading, COLOUR_MUTED, false};
    struct spans spans = {0};
    flow->artifact = true;
    spans_add_text(flow->arena, &spans, words, 0);
    flow_spans(flow, NULL, &spans, style);
}

/* In the words that have room in the column, if any have. */
static struct text continued(const struct grid *grid, struct flow *flow)
{
    struct text_style style = {SPAN_ITALIC, grid->size, grid->leading, COLOUR_MUTED, false};
    if (flow_text_width(flow, TEXT("(continued)"), style) <= flow->width)
        return TEXT("(continued)");
    bool fits = flow_text_width(flow, TEXT("(cont.)"), style) <= flow->width;
    return fits ? TEXT("(cont.)") : TEXT_EMPTY;
}

void table_add_again(const struct grid *grid, struct flow *flow, struct text words)
{
    struct text mark = continued(grid, flow);
    add_words(grid, flow,
              text_format(flow->arena, "%.*s%s%.*s", TEXT_ARG(words),
                          words.len && mark.len ? " " : "", TEXT_ARG(mark)));
    if (strips_height(flow->strips) <= highest_again)
        return;
    *flow->strips = (struct strips){0};
    add_words(grid, flow, mark);
}
