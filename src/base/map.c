#include "base/map.h"

struct map_slot {
    struct text key; /* ptr is NULL in an empty slot */
    size_t number;
};

/* The slot that has `key`, or the empty one where it belongs. */
static struct map_slot *find_slot(const struct map *map, struct text key)
{
    size_t at = (size_t)text_hash(key) & (map->size - 1);
    while (map->slots[at].key.ptr && !text_equal(map->slots[at].key, key))
        at = (at + 1) & (map->size - 1);
    return &map->slots[at];
}

size_t map_find(const struct map *map, struct text key, size_t none)
{
    if (!map->size)
        return none;
    const struct map_slot *slot = find_slot(map, key);
    return slot->key.ptr ? slot->number : none;
}

static void grow(struct map *map)
{
    struct map old = *map;
    map->size = old.size ? old.size * 2 : 64;
    map->slots = arena_calloc(map->arena, map->size, sizeof *map->slots);
    for (size_t i = 0; i < old.size; i++)
        if (old.slots[i].key.ptr)
            *find_slot(map, old.slots[i].key) = old.slots[i];
}

void map_add(struct map *map, struct text key, size_t number)
{
    if ((map->count + 1) * 2 > map->size)
        grow(map);
    *find_slot(map, key) = (struct map_slot){key, number};
    map->count++;
}

void map_set(struct map *map, struct text key, size_t number)
{
    find_slot(map, key)->number = number;
}
