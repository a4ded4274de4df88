#include "read_support.h"

static void an_answer_has_share_count_and_base(void **state)
{
    (void)state;
    struct run run = run_csv("survey", "period = 2020\n",
                             "Answer,Percent,Count,Base (answered),Skipped\n"
                             "Clean streets,30.87%,138,447,4\nJob prospects,11.19%,50,447,4\n");
    assert_ok(&run);
    const struct dataset *d = run.dataset;
    const struct figure *f = &d->figures[0];
    assert_int_equal(d->figure_count, 2);
    assert_text(run.arena, decimal_text(run.arena, f->value.number), "30.87");
    assert_text(run.arena, decimal_text(run.arena, f->count.number), "138");
    assert_text(run.arena, decimal_text(run.arena, f->denominator.number), "447");
    assert_int_equal(d->measures[0].kind, KIND_PERCENT);
    assert_text(run.arena, d->measures[0].unit, "%");
    assert_int_equal(d->measures[0].relation, RELATION_NON_ADDITIVE);
    assert_text(run.arena, period_display(run.arena, d->periods[0]), "2020");
    run_end(&run);
}

static void rows_below_the_answers_are_none(void **state)
{
    (void)state;
    struct run run = run_csv("survey", "",
                             "Answer Choices,Percent,Responses\nYes,60%,6\nNo,50%,5\n"
                             "Answered,,10\nSkipped,,2\nTotal,,11\n");
    assert_ok(&run);
    const struct file_account *file = &run.dataset->account.files[0];
    assert_int_equal(run.dataset->figure_count, 2);
    assert_int_equal(file->exclusion_count, 3);
    assert_text(run.arena, file->exclusions[0].rule, "row of those who answered the question");
    for (size_t i = 0; i < 2; i++)
        assert_text(run.arena, decimal_text(run.arena, run.dataset->figures[i].denominator.number),
                    "10");
    run_end(&run);
    run = run_csv("survey", "",
                  "Answer,Percent,Count\nYes,60%,6\nAnswered,,10\nYes,20%,2\nAnswered,,11\n"
                  "No,20%,2\nNo,20%,2\n");
    assert_int_equal(count_kind(&run, DIAG_CONFLICT), 1);
    assert_int_equal(count_kind(&run, DIAG_CONFLICTING), 1);
    assert_int_equal(run.dataset->account.files[0].used, 2);
    assert_int_equal(run.dataset->account.files[0].rejected, 1);
    run_end(&run);
    run = run_csv("survey", "", "Answer,Percent,Count\nYes,0.6,6\nNo,1,10\nAnswered,,10\n");
    assert_ok(&run); /* the base that shows what 0.6 is stands below it */
    assert_int_equal(figure_of(&run, "Yes", "", "2021/22"), 60);
    assert_int_equal(figure_of(&run, "No", "", "2021/22"), 100);
    run_end(&run);
    run = run_csv("survey", "percent = Responses\ncount = column 3\n",
                  "Q1. Do you feel safe?,,\nAnswer Choices,Responses,\nYes,60%,6\nNo,50%,5\n"
                  ",Answered,10\n,Skipped,2\n");
    assert_ok(&run); /* with their words below the shares */
    assert_int_equal(run.dataset->account.files[0].exclusion_count, 3);
    assert_text(run.arena, decimal_text(run.arena, run.dataset->figures[0].denominator.number),
                "10");
    run_end(&run);
}

static void questions_are_told_apart(void **state)
{
    (void)state;
    struct run run = run_csv("survey", "",
                             "Question,Option,Percent,Total,Wave\nSafe by day?,Yes,90%,9,2021\n"
                             "Safe by night,Yes,50%,5,2021\nSafe by night,Answered,,10,2021\n");
    assert_ok(&run);
    const struct dataset *d = run.dataset;
    assert_int_equal(figure_of(&run, "Safe by day? Yes", "", "2021"), 90);
    assert_int_equal(figure_of(&run, "Safe by night: Yes", "", "2021"), 50);
    assert_text(run.arena, d->measures[0].group, "Safe by day?");
    assert_false(d->figures[0].denominator.present);
    assert_true(d->figures[1].denominator.present);
    run_end(&run);
}

