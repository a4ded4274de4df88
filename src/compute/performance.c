#include "compute/performance.h"

/* ---- periods ---- */

/* The last period of the same length, and the same of last year; of a year they are one. */
static struct baselines find_baselines(struct arena *arena, struct period period,
                                       size_t which[TRAVELS])
{
    struct baselines baselines = {.count = 0};
    struct period before, year_ago;
    which[TRAVEL_LAST_PERIOD] = which[TRAVEL_LAST_YEAR] = SIZE_MAX;
    if (!date_is_known(period.start))
        return baselines;
    if (period_directly_before(arena, period, &before)) {
        which[TRAVEL_LAST_PERIOD] = baselines.count;
        baselines.items[baselines.count++].period = before;
    }
    year_ago = period_previous(arena, period);
    if (baselines.count && period_same(before, year_ago)) {
        which[TRAVEL_LAST_YEAR] = which[TRAVEL_LAST_PERIOD];
    } else {
        which[TRAVEL_LAST_YEAR] = baselines.count;
        baselines.items[baselines.count++].period = year_ago;
    }
    return baselines;
}

/* ---- the target ---- */

/* The figure of a measure in a period of the area that is reported on, or NULL. */
static const struct figure *find_figure(const struct comparison *comparison, size_t measure,
                                        struct period period)
{
    const struct dataset *dataset = comparison->dataset;
    size_t area = comparison->where == AREA_ALL ? 0 : comparison->where;
    if (dataset->counts_rows || (comparison->where == AREA_ALL && dataset->areas.count != 1))
        return NULL;
    for (size_t p = 0; p < dataset->period_count; p++)
        if (period_same(dataset->periods[p], period))
            return dataset_figure(dataset, measure, area, p);
    return NULL;
}

static bool has_target(const struct figure *figure)
{
    return figure && figure->published && figure->published->target.present;
}

/* True when it is one of a whole year. The job's own goes before those of the export. */
static bool find_target(const struct performances *all, const struct performance *one,
                        struct target_in_use *out)
{
    const struct measure *measure = one->row->measure;
    const struct figure *annual = NULL;
    out->target = measure->target;
    out->words =
        one->figure && one->figure->published ? one->figure->published->target_words : TEXT_EMPTY;
    if (measure->target.polarity == POLARITY_BAND || measure->target.has_value) {
        out->origin = TARGET_OF_JOB;
        out->is_known = true;
        return measure->target.polarity != POLARITY_BAND;
    }
    if (date_is_known(all->year[0].whole.start))
        annual = find_figure(all->comparison, one->measure, all->year[0].whole);
    const struct figure *from = has_target(one->figure) ? one->figure : annual;
    if (!has_target(from))
        return false;
    out->origin = TARGET_OF_EXPORT;
    out->is_known = true;
    out->target.value = from->published->target.number;
    return from == annual || from->published->target_is_annual;
}

/* Why a target of a whole year cannot be held against the year so far; empty: it was spread. */
static struct text spread(struct target_in_use *in_use, const struct so_far *so_far,
                          unsigned rounded_to)
{
    struct target *target = &in_use->target;
    struct decimal share = decimal_from(period_whole_months(so_far->period));
    struct decimal whole = decimal_from(12);
    in_use->is_known = false;
    if (target->profile == PROFILE_LAST_YEAR) {
        if (rounded_to)
            return TEXT("last year's counts are rounded, and say no share of the year's target");
        if (in_use->last_total.markers & MARKER_BREAK)
            return TEXT("there is a break in the series within last year");
        if (so_far->before.present && in_use->last_total.present &&
            decimal_compare(so_far->before.number, in_use->last_total.number) > 0)
            return TEXT("last year so far comes to more than all of last year");
        if (!so_far->before.present || !in_use->last_total.present ||
            decimal_sign(in_use->last_total.number) <= 0)
            return TEXT(
                "last year's figures do not say how much of the year's target was to be "
                "reached by now");
        share = so_far->before.number;
        whole = in_use->last_total.number;
    } else if (decimal_sign(share) == 0) {
        return TEXT("the year so far is not made of whole months");
    }
    in_use->is_known = decimal_multiply(in_use->annual, share, &target->value) &&
                       (decimal_divide(target->value, whole, 12, &target->value) ||
                        decimal_divide(target->value, whole, 4, &target->value));
    while (target->value.scale && target->value.coefficient % 10 == 0) {
        target->value.coefficient /= 10;
        target->value.scale--;
    }
    return in_use->is_known ? TEXT_EMPTY : TEXT("the target has more digits than can be kept");
}

