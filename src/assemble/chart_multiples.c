/* chart_multiples - small multiples: a small chart over time of each measure or area, in a grid. */
#include "assemble/chart_int.h"

enum {
    CHARTS_MOST = 60, /* on some four pages */
    COLUMNS_MOST = 4,
    ACROSS_MOST = 12, /* figures in a row that a page holds: one a chart, or else one a period */
    TOLD_MOST = 10    /* charts that are told one by one: nobody listens to more */
};

/* How the table stands: a column a chart, a row a chart, or the charts below each other. */
enum shape { SHAPE_COLUMNS, SHAPE_ROWS, SHAPE_GROUPS };

struct grid {
    struct assembly *assembly;
    const struct ini_section *section;
    const struct report_source *source;
    struct strands strands;
    struct series *beside; /* of the benchmark, one a measure that has it; see beside_of() */
    size_t beside_count;
    struct text benchmark; /* its name; empty: there is none */
    size_t benchmark_area;
    bool has_targets;
    bool own_scales;
    enum shape shape;
    struct chart *chart;
    struct value *values; /* of the table, row by row, without its first and last column */
    struct texts left_out;
};

/* ---- what the keys say ---- */

static bool read_benchmark(struct grid *grid)
{
    struct picked picked;
    if (!assembly_value(grid->assembly, grid->section, "benchmark").len)
        return true;
    if (!pick_areas(grid->assembly, grid->section, "benchmark", grid->source, &picked))
        return false;
    if (picked.count != 1)
        return chart_refuse(grid->assembly, grid->section, "'benchmark' names more than one area");
    grid->benchmark_area = picked.items[0];
    grid->benchmark = grid->source->dataset->areas.items[picked.items[0]];
    return true;
}

static bool is_yes(const struct grid *grid, const char *key, const char *const *words)
{
    struct text value = assembly_value(grid->assembly, grid->section, key);
    return value.len && assembly_choose(grid->assembly, grid->section, key, value, words, 2) == 1;
}

/* The area that all others are held against has no chart of its own; nor has what has no series. */
static void leave_out(struct grid *grid)
{
    struct strands *strands = &grid->strands;
    size_t kept = 0;
    for (size_t s = 0; s < strands->count; s++) {
        const struct series *series = &strands->items[s];
        bool is_benchmark = grid->benchmark.len && series->area == grid->benchmark_area;
        if (series->count && !is_benchmark) {
            strands->items[kept] = *series;
            strands->labels[kept++] = strands->labels[s];
        } else if (!is_benchmark) {
            texts_add(grid->assembly->arena, &grid->left_out,
                      strands->labels[s].len ? strands->labels[s] : series->label);
        }
    }
    strands->count = kept;
}

static bool has_one_measure(const struct strands *strands)
{
    for (size_t s = 1; s < strands->count; s++)
        if (strands->items[s].measure != strands->items->measure)
            return false;
    return true;
}

/* Each is titled with what it alone is of, and with its unit where scales differ. */
static void name_charts(struct grid *grid)
{
    struct strands *strands = &grid->strands;
    bool one_measure = has_one_measure(strands);
    for (size_t s = 0; s < strands->count; s++) {
        const struct series *series = &strands->items[s];
        struct text label = series->label;
        if (series->measure == SERIES_TOTAL)
            label = series->label.len ? series->label : series->dataset->title;
        else if (grid->own_scales && !one_measure)
            label = chart_label(grid->assembly->arena, &series->dataset->measures[series->measure]);
        bool has_area = !text_equal(strands->labels[s], series->label);
        if (!strands->labels[s].len || !has_area)
            strands->labels[s] = label;
        else if (!one_measure)
            strands->labels[s] = text_format(grid->assembly->arena, "%.*s, %.*s", TEXT_ARG(label),
                                             TEXT_ARG(series->dataset->areas.items[series->area]));
    }
}

