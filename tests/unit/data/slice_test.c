#include "data/slice.h"

#include "support.h"

#include "compute/comparison.h"

static const struct texts nobody = {0};

static struct dataset *new_plan(struct arena *arena)
{
    static const char *const teams[] = {"Housing", "Parks",    "HOUSING", "",
                                        "Parks  ", "Team 1.1", "Team 11"};
    struct dataset *plan = dataset_new(arena, TEXT("plan"));
    plan->action_headers[ACTION_TEAM] = TEXT("Team");
    for (size_t i = 0; i < sizeof teams / sizeof *teams; i++) {
        struct action action = {.rag = i ? RAG_GREEN : RAG_NONE};
        for (int f = 0; f < ACTION_FIELDS; f++)
            action.field[f] = TEXT_EMPTY;
        action.field[ACTION_TEAM] = text_trim(text_from(teams[i]));
        dataset_add_action(plan, action);
    }
    return plan;
}

static size_t add_measure(struct dataset *dataset, const char *name, const char *owner,
                          enum relation relation)
{
    size_t m = dataset_measure(dataset, text_from(name), PLACE_NONE);
    dataset->measures[m].owner.name = text_from(owner);
    dataset->measures[m].relation = relation;
    return m;
}

static struct figure *add_figure(struct dataset *dataset, size_t measure, const char *area,
                                 const char *period, int64_t number)
{
    struct figure figure = {
        .measure = measure,
        .area = dataset_area(dataset, text_from(area)),
        .period = dataset_period(dataset, period_read(dataset->arena, text_from(period))),
        .value = {.present = true, .number = decimal_from(number)},
        .note = TEXT_EMPTY};
    return dataset_add_figure(dataset, figure);
}

static struct dataset *new_crime(struct arena *arena)
{
    struct dataset *crime = dataset_new(arena, TEXT("crime"));
    size_t total = add_measure(crime, "Total", "Police", RELATION_TOTAL);
    size_t thefts = add_measure(crime, "Thefts", "Shops", RELATION_PART);
    size_t fires = add_measure(crime, "Fires", "Fire service", RELATION_PART);
    size_t shop = add_measure(crime, "Shoplifting", "Shops", RELATION_OF_WHICH);
    size_t arson = add_measure(crime, "Arson", "Police", RELATION_OF_WHICH);
    crime->measures[shop].parent = thefts;
    crime->measures[arson].parent = fires;
    static const int64_t now[] = {1000, 400, 230, 300, 40}, before[] = {900, 350, 200, 250, 30};
    const size_t all[] = {total, thefts, fires, shop, arson};
    for (size_t i = 0; i < 5; i++) {
        add_figure(crime, all[i], "North", "2021/22", now[i]);
        add_figure(crime, all[i], "North", "2020/21", before[i]);
        add_figure(crime, all[i], "South", "2021/22", now[i] + 1);
    }
    return crime;
}

static struct text measures_of(struct arena *arena, const struct dataset *dataset)
{
    struct buffer out = {.arena = arena};
    for (size_t m = 0; m < dataset->measure_count; m++)
        buffer_format(&out, "%s%.*s: %s", m ? "; " : "", TEXT_ARG(dataset->measures[m].name),
                      relation_word(dataset->measures[m].relation));
    return buffer_text(&out);
}

static void fields_have_names(void **state)
{
    enum slice_field field;
    (void)state;
    for (int f = 0; f < SLICE_FIELDS; f++) {
        assert_true(slice_field_read(text_from(slice_field_word((enum slice_field)f)), &field));
        assert_int_equal(field, f);
    }
    assert_false(slice_field_read(TEXT("colour"), &field));
}

static void values_are_the_same_but_for_capitals_and_space(void **state)
{
    (void)state;
    assert_true(slice_is_same(TEXT("Housing  and\nParks"), TEXT("housing and parks")));
    assert_false(slice_is_same(TEXT("Team 1.1"), TEXT("Team 11")));
    assert_false(slice_is_same(TEXT("A/B"), TEXT("A:B")));
    assert_false(slice_is_same(TEXT("Ann"), TEXT("Anne")));
    assert_false(slice_is_same(TEXT("An n"), TEXT("Ann")));
    assert_false(slice_is_same(TEXT("\xCE\xA9"), TEXT("\xCE\xA8")));
    assert_true(slice_is_same(TEXT_EMPTY, TEXT_EMPTY));
}

