#include "write/sheets_int.h"

#include "base/utf8.h"
#include "data/value.h"

#include <string.h>

static const long days_before_1970 = 25569; /* a spreadsheet counts from 30 December 1899 */

/* A book being made. `sheet` is the one that rows are added to. */
struct maker {
    struct arena *arena;
    struct diags *diags;
    const struct document *document;
    struct book *book;
    struct tables tables;
    struct texts table_sheets; /* name of the sheet of each table */
    struct book_sheet *sheet;
    unsigned row; /* the next one */
};

struct text cell_name(struct arena *arena, unsigned row, unsigned column)
{
    char letters[8];
    size_t at = sizeof letters;
    for (unsigned c = column + 1; c; c = (c - 1) / 26)
        letters[--at] = (char)('A' + (c - 1) % 26);
    return text_format(arena, "%.*s%u", (int)(sizeof letters - at), letters + at, row + 1);
}

/* In the export, where it can be put right; else in the workbook that would have been. */
static struct place cell_place(const struct maker *maker, const struct book_cell *cell)
{
    if (cell->source.file.len)
        return cell->source;
    struct place place = place_file(maker->document->name);
    place.part = text_format(maker->arena, "%.*s!%.*s", TEXT_ARG(maker->sheet->name),
                             TEXT_ARG(cell_name(maker->arena, cell->row, cell->column)));
    return place;
}

