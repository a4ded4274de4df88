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

static void names_keep_their_numbers(void **state)
{
    (void)state;
    enum { NAMES = 20000 };
    struct arena *arena = arena_new();
    struct dataset *d = dataset_new(arena, TEXT("s"));
    for (int again = 0; again < 2; again++)
        for (size_t i = 0; i < NAMES; i++) {
            struct text name = text_format(arena, "Measure %zu", i);
            assert_int_equal(dataset_measure(d, name, PLACE_NONE), i);
            assert_int_equal(dataset_area(d, name), i);
            if (i < 1200)
                assert_int_equal(
                    dataset_period(d, period_month(arena, 1930 + (int)i / 12, (int)i % 12 + 1)), i);
        }
    assert_int_equal(d->measure_count, NAMES);
    assert_int_equal(d->period_count, 1200);
    /* labels that are no period are told apart by what they say */
    struct period unclear[] = {{.label = TEXT("x")}, {.label = TEXT("y")}};
    assert_int_equal(dataset_period(d, unclear[0]), 1200);
    assert_int_equal(dataset_period(d, unclear[1]), 1201);
    assert_int_equal(dataset_period(d, unclear[0]), 1200);
    arena_free(arena);
}

static void rows_are_counted(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct dataset *d = dataset_new(arena, TEXT("s"));
    struct file_account *file = account_add_file(d, TEXT("a.csv"));
    struct figure figure;
    file->read = 1;
    for (uint32_t i = 0; i < 5000; i++)
        for (int again = 0; again < 3; again++)
            dataset_count(d, (struct row_count){.measure = i % 7,
                                                .area = i,
                                                .period = i % 3,
                                                .line = i + 2,
                                                .column = 4,
                                                .rows = 2});
    dataset_count(d, (struct row_count){.measure = 9, .file = UINT32_MAX});
    assert_int_equal(d->figure_count, 5001);
    assert_true(dataset_find(d, 4999 % 7, 4999, 4999 % 3, &figure));
    assert_int_equal(decimal_compare(figure.value.number, decimal_from(6)), 0);
    assert_text(arena, place_text(arena, figure.place), "a.csv:5001:4");
    assert_false(dataset_find(d, 8, 1, 1, &figure));
    assert_null(dataset_figure(d, 8, 1, 1));
    /* the same object each time, and what is done to it stays */
    struct figure *shown = dataset_figure(d, 1, 1, 1);
    assert_ptr_equal(shown, dataset_figure(d, 1, 1, 1));
    value_mark(&shown->value, MARKER_CONFIDENTIAL);
    assert_false(dataset_figure_at(d, 1).value.present);
    assert_true(dataset_find(d, 9, 0, 0, &figure));
    assert_int_equal(decimal_sign(figure.value.number), 0);
    arena_free(arena);
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
        cmocka_unit_test(names_keep_their_numbers),
        cmocka_unit_test(rows_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
