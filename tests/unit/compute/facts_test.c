/* What a fact says in each of its formats, and what rules its explanation names. */
#include "compute/explain.h"
#include "compute/facts.h"

#include "support.h"

static struct value number(int64_t n)
{
    return (struct value){.present = true, .number = decimal_from(n)};
}

static struct value marked(unsigned markers)
{
    return (struct value){.markers = markers};
}

static struct dataset *two_years(struct arena *arena, enum measure_kind kind, struct value now,
                                 struct value before)
{
    struct dataset *dataset = dataset_new(arena, TEXT("s"));
    const char *const periods[] = {"2021/22", "2020/21"};
    const struct value values[] = {now, before};
    for (size_t i = 0; i < 2; i++) {
        struct figure figure = {
            .measure = dataset_measure(dataset, TEXT("A"), PLACE_NONE),
            .area = dataset_area(dataset, TEXT_EMPTY),
            .period = dataset_period(dataset, period_read(arena, text_from(periods[i]))),
            .value = values[i],
            .note = TEXT_EMPTY,
            .place = place_at(TEXT("a.csv"), (unsigned)i + 2, 2)};
        dataset_add_figure(dataset, figure);
    }
    dataset->measures[0].kind = kind;
    return dataset;
}

static const struct fact *fact_of(struct dataset *dataset, const char *name, size_t baselines)
{
    struct arena *arena = dataset->arena;
    struct baselines compared = {.count = baselines};
    compared.items[0].period = period_read(arena, TEXT("2020/21"));
    struct facts *facts = arena_calloc(arena, 1, sizeof *facts);
    facts->arena = arena;
    facts_add_comparison(facts, TEXT("s"),
                         comparison_make(arena, dataset, 0, period_read(arena, TEXT("2021/22")),
                                         &compared, TEXT_EMPTY));
    const struct fact *fact = facts_find(facts, text_from(name));
    assert_non_null(fact);
    return fact;
}

static void says(struct dataset *dataset, const char *name, const char *format,
                 const char *expected)
{
    struct text out;
    assert_true(fact_display(dataset->arena, fact_of(dataset, name, 1), text_from(format), &out));
    assert_text(dataset->arena, out, expected);
}

static void values_have_their_signs_and_units(void **state)
{
    struct value loss = number(-1250);
    assert_text(*state, value_display(*state, loss, 0, KIND_MONEY), "−£1,250");
    assert_text(*state, value_display(*state, number(1250), 0, KIND_MONEY), "£1,250");
    assert_text(*state, value_display(*state, number(12), 1, KIND_PERCENT), "12.0%");
    assert_text(*state, value_display(*state, marked(0), 0, KIND_COUNT), "[x]");
    loss.markers = MARKER_PROVISIONAL;
    assert_text(*state, value_display(*state, loss, 0, KIND_COUNT), "−1,250 [p]");
}

static void a_format_that_a_fact_has_not_is_told(void **state)
{
    struct dataset *dataset = two_years(*state, KIND_COUNT, number(50), number(40));
    struct text out;
    static const struct {
        const char *name, *has;
        size_t baselines;
    } cases[] = {{"s.a", "sentence, judged", 1},
                 {"s.a", "sentence", 0},
                 {"s.a.now", "number", 1},
                 {"s.a.change", "number, percent, judged", 1}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct fact *fact = fact_of(dataset, cases[i].name, cases[i].baselines);
        assert_false(fact_display(*state, fact, TEXT("colour"), &out));
        assert_text(*state, out, cases[i].has);
    }
    assert_false(fact_display(*state, fact_of(dataset, "s.a", 0), TEXT("judged"), &out));
    struct fact text = {.kind = FACT_TEXT, .text = TEXT("words")};
    assert_true(fact_display(*state, &text, TEXT_EMPTY, &out));
    assert_text(*state, out, "words");
    assert_false(fact_display(*state, &text, TEXT("number"), &out));
    says(dataset, "s.a.now", "number", "50");
    says(dataset, "s.a.change", "number", "+10");
}

static void absent_figures_are_said_in_words(void **state)
{
    says(two_years(*state, KIND_COUNT, marked(MARKER_NOT_AVAILABLE), number(40)), "s.a", "sentence",
         "not available in 2021/22, compared with 40 in 2020/21");
    says(two_years(*state, KIND_COUNT, number(50), marked(MARKER_NOT_APPLICABLE)), "s.a",
         "sentence", "50 in 2021/22; not applicable in 2020/21");
    says(two_years(*state, KIND_COUNT, number(50), marked(MARKER_NOT_APPLICABLE)), "s.a", "judged",
         "A: 50 in 2021/22, not applicable in 2020/21. The change cannot be worked out.");
    says(two_years(*state, KIND_COUNT, marked(MARKER_CONFIDENTIAL), number(40)), "s.a.change",
         "judged", "A: confidential in 2021/22, 40 in 2020/21. The change cannot be worked out.");
    says(two_years(*state, KIND_COUNT, number(7), number(0)), "s.a", "sentence",
         "7 in 2021/22, compared with 0 in 2020/21 (+7)");
}

