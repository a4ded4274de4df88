/* What a source declares too small to be shown goes from the model, with all that gives it back. */
#include "compute/disclosure.h"

#include "../read/read_support.h"
#include "compute/facts.h"

/* A long export with `suppress = below 5`, judged. */
static struct run judged_with(const char *keys, const char *csv)
{
    struct run run = run_csv("long", keys, csv);
    disclosure_apply(&run.diags, run.dataset);
    return run;
}

#define HIDE_BELOW_5 "suppress = below 5\n"
#define judged(sections, csv) judged_with(HIDE_BELOW_5 sections, csv)

/* The figures as they would be shown, in the order of the rows. */
static const char *shown(struct run *run)
{
    struct buffer out = {.arena = run->arena};
    for (size_t i = 0; i < run->dataset->figure_count; i++) {
        struct value value = dataset_figure_at(run->dataset, i).value;
        buffer_format(&out, "%s%.*s", i ? " " : "",
                      TEXT_ARG(value_display(run->arena, value, value.number.scale, KIND_COUNT)));
    }
    return text_cstr(run->arena, buffer_text(&out));
}

/* Nothing of a hidden figure is left in the model. */
static void assert_hidden_is_gone(const struct run *run)
{
    for (size_t i = 0; i < run->dataset->figure_count; i++) {
        struct figure figure = dataset_figure_at(run->dataset, i);
        if (!(figure.value.markers & MARKER_CONFIDENTIAL))
            continue;
        assert_false(figure.value.present || figure.count.present);
        assert_int_equal(figure.value.number.coefficient, 0);
        assert_int_equal(figure.count.number.coefficient, 0);
        assert_int_equal(figure.note.len, 0);
        const struct published_with *with = figure.published;
        assert_false(with && (with->lower_95.present || with->upper_95.present ||
                              with->lower_998.present || with->status.len || with->trend.len));
    }
    for (size_t i = 0; i < run->dataset->account.count; i++) {
        assert_true(run->dataset->account.files[i].sum_is_lost);
        assert_int_equal(run->dataset->account.files[i].sum.coefficient, 0);
    }
}

static void shows(struct run run, const char *expected)
{
    assert_ok(&run);
    assert_string_equal(shown(&run), expected);
    assert_hidden_is_gone(&run);
    run_end(&run);
}

/* An error, and not one figure. */
static void refuses(struct run run, const char *why)
{
    assert_int_equal(count_kind(&run, DIAG_SUPPRESS), 1);
    assert_says(message_of(&run, DIAG_SUPPRESS), why);
    for (size_t i = 0; i < run.dataset->figure_count; i++) {
        struct figure figure = dataset_figure_at(run.dataset, i);
        assert_false(figure.value.present || figure.count.present || figure.denominator.present);
    }
    assert_hidden_is_gone(&run);
    run_end(&run);
}

#define ONE_TOTAL "[measure All]\nrelation = total\n"
#define TWO_PARTS ONE_TOTAL "[measure A]\nrelation = part\n[measure B]\nrelation = part\n"

/* ---- what is declared ---- */

static void nothing_declared_hides_nothing(void **state)
{
    (void)state;
    const char *csv = "Measure,Period,Value\nA,2021/22,3\nB,2021/22,50\n";
    static const char *const keys[] = {"", "suppress = none\n"};
    for (size_t i = 0; i < 2; i++) {
        struct run run = judged_with(keys[i], csv);
        assert_ok(&run);
        assert_string_equal(shown(&run), "3 50");
        assert_int_equal(count_kind(&run, DIAG_SUPPRESSED), 0);
        assert_false(run.dataset->account.files[0].sum_is_lost);
        run_end(&run);
    }
}

static void what_cannot_be_read_hides_everything(void **state)
{
    (void)state;
    static const char *const keys[] = {"suppress = 5\n",       "suppress = below five\n",
                                       "suppress = below 1\n", "suppress = below 5.5\n",
                                       "zeros = hide\n",       "suppress = below 5\nzeros = no\n"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct run run = judged_with(keys[i], "Measure,Period,Value\nA,2021/22,30\n");
        assert_false(diags_ok(&run.diags));
        assert_string_equal(shown(&run), "[c]");
        run_end(&run);
    }
}

static void zeros_stay_unless_declared(void **state)
{
    (void)state;
    const char *csv = "Measure,Period,Value\nA,2020/21,0\nA,2021/22,4\nA,2019/20,5\n";
    shows(judged_with(HIDE_BELOW_5, csv), "0 [c] 5");
    shows(judged_with(HIDE_BELOW_5 "zeros = show\n", csv), "0 [c] 5");
    shows(judged_with(HIDE_BELOW_5 "zeros = hide\n", csv), "[c] [c] 5");
    shows(judged_with("suppress = below 8\n", csv), "0 [c] [c]");
}

/* ---- measures ---- */

static void a_part_takes_another_with_it(void **state)
{
    (void)state;
    shows(judged(TWO_PARTS "[measure C]\nrelation = part\n",
                 "Measure,Period,Value\nAll,2021/22,93\nA,2021/22,3\nB,2021/22,40\nC,2021/22,50\n"),
          "93 [c] [c] 50");
}

