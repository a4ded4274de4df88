/* What texts say of themselves: what must be found, and what only looks like it. */
#include "check_support.h"

static const struct date as_at = {2022, 6, 22};

static struct text told_in(void **state, const char *words, enum text_form form)
{
    struct arena *arena = *state;
    struct diags diags = diags_new(arena);
    struct text_checks *checks = text_checks_new(arena, as_at);
    struct place place = place_at(TEXT("a.md"), 1, form == TEXT_NARRATIVE ? 0 : 1);
    check_text(&diags, checks, text_from(words), place, form);
    check_texts_across(&diags, checks);
    return diags_text(&diags);
}

/* A word in brackets that must be told of each text, or NULL: nothing is. */
struct sample {
    const char *words, *code;
};

static void hold(void **state, const struct sample *samples, size_t count, enum text_form form)
{
    for (size_t i = 0; i < count; i++) {
        struct text told = told_in(state, samples[i].words, form);
        if (!samples[i].code && told.len)
            fail_msg("'%s' told: %.*s", samples[i].words, TEXT_ARG(told));
        if (samples[i].code && !text_contains(told, text_from(samples[i].code)))
            fail_msg("'%s' did not tell %s, but: %.*s", samples[i].words, samples[i].code,
                     TEXT_ARG(told));
    }
}
#define HOLD(state, samples, form) hold(state, samples, sizeof(samples) / sizeof(samples)[0], form)

static void sums_of_a_sentence(void **state)
{
    static const struct sample samples[] = {
        {"There were 18 flats + 42 houses = 61 homes.", "18 + 42 = 60"},
        {"We had 18 + 42 = 60.", NULL},
        {"£1.5m + £500k = £2m", NULL},
        {"1,579 plus 937 makes 2,516 lessons.", NULL},
        {"1,579 plus 937 makes 2,500 lessons.", "[stated-number]"},
        {"70 + 111 − 85 = 75", "70 + 111 − 85 = 96"},
        {"70 + 111 - 85 = 96", NULL},
        {"3 × 4 = 13", "3 × 4 = 12"},
        {"60 = 18 + 42", NULL},
        {"18 + 42 = about 61", NULL},
        {"50% + 51% = 100%", "[stated-number]"},
        {"20% of 133,000 is 26,600 trips.", NULL},
        {"20% of 133,000 is 25,600 trips.", "20% of 133,000 is 26,600"},
        {"20% of 5,233 is 1,047.", NULL},
        {"20% of 133,000 is about 25,000 trips.", NULL},
        {"47 housed: 11 prevention and 31 relief.", "11 + 31 = 42"},
        {"42 housed: 11 prevention and 31 relief.", NULL},
        {"47 people were housed (11 women and 31 men).", "[stated-number]"},
        {"47 homes: 11 let, 20 sold and 10 empty.", "11 + 20 + 10 = 41"},
        {"12 schools: 5 classes and 3 assemblies.", NULL},
        {"20 events: 300 people and 40 volunteers.", NULL},
        {"47 cases, including 11 prevention and 31 relief.", NULL},
        {"9 wards: 2 and 5 have no path.", NULL},
        {"60 staff trained: 12 in March and 20 in April.", NULL},
        {"5 sessions (10 am and 2 pm).", NULL},
        {"1,633 and 1,360, a total of 2,952.", "1,360 = 2,993"},
        {"1,633 and 1,360, a total of 2,993.", NULL},
        {"Ashby has 1,633, Moira 1,360, total 2,952.", "1,360 = 2,993"},
        {"Of 300 asked, 40 chose the bus and 50 the train, a total of 90.", NULL},
        {"3 events and 120 visitors, a total of 340 hours.", NULL},
        {"In 2021 and 2022, a total of 340 homes.", NULL},
        {"Ring 01858 82 82 82.", NULL},
        {"Reach 72,3000 people.", "72,3000"},
        {"Lessons exceeded the target of 1303 (now at 1,579).", "'1303' is written without"},
        {"In 2021 there were 1,579; ring 0808 800 3302 or see KA 1303.", NULL},
        {"Reach 72,300 people, in wards 1,2,3.", NULL},
    };
    HOLD(state, samples, TEXT_NARRATIVE);
}

