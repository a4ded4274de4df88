/* Periods of the figures against each other, the job's and the day they were taken. */
#include "check/check_int.h"
#include "check/rules_int.h"

static bool is_told(const struct diags *diags, enum diag_kind kind, struct place place)
{
    for (size_t i = 0; i < diags->count; i++)
        if (diags->items[i].kind == kind && diags->items[i].place.line == place.line &&
            diags->items[i].place.column == place.column &&
            text_equal(diags->items[i].place.file, place.file))
            return true;
    return false;
}

static struct place place_of_period(const struct dataset *dataset, size_t period)
{
    for (size_t i = 0; i < dataset->figure_count; i++)
        if (dataset_figure_at(dataset, i).period == period)
            return dataset_figure_at(dataset, i).place;
    return dataset->place;
}

static void check_labels(struct diags *diags, const struct dataset *dataset)
{
    for (size_t p = 0; p < dataset->period_count; p++)
        if (dq_period_label(dataset->periods[p]) != DQ_OK)
            diag(diags, DIAG_PERIOD_LABEL, place_of_period(dataset, p),
                 "'%.*s' is a whole year: call it the year, not the year to date",
                 TEXT_ARG(text_quote(diags->arena, dataset->periods[p].label)));
}

/* The same for every source: told once, where the job names the period. */
static void check_overlaps(struct diags *diags, const struct comparison *comparison)
{
    for (size_t b = 0; b < comparison->baselines.count; b++) {
        const struct baseline *baseline = &comparison->baselines.items[b];
        bool is_apart = dq_overlap(comparison->period, baseline->period) == DQ_OK;
        if ((is_apart && period_is_as_long(comparison->period, baseline->period)) ||
            is_told(diags, DIAG_OVERLAP, baseline->place))
            continue;
        diag(diags, DIAG_OVERLAP, baseline->place, "%.*s %s %.*s: %s; compare with %.*s",
             TEXT_ARG(period_display(diags->arena, baseline->period)),
             is_apart ? "is not as long as" : "shares days with",
             TEXT_ARG(period_display(diags->arena, comparison->period)),
             is_apart ? "counts and amounts of money have no change between them"
                      : "a change between them says little",
             TEXT_ARG(
                 period_display(diags->arena, period_previous(diags->arena, comparison->period))));
    }
}

static const struct compared *first_present(const struct comparison *comparison)
{
    for (size_t i = 0; i < comparison->count; i++)
        if (comparison->rows[i].now.present && comparison->rows[i].measure)
            return &comparison->rows[i];
    return NULL;
}

static void check_complete(struct diags *diags, const struct check_input *input)
{
    const struct compared *row = first_present(input->comparison);
    struct period period = input->comparison->period;
    if (row && dq_complete(period, input->as_at) != DQ_OK)
        diag(diags, DIAG_INCOMPLETE, row->place,
             "%.*s ends on %.*s, after the date of the figures (%.*s): they cannot be complete",
             TEXT_ARG(period_display(diags->arena, period)),
             TEXT_ARG(date_display(diags->arena, period.end)),
             TEXT_ARG(date_display(diags->arena, input->as_at)));
}

/* Those of the dataset's periods that lie in `whole`; months.c looks after months. */
static size_t periods_within(const struct dataset *dataset, struct period whole, struct period *out)
{
    size_t count = 0;
    for (size_t p = 0; p < dataset->period_count; p++)
        if (dataset->periods[p].kind != PERIOD_MONTH && period_within(dataset->periods[p], whole))
            out[count++] = dataset->periods[p];
    return count;
}

static void check_gap(struct diags *diags, const struct dataset *dataset, struct period whole)
{
    struct period *parts = arena_calloc(diags->arena, dataset->period_count + 1, sizeof *parts),
                  missing;
    size_t count = periods_within(dataset, whole, parts);
    if (dq_period_gap(diags->arena, parts, count, whole, &missing) != DQ_OK)
        diag(diags, DIAG_PERIOD_GAP, dataset->place,
             "source '%.*s' has figures before and after %.*s, but none for it: nothing is added "
             "up to %.*s",
             TEXT_ARG(dataset->name), TEXT_ARG(period_display(diags->arena, missing)),
             TEXT_ARG(period_display(diags->arena, whole)));
}

void check_periods(struct diags *diags, const struct check_input *input)
{
    const struct comparison *comparison = input->comparison;
    check_labels(diags, input->dataset);
    if (!comparison)
        return;
    check_overlaps(diags, comparison);
    check_complete(diags, input);
    check_gap(diags, input->dataset, comparison->period);
    for (size_t b = 0; b < comparison->baselines.count; b++)
        check_gap(diags, input->dataset, comparison->baselines.items[b].period);
}
