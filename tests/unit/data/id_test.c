#include "data/id.h"

#include "support.h"

static void spellings_of_one_id_are_the_same(void **state)
{
    static const char *const same[][2] = {
        {"KA.01.03", "KA 01.03"},
        {"KA.01.03", "KA.01.03."},
        {"KA.01.03", "ka-01-03"},
        {"KA.01.03", " KA\n01 03 "},
        {"CO 1", "CO1"},
        {"CO\xC2\xA0"
         "10",
         "co.10"},
        {"1.a", "1.A"},
        {"1.a", "1(a)"},
        {"1.1.", "1.1"},
        {"CP HW 18", "CP.HW.18"},
        {"A\xE2\x80\x93"
         "1",
         "A1"},
    };
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        assert_text(*state, id_key(*state, text_from(same[i][0])),
                    text_cstr(*state, id_key(*state, text_from(same[i][1]))));
}

static void an_id_is_text_not_a_number(void **state)
{
    static const char *const other[][2] = {
        {"11.10", "11.1"},
        {"01", "1"},
        {"1.1", "11"},
        {"KA.01.03", "KA.1.3"},
        {"1/2", "1.2"},
        {"CP HW", "CPHW"},
        {"KA.01.03", "KA.0103"},
        {"1a", "1b"},
        {"-", "."},
        {"\xC3\xA9"
         "1",
         "e1"},
    };
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++)
        assert_false(id_same(*state, text_from(other[i][0]), text_from(other[i][1])));
    assert_text(*state, id_key(*state, TEXT("KA 01.03.")), "ka01.03");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(spellings_of_one_id_are_the_same),
        arena_test(an_id_is_text_not_a_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
