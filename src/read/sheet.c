/* sheet - a source's rows from one sheet of a workbook, of either kind. */
#include "read/sheet_int.h"

#include "base/file.h"
#include "base/hash.h"
#include "read/read_int.h"

#include <string.h>

/* A workbook while one sheet of it is read. */
struct sheet_reading {
    struct source *source;
    const struct sheet_format *format;
    struct open_book *book;
    struct sheet_list sheets;
    size_t chosen;
    bool read_hidden;
};

/* The key is about the source's own files, not about its lookup. */
static const struct ini_entry *sheet_key(const struct sheet_reading *reading)
{
    const struct source *source = reading->source;
    bool is_lookup = source->path.ptr == source->lookup.path.ptr;
    return is_lookup ? NULL : ini_entry(source->section, "sheet");
}

static struct place file_place(const struct sheet_reading *reading)
{
    return place_file(reading->source->path);
}

static struct texts sheet_names(const struct sheet_reading *reading)
{
    struct texts names = {0};
    for (size_t i = 0; i < reading->sheets.count; i++)
        texts_add(reading->source->scratch, &names, reading->sheets.items[i].name);
    return names;
}

/* `hidden = skip` or `read`. */
static bool read_hidden_key(struct source *source, bool *read)
{
    const struct ini_entry *entry = ini_entry(source->section, "hidden");
    *read = entry && text_same_name(entry->value, TEXT("read"));
    if (!entry || *read || text_same_name(entry->value, TEXT("skip")))
        return true;
    diag(source->diags, DIAG_BAD_VALUE, entry->value_place,
         "'%.*s' is no way to treat what is hidden: expected 'skip' or 'read'",
         TEXT_ARG(text_quote(source->arena, entry->value)));
    return false;
}

/* "2" as 1; false for anything but a number. */
static bool sheet_number(struct text t, size_t *out)
{
    size_t number = 0;
    for (size_t i = 0; i < t.len; i++) {
        if (t.ptr[i] < '0' || t.ptr[i] > '9' || number > limits_most.parts)
            return false;
        number = number * 10 + (size_t)(t.ptr[i] - '0');
    }
    *out = number - 1;
    return number > 0;
}

static bool choose_named(struct sheet_reading *reading, const struct ini_entry *key)
{
    struct arena *arena = reading->source->scratch;
    struct texts names = sheet_names(reading);
    reading->chosen = texts_find_name(&names, key->value);
    if (reading->chosen < names.count ||
        (sheet_number(key->value, &reading->chosen) && reading->chosen < names.count))
        return true;
    diag(reading->source->diags, DIAG_BAD_VALUE, key->value_place,
         "'%.*s' has no sheet '%.*s'; its sheets: %.*s", TEXT_ARG(reading->source->path),
         TEXT_ARG(text_quote(arena, key->value)), TEXT_ARG(names_found(arena, &names, key->value)));
    return false;
}

static bool choose_first(struct sheet_reading *reading)
{
    for (size_t i = 0; i < reading->sheets.count; i++)
        if (reading->read_hidden || !reading->sheets.items[i].hidden) {
            reading->chosen = i;
            return true;
        }
    diag(reading->source->diags, DIAG_FORMAT, file_place(reading),
         reading->sheets.count ? "all sheets are hidden: name the one to read by 'sheet ='"
                               : "the workbook has no sheet with cells");
    return false;
}

static struct grid new_grid(struct sheet_reading *reading, size_t number, struct diags *diags)
{
    struct arena *arena = reading->source->scratch;
    return (struct grid){.arena = arena,
                         .diags = diags,
                         .file = reading->source->path,
                         .sheet = reading->sheets.items[number].name,
                         .read_hidden = reading->read_hidden,
                         .bytes.arena = arena};
}

/* Whether a sheet that is not read holds anything; damage in it is nobody's concern. */
static bool holds_cells(struct sheet_reading *reading, size_t number)
{
    const struct sheet_entry *entry = &reading->sheets.items[number];
    if (entry->is_known)
        return entry->holds_cells;
    struct diags unheard = diags_new(reading->source->scratch);
    struct grid grid = new_grid(reading, number, &unheard);
    grid.only_peek = true;
    reading->format->read(reading->book, number, &grid);
    return grid.count > 0;
}

static struct text quoted_list(struct sheet_reading *reading, const struct texts *names)
{
    struct arena *arena = reading->source->scratch;
    struct texts quoted = {0};
    for (size_t i = 0; i < names->count; i++)
        texts_add(arena, &quoted,
                  text_format(arena, "'%.*s'", TEXT_ARG(text_quote(arena, names->items[i]))));
    return texts_join(arena, &quoted, TEXT(", "));
}

static void tell_others(struct sheet_reading *reading)
{
    struct texts others = {0};
    for (size_t i = 0; i < reading->sheets.count; i++)
        if (i != reading->chosen && (reading->read_hidden || !reading->sheets.items[i].hidden) &&
            holds_cells(reading, i))
            texts_add(reading->source->scratch, &others, reading->sheets.items[i].name);
    if (others.count)
        diag(reading->source->diags, DIAG_READ, file_place(reading),
             "sheet '%.*s' is read, the first; not read: %.*s; 'sheet =' names another",
             TEXT_ARG(text_quote(reading->source->scratch, reading->source->sheet)),
             TEXT_ARG(quoted_list(reading, &others)));
}

