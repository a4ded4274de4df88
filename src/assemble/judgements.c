/* judgements - "What changed, and can we tell?": a sentence a measure, in the source's order. */
#include "assemble/assemble_int.h"

#include "compute/judgement.h"

static const struct compared *row_of(const struct comparison *comparison,
                                     const struct measure *measure)
{
    for (size_t i = 0; i < comparison->count; i++)
        if (comparison->rows[i].measure == measure)
            return &comparison->rows[i];
    return NULL;
}

static void add_sentence(struct assembly *assembly, const struct comparison *comparison,
                         const struct compared *row, size_t b, struct list *list)
{
    struct text sentence = change_sentence(assembly->arena, comparison, row, b);
    if (!sentence.len)
        return;
    struct blocks item = {0};
    blocks_add_paragraph(assembly->arena, &item, sentence);
    list->items =
        arena_grow(assembly->arena, list->items, list->count, &list->capacity, sizeof *list->items);
    list->items[list->count++] = item;
}

/* A total that the source does not give stands first, where a reader looks for it. */
static struct list sentences_of(struct assembly *assembly, const struct comparison *comparison,
                                size_t b)
{
    const struct dataset *dataset = comparison->dataset;
    struct list list = {0};
    for (size_t i = 0; i < comparison->count; i++)
        if (comparison->rows[i].is_sum)
            add_sentence(assembly, comparison, &comparison->rows[i], b, &list);
    for (size_t m = 0; m < dataset->measure_count; m++) {
        const struct compared *row = row_of(comparison, &dataset->measures[m]);
        if (row)
            add_sentence(assembly, comparison, row, b, &list);
    }
    return list;
}

/* The figures of the source that is named; NULL after a message, or when the source was refused. */
static const struct comparison *find_figures(struct assembly *assembly,
                                             const struct block *placement)
{
    const struct report_input *input = assembly->input;
    struct text name = placement->placement.name;
    struct texts names = {0};
    for (size_t i = 0; i < input->source_count; i++) {
        const struct report_source *source = &input->sources[i];
        if (text_equal(source->dataset->name, name) && dataset_is_lost(source->dataset)) {
            assembly->is_lost = true;
            return NULL;
        }
        if (text_equal(source->dataset->name, name) && source->comparison)
            stopped_use(assembly, source->comparison);
        if (text_equal(source->dataset->name, name) && source->comparison)
            return assembly_has_period(assembly, source) ? source->comparison : NULL;
        if (source->comparison)
            texts_add(assembly->arena, &names, source->dataset->name);
    }
    diag(assembly->diags, DIAG_TEMPLATE, placement->place,
         "the job has no source of figures '%.*s': expected one of %.*s",
         TEXT_ARG(text_quote(assembly->arena, name)),
         TEXT_ARG(names.count ? texts_join(assembly->arena, &names, TEXT(", ")) : TEXT("none")));
    return NULL;
}

void judgements_place(struct assembly *assembly, const struct block *placement,
                      struct blocks *blocks)
{
    const struct comparison *comparison = find_figures(assembly, placement);
    for (size_t b = 0; comparison && b < comparison->baselines.count; b++) {
        struct list list = sentences_of(assembly, comparison, b);
        if (!list.count)
            continue;
        struct text label = period_display(assembly->arena, comparison->baselines.items[b].period);
        if (comparison->baselines.count > 1)
            blocks_add_paragraph(
                assembly->arena, blocks,
                text_format(assembly->arena, "Compared with %.*s:", TEXT_ARG(label)));
        blocks_add(assembly->arena, blocks, BLOCK_LIST)->list = list;
        assembly_judges(assembly, comparison);
    }
}
