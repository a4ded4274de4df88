/* Marks of a picture, and how they are drawn with what a canvas has: rectangles and polygons. */
#include "write/chart_int.h"

#include <math.h>

const double chart_text_size = 9, chart_leading = 11.5;
static const double outline = 1, hatch_gap = 4.5, hatch_line = 1.6, dash = 4, dash_gap = 2.5;

static struct picture *open_picture(const struct sketch *sketch)
{
    return &sketch->pictures->items[sketch->pictures->count - 1];
}

void sketch_begin(struct sketch *sketch)
{
    struct pictures *pictures = sketch->pictures;
    pictures->items = arena_grow(sketch->arena, pictures->items, pictures->count,
                                 &pictures->capacity, sizeof *pictures->items);
    pictures->items[pictures->count++] = (struct picture){.width = sketch->x + sketch->width};
    sketch->y = 0;
}

void sketch_reach(struct sketch *sketch, double height)
{
    struct picture *picture = open_picture(sketch);
    picture->height = fmax(picture->height, sketch->y + height);
}

static struct mark *add_mark(struct sketch *sketch, enum mark_kind kind, double x, double y,
                             enum colour colour)
{
    struct picture *picture = open_picture(sketch);
    picture->marks = arena_grow(sketch->arena, picture->marks, picture->count, &picture->capacity,
                                sizeof *picture->marks);
    struct mark *mark = &picture->marks[picture->count++];
    *mark = (struct mark){
        .kind = kind, .colour = colour, .x = sketch->x + x, .y = sketch->y + y, .text = TEXT_EMPTY};
    return mark;
}

double sketch_width(const struct sketch *sketch, unsigned font, struct text text)
{
    return (double)sketch->metrics->width(sketch->metrics, font, text) * chart_text_size / 1000;
}

void sketch_text(struct sketch *sketch, double x, double y, unsigned font, enum colour colour,
                 struct text text)
{
    if (!text.len)
        return;
    struct mark *mark = add_mark(sketch, MARK_TEXT, x, y, colour);
    mark->font = font;
    mark->size = chart_text_size;
    mark->text = text;
    mark->width = sketch_width(sketch, font, text_trim(text)); /* a space at its end is not seen */
}

static void add_area(struct sketch *sketch, enum mark_kind kind, double x, double y, double width,
                     double height, enum colour colour)
{
    if (!(width > 0 && height > 0))
        return;
    struct mark *mark = add_mark(sketch, kind, x, y, colour);
    mark->width = width;
    mark->height = height;
}

void sketch_fill(struct sketch *sketch, double x, double y, double width, double height,
                 enum colour colour)
{
    add_area(sketch, MARK_FILL, x, y, width, height, colour);
}

void sketch_line(struct sketch *sketch, struct point from, struct point to, double thickness,
                 enum colour colour, bool dashed)
{
    struct mark *mark = add_mark(sketch, MARK_LINE, from.x, from.y, colour);
    mark->width = to.x - from.x;
    mark->height = to.y - from.y;
    mark->size = thickness;
    mark->dashed = dashed;
}

void sketch_shape(struct sketch *sketch, struct point middle, double size, enum shape shape,
                  enum colour colour, bool hollow)
{
    struct mark *mark = add_mark(sketch, MARK_SHAPE, middle.x, middle.y, colour);
    mark->size = size;
    mark->shape = shape;
    mark->hollow = hollow;
}

enum colour series_colour(size_t look)
{
    static const enum colour colours[SERIES_TOLD_APART] = {COLOUR_ACCENT, COLOUR_SECOND,
                                                           COLOUR_THIRD, COLOUR_FOURTH};
    return colours[look % SERIES_TOLD_APART];
}

enum shape series_shape(size_t look)
{
    return (enum shape)(look % SHAPES);
}

bool series_hollow(size_t look)
{
    return look / SHAPES % 2;
}

/* Full, light within an outline, hatched within an outline, full in another colour. */
void sketch_bar(struct sketch *sketch, double x, double y, double width, double height, size_t look)
{
    double inner_width = width - 2 * outline, inner_height = height - 2 * outline;
    look %= SERIES_TOLD_APART;
    sketch_fill(sketch, x, y, width, height, look == 3 ? COLOUR_SECOND : COLOUR_ACCENT);
    if (look == 1 || look == 2)
        sketch_fill(sketch, x + outline, y + outline, inner_width, inner_height,
                    look == 1 ? COLOUR_TINT : COLOUR_WHITE);
    if (look == 2)
        add_area(sketch, MARK_HATCH, x + outline, y + outline, inner_width, inner_height,
                 COLOUR_ACCENT);
}

