#include "base/arena.h"

#include "base/exit.h"
#include "support.h"

#include <stdalign.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void memory_is_zeroed_aligned_and_separate(void **state)
{
    unsigned char *before = NULL;
    for (size_t size = 0; size < 70000; size = size * 2 + 1) {
        unsigned char *memory = arena_alloc(*state, size);
        assert_non_null(memory);
        assert_int_equal((uintptr_t)memory % alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(memory[i], 0);
        memset(memory, 0xAB, size);
        if (before)
            assert_int_equal(before[0], 0xAB);
        before = size ? memory : before;
    }
}

static void a_large_block_does_not_end_the_small_one(void **state)
{
    char *first = arena_alloc(*state, 16);
    arena_alloc(*state, 1000000);
    char *second = arena_alloc(*state, 16);
    assert_ptr_equal(second, first + 16);
}

static void grow_keeps_the_items(void **state)
{
    size_t *items = NULL, capacity = 0;
    for (size_t i = 0; i < 1000; i++) {
        items = arena_grow(*state, items, i, &capacity, sizeof *items);
        assert_true(capacity > i);
        items[i] = i * 3;
    }
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(items[i], i * 3);
}

/* The exit status of a child that asks for too much. */
static int status_of_asking(size_t count, size_t size)
{
    pid_t child = fork();
    if (child == 0) {
        if (!freopen("/dev/null", "w", stderr))
            _exit(99);
        static struct arena *volatile arena; /* static: what ends with the child is no leak */
        arena = arena_new();
        arena_calloc(arena, count, size);
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void too_much_ends_the_program_with_its_status(void **state)
{
    (void)state;
    assert_int_equal(status_of_asking(SIZE_MAX / 2, 3), STATUS_INTERNAL);
    assert_int_equal(status_of_asking(SIZE_MAX, 1), STATUS_INTERNAL);
    assert_int_equal(status_of_asking(10, 3), 0);
}

static void freeing_nothing_is_allowed(void **state)
{
    (void)state;
    arena_free(NULL);
}

static void test_memory_of_a_reset_arena_is_zeroed_again(void **state)
{
    struct arena *arena = arena_new();
    (void)state;
    arena_reset(arena); /* nothing was asked of it yet */
    for (int round = 0; round < 3; round++) {
        for (size_t size = 1; size < 300000; size *= 3) { /* blocks of their own, too */
            char *memory = arena_alloc(arena, size);
            for (size_t i = 0; i < size; i++)
                assert_int_equal(memory[i], 0);
            memset(memory, 'x', size);
        }
        arena_reset(arena);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory_of_a_reset_arena_is_zeroed_again),
        arena_test(memory_is_zeroed_aligned_and_separate),
        arena_test(a_large_block_does_not_end_the_small_one),
        arena_test(grow_keeps_the_items),
        cmocka_unit_test(too_much_ends_the_program_with_its_status),
        cmocka_unit_test(freeing_nothing_is_allowed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
