/* account - nothing got lost or was counted twice between the rows read and the figures shown
 * (reliability.md P2). A finding here is a fault of the program. */
#include "check/check_int.h"

#define FAULT "this is a fault of the program, nothing is published"

static void check_rows(struct diags *diags, const struct file_account *file)
{
    if (!account_balances(file))
        diag(diags, DIAG_RECONCILE, place_file(file->path),
             "%zu rows were read, but those used, excluded and rejected are not as many: " FAULT,
             file->read);
}

static bool hides_a_value(const struct dataset *dataset)
{
    for (size_t i = 0; i < dataset->figure_count; i++)
        if (!dataset_figure_at(dataset, i).value.present)
            return true;
    return false;
}

static void check_values(struct diags *diags, const struct dataset *dataset)
{
    struct file_account read = account_total(diags->arena, &dataset->account);
    struct decimal sum;
    if (read.sum_is_lost || !dataset_sum(dataset, &sum))
        return;
    struct text shown = decimal_text(diags->arena, sum);
    if (decimal_compare(sum, read.sum) != 0)
        diag(diags, DIAG_RECONCILE, dataset->place,
             "the figures of source '%.*s' add up to %.*s, but the rows used to %.*s: " FAULT,
             TEXT_ARG(dataset->name), TEXT_ARG(shown),
             TEXT_ARG(decimal_text(diags->arena, read.sum)));
    if (dataset->counts_rows && !hides_a_value(dataset) &&
        decimal_compare(sum, decimal_from((int64_t)read.used)) != 0)
        diag(diags, DIAG_RECONCILE, dataset->place,
             "source '%.*s' counts %.*s in all, but %zu rows were used: " FAULT,
             TEXT_ARG(dataset->name), TEXT_ARG(shown), read.used);
}

/* Total = parts + what no part names, in every period in which all of them are known. */
static void check_total(struct diags *diags, const struct comparison *comparison, size_t b)
{
    const struct compared *total = NULL;
    struct decimal sum = decimal_from(0);
    bool known = true;
    size_t parts = 0;
    for (size_t i = 0; i < comparison->count; i++) {
        const struct compared *row = &comparison->rows[i];
        struct value value = value_at(row, b);
        if (row->relation == RELATION_TOTAL)
            total = row;
        if (row->relation != RELATION_PART)
            continue;
        parts++;
        known = known && total && total->kind == row->kind && kind_adds_up(row->kind) &&
                value.present && decimal_add(sum, value.number, &sum);
    }
    if (!total || !parts || !known || !value_at(total, b).present || comparison->rounding_shows)
        return; /* rounded parts need not add up: check_sums() tells of it */
    /* without a remainder row, comparison_make found that the parts are the whole */
    if (decimal_compare(sum, value_at(total, b).number) != 0)
        diag(diags, DIAG_RECONCILE, total->place,
             "'%.*s' is %.*s, but its parts and the remainder come to %.*s: " FAULT,
             TEXT_ARG(total->label),
             TEXT_ARG(decimal_text(diags->arena, value_at(total, b).number)),
             TEXT_ARG(decimal_text(diags->arena, sum)));
}

/* A subset of a measure that is not known was told of, and has no place in a table. */
static bool has_orphan(const struct dataset *dataset)
{
    for (size_t m = 0; m < dataset->measure_count; m++)
        if (dataset->measures[m].relation == RELATION_OF_WHICH &&
            dataset->measures[m].parent == SIZE_MAX)
            return true;
    return false;
}

/* Every event of the area and period is in one row of the comparison, and none is in two. */
static void check_events(struct diags *diags, const struct comparison *comparison, size_t b)
{
    const struct dataset *dataset = comparison->dataset;
    struct period period = b ? comparison->baselines.items[b - 1].period : comparison->period;
    struct decimal events = decimal_from(0), shown = decimal_from(0);
    for (size_t i = 0; i < comparison->count; i++) {
        struct value value = value_at(&comparison->rows[i], b);
        if (!comparison->rows[i].measure)
            continue;
        if (!value.present || !decimal_add(shown, value.number, &shown))
            return;
    }
    for (size_t i = 0; i < dataset->figure_count; i++) {
        const struct figure copy = dataset_figure_at(dataset, i), *figure = &copy;
        if (period_within(dataset->periods[figure->period], period) &&
            (!comparison->area.len ||
             text_equal(dataset->areas.items[figure->area], comparison->area)) &&
            figure->value.present && !decimal_add(events, figure->value.number, &events))
            return;
    }
    if (decimal_compare(events, shown) != 0)
        diag(diags, DIAG_RECONCILE, dataset->place,
             "source '%.*s' counts %.*s for %.*s, but the rows of its table %.*s: " FAULT,
             TEXT_ARG(dataset->name), TEXT_ARG(decimal_text(diags->arena, events)),
             TEXT_ARG(period_display(diags->arena, period)),
             TEXT_ARG(decimal_text(diags->arena, shown)));
}

void check_account(struct diags *diags, const struct check_input *input)
{
    const struct account *account = &input->dataset->account;
    for (size_t i = 0; i < account->count; i++)
        check_rows(diags, &account->files[i]);
    check_values(diags, input->dataset);
    for (size_t b = 0; input->comparison && b <= input->comparison->baselines.count; b++) {
        check_total(diags, input->comparison, b);
        if (input->dataset->counts_rows && !has_orphan(input->dataset))
            check_events(diags, input->comparison, b);
    }
}
