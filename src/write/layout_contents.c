/* layout_contents - the list of headings that a long document begins with. */
#include "write/pdf_int.h"

#include <math.h>

/* Lincolnshire's rule for published documents: contents when there are more than 21 pages. */
enum { PAGES_WITHOUT_CONTENTS = 21, LOWEST_LEVEL = 3 };
static const double number_room = 40, level_indent = 16, label_gap = 8;

bool wants_contents(const struct document *document, size_t pages)
{
    return document->contents == CONTENTS_YES ||
           (document->contents == CONTENTS_AUTOMATIC && pages > PAGES_WITHOUT_CONTENTS);
}

struct text outline_add(struct outline *outline, struct outline_entry entry)
{
    entry.anchor = text_format(outline->arena, CONTENTS_ANCHOR "%zu", outline->count + 1);
    entry.number = text_copy(outline->arena, entry.number);
    entry.words = text_copy(outline->arena, entry.words);
    outline->items = arena_grow(outline->arena, outline->items, outline->count, &outline->capacity,
                                sizeof entry);
    outline->items[outline->count++] = entry;
    return entry.anchor;
}

static struct text_style entry_style(const struct flow *flow, unsigned level)
{
    return (struct text_style){level == 2 ? SPAN_BOLD : 0, flow->size, flow->leading, COLOUR_TEXT,
                               false};
}

/* A click on the words or anywhere between them and the page number leads to the heading. */
static void link_lines(struct flow *flow, size_t first, struct text anchor, double right)
{
    struct text link = text_format(flow->arena, "#%.*s", TEXT_ARG(anchor));
    for (size_t i = first; i < flow->strips->count; i++)
        for (size_t k = 0; k < flow->strips->items[i].count; k++) {
            struct item *item = &flow->strips->items[i].items[k];
            item->link = link;
            item->width = right - item->x;
        }
}

static void add_page_number(struct flow *flow, struct tag *tag, struct text anchor,
                            struct text_style style, double right)
{
    struct strip *strip = &flow->strips->items[flow->strips->count - 1];
    struct item *number = strip_add(flow->arena, strip, ITEM_PAGE_NUMBER, tag);
    item_set_text(number, right, anchor, style);
    struct item *rule = strip_add(flow->arena, strip, ITEM_FILL, NULL);
    rule->x = flow->x;
    rule->y = style.leading + 1.5;
    rule->width = right - flow->x;
    rule->height = 0.5;
    rule->colour = COLOUR_RULE;
}

/* "Appendix A" is no number: its words follow it. */
static bool is_number(struct text label)
{
    return label.len && label.ptr[0] >= '0' && label.ptr[0] <= '9';
}

static double label_width(struct flow *flow, const struct outline_entry *entry)
{
    return flow_text_width(flow, entry->number, entry_style(flow, entry->level)) + label_gap;
}

/* The numbers of one level stand in a column of their own. */
static double label_room(struct flow *flow, const struct outline *outline, unsigned level)
{
    double room = 0;
    for (size_t i = 0; i < outline->count; i++)
        if (outline->items[i].level == level && is_number(outline->items[i].number))
            room = fmax(fmax(room, level_indent), label_width(flow, &outline->items[i]));
    return fmin(room, flow->width / 4);
}

/* `labels`: the room of each level's; what stands below an entry begins where its words do. */
static void add_entry(struct flow *flow, struct tag *item, const struct outline_entry *entry,
                      const double *labels)
{
    double label = labels[entry->level];
    if (entry->number.len && !is_number(entry->number))
        label = fmin(label_width(flow, entry), flow->width / 4);
    struct tag *tag = flow_tag(flow, flow_tag(flow, item, "Reference"), "Link");
    struct text_style style = entry_style(flow, entry->level);
    struct flow inner = *flow;
    if (tag)
        tag->says = text_numbered(flow->arena, entry->number, entry->words);
    double right = flow->x + flow->width;
    inner.x += entry->level > 2 ? fmax(level_indent, labels[2]) : 0;
    inner.width = right - inner.x - number_room;
    size_t first = flow->strips->count;
    struct spans words = {0};
    /* the space keeps the last word and the page number apart where they are read */
    spans_add_text(flow->arena, &words, text_format(flow->arena, "%.*s ", TEXT_ARG(entry->words)),
                   0);
    struct flow body = inner;
    body.x += label;
    body.width -= label;
    if (!flow_spans(&body, tag, &words, style))
        strips_add(flow->arena, flow->strips)->height = style.leading;
    link_lines(flow, first, entry->anchor, right);
    if (entry->number.len)
        item_set_text(strip_add_first(&inner, &flow->strips->items[first], ITEM_TEXT, tag), inner.x,
                      text_format(flow->arena, "%.*s ", TEXT_ARG(entry->number)), style);
    add_page_number(&inner, tag, entry->anchor, style, right);
    struct strips *strips = flow->strips;
    for (size_t i = first; i + 1 < strips->count; i++)
        strips->items[i].keep_next = true;
    strips->items[first].space_before = entry->level == 2 ? 7 : 4;
}

/* Entries of the lower level are a list within the entry above them. */
static void add_entries(struct flow *flow, const struct outline *outline)
{
    struct tag *top = flow_tag(flow, flow->tag, "TOC"), *above = NULL, *inner = NULL;
    double labels[LOWEST_LEVEL + 1] = {0};
    for (unsigned level = 2; level <= LOWEST_LEVEL; level++)
        labels[level] = label_room(flow, outline, level);
    for (size_t i = 0; i < outline->count; i++) {
        const struct outline_entry *entry = &outline->items[i];
        if (entry->level < 2 || entry->level > LOWEST_LEVEL)
            continue;
        if (entry->level > 2 && above && !inner)
            inner = flow_tag(flow, above, "TOC");
        bool is_inner = entry->level > 2 && above;
        struct tag *item = flow_tag(flow, is_inner ? inner : top, "TOCI");
        if (!is_inner) {
            above = item;
            inner = NULL;
        }
        add_entry(flow, item, entry, labels);
    }
}

static void add_contents(struct flow *flow, const struct outline *outline)
{
    struct blocks heading = {0};
    struct block *block = blocks_add(flow->arena, &heading, BLOCK_HEADING);
    block->heading.level = 2;
    block->heading.number = TEXT_EMPTY;
    spans_add_text(flow->arena, &block->heading.spans, TEXT("Contents"), 0);
    flow_blocks(flow, &heading);
    flow->metrics->width(flow->metrics, 0, TEXT("0123456789"));
    flow->metrics->width(flow->metrics, SPAN_BOLD, TEXT("0123456789"));
    add_entries(flow, outline);
    struct strip *next = strips_add(flow->arena, flow->strips);
    next->new_page = next->keep_next = true;
    next->form = flow->form;
}

void outline_begin(struct flow *flow)
{
    struct outline *outline = flow->outline;
    if (!outline || flow->artifact || outline->is_placed || flow->strips != outline->strips)
        return;
    outline->is_placed = true;
    if (!outline->contents)
        return;
    struct flow contents = *flow;
    contents.outline = NULL;
    contents.level = 1;
    contents.hang = 0;
    contents.place = PLACE_NONE;
    add_contents(&contents, outline->contents);
}
