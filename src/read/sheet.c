#include "read/read_int.h"

#include "base/file.h"
#include "base/hash.h"

bool sheet_read(struct source *source, struct place place, record_taker *take, void *user)
{
    struct text bytes;
    (void)take, (void)user;
    if (!file_read(source->scratch, source->diags, source->path, place, FILE_CAP_INPUT, &bytes))
        return false;
    source->account->bytes = bytes.len;
    source->account->sha256 = hash_sha256(source->arena, bytes);
    diag(source->diags, DIAG_FORMAT, place_file(source->path),
         "this is a ZIP archive or an Excel workbook: expected a text export (CSV); in Excel, save "
         "the sheet as 'CSV UTF-8'");
    return false;
}
