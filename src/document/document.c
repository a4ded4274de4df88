#include "document/document.h"

#include <string.h>

void spans_add(struct arena *arena, struct spans *spans, struct span span)
{
    spans->items = arena_grow(arena, spans->items, spans->count, &spans->capacity, sizeof span);
    spans->items[spans->count++] = span;
}

void spans_add_text(struct arena *arena, struct spans *spans, struct text text, unsigned style)
{
    spans_add(arena, spans, (struct span){.text = text, .style = style, .link = TEXT_EMPTY});
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

static void add_plain(struct buffer *out, const struct blocks *blocks, unsigned depth);

static void add_plain_list(struct buffer *out, const struct list *list, unsigned depth)
{
    for (size_t i = 0; i < list->count; i++) {
        if (out->len)
            buffer_add_byte(out, '\n');
        for (unsigned d = 0; d < depth; d++)
            buffer_add(out, TEXT("    "));
        if (list->ordered)
            buffer_format(out, "%zu. ", list->first + i);
        else
            buffer_add(out, TEXT("• "));
        struct buffer item = {.arena = out->arena};
        add_plain(&item, &list->items[i], depth + 1);
        buffer_add(out, buffer_text(&item));
    }
}

static void add_plain(struct buffer *out, const struct blocks *blocks, unsigned depth)
{
    for (size_t i = 0; i < blocks->count; i++) {
        const struct block *block = &blocks->items[i];
        if (block->kind == BLOCK_LIST) {
            add_plain_list(out, &block->list, depth);
            continue;
        }
        const struct spans *spans = block->kind == BLOCK_HEADING     ? &block->heading.spans
                                    : block->kind == BLOCK_PARAGRAPH ? &block->paragraph.spans
                                    : block->kind == BLOCK_NOTE      ? &block->paragraph.spans
                                                                     : NULL;
        if (!spans)
            continue;
        if (out->len)
            buffer_add_byte(out, '\n');
        buffer_add(out, spans_plain(out->arena, spans));
    }
}

struct text blocks_plain(struct arena *arena, const struct blocks *blocks)
{
    struct buffer out = {.arena = arena};
    add_plain(&out, blocks, 0);
    return buffer_text(&out);
}

/* The bytes of a bullet and the space behind it at the start of a line; 0 when there is none. */
static size_t bullet_length(struct text line)
{
    static const char *const bullets[] = {"- ", "* ", "•", "○", "●", "▪", "– "};
    for (size_t i = 0; i < sizeof bullets / sizeof bullets[0]; i++)
        if (text_starts(line, text_from(bullets[i])) && line.len > strlen(bullets[i]))
            return strlen(bullets[i]);
    return 0;
}

/* The same for "12. " or "12) ", with the number in *number. */
static size_t number_length(struct text line, unsigned *number)
{
    size_t at = 0;
    *number = 0;
    while (at < line.len && at < 3 && line.ptr[at] >= '0' && line.ptr[at] <= '9')
        *number = *number * 10 + (unsigned)(line.ptr[at++] - '0');
    if (at == 0 || at + 2 >= line.len || (line.ptr[at] != '.' && line.ptr[at] != ')') ||
        line.ptr[at + 1] != ' ')
        return 0;
    return at + 2;
}

/* The list at the end of `blocks` if an item of that kind continues it, else a new one. */
static struct list *list_to_continue(struct arena *arena, struct blocks *blocks, bool ordered,
                                     unsigned number)
{
    if (blocks->count) {
        struct block *last = &blocks->items[blocks->count - 1];
        if (last->kind == BLOCK_LIST && last->list.ordered == ordered &&
            (!ordered || last->list.first + last->list.count == number))
            return &last->list;
    }
    struct block *block = blocks_add(arena, blocks, BLOCK_LIST);
    block->list.ordered = ordered;
    block->list.first = number;
    return &block->list;
}

struct blocks blocks_from_plain(struct arena *arena, struct text plain)
{
    struct blocks blocks = {0};
    struct text_pieces lines = text_split(plain, '\n');
    for (struct text line; text_next(&lines, &line);) {
        unsigned number;
        size_t bullet = bullet_length(line), numbered = number_length(line, &number);
        if (line.len == 0)
            continue;
        if (!bullet && !numbered) {
            blocks_add_paragraph(arena, &blocks, line);
            continue;
        }
        struct list *list = list_to_continue(arena, &blocks, !bullet, bullet ? 0 : number);
        list->items =
            arena_grow(arena, list->items, list->count, &list->capacity, sizeof *list->items);
        struct blocks *item = &list->items[list->count++];
        *item = (struct blocks){0};
        blocks_add_paragraph(arena, item,
                             text_trim(text_slice(line, bullet ? bullet : numbered, line.len)));
    }
    return blocks;
}

struct table *table_new(struct arena *arena, struct text name, size_t column_count)
{
    struct table *table = arena_alloc(arena, sizeof *table);
    *table = (struct table){
        .name = name,
        .caption = TEXT_EMPTY,
        .group_header = TEXT_EMPTY,
        .columns = arena_calloc(arena, column_count, sizeof *table->columns),
        .column_count = column_count,
        .source = TEXT_EMPTY,
    };
    for (size_t c = 0; c < column_count; c++)
        table->columns[c].header = TEXT_EMPTY;
    return table;
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

struct cell cell_long_text(struct arena *arena, struct text plain)
{
    struct cell cell = cell_text(text_trim(plain));
    if (cell.kind == CELL_EMPTY)
        return cell;
    cell.blocks = blocks_from_plain(arena, plain);
    cell.display = blocks_plain(arena, &cell.blocks);
    return cell;
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
