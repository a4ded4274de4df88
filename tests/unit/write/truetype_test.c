#include "support.h"
#include "write/pdf_truetype.h"

#define FONTS "/usr/share/fonts/truetype/liberation2/LiberationS"

static struct text font_bytes(struct arena *arena, const char *name)
{
    struct diags diags = diags_new(arena);
    struct text bytes, path = text_format(arena, FONTS "%s.ttf", name);
    assert_true(file_read(arena, &diags, path, PLACE_NONE, (size_t)1 << 24, &bytes));
    return bytes;
}

static struct truetype *font_of(struct arena *arena, const char *name)
{
    struct truetype *font = truetype_read(arena, font_bytes(arena, name));
    assert_non_null(font);
    return font;
}

/* ---- a reader of our own ---- */

static unsigned long number_at(struct text bytes, size_t at, size_t len)
{
    unsigned long number = 0;
    assert_true(at + len <= bytes.len);
    for (size_t i = 0; i < len; i++)
        number = number << 8 | (unsigned char)bytes.ptr[at + i];
    return number;
}

static struct text table_of(struct text file, const char *tag)
{
    for (size_t i = 0; i < number_at(file, 4, 2); i++) {
        size_t entry = 12 + 16 * i, from = number_at(file, entry + 8, 4);
        if (text_is(text_slice(file, entry, entry + 4), tag))
            return text_slice(file, from, from + number_at(file, entry + 12, 4));
    }
    fail_msg("no table %s", tag);
    return TEXT_EMPTY;
}

static struct text outline_of(struct text file, size_t glyph)
{
    struct text places = table_of(file, "loca");
    size_t size = number_at(table_of(file, "head"), 50, 2) ? 4 : 2, times = size == 2 ? 2 : 1;
    return text_slice(table_of(file, "glyf"), number_at(places, glyph * size, size) * times,
                      number_at(places, (glyph + 1) * size, size) * times);
}

static unsigned long sum_of(struct text bytes)
{
    unsigned long sum = 0;
    for (size_t at = 0; at < bytes.len; at += 4)
        sum += number_at(bytes, at, 4);
    return sum & 0xFFFFFFFF;
}

/* ---- tests ---- */

/* As wide as Helvetica's, which these fonts stand for, but for what is lost below a thousandth. */
static void characters_have_glyphs_and_widths(void **state)
{
    const struct {
        uint32_t point;
        int advance;
    } known[] = {{'A', 666}, {'i', 222}, {' ', 277}, {'7', 556}, {0xE9, 556}, {0x20AC, 556}};
    struct truetype *font = font_of(*state, "ans-Regular");
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        unsigned glyph = truetype_glyph(font, known[i].point);
        assert_int_not_equal(glyph, 0);
        assert_int_equal(truetype_advance(font, glyph), known[i].advance);
    }
    const uint32_t none[] = {0, 1, 0x5D0 - 1, 0x4E2D, 0xE000, 0xFFFE, 0xFFFF, 0x1F600};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        assert_int_equal(truetype_glyph(font, none[i]), 0);
}

static void facts_are_what_the_font_says_of_itself(void **state)
{
    struct truetype_facts plain = truetype_facts(font_of(*state, "ans-Regular"), *state),
                          serif = truetype_facts(font_of(*state, "erif-BoldItalic"), *state);
    assert_text(*state, plain.name, "LiberationSans");
    assert_text(*state, serif.name, "LiberationSerif-BoldItalic");
    assert_int_equal(plain.ascent, 905);
    assert_int_equal(plain.descent, -211);
    assert_in_range(plain.cap_height, 680, 735);
    assert_in_range(plain.x_height, 515, 535);
    assert_int_equal(plain.italic_angle, 0);
    assert_true(serif.italic_angle < -10 && serif.italic_angle > -20);
    assert_true(serif.has_serifs && !plain.has_serifs);
}

/* An accented letter brings what it is made of, under new numbers. */
static void a_subset_has_what_it_was_asked_for(void **state)
{
    struct text whole = font_bytes(*state, "ans-Regular");
    struct truetype *font = truetype_read(*state, whole);
    struct truetype_subset *subset = truetype_subset_new(font, *state);
    unsigned letter = truetype_glyph(font, 'A'), accented = truetype_glyph(font, 0xE9);
    assert_int_equal(truetype_subset_add(subset, accented), 1);
    assert_int_equal(truetype_subset_add(subset, letter), 2);
    assert_int_equal(truetype_subset_add(subset, accented), 1);
    assert_int_equal(truetype_subset_add(subset, 0), 0);
    struct text file = truetype_subset_bytes(subset);
    enum { GLYPHS = 5 }; /* .notdef, é, A, e, ´ */
    assert_int_equal(number_at(table_of(file, "maxp"), 4, 2), GLYPHS);
    assert_int_equal(number_at(table_of(file, "hhea"), 34, 2), GLYPHS);
    assert_int_equal(table_of(file, "hmtx").len, 4 * GLYPHS);
    assert_int_equal(table_of(file, "loca").len, 4 * (GLYPHS + 1));
    assert_int_equal(number_at(table_of(file, "hmtx"), 4 * 2, 2) * 1000 / 2048, 666);
    struct text before = outline_of(whole, letter), after = outline_of(file, 2);
    assert_true(text_starts(after, before) && after.len < before.len + 4);
    struct text parts = outline_of(file, 1);
    assert_int_equal(number_at(parts, 0, 2), 0xFFFF);
    assert_int_equal(number_at(parts, 12, 2), 3);
    assert_true(text_starts(outline_of(file, 3), outline_of(whole, truetype_glyph(font, 'e'))));
    assert_true(outline_of(file, 4).len > 0);
}

