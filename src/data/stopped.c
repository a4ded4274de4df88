/* stopped - figures that cannot be right are taken out of a dataset (statistics.md 0.9 and 7). */
#include "data/dataset.h"

static void take_out(struct value *value, unsigned marker)
{
    if (value->present)
        value_mark(value, marker);
}

/* A target is not in doubt; what was published of the figure is. */
static const struct published_with *without_figure(struct arena *arena,
                                                   const struct published_with *published)
{
    struct published_with *kept = arena_alloc(arena, sizeof *kept);
    *kept = (struct published_with){.target = published->target,
                                    .target_words = published->target_words,
                                    .status = TEXT_EMPTY,
                                    .trend = TEXT_EMPTY,
                                    .against.england = TEXT_EMPTY,
                                    .against.parent = TEXT_EMPTY,
                                    .against.goal = TEXT_EMPTY};
    return kept;
}

void dataset_stop(struct dataset *dataset, struct stopped stopped)
{
    struct figure *figure = dataset_figure(dataset, stopped.measure, stopped.area, stopped.period);
    if (!figure || figure->is_stopped)
        return;
    figure->is_stopped = true;
    if (figure->value.present &&
        !decimal_add(dataset->stopped_sum, figure->value.number, &dataset->stopped_sum))
        dataset->stopped_sum_is_lost = true;
    if (figure->value.markers & MARKER_CONFIDENTIAL)
        return; /* nobody sees it: there is nothing to explain */
    stopped.place = figure->place;
    figure->value.markers &= ~(unsigned)MARKER_NOT_AVAILABLE;
    value_mark(&figure->value, stopped.marker);
    if (stopped.marker != MARKER_NOT_APPLICABLE) { /* what [z] is a share of is right */
        take_out(&figure->count, stopped.marker);
        take_out(&figure->denominator, stopped.marker);
    }
    if (figure->published)
        figure->published = without_figure(dataset->arena, figure->published);
    dataset->stopped = arena_grow(dataset->arena, dataset->stopped, dataset->stopped_count,
                                  &dataset->stopped_capacity, sizeof stopped);
    dataset->stopped[dataset->stopped_count++] = stopped;
}

bool stopped_is_shown(const struct dataset *dataset, const struct stopped *stopped)
{
    struct figure figure;
    return dataset_find(dataset, stopped->measure, stopped->area, stopped->period, &figure) &&
           figure.value.markers & stopped->marker;
}

bool stopped_within(const struct dataset *dataset, const struct stopped *stopped, size_t area,
                    struct period period)
{
    return (area == SIZE_MAX || stopped->area == area) &&
           period_within(dataset->periods[stopped->period], period);
}

const struct stopped *dataset_stopped_in(const struct dataset *dataset, size_t measure, size_t area,
                                         struct period period)
{
    for (size_t i = 0; i < dataset->stopped_count; i++) {
        const struct stopped *stopped = &dataset->stopped[i];
        if (stopped->measure == measure && stopped_within(dataset, stopped, area, period) &&
            stopped_is_shown(dataset, stopped))
            return stopped;
    }
    return NULL;
}