struct lines sketch_broken(const struct sketch *sketch, struct text text, unsigned style,
                           double width)
{
    struct spans spans = {0};
    spans_add_text(sketch->arena, &spans, text, style);
    return layout_lines(sketch->arena, sketch->metrics, &spans, 0, chart_text_size, width);
}

double lines_width(const struct lines *lines)
{
    double widest = 0;
    for (size_t i = 0; i < lines->count; i++)
        widest = fmax(widest, lines->items[i].width);
    return widest;
}

double lines_height(const struct lines *lines)
{
    return (double)lines->count * chart_leading;
}

void sketch_lines(struct sketch *sketch, const struct lines *lines, double x, double y,
                  double align, unsigned font, enum colour colour)
{
    for (size_t i = 0; i < lines->count; i++) {
        const struct line *line = &lines->items[i];
        for (size_t p = 0; p < line->count; p++)
            sketch_text(sketch, x - align * line->width + line->pieces[p].x,
                        y + (double)i * chart_leading, font, colour, line->pieces[p].text);
    }
}

void sketch_styled_lines(struct sketch *sketch, const struct lines *lines,
                         const struct spans *spans, double x, double y)
{
    for (size_t i = 0; i < lines->count; i++)
        for (size_t p = 0; p < lines->items[i].count; p++) {
            const struct piece *piece = &lines->items[i].pieces[p];
            sketch_text(sketch, x + piece->x, y + (double)i * chart_leading,
                        spans->items[piece->span].style, COLOUR_TEXT, piece->text);
        }
}

/* ---- on a canvas ---- */

/* The part of a straight line that lies in `from` to `to` along it, as a thin polygon. */
static void draw_stroke(struct canvas *canvas, const struct mark *mark, struct point corner,
                        double from, double to)
{
    double length = hypot(mark->width, mark->height);
    double along_x = mark->width / length, along_y = mark->height / length;
    double x = corner.x + mark->x, y = corner.y + mark->y, half = mark->size / 2;
    const struct point points[] = {
        {x + along_x * from - along_y * half, y + along_y * from + along_x * half},
        {x + along_x * to - along_y * half, y + along_y * to + along_x * half},
        {x + along_x * to + along_y * half, y + along_y * to - along_x * half},
        {x + along_x * from + along_y * half, y + along_y * from - along_x * half},
    };
    canvas_polygon(canvas, points, 4, mark->colour);
}

static void draw_line(struct canvas *canvas, const struct mark *mark, struct point corner)
{
    double length = hypot(mark->width, mark->height);
    if (!(length > 0))
        return;
    if (!mark->dashed)
        draw_stroke(canvas, mark, corner, 0, length);
    for (double at = 0; mark->dashed && at < length; at += dash + dash_gap)
        draw_stroke(canvas, mark, corner, at, fmin(at + dash, length));
}

/* Keeps of a polygon what lies where a x + b y <= c; returns the number of its corners. */
static size_t cut(const struct point *points, size_t count, double a, double b, double c,
                  struct point *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        struct point p = points[i], q = points[(i + 1) % count];
        double p_over = a * p.x + b * p.y - c, q_over = a * q.x + b * q.y - c;
        if (p_over <= 0)
            out[kept++] = p;
        if ((p_over < 0 && q_over > 0) || (p_over > 0 && q_over < 0)) {
            double share = p_over / (p_over - q_over);
            out[kept++] = (struct point){p.x + share * (q.x - p.x), p.y + share * (q.y - p.y)};
        }
    }
    return kept;
}

/* Slanting stripes, cut where the bar ends. */
static void draw_hatch(struct canvas *canvas, const struct mark *mark, struct point corner)
{
    double x = corner.x + mark->x, y = corner.y + mark->y;
    double right = x + mark->width, foot = y + mark->height;
    const struct point area[] = {{x, y}, {right, y}, {right, foot}, {x, foot}};
    for (double at = x + y + hatch_gap / 2; at < right + foot; at += hatch_gap) {
        struct point above[8], stripe[16];
        size_t count = cut(area, 4, 1, 1, at + hatch_line, above);
        count = cut(above, count, -1, -1, -at, stripe);
        if (count > 2)
            canvas_polygon(canvas, stripe, count, mark->colour);
    }
}

