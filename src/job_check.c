/* job_check - the step of a job that holds figures, words and exports against the rules. */
#include "job_int.h"

#include "base/file.h"
#include "check/check.h"
#include "publish/publish.h"

#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* ---- words against figures ---- */

static const struct claims *new_claims(struct job *job)
{
    struct claims_source *sources =
        arena_calloc(job->arena, job->source_count + 1, sizeof *sources);
    size_t count = 0;
    for (size_t i = 0; i < job->source_count; i++)
        if (job->sources[i].comparison)
            sources[count++] = (struct claims_source){.comparison = job->sources[i].comparison,
                                                      .performances = job->sources[i].performances};
    return claims_new(job->arena, sources, count, job->area);
}

static struct references *new_references(struct job *job)
{
    const struct dataset **datasets =
        arena_calloc(job->arena, job->source_count + 1, sizeof(const struct dataset *));
    for (size_t i = 0; i < job->source_count; i++)
        datasets[i] = job->sources[i].dataset;
    return references_new(job->arena, datasets, job->source_count);
}

/* Codes in the cells of all sources, and in what people wrote in a file of theirs. */
static void check_code_words(struct job *job, struct references *references, const struct ini *ini)
{
    for (size_t i = 0; i < ini->count; i++)
        for (size_t e = 0; e < ini->sections[i].count; e++)
            if (!text_is(ini->sections[i].kind, "source"))
                check_codes(job->diags, references, ini->sections[i].entries[e].value,
                            ini->sections[i].entries[e].value_place);
}

static struct text_checks *texts_of(struct job *job)
{
    if (job->texts)
        return job->texts;
    job->texts = text_checks_new(job->arena, job->as_at);
    for (size_t i = 0; i < job->source_count; i++) {
        text_checks_areas(job->texts, &job->sources[i].dataset->areas);
        text_checks_facts(job->texts, job->sources[i].dataset);
    }
    return job->texts;
}

/* What people wrote in the job file, and in the updates of actions. */
static void check_words(struct job *job)
{
    static const enum action_field said[] = {ACTION_PROGRESS, ACTION_REASON};
    const struct claims *claims = new_claims(job);
    for (size_t i = 0; i < job->ini.count; i++) {
        const struct ini_section *section = &job->ini.sections[i];
        for (size_t e = 0; e < section->count; e++)
            if (text_is(section->kind, "facts") || text_is(section->entries[e].key, "note") ||
                (text_is(section->kind, "source") && text_is(section->entries[e].key, "source"))) {
                check_claims(job->diags, claims, section->entries[e].value,
                             section->entries[e].value_place);
                check_text(job->diags, texts_of(job), section->entries[e].value,
                           section->entries[e].value_place, TEXT_VALUE);
            }
    }
    for (size_t i = 0; i < job->source_count; i++)
        for (size_t a = 0; a < job->sources[i].dataset->action_count; a++) {
            const struct action *action = &job->sources[i].dataset->actions[a];
            if (job->sources[i].dataset->is_earlier)
                continue; /* said of another time */
            for (size_t f = 0; f < COUNT(said); f++)
                check_claims(job->diags, claims, action->field[said[f]],
                             action_place(action, said[f]));
        }
    for (size_t i = 0; i < job->source_count; i++)
        check_text_cells(job->diags, texts_of(job), job->sources[i].dataset);
}

/* What readers see of a section besides its figures. */
static void check_named(struct job *job, const struct ini_section *section)
{
    static const char *const keys[] = {"title", "subtitle", "caption", "note"};
    for (size_t i = 0; i < COUNT(keys); i++) {
        const struct ini_entry *entry = ini_entry(section, keys[i]);
        if (entry)
            check_text(job->diags, texts_of(job), entry->value, entry->value_place, TEXT_VALUE);
    }
}

void job_check_template(struct job *job, const struct report_template *template)
{
    const struct claims *claims = new_claims(job);
    struct references *references = new_references(job);
    const struct place place = place_at(template->narrative_path, 1, 0);
    check_claims(job->diags, claims, template->said, place);
    check_codes(job->diags, references, template->said, place);
    check_text(job->diags, texts_of(job), template->said, place, TEXT_NARRATIVE);
    check_code_words(job, references, &template->ini);
    for (size_t i = 0; i < template->ini.count; i++) {
        const struct ini_entry *note = ini_entry(&template->ini.sections[i], "note");
        if (note)
            check_claims(job->diags, claims, note->value, note->value_place);
        check_named(job, &template->ini.sections[i]);
    }
}

/* ---- short forms ---- */

void job_read_short_forms(struct job *job)
{
    const struct ini_section *section = ini_section(&job->ini, "abbreviations", TEXT_EMPTY);
    job->short_forms = (struct short_forms){.write_out = true, .source = TEXT_EMPTY};
    abbreviations_read(job->arena, job->diags, section, NULL, job->sources, job->source_count,
                       &job->short_forms);
    check_short_forms(job->diags, job->arena, &job->short_forms, 1);
    short_forms_settle(job->arena, &job->short_forms);
}

