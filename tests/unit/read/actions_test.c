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
    assert_int_equal(count_kind(&run, DIAG_DUE), 1); /* Ongoing */
    assert_int_equal(count_kind(&run, DIAG_VALUE_CHECK), 0);
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

static void a_blank_id_joins_only_what_has_no_action_of_its_own(void **state)
{
    (void)state;
    static const char own[] = "ID,Priority,Action,Update\n1,Homes,A,x\n,,B,y\n";
    struct run run = run_csv("actions", "", "ID,Priority,Action,Update\n1,Homes,A,x\n,Homes,,y\n");
    assert_ok(&run);
    assert_text(run.arena, run.dataset->actions[0].field[ACTION_PROGRESS], "x\ny");
    assert_int_equal(diag_of(&run, DIAG_REPAIR)->place.line, 3);
    run_end(&run);
    run = run_csv("actions", "", own);
    assert_says(only_error(&run, DIAG_MISSING_VALUE, 3, 1), "continuation = separate");
    run_end(&run);
    run = run_csv("actions", "continuation = separate\n", own);
    assert_ok(&run);
    assert_int_equal(run.dataset->action_count, 2);
    assert_text(run.arena, run.dataset->actions[1].field[ACTION_PRIORITY], "Homes");
    run_end(&run);
    run = run_csv("actions", "", "ID,Priority,Action,Update\n1,Homes,A,x\n,Health,,y\n");
    assert_says(only_error(&run, DIAG_MISSING_VALUE, 3, 1), "another group");
    run_end(&run);
    run = run_csv("actions", "continuation = perhaps\n", own);
    assert_int_equal(count_kind(&run, DIAG_BAD_VALUE), 1);
    run_end(&run);
}

static void groups_are_filled_down_where_the_column_shows_that_it_has_them(void **state)
{
    (void)state;
    struct run run = run_csv("actions", "",
                             "Theme,Priority,Objective,Action\nPlace,Homes,O,A\n,,,B\n,Roads,,C\n"
                             "People,,,D\n,Homes,,E\n");
    assert_ok(&run);
    const struct action *a = run.dataset->actions;
    assert_text(run.arena, a[1].field[ACTION_PRIORITY], "Homes");
    assert_text(run.arena, a[1].field[ACTION_OBJECTIVE], ""); /* may be blank by right */
    assert_text(run.arena, a[2].field[ACTION_THEME], "Place");
    assert_text(run.arena, a[3].field[ACTION_PRIORITY], ""); /* not that of another theme */
    assert_text(run.arena, a[4].field[ACTION_THEME], "People");
    assert_int_equal(repairs(&run, "blank cell filled with the cell above"), 4);
    run_end(&run);
    run = run_csv("actions", "", "Priority,Action\nHigh,A\n,B\nLow,C\n");
    assert_ok(&run);
    assert_text(run.arena, run.dataset->actions[1].field[ACTION_PRIORITY], "");
    assert_says(message_of(&run, DIAG_VALUE_CHECK), "fill down = Priority");
    run_end(&run);
    run = run_csv("actions", "", "Priority,Action\nHomes,A\n,B\nRoads,C\nHomes,D\n");
    assert_text(run.arena, run.dataset->actions[1].field[ACTION_PRIORITY], "");
    assert_int_equal(count_kind(&run, DIAG_VALUE_CHECK), 1);
    run_end(&run);
    run = run_csv("actions", "fill down = none\n", "Priority,Action\nHomes,A\n,B\n");
    assert_text(run.arena, run.dataset->actions[1].field[ACTION_PRIORITY], "");
    assert_int_equal(run.diags.count, 1); /* the file */
    run_end(&run);
}

