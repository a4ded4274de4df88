/* said_status - actions whose update begins with a status that is not the one they have. */
#include "check/check_int.h"

#include "base/utf8.h"

#include <string.h>

/* What stands before the first mark, or a dash with a space before it: "Closed" of "Closed - the
 * partner has left". A word that goes on as a sentence does is no status. */
static struct text first_words(struct text update)
{
    size_t from = 0;
    for (size_t at = 0; at < update.len;) {
        from = at;
        uint32_t point = utf8_next(update, &at);
        bool is_dash = point == '-' || point == 0x2013 || point == 0x2014;
        if (is_dash && from && update.ptr[from - 1] == ' ')
            return text_slice(update, 0, from);
        if (point < 0x80 && point && strchr(".,;:!(\n", (int)point))
            return text_slice(update, 0, from);
    }
    return update;
}

/* Amber and red, or green and red, may be a matter of wording: whether it is completed is not. */
static bool is_other(enum rag given, enum rag said)
{
    return given == RAG_NONE || (given == RAG_COMPLETED) != (said == RAG_COMPLETED);
}

static void check_update(struct diags *diags, const struct dataset *dataset,
                         const struct action *action)
{
    struct text words = text_trim(first_words(action_text(action, ACTION_PROGRESS).plain));
    struct text id = action->field[ACTION_ID];
    enum rag said;
    if (action->rag == RAG_NONE && dataset->action_headers[ACTION_STATUS].len)
        return; /* that it has none is told by check_actions() */
    if (!words.len || !rag_read(words, &said) || said == RAG_NONE || !is_other(action->rag, said))
        return;
    struct text name =
        id.len ? text_format(diags->arena, "action '%.*s'", TEXT_ARG(text_quote(diags->arena, id)))
               : TEXT("the action of this row");
    if (action->rag == RAG_NONE)
        diag(
            diags, DIAG_VALUE_CHECK, action_place(action, ACTION_PROGRESS),
            "%.*s has no status, and its update begins with '%.*s': give it a status if it has one",
            TEXT_ARG(name), TEXT_ARG(text_quote(diags->arena, words)));
    else
        diag(diags, DIAG_VALUE_CHECK, action_place(action, ACTION_PROGRESS),
             "the status of %.*s is '%s', and its update begins with '%.*s': one of them is wrong",
             TEXT_ARG(name), rag_word(action->rag), TEXT_ARG(text_quote(diags->arena, words)));
}

void check_said_status(struct diags *diags, const struct check_input *input)
{
    const struct dataset *dataset = input->dataset;
    for (size_t i = 0; i < dataset->action_count && !dataset->is_earlier; i++)
        check_update(diags, dataset, &dataset->actions[i]);
}
