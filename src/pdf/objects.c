#include "pdf/objects.h"

#include <stdlib.h>
#include <string.h>

/* What the keys of a dictionary are. */
enum names_are { NAMES_FIXED, NAMES_OF_CATEGORIES, NAMES_FREE };
struct pending {
    qpdf_oh oh;
    enum names_are names;
};

bool pdf_is_name(qpdf_data q, qpdf_oh oh, const char *name)
{
    return qpdf_oh_is_name(q, oh) && strcmp(qpdf_oh_get_name(q, oh), name) == 0;
}

qpdf_oh pdf_key(qpdf_data q, qpdf_oh dict, const char *key)
{
    return qpdf_oh_is_dictionary(q, dict) ? qpdf_oh_get_key(q, dict, key) : qpdf_oh_new_null(q);
}

size_t pdf_item_count(qpdf_data q, qpdf_oh array)
{
    return qpdf_oh_is_array(q, array) ? (size_t)qpdf_oh_get_array_n_items(q, array) : 0;
}

qpdf_oh pdf_item(qpdf_data q, qpdf_oh array, size_t i)
{
    return qpdf_oh_get_array_item(q, array, (int)i);
}

double pdf_number(qpdf_data q, qpdf_oh array, size_t i)
{
    qpdf_oh item = pdf_item(q, array, i);
    return qpdf_oh_is_number(q, item) ? qpdf_oh_get_numeric_value(q, item) : 0;
}

struct texts pdf_keys(qpdf_data q, struct arena *arena, qpdf_oh dict)
{
    struct texts keys = {0};
    qpdf_oh_begin_dict_key_iter(q, dict);
    while (qpdf_oh_dict_more_keys(q))
        texts_add(arena, &keys, text_copy(arena, text_from(qpdf_oh_dict_next_key(q))));
    return keys;
}

bool pdf_is_listed(const char *const *names, struct text name)
{
    while (*names && !text_is(name, *names))
        names++;
    return *names != NULL;
}

void pdf_keep_only(qpdf_data q, struct arena *arena, qpdf_oh dict, const char *const *names)
{
    struct texts keys = pdf_keys(q, arena, dict);
    for (size_t i = 0; i < keys.count; i++)
        if (!pdf_is_listed(names, keys.items[i]))
            qpdf_oh_remove_key(q, dict, keys.items[i].ptr);
}

qpdf_oh pdf_shallow_copy(qpdf_data q, qpdf_oh dict)
{
    qpdf_oh copy = qpdf_oh_new_dictionary(q);
    if (!qpdf_oh_is_dictionary(q, dict))
        return copy;
    qpdf_oh_begin_dict_key_iter(q, dict);
    while (qpdf_oh_dict_more_keys(q)) {
        const char *key = qpdf_oh_dict_next_key(q);
        qpdf_oh_replace_key(q, copy, key, qpdf_oh_get_key(q, dict, key));
    }
    return copy;
}

qpdf_oh pdf_new_stream(qpdf_data q, struct text bytes)
{
    qpdf_oh stream = qpdf_oh_new_stream(q);
    qpdf_oh_replace_stream_data(q, stream, (const unsigned char *)bytes.ptr, bytes.len,
                                qpdf_oh_new_null(q), qpdf_oh_new_null(q));
    return stream;
}

static struct text stream_bytes(qpdf_data q, struct arena *arena, qpdf_oh stream,
                                enum qpdf_stream_decode_level_e level)
{
    unsigned char *bytes = NULL;
    size_t len = 0;
    QPDF_BOOL decoded = QPDF_FALSE;
    /* a warning, perhaps an older one, is no reason to do without */
    if (!qpdf_oh_is_stream(q, stream) ||
        qpdf_oh_get_stream_data(q, stream, level, &decoded, &bytes, &len) & QPDF_ERRORS)
        return TEXT_EMPTY;
    struct text copy = decoded || level == qpdf_dl_none
                           ? text_copy(arena, (struct text){(const char *)bytes, len})
                           : TEXT_EMPTY;
    free(bytes);
    return copy;
}

