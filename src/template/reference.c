/* reference - {{ref NAME}} in the words of a narrative, and the labels {#NAME} that it goes to. */
#include "template/narrative_int.h"

static const struct text opening = TEXT_INIT("{{ref ");

bool reference_find(struct text raw, struct text *before, struct text *inside, struct text *after)
{
    for (size_t at = 0; at + opening.len < raw.len; at++) {
        if (!text_starts(text_slice(raw, at, raw.len), opening))
            continue;
        size_t from = at + opening.len, close = from;
        while (close + 1 < raw.len && (raw.ptr[close] != '}' || raw.ptr[close + 1] != '}'))
            close++;
        if (close + 1 >= raw.len)
            return false; /* not closed: told where placeholders are filled */
        *before = text_slice(raw, 0, at);
        *inside = text_trim(text_slice(raw, from, close));
        *after = text_slice(raw, close + 2, raw.len);
        return true;
    }
    return false;
}

struct span reference_add(struct reader *reader, struct text inside, unsigned style,
                          struct place place)
{
    struct references *references = &reader->out->references;
    struct text_pieces pieces = text_split(inside, '|');
    struct reference reference = {.name = TEXT_EMPTY, .format = TEXT_EMPTY, .place = place};
    text_next(&pieces, &reference.name);
    text_next(&pieces, &reference.format);
    references->items = arena_grow(reader->arena, references->items, references->count,
                                   &references->capacity, sizeof reference);
    references->items[references->count] = reference;
    return (struct span){.text = TEXT_EMPTY,
                         .style = style,
                         .link =
                             text_format(reader->arena, REFERENCE_LINK "%zu", references->count++)};
}

bool reference_stands_in(const struct spans *spans)
{
    for (size_t i = 0; i < spans->count; i++)
        if (text_starts(spans->items[i].link, TEXT(REFERENCE_LINK)))
            return true;
    return false;
}

/* "{#name}" at the end of `raw`; the empty text when there is none. */
static struct text label_mark(struct text raw)
{
    size_t at = raw.len;
    if (!text_ends(raw, TEXT("}")))
        return TEXT_EMPTY;
    while (at > 0 && raw.ptr[at - 1] != '{')
        at--;
    bool is_label = at > 0 && char_at(raw, at) == '#' && (at < 2 || raw.ptr[at - 2] != '{');
    return is_label ? text_slice(raw, at - 1, raw.len) : TEXT_EMPTY;
}

void reference_cut_mark(struct spans *spans, struct text mark)
{
    struct text *last = spans->count ? &spans->items[spans->count - 1].text : NULL;
    if (!last || !mark.len || !text_ends(*last, mark))
        return;
    last->len -= mark.len;
    while (last->len && last->ptr[last->len - 1] == ' ')
        last->len--;
}

struct text reference_cut_label(struct reader *reader, struct text raw, struct place place,
                                struct spans *spans, struct text *anchor)
{
    struct text mark = label_mark(raw);
    if (!mark.len)
        return raw;
    struct text name = text_copy(reader->arena, text_slice(mark, 2, mark.len - 1));
    reference_cut_mark(spans, mark);
    if (text_equal(name, text_slug(reader->arena, name)))
        *anchor = name;
    else
        diag(reader->diags, DIAG_TEMPLATE, place,
             "label '%.*s' cannot be referred to: expected lower-case letters, digits and hyphens",
             TEXT_ARG(text_quote(reader->arena, name)));
    return text_trim(text_slice(raw, 0, raw.len - mark.len));
}
