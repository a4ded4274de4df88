#include "compute/explain.h"

#include "base/utf8.h"
#include "support.h"

static void add(struct dataset *dataset, const char *measure, const char *area, const char *period,
                struct value value, unsigned line)
{
    struct figure figure = {
        .measure = dataset_measure(dataset, text_from(measure), PLACE_NONE),
        .area = dataset_area(dataset, text_from(area)),
        .period = dataset_period(dataset, period_read(dataset->arena, text_from(period))),
        .value = value,
        .note = TEXT_EMPTY,
        .place = place_at(TEXT("crime.csv"), line, 2),
    };
    dataset_add_figure(dataset, figure);
}

static struct value number(int64_t n)
{
    return (struct value){.present = true, .number = decimal_from(n)};
}

/* The fact of a dataset whose period is 2021/22 and whose baseline is 2020/21. */
static struct explanation *explain(struct dataset *dataset, size_t area, const char *name)
{
    struct arena *arena = dataset->arena;
    struct baselines baselines = {
        .items = {{.period = period_read(arena, TEXT("2020/21")), .abnormal = true}}, .count = 1};
    struct facts facts = {.arena = arena};
    facts_add_comparison(&facts, TEXT("crime"),
                         comparison_make(arena, dataset, area, period_read(arena, TEXT("2021/22")),
                                         &baselines, TEXT_EMPTY));
    const struct fact *fact = facts_find(&facts, text_from(name));
    assert_non_null(fact);
    return explain_fact(arena, fact);
}

static bool has_rule(const struct explanation *explanation, const char *name)
{
    for (size_t i = 0; i < explanation->rule_count; i++)
        if (text_is(text_from(explanation->rules[i].name), name))
            return true;
    return false;
}

static void a_change_has_its_numbers_its_class_and_its_places(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    add(dataset, "Total", "", "2021/22", number(5005), 2);
    add(dataset, "Total", "", "2020/21", number(4330), 3);
    const struct explanation *explanation = explain(dataset, 0, "crime.total.change");
    struct text text = explanation_text(explanation);
    assert_contains(*state, text, "100 × (5,005 − 4,330) / 4,330 = 15.588914… → +15.6%, rounded");
    assert_contains(*state, text, "Class: clear rise.");
    assert_contains(*state, text, "crime.csv:2:2\n");
    assert_contains(*state, text, "crime.csv:3:2\n");
    assert_int_equal(explanation->changes[0].family, 1);
    assert_true(has_rule(explanation, "rounding"));
    assert_true(has_rule(explanation, "abnormal"));
    assert_false(has_rule(explanation, "sum of figures"));
}

/* 2 areas in 2 half-years: four figures make the value of a year. */
static void a_sum_lists_its_figures(void **state)
{
    static const char *const halves[] = {"H1 2021/22", "H2 2021/22"};
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    for (unsigned i = 0; i < 4; i++)
        add(dataset, "Burglary", i % 2 ? "North" : "South", halves[i / 2], number(10 + i), i + 2);
    const struct explanation *explanation = explain(dataset, AREA_ALL, "crime.burglary.now");
    assert_int_equal(explanation->input_count, 4);
    assert_text(*state, explanation->formula.items[0], "2021/22: 10 + 11 + 12 + 13 = 46");
    assert_contains(*state, explanation->inputs[1].what, "Burglary, North, ");
    assert_true(has_rule(explanation, "sum of figures"));
    explanation = explain(dataset, 0, "crime.burglary.now");
    assert_int_equal(explanation->input_count, 2);
}

static void of_many_inputs_the_first_are_shown_and_the_others_counted(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    for (unsigned i = 0; i < EXPLAIN_INPUTS + 3; i++) {
        const char *area = text_cstr(*state, text_format(*state, "Ward %u", i));
        add(dataset, "Burglary", area, "2021/22", number(1), i + 2);
    }
    const struct explanation *explanation = explain(dataset, AREA_ALL, "crime.burglary.now");
    assert_text(*state, explanation->formula.items[0], "2021/22: the sum of 23 figures = 23");
    assert_contains(*state, explanation_text(explanation), "and 3 more\n");
    assert_contains(*state, explanation_json(explanation), "\"more_inputs\": 3");
}

