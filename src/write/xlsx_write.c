/* A book as a file, by libxlsxwriter: what stands where is settled in the sheets*.c. */
#include "write/xlsx_int.h"

#include "base/file.h"
#include "base/stream.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { RULE_COLOUR = 0xBFBFBF, CHART_WIDTH = 760, CHART_HEIGHT = 400, ROW_PIXELS = 18 };
/* Small charts: two rows of them on a page, each as high as so many rows of the sheet. */
enum { SMALL_ACROSS = 2, SMALL_ROWS = 12, SHEET_ROW_PIXELS = 20, SMALL_ROWS_A_PAGE = 2 };
enum { ROWS_BESIDE_CHART = 20 }; /* more rows push the chart to a page of its own */
static const char font[] = "Arial";

/* One look of a cell; cells that look alike share a format of the workbook. */
struct look {
    enum book_role role;
    struct text number_format;
    bool right;
    bool wrap;
    unsigned indent;
    bool middle;
    bool link;
    lxw_format *format;
};

/* The library's file for the rows of a sheet that is not kept. */
struct row_file {
    int fd;
    struct stat is;
};

struct writer {
    struct arena *arena;
    struct arena *scratch; /* of the row that is being written; the library keeps copies */
    struct diags *diags;
    const struct document *document;
    lxw_workbook *workbook;
    struct look *looks;
    size_t look_count;
    size_t look_capacity;
    struct row_file *row_files;
    size_t row_file_count;
    size_t row_file_capacity;
    bool is_working;
    bool failed;
};

static void check(struct writer *writer, lxw_error error, const char *what, struct text where)
{
    if (error == LXW_NO_ERROR || writer->failed)
        return;
    diag(writer->diags, DIAG_WRITE, place_file(writer->document->name),
         "cannot write %s of sheet '%.*s': %s", what, TEXT_ARG(where), lxw_strerror(error));
    writer->failed = true;
}

static bool same_look(const struct look *a, const struct look *b)
{
    return a->role == b->role && a->right == b->right && a->wrap == b->wrap &&
           a->indent == b->indent && a->middle == b->middle && a->link == b->link &&
           text_equal(a->number_format, b->number_format);
}

static lxw_format *make_format(struct writer *writer, const struct look *look)
{
    lxw_format *format = workbook_add_format(writer->workbook);
    if (!format)
        arena_out_of_memory(sizeof *format);
    format_set_font_name(format, font);
    format_set_font_size(format, look->role == BOOK_TITLE ? 16 : 12);
    format_set_align(format, look->middle ? LXW_ALIGN_VERTICAL_CENTER : LXW_ALIGN_VERTICAL_TOP);
    format_set_align(format, look->right ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT);
    if (look->role == BOOK_TITLE || look->role == BOOK_HEADER || look->role == BOOK_TOTAL)
        format_set_bold(format);
    if (look->wrap)
        format_set_text_wrap(format);
    if (look->indent)
        format_set_indent(format, (uint8_t)look->indent);
    if (look->role == BOOK_HEADER) {
        format_set_align(format, LXW_ALIGN_VERTICAL_BOTTOM);
        format_set_bottom(format, LXW_BORDER_MEDIUM);
    } else if (look->role == BOOK_BODY || look->role == BOOK_TOTAL) {
        format_set_bottom(format, LXW_BORDER_THIN);
        format_set_bottom_color(format, RULE_COLOUR);
    }
    if (look->number_format.len)
        format_set_num_format(format, text_cstr(writer->arena, look->number_format));
    if (look->link) {
        format_set_underline(format, LXW_UNDERLINE_SINGLE);
        format_set_font_color(format, 0x0563C1);
    }
    return format;
}

static lxw_format *format_of(struct writer *writer, const struct book_cell *cell)
{
    struct look look = {.role = cell->role,
                        .number_format = cell->format,
                        .right = cell->right,
                        .wrap = cell->wrap,
                        .indent = cell->indent,
                        .middle = cell->middle,
                        .link = cell->link.len > 0};
    for (size_t i = 0; i < writer->look_count; i++)
        if (same_look(&writer->looks[i], &look))
            return writer->looks[i].format;
    look.number_format = text_copy(writer->arena, look.number_format);
    look.format = make_format(writer, &look);
    writer->looks = arena_grow(writer->arena, writer->looks, writer->look_count,
                               &writer->look_capacity, sizeof look);
    writer->looks[writer->look_count++] = look;
    return look.format;
}

