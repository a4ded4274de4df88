/* The pages of a document that is laid out as it is for a PDF: what is placed is forgotten. */
#ifndef TESTS_WRITE_STREAMED_PAGES_H
#define TESTS_WRITE_STREAMED_PAGES_H

#include "write/pdf_int.h"

struct streamed {
    struct arena *arena;
    struct pages pages;
    void (*on_page)(void *context); /* or NULL */
    void *context;
};

static void streamed_page(void *context, size_t page, enum page_form form)
{
    struct streamed *out = context;
    struct pages *pages = &out->pages;
    pages->items =
        arena_grow(out->arena, pages->items, page, &pages->capacity, sizeof *pages->items);
    if (page == pages->count)
        pages->items[pages->count++] = (struct page){0};
    pages->items[page].form = form;
    if (out->on_page)
        out->on_page(out->context);
}

static void streamed_item(void *context, const struct item *item)
{
    struct streamed *out = context;
    struct page *page = &out->pages.items[out->pages.count - 1];
    page->items =
        arena_grow(out->arena, page->items, page->count, &page->capacity, sizeof *page->items);
    struct item *copy = &page->items[page->count++];
    *copy = *item;
    copy->text = text_copy(out->arena, item->text);
    copy->link = text_copy(out->arena, item->link);
    if (item->tag) { /* those that it points to are gone */
        copy->tag = tag_new(out->arena, NULL, item->tag->type);
        if (item->tag->attributes)
            copy->tag->attributes = text_cstr(out->arena, text_from(item->tag->attributes));
    }
}

static void stream_document(struct streamed *out, struct layout *layout)
{
    struct page_sink sink = {streamed_page, streamed_item, out};
    struct outline outline = {.arena = out->arena};
    out->pages = (struct pages){0};
    layout_stream(layout, &outline, &sink);
}

/* Both times that it is laid out, from what is there at once. */
static void assert_same_pages(const struct pages *streamed, const struct pages *pages)
{
    assert_int_equal(streamed->count, pages->count);
    for (size_t p = 0; p < pages->count; p++) {
        const struct page *a = &streamed->items[p], *b = &pages->items[p];
        assert_int_equal(a->count, b->count);
        assert_int_equal(a->form, b->form);
        for (size_t i = 0; i < a->count; i++) {
            assert_int_equal(a->items[i].kind, b->items[i].kind);
            assert_true(a->items[i].x == b->items[i].x && a->items[i].y == b->items[i].y);
            assert_true(a->items[i].height == b->items[i].height);
            assert_true(text_equal(a->items[i].text, b->items[i].text));
            assert_int_equal(a->items[i].tag != NULL, b->items[i].tag != NULL);
        }
    }
}

#endif
