#include "compute/comparison.h"
#include "support.h"

static const struct date no_date;

/* Months from `year`-`month` on, one figure each; INT64_MIN leaves a month out. */
static struct dataset *monthly(struct arena *arena, int year, int month, const int64_t *counts,
                               size_t count)
{
    struct dataset *dataset = dataset_new(arena, TEXT("crime"));
    dataset->place = place_at(TEXT("job.ini"), 9, 1);
    for (size_t i = 0; i < count; i++) {
        int at = month - 1 + (int)i;
        if (counts[i] == INT64_MIN)
            continue;
        struct figure figure = {
            .measure = dataset_measure(dataset, TEXT("Crimes"), dataset->place),
            .area = dataset_area(dataset, TEXT("North")),
            .period = dataset_period(dataset, period_month(arena, year + at / 12, at % 12 + 1)),
            .value = {.present = true, .number = decimal_from(counts[i])},
            .note = TEXT_EMPTY,
            .place = place_at(TEXT("a.csv"), (unsigned)i + 2, 3),
        };
        dataset_add_figure(dataset, figure);
    }
    return dataset;
}
#define MONTHLY(year, month, counts)                                                               \
    monthly(arena, year, month, counts, sizeof(counts) / sizeof(counts)[0])

/* "March 2020 outlier 46 in 355-466 of the 12 months before it; " for each doubt. */
static struct text doubts_of(struct arena *arena, const struct dataset *dataset, size_t area,
                             struct date as_at)
{
    static const char *const words[] = {"outlier", "low end", "cut off"};
    struct doubts doubts = months_doubts(arena, dataset, area, as_at);
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < doubts.count; i++) {
        const struct doubt *doubt = &doubts.items[i];
        buffer_format(&out, "%s%.*s %s", out.len ? "; " : "",
                      TEXT_ARG(period_display(arena, doubt->period)), words[doubt->kind]);
        if (doubt->value.present)
            buffer_format(&out, " %.*s in %.*s-%.*s of %.*s",
                          TEXT_ARG(decimal_text(arena, doubt->value.number)),
                          TEXT_ARG(decimal_text(arena, doubt->low.number)),
                          TEXT_ARG(decimal_text(arena, doubt->high.number)),
                          TEXT_ARG(doubt->history));
        else
            buffer_format(&out, " after %.*s", TEXT_ARG(date_iso(arena, doubt->last_day)));
    }
    return buffer_text(&out);
}

static void a_month_is_held_against_the_12_before_it(void **state)
{
    struct arena *arena = *state;
    const int64_t counts[] = {100, 104, 96, 102, 98, 100, 106, 94, 101, 99, 100, 103, 40, 100};
    assert_text(arena, doubts_of(arena, MONTHLY(2022, 4, counts), 0, no_date),
                "April 2023 outlier 40 in 94-106 of the 12 months before it");
}

static void the_limit_is_3_5_robust_deviations(void **state)
{
    struct arena *arena = *state;
    /* median 100, median deviation 2: 3.5 x 1.4826 x 2 = 10.3782 */
    const int64_t within[] = {98, 102, 98, 102, 98, 102, 98, 102, 98, 102, 98, 102, 110, 100};
    const int64_t beyond[] = {98, 102, 98, 102, 98, 102, 98, 102, 98, 102, 98, 102, 111, 100};
    assert_text(arena, doubts_of(arena, MONTHLY(2022, 4, within), 0, no_date), "");
    assert_text(arena, doubts_of(arena, MONTHLY(2022, 4, beyond), 0, no_date),
                "April 2023 outlier 111 in 98-102 of the 12 months before it");
}

static void an_early_month_is_held_against_the_nearest(void **state)
{
    struct arena *arena = *state;
    const int64_t counts[] = {100, 104, 5, 102, 98, 100, 106, 94};
    const int64_t few[] = {100, 104, 5, 102, 98, 100};
    assert_text(arena, doubts_of(arena, MONTHLY(2022, 4, counts), 0, no_date),
                "June 2022 outlier 5 in 94-106 of the 7 months nearest to it");
    assert_text(arena, doubts_of(arena, MONTHLY(2022, 4, few), 0, no_date), "");
}

static void three_years_of_the_same_month_go_before_the_months_before(void **state)
{
    struct arena *arena = *state;
    /* every December is five times the rest: no December is doubtful but the last, which is low
     * among Decembers and usual among months */
    int64_t counts[60];
    for (int i = 0; i < 60; i++)
        counts[i] = i % 12 == 11 ? 500 + i : 100 + i % 5;
    counts[59] = 102;
    struct text found = doubts_of(arena, MONTHLY(2018, 1, counts), 0, no_date);
    assert_contains(arena, found,
                    "December 2022 low end 102 in 511-547 of the same month of 4 earlier years");
    assert_false(text_contains(found, TEXT("December 2021")));
}

