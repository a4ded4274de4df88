/*
 * The structure tree, metadata and font repairs that PDF/UA-1 asks for and libharu has no calls
 * for. An element is an empty libharu dictionary whose write function prints its body, so that it
 * can have any number of kids. All memory is the arena's.
 */
#include "base/utf8.h"
#include "write/pdf_int.h"

#include <hpdf_consts.h>
#include <hpdf_doc.h>
#include <hpdf_font.h>
#include <hpdf_objects.h>

enum kid_kind { KID_ELEMENT, KID_CONTENT, KID_OBJECT };
struct kid {
    enum kid_kind kind;
    unsigned id;   /* object number, or the content's number on its page */
    unsigned page; /* object number of the page */
};
struct element {
    struct tags *tags;
    const struct tag *tag;
    HPDF_Dict object;
    unsigned parent; /* object number */
    struct kid *kids;
    size_t count;
    size_t capacity;
};
/* Object numbers. */
struct numbers {
    unsigned *items;
    size_t count;
    size_t capacity;
};
/* A key of the parent tree: a page with the element of each content, or one annotation. */
struct parents {
    bool is_page;
    struct numbers elements;
};
struct tags {
    struct arena *arena;
    HPDF_Doc pdf;
    HPDF_Dict tree;
    struct tag document;
    struct parents *keys;
    size_t key_count;
    size_t key_capacity;
    struct numbers named; /* elements with an /ID, in rising order */
    struct buffer out;    /* the body of one object after the other */
    unsigned page;        /* object number of the open page */
    size_t page_key;
    bool failed;
};

static unsigned object_number(const void *object)
{
    return ((const HPDF_Obj_Header *)object)->obj_id & 0x00FFFFFFu;
}

/* Objects are written one after the other, so one buffer serves them all. */
static struct buffer *new_body(struct tags *tags)
{
    tags->out.len = 0;
    return &tags->out;
}

static void add_unsigned(struct buffer *out, unsigned number)
{
    char digits[12];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + number % 10);
    while (number /= 10);
    buffer_add(out, (struct text){digits + at, sizeof digits - at});
}

static void add_reference(struct buffer *out, unsigned object)
{
    add_unsigned(out, object);
    buffer_add(out, TEXT(" 0 R "));
}

static HPDF_STATUS write_text(HPDF_Stream stream, struct buffer *buffer)
{
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)buffer->ptr, (HPDF_UINT)buffer->len);
}

/* UTF-8 as a PDF text string: UTF-16 in hexadecimal digits. */
static void add_text_string(struct buffer *out, struct text text)
{
    buffer_add(out, TEXT("<FEFF"));
    for (size_t at = 0; at < text.len;) {
        uint32_t point = utf8_next(text, &at);
        if (point == UTF8_INVALID)
            point = 0xFFFD;
        if (point >= 0x10000)
            buffer_format(out, "%04X%04X", 0xD800 + ((point - 0x10000) >> 10),
                          0xDC00 + (point & 0x3FF));
        else
            buffer_format(out, "%04X", point);
    }
    buffer_add_byte(out, '>');
}

static unsigned first_page(const struct element *element)
{
    for (size_t i = 0; i < element->count; i++)
        if (element->kids[i].kind == KID_CONTENT)
            return element->kids[i].page;
    return 0;
}

static void add_kids(struct buffer *out, const struct element *element, unsigned page)
{
    buffer_add(out, TEXT("/K["));
    for (size_t i = 0; i < element->count; i++) {
        const struct kid *kid = &element->kids[i];
        if (kid->kind == KID_ELEMENT)
            add_reference(out, kid->id);
        else if (kid->kind == KID_OBJECT)
            buffer_format(out, "<</Type/OBJR/Obj %u 0 R/Pg %u 0 R>>", kid->id, kid->page);
        else if (kid->page == page) {
            add_unsigned(out, kid->id);
            buffer_add_byte(out, ' ');
        } else
            buffer_format(out, "<</Type/MCR/MCID %u/Pg %u 0 R>>", kid->id, kid->page);
    }
    buffer_add(out, TEXT("]"));
}

/* Names in the order of their objects' numbers, as the tree of names wants them. */
static void add_name(struct buffer *out, unsigned object)
{
    buffer_format(out, "(e%08u)", object);
}

