/* Footnotes at the foot of pages, with a font of our own: every character is 500 wide. */
#include "unit/write/laid_out.h"

#include <math.h>

/* It is not broken over two lines. */
#define NOTE_1 "[note\u00a01]"

static void refer(struct laid_out *out, struct spans *spans, unsigned number)
{
    spans_add(out->arena, spans,
              (struct span){.text = text_format(out->arena, "[note %u]", number),
                            .link = text_format(out->arena, "#note:%u", number),
                            .language = TEXT_EMPTY,
                            .note = number});
}

static struct spans *add_paragraph(struct blocks *blocks, struct arena *arena, size_t lines)
{
    struct spans *spans = &blocks_add(arena, blocks, BLOCK_PARAGRAPH)->paragraph.spans;
    if (lines)
        spans_add_text(arena, spans, lines_of(arena, "text", lines), 0);
    return spans;
}

/* The words of the next note, of so many lines: they are a0, a1 … of note 1, b0, b1 … of note 2. */
static void add_note(struct laid_out *out, size_t lines)
{
    struct block *block = blocks_add(out->arena, &out->document.blocks, BLOCK_NOTE);
    unsigned number = ++out->notes;
    block->anchor = text_format(out->arena, "note:%u", number);
    block->paragraph.footnote = number;
    refer(out, &block->paragraph.spans, number);
    spans_add_text(out->arena, &block->paragraph.spans, TEXT(" "), 0);
    char word[] = {(char)('a' + number - 1), '\0'};
    spans_add_text(out->arena, &block->paragraph.spans, lines_of(out->arena, word, lines), 0);
}

static const struct item *find(const struct laid_out *out, const char *text, size_t *page)
{
    for (size_t p = *page; p < out->pages.count; p++)
        for (size_t i = 0; i < out->pages.items[p].count; i++) {
            const struct item *item = &out->pages.items[p].items[i];
            if (item->kind == ITEM_TEXT && text_starts(text_trim(item->text), text_from(text))) {
                *page = p;
                return item;
            }
        }
    return NULL;
}

static size_t page_of(const struct laid_out *out, const char *text)
{
    size_t page = 0;
    const struct item *item = find(out, text, &page);
    assert_non_null(item);
    return page;
}

static double y_of(const struct laid_out *out, const char *text)
{
    size_t page = 0;
    const struct item *item = find(out, text, &page);
    assert_non_null(item);
    return item->y;
}

/* How often a text stands on the pages, and that nothing leaves them. */
static size_t count_of(const struct laid_out *out, const char *text)
{
    size_t count = 0;
    for (size_t p = 0; p < out->pages.count; p++)
        for (size_t i = 0; i < out->pages.items[p].count; i++) {
            const struct item *item = &out->pages.items[p].items[i];
            double y = item->y;
            assert_true(
                item->kind != ITEM_TEXT ||
                (y > page_margin && y <= page_height(out->pages.items[p].form) - page_margin));
            count += item->kind == ITEM_TEXT && text_starts(text_trim(item->text), text_from(text));
        }
    return count;
}

/* Text and notes don't overlap: of two lines on a page, the baselines are 9 points apart or are
 * those of one line. */
static void assert_lines_are_apart(const struct laid_out *out)
{
    for (size_t p = 0; p < out->pages.count; p++) {
        const struct page *page = &out->pages.items[p];
        for (size_t i = 0; i < page->count; i++)
            for (size_t k = 0; k < i; k++) {
                double apart = fabs(page->items[i].y - page->items[k].y);
                assert_true(page->items[i].kind != ITEM_TEXT || page->items[k].kind != ITEM_TEXT ||
                            apart < 0.01 || apart > 9);
            }
    }
}

