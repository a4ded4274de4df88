#include "support.h"
#include "template/template.h"

/* Knows "a.b" and its format "long"; gives text that looks like a placeholder itself. */
static bool resolve(void *context, struct text name, struct text format, struct text *out)
{
    (void)context;
    *out = TEXT("; did you mean 'a.b'?");
    if (!text_is(name, "a.b"))
        return false;
    *out = format.len ? TEXT("long **value** {{a.b}}") : TEXT("value");
    return !format.len || text_is(format, "long");
}
static const struct resolver resolver = {resolve, NULL};

static struct text fill(struct arena *arena, struct diags *diags, const char *raw)
{
    *diags = diags_new(arena);
    return placeholder_fill(arena, diags, &resolver, text_from(raw), place_at(TEXT("n.md"), 3, 5));
}

static void names_and_formats_are_filled(void **state)
{
    struct diags diags;
    assert_text(*state, fill(*state, &diags, "x {{a.b}}, {{ a.b }}y"), "x value, valuey");
    assert_text(*state, fill(*state, &diags, "no braces { } }}"), "no braces { } }}");
    assert_int_equal(diags.count, 0);
}

static void values_are_not_looked_at_again(void **state)
{
    struct diags diags;
    assert_text(*state, fill(*state, &diags, "{{a.b | long}}"), "long **value** {{a.b}}");
    assert_int_equal(diags.count, 0);
}

static void unknown_names_are_told_with_their_place(void **state)
{
    struct diags diags;
    fill(*state, &diags, "é {{a.c}} and {{a.b | wide}}");
    assert_int_equal(diags.count, 2);
    struct text told = diags_text(&diags);
    assert_contains(*state, told, "n.md:3:7: error: there is no fact 'a.c'; did you mean 'a.b'?");
    assert_contains(*state, told, "n.md:3:19: error: there is no fact 'a.b | wide'");
}

static void an_unclosed_placeholder_is_told(void **state)
{
    struct diags diags;
    fill(*state, &diags, "{{a.b");
    assert_contains(*state, diags_text(&diags), "n.md:3:5: error: '{{' is not closed");
    fill(*state, &diags, "{{a {{a.b}}");
    assert_int_equal(diags.count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(names_and_formats_are_filled),
        arena_test(values_are_not_looked_at_again),
        arena_test(unknown_names_are_told_with_their_place),
        arena_test(an_unclosed_placeholder_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
