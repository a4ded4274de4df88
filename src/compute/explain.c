#include "compute/explain_int.h"

#include <stdlib.h>

static void add_input(struct explanation *explanation, struct explained_input input)
{
    explanation->inputs =
        arena_grow(explanation->arena, explanation->inputs, explanation->input_count,
                   &explanation->input_capacity, sizeof *explanation->inputs);
    explanation->inputs[explanation->input_count++] = input;
}

void explain_add_input(struct explanation *explanation, struct explained_input input)
{
    add_input(explanation, input);
}

static struct text figure_name(struct arena *arena, const struct dataset *dataset,
                               const struct figure *figure)
{
    struct text area = dataset->areas.count > 1 ? dataset->areas.items[figure->area] : TEXT_EMPTY;
    return text_format(arena, "%.*s%s%.*s, %.*s",
                       TEXT_ARG(dataset->measures[figure->measure].label), area.len ? ", " : "",
                       TEXT_ARG(area),
                       TEXT_ARG(period_display(arena, dataset->periods[figure->period])));
}

/* An area without a row in a month: there may be hundreds, and they stand nowhere in a file. */
static bool is_empty_count(const struct dataset *dataset, const struct figure *figure)
{
    return dataset->counts_rows && !figure->value.markers &&
           decimal_sign(figure->value.number) == 0;
}

/* Why the figure cannot be right; usually empty. */
static struct text why_stopped(const struct dataset *dataset, const struct figure *figure)
{
    for (size_t i = 0; i < dataset->stopped_count; i++) {
        const struct stopped *stopped = &dataset->stopped[i];
        if (stopped->measure == figure->measure && stopped->area == figure->area &&
            stopped->period == figure->period)
            return stopped->why;
    }
    return TEXT_EMPTY;
}

/* The figures of a measure in one period of the dataset, of the comparison's area or of all. */
static void add_figures(struct explanation *explanation, size_t measure, size_t period)
{
    const struct comparison *comparison = explanation->fact->comparison;
    const struct dataset *dataset = comparison->dataset;
    bool all = comparison->where == AREA_ALL;
    size_t end = all ? dataset->areas.count : comparison->where + 1;
    for (size_t area = all ? 0 : comparison->where; area < end; area++) {
        struct figure figure;
        if (!dataset_find(dataset, measure, area, period, &figure) ||
            is_empty_count(dataset, &figure))
            continue;
        struct text shown =
            value_display(explanation->arena, figure.value, figure.value.number.scale,
                          dataset->measures[measure].kind);
        add_input(explanation, (struct explained_input){
                                   .what = figure_name(explanation->arena, dataset, &figure),
                                   .value = figure.value,
                                   .shown = shown,
                                   .place = figure.place,
                                   .stopped = why_stopped(dataset, &figure)});
    }
}

/* What dataset_value() takes: the figures of the period, or of shorter ones that fill it. */
void explain_add_measure(struct explanation *explanation, size_t measure, struct period period)
{
    const struct dataset *dataset = explanation->fact->comparison->dataset;
    size_t area = explanation->fact->comparison->where, own;
    if (dataset_has_period(dataset, measure, area, period, &own)) {
        add_figures(explanation, measure, own);
        return;
    }
    const struct period **parts;
    size_t count = measure_adds_up(&dataset->measures[measure])
                       ? dataset_periods_filling(dataset, measure, area, period, &parts)
                       : 0;
    for (size_t i = 0; i < count; i++)
        add_figures(explanation, measure, (size_t)(parts[i] - dataset->periods));
}

static bool is_worked_out(const struct compared *row)
{
    return row->is_remainder || row->is_sum;
}

bool explain_is_operand(const struct compared *whole, const struct compared *row)
{
    if (!is_worked_out(whole))
        return row == whole;
    return row->measure && (row->relation == RELATION_PART ||
                            (whole->is_remainder && row->relation == RELATION_TOTAL));
}

static void add_row_inputs(struct explanation *explanation, size_t b)
{
    const struct fact *fact = explanation->fact;
    const struct comparison *comparison = fact->comparison;
    struct period period = explain_period(fact, b);
    for (size_t i = 0; i < comparison->count; i++) {
        const struct compared *row = &comparison->rows[i];
        if (explain_is_operand(fact->row, row))
            explain_add_measure(explanation, (size_t)(row->measure - comparison->dataset->measures),
                                period);
    }
}

/* ---- formulas ---- */

static struct text plain_display(const struct explanation *explanation, struct value value)
{
    const struct compared *row = explanation->fact->row;
    if (value.present)
        value.markers = 0;
    return value_display(explanation->arena, value, row->places, row->kind);
}

