/*
 * document - the second model: what a report says, in the order in which it says it.
 *
 * assemble.c settles wording, rounding, order, numbering and captions; layout.c settles widths and
 * page breaks; the renderers only draw. Texts are valid UTF-8 without control characters but for
 * line feeds inside plain cell text, which none is left of once blocks are made.
 */
#ifndef DOCUMENT_DOCUMENT_H
#define DOCUMENT_DOCUMENT_H

#include "base/decimal.h"
#include "base/diag.h"
#include "data/action.h"
#include "data/date.h"
#include "data/rich.h"
#include "data/short_forms.h"
#include "document/style.h"

enum span_style { SPAN_BOLD = RICH_BOLD, SPAN_ITALIC = RICH_ITALIC };

/* A run of text in one style. */
struct span {
    struct text text;
    unsigned style;
    struct text link;     /* web or mail address, or "#anchor" of a block; empty: none */
    struct text language; /* "cy"; empty: that of the document */
    unsigned note;        /* it names that footnote: "[note 1]"; 0: none */
    struct text says;     /* what a link is called apart from where it stands; empty: its words */
};
struct spans {
    struct span *items;
    size_t count;
    size_t capacity;
};

enum block_kind {
    BLOCK_HEADING,
    BLOCK_PARAGRAPH,
    BLOCK_LIST,
    BLOCK_TABLE,
    BLOCK_CHART,
    BLOCK_DEFINITIONS, /* terms with what they stand for: the front block of a report */
    BLOCK_KEY,         /* statuses in words and shapes with their meanings */
    BLOCK_NOTE,        /* a paragraph set off and small: method, caution, source */
    BLOCK_CALLOUT,     /* what a reader must not miss, in a box */
    BLOCK_GRID,        /* boxes side by side, read row by row: themes with their points */
    BLOCK_PANEL,       /* figures in large type, each with what it counts and compares with */
    BLOCK_IMAGE,
    BLOCK_PAGE_BREAK,
    BLOCK_PLACEMENT, /* only between template and assemble: "put table X here" */
};

struct block;
struct blocks {
    struct block *items;
    size_t count;
    size_t capacity;
};

struct heading {
    unsigned level;     /* 1 to 6; the title of the document is level 1 */
    struct text number; /* "2", "Appendix A", or empty; drawn before the text */
    struct spans spans;
};
struct paragraph {
    struct text number; /* "2.1", or empty */
    struct spans spans;
    unsigned footnote; /* of a BLOCK_NOTE: what `note` of spans refers to; 0: none */
};
struct list {
    bool ordered; /* 1. 2. 3.; else bullets */
    unsigned first;
    struct blocks *items; /* each a list of blocks, usually one paragraph */
    size_t count;
    size_t capacity;
};
struct definition {
    struct text term;
    struct blocks meaning;
};
struct definitions {
    struct definition *items;
    size_t count;
    size_t capacity;
};
struct key_item {
    enum rag rag;
    struct text meaning;
};
struct key {
    struct key_item *items;
    size_t count;
    size_t capacity;
};
struct theme_grid {
    struct text name;
    struct text caption; /* may be empty */
    unsigned columns;
    struct blocks *cells; /* each begins with its heading; row by row */
    size_t count;
    size_t capacity;
};
struct panel_fact {
    struct text figure;     /* "5,005" */
    struct text label;      /* "crimes recorded" */
    struct text comparator; /* "+675 (+15.6%) on 2020/21"; may be empty */
};
struct panel {
    struct text name;
    struct text caption; /* may be empty */
    unsigned columns;
    struct panel_fact *facts;
    size_t count;
    size_t capacity;
};
struct image {
    const struct raster *raster;
    struct text alt; /* never empty */
    struct text caption;
};
struct placement {
    struct text kind; /* "table", "chart", "list", "key", … */
    struct text name;
    struct spans caption;
    struct spans title; /* what stands in quotes behind the name */
    size_t scope;       /* number of the turn of a loop that it stands in; 0: in none */
};

