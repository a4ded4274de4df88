/* plain - blocks as lines of text, and lines of text as blocks. */
#include "document/document.h"

#include <string.h>

static const char item_indent[] = "    ";
enum {
    NESTED_BY = 2, /* columns by which a line stands further in than the item it belongs to */
    TAB_WIDTH = 4,
    DEEPEST = 16, /* lists within lists beyond that stay at this level */
};

struct plain_writer {
    struct buffer out;
    void (*add_span)(struct buffer *out, const struct span *span);
};

static void begin_line(struct plain_writer *writer, unsigned depth)
{
    if (writer->out.len)
        buffer_add_byte(&writer->out, '\n');
    for (unsigned d = 0; d < depth; d++)
        buffer_add(&writer->out, text_from(item_indent));
}

static void add_spans(struct plain_writer *writer, const struct spans *spans)
{
    for (size_t i = 0; i < spans->count; i++)
        writer->add_span(&writer->out, &spans->items[i]);
}

static void add_blocks(struct plain_writer *writer, const struct blocks *blocks, unsigned depth,
                       bool goes_on);

static void add_list(struct plain_writer *writer, const struct list *list, unsigned depth)
{
    for (size_t i = 0; i < list->count; i++) {
        begin_line(writer, depth);
        if (list->ordered)
            buffer_format(&writer->out, "%zu. ", list->first + i);
        else
            buffer_add(&writer->out, TEXT("• "));
        add_blocks(writer, &list->items[i], depth + 1, true);
    }
}

/* The first paragraph of an item goes on in the item's line. */
static void add_blocks(struct plain_writer *writer, const struct blocks *blocks, unsigned depth,
                       bool goes_on)
{
    for (size_t i = 0; i < blocks->count; i++) {
        const struct block *block = &blocks->items[i];
        bool is_text = block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_NOTE;
        if (block->kind == BLOCK_CALLOUT) {
            add_blocks(writer, &block->callout, depth, goes_on);
        } else if (block->kind == BLOCK_LIST) {
            add_list(writer, &block->list, depth);
        } else if (is_text || block->kind == BLOCK_HEADING) {
            if (!goes_on)
                begin_line(writer, depth);
            add_spans(writer, is_text ? &block->paragraph.spans : &block->heading.spans);
        }
        goes_on = false;
    }
}

struct text blocks_plain_with(struct arena *arena, const struct blocks *blocks,
                              void (*add_span)(struct buffer *out, const struct span *span))
{
    struct plain_writer writer = {.out = {.arena = arena}, .add_span = add_span};
    add_blocks(&writer, blocks, 0, false);
    return buffer_text(&writer.out);
}

static void add_text_of_span(struct buffer *out, const struct span *span)
{
    buffer_add(out, span->text);
}

struct text blocks_plain(struct arena *arena, const struct blocks *blocks)
{
    return blocks_plain_with(arena, blocks, add_text_of_span);
}

/* The bytes of a bullet and the space behind it at the start of a line; 0 when there is none. */
static size_t bullet_length(struct text line)
{
    static const char *const bullets[] = {"- ", "* ", "•", "○", "●", "▪", "– ", "· "};
    for (size_t i = 0; i < sizeof bullets / sizeof bullets[0]; i++)
        if (text_starts(line, text_from(bullets[i])) && line.len > strlen(bullets[i]))
            return strlen(bullets[i]);
    return line.len > 1 && line.ptr[0] == '-' && is_letter(line.ptr[1]); /* "-5%" is a number */
}

/* The same for "12. " or "12) ", with the number in *number. */
static size_t number_length(struct text line, unsigned *number)
{
    size_t at = 0;
    *number = 0;
    while (at < line.len && at < 3 && is_digit(line.ptr[at]))
        *number = *number * 10 + (unsigned)(line.ptr[at++] - '0');
    if (at == 0 || at + 2 >= line.len || (line.ptr[at] != '.' && line.ptr[at] != ')') ||
        line.ptr[at + 1] != ' ')
        return 0;
    return at + 2;
}

/* The list at the end of `blocks` if an item of that kind continues it, else a new one. */
static struct list *list_to_continue(struct arena *arena, struct blocks *blocks, bool ordered,
                                     unsigned number)
{
    if (blocks->count) {
        struct block *last = &blocks->items[blocks->count - 1];
        if (last->kind == BLOCK_LIST && last->list.ordered == ordered &&
            (!ordered || last->list.first + last->list.count == number))
            return &last->list;
    }
    struct block *block = blocks_add(arena, blocks, BLOCK_LIST);
    block->list.ordered = ordered;
    block->list.first = number;
    return &block->list;
}

