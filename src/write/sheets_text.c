#include "write/sheets_maker_int.h"

#include "data/value.h"

bool sheets_is_front(const struct block *block)
{
    return block->kind != BLOCK_HEADING || block->heading.level == 1;
}

/* The words of the document. */

struct text sheets_plain_spans(struct arena *arena, const struct spans *spans)
{
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < spans->count; i++) {
        const struct span *span = &spans->items[i];
        buffer_add(&out, span->text);
        bool address = span->link.len && span->link.ptr[0] != '#';
        struct text shown = text_starts(span->link, TEXT("mailto:"))
                                ? text_slice(span->link, 7, span->link.len)
                                : span->link;
        if (address && !text_contains(span->text, shown))
            buffer_format(&out, " (%.*s)", TEXT_ARG(shown));
    }
    return buffer_text(&out);
}

static void add_text_list(struct maker *maker, struct text section, const struct list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        struct text item = blocks_plain(maker->arena, &list->items[i]);
        struct text mark =
            list->ordered ? text_format(maker->arena, "%zu.", list->first + i) : TEXT("•");
        maker_add_pair(maker, BOOK_BODY, section, text_numbered(maker->arena, mark, item));
    }
}

static void add_text_table(struct maker *maker, struct text section, const struct table *table)
{
    size_t i = 0;
    while (i < maker->tables.count && maker->tables.items[i] != table)
        i++;
    if (i == maker->tables.count)
        return;
    struct book_cell cell = maker_text_cell(1, BOOK_BODY,
                                            text_format(maker->arena, "See worksheet “%.*s”: %.*s",
                                                        TEXT_ARG(maker->table_sheets.items[i]),
                                                        TEXT_ARG(table->caption)));
    cell.link = maker->table_sheets.items[i];
    maker_add_cell(maker, maker_text_cell(0, BOOK_BODY, section));
    maker_add_cell(maker, cell);
    maker->row++;
}

static void add_text_definitions(struct maker *maker, struct text section,
                                 const struct definitions *list)
{
    for (size_t i = 0; i < list->count; i++)
        maker_add_pair(maker, BOOK_BODY, section,
                       text_format(maker->arena, "%.*s: %.*s", TEXT_ARG(list->items[i].term),
                                   TEXT_ARG(blocks_plain(maker->arena, &list->items[i].meaning))));
}

static void add_text_block(struct maker *maker, struct text section, const struct block *block);

static void add_text_caption(struct maker *maker, struct text section, struct text caption)
{
    if (caption.len)
        maker_add_pair(maker, BOOK_TOTAL, section, caption);
}

/* Cell by cell, each under its own heading. */
static void add_text_grid(struct maker *maker, struct text section, const struct theme_grid *grid)
{
    add_text_caption(maker, section, grid->caption);
    for (size_t i = 0; i < grid->count; i++) {
        const struct blocks *cell = &grid->cells[i];
        struct text heading = sheets_plain_spans(maker->arena, &cell->items[0].heading.spans);
        for (size_t k = 0; k < cell->count; k++)
            add_text_block(maker, heading, &cell->items[k]);
    }
}

static void add_text_panel(struct maker *maker, struct text section, const struct panel *panel)
{
    add_text_caption(maker, section, panel->caption);
    for (size_t i = 0; i < panel->count; i++) {
        const struct panel_fact *fact = &panel->facts[i];
        maker_add_pair(maker, BOOK_BODY, section,
                       text_format(maker->arena, "%.*s: %.*s%s%.*s%s", TEXT_ARG(fact->label),
                                   TEXT_ARG(fact->figure), fact->comparator.len ? " (" : "",
                                   TEXT_ARG(fact->comparator), fact->comparator.len ? ")" : ""));
    }
}

static void add_text_image(struct maker *maker, struct text section, const struct image *image)
{
    maker_add_pair(maker, BOOK_BODY, section,
                   text_format(maker->arena, "Picture in the report: %.*s%s%.*s",
                               TEXT_ARG(image->caption), image->caption.len ? ". " : "",
                               TEXT_ARG(image->alt)));
}

static void add_text_block(struct maker *maker, struct text section, const struct block *block)
{
    struct arena *arena = maker->arena;
    switch (block->kind) {
    case BLOCK_HEADING:
        maker_add_pair(maker, BOOK_TOTAL, section, section);
        break;
    case BLOCK_PARAGRAPH:
    case BLOCK_NOTE:
        if (block->paragraph.footnote) /* on the Notes sheet */
            break;
        maker_add_pair(maker, BOOK_BODY, section,
                       text_numbered(arena, block->paragraph.number,
                                     sheets_plain_spans(arena, &block->paragraph.spans)));
        break;
    case BLOCK_LIST:
        add_text_list(maker, section, &block->list);
        break;
    case BLOCK_TABLE:
        add_text_table(maker, section, block->table);
        break;
    case BLOCK_CHART:
        add_text_table(maker, section, block->chart->data);
        break;
    case BLOCK_DEFINITIONS:
        add_text_definitions(maker, section, &block->definitions);
        break;
    case BLOCK_KEY:
        for (size_t i = 0; i < block->key.count; i++)
            maker_add_pair(maker, BOOK_BODY, section,
                           text_format(arena, "%s: %.*s", rag_word(block->key.items[i].rag),
                                       TEXT_ARG(block->key.items[i].meaning)));
        break;
    case BLOCK_CALLOUT:
        for (size_t i = 0; i < block->callout.count; i++)
            add_text_block(maker, section, &block->callout.items[i]);
        break;
    case BLOCK_GRID:
        add_text_grid(maker, section, block->grid);
        break;
    case BLOCK_PANEL:
        add_text_panel(maker, section, block->panel);
        break;
    case BLOCK_IMAGE:
        add_text_image(maker, section, &block->image);
        break;
    case BLOCK_PAGE_BREAK:
    case BLOCK_PLACEMENT:
        break;
    }
}

/* The title and the front definitions stand on the cover. */
static bool is_on_cover(const struct block *block, bool front)
{
    return front && (block->kind == BLOCK_HEADING || block->kind == BLOCK_DEFINITIONS);
}

static bool has_words(const struct block *block)
{
    return block->kind != BLOCK_TABLE && block->kind != BLOCK_CHART &&
           block->kind != BLOCK_PAGE_BREAK && block->kind != BLOCK_PLACEMENT;
}

bool sheets_has_text(const struct document *document)
{
    bool front = true;
    for (size_t i = 0; i < document->blocks.count; i++) {
        const struct block *block = &document->blocks.items[i];
        front = front && sheets_is_front(block);
        if (has_words(block) && !is_on_cover(block, front))
            return true;
    }
    return false;
}

void sheets_add_text(struct maker *maker)
{
    const struct blocks *blocks = &maker->document->blocks;
    struct text section = maker->document->title;
    bool front = true;
    maker_begin_sheet(maker, TEXT("Report text"), TEXT("Report text"));
    maker_begin_pairs(maker, TEXT("Section"), TEXT("Text"));
    for (size_t i = 0; i < blocks->count; i++) {
        const struct block *block = &blocks->items[i];
        front = front && sheets_is_front(block);
        if (is_on_cover(block, front))
            continue;
        if (block->kind == BLOCK_HEADING)
            section = text_numbered(maker->arena, block->heading.number,
                                    sheets_plain_spans(maker->arena, &block->heading.spans));
        add_text_block(maker, section, block);
    }
    maker_end_sheet(maker, TEXT("table_report_text"));
}
