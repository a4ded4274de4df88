/* Which actions of two versions of a plan are one, and what of them changed; what is left out. */
#include "data/versions.h"

#include "data/blank.h"
#include "support.h"

static const struct {
    enum action_field field;
    const char *header;
} columns[] = {{ACTION_ID, "No."},
               {ACTION_TITLE, "Action"},
               {ACTION_OWNER, "Lead"},
               {ACTION_DUE, "By when"},
               {ACTION_TARGET, "Target"}};

/* Rows of the columns above. */
static struct dataset *plan(struct arena *arena, const char *const rows[][5], size_t count)
{
    struct dataset *dataset = dataset_new(arena, TEXT("plan"));
    for (size_t c = 0; c < 5; c++)
        dataset->action_headers[columns[c].field] = text_from(columns[c].header);
    for (size_t r = 0; r < count; r++) {
        struct action action = {.place = place_at(TEXT("plan.csv"), (unsigned)r + 2, 0)};
        for (int f = 0; f < ACTION_FIELDS; f++)
            action.field[f] = TEXT_EMPTY;
        for (size_t c = 0; c < 5; c++)
            action.field[columns[c].field] = text_from(rows[r][c]);
        date_read(action.field[ACTION_DUE], &action.due);
        dataset_add_action(dataset, action);
    }
    return dataset;
}

#define PLAN(rows) plan(*state, rows, sizeof(rows) / sizeof(rows)[0])

static const struct version_item *only_item(const struct versions *versions)
{
    assert_int_equal(versions->count, 1);
    return &versions->items[0];
}

static void equal_plans_have_no_changes(void **state)
{
    static const char *const before[][5] = {{"1.a", "Mend roads", "Roads", "31/03/2023", "-"},
                                            {"1.b", "Plant trees", "Parks", "Ongoing", "12"}};
    static const char *const now[][5] = {{"1(b)", "Plant  trees.", "parks", "ongoing", "12"},
                                         {"1a", "Mend Roads", "Roads;", "31 March 2023", ""}};
    const struct versions *versions = versions_make(*state, PLAN(before), PLAN(now));
    assert_int_equal(versions->count, 0);
    assert_int_equal(versions->by_id, 2);
    assert_int_equal(versions->counts[VERSION_UNCHANGED], 2);
    assert_text(*state, versions_sentence(*state, versions),
                "2 actions now, 2 before: 2 matched by ID, 0 by words alone, 0 added, 0 no longer "
                "there, 2 unchanged");
}

static void actions_that_moved_up_are_renumbered_and_not_rewritten(void **state)
{
    static const char *const before[][5] = {{"1", "Mend roads", "", "", ""},
                                            {"2", "Plant trees", "", "", ""},
                                            {"3", "Count bats", "", "", ""}};
    static const char *const now[][5] = {{"1", "Plant trees", "", "", ""},
                                         {"2", "Count bats", "", "", ""}};
    const struct versions *versions = versions_make(*state, PLAN(before), PLAN(now));
    assert_int_equal(versions->counts[VERSION_RENUMBERED], 2);
    assert_int_equal(versions->counts[VERSION_VANISHED], 1);
    assert_int_equal(versions->counts[VERSION_TEXT], 0);
    assert_int_equal(versions->by_id, 0);
    assert_true(versions->is_of[VERSION_VANISHED][0]);
}

static void two_that_share_a_number_or_words_are_matched_by_the_other(void **state)
{
    static const char *const before[][5] = {
        {"1", "Meet", "A", "", ""},       {"2", "Meet", "B", "", ""},
        {"3", "Mend roads", "C", "", ""}, {"3", "Plant trees", "D", "", ""},
        {"4", "Read", "E", "", ""},       {"4", "Read", "F", "", ""}};
    const struct versions *versions = versions_make(*state, PLAN(before), PLAN(before));
    assert_int_equal(versions->counts[VERSION_MATCHED], 4);
    assert_int_equal(versions->counts[VERSION_ADDED], 2); /* nothing tells these apart */
    assert_int_equal(versions->counts[VERSION_VANISHED], 2);
    assert_int_equal(versions->counts[VERSION_UNCHANGED], 4);
}

