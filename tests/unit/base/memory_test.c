#include "base/memory.h"

#include "base/exit.h"
#include "base/process.h"

#include "support.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#if !PROCESS_UNDER_SANITIZER

static void clean_up(void)
{
    if (malloc(SIZE_MAX / 2) == NULL && write(STDOUT_FILENO, "", 0) == 0)
        _exit(77);
}

static void *ask_too_much(int how)
{
    volatile size_t size = SIZE_MAX / 2;
    return how == 0 ? malloc(size) : how == 1 ? calloc(2, size) : realloc(NULL, size);
}

static int status_of_child(int how, void (*before)(void (*)(void)))
{
    int status;
    pid_t child = fork();
    if (child == 0) {
        close(STDERR_FILENO);
        if (before)
            before(clean_up);
        _exit(ask_too_much(how) ? 1 : 2);
    }
    return waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void lack_of_memory_ends_the_process(void **state)
{
    (void)state;
    for (int how = 0; how < 3; how++)
        assert_int_equal(status_of_child(how, NULL), STATUS_INTERNAL);
}

static void clean_up_comes_before_the_end(void **state)
{
    (void)state;
    assert_int_equal(status_of_child(0, memory_before_end), 77);
}

static void allow(void (*unused)(void))
{
    (void)unused;
    memory_may_run_out();
}

static void a_limited_child_is_given_null(void **state)
{
    (void)state;
    assert_int_equal(status_of_child(0, allow), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lack_of_memory_ends_the_process),
        cmocka_unit_test(clean_up_comes_before_the_end),
        cmocka_unit_test(a_limited_child_is_given_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

int main(void)
{
    return 0;
}

#endif
