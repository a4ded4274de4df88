/* The latest figures beside a comparator, and what most people chose in a survey, as facts. */
#include "compute/facts.h"

#include "support.h"

static struct value number(const char *digits)
{
    struct value value = {.present = true};
    assert_true(decimal_parse(text_from(digits), &value.number));
    return value;
}

struct row {
    const char *measure, *area, *period, *value, *count, *denominator;
};

static void add_rows(struct arena *arena, struct dataset *dataset, const struct row *rows,
                     size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct figure figure = {
            .measure = dataset_measure(dataset, text_from(rows[i].measure), PLACE_NONE),
            .area = dataset_area(dataset, text_from(rows[i].area)),
            .period = dataset_period(dataset, period_read(arena, text_from(rows[i].period))),
            .note = TEXT_EMPTY,
            .place = place_at(TEXT("a.csv"), (unsigned)i + 2, 2)};
        figure.value =
            rows[i].value ? number(rows[i].value) : (struct value){.markers = MARKER_CONFIDENTIAL};
        if (rows[i].count)
            figure.count = number(rows[i].count);
        if (rows[i].denominator)
            figure.denominator = number(rows[i].denominator);
        dataset_add_figure(dataset, figure);
    }
}

static const struct row profile[] = {
    {"Obese", "Leeds", "2017/18", "20.0", NULL, NULL},
    {"Obese", "Leeds", "2018/19", "14.9", "139", NULL},
    {"Obese", "England", "2018/19", "20.2", NULL, NULL},
    {"Deaths", "Leeds", "2018/19", "114.2", "317", NULL},
    {"Deaths", "England", "2018/19", "132.3", NULL, NULL},
    {"Active", "Leeds", "2018/19", "68.7", NULL, NULL},
    {"Active", "England", "2018/19", "66.3", NULL, NULL},
    {"Hidden", "Leeds", "2018/19", NULL, NULL, NULL},
    {"Hidden", "England", "2018/19", "3.1", NULL, NULL},
    {"Alone", "Leeds", "2018/19", "3.1", "30", NULL},
    {"Elsewhere", "England", "2018/19", "3.1", NULL, NULL},
};

static struct dataset *profile_new(struct arena *arena)
{
    static const enum basis bases[] = {BASIS_COUNTED, BASIS_STANDARDISED, BASIS_SURVEY,
                                       BASIS_COUNTED, BASIS_COUNTED,      BASIS_COUNTED};
    struct dataset *dataset = dataset_new(arena, TEXT("s"));
    add_rows(arena, dataset, profile, sizeof profile / sizeof profile[0]);
    for (size_t m = 0; m < dataset->measure_count; m++) {
        dataset->measures[m].kind = m == 1 ? KIND_RATE : KIND_PERCENT;
        dataset->measures[m].basis = bases[m];
        dataset->measures[m].target.polarity = POLARITY_LOW;
    }
    dataset->measures[1].unit = TEXT("per 100,000");
    return dataset;
}

static struct comparison *compare(struct arena *arena, struct dataset *dataset, size_t area)
{
    struct baselines none = {.count = 0};
    return comparison_make(arena, dataset, area, period_read(arena, TEXT("2021/22")), &none,
                           TEXT_EMPTY);
}

static struct facts latest_facts(struct arena *arena, size_t area, bool has_comparator)
{
    struct dataset *dataset = profile_new(arena);
    struct facts facts = {.arena = arena};
    struct comparison *here = compare(arena, dataset, area);
    here->comparators[0].comparison = compare(arena, dataset, 1);
    here->comparator_count = has_comparator;
    facts_add_latest(&facts, TEXT("s"), here, period_read(arena, TEXT("2021/22")).end);
    return facts;
}

static void says(const struct facts *facts, const char *name, const char *expected)
{
    struct text out;
    const struct fact *fact = facts_find(facts, text_from(name));
    assert_non_null(fact);
    assert_true(fact_display(facts->arena, fact, TEXT_EMPTY, &out));
    assert_text(facts->arena, out, expected);
}

static void the_latest_figure_stands_beside_the_comparator(void **state)
{
    struct facts facts = latest_facts(*state, 0, true);
    says(&facts, "s.obese.latest", "14.9%");
    says(&facts, "s.obese.latest-count", "139");
    says(&facts, "s.obese.latest-period", "2018/19");
    says(&facts, "s.obese.latest-comparator", "20.2%");
    says(&facts, "s.obese.standing", "better than England (20.2%)");
    says(&facts, "s.deaths.standing", "estimated to be better than England (132.3)");
    says(&facts, "s.active.standing", "not compared with England (66.3%)");
    says(&facts, "s.hidden.latest", "[c]");
    says(&facts, "s.hidden.standing", "[c]");
    says(&facts, "s.alone.latest-comparator", "[x]");
    says(&facts, "s.alone.standing", "[x]");
    assert_null(facts_find(&facts, TEXT("s.elsewhere.latest")));
    says(&facts, "s.comparator", "England");
}

