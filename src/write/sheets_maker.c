#include "write/sheets_maker_int.h"

#include "base/utf8.h"

static const long days_before_1970 = 25569; /* a spreadsheet counts from 30 December 1899 */

struct text cell_name(struct arena *arena, unsigned row, unsigned column)
{
    char letters[8];
    size_t at = sizeof letters;
    for (unsigned c = column + 1; c; c = (c - 1) / 26)
        letters[--at] = (char)('A' + (c - 1) % 26);
    return text_format(arena, "%.*s%u", (int)(sizeof letters - at), letters + at, row + 1);
}

/* In the export, where it can be put right; else in the workbook that would have been. */
struct place maker_place(const struct maker *maker, const struct book_sheet *sheet,
                         const struct book_cell *cell)
{
    if (cell->source.file.len)
        return cell->source;
    struct place place = place_file(maker->document->name);
    struct arena *arena = maker->diags->arena; /* it outlives a row that is made */
    place.part = text_format(arena, "%.*s!%.*s", TEXT_ARG(sheet->name),
                             TEXT_ARG(cell_name(arena, cell->row, cell->column)));
    return place;
}

/* Nothing but what all programs write in the same way. */
static bool is_plain(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (t.ptr[i] < ' ' || t.ptr[i] > '~')
            return false;
    return true;
}

static bool all_allowed(struct text t)
{
    for (size_t at = 0; at < t.len;)
        if (t.ptr[at] == '\n')
            at++;
        else if (!utf8_is_text(utf8_next(t, &at)))
            return false;
    return true;
}

void maker_check_characters(const struct maker *maker, struct place place, struct text t)
{
    if (!all_allowed(t))
        diag(maker->diags, DIAG_ENCODING, place,
             "the text has a control character or a damaged one: correct it in the source");
}

static size_t utf16_units(struct text t)
{
    size_t units = 0;
    for (size_t at = 0; at < t.len;)
        units += utf8_next(t, &at) > 0xFFFF ? 2 : 1;
    return units;
}

static void check_text(const struct maker *maker, const struct book_cell *cell, bool is_long)
{
    if (cell->text.len <= CELL_TEXT_CAP && is_plain(cell->text)) /* as nearly all are */
        return;
    size_t utf16 = utf16_units(cell->text);
    if (!all_allowed(cell->text)) /* a place is dear, and this runs for every cell */
        maker_check_characters(maker, maker_place(maker, maker->sheet, cell), cell->text);
    if (utf16 > CELL_TEXT_CAP && !is_long)
        diag(maker->diags, DIAG_CAP, maker_place(maker, maker->sheet, cell),
             "the text has %zu characters: a spreadsheet cell holds %d, shorten it in the source",
             utf16, CELL_TEXT_CAP);
}

void maker_add_cell(struct maker *maker, struct book_cell cell)
{
    struct book_sheet *sheet = maker->sheet;
    cell.row = maker->row;
    if (cell.text.len == 0)
        return;
    bool is_long = sheets_is_long(maker, &cell);
    if (maker->diags)
        check_text(maker, &cell, is_long);
    if (is_long)
        sheets_shorten(maker, &cell);
    sheet->cells = arena_grow(maker->arena, sheet->cells, sheet->count, &sheet->capacity,
                              sizeof *sheet->cells);
    sheet->cells[sheet->count++] = cell;
}

struct book_cell maker_text_cell(unsigned column, enum book_role role, struct text text)
{
    return (struct book_cell){
        .column = column,
        .role = role,
        .text = text,
        .format = TEXT_EMPTY,
        .formula = TEXT_EMPTY,
        .link = TEXT_EMPTY,
    };
}

void maker_add_line(struct maker *maker, enum book_role role, struct text text)
{
    if (text.len == 0)
        return;
    struct texts pieces = {0};
    if (role == BOOK_TITLE)
        texts_add(maker->arena, &pieces, text);
    else
        pieces = sheets_break_line(maker->arena, text);
    for (size_t i = 0; i < pieces.count; i++) {
        maker_add_cell(maker, maker_text_cell(0, role, pieces.items[i]));
        maker->row++;
    }
}

void maker_add_link(struct maker *maker, struct text words, struct text sheet)
{
    struct book_cell cell = maker_text_cell(0, BOOK_TEXT, words);
    cell.link = sheet;
    maker_add_cell(maker, cell);
    maker->row++;
}

void maker_begin_sheet(struct maker *maker, struct text name, struct text title)
{
    struct book *book = maker->book;
    book->sheets =
        arena_grow(maker->arena, book->sheets, book->count, &book->capacity, sizeof *book->sheets);
    maker->sheet_number = (unsigned)book->count;
    maker->sheet = &book->sheets[book->count++];
    *maker->sheet = (struct book_sheet){.name = name, .table_name = TEXT_EMPTY};
    maker->row = 0;
    maker_add_line(maker, BOOK_TITLE, title);
}

void maker_begin_table(struct maker *maker, unsigned column_count)
{
    maker->sheet->has_table = true;
    maker->sheet->header_row = maker->row;
    maker->sheet->column_count = column_count;
    maker->sheet->is_long = arena_calloc(maker->arena, column_count, sizeof(bool));
    maker->sheet->is_label = arena_calloc(maker->arena, column_count, sizeof(bool));
    maker->sheet->is_status = arena_calloc(maker->arena, column_count, sizeof(bool));
}

void maker_end_sheet(struct maker *maker, struct text table_name)
{
    struct book_sheet *sheet = maker->sheet;
    sheet->last_row = maker->row - 1;
    if (!sheet->has_table) { /* lines alone */
        sheet->column_count = 1;
        sheet->is_long = arena_calloc(maker->arena, 1, sizeof(bool));
    } else if (sheet->last_row > sheet->header_row) {
        sheet->table_name = table_name;
    }
    sheets_layout(maker->arena, sheet, maker->needs);
    maker->needs = NULL;
}

void maker_begin_pairs(struct maker *maker, struct text first, struct text second)
{
    maker_add_line(maker, BOOK_TEXT, TEXT("This worksheet contains one table."));
    maker_begin_table(maker, 2);
    maker->sheet->is_long[1] = true;
    maker_add_cell(maker, maker_text_cell(0, BOOK_HEADER, first));
    maker_add_cell(maker, maker_text_cell(1, BOOK_HEADER, second));
    maker->row++;
}

void maker_add_pair(struct maker *maker, enum book_role role, struct text first, struct text second)
{
    if (first.len == 0 && second.len == 0)
        return;
    maker_add_cell(maker, maker_text_cell(0, role, first));
    maker_add_cell(maker, maker_text_cell(1, role, second));
    maker->row++;
}

void maker_set_date(struct book_cell *out, struct date date)
{
    static const struct date first = {1900, 3, 1}; /* before it spreadsheets disagree */
    if (!date_is_known(date) || date_compare(date, first) < 0)
        return;
    out->is_number = true;
    out->number = (double)(date_number(date) + days_before_1970);
    out->format = TEXT("d mmmm yyyy");
}
