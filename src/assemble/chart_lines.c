/* chart_lines - measures or areas over time, a line each. */
#include "assemble/chart_int.h"

enum { LINES_MOST = 6 }; /* more cannot be told apart */

static struct text strand_label(struct assembly *assembly, const struct series *series,
                                const struct picked *measures, const struct picked *areas)
{
    struct text area =
        series->area == AREA_ALL ? TEXT_EMPTY : series->dataset->areas.items[series->area];
    if (areas->count == 1)
        return measures->count == 1 ? TEXT_EMPTY : series->label;
    if (measures->count == 1)
        return area;
    return text_format(assembly->arena, "%.*s, %.*s", TEXT_ARG(series->label), TEXT_ARG(area));
}

bool strands_make(struct assembly *assembly, const struct ini_section *section,
                  const struct report_source *source, bool all, struct strands *out)
{
    struct picked measures, areas;
    struct period from;
    enum series_step step;
    if (!pick_measures(assembly, section, "measures", source->dataset, all, &measures) ||
        !pick_areas(assembly, section, "areas", source, &areas) ||
        !pick_period(assembly, section, "from", &from) || !pick_step(assembly, section, &step))
        return false;
    size_t count = measures.count * areas.count;
    struct date known = series_known_to(&source->comparison->doubts, assembly->input->as_at);
    *out = (struct strands){.items = arena_calloc(assembly->arena, count, sizeof *out->items),
                            .labels = arena_calloc(assembly->arena, count, sizeof *out->labels)};
    for (size_t i = 0; i < count; i++) {
        struct series series =
            series_make(assembly->arena, source->dataset, measures.items[i / areas.count],
                        areas.items[i % areas.count], step, known);
        if (date_is_known(from.start))
            series_begin(&series, from);
        out->labels[i] = strand_label(assembly, &series, &measures, &areas);
        out->items[out->count++] = series;
    }
    return true;
}

bool chart_refuse(struct assembly *assembly, const struct ini_section *section, const char *why)
{
    diag(assembly->diags, DIAG_TEMPLATE, section->place, "[%.*s] cannot be drawn: %s",
         TEXT_ARG(section->title), why);
    return false;
}

struct text strand_unit(const struct series *series)
{
    return series->measure == SERIES_TOTAL ? TEXT_EMPTY
                                           : series->dataset->measures[series->measure].unit;
}

bool strands_fit(struct assembly *assembly, const struct ini_section *section,
                 struct strands *strands, const char *units)
{
    const struct series *first = strands->items;
    long end = 0;
    for (size_t i = 0; i < strands->count; i++) {
        const struct series *series = &strands->items[i];
        if (!series->count)
            return chart_refuse(assembly, section, chart_no_series(series));
        bool alike =
            series->kind == first->kind && text_equal(strand_unit(series), strand_unit(first));
        if (units && !alike)
            return chart_refuse(assembly, section, units);
        if (series->step != first->step)
            return chart_refuse(
                assembly, section,
                "its measures have periods of different lengths: add 'every = year'");
        long at = series_month(series->points->period);
        if ((at - series_month(first->points->period)) % (long)first->step != 0)
            return chart_refuse(assembly, section, "its measures have periods that overlap");
        strands->first = i && strands->first < at ? strands->first : at;
        long last = series_month(series->points[series->count - 1].period);
        end = i && end > last ? end : last;
    }
    strands->steps = (size_t)((end - strands->first) / (long)first->step) + 1;
    return true;
}

const struct series_point *strands_point(const struct strands *strands, const struct series *series,
                                         size_t step)
{
    long offset =
        (series_month(series->points->period) - strands->first) / (long)strands->items->step;
    if ((long)step < offset || step - (size_t)offset >= series->count)
        return NULL;
    return &series->points[step - (size_t)offset];
}

static unsigned places_of(const struct strands *strands)
{
    unsigned places = 0;
    for (size_t s = 0; s < strands->count; s++)
        places = strands->items[s].places > places ? strands->items[s].places : places;
    return places;
}

static void add_row(struct assembly *assembly, const struct strands *strands, size_t step,
                    struct chart *chart, struct value *values)
{
    struct arena *arena = assembly->arena;
    struct row *row = table_add_row(arena, chart->data, ROW_BODY);
    unsigned places = places_of(strands);
    long at = strands->first + (long)(step * strands->items->step);
    row->place = PLACE_NONE;
    row->cells[0] = cell_text(period_display(arena, series_period(arena, strands->items, at)));
    for (size_t s = 0; s < strands->count; s++) {
        const struct series_point *from = strands_point(strands, &strands->items[s], step);
        enum measure_kind kind = strands->items[s].kind;
        struct value value = from ? from->value : (struct value){.markers = MARKER_NOT_AVAILABLE};
        if (from && !row->place.file.len)
            row->place = from->place;
        chart->series[s].points[step] =
            (struct chart_point){.present = value.present,
                                 .is_after_break = step && value.markers & MARKER_BREAK,
                                 .value = value.number,
                                 .display = value_display(arena, value, places, kind),
                                 .change = TEXT_EMPTY};
        row->cells[s + 1] = value_cell(arena, value, places, kind);
        values[step * strands->count + s] = value;
    }
    texts_add(arena, &chart->categories, row->cells[0].display);
}

