#include "write/chart_int.h"

#include <math.h>

static const double plot_height = 175, panel_plot = 84, panel_gap = 22, row_of_panels_gap = 8;
static const double room_for_three = 640;
enum { LONG_LINE = 60 /* points */, LONG_LINES_TOLD_APART = 2 };

/* A chart of one series of many, on the scale of all. */
static struct sketch panel_of(struct sketch *sketch, size_t s)
{
    struct chart *chart = arena_alloc(sketch->arena, sizeof *chart);
    *chart = *sketch->chart;
    chart->series += s;
    chart->series_count = 1;
    chart->value_title = chart->series->label;
    struct sketch panel = *sketch;
    panel.chart = chart;
    panel.is_panel = true;
    panel.look = 0;
    return panel;
}

/* Side by side, two or three in a row; a row is never cut. */
static void panels_in_rows(struct sketch *sketch, double top)
{
    size_t across = sketch->width >= room_for_three ? 3 : 2;
    double width = (sketch->width - panel_gap * (double)(across - 1)) / (double)across;
    for (size_t s = 0; s < sketch->chart->series_count; s++) {
        size_t column = s % across;
        if (s && column == 0) {
            sketch_begin(sketch);
            top = row_of_panels_gap;
        }
        struct sketch panel = panel_of(sketch, s);
        panel.x += (width + panel_gap) * (double)column;
        panel.y += top;
        panel.width = width;
        panel.plot = panel_plot;
        lines_sketch(&panel);
    }
}

/* Below each other, as wide as the chart. */
static void panels_in_column(struct sketch *sketch, double top)
{
    for (size_t s = 0; s < sketch->chart->series_count; s++) {
        if (s)
            sketch_begin(sketch);
        struct sketch panel = panel_of(sketch, s);
        panel.y += s ? row_of_panels_gap : top;
        rows_sketch(&panel);
    }
}

static bool is_lines(const struct chart *chart)
{
    return chart->kind == CHART_LINES || chart->kind == CHART_CONTROL;
}

/* More series than can be told apart: each in a panel of its own, all on one scale. */
static void sketch_panels(struct sketch *sketch)
{
    bool lines = is_lines(sketch->chart);
    bool broken = axis_make(sketch->range, !lines, TICKS_WANTED).broken;
    double top = axis_title(sketch, broken) + 4;
    if (lines)
        panels_in_rows(sketch, top);
    else
        panels_in_column(sketch, top);
}

/* Long lines cross each other so often that three are too many for one plot. */
static bool is_crowded(const struct chart *chart)
{
    if (chart->kind == CHART_DOTS)
        return false;
    return chart->series_count > SERIES_TOLD_APART ||
           (is_lines(chart) && chart->series_count > LONG_LINES_TOLD_APART &&
            chart->categories.count > LONG_LINE);
}

static void sketch_chart(struct sketch *sketch)
{
    const struct chart *chart = sketch->chart;
    if (chart->kind == CHART_MULTIPLES)
        multiples_sketch(sketch);
    else if (is_crowded(chart))
        sketch_panels(sketch);
    else if (is_lines(chart))
        lines_sketch(sketch);
    else if (chart->kind == CHART_BARS && bars_fit(sketch))
        bars_sketch(sketch);
    else
        rows_sketch(sketch);
}

struct pictures chart_pictures(struct arena *arena, struct metrics *metrics,
                               const struct chart *chart, double width, double room,
                               double table_size)
{
    double scale = fmax(1, table_size / style_default.table_size);
    struct pictures pictures = {0};
    struct sketch sketch = {.arena = arena,
                            .metrics = metrics,
                            .chart = chart,
                            .pictures = &pictures,
                            .width = width / scale,
                            .room = room / scale,
                            .plot = plot_height,
                            .range = chart_range(chart)};
    sketch_begin(&sketch);
    sketch_chart(&sketch);
    if (scale > 1)
        pictures_grow(&pictures, scale);
    return pictures;
}
