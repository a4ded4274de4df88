#include "compute/series.h"

enum { FINANCIAL_PHASE = 3 }; /* April, of months counted from January 0 */

static const struct value not_available = {.present = false, .markers = MARKER_NOT_AVAILABLE};

static size_t total_measure(const struct dataset *dataset)
{
    size_t m = 0;
    while (m < dataset->measure_count && dataset->measures[m].relation != RELATION_TOTAL)
        m++;
    return m;
}

bool series_has_total(const struct dataset *dataset)
{
    if (total_measure(dataset) < dataset->measure_count)
        return true;
    if (dataset->hiding.rounding)
        return false; /* the sum of rounded parts is no total */
    for (size_t m = 0; m < dataset->measure_count; m++)
        if (measure_is_part(&dataset->measures[m]))
            return true;
    return false;
}

static bool is_part(const struct series *series, size_t measure)
{
    return measure_is_part(&series->dataset->measures[measure]);
}

/* In one of the areas; datasets have tens of thousands of measures, so no other is looked at. */
static bool measure_has_figure(const struct series *series, size_t measure, size_t period)
{
    bool all = series->area == AREA_ALL;
    size_t from = all ? 0 : series->area, to = all ? series->dataset->areas.count : from + 1;
    struct figure figure;
    for (size_t a = from; a < to; a++)
        if (dataset_find(series->dataset, measure, a, period, &figure))
            return true;
    return false;
}

static bool has_figure(const struct series *series, size_t period)
{
    if (series->measure != SERIES_TOTAL)
        return measure_has_figure(series, series->measure, period);
    for (size_t m = 0; m < series->dataset->measure_count; m++)
        if (is_part(series, m) && measure_has_figure(series, m, period))
            return true;
    return false;
}

/* ---- which periods ---- */

long series_month(struct period period)
{
    return 12L * period.start.year + period.start.month - 1;
}

/* Periods of `step` months that begin in the same months: 3 sets of quarters, 12 of years. */
struct choice {
    long first, last; /* the months in which the first and the last begin */
    long end;         /* the month after the last */
    size_t count;
};

static struct choice periods_of(const struct series *series, long step, long phase)
{
    struct choice choice = {0};
    for (size_t p = 0; p < series->dataset->period_count; p++) {
        struct period period = series->dataset->periods[p];
        if (period_whole_months(period) != step || series_month(period) % step != phase ||
            !has_figure(series, p))
            continue;
        long at = series_month(period);
        choice.first = choice.count && choice.first < at ? choice.first : at;
        choice.last = choice.count && choice.last > at ? choice.last : at;
        choice.end = choice.last + step;
        choice.count++;
    }
    return choice;
}

/* The set with the most periods; of equal ones the one that ends last. */
static struct choice best_periods(const struct series *series, long step)
{
    struct choice best = {0};
    for (long phase = 0; phase < step; phase++) {
        struct choice choice = periods_of(series, step, phase);
        if (choice.count > best.count || (choice.count == best.count && choice.end > best.end))
            best = choice;
    }
    return best;
}

/* Two of the same quarter in two years are no series: half of the periods are there, or more. */
static bool is_run(struct choice choice, long step)
{
    return choice.count >= 2 && 2 * (long)choice.count > (choice.last - choice.first) / step;
}

/* Whole financial quarters or years within periods that are shorter; none where nothing adds up. */
static struct choice added_periods(const struct series *series, long step)
{
    static const long shorter[] = {SERIES_MONTHS, SERIES_QUARTERS};
    struct choice choice = {0};
    bool adds_up = series->adds_up && !series->dataset->hiding.rounding;
    for (size_t i = 0; adds_up && i < 2 && shorter[i] < step; i++) {
        struct choice parts = best_periods(series, shorter[i]);
        if (!is_run(parts, shorter[i]))
            continue;
        long first = parts.first + (FINANCIAL_PHASE - parts.first % step + step) % step;
        long count = (parts.end - first) / step;
        if (count > 0)
            choice = (struct choice){.first = first,
                                     .last = first + (count - 1) * step,
                                     .end = first + count * step,
                                     .count = (size_t)count};
        break;
    }
    return choice;
}

static struct choice choose_periods(struct series *series, enum series_step step)
{
    static const enum series_step steps[] = {SERIES_MONTHS, SERIES_QUARTERS, SERIES_YEARS};
    for (size_t i = 0; i < 3; i++) {
        struct choice choice = best_periods(series, (long)steps[i]);
        series->step = steps[i];
        if (step == steps[i] && !is_run(choice, (long)steps[i])) {
            series->is_added = true;
            choice = added_periods(series, (long)step);
        }
        if ((step == SERIES_NONE || step == steps[i]) && is_run(choice, (long)steps[i]))
            return choice;
    }
    series->step = SERIES_NONE;
    return (struct choice){0};
}

/* ---- what stands at each ---- */

struct period series_period(struct arena *arena, const struct series *series, long at)
{
    int start = (int)(at % 12) + 1, months = (int)series->step;
    struct period period = period_month(arena, (int)(at / 12), start);
    period.end = date_add_months_to_end(period.end, months - 1);
    if (series->step == SERIES_QUARTERS)
        period.kind = start % 3 == 1 ? PERIOD_FIN_QUARTER : PERIOD_MONTH_RANGE;
    if (series->step == SERIES_YEARS)
        period.kind = start == 4   ? PERIOD_FINANCIAL_YEAR
                      : start == 1 ? PERIOD_CALENDAR_YEAR
                      : start == 9 ? PERIOD_ACADEMIC_YEAR
                                   : PERIOD_MONTH_RANGE;
    for (size_t p = 0; p < series->dataset->period_count; p++)
        if (period_same(series->dataset->periods[p], period))
            return series->dataset->periods[p];
    period.label = period_display(arena, period);
    return period;
}