static void what_remains_is_a_part(void **state)
{
    (void)state;
    shows(judged(TWO_PARTS, "Measure,Period,Value\nAll,2021/22,93\nA,2021/22,3\nB,2021/22,40\n"),
          "93 [c] 40");
    shows(judged(TWO_PARTS, "Measure,Period,Value\nAll,2021/22,93\nA,2021/22,41\nB,2021/22,50\n"),
          "93 [c] 50"); /* 2 remain */
}

static void those_of_which_and_the_others_are_two_parts(void **state)
{
    (void)state;
    const char *sections = HIDE_BELOW_5
        "[measure All]\nrelation = non-additive\n"
        "[measure A]\nrelation = of which: All\n";
    shows(judged_with(sections, "Measure,Period,Value\nAll,2021/22,100\nA,2021/22,97\n"),
          "100 [c]");
    shows(judged_with(sections, "Measure,Period,Value\nAll,2021/22,100\nA,2021/22,3\n"), "100 [c]");
    shows(judged_with(sections, "Measure,Period,Value\nAll,2021/22,5\nA,2021/22,3\n"), "[c] [c]");
    shows(judged_with(sections, "Measure,Period,Value\nAll,2021/22,100\nA,2021/22,60\n"), "100 60");
}

static void those_of_which_may_be_all(void **state)
{
    (void)state;
    shows(judged_with(HIDE_BELOW_5 "[measure All]\nrelation = non-additive\n"
                                   "[measure A]\nrelation = of which: All\n"
                                   "[measure B]\nrelation = of which: All\n"
                                   "[measure C]\nrelation = of which: All\n",
                      "Measure,Period,Value\nAll,2021/22,100\nA,2021/22,3\nB,2021/22,50\n"
                      "C,2021/22,47\n"),
          "100 [c] 50 [c]");
}

static void a_flag_and_the_others_are_two_parts(void **state)
{
    (void)state;
    shows(judged(ONE_TOTAL "[measure F]\nrelation = flag\n",
                 "Measure,Period,Value\nAll,2021/22,100\nF,2021/22,98\n"),
          "100 [c]");
}

/* ---- areas and periods ---- */

static void an_area_that_holds_the_others_is_a_total(void **state)
{
    (void)state;
    shows(judged("",
                 "Measure,Area,Period,Value\nA,North,2021/22,3\nA,South,2021/22,40\n"
                 "A,West,2021/22,50\nA,District,2021/22,93\n"),
          "[c] [c] 50 93");
}

static void areas_within_areas_are_lines_too(void **state)
{
    (void)state;
    shows(judged("",
                 "Measure,Area,Period,Value\nA,England,2021/22,9000\nA,District,2021/22,93\n"
                 "A,North,2021/22,3\nA,South,2021/22,90\n"),
          "9,000 93 [c] [c]");
}

static void a_table_of_kinds_and_areas_hides_a_rectangle(void **state)
{
    (void)state;
    shows(judged(TWO_PARTS,
                 "Measure,Area,Period,Value\n"
                 "A,North,2021/22,3\nA,South,2021/22,40\nA,District,2021/22,43\n"
                 "B,North,2021/22,20\nB,South,2021/22,30\nB,District,2021/22,50\n"
                 "All,North,2021/22,23\nAll,South,2021/22,70\nAll,District,2021/22,93\n"),
          "[c] [c] 43 [c] [c] 50 23 70 93");
}

static void quarters_are_parts_of_their_year(void **state)
{
    (void)state;
    shows(judged("",
                 "Measure,Period,Value\nA,Q1 2021/22,3\nA,Q2 2021/22,40\nA,Q3 2021/22,50\n"
                 "A,Q4 2021/22,30\nA,2021/22,123\n"),
          "[c] 40 50 [c] 123");
}

static void a_quarter_that_is_not_there_can_be_worked_out(void **state)
{
    (void)state;
    shows(judged("",
                 "Measure,Period,Value\nA,Q1 2021/22,30\nA,Q2 2021/22,40\nA,Q3 2021/22,50\n"
                 "A,2021/22,122\n"), /* 2 in the fourth */
          "[c] 40 50 122");
}

static void what_is_counted_on_a_day_has_no_sum(void **state)
{
    (void)state;
    shows(judged("", "Measure,Period,Value\nA,Q1 2021/22,3\nA,Q2 2021/22,40\nA,2021/22,41\n"),
          "[c] 40 41");
}

/* ---- rates ---- */

static void a_rate_goes_with_its_count(void **state)
{
    (void)state;
    const char *keys = HIDE_BELOW_5 "kind = percent\n";
    shows(judged_with(keys,
                      "Measure,Period,Value,Count,Denominator\nA,2021/22,3.0,3,100\n"
                      "A,2020/21,30.0,30,100\n"),
          "[c] 30.0");
    shows(judged_with(keys, "Measure,Period,Value,Count,Denominator\nA,2021/22,97.0,97,100\n"),
          "[c]");
    shows(judged_with(keys, "Measure,Period,Value,Count,Denominator\nA,2021/22,0.0,0,4\n"), "[c]");
    shows(judged_with(keys, "Measure,Period,Value,Count,Denominator\nA,2021/22,0.0,0,40\n"), "0.0");
}

