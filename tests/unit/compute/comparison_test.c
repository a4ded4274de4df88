#include "compute/comparison.h"
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(rows_stand_where_nobody_adds_them_wrongly),
        arena_test(no_remainder_where_the_parts_are_the_whole),
        arena_test(a_remainder_with_an_unknown_part_is_not_known),
        arena_test(months_make_a_year_only_without_gaps),
        arena_test(rates_are_never_added),
        arena_test(areas_add_up_where_rows_are_counted),
        arena_test(unequal_years_are_noted_only_where_it_shows),
        arena_test(abnormal_years_are_noted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
