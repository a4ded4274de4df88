/*
 * merge_links - links of a PDF that is put in. One to a page of it has the page's number there
 * while the pages are cleaned and copied, and then the page itself: whatever a destination refers
 * to, nothing but a place on a page comes along. Each link that is kept belongs to a Link element
 * (ISO 14289-1, 7.18.5).
 */
#include "pack/merge_int.h"

#include <math.h>
#include <string.h>

enum { TREE_DEPTH_MAX = 32, TREE_NODES_MAX = 100000 }; /* a tree may hold itself */

/* ---- destinations ---- */

static struct text bytes_of(const struct source *source, qpdf_oh string)
{
    size_t length = 0;
    const char *bytes = qpdf_oh_get_binary_string_value(source->q, string, &length);
    return text_copy(source->arena, (struct text){bytes, length});
}

static void add_place(struct source *source, struct text name, qpdf_oh place)
{
    if (map_find(&source->place_names, name, SIZE_MAX) != SIZE_MAX)
        return;
    map_add(&source->place_names, name, source->place_count);
    source->places = arena_grow(source->arena, source->places, source->place_count,
                                &source->place_capacity, sizeof *source->places);
    source->places[source->place_count++] = place;
}

static void collect_places(struct source *source, qpdf_oh node, unsigned depth)
{
    qpdf_data q = source->q;
    qpdf_oh names = pdf_key(q, node, "/Names"), kids = pdf_key(q, node, "/Kids");
    for (size_t i = 0; i + 1 < pdf_item_count(q, names); i += 2) {
        qpdf_oh name = pdf_item(q, names, i);
        if (qpdf_oh_is_string(q, name))
            add_place(source, bytes_of(source, name), pdf_item(q, names, i + 1));
    }
    for (size_t i = 0; depth < TREE_DEPTH_MAX && i < pdf_item_count(q, kids); i++)
        if (source->place_nodes++ < TREE_NODES_MAX)
            collect_places(source, pdf_item(q, kids, i), depth + 1);
}

void links_find(struct source *source)
{
    qpdf_data q = source->q;
    qpdf_oh root = qpdf_get_root(q), old = pdf_key(q, root, "/Dests");
    source->place_names = (struct map){.arena = source->arena};
    source->page_of_object = (struct map){.arena = source->arena};
    for (unsigned i = 0; i < source->insert->pages; i++) {
        int id = qpdf_oh_get_object_id(q, qpdf_get_page_n(q, i));
        map_add(&source->page_of_object, text_format(source->arena, "%d", id), i);
    }
    collect_places(source, pdf_key(q, pdf_key(q, root, "/Names"), "/Dests"), 0);
    if (!qpdf_oh_is_dictionary(q, old))
        return;
    struct texts keys = pdf_keys(q, source->arena, old);
    for (size_t i = 0; i < keys.count; i++) /* with the slash, which no string begins with here */
        add_place(source, keys.items[i], qpdf_oh_get_key(q, old, keys.items[i].ptr));
}

/* What a name stands for, or the destination itself; a dictionary has it in /D. */
static qpdf_oh place_of(const struct source *source, qpdf_oh destination)
{
    qpdf_data q = source->q;
    struct text name = TEXT_EMPTY;
    if (qpdf_oh_is_name(q, destination))
        name = text_from(qpdf_oh_get_name(q, destination));
    else if (qpdf_oh_is_string(q, destination))
        name = bytes_of(source, destination);
    else
        return destination;
    size_t at = map_find(&source->place_names, name, source->place_count);
    if (at == source->place_count)
        return qpdf_oh_new_null(q);
    qpdf_oh place = source->places[at];
    return qpdf_oh_is_dictionary(q, place) ? pdf_key(q, place, "/D") : place;
}

static void add_view(const struct source *source, qpdf_oh place, struct buffer *out)
{
    static const struct {
        const char *name;
        size_t numbers;
    } views[] = {{"/XYZ", 3},  {"/FitH", 1},  {"/FitV", 1}, {"/FitR", 4},
                 {"/FitB", 0}, {"/FitBH", 1}, {"/FitBV", 1}};
    static const double farthest = 1e6;
    qpdf_data q = source->q;
    for (size_t v = 0; v < sizeof views / sizeof *views; v++) {
        if (!pdf_is_name(q, pdf_item(q, place, 1), views[v].name) ||
            pdf_item_count(q, place) < 2 + views[v].numbers)
            continue;
        buffer_add(out, text_from(views[v].name));
        for (size_t i = 0; i < views[v].numbers; i++)
            if (qpdf_oh_is_number(q, pdf_item(q, place, 2 + i)))
                buffer_format(out, " %.3f",
                              fmax(-farthest, fmin(farthest, pdf_number(q, place, 2 + i))));
            else
                buffer_add(out, TEXT(" null"));
        return;
    }
    buffer_add(out, TEXT("/Fit"));
}

/* The number of the page that a destination names, by reference or by its number; or SIZE_MAX. */
static size_t page_number(const struct source *source, qpdf_oh page)
{
    qpdf_data q = source->q;
    int number = 0;
    if (qpdf_oh_get_value_as_int(q, page, &number))
        return number >= 0 && (unsigned)number < source->insert->pages ? (size_t)number : SIZE_MAX;
    int id = qpdf_oh_get_object_id(q, page);
    return map_find(&source->page_of_object, text_format(source->arena, "%d", id), SIZE_MAX);
}