static void a_note_stands_at_the_foot_of_its_page(void **state)
{
    struct laid_out out = new_document(*state, PAGE_PORTRAIT);
    refer(&out, add_paragraph(&out.document.blocks, *state, 2), 1);
    add_note(&out, 2);
    add_paragraph(&out.document.blocks, *state, 1);
    lay_out(&out);
    assert_int_equal(out.pages.count, 1);
    double foot = page_height(PAGE_PORTRAIT) - page_margin;
    double first = y_of(&out, "a0"), last = y_of(&out, "a1");
    assert_true(last > foot - 12 && last < foot);
    assert_true(fabs(last - first - 12) < 0.01); /* 9 points on 12 */
    size_t rules = 0;
    for (size_t i = 0; i < out.pages.items[0].count; i++) {
        const struct item *item = &out.pages.items[0].items[i];
        rules += item->kind == ITEM_FILL && item->width < 200 && item->height < 1 &&
                 item->y < first - 9 && item->y > first - 24 && !item->tag;
    }
    assert_int_equal(rules, 1);
}

static void a_note_is_read_behind_the_block_that_refers_to_it(void **state)
{
    struct laid_out out = new_document(*state, PAGE_PORTRAIT);
    refer(&out, add_paragraph(&out.document.blocks, *state, 2), 1);
    add_note(&out, 1);
    add_paragraph(&out.document.blocks, *state, 1);
    lay_out(&out);
    /* elements stand in the order in which they are first touched */
    const struct page *page = &out.pages.items[0];
    size_t touched = page->count, paragraphs = 0, label = 0, reference = 0;
    for (size_t i = 0; i < page->count; i++) {
        const struct item *item = &page->items[i];
        if (item->kind == ITEM_TAG && item->tag && strcmp(item->tag->type, "Note") == 0)
            touched = i;
        if (touched < i && item->kind == ITEM_TEXT && strcmp(item->tag->type, "P") == 0)
            paragraphs++;
        if (item->kind != ITEM_TEXT || !text_equal(item->text, TEXT(NOTE_1)))
            continue;
        label += strcmp(item->tag->parent->type, "Lbl") == 0;
        reference += strcmp(item->tag->parent->type, "Reference") == 0;
    }
    assert_int_equal(paragraphs, 1);
    assert_int_equal(label, 1);
    assert_int_equal(reference, 1);
}

/* The line, of however many there are before it, and its note are on one page, whole. */
static void a_line_goes_to_the_page_where_its_note_has_room(void **state)
{
    for (size_t before = 30; before < 56; before++)
        for (size_t lines = 1; lines < 12; lines += 5) {
            struct laid_out out = new_document(*state, PAGE_PORTRAIT);
            for (size_t i = 0; i < before; i++)
                blocks_add_paragraph(*state, &out.document.blocks, TEXT("filler"));
            struct spans *spans = add_paragraph(&out.document.blocks, *state, 4);
            refer(&out, spans, 1);
            spans_add_text(*state, spans, lines_of(*state, "more", 4), 0);
            add_note(&out, lines);
            lay_out(&out);
            char last[] = "a0";
            last[1] = (char)('0' + (lines - 1) % 10);
            if (lines <= 10)
                assert_int_equal(page_of(&out, last), page_of(&out, NOTE_1));
            assert_int_equal(page_of(&out, "a0"), page_of(&out, NOTE_1));
            assert_int_equal(count_of(&out, "[note 1] (continued)"), 0);
            assert_lines_are_apart(&out);
        }
}

static void a_reference_is_not_broken_over_two_lines(void **state)
{
    for (size_t before = 60; before < 90; before++) {
        struct laid_out out = new_document(*state, PAGE_PORTRAIT);
        struct spans *spans = add_paragraph(&out.document.blocks, *state, 0);
        struct buffer words = {.arena = *state};
        for (size_t i = 0; i < before; i++)
            buffer_add(&words, i % 2 ? TEXT(" ") : TEXT("w"));
        spans_add_text(*state, spans, buffer_text(&words), 0);
        refer(&out, spans, 1);
        add_note(&out, 1);
        lay_out(&out);
        assert_int_equal(count_of(&out, NOTE_1), 2);
    }
}