static void a_hidden_number_is_nowhere(void **state)
{
    const struct value hidden = {
        .present = true, .number = decimal_from(7777), .markers = MARKER_CONFIDENTIAL};
    static const char *const names[] = {
        "crime.total",       "crime.total.now", "crime.total.change",    "crime.hate.now",
        "crime.hate.change", "crime.hate",      "crime.burglary.change", "crime.total.previous"};
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    add(dataset, "Burglary", "", "2021/22", number(100), 2);
    add(dataset, "Burglary", "", "2020/21", number(100), 3);
    add(dataset, "Hate", "", "2021/22", hidden, 4);
    add(dataset, "Hate", "", "2020/21", number(50), 5);
    dataset->measures[0].relation = dataset->measures[1].relation = RELATION_PART;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct explanation *explanation = explain(dataset, 0, names[i]);
        assert_false(text_contains(explanation_text(explanation), TEXT("7,777")));
        assert_false(text_contains(explanation_json(explanation), TEXT("7777")));
    }
    const struct explanation *explanation = explain(dataset, 0, "crime.total.change");
    assert_false(explanation->value.present);
    assert_true(has_rule(explanation, "confidential"));
    assert_contains(*state, explanation_text(explanation), "100 + [c] = [c]");
}

/* With the months of both years the test is another one, and nothing is refused for phi_max. */
static void months_are_tested_and_show_how_variable_they_are(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    for (int m = 0; m < 24; m++) {
        struct period month = period_month(*state, 2020 + (m + 3) / 12, (m + 3) % 12 + 1);
        add(dataset, "Burglary", "", text_cstr(*state, period_display(*state, month)),
            number(m < 12 ? 45 : 60), (unsigned)m + 2);
    }
    const struct explanation *explanation = explain(dataset, 0, "crime.burglary.change");
    struct text text = explanation_text(explanation), json = explanation_json(explanation);
    assert_int_equal(explanation->input_count, 24);
    assert_contains(*state, explanation->changes[0].why, "phi is 1");
    assert_contains(*state, text, "and 4 more");
    assert_contains(*state, json, "\"test\": \"monthly\"");
    assert_contains(*state, json, "\"phi\": 1\n");
}

static void a_remainder_is_taken_from_the_total(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    add(dataset, "Total", "", "2021/22", number(50), 2);
    add(dataset, "Burglary", "", "2021/22", number(20), 3);
    add(dataset, "Arson", "", "2021/22", number(7), 4);
    add(dataset, "Arson", "", "2020/21", number(5), 5);
    dataset->measures[0].relation = RELATION_TOTAL;
    dataset->measures[1].relation = dataset->measures[2].relation = RELATION_PART;
    const struct explanation *explanation = explain(dataset, 0, "crime.remainder.now");
    assert_text(*state, explanation->formula.items[0], "2021/22: 50 − 20 − 7 = 23");
    assert_true(has_rule(explanation, "remainder"));
    assert_true(has_rule(explain(dataset, 0, "crime.arson.change"), "small base"));
    assert_contains(*state, explanation_text(explain(dataset, 0, "crime.remainder.change")),
                    "no measure of the source names it");
}

static void lines_have_at_most_80_columns(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    add(dataset, "Total", "", "2021/22", number(5005), 2);
    add(dataset, "Total", "", "2020/21", number(4330), 3);
    struct text text = explanation_text(explain(dataset, 0, "crime.total"));
    for (size_t from = 0, end; from < text.len; from = end + 1) {
        end = text_find(text, '\n', from);
        assert_true(utf8_count(text_slice(text, from, end)) <= 80);
    }
}

/* A plan with one action, which has a target that is not set, and an update or none. */
static struct dataset *plan_of_one(struct arena *arena, const char *name, const char *update)
{
    struct dataset *dataset = dataset_new(arena, text_from(name));
    struct action action = {.place = place_at(TEXT("plan.csv"), 2, 0)};
    for (int f = 0; f < ACTION_FIELDS; f++)
        action.field[f] = TEXT_EMPTY;
    action.field[ACTION_ID] = TEXT("1");
    action.field[ACTION_TARGET] = TEXT("TBC");
    action.field[ACTION_PROGRESS] = text_from(update);
    dataset->action_headers[ACTION_ID] = TEXT("No.");
    dataset->action_headers[ACTION_TARGET] = TEXT("Target");
    dataset->action_headers[ACTION_PROGRESS] = *update ? TEXT("Update") : TEXT_EMPTY;
    dataset_add_action(dataset, action);
    return dataset;
}

static struct text shown_fact(const struct facts *facts, const char *name)
{
    struct text shown = TEXT_EMPTY;
    const struct fact *fact = facts_find(facts, text_from(name));
    assert_non_null(fact);
    assert_true(fact_display(facts->arena, fact, TEXT_EMPTY, &shown));
    return shown;
}

