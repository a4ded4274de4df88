/*
 * Drawing with libharu. Operators are collected as text and compressed a page at a time; pages,
 * pictures, annotations and the outline are libharu's work. Its first error is kept and reported
 * once, by canvas_finish().
 */
#include "base/utf8.h"
#include "write/pdf_canvas_int.h"
#include "write/pdf_file.h"

#include <math.h>

static void HPDF_STDCALL note_error(HPDF_STATUS error, HPDF_STATUS detail, void *data)
{
    canvas_note_error(data, error, detail);
}

void canvas_note_error(struct canvas *canvas, HPDF_STATUS error, HPDF_STATUS detail)
{
    if (canvas->error == HPDF_OK) {
        canvas->error = error;
        canvas->detail = detail;
    }
}

void canvas_fail(struct canvas *canvas, const char *what)
{
    if (!canvas->failure)
        canvas->failure = what;
}

unsigned canvas_object(const void *object)
{
    return ((const HPDF_Obj_Header *)object)->obj_id & 0x00FFFFFFu;
}

struct canvas *canvas_new(struct arena *arena, struct diags *diags,
                          const struct canvas_properties *properties)
{
    struct canvas *canvas = arena_alloc(arena, sizeof *canvas);
    *canvas = (struct canvas){.arena = arena,
                              .diags = diags,
                              .content = {.arena = arena},
                              .style = properties->style ? properties->style : &style_default,
                              .metrics = {.width = canvas_text_width, .context = canvas},
                              .tags = tags_new(arena),
                              .deflater = deflater_new()};
    canvas->pdf = HPDF_New(note_error, canvas);
    if (canvas->pdf && HPDF_SetCompressionMode(canvas->pdf, HPDF_COMP_ALL) == HPDF_OK &&
        HPDF_SetPagesConfiguration(canvas->pdf, 64) == HPDF_OK &&
        HPDF_UseUTFEncodings(canvas->pdf) == HPDF_OK &&
        HPDF_SetCurrentEncoder(canvas->pdf, "UTF-8") == HPDF_OK &&
        canvas_set_properties(canvas, properties)) {
        canvas->pdf->pdf_version = HPDF_VER_17;
        return canvas;
    }
    diag(diags, DIAG_INTERNAL, PLACE_NONE, "the PDF library cannot start (error 0x%04lX)",
         (unsigned long)canvas->error);
    canvas_free(canvas);
    return NULL;
}

void canvas_free(struct canvas *canvas)
{
    if (!canvas)
        return;
    if (canvas->pdf)
        HPDF_Free(canvas->pdf);
    deflater_free(canvas->deflater);
    canvas->pdf = NULL;
    canvas->deflater = NULL;
}

struct metrics *canvas_metrics(struct canvas *canvas)
{
    return &canvas->metrics;
}

void canvas_add_page(struct canvas *canvas, enum page_form form)
{
    canvas->pages = arena_grow(canvas->arena, canvas->pages, canvas->page_count,
                               &canvas->page_capacity, sizeof *canvas->pages);
    HPDF_Page page = HPDF_AddPage(canvas->pdf);
    canvas->pages[canvas->page_count++] = (struct canvas_page){page, form, TEXT_EMPTY};
    if (page) {
        HPDF_Page_SetWidth(page, (HPDF_REAL)page_width(form));
        HPDF_Page_SetHeight(page, (HPDF_REAL)page_height(form));
    }
}

HPDF_Page canvas_page(const struct canvas *canvas)
{
    return canvas->pages[canvas->open].page;
}

void canvas_open_page(struct canvas *canvas, size_t page)
{
    canvas->open = page;
    canvas->content.len = 0;
    canvas->link_count = 0;
    canvas->font = FONTS;
    canvas->colour = COLOURS;
    for (unsigned i = 0; i < FONTS; i++)
        canvas->fonts[i].name = NULL;
    HPDF_Page opened = canvas_page(canvas);
    if (!opened)
        return;
    size_t key = tags_open_page(canvas->tags, canvas_object(opened));
    if (HPDF_Dict_AddNumber(opened, "StructParents", (HPDF_INT32)key) != HPDF_OK ||
        HPDF_Dict_AddName(opened, "Tabs", "S") != HPDF_OK)
        canvas_fail(canvas, "a page could not be tagged");
}

void canvas_close_page(struct canvas *canvas)
{
    if (canvas->marked)
        canvas_fail(canvas, "marked content is not ended on its page");
    canvas->pages[canvas->open].content =
        deflate_text(canvas->deflater, canvas->arena, buffer_text(&canvas->content));
}

void canvas_begin(struct canvas *canvas, struct tag *tag, const char *artifact)
{
    if (canvas->marked)
        canvas_fail(canvas, "marked content is nested");
    canvas->marked = true;
    if (tag && !canvas_page(canvas))
        return;
    if (tag) {
        tags_begin(canvas->tags, tag, &canvas->content);
        return;
    }
    buffer_add(&canvas->content, TEXT("/Artifact <<"));
    buffer_add(&canvas->content, text_from(artifact));
    buffer_add(&canvas->content, TEXT(">> BDC\n"));
}

