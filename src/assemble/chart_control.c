/* chart_control - the control chart of one measure: its line, mean, limits and signals. */
#include "assemble/chart_int.h"

/* A control chart while it is made. */
struct making {
    struct assembly *assembly;
    const struct ini_section *section;
    struct series series;
    struct control_rules rules;
    struct text reason; /* of `rebase` */
    struct control control;
    struct chart *chart;
    const struct target *target; /* NULL: none is shown */
};

/* ---- what the keys say ---- */

/* Crime and incidents go up and down with the year; of other figures somebody has to say it. */
static bool read_season(struct making *making)
{
    struct assembly *assembly = making->assembly;
    const struct ini_entry *entry = ini_entry(making->section, "seasonal");
    bool counted = making->series.dataset->counts_rows;
    making->rules.seasonal = ini_bool(assembly->diags, making->section, "seasonal", counted);
    if (!entry && !counted)
        diag(assembly->diags, DIAG_MISSING_KEY, making->section->place,
             "[%.*s] does not say whether its figures go up and down with the time of year: add "
             "'seasonal = yes' or 'seasonal = no'",
             TEXT_ARG(making->section->title));
    if (entry && counted && !making->rules.seasonal)
        diag(assembly->diags, DIAG_BAD_VALUE, entry->value_place,
             "events recorded by the police go up and down with the time of year: leave "
             "'seasonal' out");
    return entry ? !counted || making->rules.seasonal : counted;
}

/* The point of the period at `key`; false after a message. SIZE_MAX when there is no such key. */
static bool read_point(struct making *making, const char *key, struct text label, size_t *out)
{
    struct assembly *assembly = making->assembly;
    struct period period = period_read(assembly->arena, label);
    *out = SIZE_MAX;
    if (!label.len)
        return true;
    *out = series_find(&making->series, period);
    if (date_is_known(period.start) && *out < making->series.count)
        return true;
    diag(assembly->diags, DIAG_BAD_VALUE, ini_value_place(making->section, key),
         "'%.*s' at '%s' is not one of the chart's periods: expected one from %.*s to %.*s",
         TEXT_ARG(text_quote(assembly->arena, label)), key,
         TEXT_ARG(period_display(assembly->arena, making->series.points[0].period)),
         TEXT_ARG(period_display(assembly->arena,
                                 making->series.points[making->series.count - 1].period)));
    return false;
}

/* rebase = April 2021, a new recording system */
static bool read_rebase(struct making *making)
{
    struct text value = assembly_value(making->assembly, making->section, "rebase");
    size_t comma = text_find(value, ',', 0), at;
    making->reason = text_trim(text_slice(value, comma < value.len ? comma + 1 : comma, value.len));
    if (value.len && !making->reason.len) {
        diag(making->assembly->diags, DIAG_BAD_VALUE, ini_value_place(making->section, "rebase"),
             "'rebase' gives no reason: limits begin anew only for one, as in 'April 2021, a new "
             "recording system'");
        return false;
    }
    if (!read_point(making, "rebase", text_trim(text_slice(value, 0, comma)), &at))
        return false;
    making->rules.rebase = at == SIZE_MAX ? 0 : at;
    return true;
}

/* A target of counts may be for a year: then it says nothing of a month. */
static void read_target(struct making *making)
{
    const struct series *series = &making->series;
    bool otherwise = !measure_adds_up(series->kind);
    bool wanted = ini_bool(making->assembly->diags, making->section, "target", otherwise);
    if (!wanted || series->measure == SERIES_TOTAL)
        return;
    const struct target *target = &series->dataset->measures[series->measure].target;
    making->target = target->polarity == POLARITY_NONE ? NULL : target;
}

static bool read_keys(struct making *making, const struct report_source *source)
{
    struct assembly *assembly = making->assembly;
    const struct ini_section *section = making->section;
    struct picked measure, area;
    struct period from;
    enum series_step step;
    if (!pick_measures(assembly, section, "measure", source->dataset, false, &measure) ||
        !pick_areas(assembly, section, "area", source, &area) ||
        !pick_period(assembly, section, "from", &from) || !pick_step(assembly, section, &step))
        return false;
    if (measure.count > 1 || area.count > 1) {
        diag(assembly->diags, DIAG_TEMPLATE, section->place,
             "[%.*s] names more than one measure or area: a control chart has one line",
             TEXT_ARG(section->title));
        return false;
    }
    making->series =
        series_make(assembly->arena, source->dataset, measure.items[0], area.items[0], step,
                    series_known_to(&source->comparison->doubts, assembly->input->as_at));
    if (date_is_known(from.start))
        series_begin(&making->series, from);
    if (!making->series.count) {
        diag(assembly->diags, DIAG_TEMPLATE, section->place,
             "[%.*s] cannot be drawn: its measure has no months or quarters that follow on each "
             "other",
             TEXT_ARG(section->title));
        return false;
    }
    making->rules.screened = ini_bool(assembly->diags, section, "screened", false);
    bool season = read_season(making), rebase = read_rebase(making);
    read_target(making);
    return season && rebase &&
           read_point(making, "limits to", assembly_value(assembly, section, "limits to"),
                      &making->rules.limits_to);
}

