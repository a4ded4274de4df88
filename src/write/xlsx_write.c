/* A book as a file, by libxlsxwriter: what stands where is settled in the sheets*.c. */
#include "write/xlsx_writer_int.h"

#include "base/file.h"
#include "base/stream.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

const char xlsx_font[] = "Arial";

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

void xlsx_check(struct xlsx_writer *writer, lxw_error error, const char *what, struct text where)
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

static lxw_format *make_format(struct xlsx_writer *writer, const struct look *look)
{
    lxw_format *format = workbook_add_format(writer->workbook);
    if (!format)
        arena_out_of_memory(sizeof *format);
    format_set_font_name(format, xlsx_font);
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

static lxw_format *format_of(struct xlsx_writer *writer, const struct book_cell *cell)
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

static void write_cell(struct xlsx_writer *writer, lxw_worksheet *worksheet, struct text sheet,
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
        xlsx_check(writer, error, cell_name(writer->scratch, cell->row, cell->column).ptr, sheet);
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
static void mark_table(struct xlsx_writer *writer, lxw_worksheet *worksheet,
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
    xlsx_check(writer, add_table(worksheet, sheet, &options), "the table", sheet->name);
}

static void set_up_page(struct xlsx_writer *writer, lxw_worksheet *worksheet,
                        const struct book_sheet *sheet)
{
    worksheet_set_landscape(worksheet);
    worksheet_set_paper(worksheet, 9); /* A4 */
    bool one_page = sheet->chart_count && sheet->last_row < ROWS_BESIDE_CHART &&
                    sheet->chart_count <= SMALL_ACROSS * SMALL_ROWS_A_PAGE;
    worksheet_fit_to_pages(worksheet, 1, one_page);
    worksheet_set_margins(worksheet, 0.6, 0.6, 0.6, 0.7);
    if (writer->is_working)
        xlsx_check(writer, worksheet_set_footer(worksheet, "&C&\"Arial,Regular\"&10Page &P of &N"),
                   "the footer", sheet->name);
    if (sheet->has_table)
        xlsx_check(writer, worksheet_repeat_rows(worksheet, sheet->header_row, sheet->header_row),
                   "the repeated row", sheet->name);
    if (sheet->is_working)
        worksheet_freeze_panes(worksheet, sheet->header_row + 1, (lxw_col_t)sheet->frozen);
    for (unsigned c = 0; c < sheet->column_count; c++)
        xlsx_check(
            writer,
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
static void colour_statuses(struct xlsx_writer *writer, lxw_worksheet *worksheet,
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
        xlsx_check(writer,
                   worksheet_conditional_format_range(worksheet, sheet->header_row + 1,
                                                      (lxw_col_t)column, sheet->last_row,
                                                      (lxw_col_t)column, &rule),
                   "the colours of statuses", sheet->name);
    }
}

static void colour_sheet(struct xlsx_writer *writer, lxw_worksheet *worksheet,
                         const struct book_sheet *sheet)
{
    for (unsigned c = 0; c < sheet->column_count && sheet->is_working; c++)
        if (sheet->is_status[c])
            colour_statuses(writer, worksheet, sheet, c);
}

static void note_row_file(struct xlsx_writer *writer, FILE *stream)
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
static void release_row_files(const struct xlsx_writer *writer)
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

static void write_rows(struct xlsx_writer *writer, lxw_worksheet *worksheet,
                       const struct book_sheet *sheet)
{
    struct book_rows *rows = book_rows_begin(sheet);
    writer->scratch = book_rows_scratch(rows);
    for (struct book_row row; !writer->failed && book_next_row(rows, &row);) {
        xlsx_check(writer, worksheet_set_row(worksheet, row.number, row.height, NULL),
                   "a row's height", sheet->name);
        for (size_t i = 0; i < row.count; i++)
            write_cell(writer, worksheet, sheet->name, &row.cells[i]);
    }
    book_rows_end(rows);
}

static void write_sheet(struct xlsx_writer *writer, const struct book_sheet *sheet)
{
    /* A sheet whose rows are made one at a time is written so too, and not kept. */
    writer->workbook->options.constant_memory = sheet->body != NULL;
    lxw_worksheet *worksheet =
        workbook_add_worksheet(writer->workbook, text_cstr(writer->arena, sheet->name));
    if (!worksheet) {
        xlsx_check(writer, LXW_ERROR_SHEETNAME_ALREADY_USED, "the name", sheet->name);
        return;
    }
    if (worksheet->optimize)
        note_row_file(writer, worksheet->optimize_tmpfile);
    set_up_page(writer, worksheet, sheet);
    mark_table(writer, worksheet, sheet);
    write_rows(writer, worksheet, sheet);
    colour_sheet(writer, worksheet, sheet);
    xlsx_draw_charts(writer, worksheet, sheet);
}

/* The title is the cover's. The date is the report's, so that the bytes are the same in every run;
 * no person is named. */
static void set_properties(struct xlsx_writer *writer, const struct book *book)
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
    xlsx_check(writer, workbook_set_properties(writer->workbook, &properties), "the properties",
               TEXT("Cover"));
}

bool xlsx_write(const struct document *document, const struct book *book, bool is_working,
                struct text path, struct arena *arena, struct diags *diags)
{
    struct xlsx_writer writer = {
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
