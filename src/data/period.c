#include "data/period.h"

#include <stdlib.h>

const char *period_kind_word(enum period_kind kind)
{
    static const char *const words[] = {
        [PERIOD_UNKNOWN] = "?",
        [PERIOD_FINANCIAL_YEAR] = "financial_year",
        [PERIOD_CALENDAR_YEAR] = "calendar_year",
        [PERIOD_ACADEMIC_YEAR] = "academic_year",
        [PERIOD_POOLED_CALENDAR] = "pooled_calendar",
        [PERIOD_POOLED_FINANCIAL] = "pooled_financial",
        [PERIOD_HALF_YEAR] = "half_year",
        [PERIOD_FIN_QUARTER] = "fin_quarter",
        [PERIOD_QUARTER] = "quarter",
        [PERIOD_MONTH] = "month",
        [PERIOD_MONTH_RANGE] = "month_range",
        [PERIOD_DATE_RANGE] = "date_range",
        [PERIOD_ROLLING_12] = "rolling_12",
        [PERIOD_YTD] = "ytd",
        [PERIOD_POINT] = "point",
        [PERIOD_TERM] = "term",
        [PERIOD_PLAN] = "plan_period",
    };
    return words[kind];
}

const char *period_flag_word(enum period_flag flag)
{
    static const char *const words[] = {"OK", "ASSUMED", "AMBIGUOUS", "ERROR"};
    return words[flag];
}

bool period_says_more(struct period period)
{
    return (period.flag == PERIOD_ASSUMED && text_contains(period.note, TEXT("words ignored"))) ||
           text_is(period.note, "more than a period");
}

long period_days(struct period period)
{
    if (!date_is_known(period.start))
        return 0;
    return date_number(period.end) - date_number(period.start) + 1;
}

struct period period_previous(struct arena *arena, struct period period)
{
    struct period previous = period;
    previous.note = previous.label = TEXT_EMPTY;
    if (!date_is_known(period.start))
        return previous;
    int months = -12 * (int)period.years_pooled;
    /* a stretch of more than a year goes back as many years as it takes not to overlap */
    while (date_compare(date_add_months_to_end(period.end, months), period.start) >= 0)
        months -= 12;
    previous.start = date_add_months(period.start, months);
    previous.end =
        period.kind == PERIOD_POINT ? previous.start : date_add_months_to_end(period.end, months);
    previous.label = period_display(arena, previous);
    return previous;
}

int period_whole_months(struct period p)
{
    if (!date_is_known(p.start) || p.kind == PERIOD_YTD || p.kind == PERIOD_ROLLING_12 ||
        p.kind == PERIOD_POINT || p.start.day != 1 || !date_is_last_of_month(p.end))
        return 0;
    return (p.end.year - p.start.year) * 12 + p.end.month - p.start.month + 1;
}

bool period_directly_before(struct arena *arena, struct period p, struct period *out)
{
    int months = period_whole_months(p);
    if (!months)
        return false;
    *out = p;
    out->start = date_add_months(p.start, -months);
    out->end = date_add_months_to_end(p.end, -months);
    out->note = TEXT_EMPTY;
    out->label = period_display(arena, *out);
    return true;
}

bool period_is_as_long(struct period a, struct period b)
{
    int months_a = period_whole_months(a), months_b = period_whole_months(b);
    long days_a = period_days(a), days_b = period_days(b);
    if (months_a && months_b)
        return months_a == months_b;
    return days_a <= 0 || days_b <= 0 || labs(days_a - days_b) <= 2 + (long)a.years_pooled;
}

bool period_same(struct period a, struct period b)
{
    if (!date_is_known(a.start) || !date_is_known(b.start)) /* refused labels: as written */
        return a.start.year == b.start.year && text_equal(a.label, b.label);
    return date_compare(a.start, b.start) == 0 && date_compare(a.end, b.end) == 0;
}

bool period_within(struct period part, struct period whole)
{
    return date_is_known(part.start) && date_is_known(whole.start) &&
           date_compare(whole.start, part.start) <= 0 && date_compare(part.end, whole.end) <= 0;
}

int period_compare(struct period a, struct period b)
{
    int order = date_compare(a.end, b.end);
    return order ? order : date_compare(a.start, b.start);
}

static struct text year_pair(struct arena *arena, int year)
{
    return text_format(arena, "%d/%02d", year, (year + 1) % 100);
}

static struct text months_display(struct arena *arena, struct period p)
{
    const char *first = month_name(p.start.month), *last = month_name(p.end.month);
    if (p.start.year == p.end.year && p.start.month == p.end.month)
        return text_format(arena, "%s %d", first, p.end.year);
    if (p.start.year == p.end.year)
        return text_format(arena, "%s to %s %d", first, last, p.end.year);
    return text_format(arena, "%s %d to %s %d", first, p.start.year, last, p.end.year);
}

static struct text rolling_display(struct arena *arena, struct period p)
{
    if (date_is_last_of_month(p.end))
        return text_format(arena, "Year ending %s %d", month_name(p.end.month), p.end.year);
    return text_format(arena, "Year ending %.*s", TEXT_ARG(date_display(arena, p.end)));
}

struct text period_display(struct arena *arena, struct period p)
{
    if (!date_is_known(p.start))
        return text_copy(arena, p.label);
    int year = p.start.month >= 4 ? p.start.year : p.start.year - 1; /* the financial year */
    int months_in = (p.start.month + 8) % 12;
    switch (p.kind) {
    case PERIOD_FINANCIAL_YEAR:
        return year_pair(arena, year);
    case PERIOD_CALENDAR_YEAR:
        return text_format(arena, "%d", p.start.year);
    case PERIOD_ACADEMIC_YEAR:
        return text_format(arena, "Academic year %.*s", TEXT_ARG(year_pair(arena, p.start.year)));
    case PERIOD_POOLED_CALENDAR:
        return text_format(arena, "%d to %d", p.start.year, p.end.year);
    case PERIOD_POOLED_FINANCIAL:
        return text_format(arena, "%.*s to %.*s", TEXT_ARG(year_pair(arena, year)),
                           TEXT_ARG(year_pair(arena, p.end.year - 1)));
    case PERIOD_HALF_YEAR:
        return text_format(arena, "Half year %d, %.*s", months_in / 6 + 1,
                           TEXT_ARG(year_pair(arena, year)));
    case PERIOD_FIN_QUARTER:
        return text_format(arena, "Quarter %d, %.*s", months_in / 3 + 1,
                           TEXT_ARG(year_pair(arena, year)));
    case PERIOD_QUARTER:
    case PERIOD_MONTH:
    case PERIOD_MONTH_RANGE:
        return months_display(arena, p);
    case PERIOD_YTD:
        return text_format(arena, "%.*s (year to date)", TEXT_ARG(months_display(arena, p)));
    case PERIOD_ROLLING_12:
        return rolling_display(arena, p);
    case PERIOD_POINT:
        return date_display(arena, p.end);
    case PERIOD_DATE_RANGE:
        return text_format(arena, "%.*s to %.*s", TEXT_ARG(date_display(arena, p.start)),
                           TEXT_ARG(date_display(arena, p.end)));
    case PERIOD_UNKNOWN:
    case PERIOD_TERM:
    case PERIOD_PLAN:
        break;
    }
    return text_copy(arena, p.label);
}

struct period period_month(struct arena *arena, int year, int month)
{
    struct period period = {
        .kind = PERIOD_MONTH,
        .start = date_first_of_month(year, month),
        .end = date_last_of_month(year, month),
        .years_pooled = 1,
        .note = TEXT_EMPTY,
    };
    period.label = months_display(arena, period);
    return period;
}
