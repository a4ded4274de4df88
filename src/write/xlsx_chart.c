/* xlsx_chart - the charts of a workbook, as native ones, below the tables that they show. */
#include "write/xlsx_writer_int.h"

enum { CHART_WIDTH = 760, CHART_HEIGHT = 400, ROW_PIXELS = 18 };
/* Of the height of a small chart. */
enum { SMALL_ROWS = 12, SHEET_ROW_PIXELS = 20 };

static void label_points(struct xlsx_writer *writer, lxw_chart_series *series,
                         const struct book_chart *chart, const struct book_point *points,
                         struct text sheet)
{
    lxw_chart_font small = {.name = (char *)xlsx_font, .size = 12, .bold = LXW_EXPLICIT_FALSE};
    unsigned count = chart->count, shown = 0;
    lxw_chart_data_label *labels = arena_calloc(writer->arena, count, sizeof *labels);
    lxw_chart_data_label **list = arena_calloc(writer->arena, count + 1, sizeof *list);
    for (unsigned i = 0; i < count; i++) {
        shown += points[i].label.len > 0;
        labels[i].hide = points[i].label.len == 0;
        if (points[i].label.len)
            labels[i].value = (char *)xlsx_chart_text(writer->arena, points[i].label);
        list[i] = &labels[i];
    }
    if (!shown)
        return;
    chart_series_set_labels(series);
    xlsx_check(writer, chart_series_set_labels_custom(series, list), "the chart's labels", sheet);
    chart_series_set_labels_font(series, &small);
    if (chart->kind == BOOK_LINES)
        chart_series_set_labels_position(series, LXW_CHART_LABEL_POSITION_ABOVE);
}

static const enum colour series_colours[] = {COLOUR_ACCENT, COLOUR_SECOND, COLOUR_THIRD,
                                             COLOUR_FOURTH};
enum { SERIES_COLOURS = sizeof series_colours / sizeof series_colours[0] };

static lxw_color_t colour_of(const struct xlsx_writer *writer, enum colour colour)
{
    return rgb_number(document_style(writer->document)->colours[colour]);
}

/* The first four as in the PDF: full, light within an outline, hatched, full in another colour. */
static void set_bar(const struct xlsx_writer *writer, lxw_chart_series *series, size_t look)
{
    static const struct {
        enum colour colour;
        lxw_chart_pattern_type pattern;
    } looks[] = {
        {COLOUR_ACCENT, LXW_CHART_PATTERN_NONE},
        {COLOUR_TINT, LXW_CHART_PATTERN_NONE},
        {COLOUR_ACCENT, LXW_CHART_PATTERN_WIDE_UPWARD_DIAGONAL},
        {COLOUR_SECOND, LXW_CHART_PATTERN_NONE},
        {COLOUR_SECOND, LXW_CHART_PATTERN_WIDE_DOWNWARD_DIAGONAL},
        {COLOUR_THIRD, LXW_CHART_PATTERN_NONE},
        {COLOUR_THIRD, LXW_CHART_PATTERN_DARK_HORIZONTAL},
        {COLOUR_FOURTH, LXW_CHART_PATTERN_NONE},
    };
    look %= sizeof looks / sizeof looks[0];
    lxw_color_t colour = colour_of(writer, looks[look].colour);
    lxw_chart_line outline = {.color = colour, .width = 1.25};
    if (looks[look].colour == COLOUR_TINT)
        outline.color = colour_of(writer, COLOUR_ACCENT);
    lxw_chart_fill fill = {.color = colour};
    lxw_chart_pattern pattern = {
        .fg_color = colour, .bg_color = LXW_COLOR_WHITE, .type = (uint8_t)looks[look].pattern};
    chart_series_set_line(series, &outline);
    if (looks[look].pattern == LXW_CHART_PATTERN_NONE)
        chart_series_set_fill(series, &fill);
    else
        chart_series_set_pattern(series, &pattern);
}

static void set_signals(struct xlsx_writer *writer, lxw_chart_series *series,
                        const struct book_chart *chart, const struct book_point *points,
                        struct text sheet)
{
    lxw_chart_fill *fill = arena_alloc(writer->arena, sizeof *fill);
    static lxw_chart_line line = {.color = LXW_COLOR_BLACK, .width = 2};
    *fill = (lxw_chart_fill){.color = colour_of(writer, COLOUR_SECOND)};
    unsigned count = chart->count, signals = 0;
    lxw_chart_point *all = arena_calloc(writer->arena, count, sizeof *all);
    lxw_chart_point **list = arena_calloc(writer->arena, count + 1, sizeof *list);
    for (unsigned i = 0; i < count; i++) {
        list[i] = &all[i];
        if (points[i].is_signal && !points[i].missing)
            all[i] = (lxw_chart_point){.fill = fill, .line = &line};
        signals += points[i].is_signal && !points[i].missing;
    }
    if (signals)
        xlsx_check(writer, chart_series_set_points(series, list), "the chart's points", sheet);
}

