/* texts_areas - areas of which a sentence with figures says half the name: the figures are those of
 * "Ashby and Moira", and the words speak of "Ashby". */
#include "check/texts_int.h"

enum { AREAS_MAX = 200 };

struct half_named {
    struct text whole, half; /* `half`: before "and" */
    bool is_told;
};

static size_t and_at(struct text name)
{
    for (size_t at = text_find(name, ' ', 0); at < name.len; at = text_find(name, ' ', at + 1)) {
        struct text rest = text_slice(name, at, name.len);
        if (text_starts(rest, TEXT(" and ")) || text_starts(rest, TEXT(" & ")))
            return at;
    }
    return name.len;
}

/* Of two words at least: one alone is too many things. */
static bool is_half(const struct texts *areas, struct text half)
{
    return text_find(half, ' ', 0) < half.len && texts_find_name(areas, half) == areas->count;
}

void text_checks_areas(struct text_checks *checks, const struct texts *areas)
{
    for (size_t i = 0; i < areas->count && areas->count <= AREAS_MAX; i++) {
        struct text whole = areas->items[i], half = text_slice(whole, 0, and_at(whole));
        if (half.len == whole.len || !is_half(areas, half))
            continue;
        checks->halves = arena_grow(checks->arena, checks->halves, checks->half_count,
                                    &checks->half_capacity, sizeof *checks->halves);
        checks->halves[checks->half_count++] = (struct half_named){.whole = whole, .half = half};
    }
}

static bool has_number(const struct passage *passage, size_t token)
{
    size_t last = passage_last(passage, token);
    for (size_t at = passage_first(passage, token); at < last; at++)
        if (passage_is_number(passage, at))
            return true;
    return false;
}

static void check_half(const struct passage *passage, struct half_named *named, size_t token)
{
    size_t at = passage_at(passage, token);
    struct text rest = text_slice(passage->plain, at, passage->plain.len);
    if (named->is_told || !text_starts(rest, named->half))
        return;
    struct text behind = text_slice(rest, named->half.len, rest.len);
    if (is_letter(char_at(behind, 0)) || text_starts(behind, TEXT(" and ")) ||
        text_starts(behind, TEXT(" & ")) || !has_number(passage, token))
        return;
    named->is_told = true;
    diag(passage->diags, DIAG_TWO_SPELLINGS, passage_place(passage, at),
         "'%.*s' may be the area '%.*s' of the figures: call it so where its figures are meant",
         TEXT_ARG(text_quote(passage->diags->arena, named->half)),
         TEXT_ARG(text_quote(passage->diags->arena, named->whole)));
}

void texts_areas(const struct passage *passage)
{
    if (passage->form != TEXT_NARRATIVE)
        return;
    for (size_t h = 0; h < passage->checks->half_count; h++)
        for (size_t i = 0; i < passage->tokens.count; i++)
            check_half(passage, &passage->checks->halves[h], i);
}
