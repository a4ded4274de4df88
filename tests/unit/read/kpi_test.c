#include "read_support.h"

static const struct figure *find(const struct run *run, const char *measure, const char *period)
{
    const struct dataset *d = run->dataset;
    struct period wanted = period_read(run->arena, text_from(period));
    for (size_t i = 0; i < d->figure_count; i++)
        if (text_is(d->measures[d->figures[i].measure].name, measure) &&
            period_same(d->periods[d->figures[i].period], wanted))
            return &d->figures[i];
    fail_msg("no figure of %s for %s", measure, period);
    return NULL;
}

static void what_stands_beside_a_figure_is_kept(void **state)
{
    (void)state;
    struct run run = run_csv(
        "kpi", "period = Q2 2021/22\n",
        "Code,KPI name,This quarter,Last quarter,Same quarter last year,Target,RAG,"
        "Direction of travel,Unit,Commentary,Frequency,Owner,Good to be\n"
        "KA.01.03,Bins collected on time,98.5,97,96.25,99 by March,Amber,↓,%,Crews were short,"
        "Quarterly,Waste,High\n"
        "KA 01.04,Calls answered,1200,1100,1000,1150,G,↑,,,,,\n");
    assert_ok(&run);
    const struct dataset *d = run.dataset;
    const struct figure *f = find(&run, "Bins collected on time", "Q2 2021/22");
    assert_int_equal(d->figure_count, 6);
    assert_text(run.arena, decimal_text(run.arena, f->value.number), "98.5");
    assert_int_equal(f->published->rag, RAG_AMBER);
    assert_text(run.arena, f->published->status, "Amber");
    assert_text(run.arena, f->published->trend, "↓");
    assert_text(run.arena, f->published->target_words, "99 by March");
    assert_false(f->published->target.present);
    assert_text(run.arena, f->note, "Crews were short");
    assert_text(run.arena, d->measures[0].id, "KA.01.03");
    assert_text(run.arena, d->measures[0].owner.polarity, "High");
    assert_text(run.arena, d->measures[0].owner.frequency, "Quarterly");
    assert_text(run.arena, d->measures[0].owner.name, "Waste");
    assert_int_equal(d->measures[0].kind, KIND_PERCENT);
    assert_int_equal(figure_of(&run, "Bins collected on time", "", "Q1 2021/22"), 97);
    assert_null(find(&run, "Bins collected on time", "Q1 2021/22")->published);
    f = find(&run, "Calls answered", "Q2 2021/22");
    assert_text(run.arena, decimal_text(run.arena, f->published->target.number), "1150");
    assert_int_equal(f->published->rag, RAG_GREEN);
    assert_int_equal(figure_of(&run, "Calls answered", "", "Q2 2020/21"), 1000);
    run_end(&run);
}

