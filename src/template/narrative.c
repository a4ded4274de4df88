#include "template/narrative_int.h"

#include "base/nfc.h"
#include "base/utf8.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

/* Emphasis within links within lists within quotes: no report needs more, and the stack has an end.
 */
enum { NESTING_CAP = 20 };

struct place narrative_place(const struct reader *reader, cmark_node *node)
{
    int line = cmark_node_get_start_line(node), column = cmark_node_get_start_column(node);
    return place_at(reader->path, line > 0 ? (unsigned)line : 0, column > 0 ? (unsigned)column : 0);
}

cmark_node *narrative_next(cmark_node *node)
{
    return cmark_node_next(node);
}

void narrative_mark(struct reader *reader, cmark_node *node, enum line_state state)
{
    int last = cmark_node_get_end_line(node);
    for (int line = cmark_node_get_start_line(node); reader->lines && line <= last; line++)
        if (reader->lines[line] < state)
            reader->lines[line] = (unsigned char)state;
}

static void refuse(struct reader *reader, cmark_node *node, const char *message)
{
    /* soft breaks and what cmark makes itself have no place: their parents do */
    while (cmark_node_get_start_line(node) <= 0 && cmark_node_parent(node))
        node = cmark_node_parent(node);
    diag(reader->diags, DIAG_MARKDOWN, narrative_place(reader, node), "%s", message);
}

/* One level down, unless that is too deep; `leave` when true was returned. */
static bool enter(struct reader *reader, cmark_node *node)
{
    if (reader->depth < NESTING_CAP) {
        reader->depth++;
        return true;
    }
    refuse(reader, node, "more than 20 lists, quotes, links or emphases inside each other");
    return false;
}

static void leave(struct reader *reader)
{
    reader->depth--;
}

static bool link_is_allowed(struct text url)
{
    static const char *const schemes[] = {"https://", "http://", "mailto:", "#"};
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if (text_starts(url, text_from(schemes[i])) && url.len > strlen(schemes[i]))
            return true;
    return false;
}

static void read_inlines(struct reader *reader, cmark_node *parent, unsigned style,
                         struct text link, struct spans *spans);

/* Words in another language than the report: [words](lang:cy). */
static void read_foreign(struct reader *reader, cmark_node *node, unsigned style,
                         struct text language, struct spans *spans)
{
    if (!language_is_sound(language))
        refuse(reader, node, "expected a language as in [words](lang:cy): cy, pl, pt-BR");
    if (reader->plain_in)
        refuse(reader, node,
               text_format(reader->arena, "%s has no words marked as of another language",
                           reader->plain_in)
                   .ptr);
    struct text outside = reader->language;
    reader->language = language;
    read_inlines(reader, node, style, TEXT_EMPTY, spans);
    reader->language = outside;
}

/* That there is something to read, unless an error since `errors` were counted says why not. What a
 * reference stands for comes later. */
static void check_words(struct reader *reader, cmark_node *node, const struct spans *spans,
                        size_t errors, const char *message)
{
    if (diags_count(reader->diags, LEVEL_ERROR) == errors && !reference_stands_in(spans) &&
        !utf8_shows(spans_plain(reader->arena, spans)))
        refuse(reader, node, message);
}

static void read_link(struct reader *reader, cmark_node *node, unsigned style, struct spans *spans)
{
    struct text url = text_copy(reader->arena, text_from(cmark_node_get_url(node)));
    if (text_starts(url, TEXT("lang:"))) {
        read_foreign(reader, node, style, narrative_language(url), spans);
        return;
    }
    if (!link_is_allowed(url))
        refuse(reader, node,
               "a link must begin with https://, http://, mailto:, lang: or # and name a target");
    struct spans words = {0};
    size_t errors = diags_count(reader->diags, LEVEL_ERROR);
    read_inlines(reader, node, style, url, &words);
    check_words(reader, node, &words, errors, "a link needs words: [words](https://…)");
    for (size_t i = 0; i < words.count; i++)
        spans_add(reader->arena, spans, words.items[i]);
}

