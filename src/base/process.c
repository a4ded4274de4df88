#include "base/process.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What the child sends: any number of messages, then one result. */
enum frame_kind { FRAME_MESSAGE = 1, FRAME_DONE, FRAME_REFUSED };
struct frame {
    enum frame_kind kind;
    enum diag_kind diag;
    unsigned line, column;
    size_t file_len, part_len, body_len;
};

static void limit(__rlimit_resource_t resource, rlim_t most)
{
    struct rlimit value = {.rlim_cur = most, .rlim_max = most};
    setrlimit(resource, &value);
}

/* Bytes of address space that this process has mapped. */
static size_t mapped_bytes(void)
{
    unsigned long pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (!file)
        return 0;
    if (fscanf(file, "%lu", &pages) != 1)
        pages = 0;
    fclose(file);
    return (size_t)pages * (size_t)sysconf(_SC_PAGESIZE);
}

static void discard_output(void)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null < 0)
        return;
    dup2(null, STDIN_FILENO);
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
}

/* Handlers of this program clean up after a run: in the child they must not. */
static void enter_child(struct process_limits limits, pid_t parent)
{
    signal(SIGTERM, SIG_DFL);
    signal(SIGINT, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) /* it ended before the line above */
        _exit(1);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CPU, limits.cpu_seconds);
    if (PROCESS_UNDER_SANITIZER) /* it maps terabytes, and its report should be seen */
        return;
    memory_may_run_out();
    limit(RLIMIT_AS, mapped_bytes() + limits.memory);
    discard_output();
}

static bool send_bytes(int fd, const void *bytes, size_t len)
{
    const char *at = bytes;
    while (len) {
        ssize_t n = write(fd, at, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        at += n;
        len -= (size_t)n;
    }
    return true;
}

static bool send_message(int fd, const struct diag *message)
{
    struct frame frame = {
        .kind = FRAME_MESSAGE,
        .diag = message->kind,
        .line = message->place.line,
        .column = message->place.column,
        .file_len = message->place.file.len,
        .part_len = message->place.part.len,
        .body_len = message->message.len,
    };
    return send_bytes(fd, &frame, sizeof frame) &&
           send_bytes(fd, message->place.file.ptr, frame.file_len) &&
           send_bytes(fd, message->place.part.ptr, frame.part_len) &&
           send_bytes(fd, message->message.ptr, frame.body_len);
}

static _Noreturn void run_child(int fd, process_work *work, void *context)
{
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    struct text bytes = TEXT_EMPTY;
    bool done = work(context, arena, &diags, &bytes);
    bool sent = true;
    for (size_t i = 0; i < diags.count && sent; i++)
        sent = send_message(fd, &diags.items[i]);
    struct frame frame = {.kind = done ? FRAME_DONE : FRAME_REFUSED,
                          .body_len = done ? bytes.len : 0};
    sent =
        sent && send_bytes(fd, &frame, sizeof frame) && send_bytes(fd, bytes.ptr, frame.body_len);
    _exit(sent ? 0 : 1);
}

static long long milliseconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* All that the child sends until it closes the pipe; false when the time is over. */
static bool receive(int fd, unsigned seconds, struct buffer *received)
{
    long long end = milliseconds_now() + (long long)seconds * 1000;
    char chunk[64 * 1024];
    for (;;) {
        long long left = end - milliseconds_now();
        if (left <= 0)
            return false;
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        int ready = poll(&wait, 1, left > 1000 ? 1000 : (int)left);
        if (ready <= 0)
            continue;
        ssize_t n = read(fd, chunk, sizeof chunk);
        if (n == 0 || (n < 0 && errno != EINTR))
            return true;
        if (n > 0)
            buffer_add(received, (struct text){chunk, (size_t)n});
    }
}

static bool take(struct text *rest, size_t len, struct text *out)
{
    if (len > rest->len)
        return false;
    *out = text_slice(*rest, 0, len);
    *rest = text_slice(*rest, len, rest->len);
    return true;
}

/* CRASHED when the child broke off before its result. */
static enum process_end unpack(struct text rest, struct arena *arena, struct diags *diags,
                               struct text *bytes)
{
    for (struct text head, file, part, body; take(&rest, sizeof(struct frame), &head);) {
        struct frame frame;
        memcpy(&frame, head.ptr, sizeof frame);
        if (!take(&rest, frame.file_len, &file) || !take(&rest, frame.part_len, &part) ||
            !take(&rest, frame.body_len, &body))
            break;
        if (frame.kind == FRAME_REFUSED)
            return PROCESS_REFUSED;
        if (frame.kind == FRAME_DONE) {
            *bytes = body;
            return PROCESS_DONE;
        }
        struct place place = {.file = text_copy(arena, file),
                              .part = text_copy(arena, part),
                              .line = frame.line,
                              .column = frame.column};
        diag(diags, frame.diag, place, "%.*s", TEXT_ARG(body));
    }
    return PROCESS_CRASHED;
}

static enum process_end await_child(pid_t child, int fd, unsigned seconds, struct arena *arena,
                                    struct diags *diags, struct text *bytes)
{
    struct buffer received = {.arena = arena};
    bool in_time = receive(fd, seconds, &received);
    close(fd);
    if (!in_time)
        kill(child, SIGKILL);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    if (!in_time || (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU))
        return PROCESS_OUT_OF_TIME;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return PROCESS_CRASHED;
    return unpack(buffer_text(&received), arena, diags, bytes);
}

enum process_end process_run_limited(struct process_limits limits, process_work *work,
                                     void *context, struct arena *arena, struct diags *diags,
                                     struct text *bytes)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        diag(diags, DIAG_INTERNAL, PLACE_NONE, "cannot make a pipe: %s", strerror(errno));
        return PROCESS_NOT_STARTED;
    }
    pid_t parent = getpid();
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        enter_child(limits, parent);
        run_child(ends[1], work, context);
    }
    int error = errno;
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        diag(diags, DIAG_INTERNAL, PLACE_NONE, "cannot start a child process: %s", strerror(error));
        return PROCESS_NOT_STARTED;
    }
    return await_child(child, ends[0], limits.seconds, arena, diags, bytes);
}
