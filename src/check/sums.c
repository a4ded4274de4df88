/*
 * sums - parts against their total, subsets against their parent, totals that count rows twice
 * (statistics.md 1.4 and 7), in every area and period of a dataset.
 *
 * Which of two figures that contradict each other is wrong is not known: neither is shown. Of parts
 * that come to more than their total, that is the total and every part.
 */
#include "check/check_int.h"
#include "check/rules_int.h"
#include "compute/robust.h"

/* The measures that are added, in one area and period. */
struct sums {
    struct diags *diags;
    struct dataset *dataset;
    size_t total; /* the one measure that is a total; SIZE_MAX: there is none, or several */
    size_t area, period;
    struct decimal unit;
    bool is_rounded;        /* … to `unit`, all of total and parts in that area */
    struct decimal *values; /* room for all of one area */
    /* Contradictions are all found before any figure is taken out. */
    struct stopped *found;
    size_t found_count, found_capacity;
};

static bool find_value(const struct sums *sums, size_t measure, struct decimal *out)
{
    struct figure figure;
    if (!dataset_find(sums->dataset, measure, sums->area, sums->period, &figure) ||
        !figure.value.present)
        return false;
    *out = figure.value.number;
    return true;
}

static struct place place_of(const struct sums *sums, size_t measure)
{
    struct figure figure;
    return dataset_find(sums->dataset, measure, sums->area, sums->period, &figure)
               ? figure.place
               : sums->dataset->measures[measure].place;
}

/* "2021/22", or "2021/22 in Northton" */
static struct text where(const struct sums *sums)
{
    struct text area = sums->dataset->areas.items[sums->area];
    return text_format(
        sums->diags->arena, "%.*s%s%.*s",
        TEXT_ARG(period_display(sums->diags->arena, sums->dataset->periods[sums->period])),
        area.len ? " in " : "", TEXT_ARG(area));
}

static void stop(struct sums *sums, size_t measure, enum dq code, struct text why)
{
    sums->found = arena_grow(sums->diags->arena, sums->found, sums->found_count,
                             &sums->found_capacity, sizeof *sums->found);
    sums->found[sums->found_count++] = (struct stopped){.measure = measure,
                                                        .area = sums->area,
                                                        .period = sums->period,
                                                        .marker = MARKER_NOT_AVAILABLE,
                                                        .code = dq_word(code),
                                                        .why = why};
}

static struct text number(const struct sums *sums, struct decimal value)
{
    return decimal_text(sums->diags->arena, value);
}

static void judge_subset(struct sums *sums, size_t m)
{
    const struct measure *measure = &sums->dataset->measures[m];
    const struct measure *parent = &sums->dataset->measures[measure->parent];
    struct decimal part, whole;
    if (!find_value(sums, m, &part) || !find_value(sums, measure->parent, &whole) ||
        dq_subset(part, whole) == DQ_OK)
        return;
    diag(sums->diags, DIAG_SUBSET, place_of(sums, m),
         "'%.*s' (%.*s) is more than '%.*s' (%.*s) in %.*s, of which it is declared a part, so "
         "neither is shown: check the export, and its 'relation' in the job",
         TEXT_ARG(measure->label), TEXT_ARG(number(sums, part)), TEXT_ARG(parent->label),
         TEXT_ARG(number(sums, whole)), TEXT_ARG(where(sums)));
    struct text why =
        text_format(sums->diags->arena, "“%.*s” is more than “%.*s”, of which it is a part",
                    TEXT_ARG(measure->label), TEXT_ARG(parent->label));
    stop(sums, measure->parent, DQ_SUBSET, why);
    stop(sums, m, DQ_SUBSET, why);
}

/* The values of the parts that are known; *whole: they all are, and each can be added. */
static size_t known_parts(const struct sums *sums, struct decimal *out, bool *whole)
{
    const struct dataset *dataset = sums->dataset;
    size_t count = 0;
    *whole = true;
    for (size_t m = 0; m < dataset->measure_count; m++) {
        if (dataset->measures[m].relation != RELATION_PART)
            continue;
        if (find_value(sums, m, &out[count]))
            count++;
        else
            *whole = false;
    }
    return count;
}

/* True when the total is the sum of all other rows, and some of these are no parts of it. */
static bool counts_twice(const struct sums *sums, struct decimal total)
{
    const struct dataset *dataset = sums->dataset;
    struct decimal sum = decimal_from(0), value;
    enum dq code = DQ_OK;
    for (size_t m = 0; m < dataset->measure_count; m++) {
        enum relation r = dataset->measures[m].relation;
        if (r == RELATION_TOTAL || r == RELATION_NON_ADDITIVE)
            continue;
        if (!find_value(sums, m, &value) || !decimal_add(sum, value, &sum))
            return false;
        code = code == DQ_OK ? dq_summed(&r, 1) : code;
    }
    return decimal_compare(sum, total) == 0 && code != DQ_OK;
}

