#include "support.h"
#include "template/template.h"

static bool resolve(void *context, struct text name, struct text format, struct text *out)
{
    (void)context;
    (void)format;
    *out = TEXT("");
    if (text_is(name, "markup"))
        *out = TEXT("*stars* [link](http://x) <b> # heading");
    if (text_is(name, "reference"))
        *out = TEXT("[^1]");
    return text_is(name, "markup") || text_is(name, "reference");
}

struct parsed {
    struct arena *arena;
    struct diags diags;
    struct narrative narrative;
    bool ok;
};

static struct parsed parse(struct arena *arena, const char *markdown)
{
    static const struct resolver resolver = {resolve, NULL};
    struct parsed parsed = {.arena = arena, .diags = diags_new(arena)};
    parsed.ok = narrative_parse(arena, &parsed.diags, &resolver, NULL, TEXT("n.md"),
                                text_from(markdown), &parsed.narrative);
    return parsed;
}

/* The blocks as the dump shows them, without the head of the document. */
static struct text dump(const struct parsed *parsed)
{
    struct document document = {.name = TEXT_EMPTY,
                                .title = TEXT_EMPTY,
                                .organisation = TEXT_EMPTY,
                                .period = TEXT_EMPTY,
                                .language = TEXT_EMPTY,
                                .blocks = parsed->narrative.blocks};
    return document_dump(parsed->arena, &document);
}

static void blocks_come_in_order_with_levels_moved_down(void **state)
{
    struct parsed p = parse(*state,
                            "# One\n\nText *a* **b** [c](https://example.org).\n\n"
                            "1. x\n2. y\n   - z\n\n## Two {-}\n\n> set off\n");
    assert_true(p.ok);
    struct text out = dump(&p);
    assert_contains(*state, out, "heading 2 #: One\n");
    assert_contains(*state, out, "paragraph: Text *a* **b** [c](https://example.org).\n");
    assert_contains(*state, out, "item 1:\n  paragraph: x\nitem 2:\n  paragraph: y\n  item:\n");
    assert_contains(*state, out, "heading 3 #: - Two\n");
    assert_contains(*state, out, "note: set off\n");
}

static void data_never_becomes_markup(void **state)
{
    struct parsed p = parse(*state, "Value {{markup}} here\n");
    assert_true(p.ok);
    assert_int_equal(p.narrative.blocks.count, 1);
    const struct spans *spans = &p.narrative.blocks.items[0].paragraph.spans;
    for (size_t i = 0; i < spans->count; i++) {
        assert_int_equal(spans->items[i].style, 0);
        assert_int_equal(spans->items[i].link.len, 0);
    }
    assert_contains(*state, spans_plain(*state, spans), "*stars* [link](http://x) <b> # heading");
}

static void appendices_have_letters_that_text_can_refer_to_before(void **state)
{
    struct parsed p = parse(*state,
                            "See {{appendix.second-one}}.\n\n# Appendix: First\n\n"
                            "# Appendix: Second one\n");
    assert_true(p.ok);
    assert_int_equal(p.narrative.appendices.count, 2);
    struct text out = dump(&p);
    assert_contains(*state, out, "See Appendix B.");
    assert_contains(*state, out, "heading 2 #appendix-first: Appendix A First");
    p = parse(*state, "{{appendix.third}}\n\n# Appendix: First\n");
    assert_false(p.ok);
    assert_contains(*state, diags_text(&p.diags), "the appendices are first");
}

static void placements_stand_alone(void **state)
{
    struct parsed p = parse(*state, "![A caption](table:crime)\n");
    assert_true(p.ok);
    assert_int_equal(p.narrative.blocks.items[0].kind, BLOCK_PLACEMENT);
    p = parse(*state, "text ![A caption](table:crime)\n");
    assert_contains(*state, diags_text(&p.diags),
                    "n.md:1:6: error: a table, chart or picture is placed by");
    p = parse(*state, "![x](picture.png)\n");
    assert_contains(*state, diags_text(&p.diags), "n.md:1:1: error: expected ![caption]");
}

