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

static bool is_of_source(struct text name, struct text source)
{
    return name.len > source.len && name.ptr[source.len] == '.' && text_starts(name, source);
}

/* True for a fact that is missing because its source was refused, or the job's period: that was
 * told there, and saying it again for every sentence would hide the cause. */
static bool is_lost_fact(const struct report_input *input, struct text name)
{
    if (baselines_needed(name) && !date_is_known(input->period.start))
        return true;
    for (size_t i = 0; i < input->source_count; i++) {
        const struct dataset *dataset = input->sources[i].dataset;
        if (is_of_source(name, dataset->name) &&
            (dataset_is_lost(dataset) || dataset->before_is_lost ||
             (dataset->incomplete && !facts_nearest(input->facts, name).len)))
            return true;
    }
    return false;
}

/* The nearest fact, also of the turns of loops. */
static struct text nearest_fact(const struct assembly *assembly, struct text name)
{
    struct texts names = {0};
    loop_add_names(assembly, &names);
    struct text of_job = facts_nearest(assembly->input->facts, name);
    if (of_job.len)
        texts_add(assembly->arena, &names, of_job);
    return texts_nearest(&names, name);
}

static struct texts source_names(const struct assembly *assembly)
{
    struct texts sources = {0};
    for (size_t i = 0; i < assembly->input->source_count; i++)
        texts_add(assembly->arena, &sources, assembly->input->sources[i].dataset->name);
    return sources;
}

/* A source is spelt otherwise: "plans.count" of the source "plan". */
static struct text nearest_source(const struct assembly *assembly, struct text name)
{
    struct texts sources = source_names(assembly);
    struct text first = text_slice(name, 0, text_find(name, '.', 0));
    return texts_find(&sources, first) < sources.count ? TEXT_EMPTY
                                                       : texts_nearest(&sources, first);
}

/* "plan.count" of a job without a source like that: its sources. */
static struct text other_sources(const struct assembly *assembly, struct text name)
{
    struct texts sources = source_names(assembly);
    struct text first = text_slice(name, 0, text_find(name, '.', 0));
    if (first.len == name.len || !sources.count || texts_find(&sources, first) < sources.count ||
        text_is(first, "facts") || text_is(first, "job") || text_is(first, "report") ||
        text_is(first, "appendix"))
        return TEXT_EMPTY;
    return text_format(assembly->arena, ": the job has no source '%.*s'; it has %.*s",
                       TEXT_ARG(text_quote(assembly->arena, first)),
                       TEXT_ARG(texts_join(assembly->arena, &sources, TEXT(", "))));
}

/* The rest of the message about a fact that is not there. */
static struct text fact_advice(const struct assembly *assembly, struct text name)
{
    struct arena *arena = assembly->arena;
    size_t needed = baselines_needed(name), given = assembly->input->baselines.count;
    if (needed > given)
        return text_format(arena, ": it needs %zu period%s in 'compare' of [job], which has %zu",
                           needed, needed == 1 ? "" : "s", given);
    if (text_starts(name, TEXT("ref ")))
        return TEXT(": a reference has its place in paragraphs of the narrative alone");
    struct text nearest = nearest_fact(assembly, name), source = nearest_source(assembly, name);
    struct text others = source.len ? TEXT_EMPTY : other_sources(assembly, name);
    bool is_same = text_starts(nearest, text_slice(name, 0, text_find(name, '.', 0)));
    if (nearest.len && (is_same || !others.len))
        return text_format(arena, "; did you mean '%.*s'?", TEXT_ARG(nearest));
    if (source.len)
        return text_format(arena, "; there is a source '%.*s'", TEXT_ARG(source));
    return others.len ? others : TEXT("; `panelpack dump JOB --stage=facts` lists them");
}

/* The rest of the message about a format that the fact does not have. */
static struct text format_advice(struct arena *arena, struct text own, struct text general)
{
    return text_format(arena, "; its formats are: %.*s%s%.*s", TEXT_ARG(own), own.len ? ", " : "",
                       TEXT_ARG(general));
}

static bool show(struct assembly *assembly, const struct showing *shown, struct text format,
                 struct text *out)
{
    if (format_show(assembly->arena, shown, format, out))
        return true;
    *out = format_advice(assembly->arena, TEXT_EMPTY, *out);
    return false;
}

/* A blank cell in a sentence is named: nothing would be read as nothing. */
static bool show_loop_fact(struct assembly *assembly, const struct loop_fact *fact,
                           struct text format, struct text *out)
{
    struct showing shown = {.is_number = fact->is_count, .value = fact->value};
    if (fact->is_count)
        shown.usual = value_display(assembly->arena, fact->value, 0, KIND_COUNT);
    else if (fact->is_there)
        shown.usual = text_on_one_line(assembly->arena, fact->cell.plain);
    else
        shown.usual = TEXT("Not given");
    return show(assembly, &shown, format, out);
}

static bool show_fact(struct assembly *assembly, const struct fact *fact, struct text format,
                      struct text *out)
{
    struct text general;
    struct showing shown = {.is_number = fact->kind == FACT_VALUE || fact->kind == FACT_ROW};
    if (fact_display(assembly->arena, fact, format, out)) {
        if (text_is(format, "judged"))
            assembly->has_changes = assembly->has_judgements = true;
        return true;
    }
    shown.value = fact->kind == FACT_ROW ? fact->row->now : fact->value;
    fact_display(assembly->arena, fact, TEXT_EMPTY, &shown.usual);
    if (format_show(assembly->arena, &shown, format, &general)) {
        *out = general;
        return true;
    }
    *out = format_advice(assembly->arena, *out, general);
    return false;
}