static void where_months_do_not_differ_nothing_is_doubtful(void **state)
{
    struct arena *arena = *state;
    const int64_t counts[] = {7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 90, 7};
    assert_text(arena, doubts_of(arena, MONTHLY(2022, 4, counts), 0, no_date), "");
}

static void a_last_month_far_below_may_not_be_whole(void **state)
{
    struct arena *arena = *state;
    const int64_t counts[] = {100, 104, 96, 102, 98, 100, 106, 94, 101, 99, 100, 103, 20};
    const int64_t high[] = {100, 104, 96, 102, 98, 100, 106, 94, 101, 99, 100, 103, 200};
    assert_text(arena, doubts_of(arena, MONTHLY(2022, 4, counts), 0, no_date),
                "April 2023 low end 20 in 94-106 of the 12 months before it");
    assert_text(arena, doubts_of(arena, MONTHLY(2022, 4, high), 0, no_date),
                "April 2023 outlier 200 in 94-106 of the 12 months before it");
}

static void figures_as_at_a_day_within_the_last_month_are_cut_off(void **state)
{
    struct arena *arena = *state;
    const int64_t counts[] = {100, 104, 96};
    struct dataset *dataset = MONTHLY(2022, 4, counts);
    assert_text(arena, doubts_of(arena, dataset, 0, (struct date){2022, 6, 22}),
                "June 2022 cut off after 2022-06-22");
    assert_text(arena, doubts_of(arena, dataset, 0, (struct date){2022, 6, 30}), "");
}

static void events_that_end_before_the_month_are_cut_off(void **state)
{
    struct arena *arena = *state;
    const int64_t counts[] = {100, 104, 96};
    struct dataset *dataset = MONTHLY(2022, 4, counts);
    dataset->counts_rows = true;
    account_add_file(dataset, TEXT("a.csv"))->used = 300; /* 3.7 a day until 20 June */
    dataset->last_event = (struct date){2022, 6, 20};
    assert_text(arena, doubts_of(arena, dataset, 0, no_date), "June 2022 cut off after 2022-06-20");
    dataset->last_event = (struct date){2022, 6, 30};
    assert_text(arena, doubts_of(arena, dataset, 0, no_date), "");
    dataset->last_event = (struct date){2022, 6, 29}; /* a day without an event is nothing */
    assert_text(arena, doubts_of(arena, dataset, 0, no_date), "");
}

static void percentages_have_no_such_history(void **state)
{
    struct arena *arena = *state;
    const int64_t counts[] = {100, 104, 96, 102, 98, 100, 106, 94, 101, 99, 100, 103, 40, 100};
    struct dataset *dataset = MONTHLY(2022, 4, counts);
    dataset->measures[0].kind = KIND_PERCENT;
    assert_text(arena, doubts_of(arena, dataset, 0, no_date), "");
    dataset->measures[0].relation = RELATION_PART; /* whatever they are declared */
    assert_text(arena, doubts_of(arena, dataset, 0, no_date), "");
    dataset->measures[0].relation = RELATION_TOTAL;
    assert_text(arena, doubts_of(arena, dataset, 0, no_date), "");
}

static struct text missing_in(struct arena *arena, const struct dataset *dataset, size_t area)
{
    struct gaps gaps = months_missing(arena, dataset, area);
    struct texts names = {0};
    for (size_t i = 0; i < gaps.count; i++)
        texts_add(arena, &names, period_display(arena, gaps.items[i]));
    return texts_join(arena, &names, TEXT(", "));
}

static void months_between_the_first_and_the_last_are_missed(void **state)
{
    struct arena *arena = *state;
    const int64_t counts[] = {1, 2, INT64_MIN, INT64_MIN, 5, 6, 7};
    assert_text(arena, missing_in(arena, MONTHLY(2022, 11, counts), AREA_ALL),
                "January 2023, February 2023");
    const int64_t whole[] = {1, 2, 3};
    assert_text(arena, missing_in(arena, MONTHLY(2022, 11, whole), AREA_ALL), "");
}

