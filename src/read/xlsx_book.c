/* xlsx_book - the list of a workbook's sheets (xlsx_int.h). */
#include "base/file.h"
#include "read/xlsx_int.h"

bool xlsx_read_part(struct xlsx *book, struct text name, const struct xml_handlers *handlers,
                    struct xlsx_part *part)
{
    struct place place = book->place;
    place.part = name;
    part->book = book;
    part->xml = xml_new(book->arena, book->diags, place, handlers, part);
    xml_set_depth(part->xml, archive_limits(book->archive)->depth);
    bool ok = archive_stream(book->archive, name, xml_take, part->xml) && xml_finish(part->xml);
    xml_free(part->xml);
    return ok;
}

void xlsx_refuse(struct xlsx_part *part, const char *reason)
{
    diag(part->book->diags, DIAG_FORMAT, xml_place(part->xml), "%s", reason);
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
    struct xlsx_part part;
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

static struct text folder_of(struct text part)
{
    struct text folder = path_folder(part);
    return text_is(folder, ".") ? TEXT_EMPTY : folder;
}

struct text xlsx_relations_name(struct arena *arena, struct text part)
{
    return path_join(arena, folder_of(part),
                     text_format(arena, "_rels/%.*s.rels", TEXT_ARG(path_name(part))));
}

bool xlsx_read_relations(struct xlsx *book, struct text part, struct relationships *out)
{
    struct text rels = xlsx_relations_name(book->arena, part);
    *out = (struct relationships){.folder = folder_of(part), .arena = book->arena};
    if (!archive_has(book->archive, rels))
        return true;
    static const struct xml_handlers handlers = {.start = relation_start};
    struct relationships_part state = {.relations = out};
    return xlsx_read_part(book, rels, &handlers, &state.part);
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

struct text xlsx_related(const struct xlsx *book, struct text type)
{
    const struct relationship *relation = relation_of_type(&book->relations, type);
    return relation ? relation->target : TEXT_EMPTY;
}

bool xlsx_main_part(struct xlsx *book, struct text *part)
{
    struct relationships top;
    *part = TEXT_EMPTY;
    if (!xlsx_read_relations(book, TEXT_EMPTY, &top))
        return false;
    const struct relationship *relation = relation_of_type(&top, TEXT("/officeDocument"));
    if (relation)
        *part = relation->target;
    return true;
}

static void add_sheet(struct xlsx_part *state, struct xml_attributes attributes)
{
    struct xlsx *book = state->book;
    struct arena *arena = book->arena;
    struct text name = text_copy(arena, xml_attribute(attributes, "name"));
    struct text visibility = xml_attribute(attributes, "state");
    const struct relationship *relation =
        relation_by_id(&book->relations, xml_attribute(attributes, "id"));
    if (!relation) {
        diag(book->diags, DIAG_FORMAT, book->place, "sheet '%.*s' is not in the file",
             TEXT_ARG(text_quote(arena, name)));
        xml_stop(state->xml);
        return;
    }
    if (!text_ends(relation->type, TEXT("/worksheet"))) /* a chart, or a sheet of macros */
        return;
    book->sheets = arena_grow(arena, book->sheets, book->sheet_count, &book->sheet_capacity,
                              sizeof *book->sheets);
    book->sheets[book->sheet_count++] = (struct xlsx_sheet){
        .name = name,
        .part = relation->target,
        .hidden = text_is(visibility, "hidden") || text_is(visibility, "veryHidden")};
}

static void workbook_start(void *context, struct text name, struct xml_attributes attributes)
{
    struct xlsx_part *state = context;
    if (text_is(name, "sheet"))
        add_sheet(state, attributes);
    else if (text_is(name, "workbookPr"))
        state->book->from_1904 = xlsx_is_true(xml_attribute(attributes, "date1904"));
}

bool xlsx_open(struct xlsx *book)
{
    static const struct xml_handlers handlers = {.start = workbook_start};
    struct xlsx_part state;
    struct text part;
    if (!xlsx_main_part(book, &part))
        return false;
    if (!part.len) {
        diag(book->diags, DIAG_FORMAT, book->place,
             "the archive holds no workbook: expected an .xlsx file");
        return false;
    }
    return xlsx_read_relations(book, part, &book->relations) &&
           xlsx_read_part(book, part, &handlers, &state);
}
