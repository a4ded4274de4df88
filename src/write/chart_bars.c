/* Upright bars: with one series their value above and their change at the foot. */
#include "write/chart_int.h"

#include <math.h>

static const double value_room = 14, change_room = 16, widest_bar = 48, least_label_gap = 6;
/* Of the words beside the changes; above them stands the label of the scale's foot. */
static const double title_width = 52, widest_title = 0.3, label_gap = 5, title_above = 8;
static const double below_zero = 2; /* the label of the scale's foot reaches there */
enum { MOST_LABEL_LINES = 4 };

/* Where the bars stand and how their labels are broken. */
struct plan {
    struct axis axis;
    double left, right, slot;
    double bar;           /* width of one */
    bool staggered;       /* every other label a row lower, for more room */
    bool words_whole;     /* all words fit in their label's room */
    struct lines *labels; /* a slot */
    size_t rows, lower;   /* lines of the longest label, of those in the lower row */
    bool has_changes;
    struct lines change_title; /* stands left of the band of changes */
    double changes;            /* height of the band */
    struct side_labels sides;
};

static double label_room(const struct plan *plan)
{
    return (plan->staggered ? 1.5 : 1) * plan->slot - least_label_gap;
}

static void plan_labels(struct sketch *sketch, struct plan *plan)
{
    const struct texts *categories = &sketch->chart->categories;
    double least = 0;
    for (size_t i = 0; i < categories->count; i++) {
        struct spans label = {0};
        spans_add_text(sketch->arena, &label, categories->items[i], 0);
        least = fmax(
            least, layout_extent(sketch->arena, sketch->metrics, &label, 0, chart_text_size).least);
    }
    plan->staggered = least > label_room(plan);
    plan->words_whole = least <= label_room(plan);
    plan->labels = arena_calloc(sketch->arena, categories->count, sizeof *plan->labels);
    for (size_t i = 0; i < categories->count && plan->words_whole; i++) {
        plan->labels[i] = sketch_broken(sketch, categories->items[i], 0, label_room(plan));
        size_t *rows = plan->staggered && i % 2 ? &plan->lower : &plan->rows;
        *rows = plan->labels[i].count > *rows ? plan->labels[i].count : *rows;
    }
}

/* The lines across, named at their right ends. */
static void plan_sides(struct sketch *sketch, struct plan *plan)
{
    const struct chart *chart = sketch->chart;
    for (size_t i = 0; i < chart->line_count; i++) {
        struct spans *spans = arena_calloc(sketch->arena, 1, sizeof *spans);
        spans_add_text(sketch->arena, spans, chart->lines[i].label, 0);
        side_labels_add(sketch, &plan->sides, spans, NULL)->value =
            decimal_double(chart->lines[i].value);
    }
}

/* Two or three lines, which the scale's labels have mostly left the room for. */
static void plan_changes(struct sketch *sketch, struct plan *plan)
{
    struct spans spans = {0};
    spans_add_text(sketch->arena, &spans, sketch->chart->change_title, 0);
    double least =
        layout_extent(sketch->arena, sketch->metrics, &spans, 0, chart_text_size).least + 0.1;
    double room = fmin(fmax(least, title_width), sketch->width * widest_title);
    plan->change_title = sketch_broken(sketch, sketch->chart->change_title, 0, room);
    plan->left = fmax(plan->left, lines_width(&plan->change_title) + label_gap);
    plan->changes = fmax(change_room, lines_height(&plan->change_title) + title_above);
}

static struct plan plan_of(struct sketch *sketch)
{
    const struct chart *chart = sketch->chart;
    size_t count = chart->categories.count;
    struct plan plan = {.axis = axis_make(sketch->range, true, TICKS_WANTED)};
    plan_sides(sketch, &plan);
    plan.left = axis_room(sketch, &plan.axis);
    for (size_t i = 0; i < count && chart->series_count == 1; i++)
        plan.has_changes = plan.has_changes || chart->series->points[i].change.len;
    if (plan.has_changes)
        plan_changes(sketch, &plan);
    plan.right = sketch->width - plan.sides.width;
    plan.slot = (plan.right - plan.left) / (double)(count ? count : 1);
    plan.bar = chart->series_count > 1 ? fmin(plan.slot * 0.84 / (double)chart->series_count, 36)
                                       : fmin(plan.slot * 0.62, widest_bar);
    plan_labels(sketch, &plan);
    return plan;
}

/* How wide the widest figure is that stands above a bar, or below it as its change. */
static double widest_figure(struct sketch *sketch)
{
    const struct chart *chart = sketch->chart;
    double widest = 0;
    for (size_t s = 0; s < chart->series_count; s++)
        for (size_t i = 0; i < chart->categories.count; i++) {
            const struct chart_point *point = &chart->series[s].points[i];
            widest = fmax(widest, sketch_width(sketch, SPAN_BOLD, point->display));
            if (chart->series_count == 1)
                widest = fmax(widest, sketch_width(sketch, SPAN_BOLD, point->change));
        }
    return widest;
}

bool bars_fit(struct sketch *sketch)
{
    struct plan plan = plan_of(sketch);
    double room = sketch->chart->series_count > 1 ? plan.bar - 2 : plan.slot - 5;
    return plan.words_whole && plan.rows <= MOST_LABEL_LINES && plan.lower <= MOST_LABEL_LINES &&
           widest_figure(sketch) <= room;
}