static struct dataset *quarters(struct arena *arena, const char *const *labels, size_t count)
{
    struct dataset *dataset = dataset_new(arena, TEXT("kpi"));
    for (size_t i = 0; i < count; i++)
        dataset_add_figure(
            dataset,
            (struct figure){.measure = dataset_measure(dataset, TEXT("Missed bins"), PLACE_NONE),
                            .area = dataset_area(dataset, i == 3 ? TEXT("South") : TEXT("North")),
                            .period =
                                dataset_period(dataset, period_read(arena, text_from(labels[i]))),
                            .value = {.present = true, .number = decimal_from(5)},
                            .note = TEXT_EMPTY,
                            .place = PLACE_NONE});
    return dataset;
}

static void quarters_are_missed_too(void **state)
{
    struct arena *arena = *state;
    const char *const labels[] = {"Q1 2021/22", "Q2 2021/22", "Q4 2021/22", "Q1 2022/23"};
    assert_text(arena, missing_in(arena, quarters(arena, labels, 4), AREA_ALL),
                "Quarter 3, 2021/22");
}

static void the_same_quarter_of_two_years_is_no_run(void **state)
{
    struct arena *arena = *state;
    const char *const labels[] = {"Q2 2020/21", "Q2 2021/22"};
    assert_text(arena, missing_in(arena, quarters(arena, labels, 2), AREA_ALL), "");
}

static void an_area_lacks_what_others_have(void **state)
{
    struct arena *arena = *state;
    const char *const labels[] = {"Q1 2021/22", "Q2 2021/22", "Q3 2021/22", "Q4 2021/22"};
    assert_text(arena, missing_in(arena, quarters(arena, labels, 4), 0), "Quarter 4, 2021/22");
}

static void a_change_that_rests_on_a_doubtful_month_has_a_note(void **state)
{
    struct arena *arena = *state;
    const int64_t counts[] = {100, 104, 96, 102, 98, 100, 106, 94,  101, 99, 100, 103,
                              100, 104, 96, 102, 98, 100, 106, 994, 101, 99, 100, 103,
                              100, 104, 96, 102, 98, 100, 106, 94,  101, 99, 100, 103};
    struct dataset *dataset = MONTHLY(2020, 4, counts);
    struct baselines baselines = {.count = 2};
    baselines.items[0].period = period_read(arena, TEXT("2021/22"));
    baselines.items[1].period = period_read(arena, TEXT("2020/21"));
    struct comparison *comparison = comparison_make(
        arena, dataset, 0, period_read(arena, TEXT("2022/23")), &baselines, TEXT_EMPTY);
    comparison->doubts = months_doubts(arena, dataset, 0, no_date);
    assert_int_equal(comparison->doubts.count, 1);
    assert_text(arena, comparison_resting(arena, comparison, comparison->doubts.items[0].period),
                "the change on 2021/22");
    struct texts notes = comparison_notes(arena, comparison);
    assert_int_equal(notes.count, 1);
    assert_text(arena, notes.items[0],
                "“Crimes”, November 2021 is far outside its own history (994; 94 to 106 in the 12 "
                "months before it). Changes that rest on it are not like for like.");
    comparison->baselines.items[0] = comparison->baselines.items[1]; /* 2020/21 twice */
    assert_int_equal(comparison_notes(arena, comparison).count, 0);
}

/* A measure's figures in an area and the months from April 2022 on. */
static void add_to(struct dataset *dataset, const char *measure, const char *area,
                   const int64_t *counts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct figure figure = {
            .measure = dataset_measure(dataset, text_from(measure), dataset->place),
            .area = dataset_area(dataset, text_from(area)),
            .period = dataset_period(dataset, period_month(dataset->arena, 2022 + (int)(i + 3) / 12,
                                                           (int)(i + 3) % 12 + 1)),
            .value = {.present = true, .number = decimal_from(counts[i])},
            .note = TEXT_EMPTY,
            .place = place_at(TEXT("b.csv"), (unsigned)i + 2, 3),
        };
        dataset_add_figure(dataset, figure);
    }
}

static const int64_t odd_last[] = {100, 104, 96, 102, 98, 100, 106, 94, 101, 99, 100, 103, 40};
enum { ODD = sizeof odd_last / sizeof odd_last[0] };

static struct dataset *new_months(struct arena *arena)
{
    struct dataset *dataset = dataset_new(arena, TEXT("crime"));
    dataset->place = place_at(TEXT("job.ini"), 9, 1);
    return dataset;
}