static void fractions_of_one_are_made_percentages(void **state)
{
    (void)state;
    static const struct {
        const char *percent, *count, *read;
        bool repaired;
    } cases[] = {
        {"0.3579", "160", "35.79", true}, {"0.4", "160", "0.4", false},
        {"35.79", "160", "35.79", false}, {"1", "447", "100", true},
        {"1", "4", "1", false},           {"0", "0", "0", false},
        {"0.36", "160", "36", true},      {"0.36%", "160", "0.36", false},
        {"0.9", "4", "0.9", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct run run = run_new();
        write_file(run_path(&run, "data.csv"),
                   text_format(run.arena, "Answer,Percent,Count,Base\nA,%s,%s,447\n",
                               cases[i].percent, cases[i].count));
        run_job(&run, "[source s]\nfiles = data.csv\ndialect = survey\n", run.folder);
        assert_ok(&run);
        assert_text(run.arena, decimal_text(run.arena, run.dataset->figures[0].value.number),
                    cases[i].read);
        assert_int_equal(count_kind(&run, DIAG_REPAIR), cases[i].repaired);
        run_end(&run);
    }
}

static void counts_alone_are_counts(void **state)
{
    (void)state;
    struct run run = run_csv("survey", "", "Answer,Responses\nYes,6\nNo,\n");
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "Yes", "", "2021/22"), 6);
    assert_int_equal(run.dataset->measures[0].kind, KIND_COUNT);
    assert_int_equal(run.dataset->figures[1].value.markers, MARKER_NOT_AVAILABLE);
    run_end(&run);
}

static void what_is_none_is_refused(void **state)
{
    (void)state;
    struct run run = run_csv("survey", "", "Answer,Base\nYes,6\n");
    assert_says(only_error(&run, DIAG_MISSING_COLUMN, 1, 0),
                "no column 'Percent' and none 'Count'");
    run_end(&run);
    run = run_csv("survey", "", "Respondent,Q1,Q2\n1,Yes,No\n"); /* a row a respondent */
    assert_says(only_error(&run, DIAG_MISSING_COLUMN, 1, 0), "no column 'Answer'");
    run_end(&run);
    run = run_csv("survey", "", "Answer,Percent,Count\n,5%,6\nYes,many,6\nNo,5%,few\n");
    assert_int_equal(count_kind(&run, DIAG_MISSING_VALUE), 1);
    assert_int_equal(count_kind(&run, DIAG_NUMBER), 2);
    assert_int_equal(run.dataset->figure_count, 0);
    run_end(&run);
}

static void responses_above_share_and_count_are_two_columns(void **state)
{
    (void)state;
    struct run run = run_csv("survey", "",
                             "Do you feel safe?\nAnswer Choices,Responses,\nYes,60.00%,6\n"
                             "No,40.00%,4\n,Answered,10\n,Skipped,2\n");
    assert_ok(&run);
    const struct figure *f = &run.dataset->figures[0];
    assert_int_equal(run.dataset->figure_count, 2);
    assert_int_equal(figure_of(&run, "Yes", "", "2021/22"), 60);
    assert_text(run.arena, decimal_text(run.arena, f->count.number), "6");
    assert_text(run.arena, decimal_text(run.arena, f->denominator.number), "10");
    assert_int_equal(run.dataset->account.files[0].exclusion_count, 3);
    run_end(&run);
}

static void shares_below_one_are_told(void **state)
{
    (void)state;
    struct run run = run_csv("survey", "", "Answer,Percent,Count\nYes,0.6,6\nNo,0.4,4\n");
    assert_int_equal(count_kind(&run, DIAG_UNIT_SCALE), 1);
    assert_says(message_of(&run, DIAG_UNIT_SCALE), "between 0 and 1");
    run_end(&run);
    run = run_csv("survey", "", "Answer,Percent,Count\nYes,0.6%,6\nNo,0.4%,4\n");
    assert_ok(&run);
    assert_int_equal(count_kind(&run, DIAG_UNIT_SCALE), 0);
    run_end(&run);
    run = run_csv("survey", "", "Answer,Percent,Count\nYes,60,6\nNo,0.4,4\n");
    assert_int_equal(count_kind(&run, DIAG_UNIT_SCALE), 0);
    run_end(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_has_share_count_and_base),
        cmocka_unit_test(rows_below_the_answers_are_none),
        cmocka_unit_test(questions_are_told_apart),
        cmocka_unit_test(fractions_of_one_are_made_percentages),
        cmocka_unit_test(counts_alone_are_counts),
        cmocka_unit_test(what_is_none_is_refused),
        cmocka_unit_test(responses_above_share_and_count_are_two_columns),
        cmocka_unit_test(shares_below_one_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