static void what_has_no_place_in_a_report_is_told_with_its_line(void **state)
{
    static const struct {
        const char *markdown, *message;
    } cases[] = {
        {"a\n\nb `c`\n", "n.md:3:4: error: code has no place"},
        {"a\n\n    indented\n", "n.md:3:5: error: code has no place"},
        {"<div>\nx\n</div>\n", "n.md:1:1: error: HTML has no place"},
        {"a <b>b</b>\n", "n.md:1:3: error: HTML has no place"},
        {"[a](javascript:alert(1))\n", "n.md:1:1: error: a link must begin with"},
        {"[a](file:///etc/passwd)\n", "n.md:1:1: error: a link must begin with"},
        {"###### six\n", "n.md:1:1: error: at most five levels"},
        {"a\n\n#\n", "n.md:3:1: error: a heading needs words"},
        {"# {-}\n", "n.md:1:1: error: a heading needs words"},
        {"# Appendix: {#a}\n", "n.md:1:1: error: a heading needs words"},
        {"# \u00AD\u200B\n", "n.md:1:1: error: a heading needs words"},
        {"a [](https://example.org)\n", "n.md:1:3: error: a link needs words"},
        {"[\u00A0](https://example.org)\n", "n.md:1:1: error: a link needs words"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct parsed p = parse(*state, cases[i].markdown);
        assert_false(p.ok);
        assert_contains(*state, diags_text(&p.diags), cases[i].message);
    }
}

static void bytes_that_are_not_text_are_refused(void **state)
{
    struct parsed p = parse(*state, "fine\nbad \xFF byte\n");
    assert_false(p.ok);
    assert_contains(*state, diags_text(&p.diags),
                    "n.md:2:5: error: byte 0xFF is not text in UTF-8");
    p = parse(*state, "bell \a\n");
    assert_false(p.ok);
    p = parse(*state, "one\n\nŵ \u202Ecba\u202C\n");
    assert_false(p.ok);
    assert_contains(*state, diags_text(&p.diags),
                    "n.md:3:3: error: the character U+202E turns the direction");
    p = parse(*state, "not \uFFFE\n");
    assert_contains(*state, diags_text(&p.diags), "n.md:1:5: error: the character U+FFFE is a");
}

/* Whatever the label and its length, and though CommonMark takes "[^1]: word" for a link's. */
static void notes_stand_behind_what_refers_to_them_first(void **state)
{
    struct parsed p = parse(*state,
                            "One[^b], two [^a], one again[^b].\n\n- three[^c-3]\n\nLast.\n\n"
                            "[^a]: Word\n[^b]: more *words*\n  of it\n\n   [^c-3]: x\n");
    assert_true(p.ok);
    struct text out = dump(&p);
    assert_contains(*state, out,
                    "paragraph: One [[note 1]](#note:1), two [[note 2]](#note:2), "
                    "one again [[note 1]](#note:1).\n"
                    "note: [[note 1]](#note:1:text) more *words* of it\n"
                    "note: [[note 2]](#note:2:text) Word\n");
    const struct block *blocks = p.narrative.blocks.items;
    assert_text(*state, blocks[2].anchor, "note:2");
    assert_int_equal(blocks[2].paragraph.footnote, 2);
    assert_contains(*state, out, "note: [[note 3]](#note:3:text) x\nparagraph: Last.\n");
}

static void only_the_text_refers_to_notes(void **state)
{
    struct parsed p = parse(*state,
                            "As {{reference}} said[^1], [^] and [^a b] and a [^ 1].\n[^2]: no\n"
                            "\n[^1]: one\n");
    assert_false(p.ok);
    assert_int_equal(diags_count(&p.diags, LEVEL_ERROR), 1); /* [^2] defines nothing there */
    assert_contains(*state, dump(&p),
                    "As [^1] said [[note 1]](#note:1), [^] and [^a b] and a [^ 1].");
}

static void words_may_be_in_another_language(void **state)
{
    struct parsed p = parse(*state, "Say [*bore* da](lang:cy) now. [x](lang:zh-Hans)\n");
    assert_true(p.ok);
    const struct spans *spans = &p.narrative.blocks.items[0].paragraph.spans;
    assert_int_equal(spans->count, 5);
    assert_text(*state, spans->items[1].language, "cy");
    assert_int_equal(spans->items[1].style, SPAN_ITALIC);
    assert_text(*state, spans->items[2].language, "cy");
    assert_int_equal(spans->items[3].language.len, 0);
    assert_text(*state, spans->items[4].language, "zh-Hans");
    static const char *const wrong[] = {
        "lang:", "lang:c", "lang:welsh", "lang:cy-", "lang:c1", "lang:cy-123456789", "lang:cy--GB"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        p = parse(*state, text_format(*state, "[x](%s)\n", wrong[i]).ptr);
        assert_false(p.ok);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(blocks_come_in_order_with_levels_moved_down),
        arena_test(data_never_becomes_markup),
        arena_test(appendices_have_letters_that_text_can_refer_to_before),
        arena_test(placements_stand_alone),
        arena_test(what_has_no_place_in_a_report_is_told_with_its_line),
        arena_test(notes_stand_behind_what_refers_to_them_first),
        arena_test(only_the_text_refers_to_notes),
        arena_test(words_may_be_in_another_language),
        arena_test(bytes_that_are_not_text_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