/* What is held against what. Targets of a year are held against the year so far. */
static struct text settle_target(const struct performances *all, struct performance *one)
{
    struct target_in_use *in_use = &one->target;
    bool is_annual = find_target(all, one, in_use);
    one->value = one->row->now;
    one->period = all->comparison->period;
    if (!in_use->is_known)
        return in_use->words.len ? TEXT("its target is in words, not in a number")
                                 : TEXT("it has no target");
    if (!is_annual || !measure_adds_up(one->row->measure) || period_whole_months(one->period) == 12)
        return TEXT_EMPTY;
    if (!one->so_far.applies) {
        in_use->is_known = false;
        return TEXT("its target is a year's, and the period is in no one financial year");
    }
    in_use->is_cumulative = true;
    in_use->annual = in_use->target.value;
    one->value = one->so_far.now;
    one->period = one->so_far.period;
    struct place place;
    in_use->last_total = dataset_value(all->comparison->dataset, one->measure,
                                       all->comparison->where, all->year[1].whole, &place);
    return spread(in_use, &one->so_far, one->rounded_to);
}

/* Why a target that is spread over its year is not there: a figure that it rests on is hidden. */
static unsigned target_marker(const struct performance *one)
{
    unsigned markers =
        one->so_far.now.markers | one->so_far.before.markers | one->target.last_total.markers;
    return markers & MARKER_CONFIDENTIAL ? MARKER_CONFIDENTIAL : MARKER_NOT_AVAILABLE;
}

static bool is_of_rounded_counts(const struct performance *one)
{
    const struct figure *figure = one->figure;
    return one->rounded_to &&
           (kind_adds_up(one->row->kind) ||
            (figure && figure->count.present && decimal_sign(figure->count.number) > 0));
}

/* Half of what a figure of rounded counts may differ by from the one behind it: of a rate or
 * percentage, by as much of itself as its count. */
static bool rounding_half(const struct performance *one, struct decimal *out)
{
    *out = (struct decimal){(__int128)one->rounded_to * 5, 1};
    return kind_adds_up(one->row->kind) ||
           (decimal_multiply(*out, one->value.number, out) &&
            decimal_divide(*out, one->figure->count.number, 6, out));
}

/* Where the counts behind the figure could have another status than the rounded ones, none is
 * given. */
static bool rounding_decides(const struct performance *one)
{
    const struct target *target = &one->target.target;
    struct decimal half, low, high;
    if (!is_of_rounded_counts(one))
        return false;
    return !rounding_half(one, &half) || !decimal_subtract(one->value.number, half, &low) ||
           !decimal_add(one->value.number, half, &high) ||
           rag_against_target(low, target) != one->rag ||
           rag_against_target(high, target) != one->rag;
}

/* Why its figure is not there. */
static struct text why_no_figure(struct arena *arena, const struct performances *all,
                                 const struct performance *one)
{
    const struct comparison *comparison = all->comparison;
    const struct stopped *stopped = dataset_stopped_in(comparison->dataset, one->measure,
                                                       comparison->where, comparison->period);
    if (one->value.markers & MARKER_CONFIDENTIAL)
        return TEXT_EMPTY;
    if (one->target.is_cumulative)
        return one->so_far.why;
    return stopped
               ? text_format(arena, "its figure is not shown, because %.*s", TEXT_ARG(stopped->why))
               : TEXT("its figure is not available");
}

static void settle_status(struct arena *arena, const struct performances *all,
                          struct performance *one, struct text no_target)
{
    struct target_in_use *in_use = &one->target;
    in_use->marker =
        in_use->is_cumulative && !in_use->is_known ? target_marker(one) : MARKER_NOT_APPLICABLE;
    if (!one->value.present) {
        one->markers = one->value.markers;
        one->why = why_no_figure(arena, all, one);
        return;
    }
    one->markers = in_use->marker;
    one->why = no_target;
    if (no_target.len)
        return;
    one->rag = rag_against_target(one->value.number, &in_use->target);
    if (one->rag != RAG_NONE && rounding_decides(one)) {
        one->rag = RAG_NONE;
        one->markers = MARKER_NOT_AVAILABLE;
        one->why = TEXT("its figure is rounded, and that could decide it");
    } else if (one->rag != RAG_NONE)
        one->markers = 0;
    else if (in_use->target.polarity == POLARITY_NONE)
        one->why = in_use->target.has_polarity ? TEXT("neither high nor low is good")
                                               : TEXT("nobody says which way is good");
    else
        one->why = TEXT("its figures have more digits than can be compared");
}

