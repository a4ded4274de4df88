/* layout_blocks - blocks become strips: headings, paragraphs, lists, keys, charts. */
#include "data/value.h"
#include "write/pdf_int.h"

#include <math.h>

static const struct text_style heading_styles[] = {
    {SPAN_BOLD, 24, 29, COLOUR_ACCENT, false}, {SPAN_BOLD, 16, 20, COLOUR_ACCENT, false},
    {SPAN_BOLD, 13, 17, COLOUR_ACCENT, false}, {SPAN_BOLD, 11.5, 15, COLOUR_TEXT, false},
    {SPAN_BOLD, 11, 15, COLOUR_TEXT, false},   {SPAN_BOLD, 11, 15, COLOUR_MUTED, false},
};
/* Whatever its level: boxes look alike. */
static const struct text_style box_heading = {SPAN_BOLD, 11.5, 15, COLOUR_ACCENT, false};
static const double heading_space[] = {0, 22, 16, 12, 10, 10};
enum { HEADING_LEVELS = 6 };
static const double paragraph_hang = 34;
/* What lists within lists of a narrow column leave for text before they are run in less. */
static const double narrowest_text = 24;

static struct strip *last_strip(struct flow *flow)
{
    return &flow->strips->items[flow->strips->count - 1];
}

struct item *strip_add_first(struct flow *flow, struct strip *strip, enum item_kind kind,
                             struct tag *tag)
{
    strip_add(flow->arena, strip, kind, tag);
    struct item first = strip->items[strip->count - 1];
    for (size_t i = strip->count - 1; i > 0; i--)
        strip->items[i] = strip->items[i - 1];
    strip->items[0] = first;
    return &strip->items[0];
}

static void add_label(struct flow *flow, size_t first, struct tag *tag, double x, struct text label,
                      struct text_style style)
{
    struct strip *strip = &flow->strips->items[first];
    struct item *item = strip_add_first(flow, strip, ITEM_TEXT, tag);
    item_set_text(item, x, label, style);
    flow_text_width(flow, label, style);
    flow_check_glyphs(flow);
}

/* At least one strip for a text that may be empty, so that labels have a line to stand on. */
static void ensure_strip(struct flow *flow, size_t first, double height)
{
    if (flow->strips->count == first)
        strips_add(flow->arena, flow->strips)->height = height;
}

static void set_space(struct flow *flow, size_t first, double space)
{
    if (first < flow->strips->count && first > 0)
        flow->strips->items[first].space_before = space;
}

static void add_anchor(struct flow *flow, size_t first, struct text anchor)
{
    if (anchor.len && first < flow->strips->count)
        strip_add_first(flow, &flow->strips->items[first], ITEM_ANCHOR, NULL)->text = anchor;
}

const double longest_line = 66.3;

/* The flow run in by `indent`; by less where too little room would be left. */
static struct flow indented(const struct flow *flow, double indent)
{
    struct flow inner = *flow;
    if (flow->width - indent < narrowest_text)
        indent = fmin(indent, flow->width * 0.3);
    inner.x += indent;
    inner.width = fmin(flow->width - indent, longest_line * flow->size);
    return inner;
}

static unsigned heading_level(struct flow *flow, const struct heading *heading)
{
    unsigned level = heading->level;
    if (level > flow->level + 1)
        level = flow->level + 1; /* a level left out would lose readers of headings their way */
    if (level > HEADING_LEVELS)
        level = HEADING_LEVELS;
    return level ? level : 1;
}

static void note_heading(struct flow *flow, const struct heading *heading, unsigned level,
                         size_t first)
{
    if (!flow->outline || flow->artifact)
        return;
    struct outline_entry entry = {.level = level,
                                  .number = heading->number,
                                  .words = spans_plain(flow->arena, &heading->spans)};
    add_anchor(flow, first, outline_add(flow->outline, entry));
}

