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

static bool column_holds(struct arena *arena, const struct chart *chart,
                         const struct chart_series *series)
{
    if (series->column >= chart->data->column_count)
        return false;
    for (size_t i = 0; i < chart->categories.count; i++)
        if (!cell_holds(arena, &chart->data->rows[chart->first_row + i].cells[series->column],
                        &series->points[i]))
            return false;
    return true;
}

static bool has_cells(struct arena *arena, const struct chart *chart)
{
    if (chart->first_row == SIZE_MAX || !chart->categories.count || !chart->series_count ||
        chart->first_row + chart->categories.count > chart->data->row_count)
        return false;
    for (size_t s = 0; s < chart->series_count; s++)
        if (!column_holds(arena, chart, &chart->series[s]))
            return false;
    return true;
}

/* The column that says in each row what the line stands at; column_count when there is none. */
static size_t column_of_line(struct arena *arena, const struct chart *chart,
                             const struct chart_line *line)
{
    struct chart_point point = {.present = true, .value = line->value};
    for (size_t c = 0; c < chart->data->column_count; c++) {
        bool holds = true;
        for (size_t s = 0; s < chart->series_count; s++)
            holds = holds && chart->series[s].column != c;
        for (size_t i = 0; i < chart->categories.count && holds; i++)
            holds = cell_holds(arena, &chart->data->rows[chart->first_row + i].cells[c], &point);
        if (holds)
            return c;
    }
    return chart->data->column_count;
}

static bool is_lines(const struct chart *chart)
{
    return chart->kind == CHART_LINES || chart->kind == CHART_CONTROL;
}

/* Of bars the value with its change; of lines the last value, and those that stand out. */
static struct text point_label(struct arena *arena, const struct chart *chart,
                               const struct chart_series *series, size_t i, bool is_last)
{
    const struct chart_point *point = &series->points[i];
    if (is_lines(chart))
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

/* "'Crime'!$B$5:$B$9" */
static void add_range(struct maker *maker, struct buffer *out, unsigned column, unsigned first,
                      unsigned last)
{
    struct text sheet = maker->sheet->name;
    buffer_add_byte(out, '\'');
    for (size_t i = 0; i < sheet.len; i++)
        buffer_add(out, sheet.ptr[i] == '\'' ? TEXT("''") : text_slice(sheet, i, i + 1));
    buffer_add(out, TEXT("'!"));
    add_cell(maker, out, first, column);
    if (first == last)
        return;
    buffer_add_byte(out, ':');
    add_cell(maker, out, last, column);
}

static struct text range_of(struct maker *maker, unsigned column, unsigned first, unsigned last)
{
    struct buffer out = {.arena = maker->arena};
    buffer_add_byte(&out, '=');
    add_range(maker, &out, column, first, last);
    return buffer_text(&out);
}

/*
 * A spreadsheet draws a cell with words in it at 0, but a blank one as a gap: in the place of each
 * that has no number stands the last cell of the first row, which is beyond all tables.
 */
static struct text range_with_gaps(struct maker *maker, const struct book_series *series,
                                   unsigned first, unsigned last)
{
    struct buffer out = {.arena = maker->arena};
    unsigned from = first;
    buffer_add(&out, TEXT("=("));
    for (unsigned row = first; row <= last; row++) {
        bool missing = series->points[row - first].missing;
        if (!missing && row < last && !series->points[row - first + 1].missing)
            continue;
        if (from > first)
            buffer_add_byte(&out, ',');
        add_range(maker, &out, missing ? LAST_COLUMN : series->column, missing ? 0 : from,
                  missing ? 0 : row);
        from = row + 1;
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
                                    const struct chart_series *series)
{
    size_t count = chart->categories.count, last = count;
    struct book_point *points = arena_calloc(arena, count, sizeof *points);
    while (last > 0 && !series->points[last - 1].present)
        last--;
    for (size_t i = 0; i < count; i++)
        points[i] = (struct book_point){
            .missing = !series->points[i].present,
            .is_signal = series->points[i].is_signal,
            .label = point_label(arena, chart, series, i, i + 1 == last),
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
                                            .column = (unsigned)column + groups,
                                            .values = range_of(maker, (unsigned)column + groups,
                                                               out->first_row, out->last_row),
                                            .is_across = true,
                                            .dashed = line_is_dashed(line->kind),
                                            .firm = line_is_firm(line->kind)});
    }
}

