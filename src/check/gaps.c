#include "check/check_int.h"

static bool is_gap(const struct compared *row, size_t b)
{
    struct value value = value_at(row, b);
    return row->measure && !value.present && value.markers == MARKER_NOT_AVAILABLE;
}

/* One finding a period: a blank cell, or a line below the table that was read as a measure. */
static void check_period(struct diags *diags, const struct comparison *comparison, size_t b)
{
    const struct compared *first = NULL;
    size_t gaps = 0, measures = 0;
    for (size_t i = 0; i < comparison->count; i++) {
        const struct compared *row = &comparison->rows[i];
        measures += row->measure != NULL;
        gaps += is_gap(row, b);
        if (!first && is_gap(row, b))
            first = row;
    }
    if (gaps == 0 || gaps == measures) /* a period without any figure is told where it is needed */
        return;
    struct period period = b ? comparison->baselines.items[b - 1].period : comparison->period;
    diag(diags, DIAG_GAP, b ? first->measure->place : first->place,
         "%zu of %zu measures %s no figure for %.*s; the first is '%.*s'", gaps, measures,
         gaps == 1 ? "has" : "have", TEXT_ARG(period_display(diags->arena, period)),
         TEXT_ARG(text_quote(diags->arena, first->label)));
}

void check_gaps(struct diags *diags, const struct check_input *input)
{
    const struct comparison *comparison = input->comparison;
    for (size_t b = 0; comparison && b <= comparison->baselines.count; b++)
        check_period(diags, comparison, b);
}
