#include "assemble/assemble_int.h"

struct text assembly_value(struct assembly *assembly, const struct ini_section *section,
                           const char *key)
{
    const struct ini_entry *entry = ini_entry(section, key);
    if (!entry)
        return TEXT_EMPTY;
    return placeholder_fill(assembly->arena, assembly->diags, &assembly->resolver, entry->value,
                            entry->value_place);
}

struct text assembly_caption(struct assembly *assembly, const struct ini_section *section,
                             struct text caption)
{
    if (caption.len)
        return loop_caption(assembly, caption);
    caption = assembly_value(assembly, section, "caption");
    if (!caption.len)
        diag(assembly->diags, DIAG_MISSING_KEY, section->place,
             "[%.*s] has no 'caption', and its placement gives none", TEXT_ARG(section->title));
    return loop_caption(assembly, caption);
}

const struct report_source *assembly_source(struct assembly *assembly,
                                            const struct ini_section *section)
{
    const struct report_input *input = assembly->input;
    const struct ini_entry *entry = ini_entry(section, "source");
    if (!entry)
        return NULL; /* ini_check_keys has told */
    struct texts names = {0};
    for (size_t i = 0; i < input->source_count; i++) {
        const struct dataset *dataset = input->sources[i].dataset;
        if (text_same_name(dataset->name, entry->value)) {
            assembly->is_lost = assembly->is_lost || dataset_is_lost(dataset);
            return dataset_is_lost(dataset) ? NULL : loop_source(assembly, &input->sources[i]);
        }
        texts_add(assembly->arena, &names, input->sources[i].dataset->name);
    }
    if (names.count)
        assembly_bad_choice(assembly, section, "source", entry->value, &names);
    else
        diag(assembly->diags, DIAG_TEMPLATE, entry->value_place,
             "the job has no source '%.*s': expected a [source %.*s] in its job.ini",
             TEXT_ARG(text_quote(assembly->arena, entry->value)),
             TEXT_ARG(text_quote(assembly->arena, entry->value)));
    return NULL;
}

static bool has_period(const struct dataset *dataset, struct period period)
{
    for (size_t p = 0; p < dataset->period_count; p++)
        if (period_same(dataset->periods[p], period))
            return true;
    return false;
}

bool assembly_has_period(struct assembly *assembly, const struct report_source *source)
{
    const struct comparison *comparison = source->comparison;
    const struct dataset *dataset = source->dataset;
    for (size_t i = 0; i < comparison->count; i++)
        if (comparison->rows[i].now.present ||
            comparison->rows[i].now.markers != MARKER_NOT_AVAILABLE)
            return true;
    if (stopped_in_period(comparison))
        return true; /* and stopped_check() sees to it that something is left */
    if (!date_is_known(comparison->period.start)) {
        assembly->is_lost = true; /* the job's period could not be read, and that was told */
        return false;
    }
    struct texts names = {0};
    if (has_period(dataset, comparison->period)) {
        diag(assembly->diags, DIAG_PERIOD, dataset->place,
             "source '%.*s' names %.*s, the period of the job, and all its figures for it are "
             "blank: save the export when they are filled in, or change 'period' in [job]",
             TEXT_ARG(dataset->name),
             TEXT_ARG(period_display(assembly->arena, comparison->period)));
        return false;
    }
    for (size_t p = 0; p < dataset->period_count; p++)
        texts_add(assembly->arena, &names, period_display(assembly->arena, dataset->periods[p]));
    diag(assembly->diags, DIAG_PERIOD, dataset->place,
         "source '%.*s' has no figures for %.*s, the period of the job: it has %.*s; save the "
         "export of that period, or change 'period' in [job]%s",
         TEXT_ARG(dataset->name), TEXT_ARG(period_display(assembly->arena, comparison->period)),
         TEXT_ARG(texts_join(assembly->arena, &names, TEXT(", "))),
         dataset->hiding.rounding ? " (rounded counts are not added up to longer periods)" : "");
    return false;
}

const struct report_source *assembly_figures(struct assembly *assembly,
                                             const struct ini_section *section)
{
    const struct report_source *source = assembly_source(assembly, section);
    if (source && !source->comparison) {
        diag(assembly->diags, DIAG_TEMPLATE, ini_entry(section, "source")->value_place,
             "source '%.*s' holds actions: this kind of table needs figures",
             TEXT_ARG(source->dataset->name));
        return NULL;
    }
    if (source)
        stopped_use(assembly, source->comparison);
    return source;
}

const struct report_source *assembly_actions(struct assembly *assembly,
                                             const struct ini_section *section)
{
    const struct report_source *source = assembly_source(assembly, section);
    if (source && source->comparison) {
        diag(assembly->diags, DIAG_TEMPLATE, ini_entry(section, "source")->value_place,
             "source '%.*s' holds figures: this kind of table needs actions",
             TEXT_ARG(source->dataset->name));
        return NULL;
    }
    return source;
}

void assembly_bad_choice(struct assembly *assembly, const struct ini_section *section,
                         const char *key, struct text value, const struct texts *choices)
{
    const struct ini_entry *entry = ini_entry(section, key);
    diag(assembly->diags, DIAG_BAD_VALUE, entry ? entry->value_place : section->place,
         "'%.*s' is not a %s here: expected one of %.*s",
         TEXT_ARG(text_quote(assembly->arena, value)), key,
         TEXT_ARG(texts_join(assembly->arena, choices, TEXT(", "))));
}

size_t assembly_choose(struct assembly *assembly, const struct ini_section *section,
                       const char *key, struct text value, const char *const *words, size_t count)
{
    struct texts choices = {0};
    for (size_t i = 0; i < count; i++) {
        if (text_same_name(value, text_from(words[i])))
            return i;
        texts_add(assembly->arena, &choices, text_from(words[i]));
    }
    assembly_bad_choice(assembly, section, key, value, &choices);
    return count;
}
