#include "data/period_int.h"

#include <string.h>

/* 2011-12 and 201112 may be a year or a month. */
static void refuse_year_or_month(struct label *label, int year, int suffix)
{
    label_refuse(label, PERIOD_FINANCIAL_YEAR, PERIOD_AMBIGUOUS, "financial year %d/%02d or %s %d",
                 year, suffix, month_name(suffix), year);
}

static void read_financial_year(struct label *label)
{
    const struct item *year = label_item(label, "F");
    label_settle_financial(label, PERIOD_FINANCIAL_YEAR, year->year, 0, 11);
    int suffix = (year->year + 1) % 100;
    bool could_be_month = suffix >= 1 && suffix <= 12 && !label->is_financial;
    if (year->hyphen && year->digits == 42 && could_be_month)
        refuse_year_or_month(label, year->year, suffix);
    else if (year->hyphen && !label->is_financial)
        label_assume(label,
                     "could be two pooled calendar years; suffix = start+1 so read as "
                     "financial year");
    else if (year->digits == 22 && could_be_month && suffix > 1)
        label_assume(label, "could be a day and a month");
    else if (year->digits > 40 && period_days(label->out) == 366)
        label->out.note = TEXT("366 days");
}

/* "FY2122", "2122": two years without what should stand between them. */
static bool is_pair_in_one(const struct item *year)
{
    return year->digits == 4 && year->number > 2100 && year->number % 100 == year->number / 100 + 1;
}

void read_one_number_year(struct label *label)
{
    const struct item *item = label_item(label, "Yy");
    int year = item->year;
    if (is_pair_in_one(item)) {
        label_settle_financial(label, PERIOD_FINANCIAL_YEAR, 2000 + item->number / 100, 0, 11);
        label_assume(label, "four digits read as two years");
        return;
    }
    label_refuse(label, PERIOD_FINANCIAL_YEAR, PERIOD_AMBIGUOUS, "%d/%02d or %d/%02d", year - 1,
                 year % 100, year, (year + 1) % 100);
}

static void read_six_digits(struct label *label)
{
    int year = label->items[0].year, suffix = label->items[0].number % 100;
    bool follows = suffix == (year + 1) % 100, month = suffix >= 1 && suffix <= 12;
    if (follows && month)
        refuse_year_or_month(label, year, suffix);
    else if (follows)
        label_settle_financial(label, PERIOD_FINANCIAL_YEAR, year, 0, 11);
    else if (month) {
        label_settle_months(label, PERIOD_MONTH, year, suffix, year, suffix);
        label_assume(label, "read as year and month");
    } else
        label_refuse(label, PERIOD_UNKNOWN, PERIOD_ERROR, "financial year suffix must be start+1");
}

static void read_academic_year(struct label *label)
{
    int year = label_item(label, "F")->year;
    label_settle_months(label, PERIOD_ACADEMIC_YEAR, year, 9, year + 1, 8);
    label_assume(label, "DfE September-August; HESA uses August-July");
}

/* "Academic year 2021 to 2022" */
static void read_two_years(struct label *label)
{
    const struct item *from = label_item(label, "Yy"), *to = &label->items[label->count - 1];
    int year = from->year;
    if (to->number != (to->digits == 4 ? year + 1 : (year + 1) % 100))
        label_refuse(label, PERIOD_UNKNOWN, PERIOD_ERROR, "the second year must follow the first");
    else if (label_has(label, 'A')) {
        label_settle_months(label, PERIOD_ACADEMIC_YEAR, year, 9, year + 1, 8);
        label_assume(label, "DfE September-August; HESA uses August-July");
    } else
        label_settle_financial(label, PERIOD_FINANCIAL_YEAR, year, 0, 11);
}

enum { POOLED_YEARS_MAX = 10 }; /* a longer stretch is a plan */

