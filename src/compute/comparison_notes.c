/* comparison_notes - what a reader must know of the periods of a comparison, in words. */
#include "compute/comparison.h"

/*
 * The change a day, in per cent to the places that percentages are shown with: what remains when a
 * year of 366 days is compared with one of 365 (statistics.md 1.5). False where no percentage is
 * shown.
 */
static bool percent_per_day(const struct compared *row, size_t b, long days_now, long days_before,
                            struct decimal *out)
{
    struct decimal now = row->now.number, before = row->before[b].number, scaled = before;
    if (row->kind != KIND_COUNT || !row->changes[b].has_percent)
        return false;
    bool fits = decimal_multiply(now, decimal_from(days_before), &now);
    fits &= decimal_multiply(before, decimal_from(days_now), &before);
    fits &= decimal_subtract(now, before, &scaled);
    fits &= decimal_multiply(scaled, decimal_from(100), &scaled);
    fits &= decimal_divide(scaled, before, change_default_rules.places, out);
    return fits;
}

struct text comparison_days_note(struct arena *arena, const struct comparison *comparison,
                                 const struct compared *row, size_t b)
{
    const struct period *before = &comparison->baselines.items[b].period;
    long days_now = period_days(comparison->period), days_before = period_days(*before);
    struct decimal per_day, shown = row->changes[b].percent;
    if (row->measure && !measure_adds_up(row->measure))
        return TEXT_EMPTY; /* what is at one time is not a day's average */
    decimal_round(shown, change_default_rules.places, &shown);
    if (days_now == days_before || !percent_per_day(row, b, days_now, days_before, &per_day) ||
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
