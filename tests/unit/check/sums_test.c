/* Parts, their total, subsets, and totals that count rows twice. */
#include "check_support.h"

static struct dataset *crimes(void **state, const char *total, const char *burglary,
                              const char *violence)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    size_t t = add_measure(dataset, "Total", KIND_COUNT, RELATION_TOTAL);
    size_t b = add_measure(dataset, "Burglary", KIND_COUNT, RELATION_PART);
    size_t v = add_measure(dataset, "Violence", KIND_COUNT, RELATION_PART);
    add_figure(dataset, t, "2021/22", total, NULL, NULL);
    add_figure(dataset, b, "2021/22", burglary, NULL, NULL);
    add_figure(dataset, v, "2021/22", violence, NULL, NULL);
    return dataset;
}

static void parts_may_leave_a_remainder(void **state)
{
    assert_text(*state, checked(crimes(state, "48", "12", "30")), "");
}

static void parts_above_their_total_are_an_error(void **state)
{
    assert_contains(
        *state, checked(crimes(state, "48", "19", "30")),
        "a.csv:2:2: stopped: the parts come to 1 more than their total in 2021/22, so none "
        "of them is shown");
}

/* All of ten counts are multiples of five: the difference of 5 is none. */
static void rounding_is_no_error(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    static const char *const now[] = {"120", "15", "35", "45", "30"};
    static const char *const before[] = {"115", "10", "35", "40", "30"};
    for (size_t i = 0; i < 5; i++) {
        size_t m = add_measure(dataset, (const char *[]){"Total", "A", "B", "C", "D"}[i],
                               KIND_COUNT, i ? RELATION_PART : RELATION_TOTAL);
        add_figure(dataset, m, "2021/22", now[i], NULL, NULL);
        add_figure(dataset, m, "2020/21", before[i], NULL, NULL);
    }
    struct text messages = checked(dataset);
    assert_contains(*state, messages,
                    "info: the parts come to 125 in 2021/22 and their total is 120: all are "
                    "rounded, and rounding explains the difference [sum-rounding]");
    assert_contains(*state, messages, "all 10 counts of 'crime' are multiples of 5");
    assert_false(text_contains(messages, TEXT("error")));
}

static void the_rest_of_rounding_is_no_row(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("shares"));
    const struct baselines none = {.count = 0};
    static const char *const values[] = {"100.0", "33.3", "33.3", "33.3"};
    for (size_t i = 0; i < 4; i++)
        add_figure(dataset,
                   add_measure(dataset, (const char *[]){"All", "A", "B", "C"}[i], KIND_MONEY,
                               i ? RELATION_PART : RELATION_TOTAL),
                   "2021/22", values[i], NULL, NULL);
    struct comparison *comparison = comparison_make(
        *state, dataset, 0, period_read(*state, TEXT("2021/22")), &none, TEXT_EMPTY);
    assert_int_equal(comparison->count, 4); /* and no "Other (not listed)" of 0.1 */
    assert_text(*state, comparison_notes(*state, comparison).items[0],
                "Figures may not add because of rounding.");
}

static void a_subset_is_no_more_than_its_parent(void **state)
{
    for (int more = 0; more < 2; more++) {
        struct dataset *dataset = crimes(state, "48", "12", "30");
        size_t m = add_measure(dataset, "With injury", KIND_COUNT, RELATION_OF_WHICH);
        dataset->measures[m].parent = 2;
        add_figure(dataset, m, "2021/22", more ? "31" : "30", NULL, NULL);
        struct text messages = checked(dataset);
        assert_true(text_contains(messages, TEXT("[subset]")) == more);
    }
}

static void a_total_of_all_rows_counts_twice(void **state)
{
    static const char *const totals[] = {"52", "53"};
    for (int i = 0; i < 2; i++) { /* 12 + 30 + 10 = 52, with the 10 in the 30 */
        struct dataset *dataset = crimes(state, totals[i], "12", "30");
        size_t m = add_measure(dataset, "Hate crime", KIND_COUNT, RELATION_FLAG);
        add_figure(dataset, m, "2021/22", "10", NULL, NULL);
        struct text messages = checked(dataset);
        assert_true(text_contains(messages, TEXT("[double-count]")) == (i == 0));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(parts_may_leave_a_remainder),
        arena_test(parts_above_their_total_are_an_error),
        arena_test(rounding_is_no_error),
        arena_test(the_rest_of_rounding_is_no_row),
        arena_test(a_subset_is_no_more_than_its_parent),
        arena_test(a_total_of_all_rows_counts_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
