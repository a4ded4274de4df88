/*
 * The PDF renderer: lays documents out, adds what each page carries beside its content, and draws
 * the pages. How a page is drawn is the canvas's matter, where things stand the layout's.
 */
#include "base/map.h"
#include "write/pdf_int.h"
#include "write/write_int.h"

#include <math.h>

struct anchor {
    struct text name;
    size_t page; /* of the part, from 0 */
    double y;
};
struct mark {
    struct text title;
    unsigned level;
    size_t page; /* of the part, from 0 */
    double y;
};
struct part {
    const struct pdf_part *source;
    struct layout layout;
    struct outline outline;
    enum page_form *forms; /* of its pages */
    size_t page_count;
    size_t page_capacity;
    size_t first;  /* page in the file, from 0 */
    size_t number; /* of that page, as its reader sees it */
    struct anchor *anchors;
    size_t anchor_count;
    size_t anchor_capacity;
    struct map anchor_names; /* the first anchor of each name */
    struct mark *marks;
    size_t mark_count;
    size_t mark_capacity;
};
struct writer {
    struct arena *arena;
    struct arena *scratch; /* of the open page */
    struct diags *diags;
    struct canvas *canvas;
    struct part *parts;
    size_t part_count;
    bool is_pack;         /* several documents with one page sequence */
    struct text language; /* of the file */
    size_t number;        /* of the page that is drawn, as its reader sees it */
};

static const struct anchor *find_anchor(const struct part *part, struct text name)
{
    size_t at = map_find(&part->anchor_names, name, part->anchor_count);
    return at < part->anchor_count ? &part->anchors[at] : NULL;
}

/* An entry of the contents ends with the number of its page, which is drawn apart from it. */
static struct text says_of(struct writer *writer, const struct part *part, const struct item *item,
                           const struct anchor *to)
{
    struct text says = item->tag->says;
    if (!text_starts(item->link, TEXT("#" CONTENTS_ANCHOR)))
        return says;
    return text_format(writer->arena, "%.*s, page %zu", TEXT_ARG(says), part->number + to->page);
}

/* The page in the file with that number in the pack; false when it will be somebody else's. */
static bool find_page(const struct writer *writer, size_t number, size_t *page)
{
    size_t from = 1;
    for (size_t i = 0; i < writer->part_count; i++) {
        const struct part *part = &writer->parts[i];
        *page = part->first + number - from;
        if (number >= from && number < from + part->page_count)
            return true;
        from += part->page_count + part->source->pages_after;
    }
    return false;
}

static void draw_link_to_page(struct writer *writer, const struct item *item)
{
    static const size_t prefix = sizeof LINK_TO_PAGE - 1;
    size_t number = 0, page = 0;
    for (size_t i = prefix; i < item->link.len; i++)
        number = number * 10 + (size_t)(item->link.ptr[i] - '0');
    if (find_page(writer, number, &page))
        canvas_link_page(writer->canvas, item, item->tag->says, page, 0);
    else
        canvas_link_later(writer->canvas, item, item->tag->says, number);
}

static void draw_link(struct writer *writer, const struct part *part, const struct item *item)
{
    struct text quoted = text_quote(writer->arena, item->link);
    if (writer->is_pack && text_starts(item->link, TEXT(LINK_TO_PAGE))) {
        draw_link_to_page(writer, item);
        return;
    }
    if (text_starts(item->link, TEXT("#"))) {
        const struct anchor *anchor = find_anchor(part, text_slice(item->link, 1, item->link.len));
        if (anchor)
            canvas_link_page(writer->canvas, item, says_of(writer, part, item, anchor),
                             part->first + anchor->page, anchor->y);
        else
            diag(writer->diags, DIAG_TEMPLATE, item->place,
                 "the link '%.*s' leads nowhere; no block has that name", TEXT_ARG(quoted));
        return;
    }
    struct text address = link_address(writer->arena, item->link);
    if (address.len)
        canvas_link_address(writer->canvas, item,
                            link_words(writer->arena, item->tag->says, address), address);
    else
        diag(writer->diags, DIAG_TEMPLATE, item->place,
             "the link '%.*s' is neither a web nor a mail address", TEXT_ARG(quoted));
}

static void draw_page_number(struct writer *writer, const struct part *part,
                             const struct item *item)
{
    const struct anchor *anchor = find_anchor(part, item->text);
    if (!anchor)
        return;
    struct metrics *metrics = canvas_metrics(writer->canvas);
    struct text number = text_format(writer->scratch, "%zu", part->number + anchor->page);
    double width = (double)metrics->width(metrics, item->font, number) * item->size / 1000;
    canvas_text(writer->canvas, item->x - width, item->y, item->font, item->size, item->colour,
                number);
}

