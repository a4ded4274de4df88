#include "read_support.h"

static struct text cell(const struct run *run, size_t row, const char *header)
{
    enum action_field field;
    assert_true(dataset_action_field(run->dataset, text_from(header), &field));
    return action_text(&run->dataset->actions[row], field).plain;
}

static unsigned column(const struct run *run, size_t row, const char *header)
{
    enum action_field field;
    assert_true(dataset_action_field(run->dataset, text_from(header), &field));
    return action_place(&run->dataset->actions[row], field).column;
}

static void every_column_is_kept_under_its_header(void **state)
{
    (void)state;
    struct run run = run_csv("register", "id = KPI code\n",
                             "Theme,KPI code,KPI,Frequency\nHomes,HO 01,Homes let,Yearly\n"
                             "Homes,HO 02,<b>Homes</b> built,\n");
    assert_ok(&run);
    assert_int_equal(run.dataset->action_count, 2);
    assert_text(run.arena, cell(&run, 0, "Frequency"), "Yearly");
    assert_text(run.arena, cell(&run, 1, "Frequency"), "");
    assert_text(run.arena, cell(&run, 1, "kpi"), "Homes built"); /* and its emphasis is a run */
    assert_text(run.arena, cell(&run, 1, "KPI code"), "HO 02");
    assert_text(run.arena, cell(&run, 0, "theme"), "Homes");
    assert_int_equal(column(&run, 0, "Frequency"), 4);
    enum action_field none;
    assert_false(dataset_action_field(run.dataset, TEXT("status"), &none));
    const struct action *row = dataset_action_of(run.dataset, TEXT("HO.02"));
    assert_text(run.arena, dataset_action_name(run.dataset, row).plain, "Homes built");
    assert_null(dataset_action_of(run.dataset, TEXT("HO 03")));
    run_end(&run);
}

/* Cells of a row may be words that are names of columns elsewhere. */
static void a_row_of_such_words_is_no_header(void **state)
{
    (void)state;
    struct run run = run_csv("register", "",
                             "Registers,2024/25,\nTerm,What it is,Where\nOwner,Lead,Action\n"
                             "Target,Status,Deadline\n");
    assert_ok(&run);
    assert_int_equal(run.dataset->action_count, 2);
    assert_text(run.arena, cell(&run, 1, "Term"), "Target");
    assert_int_equal(run.dataset->account.files[0].header_line, 2);
    run_end(&run);
}

static void a_row_without_id_is_a_row(void **state)
{
    (void)state;
    const char *csv = "Code,Meaning,Note\nA 1,first,x\n,second,\n,third,y\n";
    struct run run = run_csv("register", "", csv);
    assert_ok(&run);
    assert_int_equal(run.dataset->action_count, 3);
    run_end(&run);
    run = run_csv("register", "continuation = join\n", csv);
    assert_ok(&run);
    assert_int_equal(run.dataset->action_count, 1);
    assert_text(run.arena, cell(&run, 0, "Meaning"), "first\nsecond\nthird");
    assert_text(run.arena, cell(&run, 0, "Note"), "x\ny");
    run_end(&run);
    run = run_csv("register", "continuation = refuse\n", csv);
    assert_int_equal(count_kind(&run, DIAG_MISSING_VALUE), 2);
    run_end(&run);
    run = run_csv("register", "where = Note is not x\n", csv); /* is no part of the row above */
    assert_ok(&run);
    assert_int_equal(run.dataset->action_count, 2);
    run_end(&run);
}

static void blanks_of_a_further_column_are_filled_where_the_job_says_so(void **state)
{
    (void)state;
    struct run run = run_csv("register", "fill down = Beat\n",
                             "Theme,Beat,Fact\nPlace,North,a\nPlace,,b\nHealth,,c\n");
    assert_ok(&run);
    assert_text(run.arena, cell(&run, 1, "Beat"), "North");
    assert_text(run.arena, cell(&run, 2, "Beat"), ""); /* not that of another theme */
    assert_int_equal(count_kind(&run, DIAG_REPAIR), 1);
    run_end(&run);
}

static void statuses_and_deadlines_may_be_words(void **state)
{
    (void)state;
    struct run run = run_csv("register", "status words = Amber: slow\n",
                             "Project,RAG,Deadline\nA,Green,Monthly\nB,slow,31 March 2022\n"
                             "C,the lead has left,as required\nD,,\n");
    assert_ok(&run);
    const struct action *a = run.dataset->actions;
    assert_int_equal(a[0].rag, RAG_GREEN);
    assert_int_equal(a[1].rag, RAG_AMBER);
    assert_int_equal(a[2].rag, RAG_NONE);
    assert_text(run.arena, a[2].field[ACTION_STATUS], "the lead has left");
    assert_true(date_is_known(a[1].due));
    assert_int_equal(count_kind(&run, DIAG_VALUE_CHECK), 1);
    assert_null(strstr(message_of(&run, DIAG_VALUE_CHECK), "the lead")); /* it may name somebody */
    run_end(&run);
}

