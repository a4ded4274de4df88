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
    bool is_and;      /* "and", "&" and "+": two things, not from one to the other;
                         of T "to date", which says no end */
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

/* ---- cutting: period_label.c and period_words.c ---- */

struct text label_rest(const struct label *label);
size_t label_skip_spaces(struct text t, size_t at);
struct item *label_add(struct label *label, char shape);
/* No export means "0021/22" or "9999": such a label is unreadable. */
void label_set_year(struct label *label, struct item *item, int year);
void label_set_date(struct label *label, struct item *item, bool exists);
char label_last_shape(const struct label *label); /* '\0' when there is none */
/* A run of digits at *at, at most nine; *digits is its length, 0 when there is none. */
int label_number(struct text t, size_t *at, size_t *digits);
/* Each takes what it knows from the beginning of the rest; false when that is something else. */
bool lex_phrase(struct label *label);
bool lex_stretch(struct label *label);
bool lex_ordinal_part(struct label *label);
bool lex_week(struct label *label);
bool lex_numbered(struct label *label);
bool lex_note_mark(struct label *label);
bool lex_marker_letter(struct label *label);
bool lex_other_word(struct label *label); /* counts it as ignored */

/* ---- what is found: period_settle.c ---- */

bool label_has(const struct label *label, char shape);
/* The first item whose shape is one of these; the label's first when there is none. */
const struct item *label_item(const struct label *label, const char *shapes);
const struct item *label_last_item(const struct label *label, char shape);
/* No period, and why. */
void label_refuse(struct label *label, enum period_kind kind, enum period_flag flag,
                  const char *why, ...) __attribute__((format(printf, 4, 5)));
void label_assume(struct label *label, const char *note);
/* False, and refused, when it ends before it starts. */
bool label_settle(struct label *label, enum period_kind kind, struct date start, struct date end);
/* From the first day of a month to the last of another. */
bool label_settle_months(struct label *label, enum period_kind kind, int first_year,
                         int first_month, int last_year, int last_month);
/* Month number `first` (April is 0) to `last` of the financial year. */
void label_settle_financial(struct label *label, enum period_kind kind, int year, int first,
                            int last);
void label_settle_day(struct label *label, struct date day);
/* A day that month-first readers would take for another: read the day first, and say so. */
void label_note_day_first(struct label *label);

/* ---- reading: period_read.c and period_parts.c ---- */

/* The calendar year of a month of a financial year. */
int year_of_month(int financial_year, int month);
/* Reads the label by its pattern; false when no reading has that pattern. */
bool label_read(struct label *label);
void read_one_number_year(struct label *label);
void read_numbered_months(struct label *label);
void read_rolling_year(struct label *label);
void read_years_to_year(struct label *label);
void read_year_to_date(struct label *label);
void read_quarters_to_date(struct label *label);
void read_year_to_month(struct label *label);
void read_quarters_of_two_years(struct label *label);
void read_quarter(struct label *label);
void read_half(struct label *label);
void read_quarter_of_one_year(struct label *label);
void read_calendar_quarter(struct label *label);
void read_twice(struct label *label);
void read_quarter_of_months(struct label *label);
void read_bare_number(struct label *label);

#endif
