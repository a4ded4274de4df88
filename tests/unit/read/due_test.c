/* By when an action is due, in the words of plans: a day, the last day they can mean, or none. */
#include "read_support.h"

struct due {
    const char *words, *day; /* "": none */
    bool is_assumed;
    enum diag_kind told; /* DIAG_READ: nothing */
};

static const struct due dues[] = {
    {"31 March 2023", "2023-03-31", false, DIAG_READ},
    {"2022/23", "2023-03-31", false, DIAG_READ},
    {"by end of Sept 2021", "2021-09-30", false, DIAG_READ},
    {"2022/24", "2024-03-31", true, DIAG_PERIOD_ASSUMED},
    {"Spring 2024", "2024-06-30", true, DIAG_PERIOD_ASSUMED},
    {"by summer 2022", "2022-09-30", true, DIAG_PERIOD_ASSUMED},
    {"Winter 2023", "2024-03-31", true, DIAG_PERIOD_ASSUMED},
    {"Autumn 2023", "2023-12-31", true, DIAG_PERIOD_ASSUMED},
    {"early 2022", "2022-06-30", true, DIAG_PERIOD_ASSUMED},
    {"late 2023", "2023-12-31", true, DIAG_PERIOD_ASSUMED},
    {"Q3 2023", "2023-12-31", true, DIAG_PERIOD_ASSUMED},
    {"Q3 and Q4 2023", "2024-03-31", true, DIAG_PERIOD_ASSUMED},
    {"2018-23", "2023-12-31", true, DIAG_PERIOD_ASSUMED},
    {"2022-2027", "2027-12-31", true, DIAG_PERIOD_ASSUMED},
    {"Termly", "", false, DIAG_DUE},
    {"7 days after JAG", "", false, DIAG_DUE},
    {"As required", "", false, DIAG_DUE},
    {"6monthly", "", false, DIAG_DUE},
    {"Each meeting", "", false, DIAG_DUE},
    {"Yearly", "", false, DIAG_DUE},
    {"TBC", "", false, DIAG_DUE},
    {"?", "", false, DIAG_DUE},
    {"-", "", false, DIAG_DUE},
    {"by Q3", "", false, DIAG_VALUE_CHECK},
    {"7 th February", "", false, DIAG_VALUE_CHECK},
    {"November", "", false, DIAG_VALUE_CHECK},
    {"quarter 1 2 3/24", "", false, DIAG_VALUE_CHECK},
    {"Spring in 2024", "", false, DIAG_VALUE_CHECK},
    {"immediately", "", false, DIAG_VALUE_CHECK},
};

static void words_are_a_day_the_last_they_can_mean_or_none(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof dues / sizeof dues[0]; i++) {
        const struct due *due = &dues[i];
        char csv[128];
        snprintf(csv, sizeof csv, "No.,Action,By when\n1,Do it,%s\n", due->words);
        struct run run = run_csv("actions", "", csv);
        assert_ok(&run);
        const struct action *action = &run.dataset->actions[0];
        assert_text(run.arena, date_iso(run.arena, action->due), due->day);
        assert_int_equal(action->is_due_assumed, due->is_assumed);
        assert_int_equal(count_kind(&run, due->told), 1);
        assert_int_equal(run.diags.count, due->told == DIAG_READ ? 1 : 2);
        run_end(&run);
    }
}

static void figures_that_are_no_date_are_refused(void **state)
{
    (void)state;
    struct run run = run_csv("actions", "", "No.,Action,By when\n1,Do it,31/13/2024\n");
    assert_says(only_error(&run, DIAG_DATE, 2, 3), "no date");
    run_end(&run);
}

static void a_date_on_a_row_below_is_marked_as_assumed_too(void **state)
{
    (void)state;
    struct run run = run_csv("actions", "", "No.,Action,By when\n1,Do it,\n,,2022/24\n");
    assert_ok(&run);
    assert_true(run.dataset->actions[0].is_due_assumed);
    run_end(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_a_day_the_last_they_can_mean_or_none),
        cmocka_unit_test(figures_that_are_no_date_are_refused),
        cmocka_unit_test(a_date_on_a_row_below_is_marked_as_assumed_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
