#include "data/period_int.h"

#include <string.h>

static bool has(const struct label *label, char shape)
{
    return strchr(label->pattern, shape) != NULL;
}

/* The first item whose shape is one of these; the label's first when there is none. */
static const struct item *item_of(const struct label *label, const char *shapes)
{
    size_t i = strcspn(label->pattern, shapes);
    return &label->items[i < label->count ? i : 0];
}

static const struct item *last_item_of(const struct label *label, char shape)
{
    const char *last = strrchr(label->pattern, shape);
    return &label->items[last ? last - label->pattern : 0];
}

__attribute__((format(printf, 4, 5))) static void
refuse(struct label *label, enum period_kind kind, enum period_flag flag, const char *why, ...)
{
    va_list args;
    va_start(args, why);
    label->out.note = text_vformat(label->arena, why, args);
    va_end(args);
    label->out.kind = kind;
    label->out.flag = flag;
    label->out.start = label->out.end = (struct date){0};
}

static void assume(struct label *label, const char *note)
{
    label->out.flag = PERIOD_ASSUMED;
    label->out.note = text_from(note);
}

/* False, and refused, when it ends before it starts. */
static bool settle(struct label *label, enum period_kind kind, struct date start, struct date end)
{
    if (date_compare(end, start) < 0) {
        refuse(label, kind, PERIOD_ERROR, "ends before it starts");
        return false;
    }
    label->out.kind = kind;
    label->out.start = start;
    label->out.end = end;
    return true;
}

/* From the first day of a month to the last of another. */
static bool settle_months(struct label *label, enum period_kind kind, int first_year,
                          int first_month, int last_year, int last_month)
{
    return settle(label, kind, date_first_of_month(first_year, first_month),
                  date_last_of_month(last_year, last_month));
}

/* Month number `first` (April is 0) to `last` of the financial year. */
static void settle_financial(struct label *label, enum period_kind kind, int year, int first,
                             int last)
{
    struct date april = date_first_of_month(year, 4);
    struct date end = date_add_months(april, last);
    settle(label, kind, date_add_months(april, first), date_last_of_month(end.year, end.month));
}

static void settle_day(struct label *label, struct date day)
{
    settle(label, PERIOD_POINT, day, day);
}

/* A day that month-first readers would take for another: read the day first, and say so. */
static void note_day_first(struct label *label)
{
    bool sure = false, unsure = false;
    for (size_t i = 0; i < label->count; i++) {
        sure = sure || (label->items[i].shape == 'D' && !label->items[i].both_ways);
        unsure = unsure || label->items[i].both_ways;
    }
    if (!unsure || sure)
        return;
    if (label->has_am_or_pm)
        refuse(label, label->out.kind, PERIOD_AMBIGUOUS,
               "day or month first: AM and PM suggest the month");
    else
        assume(label, "day first");
}

/* 2011-12 and 201112 may be a year or a month. */
static void refuse_year_or_month(struct label *label, int year, int suffix)
{
    refuse(label, PERIOD_FINANCIAL_YEAR, PERIOD_AMBIGUOUS, "financial year %d/%02d or %s %d", year,
           suffix, month_name(suffix), year);
}

static void read_financial_year(struct label *label)
{
    const struct item *year = item_of(label, "F");
    settle_financial(label, PERIOD_FINANCIAL_YEAR, year->year, 0, 11);
    int suffix = (year->year + 1) % 100;
    bool could_be_month = suffix >= 1 && suffix <= 12 && !label->is_financial;
    if (year->hyphen && year->digits == 42 && could_be_month)
        refuse_year_or_month(label, year->year, suffix);
    else if (year->hyphen && !label->is_financial)
        assume(label,
               "could be two pooled calendar years; suffix = start+1 so read as "
               "financial year");
    else if (year->digits == 22 && could_be_month && suffix > 1)
        assume(label, "could be a day and a month");
    else if (year->digits > 40 && period_days(label->out) == 366)
        label->out.note = TEXT("366 days");
}