static void gaps_and_versions_of_a_plan_are_facts(void **state)
{
    struct facts facts = {.arena = *state};
    struct dataset *plan = plan_of_one(*state, "plan", "Begun");
    plan->before = plan_of_one(*state, "plan-before", "");
    facts_add_actions(&facts, TEXT("plan"), plan, (struct date){0});
    assert_text(*state, shown_fact(&facts, "plan.target.blank.count"), "0");
    assert_text(*state, shown_fact(&facts, "plan.target.placeholder.count"), "1");
    assert_text(*state, shown_fact(&facts, "plan.gaps.count"), "1");
    assert_text(*state, shown_fact(&facts, "plan.unchanged.count"), "1");
    assert_text(*state, shown_fact(&facts, "plan.vanished.count"), "0");
    assert_text(*state, shown_fact(&facts, "plan.update-unchanged.count"), "[z]");
    assert_null(facts_find(&facts, TEXT("plan.owner.blank.count")));
    const struct fact *fact = facts_find(&facts, TEXT("plan.target.placeholder.count"));
    const struct explanation *explanation = explain_fact(*state, fact);
    assert_text(*state, explanation->formula.items[0],
                "the actions with a placeholder in 'Target', counted: 1");
}

static void groups_of_a_plan_are_counted(void **state)
{
    static const char *const groups[] = {"Homes", "", "homes ", "Air", "TBC"};
    struct dataset *dataset = dataset_new(*state, TEXT("plan"));
    dataset->action_headers[ACTION_PRIORITY] = TEXT("Group");
    for (unsigned i = 0; i < 5; i++) {
        struct action action = {.place = place_at(TEXT("plan.csv"), i + 2, 0)};
        for (int f = 0; f < ACTION_FIELDS; f++)
            action.field[f] = TEXT_EMPTY;
        action.field[ACTION_PRIORITY] = text_from(groups[i]);
        dataset_add_action(dataset, action);
    }
    struct facts facts = {.arena = *state};
    facts_add_actions(&facts, TEXT("plan"), dataset, (struct date){0});
    assert_text(*state, shown_fact(&facts, "plan.priority.values.count"), "2");
    assert_null(facts_find(&facts, TEXT("plan.theme.values.count")));
    const struct explanation *explanation =
        explain_fact(*state, facts_find(&facts, TEXT("plan.priority.values.count")));
    assert_text(*state, explanation->formula.items[0],
                "the first actions with each value of 'Group', counted: 2");
}

static void the_actions_behind_a_count_are_named(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("plan"));
    static const enum rag rags[] = {RAG_RED, RAG_GREEN, RAG_RED};
    for (unsigned i = 0; i < 3; i++) {
        struct action action = {.rag = rags[i], .place = place_at(TEXT("plan.csv"), i + 2, 0)};
        for (int f = 0; f < ACTION_FIELDS; f++)
            action.field[f] = TEXT_EMPTY;
        action.field[ACTION_ID] = text_format(*state, "A%u", i);
        dataset_add_action(dataset, action);
    }
    struct facts facts = {.arena = *state};
    facts_add_actions(&facts, TEXT("plan"), dataset, (struct date){2022, 6, 22});
    const struct explanation *explanation =
        explain_fact(*state, facts_find(&facts, TEXT("plan.red.count")));
    assert_int_equal(explanation->input_count, 2);
    assert_text(*state, explanation->inputs[1].what, "action A2");
    assert_contains(*state, explanation_text(explanation), "plan.csv:4\n");
}

static void the_words_of_a_fact_have_a_place_and_json_is_escaped(void **state)
{
    struct facts facts = {.arena = *state};
    facts_add_text(&facts, TEXT("job.title"), TEXT("A \"B\" \\ C\tD\xFF"),
                   place_at(TEXT("job.ini"), 2, 9));
    const struct explanation *explanation =
        explain_fact(*state, facts_find(&facts, TEXT("job.title")));
    struct text json = explanation_json(explanation);
    assert_contains(*state, explanation_text(explanation), "job.ini:2:9\n");
    assert_contains(*state, json, "\"display\": \"A \\\"B\\\" \\\\ C\\u0009D\xEF\xBF\xBD\"");
    assert_contains(*state, json, "\"line\": 2,");
    assert_contains(*state, json, "\"class\": [],");
}

