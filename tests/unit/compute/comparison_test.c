#include "compute/comparison.h"

#include "compute/facts.h"
#include "compute/judgement.h"
#include "support.h"

#include <stdlib.h>

static struct dataset *new_dataset(struct arena *arena)
{
    return dataset_new(arena, TEXT("crime"));
}

static size_t add_measure(struct dataset *dataset, const char *name, enum relation relation)
{
    size_t m = dataset_measure(dataset, text_from(name), place_at(TEXT("a.csv"), 1, 1));
    dataset->measures[m].relation = relation;
    return m;
}

static void add_value(struct dataset *dataset, size_t measure, size_t area, const char *period,
                      const char *number)
{
    struct figure figure = {
        .measure = measure,
        .area = area,
        .period = dataset_period(dataset, period_read(dataset->arena, text_from(period))),
        .value = {.present = true},
        .note = TEXT_EMPTY,
        .place = place_at(TEXT("a.csv"), 2, 2),
    };
    assert_true(decimal_parse(text_from(number), &figure.value.number));
    dataset_add_figure(dataset, figure);
}

static struct comparison *compare(struct dataset *dataset, size_t area, const char *period,
                                  const char *before)
{
    struct baselines baselines = {.count = before ? 1 : 0};
    if (before)
        baselines.items[0].period = period_read(dataset->arena, text_from(before));
    return comparison_make(dataset->arena, dataset, area,
                           period_read(dataset->arena, text_from(period)), &baselines, TEXT_EMPTY);
}

static struct text labels(struct arena *arena, const struct comparison *comparison)
{
    struct texts out = {0};
    for (size_t i = 0; i < comparison->count; i++)
        texts_add(arena, &out, comparison->rows[i].label);
    return texts_join(arena, &out, TEXT(", "));
}

static struct text now_of(struct arena *arena, const struct comparison *comparison,
                          const char *slug)
{
    const struct compared *row = comparison_row(comparison, text_from(slug));
    assert_non_null(row);
    return row->now.present ? decimal_text(arena, row->now.number) : TEXT("[x]");
}

static void rows_stand_where_nobody_adds_them_wrongly(void **state)
{
    struct arena *arena = *state;
    struct dataset *dataset = new_dataset(arena);
    size_t area = dataset_area(dataset, TEXT_EMPTY);
    size_t outside = add_measure(dataset, "ASB", RELATION_OUTSIDE);
    size_t subset = add_measure(dataset, "Domestic", RELATION_OF_WHICH);
    size_t hate = add_measure(dataset, "Hate", RELATION_FLAG);
    size_t violence = add_measure(dataset, "Violence", RELATION_PART);
    size_t total = add_measure(dataset, "All", RELATION_TOTAL);
    size_t burglary = add_measure(dataset, "Burglary", RELATION_PART);
    dataset->measures[subset].parent = violence;
    const size_t all[] = {outside, subset, hate, violence, total, burglary};
    const char *const values[] = {"50", "3", "2", "30", "100", "20"};
    for (size_t i = 0; i < 6; i++)
        add_value(dataset, all[i], area, "2021/22", values[i]);
    struct comparison *comparison = compare(dataset, 0, "2021/22", NULL);
    assert_text(arena, labels(arena, comparison),
                "All, Violence, Domestic, Burglary, Other (not listed), Hate, ASB");
    assert_text(arena, now_of(arena, comparison, "remainder"), "50");
}

static void no_remainder_where_the_parts_are_the_whole(void **state)
{
    struct arena *arena = *state;
    struct dataset *dataset = new_dataset(arena);
    size_t area = dataset_area(dataset, TEXT_EMPTY);
    add_value(dataset, add_measure(dataset, "All", RELATION_TOTAL), area, "2021/22", "5");
    add_value(dataset, add_measure(dataset, "A", RELATION_PART), area, "2021/22", "5");
    assert_text(arena, labels(arena, compare(dataset, 0, "2021/22", NULL)), "All, A");
}

