/*
 * pdf_int - the layout of a PDF: what layout*.c, chart.c and pdf*.c share.
 *
 * A PDF is made in three steps: layout_blocks.c and layout_table.c turn blocks into strips (slices
 * of the page that are never cut), layout_pages.c and layout_rows.c put strips on pages, pdf.c
 * draws the pages on a canvas. A document is laid out once to know its pages and once, a block at a
 * time, to draw them. Only the canvas knows libharu. Lengths are points (1/72 inch); y grows
 * downwards from the top of the page.
 */
#ifndef WRITE_PDF_INT_H
#define WRITE_PDF_INT_H

#include "write/write.h"

#include <stdint.h>

/* ---- text: layout.c ---- */

/* Measures text; the fonts are the combinations of SPAN_BOLD and SPAN_ITALIC. */
enum { FONTS = 4 };
struct metrics {
    /* In 1/1000 em. A soft hyphen has no width, unless it is all of the text. */
    long (*width)(struct metrics *metrics, unsigned font, struct text text);
    void *context;
    uint32_t missing; /* the first character without a glyph, UTF8_INVALID for bad bytes, or 0 */
};

/* A part of one span on one line. */
struct piece {
    size_t span;
    /* With the space behind it, where words follow; ends with a soft hyphen where one shows. */
    struct text text;
    double x;     /* from the start of the line */
    double width; /* without that space */
};
struct line {
    struct piece *pieces;
    size_t count;
    double width;
};
struct lines {
    struct line *items;
    size_t count;
    size_t capacity;
};

/*
 * Breaks spans into lines of at most `width` at spaces, after hyphens and slashes between letters
 * and at line feeds; not within an address nor between a word and its number, unless these are
 * wider than a line. A word wider than that is broken between characters, and only a single
 * character (with its combining marks) may be wider. A soft hyphen shows at the end of a line
 * alone. `style` is added to each span's own. No text is lost: the pieces in order are the text but
 * for white space at line ends and soft hyphens.
 */
struct lines layout_lines(struct arena *arena, struct metrics *metrics, const struct spans *spans,
                          unsigned style, double size, double width);
/* The same of a title: two lines are about as long, or end where it pauses, behind ":" or ";". */
struct lines layout_title_lines(struct arena *arena, struct metrics *metrics,
                                const struct spans *spans, unsigned style, double size,
                                double width);

/* ---- layout_words.c: where lines end ---- */

/* Whether a line may end between two characters of one word: "and/|or", "follow-|up", not "2021/22"
 * or "-5". */
bool words_may_break(uint32_t before, uint32_t last, uint32_t next);
/* Whether a word is an address of the web or of mail. */
bool words_is_address(struct text word);
/* How much of a pity it is to end a line at some place. */
enum hold {
    HOLD_NONE,
    HOLD_FEW,  /* where a line has no room for both sides: "Quarter |1", "example.org/|crime" */
    HOLD_MANY, /* where it has none for what is between the others: "example|.org" */
    HOLD_WHOLE /* never */
};
enum { HOLDS = 2 };
/* Of an address before byte `at`: behind "/", "@", "-" and "_", and before ".", "?", "&" and "=",
 * since a full stop at the end of a line ends it. */
enum hold words_address_hold(struct text text, size_t at);
/* Of a word and the next: "Quarter" "1", "Appendix" "A", "3" "March", "£1.2" "million", "Licence"
 * "v3.0" belong together. */
enum hold words_hold(struct text word, struct text next);

/* How wide a text wants to be: its widest unbreakable word, the same with the number that belongs
 * to it ("Quarter 1"), and all of it on one line. */
struct extent {
    double least;
    double held;
    double natural;
};
struct extent layout_extent(struct arena *arena, struct metrics *metrics, const struct spans *spans,
                            unsigned style, double size);

struct column_need {
    double least;
    double natural;
    bool long_text;
    bool firm; /* figures: not narrowed while a column of words can be */
};
/*
 * Shares `available` out among columns: each gets at least its widest word, short columns up to
 * their natural width, columns of long text what these leave. When even the words don't fit, the
 * widest columns that are not firm give way, then the firm ones. The widths add up to at most
 * `available`.
 */
void layout_columns(const struct column_need *needs, size_t count, double available,
                    double *widths);