/* Five years of a percentage with its counts; the last one `odd` higher than it would be. */
static struct dataset *five_years(struct arena *arena, int64_t step, int64_t odd)
{
    struct dataset *dataset = dataset_new(arena, TEXT("crime"));
    for (int i = 0; i < 5; i++) {
        int64_t share = i == 4 ? 20 + 4 * step + odd : 20 + i * step;
        struct figure figure = {
            .measure = dataset_measure(dataset, TEXT("Share"), PLACE_NONE),
            .area = dataset_area(dataset, TEXT_EMPTY),
            .period = dataset_period(
                dataset, period_read(arena, text_format(arena, "%d/%d", 2017 + i, 18 + i))),
            .value = number(share),
            .count = number(share * 10),
            .denominator = number(1000),
            .note = TEXT_EMPTY,
            .place = place_at(TEXT("crime.csv"), (unsigned)i + 2, 2),
        };
        dataset_add_figure(dataset, figure);
    }
    dataset->measures[0].kind = KIND_PERCENT;
    return dataset;
}

static void a_trend_has_its_test_its_years_and_its_weights(void **state)
{
    const struct explanation *explanation =
        explain(five_years(*state, 5, 0), 0, "crime.share.trend");
    struct text text = explanation_text(explanation);
    assert_contains(*state, text, "crime.share.trend: rising over the five years from 2017/18");
    assert_contains(*state, text, "a trend needs more than 9.550");
    assert_contains(*state, text, "it keeps its sign");
    assert_contains(*state, text, "Share, 2019/20: 30%, 300 out of 1,000\n    crime.csv:4:2\n");
    assert_contains(*state, text, "weights: Each year is a count out of a denominator");
    assert_int_equal(explanation->input_count, 5);
    assert_true(has_rule(explanation, "recent trend"));
    text = explanation_text(explain(five_years(*state, 0, 30), 0, "crime.share.trend"));
    assert_contains(*state, text, "changes its sign");
    struct text out;
    assert_false(fact_display(*state, explanation->fact, TEXT("number"), &out));
}

static void a_trend_that_is_none_says_why(void **state)
{
    struct dataset *dataset = five_years(*state, 5, 0);
    dataset_figure(dataset, 0, 0, 1)->value = (struct value){.markers = MARKER_CONFIDENTIAL};
    const struct explanation *explanation = explain(dataset, 0, "crime.share.trend");
    assert_text(*state, explanation->formula.items[0],
                "not worked out, because the figure of 2018/19 is confidential");
    assert_int_equal(explanation->input_count, 0);
    assert_contains(*state, explanation_json(explanation), "\"kind\": \"trend\"");
}

/* Why a measure's change on the year before is called what it is. */
static struct text why(void **state, enum measure_kind kind, const char *unit, const int64_t now[3],
                       const int64_t before[3], const struct published_with *limits)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    const int64_t *const numbers[] = {now, before};
    add(dataset, "Total", "", "2021/22", number(now[0]), 2);
    add(dataset, "Total", "", "2020/21", number(before[0]), 3);
    dataset->measures[0].kind = kind;
    dataset->measures[0].unit = text_from(unit);
    for (size_t i = 0; i < 2; i++) {
        if (limits)
            dataset->figures[i].published = &limits[i];
        if (!numbers[i][2])
            continue;
        dataset->figures[i].count = number(numbers[i][1]);
        dataset->figures[i].denominator = number(numbers[i][2]);
    }
    const struct explanation *explanation = explain(dataset, 0, "crime.total.change");
    assert_contains(*state, explanation_json(explanation),
                    limits || kind == KIND_PERCENT ? "\"difference\"" : "\"ratio\"");
    return explanation->changes[0].why;
}

static void the_counts_and_limits_behind_a_figure_are_named(void **state)
{
    const struct published_with limits[] = {{.lower_95 = number(309), .upper_95 = number(351)},
                                            {.lower_95 = number(280), .upper_95 = number(320)}};
    struct text said =
        why(state, KIND_RATE, "", (int64_t[]){330, 0, 0}, (int64_t[]){300, 0, 0}, limits);
    assert_contains(*state, said, "published 95% limits");
    assert_contains(*state, said,
                    "They are 309 to 351, and earlier 280 to 320. The difference is "
                    "30.000 (95% interval 1.000 to 59.000; 0 is no change).");
    assert_contains(*state, said, "p is below the limit, but more variation than chance");
    said = why(state, KIND_RATE, "per 1,000", (int64_t[]){3, 300, 100000},
               (int64_t[]){4, 400, 100000}, NULL);
    assert_contains(*state, said,
                    "They are 300 of 100,000, and earlier 400 of 100,000. The ratio "
                    "of the rates is 0.750");
    said =
        why(state, KIND_PERCENT, "%", (int64_t[]){50, 550, 1100}, (int64_t[]){40, 400, 1000}, NULL);
    assert_contains(*state, said, "(pooled z test). They are 550 of 1,100, and earlier 400");
    assert_contains(*state, said, "The finding would stand if the figures varied up to 5.50 times");
}