static void set_line(const struct xlsx_writer *writer, lxw_chart_series *series,
                     const struct book_series *about)
{
    static const uint8_t markers[] = {LXW_CHART_MARKER_CIRCLE,   LXW_CHART_MARKER_SQUARE,
                                      LXW_CHART_MARKER_TRIANGLE, LXW_CHART_MARKER_DIAMOND,
                                      LXW_CHART_MARKER_X,        LXW_CHART_MARKER_PLUS};
    lxw_color_t colour = colour_of(writer, series_colours[about->look % SERIES_COLOURS]);
    lxw_chart_line line = {.color = colour, .width = 2.25};
    if (about->look >= SERIES_COLOURS)
        line.dash_type = LXW_CHART_LINE_DASH_LONG_DASH;
    lxw_chart_fill fill = {.color = colour};
    if (about->is_across)
        line = (lxw_chart_line){.color = about->firm ? LXW_COLOR_BLACK : 0x595959,
                                .width = about->firm ? 1.75F : 1.25F,
                                .dash_type = about->dashed ? LXW_CHART_LINE_DASH_DASH
                                                           : LXW_CHART_LINE_DASH_SOLID};
    chart_series_set_line(series, &line);
    chart_series_set_marker_type(series, about->is_across ? LXW_CHART_MARKER_NONE
                                                          : markers[about->look % sizeof markers]);
    if (about->is_across)
        return;
    line = (lxw_chart_line){.color = colour, .width = 1};
    chart_series_set_marker_size(series, 6);
    chart_series_set_marker_fill(series, &fill);
    chart_series_set_marker_line(series, &line);
}

static void add_series(struct xlsx_writer *writer, lxw_chart *drawn, const struct book_sheet *sheet,
                       const struct book_chart *chart, const struct book_series *about)
{
    lxw_chart_series *series = chart_add_series(drawn, text_cstr(writer->arena, chart->categories),
                                                text_cstr(writer->arena, about->values));
    if (!series)
        arena_out_of_memory(0);
    chart_series_set_name(series, xlsx_chart_text(writer->arena, about->name));
    if (chart->kind == BOOK_LINES)
        set_line(writer, series, about);
    else
        set_bar(writer, series, about->look);
    if (about->points)
        label_points(writer, series, chart, about->points, sheet->name);
    if (about->points && chart->kind == BOOK_LINES)
        set_signals(writer, series, chart, about->points, sheet->name);
}