static void add_heading(struct flow *flow, const struct heading *heading)
{
    static const char *const types[] = {"H1", "H2", "H3", "H4", "H5", "H6"};
    unsigned level = heading_level(flow, heading);
    struct text_style style =
        flow_scaled(flow, flow->in_box ? box_heading : heading_styles[level - 1]);
    struct tag *tag = flow_tag(flow, flow->tag, types[level - 1]);
    size_t first = flow->strips->count;
    struct text label = text_format(flow->arena, "%.*s  ", TEXT_ARG(heading->number));
    double indent = heading->number.len ? fmax(flow_text_width(flow, label, style), 28) : 0;
    struct flow inner = indented(flow, indent);
    inner.is_title = level <= 2;
    flow_spans(&inner, tag, &heading->spans, style);
    ensure_strip(flow, first, style.leading);
    if (heading->number.len)
        add_label(flow, first, tag, flow->x, label, style);
    struct item *bookmark = strip_add_first(flow, &flow->strips->items[first], ITEM_BOOKMARK, NULL);
    bookmark->level = level;
    bookmark->text =
        text_numbered(flow->arena, heading->number, spans_plain(flow->arena, &heading->spans));
    for (size_t i = first; i < flow->strips->count; i++)
        flow->strips->items[i].keep_next = true;
    set_space(flow, first, heading_space[level - 1]);
    note_heading(flow, heading, level, first);
    flow->level = level;
}

static double hang(const struct flow *flow)
{
    return paragraph_hang * flow_scale(flow);
}

/* Heading `i` begins a section: where its paragraphs have numbers, all words have their indent. */
static void begin_section(struct flow *flow, const struct blocks *blocks, size_t i)
{
    const struct block *block = &blocks->items[i];
    if (block->heading.level > 2)
        return;
    flow->hang = 0;
    for (size_t k = i + 1; k < blocks->count && flow->hang <= 0; k++) {
        block = &blocks->items[k];
        if (block->kind == BLOCK_HEADING && block->heading.level <= 2)
            return;
        if (block->kind == BLOCK_PARAGRAPH && block->paragraph.number.len)
            flow->hang = hang(flow);
    }
}

static bool leads_on(const struct spans *spans)
{
    return spans->count && text_ends(text_trim(spans->items[spans->count - 1].text), TEXT(":"));
}

static void add_paragraph(struct flow *flow, const struct paragraph *paragraph)
{
    struct tag *tag = flow_tag(flow, flow->tag, "P");
    struct text_style style = flow_body_style(flow, 0);
    size_t first = flow->strips->count;
    if (paragraph->number.len)
        flow->hang = hang(flow);
    struct flow inner = indented(flow, flow->hang);
    flow_spans(&inner, tag, &paragraph->spans, style);
    if (paragraph->number.len) {
        ensure_strip(flow, first, style.leading);
        add_label(flow, first, tag, flow->x,
                  text_format(flow->arena, "%.*s ", TEXT_ARG(paragraph->number)), style);
    }
    if (leads_on(&paragraph->spans) && flow->strips->count > first)
        last_strip(flow)->keep_next = true;
    set_space(flow, first, flow->gap);
}

static void add_note(struct flow *flow, const struct paragraph *note)
{
    struct tag *tag = flow_note_tag(flow);
    struct text_style style = note->footnote ? flow_small_style(flow) : flow_body_style(flow, 0);
    size_t first = flow->strips->count;
    struct flow outer = indented(flow, note->footnote ? 0 : flow->hang),
                inner = indented(&outer, 12);
    inner.note = note->footnote;
    flow_spans(&inner, tag, &note->spans, style);
    if (note->number.len) {
        ensure_strip(flow, first, style.leading);
        add_label(flow, first, tag, outer.x, note->number, style);
    }
    for (size_t i = first; i < flow->strips->count; i++) {
        struct item *bar = strip_add(flow->arena, &flow->strips->items[i], ITEM_FILL, NULL);
        *bar = (struct item){.kind = ITEM_FILL,
                             .colour = COLOUR_ACCENT,
                             .x = outer.x,
                             .width = 2,
                             .height = style.leading + 0.1,
                             .text = TEXT_EMPTY,
                             .link = TEXT_EMPTY};
    }
    set_space(flow, first, flow->gap);
}

static struct text item_label(struct flow *flow, const struct list *list, size_t i)
{
    return list->ordered ? text_format(flow->arena, "%zu. ", list->first + i) : TEXT("• ");
}

static double label_indent(struct flow *flow, const struct list *list)
{
    double indent = 0;
    size_t last = list->count ? list->count - 1 : 0;
    indent = flow_text_width(flow, item_label(flow, list, last), flow_body_style(flow, 0));
    return fmax(indent + 2, list->ordered ? flow->size * 1.7 : flow->size * 1.2);
}

