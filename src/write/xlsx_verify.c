#include "write/write_int.h"

#include "read/read.h"
#include "write/sheets_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How the cells of a sheet differ from those that were written: the first difference. */
enum difference { DIFFERENCE_NONE, DIFFERENCE_VALUE, DIFFERENCE_FORMULA, CELL_MISSING, CELL_NEW };
struct sheet_check {
    enum difference difference;
    unsigned row, column;
    size_t meant, found; /* cells */
};

struct checker {
    struct arena *arena;
    struct diags *diags;
    struct text path;
    const struct book *book;
    struct sheet_check *checks; /* one a sheet of the book */
    size_t sheet;               /* that is being read */
    struct book_rows *rows;     /* of it, as it was meant; NULL: none is being read */
    struct book_row row;
    size_t at; /* the next cell of the row */
};

static struct place place_of(const struct checker *checker, struct text sheet, unsigned row,
                             unsigned column)
{
    struct place place = place_file(checker->path);
    place.part = text_format(checker->arena, "%.*s!%.*s", TEXT_ARG(sheet),
                             TEXT_ARG(cell_name(checker->arena, row, column)));
    return place;
}

/* Equal in the 15 digits that a spreadsheet keeps and the book's numbers have. */
static bool same_number(struct arena *arena, double number, struct text text)
{
    double value = strtod(text_cstr(arena, text), NULL);
    char written[32], found[32];
    if (value >= number && value <= number) /* as nearly always: quick */
        return true;
    snprintf(written, sizeof written, "%.15g", number);
    snprintf(found, sizeof found, "%.15g", value);
    return strcmp(written, found) == 0;
}

static bool same_cell(struct arena *arena, const struct book_cell *meant,
                      const struct sheet_cell *found)
{
    if (found->formula != (meant->formula.len > 0))
        return false;
    if (meant->is_number)
        return found->kind == SHEET_NUMBER && same_number(arena, meant->number, found->value) &&
               text_equal(meant->format, found->format);
    return found->kind == SHEET_STRING && text_equal(meant->text, found->value);
}

/* -1, 0, 1: by row, then column. */
static int compare_positions(const struct book_cell *meant, const struct sheet_cell *found)
{
    if (meant->row != found->row)
        return meant->row < found->row ? -1 : 1;
    return (meant->column > found->column) - (meant->column < found->column);
}

/* The cell that comes next in the sheet as it was meant; NULL: there are no more. */
static const struct book_cell *next_meant(struct checker *checker)
{
    while (checker->at == checker->row.count) {
        checker->at = 0;
        if (!book_next_row(checker->rows, &checker->row)) {
            checker->row.count = 0;
            return NULL;
        }
    }
    return &checker->row.cells[checker->at];
}

static void pass_meant(struct checker *checker)
{
    checker->at++;
    checker->checks[checker->sheet].meant++;
}

static void begin_sheet(struct checker *checker, size_t number)
{
    checker->sheet = number;
    checker->rows = book_rows_begin(&checker->book->sheets[number]);
    checker->row = (struct book_row){.count = 0};
    checker->at = 0;
}

static void set_difference(struct sheet_check *check, enum difference difference, unsigned row,
                           unsigned column)
{
    if (check->difference == DIFFERENCE_NONE)
        *check = (struct sheet_check){difference, row, column, check->meant, check->found};
}

/* What is left was written and is not there. */
static void end_sheet(struct checker *checker)
{
    if (!checker->rows)
        return;
    struct sheet_check *check = &checker->checks[checker->sheet];
    for (const struct book_cell *cell; (cell = next_meant(checker)); pass_meant(checker))
        set_difference(check, CELL_MISSING, cell->row, cell->column);
    book_rows_end(checker->rows);
    checker->rows = NULL;
}

/* Both are in order of rows and columns. */
static void take_cell(void *context, size_t sheet, const struct sheet_cell *found)
{
    struct checker *checker = context;
    if (sheet >= checker->book->count)
        return; /* it will be told of the sheet */
    if (!checker->rows || checker->sheet != sheet) {
        end_sheet(checker);
        begin_sheet(checker, sheet);
    }
    struct sheet_check *check = &checker->checks[sheet];
    const struct book_cell *meant = next_meant(checker);
    int order = meant ? compare_positions(meant, found) : 1;
    check->found++;
    if (order < 0)
        set_difference(check, CELL_MISSING, meant->row, meant->column);
    else if (order > 0)
        set_difference(check, CELL_NEW, found->row, found->column);
    else if (!same_cell(book_rows_scratch(checker->rows), meant, found))
        set_difference(
            check, found->formula && !meant->formula.len ? DIFFERENCE_FORMULA : DIFFERENCE_VALUE,
            found->row, found->column);
    if (order <= 0)
        pass_meant(checker);
}

/* Of sheets of which the file has no cell at all, too. */
static void end_cells(struct checker *checker)
{
    end_sheet(checker);
    for (size_t i = 0; i < checker->book->count; i++)
        if (!checker->checks[i].found) {
            begin_sheet(checker, i);
            end_sheet(checker);
        }
}

