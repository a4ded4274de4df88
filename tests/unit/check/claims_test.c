/* What sentences say of figures, and what only looks as if they did. */
#include "check_support.h"

/* What is told of the words, beside crimes of which 2021/22 is compared with two years. */
static struct text told(void **state, const char *words)
{
    static const struct {
        const char *name, *now, *before, *first;
        enum relation relation;
    } rows[] = {
        {"Total Crime", "5005", "4330", "4894", RELATION_TOTAL},
        {"Burglary", "280", "284", "513", RELATION_PART},
        {"Vehicle Crime", "348", "378", "712", RELATION_PART},
        {"Violence", "1280", "1044", "1062", RELATION_PART},
        {"ASB reported", "574", "783", "537", RELATION_OUTSIDE},
        {"Visits per day", "12.5", "10", "12.5", RELATION_NON_ADDITIVE},
        {"Stays aged 10 to 17", "12.5", "10", "12.5", RELATION_NON_ADDITIVE},
    };
    struct arena *arena = *state;
    struct dataset *dataset = dataset_new(arena, TEXT("crime"));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t m = add_measure(dataset, rows[i].name,
                               rows[i].relation == RELATION_NON_ADDITIVE ? KIND_MEAN : KIND_COUNT,
                               rows[i].relation);
        add_figure(dataset, m, "2021/22", rows[i].now, NULL, NULL);
        add_figure(dataset, m, "2020/21", rows[i].before, NULL, NULL);
        add_figure(dataset, m, "2019/20", rows[i].first, NULL, NULL);
    }
    struct baselines baselines = {.count = 2};
    baselines.items[0].period = period_read(arena, TEXT("2020/21"));
    baselines.items[1].period = period_read(arena, TEXT("2019/20"));
    const struct comparison *comparison = comparison_make(
        arena, dataset, 0, period_read(arena, TEXT("2021/22")), &baselines, TEXT_EMPTY);
    struct diags diags = diags_new(arena);
    const struct claims_source source = {.comparison = comparison};
    check_claims(&diags, claims_new(arena, &source, 1, TEXT("Harborough")), text_from(words),
                 place_at(TEXT("report.md"), 1, 0));
    return diags_text(&diags);
}

static void what_figures_do_not_show_is_told(void **state)
{
    static const char *const wrong[] = {
        "Burglary fell.",
        "Burglary plummeted.",
        "Burglary has come down.",
        "Burglary is lower.",
        "Burglary remained the same.",
        "Burglary shows a downward trend.",
        "There were decreases in burglary and, as before, in violence.",
        "Burglaries are down on last year.",
        "Burglary continued to decline.",
        "Violence rose and vehicle crime has fallen.",
        "ASB is back to pre-covid levels.",
        "ASB rose.",
        "The plan has had a positive impact on reducing crime.",
        "Overall crime was lower than in 2019/20.",
        "Violence doubled.",
        "Visits per day fell.",
        "Stays aged 10 to 17 fell.",
        "ASB: {{crime.asb-reported.now}}, an increase on last year.",
        "Violence was the same as last year.",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_contains(*state, told(state, wrong[i]), "[claim]");
}

static void what_they_show_is_not(void **state)
{
    static const char *const right[] = {
        "Total crime rose.",
        "Burglary fell compared with 2019/20.",
        "Burglary and vehicle crime are below pre-covid levels, having fallen since 2019/20.",
        "ASB fell by 26.7%, or 27%.",
        "Visits per day increased.",
        "Total crime was much the same as in 2019/20.",
        "Violence rose by 22.6%; ASB did not.",
        "Violence rose while ASB fell.",
        "An increase of 20.5% in violence on 2019/20.",
    };
    for (size_t i = 0; i < sizeof right / sizeof right[0]; i++)
        assert_text(*state, told(state, right[i]), "");
}

static void what_is_no_claim_is_left_alone(void **state)
{
    static const char *const others[] = {
        "We aim to reduce burglary.",
        "The target is a fall in burglary of 10%.",
        "Burglary should fall.",
        "Burglary did not fall.",
        "Has burglary fallen?",
        "# Burglary fell",
        "Reduction in burglary and vehicle crime",
        "Increase patrols where burglary is high.",
        "Burglary fell between 2014/15 and 2016/17.",
        "Burglary fell in August and in the last quarter.",
        "Burglary fell nationally.",
        "A fall in burglary means that fewer were recorded.",
        "Officers set up a burglary drop-in.",
        "Residents want more advice on burglary than leaflets.",
        "80% of burglary is in towns.",
        "Incomes fell by 3%.",
        "{{crime.burglary | judged}}",
        "Follow up burglary within a day.",
    };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_text(*state, told(state, others[i]), "");
}

static void percentages_are_worked_out_again(void **state)
{
    assert_contains(*state, told(state, "ASB fell by 26%."),
                    "'26%' is stated of 'ASB reported', but 574 compared with 783 in 2020/21 is "
                    "27%: work it out from the figures, and round it once [percent-mismatch]");
    assert_contains(*state, told(state, "Total crime rose by 2.3% on last year."), "is 15.6%");
    assert_text(*state, told(state, "Total crime rose, by 15.6 per cent."), "");
    assert_contains(*state, told(state, "There was a -27% decrease in ASB."), "[double-negative]");
}

static void the_line_is_that_of_the_sentence(void **state)
{
    assert_contains(*state,
                    told(state,
                         "# Crime\n\nTotal crime rose. It was\nso before.\n\n- Burglary\n  fell."
                         "\n"),
                    "report.md:6: warning: 'fell' is said of 'Burglary'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(what_figures_do_not_show_is_told), arena_test(what_they_show_is_not),
        arena_test(what_is_no_claim_is_left_alone),   arena_test(percentages_are_worked_out_again),
        arena_test(the_line_is_that_of_the_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
