#include "template/template.h"

#include "base/utf8.h"

/* The end of the placeholder that begins at `from`, as the offset of "}}"; raw.len when unclosed.
 */
static size_t find_close(struct text raw, size_t from)
{
    for (size_t at = from; at + 1 < raw.len; at++) {
        if (raw.ptr[at] == '}' && raw.ptr[at + 1] == '}')
            return at;
        if (raw.ptr[at] == '{' && raw.ptr[at + 1] == '{')
            break;
    }
    return raw.len;
}

static size_t find_open(struct text raw, size_t from)
{
    for (size_t at = from; at + 1 < raw.len; at++)
        if (raw.ptr[at] == '{' && raw.ptr[at + 1] == '{')
            return at;
    return raw.len;
}

static void fill_one(struct buffer *out, struct diags *diags, const struct resolver *resolver,
                     struct text inside, struct place place)
{
    size_t bar = text_find(inside, '|', 0);
    struct text name = text_trim(text_slice(inside, 0, bar)), value;
    struct text format =
        text_trim(text_slice(inside, bar < inside.len ? bar + 1 : bar, inside.len));
    if (resolver->resolve(resolver->context, name, format, &value)) {
        buffer_add(out, value);
        return;
    }
    diag(diags, DIAG_UNKNOWN_FACT, place, "there is no fact '%.*s%s%.*s'%.*s",
         TEXT_ARG(text_quote(out->arena, name)), format.len ? " | " : "",
         TEXT_ARG(text_quote(out->arena, format)), TEXT_ARG(value));
}

struct text placeholder_fill(struct arena *arena, struct diags *diags,
                             const struct resolver *resolver, struct text raw, struct place place)
{
    if (find_open(raw, 0) == raw.len)
        return raw;
    struct buffer out = {.arena = arena};
    size_t at = 0;
    while (at < raw.len) {
        size_t open = find_open(raw, at);
        buffer_add(&out, text_slice(raw, at, open));
        if (open == raw.len)
            break;
        struct place here = place;
        if (here.column)
            here.column += (unsigned)utf8_count(text_slice(raw, 0, open));
        size_t close = find_close(raw, open + 2);
        if (close == raw.len) {
            diag(diags, DIAG_TEMPLATE, here, "'{{' is not closed: expected {{fact.name}}");
            break;
        }
        fill_one(&out, diags, resolver, text_slice(raw, open + 2, close), here);
        at = close + 2;
    }
    return buffer_text(&out);
}