/* Of each measure the benchmark's series, where it has the same periods. */
static void make_beside(struct grid *grid)
{
    const struct strands *strands = &grid->strands;
    struct arena *arena = grid->assembly->arena;
    grid->beside = arena_calloc(arena, strands->count + 1, sizeof *grid->beside);
    for (size_t s = 0; s < strands->count && grid->benchmark.len; s++) {
        const struct series *own = &strands->items[s];
        bool made = false;
        for (size_t b = 0; b < grid->beside_count; b++)
            made = made || grid->beside[b].measure == own->measure;
        if (made)
            continue;
        struct series series = series_make(arena, own->dataset, own->measure, grid->benchmark_area,
                                           own->step, own->known_to);
        if (series.count && series.step == own->step &&
            (series_month(series.points->period) - strands->first) % (long)own->step == 0)
            grid->beside[grid->beside_count++] = series;
        else
            texts_add(arena, &grid->left_out,
                      text_format(arena, "%.*s of %.*s", TEXT_ARG(own->label),
                                  TEXT_ARG(grid->benchmark)));
    }
}

static const struct series *beside_of(const struct grid *grid, const struct series *own)
{
    for (size_t b = 0; b < grid->beside_count; b++)
        if (grid->beside[b].measure == own->measure)
            return &grid->beside[b];
    return NULL;
}

static bool read_grid(struct grid *grid)
{
    static const char *const scales[] = {"same", "own"};
    struct assembly *assembly = grid->assembly;
    bool all = !assembly_value(assembly, grid->section, "areas").len;
    if (!read_benchmark(grid) ||
        !strands_make(assembly, grid->section, grid->source, all, &grid->strands))
        return false;
    const char *none = chart_no_series(grid->strands.items);
    grid->own_scales = is_yes(grid, "scales", scales);
    leave_out(grid);
    if (!grid->strands.count)
        return chart_refuse(assembly, grid->section, none);
    if (grid->strands.count > CHARTS_MOST) {
        diag(assembly->diags, DIAG_TEMPLATE, grid->section->place,
             "[%.*s] has %zu charts, which nobody looks through: name at most %d measures or areas",
             TEXT_ARG(grid->section->title), grid->strands.count, CHARTS_MOST);
        return false;
    }
    if (!strands_fit(assembly, grid->section, &grid->strands,
                     grid->own_scales ? NULL
                                      : "its measures have different units, and no scale is of "
                                        "them all: add 'scales = own'"))
        return false;
    name_charts(grid);
    make_beside(grid);
    grid->has_targets =
        ini_bool(assembly->diags, grid->section, "target", all && !grid->strands.items->adds_up);
    return true;
}

/* ---- targets ---- */

static const struct target *target_of(const struct grid *grid, const struct series *series)
{
    if (!grid->has_targets || series->measure == SERIES_TOTAL)
        return NULL;
    const struct target *target = &series->dataset->measures[series->measure].target;
    bool is_set = target->has_value || target->polarity == POLARITY_BAND;
    return is_set && target->polarity != POLARITY_NONE ? target : NULL;
}

static struct cell figure_cell(const struct grid *grid, const struct series *series,
                               struct decimal number)
{
    struct value value = {.present = true, .number = number};
    return value_cell(grid->assembly->arena, value, number.scale, series->kind);
}

/* "60%", "18 to 20"; [z] where there is none. */
static struct cell target_cell(const struct grid *grid, const struct series *series)
{
    const struct target *target = target_of(grid, series);
    if (!target)
        return cell_text(TEXT("[z]"));
    if (target->polarity != POLARITY_BAND)
        return figure_cell(grid, series, target->value);
    struct text low = figure_cell(grid, series, target->band_low).display;
    struct text high = figure_cell(grid, series, target->band_high).display;
    return cell_text(
        text_format(grid->assembly->arena, "%.*s to %.*s", TEXT_ARG(low), TEXT_ARG(high)));
}

