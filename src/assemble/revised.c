/* revised - figures that are not those of an earlier report: a note below each table that shows one
 * says what it was (statistics.md 1.6 and 7). */
#include "assemble/assemble_int.h"

enum { NOTES = 6 }; /* the others are counted */

/* "Burglary, Quarter 1, 2021/22: revised [r]; the report for Quarter 1, 2021/22 had 280." */
static struct text note_of(struct arena *arena, const struct dataset *dataset,
                           const struct revised *revised, bool names_areas)
{
    const struct measure *measure = &dataset->measures[revised->measure];
    const struct value was = {.present = true, .number = revised->was};
    struct text area = revised->area < dataset->areas.count && names_areas
                           ? dataset->areas.items[revised->area]
                           : TEXT_EMPTY;
    return text_format(arena, "%.*s%s%.*s, %.*s: revised [r]; the report for %.*s had %.*s.",
                       TEXT_ARG(measure->label), area.len ? ", " : "", TEXT_ARG(area),
                       TEXT_ARG(period_display(arena, revised->period)), TEXT_ARG(revised->report),
                       TEXT_ARG(value_display(arena, was, revised->was.scale, measure->kind)));
}

static bool is_in_scope(const struct revised *revised, const struct stopped_scope *scope)
{
    return (scope->measure == SIZE_MAX || scope->measure == revised->measure) &&
           (scope->area == AREA_ALL || scope->area == revised->area) &&
           period_within(revised->period, scope->period);
}

void revised_note_scopes(struct assembly *assembly, const struct dataset *dataset,
                         const struct stopped_scopes *scopes, bool names_areas, struct texts *notes)
{
    size_t told = 0, more = 0;
    for (size_t i = 0; i < dataset->revised_count; i++) {
        bool found = false;
        for (size_t s = 0; s < scopes->count && !found; s++)
            found = is_in_scope(&dataset->revised[i], &scopes->items[s]);
        if (found && told == NOTES)
            more++;
        else if (found) {
            told++;
            texts_add(assembly->arena, notes,
                      note_of(assembly->arena, dataset, &dataset->revised[i], names_areas));
        }
    }
    if (more)
        texts_add(assembly->arena, notes,
                  text_format(assembly->arena, "%zu more figure%s marked [r] %s not as reported.",
                              more, more == 1 ? "" : "s", more == 1 ? "is" : "are"));
}