static void fill(struct assembly *assembly, const struct ini_section *section,
                 const struct strands *strands, struct chart *chart)
{
    struct arena *arena = assembly->arena;
    struct value *values = arena_calloc(arena, strands->steps * strands->count, sizeof *values);
    chart->data = table_new(arena, chart->name, strands->count + 2);
    chart->data->columns[0] =
        (struct column){.header = chart_step_header(assembly, section, strands->items->step),
                        .is_row_header = true};
    chart->series = arena_calloc(arena, strands->count, sizeof *chart->series);
    chart->series_count = strands->count;
    for (size_t s = 0; s < strands->count; s++) {
        struct text label = strands->labels[s];
        chart->series[s] = (struct chart_series){
            .label = label,
            .points = arena_calloc(arena, strands->steps, sizeof *chart->series[s].points),
            .column = s + 1};
        number_column(chart->data, s + 1, label.len ? label : chart->value_title);
    }
    for (size_t step = 0; step < strands->steps; step++)
        add_row(assembly, strands, step, chart, values);
    add_marker_column(assembly, chart->data, values, strands->count, strands->labels);
}

static struct text lines_alt(struct assembly *assembly, const struct strands *strands,
                             const struct chart *chart)
{
    struct buffer out = {.arena = assembly->arena};
    buffer_format(&out, "Line chart: %.*s, by %s, %.*s to %.*s.", TEXT_ARG(chart->value_title),
                  series_step_word(strands->items->step), TEXT_ARG(chart->categories.items[0]),
                  TEXT_ARG(chart->categories.items[chart->categories.count - 1]));
    for (size_t s = 0; s < chart->series_count; s++) {
        const struct chart_series *series = &chart->series[s];
        struct text gaps = words_of_gaps(assembly->arena, chart, series);
        buffer_format(&out, " %.*s%s", TEXT_ARG(series->label), series->label.len ? ": " : "");
        words_of_points(&out, chart, series);
        buffer_format(&out, "%s%.*s", gaps.len ? "; " : "", TEXT_ARG(gaps));
        for (size_t i = 0; i < chart->categories.count; i++)
            if (series->points[i].is_after_break)
                buffer_format(&out, "; break in the series in %.*s",
                              TEXT_ARG(chart->categories.items[i]));
        buffer_add_byte(&out, '.');
    }
    return buffer_text(&out);
}

static bool few_enough(struct assembly *assembly, const struct ini_section *section, size_t count)
{
    if (count > LINES_MOST)
        diag(assembly->diags, DIAG_TEMPLATE, section->place,
             "[%.*s] has %zu lines, which nobody can tell apart: name at most %d measures or "
             "areas, or write 'kind = multiples'",
             TEXT_ARG(section->title), count, LINES_MOST);
    return count <= LINES_MOST;
}

/* "Burglary, by month": what the axis says where the template does not. */
struct text strands_title(struct assembly *assembly, const struct ini_section *section,
                          const struct strands *strands)
{
    struct text title = assembly_value(assembly, section, "value title");
    const struct series *series = strands->items;
    struct arena *arena = assembly->arena;
    if (title.len)
        return title;
    bool is_one = true;
    for (size_t s = 1; s < strands->count; s++)
        is_one = is_one && strands->items[s].measure == series->measure;
    if (!is_one || series->measure == SERIES_TOTAL)
        return series->dataset->title;
    return chart_label(arena, &series->dataset->measures[series->measure]);
}

struct chart *lines_chart(struct assembly *assembly, const struct ini_section *section,
                          struct text caption)
{
    const struct report_source *source = assembly_figures(assembly, section);
    struct strands strands;
    if (!source || !strands_make(assembly, section, source, false, &strands) ||
        !few_enough(assembly, section, strands.count) ||
        !strands_fit(assembly, section, &strands, "its measures have different units"))
        return NULL;
    struct chart *chart = chart_new(assembly, section, caption, CHART_LINES);
    chart->value_title = strands_title(assembly, section, &strands);
    fill(assembly, section, &strands, chart);
    chart->alt = lines_alt(assembly, &strands, chart);
    chart->data->caption = chart->caption;
    if (!chart_is_empty(assembly, section, chart))
        note_gaps(assembly, chart);
    note_stopped_points(assembly, strands.items, strands.count, chart->data);
    for (size_t s = 0; s < strands.count; s++) {
        note_left_out(assembly, &strands.items[s], chart->data);
        note_doubts(assembly, source, &strands.items[s], chart->data);
    }
    if (strands.items->is_added)
        texts_add(assembly->arena, &chart->data->notes,
                  text_format(assembly->arena, "Figures are added up to whole %ss.",
                              series_step_word(strands.items->step)));
    table_finish(assembly, chart->data, section, source->dataset);
    return chart;
}
