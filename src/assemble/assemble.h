/*
 * assemble - a template and a job's facts become a document. Wording, rounding, order, numbering
 * and captions are settled here; nothing behind it decides what a reader reads.
 */
#ifndef ASSEMBLE_ASSEMBLE_H
#define ASSEMBLE_ASSEMBLE_H

#include "compute/facts.h"
#include "document/document.h"
#include "template/template.h"

/* A source of the job: its rows, and its figures against the baselines. */
struct report_source {
    struct dataset *dataset;
    const struct comparison *comparison;     /* NULL for a source of actions */
    const struct performances *performances; /* likewise */
};

/* What of a report one workbook shows: data/slice.h. */
struct report_slice {
    struct text field; /* "portfolio" */
    struct text value; /* for readers */
    bool is_person;    /* the value may be somebody's name */
    bool is_area;
    bool has_beside;           /* areas that it is compared with stand beside it */
    const struct facts *whole; /* of the job: a fact that the slice does not have is [z] there */
};

struct report_input {
    struct report_template *template;
    const struct style *style;          /* NULL: the defaults */
    struct text folder;                 /* of the job, for pictures */
    const struct ini_section *settings; /* [report NAME] of the job; NULL: none */
    struct place named;                 /* where the job names the report */
    const struct facts *facts;
    const struct report_source *sources;
    size_t source_count;
    struct text organisation;
    struct text language;
    struct text area; /* of the job; empty: not given */
    struct period period;
    struct baselines baselines;
    struct date as_at;
    const struct short_forms *short_forms; /* of the job; NULL: none */
    struct release release;                /* as [job] has it; [report NAME] goes over it */
    const struct report_slice *slice;      /* NULL: the report is whole */
};

/*
 * release.c: the keys of workbooks, in [job] or in [report NAME], over what *out holds already.
 * `section` may be NULL; with a resolver, texts may hold {{facts}}.
 */
extern const char *const release_keys[];
extern const size_t release_key_count;
void release_read(struct arena *arena, struct diags *diags, const struct ini_section *section,
                  const struct resolver *resolver, struct release *out);

/*
 * abbreviations.c: the lines of an [abbreviations] section and of the source that it names, behind
 * what *out holds. `section` may be NULL; with a resolver, meanings may hold {{facts}}.
 */
void abbreviations_read(struct arena *arena, struct diags *diags, const struct ini_section *section,
                        const struct resolver *resolver, const struct report_source *sources,
                        size_t source_count, struct short_forms *out);

/* NULL, with messages, when the template cannot be filled; all problems are told. */
struct document *assemble(struct arena *arena, struct diags *diags,
                          const struct report_input *input);

/*
 * The tables and charts of a report that was assembled before, from sources that are slices of
 * its own. Its words are about the whole and are left out: but for title, captions and notes of
 * parts. A part of which the slice has nothing is left out too, and one that cannot be made of
 * it is named in *left_out ("chart crime"). NULL when nothing is left.
 */
struct document *assemble_slice(struct arena *arena, const struct report_input *input,
                                struct texts *left_out);

/* What checks.xlsx is made of: what was found, and what became of every row. */
struct checks_input {
    const struct report_source *sources;
    size_t source_count;
    const struct diags *found;
    struct text folder; /* of the job: files are named as they stand in it */
    struct text title;  /* of the job */
    struct text organisation;
    struct text language;
    struct period period;
    struct date as_at;
    struct text program; /* "panelpack 0.1.0" */
    struct texts libraries;
};

/* A workbook of tables; no report, and nothing in it is for publication. */
struct document *assemble_checks(struct arena *arena, const struct checks_input *input);

#endif