static void a_rate_goes_with_a_count_that_is_hidden_for_another(void **state)
{
    (void)state;
    shows(judged(TWO_PARTS "[measure Rate]\nkind = rate\n",
                 "Measure,Period,Value,Count,Denominator\nAll,2021/22,93,,\nA,2021/22,3,,\n"
                 "B,2021/22,90,,\nRate,2021/22,9.0,90,10000\nRate,2020/21,9.0,90,10000\n"),
          "93 [c] [c] [c] 9.0");
}

static void notes_and_limits_go_with_their_figure(void **state)
{
    (void)state;
    shows(judged_with(HIDE_BELOW_5 "kind = percent\n",
                      "Measure,Period,Value,Count,Denominator,Lower limit,Upper limit,Note\n"
                      "A,2021/22,3.0,3,100,1.0,8.5,three families\n"),
          "[c]");
}

/* ---- what comes hidden, and what is missing ---- */

static void figures_that_come_hidden_are_told_of(void **state)
{
    (void)state;
    struct run run = judged(TWO_PARTS "[measure C]\nrelation = part\n",
                            "Measure,Period,Value\nAll,2021/22,93\nA,2021/22,[c]\nB,2021/22,40\n"
                            "C,2021/22,50\n");
    assert_int_equal(count_kind(&run, DIAG_SUPPRESS_UNKNOWN), 1);
    shows(run, "93 [c] [c] 50");
}

/* ---- what rests on a hidden figure ---- */

static const char *fact_of(struct run *run, const struct facts *facts, const char *name,
                           const char *format)
{
    struct text text = TEXT_EMPTY;
    const struct fact *fact = facts_find(facts, text_from(name));
    assert_non_null(fact);
    assert_true(fact_display(run->arena, fact, text_from(format), &text));
    return text_cstr(run->arena, text);
}

static void what_rests_on_a_hidden_figure_is_hidden(void **state)
{
    (void)state;
    struct run run = judged(TWO_PARTS,
                            "Measure,Period,Value\nAll,2021/22,93\nA,2021/22,3\nB,2021/22,40\n"
                            "All,2020/21,90\nA,2020/21,30\nB,2020/21,40\n");
    struct facts facts = {.arena = run.arena};
    struct baselines baselines = {.count = 1};
    baselines.items[0].period = period_read(run.arena, TEXT("2020/21"));
    facts_add_comparison(&facts, TEXT("s"),
                         comparison_make(run.arena, run.dataset, 0,
                                         period_read(run.arena, TEXT("2021/22")), &baselines,
                                         TEXT_EMPTY));
    assert_string_equal(fact_of(&run, &facts, "s.a.now", ""), "[c]");
    assert_string_equal(fact_of(&run, &facts, "s.a.change", ""), "[c]");
    assert_string_equal(fact_of(&run, &facts, "s.a.change", "percent"), "[c]");
    assert_string_equal(fact_of(&run, &facts, "s.remainder.now", ""), "[c]");
    assert_string_equal(fact_of(&run, &facts, "s.a", "sentence"),
                        "confidential in 2021/22, compared with 30 in 2020/21");
    assert_string_equal(fact_of(&run, &facts, "s.b.change", ""), "no change");
    const struct fact *a = facts_find(&facts, TEXT("s.a"));
    assert_int_equal(a->row->judged[0].evidence, EVIDENCE_NONE);
    run_end(&run);
}

static void sums_of_parts_and_quarters_are_hidden_too(void **state)
{
    (void)state;
    struct run run = judged("[measure A]\nrelation = part\n[measure B]\nrelation = part\n",
                            "Measure,Period,Value\nA,Q1 2021/22,3\nA,Q2 2021/22,40\n"
                            "A,Q3 2021/22,50\nA,Q4 2021/22,30\nB,Q1 2021/22,60\n"
                            "B,Q2 2021/22,60\nB,Q3 2021/22,60\nB,Q4 2021/22,60\n");
    struct facts facts = {.arena = run.arena};
    const struct baselines none = {.count = 0};
    facts_add_comparison(&facts, TEXT("s"),
                         comparison_make(run.arena, run.dataset, 0,
                                         period_read(run.arena, TEXT("2021/22")), &none,
                                         TEXT_EMPTY));
    assert_string_equal(fact_of(&run, &facts, "s.a.now", ""), "[c]");
    assert_string_equal(fact_of(&run, &facts, "s.total.now", ""), "[c]");
    run_end(&run);
}

/* ---- messages ---- */