static void add_attributes(struct buffer *out, const struct tag *tag)
{
    if (!tag->attributes && !tag->headers[0])
        return;
    buffer_format(out, "/A[%s", tag->attributes ? tag->attributes : "");
    if (tag->headers[0])
        buffer_add(out, TEXT("<</O/Table/Headers["));
    for (size_t i = 0; i < HEADERS && tag->headers[i]; i++)
        if (tag->headers[i]->element)
            add_name(out, object_number(tag->headers[i]->element->object));
    buffer_add(out, tag->headers[0] ? TEXT("]>>]") : TEXT("]"));
}

static HPDF_STATUS write_element(HPDF_Dict object, HPDF_Stream stream)
{
    const struct element *element = object->attr;
    struct buffer *out = new_body(element->tags);
    unsigned page = first_page(element);
    buffer_add(out, TEXT("/Type/StructElem/S/"));
    buffer_add(out, text_from(element->tag->type));
    buffer_add(out, TEXT("/P "));
    add_reference(out, element->parent);
    if (page) {
        buffer_add(out, TEXT("/Pg "));
        add_reference(out, page);
    }
    if (element->count)
        add_kids(out, element, page);
    if (element->tag->is_named) {
        buffer_add(out, TEXT("/ID"));
        add_name(out, object_number(object));
    }
    add_attributes(out, element->tag);
    if (element->tag->alt.len) {
        buffer_add(out, TEXT("/Alt"));
        add_text_string(out, element->tag->alt);
    }
    return write_text(stream, out);
}

/* libharu lengthens the list of objects by a fixed number, which takes quadratic time. */
static void prepare_for_more(HPDF_Xref xref)
{
    HPDF_List list = xref->entries;
    if (list->count + 1 >= list->block_siz && list->items_per_block < list->count / 2)
        list->items_per_block = list->count / 2;
}

/* A dictionary of the file whose body `write` prints; NULL when it can't be made. */
static HPDF_Dict new_object(struct tags *tags, HPDF_Dict_OnWriteFunc write, void *attr)
{
    prepare_for_more(tags->pdf->xref);
    HPDF_Dict object = HPDF_Dict_New(tags->pdf->mmgr);
    if (!object || HPDF_Xref_Add(tags->pdf->xref, object) != HPDF_OK) {
        tags->failed = true;
        return NULL;
    }
    object->write_fn = write;
    object->attr = attr;
    return object;
}

static void add_number(struct tags *tags, struct numbers *numbers, unsigned number)
{
    numbers->items = arena_grow(tags->arena, numbers->items, numbers->count, &numbers->capacity,
                                sizeof *numbers->items);
    numbers->items[numbers->count++] = number;
}

static void add_kid(struct tags *tags, struct element *element, struct kid kid)
{
    element->kids =
        arena_grow(tags->arena, element->kids, element->count, &element->capacity, sizeof kid);
    element->kids[element->count++] = kid;
}

/* The tag's element, made with those above it when it isn't there yet; NULL on failure. */
static struct element *element_of(struct tags *tags, struct tag *tag)
{
    if (!tag)
        tag = &tags->document;
    if (tag->element)
        return tag->element;
    struct element *parent = tag == &tags->document ? NULL : element_of(tags, tag->parent);
    if (!parent && tag != &tags->document)
        return NULL;
    struct element *element = arena_alloc(tags->arena, sizeof *element);
    *element = (struct element){
        .tags = tags, .tag = tag, .parent = object_number(parent ? parent->object : tags->tree)};
    element->object = new_object(tags, write_element, element);
    if (!element->object)
        return NULL;
    if (parent)
        add_kid(tags, parent, (struct kid){KID_ELEMENT, object_number(element->object), 0});
    if (tag->is_named)
        add_number(tags, &tags->named, object_number(element->object));
    return tag->element = element;
}

void tags_touch(struct tags *tags, struct tag *tag)
{
    element_of(tags, tag);
}

static struct parents *new_key(struct tags *tags, bool is_page)
{
    tags->keys = arena_grow(tags->arena, tags->keys, tags->key_count, &tags->key_capacity,
                            sizeof *tags->keys);
    struct parents *key = &tags->keys[tags->key_count++];
    *key = (struct parents){.is_page = is_page};
    return key;
}

void tags_open_page(struct tags *tags, void *page)
{
    tags->page = object_number(page);
    tags->page_key = tags->key_count;
    new_key(tags, true);
    if (HPDF_Dict_AddNumber(page, "StructParents", (HPDF_INT32)tags->page_key) != HPDF_OK ||
        HPDF_Dict_AddName(page, "Tabs", "S") != HPDF_OK)
        tags->failed = true;
}