static bool tell_difference(const struct checker *checker, struct text sheet,
                            const struct sheet_check *check)
{
    struct place place = place_of(checker, sheet, check->row, check->column);
    switch (check->difference) {
    case DIFFERENCE_NONE:
        return true;
    case DIFFERENCE_VALUE:
    case DIFFERENCE_FORMULA:
        diag(checker->diags, DIAG_VERIFY, place, "the cell does not hold what was written%s",
             check->difference == DIFFERENCE_FORMULA ? ": it holds a formula" : "");
        return false;
    case CELL_MISSING:
    case CELL_NEW:
        break;
    }
    diag(checker->diags, DIAG_VERIFY, place,
         check->difference == CELL_MISSING
             ? "the cell is missing: %zu cells were written and %zu are there"
             : "the cell was never written: %zu cells were written and %zu are there",
         check->meant, check->found);
    return false;
}

/* One message for what is wrong with a sheet as a whole. */
static bool refuse_sheet(const struct checker *checker, struct text sheet, const char *what)
{
    struct place place = place_file(checker->path);
    place.part = sheet;
    diag(checker->diags, DIAG_VERIFY, place, "%s", what);
    return false;
}

static struct text area_name(struct arena *arena, const struct book_sheet *sheet)
{
    return text_format(arena, "%.*s:%.*s", TEXT_ARG(cell_name(arena, sheet->header_row, 0)),
                       TEXT_ARG(cell_name(arena, sheet->last_row,
                                          sheet->column_count ? sheet->column_count - 1 : 0)));
}

/* The names of a table's columns are those of its header cells, or it is "repaired" on opening. */
static bool same_columns(const struct book_sheet *meant, const struct sheet_table *table)
{
    size_t c = 0;
    for (size_t i = 0; i < meant->count; i++) {
        const struct book_cell *cell = &meant->cells[i];
        if (cell->row != meant->header_row)
            continue;
        if (c >= table->columns.count || !text_equal(cell->text, table->columns.items[c]))
            return false;
        c++;
    }
    return c == table->columns.count;
}

static bool compare_tables(const struct checker *checker, const struct book_sheet *meant,
                           const struct sheet *found)
{
    if (found->table_count != (meant->table_name.len > 0))
        return refuse_sheet(checker, meant->name, "the sheet's table is not there, or not alone");
    if (found->table_count == 0)
        return true;
    const struct sheet_table *table = &found->tables[0];
    if (text_equal(table->name, meant->table_name) &&
        text_equal(table->area, area_name(checker->arena, meant)) && same_columns(meant, table))
        return true;
    return refuse_sheet(checker, meant->name,
                        "the sheet's table does not have the name, area and columns that it was "
                        "written with");
}

/* Every link of the sheet leads where it was meant to, and there are no others. */
static bool compare_links(const struct checker *checker, const struct book_sheet *meant,
                          const struct sheet *found)
{
    struct arena *arena = checker->arena;
    size_t l = 0;
    for (size_t i = 0; i < meant->count; i++) {
        const struct book_cell *cell = &meant->cells[i];
        if (!cell->link.len)
            continue;
        struct text target = text_format(arena, "'%.*s'!A1", TEXT_ARG(cell->link));
        if (l >= found->link_count ||
            !text_equal(found->links[l].cell, cell_name(arena, cell->row, cell->column)) ||
            !text_equal(found->links[l].target, target))
            return refuse_sheet(checker, meant->name, "a link is missing or leads elsewhere");
        l++;
    }
    return l == found->link_count ||
           refuse_sheet(checker, meant->name, "there is a link that was never written");
}

static bool compare_sheets(const struct checker *checker, const struct book_sheet *meant,
                           const struct sheet_check *check, const struct sheet *found)
{
    if (found->hidden)
        return refuse_sheet(checker, meant->name, "the sheet, or a row or column of it, is hidden");
    if (found->merged)
        return refuse_sheet(checker, meant->name, "the sheet has merged cells");
    return tell_difference(checker, meant->name, check) && compare_tables(checker, meant, found) &&
           compare_links(checker, meant, found);
}

/* Of each sheet the rows that every page repeats: names can hold data, so there are no others. */
static bool compare_names(const struct checker *checker, const struct book *meant,
                          const struct workbook *found)
{
    struct arena *arena = checker->arena;
    size_t names = 0;
    for (size_t i = 0; i < meant->count; i++) {
        const struct book_sheet *sheet = &meant->sheets[i];
        struct text of = text_format(arena, "%zu", i);
        if (!sheet->has_table)
            continue;
        names++;
        struct text row =
            text_format(arena, "!$%u:$%u", sheet->header_row + 1, sheet->header_row + 1);
        size_t n = 0;
        while (n < found->name_count && !text_equal(found->names[n].of, of))
            n++;
        if (n == found->name_count || !text_is(found->names[n].name, "_xlnm.Print_Titles") ||
            !text_ends(found->names[n].value, row) ||
            !text_contains(found->names[n].value, sheet->name))
            return refuse_sheet(checker, sheet->name,
                                "the rows that its pages repeat are not those of its header");
    }
    return found->name_count == names ||
           refuse_sheet(checker, TEXT("names"), "there is a name that was never written");
}

