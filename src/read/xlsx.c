/* xlsx - a whole workbook as its cells' values: the proof of one that was written here. */
#include "base/file.h"
#include "read/number_format_int.h"
#include "read/xlsx_int.h"

struct gathering {
    struct xlsx *book;
    struct sheet *sheet;
    size_t *cells; /* of all sheets */
};

static bool read_number(struct arena *arena, struct text raw, struct text *out)
{
    static const struct number_format general = {.currency = ""};
    char room[NUMBER_ROOM];
    *out = text_copy(arena, number_show(&general, false, raw, room));
    return out->len > 0;
}

/* Kind and value of a cell by its type; false when they do not fit together. */
static bool read_value(const struct xlsx *book, const struct xlsx_cell *cell,
                       struct sheet_cell *out)
{
    struct text raw = text_trim(cell->value);
    out->kind = SHEET_STRING;
    switch (cell->type) {
    case XLSX_SHARED:
        return xlsx_shared(book, raw, &out->value);
    case XLSX_INLINE:
        out->value = xlsx_unescape(book->arena, cell->string);
        return true;
    case XLSX_STRING:
    case XLSX_DATE:
        out->value = xlsx_unescape(book->arena, cell->value);
        return true;
    case XLSX_BOOLEAN:
    case XLSX_ERROR:
        out->kind = cell->type == XLSX_BOOLEAN ? SHEET_BOOLEAN : SHEET_ERROR;
        out->value = text_copy(book->arena, raw);
        return true;
    case XLSX_NUMBER:
        out->kind = SHEET_NUMBER;
        return read_number(book->arena, raw, &out->value);
    case XLSX_OTHER:
        break;
    }
    return false;
}

static const char *take_cell(void *context, const struct xlsx_cell *cell)
{
    struct gathering *gathering = context;
    struct sheet *sheet = gathering->sheet;
    struct sheet_cell found = {.row = cell->row,
                               .column = cell->column,
                               .kind = SHEET_STRING,
                               .value = TEXT_EMPTY,
                               .formula = cell->formula};
    bool blank = !cell->value.len && !cell->string.len;
    if (!blank && !read_value(gathering->book, cell, &found))
        return "the cell's value does not fit its type";
    if (!found.value.len && !found.formula)
        return NULL;
    if (++*gathering->cells > XLSX_CELL_CAP)
        return "the workbook has too many cells";
    sheet->cells = arena_grow(gathering->book->arena, sheet->cells, sheet->count, &sheet->capacity,
                              sizeof found);
    sheet->cells[sheet->count++] = found;
    return NULL;
}

static bool read_sheets(struct xlsx *book, struct workbook *out)
{
    static const struct xlsx_sheet_handlers handlers = {.cell = take_cell};
    size_t cells = 0;
    for (size_t i = 0; i < book->sheet_count; i++) {
        out->sheets =
            arena_grow(book->arena, out->sheets, out->count, &out->capacity, sizeof *out->sheets);
        struct sheet *sheet = &out->sheets[out->count++];
        *sheet = (struct sheet){.name = book->sheets[i].name};
        struct gathering gathering = {book, sheet, &cells};
        if (!xlsx_read_cells(book, book->sheets[i].part, &handlers, &gathering))
            return false;
    }
    return true;
}

/*
 * A renderer's library may lose bytes of a part without a word when a disk is full for a moment:
 * parts that hold no cells (styles, charts, relations) must be read to their end too.
 */
static bool every_part_is_sound(struct xlsx *book)
{
    static const struct xml_handlers nothing = {0};
    struct texts names = archive_names(book->archive);
    for (size_t i = 0; i < names.count; i++) {
        struct xlsx_part part;
        struct text name = names.items[i];
        bool has_cells = text_starts(name, TEXT("xl/worksheets/sheet")) ||
                         text_is(name, "xl/sharedStrings.xml"); /* read already */
        bool is_xml = text_ends(name, TEXT(".xml")) || text_ends(name, TEXT(".rels"));
        if (is_xml && !has_cells && !xlsx_read_part(book, name, &nothing, &part))
            return false;
    }
    return true;
}

static bool read_all(struct arena *arena, struct diags *diags, struct text bytes,
                     struct place place, bool strictly, struct workbook *out)
{
    *out = (struct workbook){0};
    struct xlsx book = {.arena = arena, .diags = diags, .place = place};
    book.archive = archive_open(arena, diags, bytes, place);
    if (!book.archive)
        return false;
    bool ok = xlsx_open(&book) && xlsx_read_strings(&book) && read_sheets(&book, out) &&
              (!strictly || every_part_is_sound(&book));
    archive_close(book.archive);
    if (!ok)
        *out = (struct workbook){0};
    return ok;
}

bool xlsx_read(struct arena *arena, struct diags *diags, struct text bytes, struct place place,
               struct workbook *out)
{
    return read_all(arena, diags, bytes, place, false, out);
}

bool read_workbook(struct arena *arena, struct diags *diags, struct text path, struct workbook *out)
{
    struct text bytes;
    *out = (struct workbook){0};
    return file_read(arena, diags, path, place_file(path), FILE_CAP_INPUT, &bytes) &&
           read_all(arena, diags, bytes, place_file(path), true, out);
}
