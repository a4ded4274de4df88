/* A chart of every kind with its data table, for the tests of the renderers. */
#ifndef TESTS_WRITE_EXAMPLE_CHARTS_H
#define TESTS_WRITE_EXAMPLE_CHARTS_H

#include "document/document.h"

#include <math.h>

/* `value` is a number, or a marker: then there is no point. */
static inline void example_set_point(struct arena *arena, struct chart *chart, size_t s, size_t i,
                                     struct text value)
{
    struct chart_point *point = &chart->series[s].points[i];
    struct cell *cell = &chart->data->rows[i].cells[s + 1];
    *point = (struct chart_point){.change = TEXT_EMPTY, .display = value};
    *cell = cell_text(value);
    if (!decimal_parse(value, &point->value))
        return;
    point->present = true;
    point->display = decimal_display(arena, point->value, point->value.scale, DECIMAL_GROUPS);
    *cell = cell_number(point->value, point->display, FORMAT_NUMBER, point->value.scale);
}

/* A chart whose points all miss still; `labels` are those of the series. */
static inline struct chart *example_chart_of(struct arena *arena, enum chart_kind kind,
                                             const char *name, const char *caption,
                                             const struct texts *categories,
                                             const struct texts *labels)
{
    struct chart *chart = arena_alloc(arena, sizeof *chart);
    *chart = (struct chart){.kind = kind,
                            .name = text_from(name),
                            .caption = text_from(caption),
                            .alt = text_format(arena, "A chart: %s", caption),
                            .value_title = TEXT_EMPTY,
                            .change_title = TEXT_EMPTY,
                            .categories = *categories,
                            .series_count = labels->count,
                            .data = table_new(arena, text_from(name), labels->count + 1)};
    chart->series = arena_calloc(arena, labels->count, sizeof *chart->series);
    chart->data->caption = chart->caption;
    chart->data->columns[0] = (struct column){.header = TEXT("Category"), .is_row_header = true};
    for (size_t i = 0; i < categories->count; i++)
        table_add_row(arena, chart->data, ROW_BODY)->cells[0] = cell_text(categories->items[i]);
    for (size_t s = 0; s < labels->count; s++) {
        struct text label = labels->items[s];
        chart->series[s] = (struct chart_series){
            .label = label,
            .points = arena_calloc(arena, categories->count, sizeof *chart->series[s].points),
            .column = s + 1};
        chart->data->columns[s + 1] = (struct column){
            .header = label.len ? label : TEXT("Value"), .align_right = true, .is_number = true};
        for (size_t i = 0; i < categories->count; i++)
            example_set_point(arena, chart, s, i, TEXT("[x]"));
    }
    return chart;
}

static inline struct texts example_texts(struct arena *arena, const char *const *items,
                                         size_t count)
{
    struct texts texts = {0};
    for (size_t i = 0; i < count; i++)
        texts_add(arena, &texts, text_from(items[i]));
    return texts;
}

static inline void example_add_line(struct arena *arena, struct chart *chart,
                                    enum chart_line_kind kind, const char *value, const char *label)
{
    struct chart_line *lines = arena_calloc(arena, chart->line_count + 1, sizeof *lines);
    if (chart->line_count)
        memcpy(lines, chart->lines, chart->line_count * sizeof *lines);
    lines[chart->line_count] = (struct chart_line){.kind = kind, .label = text_from(label)};
    decimal_parse(text_from(value), &lines[chart->line_count++].value);
    chart->lines = lines;
}

/* Gives the table of a chart a column with the value of each line, as control charts have. */
static inline void example_add_line_columns(struct arena *arena, struct chart *chart)
{
    struct table *old = chart->data;
    size_t count = old->column_count;
    struct table *table = table_new(arena, old->name, count + chart->line_count);
    table->caption = old->caption;
    memcpy(table->columns, old->columns, count * sizeof *old->columns);
    for (size_t i = 0; i < chart->line_count; i++)
        table->columns[count + i] = (struct column){
            .header = chart->lines[i].label, .align_right = true, .is_number = true};
    for (size_t r = 0; r < old->row_count; r++) {
        struct row *row = table_add_row(arena, table, ROW_BODY);
        memcpy(row->cells, old->rows[r].cells, count * sizeof *row->cells);
        for (size_t i = 0; i < chart->line_count; i++) {
            struct decimal value = chart->lines[i].value;
            row->cells[count + i] =
                cell_number(value, decimal_display(arena, value, value.scale, DECIMAL_GROUPS),
                            FORMAT_NUMBER, value.scale);
        }
    }
    chart->data = table;
}

static inline struct texts example_months(struct arena *arena, size_t count)
{
    static const char *const names[] = {"April",    "May",       "June",     "July",
                                        "August",   "September", "October",  "November",
                                        "December", "January",   "February", "March"};
    struct texts texts = {0};
    for (size_t i = 0; i < count; i++)
        texts_add(arena, &texts, text_format(arena, "%s %zu", names[i % 12], 2019 + (i + 3) / 12));
    return texts;
}

/* The same figures in every run, spread about `middle`. */
static inline struct text example_figure(struct arena *arena, size_t seed, unsigned middle)
{
    unsigned mixed = (unsigned)(seed * 2654435761U) >> 8;
    return text_format(arena, "%u", middle - middle / 4 + mixed % (middle / 2 + 1));
}