static void add_line(const struct grid *grid, const struct series *series, const char *word,
                     struct decimal number, struct chart_series *out)
{
    out->lines[out->line_count++] = (struct chart_line){
        .kind = LINE_TARGET,
        .value = number,
        .label = text_format(grid->assembly->arena, "%s %.*s", word,
                             TEXT_ARG(figure_cell(grid, series, number).display))};
}

static void add_targets(const struct grid *grid, const struct series *series,
                        struct chart_series *out)
{
    const struct target *target = target_of(grid, series);
    if (!target)
        return;
    out->lines = arena_calloc(grid->assembly->arena, 2, sizeof *out->lines);
    if (target->polarity == POLARITY_BAND) {
        add_line(grid, series, "Target, from", target->band_low, out);
        add_line(grid, series, "Target, to", target->band_high, out);
    } else {
        add_line(grid, series, "Target", target->value, out);
    }
}

static bool has_any_target(const struct grid *grid)
{
    for (size_t s = 0; s < grid->strands.count; s++)
        if (target_of(grid, &grid->strands.items[s]))
            return true;
    return false;
}

/* ---- the table ---- */

static size_t value_columns(const struct grid *grid)
{
    return grid->chart->data->column_count - 2;
}

static struct text period_at(const struct grid *grid, size_t step)
{
    const struct strands *strands = &grid->strands;
    struct arena *arena = grid->assembly->arena;
    long at = strands->first + (long)(step * strands->items->step);
    return period_display(arena, series_period(arena, strands->items, at));
}

/* "England", or "England, Burglary" where it has several. */
static struct text benchmark_label(const struct grid *grid, size_t b)
{
    if (grid->beside_count == 1)
        return grid->benchmark;
    return text_format(grid->assembly->arena, "%.*s, %.*s", TEXT_ARG(grid->benchmark),
                       TEXT_ARG(grid->beside[b].label));
}

static struct row *new_row(struct grid *grid, struct text name, enum row_kind kind)
{
    struct row *row = table_add_row(grid->assembly->arena, grid->chart->data, kind);
    row->place = PLACE_NONE;
    row->cells[0] = cell_text(name);
    return row;
}

static void add_body_rows(struct grid *grid)
{
    size_t steps = grid->strands.steps, count = grid->strands.count;
    if (grid->shape == SHAPE_ROWS)
        for (size_t s = 0; s < count + grid->beside_count; s++)
            new_row(grid, s < count ? grid->strands.labels[s] : benchmark_label(grid, s - count),
                    s < count ? ROW_BODY : ROW_COMPARATOR);
    size_t groups = grid->shape == SHAPE_GROUPS ? count : grid->shape == SHAPE_COLUMNS ? 1 : 0;
    for (size_t g = 0; g < groups; g++)
        for (size_t i = 0; i < steps; i++) {
            struct row *row = new_row(grid, grid->chart->categories.items[i], ROW_BODY);
            if (grid->shape == SHAPE_GROUPS)
                row->group = grid->strands.labels[g];
        }
}