static struct value sum_of_parts(const struct series *series, struct period period,
                                 struct place *place)
{
    struct value sum = {.present = true, .number = decimal_from(0)};
    for (size_t m = 0; m < series->dataset->measure_count; m++) {
        if (!is_part(series, m))
            continue;
        struct place own = PLACE_NONE;
        struct value part = dataset_value(series->dataset, m, series->area, period, &own);
        sum.markers |= part.markers;
        sum.present =
            sum.present && part.present && decimal_add(sum.number, part.number, &sum.number);
        *place = place->file.len ? *place : own;
    }
    return sum;
}

/* What the source says beside the figure; nothing of a sum. */
static void add_beside(const struct series *series, struct series_point *point)
{
    struct figure figure;
    for (size_t p = 0; p < series->dataset->period_count; p++) {
        if (!period_same(series->dataset->periods[p], point->period) ||
            series->measure == SERIES_TOTAL || series->area == AREA_ALL ||
            !dataset_find(series->dataset, series->measure, series->area, p, &figure))
            continue;
        point->count = figure.count;
        point->denominator = figure.denominator;
        if (figure.published) {
            point->lower = figure.published->lower_95;
            point->upper = figure.published->upper_95;
        }
    }
}

static void fill_point(const struct series *series, struct series_point *point)
{
    point->place = PLACE_NONE;
    point->value = series->measure == SERIES_TOTAL
                       ? sum_of_parts(series, point->period, &point->place)
                       : dataset_value(series->dataset, series->measure, series->area,
                                       point->period, &point->place);
    if (!point->value.present && !point->value.markers)
        point->value = not_available;
    add_beside(series, point);
}

static void drop_unfinished(struct arena *arena, struct series *series)
{
    size_t whole = series->count;
    while (whole && date_is_known(series->known_to) &&
           date_compare(series->points[whole - 1].period.end, series->known_to) > 0)
        whole--;
    for (size_t i = whole; i < series->count; i++)
        texts_add(arena, &series->left_out, period_display(arena, series->points[i].period));
    series->count = whole;
}

static struct series series_of(const struct dataset *dataset, size_t measure, size_t area)
{
    size_t total = measure == SERIES_TOTAL ? total_measure(dataset) : measure;
    bool is_sum = total == dataset->measure_count;
    struct series series = {.dataset = dataset,
                            .measure = is_sum ? SERIES_TOTAL : total,
                            .area = area,
                            .label = is_sum ? TEXT("Total") : dataset->measures[total].label};
    for (size_t m = 0; is_sum && m < dataset->measure_count; m++)
        if (is_part(&series, m))
            series.kind = dataset->measures[m].kind;
    if (!is_sum)
        series.kind = dataset->measures[total].kind;
    series.adds_up =
        is_sum ? kind_adds_up(series.kind) : measure_adds_up(&dataset->measures[total]);
    return series;
}

struct series series_make(struct arena *arena, const struct dataset *dataset, size_t measure,
                          size_t area, enum series_step step, struct date known_to)
{
    struct series series = series_of(dataset, measure, area);
    struct choice choice = choose_periods(&series, step);
    if (series.step == SERIES_NONE)
        return series;
    series.rounded_to = kind_adds_up(series.kind) ? dataset->hiding.rounding : 0;
    series.count = (size_t)((choice.last - choice.first) / (long)series.step) + 1;
    series.points = arena_calloc(arena, series.count, sizeof *series.points);
    for (size_t i = 0; i < series.count; i++) {
        struct series_point *point = &series.points[i];
        point->period = series_period(arena, &series, choice.first + (long)(i * series.step));
        fill_point(&series, point);
        if (point->value.present && point->value.number.scale > series.places)
            series.places = point->value.number.scale;
    }
    series.known_to = known_to;
    drop_unfinished(arena, &series);
    return series;
}

struct date series_known_to(const struct doubts *doubts, struct date as_at)
{
    for (size_t i = 0; i < doubts->count; i++) {
        const struct doubt *doubt = &doubts->items[i];
        if (doubt->kind == DOUBT_CUT_OFF &&
            (!date_is_known(as_at) || date_compare(doubt->last_day, as_at) < 0))
            as_at = doubt->last_day;
    }
    return as_at;
}

void series_begin(struct series *series, struct period from)
{
    while (series->count && date_compare(series->points->period.start, from.start) < 0) {
        series->points++;
        series->count--;
    }
}

size_t series_find(const struct series *series, struct period period)
{
    size_t i = 0;
    while (i < series->count && !period_same(series->points[i].period, period))
        i++;
    return i;
}

bool series_has_hidden(const struct series *series)
{
    for (size_t i = 0; i < series->count; i++)
        if (series->points[i].value.markers & MARKER_CONFIDENTIAL)
            return true;
    return false;
}

const char *series_step_word(enum series_step step)
{
    return step == SERIES_MONTHS     ? "month"
           : step == SERIES_QUARTERS ? "quarter"
           : step == SERIES_YEARS    ? "year"
                                     : "period";
}

struct text series_steps_words(struct arena *arena, enum series_step step, size_t count)
{
    return text_format(arena, "%zu %s%s", count, series_step_word(step), count == 1 ? "" : "s");
}
