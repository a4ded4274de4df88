#include "write/sheets_maker_int.h"

/* Sheet names: readable, at most 31 characters, and no two the same. */

static bool same_sheet_name(struct text a, struct text b)
{
    return a.len == b.len && text_same_name(a, b);
}

static bool name_is_taken(const struct texts *names, struct text name)
{
    static const char *const kept[] = {"Cover", "Contents", "Notes", "Report text", "History"};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (same_sheet_name(name, text_from(kept[i])))
            return true;
    for (size_t i = 0; i < names->count; i++)
        if (same_sheet_name(name, names->items[i]))
            return true;
    return false;
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

static struct text sheet_name(struct arena *arena, const struct texts *names, struct text table)
{
    struct text whole = readable(arena, table);
    struct text name = cut_words(whole, SHEET_NAME_CAP);
    for (unsigned n = 2; name_is_taken(names, name); n++) {
        struct text number = text_format(arena, " %u", n);
        name = text_concat(arena, cut_words(whole, SHEET_NAME_CAP - number.len), number);
    }
    return text_copy(arena, name);
}

static void name_table_sheets(struct maker *maker)
{
    maker->tables = document_tables(maker->arena, maker->document);
    for (size_t i = 0; i < maker->tables.count; i++)
        texts_add(maker->arena, &maker->table_sheets,
                  sheet_name(maker->arena, &maker->table_sheets, maker->tables.items[i]->name));
}

/* The sheets before the tables. */

static void add_cover(struct maker *maker)
{
    const struct document *document = maker->document;
    maker_begin_sheet(maker, TEXT("Cover"), document->title);
    maker_add_line(maker, BOOK_TEXT, document->subtitle);
    maker_begin_pairs(maker, TEXT("Item"), TEXT("Detail"));
    maker_add_pair(maker, BOOK_BODY, TEXT("Organisation"), document->organisation);
    if (document->period.len)
        maker_add_pair(maker, BOOK_BODY, TEXT("Period"), document->period);
    struct book_cell as_at =
        maker_text_cell(1, BOOK_BODY, date_display(maker->arena, document->as_at));
    maker_set_date(&as_at, document->as_at);
    maker_add_cell(maker, maker_text_cell(0, BOOK_BODY, TEXT("As at")));
    maker_add_cell(maker, as_at);
    maker->row++;
    for (size_t i = 0; i < document->blocks.count && sheets_is_front(&document->blocks.items[i]);
         i++) {
        const struct block *block = &document->blocks.items[i];
        for (size_t d = 0; block->kind == BLOCK_DEFINITIONS && d < block->definitions.count; d++)
            maker_add_pair(maker, BOOK_BODY, block->definitions.items[d].term,
                           blocks_plain(maker->arena, &block->definitions.items[d].meaning));
    }
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

static void add_contents(struct maker *maker, bool notes, bool text)
{
    maker_begin_sheet(maker, TEXT("Contents"), TEXT("Contents"));
    maker_begin_pairs(maker, TEXT("Worksheet"), TEXT("What it holds"));
    add_link_pair(maker, TEXT("Cover"), TEXT("What this workbook is about"));
    if (notes)
        add_link_pair(maker, TEXT("Notes"), TEXT("Shorthand and method"));
    if (text)
        add_link_pair(maker, TEXT("Report text"), TEXT("The words of the report"));
    for (size_t i = 0; i < maker->tables.count; i++)
        add_link_pair(maker, maker->table_sheets.items[i], maker->tables.items[i]->caption);
    maker_end_sheet(maker, TEXT("table_contents"));
}

static unsigned markers_used(const struct maker *maker)
{
    unsigned used = 0;
    for (size_t i = 0; i < maker->tables.count; i++)
        used |= sheets_table_markers(maker->tables.items[i]);
    return used;
}

bool sheets_make(struct arena *arena, struct diags *diags, const struct document *document,
                 struct book *out)
{
    size_t errors = diags_count(diags, LEVEL_ERROR);
    *out = (struct book){0};
    struct maker maker = {.arena = arena, .diags = diags, .document = document, .book = out};
    name_table_sheets(&maker);
    unsigned markers = markers_used(&maker);
    bool notes = markers || document->notes.count, text = sheets_has_text(document);
    add_cover(&maker);
    add_contents(&maker, notes, text);
    if (notes)
        sheets_add_notes(&maker, markers);
    if (text)
        sheets_add_text(&maker);
    for (size_t i = 0; i < maker.tables.count; i++)
        sheets_add_table(&maker, i);
    return diags_count(diags, LEVEL_ERROR) == errors;
}
