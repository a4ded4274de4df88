/* ini - a job file, template or agenda. */
#include "fuzz.h"

#include "base/ini.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    struct fuzz_file file = fuzz_file((struct text){(const char *)data, size});
    struct ini ini;
    bool ok = ini_read(arena, &diags, text_from(file.path), &ini);
    FUZZ_HOLDS(ok == diags_ok(&diags));
    for (size_t s = 0; s < ini.count; s++)
        for (size_t e = 0; e < ini.sections[s].count; e++) {
            const struct ini_entry *entry = &ini.sections[s].entries[e];
            FUZZ_HOLDS(utf8_check(entry->value) == entry->value.len);
            FUZZ_HOLDS(entry->place.line > 0);
        }
    fuzz_messages(&diags);
    fuzz_file_end(&file);
    arena_free(arena);
    return 0;
}
