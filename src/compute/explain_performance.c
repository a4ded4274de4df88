/* explain_performance - where a status, a direction or a forecast comes from (performance.h). */
#include "compute/explain_int.h"

#include <math.h>

static void add_line(struct explanation *explanation, struct text line)
{
    texts_add(explanation->arena, &explanation->formula, line);
}

static struct text shown(const struct explanation *explanation, struct value value, unsigned places)
{
    return value_display(explanation->arena, value, places, explanation->fact->row->kind);
}

static struct text shown_number(const struct explanation *explanation, struct decimal number)
{
    const struct value value = {.present = true, .number = number};
    return shown(explanation, value, number.scale);
}

/* Leaves out those from number `first` on that are listed before: last year's months are part of
 * last year. */
static void forget_repeated(struct explanation *explanation, size_t first)
{
    size_t kept = first;
    for (size_t i = first; i < explanation->input_count; i++) {
        size_t j = 0;
        while (j < first && !text_equal(explanation->inputs[j].what, explanation->inputs[i].what))
            j++;
        if (j == first)
            explanation->inputs[kept++] = explanation->inputs[i];
    }
    explanation->input_count = kept;
}

/* The sum of a measure's figures in a period, with its inputs. */
static void explain_sum(struct explanation *explanation, const char *what, struct value value,
                        struct period period)
{
    const struct performance *one = explanation->fact->performance;
    size_t first = explanation->input_count;
    if (!date_is_known(period.start))
        return;
    explain_add_measure(explanation, one->measure, period);
    size_t count = explanation->input_count - first;
    struct text sum = count > 1 ? explain_figures(explanation, first) : TEXT_EMPTY;
    add_line(explanation, text_format(explanation->arena, "%s, %.*s: %.*s%s%.*s", what,
                                      TEXT_ARG(period_display(explanation->arena, period)),
                                      TEXT_ARG(sum), sum.len ? " = " : "",
                                      TEXT_ARG(shown(explanation, value, one->row->places))));
    forget_repeated(explanation, first);
}

/* ---- target and status ---- */

static void explain_judged(struct explanation *explanation)
{
    const struct performance *one = explanation->fact->performance;
    explain_sum(explanation, one->target.is_cumulative ? "year so far" : "value", one->value,
                one->period);
}

static void explain_profile(struct explanation *explanation)
{
    const struct performance *one = explanation->fact->performance;
    const struct target_in_use *in_use = &one->target;
    struct arena *arena = explanation->arena;
    struct text annual = shown_number(explanation, in_use->annual);
    struct text target = performance_words(arena, one, PART_TARGET);
    if (in_use->is_known && in_use->target.value.scale > one->places)
        target = text_format(
            arena, "%.*s → %.*s",
            TEXT_ARG(decimal_display(arena, in_use->target.value, one->places + 4, DECIMAL_GROUPS)),
            TEXT_ARG(target));
    if (in_use->target.profile == PROFILE_EVEN) {
        add_line(explanation,
                 text_format(arena, "target so far: %.*s × %d / 12 = %.*s", TEXT_ARG(annual),
                             period_whole_months(one->period), TEXT_ARG(target)));
        return;
    }
    const struct performances *all = explanation->fact->performances;
    explain_sum(explanation, "last year so far", one->so_far.before, one->so_far.period_before);
    explain_sum(explanation, "last year", in_use->last_total, all->year[1].whole);
    add_line(explanation,
             text_format(arena, "target so far: %.*s × %.*s / %.*s = %.*s", TEXT_ARG(annual),
                         TEXT_ARG(shown(explanation, one->so_far.before, one->row->places)),
                         TEXT_ARG(shown(explanation, in_use->last_total, one->row->places)),
                         TEXT_ARG(target)));
}

static void explain_target(struct explanation *explanation)
{
    const struct performance *one = explanation->fact->performance;
    const struct target_in_use *in_use = &one->target;
    struct arena *arena = explanation->arena;
    struct text words = performance_words(arena, one, PART_TARGET);
    if (in_use->is_cumulative)
        words = shown_number(explanation, in_use->annual);
    if (in_use->origin == TARGET_OF_NOBODY)
        add_line(explanation, text_format(arena, "target: %.*s, because none is given as a number",
                                          TEXT_ARG(words)));
    else
        add_line(explanation,
                 text_format(arena, "target%s: %.*s, as %s",
                             in_use->is_cumulative ? " of the year" : "", TEXT_ARG(words),
                             in_use->origin == TARGET_OF_JOB ? "[measure] of the job says"
                                                             : "the export has it"));
    if (in_use->is_cumulative)
        explain_profile(explanation);
}

