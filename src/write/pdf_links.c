/* pdf_links - what leads somewhere: links to addresses and to pages, and bookmarks. */
#include "write/pdf_canvas_int.h"

#include <math.h>

struct text link_address(struct arena *arena, struct text link)
{
    static const char *const schemes[] = {"https://", "http://", "mailto:"};
    struct buffer out = {.arena = arena};
    bool known = false;
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        known = known || text_starts(link, text_from(schemes[i]));
    if (!known && text_find(link, ':', 0) < link.len)
        return TEXT_EMPTY;
    if (!known)
        buffer_add(&out, text_find(link, '@', 0) < link.len ? TEXT("mailto:") : TEXT("https://"));
    for (size_t i = 0; i < link.len; i++) {
        unsigned char byte = (unsigned char)link.ptr[i];
        if (byte <= ' ' || byte >= 0x7F)
            buffer_format(&out, "%%%02X", byte);
        else
            buffer_add_byte(&out, (char)byte);
    }
    return buffer_text(&out);
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
        canvas_fail(canvas, "a link could not be made");
    size_t key = tags_annotation(canvas->tags, tag, canvas_object(link));
    if (HPDF_Dict_AddNumber(link, "StructParent", (HPDF_INT32)key) != HPDF_OK)
        canvas_fail(canvas, "a link could not be tagged");
}

void canvas_link_address(struct canvas *canvas, struct tag *tag, const struct item *where,
                         struct text address)
{
    if (!canvas_page(canvas))
        return;
    const char *uri = text_cstr(canvas->arena, address);
    HPDF_Annotation link =
        HPDF_Page_CreateURILinkAnnot(canvas_page(canvas), link_area(canvas, where), uri);
    finish_link(canvas, tag, link, address);
}

void canvas_link_page(struct canvas *canvas, struct tag *tag, const struct item *where, size_t page,
                      double y)
{
    HPDF_Destination to = destination(canvas, page, y);
    if (!to || !canvas_page(canvas))
        return;
    HPDF_Annotation link =
        HPDF_Page_CreateLinkAnnot(canvas_page(canvas), link_area(canvas, where), to);
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