static void rows_left_out_still_name_groups_and_take_their_continuations_along(void **state)
{
    (void)state;
    static const char csv[] =
        "ID,Priority,Action,Status,Update\n1,Homes,A,Red,a\n,,,,aa\n"
        "2,Health,B,Green,b\n,,,,bb\n3,,C,Red,c\n";
    static const char *const keys[] = {"where = Status is Red\n",
                                       "where = Status is Red\nfill down = Priority\n"};
    for (size_t i = 0; i < 2; i++) {
        struct run run = run_csv("actions", keys[i], csv);
        assert_ok(&run);
        const struct action *a = run.dataset->actions;
        assert_int_equal(run.dataset->action_count, 2);
        assert_text(run.arena, a[0].field[ACTION_PROGRESS], "a\naa");
        assert_text(run.arena, a[1].field[ACTION_PRIORITY], "Health"); /* not Homes */
        assert_int_equal(run.dataset->account.files[0].used, 3);
        assert_int_equal(run.dataset->account.files[0].exclusions[0].rows, 2);
        run_end(&run);
    }
}

static void spellings_of_one_id_are_one(void **state)
{
    (void)state;
    struct run run = run_csv("actions", "", "Code,Action\nKA.01.03,A\nKA.01.3,B\nka 01 03.,C\n");
    only_error(&run, DIAG_DUPLICATE_ROW, 4, 1);
    assert_text(run.arena, run.dataset->actions[0].field[ACTION_ID], "KA.01.03");
    run_end(&run);
}

static void html_becomes_text_with_emphasis(void **state)
{
    (void)state;
    struct run run =
        run_csv("actions", "",
                "ID,Action,Status,Team,Update\n1,R&D at <5,<p>Green</p>,"
                "<div>Planning;</div>,\"<p>Two <b>new</b> sites</p>\n<ul><li>a</li></ul>\""
                "\n,,,,<i>more</i>\n");
    assert_ok(&run);
    const struct action *a = run.dataset->actions;
    assert_text(run.arena, a->field[ACTION_TITLE], "R&D at <5");
    assert_text(run.arena, a->field[ACTION_TEAM], "Planning");
    assert_int_equal(a->rag, RAG_GREEN);
    assert_text(run.arena, a->field[ACTION_PROGRESS], "Two new sites\n\u2022 a\nmore");
    assert_int_equal(a->runs[ACTION_PROGRESS].count, 2);
    assert_int_equal(a->runs[ACTION_PROGRESS].items[0].from, 4);
    assert_int_equal(a->runs[ACTION_PROGRESS].items[1].style, RICH_ITALIC);
    assert_int_equal(repairs(&run, "HTML in a cell made plain text"), 4);
    run_end(&run);
}

static void statuses_may_have_words_of_the_job(void **state)
{
    (void)state;
    static const char csv[] = "Action,Status\nA,In progress\nB,some concerns\nC,\u25CF\nD,Green\n";
    struct run run = run_csv(
        "actions", "status words = Amber: In progress | Some concerns; Completed: \u25CF\n", csv);
    assert_ok(&run);
    const struct action *a = run.dataset->actions;
    assert_int_equal(a[0].rag, RAG_AMBER);
    assert_int_equal(a[1].rag, RAG_AMBER);
    assert_int_equal(a[2].rag, RAG_COMPLETED);
    assert_int_equal(a[3].rag, RAG_GREEN);
    run_end(&run);
    run = run_csv("actions", "status words = In progress\n", "Action,Status\nA,Red\n");
    assert_says(only_error(&run, DIAG_BAD_VALUE, 4, 16), "'Amber: Some concerns | Slow'");
    run_end(&run);
}

/* What each cell of a column of due dates is read as; "!" for an error. */
static void check_due(const char *keys, const char *cells, const char *expected, size_t warnings)
{
    struct buffer csv = {.arena = arena_new()}, got = {.arena = csv.arena};
    buffer_add(&csv, TEXT("Action,Due\n"));
    struct text_pieces pieces = text_split(text_from(cells), '|');
    for (struct text piece; text_next(&pieces, &piece);)
        buffer_format(&csv, "A,%.*s\n", TEXT_ARG(piece));
    struct run run = run_csv("actions", keys, buffer_text(&csv).ptr);
    for (size_t i = 0; i < run.dataset->action_count; i++)
        buffer_format(&got, "%s%.*s", i ? " " : "",
                      TEXT_ARG(date_iso(run.arena, run.dataset->actions[i].due)));
    if (count_kind(&run, DIAG_DATE))
        buffer_add(&got, TEXT(" !"));
    assert_text(run.arena, buffer_text(&got), expected);
    assert_int_equal(count_kind(&run, DIAG_VALUE_CHECK), warnings);
    run_end(&run);
    arena_free(csv.arena);
}