/* What the words of a cell take: in one line, and at least how many lines. */
struct cell_need {
    double length;
    double lines;
};
/*
 * layout_balance.c: moves width between columns of words as long as that makes the rows lower
 * altogether; none gets narrower than its widest word, nor a column of short text than its widest
 * cell. `cells` are row by row, `sides` is what a
 * column has beside its text. The sum of the widths stays.
 */
void layout_balance(struct arena *arena, const struct column_need *needs,
                    const struct cell_need *cells, size_t rows, size_t count, double sides,
                    double *widths);

/* ---- what stands on a page ---- */

/*
 * An element of the structure tree, or NULL for an artifact. The element is made when its first
 * content is drawn, so elements stand in reading order.
 */
struct element;
enum { HEADERS = 4 };
struct tag {
    const char *type;       /* "P", "TH" */
    struct tag *parent;     /* NULL: the document */
    const char *attributes; /* PDF source of /A, or NULL */
    struct text alt;
    struct text language;         /* of its words; empty: as what it stands in */
    struct text says;             /* of a link: what it is called in a list of links */
    struct text expansion;        /* what its short form stands for; or empty */
    bool is_named;                /* has an /ID, which `headers` of others may point to */
    struct tag *headers[HEADERS]; /* cells that say what this cell is; NULL behind the last */
    unsigned name;                /* pdf_tags.c's, as is the element */
    struct element *element;
};
struct tag *tag_new(struct arena *arena, struct tag *parent, const char *type);

enum item_kind {
    ITEM_TEXT,        /* x, y: start of the baseline */
    ITEM_MARK,        /* the same of a text that decorates words: an artifact */
    ITEM_FILL,        /* a rectangle */
    ITEM_STATUS,      /* the shape of a RAG status */
    ITEM_CHART,       /* a picture of it */
    ITEM_IMAGE,       /* a raster */
    ITEM_TAG,         /* nothing drawn: makes the element of an empty cell */
    ITEM_BOOKMARK,    /* text at `level` in the outline */
    ITEM_ANCHOR,      /* text: a name that links go to */
    ITEM_PAGE_NUMBER, /* of the page where the anchor `text` stands; ends at x */
};
struct item {
    enum item_kind kind;
    enum colour colour;
    unsigned font;
    unsigned level;
    enum rag rag;
    struct tag *tag;
    double x, y, width, height;
    double size;
    struct text text;
    struct text link;   /* where a click on the text leads; empty: nowhere */
    struct place place; /* for messages about the link */
    const struct picture *picture;
    const struct raster *raster;
};

struct flow;

/* A slice of the page that is never cut, with its items relative to its top and the left margin. */
struct strip {
    double space_before; /* none at the top of a page */
    double height;
    bool keep_next;    /* no page break behind it */
    bool prefers_next; /* none unless it would leave much of a page empty */
    bool new_page;     /* begins a page, of the form `form` */
    bool runs_on;      /* … unless half of a page of that form is left */
    enum page_form form;
    struct item *items;
    size_t count;
    size_t capacity;
    struct strip_row *row;       /* instead of items: cells side by side, which may be cut */
    const struct strips *repeat; /* what is drawn again when a page begins here */
    struct page_note *notes;     /* that it refers to first, in order; NULL: none */
};
struct strips {
    struct strip *items;
    size_t count;
    size_t capacity;
};
/* A footnote, which stands at the foot of the page where it is referred to. */
struct page_note {
    struct strips lines; /* each with what is said again above it where a page begins with it */
    struct page_note *next;
};

/* Ground of a cell, as high as its row. */
struct strip_box {
    double x, width;
    double bar_above, bar_left; /* thickness, in COLOUR_ACCENT; 0: none */
};
/*
 * A cell beside several rows. Its strips run on from one row to the next, whatever the heights of
 * these; the last row is as high as what is left of them needs.
 */
struct strip_span {
    struct strips content;
    struct strips again; /* what stands on a page that begins when the content has ended */
    struct tag *tag;
    const struct strip_row *first; /* until that is placed */
    const struct strip_row *last;  /* NULL: to come */
    bool is_long;                  /* it outlasts rows that it stands beside */
    double x, width;               /* of its column: no rule crosses it but below the last row */
    double above;                  /* height of the rows before the last one */
    const struct strips *shown;    /* the pager's, as is what follows: NULL before it begins */
    size_t at, from;               /* next strip, and the first on this page */
    size_t page;
    double y; /* of the next strip */
};
struct strip_row {
    struct strips *cells;
    size_t count;
    struct strip_span **spans; /* one a cell, NULL where the cell is of this row alone; or NULL */
    struct strip_box *boxes;   /* one a cell, with COLOUR_TINT; or NULL */
    double x, width;           /* of fill and rules */
    double padding;            /* above and below the cells */
    bool filled;               /* with COLOUR_TINT */
    double rule_above, rule_below; /* thickness; 0: none */
    enum colour rule_colour;
    /* What is said across the columns, from that of the name on, above each part of the row but the
     * first; NULL: nothing. */
    const struct strips *again;
    size_t name; /* its cell: while that goes on itself, it needs no more */
};

