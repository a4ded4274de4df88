/*
 * Notes of a workbook: their words stand on the Notes sheet, and where they belong stands
 * "[note 1]" (publishing-rules.md, "Notes"). A note that several tables share has one number.
 */
#include "write/sheets_maker_int.h"

#include "data/value.h"

/* Footnotes, which have their numbers from the report: its words name them. */
static void number_text_notes(struct maker *maker)
{
    const struct blocks *blocks = &maker->document->blocks;
    for (size_t i = 0; i < blocks->count; i++) {
        const struct paragraph *note = &blocks->items[i].paragraph;
        if (blocks->items[i].kind != BLOCK_NOTE || !note->footnote)
            continue;
        struct spans words = {.items = note->spans.items + 1, .count = note->spans.count - 1};
        texts_add(maker->arena, &maker->notes, text_trim(sheets_plain_spans(maker->arena, &words)));
    }
    maker->text_notes = maker->notes.count;
}

void sheets_number_notes(struct maker *maker)
{
    number_text_notes(maker);
    bool formulas = maker->is_working && maker->document->release.formulas;
    maker->surveys = arena_calloc(maker->arena, maker->tables.count + 1, sizeof *maker->surveys);
    maker->markers = arena_calloc(maker->arena, maker->tables.count + 1, sizeof *maker->markers);
    for (size_t i = 0; i < maker->tables.count; i++) {
        maker->surveys[i] = sheets_survey(maker->arena, maker->tables.items[i]);
        maker->markers[i] = maker->surveys[i].markers |
                            (formulas ? sheets_formula_markers(maker, maker->tables.items[i]) : 0);
        maker->long_markers |= maker->surveys[i].long_markers;
        const struct texts *notes = &maker->tables.items[i]->notes;
        for (size_t n = 0; n < notes->count; n++)
            if (notes->items[n].len &&
                texts_find(&maker->notes, notes->items[n]) == maker->notes.count)
                texts_add(maker->arena, &maker->notes, notes->items[n]);
    }
}

static bool has_note(const struct table *table, struct text note)
{
    return texts_find(&table->notes, note) < table->notes.count;
}

struct text sheets_note_marks(struct maker *maker, const struct table *table)
{
    struct buffer out = {.arena = maker->arena};
    for (size_t i = 0; i < maker->notes.count; i++)
        if (has_note(table, maker->notes.items[i]))
            buffer_format(&out, "%s%zu", out.len ? "," : "[note ", i + 1);
    if (out.len)
        buffer_add_byte(&out, ']');
    return out.len ? buffer_text(&out) : TEXT_EMPTY;
}

/* Of all tables, and of the words between them. */
static unsigned markers_used(const struct maker *maker)
{
    unsigned used = markers_shown(blocks_plain(maker->arena, &maker->document->blocks));
    for (size_t i = 0; i < maker->tables.count; i++)
        used |= maker->markers[i];
    return used | maker->long_markers;
}

bool sheets_has_notes(const struct maker *maker)
{
    return maker->notes.count || maker->document->notes.count || markers_used(maker);
}

static void add_note(struct maker *maker, struct text name, struct text words,
                     const struct texts *sheets)
{
    struct book_cell used = maker_text_cell(
        2, BOOK_BODY,
        sheets->count ? texts_join(maker->arena, sheets, TEXT("; ")) : TEXT("The whole workbook"));
    if (sheets->count == 1)
        used.link = sheets->items[0];
    maker_add_cell(maker, maker_text_cell(0, BOOK_BODY, name));
    maker_add_cell(maker, maker_text_cell(1, BOOK_BODY, words));
    maker_add_cell(maker, used);
    maker->row++;
}

static void add_numbered_notes(struct maker *maker)
{
    for (size_t n = 0; n < maker->notes.count; n++) {
        struct texts sheets = {0};
        if (n < maker->text_notes)
            texts_add(maker->arena, &sheets, TEXT("Report text"));
        for (size_t i = 0; i < maker->tables.count; i++)
            if (has_note(maker->tables.items[i], maker->notes.items[n]))
                texts_add(maker->arena, &sheets, maker->table_sheets.items[i]);
        add_note(maker, text_format(maker->arena, "[note %zu]", n + 1), maker->notes.items[n],
                 &sheets);
    }
}