static void a_remainder_with_an_unknown_part_is_not_known(void **state)
{
    struct arena *arena = *state;
    struct dataset *dataset = new_dataset(arena);
    size_t area = dataset_area(dataset, TEXT_EMPTY);
    add_value(dataset, add_measure(dataset, "All", RELATION_TOTAL), area, "2021/22", "5");
    add_measure(dataset, "A", RELATION_PART);
    struct comparison *comparison = compare(dataset, 0, "2021/22", NULL);
    assert_text(arena, now_of(arena, comparison, "remainder"), "[x]");
}

static void months_make_a_year_only_without_gaps(void **state)
{
    struct arena *arena = *state;
    struct dataset *dataset = new_dataset(arena);
    size_t area = dataset_area(dataset, TEXT_EMPTY);
    size_t m = add_measure(dataset, "Burglary", RELATION_UNDECLARED);
    char label[32];
    for (int month = 4; month <= 15; month++) {
        snprintf(label, sizeof label, "%d-%02d", month > 12 ? 2022 : 2021,
                 month > 12 ? month - 12 : month);
        add_value(dataset, m, area, label, "10");
        if (month == 14) /* a month is missing */
            assert_text(arena, now_of(arena, compare(dataset, 0, "2021/22", NULL), "burglary"),
                        "[x]");
    }
    assert_text(arena, now_of(arena, compare(dataset, 0, "2021/22", NULL), "burglary"), "120");
    assert_text(arena, now_of(arena, compare(dataset, 0, "Quarter 1 2021/22", NULL), "burglary"),
                "30");
}

static void rates_are_never_added(void **state)
{
    struct arena *arena = *state;
    struct dataset *dataset = new_dataset(arena);
    size_t area = dataset_area(dataset, TEXT_EMPTY);
    size_t m = add_measure(dataset, "Rate", RELATION_UNDECLARED);
    dataset->measures[m].kind = KIND_RATE;
    add_value(dataset, m, area, "2021-04", "1");
    add_value(dataset, m, area, "2021-05", "1");
    add_value(dataset, m, area, "2021-06", "1");
    assert_text(arena, now_of(arena, compare(dataset, 0, "Quarter 1 2021/22", NULL), "rate"),
                "[x]");
}

static void areas_add_up_where_rows_are_counted(void **state)
{
    struct arena *arena = *state;
    struct dataset *dataset = new_dataset(arena);
    dataset->counts_rows = true;
    size_t north = dataset_area(dataset, TEXT("North")),
           south = dataset_area(dataset, TEXT("South"));
    size_t theft = add_measure(dataset, "Theft", RELATION_PART);
    size_t drugs = add_measure(dataset, "Drugs", RELATION_PART);
    add_value(dataset, theft, north, "2021/22", "3");
    add_value(dataset, theft, south, "2021/22", "4");
    add_value(dataset, drugs, south, "2021/22", "5");
    struct comparison *all = compare(dataset, AREA_ALL, "2021/22", NULL);
    assert_text(arena, labels(arena, all), "Total, Theft, Drugs");
    assert_text(arena, now_of(arena, all, "total"), "12");
    assert_text(arena, now_of(arena, all, "drugs"), "5");
    add_value(dataset, drugs, north, "2021/22", "0");
    const struct baselines none = {.count = 0};
    struct comparison *areas =
        comparison_by_area(arena, dataset, period_read(arena, TEXT("2021/22")), &none);
    assert_text(arena, labels(arena, areas), "North, South");
    assert_text(arena, now_of(arena, areas, "north"), "3");
    assert_text(arena, now_of(arena, areas, "south"), "9");
}

