#include "check/check_int.h"

void check_actions(struct diags *diags, const struct check_input *input)
{
    const struct dataset *dataset = input->dataset;
    bool has_status = dataset->action_headers[ACTION_STATUS].len > 0;
    for (size_t i = 0; i < dataset->action_count; i++) {
        const struct action *action = &dataset->actions[i];
        struct text id = text_quote(diags->arena, action->field[ACTION_ID]);
        if (has_status && action->rag == RAG_NONE)
            diag(diags, DIAG_NO_STATUS, action->place, "action '%.*s' has no status", TEXT_ARG(id));
        if (action_is_overdue(action, input->as_at))
            diag(diags, DIAG_OVERDUE, action->place, "action '%.*s' was due on %.*s", TEXT_ARG(id),
                 TEXT_ARG(date_display(diags->arena, action->due)));
    }
}
