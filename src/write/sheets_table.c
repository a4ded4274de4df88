#include "write/sheets_maker_int.h"

#include "base/utf8.h"
#include "data/value.h"

enum { BUTTON_INDENT = 2, WIDTH_IN_VIEW = 120 /* character units */ };

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

/* What stands before the markers that a cell ends with; the whole when it ends with none. */
static struct text unmarked(struct text t)
{
    size_t end = t.len;
    while (end && t.ptr[end - 1] == ']') {
        size_t open = end;
        while (open && t.ptr[open - 1] != '[')
            open--;
        if (!open || !markers_shown(text_slice(t, open - 1, end)))
            break;
        end = text_trim(text_slice(t, 0, open - 1)).len;
    }
    return text_slice(t, 0, end);
}

static bool has_digit(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (is_digit(t.ptr[i]))
            return true;
    return false;
}

/* A number, or words with one such as "between 29 and 55", beside a marker. "2021/22: [p]" is what
 * a column of notes says, and the name of a row may have markers. */
static bool is_marked_number(const struct table *table, const struct row *row, size_t c)
{
    const struct cell *cell = &row->cells[c];
    struct text number = unmarked(cell->display);
    return number.len < cell->display.len && !table->columns[c].is_row_header &&
           !cell->blocks.count && has_digit(number) && !text_ends(number, TEXT(":"));
}

static bool has_marked_numbers(const struct table *table)
{
    for (size_t r = 0; r < table->row_count; r++)
        for (size_t c = 0; c < table->column_count; c++)
            if (is_marked_number(table, &table->rows[r], c))
                return true;
    return false;
}

/* "2021/22: [r]; 2020/21: [p]", or that there is nothing to say. */
static struct text row_markers(struct arena *arena, const struct table *table,
                               const struct row *row)
{
    struct buffer out = {.arena = arena};
    for (size_t c = 0; c < table->column_count; c++) {
        unsigned markers = markers_shown(row->cells[c].display);
        if (is_marked_number(table, row, c))
            buffer_format(&out, "%s%.*s: %.*s", out.len ? "; " : "",
                          TEXT_ARG(table->columns[c].header),
                          TEXT_ARG(markers_display(arena, markers)));
    }
    return out.len ? buffer_text(&out) : TEXT("[z]");
}

