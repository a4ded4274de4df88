#include "base/file.h"
#include "base/process.h"
#include "pack/pack.h"

#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

/* qpdf reports through the qpdf_data it is given: errors are sticky, and going on after one may
 * crash, so each step ends with a look at has_error(). A copied page's streams are read when the
 * pack is written: sources stay open until then. All of this runs in a child process. */

enum { PAGES_MAX = 2000, OBJECT_MAX = 8388608, TREE_DEPTH_MAX = 32 };
static const size_t memory_limit = (size_t)1 << 30;
static const struct process_limits count_limits = {
    .memory = (size_t)1 << 30, .cpu_seconds = 60, .seconds = 120};
static const struct process_limits merge_limits = {
    .memory = (size_t)2 << 30, .cpu_seconds = 300, .seconds = 600};

static bool is_name(qpdf_data q, qpdf_oh oh, const char *name)
{
    return qpdf_oh_is_name(q, oh) && strcmp(qpdf_oh_get_name(q, oh), name) == 0;
}

/* Null when `dict` is no dictionary. */
static qpdf_oh key_of(qpdf_data q, qpdf_oh dict, const char *key)
{
    return qpdf_oh_get_key_if_dict(q, dict, key);
}

static size_t item_count(qpdf_data q, qpdf_oh array)
{
    return qpdf_oh_is_array(q, array) ? (size_t)qpdf_oh_get_array_n_items(q, array) : 0;
}

static qpdf_oh item_of(qpdf_data q, qpdf_oh array, size_t i)
{
    return qpdf_oh_get_array_item(q, array, (int)i);
}

static double number_item(qpdf_data q, qpdf_oh array, size_t i)
{
    qpdf_oh item = item_of(q, array, i);
    return qpdf_oh_is_number(q, item) ? qpdf_oh_get_numeric_value(q, item) : 0;
}

static struct texts keys_of(qpdf_data q, struct arena *arena, qpdf_oh dict)
{
    struct texts keys = {0};
    qpdf_oh_begin_dict_key_iter(q, dict);
    while (qpdf_oh_dict_more_keys(q))
        texts_add(arena, &keys, text_copy(arena, text_from(qpdf_oh_dict_next_key(q))));
    return keys;
}

static bool listed(const char *const *names, struct text name)
{
    while (*names && !text_is(name, *names))
        names++;
    return *names != NULL;
}

static void keep_only(qpdf_data q, struct arena *arena, qpdf_oh dict, const char *const *names)
{
    struct texts keys = keys_of(q, arena, dict);
    for (size_t i = 0; i < keys.count; i++)
        if (!listed(names, keys.items[i]))
            qpdf_oh_remove_key(q, dict, keys.items[i].ptr);
}

/* A dictionary of its own with the same entries; empty when it is none. */
static qpdf_oh shallow_copy(qpdf_data q, qpdf_oh dict)
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

static qpdf_oh new_stream(qpdf_data q, struct text bytes)
{
    qpdf_oh stream = qpdf_oh_new_stream(q);
    qpdf_oh_replace_stream_data(q, stream, (const unsigned char *)bytes.ptr, bytes.len,
                                qpdf_oh_new_null(q), qpdf_oh_new_null(q));
    return stream;
}

/* The decoded bytes; empty when it is no stream or cannot be decoded. */
static struct text stream_bytes(qpdf_data q, struct arena *arena, qpdf_oh stream)
{
    unsigned char *bytes = NULL;
    size_t len = 0;
    QPDF_BOOL decoded = QPDF_FALSE;
    if (!qpdf_oh_is_stream(q, stream) ||
        qpdf_oh_get_stream_data(q, stream, qpdf_dl_all, &decoded, &bytes, &len) != QPDF_SUCCESS)
        return TEXT_EMPTY;
    struct text copy =
        decoded ? text_copy(arena, (struct text){(const char *)bytes, len}) : TEXT_EMPTY;
    free(bytes);
    return copy;
}

static const char *first_warning(qpdf_data q)
{
    return qpdf_more_warnings(q) ? qpdf_get_error_message_detail(q, qpdf_next_warning(q)) : NULL;
}

/* What the keys of a dictionary are. */
enum names_are { NAMES_FIXED, NAMES_OF_CATEGORIES, NAMES_FREE };
struct pending {
    qpdf_oh oh;
    enum names_are names;
};
struct walk {
    qpdf_data q;
    struct arena *arena;
    void (*visit)(void *context, qpdf_oh dict); /* of each dictionary with fixed names, once */
    void *context;
    unsigned char *seen; /* a bit an object number */
    struct pending *stack;
    size_t count;
    size_t capacity;
    bool is_too_large;
};

static struct walk walk_new(qpdf_data q, struct arena *arena,
                            void (*visit)(void *context, qpdf_oh dict), void *context)
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
    return listed(free_names, text_from(key)) ? NAMES_FREE : NAMES_FIXED;
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

static void walk_from(struct walk *walk, qpdf_oh start)
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
            for (size_t i = 0; i < item_count(q, next.oh); i++)
                walk_push(walk, item_of(q, next.oh, i), next.names);
        }
        qpdf_oh_release(q, next.oh);
    }
}

static const char *const active_keys[] = {
    "/AA",        "/OpenAction", "/JS",         "/JavaScript",        "/AF",
    "/EF",        "/XFA",        "/AcroForm",   "/EmbeddedFiles",     "/RichMediaContent",
    "/Rendition", "/OPI",        "/Collection", "/RichMediaSettings", NULL};
static const char *const active_actions[] = {
    "/JavaScript", "/Launch", "/SubmitForm",  "/ResetForm", "/ImportData", "/GoToR",
    "/GoToE",      "/Sound",  "/Movie",       "/Rendition", "/Hide",       "/RichMediaExecute",
    "/GoTo3DView", "/Named",  "/SetOCGState", NULL};
static const char *const active_annotations[] = {"/Widget", "/FileAttachment", "/Screen", "/Movie",
                                                 "/Sound",  "/RichMedia",      "/3D",     NULL};
