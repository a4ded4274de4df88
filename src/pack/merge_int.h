/*
 * What merge.c and its parts merge_count.c, merge_clean.c, merge_structure.c and merge_stamp.c
 * share. A copied page's streams are read when the pack is written: sources stay open until then.
 */
#ifndef PACK_MERGE_INT_H
#define PACK_MERGE_INT_H

#include "pack/pack.h"
#include "pdf/objects.h"

/* Says why this PDF cannot be put in; false. */
bool merge_refuse(struct diags *diags, const struct agenda_pdf *pdf, struct text why);

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