static void messages_say_how_many_and_never_a_number_of_them(void **state)
{
    (void)state;
    struct run run = judged(
        "[measure A]\nrelation = non-additive\n[measure B]\nrelation = non-additive\n",
        "Measure,Period,Value\nA,2021/22,3\nB,2021/22,1-4\nB,2020/21,(613)\nA,2020/21,61O\n");
    assert_says(message_of(&run, DIAG_VALUE_CHECK),
                "the text in this cell can be read in more than one way");
    assert_says(message_of(&run, DIAG_NUMBER), "the text in this cell is not a number: expected");
    for (size_t i = 0; i < run.diags.count; i++) {
        const char *message = text_cstr(run.arena, run.diags.items[i].message);
        assert_null(strstr(message, "61"));
        assert_null(strstr(message, "1-4"));
    }
    run_end(&run);
    run = judged(TWO_PARTS, "Measure,Period,Value\nAll,2021/22,83\nA,2021/22,3\nB,2021/22,80\n");
    assert_string_equal(message_of(&run, DIAG_SUPPRESSED),
                        "source 's': figures hidden as they rest on fewer than 5: 1; as they would "
                        "give others away: 1");
    run_end(&run);
}

/* ---- rounding ---- */

#define ROUNDED_TO_5 "suppress = below 8\nrounding = 5\n"

static void what_is_shown_is_rounded_each_for_itself(void **state)
{
    (void)state;
    shows(judged_with(ROUNDED_TO_5 TWO_PARTS "[measure C]\nrelation = part\n[measure D]\n"
                                             "relation = part\n",
                      "Measure,Period,Value\nAll,2021/22,112\nA,2021/22,3\nB,2021/22,42\n"
                      "C,2021/22,59\nD,2021/22,8\n"),
          "110 [c] 40 60 10");
    shows(judged_with(ROUNDED_TO_5, "Measure,Period,Value\nA,2021/22,0\nA,2020/21,7\n"), "0 [c]");
    struct run run = judged_with(ROUNDED_TO_5, "Measure,Period,Value,Note\nA,2021/22,8,was 9\n");
    assert_int_equal(dataset_figure_at(run.dataset, 0).note.len, 0);
    assert_says(message_of(&run, DIAG_SUPPRESSED), "the others are rounded to the nearest 5");
    run_end(&run);
}

/* 45 less 45 leaves 1 to 4 for the small one. */
static void where_rounding_leaves_no_room_another_is_hidden(void **state)
{
    (void)state;
    shows(judged_with(ROUNDED_TO_5 TWO_PARTS,
                      "Measure,Period,Value\nAll,2021/22,46\nA,2021/22,3\nB,2021/22,43\n"),
          "45 [c] [c]");
}

#define SHARES ROUNDED_TO_5 "kind = percent\n"
#define SHARES_HEADER "Measure,Period,Value,Count,Denominator\n"

static void percentages_of_few_come_from_rounded_counts(void **state)
{
    (void)state;
    shows(judged_with(SHARES, SHARES_HEADER "A,2021/22,33.33,33,99\n"), "35"); /* 35 of 100 */
    shows(judged_with(SHARES, SHARES_HEADER "A,2021/22,33.16,1658,5000\n"), "33.2");
    shows(judged_with(SHARES, SHARES_HEADER "A,2021/22,33.18,1658,4997\n"), "33");
    /* as many decimals in the whole row */
    shows(judged_with(SHARES, SHARES_HEADER "A,2021/22,33.16,1658,5000\nA,2020/21,33.3,33,99\n"),
          "33 35");
    shows(judged_with(SHARES, "Measure,Period,Value,Count\nA,2021/22,33.33,33\n"), "33");
    shows(judged_with(SHARES, SHARES_HEADER "A,2021/22,33.33,32.9967,99\n"), "33"); /* no count */
    struct run run = judged_with(SHARES, SHARES_HEADER "A,2021/22,33.33,33,99\n");
    struct figure figure = dataset_figure_at(run.dataset, 0);
    assert_text(run.arena, decimal_text(run.arena, figure.count.number), "35");
    assert_text(run.arena, decimal_text(run.arena, figure.denominator.number), "100");
    run_end(&run);
}

static void a_rate_gives_no_exact_count_back(void **state)
{
    (void)state;
    const char *keys = ROUNDED_TO_5 "kind = rate\n";
    shows(judged_with(keys, SHARES_HEADER "A,2021/22,3.3,33,10000\n"), "3.5");
    shows(judged_with(keys, SHARES_HEADER "A,2021/22,0.0,0,10000\n"), "0.0");
    shows(judged_with(ROUNDED_TO_5 "kind = median\n", SHARES_HEADER "A,2021/22,12.4,33,\n"),
          "12.4");
    /* with more digits than there is room for */
    struct run run = run_csv("long", keys, SHARES_HEADER "A,2021/22,3.3,33,10000\n");
    run.dataset->account.files[0].sum_is_lost = true;
    run.dataset->figures[0].value.number.coefficient = (__int128)1 << 125;
    disclosure_apply(&run.diags, run.dataset);
    shows(run, "[c]");
    run = run_csv("long", SHARES, SHARES_HEADER "A,2021/22,0.0,0,0\n");
    disclosure_apply(&run.diags, run.dataset);
    shows(run, "0");
}

