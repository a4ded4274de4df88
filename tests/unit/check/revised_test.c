/* Figures of earlier periods that are no longer those of an earlier report. */
#include "check/check.h"

#include "../read/read_support.h"

#define MONTHS                                                                                     \
    "Measure,Area,Period,Value\n"                                                                  \
    "Burglary,North,April 2021,10\nBurglary,North,May 2021,20\nBurglary,North,June 2021,30\n"      \
    "Theft,North,Q1 2021/22,70\nTheft,South,Q1 2021/22,[c]\n"

static struct reported reported(const struct run *run, const char *measure, const char *area,
                                const char *period, int64_t value)
{
    struct period read = period_read(run->arena, text_from(period));
    return (struct reported){.source = run->dataset->name,
                             .measure = text_from(measure),
                             .area = text_from(area),
                             .rule = TEXT_EMPTY,
                             .period = period_display(run->arena, read),
                             .start = read.start,
                             .end = read.end,
                             .value = decimal_from(value),
                             .place = TEXT("exports/old.csv:2:4"),
                             .report = TEXT("Quarter 1, 2021/22")};
}

static void compare(struct run *run, struct reported was)
{
    struct reporteds all = {0};
    reported_add(run->arena, &all, was);
    check_revised(&run->diags, run->dataset, &all);
}

static struct value value_of(const struct run *run, size_t measure, const char *period)
{
    struct place place = PLACE_NONE;
    return dataset_value(run->dataset, measure, 0, period_read(run->arena, text_from(period)),
                         &place);
}

static void a_figure_that_was_another_is_marked_and_told(void **state)
{
    (void)state;
    struct run run = run_csv("long", "", MONTHS);
    compare(&run, reported(&run, "Theft", "North", "Q1 2021/22", 68));
    assert_says(message_of(&run, DIAG_REVISED),
                "'Theft' in North is 70 for Quarter 1, 2021/22, and was 68 in the report for "
                "Quarter 1, 2021/22 (exports/old.csv:2:4)");
    assert_true(run.dataset->figures[3].value.markers & MARKER_REVISED);
    assert_true(value_of(&run, 1, "Q1 2021/22").markers & MARKER_REVISED);
    assert_int_equal(run.dataset->revised_count, 1);
    run_end(&run);
}

static void a_sum_is_marked_and_none_of_its_months(void **state)
{
    (void)state;
    struct run run = run_csv("long", "", MONTHS);
    compare(&run, reported(&run, "Burglary", "North", "Q1 2021/22", 59));
    assert_true(value_of(&run, 0, "Q1 2021/22").markers & MARKER_REVISED);
    assert_false(value_of(&run, 0, "May 2021").markers & MARKER_REVISED);
    run_end(&run);
}

static void assert_nothing_said(struct run *run, struct reported was)
{
    compare(run, was);
    assert_int_equal(run->dataset->revised_count, 0);
    assert_int_equal(count_kind(run, DIAG_REVISED), 0);
}

static void what_cannot_be_compared_is_left(void **state)
{
    (void)state;
    struct run run = run_csv("long", "", MONTHS);
    assert_nothing_said(&run, reported(&run, "Theft", "North", "Q1 2021/22", 70));
    assert_nothing_said(&run, reported(&run, "Theft", "South", "Q1 2021/22", 4)); /* hidden now */
    assert_nothing_said(&run, reported(&run, "Theft", "East", "Q1 2021/22", 4));
    assert_nothing_said(&run, reported(&run, "Fraud", "North", "Q1 2021/22", 4));
    assert_nothing_said(&run, reported(&run, "Theft", "North", "Q2 2021/22", 4));
    struct reported was = reported(&run, "Theft", "North", "Q1 2021/22", 69);
    was.rule = TEXT("below 5, rounding 5"); /* it was rounded: 69 says nothing of 70 */
    assert_nothing_said(&run, was);
    was = reported(&run, "Theft", "North", "Q1 2021/22", 69);
    was.source = TEXT("another");
    assert_nothing_said(&run, was);
    run_end(&run);
}

static void the_latest_report_is_what_counts(void **state)
{
    (void)state;
    struct run run = run_csv("long", "", MONTHS);
    struct reporteds all = {0};
    reported_add(run.arena, &all, reported(&run, "Theft", "North", "Q1 2021/22", 70));
    reported_add(run.arena, &all, reported(&run, "Theft", "North", "Q1 2021/22", 61));
    check_revised(&run.diags, run.dataset, &all);
    assert_int_equal(run.dataset->revised_count, 0);
    run_end(&run);
}

static void of_many_the_rest_is_counted(void **state)
{
    (void)state;
    enum { MONTHS_OF = 24 };
    static const char *const names[] = {"April",     "May",     "June",     "July",    "August",
                                        "September", "October", "November", "December"};
    struct arena *arena = arena_new();
    struct buffer csv = {.arena = arena};
    buffer_add(&csv, TEXT("Measure,Period,Value\n"));
    for (int i = 0; i < MONTHS_OF; i++)
        buffer_format(&csv, "Theft,%s %d,50\n", names[i % 9], 2000 + i / 9);
    struct run run = run_csv("long", "", text_cstr(arena, buffer_text(&csv)));
    struct reporteds all = {0};
    for (int i = 0; i < MONTHS_OF; i++) {
        struct text month = text_format(arena, "%s %d", names[i % 9], 2000 + i / 9);
        reported_add(run.arena, &all, reported(&run, "Theft", "", text_cstr(arena, month), 49));
    }
    check_revised(&run.diags, run.dataset, &all);
    assert_int_equal(run.dataset->revised_count, MONTHS_OF);
    assert_contains(run.arena, diags_text(&run.diags), "14 more figures of source");
    run_end(&run);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_figure_that_was_another_is_marked_and_told),
        cmocka_unit_test(a_sum_is_marked_and_none_of_its_months),
        cmocka_unit_test(what_cannot_be_compared_is_left),
        cmocka_unit_test(the_latest_report_is_what_counts),
        cmocka_unit_test(of_many_the_rest_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
