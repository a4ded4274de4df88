/* performance_year - the year so far, and where it is heading (statistics.md 1.6 and 5). */
#include "compute/performance.h"

#include <math.h>

static const struct value not_available = {.present = false, .markers = MARKER_NOT_AVAILABLE};

/* ---- the year so far ---- */

static struct value value_in(const struct performances *all, size_t measure, struct period period)
{
    struct place place = PLACE_NONE;
    return dataset_value(all->comparison->dataset, measure, all->comparison->where, period, &place);
}

/* Months number `first` up to `end` of a year, counted from 0, in the words of periods. */
static struct period months_of(struct arena *arena, struct period year, unsigned first,
                               unsigned end)
{
    struct date from = date_add_months(year.start, (int)first);
    struct date to = date_add_months(year.start, (int)end - 1);
    if (end - first == 1)
        return period_month(arena, from.year, from.month);
    return period_read(arena, text_format(arena, "%s %d to %s %d", month_name(from.month),
                                          from.year, month_name(to.month), to.year));
}

static unsigned step_of(int parts)
{
    return parts == PARTS_MONTHS ? 1 : 3;
}

static void find_parts(struct arena *arena, const struct dataset *dataset, struct year_parts *year)
{
    for (int k = 0; k < PARTS; k++)
        for (unsigned m = 0; m < YTD_MONTHS; m += step_of(k)) {
            struct period part = months_of(arena, year->whole, m, m + step_of(k));
            year->parts[k][m / step_of(k)] = part;
            for (size_t p = 0; !year->has[k] && p < dataset->period_count; p++)
                year->has[k] = period_same(dataset->periods[p], part);
        }
}

void years_find(struct arena *arena, struct performances *all)
{
    struct period period = all->comparison->period;
    if (!date_is_known(period.start) || period.kind == PERIOD_POINT)
        return;
    int first = period.start.year - (period.start.month < 4);
    for (int y = 0; y < 3; y++) {
        struct text label = text_format(arena, "%d/%02d", first - y, (first - y + 1) % 100);
        struct period year = period_read(arena, label);
        if (y == 0 && !period_within(period, year))
            return;
        all->year[y].whole = year;
        find_parts(arena, all->comparison->dataset, &all->year[y]);
    }
}

/* Values of a year's months or quarters, up to month `until`; true when there is one. */
static bool values_of(const struct performances *all, size_t measure, const struct year_parts *year,
                      int parts, unsigned until, struct value *out)
{
    bool any = false;
    for (unsigned i = 0; (i + 1) * step_of(parts) <= until; i++) {
        out[i] = year->has[parts] ? value_in(all, measure, year->parts[parts][i]) : not_available;
        any = any || out[i].present || out[i].markers & MARKER_CONFIDENTIAL;
    }
    return any;
}

/* What stands in place of a sum that is not made: [c] where one of its values is hidden. */
static struct value absent_sum(const struct value *values, unsigned count)
{
    struct value out = not_available;
    for (unsigned i = 0; i < count; i++)
        if (values[i].markers & MARKER_CONFIDENTIAL)
            out.markers = MARKER_CONFIDENTIAL;
    return out;
}

static struct value sum_of(const struct value *values, unsigned count)
{
    struct value sum = {.present = true, .number = decimal_from(0)};
    for (unsigned i = 0; i < count; i++) {
        sum.markers |= values[i].markers;
        if (!values[i].present || !decimal_add(sum.number, values[i].number, &sum.number))
            return absent_sum(values, count);
    }
    return sum;
}

static struct text why_not(struct arena *arena, const struct so_far *so_far)
{
    const char *part = so_far->step == 3 ? "quarter" : "month";
    switch (so_far->status) {
    case YTD_NO_DATA:
        return TEXT("the year so far has no figures");
    case YTD_NO_COMPLETE_MONTH:
        return text_format(arena, "no %s of the year was complete when the figures were taken",
                           part);
    case YTD_GAP_CURRENT:
        return text_format(arena, "a %s of the year so far is missing", part);
    case YTD_GAP_BASELINE:
        return text_format(arena,
                           "a %s of last year is missing, so that the year so far cannot be "
                           "compared",
                           part);
    case YTD_DATA_LATE:
        return text_format(arena, "later %ss were not supplied", part);
    default:
        return TEXT_EMPTY;
    }
}

/* A figure that was stopped is not missing: why it is not there. Empty where none was. */
static struct text why_stopped(struct arena *arena, const struct performances *all, size_t measure,
                               struct period period, const char *year)
{
    const struct stopped *stopped =
        dataset_stopped_in(all->comparison->dataset, measure, all->comparison->where, period);
    if (!stopped)
        return TEXT_EMPTY;
    return text_format(
        arena, "%.*s in %s is not shown, because %.*s",
        TEXT_ARG(period_display(arena, all->comparison->dataset->periods[stopped->period])), year,
        TEXT_ARG(stopped->why));
}

