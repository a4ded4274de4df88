/* row_marks - columns of a plan that mark some of its actions: "Stretch", with a "Y" or nothing. */
#include "assemble/rows_int.h"

#include "data/spelling_int.h"

static const char *const yes = "y|yes|true|x|1|\xE2\x9C\x93|\xE2\x9C\x94";
static const char *const no = "n|no|false|0|-|\xE2\x80\x93|n/a|none|\xE2\x9C\x97|\xE2\x9C\x98";

/* " (stretch)", " (stretch: by 2024)"; empty where the row is not marked. */
static struct text mark_words(struct arena *arena, const struct row_column *mark,
                              const struct action *action)
{
    struct text cell = text_trim(action_text(action, mark->field).plain);
    if (!cell.len || is_spelling(cell, no))
        return TEXT_EMPTY;
    if (is_spelling(cell, yes))
        return text_format(arena, " (%.*s)", TEXT_ARG(mark->header));
    return text_format(arena, " (%.*s: %.*s)", TEXT_ARG(mark->header), TEXT_ARG(cell));
}

/* The words go on at `at`, where no emphasis is; what stands behind moves. */
static struct rich insert(struct arena *arena, struct rich rich, size_t at, struct text words)
{
    struct rich out = {.plain = text_format(
                           arena, "%.*s%.*s%.*s", TEXT_ARG(text_slice(rich.plain, 0, at)),
                           TEXT_ARG(words), TEXT_ARG(text_slice(rich.plain, at, rich.plain.len)))};
    for (size_t i = 0; i < rich.runs.count; i++) {
        struct rich_run run = rich.runs.items[i];
        run.from += run.from >= at ? words.len : 0;
        run.to += run.to > at ? words.len : 0;
        rich_runs_add(arena, &out.runs, run);
    }
    return out;
}

struct rich row_marked(struct arena *arena, const struct row_columns *marks,
                       const struct action *action, struct rich words)
{
    size_t at = text_find(words.plain, '\n', 0); /* its first line: a list may stand below */
    at = at < words.plain.len ? at : words.plain.len;
    for (size_t i = 0; i < marks->count; i++) {
        struct text mark = mark_words(arena, &marks->items[i], action);
        if (mark.len)
            words = insert(arena, words, at, mark);
        at += mark.len;
    }
    return words;
}