static void the_period_before_is_as_long(void **state)
{
    (void)state;
    static const struct {
        const char *period, *before;
    } cases[] = {
        {"Q1 2021/22", "Q4 2020/21"}, {"April 2021", "March 2021"},
        {"2021/22", "2020/21"},       {"2021", "2020"},
        {"H1 2021/22", "H2 2020/21"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct run run = run_new();
        write_file(run_path(&run, "data.csv"), TEXT("KPI,This period,Last period\nA,2,1\n"));
        run_job(&run,
                text_format(run.arena, "[source s]\nfiles = data.csv\ndialect = kpi\nperiod = %s\n",
                            cases[i].period)
                    .ptr,
                run.folder);
        assert_ok(&run);
        assert_int_equal(figure_of(&run, "A", "", cases[i].period), 2);
        assert_int_equal(figure_of(&run, "A", "", cases[i].before), 1);
        run_end(&run);
    }
    struct run run = run_csv("kpi", "", "KPI,Actual,Previous\nA,2,1\n"); /* the job's */
    assert_int_equal(figure_of(&run, "A", "", "2021/22"), 2);
    run_end(&run);
    run = run_csv("kpi", "period = Year to 30 June 2021\n", "KPI,This period,Last period\nA,2,1\n");
    assert_says(only_error(&run, DIAG_PERIOD, 2, 3), "is not clear");
    run_end(&run);
}

static void a_quarter_is_not_taken_for_a_year(void **state)
{
    (void)state;
    struct run run = run_csv("kpi", "", "KPI,This quarter,Last quarter\nA,2,1\n");
    assert_says(only_error(&run, DIAG_PERIOD, 1, 2), "is for a quarter, but the period is 2021/22");
    run_end(&run);
    run = run_csv("kpi", "period = Q2 2021/22\n", "KPI,This period,Last year\nA,2,1\n");
    assert_says(only_error(&run, DIAG_PERIOD, 1, 3), "is for a year");
    run_end(&run);
}

static void headers_can_be_periods(void **state)
{
    (void)state;
    struct run run = run_csv("kpi", "",
                             "KPI,2020/21 outturn,Q1 21/22 actual,Q2 2021/22,2020/21 Target,"
                             "Target,RAG,2022/23 target\n"
                             "A,10,2,3,9,4,Green,20\nB,10,2,,9,4,Red,20\n");
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "A", "", "2020/21"), 10);
    assert_int_equal(figure_of(&run, "A", "", "Q1 2021/22"), 2);
    assert_int_equal(find(&run, "A", "Q2 2021/22")->published->rag, RAG_GREEN);
    assert_int_equal(find(&run, "B", "Q1 2021/22")->published->rag, RAG_RED);
    assert_text(run.arena, find(&run, "A", "2020/21")->published->target_words, "9");
    bool told = false;
    for (size_t i = 0; i < run.diags.count; i++)
        told = told || text_contains(run.diags.items[i].message, TEXT("without figures"));
    assert_true(told);
    run_end(&run);
    run = run_csv("kpi", "", "KPI,2020/21,Change on 2020/21\nA,1,2\n");
    assert_says(only_error(&run, DIAG_PERIOD, 1, 3), "is more than a period");
    run_end(&run);
    run = run_csv("kpi", "", "KPI,2020/21,FY 2020/21\nA,1,2\n");
    only_error(&run, DIAG_DUPLICATE_COLUMN, 1, 3);
    run_end(&run);
    run = run_csv("kpi", "period = 2020/21\n", "KPI,This period,2020/21\nA,1,2\n");
    only_error(&run, DIAG_CONFLICT, 2, 3);
    run_end(&run);
}

static void a_column_can_say_the_period(void **state)
{
    (void)state;
    struct run run = run_csv("kpi", "",
                             "KPI,Quarter,Value,Last quarter,Same quarter last year,Target\n"
                             "A,Q1 2021/22,1,,5,8\nA,Q2 2021/22,2,1,6,9\n");
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "A", "", "Q1 2021/22"), 1);
    assert_int_equal(figure_of(&run, "A", "", "Q2 2020/21"), 6);
    assert_text(run.arena, find(&run, "A", "Q1 2021/22")->published->target_words, "8");
    assert_int_equal(run.dataset->figure_count, 4);
    run_end(&run);
    run = run_csv("kpi", "",
                  "KPI,Quarter,Value,Last quarter,Target\nA,Q2 2021/22,2,1,9\n"
                  "A,Q1 2021/22,1,,8\n");
    assert_ok(&run); /* the row of the quarter itself says more of it */
    assert_text(run.arena, find(&run, "A", "Q1 2021/22")->published->target_words, "8");
    run_end(&run);
    run = run_csv("kpi", "", "KPI,Quarter,Value,Last quarter\nA,Q1 2021/22,1,\nA,Q2 2021/22,2,3\n");
    only_error(&run, DIAG_CONFLICTING, 3, 4);
    run_end(&run);
    run = run_csv("kpi", "", "KPI,Quarter,Value,Last year\nA,Q1 2021/22,1,2\n");
    assert_says(only_error(&run, DIAG_PERIOD, 1, 4), "is for a year");
    run_end(&run);
}

