/* Periods that are said by their parts: quarters, halves, and stretches up to a day. */
#include "data/period_int.h"

#include <string.h>

/* "01/2021 to 03/2021", "2021-04 to 2022-03" */
void read_numbered_months(struct label *label)
{
    const struct item *items = label->items;
    bool pairs = items[0].shape == 'N';
    const struct item *to = &items[pairs ? 2 : 4];
    int first = items[pairs ? 0 : 2].number, last = pairs ? to->number : items[6].number;
    bool are_years = !pairs && first > items[0].year % 100 && last > to->year % 100;
    if (first < 1 || first > 12 || last < 1 || last > 12)
        label_refuse(label, PERIOD_MONTH_RANGE, PERIOD_ERROR, "no such month");
    else if (are_years)
        label_refuse(label, PERIOD_UNKNOWN, PERIOD_AMBIGUOUS,
                     "months, or years from one to another");
    else
        label_settle_months(label, PERIOD_MONTH_RANGE, items[0].year, first, to->year, last);
}

/* Several whole years up to a day: pooled where they are calendar or financial years. */
static enum period_kind kind_of_stretch(int months, struct date end)
{
    bool is_last = date_is_last_of_month(end);
    if (months == 12)
        return PERIOD_ROLLING_12;
    if (months % 12 == 0 && is_last && end.month == 12)
        return PERIOD_POOLED_CALENDAR;
    if (months % 12 == 0 && is_last && end.month == 3)
        return PERIOD_POOLED_FINANCIAL;
    return is_last ? PERIOD_MONTH_RANGE : PERIOD_DATE_RANGE;
}

/* "Year ending March 2022", "3 months to June 2021", "3 years to March 2020" */
void read_rolling_year(struct label *label)
{
    struct date end = label_has(label, 'D') ? label_item(label, "D")->date
                                            : date_last_of_month(label_item(label, "Y")->year,
                                                                 label_item(label, "M")->number);
    int months = label_item(label, "r")->number;
    long day_before = date_number(date_add_months_to_end(end, -months));
    label_settle(label, kind_of_stretch(months, end), date_from_number(day_before + 1), end);
    if (months % 12 == 0)
        label->out.years_pooled = (unsigned)months / 12;
    label_note_day_first(label);
}

/* "FYE 2022", "3 years ending 2020"; "year ending 2022" may be either year. */
void read_years_to_year(struct label *label)
{
    const struct item *stretch = label_item(label, "r");
    int last = label_item(label, "Yy")->year, years = stretch->number / 12;
    if (stretch->number % 12)
        label_refuse(label, PERIOD_UNKNOWN, PERIOD_AMBIGUOUS, "no end month");
    else if (stretch->second) {
        label_settle_financial(label, PERIOD_FINANCIAL_YEAR, last - 1, 0, 11);
        label_assume(label, "the financial year that ends in that year");
    } else if (years > 1) {
        label_settle_months(label, PERIOD_POOLED_CALENDAR, last - years + 1, 1, last, 12);
        label->out.years_pooled = (unsigned)years;
        label_assume(label, "calendar years");
    } else
        read_one_number_year(label);
}

void read_year_to_date(struct label *label)
{
    const struct item *first = label_item(label, "M"), *last = label_last_item(label, 'M');
    bool has_start = first != last, is_of_financial = label_has(label, 'F');
    int month = last->number, start_month = has_start ? first->number : 4;
    int year = is_of_financial ? year_of_month(label_item(label, "F")->year, month)
                               : label_last_item(label, 'Y')->year;
    if (label_item(label, "T")->is_and && !has_start && label_item(label, "T")->at > first->at) {
        label_refuse(label, PERIOD_YTD, PERIOD_AMBIGUOUS, "no end month");
        return;
    }
    label_settle_months(label, PERIOD_YTD, start_month <= month ? year : year - 1, start_month,
                        year, month);
    if (!has_start && !is_of_financial)
        label_assume(label, "from April, the start of the financial year");
}

/* "Q3 YTD 2021/22": from April to the end of the quarter. */
void read_quarters_to_date(struct label *label)
{
    int quarter = label_item(label, "Q")->number;
    if (quarter < 1 || quarter > 4)
        label_refuse(label, PERIOD_YTD, PERIOD_ERROR, "no such quarter");
    else
        label_settle_financial(label, PERIOD_YTD, label_item(label, "F")->year, 0, quarter * 3 - 1);
}

/* "2021/22 to Dec" */
void read_year_to_month(struct label *label)
{
    int year = label_item(label, "F")->year, month = label_item(label, "M")->number;
    if (label_item(label, "-")->touching || label_item(label, "-")->is_and)
        label_refuse(label, PERIOD_YTD, PERIOD_AMBIGUOUS, "not clear which months of the year");
    else if (label_settle_months(label, PERIOD_YTD, year, 4, year_of_month(year, month), month))
        label_assume(label, "from April, the start of the financial year");
}

/* "Q4 2020/21 to Q3 2021/22" */
void read_quarters_of_two_years(struct label *label)
{
    int first = label_item(label, "Q")->number, last = label_last_item(label, 'Q')->number;
    int from = label_item(label, "F")->year, to = label_last_item(label, 'F')->year;
    if (first < 1 || first > 4 || last < 1 || last > 4)
        label_refuse(label, PERIOD_MONTH_RANGE, PERIOD_ERROR, "no such quarter");
    else if (to * 4 + last < from * 4 + first)
        label_refuse(label, PERIOD_MONTH_RANGE, PERIOD_ERROR, "ends before it starts");
    else
        label_settle_financial(label, PERIOD_MONTH_RANGE, from, (first - 1) * 3,
                               (to - from) * 12 + last * 3 - 1);
}

