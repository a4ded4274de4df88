/*
 * The rows of a table as cells. Those of a large one are not kept: a body knows how to make them,
 * and whoever goes through the sheet has them made again, in memory that the next row takes over.
 */
#include "write/sheets_maker_int.h"

struct book_body {
    struct maker maker; /* as it was before the first row; without messages */
    const struct table *table;
};

struct book_rows {
    const struct book_sheet *sheet;
    struct arena *scratch; /* of one row */
    struct arena *memory;  /* of all that is below */
    struct maker maker;    /* of the body */
    struct book_sheet row; /* what it adds to: the cells of one row */
    unsigned next;
    size_t at; /* of the sheet's cells */
};

bool sheets_follows_numbers(const struct table *table, size_t c)
{
    return c && table->columns[c - 1].is_number && !table->columns[c].is_number;
}

static void add_body_cell(struct maker *maker, unsigned column, const struct table *table,
                          const struct row *row, size_t c)
{
    const struct column *about = &table->columns[c];
    struct cell cell = row->cells[c];
    if (sheets_is_marked_number(table, row, c)) /* the markers stand in a column of their own */
        cell.display = sheets_unmarked(cell.display);
    enum book_role role = row->kind == ROW_TOTAL ? BOOK_TOTAL : BOOK_BODY;
    if (maker->survey->columns[c].is_blank)
        cell.display = TEXT("Not given");
    struct book_cell out = maker_text_cell(column, role, cell.display);
    out.right = about->is_number;
    out.indent =
        ((row->kind == ROW_OF_WHICH || row->kind == ROW_COMPARATOR) && about->is_row_header) ||
        sheets_follows_numbers(table, c);
    out.source = cell_source(row, &cell);
    if (cell.kind == CELL_NUMBER)
        sheets_body_number(maker->arena, &cell, maker->is_working, maker->memos, &out);
    else if (cell.kind == CELL_DATE)
        maker_set_date(&out, cell.date);
    if (out.is_number && maker->is_working && maker->document->release.formulas)
        out.formula = sheets_formula(maker, row, &cell, column - (unsigned)c);
    maker->sheet->is_status[column] |= cell.kind == CELL_RAG;
    maker_add_cell(maker, out);
}

static void add_row(struct maker *maker, const struct table *table, const struct row *row)
{
    unsigned column = 0;
    if (maker->survey->groups)
        maker_add_cell(maker,
                       maker_text_cell(column++, row->kind == ROW_TOTAL ? BOOK_TOTAL : BOOK_BODY,
                                       row->group.len ? row->group : TEXT("[z]")));
    for (size_t c = 0; c < table->column_count; c++, column++)
        add_body_cell(maker, column, table, row, c);
    if (column < maker->sheet->column_count)
        maker_add_cell(maker, maker_text_cell(column, BOOK_BODY,
                                              sheets_row_markers(maker->arena, table, row)));
    maker->row++;
}

/* The cells of row `r` of the table, not laid out. */
static void make_row(struct book_rows *rows, size_t r)
{
    const struct book_body *body = rows->sheet->body;
    arena_reset(rows->scratch);
    rows->row.count = 0;
    rows->maker.row = rows->sheet->header_row + 1 + (unsigned)r;
    add_row(&rows->maker, body->table, table_row(body->table, rows->scratch, r));
}

struct book_rows *book_rows_begin(const struct book_sheet *sheet)
{
    struct arena *memory = arena_new();
    struct book_rows *rows = arena_alloc(memory, sizeof *rows);
    *rows =
        (struct book_rows){.sheet = sheet, .scratch = arena_new(), .memory = memory, .row = *sheet};
    if (!sheet->body)
        return rows;
    rows->row.cells = arena_calloc(memory, sheet->column_count, sizeof *rows->row.cells);
    rows->row.capacity = sheet->column_count;
    rows->maker = sheet->body->maker;
    rows->maker.arena = rows->scratch;
    rows->maker.sheet = &rows->row;
    rows->maker.memos = sheets_number_memos(memory, sheet->column_count);
    return rows;
}

bool book_next_row(struct book_rows *rows, struct book_row *out)
{
    const struct book_sheet *sheet = rows->sheet;
    if (rows->next > sheet->last_row)
        return false;
    *out = (struct book_row){.number = rows->next++};
    if (sheet->body && out->number > sheet->header_row) {
        make_row(rows, out->number - sheet->header_row - 1);
        out->cells = rows->row.cells;
        out->count = rows->row.count;
        out->height = sheets_lay_row(sheet, rows->row.cells, rows->row.count);
        return true;
    }
    arena_reset(rows->scratch);
    out->cells = sheet->cells + rows->at;
    out->height = sheet->heights[out->number];
    for (; rows->at < sheet->count && sheet->cells[rows->at].row == out->number; rows->at++)
        out->count++;
    return true;
}

struct arena *book_rows_scratch(struct book_rows *rows)
{
    return rows->scratch;
}

void book_rows_end(struct book_rows *rows)
{
    arena_free(rows->scratch);
    arena_free(rows->memory);
}

/* The only time that somebody is told of a cell of it; what it needs is found on the way. */
static void add_body(struct maker *maker, const struct table *table)
{
    struct book_sheet *sheet = maker->sheet;
    struct book_body *body = arena_alloc(maker->arena, sizeof *body);
    *body = (struct book_body){.maker = *maker, .table = table};
    body->maker.diags = NULL;
    body->maker.is_again = true;
    sheet->body = body;
    maker->needs = sheets_needs(maker->arena, sheet);
    struct book_rows *rows = book_rows_begin(sheet);
    rows->maker.diags = maker->diags;
    rows->maker.is_again = false;
    for (size_t r = 0; r < table->row_count; r++) {
        make_row(rows, r);
        for (size_t i = 0; i < rows->row.count; i++) {
            const struct book_cell *cell = &rows->row.cells[i];
            sheets_measure(sheet, cell, maker->needs);
            if (!sheet->names_note && sheets_names_note(cell)) {
                sheet->names_note = true;
                sheet->note_place = maker_place(maker, sheet, cell);
            }
        }
    }
    book_rows_end(rows);
    maker->row += (unsigned)table->row_count;
}

void sheets_add_rows(struct maker *maker, const struct table *table, bool has_chart)
{
    if (table->row_count > ROWS_HELD && !has_chart) {
        add_body(maker, table);
        return;
    }
    for (size_t r = 0; r < table->row_count; r++)
        add_row(maker, table, table_row(table, maker->arena, r));
}
