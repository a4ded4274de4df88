#include "cli/cli_int.h"

#include <string.h>

static void dump_part(struct arena *arena, const char *name, struct value value)
{
    if (value.present || value.markers)
        printf(", %s %.*s", name,
               TEXT_ARG(value_display(arena, value, value.number.scale, KIND_COUNT)));
}

static void dump_words(const char *name, struct text words)
{
    if (words.len)
        printf(", %s '%.*s'", name, TEXT_ARG(words));
}

/* What stands beside a figure; its note as its length: it may be about people. */
static void dump_beside(struct arena *arena, const struct figure *f)
{
    const struct published_with *p = f->published;
    dump_part(arena, "count", f->count);
    dump_part(arena, "of", f->denominator);
    if (p) {
        dump_part(arena, "95% from", p->lower_95);
        dump_part(arena, "to", p->upper_95);
        dump_part(arena, "99.8% from", p->lower_998);
        dump_part(arena, "to", p->upper_998);
        dump_words("target", p->target_words);
        if (p->rag != RAG_NONE)
            printf(", status %s", rag_word(p->rag));
        dump_words("trend", p->trend);
        dump_words("compared", p->against.england);
        dump_words("compared with the area above", p->against.parent);
        dump_words("compared with a goal", p->against.goal);
    }
    if (f->note.len)
        printf(", note %zu", f->note.len);
    putchar('\n');
}

static void dump_figures(struct arena *arena, const struct dataset *dataset)
{
    for (size_t i = 0; i < dataset->figure_count; i++) {
        const struct figure figure = dataset_figure_at(dataset, i), *f = &figure;
        const struct measure *measure = &dataset->measures[f->measure];
        struct text shown = value_display(arena, f->value, f->value.number.scale, measure->kind);
        printf("  %.*s | %.*s | %.*s | %.*s | %.*s", TEXT_ARG(measure->name),
               TEXT_ARG(dataset->areas.items[f->area]),
               TEXT_ARG(period_display(arena, dataset->periods[f->period])), TEXT_ARG(shown),
               TEXT_ARG(place_text(arena, f->place)));
        dump_beside(arena, f);
    }
}

static void dump_measures(const struct dataset *dataset)
{
    for (size_t m = 0; m < dataset->measure_count; m++) {
        const struct measure *measure = &dataset->measures[m];
        printf("  measure %.*s: %.*s (%s, %s)", TEXT_ARG(measure->slug), TEXT_ARG(measure->label),
               measure_kind_word(measure->kind), relation_word(measure->relation));
        dump_words("code", measure->id);
        dump_words("in", measure->unit);
        dump_words("good is", measure->owner.polarity);
        putchar('\n');
    }
}

/* Texts as their length: they may be about people. */
static void dump_actions(struct arena *arena, const struct dataset *dataset)
{
    for (size_t i = 0; i < dataset->action_count; i++) {
        const struct action *action = &dataset->actions[i];
        printf("  action %.*s | %s | %.*s |", TEXT_ARG(action->field[ACTION_ID]),
               rag_word(action->rag), TEXT_ARG(place_text(arena, action->place)));
        for (size_t f = ACTION_THEME; f < dataset_action_fields(dataset); f++) {
            enum action_field field = (enum action_field)f;
            struct text header = dataset_action_header(dataset, field);
            struct text name = f < ACTION_FIELDS ? text_from(action_field_slug(field)) : header;
            if (header.len)
                printf(" %.*s %zu", TEXT_ARG(name), action_text(action, field).plain.len);
        }
        putchar('\n');
    }
}

static void dump_datasets(const struct job *job)
{
    for (size_t i = 0; i < job->source_count; i++) {
        const struct dataset *dataset = job->sources[i].dataset;
        printf("dataset %.*s: %zu measures, %zu areas, %zu periods, %zu figures, %zu actions\n",
               TEXT_ARG(dataset->name), dataset->measure_count, dataset->areas.count,
               dataset->period_count, dataset->figure_count, dataset->action_count);
        dump_measures(dataset);
        dump_figures(job->arena, dataset);
        dump_actions(job->arena, dataset);
    }
}

static void dump_documents(struct job *job)
{
    job_assemble(job);
    for (size_t i = 0; i < job->report_count; i++) {
        struct text dump = document_dump(job->arena, job->reports[i].document);
        fwrite(dump.ptr, 1, dump.len, stdout);
    }
}

static enum status dump_stage(struct job *job, const char *stage)
{
    job_read(job);
    if (strcmp(stage, "dataset") == 0) {
        dump_datasets(job);
        return diags_status(job->diags);
    }
    job_compute(job);
    job_check(job);
    if (strcmp(stage, "facts") == 0) {
        struct text dump = facts_dump(job->arena, &job->facts);
        fwrite(dump.ptr, 1, dump.len, stdout);
    } else {
        dump_documents(job);
    }
    return diags_status(job->diags);
}

enum status cli_dump(const struct command *command, int argc, char **argv)
{
    const char *folder, *stage = NULL, *period = NULL, *only = NULL;
    const struct cli_option options[] = {
        {"stage", &stage, NULL}, {"period", &period, NULL}, {"only", &only, NULL}};
    enum status status;
    if (!cli_options(command, argc, argv, options, sizeof options / sizeof options[0], &folder, 1,
                     &status))
        return status;
    if (!stage ||
        (strcmp(stage, "dataset") && strcmp(stage, "facts") && strcmp(stage, "document"))) {
        fputs("panelpack: error: --stage must be one of dataset, facts, document [usage]\n",
              stderr);
        return STATUS_CONFIG;
    }
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    const struct job_options job_options = {.period = text_from(period),
                                            .only = text_from(only),
                                            .only_place = PLACE_NONE,
                                            .output = TEXT("output")};
    struct job job;
    status = job_load(&job, arena, &diags, &job_options, text_from(folder))
                 ? dump_stage(&job, stage)
                 : diags_status(&diags);
    return cli_finish(arena, &diags, stderr, status);
}
