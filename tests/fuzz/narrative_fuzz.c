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

static void check_spans(const struct spans *spans)
{
    for (size_t i = 0; i < spans->count; i++) {
        struct text link = spans->items[i].link;
        FUZZ_HOLDS(utf8_check(spans->items[i].text) == spans->items[i].text.len);
        FUZZ_HOLDS(!link.len || text_starts(link, TEXT("http:")) ||
                   text_starts(link, TEXT("https:")) || text_starts(link, TEXT("mailto:")) ||
                   text_starts(link, TEXT("#")));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct diags diags = diags_new(arena);
    struct text markdown = text_copy(arena, (struct text){(const char *)data, size});
    struct resolver resolver = {.resolve = resolve};
    struct narrative narrative;
    if (utf8_check(markdown) == markdown.len) {
        bool ok =
            narrative_parse(arena, &diags, &resolver, TEXT("report.md"), markdown, &narrative);
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
