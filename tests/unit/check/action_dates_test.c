/* What is said of plans whose words and dates do not go together. */
#include "check_support.h"

struct row {
    const char *progress, *next_steps;
    enum rag rag;
    struct date due;
};

static struct dataset *plan(struct arena *arena, const struct row *rows, size_t count)
{
    struct dataset *dataset = dataset_new(arena, TEXT("plan"));
    dataset->place = place_at(TEXT("job.ini"), 1, 1);
    dataset->action_headers[ACTION_PROGRESS] = TEXT("Update");
    for (size_t r = 0; r < count; r++) {
        struct action action = {.place = place_at(TEXT("a.csv"), (unsigned)r + 2, 0),
                                .rag = rows[r].rag,
                                .due = rows[r].due};
        for (int f = 0; f < ACTION_FIELDS; f++)
            action.field[f] = TEXT_EMPTY;
        action.field[ACTION_ID] = text_format(arena, "%zu", r + 1);
        action.field[ACTION_PROGRESS] = text_from(rows[r].progress);
        action.field[ACTION_NEXT_STEPS] = text_from(rows[r].next_steps);
        dataset_add_action(dataset, action);
    }
    return dataset;
}

/* What is found in 2021/22, as at 25 November 2021. */
static struct text found(struct dataset *dataset)
{
    struct diags diags = diags_new(dataset->arena);
    struct check_input input = {.dataset = dataset, .as_at = {2021, 11, 25}};
    check_source(&diags, &input);
    return diags_text(&diags);
}

static struct text found_of(struct arena *arena, const char *progress, const char *next_steps,
                            enum rag rag)
{
    const struct row row = {progress, next_steps, rag, {0}};
    return found(plan(arena, &row, 1));
}

#define assert_found(text, part) assert_true(text_contains(text, TEXT(part)))

static void an_update_may_speak_of_what_comes_after_the_report(void **state)
{
    assert_found(found_of(*state, "The hall opens on 5 March 2022, not in 2023.", "", RAG_GREEN),
                 "action '1' speaks of '5 March 2022', which is after 25 November 2021");
    assert_found(found_of(*state, "Open in Quarter 4 2021/22 or in April 2022", "", RAG_GREEN),
                 "speaks of 'April 2022'");
    assert_text(*state, found_of(*state, "Opened on 5 March 2021. 2040 came", "", RAG_GREEN), "");
    assert_text(*state, found_of(*state, "", "Open it on 5 March 2022", RAG_GREEN), "");
}

static void an_update_may_tell_what_was_done_after_the_period(void **state)
{
    struct diags diags = diags_new(*state);
    const struct row rows[] = {{"Opened on 8 November 2021", "", RAG_GREEN, {0}},
                               {"Opened on 30 September 2021", "", RAG_GREEN, {0}},
                               {"It will open in November 2021", "", RAG_GREEN, {0}},
                               {"Opened", "Closed on 8 November 2021", RAG_GREEN, {0}},
                               {"Closed in October 2021", "", RAG_GREEN, {0}}};
    struct check_input input = {
        .dataset = plan(*state, rows, 5), .as_at = {2021, 11, 25}, .period_end = {2021, 9, 30}};
    check_source(&diags, &input);
    assert_found(diags_text(&diags),
                 "a.csv:2: info: 2 updates tell of what was done after 30 September 2021, the last "
                 "day of the period; the first is that of action '1'");
    assert_int_equal(diags_count(&diags, LEVEL_INFO), 1);
}

static void updates_are_held_against_the_day_of_their_export(void **state)
{
    const struct row row = {
        "Open by January 2022. It will be in November 2021", "", RAG_GREEN, {0}};
    struct dataset *dataset = plan(*state, &row, 1);
    dataset->extracted = (struct date){2022, 1, 31};
    assert_found(found(dataset), "which had ended by 31 January 2022");
    dataset->extracted = (struct date){2021, 11, 2};
    assert_found(found(dataset), "after 2 November 2021, the day of the export");
}

static void what_will_be_in_a_time_that_is_over_is_an_old_update(void **state)
{
    assert_found(found_of(*state, "This will be in place for Quarter 2.", "", RAG_GREEN),
                 "what will be in 'Quarter 2', which had ended by 25 November 2021 unless another "
                 "year is meant");
    assert_found(found_of(*state, "", "Due to open in\u00A0October 2021", RAG_GREEN),
                 "what will be in 'October 2021'");
    assert_text(*state, found_of(*state, "It will grow. Opened in October 2021", "", RAG_GREEN),
                "");
    assert_text(*state, found_of(*state, "It will open\nIn October 2021 it closed", "", RAG_GREEN),
                "");
    assert_text(*state, found_of(*state, "Due in October 2021; will be in Q4", "", RAG_GREEN), "");
}

static void completed_actions_have_no_next_steps(void **state)
{
    assert_found(found_of(*state, "", "Paint the door", RAG_COMPLETED),
                 "a.csv:2: warning: action '1' is completed and has next steps");
    assert_text(*state, found_of(*state, "", "No further action", RAG_COMPLETED), "");
    assert_text(*state, found_of(*state, "", "TBC", RAG_COMPLETED), "");
    assert_text(*state, found_of(*state, "", "Paint the door", RAG_GREEN), "");
}

static void a_plan_whose_dates_have_all_gone_by_is_one_finding(void **state)
{
    static const struct row rows[] = {
        {"", "", RAG_GREEN, {2021, 3, 31}},     {"", "", RAG_RED, {2021, 9, 30}},
        {"", "", RAG_COMPLETED, {2022, 9, 30}}, {"", "", RAG_RED, {0}},
        {"", "", RAG_AMBER, {2020, 3, 31}},     {"", "", RAG_AMBER, {2022, 3, 31}}};
    assert_found(found(plan(*state, rows, 5)),
                 "all 3 dated actions that are not completed were due by 30 September 2021");
    assert_false(text_contains(found(plan(*state, rows, 6)), TEXT("all ")));
    assert_false(text_contains(found(plan(*state, rows, 4)), TEXT("all ")));
}

static void an_earlier_version_is_nobodys_task(void **state)
{
    static const struct row rows[] = {{"Will open in May 2021", "", RAG_GREEN, {2021, 3, 31}}};
    struct dataset *dataset = plan(*state, rows, 1);
    assert_true(found(dataset).len > 0);
    dataset->is_earlier = true;
    assert_text(*state, found(dataset), "");
}

static void versions_are_accounted_for(void **state)
{
    static const struct row rows[] = {{"Begun", "", RAG_GREEN, {0}}, {"Done", "", RAG_GREEN, {0}}};
    struct dataset *dataset = plan(*state, rows, 2);
    dataset->before = plan(*state, rows, 1);
    dataset->action_headers[ACTION_ID] = dataset->before->action_headers[ACTION_ID];
    struct text text = found(dataset);
    assert_found(text,
                 "job.ini:1:1: info: 'plan' against 'plan': 2 actions now, 1 before: 1 "
                 "matched by ID, 0 by words alone, 1 added");
    assert_found(text, "warning: 1 of 2 actions has the same update as in 'plan'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(an_update_may_speak_of_what_comes_after_the_report),
        arena_test(an_update_may_tell_what_was_done_after_the_period),
        arena_test(updates_are_held_against_the_day_of_their_export),
        arena_test(what_will_be_in_a_time_that_is_over_is_an_old_update),
        arena_test(completed_actions_have_no_next_steps),
        arena_test(a_plan_whose_dates_have_all_gone_by_is_one_finding),
        arena_test(an_earlier_version_is_nobodys_task),
        arena_test(versions_are_accounted_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
