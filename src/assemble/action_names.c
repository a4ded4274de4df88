/* action_names - ID and action, the first columns of tables about some of the actions. */
#include "assemble/actions_int.h"

#include "data/blank.h"

struct rich actions_title(const struct action *action)
{
    bool has_title = action->field[ACTION_TITLE].len > 0;
    return action_text(action, has_title ? ACTION_TITLE : ACTION_OBJECTIVE);
}

size_t actions_name_columns(struct table *table, const struct dataset *dataset)
{
    struct text id = dataset->action_headers[ACTION_ID];
    struct text title = dataset->action_headers[ACTION_TITLE];
    if (id.len)
        table->columns[0] = (struct column){.header = id, .is_row_header = true};
    table->columns[id.len > 0] = (struct column){
        .header = title.len ? title : TEXT("Action"), .is_row_header = !id.len, .long_text = true};
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
