/* Where a status, a direction, a year to date and a forecast come from. */
#include "compute/explain.h"

#include "performance_support.h"

/* The first measure's fact of that part: "status", "to-date". */
static const struct explanation *explain(struct dataset *dataset, const char *period,
                                         const char *as_at, const char *part)
{
    struct arena *arena = dataset->arena;
    struct facts facts = {.arena = arena};
    facts_add_performance(&facts, TEXT("kpi"), all_of(dataset, period, as_at));
    struct text slug = dataset->measures[0].slug;
    const struct fact *fact =
        facts_find(&facts, text_format(arena, "kpi.%.*s.%s", TEXT_ARG(slug), part));
    if (!fact)
        fail_msg("there is no fact %s", part);
    return explain_fact(arena, fact);
}

static const char *formula(struct arena *arena, const struct explanation *explanation)
{
    return text_cstr(arena, texts_join(arena, &explanation->formula, TEXT("\n")));
}

static bool has_rule(const struct explanation *explanation, const char *name, const char *words)
{
    for (size_t i = 0; i < explanation->rule_count; i++)
        if (text_is(text_from(explanation->rules[i].name), name) &&
            text_contains(explanation->rules[i].says, text_from(words)))
            return true;
    return false;
}

static void a_target_says_who_set_it(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    struct published_with with = {.target = number("90"), .target_words = TEXT_EMPTY};
    struct measure *measure = add(dataset, "Calls", "2021/22", number("88"));
    measure->target.has_polarity = true;
    measure->target.polarity = POLARITY_HIGH;
    const struct explanation *none = explain(dataset, "2021/22", "", "target");
    assert_string_equal(formula(*state, none), "target: [z], because none is given as a number");
    assert_false(none->value.present);
    dataset->figures[0].published = &with;
    const struct explanation *given = explain(dataset, "2021/22", "", "target");
    assert_string_equal(formula(*state, given), "target: 90, as the export has it");
    assert_text(*state, decimal_text(*state, given->value.number), "90");
    aim(measure, POLARITY_HIGH, "95");
    assert_string_equal(formula(*state, explain(dataset, "2021/22", "", "target")),
                        "target: 95, as [measure] of the job says");
    assert_string_equal(formula(*state, explain(dataset, "2021/22", "", "gap")),
                        "value, 2021/22: 88\ntarget: 95, as [measure] of the job says\n"
                        "gap: 7 below the target");
}

/* The ends of a band are two numbers: the fact has no one value. */
static void a_band_has_no_one_number(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    struct measure *measure = add(dataset, "Vacant", "2021/22", number("9"));
    measure->target = (struct target){.polarity = POLARITY_BAND,
                                      .has_polarity = true,
                                      .band_low = number("5").number,
                                      .band_high = number("8").number};
    target_settle(&measure->target);
    const struct explanation *explanation = explain(dataset, "2021/22", "", "target");
    assert_false(explanation->value.present);
    assert_string_equal(formula(*state, explanation),
                        "target: 5 to 8, as [measure] of the job says");
    assert_contains(*state, explanation_text(explain(dataset, "2021/22", "", "status")),
                    "missed by 1, tolerance 5% of the target → Red");
}

static void a_status_has_its_rules_and_a_missing_one_its_reason(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    struct measure *measure = add(dataset, "Calls", "2021/22", number("88"));
    aim(measure, POLARITY_HIGH, "90");
    const struct explanation *explanation = explain(dataset, "2021/22", "", "status");
    assert_string_equal(formula(*state, explanation),
                        "value, 2021/22: 88\ntarget: 90, as [measure] of the job says\n"
                        "status: missed by 2, tolerance 5% of the target → Amber");
    assert_true(has_rule(explanation, "polarity", "high is good"));
    assert_true(has_rule(explanation, "status", "compared unrounded"));
    assert_false(has_rule(explanation, "profile", ""));
    measure->target.has_polarity = false;
    measure->target.polarity = POLARITY_NONE;
    explanation = explain(dataset, "2021/22", "", "status");
    assert_contains(*state, explanation_text(explanation),
                    "status: [z], nobody says which way is good");
    assert_true(has_rule(explanation, "polarity", "nobody says which way is good"));
    dataset->figures[0].value = hidden;
    explanation = explain(dataset, "2021/22", "", "status");
    assert_contains(*state, explanation_text(explanation), "status: [c]\n");
    assert_true(has_rule(explanation, "confidential", "its number is not kept"));
}

/* A figure that cannot be right stops the status, and only that of its own period. */
static void a_stopped_figure_is_why_there_is_no_status(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add(dataset, "Calls", "2020/21", number("80"))->kind = KIND_PERCENT;
    struct measure *measure = add(dataset, "Calls", "2021/22", number("888"));
    aim(measure, POLARITY_HIGH, "90");
    dataset_stop(dataset, (struct stopped){.measure = 0,
                                           .area = 0,
                                           .period = 1,
                                           .marker = MARKER_NOT_AVAILABLE,
                                           .code = "DQ_RANGE",
                                           .why = TEXT("it is not between 0 and 100")});
    const struct explanation *explanation = explain(dataset, "2021/22", "", "status");
    assert_true(has_rule(explanation, "stopped",
                         "Calls, 2021/22, is not shown because it is not between 0 and 100."));
    assert_false(has_rule(explain(dataset, "2020/21", "", "status"), "stopped", ""));
}

