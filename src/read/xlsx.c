/* xlsx - a whole workbook as its cells' values: the proof of one that was written here. */
#include "base/file.h"
#include "read/number_format_int.h"
#include "read/xlsx_int.h"

/* Who takes the cells, where they are not kept. */
struct taker {
    void (*take)(void *context, size_t sheet, const struct sheet_cell *cell);
    void *context;
};

struct gathering {
    struct xlsx *book;
    const struct taker *taker; /* NULL: they are kept */
    struct arena *values;      /* where the values of cells are */
    size_t number;             /* of the sheet */
    struct sheet *sheet;
    size_t *cells;             /* of all sheets */
    const struct texts *codes; /* of number formats, one a style; none when nobody asks */
};

static bool read_number(struct arena *arena, struct text raw, struct text *out)
{
    static const struct number_format general = {.currency = ""};
    char room[NUMBER_ROOM];
    *out = text_copy(arena, number_show(&general, false, raw, room));
    return out->len > 0;
}

/* Kind and value of a cell by its type; false when they do not fit together. */
static bool read_value(const struct xlsx *book, struct arena *values, const struct xlsx_cell *cell,
                       struct sheet_cell *out)
{
    struct text raw = text_trim(cell->value);
    out->kind = SHEET_STRING;
    switch (cell->type) {
    case XLSX_SHARED:
        return xlsx_shared(book, raw, &out->value);
    case XLSX_INLINE:
        out->value = xlsx_unescape(values, cell->string);
        return true;
    case XLSX_STRING:
    case XLSX_DATE:
        out->value = xlsx_unescape(values, cell->value);
        return true;
    case XLSX_BOOLEAN:
    case XLSX_ERROR:
        out->kind = cell->type == XLSX_BOOLEAN ? SHEET_BOOLEAN : SHEET_ERROR;
        out->value = text_copy(values, raw);
        return true;
    case XLSX_NUMBER:
        out->kind = SHEET_NUMBER;
        return read_number(values, raw, &out->value);
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
                               .format = TEXT_EMPTY,
                               .formula = cell->formula};
    bool blank = !cell->value.len && !cell->string.len;
    if (!blank && !read_value(gathering->book, gathering->values, cell, &found))
        return "the cell's value does not fit its type";
    if (!found.value.len && !found.formula)
        return NULL;
    if (gathering->codes->count && cell->style >= gathering->codes->count)
        return "the cell has a style that the workbook does not";
    if (gathering->codes->count)
        found.format = gathering->codes->items[cell->style];
    if (++*gathering->cells > XLSX_CELL_CAP)
        return "the workbook has too many cells";
    if (gathering->taker) {
        gathering->taker->take(gathering->taker->context, gathering->number, &found);
        sheet->count++;
        return NULL;
    }
    sheet->cells = arena_grow(gathering->book->arena, sheet->cells, sheet->count, &sheet->capacity,
                              sizeof found);
    sheet->cells[sheet->count++] = found;
    return NULL;
}

static bool take_row_end(void *context, unsigned row, bool hidden)
{
    struct gathering *gathering = context;
    (void)row;
    gathering->sheet->hidden |= hidden;
    if (gathering->taker)
        arena_reset(gathering->values);
    return true;
}

static void take_hidden_columns(void *context, unsigned first, unsigned last)
{
    struct gathering *gathering = context;
    (void)first, (void)last;
    gathering->sheet->hidden = true;
}

static void take_merge(void *context, const unsigned rows[2], const unsigned columns[2])
{
    struct gathering *gathering = context;
    (void)rows, (void)columns;
    gathering->sheet->merged = true;
}

static void take_link(void *context, struct text cell, struct text target)
{
    struct gathering *gathering = context;
    struct sheet *sheet = gathering->sheet;
    struct arena *arena = gathering->book->arena;
    sheet->links = arena_grow(arena, sheet->links, sheet->link_count, &sheet->link_capacity,
                              sizeof *sheet->links);
    sheet->links[sheet->link_count++] =
        (struct sheet_link){text_copy(arena, cell), text_copy(arena, target)};
}

static bool read_sheets(struct xlsx *book, const struct texts *codes, const struct taker *taker,
                        struct arena *values, struct workbook *out)
{
    static const struct xlsx_sheet_handlers handlers = {take_cell, take_row_end,
                                                        take_hidden_columns, take_merge, take_link};
    size_t cells = 0;
    for (size_t i = 0; i < book->sheet_count; i++) {
        out->sheets =
            arena_grow(book->arena, out->sheets, out->count, &out->capacity, sizeof *out->sheets);
        struct sheet *sheet = &out->sheets[out->count++];
        *sheet = (struct sheet){.name = book->sheets[i].name,
                                .part = book->sheets[i].part,
                                .hidden = book->sheets[i].hidden};
        struct gathering gathering = {book, taker, values, i, sheet, &cells, codes};
        if (!xlsx_read_cells(book, book->sheets[i].part, &handlers, &gathering))
            return false;
    }
    return true;
}

static void count_strings(const struct xlsx *book, struct workbook *out)
{
    for (size_t i = 0; i < book->shared.count; i++)
        out->strings_unused += !book->shared_used[i];
}

static bool read_all(struct arena *arena, struct diags *diags, struct text bytes,
                     struct place place, bool strictly, const struct taker *taker,
                     struct workbook *out)
{
    *out = (struct workbook){0};
    struct xlsx book = {.arena = arena, .diags = diags, .place = place};
    struct texts codes = {0};
    book.archive =
        archive_open(arena, diags, bytes, place, strictly ? &limits_most : &limits_default);
    if (!book.archive)
        return false;
    struct arena *scratch = taker ? arena_new() : NULL;
    bool ok = xlsx_open(&book) && xlsx_read_strings(&book) &&
              (!strictly || xlsx_read_codes(&book, &codes)) &&
              read_sheets(&book, &codes, taker, taker ? scratch : arena, out) &&
              (!strictly || xlsx_prove(&book, out));
    arena_free(scratch);
    archive_close(book.archive);
    if (ok)
        count_strings(&book, out);
    else
        *out = (struct workbook){0};
    return ok;
}

bool xlsx_read(struct arena *arena, struct diags *diags, struct text bytes, struct place place,
               struct workbook *out)
{
    return read_all(arena, diags, bytes, place, false, NULL, out);
}

static bool read_file(struct arena *arena, struct diags *diags, struct text path,
                      const struct taker *taker, struct workbook *out)
{
    struct text bytes;
    *out = (struct workbook){0};
    return file_read(arena, diags, path, place_file(path), limits_most.file, &bytes) &&
           read_all(arena, diags, bytes, place_file(path), true, taker, out);
}

bool read_workbook(struct arena *arena, struct diags *diags, struct text path, struct workbook *out)
{
    return read_file(arena, diags, path, NULL, out);
}

bool read_workbook_cells(struct arena *arena, struct diags *diags, struct text path,
                         void (*take)(void *context, size_t sheet, const struct sheet_cell *cell),
                         void *context, struct workbook *out)
{
    const struct taker taker = {take, context};
    return read_file(arena, diags, path, &taker, out);
}