void canvas_end(struct canvas *canvas)
{
    if (!canvas->marked)
        canvas_fail(canvas, "marked content ends twice");
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
        canvas_fail(canvas, "a length is not a number or beyond the page");
        value = 0;
    }
    char digits[24];
    size_t at = sizeof digits;
    long hundredths = lround(value * 100);
    unsigned long rest = (unsigned long)labs(hundredths);
    digits[--at] = ' ';
    if (rest % 10)
        digits[--at] = (char)('0' + rest % 10);
    if (rest % 100) {
        digits[--at] = (char)('0' + rest / 10 % 10);
        digits[--at] = '.';
    }
    rest /= 100;
    do
        digits[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
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
    unsigned thousandths = (value * 2000U + 255U) / 510U, rest = thousandths % 1000;
    const char digits[] = {(char)('0' + thousandths / 1000), '.',
                           (char)('0' + rest / 100),         (char)('0' + rest / 10 % 10),
                           (char)('0' + rest % 10),          ' '};
    buffer_add(&canvas->content, (struct text){digits, sizeof digits});
}

static void add_colour(struct canvas *canvas, struct rgb rgb)
{
    add_channel(canvas, rgb.red);
    add_channel(canvas, rgb.green);
    add_channel(canvas, rgb.blue);
    buffer_add(&canvas->content, TEXT("rg\n"));
}

static void set_colour(struct canvas *canvas, enum colour colour)
{
    if (canvas->colour == colour)
        return;
    canvas->colour = colour;
    add_colour(canvas, canvas->style->colours[colour]);
}

static bool set_font(struct canvas *canvas, unsigned number, double size)
{
    struct canvas_font *font = canvas_font(canvas, number);
    if (!font->file || !canvas_page(canvas))
        return false;
    if (!font->name)
        font->name = canvas_font_name(canvas, font);
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

/* Two bytes in a literal string, half of what digits would take: less to compress. A bare carriage
 * return would be read as a line feed. */
static void add_code(struct buffer *out, uint32_t code)
{
    unsigned char bytes[2] = {(unsigned char)(code >> 8), (unsigned char)code};
    char written[4];
    size_t len = 0;
    for (size_t i = 0; i < sizeof bytes; i++) {
        bool is_return = bytes[i] == '\r';
        if (is_return || bytes[i] == '(' || bytes[i] == ')' || bytes[i] == '\\')
            written[len++] = '\\';
        written[len++] = is_return ? 'r' : (char)bytes[i];
    }
    buffer_add(out, (struct text){written, len});
}

static void add_glyphs(struct canvas *canvas, unsigned number, struct text text)
{
    buffer_add_byte(&canvas->content, '(');
    for (size_t at = 0; at < text.len;) {
        uint32_t point = utf8_next(text, &at);
        uint32_t code = canvas_code(&canvas->fonts[number], point, at == text.len);
        if (code)
            add_code(&canvas->content, code);
    }
    buffer_add(&canvas->content, TEXT(") Tj "));
}

void canvas_text(struct canvas *canvas, double x, double y, unsigned number, double size,
                 enum colour colour, struct text text)
{
    if (!canvas->marked)
        canvas_fail(canvas, "text is drawn outside marked content");
    set_colour(canvas, colour);
    if (!set_font(canvas, number, size))
        return;
    buffer_add(&canvas->content, TEXT("BT "));
    add_point(canvas, x, y);
    buffer_add(&canvas->content, TEXT("Td "));
    add_glyphs(canvas, number, text);
    buffer_add(&canvas->content, TEXT("ET\n"));
}

/* As dark as it can be below all text, and no darker than that; shapes and charts have a ground of
 * their own. */
static struct rgb mark_colour(const struct style *style)
{
    static const unsigned char darkest = 240;
    static const double least = 4.5; /* WCAG 2.2 AA, 1.4.3 */
    struct rgb grey = {darkest, darkest, darkest};
    const enum colour inks[] = {COLOUR_TEXT, COLOUR_MUTED, COLOUR_ACCENT};
    for (size_t i = 0; i < sizeof inks / sizeof inks[0]; i++)
        while (grey.red < 255 && rgb_contrast(style->colours[inks[i]], grey) < least)
            grey.red = grey.green = grey.blue = (unsigned char)(grey.red + 1);
    return grey;
}

void canvas_mark(struct canvas *canvas, struct text text)
{
    static const double share = 0.55, capitals = 0.7; /* of the diagonal; of the size of type */
    enum page_form form = canvas->pages[canvas->open].form;
    double width = page_width(form), height = page_height(form), diagonal = hypot(width, height);
    double ems = (double)canvas_text_width(&canvas->metrics, SPAN_BOLD, text) / 1000;
    double size = ems > 0 ? diagonal * share / ems : 1, across = width / diagonal,
           up = height / diagonal, along = diagonal * share / 2, down = size * capitals / 2;
    buffer_add(&canvas->content, TEXT("q "));
    add_colour(canvas, mark_colour(canvas->style));
    if (set_font(canvas, SPAN_BOLD, size)) {
        const double matrix[] = {across,
                                 up,
                                 -up,
                                 across,
                                 width / 2 - along * across + down * up,
                                 height / 2 - along * up - down * across};
        buffer_add(&canvas->content, TEXT("BT "));
        for (size_t i = 0; i < sizeof matrix / sizeof matrix[0]; i++)
            add_number(canvas, matrix[i]);
        buffer_add(&canvas->content, TEXT("Tm "));
        add_glyphs(canvas, SPAN_BOLD, text);
        buffer_add(&canvas->content, TEXT("ET "));
    }
    buffer_add(&canvas->content, TEXT("Q\n"));
    canvas->font = FONTS; /* as it was is forgotten with the state */
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
        image && canvas_page(canvas) ? HPDF_Page_GetXObjectName(canvas_page(canvas), image) : NULL;
    if (!name) {
        canvas_fail(canvas, "a picture could not be put in");
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

const char *write_pdf_library(void)
{
    return HPDF_GetVersion();
}