static void add_list(struct flow *flow, const struct list *list)
{
    struct tag *tag = flow_tag(flow, flow->tag, "L");
    if (tag)
        tag->attributes =
            list->ordered ? "<</O/List/ListNumbering/Decimal>>" : "<</O/List/ListNumbering/Disc>>";
    struct flow outer = indented(flow, flow->hang);
    double indent = label_indent(flow, list);
    outer.hang = 0;
    size_t first = flow->strips->count;
    for (size_t i = 0; i < list->count; i++) {
        size_t start = flow->strips->count;
        struct tag *item = flow_tag(flow, tag, "LI");
        struct tag *label = flow_tag(flow, item, "Lbl");
        struct flow inner = indented(&outer, indent);
        inner.tag = flow_tag(flow, item, "LBody");
        inner.gap = flow->gap * 0.45;
        struct text words = item_label(flow, list, i);
        if (flow_text_width(flow, words, flow_body_style(flow, 0)) > inner.x - outer.x) {
            struct strip *line = strips_add(flow->arena, flow->strips); /* of its own */
            line->height = flow->leading;
            line->keep_next = true;
        }
        flow_blocks(&inner, &list->items[i]);
        ensure_strip(flow, start, flow->leading);
        add_label(flow, start, label, outer.x, words, flow_body_style(flow, 0));
        set_space(flow, start, flow->gap * 0.45);
        bool is_short = flow->strips->count - start <= 2;
        if (is_short && i + 1 == list->count && i > 1) /* not alone on a page */
            flow->strips->items[start - 1].keep_next = true;
    }
    set_space(flow, first, flow->gap * 0.6);
}

/* One row of two cells, the first of them `left` wide, between light rules. */
static struct strip_row *add_pair(struct flow *flow, double left, struct flow *label,
                                  struct flow *body, bool is_first)
{
    struct strip_row *row = arena_alloc(flow->arena, sizeof *row);
    *row = (struct strip_row){.cells = arena_calloc(flow->arena, 2, sizeof *row->cells),
                              .count = 2,
                              .x = flow->x,
                              .width = flow->width,
                              .padding = 4,
                              .rule_above = is_first ? 0.75 : 0,
                              .rule_below = 0.5,
                              .rule_colour = COLOUR_RULE};
    *label = *body = *flow;
    label->hang = body->hang = 0;
    label->width = left - 10;
    body->x += left;
    body->width = flow->width - left;
    label->strips = &row->cells[0];
    body->strips = &row->cells[1];
    return row;
}

static void finish_pair(struct flow *flow, struct strip_row *row, bool is_first)
{
    struct strip *strip = strips_add(flow->arena, flow->strips);
    strip->row = row;
    strip->height = row_height(row);
    strip->space_before = is_first ? flow->gap + 4 : 0;
}

/* No row of a list stands alone at the foot or head of a page. */
static void keep_ends(struct flow *flow, size_t first)
{
    size_t count = flow->strips->count;
    if (count < first + 2)
        return;
    flow->strips->items[first].keep_next = true;
    flow->strips->items[count - 2].keep_next = true;
}

static double term_width(struct flow *flow, const struct definitions *definitions)
{
    double widest = 0;
    for (size_t i = 0; i < definitions->count; i++)
        widest = fmax(widest, flow_text_width(flow, definitions->items[i].term,
                                              flow_body_style(flow, SPAN_BOLD)));
    return fmin(widest + 22, flow->width * 0.34);
}

/* A list whose labels are the terms: read aloud, each term comes with what it stands for. */
static void add_definitions(struct flow *flow, const struct definitions *definitions)
{
    struct tag *tag = flow_unnumbered_tag(flow);
    double left = term_width(flow, definitions);
    size_t first = flow->strips->count;
    for (size_t i = 0; i < definitions->count; i++) {
        struct flow label, body;
        struct strip_row *row = add_pair(flow, left, &label, &body, i == 0);
        struct tag *item = flow_tag(flow, tag, "LI");
        struct spans term = {0};
        spans_add_text(flow->arena, &term, definitions->items[i].term, 0);
        flow_spans(&label, flow_tag(flow, item, "Lbl"), &term, flow_body_style(flow, SPAN_BOLD));
        body.tag = flow_tag(flow, item, "LBody");
        body.gap = 4;
        flow_blocks(&body, &definitions->items[i].meaning);
        if (body.strips->count == 0) {
            struct strip *empty = strips_add(flow->arena, body.strips);
            strip_add(flow->arena, empty, ITEM_TAG, body.tag);
        }
        finish_pair(flow, row, i == 0);
    }
    keep_ends(flow, first);
}

