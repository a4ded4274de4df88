/*
 * chart_int - the charts of a PDF: what chart*.c share.
 *
 * A chart is worked out as pictures, which are lists of marks in points from their top left corner;
 * only picture_draw() knows the canvas. What cannot stand on one page is several pictures: rows and
 * panels go on in the next one. No text is smaller than 9 points, none stands on another, and none
 * leaves its picture.
 */
#ifndef WRITE_CHART_INT_H
#define WRITE_CHART_INT_H

#include "write/pdf_int.h"

/* By which series and signals are told apart without colour. */
enum shape {
    SHAPE_CIRCLE,
    SHAPE_SQUARE,
    SHAPE_TRIANGLE,
    SHAPE_DIAMOND,
    SHAPE_WEDGE, /* a triangle on its tip */
    SHAPE_CROSS,
    SHAPES
};
enum mark_kind { MARK_TEXT, MARK_FILL, MARK_HATCH, MARK_LINE, MARK_SHAPE };
struct mark {
    enum mark_kind kind;
    enum colour colour;
    double x, y;          /* top left corner; start of a line or of a baseline; middle of a shape */
    double width, height; /* of a text its width alone; of a line how far its end is */
    double size;          /* of text and shape; thickness of a line */
    unsigned font;
    enum shape shape;
    bool hollow; /* a shape that is white within */
    bool dashed;
    struct text text;
};
struct picture {
    double width, height;
    struct mark *marks;
    size_t count;
    size_t capacity;
};

/* Where the words are measured and the lines broken. */
extern const double chart_text_size, chart_leading;
enum {
    SERIES_TOLD_APART = 4, /* more are drawn in panels of their own */
    TICKS_WANTED = 5,
    SMALL_TICKS = 3 /* of a small chart */
};

/* All that the axis has to hold. */
struct value_range {
    bool any;
    bool fraction; /* some value is not whole: so may ticks be */
    double low, high;
    struct text prefix, suffix; /* the unit that all figures carry; empty: none */
};

/* A chart that is being drawn: marks are added to the last picture, `x` and `y` from its corner. */
struct sketch {
    struct arena *arena;
    struct metrics *metrics;
    const struct chart *chart;
    struct pictures *pictures;
    double x, y;
    double width;
    double room; /* how high a picture can be */
    double plot; /* how high a plot is to be */
    struct value_range range;
    size_t look;   /* of the first series: number of its colour and shape */
    bool is_panel; /* one of several: titled with its series, what holds for all said before */
    bool is_small; /* one of small multiples: a panel whose scale names its ends alone */
    double head;   /* least height of its title, so that plots beside each other are level */
};

/* ---- chart_picture.c ---- */

/* The rest goes into a new picture. */
void sketch_begin(struct sketch *sketch);
/* The picture is at least that high, from the sketch's own corner. */
void sketch_reach(struct sketch *sketch, double height);
double sketch_width(const struct sketch *sketch, unsigned font, struct text text);
void sketch_text(struct sketch *sketch, double x, double y, unsigned font, enum colour colour,
                 struct text text);
void sketch_fill(struct sketch *sketch, double x, double y, double width, double height,
                 enum colour colour);
void sketch_line(struct sketch *sketch, struct point from, struct point to, double thickness,
                 enum colour colour, bool dashed);
void sketch_shape(struct sketch *sketch, struct point middle, double size, enum shape shape,
                  enum colour colour, bool hollow);
/* A bar in the look of a series, so that bars differ without their colour. */
void sketch_bar(struct sketch *sketch, double x, double y, double width, double height,
                size_t look);
/* What series number `look` is drawn in. */
enum colour series_colour(size_t look);
enum shape series_shape(size_t look);
bool series_hollow(size_t look);

/* Text broken into lines; `style` is of all of it. */
struct lines sketch_broken(const struct sketch *sketch, struct text text, unsigned style,
                           double width);
