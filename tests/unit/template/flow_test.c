#include "support.h"
#include "template/template.h"

/* Facts: "there", "one.count"; a loop over "item" of "list" has the turns "a" and "b". */
struct world {
    struct diags *diags;
    size_t turn; /* from 1; 0: no loop is open */
    unsigned opened, closed;
};

static bool resolve(void *context, struct text name, struct text format, struct text *out)
{
    const struct world *world = context;
    (void)format;
    *out = TEXT("");
    if (text_is(name, "item") && world->turn)
        *out = world->turn == 1 ? TEXT("a") : TEXT("b");
    if (text_is(name, "item.focus"))
        *out = TEXT("run in");
    if (text_is(name, "lines"))
        *out = TEXT("first\n- second");
    return out->len > 0;
}

static bool holds(void *context, struct diags *diags, struct text name, struct place place)
{
    const struct world *world = context;
    if (text_is(name, "unknown"))
        diag(diags, DIAG_UNKNOWN_FACT, place, "there is no fact 'unknown'");
    return text_is(name, "there") || (text_is(name, "first") && world->turn == 1);
}

static bool open_loop(void *context, struct diags *diags, struct text field, struct text source,
                      struct place place, size_t *turns)
{
    struct world *world = context;
    (void)diags, (void)field, (void)place;
    *turns = text_is(source, "list") ? 2 : 0;
    world->opened++;
    return true;
}

static size_t turn(void *context, size_t i)
{
    struct world *world = context;
    return world->turn = i + 1;
}

static void close_loop(void *context)
{
    struct world *world = context;
    world->turn = 0;
    world->closed++;
}

static bool cell(void *context, struct text name, struct rich *out)
{
    (void)context;
    *out = (struct rich){.plain = TEXT("- only item")};
    return text_is(name, "item.focus");
}

struct parsed {
    struct diags diags;
    struct world world;
    struct narrative narrative;
};

static void parse(struct arena *arena, struct parsed *parsed, const char *markdown)
{
    *parsed = (struct parsed){.diags = diags_new(arena)};
    const struct resolver resolver = {resolve, &parsed->world};
    const struct flow flow = {holds, open_loop, turn, close_loop, cell, &parsed->world};
    narrative_parse(arena, &parsed->diags, &resolver, &flow, TEXT("n.md"), text_from(markdown),
                    &parsed->narrative);
}

/* The blocks as the dump shows them, behind the head of the document. */
static struct text dump(struct arena *arena, const struct parsed *parsed)
{
    struct document document = {.name = TEXT_EMPTY,
                                .title = TEXT_EMPTY,
                                .organisation = TEXT_EMPTY,
                                .period = TEXT_EMPTY,
                                .language = TEXT_EMPTY,
                                .blocks = parsed->narrative.blocks};
    struct text out = document_dump(arena, &document);
    size_t at = 0;
    while (at < out.len && !text_starts(text_slice(out, at, out.len), TEXT("page: portrait\n")))
        at++;
    return text_slice(out, at + sizeof "page: portrait\n" - 1, out.len - sizeof "notes:\n" + 1);
}

static void assert_blocks(struct arena *arena, const char *markdown, const char *blocks)
{
    struct parsed parsed;
    parse(arena, &parsed, markdown);
    assert_text(arena, diags_text(&parsed.diags), "");
    assert_text(arena, dump(arena, &parsed), blocks);
    assert_int_equal(parsed.world.opened, parsed.world.closed);
}

static void a_condition_takes_one_of_two_parts(void **state)
{
    assert_blocks(*state, "{{if there}}\n\nyes\n\n{{else}}\n\nno\n\n{{end}}\n\nbehind\n",
                  "paragraph: yes\nparagraph: behind\n");
    assert_blocks(*state, "{{if not there}}\n\nyes\n\n{{else}}\n\nno\n\n{{end}}\n",
                  "paragraph: no\n");
    assert_blocks(*state, "{{if gone}}\n\nyes\n\n{{end}}\n", "");
    assert_blocks(*state, "{{ if  not  gone }}\n\nyes\n\n{{ end }}\n", "paragraph: yes\n");
}

static void what_is_left_out_is_not_filled_in(void **state)
{
    assert_blocks(*state,
                  "{{if gone}}\n\n{{nothing}}\n\n{{if unknown}}\n\n{{else}}\n\n{{end}}\n\n"
                  "{{each x of y}}\n\n{{end}}\n\n{{end}}\n",
                  "");
    struct parsed parsed;
    parse(*state, &parsed, "{{if gone}}\n\n![](table:crime)\n\n{{end}}\n");
    assert_int_equal(parsed.narrative.left_out.count, 1);
    assert_text(*state, parsed.narrative.left_out.items[0], "table:crime");
}

static void a_loop_comes_once_for_each_value(void **state)
{
    assert_blocks(
        *state, "{{each item of list}}\n\n# {{item}}\n\n{{if first}}\n\nx\n\n{{end}}\n\n{{end}}\n",
        "heading 2 #: a\nparagraph: x\nheading 2 #: b\n");
    assert_blocks(*state, "{{each item of none}}\n\n{{nothing}}\n\n{{end}}\n\ny\n",
                  "paragraph: y\n");
}