static void add_key(struct flow *flow, const struct key *key)
{
    struct tag *tag = flow_unnumbered_tag(flow);
    size_t first = flow->strips->count;
    for (size_t i = 0; i < key->count; i++) {
        struct flow label, body;
        struct strip_row *row = add_pair(flow, 130 * flow_scale(flow), &label, &body, i == 0);
        row->padding = 3;
        struct tag *item = flow_tag(flow, tag, "LI");
        struct tag *word = flow_tag(flow, item, "Lbl");
        struct spans spans = {0}, meaning = {0};
        label.x += 16;
        label.width -= 16;
        spans_add_text(flow->arena, &spans, text_from(rag_word(key->items[i].rag)), 0);
        flow_spans(&label, word, &spans, flow_body_style(flow, SPAN_BOLD));
        struct item *shape = strip_add_first(flow, &label.strips->items[0], ITEM_STATUS, word);
        shape->x = flow->x + 2;
        shape->size = flow->size * 0.8;
        shape->y = (flow->leading - shape->size) / 2;
        shape->rag = key->items[i].rag;
        spans_add_text(flow->arena, &meaning, key->items[i].meaning, 0);
        flow_spans(&body, flow_tag(flow, item, "LBody"), &meaning, flow_body_style(flow, 0));
        finish_pair(flow, row, i == 0);
    }
    keep_ends(flow, first);
    flow_keep_together(flow, first, 0.4);
    if (flow->next && flow->next->kind == BLOCK_TABLE && !flow->is_below_table &&
        flow->strips->count > first)
        last_strip(flow)->keep_next = true;
}

/* `figure` has the caption already, and takes the first picture; `above` is how high it is. */
static void add_pictures(struct flow *flow, const struct chart *chart, struct tag *figure,
                         double above)
{
    double room = page_height(flow->form) - 2 * page_margin - above - 8;
    struct pictures pictures = chart_pictures(flow->arena, flow->metrics, chart, flow->width, room,
                                              flow->style->table_size);
    flow->chart = chart;
    flow_check_glyphs(flow);
    flow->chart = NULL;
    struct text continued = text_format(flow->arena, "%.*s (continued)", TEXT_ARG(chart->caption));
    for (size_t i = 0; i < pictures.count; i++) {
        struct strip *strip = strips_add(flow->arena, flow->strips);
        struct tag *tag = i ? flow_figure_tag(flow, continued) : figure;
        struct item *item = strip_add(flow->arena, strip, ITEM_CHART, tag);
        item->picture = pictures_item(&pictures, i);
        item->x = flow->x;
        item->width = flow->width;
        item->height = strip->height = picture_height(item->picture);
        strip->space_before = 4;
    }
}

/* What the markers mean that the bars and points carry; empty when they carry none. */
static struct text chart_shorthand(struct flow *flow, const struct chart *chart)
{
    unsigned used = 0;
    for (size_t s = 0; s < chart->series_count; s++)
        for (size_t i = 0; i < chart->categories.count; i++) {
            const struct chart_point *point = &chart->series[s].points[i];
            used |= markers_shown(point->display) | markers_shown(point->change);
        }
    return used ? markers_explained(flow->arena, used) : TEXT_EMPTY;
}

/* The caption and, below it, the shorthand, which is read before the figure as a table's is. */
static void add_chart_caption(struct flow *flow, const struct chart *chart, struct tag *figure)
{
    struct spans caption = {0}, shorthand = {0};
    struct text meaning = chart_shorthand(flow, chart);
    struct tag *before = meaning.len ? flow_tag(flow, flow->tag, "P") : NULL;
    if (before)
        strip_add(flow->arena, strips_add(flow->arena, flow->strips), ITEM_TAG, before);
    spans_add_text(flow->arena, &caption, chart->caption, 0);
    flow_spans(flow, flow_tag(flow, figure, "Caption"), &caption, flow_caption_style(flow));
    if (!meaning.len)
        return;
    spans_add_text(flow->arena, &shorthand, meaning, 0);
    flow_spans(flow, before, &shorthand, flow_small_style(flow));
}

