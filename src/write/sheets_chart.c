/*
 * Charts of a workbook: which cells each series draws and how. A spreadsheet draws cells, not
 * values, so a chart stands on the sheet of its own table, and says no more than that does.
 */
#include "write/chart_int.h"
#include "write/sheets_maker_int.h"

#include <math.h>

enum {
    LABELS_CAP = 18, /* more figures above grouped bars would stand on each other */
    LAST_COLUMN = 16383
};

/* Whether a cell is written as the number of a point, or as text where there is none. */
static bool cell_holds(struct arena *arena, const struct cell *cell,
                       const struct chart_point *point)
{
    struct book_cell written;
    if (!point->present)
        return cell->kind != CELL_NUMBER;
    return cell->kind == CELL_NUMBER && decimal_compare(cell->number, point->value) == 0 &&
           sheets_number(arena, cell, &written);
}

/* Where point `i` stands in the table. */
static const struct cell *cell_of(const struct chart *chart, const struct chart_series *series,
                                  size_t i)
{
    size_t row = chart->first_row + series->row + (chart->lies ? 0 : i);
    return &chart->data->rows[row].cells[series->column + (chart->lies ? i : 0)];
}

static bool cells_hold(struct arena *arena, const struct chart *chart,
                       const struct chart_series *series)
{
    size_t beyond = chart->categories.count - 1;
    if (series->column + (chart->lies ? beyond : 0) >= chart->data->column_count ||
        chart->first_row + series->row + (chart->lies ? 0 : beyond) >= chart->data->row_count)
        return false;
    for (size_t i = 0; i < chart->categories.count; i++)
        if (!cell_holds(arena, cell_of(chart, series, i), &series->points[i]))
            return false;
    return true;
}

static bool has_cells(struct arena *arena, const struct chart *chart)
{
    if (chart->first_row == SIZE_MAX || !chart->categories.count || !chart->series_count)
        return false;
    for (size_t s = 0; s < chart->series_count; s++)
        if (!cells_hold(arena, chart, &chart->series[s]))
            return false;
    return true;
}

/* The column that says in each row what the line stands at; column_count when there is none. */
static size_t column_of_line(struct arena *arena, const struct chart *chart,
                             const struct chart_line *line)
{
    struct chart_point point = {.present = true, .value = line->value};
    size_t first = chart->first_row + chart->series->row;
    if (chart->lies)
        return chart->data->column_count;
    for (size_t c = 0; c < chart->data->column_count; c++) {
        bool holds = true;
        for (size_t s = 0; s < chart->series_count; s++)
            holds = holds && chart->series[s].column != c;
        for (size_t i = 0; i < chart->categories.count && holds; i++)
            holds = cell_holds(arena, &chart->data->rows[first + i].cells[c], &point);
        if (holds)
            return c;
    }
    return chart->data->column_count;
}

static bool is_lines(const struct chart *chart)
{
    return chart->kind == CHART_LINES || chart->kind == CHART_CONTROL;
}

/* Of bars the value with its change; of lines and small charts the last value, and those that stand
 * out. */
static struct text point_label(struct arena *arena, const struct chart *chart,
                               const struct chart_series *series, size_t i, bool is_last,
                               bool is_small)
{
    const struct chart_point *point = &series->points[i];
    if (is_lines(chart) || is_small)
        return !point->present    ? TEXT_EMPTY
               : point->is_signal ? text_concat(arena, TEXT("Signal: "), point->display)
               : is_last          ? point->display
                                  : TEXT_EMPTY;
    if (chart->series_count > 1 && chart->series_count * chart->categories.count > LABELS_CAP)
        return TEXT_EMPTY;
    if (chart->series_count > 1 || !point->change.len)
        return point->display;
    return text_format(arena, "%.*s (%.*s)", TEXT_ARG(point->display), TEXT_ARG(point->change));
}

/* "$B$5" */
static void add_cell(struct maker *maker, struct buffer *out, unsigned row, unsigned column)
{
    struct text name = cell_name(maker->arena, row, column);
    size_t digits = 0;
    while (!is_digit(name.ptr[digits]))
        digits++;
    buffer_format(out, "$%.*s$%.*s", TEXT_ARG(text_slice(name, 0, digits)),
                  TEXT_ARG(text_slice(name, digits, name.len)));
}

