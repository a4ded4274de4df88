/* pdf_fonts - the fonts of a PDF: read when first measured, and put into the file with the
 * characters that were. */
#include "base/file.h"
#include "base/utf8.h"
#include "write/pdf_canvas_int.h"
#include "write/pdf_file.h"
#include "write/pdf_truetype.h"

#ifndef PANELPACK_FONTS
#define PANELPACK_FONTS "/usr/share/fonts/truetype/liberation2"
#endif

enum { ADVANCE_MISSING = -1 };
enum { ROW = 256, LAST_CODE = 0xFFFF };

struct canvas_character {
    int advance;          /* 1/1000 em */
    unsigned short glyph; /* 0: drawn as another character, or not at all */
    bool is_known;        /* it has been looked up */
};

static const char *const font_files[FONT_FAMILIES][FONTS] = {
    [FONT_SANS] = {"LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf",
                   "LiberationSans-Italic.ttf", "LiberationSans-BoldItalic.ttf"},
    [FONT_SERIF] = {"LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf",
                    "LiberationSerif-Italic.ttf", "LiberationSerif-BoldItalic.ttf"},
};

static struct truetype *load(struct canvas *canvas, unsigned number)
{
    static const size_t cap = (size_t)32 << 20;
    struct text path = text_format(canvas->arena, "%s/%s", PANELPACK_FONTS,
                                   font_files[canvas->style->font][number]);
    struct text bytes = TEXT_EMPTY;
    struct diags said = diags_new(canvas->arena); /* one message is enough */
    struct truetype *file = file_read(canvas->arena, &said, path, place_file(path), cap, &bytes)
                                ? truetype_read(canvas->arena, bytes)
                                : NULL;
    if (!file)
        diag(canvas->diags, DIAG_NO_FILE, place_file(path),
             "this font cannot be used; install the package fonts-liberation2");
    canvas->lacks_font = canvas->lacks_font || !file;
    return file;
}

/* Most documents have no bold italic. */
struct canvas_font *canvas_font(struct canvas *canvas, unsigned number)
{
    struct canvas_font *font = &canvas->fonts[number];
    if (font->tried)
        return font;
    font->tried = true;
    font->arena = canvas->arena;
    font->file = load(canvas, number);
    font->rows = arena_calloc(canvas->arena, ROW, sizeof(struct canvas_character *));
    return font;
}

/* The library keeps its place among the objects and names it on pages; its body is ours. */
const char *canvas_font_name(struct canvas *canvas, struct canvas_font *font)
{
    if (!font->dict) {
        font->dict = HPDF_Dict_New(canvas->pdf->mmgr);
        if (font->dict && HPDF_Xref_Add(canvas->pdf->xref, font->dict) != HPDF_OK)
            font->dict = NULL;
    }
    return font->dict ? HPDF_Page_GetLocalFontName(canvas_page(canvas), font->dict) : NULL;
}

enum { SOFT_HYPHEN = 0xAD };

/* Characters that say how to break, join or show others and are not drawn themselves. */
static bool is_invisible(uint32_t point)
{
    return point == SOFT_HYPHEN || (point >= 0x200B && point <= 0x200E) || point == 0x202A ||
           point == 0x202C || point == 0x202D || point == 0x2060 || point == 0x2066 ||
           point == 0x2068 || point == 0x2069 || point == 0xFE0E || point == 0xFE0F ||
           point == 0xFEFF || point == '\n';
}

/* The fonts lack the hyphen that doesn't break, which looks like the one that does. */
static uint32_t drawn_as(uint32_t point)
{
    return point == 0x2011 ? 0x2010 : point == '\t' ? ' ' : point;
}

static struct canvas_character *character_at(struct canvas_font *font, uint32_t point)
{
    struct canvas_character **row = &font->rows[point / ROW];
    if (!*row)
        *row = arena_calloc(font->arena, ROW, sizeof **row);
    return &(*row)[point % ROW];
}

static struct canvas_character look_up(struct canvas_font *font, uint32_t point);

/* What is looked up is put into the file. */
static const struct canvas_character *character_of(struct canvas_font *font, uint32_t point)
{
    struct canvas_character *character = character_at(font, point);
    if (!character->is_known)
        *character = look_up(font, point);
    return character;
}