static void add_words(struct reader *reader, struct text raw, struct place place, unsigned style,
                      struct text link, struct spans *spans)
{
    struct text filled =
        placeholder_fill(reader->arena, reader->diags, reader->resolver, raw, place);
    if (filled.len)
        spans_add(reader->arena, spans,
                  (struct span){
                      .text = filled, .style = style, .link = link, .language = reader->language});
}

static void add_note(struct reader *reader, cmark_node *node, struct text label, unsigned style,
                     struct text link, struct spans *spans)
{
    const char *in = link.len ? "a link" : reader->plain_in;
    if (in) {
        refuse(reader, node, text_format(reader->arena, "%s cannot refer to a note", in).ptr);
        return;
    }
    struct span span = footnotes_refer(&reader->notes, label, style, narrative_place(reader, node));
    if (!span.text.len)
        return;
    if (spans->count && !text_ends(spans->items[spans->count - 1].text, TEXT(" ")))
        spans_add_text(reader->arena, spans, TEXT(" "), style);
    spans_add(reader->arena, spans, span);
}

/* Words without {{ref …}}, with their notes. */
static void read_words(struct reader *reader, cmark_node *node, struct text raw, struct place place,
                       unsigned style, struct text link, struct spans *spans)
{
    struct text label;
    size_t done = 0;
    for (size_t from = 0, to; footnotes_find(raw, &from, &to, &label); from = done = to) {
        add_words(reader, text_slice(raw, done, from), place, style, link, spans);
        add_note(reader, node, label, style, link, spans);
    }
    add_words(reader, text_slice(raw, done, raw.len), place, style, link, spans);
}

/* References and notes are found before placeholders are filled: data is never one. */
static void read_text(struct reader *reader, cmark_node *node, unsigned style, struct text link,
                      struct spans *spans)
{
    struct text raw = text_copy(reader->arena, text_from(cmark_node_get_literal(node)));
    struct place place = narrative_place(reader, node);
    for (struct text before, inside, after; reference_find(raw, &before, &inside, &after);) {
        struct place here = place;
        here.column += (unsigned)utf8_count(before);
        read_words(reader, node, before, place, style, link, spans);
        spans_add(reader->arena, spans, reference_add(reader, inside, style, here));
        place.column += (unsigned)utf8_count(text_slice(raw, 0, raw.len - after.len));
        raw = after;
    }
    read_words(reader, node, raw, place, style, link, spans);
}

static void read_inlines(struct reader *reader, cmark_node *parent, unsigned style,
                         struct text link, struct spans *spans)
{
    if (!enter(reader, parent))
        return;
    for (cmark_node *node = cmark_node_first_child(parent); node; node = cmark_node_next(node)) {
        switch (cmark_node_get_type(node)) {
        case CMARK_NODE_TEXT:
            read_text(reader, node, style, link, spans);
            break;
        case CMARK_NODE_SOFTBREAK:
        case CMARK_NODE_LINEBREAK:
            spans_add(
                reader->arena, spans,
                (struct span){
                    .text = TEXT(" "), .style = style, .link = link, .language = reader->language});
            break;
        case CMARK_NODE_EMPH:
            read_inlines(reader, node, style | SPAN_ITALIC, link, spans);
            break;
        case CMARK_NODE_STRONG:
            read_inlines(reader, node, style | SPAN_BOLD, link, spans);
            break;
        case CMARK_NODE_LINK:
            read_link(reader, node, style, spans);
            break;
        case CMARK_NODE_IMAGE:
            refuse(reader, node,
                   "a table, chart or picture is placed by a paragraph that holds nothing else");
            break;
        case CMARK_NODE_CODE:
            refuse(reader, node, "code has no place in a report: remove the backticks");
            break;
        default:
            refuse(reader, node, "HTML has no place in a report: use Markdown");
            break;
        }
    }
    leave(reader);
}