static void read_pooled_financial(struct label *label)
{
    int first = label_item(label, "F")->year, last = label_last_item(label, 'F')->year;
    int years = last - first + 1;
    if (years > POOLED_YEARS_MAX)
        label_refuse(label, PERIOD_PLAN, PERIOD_AMBIGUOUS, "plan period");
    else if (years <= 1)
        label_refuse(label, PERIOD_POOLED_FINANCIAL, PERIOD_ERROR, "ends before it starts");
    else {
        label_settle_financial(label, PERIOD_POOLED_FINANCIAL, first, 0, years * 12 - 1);
        label->out.years_pooled = (unsigned)years;
    }
}

static void read_calendar_year(struct label *label)
{
    const struct item *item = label_item(label, "Yy");
    int year = item->year;
    if (is_pair_in_one(item)) {
        label_refuse(label, PERIOD_FINANCIAL_YEAR, PERIOD_AMBIGUOUS, "financial year %d/%02d or %d",
                     2000 + item->number / 100, item->number % 100, item->number);
        return;
    }
    if (label->ignored) {
        label_refuse(label, PERIOD_UNKNOWN, PERIOD_AMBIGUOUS,
                     "not clear what the words beside the year mean");
        return;
    }
    label_settle_months(label, PERIOD_CALENDAR_YEAR, year, 1, year, 12);
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
        label_refuse(label, PERIOD_MONTH, PERIOD_ERROR, "no such month");
    else
        label_settle_months(label, PERIOD_MONTH, year, month, year, month);
}

/* Two years whose second does not follow on the first: "2016 - 18", "2018-23", "2011-2031". */
static void read_span(struct label *label)
{
    const struct item *from = &label->items[0], *dash = &label->items[1], *to = &label->items[2];
    enum { SURELY_POOLED_MAX = 5 };
    bool short_end = to->digits == 2;
    int first = from->year;
    int last = short_end ? first - first % 100 + to->number : to->number;
    if (last < first && short_end && !dash->touching)
        last += 100; /* "1998 - 00" */
    int years = last - first + 1;
    if (years == 2 && !dash->is_and) { /* "2021 to 2022": as 2021-2022 */
        label_settle_financial(label, PERIOD_FINANCIAL_YEAR, first, 0, 11);
        label_assume(label,
                     "could be two pooled calendar years; suffix = start+1 so read as "
                     "financial year");
        return;
    }
    bool month =
        short_end && dash->touching && to->number >= 1 && to->number <= 12 && from->digits == 4;
    if (month && years <= 1)
        settle_month(label, first, to->number);
    else if (month)
        label_refuse(label, PERIOD_PLAN, PERIOD_AMBIGUOUS, "%d to %d or %s %d", first, last,
                     month_name(to->number), first);
    else if (years <= 1)
        label_refuse(label, PERIOD_UNKNOWN, PERIOD_ERROR, "ends before it starts");
    else if (years > POOLED_YEARS_MAX)
        label_refuse(label, PERIOD_PLAN, PERIOD_AMBIGUOUS, "local plan period, not a data period");
    else if (years > SURELY_POOLED_MAX)
        label_refuse(label, PERIOD_PLAN, PERIOD_AMBIGUOUS,
                     "%s calendar years, %s financial years or a plan", number_word(years),
                     number_word(years - 1));
    else {
        label_settle_months(label, PERIOD_POOLED_CALENDAR, first, 1, last, 12);
        label->out.years_pooled = (unsigned)years;
        if (!dash->spaced)
            label_assume(label, text_format(label->arena, "%s calendar years or a plan %d/%02d",
                                            number_word(years), first, last % 100)
                                    .ptr);
    }
}