static void add_shorthand(struct maker *maker)
{
    unsigned used = markers_used(maker);
    for (int m = 0; m < MARKERS; m++) {
        struct texts sheets = {0};
        for (size_t i = 0; i < maker->tables.count; i++)
            if (maker->markers[i] & (1U << m))
                texts_add(maker->arena, &sheets, maker->table_sheets.items[i]);
        if (maker->long_markers & (1U << m))
            texts_add(maker->arena, &sheets, TEXT("Long texts"));
        if (used & (1U << m))
            add_note(maker, text_format(maker->arena, "[%s]", marker_letters(m)),
                     text_from(marker_meaning(m)), &sheets);
    }
}

static void add_method(struct maker *maker)
{
    const struct blocks *notes = &maker->document->notes;
    const struct texts whole = {0};
    struct text section = TEXT("Method");
    for (size_t i = 0; i < notes->count; i++) {
        struct block *block = &notes->items[i];
        struct text words = blocks_plain(maker->arena, &(struct blocks){block, 1, 1});
        if (block->kind == BLOCK_HEADING)
            section = words;
        else if (words.len)
            add_note(maker, section, words, &whole);
    }
}

void sheets_add_notes(struct maker *maker)
{
    maker_begin_sheet(maker, TEXT("Notes"), TEXT("Notes"));
    maker_add_line(maker, BOOK_TEXT,
                   TEXT("This worksheet contains one table: notes of tables, shorthand and "
                        "method."));
    maker_begin_table(maker, 3);
    maker->sheet->is_long[1] = true;
    maker_add_cell(maker, maker_text_cell(0, BOOK_HEADER, TEXT("Note")));
    maker_add_cell(maker, maker_text_cell(1, BOOK_HEADER, TEXT("Text")));
    maker_add_cell(maker, maker_text_cell(2, BOOK_HEADER, TEXT("Where it is used")));
    maker->row++;
    add_numbered_notes(maker);
    add_shorthand(maker);
    add_method(maker);
    maker_end_sheet(maker, TEXT("table_notes"));
}

/* Whether all notes that a text names are footnotes. */
static bool names_text_notes(const struct maker *maker, struct text text)
{
    for (size_t at = 0; at < text.len; at++) {
        if (!text_starts(text_slice(text, at, text.len), TEXT("[note ")))
            continue;
        bool is_known = false;
        for (size_t n = 1; n <= maker->text_notes && !is_known; n++)
            is_known = text_starts(text_slice(text, at, text.len),
                                   text_format(maker->arena, "[note %zu]", n));
        if (!is_known)
            return false;
    }
    return true;
}

bool sheets_names_note(const struct book_cell *cell)
{
    return text_contains(cell->text, TEXT("[note "));
}

/* Where a cell names a note. Our own names of notes stand in titles and on the Notes sheet: another
 * is somebody else's. */
static bool find_named_note(const struct maker *maker, const struct book_sheet *sheet,
                            struct place *out)
{
    bool is_notes = text_is(sheet->name, "Notes");
    for (size_t i = 0; i < sheet->count; i++) {
        const struct book_cell *cell = &sheet->cells[i];
        if (cell->role == BOOK_TITLE || (is_notes && cell->column == 0) ||
            !sheets_names_note(cell) ||
            ((text_is(sheet->name, "Report text") || text_is(sheet->name, "Long texts")) &&
             names_text_notes(maker, cell->text)))
            continue;
        *out = maker_place(maker, sheet, cell);
        return true;
    }
    *out = sheet->note_place;
    return sheet->names_note;
}

void sheets_check_notes(const struct maker *maker)
{
    struct place place;
    for (size_t s = 0; s < maker->book->count; s++)
        if (find_named_note(maker, &maker->book->sheets[s], &place))
            diag(maker->diags, DIAG_VALUE_CHECK, place,
                 "the text names a note that the workbook does not have, or has as another: leave "
                 "that out, and say it with 'note' in the job or template");
}
