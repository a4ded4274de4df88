#include "read_support.h"

static struct decimal d(const char *number)
{
    struct decimal out = {0};
    assert_true(decimal_parse(text_from(number), &out));
    return out;
}

#define assert_same(a, b) assert_int_equal(decimal_compare((a), (b)), 0)

static void sections_say_what_is_to_be_reached(void **state)
{
    (void)state;
    struct run run = run_csv("wide",
                             "extracted = 30 June 2022\nsettle days = 30\n"
                             "[measure Calls]\nunit = %\npolarity = Bigger is better\n"
                             "target = 95%\ntolerance = 2 points\ndead band = 0.5 points\n"
                             "[measure Spend]\nunit = £\npolarity = low\ntarget = £1,200\n"
                             "tolerance = £50\nprofile = even\n"
                             "[measure Wait]\nunit = days\npolarity = low\ntarget = 10 days\n"
                             "tolerance = 10%\nseasonal = yes\nprofile = none\n",
                             "Measure,2021/22\nCalls,94\nSpend,1000\nWait,12\nOther,1\n");
    assert_ok(&run);
    const struct measure *m = run.dataset->measures;
    assert_int_equal(m[0].target.polarity, POLARITY_HIGH);
    assert_same(m[0].target.value, d("95"));
    assert_false(m[0].target.tolerance_is_relative);
    assert_same(m[0].target.tolerance, d("2"));
    assert_same(m[0].target.dead_band, d("0.5"));
    assert_same(m[1].target.value, d("1200"));
    assert_same(m[1].target.tolerance, d("50"));
    assert_int_equal(m[1].target.profile, PROFILE_EVEN);
    assert_same(m[2].target.value, d("10"));
    assert_true(m[2].target.tolerance_is_relative);
    assert_true(m[2].target.is_seasonal);
    assert_int_equal(m[2].target.profile, PROFILE_NONE);
    /* without a section: no polarity, no target, the usual tolerance */
    assert_false(m[3].target.has_polarity || m[3].target.has_value || m[3].target.is_seasonal);
    assert_true(m[3].target.tolerance_is_relative);
    assert_same(m[3].target.tolerance, d("5"));
    assert_int_equal(run.dataset->extracted.month, 6);
    assert_int_equal(run.dataset->settle_days, 30);
    run_end(&run);
}

static void an_export_has_polarities_and_targets_of_its_own(void **state)
{
    (void)state;
    struct run run = run_csv("kpi", "period = Q2 2021/22\n[measure Bins]\npolarity = high\n",
                             "KPI,This quarter,Annual target,Good to be\n"
                             "Bins,9,40,Low\nVisits,8,50,Aim to minimise\n");
    assert_ok(&run);
    const struct measure *m = run.dataset->measures;
    assert_int_equal(m[0].target.polarity, POLARITY_HIGH); /* the job's goes before */
    assert_int_equal(m[1].target.polarity, POLARITY_LOW);
    assert_true(run.dataset->figures[1].published->target_is_annual);
    run_end(&run);
    run = run_csv("kpi", "period = Q2 2021/22\n", "KPI,This quarter,Target\nBins,9,40\n");
    assert_false(run.dataset->figures[0].published->target_is_annual);
    run_end(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sections_say_what_is_to_be_reached),
        cmocka_unit_test(an_export_has_polarities_and_targets_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
