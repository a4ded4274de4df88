/* Lines over time, and control charts: a line with its mean and the limits of what is usual. */
#include "write/chart_int.h"

#include <math.h>

static const double head_room = 8, line_width = 1.8, marker = 5.5, signal = 8.5;
/* The markers of one line are its points; those of several only tell them apart. */
static const double between_points = 9, between_markers = 15;

struct plan {
    struct axis axis;
    double left, right, slot;
    struct side_labels sides;
    bool has_signals;
};

static void add_side(struct sketch *sketch, struct plan *plan, struct text label, struct text value,
                     double at, const size_t *look)
{
    struct spans *spans = arena_calloc(sketch->arena, 1, sizeof *spans);
    if (label.len && value.len)
        label = text_concat(sketch->arena, label, TEXT(" "));
    if (label.len)
        spans_add_text(sketch->arena, spans, label, 0);
    spans_add_text(sketch->arena, spans, value, SPAN_BOLD);
    side_labels_add(sketch, &plan->sides, spans, look)->value = at;
}

/* Which point is the last that is shown; the number of points when none is. */
static size_t last_point(const struct chart *chart, const struct chart_series *series)
{
    for (size_t i = chart->categories.count; i-- > 0;)
        if (series->points[i].present)
            return i;
    return chart->categories.count;
}

/* A series by its name and its last value: one that ends before the chart does says when, and one
 * without any point why, so that nobody takes them for the latest. */
static void add_end(struct sketch *sketch, struct plan *plan, const struct chart_series *series,
                    const size_t *look)
{
    const struct texts *categories = &sketch->chart->categories;
    struct text label = sketch->is_panel ? TEXT_EMPTY : series->label;
    size_t last = last_point(sketch->chart, series), latest = categories->count - 1;
    if (last == categories->count) {
        if (label.len)
            add_side(sketch, plan, label, series->points[latest].display, -INFINITY, NULL);
        return;
    }
    const struct chart_point *point = &series->points[last];
    struct text value = point->display;
    if (last < latest)
        value = text_format(sketch->arena, "%.*s (%.*s)", TEXT_ARG(value),
                            TEXT_ARG(categories->items[last]));
    add_side(sketch, plan, label, value, decimal_double(point->value), look);
}

/* The lines by their names, the series by theirs and by their last values. */
static void plan_sides(struct sketch *sketch, struct plan *plan)
{
    const struct chart *chart = sketch->chart;
    for (size_t i = 0; i < chart->line_count; i++)
        add_side(sketch, plan, chart->lines[i].label, TEXT_EMPTY,
                 decimal_double(chart->lines[i].value), NULL);
    for (size_t s = 0; s < chart->series_count && chart->categories.count; s++) {
        size_t look = sketch->look + s;
        if (!chart->series[s].is_benchmark)
            add_end(sketch, plan, &chart->series[s],
                    chart->series_count > 1 && !sketch->is_small ? &look : NULL);
    }
}

static bool has_signals(const struct chart *chart)
{
    for (size_t s = 0; s < chart->series_count; s++)
        for (size_t i = 0; i < chart->categories.count; i++)
            if (chart->series[s].points[i].present && chart->series[s].points[i].is_signal)
                return true;
    return false;
}

static void draw_signal(struct sketch *sketch, struct point at)
{
    sketch_shape(sketch, at, signal, SHAPE_DIAMOND, COLOUR_TEXT, false);
    sketch_shape(sketch, at, signal - 3.5, SHAPE_DIAMOND, COLOUR_SECOND, false);
}

/* Says what the points that stand out are; returns where the room below begins. */
static double draw_signal_key(struct sketch *sketch, double y)
{
    struct lines lines = sketch_broken(sketch, TEXT("Signal: more than the usual ups and downs"), 0,
                                       sketch->width - 14);
    draw_signal(sketch, (struct point){6, y + 5});
    sketch_lines(sketch, &lines, 14, y + 8, 0, 0, COLOUR_TEXT);
    return y + fmax(lines_height(&lines), chart_leading) + 2;
}