static inline struct chart *example_grouped(struct arena *arena, size_t series)
{
    static const char *const wards[] = {"Market town north", "Market town south", "Villages",
                                        "Broughton"};
    static const char *const years[] = {"2021/22", "2020/21", "2019/20", "2018/19"};
    struct texts categories = example_texts(arena, wards, 4);
    struct texts labels = example_texts(arena, years, series);
    struct chart *chart = example_chart_of(arena, CHART_BARS, "wards", "Crimes by ward over years",
                                           &categories, &labels);
    chart->value_title = TEXT("Crimes recorded");
    for (size_t s = 0; s < series; s++)
        for (size_t i = 0; i < 4; i++)
            example_set_point(arena, chart, s, i,
                              example_figure(arena, s * 10 + i + 1, 340 - (unsigned)i * 70));
    example_set_point(arena, chart, 0, 3, TEXT("[c]"));
    return chart;
}

static inline struct chart *example_survey(struct arena *arena, size_t rows)
{
    static const char *const options[] = {
        "People using or dealing drugs",
        "Anti-social behaviour",
        "Rubbish or litter lying around",
        "Vandalism, graffiti and other deliberate damage to property or vehicles",
        "Speeding and dangerous driving, also near schools at the times when children arrive",
        "Rural crime",
        "Other"};
    struct texts categories = {0};
    struct texts labels = {0};
    for (size_t i = 0; i < rows; i++)
        texts_add(arena, &categories, text_from(options[i % 7]));
    texts_add(arena, &labels, TEXT_EMPTY);
    struct chart *chart = example_chart_of(
        arena, CHART_ROWS, "survey", "What people are most worried about", &categories, &labels);
    chart->value_title = TEXT("People who chose it, of the 447 who answered");
    for (size_t i = 0; i < rows; i++)
        example_set_point(arena, chart, 0, i,
                          text_format(arena, "%zu", 211 - 200 * i / (rows ? rows : 1)));
    return chart;
}

static inline struct chart *example_lines(struct arena *arena, size_t series)
{
    static const char *const names[] = {
        "Violence with injury",      "Burglary",      "Vehicle crime", "Shoplifting",
        "Criminal damage and arson", "Drug offences", "Public order"};
    struct texts categories = example_months(arena, 36);
    struct texts labels = example_texts(arena, names, series);
    struct chart *chart =
        example_chart_of(arena, CHART_LINES, "trend", "Offences by month", &categories, &labels);
    chart->value_title = TEXT("Crimes recorded in the month");
    for (size_t s = 0; s < series; s++)
        for (size_t i = 0; i < 36; i++)
            example_set_point(arena, chart, s, i,
                              example_figure(arena, s * 36 + i + 7, 90 - (unsigned)s * 12));
    for (size_t i = 20; i < 23 && series; i++)
        example_set_point(arena, chart, 0, i, TEXT("[c]"));
    return chart;
}

static inline struct chart *example_control(struct arena *arena)
{
    struct texts categories = example_months(arena, 24), labels = {0};
    texts_add(arena, &labels, TEXT_EMPTY);
    struct chart *chart = example_chart_of(arena, CHART_CONTROL, "control",
                                           "Days to turn a home round", &categories, &labels);
    chart->value_title = TEXT("Days, middle of the month's lettings");
    for (size_t i = 0; i < 24; i++)
        example_set_point(arena, chart, 0, i,
                          i == 9 ? TEXT("79.5") : example_figure(arena, i + 3, 56));
    chart->series->points[9].is_signal = true;
    example_add_line(arena, chart, LINE_MEAN, "56.4", "Mean: 56.4");
    example_add_line(arena, chart, LINE_LIMIT, "74.1", "Upper limit: 74.1");
    example_add_line(arena, chart, LINE_LIMIT, "38.7", "Lower limit: 38.7");
    example_add_line(arena, chart, LINE_TARGET, "55", "Target: 55 days or fewer");
    return chart;
}

static inline struct chart *example_dots(struct arena *arena)
{
    static const char *const names[] = {
        "Under 75 mortality rate from all causes",
        "Hospital stays for self-harm",
        "Excess weight in adults",
        "Smoking prevalence",
        "Estimated diabetes diagnosis rate of people aged 17 and over",
        "Killed or seriously injured on roads"};
    static const char *const places[] = {"Harborough", "East Midlands"};
    struct texts categories = example_texts(arena, names, 6);
    struct texts labels = example_texts(arena, places, 2);
    struct chart *chart = example_chart_of(arena, CHART_DOTS, "spine", "Health against England",
                                           &categories, &labels);
    chart->value_title = TEXT("Per cent of the value for England");
    for (size_t i = 0; i < 6; i++) {
        struct chart_point *point = &chart->series->points[i];
        example_set_point(arena, chart, 0, i, example_figure(arena, i + 5, 100));
        example_set_point(arena, chart, 1, i, example_figure(arena, i + 50, 104));
        point->has_range = i != 3;
        decimal_subtract(point->value, decimal_from(7), &point->low);
        decimal_add(point->value, decimal_from(8), &point->high);
    }
    example_set_point(arena, chart, 1, 2, TEXT("[x]"));
    example_add_line(arena, chart, LINE_BENCHMARK, "100", "England");
    return chart;
}

#endif
