/* Two sources of the same people: what one hides the other does not give back. */
#include "compute/disclosure.h"

#include "../read/read_support.h"
#include "compute/facts.h"

struct pair {
    struct run run;
    struct dataset *sources[2];
};

/* The keys of both sources, and a long export for each. */
static struct pair judged(const char *keys_a, const char *csv_a, const char *keys_b,
                          const char *csv_b, const char *sections)
{
    struct pair pair = {.run = run_new()};
    struct run *run = &pair.run;
    write_file(run_path(run, "a.csv"), text_from(csv_a));
    write_file(run_path(run, "b.csv"), text_from(csv_b));
    const char *path = run_path(run, "job.ini");
    write_file(path, text_format(run->arena,
                                 "[source a]\nfiles = a.csv\ndialect = long\n%s"
                                 "[source b]\nfiles = b.csv\ndialect = long\n%s%s",
                                 keys_a, keys_b, sections));
    assert_true(ini_read(run->arena, &run->diags, text_from(path), &run->job));
    for (size_t i = 0; i < 2; i++)
        pair.sources[i] = read_source(run->arena, &run->diags, &run->job, &run->job.sections[i],
                                      run->folder, period_read(run->arena, TEXT("2021/22")));
    disclosure_apply_all(&run->diags, pair.sources, 2);
    return pair;
}

/* The figures of both as they would be shown: "3 [c]; 40". */
static const char *shown(struct pair *pair)
{
    struct buffer out = {.arena = pair->run.arena};
    for (size_t s = 0; s < 2; s++)
        for (size_t i = 0; i < pair->sources[s]->figure_count; i++) {
            struct value value = dataset_figure_at(pair->sources[s], i).value;
            buffer_format(
                &out, "%s%.*s", i ? " " : (s ? "; " : ""),
                TEXT_ARG(value_display(pair->run.arena, value, value.number.scale, KIND_COUNT)));
        }
    return text_cstr(pair->run.arena, buffer_text(&out));
}

static void shows(struct pair pair, const char *expected, enum diag_kind told, size_t times)
{
    size_t count = 0;
    for (size_t i = 0; i < pair.run.diags.count; i++)
        count += pair.run.diags.items[i].kind == told;
    assert_string_equal(shown(&pair), expected);
    assert_int_equal(count, times);
    run_end(&pair.run);
}

#define HIDE "suppress = below 5\n"
#define SAME HIDE "people = children\n"
#define WARDS                                                                                      \
    "Measure,Area,Period,Value\nA,North,2021/22,3\nA,South,2021/22,40\nA,West,2021/22,50\n"
#define DISTRICT "Measure,Area,Period,Value\na,District,2021/22,93\n"

static void a_district_gives_no_ward_back(void **state)
{
    (void)state;
    shows(judged(SAME, WARDS, SAME, DISTRICT, ""), "[c] [c] 50; 93", DIAG_SUPPRESS, 0);
    shows(judged(SAME, WARDS, HIDE "people = adults\n", DISTRICT, ""), "[c] 40 50; 93",
          DIAG_SUPPRESS_SHARED, 0);
    shows(judged(HIDE, WARDS, HIDE, DISTRICT, ""), "[c] 40 50; 93", DIAG_SUPPRESS_SHARED, 1);
    shows(judged(HIDE, WARDS, "", DISTRICT, ""), "[c] 40 50; 93", DIAG_SUPPRESS_SHARED, 1);
    shows(judged("", DISTRICT, SAME, WARDS, ""), "93; [c] 40 50", DIAG_SUPPRESS_SHARED, 1);
}

static void months_of_one_are_not_worked_out_from_the_year_of_another(void **state)
{
    (void)state;
    shows(judged(SAME,
                 "Measure,Period,Value\nA,Q1 2021/22,3\nA,Q2 2021/22,40\nA,Q3 2021/22,50\n"
                 "A,Q4 2021/22,30\n",
                 SAME, "Measure,Period,Value\nA,2021/22,123\n", ""),
          "[c] 40 50 [c]; 123", DIAG_SUPPRESS, 0);
}

static void the_same_figure_is_hidden_in_both(void **state)
{
    (void)state;
    shows(judged(SAME, "Measure,Period,Value\nAll,2021/22,93\nA,2021/22,3\nB,2021/22,90\n", SAME,
                 "Measure,Period,Value\nB,2021/22,90\nB,2020/21,80\n",
                 "[measure All]\nrelation = total\n[measure A]\nrelation = part\n"
                 "[measure B]\nrelation = part\n"),
          "93 [c] [c]; [c] 80", DIAG_SUPPRESS, 0);
    shows(judged(HIDE, "Measure,Period,Value\nA,2021/22,3\n", HIDE,
                 "Measure,Period,Value\nA,2019/20,90\nB,2021/22,90\n",
                 "[measure A]\nrelation = non-additive\n[measure B]\nrelation = non-additive\n"),
          "[c]; 90 90", DIAG_SUPPRESS_SHARED, 0);
}

