/*
 * What merge.c and its parts merge_count.c, merge_clean.c, merge_structure.c, merge_names.c and
 * merge_stamp.c share. A copied page's streams are read when the pack is written: sources stay open
 * until then.
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
    struct source_name *names; /* of elements */
    size_t name_count;
    size_t name_capacity;
    unsigned name_number; /* goes in front of them */
    bool has_names;       /* all that there are */
    bool claims;          /* to be PDF/UA */
    bool lacks_fonts;     /* not all that its pages use are in it */
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
    unsigned sources;             /* put in */
    bool keeps_claim;
    unsigned marks_added;
};

/* What stands in the catalogue does not come along: here it is only noticed. */
void clean_catalogue(struct source *source);
/* Leaves in the pages and what they use only what is on the allow-lists. */
bool clean_pages(struct source *source, struct diags *diags);
void clean_report(const struct source *source, struct diags *diags);

void structure_find(struct source *source);
/* The names of types that a source defines become those they stand for; those of elements its own.
 */
void structure_clean(struct source *source);
/* Adds an element for the source, whose pages are in the pack already, to the pack's tree. */
void structure_add(struct pack *pack, struct source *source);

/* An object of the source, which may be direct, in the pack. */
qpdf_oh merge_copy(struct pack *pack, const struct source *source, qpdf_oh oh);

/* The tree of names of a source that is tagged; false when it is not in order. */
bool names_find(struct source *source);
/* Changes the names in a dictionary of its tree, if there are any. */
void names_change(const struct source *source, qpdf_oh dict);
/* Adds them to the pack's, which has the elements already. */
void names_add(struct pack *pack, const struct source *source);

/* Finds a font of the base that has every character of the stamps. */
bool stamp_find_font(struct pack *pack);
/* Writes agenda item and page number on page `index` of the source in the pack. */
void stamp_page(struct pack *pack, const struct source *source, unsigned index);

#endif
