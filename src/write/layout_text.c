/* layout_text - spans become lines of strips; what every kind of block is made of. */
#include "base/utf8.h"
#include "write/pdf_int.h"

#include <math.h>

struct tag *tag_new(struct arena *arena, struct tag *parent, const char *type)
{
    struct tag *tag = arena_alloc(arena, sizeof *tag);
    *tag = (struct tag){.type = type,
                        .parent = parent,
                        .alt = TEXT_EMPTY,
                        .language = TEXT_EMPTY,
                        .says = TEXT_EMPTY,
                        .expansion = TEXT_EMPTY};
    return tag;
}

struct tag *flow_tag(struct flow *flow, struct tag *parent, const char *type)
{
    return flow->artifact ? NULL : tag_new(flow->arena, parent, type);
}

struct tag *flow_note_tag(struct flow *flow)
{
    struct tag *tag = flow_tag(flow, flow->tag, "Note");
    if (tag) {
        tag->is_named = true;
        tag->attributes = "<</O/Layout/Placement/Block>>"; /* not in the line before */
    }
    return tag;
}

struct tag *flow_unnumbered_tag(struct flow *flow)
{
    struct tag *tag = flow_tag(flow, flow->tag, "L");
    if (tag)
        tag->attributes = "<</O/List/ListNumbering/None>>";
    return tag;
}

struct tag *flow_figure_tag(struct flow *flow, struct text alt)
{
    struct tag *tag = flow_tag(flow, flow->tag, "Figure");
    if (tag)
        tag->alt = alt;
    return tag;
}

/* " in table 'Crime', row 3, column 'Update'", or nothing. */
static struct text place_in_block(const struct flow *flow)
{
    const struct table *table = flow->table;
    if (flow->chart)
        return text_format(flow->arena, " in chart '%.*s'",
                           TEXT_ARG(text_quote(flow->arena, flow->chart->name)));
    if (!table)
        return TEXT_EMPTY;
    struct buffer where = {.arena = flow->arena};
    buffer_format(&where, " in table '%.*s'", TEXT_ARG(text_quote(flow->arena, table->name)));
    if (flow->row)
        buffer_format(&where, ", row %zu, column '%.*s'", flow->row,
                      TEXT_ARG(text_quote(flow->arena, table->columns[flow->column].header)));
    return buffer_text(&where);
}

bool is_right_to_left(uint32_t point)
{
    return (point >= 0x590 && point < 0x900) || (point >= 0xFB1D && point < 0xFE00) ||
           (point >= 0xFE70 && point < 0xFEFF) || (point >= 0x10800 && point < 0x11000) ||
           (point >= 0x1E800 && point < 0x1F000) || point == 0x200F || point == 0x202B ||
           point == 0x202E || point == 0x2067;
}

void flow_check_glyphs(struct flow *flow)
{
    uint32_t missing = flow->metrics->missing;
    flow->metrics->missing = 0;
    if (!missing)
        return;
    struct text where = place_in_block(flow);
    if (missing == UTF8_INVALID)
        diag(flow->diags, DIAG_GLYPH, flow->place,
             "bytes that are not UTF-8%.*s; correct the source", TEXT_ARG(where));
    else if (is_right_to_left(missing))
        diag(flow->diags, DIAG_GLYPH, flow->place,
             "the character U+%04X%.*s is read from right to left, and a report only from left to "
             "right: give the words in Latin letters, and the original in a document of its own",
             missing, TEXT_ARG(where));
    else
        diag(flow->diags, DIAG_GLYPH, flow->place,
             "no font has the character U+%04X%.*s; replace it in the source", missing,
             TEXT_ARG(where));
}

/* The baseline of a line: half of the leading above and below letters of 0.72 em. */
static double baseline(double size, double leading)
{
    return (leading + 0.72 * size) / 2;
}

void item_set_text(struct item *item, double x, struct text text, struct text_style style)
{
    item->x = x;
    item->y = baseline(style.size, style.leading);
    item->font = style.style % FONTS;
    item->size = style.size;
    item->colour = style.colour;
    item->text = text;
}

double flow_text_width(struct flow *flow, struct text text, struct text_style style)
{
    return (double)flow->metrics->width(flow->metrics, style.style % FONTS, text) * style.size /
           1000;
}

