/* actions_further - the columns of a plan or a register that are none of its fields. */
#include "read/dialect_int.h"

/* What SharePoint adds to each list that it exports: nothing of an action. */
static bool is_of_system(struct text name)
{
    static const char *const names[] = {"Item type",    "Path",        "Modified",
                                        "Modified by",  "Created",     "Created by",
                                        "Content type", "Attachments", "Version"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (text_same_name(name, text_from(names[i])))
            return true;
    return false;
}

/* Both "Managed by" and "Assigned to": an action has one owner. */
static void tell_second(struct source *source, size_t position, size_t column)
{
    const struct header *header = &source->header;
    size_t first = header->column[column];
    diag(source->diags, DIAG_DUPLICATE_COLUMN, source_header_place(source, position),
         "column '%.*s' stands for '%s', and so does column %zu, '%.*s': list the one that is not "
         "needed in 'ignore' of [%.*s]",
         TEXT_ARG(text_quote(source->scratch, header->names.items[position])),
         source->dialect->columns[column].name, first + 1,
         TEXT_ARG(text_quote(source->scratch, header->names.items[first])),
         TEXT_ARG(source->section->title));
}

/* A second column of a name could not be told from the first. */
static bool is_told_twice(struct source *source, size_t position)
{
    const struct texts *names = &source->header.names;
    size_t first = 0;
    while (!text_same_name(names->items[first], names->items[position]))
        first++;
    if (first == position)
        return false;
    diag(source->diags, DIAG_DUPLICATE_COLUMN, source_header_place(source, position),
         "column %zu is called '%.*s' too: give one of them another name, or list it in 'ignore' "
         "of [%.*s] as 'column %zu'",
         first + 1, TEXT_ARG(text_quote(source->scratch, names->items[position])),
         TEXT_ARG(source->section->title), position + 1);
    return true;
}

static void tell_unknown(struct source *source, size_t position)
{
    size_t column = header_second(source, position);
    if (column != NO_COLUMN)
        tell_second(source, position, column);
    else
        diag(source->diags, DIAG_MISSING_COLUMN, source_header_place(source, position),
             "column '%.*s' is none that this dialect knows: if it stands for one, name it in "
             "[%.*s], else list it in 'keep' or in 'ignore'",
             TEXT_ARG(text_quote(source->scratch, source->header.names.items[position])),
             TEXT_ARG(source->section->title));
}

static bool is_kept(struct source *source, size_t position, struct text keep)
{
    return text_same_name(keep, TEXT("all")) ||
           list_names(keep, source->header.names.items[position]) ||
           list_names(keep, source->header.plain.items[position]);
}

/* Each column is a field, a further column, or one that nobody needs; false after messages. */
static bool list_further(struct source *source, struct text keep)
{
    struct header *header = &source->header;
    struct texts *further = &source->dataset->further_headers;
    bool ok = true;
    for (size_t i = 0; i < header->names.count; i++) {
        struct text name = header->names.items[i];
        if (!name.len || header->taken[i] || header->ignored[i] || is_of_system(name))
            continue;
        if (!is_kept(source, i, keep)) {
            tell_unknown(source, i);
            ok = false;
            continue;
        }
        ok = !is_told_twice(source, i) && ok;
        header->taken[i] = true;
        if (texts_find_name(further, name) == further->count)
            texts_add(source->arena, further, text_copy(source->arena, name));
    }
    return ok;
}

/* Columns that `keep` names and the file does not have. */
static bool keeps_what_is_there(struct source *source, struct text keep)
{
    const struct ini_entry *entry = ini_entry(source->section, "keep");
    struct text_pieces lines = text_split(keep, '\n');
    bool ok = true;
    for (struct text line; entry && text_next(&lines, &line);) {
        if (text_same_name(line, TEXT("all")) || header_find(source, line) != NO_COLUMN)
            continue;
        struct text_pieces pieces = text_split(line, ',');
        for (struct text name; text_next(&pieces, &name);)
            ok = (!name.len || source_find_column(source, name, entry->value_place) != NO_COLUMN) &&
                 ok;
    }
    return ok;
}

bool action_columns_open(struct source *source, struct text keep, struct action_column **out)
{
    const struct header *header = &source->header;
    const struct texts *further = &source->dataset->further_headers;
    bool ok = keeps_what_is_there(source, keep);
    ok = list_further(source, keep) && ok;
    struct action_column *columns =
        arena_calloc(source->scratch, ACTION_FIELDS + further->count, sizeof *columns);
    for (size_t f = 0; f < ACTION_FIELDS + further->count; f++) {
        columns[f] = (struct action_column){.position = NO_COLUMN, .above = TEXT_EMPTY};
        if (f < ACTION_FIELDS)
            columns[f].position = header->column[f];
        for (size_t i = 0; f >= ACTION_FIELDS && i < header->names.count; i++)
            if (!header->ignored[i] && header->names.items[i].len &&
                text_same_name(header->names.items[i], further->items[f - ACTION_FIELDS]))
                columns[f].position = i;
    }
    *out = columns;
    return ok;
}
