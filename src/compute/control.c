#include "compute/control.h"

#include <math.h>

enum { PLACES = 10, YEAR = 12 };

/* Figures whose last digit is worth more than their standard deviation are too coarse for limits
 * (Wheeler's rule for "chunky data"); the mean range of two points is 1.128 of that. */
#define XMR_RANGE_OF_DEVIATION 1.128

/* ---- which points ---- */

static bool is_usable(const struct series_point *point)
{
    return point->value.present && !(point->value.markers & MARKER_FORECAST);
}

/* From the last gap or break on, up to the last figure. */
static void find_run(const struct series *series, size_t *from, size_t *to)
{
    *to = series->count;
    while (*to && !is_usable(&series->points[*to - 1]))
        --*to;
    *from = *to;
    while (*from && is_usable(&series->points[*from - 1]))
        if (series->points[--*from].value.markers & MARKER_BREAK)
            break;
}

/* ---- what is charted ---- */

/* Months have 28 to 31 days: 30.4375 on average. */
static bool per_day(const struct series_point *point, enum series_step step, struct decimal *out)
{
    const struct decimal month = {304375, 4};
    return decimal_multiply(point->value.number, month, out) &&
           decimal_multiply(*out, decimal_from((int64_t)step), out) &&
           decimal_divide(*out, decimal_from(period_days(point->period)), PLACES, out);
}

/* The points from `from` to `to`, counts a day; false when they have too many digits. */
static bool fill_points(struct arena *arena, const struct series *series, size_t from, size_t to,
                        struct control *control)
{
    control->points = arena_calloc(arena, to - from, sizeof *control->points);
    control->count = to - from;
    control->basis = series->adds_up ? CONTROL_PER_DAY : CONTROL_AS_IT_IS;
    for (size_t i = 0; i < control->count; i++) {
        struct control_point *point = &control->points[i];
        point->at = from + i;
        point->value = series->points[from + i].value.number;
        if (control->basis == CONTROL_PER_DAY &&
            !per_day(&series->points[from + i], series->step, &point->value))
            return false;
    }
    return true;
}

/* The mean of the year that begins with point `from`. */
static double year_mean(const struct control *control, size_t from, size_t season)
{
    double sum = 0;
    for (size_t i = from; i < from + season; i++)
        sum += decimal_double(control->points[i].value);
    return sum / (double)season;
}

/*
 * The mean ratio of each month to the mean of its year, all of them 1 on average; years are counted
 * back from the last point. Every month has as many years behind it: the textbook's ratio to a
 * moving average has one less, and of months without any change calls three times as many signals.
 * False when a ratio is not above 0.
 */
static bool season_of(const struct control *control, size_t season, double *index)
{
    size_t years = control->count / season, first = control->count - years * season;
    double mean = 0;
    bool ok = true;
    for (size_t s = 0; s < season; s++)
        index[s] = 0;
    for (size_t year = first; year < control->count; year += season) {
        double average = year_mean(control, year, season);
        for (size_t i = year; i < year + season; i++)
            index[i % season] += decimal_double(control->points[i].value) / average;
    }
    for (size_t s = 0; s < season; s++)
        mean += index[s] / (double)season;
    for (size_t s = 0; s < season; s++) {
        index[s] /= mean;
        ok = ok && index[s] > 0;
    }
    return ok;
}

static bool take_season_out(struct control *control, size_t season)
{
    double index[YEAR];
    bool ok = season_of(control, season, index);
    for (size_t i = 0; ok && i < control->count; i++)
        ok = decimal_near(decimal_double(control->points[i].value) / index[i % season],
                          &control->points[i].value);
    control->basis = CONTROL_ADJUSTED;
    return ok;
}

static bool take_ratios(struct control *control, size_t season)
{
    const struct decimal hundred = decimal_from(100);
    for (size_t i = control->count; i-- > season;) {
        struct decimal *value = &control->points[i].value;
        struct decimal before = control->points[i - season].value;
        if (decimal_sign(before) <= 0 || !decimal_multiply(*value, hundred, value) ||
            !decimal_divide(*value, before, PLACES, value))
            return false;
    }
    control->points += season;
    control->count -= season;
    control->basis = CONTROL_RATIO;
    return true;
}

/* True when the season is no longer in the points. */
static bool remove_season(struct arena *arena, const struct series *series, struct control *control)
{
    size_t season = (size_t)(YEAR / series->step);
    const struct control raw = *control;
    struct control_point *kept = arena_calloc(arena, raw.count, sizeof *kept);
    for (size_t i = 0; i < raw.count; i++)
        kept[i] = raw.points[i];
    if (raw.count >= 3 * season && take_season_out(control, season))
        return true;
    *control = raw;
    for (size_t i = 0; i < raw.count; i++)
        control->points[i] = kept[i];
    if (raw.count >= 2 * season && raw.count - season >= XMR_FEWEST && take_ratios(control, season))
        return true;
    *control = raw;
    control->points = kept;
    return false;
}

static void cut_before(struct control *control, size_t at)
{
    while (control->count && control->points->at < at) {
        control->points++;
        control->count--;
    }
}

/* ---- why there is none ---- */

static struct text too_few(struct arena *arena, const struct series *series, size_t count,
                           const char *of_what)
{
    return text_format(
        arena, "there %s only %.*s %s, and at least %d are needed", count == 1 ? "is" : "are",
        TEXT_ARG(series_steps_words(arena, series->step, count)), of_what, XMR_FEWEST);
}