/* Below shapes and charts of a draft: some of their colours stand out by 3 to 1 from the paper
 * (WCAG 2.2 AA, 1.4.11), but not from the mark. `around`: points that are cleared beside them, too.
 */
static void clear_mark(struct writer *writer, const struct part *part, const struct item *item,
                       double width, double height, double around)
{
    if (part->source->document->is_draft)
        canvas_rectangle(writer->canvas, item->x - around, item->y - around, width + 2 * around,
                         height + 2 * around, COLOUR_WHITE);
}

static void draw_item(struct writer *writer, const struct part *part, const struct item *item)
{
    struct canvas *canvas = writer->canvas;
    switch (item->kind) {
    case ITEM_TEXT:
        canvas_text(canvas, item->x, item->y, item->font, item->size, item->colour, item->text);
        if (item->link.len && item->tag)
            draw_link(writer, part, item);
        break;
    case ITEM_MARK:
        canvas_text(canvas, item->x, item->y, item->font, item->size, item->colour, item->text);
        break;
    case ITEM_FILL:
        canvas_rectangle(canvas, item->x, item->y, item->width, item->height, item->colour);
        break;
    case ITEM_STATUS:
        clear_mark(writer, part, item, item->size, item->size, 1.5);
        status_draw(canvas, item->rag, item->x, item->y, item->size);
        break;
    case ITEM_CHART:
        clear_mark(writer, part, item, item->width, item->height, 0);
        picture_draw(canvas, item->picture, item->x, item->y);
        break;
    case ITEM_PAGE_NUMBER:
        draw_page_number(writer, part, item);
        break;
    case ITEM_IMAGE:
        canvas_raster(canvas, item->x, item->y, item->width, item->height, item->raster);
        break;
    case ITEM_TAG:
    case ITEM_BOOKMARK:
    case ITEM_ANCHOR:
        break;
    }
}

static bool is_drawn(const struct item *item)
{
    return item->kind == ITEM_TEXT || item->kind == ITEM_MARK || item->kind == ITEM_FILL ||
           item->kind == ITEM_STATUS || item->kind == ITEM_CHART || item->kind == ITEM_IMAGE ||
           item->kind == ITEM_PAGE_NUMBER;
}

static void set_figure_box(struct writer *writer, enum page_form form, const struct item *item)
{
    double top = page_height(form) - item->y;
    if (item->tag)
        item->tag->attributes =
            text_format(writer->scratch, "<</O/Layout/Placement/Block/BBox[%ld %ld %ld %ld]>>",
                        lround(item->x), lround(top - item->height), lround(item->x + item->width),
                        lround(top))
                .ptr;
}

/* What is said again on a page, or decoration. */
static const char *artifact_of(const struct item *item)
{
    return item->kind == ITEM_FILL || item->kind == ITEM_MARK ? "/Type/Layout" : "/Type/Pagination";
}

/* Of the open page of a part. */
static struct furniture furniture_of(const struct writer *writer, const struct part *part,
                                     size_t page)
{
    return (struct furniture){
        .arena = writer->scratch,
        .canvas = writer->canvas,
        .document = part->source->document,
        .form = part->forms[page],
        .is_first = page == 0,
        .running_head = part->source->running_head,
        .number = writer->is_pack ? text_format(writer->scratch, "Page %zu", writer->number)
                                  : text_format(writer->scratch, "Page %zu of %zu", writer->number,
                                                part->page_count),
    };
}

static struct text bookmark_of(const struct pdf_part *part)
{
    return part->bookmark.len ? part->bookmark : part->document->title;
}

/* The first time, pages are counted and what leads to them is noted. */
struct count {
    struct writer *writer;
    struct part *part;
};

static void count_page(void *context, size_t page, enum page_form form)
{
    struct count *count = context;
    struct part *part = count->part;
    part->forms = arena_grow(count->writer->arena, part->forms, page, &part->page_capacity,
                             sizeof *part->forms);
    part->forms[page] = form;
    part->page_count = page + 1;
}

static void add_anchor(struct writer *writer, struct part *part, const struct item *item)
{
    struct anchor anchor = {
        .name = text_copy(writer->arena, item->text), .page = part->page_count - 1, .y = item->y};
    if (find_anchor(part, anchor.name))
        return;
    map_add(&part->anchor_names, anchor.name, part->anchor_count);
    part->anchors = arena_grow(writer->arena, part->anchors, part->anchor_count,
                               &part->anchor_capacity, sizeof anchor);
    part->anchors[part->anchor_count++] = anchor;
}

