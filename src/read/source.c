/* source - the files of a source, and each row on its way to the dialect and into the account. */
#include "read/read_int.h"

#include "base/file.h"

#include <string.h>

/* A file that goes wrong this often is not the export it should be; each message takes memory. */
enum { REJECTED_CAP = 10000, MESSAGE_CAP = 100000 };

struct place source_place(const struct source *source, const struct record *row, size_t position)
{
    unsigned column = position == NO_COLUMN ? 0 : (unsigned)position + 1;
    if (source->sheet.len)
        return place_in_sheet(source->path, source->sheet, row->line, column);
    return place_at(source->path, row->line, column);
}

struct place source_header_place(const struct source *source, size_t position)
{
    struct place place = source->header.place;
    place.column = (unsigned)position + 1;
    return place;
}

void source_repair(struct source *source, struct place place, const char *what)
{
    account_repair(source->arena, source->account, text_from(what));
    diag(source->diags, DIAG_REPAIR, place, "%s", what);
}

struct place source_cell_place(const struct source *source, const struct record *row, size_t column)
{
    return source_place(source, row, source->header.column[column]);
}

enum row_fate source_exclude(struct source *source, struct text rule)
{
    account_exclude(source->arena, source->account, rule, 1);
    return ROW_EXCLUDED;
}

static enum row_fate reject_count(struct source *source, const struct record *row)
{
    size_t expected = source->header.names.count;
    if (source->sheet.len)
        diag(source->diags, DIAG_FIELD_COUNT, source_place(source, row, expected),
             "row of %zu cells: expected %zu as in the header; the row is left out", row->count,
             expected);
    else
        diag(source->diags, DIAG_FIELD_COUNT, source_place(source, row, NO_COLUMN),
             "row of %zu fields: expected %zu as in the header; the row is left out", row->count,
             expected);
    return ROW_REJECTED;
}

static const char *key_for_nameless(const struct source *source)
{
    for (const char *const *key = source->dialect->reader->keys; *key; key++)
        if (strcmp(*key, "ignore") == 0)
            return *key;
    return source->dialect->columns[0].name;
}

static bool nameless_are_blank(struct source *source, const struct record *row)
{
    const struct header *header = &source->header;
    for (size_t n = 0; n < header->nameless_count; n++) {
        size_t i = header->nameless[n];
        if (header->taken[i] || !text_trim(row->fields[i]).len)
            continue;
        diag(source->diags, DIAG_MISSING_COLUMN, source_place(source, row, i),
             "this field is not blank, but its column has no name in the header: name it there, or "
             "say in [%.*s] what it is, as in '%s = column %zu'",
             TEXT_ARG(source->section->title), key_for_nameless(source), i + 1);
        return false;
    }
    return true;
}

static enum row_fate judge(struct source *source, const struct record *row)
{
    if (row->count != source->header.names.count)
        return reject_count(source, row);
    const struct dialect_reader *reader = source->dialect->reader;
    if (source->filter.test != FILTER_NONE &&
        !(reader->continues && reader->continues(source, row)) &&
        !filter_keeps(&source->filter, text_trim(row->fields[source->filter_column]))) {
        if (reader->left_out)
            reader->left_out(source, row);
        return source_exclude(source, source->filter.rule);
    }
    if (!nameless_are_blank(source, row))
        return ROW_REJECTED;
    enum row_fate fate = lookup_row(source, row);
    return fate == ROW_USED ? reader->row(source, row) : fate;
}

size_t source_find_column(struct source *source, struct text name, struct place place)
{
    size_t column = header_find(source, name);
    if (column != NO_COLUMN)
        return column;
    diag(source->diags, DIAG_MISSING_COLUMN, place,
         "'%.*s' has no column '%.*s'; its columns: %.*s", TEXT_ARG(source->path),
         TEXT_ARG(text_quote(source->arena, name)),
         TEXT_ARG(names_found(source->scratch, &source->header.names, name)));
    return NO_COLUMN;
}

/* The column that a filter or a lookup names. */
static bool find_column(struct source *source, struct text name, struct place place, size_t *column)
{
    *column = source_find_column(source, name, place);
    return *column != NO_COLUMN;
}

bool source_open(struct source *source, const struct record *row)
{
    if (!source->account->header_line)
        source->account->header_line = row->line;
    if (!header_read(source, row))
        return false;
    if (source->filter.test != FILTER_NONE &&
        !find_column(source, source->filter.column,
                     ini_entry(source->section, "where")->value_place, &source->filter_column))
        return false;
    if (!lookup_open(source))
        return false;
    return !source->dialect->reader->open || source->dialect->reader->open(source);
}

bool source_count(struct source *source, const struct record *row, enum row_fate fate)
{
    source->account->read++;
    source->account->used += fate == ROW_USED;
    source->account->rejected += fate == ROW_REJECTED;
    size_t told = source->diags->count - source->told_before;
    if (source->account->rejected < REJECTED_CAP && told < MESSAGE_CAP &&
        source->account->read <= source->limits->rows)
        return true;
    struct place place = source_place(source, row, NO_COLUMN);
    if (source->account->rejected >= REJECTED_CAP)
        diag(source->diags, DIAG_CAP, place,
             "%d rows are rejected: the rest of the file is not read", REJECTED_CAP);
    else if (told >= MESSAGE_CAP)
        diag(source->diags, DIAG_CAP, place,
             "%d messages about this file: the rest of it is not read", MESSAGE_CAP);
    else
        diag(source->diags, DIAG_CAP, place,
             "more than %.*s rows ('rows' in [limits]): split the export, by year for example",
             TEXT_ARG(limits_number(source->diags->arena, source->limits->rows)));
    return false;
}

