#include "base/text.h"

#include "support.h"

#include <string.h>

static void trim_cuts_spaces_of_all_kinds(void **state)
{
    assert_text(*state, text_trim(TEXT(" \t\r\na b\v\f ")), "a b");
    assert_text(*state, text_trim(TEXT("\xEF\xBB\xBF\xC2\xA0 x\xE2\x80\x8B\xC2\xA0")), "x");
    assert_text(*state, text_trim(TEXT("  \xC2\xA0 ")), "");
    assert_text(*state, text_trim(TEXT("")), "");
    assert_text(*state, text_trim(TEXT("\xC2")), "\xC2");
}

static void slice_never_leaves_the_text(void **state)
{
    struct text t = TEXT("abcdef");
    assert_text(*state, text_slice(t, 2, 4), "cd");
    assert_text(*state, text_slice(t, 4, 99), "ef");
    assert_text(*state, text_slice(t, 99, 100), "");
    assert_text(*state, text_slice(t, 4, 2), "");
}

static void split_gives_empty_pieces(void **state)
{
    struct text_pieces pieces = text_split(TEXT("a, ,b,"), ',');
    struct text piece;
    const char *expected[] = {"a", "", "b", ""};
    for (int i = 0; i < 4; i++) {
        assert_true(text_next(&pieces, &piece));
        assert_text(*state, piece, expected[i]);
    }
    assert_false(text_next(&pieces, &piece));
    pieces = text_split(TEXT(""), ',');
    assert_true(text_next(&pieces, &piece));
    assert_false(text_next(&pieces, &piece));
}

static void names_fold_case_spaces_and_punctuation(void **state)
{
    (void)state;
    assert_true(text_same_name(TEXT("Crime ID"), TEXT("crime_id")));
    assert_true(text_same_name(TEXT("Crime\xC2\xA0ID"), TEXT("CrimeID ")));
    assert_true(text_same_name(TEXT("As-at"), TEXT("as at")));
    assert_true(text_same_name(TEXT(""), TEXT(" - ")));
    assert_false(text_same_name(TEXT("Crime"), TEXT("Crimes")));
    assert_false(text_same_name(TEXT("Caf\xC3\xA9"), TEXT("Cafe")));
    assert_false(text_same_name(TEXT("1.1"), TEXT("1.2")));
    assert_false(text_same_name(TEXT("<5"), TEXT(">5")));
    assert_false(text_same_name(TEXT("Burglary %"), TEXT("Burglary")));
    struct texts names = {0};
    texts_add(*state, &names, TEXT("ASB (police)"));
    texts_add(*state, &names, TEXT("ASB police"));
    assert_int_equal(texts_find_name(&names, TEXT("ASB police")), 1);
    assert_int_equal(texts_find_name(&names, TEXT("asb police")), 0);
    assert_int_equal(texts_find_name(&names, TEXT("ASB")), 2);
}

static void slugs_are_plain_and_short(void **state)
{
    assert_text(*state, text_slug(*state, TEXT("Violence  with injury (VwI)")),
                "violence-with-injury-vwi");
    assert_text(*state,
                text_slug(*state, TEXT("Women's caf\xC3\xA9 \xE2\x80\x93 \xC5\x81\xC3\xB3"
                                       "d\xC5\xBA \xC5\xBE")),
                "womens-cafe-lodz-z");
    assert_text(*state, text_slug(*state, TEXT("!\xC3\x97?")), "x");
    assert_text(*state, text_slug(*state, TEXT("")), "x");
    assert_text(*state, text_slug(*state, TEXT("../../etc/passwd")), "etc-passwd");
    char longest[300];
    memset(longest, 'a', sizeof longest);
    for (size_t i = 3; i < sizeof longest; i += 4)
        longest[i] = ' ';
    struct text slug = text_slug(*state, (struct text){longest, sizeof longest});
    assert_true(slug.len <= 80 && slug.ptr[slug.len - 1] != '-');
}