/* "5,005 − 280 − 652", of a remainder or a sum of parts. */
static struct text parts_formula(const struct explanation *explanation, size_t b)
{
    const struct fact *fact = explanation->fact;
    struct buffer out = {.arena = explanation->arena};
    for (size_t i = 0; i < fact->comparison->count; i++) {
        const struct compared *row = &fact->comparison->rows[i];
        if (!explain_is_operand(fact->row, row))
            continue;
        struct value value = b == BASELINE_NOW ? row->now : row->before[b];
        const char *sign = fact->row->is_remainder ? " − " : " + ";
        buffer_format(&out, "%s%.*s", out.len ? sign : "",
                      TEXT_ARG(plain_display(explanation, value)));
    }
    return buffer_text(&out);
}

/* "12 + 8 + 30", of the figures from number `first` on. */
struct text explain_figures(const struct explanation *explanation, size_t first)
{
    struct buffer out = {.arena = explanation->arena};
    size_t count = explanation->input_count - first;
    if (count > EXPLAIN_INPUTS)
        return text_format(explanation->arena, "the sum of %zu figures", count);
    for (size_t i = 0; i < count; i++)
        buffer_format(&out, "%s%.*s", i ? " + " : "",
                      TEXT_ARG(plain_display(explanation, explanation->inputs[first + i].value)));
    return buffer_text(&out);
}

/* How the row's value in a period comes about; its inputs begin at number `first`. */
static struct text value_formula(const struct explanation *explanation, size_t b, size_t first)
{
    const struct fact *fact = explanation->fact;
    struct arena *arena = explanation->arena;
    struct value value = explain_value(fact, b);
    struct text shown = plain_display(explanation, value);
    size_t count = explanation->input_count - first;
    if (is_worked_out(fact->row))
        return text_format(arena, "%.*s = %.*s", TEXT_ARG(parts_formula(explanation, b)),
                           TEXT_ARG(shown));
    if (count > 1)
        return text_format(arena, "%.*s = %.*s", TEXT_ARG(explain_figures(explanation, first)),
                           TEXT_ARG(shown));
    if (count == 0 && value.present)
        return text_format(arena, "%.*s, because no row was counted", TEXT_ARG(shown));
    if (count == 0)
        return text_format(arena, "%.*s, because the export has no figure for it", TEXT_ARG(shown));
    const struct dataset *dataset = fact->comparison->dataset;
    return text_format(arena, "%.*s, %s", TEXT_ARG(shown),
                       dataset->counts_rows       ? "the number of rows of the export"
                       : dataset->hiding.rounding ? "rounded from what the export has"
                                                  : "as the export has it");
}

static void explain_number(struct explanation *explanation, size_t b)
{
    struct arena *arena = explanation->arena;
    size_t first = explanation->input_count;
    add_row_inputs(explanation, b);
    texts_add(arena, &explanation->formula,
              text_format(arena, "%.*s: %.*s",
                          TEXT_ARG(period_display(arena, explain_period(explanation->fact, b))),
                          TEXT_ARG(value_formula(explanation, b, first))));
}

/* Cut, not rounded, after 6 decimals: what is behind them is told by the ellipsis. */
static struct text cut_display(struct arena *arena, struct decimal number)
{
    enum { SHOWN = 6 };
    bool cut = false;
    for (; number.scale > SHOWN; number.scale--) {
        cut = cut || number.coefficient % 10 != 0;
        number.coefficient /= 10;
    }
    while (!cut && number.scale && number.coefficient % 10 == 0) {
        number.coefficient /= 10;
        number.scale--;
    }
    struct text shown = decimal_display(arena, number, number.scale, DECIMAL_GROUPS);
    return text_format(arena, "%.*s%s", TEXT_ARG(shown), cut ? "…" : "");
}

/* A negative number in brackets: "5 − (−3)". */
static struct text operand(const struct explanation *explanation, struct value value)
{
    struct text shown = plain_display(explanation, value);
    bool negative = value.present && decimal_sign(value.number) < 0;
    return negative ? text_format(explanation->arena, "(%.*s)", TEXT_ARG(shown)) : shown;
}

