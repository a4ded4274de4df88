/*
 * ids - the same id in two rows. A force gives a crime its id once, and a few crimes come again in
 * a later month, changed; each row is counted, as it is published. Only fingerprints are kept, and
 * no more than a limit: memory must not grow with the rows.
 */
#include "read/counted_int.h"

#include <string.h>

enum { SET_MAX = 1 << 19, SET_LEAST = 1 << 10, SET_GROWTH = 8, PLACES_TOLD = 3 };

static size_t most(size_t size)
{
    return size / 4 * 3;
}

void ids_begin(struct arena *arena, struct ids *ids)
{
    ids->is_full = arena_alloc(arena, sizeof *ids->is_full);
    atomic_init(ids->is_full, false);
}

void ids_add(struct arena *arena, struct ids *ids, struct text id, unsigned line)
{
    if (atomic_load_explicit(ids->is_full, memory_order_relaxed))
        return; /* nobody would look at it */
    uint64_t print = text_hash(id);
    ids->prints = arena_grow(arena, ids->prints, ids->count, &ids->capacity, sizeof *ids->prints);
    ids->lines = arena_grow(arena, ids->lines, ids->count, &ids->line_capacity, sizeof *ids->lines);
    ids->prints[ids->count] = print ? print : 1;
    ids->lines[ids->count++] = line;
}

/* The slot of a fingerprint: its own, or a free one. */
static uint64_t *slot_of(struct ids *ids, uint64_t print)
{
    size_t at = print & (ids->size - 1);
    while (ids->prints[at] && ids->prints[at] != print)
        at = (at + 1) & (ids->size - 1);
    return &ids->prints[at];
}

static void set_grow(struct arena *arena, struct ids *ids)
{
    const uint64_t *old = ids->prints;
    size_t old_size = ids->size;
    ids->size = old_size ? old_size * SET_GROWTH : SET_LEAST;
    ids->prints = arena_calloc(arena, ids->size, sizeof *ids->prints);
    for (size_t i = 0; i < old_size; i++)
        if (old[i])
            *slot_of(ids, old[i]) = old[i];
}

static void note_repeat(struct arena *arena, struct ids *ids, struct place place)
{
    if (!ids->repeats++)
        ids->place = place;
    if (ids->repeated.count < PLACES_TOLD)
        texts_add(arena, &ids->repeated, place_text(arena, place));
}

void ids_join(struct arena *arena, struct ids *ids, const struct ids *part, struct text path)
{
    for (size_t i = 0; i < part->count; i++) {
        if (atomic_load_explicit(ids->is_full, memory_order_relaxed))
            return;
        if (ids->count >= most(ids->size))
            set_grow(arena, ids);
        uint64_t *slot = slot_of(ids, part->prints[i]);
        if (*slot) {
            note_repeat(arena, ids, place_at(path, part->lines[i], 0));
            continue;
        }
        *slot = part->prints[i];
        if (++ids->count >= most(SET_MAX))
            atomic_store_explicit(ids->is_full, true, memory_order_relaxed);
    }
}

void ids_tell(struct diags *diags, const struct ids *ids)
{
    if (atomic_load_explicit(ids->is_full, memory_order_relaxed))
        diag(diags, DIAG_NOTE, PLACE_NONE,
             "the first %d ids were compared with each other: whether later rows repeat one is not "
             "known",
             (int)most(SET_MAX));
    if (!ids->repeats)
        return;
    diag(diags, DIAG_SAME_ID, ids->place,
         "%zu row%s the id of an earlier one (%.*s%s): each is counted, as it is published",
         ids->repeats, ids->repeats == 1 ? " has" : "s have",
         TEXT_ARG(texts_join(diags->arena, &ids->repeated, TEXT(", "))),
         ids->repeats > ids->repeated.count ? ", …" : "");
}
