/*
 * Documents made at random: nested lists, long tables with groups, long words, soft hyphens, mixed
 * styles, links and footnotes. Whatever they hold, all of it must stand on their pages once. With a
 * folder and a number as its arguments this program writes that many of them, as N.pdf and N.txt
 * (what must be read there), for tests/pdf/run.sh.
 */
#include "support.h"

#include "base/file.h"
#include "base/utf8.h"
#include "unit/write/expected_text.h"
#include "unit/write/streamed_pages.h"
#include "write/pdf_int.h"
#include "write/write_int.h"

#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

static struct arena *arena;
static struct diags diags;
static uint32_t seed;
static unsigned notes, referred; /* of the document: footnotes that stand in it, and all */

static uint32_t below(uint32_t n)
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % n;
}

static const char *const words[] = {
    "crime",
    "rose",
    "by",
    "15.6%",
    "2021/22",
    "follow-up",
    "and/or",
    "Łódź",
    "Tŷ",
    "Święciany",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch",
    "infor\u00admation",
    "no\u00a0break",
    "£36,073",
    "(see below)",
    "https://example.org/a/long/address/2021-22/without/any/space?in=it&at=all",
    "–",
    "[c]",
    "Środa’s",
    "“quoted”",
};

static struct text random_words(uint32_t most)
{
    struct buffer out = {.arena = arena};
    for (uint32_t i = 1 + below(most); i > 0; i--) {
        buffer_add(&out, text_from(words[below(sizeof words / sizeof words[0])]));
        if (below(3) == 0)
            buffer_format(&out, "%u", below(100000));
        if (i > 1)
            buffer_add_byte(&out, ' ');
    }
    return buffer_text(&out);
}

static void refer(struct spans *spans, unsigned number, const char *link)
{
    spans_add(arena, spans,
              (struct span){.text = text_format(arena, "[note\u00a0%u]", number),
                            .link = text_format(arena, link, number),
                            .language = TEXT_EMPTY,
                            .note = number});
}

static void add_spans(struct spans *spans, uint32_t most)
{
    for (uint32_t i = 1 + below(3); i > 0; i--) {
        struct span span = {.text = random_words(most), .style = below(4), .link = TEXT_EMPTY};
        if (below(6) == 0)
            span.link = TEXT("https://example.org/");
        spans_add(arena, spans, span);
        if (i > 1)
            spans_add_text(arena, spans, TEXT(" "), 0);
    }
    if (below(12) == 0)
        refer(spans, ++referred, "#note:%u");
    else if (notes && below(20) == 0)
        refer(spans, 1 + below(notes), "#note:%u");
}

/* Those that the block before was the first to refer to; a few are longer than a page. */
static void add_footnotes(struct blocks *blocks)
{
    while (notes < referred) {
        struct block *block = blocks_add(arena, blocks, BLOCK_NOTE);
        block->paragraph.footnote = ++notes;
        block->anchor = text_format(arena, "note:%u", notes);
        refer(&block->paragraph.spans, notes, "#note:%u:text");
        spans_add_text(arena, &block->paragraph.spans, TEXT(" "), 0);
        spans_add_text(arena, &block->paragraph.spans, random_words(below(9) ? 40 : 900), 0);
    }
}

static void add_paragraph(struct blocks *blocks, enum block_kind kind, uint32_t most)
{
    struct block *block = blocks_add(arena, blocks, kind);
    block->paragraph.number = below(3) ? TEXT_EMPTY : text_format(arena, "%u.1", below(20));
    add_spans(&block->paragraph.spans, most);
}

static void add_list(struct blocks *blocks, unsigned depth)
{
    struct list *list = &blocks_add(arena, blocks, BLOCK_LIST)->list;
    list->ordered = below(2);
    list->first = 1 + below(12);
    for (uint32_t i = 1 + below(4); i > 0; i--) {
        list->items =
            arena_grow(arena, list->items, list->count, &list->capacity, sizeof *list->items);
        struct blocks *item = &list->items[list->count++];
        *item = (struct blocks){0};
        add_paragraph(item, BLOCK_PARAGRAPH, 12);
        item->items[0].paragraph.number = TEXT_EMPTY;
        if (depth < 3 && below(3) == 0)
            add_list(item, depth + 1);
    }
}

