#include "compute/comparison.h"

#include "compute/judgement.h"
#include "compute/robust.h"

static struct compared *add_row(struct arena *arena, struct comparison *comparison)
{
    comparison->rows = arena_grow(arena, comparison->rows, comparison->count, &comparison->capacity,
                                  sizeof *comparison->rows);
    struct compared *row = &comparison->rows[comparison->count++];
    *row = (struct compared){.place = PLACE_NONE, .now = value_not_available};
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
        struct value before = row->before[b];
        note_places(row, before);
        if (row->is_broken[b])
            before.markers |= MARKER_BREAK;
        /* a quarter and a year: what adds up over time has no change between them */
        if (kind_adds_up(row->kind) && before.present && row->now.present &&
            !period_is_as_long(comparison->period, comparison->baselines.items[b].period))
            before.markers |= MARKER_NOT_APPLICABLE;
        row->changes[b] = change_compute(arena, row->kind, row->now, before, &rules);
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
    for (size_t b = 0; b < comparison->baselines.count; b++) {
        struct period period = comparison->baselines.items[b].period;
        row->before[b] = dataset_value(comparison->dataset, m, area, period, &place);
        row->is_broken[b] =
            dataset_breaks(comparison->dataset, m, area, period, comparison->period);
    }
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

/* Counts add up, or amounts of money; shares, rates and means never do (statistics.md 1.4). */
static bool parts_add_up(const struct dataset *dataset)
{
    size_t first = SIZE_MAX;
    for (size_t i = 0; i < dataset->measure_count; i++) {
        const struct measure *measure = &dataset->measures[i];
        if (measure->relation != RELATION_TOTAL && measure->relation != RELATION_PART)
            continue;
        first = first == SIZE_MAX ? i : first;
        if (!kind_adds_up(measure->kind) || measure->kind != dataset->measures[first].kind)
            return false;
    }
    return true;
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
    for (size_t b = 0; b < comparison->baselines.count; b++) {
        row.before[b] = total ? total->before[b] : zero;
        row.is_broken[b] = total && total->is_broken[b];
    }
    for (size_t i = 0; i < parts_end; i++) {
        const struct compared *part = &comparison->rows[i];
        if (part->relation != RELATION_PART)
            continue;
        row.kind = part->kind;
        if (!row.place.file.len)
            row.place = part->place;
        row.now = total ? value_subtract(row.now, part->now) : value_add(row.now, part->now);
        for (size_t b = 0; b < comparison->baselines.count; b++) {
            row.before[b] = total ? value_subtract(row.before[b], part->before[b])
                                  : value_add(row.before[b], part->before[b]);
            row.is_broken[b] = row.is_broken[b] || part->is_broken[b];
        }
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

/* The measure of a slice that stands in it for one of the whole; NULL: it is not in it. */
static const struct measure *measure_in_slice(const struct dataset *slice,
                                              const struct measure *measure)
{
    for (size_t m = 0; measure && m < slice->measure_count; m++)
        if (text_equal(slice->measures[m].name, measure->name))
            return &slice->measures[m];
    return NULL;
}

/* ---- slices ---- */

struct kept_comparisons {
    struct comparison **items;
    size_t count;
    size_t capacity;
};

void comparison_keep(struct dataset *dataset)
{
    if (!dataset->kept)
        dataset->kept = arena_calloc(dataset->arena, 1, sizeof *dataset->kept);
}

static bool is_made_of(const struct comparison *kept, size_t area, struct period period,
                       const struct baselines *baselines)
{
    bool is_same = kept->where == area && period_same(kept->period, period) &&
                   kept->baselines.count == baselines->count;
    for (size_t b = 0; is_same && b < baselines->count; b++)
        is_same = period_same(kept->baselines.items[b].period, baselines->items[b].period);
    return is_same;
}

static const struct comparison *comparison_of_whole(struct arena *arena,
                                                    const struct dataset *whole, size_t area,
                                                    struct period period,
                                                    const struct baselines *baselines)
{
    struct kept_comparisons *kept = whole->kept;
    if (!kept)
        return comparison_make(arena, whole, area, period, baselines, TEXT_EMPTY);
    for (size_t i = 0; i < kept->count; i++)
        if (is_made_of(kept->items[i], area, period, baselines))
            return kept->items[i];
    struct comparison *made =
        comparison_make(whole->arena, whole, area, period, baselines, TEXT_EMPTY);
    kept->items =
        arena_grow(whole->arena, kept->items, kept->count, &kept->capacity, sizeof *kept->items);
    kept->items[kept->count++] = made;
    return made;
}

/*
 * Of a slice by measures: its rows as they stand in the whole, so that a change is not judged in
 * another family here than there. Sums and remainders are everybody's, and are left out.
 */
static struct comparison *comparison_of_slice(struct arena *arena, const struct comparison *whole,
                                              const struct baselines *baselines,
                                              const struct dataset *slice)
{
    struct comparison *comparison = arena_alloc(arena, sizeof *comparison);
    *comparison = *whole;
    comparison->rows = NULL;
    comparison->count = comparison->capacity = 0;
    for (size_t i = 0; i < whole->count; i++) {
        const struct measure *measure = measure_in_slice(slice, whole->rows[i].measure);
        if (!measure)
            continue;
        struct compared *row = add_row(arena, comparison);
        *row = whole->rows[i];
        row->measure = measure;
        row->relation = measure->relation;
    }
    comparison->dataset = slice;
    comparison->baselines = *baselines;
    comparison->has_subsets = count_relation(slice, RELATION_OF_WHICH) > 0;
    comparison->rounding_shows = false;
    return comparison;
}

struct comparison *comparison_make(struct arena *arena, const struct dataset *dataset, size_t area,
                                   struct period period, const struct baselines *baselines,
                                   struct text remainder)
{
    if (dataset->whole) /* its areas are numbered alike */
        return comparison_of_slice(
            arena, comparison_of_whole(arena, dataset->whole, area, period, baselines), baselines,
            dataset);
    struct comparison *comparison = comparison_new(arena, dataset, period, baselines);
    comparison->where = area;
    if (area != AREA_ALL && area < dataset->areas.count)
        comparison->area = dataset->areas.items[area];
    comparison->has_subsets = count_relation(dataset, RELATION_OF_WHICH) > 0;
    size_t totals = count_relation(dataset, RELATION_TOTAL);
    size_t parts = count_relation(dataset, RELATION_PART);
    bool add_up = parts_add_up(dataset);
    add_relation(arena, comparison, RELATION_TOTAL, area);
    add_relation(arena, comparison, RELATION_PART, area);
    if (dataset->hiding.rounding) {
        comparison->rounding_shows = parts && totals; /* no sum or remainder of what is rounded */
    } else if (add_up && parts && totals == 1) {
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
    } else if (add_up && parts > 1 && totals == 0) {
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

void comparison_add_comparator(struct comparison *comparison, struct comparison *other,
                               bool is_beside)
{
    other->is_comparator = true;
    comparison_judge(other, other->where); /* clears what was judged */
    comparison->comparators[comparison->comparator_count++] =
        (struct comparator){.comparison = other, .is_beside = is_beside};
}

const struct compared *comparator_row(const struct comparator *comparator,
                                      const struct compared *row)
{
    const struct comparison *there = comparator->comparison;
    /* without totals and parts, rows stand in the order of the measures: it is the first one then
     */
    size_t from = row->measure ? (size_t)(row->measure - there->dataset->measures) : 0;
    for (size_t i = 0; i < there->count; i++) {
        const struct compared *other = &there->rows[(from + i) % there->count];
        if (other->measure == row->measure) /* NULL: the one row that is worked out */
            return other;
    }
    return NULL;
}

/* "12.3%", "£45": the figure says all of its unit. */
static bool shows_unit(const struct compared *row, struct text unit)
{
    return row->now.present && ((row->kind == KIND_PERCENT && text_is(unit, "%")) ||
                                (row->kind == KIND_MONEY && text_is(unit, "£")));
}

struct text compared_title(struct arena *arena, const struct compared *row)
{
    struct text unit = row->measure ? row->measure->unit : TEXT_EMPTY;
    /* "Recycled (%)" has it already */
    bool says_it = text_ends(row->label, text_format(arena, "(%.*s)", TEXT_ARG(unit)));
    if (!unit.len || says_it || shows_unit(row, unit))
        return row->label;
    return text_format(arena, "%.*s (%.*s)", TEXT_ARG(row->label), TEXT_ARG(unit));
}

bool comparison_knows(const struct comparison *comparison, size_t b)
{
    for (size_t i = 0; i < comparison->count; i++) {
        struct value before = comparison->rows[i].before[b];
        if (before.present || before.markers != MARKER_NOT_AVAILABLE)
            return true;
    }
    return false;
}

static struct comparison with_known(struct arena *arena, const struct comparison *comparison,
                                    const bool *known)
{
    struct comparison out = *comparison;
    out.baselines.count = 0;
    out.rows = arena_calloc(arena, comparison->count, sizeof *out.rows);
    for (size_t i = 0; i < comparison->count; i++)
        out.rows[i] = comparison->rows[i];
    for (size_t b = 0; b < comparison->baselines.count; b++) {
        if (!known[b])
            continue;
        size_t to = out.baselines.count++;
        out.baselines.items[to] = comparison->baselines.items[b];
        for (size_t i = 0; i < comparison->count; i++) {
            out.rows[i].before[to] = comparison->rows[i].before[b];
            out.rows[i].changes[to] = comparison->rows[i].changes[b];
            out.rows[i].judged[to] = comparison->rows[i].judged[b];
        }
    }
    for (size_t i = 0; i < out.comparator_count; i++) {
        struct comparison *other = arena_alloc(arena, sizeof *other);
        *other = with_known(arena, comparison->comparators[i].comparison, known);
        out.comparators[i].comparison = other;
    }
    return out;
}

struct comparison comparison_known(struct arena *arena, const struct comparison *comparison)
{
    bool known[BASELINES_MAX];
    for (size_t b = 0; b < comparison->baselines.count; b++)
        known[b] = comparison_knows(comparison, b);
    return with_known(arena, comparison, known);
}
