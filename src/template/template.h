/*
 * template - what a report contains: report.ini says what stands where, Markdown has the words.
 *
 * A template is a folder NAME looked for in the job's `templates/`, then in `templates/` of the
 * folder the program runs in, then where `make install` put them; each of its files is looked for
 * on its own, so a job can replace the words alone. report.ini has
 *
 *     [report]       title, subtitle, narrative, numbering, orientation, contents, fields
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
    struct texts folders;  /* where its files are looked for */
    struct texts pictures; /* paths of those that were read */
    struct texts fields;   /* of the front block, in order */
    struct text narrative_path;
    struct text narrative; /* Markdown */
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
 * Gives the text for a {{name | format}}. False when there is none; *out is then the rest of the
 * message: "did you mean …".
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

/* An appendix of the report: a heading "Appendix: TITLE" with the next letter. */
struct appendix {
    struct text letter; /* "A" */
    struct text title;
    struct text slug;
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
 * it begins with bold words and a colon. Footnotes come out as notes behind the block that refers
 * to them first. Raw HTML, code, and images inside text are errors, as are links other than http,
 * https, mailto, lang and #anchor.
 */
struct narrative {
    struct blocks blocks;
    struct appendices appendices;
};
bool narrative_parse(struct arena *arena, struct diags *diags, const struct resolver *resolver,
                     struct text path, struct text markdown, struct narrative *out);

/* Marks a heading that is not numbered: its number until assemble has seen it. */
#define HEADING_UNNUMBERED TEXT("-")

/* The version of cmark. */
const char *template_markdown_library(void);

#endif