/* Words that name a note belong to what refers to it, or to the note as its label; what leads to
 * another place of the document refers to it (ISO 32000-1, 14.8.4.4). */
static struct tag *around_link(struct flow *flow, struct tag *tag, const struct span *span)
{
    if (span->note && span->note == flow->note)
        return flow_tag(flow, tag, "Lbl");
    return text_starts(span->link, TEXT("#")) ? flow_tag(flow, tag, "Reference") : tag;
}

static bool is_same_link(const struct span *a, const struct span *b)
{
    return a->note == b->note && text_equal(a->link, b->link);
}

/* Of all the spans of one link, in several styles, that begin with span `i`. */
static struct text words_of_link(struct flow *flow, const struct spans *spans, size_t i)
{
    struct buffer out = {.arena = flow->arena};
    for (size_t k = i; k < spans->count && is_same_link(&spans->items[k], &spans->items[i]); k++)
        buffer_add(&out, spans->items[k].text);
    return text_trim(buffer_text(&out));
}

static struct tag *link_tag(struct flow *flow, struct tag *tag, const struct spans *spans, size_t i)
{
    struct tag *link = flow_tag(flow, around_link(flow, tag, &spans->items[i]), "Link");
    link->says = spans->items[i].says.len ? spans->items[i].says : words_of_link(flow, spans, i);
    return link;
}

/* The tag of each span: its link's or language's own, made once for all lines of the span. */
static struct tag **span_tags(struct flow *flow, struct tag *tag, const struct spans *spans)
{
    struct tag **tags = arena_calloc(flow->arena, spans->count, sizeof(struct tag *));
    for (size_t i = 0; i < spans->count; i++) {
        const struct span *span = &spans->items[i];
        tags[i] = tag;
        if (tag && span->link.len)
            tags[i] =
                i > 0 && is_same_link(span, span - 1) ? tags[i - 1] : link_tag(flow, tag, spans, i);
        else if (tag && span->language.len)
            (tags[i] = flow_tag(flow, tag, "Span"))->language = span->language;
    }
    return tags;
}

/* A short form that is said in full: bytes of the words of span `span`. */
struct expansion {
    size_t span, from, to;
    struct tag *tag;
};
struct expansions {
    struct expansion *items;
    size_t count;
    size_t capacity;
};

/* Each has an element of its own, once for all lines; words of links and of other languages none.
 */
static struct expansions find_expansions(struct flow *flow, struct tag **tags,
                                         const struct spans *spans)
{
    struct expansions found = {0};
    if (flow->table && flow->table->explains)
        return found;
    for (size_t i = 0; flow->short_forms && i < spans->count; i++) {
        const struct span *span = &spans->items[i];
        struct short_use use = {0};
        if (!tags[i] || span->link.len || span->language.len)
            continue;
        while (short_forms_next(flow->short_forms, span->text, use.to, &use)) {
            if (short_use_is_explained(span->text, &use))
                continue;
            struct tag *tag = flow_tag(flow, tags[i], "Span");
            tag->expansion = short_use_meaning(&use);
            found.items = arena_grow(flow->arena, found.items, found.count, &found.capacity,
                                     sizeof *found.items);
            found.items[found.count++] = (struct expansion){i, use.from, use.to, tag};
        }
    }
    return found;
}

static void add_piece(struct flow *flow, struct strip *strip, struct tag *tag,
                      const struct piece *piece, const struct span *span, struct text_style style,
                      double shift)
{
    style.style |= span->style;
    if (span->link.len)
        style.colour = COLOUR_ACCENT;
    struct item *item = strip_add(flow->arena, strip, ITEM_TEXT, tag);
    item_set_text(item, flow->x + shift + piece->x, piece->text, style);
    item->width = piece->width;
    if (!span->link.len)
        return;
    item->link = span->link;
    item->place = flow->place;
    struct item line = *item;
    struct item *underline = strip_add(flow->arena, strip, ITEM_FILL, tag);
    underline->x = line.x;
    underline->y = line.y + 0.12 * style.size;
    underline->width = line.width;
    underline->height = 0.5;
    underline->colour = style.colour;
}

