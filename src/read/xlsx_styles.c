/* xlsx_styles - how the styles of a workbook show numbers (xlsx_int.h). */
#include "read/number_format_int.h"
#include "read/xlsx_int.h"

struct code {
    struct text id;
    struct number_format format;
};
struct styles_part {
    struct xlsx_part part;
    struct xlsx_styles *styles;
    struct code *codes; /* of the workbook's own formats */
    size_t code_count;
    size_t code_capacity;
    bool in_cells; /* inside <cellXfs> */
};

static void add_code(struct styles_part *state, struct xml_attributes attributes)
{
    struct arena *arena = state->part.book->arena;
    state->codes = arena_grow(arena, state->codes, state->code_count, &state->code_capacity,
                              sizeof *state->codes);
    state->codes[state->code_count++] =
        (struct code){.id = text_copy(arena, xml_attribute(attributes, "numFmtId")),
                      .format = number_format_read(xml_attribute(attributes, "formatCode"))};
}

static struct number_format format_of(const struct styles_part *state, struct text id)
{
    unsigned number = 0;
    for (size_t i = 0; i < state->code_count; i++)
        if (text_equal(state->codes[i].id, id))
            return state->codes[i].format;
    for (size_t i = 0; i < id.len && i < 6; i++)
        number = number * 10 + (unsigned)(id.ptr[i] - '0');
    return number_format_builtin(number);
}

static void styles_start(void *context, struct text name, struct xml_attributes attributes)
{
    struct styles_part *state = context;
    struct xlsx_styles *styles = state->styles;
    if (text_is(name, "numFmt"))
        add_code(state, attributes);
    else if (text_is(name, "cellXfs"))
        state->in_cells = true;
    if (!state->in_cells || !text_is(name, "xf"))
        return;
    styles->items = arena_grow(state->part.book->arena, styles->items, styles->count,
                               &styles->capacity, sizeof *styles->items);
    styles->items[styles->count++] = format_of(state, xml_attribute(attributes, "numFmtId"));
}

static void styles_end(void *context, struct text name)
{
    struct styles_part *state = context;
    if (text_is(name, "cellXfs"))
        state->in_cells = false;
}

bool xlsx_read_styles(struct xlsx *book, struct xlsx_styles *out)
{
    static const struct xml_handlers handlers = {.start = styles_start, .end = styles_end};
    struct styles_part state = {.styles = out};
    struct text part = xlsx_related(book, TEXT("/styles"));
    return !part.len || xlsx_read_part(book, part, &handlers, &state.part);
}
