/*
 * chart_dots - a spine chart: measures side by side, each area's figure as a ratio to a benchmark
 * that is 100, with the ratio of its 95% limits. What the limits are, and how a figure stands to
 * the benchmark, compute/standing.h says, as it does for a benchmark table.
 */
#include "assemble/chart_int.h"

#include "compute/standing.h"

#include <math.h>

enum { PLACES = 1, DIGITS = 10, AREA_COLUMNS = 5 };

/* What stands in one row for one area. */
struct dot {
    struct value value; /* of the area */
    bool compared;      /* there is a ratio */
    struct decimal ratio, low, high;
    bool has_range;
    bool is_judged;
    bool is_estimate;
    enum standing standing; /* only when it is judged */
};
struct dots_row {
    const struct measure *measure;
    struct period period;
    struct value benchmark;
    struct dot *dots; /* an area */
};
struct dots {
    const struct dataset *dataset;
    struct picked areas;
    size_t benchmark; /* an area */
    struct text benchmark_name;
    bool estimates; /* what can only be estimated is shown too, marked [e] */
    bool is_part;   /* the job says that its own area is within the benchmark */
    struct dots_row *rows;
    size_t count;
    struct stopped_scopes scopes; /* of all that is shown */
    struct texts left_out;        /* measures that have no such ratio, for readers */
};

/* ---- figures ---- */

/* A ratio needs a zero that means something, and figures that do not grow with the area. */
static bool has_ratio(enum measure_kind kind)
{
    return kind == KIND_RATE || kind == KIND_PERCENT || kind == KIND_MEAN || kind == KIND_MEDIAN;
}

/* The latest period, up to the date of the figures, with a figure of the first area. */
static bool latest_period(const struct dots *dots, size_t measure, struct date as_at, size_t *out)
{
    const struct dataset *dataset = dots->dataset;
    bool found = false;
    for (size_t p = 0; p < dataset->period_count; p++) {
        struct period period = dataset->periods[p];
        struct figure figure;
        if (!date_is_known(period.start) ||
            (date_is_known(as_at) && date_compare(period.end, as_at) > 0) ||
            !dataset_find(dataset, measure, dots->areas.items[0], p, &figure) ||
            (found && period_compare(period, dataset->periods[*out]) <= 0))
            continue;
        *out = p;
        found = true;
    }
    return found;
}

/* 100 x number / benchmark, of a benchmark above 0. */
static bool ratio_to(struct decimal number, struct decimal benchmark, struct decimal *out)
{
    return decimal_multiply(number, decimal_from(100), out) &&
           decimal_divide(*out, benchmark, DIGITS, out);
}

/* The 95% limits of the figure, as ratios; what has none keeps its dot. */
static void set_range(const struct assembly *assembly, const struct dots_row *row,
                      const struct measured *measured, struct dot *dot)
{
    struct interval range = standing_range(assembly->arena, measured);
    dot->has_range = isfinite(range.lower) && isfinite(range.upper) &&
                     decimal_near(range.lower, &dot->low) &&
                     decimal_near(range.upper, &dot->high) &&
                     ratio_to(dot->low, row->benchmark.number, &dot->low) &&
                     ratio_to(dot->high, row->benchmark.number, &dot->high);
}

static struct dot dot_of(const struct assembly *assembly, const struct dots *dots,
                         const struct dots_row *row, size_t area, size_t period)
{
    const struct dataset *dataset = dots->dataset;
    size_t m = (size_t)(row->measure - dataset->measures);
    struct dot dot = {.value = {.markers = MARKER_NOT_AVAILABLE}};
    const struct measured measured = {
        .measure = row->measure,
        .here = dataset_figure(dataset, m, area, period),
        .there = dataset_figure(dataset, m, dots->benchmark, period),
        .there_name = dots->benchmark_name,
        .is_part = dots->is_part,
        .is_open_survey = dataset->is_open_survey,
        .is_rounded = dataset->hiding.rounding > 0,
        .estimates = dots->estimates,
    };
    if (!measured.here)
        return dot;
    dot.value = measured.here->value;
    dot.compared = dot.value.present && row->benchmark.present &&
                   decimal_sign(row->benchmark.number) > 0 && decimal_sign(dot.value.number) >= 0 &&
                   ratio_to(dot.value.number, row->benchmark.number, &dot.ratio);
    if (!dot.compared)
        return dot;
    const struct stood stood = standing_to_area(assembly->arena, &measured);
    dot.is_judged = stood.by != STOOD_NOT && stood.by != STOOD_MARKED;
    dot.standing = stood.standing;
    dot.is_estimate = stood.by == STOOD_ESTIMATED;
    set_range(assembly, row, &measured, &dot);
    return dot;
}

