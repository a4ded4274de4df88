/* chart_control_words - what a control chart says: its alternative text and its notes. */
#include "assemble/chart_control_int.h"

static void add_note(struct making *making, struct text note)
{
    texts_add(making->assembly->arena, &making->chart->data->notes, note);
}

/* "Recycling consistently meets its target of 60%."; empty where that cannot be said. */
static struct text assurance_note(const struct making *making)
{
    struct arena *arena = making->assembly->arena;
    enum assurance assurance;
    if (!control_shows_target(making) ||
        !control_assures(&making->control, making->target, &assurance))
        return TEXT_EMPTY;
    const struct target *target = making->target;
    struct text words = control_target_cell(making, target->value).display;
    if (target->polarity == POLARITY_BAND)
        words = text_format(arena, "%.*s to %.*s",
                            TEXT_ARG(control_target_cell(making, target->band_low).display),
                            TEXT_ARG(control_target_cell(making, target->band_high).display));
    return assurance_sentence(arena, assurance, making->series.label, words);
}

/* The signals first: they are what such a chart is looked at for. */
static struct text control_alt(const struct making *making)
{
    const struct chart *chart = making->chart;
    struct buffer out = {.arena = making->assembly->arena};
    buffer_format(&out, "Control chart: %.*s, by %s, %.*s to %.*s. ", TEXT_ARG(chart->value_title),
                  series_step_word(making->series.step), TEXT_ARG(chart->categories.items[0]),
                  TEXT_ARG(chart->categories.items[chart->categories.count - 1]));
    struct buffer signals = {.arena = out.arena};
    words_of_signals(&signals, chart, &making->control);
    if (making->control.hides_signals)
        buffer_add(&out, TEXT("Seasonal series: signals not shown. "));
    else if (signals.len)
        buffer_format(&out, "Signals: %.*s. ", TEXT_ARG(buffer_text(&signals)));
    else
        buffer_add(&out, TEXT("No point is a signal. "));
    words_of_points(&out, chart, chart->series);
    for (size_t i = 0; i < chart->line_count; i++)
        buffer_format(&out, "%s %.*s", i ? ";" : ".", TEXT_ARG(chart->lines[i].label));
    buffer_add_byte(&out, '.');
    return buffer_text(&out);
}

static void note_method(struct making *making)
{
    struct arena *arena = making->assembly->arena;
    const char *step = series_step_word(making->series.step);
    add_note(making,
             text_format(arena,
                         "Between the limits, figures differ from %s to %s as they usually "
                         "do. The limits are the mean plus and minus 2.66 times the mean "
                         "difference from one %s to the next%s.",
                         step, step, step,
                         making->rules.screened ? ", without unusually large differences" : ""));
    if (making->control.hides_signals)
        return;
    add_note(making, text_format(arena,
                                 "A signal is rarely chance: a %s beyond a limit, six rises or "
                                 "falls in a row, two of three %ss close to one limit, or seven "
                                 "in a row on one side of the mean. It does not say why.",
                                 step, step));
}

static void note_basis(struct making *making)
{
    struct arena *arena = making->assembly->arena;
    const char *step = series_step_word(making->series.step);
    if (making->control.hides_signals) {
        add_note(making,
                 text_format(arena,
                             "Seasonal series: signals not shown. The figures go up and down with "
                             "the time of year, and there are too few %ss to take that out.",
                             step));
    } else if (making->control.basis == CONTROL_RATIO) {
        add_note(making, text_format(arena,
                                     "The figures go up and down with the time of year: each %s "
                                     "is held against the same %s a year earlier, which is 100%%.",
                                     step, step));
    } else if (making->control.basis == CONTROL_ADJUSTED) {
        add_note(making,
                 text_format(arena,
                             "The figures go up and down with the time of year: how each %s "
                             "usually differs from the mean of its year is taken out.",
                             step));
    }
    if (making->series.adds_up)
        add_note(making,
                 text_format(arena,
                             "%ss are of unequal length: counts are taken a day, for a "
                             "%s of %s days.",
                             making->series.step == SERIES_MONTHS ? "Month" : "Quarter", step,
                             making->series.step == SERIES_MONTHS ? "30.4375" : "91.3125"));
}

static void note_rounding(struct making *making)
{
    if (making->series.rounded_to)
        add_note(making, text_format(making->assembly->arena,
                                     "Points, limits and signals are those of the rounded counts: "
                                     "with the counts behind them they could be a little "
                                     "different."));
}

/* Why the chart does not begin with the first figure, and does not end with the last period. */
static void note_ends(struct making *making)
{
    struct arena *arena = making->assembly->arena;
    const struct control *control = &making->control;
    const struct series_point *points = making->series.points;
    size_t season = control->basis == CONTROL_RATIO ? 12 / (size_t)making->series.step : 0;
    size_t first = control->points->at, last = control->points[control->count - 1].at;
    if (making->rules.rebase && first == making->rules.rebase)
        add_note(making, text_format(arena, "The limits begin anew in %.*s: %.*s.",
                                     TEXT_ARG(period_display(arena, points[first].period)),
                                     TEXT_ARG(making->reason)));
    else if (first > season && points[first - season].value.markers & MARKER_BREAK)
        add_note(making,
                 text_format(arena,
                             "There is a break in the series in %.*s: figures before it are left "
                             "out.",
                             TEXT_ARG(period_display(arena, points[first - season].period))));
    else if (first > season)
        add_note(making,
                 text_format(arena, "There is no figure for %.*s: figures before it are left out.",
                             TEXT_ARG(period_display(arena, points[first - season - 1].period))));
    if (last + 1 < making->series.count)
        add_note(making, text_format(arena, "There is no figure after %.*s.",
                                     TEXT_ARG(period_display(arena, points[last].period))));
}

/* What the limits are made from, and how they are drawn. */
static void note_limits(struct making *making)
{
    struct arena *arena = making->assembly->arena;
    const struct control *control = &making->control;
    struct text limits = series_steps_words(arena, making->series.step, control->limits_count);
    if (control->is_trial)
        add_note(making, text_format(arena, "These are trial limits: they rest on %.*s only.",
                                     TEXT_ARG(limits)));
    if (control->limits_count < control->count) {
        const struct series_point *last = &making->series.points[making->rules.limits_to];
        add_note(making,
                 text_format(arena, "Mean and limits are those of the first %.*s, up to %.*s.",
                             TEXT_ARG(limits), TEXT_ARG(period_display(arena, last->period))));
    }
    if (control_lower(making) > control->xmr.lower)
        add_note(making,
                 text_format(arena, "The lower limit, worked out as %.*s, is drawn at 0.",
                             TEXT_ARG(control_line_cell(making, control->xmr.lower).display)));
}

static void add_notes(struct making *making)
{
    struct arena *arena = making->assembly->arena;
    if (making->control.refused.len) {
        add_note(making, text_format(arena, "No control chart is drawn: %.*s.",
                                     TEXT_ARG(making->control.refused)));
    } else {
        struct text assurance = assurance_note(making);
        note_basis(making);
        note_method(making);
        note_limits(making);
        note_rounding(making);
        note_ends(making);
        if (assurance.len)
            add_note(making, assurance);
    }
    note_stopped_points(making->assembly, &making->series, 1, making->chart->data);
    note_left_out(making->assembly, &making->series, making->chart->data);
    note_doubts(making->assembly, making->source, &making->series, making->chart->data);
    table_finish(making->assembly, making->chart->data, making->section, making->series.dataset);
}

void control_words(struct making *making)
{
    if (!making->control.refused.len)
        making->chart->alt = control_alt(making);
    add_notes(making);
}