static bool is_percent(const struct chart *chart)
{
    const struct row *row = &chart->data->rows[chart->first_row];
    for (size_t i = 0; i < chart->categories.count; i++) {
        const struct cell *cell = &row[i].cells[chart->series->column];
        if (cell->kind == CELL_NUMBER)
            return cell->format == FORMAT_PERCENT || cell->format == FORMAT_SIGNED_PERCENT;
    }
    return false;
}

/* The scale is the one that the PDF has, so that a break in it can be told in words. */
static void set_scale(struct maker *maker, const struct chart *chart, struct book_chart *out)
{
    struct value_range range = chart_range(chart);
    struct axis axis = axis_make(range, !is_lines(chart), TICKS_WANTED);
    double unit = is_percent(chart) ? axis.unit / 100 : axis.unit;
    out->least = unit * (double)axis.low;
    out->most = unit * (double)axis.high;
    out->step = unit;
    out->number_format = is_percent(chart) ? axis.unit >= 1 ? "0%" : ""
                         : axis.unit >= 1  ? "#,##0"
                                           : "";
    if (axis.broken)
        out->value_title = text_format(maker->arena, "%.*s (the scale does not begin at 0)",
                                       TEXT_ARG(out->value_title));
}

static void add_points(struct maker *maker, const struct chart *chart, size_t s, bool groups,
                       struct book_chart *out)
{
    const struct chart_series *series = &chart->series[s];
    struct book_series added = {
        .name = series->label.len ? series->label : chart->data->columns[series->column].header,
        .column = (unsigned)series->column + groups,
        .look = s,
        .points = points_of(maker->arena, chart, series),
    };
    added.values = is_lines(chart) && has_gaps(chart, series)
                       ? range_with_gaps(maker, &added, out->first_row, out->last_row)
                       : range_of(maker, added.column, out->first_row, out->last_row);
    add_series(maker, out, added);
}

static struct book_chart *chart_of_cells(struct maker *maker, const struct chart *chart,
                                         bool groups)
{
    struct book_chart *out = arena_alloc(maker->arena, sizeof *out);
    unsigned first = maker->sheet->header_row + 1 + (unsigned)chart->first_row;
    *out = (struct book_chart){
        .kind = is_lines(chart)             ? BOOK_LINES
                : chart->kind == CHART_ROWS ? BOOK_ROWS
                                            : BOOK_COLUMNS,
        .title = chart->caption,
        .alt = chart->alt,
        .value_title = chart->value_title,
        .first_row = first,
        .last_row = first + (unsigned)chart->categories.count - 1,
        .categories = range_of(maker, groups, first, first + (unsigned)chart->categories.count - 1),
    };
    for (size_t s = 0; s < chart->series_count; s++)
        add_points(maker, chart, s, groups, out);
    add_lines_across(maker, chart, groups, out);
    set_scale(maker, chart, out);
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
        for (unsigned i = 0; series->points && i <= chart->last_row - chart->first_row; i++)
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
    struct book_chart *placed = chart_of_cells(maker, chart, groups);
    struct text table = maker->sheet->name;
    check_chart(maker, placed);
    if (name.len) {
        maker_begin_sheet(maker, name, sheets_say_quarters(maker->arena, chart->caption));
        maker_add_line(maker, BOOK_TEXT, TEXT("This worksheet contains one chart."));
        maker_add_link(
            maker,
            text_format(maker->arena, "Its figures are in the worksheet “%.*s”", TEXT_ARG(table)),
            table);
        maker_add_link(maker, TEXT("Back to contents"), TEXT("Contents"));
        maker_end_sheet(maker, TEXT_EMPTY);
    }
    maker->sheet->chart = placed;
}
