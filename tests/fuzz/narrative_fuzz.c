/* narrative - Markdown with placeholders, whose values look like markup. */
#include "fuzz.h"

#include "base/utf8.h"
#include "template/template.h"

static bool resolve(void *context, struct text name, struct text format, struct text *out)
{
    (void)context, (void)format;
    *out = TEXT("**{{a}}** <b>[x](javascript:y)</b>");
    return name.len % 2 == 1;
}

static bool holds(void *context, struct diags *diags, struct text name, struct place place)
{
    (void)context, (void)diags, (void)place;
    return name.len % 2 == 0;
}

static bool open_loop(void *context, struct diags *diags, struct text field, struct text source,
                      struct place place, size_t *turns)
{
    (void)context, (void)diags, (void)source, (void)place;
    *turns = field.len % 4;
    return field.len % 5 != 0 || (*turns = 0);
}

static size_t turn(void *context, size_t i)
{
    (void)context;
    return i + 1;
}

static void close_loop(void *context)
{
    (void)context;
}

static bool cell(void *context, struct text name, struct rich *out)
{
    (void)context;
    *out = (struct rich){.plain = TEXT("- **a**\n\n{{b}}")};
    return name.len % 3 == 0;
}

static void check_spans(const struct spans *spans)
{
    for (size_t i = 0; i < spans->count; i++) {
        struct text link = spans->items[i].link;
        FUZZ_HOLDS(utf8_check(spans->items[i].text) == spans->items[i].text.len);
        FUZZ_HOLDS(!link.len || text_starts(link, TEXT("http:")) ||
                   text_starts(link, TEXT("https:")) || text_starts(link, TEXT("mailto:")) ||
                   text_starts(link, TEXT("#")) || text_starts(link, TEXT(REFERENCE_LINK)));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    struct text markdown = text_copy(arena, (struct text){(const char *)data, size});
    struct resolver resolver = {.resolve = resolve};
    const struct flow flow = {holds, open_loop, turn, close_loop, cell, NULL};
    struct narrative narrative;
    if (utf8_check(markdown) == markdown.len) {
        bool ok = narrative_parse(arena, &diags, &resolver, &flow, TEXT("report.md"), markdown,
                                  &narrative);
        for (size_t i = 0; ok && i < narrative.blocks.count; i++) {
            const struct block *block = &narrative.blocks.items[i];
            if (block->kind == BLOCK_PARAGRAPH)
                check_spans(&block->paragraph.spans);
            if (block->kind == BLOCK_HEADING)
                check_spans(&block->heading.spans);
        }
        fuzz_messages(&diags);
    }
    arena_free(arena);
    return 0;
}
