#include "read_support.h"

#define SITE                                                                                       \
    "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,"   \
    "Category Type,Category,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,"            \
    "Lower CI 99.8 limit,Upper CI 99.8 limit,Count,Denominator,Value note,Recent Trend,"           \
    "Compared to England value or percentiles,Compared to Region value or percentiles,"            \
    "Time period Sortable,New data,Compared to goal,Time period range\n"
#define PACKAGE                                                                                    \
    "IndicatorID,IndicatorName,ParentCode,ParentName,AreaCode,AreaName,AreaType,Sex,Age,"          \
    "CategoryType,Category,Timeperiod,Value,LowerCI95.0limit,UpperCI95.0limit,LowerCI99.8limit,"   \
    "UpperCI99.8limit,Count,Denominator,Valuenote,RecentTrend,"                                    \
    "ComparedtoEnglandvalueorpercentiles,ComparedtoRegionvalueorpercentiles,TimeperiodSortable,"   \
    "Newdata,Comparedtogoal,Timeperiodrange\n"
#define INTERFACE                                                                                  \
    "IndicatorId,IndicatorName,ParentCode,ParentName,AreaCode,AreaName,AreaType,Sex,Age,"          \
    "CategoryType,Category,TimePeriod,Value,LowerCi95_0Limit,UpperCi95_0Limit,LowerCi99_8Limit,"   \
    "UpperCi99_8Limit,Count,Denominator,ValueNote,RecentTrend,"                                    \
    "ComparedToEnglandValueOrPercentiles,ComparedToRegionValueOrPercentiles,TimePeriodSortable,"   \
    "NewData,ComparedToGoal,TimePeriodRange\n"
#define FEMALE                                                                                     \
    "41401,Hip fractures in people aged 65 and over,E12,Region,E07,Sampleton,District,Female,"     \
    "65+ yrs,,,2018/19,612.34567,500.5,700.25,450,800,110,18000,"                                  \
    "Aggregated from all known lower geography values,Increasing & getting worse,Worse 95%,"       \
    "Similar,20180000,,Better,1y\n"
#define ROW(id, name, area, sex, age, category, period, value, count, note)                        \
    id "," name ",E12,Region," area ",District," sex "," age ",," category "," period "," value    \
       ",,,,," count ",," note ",,,,20180000,,,1y\n"

static void all_three_spellings_are_read(void **state)
{
    (void)state;
    const char *exports[] = {SITE FEMALE, PACKAGE FEMALE, INTERFACE FEMALE};
    for (size_t i = 0; i < 3; i++) {
        struct run run = run_csv("fingertips", "", exports[i]);
        assert_ok(&run);
        for (size_t m = 0; m < run.diags.count; m++) /* every column is known */
            assert_false(text_contains(run.diags.items[m].message, TEXT("not used")));
        const struct dataset *d = run.dataset;
        const struct figure *f = &d->figures[0];
        assert_int_equal(d->figure_count, 1);
        assert_text(run.arena, d->measures[0].name,
                    "Hip fractures in people aged 65 and over, Female, 65+ yrs");
        assert_text(run.arena, d->measures[0].id, "41401");
        assert_int_equal(d->measures[0].kind, KIND_RATE); /* 110 of 18,000 is not 612 */
        assert_int_equal(d->measures[0].relation, RELATION_NON_ADDITIVE);
        assert_text(run.arena, d->areas.items[0], "Sampleton");
        assert_text(run.arena, decimal_text(run.arena, f->value.number), "612.35");
        assert_text(run.arena, decimal_text(run.arena, f->count.number), "110");
        assert_text(run.arena, decimal_text(run.arena, f->denominator.number), "18000");
        assert_text(run.arena, decimal_text(run.arena, f->published->lower_95.number), "500.5");
        assert_text(run.arena, decimal_text(run.arena, f->published->upper_95.number), "700.25");
        assert_text(run.arena, decimal_text(run.arena, f->published->lower_998.number), "450");
        assert_text(run.arena, decimal_text(run.arena, f->published->upper_998.number), "800");
        assert_text(run.arena, f->published->trend, "Increasing & getting worse");
        assert_text(run.arena, f->published->against.england, "Worse 95%");
        assert_text(run.arena, f->published->against.parent, "Similar");
        assert_text(run.arena, f->published->against.goal, "Better");
        assert_text(run.arena, f->note, "Aggregated from all known lower geography values");
        assert_int_equal(f->value.markers, 0);
        run_end(&run);
    }
}

