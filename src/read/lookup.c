/* lookup - from a code or name of the export to an area, by a CSV (statistics.md 7). */
#include "read/read_int.h"

#include "base/file.h"

#include <stdlib.h>

/* Codes that a message names one by one. */
enum { MISSES_SHOWN = 20 };

const struct text *lookup_area(const struct lookup *lookup, struct text key)
{
    size_t row = map_find(&lookup->index, key, NO_COLUMN);
    return row == NO_COLUMN ? NULL : &lookup->rows[row].cells[lookup->area];
}

static struct text columns_found(struct source *source, struct text wanted)
{
    return names_found(source->arena, &source->lookup.columns, wanted);
}

/* The column of the lookup that a key of the source names; NO_COLUMN when there is no such key. */
static bool find_named(struct source *source, const char *key, size_t *column)
{
    const struct lookup *lookup = &source->lookup;
    const struct ini_entry *entry = ini_entry(source->section, key);
    *column = NO_COLUMN;
    if (!entry)
        return true;
    size_t found = texts_find_name(&lookup->columns, entry->value);
    if (found < lookup->columns.count) {
        *column = found;
        return true;
    }
    diag(source->diags, DIAG_MISSING_COLUMN, entry->value_place,
         "'%.*s' has no column '%.*s'; its columns: %.*s", TEXT_ARG(lookup->name),
         TEXT_ARG(text_quote(source->arena, entry->value)),
         TEXT_ARG(columns_found(source, entry->value)));
    return false;
}

static bool take_header(struct source *source, const struct record *row)
{
    struct lookup *lookup = &source->lookup;
    lookup->line = row->line;
    for (size_t i = 0; i < row->count; i++)
        texts_add(source->arena, &lookup->columns,
                  text_copy(source->arena, text_trim(row->fields[i])));
    if (!find_named(source, "lookup key", &lookup->key) ||
        !find_named(source, "lookup area", &lookup->area))
        return false;
    if (row->count < 2 || (row->count > 2 && lookup->area == NO_COLUMN)) {
        diag(source->diags, DIAG_FORMAT, source_place(source, row, NO_COLUMN),
             "this lookup has %zu columns: a lookup has two, the export's column and the area, or "
             "'lookup area' in [%.*s] names the one of the area; its columns: %.*s",
             row->count, TEXT_ARG(source->section->title),
             TEXT_ARG(columns_found(source, TEXT_EMPTY)));
        return false;
    }
    return true;
}

static bool is_needed(const struct lookup *lookup, size_t column)
{
    return lookup->key == NO_COLUMN || lookup->columns.count == 2 || column == lookup->key ||
           column == lookup->area;
}

static bool reject(struct source *source, enum diag_kind kind, const struct record *row,
                   const char *message)
{
    source->account->rejected++;
    diag(source->diags, kind, source_place(source, row, NO_COLUMN), "%s", message);
    return true;
}

static bool take_row(void *user, const struct record *row)
{
    struct source *source = user;
    struct lookup *lookup = &source->lookup;
    source->account->is_lookup = true;
    if (source->row_is_hidden)
        return source_count(source, row, source_exclude(source, TEXT(HIDDEN_ROW)));
    size_t width = lookup->columns.count;
    if (!width)
        return take_header(source, row);
    source->account->read++;
    bool may_be_short = source->sheet.len > 0; /* a sheet does not store trailing blanks */
    if (row->count > width || (row->count < width && !may_be_short))
        return reject(source, DIAG_FIELD_COUNT, row,
                      width == 2 ? "a row of this lookup has two fields"
                                 : "a row of this lookup has as many fields as its header");
    struct lookup_row entry = {.cells = arena_calloc(source->arena, width, sizeof *entry.cells),
                               .line = row->line};
    for (size_t i = 0; i < width; i++) {
        bool read = is_needed(lookup, i) && i < row->count;
        struct text cell = read ? text_trim(row->fields[i]) : TEXT_EMPTY;
        entry.cells[i] = text_copy(source->arena, cell);
        bool must_be_filled = width == 2 || i == lookup->key || i == lookup->area;
        if (must_be_filled && !cell.len)
            return reject(source, DIAG_MISSING_VALUE, row, "a row of a lookup has no blank fields");
    }
    source->account->used++;
    lookup->rows =
        arena_grow(source->arena, lookup->rows, lookup->count, &lookup->capacity, sizeof entry);
    lookup->rows[lookup->count++] = entry;
    return true;
}

