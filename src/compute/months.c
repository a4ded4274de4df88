#include "compute/months.h"

#include "compute/comparison.h"
#include "compute/robust.h"

#include <stdlib.h>

enum {
    HISTORY = ROBUST_MOST,     /* as many months as a count is held against */
    HISTORY_LEAST = 6,         /* fewer say nothing */
    YEARS_LEAST = ROBUST_LEAST /* of the same month; else the months before */
};

/* ---- periods in a row ---- */

/* A month or quarter of a run; `at` counts months since year 0. */
struct step {
    long at;
    size_t period; /* of the dataset */
    struct value value;
    struct place place;
};
struct run {
    const struct dataset *dataset;
    long unit; /* months in a step: 1 or 3 */
    struct step *steps;
    size_t count;
};

static int by_time(const void *a, const void *b)
{
    long left = ((const struct step *)a)->at, right = ((const struct step *)b)->at;
    return left < right ? -1 : left > right;
}

static bool is_step(struct period period, long unit)
{
    if (!date_is_known(period.start) || period.start.day != 1)
        return false;
    struct date last = date_add_months(period.start, (int)unit);
    return date_number(period.end) + 1 == date_number(last);
}

/* The dataset's months, or its quarters, in order; quarters that overlap are no run. */
static struct run run_of(struct arena *arena, const struct dataset *dataset, long unit)
{
    struct run run = {.dataset = dataset,
                      .unit = unit,
                      .steps = arena_calloc(arena, dataset->period_count, sizeof *run.steps)};
    for (size_t i = 0; i < dataset->period_count; i++) {
        struct period period = dataset->periods[i];
        if (is_step(period, unit))
            run.steps[run.count++] = (struct step){
                .at = 12L * period.start.year + period.start.month - 1,
                .period = i,
                .place = PLACE_NONE,
            };
    }
    if (run.count)
        qsort(run.steps, run.count, sizeof *run.steps, by_time);
    for (size_t i = 1; i < run.count; i++)
        if ((run.steps[i].at - run.steps[i - 1].at) % unit != 0)
            run.count = 0;
    return run;
}

/* ---- months that are missing ---- */

static bool has_figure(const struct dataset *dataset, size_t area, size_t period)
{
    struct figure figure;
    for (size_t a = 0; a < dataset->areas.count; a++)
        for (size_t m = 0; m < dataset->measure_count && (area == AREA_ALL || a == area); m++)
            if (dataset_find(dataset, m, a, period, &figure))
                return true;
    return false;
}

static struct period period_of(struct arena *arena, const struct run *run, long at)
{
    struct period period = period_month(arena, (int)(at / 12), (int)(at % 12) + 1);
    for (size_t i = 0; i < run->count; i++)
        if (run->steps[i].at == at)
            return run->dataset->periods[run->steps[i].period];
    if (run->unit > 1) {
        period.kind = PERIOD_FIN_QUARTER;
        struct date next = date_add_months(period.start, (int)run->unit);
        period.end = date_from_number(date_number(next) - 1);
    }
    return period;
}

static void add_gap(struct arena *arena, struct gaps *gaps, struct period period)
{
    gaps->items = arena_grow(arena, gaps->items, gaps->count, &gaps->capacity, sizeof *gaps->items);
    gaps->items[gaps->count++] = period;
}

/* Leaves the steps for which the area has a figure; true when they are a run. */
static bool keep_area(struct run *run, size_t area)
{
    size_t kept = 0, follow = 0;
    for (size_t i = 0; i < run->count; i++)
        if (has_figure(run->dataset, area, run->steps[i].period))
            run->steps[kept++] = run->steps[i];
    run->count = kept;
    for (size_t i = 1; i < kept; i++)
        follow += run->steps[i].at - run->steps[i - 1].at == run->unit;
    return kept > 1 && 2 * follow >= kept - 1;
}

/* An area's run begins and ends with the source's: others have the months that it lacks. */
static void add_gaps(struct arena *arena, const struct dataset *dataset, size_t area, long unit,
                     struct gaps *gaps)
{
    struct run run = run_of(arena, dataset, unit), whole = run_of(arena, dataset, unit);
    if (!keep_area(&whole, AREA_ALL) || !keep_area(&run, area))
        return;
    size_t s = 0, before = gaps->count;
    for (long at = whole.steps[0].at; at <= whole.steps[whole.count - 1].at; at += unit) {
        while (s < run.count && run.steps[s].at < at)
            s++;
        if (s == run.count || run.steps[s].at != at)
            add_gap(arena, gaps, period_of(arena, &whole, at));
    }
    if (gaps->count > before) {
        gaps->first = period_of(arena, &whole, whole.steps[0].at);
        gaps->last = period_of(arena, &whole, whole.steps[whole.count - 1].at);
    }
}

struct gaps months_missing(struct arena *arena, const struct dataset *dataset, size_t area)
{
    struct gaps gaps = {0};
    add_gaps(arena, dataset, area, 1, &gaps);
    add_gaps(arena, dataset, area, 3, &gaps);
    return gaps;
}

