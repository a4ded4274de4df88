/* chart_control_figures - the points, lines and data table of a control chart. */
#include "assemble/chart_control_int.h"

static enum measure_kind charted_kind(const struct making *making)
{
    return making->control.basis == CONTROL_RATIO ? KIND_PERCENT : making->series.kind;
}

static struct value value_of(struct decimal number)
{
    return (struct value){.present = true, .number = number};
}

/* Mean and limits have a decimal more than the points. */
struct cell control_line_cell(const struct making *making, double number)
{
    struct decimal decimal = decimal_from(0);
    decimal_near(number, &decimal);
    return value_cell(making->assembly->arena, value_of(decimal), making->control.places + 1,
                      charted_kind(making));
}

/* Nothing that is counted is below 0. */
double control_lower(const struct making *making)
{
    enum measure_kind kind = charted_kind(making);
    bool counted = kind_adds_up(kind) || kind == KIND_RATE || kind == KIND_PERCENT;
    double lower = making->control.xmr.lower;
    return counted && lower < 0 && making->control.xmr.mean >= 0 ? 0 : lower;
}

/* What a point stands for: "Burglary in a month of average length". */
struct text control_header(const struct making *making, struct text label)
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
    number_column(table, columns->charted, columns->mean ? control_header(making, label) : label);
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
    row->cells[columns->mean] = control_line_cell(making, control->xmr.mean);
    row->cells[columns->lower] = control_line_cell(making, control_lower(making));
    row->cells[columns->upper] = control_line_cell(making, control->xmr.upper);
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

/* Beside the points a line has as many decimals as they have, of whole ones one; the table has one
 * more, so that one can see there which points are beyond it. */
static struct text line_shown(const struct making *making, struct cell cell)
{
    unsigned places = making->control.places ? making->control.places : 1;
    return value_cell(making->assembly->arena, value_of(cell.number), places, charted_kind(making))
        .display;
}

static void add_line(struct making *making, enum chart_line_kind kind, const char *word,
                     struct cell cell)
{
    struct chart *chart = making->chart;
    chart->lines[chart->line_count++] = (struct chart_line){
        .kind = kind,
        .value = cell.number,
        .label =
            text_format(making->assembly->arena, "%s: %.*s", word,
                        TEXT_ARG(kind == LINE_TARGET ? cell.display : line_shown(making, cell)))};
}

struct cell control_target_cell(const struct making *making, struct decimal target)
{
    return value_cell(making->assembly->arena, value_of(target), target.scale, making->series.kind);
}

bool control_shows_target(const struct making *making)
{
    return making->target && making->control.basis <= CONTROL_PER_DAY;
}

static void add_lines(struct making *making)
{
    const struct xmr *xmr = &making->control.xmr;
    making->chart->lines = arena_calloc(making->assembly->arena, 5, sizeof *making->chart->lines);
    add_line(making, LINE_MEAN, "Mean", control_line_cell(making, xmr->mean));
    add_line(making, LINE_LIMIT, "Upper limit", control_line_cell(making, xmr->upper));
    add_line(making, LINE_LIMIT, "Lower limit", control_line_cell(making, control_lower(making)));
    if (!control_shows_target(making))
        return;
    const struct target *target = making->target;
    bool is_band = target->polarity == POLARITY_BAND;
    if (is_band)
        add_line(making, LINE_TARGET, "Target, from",
                 control_target_cell(making, target->band_low));
    add_line(making, LINE_TARGET, is_band ? "Target, to" : "Target",
             control_target_cell(making, is_band ? target->band_high : target->value));
}

void control_figures(struct making *making)
{
    fill(making);
    making->chart->data->caption = making->chart->caption;
    if (!making->control.refused.len)
        add_lines(making);
}
