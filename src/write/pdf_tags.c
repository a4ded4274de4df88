/*
 * The structure tree that PDF/UA-1 asks for and libharu has no calls for: elements are made while
 * pages are drawn, and printed when all is. Of a tag nothing is kept but its element.
 */
#include "base/map.h"
#include "base/utf8.h"
#include "write/pdf_file.h"
#include "write/pdf_int.h"

enum kid_kind { KID_ELEMENT, KID_CONTENT, KID_OBJECT };
struct kid {
    enum kid_kind kind;
    unsigned id;   /* object number, or the content's number on its page */
    unsigned page; /* object number of the page */
};
/* What few elements have. */
struct detail {
    struct text alt, language, expansion;
    unsigned name;             /* of its /ID; 0: none */
    unsigned headers[HEADERS]; /* names; 0 behind the last */
};
/* There is one for each cell: as small as can be. Elements are known by their numbers, from 0. */
struct element {
    unsigned number;
    unsigned parent; /* the document's own: itself */
    const char *type;
    const char *attributes; /* or NULL */
    const struct detail *detail;
    struct kid first;
    unsigned count;   /* of kids */
    struct kid *more; /* those behind the first */
    size_t capacity;
};
enum { CHUNK = 256 }; /* elements that are allocated together */
struct numbers {
    unsigned *items;
    size_t count;
    size_t capacity;
};
/* A key of the parent tree: a page with the element of each content, or one annotation. */
struct parents {
    bool is_page;
    unsigned first; /* of tags.contents; of an annotation its element */
    unsigned count;
};
struct tags {
    struct arena *arena;
    struct tag document;
    struct element **chunks;
    size_t chunk_count;
    size_t chunk_capacity;
    unsigned count; /* of elements */
    struct parents *keys;
    size_t key_count;
    size_t key_capacity;
    struct numbers contents; /* the elements of all pages' contents */
    struct numbers named;    /* the element of name i + 1, plus one; 0: never made */
    struct map attributes;   /* many have the same */
    struct texts attribute_texts;
    struct map expansions; /* as do short forms */
    struct detail **expansion_details;
    size_t expansion_count;
    size_t expansion_capacity;
    unsigned page; /* object number of the open page */
    size_t page_key;
    unsigned base; /* object number of element 0, while they are printed */
};

static struct element *element_at(const struct tags *tags, unsigned number)
{
    return &tags->chunks[number / CHUNK][number % CHUNK];
}

static void add_number(struct tags *tags, struct numbers *numbers, unsigned number)
{
    numbers->items = arena_grow(tags->arena, numbers->items, numbers->count, &numbers->capacity,
                                sizeof *numbers->items);
    numbers->items[numbers->count++] = number;
}

static const char *keep_attributes(struct tags *tags, const char *attributes)
{
    struct texts *kept = &tags->attribute_texts;
    if (!attributes)
        return NULL;
    size_t at = map_find(&tags->attributes, text_from(attributes), kept->count);
    if (at == kept->count) {
        texts_add(tags->arena, kept, text_copy(tags->arena, text_from(attributes)));
        map_add(&tags->attributes, kept->items[at], at);
    }
    return kept->items[at].ptr;
}

/* Names are given when they are first needed: a header may point to a cell that is yet to come. */
static unsigned name_of(struct tags *tags, struct tag *tag)
{
    if (!tag->name) {
        add_number(tags, &tags->named, 0);
        tag->name = (unsigned)tags->named.count;
    }
    return tag->name;
}

/* A short form stands in many places: all of them have one detail. */
static const struct detail *keep_expansion(struct tags *tags, struct text expansion)
{
    size_t at = map_find(&tags->expansions, expansion, tags->expansion_count);
    if (at < tags->expansion_count)
        return tags->expansion_details[at];
    tags->expansion_details =
        arena_grow(tags->arena, tags->expansion_details, tags->expansion_count,
                   &tags->expansion_capacity, sizeof *tags->expansion_details);
    struct detail *detail = arena_alloc(tags->arena, sizeof *detail);
    *detail = (struct detail){
        .alt = TEXT_EMPTY, .language = TEXT_EMPTY, .expansion = text_copy(tags->arena, expansion)};
    map_add(&tags->expansions, detail->expansion, at);
    tags->expansion_details[tags->expansion_count++] = detail;
    return detail;
}