static void explain_status(struct explanation *explanation)
{
    const struct performance *one = explanation->fact->performance;
    const struct target *target = &one->target.target;
    struct arena *arena = explanation->arena;
    if (one->rag == RAG_NONE) {
        add_line(explanation,
                 text_format(arena, "status: %.*s%s%.*s", TEXT_ARG(explanation->display),
                             one->why.len ? ", " : "", TEXT_ARG(one->why)));
        return;
    }
    struct decimal edge, missed = target_missed(one->value.number, target, &edge);
    add_line(explanation, text_format(arena, "status: missed by %.*s, tolerance %.*s → %s",
                                      TEXT_ARG(measure_amount(arena, one, missed, one->places)),
                                      TEXT_ARG(tolerance_words(arena, one)), rag_word(one->rag)));
}

static void add_status_rules(struct explanation *explanation)
{
    const struct target *target = &explanation->fact->performance->target.target;
    explain_add_rule(explanation, "polarity",
                     text_format(explanation->arena, "%s.",
                                 target->has_polarity ? polarity_words(target->polarity)
                                                      : "nobody says which way is good"));
    explain_add_rule(explanation, "status",
                     TEXT("Green where the target is met, amber where it is missed by no more than "
                          "the tolerance, else red; a boundary belongs to the better colour. "
                          "Values are compared unrounded."));
    if (explanation->fact->performance->target.is_cumulative)
        explain_add_rule(explanation, "profile",
                         target->profile == PROFILE_EVEN
                             ? TEXT("A target of a year is spread by twelfths and held against the "
                                    "year so far.")
                             : TEXT("A target of a year is spread as last year's total came about, "
                                    "and held against the year so far."));
}

/* ---- direction of travel ---- */

static void explain_travel(struct explanation *explanation, int which)
{
    const struct performance *one = explanation->fact->performance;
    const struct direction *direction = &one->directions[which];
    const struct comparison *comparison = explanation->fact->comparison;
    struct arena *arena = explanation->arena;
    explain_sum(explanation, "value", one->row->now, comparison->period);
    if (direction->baseline == SIZE_MAX || direction->why.len) {
        add_line(explanation,
                 text_format(arena, "direction: not given%s%.*s", direction->why.len ? ", " : "",
                             TEXT_ARG(direction->why)));
        return;
    }
    const struct change *change = &one->row->changes[direction->baseline];
    explain_sum(explanation, "before", one->row->before[direction->baseline],
                comparison->baselines.items[direction->baseline].period);
    add_line(explanation,
             text_format(arena, "change: %.*s; the same up to %.*s → %.*s",
                         TEXT_ARG(change->absolute_display),
                         TEXT_ARG(measure_amount(arena, one, one->dead_band, one->dead_band.scale)),
                         TEXT_ARG(explanation->display)));
    explain_change(explanation, direction->baseline);
}

static void add_travel_rules(struct explanation *explanation)
{
    const struct target *target = &explanation->fact->row->measure->target;
    explain_add_rule(explanation, "polarity",
                     text_format(explanation->arena, "%s.",
                                 target->has_polarity ? polarity_words(target->polarity)
                                                      : "nobody says which way is good"));
    explain_add_rule(explanation, "direction",
                     TEXT("Up and down are of the number. “Improving” and “worsening” are said "
                          "only of a change of a count that can be told from chance, or of figures "
                          "that cannot be tested."));
}

/* ---- the year ---- */

static void explain_year(struct explanation *explanation, bool now, bool before)
{
    const struct performance *one = explanation->fact->performance;
    struct arena *arena = explanation->arena;
    if (!one->so_far.applies)
        add_line(explanation, TEXT("the year is complete, or the period is in no one financial "
                                   "year: there is no year to date"));
    if (one->so_far.applies && now)
        explain_sum(explanation, "year to date", one->so_far.now, one->so_far.period);
    if (one->so_far.applies && before)
        explain_sum(explanation, "last year", one->so_far.before, one->so_far.period_before);
    if (one->so_far.applies && now && before)
        add_line(explanation,
                 text_format(arena, "change: %.*s",
                             TEXT_ARG(performance_words(arena, one, PART_TO_DATE_CHANGE))));
    if (one->so_far.why.len)
        add_line(explanation, text_format(arena, "missing: %.*s", TEXT_ARG(one->so_far.why)));
}

static void add_year_rules(struct explanation *explanation)
{
    const struct performances *all = explanation->fact->performances;
    struct text extract = date_display(explanation->arena, all->extract);
    const struct so_far *so_far = &explanation->fact->performance->so_far;
    if (!so_far->step || !extract.len)
        return;
    explain_add_rule(explanation, "year to date",
                     text_format(explanation->arena,
                                 "The unbroken run from the year's first %s on, of those that had "
                                 "ended before the figures were taken (%.*s).",
                                 so_far->step == 3 ? "quarter" : "month", TEXT_ARG(extract)));
    if (so_far->now.markers & MARKER_PROVISIONAL)
        explain_add_rule(explanation, "provisional",
                         text_format(explanation->arena,
                                     "The last one had ended fewer than %d days before: its "
                                     "figure may still move, [p].",
                                     explanation->fact->comparison->dataset->settle_days));
}