static void unequal_years_are_noted_only_where_it_shows(void **state)
{
    struct arena *arena = *state;
    struct dataset *dataset = new_dataset(arena);
    size_t area = dataset_area(dataset, TEXT_EMPTY);
    size_t m = add_measure(dataset, "Total", RELATION_UNDECLARED);
    add_value(dataset, m, area, "2021/22", "5005");
    add_value(dataset, m, area, "2019/20", "4894"); /* 366 days */
    add_value(dataset, m, area, "2020/21", "4330"); /* 365 days */
    struct texts notes = comparison_notes(arena, compare(dataset, 0, "2021/22", "2019/20"));
    assert_int_equal(notes.count, 1);
    assert_contains(arena, notes.items[0], "“Total” is +2.5%");
    notes = comparison_notes(arena, compare(dataset, 0, "2021/22", "2020/21"));
    assert_int_equal(notes.count, 0);
}

static void abnormal_years_are_noted(void **state)
{
    struct arena *arena = *state;
    struct dataset *dataset = new_dataset(arena);
    struct baselines baselines = {.count = 2};
    baselines.items[0] =
        (struct baseline){.period = period_read(arena, TEXT("2020/21")), .abnormal = true};
    baselines.items[1] =
        (struct baseline){.period = period_read(arena, TEXT("2012/13")), .abnormal = true};
    struct texts notes = comparison_notes(
        arena, comparison_make(arena, dataset, 0, period_read(arena, TEXT("2021/22")), &baselines,
                               TEXT_EMPTY));
    assert_int_equal(notes.count, 2);
    assert_contains(arena, notes.items[0], "Covid-19");
    assert_contains(arena, notes.items[1], "not a usual year");
}

/* Total, then parts A and B, in 2021/22 and 2020/21; NULL: no figure. */
static struct dataset *total_of_two(struct arena *arena, const char *const now[3],
                                    const char *const before[3])
{
    static const char *const names[] = {"All", "A", "B"};
    struct dataset *dataset = new_dataset(arena);
    size_t area = dataset_area(dataset, TEXT_EMPTY);
    for (size_t i = 0; i < 3; i++) {
        size_t m = add_measure(dataset, names[i], i ? RELATION_PART : RELATION_TOTAL);
        add_value(dataset, m, area, "2021/22", now[i]);
        if (before[i])
            add_value(dataset, m, area, "2020/21", before[i]);
    }
    return dataset;
}

static const char *two_years(struct dataset *dataset)
{
    return text_cstr(dataset->arena,
                     labels(dataset->arena, compare(dataset, 0, "2021/22", "2020/21")));
}

static void a_remainder_of_either_year_is_shown(void **state)
{
    const char *const whole[] = {"100", "60", "40"}, *const rest[] = {"100", "60", "30"},
                      *const gap[] = {"100", "60", NULL};
    assert_string_equal(two_years(total_of_two(*state, whole, whole)), "All, A, B");
    assert_string_equal(two_years(total_of_two(*state, whole, rest)),
                        "All, A, B, Other (not listed)");
    assert_string_equal(two_years(total_of_two(*state, whole, gap)),
                        "All, A, B, Other (not listed)");
}

static void a_remainder_has_the_job_s_own_label(void **state)
{
    const char *const rest[] = {"100", "60", "30"};
    struct dataset *dataset = total_of_two(*state, rest, rest);
    const struct baselines none = {.count = 0};
    const struct comparison *comparison =
        comparison_make(*state, dataset, 0, period_read(*state, TEXT("2021/22")), &none,
                        TEXT("Other crime types (not listed)"));
    assert_text(*state, comparison->rows[3].label, "Other crime types (not listed)");
}

