/*
 * What merge.c and its parts merge_*.c share. A copied page's streams are read when the pack is
 * written: sources stay open until then.
 */
#ifndef PACK_MERGE_INT_H
#define PACK_MERGE_INT_H

#include "base/map.h"
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
    bool has_more_bookmarks;               /* than are copied */
    unsigned form_fields, links, comments; /* left out */
    struct map page_of_object;             /* by its number */
    struct map place_names;                /* of `places`; names have their slash, strings none */
    qpdf_oh *places;                       /* destinations that have names */
    size_t place_count;
    size_t place_capacity;
    unsigned place_nodes; /* of the tree of names that were visited */
    int key_shift;
};

/* The pack that it is put into. */
struct pack {
    qpdf_data q;
    struct arena *arena;
    struct diags *diags;
    qpdf_oh root, tree, document; /* catalogue, structure tree root, its Document element */
    struct text stamps;           /* every character of them, some more than once */
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

/* A new element below `parent` in the pack's tree. */
qpdf_oh structure_element(struct pack *pack, const char *type, qpdf_oh parent);
/* Adds keys first…next_key-1, whose key-value pairs are in `numbers`, to the parent tree. */
void structure_add_keys(struct pack *pack, qpdf_oh numbers, int first);
/* Whether the source's parent tree has that key. */
bool structure_has_key(const struct source *source, int key);

/* A place on a page of a source: the page from 0, and how much of it is to be seen. */
struct destination {
    bool is_known;
    unsigned page;
    struct text view; /* PDF source: "/XYZ 0.000 700.000 null" */
};
/* Notes the pages of a source and the names of its destinations. */
void links_find(struct source *source);
/* Where a link or bookmark leads, by /A or /Dest, by name or not; not known when to no page of the
 * source, or when its action is another. */
struct destination links_goes_to(const struct source *source, qpdf_oh dict);
/* The same place as an array in the pack, which has the pages already. */
qpdf_oh links_place(struct pack *pack, const struct source *source, struct destination to);
/* Makes an annotation lead there by the number of the page, until it is in the pack. */
void links_set(const struct source *source, qpdf_oh annotation, struct destination to);
/* Makes them lead to the pack's pages. */
void links_add(struct pack *pack, const struct source *source);
/* Makes those of our own that had to wait for somebody else's pages lead there. */
void links_settle(struct pack *pack);
/* Puts links that belong to no element below `part`. */
void links_tie(struct pack *pack, const struct source *source, qpdf_oh part);

/* Its bookmark, with those that it brings below it. */
void bookmarks_add(struct pack *pack, struct source *source);

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
