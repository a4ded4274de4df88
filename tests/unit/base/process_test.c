#include "base/process.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static const struct process_limits usual = {
    .memory = (size_t)64 << 20, .cpu_seconds = 5, .seconds = 10};

static enum process_end run(struct process_limits limits, process_work *work, void *context,
                            struct arena *arena, struct diags *diags, struct text *bytes)
{
    *diags = diags_new(arena);
    *bytes = TEXT_EMPTY;
    return process_run_limited(limits, work, context, arena, diags, bytes);
}

/* More than a pipe holds, and a message with every part of a place. */
static bool large_result(void *context, struct arena *arena, struct diags *diags,
                         struct text *bytes)
{
    size_t len = *(size_t *)context;
    char *out = arena_alloc(arena, len);
    for (size_t i = 0; i < len; i++)
        out[i] = (char)(i % 251);
    *bytes = (struct text){out, len};
    struct place place = place_at(TEXT("a.ini"), 7, 3);
    place.part = TEXT("page 2");
    diag(diags, DIAG_DROPPED, place, "two links");
    return true;
}

static void test_bytes_and_messages_come_back(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct diags diags;
    struct text bytes;
    size_t len = 1000003;
    assert_int_equal(run(usual, large_result, &len, arena, &diags, &bytes), PROCESS_DONE);
    assert_int_equal(bytes.len, len);
    for (size_t i = 0; i < len; i++)
        assert_int_equal(bytes.ptr[i], (char)(i % 251));
    assert_int_equal(diags.count, 1);
    assert_int_equal(diags.items[0].kind, DIAG_DROPPED);
    assert_true(text_is(diags.items[0].message, "two links"));
    assert_true(text_is(diags.items[0].place.file, "a.ini"));
    assert_true(text_is(diags.items[0].place.part, "page 2"));
    assert_int_equal(diags.items[0].place.line, 7);
    assert_int_equal(diags.items[0].place.column, 3);
    arena_free(arena);
}

static bool refuse(void *context, struct arena *arena, struct diags *diags, struct text *bytes)
{
    (void)context, (void)arena, (void)bytes;
    diag(diags, DIAG_PDF_INPUT, PLACE_NONE, "no pages");
    return false;
}

static bool crash(void *context, struct arena *arena, struct diags *diags, struct text *bytes)
{
    (void)context, (void)arena, (void)diags, (void)bytes;
    signal(SIGABRT, SIG_DFL);
    abort();
}

static bool hang(void *context, struct arena *arena, struct diags *diags, struct text *bytes)
{
    (void)context, (void)arena, (void)diags, (void)bytes;
    while (pause() < 0)
        continue;
    return false;
}

static bool write_file(void *context, struct arena *arena, struct diags *diags, struct text *bytes)
{
    (void)arena, (void)diags, (void)bytes;
    signal(SIGXFSZ, SIG_IGN);
    int fd = open(context, O_WRONLY);
    return write(fd, "x", 1) == 1;
}

static void test_ends_are_told_apart(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct diags diags;
    struct text bytes;
    struct process_limits brief = usual;
    brief.seconds = 1;
    assert_int_equal(run(usual, refuse, NULL, arena, &diags, &bytes), PROCESS_REFUSED);
    assert_int_equal(diags.count, 1);
    assert_int_equal(run(usual, crash, NULL, arena, &diags, &bytes), PROCESS_CRASHED);
    assert_int_equal(diags.count, 0);
    assert_int_equal(run(brief, hang, NULL, arena, &diags, &bytes), PROCESS_OUT_OF_TIME);
    arena_free(arena);
}

static void test_child_cannot_write_files(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct diags diags;
    struct text bytes;
    char name[] = "/tmp/process_test_XXXXXX";
    int fd = mkstemp(name);
    assert_true(fd >= 0);
    assert_int_equal(run(usual, write_file, name, arena, &diags, &bytes), PROCESS_REFUSED);
    assert_int_equal(lseek(fd, 0, SEEK_END), 0);
    close(fd);
    unlink(name);
    arena_free(arena);
}

#if !defined(__SANITIZE_ADDRESS__)
static bool eat_memory(void *context, struct arena *arena, struct diags *diags, struct text *bytes)
{
    (void)context, (void)arena, (void)diags, (void)bytes;
    return malloc((size_t)256 << 20) == NULL;
}

static void test_memory_is_limited(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct diags diags;
    struct text bytes;
    assert_int_equal(run(usual, eat_memory, NULL, arena, &diags, &bytes), PROCESS_DONE);
    arena_free(arena);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bytes_and_messages_come_back),
        cmocka_unit_test(test_ends_are_told_apart),
        cmocka_unit_test(test_child_cannot_write_files),
#if !defined(__SANITIZE_ADDRESS__)
        cmocka_unit_test(test_memory_is_limited),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
