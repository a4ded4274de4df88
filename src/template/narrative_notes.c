/*
 * narrative_notes - footnotes and words in another language. CommonMark knows neither, so they are
 * written with what it leaves alone: "[^1]" is text, and "[words](lang:cy)" a link.
 *
 * A note follows the block that refers to it first, as it is read aloud; on a page it stands at the
 * foot.
 */
#include "template/template_int.h"

enum { LABEL_MAX = 40 };

static bool is_label_byte(unsigned char byte)
{
    return byte == '-' || (byte >= '0' && byte <= '9') || (byte | 0x20u) - 'a' < 26u;
}

/* The end of "[^label]" that begins at `at`; `at` when it does not. */
static size_t label_end(struct text text, size_t at, struct text *label)
{
    size_t end = at + 2;
    if (end >= text.len || (text.ptr[at] != '[' && text.ptr[at] != NOTE_MARK[0]) ||
        text.ptr[at + 1] != '^')
        return at;
    while (end < text.len && end - at < LABEL_MAX && is_label_byte((unsigned char)text.ptr[end]))
        end++;
    if (end == at + 2 || end == text.len || text.ptr[end] != ']')
        return at;
    *label = text_slice(text, at + 2, end);
    return end + 1;
}

/* Where the bracket of a definition stands in a line; its length when it is none. */
static size_t definition_start(struct text line)
{
    enum { CODE_INDENT = 4 };
    struct text label;
    size_t at = 0;
    while (at < line.len && line.ptr[at] == ' ')
        at++;
    size_t end = at < CODE_INDENT ? label_end(line, at, &label) : at;
    return end > at && end < line.len && line.ptr[end] == ':' ? at : line.len;
}

struct text footnotes_mark(struct arena *arena, struct text markdown)
{
    struct text marked = text_copy(arena, markdown);
    bool is_note = false;
    bool may_begin = true; /* behind an empty line, or in a paragraph that began with one */
    for (size_t at = 0, end; at < marked.len; at = end + 1) {
        end = text_find(marked, '\n', at);
        struct text line = text_slice(marked, at, end);
        size_t start = may_begin ? definition_start(line) : line.len;
        bool is_empty = text_trim(line).len == 0;
        if (start < line.len)
            ((char *)marked.ptr)[at + start] = NOTE_MARK[0]; /* our own copy */
        is_note = start < line.len || (is_note && !is_empty);
        may_begin = is_empty || is_note;
    }
    return marked;
}

static struct footnote *find(const struct footnotes *notes, struct text label)
{
    for (size_t i = 0; i < notes->count; i++)
        if (text_equal(notes->items[i].label, label))
            return &notes->items[i];
    return NULL;
}

/* Takes "[^label]:" off a text, which goes on with the words; NULL when there is such a note. */
static struct footnote *begin_note(struct footnotes *notes, struct text *text, struct place place)
{
    struct text label = TEXT_EMPTY;
    size_t start = label_end(*text, 0, &label) + 1;
    while (start < text->len && text->ptr[start] == ' ')
        start++;
    *text = text_slice(*text, start, text->len);
    if (find(notes, label)) {
        diag(notes->diags, DIAG_MARKDOWN, place, "there is a note '[^%.*s]' already",
             TEXT_ARG(label));
        return NULL;
    }
    notes->items = arena_grow(notes->arena, notes->items, notes->count, &notes->capacity,
                              sizeof *notes->items);
    notes->items[notes->count] = (struct footnote){.label = label, .place = place};
    return &notes->items[notes->count++];
}

/* The line end before the next note is not one of its words. */
static void end_note(struct footnotes *notes, struct footnote *note)
{
    if (!note)
        return;
    struct spans *words = &note->words;
    while (words->count && text_trim(words->items[words->count - 1].text).len == 0)
        words->count--;
    if (!words->count)
        diag(notes->diags, DIAG_MARKDOWN, note->place, "the note '[^%.*s]' has no words",
             TEXT_ARG(note->label));
}

void footnotes_define(struct footnotes *notes, const struct spans *spans, struct place place)
{
    struct footnote *note = NULL;
    for (size_t i = 0; i < spans->count; i++) {
        struct span span = spans->items[i];
        if (text_starts(span.text, TEXT(NOTE_MARK))) {
            end_note(notes, note);
            note = begin_note(notes, &span.text, place);
        }
        if (note && span.text.len)
            spans_add(notes->arena, &note->words, span);
    }
    end_note(notes, note);
}