static void explain_difference(struct explanation *explanation, size_t b)
{
    const struct fact *fact = explanation->fact;
    struct arena *arena = explanation->arena;
    const struct change *change = &fact->row->changes[b];
    struct text now = plain_display(explanation, fact->row->now);
    struct text before = operand(explanation, fact->row->before[b]);
    struct text label = period_display(arena, explain_period(fact, b));
    if (!change->has_absolute) {
        texts_add(arena, &explanation->formula,
                  text_format(arena, "change on %.*s: not worked out, %.*s", TEXT_ARG(label),
                              TEXT_ARG(change->absolute_display)));
        return;
    }
    texts_add(arena, &explanation->formula,
              text_format(arena, "change on %.*s: %.*s − %.*s = %.*s", TEXT_ARG(label),
                          TEXT_ARG(now), TEXT_ARG(before), TEXT_ARG(change->absolute_display)));
    if (!change->has_percent)
        return;
    texts_add(arena, &explanation->formula,
              text_format(arena,
                          "in per cent: 100 × (%.*s − %.*s) / %.*s = %.*s → %.*s, rounded once, "
                          "half away from zero",
                          TEXT_ARG(now), TEXT_ARG(before), TEXT_ARG(before),
                          TEXT_ARG(cut_display(arena, change->percent)),
                          TEXT_ARG(change->percent_display)));
}

bool explain_rests_on(const struct fact *fact, size_t b)
{
    if (fact->kind == FACT_ROW)
        return true;
    return b == fact->baseline || (fact->kind == FACT_CHANGE && b == BASELINE_NOW);
}

static void explain_of_row(struct explanation *explanation)
{
    const struct fact *fact = explanation->fact;
    size_t count = fact->comparison->baselines.count;
    if (explain_rests_on(fact, BASELINE_NOW))
        explain_number(explanation, BASELINE_NOW);
    for (size_t b = 0; b < count; b++)
        if (explain_rests_on(fact, b))
            explain_number(explanation, b);
    for (size_t b = 0; fact->kind != FACT_VALUE && b < count; b++)
        if (explain_rests_on(fact, b)) {
            explain_difference(explanation, b);
            explain_change(explanation, b);
        }
    explanation->value = fact->kind == FACT_VALUE ? fact->value : fact->row->now;
    if (fact->kind != FACT_CHANGE)
        return;
    const struct change *change = &fact->row->changes[fact->baseline];
    explanation->value =
        (struct value){.present = change->has_absolute, .number = change->absolute};
    explanation->has_percent = change->has_percent;
    explanation->percent = change->percent;
}

/* ---- actions and texts ---- */

static void explain_actions(struct explanation *explanation)
{
    struct arena *arena = explanation->arena;
    const struct actions_counted *counted = &explanation->fact->actions;
    for (size_t i = 0; i < counted->dataset->action_count; i++) {
        const struct action *action = &counted->dataset->actions[i];
        if (!action_is_counted(counted, action))
            continue;
        struct text id = action->field[ACTION_ID];
        struct text shown = text_from(rag_word(action->rag));
        if (counted->which == ACTIONS_OVERDUE)
            shown = text_format(arena, "%.*s, due %.*s", TEXT_ARG(shown),
                                TEXT_ARG(date_display(arena, action->due)));
        add_input(explanation,
                  (struct explained_input){
                      .what = id.len ? text_concat(arena, TEXT("action "), text_quote(arena, id))
                                     : TEXT("an action without an id"),
                      .shown = shown,
                      .place = action->place});
    }
    explanation->value = explanation->fact->value;
    static const char *const which[] = {[ACTIONS_ALL] = "all actions",
                                        [ACTIONS_STATUS] = "the actions with the status",
                                        [ACTIONS_OVERDUE] = "the actions that are overdue",
                                        [ACTIONS_LISTED] = ""};
    struct text more = counted->which == ACTIONS_STATUS
                           ? text_format(arena, " %s", rag_word(counted->rag))
                           : counted->list;
    texts_add(arena, &explanation->formula,
              text_format(arena, "%s%.*s, counted: %.*s", which[counted->which], TEXT_ARG(more),
                          TEXT_ARG(explanation->display)));
}

static void explain_text(struct explanation *explanation)
{
    const struct fact *fact = explanation->fact;
    texts_add(explanation->arena, &explanation->formula,
              fact->place.file.len ? TEXT("words that the job file gives")
                                   : TEXT("words that the command line gives"));
    add_input(explanation, (struct explained_input){.what = fact->name,
                                                    .shown = explanation->display,
                                                    .place = fact->place});
}

struct explanation *explain_fact(struct arena *arena, const struct fact *fact)
{
    struct explanation *explanation = arena_alloc(arena, sizeof *explanation);
    *explanation = (struct explanation){.arena = arena, .fact = fact, .display = TEXT_EMPTY};
    fact_display(arena, fact, TEXT_EMPTY, &explanation->display);
    if (fact->kind == FACT_TREND)
        explain_trend(explanation);
    else if (fact->performance)
        explain_performance(explanation);
    else if (fact->row)
        explain_of_row(explanation);
    else if (fact->actions.dataset)
        explain_actions(explanation);
    else
        explain_text(explanation);
    explain_rules(explanation);
    return explanation;
}