double lines_width(const struct lines *lines);
double lines_height(const struct lines *lines);
/* Lines with their first baseline at y; `align` is 0 for left, 0.5 for centred about x, 1. */
void sketch_lines(struct sketch *sketch, const struct lines *lines, double x, double y,
                  double align, unsigned font, enum colour colour);

/* The same of spans, each in its own style and left aligned. */
void sketch_styled_lines(struct sketch *sketch, const struct lines *lines,
                         const struct spans *spans, double x, double y);

/* ---- chart_axis.c ---- */

/* A scale in steps of 1, 2 or 5 times a power of ten. */
struct axis {
    struct decimal step;
    double unit;                /* the step */
    long low, high;             /* in steps */
    bool broken;                /* does not begin at 0 */
    double from, to;            /* where low and high stand */
    struct text prefix, suffix; /* of the label of the last tick */
};

/* How a line across is told from the others, besides by its name. */
bool line_is_dashed(enum chart_line_kind kind);
bool line_is_firm(enum chart_line_kind kind);

struct value_range chart_range(const struct chart *chart);
/* With about so many ticks; a scale that needs no zero leaves it out when it is far away. */
struct axis axis_make(struct value_range range, bool needs_zero, unsigned ticks);
struct text axis_label(struct arena *arena, const struct axis *axis, long tick);
/* Left of an upright scale; labels that are wider than about a third of the chart have no room. */
double axis_room(const struct sketch *sketch, const struct axis *axis);
double axis_place(const struct axis *axis, double value);
double axis_tick(const struct axis *axis, long tick);
/* A lying scale with as many ticks as its labels leave room for. */
struct axis axis_lying(const struct sketch *sketch, bool needs_zero, double from, double to);
/* Lines across the plot at the ticks of an upright scale, with their labels left of it. */
void axis_draw(struct sketch *sketch, const struct axis *axis, double left, double right);
/* Lines down the plot, with their labels below it. */
void axis_draw_lying(struct sketch *sketch, const struct axis *axis, double top, double foot);
/* What the scale is of, and that it is broken; returns where the plot's room begins. */
double axis_title(struct sketch *sketch, bool broken);

/* All of them, as if seen through a glass. */
void pictures_grow(struct pictures *pictures, double scale);

/* ---- chart_labels.c ---- */

/* Labels right of the plot, each as near as can be to where it wants to stand. */
struct side_label {
    const struct spans *spans;
    struct lines lines;
    double value;     /* at which it wants to stand; -INFINITY: at the foot, as it is of no point */
    double wanted, y; /* where that is, and the middle of the label */
    bool has_shape;
    size_t look;
};
struct side_labels {
    struct side_label *items;
    size_t count, capacity;
    double width; /* with the room before them; 0 without labels */
};
/* `look` is that of the series, or NULL. The width left of the plot is a share of the chart's. */
struct side_label *side_labels_add(struct sketch *sketch, struct side_labels *labels,
                                   const struct spans *spans, const size_t *look);
/* How high they are on top of each other. */
double side_labels_height(const struct side_labels *labels);
void side_labels_place(struct side_labels *labels, const struct axis *axis);
void side_labels_draw(struct sketch *sketch, const struct side_labels *labels, double x);

/* Names of categories below the plot, as many as can be read; returns how high they are. */
double below_labels_draw(struct sketch *sketch, double left, double right, double foot);
/* The first and the last alone. */
double ends_draw(struct sketch *sketch, double left, double right, double foot);
/* The series with their looks, in rows from `y`; returns where they end. */
double legend_draw(struct sketch *sketch, double y, bool bars);

/* ---- a file a kind ---- */

bool bars_fit(struct sketch *sketch);
void bars_sketch(struct sketch *sketch);
void rows_sketch(struct sketch *sketch);
void lines_sketch(struct sketch *sketch);
void multiples_sketch(struct sketch *sketch);
/* A stretch of the line of a benchmark, dashed on from `phase`, the length drawn before it; returns
 * the length with it. */
double benchmark_stroke(struct sketch *sketch, struct point from, struct point to, double phase);

#endif
