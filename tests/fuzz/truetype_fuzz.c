/* truetype - a file as a font: its facts, its characters, and a smaller font of all of these. */
#include "fuzz.h"

#include "write/pdf_truetype.h"

static unsigned long number_at(struct text bytes, size_t at, size_t len)
{
    unsigned long number = 0;
    for (size_t i = at; i < at + len && i < bytes.len; i++)
        number = number << 8 | (unsigned char)bytes.ptr[i];
    return number;
}

/* Its tables lie within it, one behind the other. */
static void check_subset(struct text file, struct text whole)
{
    size_t count = number_at(file, 4, 2), end = 12 + 16 * count;
    FUZZ_HOLDS(count == 9);
    for (size_t i = 0; i < count; i++) {
        size_t from = number_at(file, 12 + 16 * i + 8, 4), len = number_at(file, 24 + 16 * i, 4);
        FUZZ_HOLDS(from == end);
        end = from + (len + 3) / 4 * 4;
    }
    FUZZ_HOLDS(end == file.len);
    FUZZ_HOLDS(file.len <= 16 * whole.len + 4096); /* not more than what is there */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct text bytes = {(const char *)data, size};
    const struct truetype *font = truetype_read(arena, bytes);
    if (font) {
        struct truetype_facts facts = truetype_facts(font, arena);
        struct truetype_subset *subset = truetype_subset_new(font, arena);
        FUZZ_HOLDS(facts.name.len > 0 && facts.name.len < 64);
        for (uint32_t point = 0; point <= 0xFFFF; point++) {
            unsigned glyph = truetype_glyph(font, point), number;
            FUZZ_HOLDS(truetype_advance(font, glyph) >= 0);
            number = truetype_subset_add(subset, glyph);
            FUZZ_HOLDS((number == 0) == (glyph == 0));
        }
        check_subset(truetype_subset_bytes(subset), bytes);
    }
    arena_free(arena);
    return 0;
}