/* "'Crime'!$B$5:$B$9": `count` cells, side by side where they lie. */
static void add_range(struct maker *maker, struct buffer *out, unsigned row, unsigned column,
                      unsigned count, bool lies)
{
    struct text sheet = maker->sheet->name;
    buffer_add_byte(out, '\'');
    for (size_t i = 0; i < sheet.len; i++)
        buffer_add(out, sheet.ptr[i] == '\'' ? TEXT("''") : text_slice(sheet, i, i + 1));
    buffer_add(out, TEXT("'!"));
    add_cell(maker, out, row, column);
    if (count == 1)
        return;
    buffer_add_byte(out, ':');
    add_cell(maker, out, row + (lies ? 0 : count - 1), column + (lies ? count - 1 : 0));
}

static struct text range_of(struct maker *maker, unsigned row, unsigned column, unsigned count,
                            bool lies)
{
    struct buffer out = {.arena = maker->arena};
    buffer_add_byte(&out, '=');
    add_range(maker, &out, row, column, count, lies);
    return buffer_text(&out);
}

/*
 * A spreadsheet draws a cell with words in it at 0, but a blank one as a gap: in the place of each
 * that has no number stands the last cell of the first row, which is beyond all tables.
 */
static struct text range_with_gaps(struct maker *maker, const struct book_series *series,
                                   unsigned count, bool lies)
{
    struct buffer out = {.arena = maker->arena};
    unsigned from = 0;
    buffer_add(&out, TEXT("=("));
    for (unsigned i = 0; i < count; i++) {
        bool missing = series->points[i].missing;
        if (!missing && i + 1 < count && !series->points[i + 1].missing)
            continue;
        if (from)
            buffer_add_byte(&out, ',');
        if (missing)
            add_range(maker, &out, 0, LAST_COLUMN, 1, false);
        else
            add_range(maker, &out, series->row + (lies ? 0 : from),
                      series->column + (lies ? from : 0), i + 1 - from, lies);
        from = i + 1;
    }
    buffer_add_byte(&out, ')');
    return buffer_text(&out);
}

static bool has_gaps(const struct chart *chart, const struct chart_series *series)
{
    for (size_t i = 0; i < chart->categories.count; i++)
        if (!series->points[i].present)
            return true;
    return false;
}

static struct book_point *points_of(struct arena *arena, const struct chart *chart,
                                    const struct chart_series *series, bool is_small)
{
    size_t count = chart->categories.count, last = count;
    struct book_point *points = arena_calloc(arena, count, sizeof *points);
    while (last > 0 && !series->points[last - 1].present)
        last--;
    for (size_t i = 0; i < count; i++)
        points[i] = (struct book_point){
            .missing = !series->points[i].present,
            .is_signal = series->points[i].is_signal,
            .label = point_label(arena, chart, series, i, i + 1 == last, is_small),
        };
    return points;
}

static void add_series(struct maker *maker, struct book_chart *out, struct book_series series)
{
    out->series = arena_grow(maker->arena, out->series, out->series_count, &out->series_capacity,
                             sizeof *out->series);
    out->series[out->series_count++] = series;
}

/* Lines across are drawn by a spreadsheet as series of cells that all say the same. */
static void add_lines_across(struct maker *maker, const struct chart *chart, bool groups,
                             struct book_chart *out)
{
    for (size_t i = 0; i < chart->line_count && is_lines(chart); i++) {
        const struct chart_line *line = &chart->lines[i];
        size_t column = column_of_line(maker->arena, chart, line);
        if (column < chart->data->column_count)
            add_series(maker, out,
                       (struct book_series){.name = line->label,
                                            .row = out->first_row,
                                            .column = (unsigned)column + groups,
                                            .values = range_of(maker, out->first_row,
                                                               (unsigned)column + groups,
                                                               out->count, false),
                                            .is_across = true,
                                            .dashed = line_is_dashed(line->kind),
                                            .firm = line_is_firm(line->kind)});
    }
}

static bool is_percent(const struct chart *chart)
{
    for (size_t i = 0; i < chart->categories.count; i++) {
        const struct cell *cell = cell_of(chart, chart->series, i);
        if (cell->kind == CELL_NUMBER)
            return cell->format == FORMAT_PERCENT || cell->format == FORMAT_SIGNED_PERCENT;
    }
    return false;
}

