/* Labels beside those of tests/oracles/periods.csv, and what can be asked of periods. */
#include "data/period.h"

#include "support.h"

struct expectation {
    const char *label, *display, *start, *end;
    enum period_flag flag;
};

static void expect_all(void **state, const struct expectation *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct period p = period_read(*state, text_from(cases[i].label));
        struct text got =
            text_format(*state, "%s: %s, %s to %s, %s", cases[i].label,
                        text_cstr(*state, period_display(*state, p)),
                        text_cstr(*state, date_iso(*state, p.start)),
                        text_cstr(*state, date_iso(*state, p.end)), period_flag_word(p.flag));
        struct text wanted =
            text_format(*state, "%s: %s, %s to %s, %s", cases[i].label, cases[i].display,
                        cases[i].start, cases[i].end, period_flag_word(cases[i].flag));
        assert_text(*state, got, wanted.ptr);
        assert_text(*state, p.label, cases[i].label);
    }
}

#define EXPECT(state, cases) expect_all(state, cases, sizeof(cases) / sizeof(cases)[0])

static void spellings_of_council_documents(void **state)
{
    static const struct expectation cases[] = {
        {"2021/22 year", "2021/22", "2021-04-01", "2022-03-31", PERIOD_OK},
        {"20/21 monitoring year", "2020/21", "2020-04-01", "2021-03-31", PERIOD_ASSUMED},
        {"2025/6", "2025/26", "2025-04-01", "2026-03-31", PERIOD_OK},
        {"2024/25 Period", "2024/25", "2024-04-01", "2025-03-31", PERIOD_OK},
        {"202122", "2021/22", "2021-04-01", "2022-03-31", PERIOD_OK},
        {"quarter two 2023/24", "Quarter 2, 2023/24", "2023-07-01", "2023-09-30", PERIOD_OK},
        {"Quarter 2, 2021/22 (Jul to Sep 2021)", "Quarter 2, 2021/22", "2021-07-01", "2021-09-30",
         PERIOD_OK},
        {"Q3 and Q4 2023/24", "October 2023 to March 2024", "2023-10-01", "2024-03-31", PERIOD_OK},
        {"Apr 21\xE2\x80\x93 March 22", "April 2021 to March 2022", "2021-04-01", "2022-03-31",
         PERIOD_OK},
        {"April+March 2021", "April 2020 to March 2021", "2020-04-01", "2021-03-31",
         PERIOD_ASSUMED},
        {"January/Feb 2022", "January to February 2022", "2022-01-01", "2022-02-28", PERIOD_OK},
        {"as at Jan 2024", "31 January 2024", "2024-01-31", "2024-01-31", PERIOD_ASSUMED},
        {"mid-2022", "30 June 2022", "2022-06-30", "2022-06-30", PERIOD_ASSUMED},
        {"w/c 26 th April 2021", "26 April 2021 to 2 May 2021", "2021-04-26", "2021-05-02",
         PERIOD_ASSUMED},
        {"03/03/2020", "3 March 2020", "2020-03-03", "2020-03-03", PERIOD_OK},
        {"6/8/2022", "6 August 2022", "2022-08-06", "2022-08-06", PERIOD_ASSUMED},
        {"01/04/2021 to 31/03/2022", "1 April 2021 to 31 March 2022", "2021-04-01", "2022-03-31",
         PERIOD_OK},
        {"by March 2022", "March 2022", "2022-03-01", "2022-03-31", PERIOD_ASSUMED},
        {"2023/24 YTD to August", "April to August 2023 (year to date)", "2023-04-01", "2023-08-31",
         PERIOD_OK},
        {"2023-04", "April 2023", "2023-04-01", "2023-04-30", PERIOD_OK},
        {"Year ending 28 Feb 2025", "Year ending February 2025", "2024-03-01", "2025-02-28",
         PERIOD_OK},
        {"H2 2023/24", "Half year 2, 2023/24", "2023-10-01", "2024-03-31", PERIOD_OK},
        {"2016-18", "2016 to 2018", "2016-01-01", "2018-12-31", PERIOD_ASSUMED},
        {"2016/17 - 18/19", "2016/17 to 2018/19", "2016-04-01", "2019-03-31", PERIOD_OK},
        {"AY 2018-19", "Academic year 2018/19", "2018-09-01", "2019-08-31", PERIOD_ASSUMED},
    };
    EXPECT(state, cases);
}