/* On ground of its own: no line of the scale strikes it through. */
static void draw_figure(struct sketch *sketch, double middle, double y, enum colour ground,
                        struct text text)
{
    if (!text.len)
        return;
    double width = sketch_width(sketch, SPAN_BOLD, text), size = chart_text_size;
    sketch_fill(sketch, middle - width / 2 - 1, y - 0.78 * size, width + 2, 0.9 * size, ground);
    sketch_text(sketch, middle - width / 2, y, SPAN_BOLD, COLOUR_TEXT, text);
}

static void draw_range(struct sketch *sketch, const struct axis *axis,
                       const struct chart_point *point, double middle)
{
    double low = axis_place(axis, decimal_double(point->low));
    double high = axis_place(axis, decimal_double(point->high));
    sketch_fill(sketch, middle - 2, high - 0.5, 4, low - high + 1, COLOUR_WHITE);
    sketch_fill(sketch, middle - 0.6, high, 1.2, low - high, COLOUR_TEXT);
}

static void draw_bar(struct sketch *sketch, const struct plan *plan,
                     const struct chart_point *point, double middle, size_t look)
{
    double zero = axis_place(&plan->axis, 0), end = zero, top = zero;
    if (point->present) {
        end = axis_place(&plan->axis, decimal_double(point->value));
        top = fmin(zero, end);
        sketch_bar(sketch, middle - plan->bar / 2, top, plan->bar, fabs(end - zero), look);
    }
    if (point->present && point->has_range) {
        draw_range(sketch, &plan->axis, point, middle);
        top = fmin(top, axis_place(&plan->axis, decimal_double(point->high)));
    }
    draw_figure(sketch, middle, top - 4, COLOUR_WHITE, point->display);
}

static void draw_bars(struct sketch *sketch, const struct plan *plan, size_t i, double middle)
{
    const struct chart *chart = sketch->chart;
    for (size_t s = 0; s < chart->series_count; s++) {
        double shift = (double)s - (double)(chart->series_count - 1) / 2;
        draw_bar(sketch, plan, &chart->series[s].points[i], middle + shift * plan->bar,
                 sketch->look + s);
    }
}

/* Centred below the bar, but not beyond the edges of the chart. */
static void draw_label(struct sketch *sketch, const struct lines *label, double middle, double y)
{
    double half = lines_width(label) / 2;
    middle = fmax(half, fmin(middle, sketch->width - half));
    sketch_lines(sketch, label, middle, y, 0.5, 0, COLOUR_TEXT);
}

/* Left of the band that the changes stand on. */
static void draw_change_title(struct sketch *sketch, const struct plan *plan, double foot)
{
    double y = foot + plan->changes / 2 - lines_height(&plan->change_title) / 2 + 9;
    sketch_lines(sketch, &plan->change_title, plan->left - label_gap, y, 1, 0, COLOUR_MUTED);
}

static void draw_lines_across(struct sketch *sketch, struct plan *plan)
{
    const struct chart *chart = sketch->chart;
    for (size_t i = 0; i < chart->line_count; i++) {
        double y = axis_place(&plan->axis, decimal_double(chart->lines[i].value));
        sketch_line(sketch, (struct point){plan->left, y}, (struct point){plan->right, y}, 2.8,
                    COLOUR_WHITE, false);
        sketch_line(sketch, (struct point){plan->left, y}, (struct point){plan->right, y}, 1.2,
                    COLOUR_TEXT, line_is_dashed(chart->lines[i].kind));
    }
    side_labels_place(&plan->sides, &plan->axis);
    side_labels_draw(sketch, &plan->sides, plan->right);
}

void bars_sketch(struct sketch *sketch)
{
    const struct chart *chart = sketch->chart;
    struct plan plan = plan_of(sketch);
    double top = axis_title(sketch, false);
    if (chart->series_count > 1)
        top = legend_draw(sketch, top, true);
    top += value_room;
    double foot = top + fmax(sketch->plot, side_labels_height(&plan.sides));
    double changes = plan.has_changes ? plan.changes : below_zero;
    plan.axis.from = foot;
    plan.axis.to = top;
    axis_draw(sketch, &plan.axis, plan.left, plan.right);
    draw_lines_across(sketch, &plan);
    if (plan.has_changes)
        sketch_fill(sketch, plan.left, foot + 1, plan.right - plan.left, plan.changes - 2,
                    COLOUR_TINT);
    for (size_t i = 0; i < chart->categories.count; i++) {
        double middle = plan.left + plan.slot * ((double)i + 0.5);
        double lower = plan.staggered && i % 2 ? (double)plan.rows * chart_leading : 0;
        draw_bars(sketch, &plan, i, middle);
        if (plan.has_changes)
            draw_figure(sketch, middle, foot + plan.changes / 2 + 3, COLOUR_TINT,
                        chart->series->points[i].change);
        draw_label(sketch, &plan.labels[i], middle, foot + changes + 10 + lower);
    }
    sketch_fill(sketch, plan.left, axis_place(&plan.axis, 0) - 0.5, plan.right - plan.left, 1,
                COLOUR_TEXT);
    double labels = (double)(plan.rows + plan.lower) * chart_leading + 6;
    if (plan.has_changes)
        draw_change_title(sketch, &plan, foot);
    sketch_reach(sketch, foot + changes + labels + 4);
}
