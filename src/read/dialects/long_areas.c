/* long_areas - areas side by side in the rows of an export: which column holds what of which. */
#include "read/dialects/long_int.h"

#include <string.h>

/* Those that a figure has, in whatever area. */
static const enum long_column of_figures[] = {LONG_VALUE,  LONG_COUNT, LONG_DENOMINATOR, LONG_NOTE,
                                              LONG_MARKER, LONG_LOWER, LONG_UPPER};

/* "Region" of "Value (Region)"; empty when no brackets end the name. */
static struct text in_brackets(struct text name)
{
    size_t open = text_find(name, '(', 0);
    if (!text_ends(name, TEXT(")")) || open == 0 || open >= name.len)
        return TEXT_EMPTY;
    return text_trim(text_slice(name, open + 1, name.len - 1));
}

/* True when the words in front of the brackets are a name of that column. */
static bool is_of_column(struct text name, enum long_column column)
{
    const struct dialect_column *known = &long_dialect.columns[column];
    struct text front = text_trim(text_slice(name, 0, text_find(name, '(', 0)));
    if (text_same_name(front, text_from(known->name)))
        return true;
    struct text_pieces pieces = text_split(text_from(known->synonyms), '|');
    for (struct text piece; text_next(&pieces, &piece);)
        if (text_same_name(front, piece))
            return true;
    return false;
}

/* Columns with the same words in brackets as the area's value, where nothing else took them. */
static void find_companions(struct source *source, struct long_area *area)
{
    struct header *header = &source->header;
    struct text words = in_brackets(header->names.items[area->at[LONG_VALUE]]);
    for (size_t i = 0; words.len && i < header->names.count; i++) {
        struct text name = header->names.items[i];
        if (header->taken[i] || header->ignored[i] || !text_same_name(in_brackets(name), words))
            continue;
        for (size_t c = 0; c < sizeof of_figures / sizeof of_figures[0]; c++) {
            size_t *at = &area->at[of_figures[c]];
            if (*at != NO_COLUMN || !is_of_column(name, of_figures[c]))
                continue;
            *at = i;
            header->taken[i] = true;
            break;
        }
    }
}

static struct long_area *add_area(struct source *source, struct long_areas *out, size_t area)
{
    out->items =
        arena_grow(source->scratch, out->items, out->count, &out->capacity, sizeof *out->items);
    struct long_area *added = &out->items[out->count++];
    added->area = area;
    for (size_t c = 0; c < LONG_COLUMNS; c++)
        added->at[c] = NO_COLUMN;
    return added;
}

/* "Value (England) as England"; a column of the area's own name needs no "as". */
static bool add_other(struct source *source, struct long_areas *out, const struct ini_entry *entry,
                      struct text piece)
{
    const char *as = memmem(piece.ptr, piece.len, " as ", 4);
    struct text name = piece, column = piece;
    if (as) {
        column = text_trim(text_slice(piece, 0, (size_t)(as - piece.ptr)));
        name = text_trim(text_slice(piece, (size_t)(as - piece.ptr) + 4, piece.len));
    }
    size_t position = source_find_column(source, column, entry->value_place);
    if (position == NO_COLUMN)
        return false;
    if (source->header.taken[position]) {
        diag(
            source->diags, DIAG_BAD_VALUE, entry->value_place,
            "column '%.*s' is another one already: 'other areas' names the columns of areas beside "
            "the row's own, as in 'Value (England) as England'",
            TEXT_ARG(text_quote(source->arena, column)));
        return false;
    }
    source->header.taken[position] = true;
    add_area(source, out, dataset_area(source->dataset, name))->at[LONG_VALUE] = position;
    return true;
}

/* The row's own area, which has all the columns that the dialect found. */
static void add_own(struct source *source, struct long_areas *out)
{
    struct long_area *own = add_area(source, out, NO_COLUMN);
    for (size_t c = 0; c < sizeof of_figures / sizeof of_figures[0]; c++)
        own->at[of_figures[c]] = source->header.column[of_figures[c]];
    find_companions(source, own);
    for (size_t c = 0; c < sizeof of_figures / sizeof of_figures[0]; c++)
        source->header.column[of_figures[c]] = own->at[of_figures[c]];
}

static bool names_own_area(const struct source *source)
{
    return source->fixed_area.len || source->lookup.count ||
           source->header.column[LONG_AREA] != NO_COLUMN;
}

bool long_areas_open(struct source *source, struct long_areas *out)
{
    const struct ini_entry *entry = ini_entry(source->section, "other areas");
    bool ok = true;
    *out = (struct long_areas){0};
    add_own(source, out);
    if (!entry)
        return true;
    if (!names_own_area(source)) {
        diag(source->diags, DIAG_BAD_VALUE, entry->value_place,
             "'other areas' without the area of the row's own figures: add 'area = NAME' to [%.*s]",
             TEXT_ARG(source->section->title));
        return false;
    }
    if (source->fixed_area.len) /* the first of the source's areas */
        dataset_area(source->dataset, source->fixed_area);
    char separator = text_find(entry->value, '\n', 0) < entry->value.len ? '\n' : ',';
    struct text_pieces pieces = text_split(entry->value, separator);
    for (struct text piece; text_next(&pieces, &piece);)
        if (piece.len)
            ok = add_other(source, out, entry, piece) && ok;
    for (size_t i = 1; i < out->count; i++)
        find_companions(source, &out->items[i]);
    return ok;
}
