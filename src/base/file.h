/*
 * file - files in, whole or block by block, and checked bytes out.
 *
 * Reading: opened once, refused unless a regular file within the cap, and refused if it changed
 * while it was read. Writing: a new file (O_EXCL, no link followed) in a folder that is held open;
 * each write is checked, the file is synced before it counts as written.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/diag.h"

/* The default cap of an input file in bytes. */
#define FILE_CAP_INPUT ((size_t)200 * 1024 * 1024)
#define FILE_CAP_TEXT ((size_t)1024 * 1024) /* job files, templates, narrative */

/*
 * The bytes of `path` in *out (NUL behind them). On failure a message is added to diags at `place`
 * (where the file is named, if anywhere; else the file itself) and false returned.
 */
bool file_read(struct arena *arena, struct diags *diags, struct text path, struct place place,
               size_t cap, struct text *out);
/*
 * An input that is read in blocks, as often as need be: never wholly in memory. NULL after a
 * message, as file_read().
 */
struct file_input;
struct file_input *file_open(struct arena *arena, struct diags *diags, struct text path,
                             struct place place, size_t cap);
size_t file_size(const struct file_input *input);
/* The next block, at most `room` bytes of it in `block`; false at the end, or after a message. */
bool file_next(struct file_input *input, char *block, size_t room, struct text *out);
/* From the beginning again. */
void file_rewind(struct file_input *input);
/* False, after a message, when a read failed or the file is not what it was when it was opened. */
bool file_is_same(struct file_input *input);
/* The same, and closes it. */
bool file_close(struct file_input *input);
/* Up to `size` bytes of its beginning; fewer, or none, when it cannot be read: without a message.
 */
struct text file_start(struct arena *arena, struct text path, size_t size);
bool file_exists(struct text path);   /* a regular file */
bool file_is_there(struct text path); /* of any kind */
bool file_is_folder(struct text path);

/*
 * Creates `name` (no slash in it) in the folder `dirfd` with mode 0644 and writes all of `bytes`,
 * synced. On failure there is no such file.
 */
bool file_create(int dirfd, struct diags *diags, struct text name, struct text bytes);
/* The same for a whole path, whose folder is there. */
bool file_save(struct diags *diags, struct text path, struct text bytes);

/* "a/b" + "c" -> "a/b/c"; `b` alone when it is absolute or `a` is empty. */
struct text path_join(struct arena *arena, struct text a, struct text b);
struct text path_folder(struct text path); /* "." when there is none */
struct text path_name(struct text path);   /* the last part; "" when it ends in a slash */
/* Without "." parts, doubled and trailing slashes. ".." stays. */
struct text path_tidy(struct arena *arena, struct text path);
/*
 * The path of the regular file `name` in `folder`, or empty when there is none or it lies outside:
 * absolute names, "..", hidden parts and links that lead out are never followed.
 */
struct text path_inside(struct arena *arena, struct text folder, struct text name);

/* The path from the root, without links; a last part that does not exist yet is kept as it is.
 * Empty when there is no such folder. */
struct text path_absolute(struct arena *arena, struct text path);
/*
 * `path` as seen from the folder `from`: "../../input/a". Links are resolved, so that ".." means
 * what it says; `path` itself, tidied, when either cannot be resolved.
 */
struct text path_relative(struct arena *arena, struct text from, struct text path);

/* Creates the folder and its parents (0755). */
bool folder_create(struct diags *diags, struct text path);
/* The regular files that match a shell pattern, by bytes in order; none is not an error. */
struct texts files_matching(struct arena *arena, struct text pattern);
/* The names in a folder, by bytes in order, without "." and "..". */
struct texts folder_names(struct arena *arena, struct text path);

#endif
