/* texts - all words of a document, one run after the other, for those who look for some in them. */
#include "document/document.h"

struct visit {
    struct arena *scratch;
    const struct table *except;
    document_visit *visit;
    void *context;
};

static void visit_words(const struct visit *visit, struct text words, struct place place)
{
    if (words.len)
        visit->visit(visit->context, words, place);
}

/* Words in other languages are none of the document's. */
static void visit_spans(const struct visit *visit, const struct spans *spans, struct place place)
{
    struct buffer out = {.arena = visit->scratch};
    for (size_t i = 0; i < spans->count; i++)
        buffer_add(&out, spans->items[i].language.len ? TEXT(" ") : spans->items[i].text);
    visit_words(visit, buffer_text(&out), place);
}

static void visit_row(const struct visit *visit, const struct table *table, const struct row *row)
{
    for (size_t c = 0; c < table->column_count; c++)
        if (row->cells[c].kind == CELL_TEXT)
            visit_words(visit, row->cells[c].display, cell_source(row, &row->cells[c]));
}

static void visit_table(const struct visit *visit, const struct table *table, struct place place)
{
    if (table == visit->except)
        return;
    visit_words(visit, table->caption, place);
    for (size_t c = 0; c < table->column_count; c++)
        visit_words(visit, table->columns[c].header, place);
    struct text group = TEXT_EMPTY;
    struct arena *scratch = arena_new();
    for (size_t r = 0; r < table->row_count; r++) {
        const struct row *row = table_row(table, scratch, r);
        if (!text_equal(row->group, group))
            visit_words(visit, row->group, row->place);
        group = row->group;
        visit_row(visit, table, row);
        arena_reset(scratch);
    }
    arena_free(scratch);
    for (size_t i = 0; i < table->notes.count; i++)
        visit_words(visit, table->notes.items[i], place);
    visit_words(visit, table->source, place);
}

static void visit_blocks(const struct visit *visit, const struct blocks *blocks);

static void visit_panel(const struct visit *visit, const struct panel *panel, struct place place)
{
    visit_words(visit, panel->caption, place);
    for (size_t i = 0; i < panel->count; i++) {
        visit_words(visit, panel->facts[i].label, place);
        visit_words(visit, panel->facts[i].comparator, place);
    }
}

static void visit_block(const struct visit *visit, const struct block *block)
{
    switch (block->kind) {
    case BLOCK_HEADING:
        visit_spans(visit, &block->heading.spans, block->place);
        break;
    case BLOCK_PARAGRAPH:
    case BLOCK_NOTE:
        visit_spans(visit, &block->paragraph.spans, block->place);
        break;
    case BLOCK_LIST:
        for (size_t i = 0; i < block->list.count; i++)
            visit_blocks(visit, &block->list.items[i]);
        break;
    case BLOCK_TABLE:
        visit_table(visit, block->table, block->place);
        break;
    case BLOCK_CHART:
        if (!text_equal(block->chart->caption, block->chart->data->caption))
            visit_words(visit, block->chart->caption, block->place);
        visit_table(visit, block->chart->data, block->place);
        break;
    case BLOCK_DEFINITIONS:
        for (size_t i = 0; i < block->definitions.count; i++) {
            visit_words(visit, block->definitions.items[i].term, block->place);
            visit_blocks(visit, &block->definitions.items[i].meaning);
        }
        break;
    case BLOCK_CALLOUT:
        visit_blocks(visit, &block->callout);
        break;
    case BLOCK_GRID:
        visit_words(visit, block->grid->caption, block->place);
        for (size_t i = 0; i < block->grid->count; i++)
            visit_blocks(visit, &block->grid->cells[i]);
        break;
    case BLOCK_PANEL:
        visit_panel(visit, block->panel, block->place);
        break;
    case BLOCK_IMAGE:
        visit_words(visit, block->image.caption, block->place);
        break;
    case BLOCK_KEY:
    case BLOCK_PAGE_BREAK:
    case BLOCK_PLACEMENT:
        break;
    }
}

static void visit_blocks(const struct visit *visit, const struct blocks *blocks)
{
    for (size_t i = 0; i < blocks->count; i++)
        visit_block(visit, &blocks->items[i]);
}

void document_texts(const struct document *document, const struct table *except,
                    document_visit *visit, void *context)
{
    struct visit all = {arena_new(), except, visit, context};
    visit_words(&all, document->subtitle, PLACE_NONE);
    for (size_t i = 0; i < document->blocks.count; i++) {
        visit_block(&all, &document->blocks.items[i]);
        arena_reset(all.scratch);
    }
    arena_free(all.scratch);
}
