/* Where the blocks of a narrative stand and how large they are, with a font of our own: every
 * character is 500 wide. */
#include "support.h"

#include "base/utf8.h"
#include "write/pdf_int.h"

#include <math.h>

static long width(struct metrics *metrics, unsigned font, struct text text)
{
    (void)metrics, (void)font;
    return (long)utf8_count(text) * 500;
}

static struct pages lay_out(struct arena *arena, const struct blocks *blocks,
                            const struct style *style)
{
    struct document document = {.title = TEXT("T"),
                                .subtitle = TEXT_EMPTY,
                                .organisation = TEXT_EMPTY,
                                .footer = TEXT_EMPTY,
                                .blocks = *blocks,
                                .style = style};
    struct metrics metrics = {.width = width};
    struct diags diags = diags_new(arena);
    struct strips strips = {0};
    struct outline outline = {0};
    layout_document(arena, &metrics, &diags, &document, NULL, &strips, &outline);
    assert_int_equal(diags_count(&diags, LEVEL_WARNING), 0);
    return layout_pages(arena, &strips, PAGE_PORTRAIT);
}

static const struct item *find(const struct pages *pages, const char *text, size_t *page)
{
    for (size_t p = 0; p < pages->count; p++)
        for (size_t i = 0; i < pages->items[p].count; i++) {
            const struct item *item = &pages->items[p].items[i];
            if (item->kind == ITEM_TEXT && text_starts(item->text, text_from(text))) {
                if (page)
                    *page = p;
                return item;
            }
        }
    assert_string_equal(text, "on a page");
    return NULL;
}

static const struct item *of(const struct pages *pages, const char *text)
{
    return find(pages, text, NULL);
}

static struct block *add_words(struct arena *arena, struct blocks *blocks, enum block_kind kind,
                               const char *words)
{
    struct block *block = blocks_add(arena, blocks, kind);
    spans_add_text(arena, kind == BLOCK_HEADING ? &block->heading.spans : &block->paragraph.spans,
                   text_from(words), 0);
    return block;
}

static void add_heading(struct arena *arena, struct blocks *blocks, unsigned level,
                        const char *words)
{
    add_words(arena, blocks, BLOCK_HEADING, words)->heading.level = level;
}

static struct block *add_list(struct arena *arena, struct blocks *blocks, size_t count,
                              const char *words)
{
    struct block *block = blocks_add(arena, blocks, BLOCK_LIST);
    block->list.items = arena_calloc(arena, count, sizeof *block->list.items);
    block->list.count = count;
    for (size_t i = 0; i < count; i++)
        blocks_add_paragraph(arena, &block->list.items[i], text_format(arena, "%s%zu", words, i));
    return block;
}

static void a_note_of_the_narrative_is_body_text(void **state)
{
    struct blocks blocks = {0};
    add_words(*state, &blocks, BLOCK_PARAGRAPH, "body");
    add_words(*state, &blocks, BLOCK_NOTE, "note");
    add_words(*state, &blocks, BLOCK_NOTE, "foot")->paragraph.footnote = 1;
    struct pages pages = lay_out(*state, &blocks, NULL);
    assert_true(of(&pages, "note")->size == of(&pages, "body")->size);
    assert_int_equal(of(&pages, "note")->colour, COLOUR_TEXT);
    assert_true(of(&pages, "foot")->size == 9);
}

static struct table *small_table(struct arena *arena)
{
    struct table *table = table_new(arena, TEXT("t"), 1);
    table->caption = TEXT("caption");
    table->columns[0].header = TEXT("Area");
    table_add_row(arena, table, ROW_BODY)->cells[0] = cell_text(TEXT("cell"));
    texts_add(arena, &table->notes, TEXT("below"));
    return table;
}

static void captions_and_notes_grow_with_the_body(void **state)
{
    struct style large = style_default;
    large.body_size = 22; /* twice the default */
    for (int times = 1; times <= 2; times++) {
        struct blocks blocks = {0};
        blocks_add(*state, &blocks, BLOCK_TABLE)->table = small_table(*state);
        add_words(*state, &blocks, BLOCK_NOTE, "foot")->paragraph.footnote = 1;
        struct pages pages = lay_out(*state, &blocks, times == 1 ? NULL : &large);
        assert_true(of(&pages, "caption")->size == 10 * times);
        assert_true(of(&pages, "below")->size == 9 * times);
        assert_true(of(&pages, "foot")->size == 9 * times);
    }
}

