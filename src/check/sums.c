#include "check/check_int.h"
#include "check/rules_int.h"

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
        if (!part.present || !whole.present || dq_subset(part.number, whole.number) == DQ_OK)
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

/* The one total that the parts are held against; NULL when there is none, or several. */
static const struct compared *only_total(const struct comparison *comparison)
{
    const struct compared *total = NULL;
    for (size_t i = 0; i < comparison->count; i++) {
        const struct compared *row = &comparison->rows[i];
        if (row->relation != RELATION_TOTAL || !row->measure)
            continue;
        if (total)
            return NULL;
        total = row;
    }
    return total;
}

/* The values of the parts in a period; 0 when there are none, or one is not known. */
static size_t parts_of(const struct comparison *comparison, size_t b, struct decimal *out)
{
    size_t count = 0;
    for (size_t i = 0; i < comparison->count; i++) {
        const struct compared *row = &comparison->rows[i];
        if (row->relation != RELATION_PART || !row->measure)
            continue;
        if (!value_at(row, b).present)
            return 0;
        out[count++] = value_at(row, b).number;
    }
    return count;
}

/* True when the total is the sum of all other rows, and some of these are no parts of it. */
static bool counts_twice(struct diags *diags, const struct comparison *comparison, size_t b,
                         struct decimal total)
{
    enum relation *relations = arena_calloc(diags->arena, comparison->count + 1, sizeof *relations);
    struct decimal sum = decimal_from(0);
    size_t count = 0;
    for (size_t i = 0; i < comparison->count; i++) {
        const struct compared *row = &comparison->rows[i];
        enum relation r = row->relation;
        if (!row->measure || r == RELATION_TOTAL || r == RELATION_NON_ADDITIVE)
            continue;
        if (!value_at(row, b).present || !decimal_add(sum, value_at(row, b).number, &sum))
            return false;
        relations[count++] = r;
    }
    return decimal_compare(sum, total) == 0 && dq_summed(relations, count) != DQ_OK;
}

static void tell_sum(struct diags *diags, const struct comparison *comparison,
                     const struct compared *total, size_t b, enum dq code, struct decimal sum)
{
    struct decimal difference = {0};
    struct text period = period_at(diags->arena, comparison, b);
    decimal_subtract(sum, value_at(total, b).number, &difference);
    if (code == DQ_SUM_LESS)
        diag(diags, DIAG_SUM, total->place,
             "the parts come to %.*s more than their total in %.*s: check the exports, and "
             "which measures are declared 'part'",
             TEXT_ARG(decimal_text(diags->arena, difference)), TEXT_ARG(period));
    if (code == DQ_SUM_ROUNDING)
        diag(diags, DIAG_SUM_ROUNDING, total->place,
             "the parts come to %.*s in %.*s and their total is %.*s: all are rounded, and "
             "rounding explains the difference",
             TEXT_ARG(decimal_text(diags->arena, sum)), TEXT_ARG(period),
             TEXT_ARG(decimal_text(diags->arena, value_at(total, b).number)));
    if (code == DQ_DOUBLE_COUNT)
        diag(diags, DIAG_DOUBLE_COUNT, total->place,
             "'%.*s' is the sum of all other rows in %.*s, of which some are within others or "
             "outside the total: it counts them twice, and the parts come to %.*s",
             TEXT_ARG(total->label), TEXT_ARG(period), TEXT_ARG(decimal_text(diags->arena, sum)));
}

/* Parts against their total in one period. */
static void check_total(struct diags *diags, const struct comparison *comparison,
                        const struct compared *total, size_t b)
{
    struct decimal *parts = arena_calloc(diags->arena, comparison->count + 1, sizeof *parts);
    struct decimal unit, sum = decimal_from(0), whole = value_at(total, b).number;
    size_t count = value_at(total, b).present ? parts_of(comparison, b, parts) : 0;
    for (size_t i = 0; i < count; i++)
        if (!decimal_add(sum, parts[i], &sum))
            return;
    if (!count)
        return;
    enum dq code = dq_sum(parts, count, whole, comparison_rounding(comparison, &unit));
    if (code == DQ_SUM_REMAINDER && counts_twice(diags, comparison, b, whole))
        code = DQ_DOUBLE_COUNT;
    tell_sum(diags, comparison, total, b, code, sum);
}

void check_sums(struct diags *diags, const struct check_input *input)
{
    const struct comparison *comparison = input->comparison;
    if (!comparison)
        return;
    for (size_t i = 0; i < comparison->count; i++)
        if (comparison->rows[i].relation == RELATION_OF_WHICH)
            check_subset(diags, comparison, &comparison->rows[i]);
    const struct compared *total = only_total(comparison);
    for (size_t b = 0; total && b <= comparison->baselines.count; b++)
        check_total(diags, comparison, total, b);
}
