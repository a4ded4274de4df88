#include "data/names.h"

#include "base/utf8.h"
#include "data/wording.h"

static bool separates(struct text t, size_t from, size_t to, uint32_t point)
{
    if (point == '/')
        return !(from && is_digit(t.ptr[from - 1]) && is_digit(char_at(t, to)));
    return point == ',' || point == ';' || point == '|' || point == '\n' || point == 0x2022 ||
           point == 0xB7;
}

static void add_name(struct arena *arena, struct texts *names, struct text name)
{
    if (words_of(arena, name).count)
        texts_add(arena, names, text_trim(name));
}

struct texts names_of(struct arena *arena, struct text cell)
{
    struct texts names = {0};
    size_t begin = 0;
    for (size_t at = 0; at < cell.len;) {
        size_t from = at;
        uint32_t point = utf8_next(cell, &at);
        if (!separates(cell, from, at, point))
            continue;
        add_name(arena, &names, text_slice(cell, begin, from));
        begin = at;
    }
    add_name(arena, &names, text_slice(cell, begin, cell.len));
    return names;
}

static bool stands_at(const struct words *part, const struct words *whole, size_t at)
{
    size_t i = 0;
    while (i < part->count && at + i < whole->count &&
           text_equal(part->items[i].folded, whole->items[at + i].folded))
        i++;
    return part->count && i == part->count;
}

/* Marks where `part` stands in `whole`; true when it does. */
static bool cover(const struct words *part, const struct words *whole, bool *is_covered)
{
    bool found = false;
    for (size_t at = 0; at < whole->count; at++)
        if (stands_at(part, whole, at)) {
            found = true;
            for (size_t i = 0; i < part->count; i++)
                is_covered[at + i] = true;
        }
    return found;
}

/* "and", which may stand before the last of several names. */
static bool says_nothing(struct text folded)
{
    return text_is(folded, "and") || text_is(folded, "the") || text_is(folded, "with");
}

/* The runs of words of a name that are not covered. */
static void add_rest(struct arena *arena, const struct words *name, const bool *is_covered,
                     struct texts *rest)
{
    for (size_t i = 0; i < name->count; i++) {
        size_t from = i;
        while (from < name->count && says_nothing(name->items[from].folded))
            from++;
        size_t to = from;
        while (to < name->count && !is_covered[to])
            to++;
        if (to > from)
            texts_add(arena, rest, words_written(name, from, to));
        i = to > i ? to : i;
    }
}

struct texts names_added(struct arena *arena, struct text before, struct text now)
{
    struct texts old = names_of(arena, before), new = names_of(arena, now), added = {0};
    for (size_t n = 0; n < new.count; n++) {
        struct words name = words_of(arena, new.items[n]);
        bool *is_covered = arena_calloc(arena, name.count, sizeof *is_covered);
        bool is_within = false;
        for (size_t o = 0; o < old.count; o++) {
            struct words other = words_of(arena, old.items[o]);
            bool *ignored = arena_calloc(arena, other.count, sizeof *ignored);
            cover(&other, &name, is_covered);
            is_within = is_within || cover(&name, &other, ignored);
        }
        if (!is_within)
            add_rest(arena, &name, is_covered, &added);
    }
    return added;
}
