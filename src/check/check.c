#include "check/check_int.h"

static void (*const checks[])(struct diags *, const struct check_input *) = {
    check_account, check_gaps,        check_months,       check_consistency, check_units,
    check_periods, check_actions,     check_action_dates, check_swapped,     check_polarity,
    check_cut,     check_said_status, check_registers,
};

void check_stop(struct diags *diags, struct dataset *dataset)
{
    stop_figures(diags, dataset);
    stop_sums(diags, dataset);
}

void check_source(struct diags *diags, const struct check_input *input)
{
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++)
        checks[i](diags, input);
}