/* Bytes `from` to `to` of the span's words, which stand in the piece. */
static struct piece part_of(struct flow *flow, const struct piece *piece, const struct span *span,
                            struct text_style style, size_t from, size_t to)
{
    size_t begin = (size_t)(piece->text.ptr - span->text.ptr);
    struct piece part = *piece;
    style.style |= span->style;
    part.text = text_slice(span->text, from, to);
    part.x += flow_text_width(flow, text_slice(span->text, begin, from), style);
    part.width = flow_text_width(flow, part.text, style);
    return part;
}

/* The piece in parts, where short forms stand in it. Pieces come in order, as do expansions: *next
 * is the first that does not end before the piece. */
static void add_parts(struct flow *flow, struct strip *strip, struct tag *tag,
                      const struct expansions *found, size_t *next, const struct piece *piece,
                      const struct span *span, struct text_style style, double shift)
{
    if (!found->count) {
        add_piece(flow, strip, tag, piece, span, style, shift);
        return;
    }
    size_t at = (size_t)(piece->text.ptr - span->text.ptr), end = at + piece->text.len;
    const struct expansion *e = found->items + *next, *last = found->items + found->count;
    while (e < last && (e->span < piece->span || (e->span == piece->span && e->to <= at)))
        e++;
    *next = (size_t)(e - found->items);
    if (e == last || e->span > piece->span || e->from >= end) {
        add_piece(flow, strip, tag, piece, span, style, shift);
        return;
    }
    while (at < end) {
        bool is_near = e < last && e->span == piece->span && e->from < end;
        bool is_short = is_near && e->from <= at;
        size_t stop = is_short ? e->to : is_near ? e->from : end;
        stop = stop < end ? stop : end;
        struct piece part = part_of(flow, piece, span, style, at, stop);
        add_piece(flow, strip, is_short ? e->tag : tag, &part, span, style, shift);
        e += is_short;
        at = stop;
    }
}

/* Two lines at least stay together at each end of a text. */
static void keep_ends_together(struct strip *strips, size_t count)
{
    if (count > 1)
        strips[0].keep_next = strips[count - 2].keep_next = true;
}

static struct text without_breaks(struct arena *arena, struct text words)
{
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < words.len; i++)
        buffer_add(&out, words.ptr[i] == ' ' ? TEXT("\u00a0") : text_slice(words, i, i + 1));
    return buffer_text(&out);
}

/* "[note 1]" stands on one line. */
static const struct spans *hold_references(struct arena *arena, const struct spans *spans)
{
    struct spans *held = NULL;
    for (size_t i = 0; i < spans->count; i++) {
        if (!spans->items[i].note)
            continue;
        if (!held) {
            held = arena_calloc(arena, 1, sizeof *held);
            for (size_t k = 0; k < spans->count; k++)
                spans_add(arena, held, spans->items[k]);
        }
        held->items[i].text = without_breaks(arena, spans->items[i].text);
    }
    return held ? held : spans;
}

size_t flow_spans(struct flow *flow, struct tag *tag, const struct spans *words,
                  struct text_style style)
{
    const struct spans *spans = hold_references(flow->arena, words);
    struct lines lines = (flow->is_title ? layout_title_lines : layout_lines)(
        flow->arena, flow->metrics, spans, style.style, style.size, flow->width);
    struct tag **tags = span_tags(flow, tag, spans);
    const struct expansions found = find_expansions(flow, tags, spans);
    size_t next = 0; /* of those */
    for (size_t i = 0; i < lines.count; i++) {
        const struct line *line = &lines.items[i];
        struct strip *strip = strips_add(flow->arena, flow->strips);
        strip->height = style.leading;
        double shift = style.align_right ? fmax(0, flow->width - line->width) : 0;
        for (size_t p = 0; p < line->count; p++) {
            const struct span *span = &spans->items[line->pieces[p].span];
            add_parts(flow, strip, tags[line->pieces[p].span], &found, &next, &line->pieces[p],
                      span, style, shift);
            if (span->note)
                notes_refer(flow, strip, span->note);
        }
    }
    if (lines.count)
        keep_ends_together(&flow->strips->items[flow->strips->count - lines.count], lines.count);
    flow_check_glyphs(flow);
    return lines.count;
}
