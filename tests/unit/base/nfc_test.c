#include "base/nfc.h"
#include "base/utf8.h"

#include "support.h"

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void check(const char *from, const char *to)
{
    struct text composed = nfc_text(arena, text_from(from));
    assert_int_equal(composed.len, strlen(to));
    assert_memory_equal(composed.ptr, to, composed.len);
}

static void accents_join_their_letters(void **state)
{
    (void)state;
    check("Cafe\u0301", "Caf\u00E9");
    check("Y Gw\u0302yr a\u2019r Ty\u0302", "Y G\u0175yr a\u2019r T\u0177");
    check("Lo\u0301dz\u0301", "L\u00F3d\u017A");
    check("o\u0302\u0323", "\u1ED9"); /* in the order in which they are joined */
    check("m\u00B2 of \u212B", "m\u00B2 of \u00C5");
    check("\u1100\u1161", "\uAC00");
    check("x\u0301", "x\u0301"); /* there is no such letter */
}

static void what_is_composed_is_left_alone(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "", "plain", "\u00A350 \u2013 \u201CCaf\u00E9\u201D \u2191 \u2265 5%",
        "a line of text that is longer than thirty-two bytes \u2019 and goes on behind it"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct text text = text_from(texts[i]);
        assert_false(nfc_may_change(text));
        assert_ptr_equal(nfc_text(arena, text).ptr, text.ptr);
    }
}

static void a_mark_is_seen_wherever_it_stands(void **state)
{
    (void)state;
    for (size_t before = 0; before < 70; before++) {
        struct buffer text = {.arena = arena};
        for (size_t i = 0; i < before; i++)
            buffer_add_byte(&text, 'e');
        buffer_add(&text, TEXT("e\u0301"));
        assert_true(nfc_may_change(buffer_text(&text)));
        for (size_t i = 0; i < before; i++)
            buffer_add_byte(&text, 'e');
        assert_true(nfc_may_change(buffer_text(&text)));
        assert_int_equal(nfc_text(arena, buffer_text(&text)).len, 2 * before + 2);
    }
}

/* The fast answer is never a wrong no. */
static void nothing_that_changes_is_passed_over(void **state)
{
    (void)state;
    for (uint32_t point = 1; point < 0x110000; point++) {
        char bytes[4];
        if (point >= 0xD800 && point < 0xE000)
            continue;
        struct text text = {bytes, utf8_put(bytes, point)};
        struct buffer composed = {.arena = arena};
        if (nfc_may_change(text) || point == 0x2000 || point == 0x2001) /* spaces */
            continue;
        nfc_add(&composed, text);
        assert_true(text_equal(buffer_text(&composed), text));
    }
}

static void bytes_that_are_no_text_are_left_alone(void **state)
{
    (void)state;
    check("\xFF\xFE x\xCC", "\xFF\xFE x\xCC");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(accents_join_their_letters, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_composed_is_left_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_mark_is_seen_wherever_it_stands, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_that_changes_is_passed_over, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bytes_that_are_no_text_are_left_alone, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
