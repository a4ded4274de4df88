#include "base/diag.h"

#include "support.h"

static void a_message_names_place_level_and_kind(void **state)
{
    struct diags diags = diags_new(*state);
    diag(&diags, DIAG_NUMBER, place_at(TEXT("input/crime.csv"), 17, 4), "'%s' is not a number",
         "12,O34");
    diag(&diags, DIAG_OVERDUE, place_file(TEXT("plan.csv")), "due date passed");
    diag(&diags, DIAG_NOTE, PLACE_NONE, "done");
    assert_text(*state, diags_text(&diags),
                "input/crime.csv:17:4: error: '12,O34' is not a number [number]\n"
                "plan.csv: warning: due date passed [overdue]\n"
                "info: done [note]\n");
}

static void a_sheet_stands_between_file_and_line(void **state)
{
    struct place place = place_at(TEXT("a.xlsx"), 3, 0);
    place.part = TEXT("Sheet 1");
    assert_text(*state, place_text(*state, place), "a.xlsx:Sheet 1:3");
    assert_text(*state, place_text(*state, PLACE_NONE), "");
}

static void file_names_cannot_forge_lines(void **state)
{
    struct diags diags = diags_new(*state);
    diag(&diags, DIAG_FORMAT, place_file(TEXT("a\n.csv")), "odd");
    assert_text(*state, diags_text(&diags), "a\\x0A.csv: error: odd [format]\n");
}

static void messages_cannot_steer_a_terminal(void **state)
{
    struct diags diags = diags_new(*state);
    diag(&diags, DIAG_FORMAT, PLACE_NONE, "found %s", "a\033[2J\n\u202Eb\xFF");
    assert_text(*state, diags_text(&diags),
                "error: found a\\x1B[2J\\x0A\\xE2\\x80\\xAEb\\xFF [format]\n");
}

static void the_status_is_the_worst(void **state)
{
    struct diags diags = diags_new(*state);
    assert_int_equal(diags_status(&diags), STATUS_OK);
    assert_true(diags_ok(&diags));
    diag(&diags, DIAG_OVERDUE, PLACE_NONE, "x");
    assert_true(diags_ok(&diags));
    assert_int_equal(diags_status(&diags), STATUS_OK);
    diag(&diags, DIAG_WRITE, PLACE_NONE, "x");
    diag(&diags, DIAG_CONFIG, PLACE_NONE, "x");
    assert_false(diags_ok(&diags));
    assert_int_equal(diags_status(&diags), STATUS_OUTPUT);
    assert_int_equal(diags_count(&diags, LEVEL_WARNING), 3);
    assert_int_equal(diags_count(&diags, LEVEL_ERROR), 2);
}

static void repeats_are_folded_a_file(void **state)
{
    struct diags diags = diags_new(*state);
    for (unsigned i = 1; i <= 332; i++)
        diag(&diags, DIAG_NUMBER, place_at(TEXT("a.csv"), i, 1), "bad");
    diag(&diags, DIAG_NUMBER, place_at(TEXT("b.csv"), 1, 1), "bad");
    struct text out = diags_text(&diags);
    assert_contains(*state, out,
                    "a.csv:20:1: error: bad [number]\na.csv: … and 312 more [number]\n");
    assert_contains(*state, out, "b.csv:1:1: error: bad [number]\n");
    assert_false(text_contains(out, TEXT("a.csv:21:")));
}

static void low_levels_can_be_left_out(void **state)
{
    struct diags diags = diags_new(*state);
    diag(&diags, DIAG_NOTE, PLACE_NONE, "quiet");
    char bytes[100] = "";
    FILE *out = fmemopen(bytes, sizeof bytes, "w");
    diags_print(&diags, out, LEVEL_WARNING, true);
    fclose(out);
    assert_string_equal(bytes, "");
}

static void repeats_are_dropped_where_they_are_of_one_mistake(void **state)
{
    struct diags diags = diags_new(*state);
    diag(&diags, DIAG_NOTE, PLACE_NONE, "before");
    for (unsigned line = 1; line <= 4; line++)
        diag(&diags, DIAG_NOTE, place_at(TEXT("n.md"), line % 2, 1), "same");
    diag(&diags, DIAG_NOTE, PLACE_NONE, "before");
    diags_drop_repeats(&diags, 1);
    assert_int_equal(diags.count, 4);
    assert_int_equal(diags.items[1].place.line, 1);
    assert_int_equal(diags.items[2].place.line, 0);
    assert_text(*state, diags.items[3].message, "before");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(a_message_names_place_level_and_kind),
        arena_test(a_sheet_stands_between_file_and_line),
        arena_test(file_names_cannot_forge_lines),
        arena_test(messages_cannot_steer_a_terminal),
        arena_test(the_status_is_the_worst),
        arena_test(repeats_are_folded_a_file),
        arena_test(low_levels_can_be_left_out),
        arena_test(repeats_are_dropped_where_they_are_of_one_mistake),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