static void the_order_of_what_a_label_says_means_nothing(void **state)
{
    static const struct expectation cases[] = {
        {"2021/22 Q3", "Quarter 3, 2021/22", "2021-10-01", "2021-12-31", PERIOD_OK},
        {"FY 2021/22, H1", "Half year 1, 2021/22", "2021-04-01", "2021-09-30", PERIOD_OK},
        {"FY 2016/17 to FY 2018/19", "2016/17 to 2018/19", "2016-04-01", "2019-03-31", PERIOD_OK},
        {"2016/17 September", "September 2016", "2016-09-01", "2016-09-30", PERIOD_ASSUMED},
        {"2023 Apr-Dec", "April to December 2023", "2023-04-01", "2023-12-31", PERIOD_OK},
        {"Apr 2023-Dec", "April to December 2023", "2023-04-01", "2023-12-31", PERIOD_ASSUMED},
        {"June 30, 2022", "30 June 2022", "2022-06-30", "2022-06-30", PERIOD_OK},
    };
    EXPECT(state, cases);
}

static void what_every_reader_understands_is_read(void **state)
{
    static const struct expectation cases[] = {
        {"Year-end March 2022", "Year ending March 2022", "2021-04-01", "2022-03-31", PERIOD_OK},
        {"R12 Sep 21", "Year ending September 2021", "2020-10-01", "2021-09-30", PERIOD_OK},
        {"rolling 12m to Sep 21", "Year ending September 2021", "2020-10-01", "2021-09-30",
         PERIOD_OK},
        {"3 months to June 2021", "April to June 2021", "2021-04-01", "2021-06-30", PERIOD_OK},
        {"Quarter ending Jun 21", "April to June 2021", "2021-04-01", "2021-06-30", PERIOD_OK},
        {"Three years ending 2020", "2018 to 2020", "2018-01-01", "2020-12-31", PERIOD_ASSUMED},
        {"3 years to March 2020", "2017/18 to 2019/20", "2017-04-01", "2020-03-31", PERIOD_OK},
        {"2018-20 (3 years)", "2018 to 2020", "2018-01-01", "2020-12-31", PERIOD_OK},
        {"2021/22 (12 months)", "2021/22", "2021-04-01", "2022-03-31", PERIOD_OK},
        {"2021 to 2022", "2021/22", "2021-04-01", "2022-03-31", PERIOD_ASSUMED},
        {"financial year 2021 to 2022", "2021/22", "2021-04-01", "2022-03-31", PERIOD_OK},
        {"FY2122", "2021/22", "2021-04-01", "2022-03-31", PERIOD_ASSUMED},
        {"FYE 2022", "2021/22", "2021-04-01", "2022-03-31", PERIOD_ASSUMED},
        {"2021/22 outturn", "2021/22", "2021-04-01", "2022-03-31", PERIOD_OK},
        {"2021/22*", "2021/22", "2021-04-01", "2022-03-31", PERIOD_ASSUMED},
        {"2021/22 [note 2]", "2021/22", "2021-04-01", "2022-03-31", PERIOD_ASSUMED},
        {"2021/22p", "2021/22", "2021-04-01", "2022-03-31", PERIOD_OK},
        {"April 2022 (p)", "April 2022", "2022-04-01", "2022-04-30", PERIOD_OK},
        {"２０２１⁄２２", "2021/22", "2021-04-01", "2022-03-31", PERIOD_OK},
        {"Q1-3 2021/22", "April to December 2021", "2021-04-01", "2021-12-31", PERIOD_OK},
        {"Q4 2020/21 to Q3 2021/22", "January to December 2021", "2021-01-01", "2021-12-31",
         PERIOD_OK},
        {"first half 2021/22", "Half year 1, 2021/22", "2021-04-01", "2021-09-30", PERIOD_OK},
        {"2021/22-Q1", "Quarter 1, 2021/22", "2021-04-01", "2021-06-30", PERIOD_OK},
        {"q1_2021_22", "Quarter 1, 2021/22", "2021-04-01", "2021-06-30", PERIOD_OK},
        {"Q1 (Apr-Jun) 2021/22", "Quarter 1, 2021/22", "2021-04-01", "2021-06-30", PERIOD_OK},
        {"Q1 Apr-Jun 2021", "Quarter 1, 2021/22", "2021-04-01", "2021-06-30", PERIOD_OK},
        {"Q1 Jan-Mar 2021", "January to March 2021", "2021-01-01", "2021-03-31", PERIOD_OK},
        {"Cumulative Q3 2021/22", "April to December 2021 (year to date)", "2021-04-01",
         "2021-12-31", PERIOD_OK},
        {"2021/22 to Dec", "April to December 2021 (year to date)", "2021-04-01", "2021-12-31",
         PERIOD_ASSUMED},
        {"04-2022", "April 2022", "2022-04-01", "2022-04-30", PERIOD_OK},
        {"Apr/22", "April 2022", "2022-04-01", "2022-04-30", PERIOD_OK},
        {"2021-04 to 2022-03", "April 2021 to March 2022", "2021-04-01", "2022-03-31", PERIOD_OK},
        {"2022-W14", "4 April 2022 to 10 April 2022", "2022-04-04", "2022-04-10", PERIOD_ASSUMED},
        {"wc 4 April 2022", "4 April 2022 to 10 April 2022", "2022-04-04", "2022-04-10",
         PERIOD_ASSUMED},
        {"2022-03-31T00:00:00", "31 March 2022", "2022-03-31", "2022-03-31", PERIOD_OK},
        {"2022/03/31", "31 March 2022", "2022-03-31", "2022-03-31", PERIOD_OK},
        {"20220331", "31 March 2022", "2022-03-31", "2022-03-31", PERIOD_ASSUMED},
        {"Monday 4th April 2022", "4 April 2022", "2022-04-04", "2022-04-04", PERIOD_OK},
        {"MAT Sep 2021", "Year ending September 2021", "2020-10-01", "2021-09-30", PERIOD_OK},
        {"FYTD Dec 2021", "April to December 2021 (year to date)", "2021-04-01", "2021-12-31",
         PERIOD_ASSUMED},
        {"2021/22 Apr-Dec", "April to December 2021", "2021-04-01", "2021-12-31", PERIOD_ASSUMED},
        {"2021/22 (Apr-Mar)", "2021/22", "2021-04-01", "2022-03-31", PERIOD_OK},
        {"July - September 2021 (Q2)", "Quarter 2, 2021/22", "2021-07-01", "2021-09-30", PERIOD_OK},
        {"WE 03/04/22", "28 March 2022 to 3 April 2022", "2022-03-28", "2022-04-03",
         PERIOD_ASSUMED},
        {"31st of March '22", "31 March 2022", "2022-03-31", "2022-03-31", PERIOD_OK},
        {"1998 - 00", "1998 to 2000", "1998-01-01", "2000-12-31", PERIOD_OK},
        {"2021.0", "2021", "2021-01-01", "2021-12-31", PERIOD_OK},
    };
    EXPECT(state, cases);
}

