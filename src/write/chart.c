#include "write/pdf_int.h"

#include <math.h>

static const double plot_height = 175, text_size = 8.5, text_leading = 11, title_room = 18,
                    least_size = 6.5;
static const double value_room = 14, change_room = 16, widest_bar = 48;
enum { TICKS_WANTED = 5 };

/* The value axis in steps of 1, 2 or 5 times a power of ten, from zero. */
struct axis {
    struct decimal step;
    long low, high; /* in steps; low is 0 unless a value is negative */
};

static struct decimal power_step(int digit, int power)
{
    struct decimal step = decimal_from(digit);
    for (; power > 0; power--)
        step.coefficient *= 10;
    step.scale = power < 0 ? (unsigned)-power : 0;
    return step;
}

static struct axis axis_of(const struct chart *chart)
{
    double top = 0, bottom = 0;
    for (size_t i = 0; i < chart->categories.count; i++) {
        top = fmax(top, decimal_double(chart->series->points[i].value));
        bottom = fmin(bottom, decimal_double(chart->series->points[i].value));
    }
    double range = top - bottom > 0 ? top - bottom : 1;
    int power = (int)floor(log10(range / TICKS_WANTED));
    power = power < -6 ? -6 : power > 15 ? 15 : power;
    double unit = pow(10, power), step = range / TICKS_WANTED / unit;
    int digit = step <= 1 ? 1 : step <= 2 ? 2 : step <= 5 ? 5 : 10;
    unit *= digit;
    return (struct axis){.step = power_step(digit, power),
                         .low = (long)floor(bottom / unit + 1e-9),
                         .high = (long)fmax(1, ceil(top / unit - 1e-9))};
}

static struct text tick_label(struct arena *arena, const struct axis *axis, long tick)
{
    struct decimal value = axis->step;
    value.coefficient *= tick;
    return decimal_display(arena, value, axis->step.scale, DECIMAL_GROUPS);
}

static double points(struct metrics *metrics, unsigned font, struct text text, double size)
{
    return (double)metrics->width(metrics, font, text) * size / 1000;
}

/* Where the bars stand and how their labels are broken. */
struct plan {
    struct axis axis;
    double left, slot;    /* from the left edge of the chart */
    bool staggered;       /* every other label a row lower, for twice the room */
    struct lines *labels; /* a bar */
    size_t rows, lower;   /* lines of the longest label, of those in the lower row */
    double figures;       /* size of the figures at the bars */
    bool has_changes;
};

static struct spans one_span(struct arena *arena, struct text text)
{
    struct spans spans = {0};
    spans_add_text(arena, &spans, text, 0);
    return spans;
}

/* The figures of all bars in one size, smaller where bars stand close. */
static double figures_size(struct metrics *metrics, const struct chart *chart, double room)
{
    double widest = 0;
    for (size_t i = 0; i < chart->categories.count; i++) {
        const struct chart_point *point = &chart->series->points[i];
        widest = fmax(widest, points(metrics, SPAN_BOLD, point->display, text_size));
        widest = fmax(widest, points(metrics, SPAN_BOLD, point->change, text_size));
    }
    return widest > room ? fmax(least_size, text_size * room / widest) : text_size;
}

static struct plan plan_of(struct arena *arena, struct metrics *metrics, const struct chart *chart,
                           double width)
{
    struct plan plan = {.axis = axis_of(chart)};
    double widest = 0;
    for (long tick = plan.axis.low; tick <= plan.axis.high; tick++)
        widest = fmax(widest, points(metrics, 0, tick_label(arena, &plan.axis, tick), text_size));
    plan.left = widest + 8;
    plan.slot =
        (width - plan.left) / (double)(chart->categories.count ? chart->categories.count : 1);
    plan.labels = arena_calloc(arena, chart->categories.count, sizeof *plan.labels);
    for (size_t i = 0; i < chart->categories.count; i++) {
        struct spans label = one_span(arena, chart->categories.items[i]);
        struct extent extent = layout_extent(arena, metrics, &label, 0, text_size);
        plan.staggered = plan.staggered || extent.least > plan.slot - 6;
        plan.has_changes = plan.has_changes || chart->series->points[i].change.len;
    }
    double room = (plan.staggered ? 2 * plan.slot : plan.slot) - 6;
    for (size_t i = 0; i < chart->categories.count; i++) {
        struct spans label = one_span(arena, chart->categories.items[i]);
        plan.labels[i] = layout_lines(arena, metrics, &label, 0, text_size, room);
        size_t *rows = plan.staggered && i % 2 ? &plan.lower : &plan.rows;
        *rows = plan.labels[i].count > *rows ? plan.labels[i].count : *rows;
    }
    plan.figures = figures_size(metrics, chart, plan.slot - 5);
    metrics->width(metrics, 0, chart->value_title);
    metrics->width(metrics, 0, chart->change_title);
    return plan;
}

static double labels_height(const struct plan *plan)
{
    return (double)(plan->rows + plan->lower) * text_leading + 6;
}