void tags_begin(struct tags *tags, struct tag *tag, struct buffer *content)
{
    struct element *element = element_of(tags, tag);
    struct parents *page = &tags->keys[tags->page_key];
    unsigned id = (unsigned)page->elements.count;
    buffer_format(content, "/%s <</MCID %u>> BDC\n", tag->type, id);
    if (!element)
        return;
    add_kid(tags, element, (struct kid){KID_CONTENT, id, tags->page});
    add_number(tags, &page->elements, object_number(element->object));
}

void tags_annotation(struct tags *tags, struct tag *tag, void *annotation)
{
    struct element *element = element_of(tags, tag);
    if (!element)
        return;
    size_t number = tags->key_count;
    add_number(tags, &new_key(tags, false)->elements, object_number(element->object));
    if (HPDF_Dict_AddNumber(annotation, "StructParent", (HPDF_INT32)number) != HPDF_OK)
        tags->failed = true;
    add_kid(tags, element, (struct kid){KID_OBJECT, object_number(annotation), tags->page});
}

/* One leaf of a tree holds this many keys. */
enum { LEAF = 64 };
struct leaf {
    struct tags *tags;
    size_t from, to;
};

static HPDF_STATUS write_leaf(HPDF_Dict object, HPDF_Stream stream)
{
    const struct leaf *leaf = object->attr;
    struct buffer *out = new_body(leaf->tags);
    buffer_format(out, "/Limits[%zu %zu]/Nums[", leaf->from, leaf->to - 1);
    for (size_t i = leaf->from; i < leaf->to; i++) {
        const struct parents *key = &leaf->tags->keys[i];
        buffer_format(out, key->is_page ? "%zu[" : "%zu ", i);
        for (size_t k = 0; k < key->elements.count; k++)
            add_reference(out, key->elements.items[k]);
        buffer_add(out, key->is_page ? TEXT("]\n") : TEXT("\n"));
    }
    buffer_add(out, TEXT("]"));
    return write_text(stream, out);
}

static HPDF_STATUS write_names(HPDF_Dict object, HPDF_Stream stream)
{
    const struct leaf *leaf = object->attr;
    const unsigned *named = leaf->tags->named.items;
    struct buffer *out = new_body(leaf->tags);
    buffer_add(out, TEXT("/Limits["));
    add_name(out, named[leaf->from]);
    add_name(out, named[leaf->to - 1]);
    buffer_add(out, TEXT("]/Names["));
    for (size_t i = leaf->from; i < leaf->to; i++) {
        add_name(out, named[i]);
        buffer_format(out, "%u 0 R\n", named[i]);
    }
    buffer_add(out, TEXT("]"));
    return write_text(stream, out);
}

/* A tree of `count` keys below the structure tree, whose leaves `write` prints. */
static bool add_leaves(struct tags *tags, const char *name, size_t count,
                       HPDF_Dict_OnWriteFunc write)
{
    HPDF_Dict top = new_object(tags, NULL, NULL);
    HPDF_Array kids = HPDF_Array_New(tags->pdf->mmgr);
    if (!top || !kids || HPDF_Dict_Add(top, "Kids", kids) != HPDF_OK)
        return false;
    for (size_t from = 0; from < count; from += LEAF) {
        struct leaf *leaf = arena_alloc(tags->arena, sizeof *leaf);
        *leaf = (struct leaf){tags, from, from + LEAF < count ? from + LEAF : count};
        HPDF_Dict object = new_object(tags, write, leaf);
        if (!object || HPDF_Array_Add(kids, object) != HPDF_OK)
            return false;
    }
    return HPDF_Dict_Add(tags->tree, name, top) == HPDF_OK;
}

