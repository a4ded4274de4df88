/* ods - a sheet of an OpenDocument spreadsheet as the texts of its cells (sheet_int.h). */
#include "read/ods_int.h"

#define FAMILY "urn:oasis:names:tc:opendocument:xmlns:"

struct open_book {
    struct arena *arena;
    struct diags *diags;
    struct archive *archive;
    struct place place;
};

/* No sheet is gathered: the list is made. */
#define NO_SHEET SIZE_MAX

struct content {
    struct open_book *book;
    struct xml *xml;
    struct sheet_list *list; /* of all sheets, or NULL when `grid` takes the cells of one */
    struct grid *grid;
    size_t wanted;
    size_t tables; /* begun */
    bool done;

    struct texts hidden_styles; /* of tables */
    struct text style;          /* that is being defined */

    /* Depths of the elements that are open; 0: not inside one. */
    unsigned depth, spreadsheet, table, row, cell;
    bool counts; /* the table is one of the workbook's own sheets */
    size_t line; /* of the row, from 1 */
    size_t row_repeat;
    bool row_hidden;
    size_t column; /* the next cell's, from 0 */
    size_t next_column_style;
    struct ods_cell value;
};

static void refuse(struct content *state, const char *reason)
{
    diag(state->book->diags, DIAG_FORMAT, xml_place(state->xml), "%s", reason);
    xml_stop(state->xml);
}

static bool is_hidden(struct xml_attributes attributes)
{
    struct text visibility = xml_attribute(attributes, "visibility");
    return text_is(visibility, "collapse") || text_is(visibility, "filter");
}

static void start_style(struct content *state, struct text name, struct xml_attributes attributes)
{
    struct arena *arena = state->book->arena;
    if (text_is(name, "style"))
        state->style = text_copy(arena, xml_attribute(attributes, "name"));
    else if (text_is(name, "table-properties") &&
             text_is(xml_attribute(attributes, "display"), "false"))
        texts_add(arena, &state->hidden_styles, state->style);
}

/* Copies of other files' sheets that formulas refer to are kept as tables too. */
static bool is_copy(struct text name)
{
    return text_starts(name, TEXT("'")) && text_contains(name, TEXT("'#$"));
}

static void start_table(struct content *state, struct xml_attributes attributes)
{
    struct arena *arena = state->book->arena;
    struct text name = text_copy(arena, xml_attribute(attributes, "name"));
    struct text style = xml_attribute(attributes, "style-name");
    state->table = state->depth;
    state->counts = !is_copy(name);
    state->line = 1;
    state->next_column_style = 0;
    if (!state->counts)
        return;
    if (state->list)
        sheet_list_add(arena, state->list,
                       (struct sheet_entry){.name = name,
                                            .hidden = texts_find(&state->hidden_styles, style) <
                                                      state->hidden_styles.count,
                                            .is_known = true});
    else
        state->counts = state->tables == state->wanted;
    state->tables++;
}

static void start_column(struct content *state, struct xml_attributes attributes)
{
    size_t count = ods_count(attributes, "number-columns-repeated", SHEET_COLUMNS);
    size_t first = state->next_column_style;
    if (state->grid && count && first < SHEET_COLUMNS && is_hidden(attributes))
        grid_hide_columns(state->grid, (unsigned)first, (unsigned)(first + count - 1));
    if (first < SHEET_COLUMNS)
        state->next_column_style += count;
}

static void start_row(struct content *state, struct xml_attributes attributes)
{
    state->row = state->depth;
    state->row_repeat = ods_count(attributes, "number-rows-repeated", SHEET_ROWS);
    state->row_hidden = is_hidden(attributes);
    state->column = 0;
    if (!state->row_repeat)
        refuse(state, "the row has no sound number of repeats");
}

static void note_merge(struct content *state, struct xml_attributes attributes)
{
    size_t rows = ods_count(attributes, "number-rows-spanned", SHEET_ROWS);
    if (rows > 1 && state->line <= SHEET_ROWS && state->column < SHEET_COLUMNS && state->grid)
        grid_merge(state->grid, (struct grid_range){.first_row = (uint32_t)state->line - 1,
                                                    .last_row = (uint32_t)(state->line + rows - 2),
                                                    .first_column = (uint16_t)state->column,
                                                    .last_column = (uint16_t)state->column});
}

static void start_cell(struct content *state, struct xml_attributes attributes)
{
    state->cell = state->depth;
    ods_cell_begin(&state->value, attributes);
    note_merge(state, attributes);
    if (!state->value.repeat)
        refuse(state, "the cell has no sound number of repeats");
}

static void start(void *context, struct text name, struct xml_attributes attributes)
{
    struct content *state = context;
    state->depth++;
    if (state->cell)
        ods_cell_start(&state->value, name, attributes);
    else if (state->row) {
        if (state->counts && state->depth == state->row + 1 &&
            (text_is(name, "table-cell") || text_is(name, "covered-table-cell")))
            start_cell(state, attributes);
    } else if (state->table) {
        if (text_is(name, "table-row"))
            start_row(state, attributes);
        else if (text_is(name, "table-column"))
            start_column(state, attributes);
    } else if (state->spreadsheet) {
        if (text_is(name, "table") && state->depth == state->spreadsheet + 1)
            start_table(state, attributes);
    } else if (text_is(name, "spreadsheet")) {
        state->spreadsheet = state->depth;
    } else {
        start_style(state, name, attributes);
    }
}

