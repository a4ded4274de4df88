/* header - the columns of a file: which of them the dialect takes, by name or by place. */
#include "read/read_int.h"

#include <string.h>

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

/* Where a name was found, and where else it could be. */
struct match {
    size_t first;
    size_t second;
};

static struct match find_among(const struct header *header, const struct texts *names,
                               struct text pattern, bool even_ignored)
{
    struct match match = {NO_COLUMN, NO_COLUMN};
    for (size_t i = 0; i < names->count && match.second == NO_COLUMN; i++) {
        if (header->taken[i] || (header->ignored[i] && !even_ignored) || !names->items[i].len ||
            !name_matches(names->items[i], pattern))
            continue;
        if (match.first == NO_COLUMN)
            match.first = i;
        else
            match.second = i;
    }
    return match;
}

/* The free column of that name: as it is written or, failing that, but for its footnote marks. */
static struct match find_free(const struct header *header, struct text pattern, bool even_ignored)
{
    struct match match = find_among(header, &header->names, pattern, even_ignored);
    return match.first == NO_COLUMN ? find_among(header, &header->plain, pattern, even_ignored)
                                    : match;
}

static struct match find_mapped(const struct header *header, struct text wanted)
{
    struct match match = find_free(header, wanted, true);
    size_t position;
    if (match.first == NO_COLUMN && name_position(wanted, &position) &&
        position < header->names.count && !header->taken[position])
        match.first = position;
    return match;
}

/* Keys of a source that are texts of their own: `note` is the source line, and so on. */
static bool is_fixed_key(const char *name)
{
    return strcmp(name, "Area") == 0 || strcmp(name, "Unit") == 0 || strcmp(name, "Note") == 0;
}

/* The job's key for a column: "NAME column", or just NAME where that is no key of its own. */
static const struct ini_entry *job_mapping(struct source *source, size_t column)
{
    const char *name = source->dialect->columns[column].name;
    const char *key = text_format(source->scratch, "%s column", name).ptr;
    const struct ini_entry *entry = ini_entry(source->section, key);
    if (!entry && !is_fixed_key(name))
        entry = ini_entry(source->section, name);
    return entry && entry->value.len ? entry : NULL;
}

static struct match find_by_name(const struct dialect_column *column, const struct header *header)
{
    struct match match = find_free(header, text_from(column->name), false);
    struct text_pieces pieces = text_split(text_from(column->synonyms), '|');
    for (struct text synonym; match.first == NO_COLUMN && text_next(&pieces, &synonym);)
        if (synonym.len)
            match = find_free(header, synonym, false);
    return match;
}

static void take(struct header *header, size_t column, struct match match)
{
    header->column[column] = match.first;
    header->doubtful[column] = match.second;
    if (match.first != NO_COLUMN)
        header->taken[match.first] = true;
}

static void map_columns(struct source *source, struct header *header)
{
    size_t columns = source->dialect->column_count;
    for (size_t c = 0; c < columns; c++) {
        const struct ini_entry *entry = job_mapping(source, c);
        if (entry)
            take(header, c, find_mapped(header, entry->value));
    }
    for (size_t c = 0; c < columns; c++)
        if (header->column[c] == NO_COLUMN && !job_mapping(source, c))
            take(header, c, find_by_name(&source->dialect->columns[c], header));
    if (source->dialect->reader->place && header->column[0] == NO_COLUMN &&
        !job_mapping(source, 0)) {
        source->dialect->reader->place(source, header);
        header->placed = header->column[0] != NO_COLUMN;
    }
}

/* True when `ignore` lists the column, by its name or as "column 3". */
static bool is_ignored(const struct header *header, size_t position, struct text list)
{
    if (!list.len)
        return false;
    if (header->names.items[position].len && (list_names(list, header->names.items[position]) ||
                                              list_names(list, header->plain.items[position])))
        return true;
    struct text_pieces lines = text_split(list, '\n');
    for (struct text line; text_next(&lines, &line);) {
        struct text_pieces pieces = text_split(line, ',');
        size_t listed;
        for (struct text piece; text_next(&pieces, &piece);)
            if (name_position(piece, &listed) && listed == position)
                return true;
    }
    return false;
}