unsigned sheets_table_markers(struct arena *arena, const struct table *table)
{
    unsigned found = markers_shown(table->caption);
    bool groups = has_groups(table), marked = has_marked_numbers(table);
    for (size_t c = 0; c < table->column_count; c++)
        found |= markers_shown(table->columns[c].header);
    for (size_t r = 0; r < table->row_count; r++) {
        if (groups && table->rows[r].group.len == 0)
            found |= MARKER_NOT_APPLICABLE;
        if (marked)
            found |= markers_shown(row_markers(arena, table, &table->rows[r]));
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

/* "% change on 2019/20" becomes "Change on 2019/20 (%)". */
static struct text unit_last(struct arena *arena, struct text t)
{
    if (!text_starts(t, TEXT("% ")) || t.len < 3)
        return t;
    bool small = t.ptr[2] >= 'a' && t.ptr[2] <= 'z';
    return text_format(arena, "%c%.*s (%%)", small ? t.ptr[2] - 'a' + 'A' : t.ptr[2],
                       TEXT_ARG(text_slice(t, 3, t.len)));
}

/* On one line, but for a unit in brackets at its end, which stands on a line of its own. */
static struct text header_text(struct arena *arena, struct text header)
{
    struct text t = unit_last(arena, sheets_say_quarters(arena, text_trim(header)));
    size_t unit = t.len;
    if (text_ends(t, TEXT(")")))
        for (size_t i = 1; i + 1 < t.len; i++)
            if (t.ptr[i] == ' ' && t.ptr[i + 1] == '(')
                unit = i;
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < t.len; i++)
        buffer_add_byte(&out, i == unit ? '\n' : t.ptr[i] == '\n' ? ' ' : t.ptr[i]);
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
    maker->sheet->is_label[0] = groups;
    if (groups)
        maker_add_cell(
            maker, maker_text_cell(column++, BOOK_HEADER,
                                   table->group_header.len ? table->group_header : TEXT("Group")));
    for (size_t c = 0; c < table->column_count; c++, column++) {
        struct book_cell cell = maker_text_cell(
            column, BOOK_HEADER,
            header_text(maker->arena, sheets_header_with_unit(maker->arena, table, c)));
        cell.right = table->columns[c].align_right;
        cell.indent = follows_numbers(table, c);
        if (cell.right && maker->sheet->is_working)
            cell.indent = BUTTON_INDENT;
        maker->sheet->is_long[column] = table->columns[c].long_text;
        maker->sheet->is_label[column] = table->columns[c].is_row_header;
        maker_add_cell(maker, cell);
    }
    if (column < maker->sheet->column_count)
        maker_add_cell(maker, maker_text_cell(column, BOOK_HEADER, TEXT("Shorthand")));
    check_headers(maker, first_cell);
    maker->row++;
}

/* Columns that have nothing in any row: a reader of a published table would take them for a fault.
 */
static const bool *blank_columns(struct arena *arena, const struct table *table)
{
    bool *blank = arena_calloc(arena, table->column_count + 1, sizeof *blank);
    for (size_t c = 0; c < table->column_count; c++) {
        size_t r = 0;
        while (r < table->row_count && !table->rows[r].cells[c].display.len)
            r++;
        blank[c] = r == table->row_count;
    }
    return blank;
}

static void add_body_cell(struct maker *maker, unsigned column, const struct table *table,
                          const struct row *row, size_t c)
{
    const struct column *about = &table->columns[c];
    struct cell cell = row->cells[c];
    if (is_marked_number(table, row, c)) /* the markers stand in a column of their own */
        cell.display = unmarked(cell.display);
    enum book_role role = row->kind == ROW_TOTAL ? BOOK_TOTAL : BOOK_BODY;
    if (maker->blank[c])
        cell.display = TEXT("Not given");
    struct book_cell out = maker_text_cell(column, role, cell.display);
    out.right = about->align_right;
    out.indent =
        ((row->kind == ROW_OF_WHICH || row->kind == ROW_COMPARATOR) && about->is_row_header) ||
        follows_numbers(table, c);
    out.source = cell_source(row, &cell);
    if (cell.kind == CELL_NUMBER && maker->is_working)
        sheets_number_with_arrow(maker->arena, &cell, &out);
    else if (cell.kind == CELL_NUMBER)
        sheets_number(maker->arena, &cell, &out);
    else if (cell.kind == CELL_DATE)
        maker_set_date(&out, cell.date);
    if (out.is_number && maker->is_working && maker->document->release.formulas)
        out.formula = sheets_formula(maker, row, &cell, column - (unsigned)c);
    maker->sheet->is_status[column] |= cell.kind == CELL_RAG;
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
    if (column < maker->sheet->column_count)
        maker_add_cell(maker,
                       maker_text_cell(column, BOOK_BODY, row_markers(maker->arena, table, row)));
    maker->row++;
}

static struct text contents_sentence(struct maker *maker, size_t number)
{
    const struct table *table = maker->tables.items[number];
    struct text chart = maker->chart_sheets.items[number];
    bool beside = maker->charts[number] && !chart.len;
    struct buffer out = {.arena = maker->arena};
    buffer_format(&out, "This worksheet contains one table%s%s.",
                  beside ? " and one chart of its figures" : "",
                  table->row_count ? "" : ", which has no rows");
    if (chart.len)
        buffer_format(&out, " A chart of its figures is in the worksheet “%.*s”.", TEXT_ARG(chart));
    if (has_blanks(table))
        buffer_add(&out, TEXT(" Where a cell is blank, nothing was entered."));
    return buffer_text(&out);
}

/* What a reader has to know of the sheet's own ways, and how to be rid of them. */
static void add_instructions(struct maker *maker)
{
    maker_add_line(maker, BOOK_TEXT,
                   TEXT("The header row is frozen (View, Freeze Panes turns that off), and its "
                        "arrows filter the rows (Data, Filter turns them off)."));
}

static void add_lines_above(struct maker *maker, size_t number)
{
    const struct table *table = maker->tables.items[number];
    maker_add_line(maker, BOOK_TEXT, contents_sentence(maker, number));
    maker_add_line(maker, BOOK_TEXT, markers_explained(maker->arena, maker->markers[number]));
    if (maker->sheet->is_working)
        add_instructions(maker);
    maker_add_line(maker, BOOK_TEXT, table->source);
    if (table->notes.count)
        maker_add_link(maker, TEXT("Go to the notes"), TEXT("Notes"));
    maker_add_link(maker, TEXT("Back to contents"), TEXT("Contents"));
}

/* The columns that name a row stay in view, where that leaves room for the others. */
static void freeze_columns(struct book_sheet *sheet, const struct table *table, bool groups)
{
    unsigned count = groups;
    double width = 0, whole = 0;
    while (count < sheet->column_count && count - groups < table->column_count &&
           table->columns[count - groups].is_row_header)
        count++;
    for (unsigned c = 0; c < sheet->column_count; c++) {
        whole += sheet->widths[c];
        width += c < count ? sheet->widths[c] : 0;
    }
    sheet->frozen = whole > WIDTH_IN_VIEW && width < WIDTH_IN_VIEW / 2 ? count : 0;
}

void sheets_add_table(struct maker *maker, size_t number)
{
    struct arena *arena = maker->arena;
    const struct table *table = maker->tables.items[number];
    bool groups = has_groups(table);
    struct text name = maker->table_sheets.items[number];
    struct text title = sheets_say_quarters(arena, table->caption);
    struct text marks = sheets_note_marks(maker, table);
    maker_begin_sheet(maker, name,
                      marks.len ? text_format(arena, "%.*s %.*s", TEXT_ARG(title), TEXT_ARG(marks))
                                : title);
    maker->sheet->is_working = maker->is_working && table->row_count > 0;
    maker->blank = blank_columns(arena, table);
    add_lines_above(maker, number);
    maker_begin_table(maker, (unsigned)table->column_count + groups + has_marked_numbers(table));
    add_headers(maker, table, groups);
    for (size_t r = 0; r < table->row_count; r++)
        add_row(maker, table, &table->rows[r], groups);
    maker_end_sheet(maker, table_name(arena, name));
    freeze_columns(maker->sheet, table, groups);
    if (maker->charts[number])
        sheets_place_chart(maker, maker->charts[number], groups, maker->chart_sheets.items[number]);
}
