#include "check/check_int.h"

static void (*const checks[])(struct diags *, const struct check_input *) = {
    check_account,     check_ranges, check_sums,    check_gaps,    check_months,
    check_consistency, check_units,  check_periods, check_actions, check_polarity,
};

void check_source(struct diags *diags, const struct check_input *input)
{
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++)
        checks[i](diags, input);
}