static bool is_blank(const struct ods_cell *cell)
{
    return cell->type == ODS_NONE && !cell->text.len && !cell->formula;
}

static void add_cell(struct content *state)
{
    struct ods_cell *cell = &state->value;
    struct grid *grid = state->grid;
    struct text field;
    if (state->column + cell->repeat > SHEET_COLUMNS || state->line > SHEET_ROWS) {
        refuse(state, "more cells than a sheet can have");
        return;
    }
    bool hidden = state->row_hidden && !grid->read_hidden;
    if (ods_cell_lacks_value(cell)) {
        if (!hidden && grid_wants(grid, (unsigned)state->line, (unsigned)state->column))
            grid_no_value(grid, (unsigned)state->line, (unsigned)state->column);
        return;
    }
    if (!ods_cell_field(cell, &field)) {
        refuse(state, "the cell's value does not fit its type, or is longer than a cell can be");
        return;
    }
    if (cell->repeat > 1)
        field = text_copy(state->book->arena, field);
    for (size_t i = 0; i < cell->repeat; i++) {
        unsigned column = (unsigned)(state->column + i);
        if (!field.len || !grid_wants(grid, (unsigned)state->line, column))
            continue;
        if (cell->repeat > 1)
            grid_add(grid, column, field);
        else
            grid_add_copy(grid, column, field);
    }
}

static void end_cell(struct content *state)
{
    struct ods_cell *cell = &state->value;
    state->cell = 0;
    if (!is_blank(cell)) {
        if (state->list)
            state->list->items[state->list->count - 1].holds_cells = true;
        else
            add_cell(state);
    }
    if (state->column < SHEET_COLUMNS)
        state->column += cell->repeat;
}

static void end_row(struct content *state)
{
    state->row = 0;
    size_t last = state->line + state->row_repeat - 1;
    if (state->counts && state->grid && state->grid->pending_count) {
        if (last > SHEET_ROWS)
            refuse(state, "more rows than a sheet can have");
        else if (!grid_end_row(state->grid, (unsigned)state->line, state->row_hidden,
                               state->row_repeat))
            xml_stop(state->xml);
    }
    state->line = last < SHEET_ROWS ? last + 1 : SHEET_ROWS + 1;
}

static void end(void *context, struct text name)
{
    struct content *state = context;
    (void)name;
    if (state->cell == state->depth && state->cell)
        end_cell(state);
    else if (state->cell)
        ods_cell_end(&state->value);
    else if (state->row == state->depth && state->row)
        end_row(state);
    else if (state->table == state->depth && state->table) {
        state->table = 0;
        state->done = state->grid && state->counts;
        if (state->done) /* the rest was read, and its checksum was right, for the list */
            xml_stop(state->xml);
    } else if (state->spreadsheet == state->depth)
        state->spreadsheet = 0;
    state->depth--;
}

static void characters(void *context, struct text piece)
{
    struct content *state = context;
    if (state->cell)
        ods_cell_characters(&state->value, piece);
}

static bool read_content(struct content *state)
{
    static const struct xml_handlers handlers = {start, end, characters};
    struct open_book *book = state->book;
    struct place place = book->place;
    place.part = TEXT("content.xml");
    state->value.text.arena = state->value.value.arena = book->arena;
    state->xml = xml_new_of(book->arena, book->diags, place, FAMILY, &handlers, state);
    xml_set_depth(state->xml, archive_limits(book->archive)->depth);
    bool ok =
        archive_stream(book->archive, place.part, xml_take, state->xml) && xml_finish(state->xml);
    xml_free(state->xml);
    return ok || state->done;
}

static void manifest_start(void *context, struct text name, struct xml_attributes attributes)
{
    bool *encrypted = context;
    (void)attributes;
    *encrypted |= text_is(name, "encryption-data");
}

/* The manifest says which parts are encrypted; a file without one has none. */
static bool is_encrypted(struct open_book *book, bool *encrypted)
{
    static const struct xml_handlers handlers = {.start = manifest_start};
    struct place place = book->place;
    place.part = TEXT("META-INF/manifest.xml");
    *encrypted = archive_has(book->archive, TEXT("encrypted-package"));
    if (!archive_has(book->archive, place.part))
        return true;
    struct xml *xml = xml_new_of(book->arena, book->diags, place, FAMILY, &handlers, encrypted);
    xml_set_depth(xml, archive_limits(book->archive)->depth);
    bool ok = archive_stream(book->archive, place.part, xml_take, xml) && xml_finish(xml);
    xml_free(xml);
    return ok;
}

static struct open_book *open_document(struct arena *arena, struct diags *diags,
                                       struct archive *archive, struct place place,
                                       struct sheet_list *list)
{
    struct open_book *book = arena_alloc(arena, sizeof *book);
    *book = (struct open_book){arena, diags, archive, place};
    bool encrypted;
    if (!is_encrypted(book, &encrypted))
        return NULL;
    if (encrypted) {
        diag(diags, DIAG_FORMAT, place,
             "this spreadsheet is encrypted with a password: open it in LibreOffice and save it "
             "without ('Save with password' off)");
        return NULL;
    }
    struct content state = {.book = book, .list = list, .wanted = NO_SHEET};
    return read_content(&state) ? book : NULL;
}

static bool read_document(struct open_book *book, size_t number, struct grid *grid)
{
    struct content state = {.book = book, .grid = grid, .wanted = number};
    return read_content(&state);
}

const struct sheet_format open_document_format = {"OpenDocument spreadsheet", open_document,
                                                  read_document};
