/* performance_support - datasets of measures with targets. */
#ifndef TESTS_PERFORMANCE_SUPPORT_H
#define TESTS_PERFORMANCE_SUPPORT_H

#include "compute/facts.h"
#include "support.h"

static inline struct value number(const char *n)
{
    struct value value = {.present = true};
    assert_true(decimal_parse(text_from(n), &value.number));
    return value;
}

static const struct value hidden __attribute__((unused)) = {.markers = MARKER_CONFIDENTIAL};

static inline struct measure *add(struct dataset *dataset, const char *name, const char *period,
                                  struct value value)
{
    size_t measure = dataset_measure(dataset, text_from(name), PLACE_NONE);
    struct figure figure = {
        .measure = measure,
        .area = dataset_area(dataset, TEXT_EMPTY),
        .period = dataset_period(dataset, period_read(dataset->arena, text_from(period))),
        .value = value,
        .note = TEXT_EMPTY,
    };
    dataset_add_figure(dataset, figure);
    target_settle(&dataset->measures[measure].target);
    return &dataset->measures[measure];
}

static inline void aim(struct measure *measure, enum polarity polarity, const char *target)
{
    measure->target.polarity = polarity;
    measure->target.has_polarity = true;
    measure->target.has_value = true;
    assert_true(decimal_parse(text_from(target), &measure->target.value));
}

static inline struct performances *all_of(struct dataset *dataset, const char *period,
                                          const char *as_at)
{
    struct date date = {0};
    assert_true(!*as_at || date_read_iso(text_from(as_at), &date));
    struct period in = period_read(dataset->arena, text_from(period));
    return performance_make(dataset->arena, dataset, 0, in, date, true);
}

static inline const struct performance *of(struct dataset *dataset, const char *period,
                                           const char *as_at)
{
    return all_of(dataset, period, as_at)->items;
}

static inline const char *says(const struct performance *one, struct arena *arena,
                               enum performance_part part)
{
    return text_cstr(arena, performance_words(arena, one, part));
}

static const char *const month_names[] = {"April",    "May",       "June",     "July",
                                          "August",   "September", "October",  "November",
                                          "December", "January",   "February", "March"};

/* `count` months from April of `year` on, of 10 more a month from `first` on. */
static inline struct measure *add_months(struct dataset *dataset, const char *name, int year,
                                         int count, int first)
{
    struct measure *measure = NULL;
    for (int m = 0; m < count; m++)
        measure = add(dataset, name,
                      text_format(dataset->arena, "%s %d", month_names[m], year + (m > 8)).ptr,
                      number(text_format(dataset->arena, "%d", first + 10 * m).ptr));
    return measure;
}

#endif
