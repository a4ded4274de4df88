/* xlsx_import - a sheet of an Excel workbook as the texts of its cells (sheet_int.h). */
#include "read/number_format_int.h"
#include "read/sheet_int.h"
#include "read/xlsx_int.h"

#include <string.h>

struct open_book {
    struct xlsx xlsx;
    struct xlsx_styles styles;
    bool parts_are_read; /* strings and styles */
};

static struct open_book *open_excel(struct arena *arena, struct diags *diags,
                                    struct archive *archive, struct place place,
                                    struct sheet_list *list)
{
    struct open_book *book = arena_alloc(arena, sizeof *book);
    book->xlsx = (struct xlsx){.arena = arena, .diags = diags, .place = place, .archive = archive};
    if (!xlsx_open(&book->xlsx))
        return NULL;
    for (size_t i = 0; i < book->xlsx.sheet_count; i++) {
        const struct xlsx_sheet *sheet = &book->xlsx.sheets[i];
        sheet_list_add(arena, list,
                       (struct sheet_entry){.name = sheet->name, .hidden = sheet->hidden});
    }
    return book;
}

/*
 * Line ends as LF. Other control characters, which only an escape can bring in, become U+FFFD: they
 * are seen, and they are no text.
 */
static struct text clean(struct arena *arena, struct text t)
{
    size_t bad = 0;
    while (bad < t.len && ((unsigned char)t.ptr[bad] >= ' ' || strchr("\n\t", t.ptr[bad])) &&
           t.ptr[bad])
        bad++;
    if (bad == t.len)
        return t;
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < t.len; i++) {
        unsigned char c = (unsigned char)t.ptr[i];
        if (c >= ' ' || c == '\n' || c == '\t')
            buffer_add_byte(&out, t.ptr[i]);
        else if (c != '\r')
            buffer_add(&out, TEXT("\xEF\xBF\xBD"));
        else if (i + 1 == t.len || t.ptr[i + 1] != '\n')
            buffer_add_byte(&out, '\n');
    }
    return buffer_text(&out);
}

struct import {
    struct open_book *book;
    struct grid *grid;
};

static const char *add_text(struct import *import, const struct xlsx_cell *cell, struct text t)
{
    if (!cell_text_fits(t))
        return "the cell holds more characters than a cell can";
    grid_add(import->grid, cell->column, t);
    return NULL;
}

static const char *add_own_text(struct import *import, const struct xlsx_cell *cell, struct text t)
{
    struct arena *arena = import->grid->arena;
    return add_text(import, cell, clean(arena, xlsx_unescape(arena, t)));
}

static const char *add_shared(struct import *import, const struct xlsx_cell *cell, struct text raw)
{
    struct text t;
    if (!xlsx_shared(&import->book->xlsx, raw, &t))
        return "the cell names a string that the workbook does not have";
    return add_text(import, cell, t);
}

static const char *add_number(struct import *import, const struct xlsx_cell *cell, struct text raw)
{
    static const struct number_format general = {.currency = ""};
    const struct xlsx_styles *styles = &import->book->styles;
    char room[NUMBER_ROOM];
    const struct number_format *format =
        cell->style < styles->count ? &styles->items[cell->style] : &general;
    struct text shown = number_show(format, import->book->xlsx.from_1904, raw, room);
    if (!shown.len)
        return "the cell's value is no number";
    grid_add_copy(import->grid, cell->column, shown);
    return NULL;
}

static const char *add_cell(struct import *import, const struct xlsx_cell *cell)
{
    char room[NUMBER_ROOM];
    struct text raw = text_trim(cell->value);
    switch (cell->type) {
    case XLSX_SHARED:
        return add_shared(import, cell, raw);
    case XLSX_INLINE:
        return add_own_text(import, cell, cell->string);
    case XLSX_STRING:
        return add_own_text(import, cell, cell->value);
    case XLSX_DATE:
        grid_add_copy(import->grid, cell->column, iso_show(raw, room));
        return NULL;
    case XLSX_BOOLEAN:
        grid_add(import->grid, cell->column,
                 text_is(raw, "1") || text_is(raw, "true") ? TEXT("TRUE") : TEXT("FALSE"));
        return NULL;
    case XLSX_ERROR:
        grid_add_copy(import->grid, cell->column, raw);
        return NULL;
    case XLSX_NUMBER:
        return add_number(import, cell, raw);
    case XLSX_OTHER:
        break;
    }
    return "the cell has a type that no spreadsheet program writes";
}

static const char *take_cell(void *context, const struct xlsx_cell *cell)
{
    struct import *import = context;
    bool no_value = cell->formula && !cell->value.len && !cell->string.len &&
                    !(cell->has_value && cell->type == XLSX_STRING);
    if (!grid_wants(import->grid, cell->row + 1, cell->column))
        return NULL;
    if (import->grid->only_peek) {
        grid_add(import->grid, cell->column, TEXT("?"));
        return NULL;
    }
    if (no_value && (!cell->row_is_hidden || import->grid->read_hidden))
        grid_no_value(import->grid, cell->row + 1, cell->column);
    else if (cell->value.len || cell->string.len)
        return add_cell(import, cell);
    return NULL;
}

static bool take_row(void *context, unsigned row, bool hidden)
{
    struct grid *grid = ((struct import *)context)->grid;
    return grid_end_row(grid, row + 1, hidden, 1) && !(grid->only_peek && grid->count);
}

static void take_hidden(void *context, unsigned first, unsigned last)
{
    grid_hide_columns(((struct import *)context)->grid, first, last);
}

static void take_merge(void *context, const unsigned rows[2], const unsigned columns[2])
{
    grid_merge(((struct import *)context)->grid,
               (struct grid_range){rows[0], rows[1], (uint16_t)columns[0], (uint16_t)columns[1]});
}

static bool read_parts(struct open_book *book)
{
    struct xlsx *xlsx = &book->xlsx;
    if (book->parts_are_read)
        return true;
    book->parts_are_read = true;
    if (!xlsx_read_strings(xlsx) || !xlsx_read_styles(xlsx, &book->styles))
        return false;
    for (size_t i = 0; i < xlsx->shared.count; i++)
        xlsx->shared.items[i] = clean(xlsx->arena, xlsx->shared.items[i]);
    return true;
}

static bool read_excel(struct open_book *book, size_t number, struct grid *grid)
{
    static const struct xlsx_sheet_handlers handlers = {take_cell, take_row, take_hidden,
                                                        take_merge, NULL};
    struct import import = {.book = book, .grid = grid};
    return (grid->only_peek || read_parts(book)) &&
           xlsx_read_cells(&book->xlsx, book->xlsx.sheets[number].part, &handlers, &import);
}

const struct sheet_format excel_format = {"Excel workbook", open_excel, read_excel};
