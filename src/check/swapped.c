/* swapped - words in one column of a plan that stand in another elsewhere: a measure that is the
 * name of a strategy, where the strategy is "TBC". */
#include "check/check_int.h"

#include "base/map.h"
#include "data/blank.h"

enum {
    WORDS_MIN = 12
}; /* bytes: what is shorter stands in several columns by right: "Quarterly" */

/* Columns whose cells are taken for each other. */
static const enum action_field looked_at[] = {ACTION_OWNER, ACTION_TEAM,    ACTION_PARTNERS,
                                              ACTION_LINKS, ACTION_FUNDING, ACTION_INDICATOR,
                                              ACTION_TARGET};
enum { LOOKED_AT = sizeof looked_at / sizeof looked_at[0] };

/* Of each column, how often it says what. */
struct said {
    struct map times[LOOKED_AT];
};

static struct text words_in(const struct action *action, size_t f)
{
    return text_trim(action->field[looked_at[f]]);
}

static size_t times_in(const struct said *said, size_t f, struct text words)
{
    return map_find(&said->times[f], words, 0);
}

static void count_cells(struct said *said, const struct action *action)
{
    for (size_t f = 0; f < LOOKED_AT; f++) {
        struct text words = words_in(action, f);
        size_t times = times_in(said, f, words);
        if (times)
            map_set(&said->times[f], words, times + 1);
        else if (words.len >= WORDS_MIN)
            map_add(&said->times[f], words, 1);
    }
}

/* What stands in `to` here, and elsewhere only in `from`, in which nothing stands here. */
static bool is_swapped(const struct said *said, const struct action *action, size_t from, size_t to)
{
    struct text words = words_in(action, to);
    return times_in(said, to, words) == 1 && times_in(said, from, words) > 0 &&
           blank_of_text(words_in(action, from)) != BLANK_NOT;
}

/* Once for the two: the other one says in `from` what this one says in `to`. */
static void tell(struct diags *diags, const struct dataset *dataset, const struct action *action,
                 size_t from, size_t to)
{
    struct text id = action->field[ACTION_ID];
    struct text name =
        id.len ? text_format(diags->arena, "action '%.*s'", TEXT_ARG(text_quote(diags->arena, id)))
               : TEXT("the action of this row");
    diag(
        diags, DIAG_VALUE_CHECK, action_place(action, looked_at[to]),
        "%.*s says in its column '%.*s' what another says in '%.*s', and nothing there: one of the "
        "two is in the wrong column",
        TEXT_ARG(name), TEXT_ARG(text_quote(diags->arena, dataset->action_headers[looked_at[to]])),
        TEXT_ARG(text_quote(diags->arena, dataset->action_headers[looked_at[from]])));
}

static void check_action(struct diags *diags, const struct dataset *dataset, struct said *said,
                         const struct action *action, size_t from, size_t to)
{
    struct text words = words_in(action, to);
    if (from == to || !dataset->action_headers[looked_at[from]].len ||
        !is_swapped(said, action, from, to))
        return;
    tell(diags, dataset, action, from, to);
    map_set(&said->times[from], words, times_in(said, from, words) + 1);
}

void check_swapped(struct diags *diags, const struct check_input *input)
{
    const struct dataset *dataset = input->dataset;
    struct said said = {0};
    if (dataset->is_earlier)
        return;
    for (size_t f = 0; f < LOOKED_AT; f++)
        said.times[f].arena = diags->arena;
    for (size_t i = 0; i < dataset->action_count; i++)
        count_cells(&said, &dataset->actions[i]);
    for (size_t i = 0; i < dataset->action_count; i++)
        for (size_t to = 0; to < LOOKED_AT; to++)
            for (size_t from = 0; from < LOOKED_AT; from++)
                check_action(diags, dataset, &said, &dataset->actions[i], from, to);
}