/* Columns without a name: their cells have to be blank, unless a mapping or `ignore` names them. */
static void list_nameless(struct source *source, struct header *header)
{
    size_t count = header->names.count;
    header->nameless = arena_calloc(source->scratch, count, sizeof *header->nameless);
    for (size_t i = 0; i < count; i++)
        if (!header->names.items[i].len && !header->ignored[i])
            header->nameless[header->nameless_count++] = i;
}

static struct header header_new(struct source *source, const struct record *row)
{
    struct arena *arena = source->scratch;
    size_t columns = source->dialect->column_count;
    struct header header = {
        .column = arena_calloc(arena, columns, sizeof *header.column),
        .doubtful = arena_calloc(arena, columns, sizeof *header.doubtful),
        .taken = arena_calloc(arena, row->count, sizeof *header.taken),
        .ignored = arena_calloc(arena, row->count, sizeof *header.ignored),
        .place = source_place(source, row, NO_COLUMN),
    };
    for (size_t i = 0; i < row->count; i++) {
        struct text name = name_tidy(arena, row->fields[i]);
        texts_add(arena, &header.names, name);
        texts_add(arena, &header.plain, name_without_marks(name));
    }
    for (size_t i = 0; i < row->count; i++)
        header.ignored[i] = is_ignored(&header, i, ini_value(source->section, "ignore"));
    for (size_t c = 0; c < columns; c++)
        header.column[c] = header.doubtful[c] = NO_COLUMN;
    map_columns(source, &header);
    list_nameless(source, &header);
    return header;
}

static bool is_needed(const struct dialect *dialect, size_t column)
{
    return dialect->columns[column].required && !dialect->reader->takes_any;
}

/* Columns with a name that none of the dialect stands for. */
static size_t count_other(const struct header *header)
{
    size_t count = 0;
    for (size_t i = 0; i < header->names.count; i++)
        count += !header->taken[i] && !header->ignored[i] && header->names.items[i].len;
    return count;
}

struct header_score header_score(struct source *source, const struct record *row)
{
    const struct dialect_reader *reader = source->dialect->reader;
    struct header header = header_new(source, row);
    struct header_score score = {.complete = true};
    size_t values = 0;
    for (size_t c = 0; c < source->dialect->column_count; c++) {
        bool needed = is_needed(source->dialect, c) || job_mapping(source, c);
        score.found += header.column[c] != NO_COLUMN;
        score.complete = score.complete && (!needed || header.column[c] != NO_COLUMN);
    }
    score.named = score.found - header.placed;
    score.known = score.found;
    if (source->dialect->reader->takes_any)
        score.named = score.found += count_other(&header);
    if (!reader->is_value_header)
        return score;
    for (size_t i = 0; i < row->count; i++)
        values += !header.taken[i] && header.names.items[i].len && !header.ignored[i] &&
                  reader->is_value_header(source, header.plain.items[i]);
    score.known = score.found += values;
    score.complete = score.complete && values && header.column[0] != NO_COLUMN;
    return score;
}

bool header_knows(struct source *source, struct text name)
{
    struct record row = {.fields = &name, .count = 1};
    struct header header = header_new(source, &row);
    const struct dialect_reader *reader = source->dialect->reader;
    for (size_t c = 0; c < source->dialect->column_count; c++) {
        const struct ini_entry *entry = job_mapping(source, c);
        if (entry ? text_same_name(entry->value, header.names.items[0])
                  : find_by_name(&source->dialect->columns[c],
                                 &(struct header){.names = header.names,
                                                  .plain = header.plain,
                                                  .taken = &(bool){false},
                                                  .ignored = &(bool){false}})
                            .first != NO_COLUMN)
            return true;
    }
    return reader->is_value_header && reader->is_value_header(source, header.plain.items[0]);
}