static void a_date_says_by_how_long_it_moved(void **state)
{
    static const struct {
        const char *before, *now, *what;
    } cases[] = {
        {"31/03/2023", "31/03/2025", "Due 2 years later"},
        {"31/03/2023", "30/06/2023", "Due 3 months later"},
        {"15/05/2023", "15/04/2023", "Due 1 month earlier"},
        {"15/05/2023", "16/05/2023", "Due 1 day later"},
        {"15/05/2023", "30/06/2023", "Due 46 days later"},
        {"15/05/2023", "Ongoing", "Due date dropped"},
        {"Ongoing", "15/05/2023", "Due date given"},
        {"Ongoing", "Yearly", "Due date in other words"},
        {"", "15/05/2023", "Due date given"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *const before[][5] = {{"1", "Mend", "", cases[i].before, ""}};
        const char *const now[][5] = {{"1", "Mend", "", cases[i].now, ""}};
        const struct versions *versions = versions_make(*state, PLAN(before), PLAN(now));
        assert_int_equal(only_item(versions)->kind, VERSION_MOVED);
        assert_text(*state, only_item(versions)->what, cases[i].what);
    }
}

static void a_placeholder_is_no_target(void **state)
{
    static const char *const before[][5] = {{"1", "Mend", "", "", "12 a year"}};
    static const char *const now[][5] = {{"1", "Mend", "", "", "TBC"}};
    const struct versions *emptied = versions_make(*state, PLAN(before), PLAN(now));
    assert_int_equal(only_item(emptied)->kind, VERSION_EMPTIED);
    assert_text(*state, only_item(emptied)->is, "TBC");
    assert_int_equal(only_item(versions_make(*state, PLAN(now), PLAN(before)))->kind,
                     VERSION_FILLED);
}

static void one_cell_that_is_shorter_is_a_change_and_two_are_cut(void **state)
{
    static const char *const whole[][5] = {
        {"1", "Mend the roads of the town", "Roads Team", "", "5"}};
    static const char *const one[][5] = {{"1", "Mend the roads of the town", "Roads", "", "5"}};
    static const char *const two[][5] = {{"1", "Mend the roads of", "Roads", "", "5"}};
    const struct versions *versions = versions_make(*state, PLAN(one), PLAN(whole));
    assert_int_equal(only_item(versions)->kind, VERSION_OWNER);
    assert_text(*state, only_item(versions)->what, "Lead: added Team");
    versions = versions_make(*state, PLAN(two), PLAN(whole));
    assert_int_equal(versions->count, 2);
    assert_int_equal(versions->counts[VERSION_OWNER], 0);
    assert_int_equal(versions->counts[VERSION_CUT], 1);
    versions = versions_make(*state, PLAN(whole), PLAN(two));
    assert_int_equal(versions->counts[VERSION_CUT], 1);
}

static void what_one_version_does_not_say_is_not_compared(void **state)
{
    static const char *const rows[][5] = {{"1", "Mend", "Roads", "", "5"}};
    struct dataset *before = PLAN(rows), *now = PLAN(rows);
    before->action_headers[ACTION_OWNER] = TEXT_EMPTY;
    before->actions[0].field[ACTION_OWNER] = TEXT_EMPTY;
    now->action_headers[ACTION_TARGET] = TEXT_EMPTY;
    const struct versions *versions = versions_make(*state, before, now);
    assert_int_equal(versions->count, 0);
    assert_text(*state, texts_join(*state, &versions->not_compared, TEXT(", ")),
                "Target (before), Lead (now)");
    assert_true(versions_know(versions, VERSION_MOVED));
    assert_false(versions_know(versions, VERSION_STALE));
}

static void updates_are_told_when_they_stay_the_same(void **state)
{
    static const char *const rows[][5] = {
        {"1", "Mend", "", "", ""}, {"2", "Plant", "", "", ""}, {"3", "Count", "", "", ""}};
    struct dataset *before = PLAN(rows), *now = PLAN(rows);
    struct dataset *both[] = {before, now};
    for (size_t i = 0; i < 2; i++) {
        both[i]->action_headers[ACTION_PROGRESS] = TEXT("Update");
        both[i]->actions[0].field[ACTION_PROGRESS] = TEXT("Begun");
        both[i]->actions[1].field[ACTION_PROGRESS] = TEXT("Planted");
        both[i]->actions[1].rag = RAG_COMPLETED;
        both[i]->actions[2].field[ACTION_PROGRESS] = i ? TEXT("9 bats") : TEXT("8 bats");
    }
    const struct versions *versions = versions_make(*state, before, now);
    assert_int_equal(only_item(versions)->kind, VERSION_STALE);
    assert_ptr_equal(only_item(versions)->now, &now->actions[0]);
    assert_int_equal(versions->counts[VERSION_UPDATED], 1);
    assert_int_equal(versions->counts[VERSION_UNCHANGED], 3); /* but for updates */
}

static void placeholders_are_told_from_answers(void **state)
{
    static const char *const placeholders[] = {
        "TBA",    "tbc.",  "To be determined", "?",        "??",           "-", "\u2013",
        "\u2026", "[TBC]", "TBA / TBC",        "TBC\nTBC", "Not yet known"};
    static const char *const answers[] = {"None",
                                          "n/a",
                                          "Not applicable",
                                          "TBC by March",
                                          "5?",
                                          "No",
                                          "0",
                                          "Tbase",
                                          "Unknown number of homes",
                                          "To be determined by the board",
                                          "Ongoing"};
    assert_int_equal(blank_of_text(TEXT(" ")), BLANK_EMPTY);
    assert_text(*state, blank_display(*state, TEXT("")), "Not given");
    assert_text(*state, blank_display(*state, TEXT("-")), "Not given (\u201C-\u201D)");
    assert_text(*state, blank_display(*state, TEXT("N/A")), "Not applicable");
    assert_text(*state, blank_display(*state, TEXT("TBC")), "TBC");
    assert_text(*state, blank_display(*state, TEXT("5 a year")), "5 a year");
    for (size_t i = 0; i < sizeof placeholders / sizeof placeholders[0]; i++)
        assert_int_equal(blank_of_text(text_from(placeholders[i])), BLANK_PLACEHOLDER);
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++)
        assert_int_equal(blank_of_text(text_from(answers[i])), BLANK_NOT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(equal_plans_have_no_changes),
        arena_test(actions_that_moved_up_are_renumbered_and_not_rewritten),
        arena_test(two_that_share_a_number_or_words_are_matched_by_the_other),
        arena_test(a_date_says_by_how_long_it_moved),
        arena_test(a_placeholder_is_no_target),
        arena_test(one_cell_that_is_shorter_is_a_change_and_two_are_cut),
        arena_test(what_one_version_does_not_say_is_not_compared),
        arena_test(updates_are_told_when_they_stay_the_same),
        arena_test(placeholders_are_told_from_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
