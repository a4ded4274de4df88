#include "data/rich.h"

struct rich rich_plain(struct text plain)
{
    return (struct rich){.plain = plain};
}

void rich_runs_add(struct arena *arena, struct rich_runs *runs, struct rich_run run)
{
    if (!run.style || run.from >= run.to)
        return;
    struct rich_run *last = runs->count ? &runs->items[runs->count - 1] : NULL;
    if (last && last->to == run.from && last->style == run.style) {
        last->to = run.to;
        return;
    }
    runs->items = arena_grow(arena, runs->items, runs->count, &runs->capacity, sizeof run);
    runs->items[runs->count++] = run;
}

static void add_moved(struct arena *arena, struct rich_runs *runs, const struct rich_runs *more,
                      size_t by)
{
    for (size_t i = 0; i < more->count; i++)
        rich_runs_add(arena, runs,
                      (struct rich_run){more->items[i].from + by, more->items[i].to + by,
                                        more->items[i].style});
}

struct rich rich_copy(struct arena *arena, struct rich rich)
{
    struct rich copy = {.plain = text_copy(arena, rich.plain)};
    add_moved(arena, &copy.runs, &rich.runs, 0);
    return copy;
}

struct rich rich_join(struct arena *arena, struct rich above, struct rich below)
{
    if (!above.plain.len || !below.plain.len)
        return rich_copy(arena, above.plain.len ? above : below);
    struct rich joined = {
        .plain = text_format(arena, "%.*s\n%.*s", TEXT_ARG(above.plain), TEXT_ARG(below.plain))};
    add_moved(arena, &joined.runs, &above.runs, 0);
    add_moved(arena, &joined.runs, &below.runs, above.plain.len + 1);
    return joined;
}