static void add_row(struct assembly *assembly, struct dots *dots, size_t m)
{
    const struct dataset *dataset = dots->dataset;
    struct dots_row *row = &dots->rows[dots->count];
    size_t period;
    struct figure figure;
    row->measure = &dataset->measures[m];
    if (!has_ratio(row->measure->kind) ||
        !latest_period(dots, m, assembly->input->as_at, &period)) {
        texts_add(assembly->arena, &dots->left_out, row->measure->label);
        return;
    }
    row->period = dataset->periods[period];
    row->benchmark = (struct value){.markers = MARKER_NOT_AVAILABLE};
    if (dataset_find(dataset, m, dots->benchmark, period, &figure))
        row->benchmark = figure.value;
    row->dots = arena_calloc(assembly->arena, dots->areas.count, sizeof *row->dots);
    for (size_t a = 0; a < dots->areas.count; a++) {
        row->dots[a] = dot_of(assembly, dots, row, dots->areas.items[a], period);
        stopped_left(assembly, row->dots[a].value);
        stopped_scope_add(assembly->arena, &dots->scopes, m, dots->areas.items[a], row->period);
    }
    stopped_scope_add(assembly->arena, &dots->scopes, m, dots->benchmark, row->period);
    dots->count++;
}

/* ---- the chart and its table ---- */

static struct text ratio_shown(struct assembly *assembly, struct decimal ratio)
{
    return decimal_display(assembly->arena, ratio, PLACES, DECIMAL_GROUPS);
}

/* Why there is no dot: the area's marker, or the benchmark's. */
static struct text absent_shown(struct assembly *assembly, const struct dots_row *row,
                                const struct dot *dot)
{
    const struct value *value = !dot->value.present ? &dot->value : &row->benchmark;
    if (value->present)
        return TEXT("[z]");
    return value_display(assembly->arena, *value, 0, KIND_COUNT);
}

static struct chart_point point_of(struct assembly *assembly, const struct dots_row *row,
                                   const struct dot *dot)
{
    struct chart_point point = {.present = dot->compared,
                                .has_range = dot->has_range,
                                .value = dot->ratio,
                                .low = dot->low,
                                .high = dot->high,
                                .display = ratio_shown(assembly, dot->ratio),
                                .change = TEXT_EMPTY};
    if (!dot->compared)
        point.display = absent_shown(assembly, row, dot);
    return point;
}

/* "better", "better [e]", "not compared"; empty where there is no dot. */
static struct text standing_words(struct arena *arena, const struct dot *dot)
{
    if (!dot->compared)
        return TEXT_EMPTY;
    if (!dot->is_judged)
        return TEXT("not compared");
    return text_format(arena, "%s%s", standing_word(dot->standing), dot->is_estimate ? " [e]" : "");
}

static struct cell ratio_cell(struct assembly *assembly, struct decimal ratio)
{
    return cell_number(ratio, ratio_shown(assembly, ratio), FORMAT_NUMBER, PLACES);
}

/* The area that the report is on stands first, the benchmark behind it, then what is said of the
 * two; of further areas the figure before its ratio. */
static size_t figure_column(size_t a)
{
    return a ? 3 + AREA_COLUMNS * a : 2;
}

enum { BENCHMARK_COLUMN = 3 };

static size_t ratio_column(size_t a)
{
    return 4 + AREA_COLUMNS * a;
}

