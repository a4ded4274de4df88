#include "check/check_int.h"

/* Most can be: nothing is made for a message then. */
static bool measure_can_be(enum measure_kind kind, struct decimal number)
{
    int64_t whole;
    if (kind == KIND_COUNT)
        return decimal_sign(number) >= 0 && decimal_integer(number, &whole);
    return kind != KIND_PERCENT ||
           (decimal_sign(number) >= 0 && decimal_compare(number, decimal_from(100)) <= 0);
}

static void check_figure(struct diags *diags, const struct dataset *dataset,
                         const struct figure *figure)
{
    const struct measure *measure = &dataset->measures[figure->measure];
    struct decimal number = figure->value.number;
    int64_t whole;
    if (!figure->value.present || measure_can_be(measure->kind, number))
        return;
    struct text shown = decimal_text(diags->arena, number);
    if (measure->kind == KIND_COUNT && decimal_sign(number) < 0)
        diag(diags, DIAG_RANGE, figure->place, "'%.*s' is a negative count of '%.*s'",
             TEXT_ARG(shown), TEXT_ARG(measure->name));
    else if (measure->kind == KIND_COUNT && !decimal_integer(number, &whole))
        diag(diags, DIAG_RANGE, figure->place,
             "'%.*s' is not a whole number: '%.*s' is a count (its kind can be declared in "
             "[measure %.*s])",
             TEXT_ARG(shown), TEXT_ARG(measure->name), TEXT_ARG(measure->name));
    if (measure->kind == KIND_PERCENT &&
        (decimal_sign(number) < 0 || decimal_compare(number, decimal_from(100)) > 0))
        diag(diags, DIAG_RANGE, figure->place, "'%.*s%%' for '%.*s' is not between 0%% and 100%%",
             TEXT_ARG(shown), TEXT_ARG(measure->name));
}

void check_ranges(struct diags *diags, const struct check_input *input)
{
    for (size_t i = 0; i < input->dataset->figure_count; i++) {
        const struct figure figure = dataset_figure_at(input->dataset, i);
        check_figure(diags, input->dataset, &figure);
    }
}
