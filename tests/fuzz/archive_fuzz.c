/* archive - the bytes of a ZIP file: each of its parts, and all as a workbook. */
#include "fuzz.h"

#include "read/zip_int.h"

static bool count(void *context, struct text piece)
{
    *(size_t *)context += piece.len;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    struct text bytes = {(const char *)data, size};
    struct archive *archive =
        archive_open(arena, &diags, bytes, place_file(TEXT("a.zip")), &limits_default);
    FUZZ_HOLDS((archive != NULL) == diags_ok(&diags));
    struct texts names = archive ? archive_names(archive) : (struct texts){0};
    for (size_t i = 0; i < names.count; i++) {
        size_t errors = diags_count(&diags, LEVEL_ERROR), unpacked = 0;
        bool ok = archive_stream(archive, names.items[i], count, &unpacked);
        FUZZ_HOLDS(ok == (diags_count(&diags, LEVEL_ERROR) == errors));
        FUZZ_HOLDS(!ok || unpacked <= ZIP_RATIO_FREE || unpacked / limits_default.ratio <= size);
    }
    fuzz_messages(&diags);
    archive_close(archive);
    fuzz_workbook(arena, bytes);
    arena_free(arena);
    return 0;
}