/* Bookmarks of a part stand below the part's own, which the title's may only repeat. */
static void add_mark(struct writer *writer, struct part *part, const struct item *item)
{
    struct mark mark = {.title = text_copy(writer->arena, item->text),
                        .level = item->level + (writer->is_pack ? 1 : 0),
                        .page = part->page_count - 1,
                        .y = item->y};
    if (writer->is_pack && item->level == 1 && text_equal(item->text, bookmark_of(part->source)))
        return;
    part->marks =
        arena_grow(writer->arena, part->marks, part->mark_count, &part->mark_capacity, sizeof mark);
    part->marks[part->mark_count++] = mark;
}

static void count_item(void *context, const struct item *item)
{
    struct count *count = context;
    if (item->kind == ITEM_ANCHOR)
        add_anchor(count->writer, count->part, item);
    if (item->kind == ITEM_BOOKMARK)
        add_mark(count->writer, count->part, item);
}

static void count_pages(struct writer *writer, struct part *part, const struct outline *contents)
{
    struct count count = {writer, part};
    struct page_sink sink = {count_page, count_item, &count};
    part->outline = (struct outline){.arena = writer->arena, .contents = contents};
    part->page_count = part->anchor_count = part->mark_count = 0;
    part->anchor_names = (struct map){.arena = writer->arena};
    layout_stream(&part->layout, &part->outline, &sink);
}

/* The second time, they are drawn. */
struct drawing {
    struct writer *writer;
    struct part *part;
    size_t page; /* of the part, that is open; page_count: none */
    bool marked; /* and in it, content of `tag` or such an artifact */
    const struct tag *tag;
    const char *artifact;
};

static void end_mark(struct drawing *drawing)
{
    if (drawing->marked)
        canvas_end(drawing->writer->canvas);
    drawing->marked = false;
}

/* Neighbours with one tag share one stretch of marked content. */
static void begin_mark(struct drawing *drawing, const struct item *item)
{
    const char *artifact = item->tag ? NULL : artifact_of(item);
    bool is_new = item->tag && !item->tag->element; /* though it may stand where another stood */
    if (drawing->marked && drawing->tag == item->tag && drawing->artifact == artifact && !is_new)
        return;
    end_mark(drawing);
    canvas_begin(drawing->writer->canvas, item->tag, artifact);
    drawing->marked = true;
    drawing->tag = item->tag;
    drawing->artifact = artifact;
}

static void close_page(struct drawing *drawing)
{
    struct writer *writer = drawing->writer;
    if (drawing->page == drawing->part->page_count)
        return;
    end_mark(drawing);
    struct furniture furniture = furniture_of(writer, drawing->part, drawing->page);
    furniture_end(&furniture);
    canvas_close_page(writer->canvas);
    writer->number++;
    arena_reset(writer->scratch);
}

static void draw_page(void *context, size_t page, enum page_form form)
{
    struct drawing *drawing = context;
    struct writer *writer = drawing->writer;
    (void)form; /* known from the first time */
    if (page == drawing->page)
        return;
    close_page(drawing);
    drawing->page = page;
    canvas_open_page(writer->canvas, drawing->part->first + page);
    struct furniture furniture = furniture_of(writer, drawing->part, page);
    furniture_begin(&furniture);
}

static void draw_next(void *context, const struct item *item)
{
    struct drawing *drawing = context;
    struct writer *writer = drawing->writer;
    if (item->kind == ITEM_TAG && item->tag)
        canvas_touch(writer->canvas, item->tag);
    if (!is_drawn(item))
        return;
    if (item->kind == ITEM_CHART || item->kind == ITEM_IMAGE)
        set_figure_box(writer, drawing->part->forms[drawing->page], item);
    begin_mark(drawing, item);
    draw_item(writer, drawing->part, item);
}

static void draw_part(struct writer *writer, struct part *part)
{
    struct drawing drawing = {.writer = writer, .part = part, .page = part->page_count};
    struct page_sink sink = {draw_page, draw_next, &drawing};
    struct outline outline = {.arena = writer->arena, .contents = part->outline.contents};
    struct diags said = diags_new(writer->arena); /* the first time */
    part->number = writer->number;
    part->layout.diags = &said;
    layout_stream(&part->layout, &outline, &sink);
    close_page(&drawing);
}

static size_t narrowest_page(const struct part *part)
{
    size_t least = 0;
    for (size_t p = 1; p < part->page_count; p++)
        if (page_width(part->forms[p]) < page_width(part->forms[least]))
            least = p;
    return least;
}

static void check_furniture(struct writer *writer, const struct part *part)
{
    struct furniture furniture = furniture_of(writer, part, narrowest_page(part));
    furniture_check(&furniture, writer->diags, part->source->pages_after > 0);
}

/* The element of one of several documents, which may be in another language than the file. */
static struct tag *part_tag(struct writer *writer, const struct document *document)
{
    struct tag *tag = tag_new(writer->arena, NULL, "Part");
    if (!text_equal(document->language, writer->language))
        tag->language = document->language;
    return tag;
}