static void what_decides_of_two_percentages_is_said(void **state)
{
    struct text said =
        why(state, KIND_PERCENT, "%", (int64_t[]){0, 0, 500}, (int64_t[]){1, 5, 500}, NULL);
    assert_contains(*state, said, "(Fisher's exact test)");
    assert_contains(*state, said,
                    "Those with it, or those without it, of both periods together are below 20");
    said = why(state, KIND_PERCENT, "%", (int64_t[]){45, 9000, 20000}, (int64_t[]){45, 9000, 20000},
               NULL);
    assert_contains(*state, said,
                    "The whole interval is less than 4.500 from no change (10% of those with or "
                    "without it, whichever are fewer).");
    said = why(state, KIND_PERCENT, "%", (int64_t[]){45, 90, 200}, (int64_t[]){40, 80, 200}, NULL);
    assert_contains(*state, said, "(95% interval −4.6");
    assert_contains(*state, said, "reaches further than 4.000 from no change");
    said = why(state, KIND_COUNT, "", (int64_t[]){30, 0, 0}, (int64_t[]){0, 0, 0}, NULL);
    assert_contains(*state, said, "not defined, because the earlier count is 0");
    assert_contains(*state, said, "to without a limit; 1 is no change");
    assert_contains(*state, said, "cannot be said with a count of 0");
    said = why(state, KIND_COUNT, "", (int64_t[]){5005, 0, 0}, (int64_t[]){4894, 0, 0}, NULL);
    assert_contains(*state, said, "The whole interval is within 10% of no change.");
}

/* The same against two baselines, with doubts about months. */
static struct explanation *explain_two(struct dataset *dataset, const char *name,
                                       struct doubts doubts)
{
    struct arena *arena = dataset->arena;
    struct baselines baselines = {.count = 2};
    baselines.items[0].period = period_read(arena, TEXT("2020/21"));
    baselines.items[1].period = period_read(arena, TEXT("2019/20"));
    struct comparison *comparison = comparison_make(
        arena, dataset, 0, period_read(arena, TEXT("2021/22")), &baselines, TEXT_EMPTY);
    comparison->doubts = doubts;
    struct facts facts = {.arena = arena};
    facts_add_comparison(&facts, TEXT("crime"), comparison);
    const struct fact *fact = facts_find(&facts, text_from(name));
    assert_non_null(fact);
    return explain_fact(arena, fact);
}

static bool rule_says(const struct explanation *explanation, const char *name, const char *words)
{
    for (size_t i = 0; i < explanation->rule_count; i++)
        if (text_is(text_from(explanation->rules[i].name), name) &&
            text_contains(explanation->rules[i].says, text_from(words)))
            return true;
    return false;
}

static void a_change_rests_on_its_own_baseline(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    add(dataset, "Total", "", "2021/22", number(5005), 2);
    add(dataset, "Total", "", "2020/21", number(4330), 3);
    add(dataset, "Total", "", "2019/20", number(4894), 4);
    const struct explanation *first =
        explain_two(dataset, "crime.total.change", (struct doubts){0});
    assert_int_equal(first->input_count, 2);
    assert_false(has_rule(first, "days"));
    const struct explanation *second =
        explain_two(dataset, "crime.total.reference-change", (struct doubts){0});
    assert_int_equal(second->input_count, 2);
    assert_int_equal(second->inputs[1].place.line, 4);
    assert_true(rule_says(second, "days", "2019/20 had 366 days")); /* +2.3%, and +2.5% a day */
    assert_int_equal(explain_two(dataset, "crime.total", (struct doubts){0})->input_count, 3);
}

static void a_month_in_doubt_is_named_where_a_fact_rests_on_it(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    add(dataset, "Total", "", "2021/22", number(5005), 2);
    add(dataset, "Total", "", "2020/21", number(4330), 3);
    add(dataset, "Total", "", "2019/20", number(4894), 4);
    struct doubt doubt = {.kind = DOUBT_CUT_OFF,
                          .label = TEXT_EMPTY,
                          .area = TEXT_EMPTY,
                          .history = TEXT_EMPTY,
                          .period = period_read(*state, TEXT("May 2020")),
                          .last_day = {2020, 5, 20}};
    const struct doubts doubts = {.items = &doubt, .count = 1};
    assert_true(has_rule(explain_two(dataset, "crime.total.change", doubts), "month in doubt"));
    assert_true(has_rule(explain_two(dataset, "crime.total.previous", doubts), "month in doubt"));
    assert_false(has_rule(explain_two(dataset, "crime.total.now", doubts), "month in doubt"));
    assert_false(
        has_rule(explain_two(dataset, "crime.total.reference-change", doubts), "month in doubt"));
    doubt.period = period_read(*state, TEXT("May 2021"));
    assert_true(has_rule(explain_two(dataset, "crime.total.now", doubts), "month in doubt"));
    doubt.label = TEXT("Total");
    assert_true(has_rule(explain_two(dataset, "crime.total.now", doubts), "month in doubt"));
    doubt.label = TEXT("Burglary");
    assert_false(has_rule(explain_two(dataset, "crime.total.now", doubts), "month in doubt"));
}

