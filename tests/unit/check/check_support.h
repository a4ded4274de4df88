/* check_support - a dataset made by hand, and what the checks say of it. */
#ifndef TESTS_CHECK_SUPPORT_H
#define TESTS_CHECK_SUPPORT_H

#include "check/check.h"
#include "support.h"

static inline size_t add_measure(struct dataset *dataset, const char *name, enum measure_kind kind,
                                 enum relation relation)
{
    size_t m = dataset_measure(dataset, text_from(name), place_at(TEXT("a.csv"), 1, 1));
    dataset->measures[m].kind = kind;
    dataset->measures[m].relation = relation;
    return m;
}

static inline struct value value_of_text(struct arena *arena, const char *cell)
{
    if (!cell)
        return (struct value){.present = false};
    return value_read(arena, text_from(cell)).value;
}

/* A figure with its count and denominator (NULL: none), at line 2 and on in the order of adding. */
static inline struct figure *add_figure(struct dataset *dataset, size_t measure, const char *period,
                                        const char *value, const char *count,
                                        const char *denominator)
{
    const struct figure figure = {
        .measure = measure,
        .area = dataset_area(dataset, TEXT("")),
        .period = dataset_period(dataset, period_read(dataset->arena, text_from(period))),
        .value = value_of_text(dataset->arena, value),
        .count = value_of_text(dataset->arena, count),
        .denominator = value_of_text(dataset->arena, denominator),
        .note = TEXT_EMPTY,
        .place = place_at(TEXT("a.csv"), (unsigned)dataset->figure_count + 2, 2),
    };
    if (!dataset->account.count)
        account_add_file(dataset, TEXT("a.csv"));
    struct figure *added = dataset_add_figure(dataset, figure);
    account_add_value(&dataset->account.files[0], added->value); /* as a reader does */
    return added;
}

/* All that the checks say of the dataset in 2021/22, against 2020/21. */
static inline struct text checked_against(struct dataset *dataset, const char *period,
                                          const char *before, struct date as_at)
{
    struct arena *arena = dataset->arena;
    struct diags diags = diags_new(arena);
    struct baselines baselines = {.count = 1};
    baselines.items[0] = (struct baseline){.period = period_read(arena, text_from(before)),
                                           .place = place_at(TEXT("job.ini"), 5, 1)};
    check_stop(&diags, dataset);
    struct check_input input = {
        .dataset = dataset,
        .comparison = comparison_make(arena, dataset, 0, period_read(arena, text_from(period)),
                                      &baselines, TEXT_EMPTY),
        .as_at = as_at,
    };
    check_source(&diags, &input);
    return diags_text(&diags);
}

static inline struct text checked(struct dataset *dataset)
{
    return checked_against(dataset, "2021/22", "2020/21", (struct date){2022, 6, 22});
}

#endif
