/* explain_rules - the rules that applied to a fact, a sentence each. */
#include "compute/explain_int.h"

static void add_rule(struct explanation *explanation, const char *name, struct text says)
{
    explanation->rules = arena_grow(explanation->arena, explanation->rules, explanation->rule_count,
                                    &explanation->rule_capacity, sizeof *explanation->rules);
    explanation->rules[explanation->rule_count++] =
        (struct explained_rule){.name = name, .says = says};
}

void explain_add_rule(struct explanation *explanation, const char *name, struct text says)
{
    add_rule(explanation, name, says);
}

/* The markers of all values that the fact rests on. */
static unsigned markers_of(const struct explanation *explanation)
{
    const struct fact *fact = explanation->fact;
    unsigned markers = 0;
    if (!fact->performance && explain_rests_on(fact, BASELINE_NOW))
        markers |= fact->row->now.markers;
    for (size_t b = 0; !fact->performance && b < fact->comparison->baselines.count; b++)
        if (explain_rests_on(fact, b))
            markers |= fact->row->before[b].markers;
    for (size_t i = 0; i < explanation->input_count; i++)
        markers |= explanation->inputs[i].value.markers;
    return markers;
}

static void add_markers(struct explanation *explanation)
{
    unsigned markers = markers_of(explanation);
    for (int m = 0; m < MARKERS; m++) {
        if (!(markers & 1u << m))
            continue;
        if (1u << m == MARKER_CONFIDENTIAL)
            add_rule(explanation, "confidential",
                     TEXT("A figure is confidential, [c]: its number is not kept, and whatever "
                          "rests on it is confidential too."));
        else
            add_rule(explanation, "marker",
                     text_format(explanation->arena,
                                 "[%s] means %s; what rests on such a figure says so too.",
                                 marker_letters(m), marker_meaning(m)));
    }
}

/* How many values of measures the fact rests on: fewer than its figures when those are sums. */
static size_t values_of(const struct fact *fact)
{
    size_t periods = explain_rests_on(fact, BASELINE_NOW) ? 1 : 0, measures = 0;
    for (size_t b = 0; b < fact->comparison->baselines.count; b++)
        periods += explain_rests_on(fact, b) ? 1 : 0;
    for (size_t i = 0; i < fact->comparison->count; i++)
        measures += explain_is_operand(fact->row, &fact->comparison->rows[i]) ? 1 : 0;
    return periods * measures;
}

static void add_sums(struct explanation *explanation)
{
    const struct comparison *comparison = explanation->fact->comparison;
    const struct compared *row = explanation->fact->row;
    if (row->is_remainder)
        add_rule(explanation, "remainder",
                 TEXT("The total less all its parts: what no measure of the source names."));
    if (row->is_sum)
        add_rule(explanation, "sum of parts",
                 TEXT("The source gives no total: it is the sum of the parts."));
    if (explanation->input_count > values_of(explanation->fact))
        add_rule(explanation, "sum of figures",
                 comparison->where == AREA_ALL
                     ? TEXT("The figures of all areas, and of the shorter periods that fill the "
                            "period without gap or overlap, are added.")
                     : TEXT("The figures of the shorter periods that fill the period without gap "
                            "or overlap are added."));
    if (comparison->dataset->counts_rows)
        add_rule(
            explanation, "rows counted",
            TEXT("A figure is a number of rows; its place is that of the first row. Where there "
                 "was no row, nothing is listed."));
    if (comparison->rounding_shows &&
        (row->relation == RELATION_TOTAL || row->relation == RELATION_PART))
        add_rule(explanation, "rounded when published",
                 TEXT("Figures may not add because of rounding."));
}

static void add_rounding(struct explanation *explanation)
{
    unsigned unit = explanation->fact->comparison->dataset->hiding.rounding;
    if (unit)
        add_rule(explanation, "rounded to protect people",
                 text_format(explanation->arena,
                             "Counts of people are rounded to the nearest %u, each by itself, "
                             "before anything else is worked out.",
                             unit));
}

