/* revised - figures that differ from those of an earlier report (statistics.md 1.6 and 7). */
#include "data/reported.h"

void reported_add(struct arena *arena, struct reporteds *all, struct reported reported)
{
    if (all->count == REPORTED_MOST)
        return;
    all->items = arena_grow(arena, all->items, all->count, &all->capacity, sizeof *all->items);
    all->items[all->count++] = reported;
}

struct text hiding_text(struct arena *arena, const struct hiding *hiding)
{
    if (!hiding->is_declared)
        return TEXT_EMPTY;
    return text_format(arena, "below %lld%s, rounding %u", (long long)hiding->below,
                       hiding->zeros ? ", zeros" : "", hiding->rounding);
}

void dataset_revise(struct dataset *dataset, struct revised revised)
{
    for (size_t p = 0; !dataset->counts_rows && p < dataset->period_count; p++) {
        struct figure *figure = NULL;
        if (revised.area < dataset->areas.count && period_same(dataset->periods[p], revised.period))
            figure = dataset_figure(dataset, revised.measure, revised.area, p);
        if (figure && figure->value.present)
            figure->value.markers |= MARKER_REVISED;
    }
    dataset->revised = arena_grow(dataset->arena, dataset->revised, dataset->revised_count,
                                  &dataset->revised_capacity, sizeof revised);
    dataset->revised[dataset->revised_count++] = revised;
}

const struct revised *dataset_revised_in(const struct dataset *dataset, size_t measure, size_t area,
                                         struct period period)
{
    for (size_t i = 0; i < dataset->revised_count; i++) {
        const struct revised *revised = &dataset->revised[i];
        if (revised->measure == measure && revised->area == area &&
            period_same(revised->period, period))
            return revised;
    }
    return NULL;
}