/* "FY2122", "2122": two years without what should stand between them. */
static bool is_pair_in_one(const struct item *year)
{
    return year->digits == 4 && year->number > 2100 && year->number % 100 == year->number / 100 + 1;
}

static void read_one_number_year(struct label *label)
{
    const struct item *item = item_of(label, "Yy");
    int year = item->year;
    if (is_pair_in_one(item)) {
        settle_financial(label, PERIOD_FINANCIAL_YEAR, 2000 + item->number / 100, 0, 11);
        assume(label, "four digits read as two years");
        return;
    }
    refuse(label, PERIOD_FINANCIAL_YEAR, PERIOD_AMBIGUOUS, "%d/%02d or %d/%02d", year - 1,
           year % 100, year, (year + 1) % 100);
}

static void read_six_digits(struct label *label)
{
    int year = label->items[0].year, suffix = label->items[0].number % 100;
    bool follows = suffix == (year + 1) % 100, month = suffix >= 1 && suffix <= 12;
    if (follows && month)
        refuse_year_or_month(label, year, suffix);
    else if (follows)
        settle_financial(label, PERIOD_FINANCIAL_YEAR, year, 0, 11);
    else if (month) {
        settle_months(label, PERIOD_MONTH, year, suffix, year, suffix);
        assume(label, "read as year and month");
    } else
        refuse(label, PERIOD_UNKNOWN, PERIOD_ERROR, "financial year suffix must be start+1");
}

static void read_academic_year(struct label *label)
{
    int year = item_of(label, "F")->year;
    settle_months(label, PERIOD_ACADEMIC_YEAR, year, 9, year + 1, 8);
    assume(label, "DfE September-August; HESA uses August-July");
}

/* "Academic year 2021 to 2022" */
static void read_two_years(struct label *label)
{
    const struct item *from = item_of(label, "Yy"), *to = &label->items[label->count - 1];
    int year = from->year;
    if (to->number != (to->digits == 4 ? year + 1 : (year + 1) % 100))
        refuse(label, PERIOD_UNKNOWN, PERIOD_ERROR, "the second year must follow the first");
    else if (has(label, 'A')) {
        settle_months(label, PERIOD_ACADEMIC_YEAR, year, 9, year + 1, 8);
        assume(label, "DfE September-August; HESA uses August-July");
    } else
        settle_financial(label, PERIOD_FINANCIAL_YEAR, year, 0, 11);
}

enum { POOLED_YEARS_MAX = 10 }; /* a longer stretch is a plan */

static void read_pooled_financial(struct label *label)
{
    int first = item_of(label, "F")->year, last = last_item_of(label, 'F')->year;
    int years = last - first + 1;
    if (years > POOLED_YEARS_MAX)
        refuse(label, PERIOD_PLAN, PERIOD_AMBIGUOUS, "plan period");
    else if (years <= 1)
        refuse(label, PERIOD_POOLED_FINANCIAL, PERIOD_ERROR, "ends before it starts");
    else {
        settle_financial(label, PERIOD_POOLED_FINANCIAL, first, 0, years * 12 - 1);
        label->out.years_pooled = (unsigned)years;
    }
}

static void read_calendar_year(struct label *label)
{
    const struct item *item = item_of(label, "Yy");
    int year = item->year;
    if (is_pair_in_one(item)) {
        refuse(label, PERIOD_FINANCIAL_YEAR, PERIOD_AMBIGUOUS, "financial year %d/%02d or %d",
               2000 + item->number / 100, item->number % 100, item->number);
        return;
    }
    if (label->ignored) {
        refuse(label, PERIOD_UNKNOWN, PERIOD_AMBIGUOUS,
               "not clear what the words beside the year mean");
        return;
    }
    settle_months(label, PERIOD_CALENDAR_YEAR, year, 1, year, 12);
}

