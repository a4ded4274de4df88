/*
 * arena - memory that is freed all at once.
 *
 * One arena belongs to one unit of work (a job, a test). Everything a job makes points into it and
 * lives until arena_free(). Memory handed out is zeroed and aligned for any type. Running out of
 * memory ends the process in one place, with a message and exit status 5: no caller checks for
 * NULL.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena);

/* What was handed out is gone, as after arena_free(), but the arena can be used again. */
void arena_reset(struct arena *arena);

/* Never NULL, also for size 0. */
void *arena_alloc(struct arena *arena, size_t size);

/* count objects of one type, zeroed; refuses an overflowing product as out of memory. */
void *arena_calloc(struct arena *arena, size_t count, size_t size);

/*
 * Room for one more element behind `count` elements: returns `items` itself or a larger copy, and
 * updates *capacity. The usual way to append:
 *     list->items = arena_grow(arena, list->items, list->count, &list->capacity, sizeof
 * *list->items); list->items[list->count++] = item;
 */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size);

/* The end of the line for out-of-memory, also for code that must use malloc. */
_Noreturn void arena_out_of_memory(size_t size);

#endif