/* A pair with a slash that is no financial year: a plan, or a typing error. */
static void read_pair(struct label *label)
{
    const struct item *pair = label_item(label, "P");
    int year = pair->year, suffix = pair->second;
    int last = pair->digits % 10 == 4 ? suffix : year - year % 100 + suffix;
    bool month = pair->digits == 42 && suffix >= 1 && suffix <= 12;
    if (pair->digits == 22 && pair->number >= 1 && pair->number <= 12 && label->count == 1 &&
        !label->is_financial && last > year)
        label_refuse(label, PERIOD_PLAN, PERIOD_AMBIGUOUS, "%s %d or a plan period",
                     month_name(pair->number), date_full_year(suffix, 2));
    else if (last > year && label->count == 1 && !label->is_financial)
        label_refuse(label, PERIOD_PLAN, PERIOD_AMBIGUOUS, "plan period");
    else
        label_refuse(label, PERIOD_UNKNOWN, PERIOD_ERROR,
                     "financial year suffix must be start+1; may be a typing error for %d/%02d%s",
                     year, (year + 1) % 100,
                     month ? text_format(label->arena, " or %s %d", month_name(suffix), year).ptr
                           : "");
}

static void read_month(struct label *label)
{
    const struct item *month = label_item(label, "NM");
    if (label_has(label, '-') && !label_item(label, "-")->touching)
        label_refuse(label, PERIOD_MONTH, PERIOD_AMBIGUOUS,
                     "not clear how the month and year belong");
    else
        settle_month(label, label_item(label, "NYy")->year, month->number);
}

/* The calendar year of a month of a financial year. */
int year_of_month(int financial_year, int month)
{
    return month >= 4 ? financial_year : financial_year + 1;
}

static void read_months_of_financial_year(struct label *label)
{
    const struct item *pair = label_item(label, "F"), *month = label_item(label, "M");
    int year = pair->year, first = month->number, last = label_last_item(label, 'M')->number;
    if (pair->digits == 22 && pair->at < month->at)
        label_refuse(label, PERIOD_MONTH, PERIOD_AMBIGUOUS,
                     "days of %s, or a month of the financial year %d/%02d", month_name(first),
                     year, pair->second);
    else if (label_has(label, '-') && first == 4 && last == 3)
        label_settle_financial(label, PERIOD_FINANCIAL_YEAR, year, 0, 11); /* "2021/22 (Apr-Mar)" */
    else if (label_settle_months(label, label_has(label, '-') ? PERIOD_MONTH_RANGE : PERIOD_MONTH,
                                 year_of_month(year, first), first, year_of_month(year, last),
                                 last))
        label_assume(label, "months of the financial year");
}

static void read_month_range(struct label *label)
{
    const struct item *items = label->items;
    int first = label_item(label, "M")->number, last = label_last_item(label, 'M')->number;
    int first_year = label_item(label, "Y")->year, last_year = label_last_item(label, 'Y')->year;
    bool start_has_year = items[1].shape == 'Y';
    bool end_has_year = items[label->count - 1].shape == 'Y';
    if (!start_has_year)
        first_year -= first > last;
    if (!end_has_year)
        last_year += first > last;
    bool of_both = !end_has_year && items[1].at < items[0].at; /* "2023 Apr-Dec" */
    if (!label_settle_months(label, PERIOD_MONTH_RANGE, first_year, first, last_year, last))
        return;
    if (!start_has_year && first > last)
        label_assume(label, first == last + 1
                                ? "year given for the end only; start inferred 12 months back"
                                : "year given for the end only");
    else if (!end_has_year && (!of_both || first > last))
        label_assume(label, "year given for the start only");
}

static void read_point(struct label *label)
{
    label_settle_day(label, label_item(label, "D")->date);
    label_note_day_first(label);
}

/* "June 30, 2022" */
static void read_month_first_point(struct label *label)
{
    const struct item *items = label->items;
    struct date day;
    if (date_make(items[2].year, items[0].number, items[1].number, &day))
        label_settle_day(label, day);
    else
        label_refuse(label, PERIOD_POINT, PERIOD_ERROR, "no such day");
}

static void read_end_of_month(struct label *label)
{
    label_settle_day(
        label, date_last_of_month(label_item(label, "Y")->year, label_item(label, "M")->number));
    label_assume(label, "last day of the month");
}

static void read_mid_year(struct label *label)
{
    label_settle_day(label, date_last_of_month(label_item(label, "Y")->year, 6));
    label_assume(label, "mid-year is 30 June");
}

