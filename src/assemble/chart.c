#include "assemble/assemble_int.h"

static const struct ini_key chart_keys[] = {
    {"kind", true},         {"source", true}, {"by", false},         {"caption", false},
    {"value title", false}, {"note", false},  {"row header", false},
};

/* The rows that stand side by side: areas; or parts and the remainder, never parts with their
 * total. */
static bool is_bar(const struct compared *row, bool by_area)
{
    if (!row->now.present)
        return false;
    return by_area || row->relation == RELATION_PART || row->relation == RELATION_UNDECLARED ||
           row->relation == RELATION_NON_ADDITIVE;
}

static void add_bars(struct assembly *assembly, const struct comparison *comparison, bool by_area,
                     struct chart *chart)
{
    struct chart_point *points = arena_calloc(assembly->arena, comparison->count, sizeof *points);
    for (size_t i = 0; i < comparison->count; i++) {
        const struct compared *row = &comparison->rows[i];
        if (!is_bar(row, by_area))
            continue;
        if (!chart->categories.count)
            chart->first_row = i;
        if (chart->first_row + chart->categories.count != i)
            chart->first_row = SIZE_MAX;
        points[chart->categories.count] = (struct chart_point){
            .present = true,
            .value = row->now.number,
            .display = value_display(assembly->arena, row->now, row->places, row->kind),
            .change = comparison->baselines.count ? row->changes[0].percent_display : TEXT_EMPTY,
        };
        texts_add(assembly->arena, &chart->categories, row->label);
    }
    chart->series = arena_calloc(assembly->arena, 1, sizeof *chart->series);
    chart->series_count = 1;
    *chart->series = (struct chart_series){.points = points, .column = 1};
}

/* "Bar chart of …. Lutterworth: 312 (+4.2%); …" */
static struct text chart_alt(struct assembly *assembly, const struct chart *chart)
{
    struct buffer out = {.arena = assembly->arena};
    buffer_format(&out, "Bar chart: %.*s", TEXT_ARG(chart->value_title));
    if (chart->change_title.len)
        buffer_format(&out, ", with the %.*s in brackets",
                      TEXT_ARG(text_concat(assembly->arena, TEXT("change"),
                                           text_slice(chart->change_title, sizeof "Change" - 1,
                                                      chart->change_title.len))));
    buffer_add(&out, TEXT(". "));
    for (size_t i = 0; i < chart->categories.count; i++) {
        const struct chart_point *point = &chart->series->points[i];
        buffer_format(&out, "%s%.*s: %.*s", i ? "; " : "", TEXT_ARG(chart->categories.items[i]),
                      TEXT_ARG(point->display));
        if (point->change.len)
            buffer_format(&out, " (%.*s)", TEXT_ARG(point->change));
    }
    buffer_add_byte(&out, '.');
    return buffer_text(&out);
}

static void set_titles(struct assembly *assembly, const struct ini_section *section,
                       const struct comparison *comparison, struct chart *chart)
{
    struct text title = assembly_value(assembly, section, "value title");
    chart->value_title =
        title.len ? title
                  : text_format(assembly->arena, "%.*s, %.*s", TEXT_ARG(comparison->dataset->title),
                                TEXT_ARG(period_display(assembly->arena, comparison->period)));
    chart->change_title = TEXT_EMPTY;
    if (comparison->baselines.count)
        chart->change_title = text_format(
            assembly->arena, "Change on %.*s",
            TEXT_ARG(period_display(assembly->arena, comparison->baselines.items[0].period)));
}

/* Areas or measures, as `by` says. */
static bool chart_is_by_area(struct assembly *assembly, const struct ini_section *section)
{
    static const char *const words[] = {"area", "measure"};
    struct text by = ini_value(section, "by");
    return by.len && assembly_choose(assembly, section, "by", by, words, 2) == 0;
}

/*
 * The areas that the chart shows besides the job's own: that changes of theirs rest on a doubtful
 * month is told here, as no check knows of it. Rows without an area are told of as a whole.
 */