static void a_stopped_figure_is_why_a_value_is_not_there(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    add(dataset, "Total", "", "2021/22", number(5005), 2);
    add(dataset, "Total", "", "2020/21", number(4330), 3);
    add(dataset, "Total", "North", "2020/21", number(4330), 4);
    add(dataset, "Burglary", "", "2020/21", number(430), 5);
    for (size_t i = 1; i < 4; i++)
        dataset_stop(dataset, (struct stopped){.measure = dataset->figures[i].measure,
                                               .area = dataset->figures[i].area,
                                               .period = dataset->figures[i].period,
                                               .marker = MARKER_NOT_AVAILABLE,
                                               .why = TEXT("it is below 0")});
    assert_true(rule_says(explain(dataset, 0, "crime.total.change"), "stopped",
                          "Total, 2020/21, is not shown because it is below 0."));
    assert_false(has_rule(explain(dataset, 0, "crime.total.now"), "stopped"));
    assert_true(rule_says(explain(dataset, 1, "crime.total.previous"), "stopped",
                          "Total, North, 2020/21, is not shown"));
    assert_true(has_rule(explain(dataset, 0, "crime.burglary"), "stopped"));
}

/* Where rows are counted an area without one has none in the list, unless its figure is marked. */
static void rows_that_were_counted_are_listed_by_area(void **state)
{
    struct value provisional = number(0);
    provisional.markers = MARKER_PROVISIONAL;
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    dataset->counts_rows = true;
    add(dataset, "Theft", "North", "2021/22", number(3), 2);
    add(dataset, "Theft", "South", "2021/22", number(0), 0);
    add(dataset, "Theft", "East", "2021/22", provisional, 4);
    add(dataset, "Arson", "North", "2021/22", number(0), 0);
    const struct explanation *explanation = explain(dataset, AREA_ALL, "crime.theft.now");
    assert_int_equal(explanation->input_count, 2);
    assert_true(has_rule(explanation, "rows counted"));
    assert_text(*state, explain(dataset, 0, "crime.theft.now")->formula.items[0],
                "2021/22: 3, the number of rows of the export");
    assert_text(*state, explain(dataset, AREA_ALL, "crime.arson.now")->formula.items[0],
                "2021/22: 0, because no row was counted");
    assert_text(*state, explain(dataset, 0, "crime.theft.previous")->formula.items[0],
                "2020/21: [x], because the export has no figure for it");
}

/* A rate has no sum of its months, and no inputs where its own figure is missing. */
static void what_does_not_add_up_has_no_parts(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    add(dataset, "Rate", "", "H1 2021/22", number(3), 2);
    add(dataset, "Rate", "", "H2 2021/22", number(4), 3);
    dataset->measures[0].kind = KIND_RATE;
    const struct explanation *explanation = explain(dataset, 0, "crime.rate.now");
    assert_int_equal(explanation->input_count, 0);
    assert_text(*state, explanation->formula.items[0],
                "2021/22: [x], because the export has no figure for it");
}

/* Neither is worked out from what stands beside the parts. */
static void a_sum_or_remainder_leaves_out_what_is_no_part(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    add(dataset, "Burglary", "", "2021/22", number(20), 2);
    add(dataset, "Arson", "", "2021/22", number(7), 3);
    add(dataset, "Hate", "", "2021/22", number(5), 4);
    dataset->measures[0].relation = dataset->measures[1].relation = RELATION_PART;
    dataset->measures[2].relation = RELATION_FLAG;
    const struct explanation *explanation = explain(dataset, 0, "crime.total.now");
    assert_text(*state, explanation->formula.items[0], "2021/22: 20 + 7 = 27");
    assert_true(has_rule(explanation, "sum of parts"));
    add(dataset, "Everything", "", "2021/22", number(50), 5);
    dataset->measures[3].relation = RELATION_TOTAL;
    assert_text(*state, explain(dataset, 0, "crime.remainder.now")->formula.items[0],
                "2021/22: 50 − 20 − 7 = 23");
}