static struct destination resolve(const struct source *source, qpdf_oh destination)
{
    struct destination to = {.view = TEXT_EMPTY};
    qpdf_oh place = place_of(source, destination);
    size_t page = SIZE_MAX;
    if (pdf_item_count(source->q, place))
        page = page_number(source, pdf_item(source->q, place, 0));
    if (page == SIZE_MAX)
        return to;
    struct buffer view = {.arena = source->arena};
    add_view(source, place, &view);
    to = (struct destination){.is_known = true, .page = (unsigned)page, .view = buffer_text(&view)};
    return to;
}

struct destination links_goes_to(const struct source *source, qpdf_oh dict)
{
    qpdf_data q = source->q;
    qpdf_oh action = pdf_key(q, dict, "/A");
    if (pdf_is_name(q, pdf_key(q, action, "/S"), "/GoTo"))
        return resolve(source, pdf_key(q, action, "/D"));
    if (!qpdf_oh_is_null(q, action))
        return (struct destination){.view = TEXT_EMPTY};
    return resolve(source, pdf_key(q, dict, "/Dest"));
}

qpdf_oh links_place(struct pack *pack, const struct source *source, struct destination to)
{
    qpdf_data q = pack->q;
    qpdf_oh place = qpdf_oh_parse(q, text_format(pack->arena, "[%.*s]", TEXT_ARG(to.view)).ptr);
    qpdf_oh_insert_item(q, place, 0, qpdf_get_page_n(q, source->insert->after + to.page));
    return place;
}

/* ---- links ---- */

void links_set(const struct source *source, qpdf_oh annotation, struct destination to)
{
    qpdf_oh_replace_key(
        source->q, annotation, "/Dest",
        qpdf_oh_parse(source->q,
                      text_format(source->arena, "[%u%.*s]", to.page, TEXT_ARG(to.view)).ptr));
}

void links_add(struct pack *pack, const struct source *source)
{
    qpdf_data q = pack->q;
    for (unsigned i = 0; i < source->insert->pages; i++) {
        qpdf_oh page = qpdf_get_page_n(q, source->insert->after + i);
        qpdf_oh annotations = pdf_key(q, page, "/Annots");
        for (size_t k = 0; k < pdf_item_count(q, annotations); k++) {
            qpdf_oh place = pdf_key(q, pdf_item(q, annotations, k), "/Dest");
            int number = 0;
            if (pdf_item_count(q, place) &&
                qpdf_oh_get_value_as_int(q, pdf_item(q, place, 0), &number))
                qpdf_oh_set_array_item(
                    q, place, 0, qpdf_get_page_n(q, source->insert->after + (unsigned)number));
        }
    }
}

static void tie(struct pack *pack, qpdf_oh page, qpdf_oh annotation, qpdf_oh part, qpdf_oh numbers)
{
    qpdf_data q = pack->q;
    qpdf_oh element = structure_element(pack, "/Link", part);
    qpdf_oh reference = qpdf_oh_new_dictionary(q);
    qpdf_oh_replace_key(q, reference, "/Type", qpdf_oh_new_name(q, "/OBJR"));
    qpdf_oh_replace_key(q, reference, "/Obj", annotation);
    qpdf_oh_replace_key(q, reference, "/Pg", page);
    qpdf_oh_replace_key(q, element, "/K", reference);
    qpdf_oh_append_item(q, numbers, qpdf_oh_new_integer(q, pack->next_key));
    qpdf_oh_append_item(q, numbers, element);
    qpdf_oh_replace_key(q, annotation, "/StructParent", qpdf_oh_new_integer(q, pack->next_key++));
    qpdf_oh_replace_key(q, page, "/Tabs", qpdf_oh_new_name(q, "/S"));
}

void links_tie(struct pack *pack, const struct source *source, qpdf_oh part)
{
    qpdf_data q = pack->q;
    int first = pack->next_key;
    qpdf_oh numbers = qpdf_oh_new_array(q);
    for (unsigned i = 0; i < source->insert->pages; i++) {
        qpdf_oh page = qpdf_get_page_n(q, source->insert->after + i);
        qpdf_oh annotations = pdf_key(q, page, "/Annots");
        for (size_t k = 0; k < pdf_item_count(q, annotations); k++) {
            qpdf_oh annotation = pdf_item(q, annotations, k);
            if (!qpdf_oh_has_key(q, annotation, "/StructParent"))
                tie(pack, page, annotation, part, numbers);
        }
    }
    if (pack->next_key > first)
        structure_add_keys(pack, numbers, first);
}

void links_settle(struct pack *pack)
{
    static const char key[] = "/PackPage";
    qpdf_data q = pack->q;
    int count = qpdf_get_num_pages(q);
    for (int i = 0; i < count; i++) {
        qpdf_oh annotations = pdf_key(q, qpdf_get_page_n(q, (size_t)i), "/Annots");
        for (size_t k = 0; k < pdf_item_count(q, annotations); k++) {
            qpdf_oh link = pdf_item(q, annotations, k);
            int number = 0;
            if (!qpdf_oh_get_value_as_int(q, pdf_key(q, link, key), &number) || number < 1 ||
                number > count)
                continue;
            qpdf_oh place = qpdf_oh_parse(q, "[/Fit]");
            qpdf_oh_insert_item(q, place, 0, qpdf_get_page_n(q, (size_t)number - 1));
            qpdf_oh_replace_key(q, link, "/Dest", place);
            qpdf_oh_remove_key(q, link, key);
        }
    }
}
