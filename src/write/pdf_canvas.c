/*
 * Drawing with libharu. Operators are collected as text and handed over a page at a time; fonts,
 * pages, annotations, the outline and the file are libharu's work. Its first error is kept and
 * reported once, by canvas_finish().
 */
#include "base/utf8.h"
#include "write/pdf_int.h"

#include <hpdf.h>
#include <hpdf_annotation.h>
#include <hpdf_consts.h>
#include <hpdf_destination.h>
#include <hpdf_doc.h>
#include <hpdf_font.h>
#include <hpdf_info.h>
#include <hpdf_pages.h>

#include <math.h>
#include <string.h>

#ifndef PANELPACK_FONTS
#define PANELPACK_FONTS "/usr/share/fonts/truetype/liberation2"
#endif

enum { OUTLINE_LEVELS = 8, ADVANCE_UNKNOWN = -1, ADVANCE_MISSING = -2 };

struct canvas_font {
    HPDF_Font font;
    bool tried;
    int *advance;     /* of each character up to U+FFFF, 1/1000 em */
    const char *name; /* on the open page; NULL: not used there yet */
};
/* A picture is in the file once, however often it is drawn. */
struct canvas_raster {
    const struct raster *raster;
    HPDF_Image image;
};
struct canvas_page {
    HPDF_Page page;
    enum page_form form;
};
struct canvas {
    struct arena *arena;
    struct diags *diags;
    HPDF_Doc pdf;
    struct tags *tags;
    struct metrics metrics;
    struct canvas_font fonts[FONTS];
    struct canvas_page *pages;
    size_t page_count;
    size_t page_capacity;
    size_t open;
    struct buffer content; /* of the open page */
    unsigned font;         /* the state of the open page: FONTS, COLOURS when not set */
    double size;
    enum colour colour;
    bool marked; /* between begin and end */
    HPDF_Outline outline[OUTLINE_LEVELS];
    HPDF_STATUS error;
    HPDF_STATUS detail;
    const char *failure; /* of our own, or NULL */
    const struct style *style;
    struct canvas_raster *rasters;
    size_t raster_count;
    size_t raster_capacity;
    bool lacks_font; /* and that has been said */
};

static const char *const font_files[FONT_FAMILIES][FONTS] = {
    [FONT_SANS] = {"LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf",
                   "LiberationSans-Italic.ttf", "LiberationSans-BoldItalic.ttf"},
    [FONT_SERIF] = {"LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf",
                    "LiberationSerif-Italic.ttf", "LiberationSerif-BoldItalic.ttf"},
};

static void HPDF_STDCALL note_error(HPDF_STATUS error, HPDF_STATUS detail, void *data)
{
    struct canvas *canvas = data;
    if (canvas->error == HPDF_OK) {
        canvas->error = error;
        canvas->detail = detail;
    }
}

static void fail(struct canvas *canvas, const char *what)
{
    if (!canvas->failure)
        canvas->failure = what;
}

static bool set_properties(struct canvas *canvas, const struct canvas_properties *properties)
{
    HPDF_Doc pdf = canvas->pdf;
    const char *title = text_cstr(canvas->arena, properties->title);
    const char *author = text_cstr(canvas->arena, properties->author);
    bool done = HPDF_SetInfoAttr(pdf, HPDF_INFO_TITLE, title) == HPDF_OK &&
                HPDF_SetInfoAttr(pdf, HPDF_INFO_CREATOR, "panelpack") == HPDF_OK;
    if (properties->author.len)
        done = done && HPDF_SetInfoAttr(pdf, HPDF_INFO_AUTHOR, author) == HPDF_OK;
    if (date_is_known(properties->date)) {
        HPDF_Date date = {.year = properties->date.year,
                          .month = properties->date.month,
                          .day = properties->date.day,
                          .ind = 'Z'};
        done = done && HPDF_SetInfoDateAttr(pdf, HPDF_INFO_CREATION_DATE, date) == HPDF_OK &&
               HPDF_SetInfoDateAttr(pdf, HPDF_INFO_MOD_DATE, date) == HPDF_OK;
    }
    return done;
}

static long text_width(struct metrics *metrics, unsigned font, struct text text);