/* 94.99 is not 95.0: one more digit, until they look as different as they are. */
static unsigned settle_places(const struct performance *one)
{
    enum { MOST = 9 };
    const struct target_in_use *in_use = &one->target;
    unsigned places = one->row->places;
    if (one->value.present && one->value.number.scale > places)
        places = one->value.number.scale;
    if (!in_use->is_known || in_use->target.polarity == POLARITY_BAND)
        return places;
    struct decimal target = in_use->target.value, shown, value_shown;
    if (!in_use->is_cumulative && target.scale > places)
        places = target.scale;
    if (!one->value.present || decimal_compare(one->value.number, target) == 0)
        return places;
    for (; places < MOST; places++) {
        shown = target;
        value_shown = one->value.number;
        decimal_round(target, places, &shown);
        decimal_round(one->value.number, places, &value_shown);
        if (decimal_compare(shown, value_shown) != 0)
            break;
    }
    return places;
}

/* ---- direction of travel ---- */

/* Half of the last digit that is shown. */
static struct decimal default_dead_band(unsigned places)
{
    unsigned scale = places + 1 > DECIMAL_SCALE_MAX ? DECIMAL_SCALE_MAX : places + 1;
    return (struct decimal){.coefficient = 5, .scale = scale};
}

static void settle_direction(struct performance *one, int which, size_t baseline)
{
    struct direction *direction = &one->directions[which];
    direction->baseline = baseline;
    if (which == TRAVEL_LAST_PERIOD && one->row->measure->target.is_seasonal &&
        baseline != one->directions[TRAVEL_LAST_YEAR].baseline)
        direction->why =
            TEXT("a seasonal measure is only compared with the same period of last year");
    if (baseline == SIZE_MAX || direction->why.len || !one->row->changes[baseline].has_absolute)
        return;
    direction->is_known = true;
    direction->travel = direction_of_travel(one->row->now.number, one->row->before[baseline].number,
                                            &one->row->measure->target, one->dead_band);
    if (one->rounded_to) /* what is rounded is not tested */
        direction->travel.judgement = JUDGEMENT_NONE;
}

/* ---- */

static void make_one(struct arena *arena, const struct performances *all, struct performance *one,
                     const size_t which[TRAVELS])
{
    const struct target *target = &one->row->measure->target;
    one->figure = find_figure(all->comparison, one->measure, all->comparison->period);
    one->why = one->target.words = TEXT_EMPTY;
    one->rounded_to = all->comparison->dataset->hiding.rounding;
    year_so_far(arena, all, one);
    settle_status(arena, all, one, settle_target(all, one));
    one->places = settle_places(one);
    one->dead_band =
        target->has_dead_band ? target->dead_band : default_dead_band(one->row->places);
    for (int t = 0; t < TRAVELS; t++)
        one->directions[t] = (struct direction){.baseline = which[t], .why = TEXT_EMPTY};
    for (int t = 0; t < TRAVELS; t++)
        settle_direction(one, t, which[t]);
    year_forecast(all, one);
}

static bool has_targets(const struct dataset *dataset)
{
    for (size_t m = 0; m < dataset->measure_count; m++)
        if (dataset->measures[m].target.has_polarity || dataset->measures[m].target.has_value)
            return true;
    for (size_t i = 0; !dataset->counts_rows && i < dataset->figure_count; i++)
        if (has_target(&dataset->figures[i]))
            return true;
    return false;
}

struct performances *performance_make(struct arena *arena, const struct dataset *dataset,
                                      size_t area, struct period period, struct date as_at,
                                      bool with_directions)
{
    struct performances *all = arena_alloc(arena, sizeof *all);
    size_t which[TRAVELS] = {SIZE_MAX, SIZE_MAX};
    struct baselines baselines = {.count = 0};
    with_directions = with_directions || has_targets(dataset);
    if (with_directions)
        baselines = find_baselines(arena, period, which);
    *all = (struct performances){
        .comparison = comparison_make(arena, dataset, area, period, &baselines, TEXT_EMPTY),
        .extract = date_is_known(dataset->extracted) ? dataset->extracted : as_at,
        .has_directions = with_directions,
        .items = arena_calloc(arena, dataset->measure_count, sizeof *all->items),
        .count = dataset->measure_count};
    years_find(arena, all);
    for (size_t i = 0; i < all->comparison->count; i++) {
        const struct compared *row = &all->comparison->rows[i];
        if (!row->measure)
            continue;
        size_t m = (size_t)(row->measure - dataset->measures);
        all->items[m] = (struct performance){.row = row, .measure = m};
        make_one(arena, all, &all->items[m], which);
    }
    return all;
}

bool performance_has_target(const struct performance *one)
{
    return one->row &&
           (one->row->measure->target.has_polarity || one->target.origin != TARGET_OF_NOBODY);
}

bool performance_has_year(const struct performance *one)
{
    return one->row && one->so_far.is_counted;
}
