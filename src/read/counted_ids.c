/*
 * counted_ids - the same id in two rows. A force gives a crime its id once, and a few crimes come
 * again in a later month, changed; each row is counted, as it is published. Only fingerprints are
 * kept, and no more than a limit: memory must not grow with the rows.
 */
#include "read/counted_int.h"

#include <string.h>

enum { SET_SIZE = 1 << 19, SET_MOST = SET_SIZE / 4 * 3, PART_MOST = 1 << 17, PLACES_TOLD = 3 };

void ids_begin(struct arena *arena, struct ids *ids)
{
    ids->is_full = arena_alloc(arena, sizeof *ids->is_full);
    atomic_init(ids->is_full, false);
}

void ids_add(struct arena *arena, struct ids *ids, struct text id, unsigned line)
{
    if (atomic_load_explicit(ids->is_full, memory_order_relaxed))
        return; /* nobody would look at it */
    ids->is_cut = ids->count == PART_MOST;
    if (ids->is_cut)
        return;
    uint64_t print = text_hash(id);
    ids->prints = arena_grow(arena, ids->prints, ids->count, &ids->capacity, sizeof *ids->prints);
    ids->lines = arena_grow(arena, ids->lines, ids->count, &ids->line_capacity, sizeof *ids->lines);
    ids->prints[ids->count] = print;
    ids->lines[ids->count++] = line;
}

/* False when the set has it. */
static bool set_add(struct ids *ids, uint64_t print)
{
    uint32_t kept = (uint32_t)(print >> 32) | 1; /* 0 is a free slot */
    size_t at = print & (SET_SIZE - 1);
    for (; ids->set[at]; at = (at + 1) & (SET_SIZE - 1))
        if (ids->set[at] == kept)
            return false;
    ids->set[at] = kept;
    ids->set_count++;
    return true;
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
    ids->is_cut = ids->is_cut || part->is_cut;
    if (part->count && !ids->set)
        ids->set = arena_calloc(arena, SET_SIZE, sizeof *ids->set);
    for (size_t i = 0; i < part->count; i++) {
        if (ids->set_count == SET_MOST) {
            atomic_store_explicit(ids->is_full, true, memory_order_relaxed);
            return;
        }
        if (!set_add(ids, part->prints[i]))
            note_repeat(arena, ids, place_at(path, part->lines[i], 0));
    }
}

void ids_tell(struct diags *diags, const struct ids *ids, struct place place)
{
    if (ids->is_cut || atomic_load_explicit(ids->is_full, memory_order_relaxed))
        diag(diags, DIAG_NOTE, place,
             "the first %d ids were compared, at most %d of a file: whether later rows repeat one "
             "is not known",
             (int)SET_MOST, (int)PART_MOST);
    if (!ids->repeats)
        return;
    diag(diags, DIAG_SAME_ID, ids->place,
         "%zu row%s the id of an earlier one (%.*s%s): each is counted, as it is published",
         ids->repeats, ids->repeats == 1 ? " has" : "s have",
         TEXT_ARG(texts_join(diags->arena, &ids->repeated, TEXT(", "))),
         ids->repeats > ids->repeated.count ? ", …" : "");
}
