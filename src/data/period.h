/*
 * period - the stretch of time a figure is for, read from the labels that councils use
 * (statistics.md 1.5).
 */
#ifndef DATA_PERIOD_H
#define DATA_PERIOD_H

#include "data/date.h"

enum period_kind {
    PERIOD_UNKNOWN,
    PERIOD_FINANCIAL_YEAR, /* 1 April to 31 March */
    PERIOD_CALENDAR_YEAR,
    PERIOD_ACADEMIC_YEAR, /* September to August */
    PERIOD_POOLED_CALENDAR,
    PERIOD_POOLED_FINANCIAL,
    PERIOD_HALF_YEAR,   /* of a financial year */
    PERIOD_FIN_QUARTER, /* of a financial year */
    PERIOD_QUARTER,     /* whose year is not clear */
    PERIOD_MONTH,
    PERIOD_MONTH_RANGE,
    PERIOD_DATE_RANGE,
    PERIOD_ROLLING_12,
    PERIOD_YTD,
    PERIOD_POINT,
    PERIOD_TERM,
    PERIOD_PLAN,
};

enum period_flag {
    PERIOD_OK,
    PERIOD_ASSUMED,   /* read in the usual way; say so */
    PERIOD_AMBIGUOUS, /* refuse and ask; start and end are not set */
    PERIOD_ERROR,     /* no such period; start and end are not set */
};

struct period {
    enum period_kind kind;
    enum period_flag flag;
    struct date start; /* first and last day, both included */
    struct date end;
    unsigned years_pooled; /* 1 unless pooled */
    struct text label;     /* as written in the source */
    struct text note;      /* how it was read, or why not; "marker [p]" for "(provisional)" */
};

struct period period_read(struct arena *arena, struct text label);
const char *period_kind_word(enum period_kind kind); /* "financial_year", as in the oracle */
const char *period_flag_word(enum period_flag flag); /* "OK", "ASSUMED", … */

/* True of a label that names a period and more: "2021/22 target", "% change on 2021/22". */
bool period_says_more(struct period period);
long period_days(struct period period);
/*
 * The like-for-like period before: a year earlier, or as many years as a longer stretch takes not
 * to overlap with it. Its label is its display; its days are unknown when the period's are.
 */
struct period period_previous(struct arena *arena, struct period period);
/*
 * The calendar months that a period is made of; 0 when it has other days, or when reports of it
 * overlap (a year to date, a rolling year) or have no length.
 */
int period_whole_months(struct period period);
/* The period of as many months that ends where this one begins; false when it has no months. */
bool period_directly_before(struct arena *arena, struct period period, struct period *out);
/* As many months, or days where they are not made of months, but for leap days; true as well where
 * the days of one are not known. */
bool period_is_as_long(struct period a, struct period b);
/* Same first and last day; refused periods are the same when their labels are. */
bool period_same(struct period a, struct period b);
bool period_within(struct period part, struct period whole);
/* By end, then start. */
int period_compare(struct period a, struct period b);
/* One spelling for readers: "2021/22", "April 2021", "Quarter 2, 2021/22", "2016 to 2018". */
struct text period_display(struct arena *arena, struct period period);
/* A month as a period. */
struct period period_month(struct arena *arena, int year, int month);

/* True when all words of a label are such as labels are made of, so that none can name somebody. */
bool period_words_are_known(struct arena *arena, struct text raw);

#endif