static void write_cell(struct writer *writer, lxw_worksheet *worksheet, struct text sheet,
                       const struct book_cell *cell)
{
    lxw_format *format = format_of(writer, cell);
    lxw_row_t row = cell->row;
    lxw_col_t column = (lxw_col_t)cell->column;
    const char *text = xlsx_cell_string(writer->scratch, cell->text);
    lxw_error error;
    if (cell->formula.len) {
        error = worksheet_write_formula_num(worksheet, row, column,
                                            text_cstr(writer->scratch, cell->formula), format,
                                            cell->number);
    } else if (cell->is_number) {
        error = worksheet_write_number(worksheet, row, column, cell->number, format);
    } else if (cell->link.len) {
        const char *target =
            text_format(writer->scratch, "internal:'%.*s'!A1", TEXT_ARG(cell->link)).ptr;
        error = worksheet_write_url_opt(worksheet, row, column, target, format, text, NULL);
    } else {
        error = worksheet_write_string(worksheet, row, column, text, format);
    }
    if (error != LXW_NO_ERROR)
        check(writer, error, cell_name(writer->scratch, cell->row, cell->column).ptr, sheet);
}

/*
 * The library marks no table up in a sheet that it does not keep, because it would have to write
 * its headers there and then. They are written with the other cells, in their turn; so for as long
 * as the table is added, it is one without headers of a sheet that is kept.
 */
static lxw_error add_table(lxw_worksheet *worksheet, const struct book_sheet *sheet,
                           lxw_table_options *options)
{
    uint8_t is_streamed = worksheet->optimize;
    options->no_header_row = is_streamed;
    worksheet->optimize = LXW_FALSE;
    lxw_error error = worksheet_add_table(worksheet, sheet->header_row, 0, sheet->last_row,
                                          (lxw_col_t)(sheet->column_count - 1), options);
    worksheet->optimize = is_streamed;
    lxw_table_obj *table = STAILQ_FIRST(worksheet->table_objs);
    if (error == LXW_NO_ERROR && is_streamed) {
        table->no_header_row = LXW_FALSE;
        table->no_autofilter = options->no_autofilter;
    }
    return error;
}

/* Marks the table up without changing how it looks; its headers are written as cells. */
static void mark_table(struct writer *writer, lxw_worksheet *worksheet,
                       const struct book_sheet *sheet)
{
    if (sheet->table_name.len == 0)
        return;
    lxw_table_column *columns = arena_calloc(writer->arena, sheet->column_count, sizeof *columns);
    lxw_table_column **list = arena_calloc(writer->arena, sheet->column_count + 1, sizeof *list);
    for (size_t i = 0; i < sheet->count; i++) {
        const struct book_cell *cell = &sheet->cells[i];
        if (cell->row != sheet->header_row)
            continue;
        columns[cell->column].header = (char *)xlsx_cell_string(writer->arena, cell->text);
        columns[cell->column].header_format = format_of(writer, cell);
        list[cell->column] = &columns[cell->column];
    }
    lxw_table_options options = {
        .name = (char *)text_cstr(writer->arena, sheet->table_name),
        .no_autofilter = sheet->is_working ? LXW_FALSE : LXW_TRUE,
        .no_banded_rows = LXW_TRUE,
        .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
        .style_type_number = 0,
        .columns = list,
    };
    check(writer, add_table(worksheet, sheet, &options), "the table", sheet->name);
}

static void set_up_page(struct writer *writer, lxw_worksheet *worksheet,
                        const struct book_sheet *sheet)
{
    worksheet_set_landscape(worksheet);
    worksheet_set_paper(worksheet, 9); /* A4 */
    bool one_page = sheet->chart_count && sheet->last_row < ROWS_BESIDE_CHART &&
                    sheet->chart_count <= SMALL_ACROSS * SMALL_ROWS_A_PAGE;
    worksheet_fit_to_pages(worksheet, 1, one_page);
    worksheet_set_margins(worksheet, 0.6, 0.6, 0.6, 0.7);
    if (writer->is_working)
        check(writer, worksheet_set_footer(worksheet, "&C&\"Arial,Regular\"&10Page &P of &N"),
              "the footer", sheet->name);
    if (sheet->has_table)
        check(writer, worksheet_repeat_rows(worksheet, sheet->header_row, sheet->header_row),
              "the repeated row", sheet->name);
    if (sheet->is_working)
        worksheet_freeze_panes(worksheet, sheet->header_row + 1, (lxw_col_t)sheet->frozen);
    for (unsigned c = 0; c < sheet->column_count; c++)
        check(writer,
              worksheet_set_column(worksheet, (lxw_col_t)c, (lxw_col_t)c, sheet->widths[c], NULL),
              "a column's width", sheet->name);
}

/* A colour so light that black words on it have all the contrast they need. */
static lxw_color_t light(struct rgb colour)
{
    unsigned parts[] = {colour.red, colour.green, colour.blue}, out = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        out = out << 8 | (255 - (255 - parts[i]) / 4);
    return out;
}

