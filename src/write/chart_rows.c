/*
 * Rows: bars that lie, and dots with their ranges, each beside its name. As many rows stand in a
 * picture as there is room for; the rest go on in the next one, on the same scale.
 */
#include "write/chart_int.h"

#include <math.h>

static const double bar_height = 10, bar_gap = 2, row_gap = 7, label_gap = 8;
/* Shares of the width: at least a tenth is left to the plot. */
static const double widest_label = 0.38, widest_figures = 0.22;
static const double foot_room = 18, dot = 7;
/* Of dots of one row, and around them, so that one sees which belong together. */
static const double dot_step = 8, dots_gap = 6;

struct plan {
    struct axis axis;
    double left, right;   /* of the plot */
    bool has_figures;     /* of the values: left out where they leave the plot no room */
    double values;        /* where those beside dots begin */
    double changes;       /* where the column of changes ends; 0: there is none */
    struct lines *labels; /* a row */
    struct lines change_title;
    struct lines *line_labels; /* a line across */
    double *line_y;            /* from the top of the labels */
    double line_height;        /* of all of them */
};

static bool is_dots(const struct chart *chart)
{
    return chart->kind == CHART_DOTS;
}

static double widest_figure(struct sketch *sketch, bool changes)
{
    const struct chart *chart = sketch->chart;
    double widest = 0;
    for (size_t s = 0; s < chart->series_count; s++)
        for (size_t i = 0; i < chart->categories.count; i++) {
            const struct chart_point *point = &chart->series[s].points[i];
            widest = fmax(
                widest, sketch_width(sketch, SPAN_BOLD, changes ? point->change : point->display));
        }
    return widest;
}

static void plan_labels(struct sketch *sketch, struct plan *plan)
{
    const struct texts *categories = &sketch->chart->categories;
    double widest = 0;
    plan->labels = arena_calloc(sketch->arena, categories->count, sizeof *plan->labels);
    for (size_t i = 0; i < categories->count; i++) {
        plan->labels[i] =
            sketch_broken(sketch, categories->items[i], 0, sketch->width * widest_label);
        widest = fmax(widest, lines_width(&plan->labels[i]));
    }
    plan->left = widest + label_gap;
}

/* A column at the right edge, its title above it. */
static void plan_changes(struct sketch *sketch, struct plan *plan)
{
    double widest = sketch->chart->series_count == 1 ? widest_figure(sketch, true) : 0;
    if (!(widest > 0) || widest > sketch->width * widest_figures)
        return;
    double room = fmax(widest, sketch->width * 0.13);
    plan->change_title = sketch_broken(sketch, sketch->chart->change_title, 0, room);
    plan->changes = sketch->width;
    plan->right -= fmax(widest, lines_width(&plan->change_title)) + label_gap;
}

/* Names of the lines stand above the plot, on rows of their own where they would touch. */
static void plan_lines(struct sketch *sketch, struct plan *plan)
{
    const struct chart *chart = sketch->chart;
    plan->line_labels = arena_calloc(sketch->arena, chart->line_count, sizeof *plan->line_labels);
    for (size_t i = 0; i < chart->line_count; i++) {
        plan->line_labels[i] = sketch_broken(sketch, chart->lines[i].label, 0, sketch->width);
        plan->line_height += lines_height(&plan->line_labels[i]);
    }
}

static struct plan plan_of(struct sketch *sketch)
{
    struct plan plan = {.right = sketch->width};
    bool dots = is_dots(sketch->chart);
    plan_labels(sketch, &plan);
    plan_changes(sketch, &plan);
    double figures = widest_figure(sketch, false);
    plan.has_figures =
        (!dots || sketch->chart->series_count == 1) && figures <= sketch->width * widest_figures;
    plan.right -= plan.has_figures ? figures + label_gap : 0;
    plan.values = plan.right + label_gap - 3;
    /* Room for the outermost dots, and for half a label of the scale. */
    plan.axis = axis_lying(sketch, !dots, plan.left + (dots ? dot : 0), plan.right - dot);
    plan_lines(sketch, &plan);
    return plan;
}

