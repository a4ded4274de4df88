/*
 * xlsx_proof - what of a workbook holds no cells: its parts and how they hang together, tables,
 * names, number formats (xlsx_int.h). A spreadsheet program "repairs" a file in which a part is
 * missing, undeclared or out of reach, and what it takes out then nobody sees.
 */
#include "read/xlsx_int.h"

static bool refuse_part(const struct xlsx *book, struct text part, const char *reason)
{
    struct place place = book->place;
    place.part = part;
    diag(book->diags, DIAG_FORMAT, place, "%s", reason);
    return false;
}

/* Codes of number formats, one a style of cells. */

struct code {
    struct text id;
    struct text code;
};
struct codes_part {
    struct xlsx_part part;
    struct code *codes;
    size_t count;
    size_t capacity;
    struct texts *styles;
    bool in_cells; /* inside <cellXfs> */
};

/* Formats that every program knows by number have no code, but for General, which is none. */
static struct text code_of(const struct codes_part *state, struct text id)
{
    for (size_t i = 0; i < state->count; i++)
        if (text_equal(state->codes[i].id, id))
            return state->codes[i].code;
    return text_is(id, "0")
               ? TEXT_EMPTY
               : text_format(state->part.book->arena, "number format %.*s", TEXT_ARG(id));
}

static void codes_start(void *context, struct text name, struct xml_attributes attributes)
{
    struct codes_part *state = context;
    struct arena *arena = state->part.book->arena;
    struct text id = xml_attribute(attributes, "numFmtId");
    if (text_is(name, "numFmt")) {
        state->codes =
            arena_grow(arena, state->codes, state->count, &state->capacity, sizeof *state->codes);
        state->codes[state->count++] =
            (struct code){.id = text_copy(arena, id),
                          .code = text_copy(arena, xml_attribute(attributes, "formatCode"))};
    } else if (text_is(name, "cellXfs")) {
        state->in_cells = true;
    } else if (state->in_cells && text_is(name, "xf")) {
        texts_add(arena, state->styles, code_of(state, id));
    }
}

static void codes_end(void *context, struct text name)
{
    struct codes_part *state = context;
    if (text_is(name, "cellXfs"))
        state->in_cells = false;
}

bool xlsx_read_codes(struct xlsx *book, struct texts *out)
{
    static const struct xml_handlers handlers = {.start = codes_start, .end = codes_end};
    struct codes_part state = {.styles = out};
    struct text part = xlsx_related(book, TEXT("/styles"));
    return !part.len || xlsx_read_part(book, part, &handlers, &state.part);
}

/* Names of the workbook. */

struct names_part {
    struct xlsx_part part;
    struct workbook *out;
    struct buffer value;
    bool in_name;
};

static void names_start(void *context, struct text name, struct xml_attributes attributes)
{
    struct names_part *state = context;
    struct workbook *out = state->out;
    struct arena *arena = state->part.book->arena;
    if (!text_is(name, "definedName"))
        return;
    out->names =
        arena_grow(arena, out->names, out->name_count, &out->name_capacity, sizeof *out->names);
    out->names[out->name_count++] = (struct workbook_name){
        .name = text_copy(arena, xml_attribute(attributes, "name")),
        .of = text_copy(arena, xml_attribute(attributes, "localSheetId")),
        .value = TEXT_EMPTY,
    };
    state->value.len = 0;
    state->in_name = true;
}

static void names_end(void *context, struct text name)
{
    struct names_part *state = context;
    if (!text_is(name, "definedName"))
        return;
    state->out->names[state->out->name_count - 1].value =
        text_copy(state->part.book->arena, buffer_text(&state->value));
    state->in_name = false;
}

static void names_characters(void *context, struct text piece)
{
    struct names_part *state = context;
    if (state->in_name)
        buffer_add(&state->value, piece);
}

static bool read_names(struct xlsx *book, struct text part, struct workbook *out)
{
    static const struct xml_handlers handlers = {names_start, names_end, names_characters};
    struct names_part state = {.out = out, .value.arena = book->arena};
    return xlsx_read_part(book, part, &handlers, &state.part);
}

/* Tables of a sheet. */

struct table_part {
    struct xlsx_part part;
    struct sheet_table *table;
};

static void table_start(void *context, struct text name, struct xml_attributes attributes)
{
    struct table_part *state = context;
    struct arena *arena = state->part.book->arena;
    if (text_is(name, "table")) {
        state->table->name = text_copy(arena, xml_attribute(attributes, "displayName"));
        state->table->area = text_copy(arena, xml_attribute(attributes, "ref"));
    } else if (text_is(name, "tableColumn")) {
        texts_add(arena, &state->table->columns,
                  xlsx_unescape(arena, xml_attribute(attributes, "name")));
    }
}

