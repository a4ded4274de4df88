#include "cli/cli_int.h"

/* "1 error, 2 findings that stop figures, 3 warnings" */
static void print_total(const struct diags *diags)
{
    size_t errors = diags_count(diags, LEVEL_ERROR);
    size_t stopped = diags_count(diags, LEVEL_STOPPED) - errors;
    size_t warnings = diags_count(diags, LEVEL_WARNING) - stopped - errors;
    printf("%zu error%s, ", errors, errors == 1 ? "" : "s");
    if (stopped)
        printf("%zu finding%s that stop%s figures, ", stopped, stopped == 1 ? "" : "s",
               stopped == 1 ? "s" : "");
    printf("%zu warning%s\n", warnings, warnings == 1 ? "" : "s");
}

enum status cli_check(const struct command *command, int argc, char **argv)
{
    const char *folder, *period = NULL, *only = NULL;
    bool as_json = false;
    const struct cli_option options[] = {
        {"period", &period, NULL}, {"only", &only, NULL}, {"json", NULL, &as_json}};
    enum status status;
    if (!cli_options(command, argc, argv, options, sizeof options / sizeof options[0], &folder, 1,
                     &status))
        return status;
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    const struct job_options job_options = {.period = text_from(period),
                                            .only = text_from(only),
                                            .only_place = PLACE_NONE,
                                            .output = TEXT("output")};
    struct job job;
    if (job_load(&job, arena, &diags, &job_options, text_from(folder)))
        job_make(&job);
    status = diags_status(&diags);
    if (status == STATUS_OK && diags_count(&diags, LEVEL_WARNING))
        status = STATUS_FINDINGS;
    if (as_json) {
        cli_print_findings_json(&job, status);
    } else {
        cli_print_read(&job);
        cli_print_slices(&job);
        cli_print_findings(&job);
        print_total(&diags);
    }
    const struct diags printed = diags_new(arena);
    return cli_finish(arena, &printed, stderr, status);
}