static bool is_placement(cmark_node *paragraph)
{
    cmark_node *only = cmark_node_first_child(paragraph);
    return only && !cmark_node_next(only) && cmark_node_get_type(only) == CMARK_NODE_IMAGE;
}

struct text narrative_words(cmark_node *node)
{
    cmark_node *only =
        cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH ? cmark_node_first_child(node) : NULL;
    if (!only || cmark_node_next(only) || cmark_node_get_type(only) != CMARK_NODE_TEXT)
        return TEXT_EMPTY;
    return text_from(cmark_node_get_literal(only));
}

struct text narrative_placed(cmark_node *node)
{
    if (cmark_node_get_type(node) != CMARK_NODE_PARAGRAPH || !is_placement(node))
        return TEXT_EMPTY;
    return text_from(cmark_node_get_url(cmark_node_first_child(node)));
}

static void read_placement(struct reader *reader, cmark_node *paragraph, struct blocks *blocks)
{
    cmark_node *image = cmark_node_first_child(paragraph);
    struct text url = text_copy(reader->arena, text_from(cmark_node_get_url(image)));
    size_t colon = text_find(url, ':', 0);
    if (colon == url.len) {
        refuse(reader, paragraph,
               "expected ![caption](table:NAME), chart:, key:, grid:, panel:, "
               "image:, list: or page:");
        return;
    }
    struct block *block = blocks_add(reader->arena, blocks, BLOCK_PLACEMENT);
    block->place = narrative_place(reader, paragraph);
    block->placement.kind = text_slice(url, 0, colon);
    block->placement.name = text_slice(url, colon + 1, url.len);
    block->placement.scope = reader->scope;
    reader->plain_in = "a caption";
    read_inlines(reader, image, 0, TEXT_EMPTY, &block->placement.caption);
    reader->plain_in = NULL;
    if (reference_stands_in(&block->placement.caption))
        refuse(reader, paragraph, "a reference has no place in a caption: write it in a paragraph");
    struct text title = text_copy(reader->arena, text_from(cmark_node_get_title(image)));
    spans_add_text(reader->arena, &block->placement.title,
                   placeholder_fill(reader->arena, reader->diags, reader->resolver, title,
                                    narrative_place(reader, paragraph)),
                   0);
}

/* The heading's first and last text node, without the marks that the grammar gives them. */
static struct text heading_raw(cmark_node *heading)
{
    cmark_node *first = cmark_node_first_child(heading);
    if (!first || cmark_node_get_type(first) != CMARK_NODE_TEXT)
        return TEXT_EMPTY;
    return text_from(cmark_node_get_literal(first));
}

/* Only a section of the report itself can be one. */
static bool is_appendix(cmark_node *node)
{
    return cmark_node_get_type(node) == CMARK_NODE_HEADING &&
           cmark_node_get_heading_level(node) == 1 &&
           cmark_node_get_type(cmark_node_parent(node)) == CMARK_NODE_DOCUMENT &&
           text_starts(heading_raw(node), TEXT(APPENDIX_MARK));
}

/* The last words of a heading or paragraph as they are written: data is no mark. */
static struct text last_raw(cmark_node *node)
{
    cmark_node *last = cmark_node_last_child(node);
    if (!last || cmark_node_get_type(last) != CMARK_NODE_TEXT)
        return TEXT_EMPTY;
    return text_trim(text_from(cmark_node_get_literal(last)));
}