static void measures_are_counted_by_how_they_stand(void **state)
{
    struct facts facts = latest_facts(*state, 0, true);
    says(&facts, "s.measures.count", "5");
    says(&facts, "s.better.count", "1");
    says(&facts, "s.worse.count", "0");
    says(&facts, "s.estimated-better.count", "1");
    says(&facts, "s.not-compared.count", "3");
}

static void without_a_comparator_there_are_none(void **state)
{
    assert_int_equal(latest_facts(*state, 0, false).count, 0);
    assert_int_equal(latest_facts(*state, AREA_ALL, true).count, 0);
}

static void what_the_program_adds_up_has_no_latest_figure(void **state)
{
    static const struct row parts[] = {{"A", "Leeds", "2021/22", "40", NULL, NULL},
                                       {"B", "Leeds", "2021/22", "50", NULL, NULL}};
    struct dataset *dataset = dataset_new(*state, TEXT("s"));
    struct facts facts = {.arena = *state};
    add_rows(*state, dataset, parts, 2);
    dataset->measures[0].relation = dataset->measures[1].relation = RELATION_PART;
    struct comparison *here = compare(*state, dataset, 0);
    here->comparators[0].comparison = compare(*state, dataset, 0);
    here->comparator_count = 1;
    facts_add_latest(&facts, TEXT("s"), here, period_read(*state, TEXT("2021/22")).end);
    says(&facts, "s.measures.count", "2");
}

static struct facts survey_facts(struct arena *arena, const struct row *rows, size_t count,
                                 bool is_survey)
{
    struct dataset *dataset = dataset_new(arena, TEXT("s"));
    struct facts facts = {.arena = arena};
    add_rows(arena, dataset, rows, count);
    dataset_measure(dataset, TEXT("No figure"), PLACE_NONE);
    dataset->is_open_survey = is_survey;
    facts_add_survey(&facts, TEXT("s"), dataset, 0, period_read(arena, TEXT("2021/22")).end);
    return facts;
}

static void the_most_chosen_answers_come_in_order(void **state)
{
    static const struct row rows[] = {
        {"Nature", "", "2021/22", "35.79", "160", "447"},
        {"Safety", "", "2021/22", "47.20", "211", "447"},
        {"Parks", "", "2021/22", "35.79", "160", "447"},
        {"Hidden", "", "2021/22", NULL, NULL, "447"},
        {"No count", "", "2021/22", "90", NULL, "447"},
        {"Shops", "", "2021/22", "20.13", "90", "447"},
    };
    struct facts facts = survey_facts(*state, rows, sizeof rows / sizeof rows[0], true);
    says(&facts, "s.answered", "447");
    says(&facts, "s.answer-1", "Safety");
    says(&facts, "s.answer-1-count", "211");
    says(&facts, "s.answer-1-share", "47%");
    says(&facts, "s.answer-2", "Nature");
    says(&facts, "s.answer-3", "Parks");
    facts = survey_facts(*state, rows, 1, true);
    assert_null(facts_find(&facts, TEXT("s.answer-2")));
    assert_int_equal(survey_facts(*state, rows, 6, false).count, 0);
}

static void answers_of_several_bases_are_not_held_together(void **state)
{
    static const struct row rows[] = {{"A", "", "2021/22", "35.79", "160", "447"},
                                      {"B", "", "2021/22", "47.20", "211", "446"},
                                      {"C", "", "2021/22", "47.20", "211", "447"},
                                      {"D", "", "2021/22", "35.79", "160", NULL}};
    const struct row blank_last[] = {rows[0], rows[3]};
    assert_int_equal(survey_facts(*state, rows, 3, true).count, 0);
    assert_int_equal(survey_facts(*state, blank_last, 2, true).count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(the_latest_figure_stands_beside_the_comparator),
        arena_test(measures_are_counted_by_how_they_stand),
        arena_test(without_a_comparator_there_are_none),
        arena_test(what_the_program_adds_up_has_no_latest_figure),
        arena_test(the_most_chosen_answers_come_in_order),
        arena_test(answers_of_several_bases_are_not_held_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
