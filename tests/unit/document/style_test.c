/* Contrast as WCAG 2.2 defines it, with ratios that are known. */
#include "document/style.h"
#include "support.h"

#include <math.h>

static void ratios_are_those_of_wcag(void **state)
{
    (void)state;
    const struct rgb white = {255, 255, 255}, black = {0, 0, 0}, grey = {0x76, 0x76, 0x76},
                     lighter = {0x77, 0x77, 0x77}, red = {255, 0, 0};
    assert_true(fabs(rgb_contrast(black, white) - 21) < 1e-9);
    assert_true(fabs(rgb_contrast(white, white) - 1) < 1e-9);
    assert_true(fabs(rgb_contrast(red, white) - 3.998) < 0.001);
    assert_true(rgb_contrast(grey, white) >= 4.5 && rgb_contrast(white, grey) >= 4.5);
    assert_true(rgb_contrast(lighter, white) < 4.5);
}

static void the_defaults_keep_the_rules(void **state)
{
    (void)state;
    for (size_t i = 0; i < contrast_rule_count; i++)
        assert_true(rgb_contrast(style_default.colours[contrast_rules[i].colour],
                                 style_default.colours[contrast_rules[i].ground]) >=
                    contrast_rules[i].least);
}

/* Of white and black the distance is that of their lightness. */
static void colours_of_series_differ(void **state)
{
    (void)state;
    static const enum colour series[] = {COLOUR_ACCENT, COLOUR_SECOND, COLOUR_THIRD, COLOUR_FOURTH};
    const struct rgb white = {255, 255, 255}, black = {0, 0, 0}, red = {255, 0, 0};
    assert_true(fabs(rgb_difference(white, black) - 100) < 0.01);
    assert_true(rgb_difference(red, red) < 1e-9);
    assert_true(fabs(rgb_difference(red, black) - 117.3) < 0.1); /* L* 53.2, a* 80.1, b* 67.2 */
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < i; j++)
            assert_true(rgb_difference(style_default.colours[series[i]],
                                       style_default.colours[series[j]]) >= series_difference);
}

static void colours_are_read_as_they_are_written(void **state)
{
    struct rgb colour;
    assert_true(rgb_read(TEXT("#1f4E79"), &colour));
    assert_int_equal(rgb_number(colour), 0x1F4E79);
    assert_text(*state, rgb_text(*state, colour), "#1F4E79");
    static const char *const wrong[] = {"",        "1F4E79", "#1F4E7", "#1F4E790",
                                        "#1F4E7G", "#FFF",   "red"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(rgb_read(text_from(wrong[i]), &colour));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(ratios_are_those_of_wcag),
        arena_test(the_defaults_keep_the_rules),
        arena_test(colours_of_series_differ),
        arena_test(colours_are_read_as_they_are_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
