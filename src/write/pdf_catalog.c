/* pdf_catalog - what a PDF says of itself: title, language, metadata, and that it is tagged. */
#include "write/pdf_canvas_int.h"

static bool set_information(struct canvas *canvas, const struct canvas_properties *properties)
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

static void add_xml(struct buffer *out, struct text text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '<')
            buffer_add(out, TEXT("&lt;"));
        else if (text.ptr[i] == '>')
            buffer_add(out, TEXT("&gt;"));
        else if (text.ptr[i] == '&')
            buffer_add(out, TEXT("&amp;"));
        else
            buffer_add_byte(out, text.ptr[i]);
    }
}

static struct text xmp_packet(struct arena *arena, const struct canvas_properties *properties)
{
    struct buffer out = {.arena = arena};
    buffer_add(&out, TEXT("<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                          "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                          "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                          "<rdf:Description rdf:about=\"\"\n"
                          " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
                          " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
                          " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
                          "<pdfuaid:part>1</pdfuaid:part>\n"
                          "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">"));
    add_xml(&out, properties->title);
    buffer_add(&out, TEXT("</rdf:li></rdf:Alt></dc:title>\n"));
    if (properties->author.len) {
        buffer_add(&out, TEXT("<dc:creator><rdf:Seq><rdf:li>"));
        add_xml(&out, properties->author);
        buffer_add(&out, TEXT("</rdf:li></rdf:Seq></dc:creator>\n"));
    }
    buffer_add(&out, TEXT("<dc:language><rdf:Bag><rdf:li>"));
    add_xml(&out, properties->language);
    buffer_add(&out, TEXT("</rdf:li></rdf:Bag></dc:language>\n"));
    if (date_is_known(properties->date)) {
        struct text date = date_iso(arena, properties->date);
        buffer_format(&out,
                      "<xmp:CreateDate>%sT00:00:00Z</xmp:CreateDate>"
                      "<xmp:ModifyDate>%sT00:00:00Z</xmp:ModifyDate>\n",
                      date.ptr, date.ptr);
    }
    buffer_add(&out, TEXT("</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>"));
    return buffer_text(&out);
}

static bool add_metadata(struct canvas *canvas, const struct canvas_properties *properties)
{
    HPDF_Dict metadata = HPDF_DictStream_New(canvas->pdf->mmgr, canvas->pdf->xref);
    struct text packet = xmp_packet(canvas->arena, properties);
    return metadata && HPDF_Dict_AddName(metadata, "Type", "Metadata") == HPDF_OK &&
           HPDF_Dict_AddName(metadata, "Subtype", "XML") == HPDF_OK &&
           HPDF_Stream_Write(metadata->stream, (const HPDF_BYTE *)packet.ptr,
                             (HPDF_UINT)packet.len) == HPDF_OK &&
           HPDF_Dict_Add(canvas->pdf->catalog, "Metadata", metadata) == HPDF_OK;
}

static bool add_flag(struct canvas *canvas, const char *dictionary, const char *flag)
{
    HPDF_Dict dict = HPDF_Dict_New(canvas->pdf->mmgr);
    return dict && HPDF_Dict_AddBoolean(dict, flag, HPDF_TRUE) == HPDF_OK &&
           HPDF_Dict_Add(canvas->pdf->catalog, dictionary, dict) == HPDF_OK;
}

/* A reader's box for page numbers takes and shows those that stand on the pages. */
static bool add_page_labels(struct canvas *canvas)
{
    HPDF_Dict labels = HPDF_Dict_New(canvas->pdf->mmgr), style = HPDF_Dict_New(canvas->pdf->mmgr);
    HPDF_Array ranges = HPDF_Array_New(canvas->pdf->mmgr);
    return labels && style && ranges && HPDF_Dict_AddName(style, "S", "D") == HPDF_OK &&
           HPDF_Array_AddNumber(ranges, 0) == HPDF_OK && HPDF_Array_Add(ranges, style) == HPDF_OK &&
           HPDF_Dict_Add(labels, "Nums", ranges) == HPDF_OK &&
           HPDF_Dict_Add(canvas->pdf->catalog, "PageLabels", labels) == HPDF_OK;
}

static bool add_language(struct canvas *canvas, struct text language)
{
    HPDF_String lang = HPDF_String_New(canvas->pdf->mmgr, text_cstr(canvas->arena, language), NULL);
    return lang && HPDF_Dict_Add(canvas->pdf->catalog, "Lang", lang) == HPDF_OK;
}

/* A number in the file; tags_write() has the body. */
static bool add_tree(struct canvas *canvas)
{
    canvas->tree = HPDF_Dict_New(canvas->pdf->mmgr);
    return canvas->tree && HPDF_Xref_Add(canvas->pdf->xref, canvas->tree) == HPDF_OK &&
           HPDF_Dict_Add(canvas->pdf->catalog, "StructTreeRoot", canvas->tree) == HPDF_OK;
}

void canvas_show_bookmarks(struct canvas *canvas)
{
    if (HPDF_SetPageMode(canvas->pdf, HPDF_PAGE_MODE_USE_OUTLINE) != HPDF_OK)
        canvas_fail(canvas, "bookmarks could not be shown");
}

bool canvas_set_properties(struct canvas *canvas, const struct canvas_properties *properties)
{
    return set_information(canvas, properties) && add_language(canvas, properties->language) &&
           add_flag(canvas, "MarkInfo", "Marked") &&
           add_flag(canvas, "ViewerPreferences", "DisplayDocTitle") && add_page_labels(canvas) &&
           add_metadata(canvas, properties) && add_tree(canvas);
}
