/* Capitals that nothing explains, and capitals that are no short form. */
#include "check_support.h"

static struct short_forms listed(struct arena *arena)
{
    struct short_forms forms = {0};
    short_forms_add(arena, &forms, TEXT("HDCSP"), TEXT("Community Safety Partnership"),
                    place_at(TEXT("job.ini"), 1, 1));
    short_forms_add(arena, &forms, TEXT("ASB"), TEXT("Anti-social behaviour"),
                    place_at(TEXT("job.ini"), 2, 1));
    texts_add(arena, &forms.known, TEXT("LEP"));
    short_forms_settle(arena, &forms);
    return forms;
}

static struct text told_of(void **state, const char *words)
{
    struct arena *arena = *state;
    struct diags diags = diags_new(arena);
    const struct short_forms forms = listed(arena);
    struct abbreviation_checks *checks = abbreviation_checks_new(arena, &forms);
    abbreviation_checks_exempt(checks, TEXT("CO 1"));
    abbreviation_checks_exempt(checks, TEXT("KG per head"));
    check_abbreviation_words(checks, text_from(words), place_at(TEXT("a.md"), 1, 0));
    check_abbreviations(&diags, checks);
    return diags_text(&diags);
}

static void what_is_told(void **state)
{
    static const char *const samples[][2] = {
        {"The OPCC paid.", "'OPCC' is used once"},
        {"The OPCC paid; OPCCs do.", "'OPCC' is used twice"},
        {"OPCC, OPCC and OPCC", "'OPCC' is used 3 times"},
        {"The HCSP met.", "unless 'HDCSP' is meant"},
        {"The HDSCP met.", "unless 'HDCSP' is meant"},
        {"ASB/FTE", "'FTE'"},
        {"FTE NEET", "'NEET'"},
        {"the office (OPCC)", "'OPCC'"},
        {"OPCC (formerly of Sampleton)", "'OPCC'"},
        {"DIM and MIX", "'DIM'"},
    };
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++)
        if (!text_contains(told_of(state, samples[i][0]), text_from(samples[i][1])))
            fail_msg("'%s' did not tell: %s", samples[i][0], samples[i][1]);
}

static void what_is_none(void **state)
{
    static const char *const samples[] = {
        "The HDCSP, ASB and LEP.",
        "CO 1, CO 2: 5 KG",
        "Parts II, III, IV, IX, XII and XXXIX",
        "UK, NHS and VAT; TBC, N/A, RAG, NB",
        "A B C, R&D, CSP-01, FTE@example.org, www.FTE.example, FTE1",
        "This MUST NOT be, and ALL of it.",
        "COMMUNITY SAFETY and PLEASE DO CALL US",
        "HOUSING FTE",
        "Office of the Police and Crime Commissioner (OPCC), and the OPCC",
        "the FTE, and FTE (full-time equivalent)",
        "",
    };
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++)
        if (told_of(state, samples[i]).len)
            fail_msg("'%s' told: %.*s", samples[i], TEXT_ARG(told_of(state, samples[i])));
}

static struct text told_of_list(void **state, const char *const (*entries)[2], size_t count,
                                size_t from)
{
    struct arena *arena = *state;
    struct diags diags = diags_new(arena);
    struct short_forms forms = {0};
    for (size_t i = 0; i < count; i++)
        short_forms_add(arena, &forms, text_from(entries[i][0]), text_from(entries[i][1]),
                        place_at(TEXT("job.ini"), (unsigned)i + 1, 1));
    check_short_forms(&diags, arena, &forms, from);
    return diags_text(&diags);
}

static void lists_that_say_two_things(void **state)
{
    static const char *const entries[][2] = {{"CSP", "Community Safety Partnership"},
                                             {"CSP", "Crime and Safety Panel"},
                                             {"VwI", "Violence with injury"},
                                             {"Vwi", "violence with injury"},
                                             {"DCSP", "Community safety partnership"}};
    struct text told = told_of_list(state, entries, 5, 0);
    assert_true(text_contains(told, TEXT("job.ini:2:1: warning: 'CSP' stands for other words")));
    assert_true(text_contains(told, TEXT("job.ini:4:1: info: 'Vwi' is written 'VwI' in line 3")));
    assert_true(text_contains(told, TEXT("'CSP' and 'DCSP' stand for the same words")));
    assert_int_equal(told_of_list(state, entries, 5, 5).len, 0);
    assert_int_equal(told_of_list(state, entries, 1, 0).len, 0);
    static const char *const other[][2] = {
        {"IT", "Information technology"}, {"It", "Italy"}, {"IT", "information technology"}};
    assert_int_equal(told_of_list(state, other, 3, 0).len, 0);
}

static void what_no_report_uses(void **state)
{
    struct arena *arena = *state;
    struct diags diags = diags_new(arena);
    struct short_forms forms = listed(arena);
    forms.items[0].uses = 1;
    check_short_forms_used(&diags, arena, &forms, place_at(TEXT("job.ini"), 1, 1));
    assert_true(text_contains(diags_text(&diags), TEXT("no report uses 1 of 2 short forms: ")));
    forms.items[1].uses = 1;
    diags = diags_new(arena);
    check_short_forms_used(&diags, arena, &forms, place_at(TEXT("job.ini"), 1, 1));
    assert_int_equal(diags_text(&diags).len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(what_is_told),
        arena_test(what_is_none),
        arena_test(lists_that_say_two_things),
        arena_test(what_no_report_uses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
