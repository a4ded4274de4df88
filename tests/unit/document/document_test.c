#include "document/document.h"
#include "support.h"

static struct text plain_again(struct arena *arena, const char *plain)
{
    struct blocks blocks = blocks_from_plain(arena, text_from(plain));
    return blocks_plain(arena, &blocks);
}

static void lists_are_found_in_plain_text(void **state)
{
    struct blocks blocks = blocks_from_plain(
        *state, TEXT("Two points:\n- one\n\xE2\x80\xA2 two\n\n3. three\n4) four\n6. six\nend"));
    assert_int_equal(blocks.count, 5);
    assert_int_equal(blocks.items[1].kind, BLOCK_LIST);
    assert_int_equal(blocks.items[1].list.count, 2);
    assert_true(blocks.items[2].list.ordered);
    assert_int_equal(blocks.items[2].list.first, 3);
    assert_int_equal(blocks.items[2].list.count, 2);
    assert_int_equal(blocks.items[3].list.first, 6); /* 5 is not there: a list of its own */
    assert_int_equal(blocks.items[4].kind, BLOCK_PARAGRAPH);
}

static void what_only_looks_like_a_list_stays_text(void **state)
{
    assert_text(*state, plain_again(*state, "-5 degrees"), "-5 degrees");
    assert_text(*state, plain_again(*state, "2021. A year"), "2021. A year");
    assert_text(*state, plain_again(*state, "-"), "-");
    assert_text(*state, plain_again(*state, "1.5 million"), "1.5 million");
}

static void no_word_is_lost(void **state)
{
    struct arena *arena = *state;
    static const char *const parts[] = {"- a", "b", "", "1. c", "2. d", "* e", "•f", "–", "- "};
    enum { PARTS = sizeof parts / sizeof parts[0] };
    srand(7);
    for (int round = 0; round < 500; round++) {
        struct buffer text = {.arena = arena};
        size_t letters = 0;
        for (int i = rand() % 12; i >= 0; i--)
            buffer_format(&text, "%s\n", parts[rand() % PARTS]);
        for (size_t i = 0; i < text.len; i++)
            letters += text.ptr[i] >= 'a' && text.ptr[i] <= 'f';
        struct blocks blocks = blocks_from_plain(arena, buffer_text(&text));
        struct text out = blocks_plain(arena, &blocks);
        for (size_t i = 0; i < out.len; i++)
            letters -= out.ptr[i] >= 'a' && out.ptr[i] <= 'f';
        assert_int_equal(letters, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(lists_are_found_in_plain_text),
        arena_test(what_only_looks_like_a_list_stays_text),
        arena_test(no_word_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