/* Takes what is placed on pages, in the order in which it is drawn. */
struct page_sink {
    /* Page `page` (from 0) begins, or takes another form before anything is drawn on it. */
    void (*page)(void *context, size_t page, enum page_form form);
    /* Relative to the page's top left corner; valid during the call. */
    void (*item)(void *context, const struct item *item);
    void *context;
};
struct page {
    enum page_form form;
    struct item *items; /* relative to the page's top left corner */
    size_t count;
    size_t capacity;
};
struct pages {
    struct page *items;
    size_t count;
    size_t capacity;
};

/* Sides of A4, and margins of about 20 mm. */
extern const double page_short, page_long, page_margin;
/* In em: lines of text don't grow with the paper beyond what the eye can follow. */
extern const double longest_line;
double page_width(enum page_form form);
double page_height(enum page_form form);

struct strip *strips_add(struct arena *arena, struct strips *strips);
struct item *strip_add(struct arena *arena, struct strip *strip, enum item_kind kind,
                       struct tag *tag);
/* Puts an item before those of a strip that is already there: numbers, bullets, anchors. */
struct item *strip_add_first(struct flow *flow, struct strip *strip, enum item_kind kind,
                             struct tag *tag);
double strips_height(const struct strips *strips);
double row_height(const struct strip_row *row);

/*
 * Puts strips on pages. Strips that keep with the next stay together when a page can hold them.
 * What prefers to stand together does so, and a row is kept whole, while that leaves no more than a
 * quarter of a page empty; rows are cut between the lines of their cells, where that leaves three
 * lines or more. The sink's first page begins at once.
 */
struct pager *pager_new(struct arena *arena, enum page_form form, const struct page_sink *sink);
/* Places strips from *from on and moves it behind them; those that may have to keep with one that
 * is still to come wait for it unless these are the `last`: these end the last page. `arena` is for
 * the call alone. */
void pager_place(struct pager *pager, struct arena *arena, const struct strips *strips,
                 size_t *from, bool last);
/* Takes the memory of strips that are placed, and returns what others may be made of: the same,
 * emptied, or new memory while notes wait for the end of their page. */
struct arena *pager_give(struct pager *pager, struct arena *arena);
/* The same of strips that are all there, into a list. */
struct pages layout_pages(struct arena *arena, const struct strips *strips, enum page_form form);

/* The headings of a document, and what its contents are made of. */
struct outline_entry {
    unsigned level;
    struct text number, words;
    struct text anchor;
};
struct outline {
    struct arena *arena; /* of the texts */
    struct outline_entry *items;
    size_t count;
    size_t capacity;
    const struct strips *strips;    /* the document's */
    const struct outline *contents; /* what stands in front of the first heading below the title;
                                       NULL: nothing */
    bool is_placed;                 /* that heading has been */
};

/* What tables need, in the order of the document: measured the first time that it is laid out. */
struct table_measure;
struct form_measure;
struct width_list {
    struct arena *arena;
    struct table_measure *items;
    size_t count;
    size_t capacity;
    size_t next;                /* table of this pass */
    struct form_measure *forms; /* of each table that was asked for one */
    size_t form_count;
    size_t form_capacity;
    size_t next_form;
};

/*
 * Where a document's strips go when they are complete, to be placed and forgotten. Rows of a long
 * table are of memory of their own, which is used again while the table is laid out; so is, group
 * by group, what several rows share.
 */
struct stream {
    struct pager *pager;
    struct strips *strips;
    size_t from;      /* the first that is not placed */
    size_t forgotten; /* since a block began with nothing to be remembered */
    struct arena *rows, *groups;
};

/* Footnotes of a document, which are blocks behind those that refer to them. */
struct footnotes_at {
    const struct blocks *blocks; /* the document's */
    size_t at;                   /* the one that is added */
    const struct strips *strips; /* of pages: what stands in rows has its notes below them */
    struct tag *tag;             /* the parent of notes */
    bool *is_placed;             /* one a block: it stands at the foot of a page */
};

