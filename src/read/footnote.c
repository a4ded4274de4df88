/* footnote - lines below a table, which are none of its rows. */
#include "read/read_int.h"

#include <string.h>
#include <strings.h>

enum { HELD_ROWS = 100 }; /* what is longer is no run of footnotes */

/* A row with one cell that is not blank. */
struct held_row {
    struct buffer text;
    size_t position;
    size_t count;
    unsigned line;
    bool after_blank;
};
struct footnotes {
    bool possible;             /* the table has two columns that are needed: one cell is no row */
    size_t lead;               /* the table's first column */
    struct held_row *held;     /* a ring */
    size_t first, count;       /* in use */
    size_t rows, after_blanks; /* of several cells; those of them that stand below a blank row */
    struct text *fields;       /* for giving a row back; all blank between */
    size_t width;
};

void footnotes_begin(struct source *source, size_t needed)
{
    const struct header *header = &source->header;
    struct footnotes *notes = arena_calloc(source->scratch, 1, sizeof *notes);
    notes->possible = needed > 1;
    while (notes->lead + 1 < header->names.count && !header->names.items[notes->lead].len &&
           !header->taken[notes->lead])
        notes->lead++;
    notes->held = arena_calloc(source->scratch, HELD_ROWS, sizeof *notes->held);
    for (size_t i = 0; i < HELD_ROWS; i++)
        notes->held[i].text.arena = source->scratch;
    source->footnotes = notes;
}

static struct held_row *held_at(struct footnotes *notes, size_t number)
{
    return &notes->held[(notes->first + number) % HELD_ROWS];
}

/* Room for the fields of a row that is given back. */
static void make_room(struct source *source, size_t width)
{
    struct footnotes *notes = source->footnotes;
    if (width <= notes->width)
        return;
    notes->width = width * 2;
    notes->fields = arena_calloc(source->scratch, notes->width, sizeof *notes->fields);
    for (size_t i = 0; i < notes->width; i++)
        notes->fields[i] = TEXT_EMPTY;
}

/* The oldest of the held rows is a row of the table. */
static bool release_one(struct source *source)
{
    struct footnotes *notes = source->footnotes;
    struct held_row *held = held_at(notes, 0);
    make_room(source, held->count);
    notes->first = (notes->first + 1) % HELD_ROWS;
    notes->count--;
    notes->fields[held->position] = buffer_text(&held->text);
    struct record row = {held->line, held->after_blank, notes->fields, held->count};
    bool ok = source_row(source, &row);
    notes->fields[held->position] = TEXT_EMPTY;
    return ok;
}

bool footnotes_release(struct source *source)
{
    while (source->footnotes->count)
        if (!release_one(source))
            return false;
    return true;
}

static bool hold(struct source *source, const struct record *row, size_t position)
{
    struct footnotes *notes = source->footnotes;
    if (notes->count == HELD_ROWS && !release_one(source))
        return false;
    struct held_row *held = held_at(notes, notes->count++);
    held->text.len = 0;
    buffer_add(&held->text, text_trim(row->fields[position]));
    held->position = position;
    held->count = row->count;
    held->line = row->line;
    held->after_blank = row->after_blank;
    return true;
}

bool footnotes_take(struct source *source, const struct record *row, size_t first, bool only)
{
    struct footnotes *notes = source->footnotes;
    if (only && notes->possible && first <= notes->lead + 1)
        return hold(source, row, first);
    notes->rows++;
    notes->after_blanks += row->after_blank;
    return (!notes->count || footnotes_release(source)) && source_row(source, row);
}

