#include "check/check_int.h"

/* By its ID alone: its words are free text. */
static struct text name_of(struct arena *arena, const struct action *action)
{
    struct text id = action->field[ACTION_ID];
    return id.len ? text_format(arena, "action '%.*s'", TEXT_ARG(text_quote(arena, id)))
                  : TEXT("the action of this row");
}

/* One finding for all of them: a plan without statuses is one gap, not one a row. */
static void check_statuses(struct diags *diags, const struct dataset *dataset)
{
    const struct action *first = NULL;
    size_t missing = 0;
    for (size_t i = 0; i < dataset->action_count; i++) {
        if (dataset->actions[i].rag != RAG_NONE)
            continue;
        first = first ? first : &dataset->actions[i];
        missing++;
    }
    if (missing)
        diag(diags, DIAG_NO_STATUS, first->place,
             "%zu of %zu actions %s no status; the first is %.*s", missing, dataset->action_count,
             missing == 1 ? "has" : "have", TEXT_ARG(name_of(diags->arena, first)));
}

void check_actions(struct diags *diags, const struct check_input *input)
{
    const struct dataset *dataset = input->dataset;
    if (dataset->is_earlier)
        return; /* what was open then is nobody's task today */
    if (dataset->action_headers[ACTION_STATUS].len)
        check_statuses(diags, dataset);
    for (size_t i = 0; i < dataset->action_count; i++) {
        const struct action *action = &dataset->actions[i];
        if (action_is_overdue(action, input->as_at))
            diag(diags, DIAG_OVERDUE, action->place, "%.*s was due on %.*s",
                 TEXT_ARG(name_of(diags->arena, action)),
                 TEXT_ARG(date_display(diags->arena, action->due)));
    }
}