static void add_relation(struct explanation *explanation)
{
    const struct compared *row = explanation->fact->row;
    const struct dataset *dataset = explanation->fact->comparison->dataset;
    if (row->relation == RELATION_OF_WHICH)
        add_rule(explanation, "of which",
                 text_format(explanation->arena,
                             "It is counted within “%.*s” already and is not added to the total.",
                             TEXT_ARG(dataset->measures[row->measure->parent].label)));
    else if (row->relation == RELATION_FLAG)
        add_rule(explanation, "counted inside the parts",
                 TEXT("It is counted inside the parts already and is not added to the total."));
    else if (row->relation == RELATION_OUTSIDE)
        add_rule(explanation, "outside the total", TEXT("It is not in the total."));
}

/* Why a change has no percentage, or is not there. */
static struct text status_words(struct arena *arena, enum change_status status)
{
    switch (status) {
    case CHANGE_SMALL_BASE:
        return text_format(arena, "No percentage is given for a count that starts below %u.",
                           change_default_rules.small_base);
    case CHANGE_OK_PP:
        return TEXT("The difference of two percentages is in percentage points.");
    case CHANGE_OK_ABS_ONLY:
        return TEXT("A figure of this kind has a difference, but no percentage change.");
    case CHANGE_ZERO_BASELINE:
        return TEXT("No percentage is given for a change from zero.");
    case CHANGE_BOTH_ZERO:
        return TEXT("Both figures are 0: there is no change.");
    case CHANGE_NEGATIVE_VALUE:
        return TEXT("No percentage is given where a figure is below zero.");
    case CHANGE_SUPPRESSED:
        return TEXT_EMPTY; /* the rule on its marker says it */
    case CHANGE_MISSING_CURRENT:
        return TEXT("The figure of the period is not available.");
    case CHANGE_MISSING_BASELINE:
        return TEXT("The earlier figure is not available.");
    case CHANGE_NOT_APPLICABLE:
        return TEXT("The two figures have no difference that can be shown.");
    case CHANGE_BREAK_IN_SERIES:
        return TEXT("No change is given across a break in the series.");
    case CHANGE_ROUNDED_ZERO:
        return TEXT("No change is given for a figure that rounds to 0 but is not 0.");
    default:
        return TEXT_EMPTY;
    }
}

static const char *status_name(enum change_status status)
{
    return status == CHANGE_SMALL_BASE ? "small base" : "change";
}

static void add_changes(struct explanation *explanation)
{
    const struct fact *fact = explanation->fact;
    struct arena *arena = explanation->arena;
    const struct decimal last_digit = {.coefficient = 1, .scale = change_default_rules.places};
    for (size_t b = 0; fact->kind != FACT_VALUE && b < fact->comparison->baselines.count; b++) {
        if (!explain_rests_on(fact, b))
            continue;
        const struct change *change = &fact->row->changes[b];
        struct text words = status_words(arena, change->status);
        struct text days = comparison_days_note(arena, fact->comparison, fact->row, b);
        struct text abnormal = comparison_abnormal_note(arena, fact->comparison, b);
        struct text label = period_display(arena, explain_period(fact, b));
        if (words.len)
            add_rule(explanation, status_name(change->status),
                     text_format(arena, "On %.*s: %.*s", TEXT_ARG(label), TEXT_ARG(words)));
        if (change->has_percent)
            add_rule(explanation, "rounding",
                     text_format(arena,
                                 "The percentage on %.*s is worked out from unrounded figures and "
                                 "rounded once, half away from zero, to the nearest %.*s.",
                                 TEXT_ARG(label), TEXT_ARG(decimal_text(arena, last_digit))));
        if (days.len)
            add_rule(explanation, "days", days);
        if (abnormal.len)
            add_rule(explanation, "abnormal", abnormal);
    }
}

