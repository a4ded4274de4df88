#include "pack/merge_int.h"

#include <string.h>

/* Not dangerous, but other people's: histories, and links to whole files. */
static const char *const private_keys[] = {"/PieceInfo", "/Metadata", "/Ref", "/Alternates", NULL};

static bool scheme_is_allowed(struct text address)
{
    static const char *const schemes[] = {"http://", "https://", "mailto:"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        size_t len = strlen(schemes[i]);
        if (address.len > len && strncasecmp(address.ptr, schemes[i], len) == 0)
            return true;
    }
    return false;
}

/* The address of a web or mail link; empty for every other annotation. */
static struct text link_address(const struct source *source, qpdf_oh annotation)
{
    qpdf_data q = source->q;
    qpdf_oh action = pdf_key(q, annotation, "/A");
    qpdf_oh address = pdf_key(q, action, "/URI");
    if (!pdf_is_name(q, pdf_key(q, annotation, "/Subtype"), "/Link") ||
        !pdf_is_name(q, pdf_key(q, action, "/S"), "/URI") || !qpdf_oh_is_string(q, address))
        return TEXT_EMPTY;
    struct text value = text_copy(source->arena, text_from(qpdf_oh_get_string_value(q, address)));
    return scheme_is_allowed(value) ? value : TEXT_EMPTY;
}

static void count_left_out(struct source *source, qpdf_oh annotation)
{
    qpdf_data q = source->q;
    qpdf_oh kind = pdf_key(q, annotation, "/Subtype");
    if (pdf_is_name(q, kind, "/Widget"))
        source->form_fields++;
    else if (pdf_is_name(q, kind, "/Link"))
        source->links++;
    else if (pdf_is_name(q, kind, "/FileAttachment"))
        source->has_files = true;
    else if (!pdf_is_name(q, kind, "/Popup")) /* belongs to a comment */
        source->comments++;
}

/* What screen readers say of a link: its own words, or where it leads. */
static void set_contents(qpdf_data q, qpdf_oh annotation, struct text otherwise)
{
    qpdf_oh contents = qpdf_oh_get_key(q, annotation, "/Contents");
    if (!qpdf_oh_is_string(q, contents) || !*qpdf_oh_get_utf8_value(q, contents))
        qpdf_oh_replace_key(q, annotation, "/Contents",
                            qpdf_oh_new_unicode_string(q, otherwise.ptr));
}

/* One whose element is not to be found gets another. */
static void clean_link_key(const struct source *source, qpdf_oh annotation)
{
    qpdf_data q = source->q;
    int key = 0;
    if (!source->tree ||
        !qpdf_oh_get_value_as_int(q, qpdf_oh_get_key(q, annotation, "/StructParent"), &key) ||
        !structure_has_key(source, key))
        qpdf_oh_remove_key(q, annotation, "/StructParent");
}

/* Leaves of a link what is on the allow-list; false when it leads to where it may not. */
static bool clean_link(struct source *source, qpdf_oh annotation)
{
    static const char *const of_link[] = {"/Type", "/Subtype",    "/Rect",         "/Border",
                                          "/C",    "/QuadPoints", "/Contents",     "/F",
                                          "/BS",   "/Lang",       "/StructParent", NULL};
    qpdf_data q = source->q;
    struct text address = link_address(source, annotation);
    struct destination to = {.view = TEXT_EMPTY};
    if (!address.len && pdf_is_name(q, pdf_key(q, annotation, "/Subtype"), "/Link"))
        to = links_goes_to(source, annotation);
    if (!address.len && !to.is_known)
        return false;
    if (qpdf_oh_has_key(q, annotation, "/AA") ||
        !qpdf_oh_is_null(q, pdf_key(q, pdf_key(q, annotation, "/A"), "/Next")))
        source->has_actions = true;
    pdf_keep_only(q, source->arena, annotation, of_link);
    clean_link_key(source, annotation);
    if (to.is_known) {
        links_set(source, annotation, to);
        set_contents(q, annotation,
                     text_format(source->arena, "Page %u", source->insert->after + to.page + 1));
        return true;
    }
    qpdf_oh action = qpdf_oh_new_dictionary(q);
    qpdf_oh_replace_key(q, action, "/S", qpdf_oh_new_name(q, "/URI"));
    qpdf_oh_replace_key(q, action, "/URI", qpdf_oh_new_string(q, address.ptr));
    qpdf_oh_replace_key(q, annotation, "/A", action);
    set_contents(q, annotation, address);
    return true;
}