static struct cell random_cell(bool is_long)
{
    if (!is_long && below(4) == 0)
        return cell_rag((enum rag)below(RAGS));
    if (!is_long && below(4) == 0)
        return cell_number(decimal_from(below(9999)), text_format(arena, "%u.5", below(9999)),
                           FORMAT_NUMBER, 1);
    if (!is_long && below(5) == 0)
        return (struct cell){.display = TEXT_EMPTY};
    struct text said = random_words(is_long ? 60 : 3);
    if (!is_long && said.len % 5 == 0)
        said = text_concat(arena, TEXT("↑ "), said);
    struct cell cell = cell_marked(said);
    for (uint32_t i = is_long ? below(3) : 0; i > 0; i--)
        below(2) ? add_list(&cell.blocks, 1) : add_paragraph(&cell.blocks, BLOCK_PARAGRAPH, 200);
    return cell;
}

static struct table *random_table(size_t number)
{
    size_t columns = 1 + below(8), is_long = below(2) ? columns - 1 : columns;
    struct table *table = table_new(arena, text_format(arena, "table %zu", number), columns);
    struct text group = TEXT_EMPTY;
    bool has_groups = below(2);
    table->caption = random_words(8);
    for (size_t c = 0; c < columns; c++)
        table->columns[c] = (struct column){.header = text_format(arena, "Column %zu", c),
                                            .is_row_header = c == 0 && below(3),
                                            .align_right = below(4) == 0,
                                            .long_text = c == is_long,
                                            .spans_rows = below(3) == 0};
    for (size_t c = 1; number % 3 == 0 && c + 1 < columns; c++) { /* a header of two levels */
        table->columns[c].group = text_format(arena, "Group of columns %zu", c / 3);
        table->columns[c].in_group = text_format(arena, "Part %zu", c);
    }
    uint32_t rows = below(40);
    if (columns < 5 && number % 4 == 0)
        rows = 100 + rows * 8; /* more than is placed at once */
    for (uint32_t r = rows; r > 0; r--) {
        struct row *row = table_add_row(arena, table, below(6) ? ROW_BODY : ROW_OF_WHICH);
        struct text words_of_group = random_words(5); /* TEXT_ARG takes its argument twice */
        if (has_groups && (below(8) == 0 || !group.len))
            group = text_format(arena, "Group %u: %.*s", r, TEXT_ARG(words_of_group));
        row->group = group;
        for (size_t c = 0; c < columns; c++)
            if (table->columns[c].spans_rows && table->row_count > 1 && below(4))
                row->cells[c] = row[-1].cells[c];
            else
                row->cells[c] = random_cell(c == is_long && below(2));
    }
    for (uint32_t i = below(3); i > 0; i--)
        texts_add(arena, &table->notes, random_words(30));
    table->source = below(2) ? TEXT("Source: the registers.") : TEXT_EMPTY;
    return table;
}

static void add_definitions(struct blocks *blocks)
{
    struct definitions *list = &blocks_add(arena, blocks, BLOCK_DEFINITIONS)->definitions;
    list->items = arena_calloc(arena, 5, sizeof *list->items);
    for (list->count = 0; list->count < 1 + below(5); list->count++) {
        list->items[list->count] = (struct definition){.term = random_words(4)};
        add_paragraph(&list->items[list->count].meaning, BLOCK_PARAGRAPH, 40);
    }
}

static void add_random_block(struct blocks *blocks, size_t number)
{
    struct block *block;
    switch (below(9)) {
    case 0:
    case 1:
        block = blocks_add(arena, blocks, BLOCK_HEADING);
        block->heading.level = 2 + below(4);
        block->heading.number = below(2) ? text_format(arena, "%zu", number) : TEXT_EMPTY;
        add_spans(&block->heading.spans, 6);
        break;
    case 2:
        add_list(blocks, 1);
        break;
    case 3:
        blocks_add(arena, blocks, BLOCK_TABLE)->table = random_table(number);
        break;
    case 4:
        add_paragraph(blocks, BLOCK_NOTE, 60);
        break;
    case 5:
        blocks_add(arena, blocks, BLOCK_PAGE_BREAK)->form = (enum page_form)below(PAGE_FORMS);
        break;
    case 6:
        add_definitions(blocks);
        break;
    default:
        add_paragraph(blocks, BLOCK_PARAGRAPH, 150);
    }
}