static void a_year_s_target_shows_how_it_is_spread(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add_months(dataset, "Reports", 2020, 12, 100);
    struct measure *measure = add_months(dataset, "Reports", 2021, 5, 101);
    aim(measure, POLARITY_LOW, "1000");
    const struct explanation *explanation = explain(dataset, "August 2021", "2021-12-22", "status");
    const char *said = formula(*state, explanation);
    assert_contains(*state, text_from(said),
                    "year so far, April to August 2021: 101 + 111 + 121 + 131 + 141 = 605\n"
                    "target of the year: 1,000, as [measure] of the job says\n"
                    "last year so far, April to August 2020: "
                    "100 + 110 + 120 + 130 + 140 = 600\nlast year, 2020/21: ");
    assert_contains(*state, text_from(said), "target so far: 1,000 × 600 / 1,860 = 322.5806 → 323");
    assert_int_equal(explanation->input_count, 17); /* last year's months stand once */
    assert_true(has_rule(explanation, "profile", "as last year's total came about"));
    measure->target.profile = PROFILE_EVEN;
    explanation = explain(dataset, "August 2021", "2021-12-22", "target");
    assert_string_equal(formula(*state, explanation),
                        "target of the year: 1,000, as [measure] of the job says\n"
                        "target so far: 1,000 × 5 / 12 = 416.6667 → 417");
    assert_true(has_rule(explanation, "profile", "by twelfths"));
    measure->target.value = number("1200").number;
    assert_contains(
        *state, text_from(formula(*state, explain(dataset, "August 2021", "2021-12-22", "target"))),
        "target so far: 1,200 × 5 / 12 = 500");
}

/* Without last year's figures the year's target cannot be spread: nothing is divided. */
static void a_target_that_cannot_be_spread_says_so(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    struct measure *measure = add_months(dataset, "Reports", 2021, 5, 101);
    aim(measure, POLARITY_LOW, "1000");
    const struct explanation *explanation = explain(dataset, "August 2021", "2021-12-22", "target");
    assert_false(explanation->value.present);
    assert_contains(*state, text_from(formula(*state, explanation)),
                    "target so far: 1,000 × [x] / [x] = 1,000 for the year");
}

static void a_direction_shows_its_change_and_its_dead_band(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add(dataset, "Reports", "Q1 2021/22", number("98"));
    struct measure *measure = add(dataset, "Reports", "Q2 2021/22", number("112"));
    aim(measure, POLARITY_LOW, "100");
    const struct explanation *explanation = explain(dataset, "Q2 2021/22", "2021-12-22", "travel");
    assert_string_equal(formula(*state, explanation),
                        "value, Quarter 2, 2021/22: 112\nbefore, Quarter 1, 2021/22: 98\n"
                        "change: +14; the same up to 0.5 → up 14, change not clear");
    assert_int_equal(explanation->change_count, 1);
    assert_true(has_rule(explanation, "polarity", "low is good"));
    assert_true(has_rule(explanation, "direction", "can be told from chance"));
    measure->target.is_seasonal = true;
    assert_contains(
        *state, text_from(formula(*state, explain(dataset, "Q2 2021/22", "2021-12-22", "travel"))),
        "direction: not given, a seasonal measure");
    explanation = explain(dataset, "FY2023", "2021-12-22", "year-travel");
    assert_string_equal(formula(*state, explanation), "direction: not given");
    measure->target.has_polarity = false; /* a target alone */
    assert_true(has_rule(explain(dataset, "Q2 2021/22", "", "travel"), "polarity", "nobody says"));
}

static void a_year_to_date_shows_both_sums(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add_months(dataset, "Reports", 2020, 2, 100);
    add_months(dataset, "Reports", 2021, 2, 104);
    const struct explanation *explanation =
        explain(dataset, "May 2021", "2021-06-20", "to-date-change");
    assert_string_equal(formula(*state, explanation),
                        "year to date, April to May 2021: 104 + 114 = 218 [p]\n"
                        "last year, April to May 2020: 100 + 110 = 210\n"
                        "change: +8 (+3.8%)");
    assert_true(has_rule(explanation, "year to date", "first month on"));
    assert_true(has_rule(explanation, "provisional", "fewer than 42 days"));
    assert_text(*state, decimal_text(*state, explanation->value.number), "8");
    explanation = explain(dataset, "May 2021", "2022-01-20", "to-date");
    assert_string_equal(formula(*state, explanation),
                        "year to date, April to May 2021: 104 + 114 = 218");
    assert_false(has_rule(explanation, "provisional", ""));
    explanation = explain(dataset, "May 2021", "2022-01-20", "to-date-before");
    assert_string_equal(formula(*state, explanation),
                        "last year, April to May 2020: 100 + 110 = 210");
    /* without the day of the figures no rule can name it */
    assert_false(has_rule(explain(dataset, "May 2021", "", "to-date"), "year to date", ""));
}