static void read_heading(struct reader *reader, cmark_node *node, struct blocks *blocks)
{
    const struct appendix *appendix = is_appendix(node) ? appendix_next(reader) : NULL;
    struct text label = TEXT_EMPTY;
    struct spans spans = {0};
    size_t errors = diags_count(reader->diags, LEVEL_ERROR);
    if (appendix && !appendix->letter.len)
        refuse(reader, node, "more than 26 appendices: the letters end at Z");
    reader->plain_in = "a heading";
    read_inlines(reader, node, 0, TEXT_EMPTY, &spans);
    reader->plain_in = NULL;
    struct text raw =
        reference_cut_label(reader, last_raw(node), narrative_place(reader, node), &spans, &label);
    bool unnumbered = text_ends(raw, TEXT("{-}"));
    if (unnumbered)
        reference_cut_mark(&spans, TEXT("{-}"));
    struct block *block = blocks_add(reader->arena, blocks, BLOCK_HEADING);
    block->place = narrative_place(reader, node);
    block->anchor = label;
    block->heading.level = (unsigned)cmark_node_get_heading_level(node) + 1;
    if (block->heading.level > 6)
        refuse(reader, node,
               "at most five levels of headings: the title of the report is the first");
    block->heading.spans = spans;
    if (unnumbered)
        block->heading.number = HEADING_UNNUMBERED;
    if (appendix) {
        block->heading.number =
            text_format(reader->arena, "Appendix %.*s", TEXT_ARG(appendix->letter));
        block->heading.spans = (struct spans){0};
        spans_add_text(reader->arena, &block->heading.spans, appendix->title, 0);
        block->anchor = appendix->anchor;
    }
    check_words(reader, node, &block->heading.spans, errors, "a heading needs words");
}

static void read_blocks(struct reader *reader, cmark_node *parent, struct blocks *blocks);

/* What takes the width of a page, or begins one, stands in none of these. */
static void refuse_parts(struct reader *reader, const struct blocks *inside, const char *what)
{
    for (size_t i = 0; i < inside->count; i++) {
        const struct block *block = &inside->items[i];
        const struct placement *placed = &block->placement;
        if (block->kind == BLOCK_PLACEMENT)
            diag(reader->diags, DIAG_MARKDOWN, block->place,
                 "'%.*s:%.*s' stands in %s: put it into a paragraph of its own outside of it, not "
                 "run in and without a mark in front",
                 TEXT_ARG(text_quote(reader->arena, placed->kind)),
                 TEXT_ARG(text_quote(reader->arena, placed->name)), what);
        if (block->kind == BLOCK_PAGE_BREAK)
            diag(reader->diags, DIAG_MARKDOWN, block->place,
                 "a new page begins in %s: put '---' outside of it", what);
    }
}

static void read_list(struct reader *reader, cmark_node *node, struct blocks *blocks)
{
    struct list list = {.ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST,
                        .first = (unsigned)cmark_node_get_list_start(node)};
    for (cmark_node *item = cmark_node_first_child(node); item; item = cmark_node_next(item)) {
        struct blocks inside = {0};
        read_blocks(reader, item, &inside);
        refuse_parts(reader, &inside, "a list");
        list.items =
            arena_grow(reader->arena, list.items, list.count, &list.capacity, sizeof *list.items);
        list.items[list.count++] = inside;
    }
    struct block *block = blocks_add(reader->arena, blocks, BLOCK_LIST);
    block->place = narrative_place(reader, node);
    block->list = list;
}

/* {{priority.focus}}: a text of several paragraphs or items is not run together. */
static bool read_fact_alone(struct reader *reader, cmark_node *node, struct blocks *blocks)
{
    struct text raw = text_trim(narrative_words(node));
    if (!text_starts(raw, TEXT("{{")) || text_find(raw, '}', 0) + 2 != raw.len ||
        text_starts(raw, TEXT("{{ref ")))
        return false;
    raw = text_copy(reader->arena, raw);
    size_t errors = diags_count(reader->diags, LEVEL_ERROR);
    struct text name = text_trim(text_slice(raw, 2, raw.len - 2));
    struct rich filled = {.plain = TEXT_EMPTY}, cell = filled;
    filled.plain = placeholder_fill(reader->arena, reader->diags, reader->resolver, raw,
                                    narrative_place(reader, node));
    bool is_cell = reader->flow && diags_count(reader->diags, LEVEL_ERROR) == errors &&
                   reader->flow->cell(reader->flow->context, name, &cell);
    size_t first = blocks->count;
    if (is_cell || text_contains(filled.plain, TEXT("\n"))) {
        struct blocks made = blocks_from_rich(reader->arena, is_cell ? cell : filled);
        for (size_t i = 0; i < made.count; i++)
            *blocks_add(reader->arena, blocks, made.items[i].kind) = made.items[i];
    } else if (filled.plain.len) {
        blocks_add_paragraph(reader->arena, blocks, filled.plain);
    }
    for (; first < blocks->count; first++)
        blocks->items[first].place = narrative_place(reader, node);
    return true;
}

