#include "support.h"

#include "check/references_int.h"

static struct text key_of(void **state, const char *text)
{
    struct code code;
    return code_read(*state, text_from(text), &code) ? code_key(*state, &code) : TEXT_EMPTY;
}

static void spellings_of_one_code_are_the_same(void **state)
{
    static const char *const same[][2] = {
        {"KA.01.03", "KA 01 03"}, {"KA.01.03.", "KA-1.3"},        {"CO 1", "CO1"},
        {"CP HW 18", "CP.HW.18"}, {"HR 03.1", "HR.3.1"},          {"1.a", "1a"},
        {"9.5.", "9.5"},          {"PM TP 10-12", "PM TP 10.12"},
    };
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        assert_text(*state, key_of(state, same[i][0]), key_of(state, same[i][1]).ptr);
    assert_text(*state, key_of(state, "KA.01.03"), "ka|1.3");
    assert_text(*state, key_of(state, "CP HW 18"), "cp.hw|18");
    assert_text(*state, key_of(state, "1.a"), "|1~1");
    assert_text(*state, key_of(state, "11.10"), "|11.10"); /* not 11.1 */
    assert_text(*state, key_of(state, "1(A)"), "");        /* brackets are not read */
}

static void words_are_no_codes(void **state)
{
    static const char *const none[] = {"ED",       "",
                                       "-",        "Housing 2 of 3",
                                       "CO 1 and", "1234567",
                                       "CO 1 ab",  "1.2.3.4.5.6.7",
                                       "2/3",      "CO 1\xc3\xa9"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        assert_text(*state, key_of(state, none[i]), "");
}

/* How many bytes of `words` from its byte `at` are such a code; 0: none begins there. */
static size_t found(const char *words, size_t at, const char *prefix, size_t most)
{
    struct code code;
    size_t end = 0;
    return code_at(text_from(words), at, text_from(prefix), most, &code, &end) ? end - at : 0;
}

static void codes_are_found_in_words(void **state)
{
    (void)state;
    assert_int_equal(found("see CO 7.", 4, "CO", 1), 4);
    assert_int_equal(found("CO 7, 13", 0, "CO", 1), 4);
    assert_int_equal(found("KA 02 03 in", 0, "KA", 2), 8);
    assert_int_equal(found("KA.03.02.", 0, "KA", 2), 8);
    assert_int_equal(found("CO 11 - unfinished", 0, "CO", 1), 5);
    assert_int_equal(found("CO 2 - 4 of", 0, "CO", 2), 4);
    assert_int_equal(found("CP HW 18", 0, "CP.HW", 1), 8);
    assert_int_equal(found("CP HW 18", 0, "CP", 1), 0);
    assert_int_equal(found("CO\xc2\xa0"
                           "7\xe2\x80\x99s",
                           0, "CO", 1),
                     5); /* hard space, quote */
    assert_int_equal(found("\xe2\x80\x9c"
                           "CO 7",
                           3, "CO", 1),
                     4);
    assert_int_equal(found("XCO 7", 1, "CO", 1), 0);
    assert_int_equal(found("\xc3\x89"
                           "CO 7",
                           2, "CO", 1),
                     0);
    assert_int_equal(found("CO2e", 0, "CO", 1), 0);
    assert_int_equal(found("co 7", 0, "CO", 1), 0);
    assert_int_equal(found("CO seven", 0, "CO", 1), 0);
    assert_int_equal(found("COVID 19", 0, "CO", 1), 0);
    assert_int_equal(found("CO", 0, "CO", 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(spellings_of_one_code_are_the_same),
        arena_test(words_are_no_codes),
        arena_test(codes_are_found_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
