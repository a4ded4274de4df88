#include "check/check_int.h"
#include "check/rules_int.h"

static void check_figure(struct diags *diags, const struct dataset *dataset,
                         const struct figure *figure)
{
    const struct measure *measure = &dataset->measures[figure->measure];
    enum dq code = figure->value.present ? dq_value(measure->kind, figure->value.number) : DQ_OK;
    if (code == DQ_OK) /* nearly always: nothing is made for a message then */
        return;
    struct text shown = decimal_text(diags->arena, figure->value.number);
    if (code == DQ_INTEGER)
        diag(diags, DIAG_RANGE, figure->place,
             "'%.*s' is not a whole number: '%.*s' is a count (its kind can be declared in "
             "[measure %.*s])",
             TEXT_ARG(shown), TEXT_ARG(measure->name), TEXT_ARG(measure->name));
    else if (code == DQ_RANGE && measure->kind == KIND_COUNT)
        diag(diags, DIAG_RANGE, figure->place, "'%.*s' is a negative count of '%.*s'",
             TEXT_ARG(shown), TEXT_ARG(measure->name));
    else if (code == DQ_RANGE)
        diag(diags, DIAG_RANGE, figure->place, "'%.*s%%' for '%.*s' is not between 0%% and 100%%",
             TEXT_ARG(shown), TEXT_ARG(measure->name));
}

void check_ranges(struct diags *diags, const struct check_input *input)
{
    for (size_t i = 0; i < input->dataset->figure_count; i++) {
        struct figure figure = dataset_figure_at(input->dataset, i);
        check_figure(diags, input->dataset, &figure);
    }
}