static bool defines_notes(cmark_node *paragraph)
{
    cmark_node *first = cmark_node_first_child(paragraph);
    return cmark_node_get_type(paragraph) == CMARK_NODE_PARAGRAPH && first &&
           cmark_node_get_type(first) == CMARK_NODE_TEXT &&
           text_starts(text_from(cmark_node_get_literal(first)), TEXT(NOTE_MARK));
}

/* Before the text, which refers to them. */
static void define_notes(struct reader *reader, cmark_node *root)
{
    reader->plain_in = "a note";
    for (cmark_node *node = cmark_node_first_child(root); node; node = cmark_node_next(node)) {
        struct spans spans = {0};
        if (!defines_notes(node))
            continue;
        read_inlines(reader, node, 0, TEXT_EMPTY, &spans);
        footnotes_define(&reader->notes, &spans, narrative_place(reader, node));
    }
    reader->plain_in = NULL;
}

static void read_paragraph(struct reader *reader, cmark_node *node, struct blocks *blocks)
{
    if (defines_notes(node)) {
        if (reader->depth > 1)
            refuse(reader, node, "a note has a paragraph of its own, in no list or quote");
        return;
    }
    if (is_placement(node)) {
        read_placement(reader, node, blocks);
        return;
    }
    if (read_fact_alone(reader, node, blocks))
        return;
    struct spans spans = {0};
    struct text label = TEXT_EMPTY;
    read_inlines(reader, node, 0, TEXT_EMPTY, &spans);
    reference_cut_label(reader, last_raw(node), narrative_place(reader, node), &spans, &label);
    struct block *block = blocks_add(reader->arena, blocks, BLOCK_PARAGRAPH);
    block->place = narrative_place(reader, node);
    block->anchor = label;
    block->paragraph.spans = spans;
    if (label.len && cmark_node_get_type(cmark_node_parent(node)) != CMARK_NODE_DOCUMENT)
        refuse(reader, node, "a label has no place in a list or quote: put it on a paragraph");
}

/* "**Finding:** …" */
static bool begins_with_label(const struct blocks *blocks)
{
    const struct block *first = blocks->items;
    return blocks->count && first->kind == BLOCK_PARAGRAPH && first->paragraph.spans.count &&
           first->paragraph.spans.items[0].style == SPAN_BOLD &&
           text_ends(first->paragraph.spans.items[0].text, TEXT(":"));
}

/* A quote is set off: a note, or a box when it says at its beginning what it is. */
static void read_quote(struct reader *reader, cmark_node *node, struct blocks *blocks)
{
    struct blocks inside = {0};
    read_blocks(reader, node, &inside);
    if (begins_with_label(&inside)) {
        struct block *block = blocks_add(reader->arena, blocks, BLOCK_CALLOUT);
        block->place = narrative_place(reader, node);
        block->callout = inside;
        refuse_parts(reader, &inside, "a box");
        return;
    }
    for (size_t i = 0; i < inside.count; i++) {
        if (inside.items[i].kind == BLOCK_PARAGRAPH)
            inside.items[i].kind = BLOCK_NOTE;
        *blocks_add(reader->arena, blocks, BLOCK_NOTE) = inside.items[i];
    }
}

static void read_block(struct reader *reader, cmark_node *node, struct blocks *blocks)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_PARAGRAPH:
        read_paragraph(reader, node, blocks);
        break;
    case CMARK_NODE_HEADING:
        read_heading(reader, node, blocks);
        break;
    case CMARK_NODE_LIST:
        read_list(reader, node, blocks);
        break;
    case CMARK_NODE_THEMATIC_BREAK:
        blocks_add(reader->arena, blocks, BLOCK_PAGE_BREAK)->place = narrative_place(reader, node);
        break;
    case CMARK_NODE_BLOCK_QUOTE:
        read_quote(reader, node, blocks);
        break;
    case CMARK_NODE_CODE_BLOCK:
        refuse(reader, node, "code has no place in a report: do not indent a paragraph");
        break;
    default:
        refuse(reader, node, "HTML has no place in a report: use Markdown");
        break;
    }
}