static void quoting_shows_no_control_bytes(void **state)
{
    assert_text(*state, text_quote(*state, TEXT("a\x1B[31m\nb\x7F")), "a\\x1B[31m\\x0Ab\\x7F");
    assert_text(*state, text_quote(*state, TEXT("\xC2\x9B\xFF")), "\\xC2\\x9B\\xFF");
    assert_text(*state,
                text_quote(*state, TEXT("a\xE2\x80\xAE"
                                        "b")),
                "a\\xE2\\x80\\xAE"
                "b");
    assert_text(*state, text_quote(*state, TEXT("caf\xC3\xA9")), "caf\xC3\xA9");
    char longest[200];
    memset(longest, 'q', sizeof longest);
    struct text quoted = text_quote(*state, (struct text){longest, sizeof longest});
    assert_int_equal(quoted.len, 80 + 3);
    assert_true(text_ends(quoted, TEXT("…")));
}

static void the_nearest_name_is_found_and_nothing_far(void **state)
{
    struct texts names = {0};
    texts_add(*state, &names, TEXT("files"));
    texts_add(*state, &names, TEXT("dialect"));
    assert_int_equal(text_distance(TEXT("dialect"), TEXT("Dia lect")), 0);
    assert_int_equal(text_distance(TEXT("kitten"), TEXT("sitting")), 3);
    assert_int_equal(text_distance(TEXT(""), TEXT("abc")), 3);
    assert_text(*state, texts_nearest(&names, TEXT("dialekt")), "dialect");
    assert_text(*state, texts_nearest(&names, TEXT("file")), "files");
    assert_text(*state, texts_nearest(&names, TEXT("password")), "");
    char longest[500];
    memset(longest, 'z', sizeof longest);
    assert_int_equal(text_distance((struct text){longest, sizeof longest}, TEXT("")), 64);
}

static void search_and_order_are_by_bytes(void **state)
{
    (void)state;
    assert_true(text_compare(TEXT("a"), TEXT("ab")) < 0);
    assert_true(text_compare(TEXT("b"), TEXT("ab")) > 0);
    assert_true(text_compare(TEXT("Z"), TEXT("a")) < 0);
    assert_true(text_contains(TEXT("abc"), TEXT("")));
    assert_true(text_contains(TEXT("abc"), TEXT("bc")));
    assert_false(text_contains(TEXT("abc"), TEXT("cb")));
    assert_false(text_starts(TEXT("ab"), TEXT("abc")));
    assert_false(text_ends(TEXT("bc"), TEXT("abc")));
    assert_int_equal(text_find(TEXT("abca"), 'a', 1), 3);
    assert_int_equal(text_find(TEXT("abca"), 'x', 0), 4);
    assert_int_equal(text_find(TEXT("abca"), 'a', 9), 4);
}

static void buffers_grow(void **state)
{
    struct buffer out = {.arena = *state};
    assert_text(*state, buffer_text(&out), "");
    for (int i = 0; i < 1000; i++)
        buffer_format(&out, "%d,", i);
    buffer_add_byte(&out, '\0');
    buffer_add(&out, TEXT("end"));
    struct text t = buffer_text(&out);
    assert_int_equal(t.len, 10 * 2 + 90 * 3 + 900 * 4 + 4);
    assert_true(text_ends(t, TEXT("999,\0end")));
    assert_int_equal(t.ptr[t.len], 0);
}

static void lists_join(void **state)
{
    struct texts list = {0};
    assert_text(*state, texts_join(*state, &list, TEXT(", ")), "");
    for (int i = 0; i < 20; i++)
        texts_add(*state, &list, text_format(*state, "%d", i));
    assert_int_equal(texts_find(&list, TEXT("19")), 19);
    assert_int_equal(texts_find(&list, TEXT("20")), 20);
    list.count = 3;
    assert_text(*state, texts_join(*state, &list, TEXT(", ")), "0, 1, 2");
    assert_text(*state, text_concat(*state, TEXT("a"), TEXT("b")), "ab");
    assert_text(*state, text_from(NULL), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(trim_cuts_spaces_of_all_kinds),
        arena_test(slice_never_leaves_the_text),
        arena_test(split_gives_empty_pieces),
        arena_test(names_fold_case_spaces_and_punctuation),
        arena_test(slugs_are_plain_and_short),
        arena_test(quoting_shows_no_control_bytes),
        arena_test(the_nearest_name_is_found_and_nothing_far),
        arena_test(search_and_order_are_by_bytes),
        arena_test(buffers_grow),
        arena_test(lists_join),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