static void published_rounding_is_a_rule_of_total_and_parts(void **state)
{
    static const char *const names[] = {"Everything", "Burglary", "Arson", "Hate"};
    static const enum relation relations[] = {RELATION_TOTAL, RELATION_PART, RELATION_PART,
                                              RELATION_FLAG};
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    for (unsigned m = 0; m < 4; m++) {
        add(dataset, names[m], "", "2021/22", number(m ? 30 : 65), 2 * m + 2);
        add(dataset, names[m], "", "2020/21", number(m ? 30 : 65), 2 * m + 3);
        dataset->measures[m].relation = relations[m];
    }
    dataset->hiding.rounding = 5;
    assert_true(has_rule(explain(dataset, 0, "crime.everything.now"), "rounded when published"));
    assert_true(has_rule(explain(dataset, 0, "crime.arson.now"), "rounded when published"));
    assert_false(has_rule(explain(dataset, 0, "crime.hate.now"), "rounded when published"));
}

static void a_percentage_is_shown_as_far_as_it_goes(void **state)
{
    static const struct {
        int64_t now, before;
        const char *says;
    } cases[] = {{100, 50, "= 100 → +100.0%"},
                 {90, 80, "= 12.5 → +12.5%"},
                 {100, 300, "= −66.666666… → −66.7%"}};
    for (size_t i = 0; i < 3; i++) {
        struct dataset *dataset = dataset_new(*state, TEXT("crime"));
        add(dataset, "Total", "", "2021/22", number(cases[i].now), 2);
        add(dataset, "Total", "", "2020/21", number(cases[i].before), 3);
        assert_contains(*state, explanation_text(explain(dataset, 0, "crime.total.change")),
                        cases[i].says);
    }
}

static void months_that_vary_more_than_chance_say_how_much(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    for (int m = 0; m < 24; m++) {
        struct period month = period_month(*state, 2020 + (m + 3) / 12, (m + 3) % 12 + 1);
        add(dataset, "Burglary", "", text_cstr(*state, period_display(*state, month)),
            number(m < 12  ? 45
                   : m % 2 ? 90
                           : 30),
            (unsigned)m + 2);
    }
    const struct explanation *explanation = explain(dataset, 0, "crime.burglary.change");
    assert_contains(*state, explanation->changes[0].why,
                    "times as much as chance alone would (phi)");
}

/* Ten rows of which two may have changed: what is below the limit alone is not among ten. */
static void adjusted_for_its_table_a_change_is_no_longer_clear(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    for (unsigned i = 0; i < 10; i++) {
        const char *name = text_cstr(*state, text_format(*state, "Crime %u", i));
        add(dataset, name, "", "2021/22", number(i ? 300 : 350), 2 * i + 2);
        add(dataset, name, "", "2020/21", number(300 - (i ? 0 : 10)), 2 * i + 3);
    }
    const struct explanation *explanation = explain(dataset, 0, "crime.crime-0.change");
    assert_contains(*state, explanation->changes[0].why,
                    "p is below the limit, but adjusted for the number of rows it is not.");
}

static void of_limits_the_earlier_figure_says_what_is_little(void **state)
{
    const struct published_with limits[] = {{.lower_95 = number(298), .upper_95 = number(304)},
                                            {.lower_95 = number(297), .upper_95 = number(303)}};
    assert_contains(
        *state, why(state, KIND_RATE, "", (int64_t[]){301, 0, 0}, (int64_t[]){300, 0, 0}, limits),
        "less than 30.000 from no change (10% of the earlier figure)");
}

static void what_has_no_name_or_no_place_says_so(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("plan"));
    struct action action = {.rag = RAG_RED, .place = place_at(TEXT("plan.csv"), 0, 0)};
    for (int f = 0; f < ACTION_FIELDS; f++)
        action.field[f] = TEXT_EMPTY;
    dataset_add_action(dataset, action);
    struct facts facts = {.arena = *state};
    facts_add_actions(&facts, TEXT("plan"), dataset, (struct date){0});
    const struct explanation *explanation =
        explain_fact(*state, facts_find(&facts, TEXT("plan.count")));
    assert_text(*state, explanation->inputs[0].what, "an action without an id");
    assert_contains(*state, explanation_json(explanation), "\"line\": null");
    assert_true(rule_says(explain_fact(*state, facts_find(&facts, TEXT("plan.overdue.count"))),
                          "overdue", "Without a date"));
    facts_add_text(&facts, TEXT("job.period"), TEXT("2021/22"), PLACE_NONE);
    explanation = explain_fact(*state, facts_find(&facts, TEXT("job.period")));
    assert_text(*state, explanation->formula.items[0], "words that the command line gives");
    assert_false(text_contains(explanation_text(explanation), TEXT(":0")));
}