struct text pdf_stream_bytes(qpdf_data q, struct arena *arena, qpdf_oh stream)
{
    return stream_bytes(q, arena, stream, qpdf_dl_all);
}

struct text pdf_raw_bytes(qpdf_data q, struct arena *arena, qpdf_oh stream)
{
    return stream_bytes(q, arena, stream, qpdf_dl_none);
}

struct walk walk_new(qpdf_data q, struct arena *arena, void (*visit)(void *context, qpdf_oh dict),
                     void *context)
{
    return (struct walk){.q = q,
                         .arena = arena,
                         .visit = visit,
                         .context = context,
                         .seen = arena_alloc(arena, OBJECT_MAX / 8)};
}

static void walk_push(struct walk *walk, qpdf_oh oh, enum names_are names)
{
    walk->stack =
        arena_grow(walk->arena, walk->stack, walk->count, &walk->capacity, sizeof *walk->stack);
    walk->stack[walk->count++] = (struct pending){.oh = oh, .names = names};
}

static bool walk_is_new(struct walk *walk, qpdf_oh oh)
{
    if (!qpdf_oh_is_indirect(walk->q, oh))
        return true;
    int id = qpdf_oh_get_object_id(walk->q, oh);
    if (id <= 0 || id >= OBJECT_MAX) {
        walk->is_too_large = true;
        return false;
    }
    unsigned char bit = (unsigned char)(1U << (id % 8));
    bool is_new = !(walk->seen[id / 8] & bit);
    walk->seen[id / 8] |= bit;
    return is_new;
}

/* A font may be called /JS, a glyph /AA: such names mean nothing. */
static enum names_are names_below(enum names_are names, const char *key)
{
    static const char *const free_names[] = {"/CharProcs", "/Colorants", "/RoleMap", "/ClassMap",
                                             NULL};
    if (names == NAMES_OF_CATEGORIES)
        return NAMES_FREE;
    if (names == NAMES_FREE)
        return NAMES_FIXED;
    if (strcmp(key, "/Resources") == 0 || strcmp(key, "/DR") == 0)
        return NAMES_OF_CATEGORIES;
    return pdf_is_listed(free_names, text_from(key)) ? NAMES_FREE : NAMES_FIXED;
}

static void walk_into_dictionary(struct walk *walk, qpdf_oh dict, enum names_are names)
{
    qpdf_data q = walk->q;
    if (names == NAMES_FIXED)
        walk->visit(walk->context, dict);
    qpdf_oh_begin_dict_key_iter(q, dict);
    while (qpdf_oh_dict_more_keys(q)) {
        const char *key = qpdf_oh_dict_next_key(q);
        if (strcmp(key, "/Parent") != 0) /* up, and then to every other page */
            walk_push(walk, qpdf_oh_get_key(q, dict, key), names_below(names, key));
    }
}

void walk_from(struct walk *walk, qpdf_oh start)
{
    qpdf_data q = walk->q;
    walk_push(walk, qpdf_oh_new_object(q, start), NAMES_FIXED);
    while (walk->count) {
        struct pending next = walk->stack[--walk->count];
        if (!walk_is_new(walk, next.oh)) {
            qpdf_oh_release(q, next.oh);
            continue;
        }
        if (qpdf_oh_is_stream(q, next.oh)) {
            qpdf_oh dict = qpdf_oh_get_dict(q, next.oh);
            walk_into_dictionary(walk, dict, next.names);
            qpdf_oh_release(q, dict);
        } else if (qpdf_oh_is_dictionary(q, next.oh)) {
            walk_into_dictionary(walk, next.oh, next.names);
        } else {
            for (size_t i = 0; i < pdf_item_count(q, next.oh); i++)
                walk_push(walk, pdf_item(q, next.oh, i), next.names);
        }
        qpdf_oh_release(q, next.oh);
    }
}