/* Not dangerous, but other people's: histories, and links to whole files. */
static const char *const private_keys[] = {"/PieceInfo", "/Metadata", "/Ref", "/Alternates", NULL};

struct scan {
    qpdf_data q;
    const char *found; /* the first one */
};

static const char *listed_value(qpdf_data q, qpdf_oh dict, const char *key,
                                const char *const *names)
{
    qpdf_oh value = qpdf_oh_get_key(q, dict, key);
    for (; *names; names++)
        if (is_name(q, value, *names))
            return *names;
    return NULL;
}

static void scan_dictionary(void *context, qpdf_oh dict)
{
    struct scan *scan = context;
    qpdf_data q = scan->q;
    for (const char *const *key = active_keys; *key && !scan->found; key++)
        if (qpdf_oh_has_key(q, dict, *key))
            scan->found = *key;
    if (!scan->found && qpdf_oh_has_key(q, dict, "/Rect"))
        scan->found = listed_value(q, dict, "/Subtype", active_annotations);
    /* /S of a structure element is its type, which may be any name */
    if (!scan->found && !qpdf_oh_has_key(q, dict, "/P"))
        scan->found = listed_value(q, dict, "/S", active_actions);
}

/* A PDF being put in. */
struct source {
    qpdf_data q;
    struct arena *arena;
    const struct merge_insert *insert;
    qpdf_oh tree; /* structure tree root; 0: not tagged, or not in a way that can be used */
    struct source_key *keys;
    size_t key_count;
    size_t key_capacity;
    bool claims; /* to be PDF/UA */
    bool has_actions, has_files;
    unsigned form_fields, links, comments; /* left out */
    int key_shift;
};
/* An entry of a parent tree. */
struct source_key {
    int key;
    qpdf_oh value;
};

/* NULL and *why when it cannot be read. Recovery is off: it may lose pages without a word. */
static qpdf_data open_pdf(struct text bytes, struct arena *arena, struct text *why)
{
    qpdf_data q = qpdf_init();
    qpdf_silence_errors(q);
    qpdf_set_suppress_warnings(q, QPDF_TRUE);
    qpdf_set_attempt_recovery(q, QPDF_FALSE);
    qpdf_read_memory(q, "the PDF", bytes.ptr, bytes.len, NULL);
    if (!qpdf_has_error(q))
        return q;
    qpdf_error error = qpdf_get_error(q);
    if (qpdf_get_error_code(q, error) == qpdf_e_password)
        *why = TEXT("it is encrypted: save it without a password");
    else
        *why = text_format(
            arena, "it is damaged or no PDF (%.*s): save it again from the program that made it",
            TEXT_ARG(text_quote(arena, text_from(qpdf_get_error_message_detail(q, error)))));
    qpdf_cleanup(&q);
    return NULL;
}

static bool has_hidden_layers(qpdf_data q, qpdf_oh root)
{
    qpdf_oh usual = key_of(q, key_of(q, root, "/OCProperties"), "/D");
    return item_count(q, key_of(q, usual, "/OFF")) > 0 ||
           is_name(q, key_of(q, usual, "/BaseState"), "/OFF");
}

/* Why a PDF that could be opened cannot be used, or NULL. */
static const char *refusal(qpdf_data q)
{
    qpdf_oh root = qpdf_get_root(q);
    if (qpdf_is_encrypted(q))
        return "it is encrypted: save it without protection";
    if (qpdf_oh_has_key(q, root, "/Collection"))
        return "it is a portfolio of other files: put these in one by one";
    if (!qpdf_oh_is_null(q, key_of(q, key_of(q, root, "/AcroForm"), "/XFA")))
        return "it is an XFA form, which only one program can show: print it to a PDF";
    if (has_hidden_layers(q, root))
        return "it has hidden layers, which would be public: save it with only what is to be seen";
    int pages = qpdf_get_num_pages(q);
    if (qpdf_has_error(q))
        return "its pages cannot be read: save it again from the program that made it";
    if (pages <= 0)
        return "it has no pages";
    if (pages > PAGES_MAX)
        return "it has more than 2,000 pages";
    return NULL;
}

static bool refuse(struct diags *diags, const struct agenda_pdf *pdf, struct text why)
{
    diag(diags, DIAG_PDF_INPUT, pdf->place, "'%.*s' cannot be put in: %.*s",
         TEXT_ARG(text_quote(diags->arena, pdf->name)), TEXT_ARG(why));
    return false;
}

struct count_work {
    const struct agenda_pdf *pdf;
    struct text bytes;
};

/* In the child: everything is read and decoded once, so that damage shows now. */
static bool count_pages(void *context, struct arena *arena, struct diags *diags, struct text *bytes)
{
    struct count_work *work = context;
    struct text why = TEXT_EMPTY;
    qpdf_data q = open_pdf(work->bytes, arena, &why);
    if (!q)
        return refuse(diags, work->pdf, why);
    const char *fault = refusal(q);
    if (fault)
        why = text_from(fault);
    if (!fault) {
        *bytes = text_format(arena, "%d", qpdf_get_num_pages(q));
        bool is_sound = qpdf_check_pdf(q) == QPDF_SUCCESS && !qpdf_has_error(q);
        const char *warning = first_warning(q);
        if (!is_sound || warning)
            why = text_format(
                arena, "it is damaged (%.*s): save it again from the program that made it",
                TEXT_ARG(text_quote(arena, text_from(warning ? warning : "an object is broken"))));
    }
    qpdf_cleanup(&q);
    return why.len == 0 || refuse(diags, work->pdf, why);
}

unsigned merge_count(const struct agenda_pdf *pdf, struct text bytes, struct arena *arena,
                     struct diags *diags)
{
    struct count_work work = {.pdf = pdf, .bytes = bytes};
    struct text number = TEXT_EMPTY;
    switch (process_run_limited(count_limits, count_pages, &work, arena, diags, &number)) {
    case PROCESS_DONE:
        return (unsigned)atoi(text_cstr(arena, number));
    case PROCESS_OUT_OF_TIME:
        refuse(diags, pdf, TEXT("reading it takes too long"));
        break;
    case PROCESS_CRASHED:
        refuse(diags, pdf, TEXT("reading it breaks the PDF library or takes too much memory"));
        break;
    case PROCESS_REFUSED:
    case PROCESS_NOT_STARTED:
        break;
    }
    return 0;
}