static const char *number_word(int n)
{
    static const char *const words[] = {"no",  "one",   "two",   "three", "four", "five",
                                        "six", "seven", "eight", "nine",  "ten"};
    return words[n];
}

static void settle_month(struct label *label, int year, int month)
{
    if (month < 1 || month > 12)
        refuse(label, PERIOD_MONTH, PERIOD_ERROR, "no such month");
    else
        settle_months(label, PERIOD_MONTH, year, month, year, month);
}

/* Two years whose second does not follow on the first: "2016 - 18", "2018-23", "2011-2031". */
static void read_span(struct label *label)
{
    const struct item *from = &label->items[0], *dash = &label->items[1], *to = &label->items[2];
    enum { SURELY_POOLED_MAX = 5 };
    bool short_end = to->digits == 2;
    int first = from->year;
    int last = short_end ? first - first % 100 + to->number : to->number;
    int years = last - first + 1;
    if (years == 2 && !dash->is_and) { /* "2021 to 2022": as 2021-2022 */
        settle_financial(label, PERIOD_FINANCIAL_YEAR, first, 0, 11);
        assume(label,
               "could be two pooled calendar years; suffix = start+1 so read as "
               "financial year");
        return;
    }
    bool month =
        short_end && dash->touching && to->number >= 1 && to->number <= 12 && from->digits == 4;
    if (month && years <= 1)
        settle_month(label, first, to->number);
    else if (month)
        refuse(label, PERIOD_PLAN, PERIOD_AMBIGUOUS, "%d to %d or %s %d", first, last,
               month_name(to->number), first);
    else if (years <= 1)
        refuse(label, PERIOD_UNKNOWN, PERIOD_ERROR, "ends before it starts");
    else if (years > POOLED_YEARS_MAX)
        refuse(label, PERIOD_PLAN, PERIOD_AMBIGUOUS, "local plan period, not a data period");
    else if (years > SURELY_POOLED_MAX)
        refuse(label, PERIOD_PLAN, PERIOD_AMBIGUOUS,
               "%s calendar years, %s financial years or a plan", number_word(years),
               number_word(years - 1));
    else {
        settle_months(label, PERIOD_POOLED_CALENDAR, first, 1, last, 12);
        label->out.years_pooled = (unsigned)years;
        if (!dash->spaced)
            assume(label, text_format(label->arena, "%s calendar years or a plan %d/%02d",
                                      number_word(years), first, last % 100)
                              .ptr);
    }
}

/* A pair with a slash that is no financial year: a plan, or a typing error. */
static void read_pair(struct label *label)
{
    const struct item *pair = item_of(label, "P");
    int year = pair->year, suffix = pair->second;
    int last = pair->digits % 10 == 4 ? suffix : year - year % 100 + suffix;
    bool month = pair->digits == 42 && suffix >= 1 && suffix <= 12;
    if (pair->digits == 22 && pair->number >= 1 && pair->number <= 12 && label->count == 1 &&
        !label->is_financial && last > year)
        refuse(label, PERIOD_PLAN, PERIOD_AMBIGUOUS, "%s %d or a plan period",
               month_name(pair->number), date_full_year(suffix, 2));
    else if (last > year && label->count == 1 && !label->is_financial)
        refuse(label, PERIOD_PLAN, PERIOD_AMBIGUOUS, "plan period");
    else
        refuse(label, PERIOD_UNKNOWN, PERIOD_ERROR,
               "financial year suffix must be start+1; may be a typing error for %d/%02d%s", year,
               (year + 1) % 100,
               month ? text_format(label->arena, " or %s %d", month_name(suffix), year).ptr : "");
}

static void read_month(struct label *label)
{
    const struct item *month = item_of(label, "NM");
    if (has(label, '-') && !item_of(label, "-")->touching)
        refuse(label, PERIOD_MONTH, PERIOD_AMBIGUOUS, "not clear how the month and year belong");
    else
        settle_month(label, item_of(label, "NYy")->year, month->number);
}