/* Marks that turn the direction of the text around them: "4321" would be read as 1234. */
static bool turns_text(uint32_t point)
{
    return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

static bool is_allowed(uint32_t point)
{
    return point == '\n' ||
           (point >= 0x20 && point != 0x7F && !(point >= 0x80 && point < 0xA0) && point != 0xFFFE &&
            point != 0xFFFF && point != UTF8_INVALID && !turns_text(point));
}

static void check_characters(const struct maker *maker, struct place place, struct text t)
{
    for (size_t at = 0; at < t.len;) {
        if (is_allowed(utf8_next(t, &at)))
            continue;
        diag(maker->diags, DIAG_ENCODING, place,
             "the text has a control character or a damaged one: correct it in the source");
        return;
    }
}

static size_t utf16_units(struct text t)
{
    size_t units = 0;
    for (size_t at = 0; at < t.len;)
        units += utf8_next(t, &at) > 0xFFFF ? 2 : 1;
    return units;
}

static void check_text(const struct maker *maker, const struct book_cell *cell)
{
    size_t utf16 = utf16_units(cell->text);
    check_characters(maker, cell_place(maker, cell), cell->text);
    if (utf16 > CELL_TEXT_CAP)
        diag(maker->diags, DIAG_CAP, cell_place(maker, cell),
             "the text has %zu characters: a spreadsheet cell holds %d, shorten it in the source",
             utf16, CELL_TEXT_CAP);
}

/* Adds a cell to the current row; texts that say nothing make no cell. */
static void add_cell(struct maker *maker, struct book_cell cell)
{
    struct book_sheet *sheet = maker->sheet;
    cell.row = maker->row;
    if (cell.text.len == 0)
        return;
    check_text(maker, &cell);
    sheet->cells = arena_grow(maker->arena, sheet->cells, sheet->count, &sheet->capacity,
                              sizeof *sheet->cells);
    sheet->cells[sheet->count++] = cell;
}

static struct book_cell string_cell(unsigned column, enum book_role role, struct text text)
{
    return (struct book_cell){
        .column = column, .role = role, .text = text, .format = TEXT_EMPTY, .link = TEXT_EMPTY};
}

static void add_line(struct maker *maker, enum book_role role, struct text text)
{
    if (text.len == 0)
        return;
    add_cell(maker, string_cell(0, role, text));
    maker->row++;
}

static void begin_sheet(struct maker *maker, struct text name, struct text title)
{
    struct book *book = maker->book;
    book->sheets =
        arena_grow(maker->arena, book->sheets, book->count, &book->capacity, sizeof *book->sheets);
    maker->sheet = &book->sheets[book->count++];
    *maker->sheet = (struct book_sheet){.name = name, .table_name = TEXT_EMPTY};
    maker->row = 0;
    add_line(maker, BOOK_TITLE, title);
}

static void begin_table(struct maker *maker, unsigned column_count)
{
    maker->sheet->header_row = maker->row;
    maker->sheet->column_count = column_count;
    maker->sheet->is_long = arena_calloc(maker->arena, column_count, sizeof(bool));
}

static void end_sheet(struct maker *maker, struct text table_name)
{
    struct book_sheet *sheet = maker->sheet;
    sheet->last_row = maker->row - 1;
    if (sheet->last_row > sheet->header_row)
        sheet->table_name = table_name;
    sheets_layout(maker->arena, sheet);
}

/* A table of two columns of text, as on the cover and in the notes. */
static void begin_pairs(struct maker *maker, struct text first, struct text second)
{
    add_line(maker, BOOK_TEXT, TEXT("This worksheet contains one table."));
    begin_table(maker, 2);
    maker->sheet->is_long[1] = true;
    add_cell(maker, string_cell(0, BOOK_HEADER, first));
    add_cell(maker, string_cell(1, BOOK_HEADER, second));
    maker->row++;
}

static void add_pair(struct maker *maker, enum book_role role, struct text first,
                     struct text second)
{
    if (first.len == 0 && second.len == 0)
        return;
    add_cell(maker, string_cell(0, role, first));
    add_cell(maker, string_cell(1, role, second));
    maker->row++;
}

/* Sheet names: readable, at most 31 characters, and no two the same. */

static bool same_sheet_name(struct text a, struct text b)
{
    return a.len == b.len && text_same_name(a, b);
}

static bool name_is_taken(const struct texts *names, struct text name)
{
    static const char *const kept[] = {"Cover", "Contents", "Notes", "Report text", "History"};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (same_sheet_name(name, text_from(kept[i])))
            return true;
    for (size_t i = 0; i < names->count; i++)
        if (same_sheet_name(name, names->items[i]))
            return true;
    return false;
}

/* The first `cap` bytes, but no half word unless it is the only one. */
static struct text cut_words(struct text t, size_t cap)
{
    if (t.len <= cap)
        return t;
    size_t end = cap;
    while (end && t.ptr[end] != ' ')
        end--;
    return text_trim(text_slice(t, 0, end ? end : cap));
}

/* "crime-three-years" becomes "Crime three years"; a slug is ASCII, so bytes are characters. */
static struct text readable(struct arena *arena, struct text name)
{
    struct text slug = text_slug(arena, name);
    char *copy = arena_alloc(arena, slug.len + 1);
    for (size_t i = 0; i < slug.len; i++)
        copy[i] = slug.ptr[i] == '-' ? ' ' : slug.ptr[i];
    if (copy[0] >= 'a' && copy[0] <= 'z')
        copy[0] = (char)(copy[0] - 'a' + 'A');
    return (struct text){copy, slug.len};
}

static struct text sheet_name(struct arena *arena, const struct texts *names, struct text table)
{
    struct text whole = readable(arena, table);
    struct text name = cut_words(whole, SHEET_NAME_CAP);
    for (unsigned n = 2; name_is_taken(names, name); n++) {
        struct text number = text_format(arena, " %u", n);
        name = text_concat(arena, cut_words(whole, SHEET_NAME_CAP - number.len), number);
    }
    return text_copy(arena, name);
}

static void name_table_sheets(struct maker *maker)
{
    maker->tables = document_tables(maker->arena, maker->document);
    for (size_t i = 0; i < maker->tables.count; i++)
        texts_add(maker->arena, &maker->table_sheets,
                  sheet_name(maker->arena, &maker->table_sheets, maker->tables.items[i]->name));
}

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

static unsigned markers_in(struct arena *arena, struct text t)
{
    unsigned found = 0;
    if (text_find(t, '[', 0) == t.len)
        return 0;
    for (int i = 0; i < MARKERS; i++)
        if (text_contains(t, text_format(arena, "[%s]", marker_letters(i))))
            found |= 1U << i;
    return found;
}

static bool has_groups(const struct table *table)
{
    for (size_t r = 0; r < table->row_count; r++)
        if (table->rows[r].group.len)
            return true;
    return false;
}

static unsigned table_markers(struct arena *arena, const struct table *table)
{
    unsigned found = markers_in(arena, table->caption);
    bool groups = has_groups(table);
    for (size_t c = 0; c < table->column_count; c++)
        found |= markers_in(arena, table->columns[c].header);
    for (size_t r = 0; r < table->row_count; r++) {
        if (groups && table->rows[r].group.len == 0)
            found |= MARKER_NOT_APPLICABLE;
        for (size_t c = 0; c < table->column_count; c++)
            found |= markers_in(arena, table->rows[r].cells[c].display);
    }
    return found;
}

/* "Shorthand: [c] confidential; [z] not applicable." for those that the notes do not explain. */
static struct text shorthand_line(struct arena *arena, const struct table *table)
{
    unsigned found = table_markers(arena, table);
    for (size_t i = 0; i < table->notes.count; i++)
        found &= ~markers_in(arena, table->notes.items[i]);
    struct buffer out = {.arena = arena};
    for (int i = 0; i < MARKERS; i++)
        if (found & (1U << i))
            buffer_format(&out, "%s[%s] %s", out.len ? "; " : "Shorthand: ", marker_letters(i),
                          marker_meaning(i));
    if (out.len)
        buffer_add_byte(&out, '.');
    return buffer_text(&out);
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
            diag(maker->diags, DIAG_CAP, cell_place(maker, cell),
                 "the column's header has %zu characters: expected at most %d",
                 utf8_count(cell->text), TABLE_HEADER_CAP);
        for (size_t j = first_cell; j < i; j++)
            if (text_same_name(cell->text, sheet->cells[j].text) &&
                cell->text.len == sheet->cells[j].text.len)
                diag(maker->diags, DIAG_DUPLICATE_COLUMN, cell_place(maker, cell),
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
        add_cell(maker, string_cell(column++, BOOK_HEADER,
                                    table->group_header.len ? table->group_header : TEXT("Group")));
    for (size_t c = 0; c < table->column_count; c++, column++) {
        struct book_cell cell =
            string_cell(column, BOOK_HEADER, one_line(maker->arena, table->columns[c].header));
        cell.right = table->columns[c].align_right;
        cell.indent = follows_numbers(table, c);
        maker->sheet->is_long[column] = table->columns[c].long_text;
        add_cell(maker, cell);
    }
    check_headers(maker, first_cell);
    maker->row++;
}

static void fill_date(struct book_cell *out, struct date date)
{
    static const struct date first = {1900, 3, 1}; /* before it spreadsheets disagree */
    if (!date_is_known(date) || date_compare(date, first) < 0)
        return;
    out->is_number = true;
    out->number = (double)(date_number(date) + days_before_1970);
    out->format = TEXT("d mmmm yyyy");
}

static void add_body_cell(struct maker *maker, unsigned column, const struct table *table,
                          const struct row *row, size_t c)
{
    const struct column *about = &table->columns[c];
    const struct cell *cell = &row->cells[c];
    enum book_role role = row->kind == ROW_TOTAL ? BOOK_TOTAL : BOOK_BODY;
    struct book_cell out = string_cell(column, role, cell->display);
    out.right = about->align_right;
    out.indent = (row->kind == ROW_OF_WHICH && about->is_row_header) || follows_numbers(table, c);
    out.source = cell_source(row, cell);
    if (cell->kind == CELL_NUMBER)
        sheets_number(maker->arena, cell, &out);
    else if (cell->kind == CELL_DATE)
        fill_date(&out, cell->date);
    add_cell(maker, out);
}

static void add_row(struct maker *maker, const struct table *table, const struct row *row,
                    bool groups)
{
    unsigned column = 0;
    if (groups)
        add_cell(maker, string_cell(column++, row->kind == ROW_TOTAL ? BOOK_TOTAL : BOOK_BODY,
                                    row->group.len ? row->group : TEXT("[z]")));
    for (size_t c = 0; c < table->column_count; c++, column++)
        add_body_cell(maker, column, table, row, c);
    maker->row++;
}

/* The row whose cell in `column` is the bar's label; row_count when there is none. */
static size_t row_of_bar(const struct table *table, size_t column, struct text label)
{
    size_t r = 0;
    while (r < table->row_count && !text_equal(table->rows[r].cells[column].display, label))
        r++;
    return r;
}

static bool column_holds_bars(const struct chart *chart, size_t column, size_t first_row)
{
    for (size_t i = 0; i < chart->bar_count; i++) {
        const struct cell *cell = &chart->data->rows[first_row + i].cells[column];
        if (cell->kind != CELL_NUMBER || decimal_compare(cell->number, chart->bars[i].value) != 0)
            return false;
    }
    return true;
}

/* Where a chart's bars stand in its table: a chart of a spreadsheet draws cells, not values. */
struct bars {
    const struct chart *chart; /* NULL: nothing to draw */
    size_t first_row;
    size_t column;
};

static bool find_bars(const struct chart *chart, struct bars *out)
{
    const struct table *table = chart->data;
    if (chart->bar_count == 0 || table->column_count < 2)
        return false;
    out->first_row = row_of_bar(table, 0, chart->bars[0].label);
    for (size_t i = 0; i < chart->bar_count; i++)
        if (row_of_bar(table, 0, chart->bars[i].label) != out->first_row + i ||
            out->first_row + i >= table->row_count)
            return false;
    for (out->column = 1; out->column < table->column_count; out->column++)
        if (column_holds_bars(chart, out->column, out->first_row))
            return true;
    return false;
}

static const struct chart *chart_of(const struct document *document, const struct table *table)
{
    for (size_t i = 0; i < document->blocks.count; i++) {
        const struct block *block = &document->blocks.items[i];
        if (block->kind == BLOCK_CHART && block->chart->data == table)
            return block->chart;
    }
    return NULL;
}

/* What a chart says goes into the file without being a cell. */
static void check_chart(const struct maker *maker, const struct chart *chart)
{
    struct place place = place_file(maker->document->name);
    place.part = maker->sheet->name;
    check_characters(maker, place, chart->caption);
    check_characters(maker, place, chart->alt);
    check_characters(maker, place, chart->value_title);
    for (size_t i = 0; i < chart->bar_count; i++) {
        check_characters(maker, place, chart->bars[i].value_display);
        check_characters(maker, place, chart->bars[i].change_display);
    }
}

static struct bars bars_to_draw(const struct maker *maker, const struct table *table)
{
    struct bars bars = {.chart = chart_of(maker->document, table)};
    if (!bars.chart || find_bars(bars.chart, &bars))
        return bars;
    diag(maker->diags, DIAG_DROPPED, place_file(maker->document->name),
         "chart '%.*s' is left out of the workbook: its bars are not rows of its table",
         TEXT_ARG(text_quote(maker->arena, bars.chart->name)));
    return (struct bars){0};
}

static void place_chart(struct maker *maker, struct bars bars, bool groups)
{
    struct book_sheet *sheet = maker->sheet;
    if (!bars.chart)
        return;
    check_chart(maker, bars.chart);
    sheet->chart = bars.chart;
    sheet->chart_first_row = sheet->header_row + 1 + (unsigned)bars.first_row;
    sheet->chart_label_column = groups;
    sheet->chart_column = (unsigned)bars.column + groups;
}

static struct text contents_sentence(struct arena *arena, const struct table *table, bool chart)
{
    return text_format(arena, "This worksheet contains one table%s%s.%s",
                       chart ? " and one chart of its figures" : "",
                       table->row_count ? "" : ", which has no rows",
                       has_blanks(table) ? " Where a cell is blank, nothing was entered." : "");
}

static void add_table_sheet(struct maker *maker, size_t number)
{
    const struct table *table = maker->tables.items[number];
    struct bars bars = bars_to_draw(maker, table);
    bool groups = has_groups(table);
    struct text name = maker->table_sheets.items[number];
    begin_sheet(maker, name, table->caption);
    add_line(maker, BOOK_TEXT, contents_sentence(maker->arena, table, bars.chart));
    add_line(maker, BOOK_TEXT, shorthand_line(maker->arena, table));
    for (size_t i = 0; i < table->notes.count; i++)
        add_line(maker, BOOK_TEXT, table->notes.items[i]);
    add_line(maker, BOOK_TEXT, table->source);
    struct book_cell back = string_cell(0, BOOK_TEXT, TEXT("Back to contents"));
    back.link = TEXT("Contents");
    add_cell(maker, back);
    maker->row++;
    begin_table(maker, (unsigned)table->column_count + groups);
    add_headers(maker, table, groups);
    for (size_t r = 0; r < table->row_count; r++)
        add_row(maker, table, &table->rows[r], groups);
    end_sheet(maker, table_name(maker->arena, name));
    place_chart(maker, bars, groups);
}

/* The sheets before the tables. */

static bool is_front(const struct block *block)
{
    return block->kind != BLOCK_HEADING || block->heading.level == 1;
}

static void add_cover(struct maker *maker)
{
    const struct document *document = maker->document;
    begin_sheet(maker, TEXT("Cover"), document->title);
    add_line(maker, BOOK_TEXT, document->subtitle);
    begin_pairs(maker, TEXT("Item"), TEXT("Detail"));
    add_pair(maker, BOOK_BODY, TEXT("Organisation"), document->organisation);
    if (document->period.len)
        add_pair(maker, BOOK_BODY, TEXT("Period"), document->period);
    struct book_cell as_at = string_cell(1, BOOK_BODY, date_display(maker->arena, document->as_at));
    fill_date(&as_at, document->as_at);
    add_cell(maker, string_cell(0, BOOK_BODY, TEXT("As at")));
    add_cell(maker, as_at);
    maker->row++;
    for (size_t i = 0; i < document->blocks.count && is_front(&document->blocks.items[i]); i++) {
        const struct block *block = &document->blocks.items[i];
        for (size_t d = 0; block->kind == BLOCK_DEFINITIONS && d < block->definitions.count; d++)
            add_pair(maker, BOOK_BODY, block->definitions.items[d].term,
                     blocks_plain(maker->arena, &block->definitions.items[d].meaning));
    }
    end_sheet(maker, TEXT("table_cover"));
}

static void add_link_pair(struct maker *maker, struct text sheet, struct text about)
{
    struct book_cell link = string_cell(0, BOOK_BODY, sheet);
    link.link = sheet;
    add_cell(maker, link);
    add_cell(maker, string_cell(1, BOOK_BODY, about));
    maker->row++;
}

static void add_contents(struct maker *maker, bool notes, bool text)
{
    begin_sheet(maker, TEXT("Contents"), TEXT("Contents"));
    begin_pairs(maker, TEXT("Worksheet"), TEXT("What it holds"));
    add_link_pair(maker, TEXT("Cover"), TEXT("What this workbook is about"));
    if (notes)
        add_link_pair(maker, TEXT("Notes"), TEXT("Shorthand and method"));
    if (text)
        add_link_pair(maker, TEXT("Report text"), TEXT("The words of the report"));
    for (size_t i = 0; i < maker->tables.count; i++)
        add_link_pair(maker, maker->table_sheets.items[i], maker->tables.items[i]->caption);
    end_sheet(maker, TEXT("table_contents"));
}

/* The words of the document. */

/* Link addresses stand behind their words: a cell has no links inside its text. */
static struct text plain_spans(struct arena *arena, const struct spans *spans)
{
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < spans->count; i++) {
        const struct span *span = &spans->items[i];
        buffer_add(&out, span->text);
        bool address = span->link.len && span->link.ptr[0] != '#';
        struct text shown = text_starts(span->link, TEXT("mailto:"))
                                ? text_slice(span->link, 7, span->link.len)
                                : span->link;
        if (address && !text_contains(span->text, shown))
            buffer_format(&out, " (%.*s)", TEXT_ARG(shown));
    }
    return buffer_text(&out);
}

static struct text numbered(struct arena *arena, struct text number, struct text text)
{
    return number.len ? text_format(arena, "%.*s %.*s", TEXT_ARG(number), TEXT_ARG(text)) : text;
}

static void add_text_list(struct maker *maker, struct text section, const struct list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        struct text item = blocks_plain(maker->arena, &list->items[i]);
        struct text mark =
            list->ordered ? text_format(maker->arena, "%zu.", list->first + i) : TEXT("•");
        add_pair(maker, BOOK_BODY, section, numbered(maker->arena, mark, item));
    }
}

