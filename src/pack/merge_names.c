/*
 * merge_names - the names of elements in a PDF that is put in. Cells of tables point to their
 * headers by name, and two documents may use the same: each gets a number in front of its own.
 */
#include "pack/merge_int.h"

#include <string.h>

enum { TREE_DEPTH_MAX = 32 };

/* An entry of a tree of names. */
struct source_name {
    struct text name;
    qpdf_oh element;
};

static struct text string_bytes(const struct source *source, qpdf_oh string)
{
    size_t length = 0;
    const char *bytes = qpdf_oh_get_binary_string_value(source->q, string, &length);
    return text_copy(source->arena, (struct text){bytes, length});
}

/* By bytes, as a tree of names has them. */
static bool stands_before(struct text a, struct text b)
{
    int order = memcmp(a.ptr, b.ptr, a.len < b.len ? a.len : b.len);
    return order < 0 || (order == 0 && a.len < b.len);
}

/*
 * The names of a tree, flat; false when it is not in order. A node below which there is no name is
 * none, so that a node that comes twice has names that are not in order: the way ends.
 */
static bool collect(struct source *source, qpdf_oh node, unsigned depth)
{
    qpdf_data q = source->q;
    qpdf_oh names = pdf_key(q, node, "/Names"), kids = pdf_key(q, node, "/Kids");
    for (size_t i = 0; i + 1 < pdf_item_count(q, names); i += 2) {
        qpdf_oh string = pdf_item(q, names, i), element = pdf_item(q, names, i + 1);
        if (!qpdf_oh_is_string(q, string) || !qpdf_oh_is_dictionary(q, element))
            return false;
        struct source_name next = {string_bytes(source, string), element};
        if (source->name_count &&
            !stands_before(source->names[source->name_count - 1].name, next.name))
            return false;
        source->names = arena_grow(source->arena, source->names, source->name_count,
                                   &source->name_capacity, sizeof next);
        source->names[source->name_count++] = next;
    }
    if (pdf_item_count(q, kids) && depth == TREE_DEPTH_MAX)
        return false;
    for (size_t i = 0; i < pdf_item_count(q, kids); i++) {
        size_t before = source->name_count;
        if (!collect(source, pdf_item(q, kids, i), depth + 1) || source->name_count == before)
            return false;
    }
    return true;
}

bool names_find(struct source *source)
{
    qpdf_oh tree = pdf_key(source->q, source->tree, "/IDTree");
    source->name_count = 0;
    return qpdf_oh_is_null(source->q, tree) || collect(source, tree, 0);
}

/* Behind the names of our own elements, and in the order in which the sources are put in. */
static qpdf_oh new_name(const struct source *source, qpdf_data q, struct text name)
{
    struct buffer longer = {.arena = source->arena};
    buffer_format(&longer, "p%06u-", source->name_number);
    buffer_add(&longer, name); /* which may have any bytes */
    return qpdf_oh_new_binary_string(q, longer.ptr, longer.len);
}

void names_change(const struct source *source, qpdf_oh dict)
{
    qpdf_data q = source->q;
    qpdf_oh id = qpdf_oh_get_key(q, dict, "/ID"), headers = qpdf_oh_get_key(q, dict, "/Headers");
    if (qpdf_oh_is_string(q, id) && qpdf_oh_has_key(q, dict, "/P") &&
        qpdf_oh_has_key(q, dict, "/S"))
        qpdf_oh_replace_key(q, dict, "/ID", new_name(source, q, string_bytes(source, id)));
    if (!qpdf_oh_is_array(q, headers))
        return;
    qpdf_oh changed = qpdf_oh_new_array(q);
    for (size_t i = 0; i < pdf_item_count(q, headers); i++) {
        qpdf_oh header = pdf_item(q, headers, i);
        if (qpdf_oh_is_string(q, header))
            qpdf_oh_append_item(q, changed, new_name(source, q, string_bytes(source, header)));
    }
    qpdf_oh_replace_key(q, dict, "/Headers", changed);
}

/* The leaves of the pack's own tree; one that is a leaf itself becomes the first of them. */
static qpdf_oh leaves_of(struct pack *pack)
{
    qpdf_data q = pack->q;
    qpdf_oh old = qpdf_oh_get_key(q, pack->tree, "/IDTree");
    qpdf_oh kids = pdf_key(q, old, "/Kids");
    if (qpdf_oh_is_array(q, kids))
        return kids;
    qpdf_oh tree = qpdf_make_indirect_object(q, qpdf_oh_new_dictionary(q));
    kids = qpdf_oh_new_array(q);
    if (qpdf_oh_is_dictionary(q, old))
        qpdf_oh_append_item(q, kids, qpdf_make_indirect_object(q, old));
    qpdf_oh_replace_key(q, tree, "/Kids", kids);
    qpdf_oh_replace_key(q, pack->tree, "/IDTree", tree);
    return qpdf_oh_get_key(q, tree, "/Kids");
}

void names_add(struct pack *pack, const struct source *source)
{
    qpdf_data q = pack->q;
    if (!source->name_count)
        return;
    qpdf_oh leaf = qpdf_make_indirect_object(q, qpdf_oh_new_dictionary(q));
    qpdf_oh limits = qpdf_oh_new_array(q), names = qpdf_oh_new_array(q);
    for (size_t i = 0; i < source->name_count; i++) {
        qpdf_oh string = new_name(source, q, source->names[i].name);
        if (i == 0 || i + 1 == source->name_count)
            qpdf_oh_append_item(q, limits, string);
        if (source->name_count == 1)
            qpdf_oh_append_item(q, limits, string);
        qpdf_oh_append_item(q, names, string);
        qpdf_oh_append_item(q, names, merge_copy(pack, source, source->names[i].element));
    }
    qpdf_oh_replace_key(q, leaf, "/Limits", limits);
    qpdf_oh_replace_key(q, leaf, "/Names", names);
    qpdf_oh_append_item(q, leaves_of(pack), leaf);
}