static void a_year_to_date_of_quarters_says_so(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add(dataset, "Homes", "Q1 2021/22", number("22"));
    add(dataset, "Homes", "Q2 2021/22", number("35"));
    const struct explanation *explanation =
        explain(dataset, "Q2 2021/22", "2021-12-22", "to-date-change");
    assert_true(has_rule(explanation, "year to date", "first quarter on"));
    assert_contains(*state, text_from(formula(*state, explanation)),
                    "missing: a quarter of last year is missing");
    assert_false(explanation->value.present);
}

static void a_refused_year_to_date_says_what_is_missing(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add(dataset, "Reports", "April 2021", number("10"));
    add(dataset, "Reports", "June 2021", number("12"));
    const struct explanation *explanation = explain(dataset, "June 2021", "2021-12-22", "to-date");
    assert_string_equal(formula(*state, explanation),
                        "missing: a month of the year so far is missing");
    assert_int_equal(explanation->input_count, 0);
}

static void a_complete_year_has_no_year_to_date(void **state)
{
    static const char *const parts[] = {"to-date", "to-date-before", "to-date-change", "forecast"};
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add_months(dataset, "Reports", 2021, 12, 100);
    for (size_t i = 0; i < 4; i++) {
        const struct explanation *explanation = explain(dataset, "2021/22", "2022-06-22", parts[i]);
        assert_false(explanation->value.present);
        assert_contains(*state, text_from(formula(*state, explanation)),
                        "there is no year to date");
    }
}

static void a_forecast_shows_its_formula_and_what_it_rests_on(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add_months(dataset, "Reports", 2021, 3, 100);
    const struct explanation *explanation = explain(dataset, "June 2021", "2022-02-01", "forecast");
    const char *said = formula(*state, explanation);
    assert_contains(*state, text_from(said),
                    "forecast F: 330 + 330 × 274 / 91 = 1323.6, R = 993.6 still to come");
    assert_contains(*state, text_from(said),
                    "F ± 1.96 × √(1.00 × 993.6 × (1 + 3.011)) = 1199.9 to 1447.4, not below 330 → "
                    "between 1,200 and 1,447 [f]");
    assert_true(has_rule(explanation, "forecast", "at the pace of the year so far"));
    assert_true(has_rule(explanation, "variation", "as by chance alone"));
    assert_true(has_rule(explanation, "year to date", "first month on"));
    add_months(dataset, "Reports", 2020, 12, 100);
    add_months(dataset, "Reports", 2019, 12, 100);
    explanation = explain(dataset, "June 2021", "2022-02-01", "forecast");
    assert_contains(*state, text_from(formula(*state, explanation)),
                    "forecast F: 330 × 1,860 / 330 = 1860.0, R = F − 330 = 1530.0 still to come");
    assert_true(has_rule(explanation, "forecast", "as last year did"));
    assert_true(has_rule(explanation, "variation", "months of the last two years show"));
}

static void without_a_forecast_there_is_a_reason(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add_months(dataset, "Reports", 2021, 1, 100);
    const struct explanation *explanation =
        explain(dataset, "April 2021", "2022-02-01", "forecast");
    assert_contains(*state, text_from(formula(*state, explanation)),
                    "forecast: none, the first quarter is not over");
    assert_false(has_rule(explanation, "forecast", ""));
    /* of what is hidden the marker says it */
    dataset->figures[0].value = hidden;
    assert_false(text_contains(
        text_from(formula(*state, explain(dataset, "April 2021", "2022-02-01", "forecast"))),
        TEXT("forecast: none")));
}

static void one_figure_of_the_year_needs_no_rule(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("kpi"));
    add(dataset, "Homes", "H1 2021/22", number("57"));
    const struct explanation *explanation = explain(dataset, "H1 2021/22", "2021-12-22", "to-date");
    assert_int_equal(explanation->rule_count, 0);
    assert_string_equal(formula(*state, explanation), "year to date, Half year 1, 2021/22: 57");
    struct text out; /* nor has it another format than its words */
    assert_false(fact_display(*state, explanation->fact, TEXT("number"), &out));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(a_target_says_who_set_it),
        arena_test(a_band_has_no_one_number),
        arena_test(a_status_has_its_rules_and_a_missing_one_its_reason),
        arena_test(a_stopped_figure_is_why_there_is_no_status),
        arena_test(a_year_s_target_shows_how_it_is_spread),
        arena_test(a_target_that_cannot_be_spread_says_so),
        arena_test(a_direction_shows_its_change_and_its_dead_band),
        arena_test(a_year_to_date_shows_both_sums),
        arena_test(a_year_to_date_of_quarters_says_so),
        arena_test(a_refused_year_to_date_says_what_is_missing),
        arena_test(a_complete_year_has_no_year_to_date),
        arena_test(a_forecast_shows_its_formula_and_what_it_rests_on),
        arena_test(without_a_forecast_there_is_a_reason),
        arena_test(one_figure_of_the_year_needs_no_rule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
