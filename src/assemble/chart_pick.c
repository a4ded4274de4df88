/* chart_pick - which measures, areas and periods the keys of a chart name. */
#include "assemble/chart_int.h"

static void add_picked(struct assembly *assembly, struct picked *out, size_t number)
{
    out->items =
        arena_grow(assembly->arena, out->items, out->count, &out->capacity, sizeof *out->items);
    out->items[out->count++] = number;
}

static bool is_picked(const struct picked *picked, size_t number)
{
    for (size_t i = 0; i < picked->count; i++)
        if (picked->items[i] == number)
            return true;
    return false;
}

/* A measure by the name that it has for readers, in the export, or in facts. */
static bool find_measure(const struct dataset *dataset, struct text name, size_t *out)
{
    for (size_t m = 0; m < dataset->measure_count; m++) {
        const struct measure *measure = &dataset->measures[m];
        *out = m;
        if (text_same_name(name, measure->label) || text_same_name(name, measure->name) ||
            text_same_name(name, measure->slug))
            return true;
    }
    *out = SERIES_TOTAL;
    return text_same_name(name, TEXT("total")) && series_has_total(dataset);
}

static void tell_no_measure(struct assembly *assembly, struct place place,
                            const struct dataset *dataset, struct text name)
{
    struct texts labels = {0};
    for (size_t m = 0; m < dataset->measure_count; m++)
        texts_add(assembly->arena, &labels, dataset->measures[m].label);
    struct text near = texts_nearest(&labels, name);
    diag(assembly->diags, DIAG_BAD_VALUE, place, "'%.*s' is not a measure of source '%.*s'%s%.*s%s",
         TEXT_ARG(text_quote(assembly->arena, name)), TEXT_ARG(dataset->name),
         near.len ? ": did you mean '" : ": expected its name, or its key in facts", TEXT_ARG(near),
         near.len ? "'?" : "");
}

/* Where no measure is named. */
static bool pick_default(struct assembly *assembly, const struct ini_section *section,
                         const char *key, const struct dataset *dataset, struct picked *out)
{
    bool has_total = series_has_total(dataset);
    if (dataset->measure_count > 1 && !has_total) {
        diag(assembly->diags, DIAG_MISSING_KEY, section->place,
             "[%.*s] needs '%s': source '%.*s' has %zu measures and no total",
             TEXT_ARG(section->title), key, TEXT_ARG(dataset->name), dataset->measure_count);
        return false;
    }
    add_picked(assembly, out, has_total ? SERIES_TOTAL : 0);
    return true;
}

bool pick_measures(struct assembly *assembly, const struct ini_section *section, const char *key,
                   const struct dataset *dataset, bool all, struct picked *out)
{
    struct text value = assembly_value(assembly, section, key);
    size_t measure;
    *out = (struct picked){0};
    for (size_t m = 0; !value.len && all && m < dataset->measure_count; m++)
        add_picked(assembly, out, m);
    if (!value.len)
        return all || pick_default(assembly, section, key, dataset, out);
    if (find_measure(dataset, value, &measure)) { /* one whose name may have commas in it */
        add_picked(assembly, out, measure);
        return true;
    }
    struct text_pieces pieces = text_split(value, ',');
    for (struct text name; text_next(&pieces, &name);) {
        if (!find_measure(dataset, name, &measure)) {
            tell_no_measure(assembly, ini_value_place(section, key), dataset, name);
            return false;
        }
        if (!is_picked(out, measure))
            add_picked(assembly, out, measure);
    }
    return true;
}

static bool add_area(struct assembly *assembly, const struct ini_section *section, const char *key,
                     const struct dataset *dataset, struct text name, struct picked *out)
{
    size_t area = texts_find_name(&dataset->areas, name);
    if (area == dataset->areas.count) {
        diag(assembly->diags, DIAG_BAD_VALUE, ini_value_place(section, key),
             "'%.*s' is not an area of source '%.*s': expected one of %.*s",
             TEXT_ARG(text_quote(assembly->arena, name)), TEXT_ARG(dataset->name),
             TEXT_ARG(texts_join(assembly->arena, &dataset->areas, TEXT(", "))));
        return false;
    }
    if (!is_picked(out, area))
        add_picked(assembly, out, area);
    return true;
}

bool pick_areas(struct assembly *assembly, const struct ini_section *section, const char *key,
                const struct report_source *source, struct picked *out)
{
    const struct dataset *dataset = source->dataset;
    struct text value = assembly_value(assembly, section, key);
    *out = (struct picked){0};
    if (!value.len) {
        add_picked(assembly, out, source->comparison->where);
        return true;
    }
    if (text_same_name(value, TEXT("all"))) {
        for (size_t a = 0; a < dataset->areas.count; a++)
            add_picked(assembly, out, a);
        return true;
    }
    if (texts_find_name(&dataset->areas, value) < dataset->areas.count)
        return add_area(assembly, section, key, dataset, value, out);
    struct text_pieces pieces = text_split(value, ',');
    for (struct text name; text_next(&pieces, &name);)
        if (!add_area(assembly, section, key, dataset, name, out))
            return false;
    return true;
}

bool pick_period(struct assembly *assembly, const struct ini_section *section, const char *key,
                 struct period *out)
{
    struct text value = assembly_value(assembly, section, key);
    *out = (struct period){.label = TEXT_EMPTY, .note = TEXT_EMPTY};
    if (!value.len)
        return true;
    *out = period_read(assembly->arena, value);
    if (date_is_known(out->start))
        return true;
    diag(assembly->diags, DIAG_BAD_VALUE, ini_value_place(section, key),
         "'%.*s' at '%s' is not a period: expected one such as 'April 2021' or '2021/22'",
         TEXT_ARG(text_quote(assembly->arena, value)), key);
    return false;
}

bool pick_step(struct assembly *assembly, const struct ini_section *section, enum series_step *out)
{
    static const enum series_step steps[] = {SERIES_MONTHS, SERIES_QUARTERS, SERIES_YEARS};
    struct text value = ini_value(section, "every");
    *out = SERIES_NONE;
    for (size_t i = 0; i < 3; i++)
        if (text_same_name(value, text_from(series_step_word(steps[i]))))
            *out = steps[i];
    if (!value.len || *out != SERIES_NONE)
        return true;
    diag(assembly->diags, DIAG_BAD_VALUE, ini_value_place(section, "every"),
         "'%.*s' at 'every' is not a length of time: expected month, quarter or year",
         TEXT_ARG(text_quote(assembly->arena, value)));
    return false;
}
