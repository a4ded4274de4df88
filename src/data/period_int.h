/*
 * A label, cut into items: what period_label.c makes and period_read.c reads.
 *
 * Each item has a one-letter shape, and the shapes in a row are the label's pattern:
 *     F financial year "2021/22"    P other pair with a slash "2022/27"   N "09/2022"
 *     Y year of four digits, or the number behind a month   y 1 s numbers of 2, 1, 6 digits
 *     M month   D day   d day without its year   X no such day   x "22-Sep"
 *     Q H quarter and half with their number
 *     - to, and, dash, slash
 *     f A C "financial", "academic", "calendar"   r "year ending"   T year to date
 *     p "as at"   m "mid-"   k "week commencing"   K "week ending"
 *     e "by"   v "early"   S season   W term   R "previous"   o "monthly"
 *     w week with its number   n numbered month or period   B number of 5 or 8 digits
 *     g "from", "between"   O "since", "up to"   z "target", "average", "change"
 *
 * The order in which a label says most things means nothing: in the pattern, what says which kind
 * of period it is stands first, and the rest, on each side of a dash, in the order Q H F P M Y y.
 * "2021/22 Q3" and "Q3 of 2021/22" are both QF. Where order may mean something it is kept.
 */
#ifndef DATA_PERIOD_INT_H
#define DATA_PERIOD_INT_H

#include "data/period.h"

struct item {
    char shape;
    size_t at;        /* where it stands in the text */
    int number;       /* as written; of a quarter, half, day, or month; months of "year ending" */
    int second;       /* of a pair as written; the month of a day */
    int year;         /* in full: the first of a pair */
    unsigned digits;  /* of the number; of a pair both: 42 for 2021/22 */
    bool hyphen;      /* a financial year written 2021-22 */
    bool spaced;      /* a dash with white space on both sides, or a word for it */
    bool touching;    /* a dash with no white space at all */
    bool is_and;      /* "and", "&" and "+": two things, not from one to the other */
    bool both_ways;   /* a day that would also be one with the month first */
    struct date date; /* of D */
};

enum { ITEMS_MAX = 16 };

struct label {
    struct arena *arena;
    struct text text; /* lower case, with plain spaces and dashes */
    size_t at;        /* what comes before is read */
    struct item items[ITEMS_MAX];
    size_t count;
    char pattern[ITEMS_MAX + 1];
    size_t ignored;    /* words that mean nothing here */
    bool is_financial; /* says "financial" beside a period that is one */
    bool has_am_or_pm;
    bool has_note_mark; /* "*", "[note 2]" */
    int months_said;    /* of "(12 months)" or "3 year" beside the period; 0: not said */
    int misspelt;       /* a word that is nearly the name of this month */
    bool is_unreadable; /* too many items, or a year that no export means */
    char marker;        /* "p" for "(provisional)" */
    struct period out;
};

struct label label_cut(struct arena *arena, struct text written);

#endif