static void a_key_is_the_same_for_all_spellings(void **state)
{
    struct arena *arena = *state;
    assert_text(arena, slice_key(arena, TEXT("Housing  and\nParks ")), "housing and parks");
    assert_text(arena, slice_key(arena, TEXT_EMPTY), "");
}

static void every_action_is_in_one_slice(void **state)
{
    struct dataset *plan = new_plan(*state);
    struct texts values = {0};
    size_t rows = 0;
    assert_true(slice_divides(plan, SLICE_TEAM));
    assert_false(slice_divides(plan, SLICE_OWNER));
    assert_false(slice_divides(plan, SLICE_AREA));
    slice_add_values(*state, plan, SLICE_TEAM, &nobody, &values);
    assert_text(*state, texts_join(*state, &values, TEXT("|")),
                "Housing|Parks|Not given|Team 1.1|Team 11");
    for (size_t v = 0; v < values.count; v++)
        rows += slice_rows(slice_make(*state, plan, SLICE_TEAM, values.items[v], &nobody), &nobody);
    assert_int_equal(rows, plan->action_count);
    assert_int_equal(slice_make(*state, plan, SLICE_TEAM, TEXT("housing"), &nobody)->action_count,
                     2);
}

static void a_slice_of_measures_adds_nothing_up(void **state)
{
    struct dataset *crime = new_crime(*state);
    struct dataset *shops = slice_make(*state, crime, SLICE_OWNER, TEXT("Shops"), &nobody);
    assert_text(*state, measures_of(*state, shops), "Thefts: non-additive; Shoplifting: of which");
    assert_int_equal(shops->measures[1].parent, 0);
    assert_int_equal(shops->figure_count, 6);
    struct dataset *police = slice_make(*state, crime, SLICE_OWNER, TEXT("Police"), &nobody);
    assert_text(*state, measures_of(*state, police), "Total: non-additive; Arson: non-additive");
    assert_true(police->measures[1].parent == SIZE_MAX);
    size_t all = 0;
    struct texts values = {0};
    slice_add_values(*state, crime, SLICE_OWNER, &nobody, &values);
    for (size_t v = 0; v < values.count; v++)
        all +=
            slice_rows(slice_make(*state, crime, SLICE_OWNER, values.items[v], &nobody), &nobody);
    assert_int_equal(all, crime->figure_count);
}

static void its_changes_are_judged_as_in_the_whole(void **state)
{
    struct dataset *crime = new_crime(*state);
    struct baselines baselines = {.count = 1};
    struct period now = period_read(*state, TEXT("2021/22"));
    baselines.items[0].period = period_read(*state, TEXT("2020/21"));
    const struct comparison *whole = comparison_make(*state, crime, 0, now, &baselines, TEXT_EMPTY);
    struct dataset *shops = slice_make(*state, crime, SLICE_OWNER, TEXT("Shops"), &nobody);
    const struct comparison *slice = comparison_make(*state, shops, 0, now, &baselines, TEXT_EMPTY);
    assert_int_equal(slice->count, 2); /* no remainder of the others */
    for (size_t i = 0; i < slice->count; i++) {
        const struct compared *row = comparison_row(whole, slice->rows[i].slug);
        assert_non_null(row);
        assert_ptr_equal(slice->rows[i].measure, &shops->measures[i]);
        assert_true(slice->rows[i].judged[0].p < 1);
        assert_true(slice->rows[i].judged[0].p_holm == row->judged[0].p_holm);
        assert_true(slice->rows[i].judged[0].p_holm > slice->rows[i].judged[0].p);
    }
}

static void an_area_keeps_all_measures_and_those_beside(void **state)
{
    struct dataset *crime = new_crime(*state);
    struct texts beside = {0}, values = {0};
    assert_true(slice_divides(crime, SLICE_AREA));
    texts_add(*state, &beside, TEXT("South"));
    slice_add_values(*state, crime, SLICE_AREA, &beside, &values);
    assert_text(*state, texts_join(*state, &values, TEXT("|")), "North");
    struct dataset *north = slice_make(*state, crime, SLICE_AREA, TEXT("North"), &nobody);
    assert_int_equal(north->areas.count, 1);
    assert_int_equal(north->figure_count, 10);
    assert_int_equal(north->measures[0].relation, RELATION_TOTAL);
    north = slice_make(*state, crime, SLICE_AREA, TEXT("North"), &beside);
    assert_int_equal(north->areas.count, 2);
    assert_int_equal(slice_rows(north, &beside), 10);
}

