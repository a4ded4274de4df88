/* What stands behind the bar in {{NAME | FORMAT}}. */
#include "assemble/assemble_int.h"

#include "support.h"

static struct text of_number(struct arena *arena, int64_t number, const char *format)
{
    struct showing shown = {
        .usual = text_format(arena, "%lld", (long long)number),
        .is_number = true,
        .value = {.present = true, .number = decimal_from(number)},
    };
    struct text out = TEXT_EMPTY;
    return format_show(arena, &shown, text_from(format), &out)
               ? out
               : text_concat(arena, TEXT("no: "), out);
}

static struct text of_text(struct arena *arena, const char *usual, const char *format)
{
    struct showing shown = {.usual = text_from(usual)};
    struct text out = TEXT_EMPTY;
    return format_show(arena, &shown, text_from(format), &out)
               ? out
               : text_concat(arena, TEXT("no: "), out);
}

static void one_to_nine_are_words(void **state)
{
    assert_text(*state, of_number(*state, 0, "words"), "0");
    assert_text(*state, of_number(*state, 1, "words"), "one");
    assert_text(*state, of_number(*state, 9, "Words"), "Nine");
    assert_text(*state, of_number(*state, 10, "words"), "10");
    assert_text(*state, of_number(*state, -1, "words"), "-1");
}

static void a_plural_takes_the_form_of_its_number(void **state)
{
    const char *two = "# action | # actions", *three = "no action | # action | # actions";
    assert_text(*state, of_number(*state, 1, two), "1 action");
    assert_text(*state, of_number(*state, 0, two), "0 actions");
    assert_text(*state, of_number(*state, 12, two), "12 actions");
    assert_text(*state, of_number(*state, 0, three), "no action");
    assert_text(*state, of_number(*state, 1, three), "1 action");
    assert_text(*state, of_number(*state, 2, three), "2 actions");
    assert_text(*state, of_number(*state, 2, "words | # is | # are"), "two are");
    assert_text(*state, of_number(*state, 1, "Words | # is | # are"), "One is");
    assert_text(*state, of_number(*state, 1, "an action | several"), "an action");
    assert_text(*state, of_number(*state, 7, "(#)"), "(7)");
}

/* A number that is not there has its marker, and the form of many. */
static void what_is_hidden_stays_hidden(void **state)
{
    struct showing shown = {.usual = TEXT("[c]"), .is_number = true};
    struct text out;
    assert_true(format_show(*state, &shown, TEXT("none | # action | # actions"), &out));
    assert_text(*state, out, "[c] actions");
    assert_true(format_show(*state, &shown, TEXT("words"), &out));
    assert_text(*state, out, "[c]");
}

static void texts_have_letters_and_days(void **state)
{
    assert_text(*state, of_text(*state, "Housing team", "lower"), "housing team");
    assert_text(*state, of_text(*state, "ASB team", "lower"), "ASB team");
    assert_text(*state, of_text(*state, "section 4", "capital"), "Section 4");
    assert_text(*state, of_text(*state, "", "capital"), "");
    assert_text(*state, of_text(*state, "2021-10-31", "date"), "31 October 2021");
    assert_text(*state, of_text(*state, "31/10/2021", "month"), "October 2021");
    assert_text(*state, of_text(*state, "22 June 2022", "month"), "June 2022");
}

static void other_formats_are_refused_with_those_that_there_are(void **state)
{
    assert_text(*state, of_text(*state, "soon", "date"),
                "no: lower, capital, and of a day date, month");
    assert_text(*state, of_text(*state, "words", "# action | # actions"),
                "no: lower, capital, and of a day date, month");
    assert_text(*state, of_number(*state, 1, "actions"),
                "no: words, a plural such as '# action | # actions'");
    assert_text(*state, of_number(*state, 1, "a | b | c | d"),
                "no: words, a plural such as '# action | # actions'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(one_to_nine_are_words),
        arena_test(a_plural_takes_the_form_of_its_number),
        arena_test(what_is_hidden_stays_hidden),
        arena_test(texts_have_letters_and_days),
        arena_test(other_formats_are_refused_with_those_that_there_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