/* ---- figures ---- */

static enum measure_kind charted_kind(const struct making *making)
{
    return making->control.basis == CONTROL_RATIO ? KIND_PERCENT : making->series.kind;
}

static struct value value_of(struct decimal number)
{
    return (struct value){.present = true, .number = number};
}

/* Mean and limits have a decimal more than the points. */
static struct cell line_cell(const struct making *making, double number)
{
    struct decimal decimal = decimal_from(0);
    decimal_near(number, &decimal);
    return value_cell(making->assembly->arena, value_of(decimal), making->control.places + 1,
                      charted_kind(making));
}

/* Nothing that is counted is below 0. */
static double drawn_lower(const struct making *making)
{
    enum measure_kind kind = charted_kind(making);
    bool counted = measure_adds_up(kind) || kind == KIND_RATE || kind == KIND_PERCENT;
    double lower = making->control.xmr.lower;
    return counted && lower < 0 && making->control.xmr.mean >= 0 ? 0 : lower;
}

/* What a point stands for: "Burglary in a month of average length". */
static struct text charted_header(const struct making *making, struct text label)
{
    struct arena *arena = making->assembly->arena;
    const char *step = series_step_word(making->series.step);
    switch (making->control.basis) {
    case CONTROL_PER_DAY:
        return text_format(arena, "%.*s in a %s of average length", TEXT_ARG(label), step);
    case CONTROL_RATIO:
        return text_format(arena, "%.*s as a percentage of the same %s a year earlier",
                           TEXT_ARG(label), step);
    case CONTROL_ADJUSTED:
        return text_format(arena, "%.*s, without the season", TEXT_ARG(label));
    default:
        return label;
    }
}

/* The columns of the data table, from the left; figures as published only where others are charted.
 */
struct columns {
    size_t published, charted, mean, lower, upper, signal, notes, count;
};

static struct columns columns_of(const struct making *making)
{
    bool drawn = !making->control.refused.len;
    size_t next = 1;
    struct columns columns = {0};
    columns.published = making->control.basis == CONTROL_AS_IT_IS || !drawn ? 0 : next++;
    columns.charted = next++;
    if (drawn) {
        columns.mean = next++;
        columns.lower = next++;
        columns.upper = next++;
        columns.signal = making->control.hides_signals ? 0 : next++;
    }
    columns.notes = next++;
    columns.count = next;
    return columns;
}

static void add_headers(struct making *making, const struct columns *columns)
{
    struct table *table = making->chart->data;
    struct text label = making->series.label;
    table->columns[0] = (struct column){
        .header = chart_step_header(making->assembly, making->section, making->series.step),
        .is_row_header = true};
    if (columns->published)
        number_column(table, columns->published, label);
    number_column(table, columns->charted, charted_header(making, label));
    if (!columns->mean)
        return;
    number_column(table, columns->mean, TEXT("Mean"));
    number_column(table, columns->lower, TEXT("Lower limit"));
    number_column(table, columns->upper, TEXT("Upper limit"));
    if (columns->signal)
        table->columns[columns->signal].header = TEXT("Signal");
}

static struct row *add_row(struct making *making, const struct series_point *from)
{
    struct arena *arena = making->assembly->arena;
    struct row *row = table_add_row(arena, making->chart->data, ROW_BODY);
    row->place = from->place;
    row->cells[0] = cell_text(period_display(arena, from->period));
    return row;
}