static void what_came_went_and_is_left(void **state)
{
    static const struct sample samples[] = {
        {"2021/22 105 cases received 79 cases completed 70 cases in work flow 2022/23 111 cases "
         "received 85 cases completed 75 cases in work flow",
         "70 + 111 − 85 = 96"},
        {"2021/22 105 cases received 79 cases completed 70 cases in work flow 2022/23 111 cases "
         "received 85 cases completed 96 cases in work flow",
         NULL},
        {"105 cases received, 79 completed and 70 open.", NULL},
    };
    HOLD(state, samples, TEXT_CELL);
}

static void changes_of_a_sentence(void **state)
{
    static const struct sample samples[] = {
        {"Visits rose from 34,898 to 40,413, an increase of 18%.", "is 16%"},
        {"Visits rose from 34,898 to 40,413, an increase of 15.8%.", NULL},
        {"40,413 households in 2021, an increase of 18%. (34,898 in 2011)", "is 16%"},
        {"40,413 households in 2021, an increase of 16% (34,898 in 2011)", NULL},
        {"Visits fell from 783 to 574, a fall of 26%.", "is 27%"},
        {"Visits fell from 783 to 574, a fall of about 26%.", NULL},
        {"Visits fell from 783 to 574, and 26% came by bus.", NULL},
        {"Visits rose from 783 to 574.", "is a fall"},
        {"Visits rose from 400 to 500, and by 5% in the last year.", NULL},
        {"Visits rose from 400 to 500, a rise of 5% on the target.", NULL},
        {"Satisfaction rose from 64% to 72%, a rise of 8%.", "8 percentage points (13%)"},
        {"Satisfaction rose from 64% to 72%, a rise of 8 percentage points.", NULL},
        {"Growth of 3.3% a year compound for 6 years is 20%.", "is 22% in 6 years"},
        {"Growth of 3.3% a year compound for 6 years is 21.5%.", NULL},
        {"Growth of 3.3% a year for 6 years is 20%.", NULL},
        {"The mortality rate is 83.1%.", "[unit-scale]"},
        {"The mortality rate is 83.1 per 100,000.", NULL},
        {"The mortality rate fell by 30%.", NULL},
    };
    HOLD(state, samples, TEXT_NARRATIVE);
}

static void shares_above_the_whole(void **state)
{
    static const struct sample samples[] = {
        {"The employment rate is 80% and the inactivity rate is 20.1%.", "100.1%"},
        {"The employment rate is 79.8% and the inactivity rate is 20.1%.", NULL},
        {"Inactivity rate is 17% (UK 20.1%). Employment rate is 77% (UK 80%)", "100.1%"},
        {"62% agreed and 45% disagreed.", "107%"},
        {"62% agreed and 35% disagreed.", NULL},
        {"62% agreed with the path and 45% disagreed with the site.", NULL},
        {"80% of men and 70% of women took part.", NULL},
    };
    HOLD(state, samples, TEXT_NARRATIVE);
}

static void days_and_years(void **state)
{
    static const struct sample samples[] = {
        {"In 2024/05 we will see.", "write '2024/25', or 'May' and the year"},
        {"In 2024/23 we will see.", "write '2024/25' [period-label]"},
        {"In 2024/25 and the plan of 2022/27.", NULL},
        {"Application 21/2024/05 was refused.", NULL},
        {"Under Regulation 2016/05 and Directive 2008/98.", NULL},
        {"In quarter 1 2 3/24 there were 675.", "2023/24"},
        {"Add 2 3/4 cups.", NULL},
        {"In Q3 and Q4 2023 it began.", "[stated-date]"},
        {"In Q3 2023/24 it began.", NULL},
        {"On Wednesday, 30 June 2022 it met.", "is a Thursday"},
        {"On Thursday, 30 June 2022 it met.", NULL},
        {"On Thursday 30th June 2022 it met.", NULL},
        {"Open from Monday to Friday; 30 June 2022 is the last day.", NULL},
        {"On 31 June 2022 it met.", "there is no '31 June 2022'"},
        {"Created on 6/8/2022 11:40:16 AM", "8 June 2022"},
        {"Created on 06/30/2022", "30 June 2022"},
        {"Created on 30/06/2022 at 11:40", NULL},
        {"The report was published on 5 July 2022.", "[stated-date]"},
        {"The report was published on 5 May 2022.", NULL},
        {"The report was expected on 5 July 2022.", NULL},
        {"The scheme will be opened in March 2021.", "as to come"},
        {"The scheme will be opened in March 2023.", NULL},
        {"The scheme will build on work done in March 2021.", NULL},
        {"The panel may meet on 5 May.", NULL},
    };
    HOLD(state, samples, TEXT_NARRATIVE);
    static const struct sample cells[] = {
        {"Next meeting 7 th February", "has no year"},
        {"Next meeting 7 February 2024", NULL},
        {"In 2024: next meeting 7 February", NULL},
    };
    HOLD(state, cells, TEXT_CELL);
}

