/* Whether two texts say the same, where they differ, and which names a cell has more. */
#include "data/wording.h"

#include "data/names.h"
#include "support.h"

static void typing_makes_no_difference(void **state)
{
    static const char *const pairs[][2] = {
        {"Six-monthly  update", "six\u2011monthly\u00A0update."},
        {"Kibworths", "Kibworth\u2019s"},
        {"take up", "takeup"},
        {"Health & Wellbeing", "health and wellbeing"},
        {"\u2022 Plans drawn\n\u2022 Trees planted", "plans drawn; trees planted"},
        {"\uF0B7 Plans", "- Plans"},
        {"2022/23", "2022\u201323"},
        {"1,000 homes", "1000 homes"},
        {"\u00C9cole", "\u00E9cole"},
        {"soft\u00ADware", "software"},
        {"", " - "},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        assert_true(wording_same(*state, text_from(pairs[i][0]), text_from(pairs[i][1])));
}

static void figures_and_words_do(void **state)
{
    static const char *const pairs[][2] = {
        {"1.5 ha", "15 ha"},
        {"5%", "5"},
        {"-5 homes", "5 homes"},
        {"<5", ">5"},
        {"\u00A3"
         "5",
         "5"},
        {"1 2", "12"},
        {"1,2", "12"},
        {"increase rents", "decrease rents"},
        {"is done", "is not done"},
        {"by 2022", "by 2023"},
        {"11.10", "11.1"},
        {"Trees", ""},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        assert_int_equal(wording_compare(*state, text_from(pairs[i][0]), text_from(pairs[i][1])),
                         WORDING_OTHER);
}

static void one_word_spelt_otherwise_is_told_apart(void **state)
{
    assert_int_equal(
        wording_compare(*state, TEXT("stay in there homes"), TEXT("stay in their homes")),
        WORDING_SPELLING);
    assert_int_equal(wording_compare(*state, TEXT("in a park"), TEXT("in my park")), WORDING_OTHER);
    assert_int_equal(wording_compare(*state, TEXT("there there"), TEXT("their their")),
                     WORDING_OTHER);
}

static void a_text_that_stops_short_is_known(void **state)
{
    static const struct {
        const char *shorter, *longer;
        enum wording_end end;
    } cases[] = {
        {"Advice for", "Advice for all", ENDS_IN_SENTENCE},
        {"Advice and supp", "Advice and support for all", ENDS_IN_SENTENCE},
        {"Community", "Community Partners", ENDS_BEFORE_CAPITAL},
        {"Parks", "Parks, Roads", ENDS_AT_PAUSE},
        {"Parks.", "Parks roads", ENDS_AT_PAUSE},
        {"Parks", "Parks\nroads", ENDS_AT_PAUSE},
        {"Parks", "Parks", ENDS_OTHERWISE},
        {"", "Parks", ENDS_OTHERWISE},
        {"Roads", "Parks", ENDS_OTHERWISE},
        {"Parks and roads", "Parks", ENDS_OTHERWISE},
        {"All of supp!", "All of support", ENDS_OTHERWISE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(
            wording_continues(*state, text_from(cases[i].shorter), text_from(cases[i].longer)),
            cases[i].end);
}

static void the_words_that_differ_are_shown(void **state)
{
    struct text before, now;
    wording_difference(*state, TEXT("We will now Commence the work on the new hall"),
                       TEXT("We will now end the work on the new hall"), &before, &now);
    assert_text(*state, before, "We will now Commence the work on \u2026");
    assert_text(*state, now, "We will now end the work on \u2026");
    wording_difference(*state, TEXT("a b c d e f"), TEXT(""), &before, &now);
    assert_text(*state, before, "a b c d e f");
    assert_text(*state, now, "");
    const char *numbers =
        "1a 2a 3a 4a 5a 6a 7a 8a 9a 10a 11a 12a 13a\n14a 15a 16a 17a 18a 19a "
        "20a 21a 22a 23a 24a 25a";
    wording_difference(*state, text_from(numbers), TEXT(""), &before, &now);
    assert_text(*state, before,
                "1a 2a 3a 4a 5a 6a 7a 8a 9a 10a 11a 12a \u2026 14a 15a 16a 17a 18a 19a 20a 21a 22a "
                "23a 24a 25a");
}

static struct text added(struct arena *arena, const char *before, const char *now)
{
    struct texts names = names_added(arena, text_from(before), text_from(now));
    return texts_join(arena, &names, TEXT("|"));
}

static void names_are_told_apart_whatever_their_order(void **state)
{
    assert_text(*state, added(*state, "Parks, Roads", "Roads; parks/Care"), "Care");
    assert_text(*state, added(*state, "Roads; parks/Care", "Parks, Roads"), "");
    assert_text(*state, added(*state, "", "Parks\n\u2022 Roads (LCC), and the Trust."),
                "Parks|Roads (LCC)|Trust");
    assert_text(*state, added(*state, "Class 16/17", "Class 16/17, ."), "");
}

static void names_without_commas_are_told_apart_by_the_other_version(void **state)
{
    const char *joined = "Planning Policy Health & Wellbeing";
    assert_text(*state, added(*state, joined, "Health and Wellbeing, Planning Policy, Parks"),
                "Parks");
    assert_text(*state, added(*state, "Health and Wellbeing, Planning Policy", joined), "");
    assert_text(*state, added(*state, "Planning Policy", joined), "Health & Wellbeing");
    assert_text(*state, added(*state, "Housing", "Housing Team"), "Team");
    assert_text(*state, added(*state, "Housing Team", "Housing"), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(typing_makes_no_difference),
        arena_test(figures_and_words_do),
        arena_test(one_word_spelt_otherwise_is_told_apart),
        arena_test(a_text_that_stops_short_is_known),
        arena_test(the_words_that_differ_are_shown),
        arena_test(names_are_told_apart_whatever_their_order),
        arena_test(names_without_commas_are_told_apart_by_the_other_version),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
