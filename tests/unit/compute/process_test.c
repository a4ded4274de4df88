/* What a series says: control charts, recent trends, targets, forecasts and the year so far. */
#include "compute/rag.h"
#include "compute/spc.h"
#include "compute/trend.h"
#include "compute/ytd.h"
#include "support.h"

#include <math.h>

static struct decimal d(const char *text)
{
    struct decimal out;
    assert_true(decimal_parse(text_from(text), &out));
    return out;
}

static void a_series_that_does_not_vary_has_no_signals(void **state)
{
    (void)state;
    const double x[] = {5, 5, 5, 5, 5, 5, 5, 5, 5};
    enum signal signals[9];
    struct xmr xmr = xmr_limits(x, 9, false);
    xmr_signals(&xmr, x, 9, signals);
    for (int i = 0; i < 9; i++)
        assert_int_equal(signals[i], SIGNAL_NONE);
}

/* Turned upside down, a series has the opposite signals. */
static void signals_are_symmetric(void **state)
{
    (void)state;
    static const enum signal opposite[] = {SIGNAL_NONE,       SIGNAL_BELOW,      SIGNAL_ABOVE,
                                           SIGNAL_FALLING,    SIGNAL_RISING,     SIGNAL_NEAR_LOWER,
                                           SIGNAL_NEAR_UPPER, SIGNAL_SHIFT_DOWN, SIGNAL_SHIFT_UP};
    uint32_t seed = 7;
    for (int round = 0; round < 500; round++) {
        double x[40], y[40];
        enum signal up[40], down[40];
        for (int i = 0; i < 40; i++) {
            seed = seed * 1664525 + 1013904223;
            x[i] = seed >> 28;
            y[i] = -x[i];
        }
        struct xmr a = xmr_limits(x, 40, round % 2), b = xmr_limits(y, 40, round % 2);
        xmr_signals(&a, x, 40, up);
        xmr_signals(&b, y, 40, down);
        for (int i = 0; i < 40; i++)
            assert_int_equal(down[i], opposite[up[i]]);
    }
}

static void a_target_is_met_missed_or_neither(void **state)
{
    (void)state;
    const struct xmr xmr = {.lower = 10, .upper = 20};
    assert_int_equal(xmr_assurance(&xmr, 25, true), ASSURANCE_FAILS);
    assert_int_equal(xmr_assurance(&xmr, 25, false), ASSURANCE_MEETS);
    assert_int_equal(xmr_assurance(&xmr, 5, true), ASSURANCE_MEETS);
    assert_int_equal(xmr_assurance(&xmr, 5, false), ASSURANCE_FAILS);
    assert_int_equal(xmr_assurance(&xmr, 20, true), ASSURANCE_MAY);
}

static void shares_of_none_or_all_have_no_trend(void **state)
{
    (void)state;
    const double n[] = {10, 10, 10, 10, 10}, all[] = {5, 6, 7, 8, 10}, none[] = {0, 1, 2, 3, 4};
    assert_int_equal(trend_of_proportions(all, n).direction, TREND_NOT_CALCULATED);
    assert_int_equal(trend_of_proportions(none, n).direction, TREND_NOT_CALCULATED);
    assert_string_equal(trend_word(TREND_NOT_CALCULATED), "cannot be calculated");
}

static void a_target_without_a_polarity_gets_no_colour(void **state)
{
    (void)state;
    struct target target = {.polarity = POLARITY_NONE, .value = d("5"), .tolerance = d("1")};
    assert_int_equal(rag_against_target(d("5"), &target), RAG_NONE);
    target.polarity = POLARITY_HIGH;
    assert_int_equal(rag_against_target(d("4.99"), &target), RAG_AMBER);
    /* digits that do not fit give no colour rather than a wrong one */
    target.tolerance_is_relative = true;
    target.value = d("99999999999999999999999999999999999999");
    assert_int_equal(rag_against_target(d("1"), &target), RAG_NONE);
    struct travel travel = direction_of_travel(d("12"), d("12"), &target, d("0"));
    assert_int_equal(travel.arrow, ARROW_SAME);
    assert_string_equal(arrow_word(travel.arrow), "same");
    assert_string_equal(judgement_word(travel.judgement), "no material change");
}

