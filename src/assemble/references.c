/* references - {{ref NAME}} as "paragraph 2.3", "section 4", "Appendix B" or a caption, with a
 * link. */
#include "assemble/assemble_int.h"

/* By what name a block is referred to: its anchor, "table:crime" and "chart:crime" of parts. */
static struct text name_of(struct arena *arena, const struct block *block)
{
    if (block->kind == BLOCK_TABLE || block->kind == BLOCK_CHART) {
        bool is_chart = text_starts(block->anchor, TEXT("chart-"));
        size_t prefix = sizeof "table-" - 1;
        return text_concat(arena, is_chart ? TEXT("chart:") : TEXT("table:"),
                           text_slice(block->anchor, prefix, block->anchor.len));
    }
    return block->anchor;
}

static bool is_named(struct arena *arena, const struct block *block, struct text name)
{
    return block->anchor.len &&
           (text_equal(name_of(arena, block), name) ||
            text_equal(block->anchor, text_concat(arena, TEXT("appendix-"), name)));
}

/* "section 4", "Appendix B", "“Summary”" */
static struct text heading_words(struct arena *arena, const struct heading *heading)
{
    if (text_starts(heading->number, TEXT("Appendix ")))
        return heading->number;
    if (heading->number.len)
        return text_concat(arena, TEXT("section "), heading->number);
    return text_format(arena, "“%.*s”", TEXT_ARG(spans_plain(arena, &heading->spans)));
}

/* The empty text for a paragraph without a number. */
static struct text words_of(struct arena *arena, const struct block *block)
{
    switch (block->kind) {
    case BLOCK_HEADING:
        return heading_words(arena, &block->heading);
    case BLOCK_TABLE:
        return text_format(arena, "the table “%.*s”", TEXT_ARG(block->table->caption));
    case BLOCK_CHART:
        return text_format(arena, "the chart “%.*s”", TEXT_ARG(block->chart->caption));
    default:
        return block->paragraph.number.len
                   ? text_concat(arena, TEXT("paragraph "), block->paragraph.number)
                   : TEXT_EMPTY;
    }
}

static void tell_unknown(struct assembly *assembly, const struct reference *reference)
{
    struct arena *arena = assembly->arena;
    struct texts names = {0};
    for (size_t i = 0; i < assembly->document->blocks.count; i++) {
        const struct block *block = &assembly->document->blocks.items[i];
        if (block->anchor.len && !text_is(block->anchor, "title"))
            texts_add(arena, &names, name_of(arena, block));
    }
    struct text nearest = texts_nearest(&names, reference->name);
    if (nearest.len)
        nearest = text_format(arena, "did you mean '%.*s'?", TEXT_ARG(nearest));
    else
        nearest = names.count ? text_format(arena, "there are %.*s",
                                            TEXT_ARG(texts_join(arena, &names, TEXT(", "))))
                              : TEXT("put a label such as {#background} behind a heading");
    diag(assembly->diags, DIAG_TEMPLATE, reference->place, "there is nothing called '%.*s'; %.*s",
         TEXT_ARG(text_quote(arena, reference->name)), TEXT_ARG(nearest));
}

/* A table or chart that the narrative places and that could not be made: that was told there. */
static bool is_lost(const struct assembly *assembly, struct text name)
{
    size_t colon = text_find(name, ':', 0);
    struct text title =
        text_format(assembly->arena, "%.*s %.*s", TEXT_ARG(text_slice(name, 0, colon)),
                    TEXT_ARG(text_slice(name, colon + 1, name.len)));
    return colon < name.len && diags_count(assembly->diags, LEVEL_ERROR) > 0 &&
           texts_find(&assembly->placed, title) < assembly->placed.count;
}

static const struct block *find_target(struct assembly *assembly, const struct reference *reference)
{
    const struct blocks *blocks = &assembly->document->blocks;
    for (size_t i = 0; i < blocks->count; i++)
        if (is_named(assembly->arena, &blocks->items[i], reference->name))
            return &blocks->items[i];
    if (!is_lost(assembly, reference->name))
        tell_unknown(assembly, reference);
    return NULL;
}

static void fill_span(struct assembly *assembly, struct span *span, const struct texts *twice)
{
    size_t number = 0;
    for (size_t i = sizeof REFERENCE_LINK - 1; i < span->link.len; i++)
        number = number * 10 + (size_t)(span->link.ptr[i] - '0');
    const struct reference *reference = &assembly->narrative.references.items[number];
    const struct block *target = find_target(assembly, reference);
    struct text words = target ? words_of(assembly->arena, target) : TEXT_EMPTY;
    struct showing shown = {.usual = words};
    if (target)
        span->link = text_concat(assembly->arena, TEXT("#"), target->anchor);
    if (target && texts_find(twice, target->anchor) < twice->count)
        diag(
            assembly->diags, DIAG_TEMPLATE, reference->place,
            "'%.*s' stands for several places: give the one that is meant a label of its own, such "
            "as {#%.*s-of-the-plan}",
            TEXT_ARG(reference->name), TEXT_ARG(reference->name));
    else if (target && !words.len)
        diag(assembly->diags, DIAG_TEMPLATE, reference->place,
             "paragraph '%.*s' has no number: refer to its heading, or write 'numbering = "
             "paragraphs' in [report]",
             TEXT_ARG(reference->name));
    else if (target && !format_show(assembly->arena, &shown, reference->format, &span->text))
        diag(assembly->diags, DIAG_TEMPLATE, reference->place,
             "a reference has no format '%.*s'; it has capital",
             TEXT_ARG(text_quote(assembly->arena, reference->format)));
}

static void fill_spans(struct assembly *assembly, struct spans *spans, const struct texts *twice)
{
    for (size_t i = 0; i < spans->count; i++)
        if (text_starts(spans->items[i].link, TEXT(REFERENCE_LINK)))
            fill_span(assembly, &spans->items[i], twice);
}

static void fill_blocks(struct assembly *assembly, struct blocks *blocks, const struct texts *twice)
{
    for (size_t i = 0; i < blocks->count; i++) {
        struct block *block = &blocks->items[i];
        if (block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_NOTE)
            fill_spans(assembly, &block->paragraph.spans, twice);
        if (block->kind == BLOCK_HEADING)
            fill_spans(assembly, &block->heading.spans, twice);
        if (block->kind == BLOCK_CALLOUT)
            fill_blocks(assembly, &block->callout, twice);
        for (size_t k = 0; block->kind == BLOCK_LIST && k < block->list.count; k++)
            fill_blocks(assembly, &block->list.items[k], twice);
    }
}

void references_fill(struct assembly *assembly, const struct texts *twice)
{
    if (assembly->narrative.references.count)
        fill_blocks(assembly, &assembly->document->blocks, twice);
}
