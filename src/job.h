/*
 * job - one job from start to end: job_run() is the map of the program.
 *
 * A job is a folder with a job.ini. Everything it makes lives in its arena; everything it has to
 * say is collected in its diags.
 */
#ifndef JOB_H
#define JOB_H

#include "assemble/assemble.h"
#include "data/slice.h"
#include "mail/mail.h"
#include "publish/publish.h"

/* The name of the workbook of findings: no report can have it, and it is not sent. */
#define JOB_CHECKS "checks"

struct job_options {
    struct text period; /* instead of the job file's; empty: none */
    struct text only;   /* one report; empty: all */
    /* Where an agenda names it; no file: on the command line. */
    struct place only_place;
    struct text output; /* folder that holds output/JOB/PERIOD; "output" by default */
    bool strict;        /* warnings stop publishing too */
    bool dry_run;       /* everything but publishing */
    bool same_input_ok; /* exports that another period was made from may be used again */
    /* Told what is being done, for a progress line; may be NULL. */
    void (*progress)(void *context, const char *doing, struct text what);
    void *progress_context;
};

struct job_report {
    struct text name;
    struct report_template *template;
    struct document *document;
    bool has_companions; /* its tables are written as CSV too */
};

/* What a [burst NAME], or an [email NAME] with `slice by`, asks for. */
struct job_slicing {
    struct text name;
    enum slice_field by;
    struct texts reports;
    struct place place; /* of `slice by` */
};

/* A workbook of one value of the field. */
struct slicer;
struct job_slice {
    const struct slicer *slicer; /* job_slices.c: what it is cut from */
    const struct job_slicing *slicing;
    const struct job_report *report;
    struct text value;
    struct text
        path;    /* below the published folder, without ".xlsx": "slices/panel/review-housing" */
    size_t rows; /* actions, and figures */
};

struct text_checks;
struct job {
    struct arena *arena;
    struct diags *diags;
    const struct job_options *options;
    struct text folder;
    struct text name; /* of the folder */
    struct ini ini;
    struct text title;
    struct text organisation;
    struct text language;
    struct text area;
    struct text licence; /* of what is published: an address, or a name; may be empty */
    bool has_companions; /* reports that do not say otherwise have CSV files beside them */
    struct period period;
    struct baselines baselines;
    struct date as_at;
    struct release release;
    struct short_forms short_forms; /* of [abbreviations], with what was counted */
    struct texts report_names;
    struct place reports_place;
    struct texts template_folders;
    const struct style *style;

    struct manifests runs; /* published before, of any period; once job_runs() has read them */
    bool has_runs;
    struct report_source *sources;
    size_t source_count;
    struct facts facts;
    struct text_checks *texts; /* what the words of the job say: job_check() and each template */
    struct job_report *reports;
    size_t report_count;
    struct job_slicing *slicings;
    size_t slicing_count;
    struct job_slice *slices;
    size_t slice_count;
    size_t slice_capacity;
    struct texts companions; /* CSV files and their metadata, below the published folder */
    struct text published;   /* the folder, once job_run has published or found it unchanged */
    bool unchanged;
};

/*
 * Reads and checks DIR/job.ini. False when there is none; other problems are told and leave a job
 * that can still be read, so that one run reports everything.
 */
bool job_load(struct job *job, struct arena *arena, struct diags *diags,
              const struct job_options *options, struct text folder);

/* The steps, in order; each adds its problems to job->diags. */
void job_read(struct job *job);
void job_compute(struct job *job);
void job_check(struct job *job);
void job_assemble(struct job *job);
/* … where the job asks for slices, and there is no error so far. */
void job_make_slices(struct job *job);

/*
 * Refuses a source whose exports are those that the outputs of another period were made from, and
 * that says nothing of this one: last month's file for this month (reliability.md T22).
 */
void job_check_stale(struct job *job);

/* All steps but publishing: what `check` does. */
void job_make(struct job *job);

/* All steps, and publishing when there is no error. */
enum status job_run(struct job *job);

/* True when what was found stops publishing. */
bool job_is_stopped(const struct job *job);

/* Where templates are looked for: the job's folder first. */
struct texts job_template_folders(struct arena *arena, struct text folder);

#endif
