/*
 * process - work that may crash, hang or eat memory, done in a child process with limits.
 *
 * The child is a fork of this process and runs a function of ours; it inherits the memory, so that
 * nothing need be passed in. Its messages and its resulting bytes come back through a pipe. What
 * it does to memory is lost. It cannot write files, is killed when its parent ends, and its own
 * output (an aborting library says things on stderr) is discarded.
 */
#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include "base/diag.h"

/* 1 when built with AddressSanitizer, which maps terabytes and brings its own malloc(). */
#if defined(__SANITIZE_ADDRESS__)
#define PROCESS_UNDER_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PROCESS_UNDER_SANITIZER 1
#endif
#endif
#ifndef PROCESS_UNDER_SANITIZER
#define PROCESS_UNDER_SANITIZER 0
#endif

struct process_limits {
    size_t memory;        /* bytes beyond what this process has mapped already */
    unsigned cpu_seconds; /* of the child */
    unsigned seconds;     /* by the clock */
};

/* Runs in the child. False: refused, and a message says why. */
typedef bool process_work(void *context, struct arena *arena, struct diags *diags,
                          struct text *bytes);

enum process_end {
    PROCESS_DONE,
    PROCESS_REFUSED,     /* the work returned false; its messages are in diags */
    PROCESS_CRASHED,     /* it ended by a signal or broke off; nothing is added to diags */
    PROCESS_OUT_OF_TIME, /* nor here */
    PROCESS_NOT_STARTED, /* a message is in diags */
};

/* Messages of the child are added to diags, its bytes are in *bytes when the end is DONE. */
enum process_end process_run_limited(struct process_limits limits, process_work *work,
                                     void *context, struct arena *arena, struct diags *diags,
                                     struct text *bytes);

#endif