/* What the reader is told where the year so far cannot be worked out or compared. */
static void settle_why(struct arena *arena, const struct performances *all, struct performance *one)
{
    struct so_far *so_far = &one->so_far;
    struct period year = all->year[0].whole;
    bool of_last_year = so_far->status == YTD_GAP_BASELINE;
    so_far->why = why_not(arena, so_far);
    if (!so_far->why.len)
        return;
    if (date_compare(all->comparison->period.end, year.end) < 0)
        year.end = all->comparison->period.end;
    struct text stopped =
        of_last_year ? why_stopped(arena, all, one->measure, all->year[1].whole, "last year")
                     : why_stopped(arena, all, one->measure, year, "the year so far");
    if (stopped.len)
        so_far->why = stopped;
    if (of_last_year && so_far->before.markers & MARKER_CONFIDENTIAL)
        so_far->why = TEXT_EMPTY; /* a hidden month is not a missing one */
}

/* Each count is rounded for itself: the sum of several is not that of the counts behind them. */
static void refuse_rounded(struct so_far *so_far, unsigned parts)
{
    if (parts < 2)
        return;
    so_far->now = so_far->before = not_available;
    so_far->why = TEXT("its counts are rounded, and rounded counts are not added up");
}

/* The rules of statistics.md 1.6 on months or quarters. */
static void from_parts(struct arena *arena, const struct performances *all, struct performance *one,
                       const struct value *now, unsigned until)
{
    struct so_far *so_far = &one->so_far;
    struct value before[YTD_MONTHS] = {0};
    const struct dataset *dataset = all->comparison->dataset;
    values_of(all, one->measure, &all->year[1], so_far->step == 1 ? PARTS_MONTHS : PARTS_QUARTERS,
              until, before);
    /* without a date every month of the period counts as complete, and as settled */
    struct date last =
        date_from_number(date_number(all->year[0].whole.end) + 1 + dataset->settle_days);
    const struct ytd_question question = {.first = all->year[0].whole.start,
                                          .extract =
                                              date_is_known(all->extract) ? all->extract : last,
                                          .settle_days = dataset->settle_days,
                                          .step = so_far->step,
                                          .until = until};
    struct ytd ytd = ytd_answer(now, before, &question);
    unsigned parts = ytd.months / so_far->step;
    so_far->status = ytd.status;
    so_far->now = so_far->before = absent_sum(now, until / so_far->step);
    if (!ytd.months && !ytd_is_refused(ytd.status))
        so_far->status = YTD_NO_DATA;
    settle_why(arena, all, one);
    if (so_far->now.markers & MARKER_CONFIDENTIAL) { /* a hidden month is not a late one */
        so_far->why = TEXT_EMPTY;
        return;
    }
    if (!ytd.months || ytd.status == YTD_GAP_CURRENT)
        return;
    so_far->period = months_of(arena, all->year[0].whole, 0, ytd.months);
    so_far->period_before = months_of(arena, all->year[1].whole, 0, ytd.months);
    so_far->now = sum_of(now, parts);
    so_far->before = sum_of(before, parts);
    settle_why(arena, all, one);
    if (one->rounded_to)
        refuse_rounded(so_far, parts);
    if (so_far->now.present &&
        date_number(question.extract) - date_number(so_far->period.end) < question.settle_days)
        so_far->now.markers |= MARKER_PROVISIONAL;
}

/* The last month of the year that is wholly within the period, counted from 1. */
static unsigned months_until(const struct performances *all)
{
    unsigned months = 0;
    while (months < YTD_MONTHS &&
           date_compare(
               date_from_number(
                   date_number(date_add_months(all->year[0].whole.start, (int)months + 1)) - 1),
               all->comparison->period.end) <= 0)
        months++;
    return months;
}

void year_so_far(struct arena *arena, const struct performances *all, struct performance *one)
{
    struct so_far *so_far = &one->so_far;
    struct value now[YTD_MONTHS] = {0};
    struct period period = all->comparison->period;
    *so_far = (struct so_far){.now = not_available, .before = not_available, .why = TEXT_EMPTY};
    if (!date_is_known(all->year[0].whole.start) || !measure_adds_up(one->row->measure))
        return;
    unsigned until = months_until(all);
    bool months = values_of(all, one->measure, &all->year[0], PARTS_MONTHS, until, now);
    so_far->step = months ? 1 : 3;
    if (months || values_of(all, one->measure, &all->year[0], PARTS_QUARTERS, until, now)) {
        so_far->is_counted = true;
        from_parts(arena, all, one, now, until);
        /* what is complete is the year, and no year to date */
        so_far->applies = period_whole_months(so_far->period) != YTD_MONTHS;
    } else if (!period_same(period, all->year[0].whole)) {
        bool from_start = date_compare(period.start, all->year[0].whole.start) == 0;
        so_far->applies = so_far->is_counted = true;
        so_far->step = 0;
        so_far->period = period;
        so_far->period_before = period_previous(arena, period);
        so_far->now = from_start ? one->row->now : not_available;
        so_far->before =
            from_start ? value_in(all, one->measure, so_far->period_before) : not_available;
        if (!so_far->now.present)
            so_far->why = TEXT("the year so far has no figures");
    }
    struct change_rules rules = change_default_rules;
    rules.rounded_to = one->rounded_to;
    struct value before = so_far->before;
    if (dataset_breaks(all->comparison->dataset, one->measure, all->comparison->where,
                       so_far->period_before, so_far->period))
        before.markers |= MARKER_BREAK;
    so_far->change = change_compute(arena, one->row->kind, so_far->now, before, &rules);
}