/* Turns blocks into strips. */
struct flow {
    struct arena *arena;
    struct stream *stream; /* of the document; NULL: strips are kept */
    struct metrics *metrics;
    struct diags *diags;
    const struct style *style;
    const struct short_forms *short_forms; /* that are said in full; NULL: none */
    struct strips *strips;                 /* where the next strip is added */
    const struct document *document;
    struct tag *tag;           /* the parent of what is added; NULL: the document, or an artifact */
    bool artifact;             /* drawn again: no tags */
    bool is_title;             /* lines are balanced */
    double x, width;           /* the column that is filled, from the left margin */
    double size, leading;      /* of paragraphs */
    double gap;                /* between blocks */
    double hang;               /* of the text behind the numbers of the section's paragraphs */
    bool in_box;               /* its headings are those of a box */
    enum page_form form;       /* of the page that is filled */
    enum page_form home;       /* … and of those that hold no table that needs another */
    const struct table *asked; /* the last that was asked for its form, and what it said */
    enum page_form answer;
    const struct block *next;  /* behind the block that is added; NULL: none */
    bool is_below_table;       /* that block is, or below a chart */
    unsigned level;            /* of the last heading */
    struct outline *outline;   /* takes the headings; or NULL */
    struct width_list *widths; /* of tables; NULL: each is measured */
    struct footnotes_at *feet; /* NULL: footnotes stand where they are added */
    unsigned note;             /* the footnote that is added; 0: none */
    struct place place;        /* of the block */
    size_t first;              /* strip of the block */
    struct text anchor;        /* that it is still to get; empty: none */
    /* Where in the block, for messages: NULL or a row (from 1; 0 the header) and column (from 0).
     */
    const struct table *table;
    size_t row, column;
    const struct chart *chart;
};
struct text_style {
    unsigned style;
    double size, leading;
    enum colour colour;
    bool align_right;
};
/* layout_styles.c: sizes are those of the default style where its body has the default size, and in
 * proportion to the body's elsewhere; it is never smaller. */
double flow_scale(const struct flow *flow);
struct text_style flow_scaled(const struct flow *flow, struct text_style style);
/* Of paragraphs of the flow, whatever it fills; `style`: of spans. */
struct text_style flow_body_style(const struct flow *flow, unsigned style);
/* Captions; and what stands below tables and at the foot of a page. */
struct text_style flow_caption_style(const struct flow *flow);
struct text_style flow_small_style(const struct flow *flow);

/* A document that is laid out: the first time for its headings and pages, then to be drawn. */
struct layout {
    struct arena *arena; /* of what is still there when the pages are gone */
    struct metrics *metrics;
    struct diags *diags;
    const struct document *document;
    struct tag *root;         /* the element that holds it; NULL: the document's */
    struct width_list widths; /* kept from one time to the next */
};
/*
 * Lays a document out with its title page, a block after the other, into `sink`; of blocks that
 * are on their pages nothing is kept. The outline, whose `contents` and `arena` are set, gets the
 * headings.
 */
void layout_stream(struct layout *layout, struct outline *outline, const struct page_sink *sink);
/* The same into strips, all at once. */
void layout_document(struct arena *arena, struct metrics *metrics, struct diags *diags,
                     const struct document *document, struct tag *root, struct strips *strips,
                     struct outline *outline);
/* Whether what is added to the flow can be passed on before its block is complete. */
bool flow_is_streamed(const struct flow *flow);
/*
 * Places the strips of the stream that don't keep with one that is still to come. Returns whether
 * all of them have been, and `forget` that and their memory.
 */
bool flow_pass_on(struct flow *flow, bool forget);
/* layout_blocks.c */
/* Gives the block that is being added the anchor that links to it go to. */
void flow_set_anchor(struct flow *flow);
void flow_blocks(struct flow *flow, const struct blocks *blocks);
void flow_block(struct flow *flow, const struct blocks *blocks, size_t i);
/* What follows stands on a new page of that form. */
void flow_page_break(struct flow *flow, enum page_form form);
void flow_table(struct flow *flow, const struct table *table);
/* Strips from `first` on stay on one page, when that is no more than `share` of it. */
void flow_keep_together(struct flow *flow, size_t first, double share);
/* What is added next belongs to what stands above it: a key, or a note. */
bool flow_belongs(const struct block *next);
/* layout_widths.c: the narrowest page, from `home` on, on which no word of the table is broken. */
enum page_form table_form(const struct flow *flow, const struct table *table, enum page_form home);

