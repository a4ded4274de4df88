/* export - one file of a source, whatever its format: what it is, and that it comes once. */
#include "read/read_int.h"

#include "base/file.h"
#include "base/nfc.h"

bool export_is_repeated(struct source *source, struct place place)
{
    const struct account *account = &source->dataset->account;
    for (size_t i = 0; i + 1 < account->count; i++)
        if (account->files[i].read &&
            text_equal(account->files[i].sha256, source->account->sha256)) {
            diag(source->diags, DIAG_DUPLICATE_ROW, place,
                 "'%.*s' holds the same bytes as '%.*s': it would be counted twice",
                 TEXT_ARG(source->path), TEXT_ARG(account->files[i].path));
            return true;
        }
    return false;
}

/* A ZIP archive, or what older programs keep workbooks in. Anything else is a text, or refused as
 * one. */
static bool is_workbook(struct text start)
{
    return text_starts(start, TEXT("PK\x03\x04")) || text_starts(start, TEXT("PK\x05\x06")) ||
           text_starts(start, TEXT("\xD0\xCF\x11\xE0"));
}

/* Composes the cells of a file, where any is to be. */
struct composing {
    struct source *source;
    record_taker *take;
    void *user;
    struct text *fields;
    size_t capacity;
    struct buffer bytes; /* of those that were composed */
};

static bool may_change(const struct record *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (nfc_may_change(row->fields[i]))
            return true;
    return false;
}

static struct record compose(struct composing *composing, const struct record *row)
{
    struct record composed = *row;
    if (row->count > composing->capacity) {
        composing->capacity = 2 * row->count;
        composing->fields = arena_calloc(composing->source->scratch, composing->capacity,
                                         sizeof *composing->fields);
    }
    composing->bytes.len = 0;
    for (size_t i = 0; i < row->count; i++) {
        size_t from = composing->bytes.len;
        composing->fields[i] = row->fields[i];
        if (!nfc_may_change(row->fields[i]))
            continue;
        nfc_add(&composing->bytes, row->fields[i]);
        composing->fields[i] = (struct text){NULL, composing->bytes.len - from};
    }
    const char *next = buffer_text(&composing->bytes).ptr; /* which moves while it grows */
    for (size_t i = 0; i < row->count; i++)
        if (!composing->fields[i].ptr) {
            composing->fields[i].ptr = next;
            next += composing->fields[i].len;
        }
    composed.fields = composing->fields;
    return composed;
}

static bool take_composed(void *user, const struct record *row)
{
    struct composing *composing = user;
    if (!composing->source->composes || !may_change(row))
        return composing->take(composing->user, row);
    struct record composed = compose(composing, row);
    return composing->take(composing->user, &composed);
}

bool export_read(struct source *source, struct text path, struct place place, record_taker *take,
                 void *user)
{
    source->scratch = arena_new();
    source->path = path;
    source->sheet = TEXT_EMPTY;
    source->told_before = source->diags->count;
    source->account = account_add_file(source->dataset, path);
    table_begin(source);
    struct composing composing = {
        .source = source, .take = take, .user = user, .bytes = {.arena = source->scratch}};
    source->composes = is_workbook(file_start(source->scratch, path, 4)); /* a text says later */
    bool ok = limits_allow_file(source->limits, source->diags, path, place);
    if (ok)
        ok = source->composes ? sheet_read(source, place, take_composed, &composing)
                              : delimited_read(source, place, take_composed, &composing);
    if (ok && take == table_take)
        ok = table_end(source);
    arena_free(source->scratch);
    source->scratch = NULL;
    source->table = NULL;
    source->header = (struct header){0};
    return ok;
}
