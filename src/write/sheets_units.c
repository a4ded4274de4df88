#include "write/sheets_maker_int.h"

/* The unit that every number of a column of numbers has; NULL when they have none, or several. */
static const char *unit_of(const struct table *table, size_t c)
{
    const char *unit = NULL;
    for (size_t r = 0; table->columns[c].align_right && r < table->row_count; r++) {
        const struct cell *cell = &table->rows[r].cells[c];
        if (cell->kind != CELL_NUMBER)
            continue;
        bool percent = cell->format == FORMAT_PERCENT || cell->format == FORMAT_SIGNED_PERCENT;
        const char *own = percent ? "%" : cell->format == FORMAT_MONEY ? "£" : NULL;
        if (!own || (unit && strcmp(unit, own) != 0))
            return NULL;
        unit = own;
    }
    return unit;
}

struct text sheets_header_with_unit(struct arena *arena, const struct table *table, size_t c)
{
    struct text header = table->columns[c].header;
    const char *unit = unit_of(table, c);
    if (!unit || text_contains(header, text_from(unit)))
        return header;
    return text_format(arena, "%.*s (%s)", TEXT_ARG(header), unit);
}