/* A year, a label that is not clear and a month from the 15th on are in no run. */
static void other_periods_are_in_no_run_of_months(void **state)
{
    struct arena *arena = *state;
    const int64_t counts[] = {1, 2, INT64_MIN, 4, 5};
    struct dataset *dataset = MONTHLY(2022, 4, counts);
    static const char *const others[] = {"2021/22", "FY2023", "15 June 2022 to 14 July 2022"};
    for (size_t i = 0; i < 3; i++)
        dataset_add_figure(dataset,
                           (struct figure){.period = dataset_period(
                                               dataset, period_read(arena, text_from(others[i]))),
                                           .value = {.present = true, .number = decimal_from(5)},
                                           .note = TEXT_EMPTY});
    assert_text(arena, missing_in(arena, dataset, AREA_ALL), "June 2022");
}

static void quarters_that_overlap_are_no_run(void **state)
{
    struct arena *arena = *state;
    const char *const labels[] = {"April 2021 to June 2021", "May 2021 to July 2021",
                                  "October 2021 to December 2021", "January 2022 to March 2022"};
    assert_text(arena, missing_in(arena, quarters(arena, labels, 4), AREA_ALL), "");
}

/* An area that is there once has no run of its own. */
static void an_area_of_one_quarter_lacks_none(void **state)
{
    struct arena *arena = *state;
    const char *const labels[] = {"Q1 2021/22", "Q2 2021/22", "Q3 2021/22", "Q4 2021/22"};
    assert_text(arena, missing_in(arena, quarters(arena, labels, 4), 1), "");
}

static void a_quarter_is_held_against_the_same_of_earlier_years(void **state)
{
    struct arena *arena = *state;
    const char *labels[16];
    for (int q = 0; q < 16; q++)
        labels[q] = text_format(arena, "Q%d %d/%d", q % 4 + 1, 2018 + q / 4, 19 + q / 4).ptr;
    struct dataset *dataset = quarters(arena, labels, 16);
    for (size_t q = 0; q < 16; q++)
        dataset->figures[q].value.number = decimal_from(q == 15 ? 40 : 100 + (int64_t)q);
    assert_contains(arena, doubts_of(arena, dataset, AREA_ALL, no_date),
                    "Quarter 4, 2021/22 low end 40 in");
    assert_contains(arena, doubts_of(arena, dataset, AREA_ALL, no_date),
                    "of the same quarter of 3 earlier years");
}

/* Without a total the parts are summed, and nothing that stands beside them. */
static void parts_are_doubted_by_their_sum(void **state)
{
    struct arena *arena = *state;
    struct dataset *dataset = new_months(arena);
    const int64_t beside[ODD] = {1, 900, 2, 800, 3, 700, 1, 900, 1, 2, 5, 7, 9};
    add_to(dataset, "Theft", "North", odd_last, ODD);
    add_to(dataset, "Arson", "North", odd_last, ODD);
    add_to(dataset, "Hate", "North", beside, ODD);
    dataset->measures[0].relation = dataset->measures[1].relation = RELATION_PART;
    dataset->measures[2].relation = RELATION_FLAG;
    assert_text(arena, doubts_of(arena, dataset, 0, no_date),
                "April 2023 low end 80 in 188-212 of the 12 months before it");
    /* a sum of more digits than fit is none, and nothing is held against it */
    dataset->figures[12].value.number = dataset->figures[25].value.number =
        (struct decimal){(__int128)1 << 126, 0};
    assert_text(arena, doubts_of(arena, dataset, 0, no_date), "");
}

static void all_areas_are_doubted_together(void **state)
{
    struct arena *arena = *state;
    struct dataset *dataset = new_months(arena);
    add_to(dataset, "Theft", "North", odd_last, ODD);
    add_to(dataset, "Theft", "South", odd_last, ODD);
    struct doubts doubts = months_doubts(arena, dataset, AREA_ALL, no_date);
    assert_int_equal(doubts.count, 1);
    assert_int_equal(doubts.items[0].area.len, 0);
    assert_text(arena, decimal_text(arena, doubts.items[0].value.number), "80");
    assert_int_equal(months_doubts(arena, dataset, 2, no_date).count, 0); /* there is no third */
}

/* An area may lack what was exported without one in that month. */
static void events_without_an_area_stand_beside_a_doubt(void **state)
{
    struct arena *arena = *state;
    struct dataset *dataset = new_months(arena);
    add_to(dataset, "Theft", "North", odd_last, ODD);
    add_to(dataset, "Theft", "No location given", odd_last, ODD);
    dataset->counts_rows = true;
    struct doubts doubts = months_doubts(arena, dataset, 0, no_date);
    assert_int_equal(doubts.count, 1);
    assert_text(arena, decimal_text(arena, doubts.items[0].without_area.number), "40");
    assert_false(months_doubts(arena, dataset, 1, no_date).items[0].without_area.present);
    assert_false(months_doubts(arena, dataset, AREA_ALL, no_date).items[0].without_area.present);
}