/* A table keeps the full width, and so does what stands in it. */
static void words_of_a_numbered_section_have_the_indent_of_its_paragraphs(void **state)
{
    struct blocks blocks = {0};
    add_heading(*state, &blocks, 1, "title");
    add_heading(*state, &blocks, 2, "numbered");
    add_words(*state, &blocks, BLOCK_PARAGRAPH, "plain");
    add_words(*state, &blocks, BLOCK_PARAGRAPH, "text")->paragraph.number = TEXT("1.1");
    add_heading(*state, &blocks, 3, "below");
    add_list(*state, &blocks, 1, "item");
    add_words(*state, &blocks, BLOCK_NOTE, "note");
    blocks_add_paragraph(*state, &blocks_add(*state, &blocks, BLOCK_CALLOUT)->callout, TEXT("box"));
    struct table *table = small_table(*state);
    table->rows->cells[0].blocks = (struct blocks){0};
    add_list(*state, &table->rows->cells[0].blocks, 1, "inner");
    blocks_add(*state, &blocks, BLOCK_TABLE)->table = table;
    add_heading(*state, &blocks, 2, "without");
    add_words(*state, &blocks, BLOCK_PARAGRAPH, "margin");
    struct pages pages = lay_out(*state, &blocks, NULL);
    double left = of(&pages, "margin")->x, text = of(&pages, "text")->x;
    assert_true(left == of(&pages, "1.1")->x && text > left + 30);
    assert_true(of(&pages, "plain")->x == text);
    assert_true(of(&pages, "\u2022")->x == text);
    assert_true(of(&pages, "item0")->x > text && of(&pages, "item0")->x < text + 20);
    assert_true(of(&pages, "note")->x == text + 12);
    assert_true(of(&pages, "box")->x == text + 10);
    assert_true(of(&pages, "below")->x == left && of(&pages, "caption")->x == left);
    assert_true(of(&pages, "inner0")->x < left + 30);
}

static void headings_of_boxes_look_alike(void **state)
{
    struct blocks blocks = {0};
    add_heading(*state, &blocks, 1, "title");
    add_heading(*state, &blocks, 2, "section");
    for (unsigned level = 3; level < 5; level++) {
        struct blocks *box = &blocks_add(*state, &blocks, BLOCK_CALLOUT)->callout;
        add_heading(*state, box, level, level == 3 ? "third" : "fourth");
        if (level == 3)
            add_words(*state, box, BLOCK_PARAGRAPH, "paragraph");
        else
            add_list(*state, box, 1, "item");
    }
    struct pages pages = lay_out(*state, &blocks, NULL);
    const struct item *third = of(&pages, "third"), *fourth = of(&pages, "fourth");
    assert_true(third->size == fourth->size && third->colour == fourth->colour);
    double gap = of(&pages, "paragraph")->y - third->y;
    assert_true(fabs(of(&pages, "item0")->y - fourth->y - gap) < 0.01);
}

static double picture_width(struct arena *arena, unsigned pixels)
{
    struct blocks blocks = {0};
    struct raster raster = {.width = pixels, .height = 100, .channels = 3};
    blocks_add(arena, &blocks, BLOCK_IMAGE)->image =
        (struct image){.raster = &raster, .alt = TEXT("alt"), .caption = TEXT_EMPTY};
    struct pages pages = lay_out(arena, &blocks, NULL);
    for (size_t i = 0; i < pages.items[0].count; i++)
        if (pages.items[0].items[i].kind == ITEM_IMAGE)
            return pages.items[0].items[i].width;
    return 0;
}

static void a_picture_nearly_as_wide_as_the_text_is_as_wide(void **state)
{
    double full = page_width(PAGE_PORTRAIT) - 2 * page_margin;
    unsigned natural = (unsigned)(full / 72 * 150);
    assert_true(fabs(picture_width(*state, natural * 2) - full) < 0.01);
    assert_true(fabs(picture_width(*state, natural * 92 / 100) - full) < 0.01);
    assert_true(picture_width(*state, natural * 88 / 100) < full * 0.89);
}

static void the_last_item_of_a_list_is_not_alone_on_a_page(void **state)
{
    for (size_t count = 35; count < 50; count++) {
        struct blocks blocks = {0};
        add_list(*state, &blocks, count, "item");
        struct pages pages = lay_out(*state, &blocks, NULL);
        size_t last, before;
        find(&pages, text_cstr(*state, text_format(*state, "item%zu", count - 1)), &last);
        find(&pages, text_cstr(*state, text_format(*state, "item%zu", count - 2)), &before);
        assert_int_equal(last, before);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(a_note_of_the_narrative_is_body_text),
        arena_test(captions_and_notes_grow_with_the_body),
        arena_test(words_of_a_numbered_section_have_the_indent_of_its_paragraphs),
        arena_test(headings_of_boxes_look_alike),
        arena_test(a_picture_nearly_as_wide_as_the_text_is_as_wide),
        arena_test(the_last_item_of_a_list_is_not_alone_on_a_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
