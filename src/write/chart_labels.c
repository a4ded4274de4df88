/* Words around a plot: beside it, below it, and the legend. */
#include "data/date.h"
#include "write/chart_int.h"

#include <math.h>
#include <stdlib.h>

static const double shape_room = 13, before_side = 8, widest_side = 0.3, side_gap = 2;
static const double widest_word = 0.6; /* beside a small plot: no figure is broken */
static const double between_below = 7, between_legend = 16;
enum { MOST_LINES_BELOW = 3 };

/* ---- beside the plot ---- */

struct side_label *side_labels_add(struct sketch *sketch, struct side_labels *labels,
                                   const struct spans *spans, const size_t *look)
{
    double before = before_side + (look ? shape_room : 0);
    double least =
        layout_extent(sketch->arena, sketch->metrics, spans, 0, chart_text_size).least + 0.1;
    double room = fmax(sketch->width * widest_side - before,
                       fmin(least, sketch->is_small ? sketch->width * widest_word - before : 0));
    struct lines lines =
        layout_lines(sketch->arena, sketch->metrics, spans, 0, chart_text_size, room);
    labels->items = arena_grow(sketch->arena, labels->items, labels->count, &labels->capacity,
                               sizeof *labels->items);
    struct side_label *label = &labels->items[labels->count++];
    *label = (struct side_label){
        .lines = lines, .spans = spans, .has_shape = look, .look = look ? *look : 0};
    labels->width = fmax(labels->width, before + lines_width(&lines));
    return label;
}

static double label_height(const struct side_label *label)
{
    return lines_height(&label->lines) + side_gap;
}

double side_labels_height(const struct side_labels *labels)
{
    double height = 0;
    for (size_t i = 0; i < labels->count; i++)
        height += label_height(&labels->items[i]);
    return height;
}

static int by_wanted(const void *a, const void *b)
{
    const struct side_label *x = a, *y = b;
    return (x->wanted > y->wanted) - (x->wanted < y->wanted);
}

/* From above each stands where it wants, or below the one before; then from below likewise. */
void side_labels_place(struct side_labels *labels, const struct axis *axis)
{
    double free_from = axis->to, free_to = axis->from;
    for (size_t i = 0; i < labels->count; i++)
        labels->items[i].wanted = axis_place(axis, labels->items[i].value);
    if (labels->count)
        qsort(labels->items, labels->count, sizeof *labels->items, by_wanted);
    for (size_t i = 0; i < labels->count; i++) {
        struct side_label *label = &labels->items[i];
        label->y = fmax(label->wanted, free_from + label_height(label) / 2);
        free_from = label->y + label_height(label) / 2;
    }
    for (size_t i = labels->count; i-- > 0;) {
        struct side_label *label = &labels->items[i];
        label->y = fmin(label->y, free_to - label_height(label) / 2);
        free_to = label->y - label_height(label) / 2;
    }
}

void side_labels_draw(struct sketch *sketch, const struct side_labels *labels, double x)
{
    for (size_t i = 0; i < labels->count; i++) {
        const struct side_label *label = &labels->items[i];
        double text_x = x + before_side + (label->has_shape ? shape_room : 0);
        double first = label->y - lines_height(&label->lines) / 2 + chart_text_size;
        if (fabs(label->y - label->wanted) > 2 && label->value > -INFINITY)
            sketch_line(sketch, (struct point){x, label->wanted},
                        (struct point){x + before_side - 2, label->y}, 0.5, COLOUR_MUTED, false);
        if (label->has_shape)
            sketch_shape(sketch, (struct point){x + before_side + 5, first - 3}, 6,
                         series_shape(label->look), series_colour(label->look),
                         series_hollow(label->look));
        sketch_styled_lines(sketch, &label->lines, label->spans, text_x, first);
    }
}

/* ---- below the plot ---- */

struct below {
    struct sketch *sketch;
    double left, slot;
    const struct text *names; /* a category */
    struct text *groups;      /* their years, drawn once each below the names; NULL: none */
};