static struct blocks *add_item(struct arena *arena, struct list *list)
{
    list->items = arena_grow(arena, list->items, list->count, &list->capacity, sizeof *list->items);
    list->items[list->count] = (struct blocks){0};
    return &list->items[list->count++];
}

/* Text while blocks are made of it. */
struct plain_reader {
    struct arena *arena;
    const struct rich *rich;
    size_t run; /* the first that does not end before the line */
    struct blocks blocks;
    size_t indents[DEEPEST]; /* of the items that a line may belong to, outermost first */
    size_t depth;
};

/* The blocks of the last item, `depth` lists down. */
static struct blocks *innermost(struct plain_reader *reader)
{
    struct blocks *blocks = &reader->blocks;
    for (size_t i = 0; i < reader->depth; i++) {
        const struct list *list = &blocks->items[blocks->count - 1].list;
        blocks = &list->items[list->count - 1];
    }
    return blocks;
}

/* A part of the text as spans in the styles of its runs. */
static void add_paragraph(struct plain_reader *reader, struct blocks *blocks, struct text part)
{
    const struct rich *rich = reader->rich;
    struct spans *spans = &blocks_add(reader->arena, blocks, BLOCK_PARAGRAPH)->paragraph.spans;
    size_t at = (size_t)(part.ptr - rich->plain.ptr), end = at + part.len;
    while (reader->run < rich->runs.count && rich->runs.items[reader->run].to <= at)
        reader->run++;
    for (size_t i = reader->run; at < end; i++) {
        struct rich_run run = {.from = end, .to = end};
        if (i < rich->runs.count && rich->runs.items[i].from < end)
            run = rich->runs.items[i];
        if (run.to > end)
            run.to = end;
        if (at < run.from)
            spans_add_text(reader->arena, spans, text_slice(rich->plain, at, run.from), 0);
        else
            run.from = at;
        if (run.from < run.to)
            spans_add_text(reader->arena, spans, text_slice(rich->plain, run.from, run.to),
                           run.style);
        at = run.to;
    }
}

static void add_line(struct plain_reader *reader, struct text line, size_t indent)
{
    unsigned number;
    size_t bullet = bullet_length(line), numbered = number_length(line, &number);
    while (reader->depth && indent < reader->indents[reader->depth - 1] + NESTED_BY)
        reader->depth--;
    if (!bullet && !numbered) {
        add_paragraph(reader, innermost(reader), line);
        return;
    }
    if (reader->depth == DEEPEST)
        reader->depth--;
    struct list *list =
        list_to_continue(reader->arena, innermost(reader), !bullet, bullet ? 0 : number);
    add_paragraph(reader, add_item(reader->arena, list),
                  text_trim(text_slice(line, bullet ? bullet : numbered, line.len)));
    reader->indents[reader->depth++] = indent;
}

static size_t indent_of(struct text line)
{
    size_t indent = 0;
    for (size_t i = 0; i < line.len && (line.ptr[i] == ' ' || line.ptr[i] == '\t'); i++)
        indent += line.ptr[i] == '\t' ? TAB_WIDTH : 1;
    return indent;
}

struct blocks blocks_from_rich(struct arena *arena, struct rich rich)
{
    struct plain_reader reader = {.arena = arena, .rich = &rich};
    for (size_t at = 0; at < rich.plain.len;) {
        size_t end = text_find(rich.plain, '\n', at);
        struct text line = text_slice(rich.plain, at, end);
        if (text_trim(line).len)
            add_line(&reader, text_trim(line), indent_of(line));
        at = end + 1;
    }
    return reader.blocks;
}

struct blocks blocks_from_plain(struct arena *arena, struct text plain)
{
    return blocks_from_rich(arena, rich_plain(plain));
}

struct cell cell_long_text(struct arena *arena, struct text plain)
{
    return cell_rich_text(arena, rich_plain(plain));
}

struct cell cell_rich_text(struct arena *arena, struct rich rich)
{
    struct cell cell = cell_text(text_trim(rich.plain));
    if (cell.kind == CELL_EMPTY)
        return cell;
    cell.blocks = blocks_from_rich(arena, rich);
    cell.display = blocks_plain(arena, &cell.blocks);
    return cell;
}