/* The hyphen of a line's end has a width; elsewhere nothing asks for that of a soft hyphen. */
static struct canvas_character look_up(struct canvas_font *font, uint32_t point)
{
    uint32_t drawn = drawn_as(point);
    if (is_invisible(point) && point != SOFT_HYPHEN)
        return (struct canvas_character){.is_known = true};
    if (drawn != point)
        return (struct canvas_character){character_of(font, drawn)->advance, 0, true};
    unsigned glyph = point == 0 || is_right_to_left(point) ? 0 : truetype_glyph(font->file, point);
    return (struct canvas_character){glyph ? truetype_advance(font->file, glyph) : ADVANCE_MISSING,
                                     (unsigned short)glyph, true};
}

static int advance_of(struct canvas_font *font, uint32_t point)
{
    return point > LAST_CODE ? ADVANCE_MISSING : character_of(font, point)->advance;
}

long canvas_text_width(struct metrics *metrics, unsigned number, struct text text)
{
    struct canvas_font *font = canvas_font(metrics->context, number);
    long width = 0;
    if (!font->file)
        return 0;
    const struct canvas_character *plain = character_at(font, 0);
    for (size_t at = 0; at < text.len;) {
        uint32_t point = utf8_next(text, &at);
        if (point < 0x80 && plain[point].glyph) {
            width += plain[point].advance;
            continue;
        }
        bool shows = point != SOFT_HYPHEN || text.len == 2;
        int advance = shows ? advance_of(font, point) : 0;
        if (advance >= 0)
            width += advance;
        else if (!metrics->missing)
            metrics->missing = point ? point : UTF8_INVALID;
    }
    return width;
}

uint32_t canvas_code(struct canvas_font *font, uint32_t point, bool is_last)
{
    bool shows = !is_invisible(point) || (point == SOFT_HYPHEN && is_last);
    return shows && advance_of(font, point) >= 0 ? drawn_as(point) : 0;
}

/* ---- putting fonts into the file ---- */

/* A character's code is its number in Unicode. */
struct used {
    uint32_t code;
    int advance;
    unsigned glyph; /* of the smaller font */
};
struct used_list {
    struct used *items;
    size_t count;
    size_t capacity;
};

static struct used_list list_used(const struct canvas_font *font, struct truetype_subset *subset,
                                  struct arena *arena)
{
    struct used_list list = {0};
    for (uint32_t code = 0; code <= LAST_CODE; code++) {
        const struct canvas_character *row = font->rows[code / ROW];
        if (!row) {
            code += ROW - 1;
            continue;
        }
        const struct canvas_character *character = &row[code % ROW];
        if (!character->glyph)
            continue;
        list.items = arena_grow(arena, list.items, list.count, &list.capacity, sizeof *list.items);
        list.items[list.count++] =
            (struct used){code, character->advance, truetype_subset_add(subset, character->glyph)};
    }
    return list;
}

/* One behind the last of those that follow one another from `from` on; a range of a CMap must not
 * leave the codes with one first byte. */
static size_t run_end(const struct used_list *used, size_t from)
{
    size_t to = from + 1;
    while (to < used->count && used->items[to].code == used->items[to - 1].code + 1 &&
           used->items[to].code % ROW)
        to++;
    return to;
}

