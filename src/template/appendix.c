/* appendix - the letters of appendices, and {{appendix.TITLE}}, which may stand before them. */
#include "template/narrative_int.h"

enum { LETTERS = 26 };

void appendix_add(struct reader *reader, struct text raw)
{
    struct appendices *appendices = &reader->out->appendices;
    struct spans spans = {0};
    struct text label = TEXT_EMPTY;
    raw = reference_cut_label(reader, raw, PLACE_NONE, &spans, &label);
    struct text title =
        placeholder_fill(reader->arena, reader->diags, reader->resolver,
                         text_trim(text_slice(raw, sizeof APPENDIX_MARK - 1, raw.len)), PLACE_NONE);
    struct appendix appendix = {
        .letter = TEXT_EMPTY, .title = title, .slug = text_slug(reader->arena, title)};
    appendix.anchor =
        label.len ? label : text_concat(reader->arena, TEXT("appendix-"), appendix.slug);
    if (appendices->count < LETTERS)
        appendix.letter = text_format(reader->arena, "%c", 'A' + (int)appendices->count);
    appendices->items = arena_grow(reader->arena, appendices->items, appendices->count,
                                   &appendices->capacity, sizeof appendix);
    appendices->items[appendices->count++] = appendix;
}

const struct appendix *appendix_next(struct reader *reader)
{
    const struct appendices *appendices = &reader->out->appendices;
    return reader->appendix < appendices->count ? &appendices->items[reader->appendix++] : NULL;
}

bool appendix_resolve(void *context, struct text name, struct text format, struct text *out)
{
    struct reader *reader = context;
    if (flow_is_control(name)) {
        *out = TEXT(
            ": a condition or loop stands alone in a paragraph, with a blank line above "
            "and below it");
        return false;
    }
    if (!text_starts(name, TEXT("appendix.")))
        return reader->resolver->resolve(reader->resolver->context, name, format, out);
    struct text slug = text_slice(name, sizeof "appendix." - 1, name.len);
    struct texts slugs = {0};
    for (size_t i = 0; i < reader->out->appendices.count; i++) {
        const struct appendix *appendix = &reader->out->appendices.items[i];
        if (text_equal(appendix->slug, slug)) {
            *out = text_format(reader->arena, "Appendix %.*s", TEXT_ARG(appendix->letter));
            return true;
        }
        texts_add(reader->arena, &slugs, appendix->slug);
    }
    *out = slugs.count ? text_format(reader->arena, ": the appendices are %.*s",
                                     TEXT_ARG(texts_join(reader->arena, &slugs, TEXT(", "))))
                       : TEXT(": the report has no heading that begins with 'Appendix:'");
    return false;
}