static bool scheme_is_allowed(struct text address)
{
    static const char *const schemes[] = {"http://", "https://", "mailto:"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        size_t len = strlen(schemes[i]);
        if (address.len > len && strncasecmp(address.ptr, schemes[i], len) == 0)
            return true;
    }
    return false;
}

/* The address of a web or mail link; empty for every other annotation. */
static struct text link_address(const struct source *source, qpdf_oh annotation)
{
    qpdf_data q = source->q;
    qpdf_oh action = key_of(q, annotation, "/A");
    qpdf_oh address = key_of(q, action, "/URI");
    if (!is_name(q, key_of(q, annotation, "/Subtype"), "/Link") ||
        !is_name(q, key_of(q, action, "/S"), "/URI") || !qpdf_oh_is_string(q, address))
        return TEXT_EMPTY;
    struct text value = text_copy(source->arena, text_from(qpdf_oh_get_string_value(q, address)));
    return scheme_is_allowed(value) ? value : TEXT_EMPTY;
}

static void count_left_out(struct source *source, qpdf_oh annotation)
{
    qpdf_data q = source->q;
    qpdf_oh kind = key_of(q, annotation, "/Subtype");
    if (is_name(q, kind, "/Widget"))
        source->form_fields++;
    else if (is_name(q, kind, "/Link"))
        source->links++;
    else if (is_name(q, kind, "/FileAttachment"))
        source->has_files = true;
    else if (!is_name(q, kind, "/Popup")) /* belongs to a comment */
        source->comments++;
}

/* Annotations are changed in place: the structure tree may refer to them. */
static void clean_annotations(struct source *source, qpdf_oh page)
{
    static const char *const of_link[] = {"/Type", "/Subtype",    "/Rect",         "/Border",
                                          "/C",    "/QuadPoints", "/Contents",     "/F",
                                          "/BS",   "/A",          "/StructParent", NULL};
    static const char *const nothing[] = {NULL};
    qpdf_data q = source->q;
    qpdf_oh annotations = qpdf_oh_get_key(q, page, "/Annots");
    qpdf_oh kept = qpdf_oh_new_array(q);
    for (size_t i = 0; i < item_count(q, annotations); i++) {
        qpdf_oh annotation = item_of(q, annotations, i);
        if (!qpdf_oh_is_dictionary(q, annotation))
            continue;
        struct text address = link_address(source, annotation);
        if (address.len) {
            keep_only(q, source->arena, annotation, of_link);
            qpdf_oh action = qpdf_oh_new_dictionary(q);
            qpdf_oh_replace_key(q, action, "/S", qpdf_oh_new_name(q, "/URI"));
            qpdf_oh_replace_key(q, action, "/URI", qpdf_oh_new_string(q, address.ptr));
            qpdf_oh_replace_key(q, annotation, "/A", action);
            qpdf_oh_append_item(q, kept, annotation);
        } else {
            count_left_out(source, annotation);
            keep_only(q, source->arena, annotation, nothing);
        }
    }
    qpdf_oh_remove_key(q, page, "/Annots");
    if (item_count(q, kept))
        qpdf_oh_replace_key(q, page, "/Annots", kept);
}

/* Tagged contents: keys of the parent tree move up. Untagged: they would point to nothing. */
static void clean_parent_key(const struct source *source, qpdf_oh dict, const char *name)
{
    qpdf_data q = source->q;
    qpdf_oh value = qpdf_oh_get_key(q, dict, name);
    int key = 0;
    if (!source->tree || !qpdf_oh_get_value_as_int(q, value, &key))
        qpdf_oh_remove_key(q, dict, name);
    else
        qpdf_oh_replace_key(q, dict, name, qpdf_oh_new_integer(q, key + source->key_shift));
}

static void clean_dictionary(void *context, qpdf_oh dict)
{
    struct source *source = context;
    qpdf_data q = source->q;
    for (const char *const *key = active_keys; *key; key++)
        if (qpdf_oh_has_key(q, dict, *key)) {
            if (strcmp(*key, "/AF") == 0 || strcmp(*key, "/EF") == 0)
                source->has_files = true;
            else
                source->has_actions = true;
            qpdf_oh_remove_key(q, dict, *key);
        }
    for (const char *const *key = private_keys; *key; key++)
        qpdf_oh_remove_key(q, dict, *key);
    if (qpdf_oh_has_key(q, dict, "/StructParents"))
        clean_parent_key(source, dict, "/StructParents");
    if (qpdf_oh_has_key(q, dict, "/StructParent"))
        clean_parent_key(source, dict, "/StructParent");
}

static bool clean_pages(struct source *source, struct diags *diags)
{
    static const char *const of_page[] = {"/Type",     "/Parent",        "/MediaBox",  "/CropBox",
                                          "/TrimBox",  "/BleedBox",      "/ArtBox",    "/Rotate",
                                          "/UserUnit", "/Contents",      "/Resources", "/Group",
                                          "/Annots",   "/StructParents", "/Tabs",      NULL};
    qpdf_data q = source->q;
    struct walk walk = walk_new(q, source->arena, clean_dictionary, source);
    for (unsigned i = 0; i < source->insert->pages; i++) {
        qpdf_oh page = qpdf_get_page_n(q, i);
        source->has_actions = source->has_actions || qpdf_oh_has_key(q, page, "/AA");
        source->has_files = source->has_files || qpdf_oh_has_key(q, page, "/AF");
        keep_only(q, source->arena, page, of_page);
        clean_annotations(source, page);
        walk_from(&walk, page);
    }
    if (source->tree)
        walk_from(&walk, source->tree);
    if (walk.is_too_large)
        return refuse(diags, source->insert->pdf, TEXT("it has more than 8,388,607 objects"));
    return true;
}

