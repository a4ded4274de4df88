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

/* The host of a web address: "www.example.org". */
static struct text host_of(struct text address)
{
    size_t from = text_find(address, ':', 0) + 3, to = from;
    while (to < address.len && address.ptr[to] != '/' && address.ptr[to] != '?' &&
           address.ptr[to] != '#')
        to++;
    return text_slice(address, from, to);
}

struct text link_words(struct arena *arena, struct text words, struct text address)
{
    static const struct text mail = TEXT("mailto:");
    bool is_mail = text_starts(address, mail);
    struct text to =
        is_mail ? text_slice(address, mail.len, text_find(address, '?', 0)) : host_of(address);
    if (is_mail && text_equal(words, to))
        return text_format(arena, "email %.*s", TEXT_ARG(to));
    if (!to.len || text_contains(text_lower(arena, words), text_lower(arena, to)))
        return words;
    return text_format(arena, "%.*s (%s%.*s)", TEXT_ARG(words), is_mail ? "email " : "",
                       TEXT_ARG(to));
}

/* Counter-clockwise from the lower left (ISO 32000-1, 12.5.6.5). */
static bool add_quad(HPDF_Array quads, HPDF_Rect area)
{
    const HPDF_REAL points[] = {area.left,  area.bottom, area.right, area.bottom,
                                area.right, area.top,    area.left,  area.top};
    bool done = quads;
    for (size_t i = 0; i < sizeof points / sizeof points[0] && done; i++)
        done = HPDF_Array_AddReal(quads, points[i]) == HPDF_OK;
    return done;
}

/* Left, bottom, right and top of an annotation; NULLs when it has none. */
static bool sides_of(HPDF_Annotation annotation, HPDF_Real sides[4])
{
    HPDF_Array area = HPDF_Dict_GetItem(annotation, "Rect", HPDF_OCLASS_ARRAY);
    bool done = area;
    for (HPDF_UINT i = 0; i < 4 && done; i++) {
        sides[i] = HPDF_Array_GetItem(area, i, HPDF_OCLASS_REAL);
        done = sides[i];
    }
    return done;
}

/* A link that goes on in the next line is still one: its rectangle holds all of its areas. */
static bool extend_link(struct canvas *canvas, struct canvas_link *link, HPDF_Rect area)
{
    HPDF_Real sides[4];
    if (!sides_of(link->annotation, sides))
        return false;
    if (!link->quads) {
        HPDF_Rect first = {sides[0]->value, sides[1]->value, sides[2]->value, sides[3]->value};
        link->quads = HPDF_Array_New(canvas->pdf->mmgr);
        if (!add_quad(link->quads, first) ||
            HPDF_Dict_Add(link->annotation, "QuadPoints", link->quads) != HPDF_OK)
            return false;
    }
    sides[0]->value = fminf(sides[0]->value, area.left);
    sides[1]->value = fminf(sides[1]->value, area.bottom);
    sides[2]->value = fmaxf(sides[2]->value, area.right);
    sides[3]->value = fmaxf(sides[3]->value, area.top);
    return add_quad(link->quads, area);
}

/* Whether the element of the item has an annotation on this page already, which holds it now. */
static bool goes_on(struct canvas *canvas, const struct item *where)
{
    for (size_t i = canvas->link_count; i-- > 0;) {
        if (canvas->links[i].element != where->tag->element)
            continue;
        if (!extend_link(canvas, &canvas->links[i], link_area(canvas, where)))
            canvas_fail(canvas, "a link could not be made longer");
        return true;
    }
    return false;
}

enum { ANNOTATION_PRINTED = 4 };

/* NULL when it could not be. */
static HPDF_Annotation finish_link(struct canvas *canvas, const struct item *where,
                                   HPDF_Annotation link, struct text says)
{
    if (!link)
        return NULL;
    HPDF_String text = HPDF_String_New(canvas->pdf->mmgr, text_cstr(canvas->arena, says),
                                       HPDF_GetEncoder(canvas->pdf, "UTF-8"));
    if (!text || HPDF_Dict_Add(link, "Contents", text) != HPDF_OK ||
        HPDF_Dict_AddNumber(link, "F", ANNOTATION_PRINTED) != HPDF_OK ||
        HPDF_LinkAnnot_SetBorderStyle(link, 0, 0, 0) != HPDF_OK)
        canvas_fail(canvas, "a link could not be made");
    size_t key = tags_annotation(canvas->tags, where->tag, canvas_object(link));
    if (HPDF_Dict_AddNumber(link, "StructParent", (HPDF_INT32)key) != HPDF_OK)
        canvas_fail(canvas, "a link could not be tagged");
    canvas->links = arena_grow(canvas->arena, canvas->links, canvas->link_count,
                               &canvas->link_capacity, sizeof *canvas->links);
    canvas->links[canvas->link_count++] =
        (struct canvas_link){.element = where->tag->element, .annotation = link};
    return link;
}

void canvas_link_address(struct canvas *canvas, const struct item *where, struct text says,
                         struct text address)
{
    if (!canvas_page(canvas) || goes_on(canvas, where))
        return;
    const char *uri = text_cstr(canvas->arena, address);
    finish_link(canvas, where,
                HPDF_Page_CreateURILinkAnnot(canvas_page(canvas), link_area(canvas, where), uri),
                says);
}

static HPDF_Annotation link_to(struct canvas *canvas, const struct item *where, struct text says,
                               size_t page, double y)
{
    HPDF_Destination to = destination(canvas, page, y);
    return to ? finish_link(
                    canvas, where,
                    HPDF_Page_CreateLinkAnnot(canvas_page(canvas), link_area(canvas, where), to),
                    says)
              : NULL;
}

void canvas_link_page(struct canvas *canvas, const struct item *where, struct text says,
                      size_t page, double y)
{
    if (canvas_page(canvas) && !goes_on(canvas, where))
        link_to(canvas, where, says, page, y);
}

void canvas_link_later(struct canvas *canvas, const struct item *where, struct text says,
                       size_t number)
{
    if (!canvas_page(canvas) || goes_on(canvas, where))
        return;
    HPDF_Annotation link = link_to(canvas, where, says, canvas->open, 0);
    if (link && HPDF_Dict_AddNumber(link, "PackPage", (HPDF_INT32)number) != HPDF_OK)
        canvas_fail(canvas, "a link could not be made");
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