struct canvas *canvas_new(struct arena *arena, struct diags *diags,
                          const struct canvas_properties *properties)
{
    struct canvas *canvas = arena_alloc(arena, sizeof *canvas);
    *canvas = (struct canvas){.arena = arena,
                              .diags = diags,
                              .content = {.arena = arena},
                              .style = properties->style ? properties->style : &style_default,
                              .metrics = {.width = text_width, .context = canvas}};
    canvas->pdf = HPDF_New(note_error, canvas);
    if (canvas->pdf && HPDF_SetCompressionMode(canvas->pdf, HPDF_COMP_ALL) == HPDF_OK &&
        HPDF_SetPagesConfiguration(canvas->pdf, 64) == HPDF_OK &&
        HPDF_UseUTFEncodings(canvas->pdf) == HPDF_OK &&
        HPDF_SetCurrentEncoder(canvas->pdf, "UTF-8") == HPDF_OK &&
        set_properties(canvas, properties)) {
        canvas->tags = tags_new(arena, canvas->pdf, properties);
        return canvas;
    }
    diag(diags, DIAG_INTERNAL, PLACE_NONE, "the PDF library cannot start (error 0x%04lX)",
         (unsigned long)canvas->error);
    canvas_free(canvas);
    return NULL;
}

void canvas_free(struct canvas *canvas)
{
    if (canvas && canvas->pdf)
        HPDF_Free(canvas->pdf);
    if (canvas)
        canvas->pdf = NULL;
}

struct metrics *canvas_metrics(struct canvas *canvas)
{
    return &canvas->metrics;
}

/* Fonts are loaded when first used: most documents have no bold italic. */
static struct canvas_font *load_font(struct canvas *canvas, unsigned number)
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
    if (font->font)
        tags_font(canvas->tags, font->font);
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

