#include "compute/judgement.h"

#include "compute/facts.h"

#include <math.h>
#include <stdlib.h>

enum { MONTHS_MAX = 36 };

/* Same length but for a leap day, the same way of dividing time, and no day in common: sliding
 * windows share most of their events (statistics.md 1.5). */
static bool are_like(struct period now, struct period before)
{
    long days_now = period_days(now), days_before = period_days(before);
    return now.kind == before.kind && days_now > 0 && days_before > 0 &&
           labs(days_now - days_before) <= (long)now.years_pooled &&
           now.years_pooled == before.years_pooled && date_compare(before.end, now.start) < 0;
}

/* A count that a test can take: whole, not negative, and of one series. */
static bool is_count(struct value value)
{
    int64_t number;
    return value.present && !(value.markers & MARKER_BREAK) &&
           decimal_integer(value.number, &number) && number >= 0;
}

/* The count of one row in one month; a sum has those of its parts. NAN when one is not there. */
static double month_count(const struct comparison *comparison, const struct compared *row,
                          size_t area, struct period month)
{
    const struct dataset *dataset = comparison->dataset;
    double sum = 0;
    for (size_t m = 0; m < dataset->measure_count; m++) {
        const struct measure *measure = &dataset->measures[m];
        if (row->measure ? row->measure != measure : measure->relation != RELATION_PART)
            continue;
        struct place place = PLACE_NONE;
        struct value value = dataset_value(dataset, m, area, month, &place);
        if (!is_count(value))
            return NAN;
        sum += decimal_double(value.number);
    }
    return sum;
}

/* The months of a period, in order; 0 when one is missing or there are too many. */
static size_t month_counts(struct arena *arena, const struct comparison *comparison,
                           const struct compared *row, size_t area, struct period period,
                           double *out)
{
    size_t count = 0;
    struct date first = period.start;
    for (; date_compare(first, period.end) <= 0 && count < MONTHS_MAX; count++) {
        out[count] =
            month_count(comparison, row, area, period_month(arena, first.year, first.month));
        if (isnan(out[count]))
            return 0;
        first = date_add_months(first, 1);
    }
    return date_compare(first, period.end) > 0 ? count : 0;
}

static bool test_months(struct arena *arena, const struct comparison *comparison,
                        const struct compared *row, size_t area, size_t b, struct judged *judged)
{
    double now[MONTHS_MAX], before[MONTHS_MAX];
    struct period baseline = comparison->baselines.items[b].period;
    size_t months = month_counts(arena, comparison, row, area, comparison->period, now);
    if (!months || month_counts(arena, comparison, row, area, baseline, before) != months)
        return false;
    struct monthly_test test = monthly_compare(now, before, months);
    if (!test.used)
        return false;
    judged->monthly = true;
    judged->phi = test.phi;
    judged->ratio = test.ratio;
    judged->ci95 = test.ci95;
    judged->p = test.p;
    return true;
}

struct text judgement_refused(const struct comparison *comparison, const struct compared *row,
                              size_t b)
{
    if (row->is_remainder)
        return TEXT("no measure of the source names it");
    if (!row->now.present || !row->before[b].present)
        return TEXT("a figure is not there");
    if (row->kind != KIND_COUNT)
        return TEXT("only counts are tested");
    if (comparison->dataset->hiding.rounding)
        return TEXT("the counts are rounded, to protect people");
    if ((row->now.markers | row->before[b].markers) & MARKER_BREAK)
        return TEXT("there is a break in the series");
    if (!is_count(row->now) || !is_count(row->before[b]))
        return TEXT("a figure is not a whole number of 0 or more");
    if (!are_like(comparison->period, comparison->baselines.items[b].period))
        return TEXT("the periods are not of one kind and length, or they share days");
    return TEXT_EMPTY;
}

static void test_row(struct arena *arena, const struct comparison *comparison, struct compared *row,
                     size_t area, size_t b)
{
    struct judged *judged = &row->judged[b];
    struct period before = comparison->baselines.items[b].period;
    *judged = (struct judged){.evidence = EVIDENCE_NONE, .p = NAN, .p_holm = NAN, .phi = NAN};
    if (judgement_refused(comparison, row, b).len ||
        test_months(arena, comparison, row, area, b, judged))
        return;
    struct count_test test =
        count_compare(decimal_double(row->now.number), (double)period_days(comparison->period),
                      decimal_double(row->before[b].number), (double)period_days(before));
    judged->phi = test.phi_max;
    judged->ratio = test.ratio;
    judged->ci95 = test.ci95;
    judged->p = test.p;
}

static void classify(struct compared *row, size_t b)
{
    struct judged *judged = &row->judged[b];
    if (isnan(judged->p))
        return;
    const struct evidence_input input = {.x1 = decimal_double(row->now.number),
                                         .x0 = decimal_double(row->before[b].number),
                                         .ratio = judged->ratio,
                                         .ci95 = judged->ci95,
                                         .p = judged->p,
                                         .p_holm = judged->p_holm,
                                         .phi_max = judged->phi,
                                         .monthly = judged->monthly};
    judged->evidence = evidence_class(&input);
}

