/* markup - what the HTML library knows and does. It sees no file and no network. */
#include "read/markup_int.h"
#include "read/read.h"

#include <libxml/HTMLparser.h>
#include <string.h>

/* Elements that came after HTML 4, all of them blocks but the last few. */
static const char *const newer_blocks[] = {"section", "article",    "header",  "footer",
                                           "nav",     "main",       "aside",   "figure",
                                           "details", "figcaption", "summary", NULL};
static const char *const newer_inlines[] = {"mark", "time", "bdi", "wbr", NULL};

enum { NAME_CAP = 16 }; /* no element and no entity has a longer name */

static bool is_one_of(const char *name, const char *const *names)
{
    while (*names && strcmp(name, *names) != 0)
        names++;
    return *names != NULL;
}

/* `name` in lower case with a NUL behind it; empty when it is too long. */
static const char *lower(struct text name, char out[NAME_CAP])
{
    size_t len = name.len < NAME_CAP ? name.len : 0;
    for (size_t i = 0; i < len; i++) {
        char c = name.ptr[i];
        out[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    out[len] = '\0';
    return out;
}

static const htmlElemDesc *describe(const char *name)
{
    return htmlTagLookup((const xmlChar *)name);
}

bool markup_is_element(struct text name)
{
    char buffer[NAME_CAP];
    lower(name, buffer);
    return describe(buffer) || is_one_of(buffer, newer_blocks) || is_one_of(buffer, newer_inlines);
}

bool markup_is_block(struct text name)
{
    char buffer[NAME_CAP];
    const htmlElemDesc *element = describe(lower(name, buffer));
    return element ? !element->isinline || strcmp(buffer, "br") == 0
                   : is_one_of(buffer, newer_blocks);
}

uint32_t markup_entity(struct text name)
{
    char buffer[NAME_CAP];
    if (name.len >= NAME_CAP)
        return 0;
    memcpy(buffer, name.ptr, name.len); /* "Eacute" is not "eacute" */
    buffer[name.len] = '\0';
    const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)buffer);
    return entity ? entity->value : 0;
}

struct listener {
    const struct markup_handlers *handlers;
    void *context;
};

static void on_start(void *data, const xmlChar *name, const xmlChar **attributes)
{
    const struct listener *listener = data;
    listener->handlers->start(listener->context, (const char *)name, (const char **)attributes);
}

static void on_end(void *data, const xmlChar *name)
{
    const struct listener *listener = data;
    listener->handlers->end(listener->context, (const char *)name);
}

static void on_characters(void *data, const xmlChar *bytes, int count)
{
    const struct listener *listener = data;
    listener->handlers->characters(listener->context,
                                   (struct text){(const char *)bytes, (size_t)count});
}

void markup_parse(struct text html, const struct markup_handlers *handlers, void *context)
{
    struct listener listener = {handlers, context};
    htmlParserCtxt *parser = htmlNewParserCtxt(); /* never NULL: see base/memory.h */
    xmlSAXHandler events = {
        .startElement = on_start,
        .endElement = on_end,
        .characters = on_characters,
        .ignorableWhitespace = on_characters,
        .cdataBlock = on_characters,
    };
    *parser->sax = events;
    parser->userData = &listener;
    htmlDocPtr document = htmlCtxtReadMemory(
        parser, html.ptr, html.len < INT32_MAX ? (int)html.len : 0, NULL, "UTF-8",
        HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
            HTML_PARSE_IGNORE_ENC);
    xmlFreeDoc(document);
    htmlFreeParserCtxt(parser);
}

const char *read_html_library(void)
{
    return LIBXML_DOTTED_VERSION;
}
