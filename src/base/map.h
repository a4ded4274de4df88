/*
 * map - from texts to numbers: which item of a list has that name, without looking at each.
 *
 * Keys are compared byte for byte and belong to the caller; they must outlive the map. Reading is
 * safe from several threads while nobody adds. Zero-initialise apart from `arena`.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/text.h"

struct map_slot;
struct map {
    struct arena *arena;
    struct map_slot *slots;
    size_t count;
    size_t size; /* a power of two, or 0 */
};

/* The number of `key`, or `none`. */
size_t map_find(const struct map *map, struct text key, size_t none);
/* Gives `key` a number; it must not have one yet. */
void map_add(struct map *map, struct text key, size_t number);
/* Gives `key`, which has one, another number. */
void map_set(struct map *map, struct text key, size_t number);

#endif
