/*
 * write - renders a document. A renderer is one file and one line in the table of write.c.
 *
 * Renderers draw what the document says and decide nothing that a reader could read. They return
 * whole files as bytes; publish/ puts them in place. Same document, same bytes.
 */
#ifndef WRITE_WRITE_H
#define WRITE_WRITE_H

#include "document/document.h"

struct render_options {
    struct text scratch; /* a folder for temporary files, gone after the run */
};

struct renderer {
    const char *name;      /* "xlsx", "pdf" */
    const char *extension; /* ".xlsx" */
    unsigned workbook;     /* WORKBOOK_…: which of a document's workbooks it is; 0: none */
    bool (*render)(const struct document *document, const struct render_options *options,
                   struct arena *arena, struct diags *diags, struct text *bytes);
    /* Reads the finished file back and compares it with the document. False, with a message, when
     * anything is missing or different. */
    bool (*verify)(const struct document *document, struct text path, struct arena *arena,
                   struct diags *diags);
};
extern const struct renderer renderers[];
extern const size_t renderer_count;
/* Whether the document asks for it: a PDF always, a workbook as its release says. */
bool renderer_is_wanted(const struct renderer *renderer, const struct document *document);

/*
 * The tables of a document as files for programs: one CSV each (UTF-8, RFC 4180, tidy: tidy_int.h)
 * and a csv-metadata.json that describes them (CSV on the Web). `licence` is an address or a name;
 * it may be empty. None for a document without tables. Texts that a spreadsheet would take for
 * formulas have an apostrophe in front.
 */
struct companion {
    struct text name; /* "crime.csv" */
    struct text bytes;
    const struct table *table; /* NULL: it is the metadata */
};
struct companions {
    struct companion *items;
    size_t count;
    size_t capacity;
};
void csv_render(const struct document *document, struct text licence, struct arena *arena,
                struct companions *out);
/* Reads the finished file back and compares it with its table; false, with a message, when anything
 * is missing or different. */
bool csv_verify(const struct companion *companion, struct text path, struct arena *arena,
                struct diags *diags);

/*
 * Several documents as one PDF with one page sequence: an agenda pack before other people's pages
 * are put in. Each part starts on a new page.
 */
struct pdf_part {
    const struct document *document;
    struct text bookmark;     /* title of the part's top bookmark; empty: the document's title */
    struct text running_head; /* "Agenda item 6", in the page header; empty: none */
    /* Pages that somebody else's PDF will fill behind this part; the fonts then hold what they are
     * stamped with: digits and "Agenda item Page". */
    unsigned pages_after;
    unsigned first_page; /* out: page number of the part's first page, from 1 */
    unsigned page_count; /* out */
};
/* Before the number of the page of the pack that a link leads to: "#page 12". One to a page that
 * will be somebody else's leads to its own page, and has the number in its /PackPage, until that
 * page is there. No name in a document has a space. */
#define LINK_TO_PAGE "#page "
bool pdf_render_parts(struct pdf_part *parts, size_t count, struct text title, struct text language,
                      struct date date, struct arena *arena, struct diags *diags,
                      struct text *bytes);

/* The versions of libxlsxwriter, libharu and libdeflate (that it was built with). */
const char *write_xlsx_library(void);
const char *write_pdf_library(void);
const char *write_deflate_library(void);

#endif
