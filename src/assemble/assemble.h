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
    struct release release; /* as [job] has it; [report NAME] goes over it */
};

/*
 * release.c: the keys of workbooks, in [job] or in [report NAME], over what *out holds already.
 * `section` may be NULL; with a resolver, texts may hold {{facts}}.
 */
extern const char *const release_keys[];
extern const size_t release_key_count;
void release_read(struct arena *arena, struct diags *diags, const struct ini_section *section,
                  const struct resolver *resolver, struct release *out);

/* NULL, with messages, when the template cannot be filled; all problems are told. */
struct document *assemble(struct arena *arena, struct diags *diags,
                          const struct report_input *input);

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
