#include "cli/cli_int.h"

#include "base/file.h"
#include "pack/pack.h"
#include "publish/publish.h"
#include "version.h"

/* The document of an item's report, made from its job's exports as they are now. */
static const struct document *report_of(struct arena *arena, struct diags *diags,
                                        const struct agenda_item *item, struct text output)
{
    struct job_options *options = arena_alloc(arena, sizeof *options);
    struct job *job = arena_alloc(arena, sizeof *job);
    *options = (struct job_options){.period = TEXT_EMPTY,
                                    .only = item->report,
                                    .only_place = item->report_place,
                                    .output = output};
    if (!job_load(job, arena, diags, options, item->job_folder))
        return NULL;
    job_read(job);
    job_compute(job);
    job_check(job);
    job_check_stale(job);
    job_assemble(job);
    return job->report_count ? job->reports[0].document : NULL;
}

static const struct document *const *all_reports(struct arena *arena, struct diags *diags,
                                                 const struct agenda *agenda, struct text output)
{
    const struct document **reports = arena_calloc(arena, agenda->count, sizeof *reports);
    for (size_t i = 0; i < agenda->count; i++)
        if (agenda->items[i].report.len)
            reports[i] = report_of(arena, diags, &agenda->items[i], output);
    return reports;
}

static struct manifest new_manifest(struct arena *arena, struct diags *diags,
                                    const struct agenda *agenda, struct text target)
{
    struct manifest manifest = {
        .job = path_relative(arena, target, path_folder(agenda->file)),
        .title = agenda->committee,
        .period = date_iso(arena, agenda->date),
        .as_at = date_iso(arena, agenda->date),
        .program = TEXT("panelpack " PANELPACK_VERSION),
        .libraries = version_libraries(arena),
    };
    struct text bytes, folder = path_folder(agenda->file);
    if (file_read(arena, diags, agenda->file, PLACE_NONE, FILE_CAP_INPUT, &bytes))
        manifest_add(arena, &manifest.inputs, path_name(agenda->file), bytes);
    for (size_t i = 0; i < agenda->count; i++)
        for (size_t p = 0; p < agenda->items[i].pdf_count; p++) {
            struct text path = agenda->items[i].pdfs[p].path;
            if (file_read(arena, diags, path, PLACE_NONE, FILE_CAP_INPUT, &bytes))
                manifest_add(arena, &manifest.inputs, path_relative(arena, folder, path), bytes);
        }
    return manifest;
}

/* The last name of the folder that the agenda stands in: output/NAME/pack. */
static struct text pack_name(struct arena *arena, const struct agenda *agenda)
{
    struct text folder = path_folder(agenda->file);
    struct text name = path_name(path_tidy(arena, folder));
    return text_is(name, ".") || text_is(name, "..") || !name.len
               ? text_slug(arena, agenda->committee)
               : name;
}

static void publish(struct arena *arena, struct diags *diags, const struct agenda *agenda,
                    struct text output, struct text bytes)
{
    struct text base = path_join(arena, output, pack_name(arena, agenda));
    struct stage *stage = stage_open(arena, diags, base, TEXT("pack"));
    if (stage && stage_add(stage, diags, TEXT("public.pdf"), bytes)) {
        struct manifest manifest = new_manifest(arena, diags, agenda, stage_target(stage));
        enum published published =
            diags_ok(diags) ? stage_publish(stage, diags, &manifest) : PUBLISH_FAILED;
        if (published != PUBLISH_FAILED)
            printf("%s %.*s/public.pdf\n",
                   published == PUBLISH_UNCHANGED ? "unchanged:" : "published:",
                   TEXT_ARG(stage_target(stage)));
    }
    stage_close(stage);
}

enum status cli_pack(const struct command *command, int argc, char **argv)
{
    const char *path, *output = "output";
    const struct cli_option options[] = {{"output", &output, NULL}};
    enum status status;
    if (!cli_options(command, argc, argv, options, 1, &path, 1, &status))
        return status;
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    struct agenda agenda;
    struct text bytes;
    agenda_read(arena, &diags, text_from(path), &agenda);
    const struct document *const *reports = all_reports(arena, &diags, &agenda, text_from(output));
    if (diags_ok(&diags) && pack_build(&agenda, reports, arena, &diags, &bytes))
        publish(arena, &diags, &agenda, text_from(output), bytes);
    status = diags_status(&diags);
    bool failed = status != STATUS_OK;
    status = cli_finish(arena, &diags, stderr, status);
    if (failed)
        fputs("nothing was published: what was published before stays as it was\n", stderr);
    return status;
}
