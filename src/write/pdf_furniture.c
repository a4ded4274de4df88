/* pdf_furniture - what each page has beside its content: header, footer, and the mark of a draft.
 */
#include "write/pdf_int.h"

#include <math.h>

/* Points; the first baseline from the top, and the last but one from the foot of the page. */
static const double size = 9, leading = 11, header_at = 36, footer_at = 30, gap = 20;
/* Beyond these, a text is cut: it would stand in the content's place. */
enum { LINES = 2 };

#define DRAFT TEXT("Draft")

/* A title says itself that it is a draft's. */
static struct text header_of(struct arena *arena, const struct document *document)
{
    if (!document->header.len)
        return document->title;
    return document->is_draft ? text_format(arena, "Draft: %.*s", TEXT_ARG(document->header))
                              : document->header;
}

static double text_width(struct metrics *metrics, struct text text)
{
    return (double)metrics->width(metrics, 0, text) * size / 1000;
}

static struct lines break_lines(struct arena *arena, struct metrics *metrics, struct text text,
                                double width)
{
    struct spans spans = {0};
    spans_add_text(arena, &spans, text, 0);
    return layout_lines(arena, metrics, &spans, 0, size, width);
}

static struct text words_of(const struct line *line)
{
    return line->count ? line->pieces[0].text : TEXT_EMPTY;
}

/* Without its last word; of one word, without its last character. */
static struct text shorter(struct text words)
{
    size_t to = words.len - 1, space = to;
    while (space && words.ptr[space] != ' ')
        space--;
    while (to && ((unsigned char)words.ptr[to] & 0xC0) == 0x80)
        to--;
    return text_trim(text_slice(words, 0, space ? space : to));
}

/* As many of the words as have room before the sign that they go on. */
static struct text cut_words(struct arena *arena, struct metrics *metrics, struct text words,
                             double width)
{
    struct text sign = TEXT("…"), rest = text_trim(words);
    while (rest.len && text_width(metrics, text_concat(arena, rest, sign)) > width)
        rest = shorter(rest);
    return text_concat(arena, rest, sign);
}

/* The lines that are shown, at most LINES; the last of them ends with a sign where it goes on. */
static size_t shown_lines(const struct furniture *page, struct text text, double width,
                          struct text shown[LINES])
{
    struct metrics *metrics = canvas_metrics(page->canvas);
    struct lines lines = break_lines(page->arena, metrics, text, width);
    size_t count = 0;
    for (; count < lines.count && count < LINES; count++)
        shown[count] = words_of(&lines.items[count]);
    if (lines.count > LINES)
        shown[LINES - 1] = cut_words(page->arena, metrics, shown[LINES - 1], width);
    return count;
}

static void draw(const struct furniture *page, double x, double y, struct text text)
{
    canvas_text(page->canvas, x, y, 0, size, COLOUR_MUTED, text);
}

/* A text at the left around the height `y`, and one line at the right; returns the first baseline.
 */
static double draw_pair(const struct furniture *page, double y, const struct text *left,
                        size_t count, struct text right)
{
    double first = count > 1 ? y - leading / 2 : y;
    for (size_t i = 0; i < count; i++)
        draw(page, page_margin, first + (double)i * leading, left[i]);
    double width = text_width(canvas_metrics(page->canvas), right);
    if (right.len)
        draw(page, page_width(page->form) - page_margin - width, first, right);
    return first;
}

/* For the text at the left beside that at the right. */
static double room(struct metrics *metrics, enum page_form form, struct text right)
{
    double width = page_width(form) - 2 * page_margin;
    return right.len ? fmax(width / 5, width - text_width(metrics, right) - gap) : width;
}

static void draw_mark(const struct furniture *page)
{
    canvas_begin(page->canvas, NULL, "/Type/Pagination/Subtype/Watermark");
    canvas_mark(page->canvas, DRAFT);
    canvas_end(page->canvas);
}

void furniture_begin(const struct furniture *page)
{
    const struct document *document = page->document;
    struct text words = !page->is_first      ? header_of(page->arena, document)
                        : document->is_draft ? DRAFT
                                             : TEXT_EMPTY; /* the title stands below */
    if (document->is_draft)
        draw_mark(page);
    if (!words.len && !page->running_head.len)
        return;
    struct text lines[LINES];
    double width = room(canvas_metrics(page->canvas), page->form, page->running_head);
    size_t count = shown_lines(page, words, width, lines);
    canvas_begin(page->canvas, NULL, "/Type/Pagination/Subtype/Header");
    draw_pair(page, header_at, lines, count, page->running_head);
    canvas_end(page->canvas);
}

void furniture_end(const struct furniture *page)
{
    static const double above = 13;
    struct text lines[LINES];
    double width = room(canvas_metrics(page->canvas), page->form, page->number);
    double y = page_height(page->form) - footer_at;
    size_t count = shown_lines(page, page->document->footer, width, lines);
    canvas_begin(page->canvas, NULL, "/Type/Pagination/Subtype/Footer");
    canvas_rectangle(page->canvas, page_margin, y - above - (count > 1 ? leading / 2 : 0),
                     page_width(page->form) - 2 * page_margin, 0.5, COLOUR_RULE);
    draw_pair(page, y, lines, count, page->number);
    canvas_end(page->canvas);
}

/* A title that is cut stands whole on its first page; a council's own words stand nowhere else. */
static void check_lines(const struct furniture *page, struct diags *diags, const char *what,
                        struct place place, struct text text, struct text right)
{
    struct metrics *metrics = canvas_metrics(page->canvas);
    size_t count = break_lines(page->arena, metrics, text, room(metrics, page->form, right)).count;
    if (count > LINES && place.file.len)
        diag(diags, DIAG_CRAMPED, place,
             "the %s takes %zu lines of a page, of which %d are shown: make it shorter", what,
             count, LINES);
}

void furniture_check(const struct furniture *page, struct diags *diags, bool is_stamped)
{
    const struct document *document = page->document;
    const struct style *style = document_style(document);
    struct metrics *metrics = canvas_metrics(page->canvas);
    struct flow flow = {
        .arena = page->arena, .metrics = metrics, .diags = diags, .place = PLACE_NONE};
    struct text header = header_of(page->arena, document);
    metrics->width(metrics, 0, header); /* measuring is what puts glyphs into the font */
    metrics->width(metrics, 0, document->footer);
    metrics->width(metrics, 0, page->running_head);
    if (document->is_draft) {
        metrics->width(metrics, 0, DRAFT);
        metrics->width(metrics, SPAN_BOLD, DRAFT);
    }
    if (is_stamped)
        metrics->width(metrics, 0, TEXT("Agenda item Page 0123456789"));
    flow_check_glyphs(&flow);
    if (document->header.len)
        check_lines(page, diags, "header", style->header_place, header, page->running_head);
    if (style->footer.len)
        check_lines(page, diags, "footer", style->footer_place, document->footer, page->number);
}
