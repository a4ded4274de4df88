#include "check/check_int.h"

static void tell(struct diags *diags, const struct measure *measure, struct place place)
{
    struct text name = text_quote(diags->arena, measure->name);
    diag(diags, DIAG_POLARITY, place,
         "'%.*s' has a target, but %s: it has no status; write 'polarity = high', 'low' or 'none' "
         "in [measure %.*s]",
         TEXT_ARG(name),
         measure->owner.polarity.len ? "which way is good is said in words that cannot be read"
                                     : "nobody says which way is good",
         TEXT_ARG(name));
}

/* True when a target of a percentage is a hundredth of the figure, as 0.95 is of 94.9. */
static bool is_share(const struct measure *measure, struct decimal target, struct value value)
{
    struct decimal least, most;
    return measure->kind == KIND_PERCENT && value.present && decimal_sign(target) > 0 &&
           decimal_compare(target, decimal_from(1)) <= 0 &&
           decimal_multiply(target, decimal_from(50), &least) &&
           decimal_multiply(target, decimal_from(200), &most) &&
           decimal_compare(value.number, least) >= 0 && decimal_compare(value.number, most) <= 0;
}

static void check_scale(struct diags *diags, const struct measure *measure, struct decimal target,
                        struct value value, struct place place)
{
    if (is_share(measure, target, value))
        diag(diags, DIAG_UNIT_SCALE, place,
             "'%.*s' has the target %.*s%% and a figure of %.*s%%, about a hundred times as much: "
             "is the target a share of 1?",
             TEXT_ARG(text_quote(diags->arena, measure->name)),
             TEXT_ARG(decimal_in_full(diags->arena, target)),
             TEXT_ARG(decimal_in_full(diags->arena, value.number)));
}

/* The job's own targets, against the figures of its period. */
static void check_own_scales(struct diags *diags, const struct comparison *comparison)
{
    for (size_t i = 0; comparison && i < comparison->count; i++) {
        const struct compared *row = &comparison->rows[i];
        if (row->measure && row->measure->target.has_value)
            check_scale(diags, row->measure, row->measure->target.value, row->now, row->place);
    }
}

/* DQ_POLARITY: no status can be given, and “improving” would be invented. Once a measure. */
void check_polarity(struct diags *diags, const struct check_input *input)
{
    const struct dataset *dataset = input->dataset;
    bool *done = arena_calloc(diags->arena, dataset->measure_count, sizeof *done);
    for (size_t m = 0; m < dataset->measure_count; m++) {
        const struct measure *measure = &dataset->measures[m];
        done[m] = measure->target.has_polarity || measure->target.has_value;
        if (measure->target.has_value && !measure->target.has_polarity)
            tell(diags, measure, measure->place);
    }
    check_own_scales(diags, input->comparison);
    for (size_t i = 0; !dataset->counts_rows && i < dataset->figure_count; i++) {
        const struct figure *figure = &dataset->figures[i];
        if (!figure->published || !figure->published->target.present)
            continue;
        check_scale(diags, &dataset->measures[figure->measure], figure->published->target.number,
                    figure->value, figure->place);
        if (done[figure->measure])
            continue;
        done[figure->measure] = true;
        tell(diags, &dataset->measures[figure->measure], figure->place);
    }
}
