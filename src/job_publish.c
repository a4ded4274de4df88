/* job_publish - the last step of a job: its documents become files, verified and put in place. */
#include "job_int.h"

#include "base/file.h"
#include "publish/publish.h"
#include "version.h"
#include "write/write.h"

/* Renders a document, writes the file to the stage, and reads it back. */
static bool write_document(struct job *job, struct stage *stage, const struct renderer *renderer,
                           struct text name, const struct document *document)
{
    const struct render_options options = {.scratch = stage_folder(stage)};
    struct text bytes;
    size_t told = job->diags->count;
    struct arena *scratch = arena_new(); /* a file can be large, and there may be hundreds */
    job_progress(job, "writing", name);
    bool ok = renderer->render(document, &options, scratch, job->diags, &bytes) &&
              stage_add(stage, job->diags, name, bytes) &&
              renderer->verify(document, path_join(job->arena, stage_folder(stage), name), scratch,
                               job->diags);
    for (size_t i = told; i < job->diags->count; i++) { /* places in it outlive the file */
        struct place *place = &job->diags->items[i].place;
        place->file = text_copy(job->arena, place->file);
        place->part = text_copy(job->arena, place->part);
    }
    arena_free(scratch);
    return ok;
}

/* "csv/review/crime.csv" for each table, and what describes them. */
static bool write_companions(struct job *job, struct stage *stage, const struct job_report *report)
{
    struct companions files;
    csv_render(report->document, job->licence, job->arena, &files);
    for (size_t i = 0; i < files.count; i++) {
        struct text path = text_format(job->arena, "csv/%.*s/%.*s", TEXT_ARG(report->name),
                                       TEXT_ARG(files.items[i].name));
        job_progress(job, "writing", path);
        if (!stage_add(stage, job->diags, path, files.items[i].bytes) ||
            !csv_verify(&files.items[i], path_join(job->arena, stage_folder(stage), path),
                        job->arena, job->diags))
            return false;
        texts_add(job->arena, &job->companions, path);
    }
    return true;
}

static bool write_report(struct job *job, struct stage *stage, const struct job_report *report)
{
    for (size_t r = 0; r < renderer_count; r++) {
        struct text name = text_concat(job->arena, report->name, text_from(renderers[r].extension));
        if (renderer_is_wanted(&renderers[r], report->document) &&
            !write_document(job, stage, &renderers[r], name, report->document))
            return false;
    }
    return !report->has_companions || write_companions(job, stage, report);
}

/* A slice is a workbook alone: of two the one to be worked with, as in an email. */
static const struct renderer *renderer_of_slice(const struct document *document)
{
    const struct renderer *found = NULL;
    for (size_t r = 0; r < renderer_count; r++)
        if (renderers[r].workbook && renderer_is_wanted(&renderers[r], document) &&
            (!found || renderers[r].workbook == WORKBOOK_WORKING))
            found = &renderers[r];
    return found;
}

static bool write_slices(struct job *job, struct stage *stage)
{
    bool ok = true;
    for (size_t i = 0; i < job->slice_count && ok; i++) {
        struct arena *scratch = arena_new();
        const struct document *document = job_slice_document(&job->slices[i], scratch);
        ok = write_document(job, stage, renderer_of_slice(document),
                            text_concat(job->arena, job->slices[i].path, TEXT(".xlsx")), document);
        arena_free(scratch);
    }
    return ok;
}

/* checks.xlsx comes last: it says what was found until then. */
static bool write_checks(struct job *job, struct stage *stage)
{
    const struct checks_input input = {
        .sources = job->sources,
        .source_count = job->source_count,
        .found = job->diags,
        .folder = job->folder,
        .title = job->title,
        .organisation = job->organisation,
        .language = job->language,
        .period = job->period,
        .as_at = job->as_at,
        .program = TEXT("panelpack " PANELPACK_VERSION),
        .libraries = version_libraries(job->arena),
    };
    const struct document *document = assemble_checks(job->arena, &input);
    for (size_t r = 0; r < renderer_count; r++)
        if (renderers[r].workbook == document->release.workbooks)
            return write_document(job, stage, &renderers[r], TEXT(JOB_CHECKS ".xlsx"), document);
    return false;
}

static void add_input(struct job *job, struct manifest *manifest, struct text path)
{
    struct text bytes;
    if (file_read(job->arena, job->diags, path, PLACE_NONE, RASTER_CAP_BYTES, &bytes))
        manifest_add(job->arena, &manifest->inputs, path_relative(job->arena, job->folder, path),
                     bytes);
}

/* The job file, the templates, the style, pictures and every export, each with what became of its
 * rows. */
