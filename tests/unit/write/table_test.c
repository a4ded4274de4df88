/* Tables and boxes on pages, with a font of our own: every character is 500 wide, in bold 550. */
#include "support.h"

#include "base/utf8.h"
#include "unit/write/streamed_pages.h"
#include "write/pdf_int.h"

#include <math.h>

static long width(struct metrics *metrics, unsigned font, struct text text)
{
    (void)metrics;
    return (long)utf8_count(text) * (font & SPAN_BOLD ? 550 : 500);
}

struct laid_out {
    struct arena *arena;
    struct diags diags;
    struct document document;
    struct pages pages;
};

static struct laid_out new_document(struct arena *arena, enum page_form form)
{
    struct laid_out out = {.arena = arena,
                           .diags = diags_new(arena),
                           .document = {.title = TEXT("T"),
                                        .subtitle = TEXT_EMPTY,
                                        .organisation = TEXT_EMPTY,
                                        .footer = TEXT_EMPTY,
                                        .form = form}};
    return out;
}

static void lay_out(struct laid_out *out)
{
    struct metrics metrics = {.width = width};
    struct strips strips = {0};
    struct outline outline = {0};
    layout_document(out->arena, &metrics, &out->diags, &out->document, NULL, &strips, &outline);
    out->pages = layout_pages(out->arena, &strips, out->document.form);
}

static struct table *add_table(struct laid_out *out, size_t columns)
{
    struct table *table = table_new(out->arena, TEXT("t"), columns);
    blocks_add(out->arena, &out->document.blocks, BLOCK_TABLE)->table = table;
    for (size_t c = 0; c < columns; c++)
        table->columns[c].header = text_format(out->arena, "C%zu", c + 1);
    table->columns[0].is_row_header = true;
    return table;
}

/* The first text on the pages that begins so; NULL when there is none. */
static const struct item *find(const struct laid_out *out, const char *text, size_t *page)
{
    for (size_t p = page ? *page : 0; p < out->pages.count; p++)
        for (size_t i = 0; i < out->pages.items[p].count; i++) {
            const struct item *item = &out->pages.items[p].items[i];
            if (item->kind == ITEM_TEXT && text_starts(text_trim(item->text), text_from(text))) {
                if (page)
                    *page = p;
                return item;
            }
        }
    return NULL;
}

static size_t count_texts(const struct laid_out *out, const char *text, bool tagged)
{
    size_t count = 0;
    for (size_t p = 0; p < out->pages.count; p++)
        for (size_t i = 0; i < out->pages.items[p].count; i++) {
            const struct item *item = &out->pages.items[p].items[i];
            count += item->kind == ITEM_TEXT && (item->tag != NULL) == tagged &&
                     text_equal(text_trim(item->text), text_from(text));
        }
    return count;
}

/* Where the units digit of a figure ends: its first `lead` characters. */
static double units_end(const struct laid_out *out, const char *text, size_t lead)
{
    const struct item *item = find(out, text, NULL);
    assert_non_null(item);
    return item->x + (double)lead * 0.5 * item->size;
}

static void figures_stand_at_their_point(void **state)
{
    struct laid_out out = new_document(*state, PAGE_PORTRAIT);
    struct table *table = add_table(&out, 2);
    table->columns[1].align_right = true;
    static const char *const shown[] = {"+15.6%", "1,234", "7.25", "0", "[c]", "\u22120.0%"};
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
        struct row *row = table_add_row(*state, table, ROW_BODY);
        row->cells[0] = cell_text(text_format(*state, "row %zu", i));
        row->cells[1] = i < 3 ? cell_number(decimal_from(1), text_from(shown[i]), FORMAT_NUMBER, 0)
                              : cell_text(text_from(shown[i]));
    }
    lay_out(&out);
    double end = units_end(&out, "+15.6%", 3);
    assert_true(fabs(units_end(&out, "1,234", 5) - end) < 0.01);
    assert_true(fabs(units_end(&out, "7.25", 1) - end) < 0.01);
    assert_true(fabs(units_end(&out, "0", 1) - end) < 0.01);
    assert_true(fabs(units_end(&out, "[c]", 3) - end) < 0.01);
    assert_true(fabs(units_end(&out, "\u22120.0%", 2) - end) < 0.01);
}

/* Screen readers would say "black up-pointing triangle clear rise". */
static void marks_are_drawn_but_not_read(void **state)
{
    struct laid_out out = new_document(*state, PAGE_PORTRAIT);
    struct table *table = add_table(&out, 2);
    static const char *const shown[] = {"↑ Clear rise", "? Not clear", "[z]", "Too few to judge"};
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
        struct row *row = table_add_row(*state, table, ROW_BODY);
        row->cells[0] = cell_text(text_format(*state, "row %zu", i));
        row->cells[1] = cell_marked(text_from(shown[i]));
        assert_text(*state, row->cells[1].display, shown[i]);
    }
    lay_out(&out);
    assert_int_equal(count_texts(&out, "Clear rise", true), 1);
    assert_int_equal(count_texts(&out, "Not clear", true), 1);
    assert_int_equal(count_texts(&out, "[z]", true), 1);
    assert_non_null(find(&out, "Too few", NULL));
    const struct item *words = find(&out, "Clear rise", NULL), *mark = NULL;
    size_t marks = 0;
    for (size_t i = 0; i < out.pages.items[0].count; i++)
        if (out.pages.items[0].items[i].kind == ITEM_MARK) {
            mark = marks++ ? mark : &out.pages.items[0].items[i];
            assert_null(out.pages.items[0].items[i].tag);
        }
    assert_int_equal(marks, 2);
    assert_text(*state, mark->text, "↑");
    assert_true(fabs(mark->y - words->y) < 0.01 && mark->x + mark->width < words->x);
}