static void tell_hidden_sheets(struct sheet_reading *reading)
{
    struct source *source = reading->source;
    struct texts hidden = {0};
    if (reading->read_hidden)
        return;
    if (reading->sheets.items[reading->chosen].hidden)
        diag(source->diags, DIAG_HIDDEN, file_place(reading),
             "sheet '%.*s' is hidden, and is read because 'sheet =' names it",
             TEXT_ARG(text_quote(source->scratch, source->sheet)));
    for (size_t i = 0; i < reading->sheets.count && !sheet_key(reading); i++)
        if (reading->sheets.items[i].hidden)
            texts_add(source->scratch, &hidden, reading->sheets.items[i].name);
    if (hidden.count)
        diag(source->diags, DIAG_HIDDEN, file_place(reading),
             "%zu hidden sheet%s not looked at: %.*s; 'sheet =' names the one to read, "
             "'hidden = read' takes hidden ones as others",
             hidden.count, hidden.count == 1 ? " is" : "s are",
             TEXT_ARG(quoted_list(reading, &hidden)));
}

static void tell_hidden_rows(struct sheet_reading *reading, const struct grid *grid)
{
    size_t count = 0, first = 0;
    for (size_t i = grid->count; i-- > 0;)
        if (grid->rows[i].hidden) {
            count++;
            first = i;
        }
    if (count)
        diag(reading->source->diags, DIAG_HIDDEN,
             place_in_sheet(grid->file, grid->sheet, grid->rows[first].line, 0),
             "%zu row%s with cells %s hidden and not read, the first here; 'hidden = read' reads "
             "them",
             count, count == 1 ? "" : "s", count == 1 ? "is" : "are");
}

static void tell_hidden_columns(struct sheet_reading *reading, const struct grid *grid)
{
    size_t count = 0;
    unsigned first = 0;
    for (unsigned i = SHEET_COLUMNS; grid->column_is_hidden && i-- > 0;)
        if (grid->hidden_cell_row[i]) {
            count++;
            first = i;
        }
    if (count)
        diag(reading->source->diags, DIAG_HIDDEN,
             grid_place(grid, grid->hidden_cell_row[first], first),
             "%zu column%s with cells %s hidden and not read, the first here; 'hidden = read' "
             "reads them",
             count, count == 1 ? "" : "s", count == 1 ? "is" : "are");
}

static void tell_filled(void *user, unsigned line, unsigned column)
{
    struct source *source = user;
    source_repair(source, place_in_sheet(source->path, source->sheet, line, column),
                  "blank cell of a merge filled with the value of its first cell");
}

/* The cells of a row, dense; their number. */
static size_t spread(const struct grid_row *row, struct text *fields)
{
    size_t count = row->cells[row->count - 1].column + 1U;
    for (size_t i = 0; i < count; i++)
        fields[i] = TEXT_EMPTY;
    for (size_t i = 0; i < row->count; i++)
        fields[row->cells[i].column] = (struct text){row->cells[i].ptr, row->cells[i].len};
    return count;
}

static bool hand_out(struct source *source, const struct grid *grid, record_taker *take, void *user)
{
    struct text *fields = arena_calloc(source->scratch, SHEET_COLUMNS, sizeof *fields);
    unsigned last = 0;
    bool ok = true;
    for (size_t i = 0; i < grid->count && ok; i++) {
        const struct grid_row *row = &grid->rows[i];
        struct record record = {.line = row->line,
                                .after_blank = row->line > last + 1,
                                .fields = fields,
                                .count = spread(row, fields)};
        last = row->line;
        source->row_is_hidden = row->hidden;
        ok = take(user, &record);
    }
    source->row_is_hidden = false;
    return ok;
}

static bool choose(struct sheet_reading *reading)
{
    const struct ini_entry *key = sheet_key(reading);
    if (!(key ? choose_named(reading, key) : choose_first(reading)))
        return false;
    struct source *source = reading->source;
    source->sheet = text_copy(source->arena, reading->sheets.items[reading->chosen].name);
    source->account->sheet = source->sheet;
    return true;
}

static bool gather(struct sheet_reading *reading, struct grid *grid)
{
    return reading->format->read(reading->book, reading->chosen, grid) && !grid->formulas &&
           grid_fill_merges(grid, tell_filled, reading->source);
}

static bool read_archive(struct sheet_reading *reading, struct archive *archive, struct grid *grid)
{
    struct source *source = reading->source;
    struct place place = file_place(reading);
    reading->format = archive_format(source->scratch, source->diags, archive, place);
    if (!reading->format)
        return false;
    source->account->encoding = text_from(reading->format->name);
    reading->book =
        reading->format->open(source->scratch, source->diags, archive, place, &reading->sheets);
    if (!reading->book || !choose(reading))
        return false;
    *grid = new_grid(reading, reading->chosen, source->diags);
    if (!gather(reading, grid))
        return false;
    tell_hidden_sheets(reading);
    if (!sheet_key(reading))
        tell_others(reading);
    tell_hidden_rows(reading, grid);
    tell_hidden_columns(reading, grid);
    return true;
}

bool sheet_read(struct source *source, struct place place, record_taker *take, void *user)
{
    struct text bytes;
    struct sheet_reading reading = {.source = source};
    struct grid grid;
    if (!read_hidden_key(source, &reading.read_hidden) ||
        !file_read(source->scratch, source->diags, source->path, place, source->limits->file,
                   &bytes))
        return false;
    source->account->bytes = bytes.len;
    source->account->sha256 = hash_sha256(source->arena, bytes);
    if (export_is_repeated(source, place))
        return false;
    if (is_ole(bytes)) {
        refuse_ole(source->diags, bytes, place_file(source->path));
        return false;
    }
    struct archive *archive = archive_open(source->scratch, source->diags, bytes,
                                           place_file(source->path), source->limits);
    bool ok = archive && read_archive(&reading, archive, &grid);
    archive_close(archive);
    return ok && hand_out(source, &grid, take, user);
}