static void three_notes_of_one_line_stand_in_order(void **state)
{
    struct laid_out out = new_document(*state, PAGE_PORTRAIT);
    struct spans *spans = add_paragraph(&out.document.blocks, *state, 0);
    for (unsigned n = 1; n <= 3; n++)
        refer(&out, spans, n);
    for (unsigned n = 1; n <= 3; n++)
        add_note(&out, n);
    refer(&out, add_paragraph(&out.document.blocks, *state, 1), 2); /* again: told once */
    lay_out(&out);
    assert_true(y_of(&out, "a0") < y_of(&out, "b0") && y_of(&out, "b1") < y_of(&out, "c0"));
    assert_int_equal(count_of(&out, "b1"), 1);
    assert_lines_are_apart(&out);
}

static void a_note_longer_than_a_page_goes_on_at_the_foot_of_the_next(void **state)
{
    for (size_t before = 0; before < 40; before += 3) {
        struct laid_out out = new_document(*state, PAGE_PORTRAIT);
        for (size_t i = 0; i < before; i++)
            blocks_add_paragraph(*state, &out.document.blocks, TEXT("filler"));
        refer(&out, add_paragraph(&out.document.blocks, *state, 3), 1);
        add_note(&out, 90);
        refer(&out, add_paragraph(&out.document.blocks, *state, 3), 2); /* waits behind it */
        add_note(&out, 2);
        for (size_t i = 0; i < 60; i++)
            blocks_add_paragraph(*state, &out.document.blocks, TEXT("after"));
        lay_out(&out);
        assert_int_equal(page_of(&out, "a0-"), page_of(&out, NOTE_1));
        size_t pages = page_of(&out, "a89-") - page_of(&out, "a0-");
        assert_true(pages >= 1 && pages <= 3);
        assert_int_equal(count_of(&out, "[note 1] (continued)"), pages);
        assert_int_equal(count_of(&out, "a"), 90 + 60); /* lines of the note, and of the text */
        assert_int_equal(count_of(&out, "after"), 60);
        assert_int_equal(count_of(&out, "b"), 2);
        for (size_t p = page_of(&out, "a0-"); p <= page_of(&out, "a89-"); p++) {
            size_t lines = 0; /* of the note: at least two a page */
            for (size_t i = 0; i < out.pages.items[p].count; i++) {
                const struct item *item = &out.pages.items[p].items[i];
                lines += item->kind == ITEM_TEXT && item->size < 10 && item->tag;
            }
            assert_true(lines >= 2);
        }
        assert_lines_are_apart(&out);
    }
}

static void what_stays_together_does_so_above_a_note_that_goes_on(void **state)
{
    for (size_t before = 36; before < 60; before += 2) {
        struct laid_out out = new_document(*state, PAGE_PORTRAIT);
        add_paragraph(&out.document.blocks, *state, before);
        refer(&out, add_paragraph(&out.document.blocks, *state, 2), 1);
        add_note(&out, 80);
        for (size_t i = 0; i < 12; i++) {
            struct block *block = blocks_add(*state, &out.document.blocks, BLOCK_HEADING);
            block->heading = (struct heading){.level = 3, .number = TEXT_EMPTY};
            spans_add_text(*state, &block->heading.spans, text_format(*state, "head%zu.", i), 0);
        }
        add_paragraph(&out.document.blocks, *state, 2);
        lay_out(&out);
        assert_int_equal(page_of(&out, "head0."), page_of(&out, "head11."));
        assert_int_equal(count_of(&out, "a"), 80);
        assert_lines_are_apart(&out);
    }
}