/* What stands in the catalogue does not come along: here it is only noticed. */
static void notice_catalogue(struct source *source)
{
    qpdf_data q = source->q;
    qpdf_oh root = qpdf_get_root(q), names = key_of(q, root, "/Names");
    source->has_actions = qpdf_oh_has_key(q, root, "/OpenAction") ||
                          qpdf_oh_has_key(q, root, "/AA") ||
                          !qpdf_oh_is_null(q, key_of(q, names, "/JavaScript"));
    source->has_files =
        qpdf_oh_has_key(q, root, "/AF") || !qpdf_oh_is_null(q, key_of(q, names, "/EmbeddedFiles"));
    source->claims = text_contains(stream_bytes(q, source->arena, key_of(q, root, "/Metadata")),
                                   TEXT("pdfuaid:part"));
}

static void say_left_out(const struct source *source, struct diags *diags)
{
    struct texts list = {0};
    struct arena *arena = source->arena;
    if (source->has_actions)
        texts_add(arena, &list, TEXT("scripts or actions"));
    if (source->has_files)
        texts_add(arena, &list, TEXT("attached files"));
    if (source->form_fields)
        texts_add(
            arena, &list,
            text_format(arena, "form fields and what is typed in them (%u)", source->form_fields));
    if (source->comments)
        texts_add(arena, &list,
                  text_format(arena, "comments and drawings on pages (%u)", source->comments));
    if (source->links)
        texts_add(arena, &list,
                  text_format(arena, "links that are not to the web (%u)", source->links));
    bool could_be_printed = source->form_fields || source->comments;
    if (list.count)
        diag(diags, DIAG_DROPPED, source->insert->pdf->place, "left out of '%.*s': %.*s%s",
             TEXT_ARG(text_quote(arena, source->insert->pdf->name)),
             TEXT_ARG(texts_join(arena, &list, TEXT(", "))),
             could_be_printed ? "; to keep what can be seen of them, print it to a PDF" : "");
}

/* The parent tree of a source, flat; false when it is not in order. */
static bool collect_keys(struct source *source, qpdf_oh node, unsigned depth)
{
    qpdf_data q = source->q;
    qpdf_oh numbers = key_of(q, node, "/Nums"), kids = key_of(q, node, "/Kids");
    for (size_t i = 0; i + 1 < item_count(q, numbers); i += 2) {
        struct source_key next = {.value = item_of(q, numbers, i + 1)};
        if (!qpdf_oh_get_value_as_int(q, item_of(q, numbers, i), &next.key) || next.key < 0 ||
            next.key >= OBJECT_MAX ||
            (source->key_count && next.key <= source->keys[source->key_count - 1].key))
            return false;
        source->keys = arena_grow(source->arena, source->keys, source->key_count,
                                  &source->key_capacity, sizeof next);
        source->keys[source->key_count++] = next;
    }
    if (item_count(q, kids) && depth == TREE_DEPTH_MAX)
        return false;
    for (size_t i = 0; i < item_count(q, kids); i++)
        if (!collect_keys(source, item_of(q, kids, i), depth + 1))
            return false;
    return true;
}

static void find_structure(struct source *source)
{
    qpdf_data q = source->q;
    qpdf_oh tree = key_of(q, qpdf_get_root(q), "/StructTreeRoot");
    if (qpdf_oh_is_dictionary(q, tree) && !qpdf_oh_is_null(q, key_of(q, tree, "/K")) &&
        collect_keys(source, key_of(q, tree, "/ParentTree"), 0) && source->key_count)
        source->tree = tree;
}

/* Our tree knows the standard types only: the names that a source defines are replaced by those
 * they stand for. */
static void use_standard_types(void *context, qpdf_oh dict)
{
    enum { CHAIN_MAX = 8 };
    struct source *source = context;
    qpdf_data q = source->q;
    qpdf_oh roles = key_of(q, source->tree, "/RoleMap");
    qpdf_oh_remove_key(q, dict, "/C"); /* a class of the class map, which stays behind */
    if (!qpdf_oh_has_key(q, dict, "/P"))
        return;
    for (int i = 0; i < CHAIN_MAX; i++) {
        qpdf_oh type = qpdf_oh_get_key(q, dict, "/S");
        if (!qpdf_oh_is_name(q, type))
            return;
        qpdf_oh role = key_of(q, roles, qpdf_oh_get_name(q, type));
        if (!qpdf_oh_is_name(q, role))
            return;
        qpdf_oh_replace_key(q, dict, "/S", role);
    }
}

struct pack {
    qpdf_data q;
    struct arena *arena;
    struct diags *diags;
    qpdf_oh root, tree, document; /* catalogue, structure tree root, its Document element */
    qpdf_oh font;                 /* of the stamps */
    qpdf_oh widths;               /* its /W */
    int next_key;                 /* of the parent tree */
    bool keeps_claim;
    unsigned marks_added;
};

static qpdf_oh new_element(struct pack *pack, const char *type, qpdf_oh parent)
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

/* Adds keys first…next_key-1, whose key-value pairs are in `numbers`, to the parent tree. */
static void add_parent_keys(struct pack *pack, qpdf_oh numbers, int first)
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
        for (size_t i = 0; i < item_count(q, numbers); i++)
            qpdf_oh_append_item(q, all, item_of(q, numbers, i));
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
        qpdf_oh element = new_element(pack, "/P", part), parents = qpdf_oh_new_array(q);
        qpdf_oh_replace_key(q, element, "/Pg", page);
        qpdf_oh_replace_key(q, element, "/K", qpdf_oh_new_integer(q, 0));
        qpdf_oh_append_item(q, parents, element);
        qpdf_oh_append_item(q, numbers, qpdf_oh_new_integer(q, pack->next_key));
        qpdf_oh_append_item(q, numbers, parents);
        qpdf_oh_replace_key(q, page, "/StructParents", qpdf_oh_new_integer(q, pack->next_key++));
        qpdf_oh_replace_key(q, page, "/Tabs", qpdf_oh_new_name(q, "/S"));
    }
    add_parent_keys(pack, numbers, first);
}

/* Copies an object of the source that may be direct. */
static qpdf_oh copy_object(struct pack *pack, const struct source *source, qpdf_oh oh)
{
    if (!qpdf_oh_is_indirect(source->q, oh))
        oh = qpdf_make_indirect_object(source->q, oh);
    return qpdf_oh_copy_foreign_object(pack->q, source->q, oh);
}