/* Annotations are changed in place: the structure tree may refer to them. */
static void clean_annotations(struct source *source, qpdf_oh page)
{
    static const char *const nothing[] = {NULL};
    qpdf_data q = source->q;
    qpdf_oh annotations = qpdf_oh_get_key(q, page, "/Annots");
    qpdf_oh kept = qpdf_oh_new_array(q);
    for (size_t i = 0; i < pdf_item_count(q, annotations); i++) {
        qpdf_oh annotation = pdf_item(q, annotations, i);
        if (!qpdf_oh_is_dictionary(q, annotation) ||
            qpdf_oh_is_null(q, pdf_key(q, annotation, "/Rect")))
            continue; /* none, but perhaps a page or a font: that stays as it is */
        if (!qpdf_oh_is_indirect(q, annotation)) /* an element can only refer to such */
            annotation = qpdf_make_indirect_object(q, annotation);
        if (clean_link(source, annotation)) {
            qpdf_oh_append_item(q, kept, annotation);
        } else {
            count_left_out(source, annotation);
            pdf_keep_only(q, source->arena, annotation, nothing);
        }
    }
    qpdf_oh_remove_key(q, page, "/Annots");
    if (pdf_item_count(q, kept))
        qpdf_oh_replace_key(q, page, "/Annots", kept);
}

/* Tagged contents: keys of the parent tree move up. Untagged: they would point to nothing. */
static void clean_parent_key(const struct source *source, qpdf_oh dict, const char *name)
{
    qpdf_data q = source->q;
    qpdf_oh value = qpdf_oh_get_key(q, dict, name);
    int key = 0;
    if (!source->tree || !qpdf_oh_get_value_as_int(q, value, &key) || key < 0 || key >= OBJECT_MAX)
        qpdf_oh_remove_key(q, dict, name);
    else
        qpdf_oh_replace_key(q, dict, name, qpdf_oh_new_integer(q, key + source->key_shift));
}

/* A font that is drawn with what stands in the file; Type 3 always is, Type 0 by its descendant. */
static bool is_embedded(qpdf_data q, qpdf_oh font)
{
    static const char *const kinds[] = {"/Type1",        "/MMType1",      "/TrueType",
                                        "/CIDFontType0", "/CIDFontType2", NULL};
    qpdf_oh kind = pdf_key(q, font, "/Subtype"), descriptor = pdf_key(q, font, "/FontDescriptor");
    if (!qpdf_oh_is_name(q, kind) || !pdf_is_listed(kinds, text_from(qpdf_oh_get_name(q, kind))))
        return true;
    return !qpdf_oh_is_null(q, pdf_key(q, descriptor, "/FontFile")) ||
           !qpdf_oh_is_null(q, pdf_key(q, descriptor, "/FontFile2")) ||
           !qpdf_oh_is_null(q, pdf_key(q, descriptor, "/FontFile3"));
}

static void clean_dictionary(void *context, qpdf_oh dict)
{
    struct source *source = context;
    qpdf_data q = source->q;
    for (const char *const *key = pdf_active_keys; *key; key++)
        if (qpdf_oh_has_key(q, dict, *key)) {
            if (strcmp(*key, "/AF") == 0 || strcmp(*key, "/EF") == 0)
                source->has_files = true;
            else
                source->has_actions = true;
            qpdf_oh_remove_key(q, dict, *key);
        }
    for (const char *const *key = private_keys; *key; key++)
        qpdf_oh_remove_key(q, dict, *key);
    if (pdf_is_name(q, qpdf_oh_get_key(q, dict, "/Type"), "/Font") && !is_embedded(q, dict))
        source->lacks_fonts = true;
    if (qpdf_oh_has_key(q, dict, "/StructParents"))
        clean_parent_key(source, dict, "/StructParents");
    if (qpdf_oh_has_key(q, dict, "/StructParent"))
        clean_parent_key(source, dict, "/StructParent");
}

