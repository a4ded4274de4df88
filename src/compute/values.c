#include "compute/values.h"

#include <stdlib.h>

const struct value value_not_available = {.present = false, .markers = MARKER_NOT_AVAILABLE};

bool kind_adds_up(enum measure_kind kind)
{
    return kind == KIND_COUNT || kind == KIND_MONEY;
}

bool measure_adds_up(const struct measure *measure)
{
    return kind_adds_up(measure->kind) && measure->relation != RELATION_NON_ADDITIVE &&
           measure->target.profile != PROFILE_NONE;
}

bool measure_is_part(const struct measure *measure)
{
    return measure->relation == RELATION_PART && kind_adds_up(measure->kind);
}

struct value value_add(struct value a, struct value b)
{
    struct value sum = {.present = a.present && b.present, .markers = a.markers | b.markers};
    if (sum.present && !decimal_add(a.number, b.number, &sum.number))
        return value_not_available;
    return sum;
}

struct value value_subtract(struct value a, struct value b)
{
    b.number = decimal_negate(b.number);
    return value_add(a, b);
}

/* Whether the source has the measure in that period, in the area or in any of them. Where rows are
 * counted, no row is none. */
static bool has_figure(const struct dataset *dataset, size_t measure, size_t area, size_t period)
{
    size_t from = area == AREA_ALL ? 0 : area;
    size_t to = area == AREA_ALL ? dataset->areas.count : area + 1;
    struct figure figure;
    for (size_t a = from; a < to; a++)
        if (dataset->counts_rows || dataset_find(dataset, measure, a, period, &figure))
            return true;
    return false;
}

/* The value in one area, or the sum over all areas: one without a row of that kind adds nothing. */
static struct value period_value(const struct dataset *dataset, size_t measure, size_t area,
                                 size_t period, struct place *place)
{
    const struct value zero = {.present = true, .number = decimal_from(0)};
    struct value sum = area == AREA_ALL ? zero : value_not_available;
    size_t from = area == AREA_ALL ? 0 : area;
    size_t to = area == AREA_ALL ? dataset->areas.count : area + 1;
    bool found = false;
    for (size_t a = from; a < to; a++) {
        struct figure figure;
        if (!dataset_find(dataset, measure, a, period, &figure))
            continue;
        sum = found ? value_add(sum, figure.value) : figure.value;
        *place = found ? *place : figure.place;
        found = true;
    }
    return sum;
}

static int by_start(const void *a, const void *b)
{
    return date_compare((*(const struct period *const *)a)->start,
                        (*(const struct period *const *)b)->start);
}

size_t dataset_periods_filling(const struct dataset *dataset, size_t measure, size_t area,
                               struct period whole, const struct period ***out)
{
    const struct period **parts =
        arena_calloc(dataset->arena, dataset->period_count, sizeof *parts);
    size_t count = 0;
    for (size_t i = 0; i < dataset->period_count; i++)
        if (period_within(dataset->periods[i], whole) && !period_same(dataset->periods[i], whole) &&
            has_figure(dataset, measure, area, i))
            parts[count++] = &dataset->periods[i];
    if (count == 0)
        return 0;
    qsort(parts, count, sizeof(struct period *), by_start);
    long next = date_number(whole.start);
    for (size_t i = 0; i < count; i++) {
        if (date_number(parts[i]->start) != next)
            return 0; /* a gap, or two that overlap */
        next = date_number(parts[i]->end) + 1;
    }
    *out = parts;
    return next == date_number(whole.end) + 1 ? count : 0;
}

/* True when there are shorter periods that fill it; they are summed. */
static bool sum_of_parts(const struct dataset *dataset, size_t measure, size_t area,
                         struct period whole, struct place *place, struct value *out)
{
    const struct period **parts;
    size_t count = dataset_periods_filling(dataset, measure, area, whole, &parts);
    struct value sum = {.present = true, .number = decimal_from(0)};
    for (size_t i = 0; i < count; i++) {
        struct place first = PLACE_NONE;
        struct value part =
            period_value(dataset, measure, area, (size_t)(parts[i] - dataset->periods), &first);
        if (!place->file.len)
            *place = first;
        sum = value_add(sum, part);
    }
    *out = sum;
    return count > 0;
}

bool dataset_has_period(const struct dataset *dataset, size_t measure, size_t area,
                        struct period period, size_t *out)
{
    for (size_t i = 0; i < dataset->period_count; i++)
        if (period_same(dataset->periods[i], period) && has_figure(dataset, measure, area, i)) {
            *out = i;
            return true;
        }
    return false;
}