static bool read_unmatched(struct source *source)
{
    const struct ini_entry *entry = ini_entry(source->section, "unmatched");
    source->lookup.exclude = entry && text_same_name(entry->value, TEXT("exclude"));
    if (!entry || source->lookup.exclude || text_same_name(entry->value, TEXT("refuse")))
        return true;
    diag(source->diags, DIAG_BAD_VALUE, entry->value_place,
         "'%.*s' is no way to treat rows that are not in the lookup: expected 'exclude' or "
         "'refuse'",
         TEXT_ARG(text_quote(source->arena, entry->value)));
    return false;
}

bool lookup_read(struct source *source, const struct ini_entry *entry)
{
    struct lookup *lookup = &source->lookup;
    *lookup = (struct lookup){.name = entry->value, .key = NO_COLUMN, .area = NO_COLUMN};
    lookup->index.arena = source->arena;
    lookup->path = path_tidy(source->arena, path_join(source->arena, source->folder, entry->typed));
    if (!read_unmatched(source) ||
        !export_read(source, lookup->path, entry->value_place, take_row, source))
        return false;
    if (!lookup->count) {
        diag(source->diags, DIAG_NO_ROWS, place_file(lookup->path), "the lookup has no rows");
        return false;
    }
    return true;
}

/* The column of the lookup that the export has too; NO_COLUMN when there are none or several. */
static size_t shared_column(const struct source *source, size_t *found)
{
    const struct lookup *lookup = &source->lookup;
    struct text named = ini_value(source->section, "lookup column");
    size_t column = NO_COLUMN;
    *found = 0;
    for (size_t i = lookup->columns.count; i-- > 0;) {
        struct text name = lookup->columns.items[i];
        if (!name.len || i == lookup->area ||
            (named.len ? !text_same_name(name, named) : header_find(source, name) == NO_COLUMN))
            continue;
        column = i; /* the first one in the end */
        ++*found;
    }
    if (!*found && named.len && lookup->columns.count == 2) {
        *found = 1;
        return lookup->area == 0 ? 1 : 0;
    }
    return *found == 1 || lookup->columns.count == 2 ? column : NO_COLUMN;
}

static bool choose_key(struct source *source)
{
    struct lookup *lookup = &source->lookup;
    size_t found;
    lookup->key = shared_column(source, &found);
    if (lookup->key != NO_COLUMN)
        return true;
    diag(
        source->diags, DIAG_MISSING_COLUMN, place_at(lookup->path, lookup->line, 1),
        "%s of this lookup's columns, %.*s, is one of '%.*s', which are %.*s: name the lookup's in "
        "'lookup key' and the export's in 'lookup column' of [%.*s]",
        found ? "more than one" : "none", TEXT_ARG(columns_found(source, TEXT_EMPTY)),
        TEXT_ARG(source->path),
        TEXT_ARG(names_found(source->scratch, &source->header.names, TEXT_EMPTY)),
        TEXT_ARG(source->section->title));
    return false;
}

/* A key that stands twice is harmless when both rows say the same. */
static bool add_key(struct source *source, size_t number, size_t *conflicts)
{
    struct lookup *lookup = &source->lookup;
    const struct text *cells = lookup->rows[number].cells;
    struct text key = cells[lookup->key], area = cells[lookup->area];
    if (!key.len) {
        diag(source->diags, DIAG_MISSING_VALUE,
             place_at(lookup->path, lookup->rows[number].line, (unsigned)lookup->key + 1),
             "no key in this row of the lookup");
        return false;
    }
    const struct text *first = lookup_area(lookup, key);
    if (!first)
        map_add(&lookup->index, key, number);
    else if (!text_equal(*first, area) && !(*conflicts)++)
        diag(source->diags, DIAG_CONFLICT, place_file(lookup->path),
             "'%.*s' has two areas, '%.*s' and '%.*s': a key of a lookup has one",
             TEXT_ARG(text_quote(source->arena, key)), TEXT_ARG(text_quote(source->arena, *first)),
             TEXT_ARG(text_quote(source->arena, area)));
    return true;
}

static bool make_index(struct source *source)
{
    struct lookup *lookup = &source->lookup;
    bool ok = true;
    size_t conflicts = 0;
    if (lookup->area == NO_COLUMN)
        lookup->area = lookup->key == 0 ? 1 : 0;
    for (size_t i = 0; i < lookup->count; i++)
        ok = add_key(source, i, &conflicts) && ok;
    if (conflicts > 1)
        diag(source->diags, DIAG_CONFLICT, place_file(lookup->path),
             "%zu rows of the lookup give a key another area than the row above that has it",
             conflicts);
    return ok && !conflicts;
}

