#include "check/rules_int.h"

static int months_of(struct period period)
{
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1;
}

enum dq dq_period_label(struct period period)
{
    return period.kind == PERIOD_YTD && months_of(period) == 12 ? DQ_PERIOD_LABEL : DQ_OK;
}

enum dq dq_complete(struct period period, struct date taken)
{
    bool known = date_is_known(period.end) && date_is_known(taken);
    return known && date_compare(period.end, taken) > 0 ? DQ_INCOMPLETE : DQ_OK;
}

enum dq dq_overlap(struct period a, struct period b)
{
    bool known = date_is_known(a.start) && date_is_known(b.start);
    bool share = known && date_compare(a.start, b.end) <= 0 && date_compare(b.start, a.end) <= 0;
    return share ? DQ_OVERLAP : DQ_OK;
}

enum dq dq_population(struct period population, struct period period)
{
    if (!date_is_known(population.end) || !date_is_known(period.end))
        return DQ_OK;
    struct date latest = date_add_months(population.end, 24);
    return date_compare(latest, period.end) < 0 ? DQ_STALE_POP : DQ_OK;
}

/* The period inside `whole` that holds this day; NULL when none does. */
static const struct period *period_of_day(const struct period *periods, size_t count,
                                          struct period whole, struct date day)
{
    for (size_t i = 0; i < count; i++)
        if (period_within(periods[i], whole) && date_compare(periods[i].start, day) <= 0 &&
            date_compare(day, periods[i].end) <= 0)
            return &periods[i];
    return NULL;
}

static bool any_after(const struct period *periods, size_t count, struct period whole,
                      struct date day)
{
    for (size_t i = 0; i < count; i++)
        if (period_within(periods[i], whole) && date_compare(periods[i].start, day) > 0)
            return true;
    return false;
}

/* From one month to the next: exports leave out whole months. */
enum dq dq_period_gap(struct arena *arena, const struct period *periods, size_t count,
                      struct period whole, struct period *missing)
{
    if (!date_is_known(whole.start))
        return DQ_OK;
    bool begun = false;
    for (struct date day = whole.start; date_compare(day, whole.end) <= 0;
         day = date_add_months(day, 1)) {
        bool held = period_of_day(periods, count, whole, day) != NULL;
        begun = begun || held;
        if (!held && begun && any_after(periods, count, whole, day)) {
            *missing = period_month(arena, day.year, day.month);
            return DQ_PERIOD_GAP;
        }
    }
    return DQ_OK;
}
