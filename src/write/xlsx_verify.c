#include "write/write_int.h"

#include "read/read.h"
#include "write/sheets_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct checker {
    struct arena *arena;
    struct diags *diags;
    struct text path;
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
    char written[32], found[32];
    snprintf(written, sizeof written, "%.15g", number);
    snprintf(found, sizeof found, "%.15g", strtod(text_cstr(arena, text), NULL));
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

/* Both lists are in order of rows and columns. Gives the first difference only. */
static bool compare_cells(const struct checker *checker, const struct book_sheet *meant,
                          const struct sheet *found)
{
    size_t m = 0, f = 0;
    for (; m < meant->count && f < found->count; m++, f++) {
        const struct book_cell *cell = &meant->cells[m];
        int order = compare_positions(cell, &found->cells[f]);
        if (order != 0)
            break;
        if (!same_cell(checker->arena, cell, &found->cells[f])) {
            diag(checker->diags, DIAG_VERIFY,
                 place_of(checker, meant->name, cell->row, cell->column),
                 "the cell does not hold what was written%s",
                 found->cells[f].formula && !cell->formula.len ? ": it holds a formula" : "");
            return false;
        }
    }
    if (m == meant->count && f == found->count)
        return true;
    bool missing = f == found->count ||
                   (m < meant->count && compare_positions(&meant->cells[m], &found->cells[f]) < 0);
    unsigned row = missing ? meant->cells[m].row : found->cells[f].row;
    unsigned column = missing ? meant->cells[m].column : found->cells[f].column;
    diag(checker->diags, DIAG_VERIFY, place_of(checker, meant->name, row, column),
         missing ? "the cell is missing: %zu cells were written and %zu are there"
                 : "the cell was never written: %zu cells were written and %zu are there",
         meant->count, found->count);
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
                           const struct sheet *found)
{
    if (found->hidden)
        return refuse_sheet(checker, meant->name, "the sheet, or a row or column of it, is hidden");
    if (found->merged)
        return refuse_sheet(checker, meant->name, "the sheet has merged cells");
    return compare_cells(checker, meant, found) && compare_tables(checker, meant, found) &&
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
    unsigned tables = 0, charts = 0;
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        texts_add(arena, &parts, text_from(always[i]));
    for (size_t i = 0; i < meant->count; i++) {
        const struct book_sheet *sheet = &meant->sheets[i];
        texts_add(arena, &parts, text_format(arena, "xl/worksheets/sheet%zu.xml", i + 1));
        if (sheet->table_name.len || sheet->chart)
            texts_add(arena, &parts,
                      text_format(arena, "xl/worksheets/_rels/sheet%zu.xml.rels", i + 1));
        if (sheet->table_name.len)
            texts_add(arena, &parts, text_format(arena, "xl/tables/table%u.xml", ++tables));
        if (!sheet->chart)
            continue;
        charts++;
        texts_add(arena, &parts, text_format(arena, "xl/charts/chart%u.xml", charts));
        texts_add(arena, &parts, text_format(arena, "xl/drawings/drawing%u.xml", charts));
        texts_add(arena, &parts,
                  text_format(arena, "xl/drawings/_rels/drawing%u.xml.rels", charts));
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
        ok &= compare_sheets(checker, sheet, &found->sheets[i]);
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
    struct checker checker = {arena, diags, path};
    struct book meant;
    struct workbook found;
    struct diags known = diags_new(arena); /* the renderer has said it all */
    if (!sheets_make(arena, &known, document, workbook, &meant)) {
        diag(diags, DIAG_VERIFY, place_file(path), "the document has no sound sheets");
        return false;
    }
    if (read_workbook(arena, diags, path, &found))
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
