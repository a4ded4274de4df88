/* disclosure_people - sources that count the same people are judged as one. */
#include "compute/disclosure_int.h"

/* The number of a measure of that name, whatever its capitals and spaces; else measure_count. */
static size_t named(const struct dataset *dataset, struct text name)
{
    size_t m = 0;
    while (m < dataset->measure_count && !text_same_name(dataset->measures[m].name, name))
        m++;
    return m;
}

/* ---- one dataset of several ---- */

static void join_measures(struct control *whole, const struct dataset *from, size_t *measures)
{
    struct dataset *to = whole->dataset;
    for (size_t m = 0; m < from->measure_count; m++) {
        const struct measure *measure = &from->measures[m];
        size_t known = to->measure_count;
        measures[m] = named(to, measure->name);
        if (measures[m] == known) {
            measures[m] = dataset_measure(to, measure->name, measure->place);
            to->measures[measures[m]] = *measure;
        } else if (whole->ok && (to->measures[measures[m]].kind != measure->kind ||
                                 to->measures[measures[m]].relation != measure->relation))
            disclosure_refuse(whole, measure->place,
                              text_format(whole->arena,
                                          "'%.*s' is of another kind or relation in another of "
                                          "them: declare it in [measure %.*s] without a 'source'",
                                          TEXT_ARG(measure->name), TEXT_ARG(measure->name)));
    }
    for (size_t m = 0; m < from->measure_count; m++)
        if (from->measures[m].parent != SIZE_MAX)
            to->measures[measures[m]].parent = measures[from->measures[m].parent];
}

static size_t join_area(struct dataset *to, struct text area)
{
    size_t known = texts_find_name(&to->areas, area);
    return known < to->areas.count ? known : dataset_area(to, area);
}

/* The figure of both is one: what one hides, the other must. Its number in the whole. */
static size_t join_figure(struct control *whole, const struct dataset *from, struct figure figure,
                          size_t measure)
{
    struct dataset *to = whole->dataset;
    figure.measure = measure;
    figure.area = join_area(to, from->areas.items[figure.area]);
    figure.period = dataset_period(to, from->periods[figure.period]);
    const struct figure *same = dataset_figure(to, figure.measure, figure.area, figure.period);
    if (!same)
        same = dataset_add_figure(to, figure);
    else if (whole->ok && (same->value.present != figure.value.present ||
                           decimal_compare(same->value.number, figure.value.number) != 0))
        disclosure_refuse(
            whole, figure.place,
            text_format(whole->arena, "'%.*s' in %.*s is another number in each",
                        TEXT_ARG(to->measures[measure].name),
                        TEXT_ARG(period_display(whole->arena, to->periods[figure.period]))));
    return (size_t)(same - to->figures);
}

static size_t *join(struct control *whole, const struct dataset *from)
{
    size_t *measures = arena_calloc(whole->arena, from->measure_count, sizeof *measures);
    size_t *cells = arena_calloc(whole->arena, from->figure_count, sizeof *cells);
    join_measures(whole, from, measures);
    for (size_t i = 0; i < from->figure_count; i++) {
        struct figure figure = dataset_figure_at(from, i);
        cells[i] = join_figure(whole, from, figure, measures[figure.measure]);
    }
    return cells;
}

/* "north, south" */
static struct text names_of(struct arena *arena, struct dataset *const *datasets, size_t count)
{
    struct texts names = {0};
    for (size_t i = 0; i < count; i++)
        texts_add(arena, &names, datasets[i]->name);
    return texts_join(arena, &names, TEXT(", "));
}

static bool are_declared_alike(const struct dataset *a, const struct dataset *b)
{
    bool has_area = a->areas.count != 1 || a->areas.items[0].len > 0;
    bool has_too = b->areas.count != 1 || b->areas.items[0].len > 0;
    return a->hiding.below == b->hiding.below && a->hiding.zeros == b->hiding.zeros &&
           a->hiding.rounding == b->hiding.rounding && has_area == has_too;
}

size_t **disclosure_join(struct control *whole, struct dataset *const *datasets, size_t count)
{
    size_t **cells = arena_calloc(whole->arena, count, sizeof *cells);
    whole->dataset = dataset_new(whole->arena, names_of(whole->arena, datasets, count));
    whole->dataset->place = datasets[0]->place;
    whole->dataset->hiding = datasets[0]->hiding;
    for (size_t i = 0; i < count; i++) {
        if (whole->ok && !are_declared_alike(datasets[0], datasets[i]))
            disclosure_refuse(whole, datasets[i]->place,
                              TEXT("they count the same people and need the same 'suppress', "
                                   "'zeros' and 'rounding', and all of them areas or none"));
        cells[i] = join(whole, datasets[i]);
    }
    return cells;
}

/* ---- sources that may count the same people, and don't say so ---- */

static bool overlap(struct period a, struct period b)
{
    return period_within(a, b) || period_within(b, a);
}

/* A count of the measure that is shown, in a period that holds the hidden one or is held by it. */
static const struct figure *shown_beside(const struct dataset *dataset,
                                         const struct measure *measure, struct period period)
{
    size_t m = named(dataset, measure->name);
    for (size_t i = 0; m < dataset->measure_count && i < dataset->figure_count; i++)
        if (dataset->figures[i].measure == m && dataset->figures[i].value.present &&
            overlap(dataset->periods[dataset->figures[i].period], period))
            return &dataset->figures[i];
    return NULL;
}

static void warn_of(struct diags *diags, const struct dataset *hiding, const struct dataset *other)
{
    for (size_t i = 0; i < hiding->figure_count; i++) {
        const struct figure *figure = &hiding->figures[i];
        const struct measure *measure = &hiding->measures[figure->measure];
        const struct figure *shown =
            figure->value.markers & MARKER_CONFIDENTIAL
                ? shown_beside(other, measure, hiding->periods[figure->period])
                : NULL;
        if (!shown)
            continue;
        diag(diags, DIAG_SUPPRESS_SHARED, shown->place,
             "source '%.*s' shows figures of '%.*s', of which source '%.*s' hides some: they could "
             "give these back; write 'people = NAME' into both, the same name when they count the "
             "same people, or else two",
             TEXT_ARG(other->name), TEXT_ARG(measure->name), TEXT_ARG(hiding->name));
        return;
    }
}

void disclosure_warn_of_shared(struct diags *diags, struct dataset *const *datasets, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < count; k++)
            if (i != k && datasets[i]->hiding.is_declared && datasets[k]->figures &&
                (!datasets[i]->hiding.people.len || !datasets[k]->hiding.people.len))
                warn_of(diags, datasets[i], datasets[k]);
}