static void ranges(void **state)
{
    static const struct sample samples[] = {
        {"between April 2022 and March 2022", "[stated-date]"},
        {"between the year so far (April 2022) and March 2022", "[stated-date]"},
        {"between April 2021 and March 2022", NULL},
        {"The change between April 2022 and April 2021 is small.", NULL},
        {"compared with 2021/22 to 2020/21", NULL},
        {"from 2028 to 2023", "[stated-date]"},
        {"from 2023 to 2028", NULL},
        {"Crime in the year to date (Apr 21 – March 22)", "[period-label]"},
        {"Crime in the year to date (Apr 21 – Dec 21)", NULL},
        {"People aged 65 to 18.", "[stated-number]"},
        {"People aged 18 to 65, and 16-24 year olds.", NULL},
    };
    HOLD(state, samples, TEXT_NARRATIVE);
}

static void brackets_and_asterisks(void **state)
{
    static const struct sample samples[] = {
        {"The rate (of 5 is low.", "is not closed"},
        {"The rate of three years) is low.", "is not opened"},
        {"The rate (of [all] 5) is low.", NULL},
        {"a) first\nb) second\n1) third, iv) fourth", NULL},
        {"See [the plan](https://example.org/a_(b) for it.", NULL},
        {"Fine :) and sad :(", NULL},
        {"One (two\n\nthree) four.", "is not closed"},
        {"Exploitation\\* is new.", "asterisk"},
        {"Exploitation\\* is new.\n\n\\* Of all ages.", NULL},
        {"This is *new*, and **this** too.", NULL},
        {"Grades A\\* to C.", NULL},
        {"- one\n- two\n\n* three\n* four", NULL},
    };
    HOLD(state, samples, TEXT_NARRATIVE);
    static const struct sample cells[] = {
        {"Exploitation* is new", "no text of the job explains one"},
        {"Exploitation* is new\n* of all ages", NULL},
        {"The rest\n*of all ages", "no word of the text has one"},
        {"*of all ages", NULL},
    };
    HOLD(state, cells, TEXT_CELL);
}

static void what_was_left_unfinished(void **state)
{
    static const struct sample samples[] = {
        {"Lorem ipsum dolor.", "[unfinished]"},
        {"We met xxx people.", "[unfinished]"},
        {"The lead is [insert name].", "[unfinished]"},
        {"The lead is [name].", "[unfinished]"},
        {"See [name](https://example.org/).", NULL},
        {"The cost is TBC.", "[unfinished]"},
        {"Minutes - to follow", "[unfinished]"},
        {"The full report to follow.", "[unfinished]"},
        {"These are the steps to follow.", NULL},
        {"A path to follow the river.", NULL},
        {"The target of (now at 1,360) is near.", "missing behind 'of'"},
        {"A target of 1,360 (now at 1,300) is near.", NULL},
        {"A number of (mainly small) firms.", NULL},
        {"Heated to comfort75 owner occupiers.", "runs into a word"},
        {"Measured per sq k40,413 households.", "runs into a word"},
        {"During covid19 the A14 and M1 were quiet, as was S106.", NULL},
        {"Footfall data …?", "a question"},
        {"Is it so?", NULL},
        {"See report22.pdf, #active30 and census2021; [x] is not available.", NULL},
        {"- one\n-\n- two", "an item of a list"},
        {"A heading\n-\n\nText.", NULL},
        {"Hover over icon for more", "[unfinished]"},
    };
    HOLD(state, samples, TEXT_NARRATIVE);
    static const struct sample cells[] = {
        {"A -26% decrease in visits", "[double-negative]"},
        {"-50% reduction in waste\n-All vans electric", NULL},
        {"-", NULL},
        {"TBC", NULL},
        {"First\n-\nsecond", "an item of a list"},
    };
    HOLD(state, cells, TEXT_CELL);
}