/* Cells of a column whose words are a status, whatever they say when somebody changes them. */
static void colour_statuses(struct writer *writer, lxw_worksheet *worksheet,
                            const struct book_sheet *sheet, unsigned column)
{
    static const struct {
        enum rag rag;
        enum colour colour;
    } shades[] = {{RAG_GREEN, COLOUR_GREEN}, {RAG_AMBER, COLOUR_AMBER}, {RAG_RED, COLOUR_RED}};
    for (size_t i = 0; i < sizeof shades / sizeof shades[0]; i++) {
        lxw_format *format = workbook_add_format(writer->workbook);
        if (!format)
            arena_out_of_memory(sizeof *format);
        format_set_pattern(format, LXW_PATTERN_SOLID);
        format_set_bg_color(format,
                            light(document_style(writer->document)->colours[shades[i].colour]));
        lxw_conditional_format rule = {
            .type = LXW_CONDITIONAL_TYPE_CELL,
            .criteria = LXW_CONDITIONAL_CRITERIA_EQUAL_TO,
            .value_string =
                (char *)text_format(writer->arena, "\"%s\"", rag_word(shades[i].rag)).ptr,
            .format = format};
        check(writer,
              worksheet_conditional_format_range(worksheet, sheet->header_row + 1,
                                                 (lxw_col_t)column, sheet->last_row,
                                                 (lxw_col_t)column, &rule),
              "the colours of statuses", sheet->name);
    }
}

static void colour_sheet(struct writer *writer, lxw_worksheet *worksheet,
                         const struct book_sheet *sheet)
{
    for (unsigned c = 0; c < sheet->column_count && sheet->is_working; c++)
        if (sheet->is_status[c])
            colour_statuses(writer, worksheet, sheet, c);
}

static void label_points(struct writer *writer, lxw_chart_series *series,
                         const struct book_chart *chart, const struct book_point *points,
                         struct text sheet)
{
    lxw_chart_font small = {.name = (char *)font, .size = 12, .bold = LXW_EXPLICIT_FALSE};
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
    check(writer, chart_series_set_labels_custom(series, list), "the chart's labels", sheet);
    chart_series_set_labels_font(series, &small);
    if (chart->kind == BOOK_LINES)
        chart_series_set_labels_position(series, LXW_CHART_LABEL_POSITION_ABOVE);
}

static const enum colour series_colours[] = {COLOUR_ACCENT, COLOUR_SECOND, COLOUR_THIRD,
                                             COLOUR_FOURTH};
enum { SERIES_COLOURS = sizeof series_colours / sizeof series_colours[0] };

static lxw_color_t colour_of(const struct writer *writer, enum colour colour)
{
    return rgb_number(document_style(writer->document)->colours[colour]);
}

/* The first four as in the PDF: full, light within an outline, hatched, full in another colour. */
static void set_bar(const struct writer *writer, lxw_chart_series *series, size_t look)
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

static void set_signals(struct writer *writer, lxw_chart_series *series,
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
        check(writer, chart_series_set_points(series, list), "the chart's points", sheet);
}