static struct plan plan_of(struct sketch *sketch)
{
    size_t count = sketch->chart->categories.count;
    struct plan plan = {.axis = axis_make(sketch->range, sketch->chart->kind == CHART_BARS,
                                          sketch->is_small ? SMALL_TICKS : TICKS_WANTED),
                        .has_signals = has_signals(sketch->chart)};
    plan_sides(sketch, &plan);
    plan.left = axis_room(sketch, &plan.axis);
    plan.right = sketch->width - plan.sides.width;
    plan.slot = (plan.right - plan.left) / (double)(count ? count : 1);
    return plan;
}

static struct point place_of(const struct plan *plan, size_t i, const struct chart_point *point)
{
    return (struct point){plan->left + plan->slot * ((double)i + 0.5),
                          axis_place(&plan->axis, decimal_double(point->value))};
}

/* What a line across is for shows in how it is drawn, besides its name. */
static void draw_across(struct sketch *sketch, const struct plan *plan,
                        const struct chart_line *line)
{
    double y = axis_place(&plan->axis, decimal_double(line->value));
    bool firm = line_is_firm(line->kind);
    sketch_line(sketch, (struct point){plan->left, y}, (struct point){plan->right, y},
                firm ? 1.4 : 0.9, firm ? COLOUR_TEXT : COLOUR_MUTED, line_is_dashed(line->kind));
}

static void draw_range(struct sketch *sketch, const struct plan *plan, size_t i,
                       const struct chart_point *point, enum colour colour)
{
    double x = place_of(plan, i, point).x;
    double low = axis_place(&plan->axis, decimal_double(point->low));
    double high = axis_place(&plan->axis, decimal_double(point->high));
    sketch_fill(sketch, x - 0.5, high, 1, low - high, colour);
    sketch_fill(sketch, x - 2.5, high - 0.5, 5, 1, colour);
    sketch_fill(sketch, x - 2.5, low - 0.5, 5, 1, colour);
}

/* From point to point; where one is missing, and at a break in the series, the line is broken. */
static void draw_line(struct sketch *sketch, const struct plan *plan,
                      const struct chart_series *series, enum colour colour)
{
    for (size_t i = 0; i < sketch->chart->categories.count; i++) {
        const struct chart_point *point = &series->points[i];
        if (point->present && point->has_range)
            draw_range(sketch, plan, i, point, colour);
        if (i && point->present && series->points[i - 1].present && !point->is_after_break)
            sketch_line(sketch, place_of(plan, i - 1, &series->points[i - 1]),
                        place_of(plan, i, point), line_width, colour, false);
    }
}

/* What the small chart is held against: dashed, without markers. */
static void draw_benchmark(struct sketch *sketch, const struct plan *plan,
                           const struct chart_series *series)
{
    double phase = 0;
    for (size_t i = 0; i < sketch->chart->categories.count; i++) {
        const struct chart_point *point = &series->points[i];
        struct point at = place_of(plan, i, point);
        if (i && point->present && series->points[i - 1].present && !point->is_after_break)
            phase =
                benchmark_stroke(sketch, place_of(plan, i - 1, &series->points[i - 1]), at, phase);
        else if (point->present)
            sketch_fill(sketch, at.x - 1.5, at.y - 0.5, 3, 1, COLOUR_MUTED);
    }
}

static void draw_small_bars(struct sketch *sketch, const struct plan *plan,
                            const struct chart_series *series)
{
    double zero = axis_place(&plan->axis, 0), width = fmax(plan->slot * 0.7, 0.6);
    for (size_t i = 0; i < sketch->chart->categories.count; i++) {
        struct point at = place_of(plan, i, &series->points[i]);
        if (series->points[i].present)
            sketch_fill(sketch, at.x - width / 2, fmin(at.y, zero), width, fabs(at.y - zero),
                        COLOUR_ACCENT);
    }
}