bool tags_finish(struct tags *tags)
{
    return add_leaves(tags, "ParentTree", tags->key_count, write_leaf) &&
           (!tags->named.count || add_leaves(tags, "IDTree", tags->named.count, write_names)) &&
           HPDF_Dict_AddNumber(tags->tree, "ParentTreeNextKey", (HPDF_INT32)tags->key_count) ==
               HPDF_OK &&
           !tags->failed;
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

static bool add_metadata(struct tags *tags, const struct canvas_properties *properties)
{
    HPDF_Dict metadata = HPDF_DictStream_New(tags->pdf->mmgr, tags->pdf->xref);
    struct text packet = xmp_packet(tags->arena, properties);
    return metadata && HPDF_Dict_AddName(metadata, "Type", "Metadata") == HPDF_OK &&
           HPDF_Dict_AddName(metadata, "Subtype", "XML") == HPDF_OK &&
           HPDF_Stream_Write(metadata->stream, (const HPDF_BYTE *)packet.ptr,
                             (HPDF_UINT)packet.len) == HPDF_OK &&
           HPDF_Dict_Add(tags->pdf->catalog, "Metadata", metadata) == HPDF_OK;
}

static bool add_flag(struct tags *tags, const char *dictionary, const char *flag)
{
    HPDF_Dict dict = HPDF_Dict_New(tags->pdf->mmgr);
    return dict && HPDF_Dict_AddBoolean(dict, flag, HPDF_TRUE) == HPDF_OK &&
           HPDF_Dict_Add(tags->pdf->catalog, dictionary, dict) == HPDF_OK;
}

/* A reader's box for page numbers takes and shows those that stand on the pages. */
static bool add_page_labels(struct tags *tags)
{
    HPDF_Dict labels = HPDF_Dict_New(tags->pdf->mmgr), style = HPDF_Dict_New(tags->pdf->mmgr);
    HPDF_Array ranges = HPDF_Array_New(tags->pdf->mmgr);
    return labels && style && ranges && HPDF_Dict_AddName(style, "S", "D") == HPDF_OK &&
           HPDF_Array_AddNumber(ranges, 0) == HPDF_OK && HPDF_Array_Add(ranges, style) == HPDF_OK &&
           HPDF_Dict_Add(labels, "Nums", ranges) == HPDF_OK &&
           HPDF_Dict_Add(tags->pdf->catalog, "PageLabels", labels) == HPDF_OK;
}

static bool add_tree(struct tags *tags)
{
    tags->tree = new_object(tags, NULL, NULL);
    if (!tags->tree || HPDF_Dict_AddName(tags->tree, "Type", "StructTreeRoot") != HPDF_OK ||
        HPDF_Dict_Add(tags->pdf->catalog, "StructTreeRoot", tags->tree) != HPDF_OK)
        return false;
    struct element *document = element_of(tags, NULL);
    return document && HPDF_Dict_Add(tags->tree, "K", document->object) == HPDF_OK;
}

struct tags *tags_new(struct arena *arena, void *pdf, const struct canvas_properties *properties)
{
    struct tags *tags = arena_alloc(arena, sizeof *tags);
    *tags = (struct tags){.arena = arena, .pdf = pdf, .document = {.type = "Document"}};
    tags->document.alt = TEXT_EMPTY;
    tags->out.arena = arena;
    tags->pdf->pdf_version = HPDF_VER_17;
    const char *language = text_cstr(arena, properties->language);
    HPDF_String lang = HPDF_String_New(tags->pdf->mmgr, language, NULL);
    if (!lang || HPDF_Dict_Add(tags->pdf->catalog, "Lang", lang) != HPDF_OK ||
        !add_flag(tags, "MarkInfo", "Marked") ||
        !add_flag(tags, "ViewerPreferences", "DisplayDocTitle") || !add_page_labels(tags) ||
        !add_metadata(tags, properties) || !add_tree(tags))
        tags->failed = true;
    return tags;
}

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
void tags_font(struct tags *tags, void *font)
{
    HPDF_FontAttr attr = ((HPDF_Dict)font)->attr;
    if (attr->type != HPDF_FONT_TYPE0_TT || !attr->cmap_stream) {
        tags->failed = true;
        return;
    }
    struct text map = unicode_map(tags->arena);
    HPDF_MemStream_FreeData(attr->cmap_stream->stream);
    if (HPDF_Stream_Write(attr->cmap_stream->stream, (const HPDF_BYTE *)map.ptr,
                          (HPDF_UINT)map.len) != HPDF_OK)
        tags->failed = true;
    static const char *const extra[] = {"CIDSystemInfo", "WMode", "CMapName", "Type"};
    for (size_t i = 0; i < sizeof extra / sizeof extra[0]; i++)
        HPDF_Dict_RemoveElement(attr->cmap_stream, extra[i]);
    HPDF_Dict collection =
        HPDF_Dict_GetItem(attr->descendant_font, "CIDSystemInfo", HPDF_OCLASS_DICT);
    HPDF_String ordering = HPDF_String_New(tags->pdf->mmgr, "Identity", NULL);
    if (!collection || !ordering || HPDF_Dict_Add(collection, "Ordering", ordering) != HPDF_OK)
        tags->failed = true;
    ((HPDF_Dict)font)->after_write_fn = add_cap_height;
}