static void add_columns(struct grid *grid)
{
    struct assembly *assembly = grid->assembly;
    size_t steps = grid->strands.steps, count = grid->strands.count, c = 1;
    bool targets = has_any_target(grid);
    struct text header = assembly_value(assembly, grid->section, "row header");
    struct text step = chart_step_header(assembly, grid->section, grid->strands.items->step);
    size_t across = grid->shape == SHAPE_ROWS ? steps + (targets ? 1 : 0)
                    : grid->shape == SHAPE_COLUMNS
                        ? count + grid->beside_count
                        : 1u + (grid->beside_count ? 1 : 0) + (targets ? 1 : 0);
    struct table *table = table_new(assembly->arena, grid->chart->name, across + 2);
    grid->chart->data = table;
    if (grid->shape == SHAPE_ROWS)
        step = header.len                        ? header
               : has_one_measure(&grid->strands) ? TEXT("Area")
                                                 : TEXT("Measure");
    table->columns[0] = (struct column){.header = step, .is_row_header = true};
    for (size_t i = 0; i < steps && grid->shape == SHAPE_ROWS; i++)
        number_column(table, c++, grid->chart->categories.items[i]);
    for (size_t s = 0; s < count && grid->shape == SHAPE_COLUMNS; s++)
        number_column(table, c++, grid->strands.labels[s]);
    for (size_t b = 0; b < grid->beside_count && grid->shape == SHAPE_COLUMNS; b++)
        number_column(table, c++, benchmark_label(grid, b));
    if (grid->shape == SHAPE_GROUPS) {
        table->group_header = has_one_measure(&grid->strands) ? TEXT("Area") : TEXT("Measure");
        number_column(table, c++, TEXT("Figure"));
        if (grid->beside_count)
            number_column(table, c++, grid->benchmark);
    }
    if (targets && grid->shape != SHAPE_COLUMNS)
        number_column(table, c, TEXT("Target"));
}

/* Where the points of chart `s` stand, or of the benchmark beside it. */
static void find_cells(const struct grid *grid, size_t s, const struct series *beside,
                       struct chart_series *out)
{
    size_t behind = grid->strands.count;
    if (beside)
        behind += (size_t)(beside - grid->beside);
    switch (grid->shape) {
    case SHAPE_COLUMNS:
        out->column = 1 + (beside ? behind : s);
        break;
    case SHAPE_ROWS:
        out->column = 1;
        out->row = beside ? behind : s;
        break;
    case SHAPE_GROUPS:
        out->column = beside ? 2 : 1;
        out->row = s * grid->strands.steps;
        break;
    }
}

static void fill_series(struct grid *grid, const struct series *series, struct chart_series *out)
{
    struct arena *arena = grid->assembly->arena;
    size_t steps = grid->strands.steps;
    bool lies = grid->chart->lies;
    out->points = arena_calloc(arena, steps, sizeof *out->points);
    for (size_t i = 0; i < steps; i++) {
        const struct series_point *from = strands_point(&grid->strands, series, i);
        struct value value = from ? from->value : (struct value){.markers = MARKER_NOT_AVAILABLE};
        size_t r = out->row + (lies ? 0 : i), c = out->column + (lies ? i : 0);
        struct row *row = &grid->chart->data->rows[r];
        out->points[i] = (struct chart_point){
            .present = value.present,
            .is_after_break = i && value.markers & MARKER_BREAK,
            .value = value.number,
            .display = value_display(arena, value, series->places, series->kind),
            .change = TEXT_EMPTY};
        row->cells[c] = value_cell(arena, value, series->places, series->kind);
        grid->values[r * value_columns(grid) + c - 1] = value;
        if (from && !row->place.file.len)
            row->place = from->place;
    }
}

/* In a row below the figures, or in a column behind them. */
static void fill_targets(struct grid *grid)
{
    size_t count = grid->strands.count, last = value_columns(grid);
    if (!has_any_target(grid))
        return;
    struct table *table = grid->chart->data;
    if (grid->shape == SHAPE_COLUMNS) {
        struct row *row = new_row(grid, TEXT("Target"), ROW_COMPARATOR);
        for (size_t c = 1; c <= last; c++)
            row->cells[c] = c <= count ? target_cell(grid, &grid->strands.items[c - 1])
                                       : cell_text(TEXT("[z]"));
        return;
    }
    for (size_t r = 0; r < table->row_count; r++) {
        size_t s = grid->shape == SHAPE_ROWS ? r : r / grid->strands.steps;
        table->rows[r].cells[last] =
            s < count ? target_cell(grid, &grid->strands.items[s]) : cell_text(TEXT("[z]"));
    }
}