/* Of a sum, or of events that are counted: figures of their own carry the marker themselves. */
static struct value with_revision(const struct dataset *dataset, size_t measure, size_t area,
                                  struct period period, struct value value)
{
    if (value.present && dataset_revised_in(dataset, measure, area, period))
        value.markers |= MARKER_REVISED;
    return value;
}

struct value dataset_value(const struct dataset *dataset, size_t measure, size_t area,
                           struct period period, struct place *place)
{
    struct value value = value_not_available;
    size_t own;
    if (dataset_has_period(dataset, measure, area, period, &own)) {
        value = period_value(dataset, measure, area, own, place);
        if (!dataset->counts_rows)
            return value;
    } else if (!measure_adds_up(&dataset->measures[measure]) || dataset->hiding.rounding ||
               !sum_of_parts(dataset, measure, area, period, place, &value)) {
        return value_not_available;
    }
    return with_revision(dataset, measure, area, period, value);
}

static bool has_break(const struct dataset *dataset, size_t measure, size_t area, size_t period)
{
    size_t first = area == AREA_ALL ? 0 : area;
    size_t end = area == AREA_ALL ? dataset->areas.count : area + 1;
    struct figure figure;
    for (size_t a = first; a < end; a++)
        if (dataset_find(dataset, measure, a, period, &figure) &&
            figure.value.markers & MARKER_BREAK)
            return true;
    return false;
}

bool dataset_breaks(const struct dataset *dataset, size_t measure, size_t area, struct period from,
                    struct period until)
{
    if (dataset->counts_rows || !date_is_known(from.start) || !date_is_known(until.end))
        return false;
    for (size_t i = 0; i < dataset->period_count; i++) {
        struct period period = dataset->periods[i];
        if (date_is_known(period.start) && date_compare(period.start, from.start) > 0 &&
            date_compare(period.end, until.end) <= 0 && has_break(dataset, measure, area, i))
            return true;
    }
    return false;
}

static struct value lower_of(const struct figure *figure)
{
    return figure->published ? figure->published->lower_95 : (struct value){.present = false};
}

static struct value upper_of(const struct figure *figure)
{
    return figure->published ? figure->published->upper_95 : (struct value){.present = false};
}

struct behind dataset_behind(const struct dataset *dataset, size_t measure, size_t area,
                             struct period period)
{
    struct behind behind = {.count = {.present = false}};
    struct figure figure;
    if (area == AREA_ALL && dataset->areas.count == 1)
        area = 0;
    for (size_t i = 0; area != AREA_ALL && i < dataset->period_count; i++)
        if (period_same(dataset->periods[i], period) &&
            dataset_find(dataset, measure, area, i, &figure))
            return (struct behind){figure.count, figure.denominator, lower_of(&figure),
                                   upper_of(&figure)};
    return behind;
}

bool measure_is_standardised(const struct measure *measure)
{
    const struct text said[] = {measure->name, measure->unit, measure->note, measure->label};
    static const char *const words[] = {"standardised", "Standardised", "standardized", "DSR",
                                        "adjusted",     "Adjusted",     "modelled",     "Modelled"};
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
        for (size_t w = 0; w < sizeof words / sizeof words[0]; w++)
            if (text_contains(said[i], text_from(words[w])))
                return true;
    return false;
}

bool measure_rests_on_count(const struct measure *measure)
{
    return measure->basis <= BASIS_COUNTED && !measure_is_standardised(measure);
}

bool measure_per(struct arena *arena, const struct measure *measure, struct decimal *out)
{
    *out = decimal_from(100);
    if (measure->kind == KIND_PERCENT)
        return true;
    size_t at = 0;
    while (at < measure->unit.len &&
           !text_starts(text_slice(measure->unit, at, measure->unit.len), TEXT("per ")))
        at++;
    if (measure->kind != KIND_RATE || at == measure->unit.len)
        return false;
    /* "Crude rate per 1,000 live births": the number alone says what it is */
    struct text base = text_slice(measure->unit, at + 4, measure->unit.len);
    base = text_slice(base, 0, text_find(base, ' ', 0));
    struct reading reading = value_read(arena, base);
    *out = reading.value.number;
    return reading.value.present && decimal_sign(*out) > 0;
}

bool behind_makes(const struct behind *behind, struct value value, struct decimal per)
{
    enum { MOST = 6 };
    struct decimal product, exact, shown = value.number;
    if (!value.present || !behind->count.present || !behind->denominator.present ||
        decimal_sign(behind->denominator.number) <= 0)
        return false;
    unsigned places = shown.scale > MOST ? MOST : shown.scale;
    decimal_round(shown, places, &shown);
    return decimal_multiply(behind->count.number, per, &product) &&
           decimal_divide(product, behind->denominator.number, places, &exact) &&
           decimal_compare(exact, shown) == 0;
}
