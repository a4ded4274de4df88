/*
 * pack - an agenda, our reports and other people's PDFs as one PDF with one page sequence.
 *
 * Our own pages are rendered as one tagged PDF that leaves room in its page numbering; the other
 * PDFs are then put into it, their pages stamped with agenda item and page number. What they bring
 * is copied by an allow-list: contents, resources, links to the web, to mail addresses and to their
 * own pages, bookmarks. Everything that could act (JavaScript, forms, files, other actions) stays
 * behind and is named in a [dropped] message (reliability: T10, T11).
 */
#ifndef PACK_PACK_H
#define PACK_PACK_H

#include "base/diag.h"
#include "document/document.h"

/* Somebody else's PDF. */
struct agenda_pdf {
    struct text path; /* relative paths of the file are relative to the agenda.ini */
    struct text name; /* as written */
    struct place place;
    struct text bytes; /* once packs_build() has read it; then `pages`, too */
    unsigned pages;
};

struct agenda_item {
    unsigned number; /* from 1, without gaps */
    struct text title;
    struct text note;         /* below the title: "To approve as a true record"; may be empty */
    struct text report_title; /* may be empty */
    bool to_follow;           /* the papers come later */
    /* Bit N: exempt by paragraph N of Part 1 of Schedule 12A to the Local Government Act 1972. 0:
     * public. Of an exempt item only number and public title are public. */
    unsigned exempt;
    struct text public_title; /* of an exempt item: instead of `title`; empty: that is public */
    struct text job_folder;   /* of our report; empty: none */
    struct text report;       /* its name in that job */
    struct place report_place;
    struct agenda_pdf *pdfs; /* behind our report, if there is one */
    size_t pdf_count;
    size_t pdf_capacity;
    struct place place;
};

/* A line of the circulation list: "Vice-Chair" and what they get it for. */
struct agenda_member {
    struct text name;
    struct text role;
};

struct agenda {
    struct text file;
    struct text council;
    struct text committee;
    struct date date;
    struct text time;  /* as written: "18:30" */
    struct text venue; /* as written */
    struct text to;    /* "All Members of the Communities Scrutiny Panel" */
    struct date notice;
    struct text public_access; /* may be empty */
    struct text issued_by;     /* a role */
    struct text email;
    struct text telephone; /* may be empty */
    struct agenda_member *circulation;
    size_t circulation_count;
    size_t circulation_capacity;
    struct agenda_item *items;
    size_t count;
    size_t capacity;
};

/* False when there was any problem; all are reported in one run. */
bool agenda_read(struct arena *arena, struct diags *diags, struct text path, struct agenda *out);

/* Monday to Friday between two days, both excluded; bank holidays are not known. */
unsigned clear_working_days(struct date notice, struct date meeting);

/* Where the papers of an item are in the pack; 0 where there are none. */
struct page_range {
    unsigned first, last;
};
/* "12", "12 to 20", "To follow", or empty. */
struct text page_range_text(struct arena *arena, const struct agenda_item *item,
                            struct page_range range);
/* The items with what is to be done and the pages of their papers, to which links lead: all, with
 * no pages of exempt ones, or the exempt ones alone, with theirs. `ranges`: one an item. */
struct table *agenda_business(struct arena *arena, const struct agenda *agenda,
                              const struct page_range *ranges, bool exempt_papers);
/* The front sheet of a public agenda. `ranges`: one an item. */
struct document *agenda_document(struct arena *arena, const struct agenda *agenda,
                                 const struct page_range *ranges);

/*
 * exempt.c: what the public may not see (sections 100A to 100K of the Act, and its Schedule 12A).
 * The same agenda without all that is not public: exempt items keep number, paragraphs and public
 * title alone.
 */
struct agenda *agenda_public(struct arena *arena, const struct agenda *agenda);
bool agenda_has_exempt(const struct agenda *agenda);
/* The paragraphs of "1, 3" as bits; 0 with a message when one is none, or stands there twice. */
unsigned exempt_read(struct diags *diags, struct place place, struct text written);
/* "Not for publication by virtue of paragraph 3 of …: information about …" */
struct text exempt_statement(struct arena *arena, unsigned exempt);
/* "Not for publication (exempt: paragraph 3)", for each page. */
struct text exempt_mark(struct arena *arena, unsigned exempt);
/* The sheet before the exempt papers: which there are, why they are exempt, and their pages. */
struct document *exempt_document(struct arena *arena, const struct agenda *agenda,
                                 const struct page_range *ranges);

/* The packs of a meeting. */
struct packs {
    struct text public;     /* made without anything exempt */
    struct text restricted; /* its pages are those of `public`, and then the exempt papers; empty:
                               there are none */
    const struct page_range *ranges; /* of the public papers: one an item */
};
/*
 * `reports` has one pointer an item: our report, or NULL where `report` is empty. A PDF that cannot
 * be used is a [pdf-input] error at its place in the agenda; all are reported. The public pack is
 * searched for what stands in exempt papers alone: [leak] (leak.c).
 */
bool packs_build(struct agenda *agenda, const struct document *const *reports, struct arena *arena,
                 struct diags *diags, struct packs *out);

/*
 * leak.c: looks for words of the exempt papers in the public pack. False with [leak] messages when
 * it has what no public paper has; [exempt-words] and [unsearched] are warnings.
 */
bool leak_check(const struct packs *packs, const struct agenda *agenda,
                const struct document *const *reports, struct arena *arena, struct diags *diags);

/* One PDF to put in. */
struct merge_insert {
    const struct agenda_pdf *pdf;
    struct text bytes;
    unsigned pages;        /* as counted by merge_count */
    unsigned after;        /* pages of the finished pack before it; at least 1 */
    unsigned after_marks;  /* bookmarks of the base before its own */
    struct text bookmark;  /* its own */
    struct text item_name; /* "Agenda item 7" */
};
/* Number of pages, or 0 with a message saying why this PDF cannot be used. */
unsigned merge_count(const struct agenda_pdf *pdf, struct text bytes, struct arena *arena,
                     struct diags *diags);
/*
 * Puts the inserts, in their order, into `base`, a tagged PDF of ours. Same input, same bytes. The
 * base's claim to be PDF/UA is kept only when every insert makes it too and nothing of it had to
 * be left out.
 */
bool merge_pdfs(struct text base, const struct merge_insert *inserts, size_t count,
                struct arena *arena, struct diags *diags, struct text *bytes);

/* Reads a pack back: sound, tagged, titled, `pages` pages, and nothing in it that acts. */
bool pack_verify(struct text bytes, unsigned pages, struct arena *arena, struct diags *diags);

#endif
