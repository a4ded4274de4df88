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
    for (size_t i = 0; !dataset->counts_rows && i < dataset->figure_count; i++) {
        const struct figure *figure = &dataset->figures[i];
        if (done[figure->measure] || !figure->published || !figure->published->target.present)
            continue;
        done[figure->measure] = true;
        tell(diags, &dataset->measures[figure->measure], figure->place);
    }
}
