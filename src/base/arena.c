#include "base/arena.h"

#include "base/exit.h"

#include <stdalign.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK_SIZE = 64 * 1024, SPARE_BLOCKS = 64 };

struct block {
    struct block *next;
    size_t size; /* of data */
    size_t used;
    alignas(max_align_t) unsigned char data[];
};

struct arena {
    struct block *blocks; /* the first one is being filled */
    struct block *spare;  /* zeroed, of BLOCK_SIZE each */
};

_Noreturn void arena_out_of_memory(size_t size)
{
    static atomic_flag is_ending = ATOMIC_FLAG_INIT; /* exit() is for one thread, and once */
    static _Thread_local bool is_mine;
    if (is_mine)
        _exit(STATUS_INTERNAL);
    while (atomic_flag_test_and_set(&is_ending))
        pause();
    is_mine = true;
    fprintf(stderr, "panelpack: error: out of memory (asked for %zu bytes) [memory]\n", size);
    exit(STATUS_INTERNAL);
}

struct arena *arena_new(void)
{
    struct arena *arena = calloc(1, sizeof *arena);
    if (!arena)
        arena_out_of_memory(sizeof *arena);
    return arena;
}

static void free_blocks(struct block *block)
{
    for (struct block *next; block; block = next) {
        next = block->next;
        free(block);
    }
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    free_blocks(arena->blocks);
    free_blocks(arena->spare);
    free(arena);
}

/* Some blocks are kept: memory given back to the system and asked for again costs more than all
 * else that is done with it. */
void arena_reset(struct arena *arena)
{
    size_t kept = 0;
    for (const struct block *spare = arena->spare; spare; spare = spare->next)
        kept++;
    for (struct block *block = arena->blocks, *next; block; block = next) {
        next = block->next;
        if (block->size != BLOCK_SIZE || kept == SPARE_BLOCKS) {
            free(block);
            continue;
        }
        memset(block->data, 0, block->used);
        block->used = 0;
        block->next = arena->spare;
        arena->spare = block;
        kept++;
    }
    arena->blocks = NULL;
}

static struct block *block_new(size_t size)
{
    if (size > SIZE_MAX - sizeof(struct block))
        arena_out_of_memory(size);
    /* calloc: fresh pages come zeroed from the system, which memset would touch a second time */
    struct block *block = calloc(1, sizeof *block + size);
    if (!block)
        arena_out_of_memory(size);
    block->size = size;
    return block;
}

static struct block *take_spare(struct arena *arena)
{
    struct block *block = arena->spare;
    arena->spare = block->next;
    return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    const size_t align = alignof(max_align_t);
    if (size > SIZE_MAX - align)
        arena_out_of_memory(size);
    size = (size + align - 1) & ~(align - 1);
    if (size == 0)
        size = align;
    struct block *head = arena->blocks;
    if (head && size <= head->size - head->used) {
        void *memory = head->data + head->used;
        head->used += size;
        return memory;
    }
    struct block *block = size <= BLOCK_SIZE / 4 && arena->spare
                              ? take_spare(arena)
                              : block_new(size > BLOCK_SIZE / 4 ? size : BLOCK_SIZE);
    block->used = size;
    if (block->size == size && head) {
        /* an oversized block is full at once: keep filling the one at the head */
        block->next = head->next;
        head->next = block;
    } else {
        block->next = head;
        arena->blocks = block;
    }
    return block->data;
}

void *arena_calloc(struct arena *arena, size_t count, size_t size)
{
    size_t total;
    if (__builtin_mul_overflow(count, size, &total))
        arena_out_of_memory(SIZE_MAX);
    return arena_alloc(arena, total);
}

void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    /* Large elements often stay alone: a page has a list of them for each cell. */
    size_t first = size < 32 ? 8 : size < 128 ? 2 : 1;
    *capacity = *capacity ? *capacity * 2 : first;
    void *larger = arena_calloc(arena, *capacity, size);
    if (count)
        memcpy(larger, items, count * size);
    return larger;
}