/* The scale is the one that the PDF has, so that a break in it can be told in words. */
static void set_scale(struct maker *maker, const struct chart *chart, struct value_range range,
                      struct book_chart *out)
{
    struct axis axis =
        axis_make(range, !is_lines(chart), out->is_small ? SMALL_TICKS : TICKS_WANTED);
    double unit = is_percent(chart) ? axis.unit / 100 : axis.unit;
    out->least = unit * (double)axis.low;
    out->most = unit * (double)axis.high;
    out->step = unit;
    out->number_format = is_percent(chart) ? axis.unit >= 1 ? "0%" : ""
                         : axis.unit >= 1  ? "#,##0"
                                           : "";
    if (axis.broken)
        out->value_title = out->value_title.len
                               ? text_format(maker->arena, "%.*s (the scale does not begin at 0)",
                                             TEXT_ARG(out->value_title))
                               : TEXT("The scale does not begin at 0");
}

static void add_points(struct maker *maker, const struct chart *chart, size_t s, bool groups,
                       struct book_chart *out)
{
    const struct chart_series *series = &chart->series[s];
    struct book_series added = {
        .name = series->label.len ? series->label : chart->data->columns[series->column].header,
        .row = maker->sheet->header_row + 1 + (unsigned)(chart->first_row + series->row),
        .column = (unsigned)series->column + groups,
        .look = s,
        .points = points_of(maker->arena, chart, series, out->is_small),
        .is_across = series->is_benchmark,
        .dashed = series->is_benchmark,
        .firm = series->is_benchmark,
    };
    added.values = is_lines(chart) && has_gaps(chart, series)
                       ? range_with_gaps(maker, &added, out->count, out->lies)
                       : range_of(maker, added.row, added.column, out->count, out->lies);
    if (series->is_benchmark)
        added.points = NULL; /* its figures are in the table: labels would stand on the others */
    add_series(maker, out, added);
}

/* The names of the categories: in the rows of the series, or above where they lie. */
static struct text category_cells(struct maker *maker, const struct chart *chart, bool groups,
                                  const struct book_chart *out)
{
    if (chart->lies)
        return range_of(maker, maker->sheet->header_row, (unsigned)chart->series->column + groups,
                        out->count, true);
    return range_of(maker, out->first_row, groups, out->count, false);
}

static struct book_chart chart_of_cells(struct maker *maker, const struct chart *chart, bool groups,
                                        bool is_small, struct value_range range)
{
    size_t first = chart->first_row + chart->series->row;
    struct book_chart out = {
        .kind = is_lines(chart)             ? BOOK_LINES
                : chart->kind == CHART_ROWS ? BOOK_ROWS
                                            : BOOK_COLUMNS,
        .title = chart->caption,
        .alt = chart->alt,
        .value_title = chart->value_title,
        .first_row = maker->sheet->header_row + 1 + (unsigned)first,
        .count = (unsigned)chart->categories.count,
        .lies = chart->lies,
        .is_small = is_small,
    };
    out.categories = category_cells(maker, chart, groups, &out);
    for (size_t s = 0; s < chart->series_count; s++)
        add_points(maker, chart, s, groups, &out);
    add_lines_across(maker, chart, groups, &out);
    set_scale(maker, chart, range, &out);
    return out;
}

/* "Recycling (%) (target 60%)": the target is said where no line can show it. */
static struct text small_title(struct maker *maker, const struct chart *panel)
{
    struct buffer out = {.arena = maker->arena};
    buffer_add(&out, panel->caption);
    for (size_t i = 0; i < panel->line_count; i++)
        buffer_format(&out, "%s%.*s%s", i ? "; " : " (", TEXT_ARG(panel->lines[i].label),
                      i + 1 < panel->line_count ? "" : ")");
    return buffer_text(&out);
}