static void stop_total(struct sums *sums, struct decimal sum, struct decimal total)
{
    struct decimal difference = {0};
    decimal_subtract(sum, total, &difference);
    diag(
        sums->diags, DIAG_SUM, place_of(sums, sums->total),
        "the parts come to %.*s more than their total in %.*s, so none of them is shown: check the "
        "exports, and which measures are declared 'part'",
        TEXT_ARG(number(sums, difference)), TEXT_ARG(where(sums)));
    struct text why = TEXT("the parts add up to more than the total");
    stop(sums, sums->total, DQ_SUM_LESS, why);
    for (size_t m = 0; m < sums->dataset->measure_count; m++)
        if (sums->dataset->measures[m].relation == RELATION_PART)
            stop(sums, m, DQ_SUM_LESS, why);
}

static void stop_double(struct sums *sums, struct decimal sum)
{
    const struct measure *total = &sums->dataset->measures[sums->total];
    diag(sums->diags, DIAG_DOUBLE_COUNT, place_of(sums, sums->total),
         "'%.*s' is the sum of all other rows in %.*s, of which some are within others or outside "
         "the total: it counts them twice, and the parts come to %.*s",
         TEXT_ARG(total->label), TEXT_ARG(where(sums)), TEXT_ARG(number(sums, sum)));
    stop(sums, sums->total, DQ_DOUBLE_COUNT,
         TEXT("it is the sum of all rows, some of which are counted within others"));
}

static void tell_rounding(const struct sums *sums, struct decimal sum, struct decimal total)
{
    diag(sums->diags, DIAG_SUM_ROUNDING, place_of(sums, sums->total),
         "the parts come to %.*s in %.*s and their total is %.*s: all are rounded, and rounding "
         "explains the difference",
         TEXT_ARG(number(sums, sum)), TEXT_ARG(where(sums)), TEXT_ARG(number(sums, total)));
}

/* Where a part is not known, the others can still be too many: none is below zero. */
static void judge_total(struct sums *sums)
{
    struct dataset *dataset = sums->dataset;
    struct decimal total, sum = decimal_from(0);
    struct decimal *parts = sums->values;
    bool whole, is_count = dataset->measures[sums->total].kind == KIND_COUNT;
    size_t count = known_parts(sums, parts, &whole);
    if (!count || (!whole && !is_count) || !find_value(sums, sums->total, &total))
        return;
    for (size_t i = 0; i < count; i++)
        if (!decimal_add(sum, parts[i], &sum))
            return;
    enum dq code = dq_sum(parts, count, total, sums->is_rounded ? &sums->unit : NULL);
    if (code == DQ_SUM_LESS)
        stop_total(sums, sum, total);
    else if (code == DQ_SUM_ROUNDING && whole)
        tell_rounding(sums, sum, total);
    else if (code == DQ_SUM_REMAINDER && whole && counts_twice(sums, total))
        stop_double(sums, sum);
}

/* What the total and all its parts were rounded to in the area, in whatever period. */
static void find_rounding(struct sums *sums)
{
    const struct dataset *dataset = sums->dataset;
    struct decimal *values = sums->values;
    size_t count = 0;
    for (size_t m = 0; m < dataset->measure_count; m++) {
        enum relation relation = dataset->measures[m].relation;
        bool adds = relation == RELATION_TOTAL || relation == RELATION_PART;
        for (sums->period = 0; adds && sums->period < dataset->period_count; sums->period++)
            count += find_value(sums, m, &values[count]);
    }
    sums->is_rounded = values_rounded_to(values, count, &sums->unit);
}

static void judge_area(struct sums *sums)
{
    const struct dataset *dataset = sums->dataset;
    if (sums->total != SIZE_MAX)
        find_rounding(sums);
    for (sums->period = 0; sums->period < dataset->period_count; sums->period++) {
        for (size_t m = 0; m < dataset->measure_count; m++)
            if (dataset->measures[m].relation == RELATION_OF_WHICH &&
                dataset->measures[m].parent != SIZE_MAX)
                judge_subset(sums, m);
        if (sums->total != SIZE_MAX)
            judge_total(sums);
    }
}

/* The one total that the parts are held against; SIZE_MAX when there is none, or several. */
static size_t only_total(const struct dataset *dataset, bool *has_relations)
{
    size_t total = SIZE_MAX, totals = 0, parts = 0, subsets = 0;
    for (size_t m = 0; m < dataset->measure_count; m++) {
        enum relation relation = dataset->measures[m].relation;
        parts += relation == RELATION_PART;
        subsets += relation == RELATION_OF_WHICH;
        totals += relation == RELATION_TOTAL;
        total = relation == RELATION_TOTAL ? m : total;
    }
    *has_relations = subsets || (totals == 1 && parts);
    return totals == 1 && parts ? total : SIZE_MAX;
}

void stop_sums(struct diags *diags, struct dataset *dataset)
{
    struct sums sums = {.diags = diags, .dataset = dataset};
    bool has_relations;
    sums.total = only_total(dataset, &has_relations);
    if (has_relations)
        sums.values = arena_calloc(diags->arena, dataset->measure_count * dataset->period_count + 1,
                                   sizeof *sums.values);
    for (sums.area = 0; has_relations && sums.area < dataset->areas.count; sums.area++)
        judge_area(&sums);
    for (size_t i = 0; i < sums.found_count; i++)
        dataset_stop(dataset, sums.found[i]);
}