/* Quarters or halves of a financial year: one, or from one to another. */
static void settle_part(struct label *label, char shape, enum period_kind kind, int count,
                        const char *why_not)
{
    int first = label_item(label, (char[]){shape, '\0'})->number;
    int last = label_last_item(label, shape)->number, months = 12 / count;
    if (first < 1 || last > count || last < first)
        label_refuse(label, kind, PERIOD_ERROR, "%s", why_not);
    else
        label_settle_financial(label, label_has(label, '-') ? PERIOD_MONTH_RANGE : kind,
                               label_item(label, "F")->year, (first - 1) * months,
                               last * months - 1);
}

void read_quarter(struct label *label)
{
    settle_part(label, 'Q', PERIOD_FIN_QUARTER, 4, "no such quarter");
}

void read_half(struct label *label)
{
    settle_part(label, 'H', PERIOD_HALF_YEAR, 2, "no such half year");
}

/* "Q4 2023": a calendar quarter, or one of two financial years. */
void read_quarter_of_one_year(struct label *label)
{
    int quarter = label_last_item(label, 'Q')->number, year = label_item(label, "Yy")->year;
    if (quarter < 1 || quarter > 4) {
        label_refuse(label, PERIOD_QUARTER, PERIOD_ERROR, "no such quarter");
        return;
    }
    int calendar = quarter * 3 - 2, financial = quarter == 4 ? 1 : calendar + 3;
    int first_year = quarter == 4 ? year : year - 1;
    label_refuse(label, PERIOD_QUARTER, PERIOD_AMBIGUOUS,
                 "calendar Q%d (%.3s-%.3s %d) or financial Q%d (%.3s-%.3s %d or %.3s-%.3s %d)",
                 quarter, month_name(calendar), month_name(calendar + 2), year, quarter,
                 month_name(financial), month_name(financial + 2), first_year,
                 month_name(financial), month_name(financial + 2), first_year + 1);
}

void read_calendar_quarter(struct label *label)
{
    int quarter = label_item(label, "Q")->number, year = label_item(label, "Y")->year;
    if (quarter < 1 || quarter > 4)
        label_refuse(label, PERIOD_QUARTER, PERIOD_ERROR, "no such quarter");
    else
        label_settle_months(label, PERIOD_QUARTER, year, quarter * 3 - 2, year, quarter * 3);
}

/* The items whose shapes are among these, as a label of their own. */
static struct label part_of(const struct label *whole, const char *shapes)
{
    struct label part = *whole;
    part.count = 0;
    for (size_t i = 0; i < whole->count; i++)
        if (strchr(shapes, whole->items[i].shape)) {
            part.pattern[part.count] = whole->items[i].shape;
            part.items[part.count++] = whole->items[i];
        }
    part.pattern[part.count] = '\0';
    return part;
}

/* "Quarter 2 2021/22 (Jul to Sep 2021)", "2021/22 (Apr-Mar)": said twice, and the same both times.
 */
void read_twice(struct label *label)
{
    struct label months = part_of(label, "M-Y");
    int first = label_item(label, "M")->number, last = label_last_item(label, 'M')->number;
    int year = label_item(label, "F")->year;
    if (label_has(label, 'Y'))
        label_read(&months);
    else
        label_settle_months(&months, PERIOD_MONTH_RANGE, year_of_month(year, first), first,
                            year_of_month(year, last), last);
    *label = part_of(label, "QF");
    bool both = label_read(label);
    if (both && label->out.flag < PERIOD_AMBIGUOUS && !period_same(label->out, months.out))
        label_refuse(label, label->out.kind, PERIOD_ERROR,
                     "the months in the label are not those of the period it names");
}

/* "Q1 Apr-Jun 2021": the months say whose quarter it is. */
void read_quarter_of_months(struct label *label)
{
    int quarter = label_item(label, "Q")->number;
    struct label months = part_of(label, "M-Y");
    label_read(&months);
    if (months.out.flag >= PERIOD_AMBIGUOUS) {
        label->out = months.out;
        return;
    }
    struct date start = months.out.start;
    bool is_three = date_compare(date_add_months_to_end(months.out.end, -3),
                                 date_from_number(date_number(start) - 1)) == 0;
    bool financial = start.month == (quarter == 4 ? 1 : quarter * 3 + 1);
    bool calendar = start.month == quarter * 3 - 2;
    if (quarter < 1 || quarter > 4 || !is_three || !(financial || calendar))
        label_refuse(label, PERIOD_QUARTER, PERIOD_ERROR,
                     "the months in the label are not those of the quarter it names");
    else
        label_settle(label, financial ? PERIOD_FIN_QUARTER : PERIOD_QUARTER, start, months.out.end);
}

/* "20220331", or a day as Excel counts them */
void read_bare_number(struct label *label)
{
    int number = label->items[0].number;
    struct date day;
    enum { EXCEL_1970 = 25569, EARLIEST = 30000, LATEST = 60000 };
    if (label->items[0].digits == 8 &&
        date_make(number / 10000, number / 100 % 100, number % 100, &day) && day.year >= 1900 &&
        day.year < 2100) {
        label_settle_day(label, day);
        label_assume(label, "read as year, month and day");
    } else if (label->items[0].digits == 5 && number >= EARLIEST && number <= LATEST)
        label_refuse(label, PERIOD_POINT, PERIOD_AMBIGUOUS,
                     "a number; as a day of Excel it would be %s",
                     date_display(label->arena, date_from_number(number - EXCEL_1970)).ptr);
    else
        label_refuse(label, PERIOD_UNKNOWN, PERIOD_ERROR, "not a period");
}
