/* OpenType 1.9: https://learn.microsoft.com/typography/opentype/spec/otff */
#include "write/pdf_truetype.h"

struct truetype {
    struct text bytes;
    struct text head, hhea, hmtx, maxp, loca, glyf;
    struct text map; /* of characters, in format 4 */
    size_t segments; /* of the map */
    size_t glyphs;
    size_t metrics;   /* glyphs with an advance of their own; the others have that of the last */
    long units;       /* an em */
    size_t loca_size; /* of an offset in `loca`: 2 or 4 bytes */
};
struct truetype_subset {
    const struct truetype *font;
    struct arena *arena;
    unsigned short *numbers; /* new number of each glyph of the font; 0: not there, or .notdef */
    unsigned short *glyphs;  /* the other way round */
    size_t count;
    size_t capacity;
};

/* A number of the file; 0 beyond the end. */
static unsigned long number_at(struct text bytes, size_t at, size_t len)
{
    unsigned long number = 0;
    if (at > bytes.len || len > bytes.len - at)
        return 0;
    for (size_t i = at; i < at + len; i++)
        number = number << 8 | (unsigned char)bytes.ptr[i];
    return number;
}

static long signed_at(struct text bytes, size_t at)
{
    return (short)number_at(bytes, at, 2);
}

static struct text part_of(struct text bytes, size_t from, size_t len)
{
    return from > bytes.len || len > bytes.len - from ? TEXT_EMPTY
                                                      : text_slice(bytes, from, from + len);
}

static struct text table_of(struct text file, struct text tag)
{
    enum { HEAD = 12, ENTRY = 16 };
    for (size_t i = 0; i < number_at(file, 4, 2); i++) {
        struct text entry = part_of(file, HEAD + i * ENTRY, ENTRY);
        if (text_starts(entry, tag))
            return part_of(file, number_at(entry, 8, 4), number_at(entry, 12, 4));
    }
    return TEXT_EMPTY;
}

/* Unicode's, of the characters up to U+FFFF. */
static struct text find_map(struct text cmap)
{
    for (size_t i = 0; i < number_at(cmap, 2, 2); i++) {
        size_t entry = 4 + i * 8, from = number_at(cmap, entry + 4, 4);
        unsigned long platform = number_at(cmap, entry, 2),
                      encoding = number_at(cmap, entry + 2, 2);
        bool is_unicode = platform == 0 || (platform == 3 && encoding == 1);
        if (is_unicode && number_at(cmap, from, 2) == 4)
            return part_of(cmap, from, number_at(cmap, from + 2, 2));
    }
    return TEXT_EMPTY;
}

/* The licence bits of a font that must not be put into a document, or not as a part of itself. */
static bool may_be_embedded(struct text os2)
{
    return !(number_at(os2, 8, 2) & (0x0002 | 0x0100 | 0x0200));
}

static size_t outline_start(const struct truetype *font, size_t glyph)
{
    size_t at = number_at(font->loca, glyph * font->loca_size, font->loca_size);
    return font->loca_size == 2 ? 2 * at : at;
}

/* One behind the other in what is there: letters of a file that lacks its end would be blank. */
static bool has_outlines(const struct truetype *font)
{
    size_t end = 0;
    for (size_t i = 0; i <= font->glyphs; i++) {
        size_t start = outline_start(font, i);
        if (start < end || start > font->glyf.len)
            return false;
        end = start;
    }
    return end > 0;
}

static bool is_sound(const struct truetype *font)
{
    return font->head.len >= 54 && font->hhea.len >= 36 && font->maxp.len >= 6 &&
           font->units >= 16 && font->segments > 0 && font->map.len >= 16 + 8 * font->segments &&
           font->glyphs > 0 && font->metrics > 0 && font->metrics <= font->glyphs &&
           font->hmtx.len >= 2 * (font->glyphs + font->metrics) &&
           font->loca.len >= (font->glyphs + 1) * font->loca_size && has_outlines(font);
}