/* The source's elements below `part`; its pages are in the pack already. */
static void structure_tagged(struct pack *pack, const struct source *source, qpdf_oh part)
{
    qpdf_data q = pack->q;
    qpdf_oh top = key_of(source->q, source->tree, "/K");
    bool is_array = qpdf_oh_is_array(source->q, top);
    qpdf_oh kids = qpdf_oh_new_array(q), numbers = qpdf_oh_new_array(q);
    for (size_t i = 0; i < (is_array ? item_count(source->q, top) : 1); i++) {
        qpdf_oh element = copy_object(pack, source, is_array ? item_of(source->q, top, i) : top);
        if (!qpdf_oh_is_dictionary(q, element))
            continue;
        qpdf_oh_replace_key(q, element, "/P", part);
        if (is_name(q, qpdf_oh_get_key(q, element, "/S"), "/Document"))
            qpdf_oh_replace_key(q, element, "/S", qpdf_oh_new_name(q, "/Sect"));
        qpdf_oh_append_item(q, kids, element);
    }
    qpdf_oh_replace_key(q, part, "/K", kids);
    int first = source->keys[0].key + source->key_shift;
    for (size_t i = 0; i < source->key_count; i++) {
        int key = source->keys[i].key + source->key_shift;
        qpdf_oh_append_item(q, numbers, qpdf_oh_new_integer(q, key));
        qpdf_oh_append_item(q, numbers, copy_object(pack, source, source->keys[i].value));
        pack->next_key = key + 1;
    }
    add_parent_keys(pack, numbers, first);
}

/* A number of a TrueType file; 0 beyond its end. */
static size_t big_endian(struct text bytes, size_t at, size_t len)
{
    size_t number = 0;
    for (size_t i = at; i < at + len && i < bytes.len; i++)
        number = number << 8 | (unsigned char)bytes.ptr[i];
    return number;
}

static struct text font_table(struct text file, const char *tag)
{
    enum { HEAD = 12, ENTRY = 16 };
    for (size_t i = 0; i < big_endian(file, 4, 2); i++) {
        size_t entry = HEAD + i * ENTRY;
        if (text_is(text_slice(file, entry, entry + 4), tag)) {
            size_t from = big_endian(file, entry + 8, 4);
            return text_slice(file, from, from + big_endian(file, entry + 12, 4));
        }
    }
    return TEXT_EMPTY;
}

/* A subset leaves the outlines of unused glyphs empty: drawn, they show nothing. */
static bool glyph_is_drawn(struct text file, size_t glyph)
{
    size_t width = big_endian(font_table(file, "head"), 50, 2) ? 4 : 2;
    struct text places = font_table(file, "loca");
    return big_endian(places, (glyph + 1) * width, width) >
           big_endian(places, glyph * width, width);
}

/* libharu's Unicode fonts: a code of two bytes is the character itself, and a map leads to the
 * glyph. */
static bool font_has(struct pack *pack, qpdf_oh font, struct text characters)
{
    qpdf_data q = pack->q;
    if (!is_name(q, key_of(q, font, "/Subtype"), "/Type0"))
        return false;
    qpdf_oh descendant = item_of(q, key_of(q, font, "/DescendantFonts"), 0);
    struct text map = stream_bytes(q, pack->arena, key_of(q, descendant, "/CIDToGIDMap"));
    struct text file = stream_bytes(
        q, pack->arena, key_of(q, key_of(q, descendant, "/FontDescriptor"), "/FontFile2"));
    for (size_t i = 0; i < characters.len; i++) {
        size_t glyph = big_endian(map, (size_t)(unsigned char)characters.ptr[i] * 2, 2);
        if (glyph == 0 || !glyph_is_drawn(file, glyph))
            return false;
    }
    pack->widths = key_of(q, descendant, "/W");
    return true;
}

/* A font of the base that has every character of the stamps. */
static bool find_font(struct pack *pack)
{
    qpdf_data q = pack->q;
    int pages = qpdf_get_num_pages(q);
    for (int i = 0; i < pages; i++) {
        qpdf_oh page = qpdf_get_page_n(q, (size_t)i);
        qpdf_oh fonts = key_of(q, key_of(q, page, "/Resources"), "/Font");
        if (!qpdf_oh_is_dictionary(q, fonts))
            continue;
        struct texts names = keys_of(q, pack->arena, fonts);
        for (size_t k = 0; k < names.count; k++) {
            pack->font = qpdf_oh_get_key(q, fonts, names.items[k].ptr);
            if (font_has(pack, pack->font, TEXT("AgenditmP0123456789")))
                return true;
        }
    }
    diag(pack->diags, DIAG_INTERNAL, PLACE_NONE,
         "no font of the pack has all the letters and digits of the page stamps");
    return false;
}

/* /W: [first [w w …] first last w …]; thousandths of the font size. */
static double character_width(const struct pack *pack, int code)
{
    qpdf_data q = pack->q;
    for (size_t i = 0; i + 1 < item_count(q, pack->widths);) {
        int first = (int)number_item(q, pack->widths, i);
        qpdf_oh next = item_of(q, pack->widths, i + 1);
        if (qpdf_oh_is_array(q, next)) {
            if (code >= first && (size_t)(code - first) < item_count(q, next))
                return number_item(q, next, (size_t)(code - first));
            i += 2;
        } else {
            if (code >= first && code <= (int)number_item(q, pack->widths, i + 1))
                return number_item(q, pack->widths, i + 2);
            i += 3;
        }
    }
    return 1000;
}

/* How a page is seen: its size, and the matrix from there (origin bottom left) to its own space. */
struct view {
    double width, height;
    double matrix[6];
};