static void add_chart(struct flow *flow, const struct chart *chart)
{
    size_t first = flow->strips->count;
    struct tag *figure = flow_figure_tag(flow, chart->alt);
    add_chart_caption(flow, chart, figure);
    for (size_t i = first; i < flow->strips->count; i++)
        flow->strips->items[i].keep_next = true;
    set_space(flow, first, flow->gap + 6);
    struct strips above = {.items = flow->strips->items + first,
                           .count = flow->strips->count - first};
    add_pictures(flow, chart, figure, strips_height(&above));
    if (chart->data)
        flow_table(flow, chart->data);
    else if (flow_belongs(flow->next))
        last_strip(flow)->keep_next = true;
}

static void add_callout(struct flow *flow, const struct blocks *blocks)
{
    struct flow inner = indented(flow, flow->hang);
    inner.width = flow->width - flow->hang; /* a box is no line */
    flow_callout(&inner, blocks);
}

void flow_page_break(struct flow *flow, enum page_form form)
{
    struct strip *strip = strips_add(flow->arena, flow->strips);
    strip->new_page = true;
    strip->form = flow->form = form;
    strip->keep_next = true;
    flow->width = page_width(form) - 2 * page_margin;
}

static void add_block(struct flow *flow, const struct block *block)
{
    switch (block->kind) {
    case BLOCK_HEADING:
        add_heading(flow, &block->heading);
        break;
    case BLOCK_PARAGRAPH:
        add_paragraph(flow, &block->paragraph);
        break;
    case BLOCK_NOTE:
        add_note(flow, &block->paragraph);
        break;
    case BLOCK_LIST:
        add_list(flow, &block->list);
        break;
    case BLOCK_TABLE:
        flow_table(flow, block->table);
        break;
    case BLOCK_CHART:
        add_chart(flow, block->chart);
        break;
    case BLOCK_DEFINITIONS:
        add_definitions(flow, &block->definitions);
        break;
    case BLOCK_KEY:
        add_key(flow, &block->key);
        break;
    case BLOCK_CALLOUT:
        add_callout(flow, &block->callout);
        break;
    case BLOCK_GRID:
        flow_grid(flow, block->grid);
        break;
    case BLOCK_PANEL:
        flow_panel(flow, block->panel);
        break;
    case BLOCK_IMAGE:
        flow_image(flow, &block->image);
        break;
    case BLOCK_PAGE_BREAK:
        flow->home = block->form;
        flow_page_break(flow, block->form);
        last_strip(flow)->runs_on = block->runs_on;
        break;
    case BLOCK_PLACEMENT:
        diag(flow->diags, DIAG_INTERNAL, block->place, "a placement is left in the document");
        break;
    }
}

void flow_set_anchor(struct flow *flow)
{
    add_anchor(flow, flow->first, flow->anchor);
    flow->anchor = TEXT_EMPTY;
}

void flow_block(struct flow *flow, const struct blocks *blocks, size_t i)
{
    const struct block *block = &blocks->items[i];
    if (block->kind == BLOCK_HEADING && heading_level(flow, &block->heading) > 1)
        outline_begin(flow);
    if (block->kind == BLOCK_HEADING)
        begin_section(flow, blocks, i);
    if (block->place.file.len)
        flow->place = block->place;
    flow->next = i + 1 < blocks->count ? block + 1 : NULL;
    flow->is_below_table =
        i > 0 && (block[-1].kind == BLOCK_TABLE || block[-1].kind == BLOCK_CHART);
    flow->first = flow->strips->count;
    flow->anchor = block->anchor;
    add_block(flow, block);
    if (block->kind == BLOCK_LIST && i > 0 && block[-1].kind == BLOCK_HEADING)
        set_space(flow, flow->first, flow->gap); /* as that of a paragraph */
    notes_stay(flow, flow->first);
    flow_set_anchor(flow);
}

void flow_blocks(struct flow *flow, const struct blocks *blocks)
{
    for (size_t i = 0; i < blocks->count; i++)
        flow_block(flow, blocks, i);
}