/* Each was once read as some period, without its word that says more. */
static void words_that_change_the_meaning_are_not_passed_over(void **state)
{
    static const char *const labels[] = {"From April 2021",
                                         "since April 2021",
                                         "up to March 2022",
                                         "before 2020",
                                         "Apr 2021 onwards",
                                         "Target 2021/22",
                                         "2021/22 budget",
                                         "Average 2018-2020",
                                         "Census 2021",
                                         "2010s",
                                         "Aprl 2022",
                                         "2122",
                                         "Week 14 2022",
                                         "P1 2021/22",
                                         "Month 4 2021/22",
                                         "Apr 21 to date",
                                         "Christmas 2021",
                                         "44287",
                                         "04/22"};
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        struct period p = period_read(*state, text_from(labels[i]));
        if (p.flag != PERIOD_AMBIGUOUS || date_is_known(p.start) || !p.note.len)
            fail_msg("'%s' was read as %s", labels[i], period_display(*state, p).ptr);
    }
    static const char *const wrong[] = {"Q1 May-Jul 2021", "2021/22 (6 months)",
                                        "Setpember 2021/22", "2022-W54"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        if (period_read(*state, text_from(wrong[i])).flag != PERIOD_ERROR)
            fail_msg("'%s' was read", wrong[i]);
}

