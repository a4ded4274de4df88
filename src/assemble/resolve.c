/* resolve - the text of a fact that the narrative names, or why there is none. */
#include "assemble/assemble_int.h"

/* How many periods in `compare` the fact needs; 0 when it is no fact of that kind. */
static size_t baselines_needed(struct text name)
{
    static const struct {
        struct text end;
        size_t count;
    } ends[] = {
        {TEXT_INIT("job.compare"), 1},   {TEXT_INIT("job.compare-2"), 2},
        {TEXT_INIT("job.compare-3"), 3}, {TEXT_INIT(".previous"), 1},
        {TEXT_INIT(".reference"), 2},    {TEXT_INIT(".reference-change"), 2},
        {TEXT_INIT(".third"), 3},        {TEXT_INIT(".third-change"), 3},
        {TEXT_INIT(".change"), 1},
    };
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (text_ends(name, ends[i].end))
            return ends[i].count;
    return 0;
}

/* True for a fact that is missing because its source was refused, or the job's period: that was
 * told there, and saying it again for every sentence would hide the cause. */
static bool is_lost_fact(const struct report_input *input, struct text name)
{
    if (baselines_needed(name) && !date_is_known(input->period.start))
        return true;
    for (size_t i = 0; i < input->source_count; i++) {
        const struct dataset *dataset = input->sources[i].dataset;
        if (name.len > dataset->name.len && name.ptr[dataset->name.len] == '.' &&
            text_starts(name, dataset->name) &&
            (dataset_is_lost(dataset) || dataset->before_is_lost ||
             (dataset->incomplete && !facts_nearest(input->facts, name).len)))
            return true;
    }
    return false;
}

/* The rest of the message about a fact that is not there. */
static struct text fact_advice(const struct assembly *assembly, struct text name)
{
    size_t needed = baselines_needed(name), given = assembly->input->baselines.count;
    if (needed > given)
        return text_format(assembly->arena,
                           ": it needs %zu period%s in 'compare' of [job], which has %zu", needed,
                           needed == 1 ? "" : "s", given);
    struct text nearest = facts_nearest(assembly->input->facts, name);
    return nearest.len ? text_format(assembly->arena, "; did you mean '%.*s'?", TEXT_ARG(nearest))
                       : TEXT("; `panelpack dump JOB --stage=facts` lists them");
}

/* {{report.FIELD}} from the job's [report NAME] section, then the job's facts. */
bool assembly_resolve(void *context, struct text name, struct text format, struct text *out)
{
    struct assembly *assembly = context;
    const struct report_input *input = assembly->input;
    if (text_starts(name, TEXT("report.")) && input->settings) {
        struct text field = text_slice(name, sizeof "report." - 1, name.len);
        const struct ini_entry *entry =
            ini_entry(input->settings, text_cstr(assembly->arena, field));
        if (entry && format.len == 0) {
            *out = entry->value;
            return true;
        }
    }
    if (text_is(name, "report.title") && assembly->document && format.len == 0) {
        *out = assembly->document->title;
        return true;
    }
    const struct fact *fact = facts_find(input->facts, name);
    if (!fact && input->slice && facts_find(input->slice->whole, name)) {
        *out = TEXT("[z]"); /* of the whole, or of somebody else */
        return true;
    }
    if (!fact && is_lost_fact(input, name)) {
        assembly->is_lost = true;
        *out = TEXT_EMPTY;
        return true;
    }
    if (!fact) {
        *out = fact_advice(assembly, name);
        return false;
    }
    if (fact->comparison) {
        stopped_use(assembly, fact->comparison);
        stopped_name(assembly, fact);
    }
    if (fact_display(assembly->arena, fact, format, out)) {
        if (text_is(format, "judged"))
            assembly->has_changes = assembly->has_judgements = true;
        return true;
    }
    *out = out->len ? text_format(assembly->arena, "; its formats are: %.*s", TEXT_ARG(*out))
                    : TEXT("; it has no formats");
    return false;
}