/* The calendar year of a month of a financial year. */
static int year_of_month(int financial_year, int month)
{
    return month >= 4 ? financial_year : financial_year + 1;
}

static void read_months_of_financial_year(struct label *label)
{
    const struct item *pair = item_of(label, "F"), *month = item_of(label, "M");
    int year = pair->year, first = month->number, last = last_item_of(label, 'M')->number;
    if (pair->digits == 22 && pair->at < month->at)
        refuse(label, PERIOD_MONTH, PERIOD_AMBIGUOUS,
               "days of %s, or a month of the financial year %d/%02d", month_name(first), year,
               pair->second);
    else if (settle_months(label, has(label, '-') ? PERIOD_MONTH_RANGE : PERIOD_MONTH,
                           year_of_month(year, first), first, year_of_month(year, last), last))
        assume(label, "months of the financial year");
}

static void read_month_range(struct label *label)
{
    const struct item *items = label->items;
    int first = item_of(label, "M")->number, last = last_item_of(label, 'M')->number;
    int first_year = item_of(label, "Y")->year, last_year = last_item_of(label, 'Y')->year;
    bool start_has_year = items[1].shape == 'Y';
    bool end_has_year = items[label->count - 1].shape == 'Y';
    if (!start_has_year)
        first_year -= first > last;
    if (!end_has_year)
        last_year += first > last;
    bool of_both = !end_has_year && items[1].at < items[0].at; /* "2023 Apr-Dec" */
    if (!settle_months(label, PERIOD_MONTH_RANGE, first_year, first, last_year, last))
        return;
    if (!start_has_year && first > last)
        assume(label, first == last + 1
                          ? "year given for the end only; start inferred 12 months back"
                          : "year given for the end only");
    else if (!end_has_year && (!of_both || first > last))
        assume(label, "year given for the start only");
}

static void read_point(struct label *label)
{
    settle_day(label, item_of(label, "D")->date);
    note_day_first(label);
}

/* "June 30, 2022" */
static void read_month_first_point(struct label *label)
{
    const struct item *items = label->items;
    struct date day;
    if (date_make(items[2].year, items[0].number, items[1].number, &day))
        settle_day(label, day);
    else
        refuse(label, PERIOD_POINT, PERIOD_ERROR, "no such day");
}

static void read_end_of_month(struct label *label)
{
    settle_day(label, date_last_of_month(item_of(label, "Y")->year, item_of(label, "M")->number));
    assume(label, "last day of the month");
}

static void read_mid_year(struct label *label)
{
    settle_day(label, date_last_of_month(item_of(label, "Y")->year, 6));
    assume(label, "mid-year is 30 June");
}

static void read_week_from(struct label *label)
{
    struct date day = item_of(label, "D")->date;
    settle(label, PERIOD_DATE_RANGE, day, date_from_number(date_number(day) + 6));
    assume(label, "seven days from this day");
}

static void read_week_to(struct label *label)
{
    struct date day = item_of(label, "D")->date;
    settle(label, PERIOD_DATE_RANGE, date_from_number(date_number(day) - 6), day);
    assume(label, "seven days up to this day");
}

/* The start may have only its day, or its day and month. */
static void read_date_range(struct label *label)
{
    const struct item *from = &label->items[0], *to = &label->items[2];
    struct date start = from->date;
    int month = from->shape == 'd' ? from->second : to->date.month;
    if (from->shape != 'D' && !date_make(to->date.year, month, from->number, &start))
        refuse(label, PERIOD_DATE_RANGE, PERIOD_ERROR, "no such day");
    else if (settle(label, PERIOD_DATE_RANGE, start, to->date))
        note_day_first(label);
}

