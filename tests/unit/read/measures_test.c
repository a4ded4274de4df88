#include "read_support.h"

#define CRIME "Measure,2021/22\nTotal,10\nBurglary,4\nASB (police),3\nasb police,1\n"

static void sections_describe_measures(void **state)
{
    (void)state;
    struct run run = run_csv("wide",
                             "[measure total]\nrelation = total\nlabel = Total crime\n"
                             "[measure Burglary]\nsource = s\nrelation = of which: TOTAL\n"
                             "key = Burglaries!\nkind = rate\nunit = per 1,000\n"
                             "group = Acquisitive\nnote = A note\n"
                             "[measure unknown elsewhere]\nsource = other\n",
                             CRIME);
    assert_ok(&run);
    const struct measure *m = run.dataset->measures;
    assert_int_equal(m[0].relation, RELATION_TOTAL);
    assert_text(run.arena, m[0].label, "Total crime");
    assert_text(run.arena, m[0].slug, "total");
    assert_int_equal(m[1].relation, RELATION_OF_WHICH);
    assert_int_equal(m[1].parent, 0);
    assert_text(run.arena, m[1].slug, "burglaries");
    assert_int_equal(m[1].kind, KIND_RATE);
    assert_text(run.arena, m[1].unit, "per 1,000");
    assert_text(run.arena, m[1].group, "Acquisitive");
    assert_text(run.arena, m[1].note, "A note");
    /* equal slugs are numbered */
    assert_text(run.arena, m[2].slug, "asb-police");
    assert_text(run.arena, m[3].slug, "asb-police-2");
    run_end(&run);
}

static void given_keys_go_before_made_ones(void **state)
{
    (void)state;
    struct run run = run_csv("wide",
                             "[measure Other]\nkey = burglary\n"
                             "[measure Third]\nkey = burglary 2\n",
                             "Measure,2021/22\nBurglary,1\nOther,2\nThird,3\n");
    assert_ok(&run);
    assert_text(run.arena, run.dataset->measures[0].slug, "burglary-3");
    assert_text(run.arena, run.dataset->measures[1].slug, "burglary");
    assert_text(run.arena, run.dataset->measures[2].slug, "burglary-2");
    run_end(&run);
}

static void a_name_as_written_goes_before_one_that_is_the_same(void **state)
{
    (void)state;
    struct run run = run_csv("wide",
                             "[measure asb police]\nlabel = second\n"
                             "[measure >5]\nlabel = above\n[measure <5]\nlabel = below\n",
                             CRIME "<5,2\n>5,3\n");
    assert_ok(&run);
    assert_text(run.arena, run.dataset->measures[2].label, "ASB (police)");
    assert_text(run.arena, run.dataset->measures[3].label, "second");
    assert_text(run.arena, run.dataset->measures[4].label, "below");
    assert_text(run.arena, run.dataset->measures[5].label, "above");
    run_end(&run);
}

static void check_error(const char *section, unsigned line, unsigned column, const char *says)
{
    struct run run = run_csv("wide", section, CRIME);
    read_check_measures(&run.diags, &run.job, &run.dataset, 1);
    assert_says(only_error(&run, DIAG_BAD_VALUE, line, column), says);
    run_end(&run);
}

static void sections_that_cannot_be(void **state)
{
    (void)state;
    check_error("[measure Burglry]\nsource = s\n", 4, 1, "the nearest is 'Burglary'");
    check_error("[measure Burglry]\nlabel = x\n", 4, 1, "the nearest is 'Burglary'");
    check_error("[measure Burglary]\nsource = r\n", 5, 10, "there is no [source r]");
    check_error("[measure Burglary]\nkind = sort\n", 5, 8, "count, money, rate");
    check_error("[measure Burglary]\nrelation = child\n", 5, 12, "of which: NAME");
    check_error("[measure Burglary]\nrelation = of which: Totl\n", 5, 12, "the nearest is 'Total'");
    check_error("[measure Burglary]\nrelation = of which: Burglary\n", 5, 12, "no other measure");
    check_error(
        "[measure Burglary]\nrelation = of which: Total\n"
        "[measure Total]\nrelation = of which: Burglary\n",
        7, 12, "'Total' and 'Burglary' are each declared a part of the other");
}

static void unknown_keys_are_reported_once(void **state)
{
    (void)state;
    struct run run = run_csv("wide", "[measure Burglary]\nlable = x\n", CRIME);
    read_check_measures(&run.diags, &run.job, &run.dataset, 1);
    assert_says(only_error(&run, DIAG_UNKNOWN_KEY, 5, 1), "did you mean 'label'");
    run_end(&run);
}

static void a_unit_says_the_kind(void **state)
{
    (void)state;
    struct run run = run_csv("wide", "",
                             "Measure,Unit,2021/22\nA,%,1\nB,per 1,2\nC,crimes,3\n"
                             "D,years,4\nE,,5%\nF,,£6\nG,index,7\n");
    assert_ok(&run);
    static const enum measure_kind kinds[] = {KIND_PERCENT, KIND_RATE,  KIND_COUNT, KIND_MEAN,
                                              KIND_PERCENT, KIND_MONEY, KIND_INDEX};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        assert_int_equal(run.dataset->measures[i].kind, kinds[i]);
    assert_text(run.arena, run.dataset->measures[4].unit, "%");
    run_end(&run);
    run = run_csv("wide", "kind = score\nunit = points\n", "Measure,2021/22\nA,1\n");
    assert_int_equal(run.dataset->measures[0].kind, KIND_SCORE);
    assert_text(run.arena, run.dataset->measures[0].unit, "points");
    run_end(&run);
}

static void every_dialect_is_in_the_table(void **state)
{
    (void)state;
    assert_int_equal(dialect_count, 9);
    for (size_t d = 0; d < dialect_count; d++) {
        assert_true(dialects[d]->column_count > 0);
        for (size_t c = 0; c < dialects[d]->column_count; c++) {
            assert_non_null(dialects[d]->columns[c].name);
            assert_non_null(dialects[d]->columns[c].meaning);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sections_describe_measures),
        cmocka_unit_test(a_name_as_written_goes_before_one_that_is_the_same),
        cmocka_unit_test(given_keys_go_before_made_ones),
        cmocka_unit_test(sections_that_cannot_be),
        cmocka_unit_test(unknown_keys_are_reported_once),
        cmocka_unit_test(a_unit_says_the_kind),
        cmocka_unit_test(every_dialect_is_in_the_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
