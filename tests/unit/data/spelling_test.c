#include "data/spelling_int.h"

#include "support.h"

static size_t at_start(const char *t, const char *spellings)
{
    return spelling_at_start(text_from(t), spellings);
}

static void the_longest_spelling_counts(void **state)
{
    (void)state;
    assert_int_equal(at_start("year to date", "year|year to|ye"), 7);
    assert_int_equal(at_start("Year To 31 March", "year|year to"), 7);
    assert_int_equal(at_start("..5", ".|.."), 2);
    assert_int_equal(at_start("5", "a|b"), 0);
    assert_int_equal(at_start("", "a"), 0);
}

static void a_spelling_ends_where_a_word_ends(void **state)
{
    (void)state;
    assert_int_equal(at_start("years", "year|ye"), 0);
    assert_int_equal(at_start("fy2021", "fy"), 2);
    assert_int_equal(at_start("£5", "£"), 2);
    assert_true(is_spelling(TEXT("N/A"), "na|n/a"));
    assert_false(is_spelling(TEXT("n/a "), "na|n/a"));
    assert_false(is_spelling(TEXT(""), "na"));
}

static void spellings_at_the_end(void **state)
{
    (void)state;
    assert_int_equal(spelling_at_end(TEXT("75 **"), "*|**"), 2);
    assert_int_equal(spelling_at_end(TEXT("5 or more"), "+| or more"), 8);
    assert_int_equal(spelling_at_end(TEXT("5"), "+"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_longest_spelling_counts),
        cmocka_unit_test(a_spelling_ends_where_a_word_ends),
        cmocka_unit_test(spellings_at_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
