/* Where pages break in and around tables, with a font of our own: every character is 500 wide. */
#include "support.h"

#include "base/utf8.h"
#include "write/pdf_int.h"

#include <math.h>

static long width(struct metrics *metrics, unsigned font, struct text text)
{
    (void)metrics, (void)font;
    return (long)utf8_count(text) * 500;
}

struct laid_out {
    struct arena *arena;
    struct document document;
    struct pages pages;
};

static struct laid_out new_document(struct arena *arena)
{
    return (struct laid_out){.arena = arena,
                             .document = {.title = TEXT("T"),
                                          .subtitle = TEXT_EMPTY,
                                          .organisation = TEXT_EMPTY,
                                          .footer = TEXT_EMPTY}};
}

static void lay_out(struct laid_out *out)
{
    struct metrics metrics = {.width = width};
    struct diags diags = diags_new(out->arena);
    struct strips strips = {0};
    struct outline outline = {0};
    layout_document(out->arena, &metrics, &diags, &out->document, NULL, &strips, &outline);
    out->pages = layout_pages(out->arena, &strips, out->document.form);
}

/* One word a line: no two of them have room beside each other. */
static struct text lines_of(struct arena *arena, const char *word, size_t count)
{
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < count; i++)
        buffer_format(&out, "%s%s%zu-%.*s", i ? " " : "", word, i, 70,
                      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
    return buffer_text(&out);
}

static void add_text(struct laid_out *out, const char *word, size_t lines)
{
    if (lines)
        blocks_add_paragraph(out->arena, &out->document.blocks, lines_of(out->arena, word, lines));
}

static struct table *add_table(struct laid_out *out, const char *caption)
{
    struct table *table = table_new(out->arena, TEXT("t"), 1);
    blocks_add(out->arena, &out->document.blocks, BLOCK_TABLE)->table = table;
    table->caption = text_from(caption);
    table->columns[0].header = TEXT("Header");
    table->columns[0].is_row_header = true;
    return table;
}

static void add_row(struct laid_out *out, struct table *table, const char *name, size_t lines)
{
    struct row *row = table_add_row(out->arena, table, ROW_BODY);
    row->cells[0] = cell_long_text(out->arena, lines_of(out->arena, name, lines));
    table->columns[0].long_text = true;
}

/* The last page where a text begins so; SIZE_MAX: none. `count`: how many are on that page. */
static size_t page_of(const struct laid_out *out, const char *text, size_t *count)
{
    size_t found = SIZE_MAX;
    for (size_t p = 0; p < out->pages.count; p++)
        for (size_t i = 0; i < out->pages.items[p].count; i++) {
            const struct item *item = &out->pages.items[p].items[i];
            if (item->kind != ITEM_TEXT || !text_starts(text_trim(item->text), text_from(text)))
                continue;
            if (count)
                *count = found == p ? *count + 1 : 1;
            found = p;
        }
    return found;
}

/* The share of a page that is empty below its last line. */
static double empty_share(const struct laid_out *out, size_t p)
{
    const struct page *page = &out->pages.items[p];
    double foot = page_height(page->form) - page_margin, last = page_margin;
    for (size_t i = 0; i < page->count; i++)
        last = fmax(last, page->items[i].y);
    return (foot - last) / (foot - page_margin);
}

static void a_small_table_is_whole_where_that_leaves_little_empty(void **state)
{
    size_t whole = 0, parts = 0;
    for (size_t lines = 20; lines < 46; lines++) {
        struct laid_out out = new_document(*state);
        add_text(&out, "text", lines);
        struct table *table = add_table(&out, "Caption");
        for (size_t r = 0; r < 18; r++)
            add_row(&out, table, "row", 1);
        texts_add(*state, &table->notes, TEXT("A note."));
        lay_out(&out);
        size_t on_last, last = page_of(&out, "row", &on_last),
                        caption = page_of(&out, "Caption", NULL);
        assert_int_equal(last, 1);
        assert_int_equal(page_of(&out, "A note.", NULL), last);
        if (caption == last) { /* moved, as a whole */
            assert_int_equal(on_last, 18);
            assert_true(empty_share(&out, 0) < 0.26);
            whole++;
        } else {
            assert_true(on_last >= 3 && on_last <= 15);
            parts++;
        }
    }
    assert_true(whole > 5 && parts > 5);
}

static void a_row_is_cut_where_moving_it_leaves_much_empty(void **state)
{
    size_t cut = 0, whole = 0;
    for (size_t lines = 15; lines < 46; lines++) {
        struct laid_out out = new_document(*state);
        add_text(&out, "text", lines);
        struct table *table = add_table(&out, "Caption");
        add_row(&out, table, "first", 2);
        add_row(&out, table, "second", 3);
        add_row(&out, table, "tall", 18); /* 0.3 of a page */
        for (size_t r = 0; r < 3; r++)
            add_row(&out, table, "tail", 18);
        lay_out(&out);
        size_t first, on_last, last = page_of(&out, "tall", &on_last);
        first = page_of(&out, "tall0-", NULL);
        if (first != last) {
            cut++;
            assert_true(on_last >= 3 && on_last <= 15);
        } else {
            whole++;
            assert_true(last == 0 || empty_share(&out, 0) < 0.32); /* with space and rules */
        }
    }
    assert_true(cut > 2 && whole > 5);
}

static void a_low_last_row_has_the_end_of_a_tall_one_above_it(void **state)
{
    for (size_t lines = 1; lines < 46; lines++) {
        struct laid_out out = new_document(*state);
        add_text(&out, "text", lines);
        struct table *table = add_table(&out, "Caption");
        add_row(&out, table, "first", 18);
        add_row(&out, table, "tall", 22);
        add_row(&out, table, "last", 1);
        texts_add(*state, &table->notes, TEXT("A note."));
        lay_out(&out);
        size_t on_last, last = page_of(&out, "last", NULL);
        assert_int_equal(page_of(&out, "tall", &on_last), last);
        assert_true(on_last >= 3);
        assert_int_equal(page_of(&out, "A note.", NULL), last);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(a_small_table_is_whole_where_that_leaves_little_empty),
        arena_test(a_row_is_cut_where_moving_it_leaves_much_empty),
        arena_test(a_low_last_row_has_the_end_of_a_tall_one_above_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