static const struct detail *keep_detail(struct tags *tags, struct tag *tag)
{
    if (tag->expansion.len)
        return keep_expansion(tags, tag->expansion);
    if (!tag->alt.len && !tag->language.len && !tag->is_named && !tag->headers[0])
        return NULL;
    struct detail *detail = arena_alloc(tags->arena, sizeof *detail);
    detail->alt = tag->alt.len ? text_copy(tags->arena, tag->alt) : TEXT_EMPTY;
    detail->language = tag->language.len ? text_copy(tags->arena, tag->language) : TEXT_EMPTY;
    detail->expansion = TEXT_EMPTY;
    detail->name = tag->is_named ? name_of(tags, tag) : 0;
    for (size_t i = 0; i < HEADERS && tag->headers[i]; i++)
        detail->headers[i] = name_of(tags, tag->headers[i]);
    return detail;
}

static struct element *new_element(struct tags *tags)
{
    if (tags->count % CHUNK == 0) {
        tags->chunks = arena_grow(tags->arena, tags->chunks, tags->chunk_count,
                                  &tags->chunk_capacity, sizeof(struct element *));
        tags->chunks[tags->chunk_count++] =
            arena_calloc(tags->arena, CHUNK, sizeof(struct element));
    }
    struct element *element = element_at(tags, tags->count);
    element->number = tags->count++;
    return element;
}

static void add_kid(struct tags *tags, struct element *element, struct kid kid)
{
    if (element->count++ == 0) {
        element->first = kid;
        return;
    }
    size_t others = element->count - 2;
    element->more = arena_grow(tags->arena, element->more, others, &element->capacity, sizeof kid);
    element->more[others] = kid;
}

static const struct kid *kid_at(const struct element *element, size_t i)
{
    return i ? &element->more[i - 1] : &element->first;
}

/* The tag's element, made with those above it when it isn't there yet. */
static struct element *element_of(struct tags *tags, struct tag *tag)
{
    if (!tag)
        tag = &tags->document;
    if (tag->element)
        return tag->element;
    struct element *parent = tag == &tags->document ? NULL : element_of(tags, tag->parent);
    struct element *element = tag->element = new_element(tags);
    element->type = tag->type;
    element->attributes = keep_attributes(tags, tag->attributes);
    element->detail = keep_detail(tags, tag);
    if (element->detail && element->detail->name)
        tags->named.items[element->detail->name - 1] = element->number + 1;
    if (parent) {
        element->parent = parent->number;
        add_kid(tags, parent, (struct kid){KID_ELEMENT, element->number, 0});
    }
    return element;
}

struct tags *tags_new(struct arena *arena)
{
    struct tags *tags = arena_alloc(arena, sizeof *tags);
    *tags = (struct tags){.arena = arena,
                          .document = {.type = "Document"},
                          .attributes = {.arena = arena},
                          .expansions = {.arena = arena}};
    tags->document.alt = tags->document.language = tags->document.expansion = TEXT_EMPTY;
    element_of(tags, NULL);
    return tags;
}

void tags_touch(struct tags *tags, struct tag *tag)
{
    element_of(tags, tag);
}

static size_t add_key(struct tags *tags, struct parents key)
{
    tags->keys = arena_grow(tags->arena, tags->keys, tags->key_count, &tags->key_capacity,
                            sizeof *tags->keys);
    tags->keys[tags->key_count] = key;
    return tags->key_count++;
}

size_t tags_open_page(struct tags *tags, unsigned page)
{
    tags->page = page;
    tags->page_key =
        add_key(tags, (struct parents){.is_page = true, .first = (unsigned)tags->contents.count});
    return tags->page_key;
}

