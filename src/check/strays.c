/*
 * strays - codes that no register has, among themselves: "CSS 10" beside "CCS 06", "CCS 11" and
 * "CCS 12" is likely one of theirs.
 */
#include "check/references_int.h"

enum { LETTERS_MIN = 3, LETTERS_MAX = 6, DIGITS = 2, OFTEN = 3, STRAYS_MAX = 5000 };

void stray_add(struct references *references, struct text words, size_t at, struct place place)
{
    size_t end = at;
    struct code code;
    while (char_at(words, end) >= 'A' && char_at(words, end) <= 'Z')
        end++;
    struct text prefix = text_slice(words, at, end);
    if (prefix.len < LETTERS_MIN || prefix.len > LETTERS_MAX ||
        references->stray_count == STRAYS_MAX || is_digit(char_at(words, end)) ||
        !code_at(words, at, prefix, 1, &code, &end) || code.width[0] != DIGITS)
        return;
    references->strays = arena_grow(references->arena, references->strays, references->stray_count,
                                    &references->stray_capacity, sizeof *references->strays);
    references->strays[references->stray_count++] =
        (struct stray){.prefix = prefix, .written = text_slice(words, at, end), .place = place};
}

/* What stands nearly as it and often; empty: nothing does. */
static struct text often_near(const struct texts *prefixes, const size_t *counts,
                              struct text prefix, size_t *count)
{
    for (size_t p = 0; p < prefixes->count; p++) {
        struct text other = prefixes->items[p];
        *count = counts[p];
        if (counts[p] >= OFTEN && other.len == prefix.len && other.ptr[0] == prefix.ptr[0] &&
            text_distance(other, prefix) == 1)
            return other;
    }
    return TEXT_EMPTY;
}

void check_strays(struct diags *diags, const struct references *references)
{
    struct arena *arena = references->arena;
    struct texts prefixes = {0};
    struct map index = {.arena = arena};
    size_t *counts = arena_calloc(arena, references->stray_count + 1, sizeof *counts), count;
    for (size_t i = 0; i < references->stray_count; i++) {
        struct text prefix = references->strays[i].prefix;
        size_t known = map_find(&index, prefix, SIZE_MAX);
        if (known == SIZE_MAX) {
            known = prefixes.count;
            map_add(&index, prefix, known);
            texts_add(arena, &prefixes, prefix);
        }
        counts[known]++;
    }
    for (size_t i = 0; i < references->stray_count; i++) {
        const struct stray *stray = &references->strays[i];
        if (counts[map_find(&index, stray->prefix, 0)] > 1)
            continue;
        struct text near = often_near(&prefixes, counts, stray->prefix, &count);
        if (near.len)
            diag(diags, DIAG_REFERENCE, stray->place,
                 "'%.*s' is the only code that begins so; %zu begin with '%.*s': if it is one of "
                 "these, a letter is wrong",
                 TEXT_ARG(stray->written), count, TEXT_ARG(near));
    }
}
