#include "read/read_int.h"

#include "base/file.h"
#include "base/hash.h"
#include "read/encoding_int.h"

#include <string.h>

/* A file that goes wrong this often is not the export it should be; each message takes memory. */
enum { REJECTED_CAP = 10000 };

struct text source_cell(const struct source *source, const struct csv_row *row, size_t column)
{
    size_t position = source->header.column[column];
    return position == NO_COLUMN ? TEXT_EMPTY : text_trim(row->fields[position]);
}

struct place source_place(const struct source *source, const struct csv_row *row, size_t position)
{
    return place_at(source->path, row->line, position == NO_COLUMN ? 0 : (unsigned)position + 1);
}

struct place source_cell_place(const struct source *source, const struct csv_row *row,
                               size_t column)
{
    return source_place(source, row, source->header.column[column]);
}

static const struct {
    const char *word;
    char delimiter;
} delimiters[] = {{"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}, {"pipe", '|'}};
enum { DELIMITERS = sizeof delimiters / sizeof delimiters[0] };

static const char *delimiter_word(char delimiter)
{
    for (size_t i = 0; i < DELIMITERS; i++)
        if (delimiters[i].delimiter == delimiter)
            return delimiters[i].word;
    return "?";
}

/* The job's delimiter, or 0 to decide from the file. */
static char delimiter_key(struct source *source)
{
    const struct ini_entry *entry = ini_entry(source->section, "delimiter");
    if (!entry)
        return 0;
    for (size_t i = 0; i < DELIMITERS; i++)
        if (text_same_name(entry->value, text_from(delimiters[i].word)) ||
            (entry->value.len == 1 && entry->value.ptr[0] == delimiters[i].delimiter))
            return delimiters[i].delimiter;
    diag(source->diags, DIAG_BAD_VALUE, entry->value_place,
         "'%.*s' is no delimiter: expected comma, semicolon, tab or pipe",
         TEXT_ARG(text_quote(source->arena, entry->value)));
    return 0;
}

/* The same bytes under two names would count everything twice. */
static bool is_new_file(struct source *source, struct place place)
{
    const struct account *account = &source->dataset->account;
    for (size_t i = 0; i + 1 < account->count; i++)
        if (account->files[i].read &&
            text_equal(account->files[i].sha256, source->account->sha256)) {
            diag(source->diags, DIAG_DUPLICATE_ROW, place,
                 "'%.*s' holds the same bytes as '%.*s': it would be counted twice",
                 TEXT_ARG(source->path), TEXT_ARG(account->files[i].path));
            return false;
        }
    return true;
}

static bool read_text(struct source *source, struct place place,
                      bool (*take)(void *user, const struct csv_row *row), void *user)
{
    struct file_account *account = source->account;
    struct text bytes, text;
    const char *encoding;
    if (!file_read(source->scratch, source->diags, source->path, place, FILE_CAP_INPUT, &bytes))
        return false;
    account->bytes = bytes.len;
    account->sha256 = hash_sha256(source->arena, bytes);
    if (!is_new_file(source, place) ||
        !encoding_decode(source->scratch, source->diags, source->path, bytes, &text, &encoding))
        return false;
    account->encoding = text_from(encoding);
    char delimiter = delimiter_key(source);
    account->delimiter = delimiter ? delimiter : csv_delimiter(text);
    return csv_read(source->scratch, source->diags, source->path, text, account->delimiter, take,
                    user);
}

bool export_read(struct source *source, struct text path, struct place place,
                 bool (*take)(void *user, const struct csv_row *row), void *user)
{
    source->scratch = arena_new();
    source->path = path;
    source->account = account_add_file(source->dataset, path);
    source->header = (struct header){0};
    bool ok = read_text(source, place, take, user);
    arena_free(source->scratch);
    source->scratch = NULL;
    source->header = (struct header){0};
    return ok;
}

static bool is_blank(const struct csv_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (text_trim(row->fields[i]).len)
            return false;
    return true;
}

static enum row_fate exclude(struct source *source, struct text rule)
{
    account_exclude(source->arena, source->account, rule, 1);
    return ROW_EXCLUDED;
}

static enum row_fate reject_count(struct source *source, const struct csv_row *row)
{
    diag(source->diags, DIAG_FIELD_COUNT, place_at(source->path, row->line, 0),
         "row of %zu fields: expected %zu as in the header; the row is left out", row->count,
         source->header.names.count);
    return ROW_REJECTED;
}

static bool nameless_are_blank(struct source *source, const struct csv_row *row)
{
    const struct texts *names = &source->header.names;
    for (size_t i = 0; i < names->count; i++)
        if (!names->items[i].len && text_trim(row->fields[i]).len) {
            diag(source->diags, DIAG_MISSING_COLUMN, source_place(source, row, i),
                 "this field is not blank, but its column has no name in the header");
            return false;
        }
    return true;
}

static enum row_fate judge(struct source *source, const struct csv_row *row)
{
    if (is_blank(row))
        return exclude(source, TEXT("every cell is blank"));
    if (row->count != source->header.names.count)
        return reject_count(source, row);
    if (source->filter.test != FILTER_NONE &&
        !filter_keeps(&source->filter, text_trim(row->fields[source->filter_column])))
        return exclude(source, source->filter.rule);
    if (!nameless_are_blank(source, row))
        return ROW_REJECTED;
    return source->dialect->reader->row(source, row);
}

/* The column that a filter or a lookup names. */
static bool find_column(struct source *source, struct text name, struct place place, size_t *column)
{
    *column = header_find(source, name);
    if (*column != NO_COLUMN)
        return true;
    diag(source->diags, DIAG_MISSING_COLUMN, place,
         "'%.*s' has no column '%.*s'; its columns: %.*s", TEXT_ARG(source->path),
         TEXT_ARG(text_quote(source->arena, name)),
         TEXT_ARG(names_found(source->scratch, &source->header.names, name)));
    return false;
}

static bool open_file(struct source *source, const struct csv_row *row)
{
    if (!header_read(source, row))
        return false;
    if (source->filter.test != FILTER_NONE &&
        !find_column(source, source->filter.column,
                     ini_entry(source->section, "where")->value_place, &source->filter_column))
        return false;
    if (source->lookup.count &&
        !find_column(source, source->lookup.column, place_at(source->lookup.path, 1, 1),
                     &source->lookup_column))
        return false;
    return !source->dialect->reader->open || source->dialect->reader->open(source);
}

static bool take_row(void *user, const struct csv_row *row)
{
    struct source *source = user;
    if (!source->header.column)
        return is_blank(row) || open_file(source, row);
    source->account->read++;
    enum row_fate fate = judge(source, row);
    source->account->used += fate == ROW_USED;
    source->account->rejected += fate == ROW_REJECTED;
    if (source->account->rejected < REJECTED_CAP)
        return true;
    diag(source->diags, DIAG_CAP, place_at(source->path, row->line, 0),
         "%d rows are rejected: the rest of the file is not read", REJECTED_CAP);
    return false;
}

static void tell(struct source *source, const struct file_account *file)
{
    diag(source->diags, DIAG_READ, place_file(file->path),
         "%.*s, %s: %zu rows read, %zu used, %zu excluded, %zu rejected", TEXT_ARG(file->encoding),
         delimiter_word(file->delimiter), file->read, file->used,
         file->read - file->used - file->rejected, file->rejected);
}

static void read_one(struct source *source, struct text path, struct place place, bool allow_empty)
{
    bool ok = export_read(source, path, place, take_row, source);
    const struct dialect_reader *reader = source->dialect->reader;
    if (source->account->read && reader->close)
        reader->close(source);
    if (!ok)
        return;
    tell(source, source->account);
    if (!source->account->read && !allow_empty)
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
    else if (file_exists(path))
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
    bool allow_empty = ini_bool(source->diags, source->section, "allow empty", false);
    struct text_pieces pieces = text_split(entry ? entry->value : TEXT_EMPTY, ',');
    for (struct text name; text_next(&pieces, &name);)
        if (name.len)
            add_files(source, &files, name, entry->value_place);
    source->state = arena_alloc(source->arena, reader->state_size);
    if (reader->begin && !reader->begin(source))
        return;
    for (size_t i = 0; i < files.count; i++)
        read_one(source, files.items[i], entry->value_place, allow_empty);
    if (reader->finish)
        reader->finish(source);
    if (!allow_empty)
        check_some_used(source, &files);
}