void tags_begin(struct tags *tags, struct tag *tag, struct buffer *content)
{
    struct element *element = element_of(tags, tag);
    unsigned id = tags->keys[tags->page_key].count++;
    if (!element->attributes) /* of a figure, which stands where its caption did not say yet */
        element->attributes = keep_attributes(tags, tag->attributes);
    buffer_add_byte(content, '/');
    buffer_add(content, text_from(tag->type));
    buffer_add(content, TEXT(" <</MCID "));
    buffer_add_number(content, id);
    buffer_add(content, TEXT(">> BDC\n"));
    add_kid(tags, element, (struct kid){KID_CONTENT, id, tags->page});
    add_number(tags, &tags->contents, element->number);
}

size_t tags_annotation(struct tags *tags, struct tag *tag, unsigned annotation)
{
    struct element *element = element_of(tags, tag);
    add_kid(tags, element, (struct kid){KID_OBJECT, annotation, tags->page});
    return add_key(tags, (struct parents){.first = element->number});
}

size_t tags_count(const struct tags *tags)
{
    return tags->count;
}

/* ---- printing ---- */

static void add_reference(struct buffer *out, unsigned object)
{
    buffer_add_number(out, object);
    buffer_add(out, TEXT(" 0 R "));
}

/* UTF-8 as a PDF text string: UTF-16 in hexadecimal digits. */
static void add_text_string(struct buffer *out, struct text text)
{
    buffer_add(out, TEXT("<FEFF"));
    for (size_t at = 0; at < text.len;) {
        uint32_t point = utf8_next(text, &at);
        if (point == UTF8_INVALID)
            point = 0xFFFD;
        if (point >= 0x10000)
            buffer_format(out, "%04X%04X", 0xD800 + ((point - 0x10000) >> 10),
                          0xDC00 + (point & 0x3FF));
        else
            buffer_format(out, "%04X", point);
    }
    buffer_add_byte(out, '>');
}

static unsigned first_page(const struct element *element)
{
    for (size_t i = 0; i < element->count; i++)
        if (kid_at(element, i)->kind == KID_CONTENT)
            return kid_at(element, i)->page;
    return 0;
}

static void print_kid(const struct tags *tags, const struct kid *kid, unsigned page,
                      struct buffer *out)
{
    if (kid->kind == KID_ELEMENT) {
        add_reference(out, tags->base + kid->id);
    } else if (kid->kind == KID_OBJECT) {
        buffer_format(out, "<</Type/OBJR/Obj %u 0 R/Pg %u 0 R>>", kid->id, kid->page);
    } else if (kid->page == page) {
        buffer_add_number(out, kid->id);
        buffer_add_byte(out, ' ');
    } else {
        buffer_format(out, "<</Type/MCR/MCID %u/Pg %u 0 R>>", kid->id, kid->page);
    }
}

/* All of one length: in the order of their numbers, as the tree of names wants them. */
static void print_name(struct buffer *out, unsigned name)
{
    buffer_format(out, "(e%08u)", name);
}

static void print_attributes(const struct tags *tags, const struct element *element,
                             struct buffer *out)
{
    const struct detail *detail = element->detail;
    bool has_headers = detail && detail->headers[0];
    if (!element->attributes && !has_headers)
        return;
    buffer_add(out, TEXT("/A["));
    if (element->attributes)
        buffer_add(out, text_from(element->attributes));
    if (has_headers) {
        buffer_add(out, TEXT("<</O/Table/Headers["));
        for (size_t i = 0; i < HEADERS && detail->headers[i]; i++)
            if (tags->named.items[detail->headers[i] - 1])
                print_name(out, detail->headers[i]);
        buffer_add(out, TEXT("]>>"));
    }
    buffer_add(out, TEXT("]"));
}