struct block {
    enum block_kind kind;
    struct place place; /* in the template; none for what the program adds */
    struct text anchor; /* a name that links can go to; empty: none */
    bool runs_on; /* BLOCK_PAGE_BREAK: there is none where half of a page of its form is left */
    union {
        struct heading heading;
        struct paragraph paragraph; /* also BLOCK_NOTE */
        struct list list;
        struct table *table;
        struct chart *chart;
        struct definitions definitions;
        struct key key;
        struct blocks callout;
        struct theme_grid *grid;
        struct panel *panel;
        struct image image;
        struct placement placement;
        enum page_form form; /* BLOCK_PAGE_BREAK: of the pages that follow */
    };
};

/* How a number stands in a spreadsheet; `display` is what a reader of the PDF sees. */
enum number_format {
    FORMAT_NUMBER,         /* 1,234.5 */
    FORMAT_PERCENT,        /* 12.3%: number is 12.3, not 0.123 */
    FORMAT_SIGNED,         /* +12 */
    FORMAT_SIGNED_PERCENT, /* +12.3% */
    FORMAT_MONEY,          /* £1,234 */
    FORMAT_SIGNED_MONEY    /* +£1,234 */
};

enum cell_kind {
    CELL_EMPTY,  /* nothing to say; drawn blank */
    CELL_TEXT,   /* `display`, or `blocks` when it has structure */
    CELL_NUMBER, /* `number`, shown as `display` */
    CELL_DATE,
    CELL_RAG
};

/* How a cell comes from two others of its row, for workbooks that are to work it out again. */
enum cell_formula { FORMULA_NONE, FORMULA_DIFFERENCE, FORMULA_PERCENT_CHANGE };

struct cell {
    enum cell_kind kind;
    struct text display;   /* always set, also for RAG ("Green") and for text with blocks (plain) */
    size_t mark;           /* so much of `display`, "↑ ", is a mark in front of words that say as
                              much: a page shows it, but it is not read aloud */
    struct blocks blocks;  /* CELL_TEXT with paragraphs or lists; else none */
    struct decimal number; /* CELL_NUMBER: the unrounded value */
    enum number_format format;
    unsigned places; /* decimals shown */
    struct date date;
    enum rag rag;
    struct place place; /* in the export; none: the row's */
    enum cell_formula formula;
    unsigned now, before; /* columns that the formula rests on */
};

struct column {
    struct text header; /* unique in the table, never empty; with the unit where it has one */
    bool is_row_header; /* names the row; the first such column carries the scope */
    bool align_right;   /* figures stand below each other */
    bool is_number;     /* a sheet has numbers there: what is none stands in place of one */
    bool long_text;     /* updates: takes the width that the others leave */
    bool spans_rows;    /* equal cells of neighbouring rows stand once on a page: table_joins() */
    unsigned set;       /* columns of one set are equally wide on a page; 0: of none */
    /* On a page neighbours of one group stand below its name, "On 2020/21", each with `in_group`,
     * "Change", in place of its header: a header of two levels. Empty: of none. */
    struct text group, in_group;
};

enum row_kind { ROW_BODY, ROW_TOTAL, ROW_OF_WHICH, ROW_REMAINDER, ROW_OUTSIDE, ROW_COMPARATOR };

struct row {
    enum row_kind kind;
    struct text group;       /* rows of one group stand together below a band; empty: none */
    struct cell *cells;      /* one a column */
    struct cell *page_cells; /* one a column of a page; NULL: the same */
    struct place place;      /* in the export; none for what the program works out */
};
/* Where the words of a cell come from, for messages; empty file: not known. */
struct place cell_source(const struct row *row, const struct cell *cell);

/*
 * Rows that are not kept but made when they are asked for, from what lies behind them: a table of
 * every row of an export need not be held a second time. `make` fills in row `r` of the table,
 * always the same way; its cells are `arena`'s, but the name of its group lasts as the table does.
 */
struct row_source {
    void (*make)(const void *context, struct arena *arena, size_t r, struct row *out);
    const void *context;
};

struct table {
    struct text name;         /* unique in the document: anchor and sheet name come from it */
    struct text section;      /* [table SECTION] of the template; a loop makes several of it */
    struct text caption;      /* "Recorded crime in Harborough, 2019/20 to 2021/22" */
    struct text group_header; /* what the groups are ("Priority"); empty: no groups */
    struct column *columns;
    size_t column_count;
    struct column *page_columns; /* of a page, where the table is narrower; NULL: the same */
    size_t page_column_count;
    struct row *rows; /* NULL: `row_source` makes them; table_row() gives either */
    size_t row_count;
    size_t row_capacity;
    struct row_source row_source;
    struct text shorthand;      /* drawn above: what the markers in it mean; empty: it has none */
    struct text page_shorthand; /* the same of the columns of a page */
    struct texts notes;         /* drawn below: relations, cautions */
    struct text source;         /* "Source: …"; may be empty */
    bool explains;              /* it says what short forms stand for: they are not said in full */
    bool has_form;              /* its pages are of `form`, whatever it needs */
    enum page_form form;
};

