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
        return found->kind == SHEET_NUMBER && same_number(arena, meant->number, found->value);
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
        ok &= compare_cells(checker, sheet, &found->sheets[i]);
    }
    if (found->count != meant->count) {
        diag(checker->diags, DIAG_VERIFY, place_file(checker->path),
             "the workbook has %zu sheets: %zu were written", found->count, meant->count);
        return false;
    }
    return ok;
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