static void add_text_table(struct maker *maker, struct text section, const struct table *table)
{
    size_t i = 0;
    while (i < maker->tables.count && maker->tables.items[i] != table)
        i++;
    if (i == maker->tables.count)
        return;
    struct book_cell cell =
        string_cell(1, BOOK_BODY,
                    text_format(maker->arena, "See worksheet “%.*s”: %.*s",
                                TEXT_ARG(maker->table_sheets.items[i]), TEXT_ARG(table->caption)));
    cell.link = maker->table_sheets.items[i];
    add_cell(maker, string_cell(0, BOOK_BODY, section));
    add_cell(maker, cell);
    maker->row++;
}

static void add_text_definitions(struct maker *maker, struct text section,
                                 const struct definitions *list)
{
    for (size_t i = 0; i < list->count; i++)
        add_pair(maker, BOOK_BODY, section,
                 text_format(maker->arena, "%.*s: %.*s", TEXT_ARG(list->items[i].term),
                             TEXT_ARG(blocks_plain(maker->arena, &list->items[i].meaning))));
}

static void add_text_block(struct maker *maker, struct text section, const struct block *block)
{
    struct arena *arena = maker->arena;
    switch (block->kind) {
    case BLOCK_HEADING:
        add_pair(maker, BOOK_TOTAL, section, section);
        break;
    case BLOCK_PARAGRAPH:
    case BLOCK_NOTE:
        add_pair(
            maker, BOOK_BODY, section,
            numbered(arena, block->paragraph.number, plain_spans(arena, &block->paragraph.spans)));
        break;
    case BLOCK_LIST:
        add_text_list(maker, section, &block->list);
        break;
    case BLOCK_TABLE:
        add_text_table(maker, section, block->table);
        break;
    case BLOCK_CHART:
        add_text_table(maker, section, block->chart->data);
        break;
    case BLOCK_DEFINITIONS:
        add_text_definitions(maker, section, &block->definitions);
        break;
    case BLOCK_KEY:
        for (size_t i = 0; i < block->key.count; i++)
            add_pair(maker, BOOK_BODY, section,
                     text_format(arena, "%s: %.*s", rag_word(block->key.items[i].rag),
                                 TEXT_ARG(block->key.items[i].meaning)));
        break;
    case BLOCK_PAGE_BREAK:
    case BLOCK_PLACEMENT:
        break;
    }
}