static void add_point(struct making *making, const struct columns *columns, size_t i)
{
    struct arena *arena = making->assembly->arena;
    const struct control *control = &making->control;
    const struct control_point *point = &control->points[i];
    const struct series_point *from = &making->series.points[point->at];
    struct row *row = add_row(making, from);
    enum measure_kind kind = charted_kind(making);
    struct cell charted = value_cell(arena, value_of(point->value), control->places, kind);
    if (columns->published)
        row->cells[columns->published] =
            value_cell(arena, from->value, making->series.places, making->series.kind);
    row->cells[columns->charted] = charted;
    row->cells[columns->mean] = line_cell(making, control->xmr.mean);
    row->cells[columns->lower] = line_cell(making, drawn_lower(making));
    row->cells[columns->upper] = line_cell(making, control->xmr.upper);
    if (columns->signal) {
        const char *words = point->signal == SIGNAL_NONE ? "none" : signal_words(point->signal);
        row->cells[columns->signal] = cell_text(text_from(words));
    }
    texts_add(arena, &making->chart->categories, row->cells[0].display);
    making->chart->series->points[i] = (struct chart_point){.present = true,
                                                            .is_signal = point->signal,
                                                            .value = point->value,
                                                            .display = charted.display,
                                                            .change = TEXT_EMPTY};
}

/* The figures alone, where there is no chart. */
static void add_figure(struct making *making, const struct columns *columns, size_t i)
{
    const struct series_point *from = &making->series.points[i];
    add_row(making, from)->cells[columns->charted] = value_cell(
        making->assembly->arena, from->value, making->series.places, making->series.kind);
}

static void fill(struct making *making)
{
    struct arena *arena = making->assembly->arena;
    struct chart *chart = making->chart;
    const struct columns columns = columns_of(making);
    bool drawn = columns.mean > 0;
    size_t count = drawn ? making->control.count : making->series.count;
    struct value *values = arena_calloc(arena, count, sizeof *values);
    chart->data = table_new(arena, chart->name, columns.count);
    add_headers(making, &columns);
    if (drawn) {
        chart->series = arena_calloc(arena, 1, sizeof *chart->series);
        *chart->series = (struct chart_series){
            .label = TEXT_EMPTY,
            .points = arena_calloc(arena, count, sizeof *chart->series->points),
            .column = columns.charted};
        chart->series_count = 1;
    }
    for (size_t i = 0; i < count; i++) {
        size_t at = drawn ? making->control.points[i].at : i;
        values[i] = making->series.points[at].value;
        if (drawn)
            add_point(making, &columns, i);
        else
            add_figure(making, &columns, i);
    }
    add_marker_column(making->assembly, chart->data, values, 1, NULL);
}

/* ---- lines ---- */

static void add_line(struct making *making, enum chart_line_kind kind, const char *word,
                     struct cell cell)
{
    struct chart *chart = making->chart;
    chart->lines[chart->line_count++] = (struct chart_line){
        .kind = kind,
        .value = cell.number,
        .label = text_format(making->assembly->arena, "%s: %.*s", word, TEXT_ARG(cell.display))};
}

static struct cell target_cell(const struct making *making, struct decimal target)
{
    return value_cell(making->assembly->arena, value_of(target), target.scale, making->series.kind);
}

static bool shows_target(const struct making *making)
{
    return making->target && making->control.basis <= CONTROL_PER_DAY;
}

static void add_lines(struct making *making)
{
    const struct xmr *xmr = &making->control.xmr;
    making->chart->lines = arena_calloc(making->assembly->arena, 5, sizeof *making->chart->lines);
    add_line(making, LINE_MEAN, "Mean", line_cell(making, xmr->mean));
    add_line(making, LINE_LIMIT, "Upper limit", line_cell(making, xmr->upper));
    add_line(making, LINE_LIMIT, "Lower limit", line_cell(making, drawn_lower(making)));
    if (!shows_target(making))
        return;
    const struct target *target = making->target;
    bool is_band = target->polarity == POLARITY_BAND;
    if (is_band)
        add_line(making, LINE_TARGET, "Target, from", target_cell(making, target->band_low));
    add_line(making, LINE_TARGET, is_band ? "Target, to" : "Target",
             target_cell(making, is_band ? target->band_high : target->value));
}

/* ---- words ---- */

static void add_note(struct making *making, struct text note)
{
    texts_add(making->assembly->arena, &making->chart->data->notes, note);
}

/* "Recycling consistently meets its target of 60%."; empty where that cannot be said. */
static struct text assurance_note(const struct making *making)
{
    struct arena *arena = making->assembly->arena;
    enum assurance assurance;
    if (!shows_target(making) || !control_assures(&making->control, making->target, &assurance))
        return TEXT_EMPTY;
    const struct target *target = making->target;
    struct text words = target_cell(making, target->value).display;
    if (target->polarity == POLARITY_BAND)
        words = text_format(arena, "%.*s to %.*s",
                            TEXT_ARG(target_cell(making, target->band_low).display),
                            TEXT_ARG(target_cell(making, target->band_high).display));
    return assurance_sentence(arena, assurance, making->series.label, words);
}