/* Parts are numbered as the library does it: tables and charts in the order of their sheets. */
static struct texts expected_parts(struct arena *arena, const struct book *meant)
{
    static const char *const always[] = {
        "[Content_Types].xml",        "_rels/.rels",          "docProps/app.xml",
        "docProps/core.xml",          "xl/workbook.xml",      "xl/styles.xml",
        "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/theme/theme1.xml"};
    struct texts parts = {0};
    unsigned tables = 0, charts = 0, drawings = 0;
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        texts_add(arena, &parts, text_from(always[i]));
    for (size_t i = 0; i < meant->count; i++) {
        const struct book_sheet *sheet = &meant->sheets[i];
        texts_add(arena, &parts, text_format(arena, "xl/worksheets/sheet%zu.xml", i + 1));
        if (sheet->table_name.len || sheet->chart_count)
            texts_add(arena, &parts,
                      text_format(arena, "xl/worksheets/_rels/sheet%zu.xml.rels", i + 1));
        if (sheet->table_name.len)
            texts_add(arena, &parts, text_format(arena, "xl/tables/table%u.xml", ++tables));
        if (!sheet->chart_count)
            continue;
        drawings++;
        for (size_t c = 0; c < sheet->chart_count; c++)
            texts_add(arena, &parts, text_format(arena, "xl/charts/chart%u.xml", ++charts));
        texts_add(arena, &parts, text_format(arena, "xl/drawings/drawing%u.xml", drawings));
        texts_add(arena, &parts,
                  text_format(arena, "xl/drawings/_rels/drawing%u.xml.rels", drawings));
    }
    return parts;
}

/* What nobody wrote, a cache or a comment, might hold what nobody may see. */
static bool compare_parts(const struct checker *checker, const struct book *meant,
                          const struct workbook *found)
{
    struct texts expected = expected_parts(checker->arena, meant);
    for (size_t i = 0; i < expected.count; i++)
        if (texts_find(&found->parts, expected.items[i]) == found->parts.count)
            return refuse_sheet(checker, expected.items[i], "the part is missing");
    for (size_t i = 0; i < found->parts.count; i++)
        if (texts_find(&expected, found->parts.items[i]) == expected.count)
            return refuse_sheet(checker, found->parts.items[i], "the part was never written");
    return found->strings_unused == 0 ||
           refuse_sheet(checker, TEXT("xl/sharedStrings.xml"), "it holds texts that no cell shows");
}

static bool compare_books(const struct checker *checker, const struct book *meant,
                          const struct workbook *found)
{
    bool ok = true;
    for (size_t i = 0; i < meant->count; i++) {
        const struct book_sheet *sheet = &meant->sheets[i];
        if (i >= found->count || !text_equal(sheet->name, found->sheets[i].name)) {
            diag(checker->diags, DIAG_VERIFY, place_file(checker->path),
                 "sheet %zu is not '%.*s', as it was written", i + 1, TEXT_ARG(sheet->name));
            return false;
        }
        ok &= compare_sheets(checker, sheet, &checker->checks[i], &found->sheets[i]);
    }
    if (found->count != meant->count) {
        diag(checker->diags, DIAG_VERIFY, place_file(checker->path),
             "the workbook has %zu sheets: %zu were written", found->count, meant->count);
        return false;
    }
    return ok && compare_names(checker, meant, found) && compare_parts(checker, meant, found);
}

static bool verify(const struct document *document, unsigned workbook, struct text path,
                   struct arena *arena, struct diags *diags)
{
    struct book meant;
    struct workbook found;
    struct diags known = diags_new(arena); /* the renderer has said it all */
    if (!sheets_make(arena, &known, document, workbook, &meant)) {
        diag(diags, DIAG_VERIFY, place_file(path), "the document has no sound sheets");
        return false;
    }
    struct checker checker = {.arena = arena, .diags = diags, .path = path, .book = &meant};
    checker.checks = arena_calloc(arena, meant.count, sizeof *checker.checks);
    bool is_read = read_workbook_cells(arena, diags, path, take_cell, &checker, &found);
    end_cells(&checker);
    if (is_read)
        return compare_books(&checker, &meant, &found);
    diag(diags, DIAG_VERIFY, place_file(path),
         "the workbook cannot be read back: it is not published");
    return false;
}

bool xlsx_verify(const struct document *document, struct text path, struct arena *arena,
                 struct diags *diags)
{
    return verify(document, WORKBOOK_PUBLISH, path, arena, diags);
}

bool xlsx_verify_working(const struct document *document, struct text path, struct arena *arena,
                         struct diags *diags)
{
    return verify(document, WORKBOOK_WORKING, path, arena, diags);
}