bool source_row(struct source *source, const struct record *row)
{
    source->rows++;
    return source_count(source, row, judge(source, row));
}

static void tell(struct source *source, const struct file_account *file)
{
    struct text within = file->sheet.len
                             ? text_format(source->arena, "sheet '%.*s'",
                                           TEXT_ARG(text_quote(source->arena, file->sheet)))
                             : text_from(delimiter_word(file->delimiter));
    struct text header = file->header_line
                             ? text_format(source->arena, ", header in row %u", file->header_line)
                             : TEXT_EMPTY;
    diag(source->diags, DIAG_READ, place_file(file->path),
         "%.*s, %.*s%.*s: %zu row%s read, %zu used, %zu excluded, %zu rejected",
         TEXT_ARG(file->encoding), TEXT_ARG(within), TEXT_ARG(header), file->read,
         file->read == 1 ? "" : "s", file->used, file->read - file->used - file->rejected,
         file->rejected);
}

void source_read_file(struct source *source, struct text path, struct place place)
{
    bool ok = export_read(source, path, place, table_take, source);
    const struct dialect_reader *reader = source->dialect->reader;
    if (source->account->read && reader->close)
        reader->close(source);
    if (!ok)
        return;
    tell(source, source->account);
    if (source->rows || source->allow_empty)
        return;
    if (!source->account->header_line)
        diag(source->diags, DIAG_NO_ROWS, place_file(path),
             "every cell is blank: expected a header and rows below it; export the file again");
    else
        diag(source->diags, DIAG_NO_ROWS, place_file(path),
             "no rows below the header: if that can be right, write 'allow empty = yes' in [%.*s]",
             TEXT_ARG(source->section->title));
}

/* `text` with the bytes that mean something to a shell pattern made plain. */
static struct text escape_pattern(struct arena *arena, struct text text)
{
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < text.len; i++) {
        if (strchr("*?[]\\", text.ptr[i]))
            buffer_add_byte(&out, '\\');
        buffer_add_byte(&out, text.ptr[i]);
    }
    return buffer_text(&out);
}

static bool is_pattern(struct text t)
{
    return text_find(t, '*', 0) < t.len || text_find(t, '?', 0) < t.len ||
           text_find(t, '[', 0) < t.len;
}

static struct texts matches(struct source *source, struct text name, struct place place)
{
    struct arena *arena = source->arena;
    struct texts found = {0};
    struct text path = path_join(arena, source->folder, name);
    if (is_pattern(name))
        found =
            files_matching(arena, path_join(arena, escape_pattern(arena, source->folder), name));
    else if (file_is_there(path)) /* what is no file is refused as what it is */
        texts_add(arena, &found, path);
    if (!found.count)
        diag(source->diags, DIAG_NO_FILE, place, "there is no file '%.*s' in '%.*s'",
             TEXT_ARG(text_quote(arena, name)), TEXT_ARG(source->folder));
    return found;
}

static void add_files(struct source *source, struct texts *files, struct text name,
                      struct place place)
{
    struct texts found = matches(source, name, place);
    for (size_t i = 0; i < found.count; i++) {
        struct text path = path_tidy(source->arena, found.items[i]);
        if (texts_find(files, path) < files->count)
            diag(source->diags, DIAG_DUPLICATE_ROW, place, "file '%.*s' is named twice",
                 TEXT_ARG(path));
        else
            texts_add(source->arena, files, path);
    }
}

/* Rows that were all excluded are as suspicious as none. */
static void check_some_used(struct source *source, const struct texts *files)
{
    size_t read = 0, used = 0, rejected = 0;
    const struct account *account = &source->dataset->account;
    for (size_t i = account->count - files->count; i < account->count; i++) {
        read += account->files[i].read;
        used += account->files[i].used;
        rejected += account->files[i].rejected;
    }
    if (read && !used && !rejected)
        diag(source->diags, DIAG_NO_ROWS, source->section->place,
             "[%.*s]: all %zu rows are excluded%s%.*s; if that can be right, write 'allow empty = "
             "yes'",
             TEXT_ARG(source->section->title), read, source->filter.rule.len ? ": " : "",
             TEXT_ARG(source->filter.rule));
}

void source_read(struct source *source)
{
    const struct ini_entry *entry = ini_entry(source->section, "files");
    const struct dialect_reader *reader = source->dialect->reader;
    struct texts files = {0};
    source->allow_empty = ini_bool(source->diags, source->section, "allow empty", false);
    struct text_pieces pieces = text_split(entry ? entry->typed : TEXT_EMPTY, ',');
    for (struct text name; text_next(&pieces, &name);)
        if (name.len)
            add_files(source, &files, name, entry->value_place);
    source->state = arena_alloc(source->arena, reader->state_size);
    if (reader->begin && !reader->begin(source))
        return;
    size_t errors = diags_count(source->diags, LEVEL_ERROR);
    if (reader->join)
        parts_read(source, &files, entry ? entry->value_place : PLACE_NONE);
    else
        for (size_t i = 0; i < files.count; i++)
            source_read_file(source, files.items[i], entry->value_place);
    if (reader->finish)
        reader->finish(source);
    lookup_tell(source);
    if (!source->allow_empty && diags_count(source->diags, LEVEL_ERROR) == errors)
        check_some_used(source, &files);
}