static bool has_rule(struct dataset *dataset, const char *name, const char *rule, const char *words)
{
    const struct explanation *explanation = explain_fact(dataset->arena, fact_of(dataset, name, 1));
    for (size_t i = 0; i < explanation->rule_count; i++)
        if (text_is(text_from(explanation->rules[i].name), rule) &&
            text_contains(explanation->rules[i].says, text_from(words)))
            return true;
    return false;
}

/* Why a change has no percentage, for each status. */
static void each_status_of_a_change_is_explained(void **state)
{
    const struct value most = {.present = true, .number = {(__int128)1 << 126, 0}};
    const struct value least = {.present = true, .number = {-((__int128)1 << 126), 0}};
    const struct {
        enum measure_kind kind;
        struct value now, before;
        const char *rule, *words;
    } cases[] = {
        {KIND_COUNT, number(9), number(8), "small base", "starts below 20"},
        {KIND_PERCENT, number(9), number(8), "change", "percentage points"},
        {KIND_SCORE, number(9), number(8), "change", "no percentage change"},
        {KIND_COUNT, number(9), number(0), "change", "from zero"},
        {KIND_COUNT, number(0), number(0), "change", "Both figures are 0"},
        {KIND_MONEY, number(-9), number(8), "change", "below zero"},
        {KIND_COUNT, marked(MARKER_NOT_AVAILABLE), number(8), "change", "of the period is not"},
        {KIND_COUNT, number(9), marked(MARKER_NOT_AVAILABLE), "change", "earlier figure is not"},
        {KIND_COUNT, number(9), marked(MARKER_NOT_APPLICABLE), "change", "no difference"},
        {KIND_MONEY, most, least, "change", "no difference"},
        {KIND_COUNT, number(9), marked(MARKER_BREAK), "change", "break in the series"},
        {KIND_COUNT, number(9), marked(MARKER_LOW), "change", "rounds to 0"},
        {KIND_COUNT, marked(MARKER_CONFIDENTIAL), number(8), "confidential", "not kept"},
        {KIND_COUNT, number(50), number(40), "rounding", "to the nearest 0.1."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (!has_rule(two_years(*state, cases[i].kind, cases[i].now, cases[i].before), "s.a.change",
                      cases[i].rule, cases[i].words))
            fail_msg("rule %zu is not explained", i);
}

static void each_relation_is_explained(void **state)
{
    static const struct {
        enum relation relation;
        const char *rule;
    } cases[] = {{RELATION_FLAG, "counted inside the parts"},
                 {RELATION_OUTSIDE, "outside the total"}};
    for (size_t i = 0; i < 2; i++) {
        struct dataset *dataset = two_years(*state, KIND_COUNT, number(50), number(40));
        dataset->measures[0].relation = cases[i].relation;
        assert_true(has_rule(dataset, "s.a.now", cases[i].rule, "total"));
    }
    struct dataset *dataset = two_years(*state, KIND_COUNT, number(50), number(40));
    size_t parent = dataset_measure(dataset, TEXT("All"), PLACE_NONE);
    dataset->measures[0].relation = RELATION_OF_WHICH;
    dataset->measures[0].parent = parent;
    assert_true(has_rule(dataset, "s.a.now", "of which", "“All”"));
}

static void a_figure_shown_with_more_decimals_says_so(void **state)
{
    struct value exact = {.present = true, .number = {405, 1}};
    struct dataset *dataset = two_years(*state, KIND_RATE, number(50), exact);
    assert_true(has_rule(dataset, "s.a.now", "places", "1 decimals"));
    assert_false(has_rule(dataset, "s.a.change", "places", ""));
}

/* A sum of what is hidden and what was stopped: that it is hidden goes before the rest. */
static void what_is_hidden_is_said_to_be_that_alone(void **state)
{
    static const char *const halves[] = {"H1 2021/22", "H2 2021/22"};
    struct dataset *dataset = dataset_new(*state, TEXT("s"));
    for (size_t i = 0; i < 2; i++)
        dataset_add_figure(
            dataset, (struct figure){.measure = dataset_measure(dataset, TEXT("A"), PLACE_NONE),
                                     .area = dataset_area(dataset, TEXT_EMPTY),
                                     .period = dataset_period(
                                         dataset, period_read(*state, text_from(halves[i]))),
                                     .value = i ? number(50) : marked(MARKER_CONFIDENTIAL),
                                     .note = TEXT_EMPTY,
                                     .place = place_at(TEXT("a.csv"), (unsigned)i + 2, 2)});
    dataset_stop(dataset, (struct stopped){.period = 1,
                                           .marker = MARKER_NOT_AVAILABLE,
                                           .why = TEXT("it is below zero")});
    says(dataset, "s.a", "sentence", "confidential in 2021/22; not available in 2020/21");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(values_have_their_signs_and_units),
        arena_test(a_format_that_a_fact_has_not_is_told),
        arena_test(absent_figures_are_said_in_words),
        arena_test(each_status_of_a_change_is_explained),
        arena_test(each_relation_is_explained),
        arena_test(a_figure_shown_with_more_decimals_says_so),
        arena_test(what_is_hidden_is_said_to_be_that_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