static void numbers_of_paragraphs(void **state)
{
    static const struct sample samples[] = {
        {"8.1 One.\n\n8.3 Three.", "'8.2' is missing"},
        {"8.1 One.\n\n8.1 Three.", "stands twice"},
        {"8.3 One.\n\n8.2 Three.", "stands behind '8.3'"},
        {"8.2 One.\n\n8.1 Of another paper.", NULL},
        {"8.1 One.\n\n8.2 £5,000.\n\n8.3 Three.\n\n9.1 Four.", NULL},
        {"8.1 One.\n\n8.3 per cent of all.", NULL},
        {"8.1 One is\n8.3 Three.", NULL},
    };
    HOLD(state, samples, TEXT_NARRATIVE);
}

static void appendices(void **state)
{
    static const struct sample samples[] = {
        {"See Appendix B.\n\n## Appendix: Plan", "last of this report is 'Appendix A'"},
        {"See Appendix A.\n\n## Appendix: Plan", NULL},
        {"See Appendix B of the strategy.", NULL},
        {"Appendix E – Survey results\n\nAppendix E – Action plan", "[two-ways]"},
        {"Appendix E – Survey results\n\nAppendix E – Survey", NULL},
    };
    HOLD(state, samples, TEXT_NARRATIVE);
}

static void two_ways_across_texts(void **state)
{
    static const struct sample samples[] = {
        {"The Community Safety Partnership (CSP) met.\n\nA Community Safety Plan (CSP) is new.",
         "[two-ways]"},
        {"The Community Safety Partnership (CSP) met.\n\nA community safety partnership (CSP).",
         NULL},
        {"Anti-Social Behaviour (ASB) and antisocial behaviour (ASB).", NULL},
        {"John Smith (JS) and Jane Stone (JS) met.", NULL},
        {"Priority 1 – Housing for all\n\nPriority 1: Quality homes for all", "[two-ways]"},
        {"Priority 1 – Housing for all\n\n**Priority One:** Housing for all", NULL},
        {"Priority 1 – Housing for all\n\nPriority 1: Safer streets", NULL},
        {"Priority 6 – Physical activity\n\nThe priorities are:\n\n5. Mental health\n6. Physical "
         "health",
         "'priority 6' has another name"},
        {"The Health & Wellbeing Strategy 2022-2027 and the Health and Wellbeing Strategy "
         "2023-2028.",
         "'2023 to 2028' are '2022 to 2027'"},
        {"The Health Strategy 2017-2022 and the Health Strategy 2022-2027.", NULL},
        {"The priorities for health in this district between 2022 and 2027. Six priorities for "
         "health in this district between 2023 and 2028.",
         NULL},
        {"Strategic priorities for health and wellbeing in Sampleton district between 2022 and "
         "2027. Six strategic priorities for health and wellbeing in Sampleton district between "
         "2023 and 2028.",
         "[two-ways]"},
        {"Counted as VwI.\n\nCounted as Vwi.", "'Vwi' is written 'VwI'"},
        {"Counted as VwI, by GPs, with GPS.", NULL},
        {"McKay and Mckay, LeeAnn and Leeann, THE and The.", NULL},
        {"The priorities are:\n\n1. Reduce burglary\n\nNow the priorities are:\n\n1. Reduce "
         "violence",
         NULL},
        {"The Local Plan 2011-2031 and the Local Plan 2020-2041.", NULL},
    };
    HOLD(state, samples, TEXT_NARRATIVE);
}

/* One place a sentence, whatever the length of what stands before it. */
static void a_place_has_line_and_column(void **state)
{
    struct text told = told_in(state, "One line.\n\nAnd 1 + 1 = 3 here.", TEXT_NARRATIVE);
    assert_contains(*state, told, "a.md:3:13: warning: '3' is stated, but 1 + 1 = 2");
}