static double row_height_of(const struct sketch *sketch, const struct plan *plan, size_t i)
{
    const struct chart *chart = sketch->chart;
    size_t each = chart->series_count ? chart->series_count : 1;
    double drawn = (double)each * (bar_height + bar_gap) - bar_gap;
    if (is_dots(chart))
        drawn = each > 1 ? (double)each * dot_step + dots_gap : bar_height;
    return fmax(drawn, lines_height(&plan->labels[i])) + row_gap;
}

/* ---- one row ---- */

static void draw_bar(struct sketch *sketch, const struct plan *plan,
                     const struct chart_point *point, double y, size_t look)
{
    double zero = axis_place(&plan->axis, 0), end = zero, right = zero;
    if (point->present) {
        end = axis_place(&plan->axis, decimal_double(point->value));
        sketch_bar(sketch, fmin(zero, end), y, fabs(end - zero), bar_height, look);
        right = fmax(zero, end);
    }
    if (point->present && point->has_range) {
        double low = axis_place(&plan->axis, decimal_double(point->low));
        double high = axis_place(&plan->axis, decimal_double(point->high));
        sketch_fill(sketch, low - 0.5, y + bar_height / 2 - 2, high - low + 1, 4, COLOUR_WHITE);
        sketch_fill(sketch, low, y + bar_height / 2 - 0.6, high - low, 1.2, COLOUR_TEXT);
        right = fmax(right, high);
    }
    double width = sketch_width(sketch, SPAN_BOLD, point->display);
    if (!plan->has_figures)
        return;
    sketch_fill(sketch, right + 2, y, width + 3, bar_height, COLOUR_WHITE);
    sketch_text(sketch, right + 4, y + 8, SPAN_BOLD, COLOUR_TEXT, point->display);
}

static void draw_bars(struct sketch *sketch, const struct plan *plan, size_t i, double middle)
{
    const struct chart *chart = sketch->chart;
    double step = bar_height + bar_gap;
    double y = middle - ((double)chart->series_count * step - bar_gap) / 2;
    for (size_t s = 0; s < chart->series_count; s++)
        draw_bar(sketch, plan, &chart->series[s].points[i], y + (double)s * step, sketch->look + s);
    const struct chart_point *first = chart->series_count ? &chart->series->points[i] : NULL;
    if (plan->changes > 0 && first)
        sketch_text(sketch, plan->changes - sketch_width(sketch, SPAN_BOLD, first->change),
                    middle + 3, SPAN_BOLD, COLOUR_TEXT, first->change);
}

static void draw_dot_range(struct sketch *sketch, const struct plan *plan,
                           const struct chart_point *point, double y, enum colour colour)
{
    double low = axis_place(&plan->axis, decimal_double(point->low));
    double high = axis_place(&plan->axis, decimal_double(point->high));
    sketch_fill(sketch, low, y - 0.6, high - low, 1.2, colour);
    sketch_fill(sketch, low - 0.5, y - 2.5, 1, 5, colour);
    sketch_fill(sketch, high - 0.5, y - 2.5, 1, 5, colour);
}

static void draw_dot_figure(struct sketch *sketch, const struct plan *plan,
                            const struct chart_point *point, double y)
{
    if (plan->has_figures)
        sketch_text(sketch, plan->values, y + 3, SPAN_BOLD, COLOUR_TEXT, point->display);
    if (plan->changes > 0)
        sketch_text(sketch, plan->changes - sketch_width(sketch, SPAN_BOLD, point->change), y + 3,
                    SPAN_BOLD, COLOUR_TEXT, point->change);
}

/* Each series on a line of its own: none hides another, and ranges are told apart. */
static void draw_dots(struct sketch *sketch, const struct plan *plan, size_t i, double middle)
{
    const struct chart *chart = sketch->chart;
    double y = middle - (double)(chart->series_count - 1) * dot_step / 2;
    for (size_t s = 0; s < chart->series_count; s++, y += dot_step) {
        const struct chart_point *point = &chart->series[s].points[i];
        size_t look = sketch->look + s;
        if (point->present && point->has_range)
            draw_dot_range(sketch, plan, point, y, series_colour(look));
        if (point->present)
            sketch_shape(sketch,
                         (struct point){axis_place(&plan->axis, decimal_double(point->value)), y},
                         dot, series_shape(look), series_colour(look), series_hollow(look));
    }
    if (chart->series_count == 1)
        draw_dot_figure(sketch, plan, &chart->series->points[i], middle);
}

