#include "data/dataset.h"

#include "support.h"

static void names_are_numbered_once(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    assert_int_equal(dataset_measure(dataset, TEXT("Burglary"), PLACE_NONE), 0);
    assert_int_equal(dataset_measure(dataset, TEXT("Hate Crime"), PLACE_NONE), 1);
    assert_int_equal(dataset_measure(dataset, TEXT("Burglary"), PLACE_NONE), 0);
    assert_text(*state, dataset->measures[1].slug, "hate-crime");
    assert_int_equal(dataset->measures[1].relation, RELATION_UNDECLARED);
    assert_true(dataset->measures[1].parent == SIZE_MAX);
    assert_int_equal(dataset_area(dataset, TEXT("")), 0);
    assert_int_equal(dataset_area(dataset, TEXT("Lutterworth")), 1);
    assert_int_equal(dataset_area(dataset, TEXT("")), 0);
    assert_int_equal(dataset_period(dataset, period_read(*state, TEXT("2021/22"))), 0);
    assert_int_equal(dataset_period(dataset, period_read(*state, TEXT("2021-22"))), 0);
    assert_int_equal(dataset_period(dataset, period_read(*state, TEXT("2020/21"))), 1);
}

static void names_outlive_the_buffer_they_came_from(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    char buffer[] = "Burglary";
    dataset_measure(dataset, text_from(buffer), PLACE_NONE);
    dataset_area(dataset, text_from(buffer));
    buffer[0] = 'X';
    assert_text(*state, dataset->measures[0].name, "Burglary");
    assert_text(*state, dataset->areas.items[0], "Burglary");
}

static void every_figure_is_found_again(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    assert_null(dataset_figure(dataset, 0, 0, 0));
    for (size_t i = 0; i < 5000; i++) {
        struct figure figure = {.measure = i % 17, .area = i / 17 % 25, .period = i / 17 / 25};
        figure.value = (struct value){.present = true, .number = decimal_from((int64_t)i)};
        assert_null(dataset_figure(dataset, figure.measure, figure.area, figure.period));
        dataset_add_figure(dataset, figure);
    }
    for (size_t i = 0; i < 5000; i++) {
        struct figure *found = dataset_figure(dataset, i % 17, i / 17 % 25, i / 17 / 25);
        assert_non_null(found);
        assert_true(found->value.number.coefficient == (__int128)i);
    }
    assert_null(dataset_figure(dataset, 17, 0, 0));
}

static void actions_are_kept_in_order(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("plan"));
    for (unsigned i = 0; i < 100; i++) {
        struct action action = {.place = place_at(TEXT("plan.csv"), i + 2, 0)};
        dataset_add_action(dataset, action);
    }
    assert_int_equal(dataset->action_count, 100);
    for (unsigned i = 0; i < 100; i++)
        assert_int_equal(dataset->actions[i].place.line, i + 2);
}

static void every_row_is_accounted_for(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    struct file_account *file = account_add_file(dataset, TEXT("a.csv"));
    file->read = 10;
    file->used = 6;
    file->rejected = 1;
    account_exclude(*state, file, TEXT("other district"), 2);
    assert_false(account_balances(file));
    account_exclude(*state, file, TEXT("other district"), 1);
    assert_true(account_balances(file));
    assert_int_equal(file->exclusion_count, 1);
    account_exclude(*state, file, TEXT("footnote"), 1);
    assert_false(account_balances(file));
    assert_int_equal(dataset->account.count, 1);
}

static void kinds_are_read_by_name(void **state)
{
    (void)state;
    for (int kind = 0; kind < KINDS; kind++) {
        enum measure_kind again = KINDS;
        assert_true(
            measure_kind_read(text_from(measure_kind_word((enum measure_kind)kind)), &again));
        assert_int_equal(again, kind);
    }
    enum measure_kind kind;
    assert_true(measure_kind_read(TEXT("Life expectancy"), &kind));
    assert_int_equal(kind, KIND_LIFE_EXPECTANCY);
    assert_false(measure_kind_read(TEXT("furlongs"), &kind));
    assert_string_equal(relation_word(RELATION_OF_WHICH), "of which");
}

static void nothing_hidden_gets_into_the_model(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    const struct value four = {.present = true, .number = decimal_from(4)};
    static const struct {
        unsigned marker;
        bool kept;
    } cases[] = {{MARKER_CONFIDENTIAL, false},
                 {MARKER_NOT_AVAILABLE, false},
                 {MARKER_NOT_APPLICABLE, false},
                 {MARKER_NONE_IN_SURVEY, false},
                 {MARKER_LOW, false},
                 {MARKER_PROVISIONAL, true},
                 {MARKER_REVISED, true},
                 {MARKER_BREAK, true}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct figure figure = {.measure = i, .value = four, .count = four, .note = TEXT_EMPTY};
        figure.value.markers = cases[i].marker;
        const struct figure *kept = dataset_add_figure(dataset, figure);
        assert_int_equal(kept->value.present, cases[i].kept);
        assert_int_equal(decimal_sign(kept->value.number), cases[i].kept);
        assert_int_equal(kept->value.markers, cases[i].marker);
        bool count_kept = cases[i].marker != MARKER_CONFIDENTIAL;
        assert_int_equal(kept->count.present, count_kept);
        assert_int_equal(decimal_sign(kept->count.number), count_kept);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(names_are_numbered_once),
        arena_test(names_outlive_the_buffer_they_came_from),
        arena_test(every_figure_is_found_again),
        arena_test(actions_are_kept_in_order),
        arena_test(every_row_is_accounted_for),
        arena_test(kinds_are_read_by_name),
        arena_test(nothing_hidden_gets_into_the_model),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
