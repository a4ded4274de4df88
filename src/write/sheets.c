#include "write/sheets_maker_int.h"

#include <string.h>

/* Sheet names: readable, at most 31 characters, and no two the same. */

static bool same_sheet_name(struct text a, struct text b)
{
    return a.len == b.len && text_same_name(a, b);
}

static bool is_among(const struct texts *names, struct text name)
{
    for (size_t i = 0; i < names->count; i++)
        if (same_sheet_name(name, names->items[i]))
            return true;
    return false;
}

static bool name_is_taken(const struct maker *maker, struct text name)
{
    static const char *const kept[] = {"Cover",       "Contents",   "Notes",
                                       "Report text", "Long texts", "History"};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (same_sheet_name(name, text_from(kept[i])))
            return true;
    return is_among(&maker->table_sheets, name) || is_among(&maker->chart_sheets, name);
}

/* The first `cap` bytes, but no half word unless it is the only one. */
static struct text cut_words(struct text t, size_t cap)
{
    if (t.len <= cap)
        return t;
    size_t end = cap;
    while (end && t.ptr[end] != ' ')
        end--;
    return text_trim(text_slice(t, 0, end ? end : cap));
}

/* "crime-three-years" becomes "Crime three years"; a slug is ASCII, so bytes are characters. */
static struct text readable(struct arena *arena, struct text name)
{
    struct text slug = text_slug(arena, name);
    char *copy = arena_alloc(arena, slug.len + 1);
    for (size_t i = 0; i < slug.len; i++)
        copy[i] = slug.ptr[i] == '-' ? ' ' : slug.ptr[i];
    if (copy[0] >= 'a' && copy[0] <= 'z')
        copy[0] = (char)(copy[0] - 'a' + 'A');
    return (struct text){copy, slug.len};
}

/* `tail` stands behind the name: " chart", or nothing. */
static struct text sheet_name(const struct maker *maker, struct text table, struct text tail)
{
    struct arena *arena = maker->arena;
    struct text whole = readable(arena, table);
    struct text name = text_concat(arena, cut_words(whole, SHEET_NAME_CAP - tail.len), tail);
    for (unsigned n = 2; name_is_taken(maker, name); n++) {
        struct text number = text_format(arena, "%.*s %u", TEXT_ARG(tail), n);
        name = text_concat(arena, cut_words(whole, SHEET_NAME_CAP - number.len), number);
    }
    return text_copy(arena, name);
}

static void name_table_sheets(struct maker *maker)
{
    maker->tables = document_tables(maker->arena, maker->document);
    for (size_t i = 0; i < maker->tables.count; i++)
        texts_add(maker->arena, &maker->table_sheets,
                  sheet_name(maker, maker->tables.items[i]->name, TEXT_EMPTY));
}

/* To be published, a chart has a sheet of its own; to be worked with, it is beside its figures. */
static void name_chart_sheets(struct maker *maker)
{
    maker->charts = arena_calloc(maker->arena, maker->tables.count + 1, sizeof *maker->charts);
    for (size_t i = 0; i < maker->tables.count; i++) {
        const struct table *table = maker->tables.items[i];
        maker->charts[i] = sheets_chart_to_draw(maker, table);
        texts_add(maker->arena, &maker->chart_sheets,
                  maker->charts[i] && !maker->is_working
                      ? sheet_name(maker, table->name, TEXT(" chart"))
                      : TEXT_EMPTY);
    }
}

/* The sheets before the tables. */

/* What the cover names itself: the title with area and period, where it does not say them. */
static struct text cover_title(struct arena *arena, const struct document *document)
{
    struct text parts[] = {document->release.area, document->period};
    struct text title = document->title;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].len && !text_contains(title, parts[i]))
            title = text_format(arena, "%.*s, %.*s", TEXT_ARG(title), TEXT_ARG(parts[i]));
    return sheets_say_quarters(arena, title);
}

static void add_date_pair(struct maker *maker, struct text label, struct date date)
{
    struct book_cell cell = maker_text_cell(1, BOOK_BODY, date_display(maker->arena, date));
    if (!date_is_known(date))
        return;
    maker_set_date(&cell, date);
    maker_add_cell(maker, maker_text_cell(0, BOOK_BODY, label));
    maker_add_cell(maker, cell);
    maker->row++;
}

static void add_known_pair(struct maker *maker, struct text label, struct text words)
{
    if (words.len)
        maker_add_pair(maker, BOOK_BODY, label, words);
}

/* Each once, in the order of the tables. */
static void add_sources(struct maker *maker)
{
    struct texts sources = {0};
    for (size_t i = 0; i < maker->tables.count; i++) {
        struct text source = maker->tables.items[i]->source;
        if (text_starts(source, TEXT("Source: ")))
            source = text_slice(source, sizeof "Source: " - 1, source.len);
        if (!source.len || texts_find(&sources, source) < sources.count)
            continue;
        texts_add(maker->arena, &sources, source);
        maker_add_pair(maker, BOOK_BODY, TEXT("Source"), source);
    }
}