static void tell_doubts(struct assembly *assembly, const struct comparison *comparison,
                        const struct comparison *own)
{
    struct texts months = {0};
    struct place place = PLACE_NONE;
    for (size_t i = 0; i < comparison->doubts.count; i++) {
        const struct doubt *doubt = &comparison->doubts.items[i];
        if (doubt->kind == DOUBT_CUT_OFF || text_equal(doubt->area, AREA_NOT_GIVEN) ||
            text_equal(own->area, doubt->area) ||
            !comparison_resting(assembly->arena, comparison, doubt->period).len)
            continue;
        if (!months.count)
            place = doubt->place;
        texts_add(assembly->arena, &months,
                  text_format(assembly->arena, "%.*s in %.*s", TEXT_ARG(doubt->area),
                              TEXT_ARG(period_display(assembly->arena, doubt->period))));
    }
    if (months.count)
        diag(assembly->diags, DIAG_OUTLIER, place,
             "changes in the chart by area rest on months far outside their own history, and a "
             "note below it says so: %.*s",
             TEXT_ARG(texts_join(assembly->arena, &months, TEXT(", "))));
}

/* Counts that no percentage is given for go up and down by as much as they are. */
static bool is_small(const struct doubt *doubt)
{
    struct decimal small = decimal_from(change_default_rules.small_base);
    return decimal_compare(doubt->value.number, small) < 0 &&
           decimal_compare(doubt->high.number, small) < 0;
}

static const struct comparison *compare_areas(struct assembly *assembly,
                                              const struct report_source *source)
{
    const struct report_input *input = assembly->input;
    struct comparison *comparison =
        comparison_by_area(assembly->arena, source->dataset, input->period, &input->baselines);
    struct doubts *all = &comparison->doubts;
    for (size_t area = 0; area < source->dataset->areas.count; area++) {
        struct doubts own = months_doubts(assembly->arena, source->dataset, area, input->as_at);
        for (size_t i = 0; i < own.count; i++) {
            const struct doubt *doubt = &own.items[i];
            if (doubt->kind == DOUBT_CUT_OFF ? area > 0 : is_small(doubt))
                continue; /* cut off is the same for all areas */
            all->items = arena_grow(assembly->arena, all->items, all->count, &all->capacity,
                                    sizeof *all->items);
            all->items[all->count++] = own.items[i];
        }
    }
    tell_doubts(assembly, comparison, source->comparison);
    return comparison;
}

struct chart *assemble_chart(struct assembly *assembly, const struct ini_section *section,
                             struct text caption)
{
    static const char *const kinds[] = {"bars"};
    struct arena *arena = assembly->arena;
    ini_check_keys(assembly->diags, section, chart_keys, sizeof chart_keys / sizeof chart_keys[0]);
    if (assembly_choose(assembly, section, "kind", ini_value(section, "kind"), kinds, 1) == 1)
        return NULL;
    const struct report_source *source = assembly_figures(assembly, section);
    if (!source)
        return NULL;
    bool by_area = chart_is_by_area(assembly, section);
    if (!by_area && !assembly_has_period(assembly, source))
        return NULL;
    const struct comparison *comparison =
        by_area ? compare_areas(assembly, source) : source->comparison;
    struct chart *chart = arena_alloc(arena, sizeof *chart);
    chart->name = section->name;
    chart->caption = assembly_caption(assembly, section, caption);
    set_titles(assembly, section, comparison, chart);
    add_bars(assembly, comparison, by_area, chart);
    if (!chart->categories.count && stopped_in_period(comparison))
        return NULL; /* place_part() says so */
    if (!chart->categories.count) {
        diag(assembly->diags, DIAG_TEMPLATE, section->place,
             "chart '%.*s' has no bars: source '%.*s' has no figures that can stand side by side "
             "for %.*s",
             TEXT_ARG(section->name), TEXT_ARG(source->dataset->name),
             TEXT_ARG(period_display(arena, comparison->period)));
        return NULL;
    }
    chart->alt = chart_alt(assembly, chart);
    struct text header = assembly_value(assembly, section, "row header");
    struct text fallback = by_area ? TEXT("Area") : TEXT("Measure");
    chart->data =
        table_of_comparison(assembly, comparison, chart->name, header.len ? header : fallback);
    chart->data->caption = chart->caption;
    table_finish(assembly, chart->data, section, source->dataset);
    return chart;
}
