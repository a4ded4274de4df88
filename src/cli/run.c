#include "cli/cli_int.h"

#include "write/write.h"

static void print_published(const struct job *job)
{
    printf("%s %.*s\n", job->unchanged ? "unchanged:" : "published:", TEXT_ARG(job->published));
    for (size_t i = 0; i < job->report_count; i++) {
        struct text name = job->reports[i].name;
        for (size_t r = 0; r < renderer_count; r++)
            if (renderer_is_wanted(&renderers[r], job->reports[i].document))
                printf("  %.*s/%.*s%s\n", TEXT_ARG(job->published), TEXT_ARG(name),
                       renderers[r].extension);
    }
    for (size_t i = 0; i < job->companions.count; i++)
        printf("  %.*s/%.*s\n", TEXT_ARG(job->published), TEXT_ARG(job->companions.items[i]));
    for (size_t i = 0; i < job->slice_count; i++)
        printf("  %.*s/%.*s.xlsx\n", TEXT_ARG(job->published), TEXT_ARG(job->slices[i].path));
    printf("  %.*s/" JOB_CHECKS ".xlsx\n", TEXT_ARG(job->published));
    size_t stopped = 0;
    for (size_t i = 0; i < job->source_count; i++)
        stopped += job->sources[i].dataset->stopped_count;
    if (stopped)
        printf("%zu figure%s cannot be right and %s not shown: " JOB_CHECKS ".xlsx says why\n",
               stopped, stopped == 1 ? "" : "s", stopped == 1 ? "is" : "are");
}

/* Comes last, below the messages: the first thing that a reader of a terminal sees. */
static const char *failure_words(const struct diags *diags)
{
    size_t stopped = diags_count(diags, LEVEL_STOPPED);
    if (!diags_ok(diags))
        return "what was published before stays as it was";
    if (!stopped)
        return "there are warnings, and --strict was given";
    return stopped == diags_count(diags, LEVEL_WARNING)
               ? "there are figures that cannot be right, and --strict was given"
               : "there are warnings and figures that cannot be right, and --strict was given";
}

enum status cli_run(const struct command *command, int argc, char **argv)
{
    const char *folder, *period = NULL, *only = NULL, *output = "output";
    bool strict = false, dry_run = false, same_input_ok = false;
    const struct cli_option options[] = {
        {"period", &period, NULL},   {"only", &only, NULL},
        {"output", &output, NULL},   {"strict", NULL, &strict},
        {"dry-run", NULL, &dry_run}, {"same-input-ok", NULL, &same_input_ok},
    };
    enum status status;
    if (!cli_options(command, argc, argv, options, sizeof options / sizeof options[0], &folder, 1,
                     &status))
        return status;
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    struct cli_progress progress = cli_progress_start();
    const struct job_options job_options = {
        .period = text_from(period),
        .only = text_from(only),
        .only_place = PLACE_NONE,
        .output = text_from(output),
        .strict = strict,
        .dry_run = dry_run,
        .same_input_ok = same_input_ok,
        .progress = cli_progress_show,
        .progress_context = &progress,
    };
    struct job job;
    status = job_load(&job, arena, &diags, &job_options, text_from(folder)) ? job_run(&job)
                                                                            : diags_status(&diags);
    cli_progress_end(&progress);
    cli_print_read(&job);
    bool failed = !job.published.len && status != STATUS_OK;
    if (job.published.len)
        print_published(&job);
    else if (!failed)
        puts("dry run: nothing was published");
    const char *why = failure_words(&diags);
    status = cli_finish(arena, &diags, stderr, status);
    if (failed)
        fprintf(stderr, "nothing was published: %s\n", why);
    return status;
}