static void fill(struct grid *grid)
{
    struct arena *arena = grid->assembly->arena;
    struct chart *chart = grid->chart;
    size_t count = grid->strands.count;
    for (size_t i = 0; i < grid->strands.steps; i++)
        texts_add(arena, &chart->categories, period_at(grid, i));
    chart->lies = grid->shape == SHAPE_ROWS;
    add_columns(grid);
    add_body_rows(grid);
    grid->values = arena_calloc(arena, (chart->data->row_count + 1) * value_columns(grid),
                                sizeof *grid->values);
    chart->series = arena_calloc(arena, 2 * count, sizeof *chart->series);
    for (size_t s = 0; s < count; s++) {
        const struct series *own = &grid->strands.items[s], *beside = beside_of(grid, own);
        struct chart_series *out = &chart->series[chart->series_count++];
        *out = (struct chart_series){.label = grid->strands.labels[s]};
        find_cells(grid, s, NULL, out);
        fill_series(grid, own, out);
        add_targets(grid, own, out);
        if (!beside)
            continue;
        out = &chart->series[chart->series_count++];
        *out = (struct chart_series){.label = grid->benchmark, .is_benchmark = true};
        find_cells(grid, s, beside, out);
        fill_series(grid, beside, out);
    }
    fill_targets(grid);
    struct texts headers = {0};
    for (size_t c = 1; c <= value_columns(grid); c++)
        texts_add(arena, &headers, chart->data->columns[c].header);
    add_marker_column(grid->assembly, chart->data, grid->values, headers.count, headers.items);
}

/* ---- words ---- */

/* How the last figure of a chart stands to its first: 1 above, 0 equal, -1 below; 2 unknown. */
static int way_of(const struct chart *chart, const struct chart_series *series)
{
    size_t first = SIZE_MAX, last = 0;
    for (size_t i = 0; i < chart->categories.count; i++) {
        if (series->points[i].is_after_break)
            return 2;
        if (!series->points[i].present)
            continue;
        first = first == SIZE_MAX ? i : first;
        last = i;
    }
    if (first == SIZE_MAX || first == last)
        return 2;
    int order = decimal_compare(series->points[last].value, series->points[first].value);
    return order > 0 ? 1 : order < 0 ? -1 : 0;
}

static void add_lot(struct buffer *out, size_t count, const char *words, bool *any)
{
    if (count)
        buffer_format(out, "%s%zu %s", *any ? ", " : "", count, words);
    *any = *any || count;
}

/* "Of 12 charts, 7 end above where they begin, 4 below, 1 level." */
static void add_message(const struct grid *grid, struct buffer *out)
{
    const struct chart *chart = grid->chart;
    size_t ways[4] = {0};
    bool any = false;
    for (size_t s = 0; s < chart->series_count; s++)
        if (!chart->series[s].is_benchmark)
            ways[way_of(chart, &chart->series[s]) + 1]++;
    size_t charts = chart_panels(chart);
    buffer_format(out, " Of %zu chart%s, ", charts, charts == 1 ? "" : "s");
    add_lot(out, ways[2], "with the last figure above the first", &any);
    add_lot(out, ways[0], "with the last figure below the first", &any);
    add_lot(out, ways[1], "with both equal", &any);
    add_lot(out, ways[3], "where the two cannot be compared", &any);
    buffer_add_byte(out, '.');
}

static void add_chart_words(const struct grid *grid, size_t s, struct buffer *out)
{
    const struct chart *chart = grid->chart;
    const struct chart_series *series = &chart->series[s];
    struct text gaps = words_of_gaps(out->arena, chart, series);
    buffer_format(out, " %.*s: ", TEXT_ARG(series->label));
    words_of_points(out, chart, series);
    if (gaps.len)
        buffer_format(out, "; %.*s", TEXT_ARG(gaps));
    for (size_t i = 0; i < chart->categories.count; i++)
        if (series->points[i].is_after_break)
            buffer_format(out, "; break in the series in %.*s",
                          TEXT_ARG(chart->categories.items[i]));
    for (size_t i = 0; i < series->line_count; i++)
        buffer_format(out, "; %.*s", TEXT_ARG(series->lines[i].label));
    buffer_add_byte(out, '.');
}

