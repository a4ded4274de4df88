/* groups - codes that stand in a group of the plan whose codes begin with another number. */
#include "check/references_int.h"

enum { MOST_MIN = 3 }; /* codes that begin alike, before one that does not is told */

/* The codes of one group that differ in their last number alone. */
struct kin {
    struct text begins; /* "|3", of "3.1" */
    const struct coded *first;
    size_t group, count;
};
struct group {
    size_t most; /* of its kin, the one with most codes */
    size_t count;
};
struct grouping {
    struct arena *arena;
    struct map of_kin, of_group, homes; /* homes: from what codes begin with to a group of them */
    struct kin *kin;
    size_t kin_count, kin_capacity;
    struct group *groups;
    size_t group_count, group_capacity;
};

/* Groups are priorities; of a plan without them what it is about. */
static enum action_field group_field(const struct dataset *dataset)
{
    return dataset->action_headers[ACTION_PRIORITY].len ? ACTION_PRIORITY : ACTION_FOCUS;
}

static bool is_of_group(const struct coded *coded, const struct dataset *dataset)
{
    return coded->dataset == dataset && coded->row && coded->code.count > 1 &&
           coded->row->field[group_field(dataset)].len;
}

static size_t group_of(struct grouping *all, struct text name)
{
    size_t known = map_find(&all->of_group, name, SIZE_MAX);
    if (known != SIZE_MAX)
        return known;
    map_add(&all->of_group, name, all->group_count);
    all->groups = arena_grow(all->arena, all->groups, all->group_count, &all->group_capacity,
                             sizeof *all->groups);
    all->groups[all->group_count] = (struct group){.most = SIZE_MAX};
    return all->group_count++;
}

static struct kin *kin_of(struct grouping *all, const struct coded *coded, struct text group)
{
    struct code begins = coded->code;
    begins.count--;
    struct text key = code_key(all->arena, &begins);
    struct text both = text_format(all->arena, "%.*s\n%.*s", TEXT_ARG(key), TEXT_ARG(group));
    size_t known = map_find(&all->of_kin, both, SIZE_MAX);
    if (known != SIZE_MAX)
        return &all->kin[known];
    map_add(&all->of_kin, both, all->kin_count);
    all->kin =
        arena_grow(all->arena, all->kin, all->kin_count, &all->kin_capacity, sizeof *all->kin);
    all->kin[all->kin_count] =
        (struct kin){.begins = key, .first = coded, .group = group_of(all, group)};
    return &all->kin[all->kin_count++];
}

/* Most of a group's codes begin alike: others have their home in another group. */
static bool is_home(const struct grouping *all, const struct kin *kin)
{
    const struct group *group = &all->groups[kin->group];
    return &all->kin[group->most] == kin && 2 * kin->count > group->count;
}

static void find_homes(struct grouping *all)
{
    for (size_t k = 0; k < all->kin_count; k++) {
        struct group *group = &all->groups[all->kin[k].group];
        group->count += all->kin[k].count;
        if (group->most == SIZE_MAX || all->kin[k].count > all->kin[group->most].count)
            group->most = k;
    }
    for (size_t k = 0; k < all->kin_count; k++)
        if (is_home(all, &all->kin[k]) &&
            map_find(&all->homes, all->kin[k].begins, SIZE_MAX) == SIZE_MAX)
            map_add(&all->homes, all->kin[k].begins, k);
}

static void judge(struct diags *diags, struct grouping *all, const struct coded *coded)
{
    struct text group = coded->row->field[group_field(coded->dataset)];
    const struct kin *kin = kin_of(all, coded, group);
    const struct kin *most = &all->kin[all->groups[kin->group].most];
    size_t home = map_find(&all->homes, kin->begins, SIZE_MAX);
    if (kin == most || !is_home(all, most) || most->count < MOST_MIN || home == SIZE_MAX)
        return;
    diag(
        diags, DIAG_REFERENCE, action_place(coded->row, ACTION_ID),
        "'%.*s' stands in the group of '%.*s', and codes like '%.*s' in another one: its number or "
        "its place is wrong",
        TEXT_ARG(coded->written), TEXT_ARG(most->first->written),
        TEXT_ARG(all->kin[home].first->written));
}

void check_groups(struct diags *diags, const struct references *references,
                  const struct dataset *dataset)
{
    struct arena *arena = references->arena;
    struct grouping all = {.arena = arena,
                           .of_kin = {.arena = arena},
                           .of_group = {.arena = arena},
                           .homes = {.arena = arena}};
    for (size_t i = 0; i < references->code_count; i++) {
        const struct coded *coded = &references->codes[i];
        if (is_of_group(coded, dataset))
            kin_of(&all, coded, coded->row->field[group_field(dataset)])->count++;
    }
    find_homes(&all);
    for (size_t i = 0; i < references->code_count; i++)
        if (is_of_group(&references->codes[i], dataset))
            judge(diags, &all, &references->codes[i]);
}
