/* grid - the cells of a sheet, gathered (sheet_int.h). */
#include "base/utf8.h"
#include "read/sheet_int.h"

#include <string.h>

/* Each such message takes memory, and the tenth says no more than the first. */
enum { FORMULA_MESSAGES = 100 };

/* Cells that are looked at or copied while merges are filled: bounds time and memory. */
enum { MERGE_COPY_CAP = 3 * SHEET_CELL_CAP };

bool cell_text_fits(struct text t)
{
    if (t.len <= CELL_UNIT_CAP)
        return true;
    size_t units = 0;
    for (size_t at = 0; at < t.len && units <= CELL_UNIT_CAP;)
        units += utf8_next(t, &at) > 0xFFFF ? 2 : 1;
    return units <= CELL_UNIT_CAP;
}

void sheet_list_add(struct arena *arena, struct sheet_list *list, struct sheet_entry entry)
{
    list->items = arena_grow(arena, list->items, list->count, &list->capacity, sizeof entry);
    list->items[list->count++] = entry;
}

struct place grid_place(const struct grid *grid, unsigned line, unsigned column)
{
    return place_in_sheet(grid->file, grid->sheet, line, column + 1);
}

void grid_hide_columns(struct grid *grid, unsigned first, unsigned last)
{
    if (grid->read_hidden)
        return;
    if (!grid->column_is_hidden) {
        grid->column_is_hidden = arena_calloc(grid->arena, SHEET_COLUMNS, sizeof(bool));
        grid->hidden_cell_row = arena_calloc(grid->arena, SHEET_COLUMNS, sizeof(unsigned));
    }
    for (unsigned i = first; i <= last && i < SHEET_COLUMNS; i++)
        grid->column_is_hidden[i] = true;
}

bool grid_wants(struct grid *grid, unsigned line, unsigned column)
{
    if (!grid->column_is_hidden || !grid->column_is_hidden[column])
        return true;
    if (!grid->hidden_cell_row[column])
        grid->hidden_cell_row[column] = line;
    return false;
}

static void add_pending(struct grid *grid, unsigned column, const char *ptr, size_t len)
{
    grid->pending = arena_grow(grid->arena, grid->pending, grid->pending_count,
                               &grid->pending_capacity, sizeof *grid->pending);
    grid->pending[grid->pending_count++] =
        (struct grid_cell){.ptr = ptr, .len = (uint32_t)len, .column = (uint16_t)column};
}

void grid_add(struct grid *grid, unsigned column, struct text t)
{
    if (t.len)
        add_pending(grid, column, t.ptr, t.len);
}

void grid_add_copy(struct grid *grid, unsigned column, struct text t)
{
    if (!t.len)
        return;
    add_pending(grid, column, NULL, t.len);
    buffer_add(&grid->bytes, t);
}

static bool count_cells(struct grid *grid, size_t more)
{
    grid->cells += more;
    if (grid->cells <= SHEET_CELL_CAP)
        return true;
    diag(grid->diags, DIAG_CAP, place_in_sheet(grid->file, grid->sheet, 0, 0),
         "the sheet has more than %d cells", SHEET_CELL_CAP);
    return false;
}

/* The pending cells in an array of their own, with their texts behind them. */
static struct grid_cell *settle(struct grid *grid)
{
    size_t size = grid->pending_count * sizeof *grid->pending;
    char *memory = arena_alloc(grid->arena, size + grid->bytes.len);
    struct grid_cell *cells = (struct grid_cell *)(void *)memory;
    char *bytes = memory + size;
    memcpy(cells, grid->pending, size);
    if (grid->bytes.len)
        memcpy(bytes, grid->bytes.ptr, grid->bytes.len);
    for (size_t i = 0; i < grid->pending_count; i++)
        if (!cells[i].ptr) {
            cells[i].ptr = bytes;
            bytes += cells[i].len;
        }
    return cells;
}