/* "Burglary by ward: North. From 21 (April 2023) to 14 (March 2025)". */
static struct text small_alt(struct maker *maker, const struct chart *chart,
                             const struct chart *panel)
{
    size_t first = 0, last = panel->categories.count;
    const struct chart_point *points = panel->series->points;
    const struct text *names = panel->categories.items;
    while (first < last && !points[first].present)
        first++;
    while (last > first && !points[last - 1].present)
        last--;
    if (first == last)
        return text_format(maker->arena, "%.*s: %.*s. No figure is shown.",
                           TEXT_ARG(chart->caption), TEXT_ARG(panel->caption));
    return text_format(maker->arena, "%.*s: %.*s. From %.*s (%.*s) to %.*s (%.*s).",
                       TEXT_ARG(chart->caption), TEXT_ARG(panel->caption),
                       TEXT_ARG(points[first].display), TEXT_ARG(names[first]),
                       TEXT_ARG(points[last - 1].display), TEXT_ARG(names[last - 1]));
}

/* The charts of one: of small multiples each by itself, on the scale that it has in the PDF. */
static struct book_chart *charts_of_cells(struct maker *maker, const struct chart *chart,
                                          bool groups, size_t *count)
{
    bool is_small = chart->kind == CHART_MULTIPLES;
    *count = chart_panels(chart);
    struct book_chart *out = arena_calloc(maker->arena, *count, sizeof *out);
    for (size_t p = 0; p < *count; p++) {
        struct chart panel = chart_panel(chart, p);
        struct value_range range = chart_range(chart->own_scales ? &panel : chart);
        if (is_small) {
            panel.value_title = TEXT_EMPTY;
            panel.alt = small_alt(maker, chart, &panel);
            panel.caption = small_title(maker, &panel);
        }
        out[p] = chart_of_cells(maker, &panel, groups, is_small, range);
    }
    return out;
}

/* What a chart says goes into the file without being a cell. */
static void check_chart(const struct maker *maker, const struct book_chart *chart)
{
    struct place place = place_file(maker->document->name);
    place.part = maker->sheet->name;
    maker_check_characters(maker, place, chart->title);
    maker_check_characters(maker, place, chart->alt);
    maker_check_characters(maker, place, chart->value_title);
    for (size_t s = 0; s < chart->series_count; s++) {
        const struct book_series *series = &chart->series[s];
        maker_check_characters(maker, place, series->name);
        for (unsigned i = 0; series->points && i < chart->count; i++)
            maker_check_characters(maker, place, series->points[i].label);
    }
}

const struct chart *sheets_chart_to_draw(const struct maker *maker, const struct table *table)
{
    const struct chart *chart = NULL;
    for (size_t i = 0; i < maker->document->blocks.count && !chart; i++) {
        const struct block *block = &maker->document->blocks.items[i];
        if (block->kind == BLOCK_CHART && block->chart->data == table)
            chart = block->chart;
    }
    if (!chart ||
        chart->kind == CHART_DOTS) /* of dots no spreadsheet has a chart: the table says it */
        return NULL;
    if (has_cells(maker->arena, chart))
        return chart;
    diag(maker->diags, DIAG_DROPPED, place_file(maker->document->name),
         "chart '%.*s' is left out of the workbook: its bars are not rows of its table",
         TEXT_ARG(text_quote(maker->arena, chart->name)));
    return NULL;
}

void sheets_place_chart(struct maker *maker, const struct chart *chart, bool groups,
                        struct text name)
{
    size_t count;
    struct book_chart *placed = charts_of_cells(maker, chart, groups, &count);
    struct text table = maker->sheet->name;
    for (size_t i = 0; i < count; i++)
        check_chart(maker, &placed[i]);
    if (name.len) {
        maker_begin_sheet(maker, name, sheets_say_quarters(maker->arena, chart->caption));
        maker_add_line(maker, BOOK_TEXT,
                       count == 1 ? TEXT("This worksheet contains one chart.")
                                  : text_format(maker->arena,
                                                "This worksheet contains %zu charts, %s.", count,
                                                chart->own_scales ? "each on its own scale"
                                                                  : "all on the same scale"));
        maker_add_link(
            maker,
            text_format(maker->arena, "Its figures are in the worksheet “%.*s”", TEXT_ARG(table)),
            table);
        maker_add_link(maker, TEXT("Back to contents"), TEXT("Contents"));
        maker_end_sheet(maker, TEXT_EMPTY);
    }
    maker->sheet->charts = placed;
    maker->sheet->chart_count = count;
}
