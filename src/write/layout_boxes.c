/* layout_boxes - what stands in boxes, and pictures: call-outs, theme grids, fact panels, the logo.
 */
#include "write/pdf_int.h"

#include <math.h>

static const double box_side = 10, box_padding = 8, box_gap = 10;
enum { LINES_KEPT = 16 }; /* of a fact; a longer one may be cut like a cell */
static const double figure_size = 22, least_figure = 12;
/* A picture is not blown up beyond this, nor higher than that share of a page. */
static const double pixels_per_inch = 150, share_of_page = 0.7, nearly = 0.9;
static const double logo_width = 200, logo_height = 44;

static void add_text(struct flow *flow, struct tag *tag, struct text text, struct text_style style)
{
    struct spans spans = {0};
    spans_add_text(flow->arena, &spans, text, 0);
    flow_spans(flow, tag, &spans, style);
}

/* A row of `count` boxes of equal width where there would be room for `columns`. */
static struct strip_row *new_row(struct flow *flow, unsigned columns, size_t count)
{
    struct strip_row *row = arena_alloc(flow->arena, sizeof *row);
    struct strip_box *boxes = arena_calloc(flow->arena, count, sizeof *boxes);
    double width = (flow->width - box_gap * (columns - 1)) / columns;
    for (size_t i = 0; i < count; i++)
        boxes[i] = (struct strip_box){.x = flow->x + (double)i * (width + box_gap), .width = width};
    *row = (struct strip_row){.cells = arena_calloc(flow->arena, count, sizeof *row->cells),
                              .count = count,
                              .boxes = boxes,
                              .x = flow->x,
                              .width = flow->width,
                              .padding = box_padding};
    return row;
}

static struct flow box_flow(const struct flow *flow, struct strip_row *row, size_t i)
{
    struct flow inner = *flow;
    inner.strips = &row->cells[i];
    inner.x = row->boxes[i].x + box_side;
    inner.width = fmax(20, row->boxes[i].width - 2 * box_side);
    inner.hang = 0;
    inner.in_box = true;
    inner.gap = flow->gap * 0.75;
    return inner;
}

static void add_row(struct flow *flow, struct strip_row *row, double space)
{
    struct strip *strip = strips_add(flow->arena, flow->strips);
    strip->row = row;
    strip->height = row_height(row);
    strip->space_before = space;
}

/* Words above, which stay with what follows; returns the space that this needs then. */
static double add_caption(struct flow *flow, struct tag *tag, struct text caption)
{
    size_t first = flow->strips->count;
    if (!caption.len)
        return flow->gap + 4;
    add_text(flow, tag, caption, flow_caption_style(flow));
    for (size_t i = first; i < flow->strips->count; i++)
        flow->strips->items[i].keep_next = true;
    flow->strips->items[first].space_before = flow->gap + 6;
    return 4;
}

/* Boxes of one block are seen at a glance: strips from `first` on stay on one page, when that is no
 * more than half of it. */
static void keep_together(struct flow *flow, size_t first)
{
    struct strip *strips = flow->strips->items;
    double height = 0, page = page_height(flow->form) - 2 * page_margin;
    for (size_t i = first; i < flow->strips->count; i++)
        height += strips[i].space_before + strips[i].height;
    for (size_t i = first; height <= page / 2 && i + 1 < flow->strips->count; i++)
        strips[i].keep_next = true;
}

static void add_gap(struct flow *flow)
{
    strips_add(flow->arena, flow->strips)->height = 4;
}

void flow_callout(struct flow *flow, const struct blocks *blocks)
{
    struct strip_row *row = new_row(flow, 1, 1);
    row->boxes->bar_left = 3;
    struct flow inner = box_flow(flow, row, 0);
    inner.tag = flow_tag(flow, flow->tag, "Div");
    flow_blocks(&inner, blocks);
    add_row(flow, row, flow->gap + 2);
    add_gap(flow);
}

void flow_grid(struct flow *flow, const struct theme_grid *grid)
{
    size_t first = flow->strips->count;
    double space = add_caption(flow, flow_tag(flow, flow->tag, "P"), grid->caption);
    for (size_t from = 0; from < grid->count; from += grid->columns) {
        size_t count = grid->count - from < grid->columns ? grid->count - from : grid->columns;
        struct strip_row *row = new_row(flow, grid->columns, count);
        for (size_t i = 0; i < count; i++) {
            struct flow inner = box_flow(flow, row, i);
            row->boxes[i].bar_above = 2;
            inner.tag = flow_tag(flow, flow->tag, "Div");
            flow_blocks(&inner, &grid->cells[from + i]);
        }
        add_row(flow, row, space);
        space = box_gap;
    }
    keep_together(flow, first);
    add_gap(flow);
}

