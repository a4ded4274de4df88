/*
 * xml - a part of a workbook as a stream of elements.
 *
 * Any DOCTYPE is refused: an entity otherwise becomes a silently empty cell. Names are given
 * without their namespace prefix.
 */
#ifndef READ_XML_INT_H
#define READ_XML_INT_H

#include "base/diag.h"

struct xml_attributes {
    const char *const *items; /* name, value, …, NULL */
    const char *family;       /* of xml_new_of(); else NULL */
};
/* The empty text when there is none. Valid during the call that it was given to. */
struct text xml_attribute(struct xml_attributes attributes, const char *name);
bool xml_has_attribute(struct xml_attributes attributes, const char *name);

/* Any of them may be NULL. */
struct xml_handlers {
    void (*start)(void *context, struct text name, struct xml_attributes attributes);
    void (*end)(void *context, struct text name);
    void (*characters)(void *context, struct text piece);
};

struct xml;
/* `place` (file and part) gains the line and column in messages. */
struct xml *xml_new(struct arena *arena, struct diags *diags, struct place place,
                    const struct xml_handlers *handlers, void *context);
/*
 * The same for parts of several namespaces, of which only those count whose address begins with
 * `family`: other elements have the empty name, and other attributes are not there.
 */
struct xml *xml_new_of(struct arena *arena, struct diags *diags, struct place place,
                       const char *family, const struct xml_handlers *handlers, void *context);
/* Elements within each other, instead of those of limits_default. */
void xml_set_depth(struct xml *xml, size_t depth);
/* For archive_stream(): `xml` is a struct xml. False with a message when it is not well formed. */
bool xml_take(void *xml, struct text piece);
/* After the last piece. */
bool xml_finish(struct xml *xml);
void xml_free(struct xml *xml);
/* For handlers: no more calls, and xml_take() fails. The handler gives the message. */
void xml_stop(struct xml *xml);
struct place xml_place(const struct xml *xml);

#endif