static void headers_of_two_levels_are_named_by_cells(void **state)
{
    struct laid_out out = new_document(*state, PAGE_PORTRAIT);
    struct table *table = add_table(&out, 5);
    for (size_t c = 1; c < 5; c++) {
        table->columns[c].group = c < 3 ? TEXT("On 2020/21") : TEXT("On 2019/20");
        table->columns[c].in_group = c % 2 ? TEXT("Change") : TEXT("Can we tell?");
    }
    struct row *row = table_add_row(*state, table, ROW_BODY);
    for (size_t c = 0; c < 5; c++)
        row->cells[c] = cell_text(text_format(*state, "cell %zu", c));
    lay_out(&out);
    const struct item *name = find(&out, "C1", NULL), *group = find(&out, "On 2020/21", NULL),
                      *part = find(&out, "Can we tell?", NULL), *cell = find(&out, "cell 2", NULL);
    assert_null(find(&out, "C3", NULL)); /* the whole header is for sheets */
    assert_int_equal(count_texts(&out, "On 2020/21", true), 1);
    assert_int_equal(count_texts(&out, "Change", true), 2);
    assert_string_equal(name->tag->attributes, "<</O/Table/Scope/Column/RowSpan 2>>");
    assert_string_equal(group->tag->attributes, "<</O/Table/Scope/Column/ColSpan 2>>");
    assert_ptr_equal(name->tag->parent, group->tag->parent);
    assert_ptr_not_equal(part->tag->parent, group->tag->parent);
    assert_ptr_equal(part->tag->headers[0], group->tag);
    assert_null(part->tag->headers[1]);
    assert_ptr_equal(cell->tag->headers[0], part->tag);
    assert_ptr_equal(cell->tag->headers[1], group->tag);
    assert_ptr_equal(cell->tag->headers[2], find(&out, "cell 0", NULL)->tag);
    assert_true(fabs(name->y - part->y) < 0.01 && group->y < part->y - 8);
}

static struct text lines_of_words(struct arena *arena, size_t count)
{
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < count; i++)
        buffer_format(&out, "line%zu\n", i);
    return buffer_text(&out);
}

/* Ten rows of twelve columns, each with a word of `letters`. */
static void add_wide_table(struct laid_out *out, size_t letters)
{
    struct table *table = add_table(out, 12);
    char word[32] = {0};
    memset(word, 'w', letters);
    for (size_t r = 0; r < 10; r++) {
        struct row *row = table_add_row(out->arena, table, ROW_BODY);
        for (size_t c = 0; c < 12; c++)
            row->cells[c] = cell_text(text_format(out->arena, "%s and more", word));
    }
}

