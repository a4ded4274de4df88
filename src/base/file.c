#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool same_file_state(const struct stat *a, const struct stat *b)
{
    return a->st_size == b->st_size && a->st_ino == b->st_ino && a->st_dev == b->st_dev &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec &&
           a->st_ctim.tv_sec == b->st_ctim.tv_sec && a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

/* Reads to the end or to `size` bytes; -1 on error. */
static ssize_t read_up_to(int fd, char *bytes, size_t size)
{
    size_t done = 0;
    while (done < size) {
        ssize_t n = read(fd, bytes + done, size - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        if (n == 0)
            break;
        done += (size_t)n;
    }
    return (ssize_t)done;
}

struct file_input {
    struct diags *diags;
    const char *path;
    struct place place;
    int fd;
    struct stat before;
    size_t at;
    bool failed; /* a message has said why */
};

static bool input_failed(struct file_input *input)
{
    diag(input->diags, DIAG_FILE_CHANGED, input->place,
         "'%s' changed while it was read: run again when the export is complete", input->path);
    input->failed = true;
    return false;
}

static bool check_input(struct file_input *input, size_t cap)
{
    if (fstat(input->fd, &input->before) != 0 || !S_ISREG(input->before.st_mode)) {
        diag(input->diags, DIAG_FILE_READ, input->place, "'%s' is not a regular file", input->path);
        return false;
    }
    if (file_size(input) <= cap)
        return true;
    diag(input->diags, DIAG_CAP, input->place, "'%s' has %zu bytes: the cap is %zu", input->path,
         file_size(input), cap);
    return false;
}

struct file_input *file_open(struct arena *arena, struct diags *diags, struct text path,
                             struct place place, size_t cap)
{
    struct file_input *input = arena_alloc(arena, sizeof *input);
    *input = (struct file_input){.diags = diags,
                                 .path = text_cstr(arena, path),
                                 .place = place.file.len ? place : place_file(path)};
    /* O_NONBLOCK: a FIFO in place of an export must not hang the run */
    input->fd = open(input->path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (input->fd >= 0 && check_input(input, cap))
        return input;
    if (input->fd >= 0)
        close(input->fd);
    else if (errno == ENOENT || errno == ENOTDIR)
        diag(diags, DIAG_NO_FILE, input->place, "there is no file '%s'", input->path);
    else
        diag(diags, DIAG_FILE_READ, input->place, "cannot open '%s': %s", input->path,
             strerror(errno));
    return NULL;
}

size_t file_size(const struct file_input *input)
{
    return (size_t)input->before.st_size;
}

bool file_next(struct file_input *input, char *block, size_t room, struct text *out)
{
    size_t left = file_size(input) - input->at;
    if (input->failed || !left)
        return false;
    ssize_t got = read_up_to(input->fd, block, left < room ? left : room);
    if (got < 0) {
        diag(input->diags, DIAG_FILE_READ, input->place, "cannot read '%s': %s", input->path,
             strerror(errno));
        input->failed = true;
        return false;
    }
    if ((size_t)got < (left < room ? left : room))
        return input_failed(input);
    input->at += (size_t)got;
    *out = (struct text){block, (size_t)got};
    return true;
}

void file_rewind(struct file_input *input)
{
    input->failed = input->failed || lseek(input->fd, 0, SEEK_SET) != 0;
    input->at = 0;
}

bool file_is_same(struct file_input *input)
{
    struct stat now;
    if (input->failed)
        return false;
    if (fstat(input->fd, &now) != 0 || !same_file_state(&input->before, &now))
        return input_failed(input);
    return true;
}

bool file_close(struct file_input *input)
{
    bool ok = file_is_same(input);
    close(input->fd);
    return ok;
}

bool file_read(struct arena *arena, struct diags *diags, struct text path, struct place place,
               size_t cap, struct text *out)
{
    struct file_input *input = file_open(arena, diags, path, place, cap);
    if (!input)
        return false;
    char *bytes = arena_alloc(arena, file_size(input) + 1);
    *out = (struct text){bytes, 0};
    file_next(input, bytes, file_size(input), out);
    return file_close(input);
}

struct text file_start(struct arena *arena, struct text path, size_t size)
{
    int fd = open(text_cstr(arena, path), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0)
        return TEXT_EMPTY;
    struct stat st;
    bool is_regular = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
    char *bytes = arena_alloc(arena, size + 1);
    ssize_t got = is_regular ? read_up_to(fd, bytes, size) : 0;
    close(fd);
    return (struct text){bytes, got > 0 ? (size_t)got : 0};
}

static bool stat_text(struct text path, struct stat *st)
{
    char name[4096];
    if (path.len >= sizeof name)
        return false;
    memcpy(name, path.ptr, path.len);
    name[path.len] = '\0';
    return stat(name, st) == 0;
}

bool file_exists(struct text path)
{
    struct stat st;
    return stat_text(path, &st) && S_ISREG(st.st_mode);
}

bool file_is_there(struct text path)
{
    struct stat st;
    return stat_text(path, &st);
}

bool file_is_folder(struct text path)
{
    struct stat st;
    return stat_text(path, &st) && S_ISDIR(st.st_mode);
}

static bool write_all(int fd, struct text bytes)
{
    size_t done = 0;
    while (done < bytes.len) {
        ssize_t n = write(fd, bytes.ptr + done, bytes.len - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        done += (size_t)n;
    }
    return fsync(fd) == 0;
}

bool file_create(int dirfd, struct diags *diags, struct text name, struct text bytes)
{
    const char *cname = text_cstr(diags->arena, name);
    if (text_find(name, '/', 0) < name.len) { /* O_NOFOLLOW guards the last part only */
        diag(diags, DIAG_WRITE, PLACE_NONE, "cannot create '%s': a name without '/' is needed",
             cname);
        return false;
    }
    int fd = openat(dirfd, cname, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (fd < 0) {
        diag(diags, DIAG_WRITE, PLACE_NONE, "cannot create '%s': %s", cname, strerror(errno));
        return false;
    }
    bool ok = write_all(fd, bytes);
    int error = errno;
    if (close(fd) != 0 && ok) {
        ok = false;
        error = errno;
    }
    if (!ok) {
        unlinkat(dirfd, cname, 0); /* half a file is no file */
        diag(diags, DIAG_WRITE, PLACE_NONE, "cannot write '%s': %s", cname, strerror(error));
    }
    return ok;
}

bool file_save(struct diags *diags, struct text path, struct text bytes)
{
    const char *folder = text_cstr(diags->arena, path_folder(path));
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        diag(diags, DIAG_WRITE, PLACE_NONE, "cannot open folder '%s': %s", folder, strerror(errno));
        return false;
    }
    bool ok = file_create(fd, diags, path_name(path), bytes);
    close(fd);
    return ok;
}

struct text path_join(struct arena *arena, struct text a, struct text b)
{
    if (a.len == 0 || (b.len && b.ptr[0] == '/'))
        return text_copy(arena, b);
    const char *slash = a.ptr[a.len - 1] == '/' ? "" : "/";
    return text_format(arena, "%.*s%s%.*s", TEXT_ARG(a), slash, TEXT_ARG(b));
}

struct text path_folder(struct text path)
{
    size_t at = path.len;
    while (at && path.ptr[at - 1] != '/')
        at--;
    if (at == 0)
        return TEXT(".");
    return text_slice(path, 0, at == 1 ? 1 : at - 1);
}

struct text path_name(struct text path)
{
    size_t at = path.len;
    while (at && path.ptr[at - 1] != '/')
        at--;
    return text_slice(path, at, path.len);
}

struct text path_tidy(struct arena *arena, struct text path)
{
    struct buffer out = {.arena = arena};
    bool absolute = path.len && path.ptr[0] == '/';
    for (size_t at = 0, end; at < path.len; at = end + 1) {
        end = text_find(path, '/', at);
        struct text piece = text_slice(path, at, end);
        if (piece.len == 0 || text_is(piece, "."))
            continue;
        if (out.len || absolute)
            buffer_add_byte(&out, '/');
        buffer_add(&out, piece);
    }
    if (out.len == 0)
        return absolute ? TEXT("/") : TEXT(".");
    return buffer_text(&out);
}

struct text path_absolute(struct arena *arena, struct text path)
{
    char *real = realpath(text_cstr(arena, path), NULL);
    if (!real && path_name(path).len) {
        char *folder = realpath(text_cstr(arena, path_folder(path)), NULL);
        struct text out =
            folder ? path_join(arena, text_copy(arena, text_from(folder)), path_name(path))
                   : TEXT_EMPTY;
        free(folder);
        return out;
    }
    struct text out = text_copy(arena, text_from(real));
    free(real);
    return out;
}

struct text path_inside(struct arena *arena, struct text folder, struct text name)
{
    struct text_pieces parts = text_split(name, '/');
    for (struct text part; text_next(&parts, &part);)
        if (!part.len || part.ptr[0] == '.')
            return TEXT_EMPTY;
    struct text path = path_join(arena, folder, name);
    if (!file_exists(path))
        return TEXT_EMPTY;
    struct text base = path_absolute(arena, folder), real = path_absolute(arena, path);
    bool inside = base.len && text_starts(real, text_concat(arena, base, TEXT("/")));
    return inside ? path_tidy(arena, path) : TEXT_EMPTY;
}

struct text path_relative(struct arena *arena, struct text from, struct text path)
{
    struct text base = path_absolute(arena, from), target = path_absolute(arena, path);
    if (!base.len || !target.len)
        return path_tidy(arena, path);
    size_t common = 0; /* up to and with the last slash that both share */
    for (size_t i = 0; i <= base.len && i <= target.len; i++) {
        bool base_ends = i == base.len || base.ptr[i] == '/';
        bool target_ends = i == target.len || target.ptr[i] == '/';
        if (base_ends && target_ends)
            common = i;
        if (i == base.len || i == target.len || base.ptr[i] != target.ptr[i])
            break;
    }
    struct buffer out = {.arena = arena};
    for (size_t i = common; i < base.len; i++)
        if (base.ptr[i] == '/')
            buffer_add(&out, TEXT("../"));
    buffer_add(&out, text_slice(target, common + 1, target.len));
    return path_tidy(arena, buffer_text(&out));
}

bool folder_create(struct diags *diags, struct text path)
{
    struct buffer so_far = {.arena = diags->arena};
    struct text tidy = path_tidy(diags->arena, path);
    for (size_t at = 0; at < tidy.len;) {
        size_t end = text_find(tidy, '/', at + 1);
        buffer_add(&so_far, text_slice(tidy, at, end));
        const char *name = buffer_text(&so_far).ptr;
        if (mkdir(name, 0755) != 0 && errno != EEXIST) {
            diag(diags, DIAG_WRITE, PLACE_NONE, "cannot create folder '%s': %s", name,
                 strerror(errno));
            return false;
        }
        at = end;
    }
    if (file_is_folder(tidy))
        return true;
    diag(diags, DIAG_WRITE, PLACE_NONE, "'%.*s' is not a folder", TEXT_ARG(tidy));
    return false;
}

static int by_bytes(const void *a, const void *b)
{
    return text_compare(*(const struct text *)a, *(const struct text *)b);
}

static void texts_sort(struct texts *list)
{
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, by_bytes);
}

struct texts files_matching(struct arena *arena, struct text pattern)
{
    struct texts found = {0};
    glob_t matches;
    if (glob(text_cstr(arena, pattern), GLOB_NOSORT, NULL, &matches) != 0)
        return found;
    for (size_t i = 0; i < matches.gl_pathc; i++) {
        struct text path = text_from(matches.gl_pathv[i]);
        if (file_exists(path))
            texts_add(arena, &found, text_copy(arena, path));
    }
    globfree(&matches);
    texts_sort(&found);
    return found;
}

struct texts folder_names(struct arena *arena, struct text path)
{
    struct texts found = {0};
    DIR *dir = opendir(text_cstr(arena, path));
    if (!dir)
        return found;
    for (struct dirent *entry; (entry = readdir(dir));) {
        struct text name = text_from(entry->d_name);
        if (!text_is(name, ".") && !text_is(name, ".."))
            texts_add(arena, &found, text_copy(arena, name));
    }
    closedir(dir);
    texts_sort(&found);
    return found;
}