static void add_cells(struct assembly *assembly, const struct dots_row *from, size_t a,
                      struct cell *row)
{
    const struct dot *dot = &from->dots[a];
    struct cell *cells = &row[ratio_column(a)];
    unsigned places = dot->value.number.scale;
    struct cell none = cell_text(TEXT("[z]"));
    row[figure_column(a)] = value_cell(assembly->arena, dot->value, places, from->measure->kind);
    cells[0] = dot->compared ? ratio_cell(assembly, dot->ratio)
                             : cell_text(absent_shown(assembly, from, dot));
    cells[1] = dot->has_range ? ratio_cell(assembly, dot->low) : dot->compared ? none : cells[0];
    cells[2] = dot->has_range ? ratio_cell(assembly, dot->high) : cells[1];
    cells[3] = dot->compared ? cell_text(standing_words(assembly->arena, dot)) : cells[0];
}

static struct text area_name(const struct dots *dots, size_t a)
{
    return dots->dataset->areas.items[dots->areas.items[a]];
}

/* "Lower limit", or "Leeds: lower limit". */
static struct text words_behind(struct arena *arena, struct text lead, struct text words)
{
    if (lead.len)
        return text_concat(arena, lead, words);
    return text_format(arena, "%c%.*s", words.ptr[0] - 'a' + 'A',
                       TEXT_ARG(text_slice(words, 1, words.len)));
}

static void add_headers(struct assembly *assembly, const struct ini_section *section,
                        const struct dots *dots, struct table *table)
{
    struct arena *arena = assembly->arena;
    struct text header = assembly_value(assembly, section, "row header");
    table->columns[0] =
        (struct column){.header = header.len ? header : TEXT("Measure"), .is_row_header = true};
    table->columns[1].header = TEXT("Period");
    number_column(table, BENCHMARK_COLUMN, dots->benchmark_name);
    for (size_t a = 0; a < dots->areas.count; a++) {
        struct text name = area_name(dots, a);
        size_t c = ratio_column(a);
        number_column(table, figure_column(a), name);
        /* of one area its name stands once */
        struct text lead =
            dots->areas.count > 1 ? text_concat(arena, name, TEXT(": ")) : TEXT_EMPTY;
        number_column(table, c, words_behind(arena, lead, TEXT("ratio")));
        number_column(table, c + 1, words_behind(arena, lead, TEXT("lower limit")));
        number_column(table, c + 2, words_behind(arena, lead, TEXT("upper limit")));
        table->columns[c + 3].header = words_behind(
            arena, lead, text_concat(arena, TEXT("compared with "), dots->benchmark_name));
    }
}

/* A ratio has no unit: its label is that of the measure, unless another of the chart has the same.
 */
static struct text dot_label(struct arena *arena, const struct dots *dots, size_t r)
{
    const struct measure *measure = dots->rows[r].measure;
    for (size_t i = 0; i < dots->count; i++)
        if (i != r && text_equal(dots->rows[i].measure->label, measure->label))
            return chart_label(arena, measure);
    return measure->label;
}

static void fill(struct assembly *assembly, const struct ini_section *section,
                 const struct dots *dots, struct chart *chart)
{
    struct arena *arena = assembly->arena;
    struct table *table = table_new(arena, chart->name, 3 + AREA_COLUMNS * dots->areas.count);
    chart->data = table;
    add_headers(assembly, section, dots, table);
    chart->series = arena_calloc(arena, dots->areas.count, sizeof *chart->series);
    chart->series_count = dots->areas.count;
    for (size_t a = 0; a < dots->areas.count; a++)
        chart->series[a] = (struct chart_series){
            .label = area_name(dots, a),
            .points = arena_calloc(arena, dots->count, sizeof *chart->series[a].points),
            .column = ratio_column(a)};
    for (size_t r = 0; r < dots->count; r++) {
        const struct dots_row *from = &dots->rows[r];
        struct row *row = table_add_row(arena, table, ROW_BODY);
        struct text label = label_of_figures(arena, from->measure);
        row->place = from->measure->place;
        row->cells[0] = cell_text(label);
        row->cells[1] = cell_text(period_display(arena, from->period));
        row->cells[BENCHMARK_COLUMN] =
            value_cell(arena, from->benchmark, from->benchmark.number.scale, from->measure->kind);
        texts_add(arena, &chart->categories, dot_label(arena, dots, r));
        for (size_t a = 0; a < dots->areas.count; a++) {
            chart->series[a].points[r] = point_of(assembly, from, &from->dots[a]);
            add_cells(assembly, from, a, row->cells);
        }
    }
}

