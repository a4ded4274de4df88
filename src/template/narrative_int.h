/*
 * Shared by the files that read the narrative: narrative.c makes blocks of nodes, flow.c says which
 * nodes and how often, reference.c finds references and the labels that they go to,
 * narrative_lines.c has the lines of the Markdown itself.
 */
#ifndef TEMPLATE_NARRATIVE_INT_H
#define TEMPLATE_NARRATIVE_INT_H

#include "template/template_int.h"

/* Of cmark, whose header one file alone includes. */
struct cmark_node;

enum line_state { LINE_OTHER, LINE_LEFT_OUT, LINE_SAID };

/* What is being converted, and where problems are told. */
struct reader {
    struct arena *arena;
    struct diags *diags;
    const struct resolver *resolver; /* the caller's, with the appendices in front */
    const struct flow *flow;         /* NULL: no conditions and loops */
    struct text path;
    struct narrative *out;
    /* What is done with a node that is no condition or loop. */
    void (*visit)(struct reader *reader, struct cmark_node *node, struct blocks *blocks);
    size_t appendix;      /* how many were met */
    size_t scope;         /* of the turn of a loop; 0: in none */
    unsigned loops;       /* that are open */
    unsigned char *lines; /* enum line_state, from line 1; NULL: they are not asked for */
    unsigned depth;       /* of blocks and inlines within each other */
    struct footnotes notes;
    const char *plain_in; /* what has no notes and languages: "a caption"; NULL: it may */
    struct text language; /* of the words being read; empty: the report's */
};

/* narrative.c */
struct place narrative_place(const struct reader *reader, struct cmark_node *node);
struct cmark_node *narrative_next(struct cmark_node *node);
/* Remembers of its lines whether a condition leaves them out: what one turn of a loop says is said.
 */
void narrative_mark(struct reader *reader, struct cmark_node *node, enum line_state state);
/* All that a paragraph holds, when it is plain words; else the empty text. */
struct text narrative_words(struct cmark_node *node);
/* "table:crime" of a paragraph that places it; else the empty text. */
struct text narrative_placed(struct cmark_node *node);

/* narrative_lines.c: false, with a message, for bytes that Markdown cannot hold. */
bool narrative_is_clean(struct diags *diags, struct text path, struct text markdown);
size_t narrative_lines(struct text markdown);
/* The words with what conditions left out as blank lines: places in it stay. */
struct text narrative_said(const struct reader *reader, struct text markdown);

/* flow.c: the nodes from `node` on, as conditions and loops have it. */
void flow_read(struct reader *reader, struct cmark_node *node, struct blocks *blocks);
/* True for what stands between {{ and }} of a condition or loop. */
bool flow_is_control(struct text inside);

/* reference.c: cuts `raw` at its first {{ref NAME | FORMAT}}: *inside is "NAME | FORMAT". */
bool reference_find(struct text raw, struct text *before, struct text *inside, struct text *after);
/* The span that stands for it until assemble has seen all numbers. */
struct span reference_add(struct reader *reader, struct text inside, unsigned style,
                          struct place place);
bool reference_stands_in(const struct spans *spans);

/* Cuts a mark that stands at the end of what was written off the spans that were made of it. */
void reference_cut_mark(struct spans *spans, struct text mark);
/*
 * A label "{#name}" at the end of `raw`, the last words as they were written (data is no label), is
 * cut off the spans and becomes *anchor. What is left of `raw`.
 */
struct text reference_cut_label(struct reader *reader, struct text raw, struct place place,
                                struct spans *spans, struct text *anchor);

/* appendix.c: "Appendix: TITLE {#name}" gets the next letter, none when there is none left. */
#define APPENDIX_MARK "Appendix:"
void appendix_add(struct reader *reader, struct text raw);
/* That of the next such heading, in the order in which they were added; NULL: there is none. */
const struct appendix *appendix_next(struct reader *reader);
/* {{appendix.SLUG}} before the caller's names. */
bool appendix_resolve(void *context, struct text name, struct text format, struct text *out);

#endif