/* Rounded to 5, two parts and their total may differ by 7: what is more is a remainder. */
static void what_rounding_leaves_over_is_no_remainder(void **state)
{
    const char *const now[] = {"1000", "600", "395"}, *const before[] = {"900", "500", "405"},
                      *const rest[] = {"900", "500", "300"}, *const gap[] = {"900", "500", NULL};
    struct dataset *dataset = total_of_two(*state, now, before);
    struct baselines baselines = {.count = 3}; /* eight figures at least show a rounding */
    static const char *const years[] = {"2020/21", "2019/20", "2018/19"};
    for (size_t b = 0; b < 3; b++)
        baselines.items[b].period = period_read(*state, text_from(years[b]));
    for (size_t m = 0; m < 3; m++)
        for (size_t b = 1; b < 3; b++)
            add_value(dataset, m, 0, years[b], before[m]);
    const struct period now_in = period_read(*state, TEXT("2021/22"));
    const struct comparison *comparison =
        comparison_make(*state, dataset, 0, now_in, &baselines, TEXT_EMPTY);
    assert_text(*state, labels(*state, comparison), "All, A, B");
    assert_true(comparison->rounding_shows);
    const struct texts notes = comparison_notes(*state, comparison);
    assert_text(*state, notes.items[notes.count - 1], "Figures may not add because of rounding.");
    dataset = total_of_two(*state, now, rest);
    for (size_t m = 0; m < 3; m++)
        for (size_t b = 1; b < 3; b++)
            add_value(dataset, m, 0, years[b], before[m]);
    comparison = comparison_make(*state, dataset, 0, now_in, &baselines, TEXT_EMPTY);
    assert_false(comparison->rounding_shows);
    assert_text(*state, labels(*state, comparison), "All, A, B, Other (not listed)");
    dataset = total_of_two(*state, now, gap); /* of what is not known nothing is left over */
    for (size_t m = 0; m < 3; m++)
        for (size_t b = 1; b < 3; b++)
            add_value(dataset, m, 0, years[b], before[m]);
    comparison = comparison_make(*state, dataset, 0, now_in, &baselines, TEXT_EMPTY);
    assert_true(comparison->rounding_shows);
}

/* Rounded to protect people, counts have no sum and no remainder; where a total and parts stand
 * beside each other they may not add. */
static void rounded_to_protect_people_nothing_is_worked_out(void **state)
{
    const char *const rest[] = {"100", "60", "30"};
    struct dataset *dataset = total_of_two(*state, rest, rest);
    dataset->hiding.rounding = 5;
    assert_string_equal(two_years(dataset), "All, A, B");
    assert_true(compare(dataset, 0, "2021/22", NULL)->rounding_shows);
    dataset->measures[0].relation = RELATION_PART;
    assert_string_equal(two_years(dataset), "All, A, B");
    assert_false(compare(dataset, 0, "2021/22", NULL)->rounding_shows);
    for (size_t m = 0; m < 3; m++)
        dataset->measures[m].relation = RELATION_TOTAL;
    assert_false(compare(dataset, 0, "2021/22", NULL)->rounding_shows);
}

/* Rates, shares and means are never added, nor are counts and money (statistics.md 1.4). */
static void only_counts_or_only_money_add_up(void **state)
{
    const char *const rest[] = {"100", "60", "30"};
    struct dataset *dataset = total_of_two(*state, rest, rest);
    dataset->measures[1].kind = dataset->measures[2].kind = KIND_MONEY;
    assert_string_equal(two_years(dataset), "All, A, B");
    dataset->measures[0].kind = KIND_MONEY;
    assert_string_equal(two_years(dataset), "All, A, B, Other (not listed)");
    dataset->measures[0].relation = RELATION_UNDECLARED;
    assert_string_equal(two_years(dataset), "Total, A, B, All");
    dataset->measures[1].kind = dataset->measures[2].kind = KIND_PERCENT;
    assert_string_equal(two_years(dataset), "A, B, All");
}

static void two_totals_leave_no_remainder(void **state)
{
    const char *const rest[] = {"100", "60", "30"};
    struct dataset *dataset = total_of_two(*state, rest, rest);
    size_t second = add_measure(dataset, "All of last year", RELATION_TOTAL);
    add_value(dataset, second, 0, "2021/22", "90");
    assert_string_equal(two_years(dataset), "All, All of last year, A, B");
}