/* All figures of a panel in one size, smaller when one of them is long. */
static double figure_size_of(struct flow *flow, const struct panel *panel, double width)
{
    double widest = 0;
    struct text_style style = {SPAN_BOLD, figure_size, 0, COLOUR_ACCENT, false};
    for (size_t i = 0; i < panel->count; i++)
        widest = fmax(widest, flow_text_width(flow, panel->facts[i].figure, style));
    return widest > width ? fmax(least_figure, floor(figure_size * width / widest)) : figure_size;
}

static void add_fact(struct flow *flow, struct tag *list, const struct panel_fact *fact,
                     double size)
{
    struct tag *body = flow_tag(flow, flow_tag(flow, list, "LI"), "LBody");
    struct text_style figure = {SPAN_BOLD, size, size * 1.2, COLOUR_ACCENT, false};
    add_text(flow, flow_tag(flow, body, "P"), fact->figure, figure);
    size_t label = flow->strips->count;
    add_text(flow, flow_tag(flow, body, "P"), fact->label, flow_body_style(flow, SPAN_BOLD));
    size_t last = flow->strips->count;
    if (fact->comparator.len)
        add_text(flow, flow_tag(flow, body, "P"), fact->comparator, flow_body_style(flow, 0));
    if (label < last)
        flow->strips->items[label].space_before = 1;
    if (last < flow->strips->count)
        flow->strips->items[last].space_before = 3;
    size_t kept = flow->strips->count > LINES_KEPT ? label + 1 : flow->strips->count;
    for (size_t i = 0; i + 1 < flow->strips->count && i < kept; i++)
        flow->strips->items[i].keep_next = true;
}

void flow_panel(struct flow *flow, const struct panel *panel)
{
    size_t first = flow->strips->count;
    struct tag *list = flow_unnumbered_tag(flow);
    double space = add_caption(flow, flow_tag(flow, list, "Caption"), panel->caption), size = 0;
    for (size_t from = 0; from < panel->count; from += panel->columns) {
        size_t count = panel->count - from < panel->columns ? panel->count - from : panel->columns;
        struct strip_row *row = new_row(flow, panel->columns, count);
        for (size_t i = 0; i < count; i++) {
            struct flow inner = box_flow(flow, row, i);
            row->boxes[i].bar_above = 2;
            size = size > 0 ? size : figure_size_of(flow, panel, inner.width);
            add_fact(&inner, list, &panel->facts[from + i], size);
        }
        add_row(flow, row, space);
        space = box_gap;
    }
    keep_together(flow, first);
    add_gap(flow);
}

static struct strip *add_picture(struct flow *flow, struct tag *tag, const struct raster *raster,
                                 double scale)
{
    struct strip *strip = strips_add(flow->arena, flow->strips);
    strip->height = scale * raster->height;
    struct item *item = strip_add(flow->arena, strip, ITEM_IMAGE, tag);
    item->raster = raster;
    item->x = flow->x;
    item->width = scale * raster->width;
    item->height = strip->height;
    return strip;
}

/* Nearly as wide as the text would look like a mistake. */
static double picture_scale(const struct flow *flow, const struct raster *raster)
{
    double scale = 72 / pixels_per_inch, full = flow->width / raster->width;
    return scale >= nearly * full ? full : scale;
}

void flow_image(struct flow *flow, const struct image *image)
{
    struct tag *figure = flow_figure_tag(flow, image->alt);
    double space = add_caption(flow, flow_tag(flow, figure, "Caption"), image->caption);
    double room = (page_height(flow->form) - 2 * page_margin) * share_of_page;
    double scale = picture_scale(flow, image->raster);
    add_picture(flow, figure, image->raster, fmin(scale, room / image->raster->height))
        ->space_before = space;
    add_gap(flow);
}

void flow_logo(struct flow *flow)
{
    const struct raster *logo = flow->style->logo;
    if (!logo)
        return;
    struct strip *strip = add_picture(flow, flow_figure_tag(flow, flow->style->logo_alt), logo,
                                      fmin(logo_width / logo->width, logo_height / logo->height));
    strip->space_before = 12;
    strip->keep_next = true;
}