static void lay_out_part(struct writer *writer, struct part *part, size_t *pages)
{
    const struct document *document = part->source->document;
    struct metrics *metrics = canvas_metrics(writer->canvas);
    part->layout = (struct layout){
        .arena = writer->arena,
        .metrics = metrics,
        .diags = writer->diags,
        .document = document,
        .root = writer->is_pack ? part_tag(writer, document) : NULL,
        .widths = {.arena = writer->arena},
    };
    part->first = *pages;
    count_pages(writer, part, NULL);
    check_furniture(writer, part);
    if (wants_contents(document, part->page_count)) {
        struct outline *contents = arena_alloc(writer->arena, sizeof *contents);
        struct diags said = diags_new(writer->arena);
        *contents = part->outline;
        part->layout.diags = &said;
        count_pages(writer, part, contents);
    }
    *pages += part->page_count;
    for (size_t p = 0; p < part->page_count; p++)
        canvas_add_page(writer->canvas, part->forms[p]);
}

static void add_bookmarks(struct writer *writer, const struct part *part)
{
    if (writer->is_pack)
        canvas_bookmark(writer->canvas, 1, bookmark_of(part->source), part->first, 0);
    for (size_t i = 0; i < part->mark_count; i++) {
        const struct mark *mark = &part->marks[i];
        canvas_bookmark(writer->canvas, mark->level, mark->title, part->first + mark->page,
                        mark->y);
    }
}

/* Of a pack, and of what is long enough for contents: both are read by leaping about. */
static bool wants_bookmarks(const struct writer *writer)
{
    return writer->is_pack || (writer->part_count && writer->parts[0].outline.contents);
}

static void draw_parts(struct writer *writer, struct pdf_part *sources)
{
    size_t pages = 0;
    for (size_t i = 0; i < writer->part_count; i++) {
        writer->parts[i].source = &sources[i];
        lay_out_part(writer, &writer->parts[i], &pages);
    }
    for (size_t i = 0; i < writer->part_count; i++)
        add_bookmarks(writer, &writer->parts[i]);
    if (wants_bookmarks(writer))
        canvas_show_bookmarks(writer->canvas);
    writer->number = 1;
    for (size_t i = 0; i < writer->part_count; i++) {
        sources[i].first_page = (unsigned)writer->number;
        sources[i].page_count = (unsigned)writer->parts[i].page_count;
        draw_part(writer, &writer->parts[i]);
        writer->number += sources[i].pages_after;
    }
}

static bool render(struct pdf_part *parts, size_t count, bool is_pack,
                   const struct canvas_properties *properties, struct arena *arena,
                   struct diags *diags, struct text *bytes)
{
    size_t before = diags_count(diags, LEVEL_ERROR);
    struct writer writer = {.arena = arena,
                            .scratch = arena_new(),
                            .diags = diags,
                            .canvas = canvas_new(arena, diags, properties),
                            .parts = arena_calloc(arena, count, sizeof *writer.parts),
                            .part_count = count,
                            .is_pack = is_pack,
                            .language = properties->language};
    *bytes = TEXT_EMPTY;
    if (writer.canvas)
        draw_parts(&writer, parts);
    arena_free(writer.scratch);
    bool done = writer.canvas && canvas_finish(writer.canvas, bytes);
    canvas_free(writer.canvas);
    return done && diags_count(diags, LEVEL_ERROR) == before;
}

bool pdf_render(const struct document *document, const struct render_options *options,
                struct arena *arena, struct diags *diags, struct text *bytes)
{
    (void)options; /* nothing is written to disk on the way */
    struct pdf_part part = {
        .document = document, .bookmark = TEXT_EMPTY, .running_head = TEXT_EMPTY};
    struct canvas_properties properties = {.title = document->title,
                                           .author = document->organisation,
                                           .language = document->language,
                                           .date = document->as_at,
                                           .style = document_style(document)};
    return render(&part, 1, false, &properties, arena, diags, bytes);
}

/* A pack has one look: that of the first document whose council has one of its own. */
static const struct style *pack_style(const struct pdf_part *parts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (document_style(parts[i].document)->file.len)
            return document_style(parts[i].document);
    return &style_default;
}

bool pdf_render_parts(struct pdf_part *parts, size_t count, struct text title, struct text language,
                      struct date date, struct arena *arena, struct diags *diags,
                      struct text *bytes)
{
    struct canvas_properties properties = {.title = title,
                                           .author =
                                               count ? parts[0].document->organisation : TEXT_EMPTY,
                                           .language = language,
                                           .date = date,
                                           .style = pack_style(parts, count)};
    return render(parts, count, true, &properties, arena, diags, bytes);
}