bool clean_pages(struct source *source, struct diags *diags)
{
    static const char *const of_page[] = {"/Type",     "/Parent",        "/MediaBox",  "/CropBox",
                                          "/TrimBox",  "/BleedBox",      "/ArtBox",    "/Rotate",
                                          "/UserUnit", "/Contents",      "/Resources", "/Group",
                                          "/Annots",   "/StructParents", "/Tabs",      NULL};
    qpdf_data q = source->q;
    struct walk walk = walk_new(q, source->arena, clean_dictionary, source);
    for (unsigned i = 0; i < source->insert->pages; i++) {
        qpdf_oh page = qpdf_get_page_n(q, i);
        source->has_actions = source->has_actions || qpdf_oh_has_key(q, page, "/AA");
        source->has_files = source->has_files || qpdf_oh_has_key(q, page, "/AF");
        pdf_keep_only(q, source->arena, page, of_page);
        clean_annotations(source, page);
    }
    for (unsigned i = 0; i < source->insert->pages; i++) /* moves keys up: two may share a link */
        walk_from(&walk, qpdf_get_page_n(q, i));
    if (source->tree)
        walk_from(&walk, source->tree);
    if (walk.is_too_large)
        return merge_refuse(diags, source->insert->pdf, TEXT("it has more than 8,388,607 objects"));
    return true;
}

void clean_catalogue(struct source *source)
{
    qpdf_data q = source->q;
    qpdf_oh root = qpdf_get_root(q), names = pdf_key(q, root, "/Names");
    qpdf_oh opening = pdf_key(q, root, "/OpenAction"); /* where it opens does not matter here */
    bool only_opens =
        qpdf_oh_is_array(q, opening) || (pdf_is_name(q, pdf_key(q, opening, "/S"), "/GoTo") &&
                                         !qpdf_oh_has_key(q, opening, "/Next"));
    source->has_actions = (!qpdf_oh_is_null(q, opening) && !only_opens) ||
                          qpdf_oh_has_key(q, root, "/AA") ||
                          !qpdf_oh_is_null(q, pdf_key(q, names, "/JavaScript"));
    source->has_files =
        qpdf_oh_has_key(q, root, "/AF") || !qpdf_oh_is_null(q, pdf_key(q, names, "/EmbeddedFiles"));
    source->claims = text_contains(
        pdf_stream_bytes(q, source->arena, pdf_key(q, root, "/Metadata")), TEXT("pdfuaid:part"));
}

void clean_report(const struct source *source, struct diags *diags)
{
    struct texts list = {0};
    struct arena *arena = source->arena;
    if (source->has_actions)
        texts_add(arena, &list, TEXT("scripts or actions"));
    if (source->has_files)
        texts_add(arena, &list, TEXT("attached files"));
    if (source->form_fields)
        texts_add(
            arena, &list,
            text_format(arena, "form fields and what is typed in them (%u)", source->form_fields));
    if (source->comments)
        texts_add(arena, &list,
                  text_format(arena, "comments and drawings on pages (%u)", source->comments));
    if (source->links)
        texts_add(arena, &list,
                  text_format(arena, "links to neither a page of it nor a web or mail address (%u)",
                              source->links));
    if (source->has_more_bookmarks)
        texts_add(arena, &list, TEXT("bookmarks beyond 5,000, or too far below each other"));
    bool could_be_printed = source->form_fields || source->comments;
    if (list.count)
        diag(diags, DIAG_DROPPED, source->insert->pdf->place, "left out of '%.*s': %.*s%s",
             TEXT_ARG(text_quote(arena, source->insert->pdf->name)),
             TEXT_ARG(texts_join(arena, &list, TEXT(", "))),
             could_be_printed ? "; to keep what can be seen of them, print it to a PDF" : "");
}