/* Why a figure that the fact rests on was not used. */
static void add_stopped(struct explanation *explanation)
{
    for (size_t i = 0; i < explanation->input_count; i++) {
        const struct explained_input *input = &explanation->inputs[i];
        if (input->stopped.len)
            add_rule(explanation, "stopped",
                     text_format(explanation->arena, "%.*s, is not shown because %.*s.",
                                 TEXT_ARG(input->what), TEXT_ARG(input->stopped)));
    }
}

static bool rests_within(const struct fact *fact, size_t b, struct period month)
{
    return explain_rests_on(fact, b) && period_within(month, explain_period(fact, b));
}

/* Of the row itself, or of all that the source counts, in a period that the fact rests on. */
static bool is_about(const struct fact *fact, const struct doubt *doubt)
{
    bool within = rests_within(fact, BASELINE_NOW, doubt->period);
    for (size_t b = 0; b < fact->comparison->baselines.count; b++)
        within |= rests_within(fact, b, doubt->period);
    return within && (!doubt->label.len || text_equal(doubt->label, fact->row->label));
}

static void add_doubts(struct explanation *explanation)
{
    const struct comparison *comparison = explanation->fact->comparison;
    for (size_t i = 0; i < comparison->doubts.count; i++)
        if (is_about(explanation->fact, &comparison->doubts.items[i]))
            add_rule(explanation, "month in doubt",
                     comparison_doubt_note(explanation->arena, comparison,
                                           &comparison->doubts.items[i]));
}

static void add_places(struct explanation *explanation)
{
    const struct compared *row = explanation->fact->row;
    struct value value = explanation->value;
    if (explanation->fact->kind != FACT_CHANGE && value.present &&
        value.number.scale != row->places)
        add_rule(explanation, "places",
                 text_format(explanation->arena,
                             "It is shown with %u decimals, the most that a figure of its row has.",
                             row->places));
}

static void add_overdue(struct explanation *explanation)
{
    struct date as_at = explanation->fact->actions.as_at;
    if (explanation->fact->actions.which != ACTIONS_OVERDUE)
        return;
    if (date_is_known(as_at))
        add_rule(explanation, "overdue",
                 text_format(explanation->arena,
                             "An action is overdue when it was due before %.*s and is neither "
                             "completed nor on hold.",
                             TEXT_ARG(date_display(explanation->arena, as_at))));
    else
        add_rule(explanation, "overdue",
                 TEXT("Without a date in “as at” of [job] no action is overdue."));
}

/* What an earlier report had for the values of the row that the fact rests on. */
static void add_revised(struct explanation *explanation)
{
    const struct fact *fact = explanation->fact;
    const struct comparison *comparison = fact->comparison;
    for (size_t i = 0; i <= comparison->baselines.count; i++) {
        size_t b = i ? i - 1 : BASELINE_NOW;
        if (!fact->row->measure || !explain_rests_on(fact, b))
            continue;
        size_t measure = (size_t)(fact->row->measure - comparison->dataset->measures);
        const struct revised *revised = dataset_revised_in(
            comparison->dataset, measure, comparison->where, explain_period(fact, b));
        if (revised)
            add_rule(explanation, "revised",
                     text_format(explanation->arena, "The report for %.*s had %.*s for %.*s.",
                                 TEXT_ARG(revised->report),
                                 TEXT_ARG(decimal_in_full(explanation->arena, revised->was)),
                                 TEXT_ARG(period_display(explanation->arena, revised->period))));
    }
}

void explain_rules(struct explanation *explanation)
{
    if (explanation->fact->kind == FACT_TREND)
        return; /* its own file has told them */
    if (!explanation->fact->row) {
        add_overdue(explanation);
        return;
    }
    add_markers(explanation);
    add_stopped(explanation);
    add_revised(explanation);
    if (explanation->fact->performance) {
        explain_performance_rules(explanation);
        return;
    }
    add_sums(explanation);
    add_rounding(explanation);
    add_relation(explanation);
    add_places(explanation);
    add_changes(explanation);
    add_doubts(explanation);
}
