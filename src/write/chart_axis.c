#include "write/chart_int.h"

#include <float.h>
#include <math.h>

/* Steps finer than a decimal has places, or coarser than its digits, cannot be labelled. */
enum { POWER_LEAST = -DECIMAL_SCALE_MAX, POWER_MOST = 35 };
static const double title_room = 18, label_gap = 5, widest_share = 0.35;
/* A scale from zero would waste as much of the plot. */
static const double far_from_zero = 0.4;

bool line_is_dashed(enum chart_line_kind kind)
{
    return kind == LINE_LIMIT || kind == LINE_TARGET;
}

/* What a council aims at or is held against; not what its own figures give. */
bool line_is_firm(enum chart_line_kind kind)
{
    return kind == LINE_TARGET || kind == LINE_BENCHMARK;
}

static void widen(struct value_range *range, struct decimal value)
{
    int64_t whole;
    double number = decimal_double(value);
    range->fraction = range->fraction || !decimal_integer(value, &whole);
    range->low = range->any ? fmin(range->low, number) : number;
    range->high = range->any ? fmax(range->high, number) : number;
    range->any = true;
}

static void widen_by_point(struct value_range *range, const struct chart_point *point)
{
    if (!point->present)
        return;
    widen(range, point->value);
    if (point->has_range) {
        widen(range, point->low);
        widen(range, point->high);
    }
}

/* A unit that some figures carry and others do not is none of the scale. */
static void find_unit(struct value_range *range, const struct chart_point *point)
{
    bool first = !range->any;
    if (!point->present)
        return;
    if (!text_ends(point->display, TEXT("%")))
        range->suffix = TEXT_EMPTY;
    else if (first)
        range->suffix = TEXT("%");
    if (!text_starts(point->display, TEXT("£")) && !text_starts(point->display, TEXT("-£")))
        range->prefix = TEXT_EMPTY;
    else if (first)
        range->prefix = TEXT("£");
}

struct value_range chart_range(const struct chart *chart)
{
    struct value_range range = {.prefix = TEXT_EMPTY, .suffix = TEXT_EMPTY};
    for (size_t s = 0; s < chart->series_count; s++)
        for (size_t i = 0; i < chart->categories.count; i++) {
            find_unit(&range, &chart->series[s].points[i]);
            widen_by_point(&range, &chart->series[s].points[i]);
        }
    for (size_t i = 0; i < chart->line_count; i++)
        widen(&range, chart->lines[i].value);
    return range;
}

static struct decimal power_step(int digit, int power)
{
    struct decimal step = decimal_from(digit);
    for (; power > 0; power--)
        step.coefficient *= 10;
    step.scale = power < 0 ? (unsigned)-power : 0;
    return step;
}

/* Values that hardly differ for their size are not spread over the scale: digits would run out. */
static struct value_range sensible(struct value_range range, bool needs_zero, bool *broken)
{
    if (!range.any)
        range = (struct value_range){.any = true, .prefix = TEXT_EMPTY, .suffix = TEXT_EMPTY};
    *broken = !needs_zero && range.low > 0 && range.low > far_from_zero * range.high;
    if (!*broken) {
        range.low = fmin(0, range.low);
        range.high = fmax(0, range.high);
    }
    double least = fmax(fabs(range.high), fabs(range.low)) * 0.02;
    if (*broken && range.high - range.low < least) {
        range.low = fmax(0, range.low - least / 2);
        range.high += least / 2;
    }
    return range;
}

struct axis axis_make(struct value_range range, bool needs_zero, unsigned ticks)
{
    struct axis axis = {.prefix = range.prefix, .suffix = range.suffix};
    range = sensible(range, needs_zero, &axis.broken);
    double wide = range.high - range.low > 0 ? range.high - range.low : ticks;
    int least = range.fraction ? POWER_LEAST : 0;
    int power = (int)fmax(least, fmin(floor(log10(wide / ticks)), POWER_MOST));
    double unit = pow(10, power), step = wide / ticks / unit;
    int digit = step <= 1 ? 1 : step <= 2 ? 2 : step <= 5 ? 5 : 10;
    axis.unit = unit * digit;
    axis.step = power_step(digit, power);
    axis.low = (long)floor(range.low / axis.unit + 1e-9);
    axis.high = (long)fmax((double)axis.low + 1, ceil(range.high / axis.unit - 1e-9));
    axis.broken = axis.broken && axis.low > 0;
    return axis;
}

