#include "document/document.h"
#include "support.h"

static struct text plain_again(struct arena *arena, const char *plain)
{
    struct blocks blocks = blocks_from_plain(arena, text_from(plain));
    return blocks_plain(arena, &blocks);
}

static void lists_are_found_in_plain_text(void **state)
{
    struct blocks blocks = blocks_from_plain(
        *state, TEXT("Two points:\n- one\n\xE2\x80\xA2 two\n\n3. three\n4) four\n6. six\nend"));
    assert_int_equal(blocks.count, 5);
    assert_int_equal(blocks.items[1].kind, BLOCK_LIST);
    assert_int_equal(blocks.items[1].list.count, 2);
    assert_true(blocks.items[2].list.ordered);
    assert_int_equal(blocks.items[2].list.first, 3);
    assert_int_equal(blocks.items[2].list.count, 2);
    assert_int_equal(blocks.items[3].list.first, 6); /* 5 is not there: a list of its own */
    assert_int_equal(blocks.items[4].kind, BLOCK_PARAGRAPH);
}

static void what_only_looks_like_a_list_stays_text(void **state)
{
    assert_text(*state, plain_again(*state, "-5 degrees"), "-5 degrees");
    assert_text(*state, plain_again(*state, "-Buses\n-50% less"), "\u2022 Buses\n-50% less");
    assert_text(*state, plain_again(*state, "2021. A year"), "2021. A year");
    assert_text(*state, plain_again(*state, "-"), "-");
    assert_text(*state, plain_again(*state, "1.5 million"), "1.5 million");
}

static void lines_run_in_belong_to_the_item_above(void **state)
{
    static const char nested[] =
        "\u2022 a\n    \u2022 b\n        more of b\n    1. c\n\u2022 d\nend";
    struct blocks blocks = blocks_from_plain(*state, text_from(nested));
    assert_int_equal(blocks.count, 2);
    const struct blocks *a = &blocks.items[0].list.items[0];
    assert_int_equal(a->count, 3); /* itself, a list of bullets, a list of numbers */
    assert_int_equal(a->items[1].list.items[0].count, 2);
    assert_int_equal(blocks.items[0].list.count, 2);
    assert_text(*state, plain_again(*state, nested), nested);
    assert_text(*state, plain_again(*state, "  - a\n  - b\n - c"), "\u2022 a\n\u2022 b\n\u2022 c");
}

static void runs_become_styled_spans(void **state)
{
    struct rich rich = rich_plain(TEXT("ab cd\n- ef"));
    rich_runs_add(*state, &rich.runs, (struct rich_run){1, 4, RICH_BOLD});
    rich_runs_add(*state, &rich.runs, (struct rich_run){4, 9, RICH_ITALIC}); /* over a line end */
    struct cell cell = cell_rich_text(*state, rich);
    const struct spans *first = &cell.blocks.items[0].paragraph.spans;
    assert_int_equal(first->count, 3);
    assert_text(*state, first->items[0].text, "a");
    assert_text(*state, first->items[1].text, "b c");
    assert_int_equal(first->items[1].style, SPAN_BOLD);
    assert_text(*state, first->items[2].text, "d");
    const struct spans *item = &cell.blocks.items[1].list.items[0].items[0].paragraph.spans;
    assert_text(*state, item->items[0].text, "e");
    assert_int_equal(item->items[0].style, SPAN_ITALIC);
    assert_text(*state, item->items[1].text, "f");
    assert_int_equal(item->items[1].style, 0);
    assert_text(*state, cell.display, "ab cd\n\u2022 ef");
}

static void no_word_is_lost(void **state)
{
    struct arena *arena = *state;
    static const char *const parts[] = {"- a",  "b",    "   - d", "     f", "\t1. e", "",
                                        "1. c", "2. d", "* e",    "•f",     "–",      "- "};
    enum { PARTS = sizeof parts / sizeof parts[0] };
    srand(7);
    for (int round = 0; round < 500; round++) {
        struct buffer text = {.arena = arena};
        size_t letters = 0;
        for (int i = rand() % 12; i >= 0; i--)
            buffer_format(&text, "%s\n", parts[rand() % PARTS]);
        for (size_t i = 0; i < text.len; i++)
            letters += text.ptr[i] >= 'a' && text.ptr[i] <= 'f';
        struct blocks blocks = blocks_from_plain(arena, buffer_text(&text));
        struct text out = blocks_plain(arena, &blocks);
        for (size_t i = 0; i < out.len; i++)
            letters -= out.ptr[i] >= 'a' && out.ptr[i] <= 'f';
        assert_int_equal(letters, 0);
    }
}

static void a_page_has_columns_of_its_own(void **state)
{
    struct table *table = table_new(*state, TEXT("t"), 3);
    struct row *row = table_add_row(*state, table, ROW_TOTAL);
    table->shorthand = TEXT("Shorthand: [z] not applicable.");
    row->group = TEXT("g");
    assert_ptr_equal(table_on_page(*state, table), table);

    struct column page_columns[2] = {{.header = TEXT("a")}, {.header = TEXT("b")}};
    struct cell page_cells[2] = {cell_text(TEXT("one")), cell_text(TEXT("two"))};
    table->page_columns = page_columns;
    table->page_column_count = 2;
    row->page_cells = page_cells;
    const struct table *page = table_on_page(*state, table);
    assert_int_equal(page->column_count, 2);
    assert_text(*state, page->columns[1].header, "b");
    const struct row *on_page = table_row(page, *state, 0);
    assert_text(*state, on_page->cells[1].display, "two");
    assert_int_equal(on_page->kind, ROW_TOTAL);
    assert_text(*state, on_page->group, "g");
    assert_text(*state, page->shorthand, ""); /* its markers are not on the page */
    assert_int_equal(table->column_count, 3);
    assert_ptr_not_equal(table->rows[0].cells, page_cells);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(lists_are_found_in_plain_text),
        arena_test(what_only_looks_like_a_list_stays_text),
        arena_test(lines_run_in_belong_to_the_item_above),
        arena_test(runs_become_styled_spans),
        arena_test(no_word_is_lost),
        arena_test(a_page_has_columns_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
