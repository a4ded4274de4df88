/* chart_bars - bars that stand side by side, measures or areas: upright, or lying for long labels.
 */
#include "assemble/chart_int.h"

#include <string.h>

#include <stdlib.h>

enum { LARGE_BASE = 1000 }; /* people */
enum { MESSAGE_LEAST = 3 }; /* bars: of fewer, the list itself says which is highest */

/* What the bars are made of: rows of a comparison, in the order in which they are drawn. */
struct bars {
    const struct comparison *comparison;
    bool by_area;
    size_t *rows; /* by number */
    size_t count;
    size_t periods;      /* series: the period alone, or the earlier ones before it */
    struct texts unlike; /* labels of rows that no bar can stand for beside the others */
    struct texts absent; /* of those that have no figure */
};

/* What is hidden leaves a gap; what there is no figure for is left out. */
static bool has_figure(const struct compared *row)
{
    return row->now.present || row->now.markers & MARKER_CONFIDENTIAL;
}

/* The rows that stand side by side: areas; or parts and the remainder, never parts with their
 * total. */
static bool is_bar(const struct compared *row, bool by_area)
{
    return by_area || row->relation == RELATION_PART || row->relation == RELATION_UNDECLARED ||
           row->relation == RELATION_NON_ADDITIVE;
}

/* Bars share an axis: counts are no percentages, and days no pounds. */
static bool is_alike(const struct compared *a, const struct compared *b)
{
    if (a->kind != b->kind)
        return false;
    return kind_adds_up(a->kind) || a->kind == KIND_PERCENT || !a->measure || !b->measure ||
           text_equal(a->measure->unit, b->measure->unit);
}

/* The largest first; what is hidden last, in the order of the source, so that its place says
 * nothing of it. */
static int by_value(const void *a, const void *b, void *context)
{
    const struct comparison *comparison = context;
    size_t left = *(const size_t *)a, right = *(const size_t *)b;
    const struct value *x = &comparison->rows[left].now, *y = &comparison->rows[right].now;
    int order = (int)y->present - (int)x->present;
    if (!order && x->present)
        order = decimal_compare(y->number, x->number);
    return order ? order : (left > right) - (left < right);
}

static struct bars bars_of(struct assembly *assembly, const struct comparison *whole, bool by_area)
{
    struct comparison *comparison = arena_alloc(assembly->arena, sizeof *comparison);
    *comparison = comparison_known(assembly->arena, whole);
    struct bars bars = {
        .comparison = comparison,
        .by_area = by_area,
        .rows = arena_calloc(assembly->arena, comparison->count, sizeof *bars.rows),
        .periods = 1,
    };
    for (size_t i = 0; i < comparison->count; i++) {
        const struct compared *row = &comparison->rows[i];
        if (!is_bar(row, by_area))
            continue;
        if (!has_figure(row))
            texts_add(assembly->arena, &bars.absent, row->label);
        else if (bars.count && !is_alike(&comparison->rows[bars.rows[0]], row))
            texts_add(assembly->arena, &bars.unlike, row->label);
        else
            bars.rows[bars.count++] = i;
    }
    return bars;
}

/* The value of a row in the period of a series: the earliest first, the job's own last. */
static struct value value_in(const struct bars *bars, const struct compared *row, size_t series)
{
    size_t before = bars->periods - 1 - series;
    return before ? row->before[before - 1] : row->now;
}

static struct period period_of(const struct bars *bars, size_t series)
{
    size_t before = bars->periods - 1 - series;
    return before ? bars->comparison->baselines.items[before - 1].period : bars->comparison->period;
}

static struct chart_point point_of(struct assembly *assembly, const struct bars *bars,
                                   const struct compared *row, size_t series)
{
    struct value value = value_in(bars, row, series);
    bool has_change = value.present && bars->periods == 1 && bars->comparison->baselines.count > 0;
    return (struct chart_point){
        .present = value.present,
        .value = value.number,
        .display = value_display(assembly->arena, value, row->places, row->kind),
        .change = has_change ? row->changes[0].percent_display : TEXT_EMPTY,
    };
}