static void add_cover(struct maker *maker)
{
    const struct document *document = maker->document;
    const struct release *release = &document->release;
    maker_begin_sheet(maker, TEXT("Cover"), cover_title(maker->arena, document));
    maker_begin_pairs(maker, TEXT("Item"), TEXT("Detail"));
    maker_add_pair(maker, BOOK_BODY, TEXT("Organisation"), document->organisation);
    if (document->is_draft)
        maker_add_pair(maker, BOOK_BODY, TEXT("Status of the report"), TEXT("Draft"));
    add_known_pair(maker, TEXT("Summary"), document->subtitle);
    add_known_pair(maker, TEXT("Area"), release->area);
    add_known_pair(maker, TEXT("Period"), sheets_say_quarters(maker->arena, document->period));
    add_date_pair(maker, TEXT("As at"), document->as_at);
    add_date_pair(maker, TEXT("Date published"), release->published);
    add_known_pair(maker, TEXT("Next update"), release->next_update);
    add_known_pair(maker, TEXT("Status of the figures"), release->figures);
    for (size_t i = 0; i < document->blocks.count && sheets_is_front(&document->blocks.items[i]);
         i++) {
        const struct block *block = &document->blocks.items[i];
        for (size_t d = 0; block->kind == BLOCK_DEFINITIONS && d < block->definitions.count; d++)
            maker_add_pair(maker, BOOK_BODY, block->definitions.items[d].term,
                           blocks_plain(maker->arena, &block->definitions.items[d].meaning));
    }
    add_sources(maker);
    add_known_pair(maker, TEXT("Contact"), release->contact);
    maker_end_sheet(maker, TEXT("table_cover"));
}

static void add_link_pair(struct maker *maker, struct text sheet, struct text about)
{
    struct book_cell link = maker_text_cell(0, BOOK_BODY, sheet);
    link.link = sheet;
    maker_add_cell(maker, link);
    maker_add_cell(maker, maker_text_cell(1, BOOK_BODY, about));
    maker->row++;
}

/* It names all sheets, of which the last is only known when the others are made. */
static void put_second(struct book *book)
{
    struct book_sheet last = book->sheets[book->count - 1];
    memmove(&book->sheets[2], &book->sheets[1], (book->count - 2) * sizeof last);
    book->sheets[1] = last;
}

static void add_contents(struct maker *maker, bool notes, bool text, bool longs)
{
    maker_begin_sheet(maker, TEXT("Contents"), TEXT("Contents"));
    maker_begin_pairs(maker, TEXT("Worksheet"), TEXT("What it holds"));
    add_link_pair(maker, TEXT("Cover"), TEXT("What this workbook is about"));
    if (notes)
        add_link_pair(maker, TEXT("Notes"), TEXT("Shorthand and method"));
    if (text)
        add_link_pair(maker, TEXT("Report text"), TEXT("The words of the report"));
    for (size_t i = 0; i < maker->tables.count; i++) {
        struct text caption = sheets_say_quarters(maker->arena, maker->tables.items[i]->caption);
        add_link_pair(maker, maker->table_sheets.items[i], caption);
        if (maker->chart_sheets.items[i].len)
            add_link_pair(maker, maker->chart_sheets.items[i],
                          text_concat(maker->arena, TEXT("Chart: "), caption));
    }
    if (longs)
        add_link_pair(maker, TEXT("Long texts"), TEXT("Texts that are too long for a cell, whole"));
    maker_end_sheet(maker, TEXT("table_contents"));
    put_second(maker->book);
}

bool sheets_make(struct arena *arena, struct diags *diags, const struct document *document,
                 unsigned workbook, struct book *out)
{
    size_t errors = diags_count(diags, LEVEL_ERROR);
    *out = (struct book){0};
    struct maker maker = {.arena = arena,
                          .diags = diags,
                          .document = document,
                          .book = out,
                          .is_working = workbook == WORKBOOK_WORKING,
                          .longs = sheets_long_texts(arena)};
    name_table_sheets(&maker);
    name_chart_sheets(&maker);
    sheets_number_notes(&maker);
    bool notes = sheets_has_notes(&maker), text = sheets_has_text(document);
    add_cover(&maker);
    if (notes)
        sheets_add_notes(&maker);
    if (text)
        sheets_add_text(&maker);
    for (size_t i = 0; i < maker.tables.count; i++)
        sheets_add_table(&maker, i);
    add_contents(&maker, notes, text, sheets_add_long_texts(&maker));
    sheets_check_notes(&maker);
    return diags_count(diags, LEVEL_ERROR) == errors;
}
