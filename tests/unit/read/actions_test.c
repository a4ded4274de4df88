#include "read_support.h"

/* How many repairs of that kind the account of the first file has. */
static size_t repairs(const struct run *run, const char *what)
{
    const struct file_account *file = &run->dataset->account.files[0];
    for (size_t i = 0; i < file->repair_count; i++)
        if (text_is(file->repairs[i].what, what))
            return file->repairs[i].count;
    return 0;
}

/* The first message of that kind. */
static const struct diag *diag_of(const struct run *run, enum diag_kind kind)
{
    size_t i = 0;
    while (i + 1 < run->diags.count && run->diags.items[i].kind != kind)
        i++;
    return &run->diags.items[i];
}

static void joins_rows_when_the_job_says_so(void **state)
{
    (void)state;
    struct run run = run_fixture(
        "[source s]\nfiles = actions-continued-rows.csv\n"
        "dialect = actions\nignore = Page\ncontinuation = join\n");
    assert_ok(&run);
    const struct dataset *d = run.dataset;
    assert_int_equal(d->action_count, 3);
    const struct action *a = d->actions;
    assert_text(run.arena, a[0].field[ACTION_ID], "KA.01.10"); /* text: not 1.1 */
    assert_text(run.arena, a[0].field[ACTION_PROGRESS], "Started\n- two sites");
    assert_text(run.arena, a[0].field[ACTION_TEAM], "Planning");
    assert_int_equal(a[0].rag, RAG_GREEN);
    assert_text(run.arena, date_iso(run.arena, a[0].due), "2023-03-31");
    assert_text(run.arena, a[1].field[ACTION_PRIORITY], "Homes");
    assert_text(run.arena, a[1].field[ACTION_PROGRESS], "Half are let");
    assert_text(run.arena, a[1].field[ACTION_TEAM], "Housing\nLettings");
    assert_int_equal(a[1].rag, RAG_AMBER);
    assert_text(run.arena, date_iso(run.arena, a[1].due), "2024-03-31");
    assert_int_equal(a[2].rag, RAG_ON_HOLD);
    assert_false(date_is_known(a[2].due));
    assert_text(run.arena, d->action_headers[ACTION_PROGRESS], "Update on actions as at June 2022");
    assert_int_equal(d->action_headers[ACTION_FUNDING].len, 0);
    assert_int_equal(count_kind(&run, DIAG_VALUE_CHECK), 1);    /* Ongoing */
    assert_int_equal(count_kind(&run, DIAG_PERIOD_ASSUMED), 1); /* 2022/24 */
    assert_int_equal(count_kind(&run, DIAG_READ), 1);           /* the file */
    assert_int_equal(count_kind(&run, DIAG_REPAIR), 4);         /* one joined, three semicolons */
    assert_int_equal(repairs(&run, "continuation row joined to the row above"), 1);
    assert_int_equal(repairs(&run, "semicolon at the end of a cell taken away"), 3);
    assert_int_equal(d->account.files[0].read, 4);
    assert_int_equal(d->account.files[0].used, 4);
    run_end(&run);
}

static void a_row_without_id_is_refused_when_the_job_says_so(void **state)
{
    (void)state;
    struct run run = run_fixture(
        "[source s]\nfiles = actions-continued-rows.csv\n"
        "dialect = actions\nignore = Page\ncontinuation = refuse\n");
    assert_says(only_error(&run, DIAG_MISSING_VALUE, 5, 3), "continuation = join");
    assert_int_equal(run.dataset->account.files[0].rejected, 1);
    run_end(&run);
    run = run_csv("actions", "continuation = join\n", "ID,Action\n,Nothing above\n1,A\n");
    only_error(&run, DIAG_MISSING_VALUE, 2, 1);
    run_end(&run);
    run = run_csv("actions", "continuation = join\n",
                  "ID,Action,Status\n1,A,Red\n,,Green\n,More,red\n");
    assert_int_equal(count_kind(&run, DIAG_CONFLICT), 2);
    run_end(&run);
}

