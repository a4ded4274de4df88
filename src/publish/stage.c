#include "publish/publish.h"

#include "base/file.h"
#include "base/hash.h"
#include "publish/lock_int.h"
#include "publish/tree_int.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char manifest_name[] = "manifest.json";

struct stage {
    struct arena *arena;
    struct text base;
    struct text name;
    const char *temporary; /* name of the staging folder in base */
    const char *backup;    /* where the old folder waits when it cannot be exchanged */
    int base_fd;
    int lock_fd;
    int fd;          /* of the staging folder */
    bool made;       /* the staging folder was created */
    bool is_private; /* for this user alone */
    bool is_second;  /* base_fd and lock_fd are those of another stage */
    struct manifest_files outputs;
    bool failed; /* an output could not be written: nothing may be published */
};

/*
 * The staging folders that a signal must remove: one, or two beside each other. Whoever makes,
 * fills, exchanges or removes one holds the lock: a folder that is being removed must never be put
 * in place.
 */
enum { STAGES_MAX = 2 };
static struct {
    pthread_mutex_t lock;
    pid_t owner; /* a child that ends must leave it alone */
    int base_fd;
    const char *temporary[STAGES_MAX]; /* of the first and the second stage; NULL: there is none */
} abandoned = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* The lock is kept: this process ends now, and must not go on with a folder that is gone. */
void stage_abandon(void)
{
    enum { ATTEMPTS = 100 }; /* a renderer may still be writing into it */
    pthread_mutex_lock(&abandoned.lock);
    for (size_t s = 0; s < STAGES_MAX; s++) {
        const char *temporary = abandoned.temporary[s];
        if (!temporary || abandoned.owner != getpid())
            continue;
        for (int i = 0; i < ATTEMPTS && !tree_remove(abandoned.base_fd, temporary); i++)
            nanosleep(&(struct timespec){.tv_nsec = 10 * 1000 * 1000}, NULL);
    }
}

/* Of a file or folder. */
static bool is_output_name(struct text name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool plain = is_letter(c) || is_digit(c);
        if (!plain && c != '-' && c != '_' && c != '.')
            return false;
    }
    return name.len && name.len <= 200 && name.ptr[0] != '.' && !text_is(name, manifest_name);
}

/* A name, or one in folders of ours: "slices/panel/review-housing.xlsx". */
static bool is_output_path(struct text path)
{
    struct text_pieces pieces = text_split(path, '/');
    bool ok = true;
    for (struct text piece; text_next(&pieces, &piece);)
        ok = ok && is_output_name(piece);
    return ok;
}

static int open_base(struct diags *diags, struct arena *arena, struct text base)
{
    int fd = open(text_cstr(arena, base), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0) {
        diag(diags, DIAG_WRITE, PLACE_NONE, "cannot open folder '%.*s': %s", TEXT_ARG(base),
             strerror(errno));
    } else if ((st.st_mode & (S_IWGRP | S_IWOTH)) && !(st.st_mode & S_ISVTX)) {
        diag(diags, DIAG_PERMISSION, PLACE_NONE,
             "other users can change folder '%.*s': take their write permission away with "
             "'chmod go-w'",
             TEXT_ARG(base));
    } else {
        return fd;
    }
    if (fd >= 0)
        close(fd);
    return -1;
}

/* ".NAME.tmp-123" or ".NAME.old-123": what a run that was killed leaves behind. */
static bool is_leftover(struct text entry, const char *kind, struct text *name)
{
    size_t at = entry.len;
    while (at && is_digit(entry.ptr[at - 1]))
        at--;
    struct text head = text_slice(entry, 0, at);
    if (at == entry.len || !text_starts(head, TEXT(".")) || !text_ends(head, text_from(kind)))
        return false;
    *name = text_slice(head, 1, head.len - strlen(kind));
    return name->len > 0;
}

