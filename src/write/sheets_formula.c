/*
 * Changes as formulas. Each is held against our own result first, and the file has that beside it:
 * a spreadsheet that does not work formulas out shows the same.
 */
#include "write/sheets_maker_int.h"

#include "data/value.h"

/* Digits beyond those that a spreadsheet keeps do not count. */
static bool is_near(double a, double b)
{
    double size = b < 0 ? -b : b, apart = a < b ? b - a : a - b;
    return apart <= 1e-12 * (size > 1 ? size : 1);
}

static bool is_result(const struct cell *cell, double now, double before)
{
    double result = cell->formula == FORMULA_DIFFERENCE ? now - before
                    : before > 0 || before < 0          ? (now - before) / before * 100
                                                        : 0;
    return is_near(result, decimal_double(cell->number));
}

/* Written as a plain number of the same unit as the others. */
static bool is_plain(struct arena *arena, const struct cell *cell)
{
    struct book_cell written = {.format = TEXT_EMPTY};
    return cell->kind == CELL_NUMBER && sheets_number(arena, cell, &written);
}

struct text sheets_formula(struct maker *maker, const struct row *row, const struct cell *cell,
                           unsigned first)
{
    if (cell->formula == FORMULA_NONE)
        return TEXT_EMPTY;
    const struct cell *now = &row->cells[cell->now], *before = &row->cells[cell->before];
    if (!is_plain(maker->arena, now) || !is_plain(maker->arena, before) ||
        now->format != before->format || now->format == FORMAT_PERCENT ||
        !is_result(cell, decimal_double(now->number), decimal_double(before->number)))
        return TEXT_EMPTY;
    struct text a = cell_name(maker->arena, maker->row, first + cell->now);
    struct text b = cell_name(maker->arena, maker->row, first + cell->before);
    if (cell->formula == FORMULA_DIFFERENCE)
        return text_format(maker->arena, "=%.*s-%.*s", TEXT_ARG(a), TEXT_ARG(b));
    return text_format(maker->arena, "=IF(%.*s=0,\"[z]\",(%.*s-%.*s)/%.*s)", TEXT_ARG(b),
                       TEXT_ARG(a), TEXT_ARG(b), TEXT_ARG(b));
}

unsigned sheets_formula_markers(struct maker *maker, const struct table *table)
{
    unsigned found = 0;
    struct maker row_maker = *maker;
    row_maker.arena = arena_new();
    for (size_t r = 0; r < table->row_count; r++) {
        const struct row *row = table_row(table, row_maker.arena, r);
        for (size_t c = 0; c < table->column_count; c++) {
            const struct cell *cell = &row->cells[c];
            if (cell->formula != FORMULA_NONE && is_plain(row_maker.arena, cell))
                found |= markers_shown(sheets_formula(&row_maker, row, cell, 0));
        }
        arena_reset(row_maker.arena);
    }
    arena_free(row_maker.arena);
    return found;
}
