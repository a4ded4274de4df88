/*
 * markup_int - HTML in cells, in three steps: markup_scan.c finds what is markup and what is text,
 * markup.c has the library close what was left open, markup_text.c writes the clean text.
 */
#ifndef READ_MARKUP_INT_H
#define READ_MARKUP_INT_H

#include "base/text.h"
#include "data/rich.h"

#include <stdint.h>

/* markup.c: what the library knows of HTML. */
bool markup_is_element(struct text name); /* HTML 4, in either case */
bool markup_is_block(struct text name);   /* one that begins a line of its own */
/* The code point of "nbsp", "rsquo"; 0 for a name that HTML does not have. */
uint32_t markup_entity(struct text name);
/* Begin, end and text of elements, each closed in the end; NULL-terminated names and values. */
struct markup_handlers {
    void (*start)(void *context, const char *name, const char **attributes);
    void (*end)(void *context, const char *name);
    void (*characters)(void *context, struct text text);
};
void markup_parse(struct text html, const struct markup_handlers *handlers, void *context);

/* markup_scan.c */
struct markup_scan {
    struct text html;  /* tags as the library wants them; all else is escaped */
    struct text plain; /* the text between the tags, references decoded */
    bool has_markup;   /* a tag or comment */
    bool has_reference;
    bool has_lines; /* a tag that begins a line: line ends of the cell are only spaces then */
};
/* Finds tags, comments and references in `cell`; texts in `arena`. */
struct markup_scan markup_scan(struct arena *arena, struct text cell);

/* markup_text.c: the text of well-delimited HTML. False when the library passed over some of it. */
bool markup_text(struct arena *arena, const struct markup_scan *scan, struct rich *out);

#endif
