/* remarks - what a publisher says of several figures stands once, below their table. */
#include "assemble/remarks_int.h"

static struct remark *find(const struct remarks *remarks, struct text words)
{
    for (size_t i = 0; i < remarks->count; i++)
        if (text_equal(remarks->items[i].words, words))
            return &remarks->items[i];
    return NULL;
}

void remarks_count(struct remarks *remarks, const struct figure *figure)
{
    if (!figure || !figure->note.len)
        return;
    struct remark *remark = find(remarks, figure->note);
    if (!remark) {
        remarks->items = arena_grow(remarks->arena, remarks->items, remarks->count,
                                    &remarks->capacity, sizeof *remarks->items);
        remark = &remarks->items[remarks->count++];
        *remark = (struct remark){.words = figure->note};
    }
    remark->figures++;
}

void remarks_settle(struct remarks *remarks, size_t rows)
{
    size_t single = 0;
    for (size_t i = 0; i < remarks->count; i++)
        single += remarks->items[i].figures == 1;
    remarks->are_below = single * 4 < rows;
}

/* One row's areas stand together: "Hip fractures (Leeds, England)". */
static void keep(struct arena *arena, struct remark *remark, struct text label, struct text area)
{
    size_t last = remark->labels.count;
    if (last && area.len && text_equal(remark->labels.items[last - 1], label)) {
        remark->areas.items[last - 1] = text_format(
            arena, "%.*s, %.*s", TEXT_ARG(remark->areas.items[last - 1]), TEXT_ARG(area));
        return;
    }
    texts_add(arena, &remark->labels, label);
    texts_add(arena, &remark->areas, area);
}

void remarks_add(struct remarks *remarks, struct buffer *beside, struct text label,
                 struct text area, bool is_own, const struct figure *figure)
{
    struct arena *arena = remarks->arena;
    struct text markers = TEXT_EMPTY, note = figure->note;
    struct remark *remark = find(remarks, note);
    if (figure->value.present)
        markers = markers_display(arena, figure->value.markers);
    if (remark && (remark->figures > 1 || remarks->are_below)) {
        keep(arena, remark, label, area);
        note = TEXT_EMPTY;
    }
    if (is_own)
        area = TEXT_EMPTY;
    if (!markers.len && !note.len)
        return;
    buffer_format(beside, "%s%.*s%s%.*s%s%.*s", beside->len ? "; " : "", TEXT_ARG(area),
                  area.len ? ": " : "", TEXT_ARG(markers), markers.len && note.len ? " " : "",
                  TEXT_ARG(note));
}

static struct text remark_text(struct arena *arena, const struct remark *remark)
{
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < remark->labels.count; i++) {
        struct text area = remark->areas.items[i];
        buffer_format(&out, "%s%.*s%s%.*s%s", i ? "; " : "", TEXT_ARG(remark->labels.items[i]),
                      area.len ? " (" : "", TEXT_ARG(area), area.len ? ")" : "");
    }
    buffer_format(&out, ": %.*s%s", TEXT_ARG(remark->words),
                  text_ends(remark->words, TEXT(".")) ? "" : ".");
    return buffer_text(&out);
}

void remarks_finish(const struct remarks *remarks, struct texts *notes)
{
    for (size_t i = 0; i < remarks->count; i++)
        if (remarks->items[i].labels.count)
            texts_add(remarks->arena, notes, remark_text(remarks->arena, &remarks->items[i]));
}
