/*
 * publish - puts verified outputs in place, all at once (reliability: P1, P4, P5, P7).
 *
 * `output/JOB/PERIOD/` always holds the last good run. A run works in a staging folder beside it,
 * `output/JOB/.PERIOD.tmp-PID/`, and exchanges the two in one step when every file is written,
 * synced and verified. Files in the folder that no run of ours wrote are carried over.
 */
#ifndef PUBLISH_PUBLISH_H
#define PUBLISH_PUBLISH_H

#include "data/reported.h"

struct manifest_file {
    struct text path;   /* inputs: relative to the job folder; outputs: name in the folder */
    struct text sha256; /* 64 hexadecimal digits */
    size_t bytes;
    /* Of an export: what became of its rows; else NULL, also in manifests that say it in words. */
    const struct file_account *account;
};
struct manifest_files {
    struct manifest_file *items;
    size_t count;
    size_t capacity;
};
/* A workbook of one owner, team or area among the outputs. */
struct manifest_slice {
    struct text name;  /* of the [burst] or [email] */
    struct text by;    /* "portfolio" */
    struct text value; /* as in the export */
    struct text report;
    struct text path; /* of the output */
    size_t rows;
};
struct manifest_slices {
    struct manifest_slice *items;
    size_t count;
    size_t capacity;
};
#define MANIFEST_RESTRICTED "restricted"
struct manifest {
    struct text job; /* the job folder, relative to the output folder */
    struct text title;
    struct text period;
    struct text as_at;      /* ISO */
    struct text program;    /* "panelpack 0.1.0" */
    struct texts libraries; /* "libharu 2.3.0", … */
    struct texts options;   /* MANIFEST_RESTRICTED among them: not for publication */
    struct manifest_files inputs;
    struct manifest_files outputs; /* filled by stage_publish */
    struct date start, end;        /* of the period; not known in manifests of earlier versions */
    struct reporteds figures;      /* that the reports rest on, without hidden and stopped ones */
    struct manifest_slices slices;
};
void manifest_add(struct arena *arena, struct manifest_files *files, struct text path,
                  struct text bytes);
/* The same for an export, whose hash is in its account, which must last as long as the manifest. */
void manifest_add_export(struct arena *arena, struct manifest_files *files, struct text path,
                         const struct file_account *account);
void manifest_add_slice(struct arena *arena, struct manifest *manifest,
                        struct manifest_slice slice);
struct text manifest_text(struct arena *arena, const struct manifest *manifest); /* JSON */
/* Reads FOLDER/manifest.json; false with a message when there is none or it is damaged. */
bool manifest_read(struct arena *arena, struct diags *diags, struct text folder,
                   struct manifest *out);
/* Compares the outputs named in the manifest with the files in the folder, byte for byte. */
bool manifest_check(struct arena *arena, struct diags *diags, struct text folder,
                    const struct manifest *manifest);

struct manifests {
    struct manifest *items;
    size_t count;
};
/* stale.c: the runs published in `base` (an output/JOB folder), as far as they can be read. */
struct manifests publish_runs(struct arena *arena, struct text base);
/*
 * Refuses a source whose exports are those that another period's run was made from, and that has
 * no figure of `period`: last month's file for this month (reliability.md T22). Fine where a run of
 * `period` was made from them already. A warning when that is `allowed`.
 */
void publish_check_stale(struct diags *diags, const struct dataset *dataset, struct period period,
                         const struct manifests *runs, bool allowed);

struct stage;
/*
 * Takes the lock of `base` (an output/JOB folder, created when missing), removes what a killed run
 * left behind, and opens an empty staging folder for `name`. NULL with a message when that fails;
 * the message is [busy] when another run holds the lock.
 */
struct stage *stage_open(struct arena *arena, struct diags *diags, struct text base,
                         struct text name);
/*
 * A second folder of the same base, under the same lock, that only this user may enter. It must be
 * closed before the first.
 */
struct stage *stage_open_private(struct stage *first, struct diags *diags, struct text name);
struct text stage_folder(const struct stage *stage);
/* The folder that stage_publish() will fill: base/name. */
struct text stage_target(const struct stage *stage);
/* Writes one output, synced. Names are slugs with an extension, also below folders of such names
 * ("slices/panel/review-housing.xlsx"); a name given twice is refused. */
bool stage_add(struct stage *stage, struct diags *diags, struct text name, struct text bytes);
enum published { PUBLISH_FAILED, PUBLISH_UNCHANGED, PUBLISH_DONE };
/*
 * Fills in the manifest's outputs, writes it last and exchanges the folders; does nothing when the
 * published manifest and files are already the same, byte for byte.
 */
enum published stage_publish(struct stage *stage, struct diags *diags, struct manifest *manifest);
/*
 * Both or neither: when the first cannot be put in place, the second is taken back. Each is one
 * step: a kill between the two leaves the second new and the first as it was, both whole, and the
 * next run finishes.
 */
enum published stage_publish_both(struct stage *first, struct manifest *manifest,
                                  struct stage *second, struct manifest *second_manifest,
                                  struct diags *diags);
/* Removes the staging folder, if still there, and releases the lock. NULL is fine. */
void stage_close(struct stage *stage);
/*
 * Removes the open staging folder of this process, which must then exit: a thread that publishes is
 * held up for good. For the thread that waits for signals and for exit() on lack of memory.
 */
void stage_abandon(void);

/* The version of jansson. */
const char *publish_json_library(void);

#endif
