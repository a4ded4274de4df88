/* pdf_fonts - the fonts of a PDF: loaded, measured, and put right where libharu gets them wrong. */
#include "base/utf8.h"
#include "write/pdf_canvas_int.h"

#ifndef PANELPACK_FONTS
#define PANELPACK_FONTS "/usr/share/fonts/truetype/liberation2"
#endif

enum { ADVANCE_UNKNOWN = -1, ADVANCE_MISSING = -2 };

static const char *const font_files[FONT_FAMILIES][FONTS] = {
    [FONT_SANS] = {"LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf",
                   "LiberationSans-Italic.ttf", "LiberationSans-BoldItalic.ttf"},
    [FONT_SERIF] = {"LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf",
                    "LiberationSerif-Italic.ttf", "LiberationSerif-BoldItalic.ttf"},
};

/* Codes are Unicode, so the map to Unicode is the identity: never to U+0000, U+FEFF, U+FFFE or
 * surrogates. A range of a CMap must not leave the codes with one first byte. */
static struct text unicode_map(struct arena *arena)
{
    struct buffer out = {.arena = arena};
    buffer_add(&out, TEXT("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                          "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
                          "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                          "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"));
    for (unsigned row = 0; row < 0x100; row += 0x10) {
        if (row == 0xD0) {
            buffer_add(&out, TEXT("8 beginbfrange\n"));
        } else
            buffer_add(&out, TEXT("16 beginbfrange\n"));
        for (unsigned high = row; high < row + 0x10; high++) {
            if (high >= 0xD8 && high <= 0xDF)
                continue;
            unsigned first = high == 0 ? 1 : high << 8;
            unsigned last = high == 0xFE ? 0xFEFE : high == 0xFF ? 0xFFFD : high << 8 | 0xFF;
            buffer_format(&out, "<%04X> <%04X> <%04X>\n", first, last, first);
        }
        buffer_add(&out, TEXT("endbfrange\n"));
    }
    buffer_add(&out, TEXT("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"));
    return buffer_text(&out);
}

/* The descriptor is made when the font is about to be written, and is written after it. */
static HPDF_STATUS add_cap_height(HPDF_Dict font)
{
    HPDF_FontDef definition = ((HPDF_FontAttr)font->attr)->fontdef;
    if (!definition->descriptor)
        return HPDF_OK;
    return HPDF_Dict_AddNumber(definition->descriptor, "CapHeight", definition->cap_height);
}

/* libharu 2.3.0 writes a map to Unicode that no reader may accept, leaves CapHeight out and names
 * the character collection wrongly. */
static bool repair_font(struct canvas *canvas, HPDF_Font font)
{
    HPDF_FontAttr attr = font->attr;
    if (attr->type != HPDF_FONT_TYPE0_TT || !attr->cmap_stream)
        return false;
    struct text map = unicode_map(canvas->arena);
    HPDF_MemStream_FreeData(attr->cmap_stream->stream);
    if (HPDF_Stream_Write(attr->cmap_stream->stream, (const HPDF_BYTE *)map.ptr,
                          (HPDF_UINT)map.len) != HPDF_OK)
        return false;
    static const char *const extra[] = {"CIDSystemInfo", "WMode", "CMapName", "Type"};
    for (size_t i = 0; i < sizeof extra / sizeof extra[0]; i++)
        HPDF_Dict_RemoveElement(attr->cmap_stream, extra[i]);
    HPDF_Dict collection =
        HPDF_Dict_GetItem(attr->descendant_font, "CIDSystemInfo", HPDF_OCLASS_DICT);
    HPDF_String ordering = HPDF_String_New(canvas->pdf->mmgr, "Identity", NULL);
    if (!collection || !ordering || HPDF_Dict_Add(collection, "Ordering", ordering) != HPDF_OK)
        return false;
    font->after_write_fn = add_cap_height;
    return true;
}

/* Most documents have no bold italic. */
struct canvas_font *canvas_font(struct canvas *canvas, unsigned number)
{
    struct canvas_font *font = &canvas->fonts[number];
    if (font->tried)
        return font;
    font->tried = true;
    font->advance = arena_calloc(canvas->arena, 0x10000, sizeof *font->advance);
    for (size_t i = 0; i < 0x10000; i++)
        font->advance[i] = ADVANCE_UNKNOWN;
    const char *path = text_format(canvas->arena, "%s/%s", PANELPACK_FONTS,
                                   font_files[canvas->style->font][number])
                           .ptr;
    const char *name = HPDF_LoadTTFontFromFile(canvas->pdf, path, HPDF_TRUE);
    if (name)
        font->font = HPDF_GetFont(canvas->pdf, name, "UTF-8");
    if (font->font && !repair_font(canvas, font->font))
        canvas_fail(canvas, "a font could not be repaired");
    canvas->lacks_font = canvas->lacks_font || !font->font;
    if (!font->font)
        diag(canvas->diags, DIAG_NO_FILE, place_file(text_from(path)),
             "this font cannot be used; install the package fonts-liberation2");
    return font;
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

/* Asking libharu for a width is also what puts the glyph into the embedded font. */
static int look_up(const struct canvas_font *font, uint32_t point)
{
    HPDF_FontDef definition = ((HPDF_FontAttr)font->font->attr)->fontdef;
    uint16_t code = (uint16_t)drawn_as(point);
    if (point == 0 || is_right_to_left(point) || HPDF_TTFontDef_GetGlyphid(definition, code) == 0)
        return ADVANCE_MISSING;
    return HPDF_TTFontDef_GetCharWidth(definition, code);
}

/* The hyphen of a line's end has a width; elsewhere nothing asks for that of a soft hyphen. */
static int advance_of(const struct canvas_font *font, uint32_t point)
{
    if (point > 0xFFFF)
        return ADVANCE_MISSING;
    if (font->advance[point] == ADVANCE_UNKNOWN)
        font->advance[point] =
            is_invisible(point) && point != SOFT_HYPHEN ? 0 : look_up(font, point);
    return font->advance[point];
}

long canvas_text_width(struct metrics *metrics, unsigned number, struct text text)
{
    const struct canvas_font *font = canvas_font(metrics->context, number);
    long width = 0;
    if (!font->font)
        return 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t point = utf8_next(text, &at);
        bool shows = point != SOFT_HYPHEN || text.len == 2;
        int advance = shows ? advance_of(font, point) : 0;
        if (advance >= 0)
            width += advance;
        else if (!metrics->missing)
            metrics->missing = point ? point : UTF8_INVALID;
    }
    return width;
}

uint32_t canvas_code(const struct canvas_font *font, uint32_t point, bool is_last)
{
    bool shows = !is_invisible(point) || (point == SOFT_HYPHEN && is_last);
    return shows && advance_of(font, point) >= 0 ? drawn_as(point) : 0;
}
