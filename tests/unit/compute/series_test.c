/* Figures in order of time: which periods, what stands in gaps, what is added up. */
#include "series_support.h"

static struct series series_for(struct dataset *dataset, enum series_step step)
{
    return series_make(dataset->arena, dataset, 0, 0, step, no_date);
}

/* "April 2019 100; May 2019 [x]" */
static struct text shown(struct arena *arena, const struct series *series)
{
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < series->count; i++) {
        struct value value = series->points[i].value;
        buffer_format(&out, "%s%.*s ", i ? "; " : "",
                      TEXT_ARG(period_display(arena, series->points[i].period)));
        if (value.present)
            buffer_add(&out, decimal_text(arena, value.number));
        buffer_add(&out, markers_display(arena, value.markers));
    }
    return buffer_text(&out);
}

static void months_stand_in_order_with_their_gaps(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    add_labelled(dataset, "July 2021", 7, 0);
    add_labelled(dataset, "April 2021", 4, 0);
    add_figure(dataset, period_read(*state, TEXT("June 2021")),
               (struct value){.markers = MARKER_CONFIDENTIAL});
    struct series series = series_for(dataset, SERIES_NONE);
    assert_int_equal(series.step, SERIES_MONTHS);
    assert_text(*state, shown(*state, &series),
                "April 2021 4; May 2021 [x]; June 2021 [c]; July 2021 7");
    assert_true(series_has_hidden(&series));
    assert_int_equal(series.points[0].place.line, 3);
    series_begin(&series, period_read(*state, TEXT("June 2021")));
    assert_text(*state, shown(*state, &series), "June 2021 [c]; July 2021 7");
    assert_int_equal(series_find(&series, period_read(*state, TEXT("July 2021"))), 1);
    assert_int_equal(series_find(&series, period_read(*state, TEXT("April 2021"))), 2);
}

static void rolling_and_pooled_years_and_years_to_date_are_no_series(void **state)
{
    static const char *const sets[][3] = {
        {"year ending March 2021", "year ending June 2021", "year ending September 2021"},
        {"2016 - 18", "2017 - 19", "2018 - 20"},
        {"2020/21 YTD", "2021/22 YTD", "2022/23 YTD"}};
    for (size_t s = 0; s < 3; s++) {
        struct dataset *dataset = dataset_new(*state, TEXT("crime"));
        for (size_t i = 0; i < 3; i++)
            add_labelled(dataset, sets[s][i], 10, 0);
        struct series series = series_for(dataset, SERIES_NONE);
        assert_int_equal(series.step, SERIES_NONE);
        assert_int_equal(series.count, 0);
    }
}

/* Calendar years beside financial ones share months with them. */
static void years_that_overlap_are_never_mixed(void **state)
{
    static const char *const labels[] = {"2018/19", "2019", "2019/20", "2020/21", "2020"};
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    for (size_t i = 0; i < 5; i++)
        add_labelled(dataset, labels[i], (double)i, 0);
    struct series series = series_for(dataset, SERIES_NONE);
    assert_int_equal(series.step, SERIES_YEARS);
    assert_text(*state, shown(*state, &series), "2018/19 0; 2019/20 2; 2020/21 3");
}

static void the_same_quarter_of_two_years_is_no_series(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add_labelled(dataset, "Q1 2020/21", 1, 0);
    add_labelled(dataset, "Q1 2021/22", 2, 0);
    assert_int_equal(series_for(dataset, SERIES_NONE).step, SERIES_NONE);
    add_labelled(dataset, "Q2 2021/22", 3, 0);
    struct series series = series_for(dataset, SERIES_NONE);
    assert_text(*state, shown(*state, &series),
                "Quarter 1, 2020/21 1; Quarter 2, 2020/21 [x]; Quarter 3, 2020/21 [x]; "
                "Quarter 4, 2020/21 [x]; Quarter 1, 2021/22 2; Quarter 2, 2021/22 3");
}