/* ---- the year's end ---- */

/* The counts of a whole year's months; false when one is not there. */
static bool counts_of(const struct performances *all, size_t measure, const struct year_parts *year,
                      double *out)
{
    struct value values[YTD_MONTHS];
    int64_t whole;
    values_of(all, measure, year, PARTS_MONTHS, YTD_MONTHS, values);
    for (unsigned m = 0; m < YTD_MONTHS; m++) {
        if (!values[m].present || !decimal_integer(values[m].number, &whole) || whole < 0)
            return false;
        out[m] = (double)whole;
    }
    return true;
}

/* How much more than by chance the count varies, by the months of the last two years. */
static void find_phi(const struct performances *all, size_t measure, struct year_end *end)
{
    double last[YTD_MONTHS], before[YTD_MONTHS];
    end->phi = 1;
    if (!counts_of(all, measure, &all->year[1], last) ||
        !counts_of(all, measure, &all->year[2], before))
        return;
    struct monthly_test test = monthly_compare(last, before, YTD_MONTHS);
    end->phi_is_known = test.used;
    if (test.used)
        end->phi = test.phi;
}

/* Why there is no forecast; empty: there is one. */
static struct text forecast_refused(const struct performances *all, const struct performance *one)
{
    const struct so_far *so_far = &one->so_far;
    int64_t whole;
    if (one->row->kind != KIND_COUNT)
        return TEXT("only counts have one");
    if (!so_far->applies)
        return TEXT("the year is complete, or the period is in no one financial year");
    if (!so_far->now.present)
        return so_far->why;
    if (one->rounded_to)
        return TEXT("its counts are rounded, to protect people");
    if (period_days(so_far->period) < period_days(all->year[0].parts[PARTS_QUARTERS][0]))
        return TEXT("the first quarter is not over");
    if (so_far->now.markers & MARKER_BREAK || !decimal_integer(so_far->now.number, &whole) ||
        whole < 0)
        return TEXT("its figures are no whole counts of one series");
    return whole ? TEXT_EMPTY : TEXT("nothing was counted so far");
}

/* Whole counts; false for what no count can be. */
static bool round_range(struct year_end *end)
{
    const double most = 9e15;
    if (end->forecast.upper > most)
        return false;
    end->lower = decimal_from((int64_t)llround(end->forecast.lower));
    end->upper = decimal_from((int64_t)llround(end->forecast.upper));
    return true;
}

void year_forecast(const struct performances *all, struct performance *one)
{
    struct year_end *end = &one->year_end;
    const struct so_far *so_far = &one->so_far;
    *end = (struct year_end){
        .phi = 1, .markers = MARKER_NOT_APPLICABLE, .why = forecast_refused(all, one)};
    if (so_far->applies && !so_far->now.present && one->row->kind == KIND_COUNT)
        end->markers = so_far->now.markers;
    if (so_far->applies && so_far->now.present && one->rounded_to)
        end->markers = MARKER_NOT_AVAILABLE;
    if (end->why.len || !so_far->now.present)
        return;
    double y = decimal_double(so_far->now.number);
    end->elapsed = (double)period_days(so_far->period);
    end->days = (double)period_days(all->year[0].whole);
    end->last_total = value_in(all, one->measure, all->year[1].whole);
    bool is_whole = end->last_total.present && !(end->last_total.markers & MARKER_BREAK);
    double last_total = is_whole ? decimal_double(end->last_total.number) : 0;
    double share = so_far->before.present && last_total > 0
                       ? decimal_double(so_far->before.number) / last_total
                       : 0;
    end->is_seasonal = share > 0 && share <= 1;
    find_phi(all, one->measure, end);
    end->forecast = end->is_seasonal
                        ? forecast_seasonal(y, end->elapsed, end->days, share, end->phi)
                        : forecast_year(y, end->elapsed, end->days, end->phi);
    end->is_known = round_range(end);
    if (!end->is_known)
        end->why = TEXT("it would have more digits than can be kept");
}