static void labels_that_could_be_two_periods_are_refused(void **state)
{
    static const char *const labels[] = {"Q2",
                                         "Qtr 1/2",
                                         "by Q3",
                                         "end of Qu 2",
                                         "Q4 2023",
                                         "YTD",
                                         "FY2023",
                                         "Current YTD",
                                         "November",
                                         "Spring 2024",
                                         "early 2022",
                                         "end of 2021",
                                         "Termly",
                                         "As required",
                                         "last year",
                                         "2018-23",
                                         "2022/24",
                                         "2011-12",
                                         "6monthly",
                                         "7 th February",
                                         "H1",
                                         "2020-2031",
                                         "2024/25 YTD",
                                         "22-Sep",
                                         "18/19 Apr",
                                         "2022/23 2 June",
                                         "6/8/2022 11:40:16 AM",
                                         "quarter 1 2 3/24"};
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        struct period p = period_read(*state, text_from(labels[i]));
        if (p.flag != PERIOD_AMBIGUOUS || date_is_known(p.start) || date_is_known(p.end) ||
            !p.note.len)
            fail_msg("'%s' was read as %s", labels[i], period_display(*state, p).ptr);
    }
}

static void labels_of_no_period_are_errors(void **state)
{
    static const char *const labels[] = {
        "",
        " ",
        "2024/05",
        "13/2022",
        "31 February 2022",
        "Q5 2022/23",
        "202120",
        "21/20",
        "Harborough",
        "7 days after JAG",
        "0000/01",
        "9999",
        "12345678901234567890",
        "March 2022 to March 2021",
        "\xFF\xFE",
        "2022-13-45",
        "Quarter 2, 2021/22 (Jul to Oct 2021)",
        "2016/17 - 15/16",
        "1 April 2021, year to",
        "2022 as at",
        "we will complete this review by 2022/23 at the latest of all"};
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        struct period p = period_read(*state, text_from(labels[i]));
        if (p.flag != PERIOD_ERROR || date_is_known(p.start) || !p.note.len)
            fail_msg("'%s' was read as %s", labels[i], period_display(*state, p).ptr);
    }
}

/* Whatever stands in a cell: no crash, and either a period or a reason. */
static void no_label_is_silent(void **state)
{
    static const char *const pieces[] = {
        "",   "2021", "22",   "/",      "-", " - ", "Q", "Q2 ", "Mar",  " to ", "1",
        "FY", " ",    "YTD ", "as at ", "0", "12",  ".", "(",   "w/c ", "by ",  "year ending "};
    enum { PIECES = sizeof pieces / sizeof pieces[0] };
    (void)state;
    for (size_t i = 0; i < PIECES * PIECES * PIECES * PIECES; i += 3) {
        struct arena *arena = arena_new();
        size_t j = i / PIECES / PIECES;
        struct period p = period_read(arena, text_format(arena, "%s%s%s%s", pieces[i % PIECES],
                                                         pieces[i / PIECES % PIECES],
                                                         pieces[j % PIECES], pieces[j / PIECES]));
        struct period before = period_previous(arena, p);
        bool known = p.flag == PERIOD_OK || p.flag == PERIOD_ASSUMED;
        if (known != date_is_known(p.start) || (!known && !p.note.len) ||
            (known && period_days(p) < 1) || (known && date_compare(before.end, p.start) >= 0) ||
            p.start.year > 2300)
            fail_msg("'%s' is read badly", text_cstr(arena, p.label));
        arena_free(arena);
    }
}