static long text_width(struct metrics *metrics, unsigned number, struct text text)
{
    const struct canvas_font *font = load_font(metrics->context, number);
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

void canvas_add_page(struct canvas *canvas, enum page_form form)
{
    canvas->pages = arena_grow(canvas->arena, canvas->pages, canvas->page_count,
                               &canvas->page_capacity, sizeof *canvas->pages);
    HPDF_Page page = HPDF_AddPage(canvas->pdf);
    canvas->pages[canvas->page_count++] = (struct canvas_page){page, form};
    if (page) {
        HPDF_Page_SetWidth(page, (HPDF_REAL)page_width(form));
        HPDF_Page_SetHeight(page, (HPDF_REAL)page_height(form));
    }
}

static HPDF_Page open_page(const struct canvas *canvas)
{
    return canvas->pages[canvas->open].page;
}

void canvas_open_page(struct canvas *canvas, size_t page)
{
    canvas->open = page;
    canvas->content.len = 0;
    canvas->font = FONTS;
    canvas->colour = COLOURS;
    for (unsigned i = 0; i < FONTS; i++)
        canvas->fonts[i].name = NULL;
    if (open_page(canvas))
        tags_open_page(canvas->tags, open_page(canvas));
}

void canvas_close_page(struct canvas *canvas)
{
    HPDF_Page page = open_page(canvas);
    if (canvas->marked)
        fail(canvas, "marked content is not ended on its page");
    if (page)
        HPDF_Stream_Write(((HPDF_PageAttr)page->attr)->stream,
                          (const HPDF_BYTE *)canvas->content.ptr, (HPDF_UINT)canvas->content.len);
}

void canvas_begin(struct canvas *canvas, struct tag *tag, const char *artifact)
{
    if (canvas->marked)
        fail(canvas, "marked content is nested");
    canvas->marked = true;
    if (tag && !open_page(canvas))
        return;
    if (tag)
        tags_begin(canvas->tags, tag, &canvas->content);
    else
        buffer_format(&canvas->content, "/Artifact <<%s>> BDC\n", artifact);
}

void canvas_end(struct canvas *canvas)
{
    if (!canvas->marked)
        fail(canvas, "marked content ends twice");
    canvas->marked = false;
    buffer_add(&canvas->content, TEXT("EMC\n"));
}

void canvas_touch(struct canvas *canvas, struct tag *tag)
{
    tags_touch(canvas->tags, tag);
}

/* In hundredths, which no printer or screen can tell from the exact place; no locale involved. */
static void add_number(struct canvas *canvas, double value)
{
    if (!(fabs(value) < 30000)) {
        fail(canvas, "a length is not a number or beyond the page");
        value = 0;
    }
    char digits[24];
    size_t at = sizeof digits;
    long hundredths = lround(value * 100);
    unsigned long rest = (unsigned long)labs(hundredths);
    digits[--at] = ' ';
    digits[--at] = (char)('0' + rest % 10);
    digits[--at] = (char)('0' + rest / 10 % 10);
    digits[--at] = '.';
    for (rest /= 100; rest > 0 || digits[at] == '.'; rest /= 10)
        digits[--at] = (char)('0' + rest % 10);
    if (hundredths < 0)
        digits[--at] = '-';
    buffer_add(&canvas->content, (struct text){digits + at, sizeof digits - at});
}

static void add_point(struct canvas *canvas, double x, double y)
{
    add_number(canvas, x);
    add_number(canvas, page_height(canvas->pages[canvas->open].form) - y);
}

/* 0 to 1, in thousandths: exact enough to give the same byte back. */
static void add_channel(struct canvas *canvas, unsigned char value)
{
    unsigned thousandths = (value * 2000U + 255U) / 510U;
    buffer_format(&canvas->content, "%u.%03u ", thousandths / 1000, thousandths % 1000);
}

static void set_colour(struct canvas *canvas, enum colour colour)
{
    if (canvas->colour == colour)
        return;
    canvas->colour = colour;
    struct rgb rgb = canvas->style->colours[colour];
    add_channel(canvas, rgb.red);
    add_channel(canvas, rgb.green);
    add_channel(canvas, rgb.blue);
    buffer_add(&canvas->content, TEXT("rg\n"));
}

static bool set_font(struct canvas *canvas, unsigned number, double size)
{
    struct canvas_font *font = load_font(canvas, number);
    if (!font->font || !open_page(canvas))
        return false;
    if (!font->name)
        font->name = HPDF_Page_GetLocalFontName(open_page(canvas), font->font);
    if (!font->name)
        return false;
    if (canvas->font == number && canvas->size == size)
        return true;
    canvas->font = number;
    canvas->size = size;
    buffer_format(&canvas->content, "/%s ", font->name);
    add_number(canvas, size);
    buffer_add(&canvas->content, TEXT("Tf "));
    return true;
}

static void add_code(struct buffer *out, uint32_t code)
{
    static const char digits[] = "0123456789ABCDEF";
    char hex[4] = {digits[code >> 12 & 15], digits[code >> 8 & 15], digits[code >> 4 & 15],
                   digits[code & 15]};
    buffer_add(out, (struct text){hex, sizeof hex});
}

void canvas_text(struct canvas *canvas, double x, double y, unsigned number, double size,
                 enum colour colour, struct text text)
{
    if (!canvas->marked)
        fail(canvas, "text is drawn outside marked content");
    set_colour(canvas, colour);
    if (!set_font(canvas, number, size))
        return;
    buffer_add(&canvas->content, TEXT("BT "));
    add_point(canvas, x, y);
    buffer_add(&canvas->content, TEXT("Td <"));
    for (size_t at = 0; at < text.len;) {
        uint32_t point = utf8_next(text, &at);
        bool shows = !is_invisible(point) || (point == SOFT_HYPHEN && at == text.len);
        if (shows && advance_of(&canvas->fonts[number], point) >= 0)
            add_code(&canvas->content, drawn_as(point));
    }
    buffer_add(&canvas->content, TEXT("> Tj ET\n"));
}

void canvas_rectangle(struct canvas *canvas, double x, double y, double width, double height,
                      enum colour colour)
{
    set_colour(canvas, colour);
    add_point(canvas, x, y + height);
    add_number(canvas, width);
    add_number(canvas, height);
    buffer_add(&canvas->content, TEXT("re f\n"));
}

void canvas_polygon(struct canvas *canvas, const struct point *points, size_t count,
                    enum colour colour)
{
    set_colour(canvas, colour);
    for (size_t i = 0; i < count; i++) {
        add_point(canvas, points[i].x, points[i].y);
        buffer_add(&canvas->content, i ? TEXT("l ") : TEXT("m "));
    }
    buffer_add(&canvas->content, TEXT("f\n"));
}

static HPDF_Image load_raster(struct canvas *canvas, const struct raster *raster)
{
    const HPDF_BYTE *bytes = (const HPDF_BYTE *)raster->bytes.ptr;
    for (size_t i = 0; i < canvas->raster_count; i++)
        if (canvas->rasters[i].raster == raster)
            return canvas->rasters[i].image;
    HPDF_Image image =
        raster->is_jpeg
            ? HPDF_LoadJpegImageFromMem(canvas->pdf, bytes, (HPDF_UINT)raster->bytes.len)
            : HPDF_LoadRawImageFromMem(
                  canvas->pdf, bytes, raster->width, raster->height,
                  raster->channels == 1 ? HPDF_CS_DEVICE_GRAY : HPDF_CS_DEVICE_RGB, 8);
    canvas->rasters = arena_grow(canvas->arena, canvas->rasters, canvas->raster_count,
                                 &canvas->raster_capacity, sizeof *canvas->rasters);
    canvas->rasters[canvas->raster_count++] = (struct canvas_raster){raster, image};
    return image;
}

void canvas_raster(struct canvas *canvas, double x, double y, double width, double height,
                   const struct raster *raster)
{
    HPDF_Image image = load_raster(canvas, raster);
    const char *name =
        image && open_page(canvas) ? HPDF_Page_GetXObjectName(open_page(canvas), image) : NULL;
    if (!name) {
        fail(canvas, "a picture could not be put in");
        return;
    }
    buffer_add(&canvas->content, TEXT("q "));
    add_number(canvas, width);
    buffer_add(&canvas->content, TEXT("0 0 "));
    add_number(canvas, height);
    add_point(canvas, x, y + height);
    buffer_format(&canvas->content, "cm /%s Do Q\n", name);
}

void canvas_circle(struct canvas *canvas, double x, double y, double radius, enum colour colour)
{
    const double k = 0.5523 * radius; /* handles of a quarter circle */
    const struct point quarters[4][3] = {
        {{x + radius, y + k}, {x + k, y + radius}, {x, y + radius}},
        {{x - k, y + radius}, {x - radius, y + k}, {x - radius, y}},
        {{x - radius, y - k}, {x - k, y - radius}, {x, y - radius}},
        {{x + k, y - radius}, {x + radius, y - k}, {x + radius, y}},
    };
    set_colour(canvas, colour);
    add_point(canvas, x + radius, y);
    buffer_add(&canvas->content, TEXT("m "));
    for (size_t i = 0; i < 4; i++) {
        for (size_t p = 0; p < 3; p++)
            add_point(canvas, quarters[i][p].x, quarters[i][p].y);
        buffer_add(&canvas->content, TEXT("c "));
    }
    buffer_add(&canvas->content, TEXT("f\n"));
}

/* To that height of a page, at the reader's own zoom, which the library's call refuses. */
static HPDF_Destination destination(struct canvas *canvas, size_t page, double y)
{
    const struct canvas_page *to = &canvas->pages[page];
    HPDF_Destination destination = to->page ? HPDF_Page_CreateDestination(to->page) : NULL;
    if (!destination)
        return NULL;
    double top = page_height(to->form) - y;
    if (HPDF_Destination_SetXYZ(destination, 0, (HPDF_REAL)fmax(0, top), 1) != HPDF_OK)
        return NULL;
    HPDF_Real zoom = HPDF_Array_GetItem(destination, 4, HPDF_OCLASS_REAL);
    if (zoom)
        zoom->value = 0;
    return destination;
}

static HPDF_Rect link_area(const struct canvas *canvas, const struct item *where)
{
    double height = page_height(canvas->pages[canvas->open].form);
    return (HPDF_Rect){.left = (HPDF_REAL)where->x,
                       .bottom = (HPDF_REAL)(height - where->y - 0.25 * where->size),
                       .right = (HPDF_REAL)(where->x + where->width),
                       .top = (HPDF_REAL)(height - where->y + 0.9 * where->size)};
}

enum { ANNOTATION_PRINTED = 4 };

static void finish_link(struct canvas *canvas, struct tag *tag, HPDF_Annotation link,
                        struct text contents)
{
    if (!link)
        return;
    HPDF_String text = HPDF_String_New(canvas->pdf->mmgr, text_cstr(canvas->arena, contents),
                                       HPDF_GetEncoder(canvas->pdf, "UTF-8"));
    if (!text || HPDF_Dict_Add(link, "Contents", text) != HPDF_OK ||
        HPDF_Dict_AddNumber(link, "F", ANNOTATION_PRINTED) != HPDF_OK ||
        HPDF_LinkAnnot_SetBorderStyle(link, 0, 0, 0) != HPDF_OK)
        fail(canvas, "a link could not be made");
    tags_annotation(canvas->tags, tag, link);
}

void canvas_link_address(struct canvas *canvas, struct tag *tag, const struct item *where,
                         struct text address)
{
    if (!open_page(canvas))
        return;
    const char *uri = text_cstr(canvas->arena, address);
    HPDF_Annotation link =
        HPDF_Page_CreateURILinkAnnot(open_page(canvas), link_area(canvas, where), uri);
    finish_link(canvas, tag, link, address);
}

void canvas_link_page(struct canvas *canvas, struct tag *tag, const struct item *where, size_t page,
                      double y)
{
    HPDF_Destination to = destination(canvas, page, y);
    if (!to || !open_page(canvas))
        return;
    HPDF_Annotation link =
        HPDF_Page_CreateLinkAnnot(open_page(canvas), link_area(canvas, where), to);
    finish_link(canvas, tag, link, text_trim(where->text));
}

void canvas_bookmark(struct canvas *canvas, unsigned level, struct text title, size_t page,
                     double y)
{
    if (level >= OUTLINE_LEVELS)
        level = OUTLINE_LEVELS - 1;
    HPDF_Outline parent = NULL;
    for (unsigned i = 0; i < level; i++)
        if (canvas->outline[i])
            parent = canvas->outline[i];
    HPDF_Outline entry = HPDF_CreateOutline(canvas->pdf, parent, text_cstr(canvas->arena, title),
                                            HPDF_GetEncoder(canvas->pdf, "UTF-8"));
    HPDF_Destination to = destination(canvas, page, y);
    if (!entry || !to)
        return;
    HPDF_Outline_SetDestination(entry, to);
    HPDF_Outline_SetOpened(entry, level < 2);
    canvas->outline[level] = entry;
    for (unsigned i = level + 1; i < OUTLINE_LEVELS; i++)
        canvas->outline[i] = NULL;
}

/* Errors of the library's internal calls are only kept in the document. */
static bool is_sound(struct canvas *canvas)
{
    if (canvas->error == HPDF_OK && canvas->pdf->error.error_no != HPDF_OK)
        note_error(canvas->pdf->error.error_no, canvas->pdf->error.detail_no, canvas);
    if (canvas->page_count == 0)
        fail(canvas, "it has no pages");
    for (size_t i = 0; i < canvas->page_count; i++)
        if (!canvas->pages[i].page)
            fail(canvas, "a page could not be made");
    return canvas->error == HPDF_OK && !canvas->failure;
}

static bool save(struct canvas *canvas, struct text *bytes)
{
    if (HPDF_SaveToStream(canvas->pdf) != HPDF_OK)
        return false;
    HPDF_UINT32 size = HPDF_GetStreamSize(canvas->pdf), got = size;
    char *copy = arena_alloc(canvas->arena, (size_t)size + 1);
    if (size == 0 || HPDF_ReadFromStream(canvas->pdf, (HPDF_BYTE *)copy, &got) != HPDF_OK ||
        got != size)
        return false;
    *bytes = (struct text){copy, size};
    return true;
}

bool canvas_finish(struct canvas *canvas, struct text *bytes)
{
    if (!tags_finish(canvas->tags))
        fail(canvas, "the structure tree could not be made");
    if (is_sound(canvas) && !save(canvas, bytes))
        fail(canvas, "the file could not be put together");
    if (canvas->lacks_font || is_sound(canvas))
        return !canvas->lacks_font;
    diag(canvas->diags, DIAG_INTERNAL, PLACE_NONE, "the PDF is not sound: %s (error 0x%04lX, %lu)",
         canvas->failure ? canvas->failure : "the PDF library failed", (unsigned long)canvas->error,
         (unsigned long)canvas->detail);
    return false;
}

const char *write_pdf_library(void)
{
    return HPDF_GetVersion();
}