bool footnotes_find(struct text raw, size_t *from, size_t *to, struct text *label)
{
    for (size_t at = *from; at < raw.len; at++) {
        size_t end = label_end(raw, at, label);
        if (end > at && raw.ptr[at] == '[') {
            *from = at;
            *to = end;
            return true;
        }
    }
    return false;
}

struct span footnotes_refer(struct footnotes *notes, struct text label, unsigned style,
                            struct place place)
{
    struct footnote *note = find(notes, label);
    if (!note) {
        diag(notes->diags, DIAG_MARKDOWN, place,
             "there is no note '[^%.*s]': expected a paragraph that begins '[^%.*s]: '",
             TEXT_ARG(label), TEXT_ARG(label));
        return (struct span){.text = TEXT_EMPTY, .link = TEXT_EMPTY, .language = TEXT_EMPTY};
    }
    if (!note->number) {
        notes->by_number = arena_grow(notes->arena, notes->by_number, notes->referred,
                                      &notes->referred_capacity, sizeof(struct footnote *));
        notes->by_number[notes->referred++] = note;
        note->number = (unsigned)notes->referred;
    }
    return (struct span){.text = text_format(notes->arena, "[note %u]", note->number),
                         .style = style,
                         .link = text_format(notes->arena, "#note:%u", note->number),
                         .language = TEXT_EMPTY,
                         .note = note->number};
}

/* "[note 1] words", which leads back to where it is referred to. */
static void add_note(struct footnotes *notes, struct blocks *blocks, const struct footnote *note)
{
    struct arena *arena = notes->arena;
    struct block *block = blocks_add(arena, blocks, BLOCK_NOTE);
    struct spans *spans = &block->paragraph.spans;
    block->place = note->place;
    block->anchor = text_format(arena, "note:%u", note->number);
    block->paragraph.footnote = note->number;
    spans_add(arena, spans,
              (struct span){.text = text_format(arena, "[note %u]", note->number),
                            .link = text_format(arena, "#note:%u:text", note->number),
                            .language = TEXT_EMPTY,
                            .note = note->number});
    spans_add_text(arena, spans, TEXT(" "), 0);
    for (size_t i = 0; i < note->words.count; i++)
        spans_add(arena, spans, note->words.items[i]);
}

void footnotes_place(struct footnotes *notes, struct blocks *blocks, size_t first)
{
    if (first == blocks->count)
        return;
    while (notes->placed < notes->referred)
        add_note(notes, blocks, notes->by_number[notes->placed++]);
}

/* In a part that a condition left out. */
static bool is_named(const struct footnotes *notes, struct text markdown, struct text label)
{
    struct text mark = text_format(notes->arena, "[^%.*s]", TEXT_ARG(label));
    for (size_t at = 0; at < markdown.len; at++)
        if (text_starts(text_slice(markdown, at, markdown.len), mark) &&
            char_at(markdown, at + mark.len) != ':')
            return true;
    return false;
}

void footnotes_check(const struct footnotes *notes, struct text markdown)
{
    for (size_t i = 0; i < notes->count; i++)
        if (!notes->items[i].number && !is_named(notes, markdown, notes->items[i].label))
            diag(notes->diags, DIAG_MARKDOWN, notes->items[i].place,
                 "nothing refers to the note '[^%.*s]': put '[^%.*s]' where it belongs",
                 TEXT_ARG(notes->items[i].label), TEXT_ARG(notes->items[i].label));
}

struct text narrative_language(struct text url)
{
    return text_starts(url, TEXT("lang:")) ? text_slice(url, sizeof "lang:" - 1, url.len)
                                           : TEXT_EMPTY;
}

bool language_is_sound(struct text language)
{
    enum { PRIMARY_MIN = 2, PRIMARY_MAX = 3, SUBTAG_MAX = 8 };
    size_t len = 0, tags = 0;
    for (size_t i = 0; i <= language.len; i++) {
        unsigned char byte = i < language.len ? (unsigned char)language.ptr[i] : '-';
        if (byte == '-') {
            size_t least = tags ? 1 : PRIMARY_MIN, most = tags ? SUBTAG_MAX : PRIMARY_MAX;
            if (len < least || len > most)
                return false;
            tags++;
            len = 0;
            continue;
        }
        if (!is_label_byte(byte) || (tags == 0 && byte <= '9'))
            return false;
        len++;
    }
    return true;
}
