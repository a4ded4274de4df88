#include "base/utf8.h"

#include "support.h"

static void every_point_survives(void **state)
{
    (void)state;
    for (uint32_t point = 0; point < 0x110000; point += point < 0x900 ? 1 : 97) {
        char bytes[4];
        if (point >= 0xD800 && point <= 0xDFFF)
            continue;
        struct text t = {bytes, utf8_put(bytes, point)};
        size_t at = 0;
        assert_int_equal(utf8_next(t, &at), point);
        assert_int_equal(at, t.len);
        assert_int_equal(utf8_check(t), t.len);
    }
}

static void bad_bytes_are_found_where_they_stand(void **state)
{
    (void)state;
    static const struct {
        struct text bytes;
        size_t bad;
    } cases[] = {
        {TEXT_INIT("\x80"), 0},             /* no lead byte */
        {TEXT_INIT("ab\xC3"), 2},           /* cut off */
        {TEXT_INIT("\xC0\xAF"), 0},         /* overlong */
        {TEXT_INIT("\xE0\x80\xAF"), 0},     /* overlong */
        {TEXT_INIT("\xF0\x80\x80\xAF"), 0}, /* overlong */
        {TEXT_INIT("\xED\xA0\x80"), 0},     /* surrogate */
        {TEXT_INIT("\xF4\x90\x80\x80"), 0}, /* above U+10FFFF */
        {TEXT_INIT("\xF5\x80\x80\x80"), 0}, /* no such lead byte */
        {TEXT_INIT("12345678\xA3"
                   "12345678"),
         8}, /* a pound sign of Windows-1252 */
        {TEXT_INIT("\xE2\x82z"), 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(utf8_check(cases[i].bytes), cases[i].bad);
}

static void a_bad_byte_counts_as_one(void **state)
{
    (void)state;
    assert_int_equal(utf8_count(TEXT("\xC2\xA3"
                                     "5\xE2\x82\xAC\xF0\x9F\x98\x80")),
                     4);
    assert_int_equal(utf8_count(TEXT("\xFF\xFF"
                                     "a")),
                     3);
    assert_int_equal(utf8_count(TEXT("")), 0);
}

static void words_that_nobody_sees_do_not_show(void **state)
{
    (void)state;
    assert_false(utf8_shows(TEXT("")));
    assert_false(utf8_shows(TEXT(" \t\n")));
    /* no-break, thin and wide spaces; soft hyphen, zero width, joiners, marks of direction */
    assert_false(utf8_shows(TEXT("\u00A0\u2009\u202F\u3000")));
    assert_false(utf8_shows(TEXT("\u00AD\u200B\u200D\u2060\u200F\u2066\uFEFF\uFE0F")));
    assert_true(utf8_shows(TEXT("\u00AD-")));
    assert_true(utf8_shows(TEXT("\u00A1")));
    assert_true(utf8_shows(TEXT("\u2010")));
    assert_true(utf8_shows(TEXT("\u2070")));
}

static void what_turns_words_or_is_none_is_no_text(void **state)
{
    (void)state;
    static const uint32_t none[] = {0,      '\t',   '\n',   0x7F,   0x85,   0x202A,  0x202E,
                                    0x2066, 0x2069, 0xFDD0, 0xFFFE, 0xFFFF, 0x1FFFF, UTF8_INVALID};
    static const uint32_t text[] = {' ',    'a',    0xA0,   0x0175, 0x200F,
                                    0x2029, 0x20AC, 0xFFFD, 0x1F600};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        assert_false(utf8_is_text(none[i]));
    for (size_t i = 0; i < sizeof text / sizeof text[0]; i++)
        assert_true(utf8_is_text(text[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_point_survives),
        cmocka_unit_test(bad_bytes_are_found_where_they_stand),
        cmocka_unit_test(a_bad_byte_counts_as_one),
        cmocka_unit_test(words_that_nobody_sees_do_not_show),
        cmocka_unit_test(what_turns_words_or_is_none_is_no_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