static void add_bars(struct assembly *assembly, const struct bars *bars, struct chart *chart)
{
    struct arena *arena = assembly->arena;
    chart->series = arena_calloc(arena, bars->periods, sizeof *chart->series);
    chart->series_count = bars->periods;
    for (size_t s = 0; s < bars->periods; s++) {
        chart->series[s] = (struct chart_series){
            .label = bars->periods > 1 ? period_display(arena, period_of(bars, s)) : TEXT_EMPTY,
            .points = arena_calloc(arena, bars->count, sizeof *chart->series[s].points),
            .column = bars->periods - s};
        for (size_t i = 0; i < bars->count; i++)
            chart->series[s].points[i] =
                point_of(assembly, bars, &bars->comparison->rows[bars->rows[i]], s);
    }
    chart->first_row = bars->rows[0];
    for (size_t i = 0; i < bars->count; i++) {
        texts_add(arena, &chart->categories, bars->comparison->rows[bars->rows[i]].label);
        if (bars->rows[i] != chart->first_row + i)
            chart->first_row = SIZE_MAX;
    }
}

/* "; 2020/21 298, 2021/22 312", of several series; else "312 (+4.2%)". */
static void add_bar_words(struct buffer *out, const struct chart *chart, size_t i)
{
    for (size_t s = 0; s < chart->series_count; s++) {
        const struct chart_point *point = &chart->series[s].points[i];
        buffer_format(out, "%s%.*s%s%.*s", s ? ", " : "", TEXT_ARG(chart->series[s].label),
                      chart->series[s].label.len ? " " : "", TEXT_ARG(point->display));
        if (point->change.len)
            buffer_format(out, " (%.*s)", TEXT_ARG(point->change));
    }
}

static void add_all_words(struct buffer *out, const struct chart *chart)
{
    for (size_t i = 0; i < chart->categories.count; i++) {
        buffer_format(out, "%s%.*s: ", i ? "; " : "", TEXT_ARG(chart->categories.items[i]));
        add_bar_words(out, chart, i);
    }
}

/* "200 bars: highest 412 (Burglary), lowest 0 (5 times)"; of several series, that of each. */
static void add_summary(struct buffer *out, const struct chart *chart)
{
    bool several = chart->series_count > 1;
    buffer_format(out, "%zu bars%s", chart->categories.count, several ? " of each period" : ": ");
    for (size_t s = 0; s < chart->series_count; s++) {
        if (several)
            buffer_format(out, "%s%.*s: ", s ? "; " : ". ", TEXT_ARG(chart->series[s].label));
        words_of_extremes(out, chart, &chart->series[s]);
    }
    buffer_add(out, TEXT(". The table has them all"));
}

static bool has_hidden(const struct chart *chart)
{
    for (size_t s = 0; s < chart->series_count; s++)
        for (size_t i = 0; i < chart->categories.count; i++)
            if (!chart->series[s].points[i].present)
                return true;
    return false;
}

/* What the bars tell before each is named: the highest and the lowest, of the latest series. */
static void add_message(struct buffer *out, const struct chart *chart)
{
    const struct chart_series *series = &chart->series[chart->series_count - 1];
    size_t present = 0;
    for (size_t i = 0; i < chart->categories.count; i++)
        present += series->points[i].present;
    if (present < MESSAGE_LEAST)
        return;
    if (series->label.len)
        buffer_format(out, "In %.*s ", TEXT_ARG(series->label));
    size_t from = out->len;
    words_of_extremes(out, chart, series);
    if (!series->label.len)
        out->ptr[from] = 'H';
    buffer_add(out, TEXT(". "));
}

/* "Bar chart: …. Highest 312 (Lutterworth), lowest 80 (…). Lutterworth: 312 (+4.2%); …" */
static struct text chart_alt(struct assembly *assembly, const struct chart *chart,
                             const struct texts *absent)
{
    struct buffer out = {.arena = assembly->arena};
    buffer_format(&out, "Bar chart: %.*s", TEXT_ARG(chart->value_title));
    bool listed = chart->categories.count * chart->series_count <= LISTED_MOST;
    if (chart->change_title.len)
        buffer_format(&out, ", with the %.*s%s",
                      TEXT_ARG(text_concat(assembly->arena, TEXT("change"),
                                           text_slice(chart->change_title, sizeof "Change" - 1,
                                                      chart->change_title.len))),
                      listed ? " in brackets" : "");
    buffer_add(&out, TEXT(". "));
    if (listed) {
        add_message(&out, chart);
        add_all_words(&out, chart);
    } else {
        add_summary(&out, chart);
    }
    buffer_add_byte(&out, '.');
    if (absent->count)
        buffer_format(&out, " No figure: %.*s.",
                      TEXT_ARG(texts_join(assembly->arena, absent, TEXT("; "))));
    if (has_hidden(chart))
        buffer_add(&out, TEXT(" Where a marker stands in place of a figure, there is no bar."));
    return buffer_text(&out);
}