struct text axis_label(struct arena *arena, const struct axis *axis, long tick)
{
    struct decimal value;
    if (!decimal_multiply(axis->step, decimal_from(tick), &value))
        return TEXT_EMPTY;
    struct text label = decimal_display(arena, value, axis->step.scale, DECIMAL_GROUPS);
    if (tick < axis->high || tick < 0)
        return label;
    return text_format(arena, "%.*s%.*s%.*s", TEXT_ARG(axis->prefix), TEXT_ARG(label),
                       TEXT_ARG(axis->suffix));
}

static double widest_label(const struct sketch *sketch, const struct axis *axis)
{
    double widest = 0;
    for (long tick = axis->low; tick <= axis->high; tick++)
        widest = fmax(widest, sketch_width(sketch, 0, axis_label(sketch->arena, axis, tick)));
    return widest;
}

double axis_room(const struct sketch *sketch, const struct axis *axis)
{
    return fmin(widest_label(sketch, axis), sketch->width * widest_share) + 8;
}

double axis_tick(const struct axis *axis, long tick)
{
    return axis->from +
           (axis->to - axis->from) * (double)(tick - axis->low) / (double)(axis->high - axis->low);
}

double axis_place(const struct axis *axis, double value)
{
    double share = (value / axis->unit - (double)axis->low) / (double)(axis->high - axis->low);
    return axis->from + (axis->to - axis->from) * fmax(0, fmin(share, 1));
}

struct axis axis_lying(const struct sketch *sketch, bool needs_zero, double from, double to)
{
    struct axis axis = {0};
    for (unsigned ticks = TICKS_WANTED + 1; ticks > 0; ticks--) {
        axis = axis_make(sketch->range, needs_zero, ticks);
        double room = (to - from) / (double)(axis.high - axis.low);
        if (widest_label(sketch, &axis) + 2 * label_gap <= room)
            break;
    }
    axis.from = from;
    axis.to = to;
    return axis;
}

/* Two strokes through the foot of the scale. */
static void draw_break(struct sketch *sketch, double x, double y)
{
    for (int i = 0; i < 2; i++) {
        double at = y - 7 + 4 * i;
        sketch_line(sketch, (struct point){x - 4, at + 2}, (struct point){x + 4, at - 2}, 1,
                    COLOUR_MUTED, false);
    }
}

void axis_draw(struct sketch *sketch, const struct axis *axis, double left, double right)
{
    for (long tick = axis->low; tick <= axis->high; tick++) {
        struct text label = axis_label(sketch->arena, axis, tick);
        double y = axis_tick(axis, tick), start = left - label_gap - sketch_width(sketch, 0, label);
        sketch_fill(sketch, left, y - 0.25, right - left, 0.5, COLOUR_RULE);
        if (start >= 0)
            sketch_text(sketch, start, y + 3, 0, COLOUR_MUTED, label);
    }
    if (axis->broken)
        draw_break(sketch, left, axis->from);
}

/* Only some of the ticks are labelled where even the fewest labels are too wide for all. */
void axis_draw_lying(struct sketch *sketch, const struct axis *axis, double top, double foot)
{
    double free_from = 0;
    for (long tick = axis->low; tick <= axis->high; tick++) {
        struct text label = axis_label(sketch->arena, axis, tick);
        double x = axis_tick(axis, tick), width = sketch_width(sketch, 0, label);
        double start = fmax(0, fmin(x - width / 2, sketch->width - width));
        sketch_fill(sketch, x - 0.25, top, 0.5, foot - top, COLOUR_RULE);
        if (start < free_from || start + width > sketch->width)
            continue;
        sketch_text(sketch, start, foot + 11, 0, COLOUR_MUTED, label);
        free_from = start + width + label_gap;
    }
}

double axis_title(struct sketch *sketch, bool broken)
{
    struct text title = sketch->chart->value_title;
    if (broken && !sketch->is_panel)
        title = text_format(sketch->arena, "%.*s%s", TEXT_ARG(title),
                            title.len ? " (the scale does not begin at 0)"
                                      : "The scale does not begin at 0");
    unsigned style = sketch->is_panel ? SPAN_BOLD : 0;
    struct lines lines = sketch_broken(sketch, title, style, sketch->width);
    sketch_lines(sketch, &lines, 0, 10, 0, style, sketch->is_panel ? COLOUR_TEXT : COLOUR_MUTED);
    double more = lines.count > 1 ? lines_height(&lines) - chart_leading : 0;
    return title_room + more;
}