/* Every how many points have a marker, from the last one back. */
static size_t marker_step(const struct sketch *sketch, const struct plan *plan)
{
    size_t count = sketch->chart->categories.count;
    if (sketch->is_small)
        return count;
    if (sketch->chart->series_count > 1) /* of long lines a marker hides more than it tells */
        return (size_t)ceil((plan->slot < between_points / 2 ? 3 : 1) * between_markers /
                            fmax(plan->slot, 0.01));
    return plan->slot >= between_points ? 1 : count;
}

/* Points that no line leads to, and signals, are always seen. */
static void draw_points(struct sketch *sketch, const struct plan *plan,
                        const struct chart_series *series, size_t look)
{
    size_t count = sketch->chart->categories.count;
    size_t step = marker_step(sketch, plan);
    for (size_t i = 0; i < count; i++) {
        const struct chart_point *point = &series->points[i];
        bool alone = (i == 0 || !series->points[i - 1].present) &&
                     (i + 1 == count || !series->points[i + 1].present);
        if (!point->present)
            continue;
        if (point->is_signal)
            draw_signal(sketch, place_of(plan, i, point));
        else if (alone || (count - 1 - i) % step == 0)
            sketch_shape(sketch, place_of(plan, i, point), marker, series_shape(look),
                         series_colour(look), series_hollow(look));
    }
}

/* Why a point is missing, at the foot of the plot where there is room for it. */
static void draw_gaps(struct sketch *sketch, const struct plan *plan,
                      const struct chart_series *series)
{
    for (size_t i = 0; i < sketch->chart->categories.count; i++) {
        const struct chart_point *point = &series->points[i];
        double width = sketch_width(sketch, 0, point->display);
        if (!point->present && width + marker <= plan->slot)
            sketch_text(sketch, place_of(plan, i, point).x - width / 2, plan->axis.from - 4, 0,
                        COLOUR_MUTED, point->display);
    }
}

static void draw_series(struct sketch *sketch, const struct plan *plan)
{
    const struct chart *chart = sketch->chart;
    bool bars = chart->kind == CHART_BARS;
    for (size_t s = 0; s < chart->series_count; s++) {
        if (bars && !chart->series[s].is_benchmark)
            draw_small_bars(sketch, plan, &chart->series[s]);
        else if (!bars && !chart->series[s].is_benchmark)
            draw_line(sketch, plan, &chart->series[s], series_colour(sketch->look + s));
    }
    for (size_t s = 0; s < chart->series_count; s++) {
        if (chart->series[s].is_benchmark)
            draw_benchmark(sketch, plan, &chart->series[s]);
        else if (!bars)
            draw_points(sketch, plan, &chart->series[s], sketch->look + s);
    }
    if (chart->series_count == 1 || sketch->is_small)
        draw_gaps(sketch, plan, chart->series);
}

void lines_sketch(struct sketch *sketch)
{
    const struct chart *chart = sketch->chart;
    struct plan plan = plan_of(sketch);
    double top = fmax(axis_title(sketch, plan.axis.broken), sketch->head);
    if (plan.has_signals && !sketch->is_panel)
        top = draw_signal_key(sketch, top);
    plan.axis.to = top + head_room;
    plan.axis.from = plan.axis.to + fmax(sketch->plot, side_labels_height(&plan.sides));
    axis_draw(sketch, &plan.axis, plan.left, plan.right);
    sketch_fill(sketch, plan.left, axis_place(&plan.axis, 0) - 0.5, plan.right - plan.left, 1,
                COLOUR_TEXT);
    for (size_t i = 0; i < chart->line_count && chart->kind != CHART_BARS; i++)
        draw_across(sketch, &plan, &chart->lines[i]);
    draw_series(sketch, &plan);
    for (size_t i = 0; i < chart->line_count && chart->kind == CHART_BARS; i++)
        draw_across(sketch, &plan, &chart->lines[i]);
    side_labels_place(&plan.sides, &plan.axis);
    side_labels_draw(sketch, &plan.sides, plan.right);
    double labels = sketch->is_small
                        ? ends_draw(sketch, plan.left, plan.right, plan.axis.from)
                        : below_labels_draw(sketch, plan.left, plan.right, plan.axis.from);
    sketch_reach(sketch, plan.axis.from + labels + 4);
}