static struct document *random_document(uint32_t number)
{
    seed = number * 7919;
    notes = referred = 0;
    struct document *document = arena_alloc(arena, sizeof *document);
    *document = (struct document){.name = TEXT("random"),
                                  .title = text_format(arena, "Document %u", number),
                                  .subtitle = below(2) ? random_words(5) : TEXT_EMPTY,
                                  .organisation = TEXT("Sampleton Council"),
                                  .language = TEXT("en-GB"),
                                  .period = TEXT("2021/22"),
                                  .as_at = {2022, 6, 22},
                                  .footer = TEXT("Sampleton Council"),
                                  .form = (enum page_form)below(PAGE_FORMS),
                                  .contents = (enum contents)below(2)};
    struct block *title = blocks_add(arena, &document->blocks, BLOCK_HEADING);
    title->heading.level = 1;
    title->heading.number = TEXT_EMPTY;
    spans_add_text(arena, &title->heading.spans, document->title, 0);
    for (uint32_t i = 3 + below(30); i > 0; i--) {
        add_random_block(&document->blocks, i);
        add_footnotes(&document->blocks);
    }
    return document;
}

/* ---- with a font of our own: all characters are half as wide as high ---- */

static long width(struct metrics *metrics, unsigned font, struct text text)
{
    (void)metrics, (void)font;
    long sum = text_equal(text, TEXT("\u00ad")) ? 500 : 0;
    for (size_t at = 0; at < text.len;)
        sum += utf8_next(text, &at) == 0xAD ? 0 : 500;
    return sum;
}

/* How often each byte stands in a text, but for white space and soft hyphens. */
struct counts {
    long bytes[256];
};

static void count_bytes(struct counts *counts, struct text text, long by)
{
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        uint32_t point = utf8_next(text, &at);
        for (size_t i = from; i < at && point > ' ' && point != 0xAD; i++)
            counts->bytes[(unsigned char)text.ptr[i]] += by;
    }
}

static void check_page(struct counts *counts, const struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        const struct item *item = &page->items[i];
        if (item->kind != ITEM_TEXT || !item->tag)
            continue;
        count_bytes(counts, item->text, -1);
        assert_true(item->x >= page_margin - 0.01);
        assert_true(item->y > page_margin && item->y <= page_height(page->form) - page_margin);
        assert_true(item->x + item->width <= page_width(page->form) - page_margin + 0.1);
    }
}

static void every_word_stands_on_a_page_once(void **state)
{
    (void)state;
    struct metrics metrics = {.width = width};
    for (uint32_t number = 1; number <= 60; number++) {
        struct document *document = random_document(number);
        struct strips strips = {0};
        struct outline outline = {0};
        layout_document(arena, &metrics, &diags, document, NULL, &strips, &outline);
        struct pages pages = layout_pages(arena, &strips, document->form);
        struct layout layout = {.arena = arena,
                                .metrics = &metrics,
                                .diags = &diags,
                                .document = document,
                                .widths = {.arena = arena}};
        struct streamed streamed = {.arena = arena};
        for (int time = 0; time < 2; time++) {
            stream_document(&streamed, &layout);
            assert_same_pages(&streamed.pages, &pages);
        }
        struct counts counts = {0};
        count_bytes(&counts, expected_text(arena, document), 1);
        for (size_t i = 0; i < pages.count; i++)
            check_page(&counts, &pages.items[i]);
        for (size_t i = 0; i < 256; i++)
            assert_int_equal(counts.bytes[i], 0);
    }
}

static int write_documents(const char *path, uint32_t count)
{
    int folder = open(path, O_RDONLY | O_DIRECTORY);
    struct render_options options = {.scratch = TEXT("/nonexistent")};
    bool done = folder >= 0;
    for (uint32_t i = 1; i <= count && done; i++) {
        struct text bytes;
        struct document *document = random_document(i);
        done = pdf_render(document, &options, arena, &diags, &bytes) &&
               file_create(folder, &diags, text_format(arena, "%u.pdf", i), bytes) &&
               file_create(folder, &diags, text_format(arena, "%u.txt", i),
                           expected_text(arena, document));
    }
    diags_print(&diags, stderr, LEVEL_INFO, false);
    if (folder >= 0)
        close(folder);
    return done ? 0 : 1;
}

int main(int argc, char **argv)
{
    arena = arena_new();
    diags = diags_new(arena);
    int status;
    if (argc == 3) {
        status = write_documents(argv[1], (uint32_t)strtoul(argv[2], NULL, 10));
    } else {
        const struct CMUnitTest tests[] = {cmocka_unit_test(every_word_stands_on_a_page_once)};
        status = cmocka_run_group_tests(tests, NULL, NULL);
    }
    arena_free(arena);
    return status;
}