/* The change of "Calls" from February 2022 to March 2022, which is three days longer. */
static const struct explanation *of_march(struct arena *arena, int64_t now, int64_t before,
                                          enum relation relation)
{
    struct dataset *dataset = dataset_new(arena, TEXT("crime"));
    add(dataset, "Calls", "", "February 2022", number(before), 2);
    add(dataset, "Calls", "", "March 2022", number(now), 3);
    dataset->measures[0].relation = relation;
    struct baselines baselines = {.items = {{.period = period_read(arena, TEXT("February 2022"))}},
                                  .count = 1};
    struct facts facts = {.arena = arena};
    facts_add_comparison(&facts, TEXT("crime"),
                         comparison_make(arena, dataset, 0, period_read(arena, TEXT("March 2022")),
                                         &baselines, TEXT_EMPTY));
    const struct fact *fact = facts_find(&facts, TEXT("crime.calls.change"));
    assert_non_null(fact);
    return explain_fact(arena, fact);
}

static void a_number_and_its_average_that_part_ways_are_not_clear(void **state)
{
    const struct explanation *explanation = of_march(*state, 104000, 100000, RELATION_UNDECLARED);
    assert_contains(*state, explanation->changes[0].why, "over 31 and 28 days");
    assert_contains(*state, explanation->changes[0].why,
                    "The number and its average per day go different ways");
}

/* A caseload is no count a day (1.4). */
static void a_stock_is_tested_at_its_time_and_not_over_days(void **state)
{
    struct text why = of_march(*state, 104000, 100000, RELATION_NON_ADDITIVE)->changes[0].why;
    assert_contains(*state, why, "The two counts, each at its time, are tested");
    assert_false(text_contains(why, TEXT("31 and 28 days")));
}

static void a_revised_figure_says_what_it_was(void **state)
{
    struct dataset *dataset = dataset_new(*state, TEXT("crime"));
    add(dataset, "Total", "", "2021/22", number(5005), 2);
    add(dataset, "Total", "", "2020/21", number(4330), 3);
    dataset_revise(dataset, (struct revised){.period = period_read(*state, TEXT("2020/21")),
                                             .was = decimal_from(4310),
                                             .report = TEXT("Q1 2021/22")});
    assert_true(rule_says(explain(dataset, 0, "crime.total.change"), "revised",
                          "The report for Q1 2021/22 had 4,310 for 2020/21."));
    assert_false(has_rule(explain(dataset, 0, "crime.total.now"), "revised"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(a_change_has_its_numbers_its_class_and_its_places),
        arena_test(a_sum_lists_its_figures),
        arena_test(of_many_inputs_the_first_are_shown_and_the_others_counted),
        arena_test(a_hidden_number_is_nowhere),
        arena_test(months_are_tested_and_show_how_variable_they_are),
        arena_test(a_remainder_is_taken_from_the_total),
        arena_test(lines_have_at_most_80_columns),
        arena_test(groups_of_a_plan_are_counted),
        arena_test(the_actions_behind_a_count_are_named),
        arena_test(gaps_and_versions_of_a_plan_are_facts),
        arena_test(the_words_of_a_fact_have_a_place_and_json_is_escaped),
        arena_test(a_trend_has_its_test_its_years_and_its_weights),
        arena_test(a_trend_that_is_none_says_why),
        arena_test(the_counts_and_limits_behind_a_figure_are_named),
        arena_test(what_decides_of_two_percentages_is_said),
        arena_test(a_change_rests_on_its_own_baseline),
        arena_test(a_month_in_doubt_is_named_where_a_fact_rests_on_it),
        arena_test(a_stopped_figure_is_why_a_value_is_not_there),
        arena_test(rows_that_were_counted_are_listed_by_area),
        arena_test(what_does_not_add_up_has_no_parts),
        arena_test(a_sum_or_remainder_leaves_out_what_is_no_part),
        arena_test(published_rounding_is_a_rule_of_total_and_parts),
        arena_test(a_percentage_is_shown_as_far_as_it_goes),
        arena_test(months_that_vary_more_than_chance_say_how_much),
        arena_test(adjusted_for_its_table_a_change_is_no_longer_clear),
        arena_test(of_limits_the_earlier_figure_says_what_is_little),
        arena_test(what_has_no_name_or_no_place_says_so),
        arena_test(a_number_and_its_average_that_part_ways_are_not_clear),
        arena_test(a_stock_is_tested_at_its_time_and_not_over_days),
        arena_test(a_revised_figure_says_what_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
