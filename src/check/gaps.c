#include "check/check_int.h"

/* `told`: of each measure, whether a figure of it was stopped: that was told with its cause. */
static bool is_gap(const struct comparison *comparison, const struct compared *row, size_t b,
                   const bool *told)
{
    struct value value = value_at(row, b);
    return row->measure && !value.present && value.markers == MARKER_NOT_AVAILABLE &&
           !told[row->measure - comparison->dataset->measures];
}

static bool *stopped_measures(struct arena *arena, const struct comparison *comparison,
                              struct period period)
{
    const struct dataset *dataset = comparison->dataset;
    bool *told = arena_calloc(arena, dataset->measure_count + 1, sizeof *told);
    for (size_t i = 0; i < dataset->stopped_count; i++)
        if (stopped_within(dataset, &dataset->stopped[i], comparison->where, period))
            told[dataset->stopped[i].measure] = true;
    return told;
}

/* One finding a period: a blank cell, or a line below the table that was read as a measure. */
static void check_period(struct diags *diags, const struct comparison *comparison, size_t b)
{
    const struct compared *first = NULL;
    struct period period = b ? comparison->baselines.items[b - 1].period : comparison->period;
    const bool *told = stopped_measures(diags->arena, comparison, period);
    size_t gaps = 0, measures = 0;
    for (size_t i = 0; i < comparison->count; i++) {
        const struct compared *row = &comparison->rows[i];
        measures += row->measure != NULL;
        gaps += is_gap(comparison, row, b, told);
        if (!first && is_gap(comparison, row, b, told))
            first = row;
    }
    if (gaps == 0 || gaps == measures) /* a period without any figure is told where it is needed */
        return;
    diag(diags, DIAG_GAP, b ? first->measure->place : first->place,
         "%zu of %zu measures %s no figure for %.*s; the first is '%.*s'", gaps, measures,
         gaps == 1 ? "has" : "have", TEXT_ARG(period_display(diags->arena, period)),
         TEXT_ARG(text_quote(diags->arena, first->label)));
}

static bool has_figures(const struct dataset *dataset)
{
    for (size_t i = 0; i < dataset->figure_count; i++) {
        struct figure figure = dataset_figure_at(dataset, i);
        if (figure.value.present || figure.place.column)
            return true;
    }
    return dataset->stopped_count > 0;
}

/* A list of indicators without a column for figures; blank cells are told where they are needed. */
static void check_any(struct diags *diags, const struct dataset *dataset)
{
    if (dataset->measure_count && !dataset->incomplete && !has_figures(dataset))
        diag(diags, DIAG_GAP, dataset->place,
             "source '%.*s' has %zu measure%s and no column of figures: name that column, or, if "
             "its rows are words, read it with 'dialect = register'",
             TEXT_ARG(dataset->name), dataset->measure_count,
             dataset->measure_count == 1 ? "" : "s");
}

void check_gaps(struct diags *diags, const struct check_input *input)
{
    check_any(diags, input->dataset);
    const struct comparison *comparison = input->comparison;
    for (size_t b = 0; comparison && b <= comparison->baselines.count; b++)
        check_period(diags, comparison, b);
}
