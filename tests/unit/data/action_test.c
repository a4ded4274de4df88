#include "data/action.h"

#include "support.h"

static void statuses_are_read_as_people_write_them(void **state)
{
    (void)state;
    static const struct {
        const char *written;
        enum rag rag;
    } cases[] = {{"Green", RAG_GREEN},
                 {" g ", RAG_GREEN},
                 {"On track", RAG_GREEN},
                 {"RED", RAG_RED},
                 {"A", RAG_AMBER},
                 {"Complete", RAG_COMPLETED},
                 {"Closed", RAG_COMPLETED},
                 {"on-hold", RAG_ON_HOLD},
                 {"Behind schedule", RAG_RED},
                 {"Off-track", RAG_RED},
                 {"OVERDUE", RAG_RED},
                 {"At risk", RAG_AMBER},
                 {"Green - on track", RAG_GREEN},
                 {"G (On Target)", RAG_GREEN},
                 {"5-Complete", RAG_COMPLETED},
                 {"2. Amber", RAG_AMBER},
                 {"B", RAG_COMPLETED},
                 {"Blue", RAG_COMPLETED},
                 {"Deferred", RAG_ON_HOLD},
                 {"Not yet started", RAG_NOT_STARTED},
                 {"\U0001F7E2", RAG_GREEN},
                 {"\U0001F534 Off track", RAG_RED},
                 {"\u2714\uFE0F", RAG_COMPLETED},
                 {"", RAG_NONE},
                 {"-", RAG_NONE},
                 {"n/a", RAG_NONE},
                 {"No status given", RAG_NONE}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        enum rag rag = RAGS;
        assert_true(rag_read(text_from(cases[i].written), &rag));
        assert_int_equal(rag, cases[i].rag);
    }
}

static void other_words_are_no_status(void **state)
{
    (void)state;
    enum rag rag = RAG_RED;
    assert_false(rag_read(TEXT("5 of 12 supported"), &rag));
    assert_false(rag_read(TEXT("Greenish"), &rag));
    assert_false(rag_read(TEXT("is hold"), &rag));
    assert_false(rag_read(TEXT("\u25CF"), &rag)); /* a disc without a colour */
    assert_false(rag_read(TEXT("Green/Amber"), &rag));
    assert_false(rag_read(TEXT("\U0001F7E2 Red"), &rag));
    assert_false(rag_read(TEXT("5"), &rag));
    assert_false(rag_read(TEXT("Green, but late by a month"), &rag));
    assert_false(rag_read(TEXT("In progress"), &rag));
    assert_int_equal(rag, RAG_RED);
}

static void every_status_and_field_has_its_words(void **state)
{
    (void)state;
    for (int rag = 0; rag < RAGS; rag++) {
        enum rag again = RAGS;
        assert_true(rag_meaning((enum rag)rag)[0] && rag_slug((enum rag)rag)[0]);
        assert_true(rag_read(text_from(rag_word((enum rag)rag)), &again));
        assert_int_equal(again, rag);
    }
    for (int field = 0; field < ACTION_FIELDS; field++) {
        enum action_field again = ACTION_FIELDS;
        assert_true(
            action_field_read(text_from(action_field_slug((enum action_field)field)), &again));
        assert_int_equal(again, field);
    }
    enum action_field none;
    assert_true(action_field_read(TEXT("Next Steps"), &none));
    assert_int_equal(none, ACTION_NEXT_STEPS);
    assert_false(action_field_read(TEXT("Colour"), &none));
}

static void overdue_needs_a_day_that_has_passed_and_open_work(void **state)
{
    (void)state;
    struct action action = {.rag = RAG_GREEN, .due = {2022, 3, 31}};
    assert_true(action_is_overdue(&action, (struct date){2022, 4, 1}));
    assert_false(action_is_overdue(&action, (struct date){2022, 3, 31}));
    assert_false(action_is_overdue(&action, (struct date){0}));
    action.rag = RAG_NONE;
    assert_true(action_is_overdue(&action, (struct date){2022, 4, 1}));
    action.rag = RAG_COMPLETED;
    assert_false(action_is_overdue(&action, (struct date){2022, 4, 1}));
    action.rag = RAG_ON_HOLD;
    assert_false(action_is_overdue(&action, (struct date){2022, 4, 1}));
    action.rag = RAG_RED;
    action.due = (struct date){0};
    assert_false(action_is_overdue(&action, (struct date){2022, 4, 1}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(statuses_are_read_as_people_write_them),
        arena_test(other_words_are_no_status),
        arena_test(every_status_and_field_has_its_words),
        arena_test(overdue_needs_a_day_that_has_passed_and_open_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
