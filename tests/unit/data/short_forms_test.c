/* Where a short form stands in words, what it stands for there, and what explains one. */
#include "data/short_forms.h"
#include "support.h"

static struct short_forms list(struct arena *arena)
{
    static const char *const entries[][2] = {
        {"CSP", "Community Safety Partnership"},
        {"PCSO", "Police Community Support Officer"},
        {"PC", "Police constable"},
        {"MP", "Member of Parliament"},
        {"ASBO", "Anti-social behaviour order"},
        {"CBA", "Cost-benefit analysis"},
        {"LTA", "Local Transport Authority"},
        {"VwI", "Violence with injury"},
        {"R&D", "Research and development"},
        {"NHS E", "NHS England"},
        {"CSP", "Crime and Safety Panel"},
        {"ÉT", "Éducation technique"},
    };
    struct short_forms forms = {0};
    for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++)
        short_forms_add(arena, &forms, text_from(entries[i][0]), text_from(entries[i][1]),
                        place_at(TEXT("a.ini"), (unsigned)i + 1, 1));
    short_forms_settle(arena, &forms);
    return forms;
}

/* "CSP=Crime and Safety Panel; " of each that stands in the words */
static struct text found_in(struct arena *arena, const char *words)
{
    const struct short_forms forms = list(arena);
    struct buffer out = {.arena = arena};
    struct short_use use = {0};
    while (short_forms_next(&forms, text_from(words), use.to, &use)) {
        struct text meaning = short_use_meaning(&use);
        struct text shown = text_slice(text_from(words), use.from, use.to);
        buffer_format(&out, "%.*s=%.*s; ", TEXT_ARG(shown), TEXT_ARG(meaning));
    }
    return buffer_text(&out);
}

static void whole_words_alone(void **state)
{
    static const char *const samples[][2] = {
        {"The CSP met.", "CSP=Crime and Safety Panel; "},
        {"(CSP)", "CSP=Crime and Safety Panel; "},
        {"CSP", "CSP=Crime and Safety Panel; "},
        {"the CSP’s plan, “CSP”–CSP/PC",
         "CSP=Crime and Safety Panel; CSP=Crime and Safety Panel; "
         "CSP=Crime and Safety Panel; PC=Police constable; "},
        {"CSP-led", "CSP=Crime and Safety Panel; "},
        {"csp Csp CSPX XCSP CSP1 1CSP CSP_A ÉCSP CSPé", ""},
        {"CSP-01, 01-CSP, CSP/2, www.CSP.example, CSP@example.org, @CSP, #CSP, A&CSP", ""},
        {"VwI and VWI", "VwI=Violence with injury; "},
        {"R&D by NHS E, not NHS Ex", "R&D=Research and development; NHS E=NHS England; "},
        {"Un ÉT.", "ÉT=Éducation technique; "},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++)
        assert_text(*state, found_in(*state, samples[i][0]), samples[i][1]);
}

static void a_plural_is_one_of_its_words(void **state)
{
    static const char *const samples[][2] = {
        {"PCSOs", "PCSOs=Police Community Support Officers; "},
        {"PCs", "PCs=Police constables; "},
        {"PCSO's", "PCSO=Police Community Support Officer; "},
        {"MPs", "MPs=Member of Parliament; "},
        {"LTAs", "LTAs=Local Transport Authorities; "},
        {"CBAs", "CBAs=Cost-benefit analysis; "},
        {"PCSOsx", ""},
    };
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++)
        assert_text(*state, found_in(*state, samples[i][0]), samples[i][1]);
}

static void a_list_has_each_once_and_the_last_counts(void **state)
{
    const struct short_forms forms = list(*state);
    assert_int_equal(forms.listed_count, 12);
    assert_int_equal(forms.count, 11);
    assert_text(*state, short_forms_find(&forms, TEXT("CSP"))->meaning, "Crime and Safety Panel");
    assert_int_equal(short_forms_find(&forms, TEXT("CSP"))->place.line, 11);
    assert_null(short_forms_find(&forms, TEXT("csp")));
    struct short_forms none = {0};
    struct short_use use;
    short_forms_add(*state, &none, TEXT(" "), TEXT("Nothing"), PLACE_NONE);
    short_forms_add(*state, &none, TEXT("NA"), TEXT(""), PLACE_NONE);
    short_forms_settle(*state, &none);
    assert_int_equal(none.count, 0);
    assert_false(short_forms_next(&none, TEXT("NA"), 0, &use));
}

static void words_explain_by_their_initials(void **state)
{
    (void)state;
    assert_true(short_forms_spells(TEXT("The Community Safety Partnership "), TEXT("CSP")));
    assert_true(short_forms_spells(TEXT("anti-social behaviour"), TEXT("ASB")));
    assert_true(
        short_forms_spells(TEXT("Office of the Police and Crime Commissioner"), TEXT("OPCC")));
    assert_true(short_forms_spells(TEXT("a cost of living crisis"), TEXT("CLC")));
    assert_false(short_forms_spells(TEXT("Safety Partnership"), TEXT("CSP")));
    assert_false(short_forms_spells(TEXT("the council"), TEXT("HDC")));
    assert_false(short_forms_spells(TEXT(""), TEXT("HDC")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(whole_words_alone),
        arena_test(a_plural_is_one_of_its_words),
        arena_test(a_list_has_each_once_and_the_last_counts),
        arena_test(words_explain_by_their_initials),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
