#include "pack/merge_int.h"

enum { TREE_DEPTH_MAX = 32 };

/* An entry of a parent tree. */
struct source_key {
    int key;
    qpdf_oh value;
};

/* The parent tree of a source, flat; false when it is not in order. Nodes as for names. */
static bool collect_keys(struct source *source, qpdf_oh node, unsigned depth)
{
    qpdf_data q = source->q;
    qpdf_oh numbers = pdf_key(q, node, "/Nums"), kids = pdf_key(q, node, "/Kids");
    for (size_t i = 0; i + 1 < pdf_item_count(q, numbers); i += 2) {
        struct source_key next = {.value = pdf_item(q, numbers, i + 1)};
        if (!qpdf_oh_get_value_as_int(q, pdf_item(q, numbers, i), &next.key) || next.key < 0 ||
            next.key >= OBJECT_MAX ||
            (source->key_count && next.key <= source->keys[source->key_count - 1].key))
            return false;
        source->keys = arena_grow(source->arena, source->keys, source->key_count,
                                  &source->key_capacity, sizeof next);
        source->keys[source->key_count++] = next;
    }
    if (pdf_item_count(q, kids) && depth == TREE_DEPTH_MAX)
        return false;
    for (size_t i = 0; i < pdf_item_count(q, kids); i++) {
        size_t before = source->key_count;
        if (!collect_keys(source, pdf_item(q, kids, i), depth + 1) || source->key_count == before)
            return false;
    }
    return true;
}

void structure_find(struct source *source)
{
    qpdf_data q = source->q;
    qpdf_oh tree = pdf_key(q, qpdf_get_root(q), "/StructTreeRoot");
    if (qpdf_oh_is_dictionary(q, tree) && !qpdf_oh_is_null(q, pdf_key(q, tree, "/K")) &&
        collect_keys(source, pdf_key(q, tree, "/ParentTree"), 0) && source->key_count)
        source->tree = tree;
}

bool structure_has_key(const struct source *source, int key)
{
    size_t from = 0, to = source->key_count; /* in order */
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (source->keys[middle].key == key)
            return qpdf_oh_is_dictionary(source->q, source->keys[middle].value);
        if (source->keys[middle].key < key)
            from = middle + 1;
        else
            to = middle;
    }
    return false;
}

/* Our tree knows the standard types only: the names that a source defines are replaced by those
 * they stand for. Names of elements get the source's number. */
static void clean_element(void *context, qpdf_oh dict)
{
    enum { CHAIN_MAX = 8 };
    struct source *source = context;
    qpdf_data q = source->q;
    qpdf_oh roles = pdf_key(q, source->tree, "/RoleMap");
    qpdf_oh_remove_key(q, dict, "/C"); /* a class of the class map, which stays behind */
    names_change(source, dict);
    if (!qpdf_oh_has_key(q, dict, "/P"))
        return;
    for (int i = 0; i < CHAIN_MAX; i++) {
        qpdf_oh type = qpdf_oh_get_key(q, dict, "/S");
        if (!qpdf_oh_is_name(q, type))
            return;
        qpdf_oh role = pdf_key(q, roles, qpdf_oh_get_name(q, type));
        if (!qpdf_oh_is_name(q, role))
            return;
        qpdf_oh_replace_key(q, dict, "/S", role);
    }
}

void structure_clean(struct source *source)
{
    if (!source->tree)
        return;
    struct walk walk = walk_new(source->q, source->arena, clean_element, source);
    walk_from(&walk, pdf_key(source->q, source->tree, "/K"));
}

qpdf_oh structure_element(struct pack *pack, const char *type, qpdf_oh parent)
{
    qpdf_data q = pack->q;
    qpdf_oh element = qpdf_make_indirect_object(q, qpdf_oh_new_dictionary(q));
    qpdf_oh_replace_key(q, element, "/Type", qpdf_oh_new_name(q, "/StructElem"));
    qpdf_oh_replace_key(q, element, "/S", qpdf_oh_new_name(q, type));
    qpdf_oh_replace_key(q, element, "/P", parent);
    qpdf_oh kids = qpdf_oh_get_key(q, parent, "/K");
    if (!qpdf_oh_is_array(q, kids)) {
        qpdf_oh array = qpdf_oh_new_array(q);
        if (!qpdf_oh_is_null(q, kids))
            qpdf_oh_append_item(q, array, kids);
        qpdf_oh_replace_key(q, parent, "/K", array);
        kids = qpdf_oh_get_key(q, parent, "/K");
    }
    qpdf_oh_append_item(q, kids, element);
    return element;
}

