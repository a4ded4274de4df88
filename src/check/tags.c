/* tags - `refers to` a register whose ids are words: "PLACE, START" names two of its themes. */
#include "check/references_int.h"

/* The ids of the register, each once, with ", " between. */
static struct texts ids_of(struct arena *arena, const struct dataset *to)
{
    struct texts ids = {0};
    for (size_t i = 0; i < to->action_count; i++) {
        struct text id = text_trim(to->actions[i].field[ACTION_ID]);
        if (id.len && texts_find(&ids, id) == ids.count)
            texts_add(arena, &ids, id);
    }
    return ids;
}

static bool is_one_of(const struct texts *ids, struct text tag)
{
    for (size_t i = 0; i < ids->count; i++)
        if (text_same_name(ids->items[i], tag))
            return true;
    return false;
}

static bool is_between(char c)
{
    return c == ',' || c == ';' || c == '|' || c == '\n';
}

/* How many of the cell's tags are no id of the register; a comma at its end is one cut short. */
static size_t unknown_in(const struct texts *ids, struct text cell)
{
    size_t unknown = 0, from = 0;
    for (size_t i = 0; i <= cell.len; i++) {
        if (i < cell.len && !is_between(cell.ptr[i]))
            continue;
        struct text tag = text_trim(text_slice(cell, from, i));
        unknown += tag.len && !is_one_of(ids, tag);
        from = i + 1;
    }
    return unknown;
}

void check_tags(struct diags *diags, const struct dataset *dataset, enum action_field field,
                const struct dataset *to)
{
    struct texts ids = ids_of(diags->arena, to);
    struct text list = texts_join(diags->arena, &ids, TEXT(", "));
    for (size_t i = 0; i < dataset->action_count && ids.count; i++) {
        struct text cell = text_trim(action_text(&dataset->actions[i], field).plain);
        size_t unknown = unknown_in(&ids, cell);
        if (unknown)
            diag(diags, DIAG_REFERENCE, action_place(&dataset->actions[i], field),
                 "%zu of the names in this cell %s not in source '%.*s': expected some of %.*s, "
                 "with commas between",
                 unknown, unknown == 1 ? "is" : "are", TEXT_ARG(to->name), TEXT_ARG(list));
    }
}
