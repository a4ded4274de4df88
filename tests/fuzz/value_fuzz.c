/* value - a cell as a number with unit and markers. */
#include "fuzz.h"

#include "base/utf8.h"
#include "data/value.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct text raw = text_copy(arena, (struct text){(const char *)data, size});
    if (utf8_check(raw) == raw.len) {
        struct reading reading = value_read(arena, raw);
        FUZZ_HOLDS(reading.flag != READING_ERROR || !reading.value.present);
        FUZZ_HOLDS(reading.value.present || reading.value.markers);
        struct value again = reading.value;
        FUZZ_HOLDS(!value_mark(&again, 0)); /* nothing hidden is left beside its marker */
        FUZZ_HOLDS(utf8_check(reading.note) == reading.note.len);
    }
    arena_free(arena);
    return 0;
}