static void read_week_from(struct label *label)
{
    struct date day = label_item(label, "D")->date;
    label_settle(label, PERIOD_DATE_RANGE, day, date_from_number(date_number(day) + 6));
    label_assume(label, "seven days from this day");
}

static void read_week_to(struct label *label)
{
    struct date day = label_item(label, "D")->date;
    label_settle(label, PERIOD_DATE_RANGE, date_from_number(date_number(day) - 6), day);
    label_assume(label, "seven days up to this day");
}

/* The start may have only its day, or its day and month. */
static void read_date_range(struct label *label)
{
    const struct item *from = &label->items[0], *to = &label->items[2];
    struct date start = from->date;
    int month = from->shape == 'd' ? from->second : to->date.month;
    if (from->shape != 'D' && !date_make(to->date.year, month, from->number, &start))
        label_refuse(label, PERIOD_DATE_RANGE, PERIOD_ERROR, "no such day");
    else if (label_settle(label, PERIOD_DATE_RANGE, start, to->date))
        label_note_day_first(label);
}

static void read_excel_month(struct label *label)
{
    const struct item *item = label_item(label, "x");
    label_refuse(label, PERIOD_MONTH, PERIOD_AMBIGUOUS, "Excel shows %.3s-%02d or %d %s",
                 month_name(item->second), item->number, item->number, month_name(item->second));
}

static void read_no_such_day(struct label *label)
{
    label_refuse(label, PERIOD_POINT, PERIOD_ERROR, "no such day");
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
    {read_months_of_financial_year, "FM M-FM FM-M"},
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
    {read_twice, "QFM-MY QFMY-MY FM-MY FMY-MY QFM-M QM-FM"},
    {read_quarter_of_months, "QM-MY QMY-MY M-QMY"},
};

bool label_read(struct label *label)
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
    if (label_has(label, 'Q') && !strpbrk(pattern, "zO") &&
        pattern[strspn(pattern, "QTReo-")] == '\0') {
        label_refuse(label, PERIOD_QUARTER, PERIOD_AMBIGUOUS, "no year");
        return;
    }
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (label_has(label, reasons[i].shape) &&
            (names_time || !strchr("zOg", reasons[i].shape))) {
            label_refuse(label, reasons[i].kind, PERIOD_AMBIGUOUS, "%s", reasons[i].note);
            return;
        }
    label_refuse(label, PERIOD_UNKNOWN, PERIOD_ERROR, "not a period");
}

/* What was said beside the period itself. */
static void read_rest(struct label *label)
{
    struct period *out = &label->out;
    if (out->flag > PERIOD_ASSUMED)
        return;
    int months = (out->end.year - out->start.year) * 12 + out->end.month - out->start.month + 1;
    if (label->months_said && label->months_said != months) {
        label_refuse(label, out->kind, PERIOD_ERROR, "the label says %d months but names %d",
                     label->months_said, months);
        return;
    }
    if (label->misspelt && !label_has(label, 'M')) {
        label_refuse(label, PERIOD_UNKNOWN, PERIOD_ERROR, "a word that may be %s misspelt",
                     month_name(label->misspelt));
        return;
    }
    if (label->months_said && out->kind == PERIOD_POOLED_CALENDAR) {
        out->flag = PERIOD_OK; /* "3 years, 2018-20" leaves no doubt */
        out->note = TEXT_EMPTY;
    }
    if (label->has_note_mark && out->flag == PERIOD_OK)
        label_assume(label, "note mark ignored");
    if (label->ignored && out->flag == PERIOD_OK)
        label_assume(label, "words ignored");
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
        label_refuse(&label, PERIOD_UNKNOWN, PERIOD_ERROR, "blank");
    else if (label.is_unreadable)
        label_refuse(&label, PERIOD_UNKNOWN, PERIOD_ERROR, "not a period");
    else if (!label_read(&label))
        read_nothing(&label);
    read_rest(&label);
    return label.out;
}
