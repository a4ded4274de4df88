/* outline - anchors, the links to them, and the levels of headings. */
#include "assemble/assemble_int.h"

/* Two headings of the same words need two anchors: those that had to be made so. */
static struct texts make_anchors_unique(struct assembly *assembly)
{
    struct texts seen = {0}, twice = {0};
    for (size_t i = 0; i < assembly->document->blocks.count; i++) {
        struct block *block = &assembly->document->blocks.items[i];
        if (!block->anchor.len)
            continue;
        struct text first = block->anchor;
        for (unsigned n = 2; texts_find(&seen, block->anchor) < seen.count; n++)
            block->anchor = text_format(assembly->arena, "%.*s-%u", TEXT_ARG(first), n);
        if (!text_equal(block->anchor, first))
            texts_add(assembly->arena, &twice, first);
        texts_add(assembly->arena, &seen, block->anchor);
    }
    return twice;
}

static void check_links(struct assembly *assembly, const struct blocks *blocks,
                        const struct texts *anchors);

/* `link` is "#name". */
static void tell_no_anchor(struct assembly *assembly, struct text link, struct place place,
                           const struct texts *anchors)
{
    struct text nearest = texts_nearest(anchors, text_slice(link, 1, link.len));
    diag(assembly->diags, DIAG_TEMPLATE, place, "link to '%.*s' leads nowhere; %s%.*s%s",
         TEXT_ARG(text_quote(assembly->arena, link)),
         nearest.len ? "did you mean '#" : "expected a label, or the words of a heading",
         TEXT_ARG(nearest), nearest.len ? "'?" : " in small letters with hyphens");
}

static void check_spans(struct assembly *assembly, const struct spans *spans, struct place place,
                        const struct texts *anchors)
{
    for (size_t i = 0; i < spans->count; i++) {
        struct text link = spans->items[i].link;
        if (spans->items[i].note) /* a footnote and its reference lead to each other */
            continue;
        if (text_starts(link, TEXT("#")) &&
            texts_find(anchors, text_slice(link, 1, link.len)) == anchors->count)
            tell_no_anchor(assembly, link, place, anchors);
    }
}

static void check_links(struct assembly *assembly, const struct blocks *blocks,
                        const struct texts *anchors)
{
    for (size_t i = 0; i < blocks->count; i++) {
        const struct block *block = &blocks->items[i];
        if (block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_NOTE)
            check_spans(assembly, &block->paragraph.spans, block->place, anchors);
        if (block->kind == BLOCK_HEADING)
            check_spans(assembly, &block->heading.spans, block->place, anchors);
        if (block->kind == BLOCK_CALLOUT)
            check_links(assembly, &block->callout, anchors);
        for (size_t k = 0; block->kind == BLOCK_LIST && k < block->list.count; k++)
            check_links(assembly, &block->list.items[k], anchors);
    }
}

static struct texts all_anchors(struct assembly *assembly)
{
    struct texts anchors = {0};
    for (size_t i = 0; i < assembly->document->blocks.count; i++)
        if (assembly->document->blocks.items[i].anchor.len)
            texts_add(assembly->arena, &anchors, assembly->document->blocks.items[i].anchor);
    return anchors;
}

/* A skipped heading level breaks the outline that screen readers offer. */
static void check_heading_levels(struct assembly *assembly)
{
    unsigned level = 1;
    for (size_t i = 0; i < assembly->document->blocks.count; i++) {
        const struct block *block = &assembly->document->blocks.items[i];
        if (block->kind != BLOCK_HEADING)
            continue;
        if (block->heading.level > level + 1)
            diag(assembly->diags, DIAG_MARKDOWN, block->place,
                 "heading of level %u below one of level %u: levels must not be skipped",
                 block->heading.level - 1, level - 1);
        level = block->heading.level;
    }
}

void outline_check(struct assembly *assembly)
{
    struct texts twice = make_anchors_unique(assembly);
    references_fill(assembly, &twice);
    struct texts anchors = all_anchors(assembly);
    check_links(assembly, &assembly->document->blocks, &anchors);
    check_heading_levels(assembly);
}