static struct period read(void **state, const char *label)
{
    return period_read(*state, text_from(label));
}

static void the_period_before_is_like_for_like(void **state)
{
    static const struct {
        const char *label, *before;
    } cases[] = {
        {"2021/22", "2020/21"},
        {"2016 - 18", "2013 to 2015"},
        {"2016/17 - 18/19", "2013/14 to 2015/16"},
        {"Feb 2024", "February 2023"},
        {"Quarter 4 2022/23", "Quarter 4, 2021/22"},
        {"Year ending March 2022", "Year ending March 2021"},
        {"31/03/2023", "31 March 2022"},
        {"29 February 2024", "28 February 2023"},
        {"March 2020 - March 2022", "March 2017 to March 2019"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_text(*state, period_previous(*state, read(state, cases[i].label)).label,
                    cases[i].before);
    /* the last day of February stays the last */
    assert_int_equal(period_days(period_previous(*state, read(state, "Feb 2025"))), 29);
    assert_false(date_is_known(period_previous(*state, read(state, "Q2")).start));
}

static void periods_are_compared_by_their_days(void **state)
{
    struct period year = read(state, "2021/22"), range = read(state, "Apr 2021 to Mar 2022");
    struct period month = period_month(*state, 2022, 3);
    assert_true(period_same(year, range));
    assert_int_equal(period_compare(year, range), 0);
    assert_true(period_within(month, year) && !period_within(year, month));
    assert_int_equal(period_compare(month, year), 1);
    assert_int_equal(period_compare(year, read(state, "2022/23")), -1);
    assert_text(*state, month.label, "March 2022");
    assert_int_equal(period_days(year), 365);
    assert_int_equal(period_days(read(state, "2019/20")), 366);
    /* two labels that were refused are not one period */
    assert_false(period_same(read(state, "Q2"), read(state, "Q3")));
    assert_false(period_within(read(state, "Q2"), year));
}

static void what_a_label_marks_is_noted(void **state)
{
    assert_text(*state, read(state, "2021/22 (revised)").note, "marker [r]");
    assert_text(*state, read(state, "2021-22 [p]").note,
                "could be two pooled calendar years; suffix = start+1 so read as financial year; "
                "marker [p]");
}

static void what_is_as_long_is_known_by_months_or_days(void **state)
{
    static const struct {
        const char *a, *b;
        bool as_long;
    } pairs[] = {
        {"2021/22", "2019/20", true},
        {"February 2022", "March 2022", true},
        {"Q1 2021/22", "2020/21", false},
        {"2016 - 18", "2015", false},
        {"year ending June 2022", "2020/21", true},
        {"2022-W14", "2021/22", false},
        {"2022-W14", "2022-W15", true},
        {"from April 2021", "2021/22", true},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        assert_int_equal(period_is_as_long(period_read(*state, text_from(pairs[i].a)),
                                           period_read(*state, text_from(pairs[i].b))),
                         pairs[i].as_long);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(spellings_of_council_documents),
        arena_test(the_order_of_what_a_label_says_means_nothing),
        arena_test(what_every_reader_understands_is_read),
        arena_test(words_that_change_the_meaning_are_not_passed_over),
        arena_test(labels_that_could_be_two_periods_are_refused),
        arena_test(labels_of_no_period_are_errors),
        arena_test(no_label_is_silent),
        arena_test(the_period_before_is_like_for_like),
        arena_test(what_is_as_long_is_known_by_months_or_days),
        arena_test(periods_are_compared_by_their_days),
        arena_test(what_a_label_marks_is_noted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