/* ---- a picture ---- */

static double draw_head(struct sketch *sketch, const struct plan *plan)
{
    double y = axis_title(sketch, plan->axis.broken);
    if (sketch->chart->series_count > 1)
        y = legend_draw(sketch, y, !is_dots(sketch->chart)) + 2;
    sketch_lines(sketch, &plan->change_title, sketch->width, y + 8, 1, 0, COLOUR_MUTED);
    return y + lines_height(&plan->change_title) + plan->line_height + 4;
}

static void draw_lines_across(struct sketch *sketch, const struct plan *plan, double top,
                              double foot)
{
    double y = top - 4 - plan->line_height;
    for (size_t i = 0; i < sketch->chart->line_count; i++) {
        const struct chart_line *line = &sketch->chart->lines[i];
        const struct lines *label = &plan->line_labels[i];
        double x = axis_place(&plan->axis, decimal_double(line->value));
        double half = lines_width(label) / 2;
        sketch_line(sketch, (struct point){x, y + lines_height(label) + 1}, (struct point){x, foot},
                    1.2, COLOUR_TEXT, line_is_dashed(line->kind));
        sketch_lines(sketch, label, fmax(half, fmin(x, sketch->width - half)), y + 8, 0.5, 0,
                     COLOUR_TEXT);
        y += lines_height(label);
    }
}

/* Rows `from` to `to`, with the scale below them. */
static void draw_rows(struct sketch *sketch, const struct plan *plan, size_t from, size_t to)
{
    double top = draw_head(sketch, plan), foot = top + row_gap / 2;
    for (size_t i = from; i < to; i++)
        foot += row_height_of(sketch, plan, i);
    axis_draw_lying(sketch, &plan->axis, top, foot);
    draw_lines_across(sketch, plan, top, foot);
    double y = top + row_gap / 2;
    for (size_t i = from; i < to; i++) {
        double height = row_height_of(sketch, plan, i), middle = y + (height - row_gap) / 2;
        const struct lines *label = &plan->labels[i];
        sketch_lines(sketch, label, 0, middle - lines_height(label) / 2 + chart_text_size, 0, 0,
                     COLOUR_TEXT);
        if (is_dots(sketch->chart))
            draw_dots(sketch, plan, i, middle);
        else
            draw_bars(sketch, plan, i, middle);
        y += height;
    }
    if (!is_dots(sketch->chart))
        sketch_fill(sketch, axis_place(&plan->axis, 0) - 0.5, top, 1, foot - top, COLOUR_TEXT);
    sketch_reach(sketch, foot + foot_room);
}

/* How far the rows of one picture reach: about as far in each, and never beyond the page. */
static size_t part_end(const struct sketch *sketch, const struct plan *plan, size_t from,
                       double room)
{
    double all = 0, height = 0;
    size_t count = sketch->chart->categories.count, to = from;
    for (size_t i = from; i < count; i++)
        all += row_height_of(sketch, plan, i);
    double share = all / ceil(all / room);
    while (to < count &&
           (to == from || (height < share && height + row_height_of(sketch, plan, to) <= room)))
        height += row_height_of(sketch, plan, to++);
    return to;
}

void rows_sketch(struct sketch *sketch)
{
    struct plan plan = plan_of(sketch);
    struct pictures trial = {0};
    struct sketch head = *sketch;
    head.pictures = &trial;
    sketch_begin(&head);
    double room = sketch->room - sketch->y - draw_head(&head, &plan) - row_gap - foot_room;
    size_t from = 0, count = sketch->chart->categories.count;
    do {
        size_t to = part_end(sketch, &plan, from, fmax(room, 60));
        if (from)
            sketch_begin(sketch);
        draw_rows(sketch, &plan, from, to);
        from = to;
    } while (from < count);
}