/*
 * layout_turn.c: adds block `i` of the document, which may turn the page: a wide table, with the
 * headings and keys directly above it, stands on a page that it fits on, and what follows on one of
 * the form of before, unless that is a few lines above another such table.
 */
void flow_turned(struct flow *flow, const struct blocks *blocks, size_t i);
/* Before the title is added: its page has the form of the first table where nothing else would
 * stand on it. `blocks`: those behind the title. */
void flow_turn_title(struct flow *flow, const struct blocks *blocks);

/* layout_notes.c: footnotes at the foot of pages */

/* Those of a document whose strips are `flow`'s. */
void notes_begin(struct flow *flow, struct arena *arena, const struct blocks *blocks);
/* Told of each block of the document before it is added; false: it stands at a page's foot. */
bool notes_follow(struct flow *flow, const struct block *block);
/* The strip has a reference to footnote `number`. */
void notes_refer(struct flow *flow, struct strip *strip, unsigned number);
/* Keeps the last of the strips from `first` on with footnotes that stand below them. */
void notes_stay(struct flow *flow, size_t first);

/* layout_contents.c */

/* Whether a document of that many pages begins with its contents. */
bool wants_contents(const struct document *document, size_t pages);
/* Told of each heading below the title before it is added: contents stand in front of the first. */
void outline_begin(struct flow *flow);
/* Names of headings that the contents lead to begin so: with a space, which no name in a document
 * has. */
#define CONTENTS_ANCHOR "heading "
/* Adds a heading; returns the name that its anchor must have. */
struct text outline_add(struct outline *outline, struct outline_entry entry);

/* layout_boxes.c */
void flow_callout(struct flow *flow, const struct blocks *blocks);
void flow_grid(struct flow *flow, const struct theme_grid *grid);
void flow_panel(struct flow *flow, const struct panel *panel);
void flow_image(struct flow *flow, const struct image *image);
void flow_logo(struct flow *flow); /* nothing when the style has none */

/* layout_text.c */

/* Letters and marks that are read from right to left, which no line here can hold. */
bool is_right_to_left(uint32_t point);
/* A tag for what is added to the flow; NULL in artifacts. */
struct tag *flow_tag(struct flow *flow, struct tag *parent, const char *type);
/* A note, which has a name of its own (ISO 14289-1, 7.9). */
struct tag *flow_note_tag(struct flow *flow);
/* A list whose labels are words, or that has none (ISO 32000-1, table 347). */
struct tag *flow_unnumbered_tag(struct flow *flow);
/* A picture with the words for it; its caption is the first thing in it (7.3). */
struct tag *flow_figure_tag(struct flow *flow, struct text alt);
/* Reports a character that no font has and forgets it. */
void flow_check_glyphs(struct flow *flow);
/* Spans as lines, one strip each; returns the number of strips added. */
size_t flow_spans(struct flow *flow, struct tag *tag, const struct spans *spans,
                  struct text_style style);
/* The width of a text on one line. */
double flow_text_width(struct flow *flow, struct text text, struct text_style style);
/* Makes an item a text that stands in a line of that style, `x` from the left edge. */
void item_set_text(struct item *item, double x, struct text text, struct text_style style);

/* ---- drawing: pdf_canvas.c and those of pdf_canvas_int.h, pdf_tags.c ---- */

struct canvas;
struct canvas_properties {
    struct text title;
    struct text author;
    struct text language;
    struct date date; /* of creation; unknown: none is written */
    const struct style *style;
};
/* NULL, with a message, when the library cannot start. */
struct canvas *canvas_new(struct arena *arena, struct diags *diags,
                          const struct canvas_properties *properties);
void canvas_free(struct canvas *canvas);
struct metrics *canvas_metrics(struct canvas *canvas);
/* Adds a page behind the others; pages count from 0. */
void canvas_add_page(struct canvas *canvas, enum page_form form);
/* What is drawn next goes on that page. Each page is opened once, in order. */
void canvas_open_page(struct canvas *canvas, size_t page);
void canvas_close_page(struct canvas *canvas);
/* Content of `tag` follows, or of an artifact, whose dictionary `artifact` is. */
void canvas_begin(struct canvas *canvas, struct tag *tag, const char *artifact);
void canvas_end(struct canvas *canvas);
void canvas_text(struct canvas *canvas, double x, double y, unsigned font, double size,
                 enum colour colour, struct text text);