static void without_a_total_areas_have_no_row(void **state)
{
    struct dataset *dataset = new_dataset(*state);
    size_t m = add_measure(dataset, "Calls", RELATION_UNDECLARED);
    add_value(dataset, m, dataset_area(dataset, TEXT("North")), "2021/22", "3");
    const struct baselines none = {.count = 0};
    assert_int_equal(
        comparison_by_area(*state, dataset, period_read(*state, TEXT("2021/22")), &none)->count, 0);
}

/* The remainder here has no row beside it where the parts are the whole there. */
static void what_is_worked_out_has_its_own_row_beside_it(void **state)
{
    const char *const rest[] = {"100", "60", "30"}, *const whole[] = {"900", "500", "400"};
    struct dataset *dataset = total_of_two(*state, rest, rest);
    size_t england = dataset_area(dataset, TEXT("England"));
    for (size_t m = 0; m < 3; m++) {
        add_value(dataset, m, england, "2021/22", whole[m]);
        add_value(dataset, m, england, "2020/21", whole[m]);
    }
    struct comparison *here = compare(dataset, 0, "2021/22", "2020/21");
    struct comparison *there = compare(dataset, england, "2021/22", "2020/21");
    comparison_add_comparator(here, there, false);
    const struct comparator *comparator = &here->comparators[0];
    assert_ptr_equal(comparator_row(comparator, &here->rows[1]), &there->rows[1]);
    assert_null(comparator_row(comparator, &here->rows[3]));
    assert_text(*state, comparator_sentence(*state, here, &here->rows[3], 0), "");
    struct facts facts = {.arena = *state};
    facts_add_comparison(&facts, TEXT("crime"), here);
    assert_non_null(facts_find(&facts, TEXT("crime.a.comparator-now")));
    assert_null(facts_find(&facts, TEXT("crime.remainder.comparator-now")));
    here->area = TEXT("Rutland");
    comparison_add_comparator(here, here, true);
    assert_text(*state, comparator_sentence(*state, here, &here->rows[1], 0),
                "In England there was no change. In Rutland there was no change.");
    assert_ptr_equal(comparator_row(&here->comparators[1], &here->rows[3]), &here->rows[3]);
}

