/* rows - the fields and rows of actions and registers that a template names. */
#include "assemble/rows_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- fields ---- */

/* What a template can call the source's columns. */
static struct texts field_names(struct arena *arena, const struct dataset *dataset)
{
    struct texts names = {0};
    for (size_t f = 0; f < dataset_action_fields(dataset); f++) {
        enum action_field field = (enum action_field)f;
        struct text header = dataset_action_header(dataset, field);
        if (header.len)
            texts_add(arena, &names,
                      f < ACTION_FIELDS ? text_from(action_field_slug(field)) : header);
    }
    return names;
}

struct text rows_header(const struct dataset *dataset, enum action_field field)
{
    struct text header = dataset_action_header(dataset, field);
    return header.len || field != ACTION_STATUS ? header : TEXT("Status");
}

/* A field of the source, or the status that its actions leave open. */
static bool find_field(const struct dataset *dataset, struct text name, enum action_field *field)
{
    if (dataset_action_field(dataset, name, field))
        return true;
    *field = ACTION_STATUS;
    return dataset->action_headers[ACTION_TITLE].len && text_same_name(name, TEXT("status"));
}

/* Of "progress as Update", which names a field that another source may have, the field. */
static struct text without_header(struct text name)
{
    enum action_field field;
    size_t at = 0;
    while (at + 4 <= name.len && memcmp(name.ptr + at, " as ", 4) != 0)
        at++;
    struct text before = text_trim(text_slice(name, 0, at));
    return at + 4 <= name.len && action_field_read(before, &field) ? before : name;
}

static void tell_no_field(struct assembly *assembly, const struct ini_section *section,
                          const char *key, const struct dataset *dataset, struct text name)
{
    struct texts names = field_names(assembly->arena, dataset);
    diag(assembly->diags, DIAG_BAD_VALUE, ini_entry(section, key)->value_place,
         "source '%.*s' has no column '%.*s': expected one of %.*s%s", TEXT_ARG(dataset->name),
         TEXT_ARG(text_quote(assembly->arena, without_header(name))),
         TEXT_ARG(texts_join(assembly->arena, &names, TEXT(", "))),
         text_same_name(name, TEXT("comparison"))
             ? "; a comparison needs 'figure' and 'comparator value', the names of two of them"
             : "");
}

/* What is between the commas of a line or, where a name has commas, the line. */
static struct texts names_of(struct assembly *assembly, const struct dataset *dataset,
                             struct text value)
{
    struct texts names = {0};
    struct text_pieces lines = text_split(value, '\n');
    for (struct text line; text_next(&lines, &line);) {
        enum action_field field;
        if (line.len && find_field(dataset, line, &field)) {
            texts_add(assembly->arena, &names, line);
            continue;
        }
        struct text_pieces pieces = text_split(line, ',');
        for (struct text piece; text_next(&pieces, &piece);)
            if (piece.len)
                texts_add(assembly->arena, &names, piece);
    }
    return names;
}

struct row_fields rows_fields(struct assembly *assembly, const struct ini_section *section,
                              const char *key, const struct dataset *dataset)
{
    struct texts names = names_of(assembly, dataset, assembly_value(assembly, section, key));
    struct row_fields fields = {
        .items = arena_calloc(assembly->arena, names.count + 1, sizeof *fields.items)};
    for (size_t i = 0; i < names.count; i++)
        if (find_field(dataset, names.items[i], &fields.items[fields.count]))
            fields.count++;
        else
            tell_no_field(assembly, section, key, dataset, names.items[i]);
    return fields;
}

bool rows_field(struct assembly *assembly, const struct ini_section *section, const char *key,
                const char *otherwise, const struct dataset *dataset, enum action_field *out)
{
    struct text name = assembly_value(assembly, section, key);
    if (dataset_action_field(dataset, name.len ? name : text_from(otherwise), out))
        return true;
    if (name.len)
        tell_no_field(assembly, section, key, dataset, name);
    return false;
}

enum { LONG_TEXT = 40 }; /* bytes: more than a name, a code or a date */

bool rows_is_long(const struct dataset *dataset, enum action_field field)
{
    if (field < ACTION_FIELDS)
        return field == ACTION_PROGRESS || field == ACTION_NEXT_STEPS || field == ACTION_TITLE ||
               field == ACTION_TARGET || field == ACTION_MILESTONES || field == ACTION_OBJECTIVE ||
               field == ACTION_FOCUS || field == ACTION_DESCRIPTION || field == ACTION_REASON ||
               field == ACTION_OUTPUTS || field == ACTION_OUTCOME || field == ACTION_RISKS;
    for (size_t i = 0; i < dataset->action_count; i++) {
        struct text cell = action_text(&dataset->actions[i], field).plain;
        if (cell.len > LONG_TEXT || text_contains(cell, TEXT("\n")))
            return true;
    }
    return false;
}

