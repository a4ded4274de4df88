/* Areas side by side in a row of `long`, with flags, ages, goals and arrows. */
#include "read_support.h"

static const char profile[] =
    "Indicator,No.,Age,Period,Count,Value (Local),Flag (Local),Value (England),Flag (England),"
    "Count (England),Change from previous,Unit,Goal green\n"
    "Hip fractures,9,65+ yrs,2018/19,140,705.0,~$,558.4,,90,↑,\"Crude rate per 100,000\",\n"
    "\"Life expectancy, men\",1,All ages,2016 - 18,,81.6,,79.6,^,,↓,Years,\n"
    "Dementia,12,65+ yrs,2019,929,75.6%,*,68.7%,*,,—,% of those estimated,>= 66.7% (clearly)\n";

static const char flags[] =
    "Flag,Meaning\n*,Held against a goal\n~,Of doubtful quality\n"
    "$,With caution\n^,Added up\n";

static struct run run_profile(const char *csv, const char *list, const char *keys)
{
    struct run run = run_new();
    char job[512];
    write_file(run_path(&run, "data.csv"), text_from(csv));
    write_file(run_path(&run, "flags.csv"), text_from(list));
    snprintf(job, sizeof job,
             "[source s]\nfiles = data.csv\ndialect = long\narea = Leeds\ncode = No.\n"
             "value = Value (Local)\n%s",
             keys);
    run_job(&run, job, run.folder);
    return run;
}

static const char both[] = "other areas = Value (England) as England\nflags = flags.csv\n";

static const struct figure *figure_at(const struct run *run, size_t measure, const char *area)
{
    const struct dataset *d = run->dataset;
    for (size_t i = 0; i < d->figure_count; i++)
        if (d->figures[i].measure == measure && text_is(d->areas.items[d->figures[i].area], area))
            return &d->figures[i];
    fail_msg("no figure in %s", area);
    return NULL;
}

static void each_area_has_its_own_columns(void **state)
{
    (void)state;
    int64_t count;
    struct run run = run_profile(profile, flags, both);
    assert_ok(&run);
    assert_int_equal(run.dataset->figure_count, 6);
    assert_int_equal(run.dataset->account.files[1].used, 3);
    const struct figure *here = figure_at(&run, 0, "Leeds"), *there = figure_at(&run, 0, "England");
    assert_text(run.arena, decimal_text(run.arena, here->value.number), "705.0");
    assert_text(run.arena, decimal_text(run.arena, there->value.number), "558.4");
    assert_true(decimal_integer(here->count.number, &count) && count == 140);
    assert_true(decimal_integer(there->count.number, &count) && count == 90);
    assert_int_equal(there->place.column, 8);
    assert_text(run.arena, here->published->trend, "↑");
    assert_null(there->published);
    run_end(&run);
}

static void flags_become_what_they_mean(void **state)
{
    (void)state;
    struct run run = run_profile(profile, flags, both);
    assert_text(run.arena, figure_at(&run, 0, "Leeds")->note, "Of doubtful quality; With caution");
    assert_text(run.arena, figure_at(&run, 0, "England")->note, "");
    assert_text(run.arena, figure_at(&run, 1, "England")->note, "Added up");
    assert_text(run.arena, figure_at(&run, 2, "England")->note, "Held against a goal");
    run_end(&run);
}

static void the_row_says_more_of_its_measure(void **state)
{
    (void)state;
    struct run run = run_profile(profile, flags, both);
    const struct measure *m = run.dataset->measures;
    assert_text(run.arena, m[0].age, "65+ yrs");
    assert_text(run.arena, m[0].id, "9");
    assert_int_equal(m[0].kind, KIND_RATE);
    assert_int_equal(m[1].kind, KIND_LIFE_EXPECTANCY);
    assert_int_equal(m[2].kind, KIND_PERCENT);
    assert_int_equal(m[2].target.polarity, POLARITY_HIGH);
    const struct published_with *with = figure_at(&run, 2, "Leeds")->published;
    assert_text(run.arena, decimal_text(run.arena, with->target.number), "66.7");
    assert_text(run.arena, with->target_words, ">= 66.7% (clearly)");
    run_end(&run);
}

static void areas_can_be_columns_of_their_own_names(void **state)
{
    (void)state;
    struct run run = run_profile(
        "Measure,No.,Period,Value (Local),England,\"Wales, all\"\n"
        "A,1,2021,5,6,7\n",
        flags, "other areas = England\n    Wales, all\n");
    assert_ok(&run);
    assert_int_equal(figure_of(&run, "A", "England", "2021"), 6);
    assert_int_equal(figure_of(&run, "A", "Wales, all", "2021"), 7);
    run_end(&run);
}

static void what_is_not_there_or_taken_is_told(void **state)
{
    (void)state;
    struct run run = run_profile(profile, flags,
                                 "other areas = Value (Wales) as Wales\n"
                                 "flags = flags.csv\n");
    assert_says(message_of(&run, DIAG_MISSING_COLUMN), "has no column 'Value (Wales)'");
    run_end(&run);
    run = run_profile(profile, flags, "other areas = Value (Local) as Leeds\nflags = flags.csv\n");
    assert_says(message_of(&run, DIAG_BAD_VALUE), "column 'Value (Local)' is another one already");
    run_end(&run);
}

static void the_own_area_has_a_name(void **state)
{
    (void)state;
    struct run run =
        run_csv("long", "other areas = England\n", "Measure,Period,Value,England\nA,2021,5,6\n");
    assert_says(message_of(&run, DIAG_BAD_VALUE), "add 'area = NAME' to [source s]");
    run_end(&run);
}

static void a_flag_without_a_meaning_is_refused(void **state)
{
    (void)state;
    struct run run = run_profile(profile, "Flag,Meaning\n*,A goal\n^,Added up\n$,Caution\n", both);
    assert_says(only_error(&run, DIAG_BAD_VALUE, 2, 7), "does not explain");
    run_end(&run);
    run = run_profile(profile, flags, "other areas = Value (England) as England\n");
    assert_says(message_of(&run, DIAG_NUMBER), "or 'flags' in [source s]");
    run_end(&run);
    run = run_profile(profile, "Flag,Meaning,More\n*,A goal,x\n", both);
    assert_says(message_of(&run, DIAG_FORMAT), "has two columns");
    run_end(&run);
    run = run_profile(profile, "Flag,Meaning\n*,\n", both);
    assert_says(message_of(&run, DIAG_MISSING_VALUE), "the flag and what it means");
    run_end(&run);
}

static void a_second_age_is_a_measure_of_its_own(void **state)
{
    (void)state;
    struct run run = run_profile(
        "Measure,No.,Age,Period,Value (Local)\nA,1,All,2020,5\n"
        "A,1,65+,2021,5\n",
        flags, "");
    assert_says(only_error(&run, DIAG_CONFLICT, 3, 3), "'A' has another age here than above");
    run_end(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_area_has_its_own_columns),
        cmocka_unit_test(flags_become_what_they_mean),
        cmocka_unit_test(the_row_says_more_of_its_measure),
        cmocka_unit_test(areas_can_be_columns_of_their_own_names),
        cmocka_unit_test(what_is_not_there_or_taken_is_told),
        cmocka_unit_test(the_own_area_has_a_name),
        cmocka_unit_test(a_flag_without_a_meaning_is_refused),
        cmocka_unit_test(a_second_age_is_a_measure_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
