/* revised - figures of earlier periods that are no longer those of the last report (DQ_REVISED). */
#include "check/check.h"

enum { TOLD_MOST = 10 }; /* of one source; a revision often is of a whole series */

struct comparing {
    struct diags *diags;
    struct dataset *dataset;
    struct map measures; /* by name */
    struct map seen;     /* figures that a later report has: these go first */
    struct text rule;
    size_t told, more;
};

/* A figure is the same in two reports when its key is. */
static struct text key_of(struct arena *arena, const struct reported *was)
{
    return text_format(arena, "%.*s\x1f%.*s\x1f%.*s\x1f%.*s", TEXT_ARG(was->measure),
                       TEXT_ARG(was->area), TEXT_ARG(date_iso(arena, was->start)),
                       TEXT_ARG(date_iso(arena, was->end)));
}

static bool find_area(const struct dataset *dataset, struct text name, size_t *out)
{
    *out = texts_find(&dataset->areas, name);
    if (!name.len && *out == dataset->areas.count)
        *out = AREA_ALL;
    return *out == AREA_ALL || *out < dataset->areas.count;
}

static void tell(struct comparing *c, const struct reported *was, size_t measure, struct value now,
                 struct place place)
{
    const struct measure *of = &c->dataset->measures[measure];
    struct arena *arena = c->diags->arena;
    struct text in = was->area.len && c->dataset->areas.count > 1
                         ? text_format(arena, " in %.*s", TEXT_ARG(was->area))
                         : TEXT_EMPTY;
    if (c->told++ >= TOLD_MOST) {
        c->more++;
        return;
    }
    diag(c->diags, DIAG_REVISED, place,
         "'%.*s'%.*s is %.*s for %.*s, and was %.*s in the report for %.*s (%.*s): it is marked "
         "[r], and a note below its tables says so",
         TEXT_ARG(of->name), TEXT_ARG(in), TEXT_ARG(decimal_text(arena, now.number)),
         TEXT_ARG(was->period), TEXT_ARG(decimal_text(arena, was->value)), TEXT_ARG(was->report),
         TEXT_ARG(was->place));
}

static void compare(struct comparing *c, const struct reported *was)
{
    struct text key = key_of(c->diags->arena, was);
    size_t measure = map_find(&c->measures, was->measure, SIZE_MAX), area;
    struct period period = {.label = was->period, .start = was->start, .end = was->end};
    struct place place = PLACE_NONE;
    if (map_find(&c->seen, key, SIZE_MAX) != SIZE_MAX)
        return;
    map_add(&c->seen, key, 0);
    if (measure == SIZE_MAX || !text_equal(was->rule, c->rule) ||
        !find_area(c->dataset, was->area, &area))
        return;
    struct value now = dataset_value(c->dataset, measure, area, period, &place);
    if (!now.present || decimal_compare(now.number, was->value) == 0)
        return;
    tell(c, was, measure, now, place.file.len ? place : c->dataset->place);
    dataset_revise(c->dataset, (struct revised){.measure = measure,
                                                .area = area,
                                                .period = period,
                                                .was = was->value,
                                                .report = was->report});
}

void check_revised(struct diags *diags, struct dataset *dataset, const struct reporteds *reported)
{
    struct comparing c = {.diags = diags,
                          .dataset = dataset,
                          .measures = {.arena = diags->arena},
                          .seen = {.arena = diags->arena},
                          .rule = hiding_text(diags->arena, &dataset->hiding)};
    for (size_t m = 0; m < dataset->measure_count; m++)
        if (map_find(&c.measures, dataset->measures[m].name, SIZE_MAX) == SIZE_MAX)
            map_add(&c.measures, dataset->measures[m].name, m);
    for (size_t i = 0; i < reported->count; i++)
        if (text_equal(reported->items[i].source, dataset->name))
            compare(&c, &reported->items[i]);
    if (c.more)
        diag(diags, DIAG_REVISED, dataset->place,
             "%zu more figures of source '%.*s' are not those of an earlier report: they are "
             "marked [r]",
             c.more, TEXT_ARG(dataset->name));
}