static void explain_forecast(struct explanation *explanation)
{
    const struct performance *one = explanation->fact->performance;
    const struct performances *all = explanation->fact->performances;
    const struct year_end *end = &one->year_end;
    struct arena *arena = explanation->arena;
    explain_year(explanation, true, false);
    if (!end->is_known) {
        if (end->why.len)
            add_line(explanation, text_format(arena, "forecast: none, %.*s", TEXT_ARG(end->why)));
        return;
    }
    double y = decimal_double(one->so_far.now.number),
           growth = (end->days - end->elapsed) / end->elapsed;
    if (end->is_seasonal) {
        explain_sum(explanation, "last year so far", one->so_far.before, one->so_far.period_before);
        explain_sum(explanation, "last year", end->last_total, all->year[1].whole);
        add_line(explanation,
                 text_format(arena,
                             "forecast F: %.0f × %.*s / %.*s = %.1f, R = F − %.0f = %.1f "
                             "still to come",
                             y, TEXT_ARG(shown(explanation, end->last_total, 0)),
                             TEXT_ARG(shown(explanation, one->so_far.before, 0)),
                             end->forecast.total, y, end->forecast.remaining));
    } else {
        add_line(explanation,
                 text_format(arena,
                             "forecast F: %.0f + %.0f × %.0f / %.0f = %.1f, R = %.1f still "
                             "to come",
                             y, y, end->days - end->elapsed, end->elapsed, end->forecast.total,
                             end->forecast.remaining));
    }
    add_line(explanation,
             text_format(arena,
                         "95%% range: F ± 1.96 × √(%.2f × %.1f × (1 + %.3f)) = %.1f to %.1f, "
                         "not below %.0f → %.*s",
                         end->phi, end->forecast.remaining, growth, end->forecast.lower,
                         end->forecast.upper, y, TEXT_ARG(explanation->display)));
}

static void add_forecast_rules(struct explanation *explanation)
{
    const struct year_end *end = &explanation->fact->performance->year_end;
    if (!end->is_known)
        return;
    explain_add_rule(explanation, "forecast",
                     end->is_seasonal
                         ? TEXT("Last year is complete: the rest of this year is taken to go as "
                                "last year did.")
                         : TEXT("Last year is not known in full: the rest of the year is taken to "
                                "go on at the pace of the year so far."));
    explain_add_rule(explanation, "variation",
                     end->phi_is_known
                         ? TEXT("The months of the last two years show how much more than by "
                                "chance the count varies (phi).")
                         : TEXT("The months of two years are not known: the count is taken to vary "
                                "as by chance alone (phi is 1)."));
}

/* ---- */

static struct value value_of(const struct fact *fact)
{
    const struct performance *one = fact->performance;
    const struct value none = {.present = false};
    const struct change *change = &one->so_far.change;
    switch (fact->part) {
    case PART_TARGET:
        return (struct value){.present = one->target.is_known &&
                                         one->target.target.polarity != POLARITY_BAND,
                              .number = one->target.target.value};
    case PART_TO_DATE:
        return one->so_far.applies ? one->so_far.now : none;
    case PART_TO_DATE_BEFORE:
        return one->so_far.applies ? one->so_far.before : none;
    case PART_TO_DATE_CHANGE:
        return (struct value){.present = one->so_far.applies && change->has_absolute,
                              .number = change->absolute};
    default:
        return none;
    }
}

void explain_performance(struct explanation *explanation)
{
    enum performance_part part = explanation->fact->part;
    explanation->value = value_of(explanation->fact);
    switch (part) {
    case PART_TARGET:
        explain_target(explanation);
        break;
    case PART_STATUS:
    case PART_GAP:
        explain_judged(explanation);
        explain_target(explanation);
        if (part == PART_STATUS)
            explain_status(explanation);
        else
            add_line(explanation,
                     text_format(explanation->arena, "gap: %.*s", TEXT_ARG(explanation->display)));
        break;
    case PART_TRAVEL:
    case PART_YEAR_TRAVEL:
        explain_travel(explanation, part == PART_TRAVEL ? TRAVEL_LAST_PERIOD : TRAVEL_LAST_YEAR);
        break;
    case PART_FORECAST:
        explain_forecast(explanation);
        break;
    default:
        explain_year(explanation, part != PART_TO_DATE_BEFORE, part != PART_TO_DATE);
    }
}

void explain_performance_rules(struct explanation *explanation)
{
    switch (explanation->fact->part) {
    case PART_TARGET:
    case PART_STATUS:
    case PART_GAP:
        add_status_rules(explanation);
        break;
    case PART_TRAVEL:
    case PART_YEAR_TRAVEL:
        add_travel_rules(explanation);
        break;
    case PART_FORECAST:
        add_forecast_rules(explanation);
        add_year_rules(explanation);
        break;
    default:
        add_year_rules(explanation);
    }
}
