/* laid_out.h - documents laid out into a list of pages, with a font of our own: every character is
 * 500 wide. */
#ifndef LAID_OUT_H
#define LAID_OUT_H

#include "support.h"

#include "base/utf8.h"
#include "write/pdf_int.h"

static inline long width(struct metrics *metrics, unsigned font, struct text text)
{
    (void)metrics, (void)font;
    return (long)utf8_count(text) * 500;
}

struct laid_out {
    struct arena *arena;
    struct document document;
    struct pages pages;
    unsigned notes;
};

static inline struct laid_out new_document(struct arena *arena, enum page_form form)
{
    return (struct laid_out){.arena = arena,
                             .document = {.title = TEXT("T"),
                                          .subtitle = TEXT_EMPTY,
                                          .organisation = TEXT_EMPTY,
                                          .footer = TEXT_EMPTY,
                                          .form = form}};
}

static inline void lay_out(struct laid_out *out)
{
    struct metrics metrics = {.width = width};
    struct diags diags = diags_new(out->arena);
    struct strips strips = {0};
    struct outline outline = {0};
    layout_document(out->arena, &metrics, &diags, &out->document, NULL, &strips, &outline);
    out->pages = layout_pages(out->arena, &strips, out->document.form);
    assert_int_equal(diags_count(&diags, LEVEL_WARNING), 0);
}

/* One word a line: no two of them have room beside each other. */
static inline struct text lines_of(struct arena *arena, const char *word, size_t count)
{
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < count; i++)
        buffer_format(&out, "%s%s%zu-%.*s", i ? " " : "", word, i, 70,
                      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
    return buffer_text(&out);
}

#endif