static void print_element(const struct tags *tags, const struct element *element, unsigned parent,
                          struct buffer *out)
{
    unsigned page = first_page(element);
    buffer_add(out, TEXT("<</Type/StructElem/S/"));
    buffer_add(out, text_from(element->type));
    buffer_add(out, TEXT("/P "));
    add_reference(out, parent);
    if (page) {
        buffer_add(out, TEXT("/Pg "));
        add_reference(out, page);
    }
    if (element->count) {
        buffer_add(out, element->count > 1 ? TEXT("/K[") : TEXT("/K "));
        for (size_t i = 0; i < element->count; i++)
            print_kid(tags, kid_at(element, i), page, out);
        buffer_add(out, element->count > 1 ? TEXT("]") : TEXT_EMPTY);
    }
    if (element->detail && element->detail->name) {
        buffer_add(out, TEXT("/ID"));
        print_name(out, element->detail->name);
    }
    print_attributes(tags, element, out);
    if (element->detail && element->detail->alt.len) {
        buffer_add(out, TEXT("/Alt"));
        add_text_string(out, element->detail->alt);
    }
    if (element->detail && element->detail->language.len) {
        buffer_add(out, TEXT("/Lang"));
        add_text_string(out, element->detail->language);
    }
    if (element->detail && element->detail->expansion.len) {
        buffer_add(out, TEXT("/E"));
        add_text_string(out, element->detail->expansion);
    }
    buffer_add(out, TEXT(">>"));
}

/* One leaf of a tree holds this many keys. */
enum { LEAF = 16 };

static void print_parents(const struct tags *tags, size_t from, size_t to, struct buffer *out)
{
    buffer_format(out, "<</Limits[%zu %zu]/Nums[", from, to - 1);
    for (size_t i = from; i < to; i++) {
        const struct parents *key = &tags->keys[i];
        buffer_format(out, key->is_page ? "%zu[" : "%zu ", i);
        for (unsigned k = 0; k < key->count; k++)
            add_reference(out, tags->base + tags->contents.items[key->first + k]);
        if (key->is_page)
            buffer_add(out, TEXT("]"));
        else
            add_reference(out, tags->base + key->first);
    }
    buffer_add(out, TEXT("]>>"));
}

static void print_names(const struct tags *tags, size_t from, size_t to, struct buffer *out)
{
    buffer_add(out, TEXT("<</Limits["));
    print_name(out, (unsigned)from + 1);
    print_name(out, (unsigned)to);
    buffer_add(out, TEXT("]/Names["));
    for (size_t i = from; i < to; i++) {
        print_name(out, (unsigned)i + 1);
        add_reference(out, tags->base + tags->named.items[i] - 1);
    }
    buffer_add(out, TEXT("]>>"));
}

typedef void print_leaf(const struct tags *tags, size_t from, size_t to, struct buffer *out);

/* A tree of `count` keys, object `top`, whose leaves have the numbers behind it; the next number.
 */
static unsigned print_tree(const struct tags *tags, struct pdf_file *file, unsigned top,
                           size_t count, print_leaf *print)
{
    unsigned leaves = (unsigned)((count + LEAF - 1) / LEAF);
    struct buffer *out = pdf_file_object(file, top);
    buffer_add(out, TEXT("<</Kids["));
    for (unsigned i = 0; i < leaves; i++)
        add_reference(out, top + 1 + i);
    buffer_add(out, TEXT("]>>"));
    for (unsigned i = 0; i < leaves; i++) {
        size_t from = (size_t)i * LEAF, to = from + LEAF < count ? from + LEAF : count;
        print(tags, from, to, pdf_file_object(file, top + 1 + i));
    }
    return top + 1 + leaves;
}

void tags_write(struct tags *tags, struct pdf_file *file, unsigned root, unsigned first)
{
    unsigned parents = first + tags->count;
    tags->base = first;
    for (unsigned i = 0; i < tags->count; i++) {
        const struct element *element = element_at(tags, i);
        print_element(tags, element, i ? first + element->parent : root,
                      pdf_file_object(file, first + i));
    }
    unsigned names = print_tree(tags, file, parents, tags->key_count, print_parents);
    if (tags->named.count)
        print_tree(tags, file, names, tags->named.count, print_names);
    struct buffer *out = pdf_file_object(file, root);
    buffer_format(out, "<</Type/StructTreeRoot/K %u 0 R/ParentTree %u 0 R/ParentTreeNextKey %zu",
                  first, parents, tags->key_count);
    if (tags->named.count)
        buffer_format(out, "/IDTree %u 0 R", names);
    buffer_add(out, TEXT(">>"));
}