static void only_what_may_give_a_hidden_one_back_is_told_of(void **state)
{
    (void)state;
    const char *sections =
        "[measure A]\nrelation = non-additive\n"
        "[measure B]\nrelation = non-additive\n";
    const char *small = "Measure,Period,Value\nA,2021/22,3\nA,2019/20,90\n";
    shows(judged(HIDE, small, "", "Measure,Period,Value\nB,2021/22,9\n", sections), "[c] 90; 9",
          DIAG_SUPPRESS_SHARED, 0);
    shows(judged(HIDE, small, "", "Measure,Period,Value\nB,2021/22,9\nA,2021/22,[x]\n", sections),
          "[c] 90; 9 [x]", DIAG_SUPPRESS_SHARED, 0);
    shows(judged(HIDE, small, "", "Measure,Period,Value\nA,Q1 2021/22,3\n", sections), "[c] 90; 3",
          DIAG_SUPPRESS_SHARED, 1);
    shows(judged(HIDE, "Measure,Period,Value\nA,Q1 2021/22,3\n", "", small, sections), "[c]; 3 90",
          DIAG_SUPPRESS_SHARED, 1);
    shows(judged(SAME, DISTRICT, SAME, WARDS, ""), "93; [c] [c] 50", DIAG_SUPPRESS, 0);
}

static void those_of_which_keep_their_parent(void **state)
{
    (void)state;
    shows(judged(SAME, "Measure,Period,Value\nAll,2020/21,60\nAll,2021/22,100\n", SAME,
                 "Measure,Period,Value\nA,2021/22,97\nAll,2021/22,100\n",
                 "[measure All]\nrelation = non-additive\n[measure A]\nsource = b\n"
                 "relation = of which: All\n"),
          "60 100; [c] 100", DIAG_SUPPRESS, 0);
}

static void what_cannot_be_taken_as_one_is_hidden(void **state)
{
    (void)state;
    const char *one = "Measure,Period,Value\nA,2021/22,30\n";
    shows(judged(SAME, one, SAME, "Measure,Period,Value\nA,2021/22,31\n", ""), "[c]; [c]",
          DIAG_SUPPRESS, 1);
    shows(judged(SAME, one, SAME, "Measure,Period,Value\nA,2021/22,[x]\n", ""), "[c]; [c]",
          DIAG_SUPPRESS, 1);
    shows(judged(SAME, one, "people = children\n", one, ""), "[c]; [c]", DIAG_SUPPRESS, 1);
    shows(judged(SAME, one, "suppress = below 8\npeople = children\n", one, ""), "[c]; [c]",
          DIAG_SUPPRESS, 1);
    shows(judged(SAME, one, SAME "zeros = hide\n", one, ""), "[c]; [c]", DIAG_SUPPRESS, 1);
    shows(judged(SAME, one, SAME "rounding = 5\n", one, ""), "[c]; [c]", DIAG_SUPPRESS, 1);
    shows(judged(SAME, one, SAME, WARDS, ""), "[c]; [c] [c] [c]", DIAG_SUPPRESS, 1);
    shows(judged(SAME, WARDS, SAME, one, ""), "[c] [c] [c]; [c]", DIAG_SUPPRESS, 1);
    shows(judged(SAME, one, SAME, "Measure,Period,Value\nA,2020/21,30\n",
                 "[measure A]\nsource = a\nrelation = part\n"),
          "[c]; [c]", DIAG_SUPPRESS, 1);
    shows(judged(SAME, one, SAME, "Measure,Period,Value\nA,2020/21,30\n",
                 "[measure A]\nsource = a\nkind = money\n"),
          "[c]; [c]", DIAG_SUPPRESS, 1);
}

/* One error, however many sources differ from the first. */
static void sources_of_the_same_people_are_refused_once(void **state)
{
    (void)state;
    struct pair pair = judged(SAME, WARDS, SAME "zeros = hide\n", WARDS, "");
    struct dataset *third = pair.sources[1];
    struct diags diags = diags_new(pair.run.arena);
    struct pair again = judged(SAME, WARDS, "suppress = below 8\npeople = children\n", WARDS, "");
    struct dataset *const sources[] = {again.sources[0], again.sources[1], third};
    disclosure_apply_all(&diags, sources, 3);
    size_t count = 0;
    for (size_t i = 0; i < diags.count; i++)
        count += diags.items[i].kind == DIAG_SUPPRESS;
    assert_int_equal(count, 1);
    run_end(&pair.run);
    run_end(&again.run);
}

/* A source of rows that are counted, or of actions, has no figures that could give one back. */
static void a_source_without_figures_gives_nothing_back(void **state)
{
    (void)state;
    struct pair pair = judged(HIDE, WARDS, "", DISTRICT, "");
    struct diags diags = diags_new(pair.run.arena);
    struct dataset *const sources[] = {pair.sources[0],
                                       dataset_new(pair.run.arena, TEXT("actions"))};
    disclosure_apply_all(&diags, sources, 2);
    assert_false(diags_said(&diags, DIAG_SUPPRESS_SHARED));
    run_end(&pair.run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_district_gives_no_ward_back),
        cmocka_unit_test(months_of_one_are_not_worked_out_from_the_year_of_another),
        cmocka_unit_test(the_same_figure_is_hidden_in_both),
        cmocka_unit_test(only_what_may_give_a_hidden_one_back_is_told_of),
        cmocka_unit_test(those_of_which_keep_their_parent),
        cmocka_unit_test(what_cannot_be_taken_as_one_is_hidden),
        cmocka_unit_test(sources_of_the_same_people_are_refused_once),
        cmocka_unit_test(a_source_without_figures_gives_nothing_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