static void everybody_has_no_words_of_their_own(void **state)
{
    (void)state;
    struct run run =
        run_csv("fingertips", "",
                SITE ROW("1", "Deaths", "E07,Sampleton", "Persons", "All ages", "", "2016 - 18",
                         "7", "7", "") ROW("1", "Deaths", "E07,Sampleton", "Male", "All ages", "",
                                           "2016 - 18", "3", "3", "")
                    ROW("1", "Deaths", "E07,Sampleton", "Not applicable", "Not applicable",
                        "Most deprived decile", "Aug 2017 - Jul 2018", "2", "2", ""));
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "Deaths", "Sampleton", "2016 - 18"), 7);
    assert_int_equal(figure_of(&run, "Deaths, Male", "Sampleton", "2016 - 18"), 3);
    assert_int_equal(
        figure_of(&run, "Deaths, Most deprived decile", "Sampleton", "Aug 2017 - Jul 2018"), 2);
    assert_int_equal(run.dataset->measures[0].kind, KIND_COUNT);
    run_end(&run);
}

static void notes_say_why_a_value_is_not_there(void **state)
{
    (void)state;
    static const struct {
        const char *value, *note;
        unsigned markers;
        bool present, warned;
    } cases[] = {
        {"", "Value suppressed for disclosure control due to small count", MARKER_CONFIDENTIAL,
         false, false},
        {"4", "Value suppressed for disclosure control due to small count", MARKER_CONFIDENTIAL,
         false, true},
        {"", "Value cannot be calculated as number of cases is too small", MARKER_CONFIDENTIAL,
         false, false},
        {"", "Value missing due to missing source data", MARKER_NOT_AVAILABLE, false, false},
        {"", "Value suppressed due to incompleteness of source data", MARKER_NOT_AVAILABLE, false,
         false},
        {"4", "Value suppressed due to incompleteness of source data", MARKER_NOT_AVAILABLE, false,
         true},
        {"", "Value not published for data quality reasons", MARKER_NOT_AVAILABLE, false, false},
        {"", "", MARKER_NOT_AVAILABLE, false, false},
        {"4", "Interpret with caution", MARKER_LOW_RELIABILITY, true, false},
        {"4", "Value is estimated", MARKER_ESTIMATED, true, false},
        {"4", "There is something else to know", 0, true, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct run run = run_new();
        struct text row =
            text_format(run.arena, "7,Deaths,,,E07,Sampleton,,,,,,2019,%s,1,9,,,4,50,%s,,,,,,,\n",
                        cases[i].value, cases[i].note);
        write_file(run_path(&run, "data.csv"), text_concat(run.arena, TEXT(SITE), row));
        run_job(&run, "[source s]\nfiles = data.csv\ndialect = fingertips\n", run.folder);
        assert_ok(&run);
        const struct figure *f = &run.dataset->figures[0];
        assert_int_equal(f->value.markers, cases[i].markers);
        assert_int_equal(f->value.present, cases[i].present);
        assert_int_equal(count_kind(&run, DIAG_VALUE_CHECK), cases[i].warned);
        assert_text(run.arena, f->note, cases[i].note);
        bool hidden = cases[i].markers == MARKER_CONFIDENTIAL;
        assert_int_equal(f->count.present, !hidden);
        assert_int_equal(f->published->lower_95.present, !hidden);
        run_end(&run);
    }
}

static void kinds_follow_names_and_values(void **state)
{
    (void)state;
    static const struct {
        const char *name, *value, *unit;
        enum measure_kind kind;
    } cases[] = {
        {"Smoking prevalence in adults", "12.5", "%", KIND_PERCENT},
        {"Percentage of adults", "12", "%", KIND_PERCENT},
        {"Life expectancy at birth", "81.5", "years", KIND_LIFE_EXPECTANCY},
        {"Inequality in life expectancy at birth", "5.1", "", KIND_SCORE},
        {"Admissions per 100,000", "12", "per 100,000", KIND_RATE},
        {"Conceptions in 2019/2020 / 1,000", "12", "per 1,000", KIND_RATE},
        {"Infant mortality rate", "3.1", "", KIND_RATE},
        {"Something else", "3.1", "", KIND_SCORE},
        {"Something else", "3.0", "", KIND_COUNT},
        {"Number of people", "3", "", KIND_COUNT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct run run = run_new();
        struct text row =
            text_format(run.arena, "7,\"%s\",,,E07,Sampleton,,,,,,2019,%s,,,,,,,,,,,,,,\n",
                        cases[i].name, cases[i].value);
        write_file(run_path(&run, "data.csv"), text_concat(run.arena, TEXT(SITE), row));
        run_job(&run, "[source s]\nfiles = data.csv\ndialect = fingertips\n", run.folder);
        assert_ok(&run);
        assert_int_equal(run.dataset->measures[0].kind, cases[i].kind);
        assert_text(run.arena, run.dataset->measures[0].unit, cases[i].unit);
        run_end(&run);
    }
    struct run run = run_csv(
        "fingertips", "kind = mean\nunit = days\n",
        SITE ROW("1", "Infant mortality rate", "E07,Sampleton", "", "", "", "2019", "7.5", "", ""));
    assert_int_equal(run.dataset->measures[0].kind, KIND_MEAN);
    assert_text(run.arena, run.dataset->measures[0].unit, "days");
    run_end(&run);
}

static void what_shares_a_name_is_told_apart_by_its_code(void **state)
{
    (void)state;
    struct run run =
        run_csv("fingertips", "",
                SITE ROW("1", "Obesity", "C81,The Surgery", "", "", "", "2019", "1", "", "")
                    ROW("2", "Obesity", "C81,The Surgery", "", "", "", "2019", "2", "", "")
                        ROW("1", "Obesity", "C82,The Surgery", "", "", "", "2019", "3", "", "")
                            ROW("3", "Asthma", "C82,The Surgery", "", "", "", "2019", "4", "", ""));
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "Obesity (1)", "The Surgery (C81)", "2019"), 1);
    assert_int_equal(figure_of(&run, "Obesity (2)", "The Surgery (C81)", "2019"), 2);
    assert_int_equal(figure_of(&run, "Obesity (1)", "The Surgery (C82)", "2019"), 3);
    assert_int_equal(figure_of(&run, "Asthma", "The Surgery (C82)", "2019"), 4);
    assert_text(run.arena, run.dataset->measures[0].slug, "obesity-1");
    run_end(&run);
}