static void half_the_name_of_an_area(void **state)
{
    struct arena *arena = *state;
    struct diags diags = diags_new(arena);
    struct text_checks *checks = text_checks_new(arena, as_at);
    struct texts areas = {0};
    texts_add(arena, &areas, TEXT("Long Ashby and Moira"));
    text_checks_areas(checks, &areas);
    struct place place = place_at(TEXT("a.md"), 1, 0);
    check_text(&diags, checks, TEXT("Long Ashby and Moira had 5 crimes. We went to Long Ashby."),
               place, TEXT_NARRATIVE);
    assert_int_equal(diags.count, 0);
    check_text(&diags, checks, TEXT("Long Ashby had 5 crimes."), place, TEXT_NARRATIVE);
    assert_contains(arena, diags_text(&diags), "the area 'Long Ashby and Moira'");
}

static void a_measure_with_two_values(void **state)
{
    struct arena *arena = *state;
    struct dataset *a = dataset_new(arena, TEXT("a")), *b = dataset_new(arena, TEXT("b"));
    size_t burglary = add_measure(a, "Burglary", KIND_COUNT, RELATION_UNDECLARED);
    size_t other = add_measure(b, "Burglary", KIND_COUNT, RELATION_UNDECLARED);
    a->measures[burglary].slug = b->measures[other].slug = TEXT("burglary");
    a->measures[burglary].label = b->measures[other].label = TEXT("Burglary");
    add_figure(a, burglary, "2021/22", "280", NULL, NULL);
    add_figure(a, burglary, "2020/21", "284", NULL, NULL);
    add_figure(b, other, "2021/22", "280", NULL, NULL);
    const struct dataset *both[] = {a, b};
    struct diags diags = diags_new(arena);
    check_two_values(&diags, both, 2, TEXT("Sampleton"));
    assert_int_equal(diags.count, 0);
    add_figure(b, other, "2020/21", "290", NULL, NULL);
    check_two_values(&diags, both, 2, TEXT("Sampleton"));
    assert_int_equal(diags.count, 0); /* both are of one export */
    b->account.files[0].path = TEXT("b.csv");
    check_two_values(&diags, both, 2, TEXT("Sampleton"));
    assert_contains(arena, diags_text(&diags),
                    "'Burglary' is 290 in 2020/21, and 284 in a.csv:3:2");
}

static void add_cell(struct dataset *dataset, const char *words)
{
    struct action action = {.place = place_at(TEXT("plan.csv"), 2, 1)};
    for (enum action_field f = 0; f < ACTION_FIELDS; f++)
        action.field[f] = TEXT_EMPTY;
    action.field[ACTION_PROGRESS] = text_from(words);
    dataset_add_action(dataset, action);
}

static void cells_that_were_cut(void **state)
{
    static const struct {
        const char *words;
        bool is_cut;
    } cells[] = {
        {"Residents feel sup", true},          {"Residents were supported by the police", false},
        {"Work with the community and", true}, {"Work with communities of the area", false},
        {"Contributes to outcome 11 -", true}, {"Improved access to the partnership plan", false},
        {"Plans of the partnership", false},   {"Signed by the CSP", false},
    };
    struct arena *arena = *state;
    struct dataset *dataset = dataset_new(arena, TEXT("plan"));
    size_t cut = 0;
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        add_cell(dataset, cells[i].words);
        cut += cells[i].is_cut;
    }
    char limit[256];
    memset(limit, 'a', sizeof limit);
    memcpy(limit, "It is a ", 8);
    limit[255] = '\0';
    add_cell(dataset, limit);
    struct text told = checked(dataset);
    size_t found = 0;
    for (size_t at = 0; at + 11 <= told.len; at++)
        found += text_starts(text_slice(told, at, told.len), TEXT("[cut-short]"));
    assert_int_equal(found, cut + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(sums_of_a_sentence),       arena_test(what_came_went_and_is_left),
        arena_test(changes_of_a_sentence),    arena_test(shares_above_the_whole),
        arena_test(days_and_years),           arena_test(ranges),
        arena_test(brackets_and_asterisks),   arena_test(what_was_left_unfinished),
        arena_test(numbers_of_paragraphs),    arena_test(appendices),
        arena_test(two_ways_across_texts),    arena_test(a_place_has_line_and_column),
        arena_test(half_the_name_of_an_area), arena_test(a_measure_with_two_values),
        arena_test(cells_that_were_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