/* Only counts come about a day; and where no percentage is shown there is none to correct. */
static void only_percentages_of_counts_are_noted_of_unequal_years(void **state)
{
    static const struct {
        const char *now, *before;
        enum measure_kind kind;
        size_t notes;
    } cases[] = {{"5005", "4894", KIND_COUNT, 1},
                 {"5005", "4894", KIND_MONEY, 0},
                 {"7", "9", KIND_COUNT, 0},
                 {"100", "1000", KIND_COUNT, 0},
                 {"100000000000000000000000000000000000000",
                  "50000000000000000000000000000000000000", KIND_COUNT, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct dataset *dataset = new_dataset(*state);
        size_t area = dataset_area(dataset, TEXT_EMPTY);
        size_t m = add_measure(dataset, "Total", RELATION_UNDECLARED);
        add_value(dataset, m, area, "2021/22", cases[i].now);
        add_value(dataset, m, area, "2019/20", cases[i].before); /* 366 days */
        dataset->measures[m].kind = cases[i].kind;
        struct texts notes = comparison_notes(*state, compare(dataset, 0, "2021/22", "2019/20"));
        assert_int_equal(notes.count, cases[i].notes);
    }
}

static void a_month_can_be_in_two_baselines(void **state)
{
    struct dataset *dataset = new_dataset(*state);
    struct baselines baselines = {.count = 2};
    baselines.items[0].period = period_read(*state, TEXT("2020/21"));
    baselines.items[1].period = period_read(*state, TEXT("2018/19 - 20/21"));
    const struct comparison *comparison = comparison_make(
        *state, dataset, 0, period_read(*state, TEXT("2021/22")), &baselines, TEXT_EMPTY);
    assert_text(*state,
                comparison_resting(*state, comparison, period_read(*state, TEXT("May 2020"))),
                "the change on 2020/21 and on 2018/19 to 2020/21");
}

static struct doubt doubt_of(struct arena *arena, const char *month, const char *label,
                             const char *area, enum doubt_kind kind)
{
    return (struct doubt){.kind = kind,
                          .label = text_from(label),
                          .area = text_from(area),
                          .period = period_read(arena, text_from(month)),
                          .value = {.present = true, .number = decimal_from(40)},
                          .low = {.present = true, .number = decimal_from(94)},
                          .high = {.present = true, .number = decimal_from(106)},
                          .history = TEXT("the 12 months before it"),
                          .last_day = {2021, 5, 20}};
}

static void a_doubt_names_what_its_table_does_not(void **state)
{
    static const struct {
        const char *label, *area;
        enum doubt_kind kind;
        const char *says;
    } cases[] = {
        {"", "", DOUBT_OUTLIER, "May 2021 is far outside its own history (40; 94 to 106 in"},
        {"", "South", DOUBT_LOW_END, "South, May 2021 is far below its own history"},
        {"Theft", "North", DOUBT_OUTLIER, "“Theft”, May 2021 is far"},
        {"Theft", "South", DOUBT_OUTLIER, "“Theft” in South, May 2021 is far"},
        {"", "", DOUBT_CUT_OFF, "May 2021 is not whole: its figures end on 20 May 2021."}};
    struct dataset *dataset = new_dataset(*state);
    dataset_area(dataset, TEXT("North"));
    const struct comparison *comparison = compare(dataset, 0, "2021/22", "2020/21");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct doubt doubt =
            doubt_of(*state, "May 2021", cases[i].label, cases[i].area, cases[i].kind);
        struct text note = comparison_doubt_note(*state, comparison, &doubt);
        if (!text_starts(note, text_from(cases[i].says)))
            fail_msg("%s", text_cstr(*state, note));
    }
    dataset->counts_rows = true;
    const struct doubt doubt = doubt_of(*state, "May 2021", "", "", DOUBT_OUTLIER);
    assert_contains(*state, comparison_doubt_note(*state, comparison, &doubt), "(40 records; 94");
}

static void more_doubts_than_three_are_one_note(void **state)
{
    static const char *const months[] = {"May 2021", "June 2021", "July 2020", "May 1999",
                                         "August 2021"};
    struct dataset *dataset = new_dataset(*state);
    struct comparison *comparison = compare(dataset, 0, "2021/22", "2020/21");
    struct doubt doubts[5];
    for (size_t i = 0; i < 5; i++)
        doubts[i] = doubt_of(*state, months[i], "", "", DOUBT_OUTLIER);
    comparison->doubts = (struct doubts){.items = doubts, .count = 4};
    assert_int_equal(comparison_notes(*state, comparison).count, 3); /* nothing rests on 1999 */
    comparison->doubts.count = 5;
    struct texts notes = comparison_notes(*state, comparison);
    assert_int_equal(notes.count, 1);
    assert_contains(*state, notes.items[0], ": May 2021; June 2021; July 2020; August 2021. ");
}

static void a_year_after_the_restrictions_is_unusual_for_another_reason(void **state)
{
    struct dataset *dataset = new_dataset(*state);
    struct baselines baselines = {.count = 1};
    baselines.items[0] =
        (struct baseline){.period = period_read(*state, TEXT("2021/22")), .abnormal = true};
    const struct comparison *comparison = comparison_make(
        *state, dataset, 0, period_read(*state, TEXT("2022/23")), &baselines, TEXT_EMPTY);
    assert_contains(*state, comparison_abnormal_note(*state, comparison, 0), "not a usual year");
}