/* The title and the front definitions stand on the cover. */
static bool is_on_cover(const struct block *block, bool front)
{
    return front && (block->kind == BLOCK_HEADING || block->kind == BLOCK_DEFINITIONS);
}

static bool has_words(const struct block *block)
{
    return block->kind != BLOCK_TABLE && block->kind != BLOCK_CHART &&
           block->kind != BLOCK_PAGE_BREAK && block->kind != BLOCK_PLACEMENT;
}

static bool has_report_text(const struct document *document)
{
    bool front = true;
    for (size_t i = 0; i < document->blocks.count; i++) {
        const struct block *block = &document->blocks.items[i];
        front = front && is_front(block);
        if (has_words(block) && !is_on_cover(block, front))
            return true;
    }
    return false;
}

static void add_report_text(struct maker *maker)
{
    const struct blocks *blocks = &maker->document->blocks;
    struct text section = maker->document->title;
    bool front = true;
    begin_sheet(maker, TEXT("Report text"), TEXT("Report text"));
    begin_pairs(maker, TEXT("Section"), TEXT("Text"));
    for (size_t i = 0; i < blocks->count; i++) {
        const struct block *block = &blocks->items[i];
        front = front && is_front(block);
        if (is_on_cover(block, front))
            continue;
        if (block->kind == BLOCK_HEADING)
            section = numbered(maker->arena, block->heading.number,
                               plain_spans(maker->arena, &block->heading.spans));
        add_text_block(maker, section, block);
    }
    end_sheet(maker, TEXT("table_report_text"));
}