void structure_add_keys(struct pack *pack, qpdf_oh numbers, int first)
{
    qpdf_data q = pack->q;
    qpdf_oh parents = qpdf_oh_get_key(q, pack->tree, "/ParentTree");
    qpdf_oh kids = qpdf_oh_get_key(q, parents, "/Kids");
    if (qpdf_oh_is_array(q, kids)) {
        qpdf_oh leaf = qpdf_make_indirect_object(q, qpdf_oh_new_dictionary(q));
        qpdf_oh limits = qpdf_oh_new_array(q);
        qpdf_oh_append_item(q, limits, qpdf_oh_new_integer(q, first));
        qpdf_oh_append_item(q, limits, qpdf_oh_new_integer(q, pack->next_key - 1));
        qpdf_oh_replace_key(q, leaf, "/Limits", limits);
        qpdf_oh_replace_key(q, leaf, "/Nums", numbers);
        qpdf_oh_append_item(q, kids, leaf);
    } else {
        qpdf_oh all = qpdf_oh_get_key(q, parents, "/Nums");
        for (size_t i = 0; i < pdf_item_count(q, numbers); i++)
            qpdf_oh_append_item(q, all, pdf_item(q, numbers, i));
    }
    qpdf_oh_replace_key(q, pack->tree, "/ParentTreeNextKey",
                        qpdf_oh_new_integer(q, pack->next_key));
}

/* One element a page: its contents cannot be told apart. */
static void structure_untagged(struct pack *pack, const struct source *source, qpdf_oh part)
{
    qpdf_data q = pack->q;
    int first = pack->next_key;
    qpdf_oh numbers = qpdf_oh_new_array(q);
    for (unsigned i = 0; i < source->insert->pages; i++) {
        qpdf_oh page = qpdf_get_page_n(q, source->insert->after + i);
        qpdf_oh element = structure_element(pack, "/P", part), parents = qpdf_oh_new_array(q);
        qpdf_oh_replace_key(q, element, "/Pg", page);
        qpdf_oh_replace_key(q, element, "/K", qpdf_oh_new_integer(q, 0));
        qpdf_oh_append_item(q, parents, element);
        qpdf_oh_append_item(q, numbers, qpdf_oh_new_integer(q, pack->next_key));
        qpdf_oh_append_item(q, numbers, parents);
        qpdf_oh_replace_key(q, page, "/StructParents", qpdf_oh_new_integer(q, pack->next_key++));
        qpdf_oh_replace_key(q, page, "/Tabs", qpdf_oh_new_name(q, "/S"));
    }
    structure_add_keys(pack, numbers, first);
}

qpdf_oh merge_copy(struct pack *pack, const struct source *source, qpdf_oh oh)
{
    if (!qpdf_oh_is_indirect(source->q, oh))
        oh = qpdf_make_indirect_object(source->q, oh);
    return qpdf_oh_copy_foreign_object(pack->q, source->q, oh);
}

/* The source's elements below `part`; its pages are in the pack already. */
static void structure_tagged(struct pack *pack, const struct source *source, qpdf_oh part)
{
    qpdf_data q = pack->q;
    qpdf_oh top = pdf_key(source->q, source->tree, "/K");
    bool is_array = qpdf_oh_is_array(source->q, top);
    qpdf_oh kids = qpdf_oh_new_array(q), numbers = qpdf_oh_new_array(q);
    for (size_t i = 0; i < (is_array ? pdf_item_count(source->q, top) : 1); i++) {
        qpdf_oh element = merge_copy(pack, source, is_array ? pdf_item(source->q, top, i) : top);
        if (!qpdf_oh_is_dictionary(q, element))
            continue;
        qpdf_oh_replace_key(q, element, "/P", part);
        if (pdf_is_name(q, qpdf_oh_get_key(q, element, "/S"), "/Document"))
            qpdf_oh_replace_key(q, element, "/S", qpdf_oh_new_name(q, "/Sect"));
        qpdf_oh_append_item(q, kids, element);
    }
    qpdf_oh_replace_key(q, part, "/K", kids);
    int first = source->keys[0].key + source->key_shift;
    for (size_t i = 0; i < source->key_count; i++) {
        int key = source->keys[i].key + source->key_shift;
        qpdf_oh_append_item(q, numbers, qpdf_oh_new_integer(q, key));
        qpdf_oh_append_item(q, numbers, merge_copy(pack, source, source->keys[i].value));
        pack->next_key = key + 1;
    }
    structure_add_keys(pack, numbers, first);
    names_add(pack, source);
}

/* Its own, which may be another than the pack's. */
static void add_language(struct pack *pack, const struct source *source, qpdf_oh part)
{
    qpdf_oh language = pdf_key(source->q, qpdf_get_root(source->q), "/Lang");
    if (!qpdf_oh_is_string(source->q, language))
        return;
    struct text name =
        text_copy(pack->arena, text_from(qpdf_oh_get_utf8_value(source->q, language)));
    if (name.len)
        qpdf_oh_replace_key(pack->q, part, "/Lang", qpdf_oh_new_unicode_string(pack->q, name.ptr));
}

void structure_add(struct pack *pack, struct source *source)
{
    qpdf_data q = pack->q;
    qpdf_oh part = structure_element(pack, "/Part", pack->document);
    qpdf_oh_replace_key(
        q, part, "/T",
        qpdf_oh_new_unicode_string(q, text_cstr(pack->arena, source->insert->bookmark)));
    add_language(pack, source, part);
    if (source->tree)
        structure_tagged(pack, source, part);
    else
        structure_untagged(pack, source, part);
    links_tie(pack, source, part);
}