static void what_was_stopped_goes_with_its_figure(void **state)
{
    struct dataset *crime = new_crime(*state);
    dataset_stop(crime, (struct stopped){.measure = 1,
                                         .area = 0,
                                         .period = 0,
                                         .marker = MARKER_NOT_AVAILABLE,
                                         .code = "DQ_RANGE",
                                         .why = TEXT("it is negative")});
    struct dataset *shops = slice_make(*state, crime, SLICE_OWNER, TEXT("shops"), &nobody);
    assert_int_equal(shops->stopped_count, 1);
    assert_true(stopped_is_shown(shops, &shops->stopped[0]));
    assert_false(dataset_figure(shops, 0, 0, 0)->value.present);
    struct dataset *fire = slice_make(*state, crime, SLICE_OWNER, TEXT("Fire service"), &nobody);
    assert_int_equal(fire->stopped_count, 0);
}

static void counted_rows_are_sliced_too(void **state)
{
    struct dataset *police = dataset_new(*state, TEXT("police"));
    police->counts_rows = true;
    size_t m = dataset_measure(police, TEXT("Burglary"), PLACE_NONE);
    size_t p = dataset_period(police, period_read(*state, TEXT("April 2021")));
    const char *const wards[] = {"North", "South", "North"};
    for (size_t i = 0; i < 3; i++)
        dataset_count(
            police, (struct row_count){.measure = (uint32_t)m,
                                       .area = (uint32_t)dataset_area(police, text_from(wards[i])),
                                       .period = (uint32_t)p,
                                       .file = UINT32_MAX,
                                       .rows = 7});
    struct dataset *south = slice_make(*state, police, SLICE_AREA, TEXT("South"), &nobody);
    assert_int_equal(south->figure_count, 1);
    assert_int_equal(south->areas.count, 1);
    assert_true(dataset_figure(south, 0, 0, 0)->value.number.coefficient == 7);
}

static void what_a_figure_was_goes_with_it(void **state)
{
    struct dataset *crime = new_crime(*state);
    struct revised revised = {.measure = 1,
                              .area = 0,
                              .period = crime->periods[0],
                              .was = decimal_from(399),
                              .report = TEXT("2020/21")};
    dataset_revise(crime, revised);
    revised.measure = 2;
    dataset_revise(crime, revised);
    const struct dataset *shops = slice_make(*state, crime, SLICE_OWNER, TEXT("Shops"), &nobody);
    assert_int_equal(shops->revised_count, 1);
    const struct revised *found = dataset_revised_in(shops, 0, 0, crime->periods[0]);
    assert_non_null(found);
    assert_true(found->was.coefficient == 399);
}

/* By any field; what has no value, or no status, comes last. */
static void actions_are_sliced_by_any_of_their_fields(void **state)
{
    struct dataset *plan = new_plan(*state);
    struct texts teams = {0}, statuses = {0};
    slice_add_action_values(*state, plan, ACTION_TEAM, &teams);
    assert_int_equal(teams.count, 5);
    assert_text(*state, teams.items[0], "Housing");
    assert_text(*state, teams.items[4], "Not given");
    slice_add_action_values(*state, plan, ACTION_STATUS, &statuses);
    assert_int_equal(statuses.count, 2);
    assert_text(*state, statuses.items[1], "No status given");
    assert_int_equal(slice_make_actions(*state, plan, ACTION_TEAM, TEXT("Housing"))->action_count,
                     2);
    assert_int_equal(
        slice_make_actions(*state, plan, ACTION_STATUS, statuses.items[1])->action_count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(fields_have_names),
        arena_test(values_are_the_same_but_for_capitals_and_space),
        arena_test(a_key_is_the_same_for_all_spellings),
        arena_test(every_action_is_in_one_slice),
        arena_test(a_slice_of_measures_adds_nothing_up),
        arena_test(its_changes_are_judged_as_in_the_whole),
        arena_test(an_area_keeps_all_measures_and_those_beside),
        arena_test(what_was_stopped_goes_with_its_figure),
        arena_test(counted_rows_are_sliced_too),
        arena_test(actions_are_sliced_by_any_of_their_fields),
        arena_test(what_a_figure_was_goes_with_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