static void counts_of_months_are_added_to_whole_quarters_and_years(void **state)
{
    double counts[26];
    for (size_t i = 0; i < 26; i++)
        counts[i] = 10;
    counts[14] = MISSING; /* June 2020 */
    struct dataset *dataset = months_of(*state, counts, 26);
    struct series years = series_for(dataset, SERIES_YEARS);
    assert_true(years.is_added);
    assert_text(*state, shown(*state, &years), "2019/20 120; 2020/21 [x]");
    struct series quarters = series_for(dataset, SERIES_QUARTERS);
    assert_int_equal(quarters.count, 8);
    assert_text(*state, period_display(*state, quarters.points[7].period), "Quarter 4, 2020/21");
    dataset->measures[0].kind = KIND_PERCENT;
    assert_int_equal(series_for(dataset, SERIES_YEARS).step, SERIES_NONE);
}

static void what_is_not_over_is_left_out_and_told(void **state)
{
    const double counts[] = {1, 2, 3, 4};
    struct dataset *dataset = months_of(*state, counts, 4);
    struct series series =
        series_make(*state, dataset, 0, 0, SERIES_NONE, (struct date){2019, 6, 29});
    assert_text(*state, shown(*state, &series), "April 2019 1; May 2019 2");
    assert_text(*state, texts_join(*state, &series.left_out, TEXT(", ")), "June 2019, July 2019");
    struct doubt doubt = {.kind = DOUBT_CUT_OFF, .last_day = {2019, 7, 28}};
    struct doubts doubts = {.items = &doubt, .count = 1};
    struct date known = series_known_to(&doubts, (struct date){2019, 8, 15});
    assert_int_equal(date_compare(known, doubt.last_day), 0);
    doubt.kind = DOUBT_LOW_END;
    known = series_known_to(&doubts, (struct date){2019, 8, 15});
    assert_int_equal(known.day, 15);
}

static void the_total_is_the_total_or_the_sum_of_its_parts(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    static const char *const names[] = {"Burglary", "Theft", "Anti-social behaviour"};
    for (size_t m = 0; m < 3; m++)
        for (int month = 1; month <= 2; month++) {
            if (m == 1 && month == 2)
                continue;
            struct figure figure = {
                .measure = dataset_measure(dataset, text_from(names[m]), PLACE_NONE),
                .area = dataset_area(dataset, TEXT("North")),
                .period = dataset_period(dataset, period_month(*state, 2021, month)),
                .value = {.present = true, .number = decimal_from(10 * (int64_t)(m + 1))},
                .note = TEXT_EMPTY,
            };
            dataset_add_figure(dataset, figure);
            dataset->measures[m].relation = RELATION_PART;
        }
    dataset->measures[2].relation = RELATION_OUTSIDE;
    assert_true(series_has_total(dataset));
    struct series series = series_make(*state, dataset, SERIES_TOTAL, 0, SERIES_NONE, no_date);
    assert_text(*state, shown(*state, &series), "January 2021 30; February 2021 [x]");
    for (size_t m = 0; m < 3; m++) /* shares are parts of nothing that could be added up */
        dataset->measures[m].kind = KIND_PERCENT;
    assert_false(series_has_total(dataset));
    for (size_t m = 0; m < 3; m++)
        dataset->measures[m].kind = KIND_COUNT;
    dataset->measures[2].relation = RELATION_TOTAL;
    series = series_make(*state, dataset, SERIES_TOTAL, 0, SERIES_NONE, no_date);
    assert_text(*state, shown(*state, &series), "January 2021 30; February 2021 30");
    assert_text(*state, series.label, "Anti-social behaviour");
}