/* ---- columns ---- */

static void add_column(struct assembly *assembly, struct row_columns *columns,
                       struct row_column column)
{
    columns->items = arena_grow(assembly->arena, columns->items, columns->count, &columns->capacity,
                                sizeof column);
    columns->items[columns->count++] = column;
}

/* A field, or `comparison` where there are numbers to compare. */
static bool find_column(struct assembly *assembly, const struct ini_section *section,
                        const struct dataset *dataset, struct text name, struct row_column *out)
{
    *out = (struct row_column){.field = ACTION_ID, .header = TEXT("Comparison")};
    if (find_field(dataset, name, &out->field)) {
        out->header = rows_header(dataset, out->field);
        return true;
    }
    out->is_comparison = text_same_name(name, TEXT("comparison")) &&
                         row_comparator_read(assembly, section, dataset).is_there;
    return out->is_comparison;
}

/* "NAME as HEADER", where the first of the two may hold the word "as" too. */
static bool read_column(struct assembly *assembly, const struct ini_section *section,
                        const struct dataset *dataset, struct text piece, struct row_column *out)
{
    if (find_column(assembly, section, dataset, piece, out))
        return true;
    for (size_t at = 0; at + 4 < piece.len; at++) {
        if (memcmp(piece.ptr + at, " as ", 4) != 0 ||
            !find_column(assembly, section, dataset, text_trim(text_slice(piece, 0, at)), out))
            continue;
        out->header = text_trim(text_slice(piece, at + 4, piece.len));
        return out->header.len > 0;
    }
    return false;
}

struct placed_column {
    struct row_column column;
    unsigned position;
};

static int by_position(const void *a, const void *b)
{
    const struct placed_column *left = a, *right = b;
    return (left->position > right->position) - (left->position < right->position);
}

/* In the order of the source; those that group the rows stand above them. */
static void add_all(struct assembly *assembly, const struct dataset *dataset,
                    const struct row_fields *group, struct row_columns *columns)
{
    size_t fields = dataset_action_fields(dataset), count = 0;
    struct placed_column *placed = arena_calloc(assembly->arena, fields, sizeof *placed);
    for (size_t f = 0; f < fields; f++) {
        enum action_field field = (enum action_field)f;
        struct text header = dataset_action_header(dataset, field);
        size_t g = 0;
        while (g < group->count && group->items[g] != field)
            g++;
        if (!header.len || g < group->count)
            continue;
        placed[count].column = (struct row_column){.field = field, .header = header};
        placed[count++].position =
            dataset->action_count ? action_place(&dataset->actions[0], field).column : 0;
    }
    if (dataset->action_count && count)
        qsort(placed, count, sizeof *placed, by_position);
    for (size_t i = 0; i < count; i++)
        add_column(assembly, columns, placed[i].column);
}

struct row_columns rows_columns(struct assembly *assembly, const struct ini_section *section,
                                const char *key, const struct dataset *dataset,
                                const struct row_fields *group)
{
    struct row_columns columns = {0};
    struct row_column column;
    struct text_pieces lines = text_split(assembly_value(assembly, section, key), '\n');
    for (struct text line; text_next(&lines, &line);) {
        if (line.len && read_column(assembly, section, dataset, line, &column)) {
            add_column(assembly, &columns, column);
            continue;
        }
        struct text_pieces pieces = text_split(line, ',');
        for (struct text piece; text_next(&pieces, &piece);) {
            if (text_same_name(piece, TEXT("all")))
                add_all(assembly, dataset, group, &columns);
            else if (piece.len && read_column(assembly, section, dataset, piece, &column))
                add_column(assembly, &columns, column);
            else if (piece.len)
                tell_no_field(assembly, section, key, dataset, piece);
        }
    }
    return columns;
}

/* ---- which rows ---- */

