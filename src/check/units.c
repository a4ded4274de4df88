/* Figures in another unit than those beside them, and columns that were rounded. */
#include "check/check_int.h"
#include "check/rules_int.h"
#include "compute/robust.h"

enum { OTHERS_MAX = 64, PERIODS_MAX = 256 }; /* enough to know what is usual */

/* The other values of the same measure and area. */
static size_t history_of(const struct dataset *dataset, const struct figure *figure,
                         struct decimal *out)
{
    size_t count = 0;
    size_t periods = dataset->period_count < PERIODS_MAX ? dataset->period_count : PERIODS_MAX;
    for (size_t p = 0; p < periods && count < OTHERS_MAX; p++) {
        const struct figure *other =
            p == figure->period ? NULL : dataset_figure(dataset, figure->measure, figure->area, p);
        if (other && other->value.present)
            out[count++] = other->value.number;
    }
    return count;
}

/* The other percentages of the same area and period: they stand in one column. */
static size_t column_of(const struct dataset *dataset, const struct figure *figure,
                        struct decimal *out)
{
    enum { LEAST = 5 };
    size_t count = 0;
    for (size_t m = 0; m < dataset->measure_count && count < OTHERS_MAX; m++) {
        if (m == figure->measure || dataset->measures[m].kind != KIND_PERCENT)
            continue;
        const struct figure *other = dataset_figure(dataset, m, figure->area, figure->period);
        if (other && other->value.present)
            out[count++] = other->value.number;
    }
    return count < LEAST ? 0 : count;
}

static bool is_in_another_unit(const struct dataset *dataset, const struct figure *figure)
{
    struct decimal others[OTHERS_MAX];
    size_t count = history_of(dataset, figure, others);
    if (!figure->value.present)
        return false;
    if (dq_unit_scale(figure->value.number, others, count, false) != DQ_OK)
        return true;
    if (dataset->measures[figure->measure].kind != KIND_PERCENT)
        return false;
    count = column_of(dataset, figure, others);
    return dq_unit_scale(figure->value.number, others, count, true) != DQ_OK;
}

static void check_scale(struct diags *diags, const struct dataset *dataset)
{
    for (size_t i = 0; i < dataset->figure_count; i++) {
        const struct figure *figure = &dataset->figures[i];
        if (is_in_another_unit(dataset, figure))
            diag(diags, DIAG_UNIT_SCALE, figure->place,
                 "'%.*s' for '%.*s' seems to be in another unit than the figures beside it: a "
                 "proportion among percentages, or thousands among ones",
                 TEXT_ARG(decimal_text(diags->arena, figure->value.number)),
                 TEXT_ARG(text_quote(diags->arena, dataset->measures[figure->measure].name)));
    }
}

static void check_rounded(struct diags *diags, const struct dataset *dataset)
{
    struct decimal *counts = arena_calloc(diags->arena, dataset->figure_count + 1, sizeof *counts),
                   unit;
    size_t count = 0;
    for (size_t i = 0; i < dataset->figure_count; i++) {
        const struct figure *figure = &dataset->figures[i];
        if (figure->value.present && dataset->measures[figure->measure].kind == KIND_COUNT)
            counts[count++] = figure->value.number;
    }
    if (values_rounded_to(counts, count, &unit) && unit.scale == 0)
        diag(diags, DIAG_ROUNDED_COUNTS, dataset->place,
             "all %zu counts of '%.*s' are multiples of %.*s: they seem to have been rounded, and "
             "changes of small ones are not exact",
             count, TEXT_ARG(dataset->name), TEXT_ARG(decimal_text(diags->arena, unit)));
}

void check_units(struct diags *diags, const struct check_input *input)
{
    const struct dataset *dataset = input->dataset;
    if (dataset->counts_rows)
        return; /* events that the program counted itself */
    check_scale(diags, dataset);
    check_rounded(diags, dataset);
}