/* Large and pale across the page, from its lower left to its upper right corner. */
void canvas_mark(struct canvas *canvas, struct text text);
void canvas_rectangle(struct canvas *canvas, double x, double y, double width, double height,
                      enum colour colour);
/* A picture that fills a rectangle. */
void canvas_raster(struct canvas *canvas, double x, double y, double width, double height,
                   const struct raster *raster);
void canvas_circle(struct canvas *canvas, double x, double y, double radius, enum colour colour);
struct point {
    double x, y;
};
void canvas_polygon(struct canvas *canvas, const struct point *points, size_t count,
                    enum colour colour);
/* Makes the element of a tag without content. */
void canvas_touch(struct canvas *canvas, struct tag *tag);
/* An address as PDF wants it, in ASCII and with its scheme; empty when it isn't one of the schemes
 * that a published document may lead to. */
struct text link_address(struct arena *arena, struct text link);
/* What a link with these words to that address is called: they may not say that it leaves the
 * document, and where to. */
struct text link_words(struct arena *arena, struct text words, struct text address);
/*
 * A place to click over `where`, of an item whose tag is the Link element; `says` is what it is
 * called. Of one element all places on a page are one annotation. To an address, or to that height
 * of a page.
 */
void canvas_link_address(struct canvas *canvas, const struct item *where, struct text says,
                         struct text address);
void canvas_link_page(struct canvas *canvas, const struct item *where, struct text says,
                      size_t page, double y);
/* To the page of a pack with that number, which the file does not have yet. */
void canvas_link_later(struct canvas *canvas, const struct item *where, struct text says,
                       size_t number);
/* An entry of the outline below the nearest entry before it with a smaller level. */
void canvas_bookmark(struct canvas *canvas, unsigned level, struct text title, size_t page,
                     double y);
/* Readers open the file with its bookmarks beside it. */
void canvas_show_bookmarks(struct canvas *canvas);
/* The finished file; false, with a message, when anything went wrong on the way. */
bool canvas_finish(struct canvas *canvas, struct text *bytes);

/* Between canvas and tags; pages and annotations are known by their objects' numbers. */
struct tags;
struct pdf_file;
struct tags *tags_new(struct arena *arena);
/* What is drawn next is on that page; returns its key in the parent tree. */
size_t tags_open_page(struct tags *tags, unsigned page);
/* Writes the operator that begins content of `tag` on the open page. */
void tags_begin(struct tags *tags, struct tag *tag, struct buffer *content);
void tags_touch(struct tags *tags, struct tag *tag);
/* Returns the annotation's key. */
size_t tags_annotation(struct tags *tags, struct tag *tag, unsigned annotation);
size_t tags_count(const struct tags *tags); /* of elements */
/* The tree as object `root`, and all that belongs to it as objects from `first` on. */
void tags_write(struct tags *tags, struct pdf_file *file, unsigned root, unsigned first);

/* ---- pdf_furniture.c ---- */

/* What a page has beside its content: on its left the words of a document, of at most two lines, on
 * its right the running head of a pack and the number of the page. */
struct furniture {
    struct arena *arena; /* of what is needed for the page alone */
    struct canvas *canvas;
    const struct document *document;
    enum page_form form;
    bool is_first; /* of the document */
    struct text running_head, number;
};
/* Before the content of a page is drawn, and behind it. */
void furniture_begin(const struct furniture *page);
void furniture_end(const struct furniture *page);
/* Reports what no font has, and a header or footer of a style that is cut. `is_stamped`: pages that
 * follow are stamped with these fonts. */
void furniture_check(const struct furniture *page, struct diags *diags, bool is_stamped);

/* ---- chart.c ---- */

/* What a chart is drawn as: one picture, or several where one page could not hold it. */
struct picture;
struct pictures {
    struct picture *items;
    size_t count;
    size_t capacity;
};
/* Of at most that width; each at most `room` high, unless one row of it is higher. All of it is as
 * much larger than usual as tables whose text has `table_size`. */
struct pictures chart_pictures(struct arena *arena, struct metrics *metrics,
                               const struct chart *chart, double width, double room,
                               double table_size);
double picture_height(const struct picture *picture);
const struct picture *pictures_item(const struct pictures *pictures, size_t i);
void picture_draw(struct canvas *canvas, const struct picture *picture, double x, double y);

void status_draw(struct canvas *canvas, enum rag rag, double x, double y, double size);

#endif