static enum change_status status_of(const struct comparison *comparison, const char *slug)
{
    return comparison_row(comparison, text_from(slug))->changes[0].status;
}

/* What is taken or added up from a series that breaks has no change across it (1.2). */
static void a_break_goes_on_into_what_is_worked_out(void **state)
{
    for (size_t broken = 0; broken < 3; broken++) { /* none, the first measure, the second */
        struct dataset *dataset = new_dataset(*state);
        size_t area = dataset_area(dataset, TEXT_EMPTY);
        size_t first = add_measure(dataset, "All", RELATION_TOTAL);
        size_t part = add_measure(dataset, "Theft", RELATION_PART);
        static const char *const years[] = {"2019/20", "2020/21", "2021/22"};
        for (size_t y = 0; y < 3; y++) {
            add_value(dataset, first, area, years[y], "100");
            add_value(dataset, part, area, years[y], y ? "60" : "50");
        }
        if (broken)
            dataset_figure(dataset, broken - 1, area, 1)->value.markers = MARKER_BREAK;
        enum change_status expected = broken ? CHANGE_BREAK_IN_SERIES : CHANGE_OK;
        struct comparison *comparison = compare(dataset, area, "2021/22", "2019/20");
        assert_int_equal(status_of(comparison, "remainder"), expected);
        assert_int_equal(status_of(comparison, "theft"), broken == 2 ? expected : CHANGE_OK);
        dataset->measures[first].relation = RELATION_PART;
        comparison = compare(dataset, area, "2021/22", "2019/20");
        assert_int_equal(status_of(comparison, "total"), expected);
    }
}

/* What a part of the measures shows is what the whole shows of them; sums stay with the whole. */
static void a_slice_has_its_rows_of_the_whole(void **state)
{
    struct dataset *whole = new_dataset(*state), *slice = new_dataset(*state);
    size_t total = add_measure(whole, "Total", RELATION_TOTAL);
    size_t theft = add_measure(whole, "Theft", RELATION_PART);
    size_t fraud = add_measure(whole, "Fraud", RELATION_PART);
    dataset_area(whole, TEXT_EMPTY);
    add_value(whole, total, 0, "2021/22", "100");
    add_value(whole, theft, 0, "2021/22", "60");
    add_value(whole, fraud, 0, "2021/22", "30");
    assert_text(*state, labels(*state, compare(whole, 0, "2021/22", NULL)),
                "Total, Theft, Fraud, Other (not listed)");
    add_measure(slice, "Fraud", RELATION_UNDECLARED);
    dataset_area(slice, TEXT_EMPTY);
    slice->whole = whole;
    struct comparison *comparison = compare(slice, 0, "2021/22", NULL);
    assert_text(*state, labels(*state, comparison), "Fraud");
    assert_text(*state, now_of(*state, comparison, "fraud"), "30");
    assert_ptr_equal(comparison->dataset, slice);
    assert_ptr_equal(comparison->rows[0].measure, &slice->measures[0]);
    assert_int_equal(comparison->rows[0].relation, RELATION_UNDECLARED);
}