static void visit_block(struct reader *reader, cmark_node *node, struct blocks *blocks)
{
    size_t first = blocks->count;
    read_block(reader, node, blocks);
    if (reader->depth == 1)
        footnotes_place(&reader->notes, blocks, first);
}

static void read_blocks(struct reader *reader, cmark_node *parent, struct blocks *blocks)
{
    if (!enter(reader, parent))
        return;
    flow_read(reader, cmark_node_first_child(parent), blocks);
    leave(reader);
}

static void find_appendix(struct reader *reader, cmark_node *node, struct blocks *blocks)
{
    (void)blocks;
    if (is_appendix(node))
        appendix_add(reader, text_copy(reader->arena, text_trim(heading_raw(node))));
}

/* Letters are given before anything is filled in, so that text can refer forward. What is wrong is
 * told when the blocks are made. */
static void find_appendices(const struct reader *reader, cmark_node *root)
{
    struct narrative found = {0};
    struct diags unheard = diags_new(reader->arena);
    struct reader finder = *reader;
    finder.diags = &unheard;
    finder.out = &found;
    finder.visit = find_appendix;
    flow_read(&finder, cmark_node_first_child(root), NULL);
    reader->out->appendices = found.appendices;
}

/* cmark aborts when memory runs out; the program must end with its own exit status instead. */
static void *checked_calloc(size_t count, size_t size)
{
    void *memory = calloc(count, size);
    if (!memory)
        arena_out_of_memory(size);
    return memory;
}

static void *checked_realloc(void *old, size_t size)
{
    void *memory = realloc(old, size);
    if (!memory)
        arena_out_of_memory(size);
    return memory;
}

static cmark_node *parse(struct text markdown)
{
    static cmark_mem memory = {checked_calloc, checked_realloc, free};
    cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &memory);
    cmark_parser_feed(parser, markdown.ptr, markdown.len);
    cmark_node *root = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    cmark_consolidate_text_nodes(root);
    return root;
}

bool narrative_parse(struct arena *arena, struct diags *diags, const struct resolver *resolver,
                     const struct flow *flow, struct text path, struct text markdown,
                     struct narrative *out)
{
    *out = (struct narrative){0};
    if (text_starts(markdown, TEXT("\xEF\xBB\xBF")))
        markdown = text_slice(markdown, 3, markdown.len);
    if (!narrative_is_clean(diags, path, markdown))
        return false;
    const struct text words = nfc_text(arena, markdown);
    markdown = footnotes_mark(arena, words);
    size_t errors = diags_count(diags, LEVEL_ERROR);
    struct reader callers = {.arena = arena, .resolver = resolver, .out = out};
    const struct resolver with_appendices = {appendix_resolve, &callers};
    struct reader reader = {.arena = arena,
                            .diags = diags,
                            .resolver = &with_appendices,
                            .flow = flow,
                            .path = path,
                            .out = out,
                            .visit = visit_block,
                            .notes = {.arena = arena, .diags = diags},
                            .language = TEXT_EMPTY};
    cmark_node *root = parse(markdown);
    find_appendices(&reader, root);
    reader.lines = arena_calloc(arena, narrative_lines(markdown) + 2, sizeof *reader.lines);
    define_notes(&reader, root);
    read_blocks(&reader, root, &out->blocks);
    out->said = narrative_said(&reader, words);
    footnotes_check(&reader.notes, markdown);
    cmark_node_free(root);
    return diags_count(diags, LEVEL_ERROR) == errors;
}

const char *template_markdown_library(void)
{
    return cmark_version_string();
}
