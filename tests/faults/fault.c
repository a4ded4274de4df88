/*
 * fault - a library to be preloaded that lets one call of a function fail, as a full disk or too
 * little memory would: FAULT_CALL names the function, FAULT_AT says which of its calls. With
 * FAULT_COUNT set, the number of calls is written to that file at the end, and none fails when
 * FAULT_AT is 0. Standard output and standard error never fail.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_long calls;
static long fault_at;
static const char *fault_call = "";
static pid_t counted; /* the process that writes the count, not its children */

__attribute__((constructor)) static void begin(void)
{
    const char *at = getenv("FAULT_AT"), *call = getenv("FAULT_CALL");
    fault_at = at ? atol(at) : 0;
    fault_call = call ? call : "";
    counted = getpid();
    calls = 0;
}

__attribute__((destructor)) static void finish(void)
{
    const char *path = getenv("FAULT_COUNT");
    if (!path || getpid() != counted)
        return;
    char text[32];
    int length = snprintf(text, sizeof text, "%ld\n", atomic_load(&calls));
    fault_call = "";
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (fd >= 0 && write(fd, text, (size_t)length) == length)
        close(fd);
}

/* Whether this call is the one that fails. */
static bool fails(const char *call)
{
    if (strcmp(call, fault_call) != 0 || atomic_fetch_add(&calls, 1) + 1 != fault_at)
        return false;
    errno = ENOSPC;
    return true;
}

static bool is_file(int fd)
{
    struct stat st;
    return fd > 2 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
}

/* Whether this write to the stream fails; the stream keeps that in mind, as of a real one. */
static bool stream_fails(const char *call, FILE *file)
{
    enum { ERROR_SEEN = 0x20 }; /* of glibc's FILE */
    if (file == stdout || file == stderr || !fails(call))
        return false;
    file->_flags |= ERROR_SEEN;
    return true;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *bytes, size_t size)
{
    if (is_file(fd) && fails("write"))
        return -1;
    if (is_file(fd) && size > 1 && fails("short-write")) /* what comes after it fails as well */
        return REAL(write)(fd, bytes, size / 2);
    return REAL(write)(fd, bytes, size);
}

int fsync(int fd)
{
    return is_file(fd) && fails("fsync") ? -1 : REAL(fsync)(fd);
}

int close(int fd)
{
    bool bad = is_file(fd) && fails("close");
    int result = REAL(close)(fd);
    if (bad)
        errno = EIO;
    return bad ? -1 : result;
}

int mkdirat(int fd, const char *path, mode_t mode)
{
    return fails("mkdirat") ? -1 : REAL(mkdirat)(fd, path, mode);
}

int renameat2(int from_fd, const char *from, int to_fd, const char *to, unsigned flags)
{
    return fails("renameat2") ? -1 : REAL(renameat2)(from_fd, from, to_fd, to, flags);
}

int renameat(int from_fd, const char *from, int to_fd, const char *to)
{
    return fails("renameat") ? -1 : REAL(renameat)(from_fd, from, to_fd, to);
}

size_t fwrite(const void *bytes, size_t size, size_t count, FILE *file)
{
    return stream_fails("fwrite", file) ? 0 : REAL(fwrite)(bytes, size, count, file);
}

int fputs(const char *text, FILE *file)
{
    return stream_fails("fputs", file) ? EOF : REAL(fputs)(text, file);
}

static int print(const char *call, FILE *file, const char *format, va_list arguments)
{
    return stream_fails(call, file) ? -1 : vfprintf(file, format, arguments);
}

int fprintf(FILE *file, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int result = print("fprintf", file, format, arguments);
    va_end(arguments);
    return result;
}

int __fprintf_chk(FILE *file, int flag, const char *format, ...);
int __fprintf_chk(FILE *file, int flag, const char *format, ...)
{
    va_list arguments;
    (void)flag;
    va_start(arguments, format);
    int result = print("fprintf", file, format, arguments);
    va_end(arguments);
    return result;
}

size_t fread(void *bytes, size_t size, size_t count, FILE *file)
{
    return stream_fails("fread", file) ? 0 : REAL(fread)(bytes, size, count, file);
}

int fflush(FILE *file)
{
    return file && stream_fails("fflush", file) ? EOF : REAL(fflush)(file);
}

int fclose(FILE *file)
{
    bool bad = stream_fails("fclose", file);
    int result = REAL(fclose)(file);
    return bad ? EOF : result;
}

/* The program's own malloc() and its like stand in front of libc's by these names. */
void *__libc_malloc(size_t size);
void *__libc_malloc(size_t size)
{
    static void *(*real)(size_t);
    if (!real)
        real = (void *(*)(size_t))dlsym(RTLD_NEXT, "__libc_malloc");
    return fails("memory") ? NULL : real(size);
}

void *__libc_realloc(void *old, size_t size);
void *__libc_realloc(void *old, size_t size)
{
    static void *(*real)(void *, size_t);
    if (!real)
        real = (void *(*)(void *, size_t))dlsym(RTLD_NEXT, "__libc_realloc");
    return size && fails("memory") ? NULL : real(old, size);
}

/* dlsym() may itself ask for memory the first time: it gets some of ours. */
void *__libc_calloc(size_t count, size_t size);
void *__libc_calloc(size_t count, size_t size)
{
    static void *(*real)(size_t, size_t);
    static bool asking;
    static _Alignas(16) char room[4096];
    static size_t used;
    if (!real && asking) {
        char *given = room + used;
        used += (count * size + 15) / 16 * 16;
        return used <= sizeof room ? given : NULL;
    }
    if (!real) {
        asking = true;
        real = (void *(*)(size_t, size_t))dlsym(RTLD_NEXT, "__libc_calloc");
    }
    return fails("memory") ? NULL : real(count, size);
}
