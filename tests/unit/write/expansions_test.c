/* Short forms in a laid-out document: each has an element that says it in full, and the line is the
 * same as without; with a font of our own, in which every character is 500 wide. */
#include "support.h"

#include "base/utf8.h"
#include "write/pdf_int.h"

#include <math.h>

static long width(struct metrics *metrics, unsigned font, struct text text)
{
    (void)metrics, (void)font;
    return (long)utf8_count(text) * 500;
}

static struct short_forms *list(struct arena *arena)
{
    struct short_forms *forms = arena_calloc(arena, 1, sizeof *forms);
    short_forms_add(arena, forms, TEXT("CSP"), TEXT("Community Safety Partnership"), PLACE_NONE);
    short_forms_add(arena, forms, TEXT("ASB"), TEXT("Anti-social behaviour"), PLACE_NONE);
    short_forms_add(arena, forms, TEXT("NHS E"), TEXT("NHS England"), PLACE_NONE);
    short_forms_settle(arena, forms);
    return forms;
}

static struct pages lay_out(struct arena *arena, const struct blocks *blocks,
                            struct short_forms *forms)
{
    struct metrics metrics = {.width = width};
    struct diags diags = diags_new(arena);
    struct strips strips = {0};
    struct outline outline = {0};
    const struct document document = {.title = TEXT("T"),
                                      .subtitle = TEXT_EMPTY,
                                      .organisation = TEXT_EMPTY,
                                      .footer = TEXT_EMPTY,
                                      .blocks = *blocks,
                                      .short_forms = forms};
    layout_document(arena, &metrics, &diags, &document, NULL, &strips, &outline);
    assert_int_equal(diags_count(&diags, LEVEL_WARNING), 0);
    return layout_pages(arena, &strips, PAGE_PORTRAIT);
}

/* "P:the |Span(Community Safety Partnership):CSP| met" of what is drawn, line by line. */
static struct text drawn(struct arena *arena, const struct pages *pages)
{
    struct buffer out = {.arena = arena};
    const struct item *before = NULL;
    for (size_t p = 0; p < pages->count; p++)
        for (size_t i = 0; i < pages->items[p].count; i++) {
            const struct item *item = &pages->items[p].items[i];
            if (item->kind != ITEM_TEXT)
                continue;
            bool is_line = before && item->y == before->y && item->x > before->x;
            buffer_format(&out, "%s%s",
                          !before   ? ""
                          : is_line ? "|"
                                    : "\n",
                          item->tag ? item->tag->type : "-");
            if (item->tag && item->tag->expansion.len)
                buffer_format(&out, "(%.*s)", TEXT_ARG(item->tag->expansion));
            buffer_format(&out, ":%.*s", TEXT_ARG(item->text));
            if (is_line) /* parts stand where the whole would have them */
                assert_true(fabs(before->x + (double)utf8_count(before->text) * 0.5 * before->size -
                                 item->x) < 0.001);
            before = item;
        }
    return buffer_text(&out);
}

static struct text paragraph(struct arena *arena, struct span span)
{
    struct blocks blocks = {0};
    spans_add(arena, &blocks_add(arena, &blocks, BLOCK_PARAGRAPH)->paragraph.spans, span);
    const struct pages pages = lay_out(arena, &blocks, list(arena));
    return drawn(arena, &pages);
}

#define PLAIN(words)                                                                               \
    ((struct span){.text = TEXT(words), .link = TEXT_EMPTY, .language = TEXT_EMPTY})

static void each_has_an_element(void **state)
{
    assert_text(*state, paragraph(*state, PLAIN("the CSP met")),
                "P:the |Span(Community Safety Partnership):CSP|P: met");
    assert_text(*state, paragraph(*state, PLAIN("CSP")), "Span(Community Safety Partnership):CSP");
    assert_text(*state, paragraph(*state, PLAIN("CSP/ASB")),
                "Span(Community Safety Partnership):CSP|P:/|Span(Anti-social behaviour):ASB");
    assert_text(*state, paragraph(*state, PLAIN("none of them")), "P:none of them");
    /* the words beside say it already */
    assert_text(*state, paragraph(*state, PLAIN("CSP (Community Safety Partnership)")),
                "P:CSP (Community Safety Partnership)");
    assert_text(*state, paragraph(*state, PLAIN("Community Safety Partnership (CSP)")),
                "P:Community Safety Partnership (CSP)");
}

static void links_and_other_languages_have_none(void **state)
{
    struct span link = PLAIN("the CSP"), welsh = PLAIN("y CSP");
    link.link = TEXT("https://example.org");
    welsh.language = TEXT("cy");
    assert_text(*state, paragraph(*state, link), "Link:the CSP");
    assert_text(*state, paragraph(*state, welsh), "Span:y CSP");
}

