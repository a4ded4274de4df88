#include "document/document.h"

const struct style *document_style(const struct document *document)
{
    return document->style ? document->style : &style_default;
}

void spans_add(struct arena *arena, struct spans *spans, struct span span)
{
    spans->items = arena_grow(arena, spans->items, spans->count, &spans->capacity, sizeof span);
    spans->items[spans->count++] = span;
}

void spans_add_text(struct arena *arena, struct spans *spans, struct text text, unsigned style)
{
    spans_add(
        arena, spans,
        (struct span){.text = text, .style = style, .link = TEXT_EMPTY, .language = TEXT_EMPTY});
}

struct text text_numbered(struct arena *arena, struct text number, struct text text)
{
    return number.len ? text_format(arena, "%.*s %.*s", TEXT_ARG(number), TEXT_ARG(text)) : text;
}

struct text spans_plain(struct arena *arena, const struct spans *spans)
{
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < spans->count; i++)
        buffer_add(&out, spans->items[i].text);
    return buffer_text(&out);
}

struct block *blocks_add(struct arena *arena, struct blocks *blocks, enum block_kind kind)
{
    blocks->items =
        arena_grow(arena, blocks->items, blocks->count, &blocks->capacity, sizeof *blocks->items);
    struct block *block = &blocks->items[blocks->count++];
    *block = (struct block){.kind = kind, .place = PLACE_NONE, .anchor = TEXT_EMPTY};
    if (kind == BLOCK_HEADING)
        block->heading.number = TEXT_EMPTY;
    if (kind == BLOCK_PARAGRAPH || kind == BLOCK_NOTE)
        block->paragraph.number = TEXT_EMPTY;
    return block;
}

void blocks_add_paragraph(struct arena *arena, struct blocks *blocks, struct text text)
{
    struct block *block = blocks_add(arena, blocks, BLOCK_PARAGRAPH);
    spans_add_text(arena, &block->paragraph.spans, text, 0);
}

struct table *table_new(struct arena *arena, struct text name, size_t column_count)
{
    struct table *table = arena_alloc(arena, sizeof *table);
    *table = (struct table){
        .name = name,
        .section = TEXT_EMPTY,
        .caption = TEXT_EMPTY,
        .group_header = TEXT_EMPTY,
        .columns = arena_calloc(arena, column_count, sizeof *table->columns),
        .column_count = column_count,
        .shorthand = TEXT_EMPTY,
        .page_shorthand = TEXT_EMPTY,
        .source = TEXT_EMPTY,
    };
    for (size_t c = 0; c < column_count; c++)
        table->columns[c].header = TEXT_EMPTY;
    return table;
}

const struct table *table_held(struct arena *arena, const struct table *table)
{
    if (!table->row_source.make)
        return table;
    struct table *held = arena_alloc(arena, sizeof *held);
    *held = *table;
    held->row_source.make = NULL;
    held->rows = arena_calloc(arena, table->row_count, sizeof *held->rows);
    for (size_t r = 0; r < table->row_count; r++)
        table->row_source.make(table->row_source.context, arena, r, &held->rows[r]);
    return held;
}

/* The row of the table that is the context, as it stands on a page. */
static void make_page_row(const void *context, struct arena *arena, size_t r, struct row *out)
{
    *out = *table_row(context, arena, r);
    out->cells = out->page_cells;
}

const struct table *table_on_page(struct arena *arena, const struct table *table)
{
    if (!table->page_columns)
        return table;
    struct table *page = arena_alloc(arena, sizeof *page);
    *page = *table;
    page->columns = table->page_columns;
    page->column_count = table->page_column_count;
    page->shorthand = table->page_shorthand;
    page->rows = NULL;
    page->row_source = (struct row_source){make_page_row, table};
    return page;
}

const struct row *table_row(const struct table *table, struct arena *scratch, size_t r)
{
    if (!table->row_source.make)
        return &table->rows[r];
    struct row *row = arena_alloc(scratch, sizeof *row);
    table->row_source.make(table->row_source.context, scratch, r, row);
    return row;
}

static void add_styled(struct buffer *out, const struct span *span)
{
    buffer_format(out, "%u:%zu:%.*s:", span->style, span->text.len, TEXT_ARG(span->link));
    buffer_add(out, span->text);
}

/* With the same emphasis, too. */
static bool is_same_cell(struct arena *arena, const struct cell *a, const struct cell *b)
{
    return a->kind == b->kind && text_equal(a->display, b->display) &&
           text_equal(blocks_plain_with(arena, &a->blocks, add_styled),
                      blocks_plain_with(arena, &b->blocks, add_styled));
}