/* Those that are overdue, or have one of the statuses. */
static void choose_statuses(struct assembly *assembly, const struct ini_section *section,
                            const struct dataset *dataset, struct text line, bool *is_chosen)
{
    const char *words[RAGS + 1];
    bool takes[RAGS + 2] = {false};
    struct text_pieces pieces = text_split(line, ',');
    for (int rag = 0; rag < RAGS; rag++)
        words[rag] = rag_slug((enum rag)rag);
    words[RAGS] = "overdue";
    for (struct text piece; text_next(&pieces, &piece);)
        takes[assembly_choose(assembly, section, "only", piece, words, RAGS + 1)] = true;
    for (size_t i = 0; i < dataset->action_count; i++)
        is_chosen[i] =
            is_chosen[i] &&
            (takes[dataset->actions[i].rag] ||
             (takes[RAGS] && action_is_overdue(&dataset->actions[i],
                                               dataset_as_at(dataset, assembly->input->as_at))));
}

/* What a line of `only` asks of a cell. */
enum match { MATCH_IS, MATCH_IS_NOT, MATCH_BEGINS };
static const struct match_words {
    enum match match;
    struct text words;
} match_words[] = {{MATCH_BEGINS, TEXT_INIT(" begins with ")},
                   {MATCH_IS_NOT, TEXT_INIT(" is not ")},
                   {MATCH_IS, TEXT_INIT(" is ")}};

static bool begins_so(struct arena *arena, struct text cell, struct text start)
{
    cell = text_lower(arena, text_on_one_line(arena, cell));
    return text_starts(cell, text_lower(arena, text_on_one_line(arena, start)));
}

/* As one of them, or as it begins. */
static bool is_one_of(struct arena *arena, struct text cell, const struct texts *values,
                      enum match match)
{
    for (size_t i = 0; i < values->count; i++)
        if (match == MATCH_BEGINS
                ? begins_so(arena, cell, values->items[i])
                : text_equal(cell, values->items[i]) ||
                      (text_same_name(cell, values->items[i]) && !text_same_name(cell, TEXT_EMPTY)))
            return true;
    return false;
}

/* A value that no row has is likely misspelt; another export may have it. */
static void tell_no_row(struct assembly *assembly, const struct ini_section *section,
                        const struct dataset *dataset, enum action_field field, struct text value,
                        enum match match)
{
    for (size_t i = 0; i < assembly->input->source_count; i++) /* in a loop, of all turns */
        if (text_equal(assembly->input->sources[i].dataset->name, dataset->name))
            dataset = assembly->input->sources[i].dataset;
    const struct texts values = {.items = &value, .count = 1};
    for (size_t i = 0; i < dataset->action_count; i++)
        if (is_one_of(assembly->arena, rows_words(&dataset->actions[i], field), &values, match))
            return;
    if (!assembly->input->slice)
        diag(assembly->diags, DIAG_VALUE_CHECK, ini_entry(section, "only")->value_place,
             "no row of source '%.*s' %s '%.*s' in its column '%.*s'", TEXT_ARG(dataset->name),
             match == MATCH_BEGINS ? "begins with" : "has",
             TEXT_ARG(text_quote(assembly->arena, value)),
             TEXT_ARG(text_quote(assembly->arena, dataset_action_header(dataset, field))));
}

/* "FIELD is TEXT", where the name of a field may hold " is " too. False when none has such a name;
 * *name is then what stands before such words, empty where there are none. */
static bool read_choice(const struct dataset *dataset, struct text line, enum action_field *field,
                        enum match *match, struct text *rest, struct text *name)
{
    *name = TEXT_EMPTY;
    for (size_t m = 0; m < sizeof match_words / sizeof match_words[0]; m++)
        for (size_t at = 0; at < line.len; at++) {
            struct text words = match_words[m].words;
            if (!text_starts(text_slice(line, at, line.len), words))
                continue;
            struct text before = text_trim(text_slice(line, 0, at));
            *match = match_words[m].match;
            *rest = text_trim(text_slice(line, at + words.len, line.len));
            if (dataset_action_field(dataset, before, field))
                return true;
            *name = name->len ? *name : before;
        }
    return false;
}

/* "FIELD is TEXT | TEXT", "FIELD is not TEXT", "FIELD begins with TEXT"; false where it is none. */
static bool choose_values(struct assembly *assembly, const struct ini_section *section,
                          const struct dataset *dataset, struct text line, bool *is_chosen)
{
    enum action_field field = ACTION_ID;
    enum match match;
    struct text rest, name;
    struct texts values = {0};
    if (!read_choice(dataset, line, &field, &match, &rest, &name)) {
        if (name.len)
            tell_no_field(assembly, section, "only", dataset, name);
        return name.len > 0;
    }
    struct text_pieces pieces = text_split(rest, '|');
    for (struct text piece; text_next(&pieces, &piece);) {
        texts_add(assembly->arena, &values, piece);
        tell_no_row(assembly, section, dataset, field, piece, match);
    }
    for (size_t i = 0; i < dataset->action_count; i++)
        is_chosen[i] =
            is_chosen[i] && is_one_of(assembly->arena, rows_words(&dataset->actions[i], field),
                                      &values, match) != (match == MATCH_IS_NOT);
    return true;
}