/* ---- a count against its own history ---- */

struct history {
    struct decimal numbers[HISTORY]; /* robust_outlier() sorts them */
    size_t count;
    struct text words;
};

static void take(struct history *history, const struct step *step)
{
    if (step->value.present && history->count < HISTORY)
        history->numbers[history->count++] = step->value.number;
}

static const char *steps_word(const struct run *run)
{
    return run->unit == 1 ? "months" : "quarters";
}

/* The same month of earlier years, nearest first. */
static void take_same(const struct run *run, size_t at, struct history *history)
{
    for (size_t i = at; i-- > 0;)
        if ((run->steps[at].at - run->steps[i].at) % 12 == 0)
            take(history, &run->steps[i]);
}

/* The nearest on either side; of two that are as near, the earlier one. */
static void take_nearest(const struct run *run, size_t at, struct history *history)
{
    size_t before = at, after = at + 1;
    while (history->count < HISTORY && (before > 0 || after < run->count)) {
        bool back =
            before > 0 && (after == run->count || run->steps[at].at - run->steps[before - 1].at <=
                                                      run->steps[after].at - run->steps[at].at);
        take(history, back ? &run->steps[--before] : &run->steps[after++]);
    }
}

/* What step `at` is held against; false when that is too little. */
static bool history_of(struct arena *arena, const struct run *run, size_t at,
                       struct history *history)
{
    *history = (struct history){.words = TEXT_EMPTY};
    take_same(run, at, history);
    if (history->count >= YEARS_LEAST) {
        history->words = text_format(arena, "the same %s of %zu earlier years",
                                     run->unit == 1 ? "month" : "quarter", history->count);
        return true;
    }
    history->count = 0;
    for (size_t i = at; i-- > 0;)
        take(history, &run->steps[i]);
    history->words = text_format(arena, "the %d %s before it", HISTORY, steps_word(run));
    if (history->count == HISTORY)
        return true;
    history->count = 0;
    take_nearest(run, at, history);
    history->words =
        text_format(arena, "the %zu %s nearest to it", history->count, steps_word(run));
    return history->count >= HISTORY_LEAST;
}

/* ---- what is counted ---- */

/* One measure of the dataset, or a sum of several. */
struct counted {
    const struct dataset *dataset;
    size_t area;
    size_t measure; /* SIZE_MAX: the sum of those below */
    bool parts;     /* of the measures that are parts; else of all */
};

static struct value value_in(const struct counted *counted, size_t period, struct place *place)
{
    const struct dataset *dataset = counted->dataset;
    struct value sum = {.present = false};
    for (size_t m = 0; m < dataset->measure_count; m++) {
        if (counted->measure != SIZE_MAX
                ? m != counted->measure
                : counted->parts && !measure_is_part(&dataset->measures[m]))
            continue;
        struct place first = PLACE_NONE;
        struct value value =
            dataset_value(dataset, m, counted->area, dataset->periods[period], &first);
        if (!value.present ||
            (sum.present && !decimal_add(sum.number, value.number, &value.number)))
            return (struct value){.present = false};
        sum = (struct value){.present = true, .number = value.number};
        /* the row of a figure says more than the section, where zeros are */
        if (!place->file.len || text_equal(place->file, dataset->place.file))
            *place = first;
    }
    return sum;
}

static struct doubt *add_doubt(struct arena *arena, struct doubts *doubts,
                               const struct counted *counted, const struct step *step)
{
    const struct dataset *dataset = counted->dataset;
    doubts->items =
        arena_grow(arena, doubts->items, doubts->count, &doubts->capacity, sizeof *doubts->items);
    struct doubt *doubt = &doubts->items[doubts->count++];
    *doubt = (struct doubt){
        .label =
            counted->measure == SIZE_MAX ? TEXT_EMPTY : dataset->measures[counted->measure].label,
        .area = counted->area == AREA_ALL ? TEXT_EMPTY : dataset->areas.items[counted->area],
        .period = dataset->periods[step->period],
        .history = TEXT_EMPTY,
        .place = step->place,
    };
    return doubt;
}

/* Events of that month that were exported without an area. */
static struct value without_area(const struct dataset *dataset, size_t area, size_t period)
{
    size_t none = texts_find(&dataset->areas, AREA_NOT_GIVEN);
    const struct counted counted = {dataset, none, SIZE_MAX, false};
    struct place place = PLACE_NONE;
    if (none == dataset->areas.count || area == none || area == AREA_ALL)
        return (struct value){.present = false};
    return value_in(&counted, period, &place);
}