static void set_titles(struct assembly *assembly, const struct ini_section *section,
                       const struct bars *bars, struct chart *chart)
{
    const struct comparison *comparison = bars->comparison;
    struct text title = assembly_value(assembly, section, "value title");
    struct text period = period_display(assembly->arena, comparison->period);
    if (title.len)
        chart->value_title = title;
    else if (bars->periods > 1)
        chart->value_title = comparison->dataset->title;
    else
        chart->value_title = text_format(assembly->arena, "%.*s, %.*s",
                                         TEXT_ARG(comparison->dataset->title), TEXT_ARG(period));
    if (bars->periods == 1 && comparison->baselines.count)
        chart->change_title = text_format(
            assembly->arena, "Change on %.*s",
            TEXT_ARG(period_display(assembly->arena, comparison->baselines.items[0].period)));
}

/* Areas or measures, as `by` says. */
static bool chart_is_by_area(struct assembly *assembly, const struct ini_section *section)
{
    static const char *const words[] = {"area", "measure"};
    struct text by = ini_value(section, "by");
    return by.len && assembly_choose(assembly, section, "by", by, words, 2) == 0;
}

/*
 * The areas that the chart shows besides the job's own: that changes of theirs rest on a doubtful
 * month is told here, as no check knows of it. Rows without an area are told of as a whole.
 */
static void tell_doubts(struct assembly *assembly, const struct comparison *comparison,
                        const struct comparison *own)
{
    struct texts months = {0};
    struct place place = PLACE_NONE;
    for (size_t i = 0; i < comparison->doubts.count; i++) {
        const struct doubt *doubt = &comparison->doubts.items[i];
        if (doubt->kind == DOUBT_CUT_OFF || text_equal(doubt->area, AREA_NOT_GIVEN) ||
            text_equal(own->area, doubt->area) ||
            !comparison_resting(assembly->arena, comparison, doubt->period).len)
            continue;
        if (!months.count)
            place = doubt->place;
        texts_add(assembly->arena, &months,
                  text_format(assembly->arena, "%.*s in %.*s", TEXT_ARG(doubt->area),
                              TEXT_ARG(period_display(assembly->arena, doubt->period))));
    }
    if (months.count)
        diag(assembly->diags, DIAG_OUTLIER, place,
             "changes in the chart by area rest on months far outside their own history, and a "
             "note below it says so: %.*s",
             TEXT_ARG(texts_join(assembly->arena, &months, TEXT(", "))));
}

/* Counts that no percentage is given for go up and down by as much as they are. */
static bool is_small(const struct doubt *doubt)
{
    struct decimal small = decimal_from(change_default_rules.small_base);
    return decimal_compare(doubt->value.number, small) < 0 &&
           decimal_compare(doubt->high.number, small) < 0;
}

static const struct comparison *compare_areas(struct assembly *assembly,
                                              const struct report_source *source)
{
    const struct report_input *input = assembly->input;
    struct comparison *comparison =
        comparison_by_area(assembly->arena, source->dataset, input->period, &input->baselines);
    struct doubts *all = &comparison->doubts;
    for (size_t area = 0; area < source->dataset->areas.count; area++) {
        struct doubts own = months_doubts(assembly->arena, source->dataset, area, input->as_at);
        for (size_t i = 0; i < own.count; i++) {
            const struct doubt *doubt = &own.items[i];
            if (doubt->kind == DOUBT_CUT_OFF ? area > 0 : is_small(doubt))
                continue; /* cut off is the same for all areas */
            all->items = arena_grow(assembly->arena, all->items, all->count, &all->capacity,
                                    sizeof *all->items);
            all->items[all->count++] = own.items[i];
        }
    }
    tell_doubts(assembly, comparison, source->comparison);
    return comparison;
}

/* The source, and its figures a measure or an area; NULL with a message. */
static const struct comparison *bars_comparison(struct assembly *assembly,
                                                const struct ini_section *section, bool by_area)
{
    const struct report_source *source = assembly_figures(assembly, section);
    if (!source || (!by_area && !assembly_has_period(assembly, source)))
        return NULL;
    return by_area ? compare_areas(assembly, source) : source->comparison;
}

static void tell_no_bars(struct assembly *assembly, const struct ini_section *section,
                         const struct comparison *comparison)
{
    if (stopped_in_period(comparison))
        return; /* place_part() says so */
    diag(assembly->diags, DIAG_TEMPLATE, section->place,
         "chart '%.*s' has no bars: source '%.*s' has no figures that can stand side by side "
         "for %.*s",
         TEXT_ARG(section->name), TEXT_ARG(comparison->dataset->name),
         TEXT_ARG(period_display(assembly->arena, comparison->period)));
}