/* A run that died between moving the old folder away and the new one in: the old one comes back. */
static void restore_backup(const struct stage *stage, const char *entry, struct text name)
{
    const char *target = text_cstr(stage->arena, name);
    if (faccessat(stage->base_fd, target, F_OK, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT)
        renameat(stage->base_fd, entry, stage->base_fd, target);
}

static bool remove_leftovers(const struct stage *stage, struct diags *diags)
{
    struct texts names = folder_names(stage->arena, stage->base);
    for (size_t i = 0; i < names.count; i++) {
        const char *entry = text_cstr(stage->arena, names.items[i]);
        struct text name;
        bool backup = is_leftover(names.items[i], ".old-", &name);
        if (!backup && !is_leftover(names.items[i], ".tmp-", &name))
            continue;
        if (backup)
            restore_backup(stage, entry, name);
        if (!tree_remove(stage->base_fd, entry)) {
            diag(diags, DIAG_WRITE, PLACE_NONE,
                 "cannot remove '%.*s/%s', left by a stopped run: %s", TEXT_ARG(stage->base), entry,
                 strerror(errno));
            return false;
        }
    }
    return true;
}

static bool make_temporary(struct stage *stage)
{
    pthread_mutex_lock(&abandoned.lock);
    stage->made = mkdirat(stage->base_fd, stage->temporary, stage->is_private ? 0700 : 0755) == 0;
    if (stage->made) {
        abandoned.owner = getpid();
        abandoned.base_fd = stage->base_fd;
        abandoned.temporary[stage->is_second] = stage->temporary;
    }
    pthread_mutex_unlock(&abandoned.lock);
    return stage->made;
}

static bool open_temporary(struct stage *stage, struct diags *diags)
{
    const char *problem = "create";
    if (make_temporary(stage)) {
        stage->fd = openat(stage->base_fd, stage->temporary,
                           O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (stage->fd >= 0)
            return true;
        problem = "open";
    }
    diag(diags, DIAG_WRITE, PLACE_NONE, "cannot %s folder '%.*s/%s': %s", problem,
         TEXT_ARG(stage->base), stage->temporary, strerror(errno));
    return false;
}

static struct stage *new_stage(struct arena *arena, struct diags *diags, struct text base,
                               struct text name)
{
    if (!is_output_name(name)) {
        diag(diags, DIAG_INTERNAL, PLACE_NONE, "'%.*s' cannot be the name of an output folder",
             TEXT_ARG(text_quote(arena, name)));
        return NULL;
    }
    struct stage *stage = arena_alloc(arena, sizeof *stage);
    *stage = (struct stage){.arena = arena,
                            .base = text_copy(arena, base),
                            .name = text_copy(arena, name),
                            .base_fd = -1,
                            .lock_fd = -1,
                            .fd = -1};
    long process = (long)getpid();
    stage->temporary = text_format(arena, ".%.*s.tmp-%ld", TEXT_ARG(name), process).ptr;
    stage->backup = text_format(arena, ".%.*s.old-%ld", TEXT_ARG(name), process).ptr;
    return stage;
}

struct stage *stage_open(struct arena *arena, struct diags *diags, struct text base,
                         struct text name)
{
    struct stage *stage = new_stage(arena, diags, base, name);
    if (!stage)
        return NULL;
    if (folder_create(diags, base) && (stage->base_fd = open_base(diags, arena, base)) >= 0 &&
        (stage->lock_fd = lock_take(stage->base_fd, arena, diags, base)) >= 0 &&
        remove_leftovers(stage, diags) && open_temporary(stage, diags))
        return stage;
    stage_close(stage);
    return NULL;
}

struct stage *stage_open_private(struct stage *first, struct diags *diags, struct text name)
{
    struct stage *stage = new_stage(first->arena, diags, first->base, name);
    if (!stage)
        return NULL;
    stage->is_private = stage->is_second = true;
    stage->base_fd = first->base_fd;
    stage->lock_fd = first->lock_fd;
    if (open_temporary(stage, diags))
        return stage;
    stage_close(stage);
    return NULL;
}

struct text stage_folder(const struct stage *stage)
{
    return path_join(stage->arena, stage->base, text_from(stage->temporary));
}

struct text stage_target(const struct stage *stage)
{
    return path_join(stage->arena, stage->base, stage->name);
}

static const struct manifest_file *find_file(const struct manifest_files *files, struct text path)
{
    for (size_t i = 0; i < files->count; i++)
        if (text_equal(files->items[i].path, path))
            return &files->items[i];
    return NULL;
}

static int open_folder(int parent, const char *name)
{
    if (mkdirat(parent, name, 0755) != 0 && errno != EEXIST)
        return -1;
    return openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static bool create_file(const struct stage *stage, int folder, struct diags *diags,
                        struct text name, struct text bytes)
{
    if (!file_create(folder, diags, name, bytes))
        return false;
    /* nobody else could reach it before, either: its folder is private */
    if (!stage->is_private || fchmodat(folder, name.ptr, 0600, 0) == 0)
        return true;
    diag(diags, DIAG_WRITE, PLACE_NONE, "cannot make '%.*s' private: %s", TEXT_ARG(name),
         strerror(errno));
    return false;
}

/* Writes a file in a folder of the stage, made when it is not there; both are synced. */
static bool create_below(struct stage *stage, int parent, struct diags *diags, struct text path,
                         struct text bytes)
{
    size_t slash = text_find(path, '/', 0);
    if (slash == path.len)
        return create_file(stage, parent, diags, text_copy(stage->arena, path), bytes);
    int fd = open_folder(parent, text_cstr(stage->arena, text_slice(path, 0, slash)));
    if (fd < 0) {
        diag(diags, DIAG_WRITE, PLACE_NONE, "cannot create the folder of '%.*s' in '%.*s': %s",
             TEXT_ARG(path), TEXT_ARG(stage_folder(stage)), strerror(errno));
        return false;
    }
    bool ok = create_below(stage, fd, diags, text_slice(path, slash + 1, path.len), bytes);
    if (ok && (fsync(fd) != 0 || fsync(parent) != 0)) {
        diag(diags, DIAG_WRITE, PLACE_NONE, "cannot sync the folder of '%.*s': %s", TEXT_ARG(path),
             strerror(errno));
        ok = false;
    }
    close(fd);
    return ok;
}

bool stage_add(struct stage *stage, struct diags *diags, struct text name, struct text bytes)
{
    bool good_name = is_output_path(name);
    if (!good_name || find_file(&stage->outputs, name)) {
        diag(diags, DIAG_INTERNAL, PLACE_NONE, "'%.*s' %s",
             TEXT_ARG(text_quote(stage->arena, name)),
             good_name ? "is the name of two outputs: give them different names"
                       : "cannot be the name of an output");
        stage->failed = true;
        return false;
    }
    if (!create_below(stage, stage->fd, diags, name, bytes)) {
        stage->failed = true;
        return false;
    }
    manifest_add(stage->arena, &stage->outputs, name, bytes);
    return true;
}

/* The published folder: its descriptor, or -1. *there is false when nothing has been published. */
static int open_target(const struct stage *stage, struct diags *diags, bool *there)
{
    int fd =
        openat(stage->base_fd, stage->name.ptr, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    *there = fd >= 0 || errno != ENOENT;
    if (fd < 0 && *there)
        diag(diags, DIAG_WRITE, PLACE_NONE, "'%.*s/%.*s' is not a folder of ours (%s): remove it",
             TEXT_ARG(stage->base), TEXT_ARG(stage->name), strerror(errno));
    return fd;
}

/* What the manifest there says; an absent or damaged one names no outputs. */
static struct manifest published_manifest(const struct stage *stage)
{
    struct diags ignored = diags_new(stage->arena);
    struct manifest manifest;
    if (!manifest_read(stage->arena, &ignored, stage_target(stage), &manifest))
        manifest = (struct manifest){0};
    return manifest;
}

static bool is_unchanged(const struct stage *stage, const struct manifest *manifest,
                         struct text text)
{
    struct diags ignored = diags_new(stage->arena);
    struct text path = path_join(stage->arena, stage_target(stage), text_from(manifest_name));
    struct text published;
    return file_exists(path) &&
           file_read(stage->arena, &ignored, path, PLACE_NONE, FILE_CAP_INPUT, &published) &&
           text_equal(published, text) &&
           manifest_check(stage->arena, &ignored, stage_target(stage), manifest);
}

/* Some output lies in the folder. */
static bool is_folder_of(const struct manifest_files *files, struct text folder)
{
    for (size_t i = 0; i < files->count; i++) {
        struct text path = files->items[i].path;
        if (path.len > folder.len && path.ptr[folder.len] == '/' && text_starts(path, folder))
            return true;
    }
    return false;
}

struct carrying {
    const struct stage *stage;
    struct manifest old;
    struct diags *diags;
};

static bool carry_failed(const struct carrying *carrying, struct text path)
{
    const struct stage *stage = carrying->stage;
    diag(carrying->diags, DIAG_WRITE, PLACE_NONE, "cannot carry '%.*s/%.*s/%.*s' over: %s",
         TEXT_ARG(stage->base), TEXT_ARG(stage->name), TEXT_ARG(text_quote(stage->arena, path)),
         strerror(errno));
    return false;
}

enum owner { OURS, OURS_BELOW, THEIRS };

/* Of what the published folder holds: OURS_BELOW is a folder with outputs of the last run, or of
 * this one. */
static enum owner owner_of(const struct carrying *carrying, struct text path)
{
    const struct manifest_files *before = &carrying->old.outputs, *now = &carrying->stage->outputs;
    if (text_is(path, manifest_name) || find_file(before, path) || find_file(now, path))
        return OURS;
    return is_folder_of(before, path) || is_folder_of(now, path) ? OURS_BELOW : THEIRS;
}

static struct texts names_below(const struct carrying *carrying, struct text path)
{
    const struct stage *stage = carrying->stage;
    return folder_names(stage->arena, path.len ? path_join(stage->arena, stage_target(stage), path)
                                               : stage_target(stage));
}

static bool has_theirs(const struct carrying *carrying, struct text folder)
{
    struct texts names = names_below(carrying, folder);
    bool found = false;
    for (size_t i = 0; i < names.count && !found; i++) {
        struct text path = path_join(carrying->stage->arena, folder, names.items[i]);
        enum owner owner = owner_of(carrying, path);
        found = owner == THEIRS || (owner == OURS_BELOW && has_theirs(carrying, path));
    }
    return found;
}

static bool carry_folder(const struct carrying *carrying, int from, int to, struct text below);

static bool carry_within(const struct carrying *carrying, int from, int to, struct text path)
{
    if (!has_theirs(carrying, path))
        return true;
    const char *name = text_cstr(carrying->stage->arena, path_name(path));
    int in = openat(from, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    int out = in >= 0 ? open_folder(to, name) : -1;
    bool ok = out >= 0 ? carry_folder(carrying, in, out, path) && fsync(out) == 0
                       : carry_failed(carrying, path);
    if (out >= 0)
        close(out);
    if (in >= 0)
        close(in);
    return ok;
}

static bool carry_folder(const struct carrying *carrying, int from, int to, struct text below)
{
    struct texts names = names_below(carrying, below);
    for (size_t i = 0; i < names.count; i++) {
        struct text path = path_join(carrying->stage->arena, below, names.items[i]);
        enum owner owner = owner_of(carrying, path);
        if (owner == OURS_BELOW && !carry_within(carrying, from, to, path))
            return false;
        if (owner == THEIRS &&
            !tree_link(from, to, text_cstr(carrying->stage->arena, names.items[i])))
            return carry_failed(carrying, path);
    }
    return true;
}

/* Files that people put beside ours stay. */
static bool carry_over(const struct stage *stage, struct diags *diags, int target_fd)
{
    const struct carrying carrying = {
        .stage = stage, .old = published_manifest(stage), .diags = diags};
    return carry_folder(&carrying, target_fd, stage->fd, TEXT_EMPTY);
}

/* Two steps where one is not to be had; remove_leftovers() mends what a kill between them leaves.
 */
static bool exchange_in_two_steps(const struct stage *stage)
{
    const char *target = stage->name.ptr;
    if (renameat(stage->base_fd, target, stage->base_fd, stage->backup) != 0)
        return false;
    if (renameat(stage->base_fd, stage->temporary, stage->base_fd, target) != 0) {
        int error = errno;
        renameat(stage->base_fd, stage->backup, stage->base_fd, target);
        errno = error;
        return false;
    }
    tree_remove(stage->base_fd, stage->backup);
    return true;
}

static bool exchange(const struct stage *stage, bool target_there)
{
    const char *target = stage->name.ptr;
    if (!target_there)
        return renameat(stage->base_fd, stage->temporary, stage->base_fd, target) == 0;
    if (renameat2(stage->base_fd, stage->temporary, stage->base_fd, target, RENAME_EXCHANGE) == 0)
        return true;
    bool unsupported = errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP;
    return unsupported && exchange_in_two_steps(stage);
}

static bool put_in_place(const struct stage *stage, struct diags *diags, bool target_there)
{
    pthread_mutex_lock(&abandoned.lock);
    bool done = fsync(stage->fd) == 0 && exchange(stage, target_there);
    int error = errno;
    pthread_mutex_unlock(&abandoned.lock);
    errno = error;
    if (done && fsync(stage->base_fd) == 0)
        return true;
    diag(diags, DIAG_WRITE, PLACE_NONE, "cannot put '%.*s/%.*s' in place: %s",
         TEXT_ARG(stage->base), TEXT_ARG(stage->name), strerror(errno));
    return false;
}

/* A stage with all that it needs to be put in place. */
struct ready {
    const struct stage *stage;
    bool target_there;
    enum published end; /* what becomes of it; DONE: yet to be put in place */
};

/* Others may neither enter a private folder nor read in it, even when it was changed since. */
static bool is_as_private(const struct stage *stage, int target_fd)
{
    struct stat st;
    return !stage->is_private || (fstat(target_fd, &st) == 0 && !(st.st_mode & 077));
}

static struct ready make_ready(struct stage *stage, struct diags *diags, struct manifest *manifest)
{
    struct ready ready = {.stage = stage, .end = PUBLISH_FAILED};
    if (stage->failed)
        return ready;
    manifest->outputs = stage->outputs;
    struct text text = manifest_text(stage->arena, manifest);
    int target_fd = open_target(stage, diags, &ready.target_there);
    if (ready.target_there && target_fd < 0)
        return ready;
    if (ready.target_there && is_as_private(stage, target_fd) &&
        is_unchanged(stage, manifest, text))
        ready.end = PUBLISH_UNCHANGED;
    else if ((!ready.target_there || carry_over(stage, diags, target_fd)) &&
             create_file(stage, stage->fd, diags, text_from(manifest_name), text))
        ready.end = PUBLISH_DONE;
    if (target_fd >= 0)
        close(target_fd);
    return ready;
}

static bool put_ready(const struct ready *ready, struct diags *diags)
{
    return ready->end == PUBLISH_UNCHANGED ||
           (ready->end == PUBLISH_DONE && put_in_place(ready->stage, diags, ready->target_there));
}

/* What was there before comes back, where folders can be exchanged in one step. */
static void take_back(const struct ready *ready, struct diags *diags)
{
    const struct stage *stage = ready->stage;
    if (ready->end != PUBLISH_DONE)
        return;
    pthread_mutex_lock(&abandoned.lock);
    bool done = renameat2(stage->base_fd, stage->name.ptr, stage->base_fd, stage->temporary,
                          ready->target_there ? RENAME_EXCHANGE : RENAME_NOREPLACE) == 0;
    int error = errno;
    pthread_mutex_unlock(&abandoned.lock);
    if (!done)
        diag(diags, DIAG_WRITE, PLACE_NONE,
             "'%.*s/%.*s' is new, and what belongs with it is not: cannot take it back: %s",
             TEXT_ARG(stage->base), TEXT_ARG(stage->name), strerror(error));
}

enum published stage_publish(struct stage *stage, struct diags *diags, struct manifest *manifest)
{
    struct ready ready = make_ready(stage, diags, manifest);
    return put_ready(&ready, diags) ? ready.end : PUBLISH_FAILED;
}

enum published stage_publish_both(struct stage *first, struct manifest *manifest,
                                  struct stage *second, struct manifest *second_manifest,
                                  struct diags *diags)
{
    struct ready private = make_ready(second, diags, second_manifest);
    struct ready public = make_ready(first, diags, manifest);
    if (private.end == PUBLISH_FAILED || public.end == PUBLISH_FAILED ||
        !put_ready(&private, diags))
        return PUBLISH_FAILED;
    if (!put_ready(&public, diags)) {
        take_back(&private, diags);
        return PUBLISH_FAILED;
    }
    return private.end == PUBLISH_DONE ? PUBLISH_DONE : public.end;
}

void stage_close(struct stage *stage)
{
    if (!stage)
        return;
    if (stage->made) {
        pthread_mutex_lock(&abandoned.lock);
        tree_remove(stage->base_fd, stage->temporary);
        abandoned.temporary[stage->is_second] = NULL;
        pthread_mutex_unlock(&abandoned.lock);
    }
    int fds[] = {stage->fd, stage->base_fd, stage->lock_fd};
    size_t own = stage->is_second ? 1 : sizeof fds / sizeof *fds;
    for (size_t i = 0; i < own; i++)
        if (fds[i] >= 0)
            close(fds[i]);
    stage->fd = stage->base_fd = stage->lock_fd = -1;
    stage->made = false;
}