static void fills_blank_cells_within_a_group(void **state)
{
    (void)state;
    struct run run = run_fixture(
        "[source s]\nfiles = actions-blank-cells-to-fill.csv\ndialect = actions\n"
        "fill down = Priority, Objective\n");
    assert_ok(&run);
    const struct action *a = run.dataset->actions;
    assert_int_equal(run.dataset->action_count, 5);
    assert_text(run.arena, a[1].field[ACTION_PRIORITY], "Homes");
    assert_text(run.arena, a[1].field[ACTION_OBJECTIVE], "Fewer empty homes");
    assert_text(run.arena, a[2].field[ACTION_OBJECTIVE], ""); /* not that of another priority */
    assert_text(run.arena, a[4].field[ACTION_PRIORITY], "Health");
    assert_text(run.arena, a[4].field[ACTION_OBJECTIVE], "More walks");
    assert_text(run.arena, a[0].field[ACTION_OWNER], "Regulatory Services");
    assert_text(run.arena, a[0].field[ACTION_TARGET], "10 homes");
    assert_int_equal(repairs(&run, "blank cell filled with the cell above"), 5);
    assert_int_equal(diag_of(&run, DIAG_REPAIR)->place.line, 3); /* each is told where it is */
    assert_int_equal(diag_of(&run, DIAG_REPAIR)->place.column, 1);
    run_end(&run);
    run = run_csv("actions", "fill down = Goal\n", "Action,Objective\nA,B\n");
    assert_says(only_error(&run, DIAG_MISSING_COLUMN, 4, 13), "'Goal' to fill down");
    run_end(&run);
}

static void refuses_what_it_does_not_know(void **state)
{
    (void)state;
    struct run run = run_csv("actions", "", "Action,Colour\nA,B\n");
    assert_says(only_error(&run, DIAG_MISSING_COLUMN, 1, 2), "'Colour'");
    run_end(&run);
    run = run_csv("actions", "", "Action,Status\nA,Greenish\n");
    const char *message = only_error(&run, DIAG_STATUS_WORD, 2, 2);
    assert_says(message, "Red, Amber, Green, Completed, On hold");
    assert_null(strstr(message, "Greenish"));
    run_end(&run);
    run = run_csv("actions", "", "Action,Due\nA,2024/05\n");
    assert_says(only_error(&run, DIAG_DATE, 2, 2), "suffix must be start+1");
    run_end(&run);
    run = run_csv("actions", "", "Action,Team\n,Housing\n");
    only_error(&run, DIAG_MISSING_VALUE, 2, 1);
    run_end(&run);
}

static void ids_are_single_unless_the_job_says_so(void **state)
{
    (void)state;
    static const char csv[] = "Code,Action\n1,A\n2,\n1,B\n";
    struct run run = run_csv("actions", "", csv);
    assert_says(only_error(&run, DIAG_DUPLICATE_ROW, 4, 1), "duplicates = keep");
    assert_int_equal(count_kind(&run, DIAG_VALUE_CHECK), 1); /* 2 has no action yet */
    assert_int_equal(run.dataset->action_count, 2);
    run_end(&run);
    run = run_csv("actions", "duplicates = keep\n", csv);
    assert_ok(&run);
    assert_int_equal(run.dataset->action_count, 3);
    run_end(&run);
}

static void reads_due_dates(void **state)
{
    (void)state;
    struct run run = run_csv("actions", "", "Action,Deadline\nA,31/12/2022\nB,March 2023\nC,\n");
    assert_ok(&run);
    const struct action *a = run.dataset->actions;
    assert_text(run.arena, date_iso(run.arena, a[0].due), "2022-12-31");
    assert_text(run.arena, date_iso(run.arena, a[1].due), "2023-03-31");
    assert_false(date_is_known(a[2].due));
    run_end(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(joins_rows_when_the_job_says_so),
        cmocka_unit_test(a_row_without_id_is_refused_when_the_job_says_so),
        cmocka_unit_test(fills_blank_cells_within_a_group),
        cmocka_unit_test(refuses_what_it_does_not_know),
        cmocka_unit_test(ids_are_single_unless_the_job_says_so),
        cmocka_unit_test(reads_due_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