static void note_rows(struct assembly *assembly, struct table *table, const char *words,
                      const struct texts *rows)
{
    if (rows->count)
        texts_add(assembly->arena, &table->notes,
                  text_format(assembly->arena, "%s: %.*s.", words,
                              TEXT_ARG(texts_join(assembly->arena, rows, TEXT("; ")))));
}

static void finish(struct assembly *assembly, const struct ini_section *section,
                   const struct bars *bars, const struct comparison *whole, struct chart *chart)
{
    chart->alt = chart_alt(assembly, chart, &bars->absent);
    struct text header = assembly_value(assembly, section, "row header");
    struct text fallback = bars->by_area ? TEXT("Area") : TEXT("Measure");
    chart->data = table_of_comparison(assembly, whole, chart->name, header.len ? header : fallback);
    chart->data->caption = chart->caption;
    if (chart_is_empty(assembly, section, chart))
        return;
    note_rows(assembly, chart->data, "Figures of another unit have no bar and stand in the table",
              &bars->unlike);
    note_rows(assembly, chart->data, "What has no figure has no bar", &bars->absent);
}

/* The rows of the table in the order of the bars, the others behind them: in a workbook a chart's
 * rows stand together. */
static void sort_table(struct assembly *assembly, const struct bars *bars, struct chart *chart)
{
    struct table *table = chart->data;
    struct row *rows = arena_calloc(assembly->arena, table->row_count, sizeof *rows);
    bool *placed = arena_calloc(assembly->arena, table->row_count, sizeof *placed);
    size_t count = 0;
    for (size_t i = 0; i < bars->count; i++) {
        rows[count++] = table->rows[bars->rows[i]];
        placed[bars->rows[i]] = true;
    }
    for (size_t r = 0; r < table->row_count; r++)
        if (!placed[r])
            rows[count++] = table->rows[r];
    table->rows = rows;
    chart->first_row = 0;
}

/* Whether rows without a figure are all that keeps the rows of bars apart. A total or a row of an
 * "of which" is left where it is. */
static bool has_gaps_alone(const struct bars *bars)
{
    for (size_t i = 0; i < bars->comparison->count; i++)
        if (!is_bar(&bars->comparison->rows[i], bars->by_area))
            return false;
    return bars->absent.count > 0;
}

struct chart *bars_chart(struct assembly *assembly, const struct ini_section *section,
                         struct text caption)
{
    static const char *const words[] = {"all"};
    bool by_area = chart_is_by_area(assembly, section);
    const struct comparison *comparison = bars_comparison(assembly, section, by_area);
    if (!comparison)
        return NULL;
    struct text periods = ini_value(section, "periods");
    struct bars bars = bars_of(assembly, comparison, by_area);
    if (!bars.count) {
        tell_no_bars(assembly, section, comparison);
        return NULL;
    }
    if (periods.len && assembly_choose(assembly, section, "periods", periods, words, 1) == 0)
        bars.periods = bars.comparison->baselines.count + 1;
    struct chart *chart = chart_new(assembly, section, caption, CHART_BARS);
    set_titles(assembly, section, &bars, chart);
    add_bars(assembly, &bars, chart);
    finish(assembly, section, &bars, comparison, chart);
    if (bars.unlike.count || has_gaps_alone(&bars))
        sort_table(assembly, &bars, chart);
    table_finish(assembly, chart->data, section, comparison->dataset);
    return chart;
}

/* ---- bars that lie ---- */

/* The figure of a row in the comparison's period; false: there is none. */
static bool figure_of_row(const struct comparison *comparison, size_t row, struct figure *out)
{
    const struct dataset *dataset = comparison->dataset;
    const struct measure *measure = comparison->rows[row].measure;
    bool found = false;
    for (size_t p = 0; measure && p < dataset->period_count && !found; p++)
        found =
            comparison->where != AREA_ALL && period_same(dataset->periods[p], comparison->period) &&
            dataset_find(dataset, (size_t)(measure - dataset->measures), comparison->where, p, out);
    return found;
}

/* What the percentages are of: the people who answered, one number or two; empty: not known. */
static struct text base_words(struct assembly *assembly, const struct bars *bars)
{
    const struct comparison *comparison = bars->comparison;
    struct value low = {.present = false}, high = low;
    for (size_t i = 0; i < bars->count; i++) {
        struct figure figure;
        if (!figure_of_row(comparison, bars->rows[i], &figure) || !figure.denominator.present)
            return TEXT_EMPTY;
        struct value base = figure.denominator;
        low = !low.present || decimal_compare(base.number, low.number) < 0 ? base : low;
        high = !high.present || decimal_compare(base.number, high.number) > 0 ? base : high;
    }
    struct text least = value_display(assembly->arena, low, low.number.scale, KIND_COUNT);
    struct text most = value_display(assembly->arena, high, high.number.scale, KIND_COUNT);
    if (text_equal(least, most))
        return text_format(assembly->arena, "Base: %.*s.", TEXT_ARG(least));
    return text_format(assembly->arena, "Base: %.*s to %.*s, different from row to row.",
                       TEXT_ARG(least), TEXT_ARG(most));
}