static void notes_left_at_the_end_have_pages_of_their_own(void **state)
{
    struct laid_out out = new_document(*state, PAGE_LANDSCAPE);
    refer(&out, add_paragraph(&out.document.blocks, *state, 1), 1);
    add_note(&out, 100);
    lay_out(&out);
    assert_true(out.pages.count >= 3);
    assert_int_equal(count_of(&out, "a"), 100);
    assert_int_equal(count_of(&out, "[note 1] (continued)"), out.pages.count - 1);
}

static void a_note_begun_on_a_wide_page_fits_a_narrow_one(void **state)
{
    struct laid_out out = new_document(*state, PAGE_LANDSCAPE);
    refer(&out, add_paragraph(&out.document.blocks, *state, 1), 1);
    add_note(&out, 60);
    blocks_add(*state, &out.document.blocks, BLOCK_PAGE_BREAK)->form = PAGE_PORTRAIT;
    add_paragraph(&out.document.blocks, *state, 3);
    lay_out(&out);
    assert_int_equal(count_of(&out, "a"), 60);
    for (size_t p = 0; p < out.pages.count; p++)
        for (size_t i = 0; i < out.pages.items[p].count; i++) {
            const struct item *item = &out.pages.items[p].items[i];
            assert_true(item->kind != ITEM_TEXT ||
                        item->x + item->width <=
                            page_width(out.pages.items[p].form) - page_margin + 0.01);
        }
}

static void a_note_of_a_nested_list_follows_the_whole_list(void **state)
{
    struct laid_out out = new_document(*state, PAGE_PORTRAIT);
    struct blocks *at = &out.document.blocks;
    for (int depth = 0; depth < 3; depth++) {
        struct list *list = &blocks_add(*state, at, BLOCK_LIST)->list;
        list->items = arena_calloc(*state, 1, sizeof *list->items);
        list->count = 1;
        at = &list->items[0];
        blocks_add_paragraph(*state, at, TEXT("item"));
    }
    refer(&out, &at->items[0].paragraph.spans, 1);
    add_note(&out, 1);
    lay_out(&out);
    size_t page = 0;
    const struct tag *tag = find(&out, "a0", &page)->tag;
    assert_true(strcmp(tag->type, "Note") == 0 && !tag->parent);
    assert_true(y_of(&out, "a0") > page_height(PAGE_PORTRAIT) - page_margin - 12);
}

/* A box may be cut, and its reader has what stands below it in sight. */
static void a_note_of_a_box_stands_below_it_on_its_page(void **state)
{
    for (size_t before = 20; before < 40; before++) {
        struct laid_out out = new_document(*state, PAGE_PORTRAIT);
        for (size_t i = 0; i < before; i++)
            blocks_add_paragraph(*state, &out.document.blocks, TEXT("filler"));
        struct blocks *inside = &blocks_add(*state, &out.document.blocks, BLOCK_CALLOUT)->callout;
        refer(&out, add_paragraph(inside, *state, 1), 1);
        add_note(&out, 1);
        add_paragraph(&out.document.blocks, *state, 1);
        lay_out(&out);
        assert_int_equal(page_of(&out, "a0"), page_of(&out, NOTE_1));
        assert_true(y_of(&out, "a0") < y_of(&out, "text0") + 60);
        assert_int_equal(count_of(&out, "a0"), 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(a_note_stands_at_the_foot_of_its_page),
        arena_test(a_note_is_read_behind_the_block_that_refers_to_it),
        arena_test(a_line_goes_to_the_page_where_its_note_has_room),
        arena_test(a_reference_is_not_broken_over_two_lines),
        arena_test(three_notes_of_one_line_stand_in_order),
        arena_test(a_note_longer_than_a_page_goes_on_at_the_foot_of_the_next),
        arena_test(what_stays_together_does_so_above_a_note_that_goes_on),
        arena_test(notes_left_at_the_end_have_pages_of_their_own),
        arena_test(a_note_begun_on_a_wide_page_fits_a_narrow_one),
        arena_test(a_note_of_a_nested_list_follows_the_whole_list),
        arena_test(a_note_of_a_box_stands_below_it_on_its_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