static void decimals_can_be_set(void **state)
{
    (void)state;
    struct run run = run_csv("fingertips", "decimals = 1\n", SITE FEMALE);
    assert_ok(&run);
    assert_text(run.arena, decimal_text(run.arena, run.dataset->figures[0].value.number), "612.3");
    assert_says(message_of(&run, DIAG_READ), "rounded");
    assert_int_equal(run.dataset->account.files[0].repairs[0].count, 2);
    run_end(&run);
    run = run_csv("fingertips", "decimals = many\n", SITE FEMALE);
    assert_says(only_error(&run, DIAG_BAD_VALUE, 4, 12), "expected 0 to 6");
    run_end(&run);
}

static void what_is_none_is_refused(void **state)
{
    (void)state;
    struct run run =
        run_csv("fingertips", "",
                "Indicator ID,Indicator Name,Area Code,Time period,Value\n1,A,E,2019,1\n");
    assert_says(only_error(&run, DIAG_MISSING_COLUMN, 1, 0), "no column 'Area Name'");
    run_end(&run);
    run = run_csv("fingertips", "",
                  SITE ROW("1", "", "E07,Sampleton", "", "", "", "2019", "1", "", "")
                      ROW("1", "A", "E07,", "", "", "", "2019", "1", "", "")
                          ROW("1", "A", "E07,Sampleton", "", "", "", "2024/05", "1", "", "")
                              ROW("1", "A", "E07,Sampleton", "", "", "", "2019", "1O", "", ""));
    assert_int_equal(count_kind(&run, DIAG_MISSING_VALUE), 2);
    assert_int_equal(count_kind(&run, DIAG_PERIOD), 1);
    assert_int_equal(count_kind(&run, DIAG_NUMBER), 1);
    assert_int_equal(run.dataset->account.files[0].rejected, 4);
    run_end(&run);
}

/* An area stands once for each area above it. */
static void a_row_for_another_parent_is_used_once(void **state)
{
    (void)state;
    struct run run = run_csv("fingertips", "",
                             SITE
                             "7,Deaths,,A,E07,Sampleton,,,,,,2019,4,1,9,,,,,,,Better,Better,,,,\n"
                             "7,Deaths,,B,E07,Sampleton,,,,,,2019,4,1,9,,,,,,,Better,Worse,,,,\n");
    assert_ok(&run);
    assert_int_equal(run.dataset->figure_count, 1);
    run_end(&run);
    run = run_csv("fingertips", "",
                  SITE
                  "7,Deaths,,A,E07,Sampleton,,,,,,2019,4,1,9,,,,,,,,,,,,\n"
                  "7,Deaths,,B,E07,Sampleton,,,,,,2019,4,2,9,,,,,,,,,,,,\n");
    only_error(&run, DIAG_CONFLICTING, 3, 13);
    run_end(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_three_spellings_are_read),
        cmocka_unit_test(everybody_has_no_words_of_their_own),
        cmocka_unit_test(notes_say_why_a_value_is_not_there),
        cmocka_unit_test(kinds_follow_names_and_values),
        cmocka_unit_test(what_shares_a_name_is_told_apart_by_its_code),
        cmocka_unit_test(decimals_can_be_set),
        cmocka_unit_test(what_is_none_is_refused),
        cmocka_unit_test(a_row_for_another_parent_is_used_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