static void twelve_columns_stay_readable_on_a_page_that_is_wide_enough(void **state)
{
    static const struct {
        enum page_form form;
        size_t letters;
        bool is_fixed;        /* the template says that it stands there */
        enum page_form stood; /* where it does */
        const char *said;     /* NULL: nothing */
    } cases[] = {
        {PAGE_LANDSCAPE, 11, false, PAGE_LANDSCAPE, NULL},
        {PAGE_PORTRAIT, 11, false, PAGE_LANDSCAPE, NULL},
        {PAGE_PORTRAIT, 3, false, PAGE_PORTRAIT, NULL},
        {PAGE_LANDSCAPE, 14, false, PAGE_A3_LANDSCAPE, NULL},
        {PAGE_PORTRAIT, 14, false, PAGE_A3_LANDSCAPE, NULL},
        {PAGE_A3_LANDSCAPE, 14, false, PAGE_A3_LANDSCAPE, NULL},
        {PAGE_PORTRAIT, 24, false, PAGE_A3_LANDSCAPE, "show fewer columns"},
        {PAGE_LANDSCAPE, 11, true, PAGE_PORTRAIT, "give it 'page = landscape'"},
        {PAGE_PORTRAIT, 14, true, PAGE_LANDSCAPE, "give it 'page = a3-landscape'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct laid_out out = new_document(*state, cases[i].form);
        add_wide_table(&out, cases[i].letters);
        struct table *table = out.document.blocks.items[0].table;
        table->has_form = cases[i].is_fixed;
        table->form = cases[i].stood;
        lay_out(&out);
        assert_int_equal(diags_said(&out.diags, DIAG_CRAMPED), cases[i].said != NULL);
        if (cases[i].said)
            assert_contains(*state, diags_text(&out.diags), cases[i].said);
        size_t page = 0;
        assert_non_null(find(&out, "C1", &page));
        assert_int_equal(out.pages.items[page].form, cases[i].stood);
        for (size_t k = 0; k < out.pages.items[page].count; k++) {
            const struct item *item = &out.pages.items[page].items[k];
            assert_true(item->kind != ITEM_TEXT || item->size >= 9);
            assert_true(item->x + item->width <= page_width(cases[i].stood) - page_margin + 0.1);
        }
    }
}

static void add_heading(struct laid_out *out, const char *words)
{
    struct block *block = blocks_add(out->arena, &out->document.blocks, BLOCK_HEADING);
    block->heading.level = 2;
    spans_add_text(out->arena, &block->heading.spans, text_from(words), 0);
}

static void assert_stands(const struct laid_out *out, const char *words, size_t on,
                          enum page_form form)
{
    size_t page = 0;
    assert_non_null(find(out, words, &page));
    assert_int_equal(page, on);
    assert_int_equal(out->pages.items[page].form, form);
}

static void a_wide_table_turns_its_page_and_takes_its_heading_along(void **state)
{
    struct laid_out out = new_document(*state, PAGE_PORTRAIT);
    blocks_add(*state, &out.document.blocks, BLOCK_HEADING)->heading.level = 1;
    add_heading(&out, "First");
    blocks_add_paragraph(*state, &out.document.blocks, TEXT("before"));
    add_heading(&out, "Wide");
    add_wide_table(&out, 11);
    struct block *note = blocks_add(*state, &out.document.blocks, BLOCK_NOTE);
    spans_add_text(*state, &note->paragraph.spans, TEXT("its-note"), 0);
    add_heading(&out, "Wide too");
    add_wide_table(&out, 11);
    for (size_t i = 0; i < out.document.blocks.count; i++)
        if (out.document.blocks.items[i].kind == BLOCK_TABLE)
            out.document.blocks.items[i].table->row_count = 2;
    add_heading(&out, "Last");
    blocks_add_paragraph(*state, &out.document.blocks, TEXT("after"));
    lay_out(&out);
    assert_int_equal(out.pages.count, 3);
    assert_stands(&out, "before", 0, PAGE_PORTRAIT);
    assert_stands(&out, "Wide", 1, PAGE_LANDSCAPE);
    assert_stands(&out, "C12", 1, PAGE_LANDSCAPE);
    assert_stands(&out, "its-note", 1, PAGE_LANDSCAPE);
    assert_stands(&out, "Wide too", 1, PAGE_LANDSCAPE); /* no page between them */
    assert_stands(&out, "Last", 2, PAGE_PORTRAIT);
    assert_stands(&out, "after", 2, PAGE_PORTRAIT);
}

static void a_page_break_of_the_narrative_says_what_is_gone_back_to(void **state)
{
    struct laid_out out = new_document(*state, PAGE_PORTRAIT);
    blocks_add_paragraph(*state, &out.document.blocks, TEXT("before"));
    blocks_add(*state, &out.document.blocks, BLOCK_PAGE_BREAK)->form = PAGE_LANDSCAPE;
    add_wide_table(&out, 14);
    blocks_add_paragraph(*state, &out.document.blocks, TEXT("after"));
    lay_out(&out);
    assert_int_equal(out.pages.count, 3); /* and no page without anything on it */
    assert_int_equal(out.pages.items[1].form, PAGE_A3_LANDSCAPE);
    assert_stands(&out, "after", 2, PAGE_LANDSCAPE);
}

/* On the first page with such lines there is a row, too. */
static void assert_not_alone(const struct laid_out *out, const char *lines, const char *row)
{
    size_t page = 0, with = 0;
    assert_non_null(find(out, lines, &page));
    with = page;
    const struct item *above = find(out, row, &with);
    assert_non_null(above);
    assert_int_equal(with, page);
}

static void notes_never_stand_alone_on_a_page(void **state)
{
    for (size_t before = 0; before < 60; before++)
        for (size_t notes = 1; notes < 30; notes += 7)
            for (size_t lines = 1; lines < 60; lines += 27) {
                struct laid_out out = new_document(*state, PAGE_PORTRAIT);
                struct table *table = add_table(&out, 2);
                for (size_t r = 0; r < before; r++)
                    table_add_row(*state, table, ROW_BODY)->cells[0] = cell_text(TEXT("row"));
                struct row *row = table_add_row(*state, table, ROW_BODY);
                row->cells[0] = cell_text(TEXT("row"));
                row->cells[1] = cell_long_text(*state, lines_of_words(*state, lines));
                for (size_t n = 0; n < notes; n++)
                    texts_add(*state, &table->notes, text_format(*state, "note%zu", n));
                lay_out(&out);
                assert_not_alone(&out, "note0", "line");
                size_t first = 0, last = 0;
                find(&out, "note0", &first);
                find(&out, text_format(*state, "note%zu", notes - 1).ptr, &last);
                assert_int_equal(first, last);
            }
}

static void add_key(struct laid_out *out)
{
    struct key *key = &blocks_add(out->arena, &out->document.blocks, BLOCK_KEY)->key;
    key->items = arena_calloc(out->arena, RAGS, sizeof *key->items);
    for (int rag = 0; rag < RAGS; rag++)
        key->items[key->count++] =
            (struct key_item){.rag = (enum rag)rag, .meaning = TEXT("meaning")};
}

static void a_key_stays_with_its_table(void **state)
{
    for (size_t before = 10; before < 50; before++)
        for (int above = 0; above < 2; above++) {
            struct laid_out out = new_document(*state, PAGE_PORTRAIT);
            for (size_t i = 0; i < before; i++)
                blocks_add_paragraph(*state, &out.document.blocks, TEXT("before"));
            if (above)
                add_key(&out);
            struct table *table = add_table(&out, 2);
            for (size_t r = 0; r < 40; r++)
                table_add_row(*state, table, ROW_BODY)->cells[0] = cell_text(TEXT("row"));
            if (!above)
                add_key(&out);
            lay_out(&out);
            assert_not_alone(&out, "meaning", "row");
        }
}

static void a_row_of_five_pages_is_whole_and_named_on_each(void **state)
{
    struct laid_out out = new_document(*state, PAGE_PORTRAIT);
    struct table *table = add_table(&out, 2);
    struct row *row = table_add_row(*state, table, ROW_BODY);
    table->columns[1].long_text = true;
    row->cells[0] = cell_text(TEXT("KA.05"));
    row->cells[1] = cell_long_text(*state, lines_of_words(*state, 220));
    lay_out(&out);
    assert_true(out.pages.count >= 5);
    for (size_t i = 0; i < 220; i++)
        assert_int_equal(
            count_texts(&out, text_cstr(*state, text_format(*state, "line%zu", i)), true), 1);
    assert_int_equal(count_texts(&out, "KA.05", true), 1);
    assert_int_equal(count_texts(&out, "KA.05 (continued)", false), out.pages.count - 1);
    assert_int_equal(count_texts(&out, "C1", false), out.pages.count - 1); /* the header, too */
    for (size_t p = 0; p < out.pages.count; p++)
        for (size_t i = 0; i < out.pages.items[p].count; i++)
            assert_true(out.pages.items[p].items[i].y < page_height(PAGE_PORTRAIT) - page_margin);
}

/* A name that is longer than what is left of its row must not run into the next one. */
static void a_name_said_again_has_its_room(void **state)
{
    for (size_t lines = 40; lines < 60; lines++) {
        struct laid_out out = new_document(*state, PAGE_PORTRAIT);
        struct table *table = add_table(&out, 2);
        struct row *row = table_add_row(*state, table, ROW_BODY);
        struct buffer name = {.arena = *state};
        for (size_t i = 0; i < 60; i++)
            buffer_add(&name, TEXT("name "));
        row->cells[0] = cell_text(text_trim(buffer_text(&name)));
        row->cells[1] = cell_long_text(*state, lines_of_words(*state, lines));
        table_add_row(*state, table, ROW_BODY)->cells[0] = cell_text(TEXT("NEXT"));
        lay_out(&out);
        size_t page = 0;
        const struct item *next = find(&out, "NEXT", &page);
        assert_non_null(next);
        for (size_t i = 0; i < out.pages.items[page].count; i++) {
            const struct item *item = &out.pages.items[page].items[i];
            if (item->kind == ITEM_TEXT && text_starts(item->text, TEXT("name")))
                assert_true(item->y < next->y - item->size);
        }
    }
}

static void a_band_never_ends_a_page(void **state)
{
    for (size_t before = 20; before < 60; before++) {
        struct laid_out out = new_document(*state, PAGE_PORTRAIT);
        struct table *table = add_table(&out, 2);
        table->group_header = TEXT("Priority");
        for (size_t r = 0; r < before + 3; r++) {
            struct row *row = table_add_row(*state, table, ROW_BODY);
            row->group = r < before ? TEXT("First") : TEXT("Second");
            row->cells[0] = cell_text(r == before ? TEXT("FIRST OF SECOND") : TEXT("row"));
        }
        lay_out(&out);
        size_t band = 0, row = 0;
        assert_non_null(find(&out, "Second", &band));
        assert_non_null(find(&out, "FIRST OF SECOND", &row));
        assert_int_equal(band, row);
    }
}

/* A table of objectives beside `rows` actions each, of `lines` lines each. */
static struct table *add_objectives(struct laid_out *out, size_t objectives, size_t rows,
                                    size_t lines, size_t words)
{
    struct table *table = add_table(out, 2);
    table->columns[0].spans_rows = true;
    for (size_t o = 0; o < objectives; o++) {
        struct buffer name = {.arena = out->arena};
        for (size_t w = 0; w < words; w++)
            buffer_format(&name, "%so%zuw%zu-name", w ? " " : "", o, w);
        for (size_t r = 0; r < rows; r++) {
            struct row *row = table_add_row(out->arena, table, ROW_BODY);
            struct buffer action = {.arena = out->arena};
            for (size_t l = 0; l < lines; l++)
                buffer_format(&action, "a%zur%zul%zu\n", o, r, l);
            row->cells[0] = cell_text(buffer_text(&name));
            row->cells[1] = cell_long_text(out->arena, buffer_text(&action));
        }
    }
    return table;
}

static void equal_cells_stand_once_beside_their_rows(void **state)
{
    struct laid_out out = new_document(*state, PAGE_PORTRAIT);
    struct table *table = add_objectives(&out, 2, 3, 1, 1);
    table_add_row(*state, table, ROW_BODY)->cells[1] = cell_text(TEXT("no objective"));
    table_add_row(*state, table, ROW_BODY)->cells[1] = cell_text(TEXT("none either"));
    lay_out(&out);
    assert_int_equal(count_texts(&out, "o0w0-name", true), 1);
    assert_int_equal(count_texts(&out, "o1w0-name", true), 1);
    const struct item *name = find(&out, "o0w0-name", NULL), *first = find(&out, "a0r0l0", NULL),
                      *second = find(&out, "a0r1l0", NULL), *other = find(&out, "o1w0-name", NULL);
    assert_string_equal(name->tag->type, "TH");
    assert_string_equal(name->tag->attributes, "<</O/Table/Scope/Row/RowSpan 3>>");
    assert_true(fabs(name->y - first->y) < 0.01 && name < first);
    const struct tag *cell = second->tag;
    while (strcmp(cell->type, "TD") != 0)
        cell = cell->parent;
    assert_ptr_equal(cell->headers[1], name->tag);
    assert_true(fabs(other->y - find(&out, "a1r0l0", NULL)->y) < 0.01);
    /* what is blank stays a cell of its own */
    assert_string_equal(find(&out, "none either", NULL)->tag->type, "TD");
    size_t cells = 0;
    for (size_t i = 0; i < out.pages.items[0].count; i++) {
        const struct item *item = &out.pages.items[0].items[i];
        cells += item->kind == ITEM_TAG && item->tag && strcmp(item->tag->type, "TH") == 0 &&
                 strstr(item->tag->attributes, "RowSpan") == NULL;
    }
    assert_int_equal(cells, 2);
}

/* The rule between two rows leaves out a cell that stands beside both. */
static void no_rule_crosses_a_cell_beside_several_rows(void **state)
{
    struct laid_out out = new_document(*state, PAGE_PORTRAIT);
    add_objectives(&out, 1, 3, 1, 1);
    lay_out(&out);
    double left = find(&out, "a0r0l0", NULL)->x, last = find(&out, "a0r2l0", NULL)->y;
    for (size_t i = 0; i < out.pages.items[0].count; i++) {
        const struct item *item = &out.pages.items[0].items[i];
        if (item->kind == ITEM_FILL && item->colour == COLOUR_RULE && item->y < last)
            assert_true(item->x > page_margin + 20 && item->x < left);
    }
}

static void columns_to_the_left_part_what_is_equal(void **state)
{
    struct laid_out out = new_document(*state, PAGE_PORTRAIT);
    struct table *table = add_table(&out, 3);
    table->columns[0].spans_rows = table->columns[1].spans_rows = true;
    static const char *const themes[] = {"PLACE", "PLACE", "START", "START"};
    for (size_t r = 0; r < 4; r++) {
        struct row *row = table_add_row(*state, table, ROW_BODY);
        row->group = r < 3 ? TEXT("A") : TEXT("B");
        row->cells[0] = cell_text(text_from(themes[r]));
        row->cells[1] = cell_text(TEXT("same"));
        row->cells[2] = cell_text(text_format(*state, "row%zu", r));
    }
    lay_out(&out);
    assert_int_equal(count_texts(&out, "PLACE", true), 1);
    assert_int_equal(count_texts(&out, "START", true), 2); /* in two groups */
    assert_int_equal(count_texts(&out, "same", true), 3);
}

static void the_same_row_twice_is_there_twice(void **state)
{
    struct laid_out out = new_document(*state, PAGE_PORTRAIT);
    struct table *table = add_table(&out, 2);
    table->columns[0].spans_rows = table->columns[1].spans_rows = true;
    for (size_t r = 0; r < 2; r++) {
        struct row *row = table_add_row(*state, table, ROW_BODY);
        row->cells[0] = cell_text(TEXT("left"));
        row->cells[1] = cell_text(TEXT("right"));
    }
    lay_out(&out);
    assert_int_equal(count_texts(&out, "left", true), 2);
    assert_int_equal(count_texts(&out, "right", true), 2);
}

/* The lines of a column, in the order in which they are read, go down each page without touching,
 * and none leaves it. */
static void assert_column_is_sound(const struct laid_out *out, char begins, double leading)
{
    for (size_t p = 0; p < out->pages.count; p++) {
        double y = 0;
        for (size_t i = 0; i < out->pages.items[p].count; i++) {
            const struct item *item = &out->pages.items[p].items[i];
            if (item->kind != ITEM_TEXT || item->text.ptr[0] != begins)
                continue;
            assert_true(item->y >= y + leading - 0.01 || item->y == y);
            assert_true(item->y < page_height(PAGE_PORTRAIT) - page_margin);
            y = item->y;
        }
    }
}

static void cells_beside_rows_are_whole_however_rows_and_pages_fall(void **state)
{
    static const struct {
        size_t objectives, rows, lines, words;
    } cases[] = {{1, 60, 4, 3}, {3, 4, 2, 60},  {2, 2, 1, 400}, {1, 3, 80, 5},
                 {4, 7, 9, 90}, {12, 5, 3, 14}, {1, 2, 70, 1},  {2, 90, 1, 700}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        for (size_t shift = 0; shift < 5; shift++) {
            struct laid_out out = new_document(*state, PAGE_PORTRAIT);
            for (size_t s = 0; s < shift * 9; s++)
                blocks_add_paragraph(*state, &out.document.blocks, TEXT("before"));
            add_objectives(&out, cases[i].objectives, cases[i].rows, cases[i].lines,
                           cases[i].words);
            lay_out(&out);
            for (size_t o = 0; o < cases[i].objectives; o++) {
                struct buffer read = {.arena = *state}, wanted = {.arena = *state};
                struct text begins = text_format(*state, "o%zuw", o);
                for (size_t w = 0; w < cases[i].words; w++)
                    buffer_format(&wanted, "o%zuw%zu-name", o, w);
                for (size_t p = 0; p < out.pages.count; p++)
                    for (size_t k = 0; k < out.pages.items[p].count; k++) {
                        const struct item *item = &out.pages.items[p].items[k];
                        if (item->kind == ITEM_TEXT && item->tag && text_starts(item->text, begins))
                            for (size_t c = 0; c < item->text.len; c++)
                                if (item->text.ptr[c] != ' ')
                                    buffer_add_byte(&read, item->text.ptr[c]);
                    }
                assert_true(text_equal(buffer_text(&read), buffer_text(&wanted)));
                for (size_t r = 0; r < cases[i].rows; r++)
                    for (size_t l = 0; l < cases[i].lines; l++)
                        assert_int_equal(
                            count_texts(&out, text_format(*state, "a%zur%zul%zu", o, r, l).ptr,
                                        true),
                            1);
            }
            assert_column_is_sound(&out, 'o', 11);
            assert_column_is_sound(&out, 'a', 11);
        }
}

static void a_cell_of_60_rows_is_said_again_on_each_page(void **state)
{
    struct laid_out out = new_document(*state, PAGE_PORTRAIT);
    add_objectives(&out, 1, 60, 4, 1);
    lay_out(&out);
    assert_true(out.pages.count >= 5);
    assert_int_equal(count_texts(&out, "o0w0-name", true), 1);
    for (size_t p = 1; p < out.pages.count; p++) {
        size_t page = p;
        const struct item *again = find(&out, "o0w0-name", &page);
        assert_non_null(again);
        assert_int_equal(page, p);
        assert_null(again->tag);
        const struct item *rest = find(&out, "(continued)", &page);
        assert_true(rest && page == p);
    }
}

static void lists_in_cells_nest_to_three_levels(void **state)
{
    struct laid_out out = new_document(*state, PAGE_PORTRAIT);
    struct table *table = add_table(&out, 2);
    struct row *row = table_add_row(*state, table, ROW_BODY);
    row->cells[0] = cell_text(TEXT("KA.01"));
    row->cells[1] = cell_long_text(*state, TEXT("- first\n  - second\n    1. third\n- last\n"));
    lay_out(&out);
    const struct item *first = find(&out, "first", NULL), *second = find(&out, "second", NULL),
                      *third = find(&out, "third", NULL), *last = find(&out, "last", NULL);
    assert_true(first && second && third && last);
    assert_true(second->x > first->x + 4 && third->x > second->x + 4);
    assert_true(fabs(last->x - first->x) < 0.01);
    /* L > LI > LBody > L > LI > LBody > L > LI > LBody > P */
    size_t lists = 0;
    for (const struct tag *tag = third->tag; tag; tag = tag->parent)
        lists += strcmp(tag->type, "L") == 0;
    assert_int_equal(lists, 3);
}

static void a_paragraph_leaves_two_lines_on_each_side_of_a_page(void **state)
{
    for (size_t before = 30; before < 60; before++) {
        struct laid_out out = new_document(*state, PAGE_PORTRAIT);
        struct table *table = add_table(&out, 2);
        struct row *row = table_add_row(*state, table, ROW_BODY);
        struct buffer text = {.arena = *state};
        buffer_add(&text, lines_of_words(*state, before));
        for (size_t i = 0; i < 60; i++)
            buffer_add(&text, TEXT("sentence of more words than one line has room for "));
        row->cells[0] = cell_text(TEXT("x"));
        row->cells[1] = cell_long_text(*state, buffer_text(&text));
        lay_out(&out);
        for (size_t p = 0; p + 1 < out.pages.count; p++) {
            size_t here = 0, there = 0;
            for (size_t i = 0; i < out.pages.items[p].count; i++)
                here += text_contains(out.pages.items[p].items[i].text, TEXT("sentence"));
            for (size_t i = 0; i < out.pages.items[p + 1].count; i++)
                there += text_contains(out.pages.items[p + 1].items[i].text, TEXT("sentence"));
            assert_true(!(here == 1 && there > 1) && !(there == 1 && here > 1));
        }
    }
}

static struct theme_grid *add_grid(struct laid_out *out, size_t count)
{
    struct theme_grid *grid = arena_alloc(out->arena, sizeof *grid);
    *grid = (struct theme_grid){.name = TEXT("g"), .caption = TEXT_EMPTY, .columns = 2};
    for (size_t i = 0; i < count; i++) {
        struct blocks cell = {0};
        struct block *heading = blocks_add(out->arena, &cell, BLOCK_HEADING);
        heading->heading.level = 2;
        spans_add_text(out->arena, &heading->heading.spans,
                       text_format(out->arena, "head%zu", i + 1), 0);
        blocks_add_paragraph(out->arena, &cell, text_format(out->arena, "body%zu", i + 1));
        grid->cells =
            arena_grow(out->arena, grid->cells, grid->count, &grid->capacity, sizeof cell);
        grid->cells[grid->count++] = cell;
    }
    blocks_add(out->arena, &out->document.blocks, BLOCK_GRID)->grid = grid;
    return grid;
}

static void a_grid_is_read_row_by_row(void **state)
{
    struct laid_out out = new_document(*state, PAGE_PORTRAIT);
    blocks_add(*state, &out.document.blocks, BLOCK_HEADING)->heading.level = 1;
    add_grid(&out, 3);
    lay_out(&out);
    const struct item *one = find(&out, "head1", NULL), *two = find(&out, "head2", NULL),
                      *three = find(&out, "head3", NULL);
    assert_true(one && two && three);
    assert_true(two->x > one->x + 200 && fabs(two->y - one->y) < 0.01);
    assert_true(fabs(three->x - one->x) < 0.01 && three->y > one->y + 40);
    assert_string_equal(one->tag->type, "H2");
    assert_string_equal(two->tag->type, "H2"); /* beside the first, not below it */
    /* the text of a box before that of the next */
    const struct item *body = find(&out, "body1", NULL);
    assert_true(one < body && body < two);
}

static void a_small_grid_stays_on_one_page(void **state)
{
    for (size_t before = 20; before < 40; before++) {
        struct laid_out out = new_document(*state, PAGE_PORTRAIT);
        for (size_t i = 0; i < before; i++)
            blocks_add_paragraph(*state, &out.document.blocks, TEXT("before"));
        add_grid(&out, 4);
        lay_out(&out);
        size_t first = 0, last = 0;
        assert_non_null(find(&out, "head1", &first));
        assert_non_null(find(&out, "body4", &last));
        assert_int_equal(first, last);
    }
}

static void a_row_of_boxes_stays_whole_up_to_most_of_a_page(void **state)
{
    for (size_t before = 0; before < 40; before++) {
        struct laid_out out = new_document(*state, PAGE_PORTRAIT);
        for (size_t i = 0; i < before; i++)
            blocks_add_paragraph(*state, &out.document.blocks, TEXT("before"));
        struct blocks *cell = &add_grid(&out, 2)->cells[1];
        for (size_t i = 0; i < 12; i++)
            blocks_add_paragraph(*state, cell, TEXT("line"));
        blocks_add_paragraph(*state, cell, TEXT("end"));
        lay_out(&out);
        size_t first = 0, last = 0;
        assert_non_null(find(&out, "head1", &first));
        assert_non_null(find(&out, "end", &last));
        assert_int_equal(first, last);
    }
}

static void boxes_have_their_ground_behind_the_text(void **state)
{
    struct laid_out out = new_document(*state, PAGE_PORTRAIT);
    struct blocks inside = {0};
    blocks_add_paragraph(*state, &inside, TEXT("in the box"));
    blocks_add(*state, &out.document.blocks, BLOCK_CALLOUT)->callout = inside;
    lay_out(&out);
    const struct item *text = find(&out, "in the box", NULL), *ground = NULL;
    for (size_t i = 0; i < out.pages.items[0].count; i++) {
        const struct item *item = &out.pages.items[0].items[i];
        if (item->kind == ITEM_FILL && item->colour == COLOUR_TINT)
            ground = item;
    }
    assert_true(text && ground && ground < text && !ground->tag);
    assert_true(ground->x < text->x && ground->y < text->y - text->size &&
                ground->y + ground->height > text->y);
}

static size_t boxes_on(const struct laid_out *out, size_t page)
{
    size_t count = 0;
    for (size_t i = 0; i < out->pages.items[page].count; i++)
        count += out->pages.items[page].items[i].kind == ITEM_FILL &&
                 out->pages.items[page].items[i].colour == COLOUR_TINT;
    return count;
}

/* Beside one very long cell the others stand once, and not as empty boxes on each page. */
static void a_row_that_is_cut_leaves_no_box_empty(void **state)
{
    struct laid_out out = new_document(*state, PAGE_PORTRAIT);
    struct blocks *cell = &add_grid(&out, 2)->cells[1];
    for (size_t i = 0; i < 120; i++)
        blocks_add_paragraph(*state, cell, TEXT("line"));
    lay_out(&out);
    assert_true(out.pages.count > 2);
    assert_int_equal(boxes_on(&out, 0), 2);
    for (size_t page = 1; page < out.pages.count; page++)
        assert_int_equal(boxes_on(&out, page), 1);
}

/* A fact of many words is cut with its row, and begins beside the others. */
static void a_fact_of_many_words_begins_with_its_row(void **state)
{
    struct laid_out out = new_document(*state, PAGE_PORTRAIT);
    struct panel_fact facts[] = {
        {TEXT("7"), TEXT("homes"), TEXT_EMPTY},
        {TEXT("8"), lines_of_words(*state, 300), TEXT_EMPTY},
    };
    struct panel panel = {
        .name = TEXT("p"), .caption = TEXT_EMPTY, .columns = 2, .facts = facts, .count = 2};
    blocks_add_paragraph(*state, &out.document.blocks, TEXT("before"));
    blocks_add(*state, &out.document.blocks, BLOCK_PANEL)->panel = &panel;
    lay_out(&out);
    size_t seven = 0, eight = 0;
    assert_true(find(&out, "7", &seven) && find(&out, "8", &eight));
    assert_int_equal(seven, eight);
    assert_int_equal(boxes_on(&out, seven), 2);
    assert_int_equal(boxes_on(&out, seven + 1), 1);
}

static void figures_of_a_panel_have_one_size(void **state)
{
    struct laid_out out = new_document(*state, PAGE_PORTRAIT);
    struct panel_fact facts[] = {{TEXT("7"), TEXT("homes"), TEXT_EMPTY},
                                 {TEXT("108,000 of 1,080,000"), TEXT("pounds"), TEXT("up")},
                                 {TEXT("5"), TEXT("parks"), TEXT_EMPTY}};
    struct panel panel = {
        .name = TEXT("p"), .caption = TEXT_EMPTY, .columns = 3, .facts = facts, .count = 3};
    blocks_add(*state, &out.document.blocks, BLOCK_PANEL)->panel = &panel;
    lay_out(&out);
    const struct item *short_one = find(&out, "7", NULL), *long_one = find(&out, "108,000", NULL);
    assert_true(short_one && long_one && fabs(short_one->size - long_one->size) < 0.01);
    assert_true(long_one->size < 22 && long_one->size >= 12);
    assert_string_equal(long_one->tag->parent->type, "LBody");
}

static void a_picture_fits_its_page(void **state)
{
    static const struct {
        unsigned width, height;
    } sizes[] = {{100, 80}, {4000, 300}, {300, 4000}, {5000, 5000}};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct laid_out out = new_document(*state, PAGE_PORTRAIT);
        const struct raster raster = {.width = sizes[i].width, .height = sizes[i].height};
        blocks_add(*state, &out.document.blocks, BLOCK_IMAGE)->image =
            (struct image){&raster, TEXT("alt"), TEXT("caption")};
        lay_out(&out);
        const struct item *found = NULL;
        for (size_t k = 0; k < out.pages.items[0].count; k++)
            if (out.pages.items[0].items[k].kind == ITEM_IMAGE)
                found = &out.pages.items[0].items[k];
        assert_non_null(found);
        assert_true(found->x + found->width <= page_width(PAGE_PORTRAIT) - page_margin + 0.1);
        assert_true(found->y + found->height <= page_height(PAGE_PORTRAIT) - page_margin + 0.1);
        assert_true(fabs(found->width / found->height - (double)sizes[i].width / sizes[i].height) <
                    0.01);
        assert_true(found->width <= sizes[i].width * 72 / 150.0 + 0.1);
        assert_string_equal(found->tag->type, "Figure");
        assert_text(*state, found->tag->alt, "alt");
    }
}

static void add_filler(struct laid_out *out, size_t lines)
{
    struct text words = lines_of_words(out->arena, lines);
    if (lines)
        blocks_add_paragraph(out->arena, &out->document.blocks, words);
}

/* How many texts on the page begin so. */
static size_t count_on(const struct laid_out *out, size_t page, const char *begins)
{
    size_t count = 0;
    for (size_t i = 0; i < out->pages.items[page].count; i++) {
        const struct item *item = &out->pages.items[page].items[i];
        count += item->kind == ITEM_TEXT && text_starts(item->text, text_from(begins));
    }
    return count;
}

/* Rows "g0r0", "g0r1", … with a note below. */
static struct table *add_groups(struct laid_out *out, size_t groups, size_t rows)
{
    struct table *table = add_table(out, 1);
    for (size_t g = 0; g < groups; g++)
        for (size_t r = 0; r < rows; r++) {
            struct row *row = table_add_row(out->arena, table, ROW_BODY);
            row->group = groups > 1 ? text_format(out->arena, "Group %zu", g) : TEXT_EMPTY;
            row->cells[0] = cell_text(text_format(out->arena, "g%zur%zu", g, r));
        }
    texts_add(out->arena, &table->notes, TEXT("A note."));
    return table;
}

static void two_rows_stand_below_a_header_and_three_above_the_notes(void **state)
{
    for (size_t lines = 0; lines < 45; lines++) {
        struct laid_out out = new_document(*state, PAGE_PORTRAIT);
        add_filler(&out, lines);
        add_groups(&out, 1, 60);
        lay_out(&out);
        size_t first = 0, last = 0;
        find(&out, "g0r0", &first);
        find(&out, "A note.", &last);
        assert_true(last > first);
        assert_true(count_on(&out, first, "g0r") >= 2);
        assert_true(count_on(&out, last, "g0r") >= 3);
    }
}

static void a_group_has_two_rows_on_each_of_its_pages(void **state)
{
    for (size_t rows = 1; rows < 6; rows++) {
        struct laid_out out = new_document(*state, PAGE_PORTRAIT);
        add_groups(&out, 300 / rows, rows);
        lay_out(&out);
        for (size_t p = 0; p < out.pages.count; p++)
            for (size_t g = 0; g < 300 / rows; g++) {
                char name[16];
                snprintf(name, sizeof name, "g%zur", g);
                size_t count = count_on(&out, p, name);
                assert_true(count == 0 || count == 1 + (rows > 1) || count > 2);
            }
        assert_true(count_on(&out, out.pages.count - 1, "g") >= 3);
    }
}

static void a_row_that_can_stand_alone_does(void **state)
{
    /* with one row before it that would leave half of a page blank */
    struct laid_out out = new_document(*state, PAGE_PORTRAIT);
    add_filler(&out, 23);
    struct table *table = add_table(&out, 1);
    table->columns[0].long_text = true;
    struct row *row = table_add_row(*state, table, ROW_BODY);
    row->cells[0] = cell_long_text(*state, lines_of_words(*state, 40));
    for (size_t r = 0; r < 3; r++)
        table_add_row(*state, table, ROW_BODY)->cells[0] =
            cell_text(text_format(*state, "row%zu", r));
    lay_out(&out);
    size_t page = 0;
    find(&out, "C1", &page);
    assert_int_equal(page, 0);
}

/* A table of the section "t" with one row of two texts. */
static void add_turn(struct laid_out *out, const char *name, const char *second, size_t words)
{
    struct table *table = add_table(out, 3);
    struct row *row = table_add_row(out->arena, table, ROW_BODY);
    table->section = TEXT("t");
    table->columns[1].long_text = table->columns[2].long_text = true;
    table->columns[2].header = text_format(out->arena, "head-%s", second);
    row->cells[0] = cell_text(text_from(name));
    row->cells[1] = cell_text(text_from("first"));
    struct buffer text = {.arena = out->arena};
    for (size_t i = 0; i < words; i++)
        buffer_add(&text, TEXT("word "));
    row->cells[2] = cell_text(text_trim(buffer_text(&text)));
}

static void tables_of_a_loop_have_one_set_of_widths(void **state)
{
    struct laid_out out = new_document(*state, PAGE_PORTRAIT);
    add_turn(&out, "one", "same", 1);
    add_turn(&out, "a name that is longer", "same", 300);
    add_turn(&out, "two", "other", 1); /* other columns */
    lay_out(&out);
    double x[3];
    size_t count = 0;
    for (size_t i = 0; i < out.pages.items[0].count; i++) {
        const struct item *item = &out.pages.items[0].items[i];
        if (item->kind == ITEM_TEXT && text_starts(item->text, TEXT("head-")))
            x[count++] = item->x;
    }
    assert_int_equal(count, 3);
    assert_true(fabs(x[0] - x[1]) < 1e-9);
    assert_true(fabs(x[0] - x[2]) > 1);
}

/* A row of three pages whose second cell says what it is. */
static void lay_out_titled(struct laid_out *out, struct text name, struct cell title)
{
    struct table *table = add_table(out, 3);
    struct row *row = table_add_row(out->arena, table, ROW_BODY);
    row->cells[0] = cell_text(name);
    row->cells[1] = title;
    row->cells[2] = cell_long_text(out->arena, lines_of_words(out->arena, 100));
    lay_out(out);
    assert_int_equal(out->pages.count, 3);
}

/* A column of ids is as wide as these, and what is said again stands across the columns. */
static void an_id_column_is_as_wide_as_its_ids(void **state)
{
    struct laid_out out = new_document(*state, PAGE_PORTRAIT);
    lay_out_titled(&out, TEXT("1.a"), cell_text(TEXT("Plant more trees")));
    const struct item *id = find(&out, "1.a", NULL), *title = find(&out, "Plant", NULL);
    assert_true(title->x - id->x < 45);
    assert_int_equal(count_on(&out, 1, "1.a  Plant more trees (continued)"), 1);
}

static void what_a_code_stands_for_is_said_on_each_page(void **state)
{
    static const struct {
        const char *name, *title;
        size_t again;
    } rows[] = {
        {"KA.01", "Plant more trees", 2},
        {"Trees", "Plant more trees", 0},           /* the name says what it is */
        {"KA.01", "TBC", 0},                        /* no title */
        {"KA.01", "Plant more trees\nand more", 0}, /* nor this */
        {"KA.01",
         "one two three four five six seven eight nine ten eleven twelve thirteen "
         "fourteen fifteen sixteen seventeen",
         0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct laid_out out = new_document(*state, PAGE_PORTRAIT);
        lay_out_titled(&out, text_from(rows[i].name), cell_text(text_from(rows[i].title)));
        size_t again = 0;
        for (size_t p = 1; p < 3; p++)
            for (size_t k = 0; k < out.pages.items[p].count; k++) {
                const struct item *item = &out.pages.items[p].items[k];
                struct text first = text_slice(text_from(rows[i].title), 0, 3);
                bool is_title = item->kind == ITEM_TEXT && text_contains(item->text, first);
                assert_true(!is_title || !item->tag);
                again += is_title;
            }
        assert_int_equal(again, rows[i].again);
    }
    /* a status between them */
    struct laid_out out = new_document(*state, PAGE_PORTRAIT);
    struct table *table = add_table(&out, 4);
    struct row *row = table_add_row(*state, table, ROW_BODY);
    row->cells[0] = cell_text(TEXT("A1"));
    row->cells[1] = cell_rag(RAG_GREEN);
    row->cells[2] = cell_text(TEXT("Two words"));
    row->cells[3] = cell_long_text(*state, lines_of_words(*state, 70));
    lay_out(&out);
    assert_int_equal(count_on(&out, 1, "A1  Two words (continued)"), 1);
    assert_int_equal(count_on(&out, 1, "Green"), 0);
}

/* Rows that are made: in groups of `group` rows, of which `span` stand beside one cell. */
struct made_rows {
    size_t group, span;
    size_t row_count, highest; /* of the time that it is gone through */
    size_t highest_at_page[8]; /* when that page began */
    size_t page;
};

static void make_row(const void *context, struct arena *arena, size_t r, struct row *out)
{
    struct made_rows *made = *(struct made_rows *const *)context;
    *out = (struct row){.group = TEXT_EMPTY, .cells = arena_calloc(arena, 3, sizeof *out->cells)};
    if (made->group)
        out->group = r / made->group % 2 ? TEXT("Odd") : TEXT("Even");
    out->cells[0] = cell_text(made->span ? text_format(arena, "s%zu", r / made->span) : TEXT_EMPTY);
    out->cells[1] = cell_text(text_format(arena, "r%zu", r));
    out->cells[2] = cell_text(text_format(arena, "first of %zu\nsecond of %zu", r, r));
    made->highest = r;
}

static void note_page(void *context)
{
    struct made_rows *made = context;
    if (made->page < 8)
        made->highest_at_page[made->page] = made->highest;
    made->page++;
}

static void a_long_table_is_placed_while_it_is_laid_out(void **state)
{
    static const size_t groups[] = {0, 1, 3, 40, 400}, spans[] = {0, 2, 7, 120, 900};
    for (size_t i = 0; i < 25; i++) {
        struct made_rows made = {.group = groups[i / 5], .span = spans[i % 5]}, *context = &made;
        struct laid_out out = new_document(*state, PAGE_PORTRAIT);
        struct table *table = add_table(&out, 3);
        table->columns[0].spans_rows = true;
        table->row_count = 900;
        table->row_source = (struct row_source){make_row, &context};
        texts_add(*state, &table->notes, TEXT("A note."));
        out.document.blocks.items[0].anchor = TEXT("the anchor");
        lay_out(&out);
        struct metrics metrics = {.width = width};
        struct layout layout = {.arena = *state,
                                .metrics = &metrics,
                                .diags = &out.diags,
                                .document = &out.document,
                                .widths = {.arena = *state}};
        struct streamed streamed = {.arena = *state, .on_page = note_page, .context = &made};
        for (int time = 0; time < 2; time++) {
            made.page = 0;
            stream_document(&streamed, &layout);
            assert_same_pages(&streamed.pages, &out.pages);
        }
        const struct page *first = &streamed.pages.items[0];
        bool is_anchored = false;
        for (size_t k = 0; k < first->count; k++)
            is_anchored = is_anchored || text_equal(first->items[k].text, TEXT("the anchor"));
        assert_true(is_anchored);
        assert_true(made.page > 20);
        for (size_t page = 1; page < 8; page++) /* a page takes at most 50 rows */
            assert_true(made.highest_at_page[page] < page * 50 + 5);
        for (size_t r = 0; r < 900; r++)
            assert_int_equal(
                count_texts(&out, text_cstr(*state, text_format(*state, "r%zu", r)), true), 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(figures_stand_at_their_point),
        arena_test(marks_are_drawn_but_not_read),
        arena_test(headers_of_two_levels_are_named_by_cells),
        arena_test(twelve_columns_stay_readable_on_a_page_that_is_wide_enough),
        arena_test(a_wide_table_turns_its_page_and_takes_its_heading_along),
        arena_test(a_page_break_of_the_narrative_says_what_is_gone_back_to),
        arena_test(notes_never_stand_alone_on_a_page),
        arena_test(a_key_stays_with_its_table),
        arena_test(a_row_of_five_pages_is_whole_and_named_on_each),
        arena_test(a_name_said_again_has_its_room),
        arena_test(a_band_never_ends_a_page),
        arena_test(equal_cells_stand_once_beside_their_rows),
        arena_test(no_rule_crosses_a_cell_beside_several_rows),
        arena_test(columns_to_the_left_part_what_is_equal),
        arena_test(the_same_row_twice_is_there_twice),
        arena_test(cells_beside_rows_are_whole_however_rows_and_pages_fall),
        arena_test(a_cell_of_60_rows_is_said_again_on_each_page),
        arena_test(lists_in_cells_nest_to_three_levels),
        arena_test(a_paragraph_leaves_two_lines_on_each_side_of_a_page),
        arena_test(a_grid_is_read_row_by_row),
        arena_test(a_small_grid_stays_on_one_page),
        arena_test(a_row_of_boxes_stays_whole_up_to_most_of_a_page),
        arena_test(boxes_have_their_ground_behind_the_text),
        arena_test(figures_of_a_panel_have_one_size),
        arena_test(a_row_that_is_cut_leaves_no_box_empty),
        arena_test(a_fact_of_many_words_begins_with_its_row),
        arena_test(a_picture_fits_its_page),
        arena_test(two_rows_stand_below_a_header_and_three_above_the_notes),
        arena_test(a_group_has_two_rows_on_each_of_its_pages),
        arena_test(a_row_that_can_stand_alone_does),
        arena_test(what_a_code_stands_for_is_said_on_each_page),
        arena_test(tables_of_a_loop_have_one_set_of_widths),
        arena_test(an_id_column_is_as_wide_as_its_ids),
        arena_test(a_long_table_is_placed_while_it_is_laid_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