double chart_height(struct arena *arena, struct metrics *metrics, const struct chart *chart,
                    double width)
{
    struct plan plan = plan_of(arena, metrics, chart, width);
    double changes = plan.has_changes ? change_room : 0;
    double title = plan.has_changes && chart->change_title.len ? change_room : 0;
    return title_room + value_room + plot_height + changes + labels_height(&plan) + title + 4;
}

/* On ground of its own: no line of the scale strikes it through. */
static void draw_figure(struct canvas *canvas, double middle, double y, double size,
                        enum colour ground, struct text text)
{
    if (!text.len)
        return;
    double width = points(canvas_metrics(canvas), SPAN_BOLD, text, size);
    canvas_rectangle(canvas, middle - width / 2 - 1, y - 0.78 * size, width + 2, 0.9 * size,
                     ground);
    canvas_text(canvas, middle - width / 2, y, SPAN_BOLD, size, COLOUR_TEXT, text);
}

static double height_of(const struct plan *plan, double value)
{
    double step = decimal_double(plan->axis.step);
    return value / step / (double)(plan->axis.high - plan->axis.low) * plot_height;
}

static void draw_axis(struct canvas *canvas, struct arena *arena, const struct plan *plan, double x,
                      double zero, double width)
{
    for (long tick = plan->axis.low; tick <= plan->axis.high; tick++) {
        struct text label = tick_label(arena, &plan->axis, tick);
        double y = zero - height_of(plan, decimal_double(plan->axis.step) * (double)tick);
        double wide = points(canvas_metrics(canvas), 0, label, text_size);
        canvas_rectangle(canvas, x + plan->left, y - 0.25, width - plan->left, 0.5, COLOUR_RULE);
        canvas_text(canvas, x + plan->left - 5 - wide, y + 3, 0, text_size, COLOUR_MUTED, label);
    }
}

static void draw_bar(struct canvas *canvas, const struct plan *plan, const struct chart_point *bar,
                     double middle, double zero)
{
    double width = fmin(plan->slot * 0.62, widest_bar);
    double height = height_of(plan, decimal_double(bar->value));
    double top = zero - fmax(0, height);
    canvas_rectangle(canvas, middle - width / 2, top, width, fabs(height), COLOUR_ACCENT);
    draw_figure(canvas, middle, top - 4, plan->figures, COLOUR_WHITE, bar->display);
}

/* Centred below the bar, but not beyond the edges of the chart. */
static void draw_label(struct canvas *canvas, const struct lines *label, double middle, double y,
                       double left, double right)
{
    for (size_t i = 0; i < label->count; i++) {
        const struct line *line = &label->items[i];
        double x = fmax(left, fmin(middle - line->width / 2, right - line->width));
        for (size_t p = 0; p < line->count; p++)
            canvas_text(canvas, x + line->pieces[p].x, y + (double)i * text_leading, 0, text_size,
                        COLOUR_TEXT, line->pieces[p].text);
    }
}

/* With a sample of the ground that the changes stand on. */
static void draw_change_title(struct canvas *canvas, struct text title, double x, double y)
{
    canvas_rectangle(canvas, x, y - 8, 12, 10, COLOUR_RULE);
    canvas_rectangle(canvas, x + 0.5, y - 7.5, 11, 9, COLOUR_TINT);
    canvas_text(canvas, x + 17, y, 0, text_size, COLOUR_MUTED, title);
}

void chart_draw(struct canvas *canvas, struct arena *arena, const struct chart *chart, double x,
                double y, double width)
{
    struct plan plan = plan_of(arena, canvas_metrics(canvas), chart, width);
    double foot = y + title_room + value_room + plot_height;
    double zero = foot + height_of(&plan, decimal_double(plan.axis.step) * (double)plan.axis.low);
    canvas_text(canvas, x, y + 10, 0, text_size, COLOUR_MUTED, chart->value_title);
    draw_axis(canvas, arena, &plan, x, zero, width);
    double changes = plan.has_changes ? change_room : 0;
    if (plan.has_changes)
        canvas_rectangle(canvas, x + plan.left, foot + 1, width - plan.left, change_room - 2,
                         COLOUR_TINT);
    for (size_t i = 0; i < chart->categories.count; i++) {
        const struct chart_point *bar = &chart->series->points[i];
        double middle = x + plan.left + plan.slot * ((double)i + 0.5);
        double lower = plan.staggered && i % 2 ? (double)plan.rows * text_leading : 0;
        draw_bar(canvas, &plan, bar, middle, zero);
        draw_figure(canvas, middle, foot + 11, plan.figures, COLOUR_TINT, bar->change);
        draw_label(canvas, &plan.labels[i], middle, foot + changes + 10 + lower, x, x + width);
    }
    canvas_rectangle(canvas, x + plan.left, zero - 0.5, width - plan.left, 1, COLOUR_TEXT);
    if (plan.has_changes && chart->change_title.len)
        draw_change_title(canvas, chart->change_title, x + plan.left,
                          foot + changes + labels_height(&plan) + 11);
}