static void what_cannot_be_rounded_is_hidden(void **state)
{
    (void)state;
    static const char *const keys[] = {
        "suppress = below 8\nrounding = five\n", "suppress = below 8\nrounding = 1\n",
        "suppress = below 8\nrounding = 17\n",   "suppress = below 8\nrounding = 5.5\n",
        "suppress = none\nrounding = 5\n",       "rounding = 5\n"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct run run = judged_with(keys[i], "Measure,Period,Value\nA,2021/22,30\n");
        assert_false(diags_ok(&run.diags));
        assert_string_equal(shown(&run), "[c]");
        run_end(&run);
    }
}

static void rounded_counts_are_not_added_up_nor_tested(void **state)
{
    (void)state;
    struct run run =
        judged_with(ROUNDED_TO_5 TWO_PARTS,
                    "Measure,Period,Value\nAll,2021/22,5101\nA,2021/22,3002\n"
                    "B,2021/22,2051\nAll,2020/21,4002\nA,2020/21,2998\nB,Q1 2020/21,200\n"
                    "B,Q2 2020/21,200\nB,Q3 2020/21,200\nB,Q4 2020/21,200\n");
    struct facts facts = {.arena = run.arena};
    struct baselines baselines = {.count = 1};
    baselines.items[0].period = period_read(run.arena, TEXT("2020/21"));
    struct comparison *comparison = comparison_make(
        run.arena, run.dataset, 0, period_read(run.arena, TEXT("2021/22")), &baselines, TEXT_EMPTY);
    facts_add_comparison(&facts, TEXT("s"), comparison);
    assert_string_equal(fact_of(&run, &facts, "s.a.change", ""), "the same when rounded");
    assert_string_equal(fact_of(&run, &facts, "s.a.change", "percent"), "[z]");
    assert_string_equal(fact_of(&run, &facts, "s.all.change", ""), "+1,100");
    assert_string_equal(fact_of(&run, &facts, "s.all.change", "percent"), "about +28%");
    assert_string_equal(fact_of(&run, &facts, "s.a", "sentence"),
                        "3,000 in 2021/22, compared with 3,000 in 2020/21 (the same when rounded)");
    assert_string_equal(fact_of(&run, &facts, "s.b.change", ""), "[x]");
    assert_null(facts_find(&facts, TEXT("s.remainder.now")));
    assert_true(comparison->rounding_shows);
    for (size_t i = 0; i < comparison->count; i++)
        assert_int_equal(comparison->rows[i].judged[0].evidence, EVIDENCE_NONE);
    struct decimal unit;
    assert_non_null(comparison_rounding(comparison, &unit));
    assert_int_equal(unit.coefficient, 5);
    run_end(&run);
}

/* ---- what is refused ---- */

static void what_cannot_be_judged_is_not_shown(void **state)
{
    (void)state;
    refuses(judged("", "Measure,Period,Value\nA,2021/22,30\nB,2021/22,50\n"), "'relation'");
    refuses(judged(TWO_PARTS "[measure Sum]\nrelation = total\n",
                   "Measure,Period,Value\nAll,2021/22,93\nA,2021/22,30\nB,2021/22,40\n"
                   "Sum,2021/22,99\n"),
            "several totals");
    refuses(judged(TWO_PARTS, "Measure,Period,Value\nAll,2021/22,60\nA,2021/22,30\nB,2021/22,40\n"),
            "more than it");
    refuses(judged("",
                   "Measure,Period,Value\nA,Year ending June 2021,30\n"
                   "A,Year ending September 2021,40\n"),
            "share days");
    refuses(judged("", "Measure,Period,Value\nA,2021/22,-30\n"), "negative or not a whole");
    refuses(judged("kind = percent\n", "Measure,Period,Value\nA,2021/22,30.5\n"), "no count");
    refuses(judged("kind = percent\n",
                   "Measure,Period,Value,Count,Denominator\n"
                   "Yes,2021/22,3.0,3,100\nNo,2021/22,50.0,50,100\n"),
            "shares of the same number");
    struct run run = run_csv("police-street", HIDE_BELOW_5 "area = Sampleton\n",
                             "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,"
                             "LSOA code,LSOA name,Crime type,Last outcome category,Context\n"
                             ",2021-04,F,F,,,On or near A,E01,Sampleton 1A,Burglary,,\n");
    disclosure_apply(&run.diags, run.dataset);
    refuses(run, "rows are counted");
}

/* Each of 15 counts is all of the next: none can move without the others, and none is left to
 * hide. */
static void what_cannot_be_protected_is_not_shown(void **state)
{
    (void)state;
    static const char *const names[] = {"All", "A", "A1", "A2", "A3"};
    static const char *const periods[] = {"May 2021", "Q1 2021/22", "2021/22"};
    struct arena *arena = arena_new();
    struct buffer csv = {.arena = arena};
    buffer_format(&csv, "Measure,Period,Value\n");
    for (size_t m = 0; m < 5; m++)
        for (size_t p = 0; p < 3; p++)
            buffer_format(&csv, "%s,%s,3\n", names[m], periods[p]);
    refuses(judged(ONE_TOTAL "[measure A]\nrelation = part\n"
                             "[measure A1]\nrelation = of which: A\n"
                             "[measure A2]\nrelation = of which: A1\n"
                             "[measure A3]\nrelation = of which: A2\n",
                   text_cstr(arena, buffer_text(&csv))),
            "whatever is hidden");
    arena_free(arena);
}

