/*
 * pdf_canvas_int - drawing with libharu, for those who see it: pdf_canvas.c draws, pdf_fonts.c
 * reads fonts and puts them in, pdf_links.c makes links and bookmarks, pdf_catalog.c says what the
 * file is, pdf_save.c puts the file together.
 */
#ifndef WRITE_PDF_CANVAS_INT_H
#define WRITE_PDF_CANVAS_INT_H

#include "write/pdf_int.h"

#include <hpdf.h>
#include <hpdf_annotation.h>
#include <hpdf_consts.h>
#include <hpdf_destination.h>
#include <hpdf_doc.h>
#include <hpdf_info.h>
#include <hpdf_objects.h>
#include <hpdf_pages.h>

enum { OUTLINE_LEVELS = 8 };

struct truetype;
struct canvas_character;
struct canvas_font {
    struct arena *arena;
    bool tried;
    struct truetype *file;          /* NULL: it cannot be read */
    struct canvas_character **rows; /* of 256 each, up to U+FFFF; NULL: none was looked up yet */
    HPDF_Dict dict;                 /* NULL: nothing is drawn with it yet */
    const char *name;               /* on the open page; NULL: not used there yet */
};
/* A picture is in the file once, however often it is drawn. */
struct canvas_raster {
    const struct raster *raster;
    HPDF_Image image;
};
/* The annotation of a Link element on the open page. */
struct canvas_link {
    const struct element *element;
    HPDF_Annotation annotation;
    HPDF_Array quads; /* its areas; NULL while there is but one, its rectangle */
};
struct canvas_page {
    HPDF_Page page;
    enum page_form form;
    struct text content; /* compressed; empty until the page is closed */
};
struct canvas {
    struct arena *arena;
    struct diags *diags;
    HPDF_Doc pdf;
    HPDF_Dict tree; /* of the structure; its body comes from `tags` */
    struct tags *tags;
    struct deflater *deflater;
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
    bool marked;               /* between begin and end */
    struct canvas_link *links; /* of the open page */
    size_t link_count;
    size_t link_capacity;
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

/* Notes a fault of our own; the first is reported when the file is finished. */
void canvas_fail(struct canvas *canvas, const char *what);
HPDF_Page canvas_page(const struct canvas *canvas); /* that is open; or NULL */
unsigned canvas_object(const void *object);         /* its number */

/* pdf_fonts.c: a font is read when first used; its `file` is NULL, after a message, when it cannot
 * be. */
struct canvas_font *canvas_font(struct canvas *canvas, unsigned number);
const char *canvas_font_name(struct canvas *canvas, struct canvas_font *font); /* NULL: failed */
long canvas_text_width(struct metrics *metrics, unsigned font, struct text text);
/* The code that draws a character; 0 for none. `is_last`: it ends its line. */
uint32_t canvas_code(struct canvas_font *font, uint32_t point, bool is_last);
bool canvas_is_font(const struct canvas *canvas, const void *object);
/* The fonts that were drawn with, as their objects and others from `first` on; the next number. */
unsigned canvas_print_fonts(struct canvas *canvas, struct pdf_file *file, unsigned first);

/* pdf_catalog.c: title, language, metadata, page labels and the root of the structure tree. */
bool canvas_set_properties(struct canvas *canvas, const struct canvas_properties *properties);

/* pdf_save.c: the first error of the library or our own is noted. */
void canvas_note_error(struct canvas *canvas, HPDF_STATUS error, HPDF_STATUS detail);

#endif