/* Of hundreds of slices each asks for the same comparisons of the whole. */
static void what_slices_ask_for_is_made_once(void **state)
{
    struct dataset *whole = new_dataset(*state), *slice = new_dataset(*state);
    size_t theft = add_measure(whole, "Theft", RELATION_UNDECLARED);
    size_t north = dataset_area(whole, TEXT("North")), south = dataset_area(whole, TEXT("South"));
    add_value(whole, theft, north, "2021/22", "60");
    add_value(whole, theft, north, "2020/21", "50");
    add_value(whole, theft, south, "2021/22", "7");
    add_measure(slice, "Theft", RELATION_UNDECLARED);
    dataset_area(slice, TEXT("North"));
    dataset_area(slice, TEXT("South"));
    slice->whole = whole;
    comparison_keep(whole);
    comparison_keep(whole);
    for (size_t twice = 0; twice < 2; twice++) {
        assert_text(*state, now_of(*state, compare(slice, north, "2021/22", "2020/21"), "theft"),
                    "60");
        assert_text(*state, now_of(*state, compare(slice, south, "2021/22", "2020/21"), "theft"),
                    "7");
        assert_text(*state, now_of(*state, compare(slice, north, "2020/21", "2019/20"), "theft"),
                    "50");
        assert_int_equal(compare(slice, north, "2021/22", NULL)->baselines.count, 0);
        assert_int_equal(status_of(compare(slice, north, "2021/22", "2020/21"), "theft"),
                         CHANGE_OK);
        assert_int_not_equal(status_of(compare(slice, north, "2021/22", "2019/20"), "theft"),
                             CHANGE_OK);
    }
    add_value(whole, theft, south, "2020/21", "9"); /* it was kept without that */
    assert_int_not_equal(status_of(compare(slice, south, "2021/22", "2020/21"), "theft"),
                         CHANGE_OK);
}

static void a_title_has_no_unit_that_its_figures_show(void **state)
{
    static const struct {
        const char *label, *unit;
        enum measure_kind kind;
        bool present;
        const char *title;
    } cases[] = {
        {"Recycled", "%", KIND_PERCENT, true, "Recycled"},
        {"Recycled", "%", KIND_PERCENT, false, "Recycled (%)"}, /* "[c]" does not show it */
        {"Recycled", "% of waste", KIND_PERCENT, true, "Recycled (% of waste)"},
        {"Grants", "£", KIND_MONEY, true, "Grants"},
        {"Grants", "£ a head", KIND_MONEY, true, "Grants (£ a head)"},
        {"Sickness", "days", KIND_COUNT, true, "Sickness (days)"},
        {"Sickness (days)", "days", KIND_COUNT, true, "Sickness (days)"},
        {"Crimes", "", KIND_COUNT, true, "Crimes"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct measure measure = {.unit = text_from(cases[i].unit)};
        const struct compared row = {.measure = &measure,
                                     .label = text_from(cases[i].label),
                                     .kind = cases[i].kind,
                                     .now = {.present = cases[i].present}};
        assert_text(*state, compared_title(*state, &row), cases[i].title);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(what_slices_ask_for_is_made_once),
        arena_test(rows_stand_where_nobody_adds_them_wrongly),
        arena_test(no_remainder_where_the_parts_are_the_whole),
        arena_test(a_remainder_with_an_unknown_part_is_not_known),
        arena_test(months_make_a_year_only_without_gaps),
        arena_test(rates_are_never_added),
        arena_test(areas_add_up_where_rows_are_counted),
        arena_test(unequal_years_are_noted_only_where_it_shows),
        arena_test(abnormal_years_are_noted),
        arena_test(a_remainder_of_either_year_is_shown),
        arena_test(a_remainder_has_the_job_s_own_label),
        arena_test(what_rounding_leaves_over_is_no_remainder),
        arena_test(rounded_to_protect_people_nothing_is_worked_out),
        arena_test(only_counts_or_only_money_add_up),
        arena_test(two_totals_leave_no_remainder),
        arena_test(without_a_total_areas_have_no_row),
        arena_test(what_is_worked_out_has_its_own_row_beside_it),
        arena_test(only_percentages_of_counts_are_noted_of_unequal_years),
        arena_test(a_month_can_be_in_two_baselines),
        arena_test(a_doubt_names_what_its_table_does_not),
        arena_test(more_doubts_than_three_are_one_note),
        arena_test(a_year_after_the_restrictions_is_unusual_for_another_reason),
        arena_test(a_break_goes_on_into_what_is_worked_out),
        arena_test(a_slice_has_its_rows_of_the_whole),
        arena_test(a_title_has_no_unit_that_its_figures_show),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
