#include "data/target.h"

#include "support.h"

static enum polarity way(struct arena *arena, const char *words)
{
    struct target target = {0};
    assert_true(polarity_read(arena, text_from(words), &target));
    assert_true(target.has_polarity);
    return target.polarity;
}

static void polarities_are_read_in_usual_words(void **state)
{
    static const struct {
        const char *words;
        enum polarity polarity;
    } cases[] = {
        {"high", POLARITY_HIGH},
        {"Bigger is better", POLARITY_HIGH},
        {"Higher is better.", POLARITY_HIGH},
        {"Aim to Maximise", POLARITY_HIGH},
        {"Increase", POLARITY_HIGH},
        {"Low is bad", POLARITY_HIGH},
        {"↑", POLARITY_HIGH},
        {"Low", POLARITY_LOW},
        {"smaller is better", POLARITY_LOW},
        {"Aim to minimise", POLARITY_LOW},
        {"Fewer", POLARITY_LOW},
        {"High is bad", POLARITY_LOW},
        {"▼", POLARITY_LOW},
        {"none", POLARITY_NONE},
        {"N/A", POLARITY_NONE},
        {"Monitoring only", POLARITY_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(way(*state, cases[i].words), cases[i].polarity);
}

static void a_band_has_two_ends(void **state)
{
    static const char *const bands[] = {"band 18 to 20", "Between 18 and 20", "18–20", "18-20",
                                        "band 18% to 20%"};
    for (size_t i = 0; i < sizeof bands / sizeof bands[0]; i++) {
        struct target target = {0};
        assert_true(polarity_read(*state, text_from(bands[i]), &target));
        assert_int_equal(target.polarity, POLARITY_BAND);
        assert_int_equal(decimal_compare(target.band_low, decimal_from(18)), 0);
        assert_int_equal(decimal_compare(target.band_high, decimal_from(20)), 0);
    }
}

/* Words that say both ways, no way, or a way that is denied, say nothing. */
static void what_says_no_way_is_not_read(void **state)
{
    static const char *const words[] = {
        "",        "On plan",          "Bigger or smaller is better",
        "not low", "band 20 to 18",    "band 18",
        "highway", "band some to many"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        struct target target = {0};
        assert_false(polarity_read(*state, text_from(words[i]), &target));
        assert_false(target.has_polarity);
    }
}

static void without_a_tolerance_it_is_five_per_cent(void **state)
{
    (void)state;
    struct target given = {.has_tolerance = true, .tolerance = decimal_from(2)}, usual = {0};
    target_settle(&given);
    target_settle(&usual);
    assert_false(given.tolerance_is_relative);
    assert_int_equal(decimal_compare(given.tolerance, decimal_from(2)), 0);
    assert_true(usual.tolerance_is_relative);
    assert_int_equal(decimal_compare(usual.tolerance, decimal_from(5)), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(polarities_are_read_in_usual_words),
        arena_test(a_band_has_two_ends),
        arena_test(what_says_no_way_is_not_read),
        cmocka_unit_test(without_a_tolerance_it_is_five_per_cent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
