#include "pdf/objects.h"

const char *const pdf_active_keys[] = {
    "/AA",        "/OpenAction", "/JS",         "/JavaScript",        "/AF",
    "/EF",        "/XFA",        "/AcroForm",   "/EmbeddedFiles",     "/RichMediaContent",
    "/Rendition", "/OPI",        "/Collection", "/RichMediaSettings", NULL};
static const char *const active_actions[] = {
    "/JavaScript", "/Launch", "/SubmitForm",  "/ResetForm", "/ImportData", "/GoToR",
    "/GoToE",      "/Sound",  "/Movie",       "/Rendition", "/Hide",       "/RichMediaExecute",
    "/GoTo3DView", "/Named",  "/SetOCGState", NULL};
static const char *const active_annotations[] = {"/Widget", "/FileAttachment", "/Screen", "/Movie",
                                                 "/Sound",  "/RichMedia",      "/3D",     NULL};

struct scan {
    qpdf_data q;
    const char *found; /* the first one */
};

static const char *listed_value(qpdf_data q, qpdf_oh dict, const char *key,
                                const char *const *names)
{
    qpdf_oh value = qpdf_oh_get_key(q, dict, key);
    for (; *names; names++)
        if (pdf_is_name(q, value, *names))
            return *names;
    return NULL;
}

static void scan_dictionary(void *context, qpdf_oh dict)
{
    struct scan *scan = context;
    qpdf_data q = scan->q;
    for (const char *const *key = pdf_active_keys; *key && !scan->found; key++)
        if (qpdf_oh_has_key(q, dict, *key))
            scan->found = *key;
    if (!scan->found && qpdf_oh_has_key(q, dict, "/Rect"))
        scan->found = listed_value(q, dict, "/Subtype", active_annotations);
    /* /S of a structure element is its type, which may be any name */
    if (!scan->found && !qpdf_oh_has_key(q, dict, "/P"))
        scan->found = listed_value(q, dict, "/S", active_actions);
}

const char *pdf_find_active(qpdf_data q, struct arena *arena)
{
    struct scan scan = {.q = q};
    struct walk walk = walk_new(q, arena, scan_dictionary, &scan);
    walk_from(&walk, qpdf_get_trailer(q));
    return scan.found;
}