/* "01/2021 to 03/2021", "2021-04 to 2022-03" */
static void read_numbered_months(struct label *label)
{
    const struct item *items = label->items;
    bool pairs = items[0].shape == 'N';
    const struct item *to = &items[pairs ? 2 : 4];
    int first = items[pairs ? 0 : 2].number, last = pairs ? to->number : items[6].number;
    bool are_years = !pairs && first > items[0].year % 100 && last > to->year % 100;
    if (first < 1 || first > 12 || last < 1 || last > 12)
        refuse(label, PERIOD_MONTH_RANGE, PERIOD_ERROR, "no such month");
    else if (are_years)
        refuse(label, PERIOD_UNKNOWN, PERIOD_AMBIGUOUS, "months, or years from one to another");
    else
        settle_months(label, PERIOD_MONTH_RANGE, items[0].year, first, to->year, last);
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
static void read_rolling_year(struct label *label)
{
    struct date end = has(label, 'D') ? item_of(label, "D")->date
                                      : date_last_of_month(item_of(label, "Y")->year,
                                                           item_of(label, "M")->number);
    int months = item_of(label, "r")->number;
    long day_before = date_number(date_add_months_to_end(end, -months));
    settle(label, kind_of_stretch(months, end), date_from_number(day_before + 1), end);
    if (months % 12 == 0)
        label->out.years_pooled = (unsigned)months / 12;
    note_day_first(label);
}

/* "FYE 2022", "3 years ending 2020"; "year ending 2022" may be either year. */
static void read_years_to_year(struct label *label)
{
    const struct item *stretch = item_of(label, "r");
    int last = item_of(label, "Yy")->year, years = stretch->number / 12;
    if (stretch->number % 12)
        refuse(label, PERIOD_UNKNOWN, PERIOD_AMBIGUOUS, "no end month");
    else if (stretch->second) {
        settle_financial(label, PERIOD_FINANCIAL_YEAR, last - 1, 0, 11);
        assume(label, "the financial year that ends in that year");
    } else if (years > 1) {
        settle_months(label, PERIOD_POOLED_CALENDAR, last - years + 1, 1, last, 12);
        label->out.years_pooled = (unsigned)years;
        assume(label, "calendar years");
    } else
        read_one_number_year(label);
}

static void read_year_to_date(struct label *label)
{
    const struct item *first = item_of(label, "M"), *last = last_item_of(label, 'M');
    bool has_start = first != last, is_of_financial = has(label, 'F');
    int month = last->number, start_month = has_start ? first->number : 4;
    int year = is_of_financial ? year_of_month(item_of(label, "F")->year, month)
                               : last_item_of(label, 'Y')->year;
    settle_months(label, PERIOD_YTD, start_month <= month ? year : year - 1, start_month, year,
                  month);
    if (!has_start && !is_of_financial)
        assume(label, "from April, the start of the financial year");
}

/* "Q3 YTD 2021/22": from April to the end of the quarter. */
static void read_quarters_to_date(struct label *label)
{
    int quarter = item_of(label, "Q")->number;
    if (quarter < 1 || quarter > 4)
        refuse(label, PERIOD_YTD, PERIOD_ERROR, "no such quarter");
    else
        settle_financial(label, PERIOD_YTD, item_of(label, "F")->year, 0, quarter * 3 - 1);
}

/* "2021/22 to Dec" */
static void read_year_to_month(struct label *label)
{
    int year = item_of(label, "F")->year, month = item_of(label, "M")->number;
    if (item_of(label, "-")->touching || item_of(label, "-")->is_and)
        refuse(label, PERIOD_YTD, PERIOD_AMBIGUOUS, "not clear which months of the year");
    else if (settle_months(label, PERIOD_YTD, year, 4, year_of_month(year, month), month))
        assume(label, "from April, the start of the financial year");
}

/* "Q4 2020/21 to Q3 2021/22" */
static void read_quarters_of_two_years(struct label *label)
{
    int first = item_of(label, "Q")->number, last = last_item_of(label, 'Q')->number;
    int from = item_of(label, "F")->year, to = last_item_of(label, 'F')->year;
    if (first < 1 || first > 4 || last < 1 || last > 4)
        refuse(label, PERIOD_MONTH_RANGE, PERIOD_ERROR, "no such quarter");
    else if (to * 4 + last < from * 4 + first)
        refuse(label, PERIOD_MONTH_RANGE, PERIOD_ERROR, "ends before it starts");
    else
        settle_financial(label, PERIOD_MONTH_RANGE, from, (first - 1) * 3,
                         (to - from) * 12 + last * 3 - 1);
}

/* Quarters or halves of a financial year: one, or from one to another. */
static void settle_part(struct label *label, char shape, enum period_kind kind, int count,
                        const char *why_not)
{
    int first = item_of(label, (char[]){shape, '\0'})->number;
    int last = last_item_of(label, shape)->number, months = 12 / count;
    if (first < 1 || last > count || last < first)
        refuse(label, kind, PERIOD_ERROR, "%s", why_not);
    else
        settle_financial(label, has(label, '-') ? PERIOD_MONTH_RANGE : kind,
                         item_of(label, "F")->year, (first - 1) * months, last * months - 1);
}

static void read_quarter(struct label *label)
{
    settle_part(label, 'Q', PERIOD_FIN_QUARTER, 4, "no such quarter");
}

static void read_half(struct label *label)
{
    settle_part(label, 'H', PERIOD_HALF_YEAR, 2, "no such half year");
}

/* "Q4 2023": a calendar quarter, or one of two financial years. */
static void read_quarter_of_one_year(struct label *label)
{
    int quarter = last_item_of(label, 'Q')->number, year = item_of(label, "Yy")->year;
    if (quarter < 1 || quarter > 4) {
        refuse(label, PERIOD_QUARTER, PERIOD_ERROR, "no such quarter");
        return;
    }
    int calendar = quarter * 3 - 2, financial = quarter == 4 ? 1 : calendar + 3;
    int first_year = quarter == 4 ? year : year - 1;
    refuse(label, PERIOD_QUARTER, PERIOD_AMBIGUOUS,
           "calendar Q%d (%.3s-%.3s %d) or financial Q%d (%.3s-%.3s %d or %.3s-%.3s %d)", quarter,
           month_name(calendar), month_name(calendar + 2), year, quarter, month_name(financial),
           month_name(financial + 2), first_year, month_name(financial), month_name(financial + 2),
           first_year + 1);
}

static void read_calendar_quarter(struct label *label)
{
    int quarter = item_of(label, "Q")->number, year = item_of(label, "Y")->year;
    if (quarter < 1 || quarter > 4)
        refuse(label, PERIOD_QUARTER, PERIOD_ERROR, "no such quarter");
    else
        settle_months(label, PERIOD_QUARTER, year, quarter * 3 - 2, year, quarter * 3);
}

static bool read_pattern(struct label *label);

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
static void read_twice(struct label *label)
{
    struct label months = part_of(label, "M-Y");
    int first = item_of(label, "M")->number, last = last_item_of(label, 'M')->number;
    int year = item_of(label, "F")->year;
    if (has(label, 'Y'))
        read_pattern(&months);
    else
        settle_months(&months, PERIOD_MONTH_RANGE, year_of_month(year, first), first,
                      year_of_month(year, last), last);
    *label = part_of(label, "QF");
    bool both = read_pattern(label);
    if (both && label->out.flag < PERIOD_AMBIGUOUS && !period_same(label->out, months.out))
        refuse(label, label->out.kind, PERIOD_ERROR,
               "the months in the label are not those of the period it names");
}

/* "Q1 Apr-Jun 2021": the months say whose quarter it is. */
static void read_quarter_of_months(struct label *label)
{
    int quarter = item_of(label, "Q")->number;
    struct label months = part_of(label, "M-Y");
    read_pattern(&months);
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
        refuse(label, PERIOD_QUARTER, PERIOD_ERROR,
               "the months in the label are not those of the quarter it names");
    else
        settle(label, financial ? PERIOD_FIN_QUARTER : PERIOD_QUARTER, start, months.out.end);
}

/* "20220331", or a day as Excel counts them */
static void read_bare_number(struct label *label)
{
    int number = label->items[0].number;
    struct date day;
    enum { EXCEL_1970 = 25569, EARLIEST = 30000, LATEST = 60000 };
    if (label->items[0].digits == 8 &&
        date_make(number / 10000, number / 100 % 100, number % 100, &day) && day.year >= 1900 &&
        day.year < 2100) {
        settle_day(label, day);
        assume(label, "read as year, month and day");
    } else if (label->items[0].digits == 5 && number >= EARLIEST && number <= LATEST)
        refuse(label, PERIOD_POINT, PERIOD_AMBIGUOUS, "a number; as a day of Excel it would be %s",
               date_display(label->arena, date_from_number(number - EXCEL_1970)).ptr);
    else
        refuse(label, PERIOD_UNKNOWN, PERIOD_ERROR, "not a period");
}

static void read_excel_month(struct label *label)
{
    const struct item *item = item_of(label, "x");
    refuse(label, PERIOD_MONTH, PERIOD_AMBIGUOUS, "Excel shows %.3s-%02d or %d %s",
           month_name(item->second), item->number, item->number, month_name(item->second));
}

static void read_no_such_day(struct label *label)
{
    refuse(label, PERIOD_POINT, PERIOD_ERROR, "no such day");
}

/* Each in the order of period_int.h, separated by spaces. */
static const struct {
    void (*read)(struct label *label);
    const char *patterns;
} readings[] = {
    {read_financial_year, "F"},
    {read_one_number_year, "fY fy AY Ay"},
    {read_six_digits, "s"},
    {read_academic_year, "AF"},
    {read_pooled_financial, "F-F"},
    {read_two_years, "fY-Y fY-y fy-y AY-Y AY-y"},
    {read_years_to_year, "rY ry ArY"},
    {read_calendar_year, "Y CY Cy"},
    {read_span, "Y-y Y-Y y-y"},
    {read_pair, "P QP"},
    {read_month, "N MY Y-M M-Y M-y"},
    {read_excel_month, "x"},
    {read_months_of_financial_year, "FM M-FM"},
    {read_month_range, "M-MY MY-M MY-MY"},
    {read_point, "D pD"},
    {read_month_first_point, "MYY M1Y"},
    {read_end_of_month, "pMY"},
    {read_mid_year, "mY Ym"},
    {read_numbered_months, "N-N Y-y-Y-y"},
    {read_bare_number, "B"},
    {read_week_from, "kD"},
    {read_week_to, "KD"},
    {read_date_range, "D-D d-D 1-D y-D"},
    {read_no_such_day, "X pX"},
    {read_rolling_year, "rMY rD"},
    {read_year_to_date, "TMY TM-MY TMY-MY T-MY TFM TF-M TF-MY"},
    {read_quarter, "QF Q-QF QF-Q"},
    {read_quarters_of_two_years, "QF-QF"},
    {read_quarters_to_date, "TQF"},
    {read_year_to_month, "F-M"},
    {read_half, "HF"},
    {read_quarter_of_one_year, "QY Qy Q-QY"},
    {read_calendar_quarter, "CQY"},
    {read_twice, "QFM-MY QFMY-MY FM-MY FMY-MY QFM-M QM-FM FM-M"},
    {read_quarter_of_months, "QM-MY QMY-MY"},
};

static bool read_pattern(struct label *label)
{
    struct text piece;
    for (size_t i = 0; i < sizeof readings / sizeof readings[0]; i++) {
        struct text_pieces pieces = text_split(text_from(readings[i].patterns), ' ');
        while (text_next(&pieces, &piece))
            if (text_is(piece, label->pattern)) {
                readings[i].read(label);
                return true;
            }
    }
    return false;
}

/* Labels that name no stretch of time: by the first word of them that says why. */
static void read_nothing(struct label *label)
{
    static const struct {
        char shape;
        enum period_kind kind;
        const char *note;
    } reasons[] = {
        {'z', PERIOD_UNKNOWN, "more than a period"},
        {'O', PERIOD_UNKNOWN, "open at one end"},
        {'Q', PERIOD_QUARTER, "not clear which quarter"},
        {'W', PERIOD_TERM, "term dates vary by council"},
        {'w', PERIOD_UNKNOWN, "weeks are numbered in several ways: say the day the week ends"},
        {'n', PERIOD_MONTH, "months are numbered from April or January: name the month"},
        {'g', PERIOD_UNKNOWN, "open at one end"},
        {'T', PERIOD_YTD, "no end month"},
        {'R', PERIOD_UNKNOWN, "relative label"},
        {'o', PERIOD_UNKNOWN, "says how often, not when"},
        {'S', PERIOD_UNKNOWN, "season: its months vary"},
        {'v', PERIOD_UNKNOWN, "not a definite period"},
        {'e', PERIOD_UNKNOWN, "not a definite period"},
        {'H', PERIOD_HALF_YEAR, "not clear which half year"},
        {'d', PERIOD_POINT, "no year"},
        {'M', PERIOD_MONTH, "no year"},
    };
    const char *pattern = label->pattern;
    bool names_time = strpbrk(pattern, "FPNYyMDdsQ") != NULL;
    if (has(label, 'Q') && !strpbrk(pattern, "zO") && pattern[strspn(pattern, "QTReo-")] == '\0') {
        refuse(label, PERIOD_QUARTER, PERIOD_AMBIGUOUS, "no year");
        return;
    }
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (has(label, reasons[i].shape) && (names_time || !strchr("zOg", reasons[i].shape))) {
            refuse(label, reasons[i].kind, PERIOD_AMBIGUOUS, "%s", reasons[i].note);
            return;
        }
    refuse(label, PERIOD_UNKNOWN, PERIOD_ERROR, "not a period");
}

/* What was said beside the period itself. */
static void read_rest(struct label *label)
{
    struct period *out = &label->out;
    if (out->flag > PERIOD_ASSUMED)
        return;
    int months = (out->end.year - out->start.year) * 12 + out->end.month - out->start.month + 1;
    if (label->months_said && label->months_said != months) {
        refuse(label, out->kind, PERIOD_ERROR, "the label says %d months but names %d",
               label->months_said, months);
        return;
    }
    if (label->misspelt && !has(label, 'M')) {
        refuse(label, PERIOD_UNKNOWN, PERIOD_ERROR, "a word that may be %s misspelt",
               month_name(label->misspelt));
        return;
    }
    if (label->months_said && out->kind == PERIOD_POOLED_CALENDAR) {
        out->flag = PERIOD_OK; /* "3 years, 2018-20" leaves no doubt */
        out->note = TEXT_EMPTY;
    }
    if (label->has_note_mark && out->flag == PERIOD_OK)
        assume(label, "note mark ignored");
    if (label->ignored && out->flag == PERIOD_OK)
        assume(label, "words ignored");
    if (label->marker && out->flag == PERIOD_OK)
        out->note = text_format(label->arena, "marker [%c]", label->marker);
    else if (label->marker)
        out->note =
            text_format(label->arena, "%.*s; marker [%c]", TEXT_ARG(out->note), label->marker);
}

struct period period_read(struct arena *arena, struct text written)
{
    struct label label = label_cut(arena, written);
    if (!label.text.len)
        refuse(&label, PERIOD_UNKNOWN, PERIOD_ERROR, "blank");
    else if (label.is_unreadable)
        refuse(&label, PERIOD_UNKNOWN, PERIOD_ERROR, "not a period");
    else if (!read_pattern(&label))
        read_nothing(&label);
    read_rest(&label);
    return label.out;
}