static void set_line(const struct writer *writer, lxw_chart_series *series,
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

static void add_series(struct writer *writer, lxw_chart *drawn, const struct book_sheet *sheet,
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
    lxw_chart_font small = {.name = (char *)font, .size = 12, .bold = LXW_EXPLICIT_FALSE};
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

static void set_scale(struct writer *writer, lxw_chart_axis *axis, const struct book_chart *chart)
{
    lxw_chart_font small = {.name = (char *)font, .size = 12, .bold = LXW_EXPLICIT_FALSE};
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

static void set_axes(struct writer *writer, lxw_chart *drawn, const struct book_chart *chart)
{
    bool lying = chart->kind == BOOK_ROWS; /* then the library's x axis is the scale */
    set_categories(lying ? drawn->y_axis : drawn->x_axis, chart);
    set_scale(writer, lying ? drawn->x_axis : drawn->y_axis, chart);
}

/* Before the charts, where the table is long, and between rows of small ones. */
static void break_pages(struct writer *writer, lxw_worksheet *worksheet,
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
        check(writer, worksheet_set_h_pagebreaks(worksheet, breaks), "the page break", sheet->name);
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

static void draw_chart(struct writer *writer, lxw_worksheet *worksheet,
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
        .name = (char *)font, .size = chart->is_small ? 12 : 14, .bold = LXW_TRUE};
    lxw_chart_font small = {.name = (char *)font, .size = 12, .bold = LXW_EXPLICIT_FALSE};
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
    check(writer, worksheet_insert_chart_opt(worksheet, sheet->last_row + 2, 0, drawn, &options),
          "the chart", sheet->name);
}

static void draw_charts(struct writer *writer, lxw_worksheet *worksheet,
                        const struct book_sheet *sheet)
{
    if (sheet->chart_count)
        break_pages(writer, worksheet, sheet);
    for (size_t i = 0; i < sheet->chart_count; i++)
        draw_chart(writer, worksheet, sheet, i);
}

static void note_row_file(struct writer *writer, FILE *stream)
{
    struct row_file file = {.fd = fileno(stream)};
    fstat(file.fd, &file.is);
    writer->row_files = arena_grow(writer->arena, writer->row_files, writer->row_file_count,
                                   &writer->row_file_capacity, sizeof file);
    writer->row_files[writer->row_file_count++] = file;
}

/*
 * When it fails, the library forgets those that it had not come to: they would take room on a full
 * disk for as long as the program runs. What their streams still hold goes nowhere.
 */
static void release_row_files(const struct writer *writer)
{
    int nowhere = writer->row_file_count ? open("/dev/null", O_WRONLY | O_CLOEXEC) : -1;
    for (size_t i = 0; i < writer->row_file_count && nowhere >= 0; i++) {
        const struct row_file *file = &writer->row_files[i];
        struct stat now;
        if (fstat(file->fd, &now) == 0 && now.st_dev == file->is.st_dev &&
            now.st_ino == file->is.st_ino)
            dup3(nowhere, file->fd, O_CLOEXEC);
    }
    if (nowhere >= 0)
        close(nowhere);
}

static void write_rows(struct writer *writer, lxw_worksheet *worksheet,
                       const struct book_sheet *sheet)
{
    struct book_rows *rows = book_rows_begin(sheet);
    writer->scratch = book_rows_scratch(rows);
    for (struct book_row row; !writer->failed && book_next_row(rows, &row);) {
        check(writer, worksheet_set_row(worksheet, row.number, row.height, NULL), "a row's height",
              sheet->name);
        for (size_t i = 0; i < row.count; i++)
            write_cell(writer, worksheet, sheet->name, &row.cells[i]);
    }
    book_rows_end(rows);
}

static void write_sheet(struct writer *writer, const struct book_sheet *sheet)
{
    /* A sheet whose rows are made one at a time is written so too, and not kept. */
    writer->workbook->options.constant_memory = sheet->body != NULL;
    lxw_worksheet *worksheet =
        workbook_add_worksheet(writer->workbook, text_cstr(writer->arena, sheet->name));
    if (!worksheet) {
        check(writer, LXW_ERROR_SHEETNAME_ALREADY_USED, "the name", sheet->name);
        return;
    }
    if (worksheet->optimize)
        note_row_file(writer, worksheet->optimize_tmpfile);
    set_up_page(writer, worksheet, sheet);
    mark_table(writer, worksheet, sheet);
    write_rows(writer, worksheet, sheet);
    colour_sheet(writer, worksheet, sheet);
    draw_charts(writer, worksheet, sheet);
}

/* The title is the cover's. The date is the report's, so that the bytes are the same in every run;
 * no person is named. */
static void set_properties(struct writer *writer, const struct book *book)
{
    const struct document *document = writer->document;
    struct arena *arena = writer->arena;
    char *organisation = (char *)text_cstr(arena, document->organisation);
    lxw_doc_properties properties = {
        .title = (char *)text_cstr(arena, book->sheets[0].cells[0].text),
        .subject = (char *)text_cstr(arena, document->period),
        .author = organisation,
        .company = organisation,
        .keywords = (char *)xlsx_keywords(arena, document),
        .status = document->is_draft ? "Draft" : NULL,
        .created = (time_t)date_number(document->as_at) * 24 * 60 * 60,
    };
    check(writer, workbook_set_properties(writer->workbook, &properties), "the properties",
          TEXT("Cover"));
}

bool xlsx_write(const struct document *document, const struct book *book, bool is_working,
                struct text path, struct arena *arena, struct diags *diags)
{
    struct writer writer = {
        .arena = arena, .diags = diags, .document = document, .is_working = is_working};
    struct text folder = path_folder(path);
    unsigned long failures = stream_failures();
    lxw_workbook_options options = {.tmpdir = (char *)text_cstr(arena, folder)};
    writer.workbook = workbook_new_opt(text_cstr(arena, path), &options);
    if (!writer.workbook)
        arena_out_of_memory(0);
    set_properties(&writer, book);
    for (size_t i = 0; i < book->count && !writer.failed; i++)
        write_sheet(&writer, &book->sheets[i]);
    lxw_error error = workbook_close(writer.workbook);
    const char *problem = error != LXW_NO_ERROR           ? lxw_strerror(error)
                          : stream_failures() != failures ? "a write failed: is the disk full?"
                                                          : NULL;
    if (problem)
        release_row_files(&writer);
    if (problem && !writer.failed)
        diag(diags, DIAG_WRITE, place_file(document->name),
             "cannot write the workbook in '%.*s': %s", TEXT_ARG(folder), problem);
    return !problem && !writer.failed;
}

const char *write_xlsx_library(void)
{
    return lxw_version();
}