/* "1 better", "2 not compared": what is said of `count` of the figures; nothing of none. */
static void add_lot(struct texts *lots, struct arena *arena, size_t count, const char *words)
{
    if (count)
        texts_add(arena, lots, text_format(arena, "%zu %s", count, words));
}

/* "Of 6 figures of North, 1 better, 2 similar, 3 not compared": how they stand, before each. */
static void add_standings(struct buffer *out, const struct dots *dots, size_t a)
{
    size_t judged[STANDING_WORSE + 1] = {0}, not_compared = 0, none = 0;
    static const enum standing order[] = {STANDING_BETTER, STANDING_WORSE, STANDING_HIGHER,
                                          STANDING_LOWER, STANDING_SIMILAR};
    struct texts lots = {0};
    for (size_t r = 0; r < dots->count; r++) {
        const struct dot *dot = &dots->rows[r].dots[a];
        if (!dot->compared)
            none++;
        else if (!dot->is_judged)
            not_compared++;
        else
            judged[dot->standing]++;
    }
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
        add_lot(&lots, out->arena, judged[order[i]], standing_word(order[i]));
    add_lot(&lots, out->arena, not_compared, "not compared");
    add_lot(&lots, out->arena, none, "without a dot");
    buffer_format(out, " Of %zu figure%s of %.*s, %.*s", dots->count, dots->count == 1 ? "" : "s",
                  TEXT_ARG(area_name(dots, a)),
                  TEXT_ARG(texts_join(out->arena, &lots, TEXT(", "))));
}

/* "Smoking 117.3 (110.2 to 124.9), worse; …" */
static void add_dot_words(struct buffer *out, struct assembly *assembly, const struct dots *dots,
                          const struct chart *chart, size_t a)
{
    for (size_t r = 0; r < dots->count; r++) {
        const struct dot *dot = &dots->rows[r].dots[a];
        buffer_format(out, "%s%.*s %.*s", r ? "; " : "", TEXT_ARG(chart->categories.items[r]),
                      TEXT_ARG(chart->series[a].points[r].display));
        if (dot->has_range)
            buffer_format(out, " (%.*s to %.*s)", TEXT_ARG(ratio_shown(assembly, dot->low)),
                          TEXT_ARG(ratio_shown(assembly, dot->high)));
        if (dot->compared)
            buffer_format(out, ", %.*s", TEXT_ARG(standing_words(assembly->arena, dot)));
        else
            buffer_add(out, TEXT(", no dot"));
    }
}

static struct text dots_alt(struct assembly *assembly, const struct dots *dots,
                            const struct chart *chart)
{
    struct buffer out = {.arena = assembly->arena};
    bool listed = dots->count * dots->areas.count <= LISTED_MOST;
    buffer_format(&out, "Dot chart: %.*s.", TEXT_ARG(chart->value_title));
    for (size_t a = 0; a < dots->areas.count; a++) {
        add_standings(&out, dots, a);
        buffer_add(&out, listed ? TEXT(": ") : TEXT("; "));
        if (listed)
            add_dot_words(&out, assembly, dots, chart, a);
        else
            words_of_extremes(&out, chart, &chart->series[a]);
        buffer_add_byte(&out, '.');
    }
    if (!listed)
        buffer_add(&out, TEXT(" The table has them all."));
    return buffer_text(&out);
}

static void add_notes(struct assembly *assembly, const struct dots *dots, struct table *table)
{
    struct arena *arena = assembly->arena;
    struct text name = dots->benchmark_name;
    stopped_note_scopes(assembly, dots->dataset, &dots->scopes, &table->notes);
    texts_add(arena, &table->notes,
              text_format(arena,
                          "Each figure is shown as a ratio to that of %.*s, which is 100. The "
                          "range is that of its 95%% limits, as published, or worked out from its "
                          "count where it rests on no more than that.",
                          TEXT_ARG(name)));
    texts_add(arena, &table->notes,
              TEXT("Where it is not said which way is better, a figure is lower or higher. “Not "
                   "compared” stands where these figures alone cannot tell."));
    if (dots->estimates)
        texts_add(arena, &table->notes,
                  TEXT("Ranges and comparisons marked [e] are estimated from the table alone, and "
                       "are not the publisher's."));
    if (dots->left_out.count)
        texts_add(arena, &table->notes,
                  text_format(arena,
                              "Not shown, as a ratio of such figures says nothing or there is no "
                              "figure: %.*s.",
                              TEXT_ARG(texts_join(arena, &dots->left_out, TEXT("; ")))));
}