static struct text alt_of(const struct grid *grid)
{
    const struct chart *chart = grid->chart;
    struct buffer out = {.arena = grid->assembly->arena};
    size_t charts = chart_panels(chart);
    buffer_format(&out, "Small %s charts: %.*s, by %s, %.*s to %.*s.",
                  chart->has_bars ? "bar" : "line", TEXT_ARG(chart->value_title),
                  series_step_word(grid->strands.items->step), TEXT_ARG(chart->categories.items[0]),
                  TEXT_ARG(chart->categories.items[chart->categories.count - 1]));
    add_message(grid, &out);
    buffer_add(&out, grid->own_scales ? TEXT(" Each has its own scale.")
                                      : TEXT(" All have the same scale."));
    for (size_t s = 0; s < chart->series_count && charts <= TOLD_MOST; s++)
        if (!chart->series[s].is_benchmark)
            add_chart_words(grid, s, &out);
    if (grid->beside_count)
        buffer_format(&out, " %.*s is a dashed line in each.", TEXT_ARG(grid->benchmark));
    if (charts > TOLD_MOST)
        buffer_add(&out, TEXT(" The table has all figures."));
    return buffer_text(&out);
}

static void add_notes(struct grid *grid)
{
    struct assembly *assembly = grid->assembly;
    struct table *table = grid->chart->data;
    const struct strands *strands = &grid->strands;
    if (!chart_is_empty(assembly, grid->section, grid->chart))
        note_gaps(assembly, grid->chart);
    note_stopped_points(assembly, strands->items, strands->count, table);
    if (grid->beside_count)
        note_stopped_points(assembly, grid->beside, grid->beside_count, table);
    for (size_t s = 0; s < strands->count; s++) {
        note_left_out(assembly, &strands->items[s], table);
        note_doubts(assembly, grid->source, &strands->items[s], table);
    }
    if (strands->items->is_added)
        texts_add(assembly->arena, &table->notes,
                  text_format(assembly->arena, "Figures are added up to whole %ss.",
                              series_step_word(strands->items->step)));
    if (grid->left_out.count)
        texts_add(assembly->arena, &table->notes,
                  text_format(assembly->arena,
                              "Not shown, as there are no such periods that follow on each other: "
                              "%.*s.",
                              TEXT_ARG(texts_join(assembly->arena, &grid->left_out, TEXT("; ")))));
    table_finish(assembly, table, grid->section, grid->source->dataset);
}

static enum shape shape_of(const struct grid *grid)
{
    size_t lines = grid->strands.count + grid->beside_count;
    if (lines <= ACROSS_MOST && (lines <= ACROSS_MOST / 2 || lines <= grid->strands.steps))
        return SHAPE_COLUMNS;
    return grid->strands.steps <= ACROSS_MOST ? SHAPE_ROWS : SHAPE_GROUPS;
}

struct chart *multiples_chart(struct assembly *assembly, const struct ini_section *section,
                              struct text caption)
{
    static const char *const forms[] = {"lines", "bars"};
    const struct report_source *source = assembly_figures(assembly, section);
    struct grid grid = {.assembly = assembly, .section = section, .source = source};
    if (!source || !read_grid(&grid))
        return NULL;
    struct chart *chart = chart_new(assembly, section, caption, CHART_MULTIPLES);
    grid.chart = chart;
    grid.shape = shape_of(&grid);
    chart->value_title = strands_title(assembly, section, &grid.strands);
    chart->has_bars = is_yes(&grid, "form", forms);
    chart->own_scales = grid.own_scales;
    if (ini_entry(section, "columns"))
        chart->columns = assembly_columns(assembly, section, COLUMNS_MOST, 3);
    fill(&grid);
    chart->alt = alt_of(&grid);
    chart->data->caption = chart->caption;
    add_notes(&grid);
    return chart;
}
