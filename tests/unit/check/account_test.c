/* What was read and what is shown are held against each other: each kind of loss is found. */
#include "check/check.h"
#include "support.h"

static const struct date no_date;

static struct value number(int64_t n)
{
    return (struct value){.present = true, .number = decimal_from(n)};
}

/* A source of 12 events in 2 months and 2 areas, as its reader leaves it. */
static struct dataset *events(struct arena *arena)
{
    struct dataset *dataset = dataset_new(arena, TEXT("crime"));
    struct file_account *file = account_add_file(dataset, TEXT("a.csv"));
    dataset->counts_rows = true;
    dataset->place = place_at(TEXT("job.ini"), 9, 1);
    for (int64_t i = 0; i < 8; i++) {
        struct figure figure = {
            .measure = dataset_measure(dataset, i & 1 ? TEXT("Burglary") : TEXT("Arson"),
                                       place_at(TEXT("a.csv"), 2, 1)),
            .area = dataset_area(dataset, i & 2 ? TEXT("North") : TEXT("South")),
            .period = dataset_period(dataset, period_month(arena, 2024, i & 4 ? 5 : 4)),
            .value = number(i == 0 ? 5 : 1),
            .note = TEXT_EMPTY,
            .place = place_at(TEXT("a.csv"), 2, 1),
        };
        dataset->measures[figure.measure].relation = RELATION_PART;
        dataset_add_figure(dataset, figure);
        account_add_value(file, figure.value);
    }
    file->read = file->used = 12;
    return dataset;
}

static struct comparison *compare(struct arena *arena, const struct dataset *dataset, size_t area)
{
    struct baselines baselines = {.count = 1};
    baselines.items[0].period = period_month(arena, 2024, 4);
    return comparison_make(arena, dataset, area, period_month(arena, 2024, 5), &baselines,
                           TEXT_EMPTY);
}

static struct text findings(struct arena *arena, const struct dataset *dataset,
                            const struct comparison *comparison)
{
    struct diags diags = diags_new(arena);
    const struct check_input input = {dataset, comparison, no_date, no_date};
    check_source(&diags, &input);
    assert_true(diags_ok(&diags) || diags_status(&diags) == STATUS_INTERNAL);
    return diags_text(&diags);
}

static void what_adds_up_is_not_told(void **state)
{
    struct arena *arena = *state;
    struct dataset *dataset = events(arena);
    assert_text(arena, findings(arena, dataset, compare(arena, dataset, AREA_ALL)), "");
    assert_text(arena, findings(arena, dataset, compare(arena, dataset, 1)), "");
}

static void rows_that_nobody_knows_of_are_told(void **state)
{
    struct arena *arena = *state;
    struct dataset *dataset = events(arena);
    dataset->account.files[0].read++;
    assert_contains(arena, findings(arena, dataset, compare(arena, dataset, AREA_ALL)),
                    "a.csv: error: 13 rows were read, but those used, excluded and rejected are "
                    "not as many");
}

static void a_figure_that_was_not_read_is_told(void **state)
{
    struct arena *arena = *state;
    struct dataset *dataset = events(arena);
    dataset->figures[0].value = number(6);
    struct text found = findings(arena, dataset, compare(arena, dataset, AREA_ALL));
    assert_contains(arena, found,
                    "job.ini:9:1: error: the figures of source 'crime' add up to 13, but the rows "
                    "used to 12");
    assert_contains(arena, found, "source 'crime' counts 13 in all, but 12 rows were used");
}

static void a_row_used_twice_is_told(void **state)
{
    struct arena *arena = *state;
    struct dataset *dataset = events(arena);
    dataset->figures[0].value = number(6);
    account_add_value(&dataset->account.files[0], number(1));
    assert_text(arena, findings(arena, dataset, compare(arena, dataset, AREA_ALL)),
                "job.ini:9:1: error: source 'crime' counts 13 in all, but 12 rows were used: this "
                "is a fault of the program, nothing is published [reconcile]\n");
}

static void events_that_no_row_of_the_table_has_are_told(void **state)
{
    struct arena *arena = *state;
    struct dataset *dataset = events(arena);
    struct comparison *comparison = compare(arena, dataset, AREA_ALL);
    comparison->rows[1].before[0] = number(0);
    struct text found = findings(arena, dataset, comparison);
    assert_contains(arena, found,
                    "source 'crime' counts 8 for April 2024, but the rows of its table 2");
    assert_contains(arena, found, "'Total' is 8, but its parts and the remainder come to 2");
}

static void a_lookup_and_hidden_values_do_not_count(void **state)
{
    struct arena *arena = *state;
    struct dataset *dataset = events(arena);
    struct file_account *lookup = account_add_file(dataset, TEXT("areas.csv"));
    lookup->is_lookup = true;
    lookup->read = lookup->used = 40;
    struct figure hidden = dataset->figures[0];
    hidden.period = dataset_period(dataset, period_month(arena, 2024, 6));
    hidden.value.markers = MARKER_CONFIDENTIAL;
    dataset_add_figure(dataset, hidden);
    assert_text(arena, findings(arena, dataset, compare(arena, dataset, AREA_ALL)), "");
}

/* Shares are never added up: parts of a share leave no remainder, and none is missed. */
static void shares_that_were_declared_parts_are_no_fault(void **state)
{
    struct arena *arena = *state;
    struct dataset *dataset = events(arena);
    size_t total = dataset_measure(dataset, TEXT("All"), place_at(TEXT("a.csv"), 2, 1));
    dataset->measures[total].relation = RELATION_TOTAL;
    for (size_t p = 0; p < 2; p++)
        dataset_add_figure(dataset, (struct figure){.measure = total,
                                                    .period = p,
                                                    .value = number(50),
                                                    .note = TEXT_EMPTY,
                                                    .place = place_at(TEXT("a.csv"), 9, 1)});
    assert_int_equal(compare(arena, dataset, 0)->count, 4); /* counts have a remainder */
    for (size_t m = 0; m <= total; m++)
        dataset->measures[m].kind = KIND_PERCENT;
    const struct comparison *comparison = compare(arena, dataset, 0);
    assert_int_equal(comparison->count, 3);
    struct diags diags = diags_new(arena);
    check_source(&diags, &(struct check_input){dataset, comparison, no_date, no_date});
    assert_false(text_contains(diags_text(&diags), TEXT("and the remainder come to")));
    for (size_t m = 0; m < total; m++) /* nor are counts taken from money */
        dataset->measures[m].kind = KIND_MONEY;
    dataset->measures[total].kind = KIND_COUNT;
    diags = diags_new(arena);
    check_source(&diags,
                 &(struct check_input){dataset, compare(arena, dataset, 0), no_date, no_date});
    assert_false(text_contains(diags_text(&diags), TEXT("and the remainder come to")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(what_adds_up_is_not_told),
        arena_test(rows_that_nobody_knows_of_are_told),
        arena_test(a_figure_that_was_not_read_is_told),
        arena_test(a_row_used_twice_is_told),
        arena_test(events_that_no_row_of_the_table_has_are_told),
        arena_test(a_lookup_and_hidden_values_do_not_count),
        arena_test(shares_that_were_declared_parts_are_no_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
