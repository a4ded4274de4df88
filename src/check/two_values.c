/* two_values - figures that two sources of a job give differently: the same measure, area and
 * period. */
#include "check/check.h"

/* Where the names of one source stand in another; SIZE_MAX: it has no such thing. */
struct twins {
    const struct dataset *a, *b;
    struct text area; /* that a source without areas is of */
    size_t *areas, *periods;
};

static size_t area_in(const struct dataset *dataset, struct text name, struct text own)
{
    size_t found = map_find(&dataset->area_index, name, SIZE_MAX);
    if (found == SIZE_MAX && text_equal(name, own))
        found = map_find(&dataset->area_index, TEXT_EMPTY, SIZE_MAX);
    return found == SIZE_MAX && !name.len ? map_find(&dataset->area_index, own, SIZE_MAX) : found;
}

static size_t period_in(const struct dataset *dataset, struct period period)
{
    for (size_t p = 0; p < dataset->period_count; p++)
        if (date_is_known(period.end) && period_same(dataset->periods[p], period))
            return p;
    return SIZE_MAX;
}

static void find_twins(struct arena *arena, struct twins *twins)
{
    const struct dataset *b = twins->b;
    twins->areas = arena_calloc(arena, b->areas.count + 1, sizeof *twins->areas);
    twins->periods = arena_calloc(arena, b->period_count + 1, sizeof *twins->periods);
    for (size_t i = 0; i < b->areas.count; i++)
        twins->areas[i] = area_in(twins->a, b->areas.items[i], twins->area);
    for (size_t i = 0; i < b->period_count; i++)
        twins->periods[i] = period_in(twins->a, b->periods[i]);
}

/* Both as the one with fewer decimals has it. */
static bool are_equal(struct decimal a, struct decimal b)
{
    unsigned places = a.scale < b.scale ? a.scale : b.scale;
    struct decimal left, right;
    return !decimal_round(a, places, &left) || !decimal_round(b, places, &right) ||
           decimal_compare(left, right) == 0;
}

static void check_measure(struct diags *diags, const struct twins *twins, size_t in_a, size_t in_b)
{
    struct figure first_a = {0}, first_b = {0};
    size_t count = 0;
    for (size_t i = 0; i < twins->b->figure_count; i++) {
        struct figure b = dataset_figure_at(twins->b, i), a;
        if (b.measure != in_b || !b.value.present || twins->areas[b.area] == SIZE_MAX ||
            twins->periods[b.period] == SIZE_MAX ||
            !dataset_find(twins->a, in_a, twins->areas[b.area], twins->periods[b.period], &a) ||
            !a.value.present || are_equal(a.value.number, b.value.number))
            continue;
        first_a = count ? first_a : a;
        first_b = count ? first_b : b;
        count++;
    }
    if (!count)
        return;
    struct arena *arena = diags->arena;
    diag(diags, DIAG_TWO_WAYS, first_b.place,
         "'%.*s' is %.*s in %.*s, and %.*s in %.*s: say which is used, and why they differ%s",
         TEXT_ARG(text_quote(arena, twins->b->measures[in_b].label)),
         TEXT_ARG(decimal_in_full(arena, first_b.value.number)),
         TEXT_ARG(period_display(arena, twins->b->periods[first_b.period])),
         TEXT_ARG(decimal_in_full(arena, first_a.value.number)),
         TEXT_ARG(place_text(arena, first_a.place)),
         count > 1 ? "; it has more figures like this" : "");
}

/* Two parts of one export, as its filters take them, may have one name for two things. */
static bool share_a_file(const struct dataset *a, const struct dataset *b)
{
    for (size_t i = 0; i < a->account.count; i++)
        for (size_t k = 0; k < b->account.count; k++)
            if (text_equal(a->account.files[i].path, b->account.files[k].path))
                return true;
    return false;
}

static bool is_exact(const struct dataset *dataset)
{
    return dataset->figure_count && !dataset->hiding.rounding && !dataset->incomplete;
}

static void check_pair(struct diags *diags, const struct dataset *a, const struct dataset *b,
                       struct text area)
{
    struct twins twins = {.a = a, .b = b, .area = area};
    struct map names = {.arena = diags->arena};
    for (size_t m = 0; m < a->measure_count; m++)
        if (map_find(&names, a->measures[m].slug, SIZE_MAX) == SIZE_MAX)
            map_add(&names, a->measures[m].slug, m);
    for (size_t m = 0; m < b->measure_count; m++) {
        size_t same = map_find(&names, b->measures[m].slug, SIZE_MAX);
        if (same == SIZE_MAX || a->measures[same].kind != b->measures[m].kind ||
            !text_same_name(a->measures[same].unit, b->measures[m].unit))
            continue;
        if (!twins.areas)
            find_twins(diags->arena, &twins);
        check_measure(diags, &twins, same, m);
    }
}

void check_two_values(struct diags *diags, const struct dataset *const *datasets, size_t count,
                      struct text area)
{
    for (size_t b = 1; b < count; b++)
        for (size_t a = 0; a < b; a++)
            if (is_exact(datasets[a]) && is_exact(datasets[b]) &&
                !share_a_file(datasets[a], datasets[b]))
                check_pair(diags, datasets[a], datasets[b], area);
}