static struct view page_view(qpdf_data q, qpdf_oh page)
{
    qpdf_oh box = qpdf_oh_get_key(q, page, "/CropBox");
    if (item_count(q, box) != 4)
        box = qpdf_oh_get_key(q, page, "/MediaBox");
    double a = number_item(q, box, 0), b = number_item(q, box, 1);
    double c = number_item(q, box, 2), d = number_item(q, box, 3);
    double x0 = a < c ? a : c, x1 = a < c ? c : a, y0 = b < d ? b : d, y1 = b < d ? d : b;
    int turn = 0;
    qpdf_oh_get_value_as_int(q, qpdf_oh_get_key(q, page, "/Rotate"), &turn);
    switch (((turn % 360) + 360) % 360) {
    case 90:
        return (struct view){y1 - y0, x1 - x0, {0, 1, -1, 0, x1, y0}};
    case 180:
        return (struct view){x1 - x0, y1 - y0, {-1, 0, 0, -1, x1, y1}};
    case 270:
        return (struct view){y1 - y0, x1 - x0, {0, -1, 1, 0, x0, y1}};
    default:
        return (struct view){x1 - x0, y1 - y0, {1, 0, 0, 1, x0, y0}};
    }
}

/* A line of text at the right, on a white ground, so that it can be read on pictures too. */
static void add_stamp(const struct pack *pack, struct buffer *out, const struct view *view,
                      struct text text, bool is_footer)
{
    static const double size = 9, margin = 40, pad = 3;
    double width = 0;
    for (size_t i = 0; i < text.len; i++)
        width += character_width(pack, (unsigned char)text.ptr[i]) * size / 1000;
    double x = view->width - margin - width;
    double y = is_footer ? 20 : view->height - 24;
    buffer_format(out,
                  "/Artifact <</Type/Pagination/Subtype/%s>> BDC q %.3f %.3f %.3f %.3f %.3f %.3f "
                  "cm 1 g %.3f %.3f %.3f %.3f re f 0 g BT /PackStamp %.0f Tf %.3f %.3f Td <",
                  is_footer ? "Footer" : "Header", view->matrix[0], view->matrix[1],
                  view->matrix[2], view->matrix[3], view->matrix[4], view->matrix[5], x - pad,
                  y - pad, width + 2 * pad, size + pad, size, x, y);
    for (size_t i = 0; i < text.len; i++)
        buffer_format(out, "%04X", (unsigned)(unsigned char)text.ptr[i]);
    buffer_add(out, TEXT("> Tj ET Q EMC\n"));
}

static void add_font(struct pack *pack, qpdf_oh page)
{
    qpdf_data q = pack->q;
    /* copies: pages often share theirs */
    qpdf_oh resources = shallow_copy(q, qpdf_oh_get_key(q, page, "/Resources"));
    qpdf_oh fonts = shallow_copy(q, key_of(q, resources, "/Font"));
    qpdf_oh_replace_key(q, fonts, "/PackStamp", pack->font);
    qpdf_oh_replace_key(q, resources, "/Font", fonts);
    qpdf_oh_replace_key(q, page, "/Resources", resources);
}

static void stamp_page(struct pack *pack, const struct source *source, unsigned index)
{
    qpdf_data q = pack->q;
    unsigned number = source->insert->after + index + 1;
    qpdf_oh page = qpdf_get_page_n(q, number - 1);
    struct view view = page_view(q, page);
    struct buffer after = {.arena = pack->arena};
    buffer_add(&after, source->tree ? TEXT("\nQ\n") : TEXT("\nEMC Q\n"));
    add_stamp(pack, &after, &view, source->insert->item_name, false);
    add_stamp(pack, &after, &view, text_format(pack->arena, "Page %u", number), true);
    add_font(pack, page);
    qpdf_oh contents = qpdf_oh_get_key(q, page, "/Contents"), all = qpdf_oh_new_array(q);
    qpdf_oh_append_item(q, all,
                        new_stream(q, source->tree ? TEXT("q\n") : TEXT("q /P <</MCID 0>> BDC\n")));
    for (size_t i = 0; i < item_count(q, contents); i++)
        qpdf_oh_append_item(q, all, item_of(q, contents, i));
    if (qpdf_oh_is_stream(q, contents))
        qpdf_oh_append_item(q, all, contents);
    qpdf_oh_append_item(q, all, new_stream(q, buffer_text(&after)));
    qpdf_oh_replace_key(q, page, "/Contents", all);
}

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

static void add_bookmark(struct pack *pack, const struct merge_insert *insert)
{
    qpdf_data q = pack->q;
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
    qpdf_oh item = qpdf_make_indirect_object(q, qpdf_oh_new_dictionary(q));
    qpdf_oh place = qpdf_oh_new_array(q);
    qpdf_oh_append_item(q, place, qpdf_get_page_n(q, insert->after));
    qpdf_oh_append_item(q, place, qpdf_oh_new_name(q, "/Fit"));
    qpdf_oh_replace_key(q, item, "/Title",
                        qpdf_oh_new_unicode_string(q, text_cstr(pack->arena, insert->bookmark)));
    qpdf_oh_replace_key(q, item, "/Parent", outlines);
    qpdf_oh_replace_key(q, item, "/Dest", place);
    link_bookmarks(q, outlines, before, item, after);
    int count = 0;
    qpdf_oh_get_value_as_int(q, qpdf_oh_get_key(q, outlines, "/Count"), &count);
    qpdf_oh_replace_key(q, outlines, "/Count", qpdf_oh_new_integer(q, count + 1));
    pack->marks_added++;
}

static bool broken(struct pack *pack, qpdf_data q, const struct merge_insert *insert)
{
    if (!qpdf_has_error(q))
        return false;
    const char *what = qpdf_get_error_message_detail(q, qpdf_get_error(q));
    struct text why = text_quote(pack->diags->arena, text_from(what));
    if (insert) /* something in this paper: another one may do */
        refuse(pack->diags, insert->pdf,
               text_format(pack->diags->arena,
                           "it is damaged (%.*s): save it again from the program that made it",
                           TEXT_ARG(why)));
    else
        diag(pack->diags, DIAG_INTERNAL, PLACE_NONE, "joining the PDFs failed: %.*s",
             TEXT_ARG(why));
    return true;
}

