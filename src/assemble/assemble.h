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
    const struct comparison *comparison; /* NULL for a source of actions */
};

struct report_input {
    const struct report_template *template;
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
};

/* NULL, with messages, when the template cannot be filled; all problems are told. */
struct document *assemble(struct arena *arena, struct diags *diags,
                          const struct report_input *input);

#endif
