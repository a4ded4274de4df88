/*
 * rows_turns - rows of another source in a loop, which `only` gives to its turns: a row that no
 * turn shows would be lost.
 */
#include "assemble/rows_int.h"

struct turned {
    const struct ini_section *section;
    const struct dataset *dataset;
    bool *is_shown; /* by row: in some turn */
};

/* A source that the loops around do not cut: each turn sees all of it. */
static bool is_whole(const struct assembly *assembly, const struct dataset *dataset)
{
    for (size_t i = 0; i < assembly->input->source_count; i++)
        if (assembly->input->sources[i].dataset == dataset)
            return true;
    return false;
}

static struct turned *find_turned(struct assembly *assembly, const struct ini_section *section,
                                  const struct dataset *dataset)
{
    for (size_t i = 0; i < assembly->turned_count; i++)
        if (assembly->turned[i].section == section && assembly->turned[i].dataset == dataset)
            return &assembly->turned[i];
    assembly->turned = arena_grow(assembly->arena, assembly->turned, assembly->turned_count,
                                  &assembly->turned_capacity, sizeof *assembly->turned);
    struct turned *turned = &assembly->turned[assembly->turned_count++];
    *turned = (struct turned){.section = section,
                              .dataset = dataset,
                              .is_shown = arena_calloc(assembly->arena, dataset->action_count + 1,
                                                       sizeof *turned->is_shown)};
    return turned;
}

void rows_turn(struct assembly *assembly, const struct ini_section *section,
               const struct dataset *dataset, const bool *is_chosen)
{
    bool asks_turn = text_contains(ini_value(section, "only"), TEXT("{{"));
    if (!assembly->scope || assembly->input->slice || !asks_turn || !is_whole(assembly, dataset))
        return; /* `only = red` leaves the others out in every turn, and is meant to */
    struct turned *turned = find_turned(assembly, section, dataset);
    for (size_t i = 0; i < dataset->action_count; i++)
        turned->is_shown[i] = turned->is_shown[i] || is_chosen[i];
}

void rows_check_turns(struct assembly *assembly)
{
    for (size_t t = 0; t < assembly->turned_count; t++) {
        const struct turned *turned = &assembly->turned[t];
        const struct action *first = NULL;
        size_t lost = 0;
        for (size_t i = 0; i < turned->dataset->action_count; i++) {
            first = turned->is_shown[i] || first ? first : &turned->dataset->actions[i];
            lost += !turned->is_shown[i];
        }
        if (lost)
            diag(assembly->diags, DIAG_VALUE_CHECK, first->place,
                 "%zu of %zu rows of source '%.*s' %s in no turn of the loop that [%.*s] stands "
                 "in; the first is this one: its 'only' names what they do not have",
                 lost, turned->dataset->action_count, TEXT_ARG(turned->dataset->name),
                 lost == 1 ? "is" : "are", TEXT_ARG(turned->section->title));
    }
}
