/* fill - blank cells below the name of a group that say "the same". */
#include "read/dialect_int.h"

#include "data/spelling_int.h"

/* Words that rate an action by itself: no group of actions is named so. */
static bool is_rating(struct text text)
{
    return is_spelling(text,
                       "high|medium|med|low|very high|very low|h|m|l|critical|urgent|normal|"
                       "yes|no|y|n");
}

/* True when the rows differ in one of the columns that stand above `field`. */
static bool enters_outer_group(const struct group_row *a, const struct group_row *b, int field)
{
    for (int f = ACTION_THEME; f < field; f++)
        if (!text_equal(a->field[f], b->field[f]))
            return true;
    return false;
}

/*
 * A column is one of groups when each of its values stands in one run of rows: blank cells below
 * then say "the same". Where a value comes again after another, each action has its own.
 */
static bool is_of_groups(struct arena *arena, const struct group_rows *rows, int field)
{
    struct texts seen = {0};
    struct text above = TEXT_EMPTY;
    for (size_t i = 0; i < rows->count; i++) {
        struct text cell = rows->items[i].field[field];
        if (i && enters_outer_group(&rows->items[i - 1], &rows->items[i], field)) {
            seen.count = 0;
            above = TEXT_EMPTY;
        }
        if (!cell.len || text_equal(cell, above))
            continue;
        if (is_rating(cell) || texts_find(&seen, cell) < seen.count)
            return false;
        texts_add(arena, &seen, cell);
        above = cell;
    }
    return true;
}

static void tell_not_filled(struct source *source, const struct action *action, int field)
{
    struct text header = source->dataset->action_headers[field];
    diag(
        source->diags, DIAG_VALUE_CHECK, action_place(action, (enum action_field)field),
        "blank cells of '%.*s' stay blank, as its values come in no order: if they repeat the cell "
        "above, write 'fill down = %.*s', if they are blank by right, 'fill down = none'",
        TEXT_ARG(header), TEXT_ARG(header));
}

static void fill_cell(struct source *source, struct group_row *row, int field, struct text above)
{
    row->field[field] = above;
    if (row->action == NO_ACTION)
        return;
    struct action *action = &source->dataset->actions[row->action];
    action->field[field] = above;
    source_repair(source, action_place(action, (enum action_field)field),
                  "blank cell filled with the cell above");
}

static void fill_groups(struct source *source, struct group_rows *rows, int field)
{
    struct arena *arena = arena_new();
    bool is_safe = is_of_groups(arena, rows, field), is_told = false;
    struct text above = TEXT_EMPTY;
    arena_free(arena);
    for (size_t i = 0; i < rows->count; i++) {
        struct group_row *row = &rows->items[i];
        if (i && enters_outer_group(row - 1, row, field))
            above = TEXT_EMPTY;
        if (row->field[field].len) {
            above = row->field[field];
        } else if (above.len && is_safe) {
            fill_cell(source, row, field, above);
        } else if (above.len && !is_told && row->action != NO_ACTION) {
            tell_not_filled(source, &source->dataset->actions[row->action], field);
            is_told = true;
        }
    }
}

void fill_group_columns(struct source *source, struct group_rows *rows)
{
    for (int f = ACTION_THEME; f <= ACTION_FOCUS; f++)
        fill_groups(source, rows, f);
}