static struct text control_alt(const struct making *making)
{
    const struct chart *chart = making->chart;
    struct buffer out = {.arena = making->assembly->arena};
    buffer_format(&out, "Control chart: %.*s, by %s, %.*s to %.*s. ", TEXT_ARG(chart->value_title),
                  series_step_word(making->series.step), TEXT_ARG(chart->categories.items[0]),
                  TEXT_ARG(chart->categories.items[chart->categories.count - 1]));
    words_of_points(&out, chart, chart->series);
    for (size_t i = 0; i < chart->line_count; i++)
        buffer_format(&out, "%s %.*s", i ? ";" : ".", TEXT_ARG(chart->lines[i].label));
    buffer_add(&out, TEXT(". "));
    struct buffer signals = {.arena = out.arena};
    words_of_signals(&signals, chart, &making->control);
    if (making->control.hides_signals)
        buffer_add(&out, TEXT("Seasonal series: signals not shown."));
    else if (signals.len)
        buffer_format(&out, "Signals: %.*s.", TEXT_ARG(buffer_text(&signals)));
    else
        buffer_add(&out, TEXT("No point is a signal."));
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
                             "usually differs from the year around it is taken out.",
                             step));
    }
    if (measure_adds_up(making->series.kind))
        add_note(making,
                 text_format(arena,
                             "%ss are of unequal length: counts are taken a day, for a "
                             "%s of %s days.",
                             making->series.step == SERIES_MONTHS ? "Month" : "Quarter", step,
                             making->series.step == SERIES_MONTHS ? "30.4375" : "91.3125"));
}

/* Where the chart begins, and what its limits are made from. */
static void note_limits(struct making *making)
{
    struct arena *arena = making->assembly->arena;
    const struct control *control = &making->control;
    const struct series_point *points = making->series.points;
    size_t first = control->points->at,
           season = control->basis == CONTROL_RATIO ? 12 / (size_t)making->series.step : 0;
    struct text limits = series_steps_words(arena, making->series.step, control->limits_count);
    if (control->is_trial)
        add_note(making, text_format(arena, "These are trial limits: they rest on %.*s only.",
                                     TEXT_ARG(limits)));
    if (making->rules.rebase)
        add_note(making,
                 text_format(arena, "The limits begin anew in %.*s: %.*s.",
                             TEXT_ARG(period_display(arena, points[making->rules.rebase].period)),
                             TEXT_ARG(making->reason)));
    else if (first > season && points[first - season].value.markers & MARKER_BREAK)
        add_note(making,
                 text_format(arena,
                             "There is a break in the series in %.*s: the chart begins "
                             "after it.",
                             TEXT_ARG(period_display(arena, points[first - season].period))));
    else if (first > season)
        add_note(making,
                 text_format(arena, "There is no figure for %.*s: the chart begins after that.",
                             TEXT_ARG(period_display(arena, points[first - season - 1].period))));
    if (control->limits_count < control->count)
        add_note(
            making,
            text_format(arena, "Mean and limits are those of the first %.*s, up to %.*s.",
                        TEXT_ARG(limits),
                        TEXT_ARG(period_display(arena, points[making->rules.limits_to].period))));
    if (drawn_lower(making) > control->xmr.lower)
        add_note(making, text_format(arena, "The lower limit, worked out as %.*s, is drawn at 0.",
                                     TEXT_ARG(line_cell(making, control->xmr.lower).display)));
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
        if (assurance.len)
            add_note(making, assurance);
    }
    note_left_out(making->assembly, &making->series, making->chart->data);
    table_finish(making->assembly, making->chart->data, making->section, making->series.dataset);
}

static struct text axis_title(const struct making *making)
{
    const struct series *series = &making->series;
    struct text title = assembly_value(making->assembly, making->section, "value title");
    struct text label =
        series->measure == SERIES_TOTAL
            ? series->dataset->title
            : chart_label(making->assembly->arena, &series->dataset->measures[series->measure]);
    return title.len ? title : charted_header(making, label);
}

struct chart *control_chart(struct assembly *assembly, const struct ini_section *section,
                            struct text caption)
{
    const struct report_source *source = assembly_figures(assembly, section);
    struct making making = {.assembly = assembly, .section = section};
    if (!source || !read_keys(&making, source))
        return NULL;
    making.control = control_make(assembly->arena, &making.series, &making.rules);
    making.chart = chart_new(assembly, section, caption, CHART_CONTROL);
    making.chart->value_title = axis_title(&making);
    fill(&making);
    making.chart->data->caption = making.chart->caption;
    if (!making.control.refused.len) {
        add_lines(&making);
        making.chart->alt = control_alt(&making);
    }
    add_notes(&making);
    return making.chart;
}
