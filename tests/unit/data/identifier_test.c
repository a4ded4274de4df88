#include "data/identifier.h"

#include "support.h"

static void one_code_has_one_key(void **state)
{
    static const struct {
        const char *code, *key;
    } cases[] = {
        {"KA.01.03", "KA.01.03"},
        {"KA 01.03", "KA.01.03"},
        {"KA.01.03.", "KA.01.03"},
        {" ka-01 / 03 ", "KA.01.03"},
        {"11.10", "11.10"},
        {"11.1", "11.1"},
        {"1.11", "1.11"},
        {"KA0103", "KA0103"},
        {"(7)", "7"},
        {"...", ""},
        {"", ""},
        {"No 7a", "NO.7A"},
        {"007", "007"},
        {"PM TP 10-12", "PM.TP.10.12"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_text(*state, identifier_key(*state, text_from(cases[i].code)), cases[i].key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(one_code_has_one_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