/* Fills `joins` of a row that isn't the first; `arena` is for the call alone. */
static bool join_row(struct arena *arena, const struct table *table, const struct row *above,
                     const struct row *row, bool *joins)
{
    size_t count = 0;
    if (row->kind != ROW_BODY || above->kind != ROW_BODY || !text_equal(row->group, above->group))
        return false;
    for (size_t c = 0; c < table->column_count; c++) {
        if (!table->columns[c].spans_rows)
            continue;
        if (!is_same_cell(arena, &row->cells[c], &above->cells[c]))
            break;
        joins[c] = row->cells[c].display.len > 0;
        count += joins[c];
    }
    for (size_t c = 0; count == table->column_count && c < count; c++)
        joins[c] = false; /* the same row twice is seen to be there twice */
    return count && count < table->column_count;
}

/* Two rows are held at a time. */
static bool join_rows(const struct table *table, bool *joins)
{
    struct arena *scratch[] = {arena_new(), arena_new()};
    const struct row *above = NULL;
    bool any = false;
    for (size_t r = 0; r < table->row_count; r++) {
        struct arena *arena = scratch[r % 2];
        arena_reset(arena);
        const struct row *row = table_row(table, arena, r);
        if (above)
            any = join_row(arena, table, above, row, joins + r * table->column_count) || any;
        above = row;
    }
    arena_free(scratch[0]);
    arena_free(scratch[1]);
    return any;
}

bool *table_joins(struct arena *arena, const struct table *table)
{
    bool any = false;
    for (size_t c = 0; c < table->column_count; c++)
        any = any || table->columns[c].spans_rows;
    if (!any)
        return NULL;
    bool *joins = arena_calloc(arena, table->row_count * table->column_count, sizeof *joins);
    return join_rows(table, joins) ? joins : NULL;
}

struct row *table_add_row(struct arena *arena, struct table *table, enum row_kind kind)
{
    table->rows =
        arena_grow(arena, table->rows, table->row_count, &table->row_capacity, sizeof *table->rows);
    struct row *row = &table->rows[table->row_count++];
    *row = (struct row){
        .kind = kind,
        .group = TEXT_EMPTY,
        .cells = arena_calloc(arena, table->column_count, sizeof *row->cells),
    };
    for (size_t c = 0; c < table->column_count; c++)
        row->cells[c].display = TEXT_EMPTY;
    return row;
}

struct place cell_source(const struct row *row, const struct cell *cell)
{
    return cell->place.file.len ? cell->place : row->place;
}

struct cell cell_text(struct text display)
{
    return (struct cell){.kind = display.len ? CELL_TEXT : CELL_EMPTY, .display = display};
}

struct cell cell_marked(struct text display)
{
    static const char *const marks[] = {"↑ ", "↓ ", "→ ", "≈ ", "? ", "– "};
    struct cell cell = cell_text(display);
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (text_starts(display, text_from(marks[i])))
            cell.mark = text_from(marks[i]).len;
    return cell;
}

struct cell cell_number(struct decimal number, struct text display, enum number_format format,
                        unsigned places)
{
    return (struct cell){.kind = CELL_NUMBER,
                         .display = display,
                         .number = number,
                         .format = format,
                         .places = places};
}

struct cell cell_rag(enum rag rag)
{
    return (struct cell){.kind = CELL_RAG, .display = text_from(rag_word(rag)), .rag = rag};
}

struct tables document_tables(struct arena *arena, const struct document *document)
{
    struct tables tables = {0};
    for (size_t i = 0; i < document->blocks.count; i++) {
        const struct block *block = &document->blocks.items[i];
        struct table *table = block->kind == BLOCK_TABLE   ? block->table
                              : block->kind == BLOCK_CHART ? block->chart->data
                                                           : NULL;
        if (!table)
            continue;
        tables.items =
            arena_grow(arena, tables.items, tables.count, &tables.capacity, sizeof table);
        tables.items[tables.count++] = table;
    }
    return tables;
}

size_t chart_panels(const struct chart *chart)
{
    size_t count = 0;
    for (size_t s = 0; s < chart->series_count; s++)
        count += !chart->series[s].is_benchmark;
    return chart->kind == CHART_MULTIPLES ? count : 1;
}

struct chart chart_panel(const struct chart *chart, size_t number)
{
    struct chart panel = *chart;
    size_t at = 0;
    if (chart->kind != CHART_MULTIPLES)
        return panel;
    for (size_t s = 0; s < chart->series_count; s++)
        if (!chart->series[s].is_benchmark && number-- == 0)
            at = s;
    panel.kind = chart->has_bars ? CHART_BARS : CHART_LINES;
    panel.series = &chart->series[at];
    panel.series_count = at + 1 < chart->series_count && panel.series[1].is_benchmark ? 2 : 1;
    panel.caption = panel.series->label;
    panel.lines = panel.series->lines;
    panel.line_count = panel.series->line_count;
    return panel;
}
