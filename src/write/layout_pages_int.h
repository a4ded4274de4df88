/* layout_pages_int - pages being filled: layout_pages.c places strips, layout_rows.c those that are
 * rows. */
#ifndef WRITE_LAYOUT_PAGES_INT_H
#define WRITE_LAYOUT_PAGES_INT_H

#include "write/pdf_int.h"

struct pager {
    struct arena *arena; /* of the strips that are being placed */
    struct page_sink sink;
    size_t pages;
    enum page_form form; /* of the last page */
    double y;
    bool is_empty; /* nothing but what is repeated stands on the page */
};

/* Gives the sink what stands at `y` of the page, relative to its left margin. */
void pager_item(struct pager *pager, const struct item *item, double y);
void pager_items(struct pager *pager, const struct strip *strip, double y);
void pager_fill(struct pager *pager, double x, double y, double width, double height,
                enum colour colour);

/* ---- layout_rows.c ---- */

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
