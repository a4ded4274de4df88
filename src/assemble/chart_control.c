/* chart_control - the control chart of one measure: what its keys say. */
#include "assemble/chart_control_int.h"

/* Crime and incidents go up and down with the year; of other figures somebody has to say it. */
static bool read_season(struct making *making)
{
    struct assembly *assembly = making->assembly;
    const struct ini_entry *entry = ini_entry(making->section, "seasonal");
    bool counted = making->series.dataset->counts_rows;
    making->rules.seasonal = ini_bool(assembly->diags, making->section, "seasonal", counted);
    if (!entry && !counted)
        diag(assembly->diags, DIAG_MISSING_KEY, making->section->place,
             "[%.*s] does not say whether its figures go up and down with the time of year: add "
             "'seasonal = yes' or 'seasonal = no'",
             TEXT_ARG(making->section->title));
    if (entry && counted && !making->rules.seasonal)
        diag(assembly->diags, DIAG_BAD_VALUE, entry->value_place,
             "events recorded by the police go up and down with the time of year: leave "
             "'seasonal' out");
    return entry ? !counted || making->rules.seasonal : counted;
}

/* The point of the period at `key`; false after a message. SIZE_MAX when there is no such key. */
static bool read_point(struct making *making, const char *key, struct text label, size_t *out)
{
    struct assembly *assembly = making->assembly;
    struct period period = period_read(assembly->arena, label);
    *out = SIZE_MAX;
    if (!label.len)
        return true;
    *out = series_find(&making->series, period);
    if (date_is_known(period.start) && *out < making->series.count)
        return true;
    diag(assembly->diags, DIAG_BAD_VALUE, ini_value_place(making->section, key),
         "'%.*s' at '%s' is not one of the chart's periods: expected one from %.*s to %.*s",
         TEXT_ARG(text_quote(assembly->arena, label)), key,
         TEXT_ARG(period_display(assembly->arena, making->series.points[0].period)),
         TEXT_ARG(period_display(assembly->arena,
                                 making->series.points[making->series.count - 1].period)));
    return false;
}

/* rebase = April 2021, a new recording system */
static bool read_rebase(struct making *making)
{
    struct text value = assembly_value(making->assembly, making->section, "rebase");
    size_t comma = text_find(value, ',', 0), at;
    making->reason = text_trim(text_slice(value, comma < value.len ? comma + 1 : comma, value.len));
    if (value.len && !making->reason.len) {
        diag(making->assembly->diags, DIAG_BAD_VALUE, ini_value_place(making->section, "rebase"),
             "'rebase' gives no reason: limits begin anew only for one, as in 'April 2021, a new "
             "recording system'");
        return false;
    }
    if (!read_point(making, "rebase", text_trim(text_slice(value, 0, comma)), &at))
        return false;
    making->rules.rebase = at == SIZE_MAX ? 0 : at;
    return true;
}

/* A target of counts may be for a year: then it says nothing of a month. */
static void read_target(struct making *making)
{
    const struct series *series = &making->series;
    bool otherwise = !series->adds_up;
    bool wanted = ini_bool(making->assembly->diags, making->section, "target", otherwise);
    if (!wanted || series->measure == SERIES_TOTAL)
        return;
    const struct target *target = &series->dataset->measures[series->measure].target;
    making->target = target->polarity == POLARITY_NONE ? NULL : target;
}

static bool read_keys(struct making *making)
{
    const struct report_source *source = making->source;
    struct assembly *assembly = making->assembly;
    const struct ini_section *section = making->section;
    struct picked measure, area;
    struct period from;
    enum series_step step;
    if (!pick_measures(assembly, section, "measure", source->dataset, false, &measure) ||
        !pick_areas(assembly, section, "area", source, &area) ||
        !pick_period(assembly, section, "from", &from) || !pick_step(assembly, section, &step))
        return false;
    if (measure.count > 1 || area.count > 1) {
        diag(assembly->diags, DIAG_TEMPLATE, section->place,
             "[%.*s] names more than one measure or area: a control chart has one line",
             TEXT_ARG(section->title));
        return false;
    }
    making->series =
        series_make(assembly->arena, source->dataset, measure.items[0], area.items[0], step,
                    series_known_to(&source->comparison->doubts, assembly->input->as_at));
    if (date_is_known(from.start))
        series_begin(&making->series, from);
    if (!making->series.count) {
        diag(assembly->diags, DIAG_TEMPLATE, section->place, "[%.*s] cannot be drawn: %s",
             TEXT_ARG(section->title), chart_no_series(&making->series));
        return false;
    }
    making->rules.screened = ini_bool(assembly->diags, section, "screened", false);
    bool season = read_season(making), rebase = read_rebase(making);
    read_target(making);
    return season && rebase &&
           read_point(making, "limits to", assembly_value(assembly, section, "limits to"),
                      &making->rules.limits_to);
}

static struct text axis_title(const struct making *making)
{
    const struct series *series = &making->series;
    struct text title = assembly_value(making->assembly, making->section, "value title");
    struct text label =
        series->measure == SERIES_TOTAL
            ? series->dataset->title
            : chart_label(making->assembly->arena, &series->dataset->measures[series->measure]);
    return title.len ? title : control_header(making, label);
}

struct chart *control_chart(struct assembly *assembly, const struct ini_section *section,
                            struct text caption)
{
    const struct report_source *source = assembly_figures(assembly, section);
    struct making making = {.assembly = assembly, .section = section, .source = source};
    if (!source || !read_keys(&making))
        return NULL;
    making.control = control_make(assembly->arena, &making.series, &making.rules);
    making.chart = chart_new(assembly, section, caption, CHART_CONTROL);
    making.chart->value_title = axis_title(&making);
    if (making.control.refused.len)
        diag(assembly->diags, DIAG_NOTE, section->place,
             "[%.*s] is not drawn, and its figures stand as a table: %.*s",
             TEXT_ARG(section->title), TEXT_ARG(making.control.refused));
    control_figures(&making);
    control_words(&making);
    return making.chart;
}
