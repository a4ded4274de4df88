#include "read/dialect_int.h"

#include "support.h"

#include <string.h>

/* The clean text with **bold** and *italic*, or "(untouched)". */
static const char *clean(struct arena *arena, const char *cell)
{
    struct rich rich;
    struct buffer out = {.arena = arena};
    if (!markup_read(arena, text_from(cell), &rich))
        return "(untouched)";
    for (size_t at = 0, run = 0; at <= rich.plain.len; at++) {
        const struct rich_run *r = run < rich.runs.count ? &rich.runs.items[run] : NULL;
        if (r && r->to == at) {
            buffer_add(&out, r->style & RICH_ITALIC ? TEXT("*") : TEXT("**"));
            r = ++run < rich.runs.count ? &rich.runs.items[run] : NULL;
        }
        if (r && r->from == at)
            buffer_add(&out, r->style & RICH_ITALIC ? TEXT("*") : TEXT("**"));
        if (at < rich.plain.len)
            buffer_add_byte(&out, rich.plain.ptr[at]);
    }
    return text_cstr(arena, buffer_text(&out));
}

struct example {
    const char *cell, *clean;
};

static void check_all(struct arena *arena, const struct example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_string_equal(clean(arena, examples[i].cell), examples[i].clean);
}
#define CHECK(state, examples)                                                                     \
    check_all(*(state), (examples), sizeof(examples) / sizeof *(examples))

static void what_is_no_html_stays_as_it_is(void **state)
{
    static const char *const cells[] = {
        "",
        "<5",
        "5 < 6 > 2",
        "a<b and c>d",
        "R&D",
        "AT&T",
        "Q&A; then",
        "Fish & Chips",
        "&copy 2021",
        "<name@example.org>",
        "if x <p and p> y",
        "<https://example.org/a>",
        "Dear <title> <address>",
        "see <a> and <b>",
        "<unknown>x</unknown>",
        "<!-- not closed",
        "&#0; &#55296; &nothing;",
        "<p class=\"never closed> and text",
    };
    struct rich rich;
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
        assert_false(markup_read(*state, text_from(cells[i]), &rich));
}

static void paragraphs_and_lists_become_lines(void **state)
{
    static const struct example examples[] = {
        {"<p>One</p><p>Two<br/>Three</p>", "One\nTwo\nThree"},
        {"<DIV CLASS='x'>A</DIV>\n<DIV>B\nb</DIV>", "A\nB b"},
        {"To do:<ul><li>a</li><li>b<ol><li>b1<li>b2</ol></li></ul>end",
         "To do:\n\u2022 a\n\u2022 b\n    1. b1\n    2. b2\nend"},
        {"<ol start=\"3\"><li>x</li><li value=7>y</li><li></li></ol>", "3. x\n7. y"},
        {"<ul><li><p>a</p><p>more</p></li></ul>", "\u2022 a\n    more"},
        {"<pre>a\n<b>b</b></pre>", "a\n**b**"},
        {"<h2>Head</h2>text", "**Head**\ntext"},
        {"<table><tr><th>Area</th><th>No.</th></tr><tr><td><p>A</p></td><td></td><td>3</td></tr>"
         "</table>",
         "**Area**; **No.**\nA; ; 3"},
        {"<div><br></div><p>\u200b&nbsp;</p>", ""},
        {"a <b>word</b>\n- kept\n  - lines", "a **word**\n- kept\n  - lines"},
        {"<p>cut short <span style=\"col", "cut short"},
        {"<p>a</p></div></body></html> tail", "a\ntail"},
    };
    CHECK(state, examples);
}

static void emphasis_comes_from_tags_and_styles_alone(void **state)
{
    static const struct example examples[] = {
        {"<b>a</b><strong>b</strong> <i>c</i> <em>d</em> <u>e</u>", "**ab** *c* *d* **e**"},
        {"<span style='color:red;font-weight:bold'>a</span> <span style=\"font-style: italic\">b"
         "</span>",
         "**a** *b*"},
        {"<b>a <span style=\"font-weight:normal\">b</span></b>", "**a **b"},
        {"<p>*a* **b** _c_ [d](e)</p>", "*a* **b** _c_ [d](e)"}, /* signs of the text stay signs */
        {"<p><s>12</s> 13<del></del></p>", "[struck out: 12] 13"},
        {"10 m<sup>2</sup>, 1,234<sup>1</sup>, 10<sup>-3</sup>, CO<sub>2</sub>",
         "10 m\u00b2, 1,234\u00b9, 10\u207b\u00b3, CO\u2082"},
    };
    CHECK(state, examples);
}

static void references_are_decoded_even_when_encoded_twice(void **state)
{
    static const struct example examples[] = {
        {"R&amp;D at&nbsp;home", "R&D at home"},
        {"&rsquo;&#8217;&#x2019;&#146;", "\u2019\u2019\u2019\u2019"},
        {"a&amp;nbsp;b &amp;amp; c", "a b & c"},
        {"5 &lt; 6", "5 < 6"},
        {"&lt;p&gt;a &lt;b&gt;b&lt;/b&gt;&amp;nbsp;c&lt;/p&gt;", "a **b** c"},
        {"- one &amp; two\n  - three", "- one & two\n  - three"},
    };
    CHECK(state, examples);
}