/* What differs by more digits than fit is not the same: no green, no arrow to the side. */
static void a_difference_of_too_many_digits_is_no_agreement(void **state)
{
    (void)state;
    const struct decimal high = d("100000000000000000000000000000000000000");
    struct target target = {.polarity = POLARITY_LOW, .value = decimal_negate(high)};
    assert_int_equal(rag_against_target(high, &target), RAG_RED);
    struct travel travel = direction_of_travel(decimal_negate(high), high, &target, d("1"));
    assert_int_equal(travel.arrow, ARROW_DOWN);
    assert_int_equal(travel.judgement, JUDGEMENT_IMPROVING);
    /* nor has it a colour where the tolerance itself has too many */
    target = (struct target){.polarity = POLARITY_HIGH,
                             .value = d("1.000000000000000001"),
                             .tolerance_is_relative = true,
                             .tolerance = d("0.5")};
    assert_int_equal(rag_against_target(d("1"), &target), RAG_NONE);
}

/* Of a band nearer is better; within it nothing improves or worsens. */
static void a_band_improves_when_it_is_nearer(void **state)
{
    (void)state;
    const struct target band = {
        .polarity = POLARITY_BAND, .band_low = d("18"), .band_high = d("20")};
    assert_int_equal(direction_of_travel(d("21"), d("24"), &band, d("0")).judgement,
                     JUDGEMENT_IMPROVING);
    assert_int_equal(direction_of_travel(d("15"), d("17"), &band, d("0")).judgement,
                     JUDGEMENT_WORSENING);
    assert_int_equal(direction_of_travel(d("20"), d("18"), &band, d("0")).judgement,
                     JUDGEMENT_SAME);
}

static void a_seasonal_forecast_follows_last_year(void **state)
{
    (void)state;
    struct forecast plain = forecast_year(100, 91, 365, 1);
    struct forecast seasonal = forecast_seasonal(100, 91, 365, 91.0 / 365, 1);
    assert_true(fabs(plain.total - seasonal.total) < 1e-9);
    assert_true(forecast_seasonal(100, 91, 365, 0.5, 1).total == 200);
    assert_true(seasonal.lower >= 100);
}

static void months_that_are_not_over_do_not_count(void **state)
{
    (void)state;
    struct value now[YTD_MONTHS], before[YTD_MONTHS];
    for (int m = 0; m < YTD_MONTHS; m++)
        now[m] = before[m] = (struct value){.present = true, .number = d("10")};
    struct date first = date_first_of_month(2023, 4), extract = {2023, 7, 31};
    struct ytd ytd = ytd_compute(now, before, first, extract, YTD_SETTLE_DAYS);
    assert_int_equal(ytd.months, 3);
    assert_int_equal(ytd.status, YTD_PROVISIONAL);
    now[1].present = false;
    assert_int_equal(ytd_compute(now, before, first, extract, 42).status, YTD_GAP_CURRENT);
    assert_true(ytd_is_refused(YTD_GAP_CURRENT));
}

static void sums_of_too_many_digits_are_refused(void **state)
{
    (void)state;
    struct value small[YTD_MONTHS], large[YTD_MONTHS];
    for (int m = 0; m < YTD_MONTHS; m++) {
        small[m] = (struct value){.present = true, .number = d("10")};
        large[m] =
            (struct value){.present = true, .number = d("100000000000000000000000000000000000000")};
    }
    struct date first = date_first_of_month(2023, 4), extract = {2023, 7, 31};
    assert_true(ytd_is_refused(ytd_compute(large, small, first, extract, 42).status));
    assert_true(ytd_is_refused(ytd_compute(small, large, first, extract, 42).status));
}

/* April is late, May not over: nothing is wrong, and there is nothing yet. */
static void a_first_month_may_still_come(void **state)
{
    (void)state;
    struct value now[YTD_MONTHS] = {0}, before[YTD_MONTHS] = {0};
    now[1] = (struct value){.present = true, .number = d("10")};
    struct date first = date_first_of_month(2023, 4), extract = {2023, 5, 20};
    struct ytd ytd = ytd_compute(now, before, first, extract, 42);
    assert_int_equal(ytd.status, YTD_OK);
    assert_int_equal(ytd.months, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_series_that_does_not_vary_has_no_signals),
        cmocka_unit_test(signals_are_symmetric),
        cmocka_unit_test(a_target_is_met_missed_or_neither),
        cmocka_unit_test(shares_of_none_or_all_have_no_trend),
        cmocka_unit_test(a_target_without_a_polarity_gets_no_colour),
        cmocka_unit_test(a_difference_of_too_many_digits_is_no_agreement),
        cmocka_unit_test(a_band_improves_when_it_is_nearer),
        cmocka_unit_test(a_seasonal_forecast_follows_last_year),
        cmocka_unit_test(months_that_are_not_over_do_not_count),
        cmocka_unit_test(sums_of_too_many_digits_are_refused),
        cmocka_unit_test(a_first_month_may_still_come),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
