#include "write/sheets_maker_int.h"

#include "base/utf8.h"
#include "data/value.h"

/* "table_crime_three_years": the prefix, because a bare "kpi1" would be the name of a cell. */
static struct text table_name(struct arena *arena, struct text sheet)
{
    struct text slug = text_slug(arena, sheet);
    char *copy = arena_alloc(arena, slug.len + 1);
    for (size_t i = 0; i < slug.len; i++)
        copy[i] = slug.ptr[i] == '-' ? '_' : slug.ptr[i];
    return text_format(arena, "table_%s", copy);
}

/* Shorthand: which markers a table uses. */

static bool has_groups(const struct table *table)
{
    for (size_t r = 0; r < table->row_count; r++)
        if (table->rows[r].group.len)
            return true;
    return false;
}

unsigned sheets_table_markers(const struct table *table)
{
    unsigned found = markers_shown(table->caption);
    bool groups = has_groups(table);
    for (size_t c = 0; c < table->column_count; c++)
        found |= markers_shown(table->columns[c].header);
    for (size_t r = 0; r < table->row_count; r++) {
        if (groups && table->rows[r].group.len == 0)
            found |= MARKER_NOT_APPLICABLE;
        for (size_t c = 0; c < table->column_count; c++)
            found |= markers_shown(table->rows[r].cells[c].display);
    }
    return found;
}

/* One table a sheet. */

static bool has_blanks(const struct table *table)
{
    for (size_t r = 0; r < table->row_count; r++)
        for (size_t c = 0; c < table->column_count; c++)
            if (table->rows[r].cells[c].display.len == 0)
                return true;
    return false;
}

static struct text one_line(struct arena *arena, struct text t)
{
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < t.len; i++)
        buffer_add_byte(&out, t.ptr[i] == '\n' ? ' ' : t.ptr[i]);
    return buffer_text(&out);
}

static void check_headers(const struct maker *maker, size_t first_cell)
{
    const struct book_sheet *sheet = maker->sheet;
    for (size_t i = first_cell; i < sheet->count; i++) {
        const struct book_cell *cell = &sheet->cells[i];
        if (utf8_count(cell->text) > TABLE_HEADER_CAP)
            diag(maker->diags, DIAG_CAP, maker_place(maker, cell),
                 "the column's header has %zu characters: expected at most %d",
                 utf8_count(cell->text), TABLE_HEADER_CAP);
        for (size_t j = first_cell; j < i; j++)
            if (text_same_name(cell->text, sheet->cells[j].text) &&
                cell->text.len == sheet->cells[j].text.len)
                diag(maker->diags, DIAG_DUPLICATE_COLUMN, maker_place(maker, cell),
                     "two columns of the table are named '%.*s': give one another header",
                     TEXT_ARG(text_quote(maker->arena, cell->text)));
    }
    if (sheet->count - first_cell != sheet->column_count)
        diag(maker->diags, DIAG_MISSING_COLUMN, place_file(maker->document->name),
             "a column of sheet '%.*s' has no header: every column needs one",
             TEXT_ARG(sheet->name));
}

/* Text that begins where the number before it ends would run into it. */
static bool follows_numbers(const struct table *table, size_t c)
{
    return c && table->columns[c - 1].align_right && !table->columns[c].align_right;
}

static void add_headers(struct maker *maker, const struct table *table, bool groups)
{
    size_t first_cell = maker->sheet->count;
    unsigned column = 0;
    if (groups)
        maker_add_cell(
            maker, maker_text_cell(column++, BOOK_HEADER,
                                   table->group_header.len ? table->group_header : TEXT("Group")));
    for (size_t c = 0; c < table->column_count; c++, column++) {
        struct book_cell cell = maker_text_cell(
            column, BOOK_HEADER,
            one_line(maker->arena, sheets_header_with_unit(maker->arena, table, c)));
        cell.right = table->columns[c].align_right;
        cell.indent = follows_numbers(table, c);
        maker->sheet->is_long[column] = table->columns[c].long_text;
        maker_add_cell(maker, cell);
    }
    check_headers(maker, first_cell);
    maker->row++;
}

static void add_body_cell(struct maker *maker, unsigned column, const struct table *table,
                          const struct row *row, size_t c)
{
    const struct column *about = &table->columns[c];
    const struct cell *cell = &row->cells[c];
    enum book_role role = row->kind == ROW_TOTAL ? BOOK_TOTAL : BOOK_BODY;
    struct book_cell out = maker_text_cell(column, role, cell->display);
    out.right = about->align_right;
    out.indent =
        ((row->kind == ROW_OF_WHICH || row->kind == ROW_COMPARATOR) && about->is_row_header) ||
        follows_numbers(table, c);
    out.source = cell_source(row, cell);
    if (cell->kind == CELL_NUMBER)
        sheets_number(maker->arena, cell, &out);
    else if (cell->kind == CELL_DATE)
        maker_set_date(&out, cell->date);
    maker_add_cell(maker, out);
}

static void add_row(struct maker *maker, const struct table *table, const struct row *row,
                    bool groups)
{
    unsigned column = 0;
    if (groups)
        maker_add_cell(maker,
                       maker_text_cell(column++, row->kind == ROW_TOTAL ? BOOK_TOTAL : BOOK_BODY,
                                       row->group.len ? row->group : TEXT("[z]")));
    for (size_t c = 0; c < table->column_count; c++, column++)
        add_body_cell(maker, column, table, row, c);
    maker->row++;
}

static struct text contents_sentence(struct arena *arena, const struct table *table, bool chart)
{
    return text_format(arena, "This worksheet contains one table%s%s.%s",
                       chart ? " and one chart of its figures" : "",
                       table->row_count ? "" : ", which has no rows",
                       has_blanks(table) ? " Where a cell is blank, nothing was entered." : "");
}

void sheets_add_table(struct maker *maker, size_t number)
{
    const struct table *table = maker->tables.items[number];
    const struct chart *chart = sheets_chart_to_draw(maker, table);
    bool groups = has_groups(table);
    struct text name = maker->table_sheets.items[number];
    maker_begin_sheet(maker, name, table->caption);
    maker_add_line(maker, BOOK_TEXT, contents_sentence(maker->arena, table, chart));
    maker_add_line(maker, BOOK_TEXT, markers_explained(maker->arena, sheets_table_markers(table)));
    for (size_t i = 0; i < table->notes.count; i++)
        maker_add_line(maker, BOOK_TEXT, table->notes.items[i]);
    maker_add_line(maker, BOOK_TEXT, table->source);
    struct book_cell back = maker_text_cell(0, BOOK_TEXT, TEXT("Back to contents"));
    back.link = TEXT("Contents");
    maker_add_cell(maker, back);
    maker->row++;
    maker_begin_table(maker, (unsigned)table->column_count + groups);
    add_headers(maker, table, groups);
    for (size_t r = 0; r < table->row_count; r++)
        add_row(maker, table, &table->rows[r], groups);
    maker_end_sheet(maker, table_name(maker->arena, name));
    if (chart)
        sheets_place_chart(maker, chart, groups);
}