/* Events are counted in every area: together they are a sum, without a gap where none happened. */
static void all_areas_together_are_a_series(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    dataset->counts_rows = true;
    for (int month = 1; month <= 3; month++)
        for (int area = 0; area < (month == 2 ? 1 : 2); area++)
            dataset_count(
                dataset,
                (struct row_count){
                    .measure = (uint32_t)dataset_measure(
                        dataset, month < 3 ? TEXT("Burglary") : TEXT("Theft"), PLACE_NONE),
                    .area = (uint32_t)dataset_area(dataset, area ? TEXT("South") : TEXT("North")),
                    .period = (uint32_t)dataset_period(dataset, period_month(*state, 2021, month)),
                    .file = UINT32_MAX,
                    .rows = 5});
    dataset->measures[0].relation = dataset->measures[1].relation = RELATION_PART;
    struct series series = series_make(*state, dataset, 0, AREA_ALL, SERIES_NONE, no_date);
    assert_text(*state, shown(*state, &series), "January 2021 10; February 2021 5");
    assert_false(series_has_hidden(&series));
    series = series_make(*state, dataset, SERIES_TOTAL, AREA_ALL, SERIES_NONE, no_date);
    assert_text(*state, shown(*state, &series), "January 2021 10; February 2021 5; March 2021 10");
}

static void every_kind_of_year_and_quarter_has_its_name(void **state)
{
    static const struct {
        const char *labels[3];
        const char *gap;
    } cases[] = {
        {{"2018", "2019", "2021"}, "2020"},
        {{"Academic year 2018/19", "Academic year 2019/20", "Academic year 2021/22"},
         "Academic year 2020/21"},
        {{"July 2018 to June 2019", "July 2019 to June 2020", "July 2021 to June 2022"},
         "July 2020 to June 2021"},
        {{"February to April 2021", "May to July 2021", "November 2021 to January 2022"},
         "August to October 2021"},
    };
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
        for (size_t i = 0; i < 3; i++)
            add_labelled(dataset, cases[c].labels[i], 1, 0);
        struct series series = series_for(dataset, SERIES_NONE);
        assert_int_equal(series.count, 4);
        assert_text(*state, period_display(*state, series.points[2].period), cases[c].gap);
    }
}

static void quarters_are_added_to_years_where_they_fill_one(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add_labelled(dataset, "Q2 2020/21", 1, 0);
    for (int q = 1; q <= 4; q++)
        add_labelled(dataset, text_format(*state, "Q%d 2021/22", q).ptr, q, 0);
    assert_int_equal(series_for(dataset, SERIES_YEARS).step, SERIES_NONE); /* a year alone */
    for (int q = 1; q <= 4; q++)
        add_labelled(dataset, text_format(*state, "Q%d 2022/23", q).ptr, q, 0);
    struct series series = series_for(dataset, SERIES_YEARS);
    assert_text(*state, shown(*state, &series), "2021/22 10; 2022/23 10");
    const double few[] = {1, 2, 3, 4};
    dataset = months_of(*state, few, 4);
    assert_int_equal(series_for(dataset, SERIES_YEARS).step, SERIES_NONE);
}

static void nothing_is_left_of_what_is_all_too_late_or_too_early(void **state)
{
    const double counts[] = {1, 2};
    struct dataset *dataset = months_of(*state, counts, 2);
    struct series series =
        series_make(*state, dataset, 0, 0, SERIES_NONE, (struct date){2019, 4, 1});
    assert_int_equal(series.count, 0);
    series = series_for(dataset, SERIES_NONE);
    series_begin(&series, period_read(*state, TEXT("2021")));
    assert_int_equal(series.count, 0);
    assert_false(series_has_total(dataset));
    struct doubt doubt = {.kind = DOUBT_CUT_OFF, .last_day = {2019, 5, 28}};
    const struct doubts doubts = {.items = &doubt, .count = 1};
    assert_int_equal(series_known_to(&doubts, no_date).day, 28);
    assert_int_equal(series_known_to(&doubts, (struct date){2019, 5, 20}).day, 20);
}

