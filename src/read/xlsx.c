#include "read/xlsx_int.h"

#include "base/file.h"
#include "base/utf8.h"
#include "read/xml_int.h"
#include "read/zip_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct relationship {
    struct text id;
    struct text type;
    struct text target; /* a part of the archive */
    bool external;
};
struct relationships {
    struct text folder; /* of the part that they belong to */
    struct arena *arena;
    struct relationship *items;
    size_t count;
    size_t capacity;
};

struct reader {
    struct arena *arena;
    struct diags *diags;
    struct place place;
    struct archive *archive;
    struct texts shared; /* shared strings */
    size_t cells;        /* of all sheets */
};

/* What every part's context begins with. */
struct part {
    struct reader *reader;
    struct xml *xml;
};

static bool read_part(struct reader *reader, struct text name, const struct xml_handlers *handlers,
                      struct part *part)
{
    struct place place = reader->place;
    place.part = name;
    part->reader = reader;
    part->xml = xml_new(reader->arena, reader->diags, place, handlers, part);
    bool ok = archive_stream(reader->archive, name, xml_take, part->xml) && xml_finish(part->xml);
    xml_free(part->xml);
    return ok;
}

/* Refuses the part at the place that is being read. */
static void refuse(struct part *part, const char *reason)
{
    diag(part->reader->diags, DIAG_FORMAT, xml_place(part->xml), "%s", reason);
    xml_stop(part->xml);
}

/* "xl" + "worksheets/sheet1.xml" or "/xl/worksheets/sheet1.xml"; ".." never leaves the archive. */
static struct text resolve(struct arena *arena, struct text folder, struct text target)
{
    bool absolute = target.len && target.ptr[0] == '/';
    struct text joined = absolute ? target : path_join(arena, folder, target);
    struct texts parts = {0};
    struct text_pieces pieces = text_split(joined, '/');
    for (struct text piece; text_next(&pieces, &piece);) {
        if (text_is(piece, "..")) {
            if (parts.count)
                parts.count--;
        } else if (piece.len && !text_is(piece, ".")) {
            texts_add(arena, &parts, piece);
        }
    }
    return texts_join(arena, &parts, TEXT("/"));
}

struct relationships_part {
    struct part part;
    struct relationships *relations;
};

static void relation_start(void *context, struct text name, struct xml_attributes attributes)
{
    struct relationships_part *state = context;
    struct relationships *list = state->relations;
    if (!text_is(name, "Relationship"))
        return;
    struct arena *arena = list->arena;
    list->items = arena_grow(arena, list->items, list->count, &list->capacity, sizeof *list->items);
    list->items[list->count++] = (struct relationship){
        .id = text_copy(arena, xml_attribute(attributes, "Id")),
        .type = text_copy(arena, xml_attribute(attributes, "Type")),
        .target = resolve(arena, list->folder, xml_attribute(attributes, "Target")),
        .external = text_is(xml_attribute(attributes, "TargetMode"), "External"),
    };
}

/* The relationships of a part stand in FOLDER/_rels/NAME.rels; a part without them has none. */
static bool read_relations(struct reader *reader, struct text part, struct relationships *out)
{
    struct text folder = path_folder(part);
    if (text_is(folder, "."))
        folder = TEXT_EMPTY;
    struct text name = path_name(part);
    struct text rels = path_join(reader->arena, folder,
                                 text_format(reader->arena, "_rels/%.*s.rels", TEXT_ARG(name)));
    *out = (struct relationships){.folder = folder, .arena = reader->arena};
    if (!archive_has(reader->archive, rels))
        return true;
    static const struct xml_handlers handlers = {.start = relation_start};
    struct relationships_part state = {.relations = out};
    return read_part(reader, rels, &handlers, &state.part);
}

/* Types are addresses that end in "/worksheet" and differ between editions of the standard. */
static const struct relationship *relation_of_type(const struct relationships *list,
                                                   struct text type)
{
    for (size_t i = 0; i < list->count; i++)
        if (text_ends(list->items[i].type, type) && !list->items[i].external)
            return &list->items[i];
    return NULL;
}