static struct text refuse_series(const struct series *series)
{
    if (series->step != SERIES_MONTHS && series->step != SERIES_QUARTERS)
        return TEXT("it needs months or quarters that follow on each other");
    if (series_has_hidden(series))
        return TEXT("a figure is confidential, and mean and limits could give it away");
    return TEXT_EMPTY;
}

/* The decimals that a reader needs: of counts that were made longer or shorter, and of ratios. */
static unsigned places_of(const struct control *control, const struct series *series)
{
    bool is_large = control->xmr.mean >= 100;
    if (control->basis == CONTROL_RATIO)
        return 1;
    if (series->adds_up)
        return is_large ? 0 : 1;
    return control->basis == CONTROL_ADJUSTED && !series->places ? 1 : series->places;
}

/* What a step of the rounding is as charted: of ratios that to the mean of the year that they are
 * to, which is above 0. 0: nothing is rounded. */
static double control_unit(const struct control *control, const struct series *series)
{
    double unit = series->rounded_to, mean = 0;
    if (control->basis != CONTROL_RATIO || !series->rounded_to)
        return unit;
    size_t season = (size_t)(YEAR / series->step);
    for (size_t i = 0; i < control->count; i++)
        mean += decimal_double(series->points[control->points[i].at - season].value.number) /
                (double)control->count;
    return 100 * unit / mean;
}

static void draw_limits(struct arena *arena, const struct series *series,
                        const struct control_rules *rules, struct control *control)
{
    double *x = arena_calloc(arena, control->count, sizeof *x);
    enum signal *signals = arena_calloc(arena, control->count, sizeof *signals);
    for (size_t i = 0; i < control->count; i++) {
        x[i] = decimal_double(control->points[i].value);
        control->limits_count += control->points[i].at <= rules->limits_to ? 1 : 0;
    }
    if (control->count < XMR_FEWEST) {
        control->refused = too_few(arena, series, control->count,
                                   rules->rebase ? "since the limits began anew" : "in a row");
        return;
    }
    if (control->limits_count < XMR_FEWEST) {
        control->refused =
            too_few(arena, series, control->limits_count, "for the limits to be made from");
        return;
    }
    control->xmr = xmr_limits(x, control->limits_count, rules->screened);
    /* what is left of equal figures that a season was taken out of is no variation */
    if (!(control->xmr.mean_range > 1e-9 * fabs(control->xmr.mean))) {
        control->refused = TEXT("its figures do not vary");
        return;
    }
    if (control->xmr.mean_range < XMR_RANGE_OF_DEVIATION * control_unit(control, series)) {
        control->refused = text_format(arena,
                                       "its counts are rounded to the nearest %u, which is more "
                                       "than they vary by",
                                       series->rounded_to);
        return;
    }
    control->is_trial = control->limits_count < XMR_TRIAL;
    control->places = places_of(control, series);
    xmr_signals(&control->xmr, x, control->count, signals);
    for (size_t i = 0; i < control->count && !control->hides_signals; i++)
        control->points[i].signal = signals[i];
}

struct control control_make(struct arena *arena, const struct series *series,
                            const struct control_rules *rules)
{
    size_t from, to;
    struct control control = {.refused = refuse_series(series)};
    if (control.refused.len)
        return control;
    find_run(series, &from, &to);
    if (!fill_points(arena, series, from, to, &control)) {
        control.refused = TEXT("its figures have too many digits");
        return control;
    }
    if (rules->seasonal)
        control.hides_signals = !remove_season(arena, series, &control);
    cut_before(&control, rules->rebase);
    draw_limits(arena, series, rules, &control);
    return control;
}

/* ---- words ---- */

bool control_assures(const struct control *control, const struct target *target,
                     enum assurance *out)
{
    const struct xmr *xmr = &control->xmr;
    if (control->refused.len || control->hides_signals || control->basis > CONTROL_PER_DAY ||
        target->polarity == POLARITY_NONE)
        return false;
    if (target->polarity != POLARITY_BAND) {
        *out = xmr_assurance(xmr, decimal_double(target->value), target->polarity == POLARITY_HIGH);
        return true;
    }
    double low = decimal_double(target->band_low), high = decimal_double(target->band_high);
    *out = low < xmr->lower && high > xmr->upper   ? ASSURANCE_MEETS
           : high < xmr->lower || low > xmr->upper ? ASSURANCE_FAILS
                                                   : ASSURANCE_MAY;
    return true;
}

const char *signal_words(enum signal signal)
{
    static const char *const words[] = {
        [SIGNAL_NONE] = "",
        [SIGNAL_ABOVE] = "above the upper limit",
        [SIGNAL_BELOW] = "below the lower limit",
        [SIGNAL_RISING] = "in a run of 6 or more rises",
        [SIGNAL_FALLING] = "in a run of 6 or more falls",
        [SIGNAL_NEAR_UPPER] = "one of two in three close to the upper limit",
        [SIGNAL_NEAR_LOWER] = "one of two in three close to the lower limit",
        [SIGNAL_SHIFT_UP] = "in a run of 7 or more above the mean",
        [SIGNAL_SHIFT_DOWN] = "in a run of 7 or more below the mean",
    };
    return words[signal];
}

struct text assurance_sentence(struct arena *arena, enum assurance assurance, struct text label,
                               struct text target)
{
    static const char *const verbs[] = {[ASSURANCE_MAY] = "may or may not meet",
                                        [ASSURANCE_MEETS] = "consistently meets",
                                        [ASSURANCE_FAILS] = "will not meet"};
    return text_format(arena, "%.*s %s its target of %.*s%s.", TEXT_ARG(label), verbs[assurance],
                       TEXT_ARG(target), assurance == ASSURANCE_FAILS ? " without change" : "");
}