static bool copy_pages(struct pack *pack, struct source *source)
{
    const struct merge_insert *insert = source->insert;
    qpdf_oh before = qpdf_get_page_n(pack->q, insert->after - 1);
    for (unsigned i = 0; i < insert->pages && !qpdf_has_error(pack->q); i++) {
        qpdf_add_page_at(pack->q, source->q, qpdf_get_page_n(source->q, i), QPDF_FALSE, before);
        before = qpdf_get_page_n(pack->q, insert->after + i);
    }
    return !broken(pack, pack->q, insert) && !broken(pack, source->q, insert);
}

/* What keeps the pack from saying that it is PDF/UA. */
static void settle_claim(struct pack *pack, const struct source *source)
{
    qpdf_data q = source->q;
    const struct agenda_pdf *pdf = source->insert->pdf;
    struct text name = text_quote(pack->arena, pdf->name);
    bool is_whole = !source->has_actions && !source->has_files && !source->form_fields &&
                    !source->links && !source->comments;
    bool has_names = source->tree && (qpdf_oh_has_key(q, source->tree, "/IDTree") ||
                                      qpdf_oh_has_key(q, source->tree, "/ClassMap"));
    if (source->tree && source->claims && is_whole && !has_names)
        return;
    pack->keeps_claim = false;
    if (!source->tree)
        diag(pack->diags, DIAG_UNTAGGED, pdf->place,
             "'%.*s' is not tagged: screen readers will read it badly, and the pack cannot be "
             "called PDF/UA; ask its author for a tagged PDF",
             TEXT_ARG(name));
    else
        diag(pack->diags, DIAG_UNTAGGED, pdf->place,
             "%s'%.*s' %s, so the pack does not say that it is PDF/UA",
             source->claims ? "not all of " : "", TEXT_ARG(name),
             source->claims ? "could be put in" : "does not say that it is PDF/UA");
}

static void add_structure(struct pack *pack, struct source *source)
{
    qpdf_data q = pack->q;
    qpdf_oh part = new_element(pack, "/Part", pack->document);
    qpdf_oh_replace_key(
        q, part, "/T",
        qpdf_oh_new_unicode_string(q, text_cstr(pack->arena, source->insert->bookmark)));
    if (source->tree) {
        structure_tagged(pack, source, part);
        return;
    }
    structure_untagged(pack, source, part);
}

static bool put_in(struct pack *pack, struct source *source)
{
    qpdf_push_inherited_attributes_to_page(source->q);
    notice_catalogue(source);
    find_structure(source);
    source->key_shift = pack->next_key;
    if (!clean_pages(source, pack->diags))
        return false;
    if (source->tree) {
        struct walk walk = walk_new(source->q, source->arena, use_standard_types, source);
        walk_from(&walk, key_of(source->q, source->tree, "/K"));
    }
    settle_claim(pack, source);
    say_left_out(source, pack->diags);
    if (!copy_pages(pack, source))
        return false;
    add_structure(pack, source);
    for (unsigned i = 0; i < source->insert->pages; i++)
        stamp_page(pack, source, i);
    add_bookmark(pack, source->insert);
    return !broken(pack, pack->q, source->insert) && !broken(pack, source->q, source->insert);
}

/* Takes "pdfuaid:part" out of the metadata, as an element or as an attribute. */
static void drop_claim(struct pack *pack)
{
    static const char element[] = "<pdfuaid:part>", end[] = "</pdfuaid:part>";
    static const char attribute[] = "pdfuaid:part=\"";
    qpdf_data q = pack->q;
    qpdf_oh stream = qpdf_oh_get_key(q, pack->root, "/Metadata");
    struct text old = stream_bytes(q, pack->arena, stream);
    struct buffer out = {.arena = pack->arena};
    for (size_t at = 0; at < old.len;) {
        struct text rest = text_slice(old, at, old.len);
        const char *stop = NULL;
        size_t tail = 0;
        if (text_starts(rest, text_from(element))) {
            stop = memmem(rest.ptr, rest.len, end, sizeof end - 1);
            tail = sizeof end - 1;
        } else if (text_starts(rest, text_from(attribute))) {
            size_t from = sizeof attribute - 1;
            stop = memchr(rest.ptr + from, '"', rest.len - from);
            tail = 1;
        }
        if (stop)
            at += (size_t)(stop - rest.ptr) + tail;
        else
            buffer_add_byte(&out, old.ptr[at++]);
    }
    struct text kept = buffer_text(&out);
    if (kept.len < old.len)
        qpdf_oh_replace_stream_data(q, stream, (const unsigned char *)kept.ptr, kept.len,
                                    qpdf_oh_new_null(q), qpdf_oh_new_null(q));
}

static void number_pages(struct pack *pack)
{
    qpdf_oh_replace_key(pack->q, pack->root, "/PageLabels",
                        qpdf_oh_parse(pack->q, "<</Nums[0 <</S/D>>]>>"));
}

static bool write_pack(struct pack *pack, struct text *bytes)
{
    qpdf_data q = pack->q;
    if (broken(pack, q, NULL))
        return false;
    qpdf_init_write_memory(q);
    qpdf_set_deterministic_ID(q, QPDF_TRUE);
    qpdf_set_object_stream_mode(q, qpdf_o_generate);
    qpdf_set_compress_streams(q, QPDF_TRUE);
    qpdf_write(q);
    if (broken(pack, q, NULL))
        return false;
    *bytes = text_copy(pack->arena,
                       (struct text){(const char *)qpdf_get_buffer(q), qpdf_get_buffer_length(q)});
    return true;
}

static bool open_base(struct pack *pack, struct text base)
{
    struct text why = TEXT_EMPTY;
    pack->q = open_pdf(base, pack->arena, &why);
    if (!pack->q) {
        diag(pack->diags, DIAG_INTERNAL, PLACE_NONE, "our own pages cannot be read: %.*s",
             TEXT_ARG(why));
        return false;
    }
    qpdf_data q = pack->q;
    pack->root = qpdf_get_root(q);
    pack->tree = key_of(q, pack->root, "/StructTreeRoot");
    qpdf_oh top = key_of(q, pack->tree, "/K");
    pack->document = qpdf_oh_is_array(q, top) ? item_of(q, top, 0) : top;
    if (!qpdf_oh_is_dictionary(q, pack->document) ||
        !qpdf_oh_get_value_as_int(q, key_of(q, pack->tree, "/ParentTreeNextKey"),
                                  &pack->next_key)) {
        diag(pack->diags, DIAG_INTERNAL, PLACE_NONE, "our own pages are not tagged");
        return false;
    }
    return true;
}

