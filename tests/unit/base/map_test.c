#include "base/map.h"

#include "support.h"

static void keys_have_their_numbers(void **state)
{
    struct map map = {.arena = *state};
    assert_int_equal(map_find(&map, TEXT("a"), 99), 99);
    for (size_t i = 0; i < 20000; i++)
        map_add(&map, text_format(*state, "E%08zu", i), i);
    map_add(&map, TEXT_EMPTY, 7);
    assert_int_equal(map.count, 20001);
    for (size_t i = 0; i < 20000; i++)
        assert_int_equal(map_find(&map, text_format(*state, "E%08zu", i), SIZE_MAX), i);
    assert_int_equal(map_find(&map, TEXT("E00020000"), SIZE_MAX), SIZE_MAX);
    assert_int_equal(map_find(&map, TEXT_EMPTY, SIZE_MAX), 7);
    map_set(&map, TEXT("E00000003"), 5);
    assert_int_equal(map_find(&map, TEXT("E00000003"), SIZE_MAX), 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(keys_have_their_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
