/* merge_bookmarks - a PDF's own bookmark in the pack, and below it those that it brings. */
#include "pack/merge_int.h"

enum { DEPTH_MAX = 16, BOOKMARKS_MAX = 5000 };

static void link_bookmarks(qpdf_data q, qpdf_oh outlines, qpdf_oh before, qpdf_oh item,
                           qpdf_oh after)
{
    if (qpdf_oh_is_dictionary(q, before)) {
        qpdf_oh_replace_key(q, item, "/Prev", before);
        qpdf_oh_replace_key(q, before, "/Next", item);
    } else {
        qpdf_oh_replace_key(q, outlines, "/First", item);
    }
    if (qpdf_oh_is_dictionary(q, after)) {
        qpdf_oh_replace_key(q, item, "/Next", after);
        qpdf_oh_replace_key(q, after, "/Prev", item);
    } else {
        qpdf_oh_replace_key(q, outlines, "/Last", item);
    }
}

static qpdf_oh new_bookmark(struct pack *pack, qpdf_oh parent, struct text title, qpdf_oh place)
{
    qpdf_data q = pack->q;
    qpdf_oh item = qpdf_make_indirect_object(q, qpdf_oh_new_dictionary(q));
    qpdf_oh_replace_key(q, item, "/Title",
                        qpdf_oh_new_unicode_string(q, text_cstr(pack->arena, title)));
    qpdf_oh_replace_key(q, item, "/Parent", parent);
    qpdf_oh_replace_key(q, item, "/Dest", place);
    return item;
}

struct copying {
    struct pack *pack;
    struct source *source;
    struct map seen; /* numbers of objects: bookmarks may refer to each other in circles */
};

/* Counts a bookmark; false for one that is there already, or is too many. */
static bool take(struct copying *copying, qpdf_oh bookmark, unsigned depth)
{
    struct source *source = copying->source;
    struct text id = text_format(source->arena, "%d", qpdf_oh_get_object_id(source->q, bookmark));
    if (map_find(&copying->seen, id, SIZE_MAX) != SIZE_MAX)
        return false;
    if (copying->seen.count == BOOKMARKS_MAX || depth > DEPTH_MAX) {
        source->has_more_bookmarks = true;
        return false;
    }
    map_add(&copying->seen, id, copying->seen.count);
    return true;
}

/* The bookmarks from `first` on below `parent`; the number of those right below it. One that leads
 * nowhere, or without a title, has its own put in its place. */
static unsigned copy_level(struct copying *copying, qpdf_oh first, qpdf_oh parent, unsigned depth)
{
    struct pack *pack = copying->pack;
    struct source *source = copying->source;
    qpdf_data from = source->q, q = pack->q;
    unsigned added = 0;
    for (qpdf_oh old = first; qpdf_oh_is_dictionary(from, old) && take(copying, old, depth);
         old = pdf_key(from, old, "/Next")) {
        qpdf_oh title = pdf_key(from, old, "/Title"), below = pdf_key(from, old, "/First");
        struct destination to = links_goes_to(source, old);
        struct text words = TEXT_EMPTY;
        if (qpdf_oh_is_string(from, title))
            words =
                text_trim(text_copy(pack->arena, text_from(qpdf_oh_get_utf8_value(from, title))));
        if (!to.is_known || !words.len) {
            added += copy_level(copying, below, parent, depth + 1);
            continue;
        }
        qpdf_oh item = new_bookmark(pack, parent, words, links_place(pack, source, to));
        link_bookmarks(q, parent, qpdf_oh_get_key(q, parent, "/Last"), item, qpdf_oh_new_null(q));
        unsigned count = copy_level(copying, below, item, depth + 1);
        if (count) /* closed */
            qpdf_oh_replace_key(q, item, "/Count", qpdf_oh_new_integer(q, -(long long)count));
        added++;
    }
    return added;
}

static void add_those_below(struct pack *pack, struct source *source, qpdf_oh item)
{
    struct copying copying = {.pack = pack, .source = source, .seen = {.arena = pack->arena}};
    qpdf_oh outlines = pdf_key(source->q, qpdf_get_root(source->q), "/Outlines");
    unsigned count = copy_level(&copying, pdf_key(source->q, outlines, "/First"), item, 1);
    if (count)
        qpdf_oh_replace_key(pack->q, item, "/Count",
                            qpdf_oh_new_integer(pack->q, -(long long)count));
}

void bookmarks_add(struct pack *pack, struct source *source)
{
    qpdf_data q = pack->q;
    const struct merge_insert *insert = source->insert;
    qpdf_oh outlines = qpdf_oh_get_key(q, pack->root, "/Outlines");
    if (!qpdf_oh_is_dictionary(q, outlines)) {
        outlines = qpdf_make_indirect_object(q, qpdf_oh_new_dictionary(q));
        qpdf_oh_replace_key(q, pack->root, "/Outlines", outlines);
    }
    qpdf_oh before = qpdf_oh_new_null(q), after = qpdf_oh_get_key(q, outlines, "/First");
    for (unsigned i = 0; i < insert->after_marks + pack->marks_added; i++) {
        if (!qpdf_oh_is_dictionary(q, after))
            break;
        before = after;
        after = qpdf_oh_get_key(q, before, "/Next");
    }
    struct destination start = {.is_known = true, .view = TEXT("/Fit")};
    qpdf_oh item = new_bookmark(pack, outlines, insert->bookmark, links_place(pack, source, start));
    link_bookmarks(q, outlines, before, item, after);
    int count = 0;
    qpdf_oh_get_value_as_int(q, qpdf_oh_get_key(q, outlines, "/Count"), &count);
    qpdf_oh_replace_key(q, outlines, "/Count", qpdf_oh_new_integer(q, count + 1));
    pack->marks_added++;
    add_those_below(pack, source, item);
}