static void actions_hold_no_counts(void **state)
{
    (void)state;
    struct run run = run_csv("actions", HIDE_BELOW_5, "ID,Action,Status\n1,Do it,Green\n");
    disclosure_apply(&run.diags, run.dataset);
    refuses(run, "holds actions");
}

/* A fault of the program, which no export can have. */
static void sums_are_held_against_the_rows_before_they_are_forgotten(void **state)
{
    (void)state;
    const char *csv = "Measure,Period,Value\nA,2021/22,30\nA,2020/21,31\n";
    struct run run = run_csv("long", HIDE_BELOW_5, csv);
    run.dataset->account.files[0].sum = decimal_from(60);
    disclosure_apply(&run.diags, run.dataset);
    assert_int_equal(count_kind(&run, DIAG_RECONCILE), 1);
    run_end(&run);

    run = run_csv("long", HIDE_BELOW_5, csv);
    run.dataset->account.files[0].sum_is_lost = true;
    disclosure_apply(&run.diags, run.dataset);
    shows(run, "30 31");

    run = run_csv("long", HIDE_BELOW_5, csv);
    for (size_t i = 0; i < 2; i++)
        run.dataset->figures[i].value.number.coefficient = (__int128)1 << 126;
    disclosure_apply(&run.diags, run.dataset);
    assert_int_equal(count_kind(&run, DIAG_RECONCILE), 0);
    assert_false(diags_ok(&run.diags));
    run_end(&run);
}

#define WITH_BASE "Measure,Area,Period,Value,Count,Denominator\n"

static void counts_and_averages_need_their_base(void **state)
{
    (void)state;
    refuses(judged("kind = mean\n", "Measure,Period,Value\nA,2021/22,3.5\n"), "no count");
    refuses(judged("kind = median\n", "Measure,Period,Value\nA,2021/22,3.5\n"), "no count");
    shows(judged("kind = score\n", "Measure,Period,Value\nA,2021/22,3.5\n"), "3.5");
    shows(judged("kind = median\n", "Measure,Period,Value\nA,2021/22,[x]\n"), "[x]");
    refuses(judged("", "Measure,Period,Value\nA,2021/22,30.5\n"), "not a whole number");
    refuses(judged("", "Measure,Period,Value\nA,2021/22,1000000000000001\n"), "whole number");
    /* all but three of a hundred; zero of them is no one */
    shows(judged("kind = count\n", WITH_BASE "A,X,2021/22,97,97,100\nA,X,2020/21,0,0,4\n"),
          "[c] 0");
    shows(judged("kind = percent\n", "Measure,Period,Value,Count\nA,2021/22,30.0,30\n"), "30.0");
    struct run run =
        run_csv("long", HIDE_BELOW_5 "kind = percent\n", WITH_BASE "A,X,2021/22,30.0,30,100\n");
    run.dataset->figures[0].denominator.number =
        (struct decimal){-((__int128)1 << 126) - ((__int128)1 << 125) * 2 + 1, 0};
    run.dataset->figures[0].count.number.coefficient = 30;
    disclosure_apply(&run.diags, run.dataset);
    shows(run, "30.0");
}

static void shares_of_other_numbers_give_nothing_back(void **state)
{
    (void)state;
    shows(judged("kind = percent\n", WITH_BASE "A,X,2021/22,3.0,3,100\nB,Y,2021/22,50.0,50,100\n"
                                               "B,X,2020/21,50.0,50,100\nB,X,2021/22,50.0,55,110\n"
                                               "C,X,2021/22,50.0,55,\n"),
          "[c] 50.0 50.0 50.0 50.0");
    shows(judged("kind = percent\n", WITH_BASE "A,X,2021/22,3.0,3,\nB,X,2021/22,50.0,50,100\n"),
          "[c] 50.0");
    shows(judged(TWO_PARTS "[measure Rate]\nkind = rate\n",
                 WITH_BASE "All,X,2021/22,93,,\nA,X,2021/22,3,,\nB,X,2021/22,90,,\n"
                           "Rate,Y,2021/22,9.0,90,10000\nRate,X,2020/21,9.0,90,10000\n"
                           "Rate,X,2021/22,9.0,70,90\n"),
          "93 [c] [c] 9.0 9.0 [c]");
    refuses(judged("[measure A]\nkind = percent\n[measure B]\nkind = percent\n"
                   "[measure C]\nkind = rate\n",
                   WITH_BASE "C,X,2021/22,50.0,55,100\nA,X,2021/22,3.0,3,100\n"
                             "B,X,2021/22,50.0,50,100\n"),
            "shares of the same number");
}

/* ---- lines that are not whole ---- */