static void a_list_without_figures_is_read(void **state)
{
    (void)state;
    struct run run = run_csv("kpi", "", "Theme,KPI code,KPI\nPlace,SP 01,Homes completed\n");
    assert_ok(&run);
    const struct figure *f = find(&run, "Homes completed", "2021/22");
    assert_false(f->value.present);
    assert_int_equal(f->value.markers, MARKER_NOT_AVAILABLE);
    assert_text(run.arena, run.dataset->measures[0].group, "Place");
    run_end(&run);
}

static void codes_are_texts_with_one_meaning(void **state)
{
    (void)state;
    struct run run = run_csv("kpi", "",
                             "Code,KPI,Period,Value\nKA.01.03,A,2021/22,1\nKA 01.03.,A,2020/21,2\n"
                             "ka-01-03,A,2019/20,3\n11.1,B,2021/22,4\n11.10,B,2021/22,5\n"
                             "1.11,C,2021/22,6\n");
    assert_ok(&run);
    assert_int_equal(run.dataset->measure_count, 4);
    assert_text(run.arena, run.dataset->measures[0].id, "KA.01.03");
    assert_int_equal(figure_of(&run, "B (11.1)", "", "2021/22"), 4);
    assert_int_equal(figure_of(&run, "B (11.10)", "", "2021/22"), 5);
    run_end(&run);
    run = run_csv("kpi", "", "Code,KPI,Value\nA1.1,Homes,1\nA11,Roads,2\nA.11.,Bins,3\n");
    assert_says(only_error(&run, DIAG_CONFLICT, 4, 1), "data.csv:3:2");
    run_end(&run);
    run = run_csv("kpi", "", "Code,KPI,Value\nA1,Homes,1\nA1,Homes,2\n");
    only_error(&run, DIAG_CONFLICTING, 3, 3);
    run_end(&run);
}

static void other_words_are_no_status(void **state)
{
    (void)state;
    struct run run = run_csv("kpi", "", "KPI,Value,Status\nA,1,Nearly there\n");
    assert_ok(&run);
    const struct figure *f = find(&run, "A", "2021/22");
    assert_int_equal(f->published->rag, RAG_NONE);
    assert_text(run.arena, f->published->status, "Nearly there");
    assert_int_equal(count_kind(&run, DIAG_VALUE_CHECK), 1);
    run_end(&run);
}

static void what_is_none_is_refused(void **state)
{
    (void)state;
    struct run run = run_csv("kpi", "", "Code,This period\nA,1\n");
    assert_says(only_error(&run, DIAG_MISSING_COLUMN, 1, 0), "no column 'KPI'");
    run_end(&run);
    run = run_csv("kpi", "", "KPI,Value\n,1\n");
    only_error(&run, DIAG_MISSING_VALUE, 2, 1);
    run_end(&run);
    run = run_csv("kpi", "", "KPI,Value\nA,lots\n");
    only_error(&run, DIAG_NUMBER, 2, 2);
    run_end(&run);
    run = run_csv("kpi", "period = 2024/05\n", "KPI,Value\nA,1\n");
    only_error(&run, DIAG_PERIOD, 4, 10);
    run_end(&run);
}

static void decimals_are_no_count(void **state)
{
    (void)state;
    struct run run = run_csv("kpi", "", "KPI,Value,Unit\nA,1.5,\nB,2,\nC,1.5,Number\n");
    assert_ok(&run);
    assert_int_equal(run.dataset->measures[0].kind, KIND_SCORE);
    assert_int_equal(run.dataset->measures[1].kind, KIND_COUNT);
    assert_int_equal(run.dataset->measures[2].kind, KIND_COUNT); /* it says so: to be checked */
    run_end(&run);
}

