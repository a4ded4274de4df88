/*
 * number_format - a spreadsheet's number, and how its format shows it, as the text of a field.
 *
 * A format never takes digits away: what is rounded on the screen is read whole. It adds what the
 * bare number does not say: that it is a date, a percentage or money, and the zeros that it is
 * shown with ("2.10" is another id than "2.1"). A date that is shown as a month is that month.
 */
#ifndef READ_NUMBER_FORMAT_INT_H
#define READ_NUMBER_FORMAT_INT_H

#include "base/text.h"

enum number_look {
    LOOK_NUMBER,
    LOOK_PERCENT,
    LOOK_DATE,
    LOOK_MONTH, /* a month and a year without a day: "Apr-24" */
    LOOK_DATE_TIME,
    LOOK_TIME,
    LOOK_DURATION, /* hours may be more than 24 */
};
struct number_format {
    enum number_look look;
    unsigned places;      /* shown at least */
    unsigned digits;      /* before the point, at least */
    const char *currency; /* stands before the number; "" for none */
};

/* Of a format code ("0.0%", "dd/mm/yyyy"); its first section decides. */
struct number_format number_format_read(struct text code);
/* Of a number that every workbook has without saying it (ECMA-376 part 1, 18.8.30). */
struct number_format number_format_builtin(unsigned id);
/* "£" for "GBP"; "" for a currency without a sign of its own here. */
const char *currency_sign(struct text code);

enum { NUMBER_ROOM = 768 };
/*
 * The text of `raw`, a number as a file writes it, in `room` or in `raw` itself: "1234.5", "14.3%",
 * "£36073", "2022-06-30", "2022-06", "2022-06-30 14:30", "14:30". The shortest decimals that are
 * the same double, without an exponent. Days count from 1900, with its 29 February, or from 1904.
 * Empty when `raw` is no finite number.
 */
struct text number_show(const struct number_format *format, bool from_1904, struct text raw,
                        char room[NUMBER_ROOM]);
/* "2022-06-30T14:30:00Z" as "2022-06-30 14:30": midnight and seconds of 0 are left out. */
struct text iso_show(struct text iso, char room[NUMBER_ROOM]);
/* "PT36H30M00S" as "36:30"; empty when it is no duration. */
struct text duration_show(struct text iso, char room[NUMBER_ROOM]);

#endif