bool lookup_open(struct source *source)
{
    struct lookup *lookup = &source->lookup;
    if (!lookup->count)
        return true;
    if ((lookup->key == NO_COLUMN && !choose_key(source)) ||
        (!lookup->index.count && !make_index(source)))
        return false;
    const struct ini_entry *entry = ini_entry(source->section, "lookup column");
    struct text name = entry ? entry->value : lookup->columns.items[lookup->key];
    source->lookup_column = header_find(source, name);
    if (source->lookup_column == NO_COLUMN) {
        struct place place = place_at(lookup->path, lookup->line, (unsigned)lookup->key + 1);
        diag(source->diags, DIAG_MISSING_COLUMN, entry ? entry->value_place : place,
             "'%.*s' has no column '%.*s'; its columns: %.*s: name it in 'lookup column' of [%.*s]",
             TEXT_ARG(source->path), TEXT_ARG(text_quote(source->arena, name)),
             TEXT_ARG(names_found(source->scratch, &source->header.names, name)),
             TEXT_ARG(source->section->title));
        return false;
    }
    name = source->header.names.items[source->lookup_column];
    lookup->column = text_copy(source->arena, name);
    lookup->rule =
        text_format(source->arena, "%.*s is not in '%.*s'", TEXT_ARG(name), TEXT_ARG(lookup->name));
    return true;
}

static void add_misses(struct arena *arena, struct lookup_misses *misses, struct lookup_miss miss)
{
    size_t at = map_find(&misses->index, miss.key, misses->count);
    misses->rows += miss.rows;
    if (at < misses->count) {
        misses->items[at].rows += miss.rows;
        return;
    }
    misses->index.arena = arena;
    miss.key = text_copy(arena, miss.key);
    misses->items = arena_grow(arena, misses->items, misses->count, &misses->capacity, sizeof miss);
    map_add(&misses->index, miss.key, misses->count);
    misses->items[misses->count++] = miss;
}

void lookup_merge(struct arena *arena, struct lookup_misses *into, const struct lookup_misses *from)
{
    for (size_t i = 0; i < from->count; i++) {
        struct lookup_miss miss = from->items[i];
        miss.first.file = text_copy(arena, miss.first.file);
        miss.first.part = text_copy(arena, miss.first.part);
        add_misses(arena, into, miss);
    }
}

enum row_fate lookup_row(struct source *source, const struct record *row)
{
    if (!source->lookup.count)
        return ROW_USED;
    struct text key = text_trim(row->fields[source->lookup_column]);
    source->looked_up = lookup_area(&source->lookup, key);
    if (source->looked_up || (!key.len && source->dialect->reader->takes_no_location))
        return ROW_USED;
    const struct lookup_miss miss = {
        .key = key, .rows = 1, .first = source_place(source, row, source->lookup_column)};
    add_misses(source->arena, &source->misses, miss);
    return source->lookup.exclude ? source_exclude(source, source->lookup.rule) : ROW_REJECTED;
}

/* The most frequent first, then by code: the same order whatever order the files came in. */
static int by_rows(const void *a, const void *b)
{
    const struct lookup_miss *x = a, *y = b;
    return x->rows != y->rows ? (x->rows < y->rows ? 1 : -1) : text_compare(x->key, y->key);
}

void lookup_tell(struct source *source)
{
    struct lookup_misses *misses = &source->misses;
    const struct lookup *lookup = &source->lookup;
    struct buffer list = {.arena = source->arena};
    if (!misses->count)
        return;
    struct place first = misses->items[0].first;
    qsort(misses->items, misses->count, sizeof *misses->items, by_rows);
    for (size_t i = 0; i < misses->count && i < MISSES_SHOWN; i++) {
        const struct lookup_miss *miss = &misses->items[i];
        struct text key = miss->key.len ? text_quote(source->arena, miss->key) : TEXT("blank");
        buffer_format(&list, "%s%.*s (%zu row%s)", i ? ", " : "", TEXT_ARG(key), miss->rows,
                      miss->rows == 1 ? "" : "s");
    }
    if (misses->count > MISSES_SHOWN)
        buffer_format(&list, " and %zu more", misses->count - MISSES_SHOWN);
    bool one = misses->count == 1;
    diag(source->diags, lookup->exclude ? DIAG_UNMATCHED : DIAG_LOOKUP, first,
         "%zu code%s in '%.*s' %s not in '%.*s': %.*s; %zu row%s%s", misses->count, one ? "" : "s",
         TEXT_ARG(text_quote(source->arena, lookup->column)), one ? "is" : "are",
         TEXT_ARG(lookup->name), TEXT_ARG(buffer_text(&list)), misses->rows,
         misses->rows == 1 ? "" : "s",
         lookup->exclude ? " left out"
                         : " rejected: add what is missing, leave rows out with 'where', or all of "
                           "these with 'unmatched = exclude'");
}
