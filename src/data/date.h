/* date - calendar days, proleptic Gregorian, no clock and no time zone. */
#ifndef DATA_DATE_H
#define DATA_DATE_H

#include "base/text.h"

struct date {
    int year; /* 0 in a date that is not known */
    int month;
    int day;
};

bool date_is_known(struct date date);
bool date_make(int year, int month, int day, struct date *out); /* false for 30 February */
int date_compare(struct date a, struct date b);
long date_number(struct date date); /* days since 1970-01-01 */
struct date date_from_number(long days);
int days_in_month(int year, int month);
/* The same day n months on; the last day of the month when there is none (29 February). */
struct date date_add_months(struct date date, int months);
/* The same, but the last day of a month stays the last. */
struct date date_add_months_to_end(struct date date, int months);
struct date date_first_of_month(int year, int month);
struct date date_last_of_month(int year, int month);
bool date_is_last_of_month(struct date date);

/* What a year of two digits is (69 to 99: 1969 to 1999); one of four digits as it is. */
int date_full_year(int year, size_t digits);

/* Exactly YYYY-MM-DD. */
bool date_read_iso(struct text t, struct date *out);
/*
 * As councils write it: 2022-06-30, 30/06/2022 (day first), 30.6.22, 30 June 2022, 30th Jun 22,
 * "Thursday, 30 June 2022". False when it is none of these or no such day.
 */
bool date_read(struct text t, struct date *out);
/* As Americans write it, in figures alone: 06/30/2022. */
bool date_read_month_first(struct text t, struct date *out);
/* 1 to 12 for a month's English name or its usual abbreviation ("Sept"); 0 otherwise. */
int month_number(struct text name);
const char *month_name(int month);

/* Empty for a date that is not known. */
struct text date_iso(struct arena *arena, struct date date);     /* 2022-06-30 */
struct text date_display(struct arena *arena, struct date date); /* 30 June 2022 */
/* Thursday, 30 June 2022 */
struct text date_display_long(struct arena *arena, struct date date);

#endif