static void an_id_twice_is_refused(void **state)
{
    (void)state;
    const char *csv = "CO,Outcome text\nCO 1,a\nCO1,b\n";
    struct run run = run_csv("register", "", csv);
    assert_says(only_error(&run, DIAG_DUPLICATE_ROW, 3, 1), "another row has this CO already");
    run_end(&run);
    run = run_csv("register", "duplicates = keep\n", csv);
    assert_ok(&run);
    assert_int_equal(run.dataset->action_count, 2);
    run_end(&run);
}

static void columns_of_one_name_are_refused(void **state)
{
    (void)state;
    struct run run = run_csv("register", "", "Fact,Value,value\na,1,2\n");
    assert_says(only_error(&run, DIAG_DUPLICATE_COLUMN, 1, 3), "column 2 is called 'value' too");
    run_end(&run);
    run = run_csv("register", "ignore = column 3\n", "Fact,Value,value\na,1,2\n");
    assert_ok(&run);
    assert_text(run.arena, cell(&run, 0, "Value"), "1");
    run_end(&run);
}

static void files_may_have_other_columns(void **state)
{
    (void)state;
    struct run run = run_new();
    write_file(run_path(&run, "a.csv"), TEXT("Fact,Value\nx,1\n"));
    write_file(run_path(&run, "b.csv"), TEXT("Source,Fact\ns,y\n"));
    run_job(&run, "[source s]\nfiles = a.csv, b.csv\ndialect = register\n", run.folder);
    assert_ok(&run);
    assert_text(run.arena, cell(&run, 0, "Source"), "");
    assert_int_equal(column(&run, 0, "Source"), 0);
    assert_text(run.arena, cell(&run, 1, "Source"), "s");
    assert_text(run.arena, cell(&run, 1, "Value"), "");
    assert_text(run.arena, cell(&run, 1, "Fact"), "y");
    run_end(&run);
}

static void a_plan_keeps_the_columns_that_the_job_names(void **state)
{
    (void)state;
    const char *csv = "Action,Audience,\"Channels, if any\",Who,Modified\na,b,c,d,e\n";
    struct run run = run_csv("actions", "", csv);
    assert_int_equal(count_kind(&run, DIAG_MISSING_COLUMN), 2);
    assert_says(message_of(&run, DIAG_MISSING_COLUMN), "list it in 'keep' or in 'ignore'");
    run_end(&run);
    run = run_csv("actions", "keep = Audience\n  Channels, if any\n", csv);
    assert_ok(&run);
    assert_int_equal(run.dataset->further_headers.count, 2);
    assert_text(run.arena, cell(&run, 0, "Channels, if any"), "c");
    assert_text(run.arena, run.dataset->actions[0].field[ACTION_OWNER], "d");
    run_end(&run);
    run = run_csv("actions", "keep = all\n", csv);
    assert_ok(&run);
    assert_int_equal(run.dataset->further_headers.count, 2);
    run_end(&run);
    run = run_csv("actions", "keep = Audiense, Audience\nignore = column 3\n", csv);
    assert_says(only_error(&run, DIAG_MISSING_COLUMN, 4, 8), "has no column 'Audiense'");
    run_end(&run);
}

/* A second column that could be the owner's is refused, but kept where the job says so. */
static void a_second_column_of_a_field_is_kept_by_name(void **state)
{
    (void)state;
    const char *csv = "Action,Owner,Lead officer\na,b,c\n";
    struct run run = run_csv("actions", "", csv);
    assert_says(only_error(&run, DIAG_DUPLICATE_COLUMN, 1, 3), "stands for 'Owner'");
    run_end(&run);
    run = run_csv("actions", "keep = Lead officer\n", csv);
    assert_ok(&run);
    assert_text(run.arena, cell(&run, 0, "owner"), "b");
    assert_text(run.arena, cell(&run, 0, "Lead officer"), "c");
    run_end(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column_is_kept_under_its_header),
        cmocka_unit_test(a_row_of_such_words_is_no_header),
        cmocka_unit_test(a_row_without_id_is_a_row),
        cmocka_unit_test(blanks_of_a_further_column_are_filled_where_the_job_says_so),
        cmocka_unit_test(statuses_and_deadlines_may_be_words),
        cmocka_unit_test(an_id_twice_is_refused),
        cmocka_unit_test(columns_of_one_name_are_refused),
        cmocka_unit_test(files_may_have_other_columns),
        cmocka_unit_test(a_plan_keeps_the_columns_that_the_job_names),
        cmocka_unit_test(a_second_column_of_a_field_is_kept_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