bool grid_end_row(struct grid *grid, unsigned line, bool hidden, size_t repeat)
{
    struct grid_row row = {.line = line,
                           .count = (uint16_t)grid->pending_count,
                           .hidden = hidden && !grid->read_hidden};
    if (!row.count)
        return true;
    if (!count_cells(grid, row.count * repeat))
        return false;
    row.cells = settle(grid);
    grid->pending_count = 0;
    grid->bytes.len = 0;
    for (size_t i = 0; i < repeat; i++, row.line++) {
        grid->rows = arena_grow(grid->arena, grid->rows, grid->count, &grid->capacity, sizeof row);
        grid->rows[grid->count++] = row;
    }
    return true;
}

void grid_no_value(struct grid *grid, unsigned line, unsigned column)
{
    if (++grid->formulas <= FORMULA_MESSAGES && !grid->only_peek)
        diag(grid->diags, DIAG_FORMULA, grid_place(grid, line, column),
             "the formula has no stored value: open the file in Excel or LibreOffice and save it");
}

void grid_merge(struct grid *grid, struct grid_range range)
{
    if (range.first_row >= range.last_row)
        return;
    grid->merges = arena_grow(grid->arena, grid->merges, grid->merge_count, &grid->merge_capacity,
                              sizeof range);
    grid->merges[grid->merge_count++] = range;
}

/* The number of the first row that stands at `line` or below it. */
static size_t find_row(const struct grid *grid, unsigned line)
{
    size_t low = 0, high = grid->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (grid->rows[middle].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The position in the row of the first cell in `column` or behind it. */
static size_t find_cell(const struct grid_row *row, unsigned column)
{
    size_t i = 0;
    while (i < row->count && row->cells[i].column < column)
        i++;
    return i;
}

static bool has_cell(const struct grid_row *row, size_t at, unsigned column)
{
    return at < row->count && row->cells[at].column == column;
}

static bool same_text(const struct grid_cell *a, const struct grid_cell *b)
{
    return text_equal((struct text){a->ptr, a->len}, (struct text){b->ptr, b->len});
}

/* In new memory: rows that repeat share their cells. */
static void insert_cell(struct grid *grid, struct grid_row *row, size_t at, struct grid_cell cell,
                        bool instead)
{
    struct grid_cell *cells = arena_calloc(grid->arena, row->count + 1U, sizeof cell);
    memcpy(cells, row->cells, at * sizeof cell);
    cells[at] = cell;
    memcpy(cells + at + 1, row->cells + at + instead, (row->count - at - instead) * sizeof cell);
    row->cells = cells;
    row->count = (uint16_t)(row->count + !instead);
}

static bool fill(struct grid *grid, const struct grid_range *merge,
                 void (*filled)(void *user, unsigned line, unsigned column), void *user)
{
    size_t first = find_row(grid, merge->first_row + 1);
    if (first == grid->count || grid->rows[first].line != merge->first_row + 1)
        return true;
    size_t at = find_cell(&grid->rows[first], merge->first_column);
    if (!has_cell(&grid->rows[first], at, merge->first_column))
        return true;
    struct grid_cell cell = grid->rows[first].cells[at];
    for (size_t i = first + 1; i < grid->count && grid->rows[i].line <= merge->last_row + 1; i++) {
        struct grid_row *row = &grid->rows[i];
        at = find_cell(row, cell.column);
        grid->copied += row->count + 1U;
        if (grid->copied > MERGE_COPY_CAP) {
            diag(grid->diags, DIAG_CAP, grid_place(grid, row->line, cell.column),
                 "the merged cells of the sheet go over too many rows");
            return false;
        }
        bool covered = has_cell(row, at, cell.column); /* a value that nobody sees */
        if (covered && same_text(&row->cells[at], &cell))
            continue;
        insert_cell(grid, row, at, cell, covered);
        if (!row->hidden)
            filled(user, row->line, cell.column + 1U);
    }
    return true;
}

bool grid_fill_merges(struct grid *grid, void (*filled)(void *user, unsigned line, unsigned column),
                      void *user)
{
    for (size_t i = 0; i < grid->merge_count; i++)
        if (!fill(grid, &grid->merges[i], filled, user))
            return false;
    return true;
}