/* Where "Apr 2021" is to be cut; 0 when it doesn't end in a year. */
static size_t year_start(struct text name)
{
    for (size_t at = name.len; at-- > 0;)
        if (name.ptr[at] == ' ')
            return name.len - at >= 5 && is_digit(name.ptr[at + 1]) && is_digit(name.ptr[at + 4])
                       ? at
                       : 0;
    return 0;
}

/* "Sep" of "September": beside its year nobody reads it as anything else. */
static struct text short_name(struct text name)
{
    int month = month_number(name);
    return month ? text_slice(text_from(month_name(month)), 0, 3) : name;
}

/* Whether years are worth a row of their own: all end in one, and some share theirs. */
static bool have_years(const struct texts *categories)
{
    struct text last = TEXT_EMPTY;
    bool shared = false;
    for (size_t i = 0; i < categories->count; i++) {
        struct text name = categories->items[i];
        size_t cut = year_start(name);
        if (!cut)
            return false;
        struct text year = text_slice(name, cut + 1, name.len);
        shared = shared || text_equal(year, last);
        last = year;
    }
    return shared;
}

static struct below below_of(struct sketch *sketch, double left, double right)
{
    const struct texts *categories = &sketch->chart->categories;
    size_t count = categories->count;
    struct below below = {.sketch = sketch,
                          .left = left,
                          .slot = (right - left) / (double)(count ? count : 1),
                          .names = categories->items};
    if (!have_years(categories))
        return below;
    struct text *names = arena_calloc(sketch->arena, count, sizeof *names);
    below.groups = arena_calloc(sketch->arena, count, sizeof *below.groups);
    for (size_t i = 0; i < count; i++) {
        struct text whole = categories->items[i];
        size_t cut = year_start(whole);
        below.groups[i] = text_slice(whole, cut + 1, whole.len);
        names[i] = short_name(text_slice(whole, 0, whole.ptr[cut - 1] == ',' ? cut - 1 : cut));
    }
    below.names = names;
    return below;
}

/* A text centred below a category, moved in from the edges; true when it is right of *free_from. */
static bool stands(const struct below *below, size_t i, double width, double *x, double *free_from)
{
    double middle = below->left + below->slot * ((double)i + 0.5);
    *x = fmax(0, fmin(middle - width / 2, below->sketch->width - width));
    bool free = *x >= *free_from;
    if (free)
        *free_from = *x + width + between_below;
    return free;
}

static struct lines broken_name(const struct below *below, size_t i, size_t step)
{
    size_t count = below->sketch->chart->categories.count;
    double room = below->slot * (double)(step < count ? step : count) - between_below;
    return sketch_broken(below->sketch, below->names[i], 0, fmax(room, 1));
}

/* Whether each step'th name can be read, words whole. */
static bool step_fits(const struct below *below, size_t step)
{
    struct sketch *sketch = below->sketch;
    double free_from = 0, x;
    for (size_t i = 0; i < sketch->chart->categories.count; i += step) {
        struct spans spans = {0};
        spans_add_text(sketch->arena, &spans, below->names[i], 0);
        struct lines lines = broken_name(below, i, step);
        struct extent extent =
            layout_extent(sketch->arena, sketch->metrics, &spans, 0, chart_text_size);
        if (extent.least > lines_width(&lines) + 0.01 || lines.count > MOST_LINES_BELOW ||
            !stands(below, i, lines_width(&lines), &x, &free_from))
            return false;
    }
    return true;
}

/* Every category, or each second, third, sixth… */
static size_t step_of(const struct below *below)
{
    static const size_t steps[] = {1, 2, 3, 4, 6, 12, 24, 60, 120};
    size_t count = below->sketch->chart->categories.count;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && steps[i] < count; i++)
        if (step_fits(below, steps[i]))
            return steps[i];
    return count ? count : 1;
}

