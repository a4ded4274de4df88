/* Figures that cannot be right are taken out, and nothing else is. */
#include "check_support.h"

static bool is_there(const struct dataset *dataset, size_t measure)
{
    return dataset_figure(dataset, measure, 0, 0)->value.present;
}

static void stop(struct dataset *dataset)
{
    struct diags diags = diags_new(dataset->arena);
    check_stop(&diags, dataset);
}

/* The total, two parts, one within the second, and one that is counted within the parts. */
static struct dataset *crimes(void **state, const char *total, const char *within)
{
    static const char *const names[] = {"Total", "Burglary", "Violence", "With injury", "Hate"};
    static const enum relation relations[] = {RELATION_TOTAL, RELATION_PART, RELATION_PART,
                                              RELATION_OF_WHICH, RELATION_FLAG};
    const char *values[] = {total, "20", "30", within, "4"};
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    for (size_t i = 0; i < 5; i++) {
        size_t m = add_measure(dataset, names[i], KIND_COUNT, relations[i]);
        dataset->measures[m].parent = i == 3 ? 2 : SIZE_MAX;
        add_figure(dataset, m, "2021/22", values[i], NULL, NULL);
    }
    return dataset;
}

static void parts_above_the_total_stop_all_of_them(void **state)
{
    struct dataset *dataset = crimes(state, "49", "10");
    stop(dataset);
    assert_int_equal(dataset->stopped_count, 3);
    for (size_t m = 0; m < 3; m++)
        assert_false(is_there(dataset, m));
    assert_true(is_there(dataset, 3)); /* what is within a part does not contradict it */
    assert_true(is_there(dataset, 4));
    assert_text(*state, dataset->stopped[0].why, "the parts add up to more than the total");
    assert_string_equal(dataset->stopped[0].code, "DQ_SUM_LESS");
}

static void a_subset_above_its_parent_stops_both(void **state)
{
    struct dataset *dataset = crimes(state, "60", "31");
    stop(dataset);
    assert_int_equal(dataset->stopped_count, 2);
    assert_false(is_there(dataset, 2));
    assert_false(is_there(dataset, 3));
    assert_true(is_there(dataset, 0));
}

/* What was read still adds up, though it is not shown. */
static void the_account_still_balances(void **state)
{
    struct dataset *dataset = crimes(state, "49", "10");
    struct decimal sum;
    stop(dataset);
    assert_true(dataset_sum(dataset, &sum));
    assert_text(*state, decimal_text(*state, sum), "113");
    assert_false(text_contains(checked(dataset), TEXT("[reconcile]")));
}

/* Known parts that are too many are, whatever the others come to. */
static void a_part_that_is_not_known_excuses_nothing(void **state)
{
    struct dataset *dataset = crimes(state, "15", "10");
    dataset_figure(dataset, 2, 0, 0)->value = value_of_text(*state, "[x]");
    stop(dataset);
    assert_false(is_there(dataset, 0));
    assert_false(is_there(dataset, 1));
}

static void a_confidential_part_is_not_judged(void **state)
{
    struct dataset *dataset = crimes(state, "25", "10");
    dataset_figure(dataset, 2, 0, 0)->value = value_of_text(*state, "[c]");
    stop(dataset);
    assert_int_equal(dataset->stopped_count, 0);
}

static void what_stands_behind_a_figure_goes_with_it(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("service"));
    size_t m = add_measure(dataset, "In time", KIND_PERCENT, RELATION_UNDECLARED);
    struct published_with with = {.lower_95 = value_of_text(*state, "90"),
                                  .upper_95 = value_of_text(*state, "95"),
                                  .target = value_of_text(*state, "80")};
    add_figure(dataset, m, "2021/22", "104.2", "104", "100")->published = &with;
    stop(dataset);
    const struct figure *figure = dataset_figure(dataset, m, 0, 0);
    assert_false(figure->value.present || figure->count.present || figure->denominator.present);
    assert_false(figure->published->lower_95.present);
    assert_true(figure->published->target.present); /* a target is not in doubt */
    assert_int_equal(dataset->stopped_count, 1);    /* one mistake, one finding */
}

static void a_share_of_nobody_does_not_apply(void **state)
{
    static const enum measure_kind kinds[] = {KIND_PERCENT, KIND_RATE, KIND_COUNT};
    for (size_t i = 0; i < 3; i++) {
        struct dataset *dataset = dataset_new(*state, TEXT("service"));
        size_t m = add_measure(dataset, "In time", kinds[i], RELATION_UNDECLARED);
        add_figure(dataset, m, "2021/22", "0", "0", "0");
        stop(dataset);
        unsigned markers = dataset_figure(dataset, m, 0, 0)->value.markers;
        assert_int_equal(markers, kinds[i] == KIND_COUNT ? 0 : MARKER_NOT_APPLICABLE);
    }
}

static void a_count_below_zero_behind_a_rate_stops_it(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("service"));
    size_t m = add_measure(dataset, "Rate", KIND_RATE, RELATION_UNDECLARED);
    add_figure(dataset, m, "2021/22", "5.0", "-4", "800");
    stop(dataset);
    assert_false(is_there(dataset, m));
}

/* One area's mistake is not another's. */
static void areas_are_judged_apart(void **state)
{
    struct dataset *dataset = crimes(state, "60", "10");
    static const char *const values[] = {"49", "20", "30", "10", "4"};
    for (size_t m = 0; m < 5; m++) {
        struct figure figure = *dataset_figure(dataset, m, 0, 0);
        figure.area = dataset_area(dataset, TEXT("North"));
        figure.value = value_of_text(*state, values[m]);
        dataset_add_figure(dataset, figure);
    }
    stop(dataset);
    assert_int_equal(dataset->stopped_count, 3);
    assert_int_equal(dataset->stopped[0].area, 1);
    assert_true(is_there(dataset, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(parts_above_the_total_stop_all_of_them),
        arena_test(a_subset_above_its_parent_stops_both),
        arena_test(the_account_still_balances),
        arena_test(a_part_that_is_not_known_excuses_nothing),
        arena_test(a_confidential_part_is_not_judged),
        arena_test(what_stands_behind_a_figure_goes_with_it),
        arena_test(a_share_of_nobody_does_not_apply),
        arena_test(a_count_below_zero_behind_a_rate_stops_it),
        arena_test(areas_are_judged_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
