/* action_names - ID and action, the first columns of tables about some of the actions. */
#include "assemble/actions_int.h"

#include "data/blank.h"

struct rich actions_title(const struct action *action)
{
    bool has_title = action->field[ACTION_TITLE].len > 0;
    return action_text(action, has_title ? ACTION_TITLE : ACTION_OBJECTIVE);
}

/* Of a plan in which some actions have their objective alone, the header names both. */
static struct text title_header(struct arena *arena, const struct dataset *dataset)
{
    struct text title = dataset->action_headers[ACTION_TITLE];
    bool has_objective = false;
    for (size_t i = 0; i < dataset->action_count && !has_objective; i++)
        has_objective = !dataset->actions[i].field[ACTION_TITLE].len &&
                        dataset->actions[i].field[ACTION_OBJECTIVE].len;
    if (has_objective && title.len)
        return text_format(arena, "%.*s, or %.*s", TEXT_ARG(title),
                           TEXT_ARG(dataset->action_headers[ACTION_OBJECTIVE]));
    return title.len ? title : TEXT("Action");
}

size_t actions_name_columns(struct arena *arena, struct table *table, const struct dataset *dataset)
{
    struct text id = dataset->action_headers[ACTION_ID];
    if (id.len)
        table->columns[0] = (struct column){.header = id, .is_row_header = true};
    table->columns[id.len > 0] = (struct column){
        .header = title_header(arena, dataset), .is_row_header = !id.len, .long_text = true};
    return id.len ? 2 : 1;
}

void actions_name_cells(struct assembly *assembly, struct row *row, const struct dataset *dataset,
                        const struct action *action)
{
    struct rich title = actions_title(action);
    bool has_id = dataset->action_headers[ACTION_ID].len > 0;
    row->place = action->place;
    if (has_id)
        row->cells[0] = cell_text(blank_display(assembly->arena, action->field[ACTION_ID]));
    struct text shown = blank_display(assembly->arena, title.plain);
    row->cells[has_id] =
        text_equal(shown, title.plain) ? cell_rich_text(assembly->arena, title) : cell_text(shown);
}
