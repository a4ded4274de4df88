#include "cli/cli_int.h"

#include "compute/explain.h"

#include <stdlib.h>

struct near {
    struct text name;
    size_t distance;
};

static int by_distance(const void *a, const void *b)
{
    const struct near *left = a, *right = b;
    if (left->distance != right->distance)
        return left->distance < right->distance ? -1 : 1;
    return text_compare(left->name, right->name);
}

/* "'a', 'b' or 'c'": the names at most half of whose letters are other ones, nearest first. */
static struct text nearest_names(const struct facts *facts, struct text name)
{
    enum { SHOWN = 3 };
    struct arena *arena = facts->arena;
    struct near *near = arena_calloc(arena, facts->count + 1, sizeof *near);
    struct buffer out = {.arena = arena};
    size_t count = 0;
    for (size_t i = 0; i < facts->count; i++) {
        struct near one = {facts->items[i].name, text_distance(facts->items[i].name, name)};
        if (one.distance <= name.len / 2 || text_starts(one.name, name))
            near[count++] = one;
    }
    qsort(near, count, sizeof *near, by_distance);
    if (count > SHOWN)
        count = SHOWN;
    for (size_t i = 0; i < count; i++)
        buffer_format(&out, "%s'%.*s'",
                      i == 0           ? ""
                      : i + 1 == count ? " or "
                                       : ", ",
                      TEXT_ARG(near[i].name));
    return buffer_text(&out);
}

/* Missing because its source was refused, or the job's period: that was told, and is the cause. */
static bool is_lost(const struct job *job, struct text name)
{
    if (!date_is_known(job->period.start))
        return true;
    for (size_t i = 0; i < job->source_count; i++) {
        const struct dataset *dataset = job->sources[i].dataset;
        struct text prefix = text_concat(job->arena, dataset->name, TEXT("."));
        if (dataset->incomplete && text_starts(name, prefix))
            return true;
    }
    return false;
}

static void tell_unknown(const struct job *job, struct text name)
{
    struct text nearest = nearest_names(&job->facts, name);
    if (is_lost(job, name))
        return;
    diag(job->diags, DIAG_UNKNOWN_FACT, PLACE_NONE, "there is no fact '%.*s'%s%.*s%s",
         TEXT_ARG(text_quote(job->arena, name)), nearest.len ? "; did you mean " : "",
         TEXT_ARG(nearest), nearest.len ? "?" : "; `panelpack dump JOB --stage=facts` lists them");
}

static void explain(struct job *job, struct text name, bool as_json)
{
    job_read(job);
    job_compute(job);
    job_check(job);
    const struct fact *fact = facts_find(&job->facts, name);
    if (!fact) {
        tell_unknown(job, name);
        return;
    }
    const struct explanation *explanation = explain_fact(job->arena, fact);
    struct text out = as_json ? explanation_json(explanation) : explanation_text(explanation);
    fwrite(out.ptr, 1, out.len, stdout);
}

enum status cli_explain(const struct command *command, int argc, char **argv)
{
    const char *arguments[2], *period = NULL;
    bool as_json = false;
    const struct cli_option options[] = {{"period", &period, NULL}, {"json", NULL, &as_json}};
    enum status status;
    if (!cli_options(command, argc, argv, options, sizeof options / sizeof options[0], arguments, 2,
                     &status))
        return status;
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    const struct job_options job_options = {.period = text_from(period),
                                            .only = TEXT_EMPTY,
                                            .only_place = PLACE_NONE,
                                            .output = TEXT("output")};
    struct job job;
    if (job_load(&job, arena, &diags, &job_options, text_from(arguments[0])))
        explain(&job, text_from(arguments[1]), as_json);
    return cli_finish(arena, &diags, stderr, diags_status(&diags));
}
