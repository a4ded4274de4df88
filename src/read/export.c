/* export - one file of a source, whatever its format: what it is, and that it comes once. */
#include "read/read_int.h"

#include "base/file.h"

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

bool export_read(struct source *source, struct text path, struct place place, record_taker *take,
                 void *user)
{
    source->scratch = arena_new();
    source->path = path;
    source->sheet = TEXT_EMPTY;
    source->told_before = source->diags->count;
    source->account = account_add_file(source->dataset, path);
    table_begin(source);
    bool ok = is_workbook(file_start(source->scratch, path, 4))
                  ? sheet_read(source, place, take, user)
                  : delimited_read(source, place, take, user);
    if (ok && take == table_take)
        ok = table_end(source);
    arena_free(source->scratch);
    source->scratch = NULL;
    source->table = NULL;
    source->header = (struct header){0};
    return ok;
}