bool *rows_chosen(struct assembly *assembly, const struct ini_section *section,
                  const struct dataset *dataset)
{
    struct text_pieces lines = text_split(assembly_value(assembly, section, "only"), '\n');
    bool *is_chosen = arena_calloc(assembly->arena, dataset->action_count + 1, sizeof *is_chosen);
    for (size_t i = 0; i < dataset->action_count; i++)
        is_chosen[i] = true;
    for (struct text line; text_next(&lines, &line);)
        if (line.len && !choose_values(assembly, section, dataset, line, is_chosen))
            choose_statuses(assembly, section, dataset, line, is_chosen);
    rows_turn(assembly, section, dataset, is_chosen);
    return is_chosen;
}

struct text rows_group(struct assembly *assembly, const struct action *action,
                       const struct row_fields *group)
{
    struct buffer out = {.arena = assembly->arena};
    for (size_t i = 0; i < group->count; i++)
        buffer_format(&out, "%s%.*s", i ? ": " : "", TEXT_ARG(rows_words(action, group->items[i])));
    return buffer_text(&out);
}

struct texts rows_groups(struct assembly *assembly, const struct dataset *dataset,
                         const struct row_fields *group, const bool *is_chosen,
                         struct text **of_row)
{
    struct texts groups = {0};
    struct map numbers = {.arena = assembly->arena};
    *of_row = arena_calloc(assembly->arena, dataset->action_count + 1, sizeof **of_row);
    for (size_t i = 0; i < dataset->action_count; i++) {
        struct text own = (*of_row)[i] = rows_group(assembly, &dataset->actions[i], group);
        if ((is_chosen && !is_chosen[i]) || map_find(&numbers, own, SIZE_MAX) != SIZE_MAX)
            continue;
        map_add(&numbers, own, groups.count);
        texts_add(assembly->arena, &groups, own);
    }
    return groups;
}

/* ---- words ---- */

struct text rows_words(const struct action *action, enum action_field field)
{
    struct text words = text_trim(action_text(action, field).plain);
    enum rag rag;
    if (field == ACTION_STATUS && (action->rag != RAG_NONE || !words.len || rag_read(words, &rag)))
        return text_from(rag_word(action->rag));
    return words.len ? words : BLANK_SHOWN;
}

struct row_words {
    struct assembly *assembly;
    const struct dataset *dataset;
    const struct action *action;
    size_t columns, blank; /* how many columns a line has named, and how many of them are blank */
};

static bool resolve_field(void *context, struct text name, struct text format, struct text *out)
{
    struct row_words *row = context;
    enum action_field field;
    if (!format.len && dataset_action_field(row->dataset, name, &field)) {
        *out = rows_words(row->action, field);
        row->columns++;
        row->blank += text_equal(*out, BLANK_SHOWN);
        return true;
    }
    if (assembly_resolve(row->assembly, name, format, out))
        return true;
    struct texts names = field_names(row->assembly->arena, row->dataset);
    struct text nearest = texts_nearest(&names, name);
    if (nearest.len)
        *out = text_format(row->assembly->arena, "; did you mean '%.*s'?", TEXT_ARG(nearest));
    return false;
}

struct text rows_fill(struct assembly *assembly, const struct dataset *dataset,
                      const struct action *action, const struct ini_entry *entry)
{
    struct texts lines = {0};
    struct text_pieces pieces = text_split(entry->value, '\n');
    for (struct text line; text_next(&pieces, &line);) {
        struct row_words row = {assembly, dataset, action, 0, 0};
        const struct resolver resolver = {resolve_field, &row};
        struct text filled =
            placeholder_fill(assembly->arena, assembly->diags, &resolver, line, entry->value_place);
        bool is_blank = row.columns && row.blank == row.columns;
        if (filled.len && (!is_blank || !lines.count))
            texts_add(assembly->arena, &lines, text_on_one_line(assembly->arena, filled));
    }
    return texts_join(assembly->arena, &lines, TEXT(" "));
}