struct merge_work {
    struct text base;
    const struct merge_insert *inserts;
    size_t count;
};

static bool merge_in_child(void *context, struct arena *arena, struct diags *diags,
                           struct text *bytes)
{
    struct merge_work *work = context;
    struct pack pack = {.arena = arena, .diags = diags, .keeps_claim = true};
    struct source *sources = arena_calloc(arena, work->count, sizeof *sources);
    bool ok = open_base(&pack, work->base) && (work->count == 0 || find_font(&pack));
    for (size_t i = 0; i < work->count && ok; i++) {
        struct text why = TEXT_EMPTY;
        sources[i] = (struct source){.arena = arena, .insert = &work->inserts[i]};
        sources[i].q = open_pdf(work->inserts[i].bytes, arena, &why);
        ok = sources[i].q ? put_in(&pack, &sources[i]) : refuse(diags, work->inserts[i].pdf, why);
    }
    if (ok && !pack.keeps_claim)
        drop_claim(&pack);
    if (ok) {
        number_pages(&pack);
        ok = write_pack(&pack, bytes);
    }
    if (pack.q)
        qpdf_cleanup(&pack.q);
    for (size_t i = 0; i < work->count; i++)
        if (sources[i].q)
            qpdf_cleanup(&sources[i].q);
    return ok;
}

/* False, with a message when the child could not leave one. */
static bool run(process_work *work, void *context, const char *what, struct arena *arena,
                struct diags *diags, struct text *bytes)
{
    enum process_end end = process_run_limited(merge_limits, work, context, arena, diags, bytes);
    if (end == PROCESS_OUT_OF_TIME)
        diag(diags, DIAG_INTERNAL, PLACE_NONE, "%s takes too long", what);
    if (end == PROCESS_CRASHED)
        diag(diags, DIAG_INTERNAL, PLACE_NONE, "%s breaks the PDF library or takes too much memory",
             what);
    return end == PROCESS_DONE;
}

bool merge_pdfs(struct text base, const struct merge_insert *inserts, size_t count,
                struct arena *arena, struct diags *diags, struct text *bytes)
{
    struct merge_work work = {.base = base, .inserts = inserts, .count = count};
    return run(merge_in_child, &work, "joining the PDFs", arena, diags, bytes);
}

struct verify_work {
    struct text bytes;
    struct place place;
    unsigned pages;              /* 0: any number */
    struct text title, language; /* empty: any */
};

static void fault(struct diags *diags, const struct verify_work *work, const char *what)
{
    diag(diags, DIAG_VERIFY, work->place, "the finished PDF %s: it was not published", what);
}

static bool utf8_equals(qpdf_data q, qpdf_oh string, struct text wanted)
{
    if (!qpdf_oh_is_string(q, string))
        return false;
    struct text found = text_from(qpdf_oh_get_utf8_value(q, string));
    return wanted.len ? text_equal(found, wanted) : found.len > 0;
}

static void verify_catalogue(qpdf_data q, const struct verify_work *work, struct diags *diags)
{
    qpdf_oh root = qpdf_get_root(q);
    qpdf_oh marked = key_of(q, key_of(q, root, "/MarkInfo"), "/Marked");
    qpdf_oh info = key_of(q, qpdf_get_trailer(q), "/Info");
    if (!qpdf_oh_is_dictionary(q, key_of(q, root, "/StructTreeRoot")) ||
        !qpdf_oh_is_bool(q, marked) || !qpdf_oh_get_bool_value(q, marked))
        fault(diags, work, "is not tagged");
    if (!utf8_equals(q, key_of(q, root, "/Lang"), work->language))
        fault(diags, work, "does not have its language");
    if (!utf8_equals(q, key_of(q, info, "/Title"), work->title))
        fault(diags, work, "does not have its title");
}

static bool verify_in_child(void *context, struct arena *arena, struct diags *diags,
                            struct text *bytes)
{
    struct verify_work *work = context;
    struct text why = TEXT_EMPTY;
    (void)bytes;
    qpdf_data q = open_pdf(work->bytes, arena, &why);
    if (!q) {
        fault(diags, work, "cannot be read");
        return false;
    }
    int pages = qpdf_get_num_pages(q);
    if (pages <= 0 || (work->pages && (unsigned)pages != work->pages))
        fault(diags, work, "does not have its pages");
    verify_catalogue(q, work, diags);
    struct scan scan = {.q = q};
    struct walk walk = walk_new(q, arena, scan_dictionary, &scan);
    walk_from(&walk, qpdf_get_trailer(q));
    if (scan.found)
        fault(diags, work,
              text_format(arena, "has something in it that acts (%s)", scan.found).ptr);
    if (qpdf_check_pdf(q) != QPDF_SUCCESS || qpdf_has_error(q) || qpdf_more_warnings(q))
        fault(diags, work, "is not sound");
    qpdf_cleanup(&q);
    return diags_ok(diags);
}

bool pack_verify(struct text bytes, unsigned pages, struct arena *arena, struct diags *diags)
{
    struct text nothing;
    struct verify_work work = {
        .bytes = bytes, .pages = pages, .title = TEXT_EMPTY, .language = TEXT_EMPTY};
    return run(verify_in_child, &work, "reading the finished PDF", arena, diags, &nothing);
}

bool pdf_verify(const struct document *document, struct text path, struct arena *arena,
                struct diags *diags)
{
    struct text nothing;
    struct verify_work work = {
        .place = place_file(path), .title = document->title, .language = document->language};
    return file_read(arena, diags, path, PLACE_NONE, memory_limit, &work.bytes) &&
           run(verify_in_child, &work, "reading the finished PDF", arena, diags, &nothing);
}

const char *pack_pdf_library(void)
{
    return qpdf_get_qpdf_version();
}
