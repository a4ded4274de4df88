/* Small multiples: a grid of small charts, what holds for all of them said above. */
#include "write/chart_int.h"

#include <math.h>

static const double least_width = 140, gap_across = 20, gap_down = 12, small_plot = 66;
static const double dash_on = 4, dash_off = 2.5, benchmark_width = 1.1, sample = 24;
enum { COLUMNS_MOST = 4 };

double benchmark_stroke(struct sketch *sketch, struct point from, struct point to, double phase)
{
    double length = hypot(to.x - from.x, to.y - from.y), period = dash_on + dash_off;
    double along_x = length > 0 ? (to.x - from.x) / length : 0;
    double along_y = length > 0 ? (to.y - from.y) / length : 0;
    for (double at = -fmod(phase, period); at < length; at += period) {
        double begin = fmax(at, 0), end = fmin(at + dash_on, length);
        if (begin < end)
            sketch_line(sketch, (struct point){from.x + along_x * begin, from.y + along_y * begin},
                        (struct point){from.x + along_x * end, from.y + along_y * end},
                        benchmark_width, COLOUR_TEXT, false);
    }
    return phase + length;
}

/* As many as asked for; else as many as are wide enough, in rows that are about as long. */
static size_t columns_of(const struct sketch *sketch, size_t charts)
{
    size_t columns = sketch->chart->columns;
    if (columns)
        return columns;
    columns = (size_t)fmax(1, floor((sketch->width + gap_across) / (least_width + gap_across)));
    columns = columns < COLUMNS_MOST ? columns : COLUMNS_MOST;
    if (charts == 4 && columns == 3)
        columns = 2;
    return charts < columns && charts > 1 ? charts : columns;
}

static bool is_any_broken(const struct chart *chart)
{
    for (size_t p = 0; p < chart_panels(chart); p++) {
        const struct chart panel = chart_panel(chart, p);
        if (axis_make(chart_range(&panel), chart->has_bars, SMALL_TICKS).broken)
            return true;
    }
    return false;
}

static const struct chart_series *benchmark_of(const struct chart *chart)
{
    for (size_t s = 0; s < chart->series_count; s++)
        if (chart->series[s].is_benchmark)
            return &chart->series[s];
    return NULL;
}

static double draw_words(struct sketch *sketch, double x, double y, struct text words,
                         enum colour colour)
{
    struct lines lines = sketch_broken(sketch, words, 0, sketch->width - x);
    sketch_lines(sketch, &lines, x, y + 9, 0, 0, colour);
    return y + lines_height(&lines) + 1;
}

/* What the figures are, on what scales, and what is drawn beside them. */
static double draw_head(struct sketch *sketch)
{
    const struct chart *chart = sketch->chart;
    const struct chart_series *benchmark = benchmark_of(chart);
    bool broken = chart->own_scales ? is_any_broken(chart)
                                    : axis_make(sketch->range, chart->has_bars, SMALL_TICKS).broken;
    struct text title = text_format(
        sketch->arena, "%.*s%s%s", TEXT_ARG(chart->value_title), chart->value_title.len ? ": " : "",
        chart->own_scales ? broken ? "each chart has its own scale, and those with a broken scale "
                                     "do not begin at 0"
                                   : "each chart has its own scale"
        : broken          ? "the same scale in all charts, which does not begin at 0"
                          : "the same scale in all charts");
    double y = draw_words(sketch, 0, 1, title, COLOUR_MUTED);
    if (!benchmark)
        return y + 4;
    benchmark_stroke(sketch, (struct point){0, y + 6}, (struct point){sample, y + 6}, 0);
    return draw_words(sketch, sample + 6, y, benchmark->label, COLOUR_TEXT) + 4;
}

static struct sketch small_of(const struct sketch *sketch, size_t number, double width)
{
    struct chart *chart = arena_alloc(sketch->arena, sizeof *chart);
    *chart = chart_panel(sketch->chart, number);
    chart->value_title = chart->caption;
    struct sketch small = *sketch;
    small.chart = chart;
    small.is_panel = small.is_small = true;
    small.width = width;
    small.plot = small_plot;
    if (sketch->chart->own_scales)
        small.range = chart_range(chart);
    return small;
}

/* How high the titles of a row are: its plots stand beside each other. */
static double head_of_row(const struct sketch *sketch, size_t from, size_t to, double width)
{
    struct pictures nowhere = {0};
    double head = 0;
    for (size_t i = from; i < to; i++) {
        struct sketch trial = small_of(sketch, i, width);
        trial.pictures = &nowhere;
        sketch_begin(&trial);
        head = fmax(head, axis_title(&trial, false));
    }
    return head;
}

/* A row of them is never cut: it is a picture of its own. */
void multiples_sketch(struct sketch *sketch)
{
    size_t charts = chart_panels(sketch->chart), columns = columns_of(sketch, charts);
    double width = (sketch->width - gap_across * (double)(columns - 1)) / (double)columns;
    double top = draw_head(sketch);
    for (size_t from = 0; from < charts; from += columns) {
        size_t to = from + columns < charts ? from + columns : charts;
        if (from) {
            sketch_begin(sketch);
            top = gap_down;
        }
        double head = head_of_row(sketch, from, to, width);
        for (size_t i = from; i < to; i++) {
            struct sketch small = small_of(sketch, i, width);
            small.x += (width + gap_across) * (double)(i - from);
            small.y += top;
            small.head = head;
            lines_sketch(&small);
        }
    }
}
