/*
 * zip - the parts of an archive, read with limits and without unpacking anything to disk.
 *
 * The limits count bytes that were really inflated, never sizes that the
 * archive declares.
 */
#ifndef READ_ZIP_INT_H
#define READ_ZIP_INT_H

#include "read/limits.h"

enum { ZIP_RATIO_FREE = 1024 * 1024 /* inflated bytes for which the ratio does not count */ };

struct archive;

/*
 * `bytes` is the whole file and and `limits` must outlive the archive; `place` names it in
 * messages. NULL with a message when it is no sound archive, has too many entries, or two entries
 * whose names differ in case at most.
 */
struct archive *archive_open(struct arena *arena, struct diags *diags, struct text bytes,
                             struct place place, const struct read_limits *limits);
const struct read_limits *archive_limits(const struct archive *archive);
void archive_close(struct archive *archive); /* NULL is fine */

bool archive_has(const struct archive *archive, struct text name);
/* The names of all parts, in the order of the archive; they live as long as the arena. */
struct texts archive_names(const struct archive *archive);

/*
 * Gives the part to `take` piece by piece; it returns false to stop. True when the part was read to
 * its end and its checksum is right: what `take` gathered must count for nothing until then.
 */
bool archive_stream(struct archive *archive, struct text name,
                    bool (*take)(void *context, struct text piece), void *context);

#endif
