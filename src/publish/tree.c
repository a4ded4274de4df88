#include "publish/tree_int.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int open_folder(int dirfd, const char *name)
{
    return openat(dirfd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* Calls `each` for every name in the folder; takes over `fd`. */
static bool each_name(int fd, bool (*each)(int fd, int other, const char *name), int other)
{
    DIR *dir = fdopendir(fd);
    if (!dir) {
        close(fd);
        return false;
    }
    bool ok = true;
    for (struct dirent *entry; ok && (entry = readdir(dir));)
        ok = is_dots(entry->d_name) || each(fd, other, entry->d_name);
    int error = errno;
    closedir(dir);
    errno = error;
    return ok;
}

static bool remove_child(int fd, int other, const char *name)
{
    (void)other;
    return tree_remove(fd, name);
}

bool tree_remove(int dirfd, const char *name)
{
    if (unlinkat(dirfd, name, 0) == 0 || errno == ENOENT)
        return true;
    if (errno != EISDIR && errno != EPERM)
        return false;
    int fd = open_folder(dirfd, name);
    return fd >= 0 && each_name(fd, remove_child, -1) && unlinkat(dirfd, name, AT_REMOVEDIR) == 0;
}

static bool copy_bytes(int in, int out)
{
    char bytes[64 * 1024];
    for (;;) {
        ssize_t got = read(in, bytes, sizeof bytes);
        if (got == 0)
            return fsync(out) == 0;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        for (ssize_t done = 0, n; done < got; done += n) {
            n = write(out, bytes + done, (size_t)(got - done));
            if (n < 0 && errno != EINTR)
                return false;
            if (n < 0)
                n = 0;
        }
    }
}

static bool copy_file(int from, int to, const char *name, mode_t mode)
{
    int in = openat(from, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (in < 0)
        return false;
    int out = openat(to, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode & 0777);
    bool ok = out >= 0 && copy_bytes(in, out);
    int error = errno;
    close(in);
    if (out >= 0 && close(out) != 0 && ok)
        return false;
    errno = error;
    return ok;
}

static bool link_folder(int from, int to, const char *name, mode_t mode)
{
    if (mkdirat(to, name, mode & 0777) != 0)
        return false;
    int in = open_folder(from, name), out = open_folder(to, name);
    bool ok = in >= 0 && out >= 0;
    if (ok)
        ok = each_name(in, tree_link, out) && fsync(out) == 0;
    else if (in >= 0)
        close(in);
    if (out >= 0)
        close(out);
    return ok;
}

bool tree_link(int from, int to, const char *name)
{
    struct stat st;
    if (fstatat(from, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return false;
    if (S_ISDIR(st.st_mode))
        return link_folder(from, to, name, st.st_mode);
    if (linkat(from, name, to, name, 0) == 0)
        return true;
    bool no_links = errno == EPERM || errno == EMLINK || errno == EXDEV || errno == EOPNOTSUPP;
    return no_links && S_ISREG(st.st_mode) && copy_file(from, to, name, st.st_mode);
}
