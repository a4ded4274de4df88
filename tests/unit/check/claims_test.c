/* What sentences say of figures, and what only looks as if they did. */
#include "check_support.h"

#include "check/claims_int.h"

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
        {"Arson", NULL, "30", "40", RELATION_OUTSIDE},
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

static void amounts_are_those_of_the_figures(void **state)
{
    static const char *const wrong[] = {
        "Burglary was 310 in 2021/22.",
        "There were 310 burglaries in 2021/22.",
        "ASB fell from 783 to 547.",
        "Total crime rose by 657.",
        "There was a fall of 290 in ASB.",
        "Burglary was 280 in 2019/20.",
        "Recorded burglary reached almost 400.",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_contains(*state, told(state, wrong[i]), "[amount-mismatch]");
    assert_contains(*state, told(state, "ASB fell from 783 to 547."),
                    "'547' is stated of 'ASB reported', but the figure is 574 in 2021/22 "
                    "(a.csv:14:2): write that figure");
}

static void what_is_another_amount_is_left_alone(void **state)
{
    static const char *const others[] = {
        "Burglary was 280 in 2021/22 and 513 in 2019/20.",
        "ASB fell from 783 to 574, a fall of 209.",
        "There were about 300 burglaries and over 5,000 crimes.",
        "Of 310 burglaries many were at night.",
        "Officers attended 310 burglaries.",
        "There were 310 burglaries detected.",
        "There were 310 burglaries in Eastham.",
        "Burglary was 310 on the Northfield estate.",
        "Burglary was 310 in 2014/15.",
        "Burglary was 310 in April.",
        "Burglary letters were 310.",
        "The target for burglary was 310.",
        "Burglary should fall to 250.",
        "The burglary line is 01632 960123; see page 300 and section 3.1.",
        "Burglary cost £310.",
        "Burglary was 12, which is few.",
        "310 Burglary",
        "Arson was 35.", /* which is hidden, or not known */
    };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_text(*state, told(state, others[i]), "");
}

static void words_around_the_name_must_leave_it_whole(void **state)
{
    static const char *const others[] = {
        "Fear of burglary fell.",
        "Domestic burglary fell.",
        "Burglary in the parks fell.",
        "The burglary team grew.",
        "Letters about burglary increased.",
        "Burglary fell on Friday nights.",
        "Crime reduction schemes were set up.",
        "Burglary fell in Eastham.",
        "Burglary is at its highest risk.",
        "All types of crime prevention rose.",
    };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_text(*state, told(state, others[i]), "");
}

static void more_than_two_periods_are_looked_at(void **state)
{
    assert_contains(*state, told(state, "ASB fell steadily."), "do not go one way");
    assert_contains(*state, told(state, "Burglary is at its highest level for three years."),
                    "it was higher before: 513 in 2019/20");
    assert_text(*state, told(state, "Burglary is at its lowest level for three years."), "");
    assert_contains(*state, told(state, "All types of crime rose."), "2 of 3 did not");
    assert_contains(*state, told(state, "Burglary fell from 10 to 6 in Eastham."),
                    "too few to tell a change");
    assert_text(*state, told(state, "Burglary courses went up from 3 to 5 days."), "");
    assert_contains(*state, told(state, "There was no change in total crime."), "is a rise");
}

static void rounded_words_are_right_when_the_figure_rounds_so(void **state)
{
    static const struct {
        const char *figure, *stated;
        int64_t unit;
        enum nearness nearness;
        enum dq code;
    } cases[] = {
        {"574", "574", 1, NEAR_EXACT, DQ_OK},
        {"574", "575", 1, NEAR_EXACT, DQ_AMOUNT_MISMATCH},
        {"36073", "36", 1000, NEAR_EXACT, DQ_OK},
        {"36500", "36", 1000, NEAR_EXACT, DQ_AMOUNT_MISMATCH}, /* half away from zero */
        {"36500", "37", 1000, NEAR_EXACT, DQ_OK},
        {"5005", "5.0", 1000, NEAR_EXACT, DQ_OK},
        {"5005", "5000", 1, NEAR_EXACT, DQ_OK},
        {"5005", "5010", 1, NEAR_EXACT, DQ_AMOUNT_MISMATCH},
        {"47.2", "47", 1, NEAR_EXACT, DQ_OK},
        {"5005", "5000", 1, NEAR_OVER, DQ_OK},
        {"5000", "5000", 1, NEAR_OVER, DQ_AMOUNT_MISMATCH},
        {"574", "600", 1, NEAR_ALMOST, DQ_OK},
        {"604", "600", 1, NEAR_ALMOST, DQ_AMOUNT_MISMATCH},
        {"530", "600", 1, NEAR_ALMOST, DQ_AMOUNT_MISMATCH},
        {"574", "600", 1, NEAR_UNDER, DQ_OK},
        {"574", "600", 1, NEAR_ABOUT, DQ_OK},
        {"574", "700", 1, NEAR_ABOUT, DQ_AMOUNT_MISMATCH},
        {"0", "0", 1, NEAR_EXACT, DQ_OK},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct decimal figure, stated;
        assert_true(decimal_parse(text_from(cases[i].figure), &figure));
        assert_true(decimal_parse(text_from(cases[i].stated), &stated));
        assert_int_equal(dq_amount(figure, stated, decimal_from(cases[i].unit), cases[i].nearness),
                         cases[i].code);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(what_figures_do_not_show_is_told),
        arena_test(what_they_show_is_not),
        arena_test(what_is_no_claim_is_left_alone),
        arena_test(percentages_are_worked_out_again),
        arena_test(the_line_is_that_of_the_sentence),
        arena_test(amounts_are_those_of_the_figures),
        arena_test(what_is_another_amount_is_left_alone),
        arena_test(words_around_the_name_must_leave_it_whole),
        arena_test(more_than_two_periods_are_looked_at),
        arena_test(rounded_words_are_right_when_the_figure_rounds_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