enum chart_kind {
    CHART_BARS,     /* upright; with one series the change stands at the foot of each bar */
    CHART_ROWS,     /* bars that lie: long labels */
    CHART_LINES,    /* over time, a line a series, its label at its end */
    CHART_CONTROL,  /* one line, with mean and limits as `lines`; signals stand out */
    CHART_DOTS,     /* lying: a dot a series, with its range, against a line: a spine chart */
    CHART_MULTIPLES /* a small chart of lines or bars a series, in a grid */
};
enum chart_line_kind { LINE_MEAN, LINE_LIMIT, LINE_TARGET, LINE_BENCHMARK };
struct chart_line { /* across the plot, at one value */
    enum chart_line_kind kind;
    struct decimal value;
    struct text label; /* "Target: 95%" */
};
struct chart_point {
    bool present; /* false: a gap, and `display` says why: "[c]" */
    bool is_signal;
    bool has_range;
    bool is_after_break; /* what stands before it is of another kind: no line joins them */
    struct decimal value;
    struct decimal low, high; /* of the range */
    struct text display;
    struct text change; /* "+4.2%"; may be empty */
};
struct chart_series {
    struct text label;          /* for a legend, or a label of its own; one series may have none */
    struct chart_point *points; /* one a category */
    size_t column;              /* of the data table */
    size_t row;                 /* of its first point, behind the chart's first row */
    bool is_benchmark;          /* of MULTIPLES: drawn with the series before it, in its chart */
    struct chart_line *lines;   /* of MULTIPLES: across its chart alone */
    size_t line_count;
};
struct chart {
    enum chart_kind kind;
    struct text name;
    struct text caption;
    struct text alt;          /* what the picture shows, in words, made from the data */
    struct text value_title;  /* "Crimes recorded, 2021/22" */
    struct text change_title; /* "Change on 2020/21"; empty: no changes */
    struct texts categories;
    struct chart_series *series;
    size_t series_count;
    struct chart_line *lines;
    size_t line_count;
    struct table *data; /* the same figures as a table; drawn after the chart */
    size_t first_row;   /* of `data`: category i is row first_row + i; SIZE_MAX: they are none */
    bool lies;          /* points of a series are one row of `data`, from its column on */
    unsigned columns;   /* of MULTIPLES: charts side by side; 0: as many as there is room for */
    bool has_bars;      /* of MULTIPLES: they are bars, not lines */
    bool own_scales;    /* of MULTIPLES: each chart has a scale of its own */
};
/* How many charts multiples are, and chart `number` of them by itself: bars or lines, its caption
 * the label of its series, with the benchmark as its second. Of other charts one, itself. */
size_t chart_panels(const struct chart *chart);
struct chart chart_panel(const struct chart *chart, size_t number);

enum contents { CONTENTS_AUTOMATIC, CONTENTS_YES, CONTENTS_NO };

/* Which workbooks are made of a document: to be published, to be worked with. */
enum { WORKBOOK_PUBLISH = 1, WORKBOOK_WORKING = 2 };

/* What a workbook says of itself, as far as the job says it; texts may be empty. */
struct release {
    unsigned workbooks;    /* WORKBOOK_…; 0: the one to be published */
    bool formulas;         /* changes in the working one are formulas */
    struct text area;      /* what the figures are of */
    struct date published; /* not known: not said */
    struct text next_update;
    struct text figures; /* "Provisional: …" */
    struct text contact;
    struct text keywords;
};

struct document {
    struct text name;     /* file name without extension: the template's name */
    struct text title;    /* of a draft it begins with that word */
    bool is_draft;        /* each page says so, too */
    struct text subtitle; /* may be empty */
    struct text organisation;
    struct text language; /* "en-GB" */
    struct text period;   /* "2021/22" */
    struct date as_at;
    struct text header;        /* left in the header of later pages; empty: the title */
    struct text footer;        /* left in the footer: organisation and title */
    enum page_form form;       /* of the first page */
    enum contents contents;    /* a list of the headings; AUTOMATIC: when the document is long */
    struct blocks blocks;      /* begins with the title as a level-1 heading */
    const struct style *style; /* NULL: the defaults */
    struct blocks notes;       /* method and conventions; the notes sheet of the workbook */
    struct release release;
    struct short_forms *short_forms; /* that its readers are told of; NULL: none */
};