static void add_inputs(struct job *job, struct manifest *manifest)
{
    add_input(job, manifest, job->ini.file);
    if (job->style->file.len)
        add_input(job, manifest, job->style->file);
    if (job->style->logo)
        add_input(job, manifest, job->style->logo->path);
    for (size_t i = 0; i < job->report_count; i++) {
        add_input(job, manifest, job->reports[i].template->ini.file);
        add_input(job, manifest, job->reports[i].template->narrative_path);
        for (size_t p = 0; p < job->reports[i].template->pictures.count; p++)
            add_input(job, manifest, job->reports[i].template->pictures.items[p]);
    }
    for (size_t i = 0; i < job->source_count; i++) {
        const struct account *account = &job->sources[i].dataset->account;
        for (size_t f = 0; f < account->count; f++) {
            const struct file_account *file = &account->files[f];
            manifest_add_export(job->arena, &manifest->inputs,
                                path_relative(job->arena, job->folder, file->path), file);
        }
    }
}

static struct text place_in_job(struct job *job, struct place place)
{
    if (place.file.len)
        place.file = path_relative(job->arena, job->folder, place.file);
    return place_text(job->arena, place);
}

static void add_reported(struct job *job, struct reporteds *all,
                         const struct comparison *comparison, const struct compared *row, size_t b)
{
    struct value value = b ? row->before[b - 1] : row->now;
    struct period period = b ? comparison->baselines.items[b - 1].period : comparison->period;
    if (!value.present || !row->measure || !date_is_known(period.start) ||
        all->count == REPORTED_MOST)
        return;
    struct place place = PLACE_NONE;
    dataset_value(comparison->dataset, (size_t)(row->measure - comparison->dataset->measures),
                  comparison->where, period, &place);
    reported_add(job->arena, all,
                 (struct reported){
                     .source = comparison->dataset->name,
                     .measure = row->measure->name,
                     .area = comparison->area,
                     .rule = hiding_text(job->arena, &comparison->dataset->hiding),
                     .period = period_display(job->arena, period),
                     .start = period.start,
                     .end = period.end,
                     .value = value.number,
                     .place = place_in_job(job, place),
                 });
}

static void add_figures(struct job *job, struct reporteds *all, const struct comparison *comparison)
{
    for (size_t i = 0; i < comparison->count; i++)
        for (size_t b = 0; b <= comparison->baselines.count; b++)
            add_reported(job, all, comparison, &comparison->rows[i], b);
    for (size_t c = 0; c < comparison->comparator_count; c++)
        add_figures(job, all, comparison->comparators[c].comparison);
}

static struct manifest new_manifest(struct job *job, struct text target)
{
    struct manifest manifest = {
        .job = path_relative(job->arena, target, job->folder),
        .title = job->title,
        .period = period_display(job->arena, job->period),
        .as_at = date_iso(job->arena, job->as_at),
        .program = TEXT("panelpack " PANELPACK_VERSION),
        .libraries = version_libraries(job->arena),
        .start = job->period.start,
        .end = job->period.end,
    };
    for (size_t i = 0; i < job->source_count; i++)
        if (job->sources[i].comparison)
            add_figures(job, &manifest.figures, job->sources[i].comparison);
    if (job->options->only.len)
        texts_add(job->arena, &manifest.options,
                  text_concat(job->arena, TEXT("only="), job->options->only));
    if (job->options->same_input_ok)
        texts_add(job->arena, &manifest.options, TEXT("same-input-ok"));
    add_inputs(job, &manifest);
    for (size_t i = 0; i < job->slice_count; i++) {
        const struct job_slice *slice = &job->slices[i];
        manifest_add_slice(job->arena, &manifest,
                           (struct manifest_slice){
                               .name = slice->slicing->name,
                               .by = text_from(slice_field_word(slice->slicing->by)),
                               .value = slice->value,
                               .report = slice->report->name,
                               .path = text_concat(job->arena, slice->path, TEXT(".xlsx")),
                               .rows = slice->rows,
                           });
    }
    return manifest;
}

/* A part of the reports gets a folder of its own: it must not take the place of all of them. */
static struct text target_name(struct job *job)
{
    struct text period = text_slug(job->arena, period_display(job->arena, job->period));
    if (!job->options->only.len)
        return period;
    return text_format(job->arena, "%.*s-only-%.*s", TEXT_ARG(period),
                       TEXT_ARG(job->options->only));
}

void job_publish(struct job *job)
{
    struct text base = path_join(job->arena, job->options->output, job->name);
    struct stage *stage = stage_open(job->arena, job->diags, base, target_name(job));
    if (!stage)
        return;
    bool ok = true;
    size_t first = job->diags->count;
    for (size_t i = 0; i < job->report_count && ok; i++)
        ok = write_report(job, stage, &job->reports[i]);
    ok = ok && write_slices(job, stage);
    diags_drop_repeats(job->diags, first); /* of a cell that stands in several tables and files */
    ok = ok && !job_is_stopped(job) && write_checks(job, stage);
    if (ok && !job->options->dry_run && !job_is_stopped(job)) {
        struct manifest manifest = new_manifest(job, stage_target(stage));
        job_progress(job, "publishing", TEXT_EMPTY);
        enum published published = stage_publish(stage, job->diags, &manifest);
        if (published != PUBLISH_FAILED)
            job->published = stage_target(stage);
        job->unchanged = published == PUBLISH_UNCHANGED;
    }
    stage_close(stage);
}
