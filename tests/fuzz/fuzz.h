/*
 * fuzz - what the targets share. A target is one *_fuzz.c with LLVMFuzzerTestOneInput(); `make
 * fuzz` builds it with libFuzzer, `make check` with replay.c, which runs it on its corpus.
 *
 * A target fails by a signal, by a sanitizer's report, or by FUZZ_HOLDS.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include "base/diag.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUZZ_HOLDS(condition)                                                                      \
    ((condition) ? (void)0                                                                         \
                 : (fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition), \
                    abort()))

/* The bytes as a file of its own, without a disk: its path until fuzz_file_end(). */
struct fuzz_file {
    int fd;
    char path[64];
};
struct fuzz_file fuzz_file(struct text bytes);
void fuzz_file_end(struct fuzz_file *file);

/* An archive whose parts are stored as they are, with right checksums. */
struct fuzz_part {
    const char *name;
    struct text bytes;
};
struct text fuzz_archive(struct arena *arena, const struct fuzz_part *parts, size_t count);

/*
 * The bytes as a workbook of either kind: its sheets, their cells and merges, as an import reads
 * them. What it says of itself has to be true: rows in order, no cell blank or beyond the sheet,
 * and nothing refused in silence.
 */
void fuzz_workbook(struct arena *arena, struct text bytes);

/* What every message has to be: whole UTF-8 with a known place, printable, and not without end. */
void fuzz_messages(const struct diags *diags);

#endif
