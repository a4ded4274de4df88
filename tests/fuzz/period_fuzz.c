/* period - a label as a period, and the period before it. */
#include "fuzz.h"

#include "base/utf8.h"
#include "data/period.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct text raw = text_copy(arena, (struct text){(const char *)data, size});
    if (utf8_check(raw) == raw.len) {
        struct period period = period_read(arena, raw);
        bool read = period.flag == PERIOD_OK || period.flag == PERIOD_ASSUMED;
        FUZZ_HOLDS(!read || period_same(period, period));
        if (read && date_is_known(period.start)) {
            FUZZ_HOLDS(date_compare(period.start, period.end) <= 0);
            struct period before = period_previous(arena, period);
            if (date_is_known(before.start))
                FUZZ_HOLDS(date_compare(before.start, period.start) < 0);
        }
        period_display(arena, period);
    }
    arena_free(arena);
    return 0;
}