static bool read_table_part(struct xlsx *book, struct text part, struct sheet *sheet)
{
    static const struct xml_handlers handlers = {.start = table_start};
    sheet->tables = arena_grow(book->arena, sheet->tables, sheet->table_count,
                               &sheet->table_capacity, sizeof *sheet->tables);
    struct sheet_table *table = &sheet->tables[sheet->table_count++];
    *table = (struct sheet_table){.name = TEXT_EMPTY, .area = TEXT_EMPTY};
    struct table_part state = {.table = table};
    return xlsx_read_part(book, part, &handlers, &state.part);
}

static struct sheet *sheet_of(const struct workbook *out, struct text part)
{
    for (size_t i = 0; i < out->count; i++)
        if (text_equal(out->sheets[i].part, part))
            return &out->sheets[i];
    return NULL;
}

/* Parts, and how they hang together. */

struct web {
    struct xlsx *book;
    struct workbook *out;
    struct texts reached;  /* what relations lead to */
    struct texts declared; /* what [Content_Types].xml names */
};

static bool is_relations(struct text name)
{
    return text_ends(name, TEXT(".rels"));
}

static bool follow(struct web *web, struct text part)
{
    struct xlsx *book = web->book;
    struct relationships relations;
    if (!xlsx_read_relations(book, part, &relations))
        return false;
    struct sheet *sheet = sheet_of(web->out, part);
    for (size_t i = 0; i < relations.count; i++) {
        const struct relationship *relation = &relations.items[i];
        if (relation->external)
            continue;
        if (texts_find(&web->out->parts, relation->target) == web->out->parts.count)
            return refuse_part(book, relation->target, "the part is missing: a relation names it");
        texts_add(book->arena, &web->reached, relation->target);
        if (text_ends(relation->type, TEXT("/officeDocument")) &&
            !read_names(book, relation->target, web->out))
            return false;
        if (sheet && text_ends(relation->type, TEXT("/table")) &&
            !read_table_part(book, relation->target, sheet))
            return false;
    }
    return true;
}

/* Of the archive itself, which no part stands for, and of every part. */
static bool follow_all(struct web *web)
{
    const struct texts *parts = &web->out->parts;
    bool ok = follow(web, TEXT_EMPTY);
    for (size_t i = 0; ok && i < parts->count; i++)
        ok = is_relations(parts->items[i]) || follow(web, parts->items[i]);
    return ok;
}

struct types_part {
    struct xlsx_part part;
    struct web *web;
};

static void types_start(void *context, struct text name, struct xml_attributes attributes)
{
    struct types_part *state = context;
    struct web *web = state->web;
    struct text part = xml_attribute(attributes, "PartName");
    if (!text_is(name, "Override"))
        return;
    if (!text_starts(part, TEXT("/")) ||
        texts_find(&web->out->parts, text_slice(part, 1, part.len)) == web->out->parts.count)
        xlsx_refuse(&state->part, "a part is declared that is not in the file");
    else
        texts_add(web->book->arena, &web->declared,
                  text_copy(web->book->arena, text_slice(part, 1, part.len)));
}

/* "xl/worksheets/_rels/sheet1.xml.rels" belongs to "xl/worksheets/sheet1.xml". */
static bool has_owner(const struct web *web, struct text relations)
{
    struct arena *arena = web->book->arena;
    const struct texts *parts = &web->out->parts;
    for (size_t i = 0; i < parts->count; i++)
        if (text_equal(relations, xlsx_relations_name(arena, parts->items[i])))
            return true;
    return text_equal(relations, xlsx_relations_name(arena, TEXT_EMPTY));
}

static bool belongs(const struct web *web, struct text part)
{
    static const struct xml_handlers nothing = {0};
    struct xlsx_part state;
    if (is_relations(part))
        return has_owner(web, part) ||
               refuse_part(web->book, part, "the relations are of no part of the file");
    if (texts_find(&web->reached, part) == web->reached.count)
        return refuse_part(web->book, part, "no relation leads to the part");
    if (!text_ends(part, TEXT(".xml")))
        return true; /* a picture: its checksum is all that can be told of it here */
    if (texts_find(&web->declared, part) == web->declared.count)
        return refuse_part(web->book, part, "the part is not declared in [Content_Types].xml");
    return sheet_of(web->out, part) || text_is(part, "xl/sharedStrings.xml") || /* read already */
           xlsx_read_part(web->book, part, &nothing, &state);
}

bool xlsx_prove(struct xlsx *book, struct workbook *out)
{
    static const struct xml_handlers handlers = {.start = types_start};
    static const char types[] = "[Content_Types].xml";
    struct web web = {.book = book, .out = out};
    struct types_part state = {.web = &web};
    out->parts = archive_names(book->archive);
    if (!xlsx_read_part(book, text_from(types), &handlers, &state.part) || !follow_all(&web))
        return false;
    for (size_t i = 0; i < out->parts.count; i++)
        if (!text_is(out->parts.items[i], types) && !belongs(&web, out->parts.items[i]))
            return false;
    return true;
}