void comparison_classify(struct comparison *comparison)
{
    struct arena *scratch = arena_new();
    double *p = arena_calloc(scratch, comparison->count, sizeof *p);
    double *adjusted = arena_calloc(scratch, comparison->count, sizeof *adjusted);
    for (size_t b = 0; b < comparison->baselines.count; b++) {
        for (size_t i = 0; i < comparison->count; i++)
            p[i] = comparison->rows[i].judged[b].p;
        holm_adjust(p, adjusted, comparison->count);
        for (size_t i = 0; i < comparison->count; i++) {
            comparison->rows[i].judged[b].p_holm = adjusted[i];
            classify(&comparison->rows[i], b);
        }
    }
    arena_free(scratch);
}

void comparison_judge(struct comparison *comparison, size_t area)
{
    struct arena *scratch = arena_new();
    for (size_t b = 0; b < comparison->baselines.count; b++)
        for (size_t i = 0; i < comparison->count; i++)
            test_row(scratch, comparison, &comparison->rows[i], area, b);
    arena_free(scratch);
    comparison_classify(comparison);
}

struct text evidence_words(enum evidence evidence)
{
    static const char *const words[] = {
        [EVIDENCE_NONE] = "[z]",
        [EVIDENCE_TOO_FEW] = "– Too few to judge",
        [EVIDENCE_CLEAR_UP] = "▲ Clear rise",
        [EVIDENCE_CLEAR_DOWN] = "▼ Clear fall",
        [EVIDENCE_POSSIBLE_UP] = "↑ May be a real rise",
        [EVIDENCE_POSSIBLE_DOWN] = "↓ May be a real fall",
        [EVIDENCE_LITTLE_CHANGED] = "● Little changed",
        [EVIDENCE_UNCERTAIN] = "? Not clear",
    };
    return text_from(words[evidence]);
}

static const char *last_sentence(enum evidence evidence)
{
    static const char *const sentences[] = {
        [EVIDENCE_NONE] = "",
        [EVIDENCE_TOO_FEW] = " The numbers are too small to judge.",
        [EVIDENCE_CLEAR_UP] = " A rise this large is very unlikely to be chance alone.",
        [EVIDENCE_CLEAR_DOWN] = " A fall this large is very unlikely to be chance alone.",
        [EVIDENCE_POSSIBLE_UP] = " This may be a real rise, but chance cannot be ruled out.",
        [EVIDENCE_POSSIBLE_DOWN] = " This may be a real fall, but chance cannot be ruled out.",
        [EVIDENCE_LITTLE_CHANGED] =
            " This is little changed: a difference of this size can easily be chance.",
        [EVIDENCE_UNCERTAIN] =
            " The figures do not show clearly whether there has been a real change.",
    };
    return sentences[evidence];
}

/* ", up 675 (15.6%)": the words have the sign. */
static void add_change(struct buffer *out, const struct change *change, unsigned places)
{
    int sign = decimal_sign(change->absolute);
    if (sign == 0) {
        buffer_format(out, ", %.*s", TEXT_ARG(change->absolute_display));
        return;
    }
    struct decimal size = sign < 0 ? decimal_negate(change->absolute) : change->absolute;
    buffer_format(out, ", %s %.*s", sign < 0 ? "down" : "up",
                  TEXT_ARG(decimal_display(out->arena, size, places, DECIMAL_GROUPS)));
    struct decimal percent, shown;
    if (!change->has_percent) {
        if (!text_starts(change->percent_display, TEXT("[")))
            buffer_format(out, " (%.*s)", TEXT_ARG(change->percent_display));
        return;
    }
    percent = sign < 0 ? decimal_negate(change->percent) : change->percent;
    if (decimal_round(percent, change_default_rules.places, &shown) && decimal_sign(shown) == 0)
        buffer_add(out, TEXT(" (less than 0.1%)"));
    else
        buffer_format(out, " (%.*s%%)",
                      TEXT_ARG(decimal_display(out->arena, percent, change_default_rules.places,
                                               DECIMAL_GROUPS)));
}

struct text evidence_sentence(struct arena *arena, struct text label, struct value now,
                              struct value before, struct text before_label,
                              const struct change *change, enum evidence evidence)
{
    struct buffer out = {.arena = arena};
    if (!now.present || !before.present || !change->has_absolute)
        return TEXT_EMPTY;
    unsigned places =
        now.number.scale > before.number.scale ? now.number.scale : before.number.scale;
    buffer_format(&out, "%.*s: %.*s, compared with %.*s in %.*s", TEXT_ARG(label),
                  TEXT_ARG(value_display(arena, now, places, change->kind)),
                  TEXT_ARG(value_display(arena, before, places, change->kind)),
                  TEXT_ARG(before_label));
    add_change(&out, change, places);
    buffer_format(&out, ".%s", last_sentence(evidence));
    return buffer_text(&out);
}
