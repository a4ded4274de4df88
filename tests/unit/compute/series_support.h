/* series_support - datasets of one measure over time. */
#ifndef TESTS_SERIES_SUPPORT_H
#define TESTS_SERIES_SUPPORT_H

#include "compute/series.h"
#include "support.h"

static const struct date no_date __attribute__((unused));

static inline struct decimal number(struct arena *arena, double value, unsigned places)
{
    struct decimal out;
    assert_true(decimal_parse(text_format(arena, "%.*f", (int)places, value), &out));
    return out;
}

/* A figure of "Crimes" in "North"; the figure for more to be said of it. */
static inline struct figure *add_figure(struct dataset *dataset, struct period period,
                                        struct value value)
{
    struct figure figure = {
        .measure = dataset_measure(dataset, TEXT("Crimes"), PLACE_NONE),
        .area = dataset_area(dataset, TEXT("North")),
        .period = dataset_period(dataset, period),
        .value = value,
        .note = TEXT_EMPTY,
        .place = place_at(TEXT("a.csv"), (unsigned)dataset->figure_count + 2, 3),
    };
    return dataset_add_figure(dataset, figure);
}

static inline struct figure *add_labelled(struct dataset *dataset, const char *label, double value,
                                          unsigned places)
{
    return add_figure(
        dataset, period_read(dataset->arena, text_from(label)),
        (struct value){.present = true, .number = number(dataset->arena, value, places)});
}

#define MISSING (-1.0) /* no figure for that month */
#define HIDDEN (-2.0)  /* [c] */

/* Months from April 2019 on. */
static inline struct dataset *months_of(struct arena *arena, const double *values, size_t count)
{
    struct dataset *dataset = dataset_new(arena, TEXT("crime"));
    for (size_t i = 0; i < count; i++) {
        struct period month = period_month(arena, 2019 + (int)(3 + i) / 12, (int)(3 + i) % 12 + 1);
        struct value value = {.present = true};
        if (values[i] == MISSING)
            continue;
        if (values[i] == HIDDEN)
            value = (struct value){.markers = MARKER_CONFIDENTIAL};
        else
            value.number = number(arena, values[i], 0);
        add_figure(dataset, month, value);
    }
    return dataset;
}

#endif
