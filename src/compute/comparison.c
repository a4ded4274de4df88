#include "compute/comparison.h"

#include "compute/judgement.h"
#include "compute/robust.h"

#include <stdlib.h>

static const struct value not_available = {.present = false, .markers = MARKER_NOT_AVAILABLE};

bool measure_adds_up(enum measure_kind kind)
{
    return kind == KIND_COUNT || kind == KIND_MONEY;
}

/* a + b; absent when either is, with the markers of both. */
static struct value value_add(struct value a, struct value b)
{
    struct value sum = {.present = a.present && b.present, .markers = a.markers | b.markers};
    if (sum.present && !decimal_add(a.number, b.number, &sum.number))
        return not_available;
    return sum;
}

static struct value value_subtract(struct value a, struct value b)
{
    b.number = decimal_negate(b.number);
    return value_add(a, b);
}

/* The value in one area, or the sum over all areas: one without a row of that kind adds nothing. */
static struct value period_value(const struct dataset *dataset, size_t measure, size_t area,
                                 size_t period, struct place *place)
{
    const struct value zero = {.present = true, .number = decimal_from(0)};
    struct value sum = area == AREA_ALL ? zero : not_available;
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

size_t dataset_periods_filling(const struct dataset *dataset, struct period whole,
                               const struct period ***out)
{
    const struct period **parts =
        arena_calloc(dataset->arena, dataset->period_count, sizeof *parts);
    size_t count = 0;
    for (size_t i = 0; i < dataset->period_count; i++)
        if (period_within(dataset->periods[i], whole))
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
    size_t count = dataset_periods_filling(dataset, whole, &parts);
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

struct value dataset_value(const struct dataset *dataset, size_t measure, size_t area,
                           struct period period, struct place *place)
{
    for (size_t i = 0; i < dataset->period_count; i++)
        if (period_same(dataset->periods[i], period))
            return period_value(dataset, measure, area, i, place);
    struct value sum;
    if (measure_adds_up(dataset->measures[measure].kind) && !dataset->hiding.rounding &&
        sum_of_parts(dataset, measure, area, period, place, &sum))
        return sum;
    return not_available;
}

static struct compared *add_row(struct arena *arena, struct comparison *comparison)
{
    comparison->rows = arena_grow(arena, comparison->rows, comparison->count, &comparison->capacity,
                                  sizeof *comparison->rows);
    struct compared *row = &comparison->rows[comparison->count++];
    *row = (struct compared){.place = PLACE_NONE, .now = not_available};
    return row;
}

static void note_places(struct compared *row, struct value value)
{
    if (value.present && value.number.scale > row->places)
        row->places = value.number.scale;
}

/* Fills in what follows from the row's values. */
static void finish_row(struct arena *arena, const struct comparison *comparison,
                       struct compared *row)
{
    struct change_rules rules = change_default_rules;
    rules.rounded_to = comparison->dataset->hiding.rounding;
    note_places(row, row->now);
    for (size_t b = 0; b < comparison->baselines.count; b++) {
        note_places(row, row->before[b]);
        row->changes[b] = change_compute(arena, row->kind, row->now, row->before[b], &rules);
    }
}

static void add_measure(struct arena *arena, struct comparison *comparison, size_t m, size_t area)
{
    const struct measure *measure = &comparison->dataset->measures[m];
    struct compared *row = add_row(arena, comparison);
    row->measure = measure;
    row->label = measure->label;
    row->slug = measure->slug;
    row->kind = measure->kind;
    row->relation = measure->relation;
    row->place = measure->place;
    struct place place = PLACE_NONE;
    row->now = dataset_value(comparison->dataset, m, area, comparison->period, &place);
    if (place.file.len)
        row->place = place;
    for (size_t b = 0; b < comparison->baselines.count; b++)
        row->before[b] = dataset_value(comparison->dataset, m, area,
                                       comparison->baselines.items[b].period, &place);
    finish_row(arena, comparison, row);
}

static void add_with_subsets(struct arena *arena, struct comparison *comparison, size_t m,
                             size_t area)
{
    const struct dataset *dataset = comparison->dataset;
    add_measure(arena, comparison, m, area);
    for (size_t i = 0; comparison->has_subsets && i < dataset->measure_count; i++)
        if (dataset->measures[i].relation == RELATION_OF_WHICH && dataset->measures[i].parent == m)
            add_with_subsets(arena, comparison, i, area);
}

static size_t count_relation(const struct dataset *dataset, enum relation relation)
{
    size_t count = 0;
    for (size_t i = 0; i < dataset->measure_count; i++)
        count += dataset->measures[i].relation == relation;
    return count;
}

/* Row = total - parts (as remainder), or the sum of the parts (as total). */
static void add_worked_out(struct arena *arena, struct comparison *comparison,
                           const struct compared *total, struct text label)
{
    const size_t parts_end = comparison->count;
    struct compared row = {.label = label,
                           .slug = total ? TEXT("remainder") : TEXT("total"),
                           .relation = total ? RELATION_PART : RELATION_TOTAL,
                           .is_remainder = total != NULL,
                           .is_sum = total == NULL,
                           .place = total ? total->place : PLACE_NONE};
    const struct value zero = {.present = true, .number = decimal_from(0)};
    row.now = total ? total->now : zero;
    for (size_t b = 0; b < comparison->baselines.count; b++)
        row.before[b] = total ? total->before[b] : zero;
    for (size_t i = 0; i < parts_end; i++) {
        const struct compared *part = &comparison->rows[i];
        if (part->relation != RELATION_PART)
            continue;
        row.kind = part->kind;
        if (!row.place.file.len)
            row.place = part->place;
        row.now = total ? value_subtract(row.now, part->now) : value_add(row.now, part->now);
        for (size_t b = 0; b < comparison->baselines.count; b++)
            row.before[b] = total ? value_subtract(row.before[b], part->before[b])
                                  : value_add(row.before[b], part->before[b]);
    }
    finish_row(arena, comparison, &row);
    *add_row(arena, comparison) = row;
}

static bool is_zero_throughout(const struct comparison *comparison, const struct compared *row)
{
    bool zero = row->now.present && decimal_sign(row->now.number) == 0;
    for (size_t b = 0; b < comparison->baselines.count; b++)
        zero = zero && row->before[b].present && decimal_sign(row->before[b].number) == 0;
    return zero;
}

const struct decimal *comparison_rounding(const struct comparison *comparison, struct decimal *unit)
{
    size_t count = 0, periods = comparison->baselines.count + 1;
    *unit = decimal_from(comparison->dataset->hiding.rounding);
    if (decimal_sign(*unit) > 0)
        return unit;
    struct decimal *values =
        arena_calloc(comparison->dataset->arena, comparison->count * periods + 1, sizeof *values);
    for (size_t i = 0; i < comparison->count; i++) {
        const struct compared *row = &comparison->rows[i];
        bool adds = row->relation == RELATION_TOTAL || row->relation == RELATION_PART;
        for (size_t b = 0; row->measure && adds && b < periods; b++) {
            struct value value = b ? row->before[b - 1] : row->now;
            if (value.present)
                values[count++] = value.number;
        }
    }
    return values_rounded_to(values, count, unit) ? unit : NULL;
}

/* What remains is no more than the rounding of the parts and their total leaves over. */
static bool rounding_explains_all(const struct comparison *comparison, const struct compared *row)
{
    struct decimal unit;
    size_t parts = count_relation(comparison->dataset, RELATION_PART);
    if (!comparison_rounding(comparison, &unit))
        return false;
    for (size_t b = 0; b <= comparison->baselines.count; b++) {
        struct value value = b ? row->before[b - 1] : row->now;
        if (value.present && !rounding_explains(value.number, parts, unit))
            return false;
    }
    return row->now.present;
}

static void add_relation(struct arena *arena, struct comparison *comparison, enum relation relation,
                         size_t area)
{
    for (size_t m = 0; m < comparison->dataset->measure_count; m++)
        if (comparison->dataset->measures[m].relation == relation)
            add_with_subsets(arena, comparison, m, area);
}

/* A sum of parts stands where the total would: before them. */
static void move_last_row_first(struct comparison *comparison)
{
    struct compared last = comparison->rows[comparison->count - 1];
    for (size_t i = comparison->count - 1; i > 0; i--)
        comparison->rows[i] = comparison->rows[i - 1];
    comparison->rows[0] = last;
}

static struct comparison *comparison_new(struct arena *arena, const struct dataset *dataset,
                                         struct period period, const struct baselines *baselines)
{
    struct comparison *comparison = arena_alloc(arena, sizeof *comparison);
    *comparison = (struct comparison){
        .dataset = dataset, .where = AREA_ALL, .period = period, .baselines = *baselines};
    comparison->area = TEXT_EMPTY;
    return comparison;
}

struct comparison *comparison_make(struct arena *arena, const struct dataset *dataset, size_t area,
                                   struct period period, const struct baselines *baselines,
                                   struct text remainder)
{
    struct comparison *comparison = comparison_new(arena, dataset, period, baselines);
    comparison->where = area;
    if (area != AREA_ALL && area < dataset->areas.count)
        comparison->area = dataset->areas.items[area];
    comparison->has_subsets = count_relation(dataset, RELATION_OF_WHICH) > 0;
    size_t totals = count_relation(dataset, RELATION_TOTAL);
    size_t parts = count_relation(dataset, RELATION_PART);
    add_relation(arena, comparison, RELATION_TOTAL, area);
    add_relation(arena, comparison, RELATION_PART, area);
    if (dataset->hiding.rounding) {
        comparison->rounding_shows = parts && totals; /* no sum or remainder of what is rounded */
    } else if (parts && totals == 1) {
        struct text label = remainder.len ? remainder : TEXT("Other (not listed)");
        struct compared total = comparison->rows[0];
        add_worked_out(arena, comparison, &total, label);
        if (is_zero_throughout(comparison, &comparison->rows[comparison->count - 1]))
            comparison->count--; /* the parts are the whole: nothing remains to show */
        else if (rounding_explains_all(comparison, &comparison->rows[comparison->count - 1])) {
            comparison
                ->count--; /* it would show what rounding left over, as if it were something */
            comparison->rounding_shows = true;
        }
    } else if (parts > 1 && totals == 0) {
        add_worked_out(arena, comparison, NULL, TEXT("Total"));
        move_last_row_first(comparison);
    }
    add_relation(arena, comparison, RELATION_UNDECLARED, area);
    add_relation(arena, comparison, RELATION_NON_ADDITIVE, area);
    add_relation(arena, comparison, RELATION_FLAG, area);
    add_relation(arena, comparison, RELATION_OUTSIDE, area);
    comparison_judge(comparison, area);
    return comparison;
}

struct comparison *comparison_by_area(struct arena *arena, const struct dataset *dataset,
                                      struct period period, const struct baselines *baselines)
{
    struct comparison *out = comparison_new(arena, dataset, period, baselines);
    for (size_t area = 0; area < dataset->areas.count; area++) {
        const struct comparison *within =
            comparison_make(arena, dataset, area, period, baselines, TEXT_EMPTY);
        for (size_t i = 0; i < within->count; i++) {
            if (within->rows[i].relation != RELATION_TOTAL)
                continue;
            struct compared *row = add_row(arena, out);
            *row = within->rows[i];
            row->label = dataset->areas.items[area];
            row->relation = RELATION_UNDECLARED; /* areas stand beside each other */
            row->is_sum = false;
            row->measure = NULL;
            row->slug = text_slug(arena, row->label);
            break;
        }
    }
    comparison_classify(out);
    return out;
}

const struct compared *comparison_row(const struct comparison *comparison, struct text slug)
{
    for (size_t i = 0; i < comparison->count; i++)
        if (text_equal(comparison->rows[i].slug, slug))
            return &comparison->rows[i];
    return NULL;
}

/*
 * The change a day, in per cent to the places that percentages are shown with: what remains when a
 * year of 366 days is compared with one of 365 (statistics.md 1.5). False where no percentage is
 * shown.
 */
static bool percent_per_day(const struct compared *row, size_t b, long days_now, long days_before,
                            struct decimal *out)
{
    struct decimal now, before, difference, hundred = decimal_from(100), scaled;
    return row->kind == KIND_COUNT && row->changes[b].has_percent &&
           decimal_multiply(row->now.number, decimal_from(days_before), &now) &&
           decimal_multiply(row->before[b].number, decimal_from(days_now), &before) &&
           decimal_subtract(now, before, &difference) &&
           decimal_multiply(difference, hundred, &scaled) &&
           decimal_divide(scaled, before, change_default_rules.places, out);
}

struct text comparison_days_note(struct arena *arena, const struct comparison *comparison,
                                 const struct compared *row, size_t b)
{
    const struct period *before = &comparison->baselines.items[b].period;
    long days_now = period_days(comparison->period), days_before = period_days(*before);
    struct decimal per_day, shown;
    if (days_now == days_before || !percent_per_day(row, b, days_now, days_before, &per_day) ||
        !decimal_round(row->changes[b].percent, change_default_rules.places, &shown) ||
        decimal_compare(per_day, shown) == 0)
        return TEXT_EMPTY;
    struct text percent =
        decimal_display(arena, per_day, change_default_rules.places, DECIMAL_GROUPS | DECIMAL_SIGN);
    return text_format(arena,
                       "%.*s had %ld days and %.*s had %ld. Changes compare the whole periods; "
                       "with averages per day, the change for “%.*s” is %.*s%%.",
                       TEXT_ARG(period_display(arena, *before)), days_before,
                       TEXT_ARG(period_display(arena, comparison->period)), days_now,
                       TEXT_ARG(row->label), TEXT_ARG(percent));
}

/* One row is enough for a table: the first whose percentage would be shown differently. */
static void add_days_note(struct arena *arena, const struct comparison *comparison, size_t b,
                          struct texts *notes)
{
    for (size_t i = 0; i < comparison->count; i++) {
        struct text note = comparison_days_note(arena, comparison, &comparison->rows[i], b);
        if (!note.len)
            continue;
        texts_add(arena, notes, note);
        return;
    }
}

struct text comparison_resting(struct arena *arena, const struct comparison *comparison,
                               struct period month)
{
    struct buffer out = {.arena = arena};
    if (!comparison->baselines.count)
        return TEXT_EMPTY;
    if (period_within(month, comparison->period))
        return TEXT("every change");
    for (size_t b = 0; b < comparison->baselines.count; b++) {
        struct period before = comparison->baselines.items[b].period;
        if (period_within(month, before))
            buffer_format(&out, "%s%.*s", out.len ? " and on " : "the change on ",
                          TEXT_ARG(period_display(arena, before)));
    }
    return buffer_text(&out);
}

/* "Burglary in Lutterworth, ", as far as the table's own rows do not say it. */
static struct text doubt_subject(struct arena *arena, const struct comparison *comparison,
                                 const struct doubt *doubt)
{
    bool has_area = doubt->area.len && !text_equal(doubt->area, comparison->area);
    if (!doubt->label.len)
        return has_area ? text_concat(arena, doubt->area, TEXT(", ")) : TEXT_EMPTY;
    return text_format(arena, "“%.*s”%s%.*s, ", TEXT_ARG(doubt->label), has_area ? " in " : "",
                       TEXT_ARG(has_area ? doubt->area : TEXT_EMPTY));
}

struct text comparison_doubt_note(struct arena *arena, const struct comparison *comparison,
                                  const struct doubt *doubt)
{
    static const char *const says[] = {
        [DOUBT_OUTLIER] = "is far outside its own history",
        [DOUBT_LOW_END] = "is far below its own history and may not be whole",
    };
    struct text subject = doubt_subject(arena, comparison, doubt);
    struct text month = period_display(arena, doubt->period);
    if (doubt->kind == DOUBT_CUT_OFF)
        return text_format(arena,
                           "%.*s%.*s is not whole: its figures end on %.*s. Changes that rest on "
                           "it are not like for like.",
                           TEXT_ARG(subject), TEXT_ARG(month),
                           TEXT_ARG(date_display(arena, doubt->last_day)));
    return text_format(
        arena,
        "%.*s%.*s %s (%.*s%s; %.*s to %.*s in %.*s). Changes that rest on it are not like for "
        "like.",
        TEXT_ARG(subject), TEXT_ARG(month), says[doubt->kind],
        TEXT_ARG(decimal_in_full(arena, doubt->value.number)),
        comparison->dataset->counts_rows ? " records" : "",
        TEXT_ARG(decimal_in_full(arena, doubt->low.number)),
        TEXT_ARG(decimal_in_full(arena, doubt->high.number)), TEXT_ARG(doubt->history));
}

/* A sentence each for a few, one sentence for more: nobody reads a dozen notes. */
static void add_doubt_notes(struct arena *arena, const struct comparison *comparison,
                            struct texts *notes)
{
    enum { NOTES = 3 };
    struct texts said = {0}, names = {0};
    for (size_t i = 0; i < comparison->doubts.count; i++) {
        const struct doubt *doubt = &comparison->doubts.items[i];
        if (!comparison_resting(arena, comparison, doubt->period).len)
            continue;
        texts_add(arena, &said, comparison_doubt_note(arena, comparison, doubt));
        texts_add(arena, &names,
                  text_concat(arena, doubt_subject(arena, comparison, doubt),
                              period_display(arena, doubt->period)));
    }
    for (size_t i = 0; said.count <= NOTES && i < said.count; i++)
        texts_add(arena, notes, said.items[i]);
    if (said.count > NOTES)
        texts_add(arena, notes,
                  text_format(arena,
                              "Some months are far outside their own history or not whole: %.*s. "
                              "Changes that rest on them are not like for like.",
                              TEXT_ARG(texts_join(arena, &names, TEXT("; ")))));
}

struct text comparison_abnormal_note(struct arena *arena, const struct comparison *comparison,
                                     size_t b)
{
    /* the first year of restrictions in England */
    const struct period covid = {.start = {2020, 4, 1}, .end = {2021, 3, 31}};
    const struct baseline *baseline = &comparison->baselines.items[b];
    if (!baseline->abnormal)
        return TEXT_EMPTY;
    bool overlaps = date_compare(baseline->period.start, covid.end) <= 0 &&
                    date_compare(baseline->period.end, covid.start) >= 0;
    struct text why = overlaps ? TEXT(" was affected by Covid-19 restrictions.")
                               : TEXT(" was not a usual year: compare with it with care.");
    return text_concat(arena, period_display(arena, baseline->period), why);
}

struct texts comparison_notes(struct arena *arena, const struct comparison *comparison)
{
    struct texts notes = {0};
    add_doubt_notes(arena, comparison, &notes);
    for (size_t b = 0; b < comparison->baselines.count; b++)
        add_days_note(arena, comparison, b, &notes);
    if (comparison->rounding_shows)
        texts_add(arena, &notes, TEXT("Figures may not add because of rounding."));
    for (size_t b = 0; b < comparison->baselines.count; b++) {
        struct text note = comparison_abnormal_note(arena, comparison, b);
        if (note.len)
            texts_add(arena, &notes, note);
    }
    return notes;
}