static struct text unicode_map(struct arena *arena, const struct used_list *used)
{
    enum { AT_ONCE = 100 }; /* as many as may stand together */
    struct buffer out = {.arena = arena}, ranges = {.arena = arena};
    size_t count = 0;
    buffer_add(&out, TEXT("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                          "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
                          "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                          "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"));
    for (size_t from = 0, to; from < used->count; from = to) {
        to = run_end(used, from);
        buffer_format(&ranges, "<%04X> <%04X> <%04X>\n", used->items[from].code,
                      used->items[to - 1].code, used->items[from].code);
        if (++count < AT_ONCE && to < used->count)
            continue;
        buffer_format(&out, "%zu beginbfrange\n", count);
        buffer_add(&out, buffer_text(&ranges));
        buffer_add(&out, TEXT("endbfrange\n"));
        count = ranges.len = 0;
    }
    buffer_add(&out, TEXT("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"));
    return buffer_text(&out);
}

/* Two bytes a code. */
static struct text glyph_map(struct arena *arena, const struct used_list *used)
{
    size_t len = used->count ? 2 * ((size_t)used->items[used->count - 1].code + 1) : 2;
    char *bytes = arena_calloc(arena, len, 1);
    for (size_t i = 0; i < used->count; i++) {
        bytes[2 * (size_t)used->items[i].code] = (char)(used->items[i].glyph >> 8);
        bytes[2 * (size_t)used->items[i].code + 1] = (char)used->items[i].glyph;
    }
    return (struct text){bytes, len};
}

static void print_widths(struct buffer *out, const struct used_list *used)
{
    buffer_add(out, TEXT("/W["));
    for (size_t from = 0, to; from < used->count; from = to) {
        to = run_end(used, from);
        buffer_format(out, "%u[", used->items[from].code);
        for (size_t i = from; i < to; i++)
            buffer_format(out, i > from ? " %d" : "%d", used->items[i].advance);
        buffer_add_byte(out, ']');
    }
    buffer_add_byte(out, ']');
}

/* As the same font with other characters in another file has not. */
static struct text name_of(struct arena *arena, struct text name, struct text file)
{
    char tag[7] = "";
    uint64_t sum = 14695981039346656037U; /* FNV-1a */
    for (size_t i = 0; i < file.len; i++)
        sum = (sum ^ (unsigned char)file.ptr[i]) * 1099511628211U;
    for (size_t i = 0; i < 6; i++, sum /= 26)
        tag[i] = (char)('A' + sum % 26);
    return text_format(arena, "%s+%.*s", tag, TEXT_ARG(name));
}

static void print_descriptor(struct buffer *out, const struct truetype_facts *facts,
                             struct text name, unsigned file)
{
    enum { SERIFS = 2, LATIN = 32, ITALIC = 64 };
    buffer_format(out,
                  "<</Type/FontDescriptor/FontName/%.*s/Flags %d/FontBBox[%ld %ld %ld %ld]"
                  "/ItalicAngle %ld/Ascent %ld/Descent %ld/CapHeight %ld/XHeight %ld/StemV 0"
                  "/FontFile2 %u 0 R>>",
                  TEXT_ARG(name),
                  LATIN | (facts->has_serifs ? SERIFS : 0) | (facts->italic_angle ? ITALIC : 0),
                  facts->left, facts->bottom, facts->right, facts->top, facts->italic_angle,
                  facts->ascent, facts->descent, facts->cap_height, facts->x_height, file);
}

static void add_stream(struct canvas *canvas, struct pdf_file *file, unsigned number,
                       struct text dictionary, struct text bytes)
{
    pdf_file_stream(file, number, dictionary,
                    deflate_text(canvas->deflater, pdf_file_arena(file), bytes));
}

/* A font is six objects, the first of which pages know. */
enum { OTHERS = 5 };
static void print_font(struct canvas *canvas, const struct canvas_font *font, struct pdf_file *file,
                       unsigned first)
{
    struct arena *arena = pdf_file_arena(file);
    struct truetype_subset *subset = truetype_subset_new(font->file, arena);
    struct used_list used = list_used(font, subset, arena);
    struct truetype_facts facts = truetype_facts(font->file, arena);
    struct text bytes = truetype_subset_bytes(subset), name = name_of(arena, facts.name, bytes);
    unsigned descriptor = first + 1, program = first + 2, glyphs = first + 3, unicode = first + 4;
    buffer_format(pdf_file_object(file, canvas_object(font->dict)),
                  "<</Type/Font/Subtype/Type0/BaseFont/%.*s/Encoding/Identity-H"
                  "/DescendantFonts[%u 0 R]/ToUnicode %u 0 R>>",
                  TEXT_ARG(name), first, unicode);
    struct buffer *out = pdf_file_object(file, first);
    buffer_format(out,
                  "<</Type/Font/Subtype/CIDFontType2/BaseFont/%.*s/CIDSystemInfo<</Registry(Adobe)"
                  "/Ordering(Identity)/Supplement 0>>/FontDescriptor %u 0 R/CIDToGIDMap %u 0 R"
                  "/DW %d",
                  TEXT_ARG(name), descriptor, glyphs, truetype_advance(font->file, 0));
    print_widths(out, &used);
    buffer_add(out, TEXT(">>"));
    print_descriptor(pdf_file_object(file, descriptor), &facts, name, program);
    add_stream(canvas, file, program,
               text_format(arena, "<</Filter/FlateDecode/Length1 %zu", bytes.len), bytes);
    add_stream(canvas, file, glyphs, TEXT("<</Filter/FlateDecode"), glyph_map(arena, &used));
    add_stream(canvas, file, unicode, TEXT("<</Filter/FlateDecode"), unicode_map(arena, &used));
}

unsigned canvas_print_fonts(struct canvas *canvas, struct pdf_file *file, unsigned first)
{
    for (unsigned i = 0; i < FONTS; i++)
        if (canvas->fonts[i].dict) {
            print_font(canvas, &canvas->fonts[i], file, first);
            first += OTHERS;
        }
    return first;
}

bool canvas_is_font(const struct canvas *canvas, const void *object)
{
    for (unsigned i = 0; i < FONTS; i++)
        if (canvas->fonts[i].dict == object)
            return true;
    return false;
}