/* A sum with more digits than there are is not available, and so is a figure that says nothing. */
static void what_cannot_be_added_is_not_available(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    const struct decimal huge = {((__int128)1 << 126) - 1, 0};
    for (size_t m = 0; m < 3; m++)
        for (int month = 1; month <= 2; month++) {
            struct figure figure = {
                .measure = dataset_measure(dataset, text_format(*state, "M%zu", m), PLACE_NONE),
                .area = dataset_area(dataset, TEXT_EMPTY),
                .period = dataset_period(dataset, period_month(*state, 2021, month)),
                .value = {.present = month == 1, .number = month == 1 ? huge : decimal_from(0)},
                .note = TEXT_EMPTY,
                .place = place_at(TEXT("a.csv"), (unsigned)m + 2, 1),
            };
            dataset_add_figure(dataset, figure);
            dataset->measures[m].relation = RELATION_PART;
        }
    struct series series = series_make(*state, dataset, SERIES_TOTAL, 0, SERIES_NONE, no_date);
    assert_text(*state, shown(*state, &series), "January 2021 [x]; February 2021 [x]");
    assert_int_equal(series.points[0].place.line, 2);
}

static void steps_have_words(void **state)
{
    assert_text(*state, series_steps_words(*state, SERIES_MONTHS, 1), "1 month");
    assert_text(*state, series_steps_words(*state, SERIES_QUARTERS, 2), "2 quarters");
    assert_text(*state, series_steps_words(*state, SERIES_YEARS, 5), "5 years");
    assert_text(*state, series_steps_words(*state, SERIES_NONE, 0), "0 periods");
}

/* Of two sets of years with as many figures, the one that ends last. */
static void of_equal_sets_the_latest_is_taken(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    static const char *const labels[] = {"2018", "2019", "2018/19", "2019/20"};
    for (size_t i = 0; i < 4; i++)
        add_labelled(dataset, labels[i], (double)i, 0);
    struct series series = series_for(dataset, SERIES_NONE);
    assert_text(*state, shown(*state, &series), "2018/19 2; 2019/20 3");
    assert_int_equal(series_for(dataset, SERIES_QUARTERS).step, SERIES_NONE);
}

/* Another measure has the month; no part has a figure in the other area. */
static void a_period_of_others_is_a_gap(void **state)
{
    const double counts[] = {1, MISSING, 3};
    struct dataset *dataset = months_of(*state, counts, 3);
    size_t other = dataset_measure(dataset, TEXT("Other"), PLACE_NONE);
    struct figure figure = {.measure = other,
                            .area = dataset_area(dataset, TEXT("South")),
                            .period = dataset_period(dataset, period_month(*state, 2019, 5)),
                            .value = {.present = true, .number = decimal_from(5)},
                            .note = TEXT_EMPTY};
    dataset_add_figure(dataset, figure);
    struct series series = series_for(dataset, SERIES_NONE);
    assert_text(*state, shown(*state, &series), "April 2019 1; May 2019 [x]; June 2019 3");
    dataset->measures[0].relation = RELATION_PART;
    series = series_make(*state, dataset, SERIES_TOTAL, 0, SERIES_NONE, no_date);
    assert_int_equal(series.count, 3);
    series = series_make(*state, dataset, SERIES_TOTAL, 1, SERIES_NONE, no_date);
    assert_int_equal(series.step, SERIES_NONE);
    dataset->measures[0].relation = RELATION_TOTAL;
    assert_true(series_has_total(dataset));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(months_stand_in_order_with_their_gaps),
        arena_test(rolling_and_pooled_years_and_years_to_date_are_no_series),
        arena_test(years_that_overlap_are_never_mixed),
        arena_test(the_same_quarter_of_two_years_is_no_series),
        arena_test(counts_of_months_are_added_to_whole_quarters_and_years),
        arena_test(what_is_not_over_is_left_out_and_told),
        arena_test(the_total_is_the_total_or_the_sum_of_its_parts),
        arena_test(all_areas_together_are_a_series),
        arena_test(every_kind_of_year_and_quarter_has_its_name),
        arena_test(quarters_are_added_to_years_where_they_fill_one),
        arena_test(nothing_is_left_of_what_is_all_too_late_or_too_early),
        arena_test(what_cannot_be_added_is_not_available),
        arena_test(steps_have_words),
        arena_test(of_equal_sets_the_latest_is_taken),
        arena_test(a_period_of_others_is_a_gap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
