#include "cli/cli_int.h"

#include "base/file.h"
#include "base/hash.h"
#include "pack/pack.h"
#include "publish/publish.h"
#include "version.h"

#define RESTRICTED_FOLDER "restricted"

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

static void add_inputs(struct arena *arena, struct diags *diags, struct manifest *manifest,
                       const struct agenda *agenda, bool with_exempt)
{
    struct text bytes, folder = path_folder(agenda->file);
    /* its hash would tell whether a guess at an exempt item is right */
    bool with_agenda = with_exempt || !agenda_has_exempt(agenda);
    if (with_agenda && file_read(arena, diags, agenda->file, PLACE_NONE, FILE_CAP_INPUT, &bytes))
        manifest_add(arena, &manifest->inputs, path_name(agenda->file), bytes);
    for (size_t i = 0; i < agenda->count; i++)
        for (size_t p = 0; p < agenda->items[i].pdf_count; p++) {
            const struct agenda_pdf *pdf = &agenda->items[i].pdfs[p];
            if (with_exempt || !agenda->items[i].exempt)
                manifest_add(arena, &manifest->inputs, path_relative(arena, folder, pdf->path),
                             pdf->bytes);
        }
}

static struct manifest new_manifest(struct arena *arena, const struct agenda *agenda,
                                    struct text target)
{
    return (struct manifest){
        .job = path_relative(arena, target, path_folder(agenda->file)),
        .title = agenda->committee,
        .period = date_iso(arena, agenda->date),
        .as_at = date_iso(arena, agenda->date),
        .program = TEXT("panelpack " PANELPACK_VERSION),
        .libraries = version_libraries(arena),
    };
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

#define PUBLIC_PDF TEXT("public.pdf")
#define RESTRICTED_PDF TEXT("restricted.pdf")

/* What stays when an agenda has no exempt item any more. */
static void tell_outdated(struct diags *diags, struct text base)
{
    struct text folder = path_join(diags->arena, base, TEXT(RESTRICTED_FOLDER));
    if (file_exists(path_join(diags->arena, folder, RESTRICTED_PDF)))
        diag(diags, DIAG_STALE, place_file(folder),
             "this restricted pack is of an earlier agenda: no item is exempt now; remove it");
}

static enum published publish_both(struct arena *arena, struct diags *diags,
                                   const struct agenda *agenda, const struct packs *packs,
                                   struct stage *open, struct manifest *manifest)
{
    enum published published = PUBLISH_FAILED;
    struct stage *closed = stage_open_private(open, diags, TEXT(RESTRICTED_FOLDER));
    if (closed && stage_add(closed, diags, RESTRICTED_PDF, packs->restricted)) {
        struct manifest restricted = new_manifest(arena, agenda, stage_target(closed));
        add_inputs(arena, diags, &restricted, agenda, true);
        texts_add(arena, &restricted.options, TEXT(MANIFEST_RESTRICTED));
        texts_add(arena, &restricted.options,
                  text_format(arena, "goes with public.pdf %.*s",
                              TEXT_ARG(hash_sha256(arena, packs->public))));
        if (diags_ok(diags))
            published = stage_publish_both(open, manifest, closed, &restricted, diags);
    }
    stage_close(closed);
    return published;
}

static void tell_published(enum published published, struct text folder, struct text name)
{
    if (published != PUBLISH_FAILED)
        printf("%s %.*s/%.*s\n",
               published == PUBLISH_UNCHANGED ? "unchanged:" : "published:", TEXT_ARG(folder),
               TEXT_ARG(name));
}

/* The two packs stand in folders of their own: whoever publishes the one does not publish the
 * other. */
static void publish(struct arena *arena, struct diags *diags, const struct agenda *agenda,
                    struct text output, const struct packs *packs)
{
    struct text base = path_join(arena, output, pack_name(arena, agenda));
    struct stage *stage = stage_open(arena, diags, base, TEXT("pack"));
    if (stage && stage_add(stage, diags, PUBLIC_PDF, packs->public)) {
        struct manifest manifest = new_manifest(arena, agenda, stage_target(stage));
        enum published published = PUBLISH_FAILED;
        add_inputs(arena, diags, &manifest, agenda, false);
        if (packs->restricted.len)
            published = publish_both(arena, diags, agenda, packs, stage, &manifest);
        else if (diags_ok(diags))
            published = stage_publish(stage, diags, &manifest);
        tell_published(published, stage_target(stage), PUBLIC_PDF);
        if (packs->restricted.len)
            tell_published(published, path_join(arena, base, TEXT(RESTRICTED_FOLDER)),
                           RESTRICTED_PDF);
        else
            tell_outdated(diags, base);
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
    struct packs packs;
    agenda_read(arena, &diags, text_from(path), &agenda);
    const struct document *const *reports = all_reports(arena, &diags, &agenda, text_from(output));
    if (diags_ok(&diags) && packs_build(&agenda, reports, arena, &diags, &packs))
        publish(arena, &diags, &agenda, text_from(output), &packs);
    status = diags_status(&diags);
    bool failed = status != STATUS_OK;
    status = cli_finish(arena, &diags, stderr, status);
    if (failed)
        fputs("nothing was published: what was published before stays as it was\n", stderr);
    return status;
}
