#include "read/read_int.h"

#include <string.h>

bool list_names(struct text list, struct text name)
{
    struct text_pieces lines = text_split(list, '\n');
    for (struct text line; text_next(&lines, &line);) {
        struct text_pieces pieces = text_split(line, ',');
        for (struct text piece; text_next(&pieces, &piece);)
            if (piece.len && text_same_name(piece, name))
                return true;
        if (line.len && text_same_name(line, name))
            return true;
    }
    return false;
}

struct text names_found(struct arena *arena, const struct texts *names, struct text wanted)
{
    struct texts quoted = {0};
    for (size_t i = 0; i < names->count; i++)
        texts_add(arena, &quoted,
                  text_format(arena, "'%.*s'", TEXT_ARG(text_quote(arena, names->items[i]))));
    struct text nearest = texts_nearest(names, wanted);
    struct text all = texts_join(arena, &quoted, TEXT(", "));
    if (!nearest.len)
        return all;
    return text_format(arena, "%.*s; the nearest is '%.*s'", TEXT_ARG(all),
                       TEXT_ARG(text_quote(arena, nearest)));
}

/* True when `name` is `pattern`, or begins with it where the pattern ends with a star. */
static bool name_matches(struct text name, struct text pattern)
{
    if (!text_ends(pattern, TEXT("*")))
        return text_same_name(name, pattern);
    pattern = text_slice(pattern, 0, pattern.len - 1);
    for (size_t end = 1; end <= name.len; end++)
        if (text_same_name(text_slice(name, 0, end), pattern))
            return true;
    return false;
}

static bool is_named(const struct header *header, size_t position)
{
    return header->names.items[position].len > 0;
}

/* The only free column of that name; a second one is reported. */
static size_t find_free(struct source *source, struct text pattern)
{
    struct header *header = &source->header;
    size_t found = NO_COLUMN;
    for (size_t i = 0; i < header->names.count; i++) {
        if (header->taken[i] || !is_named(header, i) ||
            !name_matches(header->names.items[i], pattern))
            continue;
        if (found == NO_COLUMN) {
            found = i;
            continue;
        }
        diag(source->diags, DIAG_DUPLICATE_COLUMN,
             place_at(source->path, header->place.line, (unsigned)i + 1),
             "two columns could be '%.*s': this one, '%.*s', and column %zu, '%.*s'; name one of "
             "them in [%.*s]",
             TEXT_ARG(pattern), TEXT_ARG(text_quote(source->arena, header->names.items[i])),
             found + 1, TEXT_ARG(text_quote(source->arena, header->names.items[found])),
             TEXT_ARG(source->section->title));
        break;
    }
    return found;
}

static void take(struct header *header, size_t column, size_t position)
{
    header->column[column] = position;
    if (position != NO_COLUMN)
        header->taken[position] = true;
}

/* Keys of a source that are texts of their own: `note` is the source line, and so on. */
static bool is_fixed_key(const char *name)
{
    return strcmp(name, "Area") == 0 || strcmp(name, "Unit") == 0 || strcmp(name, "Note") == 0;
}

/* The job's key for a column: "NAME column", or just NAME where that is no key of its own. */
static void map_from_job(struct source *source, size_t column)
{
    const char *name = source->dialect->columns[column].name;
    struct header *header = &source->header;
    const char *key = text_format(source->scratch, "%s column", name).ptr;
    const struct ini_entry *entry = ini_entry(source->section, key);
    if (!entry && !is_fixed_key(name))
        entry = ini_entry(source->section, name);
    if (!entry || !entry->value.len)
        return;
    size_t position = find_free(source, entry->value);
    take(header, column, position);
    if (position == NO_COLUMN)
        diag(source->diags, DIAG_MISSING_COLUMN, entry->value_place,
             "'%.*s' has no column '%.*s'; its columns: %.*s", TEXT_ARG(source->path),
             TEXT_ARG(text_quote(source->scratch, entry->value)),
             TEXT_ARG(names_found(source->scratch, &header->names, entry->value)));
}

static void map_by_name(struct source *source, size_t column)
{
    const struct dialect_column *c = &source->dialect->columns[column];
    size_t position = find_free(source, text_from(c->name));
    struct text_pieces pieces = text_split(text_from(c->synonyms), '|');
    for (struct text synonym; position == NO_COLUMN && text_next(&pieces, &synonym);)
        if (synonym.len)
            position = find_free(source, synonym);
    take(&source->header, column, position);
}

static void report_missing(struct source *source, size_t column)
{
    const struct dialect_column *c = &source->dialect->columns[column];
    diag(source->diags, DIAG_MISSING_COLUMN, source->header.place,
         "no column '%s' (%s): the columns are %.*s; if one of them is meant, name it in [%.*s]",
         c->name, c->meaning,
         TEXT_ARG(names_found(source->arena, &source->header.names, text_from(c->name))),
         TEXT_ARG(source->section->title));
}

bool header_read(struct source *source, const struct record *row)
{
    struct header *header = &source->header;
    size_t columns = source->dialect->column_count;
    size_t errors = diags_count(source->diags, LEVEL_ERROR);
    *header = (struct header){
        .column = arena_calloc(source->scratch, columns, sizeof *header->column),
        .taken = arena_calloc(source->scratch, row->count, sizeof *header->taken),
        .place = place_at(source->path, row->line, 0),
    };
    for (size_t i = 0; i < row->count; i++)
        texts_add(source->scratch, &header->names,
                  text_copy(source->scratch, text_trim(row->fields[i])));
    for (size_t c = 0; c < columns; c++)
        header->column[c] = NO_COLUMN;
    for (size_t c = 0; c < columns; c++)
        map_from_job(source, c);
    for (size_t c = 0; c < columns; c++)
        if (header->column[c] == NO_COLUMN)
            map_by_name(source, c);
    if (diags_count(source->diags, LEVEL_ERROR) > errors)
        return false; /* what else is missing may follow from that */
    for (size_t c = 0; c < columns; c++)
        if (source->dialect->columns[c].required && header->column[c] == NO_COLUMN)
            report_missing(source, c);
    return diags_count(source->diags, LEVEL_ERROR) == errors;
}

size_t header_find(const struct source *source, struct text name)
{
    const struct header *header = &source->header;
    for (size_t i = 0; i < header->names.count; i++)
        if (is_named(header, i) && text_same_name(header->names.items[i], name))
            return i;
    for (size_t c = 0; c < source->dialect->column_count; c++)
        if (text_same_name(text_from(source->dialect->columns[c].name), name))
            return header->column[c];
    return NO_COLUMN;
}