static void exempt_codes(struct job *job, struct abbreviation_checks *checks)
{
    for (size_t i = 0; i < job->source_count; i++) {
        const struct dataset *dataset = job->sources[i].dataset;
        for (size_t a = 0; a < dataset->action_count; a++)
            abbreviation_checks_exempt(checks, dataset->actions[a].field[ACTION_ID]);
        for (size_t m = 0; m < dataset->measure_count; m++)
            abbreviation_checks_exempt(checks, dataset->measures[m].unit);
    }
}

static void look_at_words(void *context, struct text words, struct place place)
{
    check_abbreviation_words(context, words, place);
}

/* Those of the job's list that the report uses. */
static void add_uses(struct job *job, const struct short_forms *of_report)
{
    for (size_t i = 0; i < job->short_forms.count; i++) {
        struct short_form *one = &job->short_forms.items[i];
        const struct short_form *used = short_forms_find(of_report, one->form);
        one->uses += used ? used->uses : 0;
    }
}

void job_check_short_forms(struct job *job, const struct document *document)
{
    const struct short_forms *forms = document ? document->short_forms : NULL;
    if (!forms || !forms->listed_count)
        return; /* who lists none is told of none */
    struct abbreviation_checks *checks = abbreviation_checks_new(job->arena, forms);
    exempt_codes(job, checks);
    document_texts(document, NULL, look_at_words, checks);
    check_abbreviations(job->diags, checks);
    check_short_forms(job->diags, job->arena, forms, job->short_forms.listed_count);
    add_uses(job, forms);
}

void job_check_short_forms_used(struct job *job)
{
    const struct ini_section *section = ini_section(&job->ini, "abbreviations", TEXT_EMPTY);
    if (section && job->report_count == job->report_names.count)
        check_short_forms_used(job->diags, job->arena, &job->short_forms, section->place);
}

void job_check_across(struct job *job)
{
    const struct dataset **datasets =
        arena_calloc(job->arena, job->source_count + 1, sizeof(const struct dataset *));
    for (size_t i = 0; i < job->source_count; i++)
        datasets[i] = job->sources[i].dataset;
    check_two_values(job->diags, datasets, job->source_count, job->area);
    check_texts_across(job->diags, texts_of(job));
}

void job_check(struct job *job)
{
    for (size_t i = 0; i < job->source_count; i++) {
        const struct check_input input = {.dataset = job->sources[i].dataset,
                                          .comparison = job->sources[i].comparison,
                                          .as_at = job->as_at,
                                          .period_end = job->period.end};
        check_source(job->diags, &input);
    }
    check_words(job);
    struct references *references = new_references(job);
    check_references(job->diags, references);
    check_code_words(job, references, &job->ini);
}

/* ---- what was published before ---- */

/* What was published of the job before. */
static const struct manifests *job_runs(struct job *job)
{
    if (!job->has_runs)
        job->runs =
            publish_runs(job->arena, path_join(job->arena, job->options->output, job->name));
    job->has_runs = true;
    return &job->runs;
}

static int by_end(const void *a, const void *b)
{
    const struct manifest *const *left = a, *const *right = b;
    int order = date_compare((*right)->end, (*left)->end); /* the latest first */
    return order ? order : (*left > *right) - (*left < *right);
}

/* Figures of the reports of earlier periods, the latest report first. */
static struct reporteds reported_before(struct job *job)
{
    const struct manifests *runs = job_runs(job);
    const struct manifest **before =
        arena_calloc(job->arena, runs->count + 1, sizeof(const struct manifest *));
    struct reporteds all = {0};
    size_t count = 0;
    for (size_t i = 0; i < runs->count; i++)
        if (date_is_known(runs->items[i].end) && date_is_known(job->period.end) &&
            date_compare(runs->items[i].end, job->period.end) < 0)
            before[count++] = &runs->items[i];
    if (count)
        qsort(before, count, sizeof(const struct manifest *), by_end);
    for (size_t i = 0; i < count; i++)
        for (size_t f = 0; f < before[i]->figures.count; f++)
            reported_add(job->arena, &all, before[i]->figures.items[f]);
    return all;
}

void job_check_revised(struct job *job)
{
    struct reporteds reported = reported_before(job);
    for (size_t i = 0; i < job->source_count; i++)
        check_revised(job->diags, job->sources[i].dataset, &reported);
}

void job_check_stale(struct job *job)
{
    const struct manifests *runs = job_runs(job);
    for (size_t i = 0; i < job->source_count; i++) {
        const struct dataset *dataset = job->sources[i].dataset;
        const struct ini_section *section = ini_section(&job->ini, "source", dataset->name);
        if (dataset->is_earlier)
            continue; /* it is meant to be what another period was made from */
        if (!section || !ini_bool(job->diags, section, "same input ok", false))
            publish_check_stale(job->diags, dataset, job->period, runs,
                                job->options->same_input_ok);
    }
}
