/*
 * What the files that see qpdf share: pdf_objects.c (its objects), pdf_open.c (opening and
 * counting), pdf_verify.c, and merge.c with its parts merge_clean.c, merge_structure.c and
 * merge_stamp.c.
 *
 * qpdf reports through the qpdf_data it is given: errors are sticky, and going on after one may
 * crash, so each step ends with a look at has_error(). A copied page's streams are read when the
 * pack is written: sources stay open until then. All of this runs in a child process.
 */
#ifndef PACK_MERGE_INT_H
#define PACK_MERGE_INT_H

#include "base/process.h"
#include "pack/pack.h"

#include <qpdf/qpdf-c.h>

enum { OBJECT_MAX = 8388608 };

bool is_name(qpdf_data q, qpdf_oh oh, const char *name);
/* Null when `dict` is no dictionary. */
qpdf_oh key_of(qpdf_data q, qpdf_oh dict, const char *key);
/* 0 when `array` is none. */
size_t item_count(qpdf_data q, qpdf_oh array);
qpdf_oh item_of(qpdf_data q, qpdf_oh array, size_t i);
/* 0 when the item is no number. */
double number_item(qpdf_data q, qpdf_oh array, size_t i);
struct texts keys_of(qpdf_data q, struct arena *arena, qpdf_oh dict);
/* Whether `names`, which end with NULL, have `name`. */
bool listed(const char *const *names, struct text name);
void keep_only(qpdf_data q, struct arena *arena, qpdf_oh dict, const char *const *names);
/* A dictionary of its own with the same entries; empty when it is none. */
qpdf_oh shallow_copy(qpdf_data q, qpdf_oh dict);
qpdf_oh new_stream(qpdf_data q, struct text bytes);
/* The decoded bytes; empty when it is no stream or cannot be decoded. */
struct text stream_bytes(qpdf_data q, struct arena *arena, qpdf_oh stream);

/* A way through all objects that can be reached from some, each once. */
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
struct walk walk_new(qpdf_data q, struct arena *arena, void (*visit)(void *context, qpdf_oh dict),
                     void *context);
void walk_from(struct walk *walk, qpdf_oh start);

/* NULL and *why when it cannot be read. Recovery is off: it may lose pages without a word. */
qpdf_data pdf_open(struct text bytes, struct arena *arena, struct text *why);
/* Says why this PDF cannot be put in; false. */
bool pdf_refuse(struct diags *diags, const struct agenda_pdf *pdf, struct text why);
/* Runs `work` in a child; false, with a message when the child could not leave one. */
bool pdf_run(process_work *work, void *context, const char *what, struct arena *arena,
             struct diags *diags, struct text *bytes);

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

/* The pack that it is put into. */
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

/* What stands in the catalogue does not come along: here it is only noticed. */
void clean_catalogue(struct source *source);
/* Leaves in the pages and what they use only what is on the allow-lists. */
bool clean_pages(struct source *source, struct diags *diags);
void clean_report(const struct source *source, struct diags *diags);
/* The first thing in a whole PDF that acts, or NULL. */
const char *clean_find_active(qpdf_data q, struct arena *arena);

void structure_find(struct source *source);
/* The names of types that a source defines become those they stand for. */
void structure_use_standard_types(struct source *source);
/* Adds an element for the source, whose pages are in the pack already, to the pack's tree. */
void structure_add(struct pack *pack, struct source *source);

/* Finds a font of the base that has every character of the stamps. */
bool stamp_find_font(struct pack *pack);
/* Writes agenda item and page number on page `index` of the source in the pack. */
void stamp_page(struct pack *pack, const struct source *source, unsigned index);

#endif
