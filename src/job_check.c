/* job_check - the step of a job that holds figures, words and exports against the rules. */
#include "job_int.h"

#include "base/file.h"
#include "check/check.h"
#include "publish/publish.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* ---- words against figures ---- */

static const struct claims *new_claims(struct job *job)
{
    const struct comparison **comparisons =
        arena_calloc(job->arena, job->source_count + 1, sizeof(const struct comparison *));
    size_t count = 0;
    for (size_t i = 0; i < job->source_count; i++)
        if (job->sources[i].comparison)
            comparisons[count++] = job->sources[i].comparison;
    return claims_new(job->arena, comparisons, count);
}

/* What people wrote in the job file, and in the updates of actions. */
static void check_words(struct job *job)
{
    static const enum action_field said[] = {ACTION_PROGRESS, ACTION_REASON};
    const struct claims *claims = new_claims(job);
    for (size_t i = 0; i < job->ini.count; i++) {
        const struct ini_section *section = &job->ini.sections[i];
        for (size_t e = 0; e < section->count; e++)
            if (text_is(section->kind, "facts") || text_is(section->entries[e].key, "note"))
                check_claims(job->diags, claims, section->entries[e].value,
                             section->entries[e].value_place);
    }
    for (size_t i = 0; i < job->source_count; i++)
        for (size_t a = 0; a < job->sources[i].dataset->action_count; a++) {
            const struct action *action = &job->sources[i].dataset->actions[a];
            for (size_t f = 0; f < COUNT(said); f++)
                check_claims(job->diags, claims, action->field[said[f]],
                             action_place(action, said[f]));
        }
}

void job_check_template(struct job *job, const struct report_template *template)
{
    const struct claims *claims = new_claims(job);
    check_claims(job->diags, claims, template->narrative, place_at(template->narrative_path, 1, 0));
    for (size_t i = 0; i < template->ini.count; i++) {
        const struct ini_entry *note = ini_entry(&template->ini.sections[i], "note");
        if (note)
            check_claims(job->diags, claims, note->value, note->value_place);
    }
}

void job_check(struct job *job)
{
    for (size_t i = 0; i < job->source_count; i++) {
        const struct check_input input = {.dataset = job->sources[i].dataset,
                                          .comparison = job->sources[i].comparison,
                                          .as_at = job->as_at};
        check_source(job->diags, &input);
    }
    check_words(job);
}

void job_check_stale(struct job *job)
{
    struct text base = path_join(job->arena, job->options->output, job->name);
    struct manifests runs = publish_runs(job->arena, base);
    for (size_t i = 0; i < job->source_count; i++) {
        const struct dataset *dataset = job->sources[i].dataset;
        const struct ini_section *section = ini_section(&job->ini, "source", dataset->name);
        if (!section || !ini_bool(job->diags, section, "same input ok", false))
            publish_check_stale(job->diags, dataset, job->period, &runs,
                                job->options->same_input_ok);
    }
}
