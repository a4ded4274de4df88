#include "base/memory.h"

#include "base/exit.h"
#include "base/process.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

static void (*before_end)(void);
static bool may_run_out;

void memory_before_end(void (*clean_up)(void))
{
    before_end = clean_up;
}

void memory_may_run_out(void)
{
    may_run_out = true;
}

#if !PROCESS_UNDER_SANITIZER

/* glibc's own, for programs that stand in front of them */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

/* Nothing here may allocate, except before_end: it is answered with NULL. One thread ends the
 * process; others that run out meanwhile wait for that. */
static void end(void)
{
    static atomic_flag ends = ATOMIC_FLAG_INIT;
    static _Thread_local bool is_ending;
    static const char message[] = "panelpack: error: out of memory [memory]\n";
    if (is_ending || may_run_out)
        return;
    is_ending = true;
    while (atomic_flag_test_and_set(&ends))
        pause();
    (void)!write(STDERR_FILENO, message, sizeof message - 1);
    if (before_end)
        before_end();
    _exit(STATUS_INTERNAL);
}

static void *checked(void *memory)
{
    if (!memory) {
        end();
        errno = ENOMEM;
    }
    return memory;
}

void *malloc(size_t size)
{
    return checked(__libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    return checked(__libc_calloc(count, size));
}

void *realloc(void *old, size_t size)
{
    void *memory = __libc_realloc(old, size);
    return size ? checked(memory) : memory; /* size 0 frees */
}

#endif
