/*
 * judgements - "What changed, and can we tell?": a sentence a measure, in the source's order; in
 * short, the measures of which nothing is told share one.
 */
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

/* Of what is told in short: the labels of the measures by what is said of them all. */
enum lot { LOT_LITTLE, LOT_UNCERTAIN, LOT_TOO_FEW, LOTS };

struct saying {
    struct list sentences;
    bool in_short;
    struct texts lots[LOTS];
};

/* LOTS: a sentence of its own. */
static enum lot lot_of(enum evidence evidence)
{
    switch (evidence) {
    case EVIDENCE_LITTLE_CHANGED:
        return LOT_LITTLE;
    case EVIDENCE_UNCERTAIN:
        return LOT_UNCERTAIN;
    case EVIDENCE_TOO_FEW:
        return LOT_TOO_FEW;
    default:
        return LOTS;
    }
}

static void add_item(struct arena *arena, struct list *list, struct text sentence)
{
    struct blocks item = {0};
    blocks_add_paragraph(arena, &item, sentence);
    list->items = arena_grow(arena, list->items, list->count, &list->capacity, sizeof *list->items);
    list->items[list->count++] = item;
}

static void add_sentence(struct assembly *assembly, const struct comparison *comparison,
                         const struct compared *row, size_t b, struct saying *saying)
{
    struct text sentence = change_sentence(assembly->arena, comparison, row, b);
    enum lot lot = lot_of(row->judged[b].evidence);
    if (sentence.len && saying->in_short && lot < LOTS)
        texts_add(assembly->arena, &saying->lots[lot], compared_title(assembly->arena, row));
    else if (sentence.len)
        add_item(assembly->arena, &saying->sentences, sentence);
}

static void add_lots(struct arena *arena, struct saying *saying)
{
    static const char *const leads[LOTS] = {
        [LOT_LITTLE] = "Little changed; a difference of this size can easily be chance",
        [LOT_UNCERTAIN] =
            "The figures do not show clearly whether there has been a real change in these",
        [LOT_TOO_FEW] = "The numbers are too small to judge these",
    };
    for (int lot = 0; lot < LOTS; lot++)
        if (saying->lots[lot].count)
            add_item(arena, &saying->sentences,
                     text_format(arena, "%s: %.*s.", leads[lot],
                                 TEXT_ARG(texts_join(arena, &saying->lots[lot], TEXT("; ")))));
}

/* A total that the source does not give stands first, where a reader looks for it. */
static struct list sentences_of(struct assembly *assembly, const struct comparison *comparison,
                                size_t b, bool in_short)
{
    const struct dataset *dataset = comparison->dataset;
    struct saying saying = {.in_short = in_short};
    for (size_t i = 0; i < comparison->count; i++)
        if (comparison->rows[i].is_sum)
            add_sentence(assembly, comparison, &comparison->rows[i], b, &saying);
    for (size_t m = 0; m < dataset->measure_count; m++) {
        const struct compared *row = row_of(comparison, &dataset->measures[m]);
        if (row)
            add_sentence(assembly, comparison, row, b, &saying);
    }
    add_lots(assembly->arena, &saying);
    return saying.sentences;
}

/* The figures of the source that is named; NULL after a message, or when the source was refused. */
static const struct comparison *find_figures(struct assembly *assembly,
                                             const struct block *placement)
{
    const struct report_input *input = assembly->input;
    struct text name = placement->placement.name;
    struct texts names = {0};
    for (size_t i = 0; i < input->source_count; i++) {
        const struct report_source *source = loop_source(assembly, &input->sources[i]);
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

void judgements_place(struct assembly *assembly, const struct block *placement, bool in_short,
                      struct blocks *blocks)
{
    const struct comparison *comparison = find_figures(assembly, placement);
    for (size_t b = 0; comparison && b < comparison->baselines.count; b++) {
        struct list list = sentences_of(assembly, comparison, b, in_short);
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
