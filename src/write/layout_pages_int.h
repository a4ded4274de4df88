/* layout_pages_int - pages being filled: layout_pages.c places strips, layout_rows.c those that are
 * rows, layout_foot.c the notes that they refer to. */
#ifndef WRITE_LAYOUT_PAGES_INT_H
#define WRITE_LAYOUT_PAGES_INT_H

#include "write/pdf_int.h"

/* Notes of the page that is filled, and what those of the page before left over. */
struct foot {
    struct arena *arena;  /* of the lists */
    struct strips lines;  /* that are yet to be placed */
    double room;          /* that is kept for them above the lower margin */
    bool is_cut;          /* they will not all find room: what comes now waits behind them */
    struct arena **given; /* memory that is given up when no line waits */
    size_t given_count;
    size_t given_capacity;
};

struct pager {
    struct arena *arena; /* of the strips that are being placed */
    struct page_sink sink;
    size_t pages;
    enum page_form form; /* of the last page */
    double y;
    bool is_empty; /* nothing but what is repeated stands on the page */
    bool is_split; /* what prefers to stand together has begun and does not */
    struct foot foot;
};

/* Gives the sink what stands at `y` of the page, relative to its left margin. */
void pager_item(struct pager *pager, const struct item *item, double y);
void pager_items(struct pager *pager, const struct strip *strip, double y);
void pager_fill(struct pager *pager, double x, double y, double width, double height,
                enum colour colour);

/* ---- layout_foot.c ---- */

/* A page begins, or has another form: room is kept for what was left over. */
void foot_begin(struct pager *pager);
/* The least room that the foot takes when strips `from` to `to` stand on the page, too. */
double foot_least(const struct pager *pager, const struct strips *strips, size_t from, size_t to);
/* What is `height` high stands together on the page before any other text: notes that the page
 * before left over wait for what it leaves. */
void foot_yield(struct pager *pager, double height);
/* The strip has been placed, and its notes belong to the page. */
void foot_take(struct pager *pager, const struct strip *strip);
/* The page is closed: as many lines are placed as there is room for; at least one when nothing else
 * stands on it. */
void foot_place(struct pager *pager);

/* ---- layout_rows.c ---- */

/* How far a cell gets from strip `from` in `height`; `force` takes at least one strip. */
size_t cell_fits(const struct strips *cell, size_t from, double height, bool force);

/*
 * Places what fits of a row above `limit` and moves `at`, the next strip of each cell, on. `below`:
 * the height of what must find room there too where the row ends; `force`: at least one line.
 */
void row_place_part(struct pager *pager, const struct strip_row *row, size_t *at, double limit,
                    double below, bool force);
bool row_is_done(const struct strip_row *row, const size_t *at);
/* The height of a strip that is the next to be placed. What ends beside it may have begun on
 * another page than was thought when it was measured. */
double row_height_here(struct pager *pager, const struct strip *strip);

#endif