/* "*", "†", "¹": signs that stand before a footnote. */
static bool begins_with_sign(struct text t)
{
    static const char *const signs[] = {"*", "†", "‡", "§", "¶", "¹", "²", "³",
                                        "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "©"};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (text_starts(t, text_from(signs[i])))
            return true;
    return false;
}

static bool is_word_byte(char c)
{
    return is_digit(c) || is_letter(c);
}

/* "(1)", "[x]", "[note 2]", with the note behind it. */
static bool begins_with_brackets(struct text t)
{
    enum { MARK_MAX = 7 };
    if (!text_starts(t, TEXT("(")) && !text_starts(t, TEXT("[")))
        return false;
    size_t end = text_find(t, t.ptr[0] == '(' ? ')' : ']', 0);
    if (end < 2 || end > MARK_MAX + 1 || !text_trim(text_slice(t, end + 1, t.len)).len)
        return false;
    for (size_t i = 1; i < end; i++)
        if (!is_word_byte(t.ptr[i]) && t.ptr[i] != ' ')
            return false;
    return true;
}

static bool begins_with_word(struct text t, const char *word, struct text *rest)
{
    size_t len = strlen(word);
    if (t.len < len || strncasecmp(t.ptr, word, len) != 0 ||
        (t.len > len && is_word_byte(t.ptr[len])))
        return false;
    *rest = text_trim(text_slice(t, len, t.len));
    return true;
}

/* "Note 1: …", "Sources: …", "Notes": the word alone, or with a colon, a stop or a dash. */
static bool begins_with_label(struct text t)
{
    static const char *const labels[] = {
        "note",      "notes",       "source",       "sources",   "footnote",
        "footnotes", "data source", "data sources", "copyright", "crown copyright"};
    static const char *const ends[] = {":", ".", "-", ")", "–", "—"};
    struct text rest;
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        if (!begins_with_word(t, labels[i], &rest))
            continue;
        while (rest.len && is_digit(rest.ptr[0]))
            rest = text_slice(rest, 1, rest.len);
        rest = text_trim(rest);
        for (size_t e = 0; e < sizeof ends / sizeof ends[0]; e++)
            if (text_starts(rest, text_from(ends[e])))
                return true;
        if (!rest.len)
            return true;
    }
    return false;
}

/* "Contains public sector information", "Data extracted on 4 May": openings of a sentence. */
static bool begins_with_opening(struct text t)
{
    static const char *const openings[] = {
        "contains",     "data extracted",  "data as at", "data correct as at",
        "extracted on", "crown copyright", "copyright"};
    struct text rest;
    for (size_t i = 0; i < sizeof openings / sizeof openings[0]; i++)
        if (begins_with_word(t, openings[i], &rest) && text_find(rest, ' ', 0) < rest.len)
            return true;
    return false;
}

/*
 * Below a blank row, or begun with a mark, a line in the first columns is a footnote. Where the
 * file has a blank line below every row, blank lines say nothing. The mark has to stand in the
 * table's first column: in another one it may be a bullet of a row that goes on.
 */
static bool begins_notes(const struct footnotes *notes, struct held_row *held)
{
    struct text text = buffer_text(&held->text);
    if (held->after_blank && 2 * notes->after_blanks <= notes->rows + 1)
        return true;
    return held->position <= notes->lead && (begins_with_sign(text) || begins_with_brackets(text) ||
                                             begins_with_label(text) || begins_with_opening(text));
}

static void tell(struct source *source, const struct record *row, size_t count)
{
    struct place place = source_place(source, row, NO_COLUMN);
    if (count == 1)
        diag(source->diags, DIAG_HEADER, place,
             "this row is a footnote below the table: it is left out");
    else if (count == 2)
        diag(source->diags, DIAG_HEADER, place,
             "this row and the next are footnotes below the table: they are left out");
    else
        diag(source->diags, DIAG_HEADER, place,
             "this row and the %zu below it are footnotes below the table: they are left out",
             count - 1);
}

bool footnotes_end(struct source *source)
{
    struct footnotes *notes = source->footnotes;
    while (notes->count && !begins_notes(notes, held_at(notes, 0)))
        if (!release_one(source))
            return false;
    if (!notes->count)
        return true;
    struct record row = {.line = held_at(notes, 0)->line};
    tell(source, &row, notes->count);
    for (; notes->count; notes->count--)
        if (!source_count(source, &row, source_exclude(source, TEXT("footnote below the table"))))
            return false;
    return true;
}
