#include "read/xml_int.h"

#include "read/limits.h"

#include <expat.h>
#include <string.h>

struct xml {
    XML_Parser parser;
    struct diags *diags;
    struct place place;
    const struct xml_handlers *handlers;
    void *context;
    const char *family; /* NULL: names count without their prefix, whatever it stands for */
    size_t depth, deepest;
    bool stopped;
};

/* Between a namespace's address and a name: stands in neither. */
enum { SEPARATOR = '\n' };

static const char *local_name(const char *name, const char *family)
{
    if (!family) {
        const char *colon = strchr(name, ':');
        return colon ? colon + 1 : name;
    }
    const char *end = strchr(name, SEPARATOR);
    return end && strncmp(name, family, strlen(family)) == 0 ? end + 1 : "";
}

static const char *find_attribute(struct xml_attributes attributes, const char *name)
{
    for (const char *const *item = attributes.items; *item; item += 2)
        if (strcmp(local_name(item[0], attributes.family), name) == 0 &&
            strncmp(item[0], "xmlns", 5) != 0)
            return item[1];
    return NULL;
}

struct text xml_attribute(struct xml_attributes attributes, const char *name)
{
    return text_from(find_attribute(attributes, name));
}

bool xml_has_attribute(struct xml_attributes attributes, const char *name)
{
    return find_attribute(attributes, name) != NULL;
}

struct place xml_place(const struct xml *xml)
{
    struct place place = xml->place;
    place.line = (unsigned)XML_GetCurrentLineNumber(xml->parser);
    place.column = (unsigned)XML_GetCurrentColumnNumber(xml->parser) + 1;
    return place;
}

void xml_stop(struct xml *xml)
{
    xml->stopped = true;
    XML_StopParser(xml->parser, XML_FALSE);
}

static void XMLCALL on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
    struct xml *xml = data;
    if (xml->stopped)
        return;
    if (++xml->depth > xml->deepest) {
        diag(xml->diags, DIAG_CAP, xml_place(xml),
             "elements are nested deeper than %zu ('depth' in [limits])", xml->deepest);
        xml_stop(xml);
        return;
    }
    if (xml->handlers->start)
        xml->handlers->start(xml->context, text_from(local_name(name, xml->family)),
                             (struct xml_attributes){attributes, xml->family});
}

static void XMLCALL on_end(void *data, const XML_Char *name)
{
    struct xml *xml = data;
    if (xml->stopped)
        return;
    xml->depth--;
    if (xml->handlers->end)
        xml->handlers->end(xml->context, text_from(local_name(name, xml->family)));
}

static void XMLCALL on_characters(void *data, const XML_Char *bytes, int count)
{
    struct xml *xml = data;
    if (!xml->stopped && xml->handlers->characters)
        xml->handlers->characters(xml->context, (struct text){bytes, (size_t)count});
}

static void XMLCALL on_doctype(void *data, const XML_Char *name, const XML_Char *system_id,
                               const XML_Char *public_id, int has_internal_subset)
{
    struct xml *xml = data;
    (void)name, (void)system_id, (void)public_id, (void)has_internal_subset;
    diag(xml->diags, DIAG_FORMAT, xml_place(xml),
         "the part has a DOCTYPE, which no spreadsheet program writes: the file is refused");
    xml_stop(xml);
}

struct xml *xml_new(struct arena *arena, struct diags *diags, struct place place,
                    const struct xml_handlers *handlers, void *context)
{
    return xml_new_of(arena, diags, place, NULL, handlers, context);
}

struct xml *xml_new_of(struct arena *arena, struct diags *diags, struct place place,
                       const char *family, const struct xml_handlers *handlers, void *context)
{
    struct xml *xml = arena_alloc(arena, sizeof *xml);
    *xml = (struct xml){.parser =
                            family ? XML_ParserCreateNS(NULL, SEPARATOR) : XML_ParserCreate(NULL),
                        .family = family,
                        .deepest = limits_default.depth,
                        .diags = diags,
                        .place = place,
                        .handlers = handlers,
                        .context = context};
    if (!xml->parser)
        arena_out_of_memory(sizeof *xml);
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_start, on_end);
    XML_SetCharacterDataHandler(xml->parser, on_characters);
    XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
    return xml;
}

void xml_set_depth(struct xml *xml, size_t depth)
{
    xml->deepest = depth;
}

static bool parse(struct xml *xml, struct text piece, bool last)
{
    if (xml->stopped)
        return false;
    if (XML_Parse(xml->parser, piece.ptr, (int)piece.len, last) == XML_STATUS_OK)
        return true;
    if (!xml->stopped)
        diag(xml->diags, DIAG_FORMAT, xml_place(xml), "not well-formed XML: %s",
             XML_ErrorString(XML_GetErrorCode(xml->parser)));
    xml->stopped = true;
    return false;
}

bool xml_take(void *xml, struct text piece)
{
    return parse(xml, piece, false);
}

bool xml_finish(struct xml *xml)
{
    return parse(xml, TEXT_EMPTY, true);
}

void xml_free(struct xml *xml)
{
    XML_ParserFree(xml->parser);
}

const char *read_xml_library(void)
{
    return XML_ExpatVersion() + sizeof "expat_" - 1;
}