static unsigned markers_used(const struct maker *maker)
{
    unsigned used = 0;
    for (size_t i = 0; i < maker->tables.count; i++)
        used |= table_markers(maker->arena, maker->tables.items[i]);
    return used;
}

static void add_notes(struct maker *maker, unsigned markers)
{
    const struct blocks *notes = &maker->document->notes;
    struct text section = TEXT("Method");
    begin_sheet(maker, TEXT("Notes"), TEXT("Notes"));
    begin_pairs(maker, TEXT("Note"), TEXT("Text"));
    for (int i = 0; i < MARKERS; i++)
        if (markers & (1U << i))
            add_pair(maker, BOOK_BODY, text_format(maker->arena, "[%s]", marker_letters(i)),
                     text_from(marker_meaning(i)));
    for (size_t i = 0; i < notes->count; i++) {
        if (notes->items[i].kind == BLOCK_HEADING)
            section = plain_spans(maker->arena, &notes->items[i].heading.spans);
        else
            add_text_block(maker, section, &notes->items[i]);
    }
    end_sheet(maker, TEXT("table_notes"));
}

bool sheets_make(struct arena *arena, struct diags *diags, const struct document *document,
                 struct book *out)
{
    size_t errors = diags_count(diags, LEVEL_ERROR);
    *out = (struct book){0};
    struct maker maker = {.arena = arena, .diags = diags, .document = document, .book = out};
    name_table_sheets(&maker);
    unsigned markers = markers_used(&maker);
    bool notes = markers || document->notes.count, text = has_report_text(document);
    add_cover(&maker);
    add_contents(&maker, notes, text);
    if (notes)
        add_notes(&maker, markers);
    if (text)
        add_report_text(&maker);
    for (size_t i = 0; i < maker.tables.count; i++)
        add_table_sheet(&maker, i);
    return diags_count(diags, LEVEL_ERROR) == errors;
}