static void lines_that_lack_a_figure_are_none(void **state)
{
    (void)state;
    /* the parent is not there in one of two years */
    shows(judged("[measure All]\nrelation = non-additive\n[measure A]\nrelation = of which: All\n"
                 "[measure B]\nrelation = of which: All\n",
                 "Measure,Period,Value\nAll,2020/21,100\nA,2021/22,3\nB,2021/22,60\n"
                 "A,2020/21,30\nB,2020/21,60\n"),
          "100 [c] 60 30 60");
    /* the largest area lacks a year, has one that is not available, or holds a part of the others
     */
    shows(judged("",
                 "Measure,Area,Period,Value\nA,T,2021/22,93\nA,X,2021/22,3\nA,Y,2021/22,90\n"
                 "A,X,2020/21,30\nA,T,2019/20,[x]\nA,X,2019/20,50\nA,Y,2019/20,[x]\n"
                 "A,T,2018/19,93\n"),
          "93 [c] [c] 30 [x] 50 [x] 93");
    shows(judged("",
                 "Measure,Area,Period,Value\nA,T,2021/22,93\nA,X,2021/22,3\nA,Y,2021/22,91\n"
                 "A,Z,2021/22,90\n"),
          "93 [c] 91 90");
    shows(judged("",
                 "Measure,Area,Period,Value\nA,T,2021/22,93\nA,X,2021/22,3\n"
                 "A,Y,2021/22,[x]\nA,Z,2021/22,90\n"),
          "[c] [c] [x] [c]"); /* Z may hold X and Y */
}

#define COUNT_AND_SCORE "[measure A]\nrelation = non-additive\n[measure R]\nkind = score\n"

static void periods_without_counts_or_dates_share_nothing(void **state)
{
    (void)state;
    shows(judged(COUNT_AND_SCORE,
                 "Measure,Period,Value\nA,Year ending June 2021,30\n"
                 "R,Year ending September 2021,40\n"),
          "30 40");
    shows(judged(COUNT_AND_SCORE,
                 "Measure,Period,Value\nR,Year ending June 2021,30\n"
                 "A,Year ending September 2021,40\n"),
          "30 40");
    shows(judged(COUNT_AND_SCORE,
                 "Measure,Period,Value\nA,2021/22,90\nA,2019/20,90\nA,Q2 2021/22,40\n"
                 "A,May 2021,3\nA,Q1 2021/22,20\n"),
          "90 90 40 [c] 20");
    for (size_t unknown = 0; unknown < 2; unknown++) {
        struct run run = run_csv("long", HIDE_BELOW_5,
                                 "Measure,Period,Value\nA,Year ending June 2021,30\n"
                                 "A,Year ending September 2021,40\n");
        run.dataset->periods[unknown].start = (struct date){0};
        disclosure_apply(&run.diags, run.dataset);
        shows(run, "30 40");
    }
}

/* ---- an attacker who knows what adds up to what ---- */

enum { KINDS_OF = 4, LIMIT = 13, GUESSES = 40000 }; /* of an area: A, its A1, B, all */

struct guess {
    int all, a, a1, b;
};

static int64_t seen(const struct run *run, size_t measure, size_t area)
{
    struct figure figure;
    assert_true(dataset_find(run->dataset, measure, area, 0, &figure));
    int64_t count = -1;
    if (figure.value.present)
        assert_true(decimal_integer(figure.value.number, &count));
    return count;
}

static bool agrees(int64_t is_shown, int guess)
{
    return is_shown < 0 ? guess > 0 : is_shown == guess;
}

static bool agrees_with(const int64_t *is_shown, struct guess g)
{
    return agrees(is_shown[0], g.all) && agrees(is_shown[1], g.a) && agrees(is_shown[2], g.a1) &&
           agrees(is_shown[3], g.b);
}

/* All that an area can be. */
static size_t guesses(const int64_t *is_shown, struct guess *out)
{
    size_t count = 0;
    for (int all = 0; all < 2 * LIMIT; all++)
        for (int a = 0; a <= all && a < LIMIT; a++)
            for (int a1 = 0; a1 <= a; a1++)
                for (int b = 0; a + b <= all && b < LIMIT; b++) {
                    struct guess guess = {all, a, a1, b};
                    if (agrees_with(is_shown, guess) && count < GUESSES)
                        out[count++] = guess;
                }
    return count;
}

static int part_of(struct guess g, size_t kind)
{
    const int parts[] = {g.all, g.a, g.a1, g.b};
    return parts[kind];
}

/* How many values each figure of two areas can have, beside those of both together. */
static void attack(int64_t is_shown[3][KINDS_OF], size_t values[2][KINDS_OF])
{
    static struct guess first[GUESSES], second[GUESSES];
    bool can_be[2][KINDS_OF][2 * LIMIT] = {0};
    size_t counts[] = {guesses(is_shown[0], first), guesses(is_shown[1], second)};
    for (size_t i = 0; i < counts[0]; i++)
        for (size_t k = 0; k < counts[1]; k++) {
            struct guess both = {first[i].all + second[k].all, first[i].a + second[k].a,
                                 first[i].a1 + second[k].a1, first[i].b + second[k].b};
            if (!agrees_with(is_shown[2], both))
                continue;
            for (size_t m = 0; m < KINDS_OF; m++) {
                can_be[0][m][part_of(first[i], m)] = true;
                can_be[1][m][part_of(second[k], m)] = true;
            }
        }
    for (size_t area = 0; area < 2; area++)
        for (size_t m = 0; m < KINDS_OF; m++)
            for (size_t v = 0; v < 2 * LIMIT; v++)
                values[area][m] += can_be[area][m][v];
}