size_t header_second(struct source *source, size_t position)
{
    const struct header *header = &source->header;
    const struct texts name = {.items = &header->names.items[position], .count = 1};
    const struct texts plain = {.items = &header->plain.items[position], .count = 1};
    const struct header alone = {
        .names = name, .plain = plain, .taken = &(bool){false}, .ignored = &(bool){false}};
    for (size_t c = 0; c < source->dialect->column_count; c++)
        if (header->column[c] != NO_COLUMN &&
            find_by_name(&source->dialect->columns[c], &alone).first != NO_COLUMN)
            return c;
    return NO_COLUMN;
}

/* The key by which the job can say which column is meant: `measure`, `note column`. */
static struct text mapping_key(struct source *source, size_t column)
{
    struct text name = text_from(source->dialect->columns[column].name);
    struct buffer key = {.arena = source->scratch};
    bool is_word = name.len > 1 && name.ptr[1] >= 'a' && name.ptr[1] <= 'z';
    buffer_add_byte(&key, is_word ? (char)(name.ptr[0] | 0x20) : name.ptr[0]);
    buffer_add(&key, text_slice(name, 1, name.len));
    if (is_fixed_key(name.ptr))
        buffer_add(&key, TEXT(" column"));
    return buffer_text(&key);
}

static void tell_not_there(struct source *source, const struct ini_entry *entry)
{
    struct arena *arena = source->scratch;
    const struct header *header = &source->header;
    size_t position;
    if (name_position(entry->value, &position) && position < header->names.count)
        diag(source->diags, DIAG_DUPLICATE_COLUMN, entry->value_place,
             "'%.*s' of '%.*s' stands for two columns of [%.*s]: keep one of them",
             TEXT_ARG(text_quote(arena, entry->value)), TEXT_ARG(source->path),
             TEXT_ARG(source->section->title));
    else
        diag(source->diags, DIAG_MISSING_COLUMN, entry->value_place,
             "'%.*s' has no column '%.*s'; its columns: %.*s", TEXT_ARG(source->path),
             TEXT_ARG(text_quote(arena, entry->value)),
             TEXT_ARG(names_found(arena, &header->names, entry->value)));
}

static void tell_doubtful(struct source *source, size_t column)
{
    struct arena *arena = source->scratch;
    const struct header *header = &source->header;
    size_t first = header->column[column], second = header->doubtful[column];
    struct place place = header->place;
    place.column = (unsigned)second + 1;
    diag(source->diags, DIAG_DUPLICATE_COLUMN, place,
         "two columns could be '%s': this one, '%.*s', and column %zu, '%.*s'; say which in "
         "[%.*s], as in '%.*s = column %zu'",
         source->dialect->columns[column].name,
         TEXT_ARG(text_quote(arena, header->names.items[second])), first + 1,
         TEXT_ARG(text_quote(arena, header->names.items[first])), TEXT_ARG(source->section->title),
         TEXT_ARG(mapping_key(source, column)), first + 1);
}

/* `first`: of the file's messages; the one that says how to name another row. */
static void tell_missing(struct source *source, size_t column, bool first)
{
    bool advise = first && !source->header_rows[0];
    const struct dialect_column *c = &source->dialect->columns[column];
    struct arena *arena = source->scratch;
    struct text wanted = text_format(arena, "%s|%s", c->name, c->synonyms ? c->synonyms : "");
    diag(source->diags, DIAG_MISSING_COLUMN, source->header.place,
         "no column '%s' (%s): the columns are %.*s; if one of them is meant, name it in [%.*s]%s",
         c->name, c->meaning, TEXT_ARG(names_found(arena, &source->header.names, wanted)),
         TEXT_ARG(source->section->title),
         !advise ? ""
         : source->sheet.len && !ini_value(source->section, "sheet").len
             ? "; if another row is the header, write its number as 'header row', and if another "
               "sheet has the table, its name as 'sheet'"
             : "; if another row is the header, write its number as 'header row'");
}