static void links_show_where_they_lead(void **state)
{
    static const struct example examples[] = {
        {"see <a href=\"https://example.org/x?a=1&amp;b=2\">the page</a>.",
         "see the page (https://example.org/x?a=1&b=2)."},
        {"<a href='https://example.org/'>example.org</a>", "example.org"},
        {"<a href=mailto:a@example.org?subject=x>Write</a>", "Write (a@example.org)"},
        {"<a href=\"javascript:alert(1)\">no</a> <a href=\"file:///etc/passwd\">file</a>",
         "no file"},
        {"<a href=\"https://example.org/\"></a>", "https://example.org/"},
    };
    CHECK(state, examples);
}

static void what_is_for_programs_is_dropped(void **state)
{
    static const struct example examples[] = {
        {"<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->"
         "<style><!-- p {color:red} --></style><p class=MsoNormal>Word<o:p></o:p></p>",
         "Word"},
        {"<p>x<script>alert('</b>')</script>y</p>", "xy"},
        {"<p>x<script>y", "x<script>y"}, /* never closed: text */
        {"<img src=\"https://example.org/a.png\" alt=\"Map of works\">", "Map of works"},
        {"<meta charset=\"utf-16\"><p>caf\u00e9</p>", "caf\u00e9"},
        {"<p>keep <name@example.org> and <5</p>", "keep <name@example.org> and <5"},
    };
    CHECK(state, examples);
}

/* Soup of every kind of tag: letters in capitals are text, and all stay in their order. */
static void no_letter_of_the_text_is_lost(void **state)
{
    static const char *const tags[] = {
        "<p>",
        "</p>",
        "<div class='x'>",
        "</div>",
        "<br/>",
        "<ul>",
        "</ul>",
        "<ol>",
        "</ol>",
        "<li>",
        "</li>",
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "</td>",
        "<th>",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<a href='https://example.org'>",
        "</a>",
        "<span style='font-weight:bold'>",
        "</span>",
        "<html>",
        "<body>",
        "</body>",
        "</html>",
        "<head>",
        "<title>",
        "</title>",
        "<select>",
        "<option value='x'>",
        "</select>",
        "<form>",
        "</form>",
        "<button>",
        "</button>",
        "<textarea>",
        "</textarea>",
        "<pre>",
        "</pre>",
        "<h1>",
        "</h2>",
        "<frameset>",
        "</frameset>",
        "<caption>",
        "</caption>",
        "<dl>",
        "<dd>",
        "<o:p>",
        "&amp;",
        "&nbsp;",
        "&lt;",
        "<!-- x -->",
        "<",
        ">",
        "&",
        "\"",
        "\n",
        " ",
        "<5",
        "<q@r>",
        "<iframe>",
        "</iframe>",
        "<noscript>",
        "</noscript>",
        "<object>",
        "</object>",
        "<col>",
        "<tbody>",
        "</tr>",
        "<sup>",
        "</sup>",
        "<section>",
        "</section>",

        "<font>",
    };
    enum { TAGS = sizeof tags / sizeof tags[0] };
    srand(11);
    for (int round = 0; round < 20000; round++) {
        struct arena *arena = arena_new();
        struct buffer cell = {.arena = arena}, letters = {.arena = arena};
        for (int i = rand() % 25; i >= 0; i--) {
            buffer_format(&cell, "%s", tags[rand() % TAGS]);
            char letter = "CDEFGHJKLMNORTVWXYZ"[rand() % 19]; /* none is a tag: "<B>" */
            buffer_add_byte(&cell, letter);
            buffer_add_byte(&letters, letter);
        }
        struct rich rich;
        if (markup_read(arena, buffer_text(&cell), &rich)) {
            size_t found = 0;
            for (size_t i = 0; i < rich.plain.len && found < letters.len; i++)
                found += rich.plain.ptr[i] == letters.ptr[found];
            if (found != letters.len)
                fail_msg("lost in %s", text_cstr(arena, buffer_text(&cell)));
            for (size_t i = 0; i < rich.runs.count; i++)
                assert_true(rich.runs.items[i].from < rich.runs.items[i].to &&
                            rich.runs.items[i].to <= rich.plain.len);
        }
        arena_free(arena);
    }
    (void)state;
}

static void deep_and_long_soup_takes_no_long_time(void **state)
{
    static const char *const units[] = {"<div>",    "<ul><li>a", "<table><tr><td>a",
                                        "<b>x</b>", "<!--",      "<p a=\"",
                                        "<i a=b>x", "&amp;",     "<"};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        struct buffer cell = {.arena = *state};
        struct rich rich;
        for (int n = 0; n < 20000; n++)
            buffer_add(&cell, text_from(units[i]));
        markup_read(*state, buffer_text(&cell), &rich);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(what_is_no_html_stays_as_it_is),
        arena_test(paragraphs_and_lists_become_lines),
        arena_test(emphasis_comes_from_tags_and_styles_alone),
        arena_test(references_are_decoded_even_when_encoded_twice),
        arena_test(links_show_where_they_lead),
        arena_test(what_is_for_programs_is_dropped),
        arena_test(no_letter_of_the_text_is_lost),
        arena_test(deep_and_long_soup_takes_no_long_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