static void a_subset_is_a_sound_file(void **state)
{
    struct truetype_subset *subset = truetype_subset_new(font_of(*state, "ans-Bold"), *state);
    for (unsigned glyph = 1; glyph < 300; glyph += 7)
        truetype_subset_add(subset, glyph);
    struct text file = truetype_subset_bytes(subset);
    assert_int_equal(sum_of(file), 0xB1B0AFBA);
    size_t tables = number_at(file, 4, 2), end = 12 + 16 * tables;
    assert_int_equal(tables, 9);
    assert_int_equal(number_at(file, 6, 2), 128);
    assert_int_equal(number_at(file, 8, 2), 3);
    assert_int_equal(number_at(file, 10, 2), 16);
    for (size_t i = 0; i < tables; i++) {
        size_t entry = 12 + 16 * i;
        assert_int_equal(number_at(file, entry + 8, 4), end);
        end += (number_at(file, entry + 12, 4) + 3) / 4 * 4;
        if (i)
            assert_true(text_compare(text_slice(file, entry - 16, entry - 12),
                                     text_slice(file, entry, entry + 4)) < 0);
    }
    assert_int_equal(end, file.len);
}

static void what_may_not_be_embedded_is_refused(void **state)
{
    struct text bytes = text_copy(*state, font_bytes(*state, "ans-Regular"));
    assert_non_null(truetype_read(*state, bytes));
    char *os2 = (char *)(uintptr_t)table_of(bytes, "OS/2").ptr;
    os2[9] = 2;
    assert_null(truetype_read(*state, bytes));
    assert_null(truetype_read(*state, TEXT_EMPTY));
    assert_null(truetype_read(*state, TEXT("%PDF-1.7 is no font, whatever follows in it")));
}

/* A file that lost its end, or whose outlines overlap: blank letters, or a file without end. */
static void a_font_without_all_its_outlines_is_refused(void **state)
{
    struct text bytes = font_bytes(*state, "ans-Regular");
    size_t loca = (size_t)(table_of(bytes, "loca").ptr - bytes.ptr);
    size_t len = table_of(bytes, "loca").len;
    char *last = (char *)(uintptr_t)text_copy(*state, bytes).ptr;
    memset(last + loca + len - 4, 0x7F, 4);
    assert_null(truetype_read(*state, (struct text){last, bytes.len}));
    char *back = (char *)(uintptr_t)text_copy(*state, bytes).ptr;
    memset(back + loca + len / 2 / 4 * 4, 0, 4);
    assert_null(truetype_read(*state, (struct text){back, bytes.len}));
    char *lost = (char *)(uintptr_t)text_copy(*state, bytes).ptr;
    for (size_t at = 12; at < 12 + 16 * number_at(bytes, 4, 2); at += 16)
        if (text_is(text_slice(bytes, at, at + 4), "glyf"))
            lost[at + 8] = 0x7F;
    assert_null(truetype_read(*state, (struct text){lost, bytes.len}));
}

static void use(struct arena *arena, struct text bytes)
{
    struct truetype *font = truetype_read(arena, bytes);
    if (!font)
        return;
    struct truetype_subset *subset = truetype_subset_new(font, arena);
    truetype_facts(font, arena);
    for (uint32_t point = 0; point < 0x180; point++) {
        unsigned glyph = truetype_glyph(font, point);
        truetype_advance(font, glyph);
        truetype_subset_add(subset, glyph);
    }
    truetype_subset_bytes(subset);
}

/* Cut short, and with a byte changed here and there: no reading or writing beyond it. The copies
 * have no byte to spare. */
static void a_damaged_font_harms_nobody(void **state)
{
    struct text bytes = font_bytes(*state, "ans-Italic");
    struct arena *arena = arena_new();
    for (size_t len = 0; len < bytes.len; len += len < 600 ? 7 : 9973) {
        char *copy = malloc(len + 1);
        memcpy(copy, bytes.ptr, len);
        use(arena, (struct text){copy, len});
        free(copy);
        arena_reset(arena);
    }
    uint32_t random = 1;
    char *copy = malloc(bytes.len);
    for (int round = 0; round < 150; round++) {
        memcpy(copy, bytes.ptr, bytes.len);
        for (int i = 0; i < 40; i++) {
            random = random * 1664525 + 1013904223;
            size_t room = i % 2 ? 27000 : 600; /* tables of tables, and those before outlines */
            copy[(random >> 8) % room] = (char)(random >> 4);
        }
        use(arena, (struct text){copy, bytes.len});
        arena_reset(arena);
    }
    free(copy);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(characters_have_glyphs_and_widths),
        arena_test(facts_are_what_the_font_says_of_itself),
        arena_test(a_subset_has_what_it_was_asked_for),
        arena_test(a_subset_is_a_sound_file),
        arena_test(what_may_not_be_embedded_is_refused),
        arena_test(a_font_without_all_its_outlines_is_refused),
        arena_test(a_damaged_font_harms_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