static double draw_names(const struct below *below, size_t step, double foot)
{
    size_t rows = 0;
    double free_from = 0, x;
    for (size_t i = 0; i < below->sketch->chart->categories.count; i += step) {
        struct lines lines = broken_name(below, i, step);
        double width = lines_width(&lines);
        if (!stands(below, i, width, &x, &free_from))
            continue;
        sketch_lines(below->sketch, &lines, x + width / 2, foot + 12, 0.5, 0, COLOUR_TEXT);
        rows = lines.count > rows ? lines.count : rows;
    }
    return (double)rows * chart_leading;
}

/* A year stands below its first category that has a name; those without room are left out. */
static double draw_groups(const struct below *below, size_t step, double y)
{
    double free_from = 0, x;
    struct text last = TEXT_EMPTY;
    for (size_t i = 0; i < below->sketch->chart->categories.count; i += step) {
        double width = sketch_width(below->sketch, 0, below->groups[i]);
        if (text_equal(last, below->groups[i]) || !stands(below, i, width, &x, &free_from))
            continue;
        sketch_text(below->sketch, x, y, 0, COLOUR_MUTED, below->groups[i]);
        last = below->groups[i];
    }
    return chart_leading;
}

static void draw_marks(const struct below *below, size_t step, double foot)
{
    for (size_t i = 0; i < below->sketch->chart->categories.count; i += step)
        sketch_fill(below->sketch, below->left + below->slot * ((double)i + 0.5) - 0.25, foot, 0.5,
                    3, COLOUR_TEXT);
}

double below_labels_draw(struct sketch *sketch, double left, double right, double foot)
{
    struct below below = below_of(sketch, left, right);
    size_t step = step_of(&below);
    draw_marks(&below, step, foot);
    double height = draw_names(&below, step, foot);
    if (below.groups)
        height += draw_groups(&below, step, foot + 12 + height);
    return height + 6;
}

double ends_draw(struct sketch *sketch, double left, double right, double foot)
{
    const struct texts *categories = &sketch->chart->categories;
    if (!categories->count)
        return chart_leading;
    size_t last = categories->count - 1;
    double slot = (right - left) / (double)categories->count;
    double room = (sketch->width - between_below) / (last ? 2 : 1);
    struct lines first = sketch_broken(sketch, categories->items[0], 0, room);
    double x = last ? fmin(left, room - lines_width(&first)) : (left + right) / 2, height = 0;
    x = fmax(x, last ? 0 : lines_width(&first) / 2);
    sketch_lines(sketch, &first, x, foot + 12, last ? 0 : 0.5, 0, COLOUR_TEXT);
    sketch_fill(sketch, left + slot / 2 - 0.25, foot, 0.5, 3, COLOUR_TEXT);
    height = lines_height(&first);
    if (last) {
        struct lines end = sketch_broken(sketch, categories->items[last], 0, room);
        double from = x + lines_width(&first) + between_below;
        double to = fmin(fmax(right, from + lines_width(&end)), sketch->width);
        sketch_lines(sketch, &end, to, foot + 12, 1, 0, COLOUR_TEXT);
        sketch_fill(sketch, right - slot / 2 - 0.25, foot, 0.5, 3, COLOUR_TEXT);
        height = fmax(height, lines_height(&end));
    }
    return height + 6;
}

/* ---- the legend ---- */

double legend_draw(struct sketch *sketch, double y, bool bars)
{
    double x = 0, row = y, end = y;
    for (size_t s = 0; s < sketch->chart->series_count; s++) {
        size_t look = sketch->look + s;
        struct lines lines =
            sketch_broken(sketch, sketch->chart->series[s].label, 0, sketch->width - shape_room);
        double width = shape_room + lines_width(&lines);
        if (x > 0 && x + width > sketch->width) {
            x = 0;
            row = end;
        }
        if (bars)
            sketch_bar(sketch, x, row + 1, 9, 9, look);
        else
            sketch_shape(sketch, (struct point){x + 4.5, row + 5.5}, 7, series_shape(look),
                         series_colour(look), series_hollow(look));
        sketch_lines(sketch, &lines, x + shape_room, row + 9, 0, 0, COLOUR_TEXT);
        end = fmax(end, row + fmax(lines_height(&lines), chart_leading) + 3);
        x += width + between_legend;
    }
    return end;
}