static void no_small_figure_can_be_worked_out(void **state)
{
    (void)state;
    srand(7);
    for (int round = 0; round < 40; round++) {
        int64_t counts[3][KINDS_OF] = {0}, is_shown[3][KINDS_OF];
        size_t values[2][KINDS_OF] = {0};
        static const char *const names[] = {"All", "A", "A1", "B"};
        struct arena *arena = arena_new();
        struct buffer csv = {.arena = arena};
        buffer_format(&csv, "Measure,Area,Period,Value\n");
        for (size_t area = 0; area < 2; area++) {
            counts[area][1] = rand() % 7;
            counts[area][2] = counts[area][1] ? rand() % counts[area][1] : 0;
            counts[area][3] = rand() % 7;
            counts[area][0] = counts[area][1] + counts[area][3] + rand() % 4;
        }
        for (size_t m = 0; m < KINDS_OF; m++) {
            counts[2][m] = counts[0][m] + counts[1][m];
            for (size_t area = 0; area < 3; area++)
                buffer_format(&csv, "%s,%c,2021/22,%d\n", names[m], "XYT"[area],
                              (int)counts[area][m]);
        }
        struct run run =
            judged_with("suppress = below 3\n" TWO_PARTS "[measure A1]\nrelation = of which: A\n",
                        text_cstr(arena, buffer_text(&csv)));
        assert_ok(&run);
        for (size_t m = 0; m < KINDS_OF; m++)
            for (size_t area = 0; area < 3; area++)
                is_shown[area][m] = seen(&run, m, area);
        attack(is_shown, values);
        for (size_t area = 0; area < 2; area++)
            for (size_t m = 0; m < KINDS_OF; m++)
                if (counts[area][m] == 1 || counts[area][m] == 2)
                    assert_true(values[area][m] >= 3);
        run_end(&run);
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_declared_hides_nothing),
        cmocka_unit_test(what_cannot_be_read_hides_everything),
        cmocka_unit_test(zeros_stay_unless_declared),
        cmocka_unit_test(a_part_takes_another_with_it),
        cmocka_unit_test(what_remains_is_a_part),
        cmocka_unit_test(those_of_which_and_the_others_are_two_parts),
        cmocka_unit_test(those_of_which_may_be_all),
        cmocka_unit_test(a_flag_and_the_others_are_two_parts),
        cmocka_unit_test(an_area_that_holds_the_others_is_a_total),
        cmocka_unit_test(areas_within_areas_are_lines_too),
        cmocka_unit_test(a_table_of_kinds_and_areas_hides_a_rectangle),
        cmocka_unit_test(quarters_are_parts_of_their_year),
        cmocka_unit_test(a_quarter_that_is_not_there_can_be_worked_out),
        cmocka_unit_test(what_is_counted_on_a_day_has_no_sum),
        cmocka_unit_test(a_rate_goes_with_its_count),
        cmocka_unit_test(a_rate_goes_with_a_count_that_is_hidden_for_another),
        cmocka_unit_test(notes_and_limits_go_with_their_figure),
        cmocka_unit_test(figures_that_come_hidden_are_told_of),
        cmocka_unit_test(what_rests_on_a_hidden_figure_is_hidden),
        cmocka_unit_test(sums_of_parts_and_quarters_are_hidden_too),
        cmocka_unit_test(messages_say_how_many_and_never_a_number_of_them),
        cmocka_unit_test(what_is_shown_is_rounded_each_for_itself),
        cmocka_unit_test(where_rounding_leaves_no_room_another_is_hidden),
        cmocka_unit_test(percentages_of_few_come_from_rounded_counts),
        cmocka_unit_test(a_rate_gives_no_exact_count_back),
        cmocka_unit_test(what_cannot_be_rounded_is_hidden),
        cmocka_unit_test(rounded_counts_are_not_added_up_nor_tested),
        cmocka_unit_test(what_cannot_be_judged_is_not_shown),
        cmocka_unit_test(what_cannot_be_protected_is_not_shown),
        cmocka_unit_test(actions_hold_no_counts),
        cmocka_unit_test(sums_are_held_against_the_rows_before_they_are_forgotten),
        cmocka_unit_test(counts_and_averages_need_their_base),
        cmocka_unit_test(shares_of_other_numbers_give_nothing_back),
        cmocka_unit_test(lines_that_lack_a_figure_are_none),
        cmocka_unit_test(periods_without_counts_or_dates_share_nothing),
        cmocka_unit_test(no_small_figure_can_be_worked_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
