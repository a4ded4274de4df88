#include "read/read_int.h"

#include "base/file.h"

#include <stdlib.h>

static int by_key(const void *a, const void *b)
{
    return text_compare(((const struct lookup_row *)a)->key, ((const struct lookup_row *)b)->key);
}

const struct text *lookup_area(const struct lookup *lookup, struct text key)
{
    if (!lookup->count)
        return NULL;
    const struct lookup_row wanted = {.key = key};
    const struct lookup_row *row =
        bsearch(&wanted, lookup->rows, lookup->count, sizeof wanted, by_key);
    return row ? &row->area : NULL;
}

static void reject(struct source *source, enum diag_kind kind, unsigned line, const char *message)
{
    source->account->rejected++;
    diag(source->diags, kind, place_at(source->path, line, 0), "%s", message);
}

static bool take_row(void *user, const struct record *row)
{
    struct source *source = user;
    struct lookup *lookup = &source->lookup;
    if (source->row_is_hidden)
        return source_count(source, row, source_exclude(source, TEXT(HIDDEN_ROW)));
    if (!lookup->column.len) {
        lookup->column = text_copy(source->arena, text_trim(row->fields[0]));
        if (row->count == 2 && lookup->column.len)
            return true;
        diag(source->diags, DIAG_FORMAT, place_at(source->path, row->line, 0),
             "a lookup has two columns, the export's column and the area: found %zu", row->count);
        return false;
    }
    source->account->read++;
    if (row->count != 2) {
        reject(source, DIAG_FIELD_COUNT, row->line, "a row of a lookup has two fields");
        return true;
    }
    struct lookup_row entry = {text_copy(source->arena, text_trim(row->fields[0])),
                               text_copy(source->arena, text_trim(row->fields[1]))};
    if (!entry.key.len || !entry.area.len) {
        reject(source, DIAG_MISSING_VALUE, row->line, "a row of a lookup has no blank fields");
        return true;
    }
    source->account->used++;
    lookup->rows =
        arena_grow(source->arena, lookup->rows, lookup->count, &lookup->capacity, sizeof entry);
    lookup->rows[lookup->count++] = entry;
    return true;
}

/* A key that stands twice is harmless when both rows say the same. */
static bool keys_are_single(struct source *source)
{
    struct lookup *lookup = &source->lookup;
    bool ok = true;
    for (size_t i = 1; i < lookup->count; i++) {
        const struct lookup_row *a = &lookup->rows[i - 1], *b = &lookup->rows[i];
        if (text_equal(a->key, b->key) && !text_equal(a->area, b->area)) {
            ok = false;
            diag(source->diags, DIAG_CONFLICT, place_file(lookup->path),
                 "'%.*s' has two areas, '%.*s' and '%.*s'",
                 TEXT_ARG(text_quote(source->arena, a->key)),
                 TEXT_ARG(text_quote(source->arena, a->area)),
                 TEXT_ARG(text_quote(source->arena, b->area)));
        }
    }
    return ok;
}

bool lookup_read(struct source *source, const struct ini_entry *entry)
{
    struct lookup *lookup = &source->lookup;
    lookup->path = path_tidy(source->arena, path_join(source->arena, source->folder, entry->value));
    if (!export_read(source, lookup->path, entry->value_place, take_row, source))
        return false;
    if (!lookup->count) {
        diag(source->diags, DIAG_NO_ROWS, place_file(lookup->path), "the lookup has no rows");
        return false;
    }
    qsort(lookup->rows, lookup->count, sizeof *lookup->rows, by_key);
    return keys_are_single(source);
}
