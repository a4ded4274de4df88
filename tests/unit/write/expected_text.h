/* What a reader of a document's PDF must find there, in order: its words and nothing else, figures
 * and contents left out. */
#ifndef TESTS_WRITE_EXPECTED_TEXT_H
#define TESTS_WRITE_EXPECTED_TEXT_H

#include "document/document.h"

static void expect(struct buffer *out, struct text text)
{
    buffer_add(out, text);
    buffer_add_byte(out, '\n');
}

static void expect_blocks(struct buffer *out, const struct blocks *blocks);

/* A mark in front of them is not read. */
static struct text words_of(const struct cell *cell)
{
    return text_slice(cell->display, cell->mark, cell->display.len);
}

static void expect_table(struct buffer *out, const struct table *table)
{
    struct text group = TEXT_EMPTY;
    const bool *joins = table_joins(out->arena, table);
    expect(out, table->caption);
    for (size_t c = 0; c < table->column_count; c++)
        if (!table->columns[c].group.len)
            expect(out, table->columns[c].header);
        else if (c == 0 || !text_equal(table->columns[c - 1].group, table->columns[c].group))
            expect(out, table->columns[c].group);
    for (size_t c = 0; c < table->column_count; c++)
        if (table->columns[c].group.len)
            expect(out, table->columns[c].in_group);
    for (size_t r = 0; r < table->row_count; r++) {
        if (!text_equal(group, table->rows[r].group))
            expect(out, group = table->rows[r].group);
        for (size_t c = 0; c < table->column_count; c++) {
            if (joins && joins[r * table->column_count + c])
                continue;
            if (table->rows[r].cells[c].blocks.count)
                expect_blocks(out, &table->rows[r].cells[c].blocks);
            else
                expect(out, words_of(&table->rows[r].cells[c]));
        }
    }
    for (size_t i = 0; i < table->notes.count; i++)
        expect(out, table->notes.items[i]);
    expect(out, table->source);
}

static void expect_list(struct buffer *out, const struct list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->ordered)
            buffer_format(out, "%zu.\n", list->first + i);
        else
            buffer_add(out, TEXT("•\n"));
        expect_blocks(out, &list->items[i]);
    }
}

static void expect_block(struct buffer *out, const struct block *block)
{
    switch (block->kind) {
    case BLOCK_HEADING:
        expect(out, block->heading.number);
        expect(out, spans_plain(out->arena, &block->heading.spans));
        break;
    case BLOCK_PARAGRAPH:
    case BLOCK_NOTE:
        expect(out, block->paragraph.number);
        expect(out, spans_plain(out->arena, &block->paragraph.spans));
        break;
    case BLOCK_LIST:
        expect_list(out, &block->list);
        break;
    case BLOCK_TABLE:
        expect_table(out, block->table);
        break;
    case BLOCK_CHART:
        expect(out, block->chart->caption);
        expect_table(out, block->chart->data);
        break;
    case BLOCK_DEFINITIONS:
        for (size_t i = 0; i < block->definitions.count; i++) {
            expect(out, block->definitions.items[i].term);
            expect_blocks(out, &block->definitions.items[i].meaning);
        }
        break;
    case BLOCK_KEY:
        for (size_t i = 0; i < block->key.count; i++) {
            expect(out, text_from(rag_word(block->key.items[i].rag)));
            expect(out, block->key.items[i].meaning);
        }
        break;
    case BLOCK_CALLOUT:
        expect_blocks(out, &block->callout);
        break;
    case BLOCK_GRID:
        expect(out, block->grid->caption);
        for (size_t i = 0; i < block->grid->count; i++)
            expect_blocks(out, &block->grid->cells[i]);
        break;
    case BLOCK_PANEL:
        expect(out, block->panel->caption);
        for (size_t i = 0; i < block->panel->count; i++) {
            expect(out, block->panel->facts[i].figure);
            expect(out, block->panel->facts[i].label);
            expect(out, block->panel->facts[i].comparator);
        }
        break;
    case BLOCK_IMAGE:
        expect(out, block->image.caption);
        break;
    default:
        break;
    }
}

static void expect_blocks(struct buffer *out, const struct blocks *blocks)
{
    for (size_t i = 0; i < blocks->count; i++)
        expect_block(out, &blocks->items[i]);
}

static struct text expected_text(struct arena *arena, const struct document *document)
{
    struct buffer out = {.arena = arena};
    struct blocks rest = document->blocks;
    expect(&out, document->organisation);
    expect_block(&out, &rest.items[0]);
    expect(&out, document->subtitle);
    rest.items++;
    rest.count--;
    expect_blocks(&out, &rest);
    return buffer_text(&out);
}

#endif
