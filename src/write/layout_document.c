/* layout_document - a whole document: its title page, then its blocks, one after the other. */
#include "write/pdf_int.h"

/* Strips of blocks are forgotten when there are that many. */
enum { STRIPS_KEPT = 64 };

/* A line of the title page that stands in the document itself, not in its blocks. */
static void add_title_line(struct flow *flow, struct text text, struct text_style style,
                           double space)
{
    if (!text.len)
        return;
    struct spans spans = {0};
    size_t first = flow->strips->count;
    spans_add_text(flow->arena, &spans, text, 0);
    flow_spans(flow, flow_tag(flow, flow->tag, "P"), &spans, style);
    for (size_t i = first; i < flow->strips->count; i++)
        flow->strips->items[i].keep_next = true;
    if (first < flow->strips->count)
        flow->strips->items[first].space_before = space;
}

static void add_bar(struct flow *flow, double width, double height, double space)
{
    struct strip *strip = strips_add(flow->arena, flow->strips);
    strip->height = height;
    strip->space_before = space;
    strip->keep_next = true;
    struct item *bar = strip_add(flow->arena, strip, ITEM_FILL, NULL);
    bar->x = flow->x;
    bar->width = width;
    bar->height = height;
    bar->colour = COLOUR_ACCENT;
}

/* Organisation, title and subtitle above a rule; the title is the first block. */
static void add_title(struct flow *flow, const struct document *document, struct blocks *rest)
{
    static const struct text_style organisation = {SPAN_BOLD, 12, 16, COLOUR_MUTED, false};
    static const struct text_style subtitle = {0, 13, 18, COLOUR_MUTED, false};
    add_bar(flow, flow->width, 5, 0);
    flow_logo(flow);
    add_title_line(flow, document->organisation, organisation, 12);
    if (rest->count && rest->items[0].kind == BLOCK_HEADING) {
        struct blocks title = {.items = rest->items, .count = 1};
        size_t first = flow->strips->count;
        flow_blocks(flow, &title);
        flow->strips->items[first].space_before = 6;
        rest->items++;
        rest->count--;
    }
    add_title_line(flow, document->subtitle, subtitle, 4);
    add_bar(flow, 72, 2, 10);
}

struct flow flow_new(struct arena *arena, struct metrics *metrics, struct diags *diags,
                     const struct document *document, struct tag *root)
{
    return (struct flow){
        .arena = arena,
        .metrics = metrics,
        .diags = diags,
        .style = document_style(document),
        .tag = root,
        .width = page_width(document->form) - 2 * page_margin,
        .size = document_style(document)->body_size,
        .leading = document_style(document)->body_size * (15.2 / 11),
        .gap = 8,
        .form = document->form,
        .home = document->form,
        .place = PLACE_NONE,
        .anchor = TEXT_EMPTY,
    };
}

static struct blocks begin_document(struct flow *flow, const struct document *document,
                                    struct strips *strips, struct outline *outline)
{
    struct blocks rest = document->blocks;
    flow->strips = strips;
    flow->outline = outline;
    outline->strips = strips;
    notes_begin(flow, outline->arena, &document->blocks);
    add_title(flow, document, &rest);
    return rest;
}

void layout_document(struct arena *arena, struct metrics *metrics, struct diags *diags,
                     const struct document *document, struct tag *root, struct strips *strips,
                     struct outline *outline)
{
    struct flow flow = flow_new(arena, metrics, diags, document, root);
    outline->arena = arena;
    struct blocks rest = begin_document(&flow, document, strips, outline);
    for (size_t i = 0; i < rest.count; i++)
        flow_turned(&flow, &rest, i);
}

bool flow_is_streamed(const struct flow *flow)
{
    return flow->stream && flow->strips == flow->stream->strips;
}

/* Whether all strips that there are have found their place. */
static bool place_strips(struct flow *flow)
{
    struct stream *stream = flow->stream;
    flow_set_anchor(flow);
    pager_place(stream->pager, flow->arena, stream->strips, &stream->from, false);
    return stream->from == stream->strips->count;
}

/* Begins anew; an empty strip says that others stand before. */
static void forget_strips(struct stream *stream)
{
    stream->forgotten += stream->from;
    arena_reset(stream->rows);
    *stream->strips = (struct strips){0};
    strips_add(stream->rows, stream->strips);
    stream->from = stream->strips->count;
}

bool flow_pass_on(struct flow *flow, bool forget)
{
    if (!place_strips(flow) || !forget || flow->stream->from <= STRIPS_KEPT)
        return false;
    forget_strips(flow->stream);
    return true;
}

/* When a block is complete, nothing more is shared with what follows. */
static void pass_block_on(struct flow *flow)
{
    struct stream *stream = flow->stream;
    if (!place_strips(flow) || stream->from + stream->forgotten <= STRIPS_KEPT)
        return;
    forget_strips(stream);
    arena_reset(stream->groups);
    flow->arena = pager_give(stream->pager, flow->arena);
    stream->forgotten = 0;
}

void layout_stream(struct layout *layout, struct outline *outline, const struct page_sink *sink)
{
    const struct document *document = layout->document;
    struct strips strips = {0};
    struct stream stream = {.pager = pager_new(layout->arena, document->form, sink),
                            .strips = &strips,
                            .rows = arena_new(),
                            .groups = arena_new()};
    struct flow flow =
        flow_new(arena_new(), layout->metrics, layout->diags, document, layout->root);
    flow.stream = &stream;
    flow.widths = &layout->widths;
    layout->widths.next = layout->widths.next_form = 0;
    struct blocks rest = begin_document(&flow, document, &strips, outline);
    for (size_t i = 0; i < rest.count; i++) {
        flow_turned(&flow, &rest, i);
        pass_block_on(&flow);
    }
    pager_place(stream.pager, flow.arena, &strips, &stream.from, true);
    arena_free(stream.groups);
    arena_free(stream.rows);
    arena_free(flow.arena);
}
