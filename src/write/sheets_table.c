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

/* One table a sheet. */

/* "% change on 2019/20" becomes "Change on 2019/20 (%)". */
static struct text unit_last(struct arena *arena, struct text t)
{
    if (!text_starts(t, TEXT("% ")) || t.len < 3)
        return t;
    bool small = t.ptr[2] >= 'a' && t.ptr[2] <= 'z';
    return text_format(arena, "%c%.*s (%%)", small ? t.ptr[2] - 'a' + 'A' : t.ptr[2],
                       TEXT_ARG(text_slice(t, 3, t.len)));
}

struct text sheets_header_with_unit(struct arena *arena, const struct table *table, size_t c,
                                    const char *unit)
{
    struct text header = table->columns[c].header;
    if (!unit || text_contains(header, text_from(unit)))
        return header;
    return text_format(arena, "%.*s (%s)", TEXT_ARG(header), unit);
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
            diag(maker->diags, DIAG_CAP, maker_place(maker, sheet, cell),
                 "the column's header has %zu characters: expected at most %d",
                 utf8_count(cell->text), TABLE_HEADER_CAP);
        for (size_t j = first_cell; j < i; j++)
            if (text_same_name(cell->text, sheet->cells[j].text) &&
                cell->text.len == sheet->cells[j].text.len)
                diag(maker->diags, DIAG_DUPLICATE_COLUMN, maker_place(maker, sheet, cell),
                     "two columns of the table are named '%.*s': give one another header",
                     TEXT_ARG(text_quote(maker->arena, cell->text)));
    }
    if (sheet->count - first_cell != sheet->column_count)
        diag(maker->diags, DIAG_MISSING_COLUMN, place_file(maker->document->name),
             "a column of sheet '%.*s' has no header: every column needs one",
             TEXT_ARG(sheet->name));
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
            header_text(maker->arena, sheets_header_with_unit(maker->arena, table, c,
                                                              maker->survey->columns[c].unit)));
        cell.right = table->columns[c].is_number;
        cell.indent = sheets_follows_numbers(table, c);
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

static struct text contents_sentence(struct maker *maker, size_t number)
{
    const struct table *table = maker->tables.items[number];
    struct text chart = maker->chart_sheets.items[number];
    bool beside = maker->charts[number] && !chart.len;
    struct buffer out = {.arena = maker->arena};
    size_t charts = maker->charts[number] ? chart_panels(maker->charts[number]) : 0;
    buffer_add(&out, TEXT("This worksheet contains one table"));
    if (beside && charts == 1)
        buffer_add(&out, TEXT(" and one chart of its figures"));
    else if (beside)
        buffer_format(&out, " and %zu charts of its figures", charts);
    buffer_format(&out, "%s.", table->row_count ? "" : ", which has no rows");
    if (chart.len)
        buffer_format(&out, " %s of its figures %s in the worksheet “%.*s”.",
                      charts == 1 ? "A chart" : "Charts", charts == 1 ? "is" : "are",
                      TEXT_ARG(chart));
    if (maker->survey->has_blanks)
        buffer_add(&out, TEXT(" Where a cell is blank, nothing was entered."));
    if (maker->survey->has_long)
        buffer_add(&out, TEXT(" Of long texts it has the beginning: the worksheet “Long texts” "
                              "has them whole."));
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
    if (maker->survey->has_long)
        maker_add_link(maker, TEXT("Go to the long texts"), TEXT("Long texts"));
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
    maker->survey = &maker->surveys[number];
    bool groups = maker->survey->groups;
    struct text name = maker->table_sheets.items[number];
    struct text title = sheets_say_quarters(arena, table->caption);
    struct text marks = sheets_note_marks(maker, table);
    maker_begin_sheet(maker, name,
                      marks.len ? text_format(arena, "%.*s %.*s", TEXT_ARG(title), TEXT_ARG(marks))
                                : title);
    maker->sheet->is_working = maker->is_working && table->row_count > 0;
    add_lines_above(maker, number);
    maker_begin_table(maker, (unsigned)table->column_count + groups + maker->survey->marked);
    add_headers(maker, table, groups);
    sheets_add_rows(maker, table, maker->charts[number] != NULL);
    maker_end_sheet(maker, table_name(arena, name));
    freeze_columns(maker->sheet, table, groups);
    if (maker->charts[number])
        sheets_place_chart(maker, maker->charts[number], groups, maker->chart_sheets.items[number]);
}
