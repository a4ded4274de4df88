#include "compute/recent_trend.h"

#include <math.h>

/* ---- why there is none ---- */

static struct text refuse_point(struct arena *arena, const struct series_point *point, bool first)
{
    struct text label = period_display(arena, point->period);
    if (point->value.markers & MARKER_CONFIDENTIAL)
        return text_format(arena, "the figure of %.*s is confidential", TEXT_ARG(label));
    if (!point->value.present)
        return text_format(arena, "there is no figure for %.*s", TEXT_ARG(label));
    if (point->value.markers & MARKER_FORECAST)
        return text_format(arena, "the figure of %.*s is a forecast", TEXT_ARG(label));
    if (!first && point->value.markers & MARKER_BREAK)
        return text_format(arena, "there is a break in the series in %.*s", TEXT_ARG(label));
    return TEXT_EMPTY;
}

static bool has_overlaps(const struct series *series)
{
    for (size_t p = 0; p < series->dataset->period_count; p++) {
        struct period period = series->dataset->periods[p];
        if (period.years_pooled > 1 || period.kind == PERIOD_ROLLING_12)
            return true;
    }
    return false;
}

static struct text refuse_series(struct arena *arena, const struct series *series)
{
    if (series->count < TREND_POINTS && has_overlaps(series))
        return TEXT(
            "five years in a row that share no data are needed, and the source has years "
            "that overlap");
    if (series->count < TREND_POINTS)
        return text_format(arena, "five years in a row are needed, and the source has %s%zu",
                           series->count ? "only " : "", series->count);
    struct text why = TEXT_EMPTY;
    for (size_t i = series->count - TREND_POINTS; i < series->count && !why.len; i++)
        why = refuse_point(arena, &series->points[i], i == series->count - TREND_POINTS);
    return why;
}

/* ---- what the years are weighed by ---- */

/* A percentage that is its count over its denominator: an adjusted one is not. */
static bool is_share(const struct series_point *point)
{
    if (!point->count.present || !point->denominator.present ||
        decimal_sign(point->denominator.number) <= 0)
        return false;
    double share =
        100 * decimal_double(point->count.number) / decimal_double(point->denominator.number);
    double half = 0.5 * pow(10, -(double)point->value.number.scale);
    return fabs(share - decimal_double(point->value.number)) <= half * (1 + 1e-9);
}

/* A point without width, or with limits that are not around it, has no weight. */
static bool take_limits(struct recent_trend *recent, size_t i, double lower, double upper)
{
    double value = decimal_double(recent->points[i].value.number);
    recent->lower[i] = lower;
    recent->upper[i] = upper;
    return lower <= value && value <= upper && lower < upper;
}

static bool by_proportions(struct recent_trend *recent, enum measure_kind kind)
{
    bool ok = kind == KIND_PERCENT;
    for (size_t i = 0; ok && i < TREND_POINTS; i++)
        ok = is_share(&recent->points[i]);
    recent->basis = TREND_BY_PROPORTIONS;
    return ok;
}

static bool by_limits(struct recent_trend *recent)
{
    bool ok = true;
    for (size_t i = 0; ok && i < TREND_POINTS; i++) {
        const struct series_point *point = &recent->points[i];
        ok = point->lower.present && point->upper.present &&
             take_limits(recent, i, decimal_double(point->lower.number),
                         decimal_double(point->upper.number));
    }
    recent->basis = TREND_BY_LIMITS;
    return ok;
}

/* The limits of a rate are to the rate what those of its count are to the count. */
static bool by_counts(struct recent_trend *recent, const struct measure *measure)
{
    bool ok = measure->kind == KIND_RATE && measure_rests_on_count(measure);
    for (size_t i = 0; ok && i < TREND_POINTS; i++) {
        const struct series_point *point = &recent->points[i];
        double count = point->count.present ? decimal_double(point->count.number) : 0;
        double value = decimal_double(point->value.number);
        if (!(count > 0))
            return false;
        struct interval limits = count_interval(count, 0.95);
        ok = take_limits(recent, i, value * limits.lower / count, value * limits.upper / count);
    }
    recent->basis = TREND_BY_COUNTS;
    return ok;
}

static void calculate(struct recent_trend *recent, const struct measure *measure, bool is_rounded)
{
    double value[TREND_POINTS], of[TREND_POINTS];
    bool shares = !is_rounded && by_proportions(recent, measure->kind),
         limits = !shares && by_limits(recent);
    if (is_rounded && !limits) {
        recent->why = TEXT("the counts are rounded, to protect people");
        return;
    }
    if (!shares && !limits && !by_counts(recent, measure)) {
        recent->why = TEXT("the figures have neither 95% limits nor the counts behind them");
        return;
    }
    for (size_t i = 0; i < TREND_POINTS; i++) {
        const struct series_point *point = &recent->points[i];
        value[i] = decimal_double(shares ? point->count.number : point->value.number);
        of[i] = shares ? decimal_double(point->denominator.number) : 0;
    }
    recent->trend = shares ? trend_of_proportions(value, of)
                           : trend_of_values(value, recent->lower, recent->upper);
    if (recent->trend.direction == TREND_NOT_CALCULATED)
        recent->why = TEXT("a percentage is 0% or 100%");
}

struct recent_trend recent_trend(struct arena *arena, const struct dataset *dataset, size_t measure,
                                 size_t area, struct date as_at)
{
    struct series series = series_make(arena, dataset, measure, area, SERIES_YEARS, as_at);
    struct recent_trend recent = {.why = refuse_series(arena, &series),
                                  .trend = {.direction = TREND_NOT_CALCULATED}};
    if (recent.why.len)
        return recent;
    for (size_t i = 0; i < TREND_POINTS; i++)
        recent.points[i] = series.points[series.count - TREND_POINTS + i];
    calculate(&recent, &dataset->measures[measure], dataset->hiding.rounding > 0);
    return recent;
}

/* ---- words ---- */

/* "getting better"; empty when the better way is not known or there is no trend. */
static const char *better_words(enum trend_direction direction, enum polarity polarity)
{
    bool moves = direction == TREND_INCREASING || direction == TREND_DECREASING;
    if (!moves || (polarity != POLARITY_HIGH && polarity != POLARITY_LOW))
        return "";
    return (direction == TREND_INCREASING) == (polarity == POLARITY_HIGH) ? ", getting better"
                                                                          : ", getting worse";
}

struct text trend_cell(struct arena *arena, enum trend_direction direction, enum polarity polarity)
{
    static const char *const words[] = {
        [TREND_NONE] = "? No clear trend",
        [TREND_INCREASING] = "↑ Rising",
        [TREND_DECREASING] = "↓ Falling",
        [TREND_NOT_CALCULATED] = "– Cannot be calculated",
    };
    return text_format(arena, "%s%s", words[direction], better_words(direction, polarity));
}

struct text trend_sentence(struct arena *arena, const struct recent_trend *recent,
                           enum polarity polarity)
{
    static const char *const words[] = {[TREND_NONE] = "no clear trend",
                                        [TREND_INCREASING] = "rising",
                                        [TREND_DECREASING] = "falling"};
    if (recent->why.len)
        return text_format(arena, "cannot be calculated: %.*s", TEXT_ARG(recent->why));
    const struct series_point *last = &recent->points[TREND_POINTS - 1];
    return text_format(arena, "%s over the five years from %.*s to %.*s%s",
                       words[recent->trend.direction],
                       TEXT_ARG(period_display(arena, recent->points->period)),
                       TEXT_ARG(period_display(arena, last->period)),
                       better_words(recent->trend.direction, polarity));
}
