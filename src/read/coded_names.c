/* coded_names - names that come with a code: what shares a name is told apart by it. */
#include "read/figures_int.h"

static struct coded_name *add(struct arena *arena, struct coded_names *names, struct text shown,
                              struct text code)
{
    struct coded_name name = {
        .shown = text_copy(arena, shown), .code = text_copy(arena, code), .number = NO_COLUMN};
    names->items =
        arena_grow(arena, names->items, names->count, &names->capacity, sizeof *names->items);
    names->index.arena = arena;
    map_add(&names->index, name.shown, names->count);
    names->items[names->count] = name;
    return &names->items[names->count++];
}

struct coded_name *coded_find(struct arena *arena, struct coded_names *names, struct text name,
                              struct text code)
{
    size_t at = map_find(&names->index, name, NO_COLUMN);
    if (at == NO_COLUMN)
        return add(arena, names, name, code);
    struct coded_name *found = &names->items[at];
    if (!code.len || !found->code.len || text_equal(found->code, code))
        return found;
    found->is_shared = true;
    names->key.arena = arena;
    names->key.len = 0;
    buffer_format(&names->key, "%.*s (%.*s)", TEXT_ARG(name), TEXT_ARG(code));
    struct text shown = buffer_text(&names->key);
    at = map_find(&names->index, shown, NO_COLUMN);
    return at == NO_COLUMN ? add(arena, names, shown, code) : &names->items[at];
}

static struct text with_code(struct arena *arena, const struct coded_name *name)
{
    return text_format(arena, "%.*s (%.*s)", TEXT_ARG(name->shown), TEXT_ARG(name->code));
}

void coded_settle_measures(struct dataset *dataset, const struct coded_names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        const struct coded_name *name = &names->items[i];
        if (!name->is_shared || name->number == NO_COLUMN)
            continue;
        struct measure *measure = &dataset->measures[name->number];
        measure->name = with_code(dataset->arena, name);
        measure->label = measure->name;
        measure->slug = text_slug(dataset->arena, measure->name);
    }
}

void coded_settle_areas(struct dataset *dataset, const struct coded_names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        const struct coded_name *name = &names->items[i];
        if (name->is_shared && name->number != NO_COLUMN)
            dataset->areas.items[name->number] = with_code(dataset->arena, name);
    }
}