/* What the job's [report NAME] says, and the title; NULL: it says nothing of that name. */
static const struct text *report_field(const struct assembly *assembly, struct text name)
{
    const struct report_input *input = assembly->input;
    if (!text_starts(name, TEXT("report.")))
        return NULL;
    struct text field = text_slice(name, sizeof "report." - 1, name.len);
    const struct ini_entry *entry =
        input->settings ? ini_entry(input->settings, text_cstr(assembly->arena, field)) : NULL;
    if (entry)
        return &entry->value;
    return text_is(field, "title") && assembly->document ? &assembly->document->title : NULL;
}

/* {{SOURCE.CODE}}: what the row with that code is called. */
static bool name_of_code(const struct report_input *input, struct text name, struct text *out)
{
    for (size_t i = 0; i < input->source_count; i++) {
        const struct dataset *dataset = input->sources[i].dataset;
        size_t dot = dataset->name.len;
        if (char_at(name, dot) != '.' || !text_starts(name, dataset->name))
            continue;
        const struct action *row = dataset_action_of(dataset, text_slice(name, dot + 1, name.len));
        if (row)
            *out = dataset_action_name(dataset, row).plain;
        if (row && out->len)
            return true;
    }
    return false;
}

/* The turns of loops first, then {{report.FIELD}}, then the job's facts, then names of codes. */
bool assembly_resolve(void *context, struct text name, struct text format, struct text *out)
{
    struct assembly *assembly = context;
    const struct report_input *input = assembly->input;
    const struct loop_fact own = loop_fact(assembly, name, out);
    if (own.is_of_loop)
        return own.is_known && show_loop_fact(assembly, &own, format, out);
    const struct text *field = report_field(assembly, name);
    if (field) {
        const struct showing shown = {.usual = *field};
        return show(assembly, &shown, format, out);
    }
    const struct fact *fact = facts_find(input->facts, name);
    if (!fact && !format.len && name_of_code(input, name, out))
        return true;
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
    return show_fact(assembly, fact, format, out);
}

/* ---- {{if NAME}} ---- */

static bool fact_is_there(struct arena *arena, const struct fact *fact)
{
    struct text usual = TEXT_EMPTY;
    bool is_row = fact->kind == FACT_ROW;
    struct value value = is_row ? fact->row->now : fact->value;
    enum measure_kind kind = is_row ? fact->row->kind : fact->unit;
    if (is_row || fact->kind == FACT_VALUE)
        return value.present && !(kind == KIND_COUNT && decimal_sign(value.number) == 0);
    fact_display(arena, fact, TEXT_EMPTY, &usual);
    return usual.len && usual.ptr[0] != '['; /* a marker stands where a figure is not there */
}

/* Some of the facts of a measure are there or not as the job has it. */
static bool is_part_of_row(struct text part)
{
    static const char *const parts[] = {"now",          "previous",      "reference",
                                        "third",        "change",        "reference-change",
                                        "third-change", "trend",         "latest",
                                        "latest-count", "latest-period", "latest-comparator",
                                        "standing"};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (text_is(part, parts[i]))
            return true;
    for (int p = 0; p < PERFORMANCE_PARTS; p++)
        if (text_is(part, performance_part_name((enum performance_part)p)))
            return true;
    return text_starts(part, TEXT("comparator-"));
}

/* A name that no job could have: the facts of actions and of a measure are always the same. */
static bool is_misspelt(const struct report_input *input, struct text name)
{
    size_t dot = name.len;
    while (dot > 0 && name.ptr[dot - 1] != '.')
        dot--;
    const struct fact *row = facts_find(input->facts, text_slice(name, 0, dot ? dot - 1 : 0));
    if (row && row->kind == FACT_ROW && !is_part_of_row(text_slice(name, dot, name.len)))
        return true;
    for (size_t i = 0; i < input->source_count; i++)
        if (!input->sources[i].comparison && is_of_source(name, input->sources[i].dataset->name))
            return true;
    return dot == 0 || (text_starts(name, TEXT("job.")) && !baselines_needed(name) &&
                        !text_is(name, "job.as-at"));
}

enum holding assembly_holds(struct assembly *assembly, struct text name, struct text *advice)
{
    const struct report_input *input = assembly->input;
    const struct text *field = report_field(assembly, name);
    /* a slice has the parts that the whole report has */
    const struct fact *fact = facts_find(input->slice ? input->slice->whole : input->facts, name);
    *advice = TEXT_EMPTY;
    if (field)
        return field->len ? HOLDS : HOLDS_NOT;
    if (fact)
        return fact_is_there(assembly->arena, fact) ? HOLDS : HOLDS_NOT;
    if (is_lost_fact(input, name)) {
        assembly->is_lost = true;
        return HOLDS_NOT;
    }
    *advice = fact_advice(assembly, name);
    if (is_misspelt(input, name))
        return HOLDS_UNKNOWN;
    struct text nearest = nearest_fact(assembly, name);
    *advice = nearest.len ? text_format(assembly->arena, "; there is '%.*s'", TEXT_ARG(nearest))
                          : TEXT_EMPTY;
    return HOLDS_MISSING;
}
