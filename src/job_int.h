/* job_int - what the files of the job share: job.c, job_check.c, job_slices.c, job_publish.c. */
#ifndef JOB_INT_H
#define JOB_INT_H

#include "job.h"

void job_progress(const struct job *job, const char *doing, struct text what);
/* Those that [job] and [facts] give, of the job's area or another. */
void job_add_facts(const struct job *job, struct text area, struct facts *facts);
/* The area that a piece of `comparator` names. */
struct text job_comparator_name(struct text piece);
/* Compares the figures of a source in one of its areas, and adds its facts. */
void job_compute_source(struct job *job, struct report_source *source, size_t area,
                        struct facts *facts);
struct report_input job_report_input(const struct job *job, struct text name,
                                     struct report_template *template);

/* job_check.c: the words of a template that was assembled, its narrative and notes below its
 * tables. What its conditions leave out is not said. */
void job_check_template(struct job *job, const struct report_template *template);

/* The job's short forms; of a report that was assembled, what its words use and leave unexplained,
 * and after all of them, those that none uses. */
void job_read_short_forms(struct job *job);
void job_check_short_forms(struct job *job, const struct document *document);
void job_check_short_forms_used(struct job *job);

/* What two texts of the job say otherwise: after those of all templates. */
void job_check_across(struct job *job);

/* Figures of the sources that were others in reports of earlier periods. */
void job_check_revised(struct job *job);

/* job_slices.c: what the job file asks for. */
void job_read_slicings(struct job *job);
/* One of job->slices in `arena`, which may be freed after it: there can be hundreds of them. */
struct document *job_slice_document(const struct job_slice *slice, struct arena *arena);

/* job_publish.c */
void job_publish(struct job *job);

#endif