static void draw_solid(struct canvas *canvas, enum shape shape, struct point middle, double size,
                       enum colour colour)
{
    static const struct {
        size_t count;
        struct point points[12];
    } outlines[SHAPES] = {
        [SHAPE_SQUARE] = {4, {{-0.9, -0.9}, {0.9, -0.9}, {0.9, 0.9}, {-0.9, 0.9}}},
        [SHAPE_TRIANGLE] = {3, {{0, -1.1}, {1.15, 0.9}, {-1.15, 0.9}}},
        [SHAPE_DIAMOND] = {4, {{0, -1.25}, {1.25, 0}, {0, 1.25}, {-1.25, 0}}},
        [SHAPE_WEDGE] = {3, {{0, 1.1}, {1.15, -0.9}, {-1.15, -0.9}}},
        [SHAPE_CROSS] = {12,
                         {{-0.4, -1.1},
                          {0.4, -1.1},
                          {0.4, -0.4},
                          {1.1, -0.4},
                          {1.1, 0.4},
                          {0.4, 0.4},
                          {0.4, 1.1},
                          {-0.4, 1.1},
                          {-0.4, 0.4},
                          {-1.1, 0.4},
                          {-1.1, -0.4},
                          {-0.4, -0.4}}},
    };
    struct point points[12];
    for (size_t i = 0; i < outlines[shape].count; i++)
        points[i] = (struct point){middle.x + outlines[shape].points[i].x * size / 2,
                                   middle.y + outlines[shape].points[i].y * size / 2};
    if (shape == SHAPE_CIRCLE)
        canvas_circle(canvas, middle.x, middle.y, size / 2, colour);
    else
        canvas_polygon(canvas, points, outlines[shape].count, colour);
}

/* With a white rim, so that it stands off from the line through it. */
static void draw_shape(struct canvas *canvas, const struct mark *mark, struct point corner)
{
    struct point middle = {corner.x + mark->x, corner.y + mark->y};
    draw_solid(canvas, mark->shape, middle, mark->size + 1.6, COLOUR_WHITE);
    draw_solid(canvas, mark->shape, middle, mark->size, mark->colour);
    if (mark->hollow)
        draw_solid(canvas, mark->shape, middle, mark->size - 2.6, COLOUR_WHITE);
}

static void draw_mark(struct canvas *canvas, const struct mark *mark, struct point corner)
{
    switch (mark->kind) {
    case MARK_TEXT:
        canvas_text(canvas, corner.x + mark->x, corner.y + mark->y, mark->font, mark->size,
                    mark->colour, mark->text);
        break;
    case MARK_FILL:
        canvas_rectangle(canvas, corner.x + mark->x, corner.y + mark->y, mark->width, mark->height,
                         mark->colour);
        break;
    case MARK_HATCH:
        draw_hatch(canvas, mark, corner);
        break;
    case MARK_LINE:
        draw_line(canvas, mark, corner);
        break;
    case MARK_SHAPE:
        draw_shape(canvas, mark, corner);
        break;
    }
}

void pictures_grow(struct pictures *pictures, double scale)
{
    for (size_t p = 0; p < pictures->count; p++) {
        struct picture *picture = &pictures->items[p];
        picture->width *= scale;
        picture->height *= scale;
        for (size_t i = 0; i < picture->count; i++) {
            struct mark *mark = &picture->marks[i];
            mark->x *= scale;
            mark->y *= scale;
            mark->width *= scale;
            mark->height *= scale;
            mark->size *= scale;
        }
    }
}

double picture_height(const struct picture *picture)
{
    return picture->height;
}

const struct picture *pictures_item(const struct pictures *pictures, size_t i)
{
    return &pictures->items[i];
}

void picture_draw(struct canvas *canvas, const struct picture *picture, double x, double y)
{
    for (size_t i = 0; i < picture->count; i++)
        draw_mark(canvas, &picture->marks[i], (struct point){x, y});
}