static void placements_know_their_turn(void **state)
{
    struct parsed parsed;
    parse(*state, &parsed,
          "![](table:x)\n\n{{each item of list}}\n\n![](table:x)\n\n{{end}}\n\n![](table:x)\n");
    assert_int_equal(parsed.narrative.blocks.count, 4);
    static const size_t scopes[] = {0, 1, 2, 0};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(parsed.narrative.blocks.items[i].placement.scope, scopes[i]);
}

static void parts_that_do_not_close_are_told_once(void **state)
{
    struct parsed parsed;
    parse(*state, &parsed,
          "{{end}}\n\n{{else}}\n\n{{each item}}\n\n{{end}}\n\n{{if}}\n\n{{end}}\n\n"
          "{{each item of list}}\n\n{{nothing}}\n\n{{else}}\n\n{{if there}}\n");
    assert_text(
        *state, diags_text(&parsed.diags),
        "n.md:1:1: error: '{{end}}' closes nothing: expected '{{if …}}' or '{{each …}}' before it "
        "[template]\n"
        "n.md:3:1: error: '{{else}}' without '{{if …}}' [template]\n"
        "n.md:5:1: error: '{{each item}}' is no loop: expected {{each FIELD of SOURCE}}, such as "
        "{{each priority of plan}} [template]\n"
        "n.md:9:1: error: '{{if}}' names nothing: expected {{if NAME}}, {{if not NAME}} or {{if "
        "source NAME}} [template]\n"
        "n.md:15:1: error: there is no fact 'nothing' [unknown-fact]\n"
        "n.md:17:1: error: '{{else}}' without '{{if …}}' [template]\n"
        "n.md:19:1: error: '{{if …}}' is not closed: expected '{{end}}' in a paragraph of its own "
        "[template]\n"
        "n.md:13:1: error: '{{each …}}' is not closed: expected '{{end}}' in a paragraph of its "
        "own [template]\n");
}

static void appendices_are_lettered_as_they_are_taken(void **state)
{
    assert_blocks(*state,
                  "{{appendix.last}}\n\n{{if gone}}\n\n# Appendix: Gone\n\n{{end}}\n\n"
                  "{{each item of list}}\n\n# Appendix: {{item}}\n\n{{end}}\n\n# Appendix: Last\n",
                  "paragraph: Appendix C\nheading 2 #appendix-a: Appendix A a\n"
                  "heading 2 #appendix-b: Appendix B b\nheading 2 #appendix-last: Appendix C "
                  "Last\n");
}

static void a_fact_alone_keeps_its_paragraphs(void **state)
{
    assert_blocks(*state, "{{item.focus}}\n", "item:\n  paragraph: only item\n");
    assert_blocks(*state, "{{lines}}\n", "paragraph: first\nitem:\n  paragraph: second\n");
}

static void a_label_is_a_name_and_no_words(void **state)
{
    assert_blocks(*state, "# One *two* three {-} {#x}\n\nText *here* {#y}\n\nNo label {# z}.\n",
                  "heading 2 #x: - One *two* three\nparagraph: Text *here*\n"
                  "paragraph: No label {# z}.\n");
    struct parsed parsed;
    parse(*state, &parsed, "Text {#y}\n\n- item {#z}\n\nText {#No good}\n");
    assert_text(*state, parsed.narrative.blocks.items[0].anchor, "y");
    assert_text(*state, diags_text(&parsed.diags),
                "n.md:3:3: error: a label has no place in a list or quote: put it on a paragraph "
                "[markdown]\n"
                "n.md:5:1: error: label 'No good' cannot be referred to: expected lower-case "
                "letters, digits and hyphens [template]\n");
}

static void references_wait_for_numbers(void **state)
{
    struct parsed parsed;
    parse(*state, &parsed, "As {{ref a-b | capital}} and {{ref c}}.\n\n![{{ref a}}](table:x)\n");
    const struct references *references = &parsed.narrative.references;
    assert_int_equal(references->count, 3);
    assert_text(*state, references->items[0].name, "a-b");
    assert_text(*state, references->items[0].format, "capital");
    assert_text(*state, references->items[1].name, "c");
    assert_int_equal(references->items[1].place.column, 30);
    assert_text(*state, parsed.narrative.blocks.items[0].paragraph.spans.items[3].link, "ref:1");
    assert_text(*state, diags_text(&parsed.diags),
                "n.md:3:1: error: a reference has no place in a caption: write it in a paragraph "
                "[markdown]\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(a_condition_takes_one_of_two_parts),
        arena_test(what_is_left_out_is_not_filled_in),
        arena_test(a_loop_comes_once_for_each_value),
        arena_test(placements_know_their_turn),
        arena_test(parts_that_do_not_close_are_told_once),
        arena_test(appendices_are_lettered_as_they_are_taken),
        arena_test(a_fact_alone_keeps_its_paragraphs),
        arena_test(a_label_is_a_name_and_no_words),
        arena_test(references_wait_for_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