static const struct relationship *relation_by_id(const struct relationships *list, struct text id)
{
    for (size_t i = 0; i < list->count; i++)
        if (text_equal(list->items[i].id, id) && !list->items[i].external)
            return &list->items[i];
    return NULL;
}

/* Text of a <si> or <is>: its runs joined, without phonetic guides. */
struct string_state {
    struct buffer text;
    unsigned phonetic; /* depth inside <rPh> */
    bool in_text;
};

static void string_start(struct string_state *state, struct text name)
{
    if (text_is(name, "rPh"))
        state->phonetic++;
    else if (text_is(name, "t"))
        state->in_text = !state->phonetic;
}

static void string_end(struct string_state *state, struct text name)
{
    if (text_is(name, "rPh") && state->phonetic)
        state->phonetic--;
    else if (text_is(name, "t"))
        state->in_text = false;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

/* The code unit of an "_xHHHH_" at `at`; -1 when there is none. */
static long escape_at(struct text t, size_t at)
{
    if (t.len - at < 7 || t.ptr[at] != '_' || t.ptr[at + 1] != 'x' || t.ptr[at + 6] != '_')
        return -1;
    long unit = 0;
    for (size_t i = at + 2; i < at + 6; i++) {
        int digit = hex_digit(t.ptr[i]);
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

/* The file format writes characters that XML cannot hold as _xHHHH_. Surrogates stay as written. */
static struct text unescape(struct arena *arena, struct text t)
{
    if (!text_contains(t, TEXT("_x")))
        return text_copy(arena, t);
    struct buffer out = {.arena = arena};
    for (size_t at = 0; at < t.len;) {
        long unit = escape_at(t, at);
        if (unit < 0 || (unit >= 0xD800 && unit < 0xE000)) {
            buffer_add_byte(&out, t.ptr[at++]);
            continue;
        }
        char bytes[4];
        buffer_add(&out, (struct text){bytes, utf8_put(bytes, (uint32_t)unit)});
        at += 7;
    }
    return buffer_text(&out);
}

struct shared_part {
    struct part part;
    struct string_state string;
};

static void shared_start(void *context, struct text name, struct xml_attributes attributes)
{
    struct shared_part *state = context;
    (void)attributes;
    if (text_is(name, "si"))
        state->string.text.len = 0;
    string_start(&state->string, name);
}

static void shared_end(void *context, struct text name)
{
    struct shared_part *state = context;
    struct reader *reader = state->part.reader;
    string_end(&state->string, name);
    if (text_is(name, "si"))
        texts_add(reader->arena, &reader->shared,
                  unescape(reader->arena, buffer_text(&state->string.text)));
}

static void shared_characters(void *context, struct text piece)
{
    struct shared_part *state = context;
    if (state->string.in_text)
        buffer_add(&state->string.text, piece);
}

static bool read_shared_strings(struct reader *reader, const struct relationships *relations)
{
    const struct relationship *relation = relation_of_type(relations, TEXT("/sharedStrings"));
    if (!relation)
        return true;
    static const struct xml_handlers handlers = {shared_start, shared_end, shared_characters};
    struct shared_part state = {.string.text.arena = reader->arena};
    return read_part(reader, relation->target, &handlers, &state.part);
}

/* The t="…" of a cell. */
enum cell_type {
    TYPE_NUMBER,
    TYPE_SHARED,
    TYPE_INLINE,
    TYPE_STRING,
    TYPE_BOOLEAN,
    TYPE_ERROR,
    TYPE_OTHER
};

static enum cell_type cell_type(struct text t)
{
    static const struct {
        const char *word;
        enum cell_type type;
    } types[] = {{"", TYPE_NUMBER},          {"n", TYPE_NUMBER},   {"s", TYPE_SHARED},
                 {"inlineStr", TYPE_INLINE}, {"str", TYPE_STRING}, {"d", TYPE_STRING},
                 {"b", TYPE_BOOLEAN},        {"e", TYPE_ERROR}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (text_is(t, types[i].word))
            return types[i].type;
    return TYPE_OTHER;
}

struct sheet_part {
    struct part part;
    struct sheet *sheet;
    struct string_state string; /* of an inline string */
    struct buffer value;        /* of <v> */
    unsigned rows;              /* rows begun: the next row without a number is this one */
    unsigned row;
    unsigned columns; /* likewise in the row */
    unsigned column;
    enum cell_type type;
    bool in_cell;
    bool in_value;
    bool formula;
};

/* "BC12" as column and row from 0. */
static bool read_reference(struct text t, unsigned *row, unsigned *column)
{
    size_t i = 0;
    unsigned long letters = 0, digits = 0;
    for (; i < t.len && t.ptr[i] >= 'A' && t.ptr[i] <= 'Z' && i < 3; i++)
        letters = letters * 26 + (unsigned long)(t.ptr[i] - 'A') + 1;
    size_t first_digit = i;
    for (; i < t.len && t.ptr[i] >= '0' && t.ptr[i] <= '9' && i < first_digit + 7; i++)
        digits = digits * 10 + (unsigned long)(t.ptr[i] - '0');
    if (i != t.len || letters < 1 || letters > XLSX_COLUMNS || digits < 1 || digits > XLSX_ROWS)
        return false;
    *row = (unsigned)digits - 1;
    *column = (unsigned)letters - 1;
    return true;
}

static void row_start(struct sheet_part *state, struct xml_attributes attributes)
{
    unsigned row = state->rows;
    struct text number = xml_attribute(attributes, "r");
    unsigned column;
    if (number.len) {
        struct text as_reference =
            text_format(state->part.reader->arena, "A%.*s", TEXT_ARG(number));
        if (!read_reference(as_reference, &row, &column)) {
            refuse(&state->part, "the row has no sound number");
            return;
        }
    }
    if (row < state->rows || row >= XLSX_ROWS) {
        refuse(&state->part, "rows out of order, or more than a sheet can have");
        return;
    }
    state->row = row;
    state->rows = row + 1;
    state->columns = 0;
}

static void cell_start(struct sheet_part *state, struct xml_attributes attributes)
{
    unsigned row = state->row, column = state->columns;
    struct text reference = xml_attribute(attributes, "r");
    if (reference.len && !read_reference(reference, &row, &column)) {
        refuse(&state->part, "the cell has no sound reference");
        return;
    }
    if (row != state->row || column < state->columns || column >= XLSX_COLUMNS) {
        refuse(&state->part, "cells out of order, or more than a row can have");
        return;
    }
    state->column = column;
    state->columns = column + 1;
    state->type = cell_type(xml_attribute(attributes, "t"));
    state->in_cell = true;
    state->formula = false;
    state->value.len = 0;
    state->string.text.len = 0;
}

static void sheet_start(void *context, struct text name, struct xml_attributes attributes)
{
    struct sheet_part *state = context;
    if (text_is(name, "row")) {
        row_start(state, attributes);
    } else if (text_is(name, "c")) {
        cell_start(state, attributes);
    } else if (state->in_cell) {
        if (text_is(name, "v"))
            state->in_value = true;
        else if (text_is(name, "f"))
            state->formula = true;
        else
            string_start(&state->string, name);
    }
}

/* The shortest decimal that is this number, without an exponent: 0.1, 1234.5, -12. */
static struct text number_text(struct arena *arena, double number)
{
    char digits[64];
    int precision = 15;
    do
        snprintf(digits, sizeof digits, "%.*e", precision - 1, number);
    while (strtod(digits, NULL) != number && ++precision <= 17);
    long exponent = strtol(strchr(digits, 'e') + 1, NULL, 10);
    int places = precision - 1 - (int)exponent;
    struct text plain = text_format(arena, "%.*f", places > 0 ? places : 0, number);
    if (places <= 0)
        return plain;
    while (plain.ptr[plain.len - 1] == '0')
        plain.len--;
    if (plain.ptr[plain.len - 1] == '.')
        plain.len--;
    return text_is(plain, "-0") ? TEXT("0") : plain;
}

static bool read_number(struct arena *arena, struct text raw, struct text *out)
{
    const char *cstr = text_cstr(arena, raw);
    char *end;
    if (raw.len == 0 || strspn(cstr, "0123456789+-.eE") != raw.len)
        return false;
    double number = strtod(cstr, &end);
    if (*end || !isfinite(number))
        return false;
    *out = number_text(arena, number);
    return true;
}

static bool read_shared(const struct reader *reader, struct text raw, struct text *out)
{
    size_t index = 0;
    for (size_t i = 0; i < raw.len; i++) {
        if (raw.ptr[i] < '0' || raw.ptr[i] > '9' || index > reader->shared.count)
            return false;
        index = index * 10 + (size_t)(raw.ptr[i] - '0');
    }
    if (raw.len == 0 || index >= reader->shared.count)
        return false;
    *out = reader->shared.items[index];
    return true;
}

/* Kind and value of a cell by its type; false when they do not fit together. */
static bool cell_value(struct sheet_part *state, struct sheet_cell *cell)
{
    struct reader *reader = state->part.reader;
    struct text raw = text_trim(buffer_text(&state->value));
    cell->kind = SHEET_STRING;
    switch (state->type) {
    case TYPE_SHARED:
        return read_shared(reader, raw, &cell->value);
    case TYPE_INLINE:
        cell->value = unescape(reader->arena, buffer_text(&state->string.text));
        return true;
    case TYPE_STRING:
        cell->value = unescape(reader->arena, buffer_text(&state->value));
        return true;
    case TYPE_BOOLEAN:
    case TYPE_ERROR:
        cell->kind = state->type == TYPE_BOOLEAN ? SHEET_BOOLEAN : SHEET_ERROR;
        cell->value = text_copy(reader->arena, raw);
        return true;
    case TYPE_NUMBER:
        cell->kind = SHEET_NUMBER;
        return read_number(reader->arena, raw, &cell->value);
    case TYPE_OTHER:
        break;
    }
    return false;
}

static void cell_end(struct sheet_part *state)
{
    struct reader *reader = state->part.reader;
    struct sheet *sheet = state->sheet;
    state->in_cell = false;
    bool blank = state->value.len == 0 && state->string.text.len == 0;
    if (blank && !state->formula)
        return;
    struct sheet_cell cell = {.row = state->row,
                              .column = state->column,
                              .kind = SHEET_STRING,
                              .value = TEXT_EMPTY,
                              .formula = state->formula};
    if (!blank && !cell_value(state, &cell)) {
        refuse(&state->part, "the cell's value does not fit its type");
        return;
    }
    if (cell.value.len == 0 && !cell.formula)
        return;
    if (++reader->cells > XLSX_CELL_CAP) {
        diag(reader->diags, DIAG_CAP, xml_place(state->part.xml),
             "the workbook has more than %d cells", XLSX_CELL_CAP);
        xml_stop(state->part.xml);
        return;
    }
    sheet->cells = arena_grow(reader->arena, sheet->cells, sheet->count, &sheet->capacity,
                              sizeof *sheet->cells);
    sheet->cells[sheet->count++] = cell;
}

static void sheet_end(void *context, struct text name)
{
    struct sheet_part *state = context;
    if (!state->in_cell)
        return;
    if (text_is(name, "c"))
        cell_end(state);
    else if (text_is(name, "v"))
        state->in_value = false;
    else
        string_end(&state->string, name);
}

static void sheet_characters(void *context, struct text piece)
{
    struct sheet_part *state = context;
    if (state->in_value)
        buffer_add(&state->value, piece);
    else if (state->string.in_text)
        buffer_add(&state->string.text, piece);
}

static bool read_sheet(struct reader *reader, struct text part, struct sheet *sheet)
{
    static const struct xml_handlers handlers = {sheet_start, sheet_end, sheet_characters};
    struct sheet_part state = {
        .sheet = sheet, .string.text.arena = reader->arena, .value.arena = reader->arena};
    return read_part(reader, part, &handlers, &state.part);
}

struct workbook_part {
    struct part part;
    struct texts names;
    struct texts ids;
};

static void workbook_start(void *context, struct text name, struct xml_attributes attributes)
{
    struct workbook_part *state = context;
    struct arena *arena = state->part.reader->arena;
    if (!text_is(name, "sheet"))
        return;
    texts_add(arena, &state->names, text_copy(arena, xml_attribute(attributes, "name")));
    texts_add(arena, &state->ids, text_copy(arena, xml_attribute(attributes, "id")));
}

static bool read_sheets(struct reader *reader, const struct workbook_part *list,
                        const struct relationships *relations, struct workbook *out)
{
    for (size_t i = 0; i < list->names.count; i++) {
        const struct relationship *relation = relation_by_id(relations, list->ids.items[i]);
        if (!relation) {
            diag(reader->diags, DIAG_FORMAT, reader->place, "sheet '%.*s' is not in the file",
                 TEXT_ARG(text_quote(reader->arena, list->names.items[i])));
            return false;
        }
        if (!text_ends(relation->type, TEXT("/worksheet")))
            continue;
        out->sheets =
            arena_grow(reader->arena, out->sheets, out->count, &out->capacity, sizeof *out->sheets);
        struct sheet *sheet = &out->sheets[out->count++];
        *sheet = (struct sheet){.name = list->names.items[i]};
        if (!read_sheet(reader, relation->target, sheet))
            return false;
    }
    return true;
}

static bool read_parts(struct reader *reader, struct workbook *out)
{
    struct relationships top, relations;
    if (!read_relations(reader, TEXT_EMPTY, &top))
        return false;
    const struct relationship *book = relation_of_type(&top, TEXT("/officeDocument"));
    if (!book) {
        diag(reader->diags, DIAG_FORMAT, reader->place,
             "the archive holds no workbook: expected an .xlsx file");
        return false;
    }
    static const struct xml_handlers handlers = {.start = workbook_start};
    struct workbook_part list = {0};
    return read_relations(reader, book->target, &relations) &&
           read_part(reader, book->target, &handlers, &list.part) &&
           read_shared_strings(reader, &relations) && read_sheets(reader, &list, &relations, out);
}

/*
 * A renderer's library may lose bytes of a part without a word when a disk is full for a moment:
 * parts that hold no cells (styles, charts, relations) must be read to their end too.
 */
static bool every_part_is_sound(struct reader *reader)
{
    static const struct xml_handlers nothing = {0};
    struct texts names = archive_names(reader->archive);
    for (size_t i = 0; i < names.count; i++) {
        struct part part;
        struct text name = names.items[i];
        bool has_cells = text_starts(name, TEXT("xl/worksheets/sheet")) ||
                         text_is(name, "xl/sharedStrings.xml"); /* read already */
        bool is_xml = text_ends(name, TEXT(".xml")) || text_ends(name, TEXT(".rels"));
        if (is_xml && !has_cells && !read_part(reader, name, &nothing, &part))
            return false;
    }
    return true;
}

static bool read_all(struct arena *arena, struct diags *diags, struct text bytes,
                     struct place place, bool strictly, struct workbook *out)
{
    *out = (struct workbook){0};
    struct reader reader = {.arena = arena, .diags = diags, .place = place};
    reader.archive = archive_open(arena, diags, bytes, place);
    if (!reader.archive)
        return false;
    bool ok = read_parts(&reader, out) && (!strictly || every_part_is_sound(&reader));
    archive_close(reader.archive);
    if (!ok)
        *out = (struct workbook){0};
    return ok;
}

bool xlsx_read(struct arena *arena, struct diags *diags, struct text bytes, struct place place,
               struct workbook *out)
{
    return read_all(arena, diags, bytes, place, false, out);
}

bool read_workbook(struct arena *arena, struct diags *diags, struct text path, struct workbook *out)
{
    struct text bytes;
    *out = (struct workbook){0};
    return file_read(arena, diags, path, place_file(path), FILE_CAP_INPUT, &bytes) &&
           read_all(arena, diags, bytes, place_file(path), true, out);
}