/* A code and a name a row, and every name twice: as many again as a council could have. */
static void many_codes_are_told_apart(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct buffer export = {.arena = arena};
    buffer_add(&export, TEXT("Code,KPI,Value\n"));
    for (int i = 0; i < 20000; i++)
        buffer_format(&export, "K.%05d,Indicator %d,%d\n", i, i / 2, i);
    struct run run = run_csv("kpi", "", buffer_text(&export).ptr);
    assert_ok(&run);
    assert_int_equal(run.dataset->measure_count, 20000);
    assert_int_equal(figure_of(&run, "Indicator 9999 (K.19998)", "", "2021/22"), 19998);
    assert_int_equal(figure_of(&run, "Indicator 9999 (K.19999)", "", "2021/22"), 19999);
    run_end(&run);
    arena_free(arena);
}

static void a_long_term_trend_is_no_school_term(void **state)
{
    (void)state;
    struct run run = run_csv("kpi", "period = Q2 2021/22\n",
                             "Code,Short Name,Current Value,Short Term Trend Arrow,"
                             "Long Term Trend Arrow,Traffic Light Icon\n"
                             "C1,Calls,12,Improving,Getting worse,Green\n");
    assert_ok(&run);
    const struct figure *f = &run.dataset->figures[0];
    assert_text(run.arena, f->published->trend, "Improving");
    assert_int_equal(f->published->rag, RAG_GREEN);
    assert_says(message_of(&run, DIAG_READ), "columns not used: Long Term Trend Arrow");
    run_end(&run);
}

static void a_column_that_could_be_a_period_says_what_to_do(void **state)
{
    (void)state;
    struct run run = run_csv("kpi", "period = Q2 2021/22\n",
                             "Code,Short Name,Current Value,Change from previous\n"
                             "C1,Calls,12,Up\n");
    assert_says(message_of(&run, DIAG_PERIOD), "column 'Change from previous' is no clear period");
    assert_says(message_of(&run, DIAG_PERIOD), "or list it in 'ignore' of [source");
    run_end(&run);
}

static void a_date_in_a_column_of_months_is_its_month(void **state)
{
    (void)state;
    struct run run = run_csv("kpi", "", "KPI,Month,Value\nCalls,01/05/2021,5\n");
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "Calls", "", "May 2021"), 5);
    run_end(&run);
}

static void a_base_in_thousands_is_written_out(void **state)
{
    (void)state;
    static const struct {
        const char *name, *unit;
        enum measure_kind kind;
    } cases[] = {{"Missed bins per 100k", "per 100,000", KIND_RATE},
                 {"Fires per 10k dwellings", "per 10,000", KIND_RATE},
                 {"Calls / 1k", "per 1,000", KIND_RATE},
                 {"Waste per 100kg", "", KIND_COUNT},
                 {"Litter per 10km", "", KIND_COUNT},
                 {"Cost per head (£)", "£", KIND_MONEY}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char csv[128];
        snprintf(csv, sizeof csv, "KPI,Value\n%s,12\n", cases[i].name);
        struct run run = run_csv("kpi", "", csv);
        assert_ok(&run);
        assert_int_equal(run.dataset->measures[0].kind, cases[i].kind);
        assert_text(run.arena, run.dataset->measures[0].unit, cases[i].unit);
        run_end(&run);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_stands_beside_a_figure_is_kept),
        cmocka_unit_test(the_period_before_is_as_long),
        cmocka_unit_test(a_quarter_is_not_taken_for_a_year),
        cmocka_unit_test(headers_can_be_periods),
        cmocka_unit_test(a_column_can_say_the_period),
        cmocka_unit_test(a_list_without_figures_is_read),
        cmocka_unit_test(codes_are_texts_with_one_meaning),
        cmocka_unit_test(other_words_are_no_status),
        cmocka_unit_test(what_is_none_is_refused),
        cmocka_unit_test(decimals_are_no_count),
        cmocka_unit_test(many_codes_are_told_apart),
        cmocka_unit_test(a_long_term_trend_is_no_school_term),
        cmocka_unit_test(a_column_that_could_be_a_period_says_what_to_do),
        cmocka_unit_test(a_date_in_a_column_of_months_is_its_month),
        cmocka_unit_test(a_base_in_thousands_is_written_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