static void doubt_counts(struct arena *arena, struct run *run, const struct counted *counted,
                         struct doubts *doubts)
{
    for (size_t i = 0; i < run->count; i++) {
        run->steps[i].place = PLACE_NONE;
        run->steps[i].value = value_in(counted, run->steps[i].period, &run->steps[i].place);
    }
    for (size_t i = 0; i < run->count; i++) {
        const struct step *step = &run->steps[i];
        struct history history;
        if (!step->value.present || !history_of(arena, run, i, &history) ||
            !robust_outlier(history.numbers, history.count, step->value.number))
            continue;
        struct doubt *doubt = add_doubt(arena, doubts, counted, step);
        doubt->value = step->value;
        doubt->low = (struct value){.present = true, .number = history.numbers[0]};
        doubt->high = (struct value){.present = true, .number = history.numbers[history.count - 1]};
        doubt->history = history.words;
        doubt->without_area = without_area(counted->dataset, counted->area, step->period);
        bool is_low = decimal_compare(step->value.number, history.numbers[0]) < 0;
        doubt->kind = i + 1 == run->count && is_low ? DOUBT_LOW_END : DOUBT_OUTLIER;
    }
}

/* ---- figures that end before their last month does ---- */

/*
 * Events have a day: the last month is cut off when so many days after the last event would stay
 * empty by chance less than once in a thousand times, from the events a day before it (7 expected
 * events: e^-7).
 */
static bool events_end_early(const struct dataset *dataset, const struct run *run)
{
    struct date first = dataset->periods[run->steps[0].period].start;
    struct date end = dataset->periods[run->steps[run->count - 1].period].end;
    if (!date_is_known(dataset->last_event) || date_compare(dataset->last_event, end) >= 0 ||
        date_compare(dataset->last_event, first) < 0)
        return false;
    long empty = date_number(end) - date_number(dataset->last_event);
    long days = date_number(dataset->last_event) - date_number(first) + 1;
    return (long)account_total(dataset->arena, &dataset->account).used * empty >= 7 * days;
}

static bool has_counts(const struct dataset *dataset)
{
    for (size_t m = 0; m < dataset->measure_count; m++)
        if (kind_adds_up(dataset->measures[m].kind))
            return true;
    return false;
}

static void doubt_end(struct arena *arena, const struct run *run, const struct counted *counted,
                      struct date as_at, struct doubts *doubts)
{
    const struct dataset *dataset = counted->dataset;
    const struct step *last = &run->steps[run->count - 1];
    struct date end = dataset->periods[last->period].end;
    bool by_as_at = date_is_known(as_at) && date_compare(as_at, end) < 0;
    if (!has_counts(dataset) || !has_figure(dataset, counted->area, last->period) ||
        (!by_as_at && !events_end_early(dataset, run)))
        return;
    struct doubt *doubt = add_doubt(arena, doubts, counted, last);
    doubt->kind = DOUBT_CUT_OFF;
    doubt->ends_with_as_at = by_as_at;
    doubt->last_day = by_as_at ? as_at : dataset->last_event;
    doubt->place = dataset->place;
}

/* The total, or the number of measures. */
static size_t find_total(const struct dataset *dataset)
{
    size_t m = 0;
    while (m < dataset->measure_count && dataset->measures[m].relation != RELATION_TOTAL)
        m++;
    return m;
}

static bool has_parts(const struct dataset *dataset)
{
    for (size_t m = 0; m < dataset->measure_count; m++)
        if (measure_is_part(&dataset->measures[m]))
            return true;
    return false;
}

static void doubt_run(struct arena *arena, struct run *run, struct counted counted,
                      struct date as_at, struct doubts *doubts)
{
    const struct dataset *dataset = counted.dataset;
    if (!run->count)
        return;
    doubt_end(arena, run, &counted, as_at, doubts);
    size_t total = find_total(dataset);
    counted.parts = has_parts(dataset);
    if (dataset->counts_rows ||
        (total == dataset->measure_count && counted.parts && !dataset->hiding.rounding)) {
        counted.parts = !dataset->counts_rows;
        doubt_counts(arena, run, &counted, doubts);
        return;
    }
    for (size_t m = 0; m < dataset->measure_count; m++) {
        counted.measure = m;
        if (kind_adds_up(dataset->measures[m].kind) &&
            (total == dataset->measure_count || m == total))
            doubt_counts(arena, run, &counted, doubts);
    }
}

static int by_period(const void *a, const void *b)
{
    const struct doubt *left = a, *right = b;
    int order = period_compare(left->period, right->period);
    order = order ? order : text_compare(left->label, right->label);
    return order ? order : (int)left->kind - (int)right->kind;
}

struct doubts months_doubts(struct arena *arena, const struct dataset *dataset, size_t area,
                            struct date as_at)
{
    struct doubts doubts = {0};
    struct counted counted = {dataset, area, SIZE_MAX, false};
    if (area != AREA_ALL && area >= dataset->areas.count)
        return doubts;
    for (long unit = 1; unit <= 3; unit += 2) {
        struct run run = run_of(arena, dataset, unit);
        doubt_run(arena, &run, counted, as_at, &doubts);
    }
    if (doubts.count)
        qsort(doubts.items, doubts.count, sizeof *doubts.items, by_period);
    return doubts;
}
