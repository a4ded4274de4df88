#include "check/check_int.h"

static struct text period_at(struct arena *arena, const struct comparison *comparison, size_t b)
{
    return period_display(arena,
                          b ? comparison->baselines.items[b - 1].period : comparison->period);
}

static const struct compared *row_of_measure(const struct comparison *comparison, size_t measure)
{
    for (size_t i = 0; i < comparison->count; i++)
        if (comparison->rows[i].measure == &comparison->dataset->measures[measure])
            return &comparison->rows[i];
    return NULL;
}

static void check_subset(struct diags *diags, const struct comparison *comparison,
                         const struct compared *row)
{
    const struct compared *parent = row_of_measure(comparison, row->measure->parent);
    for (size_t b = 0; parent && b <= comparison->baselines.count; b++) {
        struct value part = value_at(row, b), whole = value_at(parent, b);
        if (!part.present || !whole.present || decimal_compare(part.number, whole.number) <= 0)
            continue;
        diag(diags, DIAG_SUBSET, row->place,
             "'%.*s' (%.*s) is more than '%.*s' (%.*s) in %.*s, of which it is declared a part: "
             "check the export, "
             "and its 'relation' in the job",
             TEXT_ARG(row->label), TEXT_ARG(decimal_text(diags->arena, part.number)),
             TEXT_ARG(parent->label), TEXT_ARG(decimal_text(diags->arena, whole.number)),
             TEXT_ARG(period_at(diags->arena, comparison, b)));
    }
}

static void check_remainder(struct diags *diags, const struct comparison *comparison,
                            const struct compared *row)
{
    for (size_t b = 0; b <= comparison->baselines.count; b++) {
        struct value value = value_at(row, b);
        if (value.present && decimal_sign(value.number) < 0)
            diag(diags, DIAG_SUM, row->place,
                 "the parts come to %.*s more than their total in %.*s: check the exports, and "
                 "which measures are declared 'part'",
                 TEXT_ARG(decimal_text(diags->arena, decimal_negate(value.number))),
                 TEXT_ARG(period_at(diags->arena, comparison, b)));
    }
}

void check_sums(struct diags *diags, const struct check_input *input)
{
    const struct comparison *comparison = input->comparison;
    for (size_t i = 0; comparison && i < comparison->count; i++) {
        const struct compared *row = &comparison->rows[i];
        if (row->relation == RELATION_OF_WHICH)
            check_subset(diags, comparison, row);
        if (row->is_remainder)
            check_remainder(diags, comparison, row);
    }
}
