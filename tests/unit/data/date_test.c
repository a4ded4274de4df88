#include "data/date.h"

#include "support.h"

static void days_are_numbered_without_gaps(void **state)
{
    (void)state;
    struct date day = {1899, 12, 31};
    long number = date_number(day);
    for (int i = 0; i < 80000; i++) {
        struct date next = date_from_number(number + 1), made;
        assert_true(date_make(next.year, next.month, next.day, &made));
        assert_int_equal(date_number(next), number + 1);
        assert_int_equal(date_compare(day, next), -1);
        bool same_month = next.month == day.month && next.day == day.day + 1;
        bool new_month = next.day == 1 && day.day == days_in_month(day.year, day.month);
        assert_true(same_month || new_month);
        day = next;
        number++;
    }
    assert_int_equal(date_number((struct date){1970, 1, 1}), 0);
    assert_int_equal(date_number((struct date){2000, 3, 1}), 11017);
}

static void days_that_do_not_exist_are_refused(void **state)
{
    (void)state;
    struct date out = {0};
    assert_false(date_make(2023, 2, 29, &out));
    assert_true(date_make(2024, 2, 29, &out));
    assert_false(date_make(1900, 2, 29, &out));
    assert_true(date_make(2000, 2, 29, &out));
    assert_false(date_make(2022, 4, 31, &out) || date_make(2022, 13, 1, &out) ||
                 date_make(2022, 0, 1, &out) || date_make(2022, 1, 0, &out) ||
                 date_make(0, 1, 1, &out) || date_make(10000, 1, 1, &out));
}

static void dates_are_read_as_councils_write_them(void **state)
{
    static const struct {
        const char *written, *iso;
    } cases[] = {
        {"2022-06-30", "2022-06-30"},
        {" 30/06/2022 ", "2022-06-30"},
        {"30.6.22", "2022-06-30"},
        {"30-06-2022", "2022-06-30"},
        {"1/2/69", "1969-02-01"},
        {"1/2/68", "2068-02-01"},
        {"30 June 2022", "2022-06-30"},
        {"30th Jun 22", "2022-06-30"},
        {"1ST SEPT 2021", "2021-09-01"},
        {"26 th April 2021", "2021-04-26"},
        {"Thursday, 30 June 2022", "2022-06-30"},
        {"Thu 30 June 2022", "2022-06-30"},
        {"11 June 15", "2015-06-11"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct date date = {0};
        if (!date_read(text_from(cases[i].written), &date))
            fail_msg("'%s' was not read", cases[i].written);
        assert_text(*state, date_iso(*state, date), cases[i].iso);
    }
}

static void other_texts_are_no_dates(void **state)
{
    (void)state;
    static const char *const refused[] = {
        "",         "2022",       "2022-6-30",  "06/30/2022", "30/06",         "30/06-2022",
        "31/04/22", "30/6/022",   "30 June",    "June 2022",  "30 Juno 2022",  "30 June 2022 at 2",
        "TBC",      "2022/06/30", "30//6/2022", "1 2 2022",   "2022-06-30T00", "300 June 2022"};
    struct date date = {0};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        if (date_read(text_from(refused[i]), &date))
            fail_msg("'%s' was read as a date", refused[i]);
    assert_false(date_is_known(date));
    assert_false(date_read_iso(TEXT("30/06/2022"), &date));
}

static void months_move_to_the_last_day_there_is(void **state)
{
    assert_text(*state, date_iso(*state, date_add_months((struct date){2024, 2, 29}, -12)),
                "2023-02-28");
    assert_text(*state, date_iso(*state, date_add_months((struct date){2022, 1, 31}, 1)),
                "2022-02-28");
    assert_text(*state, date_iso(*state, date_add_months((struct date){2022, 1, 15}, -1)),
                "2021-12-15");
    struct date far = date_add_months((struct date){1, 1, 1}, -30);
    assert_true(far.month == 7 && far.year == -2); /* odd, but a month all the same */
}

static void months_have_names(void **state)
{
    (void)state;
    for (int m = 1; m <= 12; m++) {
        struct text name = text_from(month_name(m));
        assert_int_equal(month_number(name), m);
        assert_int_equal(month_number(text_slice(name, 0, 3)), m);
    }
    assert_int_equal(month_number(TEXT("SEPT")), 9);
    assert_int_equal(month_number(TEXT("")), 0);
    assert_int_equal(month_number(TEXT("Ju")), 0);
}

static void readers_see_words(void **state)
{
    struct date day = {2022, 6, 30};
    assert_text(*state, date_display(*state, day), "30 June 2022");
    assert_text(*state, date_display_long(*state, day), "Thursday, 30 June 2022");
    assert_text(*state, date_display_long(*state, (struct date){1969, 12, 28}),
                "Sunday, 28 December 1969");
    assert_text(*state, date_display(*state, (struct date){0}), "");
    assert_text(*state, date_display_long(*state, (struct date){0}), "");
    assert_text(*state, date_iso(*state, (struct date){0}), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(days_are_numbered_without_gaps),
        arena_test(days_that_do_not_exist_are_refused),
        arena_test(dates_are_read_as_councils_write_them),
        arena_test(other_texts_are_no_dates),
        arena_test(months_move_to_the_last_day_there_is),
        arena_test(months_have_names),
        arena_test(readers_see_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
