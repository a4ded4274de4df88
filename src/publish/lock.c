#include "publish/lock_int.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static struct text holder(int fd, struct arena *arena)
{
    char bytes[128];
    ssize_t got = pread(fd, bytes, sizeof bytes, 0);
    struct text note = text_trim((struct text){bytes, got > 0 ? (size_t)got : 0});
    return note.len ? text_quote(arena, note) : TEXT("not known");
}

/* For the message of a run that finds the lock taken; the lock holds without it. */
static void note_holder(int fd)
{
    struct tm utc;
    time_t now = time(NULL);
    char note[128], when[32];
    if (!gmtime_r(&now, &utc) || !strftime(when, sizeof when, "%Y-%m-%d %H:%M:%S UTC", &utc))
        return;
    int length = snprintf(note, sizeof note, "process %ld, started %s\n", (long)getpid(), when);
    if (ftruncate(fd, 0) == 0 && pwrite(fd, note, (size_t)length, 0) != length)
        (void)!ftruncate(fd, 0);
}

static bool lock_open_file(int fd, struct arena *arena, struct diags *diags, struct text path)
{
    struct stat st;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        diag(diags, DIAG_WRITE, PLACE_NONE, "'%.*s/.lock' is not a regular file: remove it",
             TEXT_ARG(path));
        return false;
    }
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        return true;
    if (errno == EWOULDBLOCK)
        diag(diags, DIAG_BUSY, PLACE_NONE,
             "another run (%.*s) is writing to '%.*s': try again when it has ended",
             TEXT_ARG(holder(fd, arena)), TEXT_ARG(path));
    else
        diag(diags, DIAG_WRITE, PLACE_NONE, "cannot lock '%.*s/.lock': %s", TEXT_ARG(path),
             strerror(errno));
    return false;
}

int lock_take(int dirfd, struct arena *arena, struct diags *diags, struct text path)
{
    int fd = openat(dirfd, ".lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0644);
    if (fd < 0) {
        diag(diags, DIAG_WRITE, PLACE_NONE, "cannot open '%.*s/.lock': %s", TEXT_ARG(path),
             strerror(errno));
        return -1;
    }
    if (!lock_open_file(fd, arena, diags, path)) {
        close(fd);
        return -1;
    }
    note_holder(fd);
    return fd;
}