struct truetype *truetype_read(struct arena *arena, struct text bytes)
{
    struct truetype *font = arena_alloc(arena, sizeof *font);
    *font = (struct truetype){.bytes = bytes,
                              .head = table_of(bytes, TEXT("head")),
                              .hhea = table_of(bytes, TEXT("hhea")),
                              .hmtx = table_of(bytes, TEXT("hmtx")),
                              .maxp = table_of(bytes, TEXT("maxp")),
                              .loca = table_of(bytes, TEXT("loca")),
                              .glyf = table_of(bytes, TEXT("glyf")),
                              .map = find_map(table_of(bytes, TEXT("cmap")))};
    font->segments = number_at(font->map, 6, 2) / 2;
    font->glyphs = number_at(font->maxp, 4, 2);
    font->metrics = number_at(font->hhea, 34, 2);
    font->units = (long)number_at(font->head, 18, 2);
    font->loca_size = number_at(font->head, 50, 2) ? 4 : 2;
    return is_sound(font) && may_be_embedded(table_of(bytes, TEXT("OS/2"))) ? font : NULL;
}

/* The first segment that ends at the character or behind it. */
static size_t find_segment(const struct truetype *font, uint32_t point)
{
    size_t low = 0, high = font->segments;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (number_at(font->map, 14 + 2 * middle, 2) < point)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

unsigned truetype_glyph(const struct truetype *font, uint32_t point)
{
    size_t segment = find_segment(font, point), list = 2 * font->segments;
    if (segment == font->segments)
        return 0;
    size_t starts = 16 + list + 2 * segment, deltas = starts + list, offsets = deltas + list;
    unsigned long start = number_at(font->map, starts, 2),
                  offset = number_at(font->map, offsets, 2), glyph = point;
    if (point < start)
        return 0;
    if (offset) {
        glyph = number_at(font->map, offsets + offset + 2 * (point - start), 2);
        if (!glyph)
            return 0;
    }
    glyph = (glyph + number_at(font->map, deltas, 2)) & 0xFFFF;
    return glyph < font->glyphs ? (unsigned)glyph : 0;
}

static long thousandths(const struct truetype *font, long length)
{
    return length * 1000 / font->units;
}

static unsigned long advance_of(const struct truetype *font, unsigned glyph)
{
    size_t metric = glyph < font->metrics ? glyph : font->metrics - 1;
    return number_at(font->hmtx, 4 * metric, 2);
}

static unsigned long bearing_of(const struct truetype *font, unsigned glyph)
{
    return number_at(
        font->hmtx,
        glyph < font->metrics ? 4 * (size_t)glyph + 2 : 2 * ((size_t)glyph + font->metrics), 2);
}

int truetype_advance(const struct truetype *font, unsigned glyph)
{
    return (int)thousandths(font, (long)advance_of(font, glyph));
}

/* Empty for a space. */
static struct text outline_of(const struct truetype *font, unsigned glyph)
{
    return text_slice(font->glyf, outline_start(font, glyph), outline_start(font, glyph + 1U));
}

/* ---- what a document says of the font ---- */

/* Its PostScript name is in ASCII, here as UTF-16; longer ones are none. */
static struct text find_name(const struct truetype *font, struct arena *arena)
{
    enum { HEAD = 6, RECORD = 12, MICROSOFT = 3, POSTSCRIPT = 6, LONGEST = 63 };
    struct text names = table_of(font->bytes, TEXT("name"));
    struct buffer name = {.arena = arena};
    for (size_t i = 0; i < number_at(names, 2, 2) && !name.len; i++) {
        size_t record = HEAD + i * RECORD;
        if (number_at(names, record, 2) != MICROSOFT ||
            number_at(names, record + 6, 2) != POSTSCRIPT ||
            number_at(names, record + 8, 2) > 2 * LONGEST)
            continue;
        struct text letters =
            part_of(names, number_at(names, 4, 2) + number_at(names, record + 10, 2),
                    number_at(names, record + 8, 2));
        for (size_t k = 1; k < letters.len; k += 2)
            if (is_letter(letters.ptr[k]) || is_digit(letters.ptr[k]) || letters.ptr[k] == '-')
                buffer_add_byte(&name, letters.ptr[k]);
    }
    return name.len ? buffer_text(&name) : TEXT("Font");
}

static long height_of(const struct truetype *font, char letter)
{
    struct text outline = outline_of(font, truetype_glyph(font, (unsigned char)letter));
    return thousandths(font, signed_at(outline, 8));
}

struct truetype_facts truetype_facts(const struct truetype *font, struct arena *arena)
{
    struct text os2 = table_of(font->bytes, TEXT("OS/2")),
                post = table_of(font->bytes, TEXT("post"));
    unsigned long family = number_at(os2, 30, 1); /* sFamilyClass: 1 to 5 and 7 have serifs */
    return (struct truetype_facts){.name = find_name(font, arena),
                                   .ascent = thousandths(font, signed_at(font->hhea, 4)),
                                   .descent = thousandths(font, signed_at(font->hhea, 6)),
                                   .cap_height = height_of(font, 'H'),
                                   .x_height = height_of(font, 'x'),
                                   .left = thousandths(font, signed_at(font->head, 36)),
                                   .bottom = thousandths(font, signed_at(font->head, 38)),
                                   .right = thousandths(font, signed_at(font->head, 40)),
                                   .top = thousandths(font, signed_at(font->head, 42)),
                                   .italic_angle = signed_at(post, 4),
                                   .has_serifs = (family >= 1 && family <= 5) || family == 7};
}

/* ---- a smaller font ---- */

struct truetype_subset *truetype_subset_new(const struct truetype *font, struct arena *arena)
{
    struct truetype_subset *subset = arena_alloc(arena, sizeof *subset);
    *subset = (struct truetype_subset){.font = font, .arena = arena};
    subset->numbers = arena_calloc(arena, font->glyphs, sizeof *subset->numbers);
    truetype_subset_add(subset, 0);
    return subset;
}

unsigned truetype_subset_add(struct truetype_subset *subset, unsigned glyph)
{
    if (glyph >= subset->font->glyphs)
        return 0;
    if (!subset->numbers[glyph] && (glyph || !subset->count)) {
        subset->glyphs = arena_grow(subset->arena, subset->glyphs, subset->count, &subset->capacity,
                                    sizeof *subset->glyphs);
        subset->numbers[glyph] = (unsigned short)subset->count;
        subset->glyphs[subset->count++] = (unsigned short)glyph;
    }
    return subset->numbers[glyph];
}

static void add_big_endian(struct buffer *out, unsigned long number, unsigned bytes)
{
    while (bytes--)
        buffer_add_byte(out, (char)(number >> (8 * bytes)));
}

static void put_short(char *at, unsigned long number)
{
    at[0] = (char)(number >> 8);
    at[1] = (char)number;
}

/* What an accented letter is made of has other numbers now. */
static void renumber_parts(struct truetype_subset *subset, char *outline, size_t len)
{
    enum { LONG_PLACES = 1, SCALE = 8, MORE = 32, TWO_SCALES = 64, MATRIX = 128 };
    struct text bytes = {outline, len};
    unsigned long flags = MORE;
    if (signed_at(bytes, 0) >= 0)
        return;
    for (size_t at = 10; flags & MORE && at + 4 <= len;) {
        flags = number_at(bytes, at, 2);
        put_short(outline + at + 2,
                  truetype_subset_add(subset, (unsigned)number_at(bytes, at + 2, 2)));
        at += flags & LONG_PLACES ? 8 : 6;
        at += flags & SCALE ? 2 : flags & TWO_SCALES ? 4 : flags & MATRIX ? 8 : 0;
    }
}

static void pad(struct buffer *out)
{
    while (out->len % 4)
        buffer_add_byte(out, '\0');
}

struct tables {
    struct buffer glyf, loca, hmtx;
};

/* The list grows as parts are found. */
static void add_outlines(struct truetype_subset *subset, struct tables *tables)
{
    for (size_t i = 0; i < subset->count; i++) {
        struct text outline = outline_of(subset->font, subset->glyphs[i]);
        size_t at = tables->glyf.len;
        add_big_endian(&tables->loca, at, 4);
        buffer_add(&tables->glyf, outline);
        renumber_parts(subset, tables->glyf.ptr + at, outline.len);
        pad(&tables->glyf);
        add_big_endian(&tables->hmtx, advance_of(subset->font, subset->glyphs[i]), 2);
        add_big_endian(&tables->hmtx, bearing_of(subset->font, subset->glyphs[i]), 2);
    }
    add_big_endian(&tables->loca, tables->glyf.len, 4);
}

static struct text with_short(struct arena *arena, struct text table, size_t at, size_t number)
{
    struct text changed = text_copy(arena, table);
    put_short((char *)changed.ptr + at, number);
    return changed;
}

static unsigned long checksum(struct text bytes)
{
    unsigned long sum = 0;
    for (size_t at = 0; at < bytes.len; at += 4)
        sum += number_at(bytes, at, bytes.len - at < 4 ? bytes.len - at : 4)
               << (bytes.len - at < 4 ? 8 * (4 - (bytes.len - at)) : 0);
    return sum & 0xFFFFFFFF;
}

struct table {
    struct text tag, bytes;
};

static struct text join_tables(struct arena *arena, const struct table *tables, size_t count)
{
    struct buffer out = {.arena = arena};
    size_t at = 12 + 16 * count, log = 0;
    while ((size_t)2 << log <= count)
        log++;
    add_big_endian(&out, 0x00010000, 4);
    add_big_endian(&out, count, 2);
    add_big_endian(&out, (size_t)16 << log, 2);
    add_big_endian(&out, log, 2);
    add_big_endian(&out, 16 * count - ((size_t)16 << log), 2);
    for (size_t i = 0; i < count; i++) {
        buffer_add(&out, tables[i].tag);
        add_big_endian(&out, checksum(tables[i].bytes), 4);
        add_big_endian(&out, at, 4);
        add_big_endian(&out, tables[i].bytes.len, 4);
        at += (tables[i].bytes.len + 3) / 4 * 4;
    }
    for (size_t i = 0; i < count; i++) {
        buffer_add(&out, tables[i].bytes);
        pad(&out);
    }
    return buffer_text(&out);
}

/* As if the sum were 0 while it is made. */
static void set_checksum(char *head, struct text whole)
{
    unsigned long rest = 0xB1B0AFBA - checksum(whole);
    put_short(head + 8, rest >> 16);
    put_short(head + 10, rest);
}

struct text truetype_subset_bytes(struct truetype_subset *subset)
{
    const struct truetype *font = subset->font;
    struct arena *arena = subset->arena;
    struct tables made = {{.arena = arena}, {.arena = arena}, {.arena = arena}};
    add_outlines(subset, &made);
    enum { LONG_LOCA = 1, HEAD = 3 };
    struct text head = with_short(arena, font->head, 50, LONG_LOCA);
    memset((char *)head.ptr + 8, 0, 4);
    const struct table tables[] = {
        {TEXT("cvt "), table_of(font->bytes, TEXT("cvt "))},
        {TEXT("fpgm"), table_of(font->bytes, TEXT("fpgm"))},
        {TEXT("glyf"), buffer_text(&made.glyf)},
        [HEAD] = {TEXT("head"), head},
        {TEXT("hhea"), with_short(arena, font->hhea, 34, subset->count)},
        {TEXT("hmtx"), buffer_text(&made.hmtx)},
        {TEXT("loca"), buffer_text(&made.loca)},
        {TEXT("maxp"), with_short(arena, font->maxp, 4, subset->count)},
        {TEXT("prep"), table_of(font->bytes, TEXT("prep"))},
    };
    size_t count = sizeof tables / sizeof tables[0], at = 12 + 16 * count;
    struct text whole = join_tables(arena, tables, count);
    for (size_t i = 0; i < HEAD; i++)
        at += (tables[i].bytes.len + 3) / 4 * 4;
    set_checksum((char *)whole.ptr + at, whole);
    return whole;
}
