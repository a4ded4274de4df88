/*
 * template - what a report contains: report.ini says what stands where, Markdown has the words.
 *
 * A template is a folder NAME looked for in the job's `templates/`, then in `templates/` of the
 * folder the program runs in, then where `make install` put them; each of its files is looked for
 * on its own, so a job can replace the words alone. report.ini has
 *
 *     [report]       title, subtitle, narrative, numbering, orientation, contents, fields,
 *                    draft
 *     [table NAME]   kind and what that kind needs
 *     [chart NAME]
 *     [key NAME]
 *     [grid NAME]    boxes with headings and points
 *     [panel NAME]   figures in large type
 *
 * and the narrative places them: a paragraph that holds only ![caption](table:NAME).
 */
#ifndef TEMPLATE_TEMPLATE_H
#define TEMPLATE_TEMPLATE_H

#include "base/ini.h"
#include "document/document.h"

enum numbering { NUMBERING_NONE, NUMBERING_SECTIONS, NUMBERING_PARAGRAPHS };

struct report_template {
    struct text name;
    struct ini ini;
    const struct ini_section *report;
    enum numbering numbering;
    enum page_form form;
    enum contents contents;
    bool is_draft;
    bool appendices_run_on;
    struct texts folders;  /* where its files are looked for */
    struct texts pictures; /* paths of those that were read */
    struct texts fields;   /* of the front block, in order */
    struct text narrative_path;
    struct text narrative; /* Markdown */
    struct text said;      /* of it, as assemble() found: struct narrative; empty before */
};

/* Where templates are looked for, in that order. */
struct text template_find(struct arena *arena, const struct texts *folders, struct text name,
                          const char *file);

/*
 * Reads and checks the template. False when there is none; other problems are told and leave a
 * template that can still be filled, so that one run reports everything. `place` is where the job
 * names it.
 */
bool template_load(struct arena *arena, struct diags *diags, const struct texts *folders,
                   struct text name, struct place place, struct report_template *out);

/*
 * style.ini of the first of the folders that has one; the defaults when none has. Colours, sizes
 * and files that cannot be used are errors, which leave the default in their place.
 */
const struct style *template_style(struct arena *arena, struct diags *diags,
                                   const struct texts *folders);

/*
 * The picture of that name: beside the template's files, or in the job's folder. NULL with a
 * message at `place`.
 */
const struct raster *template_picture(struct arena *arena, struct diags *diags,
                                      struct report_template *template, struct text job_folder,
                                      struct text name, struct place place);

/* The section that a placement names ("table", "crime"), or NULL. */
const struct ini_section *template_part(const struct report_template *template, struct text kind,
                                        struct text name);

/*
 * Gives the text for a {{name | format}}; several formats come with their bars. False when there is
 * none; *out is then the rest of the message: "did you mean …".
 */
struct resolver {
    bool (*resolve)(void *context, struct text name, struct text format, struct text *out);
    void *context;
};

/*
 * `raw` with each {{name | format}} replaced; values are never looked at for placeholders again.
 * An unknown name, an unknown format and an unclosed "{{" are errors at their place.
 */
struct text placeholder_fill(struct arena *arena, struct diags *diags,
                             const struct resolver *resolver, struct text raw, struct place place);

/*
 * What conditions and loops of the narrative ask. `place` is where they stand.
 */
struct flow {
    /* Whether what {{if NAME}} names is there: a fact, or "source NAME". */
    bool (*holds)(void *context, struct diags *diags, struct text name, struct place place);
    /* Opens {{each FIELD of SOURCE}}, of so many turns; false, with a message, when it cannot. */
    bool (*open)(void *context, struct diags *diags, struct text field, struct text source,
                 struct place place, size_t *turns);
    /* Facts are those of that turn from then on; the number that its placements carry. */
    size_t (*turn)(void *context, size_t i);
    void (*close)(void *context);
    /* The fact with its emphasis, where it is a cell of an export; else false. */
    bool (*cell)(void *context, struct text name, struct rich *out);
    void *context;
};

/* A {{ref NAME | FORMAT}}: its span is empty and has the link REFERENCE_LINK and its number. */
#define REFERENCE_LINK "ref:"
struct reference {
    struct text name;
    struct text format;
    struct place place;
};
struct references {
    struct reference *items;
    size_t count;
    size_t capacity;
};

/* An appendix of the report: a heading "Appendix: TITLE" with the next letter. */
struct appendix {
    struct text letter; /* "A" */
    struct text title;
    struct text slug;
    struct text anchor; /* its label or, without one, made of its slug */
};
struct appendices {
    struct appendix *items;
    size_t count;
    size_t capacity;
};

/*
 * CommonMark to blocks, placeholders filled after parsing so that data never becomes markup.
 * Level-1 headings come out as level 2 (level 1 is the title of the document), their number empty,
 * or HEADING_UNNUMBERED where "{-}" stood at the end; appendices have theirs ("Appendix A").
 * Placements come out as BLOCK_PLACEMENT. A quote comes out as notes, or as a call-out when
 * it begins with bold words and a colon. A fact alone in a paragraph becomes the paragraphs and
 * lists of its text. Footnotes come out as notes behind the block that refers to them first. `flow`
 * may be NULL: then there are no conditions and loops. Raw HTML, code, and images inside text are
 * errors, as are links other than http, https, mailto, lang and #anchor.
 */
struct narrative {
    struct blocks blocks;
    struct appendices appendices;
    struct references references;
    struct texts left_out; /* "table:crime": placed in a part that a condition leaves out */
    struct text said;      /* the Markdown, with blank lines for what conditions leave out */
};
bool narrative_parse(struct arena *arena, struct diags *diags, const struct resolver *resolver,
                     const struct flow *flow, struct text path, struct text markdown,
                     struct narrative *out);

/* Marks a heading that is not numbered: its number until assemble has seen it. */
#define HEADING_UNNUMBERED TEXT("-")

/* The version of cmark. */
const char *template_markdown_library(void);

#endif