/* The table with all its rows in `rows`: itself, or a copy whose rows were made. */
const struct table *table_held(struct arena *arena, const struct table *table);
/* The table as it stands on a page, with the columns and cells of one: itself, or another whose
 * rows are made from its own. */
const struct table *table_on_page(struct arena *arena, const struct table *table);

/*
 * Of each cell, row by row, whether it is one with the cell above it on a page: they are equal and
 * not empty, in body rows of one group, in a column that spans rows, and so are those of such
 * columns to the left. No row is wholly one with that above. NULL: none is.
 */
bool *table_joins(struct arena *arena, const struct table *table);

/* Its style, or the defaults. */
const struct style *document_style(const struct document *document);

void spans_add(struct arena *arena, struct spans *spans, struct span span);
void spans_add_text(struct arena *arena, struct spans *spans, struct text text, unsigned style);
struct text spans_plain(struct arena *arena, const struct spans *spans);
/* "2.1 Figures"; the text alone when the number is empty. */
struct text text_numbered(struct arena *arena, struct text number, struct text text);
/* Adds a zeroed block of that kind; the pointer is valid until the next block is added. */
struct block *blocks_add(struct arena *arena, struct blocks *blocks, enum block_kind kind);
void blocks_add_paragraph(struct arena *arena, struct blocks *blocks, struct text text);
/*
 * plain.c: paragraphs and list items each on a line of their own, items as "• item" or "1. item",
 * what stands within an item run in by four spaces.
 */
struct text blocks_plain(struct arena *arena, const struct blocks *blocks);
/* The same with spans as `add_span` writes them. */
struct text blocks_plain_with(struct arena *arena, const struct blocks *blocks,
                              void (*add_span)(struct buffer *out, const struct span *span));
/*
 * Text of a cell as people type it to blocks: a blank line or a line end separates paragraphs, a
 * line that begins with "- ", "• ", "○ " or "* ", or with "-" before a letter, is a bullet, and "1.
 * " or "1) " a numbered item. A line run in by two spaces or more below an item belongs to the
 * item: another paragraph of it, or a list of its own. Nothing is dropped: a line that is none of
 * these is a paragraph. Runs of the text become styles of spans.
 */
struct blocks blocks_from_rich(struct arena *arena, struct rich rich);
struct blocks blocks_from_plain(struct arena *arena, struct text plain);

struct table *table_new(struct arena *arena, struct text name, size_t column_count);
/* Row `r`, for reading: one that is made is gone when `scratch` is reset. */
const struct row *table_row(const struct table *table, struct arena *scratch, size_t r);
/* A row of empty cells. */
struct row *table_add_row(struct arena *arena, struct table *table, enum row_kind kind);
struct cell cell_text(struct text display);
/* The same of words behind a mark, "↑ Clear rise", when they are: an arrow, ≈, ? or –. */
struct cell cell_marked(struct text display);
struct cell cell_number(struct decimal number, struct text display, enum number_format format,
                        unsigned places);
struct cell cell_rag(enum rag rag);
/* A text cell that keeps paragraphs and lists, and emphasis too. */
struct cell cell_long_text(struct arena *arena, struct text plain);
struct cell cell_rich_text(struct arena *arena, struct rich rich);

/* The tables of a document, charts' data tables included, in the order in which they are drawn. */
struct tables {
    struct table **items;
    size_t count;
    size_t capacity;
};
struct tables document_tables(struct arena *arena, const struct document *document);

/*
 * texts.c: gives all words of a document to `visit`, one run after the other, with the place where
 * they come from; not those of the table `except` (or NULL). They are gone when it returns.
 */
typedef void document_visit(void *context, struct text words, struct place place);
void document_texts(const struct document *document, const struct table *except,
                    document_visit *visit, void *context);

/* The model as text, one line a block or row: for learning, debugging and goldens. */
struct text document_dump(struct arena *arena, const struct document *document);

#endif