bool header_read(struct source *source, const struct record *row)
{
    size_t columns = source->dialect->column_count;
    size_t errors = diags_count(source->diags, LEVEL_ERROR);
    source->header = header_new(source, row);
    const struct header *header = &source->header;
    for (size_t c = 0; c < columns; c++) {
        const struct ini_entry *entry = job_mapping(source, c);
        if (entry && header->column[c] == NO_COLUMN)
            tell_not_there(source, entry);
        else if (header->doubtful[c] != NO_COLUMN)
            tell_doubtful(source, c);
    }
    if (diags_count(source->diags, LEVEL_ERROR) > errors)
        return false; /* what else is missing may follow from that */
    for (size_t c = 0; c < columns; c++)
        if (is_needed(source->dialect, c) && header->column[c] == NO_COLUMN)
            tell_missing(source, c, diags_count(source->diags, LEVEL_ERROR) == errors);
    return diags_count(source->diags, LEVEL_ERROR) == errors;
}

void header_tell_fitting(struct source *source, const struct record *row)
{
    const struct dialect *own = source->dialect, *best = NULL;
    size_t most = header_score(source, row).found;
    for (size_t d = 0; d < dialect_count; d++) {
        source->dialect = dialects[d];
        struct header_score score = header_score(source, row);
        if (source->dialect != own && !dialects[d]->reader->takes_any && score.complete &&
            score.found > most) {
            best = source->dialect;
            most = score.found;
        }
    }
    source->dialect = own;
    if (best)
        diag(source->diags, DIAG_HEADER, source_place(source, row, NO_COLUMN),
             "its columns are those of the dialect '%s': if it is such an export, write "
             "'dialect = %s' in [%.*s]",
             best->name, best->name, TEXT_ARG(source->section->title));
}

static size_t find_any(const struct texts *names, struct text name)
{
    for (size_t i = 0; i < names->count; i++)
        if (names->items[i].len && text_same_name(names->items[i], name))
            return i;
    return NO_COLUMN;
}

size_t header_find(const struct source *source, struct text name)
{
    const struct header *header = &source->header;
    size_t position = find_any(&header->names, name);
    if (position == NO_COLUMN)
        position = find_any(&header->plain, name);
    for (size_t c = 0; position == NO_COLUMN && c < source->dialect->column_count; c++)
        if (text_same_name(text_from(source->dialect->columns[c].name), name))
            return header->column[c];
    size_t listed;
    if (position == NO_COLUMN && name_position(name, &listed) && listed < header->names.count)
        return listed;
    return position;
}

bool header_rows_read(struct diags *diags, const struct ini_entry *entry, unsigned rows[2])
{
    rows[0] = rows[1] = 0;
    if (!entry)
        return true;
    size_t number = 0, digits = 0;
    for (size_t at = 0; at < entry->value.len; at++) {
        char c = entry->value.ptr[at];
        if (is_digit(c) && digits < 7) {
            rows[number] = rows[number] * 10 + (unsigned)(c - '0');
            digits++;
        } else if (c == '-' && digits && number == 0) {
            number = 1;
            digits = 0;
        } else if (c != ' ') {
            digits = 0;
            break;
        }
    }
    if (digits && rows[0] && (!number || rows[1] > rows[0]))
        return true;
    rows[0] = rows[1] = 0;
    diag(diags, DIAG_BAD_VALUE, entry->value_place,
         "'%.*s' is no header row: expected the number of its line, such as '5', or '5-6' for a "
         "header of two rows",
         TEXT_ARG(text_quote(diags->arena, entry->value)));
    return false;
}

/* By a column of the dialect, the lookup or the filter. */
static bool is_used(const struct source *source, size_t column)
{
    return source->header.taken[column] ||
           (source->lookup.count && column == source->lookup_column) ||
           (source->filter.test != FILTER_NONE && column == source->filter_column);
}

void header_tell_unused(struct source *source)
{
    const struct header *header = &source->header;
    struct texts unused = {0};
    for (size_t i = 0; i < header->names.count; i++)
        if (!is_used(source, i) && header->names.items[i].len && !header->ignored[i])
            texts_add(source->scratch, &unused, header->names.items[i]);
    if (unused.count)
        diag(source->diags, DIAG_READ, header->place, "columns not used: %.*s",
             TEXT_ARG(
                 text_quote(source->scratch, texts_join(source->scratch, &unused, TEXT(", ")))));
}
