/* Where pages break in and around tables, with a font of our own: every character is 500 wide. */
#include "unit/write/laid_out.h"

#include <math.h>

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

/* The last page where a text begins so that is read aloud; SIZE_MAX: none. `count`: how many are on
 * that page. */
static size_t page_of(const struct laid_out *out, const char *text, size_t *count)
{
    size_t found = SIZE_MAX;
    for (size_t p = 0; p < out->pages.count; p++)
        for (size_t i = 0; i < out->pages.items[p].count; i++) {
            const struct item *item = &out->pages.items[p].items[i];
            if (item->kind != ITEM_TEXT || !item->tag ||
                !text_starts(text_trim(item->text), text_from(text)))
                continue;
            if (count)
                *count = found == p ? *count + 1 : 1;
            found = p;
        }
    return found;
}

/* The first text on the page that begins so; NULL: none. */
static const struct item *first_on(const struct laid_out *out, size_t p, const char *text)
{
    for (size_t i = 0; i < out->pages.items[p].count; i++) {
        const struct item *item = &out->pages.items[p].items[i];
        if (item->kind == ITEM_TEXT && text_starts(text_trim(item->text), text_from(text)))
            return item;
    }
    return NULL;
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
        struct laid_out out = new_document(*state, PAGE_PORTRAIT);
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
        struct laid_out out = new_document(*state, PAGE_PORTRAIT);
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
        struct laid_out out = new_document(*state, PAGE_PORTRAIT);
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

static void many_notes_of_a_small_table_may_be_on_two_pages(void **state)
{
    size_t parts = 0;
    for (size_t lines = 20; lines < 46; lines++) {
        struct laid_out out = new_document(*state, PAGE_PORTRAIT);
        add_text(&out, "text", lines);
        struct table *table = add_table(&out, "Caption");
        for (size_t r = 0; r < 3; r++)
            add_row(&out, table, "row", 1);
        for (size_t n = 0; n < 16; n++)
            texts_add(*state, &table->notes, TEXT("note"));
        lay_out(&out);
        size_t on_last, last = page_of(&out, "note", &on_last);
        if (on_last == 16)
            continue;
        parts++;
        assert_true(on_last >= 2 && on_last <= 14);
        assert_int_equal(page_of(&out, "row", NULL), last - 1);
        assert_non_null(first_on(&out, last, "Caption (continued)"));
    }
    assert_true(parts > 2);
}

/* Rows of a table of three pages, of which every tenth begins a group. */
static void add_long_table(struct laid_out *out, const char *caption, bool groups)
{
    struct table *table = add_table(out, caption);
    for (size_t r = 0; r < 100; r++) {
        add_row(out, table, "row", 1);
        if (groups)
            table->rows[r].group = text_format(out->arena, "Group %zu", r / 10);
    }
    lay_out(out);
    assert_true(out->pages.count > 2);
}

static void a_table_that_goes_on_says_which_it_is(void **state)
{
    struct laid_out out = new_document(*state, PAGE_PORTRAIT);
    add_long_table(&out, "Actions", false);
    for (size_t p = 1; p < out.pages.count; p++) {
        const struct item *again = first_on(&out, p, "Actions (continued)");
        assert_non_null(again);
        assert_null(again->tag);
        assert_true(again->y < first_on(&out, p, "Header")->y);
    }
    out = new_document(*state, PAGE_PORTRAIT);
    add_long_table(&out, "", false);
    assert_null(first_on(&out, 1, "(continued)"));
}

static void a_long_caption_is_said_again_on_one_line(void **state)
{
    struct laid_out out = new_document(*state, PAGE_PORTRAIT);
    add_long_table(&out, lines_of(*state, "word", 3).ptr, false);
    const struct item *again = first_on(&out, 1, "word0-");
    assert_non_null(again);
    assert_true(text_ends(again->text, TEXT("x… (continued)")));
    assert_null(first_on(&out, 1, "word1-"));
    assert_true(again->x + again->width <= page_width(PAGE_PORTRAIT) - page_margin + 0.01);
}

static void a_band_says_more_than_the_caption(void **state)
{
    struct laid_out out = new_document(*state, PAGE_PORTRAIT);
    add_long_table(&out, "Actions", true);
    for (size_t p = 1; p < out.pages.count; p++) {
        assert_null(first_on(&out, p, "Actions"));
        assert_non_null(first_on(&out, p, "Group"));
    }
}

/* One rule, of all that are close together, is between parts and what stands beside them. */
static void what_is_outside_stands_apart_below_one_rule(void **state)
{
    struct laid_out out = new_document(*state, PAGE_PORTRAIT);
    struct table *table = add_table(&out, "Caption");
    add_row(&out, table, "part", 1);
    add_row(&out, table, "beside", 1);
    add_row(&out, table, "too", 1);
    table->rows[1].kind = table->rows[2].kind = ROW_OUTSIDE;
    lay_out(&out);
    double y[] = {first_on(&out, 0, "part")->y, first_on(&out, 0, "beside")->y,
                  first_on(&out, 0, "too")->y};
    double last = 0, thickness = 0;
    for (size_t i = 0; i < out.pages.items[0].count; i++) {
        const struct item *item = &out.pages.items[0].items[i];
        if (item->kind != ITEM_FILL || item->y < y[0] || item->y > y[1])
            continue;
        assert_true(thickness <= 0 || item->y <= last + 0.01); /* they touch */
        last = item->y + item->height;
        thickness += item->height;
    }
    assert_true(thickness > 1 && thickness < 2);
    assert_true(y[1] - y[0] > y[2] - y[1] + 4);
}

static void add_key(struct laid_out *out)
{
    struct key *key = &blocks_add(out->arena, &out->document.blocks, BLOCK_KEY)->key;
    key->items = arena_calloc(out->arena, RAGS, sizeof *key->items);
    for (int rag = 0; rag < RAGS; rag++)
        key->items[key->count++] =
            (struct key_item){.rag = (enum rag)rag, .meaning = TEXT("meaning")};
}

/* It belongs to the table above it: the next need not stand with both. */
static void a_key_between_tables_keeps_with_one_of_them(void **state)
{
    size_t parted = 0;
    for (size_t lines = 1; lines < 40; lines++) {
        struct laid_out out = new_document(*state, PAGE_PORTRAIT);
        add_text(&out, "text", lines);
        struct table *above = add_table(&out, "Above");
        for (size_t r = 0; r < 6; r++)
            add_row(&out, above, "above", 1);
        add_key(&out);
        struct table *below = add_table(&out, "Below");
        for (size_t r = 0; r < 6; r++)
            add_row(&out, below, "below", 1);
        lay_out(&out);
        assert_int_equal(page_of(&out, "meaning", NULL), page_of(&out, "above", NULL));
        parted += page_of(&out, "Below", NULL) != page_of(&out, "above", NULL);
    }
    assert_true(parted > 3);
}

static void add_turned_table(struct laid_out *out, const char *name)
{
    struct table *table = add_table(out, name);
    table->has_form = true;
    table->form = PAGE_LANDSCAPE;
    add_row(out, table, name, 1);
}

static void add_heading(struct laid_out *out, unsigned level, const char *words)
{
    struct block *block = blocks_add(out->arena, &out->document.blocks, BLOCK_HEADING);
    block->heading = (struct heading){.level = level, .number = TEXT_EMPTY};
    spans_add_text(out->arena, &block->heading.spans, text_from(words), 0);
}

static void a_title_does_not_stand_alone_before_a_table_that_turns_the_page(void **state)
{
    for (int with_text = 0; with_text < 2; with_text++) {
        struct laid_out out = new_document(*state, PAGE_PORTRAIT);
        add_heading(&out, 1, "Title");
        if (with_text)
            add_text(&out, "text", 3);
        add_heading(&out, 2, "Section");
        add_turned_table(&out, "table");
        lay_out(&out);
        assert_int_equal(out.pages.count, 1 + with_text);
        assert_int_equal(out.pages.items[0].form, with_text ? PAGE_PORTRAIT : PAGE_LANDSCAPE);
        assert_int_equal(page_of(&out, "Title", NULL), 0);
        assert_int_equal(page_of(&out, "table", NULL), with_text);
    }
}

static void few_lines_between_wide_tables_have_no_page_of_their_own(void **state)
{
    for (size_t lines = 1; lines < 20; lines += 9) {
        struct laid_out out = new_document(*state, PAGE_PORTRAIT);
        add_text(&out, "text", 1);
        add_turned_table(&out, "first");
        add_heading(&out, 2, "Section");
        add_text(&out, "between", lines);
        add_turned_table(&out, "second");
        add_text(&out, "end", lines);
        lay_out(&out);
        assert_int_equal(out.pages.count, lines < 8 ? 3 : 5);
        for (size_t p = 1; p < out.pages.count; p++)
            assert_int_equal(out.pages.items[p].form, p % 2 ? PAGE_LANDSCAPE : PAGE_PORTRAIT);
        assert_int_equal(page_of(&out, "Section", NULL), lines < 8 ? 1 : 2);
    }
}

static void what_may_run_on_begins_where_half_of_a_page_is_left(void **state)
{
    for (size_t lines = 1; lines < 45; lines++)
        for (int turned = 0; turned < 2; turned++) {
            struct laid_out out = new_document(*state, PAGE_PORTRAIT);
            add_text(&out, "text", lines);
            if (turned)
                add_turned_table(&out, "table");
            struct block *page = blocks_add(*state, &out.document.blocks, BLOCK_PAGE_BREAK);
            page->form = PAGE_PORTRAIT;
            page->runs_on = true;
            add_heading(&out, 2, "Appendix");
            add_text(&out, "words", 2);
            lay_out(&out);
            if (turned) /* its page is of another form */
                assert_int_equal(page_of(&out, "Appendix", NULL), 2);
            else if (lines < 20)
                assert_int_equal(page_of(&out, "Appendix", NULL), 0);
            else if (lines > 24)
                assert_int_equal(page_of(&out, "Appendix", NULL), 1);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(a_small_table_is_whole_where_that_leaves_little_empty),
        arena_test(a_row_is_cut_where_moving_it_leaves_much_empty),
        arena_test(a_low_last_row_has_the_end_of_a_tall_one_above_it),
        arena_test(many_notes_of_a_small_table_may_be_on_two_pages),
        arena_test(a_table_that_goes_on_says_which_it_is),
        arena_test(a_long_caption_is_said_again_on_one_line),
        arena_test(a_band_says_more_than_the_caption),
        arena_test(a_key_between_tables_keeps_with_one_of_them),
        arena_test(a_title_does_not_stand_alone_before_a_table_that_turns_the_page),
        arena_test(few_lines_between_wide_tables_have_no_page_of_their_own),
        arena_test(what_may_run_on_begins_where_half_of_a_page_is_left),
        arena_test(what_is_outside_stands_apart_below_one_rule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
