/*
 * layout_notes - footnotes become lines for the foot of a page, which the strip that refers to them
 * takes along. Read aloud they stand right behind the block of that strip.
 *
 * What stands in the rows of a table, a list of terms or a box has its notes below that: who reads
 * there has them in sight, and a row may go on over several pages.
 */
#include "write/pdf_int.h"

#include <math.h>

static const double space_between = 3;

void notes_begin(struct flow *flow, struct arena *arena, const struct blocks *blocks)
{
    struct footnotes_at *feet = arena_alloc(arena, sizeof *feet);
    *feet = (struct footnotes_at){.blocks = blocks,
                                  .strips = flow->strips,
                                  .tag = flow->tag,
                                  .is_placed = arena_calloc(arena, blocks->count, sizeof(bool))};
    flow->feet = feet;
}

bool notes_follow(struct flow *flow, const struct block *block)
{
    struct footnotes_at *feet = flow->feet;
    if (!feet)
        return true;
    feet->at = (size_t)(block - feet->blocks->items);
    return !feet->is_placed[feet->at];
}

/* Behind the block that is added; their number: there is none, or it stands on a page already. */
static size_t find_note(const struct footnotes_at *feet, unsigned number)
{
    size_t i = feet->at + 1;
    while (i < feet->blocks->count && (feet->blocks->items[i].kind != BLOCK_NOTE ||
                                       feet->blocks->items[i].paragraph.footnote != number))
        i++;
    return i < feet->blocks->count && !feet->is_placed[i] ? i : feet->blocks->count;
}

/* What stands above a note that goes on on another page. */
static const struct strips *name_again(const struct flow *flow, unsigned number)
{
    struct strips *again = arena_calloc(flow->arena, 1, sizeof *again);
    struct text_style style = flow_small_style(flow);
    struct spans words = {0};
    struct flow inner = *flow;
    inner.strips = again;
    inner.artifact = true;
    style.style = SPAN_ITALIC;
    spans_add_text(flow->arena, &words, text_format(flow->arena, "[note %u] (continued)", number),
                   0);
    flow_spans(&inner, NULL, &words, style);
    return again;
}

static void add_anchor(struct flow *flow, struct strip *strip, struct text name)
{
    strip_add_first(flow, strip, ITEM_ANCHOR, NULL)->text = name;
}

/* As wide as the narrowest page, on which it may go on. */
static struct page_note *note_lines(const struct flow *flow, const struct block *block,
                                    struct tag *tag)
{
    struct page_note *note = arena_calloc(flow->arena, 1, sizeof *note);
    struct flow inner = *flow;
    inner.strips = &note->lines;
    inner.x = 0;
    inner.width = page_width(PAGE_PORTRAIT) - 2 * page_margin;
    inner.note = block->paragraph.footnote;
    if (block->place.file.len)
        inner.place = block->place;
    if (!flow_spans(&inner, tag, &block->paragraph.spans, flow_small_style(flow)))
        strips_add(flow->arena, &note->lines);
    note->lines.items[0].space_before = space_between;
    add_anchor(&inner, &note->lines.items[0], block->anchor);
    const struct strips *again = name_again(&inner, inner.note);
    for (size_t i = 1; i < note->lines.count; i++)
        note->lines.items[i].repeat = again;
    return note;
}

void notes_refer(struct flow *flow, struct strip *strip, unsigned number)
{
    struct footnotes_at *feet = flow->feet;
    if (number == flow->note)
        return;
    add_anchor(flow, strip, text_format(flow->arena, "note:%u:text", number));
    if (!feet || flow->strips != feet->strips)
        return;
    size_t at = find_note(feet, number);
    if (at == feet->blocks->count)
        return;
    feet->is_placed[at] = true;
    struct flow around = *flow;
    around.tag = feet->tag;
    struct tag *tag = flow_note_tag(&around);
    strip_add(flow->arena, strip, ITEM_TAG, tag);
    struct page_note **end = &strip->notes;
    while (*end)
        end = &(*end)->next;
    *end = note_lines(flow, &feet->blocks->items[at], tag);
}

void notes_stay(struct flow *flow, size_t first)
{
    const struct block *next = flow->next;
    const struct footnotes_at *feet = flow->feet;
    if (!next || next->kind != BLOCK_NOTE || !next->paragraph.footnote ||
        (feet && feet->is_placed[next - feet->blocks->items]))
        return;
    for (size_t i = flow->strips->count; i-- > first && !flow->strips->items[i].keep_next;) {
        flow->strips->items[i].keep_next = true;
        if (flow->strips->items[i].row)
            break;
    }
}