/* How many parts it has when so many characters stand before it; all have one element. */
static size_t parts_behind(struct arena *arena, size_t characters)
{
    struct blocks blocks = {0};
    struct buffer words = {.arena = arena};
    for (size_t i = 0; i < characters; i++)
        buffer_add_byte(&words, 'x');
    buffer_add(&words, TEXT(" NHS E said so"));
    blocks_add_paragraph(arena, &blocks, buffer_text(&words));
    const struct pages pages = lay_out(arena, &blocks, list(arena));
    const struct tag *said = NULL;
    size_t count = 0;
    for (size_t i = 0; i < pages.items[0].count; i++) {
        const struct tag *tag = pages.items[0].items[i].tag;
        if (!tag || !tag->expansion.len)
            continue;
        assert_true(!said || said == tag);
        said = tag;
        count++;
    }
    return count;
}

/* A form of two words that a line parts. */
static void one_that_is_parted_has_one_element(void **state)
{
    size_t whole = 0, parted = 0;
    for (size_t characters = 70; characters < 100; characters++) {
        size_t parts = parts_behind(*state, characters);
        whole += parts == 1;
        parted += parts == 2;
    }
    assert_true(whole > 20);
    assert_in_range(parted, 1, 4);
    assert_int_equal(whole + parted, 30);
}

static void lines_break_where_they_did(void **state)
{
    struct arena *arena = *state;
    struct blocks blocks = {0};
    struct buffer words = {.arena = arena};
    for (size_t i = 0; i < 300; i++)
        buffer_format(&words, "%s%s", i ? " " : "", i % 7 ? "CSP-led" : "ASB/CSPs");
    blocks_add_paragraph(arena, &blocks, buffer_text(&words));
    const struct pages with = lay_out(arena, &blocks, list(arena));
    const struct pages without = lay_out(arena, &blocks, NULL);
    struct buffer lines[2] = {{.arena = arena}, {.arena = arena}};
    const struct pages *both[2] = {&with, &without};
    for (size_t b = 0; b < 2; b++)
        for (size_t i = 0; i < both[b]->items[0].count; i++) {
            const struct item *item = &both[b]->items[0].items[i];
            if (item->kind == ITEM_TEXT && item->tag)
                buffer_format(&lines[b], "%s%.*s", item->x < 60 ? "\n" : "", TEXT_ARG(item->text));
        }
    assert_true(buffer_text(&lines[0]).len > 2000);
    assert_text(arena, buffer_text(&lines[0]), text_cstr(arena, buffer_text(&lines[1])));
    assert_true(with.items[0].count > 500);
}

static void cells_captions_and_headings_too(void **state)
{
    struct arena *arena = *state;
    struct blocks blocks = {0};
    struct block *heading = blocks_add(arena, &blocks, BLOCK_HEADING);
    heading->heading.level = 2;
    spans_add_text(arena, &heading->heading.spans, TEXT("ASB"), 0);
    struct table *table = table_new(arena, TEXT("t"), 2);
    table->caption = TEXT("By CSP");
    table->columns[0] = (struct column){.header = TEXT("Action"), .is_row_header = true};
    table->columns[1] = (struct column){.header = TEXT("CSP lead")};
    struct row *row = table_add_row(arena, table, ROW_BODY);
    row->cells[0] = cell_text(TEXT("Less ASB"));
    row->cells[1] = cell_text(TEXT("CSP"));
    texts_add(arena, &table->notes, TEXT("ASB is no crime"));
    blocks_add(arena, &blocks, BLOCK_TABLE)->table = table;
    const struct pages pages = lay_out(arena, &blocks, list(arena));
    size_t found = 0;
    for (size_t i = 0; i < pages.items[0].count; i++) {
        const struct item *item = &pages.items[0].items[i];
        found += item->kind == ITEM_TEXT && item->tag && item->tag->expansion.len;
    }
    assert_int_equal(found, 6);
    table->explains = true; /* who reads a list of them wants the letters */
    const struct pages explained = lay_out(arena, &blocks, list(arena));
    for (size_t i = 0; i < explained.items[0].count; i++) {
        const struct item *item = &explained.items[0].items[i];
        bool is_said = item->kind == ITEM_TEXT && item->tag && item->tag->expansion.len;
        assert_false(is_said && (text_is(text_from(item->tag->parent->type), "TD") ||
                                 text_is(text_from(item->tag->parent->type), "TH")));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(each_has_an_element),
        arena_test(links_and_other_languages_have_none),
        arena_test(one_that_is_parted_has_one_element),
        arena_test(lines_break_where_they_did),
        arena_test(cells_captions_and_headings_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