/* A last event from before the first month is a mistake of the export, not an end. */
static void events_do_not_end_before_they_begin(void **state)
{
    struct arena *arena = *state;
    const int64_t counts[] = {100, 104, 96};
    struct dataset *dataset = MONTHLY(2022, 4, counts);
    dataset->counts_rows = true;
    account_add_file(dataset, TEXT("a.csv"))->used = 300;
    dataset->last_event = (struct date){2022, 3, 20};
    assert_text(arena, doubts_of(arena, dataset, 0, no_date), "");
}

static void amounts_of_money_have_a_history_too(void **state)
{
    struct arena *arena = *state;
    struct dataset *dataset = new_months(arena);
    add_to(dataset, "Fines", "North", odd_last, ODD);
    dataset->measures[0].kind = KIND_MONEY;
    assert_text(arena, doubts_of(arena, dataset, 0, (struct date){2023, 4, 20}),
                "April 2023 cut off after 2023-04-20; April 2023 low end 40 in 94-106 of the 12 "
                "months before it");
    /* of an area without the last month nothing is cut off */
    dataset_area(dataset, TEXT("South"));
    assert_text(arena, doubts_of(arena, dataset, 1, (struct date){2023, 4, 20}), "");
}

/* Of one month: by the measure, and of one measure by what is doubted. */
static void doubts_of_a_month_have_an_order(void **state)
{
    struct arena *arena = *state;
    struct dataset *dataset = new_months(arena);
    add_to(dataset, "Theft", "North", odd_last, ODD);
    add_to(dataset, "Arson", "North", odd_last, ODD);
    struct doubts doubts = months_doubts(arena, dataset, 0, no_date);
    assert_int_equal(doubts.count, 2);
    assert_text(arena, doubts.items[0].label, "Arson");
    dataset->counts_rows = true;
    doubts = months_doubts(arena, dataset, 0, (struct date){2023, 4, 20});
    assert_int_equal(doubts.count, 2);
    assert_int_equal(doubts.items[0].kind, DOUBT_LOW_END);
    assert_int_equal(doubts.items[1].kind, DOUBT_CUT_OFF);
}

/* Rounded counts are not added up: each of the parts is held against its own months. */
static void rounded_parts_are_doubted_each_for_itself(void **state)
{
    struct arena *arena = *state;
    struct dataset *dataset = new_months(arena);
    add_to(dataset, "Theft", "North", odd_last, ODD);
    add_to(dataset, "Arson", "North", odd_last, ODD);
    dataset->measures[0].relation = dataset->measures[1].relation = RELATION_PART;
    dataset->hiding.rounding = 5;
    struct doubts doubts = months_doubts(arena, dataset, 0, no_date);
    assert_int_equal(doubts.count, 2);
    assert_text(arena, doubts.items[0].label, "Arson");
    assert_text(arena, doubts.items[1].label, "Theft");
    assert_int_equal(decimal_compare(doubts.items[0].value.number, decimal_from(40)), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(a_month_is_held_against_the_12_before_it),
        arena_test(the_limit_is_3_5_robust_deviations),
        arena_test(an_early_month_is_held_against_the_nearest),
        arena_test(three_years_of_the_same_month_go_before_the_months_before),
        arena_test(where_months_do_not_differ_nothing_is_doubtful),
        arena_test(a_last_month_far_below_may_not_be_whole),
        arena_test(figures_as_at_a_day_within_the_last_month_are_cut_off),
        arena_test(events_that_end_before_the_month_are_cut_off),
        arena_test(percentages_have_no_such_history),
        arena_test(months_between_the_first_and_the_last_are_missed),
        arena_test(quarters_are_missed_too),
        arena_test(the_same_quarter_of_two_years_is_no_run),
        arena_test(an_area_lacks_what_others_have),
        arena_test(a_change_that_rests_on_a_doubtful_month_has_a_note),
        arena_test(other_periods_are_in_no_run_of_months),
        arena_test(quarters_that_overlap_are_no_run),
        arena_test(an_area_of_one_quarter_lacks_none),
        arena_test(a_quarter_is_held_against_the_same_of_earlier_years),
        arena_test(parts_are_doubted_by_their_sum),
        arena_test(all_areas_are_doubted_together),
        arena_test(events_without_an_area_stand_beside_a_doubt),
        arena_test(events_do_not_end_before_they_begin),
        arena_test(amounts_of_money_have_a_history_too),
        arena_test(doubts_of_a_month_have_an_order),
        arena_test(rounded_parts_are_doubted_each_for_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