static void the_order_of_day_and_month_is_told_where_nothing_shows_it(void **state)
{
    (void)state;
    check_due("", "6/8/2022", "2022-08-06", 1);
    check_due("", "6/8/2022|31/12/2022", "2022-08-06 2022-12-31", 0);
    check_due("", "6/6/2022|2022-09-30", "2022-06-06 2022-09-30", 0);
    check_due("", "6/8/2022|2022-09-30", "2022-08-06 2022-09-30", 1);
    check_due("", "6/25/2022|30/6/2022", "2022-06-30 !", 0);
    check_due("dates = month first\n", "6/8/2022|6/25/2022", "2022-06-08 2022-06-25", 0);
    check_due("dates = month first\n", "6/8/2022|25/6/2022", "2022-06-08 !", 0);
    check_due("", "2022-06-30T00:00:00Z|30/06/2022 00:00|by 31 March 2023|End of March 2023",
              "2022-06-30 2022-06-30 2023-03-31 2023-03-31", 0);
    struct run run = run_csv("actions", "dates = backwards\n", "Action\nA\n");
    assert_int_equal(count_kind(&run, DIAG_BAD_VALUE), 1);
    run_end(&run);
}

static void knows_the_columns_of_many_systems(void **state)
{
    (void)state;
    struct run run = run_csv("actions", "",
                             "Action ref,Action title,Description,RAG rating,RAG commentary,"
                             "Start date,Due date,% complete,Assigned to,Supporting partners,"
                             "Deliverables,Expected outcome,Key risks,Latest note\n"
                             "1,A,B,Amber,C,1 April 2022,31/03/2023,50%,D,E,F,G,H,I\n");
    assert_ok(&run);
    const struct action *a = run.dataset->actions;
    assert_text(run.arena, a->field[ACTION_DESCRIPTION], "B");
    assert_text(run.arena, a->field[ACTION_REASON], "C");
    assert_text(run.arena, a->field[ACTION_PERCENT], "50%");
    assert_text(run.arena, a->field[ACTION_PARTNERS], "E");
    assert_text(run.arena, a->field[ACTION_OUTPUTS], "F");
    assert_text(run.arena, a->field[ACTION_OUTCOME], "G");
    assert_text(run.arena, a->field[ACTION_RISKS], "H");
    assert_text(run.arena, a->field[ACTION_PROGRESS], "I");
    run_end(&run);
}

static void a_second_column_of_one_meaning_is_named(void **state)
{
    (void)state;
    struct run run = run_csv("actions", "", "Action,Managed by,Assigned to\nA,B,C\n");
    assert_says(only_error(&run, DIAG_DUPLICATE_COLUMN, 1, 2),
                "column 'Managed by' stands for 'Owner', and so does column 3, 'Assigned to'");
    run_end(&run);
}

static void what_sharepoint_adds_is_told_and_not_needed(void **state)
{
    (void)state;
    struct run run =
        run_csv("actions", "", "Title,Action status,Item Type,Path,Modified By\nA,Green,Item,x,\n");
    assert_ok(&run);
    assert_int_equal(run.dataset->action_count, 1);
    assert_says(message_of(&run, DIAG_READ), "columns not used: Item Type, Path, Modified By");
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
        cmocka_unit_test(a_blank_id_joins_only_what_has_no_action_of_its_own),
        cmocka_unit_test(groups_are_filled_down_where_the_column_shows_that_it_has_them),
        cmocka_unit_test(rows_left_out_still_name_groups_and_take_their_continuations_along),
        cmocka_unit_test(spellings_of_one_id_are_one),
        cmocka_unit_test(html_becomes_text_with_emphasis),
        cmocka_unit_test(statuses_may_have_words_of_the_job),
        cmocka_unit_test(the_order_of_day_and_month_is_told_where_nothing_shows_it),
        cmocka_unit_test(knows_the_columns_of_many_systems),
        cmocka_unit_test(a_second_column_of_one_meaning_is_named),
        cmocka_unit_test(what_sharepoint_adds_is_told_and_not_needed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
