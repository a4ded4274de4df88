/*
 * Texts that no cell can show whole: a row is at most 409 points high, and a cell holds 32,767
 * characters. Their cells have the beginning, and the number of the text in the worksheet “Long
 * texts”, which has the whole from its first word, in parts that can each be seen. Such a cell is
 * no link: a click into it would leave it, and LibreOffice shows of a link one line.
 */
#include "write/sheets_maker_int.h"

#include "data/value.h"

#include <stdlib.h>
#include <string.h>

/* Units of width, and lines: a part is low enough to scroll past, and has up to 200 words. */
static const double part_width = 100;
enum { PART_LINES = 15, BEGINNING_LINES = 8 };
static const char sheet_name[] = "Long texts";

/* A cell, by what comes first in the book. */
struct long_text {
    unsigned sheet, row, column;
    struct text sheet_name;
    struct text of; /* the row, in the words that name it */
    struct texts parts;
};
struct long_texts {
    struct arena *arena;
    struct long_text *items;
    size_t count;
    size_t capacity;
};

struct long_texts *sheets_long_texts(struct arena *arena)
{
    struct long_texts *texts = arena_alloc(arena, sizeof *texts);
    *texts = (struct long_texts){.arena = arena};
    return texts;
}

struct text sheets_beginning(struct text t)
{
    t = text_trim(t);
    return text_slice(t, 0, sheets_fit(t, part_width, BEGINNING_LINES));
}

bool sheets_is_long(const struct maker *maker, const struct book_cell *cell)
{
    return maker->longs && maker->sheet->has_table && maker->row > maker->sheet->header_row &&
           !cell->is_number && !cell->link.len && sheets_is_too_high(cell->text, cell->role);
}

static int by_cell(const void *a, const void *b)
{
    const struct long_text *x = a, *y = b;
    unsigned left[] = {x->sheet, x->row, x->column}, right[] = {y->sheet, y->row, y->column};
    for (size_t i = 0; i < 3; i++)
        if (left[i] != right[i])
            return left[i] < right[i] ? -1 : 1;
    return 0;
}

/* What names the row: of its cells so far the first that is no group, or its number. */
static struct text row_name(const struct maker *maker, struct arena *arena)
{
    const struct book_sheet *sheet = maker->sheet;
    unsigned first = maker->survey && maker->survey->groups;
    size_t at = sheet->count;
    while (at && sheet->cells[at - 1].row == maker->row && sheet->cells[at - 1].column >= first)
        at--;
    if (at < sheet->count && sheet->cells[at].row == maker->row)
        return text_copy(arena, sheet->cells[at].text);
    return text_format(arena, "Row %u", maker->row + 1);
}

/* `t` without its first `end` bytes, and without what stood between the parts. */
static struct text rest_of(struct text t, size_t end)
{
    if (end < t.len && t.ptr[end] == ' ')
        end++;
    while (end < t.len && t.ptr[end] == '\n')
        end++;
    return text_slice(t, end, t.len);
}

static struct texts split(struct arena *arena, struct text t)
{
    struct texts parts = {0};
    while (t.len) {
        size_t end = sheets_fit(t, part_width, PART_LINES);
        texts_add(arena, &parts, text_slice(t, 0, end));
        t = rest_of(t, end);
    }
    return parts;
}

static const struct long_text *note_text(const struct maker *maker, const struct long_text *key,
                                         struct text t)
{
    struct long_texts *longs = maker->longs;
    longs->items =
        arena_grow(longs->arena, longs->items, longs->count, &longs->capacity, sizeof *key);
    struct long_text *text = &longs->items[longs->count++];
    *text = *key;
    text->sheet_name = maker->sheet->name;
    text->of = row_name(maker, longs->arena);
    text->parts = split(longs->arena, text_trim(text_copy(longs->arena, t)));
    return text;
}

void sheets_shorten(const struct maker *maker, struct book_cell *cell)
{
    const struct long_texts *longs = maker->longs;
    struct long_text key = {
        .sheet = maker->sheet_number, .row = maker->row, .column = cell->column};
    const struct long_text *text =
        maker->is_again ? bsearch(&key, longs->items, longs->count, sizeof key, by_cell)
                        : note_text(maker, &key, cell->text);
    cell->text = text_format(maker->arena, "%.*s\n… (the whole is text %zu in the worksheet “%s”)",
                             TEXT_ARG(sheets_beginning(cell->text)),
                             (size_t)(text - longs->items) + 1, sheet_name);
}

/* A column's header on one line. */
static struct text header_of(struct arena *arena, const struct book_sheet *sheet, unsigned column)
{
    struct buffer out = {.arena = arena};
    for (size_t i = 0; i < sheet->count; i++) {
        const struct book_cell *cell = &sheet->cells[i];
        for (size_t at = 0;
             cell->row == sheet->header_row && cell->column == column && at < cell->text.len; at++)
            buffer_add_byte(&out, cell->text.ptr[at] == '\n' ? ' ' : cell->text.ptr[at]);
    }
    return buffer_text(&out);
}

static unsigned markers_of(const struct long_texts *longs)
{
    unsigned markers = 0;
    for (size_t i = 0; i < longs->count; i++)
        for (size_t p = 0; p < longs->items[i].parts.count; p++)
            markers |= markers_shown(longs->items[i].parts.items[p]);
    return markers;
}

static void add_parts(struct maker *maker, const struct long_text *text, size_t number,
                      struct text header)
{
    for (size_t i = 0; i < text->parts.count; i++) {
        const struct text cells[] = {
            text_format(maker->arena, "Text %zu", number),
            text->sheet_name,
            text->of,
            header,
            text_format(maker->arena, "%zu of %zu", i + 1, text->parts.count),
            text->parts.items[i],
        };
        for (unsigned c = 0; c < sizeof cells / sizeof cells[0]; c++)
            maker_add_cell(maker, maker_text_cell(c, BOOK_BODY, cells[c]));
        maker->row++;
    }
}

bool sheets_add_long_texts(struct maker *maker)
{
    static const char *const headers[] = {"Number", "Worksheet", "Row", "Column", "Part", "Text"};
    enum { HEADERS = sizeof headers / sizeof headers[0] };
    const struct long_texts *longs = maker->longs;
    maker->longs = NULL; /* its own texts are not too long */
    if (!longs->count)
        return false;
    maker_begin_sheet(maker, text_from(sheet_name), text_from(sheet_name));
    maker_add_line(maker, BOOK_TEXT,
                   TEXT("This worksheet contains one table: texts too long for a cell, whole, in "
                        "parts."));
    maker_add_line(maker, BOOK_TEXT, markers_explained(maker->arena, markers_of(longs)));
    maker_add_link(maker, TEXT("Back to contents"), TEXT("Contents"));
    maker_begin_table(maker, HEADERS);
    maker->sheet->is_long[HEADERS - 1] = true;
    maker->sheet->is_label[1] = maker->sheet->is_label[2] = true;
    for (unsigned c = 0; c < HEADERS; c++)
        maker_add_cell(maker, maker_text_cell(c, BOOK_HEADER, text_from(headers[c])));
    maker->row++;
    for (size_t i = 0; i < longs->count; i++) {
        const struct long_text *text = &longs->items[i];
        add_parts(maker, text, i + 1,
                  header_of(maker->arena, &maker->book->sheets[text->sheet], text->column));
    }
    maker_end_sheet(maker, TEXT("table_long_texts"));
    return true;
}
