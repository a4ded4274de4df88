/* list - a short list in a CSV: columns that are all needed, cells that are all filled. */
#include "base/file.h"
#include "read/csv_int.h"
#include "read/encoding_int.h"
#include "read/read.h"

struct list_reader {
    struct arena *arena;
    struct diags *diags;
    struct text path;
    const char *const *columns;
    size_t column_count;
    size_t *positions; /* of the columns; NULL until the header has been read */
    size_t width;      /* fields of the header */
    struct read_rows *out;
};

static bool read_header(struct list_reader *reader, const struct record *row)
{
    bool ok = true;
    struct texts names = {0};
    reader->positions =
        arena_calloc(reader->arena, reader->column_count, sizeof *reader->positions);
    reader->width = row->count;
    for (size_t i = 0; i < row->count; i++)
        texts_add(reader->arena, &names, text_copy(reader->arena, text_trim(row->fields[i])));
    for (size_t c = 0; c < reader->column_count; c++) {
        size_t at = 0;
        while (at < row->count && !text_same_name(names.items[at], text_from(reader->columns[c])))
            at++;
        reader->positions[c] = at;
        if (at < row->count)
            continue;
        diag(reader->diags, DIAG_MISSING_COLUMN, place_at(reader->path, row->line, 0),
             "there is no column '%s': found %.*s", reader->columns[c],
             TEXT_ARG(texts_join(reader->arena, &names, TEXT(", "))));
        ok = false;
    }
    return ok;
}

static bool take_row(void *user, const struct record *row)
{
    struct list_reader *reader = user;
    if (!reader->positions)
        return read_header(reader, row);
    if (row->count != reader->width) {
        diag(reader->diags, DIAG_FIELD_COUNT, place_at(reader->path, row->line, 0),
             "row of %zu fields: expected %zu as in the header", row->count, reader->width);
        return true;
    }
    struct read_row out = {
        .cells = arena_calloc(reader->arena, reader->column_count, sizeof *out.cells),
        .place = place_at(reader->path, row->line, 0),
    };
    for (size_t c = 0; c < reader->column_count; c++) {
        size_t at = reader->positions[c];
        out.cells[c] = text_copy(reader->arena, text_trim(row->fields[at]));
        if (!out.cells[c].len)
            diag(reader->diags, DIAG_MISSING_VALUE,
                 place_at(reader->path, row->line, (unsigned)at + 1), "no %s in this row",
                 reader->columns[c]);
    }
    struct read_rows *rows = reader->out;
    rows->items = arena_grow(reader->arena, rows->items, rows->count, &rows->capacity, sizeof out);
    rows->items[rows->count++] = out;
    return true;
}

bool read_list(struct arena *arena, struct diags *diags, struct text path, struct place named,
               const char *const *columns, size_t column_count, struct read_rows *out)
{
    size_t errors = diags_count(diags, LEVEL_ERROR);
    struct list_reader reader = {.arena = arena,
                                 .diags = diags,
                                 .path = path,
                                 .columns = columns,
                                 .column_count = column_count,
                                 .out = out};
    struct text bytes, text;
    const char *encoding;
    *out = (struct read_rows){0};
    if (!file_read(arena, diags, path, named, FILE_CAP_TEXT, &bytes) ||
        !encoding_decode(arena, diags, path, bytes, &text, &encoding) ||
        !csv_read(arena, diags, path, text, 0, &limits_default, take_row, &reader))
        return false;
    if (!out->count && diags_count(diags, LEVEL_ERROR) == errors)
        diag(diags, DIAG_NO_ROWS, place_file(path), "no rows below the header");
    return diags_count(diags, LEVEL_ERROR) == errors;
}

static bool take_any_row(void *user, const struct record *row)
{
    struct list_reader *reader = user;
    struct read_rows *rows = reader->out;
    if (!rows->count)
        rows->width = row->count;
    if (row->count != rows->width) {
        diag(reader->diags, DIAG_FIELD_COUNT, place_at(reader->path, row->line, 0),
             "row of %zu fields: expected %zu as in the first", row->count, rows->width);
        return false;
    }
    struct read_row out = {.cells = arena_calloc(reader->arena, row->count, sizeof *out.cells),
                           .place = place_at(reader->path, row->line, 0)};
    for (size_t c = 0; c < row->count; c++)
        out.cells[c] = text_copy(reader->arena, row->fields[c]);
    rows->items = arena_grow(reader->arena, rows->items, rows->count, &rows->capacity, sizeof out);
    rows->items[rows->count++] = out;
    return true;
}

bool read_table(struct arena *arena, struct diags *diags, struct text path, struct read_rows *out)
{
    struct list_reader reader = {.arena = arena, .diags = diags, .path = path, .out = out};
    struct text bytes;
    *out = (struct read_rows){0};
    return file_read(arena, diags, path, PLACE_NONE, limits_most.file, &bytes) &&
           csv_read(arena, diags, path, bytes, ',', &limits_most, take_any_row, &reader);
}
