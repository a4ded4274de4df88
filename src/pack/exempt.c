/* exempt - items that are not public: which paragraphs there are, and what is said of them. */
#include "pack/pack.h"

/*
 * Part 1 of Schedule 12A to the Local Government Act 1972, as it is in England, in our own words:
 * every copy says of which description the information is (section 100B(5)).
 */
static const char *const paragraphs[] = {
    NULL,
    "about an individual",
    "likely to show who an individual is",
    "about the financial or business affairs of a person or body, which may be the authority "
    "itself",
    "about consultations or negotiations on a matter of labour relations",
    "for which legal professional privilege could be claimed",
    "that shows that the authority proposes to serve a notice, or to make an order or direction",
    "about preventing, investigating or prosecuting crime",
};
enum { PARAGRAPHS = sizeof paragraphs / sizeof *paragraphs };

unsigned exempt_read(struct diags *diags, struct place place, struct text written)
{
    struct text_pieces pieces = text_split(written, ',');
    unsigned exempt = 0;
    for (struct text piece; text_next(&pieces, &piece);) {
        unsigned number =
            piece.len == 1 && is_digit(piece.ptr[0]) ? (unsigned)(piece.ptr[0] - '0') : 0;
        bool is_known = number > 0 && number < PARAGRAPHS;
        if (!is_known)
            diag(diags, DIAG_BAD_VALUE, place,
                 "'%.*s' is no paragraph of Part 1 of Schedule 12A to the Local Government Act "
                 "1972: expected one of 1, 2, 3, 4, 5, 6, 7, or several with commas between",
                 TEXT_ARG(text_quote(diags->arena, piece)));
        else if (exempt & 1U << number)
            diag(diags, DIAG_BAD_VALUE, place, "paragraph %u stands here twice", number);
        else
            exempt |= 1U << number;
    }
    return exempt ? exempt : 1; /* not public, whatever was meant */
}

bool agenda_has_exempt(const struct agenda *agenda)
{
    for (size_t i = 0; i < agenda->count; i++)
        if (agenda->items[i].exempt)
            return true;
    return false;
}

struct agenda *agenda_public(struct arena *arena, const struct agenda *agenda)
{
    struct agenda *out = arena_alloc(arena, sizeof *out);
    *out = *agenda;
    out->items = arena_calloc(arena, agenda->count, sizeof *out->items);
    out->capacity = agenda->count;
    for (size_t i = 0; i < agenda->count; i++) {
        const struct agenda_item *item = &agenda->items[i];
        out->items[i] = *item;
        if (item->exempt)
            out->items[i] = (struct agenda_item){
                .number = item->number,
                .title = item->public_title.len ? item->public_title : item->title,
                .note = TEXT_EMPTY,
                .report_title = TEXT_EMPTY,
                .job_folder = TEXT_EMPTY,
                .report = TEXT_EMPTY,
                .exempt = item->exempt,
                .public_title = TEXT_EMPTY,
                .place = item->place,
            };
    }
    return out;
}

/* "paragraph 3", "paragraphs 1, 2 and 3" */
static struct text paragraph_numbers(struct arena *arena, unsigned exempt)
{
    struct buffer out = {.arena = arena};
    unsigned count = 0, left = 0;
    for (unsigned n = 1; n < PARAGRAPHS; n++)
        left += (exempt >> n) & 1;
    buffer_add(&out, left == 1 ? TEXT("paragraph ") : TEXT("paragraphs "));
    for (unsigned n = 1; n < PARAGRAPHS; n++) {
        if (!((exempt >> n) & 1))
            continue;
        left--;
        buffer_format(&out, "%s%u", count == 0 ? "" : left ? ", " : " and ", n);
        count++;
    }
    return buffer_text(&out);
}

struct text exempt_statement(struct arena *arena, unsigned exempt)
{
    struct buffer out = {.arena = arena};
    bool is_first = true;
    buffer_format(&out,
                  "Not for publication by virtue of %.*s of Part 1 of Schedule 12A to the Local "
                  "Government Act 1972: information ",
                  TEXT_ARG(paragraph_numbers(arena, exempt)));
    for (unsigned n = 1; n < PARAGRAPHS; n++) {
        if (!((exempt >> n) & 1))
            continue;
        buffer_format(&out, "%s%s", is_first ? "" : "; ", paragraphs[n]);
        is_first = false;
    }
    return buffer_text(&out);
}

struct text exempt_mark(struct arena *arena, unsigned exempt)
{
    return text_format(arena, "Not for publication (exempt: %.*s)",
                       TEXT_ARG(paragraph_numbers(arena, exempt)));
}

struct document *exempt_document(struct arena *arena, const struct agenda *agenda,
                                 const struct page_range *ranges)
{
    struct document *document = agenda_document(arena, agenda, ranges);
    document->name = TEXT("exempt");
    document->title = TEXT("Exempt papers: not for publication");
    document->blocks = (struct blocks){0};
    struct block *heading = blocks_add(arena, &document->blocks, BLOCK_HEADING);
    heading->heading = (struct heading){.level = 1, .number = TEXT_EMPTY};
    spans_add_text(arena, &heading->heading.spans, document->title, 0);
    blocks_add_paragraph(
        arena, &document->blocks,
        TEXT("The pages before this one are those of the public pack. This page and all that "
             "follow are for those who are entitled to see them: do not pass them on."));
    blocks_add(arena, &document->blocks, BLOCK_TABLE)->table =
        agenda_business(arena, agenda, ranges, true);
    return document;
}