/* The last column of a survey's table: how many people gave the answer. Not where the export has no
 * counts, and not before the rows of the table are in the order of the bars. */
static void add_people(struct assembly *assembly, const struct comparison *comparison,
                       struct table *table)
{
    struct arena *arena = assembly->arena;
    size_t last = table->column_count;
    struct figure *figures = arena_calloc(arena, table->row_count + 1, sizeof *figures);
    if (!comparison->dataset->is_open_survey || comparison->count != table->row_count)
        return;
    for (size_t r = 0; r < table->row_count; r++)
        if (!figure_of_row(comparison, r, &figures[r]) ||
            (!figures[r].count.present && !figures[r].count.markers))
            return;
    struct column *columns = arena_calloc(arena, last + 1, sizeof *columns);
    memcpy(columns, table->columns, last * sizeof *columns);
    table->columns = columns;
    table->column_count = last + 1;
    number_column(table, last, TEXT("Number of people"));
    for (size_t r = 0; r < table->row_count; r++) {
        struct cell *cells = arena_calloc(arena, last + 1, sizeof *cells);
        memcpy(cells, table->rows[r].cells, last * sizeof *cells);
        cells[last] = value_cell(arena, figures[r].count, 0, KIND_COUNT);
        table->rows[r].cells = cells;
    }
}

/* A person of fewer than a thousand is more than a tenth of a per cent: a second decimal would be
 * none that anybody was asked for. */
static const struct comparison *with_fewer_decimals(struct assembly *assembly,
                                                    const struct ini_section *section,
                                                    const struct comparison *comparison)
{
    static const char *const words[] = {"as published"};
    struct text decimals = assembly_value(assembly, section, "decimals");
    if (decimals.len)
        assembly_choose(assembly, section, "decimals", decimals, words, 1);
    if (decimals.len || !comparison->dataset->is_open_survey)
        return comparison;
    struct comparison *fewer = arena_alloc(assembly->arena, sizeof *fewer);
    struct compared *rows = arena_calloc(assembly->arena, comparison->count, sizeof *rows);
    *fewer = *comparison;
    fewer->rows = rows;
    for (size_t r = 0; r < comparison->count; r++) {
        struct figure figure;
        rows[r] = comparison->rows[r];
        if (rows[r].kind == KIND_PERCENT && rows[r].places > 1 &&
            figure_of_row(comparison, r, &figure) && figure.denominator.present &&
            decimal_compare(figure.denominator.number, decimal_from(LARGE_BASE)) < 0)
            rows[r].places = 1;
    }
    return fewer;
}

struct chart *rows_chart(struct assembly *assembly, const struct ini_section *section,
                         struct text caption)
{
    static const char *const orders[] = {"source", "value"};
    bool by_area = chart_is_by_area(assembly, section);
    const struct comparison *comparison = bars_comparison(assembly, section, by_area);
    if (!comparison)
        return NULL;
    comparison = with_fewer_decimals(assembly, section, comparison);
    struct bars bars = bars_of(assembly, comparison, by_area);
    if (!bars.count) {
        tell_no_bars(assembly, section, comparison);
        return NULL;
    }
    struct text sort = ini_value(section, "sort");
    bool sorted = sort.len && assembly_choose(assembly, section, "sort", sort, orders, 2) == 1;
    if (sorted)
        qsort_r(bars.rows, bars.count, sizeof *bars.rows, by_value, (void *)(uintptr_t)comparison);
    struct chart *chart = chart_new(assembly, section, caption, CHART_ROWS);
    set_titles(assembly, section, &bars, chart);
    add_bars(assembly, &bars, chart);
    finish(assembly, section, &bars, comparison, chart);
    struct text base = base_words(assembly, &bars);
    add_people(assembly, comparison, chart->data);
    if (sorted || bars.unlike.count || has_gaps_alone(&bars))
        sort_table(assembly, &bars, chart);
    if (base.len) {
        texts_add(assembly->arena, &chart->data->notes, base);
        chart->alt =
            text_format(assembly->arena, "%.*s %.*s", TEXT_ARG(chart->alt), TEXT_ARG(base));
    }
    table_finish(assembly, chart->data, section, comparison->dataset);
    return chart;
}