/* Of lying bars the first row on top, and the scale at the foot all the same. */
static void set_categories(lxw_chart_axis *axis, const struct book_chart *chart)
{
    lxw_chart_font small = {.name = (char *)xlsx_font, .size = 12, .bold = LXW_EXPLICIT_FALSE};
    chart_axis_set_num_font(axis, &small);
    chart_axis_major_gridlines_set_visible(axis, LXW_FALSE);
    if (chart->is_small && chart->count > 2) /* the ends alone, as on the page */
        chart_axis_set_interval_unit(axis, (uint16_t)(chart->count - 1));
    if (chart->kind == BOOK_ROWS) {
        chart_axis_set_reverse(axis);
        chart_axis_set_crossing_max(axis);
    }
    if (chart->least < 0) /* names stand below the bars, not on them */
        chart_axis_set_label_position(axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
}

static void set_scale(struct xlsx_writer *writer, lxw_chart_axis *axis,
                      const struct book_chart *chart)
{
    lxw_chart_font small = {.name = (char *)xlsx_font, .size = 12, .bold = LXW_EXPLICIT_FALSE};
    lxw_chart_line grid = {.color = RULE_COLOUR, .width = 0.75};
    chart_axis_set_num_font(axis, &small);
    chart_axis_set_name(axis, xlsx_chart_text(writer->arena, chart->value_title));
    chart_axis_set_name_font(axis, &small);
    chart_axis_set_min(axis, chart->least);
    chart_axis_set_max(axis, chart->most);
    chart_axis_set_major_unit(axis, chart->step);
    chart_axis_major_gridlines_set_visible(axis, LXW_TRUE);
    chart_axis_major_gridlines_set_line(axis, &grid);
    if (*chart->number_format)
        chart_axis_set_num_format(axis, chart->number_format);
}

static void set_axes(struct xlsx_writer *writer, lxw_chart *drawn, const struct book_chart *chart)
{
    bool lying = chart->kind == BOOK_ROWS; /* then the library's x axis is the scale */
    set_categories(lying ? drawn->y_axis : drawn->x_axis, chart);
    set_scale(writer, lying ? drawn->x_axis : drawn->y_axis, chart);
}

/* Before the charts, where the table is long, and between rows of small ones. */
static void break_pages(struct xlsx_writer *writer, lxw_worksheet *worksheet,
                        const struct book_sheet *sheet)
{
    size_t a_page = (size_t)SMALL_ACROSS * SMALL_ROWS_A_PAGE, count = 0;
    lxw_row_t *breaks =
        arena_calloc(writer->arena, sheet->chart_count / a_page + 2, sizeof *breaks);
    if (sheet->last_row >= ROWS_BESIDE_CHART)
        breaks[count++] = sheet->last_row + 2;
    for (size_t i = a_page; i < sheet->chart_count; i += a_page)
        breaks[count++] =
            sheet->last_row + 2 + (lxw_row_t)(i / SMALL_ACROSS) * (lxw_row_t)SMALL_ROWS;
    if (count)
        xlsx_check(writer, worksheet_set_h_pagebreaks(worksheet, breaks), "the page break",
                   sheet->name);
}

/* In pixels; of rows as much as they need. */
static double chart_pixels(const struct book_chart *chart)
{
    unsigned bars = chart->count * (unsigned)chart->series_count;
    unsigned rows = 120 + (bars + chart->count) * ROW_PIXELS;
    return chart->kind == BOOK_ROWS && rows > CHART_HEIGHT ? rows : CHART_HEIGHT;
}

/* Where a chart stands below the table, and how large, in pixels. */
struct spot {
    double x, y, width, height;
};

/* Small ones stand beside each other, in rows that fit on a page. */
static struct spot spot_of(const struct book_chart *chart, size_t number)
{
    if (!chart->is_small)
        return (struct spot){0, 0, CHART_WIDTH, chart_pixels(chart)};
    double width = (double)CHART_WIDTH / SMALL_ACROSS, height = SMALL_ROWS * SHEET_ROW_PIXELS;
    return (struct spot){(double)(number % SMALL_ACROSS) * width,
                         (double)(number / SMALL_ACROSS) * height, width, height};
}

static void draw_chart(struct xlsx_writer *writer, lxw_worksheet *worksheet,
                       const struct book_sheet *sheet, size_t number)
{
    static const uint8_t types[] = {LXW_CHART_COLUMN, LXW_CHART_BAR, LXW_CHART_LINE};
    const struct book_chart *chart = &sheet->charts[number];
    struct arena *arena = writer->arena;
    lxw_chart *drawn = workbook_add_chart(writer->workbook, types[chart->kind]);
    if (!drawn)
        arena_out_of_memory(0);
    for (size_t s = 0; s < chart->series_count; s++)
        add_series(writer, drawn, sheet, chart, &chart->series[s]);
    lxw_chart_font title = {
        .name = (char *)xlsx_font, .size = chart->is_small ? 12 : 14, .bold = LXW_TRUE};
    lxw_chart_font small = {.name = (char *)xlsx_font, .size = 12, .bold = LXW_EXPLICIT_FALSE};
    chart_title_set_name(drawn, xlsx_chart_text(arena, chart->title));
    chart_title_set_name_font(drawn, &title);
    if (chart->kind != BOOK_LINES)
        chart_set_series_gap(drawn, 60);
    set_axes(writer, drawn, chart);
    chart_show_blanks_as(drawn, LXW_CHART_BLANKS_AS_GAP);
    chart_legend_set_position(drawn, chart->series_count > 1 ? LXW_CHART_LEGEND_BOTTOM
                                                             : LXW_CHART_LEGEND_NONE);
    chart_legend_set_font(drawn, &small);
    struct spot spot = spot_of(chart, number);
    lxw_chart_options options = {.x_offset = (int)spot.x,
                                 .y_offset = (int)spot.y,
                                 .x_scale = spot.width / 480.0,
                                 .y_scale = spot.height / 288.0,
                                 .object_position = LXW_OBJECT_MOVE_DONT_SIZE,
                                 .description = (char *)text_cstr(arena, chart->alt)};
    xlsx_check(writer,
               worksheet_insert_chart_opt(worksheet, sheet->last_row + 2, 0, drawn, &options),
               "the chart", sheet->name);
}

void xlsx_draw_charts(struct xlsx_writer *writer, lxw_worksheet *worksheet,
                      const struct book_sheet *sheet)
{
    if (sheet->chart_count)
        break_pages(writer, worksheet, sheet);
    for (size_t i = 0; i < sheet->chart_count; i++)
        draw_chart(writer, worksheet, sheet, i);
}