/* ---- what the keys say ---- */

/* A neighbour is none, and what the job does not name as a comparator may be one. */
static bool holds_own_area(const struct comparison *comparison, size_t area)
{
    for (size_t i = 0; i < comparison->comparator_count; i++)
        if (comparison->comparators[i].comparison->where == area)
            return !comparison->comparators[i].is_beside;
    return false;
}

static bool read_dots(struct assembly *assembly, const struct ini_section *section,
                      const struct report_source *source, struct dots *dots)
{
    static const char *const yes_no[] = {"no", "yes"};
    struct text estimates = assembly_value(assembly, section, "estimates");
    struct picked measures, benchmark;
    *dots = (struct dots){.dataset = source->dataset};
    if (!ini_entry(section, "benchmark") || /* told with the keys */
        !pick_measures(assembly, section, "measures", source->dataset, true, &measures) ||
        !pick_areas(assembly, section, "areas", source, &dots->areas) ||
        !pick_areas(assembly, section, "benchmark", source, &benchmark))
        return false;
    dots->estimates =
        estimates.len && assembly_choose(assembly, section, "estimates", estimates, yes_no, 2) == 1;
    dots->benchmark = benchmark.items[0];
    bool is_one = benchmark.count == 1;
    for (size_t a = 0; a < dots->areas.count; a++)
        is_one =
            is_one && dots->areas.items[a] != dots->benchmark && dots->areas.items[a] != AREA_ALL;
    if (!is_one) {
        diag(assembly->diags, DIAG_TEMPLATE, section->place,
             "[%.*s]: 'benchmark' is one area, and 'areas' are others of the source",
             TEXT_ARG(section->title));
        return false;
    }
    dots->benchmark_name = source->dataset->areas.items[dots->benchmark];
    dots->is_part = holds_own_area(source->comparison, dots->benchmark);
    dots->rows = arena_calloc(assembly->arena, measures.count + 1, sizeof *dots->rows);
    for (size_t m = 0; m < measures.count; m++)
        if (measures.items[m] != SERIES_TOTAL)
            add_row(assembly, dots, measures.items[m]);
    if (!dots->count)
        diag(assembly->diags, DIAG_TEMPLATE, section->place,
             "[%.*s] cannot be drawn: none of its measures is a rate, percentage, mean or median "
             "with a figure",
             TEXT_ARG(section->title));
    return dots->count > 0;
}

struct chart *dots_chart(struct assembly *assembly, const struct ini_section *section,
                         struct text caption)
{
    const struct report_source *source = assembly_figures(assembly, section);
    struct dots dots;
    if (!source || !read_dots(assembly, section, source, &dots))
        return NULL;
    struct chart *chart = chart_new(assembly, section, caption, CHART_DOTS);
    struct text title = assembly_value(assembly, section, "value title");
    chart->value_title =
        title.len ? title
                  : text_format(assembly->arena, "%.*s = 100", TEXT_ARG(dots.benchmark_name));
    fill(assembly, section, &dots, chart);
    chart->lines = arena_calloc(assembly->arena, 1, sizeof *chart->lines);
    chart->line_count = 1;
    *chart->lines = (struct chart_line){
        .kind = LINE_BENCHMARK,
        .value = decimal_from(100),
        .label = text_format(assembly->arena, "%.*s: 100", TEXT_ARG(dots.benchmark_name))};
    chart->alt = dots_alt(assembly, &dots, chart);
    chart->data->caption = chart->caption;
    add_notes(assembly, &dots, chart->data);
    table_finish(assembly, chart->data, section, source->dataset);
    return chart;
}
